/**
 * What an import into an empty store gathered, as b-trees: the tables node, alias and edge in the order of
 * their rows, and their indexes, for which the rows are sorted by radix. Columns stand in the order that
 * schema.c gives them; vb_fresh_open() has seen that the tables are those.
 */
#include "graph/store_fresh.h"

#include <stdlib.h>

/* ---- sorting --------------------------------------------------------------------------------------------
 */

enum { KEY_BYTES = 12, DIGITS = 256 };

static unsigned digit(const vb_spot *p, unsigned byte)
{
    return p->key[2 - byte / 4] >> byte % 4 * 8 & 0xff;
}

/* Bytes are gone through from the last to the first; one that is the same in all places is passed over. */
vb_spot *vb_spots_sort(vb_spot *places, vb_spot *room, size_t n)
{
    for (unsigned byte = 0; byte < KEY_BYTES && n; byte++) {
        size_t at[DIGITS] = { 0 }, sum = 0;
        for (size_t i = 0; i < n; i++) at[digit(&places[i], byte)]++;
        if (at[digit(&places[0], byte)] == n) continue;
        for (unsigned d = 0; d < DIGITS; d++) {
            size_t count = at[d];
            at[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) room[at[digit(&places[i], byte)]++] = places[i];
        vb_spot *other = places;
        places = room;
        room = other;
    }
    return places;
}

/** Four bytes of a text, so that they sort as it does. */
static uint32_t bytes_at(vb_str s, size_t at)
{
    uint32_t n = 0;
    for (size_t i = at; i < at + 4; i++) n = n << 8 | (i < s.len ? (unsigned char)s.at[i] : 0);
    return n;
}

/** Places are sorted by the beginning of a text: sort those by all of it that begin alike. */
typedef struct ties {
    const vb_fresh *f;
    vb_str (*text)(const vb_fresh *f, uint32_t id);
} ties;

static int by_text(const void *a, const void *b, void *context)
{
    const vb_spot *x = a, *y = b;
    const ties *t = context;
    int order = vb_str_cmp(t->text(t->f, x->id), t->text(t->f, y->id));
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void sort_ties(ties *t, vb_spot *places, size_t n)
{
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && memcmp(places[from].key, places[to].key, sizeof places->key) == 0; to++)
            ;
        if (to > from + 1) qsort_r(places + from, to - from, sizeof *places, by_text, t);
    }
}

/* ---- indexes --------------------------------------------------------------------------------------------
 */

static vb_str node_key(const vb_fresh *f, uint32_t id)
{
    return (vb_str){ f->nodes.at[id - 1].text, f->nodes.at[id - 1].n_key };
}

static vb_str name_folded(const vb_fresh *f, uint32_t id)
{
    return (vb_str){ f->names.at[id - 1].folded, f->names.at[id - 1].n_folded };
}

static void place_node_key(const vb_fresh *f, uint32_t id, vb_spot *p)
{
    vb_str key = node_key(f, id);
    *p = (vb_spot){ { f->nodes.at[id - 1].labels, bytes_at(key, 0), bytes_at(key, 4) }, id };
}

static void place_folded(const vb_fresh *f, uint32_t id, vb_spot *p)
{
    vb_str s = name_folded(f, id);
    *p = (vb_spot){ { bytes_at(s, 0), bytes_at(s, 4), bytes_at(s, 8) }, id };
}

static void place_alias_node(const vb_fresh *f, uint32_t id, vb_spot *p)
{
    *p = (vb_spot){ { 0, 0, f->names.at[id - 1].node }, id };
}

static void place_out(const vb_fresh *f, uint32_t id, vb_spot *p)
{
    const vb_fresh_edge *e = &f->edges.at[id - 1];
    *p = (vb_spot){ { e->source, e->type, e->target }, id };
}

static void place_in(const vb_fresh *f, uint32_t id, vb_spot *p)
{
    const vb_fresh_edge *e = &f->edges.at[id - 1];
    *p = (vb_spot){ { e->target, e->type, e->source }, id };
}

static vb_status enter_node_key(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    vb_status status = vb_values_int(v, p->key[0]);
    return status == VB_OK ? vb_values_text(v, node_key(f, p->id)) : status;
}

static vb_status enter_folded(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    return vb_values_text(v, name_folded(f, p->id));
}

static vb_status enter_alias_node(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    (void)f;
    return vb_values_int(v, p->key[2]);
}

static vb_status enter_ends(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    vb_status status = VB_OK;
    (void)f;
    for (size_t i = 0; status == VB_OK && i < VB_COUNT(p->key); i++) status = vb_values_int(v, p->key[i]);
    return status;
}

static size_t count_nodes(const vb_fresh *f)
{
    return f->nodes.len;
}

static size_t count_names(const vb_fresh *f)
{
    return f->names.len;
}

static size_t count_edges(const vb_fresh *f)
{
    return f->edges.len;
}

/* ---- tables ---------------------------------------------------------------------------------------------
 */

static vb_status text_or_null(vb_values *v, vb_str s)
{
    if (s.len) return vb_values_text(v, s);
    vb_values_null(v);
    return VB_OK;
}

/** id (NULL: the row's number is it), labels, key, name, origin, props */
static vb_status row_node(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    vb_status status;
    const vb_fresh_node *n = &f->nodes.at[p->id - 1];
    vb_values_null(v);
    TRY(vb_values_int(v, n->labels));
    TRY(vb_values_text(v, (vb_str){ n->text, n->n_key }));
    TRY(vb_values_text(v, (vb_str){ n->text + n->n_key, n->n_name }));
    TRY(vb_values_int(v, VB_ORIGIN_IMPORT));
    TRY(text_or_null(v, (vb_str){ n->props, n->n_props }));
done:
    return status;
}

/** id, node, folded, name, documents */
static vb_status row_alias(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    vb_status status;
    const vb_fresh_name *n = &f->names.at[p->id - 1];
    vb_values_null(v);
    TRY(vb_values_int(v, n->node));
    TRY(vb_values_text(v, (vb_str){ n->folded, n->n_folded }));
    TRY(vb_values_text(v, (vb_str){ n->name, n->n_name }));
    TRY(vb_values_int(v, 0));
done:
    return status;
}

/** id, type, source, target, origin, then certainty, weight, first, last, props, amount: a row may end before
 * its last NULLs, as one does that is older than a column. */
static vb_status row_edge(const vb_fresh *f, const vb_spot *p, vb_values *v)
{
    vb_status status;
    const vb_fresh_edge *e = &f->edges.at[p->id - 1];
    const vb_fresh_extra *x = e->extra ? &f->extras.at[e->extra - 1] : NULL;
    vb_values_null(v);
    TRY(vb_values_int(v, e->type));
    TRY(vb_values_int(v, e->source));
    TRY(vb_values_int(v, e->target));
    TRY(vb_values_int(v, VB_ORIGIN_IMPORT));
    if (!x) goto done;
    vb_values_null(v);
    if (x->weight)
        TRY(vb_values_int(v, x->weight));
    else
        vb_values_null(v);
    TRY(text_or_null(v, x->first));
    TRY(text_or_null(v, x->last));
    TRY(text_or_null(v, x->props));
done:
    return status;
}

/** The trees: tables as their rows come, indexes by what their entries begin with. */
static const struct tree_row {
    const char *name;
    size_t (*count)(const vb_fresh *f);
    void (*place)(const vb_fresh *f, uint32_t id, vb_spot *out); /* NULL: a table */
    vb_status (*values)(const vb_fresh *f, const vb_spot *place, vb_values *out);
    vb_str (*text)(const vb_fresh *f, uint32_t id); /* what the place has only the beginning of */
} trees[] = {
    { "node", count_nodes, NULL, row_node, NULL },
    { "node_key", count_nodes, place_node_key, enter_node_key, node_key },
    { "alias", count_names, NULL, row_alias, NULL },
    { "alias_folded", count_names, place_folded, enter_folded, name_folded },
    { "alias_node", count_names, place_alias_node, enter_alias_node, NULL },
    { "edge", count_edges, NULL, row_edge, NULL },
    { "edge_in", count_edges, place_in, enter_ends, NULL },
    { "edge_out", count_edges, place_out, enter_ends, NULL },
};

/** The places of an index in their order; NULL without memory. *room: to be freed. */
static const vb_spot *sorted(const vb_fresh *f, const struct tree_row *row, size_t n, vb_spot **room)
{
    vb_spot *both = n < SIZE_MAX / sizeof *both / 2 ? malloc((n + 1) * sizeof *both * 2) : NULL;
    *room = both;
    if (!both) return NULL;
    for (uint32_t i = 0; i < n; i++) row->place(f, i + 1, &both[i]);
    vb_spot *places = vb_spots_sort(both, both + n, n);
    if (row->text) sort_ties(&(ties){ f, row->text }, places, n);
    return places;
}

static vb_status write_rows(const vb_fresh *f, const struct tree_row *row, vb_tree *tree)
{
    vb_status status = VB_OK;
    vb_values values = { 0 };
    vb_spot *room = NULL;
    size_t n = row->count(f);
    const vb_spot *places = row->place ? sorted(f, row, n, &room) : NULL;
    if (row->place && !places) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < n; i++) {
        vb_spot table_row = { { 0 }, i + 1 };
        const vb_spot *place = places ? &places[i] : &table_row;
        vb_values_start(&values);
        TRY(row->values(f, place, &values));
        if (places) TRY(vb_values_int(&values, place->id));
        TRY(vb_tree_add(tree, place->id, &values));
    }
    TRY(vb_tree_end(tree));
done:
    free(room);
    vb_values_clear(&values);
    return status;
}

vb_status vb_fresh_write(vb_fresh *f, vb_error *err)
{
    vb_status status;
    int64_t root = 0, n_pages = 0;
    vb_pages pages = { .file = f->file };
    TRY(vb_sql_int(f->workshop, err, "PRAGMA page_count", &n_pages));
    pages.n = (uint32_t)n_pages;
    for (size_t i = 0; i < VB_COUNT(trees); i++) {
        TRY(vb_sql_id(f->workshop, err, &root, "SELECT rootpage FROM sqlite_schema WHERE name = ?", "s",
                      vb_str_of(trees[i].name)));
        vb_tree tree = { .pages = &pages, .root = (uint32_t)root, .table = !trees[i].place };
        status = write_rows(f, &trees[i], &tree);
        vb_tree_clear(&tree);
        if (status == VB_TOO_LARGE) vb_fail(err, status, "the graph is larger than a store can be");
        if (status == VB_NO_MEMORY) vb_fail_memory(err);
        TRY(status);
    }
    status = vb_pages_count(&pages, err);
done:
    vb_pages_clear(&pages);
    return status;
}
