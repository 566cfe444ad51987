/**
 * What is done to a cut once it is read: the one-mode projection (who shares documents, programmes, ... with
 * whom), the threshold on weights, and the one community that is asked for. Each leaves a smaller cut in the
 * order that all cuts have.
 *
 * A projection's edges are made here and not stored: their id is 0, and what their ends share is kept beside
 * the cut (vb_cut_shared()). Of a pair that several edges join, each shared node still counts once: the
 * weights are those of NetworkX's bipartite.weighted_projected_graph().
 */
#include "graph/cut.h"

#include <ctype.h>
#include <stdlib.h>

/** The shared side of a projection: for node i of the cut the places over[start[i] ... start[i + 1]), in
 *  order. */
struct vb_sharing {
    vb_node *over; /* as the cut had them, in order of label and key */
    uint32_t *start, *at;
};

/* ---- a smaller cut ------------------------------------------------------------------------------------ */

/** Leave the nodes that are not @p kept, which no edge may still join; @p place becomes where each one went.
 */
static void keep_nodes(vb_cut *cut, const bool *kept, uint32_t *place)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        if (!kept[i]) continue;
        cut->nodes[n] = cut->nodes[i];
        place[i] = n++;
    }
    cut->n_nodes = n;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        cut->edges[i].source = place[cut->edges[i].source];
        cut->edges[i].target = place[cut->edges[i].target];
    }
}

/** As keep_nodes(), of a projection too: what they share goes along. */
static vb_status shrink(vb_cut *cut, const bool *kept)
{
    struct vb_sharing *shared = cut->shared;
    uint32_t n_before = cut->n_nodes, *place = calloc((size_t)n_before + 1, sizeof *place);
    if (!place) return VB_NO_MEMORY;
    keep_nodes(cut, kept, place);
    if (shared) {
        uint32_t n_at = 0;
        for (uint32_t i = 0; i < n_before; i++) {
            uint32_t from = shared->start[i], to = shared->start[i + 1];
            if (!kept[i]) continue;
            shared->start[place[i]] = n_at; /* place[i] <= i: what is written has been read */
            for (uint32_t k = from; k < to; k++) shared->at[n_at++] = shared->at[k];
        }
        shared->start[cut->n_nodes] = n_at;
    }
    free(place);
    return VB_OK;
}

/** Drop the edges below the threshold, and nodes that then stand alone, unless those are asked for. */
static vb_status thin(vb_cut *cut, const vb_cut_options *o)
{
    uint32_t n = 0;
    bool *kept = calloc((size_t)cut->n_nodes + 1, sizeof *kept);
    if (!kept) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < cut->n_nodes; i++) kept[i] = o->keep_isolated;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        const vb_cut_edge edge = cut->edges[i];
        if (edge.weight < o->min_weight) continue;
        kept[edge.source] = kept[edge.target] = true;
        cut->edges[n++] = edge;
    }
    cut->n_edges = n;
    vb_status status = shrink(cut, kept);
    free(kept);
    return status;
}

/* ---- projection --------------------------------------------------------------------------------------- */

typedef struct pair {
    uint32_t node, other;
} pair;

static int pair_order(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static int number_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/** Lists by node out of sorted pairs: @p start has n + 1 entries. Doubles are left out. */
static void make_lists(pair *pairs, size_t n_pairs, uint32_t n, uint32_t *start, uint32_t *at)
{
    uint32_t n_at = 0;
    size_t k = 0;
    if (n_pairs) qsort(pairs, n_pairs, sizeof *pairs, pair_order);
    for (uint32_t i = 0; i < n; i++) {
        start[i] = n_at;
        for (; k < n_pairs && pairs[k].node == i; k++)
            if (!k || pair_order(&pairs[k - 1], &pairs[k]) != 0) at[n_at++] = pairs[k].other;
    }
    start[n] = n_at;
}

/** A projection while it is made. Places are those of the cut before it. */
typedef struct projection {
    vb_cut *cut;
    const vb_cut_options *options;
    struct vb_sharing *shared; /* node to the shared ones */
    uint32_t *start, *at;      /* shared one to its nodes */
    uint32_t *count, *touched; /* of one node: how much it shares with each other, and with whom */
    VB_VEC(vb_cut_edge) edges;
    vb_arena *scratch;
} projection;

static bool is_label(const vb_cut *cut, uint32_t node, vb_str label)
{
    return vb_str_eq(cut->nodes[node].label, label);
}

/** Which of the shared side each node of the other is joined to, both ways round. */
static vb_status gather_pairs(projection *p)
{
    const vb_cut *cut = p->cut;
    const vb_cut_options *o = p->options;
    size_t n = 0, most = (size_t)cut->n_edges * 2;
    pair *pairs = vb_arena_array(p->scratch, most, sizeof *pairs);
    p->shared = vb_arena_array(cut->arena, 1, sizeof *p->shared);
    if (!pairs || !p->shared) return VB_NO_MEMORY;
    p->shared->start = vb_arena_array(cut->arena, (size_t)cut->n_nodes + 1, sizeof *p->shared->start);
    p->shared->at = vb_arena_array(cut->arena, most, sizeof *p->shared->at);
    p->shared->over = vb_arena_array(cut->arena, cut->n_nodes, sizeof *p->shared->over);
    p->start = vb_arena_array(p->scratch, (size_t)cut->n_nodes + 1, sizeof *p->start);
    p->at = vb_arena_array(p->scratch, most, sizeof *p->at);
    p->count = vb_arena_array(p->scratch, cut->n_nodes, sizeof *p->count);
    p->touched = vb_arena_array(p->scratch, cut->n_nodes, sizeof *p->touched);
    if (!p->shared->start || !p->shared->at || !p->shared->over || !p->start || !p->at || !p->count ||
        !p->touched)
        return VB_NO_MEMORY;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        uint32_t a = cut->edges[i].source, b = cut->edges[i].target;
        if (a == b) continue;
        if (is_label(cut, a, o->project) && is_label(cut, b, o->project_over)) pairs[n++] = (pair){ a, b };
        if (is_label(cut, b, o->project) && is_label(cut, a, o->project_over)) pairs[n++] = (pair){ b, a };
    }
    for (uint32_t i = 0; i < cut->n_nodes; i++) p->shared->over[i] = cut->nodes[i];
    make_lists(pairs, n, cut->n_nodes, p->shared->start, p->shared->at);
    for (size_t i = 0; i < n; i++) pairs[i] = (pair){ pairs[i].other, pairs[i].node };
    make_lists(pairs, n, cut->n_nodes, p->start, p->at);
    return VB_OK;
}

/** The edges from @p node to those after it. Cost: the sum of the lists of what it is joined to. */
static vb_status join_node(projection *p, uint32_t node, vb_error *err)
{
    const struct vb_sharing *s = p->shared;
    uint32_t n = 0;
    for (uint32_t i = s->start[node]; i < s->start[node + 1]; i++)
        for (uint32_t k = p->start[s->at[i]]; k < p->start[s->at[i] + 1]; k++) {
            uint32_t other = p->at[k];
            if (other > node && !p->count[other]++) p->touched[n++] = other;
        }
    if (n) qsort(p->touched, n, sizeof *p->touched, number_order);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t other = p->touched[i], weight = p->count[other];
        p->count[other] = 0;
        if (weight < p->options->min_weight) continue;
        if (p->edges.len == UINT32_MAX / 4)
            return vb_fail(err, VB_TOO_LARGE, "more than %u edges in a projection: ask for --min-weight",
                           UINT32_MAX / 4);
        if (vb_push(p->scratch, &p->edges) != VB_OK) return vb_fail_memory(err);
        p->edges.at[p->edges.len - 1] =
            (vb_cut_edge){ .source = node, .target = other, .symmetric = true, .weight = weight };
    }
    return VB_OK;
}

/** "SHARES_DOCUMENT" */
static vb_status name_type(const projection *p)
{
    vb_cut *cut = p->cut;
    char *at;
    vb_str name;
    cut->types = vb_arena_array(cut->arena, 1, sizeof *cut->types);
    if (!cut->types || vb_arena_printf(cut->arena, &name, "SHARES_%.*s", VB_FMT(p->options->project_over)))
        return VB_NO_MEMORY;
    at = vb_arena_get(cut->arena, name.len + 1);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i <= name.len; i++) at[i] = (char)toupper((unsigned char)name.at[i]);
    cut->types[0] = (vb_str){ at, name.len };
    cut->n_types = 1;
    return VB_OK;
}

static vb_status project(vb_cut *cut, const vb_cut_options *o, vb_error *err)
{
    vb_status status;
    projection p = { .cut = cut, .options = o, .scratch = vb_arena_new() };
    bool *kept = calloc((size_t)cut->n_nodes + 1, sizeof *kept);
    if (!kept || !p.scratch) {
        status = VB_NO_MEMORY;
        goto done;
    }
    TRY(gather_pairs(&p));
    for (uint32_t i = 0; i < cut->n_nodes; i++) TRY(join_node(&p, i, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) kept[i] = o->keep_isolated && is_label(cut, i, o->project);
    for (size_t i = 0; i < p.edges.len; i++) kept[p.edges.at[i].source] = kept[p.edges.at[i].target] = true;
    cut->edges = vb_arena_array(cut->arena, p.edges.len, sizeof *cut->edges);
    if (!cut->edges) {
        status = VB_NO_MEMORY;
        goto done;
    }
    if (p.edges.len) memcpy(cut->edges, p.edges.at, p.edges.len * sizeof *cut->edges);
    cut->n_edges = (uint32_t)p.edges.len;
    cut->shared = p.shared;
    TRY(name_type(&p));
    TRY(shrink(cut, kept));
done:
    free(kept);
    vb_arena_free(p.scratch);
    return status;
}

vb_status vb_cut_shared(const vb_cut *cut, uint32_t edge, vb_arena *arena, vb_nodes *out)
{
    const struct vb_sharing *s = cut->shared;
    vb_nodes found = { vb_arena_array(arena, (size_t)cut->edges[edge].weight, sizeof *found.at), 0 };
    if (!s || !found.at) return s ? VB_NO_MEMORY : VB_NOT_FOUND;
    uint32_t a = s->start[cut->edges[edge].source], a_end = s->start[cut->edges[edge].source + 1];
    uint32_t b = s->start[cut->edges[edge].target], b_end = s->start[cut->edges[edge].target + 1];
    while (a < a_end && b < b_end) {
        if (s->at[a] == s->at[b]) {
            found.at[found.len++] = s->over[s->at[a++]];
            b++;
        } else if (s->at[a] < s->at[b]) {
            a++;
        } else {
            b++;
        }
    }
    *out = found;
    return VB_OK;
}

/* ---- one community ------------------------------------------------------------------------------------ */

/** The number of the community that is asked for: "3" is the third largest, a name the one it is in. */
static vb_status which_community(vb_store *store, const vb_cut *cut, vb_str asked, const uint32_t *groups,
                                 uint32_t n_groups, uint32_t *out, vb_error *err)
{
    vb_status status;
    vb_node node;
    uint32_t number = 0;
    size_t digits = 0;
    while (digits < asked.len && digits < 9 && isdigit((unsigned char)asked.at[digits]))
        number = number * 10 + (uint32_t)(asked.at[digits++] - '0');
    if (digits && digits == asked.len) {
        if (!number || number > n_groups)
            return vb_fail(err, VB_NOT_FOUND, "no community %u: this part of the graph has %u", number,
                           n_groups);
        *out = number - 1;
        return VB_OK;
    }
    TRY(vb_store_resolve_one(store, asked, cut->arena, &node, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        if (cut->nodes[i].id == node.id) {
            *out = groups[i];
            goto done;
        }
    status = vb_fail(err, VB_NOT_FOUND, "%.*s is not in this part of the graph", VB_FMT(node.name));
done:
    return status;
}

static vb_status keep_community(vb_store *store, vb_cut *cut, vb_str asked, vb_error *err)
{
    vb_status status;
    uint32_t n_groups = 0, number = 0, n = 0;
    double modularity;
    uint32_t *groups = calloc((size_t)cut->n_nodes + 1, sizeof *groups);
    bool *kept = calloc((size_t)cut->n_nodes + 1, sizeof *kept);
    if (!groups || !kept) {
        status = VB_NO_MEMORY;
        goto done;
    }
    TRY(vb_cut_communities(cut, groups, &n_groups, &modularity, err));
    TRY(which_community(store, cut, asked, groups, n_groups, &number, err));
    for (uint32_t i = 0; i < cut->n_nodes; i++) kept[i] = groups[i] == number;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        const vb_cut_edge edge = cut->edges[i];
        if (kept[edge.source] && kept[edge.target]) cut->edges[n++] = edge;
    }
    cut->n_edges = n;
    TRY(shrink(cut, kept));
done:
    free(groups);
    free(kept);
    return status;
}

vb_status vb_cut_shape(vb_store *store, const vb_cut_options *options, vb_cut *cut, vb_error *err)
{
    vb_status status = VB_OK;
    if (options->project.len)
        TRY(project(cut, options, err));
    else if (options->min_weight > 1)
        TRY(thin(cut, options));
    if (options->community.len) TRY(keep_community(store, cut, options->community, err));
done:
    return status;
}
