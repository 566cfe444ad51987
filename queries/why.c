/** Why two nodes hang together: the edges between them with all their sentences, or where both are named. */
#include "queries/queries.h"

#include <sqlite3.h>

enum { TOGETHER_MAX = 100 /* documents that mention both, most mentions first */ };

/** Edges from one to the other, either way round: ?3 tells whether MENTIONS or all the others. */
static const char edges_between[] =
    "SELECT id FROM edge WHERE source = ?1 AND target = ?2 AND (type = ?4) = ?3"
    " UNION SELECT id FROM edge WHERE source = ?2 AND target = ?1 AND (type = ?4) = ?3 ORDER BY id";

static vb_status read_edges(vb_store *store, bool mentions, vb_arena *arena, vb_why *why, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_edge) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, edges_between, "iiii", why->a.id, why->b.id, (int64_t)mentions,
                    vb_store_relation(store, VB_REL_MENTIONS)));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_store_edge(store, sqlite3_column_int64(stmt, 0), SIZE_MAX, arena, &list.at[list.len - 1],
                          err));
    }
    why->edges.at = list.at;
    why->edges.len = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Documents that mention both, from the node that fewer documents mention. */
static const char documents_of_both[] =
    "SELECT d.id FROM edge e CROSS JOIN edge f ON f.source = e.source AND f.type = ?3 AND f.target = ?2"
    " JOIN document d ON d.node = e.source WHERE e.target = ?1 AND e.type = ?3"
    " ORDER BY min(ifnull(e.weight, 1), ifnull(f.weight, 1)) DESC, d.file LIMIT ?4";

static vb_status read_together(vb_store *store, vb_arena *arena, vb_why *why, vb_error *err)
{
    static const char count[] = "SELECT count(*) FROM edge WHERE target = ? AND type = ?";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    int64_t in_a = 0, in_b = 0, mentions = vb_store_relation(store, VB_REL_MENTIONS);
    VB_VEC(vb_document) list = { 0 };
    TRY(vb_sql_id(store, err, &in_a, count, "ii", why->a.id, mentions));
    TRY(vb_sql_id(store, err, &in_b, count, "ii", why->b.id, mentions));
    int64_t fewer = in_a <= in_b ? why->a.id : why->b.id, more = in_a <= in_b ? why->b.id : why->a.id;
    TRY(vb_sql_bind(store, err, &stmt, documents_of_both, "iiii", fewer, more, mentions,
                    (int64_t)TOGETHER_MAX));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_store_document_row(store, sqlite3_column_int64(stmt, 0), arena, &list.at[list.len - 1], err));
    }
    why->together = list.at;
    why->n_together = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_why_connected(vb_store *store, vb_str a, vb_str b, vb_arena *arena, vb_why *out, vb_error *err)
{
    vb_status status;
    bool held = false;
    vb_why why = { 0 };
    TRY(vb_store_hold(store, &held, err));
    TRY(vb_store_resolve_one(store, a, arena, &why.a, err));
    TRY(vb_store_resolve_one(store, b, arena, &why.b, err));
    TRY(read_edges(store, false, arena, &why, err));
    if (!why.edges.len) TRY(read_edges(store, true, arena, &why, err)); /* a document and what it names */
    if (!why.edges.len) TRY(read_together(store, arena, &why, err));
    *out = why;
    if (!why.edges.len)
        status = vb_fail(err, VB_NOT_FOUND, "no sentence connects %.*s and %.*s; %zu documents name both%s",
                         VB_FMT(why.a.name), VB_FMT(why.b.name), why.n_together,
                         why.n_together == TOGETHER_MAX ? " at least" : "");
done:
    vb_store_release(store, held);
    return status;
}
