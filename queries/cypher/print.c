/** Values as Cypher literals: what tables show, what toString() says of numbers, what the TCK writes. */
#include "queries/cypher/temporal.h"

#include <math.h>
#include <stdlib.h>

/** The shortest digits that read back the same; always with a point or an exponent. */
void vb_cy_print_real(double d, char *at)
{
    if (isnan(d)) {
        memcpy(at, "NaN", 4);
        return;
    }
    if (isinf(d)) {
        memcpy(at, d > 0 ? "Inf" : "-Inf", d > 0 ? 4 : 5);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        (void)snprintf(at, 40, "%.*g", digits, d);
        if (strtod(at, NULL) == d) break;
    }
    char *e = strchr(at, 'e');
    double size = fabs(d);
    if (e && size >= 1e-3 && size < 1e7) { /* plain digits where they are short */
        (void)snprintf(at, 40, "%.1f", d);
        if (strtod(at, NULL) != d) (void)snprintf(at, 40, "%.17f", d);
        return;
    }
    if (!e && !strchr(at, '.')) {
        size_t n = strlen(at);
        memcpy(at + n, ".0", 3);
    } else if (e) { /* 1e+22 → 1.0E22 */
        char tail[16];
        long power = strtol(e + 1, NULL, 10);
        bool point = memchr(at, '.', (size_t)(e - at)) != NULL;
        (void)snprintf(tail, sizeof tail, "%sE%ld", point ? "" : ".0", power);
        memcpy(e, tail, strlen(tail) + 1);
    }
}

static vb_status print_text(vb_str s, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("'")));
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        switch (c) {
        case '\'':
            TRY(vb_buf_add(out, VB_STR("\\'")));
            break;
        case '\\':
            TRY(vb_buf_add(out, VB_STR("\\\\")));
            break;
        case '\n':
            TRY(vb_buf_add(out, VB_STR("\\n")));
            break;
        case '\r':
            TRY(vb_buf_add(out, VB_STR("\\r")));
            break;
        case '\t':
            TRY(vb_buf_add(out, VB_STR("\\t")));
            break;
        default:
            if ((unsigned char)c < ' ' || c == 0x7f)
                TRY(vb_buf_printf(out, "\\u%04X", (unsigned)c));
            else
                TRY(vb_buf_add(out, (vb_str){ &s.at[i], 1 }));
        }
    }
    TRY(vb_buf_add(out, VB_STR("'")));
done:
    return status;
}

static bool is_plain(vb_str s)
{
    if (!s.len || (s.at[0] >= '0' && s.at[0] <= '9')) return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (!(c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
            return false;
    }
    return true;
}

static vb_status print_name(vb_str s, vb_buf *out)
{
    vb_status status;
    if (is_plain(s)) return vb_buf_add(out, s);
    TRY(vb_buf_add(out, VB_STR("`")));
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '`') TRY(vb_buf_add(out, VB_STR("`")));
        TRY(vb_buf_add(out, (vb_str){ &s.at[i], 1 }));
    }
    TRY(vb_buf_add(out, VB_STR("`")));
done:
    return status;
}

static vb_status print_list(const vb_value_list *list, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("[")));
    for (size_t i = 0; i < list->len; i++) {
        if (i) TRY(vb_buf_add(out, VB_STR(", ")));
        TRY(vb_value_print(&list->at[i], out));
    }
    TRY(vb_buf_add(out, VB_STR("]")));
done:
    return status;
}

static vb_status print_map(const vb_value_map *map, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("{")));
    for (size_t i = 0; i < map->len; i++) {
        if (i) TRY(vb_buf_add(out, VB_STR(", ")));
        TRY(print_name(map->at[i].key, out));
        TRY(vb_buf_add(out, VB_STR(": ")));
        TRY(vb_value_print(&map->at[i].value, out));
    }
    TRY(vb_buf_add(out, VB_STR("}")));
done:
    return status;
}

static vb_status print_thing(const vb_thing *t, bool node, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, node ? VB_STR("(") : VB_STR("[:")));
    if (!node) TRY(print_name(t->type, out));
    for (size_t i = 0; i < t->labels.len; i++) {
        TRY(vb_buf_add(out, VB_STR(":")));
        TRY(print_name(t->labels.at[i].as.text, out));
    }
    if (t->properties.len) {
        if (!node || t->labels.len) TRY(vb_buf_add(out, VB_STR(" ")));
        TRY(print_map(&t->properties, out));
    }
    TRY(vb_buf_add(out, node ? VB_STR(")") : VB_STR("]")));
done:
    return status;
}

static vb_status print_path(const vb_walk *path, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("<")));
    for (size_t i = 0; i <= path->length; i++) {
        TRY(vb_value_print(&path->nodes[i], out));
        if (i == path->length) break;
        bool forward = path->relationships[i].as.thing->source == path->nodes[i].as.thing->id;
        TRY(vb_buf_add(out, forward ? VB_STR("-") : VB_STR("<-")));
        TRY(vb_value_print(&path->relationships[i], out));
        TRY(vb_buf_add(out, forward ? VB_STR("->") : VB_STR("-")));
    }
    TRY(vb_buf_add(out, VB_STR(">")));
done:
    return status;
}

vb_status vb_value_print(const vb_value *v, vb_buf *out)
{
    char number[40], text[CY_TEMPORAL_TEXT];
    switch (v->kind) {
    case VB_VALUE_NULL:
        return vb_buf_add(out, VB_STR("null"));
    case VB_VALUE_BOOLEAN:
        return vb_buf_add(out, v->as.boolean ? VB_STR("true") : VB_STR("false"));
    case VB_VALUE_INTEGER:
        return vb_buf_printf(out, "%lld", (long long)v->as.integer);
    case VB_VALUE_FLOAT:
        vb_cy_print_real(v->as.number, number);
        return vb_buf_add(out, vb_str_of(number));
    case VB_VALUE_STRING:
        return print_text(v->as.text, out);
    case VB_VALUE_LIST:
        return print_list(&v->as.list, out);
    case VB_VALUE_MAP:
        return print_map(&v->as.map, out);
    case VB_VALUE_NODE:
        return print_thing(v->as.thing, true, out);
    case VB_VALUE_RELATIONSHIP:
        return print_thing(v->as.thing, false, out);
    case VB_VALUE_PATH:
        return print_path(v->as.path, out);
    default:
        vb_cy_temporal_text(v, text);
        return vb_buf_add(out, vb_str_of(text));
    }
}
