/** Unit tests of opening a store: files that are none, files from other times, files that cannot be written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/store_world.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/verband-test-XXXXXX";

/** The name of a file in the test's own folder. */
static const char *file(const char *name)
{
    static char paths[4][512];
    static int turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static vb_status try_open(const char *path, vb_open_mode mode, vb_error *err)
{
    vb_store *store = NULL;
    vb_status status = vb_store_open(path, mode, &store, err);
    if (status != VB_OK) assert_null(store);
    vb_store_close(store);
    return status;
}

static void a_store_with_a_document(const char *path)
{
    vb_store *store;
    vb_record r = record_a();
    assert_int_equal(vb_store_open(path, VB_OPEN_WRITE, &store, NULL), VB_OK);
    assert_int_equal(vb_store_put(store, &r, NULL, NULL), VB_OK);
    vb_store_close(store);
}

static void files_that_are_no_store(void **state)
{
    (void)state;
    vb_error err = { 0 };
    char junk[8192];
    memset(junk, 'x', sizeof junk);
    write_file(file("junk"), junk, sizeof junk);
    write_file(file("text"), "name,key\n", 9);
    write_file(file("empty"), "", 0);
    run_sql(file("other"), "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    const struct {
        const char *name;
        vb_open_mode mode;
        vb_status want;
    } rows[] = {
        { "none", VB_OPEN_READ, VB_NOT_FOUND },      { "junk", VB_OPEN_READ, VB_STORE_FOREIGN },
        { "junk", VB_OPEN_WRITE, VB_STORE_FOREIGN }, { "text", VB_OPEN_WRITE, VB_STORE_FOREIGN },
        { "other", VB_OPEN_READ, VB_STORE_FOREIGN }, { "other", VB_OPEN_WRITE, VB_STORE_FOREIGN },
        { "empty", VB_OPEN_READ, VB_STORE_FOREIGN }, { "", VB_OPEN_WRITE, VB_IO },
        { "no/such/folder", VB_OPEN_WRITE, VB_IO },
    };
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        const char *path = file(rows[i].name);
        assert_int_equal(try_open(path, rows[i].mode, &err), rows[i].want);
        assert_non_null(strstr(err.message, path));
    }
    assert_int_equal(try_open("", VB_OPEN_WRITE, &err), VB_BAD_ARGUMENT);
    assert_int_equal(try_open(file("empty"), VB_OPEN_WRITE, &err), VB_OK); /* becomes one */
    assert_int_equal(try_open(file("empty"), VB_OPEN_READ, &err), VB_OK);
    run_sql(file("other"), "SELECT a FROM t"); /* the other program's file is as it was */
}

static void names_that_look_like_others(void **state)
{
    (void)state;
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(try_open("file:x?mode=memory", VB_OPEN_WRITE, NULL), VB_OK);
    assert_int_equal(access("file:x?mode=memory", F_OK), 0);
    assert_int_equal(try_open("file:x?mode=memory", VB_OPEN_READ, NULL), VB_OK);
    assert_int_equal(try_open(":memory:", VB_OPEN_READ, NULL), VB_OK);
}

static void other_versions(void **state)
{
    (void)state;
    vb_error err = { 0 };
    a_store_with_a_document(file("newer"));
    run_sql(file("newer"), "PRAGMA user_version = 999");
    assert_int_equal(try_open(file("newer"), VB_OPEN_READ, &err), VB_STORE_NEWER);
    assert_int_equal(try_open(file("newer"), VB_OPEN_WRITE, &err), VB_STORE_NEWER);
    assert_non_null(strstr(err.message, "999"));
    /* a file that this program began and did not finish is finished */
    run_sql(file("begun"), "PRAGMA application_id = 1450336868");
    assert_int_equal(try_open(file("begun"), VB_OPEN_READ, &err), VB_STORE_OLDER);
    assert_int_equal(try_open(file("begun"), VB_OPEN_WRITE, &err), VB_OK);
    assert_int_equal(try_open(file("begun"), VB_OPEN_READ, &err), VB_OK);
}

/** A store of the first schema is brought up to date by who writes, and keeps what it has. */
static void an_older_schema(void **state)
{
    (void)state;
    vb_error err = { 0 };
    vb_stats stats = { 0 };
    vb_store *store = NULL;
    vb_arena *arena = vb_arena_new();
    a_store_with_a_document(file("older"));
    run_sql(
        file("older"),
        "ALTER TABLE edge DROP COLUMN amount; ALTER TABLE evidence DROP COLUMN amount;"
        "ALTER TABLE evidence DROP COLUMN amount_per; ALTER TABLE evidence DROP COLUMN cue;"
        "ALTER TABLE evidence DROP COLUMN cue_length;"
        "ALTER TABLE evidence DROP COLUMN source_at;"
        "ALTER TABLE evidence DROP COLUMN source_length;"
        "ALTER TABLE evidence DROP COLUMN target_at;"
        "ALTER TABLE evidence DROP COLUMN target_length; DROP TABLE correction; DROP TABLE correction_effect;"
        "ALTER TABLE document_text DROP COLUMN sum; ALTER TABLE evidence DROP COLUMN correction;"
        "DROP TABLE document_sketch; DROP TABLE duplicate; DROP INDEX document_number;"
        "PRAGMA user_version = 1");
    assert_int_equal(try_open(file("older"), VB_OPEN_READ, &err), VB_STORE_OLDER);
    assert_non_null(strstr(err.message, "older version"));
    assert_int_equal(vb_store_open(file("older"), VB_OPEN_WRITE, &store, &err), VB_OK);
    assert_int_equal(vb_store_stats(store, arena, &stats, &err), VB_OK);
    assert_int_equal(stats.n_documents, 1);
    assert_true(stats.schema_version > 1);
    vb_store_close(store);
    vb_arena_free(arena);
    run_sql(file("older"),
            "SELECT amount, cue, source_at, target_length FROM evidence;"
            "SELECT amount FROM edge; SELECT who FROM correction; SELECT sum FROM document_text");
}

/** Every length a store may be cut to: an error or findings, never a crash and never a clean bill. */
static void a_truncated_file(void **state)
{
    (void)state;
    vb_buf whole = { 0 };
    a_store_with_a_document(file("cut"));
    assert_int_equal(vb_buf_read(file("cut"), 1 << 24, &whole, NULL), VB_OK);
    for (size_t n = 0; n < whole.len; n += n < 8192 ? 977 : 20000) {
        vb_store *store = NULL;
        size_t found = 0;
        vb_error err = { 0 };
        write_file(file("cut"), whole.at, n);
        vb_status status = vb_store_open(file("cut"), VB_OPEN_READ, &store, &err);
        if (status == VB_OK) status = vb_store_check(store, NULL, NULL, &found, &err);
        assert_true(status != VB_OK || found > 0);
        vb_store_close(store);
    }
    vb_buf_clear(&whole);
}

static vb_status pass_over(void *context, const vb_edge *edge)
{
    (void)context;
    (void)edge;
    return VB_OK;
}

/** Bytes turned over all through the file. */
static void a_corrupted_file(void **state)
{
    (void)state;
    vb_buf whole = { 0 };
    a_store_with_a_document(file("bits"));
    assert_int_equal(vb_buf_read(file("bits"), 1 << 24, &whole, NULL), VB_OK);
    for (size_t at = 100; at < whole.len; at += whole.len / 150) {
        vb_store *store = NULL;
        vb_arena *arena = vb_arena_new();
        vb_nodes found;
        whole.at[at] = (char)(whole.at[at] ^ 0x5a);
        write_file(file("bits"), whole.at, whole.len);
        whole.at[at] = (char)(whole.at[at] ^ 0x5a);
        if (vb_store_open(file("bits"), VB_OPEN_READ, &store, NULL) == VB_OK) {
            (void)vb_store_resolve(store, VB_STR("Leeuwarden"), arena, &found, NULL);
            (void)vb_store_edges(store, (vb_str){ 0 }, pass_over, NULL, NULL);
            (void)vb_store_check(store, NULL, NULL, NULL, NULL);
        }
        vb_store_close(store);
        vb_arena_free(arena);
    }
    vb_buf_clear(&whole);
}

static void reading_alone(void **state)
{
    (void)state;
    vb_store *store;
    vb_error err = { 0 };
    vb_record r = record_a();
    r.hash = 77;
    a_store_with_a_document(file("read"));
    assert_int_equal(vb_store_open(file("read"), VB_OPEN_READ, &store, &err), VB_OK);
    assert_int_equal(vb_store_put(store, &r, NULL, &err), VB_STORE);
    assert_non_null(strstr(err.message, "reading"));
    size_t n = 9;
    assert_int_equal(vb_store_check(store, NULL, NULL, &n, &err), VB_OK);
    assert_int_equal(n, 0);
    vb_store_close(store);
    assert_int_not_equal(access(file("read-wal"), F_OK), 0); /* a reader leaves nothing lying about */
    assert_int_not_equal(access(file("read-shm"), F_OK), 0);
}

/** As somebody who may write neither the file nor its folder: asked of a child, root being above such rules.
 */
static void a_folder_that_cannot_be_written(void **state)
{
    (void)state;
    char inner[512];
    snprintf(inner, sizeof inner, "%s", file("sealed"));
    assert_int_equal(mkdir(inner, 0755), 0);
    a_store_with_a_document(file("sealed/s.db"));
    assert_int_equal(chmod(file("sealed/s.db"), 0444), 0);
    assert_int_equal(chmod(inner, 0555), 0);
    assert_int_equal(chmod(folder, 0755), 0);
    const char *path = file("sealed/s.db");
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        vb_store *store = NULL;
        size_t n = 9;
        if (geteuid() == 0 && setuid(65534) != 0) _exit(3);
        if (vb_store_open(path, VB_OPEN_READ, &store, NULL) != VB_OK) _exit(4);
        if (vb_store_check(store, NULL, NULL, &n, NULL) != VB_OK || n) _exit(5);
        vb_store_close(store);
        _exit(vb_store_open(path, VB_OPEN_WRITE, &store, NULL) == VB_OK ? 6 : 0);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how));
    assert_int_equal(WEXITSTATUS(how), 0);
    assert_int_equal(chmod(inner, 0755), 0);
}

static void readers_do_not_wait(void **state)
{
    (void)state;
    vb_store *reader, *writer;
    vb_record r = record_a();
    bool has = true;
    a_store_with_a_document(file("both"));
    assert_int_equal(vb_store_open(file("both"), VB_OPEN_WRITE, &writer, NULL), VB_OK);
    assert_int_equal(vb_store_open(file("both"), VB_OPEN_READ, &reader, NULL), VB_OK);
    assert_int_equal(vb_store_begin(writer, NULL), VB_OK);
    r.file = VB_STR("new.txt");
    assert_int_equal(vb_store_put(writer, &r, NULL, NULL), VB_OK);
    assert_int_equal(vb_store_has(reader, r.file, r.hash, &has, NULL), VB_OK);
    assert_false(has);
    assert_int_equal(vb_store_commit(writer, NULL), VB_OK);
    assert_int_equal(vb_store_has(reader, r.file, r.hash, &has, NULL), VB_OK);
    assert_true(has);
    vb_store_close(reader);
    vb_store_close(writer);
}

/** A hostile file: a trigger and a view where tables should be. None of it runs. */
static void a_hostile_schema(void **state)
{
    (void)state;
    vb_store *store = NULL;
    vb_record r = record_a();
    r.file = VB_STR("new.txt");
    a_store_with_a_document(file("hostile"));
    run_sql(file("hostile"), "CREATE TABLE trap(a); CREATE TRIGGER t AFTER INSERT ON node BEGIN"
                             " INSERT INTO trap VALUES(1); END");
    assert_int_equal(vb_store_open(file("hostile"), VB_OPEN_WRITE, &store, NULL), VB_OK);
    assert_int_equal(vb_store_put(store, &r, NULL, NULL), VB_OK);
    world w = { .store = store };
    assert_int_equal(count(&w, "SELECT count(*) FROM trap"), 0);
    vb_store_close(store);
    run_sql(file("hostile"), "DROP TRIGGER t; ALTER TABLE node RENAME TO n2;"
                             "CREATE VIEW node AS SELECT * FROM n2");
    vb_error err = { 0 };
    vb_arena *arena = vb_arena_new();
    vb_nodes found;
    if (vb_store_open(file("hostile"), VB_OPEN_READ, &store, &err) == VB_OK) {
        assert_int_equal(vb_store_resolve(store, VB_STR("Leeuwarden"), arena, &found, &err), VB_STORE);
        vb_store_close(store);
    }
    vb_arena_free(arena);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int end_folder(void **state)
{
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_no_store),
        cmocka_unit_test(names_that_look_like_others),
        cmocka_unit_test(other_versions),
        cmocka_unit_test(an_older_schema),
        cmocka_unit_test(a_truncated_file),
        cmocka_unit_test(a_corrupted_file),
        cmocka_unit_test(reading_alone),
        cmocka_unit_test(readers_do_not_wait),
        cmocka_unit_test(a_folder_that_cannot_be_written),
        cmocka_unit_test(a_hostile_schema),
    };
    return cmocka_run_group_tests_name("store_open", tests, make_folder, end_folder);
}
