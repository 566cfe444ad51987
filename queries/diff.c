/**
 * What changed between two letters, or two periods: the nodes that only one of them names or that both do,
 * and the edges that only one of them says or that both do, with the sentences.
 */
#include "graph/cut.h"
#include "queries/queries.h"

#include <sqlite3.h>
#include <stdlib.h>

/** One side: a document, or the documents of some dates. */
typedef struct side {
    int64_t document; /* 0: none, the dates count */
    vb_str file;      /* of the document */
    char from[11], to[11];
} side;

/* ---- what is named ------------------------------------------------------------------------------------- */

/** A period as people write it: 2024, 2024-05, 2024-05-01; from..to of these, either of them empty. */
static bool is_digits(vb_str s)
{
    static const char form[] = "dddd-dd-dd";
    if (s.len != 4 && s.len != 7 && s.len != 10) return false;
    for (size_t i = 0; i < s.len; i++)
        if (form[i] == 'd' ? s.at[i] < '0' || s.at[i] > '9' : s.at[i] != form[i]) return false;
    return true;
}

/** The first or the last day of a year, a month or a day. The last of a month is its 31st: dates are compared
 *  as text. */
static void fill_date(char out[11], vb_str s, bool last)
{
    memcpy(out, last ? "9999-12-31" : "0000-01-01", 11);
    if (s.len) memcpy(out, s.at, s.len);
    if (s.len == 7) memcpy(out + 7, last ? "-31" : "-01", 4);
}

static bool read_period(vb_str name, side *out)
{
    size_t dots = vb_str_find(name, VB_STR(".."), 0);
    vb_str from = dots == SIZE_MAX ? name : vb_str_part(name, 0, dots);
    vb_str to = dots == SIZE_MAX ? name : vb_str_part(name, dots + 2, name.len);
    if ((from.len && !is_digits(from)) || (to.len && !is_digits(to)) || (!from.len && !to.len)) return false;
    fill_date(out->from, from, false);
    fill_date(out->to, to, true);
    return strcmp(out->from, out->to) <= 0;
}

/** The document that @p name means: its file name, key or title. */
static vb_status find_document(vb_store *store, vb_str name, vb_arena *arena, side *out, vb_error *err)
{
    vb_status status;
    vb_node node;
    TRY(vb_store_resolve_one(store, name, arena, &node, err));
    if (!node.document.len) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "%.*s is no loaded document and no period (2024, 2024-05..)",
                         VB_FMT(node.name));
        goto done;
    }
    out->file = node.document;
    TRY(vb_sql_id(store, err, &out->document, "SELECT id FROM document WHERE node = ?", "i", node.id));
done:
    return status;
}

static vb_status read_side(vb_store *store, vb_str name, vb_arena *arena, side *out, vb_error *err)
{
    vb_status status = VB_OK;
    *out = (side){ .from = "9", .to = "0" }; /* no date lies between them */
    if (!read_period(name, out)) {
        *out = (side){ .from = "9", .to = "0" };
        TRY(vb_sql_id(store, err, &out->document, "SELECT id FROM document WHERE file = ?", "s", name));
        out->file = name;
        if (!out->document) TRY(find_document(store, name, arena, out, err));
    }
done:
    return status;
}

/* ---- counting ------------------------------------------------------------------------------------------ */

#define ONE_SIDE "(d.id = ?2 OR d.date BETWEEN ?3 AND ?4)"
#define OTHER    "(d.id = ?5 OR d.date BETWEEN ?6 AND ?7)"

static const char count_documents[] =
    "SELECT sum(" ONE_SIDE "), sum(" OTHER ") FROM document d WHERE ?1 = ?1";
static const char count_nodes[] =
    "SELECT target, sum(before), sum(after) FROM (SELECT e.target, ifnull(e.weight, 1) AS before, 0 AS after"
    " FROM document d JOIN edge e ON e.source = d.node AND e.type = ?1 WHERE " ONE_SIDE
    " UNION ALL SELECT e.target, 0, ifnull(e.weight, 1)"
    " FROM document d JOIN edge e ON e.source = d.node AND e.type = ?1 WHERE " OTHER ") GROUP BY target";
static const char count_edges[] = /* origin 1 is a gazetteer's: no letter says it */
    "SELECT edge, sum(before), sum(after) FROM (SELECT v.edge, 1 AS before, 0 AS after"
    " FROM document d JOIN evidence v ON v.document = d.id AND v.origin <> 1 AND ?1 = ?1 WHERE " ONE_SIDE
    " UNION ALL SELECT v.edge, 0, 1"
    " FROM document d JOIN evidence v ON v.document = d.id AND v.origin <> 1 WHERE " OTHER ") GROUP BY edge";

static vb_status bind_sides(vb_store *store, const char *sql, const side sides[2], sqlite3_stmt **out,
                            vb_error *err)
{
    return vb_sql_bind(store, err, out, sql, "iississ", vb_store_relation(store, VB_REL_MENTIONS),
                       sides[0].document, vb_str_of(sides[0].from), vb_str_of(sides[0].to), sides[1].document,
                       vb_str_of(sides[1].from), vb_str_of(sides[1].to));
}

static vb_change change_of(int64_t before, int64_t after)
{
    return !before ? VB_CHANGE_NEW : !after ? VB_CHANGE_GONE : VB_CHANGE_LASTING;
}

static vb_status read_nodes(vb_store *store, const vb_filter *filter, const side sides[2], vb_arena *arena,
                            vb_diff *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_changed_node) list = { 0 };
    TRY(bind_sides(store, count_nodes, sides, &stmt, err));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        const vb_filter_labels *labels;
        int64_t id = sqlite3_column_int64(stmt, 0);
        TRY(vb_filter_node(filter, id, &labels, err));
        if (!labels->wanted) continue;
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        vb_changed_node *n = &list.at[list.len - 1];
        n->before = sqlite3_column_int64(stmt, 1);
        n->after = sqlite3_column_int64(stmt, 2);
        n->change = change_of(n->before, n->after);
        TRY(vb_store_node(store, id, arena, &n->node, err));
    }
    TRY(status);
    out->nodes = list.at;
    out->n_nodes = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static bool is_of(const side *s, const vb_evidence *said)
{
    if (s->document) return vb_str_eq(said->document, s->file);
    return said->date.len && vb_str_cmp(said->date, vb_str_of(s->from)) >= 0 &&
           vb_str_cmp(said->date, vb_str_of(s->to)) <= 0;
}

/** Keep of an edge's sentences those of the two sides. */
static void keep_sides(vb_edge *edge, const side sides[2])
{
    size_t n = 0;
    for (size_t i = 0; i < edge->n_evidence; i++)
        if (is_of(&sides[0], &edge->evidence[i]) || is_of(&sides[1], &edge->evidence[i]))
            edge->evidence[n++] = edge->evidence[i];
    edge->n_evidence = n;
}

static vb_status read_edges(vb_store *store, const vb_filter *filter, const side sides[2], vb_arena *arena,
                            vb_diff *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    VB_VEC(vb_changed_edge) list = { 0 };
    TRY(bind_sides(store, count_edges, sides, &stmt, err));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        vb_changed_edge e = { .before = sqlite3_column_int64(stmt, 1),
                              .after = sqlite3_column_int64(stmt, 2) };
        bool wanted = false;
        TRY(vb_store_edge(store, sqlite3_column_int64(stmt, 0), SIZE_MAX, arena, &e.edge, err));
        for (size_t i = 0; i < filter->n_types && !wanted; i++)
            wanted = filter->types[i].wanted && vb_str_eq(filter->types[i].name, e.edge.type);
        if (!wanted) continue;
        e.change = change_of(e.before, e.after);
        keep_sides(&e.edge, sides);
        TRY(vb_push(arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
        list.at[list.len - 1] = e;
    }
    TRY(status);
    out->edges = list.at;
    out->n_edges = list.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- in order ------------------------------------------------------------------------------------------ */

static int by_change(vb_change x, int64_t n, vb_change y, int64_t m)
{
    if (x != y) return x < y ? -1 : 1;
    return n > m ? -1 : n < m;
}

static int node_order(const void *a, const void *b)
{
    const vb_changed_node *x = a, *y = b;
    int order = by_change(x->change, x->before + x->after, y->change, y->before + y->after);
    if (!order) order = vb_str_cmp(x->node.label, y->node.label);
    return order ? order : vb_str_cmp(x->node.key, y->node.key);
}

static int edge_order(const void *a, const void *b)
{
    const vb_changed_edge *x = a, *y = b;
    bool own_x = x->edge.source.document.len > 0, own_y = y->edge.source.document.len > 0;
    if (x->change == y->change && own_x != own_y)
        return own_x ? 1 : -1; /* what a letter cites is always new */
    int order = by_change(x->change, x->before + x->after, y->change, y->before + y->after);
    if (!order) order = vb_str_cmp(x->edge.type, y->edge.type);
    if (!order) order = vb_str_cmp(x->edge.source.key, y->edge.source.key);
    if (!order) order = vb_str_cmp(x->edge.target.key, y->edge.target.key);
    return order;
}

vb_status vb_diff_find(vb_store *store, vb_str before, vb_str after, const vb_cut_options *cut,
                       vb_arena *arena, vb_diff *out, vb_error *err)
{
    vb_status status;
    vb_diff diff = { 0 };
    vb_filter filter;
    side sides[2];
    sqlite3_stmt *stmt = NULL;
    bool own = false, row = false;
    TRY(vb_store_hold(store, &own, err));
    TRY(vb_filter_new(store, cut, arena, &filter, err));
    TRY(read_side(store, before, arena, &sides[0], err));
    TRY(read_side(store, after, arena, &sides[1], err));
    TRY(bind_sides(store, count_documents, sides, &stmt, err));
    TRY(vb_sql_row(store, err, stmt, &row));
    diff.n_before = row ? sqlite3_column_int64(stmt, 0) : 0;
    diff.n_after = row ? sqlite3_column_int64(stmt, 1) : 0;
    if (!diff.n_before || !diff.n_after) {
        vb_str empty = diff.n_before ? after : before;
        status = vb_fail(err, VB_NOT_FOUND, "no loaded document is of %.*s", VB_FMT(empty));
        goto done;
    }
    TRY(read_nodes(store, &filter, sides, arena, &diff, err));
    TRY(read_edges(store, &filter, sides, arena, &diff, err));
    if (diff.n_nodes) qsort(diff.nodes, diff.n_nodes, sizeof *diff.nodes, node_order);
    if (diff.n_edges) qsort(diff.edges, diff.n_edges, sizeof *diff.edges, edge_order);
    *out = diff;
done:
    if (stmt) sqlite3_reset(stmt);
    vb_store_release(store, own);
    return status;
}
