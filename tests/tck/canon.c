/**
 * Values as canonical text. Two values are the same to the TCK exactly when their texts are: kinds show (1 is
 * not 1.0), labels and keys are sorted, a path shows each direction. -0.0 is 0.0 and NaN is NaN, as the TCK
 * compares. Ids do not show. A value of a kind that tables write as a string (dates and times) is its text.
 */
#include "tests/tck/tck.h"

#include <math.h>
#include <stdlib.h>

int tck_str_order(const void *a, const void *b)
{
    return vb_str_cmp(*(const vb_str *)a, *(const vb_str *)b);
}

vb_status tck_join(vb_str *items, size_t n, bool sort, const char *between, vb_buf *out)
{
    vb_status status = VB_OK;
    if (sort && n > 1) qsort(items, n, sizeof *items, tck_str_order);
    for (size_t i = 0; i < n; i++) {
        if (i) TRY(vb_buf_add(out, vb_str_of(between)));
        TRY(vb_buf_add(out, items[i]));
    }
done:
    return status;
}

static vb_status put_string(vb_str text, vb_buf *out)
{
    vb_status status = vb_buf_add(out, VB_STR("'"));
    for (size_t i = 0; i < text.len && status == VB_OK; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20)
            status = vb_buf_printf(out, "\\x%02x", c);
        else if (c == '\'' || c == '\\')
            status = vb_buf_printf(out, "\\%c", c);
        else
            status = vb_buf_add(out, vb_str_part(text, i, i + 1));
    }
    return status == VB_OK ? vb_buf_add(out, VB_STR("'")) : status;
}

static vb_status put_float(double x, vb_buf *out)
{
    char text[64];
    if (isnan(x)) return vb_buf_add(out, VB_STR("NaN"));
    if (isinf(x)) return vb_buf_add(out, x > 0 ? VB_STR("Inf") : VB_STR("-Inf"));
    snprintf(text, sizeof text, "%.17g", x == 0 ? 0.0 : x);
    return vb_buf_printf(out, strpbrk(text, ".en") ? "%s" : "%s.0", text);
}

/** A name is bare, or between backticks where it could be taken for something else. */
static vb_status put_name(vb_str name, vb_buf *out)
{
    bool bare = name.len > 0;
    for (size_t i = 0; i < name.len; i++) bare = bare && !strchr(" :,{}()[]<>-'`|", name.at[i]);
    return vb_buf_printf(out, bare ? "%.*s" : "`%.*s`", VB_FMT(name));
}

/** Texts of items, sorted when they are a bag, between two brackets. */
static vb_status put_items(const vb_value *items, size_t n, bool sort, bool unordered, const char *around,
                           vb_buf *out)
{
    vb_status status = VB_NO_MEMORY;
    vb_arena *arena = vb_arena_new();
    vb_str *texts = arena ? vb_arena_array(arena, n + 1, sizeof *texts) : NULL;
    vb_buf one = { 0 };
    if (!texts) goto done;
    for (size_t i = 0; i < n; i++) {
        one.len = 0;
        TRY(tck_canon(&items[i], unordered, &one));
        TRY(vb_arena_copy(arena, vb_buf_view(&one), &texts[i]));
    }
    TRY(vb_buf_add(out, (vb_str){ around, 1 }));
    TRY(tck_join(texts, n, sort, ", ", out));
    TRY(vb_buf_add(out, (vb_str){ around + 1, 1 }));
done:
    vb_buf_clear(&one);
    vb_arena_free(arena);
    return status;
}

static vb_status put_map(const vb_value_map *map, bool unordered, vb_buf *out)
{
    vb_status status = VB_NO_MEMORY;
    vb_arena *arena = vb_arena_new();
    vb_str *texts = arena ? vb_arena_array(arena, map->len + 1, sizeof *texts) : NULL;
    vb_buf one = { 0 };
    if (!texts) goto done;
    for (size_t i = 0; i < map->len; i++) {
        one.len = 0;
        TRY(put_name(map->at[i].key, &one));
        TRY(vb_buf_add(&one, VB_STR(": ")));
        TRY(tck_canon(&map->at[i].value, unordered, &one));
        TRY(vb_arena_copy(arena, vb_buf_view(&one), &texts[i]));
    }
    TRY(vb_buf_add(out, VB_STR("{")));
    TRY(tck_join(texts, map->len, true, ", ", out));
    TRY(vb_buf_add(out, VB_STR("}")));
done:
    vb_buf_clear(&one);
    vb_arena_free(arena);
    return status;
}

static vb_status put_node(const vb_thing *t, bool unordered, vb_buf *out)
{
    vb_status status = VB_NO_MEMORY;
    vb_arena *arena = vb_arena_new();
    vb_str *names = arena ? vb_arena_array(arena, t->labels.len + 1, sizeof *names) : NULL;
    vb_buf one = { 0 };
    if (!names) goto done;
    for (size_t i = 0; i < t->labels.len; i++) {
        one.len = 0;
        TRY(put_name(t->labels.at[i].as.text, &one));
        TRY(vb_arena_copy(arena, vb_buf_view(&one), &names[i]));
    }
    TRY(vb_buf_add(out, t->labels.len ? VB_STR("(:") : VB_STR("(")));
    TRY(tck_join(names, t->labels.len, true, ":", out));
    if (t->labels.len && t->properties.len) TRY(vb_buf_add(out, VB_STR(" ")));
    if (t->properties.len) TRY(put_map(&t->properties, unordered, out));
    TRY(vb_buf_add(out, VB_STR(")")));
done:
    vb_buf_clear(&one);
    vb_arena_free(arena);
    return status;
}

static vb_status put_relationship(const vb_thing *t, bool unordered, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("[:")));
    TRY(put_name(t->type, out));
    if (t->properties.len) TRY(vb_buf_add(out, VB_STR(" ")));
    if (t->properties.len) TRY(put_map(&t->properties, unordered, out));
    TRY(vb_buf_add(out, VB_STR("]")));
done:
    return status;
}

/** A loop has no direction that a path could go against; it is written forwards. */
static vb_status put_path(const vb_walk *walk, bool unordered, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("<")));
    for (size_t i = 0; i <= walk->length; i++) {
        TRY(put_node(walk->nodes[i].as.thing, unordered, out));
        if (i == walk->length) break;
        const vb_thing *step = walk->relationships[i].as.thing;
        bool forward = step->source == walk->nodes[i].as.thing->id;
        TRY(vb_buf_add(out, forward ? VB_STR("-") : VB_STR("<-")));
        TRY(put_relationship(step, unordered, out));
        TRY(vb_buf_add(out, forward ? VB_STR("->") : VB_STR("-")));
    }
    TRY(vb_buf_add(out, VB_STR(">")));
done:
    return status;
}

vb_status tck_canon(const vb_value *value, bool unordered, vb_buf *out)
{
    switch (value->kind) {
    case VB_VALUE_NULL:
        return vb_buf_add(out, VB_STR("null"));
    case VB_VALUE_BOOLEAN:
        return vb_buf_add(out, value->as.boolean ? VB_STR("true") : VB_STR("false"));
    case VB_VALUE_INTEGER:
        return vb_buf_printf(out, "%lld", (long long)value->as.integer);
    case VB_VALUE_FLOAT:
        return put_float(value->as.number, out);
    case VB_VALUE_STRING:
        return put_string(value->as.text, out);
    case VB_VALUE_LIST:
        return put_items(value->as.list.at, value->as.list.len, unordered, unordered, "[]", out);
    case VB_VALUE_MAP:
        return put_map(&value->as.map, unordered, out);
    case VB_VALUE_NODE:
        return put_node(value->as.thing, unordered, out);
    case VB_VALUE_RELATIONSHIP:
        return put_relationship(value->as.thing, unordered, out);
    case VB_VALUE_PATH:
        return put_path(value->as.path, unordered, out);
    default: /* dates and times are compared as texts */
        break;
    }
    vb_status status;
    vb_buf text = { 0 };
    TRY(vb_value_print(value, &text));
    TRY(put_string(vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}
