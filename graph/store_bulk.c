/**
 * Many nodes and edges at once, for imports: one transaction. A store that holds nothing is written whole
 * (store_fresh.h). Into another one rows go by SQL: foreign keys are not looked up row by row (every id comes
 * from here); a store without edges lives without their indexes until the end.
 *
 * Imported edges (origin 3) stand beside those of documents and are never mixed with them: loading a document
 * again leaves them alone.
 */
#include "graph/corrections.h"
#include "graph/store_bulk.h"

#include <stdarg.h>
#include <stdlib.h>

enum { SCRATCH_ROWS = 4096 };

/** The indexes that only reading needs. Those that say what may not be there twice stay. */
static const char put_off[] =
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('edge',"
    " 'evidence', 'alias') AND sql LIKE 'CREATE INDEX%' ORDER BY name";

static vb_status script(vb_store *store, const char *sql, const char *doing, vb_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? VB_OK
                                                                       : vb_store_fail(store, err, doing);
}

/** Drop the indexes that can wait and remember how to make them. */
static vb_status drop_indexes(vb_bulk *b, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_str name, sql;
    VB_VEC(vb_str) drops = { 0 };
    TRY(vb_sql_bind(b->store, err, &stmt, put_off, ""));
    while ((status = vb_sql_row(b->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_sql_copy(stmt, 0, b->arena, &name) != VB_OK || vb_sql_copy(stmt, 1, b->arena, &sql) != VB_OK ||
            vb_push(b->arena, &drops) != VB_OK || vb_push(b->arena, &b->indexes) != VB_OK ||
            vb_arena_printf(b->arena, &drops.at[drops.len - 1], "DROP INDEX \"%.*s\"", VB_FMT(name)) !=
                VB_OK) {
            sqlite3_reset(stmt);
            status = vb_fail_memory(err);
            goto done;
        }
        b->indexes.at[b->indexes.len - 1] = sql;
    }
    for (size_t i = 0; status == VB_OK && i < drops.len; i++)
        TRY(script(b->store, drops.at[i].at, "putting off an index", err));
done:
    return status;
}

/* ---- statements of every row --------------------------------------------------------------------------- */

static const char *const hot_sql[VB_HOT_COUNT] = {
    [VB_HOT_NODE] = "INSERT INTO node(labels, key, name, origin, props) VALUES(?, ?, ?, 3, ?)"
                    " ON CONFLICT(labels, key) DO NOTHING",
    [VB_HOT_ALIAS] = "INSERT INTO alias(node, folded, name) VALUES(?, ?, ?)",
    [VB_HOT_EDGE] = "INSERT INTO edge(type, source, target, origin, weight, first, last, props)"
                    " VALUES(?, ?, ?, 3, ?, ?5, ?5, ?6)",
};

vb_status vb_bulk_run(vb_bulk *b, vb_bulk_hot which, vb_error *err, const char *kinds, ...)
{
    sqlite3 *db = b->store->db;
    int code = SQLITE_OK;
    va_list args;
    if (!b->hot[which])
        code = sqlite3_prepare_v3(db, hot_sql[which], -1, SQLITE_PREPARE_PERSISTENT, &b->hot[which], NULL);
    sqlite3_stmt *stmt = b->hot[which];
    va_start(args, kinds);
    for (int i = 0; code == SQLITE_OK && kinds[i]; i++) {
        if (kinds[i] == 'i' || kinds[i] == 'd') {
            int64_t n = va_arg(args, int64_t);
            code = kinds[i] == 'd' && n < 0 ? sqlite3_bind_null(stmt, i + 1)
                                            : sqlite3_bind_int64(stmt, i + 1, n);
        } else {
            vb_str s = va_arg(args, vb_str);
            code = kinds[i] == 'n' && !s.len ? sqlite3_bind_null(stmt, i + 1)
                                             : sqlite3_bind_text64(stmt, i + 1, s.at ? s.at : "", s.len,
                                                                   SQLITE_STATIC, SQLITE_UTF8);
        }
    }
    va_end(args);
    if (code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_DONE) return sqlite3_reset(stmt), VB_OK;
    vb_status status = vb_store_fail(b->store, err, "importing a row");
    sqlite3_reset(stmt);
    return status;
}

/* ---- the beginning ------------------------------------------------------------------------------------- */

/** Into a store that holds something: by SQL. */
static vb_status begin_rows(vb_bulk *b, vb_error *err)
{
    vb_status status;
    int64_t n_edges = 0, n_imported = 0, n_texts = 0;
    vb_store *store = b->store;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL); /* no effect inside a transaction */
    TRY(vb_sql_int(store, err, "PRAGMA cache_size", &b->cache));
    TRY(script(store, "PRAGMA cache_size = -262144", "starting an import",
               err)); /* 256 MiB: what is written once */
    TRY(vb_store_begin(store, err));
    b->open = true;
    TRY(vb_corrections_lift(store, err));
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM edge)", &n_edges));
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM edge WHERE origin = 3)", &n_imported));
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM document WHERE hash <> 0)", &n_texts));
    b->first = !n_imported;
    b->has_texts = n_texts != 0;
    if (!n_edges) TRY(drop_indexes(b, err));
done:
    return status;
}

vb_status vb_bulk_begin(vb_store *store, vb_bulk **out, vb_error *err)
{
    vb_status status;
    vb_bulk *b = calloc(1, sizeof *b);
    if (!b) return vb_fail_memory(err);
    b->store = store;
    b->arena = vb_arena_new();
    b->scratch = vb_arena_new();
    if (!b->arena || !b->scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (store->batch) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "a batch is open already");
        goto done;
    }
    TRY(vb_fresh_open(store, &b->fresh, err));
    if (b->fresh)
        b->store = b->fresh->workshop;
    else
        TRY(begin_rows(b, err));
    *out = b;
    b = NULL;
done:
    vb_bulk_free(b);
    return status;
}

void vb_bulk_free(vb_bulk *b)
{
    char pragma[48];
    if (!b) return;
    for (size_t i = 0; i < VB_HOT_COUNT; i++) sqlite3_finalize(b->hot[i]);
    if (b->open) vb_store_rollback(b->store);
    if (!b->fresh) {
        sqlite3_db_config(b->store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
        (void)snprintf(pragma, sizeof pragma, "PRAGMA cache_size = %lld", (long long)b->cache);
        if (b->cache) sqlite3_exec(b->store->db, pragma, NULL, NULL, NULL);
    }
    vb_fresh_free(b->fresh);
    free(b->edges);
    vb_arena_free(b->scratch);
    vb_arena_free(b->arena);
    free(b);
}

vb_status vb_bulk_row(vb_bulk *b, vb_error *err)
{
    if (++b->n_scratch < SCRATCH_ROWS) return VB_OK;
    vb_arena *fresh = vb_arena_new();
    if (!fresh) return vb_fail_memory(err);
    vb_arena_free(b->scratch);
    b->scratch = fresh;
    b->n_scratch = 0;
    return VB_OK;
}

/* ---- labels and relations ------------------------------------------------------------------------------ */

vb_bulk_known *vb_bulk_find(vb_bulk_list *list, vb_str name)
{
    for (size_t i = 0; i < list->rows.len; i++) {
        size_t at = (list->last + i) % list->rows.len;
        if (!vb_str_eq(list->rows.at[at].name, name)) continue;
        list->last = at;
        return &list->rows.at[at];
    }
    return NULL;
}

vb_status vb_bulk_learn(vb_bulk *b, vb_bulk_list *list, const vb_bulk_known *row, vb_error *err)
{
    vb_bulk_known own = *row;
    if (vb_arena_copy(b->arena, row->name, &own.name) != VB_OK || vb_push(b->arena, &list->rows) != VB_OK)
        return vb_fail_memory(err);
    list->last = list->rows.len - 1;
    list->rows.at[list->last] = own;
    return VB_OK;
}

static vb_status join_labels(vb_bulk *b, const vb_bulk_node *row, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    for (size_t i = 0; i < row->n_labels; i++) {
        TRY(vb_buf_add(&text, row->labels[i]));
        TRY(vb_buf_add(&text, VB_STR("\n")));
    }
    TRY(vb_arena_copy(b->scratch, vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}

/** A set of labels, found or made: as sorted JSON, made by SQLite itself, split at the line feeds. */
static vb_status learn_labels(vb_bulk *b, vb_str first, vb_str joined, vb_error *err)
{
    vb_status status;
    vb_bulk_known row = { .name = joined };
    sqlite3_stmt *stmt;
    bool found = false;
    TRY(vb_sql_id(b->store, err, &row.id,
                  "WITH RECURSIVE part(label, rest) AS (SELECT NULL, ?2 UNION ALL SELECT"
                  " substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)"
                  " FROM part WHERE rest <> '')"
                  "INSERT INTO label_set(name, labels) SELECT ?1, json_group_array(label) FROM"
                  " (SELECT DISTINCT label FROM part WHERE label <> '' ORDER BY label) WHERE true"
                  " ON CONFLICT(labels) DO UPDATE SET name = name RETURNING id",
                  "ss", first, joined));
    TRY(vb_sql_bind(b->store, err, &stmt, "SELECT name FROM label_set WHERE id = ?", "i", row.id));
    TRY(vb_sql_row(b->store, err, stmt, &found));
    if (vb_sql_copy(stmt, 0, b->arena, &row.shown) != VB_OK) status = vb_fail_memory(err);
    sqlite3_reset(stmt);
    if (status == VB_OK) status = vb_bulk_learn(b, &b->labels, &row, err);
done:
    return status;
}

static vb_status find_labels(vb_bulk *b, const vb_bulk_node *row, const vb_bulk_known **out, vb_error *err)
{
    vb_status status;
    vb_str joined = { 0 }, first = row->n_labels ? row->labels[0] : VB_STR("");
    TRY(join_labels(b, row, &joined) == VB_OK ? VB_OK : vb_fail_memory(err));
    *out = vb_bulk_find(&b->labels, joined);
    if (*out) goto done;
    TRY(learn_labels(b, first, joined, err));
    *out = &b->labels.rows.at[b->labels.last];
done:
    return status;
}

/* ---- nodes --------------------------------------------------------------------------------------------- */

static vb_status add_name(vb_bulk *b, int64_t node, vb_str name, bool look, vb_error *err)
{
    vb_status status = VB_OK;
    vb_str folded;
    int64_t id = 0;
    name = vb_str_trim(name);
    if (!name.len) return VB_OK;
    if (b->fresh) return vb_fresh_name_put(b->fresh, node, name, err);
    if (look)
        TRY(vb_sql_id(b->store, err, &id, "SELECT id FROM alias WHERE node = ? AND name = ?", "is", node,
                      name));
    if (id) goto done;
    TRY(vb_fold(b->scratch, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_bulk_run(b, VB_HOT_ALIAS, err, "iss", node, folded, name));
    vb_words_note(&b->store->new_aliases, sqlite3_last_insert_rowid(b->store->db));
done:
    return status;
}

/** Whether @p name is among the first @p n names of a row; a name is kept once. */
static bool is_among(const vb_str *names, size_t n, vb_str name)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(vb_str_trim(names[i]), vb_str_trim(name))) return true;
    return false;
}

/** A file name makes the node a loaded document, without text. */
static vb_status put_document(vb_bulk *b, const vb_bulk_node *row, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    int64_t other = 0;
    TRY(vb_sql_id(b->store, err, &other, "SELECT node FROM document WHERE file = ? AND node <> ?", "si",
                  row->document, node));
    if (other) {
        status =
            vb_fail(err, VB_BAD_INPUT, "another node is the document '%.*s' already", VB_FMT(row->document));
        goto done;
    }
    TRY(vb_sql_do(
        b->store, err,
        "INSERT INTO document(node, file, path, hash, title, date, bytes) VALUES(?, ?2, ?2, 0, ?, ?, 0)"
        " ON CONFLICT(node) DO UPDATE SET date = ifnull(excluded.date, date)",
        "issn", node, row->document, name, row->date));
done:
    return status;
}

/** A node by SQL, found or made. */
static vb_status node_row(vb_bulk *b, int64_t labels, const vb_bulk_node *row, vb_str name, int64_t *out,
                          bool *met, vb_error *err)
{
    vb_status status;
    TRY(vb_bulk_run(b, VB_HOT_NODE, err, "issn", labels, row->key, name, row->props));
    *met = sqlite3_changes(b->store->db) == 0;
    if (!*met) *out = sqlite3_last_insert_rowid(b->store->db);
    if (*met)
        TRY(vb_sql_id(b->store, err, out, "SELECT id FROM node WHERE labels = ? AND key = ?", "is", labels,
                      row->key));
    if (*met && row->props.len)
        TRY(vb_sql_do(b->store, err,
                      "UPDATE node SET props = json_patch(ifnull(props, '{}'), ?) WHERE id = ?", "si",
                      row->props, *out));
done:
    return status;
}

vb_status vb_bulk_node_put(vb_bulk *b, const vb_bulk_node *row, int64_t *out, bool *made, vb_error *err)
{
    vb_status status;
    const vb_bulk_known *labels;
    int64_t id = 0;
    bool met = false;
    vb_str name = vb_str_trim(row->name);
    if (!name.len) name = row->key;
    TRY(vb_bulk_row(b, err));
    TRY(find_labels(b, row, &labels, err));
    if (b->fresh)
        TRY(vb_fresh_node_put(b->fresh, labels->id, labels->shown, row, name, &id, &met, err));
    else
        TRY(node_row(b, labels->id, row, name, &id, &met, err));
    TRY(add_name(b, id, name, met, err));
    for (size_t i = 0; i < row->n_aliases; i++)
        if (met || (!is_among(row->aliases, i, row->aliases[i]) && !is_among(&name, 1, row->aliases[i])))
            TRY(add_name(b, id, row->aliases[i], met, err));
    if (row->document.len) TRY(put_document(b, row, id, name, err));
    *out = id;
    if (made) *made = !met;
done:
    return status;
}

/* ---- the end ------------------------------------------------------------------------------------------- */

/** What imported documents say. */
static const char counting[] =
    "UPDATE document SET mentions = (SELECT ifnull(sum(ifnull(e.weight, 1)), 0) FROM edge e JOIN relation r"
    " ON r.id = e.type WHERE e.source = document.node AND r.name = 'MENTIONS'), edges = (SELECT"
    " count(DISTINCT edge) FROM evidence WHERE document = document.id) WHERE bytes = 0 AND hash = 0";

static vb_status commit_fresh(vb_bulk *b, vb_error *err)
{
    vb_status status;
    vb_fresh_words *words = NULL;
    TRY(vb_store_commit(b->store, err)); /* of the workshop: its file is whole now */
    TRY(vb_fresh_words_begin(b->fresh, &words, err));
    TRY(vb_fresh_write(b->fresh, err));
    TRY(vb_store_begin(b->store, err));
    TRY(vb_fresh_words_put(words, err));
    TRY(script(b->store, counting, "counting what documents say", err));
    TRY(vb_store_commit(b->store, err));
    TRY(vb_fresh_take_over(b->fresh, err));
done:
    vb_fresh_words_free(words);
    return status;
}

static vb_status commit_rows(vb_bulk *b, vb_error *err)
{
    vb_status status;
    /* SQLite sorts an index in pieces of the cache's size: small ones, which the processor's own cache holds,
     * take half the time of large ones */
    TRY(script(b->store, "PRAGMA cache_size = -2000", "building an index", err));
    for (size_t i = 0; i < b->indexes.len; i++)
        TRY(script(b->store, b->indexes.at[i].at, "building an index", err));
    TRY(script(b->store, counting, "counting what documents say", err));
    TRY(vb_store_commit(b->store, err));
    b->open = false;
done:
    return status;
}

vb_status vb_bulk_commit(vb_bulk *b, vb_error *err)
{
    return b->fresh ? commit_fresh(b, err) : commit_rows(b, err);
}
