/**
 * Shortest: a shortest path, or all of them, between two bound nodes, breadth first. What it holds is each
 * node that was reached and every relationship that leads there as fast; the paths are then read backwards.
 */
#include "queries/cypher/operators.h"
#include "queries/cypher/table.h"

typedef struct way {
    vb_cy_edge edge;
    struct place *from;
    struct way *next;
} way;

typedef struct place {
    int64_t node, distance;
    way *ways;
} place;

typedef VB_VEC(vb_value *) lists;

typedef struct shortest {
    vb_cy_op op;
    const vb_cy_part *part;
    vb_cy_leg leg;
    bool all;
    vb_cy_table seen;
    VB_VEC(place *) queue;
    size_t head;
    lists found; /* each a list of relationships */
    size_t length, at;
    vb_cy_edges edges;
} shortest;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    shortest *s = (shortest *)op;
    s->found = (lists){ 0 };
    s->at = 0;
    return vb_cy_leg_open(run, &s->leg);
}

static void close(vb_cy_op *op)
{
    vb_cy_edges_free(op->heap.run, &((shortest *)op)->edges);
}

static vb_status reach(shortest *s, int64_t node, int64_t distance, const vb_cy_edge *edge, place *from)
{
    vb_status status;
    vb_cy_table_row *row;
    bool made;
    const vb_value key = vb_cy_of_int(node);
    TRY(vb_cy_table_row_get(&s->seen, &key, &row, &made));
    if (made) {
        place *p = row->extra = vb_cy_get(&s->op.heap, sizeof *p);
        if (!p) return VB_NO_MEMORY;
        *p = (place){ .node = node, .distance = distance };
        TRY(vb_cy_push(&s->op.heap, &s->queue));
        s->queue.at[s->queue.len - 1] = p;
    }
    place *p = row->extra;
    if (!edge || p->distance != distance || (p->ways && !s->all)) goto done;
    way *w = vb_cy_get(&s->op.heap, sizeof *w);
    if (!w) return VB_NO_MEMORY;
    *w = (way){ *edge, from, p->ways };
    p->ways = w;
done:
    return status;
}

static vb_status spread(vb_cy_run *run, shortest *s, place *p)
{
    vb_status status;
    bool fit;
    TRY(vb_cy_leg_edges(run, &s->leg, p->node, NULL, &s->edges));
    for (size_t i = 0; i < s->edges.len; i++) {
        const vb_cy_edge *e = &s->edges.at[i];
        TRY(vb_cy_leg_fits(run, &s->leg, e, &fit));
        if (fit) TRY(reach(s, e->source == p->node ? e->target : e->source, p->distance + 1, e, p));
        TRY(vb_cy_tick(run));
    }
done:
    return status;
}

/** Read the paths backwards from @p p; @p list is filled from its end. */
static vb_status unwind(vb_cy_run *run, shortest *s, place *p, vb_value *list)
{
    vb_status status = VB_OK;
    if (!p->distance) {
        vb_value *copy = vb_cy_get(&s->op.heap, s->length * sizeof *copy);
        if (!copy) return VB_NO_MEMORY;
        if (s->length) memcpy(copy, list, s->length * sizeof *copy);
        TRY(vb_cy_push(&s->op.heap, &s->found));
        s->found.at[s->found.len - 1] = copy;
        goto done;
    }
    for (way *w = p->ways; w; w = w->next) {
        TRY(vb_cy_rel_value(run, &s->op.heap, &w->edge, &list[p->distance - 1]));
        TRY(unwind(run, s, w->from, list));
        TRY(vb_cy_tick(run));
    }
done:
    return status;
}

enum { LENGTH_MAX = 10000 }; /* how deep unwind() may go */

static vb_status find(vb_cy_run *run, shortest *s, int64_t from, int64_t to)
{
    vb_status status;
    int64_t max = s->leg.rel->var_length ? s->leg.rel->max : 1,
            min = s->leg.rel->var_length ? s->leg.rel->min : 1;
    vb_cy_heap_reset(&s->op.heap);
    s->found = (lists){ 0 };
    s->at = s->head = 0;
    s->queue.at = NULL;
    s->queue.len = s->queue.cap = 0;
    s->seen = (vb_cy_table){ .heap = &s->op.heap, .width = 1 };
    if (min > 1 || (from == to && min > 0))
        return vb_cy_fail(
            &run->source, s->leg.rel->at, VB_BAD_INPUT, "!ArgumentError/NotSupported",
            "a shortest path between two different nodes, of at least one step, is what is supported");
    TRY(reach(s, from, 0, NULL, NULL));
    for (; s->head < s->queue.len; s->head++) {
        place *p = s->queue.at[s->head];
        if (p->node == to) {
            s->length = (size_t)p->distance;
            vb_value *list = vb_cy_get(&s->op.heap, s->length * sizeof *list);
            if (!list) return VB_NO_MEMORY;
            return unwind(run, s, p, list);
        }
        if (p->distance >= LENGTH_MAX || (max >= 0 && p->distance >= max)) continue;
        TRY(spread(run, s, p));
    }
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    shortest *s = (shortest *)op;
    while (s->at == s->found.len) {
        TRY(vb_cy_op_next(run, op->child, row));
        if (!*row) goto done;
        const vb_value *a = &run->slots[s->leg.from], *b = &run->slots[s->leg.to];
        s->found.len = s->at = 0;
        if (a->kind == VB_VALUE_NODE && b->kind == VB_VALUE_NODE)
            TRY(find(run, s, a->as.thing->id, b->as.thing->id));
    }
    vb_value list = { .kind = VB_VALUE_LIST, .as.list = { s->found.at[s->at++], s->length } };
    run->slots[s->leg.rel->slot] = s->leg.rel->var_length || !s->length ? list : list.as.list.at[0];
    TRY(vb_cy_path_value(run, &op->heap, s->part, &run->slots[s->part->slot]));
    *row = true;
done:
    return status;
}

vb_cy_op *vb_cy_op_shortest(vb_cy_plan *p, vb_cy_op *child, const vb_cy_part *part, int from, int to,
                            bool all)
{
    static const vb_cy_op_kind kind = { "Shortest", open, next, close };
    const vb_cy_rel *rel = part->rels.at[0];
    shortest *s = vb_cy_op_new(p, &kind, sizeof *s, child);
    if (!s) return NULL;
    s->part = part;
    s->leg =
        (vb_cy_leg){ .rel = rel, .from = from, .slot = rel->slot, .to = to, .direction = rel->direction };
    s->all = all;
    return vb_cy_op_tell(p, s, "nrn", from, rel, rel->direction, to);
}
