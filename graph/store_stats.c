/** Figures of a store: how much of everything there is. Cost: one pass over nodes, edges and documents. */
#include "graph/store.h"

/** Rows of a name and a number. */
static vb_status read_counts(vb_store *store, const char *sql, vb_arena *arena, vb_count **out, size_t *n,
                             vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_count) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, sql, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, &list) != VB_OK ||
            vb_sql_copy(stmt, 0, arena, &list.at[list.len - 1].name) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        list.at[list.len - 1].n = sqlite3_column_int64(stmt, 1);
    }
    *out = list.at;
    *n = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static const char by_label[] =
    "SELECT l.value, sum(c.n) FROM (SELECT labels, count(*) AS n FROM node GROUP BY labels) c"
    " JOIN label_set s ON s.id = c.labels, json_each(s.labels) l GROUP BY l.value ORDER BY 2 DESC, 1";
static const char by_relation[] =
    "SELECT t.name, c.n FROM (SELECT type, count(*) AS n FROM edge GROUP BY type) c"
    " JOIN relation t ON t.id = c.type ORDER BY 2 DESC, 1";
static const char by_year[] =
    "SELECT ifnull(substr(date, 1, 4), ''), count(*) FROM document GROUP BY 1 ORDER BY 1";

vb_status vb_store_stats(vb_store *store, vb_arena *arena, vb_stats *out, vb_error *err)
{
    vb_status status;
    bool held = false;
    vb_stats s = { 0 };
    int64_t version = 0;
    const struct {
        const char *sql;
        int64_t *out;
    } sums[] = {
        { "SELECT count(*) FROM node", &s.n_nodes },
        { "SELECT count(*) FROM document", &s.n_documents },
        { "SELECT ifnull(sum(mentions), 0) FROM document", &s.n_mentions },
        { "SELECT count(*) FROM evidence WHERE start >= 0 OR text IS NOT NULL", &s.n_evidence },
        { "SELECT ifnull(sum(bytes), 0) FROM document", &s.n_bytes },
        { "PRAGMA user_version", &version },
    };
    TRY(vb_store_hold(store, &held, err));
    for (size_t i = 0; i < VB_COUNT(sums); i++) TRY(vb_sql_int(store, err, sums[i].sql, sums[i].out));
    TRY(read_counts(store, by_label, arena, &s.labels, &s.n_labels, err));
    TRY(read_counts(store, by_relation, arena, &s.relations, &s.n_relations, err));
    TRY(read_counts(store, by_year, arena, &s.documents_by_year, &s.n_years, err));
    for (size_t i = 0; i < s.n_relations; i++) {
        bool mentions = vb_str_eq(s.relations[i].name, VB_STR("MENTIONS"));
        *(mentions ? &s.n_mention_edges : &s.n_edges) += s.relations[i].n;
    }
    s.schema_version = (int)version;
    *out = s;
done:
    vb_store_release(store, held);
    return status;
}
