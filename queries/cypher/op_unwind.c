/** Unwind: a row for each item of a list; null is no item, what is no list is one. */
#include "queries/cypher/operators.h"

typedef struct unwind {
    vb_cy_op op;
    vb_cy_expr *list;
    int slot;
    vb_value value;
    size_t at, len;
} unwind;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    ((unwind *)op)->at = ((unwind *)op)->len = 0;
    return VB_OK;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    unwind *u = (unwind *)op;
    while (u->at == u->len) {
        TRY(vb_cy_op_next(run, op->child, row));
        if (!*row) goto done;
        vb_cy_heap_reset(&op->heap);
        u->at = 0;
        TRY(vb_cy_eval(run, &op->heap, u->list, &u->value));
        u->len = u->value.kind == VB_VALUE_LIST ? u->value.as.list.len : u->value.kind != VB_VALUE_NULL;
    }
    run->slots[u->slot] = u->value.kind == VB_VALUE_LIST ? u->value.as.list.at[u->at] : u->value;
    u->at++;
    *row = true;
done:
    return status;
}

vb_cy_op *vb_cy_op_unwind(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *list, int slot)
{
    static const vb_cy_op_kind kind = { "Unwind", open, next, NULL };
    unwind *u = vb_cy_op_new(p, &kind, sizeof *u, child);
    if (!u) return NULL;
    u->list = list;
    u->slot = slot;
    return vb_cy_op_tell(p, u, "e", list);
}
