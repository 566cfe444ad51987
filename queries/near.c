/** Nodes near a node: its neighbours by steps, and its likes by shared neighbours. */
#include "graph/cut.h"
#include "queries/queries.h"

#include <stdlib.h>

static int neighbour_order(const void *a, const void *b)
{
    const vb_near *x = a, *y = b;
    if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
    if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
    int order = vb_str_cmp(x->node.label, y->node.label);
    return order ? order : vb_str_cmp(x->node.key, y->node.key);
}

static int similar_order(const void *a, const void *b)
{
    const vb_near *x = a, *y = b;
    if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
    int order = vb_str_cmp(x->node.label, y->node.label);
    return order ? order : vb_str_cmp(x->node.key, y->node.key);
}

/** The place in the cut of the node @p name; VB_NOT_FOUND when it is not part of it. */
static vb_status find_place(vb_store *store, const vb_cut *cut, vb_str name, uint32_t *out, vb_error *err)
{
    vb_status status;
    vb_node node;
    TRY(vb_store_resolve_one(store, name, cut->arena, &node, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        if (cut->nodes[i].id == node.id) {
            *out = i;
            goto done;
        }
    status = vb_fail(err, VB_NOT_FOUND, "%.*s is not in this part of the graph", VB_FMT(node.name));
done:
    return status;
}

/** Add to each node's score the sentences on its edges towards the middle. */
static void weigh(const vb_cut *cut, const uint32_t *steps, double *scores)
{
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        const vb_cut_edge *e = &cut->edges[i];
        if (steps[e->source] == steps[e->target]) continue;
        scores[steps[e->source] > steps[e->target] ? e->source : e->target] += (double)e->weight;
    }
}

vb_status vb_neighbours(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_nears *out,
                        vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_nears nears = { 0 };
    uint32_t middle, *steps = NULL;
    double *scores = NULL;
    if (!options->around.len) return vb_fail(err, VB_BAD_ARGUMENT, "neighbours of which node?");
    TRY(vb_cut_read(store, options, arena, &cut, err));
    TRY(find_place(store, &cut, options->around, &middle, err));
    steps = calloc(cut.n_nodes, sizeof *steps);
    scores = calloc(cut.n_nodes, sizeof *scores);
    nears.at = vb_arena_array(arena, cut.n_nodes, sizeof *nears.at);
    if (!steps || !scores || !nears.at) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_cut_distances(&cut, middle, steps, err));
    weigh(&cut, steps, scores);
    for (uint32_t i = 0; i < cut.n_nodes; i++)
        if (i != middle && steps[i] != UINT32_MAX)
            nears.at[nears.len++] = (vb_near){ cut.nodes[i], steps[i], scores[i] };
    qsort(nears.at, nears.len, sizeof *nears.at, neighbour_order);
    *out = nears;
done:
    free(steps);
    free(scores);
    return status;
}

/** Everything that shares a neighbour with the node lies two steps away, and its own neighbours three. */
enum { SIMILAR_DEPTH = 3 };

vb_status vb_similar(vb_store *store, vb_str name, const vb_cut_options *options, size_t top, vb_arena *arena,
                     vb_nears *out, vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_nears nears = { 0 };
    uint32_t place = 0, *steps = NULL;
    double *scores = NULL;
    vb_cut_options around = *options;
    if (!around.around.len) {
        around.around = name;
        around.depth = SIMILAR_DEPTH;
    }
    TRY(vb_cut_read(store, &around, arena, &cut, err));
    TRY(find_place(store, &cut, name, &place, err));
    steps = calloc(cut.n_nodes, sizeof *steps);
    scores = calloc(cut.n_nodes, sizeof *scores);
    nears.at = vb_arena_array(arena, cut.n_nodes, sizeof *nears.at);
    if (!steps || !scores || !nears.at) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_cut_similar(&cut, place, scores, err));
    TRY(vb_cut_distances(&cut, place, steps, err));
    for (uint32_t i = 0; i < cut.n_nodes; i++)
        if (scores[i] > 0) nears.at[nears.len++] = (vb_near){ cut.nodes[i], steps[i], scores[i] };
    qsort(nears.at, nears.len, sizeof *nears.at, similar_order);
    if (top && nears.len > top) nears.len = top;
    *out = nears;
done:
    free(steps);
    free(scores);
    return status;
}
