/**
 * Values as the TCK's tables write them, by recursive descent over one cell:
 *
 *   value  = null | true | false | integer | float | NaN | Inf | -Inf | string | list | map | node | rel |
 * path list   = '[' [ value { ',' value } ] ']'           map  = '{' [ key ':' value { ',' key ':' value } ]
 * '}' node   = '(' { ':' name } [ map ] ')'              rel  = '[' ':' name [ map ] ']' path   = '<' node {
 * ( '-' rel '->' | '<-' rel '-' ) node } '>'
 *
 * A string stands between single quotes; the escapes of a table's cell (| and \ and n) and those of Cypher
 * are read in one go, so '\\' is one backslash. It uses nothing of the engine: a fault there must not show
 * here too.
 */
#include "tests/tck/tck.h"

#include <errno.h>
#include <stdlib.h>

enum { DEPTH_MAX = 100, NAME_MAX_BYTES = 512 };

typedef struct reader {
    vb_str text;
    size_t at;
    unsigned depth;
    vb_arena *arena;
    vb_error *err;
} reader;

static vb_status read_value(reader *r, vb_value *out);

static char peek(const reader *r)
{
    return r->at < r->text.len ? r->text.at[r->at] : '\0';
}

static void blanks(reader *r)
{
    while (peek(r) == ' ' || peek(r) == '\t') r->at++;
}

static vb_status wrong(reader *r, const char *what)
{
    return vb_fail(r->err, VB_BAD_INPUT, "expected value %.*s: %s at byte %zu", VB_FMT(r->text), what, r->at);
}

/** Take @p c, blanks before it passed over. */
static bool take(reader *r, char c)
{
    blanks(r);
    if (peek(r) != c) return false;
    r->at++;
    return true;
}

static bool take_word(reader *r, const char *word)
{
    vb_str rest = vb_str_part(r->text, r->at, r->text.len), w = vb_str_of(word);
    if (!vb_str_starts(rest, w)) return false;
    if (rest.len > w.len &&
        (strchr("_.", rest.at[w.len]) || ((rest.at[w.len] | 32) >= 'a' && (rest.at[w.len] | 32) <= 'z')))
        return false;
    r->at += w.len;
    return true;
}

static bool name_byte(char c)
{
    return c == '_' || (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/** A name, bare or between `backticks`. */
static vb_status read_name(reader *r, vb_str *out)
{
    blanks(r);
    bool quoted = peek(r) == '`';
    size_t start = r->at + quoted;
    if (quoted) r->at++;
    while (r->at < r->text.len && (quoted ? peek(r) != '`' : name_byte(peek(r)))) r->at++;
    *out = vb_str_part(r->text, start, r->at);
    if (quoted && peek(r) != '`') return wrong(r, "a name without its closing backtick");
    if (quoted) r->at++;
    return out->len ? VB_OK : wrong(r, "a name is missing");
}

static size_t put_utf8(uint32_t c, char *to)
{
    if (c < 0x80) return to[0] = (char)c, 1;
    if (c < 0x800) return to[0] = (char)(0xc0 | c >> 6), to[1] = (char)(0x80 | (c & 63)), 2;
    to[0] = (char)(0xe0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 63));
    to[2] = (char)(0x80 | (c & 63));
    return 3;
}

/** The escape behind a backslash at r->at; a letter that makes none stands for itself, backslash and all. */
static size_t read_escape(reader *r, char *to)
{
    static const char letters[] = "ntrbf|'\"\\", means[] = "\n\t\r\b\f|'\"\\";
    const char *known = peek(r) ? strchr(letters, peek(r)) : NULL;
    char hex[5] = { 0 }, *end;
    if (known) {
        r->at++;
        *to = means[known - letters];
        return 1;
    }
    if (peek(r) == 'u' && r->at + 4 < r->text.len) {
        memcpy(hex, r->text.at + r->at + 1, 4);
        unsigned long c = strtoul(hex, &end, 16);
        if (end == hex + 4) {
            r->at += 5;
            return put_utf8((uint32_t)c, to);
        }
    }
    *to = '\\';
    return 1;
}

static vb_status read_string(reader *r, vb_str *out)
{
    char *to = vb_arena_get(r->arena, r->text.len + 1);
    size_t n = 0;
    if (!to) return VB_NO_MEMORY;
    r->at++;
    while (r->at < r->text.len && peek(r) != '\'') {
        char c = r->text.at[r->at++];
        if (c == '\\')
            n += read_escape(r, to + n);
        else
            to[n++] = c;
    }
    if (r->at >= r->text.len) return wrong(r, "a string without its closing quote");
    r->at++;
    *out = (vb_str){ to, n };
    return VB_OK;
}

static vb_status read_number(reader *r, vb_value *out)
{
    char text[400], *end;
    size_t n = 0, start = r->at;
    bool whole = true;
    while (n + 1 < sizeof text && peek(r) && strchr("+-.0123456789eE", peek(r))) {
        if (strchr(".eE", peek(r))) whole = false;
        text[n++] = peek(r);
        r->at++;
    }
    text[n] = '\0';
    errno = 0;
    if (whole) {
        *out = (vb_value){ .kind = VB_VALUE_INTEGER, .as.integer = strtoll(text, &end, 10) };
    } else {
        *out = (vb_value){ .kind = VB_VALUE_FLOAT, .as.number = strtod(text, &end) };
        errno = 0; /* underflow is a value */
    }
    if (n && !*end && !errno) return VB_OK;
    r->at = start;
    return wrong(r, "no value of the TCK");
}

/** `{k: v, ...}` with the brace still to come. */
static vb_status read_map(reader *r, vb_value_map *out)
{
    vb_status status = VB_OK;
    VB_VEC(vb_entry) entries = { 0 };
    r->at++;
    while (!take(r, '}')) {
        if (entries.len && !take(r, ',')) return wrong(r, "neither , nor }");
        TRY(vb_push(r->arena, &entries));
        vb_entry *e = &entries.at[entries.len - 1];
        TRY(read_name(r, &e->key));
        if (!take(r, ':')) return wrong(r, "no : behind a key");
        TRY(read_value(r, &e->value));
    }
    out->at = entries.at;
    out->len = entries.len;
done:
    return status;
}

static vb_status new_thing(reader *r, vb_thing **out)
{
    *out = vb_arena_get(r->arena, sizeof **out);
    return *out ? VB_OK : VB_NO_MEMORY;
}

static vb_status read_node(reader *r, vb_value *out)
{
    vb_status status;
    vb_thing *t = NULL;
    VB_VEC(vb_value) labels = { 0 };
    TRY(new_thing(r, &t));
    r->at++;
    while (take(r, ':')) {
        TRY(vb_push(r->arena, &labels));
        labels.at[labels.len - 1].kind = VB_VALUE_STRING;
        TRY(read_name(r, &labels.at[labels.len - 1].as.text));
    }
    t->labels.at = labels.at;
    t->labels.len = labels.len;
    blanks(r);
    if (peek(r) == '{') TRY(read_map(r, &t->properties));
    if (!take(r, ')')) return wrong(r, "a node without its closing )");
    *out = (vb_value){ .kind = VB_VALUE_NODE, .as.thing = t };
done:
    return status;
}

/** `[:T {...}]`, behind its bracket. */
static vb_status read_relationship(reader *r, vb_thing **out)
{
    vb_status status;
    TRY(new_thing(r, out));
    if (!take(r, ':')) return wrong(r, "a relationship without a type");
    TRY(read_name(r, &(*out)->type));
    blanks(r);
    if (peek(r) == '{') TRY(read_map(r, &(*out)->properties));
    if (!take(r, ']')) return wrong(r, "a relationship without its closing ]");
done:
    return status;
}

/** `-[:T]->` or `<-[:T]-`, between places @p i and i + 1 of a path. */
static vb_status read_step(reader *r, int64_t i, vb_value *out)
{
    vb_status status;
    vb_thing *t = NULL;
    bool back = take(r, '<');
    if (!take(r, '-') || !take(r, '[')) return wrong(r, "no relationship between the nodes of a path");
    TRY(read_relationship(r, &t));
    if (!take(r, '-')) return wrong(r, "no - behind a relationship");
    if (!back && !take(r, '>')) return wrong(r, "a relationship of a path without a direction");
    t->source = back ? i + 1 : i;
    t->target = back ? i : i + 1;
    *out = (vb_value){ .kind = VB_VALUE_RELATIONSHIP, .as.thing = t };
done:
    return status;
}

static vb_status read_path(reader *r, vb_value *out)
{
    vb_status status = VB_OK;
    VB_VEC(vb_value) nodes = { 0 };
    VB_VEC(vb_value) steps = { 0 };
    vb_walk *walk = vb_arena_get(r->arena, sizeof *walk);
    if (!walk) return VB_NO_MEMORY;
    r->at++;
    for (;;) {
        vb_value node;
        blanks(r);
        if (peek(r) != '(') return wrong(r, "a path without a node");
        TRY(read_node(r, &node));
        ((vb_thing *)node.as.thing)->id = (int64_t)nodes.len; /* ours, made a moment ago */
        TRY(vb_push(r->arena, &nodes));
        nodes.at[nodes.len - 1] = node;
        if (take(r, '>')) break;
        TRY(vb_push(r->arena, &steps));
        TRY(read_step(r, (int64_t)nodes.len - 1, &steps.at[steps.len - 1]));
    }
    *walk = (vb_walk){ .nodes = nodes.at, .relationships = steps.at, .length = steps.len };
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = walk };
done:
    return status;
}

static vb_status read_list(reader *r, vb_value *out)
{
    vb_status status = VB_OK;
    VB_VEC(vb_value) items = { 0 };
    vb_thing *t = NULL;
    r->at++;
    blanks(r);
    if (peek(r) == ':') {
        TRY(read_relationship(r, &t));
        *out = (vb_value){ .kind = VB_VALUE_RELATIONSHIP, .as.thing = t };
        return VB_OK;
    }
    while (!take(r, ']')) {
        vb_value item;
        if (items.len && !take(r, ',')) return wrong(r, "neither , nor ]");
        TRY(read_value(r, &item));
        TRY(vb_push(r->arena, &items));
        items.at[items.len - 1] = item;
    }
    *out = (vb_value){ .kind = VB_VALUE_LIST };
    out->as.list.at = items.at;
    out->as.list.len = items.len;
done:
    return status;
}

static const struct {
    const char *word;
    vb_value value;
} words[] = {
    { "null", { .kind = VB_VALUE_NULL } },
    { "true", { .kind = VB_VALUE_BOOLEAN, .as.boolean = true } },
    { "false", { .kind = VB_VALUE_BOOLEAN, .as.boolean = false } },
    { "NaN", { .kind = VB_VALUE_FLOAT, .as.number = __builtin_nan("") } },
    { "Inf", { .kind = VB_VALUE_FLOAT, .as.number = __builtin_inf() } },
    { "-Inf", { .kind = VB_VALUE_FLOAT, .as.number = -__builtin_inf() } },
};

static vb_status read_value(reader *r, vb_value *out)
{
    vb_status status = VB_OK;
    if (++r->depth > DEPTH_MAX) return wrong(r, "nested too deep");
    blanks(r);
    for (size_t i = 0; i < VB_COUNT(words); i++) {
        if (!take_word(r, words[i].word)) continue;
        *out = words[i].value;
        r->depth--;
        return VB_OK;
    }
    memset(out, 0, sizeof *out);
    switch (peek(r)) {
    case '\'':
        out->kind = VB_VALUE_STRING;
        status = read_string(r, &out->as.text);
        break;
    case '[':
        status = read_list(r, out);
        break;
    case '{':
        out->kind = VB_VALUE_MAP;
        status = read_map(r, &out->as.map);
        break;
    case '(':
        status = read_node(r, out);
        break;
    case '<':
        status = read_path(r, out);
        break;
    default:
        status = read_number(r, out);
    }
    r->depth--;
    return status;
}

vb_status tck_expect(vb_str cell, vb_arena *arena, vb_value *out, vb_error *err)
{
    reader r = { .text = cell, .arena = arena, .err = err };
    vb_status status = read_value(&r, out);
    blanks(&r);
    if (status == VB_OK && r.at < cell.len) return wrong(&r, "more than one value");
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
