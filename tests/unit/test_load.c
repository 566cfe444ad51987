/** Unit tests of loaders/load*.c and loaders/record.c: folders of small files into a store in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/graph.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LETTERS = 70 }; /* more than a batch */

typedef struct world {
    char dir[64];
    vb_loader *loader;
    vb_store *store;
    char seen[4096]; /* what was reported: a letter a file */
    size_t stop_after;
} world;

static void write_file(const world *w, const char *name, const char *text, size_t len)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", w->dir, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

static void write_letter(const world *w, const char *name, const char *town)
{
    char text[512];
    int n = snprintf(text, sizeof text,
                     "Datum 3 maart 2025\n\nGeachte voorzitter,\n\nDe gemeente %s neemt deel aan de "
                     "proef.\nDe gemeente %s is tevreden.\n\nDe minister van Financiën,\n\nA.B. de Vries\n",
                     town, town);
    write_file(w, name, text, (size_t)n);
}

static void make_folder(const world *w, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", w->dir, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static vb_status report(void *context, const vb_load_event *event)
{
    world *w = context;
    size_t n = strlen(w->seen);
    assert_int_equal(event->outcome == VB_LOAD_SKIPPED, event->error != NULL);
    if (n + 1 < sizeof w->seen) w->seen[n] = "ncsx"[event->outcome];
    return w->stop_after && event->done >= w->stop_after ? VB_STOPPED : VB_OK;
}

static vb_status load(world *w, unsigned jobs, vb_load_summary *sum)
{
    const char *paths[] = { w->dir };
    vb_load_options options = { .jobs = jobs, .report = report, .context = w };
    vb_error err = { 0 };
    memset(w->seen, 0, sizeof w->seen);
    vb_status status = vb_load_paths(w->loader, w->store, paths, 1, &options, sum, &err);
    if (status != VB_OK && status != VB_STOPPED) print_message("%s\n", err.message);
    return status;
}

static int set_up(void **state)
{
    world *w = calloc(1, sizeof *w);
    vb_error err;
    if (!w) return -1;
    strcpy(w->dir, "/tmp/verband-load-XXXXXX");
    if (!mkdtemp(w->dir) || vb_loader_new(NULL, &w->loader, &err) != VB_OK ||
        vb_store_open(":memory:", VB_OPEN_WRITE, &w->store, &err) != VB_OK)
        return -1;
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    world *w = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", w->dir);
    vb_loader_free(w->loader);
    vb_store_close(w->store);
    int code = system(command);
    free(w);
    return code;
}

/** One bad file among good ones is skipped; the same again changes nothing; a changed one is replaced. */
static void good_files_load(void **state)
{
    world *w = *state;
    vb_load_summary sum;
    write_letter(w, "a.txt", "Leeuwarden");
    write_file(w, "b.txt", "\0\1\2", 3);
    write_letter(w, "c.txt", "Arnhem");
    write_file(w, ".hidden", "\0", 1);
    assert_int_equal(load(w, 1, &sum), VB_OK);
    assert_string_equal(w->seen, "nxn");
    assert_int_equal(sum.n_new, 2);
    assert_int_equal(sum.n_skipped, 1);
    assert_true(sum.n_mentions >= 4);
    assert_int_equal(load(w, 1, &sum), VB_OK);
    assert_string_equal(w->seen, "sxs");
    write_letter(w, "c.txt", "Assen");
    assert_int_equal(load(w, 1, &sum), VB_OK);
    assert_string_equal(w->seen, "sxc");
}

static vb_status collect_document(void *context, const vb_document *d)
{
    vb_buf *names = context;
    return vb_buf_printf(names, "%.*s %.*s;", VB_FMT(d->file), VB_FMT(d->date));
}

static void names_are_paths_where_alike(void **state)
{
    world *w = *state;
    vb_load_summary sum;
    vb_buf names = { 0 };
    make_folder(w, "x");
    make_folder(w, "y");
    write_letter(w, "x/brief.txt", "Leeuwarden");
    write_letter(w, "y/brief.txt", "Arnhem");
    write_letter(w, "y/other.txt", "Assen");
    assert_int_equal(load(w, 1, &sum), VB_OK);
    assert_int_equal(vb_store_documents(w->store, collect_document, &names, NULL), VB_OK);
    assert_non_null(strstr(names.at, "x/brief.txt 2025-03-03;"));
    assert_non_null(strstr(names.at, "y/brief.txt 2025-03-03;"));
    assert_non_null(strstr(names.at, "other.txt 2025-03-03;"));
    assert_null(strstr(names.at, "y/other.txt"));
    vb_buf_clear(&names);
}

static vb_status collect_mention(void *context, const vb_mention *m)
{
    vb_buf *all = context;
    return vb_buf_printf(all, "%.*s %d %.*s\n", VB_FMT(m->document), (int)m->start, VB_FMT(m->node.key));
}

/** Any number of jobs makes the same graph. */
static void jobs_agree(void **state)
{
    world *w = *state;
    static const char *const towns[] = { "Leeuwarden", "Arnhem", "Assen", "Zwolle", "Almere" };
    vb_buf one = { 0 }, four = { 0 };
    vb_load_summary sum;
    for (int i = 0; i < LETTERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "letter%02d.txt", i);
        write_letter(w, name, towns[i % 5]);
    }
    assert_int_equal(load(w, 1, &sum), VB_OK);
    assert_int_equal(sum.n_new, LETTERS);
    assert_int_equal(vb_store_mentions(w->store, VB_STR(""), collect_mention, &one, NULL), VB_OK);
    vb_store_close(w->store);
    w->store = NULL;
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &w->store, NULL), VB_OK);
    assert_int_equal(load(w, 4, &sum), VB_OK);
    assert_int_equal(sum.n_new, LETTERS);
    assert_int_equal(vb_store_mentions(w->store, VB_STR(""), collect_mention, &four, NULL), VB_OK);
    assert_true(one.len > 1000);
    assert_string_equal(one.at, four.at);
    vb_buf_clear(&one);
    vb_buf_clear(&four);
}

/** A load that is stopped keeps what it had stored. */
static void stopping_keeps(void **state)
{
    world *w = *state;
    vb_load_summary sum;
    vb_stats stats;
    vb_arena *arena = vb_arena_new();
    for (int i = 0; i < 9; i++) {
        char name[32];
        snprintf(name, sizeof name, "letter%d.txt", i);
        write_letter(w, name, "Leeuwarden");
    }
    w->stop_after = 3;
    assert_int_equal(load(w, 3, &sum), VB_STOPPED);
    assert_string_equal(w->seen, "nnn");
    assert_int_equal(vb_store_stats(w->store, arena, &stats, NULL), VB_OK);
    assert_int_equal(stats.n_documents, 3);
    vb_arena_free(arena);
}

static void bytes_load(void **state)
{
    world *w = *state;
    vb_load_outcome outcome;
    vb_str text = VB_STR("De gemeente Leeuwarden is tevreden over de proef.\n");
    vb_error err = { 0 };
    assert_int_equal(vb_load_bytes(w->loader, w->store, VB_STR("m.txt"), text, &outcome, &err), VB_OK);
    assert_int_equal(outcome, VB_LOAD_NEW);
    assert_int_equal(vb_load_bytes(w->loader, w->store, VB_STR("m.txt"), text, &outcome, &err), VB_OK);
    assert_int_equal(outcome, VB_LOAD_SAME);
    assert_int_equal(vb_load_bytes(w->loader, w->store, VB_STR("n.txt"), VB_STR(" \n"), &outcome, &err),
                     VB_BAD_INPUT);
    assert_string_equal(err.message, "empty file");
}

static void a_missing_file_is_skipped(void **state)
{
    world *w = *state;
    const char *paths[] = { "/nonexistent/letter.txt" };
    vb_load_summary sum = { 0 };
    assert_int_equal(vb_load_paths(w->loader, w->store, paths, 1, NULL, &sum, NULL), VB_OK);
    assert_int_equal(sum.n_skipped, 1);
}

int main(void)
{
#define LOAD_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = { LOAD_TEST(good_files_load), LOAD_TEST(names_are_paths_where_alike),
                                        LOAD_TEST(jobs_agree),      LOAD_TEST(stopping_keeps),
                                        LOAD_TEST(bytes_load),      LOAD_TEST(a_missing_file_is_skipped) };
    return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
