/** Groups of a cut: communities, components, and what holds them together. igraph computes. */
#include "graph/network.h"

/** Best of so many runs of Leiden on small cuts, fewer on large ones: about this many edges in all. */
enum { LEIDEN_RUNS = 100, LEIDEN_EDGES = 500000 };

/** What the runs of Leiden share. */
typedef struct leiden {
    igraph_vector_t strength;
    igraph_vector_int_t found, best;
    double modularity;
} leiden;

/**
 * One run. Leiden maximises modularity when nodes weigh their strength and the resolution is 1 / 2m.
 * Source: Traag, Waltman & van Eck 2019, doi:10.1038/s41598-019-41695-z.
 */
static vb_status run_leiden(const vb_net *net, leiden *l, double total, unsigned run, vb_error *err)
{
    vb_status status;
    double modularity;
    TRY(vb_net_seed(run, err));
    TRY_IGRAPH(igraph_community_leiden(&net->graph, &net->weights, &l->strength, 1 / (2 * total), 0.01, false,
                                       -1, &l->found, NULL, NULL));
    TRY_IGRAPH(igraph_modularity(&net->graph, &l->found, &net->weights, 1, false, &modularity));
    if (run == 0 || modularity > l->modularity) {
        l->modularity = modularity;
        TRY_IGRAPH(igraph_vector_int_update(&l->best, &l->found));
    }
done:
    return status;
}

/** Without edges every node is a community of its own. */
static void each_alone(const vb_cut *cut, uint32_t *out, uint32_t *n_communities, double *modularity)
{
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i] = i;
    *n_communities = cut->n_nodes;
    if (modularity) *modularity = 0;
}

vb_status vb_cut_communities(const vb_cut *cut, uint32_t *out, uint32_t *n_communities, double *modularity,
                             vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    leiden l = { 0 };
    TRY(vb_net_open(&net, cut, VB_NET_SIMPLE, err));
    const igraph_integer_t n_links = igraph_ecount(&net.graph);
    if (!n_links) {
        each_alone(cut, out, n_communities, modularity);
        goto done;
    }
    TRY_IGRAPH(igraph_vector_init(&l.strength, 0));
    TRY_IGRAPH(igraph_vector_int_init(&l.found, 0));
    TRY_IGRAPH(igraph_vector_int_init(&l.best, 0));
    TRY_IGRAPH(
        igraph_strength(&net.graph, &l.strength, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, &net.weights));
    double total = igraph_vector_sum(&net.weights);
    for (unsigned run = 0; run < LEIDEN_RUNS && (run == 0 || run * n_links < LEIDEN_EDGES); run++)
        TRY(run_leiden(&net, &l, total, run, err));
    TRY(vb_net_number(&l.best, out, n_communities, err));
    if (modularity) *modularity = l.modularity;
done:
    igraph_vector_destroy(&l.strength);
    igraph_vector_int_destroy(&l.found);
    igraph_vector_int_destroy(&l.best);
    vb_net_clear(&net);
    return status;
}

vb_status vb_cut_components(const vb_cut *cut, uint32_t *out, uint32_t *n_components, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_vector_int_t found = { 0 };
    TRY(vb_net_open(&net, cut, VB_NET_UNDIRECTED, err));
    TRY_IGRAPH(igraph_vector_int_init(&found, 0));
    TRY_IGRAPH(igraph_connected_components(&net.graph, &found, NULL, NULL, IGRAPH_WEAK));
    TRY(vb_net_number(&found, out, n_components, err));
done:
    igraph_vector_int_destroy(&found);
    vb_net_clear(&net);
    return status;
}

vb_status vb_cut_bridges(const vb_cut *cut, bool *edges, bool *nodes, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_vector_int_t found = { 0 };
    for (uint32_t i = 0; i < cut->n_edges; i++) edges[i] = false;
    for (uint32_t i = 0; i < cut->n_nodes; i++) nodes[i] = false;
    TRY(vb_net_open(&net, cut, VB_NET_UNDIRECTED, err)); /* its edges have the numbers of the cut's */
    TRY_IGRAPH(igraph_vector_int_init(&found, 0));
    TRY_IGRAPH(igraph_bridges(&net.graph, &found));
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&found); i++) edges[VECTOR(found)[i]] = true;
    TRY_IGRAPH(igraph_articulation_points(&net.graph, &found));
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&found); i++) nodes[VECTOR(found)[i]] = true;
done:
    igraph_vector_int_destroy(&found);
    vb_net_clear(&net);
    return status;
}

vb_status vb_cut_distances(const vb_cut *cut, uint32_t from, uint32_t *out, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_matrix_t steps = { 0 };
    TRY(vb_net_open(&net, cut, VB_NET_UNDIRECTED, err));
    TRY_IGRAPH(igraph_matrix_init(&steps, 1, 0));
    TRY_IGRAPH(igraph_distances(&net.graph, &steps, igraph_vss_1(from), igraph_vss_all(), IGRAPH_ALL));
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        double d = MATRIX(steps, 0, i);
        out[i] = d < (double)UINT32_MAX ? (uint32_t)d : UINT32_MAX;
    }
done:
    igraph_matrix_destroy(&steps);
    vb_net_clear(&net);
    return status;
}

/** Only nodes two steps away (or one, in a triangle) share a neighbour: the pairs worth asking igraph. */
static vb_status candidates(const vb_net *net, uint32_t node, igraph_vector_int_t *pairs, vb_error *err)
{
    vb_status status;
    igraph_vector_int_list_t lists = { 0 };
    TRY_IGRAPH(igraph_vector_int_list_init(&lists, 0));
    TRY_IGRAPH(igraph_neighborhood(&net->graph, &lists, igraph_vss_1(node), 2, IGRAPH_ALL, 1));
    const igraph_vector_int_t *within = igraph_vector_int_list_get_ptr(&lists, 0);
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(within); i++) {
        TRY_IGRAPH(igraph_vector_int_push_back(pairs, node));
        TRY_IGRAPH(igraph_vector_int_push_back(pairs, VECTOR(*within)[i]));
    }
done:
    igraph_vector_int_list_destroy(&lists);
    return status;
}

vb_status vb_cut_similar(const vb_cut *cut, uint32_t node, double *out, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_vector_t scores = { 0 };
    igraph_vector_int_t pairs = { 0 };
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i] = 0;
    TRY(vb_net_open(&net, cut, VB_NET_SIMPLE, err));
    TRY_IGRAPH(igraph_vector_init(&scores, 0));
    TRY_IGRAPH(igraph_vector_int_init(&pairs, 0));
    TRY(candidates(&net, node, &pairs, err));
    TRY_IGRAPH(igraph_similarity_jaccard_pairs(&net.graph, &scores, &pairs, IGRAPH_ALL, false));
    for (igraph_integer_t i = 0; i < igraph_vector_size(&scores); i++)
        out[VECTOR(pairs)[2 * i + 1]] = VECTOR(scores)[i];
    out[node] = 0;
done:
    igraph_vector_destroy(&scores);
    igraph_vector_int_destroy(&pairs);
    vb_net_clear(&net);
    return status;
}
