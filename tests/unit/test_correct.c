/**
 * Unit tests of corrections: what each does, that a reload keeps them, and that taking them back, in any
 * order, gives the tables row by row as if they had never been. After every step the store passes its own
 * check.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

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

static vb_record record_b(void)
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
static vb_record record_c(void)
{
    vb_record r = record_b();
    r.file = VB_STR("c.txt");
    r.key = VB_STR("c");
    r.title = VB_STR("Brief C");
    r.hash = 3;
    return r;
}

/** Every row of every table that documents fill, as text. */
static vb_buf dump(world *w)
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

static void assert_same(vb_buf *a, vb_buf *b)
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

static vb_correction_request request_of(const step *s)
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

static vb_status take_id(void *context, size_t i, int64_t id, vb_status status, const vb_error *err)
{
    (void)i, (void)status, (void)err;
    *(int64_t *)context = id;
    return VB_OK;
}

/** Make one correction and look at the store. @return its number, 0 when it was refused. */
static int64_t correct(world *w, const step *s)
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

static void undo(world *w, int64_t id)
{
    vb_status status = vb_undo(w->store, &id, 1, VB_STR("piet"), VB_STR(WHEN), VB_STR(""), &w->err);
    if (status != VB_OK) print_message("# undo: %s\n", w->err.message);
    assert_int_equal(status, VB_OK);
    assert_int_equal(findings(w), 0);
}

static int make_letters(void **state)
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
static int64_t edges(world *w, const char *from, const char *type, const char *to)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM edge e JOIN relation t ON t.id = e.type JOIN node n ON n.id = e.source"
             " JOIN node m ON m.id = e.target WHERE n.key = '%s' AND t.name = '%s' AND m.key = '%s'",
             from, type, to);
    return count(w, sql);
}

static int64_t nodes(world *w, const char *key)
{
    char sql[128];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM node WHERE key = '%s'", key);
    return count(w, sql);
}

/* ---- what each does ------------------------------------------------------------------------------------ */

static void an_asserted_edge(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    int64_t id = correct(w, &(step){ .kind = VB_ASSERT,
                                     .a = "SJ",
                                     .relation = "SUPPORTS",
                                     .b = "Leeuwarden",
                                     .text = "Zij zeggen het." });
    assert_int_equal(edges(w, "sj", "SUPPORTS", "GM0080"), 1);
    assert_int_equal(
        count(w, "SELECT e.origin FROM edge e JOIN node n ON n.id = e.source JOIN node m ON m.id = e.target"
                 " WHERE n.key = 'sj' AND m.key = 'GM0080' AND type = (SELECT id FROM relation WHERE name = "
                 "'SUPPORTS')"),
        VB_ORIGIN_PERSON);
    undo(w, id);
    vb_buf after = dump(w);
    assert_same(&before, &after);
}

static void an_edge_that_stands_already(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_ASSERT,
                        .a = "Leeuwarden",
                        .relation = "PARTICIPATES_IN",
                        .b = "Preventie met Gezag" });
    assert_int_equal(edges(w, "GM0080", "PARTICIPATES_IN", "preventie-met-gezag"), 1);
    /* its letter comes again without it: the person's word keeps it */
    vb_record a = record_a();
    a.hash = 9;
    a.n_edges = 0;
    put(w, &a, VB_LOAD_CHANGED);
    assert_int_equal(edges(w, "GM0080", "PARTICIPATES_IN", "preventie-met-gezag"), 1);
    assert_int_equal(count(w, "SELECT count(*) FROM edge WHERE origin = 2"), 1);
    assert_int_equal(findings(w), 0);
}

static void a_quoted_sentence_has_a_place(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_ASSERT,
                        .a = "Jansen",
                        .relation = "MEMBER_OF",
                        .b = "Stichting Jeugdzorg",
                        .document = "b.txt",
                        .text = "Jansen is van de SJ." });
    assert_int_equal(count(w, "SELECT start FROM evidence WHERE origin = 2"), 82);
    correct(w, &(step){ .kind = VB_ASSERT,
                        .a = "Jansen",
                        .relation = "MEMBER_OF",
                        .b = "Stichting Jeugdzorg",
                        .document = "b.txt",
                        .text = "Dat staat er niet.",
                        .want = VB_NOT_FOUND });
}

static void a_new_node(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    correct(w, &(step){ .kind = VB_ASSERT,
                        .a = "Organisation:Bond X",
                        .relation = "SUPPORTS",
                        .b = "SJ",
                        .want = VB_UNKNOWN_NAME });
    int64_t id = correct(
        w,
        &(step){
            .kind = VB_ASSERT, .a = "Organisation:Bond X", .relation = "SUPPORTS", .b = "SJ", .make = true });
    assert_true(resolves(w, "Bond X", "Organisation", "bond-x"));
    int64_t second =
        correct(w, &(step){ .kind = VB_ASSERT, .a = "Bond X", .relation = "ACTIVE_IN", .b = "Leeuwarden" });
    undo(w, id); /* the second still needs the node */
    assert_int_equal(edges(w, "bond-x", "ACTIVE_IN", "GM0080"), 1);
    undo(w, second);
    vb_buf after = dump(w);
    assert_same(&before, &after);
}

static void a_rejected_edge_stays_rejected(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_REJECT, .a = "Jansen", .relation = "LEADS", .b = "Preventie met Gezag" });
    vb_record b = record_b();
    b.hash = 22;
    put(w, &b, VB_LOAD_CHANGED);
    assert_int_equal(findings(w), 0);
    assert_int_equal(edges(w, "jansen", "LEADS", "preventie-met-gezag"), 0);
    correct(w, &(step){ .kind = VB_REJECT,
                        .a = "Jansen",
                        .relation = "LEADS",
                        .b = "Preventie met Gezag",
                        .want = VB_NOT_FOUND });
    correct(w, &(step){ .kind = VB_REJECT,
                        .a = "SJ",
                        .relation = "SUPPORTS",
                        .b = "Preventie met Gezag",
                        .document = "c.txt" });
    assert_int_equal(
        count(w, "SELECT count(*) FROM evidence v JOIN edge e ON e.id = v.edge JOIN node n ON n.id = e.source"
                 " WHERE n.key = 'sj' AND type = (SELECT id FROM relation WHERE name = 'SUPPORTS')"),
        1);
    correct(w, &(step){ .kind = VB_REJECT,
                        .a = "Leeuwarden",
                        .relation = "COOPERATES_WITH",
                        .b = "SJ" }); /* from either end */
    assert_int_equal(edges(w, "GM0080", "COOPERATES_WITH", "sj"), 0);
    assert_int_equal(edges(w, "sj", "COOPERATES_WITH", "GM0080"), 0);
    assert_int_equal(edges(w, "sj", "COOPERATES_WITH", "stichting-jeugdzorg"), 1);
}

static void a_rejected_name(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    int64_t id = correct(w, &(step){ .kind = VB_REJECT, .a = "SJ" });
    assert_int_equal(nodes(w, "sj"), 0);
    correct(w, &(step){ .kind = VB_REJECT, .a = "Leeuwarden" });
    assert_int_equal(nodes(w, "NL-FR"), 0); /* nothing else lies there */
    correct(w, &(step){ .kind = VB_REJECT, .a = "a.txt", .want = VB_NOT_FOUND });
    undo(w, id);
    undo(w, id + 1);
    vb_buf after = dump(w);
    assert_same(&before, &after);
}

static void a_rejected_mention(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_REJECT, .a = "b.txt", .relation = "MENTIONS", .b = "Jansen" });
    assert_int_equal(edges(w, "b", "MENTIONS", "jansen"), 0);
    assert_int_equal(edges(w, "c", "MENTIONS", "jansen"), 1);
    assert_int_equal(
        count(w, "SELECT weight FROM edge e JOIN node n ON n.id = e.source WHERE n.key = 'jansen'"), 1);
}

static void a_merge(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    int64_t id = correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" });
    assert_int_equal(nodes(w, "sj"), 0);
    assert_true(resolves(w, "SJ", "Organisation", "stichting-jeugdzorg"));
    /* two sentences in each of two letters say it now, and it works with nobody but Leeuwarden */
    assert_int_equal(
        count(w, "SELECT weight FROM edge e JOIN node n ON n.id = e.source JOIN relation t ON t.id = e.type"
                 " WHERE n.key = 'stichting-jeugdzorg' AND t.name = 'SUPPORTS'"),
        4);
    assert_int_equal(edges(w, "stichting-jeugdzorg", "COOPERATES_WITH", "stichting-jeugdzorg"), 0);
    assert_int_equal(edges(w, "GM0080", "COOPERATES_WITH", "stichting-jeugdzorg"), 1);
    vb_record b = record_b();
    b.hash = 23;
    put(w, &b, VB_LOAD_CHANGED);
    assert_int_equal(findings(w), 0);
    assert_int_equal(nodes(w, "sj"), 0);
    assert_true(resolves(w, "SJ", "Organisation", "stichting-jeugdzorg"));
    b.hash = 2;
    put(w, &b, VB_LOAD_CHANGED);
    undo(w, id);
    assert_int_equal(nodes(w, "sj"), 1);
    vb_buf_clear(&before); /* loading twice gave new numbers: compare with a store that was never corrected */
    world *other = NULL;
    assert_int_equal(make_letters((void **)&other), 0);
    b.hash = 23;
    put(other, &b, VB_LOAD_CHANGED);
    b.hash = 2;
    put(other, &b, VB_LOAD_CHANGED);
    vb_buf want = dump(other), got = dump(w);
    assert_same(&want, &got);
    end_world((void **)&other);
}

static void a_merge_into_another_label(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Programme:SJ", .make = true });
    assert_true(resolves(w, "SJ", "Programme", "sj"));
    assert_int_equal(edges(w, "jansen", "MEMBER_OF", "sj"), 0); /* nobody is a member of a programme */
    correct(w, &(step){ .kind = VB_MERGE, .a = "a.txt", .b = "b.txt", .want = VB_NOT_FOUND });
    correct(w, &(step){ .kind = VB_MERGE, .a = "Jansen", .b = "Jansen", .want = VB_BAD_ARGUMENT });
}

static void a_split_by_document(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    int64_t id =
        correct(w, &(step){ .kind = VB_SPLIT, .a = "Jansen", .b = "Jansen (C)", .document = "c.txt" });
    assert_true(resolves(w, "Jansen (C)", "Person", "jansen-c"));
    assert_int_equal(edges(w, "jansen-c", "LEADS", "preventie-met-gezag"), 1);
    assert_int_equal(edges(w, "jansen", "LEADS", "preventie-met-gezag"), 1);
    assert_int_equal(edges(w, "c", "MENTIONS", "jansen"), 0);
    assert_int_equal(edges(w, "c", "MENTIONS", "jansen-c"), 1);
    correct(w, &(step){ .kind = VB_MERGE,
                        .a = "Jansen (C)",
                        .b = "Person:jansen",
                        .want = VB_BAD_ARGUMENT }); /* never merge */
    correct(w,
            &(step){ .kind = VB_SPLIT, .a = "SJ", .b = "SJ (2)", .document = "a.txt", .want = VB_NOT_FOUND });
    undo(w, id);
    vb_buf after = dump(w);
    assert_same(&before, &after);
}

static void a_split_by_name(void **state)
{
    world *w = *state;
    int64_t merged = correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" });
    correct(w, &(step){ .kind = VB_SPLIT, .a = "Stichting Jeugdzorg", .b = "Sociaal Jong", .text = "sj" });
    assert_true(resolves(w, "SJ", "Organisation", "sociaal-jong"));
    assert_int_equal(edges(w, "jansen", "MEMBER_OF", "sociaal-jong"), 1);
    assert_int_equal(edges(w, "stichting-jeugdzorg", "SUPPORTS", "preventie-met-gezag"), 1);
    assert_int_equal(edges(w, "sociaal-jong", "SUPPORTS", "preventie-met-gezag"), 1);
    undo(w, merged); /* nothing is left to split off: it waits */
    assert_int_equal(count(w, "SELECT count(*) FROM correction WHERE idle IS NOT NULL AND undone IS NULL"),
                     1);
    assert_int_equal(nodes(w, "sociaal-jong"), 0);
}

static void two_that_are_two(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_SPLIT, .a = "SJ", .b = "Jansen" });
    correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Person:jansen", .want = VB_BAD_ARGUMENT });
    correct(w, &(step){ .kind = VB_SPLIT, .a = "SJ", .b = "Onbekend", .want = VB_UNKNOWN_NAME });
    /* not by a detour either */
    correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" });
    correct(w,
            &(step){ .kind = VB_MERGE, .a = "Stichting Jeugdzorg", .b = "Jansen", .want = VB_BAD_ARGUMENT });
}

static void a_new_name(void **state)
{
    world *w = *state;
    vb_buf before = dump(w);
    int64_t id = correct(w, &(step){ .kind = VB_RENAME, .a = "SJ", .b = "Samen Jong" });
    assert_true(resolves(w, "Samen Jong", "Organisation", "sj") && resolves(w, "SJ", "Organisation", "sj"));
    vb_record b = record_b();
    b.hash = 29;
    put(w, &b, VB_LOAD_CHANGED);
    assert_int_equal(count(w, "SELECT name = 'Samen Jong' FROM node WHERE key = 'sj'"), 1);
    correct(w, &(step){ .kind = VB_RENAME, .a = "SJ", .b = " ", .want = VB_BAD_ARGUMENT });
    vb_buf_clear(&before);
    undo(w, id);
    assert_int_equal(count(w, "SELECT name = 'SJ' FROM node WHERE key = 'sj'"), 1);
}

/* ---- the rules ---------------------------------------------------------------------------------------- */

static void domain_and_range(void **state)
{
    const step rows[] = {
        { .kind = VB_ASSERT,
          .a = "Jansen",
          .relation = "PARTICIPATES_IN",
          .b = "Leeuwarden",
          .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT,
          .a = "Preventie met Gezag",
          .relation = "SUPPORTS",
          .b = "SJ",
          .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "SJ", .relation = "KNOWS", .b = "Jansen", .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "a.txt", .relation = "MENTIONS", .b = "Jansen", .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "SJ", .relation = "SUPPORTS", .b = "SJ", .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "SJ", .b = "Jansen", .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "Nergens", .relation = "SUPPORTS", .b = "SJ", .want = VB_UNKNOWN_NAME },
        { .kind = VB_ASSERT,
          .a = "Nergens",
          .relation = "SUPPORTS",
          .b = "SJ",
          .make = true,
          .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT,
          .a = "Organisation:!!",
          .relation = "SUPPORTS",
          .b = "SJ",
          .make = true,
          .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT,
          .a = "SJ",
          .relation = "SUPPORTS",
          .b = "Jansen",
          .document = "nergens.txt",
          .want = VB_UNKNOWN_NAME },
        { .kind = VB_ASSERT, .a = "\xff", .want = VB_BAD_ARGUMENT },
        { .kind = VB_ASSERT, .a = "", .want = VB_BAD_ARGUMENT },
    };
    world *w = *state;
    vb_buf before = dump(w);
    for (size_t i = 0; i < VB_COUNT(rows); i++) correct(w, &rows[i]);
    vb_buf after = dump(w);
    assert_same(&before, &after);
    assert_int_equal(count(w, "SELECT count(*) FROM correction"), 0);
    vb_correction_request r = request_of(&(step){ .kind = VB_REJECT, .a = "SJ" });
    r.who = VB_STR(" ");
    assert_int_equal(vb_correct(w->store, &r, 1, NULL, NULL, NULL), VB_BAD_ARGUMENT);
    r.who = VB_STR("jan");
    r.when = VB_STR("gisteren");
    assert_int_equal(vb_correct(w->store, &r, 1, NULL, NULL, NULL), VB_BAD_ARGUMENT);
}

static vb_status count_faults(void *context, size_t i, int64_t id, vb_status status, const vb_error *err)
{
    size_t *faults = context;
    (void)i, (void)id;
    *faults += status != VB_OK && err && err->message[0];
    return VB_OK;
}

static void all_or_none(void **state)
{
    world *w = *state;
    size_t faults = 0;
    vb_buf before = dump(w);
    const vb_correction_request list[] = {
        request_of(&(step){ .kind = VB_REJECT, .a = "SJ" }),
        request_of(&(step){ .kind = VB_REJECT, .a = "SJ" }), /* gone by the first */
        request_of(&(step){ .kind = VB_RENAME, .a = "Jansen", .b = "Jan Jansen" }),
        request_of(&(step){ .kind = VB_RENAME, .a = "Niemand", .b = "Iemand" }),
    };
    assert_int_equal(vb_correct(w->store, list, VB_COUNT(list), count_faults, &faults, &w->err),
                     VB_UNKNOWN_NAME);
    assert_int_equal(faults, 2);
    vb_buf after = dump(w);
    assert_same(&before, &after);
    assert_int_equal(findings(w), 0);
}

/* ---- any order ---------------------------------------------------------------------------------------- */

static const step pool[] = {
    { .kind = VB_ASSERT, .a = "SJ", .relation = "SUPPORTS", .b = "Leeuwarden" },
    { .kind = VB_ASSERT, .a = "Organisation:Bond X", .relation = "SUPPORTS", .b = "Jansen", .make = true },
    { .kind = VB_ASSERT,
      .a = "Jansen",
      .relation = "MEMBER_OF",
      .b = "SJ",
      .document = "b.txt",
      .text = "Jansen is van de SJ." },
    { .kind = VB_ASSERT, .a = "Jansen" },
    { .kind = VB_REJECT, .a = "Jansen", .relation = "LEADS", .b = "Preventie met Gezag" },
    { .kind = VB_REJECT, .a = "Leeuwarden" },
    { .kind = VB_REJECT, .a = "b.txt", .relation = "MENTIONS", .b = "SJ" },
    { .kind = VB_REJECT, .a = "SJ", .relation = "SUPPORTS", .b = "Preventie met Gezag", .document = "c.txt" },
    { .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" },
    { .kind = VB_MERGE, .a = "Stichting Jeugdzorg", .b = "SJ" },
    { .kind = VB_MERGE, .a = "Jansen", .b = "Organisation:Jansen BV", .make = true },
    { .kind = VB_MERGE, .a = "Friesland", .b = "Leeuwarden" },
    { .kind = VB_SPLIT, .a = "Jansen", .b = "Jansen (C)", .document = "c.txt" },
    { .kind = VB_SPLIT, .a = "Preventie met Gezag", .b = "Gezag", .text = "Preventie met Gezag" },
    { .kind = VB_RENAME, .a = "SJ", .b = "Samen Jong" },
    { .kind = VB_RENAME, .a = "Leeuwarden", .b = "Ljouwert" },
    { .kind = VB_RENAME, .a = "b.txt", .b = "De brief" },
};

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

/** Load one of the letters in one of its versions, in both stores. */
static void load_some(world *w, world *plain, unsigned *seed)
{
    vb_record records[] = { record_a(), record_b(), record_c() };
    vb_record r = records[next_random(seed) % 3];
    r.hash = 100 + next_random(seed);
    r.n_edges = next_random(seed) % (r.n_edges + 1);
    r.n_mentions = next_random(seed) % (r.n_mentions + 1);
    vb_status one = vb_store_put(w->store, &r, NULL, &w->err),
              other = vb_store_put(plain->store, &r, NULL, NULL);
    if (one != VB_OK) print_message("# %s\n", w->err.message);
    assert_int_equal(one, VB_OK);
    assert_int_equal(other, VB_OK);
    assert_int_equal(findings(w), 0);
}

/** Corrections and loads by chance; then all is taken back by chance: as if nothing had been corrected. */
static void any_order(void **state)
{
    (void)state;
    size_t n_made = 0;
    for (unsigned round = 1; round <= 12; round++) {
        unsigned seed = round;
        world *w = NULL, *plain = NULL;
        int64_t ids[24];
        size_t n = 0;
        assert_int_equal(make_letters((void **)&w), 0);
        assert_int_equal(make_letters((void **)&plain), 0);
        for (int k = 0; k < 16; k++) {
            vb_correction_request r = request_of(&pool[next_random(&seed) % VB_COUNT(pool)]);
            int64_t id = 0;
            if (next_random(&seed) % 4 == 0) load_some(w, plain, &seed);
            if (vb_correct(w->store, &r, 1, take_id, &id, NULL) == VB_OK) ids[n++] = id;
            assert_int_equal(findings(w), 0);
        }
        n_made += n;
        while (n) {
            size_t at = next_random(&seed) % n;
            undo(w, ids[at]);
            ids[at] = ids[--n];
            if (next_random(&seed) % 4 == 0) load_some(w, plain, &seed);
        }
        vb_buf want = dump(plain), got = dump(w);
        assert_same(&want, &got);
        end_world((void **)&w);
        end_world((void **)&plain);
    }
    assert_true(n_made > 60);
}

static void a_number_given_out_anew(void **state)
{
    world *w = *state;
    vb_record a = record_a();
    a.hash = 5;
    put(w, &a, VB_LOAD_CHANGED);
    vb_buf before = dump(w);
    int64_t gone = correct(w, &(step){ .kind = VB_REJECT, .a = "Jansen" }); /* the last name's row is free */
    int64_t made = correct(w, &(step){ .kind = VB_ASSERT, .a = "Organisation:Bond X", .make = true });
    undo(w, gone);
    undo(w, made);
    vb_buf after = dump(w);
    assert_same(&before, &after);
}

/** A batch of loads is corrected at its end, and not at all when it is given up. */
static void batches(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" });
    vb_buf before = dump(w);
    vb_record b = record_b(), c = record_c();
    b.hash = c.hash = 77;
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    put(w, &b, VB_LOAD_CHANGED);
    put(w, &c, VB_LOAD_CHANGED);
    vb_store_rollback(w->store);
    vb_buf after = dump(w);
    assert_same(&before, &after);
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    put(w, &b, VB_LOAD_CHANGED);
    put(w, &c, VB_LOAD_CHANGED);
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_OK);
    assert_int_equal(findings(w), 0);
    assert_int_equal(nodes(w, "sj"), 0);
}

static void run_query(world *w, const char *text, vb_status want)
{
    vb_query *query = NULL;
    vb_query_error err = { 0 };
    const vb_value *row = NULL;
    vb_query_options options = { .write = true };
    assert_int_equal(vb_query_open(w->store, vb_str_of(text), &options, &query, &err), VB_OK);
    vb_status status = vb_query_next(query, &row, &err);
    if (status != want) print_message("# %s: %s\n", text, err.message);
    assert_int_equal(status, want);
    vb_query_close(query);
}

/** A query writes beside corrections; it cannot take their place, nor build on what only they made. */
static void queries_write_too(void **state)
{
    world *w = *state;
    int64_t merged =
        correct(w, &(step){ .kind = VB_MERGE, .a = "c.txt", .b = "Document:De derde", .make = true });
    int64_t made = correct(w, &(step){ .kind = VB_ASSERT, .a = "Organisation:Bond X", .make = true });
    run_query(w, "CREATE (:Organisation {key: 'nieuw', name: 'Nieuw'})", VB_OK);
    run_query(w, "MATCH (a {key: 'nieuw'}), (b {key: 'sj'}) CREATE (a)-[:SUPPORTS]->(b)", VB_OK);
    assert_int_equal(findings(w), 0);
    run_query(w, "MATCH (a {key: 'nieuw'}), (b {key: 'bond-x'}) CREATE (a)-[:SUPPORTS]->(b)", VB_STORE);
    run_query(w, "CREATE (:Document {key: 'c', name: 'x'})", VB_STORE);
    assert_int_equal(findings(w), 0);
    undo(w, merged);
    undo(w, made);
    assert_true(resolves(w, "Nieuw", "Organisation", "nieuw"));
    assert_int_equal(edges(w, "nieuw", "SUPPORTS", "sj"), 1);
}

static vb_status note_last(void *context, const vb_correction *c)
{
    assert_true(c->id > 0 && c->who.len && c->when.len);
    *(bool *)context = c->undone;
    return VB_OK;
}

static void taking_back(void **state)
{
    world *w = *state;
    bool undone = false;
    const int64_t none = 7;
    int64_t id = correct(w, &(step){ .kind = VB_RENAME, .a = "SJ", .b = "Samen Jong" });
    assert_int_equal(vb_undo(w->store, &none, 1, VB_STR("piet"), VB_STR(WHEN), VB_STR(""), NULL),
                     VB_NOT_FOUND);
    undo(w, id);
    assert_int_equal(vb_undo(w->store, &id, 1, VB_STR("piet"), VB_STR(WHEN), VB_STR(""), NULL),
                     VB_BAD_ARGUMENT);
    assert_int_equal(vb_corrections(w->store, note_last, &undone, NULL), VB_OK);
    assert_true(undone);
}

static void damage_is_found(void **state)
{
    world *w = *state;
    correct(w, &(step){ .kind = VB_MERGE, .a = "SJ", .b = "Stichting Jeugdzorg" });
    sqlite3_exec(vb_store_sqlite(w->store), "UPDATE correction_effect SET changes = substr(changes, 2)", NULL,
                 NULL, NULL);
    assert_true(findings(w) > 0);
    vb_record b = record_b();
    b.hash = 99;
    assert_int_equal(vb_store_put(w->store, &b, NULL, &w->err), VB_STORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LETTERS(an_asserted_edge),
        LETTERS(an_edge_that_stands_already),
        LETTERS(a_quoted_sentence_has_a_place),
        LETTERS(a_new_node),
        LETTERS(a_rejected_edge_stays_rejected),
        LETTERS(a_rejected_name),
        LETTERS(a_rejected_mention),
        LETTERS(a_merge),
        LETTERS(a_merge_into_another_label),
        LETTERS(a_split_by_document),
        LETTERS(a_split_by_name),
        LETTERS(two_that_are_two),
        LETTERS(a_new_name),
        LETTERS(domain_and_range),
        LETTERS(all_or_none),
        cmocka_unit_test(any_order),
        LETTERS(a_number_given_out_anew),
        LETTERS(batches),
        LETTERS(queries_write_too),
        LETTERS(taking_back),
        LETTERS(damage_is_found),
    };
    return cmocka_run_group_tests_name("correct", tests, NULL, NULL);
}
