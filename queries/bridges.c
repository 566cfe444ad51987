/** Bridges: the edges and nodes without which a cut falls apart, in the cut's order, edges with their best
 * sentence. */
#include "graph/cut.h"
#include "queries/queries.h"

#include <stdlib.h>

static vb_status gather(vb_store *store, const vb_cut *cut, const bool *edges, const bool *nodes,
                        vb_bridges *out, vb_error *err)
{
    vb_status status = VB_OK;
    size_t n_edges = 0, n_nodes = 0;
    for (uint32_t i = 0; i < cut->n_edges; i++) n_edges += edges[i];
    for (uint32_t i = 0; i < cut->n_nodes; i++) n_nodes += nodes[i];
    out->edges.at = vb_arena_array(cut->arena, n_edges, sizeof *out->edges.at);
    out->nodes.at = vb_arena_array(cut->arena, n_nodes, sizeof *out->nodes.at);
    if (!out->edges.at || !out->nodes.at) return vb_fail_memory(err);
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        if (nodes[i]) out->nodes.at[out->nodes.len++] = cut->nodes[i];
    for (uint32_t i = 0; i < cut->n_edges; i++)
        if (edges[i])
            TRY(vb_store_edge(store, cut->edges[i].id, 1, cut->arena, &out->edges.at[out->edges.len++], err));
done:
    return status;
}

vb_status vb_bridges_find(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_bridges *out,
                          vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_bridges bridges = { 0 };
    bool *edges = NULL, *nodes = NULL;
    if (options->project.len) return vb_fail(err, VB_BAD_ARGUMENT, "bridges are not told of projections");
    TRY(vb_cut_read(store, options, arena, &cut, err));
    edges = calloc((size_t)cut.n_edges + 1, sizeof *edges);
    nodes = calloc((size_t)cut.n_nodes + 1, sizeof *nodes);
    if (!edges || !nodes) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_cut_bridges(&cut, edges, nodes, err));
    TRY(gather(store, &cut, edges, nodes, &bridges, err));
    *out = bridges;
done:
    free(edges);
    free(nodes);
    return status;
}
