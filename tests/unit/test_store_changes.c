/**
 * Unit tests of letters that change: what an edge comes to is kept up to date by what a letter takes away and
 * brings, and is what counting all sentences anew gives; and what a changed letter costs does not grow with
 * the letters that say the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/store_world.h"

enum { LETTERS = 9, EDGES = 6 };

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16 & 0x7fff;
}

static const char *const dates[] = { "", "2023-01-05", "2023-06-01", "2024-01-09", "2024-05-01" };

/** A version of one of the letters: its edges, their places, certainty and amounts by chance. */
static vb_rec_edge edge_by_chance(unsigned *seed)
{
    static const struct {
        vb_relation type;
        uint32_t source, target;
        vb_origin origin;
    } kinds[] = { { VB_REL_PARTICIPATES_IN, 0, 1, VB_ORIGIN_TEXT },
                  { VB_REL_PART_OF, 0, 2, VB_ORIGIN_TEXT },
                  { VB_REL_PART_OF, 0, 2, VB_ORIGIN_GAZETTEER },
                  { VB_REL_FUNDS, 3, 1, VB_ORIGIN_TEXT },
                  { VB_REL_COOPERATES_WITH, 3, 0, VB_ORIGIN_TEXT } };
    size_t k = next_random(seed) % VB_COUNT(kinds);
    bool text = kinds[k].origin == VB_ORIGIN_TEXT;
    uint32_t start = next_random(seed) % 3 * 20;
    return (vb_rec_edge){ .type = kinds[k].type,
                          .source = kinds[k].source,
                          .target = kinds[k].target,
                          .origin = kinds[k].origin,
                          .start = text ? start : 0,
                          .end = text ? start + 10 : 0,
                          .certainty = next_random(seed) % 3 ? VB_ANNOUNCED : VB_STATED,
                          .amount = next_random(seed) % 4 ? 0 : 100 * (next_random(seed) % 4),
                          .rule = S("chance") };
}

static void as_if_counted_anew(void **state)
{
    (void)state;
    unsigned rounds = getenv("VERBAND_THOROUGH") ? 300 : 12;
    for (unsigned round = 1; round <= rounds; round++) {
        unsigned seed = 31 * round;
        world *w = NULL;
        assert_int_equal(make_world((void **)&w), 0);
        for (unsigned k = 0; k < 40; k++) {
            vb_rec_edge edges[EDGES];
            char file[32];
            vb_record r = record_a();
            vb_load_outcome outcome;
            snprintf(file, sizeof file, "%u.txt", next_random(&seed) % LETTERS);
            r.file = r.path = r.key = r.title = vb_str_of(file);
            r.hash = 1000 + k;
            r.date = vb_str_of(dates[next_random(&seed) % VB_COUNT(dates)]);
            r.n_mentions = next_random(&seed) % (r.n_mentions + 1);
            r.n_edges = next_random(&seed) % (EDGES + 1);
            for (size_t i = 0; i < r.n_edges; i++) edges[i] = edge_by_chance(&seed);
            r.edges = edges;
            assert_int_equal(vb_store_put(w->store, &r, &outcome, &w->err), VB_OK);
            if (findings(w)) print_message("# round %u, letter %u\n", round, k);
            assert_int_equal(findings(w), 0);
        }
        end_world((void **)&w);
    }
}

static int tick(void *n)
{
    ++*(long *)n;
    return 0;
}

/** Steps of SQLite's machine, in tens, that it takes to put the letter. */
static long steps_of(world *w, const vb_record *r, vb_load_outcome want)
{
    long n = 0;
    sqlite3_progress_handler(vb_store_sqlite(w->store), 10, tick, &n);
    put(w, r, want);
    sqlite3_progress_handler(vb_store_sqlite(w->store), 0, NULL, NULL);
    return n;
}

/** Change one of so many letters that say the same: once with as much to say, once with nothing. */
static long cost_of_change(size_t letters)
{
    world *w = NULL;
    char file[32];
    vb_record r = record_a();
    assert_int_equal(make_world((void **)&w), 0);
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    for (size_t i = 0; i < letters; i++) {
        snprintf(file, sizeof file, "%zu.txt", i);
        r.file = r.path = r.key = r.title = vb_str_of(file);
        put(w, &r, VB_LOAD_NEW);
    }
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_OK);
    r.file = r.path = r.key = r.title = VB_STR("7.txt");
    r.hash++;
    long n = steps_of(w, &r, VB_LOAD_CHANGED);
    r.hash++;
    r.n_edges = r.n_mentions = 0;
    r.date = VB_STR("2024-05-01");
    n += steps_of(w, &r, VB_LOAD_CHANGED);
    assert_int_equal(findings(w), 0);
    end_world((void **)&w);
    return n;
}

static void many_say_the_same(void **state)
{
    (void)state;
    long few = cost_of_change(20), many = cost_of_change(2000);
    print_message("# %ld tens of steps among 20 letters, %ld among 2000\n", few, many);
    assert_true(many < few * 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_if_counted_anew),
        cmocka_unit_test(many_say_the_same),
    };
    return cmocka_run_group_tests_name("store_changes", tests, NULL, NULL);
}
