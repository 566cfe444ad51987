/**
 * The third part of the public header, included by verband.h: what a person says about the graph. Programs
 * include graph/verband.h.
 *
 * Documents say one thing, a person may know better. A correction is kept apart from what was extracted: it
 * names nodes by label and key and edges by their ends, says who gave it, when and why, and is applied again
 * whenever documents are loaded, in the same transaction. So a reload never loses or overwrites it, and
 * taking it back gives the graph as if it had never been. Corrections are applied in the order of their
 * numbers. One that names what is not in the graph (any more) waits until it is.
 */
#ifndef VERBAND_CORRECTIONS_H
#define VERBAND_CORRECTIONS_H

#include "graph/verband.h"

typedef enum vb_correction_kind {
    VB_ASSERT, /* the edge holds; without a relation: the node is one                             */
    VB_REJECT, /* the edge does not hold; without a relation: the node is no name of anything     */
    VB_MERGE,  /* a is b: everything of a becomes b's                                             */
    VB_SPLIT,  /* a and b are two, and never merged; a new b gets a part of a (document, text)    */
    VB_RENAME, /* a is called b; its former name stays an alias                                   */
    VB_CORRECTION_KINDS
} vb_correction_kind;

/** "assert", "reject", "merge", "split" or "rename". */
const char *vb_correction_name(vb_correction_kind kind);
bool vb_correction_find(vb_str name, vb_correction_kind *out);

/** A correction to make. Views are borrowed for the call. */
typedef struct vb_correction_request {
    vb_correction_kind kind;
    vb_str a;        /* a node as vb_store_resolve_one() takes it */
    vb_str relation; /* of an assert or reject: a relation of the ontology; empty: of the node itself */
    vb_str b;        /* the other node; of a rename the new name */
    vb_str a_name,
        b_name;      /* of nodes that are made: their names, where a and b say "Label:key"; else empty */
    vb_str document; /* a loaded document. Assert: who says so. Reject: only what this one says. Split: its
                        part of a goes to b. Empty: none, all */
    vb_str text;     /* assert: the sentence that says so; found in the document, it has a place there.
                        Split: the name by which a text means b */
    vb_str source;   /* assert: a page that says so */
    vb_str who;      /* not empty */
    vb_str when;     /* UTC, "2024-05-31T12:00:00Z"; not empty */
    vb_str why;
    bool make; /* also what the graph does not know yet: "Label:Name" is a new node; what nobody has said yet
                  may be rejected or split off once somebody does */
} vb_correction_request;

/** What became of request @p i: its correction's number, or (0) why it is none. */
typedef vb_status (*vb_corrected_fn)(void *context, size_t i, int64_t id, vb_status status,
                                     const vb_error *err);

/**
 * Make corrections, in one transaction: all of them or, when one of them is wrong, none. @p report (may be
 * NULL) hears of each, also of those after a wrong one; what it returns but VB_OK ends the call.
 *
 * The ontology's domain and range hold: an assertion outside them is refused, and an edge that a merge would
 * carry outside them is left out, as one from a node to itself is. Two loaded documents are never merged, nor
 * are two nodes that a split calls two.
 * @return VB_OK; VB_UNKNOWN_NAME, VB_AMBIGUOUS, VB_NOT_FOUND (no such edge, or no part to split off),
 *         VB_BAD_ARGUMENT (what the first wrong request asks for cannot be); VB_STORE, VB_NO_MEMORY.
 * Cost: the edges, mentions and names of the nodes concerned.
 */
vb_status vb_correct(vb_store *store, const vb_correction_request *requests, size_t n, vb_corrected_fn report,
                     void *context, vb_error *err);

/**
 * Take corrections back, in any order: all of @p ids or none. The graph is as if they had never been made;
 * they stay in the list, with who took them back, when and why.
 * @return VB_OK; VB_NOT_FOUND (no correction has this number), VB_BAD_ARGUMENT (taken back already).
 * Cost: all corrections are applied anew.
 */
vb_status vb_undo(vb_store *store, const int64_t *ids, size_t n, vb_str who, vb_str when, vb_str why,
                  vb_error *err);

/** A correction as it stands in the store. Nodes have id 0: they are named, and need not be there. */
typedef struct vb_correction {
    int64_t id;
    vb_correction_kind kind;
    vb_node a, b; /* b.label is empty where there is none; of a rename b.name is the new name */
    vb_str relation, document, text, source, who, when, why;
    bool undone;
    vb_str undone_who, undone_when, undone_why;
    vb_str idle; /* why it changes nothing now; empty where it does */
} vb_correction;

typedef vb_status (*vb_correction_fn)(void *context, const vb_correction *correction);

/** Visit the corrections by their numbers, also those taken back. Views last until the callback returns. */
vb_status vb_corrections(vb_store *store, vb_correction_fn fn, void *context, vb_error *err);

#endif
