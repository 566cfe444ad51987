/** Path: puts the path of a pattern's part, out of the slots of its nodes and relationships, into its slot.
 */
#include "queries/cypher/operators.h"

typedef struct path {
    vb_cy_op op;
    const vb_cy_part *part;
} path;

typedef struct builder {
    vb_cy_heap *heap;
    VB_VEC(vb_value) nodes;
    VB_VEC(vb_value) rels;
} builder;

static vb_status add_hop(vb_cy_run *run, builder *b, const vb_value *rel)
{
    vb_status status;
    int64_t here = b->nodes.at[b->nodes.len - 1].as.thing->id;
    const vb_thing *t = rel->as.thing;
    TRY(vb_cy_push(b->heap, &b->rels));
    b->rels.at[b->rels.len - 1] = *rel;
    TRY(vb_cy_push(b->heap, &b->nodes));
    TRY(vb_cy_node_value(run, b->heap, t->source == here ? t->target : t->source,
                         &b->nodes.at[b->nodes.len - 1]));
done:
    return status;
}

vb_status vb_cy_path_value(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_part *part, vb_value *out)
{
    vb_status status;
    builder b = { .heap = heap };
    *out = vb_cy_null;
    if (run->slots[part->nodes.at[0]->slot].kind != VB_VALUE_NODE) return VB_OK;
    TRY(vb_cy_push(heap, &b.nodes));
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
    vb_walk *w = vb_cy_get(heap, sizeof *w);
    if (!w) return VB_NO_MEMORY;
    *w = (vb_walk){ b.nodes.at, b.rels.at, b.rels.len };
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = w };
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    path *p = (path *)op;
    vb_status status = vb_cy_op_next(run, op->child, row);
    if (status != VB_OK || !*row) return status;
    vb_cy_heap_reset(&op->heap);
    return vb_cy_path_value(run, &op->heap, p->part, &run->slots[p->part->slot]);
}

vb_cy_op *vb_cy_op_path(vb_cy_plan *p, vb_cy_op *child, const vb_cy_part *part)
{
    static const vb_cy_op_kind kind = { "Path", NULL, next, NULL };
    path *op = vb_cy_op_new(p, &kind, sizeof *op, child);
    if (op) op->part = part;
    return vb_cy_op_tell(p, op, "t", part->name);
}
