/** Unwind: a row for each item of a list; null is no item, what is no list is one. */
#include "queries/cypher/operators.h"

typedef struct unwind {
    cy_op op;
    cy_expr *list;
    int slot;
    vb_value value;
    size_t at, len;
} unwind;

static vb_status open(cy_run *run, cy_op *op)
{
    (void)run;
    ((unwind *)op)->at = ((unwind *)op)->len = 0;
    return VB_OK;
}

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    unwind *u = (unwind *)op;
    while (u->at == u->len) {
        TRY(cy_op_next(run, op->child, row));
        if (!*row) goto done;
        cy_heap_reset(&op->heap);
        u->at = 0;
        TRY(cy_eval(run, &op->heap, u->list, &u->value));
        u->len = u->value.kind == VB_VALUE_LIST ? u->value.as.list.len : u->value.kind != VB_VALUE_NULL;
    }
    run->slots[u->slot] = u->value.kind == VB_VALUE_LIST ? u->value.as.list.at[u->at] : u->value;
    u->at++;
    *row = true;
done:
    return status;
}

cy_op *cy_op_unwind(cy_plan *p, cy_op *child, cy_expr *list, int slot)
{
    static const cy_op_kind kind = { "Unwind", open, next, NULL };
    unwind *u = cy_op_new(p, &kind, sizeof *u, child);
    if (!u) return NULL;
    u->list = list;
    u->slot = slot;
    return &u->op;
}
