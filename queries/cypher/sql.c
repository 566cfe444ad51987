/**
 * The statements that a running query asks again and again: a row each, prepared when first needed, ended
 * with the query. They are its own and not the store's, so that nobody else's use resets them between two
 * steps.
 */
#include "queries/cypher/cypher.h"

static const char *const texts[CY_SQL_COUNT] = {
    [CY_SQL_NODE] = "SELECT labels, key, name, props, origin FROM node WHERE id = ?1",
    [CY_SQL_NODE_LABELS] = "SELECT labels FROM node WHERE id = ?1",
    [CY_SQL_DOCUMENT] = "SELECT file, date, title, kind, sender, number FROM document WHERE node = ?1",
    [CY_SQL_ALIASES] = ("SELECT a.name FROM alias a JOIN node n ON n.id = a.node WHERE a.node = ?1 AND"
                        " a.name <> n.name ORDER BY a.name"),
    [CY_SQL_EDGE] = "SELECT props, first, last, weight, certainty, origin, amount FROM edge WHERE id = ?1",
    [CY_SQL_RELATION] = "SELECT name, symmetric FROM relation WHERE id = ?1",
    [CY_SQL_LABELS] = "SELECT labels FROM label_set WHERE id = ?1",
    [CY_SQL_KEYLESS] = "SELECT 1 FROM node WHERE labels IN (SELECT id FROM label_set) AND key IS NULL",
};

vb_status vb_cy_sql_failed(vb_cy_run *run)
{
    vb_error err = { 0 };
    vb_status status = vb_store_fail(run->store, &err, "the store");
    return vb_cy_store_fail(run, status, &err);
}

/** Prepare @p text into *@p stmt where it is not yet, reset it, and bind @p id where it takes one. */
vb_status vb_cy_prepare(vb_cy_run *run, const char *text, sqlite3_stmt **stmt)
{
    if (!*stmt && sqlite3_prepare_v3(vb_store_sqlite(run->store), text, -1, SQLITE_PREPARE_PERSISTENT, stmt,
                                     NULL) != SQLITE_OK)
        return vb_cy_sql_failed(run);
    sqlite3_reset(*stmt); /* its code repeats the last step's, which was told then */
    return VB_OK;
}

vb_status vb_cy_look_up(vb_cy_run *run, vb_cy_sql_id which, int64_t id, sqlite3_stmt **out, bool *row)
{
    vb_status status = vb_cy_prepare(run, texts[which], &run->stmts[which]);
    if (status != VB_OK) return status;
    *out = run->stmts[which];
    if (sqlite3_bind_parameter_count(*out)) sqlite3_bind_int64(*out, 1, id);
    return vb_cy_step(run, *out, row);
}

vb_status vb_cy_step(vb_cy_run *run, sqlite3_stmt *stmt, bool *row)
{
    int code = sqlite3_step(stmt);
    *row = code == SQLITE_ROW;
    if (*row) return VB_OK;
    vb_status status = code == SQLITE_DONE ? VB_OK : vb_cy_sql_failed(run);
    sqlite3_reset(stmt);
    return status;
}

void vb_cy_statements_end(vb_cy_run *run)
{
    for (size_t i = 0; i < VB_COUNT(run->stmts); i++) sqlite3_finalize(run->stmts[i]);
    for (size_t i = 0; i < VB_COUNT(run->edge_stmts); i++) sqlite3_finalize(run->edge_stmts[i]);
}
