/**
 * Building the tree: what the grammar's actions call. Nothing here returns NULL: without memory the failure
 * is noted, the parser's spare room is handed out, and vb_cy_parse_text() stops before the next token.
 */
#include "queries/cypher/cypher.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

void *vb_cy_make(vb_cy_parse *p, size_t size)
{
    void *at = vb_arena_get(p->source->arena, size);
    if (at) return at;
    vb_cy_fail_memory(p->source);
    memset(p->spare, 0, sizeof p->spare);
    return p->spare;
}

vb_cy_expr *vb_cy_expr_new(vb_cy_parse *p, vb_cy_kind kind, uint32_t at)
{
    vb_cy_expr *e = vb_cy_make(p, sizeof *e);
    e->kind = kind;
    e->at = e->end = at;
    e->slot = -1;
    e->depth = 1;
    return e;
}

static void deepen(vb_cy_parse *p, vb_cy_expr *e, const vb_cy_expr *part)
{
    if (!part || part->depth < e->depth) return;
    e->depth = (uint16_t)(part->depth + 1);
    if (e->depth > CY_DEPTH_MAX)
        vb_cy_fail(p->source, e->at, VB_TOO_LARGE, "SyntaxError/NestedTooDeep",
                   "an expression nested more than %d deep", CY_DEPTH_MAX);
}

void vb_cy_expr_arg(vb_cy_parse *p, vb_cy_expr *e, vb_cy_expr *arg)
{
    vb_cy_exprs_add(p, &e->args, arg);
    deepen(p, e, arg);
    if (arg && arg->end > e->end) e->end = arg->end;
}

void vb_cy_exprs_add(vb_cy_parse *p, vb_cy_exprs *list, vb_cy_expr *e)
{
    if (vb_push(p->source->arena, list) != VB_OK)
        vb_cy_fail_memory(p->source);
    else
        list->at[list->len - 1] = e;
}

void vb_cy_names_add(vb_cy_parse *p, vb_cy_names *list, vb_cy_token t)
{
    vb_str name = vb_cy_name(p, t);
    if (vb_push(p->source->arena, list) != VB_OK)
        vb_cy_fail_memory(p->source);
    else
        list->at[list->len - 1] = name;
}

vb_cy_expr *vb_cy_expr_1(vb_cy_parse *p, vb_cy_kind kind, vb_cy_expr *a, uint32_t at)
{
    if (kind == E_MINUS && a->kind == E_LITERAL && !a->paren && a->value.kind == VB_VALUE_INTEGER &&
        a->ops) { /* the one literal that is right only behind a minus: 2^63 */
        a->ops = NULL;
        a->at = at;
        return a;
    }
    vb_cy_expr *e = vb_cy_expr_new(p, kind, at);
    vb_cy_expr_arg(p, e, a);
    return e;
}

vb_cy_expr *vb_cy_expr_2(vb_cy_parse *p, vb_cy_kind kind, vb_cy_expr *a, vb_cy_expr *b)
{
    vb_cy_expr *e = vb_cy_expr_new(p, kind, a->at);
    vb_cy_expr_arg(p, e, a);
    vb_cy_expr_arg(p, e, b);
    return e;
}

vb_cy_expr *vb_cy_expr_compare(vb_cy_parse *p, vb_cy_expr *a, vb_cy_compare op, vb_cy_expr *b)
{
    vb_cy_expr *e = a;
    if (a->kind != E_COMPARE || a->paren) {
        e = vb_cy_expr_new(p, E_COMPARE, a->at);
        vb_cy_expr_arg(p, e, a);
    }
    uint8_t *ops = vb_arena_get(p->source->arena, e->args.len + 1);
    if (!ops) {
        vb_cy_fail_memory(p->source);
        return e;
    }
    if (e->args.len > 1) memcpy(ops, e->ops, e->args.len - 1);
    ops[e->args.len - 1] = (uint8_t)op;
    e->ops = ops;
    vb_cy_expr_arg(p, e, b);
    return e;
}

/** Digits in base 10, 16 or 8. Beyond 2^63 - 1 only 2^63 itself is passed on, marked in ops. */
static void read_integer(vb_cy_parse *p, vb_cy_token t, vb_cy_expr *e)
{
    char *end;
    bool hex = t.text.len > 2 && (t.text.at[1] | 32) == 'x',
         oct = t.text.len > 2 && (t.text.at[1] | 32) == 'o';
    errno = 0;
    uint64_t n = strtoull(t.text.at + (hex || oct ? 2 : 0), &end, hex ? 16 : oct ? 8 : 10);
    e->value = vb_cy_of_int((int64_t)n);
    if (errno == ERANGE || n > (uint64_t)INT64_MAX + 1)
        vb_cy_fail(p->source, t.at, VB_BAD_INPUT, "SyntaxError/IntegerOverflow",
                   "%.*s is too large for an integer", VB_FMT(t.text));
    else if (n == (uint64_t)INT64_MAX + 1)
        e->ops = vb_cy_make(p, 1);
}

vb_cy_expr *vb_cy_expr_number(vb_cy_parse *p, vb_cy_token t, bool real)
{
    vb_cy_expr *e = vb_cy_expr_new(p, E_LITERAL, t.at);
    e->end = t.at + (uint32_t)t.text.len;
    if (!real) {
        read_integer(p, t, e);
        return e;
    }
    double d = strtod(t.text.at, NULL);
    if (d > 1.7976931348623157e308)
        vb_cy_fail(p->source, t.at, VB_BAD_INPUT, "SyntaxError/FloatingPointOverflow",
                   "%.*s is too large for a float", VB_FMT(t.text));
    e->value = vb_cy_of_real(d);
    return e;
}

int64_t vb_cy_int(vb_cy_parse *p, vb_cy_token t)
{
    vb_cy_expr *e = vb_cy_expr_number(p, t, false);
    return e->value.as.integer < 0 ? INT64_MAX : e->value.as.integer;
}

static size_t put_utf8(char *at, uint32_t c)
{
    if (c < 0x80) {
        at[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        at[0] = (char)(0xc0 | c >> 6);
        at[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        at[0] = (char)(0xe0 | c >> 12);
        at[1] = (char)(0x80 | (c >> 6 & 63));
        at[2] = (char)(0x80 | (c & 63));
        return 3;
    }
    at[0] = (char)(0xf0 | c >> 18);
    at[1] = (char)(0x80 | (c >> 12 & 63));
    at[2] = (char)(0x80 | (c >> 6 & 63));
    at[3] = (char)(0x80 | (c & 63));
    return 4;
}

/** \uXXXX (4) or \UXXXXXXXX (8) at @p s; false when it is none. */
static bool read_hex(vb_str s, size_t from, size_t n, uint32_t *out)
{
    uint32_t c = 0;
    if (from + n > s.len) return false;
    for (size_t i = from; i < from + n; i++) {
        int d = s.at[i] | 32;
        if (d >= '0' && d <= '9')
            c = c * 16 + (uint32_t)(d - '0');
        else if (d >= 'a' && d <= 'f')
            c = c * 16 + (uint32_t)(d - 'a' + 10);
        else
            return false;
    }
    *out = c;
    return c <= 0x10ffff;
}

/** The code point behind "\u" or "\U" at *i; a pair of surrogates is one. */
static bool read_escape(vb_str s, size_t *i, uint32_t *c)
{
    size_t n = s.at[*i] == 'u' ? 4 : 8;
    uint32_t low;
    if (!read_hex(s, *i + 1, n, c)) return false;
    *i += n;
    if (*c >= 0xd800 && *c < 0xdc00 && *i + 2 < s.len && s.at[*i + 1] == '\\' && s.at[*i + 2] == 'u' &&
        read_hex(s, *i + 3, 4, &low) && low >= 0xdc00 && low < 0xe000) {
        *c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
        *i += 6;
    }
    return *c < 0xd800 || *c > 0xdfff;
}

vb_cy_expr *vb_cy_expr_string(vb_cy_parse *p, vb_cy_token t)
{
    static const char letters[] = "nrtbf", means[] = "\n\r\t\b\f";
    vb_cy_expr *e = vb_cy_expr_new(p, E_LITERAL, t.at);
    e->end = t.at + (uint32_t)t.text.len;
    e->value = vb_cy_of_text(VB_STR(""));
    char *to = vb_arena_get(p->source->arena, t.text.len + 4);
    size_t len = 0;
    uint32_t c;
    if (!to) {
        vb_cy_fail_memory(p->source);
        return e;
    }
    vb_str s = vb_str_part(t.text, 1, t.text.len - 1);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '\\') {
            to[len++] = s.at[i];
            continue;
        }
        i++;
        const char *letter = strchr(letters, s.at[i] | 32);
        if (letter) {
            to[len++] = means[letter - letters];
        } else if (s.at[i] == 'u' || s.at[i] == 'U') {
            if (!read_escape(s, &i, &c)) {
                vb_cy_fail(p->source, t.at, VB_BAD_INPUT, "SyntaxError/InvalidUnicodeLiteral",
                           "an escape that is no character of Unicode");
                return e;
            }
            len += put_utf8(to + len, c);
        } else if (strchr("\\'\"`", s.at[i])) {
            to[len++] = s.at[i];
        } else {
            vb_cy_fail(p->source, t.at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                       "an unknown escape in a string");
            return e;
        }
    }
    e->value = vb_cy_of_text((vb_str){ to, len });
    return e;
}

vb_cy_expr *vb_cy_expr_bool(vb_cy_parse *p, vb_cy_token t, int truth)
{
    vb_cy_expr *e = vb_cy_expr_new(p, E_LITERAL, t.at);
    e->end = t.at + (uint32_t)t.text.len;
    e->value = truth < 0 ? vb_cy_null : vb_cy_of_bool(truth != 0);
    return e;
}

vb_str vb_cy_name(vb_cy_parse *p, vb_cy_token t)
{
    vb_str s = t.text;
    if (s.len && s.at[0] == '$') s = vb_str_part(s, 1, s.len);
    if (!s.len || s.at[0] != '`') return s;
    s = vb_str_part(s, 1, s.len - 1);
    if (vb_str_find(s, VB_STR("``"), 0) == SIZE_MAX) return s;
    char *to = vb_arena_get(p->source->arena, s.len);
    size_t len = 0;
    if (!to) {
        vb_cy_fail_memory(p->source);
        return s;
    }
    for (size_t i = 0; i < s.len; i++) {
        to[len++] = s.at[i];
        if (s.at[i] == '`') i++;
    }
    return (vb_str){ to, len };
}

vb_cy_expr *vb_cy_expr_name(vb_cy_parse *p, vb_cy_kind kind, vb_cy_token t)
{
    vb_cy_expr *e = vb_cy_expr_new(p, kind, t.at);
    e->end = t.at + (uint32_t)t.text.len;
    e->name = vb_cy_name(p, t);
    return e;
}

vb_cy_expr *vb_cy_expr_property(vb_cy_parse *p, vb_cy_expr *a, vb_cy_token key)
{
    vb_cy_expr *e = vb_cy_expr_1(p, E_PROPERTY, a, a->at);
    e->name = vb_cy_name(p, key);
    e->end = key.at + (uint32_t)key.text.len;
    return e;
}

vb_cy_expr *vb_cy_expr_labels(vb_cy_parse *p, vb_cy_expr *a, vb_cy_token label)
{
    vb_cy_expr *e = a->kind == E_LABELS && !a->paren ? a : vb_cy_expr_1(p, E_LABELS, a, a->at);
    vb_cy_names_add(p, &e->keys, label);
    e->end = label.at + (uint32_t)label.text.len;
    return e;
}

void vb_cy_expr_key(vb_cy_parse *p, vb_cy_expr *e, vb_cy_token key, vb_cy_expr *value)
{
    vb_cy_names_add(p, &e->keys, key);
    vb_cy_expr_arg(p, e, value);
}

/** The name of a function, dotted where it has a name space. */
static vb_str call_name(vb_cy_parse *p, const vb_cy_expr *e)
{
    vb_str before = { 0 }, name = e->name;
    if (e->kind == E_VARIABLE) return name;
    if (e->kind != E_PROPERTY) {
        vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                   "this is no function's name");
        return name;
    }
    before = call_name(p, e->args.at[0]);
    if (vb_arena_printf(p->source->arena, &name, "%.*s.%.*s", VB_FMT(before), VB_FMT(e->name)) != VB_OK)
        vb_cy_fail_memory(p->source);
    return name;
}

vb_cy_expr *vb_cy_expr_call(vb_cy_parse *p, vb_cy_expr *name, vb_cy_exprs *args, bool distinct,
                            vb_cy_token close)
{
    vb_cy_expr *e = vb_cy_expr_new(p, args ? E_CALL : E_COUNT_ALL, name->at);
    e->name = call_name(p, name);
    e->distinct = distinct;
    for (size_t i = 0; args && i < args->len; i++) vb_cy_expr_arg(p, e, args->at[i]);
    if (!args && !(e->name.len == 5 && strncasecmp(e->name.at, "count", 5) == 0))
        vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax", "only count takes *");
    e->end = close.at + 1;
    return e;
}

/** Take `x IN list` apart; false when it is something else. */
static bool is_binding(const vb_cy_expr *in)
{
    return in->kind == E_IN && !in->paren && in->args.at[0]->kind == E_VARIABLE && !in->args.at[0]->paren;
}

vb_cy_expr *vb_cy_expr_quantifier(vb_cy_parse *p, vb_cy_expr *name, vb_cy_expr *in, vb_cy_expr *where,
                                  vb_cy_token close)
{
    static const char *const names[] = { "all", "any", "none", "single" };
    vb_cy_expr *e = vb_cy_expr_new(p, E_QUANTIFIER, name->at);
    e->ops = vb_cy_make(p, 1);
    e->ops[0] = VB_COUNT(names);
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (name->kind == E_VARIABLE && strlen(names[i]) == name->name.len &&
            strncasecmp(names[i], name->name.at, name->name.len) == 0)
            e->ops[0] = (uint8_t)i;
    if (e->ops[0] == VB_COUNT(names) || !is_binding(in)) {
        vb_cy_fail(p->source, name->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                   "WHERE belongs in all, any, none or single(x IN list WHERE ...)");
        return e;
    }
    e->name = in->args.at[0]->name;
    vb_cy_expr_arg(p, e, in->args.at[1]);
    vb_cy_expr_arg(p, e, where);
    e->end = close.at + 1;
    return e;
}

vb_cy_expr *vb_cy_expr_bracket(vb_cy_parse *p, vb_cy_token open, vb_cy_expr *first, vb_cy_expr *where,
                               vb_cy_expr *result, vb_cy_token close)
{
    bool pattern = first->kind == E_PATTERN && !first->paren && result;
    vb_cy_expr *e = vb_cy_expr_new(p, pattern ? E_PATTERN_LIST : E_COMPREHENSION, open.at);
    if (pattern) {
        e->pattern = first->pattern;
    } else if (is_binding(first)) {
        e->name = first->args.at[0]->name;
        vb_cy_expr_arg(p, e, first->args.at[1]);
    } else {
        vb_cy_fail(p->source, open.at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                   "a comprehension reads [x IN list WHERE ... | ...] or [(a)-->(b) WHERE ... | ...]");
    }
    vb_cy_expr_arg(p, e, where);
    vb_cy_expr_arg(p, e, result);
    e->end = close.at + 1;
    return e;
}

vb_cy_expr *vb_cy_expr_list(vb_cy_parse *p, vb_cy_token open, vb_cy_exprs *items, vb_cy_token close)
{
    if (items && items->len == 1 && is_binding(items->at[0]))
        return vb_cy_expr_bracket(p, open, items->at[0], NULL, NULL, close);
    vb_cy_expr *e = vb_cy_expr_new(p, E_LIST, open.at);
    for (size_t i = 0; items && i < items->len; i++) vb_cy_expr_arg(p, e, items->at[i]);
    e->end = close.at + 1;
    return e;
}

static void one_part(vb_cy_parse *p, vb_cy_expr *e, vb_cy_part *part)
{
    e->pattern = vb_cy_make(p, sizeof *e->pattern);
    if (vb_push(p->source->arena, &e->pattern->parts) != VB_OK)
        vb_cy_fail_memory(p->source);
    else
        e->pattern->parts.at[0] = part;
}

vb_cy_expr *vb_cy_expr_path_list(vb_cy_parse *p, vb_cy_token open, vb_cy_token name, vb_cy_part *part,
                                 vb_cy_expr *where, vb_cy_expr *result, vb_cy_token close)
{
    vb_cy_expr *e = vb_cy_expr_new(p, E_PATTERN_LIST, open.at);
    part->name = vb_cy_name(p, name);
    part->at = name.at;
    one_part(p, e, part);
    vb_cy_expr_arg(p, e, where);
    vb_cy_expr_arg(p, e, result);
    e->end = close.at + 1;
    return e;
}

vb_cy_expr *vb_cy_expr_sub(vb_cy_parse *p, vb_cy_kind kind, vb_cy_token open, vb_cy_pattern *pattern,
                           vb_cy_expr *where, vb_cy_query *query, vb_cy_token close)
{
    vb_cy_expr *e = vb_cy_expr_new(p, kind, open.at);
    e->pattern = pattern;
    e->query = query;
    vb_cy_expr_arg(p, e, where);
    e->end = close.at + 1;
    return e;
}

vb_cy_part *vb_cy_part_new(vb_cy_parse *p, vb_cy_node *node)
{
    vb_cy_part *part = vb_cy_make(p, sizeof *part);
    part->at = node->at;
    if (vb_push(p->source->arena, &part->nodes) != VB_OK)
        vb_cy_fail_memory(p->source);
    else
        part->nodes.at[0] = node;
    return part;
}

void vb_cy_part_add(vb_cy_parse *p, vb_cy_part *part, vb_cy_rel *rel, vb_cy_node *node)
{
    if (vb_push(p->source->arena, &part->rels) != VB_OK || vb_push(p->source->arena, &part->nodes) != VB_OK) {
        vb_cy_fail_memory(p->source);
        return;
    }
    part->rels.at[part->rels.len - 1] = rel;
    part->nodes.at[part->nodes.len - 1] = node;
}

/** SET (add 0: =, 1: +=) and REMOVE (-1). */
vb_cy_set vb_cy_set_item(vb_cy_parse *p, vb_cy_expr *t, int add, vb_cy_expr *value)
{
    vb_cy_set set = { .target = t, .value = value, .at = t->at };
    if (t->kind == E_PROPERTY && !t->paren && (value || add < 0) && add != 1) {
        set.kind = add < 0 ? SET_DROP_PROPERTY : SET_PROPERTY;
        set.key = t->name;
        set.target = t->args.at[0];
    } else if (t->kind == E_LABELS && !value) {
        set.kind = add < 0 ? SET_DROP_LABELS : SET_LABELS;
        set.labels = t->keys;
        set.target = t->args.at[0];
    } else if (value && t->kind == E_VARIABLE) {
        set.kind = add ? SET_ADD : SET_REPLACE;
    } else {
        vb_cy_fail(p->source, t->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                   "only a property, labels or a variable can be set or removed");
    }
    return set;
}

void vb_cy_single_add(vb_cy_parse *p, vb_cy_single *single, vb_cy_clause *clause)
{
    if (vb_push(p->source->arena, &single->clauses) != VB_OK)
        vb_cy_fail_memory(p->source);
    else
        single->clauses.at[single->clauses.len - 1] = clause;
}

void vb_cy_query_add(vb_cy_parse *p, vb_cy_query *query, vb_cy_single *single, int all, uint32_t at)
{
    if (vb_push(p->source->arena, &query->parts) != VB_OK) {
        vb_cy_fail_memory(p->source);
        return;
    }
    query->parts.at[query->parts.len - 1] = single;
    if (all < 0) return;
    if ((all && query->distinct) || (!all && query->all))
        vb_cy_fail(p->source, at, VB_BAD_INPUT, "SyntaxError/InvalidClauseComposition",
                   "UNION and UNION ALL cannot be mixed");
    *(all ? &query->all : &query->distinct) = true;
    query->at = at;
}
