/**
 * Paths between two nodes: the options made ready, the search run as far as they need, the paths dressed with
 * nodes, edges and sentences. Edges are walked either way. Where nothing connects, MENTIONS are tried: a
 * document that names both.
 */
#include "queries/path.h"

#include <math.h>
#include <stdlib.h>

enum { HOP_EVIDENCE = 3 }; /* sentences shown for each edge, the best ones */

static const double slack = 1e-9; /* lengths that differ by less, relatively, are the same */

/** A path query, its options made ready. */
typedef struct request {
    vb_store *store;
    const vb_path_options *o;
    vb_node a, b;
    vb_arena *arena, *scratch; /* for the answer, for the search */
    vb_filter filter, not_via;
    vb_filter via[VB_PATH_VIA_MOST];
    vb_cut_options cut, not_via_cut, via_cut[VB_PATH_VIA_MOST]; /* what the filters are made of */
    unsigned *via_relation;
    bool impossible; /* not_via leaves no relation */
} request;

/* ---- options ------------------------------------------------------------------------------------------ */

static bool listed(vb_str name, const vb_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(name, list[i])) return true;
    return false;
}

/** The cut without the relations of not_via. */
static vb_status narrow(request *r, bool mentions, vb_error *err)
{
    vb_status status;
    const vb_path_options *o = r->o;
    r->cut = o->cut;
    r->cut.mentions |= mentions;
    TRY(vb_filter_new(r->store, &r->cut, r->scratch, &r->filter, err));
    if (!o->n_not_via) goto done;
    vb_str *left = vb_arena_array(r->scratch, r->filter.n_types, sizeof *left);
    size_t n = 0;
    if (!left) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < r->filter.n_types; i++)
        if (r->filter.types[i].wanted && !listed(r->filter.types[i].name, o->not_via, o->n_not_via))
            left[n++] = r->filter.types[i].name;
    r->impossible = n == 0;
    r->cut.relations = left;
    r->cut.n_relations = n;
    r->cut.mentions = false; /* when wanted, they are in the list now */
    TRY(vb_filter_new(r->store, &r->cut, r->scratch, &r->filter, err));
done:
    return status;
}

/** Sort the names of not_via: the labels among them become a filter. */
static vb_status ready_not_via(request *r, vb_error *err)
{
    vb_status status = VB_OK;
    vb_str *labels = vb_arena_array(r->scratch, r->o->n_not_via, sizeof *labels);
    r->not_via_cut = (vb_cut_options){ .labels = labels };
    if (!labels) return vb_fail_memory(err);
    for (size_t i = 0; i < r->o->n_not_via; i++) {
        bool is_label;
        TRY(vb_filter_name(&r->filter, r->o->not_via[i], &is_label, err));
        if (is_label) labels[r->not_via_cut.n_labels++] = r->o->not_via[i];
    }
    if (r->not_via_cut.n_labels) TRY(vb_filter_new(r->store, &r->not_via_cut, r->scratch, &r->not_via, err));
done:
    return status;
}

/** Each name of via: a filter for a label, bits of the relations for a relation. */
static vb_status ready_via(request *r, vb_error *err)
{
    vb_status status = VB_OK;
    r->via_relation = vb_arena_array(r->scratch, r->filter.n_types, sizeof *r->via_relation);
    if (!r->via_relation) return vb_fail_memory(err);
    for (size_t i = 0; i < r->o->n_via; i++) {
        bool is_label;
        TRY(vb_filter_name(&r->filter, r->o->via[i], &is_label, err));
        if (is_label) {
            r->via_cut[i] = (vb_cut_options){ .labels = &r->o->via[i], .n_labels = 1 };
            TRY(vb_filter_new(r->store, &r->via_cut[i], r->scratch, &r->via[i], err));
            continue;
        }
        for (size_t t = 0; t < r->filter.n_types; t++)
            if (vb_str_eq(r->filter.types[t].name, r->o->via[i])) r->via_relation[t] |= 1u << i;
    }
done:
    return status;
}

static vb_status check(const vb_path_options *o, vb_error *err)
{
    if (o->cut.around.len)
        return vb_fail(err, VB_BAD_ARGUMENT, "a path runs between two nodes, not around one");
    if (o->k > VB_PATH_MOST) return vb_fail(err, VB_BAD_ARGUMENT, "at most %d paths", VB_PATH_MOST);
    if (o->n_via > VB_PATH_VIA_MOST)
        return vb_fail(err, VB_BAD_ARGUMENT, "at most %d names to go via", VB_PATH_VIA_MOST);
    return VB_OK;
}

/* ---- searching ---------------------------------------------------------------------------------------- */

/** How many of @p routes are certainly among the shortest: those within reach. */
static size_t certain(const vb_routes *routes, double reach)
{
    size_t n = 0;
    while (n < routes->len && routes->at[n].length <= reach * (1 + slack)) n++;
    return n;
}

/** Of the routes, those asked for: all of the shortest, or k. */
static void choose(const vb_path_options *o, vb_routes *routes)
{
    size_t want = o->k ? o->k : 1, n = 0;
    if (!o->all) n = routes->len < want ? routes->len : want;
    while (o->all && n < routes->len && routes->at[n].length <= routes->at[0].length * (1 + slack)) n++;
    routes->len = n;
}

/** Read, solve, and read further as long as a shorter path may lie outside what was read. */
static vb_status search(request *r, vb_path_search *s, vb_routes *out, vb_error *err)
{
    vb_status status;
    const vb_path_options *o = r->o;
    size_t want = o->k ? o->k : 1;
    double most = o->max_length && !o->weighted ? (double)o->max_length : INFINITY, goal = 0, reach = 0;
    vb_routes routes = { 0 };
    *out = routes;
    TRY(vb_path_start(s, r->a.id, r->b.id, err));
    for (;;) {
        TRY(vb_path_read(s, goal, most, &reach, err));
        if (isinf(s->best)) break;
        TRY(vb_path_solve(s, o, reach, &routes, err));
        size_t sure = certain(&routes, reach);
        if (sure >= want || isinf(reach) || reach >= most) {
            routes.len = sure;
            break;
        }
        goal = routes.len >= want ? routes.at[want - 1].length : s->weighted ? reach * 1.5 : reach + 1;
    }
    if (isfinite(s->best)) *out = routes;
done:
    return status;
}

/* ---- the answer --------------------------------------------------------------------------------------- */

/** What says most comes first, and a relation before a mention. */
static int edge_order(const void *a, const void *b)
{
    const vb_edge *x = a, *y = b;
    bool x_mentions = vb_str_eq(x->type, VB_STR("MENTIONS")),
         y_mentions = vb_str_eq(y->type, VB_STR("MENTIONS"));
    if (x_mentions != y_mentions) return x_mentions ? 1 : -1;
    if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
    int order = vb_str_cmp(x->type, y->type);
    return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

static vb_status dress_hop(const request *r, const vb_path_search *s, int64_t from, int64_t to, vb_edges *out,
                           vb_error *err)
{
    vb_status status;
    vb_steps steps = { 0 };
    TRY(vb_filter_between(s->filter, from, to, r->scratch, &steps, err));
    vb_edge *edges = vb_arena_array(r->arena, steps.len, sizeof *edges);
    if (!edges) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < steps.len; i++)
        TRY(vb_store_edge(r->store, steps.at[i].edge, HOP_EVIDENCE, r->arena, &edges[i], err));
    if (steps.len) qsort(edges, steps.len, sizeof *edges, edge_order);
    out->at = edges;
    out->len = steps.len;
done:
    return status;
}

static vb_status dress_nodes(const request *r, const vb_path_search *s, const vb_route *route, vb_path *out,
                             vb_error *err)
{
    vb_status status = VB_OK;
    out->length = route->len - 1;
    out->nodes = vb_arena_array(r->arena, route->len, sizeof *out->nodes);
    out->hops = vb_arena_array(r->arena, route->len, sizeof *out->hops);
    if (!out->nodes || !out->hops) return vb_fail_memory(err);
    for (size_t i = 0; i < route->len; i++)
        TRY(vb_store_node(r->store, s->spots.at[route->at[i]].id, r->arena, &out->nodes[i], err));
done:
    return status;
}

/** Paths of the same length and support come in the order of their nodes' labels and keys. */
static bool before(const vb_path *x, double x_length, const vb_path *y, double y_length)
{
    if (fabs(x_length - y_length) > slack * (x_length + y_length)) return x_length < y_length;
    for (size_t i = 0; i <= x->length && i <= y->length; i++) {
        int order = vb_str_cmp(x->nodes[i].label, y->nodes[i].label);
        if (!order) order = vb_str_cmp(x->nodes[i].key, y->nodes[i].key);
        if (order) return order < 0;
    }
    return x->length < y->length;
}

/** Dress the routes; insertion keeps igraph's order where `before` has no opinion. */
static vb_status dress(const request *r, const vb_path_search *s, vb_routes *routes, vb_paths *out,
                       vb_error *err)
{
    vb_status status = VB_OK;
    vb_path *paths = vb_arena_array(r->arena, routes->len, sizeof *paths);
    if (!paths) return vb_fail_memory(err);
    for (size_t i = 0; i < routes->len; i++) {
        vb_route route = routes->at[i];
        vb_path path;
        TRY(dress_nodes(r, s, &route, &path, err));
        size_t at = i;
        for (; at > 0 && before(&path, route.support, &paths[at - 1], routes->at[at - 1].support); at--) {
            paths[at] = paths[at - 1];
            routes->at[at] = routes->at[at - 1];
        }
        paths[at] = path;
        routes->at[at] = route;
    }
    choose(r->o, routes);
    for (size_t i = 0; i < routes->len; i++)
        for (size_t j = 0; j < paths[i].length; j++)
            TRY(dress_hop(r, s, paths[i].nodes[j].id, paths[i].nodes[j + 1].id, &paths[i].hops[j], err));
    out->at = paths;
    out->len = routes->len;
done:
    return status;
}

/** Search the cut, with MENTIONS or without; no path is VB_OK with none. */
static vb_status find(request *r, bool mentions, vb_paths *out, vb_error *err)
{
    vb_status status;
    vb_routes routes = { 0 };
    TRY(narrow(r, mentions, err));
    TRY(ready_not_via(r, err));
    TRY(ready_via(r, err));
    vb_path_search s = { .filter = &r->filter,
                         .via = r->via,
                         .via_relation = r->o->n_via ? r->via_relation : NULL,
                         .n_via = r->o->n_via,
                         .not_via = r->not_via_cut.n_labels ? &r->not_via : NULL,
                         .labels = r->o->n_via || r->not_via_cut.n_labels || r->o->cut.n_labels,
                         .weighted = r->o->weighted,
                         .arena = r->scratch };
    bool breadth = !r->o->weighted && !r->o->n_via && r->o->k < 2;
    if (breadth && !r->impossible) {
        TRY(vb_path_start(&s, r->a.id, r->b.id, err));
        TRY(vb_path_breadth(&s, r->o, &routes, err));
    } else if (!r->impossible) {
        TRY(search(r, &s, &routes, err));
    }
    TRY(dress(r, &s, &routes, out, err));
done:
    return status;
}

/** From a node to itself: the path without a step. */
static vb_status stay(const request *r, vb_paths *out)
{
    vb_path *path = vb_arena_array(r->arena, 1, sizeof *path);
    if (!path || !(path->nodes = vb_arena_array(r->arena, 1, sizeof *path->nodes))) return VB_NO_MEMORY;
    path->nodes[0] = r->a;
    *out = (vb_paths){ .at = path, .len = 1 };
    return VB_OK;
}

vb_status vb_path_find(vb_store *store, vb_str a, vb_str b, const vb_path_options *options, vb_arena *arena,
                       vb_paths *out, vb_error *err)
{
    vb_status status;
    vb_paths found = { 0 };
    request r = { .store = store, .o = options, .arena = arena, .scratch = vb_arena_new() };
    bool own = false;
    if (!r.scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_store_hold(store, &own, err));
    TRY(check(options, err));
    TRY(vb_store_resolve_one(store, a, arena, &r.a, err));
    TRY(vb_store_resolve_one(store, b, arena, &r.b, err));
    if (r.a.id == r.b.id && !options->n_via) {
        TRY(stay(&r, &found));
    } else if (r.a.id != r.b.id) {
        TRY(find(&r, false, &found, err));
        bool may_mention = !options->cut.mentions && !options->cut.n_relations;
        if (!found.len && may_mention) {
            TRY(find(&r, true, &found, err));
            found.by_mention = found.len > 0;
        }
    }
    if (!found.len)
        status =
            vb_fail(err, VB_NOT_FOUND, "nothing connects %.*s and %.*s", VB_FMT(r.a.name), VB_FMT(r.b.name));
    else
        *out = found;
done:
    vb_store_release(store, own);
    vb_arena_free(r.scratch);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
