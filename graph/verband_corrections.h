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

/** What became of request @p i: its correction's number, and in @p err (else NULL) why it changes nothing
 * now; or 0, and why it is none. */
typedef vb_status (*vb_corrected_fn)(void *context, size_t i, int64_t id, vb_status status,
                                     const vb_error *err);

/**
 * Make corrections, in one transaction: all of them or, when one of them is wrong, none. @p report (may be
 * NULL) hears of each, also of those after a wrong one; what it returns but VB_OK ends the call.
 *
 * Each is made in the graph that the ones before it left. One that speaks of what was there before the first,
 * and of which an earlier one made an end, is no mistake: it waits, and holds when the earlier one is taken
 * back. Of a node that an earlier one merged, its other half is meant.
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

/* ---- what a person should look at --------------------------------------------------------------------- */

typedef enum vb_doubt_kind {
    VB_DOUBT_EDGE, /* does the edge hold? */
    VB_DOUBT_NAME, /* is the node one?    */
    VB_DOUBT_SAME, /* are a and b one?    */
    VB_DOUBT_KINDS
} vb_doubt_kind;

/** "edge", "name" or "same". */
const char *vb_doubt_name(vb_doubt_kind kind);

/** Something to look at. Of an edge: from a to b. Of two that may be one: a would become b. */
typedef struct vb_doubt {
    vb_doubt_kind kind;
    vb_node a, b;
    vb_str relation;
    vb_str a_named, b_named; /* "Label:key" of both, as a correction takes them */
    vb_str document, text;   /* where a document says it: an edge's sentence, a name's */
    unsigned score;          /* 1 to 1000, the most doubtful highest */
    vb_str because;          /* the reasons, for people */
} vb_doubt;

typedef VB_LIST(vb_doubt) vb_doubts;

/**
 * List what is least certain in what documents say, least certain first: edges of one sentence or merely
 * announced, names known by their form alone, pairs of nodes with the same or nearly the same name. What a
 * person has confirmed, rejected or called two is not in the list.
 * @param limit at most so many; 0: all.
 * Cost: a pass over the nodes, edges and mentions of the store, O(n log n).
 */
vb_status vb_review(vb_store *store, size_t limit, vb_arena *arena, vb_doubts *out, vb_error *err);

/** The correction that says yes (@p right) or no to a doubt. Borrows from @p doubt. @p who and the rest are
 * the caller's to fill in. */
vb_correction_request vb_doubt_answer(const vb_doubt *doubt, bool right);

/** What is wrong with a line of a reviewed file. */
typedef vb_status (*vb_review_fault_fn)(void *context, unsigned line, const char *message);

/** Requests of a reviewed file, and the line that each comes from. */
typedef struct vb_reviewed {
    vb_correction_request *requests;
    unsigned *lines;
    size_t n;
} vb_reviewed;

/**
 * Read a reviewed file: JSON lines or tab-separated with a header line, as `verband review` and
 * `verband corrections` write them. "kind" is edge, name or same with "verdict" y (right), n (wrong) or u
 * (not known: passed over, as an empty one is); or a correction's name, made unless its verdict is n or u, or
 * it has been undone. Nodes are "a" and "b" ("Label:key", a name, or in JSON {"type","key","name"}); in a
 * table also "a.type", "a.key", "a.name". Other fields: relation, document, text, source, who, when, why. At
 * most VB_REVIEW_MAX bytes, a line at most 1 MiB.
 * @param defaults who, when and why of lines without them.
 * @param fault hears of each bad line; may be NULL. What it returns but VB_OK ends the call.
 * @return VB_OK; VB_BAD_INPUT when a line is bad (*out has the good ones then too); VB_BAD_UTF8,
 * VB_TOO_LARGE, VB_NO_MEMORY. *out lives in @p arena and borrows from @p text.
 */
#define VB_REVIEW_MAX ((size_t)64 << 20)
vb_status vb_review_read(vb_str text, const vb_correction_request *defaults, vb_review_fault_fn fault,
                         void *context, vb_arena *arena, vb_reviewed *out, vb_error *err);

/* ---- what rests on what ------------------------------------------------------------------------------- */

typedef struct vb_rest {
    vb_edge edge;        /* with its best sentence */
    int64_t n_sentences; /* 0: of a gazetteer or a person */
    int64_t n_documents; /* loaded documents that say it */
} vb_rest;

typedef struct vb_share {
    vb_document document;
    int64_t n_edges; /* edges that it says (of the node that was asked for, where one was) */
    int64_t n_alone; /* those that nobody else says */
} vb_share;

/** What the graph, one node's part of it or one document's rests on. */
typedef struct vb_provenance {
    bool whole, of_document; /* the whole graph; a loaded document; else a node */
    vb_node node;
    int64_t n_edges;                         /* edges but MENTIONS */
    int64_t n_one_sentence, n_one_document;  /* those that one sentence, or one document's sentences, say */
    int64_t n_gazetteer, n_person, n_import; /* those that no sentence says, by origin */
    vb_rest *edges; /* of a document: those that would go with it; of a node: all, on least first */
    size_t n_listed;
    vb_nodes nodes;   /* of a document: nodes that would go with it */
    vb_share *shares; /* of a node or the graph: documents, those with the most of their own first */
    size_t n_shares;
} vb_provenance;

/**
 * Tell what rests on one sentence or one document.
 * @param name a loaded document or a node; empty: the whole graph, its documents only.
 * @param limit at most so many edges, nodes, documents; 0: all.
 * @return VB_OK; VB_UNKNOWN_NAME, VB_AMBIGUOUS. Cost: what the node or the document says; of the whole graph
 * a pass over all evidence.
 */
vb_status vb_provenance_find(vb_store *store, vb_str name, size_t limit, vb_arena *arena, vb_provenance *out,
                             vb_error *err);

#endif
