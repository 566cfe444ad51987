/** Places in the plane for the nodes of a cut. igraph computes, from a fixed seed. */
#include "graph/network.h"

#include <math.h>

/** Kamada-Kawai holds a distance for each pair of nodes: 8 bytes * nodes², 200 MB at this limit. */
enum { KAMADA_KAWAI_MAX = 5000, FORCE_ROUNDS = 500 };

/** Source: Fruchterman & Reingold 1991, doi:10.1002/spe.4380211102. O(rounds * nodes²), less on a grid. */
static vb_status force(vb_net *net, igraph_matrix_t *places, vb_error *err)
{
    double heat = sqrt((double)igraph_vcount(&net->graph)) / 10;
    return vb_net_check(igraph_layout_fruchterman_reingold(&net->graph, places, false, FORCE_ROUNDS, heat,
                                                           IGRAPH_LAYOUT_AUTOGRID, NULL, NULL, NULL, NULL,
                                                           NULL),
                        err);
}

/** Source: Kamada & Kawai 1989, doi:10.1016/0020-0190(89)90102-6. */
static vb_status kamada_kawai(vb_net *net, igraph_matrix_t *places, vb_error *err)
{
    igraph_integer_t n = igraph_vcount(&net->graph);
    if (n > KAMADA_KAWAI_MAX)
        return vb_fail(err, VB_TOO_LARGE, "the Kamada-Kawai layout takes at most %d nodes, this cut has %lld",
                       KAMADA_KAWAI_MAX, (long long)n);
    return vb_net_check(igraph_layout_kamada_kawai(&net->graph, places, false, 50 * n, 0, (double)n, NULL,
                                                   NULL, NULL, NULL, NULL),
                        err);
}

/** Source: Martin et al. 2011, doi:10.1117/12.871402. About O(nodes + edges) a round. */
static vb_status drl(vb_net *net, igraph_matrix_t *places, vb_error *err)
{
    vb_status status;
    igraph_layout_drl_options_t options;
    TRY_IGRAPH(igraph_layout_drl_options_init(&options, IGRAPH_LAYOUT_DRL_DEFAULT));
    TRY_IGRAPH(igraph_layout_drl(&net->graph, places, false, &options, NULL));
done:
    return status;
}

static vb_status (*const layouts[])(vb_net *, igraph_matrix_t *, vb_error *) = {
    [VB_LAYOUT_FORCE] = force,
    [VB_LAYOUT_KAMADA_KAWAI] = kamada_kawai,
    [VB_LAYOUT_DRL] = drl,
};

vb_status vb_cut_layout(const vb_cut *cut, vb_layout layout, double (*out)[2], vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_matrix_t places = { 0 };
    if ((size_t)layout >= VB_COUNT(layouts)) return vb_fail(err, VB_BAD_ARGUMENT, "no such layout");
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i][0] = out[i][1] = 0;
    TRY(vb_net_open(&net, cut, VB_NET_SIMPLE, err));
    if (cut->n_nodes < 2) goto done; /* one node stands at (0, 0) */
    TRY_IGRAPH(igraph_matrix_init(&places, 0, 0));
    TRY(vb_net_seed(0, err));
    TRY(layouts[layout](&net, &places, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        out[i][0] = MATRIX(places, i, 0);
        out[i][1] = MATRIX(places, i, 1);
    }
done:
    igraph_matrix_destroy(&places);
    vb_net_clear(&net);
    return status;
}
