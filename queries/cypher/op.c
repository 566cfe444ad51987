/** What all operators share: making, opening and asking them; rows that are kept. */
#include "queries/cypher/operators.h"

void *cy_op_new(cy_plan *p, const cy_op_kind *kind, size_t size, cy_op *child)
{
    cy_op *op = vb_arena_get(p->source->arena, size);
    if (!op) return NULL;
    op->kind = kind;
    op->child = child;
    op->heap.run = p->run;
    op->all = p->run->ops;
    p->run->ops = op;
    return op;
}

vb_status cy_op_open(cy_run *run, cy_op *op)
{
    vb_status status = op->child ? cy_op_open(run, op->child) : VB_OK;
    return status == VB_OK && op->kind->open ? op->kind->open(run, op) : status;
}

vb_status cy_op_next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status = cy_tick(run);
    if (status == VB_OK) status = op->kind->next(run, op, row);
    if (status == VB_OK && *row) op->n_rows++;
    return status;
}

vb_status cy_rows_add(cy_run *run, cy_heap *heap, cy_rows *rows, const cy_slots *slots)
{
    vb_status status = VB_OK;
    vb_value *row = cy_get(heap, slots->len * sizeof *row);
    if (!row) return VB_NO_MEMORY;
    for (size_t i = 0; i < slots->len; i++) TRY(cy_value_copy(heap, &run->slots[slots->at[i]], &row[i]));
    TRY(cy_push(heap, &rows->rows));
    rows->rows.at[rows->rows.len - 1] = row;
done:
    return status;
}

void cy_rows_restore(cy_run *run, const vb_value *row, const cy_slots *slots)
{
    for (size_t i = 0; i < slots->len; i++) run->slots[slots->at[i]] = row[i];
}
