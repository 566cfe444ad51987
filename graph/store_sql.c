/**
 * Short ways to SQLite for the store's files: kept statements, binding by a string of kinds, running, and the
 * one place where SQLite's codes become ours.
 */
#include "graph/store_pending.h"

#include <stdarg.h>
#include <stdlib.h>

sqlite3 *vb_store_sqlite(vb_store *store)
{
    return store->db;
}

int64_t vb_store_relation(const vb_store *store, vb_relation relation)
{
    return (unsigned)relation < VB_REL_COUNT ? store->relations[relation] : 0;
}

vb_status vb_store_fail(vb_store *store, vb_error *err, const char *doing)
{
    int code = sqlite3_errcode(store->db) & 0xff;
    switch (code) {
    case SQLITE_NOMEM:
        return vb_fail_memory(err);
    case SQLITE_INTERRUPT:
        return vb_fail(err, VB_STOPPED, "%s: stopped", doing);
    case SQLITE_NOTADB:
        return vb_fail(err, VB_STORE_FOREIGN, "%s: not a Verband store (not an SQLite file)", doing);
    case SQLITE_BUSY:
        return vb_fail(err, VB_STORE, "%s: another program is writing to the store", doing);
    case SQLITE_READONLY:
        return vb_fail(err, VB_STORE, "%s: the store is open for reading only", doing);
    default:
        return vb_fail(err, VB_STORE, "%s: %s", doing, sqlite3_errmsg(store->db));
    }
}

/** The slot for one more statement: a free one, else that of the longest unused statement at rest. */
static vb_statement *free_slot(vb_store *store)
{
    if (store->n_statements < VB_STATEMENTS) return &store->statements[store->n_statements++];
    vb_statement *oldest = NULL;
    for (size_t i = 0; i < VB_STATEMENTS; i++) {
        vb_statement *s = &store->statements[i];
        if (!sqlite3_stmt_busy(s->stmt) && (!oldest || s->used < oldest->used)) oldest = s;
    }
    if (oldest) sqlite3_finalize(oldest->stmt);
    return oldest;
}

/** The kept statement of this text; NULL: there is none. Most texts are literals, which are found by their
 * address (and compared: a buffer holds another text the next time). */
static vb_statement *kept(vb_store *store, const char *sql, uint64_t *hash)
{
    uint16_t *hint = &store->by_pointer[((uintptr_t)sql * 0x9e3779b97f4a7c15u >> 32) % VB_POINTERS];
    if (*hint < store->n_statements && strcmp(sqlite3_sql(store->statements[*hint].stmt), sql) == 0)
        return &store->statements[*hint];
    *hash = vb_hash(vb_str_of(sql));
    for (size_t i = 0; i < store->n_statements; i++) {
        vb_statement *s = &store->statements[i];
        if (s->hash != *hash || strcmp(sqlite3_sql(s->stmt), sql) != 0) continue;
        *hint = (uint16_t)i;
        return s;
    }
    return NULL;
}

vb_status vb_store_prepare(vb_store *store, const char *sql, sqlite3_stmt **out, vb_error *err)
{
    uint64_t hash = 0;
    if (store->pending && store->pending->bytes && !store->putting && !store->pending->writing) {
        vb_status status = vb_pending_write(store, err); /* or the query would not see it */
        if (status != VB_OK) return status;
    }
    vb_statement *known = kept(store, sql, &hash);
    if (known) {
        sqlite3_reset(known->stmt); /* its code repeats the last step's, which was told then */
        sqlite3_clear_bindings(known->stmt);
        known->used = ++store->clock;
        *out = known->stmt;
        return VB_OK;
    }
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        return vb_store_fail(store, err, "preparing a query");
    vb_statement *slot = stmt ? free_slot(store) : NULL;
    if (!slot) {
        sqlite3_finalize(stmt);
        return vb_fail(err, VB_STORE, "more than %d queries at once", VB_STATEMENTS);
    }
    *slot = (vb_statement){ .stmt = stmt, .hash = hash, .used = ++store->clock };
    *out = stmt;
    return VB_OK;
}

static int bind_text(sqlite3_stmt *stmt, int at, vb_str s)
{
    return sqlite3_bind_text64(stmt, at, s.at ? s.at : "", s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_one(sqlite3_stmt *stmt, int at, char kind, va_list *args)
{
    if (kind == 'i' || kind == 'd') {
        int64_t n = va_arg(*args, int64_t);
        return kind == 'd' && n < 0 ? sqlite3_bind_null(stmt, at) : sqlite3_bind_int64(stmt, at, n);
    }
    vb_str s = va_arg(*args, vb_str);
    return kind == 'n' && !s.len ? sqlite3_bind_null(stmt, at) : bind_text(stmt, at, s);
}

static vb_status bind_all(vb_store *store, vb_error *err, sqlite3_stmt **out, const char *sql,
                          const char *kinds, va_list *args)
{
    *out = NULL;
    vb_status status = vb_store_prepare(store, sql, out, err);
    for (int i = 0; status == VB_OK && kinds[i]; i++)
        if (bind_one(*out, i + 1, kinds[i], args) != SQLITE_OK)
            status = vb_store_fail(store, err, "binding a value");
    return status;
}

vb_status vb_sql_bind(vb_store *store, vb_error *err, sqlite3_stmt **out, const char *sql, const char *kinds,
                      ...)
{
    va_list args;
    va_start(args, kinds);
    vb_status status = bind_all(store, err, out, sql, kinds, &args);
    va_end(args);
    return status;
}

vb_status vb_sql_row(vb_store *store, vb_error *err, sqlite3_stmt *stmt, bool *row)
{
    int code = sqlite3_step(stmt);
    *row = code == SQLITE_ROW;
    if (*row) return VB_OK;
    vb_status status = code == SQLITE_DONE ? VB_OK : vb_store_fail(store, err, "the store");
    sqlite3_reset(stmt);
    return status;
}

vb_status vb_sql_do_list(vb_store *store, vb_error *err, const char *sql, const char *kinds, va_list args)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    va_list copy; /* its address is taken, which that of a parameter may not be */
    va_copy(copy, args);
    vb_status status = bind_all(store, err, &stmt, sql, kinds, &copy);
    va_end(copy);
    if (status == VB_OK) status = vb_sql_row(store, err, stmt, &row);
    if (status == VB_OK && row) sqlite3_reset(stmt);
    return status;
}

vb_status vb_sql_do(vb_store *store, vb_error *err, const char *sql, const char *kinds, ...)
{
    va_list args;
    va_start(args, kinds);
    vb_status status = vb_sql_do_list(store, err, sql, kinds, args);
    va_end(args);
    return status;
}

static vb_status one_id(vb_store *store, vb_error *err, sqlite3_stmt *stmt, int64_t *out)
{
    bool row;
    vb_status status = vb_sql_row(store, err, stmt, &row);
    if (status == VB_OK && row) {
        *out = sqlite3_column_int64(stmt, 0);
        sqlite3_reset(stmt);
    }
    return status;
}

vb_status vb_sql_id(vb_store *store, vb_error *err, int64_t *out, const char *sql, const char *kinds, ...)
{
    sqlite3_stmt *stmt = NULL;
    va_list args;
    va_start(args, kinds);
    vb_status status = bind_all(store, err, &stmt, sql, kinds, &args);
    va_end(args);
    return status == VB_OK ? one_id(store, err, stmt, out) : status;
}

vb_status vb_sql_int(vb_store *store, vb_error *err, const char *sql, int64_t *out)
{
    return vb_sql_id(store, err, out, sql, "");
}

vb_str vb_sql_text(sqlite3_stmt *stmt, int column)
{
    const char *at = (const char *)sqlite3_column_text(stmt, column);
    return (vb_str){ at, at ? (size_t)sqlite3_column_bytes(stmt, column) : 0 };
}

vb_status vb_sql_copy(sqlite3_stmt *stmt, int column, vb_arena *arena, vb_str *out)
{
    vb_str view = vb_sql_text(stmt, column);
    if (!view.at && sqlite3_column_type(stmt, column) != SQLITE_NULL) return VB_NO_MEMORY;
    return vb_arena_copy(arena, view, out);
}

vb_status vb_sql_ids(vb_store *store, vb_error *err, vb_arena *arena, vb_ids *out, const char *sql,
                     const char *kinds, ...)
{
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    va_list args;
    va_start(args, kinds);
    vb_status status = bind_all(store, err, &stmt, sql, kinds, &args);
    va_end(args);
    while (status == VB_OK && (status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, out) != VB_OK)
            status = vb_fail_memory(err);
        else
            out->at[out->len - 1] = sqlite3_column_int64(stmt, 0);
    }
    return status;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void vb_ids_sort(vb_ids *ids)
{
    if (ids->len > 1) qsort(ids->at, ids->len, sizeof *ids->at, by_id);
}

void vb_ids_unique(vb_ids *ids)
{
    if (ids->len < 2) return;
    vb_ids_sort(ids);
    size_t n = 1;
    for (size_t i = 1; i < ids->len; i++)
        if (ids->at[i] != ids->at[n - 1]) ids->at[n++] = ids->at[i];
    ids->len = n;
}
