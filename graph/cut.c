/**
 * A part of the graph, out of the store into memory. Edges are drafted first, then the nodes they join; what
 * the labels leave out takes its edges along. Without `around` the tables are read through, which for a large
 * part of the graph is far cheaper than many steps; with it, step by step from the node in the middle.
 */
#include "graph/cut.h"

#include <sqlite3.h>
#include <stdlib.h>

#define NOWHERE UINT32_MAX

/** A cut while it is made. Nodes are known by numbers, in the order in which they are met: edges are read
 * before the nodes they join, and a number is half the size of an id. */
typedef struct draft {
    const vb_filter *filter;
    vb_arena *scratch, *arena; /* for the draft, for the cut */
    VB_VEC(vb_cut_edge) edges; /* source and target are numbers, type is the filter's */
    bool edges_last;           /* edges are in the cut's arena and need not be copied */
    VB_VEC(vb_node) nodes;     /* in the cut's arena */
    vb_places ends;            /* ids to numbers: of what edges join, or was walked to */
    VB_VEC(uint32_t) node_of;  /* numbers to places in nodes; NOWHERE: not in the cut */
    int64_t middle;            /* the node of `around`, else -1 */
} draft;

static vb_str column(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return (vb_str){ text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

/** The number of node @p id, a new one if it has none. */
static vb_status number_end(draft *d, int64_t id, uint32_t *out)
{
    vb_status status = VB_OK;
    uint32_t number = vb_places_find(&d->ends, id);
    if (number == NOWHERE) {
        number = (uint32_t)d->node_of.len;
        TRY(vb_places_add(&d->ends, d->scratch, id, number));
        TRY(vb_push(d->scratch, &d->node_of));
        d->node_of.at[number] = NOWHERE;
    }
    *out = number;
done:
    return status;
}

static vb_status draft_edge(draft *d, const vb_cut_edge *edge, vb_error *err)
{
    vb_status status;
    if (d->edges.len == UINT32_MAX / 4) {
        status = vb_fail(err, VB_TOO_LARGE, "more than %u edges in a cut", UINT32_MAX / 4);
        goto done;
    }
    TRY(vb_push(d->edges_last ? d->arena : d->scratch, &d->edges));
    d->edges.at[d->edges.len - 1] = *edge;
done:
    return status;
}

/** The number of rows of a table. */
static vb_status count_rows(const draft *d, const char *sql, size_t *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(d->filter->store, sql, &stmt, err));
    if (sqlite3_step(stmt) != SQLITE_ROW) status = vb_store_fail(d->filter->store, err, "counting");
    int64_t n = status == VB_OK ? sqlite3_column_int64(stmt, 0) : 0;
    *out = n > 0 ? (size_t)n : 0;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- the whole graph ---------------------------------------------------------------------------------- */

static vb_status take_edge(draft *d, sqlite3_stmt *stmt, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_filter *f = d->filter;
    vb_edge_row row = { .id = sqlite3_column_int64(stmt, 0), .type = sqlite3_column_int64(stmt, 1) };
    uint16_t type = vb_filter_type_at(f, row.type);
    if (type == UINT16_MAX || !f->types[type].wanted) return VB_OK;
    row.source = sqlite3_column_int64(stmt, 2);
    row.weight = sqlite3_column_int64(stmt, 4);
    row.announced = sqlite3_column_int(stmt, 5) != 0;
    if (f->counts) {
        row.first = column(stmt, 6);
        row.last = column(stmt, 7);
    }
    vb_cut_edge edge = { .id = row.id, .type = type };
    TRY(vb_filter_weigh(f, &row, &edge.weight, err));
    if (!edge.weight) goto done;
    TRY(number_end(d, row.source, &edge.source));
    TRY(number_end(d, sqlite3_column_int64(stmt, 3), &edge.target));
    TRY(draft_edge(d, &edge, err));
done:
    return status;
}

/** When all edges will be in the cut, make room for them at once, where they can stay. */
static vb_status reserve_edges(draft *d, vb_error *err)
{
    vb_status status = VB_OK;
    size_t n;
    for (size_t i = 0; i < d->filter->n_types; i++)
        if (!d->filter->types[i].wanted) return VB_OK;
    if (d->filter->counts || d->filter->options->n_labels) return VB_OK;
    TRY(count_rows(d, "SELECT count(*) FROM edge", &n, err));
    d->edges_last = true;
    TRY(vb_reserve(d->arena, &d->edges, n + 1));
done:
    return status;
}

static vb_status read_edges(draft *d, vb_error *err)
{
    static const char sql[] =
        "SELECT id, type, source, target, coalesce(weight, 1), coalesce(certainty, 0), first,"
        " last FROM edge";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    int code;
    TRY(reserve_edges(d, err));
    TRY(vb_store_prepare(d->filter->store, sql, &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) TRY(take_edge(d, stmt, err));
    if (code != SQLITE_DONE) status = vb_store_fail(d->filter->store, err, "reading edges");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status take_node(draft *d, sqlite3_stmt *stmt, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t id = sqlite3_column_int64(stmt, 0);
    uint32_t number = vb_places_find(&d->ends, id);
    if (number == NOWHERE && !d->filter->options->keep_isolated) return VB_OK;
    const vb_filter_labels *labels = vb_filter_labels_get(d->filter, sqlite3_column_int64(stmt, 1));
    if (!labels || !labels->wanted) return VB_OK;
    if (d->nodes.len == UINT32_MAX / 4) {
        status = vb_fail(err, VB_TOO_LARGE, "more than %u nodes in a cut", UINT32_MAX / 4);
        goto done;
    }
    TRY(vb_push(d->arena, &d->nodes));
    vb_node *n = &d->nodes.at[d->nodes.len - 1];
    *n = (vb_node){ .id = id, .label = labels->name };
    TRY(vb_arena_copy(d->arena, column(stmt, 2), &n->key));
    TRY(vb_arena_copy(d->arena, column(stmt, 3), &n->name));
    TRY(number_end(d, id, &number));
    d->node_of.at[number] = (uint32_t)d->nodes.len - 1;
done:
    return status;
}

static vb_status read_nodes(draft *d, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    size_t n = d->node_of.len;
    int code;
    if (d->filter->options->keep_isolated) TRY(count_rows(d, "SELECT count(*) FROM node", &n, err));
    TRY(vb_reserve(d->arena, &d->nodes, d->filter->options->n_labels ? 1 : n + 1));
    TRY(vb_store_prepare(d->filter->store, "SELECT id, labels, key, name FROM node", &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) TRY(take_node(d, stmt, err));
    if (code != SQLITE_DONE) status = vb_store_fail(d->filter->store, err, "reading nodes");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_files(draft *d, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    int code;
    TRY(vb_store_prepare(d->filter->store, "SELECT node, file FROM document", &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        uint32_t number = vb_places_find(&d->ends, sqlite3_column_int64(stmt, 0));
        uint32_t at = number == NOWHERE ? NOWHERE : d->node_of.at[number];
        if (at != NOWHERE) TRY(vb_arena_copy(d->arena, column(stmt, 1), &d->nodes.at[at].document));
    }
    if (code != SQLITE_DONE) status = vb_store_fail(d->filter->store, err, "reading documents");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Where ids of nodes have few holes, as in most stores, numbers lie in a plain array. */
static vb_status prepare_ends(draft *d, vb_error *err)
{
    enum { SPREAD = 4, LEAST = 4096 };
    vb_status status;
    size_t n, most;
    TRY(count_rows(d, "SELECT count(*) FROM node", &n, err));
    TRY(count_rows(d, "SELECT max(id) FROM node", &most, err));
    if (most / SPREAD <= n + LEAST) TRY(vb_places_reserve(&d->ends, d->scratch, (int64_t)most));
done:
    return status;
}

static vb_status draft_whole(draft *d, vb_error *err)
{
    vb_status status;
    TRY(prepare_ends(d, err));
    TRY(read_edges(d, err));
    TRY(read_nodes(d, err));
    TRY(read_files(d, err));
done:
    return status;
}

/* ---- around a node ------------------------------------------------------------------------------------ */

typedef VB_VEC(int64_t) id_list;

/** Take node @p id in, if its labels are wanted and it is not in yet. */
static vb_status visit(draft *d, int64_t id, id_list *next, vb_error *err)
{
    vb_status status;
    const vb_filter_labels *labels = NULL;
    uint32_t number;
    if (vb_places_find(&d->ends, id) != NOWHERE) return VB_OK;
    TRY(number_end(d, id, &number)); /* also when it is not wanted: it need not be looked at again */
    TRY(vb_filter_node(d->filter, id, &labels, err));
    if (!labels->wanted && id != d->middle) goto done;
    TRY(vb_push(d->arena, &d->nodes));
    vb_node *n = &d->nodes.at[d->nodes.len - 1];
    TRY(vb_store_node(d->filter->store, id, d->arena, n, err));
    n->label = labels->name;
    d->node_of.at[number] = (uint32_t)d->nodes.len - 1;
    TRY(vb_push(d->scratch, next));
    next->at[next->len - 1] = id;
done:
    return status;
}

/** Walk @p depth steps out, breadth first. */
static vb_status walk(draft *d, unsigned depth, vb_error *err)
{
    vb_status status;
    id_list now = { 0 };
    vb_steps steps = { 0 };
    TRY(visit(d, d->middle, &now, err));
    for (unsigned step = 0; step < depth && now.len; step++) {
        id_list next = { 0 };
        for (size_t i = 0; i < now.len; i++) {
            steps.len = 0;
            TRY(vb_filter_steps(d->filter, now.at[i], VB_STEPS_OUT | VB_STEPS_IN, 0, d->scratch, &steps,
                                err));
            for (size_t j = 0; j < steps.len; j++) TRY(visit(d, steps.at[j].other, &next, err));
        }
        now = next;
    }
done:
    return status;
}

/** The edges among the nodes that were walked to. */
static vb_status join(draft *d, vb_error *err)
{
    vb_status status = VB_OK;
    vb_steps steps = { 0 };
    for (size_t i = 0; i < d->nodes.len; i++) {
        const int64_t id = d->nodes.at[i].id;
        const uint32_t source = vb_places_find(&d->ends, id);
        steps.len = 0;
        TRY(vb_filter_steps(d->filter, id, VB_STEPS_OUT | VB_STEPS_WEIGHT, 0, d->scratch, &steps, err));
        for (size_t j = 0; j < steps.len; j++) {
            const vb_step *s = &steps.at[j];
            const uint32_t target = vb_places_find(&d->ends, s->other);
            if (target == NOWHERE) continue; /* one step too far */
            TRY(draft_edge(d, &(vb_cut_edge){ s->edge, source, target, s->type, false, s->weight }, err));
        }
    }
done:
    return status;
}

static vb_status draft_around(draft *d, vb_error *err)
{
    vb_status status;
    const vb_cut_options *o = d->filter->options;
    vb_node middle;
    TRY(vb_store_resolve_one(d->filter->store, o->around, d->scratch, &middle, err));
    d->middle = middle.id;
    TRY(walk(d, o->depth ? o->depth : 1, err));
    TRY(join(d, err));
done:
    return status;
}

/* ---- the draft made a cut ----------------------------------------------------------------------------- */

static int node_order(const void *a, const void *b)
{
    const vb_node *x = a, *y = b;
    int order = vb_str_cmp(x->label, y->label);
    if (!order) order = vb_str_cmp(x->key, y->key);
    return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

static int edge_order(const void *a, const void *b)
{
    const vb_cut_edge *x = a, *y = b;
    if (x->target != y->target) return x->target < y->target ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/** Drop edges that lost an end to the labels, and nodes that lost their last edge. */
static vb_status drop(draft *d)
{
    const vb_cut_options *o = d->filter->options;
    size_t n = 0;
    bool *kept = vb_arena_array(d->scratch, d->nodes.len, sizeof *kept);
    if (!kept) return VB_NO_MEMORY;
    for (size_t i = 0; i < d->edges.len; i++) {
        const vb_cut_edge edge = d->edges.at[i];
        uint32_t source = d->node_of.at[edge.source], target = d->node_of.at[edge.target];
        if (source == NOWHERE || target == NOWHERE) continue;
        kept[source] = kept[target] = true;
        d->edges.at[n++] = edge;
    }
    d->edges.len = n;
    n = 0;
    for (size_t i = 0; i < d->nodes.len; i++)
        if (kept[i] || o->keep_isolated || d->nodes.at[i].id == d->middle) d->nodes.at[n++] = d->nodes.at[i];
    d->nodes.len = n;
    return VB_OK;
}

/** The nodes, in order, and in d->node_of the place of each. */
static void place_nodes(draft *d, vb_cut *cut)
{
    cut->nodes = d->nodes.at;
    cut->n_nodes = (uint32_t)d->nodes.len;
    if (cut->n_nodes) qsort(cut->nodes, cut->n_nodes, sizeof *cut->nodes, node_order);
    for (uint32_t i = 0; i < cut->n_nodes; i++) d->node_of.at[vb_places_find(&d->ends, cut->nodes[i].id)] = i;
}

/** The types that occur, in the order of their names, and the number of each. */
static vb_status place_types(const draft *d, vb_cut *cut, uint16_t *number)
{
    const vb_filter *f = d->filter;
    for (size_t i = 0; i < d->edges.len; i++) number[d->edges.at[i].type] = 1;
    cut->types = vb_arena_array(d->arena, f->n_types, sizeof *cut->types);
    if (!cut->types) return VB_NO_MEMORY;
    for (size_t t = 0; t < f->n_types; t++) {
        if (!number[t]) continue;
        if (vb_arena_copy(d->arena, f->types[t].name, &cut->types[cut->n_types]) != VB_OK)
            return VB_NO_MEMORY;
        number[t] = (uint16_t)cut->n_types++;
    }
    return VB_OK;
}

/**
 * The edges in order, without a copy of them: each is swapped into the stretch of its source, and the
 * stretches are sorted. Source: American flag sort, McIlroy, Bostic and McIlroy 1993.
 */
static vb_status order_edges(const draft *d, vb_cut *cut)
{
    vb_cut_edge *edges = cut->edges;
    uint32_t *start = vb_arena_array(d->scratch, (size_t)cut->n_nodes + 1, sizeof *start);
    uint32_t *next = vb_arena_array(d->scratch, (size_t)cut->n_nodes + 1, sizeof *next);
    if (!start || !next) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < cut->n_edges; i++) start[edges[i].source + 1]++;
    for (uint32_t i = 0; i < cut->n_nodes; i++) start[i + 1] += start[i];
    memcpy(next, start, cut->n_nodes * sizeof *next);
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        while (next[i] < start[i + 1]) {
            vb_cut_edge *here = &edges[next[i]], edge = *here, *there = &edges[next[edge.source]++];
            *here = *there; /* itself, when it lies right */
            *there = edge;
        }
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        if (start[i + 1] - start[i] > 1)
            qsort(&edges[start[i]], start[i + 1] - start[i], sizeof *edges, edge_order);
    return VB_OK;
}

static vb_status place_edges(const draft *d, vb_cut *cut)
{
    vb_status status;
    const vb_filter *f = d->filter;
    uint16_t *number = vb_arena_array(d->scratch, f->n_types, sizeof *number);
    cut->edges = d->edges_last ? d->edges.at : vb_arena_array(d->arena, d->edges.len, sizeof *cut->edges);
    if (!number || !cut->edges) return VB_NO_MEMORY;
    if (!d->edges_last && d->edges.len) memcpy(cut->edges, d->edges.at, d->edges.len * sizeof *cut->edges);
    cut->n_edges = (uint32_t)d->edges.len;
    TRY(place_types(d, cut, number));
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        vb_cut_edge *e = &cut->edges[i];
        e->source = d->node_of.at[e->source];
        e->target = d->node_of.at[e->target];
        e->symmetric = f->types[e->type].symmetric;
        e->type = number[e->type];
    }
    TRY(order_edges(d, cut));
done:
    return status;
}

/** Labels are views of the filter, which goes; give the cut its own. */
static vb_status own_labels(const draft *d, vb_cut *cut)
{
    vb_str last = { NULL, 0 }, own = { NULL, 0 };
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        vb_str *label = &cut->nodes[i].label;
        if (!own.at || !vb_str_eq(*label, last)) {
            last = *label;
            if (vb_arena_copy(d->arena, last, &own) != VB_OK) return VB_NO_MEMORY;
        }
        *label = own;
    }
    return VB_OK;
}

/** What has to be read for a projection: nodes of its two labels, and what joins them. */
static vb_status widen(vb_cut_options *o, vb_str labels[2], vb_error *err)
{
    if (!o->project.len && !o->project_over.len) return VB_OK;
    if (!o->project.len || !o->project_over.len)
        return vb_fail(err, VB_BAD_ARGUMENT, "a projection takes two labels: Organisation:Document");
    if (o->n_labels)
        return vb_fail(err, VB_BAD_ARGUMENT, "a projection names its own labels: leave --label out");
    labels[0] = o->project;
    labels[1] = o->project_over;
    o->labels = labels;
    o->n_labels = 2;
    if (vb_str_eq(o->project_over, VB_STR("Document")) && !o->n_relations) o->mentions = true;
    return VB_OK;
}

vb_status vb_cut_read(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_cut *out,
                      vb_error *err)
{
    vb_status status;
    vb_filter filter;
    vb_cut_options wanted = *options;
    vb_str labels[2];
    vb_cut cut = { .arena = arena };
    draft d = { .filter = &filter, .scratch = vb_arena_new(), .arena = arena, .middle = -1 };
    bool own = false;
    if (!d.scratch) {
        status = VB_NO_MEMORY;
        goto done;
    }
    TRY(widen(&wanted, labels, err));
    TRY(vb_store_hold(store, &own, err));
    TRY(vb_filter_new(store, &wanted, d.scratch, &filter, err));
    TRY(wanted.around.len ? draft_around(&d, err) : draft_whole(&d, err));
    TRY(drop(&d));
    place_nodes(&d, &cut);
    TRY(place_edges(&d, &cut));
    TRY(own_labels(&d, &cut));
    TRY(vb_cut_shape(store, options, &cut, err));
    *out = cut;
done:
    vb_store_release(store, own);
    vb_arena_free(d.scratch);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
