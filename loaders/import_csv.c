/**
 * A graph from two CSV files into the store (vb_import_csv() of verband.h): nodes first, their ids kept in a
 * map, then edges between them. What a header and its cells mean is in import_header.c, the files' form in
 * csv.c, and the fast way into the tables in graph/store_bulk.c.
 */
#include "loaders/import_header.h"

#include <stdlib.h>

enum { LISTED_MAX = 1024, SCRATCH_ROWS = 4096 };

/** An id of the files and its node: open addressing, at most half full. */
typedef struct id_entry {
    vb_str id; /* at is NULL in a free slot */
    uint64_t hash;
    int64_t node;
} id_entry;

typedef struct importer {
    vb_bulk *bulk;
    vb_arena *arena;   /* headers and ids */
    vb_arena *scratch; /* a row's; renewed now and then */
    size_t n_scratch;
    id_entry *ids;
    size_t n_ids, ids_cap;
    vb_import_summary sum;
} importer;

/* ---- ids ----------------------------------------------------------------------------------------------- */

static size_t id_slot(const importer *m, vb_str id, uint64_t hash)
{
    size_t at = (size_t)hash & (m->ids_cap - 1);
    for (; m->ids[at].id.at; at = (at + 1) & (m->ids_cap - 1))
        if (m->ids[at].hash == hash && vb_str_eq(m->ids[at].id, id)) break;
    return at;
}

static vb_status grow_ids(importer *m, vb_error *err)
{
    size_t old_cap = m->ids_cap, cap = old_cap ? old_cap * 2 : 4096;
    if (m->n_ids * 2 < old_cap) return VB_OK;
    id_entry *old = m->ids, *room = cap < SIZE_MAX / sizeof *room ? calloc(cap, sizeof *room) : NULL;
    if (!room) return vb_fail_memory(err);
    m->ids = room;
    m->ids_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].id.at) room[id_slot(m, old[i].id, old[i].hash)] = old[i];
    free(old);
    return VB_OK;
}

/** An id with its name space before it, where it has one. */
static vb_status full_id(importer *m, const vb_header *h, const vb_csv *csv, vb_role role, vb_str *out,
                         vb_error *err)
{
    vb_str space = h->columns[h->at[role]].space;
    *out = vb_header_cell(h, csv, role);
    if (!out->len) return vb_csv_fail(csv, err, VB_BAD_INPUT, "an empty id");
    if (!space.len) return VB_OK;
    if (vb_arena_printf(m->scratch, out, "%.*s\x1f%.*s", VB_FMT(space), VB_FMT(*out)) == VB_OK) return VB_OK;
    return vb_fail_memory(err);
}

static vb_status keep_id(importer *m, const vb_csv *csv, vb_str id, int64_t node, vb_error *err)
{
    vb_status status;
    TRY(grow_ids(m, err));
    uint64_t hash = vb_hash(id);
    size_t at = id_slot(m, id, hash);
    if (m->ids[at].id.at) {
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "a second node with the id '%.*s'", VB_FMT(id));
        goto done;
    }
    vb_str own;
    TRY(vb_arena_copy(m->arena, id, &own) == VB_OK ? VB_OK : vb_fail_memory(err));
    m->ids[at] = (id_entry){ own, hash, node };
    m->n_ids++;
done:
    return status;
}

static vb_status find_end(importer *m, const vb_header *h, const vb_csv *csv, vb_role role, int64_t *out,
                          vb_error *err)
{
    vb_status status;
    vb_str id;
    TRY(full_id(m, h, csv, role, &id, err));
    size_t at = m->ids_cap ? id_slot(m, id, vb_hash(id)) : 0;
    if (!m->ids_cap || !m->ids[at].id.at)
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "no node has the id '%.*s'",
                             VB_FMT(vb_header_cell(h, csv, role)));
    else
        *out = m->ids[at].node;
done:
    return status;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

/** The pieces of a cell between ';', trimmed, without empty ones. */
static vb_status split(const vb_csv *csv, vb_str cell, vb_str *out, size_t *n, vb_error *err)
{
    vb_str piece;
    *n = 0;
    while (vb_str_next(&cell, ';', &piece)) {
        piece = vb_str_trim(piece);
        if (!piece.len) continue;
        if (*n == LISTED_MAX)
            return vb_csv_fail(csv, err, VB_TOO_LARGE, "more than %d names in a cell", LISTED_MAX);
        out[(*n)++] = piece;
    }
    return VB_OK;
}

/** Every record has as many cells as the header. @return VB_NOT_FOUND at the end. */
static vb_status next_row(importer *m, vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status;
    TRY(vb_csv_next(csv, err));
    if (csv->n_cells != h->n_columns) {
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "%zu cells under a header of %zu", csv->n_cells,
                             h->n_columns);
        goto done;
    }
    if (++m->n_scratch == SCRATCH_ROWS) {
        vb_arena_free(m->scratch);
        m->n_scratch = 0;
        m->scratch = vb_arena_new();
        if (!m->scratch) status = vb_fail_memory(err);
    }
done:
    return status;
}

static vb_status check_date(const vb_csv *csv, vb_str date, vb_error *err)
{
    if (!date.len || vb_cell_date(date)) return VB_OK;
    return vb_csv_fail(csv, err, VB_BAD_INPUT, "'%.*s' is no date like 2025-03-16", VB_FMT(date));
}

/** Put the place before what the store found wrong with a row. */
static vb_status placed(const vb_csv *csv, vb_status status, vb_error *err)
{
    if (status != VB_BAD_INPUT || !err) return status;
    vb_error cause = *err;
    return vb_csv_fail(csv, err, status, "%s", cause.message);
}

static vb_str named_id(const vb_header *h, const vb_csv *csv, vb_role role, const char *name)
{
    vb_str cell = vb_header_cell(h, csv, role);
    bool is_id = vb_str_eq(h->columns[h->at[VB_ROLE_ID]].name, vb_str_of(name)); /* "key:ID", "name:ID" */
    return cell.len || !is_id ? cell : vb_header_cell(h, csv, VB_ROLE_ID);
}

static vb_status put_node(importer *m, const vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status;
    vb_str labels[LISTED_MAX], aliases[LISTED_MAX], id;
    int64_t node;
    bool made;
    vb_bulk_node row = { .labels = labels,
                         .key = named_id(h, csv, VB_ROLE_KEY, "key"),
                         .name = named_id(h, csv, VB_ROLE_NAME, "name"),
                         .aliases = aliases,
                         .document = vb_header_cell(h, csv, VB_ROLE_DOCUMENT),
                         .date = vb_header_cell(h, csv, VB_ROLE_DATE) };
    TRY(full_id(m, h, csv, VB_ROLE_ID, &id, err));
    if (!row.key.len) row.key = vb_header_cell(h, csv, VB_ROLE_ID);
    TRY(split(csv, vb_header_cell(h, csv, VB_ROLE_LABEL), labels, &row.n_labels, err));
    TRY(split(csv, vb_header_cell(h, csv, VB_ROLE_ALIASES), aliases, &row.n_aliases, err));
    TRY(check_date(csv, row.date, err));
    TRY(vb_header_properties(h, csv, m->scratch, &row.props, err));
    TRY(placed(csv, vb_bulk_node_put(m->bulk, &row, &node, &made, err), err));
    TRY(keep_id(m, csv, id, node, err));
    m->sum.n_nodes++;
    m->sum.n_new_nodes += made;
done:
    return status;
}

static vb_status put_edge(importer *m, const vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status;
    bool made;
    bool says = h->at[VB_ROLE_COUNT] != SIZE_MAX || h->at[VB_ROLE_DOCUMENT] != SIZE_MAX ||
                h->at[VB_ROLE_TEXT] != SIZE_MAX;
    vb_bulk_edge row = { .type = vb_str_trim(vb_header_cell(h, csv, VB_ROLE_TYPE)),
                         .count = 1,
                         .document = vb_header_cell(h, csv, VB_ROLE_DOCUMENT),
                         .date = vb_header_cell(h, csv, VB_ROLE_DATE),
                         .text = vb_header_cell(h, csv, VB_ROLE_TEXT) };
    vb_str count = vb_header_cell(h, csv, VB_ROLE_COUNT);
    TRY(find_end(m, h, csv, VB_ROLE_START, &row.source, err));
    TRY(find_end(m, h, csv, VB_ROLE_END, &row.target, err));
    if (!row.type.len) {
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "an edge without a type");
        goto done;
    }
    if (count.len && (!vb_cell_int(count, &row.count) || row.count < 1 || row.count > INT32_MAX)) {
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "'%.*s' is no count from 1", VB_FMT(count));
        goto done;
    }
    TRY(check_date(csv, row.date, err));
    TRY(vb_header_properties(h, csv, m->scratch, &row.props, err));
    row.merge = says && !row.props.len;
    TRY(placed(csv, vb_bulk_edge_put(m->bulk, &row, &made, err), err));
    m->sum.n_edges++;
    m->sum.n_new_edges += made;
done:
    return status;
}

/** Every row of one file. */
static vb_status read_file(importer *m, const char *path, bool edges, vb_error *err)
{
    vb_status status;
    vb_csv csv = { 0 };
    vb_header header;
    TRY(vb_csv_open(path, &csv, err));
    TRY(vb_header_read(&csv, edges, m->arena, &header, err));
    while ((status = next_row(m, &csv, &header, err)) == VB_OK)
        TRY(edges ? put_edge(m, &csv, &header, err) : put_node(m, &csv, &header, err));
    if (status == VB_NOT_FOUND) status = VB_OK;
done:
    vb_csv_close(&csv);
    return status;
}

vb_status vb_import_csv(vb_store *store, const char *nodes_path, const char *edges_path,
                        vb_import_summary *summary, vb_error *err)
{
    vb_status status;
    importer m = { .arena = vb_arena_new(), .scratch = vb_arena_new() };
    if (!m.arena || !m.scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_bulk_begin(store, &m.bulk, err));
    TRY(read_file(&m, nodes_path, false, err));
    if (edges_path) TRY(read_file(&m, edges_path, true, err));
    TRY(vb_bulk_commit(m.bulk, err));
    if (summary) *summary = m.sum;
done:
    vb_bulk_free(m.bulk);
    free(m.ids);
    vb_arena_free(m.scratch);
    vb_arena_free(m.arena);
    return status;
}
