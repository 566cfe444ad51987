/** Union: the rows of one plan after another, their columns in the same slots. */
#include "queries/cypher/operators.h"

typedef struct unite {
    cy_op op;
    cy_op *const *children;
    const cy_slots *slots;
    size_t n, at;
    cy_slots out;
} unite;

static vb_status open(cy_run *run, cy_op *op)
{
    vb_status status = VB_OK;
    unite *u = (unite *)op;
    u->at = 0;
    for (size_t i = 0; i < u->n; i++) TRY(cy_op_open(run, u->children[i]));
done:
    return status;
}

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    unite *u = (unite *)op;
    *row = false;
    for (; u->at < u->n && !*row; u->at += !*row) TRY(cy_op_next(run, u->children[u->at], row));
    if (!*row) goto done;
    for (size_t i = 0; i < u->out.len; i++) run->slots[u->out.at[i]] = run->slots[u->slots[u->at].at[i]];
done:
    return status;
}

cy_op *cy_op_union(cy_plan *p, cy_op *const *children, const cy_slots *slots, size_t n, const cy_slots *out)
{
    static const cy_op_kind kind = { "Union", open, next, NULL };
    unite *u = cy_op_new(p, &kind, sizeof *u, NULL);
    if (!u) return NULL;
    u->children = children;
    u->slots = slots;
    u->n = n;
    u->out = *out;
    return &u->op;
}
