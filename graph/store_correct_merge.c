/**
 * Two nodes made one: mentions, edges with what says them, and names of the first become the second's. Edges
 * that then say the same are one, with the sentences of both.
 */
#include "graph/store_correct.h"

/* ---- edges with other ends ---------------------------------------------------------------------------- */

vb_status vb_fix_edge_read(vb_fix *f, int64_t id, vb_fix_edge *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(f->store, err, &stmt,
                    "SELECT e.type, e.source, e.target, e.origin, t.symmetric FROM edge e JOIN relation t"
                    " ON t.id = e.type WHERE e.id = ?",
                    "i", id));
    TRY(vb_sql_row(f->store, err, stmt, &row));
    if (!row) {
        status = vb_fail(err, VB_STORE, "the store is damaged: edge %lld has no relation", (long long)id);
        goto done;
    }
    *out = (vb_fix_edge){ .id = id,
                          .type = sqlite3_column_int64(stmt, 0),
                          .source = sqlite3_column_int64(stmt, 1),
                          .target = sqlite3_column_int64(stmt, 2),
                          .origin = sqlite3_column_int64(stmt, 3),
                          .symmetric = sqlite3_column_int(stmt, 4) != 0 };
    out->mentions = out->type == f->store->relations[VB_REL_MENTIONS];
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status label_of(vb_fix *f, int64_t node, vb_label *out, bool *known, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    *known = false;
    TRY(vb_sql_bind(f->store, err, &stmt,
                    "SELECT s.name FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id = ?", "i",
                    node));
    TRY(vb_sql_row(f->store, err, stmt, &row));
    if (row) *known = vb_label_find(vb_sql_text(stmt, 0), out);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_fix_may_run(vb_fix *f, vb_fix_edge *edge, int64_t *source, int64_t *target, bool *may,
                         vb_error *err)
{
    vb_status status = VB_OK;
    vb_label from, to;
    bool from_known, to_known;
    *may = *source != *target || edge->source == edge->target || edge->mentions;
    if (!*may || edge->mentions) goto done;
    if (edge->symmetric) TRY(vb_edge_order_ends(f->store, source, target, &edge->turned, err));
    if (edge->origin == VB_ORIGIN_IMPORT) goto done;
    TRY(label_of(f, *source, &from, &from_known, err));
    TRY(label_of(f, *target, &to, &to_known, err));
    for (int i = 0; i < VB_REL_COUNT; i++)
        if (f->store->relations[i] == edge->type)
            *may = from_known && to_known && vb_relation_allows((vb_relation)i, from, to);
done:
    return status;
}

vb_status vb_fix_turn(vb_fix *f, int64_t edge, int64_t one, vb_error *err)
{
    return vb_sql_do(
        f->store, err,
        "UPDATE evidence SET source_at = target_at, source_length = target_length, target_at = source_at,"
        " target_length = source_length WHERE edge = ?1 AND ?2 IN (0, id)",
        "ii", edge, one);
}

vb_status vb_fix_other(vb_fix *f, const vb_fix_edge *edge, int64_t source, int64_t target, int64_t *out,
                       vb_error *err)
{
    *out = 0;
    if (edge->origin == VB_ORIGIN_IMPORT) return VB_OK; /* imported edges stand beside each other */
    return vb_sql_id(
        f->store, err, out,
        "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin <= 2 AND id <> ?"
        " ORDER BY id LIMIT 1",
        "iiii", source, edge->type, target, edge->id);
}

vb_status vb_fix_move_evidence(vb_fix *f, int64_t from, int64_t to, vb_error *err)
{
    vb_status status;
    TRY(vb_sql_do(
        f->store, err,
        "UPDATE evidence SET certainty = 0 WHERE edge = ?1 AND certainty <> 0 AND EXISTS(SELECT 1 FROM"
        " evidence o WHERE o.edge = ?2 AND o.document = evidence.document AND o.start = evidence.start"
        " AND o.length = evidence.length AND o.certainty = 0)",
        "ii", to, from));
    TRY(vb_sql_do(f->store, err, "UPDATE OR IGNORE evidence SET edge = ?1 WHERE edge = ?2", "ii", to, from));
    TRY(vb_sql_do(f->store, err, "DELETE FROM evidence WHERE edge = ?", "i", from));
done:
    return status;
}

/** Two MENTIONS edges of one document are one, which counts the mentions of both. */
static vb_status add_mentions(vb_fix *f, int64_t from, int64_t to, vb_error *err)
{
    return vb_sql_do(
        f->store, err,
        "UPDATE edge SET weight = weight + (SELECT weight FROM edge WHERE id = ?1) WHERE id = ?2", "ii", from,
        to);
}

static vb_status drop_edge(vb_fix *f, int64_t edge, vb_error *err)
{
    vb_status status;
    TRY(vb_fix_lose_edge(f, edge, 0, err));
    TRY(vb_sql_do(f->store, err, "DELETE FROM evidence WHERE edge = ?", "i", edge));
    TRY(vb_sql_ids(f->store, err, f->arena, &f->sweep.old_nodes,
                   "SELECT source FROM edge WHERE id = ?1 UNION ALL SELECT target FROM edge WHERE id = ?1",
                   "i", edge));
    TRY(vb_sql_do(f->store, err, "DELETE FROM edge WHERE id = ?", "i", edge));
done:
    return status;
}

/** Let an edge that ends in @p a end in @p b instead. */
static vb_status move_edge(vb_fix *f, int64_t id, int64_t a, int64_t b, vb_error *err)
{
    vb_status status;
    vb_fix_edge edge = { 0 };
    bool may;
    int64_t other = 0;
    TRY(vb_fix_edge_read(f, id, &edge, err));
    int64_t source = edge.source == a ? b : edge.source, target = edge.target == a ? b : edge.target;
    TRY(vb_sql_ids(f->store, err, f->arena, &f->documents,
                   "SELECT document FROM evidence WHERE edge = ? AND document IS NOT NULL", "i", id));
    TRY(vb_fix_may_run(f, &edge, &source, &target, &may, err));
    if (edge.turned) TRY(vb_fix_turn(f, id, 0, err));
    if (may) TRY(vb_fix_other(f, &edge, source, target, &other, err));
    if (may && !other) {
        TRY(vb_sql_do(f->store, err, "UPDATE edge SET source = ?, target = ? WHERE id = ?", "iii", source,
                      target, id));
        goto done;
    }
    if (may && edge.mentions) TRY(add_mentions(f, id, other, err));
    if (may && !edge.mentions) {
        TRY(vb_fix_move_evidence(f, id, other, err));
        TRY(vb_edge_count_anew(f->store, other, err));
    }
    TRY(drop_edge(f, id, err));
done:
    return status;
}

/* ---- names and mentions ------------------------------------------------------------------------------- */

/** One name, given to both nodes: each document gives it once. */
static vb_status join_name(vb_fix *f, const vb_ids *documents, int64_t from, int64_t to, vb_error *err)
{
    vb_status status;
    int64_t n = 0;
    TRY(vb_words_drop_alias(f->store, from, err));
    for (size_t i = 0; i < documents->len; i++) {
        TRY(vb_sql_do(f->store, err,
                      "UPDATE OR IGNORE alias_document SET alias = ? WHERE document = ? AND alias = ?", "iii",
                      to, documents->at[i], from));
        n += sqlite3_changes(f->store->db);
        TRY(vb_sql_do(f->store, err, "DELETE FROM alias_document WHERE document = ? AND alias = ?", "ii",
                      documents->at[i], from));
    }
    TRY(vb_sql_do(f->store, err, "DELETE FROM alias WHERE id = ?", "i", from));
    TRY(vb_sql_do(f->store, err, "UPDATE alias SET documents = documents + ? WHERE id = ?", "ii", n, to));
done:
    return status;
}

static vb_status move_names(vb_fix *f, const vb_ids *documents, int64_t a, int64_t b, vb_error *err)
{
    vb_status status;
    vb_ids names = { 0 };
    TRY(vb_sql_ids(f->store, err, f->arena, &names, "SELECT id FROM alias WHERE node = ? ORDER BY id", "i",
                   a));
    for (size_t i = 0; i < names.len; i++) {
        int64_t same = 0;
        TRY(vb_sql_id(
            f->store, err, &same,
            "SELECT o.id FROM alias a JOIN alias o ON o.node = ?2 AND o.name = a.name WHERE a.id = ?1", "ii",
            names.at[i], b));
        TRY(same ? join_name(f, documents, names.at[i], same, err)
                 : vb_sql_do(f->store, err, "UPDATE alias SET node = ? WHERE id = ?", "ii", b, names.at[i]));
    }
done:
    return status;
}

static vb_status move_mentions(vb_fix *f, const vb_ids *documents, int64_t a, int64_t b, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < documents->len; i++)
        TRY(vb_sql_do(f->store, err, "UPDATE mention SET node = ? WHERE document = ? AND node = ?", "iii", b,
                      documents->at[i], a));
done:
    return status;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

/** Why the two cannot be one now; NULL where they can. */
static vb_status look(vb_fix *f, int64_t a, int64_t b, vb_error *err)
{
    vb_status status;
    int64_t loaded = 0, alike = 0;
    TRY(vb_sql_id(f->store, err, &loaded, "SELECT count(*) FROM document WHERE node IN (?, ?)", "ii", a, b));
    TRY(vb_sql_id(f->store, err, &alike,
                  "SELECT n.labels = m.labels FROM node n, node m WHERE n.id = ? AND m.id = ?", "ii", a, b));
    if (loaded && !alike) f->idle = "a loaded document is a Document";
    if (a == b) f->idle = "it is one node already";
    if (loaded == 2) f->idle = "both are loaded documents";
done:
    return status;
}

vb_status vb_fix_merge(vb_fix *f, vb_error *err)
{
    vb_status status;
    int64_t a, b;
    vb_ids documents = { 0 }, edges = { 0 };
    TRY(vb_fix_find(f->store, f->what->a.label, f->what->a.key, &a, err));
    if (!a) {
        f->idle = "nothing is called the first";
        goto done;
    }
    TRY(vb_fix_make(f, &f->what->b, &b, err));
    if (!b) {
        f->idle = "nothing is called the second";
        goto done;
    }
    TRY(look(f, a, b, err));
    if (f->idle) goto done;
    TRY(vb_fix_documents(f, a, &documents, err));
    TRY(move_mentions(f, &documents, a, b, err));
    TRY(vb_fix_edges(f, a, 0, &edges, err));
    for (size_t i = 0; i < edges.len; i++) TRY(move_edge(f, edges.at[i], a, b, err));
    TRY(move_names(f, &documents, a, b, err));
    for (size_t i = 0; i < documents.len; i++) TRY(vb_fix_lose(f, documents.at[i], b, err));
    TRY(vb_sql_do(f->store, err, "UPDATE document SET node = ? WHERE node = ?", "ii", b, a));
    TRY(vb_sql_do(
        f->store, err,
        "UPDATE node SET props = (SELECT CASE WHEN node.props IS NULL THEN o.props WHEN o.props IS NULL"
        " THEN node.props ELSE json_patch(o.props, node.props) END FROM node o WHERE o.id = ?2)"
        " WHERE id = ?1",
        "ii", b, a));
    TRY(vb_fix_own(f, b, err));
    TRY(vb_sql_do(f->store, err, "DELETE FROM node WHERE id = ?", "i", a));
done:
    return status;
}
