/** A hash table of rows: open addressing over rows that never move; it doubles at three quarters. */
#include "queries/cypher/table.h"

static vb_status grow(cy_table *t)
{
    size_t cap = t->cap ? t->cap * 2 : 16;
    cy_table_row **slots = cy_get(t->heap, cap * sizeof(cy_table_row *));
    if (!slots) return VB_NO_MEMORY;
    for (cy_table_row *r = t->first; r; r = r->next) {
        size_t at = (size_t)r->hash & (cap - 1);
        while (slots[at]) at = (at + 1) & (cap - 1);
        slots[at] = r;
    }
    t->slots = slots;
    t->cap = cap;
    return VB_OK;
}

static bool same_row(const cy_table *t, const vb_value *a, const vb_value *b)
{
    for (size_t i = 0; i < t->width; i++)
        if (!cy_same(&a[i], &b[i])) return false;
    return true;
}

vb_status cy_table_row_get(cy_table *t, const vb_value *values, cy_table_row **out, bool *made)
{
    vb_status status = VB_OK;
    uint64_t hash = 17;
    if (t->n * 4 >= t->cap * 3) TRY(grow(t));
    for (size_t i = 0; i < t->width; i++) hash = hash * 0x9e3779b97f4a7c15u + cy_value_hash(&values[i]);
    hash ^= hash >> 29;
    size_t at = (size_t)hash & (t->cap - 1);
    for (; t->slots[at]; at = (at + 1) & (t->cap - 1))
        if (t->slots[at]->hash == hash && same_row(t, t->slots[at]->values, values)) break;
    *made = !t->slots[at];
    if (*made) {
        cy_table_row *r = cy_get(t->heap, sizeof *r);
        vb_value *copy = cy_get(t->heap, t->width * sizeof *copy);
        if (!r || !copy) return VB_NO_MEMORY;
        for (size_t i = 0; i < t->width; i++) TRY(cy_value_copy(t->heap, &values[i], &copy[i]));
        *r = (cy_table_row){ .hash = hash, .values = copy };
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
