/** What the files that keep and apply corrections share (graph/store_correct*.c). */
#ifndef VB_STORE_CORRECT_H
#define VB_STORE_CORRECT_H

/* SQLite's header shows the session extension to those who say that the library has it. Debian's has. */
#define SQLITE_ENABLE_SESSION        1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "graph/store.h"

/** A document that may have nothing to say of a node any more. */
typedef struct vb_fix_lost {
    int64_t document, node;
} vb_fix_lost;

/** A correction on its way into the graph. */
typedef struct vb_fix {
    vb_store *store;
    vb_arena *arena; /* its own */
    const vb_correction *what;
    vb_put sweep; /* edges, nodes and names that may have no reason to live now */
    VB_VEC(vb_fix_lost) lost;
    vb_ids documents; /* rows of documents whose figures change */
    const char *idle; /* why it does nothing; NULL where it does */
} vb_fix;

/* ---- store_correct_lift.c ----------------------------------------------------------------------------- */

/** Begin to record what changes in the graph; *out is the caller's: vb_effect_end(), vb_effect_drop(). */
vb_status vb_effect_begin(vb_store *store, sqlite3_session **out, vb_error *err);

/** Add what was recorded to the effect in the store; ends the session. */
vb_status vb_effect_end(vb_store *store, sqlite3_session *session, vb_error *err);
void vb_effect_drop(sqlite3_session *session);

/* ---- store_correct_apply.c ---------------------------------------------------------------------------- */

/** Apply one correction to the graph as it is, and note in its row whether it does anything. Rows of
 * documents whose figures change are added to @p documents, in @p keep: vb_fix_count() them after the last
 * one. */
vb_status vb_fix_apply(vb_store *store, const vb_correction *what, vb_arena *keep, vb_ids *documents,
                       vb_error *err);

/** Count anew what these documents gave. */
vb_status vb_fix_count(vb_store *store, vb_ids *documents, vb_error *err);

/** Apply all that are not taken back, in the order of their numbers. */
vb_status vb_fix_apply_all(vb_store *store, vb_error *err);

/** The node with this label and key; 0: none. */
vb_status vb_fix_find(vb_store *store, vb_str label, vb_str key, int64_t *out, vb_error *err);

/** The node a correction names, made when it is not there. */
vb_status vb_fix_make(vb_fix *f, const vb_node *named, int64_t *out, vb_error *err);

/** Give a node a name, which no document need give. */
vb_status vb_fix_name(vb_fix *f, int64_t node, vb_str name, vb_error *err);

/** Mark a node as a person's: it needs no document to live, nor do its names. */
vb_status vb_fix_own(vb_fix *f, int64_t node, vb_error *err);

/** Note what may have no reason to live now: an edge of documents or persons, a node, a name. */
vb_status vb_fix_doubt(vb_fix *f, vb_ids *list, int64_t id, vb_error *err);

/** Note that what documents (not 0: this one) say of an edge is about to end, which may be all that they say
 * of its ends; or all that one says of a node. */
vb_status vb_fix_lose_edge(vb_fix *f, int64_t edge, int64_t document, vb_error *err);
vb_status vb_fix_lose(vb_fix *f, int64_t document, int64_t node, vb_error *err);

/** The documents that have a say in a node, and no others give it names: that mention it, say an edge of it,
 * or are it. */
vb_status vb_fix_documents(vb_fix *f, int64_t node, vb_ids *out, vb_error *err);

/** The edges with this node as an end; with @p document only those that it has a say in. */
vb_status vb_fix_edges(vb_fix *f, int64_t node, int64_t document, vb_ids *out, vb_error *err);

/* ---- store_correct_merge.c, store_correct_split.c ----------------------------------------------------- */

vb_status vb_fix_merge(vb_fix *f, vb_error *err);
vb_status vb_fix_split(vb_fix *f, vb_error *err);

/** An edge as a correction moves it. */
typedef struct vb_fix_edge {
    int64_t id, type, source, target, origin;
    bool symmetric, mentions;
    bool turned; /* its ends changed places when it moved: so do the places of their names in its sentences */
} vb_fix_edge;
vb_status vb_fix_edge_read(vb_fix *f, int64_t id, vb_fix_edge *out, vb_error *err);

/** Whether the edge may run between these nodes instead: not from a node to itself where it did not before,
 * nor outside the ontology (which imports need not keep). A symmetric edge's ends are put in order. */
vb_status vb_fix_may_run(vb_fix *f, vb_fix_edge *edge, int64_t *source, int64_t *target, bool *may,
                         vb_error *err);

/** Let the places of both ends change places, in all evidence of an edge or (@p one) in one. */
vb_status vb_fix_turn(vb_fix *f, int64_t edge, int64_t one, vb_error *err);

/** Another edge of documents or persons of the same type between these nodes; 0: none. */
vb_status vb_fix_other(vb_fix *f, const vb_fix_edge *edge, int64_t source, int64_t target, int64_t *out,
                       vb_error *err);

/** Move all that says edge @p from to edge @p to. A sentence that says both is there once, stated where it
 *  states one. */
vb_status vb_fix_move_evidence(vb_fix *f, int64_t from, int64_t to, vb_error *err);

/* ---- store_correct_ties.c ----------------------------------------------------------------------------- */

/** Which nodes merges make one, and which splits keep apart. {.arena = a}; lives as long as that. */
typedef struct vb_fix_tie vb_fix_tie;
typedef VB_VEC(vb_fix_tie *) vb_fix_tie_list;
typedef struct vb_fix_ties {
    vb_arena *arena;
    bool read;
    vb_fix_tie_list merges, splits; /* in order of their nodes */
} vb_fix_ties;

/** Read what the corrections in the store say, once. Cost: O(n log n) of n corrections. */
vb_status vb_fix_ties_read(vb_store *store, vb_fix_ties *ties, vb_error *err);

/** Note a correction that was made since, where they were read. @return VB_NO_MEMORY. */
vb_status vb_fix_tie_add(vb_fix_ties *ties, const vb_correction *made);

/** The node that all merges together make of one: itself, or the ties'. Cost: O(log n) a merge on its way. */
const vb_node *vb_fix_merged(const vb_fix_ties *ties, const vb_node *node);

/** A merge must not make one what a split calls two. @return VB_BAD_ARGUMENT. */
vb_status vb_fix_check_apart(const vb_fix_ties *ties, const vb_correction *merge, vb_error *err);

/* ---- store_correct_ask.c ------------------------------------------------------------------------------ */

/** What a request speaks of before the first of several is made: nodes without a key are none. */
typedef struct vb_fix_before {
    vb_node a, b;
    bool said; /* a rejected edge was there */
} vb_fix_before;

/** A request on its way to a row. */
typedef struct vb_fix_asked {
    vb_store *store;
    vb_arena *arena;
    const vb_correction_request *request;
    const vb_fix_before *before; /* NULL: it is the only one */
    vb_fix_ties *ties;
    vb_correction fix;
    bool gone; /* an earlier one ended what it speaks of */
} vb_fix_asked;

/** See what a request speaks of. Texts in @p arena. Cost: two names looked up, and an edge. */
vb_status vb_fix_look(vb_store *store, const vb_correction_request *r, vb_arena *arena, vb_fix_before *out,
                      vb_error *err);

/** Read the request: q->fix is the correction, but for its number. @return as vb_correct(). */
vb_status vb_fix_prepare(vb_fix_asked *q, vb_error *err);

/** A text of at most 64 KiB of UTF-8 without NUL, not blank where @p needed; a UTC time. */
vb_status vb_fix_check_text(vb_str text, const char *what, bool needed, vb_error *err);
vb_status vb_fix_check_when(vb_str when, vb_error *err);

/* ---- store_correct.c ---------------------------------------------------------------------------------- */

/** Columns of a correction, and its row with all text in @p arena. */
#define VB_FIX_COLUMNS                                                                                 \
    "id, kind, a_label, a_key, a_name, relation, b_label, b_key, b_name, document, text, source, who," \
    " asked, why, undone_who, undone, undone_why, idle"
vb_status vb_fix_read(sqlite3_stmt *stmt, vb_arena *arena, vb_correction *out, vb_error *err);

#endif
