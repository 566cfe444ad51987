/** Project: puts the values of a WITH or RETURN into their slots. Behind Aggregate the keys are there
 * already. */
#include "queries/cypher/operators.h"

typedef struct project {
    vb_cy_op op;
    vb_cy_items items;
    bool aggregated;
} project;

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status;
    project *p = (project *)op;
    TRY(vb_cy_op_next(run, op->child, row));
    if (!*row) goto done;
    vb_cy_heap_reset(&op->heap);
    for (size_t i = 0; i < p->items.len; i++) {
        const vb_cy_item *item = &p->items.at[i];
        if (p->aggregated && !item->expr->has_aggregate) continue;
        TRY(vb_cy_eval(run, &op->heap, item->expr, &run->slots[item->slot]));
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_project(vb_cy_plan *p, vb_cy_op *child, const vb_cy_items *items, bool aggregated)
{
    static const vb_cy_op_kind kind = { "Project", NULL, next, NULL };
    project *op = vb_cy_op_new(p, &kind, sizeof *op, child);
    if (!op) return NULL;
    op->items = *items;
    op->aggregated = aggregated;
    return vb_cy_op_tell(p, op, "i", items);
}
