/**
 * The header of an import's file: name and type of each column, what it means, and cells as JSON values.
 * Names and types follow Neo4j's bulk import; what is no word of ours is a property.
 */
#include "loaders/import_header.h"

#include <errno.h>
#include <stdlib.h>

static const struct type_row {
    const char *name;
    vb_role role;
    vb_cell_kind kind;
} types[] = {
    { "ID", VB_ROLE_ID, VB_CELL_STRING },
    { "LABEL", VB_ROLE_LABEL, VB_CELL_STRING },
    { "START_ID", VB_ROLE_START, VB_CELL_STRING },
    { "END_ID", VB_ROLE_END, VB_CELL_STRING },
    { "TYPE", VB_ROLE_TYPE, VB_CELL_STRING },
    { "IGNORE", VB_ROLE_IGNORE, VB_CELL_STRING },
    { "string", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "char", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "int", VB_ROLE_PROPERTY, VB_CELL_INT },
    { "long", VB_ROLE_PROPERTY, VB_CELL_INT },
    { "short", VB_ROLE_PROPERTY, VB_CELL_INT },
    { "byte", VB_ROLE_PROPERTY, VB_CELL_INT },
    { "float", VB_ROLE_PROPERTY, VB_CELL_FLOAT },
    { "double", VB_ROLE_PROPERTY, VB_CELL_FLOAT },
    { "boolean", VB_ROLE_PROPERTY, VB_CELL_BOOLEAN },
    { "date", VB_ROLE_PROPERTY, VB_CELL_DATE },
    { "datetime", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "localdatetime", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "time", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "localtime", VB_ROLE_PROPERTY, VB_CELL_STRING },
    { "duration", VB_ROLE_PROPERTY, VB_CELL_STRING },
};

static const struct name_row {
    const char *name;
    vb_role role;
    bool nodes, edges; /* where it means this */
} names[] = {
    { "key", VB_ROLE_KEY, true, false },         { "name", VB_ROLE_NAME, true, false },
    { "aliases", VB_ROLE_ALIASES, true, false }, { "document", VB_ROLE_DOCUMENT, true, true },
    { "date", VB_ROLE_DATE, true, true },        { "count", VB_ROLE_COUNT, false, true },
    { "text", VB_ROLE_TEXT, false, true },
};

/* ---- the header ---------------------------------------------------------------------------------------- */

/** "name:TYPE", "name:type[]", ":ID(space)", "name". */
static vb_status read_type(const vb_csv *csv, vb_str type, vb_column *c, vb_error *err)
{
    size_t open = vb_str_find(type, VB_STR("("), 0);
    if (open != SIZE_MAX && vb_str_ends(type, VB_STR(")"))) {
        c->space = vb_str_part(type, open + 1, type.len - 1);
        type.len = open;
    }
    if (vb_str_ends(type, VB_STR("[]"))) {
        c->list = true;
        type.len -= 2;
    }
    for (size_t i = 0; i < VB_COUNT(types); i++) {
        if (!vb_str_eq(type, vb_str_of(types[i].name))) continue;
        c->role = types[i].role;
        c->kind = types[i].kind;
        return VB_OK;
    }
    return vb_csv_fail(csv, err, VB_BAD_INPUT, "no column has the type '%.*s'", VB_FMT(type));
}

static vb_status read_column(const vb_csv *csv, vb_str cell, bool edges, vb_arena *arena, vb_column *c,
                             vb_error *err)
{
    vb_status status;
    vb_str text;
    TRY(vb_arena_copy(arena, vb_str_trim(cell), &text) == VB_OK ? VB_OK : vb_fail_memory(err));
    size_t colon = text.len;
    while (colon && text.at[colon - 1] != ':') colon--;
    *c = (vb_column){ .name = text };
    if (colon) {
        TRY(read_type(csv, vb_str_part(text, colon, text.len), c, err));
        TRY(vb_arena_copy(arena, vb_str_part(text, 0, colon - 1), &c->name) == VB_OK ? VB_OK
                                                                                     : vb_fail_memory(err));
    }
    if (c->role != VB_ROLE_PROPERTY) goto done;
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (vb_str_eq(c->name, vb_str_of(names[i].name)) && (edges ? names[i].edges : names[i].nodes))
            c->role = names[i].role;
    if (!c->name.len) status = vb_csv_fail(csv, err, VB_BAD_INPUT, "a column without a name");
done:
    return status;
}

static vb_status check_header(const vb_csv *csv, const vb_header *h, vb_error *err)
{
    static const struct {
        vb_role role;
        const char *name;
        bool edges;
    } needed[] = { { VB_ROLE_ID, ":ID", false },
                   { VB_ROLE_START, ":START_ID", true },
                   { VB_ROLE_END, ":END_ID", true },
                   { VB_ROLE_TYPE, ":TYPE", true } };
    for (size_t i = 0; i < VB_COUNT(needed); i++)
        if (needed[i].edges == h->edges && h->at[needed[i].role] == SIZE_MAX)
            return vb_csv_fail(csv, err, VB_BAD_INPUT, "no column %s", needed[i].name);
    for (size_t i = 0; i < h->n_columns; i++)
        for (size_t k = 0; k < i; k++)
            if (h->columns[i].name.len && vb_str_eq(h->columns[i].name, h->columns[k].name))
                return vb_csv_fail(csv, err, VB_BAD_INPUT, "two columns '%.*s'", VB_FMT(h->columns[i].name));
    return VB_OK;
}

/** Whether a column says that its file has edges. */
static bool is_of_edges(vb_str cell)
{
    static const char *const endings[] = { ":START_ID", ":END_ID", ":TYPE" };
    size_t open = vb_str_find(cell, VB_STR("("), 0);
    cell = vb_str_trim(open == SIZE_MAX ? cell : vb_str_part(cell, 0, open));
    for (size_t i = 0; i < VB_COUNT(endings); i++)
        if (vb_str_ends(cell, vb_str_of(endings[i]))) return true;
    return false;
}

vb_status vb_header_read(vb_csv *csv, vb_arena *arena, vb_header *out, vb_error *err)
{
    vb_status status = vb_csv_next(csv, err);
    vb_header h = { 0 };
    if (status == VB_NOT_FOUND) status = vb_csv_fail(csv, err, VB_BAD_INPUT, "empty: no header");
    if (status != VB_OK) goto done;
    for (size_t i = 0; i < VB_ROLES; i++) h.at[i] = SIZE_MAX;
    h.n_columns = csv->n_cells;
    h.columns = vb_arena_array(arena, h.n_columns, sizeof *h.columns);
    if (!h.columns) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < h.n_columns; i++) h.edges = h.edges || is_of_edges(csv->cells[i]);
    for (size_t i = 0; i < h.n_columns; i++) {
        TRY(read_column(csv, csv->cells[i], h.edges, arena, &h.columns[i], err));
        vb_role role = h.columns[i].role;
        if (role >= VB_ROLE_ID && h.at[role] != SIZE_MAX) {
            status = vb_csv_fail(csv, err, VB_BAD_INPUT, "two columns '%.*s' mean the same",
                                 VB_FMT(csv->cells[i]));
            goto done;
        }
        h.at[role] = i;
    }
    TRY(check_header(csv, &h, err));
    *out = h;
done:
    return status;
}

vb_str vb_header_cell(const vb_header *h, const vb_csv *csv, vb_role role)
{
    size_t at = h->at[role];
    return at < csv->n_cells ? csv->cells[at] : (vb_str){ NULL, 0 };
}

/* ---- cells --------------------------------------------------------------------------------------------- */

bool vb_cell_int(vb_str cell, int64_t *out)
{
    char text[24], *end = NULL;
    if (!cell.len || cell.len >= sizeof text || !strchr("+-0123456789", cell.at[0]) || !cell.at[0])
        return false;
    memcpy(text, cell.at, cell.len);
    text[cell.len] = '\0';
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || end != text + cell.len) return false;
    *out = value;
    return true;
}

static size_t digits(vb_str s, size_t at)
{
    while (at < s.len && s.at[at] >= '0' && s.at[at] <= '9') at++;
    return at;
}

/** A number as JSON writes it (RFC 8259, section 6), so that it can be kept digit by digit. */
static bool is_number(vb_str s)
{
    size_t at = s.len && s.at[0] == '-', from = at;
    at = digits(s, at);
    if (at == from || (s.at[from] == '0' && at > from + 1)) return false;
    if (at < s.len && s.at[at] == '.') {
        from = at + 1;
        at = digits(s, from);
        if (at == from) return false;
    }
    if (at < s.len && (s.at[at] == 'e' || s.at[at] == 'E')) {
        at++;
        if (at < s.len && (s.at[at] == '+' || s.at[at] == '-')) at++;
        from = at;
        at = digits(s, from);
        if (at == from) return false;
    }
    return at == s.len && s.len < 400;
}

bool vb_cell_date(vb_str s)
{
    static const char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (s.len != 10 || digits(s, 0) != 4 || s.at[4] != '-' || digits(s, 5) != 7 || s.at[7] != '-' ||
        digits(s, 8) != 10)
        return false;
    int month = (s.at[5] - '0') * 10 + s.at[6] - '0', day = (s.at[8] - '0') * 10 + s.at[9] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/** @p cell as a JSON value; NULL without memory, *fits false when it is not of its kind. */
static cJSON *value_of(vb_cell_kind kind, vb_str cell, vb_arena *arena, bool *fits)
{
    vb_str text;
    int64_t whole;
    *fits = true;
    if (kind == VB_CELL_BOOLEAN && vb_str_eq(cell, VB_STR("true"))) return cJSON_CreateTrue();
    if (kind == VB_CELL_BOOLEAN && vb_str_eq(cell, VB_STR("false"))) return cJSON_CreateFalse();
    if (kind == VB_CELL_INT && vb_cell_int(cell, &whole))
        return vb_arena_printf(arena, &text, "%lld", (long long)whole) == VB_OK ? cJSON_CreateRaw(text.at)
                                                                                : NULL;
    if (vb_arena_copy(arena, cell, &text) != VB_OK) return NULL;
    if (kind == VB_CELL_FLOAT && is_number(cell)) return cJSON_CreateRaw(text.at);
    *fits = kind == VB_CELL_STRING || (kind == VB_CELL_DATE && vb_cell_date(cell));
    return *fits ? cJSON_CreateString(text.at) : NULL;
}

/** The items of a list as a JSON array. */
static cJSON *list_of(vb_cell_kind kind, vb_str cell, vb_arena *arena, bool *fits)
{
    vb_str item;
    cJSON *list = cJSON_CreateArray();
    while (list && vb_str_next(&cell, ';', &item)) {
        cJSON *value = value_of(kind, item, arena, fits);
        if (!value || !cJSON_AddItemToArray(list, value)) {
            cJSON_Delete(value);
            cJSON_Delete(list);
            return NULL;
        }
    }
    return list;
}

static vb_status add_property(cJSON *object, const vb_csv *csv, const vb_column *c, vb_str cell,
                              vb_arena *arena, vb_error *err)
{
    static const char *const kinds[] = { "string", "int", "float", "boolean", "date" };
    bool fits = true;
    cJSON *value = c->list ? list_of(c->kind, cell, arena, &fits) : value_of(c->kind, cell, arena, &fits);
    if (!fits)
        return vb_csv_fail(csv, err, VB_BAD_INPUT, "'%.*s' in column '%.*s' is no %s", VB_FMT(cell),
                           VB_FMT(c->name), kinds[c->kind]);
    if (value && cJSON_AddItemToObject(object, c->name.at, value)) return VB_OK;
    cJSON_Delete(value);
    return vb_fail_memory(err);
}

/** Whether a column of this record is a property: also the ID's own name, and the date of what is no
 * document. */
static bool is_property(const vb_header *h, const vb_csv *csv, const vb_column *c)
{
    bool nodes = h->at[VB_ROLE_ID] != SIZE_MAX;
    switch (c->role) {
    case VB_ROLE_PROPERTY:
        return true;
    case VB_ROLE_ID:
        return c->name.len && !vb_str_eq(c->name, VB_STR("key")) && !vb_str_eq(c->name, VB_STR("name"));
    case VB_ROLE_DATE:
        return nodes && !vb_header_cell(h, csv, VB_ROLE_DOCUMENT).len;
    default:
        return false;
    }
}

vb_status vb_header_properties(const vb_header *h, const vb_csv *csv, vb_arena *arena, vb_str *out,
                               vb_error *err)
{
    vb_status status = VB_OK;
    cJSON *object = NULL;
    char *text = NULL;
    *out = (vb_str){ NULL, 0 };
    for (size_t i = 0; i < h->n_columns; i++) {
        if (!is_property(h, csv, &h->columns[i]) || !csv->cells[i].len) continue;
        if (!object) object = cJSON_CreateObject();
        if (!object) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(add_property(object, csv, &h->columns[i], csv->cells[i], arena, err));
    }
    if (!object) goto done;
    text = cJSON_PrintUnformatted(object);
    status = text && vb_arena_copy(arena, vb_str_of(text), out) == VB_OK ? VB_OK : vb_fail_memory(err);
done:
    cJSON_free(text);
    cJSON_Delete(object);
    return status;
}
