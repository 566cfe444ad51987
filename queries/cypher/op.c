/** What all operators share: making, opening and asking them; rows that are kept. */
#include "queries/cypher/operators.h"

#include <time.h>

void *vb_cy_op_new(vb_cy_plan *p, const vb_cy_op_kind *kind, size_t size, vb_cy_op *child)
{
    vb_cy_op *op = vb_arena_get(p->source->arena, size);
    if (!op) return NULL;
    op->kind = kind;
    op->child = child;
    op->estimate = child ? child->estimate : 1;
    op->heap.run = p->run;
    op->all = p->run->ops;
    p->run->ops = op;
    return op;
}

vb_status vb_cy_op_open(vb_cy_run *run, vb_cy_op *op)
{
    vb_status status = op->child ? vb_cy_op_open(run, op->child) : VB_OK;
    return status == VB_OK && op->kind->open ? op->kind->open(run, op) : status;
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

vb_status vb_cy_op_next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    bool timed = run->options->explain == VB_QUERY_PROFILE;
    vb_status status = vb_cy_tick(run);
    if (status != VB_OK) return status;
    if (timed) op->ns -= now_ns();
    status = op->kind->next(run, op, row);
    if (timed) op->ns += now_ns();
    if (status == VB_OK && *row) op->n_rows++;
    return status;
}

vb_status vb_cy_rows_add(vb_cy_run *run, vb_cy_heap *heap, vb_cy_rows *rows, const vb_cy_slots *slots)
{
    vb_status status = VB_OK;
    vb_value *row = vb_cy_get(heap, slots->len * sizeof *row);
    if (!row) return VB_NO_MEMORY;
    for (size_t i = 0; i < slots->len; i++) TRY(vb_cy_value_copy(heap, &run->slots[slots->at[i]], &row[i]));
    TRY(vb_cy_push(heap, &rows->rows));
    rows->rows.at[rows->rows.len - 1] = row;
done:
    return status;
}

void vb_cy_rows_restore(vb_cy_run *run, const vb_value *row, const vb_cy_slots *slots)
{
    for (size_t i = 0; i < slots->len; i++) run->slots[slots->at[i]] = row[i];
}
