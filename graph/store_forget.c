/**
 * The way out of the store. What a document said before is taken out first; when its new version is in, what
 * lost its last reason to live ends: an edge without evidence, a name that no document gives, a node that
 * nothing mentions, no edge ends in and that is no loaded document.
 */
#include "graph/store.h"

/** Note what hangs on the former version, and take its parts out. */
vb_status vb_put_forget(vb_put *p, vb_error *err)
{
    static const char *const parts[] = {
        ("UPDATE alias SET documents = documents - 1"
         " WHERE id IN (SELECT alias FROM alias_document WHERE document = ?)"),
        "DELETE FROM alias_document WHERE document = ?",
        "DELETE FROM evidence WHERE document = ?",
        "DELETE FROM mention WHERE document = ?",
        "DELETE FROM passage WHERE document = ?",
    };
    vb_status status = VB_OK;
    int64_t node = 0, mentions = p->store->relations[VB_REL_MENTIONS];
    if (!p->changed) goto done;
    TRY(vb_sql_id(p->store, err, &node, "SELECT node FROM document WHERE id = ?", "i", p->document));
    TRY(vb_sql_ids(p->store, err, p->arena, &p->old_edges, "SELECT edge FROM evidence WHERE document = ?",
                   "i", p->document));
    TRY(vb_sql_ids(p->store, err, p->arena, &p->old_nodes,
                   "SELECT target FROM edge WHERE source = ?1 AND type = ?2 UNION ALL SELECT ?1", "ii", node,
                   mentions));
    TRY(vb_sql_ids(p->store, err, p->arena, &p->old_aliases,
                   "SELECT alias FROM alias_document WHERE document = ?", "i", p->document));
    vb_ids_unique(&p->old_edges);
    TRY(vb_words_drop_passages(p->store, p->document, err));
    for (size_t i = 0; i < VB_COUNT(parts); i++) TRY(vb_sql_do(p->store, err, parts[i], "i", p->document));
    TRY(vb_sql_do(p->store, err,
                  "DELETE FROM evidence WHERE edge IN (SELECT id FROM edge WHERE source = ? AND type = ?)",
                  "ii", node, mentions));
    TRY(vb_sql_do(p->store, err, "DELETE FROM edge WHERE source = ? AND type = ?", "ii", node, mentions));
done:
    return status;
}

vb_status vb_edge_count_anew(vb_store *store, int64_t edge, vb_error *err)
{
    return vb_sql_do(
        store, err,
        "UPDATE edge SET (weight, first, last, certainty, origin, amount) = (SELECT"
        " nullif(count(*) FILTER (WHERE e.start >= 0), 0), min(d.date) FILTER (WHERE e.start >= 0),"
        " max(d.date) FILTER (WHERE e.start >= 0), nullif(min(e.certainty), 0), min(e.origin), max(e.amount)"
        " FROM evidence e LEFT JOIN document d ON d.id = e.document WHERE e.edge = ?1)"
        " WHERE id = ?1",
        "i", edge);
}

static vb_status sweep_edges(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->old_edges.len; i++) {
        int64_t edge = p->old_edges.at[i], said = 0;
        TRY(vb_sql_id(p->store, err, &said, "SELECT 1 FROM evidence WHERE edge = ? LIMIT 1", "i", edge));
        if (said) {
            TRY(vb_edge_count_anew(p->store, edge, err));
            continue;
        }
        TRY(vb_sql_ids(
            p->store, err, p->arena, &p->old_nodes,
            "SELECT source FROM edge WHERE id = ?1 UNION ALL SELECT target FROM edge WHERE id = ?1", "i",
            edge));
        TRY(vb_sql_do(p->store, err, "DELETE FROM edge WHERE id = ?", "i", edge));
    }
done:
    return status;
}

/** A name is about to end: its id may come back as another one's. */
static vb_status drop_alias(vb_put *p, int64_t alias, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    int64_t given = vb_known_given(p->store, alias);
    TRY(vb_sql_bind(p->store, err, &stmt, "SELECT node, name FROM alias WHERE id = ?", "i", alias));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (row) vb_known_unlearn(p->store, VB_KNOWN_NAME(sqlite3_column_int64(stmt, 0)), vb_sql_text(stmt, 1));
    sqlite3_reset(stmt);
    if (given) (void)vb_known_take(p->store, alias);
    TRY(vb_words_drop_alias(p->store, alias, err));
done:
    return status;
}

static vb_status sweep_aliases(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(&p->old_aliases);
    for (size_t i = 0; i < p->old_aliases.len; i++) {
        int64_t alias = p->old_aliases.at[i], dead = 0, given = vb_known_given(p->store, alias);
        TRY(vb_sql_id(p->store, err, &dead,
                      "SELECT a.id FROM alias a JOIN node n ON n.id = a.node"
                      " WHERE a.id = ? AND a.documents + ? <= 0 AND a.name <> n.name",
                      "ii", alias, given));
        if (!dead) continue;
        TRY(drop_alias(p, alias, err));
        TRY(vb_sql_do(p->store, err, "DELETE FROM alias WHERE id = ?", "i", alias));
    }
done:
    return status;
}

static vb_status sweep_nodes(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(&p->old_nodes);
    for (size_t i = 0; i < p->old_nodes.len; i++) {
        int64_t node = p->old_nodes.at[i], dead = 0;
        vb_ids names = { 0 };
        TRY(vb_sql_id(p->store, err, &dead,
                      "SELECT id FROM node WHERE id = ?1 AND origin <= 1"
                      " AND NOT EXISTS(SELECT 1 FROM edge WHERE source = ?1)"
                      " AND NOT EXISTS(SELECT 1 FROM edge WHERE target = ?1)"
                      " AND NOT EXISTS(SELECT 1 FROM document WHERE node = ?1)",
                      "i", node));
        if (!dead) continue;
        vb_known_forget(p->store); /* its id may come back */
        TRY(vb_sql_ids(p->store, err, p->arena, &names, "SELECT id FROM alias WHERE node = ?", "i", node));
        for (size_t k = 0; k < names.len; k++) TRY(drop_alias(p, names.at[k], err));
        TRY(vb_sql_do(p->store, err, "DELETE FROM alias WHERE node = ?", "i", node));
        TRY(vb_sql_do(p->store, err, "DELETE FROM node WHERE id = ?", "i", node));
    }
done:
    return status;
}

vb_status vb_put_sweep(vb_put *p, vb_error *err)
{
    vb_status status;
    TRY(sweep_edges(p, err));
    TRY(sweep_aliases(p, err));
    TRY(sweep_nodes(p, err));
done:
    return status;
}
