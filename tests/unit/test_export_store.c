/** Unit tests of export/ over a store: what the scans of a large cut say is what edge by edge is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "export/detail.h"

#include <stdlib.h>
#include <unistd.h>

static const char nodes[] =
    ":ID,:LABEL,name,aliases:string[],document,date:date\n"
    "m1,Municipality,Een,Eerste;Uno,,\nm2,Municipality,Twee,,,\nm3,Municipality,Drie,,,\n"
    "p,Programme,Plan,,,\nd1,Document,Brief,,b1.txt,2023-01-02\nd2,Document,Nota,,b2.txt,\n"
    "d3,Document,Later,,b3.txt,2025-06-07\n";
static const char edges[] =
    ":START_ID,:END_ID,:TYPE,count:int,document,text\n"
    "m1,p,PARTICIPATES_IN,1,b1.txt,Een doet mee.\nm1,p,PARTICIPATES_IN,1,b3.txt,Nog steeds.\n"
    "m2,p,PARTICIPATES_IN,1,,\nm3,p,FUNDS,4,b2.txt,Zonder datum.\nm2,m3,COOPERATES_WITH,1,,Los.\n"
    "m3,m1,SUPPORTS,3,b3.txt,\nd1,m1,MENTIONS,2,b1.txt,\nd3,m1,MENTIONS,1,b3.txt,\n"
    "d2,m2,MENTIONS,1,b2.txt,\n";

static void write_one(char *path, const char *text)
{
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(close(fd), 0);
}

static vb_store *make_store(void)
{
    char a[] = "/tmp/verband-export-XXXXXX", b[] = "/tmp/verband-export-XXXXXX";
    vb_store *store = NULL;
    write_one(a, nodes);
    write_one(b, edges);
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL), VB_OK);
    assert_int_equal(vb_import_files(store, (const char *const[]){ a, b }, 2, NULL, NULL), VB_OK);
    assert_int_equal(unlink(a), 0);
    assert_int_equal(unlink(b), 0);
    return store;
}

/** A view lasts until the store is asked again. */
static void keep(vb_arena *arena, vb_str *s)
{
    assert_int_equal(vb_arena_copy(arena, *s, s), VB_OK);
}

static void same(vb_str a, vb_str b)
{
    assert_true(vb_str_eq(a, b));
}

static void scans_say_the_same(void **state)
{
    (void)state;
    vb_store *store = make_store();
    vb_arena *arena = vb_arena_new();
    vb_cut cut;
    vb_cut_options options = { .mentions = true };
    assert_int_equal(vb_cut_read(store, &options, arena, &cut, NULL), VB_OK);
    vb_detail one = { .store = store, .cut = &cut }, all = { .store = store, .cut = &cut };
    assert_int_equal(vb_detail_scan(&all, arena, NULL), VB_OK);
    uint32_t n_brief = 0;
    for (uint32_t i = 0; i < cut.n_edges; i++) {
        vb_edge_detail a, b;
        assert_int_equal(vb_detail_edge(&one, i, &a, NULL), VB_OK);
        assert_int_equal(vb_detail_edge(&all, i, &b, NULL), VB_OK);
        same(a.first, b.first);
        same(a.last, b.last);
        same(a.document, b.document);
        same(a.sentence, b.sentence);
        assert_true(a.start == b.start && a.end == b.end && a.origin == b.origin &&
                    a.certainty == b.certainty);
        n_brief += !all.edges[i].more;
    }
    assert_true(n_brief > 0 && n_brief < cut.n_edges); /* both ways were gone */
    for (uint32_t i = 0; i < cut.n_nodes; i++) {
        vb_node_detail a, b;
        assert_int_equal(vb_detail_node(&one, i, &a, NULL), VB_OK);
        keep(arena, &a.aliases);
        keep(arena, &a.first);
        keep(arena, &a.last);
        assert_int_equal(vb_detail_node(&all, i, &b, NULL), VB_OK);
        same(a.aliases, b.aliases);
        same(a.first, b.first);
        same(a.last, b.last);
    }
    vb_detail_clear(&one);
    vb_detail_clear(&all);
    vb_arena_free(arena);
    vb_store_close(store);
}

static void exports_refuse(void **state)
{
    (void)state;
    vb_store *store = make_store();
    vb_error err = { 0 };
    FILE *out = tmpfile();
    vb_export_options options = { .format = "doc" };
    assert_non_null(out);
    assert_int_equal(vb_export(store, &options, out, &err), VB_BAD_ARGUMENT);
    assert_non_null(strstr(err.message, "no format is called 'doc'"));
    options = (vb_export_options){ .format = "dot", .size_by = "beauty" };
    assert_int_equal(vb_export(store, &options, out, &err), VB_BAD_ARGUMENT);
    options = (vb_export_options){ .format = "dot", .cut = { .around = VB_STR("Nergens") } };
    assert_int_equal(vb_export(store, &options, out, &err), VB_UNKNOWN_NAME);
    options = (vb_export_options){ .format = "neo4j" };
    assert_int_equal(vb_export(store, &options, out, &err), VB_BAD_ARGUMENT);
    assert_int_equal(ftell(out), 0); /* not a byte of what was refused */
    assert_int_equal(fclose(out), 0);
    vb_store_close(store);
}

/** Two files and no more, and nothing through a link that stands in their place. */
static void writes_a_folder(vb_store *store, const vb_export_options *options)
{
    char folder[] = "/tmp/verband-export-XXXXXX", path[64], other[64];
    assert_non_null(mkdtemp(folder));
    snprintf(other, sizeof other, "%s/other", folder);
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder,
                 (const char *[]){ "nodes.csv", "edges.csv", "nodes.csv.part", "edges.csv.part" }[i]);
        assert_int_equal(symlink(other, path), 0);
    }
    assert_int_equal(vb_export_folder(store, options, folder, NULL), VB_OK);
    assert_int_equal(access(other, F_OK), -1); /* no link was followed */
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(vb_export_folder(store, options, "/dev/null", NULL), VB_IO);
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, i ? "edges.csv" : "nodes.csv");
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0); /* nothing else was there */
}

/** Every format, of every kind of cut, also an empty one. */
static void every_format_is_written(void **state)
{
    (void)state;
    static const vb_str label[] = { { "Programme", 9 } };
    const vb_export_options cuts[] = {
        { .title = NULL },
        { .no_layout = true },
        { .layout = true, .size_by = "betweenness", .title = "Titel" },
        { .cut = { .around = VB_STR("Een"), .depth = 2, .mentions = true } },
        { .cut = { .labels = label, .n_labels = 1 } }, /* no edge is left */
        { .cut = { .labels = label, .n_labels = 1, .keep_isolated = true } },
    };
    vb_store *store = make_store();
    size_t n;
    const vb_export_format *formats = vb_export_formats(&n);
    for (size_t f = 0; f < n; f++)
        for (size_t i = 0; i < VB_COUNT(cuts); i++) {
            vb_export_options options = cuts[i];
            vb_error err = { 0 };
            FILE *out = tmpfile();
            options.format = formats[f].name;
            if (formats[f].folder) {
                writes_a_folder(store, &options);
                assert_int_equal(fclose(out), 0);
                continue;
            }
            vb_status status = vb_export(store, &options, out, &err);
            if (status != VB_OK) print_message("%s, cut %zu: %s\n", formats[f].name, i, err.message);
            assert_int_equal(status, VB_OK);
            assert_true(ftell(out) > 100);
            assert_int_equal(fclose(out), 0);
        }
    vb_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(scans_say_the_same),
                                        cmocka_unit_test(exports_refuse),
                                        cmocka_unit_test(every_format_is_written) };
    return cmocka_run_group_tests_name("export_store", tests, NULL, NULL);
}
