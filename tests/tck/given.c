/**
 * Steps that prepare: graphs, queries to set them up, parameters, procedures with a table for their answers,
 * CSV files; and the step that runs the query under test.
 */
#include "tests/tck/tck.h"

#include <cJSON.h>
#include <stdlib.h>
#include <unistd.h>

enum { SCRIPT_MAX = 1 << 20, FIELDS_MAX = 32 };

bool tck_given_empty(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    (void)parts;
    return tck_world_reset(world);
}

bool tck_given_executed(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return tck_world_prepare(world, step->doc);
}

bool tck_when_executing(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return tck_world_execute(world, step->doc);
}

bool tck_when_inline(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    return tck_world_execute(world, parts->at[0]);
}

/* ---- named graphs ------------------------------------------------------------------------------------- */

/** Run the statements of a script: they end at a ; that is in no string, name or comment. */
static bool run_script(tck_world *world, vb_str text)
{
    size_t start = 0;
    char inside = '\0';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i], next = i + 1 < text.len ? text.at[i + 1] : '\0';
        if (inside == '/') {
            if (c == '\n') inside = '\0';
        } else if (inside) {
            if (c == '\\') i++;
            if (c == inside) inside = '\0';
        } else if (c == '\'' || c == '"' || c == '`') {
            inside = c;
        } else if (c == '/' && next == '/') {
            inside = '/';
        } else if (c == ';') {
            if (!tck_world_prepare(world, vb_str_trim(vb_str_part(text, start, i)))) return false;
            start = i + 1;
        }
    }
    vb_str last = vb_str_trim(vb_str_part(text, start, text.len));
    return !last.len || tck_world_prepare(world, last);
}

static bool run_file(tck_world *world, vb_str dir, const char *name, const char *extension)
{
    vb_buf bytes = { 0 };
    vb_str path;
    vb_error err = { 0 };
    bool fine = vb_arena_printf(world->arena, &path, "%.*s/%s%s", VB_FMT(dir), name, extension) == VB_OK &&
                vb_buf_read(path.at, SCRIPT_MAX, &bytes, &err) == VB_OK;
    fine = fine ? run_script(world, vb_buf_view(&bytes))
                : tck_blame(world, "no script of the graph: %s", err.message);
    vb_buf_clear(&bytes);
    return fine;
}

/** Look for graphs/NAME in every folder above the feature file, then in the folder that the caller named. */
static bool find_graph(tck_world *world, vb_str name, vb_str *dir)
{
    vb_str above = world->scenario->path, path;
    if (memchr(name.at, '/', name.len)) return false;
    while (above.len) {
        while (above.len && above.at[above.len - 1] != '/') above.len--;
        if (above.len) above.len--;
        if (vb_arena_printf(world->arena, dir, "%.*s%sgraphs/%.*s", VB_FMT(above), above.len ? "/" : "",
                            VB_FMT(name)) ||
            vb_arena_printf(world->arena, &path, "%.*s/%.*s.json", VB_FMT(*dir), VB_FMT(name)))
            return false;
        if (access(path.at, R_OK) == 0) return true;
    }
    return world->graphs && !vb_arena_printf(world->arena, dir, "%s/%.*s", world->graphs, VB_FMT(name)) &&
           !vb_arena_printf(world->arena, &path, "%.*s/%.*s.json", VB_FMT(*dir), VB_FMT(name)) &&
           access(path.at, R_OK) == 0;
}

bool tck_given_named(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    vb_str name = parts->at[0], dir, path;
    vb_buf bytes = { 0 };
    const cJSON *script;
    bool fine = tck_world_reset(world);
    if (!fine) return false;
    if (!find_graph(world, name, &dir))
        return tck_blame(world, "no folder graphs/%.*s holds this graph", VB_FMT(name));
    if (vb_arena_printf(world->arena, &path, "%.*s/%.*s.json", VB_FMT(dir), VB_FMT(name))) return false;
    if (vb_buf_read(path.at, SCRIPT_MAX, &bytes, NULL) != VB_OK)
        return tck_blame(world, "cannot read %s", path.at);
    cJSON *json = cJSON_ParseWithLength(bytes.at, bytes.len);
    const cJSON *scripts = cJSON_GetObjectItemCaseSensitive(json, "scripts");
    if (!cJSON_GetArraySize(scripts)) fine = tck_blame(world, "%s names no scripts", path.at);
    cJSON_ArrayForEach(script, scripts)
    {
        if (fine && !cJSON_IsString(script)) fine = tck_blame(world, "%s: a script without a name", path.at);
        if (fine) fine = run_file(world, dir, script->valuestring, ".cypher");
    }
    cJSON_Delete(json);
    vb_buf_clear(&bytes);
    return fine;
}

/* ---- parameters --------------------------------------------------------------------------------------- */

static bool add_parameter(tck_world *world, vb_str name, const vb_value *value)
{
    if (vb_push(world->arena, &world->params)) return tck_blame(world, "no memory");
    world->params.at[world->params.len - 1] = (vb_entry){ .key = name, .value = *value };
    return true;
}

bool tck_given_parameters(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    for (size_t i = 0; i < step->table.len; i++) {
        const tck_row *row = &step->table.at[i];
        vb_error err = { 0 };
        vb_value value;
        vb_str name;
        if (row->n != 2) return tck_blame(world, "a parameter is a name and a value");
        if (tck_cell(row->cells[0], world->arena, &name)) return tck_blame(world, "no memory");
        if (tck_expect(row->cells[1], world->arena, &value, &err))
            return tck_blame(world, "parameter: %s", err.message);
        if (!add_parameter(world, name, &value)) return false;
    }
    return true;
}

/* ---- procedures --------------------------------------------------------------------------------------- */

/** A procedure's table: for each row its inputs, then its outputs. */
typedef struct proc_table {
    const vb_field *inputs;
    size_t n_inputs, n_outputs, n_rows;
    vb_value *cells; /* n_rows * (n_inputs + n_outputs) */
} proc_table;

static bool is_number(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER || v->kind == VB_VALUE_FLOAT;
}

static double as_number(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER ? (double)v->as.integer : v->as.number;
}

/** Whether a row of the table is about this argument. An integer fits a field that takes floats. */
static vb_status fits(const vb_field *field, const vb_value *want, const vb_value *got, bool *out)
{
    vb_status status = VB_OK;
    vb_buf a = { 0 }, b = { 0 };
    bool floats = strncmp(field->type, "FLOAT", 5) == 0 || strncmp(field->type, "NUMBER", 6) == 0;
    if (floats && is_number(want) && is_number(got)) {
        *out = as_number(want) == as_number(got);
        return VB_OK;
    }
    TRY(tck_canon(want, false, &a));
    TRY(tck_canon(got, false, &b));
    *out = vb_str_eq(vb_buf_view(&a), vb_buf_view(&b));
done:
    vb_buf_clear(&a);
    vb_buf_clear(&b);
    return status;
}

static vb_status call_table(void *context, vb_store *store, const vb_value *arguments, vb_arena *arena,
                            vb_procedure_rows *out, vb_error *err)
{
    (void)store;
    vb_status status = VB_OK;
    const proc_table *t = context;
    size_t width = t->n_inputs + t->n_outputs, n = 0;
    vb_value *cells = vb_arena_array(arena, t->n_rows * t->n_outputs + 1, sizeof *cells);
    if (!cells) return vb_fail_memory(err);
    for (size_t r = 0; r < t->n_rows; r++) {
        const vb_value *row = t->cells + r * width;
        bool here = true;
        for (size_t i = 0; i < t->n_inputs && here; i++)
            TRY(fits(&t->inputs[i], &row[i], &arguments[i], &here));
        if (!here) continue;
        if (t->n_outputs) memcpy(cells + n * t->n_outputs, row + t->n_inputs, t->n_outputs * sizeof *cells);
        n++;
    }
    *out = (vb_procedure_rows){ .cells = cells, .n_rows = n };
done:
    return status;
}

/** `(name :: TYPE, ...)`: fields, off the front of @p text. */
static bool read_fields(tck_world *world, vb_str *text, const vb_field **out, size_t *n)
{
    vb_field *fields = vb_arena_array(world->arena, FIELDS_MAX, sizeof *fields);
    size_t end = vb_str_find(*text, VB_STR(")"), 0);
    *text = vb_str_trim(*text);
    end = vb_str_find(*text, VB_STR(")"), 0);
    if (!fields || !vb_str_starts(*text, VB_STR("(")) || end == SIZE_MAX) return false;
    vb_str rest = vb_str_trim(vb_str_part(*text, 1, end)), piece, name, type;
    *text = vb_str_trim(vb_str_part(*text, end + 1, text->len));
    for (*n = 0; rest.len && vb_str_next(&rest, ',', &piece); ++*n) {
        size_t colons = vb_str_find(piece, VB_STR("::"), 0);
        if (colons == SIZE_MAX || *n == FIELDS_MAX) return false;
        if (vb_arena_copy(world->arena, vb_str_trim(vb_str_part(piece, 0, colons)), &name) ||
            vb_arena_copy(world->arena, vb_str_trim(vb_str_part(piece, colons + 2, piece.len)), &type))
            return false;
        fields[*n] = (vb_field){ .name = name.at, .type = type.at };
    }
    *out = fields;
    return true;
}

static bool read_signature(tck_world *world, vb_str text, vb_procedure *out)
{
    vb_str name;
    size_t paren = vb_str_find(text, VB_STR("("), 0);
    if (paren == SIZE_MAX || vb_arena_copy(world->arena, vb_str_trim(vb_str_part(text, 0, paren)), &name))
        return false;
    out->name = name.at;
    text = vb_str_part(text, paren, text.len);
    if (!read_fields(world, &text, &out->inputs, &out->n_inputs) || !vb_str_starts(text, VB_STR("::")))
        return false;
    text = vb_str_trim(vb_str_part(text, 2, text.len));
    if (vb_str_eq(text, VB_STR("VOID"))) return true;
    return read_fields(world, &text, &out->outputs, &out->n_outputs) && !text.len;
}

/** The column of the table that is called as field @p i of the signature, inputs before outputs. */
static size_t column_of(const vb_procedure *p, const tck_row *header, size_t i)
{
    const vb_field *field = i < p->n_inputs ? &p->inputs[i] : &p->outputs[i - p->n_inputs];
    for (size_t c = 0; c < header->n; c++)
        if (vb_str_eq(header->cells[c], vb_str_of(field->name))) return c;
    return SIZE_MAX;
}

static bool fill_table(tck_world *world, const tck_rows *rows, const vb_procedure *p, proc_table *t)
{
    size_t width = p->n_inputs + p->n_outputs;
    t->n_rows = rows->len ? rows->len - 1 : 0;
    t->cells = vb_arena_array(world->arena, t->n_rows * width + 1, sizeof *t->cells);
    if (!t->cells) return tck_blame(world, "no memory");
    if (rows->len && rows->at[0].n != width)
        return tck_blame(world, "the procedure's table has other columns than it");
    for (size_t i = 0; i < width && rows->len; i++) {
        size_t c = column_of(p, &rows->at[0], i);
        if (c == SIZE_MAX) return tck_blame(world, "the procedure's table lacks a column of its signature");
        for (size_t r = 0; r < t->n_rows; r++) {
            vb_error err = { 0 };
            const tck_row *row = &rows->at[r + 1];
            if (row->n != width)
                return tck_blame(world, "a row of the procedure's table has other columns than it");
            if (tck_expect(row->cells[c], world->arena, &t->cells[r * width + i], &err))
                return tck_blame(world, "procedure: %s", err.message);
        }
    }
    return true;
}

bool tck_given_procedure(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    vb_procedure p = { .call = call_table };
    proc_table *t = vb_arena_get(world->arena, sizeof *t);
    if (!t) return tck_blame(world, "no memory");
    if (!read_signature(world, vb_str_trim(parts->at[0]), &p))
        return tck_blame(world, "no signature of a procedure");
    *t = (proc_table){ .inputs = p.inputs, .n_inputs = p.n_inputs, .n_outputs = p.n_outputs };
    if (!fill_table(world, &step->table, &p, t)) return false;
    p.context = t;
    if (vb_push(world->arena, &world->procedures)) return tck_blame(world, "no memory");
    world->procedures.at[world->procedures.len - 1] = p;
    return true;
}

/* ---- CSV files ---------------------------------------------------------------------------------------- */

/** Write the table as CSV (RFC 4180) and put its address into the parameter that the step names. */
bool tck_given_csv(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    char path[] = "/tmp/tck-XXXXXX";
    vb_str text, name = parts->at[0];
    int fd = mkstemp(path);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
    vb_value url = { .kind = VB_VALUE_STRING };
    if (!to) return tck_blame(world, "no file for the CSV");
    bool fine = vb_arena_copy(world->arena, vb_str_of(path), &text) == VB_OK &&
                vb_push(world->arena, &world->files) == VB_OK;
    if (fine) world->files.at[world->files.len - 1] = text;
    for (size_t r = 0; r < step->table.len && fine; r++) {
        for (size_t c = 0; c < step->table.at[r].n && fine; c++) {
            fine = tck_cell(step->table.at[r].cells[c], world->arena, &text) == VB_OK;
            fputs(c ? ",\"" : "\"", to);
            for (size_t i = 0; fine && i < text.len; i++)
                fprintf(to, text.at[i] == '"' ? "\"\"" : "%c", text.at[i]);
            fputc('"', to);
        }
        fputc('\n', to);
    }
    fine = fclose(to) == 0 && fine;
    if (vb_str_starts(name, VB_STR("$"))) name = vb_str_part(name, 1, name.len);
    if (!fine || vb_arena_printf(world->arena, &url.as.text, "file://%s", path))
        return tck_blame(world, "no CSV");
    return add_parameter(world, name, &url);
}
