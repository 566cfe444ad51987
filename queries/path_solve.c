/**
 * From what the search has read to paths: the hops become a plain graph of one-way links, igraph finds the
 * shortest ways in it. `via` is solved by layers: a copy of the graph for each set of names that a path has
 * touched so far; a link that touches one leads to another layer, and only the far end in the last layer is
 * the goal.
 */
#include "queries/path.h"

#include <math.h>
#include <stdlib.h>

/** Without weights, ways of the same number of steps are told apart by their sentences; but each of the links
 * must be looked up for it, so not in a graph of more than so many. */
enum { TIE_LINKS = 1024, TIES = 16 };

typedef VB_VEC(vb_link) link_list;

/** Sums of lengths that differ by less, relatively, are the same length. */
static const double slack = 1e-9;

typedef struct layers {
    const vb_path_search *s;
    uint32_t n;      /* layers */
    link_list links; /* all of them */
    double *through; /* the length of the shortest way through each */
    double shortest; /* of these lengths */
    vb_link *near;   /* those on short ways, as many as are looked at */
    size_t n_near;
} layers;

static vb_status link_spots(layers *l, uint32_t from, uint32_t to, const vb_path_hop *hop)
{
    vb_status status = VB_OK;
    const vb_path_search *s = l->s;
    if (from == 1 || to == 0) return VB_OK; /* no path comes back */
    unsigned touched = hop->via | s->spots.at[to].via;
    for (uint32_t layer = 0; layer < l->n; layer++) {
        TRY(vb_push(s->arena, &l->links));
        l->links.at[l->links.len - 1] = (vb_link){ .from = from * l->n + layer,
                                                   .to = to * l->n + (layer | touched),
                                                   .length = vb_path_length(s, hop->weight) };
    }
done:
    return status;
}

/** A spot that only one expanded spot leads to, and that is no end, is a blind alley. */
static vb_status find_alleys(const vb_path_search *s, bool **out)
{
    uint8_t *seen = vb_arena_array(s->arena, s->spots.len, sizeof *seen);
    *out = vb_arena_array(s->arena, s->spots.len, sizeof **out);
    if (!seen || !*out) return VB_NO_MEMORY;
    for (size_t i = 0; i < s->spots.len; i++)
        for (size_t j = 0; j < s->spots.at[i].n_hops; j++) {
            uint8_t *times = &seen[s->spots.at[i].hops[j].to];
            if (*times < 2) ++*times;
        }
    for (size_t i = 2; i < s->spots.len; i++) (*out)[i] = !s->spots.at[i].expanded && seen[i] < 2;
    return VB_OK;
}

static vb_status link_all(layers *l)
{
    vb_status status;
    const vb_path_search *s = l->s;
    bool *alley;
    TRY(find_alleys(s, &alley));
    for (uint32_t i = 0; i < s->spots.len; i++)
        for (size_t j = 0; j < s->spots.at[i].n_hops; j++) {
            vb_path_hop hop = s->spots.at[i].hops[j];
            uint32_t to = hop.to;
            if (alley[to]) continue;
            TRY(link_spots(l, i, to, &hop));
            if (!s->spots.at[to].expanded) TRY(link_spots(l, to, i, &hop)); /* nobody else tells of it */
        }
done:
    return status;
}

/** Measure the ways through the links. */
static vb_status measure(layers *l, uint32_t goal, vb_error *err)
{
    vb_status status;
    const vb_path_search *s = l->s;
    size_t n = l->links.len;
    l->through = vb_arena_array(s->arena, n, sizeof *l->through);
    l->near = vb_arena_array(s->arena, n, sizeof *l->near);
    l->shortest = INFINITY;
    if (!l->through || !l->near) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_links_through(l->links.at, n, (uint32_t)s->spots.len * l->n, 0, goal, l->through, err));
    for (size_t i = 0; i < n; i++)
        if (l->through[i] < l->shortest) l->shortest = l->through[i];
done:
    return status;
}

/** Take the links on ways of at most @p longest. @return the next length there is; infinite when there is
 * none. */
static double take_near(layers *l, double longest)
{
    double next = INFINITY;
    l->n_near = 0;
    for (size_t i = 0; i < l->links.len; i++) {
        if (l->through[i] <= longest * (1 + slack))
            l->near[l->n_near++] = l->links.at[i];
        else if (l->through[i] < next)
            next = l->through[i];
    }
    return next;
}

/** Make the links with more sentences a very little shorter. */
static vb_status tell_ties_apart(layers *l, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_path_search *s = l->s;
    vb_steps steps = { 0 };
    if (s->weighted || l->n_near > TIE_LINKS) return VB_OK;
    for (size_t i = 0; i < l->n_near; i++) {
        vb_link *link = &l->near[i];
        int64_t weight = 0;
        steps.len = 0;
        TRY(vb_filter_between(s->filter, s->spots.at[link->from / l->n].id, s->spots.at[link->to / l->n].id,
                              s->arena, &steps, err));
        for (size_t j = 0; j < steps.len; j++) weight += steps.at[j].weight;
        link->length = vb_path_step(weight);
    }
done:
    return status;
}

/** From places back to spots. @return false when a spot comes twice: a way, but no path. */
static bool to_spots(vb_route *route, uint32_t n_layers)
{
    for (size_t i = 0; i < route->len; i++) {
        route->at[i] /= n_layers;
        for (size_t j = 0; j < i; j++)
            if (route->at[j] == route->at[i]) return false;
    }
    return true;
}

/** Keep the ways that are paths of at most @p max_steps, with their true lengths. */
static void keep_paths(const vb_path_search *s, uint32_t n_layers, unsigned max_steps, vb_routes *routes)
{
    size_t n = 0;
    for (size_t i = 0; i < routes->len; i++) {
        vb_route *r = &routes->at[i];
        if (!to_spots(r, n_layers) || (max_steps && r->len - 1 > max_steps)) continue;
        if (!s->weighted) r->length = (double)(r->len - 1);
        routes->at[n++] = *r;
    }
    routes->len = n;
}

/** The paths among @p links, of @p n_layers layers: at least @p want of them, if there are so many. */
static vb_status find_paths(const vb_path_search *s, const vb_link *links, size_t n_links, uint32_t n_places,
                            uint32_t n_layers, size_t want, unsigned max_steps, vb_routes *out, vb_error *err)
{
    vb_status status;
    const uint32_t goal = 1 * n_layers + (n_layers - 1);
    for (size_t asked = want;; asked = asked * 4 < VB_PATH_MOST ? asked * 4 : VB_PATH_MOST) {
        TRY(vb_links_paths(links, n_links, n_places, 0, goal, asked, s->arena, out, err));
        size_t found = out->len;
        keep_paths(s, n_layers, max_steps, out);
        if (found < asked || out->len >= want || asked >= VB_PATH_MOST) break;
    }
done:
    return status;
}

vb_status vb_path_among(const vb_path_search *s, const vb_link *links, size_t n_links, uint32_t n_places,
                        const vb_path_options *o, vb_routes *out, vb_error *err)
{
    return find_paths(s, links, n_links, n_places, 1, o->all ? VB_PATH_MOST : TIES, o->max_length, out, err);
}

/** Look at the shortest ways first, and at longer ones only while there are too few paths among them. */
static vb_status widen(layers *l, const vb_path_options *o, double reach, vb_routes *out, vb_error *err)
{
    vb_status status = VB_OK;
    size_t enough = o->k ? o->k : 1, want = o->all ? VB_PATH_MOST : enough > TIES ? enough : TIES;
    double longest = l->shortest;
    while (isfinite(longest)) {
        double next = take_near(l, longest);
        TRY(tell_ties_apart(l, err));
        TRY(find_paths(l->s, l->near, l->n_near, (uint32_t)l->s->spots.len * l->n, l->n, want, o->max_length,
                       out, err));
        if (out->len >= enough || longest >= reach) break;
        longest =
            next > longest * 1.25 ? next : longest * 1.25; /* not link by link, where lengths are many */
    }
done:
    return status;
}

vb_status vb_path_solve(const vb_path_search *s, const vb_path_options *o, double reach, vb_routes *out,
                        vb_error *err)
{
    vb_status status;
    layers l = { .s = s, .n = 1u << s->n_via };
    const uint32_t goal = 1 * l.n + (l.n - 1);
    vb_routes routes = { 0 };
    if (s->spots.len > UINT32_MAX / 2 / l.n) {
        status = vb_fail(err, VB_TOO_LARGE, "too many nodes (%zu) for so many names in via", s->spots.len);
        goto done;
    }
    TRY(link_all(&l));
    TRY(measure(&l, goal, err));
    TRY(widen(&l, o, reach, &routes, err));
    *out = routes;
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
