/**
 * The full-text index of an import's names. Making it takes as long as writing all trees, and needs nothing
 * but the names: a thread makes it in a memory of its own, from where its pieces, rows of FTS5's own tables,
 * are taken over. (https://www.sqlite.org/fts5.html, section 4.4.2: "contentless" and "external content"
 * tables hold their index alone.)
 */
#include "graph/store_fresh.h"

#include <pthread.h>
#include <stdlib.h>

struct vb_fresh_words {
    vb_fresh *f;
    vb_str definition;
    vb_store memory; /* where the index is made */
    pthread_t thread;
    bool threaded, joined;
    vb_status status;
    vb_error error;
};

static vb_status put_names(vb_fresh_words *w, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_fresh *f = w->f;
    TRY(vb_sql_do(&w->memory, err, "BEGIN", ""));
    for (size_t i = 0; i < f->names.len; i++)
        TRY(vb_sql_do(&w->memory, err, "INSERT INTO alias_words(rowid, folded) VALUES(?, ?)", "is",
                      (int64_t)i + 1, (vb_str){ f->names.at[i].folded, f->names.at[i].n_folded }));
    TRY(vb_sql_do(&w->memory, err, "COMMIT", ""));
done:
    return status;
}

static void *work(void *context)
{
    vb_fresh_words *w = context;
    w->status = put_names(w, &w->error);
    return NULL;
}

vb_status vb_fresh_words_begin(vb_fresh *f, vb_fresh_words **out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    vb_fresh_words *w = calloc(1, sizeof *w);
    if (!w) return vb_fail_memory(err);
    w->f = f;
    if (sqlite3_open_v2(":memory:", &w->memory.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_sql_bind(f->workshop, err, &stmt, "SELECT sql FROM sqlite_schema WHERE name = 'alias_words'", ""));
    TRY(vb_sql_row(f->workshop, err, stmt, &row));
    if (vb_sql_copy(stmt, 0, f->arena, &w->definition) != VB_OK) status = vb_fail_memory(err);
    sqlite3_reset(stmt);
    if (status == VB_OK) TRY(vb_sql_do(&w->memory, err, w->definition.at, ""));
    w->threaded = status == VB_OK && pthread_create(&w->thread, NULL, work, w) == 0;
    if (!w->threaded) TRY(put_names(w, err));
    *out = w;
    w = NULL;
done:
    vb_fresh_words_free(w);
    return status;
}

/** Wait for the thread. */
static void join(vb_fresh_words *w)
{
    if (w->threaded && !w->joined) pthread_join(w->thread, NULL);
    w->joined = true;
}

/** The rows of one of FTS5's tables, over those that are there. */
static vb_status copy_rows(vb_fresh_words *w, const char *from, const char *into, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *rows = NULL, *row = NULL;
    bool more = false;
    TRY(vb_sql_bind(&w->memory, err, &rows, from, ""));
    TRY(vb_store_prepare(w->f->workshop, into, &row, err));
    while ((status = vb_sql_row(&w->memory, err, rows, &more)) == VB_OK && more) {
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            sqlite3_bind_value(row, i + 1, sqlite3_column_value(rows, i));
        if (sqlite3_step(row) != SQLITE_DONE)
            status = vb_store_fail(w->f->workshop, err, "putting names into the full-text index");
        sqlite3_reset(row);
        TRY(status);
    }
done:
    if (rows) sqlite3_reset(rows);
    return status;
}

vb_status vb_fresh_words_put(vb_fresh_words *words, vb_error *err)
{
    vb_status status;
    sqlite3 *db = words->f->workshop->db;
    join(words);
    if (words->status != VB_OK && err) *err = words->error;
    TRY(words->status);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL); /* it keeps FTS5's tables from all but FTS5 */
    TRY(vb_sql_do(words->f->workshop, err, "DELETE FROM alias_words_data", ""));
    TRY(vb_sql_do(words->f->workshop, err, "DELETE FROM alias_words_idx", ""));
    TRY(copy_rows(words, "SELECT id, block FROM alias_words_data ORDER BY id",
                  "INSERT INTO alias_words_data(id, block) VALUES(?, ?)", err));
    TRY(copy_rows(words, "SELECT segid, term, pgno FROM alias_words_idx ORDER BY segid, term",
                  "INSERT INTO alias_words_idx(segid, term, pgno) VALUES(?, ?, ?)", err));
done:
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return status;
}

void vb_fresh_words_free(vb_fresh_words *words)
{
    if (!words) return;
    join(words);
    vb_store_statements_end(&words->memory);
    sqlite3_close_v2(words->memory.db);
    free(words);
}
