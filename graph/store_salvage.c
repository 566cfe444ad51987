/**
 * Reading a damaged SQLite file row by row. A table is a tree of pages in the order of its row numbers: where
 * a page cannot be read, the rows behind it can. So after a failure the next readable row is looked for
 * further on, in steps that double, and then the first readable one between the last failure and there.
 * Tables without row numbers hold a document's rows together and are read a document at a time.
 */
#include "graph/store_salvage.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct salvage {
    sqlite3 *sick;
    vb_store *store;
    size_t n_gaps;
    bool starved; /* memory ran out while a row was looked for: it may be readable */
} salvage;

/** A table, its columns in both files, and statements that read and write a row of them. */
typedef struct table {
    const char *name;
    vb_buf columns;
    int n_columns;
    sqlite3_stmt *read, *write;
    bool by_document; /* no row numbers: the first column is the document */
} table;

/** What cannot be read is no failure of ours. */
static bool is_damage(int code)
{
    code &= 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_IOERR || code == SQLITE_NOTADB || code == SQLITE_CANTOPEN;
}

/** The columns of the new table that the sick one has too. */
static vb_status common_columns(salvage *s, table *t, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(s->store, err, &stmt, "SELECT name FROM pragma_table_info(?)", "s", vb_str_of(t->name)));
    while ((status = vb_sql_row(s->store, err, stmt, &row)) == VB_OK && row) {
        vb_buf probe = { 0 };
        sqlite3_stmt *test = NULL;
        vb_str name = vb_sql_text(stmt, 0);
        if (vb_buf_printf(&probe, "SELECT \"%.*s\" FROM \"%s\"", VB_FMT(name), t->name) != VB_OK)
            TRY(vb_fail_memory(err));
        int code = sqlite3_prepare_v2(s->sick, probe.at, -1, &test, NULL);
        sqlite3_finalize(test);
        vb_buf_clear(&probe);
        if ((code & 0xff) == SQLITE_NOMEM) TRY(vb_fail_memory(err));
        if (code != SQLITE_OK) continue;
        if (vb_buf_printf(&t->columns, "%s\"%.*s\"", t->n_columns++ ? "," : "", VB_FMT(name)) != VB_OK)
            TRY(vb_fail_memory(err));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Small tables whose rows a new store has too: the sick file's ids hold where they can be read, else its
 * own, which every store is given in the same order. */
static bool is_ontology(const char *name)
{
    return strcmp(name, "label_set") == 0 || strcmp(name, "relation") == 0;
}

static vb_status prepare(salvage *s, table *t, vb_error *err)
{
    vb_status status;
    vb_buf read = { 0 }, write = { 0 };
    TRY(common_columns(s, t, err));
    if (!t->n_columns) goto done; /* a table that the sick file's version did not have */
    status = VB_NO_MEMORY;
    if (vb_buf_printf(&read, "SELECT %s,%s FROM \"%s\" WHERE %s ORDER BY 1", t->by_document ? "1" : "rowid",
                      t->columns.at, t->name, t->by_document ? "document = ?1" : "rowid >= ?1") != VB_OK ||
        vb_buf_printf(&write, "INSERT OR %s INTO \"%s\"(%s) VALUES(?",
                      is_ontology(t->name) ? "REPLACE" : "IGNORE", t->name, t->columns.at) != VB_OK)
        goto done;
    for (int i = 1; i < t->n_columns; i++)
        if (vb_buf_add(&write, VB_STR(",?")) != VB_OK) goto done;
    if (vb_buf_add(&write, VB_STR(")")) != VB_OK) goto done;
    status = VB_OK;
    int code = sqlite3_prepare_v2(s->sick, read.at, -1, &t->read, NULL);
    if ((code & 0xff) == SQLITE_NOMEM)
        status = VB_NO_MEMORY;
    else if (code != SQLITE_OK)
        t->n_columns = 0;
    else if (sqlite3_prepare_v2(s->store->db, write.at, -1, &t->write, NULL) != SQLITE_OK)
        status = vb_store_fail(s->store, err, "saving what can be read");
done:
    vb_buf_clear(&read);
    vb_buf_clear(&write);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

static vb_status copy_row(salvage *s, table *t, vb_error *err)
{
    for (int i = 0; i < t->n_columns; i++)
        if (sqlite3_bind_value(t->write, i + 1, sqlite3_column_value(t->read, i + 1)) != SQLITE_OK)
            return vb_store_fail(s->store, err, "saving what can be read");
    int code = sqlite3_step(t->write);
    sqlite3_reset(t->write);
    if (code == SQLITE_DONE || (code & 0xff) == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_MISMATCH)
        return VB_OK;
    return vb_store_fail(s->store, err, "saving what can be read");
}

/**
 * Copy from row @p from on, as far as it goes; *next is behind the last row that was read, *whole tells
 * whether that was all. Rows come in the order of their numbers: one that does not is damage too.
 */
static vb_status copy_run(salvage *s, table *t, int64_t from, int64_t *next, bool *whole, vb_error *err)
{
    vb_status status = VB_OK;
    int code;
    *next = from;
    sqlite3_bind_int64(t->read, 1, from);
    while ((code = sqlite3_step(t->read)) == SQLITE_ROW) {
        int64_t id = t->by_document ? from : sqlite3_column_int64(t->read, 0);
        if (id < *next || id == INT64_MAX) break;
        TRY(copy_row(s, t, err));
        if (!t->by_document) *next = id + 1;
    }
    *whole = code == SQLITE_DONE;
    if ((code & 0xff) == SQLITE_NOMEM)
        status = vb_fail_memory(err);
    else if (code != SQLITE_DONE && code != SQLITE_ROW && !is_damage(code))
        status = vb_fail(err, VB_STORE, "reading the store: %s", sqlite3_errmsg(s->sick));
done:
    sqlite3_reset(t->read);
    return status;
}

/** Whether a row can be read from @p from on, or none is left. */
static bool readable(salvage *s, table *t, int64_t from)
{
    sqlite3_bind_int64(t->read, 1, from);
    int code = sqlite3_step(t->read);
    bool good = code == SQLITE_DONE || (code == SQLITE_ROW && sqlite3_column_int64(t->read, 0) >= from);
    s->starved = s->starved || (code & 0xff) == SQLITE_NOMEM;
    sqlite3_reset(t->read);
    return good;
}

/** The first row number above @p failed from which rows can be read again; INT64_MAX: none. */
static int64_t after_gap(salvage *s, table *t, int64_t failed)
{
    int64_t bad = failed, good = 0;
    for (int64_t step = 1; !good; step *= 2) {
        if (step > INT64_MAX / 4 || failed > INT64_MAX - step) return INT64_MAX;
        if (readable(s, t, failed + step))
            good = failed + step;
        else
            bad = failed + step;
    }
    while (good - bad > 1) {
        int64_t middle = bad + (good - bad) / 2;
        if (readable(s, t, middle))
            good = middle;
        else
            bad = middle;
    }
    return good;
}

/** A row beside a gap: rows of its document may be in the gap. */
static vb_status doubt(salvage *s, const table *t, int64_t id, vb_error *err)
{
    return vb_sql_do(s->store, err,
                     "INSERT OR IGNORE INTO temp.doubt SELECT ?1, ?2 WHERE ?1 IN ('evidence', 'passage')",
                     "si", vb_str_of(t->name), id);
}

/** The first row from @p from on. */
static bool first_from(table *t, int64_t from, int64_t *out)
{
    sqlite3_bind_int64(t->read, 1, from);
    bool row = sqlite3_step(t->read) == SQLITE_ROW;
    if (row) *out = sqlite3_column_int64(t->read, 0);
    sqlite3_reset(t->read);
    return row;
}

static vb_status copy_rows(salvage *s, table *t, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t from = 0, next;
    bool whole = false;
    while (true) {
        TRY(copy_run(s, t, from, &next, &whole, err));
        if (whole) break;
        s->n_gaps++;
        TRY(doubt(s, t, next - 1, err));
        from = after_gap(s, t, next);
        if (s->starved) TRY(vb_fail_memory(err));
        if (from == INT64_MAX) break;
        if (first_from(t, from, &next)) TRY(doubt(s, t, next, err));
    }
done:
    return status;
}

/** A document at a time; what is missing of one shows when the documents are looked at. */
static vb_status copy_documents(salvage *s, table *t, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(s->store, err, &stmt, "SELECT id FROM document", ""));
    while ((status = vb_sql_row(s->store, err, stmt, &row)) == VB_OK && row) {
        int64_t next;
        bool whole;
        TRY(copy_run(s, t, sqlite3_column_int64(stmt, 0), &next, &whole, err));
        s->n_gaps += !whole;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status copy_table(salvage *s, const char *name, bool by_document, vb_error *err)
{
    vb_status status;
    table t = { .name = name, .by_document = by_document };
    TRY(prepare(s, &t, err));
    if (t.n_columns) TRY(by_document ? copy_documents(s, &t, err) : copy_rows(s, &t, err));
done:
    sqlite3_finalize(t.read);
    sqlite3_finalize(t.write);
    vb_buf_clear(&t.columns);
    return status;
}

/** Every table of a new store that is no index of words; those with row numbers first. */
static vb_status copy_tables(salvage *s, vb_arena *arena, vb_error *err)
{
    static const char tables[] =
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite%' ORDER BY wr, name";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(struct {
        vb_str name;
        bool by_document;
    })
    list = { 0 };
    TRY(vb_sql_bind(s->store, err, &stmt, tables, ""));
    while ((status = vb_sql_row(s->store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_sql_copy(stmt, 0, arena, &list.at[list.len - 1].name) == VB_OK ? VB_OK : vb_fail_memory(err));
        list.at[list.len - 1].by_document = sqlite3_column_int(stmt, 1) != 0;
    }
    TRY(status);
    for (size_t i = 0; i < list.len; i++) TRY(copy_table(s, list.at[i].name.at, list.at[i].by_document, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/**
 * Rows that the file's own indexes do not know, or know otherwise: one of the two is wrong, and nobody knows
 * which. They go into temp.doubt (tbl, id).
 */
static vb_status find_doubts(salvage *s, vb_error *err)
{
    static const char missing[] = " missing from index ", wrong[] = "row ";
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(s->sick, "PRAGMA integrity_check(100000)", -1, &stmt, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        code = SQLITE_OK;
        const char *line = (const char *)sqlite3_column_text(stmt, 0),
                   *at = line ? strstr(line, missing) : NULL;
        if (!at || strncmp(line, wrong, strlen(wrong)) != 0) continue;
        TRY(vb_sql_do(
            s->store, err,
            "INSERT OR IGNORE INTO temp.doubt SELECT tbl_name, ?1 FROM sqlite_schema WHERE name = ?2", "is",
            (int64_t)strtoll(line + strlen(wrong), NULL, 10), vb_str_of(at + strlen(missing))));
    }
    if ((code & 0xff) == SQLITE_NOMEM) status = vb_fail_memory(err);
done:
    sqlite3_finalize(stmt);
    return status;
}

/**
 * A file that was cut short is refused by SQLite as a whole: a copy of it, filled up with nothing to the
 * length that its head tells, is read instead. *copy has its path then; the caller deletes it.
 */
static vb_status fill_up(const char *path, vb_buf *copy, vb_error *err)
{
    enum { HEAD = 32, MOST = 1 << 16 };
    unsigned char *bytes = malloc(MOST);
    FILE *from = fopen(path, "rb"), *to = NULL;
    size_t n = from && bytes ? fread(bytes, 1, HEAD, from) : 0;
    vb_status status = bytes ? VB_OK : vb_fail_memory(err);
    if (n == HEAD && fseeko(from, 0, SEEK_END) == 0) {
        uint64_t page = (uint64_t)bytes[16] << 8 | bytes[17];
        uint64_t pages =
            (uint64_t)bytes[28] << 24 | (uint64_t)bytes[29] << 16 | (uint64_t)bytes[30] << 8 | bytes[31];
        uint64_t want = (page == 1 ? 65536 : page) * pages, is = (uint64_t)ftello(from);
        if (is >= want || want > is * 1024 + ((uint64_t)1 << 30)) goto done;
        if (vb_buf_printf(copy, "%s.filled", path) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        to = fopen(copy->at, "wbx");
        bool good = to && fseeko(from, 0, SEEK_SET) == 0;
        while (good && (n = fread(bytes, 1, MOST, from)) > 0) good = fwrite(bytes, 1, n, to) == n;
        good = good && fflush(to) == 0 && ftruncate(fileno(to), (off_t)want) == 0;
        if (!good) status = vb_fail(err, VB_IO, "%s: %s", copy->at, strerror(errno));
    }
done:
    if (from) fclose(from);
    if (to) fclose(to);
    free(bytes);
    return status;
}

vb_status vb_salvage(const char *path, vb_store *store, size_t *n_gaps, vb_error *err)
{
    vb_status status;
    salvage s = { .store = store };
    sqlite3_stmt *stmt = NULL;
    vb_buf filled = { 0 };
    vb_arena *arena = vb_arena_new();
    TRY(arena ? VB_OK : vb_fail_memory(err));
    TRY(fill_up(path, &filled, err));
    int code = sqlite3_open_v2(filled.len ? filled.at : path, &s.sick,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code == SQLITE_OK) /* what is left of a damaged schema will do */
        code = sqlite3_exec(s.sick, "PRAGMA writable_schema = ON", NULL, NULL, NULL);
    if (code == SQLITE_OK) code = sqlite3_prepare_v2(s.sick, "SELECT 1 FROM document", -1, &stmt, NULL);
    sqlite3_finalize(stmt);
    if ((code & 0xff) == SQLITE_NOMEM) TRY(vb_fail_memory(err));
    if (code != SQLITE_OK) {
        status = (code & 0xff) == SQLITE_NOTADB
                     ? vb_fail(err, VB_STORE_FOREIGN, "%s: not a Verband store", path)
                     : vb_fail(err, VB_STORE, "%s: nothing can be read of it (%s)", path,
                               s.sick ? sqlite3_errmsg(s.sick) : "no memory");
        goto done;
    }
    sqlite3_db_config(s.sick, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    TRY(copy_tables(&s, arena, err));
    TRY(find_doubts(&s, err));
    *n_gaps = s.n_gaps;
done:
    sqlite3_close_v2(s.sick);
    if (filled.len) unlink(filled.at);
    vb_buf_clear(&filled);
    vb_arena_free(arena);
    return status;
}
