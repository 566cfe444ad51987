/**
 * Unit tests of the two ways of an import: a store that holds nothing gets whole trees (graph/tree.c,
 * graph/store_fresh*.c, graph/store_workshop.c), another one rows by SQL. Both have to end in the same
 * tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/store_bulk.h"

#include <stdlib.h>
#include <unistd.h>

enum { PATH = 64 };

static void name_file(char *path, const char *what)
{
    snprintf(path, PATH, "/tmp/verband-ways-%d-%s", (int)getpid(), what);
}

static void remove_store(const char *path)
{
    static const char *const besides[] = { "", "-wal", "-shm", "-journal" };
    char name[PATH + 16];
    for (size_t i = 0; i < VB_COUNT(besides); i++) {
        snprintf(name, sizeof name, "%s%s", path, besides[i]);
        unlink(name);
    }
}

static vb_store *open_store(const char *path, vb_open_mode mode)
{
    vb_store *store = NULL;
    assert_int_equal(vb_store_open(path, mode, &store, NULL), VB_OK);
    return store;
}

/** A number that looks like chance and is the same each time. */
static uint32_t chance(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void repeat(FILE *file, const char *text, uint32_t n)
{
    while (n--) fputs(text, file);
}

/* Two names of a label set in either order, keys that are there twice, texts longer than a page, keys longer
 * than an index holds in its pages, names that begin alike, documents. */
static void write_nodes(const char *path, uint32_t n, uint32_t *seed)
{
    static const char *const labels[] = { "Person", "Organisation", "A;B", "B;A", "Document", "" };
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("id:ID,:LABEL,key,name,aliases:string[],document,date,size:int,note\n", file);
    for (uint32_t i = 0; i < n; i++) {
        const char *label = labels[chance(seed, VB_COUNT(labels))];
        bool document = strcmp(label, "Document") == 0, twice = chance(seed, 50) == 0;
        fprintf(file, "n%u,%s,", i, label);
        repeat(file, "lange-sleutel-", chance(seed, 60) == 0 ? 100 + chance(seed, 400) : 0);
        fprintf(file, "%s%u,Naam Één %u,", twice ? "k" : "sleutel", twice ? i % 7 : i, chance(seed, n));
        fprintf(file, "%s,", chance(seed, 3) == 0 ? "Naam;De Náám;naam" : "");
        if (document && !twice)
            fprintf(file, "brief-%u.txt,2024-0%u-11", i, 1 + chance(seed, 9));
        else
            fputc(',', file);
        fprintf(file, ",%s,", chance(seed, 2) ? "77" : "");
        repeat(file, "Een lang verhaal. ", chance(seed, 40) == 0 ? chance(seed, 2000) : 0);
        fputc('\n', file);
    }
    assert_int_equal(fclose(file), 0);
}

static void write_edges(const char *path, uint32_t n, uint32_t n_nodes, uint32_t *seed)
{
    static const char *const types[] = { "COOPERATES_WITH", "MENTIONS", "FUNDS", "KNOWS", "LEADS" };
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(":START_ID,:END_ID,:TYPE,count:int,document,date,text,share:float\n", file);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t near = chance(seed, 4) || n_nodes < 12 ? n_nodes : 12; /* a few nodes with very many edges */
        fprintf(file, "n%u,n%u,%s,", chance(seed, n_nodes), chance(seed, near),
                types[chance(seed, VB_COUNT(types))]);
        fprintf(file, "%u,", 1 + chance(seed, 3) * 400);
        fprintf(file, chance(seed, 3) ? "," : "brief-%u.txt,", chance(seed, n_nodes));
        fprintf(file, chance(seed, 3) ? "," : "20%u-10-1%u,", 10 + chance(seed, 15), chance(seed, 9));
        fprintf(file, chance(seed, 5) ? "," : "Zin %u,", chance(seed, 20));
        fprintf(file, chance(seed, 6) ? "\n" : "0.%u\n", 1 + chance(seed, 9));
    }
    assert_int_equal(fclose(file), 0);
}

/** Both give the same rows. @return how many */
static size_t same_rows(vb_store *a, vb_store *b, const char *sql)
{
    sqlite3_stmt *x = NULL, *y = NULL;
    size_t n = 0;
    assert_int_equal(sqlite3_prepare_v2(a->db, sql, -1, &x, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(b->db, sql, -1, &y, NULL), SQLITE_OK);
    for (;; n++) {
        int code = sqlite3_step(x);
        assert_int_equal(sqlite3_step(y), code);
        if (code != SQLITE_ROW) break;
        for (int i = 0; i < sqlite3_column_count(x); i++) {
            assert_int_equal(sqlite3_column_type(x, i), sqlite3_column_type(y, i));
            const char *left = (const char *)sqlite3_column_text(x, i);
            const char *right = (const char *)sqlite3_column_text(y, i);
            if (left || right) assert_string_equal(left, right);
        }
    }
    assert_int_equal(sqlite3_finalize(x), SQLITE_OK);
    assert_int_equal(sqlite3_finalize(y), SQLITE_OK);
    return n;
}

static vb_status tell_finding(void *context, const char *rule, const char *where)
{
    (void)context;
    if (!strstr(rule, "of the ontology") && strcmp(rule, "domain and range") != 0) {
        print_message("%s: %s\n", rule, where);
        return VB_STOPPED;
    }
    return VB_OK;
}

static void is_in_order(vb_store *store)
{
    assert_int_equal(vb_store_check(store, tell_finding, NULL, NULL, NULL), VB_OK);
}

/** Whether an import into this store would write whole trees. */
static bool goes_whole(vb_store *store)
{
    vb_bulk *bulk = NULL;
    assert_int_equal(vb_bulk_begin(store, &bulk, NULL), VB_OK);
    bool whole = bulk->fresh != NULL;
    vb_bulk_free(bulk);
    return whole;
}

static void import(vb_store *store, const char *const *files, vb_import_summary *sum)
{
    vb_error err = { 0 };
    vb_status status = vb_import_files(store, files, 2, sum, &err);
    if (status != VB_OK) print_message("%s\n", err.message);
    assert_int_equal(status, VB_OK);
}

static const char *const tables[] = {
    "SELECT * FROM node ORDER BY id",
    "SELECT * FROM alias ORDER BY id",
    "SELECT * FROM edge ORDER BY id",
    "SELECT * FROM label_set ORDER BY id",
    "SELECT * FROM relation ORDER BY id",
    "SELECT * FROM document ORDER BY id",
    "SELECT * FROM evidence ORDER BY id",
    "SELECT labels, key, id FROM node INDEXED BY node_key ORDER BY labels, key",
    "SELECT folded, id FROM alias INDEXED BY alias_folded ORDER BY folded, id",
    "SELECT node, id FROM alias INDEXED BY alias_node ORDER BY node, id",
    "SELECT source, type, target, id FROM edge INDEXED BY edge_out ORDER BY source, type, target, id",
    "SELECT target, type, source, id FROM edge INDEXED BY edge_in ORDER BY target, type, source, id",
    "SELECT rowid FROM alias_words WHERE alias_words MATCH 'naam' ORDER BY rowid",
    "SELECT rowid FROM alias_words WHERE alias_words MATCH '7*' ORDER BY rowid",
};

static void both_ways_agree(void **state)
{
    (void)state;
    static const struct {
        uint32_t nodes, edges;
    } sizes[] = { { 1, 0 }, { 1, 1 }, { 40, 30 }, { 2500, 12000 } };
    char nodes[PATH], edges[PATH], whole_path[PATH], rows_path[PATH];
    uint32_t seed = 77;
    name_file(nodes, "nodes.csv");
    name_file(edges, "edges.csv");
    name_file(whole_path, "whole.db");
    name_file(rows_path, "rows.db");
    for (size_t i = 0; i < VB_COUNT(sizes); i++) {
        vb_import_summary a, b;
        const char *const files[] = { nodes, edges };
        write_nodes(nodes, sizes[i].nodes, &seed);
        write_edges(edges, sizes[i].edges, sizes[i].nodes, &seed);
        vb_store *whole = open_store(whole_path, VB_OPEN_WRITE),
                 *by_rows = open_store(rows_path, VB_OPEN_WRITE);
        vb_store *reader = open_store(rows_path, VB_OPEN_READ); /* who looks on keeps the log, and the rows */
        assert_true(goes_whole(whole));
        assert_false(goes_whole(by_rows));
        import(whole, files, &a);
        import(by_rows, files, &b);
        assert_memory_equal(&a, &b, sizeof a);
        assert_false(goes_whole(whole));
        for (size_t t = 0; t < VB_COUNT(tables); t++) same_rows(whole, by_rows, tables[t]);
        is_in_order(whole);
        is_in_order(by_rows);
        vb_store_close(reader);
        vb_store_close(whole);
        vb_store_close(by_rows);
        remove_store(whole_path);
        remove_store(rows_path);
    }
    unlink(nodes);
    unlink(edges);
}

/** What was written whole takes more: another import, a letter, and what a person says. */
static void it_goes_on(void **state)
{
    (void)state;
    char path[PATH], first[PATH], second[PATH];
    uint32_t seed = 5;
    vb_loader *loader = NULL;
    vb_import_summary sum;
    name_file(path, "on.db");
    name_file(first, "first.csv");
    name_file(second, "second.csv");
    write_nodes(first, 900, &seed);
    write_nodes(second, 1100, &seed);
    vb_store *store = open_store(path, VB_OPEN_WRITE);
    assert_int_equal(vb_import_files(store, (const char *const[]){ first }, 1, &sum, NULL), VB_OK);
    assert_int_equal(vb_import_files(store, (const char *const[]){ first }, 1, &sum, NULL), VB_OK);
    assert_int_equal(sum.n_new_nodes, 0);
    assert_int_equal(vb_loader_new(NULL, &loader, NULL), VB_OK);
    assert_int_equal(vb_load_bytes(loader, store, VB_STR("een.txt"),
                                   VB_STR("De gemeente Leeuwarden neemt deel aan Preventie met Gezag.\n"),
                                   NULL, NULL),
                     VB_OK);
    vb_store_close(store);
    store = open_store(path, VB_OPEN_WRITE);
    is_in_order(store);
    vb_store_close(store);
    vb_loader_free(loader);
    remove_store(path);
    unlink(first);
    unlink(second);
}

/** While an import goes on, others may read the empty store, and nobody writes into it. */
static void others_meanwhile(void **state)
{
    (void)state;
    char path[PATH];
    vb_bulk *bulk = NULL;
    int64_t n = 77, id = 0;
    name_file(path, "meanwhile.db");
    vb_store *store = open_store(path, VB_OPEN_WRITE);
    vb_bulk_node node = { .key = VB_STR("sleutel") };
    assert_int_equal(vb_bulk_begin(store, &bulk, NULL), VB_OK);
    assert_int_equal(vb_bulk_node_put(bulk, &node, &id, NULL, NULL), VB_OK);
    vb_store *reader = open_store(path, VB_OPEN_READ);
    assert_int_equal(vb_sql_int(reader, NULL, "SELECT count(*) FROM node", &n), VB_OK);
    assert_int_equal(n, 0);
    sqlite3 *writer = NULL;
    assert_int_equal(sqlite3_open(path, &writer), SQLITE_OK);
    assert_int_equal(sqlite3_exec(writer, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_BUSY);
    sqlite3_close(writer);
    assert_int_equal(vb_bulk_commit(bulk, NULL), VB_OK);
    vb_bulk_free(bulk);
    assert_int_equal(vb_sql_int(reader, NULL, "SELECT count(*) FROM node", &n), VB_OK);
    assert_int_equal(n, 1);
    vb_store_close(reader);
    is_in_order(store);
    vb_store_close(store);
    remove_store(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(both_ways_agree), cmocka_unit_test(it_goes_on),
                                        cmocka_unit_test(others_meanwhile) };
    return cmocka_run_group_tests_name("import_ways", tests, NULL, NULL);
}
