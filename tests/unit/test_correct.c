/**
 * Unit tests of corrections: what each does, and that a reload keeps it. After every step the store passes
 * its own check. test_correct_order.c has them in any order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/correct_world.h"

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
        request_of(&(step){ .kind = VB_REJECT, .a = "SJ" }), /* gone by the first: that is no fault */
        request_of(&(step){ .kind = VB_RENAME, .a = "Jansen", .b = "Jan Jansen" }),
        request_of(&(step){ .kind = VB_RENAME, .a = "Niemand", .b = "Iemand" }),
    };
    assert_int_equal(vb_correct(w->store, list, VB_COUNT(list), count_faults, &faults, &w->err),
                     VB_UNKNOWN_NAME);
    assert_int_equal(faults, 1);
    vb_buf after = dump(w);
    assert_same(&before, &after);
    assert_int_equal(count(w, "PRAGMA foreign_keys"), 1); /* held again */
    assert_int_equal(findings(w), 0);
}

/** In one go a name goes on to mean what it meant before the first, also where others of that name are left.
 */
static void a_name_keeps_its_meaning(void **state)
{
    world *w = *state;
    static const char *const others[] = { "Organisation:sj-a", "Organisation:sj-b" };
    for (size_t i = 0; i < VB_COUNT(others); i++) {
        vb_correction_request r = request_of(&(step){ .kind = VB_ASSERT, .a = others[i], .make = true });
        r.a_name = VB_STR("Sj");
        assert_int_equal(vb_correct(w->store, &r, 1, NULL, NULL, &w->err), VB_OK);
    }
    const vb_correction_request list[] = {
        request_of(&(step){ .kind = VB_SPLIT, .a = "Organisation:sj-a", .b = "Jansen" }),
        request_of(
            &(step){ .kind = VB_MERGE, .a = "Organisation:sj", .b = "Organisation:stichting-jeugdzorg" }),
        request_of(&(step){ .kind = VB_RENAME, .a = "Organisation:sj", .b = "Samen Jong" }),
        request_of(&(step){ .kind = VB_MERGE, .a = "Organisation:sj", .b = "Organisation:sj-a" }),
    };
    assert_int_equal(vb_correct(w->store, list, VB_COUNT(list), NULL, NULL, &w->err), VB_OK);
    assert_int_equal(nodes(w, "sj"), 0);
    assert_int_equal(nodes(w, "stichting-jeugdzorg"), 0); /* through two merges */
    assert_true(resolves(w, "Samen Jong", "Organisation", "sj-a"));
    const vb_correction_request never[] = {
        request_of(&(step){ .kind = VB_MERGE, .a = "Organisation:sj-b", .b = "Organisation:sj-a" }),
        request_of(&(step){ .kind = VB_MERGE, .a = "Organisation:sj-b", .b = "Jansen" }), /* the split */
    };
    assert_int_equal(vb_correct(w->store, never, VB_COUNT(never), NULL, NULL, &w->err), VB_BAD_ARGUMENT);
    assert_non_null(strstr(w->err.message, "are two"));
    assert_int_equal(nodes(w, "sj-b"), 1);
    assert_int_equal(findings(w), 0);
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
        LETTERS(a_name_keeps_its_meaning),
        LETTERS(all_or_none),
    };
    return cmocka_run_group_tests_name("correct", tests, NULL, NULL);
}
