/** Union: the rows of one plan after another, their columns in the same slots. */
#include "queries/cypher/operators.h"

typedef struct unite {
    vb_cy_op op;
    const vb_cy_slots *slots;
    size_t at;
    vb_cy_slots out;
} unite;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    vb_status status = VB_OK;
    unite *u = (unite *)op;
    u->at = 0;
    for (size_t i = 0; i < op->n_parts; i++) TRY(vb_cy_op_open(run, op->parts[i]));
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    unite *u = (unite *)op;
    *row = false;
    for (; u->at < op->n_parts && !*row; u->at += !*row) TRY(vb_cy_op_next(run, op->parts[u->at], row));
    if (!*row) goto done;
    for (size_t i = 0; i < u->out.len; i++) run->slots[u->out.at[i]] = run->slots[u->slots[u->at].at[i]];
done:
    return status;
}

vb_cy_op *vb_cy_op_union(vb_cy_plan *p, vb_cy_op **children, const vb_cy_slots *slots, size_t n,
                         const vb_cy_slots *out)
{
    static const vb_cy_op_kind kind = { "Union", open, next, NULL };
    unite *u = vb_cy_op_new(p, &kind, sizeof *u, NULL);
    if (!u) return NULL;
    u->op.parts = children;
    u->op.n_parts = n;
    u->op.estimate = 0;
    for (size_t i = 0; i < n; i++) u->op.estimate += children[i]->estimate;
    u->slots = slots;
    u->out = *out;
    return &u->op;
}
