/** A hash table of rows: open addressing over rows that never move; it doubles at three quarters. */
#include "queries/cypher/table.h"

static vb_status grow(vb_cy_table *t)
{
    size_t cap = t->cap ? t->cap * 2 : 16;
    vb_cy_table_row **slots = vb_cy_get(t->heap, cap * sizeof(vb_cy_table_row *));
    if (!slots) return VB_NO_MEMORY;
    for (vb_cy_table_row *r = t->first; r; r = r->next) {
        size_t at = (size_t)r->hash & (cap - 1);
        while (slots[at]) at = (at + 1) & (cap - 1);
        slots[at] = r;
    }
    t->slots = slots;
    t->cap = cap;
    return VB_OK;
}

static bool same_row(const vb_cy_table *t, const vb_value *a, const vb_value *b)
{
    for (size_t i = 0; i < t->width; i++)
        if (!vb_cy_same(&a[i], &b[i])) return false;
    return true;
}

vb_status vb_cy_table_row_get(vb_cy_table *t, const vb_value *values, vb_cy_table_row **out, bool *made)
{
    vb_status status = VB_OK;
    uint64_t hash = 17;
    if (t->n * 4 >= t->cap * 3) TRY(grow(t));
    for (size_t i = 0; i < t->width; i++) hash = hash * 0x9e3779b97f4a7c15u + vb_cy_value_hash(&values[i]);
    hash ^= hash >> 29;
    size_t at = (size_t)hash & (t->cap - 1);
    for (; t->slots[at]; at = (at + 1) & (t->cap - 1))
        if (t->slots[at]->hash == hash && same_row(t, t->slots[at]->values, values)) break;
    *made = !t->slots[at];
    if (*made) {
        vb_cy_table_row *r = vb_cy_get(t->heap, sizeof *r);
        vb_value *copy = vb_cy_get(t->heap, t->width * sizeof *copy);
        if (!r || !copy) return VB_NO_MEMORY;
        for (size_t i = 0; i < t->width; i++) TRY(vb_cy_value_copy(t->heap, &values[i], &copy[i]));
        *r = (vb_cy_table_row){ .hash = hash, .values = copy };
        if (t->last)
            t->last->next = r;
        else
            t->first = r;
        t->last = t->slots[at] = r;
        t->n++;
    }
    *out = t->slots[at];
done:
    return status;
}
