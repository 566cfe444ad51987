/** Unit tests of the store: what a document becomes in it, and what is left when it changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>

#include "graph/graph.h"
#include <sqlite3.h>

static const char text_a[] =
    "De gemeente Leeuwarden doet mee aan Preventie met Gezag. Het ministerie werkt mee.";

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

static vb_record record_a(void)
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

static int make_world(void **state)
{
    world *w = calloc(1, sizeof *w);
    if (!w) return -1;
    w->arena = vb_arena_new();
    *state = w;
    return vb_store_open(":memory:", VB_OPEN_WRITE, &w->store, &w->err) == VB_OK ? 0 : -1;
}

static int end_world(void **state)
{
    world *w = *state;
    vb_store_close(w->store);
    vb_arena_free(w->arena);
    free(w);
    return 0;
}

static void put(world *w, const vb_record *r, vb_load_outcome want)
{
    vb_load_outcome got = VB_LOAD_SKIPPED;
    vb_status status = vb_store_put(w->store, r, &got, &w->err);
    if (status != VB_OK) print_message("%s\n", w->err.message);
    assert_int_equal(status, VB_OK);
    assert_int_equal(got, want);
}

static int64_t count(world *w, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(w->store), sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static bool resolves(world *w, const char *name, const char *label, const char *key)
{
    vb_node node;
    if (vb_store_resolve_one(w->store, vb_str_of(name), w->arena, &node, &w->err) != VB_OK) return false;
    return vb_str_eq(node.label, vb_str_of(label)) && vb_str_eq(node.key, vb_str_of(key));
}

static void a_document_is_stored(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    put(w, &r, VB_LOAD_NEW);
    assert_int_equal(count(w, "SELECT count(*) FROM node"),
                     4); /* the ministry is in no mention and no edge */
    assert_int_equal(count(w, "SELECT count(*) FROM edge"), 4); /* two said, two MENTIONS */
    assert_true(resolves(w, "Leeuwarden", "Municipality", "GM0080"));
    assert_true(resolves(w, "GM0080", "Municipality", "GM0080"));
    assert_true(resolves(w, "leeuwarden", "Municipality", "GM0080"));
    assert_true(resolves(w, "a.txt", "Document", "kst-1-1"));
    assert_true(resolves(w, "Brief A", "Document", "kst-1-1"));
    int before = sqlite3_total_changes(vb_store_sqlite(w->store));
    put(w, &r, VB_LOAD_SAME);
    assert_int_equal(sqlite3_total_changes(vb_store_sqlite(w->store)), before);
}

static vb_status see_edge(void *context, const vb_edge *edge)
{
    world *w = context;
    if (vb_str_eq(edge->type, VB_STR("PARTICIPATES_IN"))) {
        assert_int_equal(edge->n_evidence, 1);
        assert_true(vb_str_eq(edge->evidence[0].text, vb_str_part(vb_str_of(text_a), 0, 56)));
        assert_true(vb_str_eq(edge->evidence[0].document, VB_STR("a.txt")));
        assert_true(vb_str_eq(edge->evidence[0].rule, VB_STR("mee")));
        assert_true(vb_str_eq(edge->first, VB_STR("2024-05-01")));
        assert_int_equal(edge->weight, 1);
    } else {
        assert_true(vb_str_eq(edge->type, VB_STR("PART_OF")));
        assert_int_equal(edge->origin, VB_ORIGIN_GAZETTEER);
        assert_int_equal(edge->n_evidence, 1);
        assert_int_equal(edge->evidence[0].start, -1);
        assert_int_equal(edge->evidence[0].document.len, 0);
    }
    w->err.at++;
    return VB_OK;
}

static vb_status see_mention(void *context, const vb_mention *m)
{
    world *w = context;
    assert_true(vb_str_eq(m->text, m->node.name));
    w->err.at++;
    return VB_OK;
}

static vb_status see_document(void *context, const vb_document *d)
{
    world *w = context;
    assert_true(vb_str_eq(d->title, VB_STR("Brief A")));
    assert_int_equal(d->n_mentions, 2);
    assert_int_equal(d->n_edges, 1);
    w->err.at++;
    return VB_OK;
}

static void it_is_visited(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    vb_str text;
    put(w, &r, VB_LOAD_NEW);
    const vb_str names[] = { { 0 }, VB_STR("a.txt"), VB_STR("kst-1-1"), VB_STR("/x/a.txt") };
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        w->err.at = 0;
        assert_int_equal(vb_store_edges(w->store, names[i], see_edge, w, NULL), VB_OK);
        assert_int_equal(vb_store_mentions(w->store, names[i], see_mention, w, NULL), VB_OK);
        assert_int_equal(w->err.at, 4);
    }
    assert_int_equal(vb_store_documents(w->store, see_document, w, NULL), VB_OK);
    assert_int_equal(w->err.at, 5);
    assert_int_equal(vb_store_text(w->store, VB_STR("a.txt"), w->arena, &text, &w->err), VB_OK);
    assert_true(vb_str_eq(text, vb_str_of(text_a)));
    assert_int_equal(vb_store_text(w->store, VB_STR("b.txt"), w->arena, &text, &w->err), VB_UNKNOWN_NAME);
}

static void a_change_replaces(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    put(w, &r, VB_LOAD_NEW);
    r.hash = 2;
    r.n_edges = 0;
    r.n_mentions = 1;
    put(w, &r, VB_LOAD_CHANGED);
    assert_int_equal(count(w, "SELECT count(*) FROM node"), 2);
    assert_int_equal(count(w, "SELECT count(*) FROM edge"), 1);
    assert_int_equal(count(w, "SELECT count(*) FROM evidence"), 0);
    assert_int_equal(count(w, "SELECT count(*) FROM alias"), 3); /* Leeuwarden, Brief A, a.txt */
    assert_false(resolves(w, "Preventie met Gezag", "Programme", "preventie-met-gezag"));
}

#define ROW(function) cmocka_unit_test_setup_teardown(function, make_world, end_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(a_document_is_stored),
        ROW(it_is_visited),
        ROW(a_change_replaces),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
