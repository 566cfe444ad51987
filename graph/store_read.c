/**
 * One node, one edge, one piece of a document, out of the store.
 */
#include "graph/store.h"

vb_status vb_row_node(sqlite3_stmt *stmt, int column, vb_arena *arena, vb_node *out)
{
    vb_status status;
    vb_node node = { .id = sqlite3_column_int64(stmt, column) };
    TRY(vb_sql_copy(stmt, column + 1, arena, &node.label));
    TRY(vb_sql_copy(stmt, column + 2, arena, &node.key));
    TRY(vb_sql_copy(stmt, column + 3, arena, &node.name));
    TRY(vb_sql_copy(stmt, column + 4, arena, &node.document));
    *out = node;
done:
    return status;
}

vb_status vb_store_node(vb_store *store, int64_t id, vb_arena *arena, vb_node *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, "SELECT " VB_NODE_COLUMNS VB_NODE_TABLES "WHERE n.id = ?", "i", id));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row)
        status = vb_fail(err, VB_NOT_FOUND, "no node has the number %lld", (long long)id);
    else if (vb_row_node(stmt, 0, arena, out) != VB_OK)
        status = vb_fail_memory(err);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- pieces of text ----------------------------------------------------------------------------------- */

void vb_texts_clear(vb_texts *texts)
{
    sqlite3_blob_close(texts->blob);
    texts->blob = NULL;
    texts->document = 0;
}

static vb_status turn_to(vb_texts *texts, int64_t document, vb_error *err)
{
    int code;
    if (texts->blob && texts->document == document) return VB_OK;
    if (texts->blob) {
        code = sqlite3_blob_reopen(texts->blob, document);
    } else {
        code =
            sqlite3_blob_open(texts->store->db, "main", "document_text", "text", document, 0, &texts->blob);
    }
    if (code == SQLITE_OK) {
        texts->document = document;
        return VB_OK;
    }
    vb_status status = vb_store_fail(texts->store, err, "reading a document's text");
    vb_texts_clear(texts);
    return status;
}

vb_status vb_texts_get(vb_texts *texts, int64_t document, int64_t start, int64_t length, vb_arena *arena,
                       vb_str *out, vb_error *err)
{
    vb_status status;
    TRY(turn_to(texts, document, err));
    if (start < 0 || length < 0 || start > sqlite3_blob_bytes(texts->blob) ||
        length > sqlite3_blob_bytes(texts->blob) - start) {
        status = vb_fail(err, VB_STORE, "the store is damaged: byte %lld is not in document %lld",
                         (long long)(start < 0 ? start : start + length), (long long)document);
        goto done;
    }
    char *at = vb_arena_get(arena, (size_t)length + 1);
    if (!at) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (length && sqlite3_blob_read(texts->blob, at, (int)length, (int)start) != SQLITE_OK) {
        status = vb_store_fail(texts->store, err, "reading a document's text");
        goto done;
    }
    *out = (vb_str){ at, (size_t)length };
done:
    return status;
}

/* ---- edges -------------------------------------------------------------------------------------------- */

/** Sentences of an edge that are looked at for the best ones: its latest documents'. */
#define BEST_OF "500"

#define RULE "iif(v.correction IS NULL, r.name, 'assert ' || v.correction)"
#define EVIDENCE_COLUMNS                                                                                 \
    "v.document, d.file, v.said_in, d.date, v.start, v.length, v.text, " RULE ", v.origin, v.certainty," \
    " v.since, v.until, v.amount, v.amount_per, v.cue, v.cue_length, v.source_at, v.source_length,"      \
    " v.target_at, v.target_length"
#define EVIDENCE_TABLES " LEFT JOIN document d ON d.id = v.document LEFT JOIN rule r ON r.id = v.rule "
#define HAS_SENTENCE    "(start >= 0 OR text IS NOT NULL)"

/** By what a reader wants first: stated before announced, the latest, the shortest. */
static const char best_evidence[] =
    "SELECT " EVIDENCE_COLUMNS " FROM (SELECT * FROM evidence WHERE edge = ?1 AND " HAS_SENTENCE
    " ORDER BY document DESC LIMIT max(" BEST_OF ", ?2)) v" EVIDENCE_TABLES
    "ORDER BY v.certainty, d.date DESC, v.length, v.id LIMIT ?2";
static const char evidence_of_document[] =
    "SELECT " EVIDENCE_COLUMNS " FROM evidence v" EVIDENCE_TABLES
    "WHERE v.edge = ?1 AND v.document = ?3 AND v.start >= 0 ORDER BY v.start, v.length LIMIT ?2";

/** The mark in columns @p at (where it begins) and @p at + 1 (its length). */
static vb_place mark_at(sqlite3_stmt *stmt, int at)
{
    int64_t start = sqlite3_column_int64(stmt, at), length = sqlite3_column_int64(stmt, at + 1);
    return length > 0 ? (vb_place){ start, start + length } : (vb_place){ -1, -1 };
}

static vb_status read_evidence(vb_texts *texts, sqlite3_stmt *stmt, vb_arena *arena, vb_evidence *out,
                               vb_error *err)
{
    vb_status status;
    int64_t document = sqlite3_column_int64(stmt, 0), start = sqlite3_column_int64(stmt, 4);
    int64_t length = sqlite3_column_int64(stmt, 5);
    bool loaded = document && start >= 0;
    vb_evidence v = { .start = loaded ? start : -1, .end = loaded ? start + length : -1 };
    v.amount = sqlite3_column_int64(stmt, 12);
    for (int i = 0; i < VB_MARKS; i++) v.marks[i] = mark_at(stmt, 14 + 2 * i);
    v.origin = (vb_origin)sqlite3_column_int(stmt, 8);
    v.certainty = (vb_certainty)sqlite3_column_int(stmt, 9);
    status = vb_sql_copy(stmt, document ? 1 : 2, arena, &v.document);
    if (status == VB_OK) status = vb_sql_copy(stmt, 3, arena, &v.date);
    if (status == VB_OK) status = vb_sql_copy(stmt, 7, arena, &v.rule);
    if (status == VB_OK) status = vb_sql_copy(stmt, 10, arena, &v.since);
    if (status == VB_OK) status = vb_sql_copy(stmt, 11, arena, &v.until);
    if (status == VB_OK) status = vb_sql_copy(stmt, 13, arena, &v.amount_per);
    if (status == VB_OK && !loaded) status = vb_sql_copy(stmt, 6, arena, &v.text);
    if (status != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (loaded) TRY(vb_texts_get(texts, document, start, length, arena, &v.text, err));
    *out = v;
done:
    return status;
}

/** An edge that no sentence says: one entry that tells where it comes from. */
static vb_status without_sentence(vb_store *store, vb_arena *arena, vb_edge *edge, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_evidence *v = vb_arena_array(arena, 1, sizeof *v);
    if (!v) return vb_fail_memory(err);
    *v = (vb_evidence){ .start = -1, .end = -1, .origin = edge->origin, .certainty = edge->certainty };
    for (int i = 0; i < VB_MARKS; i++) v->marks[i] = (vb_place){ -1, -1 };
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT " RULE
                    " FROM evidence v LEFT JOIN rule r ON r.id = v.rule WHERE v.edge = ? LIMIT 1",
                    "i", edge->id));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (row && vb_sql_copy(stmt, 0, arena, &v->rule) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    edge->evidence = v;
    edge->n_evidence = 1;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_all_evidence(vb_texts *texts, int64_t document, size_t limit, vb_arena *arena,
                                   vb_edge *edge, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_evidence) list = { 0 };
    int64_t most = limit > INT32_MAX ? INT32_MAX : (int64_t)limit;
    if (document)
        TRY(vb_sql_bind(texts->store, err, &stmt, evidence_of_document, "iii", edge->id, most, document));
    else
        TRY(vb_sql_bind(texts->store, err, &stmt, best_evidence, "ii", edge->id, most));
    while ((status = vb_sql_row(texts->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, &list) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(read_evidence(texts, stmt, arena, &list.at[list.len - 1], err));
    }
    if (status != VB_OK) goto done;
    edge->evidence = list.at;
    edge->n_evidence = list.len;
    if (!list.len) TRY(without_sentence(texts->store, arena, edge, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static const char edge_by_id[] =
    "SELECT e.id, e.origin, e.certainty, ifnull(e.weight, 1), t.symmetric, t.name, e.first, e.last,"
    " n.id, s.name, n.key, n.name, d.file, n2.id, s2.name, n2.key, n2.name, d2.file,"
    " e.amount FROM edge e JOIN relation t ON t.id = e.type"
    " JOIN node n ON n.id = e.source JOIN label_set s ON s.id = n.labels LEFT JOIN document d ON d.node = "
    "n.id"
    " JOIN node n2 ON n2.id = e.target JOIN label_set s2 ON s2.id = n2.labels"
    " LEFT JOIN document d2 ON d2.node = n2.id WHERE e.id = ?";

static vb_status read_edge_row(sqlite3_stmt *stmt, vb_arena *arena, vb_edge *out)
{
    vb_status status;
    vb_edge edge = { .id = sqlite3_column_int64(stmt, 0),
                     .origin = (vb_origin)sqlite3_column_int(stmt, 1),
                     .certainty = (vb_certainty)sqlite3_column_int(stmt, 2),
                     .weight = sqlite3_column_int64(stmt, 3),
                     .symmetric = sqlite3_column_int(stmt, 4) != 0,
                     .amount = sqlite3_column_int64(stmt, 18) };
    TRY(vb_sql_copy(stmt, 5, arena, &edge.type));
    TRY(vb_sql_copy(stmt, 6, arena, &edge.first));
    TRY(vb_sql_copy(stmt, 7, arena, &edge.last));
    TRY(vb_row_node(stmt, 8, arena, &edge.source));
    TRY(vb_row_node(stmt, 13, arena, &edge.target));
    *out = edge;
done:
    return status;
}

vb_status vb_edge_read(vb_texts *texts, int64_t id, int64_t document, size_t evidence, vb_arena *arena,
                       vb_edge *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_edge edge;
    TRY(vb_sql_bind(texts->store, err, &stmt, edge_by_id, "i", id));
    TRY(vb_sql_row(texts->store, err, stmt, &row));
    if (!row) {
        status = vb_fail(err, VB_NOT_FOUND, "no edge has the number %lld", (long long)id);
        goto done;
    }
    if (read_edge_row(stmt, arena, &edge) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (evidence) TRY(read_all_evidence(texts, document, evidence, arena, &edge, err));
    *out = edge;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_store_edge(vb_store *store, int64_t id, size_t evidence, vb_arena *arena, vb_edge *out,
                        vb_error *err)
{
    vb_texts texts = { .store = store };
    vb_status status = vb_edge_read(&texts, id, 0, evidence, arena, out, err);
    vb_texts_clear(&texts);
    return status;
}
