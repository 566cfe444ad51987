/**
 * The store when memory runs out: one allocation after the other fails, SQLite's and our own. What was asked
 * for is done wholly or not at all, the answer is VB_NO_MEMORY, and the store goes on. The library's
 * allocations are wrapped at link time (see the Makefile), SQLite's by its own configuration.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/store_world.h"

static long left = -1; /* allocations until the one that fails; -1: none does */
static sqlite3_mem_methods usual;

static bool fails(void)
{
    return left >= 0 && left-- == 0;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *at, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *at, size_t size);

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return fails() ? NULL : __real_realloc(at, size);
}

static void *sqlite_malloc(int size)
{
    return fails() ? NULL : usual.xMalloc(size);
}

static void *sqlite_realloc(void *at, int size)
{
    return fails() ? NULL : usual.xRealloc(at, size);
}

static vb_status pass_edge(void *context, const vb_edge *edge)
{
    (void)context;
    return edge->n_evidence ? VB_OK : VB_NOT_FOUND;
}

static vb_status pass_mention(void *context, const vb_mention *mention)
{
    (void)context;
    return mention->text.len ? VB_OK : VB_NOT_FOUND;
}

static vb_status ask_all(vb_store *store, vb_arena *arena)
{
    vb_status status;
    vb_node node;
    vb_card card;
    vb_why why;
    vb_hits hits;
    vb_stats stats;
    vb_nodes near;
    TRY(vb_store_resolve_one(store, VB_STR("leeuwarden"), arena, &node, NULL));
    TRY(vb_store_suggest(store, VB_STR("Preventie Gezag"), 5, arena, &near, NULL));
    TRY(vb_store_edges(store, (vb_str){ 0 }, pass_edge, NULL, NULL));
    TRY(vb_store_mentions(store, (vb_str){ 0 }, pass_mention, NULL, NULL));
    TRY(vb_show(store, VB_STR("Leeuwarden"), arena, &card, NULL));
    TRY(vb_why_connected(store, VB_STR("Leeuwarden"), VB_STR("NL-FR"), arena, &why, NULL));
    TRY(vb_search(store, VB_STR("gemeente"), 5, arena, &hits, NULL));
    TRY(vb_store_stats(store, arena, &stats, NULL));
done:
    return status;
}

/** How the next failing allocation is chosen: each of the first, then ever sparser ones. */
static long after(long n)
{
    return n + 1 + n / 40;
}

static void opening(void **state)
{
    (void)state;
    vb_status status = VB_NO_MEMORY;
    for (long n = 0; status != VB_OK; n = after(n)) {
        vb_store *store = NULL;
        left = n;
        status = vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL);
        left = -1;
        assert_true(status == VB_OK || status == VB_NO_MEMORY);
        assert_int_equal(status == VB_OK, store != NULL);
        vb_store_close(store);
    }
}

/** An empty store in a file, which outlives its connection. */
static world *make_file(const char *path)
{
    char beside[64];
    world *w = calloc(1, sizeof *w);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(beside, sizeof beside, "%s%s", path, *end);
        (void)unlink(beside);
    }
    if (!w) return NULL;
    w->arena = vb_arena_new();
    assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &w->store, &w->err), VB_OK);
    return w;
}

/**
 * The next try, with memory again. FTS5 of SQLite 3.40 may keep a stale picture of its index in the
 * connection that ran out of memory, and refuses to write with it; the file is whole, and a new connection
 * writes.
 */
static void put_again(world *w, const char *path, const vb_record *a)
{
    vb_load_outcome outcome = VB_LOAD_SKIPPED;
    vb_status status = vb_store_put(w->store, a, &outcome, &w->err);
    if (status == VB_STORE) {
        vb_store_close(w->store);
        w->store = NULL;
        assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &w->store, &w->err), VB_OK);
        assert_int_equal(findings(w), 0);
        put(w, a, VB_LOAD_CHANGED);
        assert_int_equal(findings(w), 0);
    } else {
        assert_int_equal(status, VB_OK);
        assert_int_equal(outcome, VB_LOAD_CHANGED);
    }
}

/** A document comes, and changes: after each failure it is as it was, and the next try succeeds. */
static void putting(void **state)
{
    (void)state;
    char path[] = "/tmp/verband-memory-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    vb_status status = VB_NO_MEMORY;
    for (long n = 0; status != VB_OK; n = after(n)) {
        world *w = make_file(path);
        assert_non_null(w);
        vb_record a = record_a();
        put(w, &a, VB_LOAD_NEW);
        a.hash = 2;
        a.n_edges = 1;
        a.text = VB_STR(
            "De gemeente Leeuwarden doet mee aan Preventie met Gezag. Meer tekst dan daarvoor staat er.");
        vb_load_outcome outcome = VB_LOAD_SKIPPED;
        left = n;
        status = vb_store_put(w->store, &a, &outcome, NULL);
        left = -1;
        assert_true(status == VB_OK || (status == VB_NO_MEMORY && outcome == VB_LOAD_SKIPPED));
        if (n % 7 == 0 || status == VB_OK) assert_int_equal(findings(w), 0);
        if (status != VB_OK) {
            assert_int_equal(count(w, "SELECT hash FROM document"), 1);
            put_again(w, path, &a);
        }
        end_world((void **)&w);
    }
    (void)unlink(path);
}

/** A correction is made, and one is taken back: wholly or not at all. */
static void correcting(void **state)
{
    (void)state;
    vb_status status = VB_NO_MEMORY;
    const vb_correction_request list[] = {
        { .kind = VB_REJECT, .a = S("NL-FR"), .who = S("jan"), .when = S("2026-01-02T03:04:05Z") },
        { .kind = VB_MERGE,
          .a = S("Preventie met Gezag"),
          .b = S("Programme:PmG"),
          .who = S("jan"),
          .when = S("2026-01-02T03:04:05Z"),
          .make = true },
    };
    const int64_t first = 1;
    char path[] = "/tmp/verband-memory-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    for (long n = 0; status != VB_OK; n = after(n)) {
        world *w = make_file(path);
        assert_non_null(w);
        vb_record a = record_a();
        put(w, &a, VB_LOAD_NEW);
        left = n;
        status = vb_correct(w->store, list, VB_COUNT(list), NULL, NULL, NULL);
        bool made = status == VB_OK;
        if (made) status = vb_undo(w->store, &first, 1, VB_STR("piet"), list[0].when, VB_STR(""), NULL);
        left = -1;
        assert_true(status == VB_OK || status == VB_NO_MEMORY);
        assert_int_equal(count(w, "SELECT count(*) FROM correction"), made ? 2 : 0);
        assert_int_equal(count(w, "SELECT count(*) FROM correction WHERE undone IS NOT NULL"),
                         status == VB_OK);
        vb_store_close(w->store); /* FTS5's picture in that connection may be stale: see put_again() */
        w->store = NULL;
        assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &w->store, &w->err), VB_OK);
        if (n % 7 == 0 || status == VB_OK) assert_int_equal(findings(w), 0);
        end_world((void **)&w);
    }
    (void)unlink(path);
}

static void asking(void **state)
{
    (void)state;
    vb_status status = VB_NO_MEMORY;
    for (long n = 0; status != VB_OK; n = after(n)) {
        world *w;
        assert_int_equal(make_world((void **)&w), 0);
        vb_record a = record_a();
        put(w, &a, VB_LOAD_NEW);
        left = n;
        status = ask_all(w->store, w->arena);
        left = -1;
        if (status != VB_OK && status != VB_NO_MEMORY)
            print_message("# allocation %ld: status %d\n", n, status);
        assert_true(status == VB_OK || status == VB_NO_MEMORY);
        assert_int_equal(ask_all(w->store, w->arena), VB_OK);
        end_world((void **)&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(opening), cmocka_unit_test(putting),
                                        cmocka_unit_test(correcting), cmocka_unit_test(asking) };
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) return 1;
    sqlite3_mem_methods failing = usual;
    failing.xMalloc = sqlite_malloc;
    failing.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK) return 1;
    return cmocka_run_group_tests_name("store_memory", tests, NULL, NULL);
}
