/**
 * Unit tests of graph/network*.c on cuts made by hand: Zachary's karate club, whose figures are known, and
 * small graphs whose answers can be counted. Source: Zachary 1977, doi:10.1086/jar.33.4.3629752.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>

#include "graph/cut.h"

enum { MOST_NODES = 40, MOST_EDGES = 100 };

/** A cut on the stack. */
typedef struct hand_made {
    vb_cut cut;
    vb_node nodes[MOST_NODES];
    vb_cut_edge edges[MOST_EDGES];
    vb_str types[1];
} hand_made;

/** Edges as text: "0-1" symmetric, "0>1" directed, "0>1*3" said by three sentences. */
static void make(hand_made *g, uint32_t n_nodes, const char *edges)
{
    *g = (hand_made){ .types = { VB_STR("COOPERATES_WITH") } };
    g->cut =
        (vb_cut){ .nodes = g->nodes, .edges = g->edges, .types = g->types, .n_types = 1, .n_nodes = n_nodes };
    for (uint32_t i = 0; i < n_nodes; i++)
        g->nodes[i] = (vb_node){ .id = i + 1, .label = VB_STR("Organisation"), .key = VB_STR("k") };
    while (*edges) {
        unsigned from, to;
        char kind;
        long weight = 1;
        int used;
        assert_int_equal(sscanf(edges, "%u%c%u%n", &from, &kind, &to, &used), 3);
        edges += used;
        if (*edges == '*') {
            assert_int_equal(sscanf(edges, "*%ld%n", &weight, &used), 1);
            edges += used;
        }
        while (*edges == ' ') edges++;
        assert_true(from < n_nodes && to < n_nodes && g->cut.n_edges < MOST_EDGES);
        g->edges[g->cut.n_edges] = (vb_cut_edge){
            .id = g->cut.n_edges + 1, .source = from, .target = to, .symmetric = kind == '-', .weight = weight
        };
        g->cut.n_edges++;
    }
}

/** The 34 members, from 0, and their 78 friendships. */
static const char karate[] =
    "0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 "
    "1-30 2-3 2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 "
    "13-33 14-32 14-33 15-32 15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 "
    "24-25 "
    "24-27 24-31 25-31 26-29 26-33 27-33 28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33";

/* ---- measures ----------------------------------------------------------------------------------------- */

static const struct score {
    const char *name, *edges;
    uint32_t n_nodes;
    const char *measure;
    bool weighted;
    uint32_t node;
    double want;
} scores[] = {
    { "karate: degree of the instructor", karate, 34, "degree", false, 0, 16 },
    { "karate: degree of the president", karate, 34, "degree", false, 33, 17 },
    { "karate: betweenness of the instructor", karate, 34, "betweenness", false, 0, 231.0714286 },
    { "karate: betweenness of the president", karate, 34, "betweenness", false, 33, 160.5515873 },
    { "karate: closeness of the instructor", karate, 34, "closeness", false, 0, 0.5689655 },
    { "karate: closeness of the president", karate, 34, "closeness", false, 33, 0.55 },
    { "karate: pagerank of the instructor", karate, 34, "pagerank", false, 0, 0.0969973 },
    { "karate: pagerank of the president", karate, 34, "pagerank", false, 33, 0.1009192 },
    { "karate: eigenvector of the president", karate, 34, "eigenvector", false, 33, 1 },
    { "karate: eigenvector of the instructor", karate, 34, "eigenvector", false, 0, 0.9521324 },
    { "karate: authority is eigenvector where all is mutual", karate, 34, "authority", false, 0, 0.9521324 },
    { "karate: hub is eigenvector where all is mutual", karate, 34, "hub", false, 0, 0.9521324 },
    { "karate: coreness of the instructor", karate, 34, "coreness", false, 0, 4 },
    { "karate: coreness of member 12", karate, 34, "coreness", false, 11, 1 },
    { "karate: the instructor alone holds two groups", karate, 34, "articulation", false, 0, 2 },
    { "karate: the president holds nobody alone", karate, 34, "articulation", false, 33, 0 },
    { "karate: clustering of the instructor", karate, 34, "clustering", false, 0, 0.15 },
    { "karate: clustering of the president", karate, 34, "clustering", false, 33, 0.1102941 },
    { "karate: constraint of the instructor", karate, 34, "constraint", false, 0, 0.1554233 },
    { "karate: eccentricity of the instructor", karate, 34, "eccentricity", false, 0, 3 },
    { "karate: eccentricity of member 17", karate, 34, "eccentricity", false, 16, 5 },
    { "karate: the instructor's friends", karate, 34, "neighbour_degree", false, 0, 4.3125 },
    { "constraint of a node alone", "0-1", 3, "constraint", false, 2, 1 },
    { "constraint of a broker", "0-1 0-2", 3, "constraint", false, 0, 0.5 },
    { "pagerank of loops and of weights", "0>0 0>1*3 1>0*2 1>2", 3, "pagerank", true, 2, 0.2171827 },
    { "degree counts parallel edges", "0>1 0>1 1>0", 2, "degree", false, 0, 3 },
    { "degree counts both ends of a loop", "0>0 0>1", 2, "degree", false, 0, 3 },
    { "degree counts a symmetric edge once", "0-1", 2, "degree", false, 1, 1 },
    { "degree of a node alone", "0-1", 3, "degree", false, 2, 0 },
    { "strength counts sentences", "0>1*3 2>0*4", 3, "strength", false, 0, 7 },
    { "betweenness takes parallel edges for one way", "0>1 0>1 1>2 0>3 3>2", 4, "betweenness", false, 1,
      0.5 },
    { "betweenness goes against directions", "1>0 1>2", 3, "betweenness", false, 1, 1 },
    { "betweenness, weighted, prefers many sentences", "0>1*9 1>2*9 0>2", 3, "betweenness", true, 1, 1 },
    { "betweenness, not weighted, takes the one step", "0>1*9 1>2*9 0>2", 3, "betweenness", false, 1, 0 },
    { "closeness counts only what it reaches, for its share", "0-1 2-3 3-4", 5, "closeness", false, 0, 0.25 },
    { "closeness of a node alone", "0-1", 3, "closeness", false, 2, 0 },
    { "harmonic of a middle", "0-1 1-2", 4, "harmonic", false, 1, 2.0 / 3 },
    { "harmonic of an end", "0-1 1-2", 4, "harmonic", false, 0, 0.5 },
    { "harmonic of the only node", "", 1, "harmonic", false, 0, 0 },
    { "harmonic, weighted", "0-1*2", 2, "harmonic", true, 0, 2 },
    { "pagerank of two that point at each other", "0>1 1>0", 2, "pagerank", false, 0, 0.5 },
    { "pagerank follows directions", "0>1", 2, "pagerank", false, 1, 0.6491228 },
    { "hub points", "0>1 0>2", 3, "hub", false, 0, 1 },
    { "hub that is pointed at", "0>1 0>2", 3, "hub", false, 1, 0 },
    { "authority is pointed at", "0>2 1>2", 3, "authority", false, 2, 1 },
    { "hub without edges", "", 2, "hub", false, 0, 0 },
    { "authority without edges", "", 2, "authority", false, 0, 0 },
    { "eigenvector without edges", "", 2, "eigenvector", false, 1, 0 },
    { "coreness of a triangle", "0>1 1>2 2>0 2>3", 4, "coreness", false, 0, 2 },
    { "coreness is of neighbours, not of edges", "0>1 0>1 0>1", 2, "coreness", false, 0, 1 },
};

static void measures(void **state)
{
    const struct score *s = *state;
    hand_made g;
    double got[MOST_NODES];
    const char *meaning = NULL;
    vb_error err = { 0 };
    make(&g, s->n_nodes, s->edges);
    if (vb_cut_measure(&g.cut, s->measure, s->weighted, got, &meaning, &err) != VB_OK)
        fail_msg("%s", err.message);
    assert_non_null(meaning);
    if (fabs(got[s->node] - s->want) > 1e-6) fail_msg("%.9f, not %.9f", got[s->node], s->want);
}

static void the_table_of_measures_is_whole(void **state)
{
    (void)state;
    size_t n;
    hand_made g;
    double got[MOST_NODES];
    const vb_measure *rows = vb_measures(&n);
    assert_int_equal(n, 15);
    for (size_t i = 0; i < n; i++) {
        const char *meaning;
        if (i) assert_true(strcmp(rows[i - 1].name, rows[i].name) < 0);
        assert_true(strlen(rows[i].meaning) > 20 && !strchr(rows[i].meaning, '\n'));
        make(&g, 34, karate);
        assert_int_equal(vb_cut_measure(&g.cut, rows[i].name, true, got, &meaning, NULL), VB_OK);
        assert_ptr_equal(meaning, rows[i].meaning);
        make(&g, 0, "");
        assert_int_equal(vb_cut_measure(&g.cut, rows[i].name, false, got, &meaning, NULL), VB_OK);
        make(&g, 3, "0>0 1>1");
        assert_int_equal(vb_cut_measure(&g.cut, rows[i].name, true, got, &meaning, NULL), VB_OK);
        for (int node = 0; node < 3; node++) assert_true(isfinite(got[node]));
    }
}

static void an_unknown_measure_gets_the_nearest(void **state)
{
    (void)state;
    hand_made g;
    double got[2];
    vb_error err = { 0 };
    make(&g, 2, "0-1");
    assert_int_equal(vb_cut_measure(&g.cut, "Betweeness", false, got, NULL, &err), VB_BAD_ARGUMENT);
    assert_non_null(strstr(err.message, "nearest: betweenness"));
}

/* ---- groups ------------------------------------------------------------------------------------------- */

static const struct groups {
    const char *name, *edges;
    uint32_t n_nodes;
    const char *components, *communities; /* the group of each node, 'a' the largest */
    double modularity;
} groupings[] = {
    { "groups of nothing", "", 0, "", "", 0 },
    { "groups of nodes alone", "", 3, "abc", "abc", 0 },
    { "groups: the larger comes first", "0-1 2-3 3-4", 5, "bbaaa", "bbaaa", 4.0 / 9 },
    { "two triangles and a bridge", "0>1 1>2 2>0 3>4 4>5 5>3 2>3", 6, "aaaaaa", "aaabbb", 0.3571429 },
    { "communities weigh sentences", "0-1*9 2-3*9 0-2 1-3", 4, "aaaa", "aabb", 0.4 },
    { "a loop alone is a group", "0>0", 1, "a", "a", 0 },
};

static void finds_groups(void **state)
{
    const struct groups *s = *state;
    hand_made g;
    uint32_t got[MOST_NODES], n;
    double modularity;
    char text[MOST_NODES + 1];
    make(&g, s->n_nodes, s->edges);
    assert_int_equal(vb_cut_components(&g.cut, got, &n, NULL), VB_OK);
    for (uint32_t i = 0; i < s->n_nodes; i++) text[i] = (char)('a' + got[i]);
    text[s->n_nodes] = '\0';
    assert_string_equal(text, s->components);
    assert_int_equal(vb_cut_communities(&g.cut, got, &n, &modularity, NULL), VB_OK);
    for (uint32_t i = 0; i < s->n_nodes; i++) text[i] = (char)('a' + got[i]);
    assert_string_equal(text, s->communities);
    assert_true(fabs(modularity - s->modularity) < 1e-6);
}

static void the_karate_club_falls_apart(void **state)
{
    (void)state;
    hand_made g;
    uint32_t first[34], again[34], n, size[34] = { 0 };
    double modularity;
    make(&g, 34, karate);
    assert_int_equal(vb_cut_components(&g.cut, first, &n, NULL), VB_OK);
    assert_int_equal(n, 1);
    assert_int_equal(vb_cut_communities(&g.cut, first, &n, &modularity, NULL), VB_OK);
    assert_int_equal(n, 4);
    assert_true(modularity >= 0.419 && modularity < 0.4198); /* the optimum is 0.41979 */
    assert_int_not_equal(first[0], first[33]);
    for (int i = 0; i < 34; i++) size[first[i]]++;
    for (uint32_t i = 1; i < n; i++) assert_true(size[i - 1] >= size[i]);
    assert_int_equal(vb_cut_communities(&g.cut, again, &n, NULL, NULL), VB_OK);
    assert_memory_equal(first, again, sizeof first);
}

static const struct cuts {
    const char *name, *edges;
    uint32_t n_nodes;
    const char *bridges, *points; /* 'x' for each edge, node without which the graph falls apart */
} cuttings[] = {
    { "bridges of nothing", "", 0, "", "" },
    { "bridges of a chain", "0>1 2>1", 3, "xx", ".x." },
    { "a circle has no bridge", "0>1 1>2 2>0", 3, "...", "..." },
    { "two edges side by side are no bridge", "0>1 1>0 1>2", 3, "..x", ".x." },
    { "a loop is no bridge", "0>0 0>1", 2, ".x", ".." },
    { "two triangles and a bridge: both its ends", "0-1 1-2 2-0 3-4 4-5 5-3 2-3", 6, "......x", "..xx.." },
    { "a bridge beside nodes alone", "1-3", 5, "x", "....." },
};

static void finds_bridges(void **state)
{
    const struct cuts *s = *state;
    hand_made g;
    bool edges[MOST_EDGES], nodes[MOST_NODES];
    char text[MOST_EDGES + 1] = "";
    make(&g, s->n_nodes, s->edges);
    assert_int_equal(vb_cut_bridges(&g.cut, edges, nodes, NULL), VB_OK);
    for (uint32_t i = 0; i < g.cut.n_edges; i++) text[i] = edges[i] ? 'x' : '.';
    text[g.cut.n_edges] = '\0';
    assert_string_equal(text, s->bridges);
    for (uint32_t i = 0; i < s->n_nodes; i++) text[i] = nodes[i] ? 'x' : '.';
    text[s->n_nodes] = '\0';
    assert_string_equal(text, s->points);
}

static void steps_and_likeness_are_counted(void **state)
{
    (void)state;
    hand_made g;
    uint32_t steps[6];
    double like[6];
    make(&g, 6, "0>1 0>1 2>1 2>3 0>3 3>4 0>0");
    assert_int_equal(vb_cut_distances(&g.cut, 0, steps, NULL), VB_OK);
    assert_memory_equal(steps, ((uint32_t[]){ 0, 1, 2, 1, 2, UINT32_MAX }), sizeof steps);
    assert_int_equal(vb_cut_similar(&g.cut, 0, like, NULL), VB_OK);
    assert_true(like[0] == 0 && like[1] == 0 && like[3] == 0 && like[5] == 0);
    assert_true(fabs(like[2] - 1) < 1e-9);   /* both know 1 and 3 */
    assert_true(fabs(like[4] - 0.5) < 1e-9); /* 3 of 1 and 3 */
    make(&g, 1, "");
    assert_int_equal(vb_cut_distances(&g.cut, 0, steps, NULL), VB_OK);
    assert_int_equal(vb_cut_similar(&g.cut, 0, like, NULL), VB_OK);
    assert_true(like[0] == 0);
}

/* ---- layouts ------------------------------------------------------------------------------------------ */

static void layouts_are_finite_and_repeat(void **state)
{
    (void)state;
    static const struct {
        uint32_t n;
        const char *edges;
    } graphs[] = { { 0, "" }, { 1, "0>0" }, { 2, "" }, { 5, "0-1 0-1 2>3*4" }, { 34, karate } };
    for (size_t i = 0; i < VB_COUNT(graphs); i++)
        for (vb_layout layout = VB_LAYOUT_FORCE; layout <= VB_LAYOUT_DRL; layout++) {
            if (layout == VB_LAYOUT_DRL && graphs[i].n > 1 && graphs[i].n < 34) continue; /* a second each */
            hand_made g;
            double first[34][2], again[34][2];
            vb_error err = { 0 };
            make(&g, graphs[i].n, graphs[i].edges);
            if (vb_cut_layout(&g.cut, layout, first, &err) != VB_OK)
                fail_msg("%d: %s", (int)layout, err.message);
            assert_int_equal(vb_cut_layout(&g.cut, layout, again, NULL), VB_OK);
            for (uint32_t n = 0; n < graphs[i].n; n++) {
                assert_true(isfinite(first[n][0]) && isfinite(first[n][1]));
                assert_true(first[n][0] == again[n][0] && first[n][1] == again[n][1]);
                if (n) assert_true(first[n][0] != first[0][0] || first[n][1] != first[0][1]);
            }
        }
}

/* ---- ways --------------------------------------------------------------------------------------------- */

static const struct way {
    const char *name, *links; /* as edges, the weight being ten times the length */
    size_t k;
    double longest;
    const char *want;
} ways[] = {
    { "the shortest way alone", "0>1*10 1>4*10 0>2*10 2>3*10 3>4*10", 9, 2, "014" },
    { "the second shortest way", "0>1*10 1>4*10 0>2*10 2>3*10 3>4*10", 9, 100, "014 0234" },
    { "k ends the list", "0>1*10 1>4*10 0>2*10 2>3*10 3>4*10", 1, 100, "014" },
    { "lengths decide", "0>4*50 0>1*10 1>4*10", 9, 2, "014" },
    { "one-way links", "1>0*10 4>1*10", 3, 100, "" },
    { "no way", "0>1*10 2>4*10", 3, 100, "" },
    { "no link", "", 3, 100, "" },
    { "no place twice", "0>1*10 1>2*10 2>1*10 1>4*10", 9, 100, "014" },
};

static void finds_ways(void **state)
{
    const struct way *s = *state;
    hand_made g;
    vb_link links[MOST_EDGES];
    vb_routes routes;
    double through[MOST_EDGES];
    char text[200] = "";
    vb_arena *arena = vb_arena_new();
    make(&g, 5, s->links);
    size_t n = g.cut.n_edges;
    for (size_t i = 0; i < n; i++)
        links[i] = (vb_link){ g.edges[i].source, g.edges[i].target, (double)g.edges[i].weight / 10 };
    assert_int_equal(vb_links_through(links, n, 5, 0, 4, through, NULL), VB_OK);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (through[i] <= s->longest) links[kept++] = links[i];
    n = kept;
    assert_int_equal(vb_links_paths(links, n, 5, 0, 4, s->k, arena, &routes, NULL), VB_OK);
    for (size_t i = 0; i < routes.len; i++) {
        if (i) strcat(text, " ");
        for (size_t j = 0; j < routes.at[i].len; j++)
            sprintf(text + strlen(text), "%u", (unsigned)routes.at[i].at[j]);
    }
    assert_string_equal(text, s->want);
    vb_arena_free(arena);
}

static void ids_keep_their_places(void **state)
{
    (void)state;
    vb_arena *arena = vb_arena_new();
    vb_places places = { 0 };
    assert_int_equal(vb_places_find(&places, 7), UINT32_MAX);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(vb_places_add(&places, arena, (int64_t)i * 1048576 - 77, i), VB_OK);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(vb_places_find(&places, (int64_t)i * 1048576 - 77), i);
    assert_int_equal(vb_places_find(&places, 5), UINT32_MAX);
    vb_arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[128];
    size_t n = 0;
#define ROWS(table, function)                                \
    for (size_t i = 0; i < VB_COUNT(table); i++)             \
    tests[n++] = (struct CMUnitTest){ .name = table[i].name, \
                                      .test_func = function, \
                                      .initial_state = (void *)&table[i] }
    ROWS(scores, measures);
    ROWS(groupings, finds_groups);
    ROWS(cuttings, finds_bridges);
    ROWS(ways, finds_ways);
    struct CMUnitTest rest[] = {
        cmocka_unit_test(the_table_of_measures_is_whole),
        cmocka_unit_test(an_unknown_measure_gets_the_nearest),
        cmocka_unit_test(the_karate_club_falls_apart),
        cmocka_unit_test(steps_and_likeness_are_counted),
        cmocka_unit_test(layouts_are_finite_and_repeat),
        cmocka_unit_test(ids_keep_their_places),
    };
    memcpy(tests + n, rest, sizeof rest);
    n += VB_COUNT(rest);
    return _cmocka_run_group_tests("network", tests, n, NULL, NULL);
}
