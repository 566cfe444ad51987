/**
 * igraph at work: what the files graph/network*.c share, and the only header that shows igraph.
 *
 * A vb_net is opened from a cut, handed to igraph, and cleared. From opening to clearing, igraph's error and
 * warning handlers are ours (the default error handler aborts, the default warning handler prints); clearing
 * puts the caller's back. What was made in between is destroyed in between.
 *
 * A fatal error of igraph is a broken promise inside igraph; its handler must not return, so there is nothing
 * a library can do better than the handler that is there.
 */
#ifndef VB_NETWORK_H
#define VB_NETWORK_H

#include "graph/cut.h"

#include <igraph/igraph.h>

typedef enum vb_net_form {
    VB_NET_NONE,       /* no igraph at all */
    VB_NET_UNDIRECTED, /* every edge of the cut once, directions dropped                                */
    VB_NET_DIRECTED,   /* every edge of the cut; a symmetric one both ways                              */
    VB_NET_SIMPLE,     /* undirected, edges between the same two nodes made one (weights added), no loops */
} vb_net_form;

/** Owner: {0} ... vb_net_clear(). */
typedef struct vb_net {
    igraph_t graph;
    igraph_vector_t weights; /* sentences, one entry an edge; at least 1 */
    igraph_error_handler_t *error_before;
    igraph_warning_handler_t *warning_before;
    bool open, built;
} vb_net;

enum { VB_NET_SEED = 20240229 }; /* of every random number: the same graph gives the same answer */

/** Give the cut to igraph. @return VB_OK, VB_NO_MEMORY, VB_BAD_ARGUMENT. The caller clears @p net in any
 * case. Cost: O(nodes + edges), for VB_NET_SIMPLE O(nodes + edges log edges). */
vb_status vb_net_open(vb_net *net, const vb_cut *cut, vb_net_form form, vb_error *err);

/** As vb_net_open(), of one-way links. */
vb_status vb_net_open_links(vb_net *net, const vb_link *links, size_t n_links, uint32_t n_places,
                            vb_error *err);

/** PageRank with damping 0.85, along the edges' directions; @p out has n_nodes entries, of sum 1.
 *  Cost: some tens of passes over the edges. */
vb_status vb_cut_pagerank(const vb_cut *cut, bool weighted, double *out, vb_error *err);

/** End it; {0} and a second time are fine. */
void vb_net_clear(vb_net *net);

/** igraph's code as ours. */
vb_status vb_net_check(igraph_error_t code, vb_error *err);

/** As TRY(), of an igraph call. Needs `status` and `err`. */
#define TRY_IGRAPH(call) TRY(vb_net_check((call), err))

/** Fix the random numbers that follow. */
vb_status vb_net_seed(unsigned run, vb_error *err);

/** Rename groups in @p membership by size, 0 the largest, equal ones by their first node. @return VB_OK,
 *  VB_NO_MEMORY. */
vb_status vb_net_number(const igraph_vector_int_t *membership, uint32_t *out, uint32_t *n_groups,
                        vb_error *err);

#endif
