/**
 * Repair: what can be read goes into a new store; documents of which anything is missing or that break a rule
 * are taken out whole, as if they had never been loaded; what rests on the others is counted anew; the new
 * store takes the old one's place (store_spare.c) when it passes the check.
 */
#include "graph/corrections.h"
#include "graph/store_spare.h"
#include "graph/store_salvage.h"

enum { ROUNDS = 4 }; /* taking a document out may show that another one rested on it */

typedef struct repair {
    vb_store *store;
    vb_finding_fn fn;
    void *context;
    size_t n_lost;
    vb_error *err;
} repair;

static vb_status tell(repair *r, const char *rule, vb_str where)
{
    char line[512];
    r->n_lost++;
    if (!r->fn) return VB_OK;
    (void)snprintf(line, sizeof line, "%.*s", VB_FMT(where));
    return r->fn(r->context, rule, line);
}

static vb_status run_all(repair *r, const char *const *sql, size_t n)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < n; i++) TRY(vb_sql_do(r->store, r->err, sql[i], ""));
done:
    return status;
}

/** Documents that are not whole, or whose parts point nowhere. bad: what the check found in texts. */
static const char find_bad[] =
    "INSERT OR IGNORE INTO temp.bad SELECT d.id FROM document d LEFT JOIN document_text t ON t.document = "
    "d.id"
    " WHERE ((d.hash <> 0 OR d.bytes <> 0) AND (t.text IS NULL OR length(CAST(t.text AS BLOB)) <> d.bytes"
    "  OR d.mentions <> (SELECT count(*) FROM mention WHERE document = d.id)"
    "  OR d.edges <> (SELECT count(DISTINCT edge) FROM evidence WHERE document = d.id AND start >= 0)))"
    " OR NOT EXISTS(SELECT 1 FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id = d.node"
    "  AND s.name = 'Document')"
    " OR EXISTS(SELECT 1 FROM mention m WHERE m.document = d.id AND NOT EXISTS(SELECT 1 FROM node"
    "  WHERE id = m.node))"
    " OR EXISTS(SELECT 1 FROM evidence v WHERE v.document = d.id AND NOT EXISTS(SELECT 1 FROM edge e"
    "  JOIN node a ON a.id = e.source JOIN node b ON b.id = e.target JOIN relation t ON t.id = e.type"
    "  WHERE e.id = v.edge))"
    " OR EXISTS(SELECT 1 FROM alias_document x WHERE x.document = d.id AND NOT EXISTS(SELECT 1 FROM alias"
    "  WHERE id = x.alias))";

/** Nodes that are not as they were: whose own name is none of theirs, or that an index contradicts. */
static const char *const find_doubtful[] = {
    "INSERT OR IGNORE INTO temp.doubt SELECT 'node', id FROM node n WHERE n.origin <= 1"
    " AND NOT EXISTS(SELECT 1 FROM alias a WHERE a.node = n.id AND a.name = n.name)",
    "INSERT OR IGNORE INTO temp.doubt SELECT 'node', node FROM alias WHERE id IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'alias')",
    "INSERT OR IGNORE INTO temp.doubt SELECT 'edge', id FROM edge WHERE source IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'node') OR target IN (SELECT id FROM temp.doubt WHERE tbl = "
    "'node')",
    "INSERT OR IGNORE INTO temp.bad SELECT document FROM evidence WHERE document IS NOT NULL AND (edge IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'edge') OR id IN (SELECT id FROM temp.doubt WHERE tbl = "
    "'evidence'))",
    "INSERT OR IGNORE INTO temp.bad SELECT document FROM mention WHERE node IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'node')",
    "INSERT OR IGNORE INTO temp.bad SELECT id FROM document WHERE id IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'document') OR node IN (SELECT id FROM temp.doubt WHERE tbl = "
    "'node')",
    "INSERT OR IGNORE INTO temp.bad SELECT document FROM passage WHERE id IN"
    " (SELECT id FROM temp.doubt WHERE tbl = 'passage')",
    "DELETE FROM temp.doubt",
};

/** Take the bad documents out, then all that lost its last reason to be there; count the rest anew. */
static const char *const take_out[] = {
    "UPDATE evidence SET rule = NULL WHERE rule NOT IN (SELECT id FROM rule)",
    "UPDATE mention SET rule = NULL WHERE rule NOT IN (SELECT id FROM rule)",
    "DELETE FROM edge WHERE type = (SELECT id FROM relation WHERE name = 'MENTIONS') AND source IN"
    " (SELECT node FROM document WHERE id IN temp.bad) AND origin = 0",
    "DELETE FROM evidence WHERE document IN temp.bad OR document NOT IN (SELECT id FROM document)",
    "DELETE FROM mention WHERE document IN temp.bad OR document NOT IN (SELECT id FROM document)",
    "DELETE FROM passage WHERE document IN temp.bad OR document NOT IN (SELECT id FROM document)",
    "DELETE FROM alias_document WHERE document IN temp.bad OR document NOT IN (SELECT id FROM document)",
    "DELETE FROM document_text WHERE document IN temp.bad OR document NOT IN (SELECT id FROM document)",
    "DELETE FROM document WHERE id IN temp.bad",
    "DELETE FROM document_sketch WHERE document NOT IN (SELECT id FROM document)",
    "DELETE FROM duplicate WHERE document NOT IN (SELECT id FROM document)",
    "DELETE FROM edge WHERE source NOT IN (SELECT id FROM node) OR target NOT IN (SELECT id FROM node)"
    " OR type NOT IN (SELECT id FROM relation)",
    "DELETE FROM evidence WHERE edge NOT IN (SELECT id FROM edge)",
    "DELETE FROM edge WHERE origin <= 1 AND type <> (SELECT id FROM relation WHERE name = 'MENTIONS')"
    " AND id NOT IN (SELECT edge FROM evidence)",
    "DELETE FROM edge WHERE origin = 0 AND type = (SELECT id FROM relation WHERE name = 'MENTIONS')",
    "INSERT INTO edge(type, source, target, origin, weight, first, last) SELECT (SELECT id FROM relation"
    " WHERE name = 'MENTIONS'), d.node, m.node, 0, count(*), d.date, d.date FROM mention m"
    " JOIN document d ON d.id = m.document GROUP BY d.id, m.node",
    "UPDATE edge SET (weight, first, last, certainty, origin, amount) = (SELECT"
    " nullif(count(*) FILTER (WHERE v.start >= 0), 0), min(d.date) FILTER (WHERE v.start >= 0),"
    " max(d.date) FILTER (WHERE v.start >= 0), nullif(min(v.certainty), 0), min(v.origin), max(v.amount)"
    " FROM evidence v LEFT JOIN document d ON d.id = v.document WHERE v.edge = edge.id)"
    " WHERE origin <= 1 AND id IN (SELECT edge FROM evidence)",
    "DELETE FROM alias WHERE node NOT IN (SELECT id FROM node)",
    "DELETE FROM alias_document WHERE alias NOT IN (SELECT id FROM alias)",
    "UPDATE alias SET documents = 0 WHERE documents <> 0 AND id NOT IN (SELECT alias FROM alias_document)",
    "UPDATE alias SET documents = s.n FROM (SELECT alias, count(*) AS n FROM alias_document GROUP BY alias) s"
    " WHERE s.alias = alias.id AND alias.documents <> s.n",
    "DELETE FROM node WHERE origin <= 1 AND id NOT IN (SELECT source FROM edge) AND id NOT IN (SELECT target "
    "FROM edge)"
    " AND id NOT IN (SELECT node FROM document)",
    "DELETE FROM alias WHERE node NOT IN (SELECT id FROM node)",
    "DELETE FROM alias WHERE documents = 0 AND EXISTS(SELECT 1 FROM node n WHERE n.id = alias.node"
    " AND n.origin <= 1 AND n.name <> alias.name)",
    "DELETE FROM alias_document WHERE alias NOT IN (SELECT id FROM alias)",
};

static const char count_names[] = "INSERT INTO alias_words(alias_words) VALUES('rebuild')";
static const char count_passages[] = "INSERT INTO passage_words(passage_words) VALUES('rebuild')";

/** Name the documents that go. */
static vb_status tell_bad(repair *r)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(r->store, r->err, &stmt, "SELECT path FROM document WHERE id IN temp.bad ORDER BY path",
                    ""));
    while ((status = vb_sql_row(r->store, r->err, stmt, &row)) == VB_OK && row)
        TRY(tell(r, "lost document", vb_sql_text(stmt, 0)));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** A node's own name is one of its names. */
static vb_status name_nodes(repair *r)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    vb_arena *arena = vb_arena_new();
    bool row;
    VB_VEC(struct {
        int64_t node;
        vb_str name;
    })
    list = { 0 };
    if (!arena) return vb_fail_memory(r->err);
    TRY(vb_sql_bind(r->store, r->err, &stmt,
                    "SELECT id, name FROM node n WHERE NOT EXISTS(SELECT 1 FROM alias a WHERE a.node = n.id"
                    " AND a.name = n.name)",
                    ""));
    while ((status = vb_sql_row(r->store, r->err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, &list) != VB_OK ||
            vb_sql_copy(stmt, 1, arena, &list.at[list.len - 1].name) != VB_OK)
            TRY(vb_fail_memory(r->err));
        list.at[list.len - 1].node = sqlite3_column_int64(stmt, 0);
    }
    TRY(status);
    for (size_t i = 0; i < list.len; i++) {
        vb_str folded;
        TRY(vb_fold(arena, list.at[i].name, &folded) == VB_OK ? VB_OK : vb_fail_memory(r->err));
        TRY(vb_sql_do(r->store, r->err, "INSERT INTO alias(node, folded, name) VALUES(?, ?, ?)", "iss",
                      list.at[i].node, folded, list.at[i].name));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    vb_arena_free(arena);
    return status;
}

/** What the check says of a document's text or places ("FILE byte N"): that document is bad. */
static vb_status on_finding(void *context, const char *rule, const char *where)
{
    repair *r = context;
    (void)rule;
    return vb_sql_do(r->store, r->err,
                     "INSERT OR IGNORE INTO temp.bad SELECT id FROM document WHERE file = ?1"
                     " OR (length(file) < length(?1) AND substr(?1, 1, length(file) + 6) = file || ' byte ')",
                     "s", vb_str_of(where));
}

/** Take out bad documents until nothing breaks a rule. */
static vb_status sweep(repair *r)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (int round = 0; round < ROUNDS; round++) {
        TRY(vb_sql_do(r->store, r->err, find_bad, ""));
        TRY(run_all(r, find_doubtful, VB_COUNT(find_doubtful)));
        TRY(tell_bad(r));
        TRY(run_all(r, take_out, VB_COUNT(take_out)));
        TRY(name_nodes(r));
        TRY(vb_sql_do(r->store, r->err, count_names, ""));
        TRY(vb_sql_do(r->store, r->err, count_passages, ""));
        TRY(vb_sql_do(r->store, r->err, "DELETE FROM temp.bad", ""));
        TRY(vb_store_check(r->store, on_finding, r, &n, r->err));
        if (!n) return VB_OK;
    }
    status = vb_fail(r->err, VB_STORE, "what can be read breaks rules of the graph (%zu findings)", n);
done:
    return status;
}

/** Corrections come off first, so that documents alone are looked at; where the way back is lost, they stay
 * on. Names that they gave go from the full-text index too, which must hold them. */
static vb_status lift(repair *r)
{
    vb_error ignored;
    vb_status status = vb_sql_do(r->store, r->err, count_names, "");
    if (status != VB_OK) return status;
    status = vb_corrections_lift(r->store, &ignored);
    if (status == VB_OK) return VB_OK;
    if (status == VB_NO_MEMORY) return vb_fail_memory(r->err);
    status = vb_sql_do(r->store, r->err, "DELETE FROM correction_effect", "");
    return status == VB_OK ? tell(r, "lost the way back", VB_STR("from corrections made before; they stay"))
                           : status;
}

static vb_status rebuild(repair *r, const char *path)
{
    vb_status status;
    size_t n_gaps = 0;
    TRY(vb_sql_do(r->store, r->err, "PRAGMA foreign_keys = OFF", ""));
    TRY(vb_sql_do(r->store, r->err, "CREATE TEMP TABLE bad(id INTEGER PRIMARY KEY)", ""));
    TRY(vb_sql_do(r->store, r->err, "CREATE TEMP TABLE doubt(tbl TEXT, id INTEGER, UNIQUE(tbl, id))", ""));
    TRY(vb_store_begin(r->store, r->err));
    TRY(vb_salvage(path, r->store, &n_gaps, r->err));
    TRY(vb_schema_ontology(r->store, r->err));
    TRY(vb_store_learn(r->store, r->err));
    TRY(lift(r));
    TRY(sweep(r));
    TRY(vb_store_commit(r->store, r->err));
done:
    return status;
}

vb_status vb_store_repair(const char *path, vb_finding_fn fn, void *context, size_t *n_lost, vb_error *err)
{
    vb_status status;
    vb_error own = { 0 };
    vb_spare spare = { .lock = -1 };
    repair r = { .fn = fn, .context = context, .err = err ? err : &own };
    TRY(vb_spare_begin(path, &spare, err));
    status = vb_store_open(spare.fresh.at, VB_OPEN_WRITE, &r.store, err);
    if (status == VB_OK) status = rebuild(&r, path);
    vb_store_close(r.store);
    if (status == VB_OK) status = vb_spare_take(&spare, err);
    if (status == VB_OK && n_lost) *n_lost = r.n_lost;
done:
    vb_spare_end(&spare);
    return status;
}
