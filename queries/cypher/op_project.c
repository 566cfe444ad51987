/** Project: puts the values of a WITH or RETURN into their slots. Behind Aggregate the keys are there
 * already. */
#include "queries/cypher/operators.h"

typedef struct project {
    cy_op op;
    cy_items items;
    bool aggregated;
} project;

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status;
    project *p = (project *)op;
    TRY(cy_op_next(run, op->child, row));
    if (!*row) goto done;
    cy_heap_reset(&op->heap);
    for (size_t i = 0; i < p->items.len; i++) {
        const cy_item *item = &p->items.at[i];
        if (p->aggregated && !item->expr->has_aggregate) continue;
        TRY(cy_eval(run, &op->heap, item->expr, &run->slots[item->slot]));
    }
done:
    return status;
}

cy_op *cy_op_project(cy_plan *p, cy_op *child, const cy_items *items, bool aggregated)
{
    static const cy_op_kind kind = { "Project", NULL, next, NULL };
    project *op = cy_op_new(p, &kind, sizeof *op, child);
    if (!op) return NULL;
    op->items = *items;
    op->aggregated = aggregated;
    return &op->op;
}
