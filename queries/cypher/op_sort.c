/** Sort: takes all rows and gives them in order; rows that sort alike stay in the order they came. */
#include "queries/cypher/operators.h"

#include <stdlib.h>

typedef struct sort {
    vb_cy_op op;
    vb_cy_sorts order;
    vb_cy_slots slots;
    vb_cy_rows rows;
    struct sort_key *keys;
    size_t at;
    bool done;
} sort;

typedef struct sort_key {
    vb_value *values;
    const vb_value *row;
    const vb_cy_sorts *order;
    size_t at;
} sort_key;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    sort *s = (sort *)op;
    vb_cy_heap_reset(&op->heap);
    s->rows = (vb_cy_rows){ 0 };
    s->at = 0;
    s->done = false;
    return VB_OK;
}

static int by_keys(const void *a, const void *b)
{
    const sort_key *x = a, *y = b;
    for (size_t i = 0; i < x->order->len; i++) {
        int c = vb_value_compare(&x->values[i], &y->values[i]);
        if (c) return x->order->at[i].descending ? -c : c;
    }
    return (x->at > y->at) - (x->at < y->at);
}

static vb_status fill(vb_cy_run *run, sort *s)
{
    vb_status status;
    bool row;
    VB_VEC(sort_key) keys = { 0 };
    vb_cy_heap *heap = &s->op.heap;
    while ((status = vb_cy_op_next(run, s->op.child, &row)) == VB_OK && row) {
        vb_value *values = vb_cy_get(heap, s->order.len * sizeof *values), v;
        if (!values) return VB_NO_MEMORY;
        for (size_t i = 0; i < s->order.len; i++) {
            TRY(vb_cy_eval(run, heap, s->order.at[i].expr, &v));
            TRY(vb_cy_value_copy(heap, &v, &values[i]));
        }
        TRY(vb_cy_rows_add(run, heap, &s->rows, &s->slots));
        TRY(vb_cy_push(heap, &keys));
        keys.at[keys.len - 1] = (sort_key){ values, s->rows.rows.at[keys.len - 1], &s->order, keys.len };
    }
    if (status != VB_OK) goto done;
    if (keys.len) qsort(keys.at, keys.len, sizeof *keys.at, by_keys);
    s->keys = keys.at;
    s->done = true;
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    sort *s = (sort *)op;
    if (!s->done) TRY(fill(run, s));
    *row = s->at < s->rows.rows.len;
    if (*row) vb_cy_rows_restore(run, s->keys[s->at++].row, &s->slots);
done:
    return status;
}

vb_cy_op *vb_cy_op_sort(vb_cy_plan *p, vb_cy_op *child, const vb_cy_sorts *order, const vb_cy_slots *slots)
{
    static const vb_cy_op_kind kind = { "Sort", open, next, NULL };
    sort *s = vb_cy_op_new(p, &kind, sizeof *s, child);
    if (!s) return NULL;
    s->order = *order;
    s->slots = *slots;
    return &s->op;
}
