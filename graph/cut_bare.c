/**
 * A cut without names: the numbers of its nodes and edges, for a measure of millions of them whose answer is
 * a handful. Read in one pass through an index of edges, which holds all that is needed; names are read
 * afterwards, of the nodes that are shown.
 */
#include "graph/cut.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { ONE_BY_ONE = 2000 }; /* more names than this are found by reading through the table */

static vb_str column(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    return (vb_str){ text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0 };
}

/** Whether a cut can be had from the edges alone. */
static bool may_be_bare(const vb_cut_options *o)
{
    return !o->n_labels && !o->around.len && !o->since.len && !o->until.len && o->min_evidence < 2 &&
           o->min_weight < 2 && !o->stated && !o->keep_isolated && !o->project.len && !o->project_over.len &&
           !o->community.len;
}

static vb_status read_number(vb_store *store, const char *sql, int64_t *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    TRY(vb_store_prepare(store, sql, &stmt, err));
    if (sqlite3_step(stmt) != SQLITE_ROW)
        status = vb_store_fail(store, err, "counting");
    else
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
done:
    return status;
}

/** Room for every edge and node there may be. */
static vb_status make_room(const vb_filter *f, vb_arena *arena, vb_arena *scratch, vb_cut *cut,
                           vb_places *places, vb_error *err)
{
    vb_status status;
    int64_t n_edges = 0, n_nodes = 0, last = 0;
    TRY(read_number(f->store, "SELECT count(*) FROM edge", &n_edges, err));
    TRY(read_number(f->store, "SELECT count(*) FROM node", &n_nodes, err));
    TRY(read_number(f->store, "SELECT ifnull(max(id), 0) FROM node", &last, err));
    if (n_edges > UINT32_MAX / 4 || n_nodes > UINT32_MAX / 4) {
        status = vb_fail(err, VB_TOO_LARGE, "more than %u nodes or edges in a cut", UINT32_MAX / 4);
        goto done;
    }
    cut->edges = vb_arena_array(arena, (size_t)n_edges, sizeof *cut->edges);
    cut->nodes = vb_arena_array(arena, (size_t)n_nodes, sizeof *cut->nodes);
    if (last / 4 <= n_nodes + 1024 && vb_places_reserve(places, scratch, last) != VB_OK)
        status = vb_fail_memory(err);
done:
    return status;
}

static vb_status place_of(vb_cut *cut, vb_places *places, vb_arena *scratch, int64_t id, uint32_t *out)
{
    *out = vb_places_find(places, id);
    if (*out != UINT32_MAX) return VB_OK;
    *out = cut->n_nodes++;
    cut->nodes[*out].id = id;
    return vb_places_add(places, scratch, id, *out);
}

static vb_status read_edges(const vb_filter *f, bool weights, vb_arena *scratch, vb_cut *cut,
                            vb_places *places, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    int code;
    if (!cut->edges || !cut->nodes) return vb_fail_memory(err);
    TRY(vb_store_prepare(f->store,
                         weights ? "SELECT type, source, target, coalesce(weight, 1) FROM edge"
                                 : "SELECT type, source, target FROM edge ORDER BY target, type, source",
                         &stmt, err));
    int64_t last = -1;
    uint16_t type = UINT16_MAX;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        if (id != last) type = vb_filter_type_at(f, last = id);
        if (type == UINT16_MAX || !f->types[type].wanted) continue;
        vb_cut_edge *e = &cut->edges[cut->n_edges++];
        e->symmetric = f->types[type].symmetric;
        e->weight = weights ? sqlite3_column_int64(stmt, 3) : 1;
        if (place_of(cut, places, scratch, sqlite3_column_int64(stmt, 1), &e->source) != VB_OK ||
            place_of(cut, places, scratch, sqlite3_column_int64(stmt, 2), &e->target) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    }
    if (code != SQLITE_DONE) status = vb_store_fail(f->store, err, "reading edges");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_cut_read_bare(vb_store *store, const vb_cut_options *options, bool weights, vb_arena *arena,
                           vb_cut *out, bool *named, vb_error *err)
{
    vb_status status;
    vb_filter filter;
    vb_places places = { 0 };
    vb_cut cut = { .arena = arena };
    bool own = false;
    *named = !may_be_bare(options);
    if (*named) return vb_cut_read(store, options, arena, out, err);
    vb_arena *scratch = vb_arena_new();
    if (!scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_store_hold(store, &own, err));
    TRY(vb_filter_new(store, options, scratch, &filter, err));
    TRY(make_room(&filter, arena, scratch, &cut, &places, err));
    TRY(read_edges(&filter, weights, scratch, &cut, &places, err));
    *out = cut;
done:
    vb_store_release(store, own);
    vb_arena_free(scratch);
    return status;
}

/* ---- names afterwards --------------------------------------------------------------------------------- */

static vb_status name_from_table(vb_store *store, vb_node *nodes, const vb_places *places, vb_arena *arena,
                                 vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    int code;
    TRY(vb_store_prepare(store,
                         "SELECT n.id, s.name, n.key, n.name, d.file FROM node n JOIN label_set s"
                         " ON s.id = n.labels LEFT JOIN document d ON d.node = n.id",
                         &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        uint32_t at = vb_places_find(places, sqlite3_column_int64(stmt, 0));
        if (at == UINT32_MAX) continue;
        vb_str *texts[] = { &nodes[at].label, &nodes[at].key, &nodes[at].name, &nodes[at].document };
        for (int i = 0; i < (int)VB_COUNT(texts); i++)
            TRY(vb_arena_copy(arena, column(stmt, i + 1), texts[i]) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
    if (code != SQLITE_DONE) status = vb_store_fail(store, err, "reading nodes");
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_nodes_name(vb_store *store, vb_node *nodes, size_t n, vb_arena *arena, vb_error *err)
{
    vb_status status = VB_OK;
    vb_arena *scratch = vb_arena_new();
    vb_places places = { 0 };
    if (!scratch || n >= UINT32_MAX) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; n <= ONE_BY_ONE && i < n; i++)
        TRY(vb_store_node(store, nodes[i].id, arena, &nodes[i], err));
    if (n <= ONE_BY_ONE) goto done;
    for (size_t i = 0; i < n; i++)
        if (vb_places_add(&places, scratch, nodes[i].id, (uint32_t)i) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    TRY(name_from_table(store, nodes, &places, arena, err));
done:
    vb_arena_free(scratch);
    return status;
}
