/** What the files of the path query share: the search through the store, whose catch igraph is given. */
#ifndef VB_PATH_H
#define VB_PATH_H

#include "graph/cut.h"
#include "queries/queries.h"

enum {
    VB_PATH_MOST = 1000,  /* paths in one answer, also with `all` */
    VB_PATH_VIA_MOST = 6, /* names in `via`: each doubles the graph that is searched */
};

/** The far end of one or more edges between two spots. */
typedef struct vb_path_hop {
    uint32_t to;
    unsigned via; /* which of the relations in `via` are among them */
    int64_t weight;
} vb_path_hop;

/** A node that the search has seen. */
typedef struct vb_path_spot {
    int64_t id;
    double cost[2]; /* from either end: the shortest way found so far */
    bool expanded;  /* its hops have been read */
    bool closed;    /* labels keep paths from passing it */
    unsigned via;   /* which of the labels in `via` it has */
    vb_path_hop *hops;
    size_t n_hops;
} vb_path_spot;

typedef struct vb_path_entry {
    double cost;
    uint32_t spot;
} vb_path_entry;
typedef VB_VEC(vb_path_entry) vb_path_heap;

/** One search, from both ends at once. Spot 0 is the one end, spot 1 the other. */
typedef struct vb_path_search {
    const vb_filter *filter;
    const vb_filter *via;         /* for each name in `via` a filter that wants its label, n_via of them */
    const unsigned *via_relation; /* for each of the filter's types: the bits of `via` it answers */
    size_t n_via;
    const vb_filter *not_via; /* wants the labels that must not be passed; NULL: none */
    bool labels;              /* labels have to be looked at */
    bool weighted;
    vb_arena *arena;
    VB_VEC(vb_path_spot) spots;
    vb_places places;
    vb_path_heap heap[2];
    vb_steps steps;
    double best; /* the shortest way found so far; infinite at first */
} vb_path_search;

/** The spot of node @p id, made when it is not there yet. */
vb_status vb_path_spot_of(vb_path_search *s, int64_t id, uint32_t *out, vb_error *err);

/**
 * The shortest paths, every hop one step long and none named in `via`: breadth first from both ends. With
 * `all` every shortest path; else some, among which those with most sentences come first. Cost: the edges at
 * the nodes nearer to an end than half the way; but nodes of many edges are read only where no shorter list
 * leads across.
 */
vb_status vb_path_breadth(vb_path_search *s, const vb_path_options *o, vb_routes *out, vb_error *err);

/** The paths from place 0 to place 1 among @p links, of which no two have the same ends: shortest first, up
 * to as many as one answer holds. The search itself is not looked at, but for what its lengths mean. */
vb_status vb_path_among(const vb_path_search *s, const vb_link *links, size_t n_links, uint32_t n_places,
                        const vb_path_options *o, vb_routes *out, vb_error *err);

/** Put the two ends in their places. */
vb_status vb_path_start(vb_path_search *s, int64_t a, int64_t b, vb_error *err);

/**
 * Read on until every way of at most @p goal, and at least one way, is among the spots' hops.
 * @param reach up to which length every way is known now; infinite when all there is has been read.
 * Source: bidirectional search after Pohl 1971; with weights, Dijkstra's from both ends.
 */
vb_status vb_path_read(vb_path_search *s, double goal, double most, double *reach, vb_error *err);

/**
 * The paths among what has been read, shortest first; without `k` or `via` the shortest ones alone. Those
 * longer than what was read reaches may not be the shortest there are. At most VB_PATH_MOST.
 */
vb_status vb_path_solve(const vb_path_search *s, const vb_path_options *o, double reach, vb_routes *out,
                        vb_error *err);

/** The length of a step with so many sentences where steps count: 1, and very little less the more there are.
 */
double vb_path_step(int64_t weight);

/** The length of a hop. */
double vb_path_length(const vb_path_search *s, int64_t weight);

#endif
