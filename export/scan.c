/**
 * The facts of a large cut in a few scans. The cut's edges are in the order of their ends, the tables in that
 * of their ids: so the cut is sorted by id once, and each scan runs along it. What a scan cannot hold in a
 * few bytes (sentences, other names) is only noted, and read when the format comes to it.
 */
#include "export/detail.h"

#include <sqlite3.h>
#include <stdlib.h>

/** An item of the cut, by its id in the store. */
typedef struct place {
    int64_t id;
    uint32_t at;
} place;

typedef struct runner {
    place *places;
    uint32_t n, at;
} runner;

static int by_id(const void *a, const void *b)
{
    const place *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/** Run on to @p id, which only grows; false when the cut has no such item. */
static bool run_to(runner *r, int64_t id, uint32_t *out)
{
    while (r->at < r->n && r->places[r->at].id < id) r->at++;
    if (r->at == r->n || r->places[r->at].id != id) return false;
    *out = r->places[r->at].at;
    return true;
}

/** "2024-05-06" as 20240506, "" as 0; -1 for anything else. */
static int32_t as_number(vb_str date)
{
    int32_t n = 0;
    if (!date.len) return 0;
    if (date.len != 10 || date.at[4] != '-' || date.at[7] != '-') return -1;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) continue;
        if (date.at[i] < '0' || date.at[i] > '9') return -1;
        n = n * 10 + (date.at[i] - '0');
    }
    return n;
}

typedef void (*row_fn)(vb_detail *d, uint32_t at, sqlite3_stmt *stmt);

static void note_edge(vb_detail *d, uint32_t at, sqlite3_stmt *stmt)
{
    int32_t first = as_number(vb_detail_text(stmt, 3)), last = as_number(vb_detail_text(stmt, 4));
    d->edges[at] = (vb_brief){ first, last, (uint8_t)sqlite3_column_int(stmt, 1),
                               (uint8_t)sqlite3_column_int(stmt, 2), first < 0 || last < 0 };
}

static void note_said(vb_detail *d, uint32_t at, sqlite3_stmt *stmt)
{
    (void)stmt;
    d->edges[at].more = true;
}

static void note_node(vb_detail *d, uint32_t at, sqlite3_stmt *stmt)
{
    (void)stmt;
    d->node_more[at] = true;
}

/** Call @p fn for each row whose first column is an item's id; the query gives them in order of id. */
static vb_status scan(vb_detail *d, runner *r, const char *sql, row_fn fn, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    uint32_t at;
    int code;
    TRY(vb_store_prepare(d->store, sql, &stmt, err));
    r->at = 0;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
        if (run_to(r, sqlite3_column_int64(stmt, 0), &at)) fn(d, at, stmt);
    if (code != SQLITE_DONE) status = vb_store_fail(d->store, err, "reading for an export");
    sqlite3_reset(stmt);
done:
    return status;
}

vb_status vb_detail_scan(vb_detail *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const vb_cut *cut = d->cut;
    uint32_t most = cut->n_edges > cut->n_nodes ? cut->n_edges : cut->n_nodes;
    runner r = { .places = calloc(most ? most : 1, sizeof *r.places) };
    d->edges = vb_arena_array(arena, cut->n_edges, sizeof *d->edges);
    d->node_more = vb_arena_array(arena, cut->n_nodes, sizeof *d->node_more);
    if (!r.places || !d->edges || !d->node_more) {
        status = vb_fail_memory(err);
        goto done;
    }
    r.n = cut->n_edges;
    for (uint32_t i = 0; i < r.n; i++) r.places[i] = (place){ cut->edges[i].id, i };
    qsort(r.places, r.n, sizeof *r.places, by_id);
    TRY(scan(d, &r, "SELECT id, origin, ifnull(certainty, 0), first, last FROM edge ORDER BY id", note_edge,
             err));
    TRY(scan(d, &r, "SELECT DISTINCT edge FROM evidence ORDER BY edge", note_said, err));
    r.n = cut->n_nodes;
    for (uint32_t i = 0; i < r.n; i++) r.places[i] = (place){ cut->nodes[i].id, i };
    qsort(r.places, r.n, sizeof *r.places, by_id);
    TRY(scan(d, &r, "SELECT node FROM alias GROUP BY node HAVING count(*) > 1 ORDER BY node", note_node,
             err));
    TRY(scan(d, &r,
             "SELECT DISTINCT target FROM edge WHERE type = (SELECT id FROM relation WHERE name = 'MENTIONS')"
             " ORDER BY target",
             note_node, err));
done:
    free(r.places);
    return status;
}
