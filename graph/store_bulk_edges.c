/**
 * Edges of an import on their way into the store, and who says them. Imported edges (origin 3) stand beside
 * those of documents and are never mixed with them: loading a document again leaves them alone, but for its
 * own MENTIONS, which its text then says itself.
 */
#include "graph/store_bulk.h"

#include <stdlib.h>

static vb_status find_relation(vb_bulk *b, vb_str name, const vb_bulk_known **out, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_bulk_known *seen = vb_bulk_find(&b->relations, name);
    vb_bulk_known row = { .name = name };
    int64_t symmetric = 0;
    if (!seen) {
        TRY(vb_sql_id(b->store, err, &row.id,
                      "INSERT INTO relation(name) VALUES(?) ON CONFLICT(name) DO UPDATE SET name = name"
                      " RETURNING id",
                      "s", name));
        TRY(vb_sql_id(b->store, err, &symmetric, "SELECT symmetric FROM relation WHERE id = ?", "i", row.id));
        row.symmetric = symmetric != 0;
        TRY(vb_bulk_learn(b, &b->relations, &row, err));
        seen = &b->relations.rows.at[b->relations.last];
    }
    *out = seen;
done:
    return status;
}

/** A symmetric edge is stored once, from the end whose label and key come first. */
static vb_status order_ends(vb_bulk *b, int64_t *source, int64_t *target, vb_error *err)
{
    int64_t first = *source;
    vb_status status = VB_OK;
    if (b->fresh)
        first = vb_fresh_turns(b->fresh, *source, *target) ? *target : *source;
    else
        status = vb_sql_id(b->store, err, &first,
                           "SELECT n.id FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id IN (?, ?)"
                           " ORDER BY s.name, n.key, n.id LIMIT 1",
                           "ii", *source, *target);
    if (status == VB_OK && first != *source) {
        *target = *source;
        *source = first;
    }
    return status;
}

/** The loaded document called @p file, and its date; 0 where there is none. */
static vb_status find_document(vb_bulk *b, vb_str file, int64_t *out, vb_str *date, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row = false;
    *out = 0;
    *date = VB_STR("");
    TRY(vb_sql_bind(b->store, err, &stmt, "SELECT id, date FROM document WHERE file = ?", "s", file));
    TRY(vb_sql_row(b->store, err, stmt, &row));
    if (!row) goto done;
    *out = sqlite3_column_int64(stmt, 0);
    if (vb_sql_copy(stmt, 1, b->scratch, date) != VB_OK) status = vb_fail_memory(err);
    sqlite3_reset(stmt);
done:
    return status;
}

/**
 * Who says the edge: the loaded document of that name, else just the name. The words stand in the evidence,
 * for no text is loaded to point into: start is -1, and length numbers what one document says of one edge.
 * @param told whether that is new.
 */
static vb_status add_evidence(vb_bulk *b, const vb_bulk_edge *row, int64_t edge, int64_t document, bool *told,
                              vb_error *err)
{
    vb_status status = VB_OK;
    *told = true;
    if (!row->text.len) goto done;
    if (document)
        TRY(vb_sql_do(
            b->store, err,
            "INSERT INTO evidence(edge, document, start, length, origin, text) SELECT ?1, ?2, -1,"
            " (SELECT count(*) FROM evidence WHERE edge = ?1 AND document = ?2), 3, ?3 WHERE NOT EXISTS"
            " (SELECT 1 FROM evidence WHERE edge = ?1 AND document = ?2 AND text = ?3)",
            "iis", edge, document, row->text));
    else
        TRY(vb_sql_do(
            b->store, err,
            "INSERT INTO evidence(edge, start, length, origin, said_in, text) SELECT ?1, -1, 0, 3, ?2, ?3"
            " WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE edge = ?1 AND document IS NULL"
            " AND said_in IS ?2 AND text = ?3)",
            "ins", edge, row->document, row->text));
    *told = sqlite3_changes(b->store->db) > 0;
done:
    return status;
}

/** Where the edge of these ends is, or would be, in the map; the map is never full. */
static size_t edge_slot(const vb_bulk *b, int64_t source, int64_t type, int64_t target)
{
    const int64_t parts[] = { source, type, target };
    size_t at = (size_t)vb_hash((vb_str){ (const char *)parts, sizeof parts }) & (b->edges_cap - 1);
    for (; b->edges[at].edge; at = (at + 1) & (b->edges_cap - 1))
        if (b->edges[at].source == source && b->edges[at].type == type && b->edges[at].target == target)
            break;
    return at;
}

/** Room in the map for one more: at most half full. */
static vb_status grow_edges(vb_bulk *b, vb_error *err)
{
    const vb_bulk_entry *old = b->edges;
    size_t old_cap = b->edges_cap, cap = old_cap ? old_cap * 2 : 1024;
    if (b->n_edges * 2 < old_cap) return VB_OK;
    vb_bulk_entry *room = cap < SIZE_MAX / sizeof *room ? calloc(cap, sizeof *room) : NULL;
    if (!room) return vb_fail_memory(err);
    vb_bulk_entry *former = b->edges;
    b->edges = room;
    b->edges_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].edge) room[edge_slot(b, old[i].source, old[i].type, old[i].target)] = old[i];
    free(former);
    return VB_OK;
}

/** The imported edge of this type between these nodes that a row may add to; 0: none. */
static vb_status find_edge(vb_bulk *b, int64_t source, int64_t type, int64_t target, int64_t *out,
                           vb_error *err)
{
    *out = 0;
    if (b->fresh) {
        *out = vb_fresh_edge_find(b->fresh, source, type, target);
        return VB_OK;
    }
    if (!b->first)
        return vb_sql_id(
            b->store, err, out,
            "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin = 3 AND props"
            " IS NULL LIMIT 1",
            "iii", source, type, target);
    vb_status status = grow_edges(b, err);
    if (status == VB_OK) *out = b->edges[edge_slot(b, source, type, target)].edge;
    return status;
}

static vb_status make_edge(vb_bulk *b, const vb_bulk_edge *row, const vb_bulk_entry *ends, vb_str date,
                           int64_t *out, vb_error *err)
{
    vb_status status;
    bool whole = row->count == 1;
    if (b->fresh) {
        vb_bulk_edge edge = *row;
        edge.source = ends->source;
        edge.target = ends->target;
        return vb_fresh_edge_put(b->fresh, ends->type, &edge, date, out, err);
    }
    TRY(vb_bulk_run(b, VB_HOT_EDGE, err, "iiidnn", ends->type, ends->source, ends->target,
                    whole ? (int64_t)-1 : row->count, date, row->props));
    *out = sqlite3_last_insert_rowid(b->store->db);
    if (row->merge && b->first) {
        b->edges[edge_slot(b, ends->source, ends->type, ends->target)] =
            (vb_bulk_entry){ ends->source, ends->type, ends->target, *out };
        b->n_edges++;
    }
done:
    return status;
}

/**
 * Whether a text that is loaded says this itself: a letter's MENTIONS are counted in its text, and an edge
 * that it is said to say may be read from it already. What a text does not say, people may have added.
 */
static vb_status is_said(vb_bulk *b, const vb_bulk_entry *ends, int64_t document, bool *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t said = 0;
    *out = false;
    if (!b->has_texts) return VB_OK;
    if (ends->type == b->store->relations[VB_REL_MENTIONS])
        TRY(vb_sql_id(b->store, err, &said, "SELECT 1 FROM document WHERE node = ? AND hash <> 0", "i",
                      ends->source));
    else if (document)
        TRY(vb_sql_id(
            b->store, err, &said,
            "SELECT 1 FROM edge e JOIN evidence v ON v.edge = e.id JOIN document d ON d.id = v.document"
            " WHERE e.source = ? AND e.type = ? AND e.target = ? AND e.origin <= 1 AND d.id = ?"
            " AND d.hash <> 0",
            "iiii", ends->source, ends->type, ends->target, document));
    *out = said != 0;
done:
    return status;
}

/** Add what one more row says to an edge. */
static vb_status add_up(vb_bulk *b, int64_t edge, int64_t count, vb_str date, vb_error *err)
{
    if (b->fresh) return vb_fresh_edge_add(b->fresh, edge, count, date, err);
    return vb_sql_do(
        b->store, err,
        "UPDATE edge SET weight = ifnull(weight, 1) + ?2, first = ifnull(min(first, ?3), ifnull(first,"
        " ?3)), last = ifnull(max(last, ?3), ifnull(last, ?3)) WHERE id = ?1",
        "iin", edge, count, date);
}

vb_status vb_bulk_edge_put(vb_bulk *b, const vb_bulk_edge *row, bool *made, vb_error *err)
{
    vb_status status;
    const vb_bulk_known *relation;
    int64_t document = 0, edge = 0;
    vb_str date = row->date, said = { NULL, 0 };
    bool told = true, said_already = false;
    TRY(vb_bulk_row(b, err));
    TRY(find_relation(b, row->type, &relation, err));
    vb_bulk_entry ends = { row->source, relation->id, row->target, 0 };
    if (relation->symmetric) TRY(order_ends(b, &ends.source, &ends.target, err));
    if (row->document.len) TRY(find_document(b, row->document, &document, &said, err));
    if (!date.len) date = said;
    if (made) *made = false;
    TRY(is_said(b, &ends, document, &said_already, err));
    if (said_already) goto done;
    if (row->merge) TRY(find_edge(b, ends.source, ends.type, ends.target, &edge, err));
    bool met = edge != 0;
    if (!met) TRY(make_edge(b, row, &ends, date, &edge, err));
    TRY(add_evidence(b, row, edge, document, &told, err));
    if (met && told) TRY(add_up(b, edge, row->count, date, err));
    if (made) *made = !met;
done:
    return status;
}
