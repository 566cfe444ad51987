/** Communities and components: the groups are graph/network_groups.c's; here they get members, order and
 * names. */
#include "graph/cut.h"
#include "queries/queries.h"

#include <stdlib.h>

enum { NAMED = 3 }; /* members that a group is named after */

/** A node on its way into its group. */
typedef struct member {
    uint32_t group, node;
    double strength; /* sentences on its edges within the group */
} member;

static int member_order(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->strength > y->strength || x->strength < y->strength) return x->strength > y->strength ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node; /* nodes of a cut are in order of label and key */
}

static void weigh(const vb_cut *cut, member *members)
{
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        const vb_cut_edge *e = &cut->edges[i];
        if (e->source == e->target || members[e->source].group != members[e->target].group) continue;
        members[e->source].strength += (double)e->weight;
        members[e->target].strength += (double)e->weight;
    }
}

static vb_status name_group(vb_group *group, vb_arena *arena)
{
    vb_status status = VB_OK;
    vb_buf name = { 0 };
    for (size_t i = 0; i < group->len && i < NAMED; i++) {
        if (i) TRY(vb_buf_add(&name, VB_STR(", ")));
        TRY(vb_buf_add(&name, group->at[i].name.len ? group->at[i].name : group->at[i].key));
    }
    TRY(vb_arena_copy(arena, vb_buf_view(&name), &group->name));
done:
    vb_buf_clear(&name);
    return status;
}

/** @param number the group of each node, 0 the largest. */
static vb_status gather(const vb_cut *cut, const uint32_t *number, uint32_t n_groups, vb_groups *out)
{
    vb_status status = VB_OK;
    member *members = calloc((size_t)cut->n_nodes + 1, sizeof *members);
    vb_node *nodes = vb_arena_array(cut->arena, cut->n_nodes, sizeof *nodes);
    out->at = vb_arena_array(cut->arena, n_groups, sizeof *out->at);
    if (!members || !nodes || !out->at) {
        status = VB_NO_MEMORY;
        goto done;
    }
    out->len = n_groups;
    for (uint32_t i = 0; i < cut->n_nodes; i++) members[i] = (member){ number[i], i, 0 };
    weigh(cut, members);
    qsort(members, cut->n_nodes, sizeof *members, member_order);
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        vb_group *group = &out->at[members[i].group];
        nodes[i] = cut->nodes[members[i].node];
        if (!group->len++) group->at = &nodes[i];
    }
    for (uint32_t i = 0; i < n_groups; i++) TRY(name_group(&out->at[i], cut->arena));
done:
    free(members);
    return status;
}

static vb_status find(vb_store *store, const vb_cut_options *options, bool communities, vb_arena *arena,
                      vb_groups *out, vb_error *err)
{
    vb_status status;
    vb_cut cut;
    vb_groups groups = { 0 };
    uint32_t *number = NULL, n_groups = 0;
    TRY(vb_cut_read(store, options, arena, &cut, err));
    number = calloc((size_t)cut.n_nodes + 1, sizeof *number);
    if (!number) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (communities)
        TRY(vb_cut_communities(&cut, number, &n_groups, &groups.modularity, err));
    else
        TRY(vb_cut_components(&cut, number, &n_groups, err));
    TRY(gather(&cut, number, n_groups, &groups));
    *out = groups;
done:
    free(number);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

vb_status vb_communities(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_groups *out,
                         vb_error *err)
{
    return find(store, cut, true, arena, out, err);
}

vb_status vb_components(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_groups *out,
                        vb_error *err)
{
    return find(store, cut, false, arena, out, err);
}
