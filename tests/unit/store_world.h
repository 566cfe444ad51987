/** A small world for the tests of the store: a document, a store in memory, and short questions to it.
 * Include it after cmocka. */
#ifndef VB_TESTS_STORE_WORLD_H
#define VB_TESTS_STORE_WORLD_H

#include "graph/graph.h"
#include <sqlite3.h>
#include <stdlib.h>

static const char text_a[] =
    "De gemeente Leeuwarden doet mee aan Preventie met Gezag. Het ministerie werkt mee.";

#define UNUSED __attribute__((unused))
#define S(literal)                   \
    {                                \
        literal, sizeof(literal) - 1 \
    }
#define NODE(l, k, n, g)                                                   \
    {                                                                      \
        .label = VB_LABEL_##l, .key = S(k), .name = S(n), .gazetteer = (g) \
    }

static const vb_rec_node nodes_a[] = {
    NODE(MUNICIPALITY, "GM0080", "Leeuwarden", true),
    NODE(PROGRAMME, "preventie-met-gezag", "Preventie met Gezag", false),
    NODE(REGION, "NL-FR", "Friesland", true),
    NODE(MINISTRY, "jenv", "Ministerie van Justitie en Veiligheid", true),
};
static const vb_rec_mention mentions_a[] = {
    { .start = 12, .end = 22, .node = 0, .rule = S("gazetteer") },
    { .start = 36, .end = 55, .node = 1, .rule = S("names") },
};
static const vb_rec_edge edges_a[] = {
    { .type = VB_REL_PARTICIPATES_IN, .source = 0, .target = 1, .start = 0, .end = 56, .rule = S("mee") },
    { .type = VB_REL_PART_OF, .source = 0, .target = 2, .origin = VB_ORIGIN_GAZETTEER },
};
static const vb_rec_passage passages_a[] = { { 0, sizeof text_a - 1, S("gemeent leeuward") } };

UNUSED static vb_record record_a(void)
{
    return (vb_record){ .file = VB_STR("a.txt"),
                        .path = VB_STR("/x/a.txt"),
                        .text = vb_str_of(text_a),
                        .hash = 1,
                        .key = VB_STR("kst-1-1"),
                        .title = VB_STR("Brief A"),
                        .date = VB_STR("2024-05-01"),
                        .nodes = nodes_a,
                        .n_nodes = VB_COUNT(nodes_a),
                        .mentions = mentions_a,
                        .n_mentions = VB_COUNT(mentions_a),
                        .edges = edges_a,
                        .n_edges = VB_COUNT(edges_a),
                        .passages = passages_a,
                        .n_passages = VB_COUNT(passages_a) };
}

typedef struct world {
    vb_store *store;
    vb_arena *arena;
    vb_error err;
} world;

UNUSED static int make_world(void **state)
{
    world *w = calloc(1, sizeof *w);
    if (!w) return -1;
    w->arena = vb_arena_new();
    *state = w;
    return vb_store_open(":memory:", VB_OPEN_WRITE, &w->store, &w->err) == VB_OK ? 0 : -1;
}

UNUSED static int end_world(void **state)
{
    world *w = *state;
    vb_store_close(w->store);
    vb_arena_free(w->arena);
    free(w);
    return 0;
}

UNUSED static void put(world *w, const vb_record *r, vb_load_outcome want)
{
    vb_load_outcome got = VB_LOAD_SKIPPED;
    vb_status status = vb_store_put(w->store, r, &got, &w->err);
    if (status != VB_OK) print_message("%s\n", w->err.message);
    assert_int_equal(status, VB_OK);
    assert_int_equal(got, want);
}

UNUSED static int64_t count(world *w, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(w->store), sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

UNUSED static bool resolves(world *w, const char *name, const char *label, const char *key)
{
    vb_node node;
    if (vb_store_resolve_one(w->store, vb_str_of(name), w->arena, &node, &w->err) != VB_OK) return false;
    return vb_str_eq(node.label, vb_str_of(label)) && vb_str_eq(node.key, vb_str_of(key));
}

/** An edge's line in the text, a whole sentence of it. */
#define SAID(t, s, d)                                                                              \
    {                                                                                              \
        .type = VB_REL_##t, .source = (s), .target = (d), .start = 0, .end = 56, .rule = S("rule") \
    }

UNUSED static vb_status print_finding(void *context, const char *rule, const char *where)
{
    (void)context;
    print_message("# %s: %s\n", rule, where);
    return VB_OK;
}

/** How many rules of vb_store_check() the store breaks. */
UNUSED static size_t findings(world *w)
{
    size_t n = 99;
    vb_status status = vb_store_check(w->store, print_finding, NULL, &n, &w->err);
    if (status != VB_OK) print_message("# %s\n", w->err.message);
    return status == VB_OK ? n : 99;
}

#define ROW(function) cmocka_unit_test_setup_teardown(function, make_world, end_world)

#endif
