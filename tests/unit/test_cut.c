/** Unit tests of graph/cut*.c and of queries/{rank,groups,bridges,near}.c on small stores. */
#include "tests/unit/world.h"

#include <math.h>

/* ---- cuts --------------------------------------------------------------------------------------------- */

#define S(literal)                   \
    {                                \
        literal, sizeof(literal) - 1 \
    }

// clang-format off
static const struct part {
    const char *name;
    vb_cut_options options;
    const char *labels, *relations;
    const char *want; /* nodes, then edges with their weights */
} parts[] = {
    { .name = "a cut of everything", .want = "g1 o1 o2 p1 r1: g1-r1*1 o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "a cut with mentions", .options = { .mentions = true },
      .want = "a b g1 o1 o2 o9 p1 r1: a-o1*2 b-o9*1 g1-r1*1 o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "a cut of mentions", .relations = "MENTIONS", .want = "a b o1 o9: a-o1*2 b-o9*1" },
    { .name = "a cut of some labels", .labels = "Organisation Region", .want = "o1 o2: o1-o2*2" },
    { .name = "a cut of some relations", .relations = "LEADS PART_OF",
      .want = "g1 o1 o2 p1 r1: g1-r1*1 o1-p1*1 o2-p1*1" },
    { .name = "a cut since", .options = { .since = S("2024-06-01") },
      .want = "o1 o2 p1: o1-o2*1 o2-p1*1" },
    { .name = "a cut until", .options = { .until = S("2024-06-01") },
      .want = "o1 o2 p1: o1-o2*1 o1-p1*1" },
    { .name = "a cut of one day", .options = { .since = S("2024-01-01"),
      .until = S("2024-01-01"), .mentions = true }, .want = "a o1 o2 p1: a-o1*2 o1-o2*1 o1-p1*1" },
    { .name = "a cut of another time", .options = { .since = S("2025-01-01") }, .want = ": " },
    { .name = "a cut of what is stated", .options = { .stated = true },
      .want = "g1 o1 o2 p1 r1: g1-r1*1 o1-o2*2 o1-p1*1" },
    { .name = "a cut of what is said twice", .options = { .min_evidence = 2 }, .want = "o1 o2: o1-o2*2" },
    { .name = "a cut with nodes alone", .options = { .min_evidence = 2, .keep_isolated = true },
      .want = "a b g1 o1 o2 o9 p1 r1: o1-o2*2" },
    { .name = "a cut around", .options = { .around = S("o1") },
      .want = "o1 o2 p1: o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "a cut around a leaf", .options = { .around = S("g1"), .depth = 9 },
      .want = "g1 r1: g1-r1*1" },
    { .name = "a cut around, two steps, with mentions", .options = { .around = S("o2"), .depth = 2,
      .mentions = true }, .want = "a o1 o2 p1: a-o1*2 o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "a cut around what stands alone", .options = { .around = S("o9") }, .want = "o9: " },
    { .name = "a cut around, of other labels", .options = { .around = S("p1") },
      .labels = "Organisation", .want = "o1 o2 p1: o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "a cut around, since", .options = { .around = S("p1"), .since = S("2024-06-01") },
      .want = "o2 p1: o2-p1*1" },
    { .name = "a projection where nothing is shared", .options = { .project = S("Organisation"),
      .project_over = S("Document") }, .want = ": " },
    { .name = "a projection over programmes", .options = { .project = S("Organisation"),
      .project_over = S("Programme") }, .want = "o1 o2: o1-o2*1" },
    { .name = "a projection below its threshold", .options = { .project = S("Organisation"),
      .project_over = S("Programme"), .min_weight = 2 }, .want = ": " },
    { .name = "a projection with nodes alone", .options = { .project = S("Organisation"),
      .project_over = S("Document"), .min_weight = 3, .keep_isolated = true }, .want = "o1 o2 o9: " },
    { .name = "a projection over relations that are named", .relations = "LEADS",
      .options = { .project = S("Programme"), .project_over = S("Organisation") }, .want = ": " },
    { .name = "a projection and labels", .labels = "Programme", .options = { .project = S("Programme"),
      .project_over = S("Organisation") }, .want = "!--label" },
    { .name = "a projection of an unknown label", .options = { .project = S("Programma"),
      .project_over = S("Organisation") }, .want = "!nearest: Programme" },
    { .name = "a threshold", .options = { .min_weight = 2 }, .want = "o1 o2: o1-o2*2" },
    { .name = "the first community", .options = { .community = S("1") },
      .want = "o1 o2 p1: o1-o2*2 o1-p1*1 o2-p1*1" },
    { .name = "the community of a node", .options = { .community = S("r1") }, .want = "g1 r1: g1-r1*1" },
    { .name = "no such community", .options = { .community = S("9") }, .want = "!has 2" },
    { .name = "a community of a projection", .options = { .project = S("Organisation"),
      .project_over = S("Programme"), .community = S("o2") }, .want = "o1 o2: o1-o2*1" },
    { .name = "a cut since no date", .options = { .since = S("2024") }, .want = "!no date" },
    { .name = "a cut the wrong way round", .options = { .since = S("2024-02-01"),
      .until = S("2024-01-01") }, .want = "!after" },
    { .name = "a cut of an unknown label", .labels = "Minister", .want = "!nearest: Ministry" },
    { .name = "a cut around nobody", .options = { .around = S("nobody") }, .want = "!nobody" },
};
// clang-format on

static void cuts_are_read(void **state)
{
    const struct part *p = *state;
    void *made = NULL;
    assert_int_equal(make_world(&made), 0);
    world *w = made;
    vb_cut cut;
    vb_str *labels, *relations;
    vb_cut_options o = p->options;
    put(w, "b", "2024-12-01", "o1 COOPERATES_WITH o2;~o2 LEADS p1;o9");
    put(w, "a", "2024-01-01", "o1 LEADS p1;o1 COOPERATES_WITH o2;=g1 PART_OF r1;o1;o1");
    o.n_labels = names(w, p->labels ? p->labels : "", &labels);
    o.n_relations = names(w, p->relations ? p->relations : "", &relations);
    o.labels = labels;
    o.relations = relations;
    vb_status status = vb_cut_read(w->store, &o, w->arena, &cut, &w->err);
    if (p->want[0] == '!') {
        assert_int_not_equal(status, VB_OK);
        if (!strstr(w->err.message, p->want + 1)) fail_msg("%s", w->err.message);
    } else {
        must(w, status);
        for (uint32_t i = 0; i < cut.n_nodes; i++)
            sprintf(w->text + strlen(w->text), "%s%s", i ? " " : "", cut.nodes[i].key.at);
        strcat(w->text, ": ");
        for (uint32_t i = 0; i < cut.n_edges; i++)
            sprintf(w->text + strlen(w->text), "%s%s-%s*%d", i ? " " : "",
                    cut.nodes[cut.edges[i].source].key.at, cut.nodes[cut.edges[i].target].key.at,
                    (int)cut.edges[i].weight);
        assert_string_equal(w->text, p->want);
    }
    end_world(&made);
}

/* ---- rank, groups, bridges, neighbours, likes --------------------------------------------------------- */

static const char town[] =
    "o1 COOPERATES_WITH o2;o2 COOPERATES_WITH o3;o3 COOPERATES_WITH o1;o3 LEADS p1;o4 LEADS p1;"
    "o4 COOPERATES_WITH o5;o5 COOPERATES_WITH o6;o6 COOPERATES_WITH o4;m1 LEADS p9";

static void nodes_are_ranked(void **state)
{
    world *w = *state;
    vb_ranking r;
    put(w, "d", "", town);
    vb_rank_options o = { .top = 3 };
    must(w, vb_rank(w->store, &o, w->arena, &r, &w->err));
    assert_int_equal(r.len, 3);
    assert_string_equal(r.at[0].node.key.at, "o3"); /* as many edges as o4, but before it */
    assert_string_equal(r.at[1].node.key.at, "o4");
    assert_string_equal(r.at[2].node.key.at, "o1");
    assert_true(r.at[0].score == 3 && r.at[2].score == 2 && r.at[2].rank == 3);
    o = (vb_rank_options){ .by = "betweenness", .only_label = VB_STR("Programme") };
    must(w, vb_rank(w->store, &o, w->arena, &r, &w->err));
    assert_int_equal(r.len, 2);
    assert_string_equal(r.at[0].node.key.at, "p1");
    assert_true(r.at[0].score == 9);
    o.by = "between";
    assert_int_equal(vb_rank(w->store, &o, w->arena, &r, &w->err), VB_BAD_ARGUMENT);
    o = (vb_rank_options){ .only_label = VB_STR("LEADS") };
    assert_int_equal(vb_rank(w->store, &o, w->arena, &r, &w->err), VB_BAD_ARGUMENT);
}

static void groups_are_named(void **state)
{
    world *w = *state;
    vb_groups g;
    put(w, "d", "", town);
    must(w, vb_components(w->store, &(vb_cut_options){ 0 }, w->arena, &g, &w->err));
    assert_int_equal(g.len, 2);
    assert_int_equal(g.at[0].len, 7);
    assert_string_equal(g.at[0].name.at, "o3, o4, o1");
    assert_string_equal(g.at[1].name.at, "m1, p9");
    must(w, vb_communities(w->store, &(vb_cut_options){ 0 }, w->arena, &g, &w->err));
    assert_int_equal(g.len, 3);
    assert_int_equal(g.at[0].len + g.at[1].len + g.at[2].len, 9);
    assert_true(g.modularity > 0.4);
}

static void bridges_are_found(void **state)
{
    world *w = *state;
    vb_bridges b;
    put(w, "d", "", town);
    must(w, vb_bridges_find(w->store, &(vb_cut_options){ 0 }, w->arena, &b, &w->err));
    assert_int_equal(b.edges.len, 3);
    assert_int_equal(b.nodes.len, 3);
    assert_string_equal(b.nodes.at[0].key.at, "o3");
    assert_string_equal(b.nodes.at[2].key.at, "p1");
    assert_int_equal(b.edges.at[1].n_evidence, 1);
}

static void neighbours_come_nearest_first(void **state)
{
    world *w = *state;
    vb_nears n;
    put(w, "d", "", town);
    vb_cut_options o = { .around = VB_STR("p1"), .depth = 2 };
    must(w, vb_neighbours(w->store, &o, w->arena, &n, &w->err));
    assert_int_equal(n.len, 6);
    assert_string_equal(n.at[0].node.key.at, "o3");
    assert_int_equal(n.at[1].distance, 1);
    assert_int_equal(n.at[2].distance, 2);
    assert_int_equal(vb_neighbours(w->store, &(vb_cut_options){ 0 }, w->arena, &n, &w->err), VB_BAD_ARGUMENT);
}

static void likes_share_neighbours(void **state)
{
    world *w = *state;
    vb_nears n;
    put(w, "d", "", town);
    must(w, vb_similar(w->store, VB_STR("o1"), &(vb_cut_options){ 0 }, 0, w->arena, &n, &w->err));
    assert_int_equal(n.len, 3); /* o2 and p1 by o3, o3 by o2 */
    assert_string_equal(n.at[0].node.key.at, "o2");
    assert_true(fabs(n.at[0].score - 1.0 / 3) < 1e-9);
    assert_string_equal(n.at[1].node.key.at, "p1");
    assert_true(fabs(n.at[1].score - 1.0 / 3) < 1e-9);
    assert_true(fabs(n.at[2].score - 0.25) < 1e-9);
    must(w, vb_similar(w->store, VB_STR("o1"), &(vb_cut_options){ 0 }, 1, w->arena, &n, &w->err));
    assert_int_equal(n.len, 1);
}

static void an_empty_store_answers(void **state)
{
    world *w = *state;
    const vb_cut_options all = { .mentions = true, .keep_isolated = true };
    vb_ranking r;
    vb_groups g;
    vb_bridges b;
    must(w, vb_rank(w->store, &(vb_rank_options){ .cut = all, .by = "pagerank" }, w->arena, &r, &w->err));
    must(w, vb_communities(w->store, &all, w->arena, &g, &w->err));
    assert_int_equal(r.len + g.len, 0);
    must(w, vb_components(w->store, &all, w->arena, &g, &w->err));
    must(w, vb_bridges_find(w->store, &all, w->arena, &b, &w->err));
    assert_int_equal(g.len + b.edges.len + b.nodes.len, 0);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(parts) + 6];
    for (size_t i = 0; i < VB_COUNT(parts); i++)
        tests[i] = (struct CMUnitTest){ parts[i].name, cuts_are_read, NULL, NULL, (void *)&parts[i] };
#define ROW(function) cmocka_unit_test_setup_teardown(function, make_world, end_world)
    struct CMUnitTest rest[] = {
        ROW(nodes_are_ranked),       ROW(groups_are_named),
        ROW(bridges_are_found),      ROW(neighbours_come_nearest_first),
        ROW(likes_share_neighbours), ROW(an_empty_store_answers),
    };
    memcpy(tests + VB_COUNT(parts), rest, sizeof rest);
    return cmocka_run_group_tests_name("cut", tests, NULL, NULL);
}
