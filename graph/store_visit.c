/**
 * Visiting what was extracted, a row at a time: nothing but the row at hand is in memory. Each visit has
 * statements of its own, so that a callback may ask the store anything, another visit too.
 */
#include "graph/store.h"

/** Prepare a statement that this visit alone uses; end it with sqlite3_finalize(). */
static vb_status prepare(vb_store *store, const char *sql, sqlite3_stmt **out, vb_error *err)
{
    if (sqlite3_prepare_v2(store->db, sql, -1, out, NULL) == SQLITE_OK) return VB_OK;
    return vb_store_fail(store, err, "preparing a query");
}

/** Whether the callback itself ended the visit: the message is the callback's then, if it left any. */
static vb_status answer(vb_status status, vb_error *err)
{
    if (status != VB_OK && err && err->status != status) return vb_fail(err, status, "stopped");
    return status;
}

/** The documents to visit: the one that is named, or all of them by file name. */
static vb_status documents_of(vb_store *store, vb_str document, sqlite3_stmt **out, vb_error *err)
{
    vb_status status;
    int64_t id = 0;
    if (document.len) TRY(vb_store_document(store, document, &id, err));
    TRY(prepare(store,
                document.len ? "SELECT id, file FROM document WHERE id = ?"
                             : "SELECT id, file FROM document ORDER BY file",
                out, err));
    if (document.len) sqlite3_bind_int64(*out, 1, id);
done:
    return status;
}

/* ---- mentions ----------------------------------------------------------------------------------------- */

static vb_status visit_mention(vb_texts *texts, int64_t document, vb_str file, sqlite3_stmt *stmt,
                               vb_mention_fn fn, void *context, vb_error *err)
{
    vb_status status;
    vb_mention m = { .document = file, .start = sqlite3_column_int64(stmt, 5) };
    int64_t length = sqlite3_column_int64(stmt, 6);
    vb_arena *arena = vb_arena_new();
    if (!arena) return vb_fail_memory(err);
    m.end = m.start + length;
    m.article = vb_sql_text(stmt, 7);
    m.rule = vb_sql_text(stmt, 8);
    if (vb_row_node(stmt, 0, arena, &m.node) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_texts_get(texts, document, m.start, length, arena, &m.text, err));
    status = answer(fn(context, &m), err);
done:
    vb_arena_free(arena);
    return status;
}

vb_status vb_store_mentions(vb_store *store, vb_str document, vb_mention_fn fn, void *context, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *documents = NULL, *mentions = NULL;
    vb_texts texts = { .store = store };
    bool row;
    TRY(documents_of(store, document, &documents, err));
    TRY(prepare(store,
                "SELECT " VB_NODE_COLUMNS ", m.start, m.length, m.article, r.name FROM mention m"
                " JOIN node n ON n.id = m.node JOIN label_set s ON s.id = n.labels"
                " LEFT JOIN document d ON d.node = n.id LEFT JOIN rule r ON r.id = m.rule"
                " WHERE m.document = ? ORDER BY m.start",
                &mentions, err));
    while ((status = vb_sql_row(store, err, documents, &row)) == VB_OK && row) {
        int64_t id = sqlite3_column_int64(documents, 0);
        vb_str file = vb_sql_text(documents, 1);
        sqlite3_bind_int64(mentions, 1, id);
        while ((status = vb_sql_row(store, err, mentions, &row)) == VB_OK && row)
            TRY(visit_mention(&texts, id, file, mentions, fn, context, err));
        TRY(status);
    }
done:
    vb_texts_clear(&texts);
    sqlite3_finalize(mentions);
    sqlite3_finalize(documents);
    return status;
}

/* ---- edges -------------------------------------------------------------------------------------------- */

/** Edges that document ?1 says, where it first says them; gazetteers' facts last. */
static const char edges_of_one[] =
    "SELECT v.edge FROM evidence v WHERE v.document = ?1 AND v.id = (SELECT id FROM evidence"
    " WHERE edge = v.edge AND document = ?1 ORDER BY start < 0, start, length, id LIMIT 1) ORDER BY v.start "
    "< 0, v.start, v.id";

/** The same, without those that a document stored before it says as well: in all, each edge comes once. */
static const char edges_first_here[] =
    "SELECT v.edge FROM evidence v WHERE v.document = ?1 AND v.id = (SELECT id FROM evidence"
    " WHERE edge = v.edge AND document IS NOT NULL ORDER BY document, start < 0, start, length, id LIMIT 1)"
    " ORDER BY v.start < 0, v.start, v.id";

/** Edges that no loaded document says: imported, or said by a person. */
static const char edges_of_none[] =
    "SELECT id FROM edge e WHERE type <> ? AND NOT EXISTS(SELECT 1 FROM evidence WHERE edge = e.id"
    " AND document IS NOT NULL) ORDER BY id";

static vb_status visit_edges(vb_texts *texts, sqlite3_stmt *stmt, int64_t document, vb_edge_fn fn,
                             void *context, vb_error *err)
{
    vb_status status;
    vb_arena *arena = NULL;
    bool row;
    while ((status = vb_sql_row(texts->store, err, stmt, &row)) == VB_OK && row) {
        vb_edge edge;
        arena = vb_arena_new();
        if (!arena) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(vb_edge_read(texts, sqlite3_column_int64(stmt, 0), document, SIZE_MAX, arena, &edge, err));
        TRY(answer(fn(context, &edge), err));
        vb_arena_free(arena);
        arena = NULL;
    }
done:
    vb_arena_free(arena);
    return status;
}

vb_status vb_store_edges(vb_store *store, vb_str document, vb_edge_fn fn, void *context, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *documents = NULL, *edges = NULL, *rest = NULL;
    vb_texts texts = { .store = store };
    bool row;
    TRY(documents_of(store, document, &documents, err));
    TRY(prepare(store, document.len ? edges_of_one : edges_first_here, &edges, err));
    while ((status = vb_sql_row(store, err, documents, &row)) == VB_OK && row) {
        int64_t id = sqlite3_column_int64(documents, 0);
        sqlite3_bind_int64(edges, 1, id);
        TRY(visit_edges(&texts, edges, document.len ? id : 0, fn, context, err));
    }
    if (status != VB_OK || document.len) goto done;
    TRY(prepare(store, edges_of_none, &rest, err));
    sqlite3_bind_int64(rest, 1, store->relations[VB_REL_MENTIONS]);
    TRY(visit_edges(&texts, rest, 0, fn, context, err));
done:
    vb_texts_clear(&texts);
    sqlite3_finalize(rest);
    sqlite3_finalize(edges);
    sqlite3_finalize(documents);
    return status;
}

/* ---- documents ---------------------------------------------------------------------------------------- */

#define DOCUMENT_COLUMNS \
    VB_NODE_COLUMNS ", d.title, d.date, d.kind, d.sender, d.number, d.mentions, d.edges, d.bytes"
#define DOCUMENT_TABLES " FROM document d JOIN node n ON n.id = d.node JOIN label_set s ON s.id = n.labels "

static vb_status read_document(sqlite3_stmt *stmt, vb_arena *arena, vb_document *out)
{
    vb_status status;
    vb_document d = { .n_mentions = sqlite3_column_int64(stmt, 10),
                      .n_edges = sqlite3_column_int64(stmt, 11),
                      .n_bytes = sqlite3_column_int64(stmt, 12) };
    TRY(vb_row_node(stmt, 0, arena, &d.node));
    TRY(vb_sql_copy(stmt, 5, arena, &d.title));
    TRY(vb_sql_copy(stmt, 6, arena, &d.date));
    TRY(vb_sql_copy(stmt, 7, arena, &d.kind));
    TRY(vb_sql_copy(stmt, 8, arena, &d.sender));
    TRY(vb_sql_copy(stmt, 9, arena, &d.number));
    d.file = d.node.document;
    d.key = d.node.key;
    *out = d;
done:
    return status;
}

vb_status vb_store_documents(vb_store *store, vb_document_fn fn, void *context, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    vb_arena *arena = NULL;
    bool row;
    TRY(prepare(store, "SELECT " DOCUMENT_COLUMNS DOCUMENT_TABLES "ORDER BY d.file", &stmt, err));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        vb_document d;
        vb_arena_free(arena);
        arena = vb_arena_new();
        TRY(arena && read_document(stmt, arena, &d) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(answer(fn(context, &d), err));
    }
done:
    vb_arena_free(arena);
    sqlite3_finalize(stmt);
    return status;
}

vb_status vb_store_document_row(vb_store *store, int64_t document, vb_arena *arena, vb_document *out,
                                vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, "SELECT " DOCUMENT_COLUMNS DOCUMENT_TABLES "WHERE d.id = ?", "i",
                    document));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row)
        status = vb_fail(err, VB_NOT_FOUND, "no document has the number %lld", (long long)document);
    else if (read_document(stmt, arena, out) != VB_OK)
        status = vb_fail_memory(err);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_store_piece(vb_store *store, int64_t document, int64_t start, int64_t length, vb_arena *arena,
                         vb_str *out, vb_error *err)
{
    vb_texts texts = { .store = store };
    vb_status status = vb_texts_get(&texts, document, start, length, arena, out, err);
    vb_texts_clear(&texts);
    return status;
}

vb_status vb_store_text(vb_store *store, vb_str document, vb_arena *arena, vb_str *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    int64_t id = 0;
    bool row;
    TRY(vb_store_document(store, document, &id, err));
    TRY(vb_sql_bind(store, err, &stmt, "SELECT text FROM document_text WHERE document = ?", "i", id));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row)
        status = vb_fail(err, VB_STORE, "the store is damaged: %.*s has no text", VB_FMT(document));
    else if (vb_sql_copy(stmt, 0, arena, out) != VB_OK)
        status = vb_fail_memory(err);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}
