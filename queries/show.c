/** A node's card: what it is called, where it is known, what is said of it, who speaks of it. */
#include "queries/queries.h"

#include <sqlite3.h>

enum {
    EDGES_MAX = 1000, /* edges on a card: those that most sentences say */
    CARDS_MAX = 20    /* documents on a card */
};

static vb_status read_aliases(vb_store *store, vb_arena *arena, vb_card *card, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_str) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, "SELECT name FROM alias WHERE node = ? AND name <> ? ORDER BY name",
                    "is", card->node.id, card->node.name));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row)
        if (vb_push(arena, &list) != VB_OK || vb_sql_copy(stmt, 0, arena, &list.at[list.len - 1]) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    card->aliases = list.at;
    card->n_aliases = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_figures(vb_store *store, vb_arena *arena, vb_card *card, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT ifnull(sum(ifnull(weight, 1)), 0), count(*), min(first), max(last) FROM edge"
                    " WHERE target = ? AND type = ?",
                    "ii", card->node.id, vb_store_relation(store, VB_REL_MENTIONS)));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row) goto done;
    card->n_mentions = sqlite3_column_int64(stmt, 0);
    card->n_documents = sqlite3_column_int64(stmt, 1);
    if (vb_sql_copy(stmt, 2, arena, &card->first) != VB_OK ||
        vb_sql_copy(stmt, 3, arena, &card->last) != VB_OK)
        status = vb_fail_memory(err);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Edges at either end, by relation; of each relation those first that most sentences say. */
static const char edges_of[] =
    "SELECT id FROM (SELECT e.id AS id, t.name AS name, ifnull(e.weight, 1) AS w FROM edge e JOIN relation t "
    "ON t.id = "
    "e.type"
    " WHERE e.source = ?1 AND e.type <> ?2 UNION SELECT e.id, t.name, ifnull(e.weight, 1) FROM edge e"
    " JOIN relation t ON t.id = e.type WHERE e.target = ?1 AND e.type <> ?2 ORDER BY w DESC, id LIMIT ?3)"
    " ORDER BY name, w DESC, id";

static vb_status read_edges(vb_store *store, vb_arena *arena, vb_card *card, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_edge) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, edges_of, "iii", card->node.id,
                    vb_store_relation(store, VB_REL_MENTIONS), (int64_t)EDGES_MAX));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_store_edge(store, sqlite3_column_int64(stmt, 0), 1, arena, &list.at[list.len - 1], err));
    }
    card->edges.at = list.at;
    card->edges.len = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The documents that mention it, those first that do so most. */
static vb_status read_documents(vb_store *store, vb_arena *arena, vb_card *card, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_document) list = { 0 };
    TRY(vb_sql_bind(
        store, err, &stmt,
        "SELECT d.id FROM edge e JOIN document d ON d.node = e.source WHERE e.target = ? AND e.type = ?"
        " ORDER BY ifnull(e.weight, 1) DESC, d.file LIMIT ?",
        "iii", card->node.id, vb_store_relation(store, VB_REL_MENTIONS), (int64_t)CARDS_MAX));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_store_document_row(store, sqlite3_column_int64(stmt, 0), arena, &list.at[list.len - 1], err));
    }
    card->documents = list.at;
    card->n_cards = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_show(vb_store *store, vb_str name, vb_arena *arena, vb_card *out, vb_error *err)
{
    vb_status status;
    bool held = false;
    vb_card card = { 0 };
    TRY(vb_store_hold(store, &held, err));
    TRY(vb_store_resolve_one(store, name, arena, &card.node, err));
    TRY(vb_node_url(&card.node, arena, &card.url) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(read_aliases(store, arena, &card, err));
    TRY(read_figures(store, arena, &card, err));
    TRY(read_edges(store, arena, &card, err));
    TRY(read_documents(store, arena, &card, err));
    *out = card;
done:
    vb_store_release(store, held);
    return status;
}
