/**
 * When memory runs out: one allocation after the other fails, SQLite's and our own. What was asked for is
 * done wholly or not at all, the answer is VB_NO_MEMORY, and the store goes on: for what changes a store
 * (deeds.h), for answers, questions, queries and exports. The library's allocations are wrapped at link time
 * (see tests/rules.mk), SQLite's by its own configuration; those that igraph, libxml2, PCRE2 and Graphviz
 * make by themselves are not.
 *
 * With VERBAND_THOROUGH each allocation fails; else each of the first, then ever sparser ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "tests/unit/deeds.h"

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

/** The next allocation that fails. VB_SLOW: under valgrind. */
static long after(long n)
{
    if (getenv("VB_SLOW")) return n + 1 + n / 2;
    return n + 1 + (getenv("VERBAND_THOROUGH") ? 0 : n / 8);
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
    world *w = calloc(1, sizeof *w);
    remove_store(path);
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
    const char *path = place("memory.db");
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
    const char *path = place("memory.db");
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

/* ---- deeds -------------------------------------------------------------------------------------------- */

/** What changes a store: done, or not done; and then it can be. */
static void doing(void **state)
{
    const deed *d = *state;
    course c = course_begin(d);
    vb_status status = VB_NO_MEMORY;
    size_t bad = 0;
    for (long n = 0; status != VB_OK; n = after(n)) {
        vb_error err = { 0 };
        rewind_to(&c, "deed.db");
        left = n;
        status = d->run(place("deed.db"), d->parts, &err);
        left = -1;
        int part = part_done(&c, "deed.db");
        bool good = part >= 0 && (status == VB_OK ? part == (int)d->parts : status == VB_NO_MEMORY);
        if (good && status != VB_OK && n % 5 == 0 && part < (int)d->parts)
            good = d->run(place("deed.db"), d->parts, &err) == VB_OK &&
                   part_done(&c, "deed.db") == (int)d->parts;
        if (good && (status == VB_OK || (n % 7 == 0 && d->run != do_repair)))
            good = file_findings("deed.db") == 0;
        bad += !good;
        if (!good)
            print_message("# %s, allocation %ld: status %d (%s), state %d\n", d->name, n, status, err.message,
                          part);
    }
    course_end(&c);
    assert_int_equal(bad, 0);
}

/* ---- queries, questions, exports ---------------------------------------------------------------------- */

static vb_asker *asker;

static vb_status query(vb_store *store, vb_arena *arena)
{
    vb_query *q = NULL;
    vb_query_error err = { 0 };
    const vb_value *row = NULL;
    (void)arena;
    vb_status status = vb_query_open(
        store,
        VB_STR("MATCH (a:Organisation)-[r]->(b) WHERE a.name CONTAINS 'e' OPTIONAL MATCH p = (b)-[*1..2]-(c)"
               " WITH a, b, collect(DISTINCT c.name) AS names, count(*) AS n, max(length(p)) AS far"
               " UNWIND names AS name RETURN a.name, labels(b), toUpper(name) AS up, n, far,"
               " date('2024-05-01') + duration('P1M') AS later ORDER BY up DESC LIMIT 5"),
        NULL, &q, &err);
    size_t n = 0;
    do {
        if (status == VB_OK) status = vb_query_next(q, &row, &err);
        n += status == VB_OK && row;
    } while (status == VB_OK && row);
    vb_query_close(q);
    if (status == VB_OK) assert_int_equal(n, 5);
    return status;
}

static vb_status question(vb_store *store, vb_arena *arena)
{
    vb_answer answer;
    vb_status status = vb_ask(asker, store, VB_STR("Wie steunt Preventie met Gezag?"), arena, &answer, NULL);
    if (status == VB_OK) assert_true(answer.nodes.len > 0);
    return status;
}

static vb_status reviewing(vb_store *store, vb_arena *arena)
{
    vb_status status;
    vb_doubts doubts;
    vb_provenance rest;
    TRY(vb_review(store, 0, arena, &doubts, NULL));
    TRY(vb_provenance_find(store, VB_STR("b.txt"), 0, arena, &rest, NULL));
done:
    return status;
}

static vb_status walking(vb_store *store, vb_arena *arena)
{
    vb_status status;
    vb_paths paths;
    vb_groups groups;
    vb_ranking ranking;
    vb_cut_options cut = { 0 };
    vb_path_options path = { .all = true };
    vb_rank_options rank = { .by = "pagerank" };
    TRY(vb_path_find(store, VB_STR("Jansen"), VB_STR("Leeuwarden"), &path, arena, &paths, NULL));
    TRY(vb_communities(store, &cut, arena, &groups, NULL));
    TRY(vb_rank(store, &rank, arena, &ranking, NULL));
done:
    return status;
}

/** Every format but the pictures, which a program of its own draws. */
static vb_status exporting(vb_store *store, vb_arena *arena)
{
    vb_status status = VB_OK;
    size_t n;
    const vb_export_format *formats = vb_export_formats(&n);
    (void)arena;
    for (size_t i = 0; status == VB_OK && i < n; i++) {
        vb_export_options options = { .format = formats[i].name };
        const char *ext = formats[i].extension;
        if (strcmp(ext, ".svg") == 0 || strcmp(ext, ".png") == 0 || strcmp(ext, ".pdf") == 0) continue;
        if (formats[i].folder) {
            status = vb_export_folder(store, &options, place("out"), NULL);
            continue;
        }
        long kept = left; /* the FILE's own buffer is not what is tried */
        left = -1;
        FILE *out = fopen("/dev/null", "wb");
        left = kept;
        assert_non_null(out);
        status = vb_export(store, &options, out, NULL);
        (void)fclose(out);
    }
    return status;
}

static const struct reading {
    const char *name;
    vb_status (*run)(vb_store *store, vb_arena *arena);
} readings[] = { { "query", query },
                 { "ask", question },
                 { "review", reviewing },
                 { "networks", walking },
                 { "export", exporting } };

/** What only reads: an answer or VB_NO_MEMORY, and the next one is whole. */
static void reading(void **state)
{
    const struct reading *r = *state;
    vb_status status = VB_NO_MEMORY;
    size_t bad = 0;
    make_store(place("read.db"), true, false, NULL);
    for (long n = 0; status != VB_OK; n = after(n)) {
        vb_store *store = NULL;
        vb_arena *arena = vb_arena_new();
        assert_int_equal(vb_store_open(place("read.db"), VB_OPEN_READ, &store, NULL), VB_OK);
        left = n;
        status = r->run(store, arena);
        left = -1;
        bool good = status == VB_OK || status == VB_NO_MEMORY;
        if (good && n % 11 == 0) good = r->run(store, arena) == VB_OK;
        bad += !good;
        if (!good) print_message("# %s, allocation %ld: status %d\n", r->name, n, status);
        vb_store_close(store);
        vb_arena_free(arena);
        if (!good && status != VB_NO_MEMORY) status = VB_NO_MEMORY; /* go on to the next */
        assert_true(bad < 20);
    }
    assert_int_equal(bad, 0);
}

static int begin(void **state)
{
    return deeds_begin(state) == 0 && vb_asker_new(NULL, &asker, NULL) == VB_OK ? 0 : -1;
}

static int end(void **state)
{
    vb_asker_free(asker);
    return deeds_end(state);
}

#define GIVEN(what, run)                                                                       \
    (struct CMUnitTest)                                                                        \
    {                                                                                          \
        .name = (what).name, .test_func = (run), .initial_state = (void *)(uintptr_t) & (what) \
    }

int main(void)
{
    struct CMUnitTest tests[4 + VB_COUNT(deeds) + VB_COUNT(readings)] = { cmocka_unit_test(opening),
                                                                          cmocka_unit_test(putting),
                                                                          cmocka_unit_test(correcting),
                                                                          cmocka_unit_test(asking) };
    for (size_t i = 0; i < VB_COUNT(deeds); i++) tests[4 + i] = GIVEN(deeds[i], doing);
    for (size_t i = 0; i < VB_COUNT(readings); i++)
        tests[4 + VB_COUNT(deeds) + i] = GIVEN(readings[i], reading);
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK) return 1;
    sqlite3_mem_methods failing = usual;
    failing.xMalloc = sqlite_malloc;
    failing.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) != SQLITE_OK) return 1;
    return cmocka_run_group_tests_name("memory", tests, begin, end);
}
