/**
 * Fuzz target of a reviewed file: read, its corrections made, and taken back. After each the store passes its
 * own check, and at the end the graph has as many nodes, edges, names and mentions as before.
 */
#include "tests/fuzz/world.h"

static const vb_correction_request defaults = { .who = { "fuzz", 4 },
                                                .when = { "2026-01-02T03:04:05Z", 20 } };

static vb_status note(void *context, const vb_correction *c)
{
    (void)c;
    ++*(size_t *)context;
    return VB_OK;
}

static void check(vb_store *store)
{
    size_t n = 1;
    must(vb_store_check(store, NULL, NULL, &n, NULL) == VB_OK && n == 0);
}

static int64_t figures(vb_store *store)
{
    int64_t n = 0;
    must(vb_sql_id(store, NULL, &n,
                   "SELECT (SELECT count(*) FROM node) + 100 * (SELECT count(*) FROM edge) + 10000 * (SELECT "
                   "count(*)"
                   " FROM alias) + 1000000 * (SELECT count(*) FROM mention)",
                   "") == VB_OK);
    return n;
}

static void correct(vb_store *store, const vb_reviewed *reviewed)
{
    enum { MOST = 200 };
    int64_t ids[MOST];
    size_t made = 0;
    int64_t before = figures(store);
    size_t n = reviewed->n < MOST ? reviewed->n : MOST;
    for (size_t i = 0; i < n; i++) (void)vb_correct(store, &reviewed->requests[i], 1, NULL, NULL, NULL);
    check(store);
    must(vb_corrections(store, note, &made, NULL) == VB_OK && made <= MOST);
    for (size_t i = 0; i < made; i++) ids[i] = (int64_t)(made - i);
    must(vb_undo(store, ids, made, defaults.who, defaults.when, defaults.why, NULL) == VB_OK);
    check(store);
    must(figures(store) == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    vb_arena *arena = vb_arena_new();
    vb_store *store = NULL;
    vb_reviewed reviewed = { 0 };
    vb_error err = { 0 };
    must(arena && vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL) == VB_OK);
    vb_status status =
        vb_review_read((vb_str){ (const char *)data, size }, &defaults, NULL, NULL, arena, &reviewed, &err);
    must(status == VB_OK || status == VB_BAD_INPUT || status == VB_BAD_UTF8);
    must(status == VB_OK || err.message[0]);
    if (reviewed.n) {
        fill(store);
        correct(store, &reviewed);
    }
    vb_store_close(store);
    vb_arena_free(arena);
    return 0;
}
