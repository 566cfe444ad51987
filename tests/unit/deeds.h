/**
 * What changes a store, as deeds that a test lets fail: load, import, corrections, taking them back, a query
 * that writes, a store of an older version brought up to date, a restore. Each begins with the bytes of a
 * store made once, and leads through known states: what the tables then hold, as text. Include it after
 * cmocka; deeds_begin() first, deeds_end() last.
 */
#ifndef VB_TESTS_DEEDS_H
#define VB_TESTS_DEEDS_H

#include "tests/unit/correct_world.h"

#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STATES_MAX = 4 };

/** AddressSanitizer keeps freed memory for a while, which costs most of the time of ever new stores: less. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=4:malloc_context_size=12";
}

static char deeds_folder[64];
static vb_loader *deeds_loader;

/** The name of a file in the tests' own folder. */
static const char *place(const char *name)
{
    static char paths[8][128];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", deeds_folder, name);
    return path;
}

static void write_place(const char *name, const char *at, size_t len)
{
    FILE *f = fopen(place(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(at, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
}

/* ---- the deeds ---------------------------------------------------------------------------------------- */

/** What a deed does with its store, which is opened and closed around it. */
typedef vb_status (*deed_fn)(vb_store *store, size_t part, vb_error *err);

static vb_status with_store(const char *path, deed_fn run, size_t part, vb_error *err)
{
    vb_store *store = NULL;
    vb_status status = vb_store_open(path, VB_OPEN_WRITE, &store, err);
    if (status == VB_OK && run) status = run(store, part, err);
    vb_store_close(store);
    return status;
}

static vb_status load_into(vb_store *store, size_t part, vb_error *err)
{
    char a[128], b[128];
    snprintf(a, sizeof a, "%s", place("a.txt"));
    snprintf(b, sizeof b, "%s", place("new.txt"));
    return vb_load_paths(deeds_loader, store, (const char *const[]){ a, b }, part, NULL, NULL, err);
}

static vb_status do_load(const char *path, size_t part, vb_error *err)
{
    return with_store(path, load_into, part, err);
}

static vb_status import_into(vb_store *store, size_t part, vb_error *err)
{
    char a[128], b[128];
    (void)part;
    snprintf(a, sizeof a, "%s", place("nodes.csv"));
    snprintf(b, sizeof b, "%s", place("edges.csv"));
    return vb_import_files(store, (const char *const[]){ a, b }, 2, NULL, err);
}

static vb_status do_import(const char *path, size_t part, vb_error *err)
{
    return with_store(path, import_into, part, err);
}

/** Nodes that fill more pages than are written together, each with a text over many pages of its own. */
static vb_status import_long_into(vb_store *store, size_t part, vb_error *err)
{
    char a[128];
    (void)part;
    snprintf(a, sizeof a, "%s", place("long.csv"));
    return vb_import_files(store, (const char *const[]){ a }, 1, NULL, err);
}

static vb_status do_import_long(const char *path, size_t part, vb_error *err)
{
    return with_store(path, import_long_into, part, err);
}

#define ASKED .who = S("jan"), .when = S(WHEN), .why = S("so")
static const vb_correction_request requests[] = {
    { .kind = VB_REJECT, .a = S("Jansen"), .relation = S("LEADS"), .b = S("Preventie met Gezag"), ASKED },
    { .kind = VB_MERGE, .a = S("SJ"), .b = S("Stichting Jeugdzorg"), ASKED },
    { .kind = VB_ASSERT,
      .a = S("Organisation:Bond X"),
      .relation = S("SUPPORTS"),
      .b = S("Jansen"),
      .make = true,
      ASKED },
    { .kind = VB_SPLIT, .a = S("Jansen"), .b = S("Jansen (C)"), .document = S("c.txt"), ASKED },
    { .kind = VB_RENAME, .a = S("Leeuwarden"), .b = S("Ljouwert"), ASKED },
};

static vb_status correct_into(vb_store *store, size_t part, vb_error *err)
{
    (void)part;
    return vb_correct(store, requests, VB_COUNT(requests), NULL, NULL, err);
}

static vb_status do_correct(const char *path, size_t part, vb_error *err)
{
    return with_store(path, correct_into, part, err);
}

static vb_status undo_into(vb_store *store, size_t part, vb_error *err)
{
    (void)part;
    return vb_undo(store, (const int64_t[]){ 1 }, 1, VB_STR("piet"), VB_STR(WHEN), VB_STR(""), err);
}

static vb_status do_undo(const char *path, size_t part, vb_error *err)
{
    return with_store(path, undo_into, part, err);
}

static vb_status query_into(vb_store *store, size_t part, vb_error *err)
{
    vb_query *query = NULL;
    vb_query_error wrong = { 0 };
    const vb_value *row = NULL;
    const vb_query_options options = { .write = true };
    (void)part;
    vb_status status =
        vb_query_open(store,
                      VB_STR("CREATE (a:Organisation {name: 'x', n: 1})-[:SUPPORTS {how: 'much'}]->"
                             "(:Programme {name: 'y'}) WITH a SET a.n = a.n + 1"),
                      &options, &query, &wrong);
    if (status == VB_OK) status = vb_query_next(query, &row, &wrong);
    if (status != VB_OK) vb_fail(err, status, "%s", wrong.message);
    vb_query_close(query);
    return status;
}

static vb_status do_query(const char *path, size_t part, vb_error *err)
{
    return with_store(path, query_into, part, err);
}

static vb_status do_open(const char *path, size_t part, vb_error *err)
{
    return with_store(path, NULL, part, err);
}

static vb_status restore_into(vb_store *store, size_t part, vb_error *err)
{
    char other[128];
    (void)part;
    snprintf(other, sizeof other, "%s", place("other.db"));
    return vb_store_restore(store, other, err);
}

static vb_status do_restore(const char *path, size_t part, vb_error *err)
{
    return with_store(path, restore_into, part, err);
}

/** What a former try left when it was killed is its own affair. */
static vb_status do_repair(const char *path, size_t part, vb_error *err)
{
    (void)part;
    return vb_store_repair(path, NULL, NULL, NULL, err);
}

/** What a store of the first version lacks. */
static const char first_version[] =
    "DROP TABLE correction; DROP TABLE correction_effect; ALTER TABLE document_text DROP COLUMN sum;"
    "ALTER TABLE edge DROP COLUMN amount; ALTER TABLE evidence DROP COLUMN amount;"
    "ALTER TABLE evidence DROP COLUMN amount_per; ALTER TABLE evidence DROP COLUMN cue;"
    "ALTER TABLE evidence DROP COLUMN cue_length; ALTER TABLE evidence DROP COLUMN source_at;"
    "ALTER TABLE evidence DROP COLUMN source_length; ALTER TABLE evidence DROP COLUMN target_at;"
    "ALTER TABLE evidence DROP COLUMN target_length; ALTER TABLE evidence DROP COLUMN correction;"
    "DROP TABLE document_sketch; DROP TABLE duplicate;"
    "DROP INDEX document_number; PRAGMA user_version = 1";

typedef struct deed {
    const char *name;
    vb_status (*run)(const char *path, size_t part, vb_error *err);
    size_t parts;      /* states after the first: so many of its parts are done */
    const char *file;  /* a store of the repository; NULL: one that is made */
    const char *first; /* SQL that the store goes through before; NULL: none */
    bool corrected;    /* the store has corrections before */
    bool empty;        /* it has no letters before */
} deed;

static const deed deeds[] = {
    { .name = "load", .run = do_load, .parts = 2, .corrected = true },
    { .name = "import", .run = do_import, .parts = 1, .corrected = true },
    { .name = "import into an empty store", .run = do_import, .parts = 1, .empty = true },
    { .name = "import long texts into an empty store", .run = do_import_long, .parts = 1, .empty = true },
    { .name = "correct", .run = do_correct, .parts = 1 },
    { .name = "undo", .run = do_undo, .parts = 1, .corrected = true },
    { .name = "query", .run = do_query, .parts = 1, .corrected = true },
    { .name = "migrate", .run = do_open, .parts = 1, .first = first_version },
    { .name = "migrate corrections",
      .run = do_open,
      .parts = 1,
      .file = "tests/unit/stores/version-5.store" },
    { .name = "repair",
      .run = do_repair,
      .parts = 1,
      .corrected = true,
      .first = "UPDATE document SET edges = edges + 1 WHERE path = 'b.txt'" },
    { .name = "restore", .run = do_restore, .parts = 1, .corrected = true },
};

/* ---- states ------------------------------------------------------------------------------------------- */

/** A deed's beginning, and what the tables hold before it and after each of its parts. */
typedef struct course {
    const deed *deed;
    vb_buf before; /* bytes of the file */
    vb_buf states[STATES_MAX];
} course;

static void remove_store(const char *path)
{
    char beside[160];
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(beside, sizeof beside, "%s%s", path, *end);
        (void)unlink(beside);
    }
}

static sqlite3 *connect_plain(const char *path)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static void add_rows(sqlite3 *db, const char *sql, vb_buf *out)
{
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int k = 0; k < sqlite3_column_count(stmt); k++) {
            const char *text = (const char *)sqlite3_column_text(stmt, k);
            assert_int_equal(vb_buf_printf(out, "|%s", text ? text : "-"), VB_OK);
        }
        assert_int_equal(vb_buf_printf(out, "\n"), VB_OK);
    }
    assert_int_equal(code, SQLITE_DONE);
    sqlite3_finalize(stmt);
}

/** Every row of every table but the full-text index's own (which a check compares), by SQLite alone. */
static vb_buf state_of(const char *path)
{
    vb_buf out = { 0 };
    sqlite3 *db = connect_plain(path);
    sqlite3_stmt *stmt = NULL;
    add_rows(db, "PRAGMA integrity_check", &out);
    assert_string_equal(out.at, "|ok\n");
    add_rows(db, "PRAGMA user_version", &out);
    add_rows(db, "SELECT name, sql FROM sqlite_schema ORDER BY name", &out);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT 'SELECT * FROM ' || name || ' ORDER BY 1, 2' FROM"
                                        " sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_words*'"
                                        " ORDER BY name",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(stmt, 0);
        assert_int_equal(vb_buf_printf(&out, "%s\n", sql), VB_OK);
        add_rows(db, sql, &out);
    }
    sqlite3_finalize(stmt);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return out;
}

/** Put the file back to what it was before the deed. */
static void rewind_to(const course *c, const char *name)
{
    char old[32];
    snprintf(old, sizeof old, "%s.damaged", name);
    remove_store(place(old));
    remove_store(place(name));
    write_place(name, c->before.at, c->before.len);
}

/** How many files of dead repairs lie beside the store. */
UNUSED static size_t n_left(const char *name)
{
    char pattern[160];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s.repair-*", place(name));
    size_t n = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
    globfree(&found);
    return n;
}

UNUSED static void make_store(const char *path, bool letters, bool corrected, const char *sql)
{
    world w = { 0 };
    vb_record records[] = { record_a(), record_b(), record_c() };
    remove_store(path);
    assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &w.store, &w.err), VB_OK);
    for (size_t i = 0; letters && i < VB_COUNT(records); i++) put(&w, &records[i], VB_LOAD_NEW);
    if (corrected)
        assert_int_equal(vb_correct(w.store, requests, VB_COUNT(requests), NULL, NULL, &w.err), VB_OK);
    vb_store_close(w.store);
    if (!sql) return;
    sqlite3 *db = connect_plain(path);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

UNUSED static course course_begin(const deed *d)
{
    course c = { .deed = d };
    vb_error err = { 0 };
    if (!d->file) make_store(place("deed.db"), !d->empty, d->corrected, d->first);
    assert_int_equal(vb_buf_read(d->file ? d->file : place("deed.db"), 1 << 26, &c.before, NULL), VB_OK);
    rewind_to(&c, "deed.db");
    c.states[0] = state_of(place("deed.db"));
    for (size_t part = 1; part <= d->parts; part++) {
        rewind_to(&c, "deed.db");
        vb_status status = d->run(place("deed.db"), part, &err);
        if (status != VB_OK) print_message("# %s: %s\n", d->name, err.message);
        assert_int_equal(status, VB_OK);
        c.states[part] = state_of(place("deed.db"));
        assert_string_not_equal(c.states[part].at, c.states[part - 1].at);
    }
    return c;
}

UNUSED static void course_end(course *c)
{
    vb_buf_clear(&c->before);
    for (size_t i = 0; i < STATES_MAX; i++) vb_buf_clear(&c->states[i]);
}

static size_t file_findings(const char *name);

/** What cannot be read is lost to a repair, and can be had from what it kept: one part, or in no state. */
static int repaired(const course *c, const char *name)
{
    char old[32];
    snprintf(old, sizeof old, "%s.damaged", name);
    if (access(place(old), F_OK) != 0 || file_findings(name) != 0) return -1;
    vb_buf kept = state_of(place(old));
    bool same = strcmp(kept.at, c->states[0].at) == 0;
    vb_buf_clear(&kept);
    return same ? 1 : -1;
}

/** The state that the file is in: so many parts are done; -1: it is in none of them. */
UNUSED static int part_done(const course *c, const char *name)
{
    int found = -1;
    if (access(place(name), F_OK) != 0) return -1; /* to open it would make it */
    vb_buf now = state_of(place(name));
    for (size_t i = 0; i <= c->deed->parts; i++)
        if (strcmp(now.at, c->states[i].at) == 0) found = (int)i;
    vb_buf_clear(&now);
    if (found < 0 && c->deed->run == do_repair) found = repaired(c, name);
    return found;
}

/** How many rules of the graph the file breaks. */
UNUSED static size_t file_findings(const char *name)
{
    world w = { 0 };
    assert_int_equal(vb_store_open(place(name), VB_OPEN_WRITE, &w.store, &w.err), VB_OK);
    size_t n = findings(&w);
    vb_store_close(w.store);
    return n;
}

/* ---- the folder --------------------------------------------------------------------------------------- */

static const char letter_a[] =
    "Datum 3 maart 2025\n\nGeachte voorzitter,\n\nDe gemeente Leeuwarden neemt deel aan"
    " het programma Preventie met Gezag. De gemeente Arnhem is tevreden.\n\n"
    "De minister van Financiën,\n\nA.B. de Vries\n";
static const char letter_new[] =
    "Datum 4 maart 2025\n\nGeachte voorzitter,\n\nDe gemeente Tholen werkt samen met de"
    " gemeente Leeuwarden en met het ministerie van Financiën.\n";
static const char nodes_csv[] = "id:ID,:LABEL,key,name,aliases:string[],document,n:int\n"
                                "1,Municipality,GM0080,Leeuwarden,Ljouwert,,4\n2,Programme,t2,Two,,,\n"
                                "3,Document,d3,Three,,three.txt,\n";
static const char edges_csv[] =
    ":START_ID,:END_ID,:TYPE,count:int,document,text\n"
    "1,2,LEADS,2,three.txt,Leeuwarden leads two.\n3,1,MENTIONS,1,,\n1,2,SUPPORTS,1,,\n";

static void write_long(void)
{
    enum { LONG = 90000, NODES = 3 };
    FILE *f = fopen(place("long.csv"), "wb");
    assert_non_null(f);
    assert_true(fprintf(f, "id:ID,:LABEL,key,name,text\n") > 0);
    for (int i = 0; i < NODES; i++)
        assert_true(fprintf(f, "%d,Programme,t%d,Long %d,%0*d\n", i, i, i, LONG, i) > 0);
    assert_int_equal(fclose(f), 0);
}

UNUSED static int deeds_begin(void **state)
{
    (void)state;
    vb_error err = { 0 };
    snprintf(deeds_folder, sizeof deeds_folder, "%s/verband-deeds-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(deeds_folder) || vb_loader_new(NULL, &deeds_loader, &err) != VB_OK) return -1;
    write_place("a.txt", letter_a, sizeof letter_a - 1);
    write_place("new.txt", letter_new, sizeof letter_new - 1);
    write_place("nodes.csv", nodes_csv, sizeof nodes_csv - 1);
    write_place("edges.csv", edges_csv, sizeof edges_csv - 1);
    write_long();
    make_store(place("other.db"), true, false, NULL);
    return do_load(place("other.db"), 2, &err) == VB_OK ? 0 : -1;
}

UNUSED static int deeds_end(void **state)
{
    (void)state;
    char command[128];
    vb_loader_free(deeds_loader);
    snprintf(command, sizeof command, "rm -rf %s", deeds_folder);
    return system(command) == 0 ? 0 : -1;
}

#endif
