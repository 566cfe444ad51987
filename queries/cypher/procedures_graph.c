/**
 * Procedures over the whole graph or a cut of it: measures, groups, neighbours, paths, full text. Each calls
 * the function of verband.h that the command of its name calls, so that the answers are the same.
 */
#include "queries/cypher/procedures.h"

vb_status vb_cy_cell(vb_arena *arena, vb_cy_cells *cells, vb_value value, vb_error *err)
{
    if (vb_push(arena, cells) != VB_OK) return vb_fail_memory(err);
    cells->at[cells->len - 1] = value;
    return VB_OK;
}

static vb_status node_value(vb_arena *arena, int64_t id, vb_value *out, vb_error *err)
{
    vb_thing *t = vb_arena_get(arena, sizeof *t);
    if (!t) return vb_fail_memory(err);
    t->id = id;
    *out = (vb_value){ .kind = VB_VALUE_NODE, .as.thing = t };
    return VB_OK;
}

vb_status vb_cy_cell_node(vb_arena *arena, vb_cy_cells *cells, int64_t id, vb_error *err)
{
    vb_value v;
    vb_status status = node_value(arena, id, &v, err);
    return status == VB_OK ? vb_cy_cell(arena, cells, v, err) : status;
}

static void hand_out(const vb_cy_cells *cells, size_t width, vb_procedure_rows *out)
{
    *out = (vb_procedure_rows){ cells->at, cells->len / width };
}

vb_status vb_cy_call_rank(VB_PROCEDURE_ARGS)
{
    vb_status status;
    const vb_measure *measure = context;
    vb_cy_options o;
    vb_ranking ranking = { 0 };
    vb_cy_cells cells = { 0 };
    vb_str by;
    TRY(vb_cy_options_read(&args[0], arena, &o, err));
    TRY(vb_arena_copy(arena, o.by, &by)); /* vb_rank() takes one that ends in NUL */
    const vb_rank_options options = { .cut = o.cut,
                                      .by = measure  ? measure->name
                                            : by.len ? by.at
                                                     : NULL,
                                      .only_label = o.only_label,
                                      .top = (size_t)o.top,
                                      .weighted = o.weighted };
    TRY(vb_rank(store, &options, arena, &ranking, err));
    for (size_t i = 0; i < ranking.len; i++) {
        TRY(vb_cy_cell_node(arena, &cells, ranking.at[i].node.id, err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_real(ranking.at[i].score), err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_int(ranking.at[i].rank), err));
    }
    hand_out(&cells, 3, out);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}

/** A row for each node, with the number of its group, 1 the largest, and the group's name. */
static vb_status groups(vb_store *store, const vb_value *args, bool communities, vb_arena *arena,
                        vb_procedure_rows *out, vb_error *err)
{
    vb_status status;
    vb_cy_options o;
    vb_groups found = { 0 };
    vb_cy_cells cells = { 0 };
    TRY(vb_cy_options_read(&args[0], arena, &o, err));
    if (o.only_label.len && !o.cut.n_labels) {
        o.cut.labels = &o.only_label;
        o.cut.n_labels = 1;
    }
    TRY(communities ? vb_communities(store, &o.cut, arena, &found, err)
                    : vb_components(store, &o.cut, arena, &found, err));
    for (size_t i = 0; i < found.len && (!o.top || i < (size_t)o.top); i++)
        for (size_t k = 0; k < found.at[i].len; k++) {
            TRY(vb_cy_cell_node(arena, &cells, found.at[i].at[k].id, err));
            TRY(vb_cy_cell(arena, &cells, vb_cy_of_int((int64_t)i + 1), err));
            TRY(vb_cy_cell(arena, &cells, vb_cy_of_text(found.at[i].name), err));
        }
    hand_out(&cells, 3, out);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}

vb_status vb_cy_call_communities(VB_PROCEDURE_ARGS)
{
    (void)context;
    return groups(store, args, true, arena, out, err);
}

vb_status vb_cy_call_components(VB_PROCEDURE_ARGS)
{
    (void)context;
    return groups(store, args, false, arena, out, err);
}

/** A node may be given as itself or by a name; a name is what the commands take. */
static vb_status name_of(vb_store *store, const vb_value *v, vb_arena *arena, vb_str *out, vb_error *err)
{
    vb_status status;
    vb_node node;
    if (v->kind == VB_VALUE_STRING) {
        *out = v->as.text;
        return VB_OK;
    }
    if (v->kind != VB_VALUE_NODE) return vb_fail(err, VB_BAD_INPUT, "a node or its name is wanted here");
    TRY(vb_store_node(store, v->as.thing->id, arena, &node, err));
    if (!node.key.len && !node.name.len) return vb_fail(err, VB_BAD_INPUT, "a node without key and name");
    if (vb_arena_printf(arena, out, "%.*s:%.*s", VB_FMT(node.label),
                        VB_FMT(node.key.len ? node.key : node.name)) != VB_OK)
        status = vb_fail_memory(err);
done:
    return status;
}

static vb_status nears(const vb_nears *list, bool distance, vb_arena *arena, vb_procedure_rows *out,
                       vb_error *err)
{
    vb_status status = VB_OK;
    vb_cy_cells cells = { 0 };
    for (size_t i = 0; i < list->len; i++) {
        const vb_near *n = &list->at[i];
        TRY(vb_cy_cell_node(arena, &cells, n->node.id, err));
        TRY(vb_cy_cell(arena, &cells, distance ? vb_cy_of_int(n->distance) : vb_cy_of_real(n->score), err));
    }
    hand_out(&cells, 2, out);
done:
    return status;
}

vb_status vb_cy_call_neighbours(VB_PROCEDURE_ARGS)
{
    (void)context;
    vb_status status;
    vb_cy_options o;
    vb_nears list = { 0 };
    TRY(vb_cy_options_read(&args[1], arena, &o, err));
    TRY(name_of(store, &args[0], arena, &o.cut.around, err));
    TRY(vb_neighbours(store, &o.cut, arena, &list, err));
    status = nears(&list, true, arena, out, err);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}

vb_status vb_cy_call_similar(VB_PROCEDURE_ARGS)
{
    (void)context;
    vb_status status;
    vb_cy_options o;
    vb_str name = { 0 };
    vb_nears list = { 0 };
    TRY(vb_cy_options_read(&args[1], arena, &o, err));
    TRY(name_of(store, &args[0], arena, &name, err));
    TRY(vb_similar(store, name, &o.cut, o.top ? (size_t)o.top : 20, arena, &list, err));
    status = nears(&list, false, arena, out, err);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}

/* ---- paths ----------------------------------------------------------------------------------------------
 */

/** A path as a value; of parallel edges the first. */
static vb_status path_value(const vb_path *path, vb_arena *arena, vb_value *out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_walk *w = vb_arena_get(arena, sizeof *w);
    vb_value *nodes = vb_arena_array(arena, path->length + 1, sizeof *nodes);
    vb_value *rels = vb_arena_array(arena, path->length + 1, sizeof *rels);
    vb_thing *things = vb_arena_array(arena, path->length + 1, sizeof *things);
    if (!w || !nodes || !rels || !things) return vb_fail_memory(err);
    for (size_t i = 0; i <= path->length; i++) TRY(node_value(arena, path->nodes[i].id, &nodes[i], err));
    for (size_t i = 0; i < path->length; i++) {
        const vb_edge *e = &path->hops[i].at[0];
        things[i] =
            (vb_thing){ .id = e->id, .type = e->type, .source = e->source.id, .target = e->target.id };
        rels[i] = (vb_value){ .kind = VB_VALUE_RELATIONSHIP, .as.thing = &things[i] };
    }
    *w = (vb_walk){ nodes, rels, path->length };
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = w };
done:
    return status;
}

static vb_status paths(vb_store *store, const vb_value *args, bool all, vb_arena *arena,
                       vb_procedure_rows *out, vb_error *err)
{
    vb_status status;
    vb_cy_options o;
    vb_str a = { 0 }, b = { 0 };
    vb_paths found = { 0 };
    vb_cy_cells cells = { 0 };
    vb_value path;
    TRY(vb_cy_options_read(&args[2], arena, &o, err));
    TRY(name_of(store, &args[0], arena, &a, err));
    TRY(name_of(store, &args[1], arena, &b, err));
    const vb_path_options options = {
        .cut = o.cut, .all = all && !o.k, .k = all ? (size_t)o.k : 0, .weighted = o.weighted
    };
    TRY(vb_path_find(store, a, b, &options, arena, &found, err));
    for (size_t i = 0; i < found.len; i++) {
        TRY(path_value(&found.at[i], arena, &path, err));
        TRY(vb_cy_cell(arena, &cells, path, err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_int((int64_t)found.at[i].length), err));
    }
    hand_out(&cells, 2, out);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}

vb_status vb_cy_call_path(VB_PROCEDURE_ARGS)
{
    (void)context;
    return paths(store, args, true, arena, out, err);
}

vb_status vb_cy_call_shortest(VB_PROCEDURE_ARGS)
{
    (void)context;
    return paths(store, args, false, arena, out, err);
}

/* ---- full text ------------------------------------------------------------------------------------------
 */

vb_status vb_cy_call_search(VB_PROCEDURE_ARGS)
{
    (void)context;
    vb_status status;
    vb_hits hits = { 0 };
    vb_cy_cells cells = { 0 };
    if (args[0].kind != VB_VALUE_STRING) return VB_OK; /* null finds nothing */
    int64_t limit = args[1].kind == VB_VALUE_INTEGER ? args[1].as.integer : 20;
    if (limit < 1) return vb_fail(err, VB_BAD_INPUT, "the limit is a number from 1");
    TRY(vb_search(store, args[0].as.text, (size_t)limit, arena, &hits, err));
    for (size_t i = 0; i < hits.len; i++) {
        const vb_hit *h = &hits.at[i];
        TRY(vb_cy_cell_node(arena, &cells, h->document.id, err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_real(h->score), err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_text(h->snippet), err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_int(h->start), err));
        TRY(vb_cy_cell(arena, &cells, vb_cy_of_int(h->end), err));
    }
    hand_out(&cells, 5, out);
done:
    return status == VB_NOT_FOUND ? VB_OK : status;
}
