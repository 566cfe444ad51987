/** Expand: from a node along one relationship, to a new node or to one that is bound. No relationship of the
 *  same MATCH is gone twice. */
#include "queries/cypher/operators.h"

typedef struct expand {
    vb_cy_op op;
    vb_cy_leg leg;
    vb_cy_edges edges;
    size_t at;
    int64_t node;
} expand;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    expand *x = (expand *)op;
    x->edges.len = x->at = 0;
    return vb_cy_leg_open(run, &x->leg);
}

static void close(vb_cy_op *op)
{
    vb_cy_edges_free(op->heap.run, &((expand *)op)->edges);
}

static vb_status next_node(vb_cy_run *run, expand *x, bool *row)
{
    vb_status status;
    x->edges.len = x->at = 0;
    TRY(vb_cy_op_next(run, x->op.child, row));
    const vb_value *from = &run->slots[x->leg.from], *to = &run->slots[x->leg.to];
    if (!*row || from->kind != VB_VALUE_NODE) goto done;
    if (x->leg.to_bound && to->kind != VB_VALUE_NODE) goto done;
    x->node = from->as.thing->id;
    TRY(vb_cy_leg_edges(run, &x->leg, x->node, x->leg.to_bound ? &to->as.thing->id : NULL, &x->edges));
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    expand *x = (expand *)op;
    for (;;) {
        if (x->at == x->edges.len) {
            TRY(next_node(run, x, row));
            if (!*row) goto done;
            continue;
        }
        const vb_cy_edge *e = &x->edges.at[x->at++];
        int64_t other = e->source == x->node ? e->target : e->source;
        if (vb_cy_leg_went(run, &x->leg, e->id)) continue;
        vb_cy_heap_reset(&op->heap);
        TRY(vb_cy_rel_value(run, &op->heap, e, &run->slots[x->leg.slot]));
        if (!x->leg.to_bound) TRY(vb_cy_node_value(run, &op->heap, other, &run->slots[x->leg.to]));
        *row = true;
        goto done;
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_expand(vb_cy_plan *p, vb_cy_op *child, const vb_cy_leg *leg)
{
    static const vb_cy_op_kind kind = { "Expand", open, next, close };
    expand *x = vb_cy_op_new(p, &kind, sizeof *x, child);
    if (!x || vb_cy_leg_copy(p, leg, &x->leg) != VB_OK) return NULL;
    return vb_cy_op_tell(p, x, "nrns", leg->from, leg->rel, leg->direction, leg->to,
                         leg->to_bound ? ", both bound" : "");
}
