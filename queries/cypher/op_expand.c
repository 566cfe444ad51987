/** Expand: from a node along one relationship, to a new node or to one that is bound. No relationship of the
 *  same MATCH is gone twice. */
#include "queries/cypher/operators.h"

typedef struct expand {
    vb_cy_op op;
    const vb_cy_rel *rel;
    int from, slot, to, direction;
    bool to_bound, resolved;
    vb_cy_slots others;
    int64_t *types;
    size_t n_types;
    vb_cy_edges edges;
    size_t at;
    int64_t node;
} expand;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    vb_status status = VB_OK;
    expand *x = (expand *)op;
    x->edges.len = x->at = 0;
    if (!x->resolved && x->rel->types.len) TRY(vb_cy_type_ids(run, &x->rel->types, &x->types, &x->n_types));
    x->resolved = x->n_types == x->rel->types.len; /* a type may come into being later in the query */
done:
    return status;
}

static void close(vb_cy_op *op)
{
    vb_cy_edges_free(op->heap.run, &((expand *)op)->edges);
}

static bool is_used(const vb_cy_run *run, const vb_cy_slots *others, int64_t edge)
{
    for (size_t i = 0; i < others->len; i++) {
        const vb_value *v = &run->slots[others->at[i]];
        if (v->kind == VB_VALUE_RELATIONSHIP && v->as.thing->id == edge) return true;
        for (size_t k = 0; v->kind == VB_VALUE_LIST && k < v->as.list.len; k++)
            if (v->as.list.at[k].kind == VB_VALUE_RELATIONSHIP && v->as.list.at[k].as.thing->id == edge)
                return true;
    }
    return false;
}

static vb_status next_node(vb_cy_run *run, expand *x, bool *row)
{
    vb_status status;
    x->edges.len = x->at = 0;
    TRY(vb_cy_op_next(run, x->op.child, row));
    const vb_value *from = &run->slots[x->from];
    if (!*row || from->kind != VB_VALUE_NODE) goto done;
    const vb_value *other = &run->slots[x->to];
    if (x->to_bound && other->kind != VB_VALUE_NODE) goto done;
    x->node = from->as.thing->id;
    const vb_cy_step_to to = { .direction = x->direction,
                               .types = x->rel->types.len ? x->types : NULL,
                               .n_types = x->n_types,
                               .other = x->to_bound ? &other->as.thing->id : NULL };
    TRY(vb_cy_edges_at(run, x->node, &to, &x->edges));
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
        if (is_used(run, &x->others, e->id)) continue;
        vb_cy_heap_reset(&op->heap);
        TRY(vb_cy_rel_value(run, &op->heap, e, &run->slots[x->slot]));
        if (!x->to_bound) TRY(vb_cy_node_value(run, &op->heap, other, &run->slots[x->to]));
        *row = true;
        goto done;
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_expand(vb_cy_plan *p, vb_cy_op *child, const vb_cy_rel *rel, int from, int rel_slot,
                          int to, bool to_bound, int direction, const vb_cy_slots *others)
{
    static const vb_cy_op_kind kind = { "Expand", open, next, close };
    expand *x = vb_cy_op_new(p, &kind, sizeof *x, child);
    if (!x) return NULL;
    x->rel = rel;
    x->from = from;
    x->slot = rel_slot;
    x->to = to;
    x->to_bound = to_bound;
    x->direction = direction;
    for (size_t i = 0; i < others->len; i++)
        if (vb_cy_slots_add(p, &x->others, others->at[i]) != VB_OK) return NULL;
    return vb_cy_op_tell(p, x, "nrns", from, rel, direction, to, to_bound ? ", both bound" : "");
}
