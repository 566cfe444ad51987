/**
 * A batch is a matter of speed alone: documents put in one by one, each committed, and the same documents in
 * batches of any size make the same tables, row by row and id by id. What waits in memory is seen by whoever
 * asks, and a batch that failed stores nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "graph/corrections.h"
#include "graph/store_pending.h"
#include "tests/unit/correct_world.h"

enum { SEQUENCES = 30, DOCUMENTS = 14, NODES_MOST = 6 };

static uint32_t draw(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % n;
}

static vb_str one_of(uint32_t *seed, const char *const *texts, size_t n)
{
    return vb_str_of(texts[draw(seed, (uint32_t)n)]);
}

/** Letter A or B under one of a few files, keys, numbers and dates, which meet each other in every way: one
 * file twice, a letter that another one cites, the same letter in two files, names that a gazetteer puts
 * right. */
static vb_record any_record(uint32_t *seed, vb_rec_node *nodes)
{
    static const char *const files[] = { "a.txt", "b.txt", "c.txt", "d.txt", "e.txt" };
    static const char *const keys[] = { "kst-1-1", "kst-1-2", "", "kst-1-3" };
    static const char *const numbers[] = { "", "2024D1", "2024D2" };
    static const char *const dates[] = { "", "2024-05-01", "2023-05-01", "2025-01-01" };
    static const char *const names[] = { "Leeuwarden", "Ljouwert", "Preventie met Gezag" };
    static const char *const sketches[] = { "aaaabbbbcccc", "xxxxyyyyzzzz" };
    vb_record r = draw(seed, 2) ? record_a() : record_b();
    for (size_t i = 0; i < r.n_nodes; i++) nodes[i] = r.nodes[i];
    vb_rec_node *n = &nodes[draw(seed, (uint32_t)r.n_nodes)];
    n->gazetteer = draw(seed, 2) != 0;
    n->name = one_of(seed, names, VB_COUNT(names));
    if (draw(seed, 3) == 0) /* what the first mention speaks of is a letter */
        nodes[r.mentions[0].node] = (vb_rec_node){ .label = VB_LABEL_DOCUMENT,
                                                   .key = one_of(seed, keys, 2),
                                                   .name = VB_STR("de brief") };
    if (nodes[r.mentions[0].node].label == VB_LABEL_DOCUMENT) r.n_edges = 0;
    r.nodes = nodes;
    r.file = one_of(seed, files, VB_COUNT(files));
    r.key = one_of(seed, keys, VB_COUNT(keys));
    r.number = one_of(seed, numbers, VB_COUNT(numbers));
    r.date = one_of(seed, dates, VB_COUNT(dates));
    r.sketch = one_of(seed, sketches, VB_COUNT(sketches));
    r.hash = 1 + draw(seed, 4);
    return r;
}

static void batches_change_nothing(void **state)
{
    world *one = *state;
    size_t n_changed = 0, n_duplicates = 0;
    for (uint32_t sequence = 1; sequence <= SEQUENCES; sequence++) {
        world *many = NULL;
        uint32_t seed = sequence, size = 1 + draw(&seed, DOCUMENTS);
        assert_int_equal(make_world((void **)&many), 0);
        end_world((void **)&one);
        assert_int_equal(make_world((void **)&one), 0);
        if (sequence % 2) assert_int_equal(vb_store_load_begin(many->store, &many->err), VB_OK);
        for (uint32_t i = 0; i < DOCUMENTS; i++) {
            vb_rec_node nodes[NODES_MOST];
            vb_load_outcome got = VB_LOAD_SAME;
            vb_record r = any_record(&seed, nodes);
            if (i % size == 0) assert_int_equal(vb_store_begin(many->store, &many->err), VB_OK);
            assert_int_equal(vb_store_put(one->store, &r, &got, &one->err), VB_OK);
            put(many, &r, got);
            if (sequence % 2) many->store->pending->early_most = 0; /* what can go first goes at once */
            n_changed += got == VB_LOAD_CHANGED;
            n_duplicates += got == VB_LOAD_DUPLICATE;
            if (i % size == size - 1 || i == DOCUMENTS - 1)
                assert_int_equal(vb_store_commit(many->store, &many->err), VB_OK);
        }
        if (sequence % 2) vb_store_load_end(many->store);
        vb_buf a = dump(one), b = dump(many);
        if (strcmp(a.at, b.at) != 0) fail_msg("sequence %u: batches of %u differ", sequence, size);
        assert_int_equal(findings(one), 0);
        assert_int_equal(findings(many), 0);
        vb_buf_clear(&a);
        vb_buf_clear(&b);
        end_world((void **)&many);
    }
    *state = one;
    assert_true(n_changed > SEQUENCES && n_duplicates > SEQUENCES / 2);
}

static void a_batch_is_seen_from_within(void **state)
{
    world *w = *state;
    vb_record a = record_a();
    bool has = false;
    vb_stats stats;
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    put(w, &a, VB_LOAD_NEW);
    assert_int_equal(vb_store_has(w->store, a.file, a.hash, &has, &w->err), VB_OK);
    assert_true(has);
    put(w, &a, VB_LOAD_SAME);
    assert_int_equal(vb_store_stats(w->store, w->arena, &stats, &w->err), VB_OK);
    assert_int_equal(stats.n_documents, 1);
    assert_true(resolves(w, "Leeuwarden", "Municipality", "GM0080"));
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_OK);
    assert_int_equal(findings(w), 0);
}

/** What cannot be written ends the batch, of which nothing is stored then; the next one is a new one. */
static void a_failure_ends_the_batch(void **state)
{
    world *w = *state;
    vb_record a = record_a(), b = record_b();
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    put(w, &a, VB_LOAD_NEW);
    sqlite3_limit(vb_store_sqlite(w->store), SQLITE_LIMIT_LENGTH, 60);
    assert_int_not_equal(
        vb_store_put(w->store, &b, NULL, &w->err) == VB_OK ? vb_store_commit(w->store, &w->err) : VB_STORE,
        VB_OK);
    sqlite3_limit(vb_store_sqlite(w->store), SQLITE_LIMIT_LENGTH, INT32_MAX);
    assert_int_equal(vb_store_put(w->store, &b, NULL, &w->err), VB_STORE);
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_STORE);
    vb_store_rollback(w->store);
    assert_int_equal(count(w, "SELECT count(*) FROM document"), 0);
    assert_int_equal(count(w, "SELECT count(*) FROM node"), 0);
    put(w, &a, VB_LOAD_NEW);
    put(w, &b, VB_LOAD_NEW);
    assert_int_equal(findings(w), 0);
}

/** A hash may be any number, also the one that stands for nothing in a cell. */
static void any_hash_is_stored(void **state)
{
    world *w = *state;
    vb_record a = record_a();
    a.hash = UINT64_C(1) << 63;
    put(w, &a, VB_LOAD_NEW);
    put(w, &a, VB_LOAD_CHANGED);
    assert_int_equal(count(w, "SELECT count(*) FROM document"), 1);
    assert_int_equal(findings(w), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROW(batches_change_nothing),
        ROW(a_batch_is_seen_from_within),
        ROW(a_failure_ends_the_batch),
        ROW(any_hash_is_stored),
    };
    return cmocka_run_group_tests_name("store_batch", tests, NULL, NULL);
}
