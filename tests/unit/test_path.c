/** Unit tests of queries/path*.c on small stores. */
#include "tests/unit/world.h"

#include <sqlite3.h>

/* ---- paths -------------------------------------------------------------------------------------------- */

static const char square[] =
    "o1 COOPERATES_WITH o2;o2 LEADS p1;o3 FUNDS p1;o1 SUPPORTS o3;o1 SUPPORTS o3;o4 LEADS p2";

// clang-format off
static const struct route {
    const char *name, *lines, *a, *b;
    bool all;
    size_t k;
    unsigned max_length;
    bool weighted, stated, mentions;
    const char *via, *not_via, *labels, *relations;
    const char *want; /* paths, parted by blanks; "@" before them: by mention; "" none; "!..." a message */
} routes[] = {
    { .name = "one step", .lines = square, .a = "o1", .b = "o2", .want = "o1o2" },
    { .name = "against the direction", .lines = square, .a = "p1", .b = "o2", .want = "p1o2" },
    { .name = "of two alike, the one said more often", .lines = square, .a = "o1", .b = "p1",
      .want = "o1o3p1" },
    { .name = "all of the shortest", .lines = square, .a = "o1", .b = "p1", .all = true,
      .want = "o1o3p1 o1o2p1" },
    { .name = "k", .lines = square, .a = "o1", .b = "o2", .k = 5, .want = "o1o2 o1o3p1o2" },
    { .name = "k ends the list", .lines = square, .a = "o1", .b = "o2", .k = 1, .want = "o1o2" },
    { .name = "k, no longer than", .lines = square, .a = "o1", .b = "o2", .k = 5, .max_length = 2,
      .want = "o1o2" },
    { .name = "none is short enough", .lines = square, .a = "o1", .b = "p1", .max_length = 1, .want = "" },
    { .name = "just short enough", .lines = square, .a = "o1", .b = "p1", .max_length = 2, .want = "o1o3p1" },
    { .name = "to itself", .lines = square, .a = "o1", .b = "o1", .want = "o1" },
    { .name = "nothing connects", .lines = square, .a = "o1", .b = "p2", .want = "" },
    { .name = "an end unknown", .lines = square, .a = "o1", .b = "o99", .want = "!o99" },
    { .name = "via a label", .lines = square, .a = "o1", .b = "o2", .via = "Programme", .want = "o1o3p1o2" },
    { .name = "via a relation", .lines = square, .a = "o1", .b = "o2", .via = "FUNDS", .want = "o1o3p1o2" },
    { .name = "via both", .lines = square, .a = "o1", .b = "o2", .via = "FUNDS Programme",
      .want = "o1o3p1o2" },
    { .name = "via what is not there", .lines = square, .a = "o1", .b = "o2", .via = "Law", .want = "" },
    { .name = "an end is not via", .lines = square, .a = "p1", .b = "o2", .via = "Programme", .want = "" },
    { .name = "via, and no node twice", .lines = "o1 LEADS o2;o2 LEADS p1", .a = "o1", .b = "o2",
      .via = "Programme", .want = "" },
    { .name = "via, the detour",
      .lines = "o1 LEADS o2;o2 LEADS p1;o1 LEADS o3;o3 LEADS p2;p2 PART_OF p3;o2 LEADS p3", .a = "o1",
      .b = "o2", .via = "Programme", .want = "o1o3p2p3o2" },
    { .name = "not via a label", .lines = square, .a = "o2", .b = "o3", .not_via = "Programme",
      .want = "o2o1o3" },
    { .name = "an end is not passed", .lines = square, .a = "p1", .b = "o1", .not_via = "Programme",
      .all = true, .want = "p1o3o1 p1o2o1" },
    { .name = "not via a relation", .lines = square, .a = "o1", .b = "p1", .not_via = "SUPPORTS",
      .want = "o1o2p1" },
    { .name = "not via either", .lines = square, .a = "o1", .b = "p1",
      .not_via = "SUPPORTS COOPERATES_WITH", .want = "" },
    { .name = "an unknown name to go via", .lines = square, .a = "o1", .b = "p1", .via = "FUNS",
      .want = "!nearest: FUNDS" },
    { .name = "an unknown relation", .lines = square, .a = "o1", .b = "p1", .relations = "Leads",
      .want = "!nearest: LEADS" },
    { .name = "an unknown label", .lines = square, .a = "o1", .b = "p1", .labels = "Organization",
      .want = "!nearest: Organisation" },
    { .name = "only these relations", .lines = square, .a = "o1", .b = "p1",
      .relations = "COOPERATES_WITH LEADS", .want = "o1o2p1" },
    { .name = "only these labels, ends apart", .lines = square, .a = "p1", .b = "o1",
      .labels = "Organisation", .want = "p1o3o1" },
    { .name = "through labels that are not wanted", .lines = square, .a = "o2", .b = "o3",
      .labels = "Organisation", .want = "o2o1o3" },
    { .name = "weighted: three strong steps before a weak one",
      .lines = "o1 SUPPORTS o2;o1 SUPPORTS o3;o1 SUPPORTS o3;o1 SUPPORTS o3;o3 SUPPORTS o2;o3 SUPPORTS o2;o3 SUPPORTS o2", .a = "o1", .b = "o2", .weighted = true, .want = "o1o3o2" },
    { .name = "weighted, no longer than",
      .lines = "o1 SUPPORTS o2;o1 SUPPORTS o3;o1 SUPPORTS o3;o1 SUPPORTS o3;o3 SUPPORTS o2;o3 SUPPORTS o2;o3 SUPPORTS o2", .a = "o1", .b = "o2", .weighted = true, .max_length = 1, .want = "o1o2" },
    { .name = "weighted, k",
      .lines = "o1 SUPPORTS o2;o1 SUPPORTS o3;o1 SUPPORTS o3;o1 SUPPORTS o3;o3 SUPPORTS o2;o3 SUPPORTS o2;o3 SUPPORTS o2", .a = "o1", .b = "o2", .weighted = true, .k = 3, .want = "o1o3o2 o1o2" },
    { .name = "weighted: relations side by side add up",
      .lines = "o1 FUNDS o2;o1 SUPPORTS o2;o1 LEADS o3;o3 LEADS o2", .a = "o1", .b = "o2",
      .weighted = true, .k = 2, .want = "o1o2 o1o3o2" },
    { .name = "a fact of the gazetteer", .lines = "=g1 PART_OF r1;=g2 PART_OF r1", .a = "g1", .b = "g2",
      .want = "g1r1g2" },
    { .name = "what is announced", .lines = "~o1 SUPPORTS o2", .a = "o1", .b = "o2", .want = "o1o2" },
    { .name = "what is announced is not stated", .lines = "~o1 SUPPORTS o2", .a = "o1", .b = "o2",
      .stated = true, .want = "" },
    { .name = "by mention", .lines = "o1;o2", .a = "o1", .b = "o2", .want = "@o1d.txto2" },
    { .name = "a relation before a mention", .lines = "o1;o2;o1 LEADS o3;o3 LEADS o2", .a = "o1",
      .b = "o2", .want = "o1o3o2" },
    { .name = "mentions asked for", .lines = "o1;o2;o1 LEADS o3;o3 LEADS o4;o4 LEADS o2", .a = "o1",
      .b = "o2", .mentions = true, .want = "o1d.txto2" },
    { .name = "no mention when relations were chosen", .lines = "o1;o2", .a = "o1", .b = "o2",
      .relations = "LEADS", .want = "" },
    { .name = "no mention when documents are not to be passed", .lines = "o1;o2", .a = "o1", .b = "o2",
      .not_via = "Document", .want = "" },
    { .name = "a loop is no step", .lines = "o1 COOPERATES_WITH o1;o1 LEADS o2", .a = "o1", .b = "o2",
      .k = 3, .want = "o1o2" },
    { .name = "side by side is one path", .lines = "o1 LEADS o2;o1 FUNDS o2;o2 SUPPORTS o1", .a = "o1",
      .b = "o2", .k = 9, .want = "o1o2" },
    { .name = "ties in the order of keys",
      .lines = "o1 LEADS o4;o4 LEADS o9;o1 LEADS o3;o3 LEADS o9;o1 LEADS o2;o2 LEADS o9", .a = "o1",
      .b = "o9", .all = true, .want = "o1o2o9 o1o3o9 o1o4o9" },
    { .name = "of ties the first",
      .lines = "o1 LEADS o4;o4 LEADS o9;o1 LEADS o3;o3 LEADS o9;o1 LEADS o2;o2 LEADS o9", .a = "o1",
      .b = "o9", .want = "o1o2o9" },
};
// clang-format on

static void paths_as_text(world *w, const vb_paths *paths)
{
    if (paths->by_mention) strcat(w->text, "@");
    for (size_t i = 0; i < paths->len; i++) {
        const vb_path *p = &paths->at[i];
        if (i) strcat(w->text, " ");
        for (size_t j = 0; j <= p->length; j++) strcat(w->text, p->nodes[j].key.at);
        for (size_t j = 0; j < p->length; j++) {
            assert_true(p->hops[j].len > 0);
            for (size_t e = 0; e < p->hops[j].len; e++) {
                const vb_edge *edge = &p->hops[j].at[e];
                int64_t from = p->nodes[j].id, to = p->nodes[j + 1].id;
                assert_true((edge->source.id == from && edge->target.id == to) ||
                            (edge->source.id == to && edge->target.id == from));
            }
        }
    }
}

static void finds_paths(void **state)
{
    const struct route *r = *state;
    void *made = NULL;
    assert_int_equal(make_world(&made), 0);
    world *w = made;
    vb_paths paths = { 0 };
    vb_str *via, *not_via, *labels, *relations;
    put(w, "d.txt", "2024-01-01", r->lines);
    vb_path_options o = { .all = r->all, .k = r->k, .max_length = r->max_length, .weighted = r->weighted };
    o.n_via = names(w, r->via ? r->via : "", &via);
    o.n_not_via = names(w, r->not_via ? r->not_via : "", &not_via);
    o.cut.n_labels = names(w, r->labels ? r->labels : "", &labels);
    o.cut.n_relations = names(w, r->relations ? r->relations : "", &relations);
    o.cut.stated = r->stated;
    o.cut.mentions = r->mentions;
    o.via = via;
    o.not_via = not_via;
    o.cut.labels = labels;
    o.cut.relations = relations;
    vb_status status =
        vb_path_find(w->store, vb_str_of(r->a), vb_str_of(r->b), &o, w->arena, &paths, &w->err);
    if (r->want[0] == '!') {
        assert_int_not_equal(status, VB_OK);
        if (!strstr(w->err.message, r->want + 1)) fail_msg("%s", w->err.message);
    } else if (!r->want[0]) {
        assert_int_equal(status, VB_NOT_FOUND);
        assert_int_equal(paths.len, 0);
    } else {
        must(w, status);
        paths_as_text(w, &paths);
        assert_string_equal(w->text, r->want);
    }
    assert_true(sqlite3_get_autocommit(vb_store_sqlite(w->store))); /* no transaction is left open */
    end_world(&made);
}

static void a_hop_has_its_edges_and_sentences(void **state)
{
    world *w = *state;
    vb_paths paths;
    put(w, "d.txt", "2024-01-01", "o1 LEADS o2;o2 FUNDS o1;o2 FUNDS o1");
    must(w, vb_path_find(w->store, VB_STR("o1"), VB_STR("o2"), &(vb_path_options){ 0 }, w->arena, &paths,
                         &w->err));
    assert_int_equal(paths.at[0].hops[0].len, 2);
    const vb_edge *first = &paths.at[0].hops[0].at[0];
    assert_string_equal(first->type.at, "FUNDS"); /* said twice */
    assert_int_equal(first->n_evidence, 2);
    assert_string_equal(first->evidence[0].document.at, "d.txt");
}

/** A slow and obvious second opinion: breadth-first over an adjacency matrix. */
static unsigned steps_between(bool (*joined)[MOST], unsigned n, unsigned a, unsigned b)
{
    unsigned steps[MOST], queue[MOST], head = 0, tail = 0;
    for (unsigned i = 0; i < n; i++) steps[i] = UINT32_MAX;
    steps[a] = 0;
    queue[tail++] = a;
    while (head < tail) {
        unsigned at = queue[head++];
        for (unsigned to = 0; to < n; to++)
            if (joined[at][to] && steps[to] == UINT32_MAX) {
                steps[to] = steps[at] + 1;
                queue[tail++] = to;
            }
    }
    return steps[b];
}

static void lengths_agree_with_a_plain_search(void **state)
{
    world *w = *state;
    enum { N = 40 };
    static bool joined[MOST][MOST];
    uint32_t seed = 7;
    for (unsigned d = 0; d < 3; d++) {
        char lines[2048] = "", file[8];
        for (unsigned i = 0; i < 15; i++) {
            unsigned a = (seed = seed * 1664525 + 1013904223) >> 16,
                     b = (seed = seed * 1664525 + 1013904223) >> 16;
            a %= N;
            b %= N;
            joined[a][b] = joined[b][a] = true;
            sprintf(lines + strlen(lines), "%so%u LEADS o%u", i ? ";" : "", a + 10, b + 10);
        }
        sprintf(file, "%u.txt", d);
        put(w, file, "2024-01-01", lines);
    }
    const vb_str leads[] = { VB_STR("LEADS") }; /* so that no mention helps out */
    for (unsigned a = 0; a < N; a++)
        for (unsigned b = 0; b < N; b++) {
            vb_paths paths;
            vb_path_options o = { .cut = { .relations = leads, .n_relations = 1 }, .k = b % 3 };
            vb_str from, to;
            assert_int_equal(vb_arena_printf(w->arena, &from, "o%u", a + 10), VB_OK);
            assert_int_equal(vb_arena_printf(w->arena, &to, "o%u", b + 10), VB_OK);
            unsigned want = steps_between(joined, N, a, b);
            vb_status status = vb_path_find(w->store, from, to, &o, w->arena, &paths, &w->err);
            if (want == UINT32_MAX)
                assert_true(status == VB_NOT_FOUND || status == VB_UNKNOWN_NAME);
            else if (status != VB_UNKNOWN_NAME)
                assert_int_equal(paths.at[0].length, want);
        }
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(routes) + 2];
    for (size_t i = 0; i < VB_COUNT(routes); i++)
        tests[i] = (struct CMUnitTest){ routes[i].name, finds_paths, NULL, NULL, (void *)&routes[i] };
    struct CMUnitTest rest[] = {
        cmocka_unit_test_setup_teardown(a_hop_has_its_edges_and_sentences, make_world, end_world),
        cmocka_unit_test_setup_teardown(lengths_agree_with_a_plain_search, make_world, end_world),
    };
    memcpy(tests + VB_COUNT(routes), rest, sizeof rest);
    return cmocka_run_group_tests_name("path", tests, NULL, NULL);
}
