/**
 * The facts of a large cut in a few scans, each kept at its id: ids are given out one after the other, so
 * that a table by id has few holes and nothing has to be sorted or searched. What a scan cannot hold in a few
 * bytes (sentences, other names, dates outside 1900-2027) is only noted, and read when the format comes to
 * it.
 */
#include "export/detail.h"

#include <sqlite3.h>

/** A store whose ids lie further apart is read item by item. */
enum { SPREAD = 64, LEAST_SPAN = 1 << 20 };

/** "2024-05-06" packed into 7 bits of a year, 4 of a month and 5 of a day; "" is 0. False for anything else.
 */
static bool pack_date(vb_str date, uint16_t *out)
{
    int n[3] = { 0, 0, 0 }, part = 0;
    *out = 0;
    if (!date.len) return true;
    if (date.len != 10 || date.at[4] != '-' || date.at[7] != '-') return false;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            part++;
            continue;
        }
        if (date.at[i] < '0' || date.at[i] > '9') return false;
        n[part] = n[part] * 10 + (date.at[i] - '0');
    }
    if (n[0] < VB_BRIEF_YEAR || n[0] > VB_BRIEF_YEAR + 127 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31)
        return false;
    *out = (uint16_t)((n[0] - VB_BRIEF_YEAR) << 9 | n[1] << 5 | n[2]);
    return true;
}

typedef void (*row_fn)(vb_detail *d, size_t at, sqlite3_stmt *stmt);

static void note_edge(vb_detail *d, size_t at, sqlite3_stmt *stmt)
{
    vb_brief *brief = &d->edges[at];
    bool first = pack_date(vb_detail_text(stmt, 3), &brief->first);
    bool last = pack_date(vb_detail_text(stmt, 4), &brief->last);
    brief->origin = (uint8_t)sqlite3_column_int(stmt, 1);
    brief->announced = sqlite3_column_int(stmt, 2) == VB_ANNOUNCED;
    brief->more = !first || !last;
}

static void note_said(vb_detail *d, size_t at, sqlite3_stmt *stmt)
{
    (void)stmt;
    d->edges[at].more = true;
}

static void note_node(vb_detail *d, size_t at, sqlite3_stmt *stmt)
{
    (void)stmt;
    d->nodes[at].more = true;
}

static void note_origin(vb_detail *d, size_t at, sqlite3_stmt *stmt)
{
    d->nodes[at].origin = (uint8_t)(sqlite3_column_int(stmt, 1) & 0x7f);
}

/** Call @p fn for each row whose first column is an id from @p first on, less than @p span further. */
static vb_status scan(vb_detail *d, int64_t first, size_t span, const char *sql, row_fn fn, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    int code;
    TRY(vb_store_prepare(d->store, sql, &stmt, err));
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        uint64_t at = (uint64_t)sqlite3_column_int64(stmt, 0) - (uint64_t)first;
        if (at < span) fn(d, (size_t)at, stmt);
    }
    if (code != SQLITE_DONE) status = vb_store_fail(d->store, err, "reading for an export");
    sqlite3_reset(stmt);
done:
    return status;
}

/** The reach of ids: from the least on; false when @p n items lie too far apart in it. */
static bool find_span(int64_t least, int64_t most, uint32_t n, size_t *span)
{
    uint64_t reach = (uint64_t)most - (uint64_t)least;
    if (!n || reach >= (uint64_t)n * SPREAD + LEAST_SPAN) return false;
    *span = (size_t)reach + 1;
    return true;
}

static vb_status scan_edges(vb_detail *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const vb_cut *cut = d->cut;
    int64_t most = INT64_MIN;
    size_t span;
    d->first_edge = INT64_MAX;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        if (cut->edges[i].id < d->first_edge) d->first_edge = cut->edges[i].id;
        if (cut->edges[i].id > most) most = cut->edges[i].id;
    }
    if (!find_span(d->first_edge, most, cut->n_edges, &span)) return VB_OK;
    d->edges = vb_arena_array(arena, span, sizeof *d->edges);
    if (!d->edges) return vb_fail_memory(err);
    TRY(scan(d, d->first_edge, span, "SELECT id, origin, ifnull(certainty, 0), first, last FROM edge",
             note_edge, err));
    TRY(scan(d, d->first_edge, span, "SELECT DISTINCT edge FROM evidence", note_said, err));
done:
    return status;
}

static vb_status scan_nodes(vb_detail *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const vb_cut *cut = d->cut;
    int64_t most = INT64_MIN;
    size_t span;
    d->first_node = INT64_MAX;
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        if (cut->nodes[i].id < d->first_node) d->first_node = cut->nodes[i].id;
        if (cut->nodes[i].id > most) most = cut->nodes[i].id;
    }
    if (!find_span(d->first_node, most, cut->n_nodes, &span)) return VB_OK;
    d->nodes = vb_arena_array(arena, span, sizeof *d->nodes);
    if (!d->nodes) return vb_fail_memory(err);
    TRY(scan(d, d->first_node, span, "SELECT id, origin FROM node", note_origin, err));
    TRY(scan(d, d->first_node, span, "SELECT node FROM alias GROUP BY node HAVING count(*) > 1", note_node,
             err));
    /* dates come from documents: what no dated one mentions has none */
    TRY(scan(d, d->first_node, span,
             "SELECT e.target FROM document d CROSS JOIN edge e ON e.source = d.node AND e.type ="
             " (SELECT id FROM relation WHERE name = 'MENTIONS') WHERE d.date <> ''",
             note_node, err));
done:
    return status;
}

vb_status vb_detail_scan(vb_detail *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    TRY(scan_edges(d, arena, err));
    TRY(scan_nodes(d, arena, err));
done:
    return status;
}
