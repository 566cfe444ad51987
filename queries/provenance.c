/**
 * What rests on what: an edge may rest on one sentence, on the sentences of one document, or on many. A
 * document alone contributes the edges that nobody else says and the nodes that nothing else holds: they
 * would go with it.
 */
#include "queries/queries.h"

#include <sqlite3.h>

/** Which edges are asked about: all, those of node ?1, or those that document ?1 says. ?2 is MENTIONS. Edges
 * are sought by each type there is: a node that ten thousand letters mention has few of another type. */
typedef enum scope { WHOLE, OF_NODE, OF_DOCUMENT, SCOPES } scope;
#define FROM_ALL          "edge e"
#define FROM_SCOPE(edges) "(" edges ") i CROSS JOIN edge e ON e.id = i.id"
#define SCOPE_NODE                                                                                           \
    "SELECT e.id FROM relation t CROSS JOIN edge e ON e.source = ?1 AND e.type = t.id WHERE t.id <> ?2"      \
    " UNION SELECT e.id FROM relation t CROSS JOIN edge e ON e.target = ?1 AND e.type = t.id WHERE t.id <> " \
    "?2"
#define SCOPE_DOCUMENT                                                                                       \
    "SELECT DISTINCT e.id FROM evidence v JOIN edge e ON e.id = v.edge WHERE v.document = ?1 AND e.type <> " \
    "?2"

/** Edges counted by what they rest on. */
#define SUMS(from)                                                                                          \
    "SELECT count(*), count(*) FILTER (WHERE s = 1), count(*) FILTER (WHERE s > 0 AND d = 1),"              \
    " count(*) FILTER (WHERE s = 0 AND origin = 1), count(*) FILTER (WHERE s = 0 AND origin = 2),"          \
    " count(*) FILTER (WHERE s = 0 AND origin = 3) FROM (SELECT e.origin,"                                  \
    " count(v.id) FILTER (WHERE v.start >= 0 OR v.text IS NOT NULL) AS s,"                                  \
    " count(DISTINCT ifnull(v.document, v.said_in)) FILTER (WHERE v.start >= 0 OR v.text IS NOT NULL) AS d" \
    " FROM " from                                                                                           \
    " LEFT JOIN evidence v ON v.edge = e.id WHERE e.type <> ?2 AND ?1 IS NOT NULL GROUP BY e.id)"
static const char *const sums[SCOPES] = { SUMS(FROM_ALL), SUMS(FROM_SCOPE(SCOPE_NODE)),
                                          SUMS(FROM_SCOPE(SCOPE_DOCUMENT)) };

/** An edge that document ?1 says, and no other document, person or import. */
#define ALONE(document)                                                                       \
    "SELECT v.edge FROM evidence v JOIN edge e ON e.id = v.edge WHERE v.document = " document \
    " AND e.origin <= 2"                                                                      \
    " AND NOT EXISTS(SELECT 1 FROM evidence o WHERE o.edge = v.edge AND o.document IS NOT " document ")"

static const char edges_alone[] =
    "SELECT edge, sum(start >= 0), 1 FROM evidence WHERE document = ?1 AND edge IN (" ALONE(
        "?1") ") GROUP BY edge"
              " ORDER BY min(start) < 0, min(start), edge LIMIT ?2";

static const char edges_of_node[] =
    "SELECT i.id, count(v.id) FILTER (WHERE v.start >= 0 OR v.text IS NOT NULL) AS s, count(DISTINCT "
    "v.document)"
    " FILTER (WHERE v.start >= 0) AS d FROM (" SCOPE_NODE ") i LEFT JOIN evidence v ON v.edge = i.id"
    " GROUP BY i.id ORDER BY d, s, i.id LIMIT ?3";

/** Nodes that document ?1 (node ?3) mentions or joins, and that nothing but its mentions and own edges holds.
 */
static const char nodes_alone[] = "WITH alone(id) AS (" ALONE(
    "?1") "), near(id) AS (SELECT target FROM edge WHERE source = ?3 AND type = ?4"
          " UNION SELECT source FROM edge WHERE id IN alone UNION SELECT target FROM edge WHERE id IN alone)"
          " SELECT n.id FROM near JOIN node n ON n.id = near.id WHERE n.origin <= 1"
          " AND NOT EXISTS(SELECT 1 FROM document WHERE node = n.id) AND NOT EXISTS(SELECT 1 FROM edge e "
          "WHERE"
          " e.source = n.id AND e.id NOT IN alone) AND NOT EXISTS(SELECT 1 FROM edge e WHERE e.target = n.id "
          "AND"
          " e.id NOT IN alone AND NOT (e.source = ?3 AND e.type = ?4)) ORDER BY n.name, n.id LIMIT ?2";

/** Documents that say the edges, and how many of those nobody else says. */
#define SHARES(from)                                                                                       \
    "SELECT document, count(*) AS n, sum(alone) AS a FROM (SELECT v.document, v.edge, (e.origin <= 2 AND " \
    "NOT"                                                                                                  \
    " EXISTS(SELECT 1 FROM evidence o WHERE o.edge = v.edge AND o.document IS NOT v.document)) AS alone"   \
    " FROM " from " JOIN evidence v ON v.edge = e.id"                                                      \
    " WHERE v.document IS NOT NULL AND v.start >= 0 AND e.type <> ?2 AND ?1 IS NOT NULL GROUP BY "         \
    "v.document, v.edge) GROUP BY document"                                                                \
    " ORDER BY a DESC, n DESC, document LIMIT ?3"
static const char *const shares[] = { SHARES(FROM_ALL), SHARES(FROM_SCOPE(SCOPE_NODE)) };

typedef struct asked {
    vb_store *store;
    vb_arena *arena;
    int64_t node, document, mentions, limit;
    vb_provenance *out;
} asked;

static vb_status read_sums(asked *q, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_provenance *p = q->out;
    int64_t *const into[] = { &p->n_edges,     &p->n_one_sentence, &p->n_one_document,
                              &p->n_gazetteer, &p->n_person,       &p->n_import };
    scope which = q->document ? OF_DOCUMENT : q->node ? OF_NODE : WHOLE;
    TRY(vb_sql_bind(q->store, err, &stmt, sums[which], "ii", q->document ? q->document : q->node,
                    q->mentions));
    TRY(vb_sql_row(q->store, err, stmt, &row));
    for (size_t i = 0; row && i < VB_COUNT(into); i++) *into[i] = sqlite3_column_int64(stmt, (int)i);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_edges(asked *q, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_rest) list = { 0 };
    TRY(q->document
            ? vb_sql_bind(q->store, err, &stmt, edges_alone, "ii", q->document, q->limit)
            : vb_sql_bind(q->store, err, &stmt, edges_of_node, "iii", q->node, q->mentions, q->limit));
    while ((status = vb_sql_row(q->store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(q->arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        vb_rest *rest = &list.at[list.len - 1];
        rest->n_sentences = sqlite3_column_int64(stmt, 1);
        rest->n_documents = sqlite3_column_int64(stmt, 2);
        TRY(vb_store_edge(q->store, sqlite3_column_int64(stmt, 0), 1, q->arena, &rest->edge, err));
    }
    q->out->edges = list.at;
    q->out->n_listed = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_nodes(asked *q, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_node) list = { 0 };
    TRY(vb_sql_bind(q->store, err, &stmt, nodes_alone, "iiii", q->document, q->limit, q->node, q->mentions));
    while ((status = vb_sql_row(q->store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(q->arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(vb_store_node(q->store, sqlite3_column_int64(stmt, 0), q->arena, &list.at[list.len - 1], err));
    }
    q->out->nodes.at = list.at;
    q->out->nodes.len = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_shares(asked *q, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_share) list = { 0 };
    TRY(vb_sql_bind(q->store, err, &stmt, shares[q->node ? OF_NODE : WHOLE], "iii", q->node, q->mentions,
                    q->limit));
    while ((status = vb_sql_row(q->store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(q->arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        vb_share *share = &list.at[list.len - 1];
        share->n_edges = sqlite3_column_int64(stmt, 1);
        share->n_alone = sqlite3_column_int64(stmt, 2);
        TRY(vb_store_document_row(q->store, sqlite3_column_int64(stmt, 0), q->arena, &share->document, err));
    }
    q->out->shares = list.at;
    q->out->n_shares = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_provenance_find(vb_store *store, vb_str name, size_t limit, vb_arena *arena, vb_provenance *out,
                             vb_error *err)
{
    vb_status status;
    bool held = false;
    vb_provenance p = { .whole = !name.len };
    asked q = { .store = store,
                .arena = arena,
                .mentions = vb_store_relation(store, VB_REL_MENTIONS),
                .limit = limit && limit < INT32_MAX ? (int64_t)limit : INT32_MAX,
                .out = &p };
    TRY(vb_store_hold(store, &held, err));
    if (!p.whole) {
        TRY(vb_store_resolve_one(store, name, arena, &p.node, err));
        q.node = p.node.id;
        TRY(vb_sql_id(store, err, &q.document, "SELECT id FROM document WHERE node = ?", "i", q.node));
        p.of_document = q.document != 0;
    }
    TRY(read_sums(&q, err));
    if (!p.whole) TRY(read_edges(&q, err));
    if (p.of_document)
        TRY(read_nodes(&q, err));
    else
        TRY(read_shares(&q, err));
    *out = p;
done:
    vb_store_release(store, held);
    return status;
}
