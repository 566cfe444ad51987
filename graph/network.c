/** igraph at work: a cut as igraph_t, with our handlers in place. What is computed is left to network_*.c. */
#include "graph/network.h"

#include <stdlib.h>

static void on_error(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)reason, (void)file, (void)line, (void)code; /* the code comes back from the call */
    IGRAPH_FINALLY_FREE();
}

static void on_warning(const char *reason, const char *file, int line)
{
    (void)reason, (void)file, (void)line; /* the library prints nothing */
}

vb_status vb_net_check(igraph_error_t code, vb_error *err)
{
    switch (code) {
    case IGRAPH_SUCCESS:
        return VB_OK;
    case IGRAPH_ENOMEM:
        return vb_fail_memory(err);
    case IGRAPH_INTERRUPTED:
        return vb_fail(err, VB_STOPPED, "stopped");
    default:
        return vb_fail(err, VB_BAD_ARGUMENT, "igraph: %s", igraph_strerror(code));
    }
}

vb_status vb_net_seed(unsigned run, vb_error *err)
{
    return vb_net_check(igraph_rng_seed(igraph_rng_default(), VB_NET_SEED + run), err);
}

static void take_over(vb_net *net)
{
    net->error_before = igraph_set_error_handler(on_error);
    net->warning_before = igraph_set_warning_handler(on_warning);
    net->open = true;
}

void vb_net_clear(vb_net *net)
{
    if (!net->open) return;
    if (net->built) igraph_destroy(&net->graph);
    igraph_vector_destroy(&net->weights);
    igraph_set_error_handler(net->error_before);
    igraph_set_warning_handler(net->warning_before);
    *net = (vb_net){ 0 };
}

/** An edge on its way into igraph. */
typedef struct arc {
    uint32_t from, to;
    double weight;
} arc;

static int arc_order(const void *a, const void *b)
{
    const arc *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/** Make edges between the same two nodes one, in place. @return how many are left. */
static size_t merge(arc *arcs, size_t n)
{
    size_t kept = 0;
    qsort(arcs, n, sizeof *arcs, arc_order);
    for (size_t i = 0; i < n; i++) {
        if (kept && arc_order(&arcs[kept - 1], &arcs[i]) == 0)
            arcs[kept - 1].weight += arcs[i].weight;
        else
            arcs[kept++] = arcs[i];
    }
    return kept;
}

static size_t arcs_of_cut(const vb_cut *cut, vb_net_form form, arc *arcs)
{
    size_t n = 0;
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        const vb_cut_edge *e = &cut->edges[i];
        double weight = e->weight > 0 ? (double)e->weight : 1;
        bool turn = form == VB_NET_SIMPLE && e->source > e->target;
        if (form == VB_NET_SIMPLE && e->source == e->target) continue;
        arcs[n++] = (arc){ turn ? e->target : e->source, turn ? e->source : e->target, weight };
        if (form == VB_NET_DIRECTED && e->symmetric && e->source != e->target)
            arcs[n++] = (arc){ e->target, e->source, weight };
    }
    return form == VB_NET_SIMPLE ? merge(arcs, n) : n;
}

static vb_status build(vb_net *net, const arc *arcs, size_t n, uint32_t n_nodes, bool directed, vb_error *err)
{
    vb_status status;
    igraph_vector_int_t ends = { 0 };
    TRY_IGRAPH(igraph_vector_init(&net->weights, (igraph_integer_t)n));
    TRY_IGRAPH(igraph_vector_int_init(&ends, (igraph_integer_t)(2 * n)));
    for (size_t i = 0; i < n; i++) {
        VECTOR(ends)[2 * i] = arcs[i].from;
        VECTOR(ends)[2 * i + 1] = arcs[i].to;
        VECTOR(net->weights)[i] = arcs[i].weight;
    }
    TRY_IGRAPH(igraph_create(&net->graph, &ends, n_nodes, directed));
    net->built = true;
done:
    igraph_vector_int_destroy(&ends);
    return status;
}

vb_status vb_net_open(vb_net *net, const vb_cut *cut, vb_net_form form, vb_error *err)
{
    vb_status status;
    arc *arcs = calloc((size_t)cut->n_edges * 2 + 1, sizeof *arcs);
    take_over(net);
    if (!arcs) {
        status = vb_fail_memory(err);
        goto done;
    }
    size_t n = arcs_of_cut(cut, form, arcs);
    TRY(build(net, arcs, n, cut->n_nodes, form == VB_NET_DIRECTED, err));
done:
    free(arcs);
    return status;
}

vb_status vb_net_open_links(vb_net *net, const vb_link *links, size_t n_links, uint32_t n_places,
                            vb_error *err)
{
    vb_status status;
    arc *arcs = calloc(n_links + 1, sizeof *arcs);
    take_over(net);
    if (!arcs) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n_links; i++) arcs[i] = (arc){ links[i].from, links[i].to, links[i].length };
    TRY(build(net, arcs, n_links, n_places, true, err));
done:
    free(arcs);
    return status;
}

/** A group on its way to its number. */
typedef struct group {
    uint32_t size, first, old;
} group;

static int group_order(const void *a, const void *b)
{
    const group *x = a, *y = b;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

vb_status vb_net_number(const igraph_vector_int_t *membership, uint32_t *out, uint32_t *n_groups,
                        vb_error *err)
{
    vb_status status = VB_OK;
    size_t n = (size_t)igraph_vector_int_size(membership), found = 0;
    group *groups = calloc(n + 1, sizeof *groups);
    uint32_t *number = calloc(n + 1, sizeof *number);
    if (!groups || !number) {
        status = vb_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t old = (uint32_t)VECTOR(*membership)[i];
        if (!groups[old].size++) groups[old].first = (uint32_t)i;
        groups[old].old = old;
        if (old >= found) found = (size_t)old + 1;
    }
    qsort(groups, found, sizeof *groups, group_order);
    for (size_t g = 0; g < found; g++) number[groups[g].old] = (uint32_t)g;
    for (size_t i = 0; i < n; i++) out[i] = number[VECTOR(*membership)[i]];
    while (found && !groups[found - 1].size) found--; /* numbers that igraph left unused */
    *n_groups = (uint32_t)found;
done:
    free(groups);
    free(number);
    return status;
}
