/**
 * Walk: from a node along min to max relationships, none twice, depth first. The relationships are a list in
 * the order of the pattern. What the walk holds is one list of relationships for each step it is deep.
 */
#include "queries/cypher/operators.h"

#include <stdlib.h>

typedef struct step {
    vb_cy_edges edges; /* from the node reached at this depth */
    size_t at;
    int64_t node;
} step;

typedef struct walk {
    vb_cy_op op;
    vb_cy_leg leg;
    step *steps;
    size_t depth, cap; /* steps in use; 0: the child's next row */
    vb_cy_edge *trail; /* the relationships gone: depth - 1 of them */
    bool fresh;        /* the node on top has not been given yet */
} walk;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    walk *w = (walk *)op;
    w->depth = 0;
    return vb_cy_leg_open(run, &w->leg);
}

static void close(vb_cy_op *op)
{
    walk *w = (walk *)op;
    for (size_t i = 0; i < w->cap; i++) vb_cy_edges_free(op->heap.run, &w->steps[i].edges);
    free(w->steps);
    free(w->trail);
}

static vb_status grow(walk *w)
{
    size_t cap = w->cap ? w->cap * 2 : 8;
    step *steps = realloc(w->steps, cap * sizeof *steps);
    if (!steps) return VB_NO_MEMORY;
    w->steps = steps;
    vb_cy_edge *trail = realloc(w->trail, cap * sizeof *trail);
    if (!trail) return VB_NO_MEMORY;
    w->trail = trail;
    memset(&w->steps[w->cap], 0, (cap - w->cap) * sizeof *steps);
    w->cap = cap;
    return VB_OK;
}

/** Stand on @p node, with its relationships ready where the walk may go on. */
static vb_status enter(vb_cy_run *run, walk *w, int64_t node)
{
    vb_status status = VB_OK;
    if (w->depth >= CY_HOPS_MAX)
        return vb_cy_fail(&run->source, w->leg.rel->at, VB_TOO_LARGE, "!LimitExceeded/Path",
                          "a path of more than %d steps", CY_HOPS_MAX);
    if (w->depth == w->cap) TRY(grow(w));
    step *s = &w->steps[w->depth++];
    s->node = node;
    s->at = s->edges.len = 0;
    w->fresh = true;
    if (w->leg.rel->max >= 0 && (int64_t)w->depth > w->leg.rel->max) goto done;
    TRY(vb_cy_leg_edges(run, &w->leg, node, NULL, &s->edges));
done:
    return status;
}

static bool is_used(const vb_cy_run *run, const walk *w, int64_t edge)
{
    for (size_t i = 0; i + 1 < w->depth; i++)
        if (w->trail[i].id == edge) return true;
    return vb_cy_leg_went(run, &w->leg, edge);
}

static vb_status give(vb_cy_run *run, walk *w)
{
    vb_status status = VB_OK;
    size_t n = w->depth - 1;
    vb_cy_heap_reset(&w->op.heap);
    vb_value *list = vb_cy_get(&w->op.heap, n * sizeof *list);
    if (!list) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        TRY(vb_cy_rel_value(run, &w->op.heap, &w->trail[i], &list[w->leg.reversed ? n - 1 - i : i]));
    run->slots[w->leg.slot] = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { list, n } };
    if (!w->leg.to_bound) TRY(vb_cy_node_value(run, &w->op.heap, w->steps[n].node, &run->slots[w->leg.to]));
done:
    return status;
}

/** Go on to the next node of the walk; *moved is false when there is none from here on. */
static vb_status move(vb_cy_run *run, walk *w, bool *moved)
{
    vb_status status = VB_OK;
    bool fit;
    *moved = false;
    while (w->depth && !*moved) {
        step *s = &w->steps[w->depth - 1];
        if (s->at == s->edges.len) {
            w->depth--;
            continue;
        }
        vb_cy_edge e = s->edges.at[s->at++];
        TRY(vb_cy_tick(run));
        if (is_used(run, w, e.id)) continue;
        TRY(vb_cy_leg_fits(run, &w->leg, &e, &fit));
        if (!fit) continue;
        w->trail[w->depth - 1] = e;
        TRY(enter(run, w, e.source == s->node ? e.target : e.source));
        *moved = true;
    }
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    walk *w = (walk *)op;
    for (;;) {
        if (!w->fresh || !w->depth) {
            bool moved = false;
            if (w->depth) TRY(move(run, w, &moved));
            if (!moved) {
                TRY(vb_cy_op_next(run, op->child, row));
                if (!*row) goto done;
                w->depth = 0;
                if (run->slots[w->leg.from].kind != VB_VALUE_NODE) continue;
                TRY(enter(run, w, run->slots[w->leg.from].as.thing->id));
            }
        }
        w->fresh = false;
        if ((int64_t)w->depth - 1 < w->leg.rel->min) continue;
        if (w->leg.rel->max >= 0 && (int64_t)w->depth - 1 > w->leg.rel->max) continue;
        const vb_value *to = &run->slots[w->leg.to];
        if (w->leg.to_bound && (to->kind != VB_VALUE_NODE || to->as.thing->id != w->steps[w->depth - 1].node))
            continue;
        TRY(give(run, w));
        *row = true;
        goto done;
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_walk(vb_cy_plan *p, vb_cy_op *child, const vb_cy_leg *leg)
{
    static const vb_cy_op_kind kind = { "Walk", open, next, close };
    walk *w = vb_cy_op_new(p, &kind, sizeof *w, child);
    if (!w || vb_cy_leg_copy(p, leg, &w->leg) != VB_OK) return NULL;
    return vb_cy_op_tell(p, w, "nrns", leg->from, leg->rel, leg->direction, leg->to,
                         leg->to_bound ? ", both bound" : "");
}
