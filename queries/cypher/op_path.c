/** Path: puts the path of a pattern's part, out of the slots of its nodes and relationships, into its slot.
 */
#include "queries/cypher/operators.h"

typedef struct path {
    cy_op op;
    const cy_part *part;
} path;

typedef struct builder {
    cy_heap *heap;
    VB_VEC(vb_value) nodes;
    VB_VEC(vb_value) rels;
} builder;

static vb_status add_hop(cy_run *run, builder *b, const vb_value *rel)
{
    vb_status status;
    int64_t here = b->nodes.at[b->nodes.len - 1].as.thing->id;
    const vb_thing *t = rel->as.thing;
    TRY(cy_push(b->heap, &b->rels));
    b->rels.at[b->rels.len - 1] = *rel;
    TRY(cy_push(b->heap, &b->nodes));
    TRY(cy_node_value(run, b->heap, t->source == here ? t->target : t->source,
                      &b->nodes.at[b->nodes.len - 1]));
done:
    return status;
}

vb_status cy_path_value(cy_run *run, cy_heap *heap, const cy_part *part, vb_value *out)
{
    vb_status status;
    builder b = { .heap = heap };
    *out = cy_null;
    if (run->slots[part->nodes.at[0]->slot].kind != VB_VALUE_NODE) return VB_OK;
    TRY(cy_push(heap, &b.nodes));
    b.nodes.at[0] = run->slots[part->nodes.at[0]->slot];
    for (size_t i = 0; i < part->rels.len; i++) {
        const vb_value *v = &run->slots[part->rels.at[i]->slot];
        if (v->kind == VB_VALUE_RELATIONSHIP)
            TRY(add_hop(run, &b, v));
        else if (v->kind == VB_VALUE_LIST)
            for (size_t k = 0; k < v->as.list.len; k++) TRY(add_hop(run, &b, &v->as.list.at[k]));
        else
            goto done;
    }
    vb_walk *w = cy_get(heap, sizeof *w);
    if (!w) return VB_NO_MEMORY;
    *w = (vb_walk){ b.nodes.at, b.rels.at, b.rels.len };
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = w };
done:
    return status;
}

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    path *p = (path *)op;
    vb_status status = cy_op_next(run, op->child, row);
    if (status != VB_OK || !*row) return status;
    cy_heap_reset(&op->heap);
    return cy_path_value(run, &op->heap, p->part, &run->slots[p->part->slot]);
}

cy_op *cy_op_path(cy_plan *p, cy_op *child, const cy_part *part)
{
    static const cy_op_kind kind = { "Path", NULL, next, NULL };
    path *op = cy_op_new(p, &kind, sizeof *op, child);
    if (op) op->part = part;
    return op ? &op->op : NULL;
}
