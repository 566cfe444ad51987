/**
 * PageRank, the one measure that is not igraph's: on millions of edges igraph takes most of its time to build
 * its own graph and then a second one, and this takes a tenth of it (`make bench`). tests/network holds the
 * scores beside igraph's and NetworkX's.
 *
 * The scores are p = d P'p + (share) / n, with the same share for every node: what jumps, and what nodes
 * without outgoing edges hand out. So they are the solution x of x = 1 + d P'x, scaled to a sum of 1. It is
 * found by Gauss-Seidel sweeps, over the nodes that somebody points at; what the others give them never
 * changes. Sources: Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; Gleich, Gray, Greif & Lau 2010,
 * doi:10.1137/080727397 (the inner problem); Del Corso, Gulli & Romani 2005,
 * doi:10.1080/15427951.2005.10129108 (the system without the jumps of nodes that point at nobody).
 */
#include "graph/network.h"

#include <math.h>
#include <stdlib.h>

static const double damping = 0.85;
static const double enough = 1e-12; /* the change of a sweep, relative to the sum, that ends it */
enum { SWEEPS = 1000 };

/** A node as its edges see it, together in memory, for they reach nodes in no order. */
typedef struct giver {
    double share; /* of its score, to each unit of weight; while counting, the weight of its outgoing edges */
    uint32_t number; /* among the nodes that are pointed at, from 1; 0: nobody else points at it */
} giver;

/** Who points at whom. Its nodes are those that are pointed at; v is a number among them. */
typedef struct walk {
    uint32_t n;
    giver *givers;          /* of every node of the cut */
    double *loop;           /* of every node of the cut: what pointing at itself multiplies its score with */
    uint32_t *node;         /* v's place in the cut */
    uint32_t *start, *from; /* from[start[v]] ... from[start[v + 1]] point at v */
    double *share;          /* for each entry of from: what it hands to v; NULL: weights are 1 */
    double *base;           /* what v gets from those that nobody points at, and 1 */
    double *given;          /* v's score, or where weights are 1 its share of it */
} walk;

/** The one or two ways of an edge. @return how many. */
static int ways(const vb_cut_edge *e, bool weighted, uint32_t from[2], uint32_t to[2], double *weight)
{
    from[0] = to[1] = e->source;
    to[0] = from[1] = e->target;
    *weight = weighted && e->weight > 0 ? (double)e->weight : 1;
    return e->symmetric && e->source != e->target ? 2 : 1;
}

static vb_status make_room(walk *w, const vb_cut *cut, bool weighted, vb_arena *arena)
{
    size_t n = (size_t)cut->n_nodes + 2, m = (size_t)cut->n_edges * 2;
    w->givers = vb_arena_array(arena, n, sizeof *w->givers);
    w->loop = vb_arena_array(arena, n, sizeof *w->loop);
    w->node = vb_arena_array(arena, n, sizeof *w->node);
    w->start = vb_arena_array(arena, n, sizeof *w->start);
    w->from = vb_arena_array(arena, m, sizeof *w->from);
    w->base = vb_arena_array(arena, n, sizeof *w->base);
    w->given = vb_arena_array(arena, n, sizeof *w->given);
    if (weighted && !(w->share = vb_arena_array(arena, m, sizeof *w->share))) return VB_NO_MEMORY;
    return w->givers && w->loop && w->node && w->start && w->from && w->base && w->given ? VB_OK
                                                                                         : VB_NO_MEMORY;
}

/** What each node gives away, and who is pointed at. */
static void count(walk *w, const vb_cut *cut, bool weighted)
{
    uint32_t from[2], to[2];
    double weight;
    for (uint32_t i = 0; i < cut->n_edges; i++)
        for (int k = ways(&cut->edges[i], weighted, from, to, &weight); k-- > 0;) {
            w->givers[from[k]].share += weight;
            if (from[k] != to[k]) w->givers[to[k]].number = 1;
        }
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        w->loop[i] = 1;
        if (w->givers[i].share > 0) w->givers[i].share = damping / w->givers[i].share;
        if (!w->givers[i].number) continue;
        w->node[w->n] = i;
        w->base[w->n] = 1;
        w->givers[i].number = ++w->n;
    }
    for (uint32_t i = 0; i < cut->n_edges; i++)
        if (cut->edges[i].source == cut->edges[i].target && ways(&cut->edges[i], weighted, from, to, &weight))
            w->loop[from[0]] -= weight * w->givers[from[0]].share;
}

/** Spread the edges: from a node that is pointed at, into its target's list; from another, into the base. */
static void spread(walk *w, const vb_cut *cut, bool weighted)
{
    uint32_t from[2], to[2];
    double weight;
    for (uint32_t i = 0; i < cut->n_edges; i++)
        for (int k = ways(&cut->edges[i], weighted, from, to, &weight); k-- > 0;) {
            const giver *g = &w->givers[from[k]];
            uint32_t v = w->givers[to[k]].number; /* one too high, as start needs it */
            if (from[k] == to[k]) continue;
            if (g->number)
                w->start[v]++;
            else
                w->base[v - 1] += weight * g->share / w->loop[from[k]];
        }
    for (uint32_t v = 0; v < w->n; v++) w->start[v + 1] += w->start[v];
    for (uint32_t i = 0; i < cut->n_edges; i++)
        for (int k = ways(&cut->edges[i], weighted, from, to, &weight); k-- > 0;) {
            const giver *g = &w->givers[from[k]];
            if (from[k] == to[k] || !g->number) continue;
            uint32_t at = w->start[w->givers[to[k]].number - 1]++; /* starts become ends, and go back below */
            w->from[at] = g->number - 1;
            if (w->share) w->share[at] = weight * g->share;
        }
    for (uint32_t v = w->n; v > 0; v--) w->start[v] = w->start[v - 1];
    w->start[0] = 0;
}

/** One sweep. @return how much the scores changed in all. */
static double sweep(const walk *w, double *x)
{
    double change = 0;
    for (uint32_t v = 0; v < w->n; v++) {
        uint32_t i = w->node[v], end = w->start[v + 1];
        double sum = w->base[v];
        for (uint32_t k = w->start[v]; k < end; k++)
            sum += w->share ? w->share[k] * w->given[w->from[k]] : w->given[w->from[k]];
        sum /= w->loop[i];
        change += fabs(sum - x[i]);
        x[i] = sum;
        w->given[v] = w->share ? sum : sum * w->givers[i].share;
    }
    return change;
}

vb_status vb_cut_pagerank(const vb_cut *cut, bool weighted, double *out, vb_error *err)
{
    vb_status status;
    walk w = { 0 };
    double sum = 0;
    vb_arena *arena = vb_arena_new();
    if (!arena) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(make_room(&w, cut, weighted, arena) == VB_OK ? VB_OK : vb_fail_memory(err));
    count(&w, cut, weighted);
    spread(&w, cut, weighted);
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i] = 1 / w.loop[i];
    for (uint32_t v = 0; v < w.n; v++) w.given[v] = w.share ? 1 : w.givers[w.node[v]].share;
    for (int i = 0; i < SWEEPS; i++)
        if (sweep(&w, out) <= enough * cut->n_nodes) break; /* scores are 1 or more, and n or more in sum */
    for (uint32_t i = 0; i < cut->n_nodes; i++) sum += out[i];
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i] /= sum;
done:
    vb_arena_free(arena);
    return status;
}
