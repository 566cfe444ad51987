/**
 * Sort: takes all rows and gives them in order; rows that sort alike stay in the order they came. Where a
 * Limit stands above (rewrite_top.c) it keeps only the first so many: when twice as many are there, and some
 * more, they are sorted, and those that cannot come out any more go, with their memory.
 */
#include "queries/cypher/operators.h"

#include <stdlib.h>

typedef struct sort {
    vb_cy_op op;
    vb_cy_sorts order;
    vb_cy_slots slots;
    VB_VEC(struct sort_key) keys;
    vb_cy_heap spare; /* takes what stays when the rest goes */
    const vb_cy_expr *skip, *limit;
    size_t most, at, n; /* most: rows to keep; n: that came */
    bool done;
} sort;

typedef struct sort_key {
    vb_value *values; /* that are sorted by */
    vb_value *row;
    const vb_cy_sorts *order;
    size_t at;
} sort_key;

enum { SOME_MORE = 1024 };

/** SKIP's or LIMIT's number; what is no such number is the Limit's to refuse: then all rows are kept. */
static vb_status number(vb_cy_run *run, sort *s, const vb_cy_expr *e, bool *good)
{
    vb_value v;
    if (!e) return VB_OK;
    vb_status status = vb_cy_eval(run, &s->op.heap, e, &v);
    if (status != VB_OK) return status;
    *good &= v.kind == VB_VALUE_INTEGER && v.as.integer >= 0 && v.as.integer <= CY_PARTS_MAX;
    if (*good) s->most += (size_t)v.as.integer;
    return VB_OK;
}

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    vb_status status = VB_OK;
    bool good = true;
    sort *s = (sort *)op;
    vb_cy_heap_reset(&op->heap);
    s->keys.at = NULL;
    s->keys.len = s->keys.cap = s->at = s->n = s->most = 0;
    s->done = false;
    s->spare.run = run;
    if (!s->limit) return VB_OK;
    TRY(number(run, s, s->skip, &good));
    TRY(number(run, s, s->limit, &good));
    if (!good) s->limit = NULL;
done:
    return status;
}

static void close(vb_cy_op *op)
{
    vb_cy_heap_free(&((sort *)op)->spare);
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

static vb_status copy_values(vb_cy_heap *heap, const vb_value *from, size_t n, vb_value **out)
{
    vb_status status = VB_OK;
    vb_value *at = vb_cy_get(heap, n * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) TRY(vb_cy_value_copy(heap, &from[i], &at[i]));
    *out = at;
done:
    return status;
}

/** Drop what cannot come out any more. */
static vb_status prune(sort *s)
{
    vb_status status = VB_OK;
    vb_cy_heap old = s->op.heap;
    const struct sort_key *from = s->keys.at;
    size_t n = s->keys.len < s->most ? s->keys.len : s->most;
    qsort(s->keys.at, s->keys.len, sizeof *s->keys.at, by_keys);
    s->op.heap = s->spare;
    s->keys.at = NULL;
    s->keys.len = s->keys.cap = 0;
    for (size_t i = 0; i < n; i++) {
        sort_key key = from[i];
        TRY(copy_values(&s->op.heap, from[i].values, s->order.len, &key.values));
        TRY(copy_values(&s->op.heap, from[i].row, s->slots.len, &key.row));
        TRY(vb_cy_push(&s->op.heap, &s->keys));
        s->keys.at[i] = key;
    }
done:
    vb_cy_heap_reset(&old);
    s->spare = old;
    return status;
}

static vb_status add_row(vb_cy_run *run, sort *s)
{
    vb_status status;
    vb_cy_heap *heap = &s->op.heap;
    vb_value v;
    TRY(vb_cy_push(heap, &s->keys));
    sort_key *key = &s->keys.at[s->keys.len - 1];
    *key = (sort_key){ .order = &s->order, .at = s->n++ };
    key->values = vb_cy_get(heap, s->order.len * sizeof v);
    key->row = vb_cy_get(heap, s->slots.len * sizeof v);
    if (!key->values || !key->row) return VB_NO_MEMORY;
    for (size_t i = 0; i < s->order.len; i++) {
        TRY(vb_cy_eval(run, heap, s->order.at[i].expr, &v));
        TRY(vb_cy_value_copy(heap, &v, &key->values[i]));
    }
    for (size_t i = 0; i < s->slots.len; i++)
        TRY(vb_cy_value_copy(heap, &run->slots[s->slots.at[i]], &key->row[i]));
done:
    return status;
}

static vb_status fill(vb_cy_run *run, sort *s)
{
    vb_status status;
    bool row;
    while ((status = vb_cy_op_next(run, s->op.child, &row)) == VB_OK && row) {
        TRY(add_row(run, s));
        if (s->limit && s->keys.len >= 2 * s->most + SOME_MORE) TRY(prune(s));
    }
    if (status != VB_OK) goto done;
    if (s->keys.len) qsort(s->keys.at, s->keys.len, sizeof *s->keys.at, by_keys);
    if (s->limit && s->keys.len > s->most) s->keys.len = s->most;
    s->done = true;
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    sort *s = (sort *)op;
    if (!s->done) TRY(fill(run, s));
    *row = s->at < s->keys.len;
    if (*row) vb_cy_rows_restore(run, s->keys.at[s->at++].row, &s->slots);
done:
    return status;
}

static const vb_cy_op_kind kind = { "Sort", open, next, close };

bool vb_cy_sort_keep(vb_cy_op *op, const vb_cy_expr *skip, const vb_cy_expr *limit)
{
    if (!op || op->kind != &kind) return false;
    ((sort *)op)->skip = skip;
    ((sort *)op)->limit = limit;
    return true;
}

vb_cy_op *vb_cy_op_sort(vb_cy_plan *p, vb_cy_op *child, const vb_cy_sorts *order, const vb_cy_slots *slots)
{
    sort *s = vb_cy_op_new(p, &kind, sizeof *s, child);
    if (!s) return NULL;
    s->order = *order;
    s->slots = *slots;
    return vb_cy_op_tell(p, s, "o", order);
}
