/**
 * The workshop of an import into an empty store: a copy beside it that is filled and then copied over it, in
 * one transaction of SQLite's. While that goes on the store keeps its old pages in a journal, instead of the
 * new ones in a log: the empty store is small, and what is new is written once. A program that is killed
 * leaves the way back, which the next one goes by itself.
 */
#include "graph/store_fresh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/** What is written here: tables, their columns, and their indexes. Others are filled by SQL. */
static const char layout[] =
    "SELECT group_concat(m.name || '(' || (SELECT group_concat(name) FROM (SELECT name FROM"
    " pragma_table_info(m.name) UNION ALL SELECT name FROM pragma_index_info(m.name))) || ')') ="
    " 'alias(id,node,folded,name,documents),alias_folded(folded),alias_node(node),"
    "edge(id,type,source,target,origin,certainty,weight,first,last,props,amount),edge_in(target,type,source),"
    "edge_out(source,type,target),node(id,labels,key,name,origin,props),node_key(labels,key)'"
    " FROM (SELECT name FROM sqlite_schema WHERE type IN ('table', 'index') AND tbl_name IN ('alias', 'edge',"
    " 'node') ORDER BY name) m";

static const char emptiness[] =
    "SELECT NOT EXISTS(SELECT 1 FROM node) AND NOT EXISTS(SELECT 1 FROM alias) AND NOT EXISTS(SELECT 1 FROM"
    " edge) AND NOT EXISTS(SELECT 1 FROM document) AND NOT EXISTS(SELECT 1 FROM evidence) AND NOT"
    " EXISTS(SELECT 1 FROM correction)";

static const char doing[] = "importing into an empty store";

static vb_status script(vb_store *store, const char *sql, vb_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? VB_OK
                                                                       : vb_store_fail(store, err, doing);
}

/** Whether a question without parameters is answered with @p yes. */
static vb_status answers(vb_store *store, const char *question, vb_str yes, bool *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    TRY(vb_sql_bind(store, err, &stmt, question, ""));
    TRY(vb_sql_row(store, err, stmt, &row));
    *out = row && vb_str_eq(vb_sql_text(stmt, 0), yes);
    sqlite3_reset(stmt);
done:
    return status;
}

/**
 * From the log to a journal: SQLite does so where nobody else has the store open. A memory's is a journal
 * always.
 */
static vb_status take_journal(vb_store *store, bool *out, vb_error *err)
{
    vb_status status;
    bool journal = false, memory = false;
    vb_store_wait(store, false);
    (void)sqlite3_exec(store->db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL); /* asked for now: */
    vb_store_wait(store, true);
    TRY(answers(store, "PRAGMA journal_mode", VB_STR("delete"), &journal, err));
    TRY(answers(store, "PRAGMA journal_mode", VB_STR("memory"), &memory, err));
    *out = journal || memory;
done:
    return status;
}

/** The log again; where a reader is in the way the next writer sees to it. */
static void let_go(vb_store *store)
{
    if (store->batch) vb_store_rollback(store);
    sqlite3_exec(store->db, "PRAGMA locking_mode = NORMAL", NULL, NULL, NULL);
    sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

/** A file that has no name soon: SQLite's, and through it the pages'. */
static vb_status make_file(vb_fresh *f, vb_error *err)
{
    vb_status status;
    vb_buf path = { 0 };
    const char *place = sqlite3_db_filename(f->store->db, "main"), *folder = getenv("TMPDIR");
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (place && *place)
        status = vb_buf_printf(&path, "%s-import-XXXXXX", place);
    else
        status = vb_buf_printf(&path, "%s/verband-import-XXXXXX", folder && *folder == '/' ? folder : "/tmp");
    TRY(status == VB_OK ? VB_OK : vb_fail_memory(err));
    int made = mkostemp(path.at, O_CLOEXEC);
    if (made < 0) {
        status = vb_fail(err, VB_IO, "%s: %s", path.at, strerror(errno));
        goto done;
    }
    close(made); /* before SQLite locks the file: closing it later would lose the lock */
    int code = sqlite3_open_v2(path.at, &f->workshop->db, flags, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_file_control(f->workshop->db, "main", SQLITE_FCNTL_FILE_POINTER, &f->file);
    if ((code & 0xff) == SQLITE_NOMEM)
        status = vb_fail_memory(err);
    else if (code != SQLITE_OK)
        status = vb_fail(err, VB_IO, "%s: %s", path.at, sqlite3_errstr(code));
    unlink(path.at);
done:
    vb_buf_clear(&path);
    return status;
}

/** Whether the file's pages are of the size that is written here, and wholly used. */
static vb_status has_our_pages(const vb_fresh *f, bool *out, vb_error *err)
{
    unsigned char head[24];
    int code = f->file->pMethods->xRead(f->file, head, sizeof head, 0);
    if (code != SQLITE_OK) return vb_fail(err, VB_IO, "%s: %s", doing, sqlite3_errstr(code));
    *out = head[16] << 8 == VB_PAGE && head[17] == 0 && head[20] == 0;
    return VB_OK;
}

static vb_status furnish(vb_fresh *f, bool *fits, vb_error *err)
{
    vb_status status;
    bool plain = false, ours = false;
    TRY(make_file(f, err));
    TRY(vb_store_configure(f->workshop, err));
    TRY(script(f->workshop, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", err));
    sqlite3_db_config(f->workshop->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
    TRY(vb_store_copy(f->store, f->workshop->db, doing, err));
    TRY(answers(f->workshop, "PRAGMA auto_vacuum", VB_STR("0"), &plain, err));
    TRY(vb_store_learn(f->workshop, err));
    TRY(has_our_pages(f, &ours, err));
    *fits = plain && ours;
done:
    return status;
}

/** The store and its copy: from here on nobody else writes, and all may read what is not there yet. */
static vb_status keep(vb_fresh *f, bool *fits, vb_error *err)
{
    vb_status status;
    int64_t before = 0, after = 0;
    bool journal = false, empty = false, known = false;
    TRY(take_journal(f->store, &journal, err));
    if (!journal) return VB_OK;
    TRY(vb_sql_int(f->store, err, "PRAGMA data_version", &before));
    TRY(furnish(f, fits, err));
    TRY(vb_store_begin(f->store, err));
    TRY(take_journal(f->store, &journal, err)); /* another program may have come between */
    TRY(vb_sql_int(f->store, err, "PRAGMA data_version", &after));
    TRY(answers(f->store, emptiness, VB_STR("1"), &empty, err));
    TRY(answers(f->store, layout, VB_STR("1"), &known, err));
    *fits = *fits && journal && before == after && empty && known;
    if (*fits) TRY(vb_store_begin(f->workshop, err));
done:
    return status;
}

vb_status vb_fresh_open(vb_store *store, vb_fresh **out, vb_error *err)
{
    vb_status status;
    bool fits = false;
    vb_fresh *f = NULL;
    *out = NULL;
    TRY(answers(store, emptiness, VB_STR("1"), &fits, err));
    if (!fits) goto done;
    fits = false;
    f = calloc(1, sizeof *f);
    if (!f || !(f->workshop = calloc(1, sizeof *f->workshop)) || !(f->arena = vb_arena_new())) {
        status = vb_fail_memory(err);
        goto done;
    }
    f->store = store;
    f->workshop->writing = true;
    TRY(keep(f, &fits, err));
    if (!fits) goto done;
    *out = f;
    f = NULL;
done:
    vb_fresh_free(f);
    return status;
}

/* At the end of an exclusive transaction, here one of nothing, its lock stays: nobody comes in between it and
 * the copy, which SQLite does not make in the middle of a transaction. */
vb_status vb_fresh_take_over(vb_fresh *f, vb_error *err)
{
    vb_status status;
    vb_store *store = f->store;
    TRY(script(store, "PRAGMA locking_mode = EXCLUSIVE", err));
    TRY(vb_sql_do(store, err, "COMMIT", ""));
    store->batch = false;
    vb_store_statements_end(store);
    TRY(vb_store_copy(f->workshop, store->db, doing, err));
    TRY(vb_store_learn(store, err)); /* ids are as they were, but the statements are new */
done:
    return status;
}

void vb_fresh_free(vb_fresh *f)
{
    if (!f) return;
    if (f->store) let_go(f->store);
    vb_store_close(f->workshop);
    vb_arena_free(f->arena);
    free(f->nodes.at);
    free(f->names.at);
    free(f->edges.at);
    free(f->extras.at);
    free(f->sets.at);
    free(f->by_key);
    free(f->by_ends);
    free(f);
}
