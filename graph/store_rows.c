/**
 * Many rows into a table by one statement. A statement a row opens and ends its cursors for each of them,
 * which costs as much as the row, and finds its place from the tree's root every time. So rows that are ready
 * in memory are a table of their own to SQL, `verband_rows` with the columns a, b, c and so on, which a
 * statement reads from:
 *
 *     INSERT OR FAIL INTO mention(document, start, length, node) SELECT a, b, c, d FROM verband_rows
 *
 * OR FAIL, for what fails ends the batch: SQLite then keeps no journal of its own.
 * Source: virtual tables, https://www.sqlite.org/vtab.html (eponymous-only ones).
 */
#include "graph/store.h"

#include <stdarg.h>

static const char declaration[] = "CREATE TABLE x(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q)";

typedef struct rows_table {
    sqlite3_vtab base;
    const vb_rows *rows; /* the store's */
} rows_table;

typedef struct rows_cursor {
    sqlite3_vtab_cursor base;
    size_t at;
} rows_cursor;

static const vb_rows *rows_of(sqlite3_vtab_cursor *cursor)
{
    return ((const rows_table *)cursor->pVtab)->rows;
}

static int rows_connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                        char **message)
{
    (void)argc;
    (void)argv;
    (void)message;
    int code = sqlite3_declare_vtab(db, declaration);
    if (code != SQLITE_OK) return code;
    rows_table *table = sqlite3_malloc(sizeof *table);
    if (!table) return SQLITE_NOMEM;
    *table = (rows_table){ .rows = aux };
    *out = &table->base;
    return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
    sqlite3_free(table);
    return SQLITE_OK;
}

static int rows_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 100;
    info->estimatedRows = 100;
    return SQLITE_OK;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    (void)table;
    rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor) return SQLITE_NOMEM;
    *cursor = (rows_cursor){ 0 };
    *out = &cursor->base;
    return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *cursor)
{
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int rows_filter(sqlite3_vtab_cursor *cursor, int plan, const char *name, int argc,
                       sqlite3_value **argv)
{
    (void)plan;
    (void)name;
    (void)argc;
    (void)argv;
    ((rows_cursor *)cursor)->at = 0;
    return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *cursor)
{
    ((rows_cursor *)cursor)->at++;
    return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *cursor)
{
    return ((const rows_cursor *)cursor)->at >= rows_of(cursor)->n;
}

static int rows_column(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column)
{
    const vb_rows *rows = rows_of(cursor);
    if ((size_t)column >= rows->columns) return SQLITE_OK; /* NULL */
    const vb_cell *cell = &rows->cells[((const rows_cursor *)cursor)->at * rows->columns + (size_t)column];
    if (cell->text)
        sqlite3_result_text64(result, cell->text, (sqlite3_uint64)cell->n, SQLITE_STATIC, SQLITE_UTF8);
    else if (cell->n != VB_CELL_NULL)
        sqlite3_result_int64(result, cell->n);
    return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    *out = (sqlite3_int64)((const rows_cursor *)cursor)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = { .iVersion = 1,
                                       .xConnect = rows_connect,
                                       .xBestIndex = rows_plan,
                                       .xDisconnect = rows_disconnect,
                                       .xOpen = rows_open,
                                       .xClose = rows_close,
                                       .xFilter = rows_filter,
                                       .xNext = rows_next,
                                       .xEof = rows_eof,
                                       .xColumn = rows_column,
                                       .xRowid = rows_rowid };

vb_status vb_rows_register(vb_store *store, vb_error *err)
{
    if (sqlite3_create_module(store->db, "verband_rows", &module, &store->rows) == SQLITE_OK) return VB_OK;
    return vb_store_fail(store, err, "opening the store");
}

vb_cell vb_cell_of(vb_str s)
{
    return (vb_cell){ s.at ? s.at : "", (int64_t)s.len };
}

vb_cell vb_cell_text(vb_str s)
{
    return s.len ? vb_cell_of(s) : (vb_cell){ .n = VB_CELL_NULL };
}

vb_cell vb_cell_some(int64_t n)
{
    return (vb_cell){ .n = n ? n : VB_CELL_NULL };
}

vb_str vb_cell_str(const vb_cell *cell)
{
    return (vb_str){ cell->text, cell->text ? (size_t)cell->n : 0 };
}

vb_status vb_rows_put(vb_store *store, const vb_rows *rows, vb_error *err, const char *sql, const char *kinds,
                      ...)
{
    va_list args;
    if (!rows->n) return VB_OK;
    store->rows = *rows;
    va_start(args, kinds);
    vb_status status = vb_sql_do_list(store, err, sql, kinds, args);
    va_end(args);
    store->rows = (vb_rows){ 0 };
    return status;
}
