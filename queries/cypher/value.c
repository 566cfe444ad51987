/**
 * Values: equality with its third truth value, the order that ORDER BY uses, sameness for DISTINCT, copies.
 *
 * Equality (`=`) is unknown when a null is met where it decides; `<` is unknown between kinds; the order of
 * ORDER BY puts every kind somewhere: map, node, relationship, list, path, dates and times, string, boolean,
 * number, NaN, null. Depth of nesting is bounded by what built the value (CY_DEPTH_MAX in a text; lists in
 * lists at run time).
 */
#include "queries/cypher/temporal.h"

#include <math.h>
#include <stdlib.h>

static const char *const kind_names[] = {
    "null",          "boolean",      "integer", "float", "string",     "list", "map",
    "node",          "relationship", "path",    "date",  "local time", "time", "local date and time",
    "date and time", "duration"
};

const char *vb_cy_kind_name(vb_value_kind kind)
{
    return kind_names[kind];
}

/** Integers and floats compare by what they are worth, also beyond 2^53. */
static int compare_numbers(const vb_value *a, const vb_value *b)
{
    if (a->kind == VB_VALUE_INTEGER && b->kind == VB_VALUE_INTEGER)
        return (a->as.integer > b->as.integer) - (a->as.integer < b->as.integer);
    if (a->kind == VB_VALUE_FLOAT && b->kind == VB_VALUE_FLOAT)
        return (a->as.number > b->as.number) - (a->as.number < b->as.number);
    if (a->kind == VB_VALUE_FLOAT) return -compare_numbers(b, a);
    double d = b->as.number;
    if (d >= 9223372036854775808.0) return -1;
    if (d < -9223372036854775808.0) return 1;
    int64_t whole = (int64_t)d;
    if (a->as.integer != whole) return a->as.integer > whole ? 1 : -1;
    double rest = d - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

static bool is_nan(const vb_value *v)
{
    return v->kind == VB_VALUE_FLOAT && isnan(v->as.number);
}

static vb_cy_truth equal_lists(const vb_value *a, const vb_value *b, size_t n)
{
    vb_cy_truth all = CY_TRUE;
    for (size_t i = 0; i < n; i++) {
        vb_cy_truth one = vb_cy_equal(&a[i], &b[i]);
        if (one == CY_FALSE) return CY_FALSE;
        if (one == CY_UNKNOWN) all = CY_UNKNOWN;
    }
    return all;
}

static vb_cy_truth equal_maps(const vb_value_map *a, const vb_value_map *b)
{
    vb_cy_truth all = CY_TRUE;
    if (a->len != b->len) return CY_FALSE;
    for (size_t i = 0; i < a->len; i++)
        if (!vb_str_eq(a->at[i].key, b->at[i].key)) return CY_FALSE;
    for (size_t i = 0; i < a->len; i++) {
        vb_cy_truth one = vb_cy_equal(&a->at[i].value, &b->at[i].value);
        if (one == CY_FALSE) return CY_FALSE;
        if (one == CY_UNKNOWN) all = CY_UNKNOWN;
    }
    return all;
}

static bool same_path(const vb_walk *a, const vb_walk *b)
{
    if (a->length != b->length) return false;
    for (size_t i = 0; i <= a->length; i++)
        if (a->nodes[i].as.thing->id != b->nodes[i].as.thing->id) return false;
    for (size_t i = 0; i < a->length; i++)
        if (a->relationships[i].as.thing->id != b->relationships[i].as.thing->id) return false;
    return true;
}

vb_cy_truth vb_cy_equal(const vb_value *a, const vb_value *b)
{
    if (a->kind == VB_VALUE_NULL || b->kind == VB_VALUE_NULL) return CY_UNKNOWN;
    if (vb_cy_is_number(a) && vb_cy_is_number(b))
        return !is_nan(a) && !is_nan(b) && compare_numbers(a, b) == 0 ? CY_TRUE : CY_FALSE;
    if (a->kind != b->kind) return CY_FALSE;
    switch (a->kind) {
    case VB_VALUE_BOOLEAN:
        return a->as.boolean == b->as.boolean ? CY_TRUE : CY_FALSE;
    case VB_VALUE_STRING:
        return vb_str_eq(a->as.text, b->as.text) ? CY_TRUE : CY_FALSE;
    case VB_VALUE_LIST:
        if (a->as.list.len != b->as.list.len) return CY_FALSE;
        return equal_lists(a->as.list.at, b->as.list.at, a->as.list.len);
    case VB_VALUE_MAP:
        return equal_maps(&a->as.map, &b->as.map);
    case VB_VALUE_PATH:
        return same_path(a->as.path, b->as.path) ? CY_TRUE : CY_FALSE;
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return a->as.thing->id == b->as.thing->id ? CY_TRUE : CY_FALSE;
    default:
        return vb_cy_temporal_compare(a, b) == 0 ? CY_TRUE : CY_FALSE;
    }
}

static vb_cy_truth less_lists(const vb_value_list *a, const vb_value_list *b, bool or_equal)
{
    size_t n = a->len < b->len ? a->len : b->len;
    for (size_t i = 0; i < n; i++) {
        vb_cy_truth same = vb_cy_equal(&a->at[i], &b->at[i]);
        if (same == CY_UNKNOWN) return CY_UNKNOWN;
        if (same == CY_FALSE) return vb_cy_less(&a->at[i], &b->at[i], false);
    }
    return a->len < b->len || (or_equal && a->len == b->len) ? CY_TRUE : CY_FALSE;
}

vb_cy_truth vb_cy_less(const vb_value *a, const vb_value *b, bool or_equal)
{
    int order;
    if (a->kind == VB_VALUE_NULL || b->kind == VB_VALUE_NULL) return CY_UNKNOWN;
    if (vb_cy_is_number(a) && vb_cy_is_number(b)) {
        if (is_nan(a) || is_nan(b)) return CY_FALSE;
        order = compare_numbers(a, b);
    } else if (a->kind != b->kind) {
        return CY_UNKNOWN;
    } else if (a->kind == VB_VALUE_STRING) {
        order = vb_str_cmp(a->as.text, b->as.text);
    } else if (a->kind == VB_VALUE_BOOLEAN) {
        order = (int)a->as.boolean - (int)b->as.boolean;
    } else if (a->kind == VB_VALUE_LIST) {
        return less_lists(&a->as.list, &b->as.list, or_equal);
    } else if (a->kind >= VB_VALUE_DATE && a->kind < VB_VALUE_DURATION) {
        order = vb_cy_temporal_compare(a, b);
    } else { /* durations too: a month is no number of days */
        return CY_UNKNOWN;
    }
    return order < 0 || (or_equal && order == 0) ? CY_TRUE : CY_FALSE;
}

/* ---- the order of all values ----------------------------------------------------------------------------
 */

enum { RANK_NAN = 14 };

static int rank(const vb_value *v)
{
    static const int ranks[] = { [VB_VALUE_MAP] = 0,
                                 [VB_VALUE_NODE] = 1,
                                 [VB_VALUE_RELATIONSHIP] = 2,
                                 [VB_VALUE_LIST] = 3,
                                 [VB_VALUE_PATH] = 4,
                                 [VB_VALUE_DATETIME] = 5,
                                 [VB_VALUE_LOCAL_DATETIME] = 6,
                                 [VB_VALUE_DATE] = 7,
                                 [VB_VALUE_TIME] = 8,
                                 [VB_VALUE_LOCAL_TIME] = 9,
                                 [VB_VALUE_DURATION] = 10,
                                 [VB_VALUE_STRING] = 11,
                                 [VB_VALUE_BOOLEAN] = 12,
                                 [VB_VALUE_INTEGER] = 13,
                                 [VB_VALUE_FLOAT] = 13,
                                 [VB_VALUE_NULL] = 15 };
    return is_nan(v) ? RANK_NAN : ranks[v->kind];
}

static int compare_maps(const vb_value_map *a, const vb_value_map *b)
{
    if (a->len != b->len) return a->len < b->len ? -1 : 1;
    for (size_t i = 0; i < a->len; i++) {
        int c = vb_str_cmp(a->at[i].key, b->at[i].key);
        if (c) return c;
    }
    for (size_t i = 0; i < a->len; i++) {
        int c = vb_value_compare(&a->at[i].value, &b->at[i].value);
        if (c) return c;
    }
    return 0;
}

static int compare_ids(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_paths(const vb_walk *a, const vb_walk *b)
{
    for (size_t i = 0; i <= a->length && i <= b->length; i++) {
        int c = compare_ids(a->nodes[i].as.thing->id, b->nodes[i].as.thing->id);
        if (!c && i < a->length && i < b->length)
            c = compare_ids(a->relationships[i].as.thing->id, b->relationships[i].as.thing->id);
        if (c) return c;
    }
    return (a->length > b->length) - (a->length < b->length);
}

int vb_value_compare(const vb_value *a, const vb_value *b)
{
    int x = rank(a), y = rank(b);
    if (x != y) return x < y ? -1 : 1;
    switch (a->kind) {
    case VB_VALUE_NULL:
        return 0;
    case VB_VALUE_BOOLEAN:
        return (int)a->as.boolean - (int)b->as.boolean;
    case VB_VALUE_INTEGER:
    case VB_VALUE_FLOAT:
        return x == RANK_NAN ? 0 : compare_numbers(a, b);
    case VB_VALUE_STRING:
        return vb_str_cmp(a->as.text, b->as.text);
    case VB_VALUE_LIST:
        for (size_t i = 0; i < a->as.list.len && i < b->as.list.len; i++) {
            int c = vb_value_compare(&a->as.list.at[i], &b->as.list.at[i]);
            if (c) return c;
        }
        return (a->as.list.len > b->as.list.len) - (a->as.list.len < b->as.list.len);
    case VB_VALUE_MAP:
        return compare_maps(&a->as.map, &b->as.map);
    case VB_VALUE_PATH:
        return compare_paths(a->as.path, b->as.path);
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return compare_ids(a->as.thing->id, b->as.thing->id);
    default:
        return vb_cy_temporal_compare(a, b);
    }
}

bool vb_cy_same(const vb_value *a, const vb_value *b)
{
    return vb_value_compare(a, b) == 0;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h ^= x + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    return h * 0xff51afd7ed558ccdu;
}

static uint64_t hash_number(const vb_value *v)
{
    double d = vb_cy_real(v); /* 1 and 1.0 are the same: they must hash alike */
    uint64_t bits;
    if (isnan(d)) return 7;
    if (d == 0) d = 0;
    memcpy(&bits, &d, sizeof bits);
    return mix(3, bits);
}

uint64_t vb_cy_value_hash(const vb_value *v)
{
    uint64_t h = (uint64_t)v->kind;
    switch (v->kind) {
    case VB_VALUE_NULL:
        return 1;
    case VB_VALUE_BOOLEAN:
        return v->as.boolean ? 5 : 6;
    case VB_VALUE_INTEGER:
    case VB_VALUE_FLOAT:
        return hash_number(v);
    case VB_VALUE_STRING:
        return mix(h, vb_hash(v->as.text));
    case VB_VALUE_LIST:
        for (size_t i = 0; i < v->as.list.len; i++) h = mix(h, vb_cy_value_hash(&v->as.list.at[i]));
        return h;
    case VB_VALUE_MAP:
        for (size_t i = 0; i < v->as.map.len; i++)
            h = mix(mix(h, vb_hash(v->as.map.at[i].key)), vb_cy_value_hash(&v->as.map.at[i].value));
        return h;
    case VB_VALUE_PATH:
        for (size_t i = 0; i <= v->as.path->length; i++)
            h = mix(h, (uint64_t)v->as.path->nodes[i].as.thing->id);
        return h;
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return mix(h, (uint64_t)v->as.thing->id);
    default:
        return mix(h, vb_cy_temporal_hash(v));
    }
}

/* ---- copies ---------------------------------------------------------------------------------------------
 */

static vb_status copy_many(vb_cy_heap *heap, const vb_value *from, size_t n, const vb_value **out)
{
    vb_status status = VB_OK;
    vb_value *at = vb_cy_get(heap, n * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) TRY(vb_cy_value_copy(heap, &from[i], &at[i]));
    *out = at;
done:
    return status;
}

static vb_status copy_map(vb_cy_heap *heap, const vb_value_map *from, vb_value_map *out)
{
    vb_status status = VB_OK;
    vb_entry *at = vb_cy_get(heap, from->len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < from->len; i++) {
        TRY(vb_cy_text_copy(heap, from->at[i].key, &at[i].key));
        TRY(vb_cy_value_copy(heap, &from->at[i].value, &at[i].value));
    }
    *out = (vb_value_map){ at, from->len };
done:
    return status;
}

static vb_status copy_thing(vb_cy_heap *heap, const vb_thing *from, const vb_thing **out)
{
    vb_status status;
    vb_thing *to = vb_cy_get(heap, sizeof *to);
    if (!to) return VB_NO_MEMORY;
    *to = *from;
    TRY(vb_cy_text_copy(heap, from->type, &to->type));
    TRY(copy_many(heap, from->labels.at, from->labels.len, &to->labels.at));
    TRY(copy_map(heap, &from->properties, &to->properties));
    *out = to;
done:
    return status;
}

static vb_status copy_path(vb_cy_heap *heap, const vb_walk *from, const vb_walk **out)
{
    vb_status status;
    vb_walk *to = vb_cy_get(heap, sizeof *to);
    if (!to) return VB_NO_MEMORY;
    to->length = from->length;
    TRY(copy_many(heap, from->nodes, from->length + 1, &to->nodes));
    TRY(copy_many(heap, from->relationships, from->length, &to->relationships));
    *out = to;
done:
    return status;
}

vb_status vb_cy_value_copy(vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_value copy = *v;
    vb_status status = VB_OK;
    switch (v->kind) {
    case VB_VALUE_STRING:
        status = vb_cy_text_copy(heap, v->as.text, &copy.as.text);
        break;
    case VB_VALUE_LIST:
        status = copy_many(heap, v->as.list.at, v->as.list.len, &copy.as.list.at);
        break;
    case VB_VALUE_MAP:
        status = copy_map(heap, &v->as.map, &copy.as.map);
        break;
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        status = copy_thing(heap, v->as.thing, &copy.as.thing);
        break;
    case VB_VALUE_PATH:
        status = copy_path(heap, v->as.path, &copy.as.path);
        break;
    case VB_VALUE_NULL:
    case VB_VALUE_BOOLEAN:
    case VB_VALUE_INTEGER:
    case VB_VALUE_FLOAT:
        break;
    default:
        return vb_cy_of_temporal(heap, v->kind, v->as.temporal, out);
    }
    *out = copy;
    return status;
}

/* ---- maps -----------------------------------------------------------------------------------------------
 */

const vb_value *vb_cy_map_get(const vb_value_map *map, vb_str key)
{
    for (size_t i = 0; i < map->len; i++)
        if (vb_str_eq(map->at[i].key, key)) return &map->at[i].value;
    return NULL;
}

void vb_cy_map_sort(vb_entry *at, size_t *len)
{
    size_t n = 0;
    for (size_t i = 0; i < *len; i++) { /* insertion: maps are short, and often sorted */
        vb_entry e = at[i];
        size_t k = n;
        while (k && vb_str_cmp(at[k - 1].key, e.key) > 0) k--;
        if (k && vb_str_eq(at[k - 1].key, e.key)) {
            at[k - 1] = e;
            continue;
        }
        memmove(&at[k + 1], &at[k], (n - k) * sizeof *at);
        at[k] = e;
        n++;
    }
    *len = n;
}
