/**
 * Print everything that the bridge to igraph says of a graph, for tests/network/compare.py. Standard input:
 * the number of nodes, then a line "source target weight symmetric" an edge. Output: lines of a kind, a name,
 * a value.
 */
#include "graph/cut.h"

#include <inttypes.h>
#include <stdlib.h>

static vb_status print_measures(const vb_cut *cut, double *scores, vb_error *err)
{
    vb_status status = VB_OK;
    size_t n;
    const vb_measure *measures = vb_measures(&n);
    for (size_t i = 0; i < n; i++)
        for (int weighted = 0; weighted < 2; weighted++) {
            TRY(vb_cut_measure(cut, measures[i].name, weighted, scores, NULL, err));
            for (uint32_t node = 0; node < cut->n_nodes; node++)
                printf("%s.%d %" PRIu32 " %.12g\n", measures[i].name, weighted, node, scores[node]);
        }
done:
    return status;
}

static vb_status print_groups(const vb_cut *cut, uint32_t *number, vb_error *err)
{
    vb_status status;
    uint32_t n;
    double modularity;
    TRY(vb_cut_components(cut, number, &n, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) printf("component %" PRIu32 " %" PRIu32 "\n", i, number[i]);
    TRY(vb_cut_communities(cut, number, &n, &modularity, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) printf("community %" PRIu32 " %" PRIu32 "\n", i, number[i]);
    printf("modularity 0 %.12g\n", modularity);
    TRY(vb_cut_distances(cut, 0, number, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        printf("distance %" PRIu32 " %d\n", i, number[i] == UINT32_MAX ? -1 : (int)number[i]);
done:
    return status;
}

static vb_status print_bridges(const vb_cut *cut, bool *edges, bool *nodes, vb_error *err)
{
    vb_status status;
    TRY(vb_cut_bridges(cut, edges, nodes, err));
    for (uint32_t i = 0; i < cut->n_edges; i++) printf("bridge %" PRIu32 " %d\n", i, edges[i]);
    for (uint32_t i = 0; i < cut->n_nodes; i++) printf("point %" PRIu32 " %d\n", i, nodes[i]);
done:
    return status;
}

static vb_status print_likes(const vb_cut *cut, double *scores, vb_error *err)
{
    vb_status status;
    TRY(vb_cut_similar(cut, 0, scores, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) printf("similar %" PRIu32 " %.12g\n", i, scores[i]);
done:
    return status;
}

/** The lengths of the ten shortest ways between the first and the last node, edges of length 1 both ways. */
static vb_status print_ways(const vb_cut *cut, vb_arena *arena, vb_error *err)
{
    vb_status status;
    vb_routes routes = { 0 };
    size_t n = 0;
    vb_link *links = vb_arena_array(arena, (size_t)cut->n_edges * 2, sizeof *links);
    bool *seen = vb_arena_array(arena, (size_t)cut->n_nodes * cut->n_nodes, sizeof *seen);
    if (!links || !seen) return vb_fail_memory(err);
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        uint32_t a = cut->edges[i].source, b = cut->edges[i].target;
        if (a == b || seen[(size_t)a * cut->n_nodes + b]) continue;
        seen[(size_t)a * cut->n_nodes + b] = seen[(size_t)b * cut->n_nodes + a] = true;
        links[n++] = (vb_link){ a, b, 1 };
        links[n++] = (vb_link){ b, a, 1 };
    }
    TRY(vb_links_paths(links, n, cut->n_nodes, 0, cut->n_nodes - 1, 10, arena, &routes, err));
    for (size_t i = 0; i < routes.len; i++) printf("way %zu %g\n", i, routes.at[i].length);
done:
    return status;
}

static bool read_graph(vb_arena *arena, vb_cut *cut)
{
    uint32_t source, target;
    int64_t weight;
    int symmetric;
    VB_VEC(vb_cut_edge) edges = { 0 };
    if (scanf("%" SCNu32, &cut->n_nodes) != 1 || !cut->n_nodes) return false;
    while (scanf("%" SCNu32 " %" SCNu32 " %" SCNd64 " %d", &source, &target, &weight, &symmetric) == 4) {
        if (source >= cut->n_nodes || target >= cut->n_nodes || vb_push(arena, &edges) != VB_OK) return false;
        edges.at[edges.len - 1] = (vb_cut_edge){
            .source = source, .target = target, .weight = weight, .symmetric = symmetric != 0
        };
    }
    cut->edges = edges.at;
    cut->n_edges = (uint32_t)edges.len;
    cut->nodes = vb_arena_array(arena, cut->n_nodes, sizeof *cut->nodes);
    return cut->nodes != NULL;
}

int main(void)
{
    vb_status status = VB_BAD_INPUT;
    vb_error err = { 0 };
    vb_cut cut = { 0 };
    vb_arena *arena = vb_arena_new();
    if (!arena || !read_graph(arena, &cut)) goto done;
    double *scores = vb_arena_array(arena, cut.n_nodes, sizeof *scores);
    uint32_t *number = vb_arena_array(arena, cut.n_nodes, sizeof *number);
    bool *edges = vb_arena_array(arena, cut.n_edges, sizeof *edges);
    bool *nodes = vb_arena_array(arena, cut.n_nodes, sizeof *nodes);
    if (!scores || !number || !edges || !nodes) goto done;
    TRY(print_measures(&cut, scores, &err));
    TRY(print_groups(&cut, number, &err));
    TRY(print_bridges(&cut, edges, nodes, &err));
    TRY(print_likes(&cut, scores, &err));
    TRY(print_ways(&cut, arena, &err));
done:
    if (status != VB_OK) fprintf(stderr, "scores: %s\n", err.message[0] ? err.message : "no graph to read");
    vb_arena_free(arena);
    return status == VB_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
