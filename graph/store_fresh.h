/**
 * An import into a store that holds nothing: nodes, names and edges are gathered in memory, and written as
 * whole b-trees at the end, which takes a fifth of what inserting them costs. The rest (labels, relations,
 * documents, evidence) goes by SQL into the same file, the workshop: a copy of the empty store that nobody
 * else can see. It becomes the store in one transaction. Private to graph/store_bulk*.c.
 */
#ifndef VB_STORE_FRESH_H
#define VB_STORE_FRESH_H

#include "graph/store.h"
#include "graph/tree.h"

/** A place among others: three numbers, compared in turn, and whose it is. */
typedef struct vb_spot {
    uint32_t key[3], id;
} vb_spot;

/**
 * Sort by the key; what has the same one stays in its order. @p room: n places that may be overwritten.
 * @return whichever of the two holds the sorted places. Cost: O(n), a pass for each byte that differs.
 */
vb_spot *vb_spots_sort(vb_spot *places, vb_spot *room, size_t n);

/** A growing array that is no arena's: what it outgrows is given back. */
#define VB_HEAP(T)       \
    struct {             \
        T *at;           \
        size_t len, cap; \
    }
vb_status vb_heap_more(void **at, size_t *len, size_t *cap, size_t size);
#define vb_heap_push(v) vb_heap_more((void **)&(v)->at, &(v)->len, &(v)->cap, sizeof *(v)->at)

typedef struct vb_fresh_node {
    const char *text; /* key and name, one behind the other */
    const char *props;
    uint32_t n_key, n_name, n_props, labels;
    uint32_t names; /* the last one given, from 1 */
} vb_fresh_node;

typedef struct vb_fresh_name {
    const char *folded, *name;
    uint32_t n_folded, n_name, node;
    uint32_t next; /* of the same node; 0: there is none */
} vb_fresh_name;

typedef struct vb_fresh_edge {
    uint32_t source, target, type;
    uint32_t extra; /* what few edges have, from 1; 0: nothing */
} vb_fresh_edge;

typedef struct vb_fresh_extra {
    int64_t weight; /* 0: one row said it once */
    vb_str first, last, props;
} vb_fresh_extra;

typedef struct vb_fresh {
    vb_store *store;              /* that is filled: kept from other writers until the end */
    vb_store *workshop;           /* what it will be */
    sqlite3_file *file;           /* the workshop's, which it owns: for its pages */
    vb_arena *arena;              /* texts */
    VB_HEAP(vb_fresh_node) nodes; /* number n is the row n + 1 */
    VB_HEAP(vb_fresh_name) names;
    VB_HEAP(vb_fresh_edge) edges;
    VB_HEAP(vb_fresh_extra) extras;
    VB_HEAP(vb_str) sets; /* what a node with this set of labels is shown with, by id */
    uint32_t *by_key;     /* nodes by labels and key: open addressing, 0 is free */
    uint32_t *by_ends;    /* edges that rows may add to, by their ends */
    size_t by_key_cap, by_ends_cap, n_by_ends;
} vb_fresh;

/* ---- store_workshop.c -----------------------------------------------------------------------------------
 */

/**
 * Begin, where the store is one that can be filled like this: it holds nothing, its tables are those that are
 * written here, and nobody else has it open. *out NULL where it cannot.
 */
vb_status vb_fresh_open(vb_store *store, vb_fresh **out, vb_error *err);

/** Write what was gathered; the workshop is complete then but for its full-text index. */
vb_status vb_fresh_write(vb_fresh *f, vb_error *err);

/**
 * The full-text index of the names, made by a thread of its own while the trees are written: the names may
 * not change until it is put into the workshop, or freed. Where there is no thread, it is made here.
 */
typedef struct vb_fresh_words vb_fresh_words;
vb_status vb_fresh_words_begin(vb_fresh *f, vb_fresh_words **out, vb_error *err);
vb_status vb_fresh_words_put(vb_fresh_words *words, vb_error *err);
void vb_fresh_words_free(vb_fresh_words *words);

/** Make the workshop the store: wholly, or, where this fails, not at all. */
vb_status vb_fresh_take_over(vb_fresh *f, vb_error *err);

/** End it; the store is as before where it was not taken over. NULL is fine. */
void vb_fresh_free(vb_fresh *f);

/* ---- store_fresh.c --------------------------------------------------------------------------------------
 */

/** A node, found or made by its labels and key. @p shown: what its labels are shown as. *met: it was there.
 */
vb_status vb_fresh_node_put(vb_fresh *f, int64_t labels, vb_str shown, const vb_bulk_node *row, vb_str name,
                            int64_t *out, bool *met, vb_error *err);

/** One more name of a node, unless it has it already. */
vb_status vb_fresh_name_put(vb_fresh *f, int64_t node, vb_str name, vb_error *err);

/** A symmetric edge is stored once: whether these ends have to be turned for it. */
bool vb_fresh_turns(const vb_fresh *f, int64_t source, int64_t target);

/** The edge of these ends that rows may add to; 0: none. */
int64_t vb_fresh_edge_find(const vb_fresh *f, int64_t source, int64_t type, int64_t target);

/** An edge. @p count 1 where nothing counts; @p merge: vb_fresh_edge_find() shall find it. */
vb_status vb_fresh_edge_put(vb_fresh *f, int64_t type, const vb_bulk_edge *row, vb_str date, int64_t *out,
                            vb_error *err);

/** Add what one more row says to an edge. */
vb_status vb_fresh_edge_add(vb_fresh *f, int64_t edge, int64_t count, vb_str date, vb_error *err);

#endif
