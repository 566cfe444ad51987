/**
 * What the two files of a bulk share: graph/store_bulk.c (nodes, begin and end) and store_bulk_edges.c. Rows
 * go one of two ways: into memory and from there as whole trees into a store that holds nothing
 * (store_fresh.h), or by SQL into one that holds something.
 */
#ifndef VB_STORE_BULK_H
#define VB_STORE_BULK_H

#include "graph/store_fresh.h"

/** A set of labels, or a relation, that was looked up. */
typedef struct vb_bulk_known {
    vb_str name; /* of a set: the labels, each with a line feed behind it */
    int64_t id;
    vb_str shown; /* of a set: the label that its nodes are shown with */
    bool symmetric;
} vb_bulk_known;

typedef struct vb_bulk_list {
    VB_VEC(vb_bulk_known) rows;
    size_t last; /* rows come in runs */
} vb_bulk_list;

/** An imported edge, found by its ends. */
typedef struct vb_bulk_entry {
    int64_t source, type, target, edge; /* edge 0: a free slot */
} vb_bulk_entry;

/** Statements that run once a row: kept by the bulk, for looking them up costs as much as a row. */
typedef enum vb_bulk_hot { VB_HOT_NODE, VB_HOT_ALIAS, VB_HOT_EDGE, VB_HOT_COUNT } vb_bulk_hot;

struct vb_bulk {
    vb_store *store;   /* where SQL goes: the store, or the workshop of fresh */
    vb_fresh *fresh;   /* NULL: the store holds something, and rows go by SQL */
    vb_arena *arena;   /* lasts as long as the bulk: labels, relations, index definitions */
    vb_arena *scratch; /* a row's; renewed now and then */
    size_t n_scratch;
    vb_bulk_list labels, relations;
    sqlite3_stmt *hot[VB_HOT_COUNT];
    VB_VEC(vb_str) indexes; /* definitions of the indexes to build */
    vb_bulk_entry *edges;   /* open addressing: the edges that rows may add to */
    size_t n_edges, edges_cap;
    int64_t cache;  /* the cache size of the store, for afterwards */
    bool open;      /* the transaction is */
    bool first;     /* there was no imported edge: none to add to but our own */
    bool has_texts; /* some document of the store is loaded with its text */
};

/** The row of a name in a list; NULL: it has not been looked up yet. */
vb_bulk_known *vb_bulk_find(vb_bulk_list *list, vb_str name);
vb_status vb_bulk_learn(vb_bulk *b, vb_bulk_list *list, const vb_bulk_known *row, vb_error *err);

/** A hot statement with its first n parameters bound: 'i' int64_t, 's' vb_str, 'n' vb_str that is NULL when
 *  empty, 'd' int64_t that is NULL when negative; then run. */
vb_status vb_bulk_run(vb_bulk *b, vb_bulk_hot which, vb_error *err, const char *kinds, ...);

/** Begin a row: what the former ones needed is given back now and then. */
vb_status vb_bulk_row(vb_bulk *b, vb_error *err);

#endif
