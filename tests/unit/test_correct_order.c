/**
 * Unit tests of corrections in any order, among loads and queries: taken back, the tables are row by row as
 * if nothing had ever been corrected.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/corrections.h"
#include "tests/unit/correct_world.h"

#include <unistd.h>

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

/** How many rounds of chance. VB_SLOW: under valgrind. */
static unsigned rounds_of(unsigned usual, unsigned thorough)
{
    if (getenv("VB_SLOW")) return 4;
    return getenv("VERBAND_THOROUGH") ? thorough : usual;
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

/** The rows of corrections of one store, in another that has none; and there applied. */
static void copy_corrections(world *from, world *to)
{
    sqlite3_stmt *read = NULL, *write = NULL;
    static const char every[] = "SELECT * FROM correction ORDER BY id";
    static const char one[] =
        "INSERT INTO correction VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(from->store), every, -1, &read, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(to->store), one, -1, &write, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_column_count(read), sqlite3_bind_parameter_count(write));
    assert_int_equal(vb_store_begin(to->store, &to->err), VB_OK);
    while (sqlite3_step(read) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(read); i++)
            assert_int_equal(sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i)), SQLITE_OK);
        assert_int_equal(sqlite3_step(write), SQLITE_DONE);
        sqlite3_reset(write);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    assert_int_equal(vb_corrections_lift(to->store, &to->err), VB_OK);
    assert_int_equal(vb_store_commit(to->store, &to->err), VB_OK);
    assert_int_equal(findings(to), 0);
}

/** Corrections and loads by chance; then all is taken back by chance: as if nothing had been corrected. */
static void any_order(void **state)
{
    (void)state;
    unsigned rounds = rounds_of(12, 12);
    size_t n_made = 0;
    for (unsigned round = 1; round <= rounds; round++) {
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
    assert_true(n_made > 5 * rounds);
}

/**
 * Corrections and loads by chance, step by step, against the same letters loaded first and the corrections
 * that hold applied to them at once: every row of every table is the same, with its number.
 */
static void step_by_step_or_at_once(void **state)
{
    (void)state;
    unsigned rounds = rounds_of(16, 400);
    size_t n_active = 0;
    for (unsigned round = 1; round <= rounds; round++) {
        unsigned seed = 7777 * round;
        world *w = NULL, *once = NULL;
        int64_t ids[40];
        size_t n = 0;
        assert_int_equal(make_letters((void **)&w), 0);
        assert_int_equal(make_letters((void **)&once), 0);
        for (int k = 0; k < 24; k++) {
            vb_correction_request r = request_of(&pool[next_random(&seed) % VB_COUNT(pool)]);
            unsigned what = next_random(&seed) % 8;
            int64_t id = 0;
            if (what < 3) load_some(w, once, &seed);
            if (what >= 3 && what < 7 && vb_correct(w->store, &r, 1, take_id, &id, NULL) == VB_OK)
                ids[n++] = id;
            if (what == 7 && n) {
                size_t at = next_random(&seed) % n;
                undo(w, ids[at]);
                ids[at] = ids[--n];
            }
        }
        load_some(w, once, &seed); /* puts all corrections on anew */
        n_active += n;
        copy_corrections(w, once);
        vb_buf want = dump(once), got = dump(w);
        assert_same(&want, &got);
        end_world((void **)&w);
        end_world((void **)&once);
    }
    assert_true(n_active > 4 * rounds);
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

/** A store of the fifth schema, whose corrections were recorded with the rules that they made. */
static void an_older_record(void **state)
{
    (void)state;
    char path[] = "/tmp/verband-older-XXXXXX";
    const int64_t all[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10 };
    vb_buf bytes = { 0 };
    world w = { .arena = vb_arena_new() };
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(vb_buf_read("tests/unit/stores/version-5.store", 1 << 20, &bytes, NULL), VB_OK);
    assert_int_equal(write(fd, bytes.at, bytes.len), (ssize_t)bytes.len);
    close(fd);
    vb_buf_clear(&bytes);
    assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &w.store, &w.err), VB_OK);
    assert_int_equal(findings(&w), 0);
    assert_int_equal(count(&w, "SELECT count(correction) FROM evidence"), 3);
    assert_int_equal(count(&w, "SELECT count(*) FROM rule WHERE name GLOB 'assert *'"), 0);
    assert_int_equal(correct(&w, &(step){ .kind = VB_RENAME, .a = "Oxfam Novib", .b = "Oxfam" }), 10);
    assert_int_equal(nodes(&w, "el-fasher"), 0);
    assert_int_equal(vb_undo(w.store, all, VB_COUNT(all), VB_STR("piet"), VB_STR(WHEN), VB_STR(""), &w.err),
                     VB_OK);
    assert_int_equal(findings(&w), 0);
    assert_int_equal(nodes(&w, "el-fasher"), 1);
    assert_int_equal(nodes(&w, "bond-x"), 0);
    assert_int_equal(count(&w, "SELECT count(*) FROM evidence WHERE origin = 2"), 0);
    vb_store_close(w.store);
    vb_arena_free(w.arena);
    assert_int_equal(unlink(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order),
        cmocka_unit_test(step_by_step_or_at_once),
        cmocka_unit_test(an_older_record),
        LETTERS(a_number_given_out_anew),
        LETTERS(batches),
        LETTERS(queries_write_too),
        LETTERS(taking_back),
        LETTERS(damage_is_found),
    };
    return cmocka_run_group_tests_name("correct order", tests, NULL, NULL);
}
