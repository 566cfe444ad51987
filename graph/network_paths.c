/** The shortest ways through a plain graph of one-way links. igraph computes. */
#include "graph/network.h"

/** Lengths of the shortest ways from @p place (mode out) or to it (in), for every place. */
static vb_status distances(const vb_net *net, uint32_t place, igraph_neimode_t mode, igraph_matrix_t *out,
                           vb_error *err)
{
    return vb_net_check(igraph_distances_dijkstra(&net->graph, out, igraph_vss_1(place), igraph_vss_all(),
                                                  &net->weights, mode),
                        err);
}

vb_status vb_links_through(const vb_link *links, size_t n_links, uint32_t n_places, uint32_t from,
                           uint32_t to, double *out, vb_error *err)
{
    vb_status status;
    vb_net net = { 0 };
    igraph_matrix_t ahead = { 0 }, back = { 0 };
    TRY(vb_net_open_links(&net, links, n_links, n_places, err));
    TRY_IGRAPH(igraph_matrix_init(&ahead, 1, 0));
    TRY_IGRAPH(igraph_matrix_init(&back, 1, 0));
    TRY(distances(&net, from, IGRAPH_OUT, &ahead, err));
    TRY(distances(&net, to, IGRAPH_IN, &back, err));
    for (size_t i = 0; i < n_links; i++)
        out[i] = MATRIX(ahead, 0, links[i].from) + links[i].length + MATRIX(back, 0, links[i].to);
done:
    igraph_matrix_destroy(&ahead);
    igraph_matrix_destroy(&back);
    vb_net_clear(&net);
    return status;
}

static vb_status add_route(const vb_net *net, const igraph_vector_int_t *places,
                           const igraph_vector_int_t *edges, vb_arena *arena, vb_routes *out, size_t *cap,
                           vb_error *err)
{
    double length = 0;
    size_t n = (size_t)igraph_vector_int_size(places);
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(edges); i++)
        length += VECTOR(net->weights)[VECTOR(*edges)[i]];
    if (!n) return VB_OK;
    uint32_t *at = vb_arena_array(arena, n, sizeof *at);
    if (!at || vb_vec_grow(arena, (void **)&out->at, &out->len, cap, sizeof *out->at) != VB_OK)
        return vb_fail_memory(err);
    for (size_t i = 0; i < n; i++) at[i] = (uint32_t)VECTOR(*places)[i];
    out->at[out->len - 1] = (vb_route){ at, n, length, length };
    return VB_OK;
}

vb_status vb_links_paths(const vb_link *links, size_t n_links, uint32_t n_places, uint32_t from, uint32_t to,
                         size_t k, vb_arena *arena, vb_routes *out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_net net = { 0 };
    igraph_vector_int_list_t places = { 0 }, edges = { 0 };
    vb_routes found = { 0 };
    size_t cap = 0;
    if (n_links) {
        TRY(vb_net_open_links(&net, links, n_links, n_places, err));
        TRY_IGRAPH(igraph_vector_int_list_init(&places, 0));
        TRY_IGRAPH(igraph_vector_int_list_init(&edges, 0));
        TRY_IGRAPH(igraph_get_k_shortest_paths(&net.graph, &net.weights, &places, &edges, (igraph_integer_t)k,
                                               from, to, IGRAPH_OUT));
        for (igraph_integer_t i = 0; i < igraph_vector_int_list_size(&places); i++)
            TRY(add_route(&net, igraph_vector_int_list_get_ptr(&places, i),
                          igraph_vector_int_list_get_ptr(&edges, i), arena, &found, &cap, err));
    }
    *out = found;
done:
    igraph_vector_int_list_destroy(&places);
    igraph_vector_int_list_destroy(&edges);
    vb_net_clear(&net);
    return status;
}
