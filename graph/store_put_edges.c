/**
 * Edges with their sentences on their way into the store. An edge keeps what its sentences come to (how many,
 * from when to when, how certain), brought up to date by what is added: an edge that ten thousand letters say
 * must not be counted anew by the next one.
 *
 * A document's edges are gathered first, the same ones side by side, so that each is looked up, made or
 * brought up to date once.
 */
#include "graph/store_pending.h"

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

/** What a symmetric edge is ordered by: the label and the key of an end. */
static void end_of(const vb_put *p, uint32_t i, vb_str *label, vb_str *key)
{
    *label = vb_str_of(vb_label_name(i == VB_SELF ? VB_LABEL_DOCUMENT : p->record->nodes[i].label));
    *key = i == VB_SELF ? p->key : p->keys[i];
}

/** As vb_edge_order_ends(), from what is known of the record's nodes. */
static void order_ends(const vb_put *p, said *s)
{
    vb_str labels[2], keys[2];
    int64_t first = s->source;
    end_of(p, s->says->source, &labels[0], &keys[0]);
    end_of(p, s->says->target, &labels[1], &keys[1]);
    int order = vb_str_cmp(labels[0], labels[1]);
    if (!order) order = vb_str_cmp(keys[0], keys[1]);
    s->turned = order > 0;
    if (!s->turned) return;
    s->source = s->target;
    s->target = first;
}

/** The ends of every edge. */
static void find_ends(const vb_put *p, gathered *g)
{
    for (size_t i = 0; i < g->n_said; i++) {
        said *s = &g->said[i];
        const vb_rec_edge *e = s->says = &p->record->edges[i];
        bool text = e->origin == VB_ORIGIN_TEXT;
        s->type = p->store->relations[e->type];
        s->start = text ? (int64_t)e->start : -1;
        s->length = text ? (int64_t)(e->end - e->start) : 0;
        s->certainty = e->certainty;
        s->source = e->source == VB_SELF ? p->self : p->nodes[e->source];
        s->target = e->target == VB_SELF ? p->self : p->nodes[e->target];
        if (vb_relation_get(e->type)->symmetric) order_ends(p, s);
        g->order[i] = s;
    }
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

/** The edge that texts and gazetteers say between two nodes; 0: there is none yet. */
static vb_status find_edge(vb_put *p, const said *s, int64_t *out, vb_error *err)
{
    *out = 0;
    if (vb_pending_node(p->store, s->source) || vb_pending_node(p->store, s->target)) return VB_OK;
    return vb_sql_id(
        p->store, err, out,
        "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin <= 1 LIMIT 1", "iii",
        s->source, s->type, s->target);
}

/** Dates in order: an edge is said from the first one to the last one. */
static vb_status add_date(vb_put *p, vb_said *s, vb_str date, vb_error *err)
{
    bool first = !s->first.len || vb_str_cmp(date, s->first) < 0;
    bool last = !s->last.len || vb_str_cmp(date, s->last) > 0;
    vb_str copy;
    if (!date.len || (!first && !last)) return VB_OK;
    if (vb_arena_copy(p->store->pending->arena, date, &copy) != VB_OK) return vb_fail_memory(err);
    if (first) s->first = copy;
    if (last) s->last = copy;
    return VB_OK;
}

/** An edge, found or made, with what this document says of it. */
static vb_status put_edge(vb_put *p, edge *e, vb_error *err)
{
    vb_status status = VB_OK;
    const said *s = e->first;
    vb_said *all = vb_pending_said(p->store, s->source, s->type, s->target);
    if (!all) TRY(find_edge(p, s, &e->id, err));
    if (e->id && among(&p->old_edges, e->id)) goto done; /* it lost a sentence: the sweep counts it anew */
    if (!all)
        TRY(vb_pending_say(p->store,
                           &(vb_said){ .source = s->source,
                                       .type = s->type,
                                       .relation = s->says->type,
                                       .target = s->target,
                                       .id = e->id,
                                       .certainty = e->certainty,
                                       .origin = e->origin },
                           &all, err));
    e->id = all->id;
    all->sentences += e->sentences;
    if (e->amount > all->amount) all->amount = e->amount;
    if ((int64_t)e->certainty < all->certainty) all->certainty = e->certainty;
    if ((int64_t)e->origin < all->origin) all->origin = e->origin;
    if (e->sentences) TRY(add_date(p, all, p->record->date, err));
done:
    return status;
}

/** New edges get their ids in the order in which the record says them. */
static vb_status put_all(vb_put *p, gathered *g, vb_error *err)
{
    vb_status status = VB_OK;
    edge **edges = vb_arena_array(p->arena, g->n_edges, sizeof(edge *));
    if (!edges) return vb_fail_memory(err);
    for (size_t i = 0; i < g->n_edges; i++) edges[i] = &g->edges[i];
    if (g->n_edges) qsort(edges, g->n_edges, sizeof *edges, by_first);
    for (size_t i = 0; i < g->n_edges; i++) TRY(put_edge(p, edges[i], err));
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

static vb_status put_evidence(vb_put *p, const said *s, int64_t edge_id, vb_error *err)
{
    vb_status status;
    const vb_rec_edge *e = s->says;
    vb_cell row[17] = {
        { .n = edge_id },   { .n = p->document },  { .n = s->start },      { .n = s->length },    { .n = 0 },
        { .n = e->origin }, { .n = s->certainty }, vb_cell_text(e->since), vb_cell_text(e->until)
    };
    row[9] = vb_cell_some(e->amount > 0 ? e->amount : 0);
    row[10] = vb_cell_text(e->yearly ? VB_STR("year") : (vb_str){ 0 });
    mark_cells(&e->marks[VB_MARK_CUE], &row[11]);
    mark_cells(&e->marks[s->turned ? VB_MARK_TARGET : VB_MARK_SOURCE], &row[13]);
    mark_cells(&e->marks[s->turned ? VB_MARK_SOURCE : VB_MARK_TARGET], &row[15]);
    TRY(vb_put_rule(p, e->rule, &row[4], err));
    TRY(vb_pending_add(p->store, VB_PENDING_EVIDENCE, row, NULL, err));
done:
    return status;
}

vb_status vb_put_edges(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    gathered g = { .n_said = p->record->n_edges };
    g.said = vb_arena_array(p->arena, g.n_said, sizeof *g.said);
    g.order = vb_arena_array(p->arena, g.n_said, sizeof *g.order);
    g.edges = vb_arena_array(p->arena, g.n_said, sizeof *g.edges);
    if (!g.said || !g.order || !g.edges) {
        status = vb_fail_memory(err);
        goto done;
    }
    find_ends(p, &g);
    gather(&g);
    TRY(put_all(p, &g, err));
    for (size_t i = 0; i < g.n_said; i++)
        if (!g.said[i].again) TRY(put_evidence(p, &g.said[i], g.edges[g.said[i].edge].id, err));
    for (size_t i = 0; i < g.n_edges; i++) p->row[VB_DOCUMENT_EDGES].n += g.edges[i].sentences > 0;
done:
    return status;
}
