/**
 * A reviewed file as requests: JSON lines or a table with a header line, a request a line. Both forms give
 * the same fields; what a field may hold is the same table for both. Nothing of the file is trusted: sizes
 * have limits, JSON's nesting has cJSON's, and a bad line is told and passed over.
 */
#include "queries/queries.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

enum { LINE_MAX_BYTES = 1 << 20, COLUMNS_MAX = 64 };

/** The fields of a line, as text. */
typedef enum field {
    F_VERDICT,
    F_KIND,
    F_A,
    F_A_NAME,
    F_RELATION,
    F_B,
    F_B_NAME,
    F_DOCUMENT,
    F_TEXT,
    F_SOURCE,
    F_WHO,
    F_WHEN,
    F_WHY,
    F_UNDONE,
    F_A_TYPE,
    F_A_KEY,
    F_B_TYPE,
    F_B_KEY,
    F_COUNT
} field;

static const char *const field_names[F_COUNT] = {
    "verdict", "kind", "a",    "a.name", "relation",    "b",      "b.name", "document", "text",
    "source",  "who",  "when", "why",    "undone.when", "a.type", "a.key",  "b.type",   "b.key",
};

typedef struct reader {
    vb_arena *arena;
    const vb_correction_request *defaults;
    vb_review_fault_fn fault;
    void *context;
    unsigned line;
    bool bad; /* a line was */
    field columns[COLUMNS_MAX];
    size_t n_columns; /* 0: JSON lines */
    VB_VEC(vb_correction_request) requests;
    VB_VEC(unsigned) lines;
} reader;

static vb_status blame(reader *r, const char *message)
{
    r->bad = true;
    return r->fault ? r->fault(r->context, r->line, message) : VB_OK;
}

/* ---- a line of a table -------------------------------------------------------------------------------- */

/** A cell without its escapes: \t \n \r \\. */
static vb_status unescape(vb_arena *arena, vb_str cell, vb_str *out)
{
    static const char from[] = "tnr\\", to[] = "\t\n\r\\";
    char *at = vb_arena_get(arena, cell.len + 1);
    size_t n = 0;
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < cell.len; i++) {
        const char *hit =
            cell.at[i] == '\\' && i + 1 < cell.len && cell.at[i + 1] ? strchr(from, cell.at[i + 1]) : NULL;
        at[n++] = hit ? to[hit - from] : cell.at[i];
        if (hit) i++;
    }
    *out = (vb_str){ at, n };
    return VB_OK;
}

static field find_field(vb_str name)
{
    for (size_t i = 0; i < F_COUNT; i++)
        if (vb_str_eq(name, vb_str_of(field_names[i]))) return (field)i;
    return F_COUNT;
}

static vb_status read_header(reader *r, vb_str line)
{
    vb_str cell;
    bool has_kind = false;
    while (vb_str_next(&line, '\t', &cell)) {
        if (r->n_columns == COLUMNS_MAX) return blame(r, "more than 64 columns");
        r->columns[r->n_columns] = find_field(vb_str_trim(cell));
        has_kind |= r->columns[r->n_columns++] == F_KIND;
    }
    return has_kind ? VB_OK : blame(r, "a header line with a column \"kind\" is missing");
}

static vb_status read_cells(reader *r, vb_str line, vb_str *fields, bool *good)
{
    vb_str cell;
    size_t n = 0;
    *good = false;
    while (vb_str_next(&line, '\t', &cell)) {
        if (n == r->n_columns) return blame(r, "more cells than the header has");
        field f = r->columns[n++];
        if (f < F_COUNT && unescape(r->arena, cell, &fields[f]) != VB_OK) return VB_NO_MEMORY;
    }
    *good = true;
    return VB_OK;
}

/* ---- a line of JSON ----------------------------------------------------------------------------------- */

/** Text of a member, of a member of a member for "a.key"; empty where it is none. */
static vb_status member(const cJSON *object, const char *name, vb_arena *arena, vb_str *out)
{
    char head[16];
    const char *dot = strchr(name, '.');
    snprintf(head, sizeof head, "%.*s", (int)(dot ? (size_t)(dot - name) : strlen(name)), name);
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, head);
    if (dot && item) item = cJSON_GetObjectItemCaseSensitive(item, dot + 1);
    return vb_arena_copy(arena, vb_str_of(item && cJSON_IsString(item) ? item->valuestring : NULL), out);
}

static vb_status read_object(reader *r, vb_str line, vb_str *fields, bool *good)
{
    vb_status status = VB_OK;
    const char *end = NULL;
    cJSON *object = cJSON_ParseWithLengthOpts(line.at, line.len, &end, false);
    *good = false;
    bool whole = object && cJSON_IsObject(object) &&
                 !vb_str_trim((vb_str){ end, (size_t)(line.at + line.len - end) }).len;
    if (!whole) {
        status = blame(r, "no JSON object");
        goto done;
    }
    for (size_t i = 0; i < F_COUNT; i++) TRY(member(object, field_names[i], r->arena, &fields[i]));
    *good = true;
done:
    cJSON_Delete(object);
    return status;
}

/* ---- a request ---------------------------------------------------------------------------------------- */

static vb_status join_name(reader *r, vb_str *name, vb_str label, vb_str key)
{
    if (name->len || !key.len) return VB_OK;
    return label.len ? vb_arena_printf(r->arena, name, "%.*s:%.*s", VB_FMT(label), VB_FMT(key))
                     : vb_arena_copy(r->arena, key, name);
}

static bool is_verdict(vb_str verdict, const char *one, const char *other)
{
    return vb_str_eq(verdict, vb_str_of(one)) || vb_str_eq(verdict, vb_str_of(other));
}

/** What the line's kind and verdict ask for. @return false: nothing. @p wrong says what is wrong, if
 * anything. */
static bool decide(const vb_str *f, vb_correction_request *out, const char **wrong)
{
    vb_str verdict = vb_str_trim(f[F_VERDICT]);
    bool yes = is_verdict(verdict, "y", "Y"), no = is_verdict(verdict, "n", "N");
    bool open = !verdict.len || is_verdict(verdict, "u", "U");
    vb_doubt asked = { .kind = VB_DOUBT_KINDS,
                       .a_named = f[F_A],
                       .b_named = f[F_B],
                       .relation = f[F_RELATION],
                       .document = f[F_DOCUMENT],
                       .text = f[F_TEXT] };
    vb_correction_kind kind;
    if (!yes && !no && !open) {
        *wrong = "the verdict is y, n or u";
        return false;
    }
    for (int i = 0; i < VB_DOUBT_KINDS; i++)
        if (vb_str_eq(f[F_KIND], vb_str_of(vb_doubt_name((vb_doubt_kind)i)))) asked.kind = (vb_doubt_kind)i;
    if (asked.kind != VB_DOUBT_KINDS) {
        if (!open) *out = vb_doubt_answer(&asked, yes);
        return !open;
    }
    if (!vb_correction_find(f[F_KIND], &kind)) {
        *wrong = "the kind is edge, name, same, assert, reject, merge, split or rename";
        return false;
    }
    *out = (vb_correction_request){ .kind = kind,
                                    .a = f[F_A],
                                    .relation = f[F_RELATION],
                                    .b = kind == VB_RENAME && f[F_B_NAME].len ? f[F_B_NAME] : f[F_B],
                                    .a_name = f[F_A_NAME],
                                    .b_name = f[F_B_NAME],
                                    .document = f[F_DOCUMENT],
                                    .text = f[F_TEXT],
                                    .source = f[F_SOURCE],
                                    .make = true };
    if (kind == VB_RENAME) out->b_name = (vb_str){ 0 };
    return (yes || !verdict.len) && !f[F_UNDONE].len;
}

static vb_status take(reader *r, vb_str *f)
{
    vb_status status;
    const char *wrong = NULL;
    vb_correction_request request = { 0 };
    TRY(join_name(r, &f[F_A], f[F_A_TYPE], f[F_A_KEY]));
    TRY(join_name(r, &f[F_B], f[F_B_TYPE], f[F_B_KEY]));
    if (!decide(f, &request, &wrong)) {
        if (wrong) status = blame(r, wrong);
        goto done;
    }
    request.who = f[F_WHO].len ? f[F_WHO] : r->defaults->who;
    request.when = f[F_WHEN].len ? f[F_WHEN] : r->defaults->when;
    request.why = f[F_WHY].len ? f[F_WHY] : r->defaults->why;
    TRY(vb_push(r->arena, &r->requests));
    TRY(vb_push(r->arena, &r->lines));
    r->requests.at[r->requests.len - 1] = request;
    r->lines.at[r->lines.len - 1] = r->line;
done:
    return status;
}

static vb_status read_line(reader *r, vb_str line)
{
    vb_str fields[F_COUNT] = { 0 };
    bool good = false;
    vb_status status = VB_OK;
    if (line.len > LINE_MAX_BYTES) return blame(r, "a line of more than 1 MiB");
    if (memchr(line.at, '\0', line.len)) return blame(r, "a NUL byte");
    if (r->n_columns)
        TRY(read_cells(r, line, fields, &good));
    else
        TRY(read_object(r, line, fields, &good));
    if (good) TRY(take(r, fields));
done:
    return status;
}

/** A carriage return before the line feed, and the blanks around JSON; tabs at the end are empty cells. */
static vb_str clean(vb_str line)
{
    if (line.len && line.at[line.len - 1] == '\r') line.len--;
    return line;
}

vb_status vb_review_read(vb_str text, const vb_correction_request *defaults, vb_review_fault_fn fault,
                         void *context, vb_arena *arena, vb_reviewed *out, vb_error *err)
{
    vb_status status = VB_OK;
    reader r = { .arena = arena, .defaults = defaults, .fault = fault, .context = context };
    vb_str rest = text, line;
    size_t bad = vb_utf8_check(text);
    bool table = false;
    if (text.len > VB_REVIEW_MAX)
        return vb_fail(err, VB_TOO_LARGE, "a reviewed file of more than %zu MiB", VB_REVIEW_MAX >> 20);
    if (bad != text.len) {
        if (err) err->at = bad;
        return vb_fail(err, VB_BAD_UTF8, "no UTF-8 at byte %zu", bad);
    }
    if (vb_str_starts(rest, VB_STR("\xef\xbb\xbf"))) rest = vb_str_part(rest, 3, rest.len);
    while (status == VB_OK && vb_str_next(&rest, '\n', &line)) {
        r.line++;
        line = clean(line);
        if (!vb_str_trim(line).len) continue;
        bool first = !table && !r.n_columns && !r.requests.len && !r.bad && line.at[0] != '{';
        if (first) {
            table = true;
            status = read_header(&r, line);
            if (r.bad) break;
        } else {
            status = read_line(&r, line);
        }
    }
    if (status == VB_NO_MEMORY) return vb_fail_memory(err);
    if (status != VB_OK) return vb_fail(err, status, "stopped");
    *out = (vb_reviewed){ r.requests.at, r.lines.at, r.requests.len };
    return r.bad ? vb_fail(err, VB_BAD_INPUT, "lines that are not as `verband review` writes them") : VB_OK;
}
