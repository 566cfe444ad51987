/** Two letters to correct, and short ways to do so. Include it after cmocka. */
#ifndef VB_TESTS_CORRECT_WORLD_H
#define VB_TESTS_CORRECT_WORLD_H

#include "tests/unit/store_world.h"

#define WHEN "2026-01-02T03:04:05Z"

static const char text_b[] =
    "Stichting Jeugdzorg steunt Preventie met Gezag. De SJ werkt samen met Leeuwarden. "
    "Jansen is van de SJ. Jansen leidt Preventie met Gezag.";

static const vb_rec_node nodes_b[] = {
    NODE(ORGANISATION, "stichting-jeugdzorg", "Stichting Jeugdzorg", false),
    NODE(ORGANISATION, "sj", "SJ", false),
    NODE(PROGRAMME, "preventie-met-gezag", "Preventie met Gezag", false),
    NODE(MUNICIPALITY, "GM0080", "Leeuwarden", true),
    NODE(PERSON, "jansen", "Jansen", false),
};
static const vb_rec_mention mentions_b[] = {
    { .start = 0, .end = 19, .node = 0 },    { .start = 27, .end = 46, .node = 2 },
    { .start = 51, .end = 53, .node = 1 },   { .start = 70, .end = 80, .node = 3 },
    { .start = 82, .end = 88, .node = 4 },   { .start = 99, .end = 101, .node = 1 },
    { .start = 103, .end = 109, .node = 4 }, { .start = 116, .end = 135, .node = 2 },
};
#define EDGE(t, s, d, from, to)                                                                        \
    {                                                                                                  \
        .type = VB_REL_##t, .source = (s), .target = (d), .start = (from), .end = (to), .rule = S("r") \
    }
static const vb_rec_edge edges_b[] = {
    EDGE(SUPPORTS, 0, 2, 0, 47),    EDGE(COOPERATES_WITH, 1, 3, 48, 81), EDGE(SUPPORTS, 1, 2, 48, 81),
    EDGE(MEMBER_OF, 4, 1, 82, 102), EDGE(LEADS, 4, 2, 103, 136),         EDGE(COOPERATES_WITH, 0, 1, 48, 81),
};

UNUSED static vb_record record_b(void)
{
    return (vb_record){ .file = VB_STR("b.txt"),
                        .path = VB_STR("/x/b.txt"),
                        .text = vb_str_of(text_b),
                        .hash = 2,
                        .key = VB_STR("b"),
                        .title = VB_STR("Brief B"),
                        .date = VB_STR("2024-06-01"),
                        .nodes = nodes_b,
                        .n_nodes = VB_COUNT(nodes_b),
                        .mentions = mentions_b,
                        .n_mentions = VB_COUNT(mentions_b),
                        .edges = edges_b,
                        .n_edges = VB_COUNT(edges_b) };
}

/** Letter B once more, as another file. */
UNUSED static vb_record record_c(void)
{
    vb_record r = record_b();
    r.file = VB_STR("c.txt");
    r.key = VB_STR("c");
    r.title = VB_STR("Brief C");
    r.hash = 3;
    return r;
}

/** Every row of every table that documents fill, as text. */
UNUSED static vb_buf dump(world *w)
{
    static const char *const tables[] = { "label_set",      "relation", "node",     "alias",
                                          "alias_document", "edge",     "document", "mention",
                                          "document_text",  "passage",  "rule",     "evidence" };
    vb_buf out = { 0 };
    char sql[64];
    for (size_t i = 0; i < VB_COUNT(tables); i++) {
        sqlite3_stmt *stmt = NULL;
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(w->store), sql, -1, &stmt, NULL), SQLITE_OK);
        vb_buf_printf(&out, "%s\n", tables[i]);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            for (int k = 0; k < sqlite3_column_count(stmt); k++)
                vb_buf_printf(&out, "|%s",
                              sqlite3_column_text(stmt, k) ? (const char *)sqlite3_column_text(stmt, k)
                                                           : "-");
            vb_buf_printf(&out, "\n");
        }
        sqlite3_finalize(stmt);
    }
    return out;
}

UNUSED static void assert_same(vb_buf *a, vb_buf *b)
{
    assert_string_equal(a->at, b->at);
    vb_buf_clear(a);
    vb_buf_clear(b);
}

/** A correction in a row of a test. */
typedef struct step {
    vb_correction_kind kind;
    const char *a, *relation, *b, *document, *text;
    bool make;
    vb_status want;
} step;

UNUSED static vb_correction_request request_of(const step *s)
{
    return (vb_correction_request){ .kind = s->kind,
                                    .a = vb_str_of(s->a),
                                    .relation = vb_str_of(s->relation),
                                    .b = vb_str_of(s->b),
                                    .document = vb_str_of(s->document),
                                    .text = vb_str_of(s->text),
                                    .who = VB_STR("jan"),
                                    .when = VB_STR(WHEN),
                                    .why = VB_STR("because"),
                                    .make = s->make };
}

UNUSED static vb_status take_id(void *context, size_t i, int64_t id, vb_status status, const vb_error *err)
{
    (void)i, (void)status, (void)err;
    *(int64_t *)context = id;
    return VB_OK;
}

/** Make one correction and look at the store. @return its number, 0 when it was refused. */
UNUSED static int64_t correct(world *w, const step *s)
{
    int64_t id = 0;
    vb_correction_request r = request_of(s);
    w->err = (vb_error){ 0 };
    vb_status status = vb_correct(w->store, &r, 1, take_id, &id, &w->err);
    if (status != s->want)
        print_message("# %s %s %s: %d %s\n", vb_correction_name(s->kind), s->a, s->b, status, w->err.message);
    assert_int_equal(status, s->want);
    assert_int_equal(status == VB_OK, id != 0);
    assert_int_equal(findings(w), 0);
    return id;
}

UNUSED static void undo(world *w, int64_t id)
{
    vb_status status = vb_undo(w->store, &id, 1, VB_STR("piet"), VB_STR(WHEN), VB_STR(""), &w->err);
    if (status != VB_OK) print_message("# undo: %s\n", w->err.message);
    assert_int_equal(status, VB_OK);
    assert_int_equal(findings(w), 0);
}

UNUSED static int make_letters(void **state)
{
    if (make_world(state) != 0) return -1;
    vb_record a = record_a(), b = record_b(), c = record_c();
    put(*state, &a, VB_LOAD_NEW);
    put(*state, &b, VB_LOAD_NEW);
    put(*state, &c, VB_LOAD_NEW);
    assert_int_equal(findings(*state), 0);
    return 0;
}

#define LETTERS(function) cmocka_unit_test_setup_teardown(function, make_letters, end_world)

/** How many edges of this type run from a node of one key to one of another. */
UNUSED static int64_t edges(world *w, const char *from, const char *type, const char *to)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM edge e JOIN relation t ON t.id = e.type JOIN node n ON n.id = e.source"
             " JOIN node m ON m.id = e.target WHERE n.key = '%s' AND t.name = '%s' AND m.key = '%s'",
             from, type, to);
    return count(w, sql);
}

UNUSED static int64_t nodes(world *w, const char *key)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM node WHERE key = '%s'", key);
    return count(w, sql);
}

#endif
