/**
 * Edges with their sentences on their way into the store. An edge keeps what its sentences come to (how many,
 * from when to when, how certain), brought up to date by what is added: an edge that ten thousand letters say
 * must not be counted anew by the next one.
 *
 * A document's edges are gathered first, the same ones side by side, so that each is looked up, made or
 * brought up to date once.
 */
#include "graph/store.h"

#include <stdlib.h>

vb_status vb_edge_order_ends(vb_store *store, int64_t *source, int64_t *target, bool *turned, vb_error *err)
{
    int64_t as_is = 1, first = *source;
    vb_status status = vb_sql_id(store, err, &as_is,
                                 "SELECT (s.name, n.key, n.id) <= (u.name, m.key, m.id) FROM node n, node m"
                                 " JOIN label_set s ON s.id = n.labels JOIN label_set u ON u.id = m.labels"
                                 " WHERE n.id = ? AND m.id = ?",
                                 "ii", *source, *target);
    *turned = status == VB_OK && !as_is;
    if (*turned) {
        *source = *target;
        *target = first;
    }
    return status;
}

/** One of the record's edges, as the store takes it. */
typedef struct said {
    const vb_rec_edge *says;
    int64_t source, type, target;
    int64_t start, length; /* the sentence; -1 and 0 of a gazetteer's fact */
    size_t edge;           /* index into edges */
    bool turned;           /* the store has the ends the other way round */
    bool again;            /* another rule found the same edge in the same sentence */
    vb_certainty certainty;
} said;

/** An edge, and what this document says of it. */
typedef struct edge {
    const said *first; /* in the order of the record */
    int64_t id;        /* 0: a new one */
    int64_t sentences, amount;
    vb_certainty certainty;
    vb_origin origin;
} edge;

typedef struct gathered {
    said *said, **order; /* as the record has them, and the same edge's side by side */
    size_t n_said;
    edge *edges;
    size_t n_edges;
} gathered;

static int compare_ends(const said *x, const said *y)
{
    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

/** Equal ones stay as the record has them. */
static int by_edge_and_place(const void *a, const void *b)
{
    const said *x = *(said *const *)a, *y = *(said *const *)b;
    int ends = compare_ends(x, y);
    if (ends) return ends;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    return (x > y) - (x < y);
}

/** The ends of every edge: nodes found or made in the order of the record. */
static vb_status find_ends(vb_put *p, gathered *g, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < g->n_said; i++) {
        said *s = &g->said[i];
        const vb_rec_edge *e = s->says = &p->record->edges[i];
        bool text = e->origin == VB_ORIGIN_TEXT;
        s->type = p->store->relations[e->type];
        s->start = text ? (int64_t)e->start : -1;
        s->length = text ? (int64_t)(e->end - e->start) : 0;
        s->certainty = e->certainty;
        TRY(vb_put_node(p, e->source, &s->source, err));
        TRY(vb_put_node(p, e->target, &s->target, err));
        if (vb_relation_get(e->type)->symmetric)
            TRY(vb_edge_order_ends(p->store, &s->source, &s->target, &s->turned, err));
        g->order[i] = s;
    }
done:
    return status;
}

/** Add a sentence to what the document says of an edge. */
static void add_up(edge *e, const said *s)
{
    if (s < e->first) e->first = s;
    if (s->again) return;
    e->sentences += s->start >= 0;
    if (s->says->amount > e->amount) e->amount = s->says->amount;
    if (s->says->origin < e->origin) e->origin = s->says->origin;
}

/** One edge for all that have the same ends and type. The same sentence says an edge once, by the rule that
 * comes first; where two rules differ it is stated. */
static void gather(gathered *g)
{
    said *before = NULL; /* the last that was no repetition */
    if (g->n_said) qsort(g->order, g->n_said, sizeof *g->order, by_edge_and_place);
    for (size_t i = 0; i < g->n_said; i++) {
        said *s = g->order[i];
        bool same = before && compare_ends(before, s) == 0;
        s->again = same && before->start == s->start && before->length == s->length;
        if (s->again && s->certainty < before->certainty) before->certainty = s->certainty;
        if (!same)
            g->edges[g->n_edges++] =
                (edge){ .first = s, .certainty = s->certainty, .origin = s->says->origin };
        s->edge = g->n_edges - 1;
        if (!s->again) before = s;
        edge *e = &g->edges[s->edge];
        if (s->certainty < e->certainty) e->certainty = s->certainty;
        add_up(e, s);
    }
}

static int by_first(const void *a, const void *b)
{
    const edge *x = *(edge *const *)a, *y = *(edge *const *)b;
    return (x->first > y->first) - (x->first < y->first);
}

/** A number; nothing where it is 0. */
static vb_cell some(int64_t n)
{
    return (vb_cell){ .n = n ? n : VB_CELL_NULL };
}

/** Make the edges that are new, in the order in which the record says them: their ids grow by one. */
static vb_status add_edges(vb_put *p, edge **new_edges, size_t n, vb_error *err)
{
    vb_status status;
    vb_rows rows;
    TRY(vb_rows_make(p->arena, n, 8, &rows) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (n) qsort(new_edges, n, sizeof(edge *), by_first);
    for (size_t i = 0; i < n; i++) {
        const edge *e = new_edges[i];
        vb_cell *row = &rows.cells[rows.n++ * rows.columns];
        row[0].n = e->first->type;
        row[1].n = e->first->source;
        row[2].n = e->first->target;
        row[3].n = e->origin;
        row[4] = some(e->certainty);
        row[5] = some(e->sentences);
        row[6] = vb_cell_text(e->sentences ? p->record->date : (vb_str){ 0 });
        row[7] = some(e->amount);
    }
    TRY(vb_rows_put(p->store, &rows, err,
                    "INSERT OR FAIL INTO edge(type, source, target, origin, certainty, weight, first, last,"
                    " amount) SELECT a, b, c, d, e, f, g, g, h FROM verband_rows",
                    ""));
    for (size_t i = 0; i < n; i++)
        new_edges[i]->id = sqlite3_last_insert_rowid(p->store->db) - (int64_t)(n - 1 - i);
done:
    return status;
}

static bool among(const vb_ids *ids, int64_t id)
{
    size_t low = 0, high = ids->len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ids->at[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < ids->len && ids->at[low] == id;
}

/** Add what this document says to what an edge comes to. */
static vb_status bring_up_to_date(vb_put *p, const edge *e, vb_error *err)
{
    return vb_sql_do(p->store, err,
                     "UPDATE edge SET weight = nullif(ifnull(weight, 0) + ?2, 0),"
                     " first = iif(?2, ifnull(min(first, ?3), ifnull(first, ?3)), first),"
                     " last = iif(?2, ifnull(max(last, ?3), ifnull(last, ?3)), last),"
                     " certainty = nullif(min(ifnull(certainty, 0), ?4), 0), origin = min(origin, ?5),"
                     " amount = nullif(max(ifnull(amount, 0), ?6), 0) WHERE id = ?1",
                     "iiniii", e->id, e->sentences, p->record->date, (int64_t)e->certainty,
                     (int64_t)e->origin, e->amount);
}

/** The edge that texts and gazetteers say between two nodes; 0: there is none yet. */
static vb_status find_edge(vb_put *p, const said *s, int64_t *out, vb_error *err)
{
    *out = 0;
    if (p->new_node && (s->source >= p->new_node || s->target >= p->new_node)) return VB_OK;
    return vb_sql_id(
        p->store, err, out,
        "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin <= 1 LIMIT 1", "iii",
        s->source, s->type, s->target);
}

static vb_status put_gathered(vb_put *p, gathered *g, vb_error *err)
{
    vb_status status;
    size_t n_new = 0;
    edge **new_edges = vb_arena_array(p->arena, g->n_edges, sizeof(edge *));
    if (!new_edges) return vb_fail_memory(err);
    for (size_t i = 0; i < g->n_edges; i++) {
        edge *e = &g->edges[i];
        TRY(find_edge(p, e->first, &e->id, err));
        if (!e->id)
            new_edges[n_new++] = e;
        else if (!among(&p->old_edges, e->id)) /* which lost a sentence and is counted anew in the sweep */
            TRY(bring_up_to_date(p, e, err));
    }
    TRY(add_edges(p, new_edges, n_new, err));
done:
    return status;
}

/** Two cells: where a mark begins and how long it is. */
static void mark_cells(const vb_span *mark, vb_cell *out)
{
    bool is = mark->end > mark->start;
    out[0].n = is ? (int64_t)mark->start : VB_CELL_NULL;
    out[1].n = is ? (int64_t)(mark->end - mark->start) : VB_CELL_NULL;
}

static vb_status evidence_row(vb_put *p, const said *s, int64_t edge_id, vb_cell *row, vb_error *err)
{
    const vb_rec_edge *e = s->says;
    row[0].n = edge_id;
    row[1].n = s->start;
    row[2].n = s->length;
    row[4].n = e->origin;
    row[5].n = s->certainty;
    row[6] = vb_cell_text(e->since);
    row[7] = vb_cell_text(e->until);
    row[8] = some(e->amount > 0 ? e->amount : 0);
    row[9] = vb_cell_text(e->yearly ? VB_STR("year") : (vb_str){ 0 });
    mark_cells(&e->marks[VB_MARK_CUE], &row[10]);
    mark_cells(&e->marks[s->turned ? VB_MARK_TARGET : VB_MARK_SOURCE], &row[12]);
    mark_cells(&e->marks[s->turned ? VB_MARK_SOURCE : VB_MARK_TARGET], &row[14]);
    return vb_put_rule(p, e->rule, &row[3], err);
}

static vb_status put_evidence(vb_put *p, const gathered *g, vb_error *err)
{
    vb_status status;
    vb_rows rows;
    TRY(vb_rows_make(p->arena, g->n_said, 16, &rows) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < g->n_said; i++) {
        const said *s = &g->said[i];
        TRY(evidence_row(p, s, g->edges[s->edge].id, &rows.cells[rows.n * rows.columns], err));
        rows.n += !s->again;
    }
    TRY(vb_rows_put(p->store, &rows, err,
                    "INSERT OR FAIL INTO evidence(edge, document, start, length, rule, origin, certainty,"
                    " since, until, amount, amount_per, cue, cue_length, source_at, source_length, target_at,"
                    " target_length) SELECT a, ?, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p"
                    " FROM verband_rows",
                    "i", p->document));
done:
    return status;
}

vb_status vb_put_edges(vb_put *p, vb_error *err)
{
    vb_status status;
    int64_t n_said = 0;
    gathered g = { .n_said = p->record->n_edges };
    g.said = vb_arena_array(p->arena, g.n_said, sizeof *g.said);
    g.order = vb_arena_array(p->arena, g.n_said, sizeof *g.order);
    g.edges = vb_arena_array(p->arena, g.n_said, sizeof *g.edges);
    if (!g.said || !g.order || !g.edges) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(find_ends(p, &g, err));
    gather(&g);
    TRY(put_gathered(p, &g, err));
    TRY(put_evidence(p, &g, err));
    for (size_t i = 0; i < g.n_edges; i++) n_said += g.edges[i].sentences > 0;
    TRY(vb_sql_do(p->store, err, "UPDATE document SET mentions = ?, edges = ? WHERE id = ?", "iii",
                  (int64_t)p->record->n_mentions, n_said, p->document));
done:
    return status;
}
