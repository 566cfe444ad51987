/**
 * A graph from CSV files: each has nodes or edges, as its header says. What a header and its cells mean is in
 * import_header.c, the file's form in csv.c.
 */
#include "loaders/import_header.h"

/** An id with its name space before it, where it has one. */
static vb_status full_id(const vb_header *h, const vb_csv *csv, vb_role role, vb_arena *scratch, vb_str *out,
                         vb_error *err)
{
    vb_str space = h->columns[h->at[role]].space;
    *out = vb_header_cell(h, csv, role);
    if (!space.len || !out->len) return VB_OK;
    if (vb_arena_printf(scratch, out, "%.*s\x1f%.*s", VB_FMT(space), VB_FMT(*out)) == VB_OK) return VB_OK;
    return vb_fail_memory(err);
}

/** The pieces of a cell between ';', trimmed, without empty ones. */
static vb_status split(const vb_csv *csv, vb_str cell, vb_str *out, size_t *n, vb_error *err)
{
    vb_str piece;
    *n = 0;
    while (vb_str_next(&cell, ';', &piece)) {
        piece = vb_str_trim(piece);
        if (!piece.len) continue;
        if (*n == VB_IMPORT_LISTED_MAX)
            return vb_csv_fail(csv, err, VB_TOO_LARGE, "more than %d names in a cell", VB_IMPORT_LISTED_MAX);
        out[(*n)++] = piece;
    }
    return VB_OK;
}

/** Every record has as many cells as the header. @return VB_NOT_FOUND at the end. */
static vb_status next_row(vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status = vb_csv_next(csv, err);
    if (status != VB_OK || csv->n_cells == h->n_columns) return status;
    return vb_csv_fail(csv, err, VB_BAD_INPUT, "%zu cells under a header of %zu", csv->n_cells, h->n_columns);
}

static vb_import_place place_of(const vb_csv *csv)
{
    return (vb_import_place){ csv->path, csv->line };
}

static vb_str named_id(const vb_header *h, const vb_csv *csv, vb_role role, const char *name)
{
    vb_str cell = vb_header_cell(h, csv, role);
    bool is_id = vb_str_eq(h->columns[h->at[VB_ROLE_ID]].name, vb_str_of(name)); /* "key:ID", "name:ID" */
    return cell.len || !is_id ? cell : vb_header_cell(h, csv, VB_ROLE_ID);
}

static vb_status put_node(vb_importer *m, const vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status;
    vb_str labels[VB_IMPORT_LISTED_MAX], aliases[VB_IMPORT_LISTED_MAX], id;
    vb_arena *scratch;
    vb_bulk_node row = { .labels = labels,
                         .key = named_id(h, csv, VB_ROLE_KEY, "key"),
                         .name = named_id(h, csv, VB_ROLE_NAME, "name"),
                         .aliases = aliases,
                         .document = vb_header_cell(h, csv, VB_ROLE_DOCUMENT),
                         .date = vb_header_cell(h, csv, VB_ROLE_DATE) };
    TRY(vb_import_row(m, &scratch, err));
    TRY(full_id(h, csv, VB_ROLE_ID, scratch, &id, err));
    TRY(split(csv, vb_header_cell(h, csv, VB_ROLE_LABEL), labels, &row.n_labels, err));
    TRY(split(csv, vb_header_cell(h, csv, VB_ROLE_ALIASES), aliases, &row.n_aliases, err));
    TRY(vb_header_properties(h, csv, scratch, &row.props, err));
    TRY(vb_import_node(m, place_of(csv), id, &row, err));
done:
    return status;
}

static vb_status put_edge(vb_importer *m, const vb_csv *csv, const vb_header *h, vb_error *err)
{
    vb_status status;
    vb_str from, to;
    vb_arena *scratch;
    bool says = h->at[VB_ROLE_COUNT] != SIZE_MAX || h->at[VB_ROLE_DOCUMENT] != SIZE_MAX ||
                h->at[VB_ROLE_TEXT] != SIZE_MAX;
    vb_bulk_edge row = { .type = vb_str_trim(vb_header_cell(h, csv, VB_ROLE_TYPE)),
                         .count = 1,
                         .document = vb_header_cell(h, csv, VB_ROLE_DOCUMENT),
                         .date = vb_header_cell(h, csv, VB_ROLE_DATE),
                         .text = vb_header_cell(h, csv, VB_ROLE_TEXT) };
    vb_str count = vb_header_cell(h, csv, VB_ROLE_COUNT);
    TRY(vb_import_row(m, &scratch, err));
    TRY(full_id(h, csv, VB_ROLE_START, scratch, &from, err));
    TRY(full_id(h, csv, VB_ROLE_END, scratch, &to, err));
    if (count.len && !vb_cell_int(count, &row.count))
        return vb_csv_fail(csv, err, VB_BAD_INPUT, "'%.*s' is no count from 1", VB_FMT(count));
    TRY(vb_header_properties(h, csv, scratch, &row.props, err));
    row.merge = says && !row.props.len;
    TRY(vb_import_edge(m, place_of(csv), from, to, &row, err));
done:
    return status;
}

vb_status vb_graph_csv_read(vb_importer *m, const char *path, vb_error *err)
{
    vb_status status;
    vb_csv csv = { 0 };
    vb_header header;
    TRY(vb_csv_open(path, &csv, err));
    TRY(vb_header_read(&csv, vb_import_arena(m), &header, err));
    while ((status = next_row(&csv, &header, err)) == VB_OK)
        TRY(header.edges ? put_edge(m, &csv, &header, err) : put_node(m, &csv, &header, err));
    if (status == VB_NOT_FOUND) status = VB_OK;
done:
    vb_csv_close(&csv);
    return status;
}

bool vb_graph_csv_sniff(vb_str head)
{
    (void)head;
    return true;
}
