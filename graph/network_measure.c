/**
 * Measures: how central each node of a cut is. A measure is a row of MEASURES and a function; igraph
 * computes.
 *
 * What the edges are to a measure is its form. Measures along shortest paths (betweenness, closeness,
 * harmonic) and coreness take the simple graph: two nodes with three relations are one step apart, by one
 * way. Paths run either way along an edge, as they do everywhere in Verband. PageRank, hub and authority
 * follow directions. With `weighted`, an edge counts as often as there are sentences, and is 1/sentences
 * long.
 */
#include "graph/network.h"

#include <math.h>

typedef vb_status (*measure_fn)(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                                vb_error *err);

static vb_status degree(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                        vb_error *err)
{
    (void)weights;
    return vb_net_check(igraph_strength(&net->graph, out, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, NULL),
                        err);
}

/** Source: Barrat et al. 2004, doi:10.1073/pnas.0400087101. */
static vb_status strength(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                          vb_error *err)
{
    (void)weights;
    return vb_net_check(
        igraph_strength(&net->graph, out, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, &net->weights), err);
}

/** Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249. O(nodes * edges). */
static vb_status betweenness(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                             vb_error *err)
{
    return vb_net_check(igraph_betweenness(&net->graph, out, igraph_vss_all(), IGRAPH_UNDIRECTED, weights),
                        err);
}

/**
 * Within its component, times the share of the graph that the component is: else the two nodes of a pair
 * apart would be the closest of all. Source: Wasserman & Faust 1994, p. 201. O(nodes * edges).
 */
static vb_status closeness(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                           vb_error *err)
{
    vb_status status;
    igraph_vector_int_t component = { 0 }, sizes = { 0 };
    const igraph_integer_t n = igraph_vcount(&net->graph);
    TRY_IGRAPH(igraph_vector_int_init(&component, 0));
    TRY_IGRAPH(igraph_vector_int_init(&sizes, 0));
    TRY_IGRAPH(igraph_connected_components(&net->graph, &component, &sizes, NULL, IGRAPH_WEAK));
    TRY_IGRAPH(igraph_closeness(&net->graph, out, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, weights, true));
    for (igraph_integer_t i = 0; i < n; i++) {
        igraph_integer_t others = VECTOR(sizes)[VECTOR(component)[i]] - 1;
        VECTOR(*out)[i] = others > 0 ? VECTOR(*out)[i] * (double)others / (double)(n - 1) : 0;
    }
done:
    igraph_vector_int_destroy(&component);
    igraph_vector_int_destroy(&sizes);
    return status;
}

/** Source: Marchiori & Latora 2000, doi:10.1016/S0378-4371(00)00311-3. O(nodes * edges). */
static vb_status harmonic(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                          vb_error *err)
{
    if (igraph_vcount(&net->graph) < 2) return VB_OK; /* a mean over no others; out is 0 */
    return vb_net_check(
        igraph_harmonic_centrality(&net->graph, out, igraph_vss_all(), IGRAPH_ALL, weights, true), err);
}

/** Source: Bonacich 1987, doi:10.1086/228631. */
static vb_status eigenvector(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                             vb_error *err)
{
    igraph_arpack_options_t options;
    if (!igraph_ecount(&net->graph)) return VB_OK; /* no edge, no standing; out is 0 */
    igraph_arpack_options_init(&options);
    return vb_net_check(
        igraph_eigenvector_centrality(&net->graph, out, NULL, IGRAPH_UNDIRECTED, true, weights, &options),
        err);
}

/** Source: Kleinberg 1999, doi:10.1145/324133.324140. */
static vb_status hub(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out, vb_error *err)
{
    igraph_arpack_options_t options;
    if (!igraph_ecount(&net->graph)) return VB_OK;
    igraph_arpack_options_init(&options);
    return vb_net_check(
        igraph_hub_and_authority_scores(&net->graph, out, NULL, NULL, true, weights, &options), err);
}

static vb_status authority(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                           vb_error *err)
{
    igraph_arpack_options_t options;
    if (!igraph_ecount(&net->graph)) return VB_OK;
    igraph_arpack_options_init(&options);
    return vb_net_check(
        igraph_hub_and_authority_scores(&net->graph, NULL, out, NULL, true, weights, &options), err);
}

/** Source: Batagelj & Zaversnik 2003, arXiv:cs/0310049. O(edges). */
static vb_status coreness(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                          vb_error *err)
{
    (void)weights;
    vb_status status;
    igraph_vector_int_t cores = { 0 };
    TRY_IGRAPH(igraph_vector_int_init(&cores, 0));
    TRY_IGRAPH(igraph_coreness(&net->graph, &cores, IGRAPH_ALL));
    for (igraph_integer_t i = 0; i < igraph_vcount(&net->graph); i++)
        VECTOR(*out)[i] = (double)VECTOR(cores)[i];
done:
    igraph_vector_int_destroy(&cores);
    return status;
}

/** For how many more pieces its part of the graph would fall into without a node: the biconnected parts it
 *  joins, less one. Source: Hopcroft & Tarjan 1973, doi:10.1145/362248.362272. O(nodes + edges). */
static vb_status articulation(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                              vb_error *err)
{
    (void)weights;
    vb_status status;
    igraph_vector_int_list_t parts = { 0 };
    igraph_integer_t n;
    TRY_IGRAPH(igraph_vector_int_list_init(&parts, 0));
    TRY_IGRAPH(igraph_biconnected_components(&net->graph, &n, NULL, NULL, &parts, NULL));
    igraph_vector_fill(out, 0);
    for (igraph_integer_t i = 0; i < igraph_vector_int_list_size(&parts); i++) {
        const igraph_vector_int_t *part = igraph_vector_int_list_get_ptr(&parts, i);
        for (igraph_integer_t k = 0; k < igraph_vector_int_size(part); k++) VECTOR(*out)[VECTOR(*part)[k]]++;
    }
    for (igraph_integer_t i = 0; i < igraph_vcount(&net->graph); i++)
        if (VECTOR(*out)[i] > 0) VECTOR(*out)[i]--;
done:
    igraph_vector_int_list_destroy(&parts);
    return status;
}

/** Source: Watts & Strogatz 1998, doi:10.1038/30918; weighted: Barrat et al. 2004,
 *  doi:10.1073/pnas.0400087101. */
static vb_status clustering(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                            vb_error *err)
{
    igraph_error_t code = weights ? igraph_transitivity_barrat(&net->graph, out, igraph_vss_all(), weights,
                                                               IGRAPH_TRANSITIVITY_ZERO)
                                  : igraph_transitivity_local_undirected(&net->graph, out, igraph_vss_all(),
                                                                         IGRAPH_TRANSITIVITY_ZERO);
    return vb_net_check(code, err);
}

/** Where igraph finds no figure, @p value. */
static void fill_gaps(igraph_vector_t *scores, double value)
{
    for (igraph_integer_t i = 0; i < igraph_vector_size(scores); i++)
        if (isnan(VECTOR(*scores)[i])) VECTOR(*scores)[i] = value;
}

/** 1 of a node alone: it has nothing to broker. Source: Burt 2004, doi:10.1086/421787.
 *  O(nodes * degree squared). */
static vb_status constraint(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                            vb_error *err)
{
    vb_status status = vb_net_check(igraph_constraint(&net->graph, out, igraph_vss_all(), weights), err);
    if (status == VB_OK) fill_gaps(out, 1);
    return status;
}

/** Source: Harary 1969, Graph Theory, p. 35. O(nodes * edges). */
static vb_status eccentricity(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                              vb_error *err)
{
    (void)weights;
    return vb_net_check(igraph_eccentricity(&net->graph, out, igraph_vss_all(), IGRAPH_ALL), err);
}

/** Source: Pastor-Satorras et al. 2001, doi:10.1103/PhysRevLett.87.258701; weighted: Barrat et al. 2004. */
static vb_status neighbour_degree(const vb_net *net, const igraph_vector_t *weights, igraph_vector_t *out,
                                  vb_error *err)
{
    vb_status status =
        vb_net_check(igraph_avg_nearest_neighbor_degree(&net->graph, igraph_vss_all(), IGRAPH_ALL, IGRAPH_ALL,
                                                        out, NULL, weights),
                     err);
    if (status == VB_OK) fill_gaps(out, 0); /* of a node alone */
    return status;
}

/** ROW(name and function, what the edges are, what their weights are to it, which scores come first,
 * meaning), sorted by name. pagerank has no function: it is network_pagerank.c's. */
// clang-format off
#define MEASURES(ROW) \
    ROW(articulation, VB_NET_SIMPLE, UNUSED, HIGH, \
        "without it, its part of the graph falls into so many more pieces (undirected)") \
    ROW(authority, VB_NET_DIRECTED, AMOUNT, HIGH, \
        "high: pointed at by nodes that point at much (Kleinberg, directed, largest 1)") \
    ROW(betweenness, VB_NET_SIMPLE, LENGTH, HIGH, \
        "high: many shortest paths between others pass through it (undirected, number of pairs)") \
    ROW(closeness, VB_NET_SIMPLE, LENGTH, HIGH, \
        "high: few steps to all others it can reach (undirected, 0 to 1, times the share it reaches)") \
    ROW(clustering, VB_NET_SIMPLE, AMOUNT, HIGH, \
        "high: its neighbours are connected to each other; 1: all of them (undirected, 0 to 1)") \
    ROW(constraint, VB_NET_SIMPLE, AMOUNT, LOW, \
        "low, and listed first: it links those who are not linked otherwise (structural holes, Burt, undirected)") \
    ROW(coreness, VB_NET_SIMPLE, UNUSED, HIGH, \
        "k: it belongs to a group in which everyone has at least k neighbours (undirected)") \
    ROW(degree, VB_NET_UNDIRECTED, UNUSED, HIGH, \
        "the number of its edges, in and out") \
    ROW(eccentricity, VB_NET_SIMPLE, UNUSED, HIGH, \
        "the steps to the farthest node it can reach; high: at the rim (undirected)") \
    ROW(eigenvector, VB_NET_UNDIRECTED, AMOUNT, HIGH, \
        "high: connected to nodes that are themselves well connected (undirected, largest 1)") \
    ROW(harmonic, VB_NET_SIMPLE, LENGTH, HIGH, \
        "high: near to many others; the mean of 1/steps, 0 where there is no way (undirected, 0 to 1)") \
    ROW(hub, VB_NET_DIRECTED, AMOUNT, HIGH, \
        "high: points at nodes that many point at (Kleinberg, directed, largest 1)") \
    ROW(neighbour_degree, VB_NET_SIMPLE, AMOUNT, HIGH, \
        "high: its neighbours have many neighbours, on average (undirected)") \
    ROW(pagerank, VB_NET_NONE, AMOUNT, HIGH, \
        "high: pointed at by nodes that matter (directed, damping 0.85, sums to 1)") \
    ROW(strength, VB_NET_UNDIRECTED, ALWAYS, HIGH, \
        "the number of sentences behind its edges, in and out")
// clang-format on

static const measure_fn pagerank = NULL;

enum weights { UNUSED, AMOUNT, LENGTH, ALWAYS }; /* LENGTH: 1 / sentences */
enum first { HIGH, LOW };

static const vb_measure measures[] = {
#define AS_MEASURE(name, form, weights, first, meaning) { #name, meaning, (first) == LOW },
    MEASURES(AS_MEASURE)
};

static const struct plan {
    measure_fn run;
    vb_net_form form;
    enum weights weights;
} plans[] = {
#define AS_PLAN(name, form, weights, first, meaning) { name, form, weights },
    MEASURES(AS_PLAN)
};

const vb_measure *vb_measures(size_t *n)
{
    *n = VB_COUNT(measures);
    return measures;
}

static vb_status find(const char *name, size_t *out, vb_error *err)
{
    vb_str valid[VB_COUNT(measures)];
    for (size_t i = 0; i < VB_COUNT(measures); i++) {
        valid[i] = vb_str_of(measures[i].name);
        if (strcmp(measures[i].name, name) != 0) continue;
        *out = i;
        return VB_OK;
    }
    char nearest[128];
    vb_nearest_names(vb_str_of(name), valid, VB_COUNT(valid), nearest, sizeof nearest);
    return vb_fail(err, VB_BAD_ARGUMENT, "no measure is called \"%.64s\"; nearest: %s", name, nearest);
}

/** Let igraph compute a measure. */
static vb_status run(const struct plan *plan, const vb_cut *cut, bool weighted, double *out, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_vector_t scores = { 0 };
    TRY(vb_net_open(&net, cut, plan->form, err));
    TRY_IGRAPH(igraph_vector_init(&scores, cut->n_nodes));
    for (igraph_integer_t i = 0; plan->weights == LENGTH && i < igraph_ecount(&net.graph); i++)
        VECTOR(net.weights)[i] = 1 / VECTOR(net.weights)[i];
    TRY(plan->run(&net, weighted ? &net.weights : NULL, &scores, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) out[i] = VECTOR(scores)[i];
done:
    igraph_vector_destroy(&scores);
    vb_net_clear(&net);
    return status;
}

vb_status vb_measure_find(const char *name, bool weighted, const vb_measure **out, bool *weights,
                          vb_error *err)
{
    size_t at = 0;
    vb_status status = find(name ? name : "degree", &at, err);
    if (status != VB_OK) return status;
    *out = &measures[at];
    *weights = plans[at].weights == ALWAYS || (weighted && plans[at].weights != UNUSED);
    return VB_OK;
}

vb_status vb_cut_measure(const vb_cut *cut, const char *measure, bool weighted, double *out,
                         const char **meaning, vb_error *err)
{
    vb_status status;
    size_t at = 0;
    TRY(find(measure ? measure : "degree", &at, err));
    if (cut->n_nodes && plans[at].run) TRY(run(&plans[at], cut, weighted, out, err));
    if (cut->n_nodes && !plans[at].run) TRY(vb_cut_pagerank(cut, weighted, out, err));
    if (meaning) *meaning = measures[at].meaning;
done:
    return status;
}
