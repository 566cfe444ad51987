/**
 * The plain case of the path query, and by far the most asked: every hop is one step long. Breadth first from
 * both ends, a level at a time, the side with fewer nodes first. While no node is known to both sides, the
 * first one that becomes so lies in the middle of a shortest path.
 *
 * Few paths need the edges of the nodes that have very many of them: an edge of such a node is mostly seen
 * from its other end too. So those nodes are put off. When the level of one side meets nothing without them,
 * the other side's level is read (which sees their edges to it), and two nodes that are both put off are
 * looked up as a pair; only when all that meets nothing are they read.
 *
 * igraph gets the steps on shortest paths, not all that was read; path_solve.c asks it for the paths.
 */
#include "queries/path.h"

#include <math.h>
#include <stdlib.h>

enum {
    FEW = 256,      /* edges of a direction that are read at once; more: the node is put off */
    PAIRS = 256,    /* pairs of nodes put off that are looked up one by one */
    MEETINGS = 48,  /* nodes in the middle that one path is chosen among */
    WEIGHED = 1024, /* steps whose sentences are looked up, to tell paths of one length apart */
};

/** A step away from the end where its side began. */
typedef struct stride {
    uint32_t from, to;
    int64_t edge, weight;
} stride;

typedef VB_VEC(uint32_t) spot_list;

typedef struct side {
    double level;
    spot_list front;        /* the spots of this level: all there are */
    spot_list next;         /* those of the next, as far as they are known */
    spot_list put_off;      /* spots of the front that are not read yet */
    VB_VEC(stride) strides; /* in order of levels */
} side;

typedef struct breadth {
    vb_path_search *s;
    const vb_path_options *o;
    side sides[2];
    spot_list met; /* spots that both sides know */
} breadth;

static vb_status add_spot(const breadth *b, spot_list *list, uint32_t spot)
{
    if (vb_push(b->s->arena, list) != VB_OK) return VB_NO_MEMORY;
    list->at[list->len - 1] = spot;
    return VB_OK;
}

/** Note a step of side @p which from spot @p from. */
static vb_status note(breadth *b, int which, uint32_t from, const vb_step *step, vb_error *err)
{
    vb_status status;
    side *my = &b->sides[which];
    uint32_t at;
    TRY(vb_path_spot_of(b->s, step->other, &at, err));
    vb_path_spot *to = &b->s->spots.at[at];
    if (at == from || to->closed || to->cost[which] <= my->level) goto done;
    if (isinf(to->cost[which])) {
        to->cost[which] = my->level + 1;
        TRY(add_spot(b, &my->next, at));
        if (isfinite(to->cost[!which])) TRY(add_spot(b, &b->met, at));
    }
    TRY(vb_push(b->s->arena, &my->strides));
    my->strides.at[my->strides.len - 1] = (stride){ from, at, step->edge, step->weight };
done:
    return status;
}

/** Read the edges at a spot. *whole: there were no more than @p most, and they are noted. */
static vb_status expand(breadth *b, int which, uint32_t at, size_t most, bool *whole, vb_error *err)
{
    vb_status status;
    vb_path_search *s = b->s;
    s->steps.len = 0;
    TRY(vb_filter_steps(s->filter, s->spots.at[at].id, VB_STEPS_OUT | VB_STEPS_IN, most, s->arena, &s->steps,
                        err));
    *whole = !most || s->steps.len < most;
    for (size_t i = 0; *whole && i < s->steps.len; i++) TRY(note(b, which, at, &s->steps.at[i], err));
done:
    return status;
}

/** Read the front's spots of few edges; with `all`, each. @param enough end after so many meetings. */
static vb_status read_few(breadth *b, int which, size_t enough, vb_error *err)
{
    vb_status status = VB_OK;
    side *my = &b->sides[which];
    for (size_t i = 0; i < my->front.len && (b->o->all || b->met.len < enough); i++) {
        bool whole;
        TRY(expand(b, which, my->front.at[i], b->o->all ? 0 : FEW, &whole, err));
        if (!whole) TRY(add_spot(b, &my->put_off, my->front.at[i]));
    }
done:
    return status;
}

/** Read what was put off. */
static vb_status read_many(breadth *b, int which, vb_error *err)
{
    vb_status status = VB_OK;
    bool whole;
    for (size_t i = 0; i < b->sides[which].put_off.len; i++)
        TRY(expand(b, which, b->sides[which].put_off.at[i], 0, &whole, err));
done:
    return status;
}

/** Look up the edges between the nodes put off on one side and those on the other. */
static vb_status look_up_pairs(breadth *b, vb_error *err)
{
    vb_status status = VB_OK;
    const spot_list *one = &b->sides[0].put_off, *other = &b->sides[1].put_off;
    vb_steps steps = { 0 };
    if (one->len > PAIRS || other->len > PAIRS || one->len * other->len > PAIRS) return read_many(b, 0, err);
    for (size_t i = 0; i < one->len; i++)
        for (size_t j = 0; j < other->len; j++) {
            steps.len = 0;
            TRY(vb_filter_between(b->s->filter, b->s->spots.at[one->at[i]].id,
                                  b->s->spots.at[other->at[j]].id, b->s->arena, &steps, err));
            for (size_t k = 0; k < steps.len; k++) TRY(note(b, 0, one->at[i], &steps.at[k], err));
        }
done:
    return status;
}

static void next_level(side *my)
{
    my->front = my->next;
    my->next = my->put_off = (spot_list){ 0 };
    my->level++;
}

/** Go a level on; two where the nodes of many edges made it read both sides. */
static vb_status advance(breadth *b, vb_error *err)
{
    vb_status status;
    int first = b->sides[0].front.len <= b->sides[1].front.len ? 0 : 1;
    TRY(read_few(b, first, MEETINGS, err));
    if (b->met.len) goto done;
    if (!b->sides[first].put_off.len) {
        next_level(&b->sides[first]);
        goto done;
    }
    TRY(read_few(b, !first, SIZE_MAX, err)); /* all: a nearer meeting may come after a farther one */
    if (b->sides[!first].put_off.len) TRY(look_up_pairs(b, err));
    for (int which = 0; which < 2 && !b->met.len; which++) TRY(read_many(b, which, err));
    next_level(&b->sides[0]);
    next_level(&b->sides[1]);
done:
    return status;
}

/** Of the meetings, those nearest to both ends, and where one path is wanted not too many. @return the sum of
 *  their distances; infinite where there are none. */
static double nearest_meetings(breadth *b)
{
    double best = INFINITY;
    size_t n = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < b->met.len; i++) {
            const vb_path_spot *spot = &b->s->spots.at[b->met.at[i]];
            double length = spot->cost[0] + spot->cost[1];
            if (round == 0 && length < best) best = length;
            if (round == 1 && length <= best && (b->o->all || n < MEETINGS)) b->met.at[n++] = b->met.at[i];
        }
    b->met.len = n;
    return best;
}

/* ---- the steps on shortest paths ---------------------------------------------------------------------- */

static int by_ends(const void *a, const void *b)
{
    const stride *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

/** Move the strides that lead from an end to a spot of b->met into @p out, turned to run from spot 0 to 1. */
static vb_status trace(breadth *b, int which, stride *out, size_t *n)
{
    const side *my = &b->sides[which];
    bool *on_way = vb_arena_array(b->s->arena, b->s->spots.len, sizeof *on_way);
    if (!on_way) return VB_NO_MEMORY;
    for (size_t i = 0; i < b->met.len; i++) on_way[b->met.at[i]] = true;
    for (size_t i = my->strides.len; i-- > 0;) { /* from the middle back, level by level */
        stride t = my->strides.at[i];
        if (!on_way[t.to]) continue;
        on_way[t.from] = true;
        out[(*n)++] = which ? (stride){ t.to, t.from, t.edge, t.weight } : t;
    }
    return VB_OK;
}

/** Strides between the same two spots become one link, shorter the more sentences they have. */
static vb_status link_strides(const breadth *b, stride *strides, size_t n, vb_link *links, size_t *n_links,
                              vb_error *err)
{
    vb_status status = VB_OK;
    int64_t sum = 0;
    *n_links = 0;
    if (n) qsort(strides, n, sizeof *strides, by_ends);
    for (size_t i = 0; i < n; i++) {
        int64_t weight = 1;
        bool first = !i || by_ends(&strides[i - 1], &strides[i]) != 0;
        vb_step step = { .edge = strides[i].edge, .weight = strides[i].weight };
        if (n <= WEIGHED) TRY(vb_filter_weight(b->s->filter, &step, &weight, err));
        sum = first ? weight : sum + weight;
        if (first) links[(*n_links)++] = (vb_link){ .from = strides[i].from, .to = strides[i].to };
        links[*n_links - 1].length = n <= WEIGHED ? vb_path_step(sum) : 1;
    }
done:
    return status;
}

/** igraph's work grows with the places of a graph: give the spots that the links join the numbers 0 (the one
 *  end), 1 (the other), 2, ... @param spots what the numbers stand for. */
static vb_status renumber(const breadth *b, vb_link *links, size_t n, uint32_t *spots, uint32_t *n_spots)
{
    uint32_t *number = vb_arena_array(b->s->arena, b->s->spots.len, sizeof *number);
    if (!number) return VB_NO_MEMORY;
    spots[0] = 0;
    spots[1] = 1;
    *n_spots = 2;
    for (size_t i = 0; i < n; i++) {
        uint32_t *ends[] = { &links[i].from, &links[i].to };
        for (size_t j = 0; j < VB_COUNT(ends); j++) {
            uint32_t spot = *ends[j];
            if (spot > 1 && !number[spot]) {
                number[spot] = *n_spots;
                spots[(*n_spots)++] = spot;
            }
            *ends[j] = spot > 1 ? number[spot] : spot;
        }
    }
    return VB_OK;
}

static vb_status find_routes(const breadth *b, vb_link *links, size_t n, vb_routes *out, vb_error *err)
{
    vb_status status;
    uint32_t n_spots = 0, *spots = vb_arena_array(b->s->arena, 2 * n + 2, sizeof *spots);
    if (!spots) return vb_fail_memory(err);
    TRY(renumber(b, links, n, spots, &n_spots));
    TRY(vb_path_among(b->s, links, n, n_spots, b->o, out, err));
    for (size_t i = 0; i < out->len; i++)
        for (size_t j = 0; j < out->at[i].len; j++) out->at[i].at[j] = spots[out->at[i].at[j]];
done:
    return status;
}

static vb_status collect(breadth *b, vb_routes *out, vb_error *err)
{
    vb_status status;
    size_t most = b->sides[0].strides.len + b->sides[1].strides.len, n = 0, n_links = 0;
    stride *strides = vb_arena_array(b->s->arena, most, sizeof *strides);
    vb_link *links = vb_arena_array(b->s->arena, most, sizeof *links);
    if (!strides || !links) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(trace(b, 0, strides, &n));
    TRY(trace(b, 1, strides, &n));
    TRY(link_strides(b, strides, n, links, &n_links, err));
    TRY(find_routes(b, links, n_links, out, err));
done:
    return status;
}

vb_status vb_path_breadth(vb_path_search *s, const vb_path_options *o, vb_routes *out, vb_error *err)
{
    vb_status status = VB_OK;
    breadth b = { .s = s, .o = o };
    double most = o->max_length ? (double)o->max_length : INFINITY;
    *out = (vb_routes){ 0 };
    for (uint32_t which = 0; which < 2; which++) TRY(add_spot(&b, &b.sides[which].front, which));
    while (!b.met.len && b.sides[0].front.len && b.sides[1].front.len &&
           b.sides[0].level + b.sides[1].level < most)
        TRY(advance(&b, err));
    if (nearest_meetings(&b) <= most && b.met.len) TRY(collect(&b, out, err));
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
