/**
 * Unit tests of persons of one name: in one letter, and in letters that a store meets in one order and in the
 * other. Letters are our own; a row gives each person as "letter:key", in the order of the letters.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/store.h"

#include <stdlib.h>

enum { LETTERS_MAX = 4 };

static const struct sample {
    const char *name;
    const char *letters[LETTERS_MAX];
    const char *forward, *backward;
} samples[] = {
    { "one party",
      { "Dat zei het lid Jansen (SP).\n", "Vragen van het lid Jansen (SP) over Breda.\n" },
      "a:jansen b:jansen",
      "a:jansen b:jansen" },
    { "two parties: the second has a key of its own",
      { "Dat zei het lid Jansen (SP).\n", "Dat zei het lid Jansen (VVD).\n",
        "Het lid Jansen (SP) vroeg dit.\n" },
      "a:jansen b:jansen-vvd c:jansen",
      "a:jansen b:jansen-vvd c:jansen" },
    { "who comes first has the plain key",
      { "Dat zei het lid Jansen (SP).\n", "Dat zei het lid Jansen (VVD).\n" },
      "a:jansen b:jansen-vvd",
      "a:jansen-sp b:jansen" },
    { "nothing but the surname goes with the plain key",
      { "Dat zei het lid Jansen (SP).\n", "Dat zei het lid Jansen (VVD).\n", "Dat zei het lid Jansen.\n" },
      "a:jansen b:jansen-vvd c:jansen",
      "a:jansen-sp b:jansen c:jansen" },
    { "parties that went on as one",
      { "Dat zei het lid Jansen (PvdA).\n", "Dat zei het lid Jansen (GroenLinks-PvdA).\n" },
      "a:jansen b:jansen",
      "a:jansen b:jansen" },
    { "somebody who changed party",
      { "Dat zei het lid Omtzigt (CDA).\n", "Dat zei het lid Omtzigt (NSC).\n" },
      "a:omtzigt b:omtzigt",
      "a:omtzigt b:omtzigt" },
    { "ministers of one surname, years apart",
      { "Datum 12 mei 2023\n\nDat zei minister Wiersma.\n",
        "Datum 12 mei 2025\n\nDat zei minister Wiersma.\n" },
      "a:wiersma b:wiersma-bbb",
      "a:wiersma-vvd b:wiersma" },
    { "a minister and a member of another party",
      { "Datum 12 mei 2023\n\nDat zei minister Kuipers.\n", "Dat zei het lid Kuipers (SGP).\n" },
      "a:kuipers b:kuipers-sgp",
      "a:kuipers-d66 b:kuipers" },
    { "a minister who was a member",
      { "Datum 12 mei 2023\n\nDat zei minister Jetten.\n", "Dat zei het lid Jetten (D66).\n" },
      "a:jetten b:jetten",
      "a:jetten b:jetten" },
    { "two in one letter",
      { "Vragen van de leden Jansen (SP) en Jansen (VVD).\n", "Dat zei het lid Jansen (VVD).\n" },
      "a:jansen a:jansen-vvd b:jansen-vvd",
      "a:jansen-sp a:jansen b:jansen" },
    { "two in one letter: a bare surname is whoever was named last",
      { "Het lid Jansen (SP) vroeg dit. Het lid Jansen (VVD) ook. Dat zei Jansen.\n" },
      "a:jansen a:jansen-vvd a:jansen-vvd",
      "a:jansen a:jansen-vvd a:jansen-vvd" },
    { "first names in one letter",
      { "De leden Inge van Dijk (CDA) en Jimmy van Dijk (SP) vroegen dit. Het lid Van Dijk (CDA) bleef.\n" },
      "a:inge-van-dijk a:jimmy-van-dijk a:inge-van-dijk",
      "a:inge-van-dijk a:jimmy-van-dijk a:inge-van-dijk" },
    { "first names in two letters",
      { "Het lid Inge van Dijk (CDA) vroeg dit.\n", "Het lid Jimmy van Dijk (SP) vroeg dit.\n",
        "Het lid Jasper van Dijk (SP) vroeg dit.\n" },
      "a:inge-van-dijk b:jimmy-van-dijk c:jasper-van-dijk",
      "a:inge-van-dijk b:jimmy-van-dijk c:jasper-van-dijk" },
};

static vb_loader *loader;

static int set_up(void **state)
{
    vb_error err;
    (void)state;
    return vb_loader_new(NULL, &loader, &err) == VB_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    vb_loader_free(loader);
    return 0;
}

static void load(vb_store *store, size_t letter, const char *text)
{
    char file[] = "a.txt";
    vb_load_outcome outcome;
    vb_error err = { 0 };
    file[0] = (char)('a' + letter);
    if (vb_load_bytes(loader, store, vb_str_of(file), vb_str_of(text), &outcome, &err) != VB_OK)
        fail_msg("%s", err.message);
}

/** Every mention of a person, "letter:key". */
static void assert_persons(vb_store *store, const char *want)
{
    vb_buf got = { 0 };
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(
        sqlite3_prepare_v2(store->db,
                           "SELECT group_concat(who, ' ') FROM (SELECT substr(d.file, 1, 1) || ':'"
                           " || n.key AS who FROM mention m JOIN document d ON d.id = m.document"
                           " JOIN node n ON n.id = m.node JOIN label_set l ON l.id = n.labels"
                           " WHERE l.name = 'Person' ORDER BY d.file, m.start)",
                           -1, &stmt, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(stmt, 0);
    assert_int_equal(vb_buf_printf(&got, "%s", text ? text : ""), VB_OK);
    sqlite3_finalize(stmt);
    assert_string_equal(got.at, want);
    vb_buf_clear(&got);
}

static void tells_apart(void **state)
{
    const struct sample *s = *state;
    size_t n = 0;
    while (n < LETTERS_MAX && s->letters[n]) n++;
    for (unsigned back = 0; back < 2; back++) {
        vb_store *store = NULL;
        vb_error err = { 0 };
        assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err), VB_OK);
        for (size_t i = 0; i < n; i++) {
            size_t at = back ? n - 1 - i : i;
            load(store, at, s->letters[at]);
        }
        assert_persons(store, back ? s->backward : s->forward);
        vb_store_close(store);
    }
}

/** A letter that says another party now is as if it had never said the former one. */
static void follows_a_change(void **state)
{
    vb_store *store = NULL;
    vb_error err = { 0 };
    (void)state;
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err), VB_OK);
    load(store, 0, "Dat zei het lid Jansen (SP).\n");
    load(store, 0, "Dat zei het lid Jansen (VVD).\n");
    assert_persons(store, "a:jansen");
    load(store, 1, "Dat zei het lid Jansen (SP).\n");
    assert_persons(store, "a:jansen b:jansen-sp");
    load(store, 0, "Dat zei niemand.\n"); /* the plain key is free again; who had another one keeps it */
    load(store, 2, "Dat zei het lid Jansen (SP).\n");
    load(store, 0, "Dat zei het lid Jansen (CDA).\n");
    assert_persons(store, "a:jansen b:jansen-sp c:jansen-sp");
    vb_store_close(store);
}

/** A person's word that two of them are one goes before what letters contradict, also for letters after it.
 */
static void merges_as_told(void **state)
{
    vb_store *store = NULL;
    vb_error err = { 0 };
    vb_correction_request merge = { .kind = VB_MERGE,
                                    .a = VB_STR("Person:jansen-vvd"),
                                    .b = VB_STR("Person:jansen"),
                                    .who = VB_STR("test"),
                                    .when = VB_STR("2026-01-01T12:00:00Z") };
    (void)state;
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err), VB_OK);
    load(store, 0, "Dat zei het lid Jansen (SP).\n");
    load(store, 1, "Dat zei het lid Jansen (VVD).\n");
    assert_int_equal(vb_correct(store, &merge, 1, NULL, NULL, &err), VB_OK);
    load(store, 2, "Dat zei het lid Jansen (VVD), aldus het lid Jansen (CDA).\n");
    assert_persons(store, "a:jansen b:jansen c:jansen c:jansen-cda");
    vb_store_close(store);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples) + 2];
    size_t n = 0;
    for (; n < VB_COUNT(samples); n++)
        tests[n] = (struct CMUnitTest){ .name = samples[n].name,
                                        .test_func = tells_apart,
                                        .initial_state = (void *)&samples[n] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(follows_a_change);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(merges_as_told);
    return cmocka_run_group_tests_name("namesakes", tests, set_up, tear_down);
}
