/**
 * The search of the path query: from both ends at once, reading of the store only the edges at the nodes that
 * it passes. It does not make paths. It reads until every path up to some length lies within what was read,
 * and leaves it to igraph to find them there.
 *
 * Why that holds: a side's radius is the cost of its cheapest node not yet expanded. On a path no longer than
 * the two radii together, every node before the first radius is expanded from the one end and every node
 * after it from the other, so each of the path's edges was read at one of its ends.
 */
#include "queries/path.h"

#include <math.h>
#include <stdlib.h>

double vb_path_step(int64_t weight)
{
    static const double tie = 1e-6; /* the share of a step that sentences decide about */
    return 1 + tie / (double)(weight > 0 ? weight : 1);
}

double vb_path_length(const vb_path_search *s, int64_t weight)
{
    return s->weighted ? 1 / (double)weight : 1;
}

/* ---- a heap of spots by cost -------------------------------------------------------------------------- */

static vb_status push(vb_path_search *s, int side, uint32_t spot, double cost)
{
    vb_path_heap *h = &s->heap[side];
    if (vb_push(s->arena, h) != VB_OK) return VB_NO_MEMORY;
    size_t at = h->len - 1;
    for (; at > 0 && h->at[(at - 1) / 2].cost > cost; at = (at - 1) / 2) h->at[at] = h->at[(at - 1) / 2];
    h->at[at] = (vb_path_entry){ cost, spot };
    return VB_OK;
}

static void pop(vb_path_heap *h)
{
    vb_path_entry last = h->at[--h->len];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < h->len; at = child) {
        if (child + 1 < h->len && h->at[child + 1].cost < h->at[child].cost) child++;
        if (h->at[child].cost >= last.cost) break;
        h->at[at] = h->at[child];
    }
    if (h->len) h->at[at] = last;
}

/** The cheapest cost that this side has not expanded; infinite when there is nothing left. */
static double radius(vb_path_search *s, int side)
{
    vb_path_heap *h = &s->heap[side];
    while (h->len && h->at[0].cost > s->spots.at[h->at[0].spot].cost[side]) pop(h); /* found cheaper since */
    return h->len ? h->at[0].cost : INFINITY;
}

/* ---- spots -------------------------------------------------------------------------------------------- */

static vb_status look_at_labels(vb_path_search *s, vb_path_spot *spot, vb_error *err)
{
    vb_status status;
    const vb_filter_labels *labels = NULL;
    TRY(vb_filter_node(s->filter, spot->id, &labels, err));
    spot->closed = !labels->wanted || (s->not_via && vb_filter_labels_get(s->not_via, labels->id)->wanted);
    for (size_t i = 0; i < s->n_via; i++)
        if (s->via[i].store && vb_filter_labels_get(&s->via[i], labels->id)->wanted) spot->via |= 1u << i;
done:
    return status;
}

vb_status vb_path_spot_of(vb_path_search *s, int64_t id, uint32_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    *out = vb_places_find(&s->places, id);
    if (*out != UINT32_MAX) return VB_OK;
    if (vb_push(s->arena, &s->spots) != VB_OK) return vb_fail_memory(err);
    *out = (uint32_t)s->spots.len - 1;
    s->spots.at[*out] = (vb_path_spot){ .id = id, .cost = { INFINITY, INFINITY } };
    if (vb_places_add(&s->places, s->arena, id, *out) != VB_OK) return vb_fail_memory(err);
    if (s->labels && *out > 1) TRY(look_at_labels(s, &s->spots.at[*out], err)); /* ends are not passed */
done:
    return status;
}

vb_status vb_path_start(vb_path_search *s, int64_t a, int64_t b, vb_error *err)
{
    vb_status status;
    uint32_t spot;
    s->best = INFINITY;
    TRY(vb_path_spot_of(s, a, &spot, err));
    TRY(vb_path_spot_of(s, b, &spot, err));
    for (uint32_t side = 0; side < 2; side++) {
        s->spots.at[side].cost[side] = 0;
        TRY(push(s, (int)side, side, 0));
    }
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

static int by_other(const void *a, const void *b)
{
    const vb_step *x = a, *y = b;
    return x->other < y->other ? -1 : x->other > y->other;
}

/** Read the edges at a spot; those to the same far end become one hop. */
static vb_status expand(vb_path_search *s, uint32_t at, vb_error *err)
{
    vb_status status;
    unsigned what = VB_STEPS_OUT | VB_STEPS_IN | (s->weighted ? VB_STEPS_WEIGHT : 0);
    s->steps.len = 0;
    TRY(vb_filter_steps(s->filter, s->spots.at[at].id, what, 0, s->arena, &s->steps, err));
    if (s->steps.len) qsort(s->steps.at, s->steps.len, sizeof *s->steps.at, by_other);
    vb_path_hop *hops = vb_arena_array(s->arena, s->steps.len, sizeof *hops);
    size_t n = 0;
    if (!hops) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < s->steps.len; i++) {
        const vb_step *step = &s->steps.at[i];
        uint32_t to;
        TRY(vb_path_spot_of(s, step->other, &to, err));
        if (to == at || s->spots.at[to].closed) continue;
        if (!n || hops[n - 1].to != to) hops[n++] = (vb_path_hop){ .to = to };
        hops[n - 1].weight += step->weight;
        if (s->via_relation) hops[n - 1].via |= s->via_relation[step->type];
    }
    s->spots.at[at].hops = hops;
    s->spots.at[at].n_hops = n;
    s->spots.at[at].expanded = true;
done:
    return status;
}

/** Expand the cheapest spot of one side and tell its neighbours. */
static vb_status advance(vb_path_search *s, int side, vb_error *err)
{
    vb_status status = VB_OK;
    vb_path_entry top = s->heap[side].at[0];
    pop(&s->heap[side]);
    if (top.spot == (uint32_t)!side) goto done; /* no path passes its own end */
    if (!s->spots.at[top.spot].expanded) TRY(expand(s, top.spot, err));
    const vb_path_spot *from = &s->spots.at[top.spot];
    for (size_t i = 0; i < from->n_hops; i++) {
        vb_path_spot *to = &s->spots.at[from->hops[i].to];
        double cost = top.cost + vb_path_length(s, from->hops[i].weight);
        if (cost >= to->cost[side]) continue;
        to->cost[side] = cost;
        if (push(s, side, from->hops[i].to, cost) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        if (cost + to->cost[!side] < s->best) s->best = cost + to->cost[!side];
    }
done:
    return status;
}

vb_status vb_path_read(vb_path_search *s, double goal, double most, double *reach, vb_error *err)
{
    vb_status status = VB_OK;
    double a, b;
    while ((a = radius(s, 0)) < INFINITY && (b = radius(s, 1)) < INFINITY) {
        *reach = a + b;
        if (*reach >= most || (*reach >= goal && *reach >= s->best)) goto done;
        TRY(advance(s, s->heap[0].len <= s->heap[1].len ? 0 : 1, err));
    }
    *reach = INFINITY; /* one end's part of the graph has been read whole */
done:
    return status;
}
