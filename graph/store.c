/**
 * A store: opening a file as one, ending it, and batches of writing. What stands in its tables is told in
 * schema.c; what a document becomes there in store_put.c; the way back in store_read.c and store_visit.c.
 */
#include "graph/corrections.h"
#include "graph/store_pending.h"
#include "graph/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char memory_path[] = ":memory:";

/** What stands at @p path: refuse what can be no store, before SQLite does so in its own words. */
static vb_status look_at(const char *path, vb_open_mode mode, vb_error *err)
{
    struct stat info;
    if (!path || !*path) return vb_fail(err, VB_BAD_ARGUMENT, "a store needs a file name");
    if (strcmp(path, memory_path) == 0) return VB_OK;
    if (stat(path, &info) != 0) {
        if (errno != ENOENT) return vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
        return mode == VB_OPEN_WRITE ? VB_OK : vb_fail(err, VB_NOT_FOUND, "%s: no such store", path);
    }
    if (S_ISDIR(info.st_mode)) return vb_fail(err, VB_IO, "%s: is a directory", path);
    if (!S_ISREG(info.st_mode)) return vb_fail(err, VB_IO, "%s: not a regular file", path);
    return VB_OK;
}

/** The path as SQLite shall take it: "file:..." is a file's name here and no URI. */
static vb_status file_name(const char *path, bool immutable, vb_buf *out)
{
    static const char plain[] = "-._~/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (!immutable) {
        if (strncmp(path, "file:", 5) == 0 && vb_buf_add(out, VB_STR("./")) != VB_OK) return VB_NO_MEMORY;
        return vb_buf_add(out, vb_str_of(path));
    }
    if (vb_buf_add(out, VB_STR("file:")) != VB_OK) return VB_NO_MEMORY;
    for (const char *p = path; *p; p++) {
        bool as_is = strchr(plain, *p) != NULL;
        if (vb_buf_printf(out, as_is ? "%c" : "%%%02X", (unsigned char)*p) != VB_OK) return VB_NO_MEMORY;
    }
    return vb_buf_add(out, VB_STR("?immutable=1"));
}

void vb_store_statements_end(vb_store *store)
{
    for (size_t i = 0; i < store->n_statements; i++) sqlite3_finalize(store->statements[i].stmt);
    store->n_statements = 0;
}

static void disconnect(vb_store *store)
{
    vb_store_statements_end(store);
    sqlite3_close_v2(store->db);
    store->db = NULL;
}

/**
 * Connect. A reader takes the file as a writer would where it may (so that the last one out can tidy up the
 * log beside it); SQLite itself falls back to reading alone.
 */
static vb_status connect(vb_store *store, const char *path, bool immutable, vb_error *err)
{
    vb_status status;
    vb_buf name = { 0 };
    int flags = immutable ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    if (store->writing || strcmp(path, memory_path) == 0) flags |= SQLITE_OPEN_CREATE;
    if (file_name(path, immutable, &name) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    disconnect(store);
    int code =
        sqlite3_open_v2(name.at, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    status = VB_OK;
    if (code == SQLITE_OK) goto done;
    if (!store->db || (code & 0xff) == SQLITE_NOMEM) {
        status = vb_fail_memory(err);
    } else {
        int reason = sqlite3_system_errno(store->db);
        status = vb_fail(err, VB_IO, "%s: %s", path, reason ? strerror(reason) : sqlite3_errmsg(store->db));
    }
done:
    vb_buf_clear(&name);
    return status;
}

static vb_status pragma(vb_store *store, const char *sql, vb_error *err)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK) return VB_OK;
    return vb_store_fail(store, err, "opening the store");
}

/**
 * Wait a little for another writer: in short steps, for a writer of many batches leaves only short gaps
 * between them, and SQLite's own steps, which grow to a tenth of a second, would miss them for long.
 */
static int wait_for_writer(void *context, int n_before)
{
    vb_store *store = context;
    const struct timespec step = { .tv_nsec = VB_BUSY_STEP_MS * 1000000L };
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (!n_before) store->waiting = now;
    if ((now.tv_sec - store->waiting.tv_sec) * 1000 + (now.tv_nsec - store->waiting.tv_nsec) / 1000000 >=
        VB_BUSY_MS)
        return 0;
    (void)nanosleep(&step, NULL); /* interrupted, it is shorter */
    return 1;
}

void vb_store_wait(vb_store *store, bool wait)
{
    sqlite3_busy_handler(store->db, wait ? wait_for_writer : NULL, store);
}

/* A file may come from anywhere: its schema is trusted with nothing. */
vb_status vb_store_configure(vb_store *store, vb_error *err)
{
    static const struct {
        int option, value;
    } options[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },      { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 }, { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },    { SQLITE_DBCONFIG_DQS_DML, 0 },
    };
    for (size_t i = 0; i < VB_COUNT(options); i++)
        if (sqlite3_db_config(store->db, options[i].option, options[i].value, (int *)NULL) != SQLITE_OK)
            return vb_store_fail(store, err, "opening the store");
    vb_store_wait(store, true);
    vb_status status = vb_rows_register(store, err);
    if (status != VB_OK) return status;
    return pragma(
        store, "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; PRAGMA cache_size = -32000;", err);
}

/** Whether the file is ours, and from when: *version is its schema's, 0 of an empty file. */
static vb_status identify(vb_store *store, const char *path, int64_t *version, vb_error *err)
{
    vb_status status;
    int64_t application = 0, n_tables = 0;
    TRY(vb_sql_int(store, err, "SELECT count(*) FROM sqlite_schema", &n_tables)); /* the first real read */
    TRY(vb_sql_int(store, err, "PRAGMA application_id", &application));
    TRY(vb_sql_int(store, err, "PRAGMA user_version", version));
    bool empty = !n_tables && !application && !*version;
    bool memory = strcmp(path, memory_path) == 0;
    if (!empty && application != VB_APPLICATION_ID)
        status = vb_fail(err, VB_STORE_FOREIGN, "%s: not a Verband store (an SQLite file of another program)",
                         path);
    else if (*version > vb_schema_version())
        status = vb_fail(err, VB_STORE_NEWER,
                         "%s: made by a newer version of Verband (schema %lld, this one knows %d)", path,
                         (long long)*version, vb_schema_version());
    else if (!store->writing && !memory && empty)
        status = vb_fail(err, VB_STORE_FOREIGN, "%s: not a Verband store (an empty file)", path);
    else if (!store->writing && !memory && *version < vb_schema_version())
        status = vb_fail(err, VB_STORE_OLDER,
                         "%s: made by an older version of Verband (schema %lld of %d); verband --db %s stats"
                         " brings it up to date",
                         path, (long long)*version, vb_schema_version(), path);
done:
    return status;
}

vb_status vb_store_learn(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    for (int i = 0; i < VB_LABEL_COUNT; i++)
        TRY(vb_sql_id(store, err, &store->labels[i], "SELECT id FROM label_set WHERE labels = json_array(?)",
                      "s", vb_str_of(vb_label_name((vb_label)i))));
    for (int i = 0; i < VB_REL_COUNT; i++)
        TRY(vb_sql_id(store, err, &store->relations[i], "SELECT id FROM relation WHERE name = ?", "s",
                      vb_str_of(vb_relation_get((vb_relation)i)->name)));
done:
    return status;
}

/** Of a file that is empty yet: another one keeps the size it has. */
static vb_status set_page_size(vb_store *store, vb_error *err)
{
    char sql[48];
    snprintf(sql, sizeof sql, "PRAGMA page_size = %d", VB_PAGE);
    return pragma(store, sql, err);
}

/** Bring the file up to date where this connection writes; take the log for writing ahead. */
static vb_status prepare_file(vb_store *store, const char *path, int64_t version, vb_error *err)
{
    vb_status status = VB_OK;
    bool memory = strcmp(path, memory_path) == 0;
    if (store->writing || memory) {
        if (!memory && !version) TRY(set_page_size(store, err));
        if (!memory) TRY(pragma(store, "PRAGMA journal_mode = WAL", err));
        bool whole = version == vb_schema_version();
        if (whole) TRY(vb_store_learn(store, err));
        for (int i = 0; whole && i < VB_LABEL_COUNT; i++) whole = store->labels[i] != 0;
        for (int i = 0; whole && i < VB_REL_COUNT; i++) whole = store->relations[i] != 0;
        if (!whole) TRY(vb_schema_migrate(store, err));
    }
    TRY(vb_store_learn(store, err));
    if (!store->writing) TRY(pragma(store, "PRAGMA query_only = ON", err));
done:
    return status;
}

/** On a medium or in a folder that cannot be written SQLite finds no place for the log's index: read the file
 *  as one that nobody changes, when nothing lies beside it that belongs to it: a log, or the way back. */
static bool may_be_immutable(const char *path)
{
    static const char *const besides[] = { "-wal", "-journal" };
    struct stat info;
    bool may = true;
    for (size_t i = 0; may && i < VB_COUNT(besides); i++) {
        vb_buf name = { 0 };
        may = vb_buf_printf(&name, "%s%s", path, besides[i]) == VB_OK && stat(name.at, &info) != 0 &&
              errno == ENOENT;
        vb_buf_clear(&name);
    }
    return may;
}

static vb_status examine(vb_store *store, const char *path, bool immutable, int64_t *version, vb_error *err)
{
    vb_status status;
    TRY(connect(store, path, immutable, err));
    TRY(vb_store_configure(store, err));
    TRY(identify(store, path, version, err));
done:
    if (status == VB_STORE_FOREIGN && err && !strstr(err->message, path))
        status = vb_fail(err, status, "%s: not a Verband store (not an SQLite file)", path);
    return status;
}

vb_status vb_store_open(const char *path, vb_open_mode mode, vb_store **out, vb_error *err)
{
    vb_status status;
    int64_t version = 0;
    vb_store *store = NULL;

    TRY(look_at(path, mode, err));
    store = calloc(1, sizeof *store);
    if (!store) {
        status = vb_fail_memory(err);
        goto done;
    }
    store->writing = mode == VB_OPEN_WRITE;
    status = examine(store, path, false, &version, err);
    int code = sqlite3_errcode(store->db) & 0xff;
    if (status == VB_STORE && mode == VB_OPEN_READ && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) &&
        may_be_immutable(path))
        status = examine(store, path, true, &version, err);
    TRY(status);
    TRY(prepare_file(store, path, version, err));
    *out = store;
    store = NULL;
done:
    vb_store_close(store);
    return status;
}

void vb_store_close(vb_store *store)
{
    if (!store) return;
    if (store->batch) vb_store_rollback(store);
    disconnect(store);
    vb_known_free(store->known);
    vb_pending_free(store->pending);
    free(store);
}

vb_status vb_store_hold(vb_store *store, bool *held, vb_error *err)
{
    *held = false;
    if (!sqlite3_get_autocommit(store->db)) return VB_OK;
    if (sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return vb_store_fail(store, err, "beginning to read");
    *held = true;
    return VB_OK;
}

void vb_store_release(vb_store *store, bool held)
{
    /* Nothing was written: the end cannot fail in a way that loses anything. */
    if (held) (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- many batches ------------------------------------------------------------------------------------- */

/** Pages of the log that go into the file together, at least and at most; what part of the file they are; KiB
 * of pages in memory. */
enum { LOG_LEAST = 1000, LOG_MOST = 1 << 14, LOG_PART = 8, LOG_USUAL = 250, CACHE_LOADING = 80000 };

/** Pages of the log go into the file seldomer: most of them change again with the next batch. More of the
 * file's pages stay in memory: a letter's names and ends of edges lie all over it. */
vb_status vb_store_load_begin(vb_store *store, vb_error *err)
{
    char sql[64];
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, (int *)NULL);
    snprintf(sql, sizeof sql, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -%d", CACHE_LOADING);
    store->loading = true;
    return pragma(store, sql, err);
}

void vb_store_load_end(vb_store *store)
{
    store->loading = false;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
    sqlite3_wal_autocheckpoint(store->db, LOG_USUAL);
    (void)pragma(store, "PRAGMA temp_store = DEFAULT; PRAGMA cache_size = -32000", NULL);
}

/** The larger the file, the more of its pages a batch changes here and there, and the longer they wait. */
static vb_status set_log(vb_store *store, vb_error *err)
{
    int64_t pages = 0;
    if (!store->loading) return VB_OK;
    vb_status status = vb_sql_int(store, err, "PRAGMA page_count", &pages);
    pages /= LOG_PART;
    if (pages < LOG_LEAST) pages = LOG_LEAST;
    if (pages > LOG_MOST) pages = LOG_MOST;
    if (status == VB_OK) sqlite3_wal_autocheckpoint(store->db, (int)pages);
    return status;
}

/* ---- batches ------------------------------------------------------------------------------------------ */

vb_status vb_store_begin(vb_store *store, vb_error *err)
{
    if (store->batch) return vb_fail(err, VB_BAD_ARGUMENT, "a batch is open already");
    vb_status status = vb_sql_do(store, err, "BEGIN IMMEDIATE", "");
    store->batch = status == VB_OK;
    if (status == VB_OK && (status = vb_known_begin(store, err)) != VB_OK) vb_store_rollback(store);
    return status;
}

vb_status vb_store_commit(vb_store *store, vb_error *err)
{
    if (!store->batch) return vb_fail(err, VB_BAD_ARGUMENT, "no batch is open");
    if (sqlite3_get_autocommit(store->db)) { /* SQLite gave up after an earlier failure, which was told */
        vb_store_rollback(store);
        return vb_fail(err, VB_STORE, "the batch was rolled back after a failure");
    }
    vb_status status = vb_pending_write(store, err);
    if (status == VB_OK) status = vb_known_flush(store, err);
    if (store->lifted || !store->puts) vb_known_forget(store); /* others end nodes and names, and make them */
    if (status == VB_OK) status = vb_corrections_apply(store, err);
    if (status == VB_OK) status = vb_words_flush(store, err);
    if (status == VB_OK) status = vb_known_version(store, err);
    if (status == VB_OK) status = set_log(store, err);
    if (status == VB_OK) status = vb_sql_do(store, err, "COMMIT", "");
    if (status == VB_OK) vb_known_commit(store);
    if (status == VB_OK) store->batch = store->puts = false;
    return status;
}

void vb_store_end_batch(vb_store *store)
{
    if (!sqlite3_get_autocommit(store->db)) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->lifted = store->puts = false;
    vb_known_drop(store);
    vb_pending_drop(store);
    store->new_passages = store->new_aliases = 0;
}

void vb_store_rollback(vb_store *store)
{
    vb_store_end_batch(store);
    store->batch = false;
}
