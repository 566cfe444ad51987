/**
 * When "no" may be said. That no letter says a thing does not mean that it is not so: "no" needs letters that
 * know better. They do where they name who or what stands in that relation at an end that they tell in full:
 * of a programme who leads it, of a coalition its members, of a person the party. At such an end what is not
 * named does not hold (the partial completeness assumption: Galárraga et al. 2013,
 * doi:10.1145/2488388.2488425). Who works with whom, who helps whom and where one is active no letter tells
 * in full: there the answer is that the letters do not say.
 *
 * Nor is it "no" when a sentence that names the others names the one asked for as well: it may have been
 * misread.
 */
#include "queries/ask_set.h"

#include <sqlite3.h>

enum { EDGES_MAX = 40, SAID_MAX = 8 };

/** The end at which letters tell a relation in full. */
enum { SOURCE = 1, TARGET = 2, BOTH = 3 };
static const struct {
    vb_relation relation;
    unsigned from, to; /* between these labels */
    unsigned ends;
} told[] = {
    { VB_REL_MENTIONS, VB_MASK_ANY, VB_MASK_ANY, BOTH },
    { VB_REL_CITES, VB_MASK_ANY, VB_MASK_ANY, BOTH },
    { VB_REL_MEMBER_OF, VB_MASK_PERSON, VB_MASK_PARTY, SOURCE },
    { VB_REL_MEMBER_OF, VB_MASK_ANY, VB_MASK_ORGANISATION, TARGET },
    { VB_REL_HOLDS_OFFICE, VB_MASK_ANY, VB_MASK_ANY, BOTH },
    { VB_REL_PARTICIPATES_IN, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_LEADS, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_FUNDS, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_COMMISSIONED, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_DEVELOPED, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_AUTHORED, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_ASKED, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_SUPERVISES, VB_MASK_ANY, VB_MASK_ANY, TARGET },
    { VB_REL_PART_OF, VB_MASK_ANY, VB_MASK_ANY, SOURCE },
    { VB_REL_BASED_ON, VB_MASK_ANY, VB_MASK_ANY, SOURCE },
};

/** The edges of a link at the things that phrase @p end names. */
static vb_status edges_at(ask_question *q, const ask_link *link, int end, unsigned mask, ask_set *ids)
{
    vb_status status;
    ask_set at;
    TRY(vb_ask_set_of_items(q, &q->phrases[end], false, &at));
    for (size_t i = 0; i < at.len; i++)
        TRY(vb_ask_set_edges(q, link, at.at[i], 0, link->source == end, mask, ids));
    vb_ask_set_sort(ids);
done:
    return status;
}

/** Whether a thing is at one of the edges. */
static bool is_at(const ask_item *item, const vb_edges *edges)
{
    for (size_t k = 0; k < item->nodes.len; k++)
        for (size_t e = 0; e < edges->len; e++) {
            int64_t id = item->nodes.at[k].id;
            if (edges->at[e].source.id == id || edges->at[e].target.id == id) return true;
        }
    return false;
}

/** Whether the edges hold for what a phrase names: for all of a list, unless one of it will do. */
static bool all_at(const ask_phrase *p, const vb_edges *edges)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_items; i++) n += is_at(&p->items[i], edges);
    return p->either ? n > 0 : p->n_items && n == p->n_items;
}

/** Whether a folded sentence has one of a node's names in it, as whole words. */
static vb_status names_node(ask_question *q, vb_str folded, int64_t node, bool *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(vb_store_prepare(q->store, "SELECT folded FROM alias WHERE node = ?1", &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, node);
    while (!*out && sqlite3_step(stmt) == SQLITE_ROW) {
        vb_str name = { (const char *)sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0) };
        for (size_t at = 0; name.len > 1 && (at = vb_str_find(folded, name, at)) != SIZE_MAX; at++) {
            size_t end = at + name.len;
            *out |= (at == 0 || folded.at[at - 1] == ' ') && (end == folded.len || folded.at[end] == ' ');
        }
    }
    sqlite3_reset(stmt);
done:
    return status;
}

/** Whether the sentences of an edge name what phrase @p other names. */
static vb_status may_be_misread(ask_question *q, const vb_edge *edge, const ask_phrase *other, bool *out)
{
    vb_status status = VB_OK;
    for (size_t e = 0; e < edge->n_evidence && !*out; e++) {
        vb_str folded;
        TRY(vb_fold(q->arena, edge->evidence[e].text, &folded));
        for (size_t i = 0; i < other->n_items && !*out; i++)
            for (size_t k = 0; k < other->items[i].nodes.len && !*out; k++)
                TRY(names_node(q, folded, other->items[i].nodes.at[k].id, out));
    }
done:
    return status;
}

typedef struct finding {
    vb_edges edges; /* what the letters say instead */
    bool full;      /* they tell it in full */
    bool holds;     /* they say it of the two that are asked after */
    bool misread;
} finding;

/** What the letters say of a link at one of its ends. */
static vb_status look_at(ask_question *q, const ask_link *link, int end, unsigned mask, finding *out)
{
    vb_status status;
    ask_set ids = { 0 };
    int far = link->source == end ? link->target : link->source;
    TRY(edges_at(q, link, end, mask, &ids));
    size_t n = ids.len < EDGES_MAX ? ids.len : EDGES_MAX;
    out->edges.at = vb_arena_array(q->arena, n + 1, sizeof *out->edges.at);
    if (!out->edges.at) return vb_fail_memory(q->err);
    out->edges.len = n;
    for (size_t i = 0; i < n; i++) {
        vb_edge *edge = &out->edges.at[i];
        TRY(vb_store_edge(q->store, ids.at[i], 3, q->arena, edge, q->err));
        if (far >= 0 && q->phrases[far].n_items == 1)
            TRY(may_be_misread(q, edge, &q->phrases[far], &out->misread));
    }
    if (far >= 0) out->holds = all_at(&q->phrases[far], &out->edges);
done:
    return status;
}

/** Whether letters tell the link in full at its source or target. */
static unsigned full_ends(const ask_question *q, const ask_link *link)
{
    unsigned from = link->source >= 0 ? q->phrases[link->source].mask : VB_MASK_ANY;
    unsigned to = link->target >= 0 ? q->phrases[link->target].mask : VB_MASK_ANY, ends = 0;
    for (size_t i = 0; i < VB_COUNT(told); i++)
        if ((link->relations & (1u << told[i].relation)) && (told[i].from & from) && (told[i].to & to))
            ends |= told[i].ends;
    return ends;
}

/** One link: what the letters say of it that speaks against it. */
static vb_status weigh_link(ask_question *q, const ask_link *link, finding *out)
{
    vb_status status = VB_OK;
    const int ends[] = { link->source, link->target };
    unsigned full = full_ends(q, link);
    bool read = (link->relations & (1u << VB_REL_MENTIONS | 1u << VB_REL_CITES)) != 0;
    for (size_t i = 0; i < VB_COUNT(ends) && !out->full; i++) {
        finding here = { 0 };
        int other = ends[1 - i];
        if (ends[i] < 0 || !q->phrases[ends[i]].n_items) continue;
        TRY(look_at(q, link, ends[i], other >= 0 ? q->phrases[other].mask : VB_MASK_ANY, &here));
        here.full = (full & (i == 0 ? SOURCE : TARGET)) && (here.edges.len || read) && !here.holds;
        if (here.misread && !read) here.full = false;
        if (here.full || (!out->edges.len && !here.holds)) *out = here;
    }
done:
    return status;
}

/** The other ends of edges, each once. */
static vb_status fill_said(ask_question *q, const vb_edges *edges)
{
    vb_node *nodes = vb_arena_array(q->arena, SAID_MAX, sizeof *nodes);
    size_t n = 0;
    if (!nodes) return vb_fail_memory(q->err);
    for (size_t i = 0; i < edges->len && n < SAID_MAX; i++) {
        const vb_edge *e = &edges->at[i];
        bool of_source = false, known = false;
        for (size_t p = 0; p < q->n_phrases; p++)
            for (size_t k = 0; k < q->phrases[p].n_items; k++)
                for (size_t m = 0; m < q->phrases[p].items[k].nodes.len; m++)
                    of_source |= q->phrases[p].items[k].nodes.at[m].id == e->source.id;
        const vb_node *other = of_source ? &e->target : &e->source;
        for (size_t k = 0; k < n; k++) known |= nodes[k].id == other->id;
        if (!known) nodes[n++] = *other;
    }
    q->said = (vb_nodes){ nodes, n };
    return VB_OK;
}

vb_status vb_ask_closed_check(ask_question *q, vb_answer *out)
{
    vb_status status = VB_OK;
    finding best = { 0 };
    for (size_t k = 0; k < q->n_links && !best.full; k++) {
        finding one = { 0 };
        if (q->links[k].negated) return VB_OK; /* what is denied is said */
        TRY(weigh_link(q, &q->links[k], &one));
        if (one.full || !best.edges.len) best = one;
    }
    out->edges = best.edges;
    TRY(fill_said(q, &best.edges));
    q->unsaid = !best.full;
    if (q->unsaid) status = VB_UNKNOWN;
done:
    return status;
}
