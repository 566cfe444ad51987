/**
 * What queries/ and export/ may ask of a cut beyond graph.h: the filter a cut is made with (the same one for
 * searches that read the store step by step), and the rest of the bridge to igraph in plain types.
 *
 * Functions marked [igraph] must not run in two threads at once. No igraph type leaves graph/.
 */
#ifndef VB_CUT_H
#define VB_CUT_H

#include "graph/graph.h"

/* ---- what belongs to a cut ---------------------------------------------------------------------------- */

/** A relation of this store, and whether its edges may belong to the cut. */
typedef struct vb_filter_type {
    int64_t id;
    vb_str name;
    bool symmetric, wanted;
} vb_filter_type;

/** A set of labels that nodes of this store have, and whether such nodes may belong to the cut. */
typedef struct vb_filter_labels {
    int64_t id;
    vb_str name; /* of its first label */
    bool wanted;
} vb_filter_labels;

/** vb_cut_options, checked and made ready: which nodes and edges belong to the cut. Lives in its arena. */
typedef struct vb_filter {
    vb_store *store;
    const vb_cut_options *options;
    vb_filter_type *types; /* by name */
    size_t n_types;
    uint16_t *types_by_id;
    vb_filter_labels *labels; /* by id */
    size_t n_labels;
    int64_t (*ranges)[2]; /* of the wanted relations' ids, both ends included */
    size_t n_ranges;
    int64_t mentions; /* the id of MENTIONS */
    bool counts;      /* sentences are to be counted: dates or `stated` leave some of them out */
} vb_filter;

/**
 * Check the names, dates and numbers of @p options and make a filter of them.
 * @param options borrowed: must outlive the filter.
 * @return VB_OK; VB_BAD_ARGUMENT (an unknown label or relation, the nearest ones in the error; a date that is
 *         none; since after until); VB_STORE; VB_NO_MEMORY. Cost: the number of labels and relations.
 */
vb_status vb_filter_new(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_filter *out,
                        vb_error *err);

/** Whether @p name is a label (*is_label) or a relation that the ontology or this store knows.
 *  @return VB_OK; VB_BAD_ARGUMENT with the nearest names in the error. */
vb_status vb_filter_name(const vb_filter *filter, vb_str name, bool *is_label, vb_error *err);

/** The set of labels with this id; NULL when the store has none. */
const vb_filter_labels *vb_filter_labels_get(const vb_filter *filter, int64_t id);

/** The place in filter->types of the relation with this id; UINT16_MAX when the store has none. */
uint16_t vb_filter_type_at(const vb_filter *filter, int64_t id);

/** An edge at a node: what a step along it needs to know. */
typedef struct vb_step {
    int64_t edge, other; /* ids; other is the node at its far end */
    uint16_t type;       /* index into the filter's types */
    bool outgoing;       /* the edge starts at the node; a self loop comes once, outgoing */
    int64_t weight; /* sentences that belong to the cut; 1 where there are none, or they were not asked */
} vb_step;

typedef VB_VEC(vb_step) vb_steps;

enum { VB_STEPS_OUT = 1, VB_STEPS_IN = 2, VB_STEPS_WEIGHT = 4 };

/**
 * Append to @p out the edges at node @p id that belong to the cut; the labels of the far ends are not looked
 * at.
 * @param what VB_STEPS_ bits: which directions, and whether weights are needed.
 * @param most end after so many of a direction (of each range of relations); 0: all. When @p out grew by less
 *             than this, it has them all.
 * Cost: the edges of the wanted relations there, through the store's indexes alone unless weights are needed.
 */
vb_status vb_filter_steps(const vb_filter *filter, int64_t id, unsigned what, size_t most, vb_arena *arena,
                          vb_steps *out, vb_error *err);

/** As vb_filter_steps(), both ways and with weights, of the edges between @p id and @p other alone. Cost: a
 * few look-ups for each relation there, whatever the number of edges. */
vb_status vb_filter_between(const vb_filter *filter, int64_t id, int64_t other, vb_arena *arena,
                            vb_steps *out, vb_error *err);

/** The weight of a step of vb_filter_steps() that it was not asked for. Cost: a look-up. */
vb_status vb_filter_weight(const vb_filter *filter, const vb_step *step, int64_t *out, vb_error *err);

/** An edge as the store has it. */
typedef struct vb_edge_row {
    int64_t id, type, source, weight; /* weight: as stored, 1 where there is none */
    bool announced;
    vb_str first, last; /* lasts until the next row */
} vb_edge_row;

/** How many sentences of an edge belong to the cut: *out is 0 when the edge does not. */
vb_status vb_filter_weigh(const vb_filter *filter, const vb_edge_row *row, int64_t *out, vb_error *err);

/** The set of labels of node @p id; VB_NOT_FOUND when there is no such node. */
vb_status vb_filter_node(const vb_filter *filter, int64_t id, const vb_filter_labels **out, vb_error *err);

/** Project a cut, apply its threshold and keep the one community, as @p options ask: the end of
 *  vb_cut_read(). The cut is not to be used after a failure. */
vb_status vb_cut_shape(vb_store *store, const vb_cut_options *options, vb_cut *cut, vb_error *err);

/**
 * As vb_cut_read(), of nodes that have nothing but their ids yet, and edges without ids, in no order that
 * means anything: vb_nodes_name() tells of the nodes that are to be shown.
 * @param weights whether edges need them. @param named that the cut is whole after all, for @p options ask
 * for something that the edges alone do not tell. Cost: one pass over an index of edges; 32 bytes an edge, 76
 * a node.
 */
vb_status vb_cut_read_bare(vb_store *store, const vb_cut_options *options, bool weights, vb_arena *arena,
                           vb_cut *out, bool *named, vb_error *err);

/** Fill in label, key, name and document of nodes, of which no two are the same, by their ids. */
vb_status vb_nodes_name(vb_store *store, vb_node *nodes, size_t n, vb_arena *arena, vb_error *err);

/* ---- a map from ids to places ------------------------------------------------------------------------- */

/** Open addressing; ids are SQLite rowids. Ids below n_dense are found in a plain array. Lives in its arena.
 *  Start with {0}. */
typedef struct vb_places {
    int64_t *id;
    uint32_t *place;
    size_t n, cap;
    uint32_t *dense; /* place + 1 */
    size_t n_dense;
} vb_places;

/** Make @p places, which is empty, ready for many ids from 0 to @p most. Cost: 4 bytes an id, touched or not.
 *  @return VB_OK, VB_NO_MEMORY. */
vb_status vb_places_reserve(vb_places *places, vb_arena *arena, int64_t most);

/** The place of @p id; UINT32_MAX when it has none. */
uint32_t vb_places_find(const vb_places *places, int64_t id);

/** Give @p id, which has no place yet, @p place (not UINT32_MAX). @return VB_OK, VB_NO_MEMORY. */
vb_status vb_places_add(vb_places *places, vb_arena *arena, int64_t id, uint32_t place);

/* ---- igraph, in plain types ---------------------------------------------------------------------------- */

/** The measure called @p name (NULL: degree). @param weights whether it looks at weights, @p weighted being
 *  asked. @return VB_OK, VB_BAD_ARGUMENT with the nearest names. */
vb_status vb_measure_find(const char *name, bool weighted, const vb_measure **out, bool *weights,
                          vb_error *err);

/** Number every node by its weakly connected component, 0 the largest. [igraph] */
vb_status vb_cut_components(const vb_cut *cut, uint32_t *out, uint32_t *n_components, vb_error *err);

/** Mark the edges (cut->n_edges entries) and the nodes (cut->n_nodes) without which the cut falls apart. An
 *  edge that runs beside another one is no bridge. [igraph] */
vb_status vb_cut_bridges(const vb_cut *cut, bool *edges, bool *nodes, vb_error *err);

/** Steps from node @p from to every other, edges taken both ways; UINT32_MAX where there is no way. [igraph]
 */
vb_status vb_cut_distances(const vb_cut *cut, uint32_t from, uint32_t *out, vb_error *err);

/** The Jaccard index of the neighbours of @p node and those of every other node, 0 for itself. [igraph] */
vb_status vb_cut_similar(const vb_cut *cut, uint32_t node, double *out, vb_error *err);

/** A one-way connection between two places of a plain graph. */
typedef struct vb_link {
    uint32_t from, to;
    double length; /* > 0 */
} vb_link;

/** The places a path passes, both ends included. */
typedef struct vb_route {
    uint32_t *at;
    size_t len;
    double length;
    double support; /* as length, with the sentences that tell equal lengths apart */
} vb_route;
typedef VB_LIST(vb_route) vb_routes;

/**
 * For each link the length of the shortest way from @p from to @p to through it (it may pass a place twice);
 * infinite where there is none.
 * @param out n_links entries. Cost: two searches. Source: Dijkstra 1959, doi:10.1007/BF01386390. [igraph]
 */
vb_status vb_links_through(const vb_link *links, size_t n_links, uint32_t n_places, uint32_t from,
                           uint32_t to, double *out, vb_error *err);

/**
 * The @p k shortest ways from @p from to @p to, shortest first, none through one place twice.
 * @param links no two of the same ends.
 * @return VB_OK, also with none found; VB_NO_MEMORY; VB_BAD_ARGUMENT (igraph's words).
 * Cost: k * length searches. Source: Yen 1971, doi:10.1287/mnsc.17.11.712. [igraph]
 */
vb_status vb_links_paths(const vb_link *links, size_t n_links, uint32_t n_places, uint32_t from, uint32_t to,
                         size_t k, vb_arena *arena, vb_routes *out, vb_error *err);

/** Write the (at most three) names of @p valid nearest to @p name, by edit distance with case folded, to
 *  @p out, joined by ", ". */
void vb_nearest_names(vb_str name, const vb_str *valid, size_t n, char *out, size_t size);

#endif
