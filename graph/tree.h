/**
 * SQLite's b-trees, written whole into a file of pages: rows come in the order of their keys, and each page
 * is written once. That takes a tenth of what inserting costs, which looks each row's place up. Private to
 * graph/store_fresh*.c, which alone knows when a file may be written like this: when it is nobody else's.
 *
 * Format: https://www.sqlite.org/fileformat2.html, sections 1.6 (pages of b-trees), 1.5 (overflow) and 2.1
 * (records); it is stable, and PRAGMA integrity_check reads what is written here.
 */
#ifndef VB_TREE_H
#define VB_TREE_H

#include "graph/graph.h"

#include <sqlite3.h>

enum {
    VB_PAGE = 16384,    /* bytes of a page of a store; files of other sizes are not written here */
    VB_TREE_DEPTH = 20, /* SQLite follows no deeper tree */
    VB_RECORD_VALUES = 16
};

/**
 * A file that pages are added to, through SQLite's own file system, so that what fails there fails here.
 * {.file = the connection's file, .n = pages that are there}; end it: vb_pages_clear().
 */
typedef struct vb_pages {
    sqlite3_file *file;
    uint32_t n;             /* pages of the file, the waiting ones too */
    unsigned char *waiting; /* the last n_waiting pages, to be written together */
    size_t n_waiting;
    int reason; /* SQLite's code of the first write that failed: nothing is written after it */
} vb_pages;

/** Write what waits. @return VB_IO also for a write that failed before, VB_NO_MEMORY. */
vb_status vb_pages_flush(vb_pages *pages, vb_error *err);

/**
 * Tell the file's other users, SQLite itself among them, how many pages it has now, and that it has changed.
 * @return VB_IO.
 */
vb_status vb_pages_count(vb_pages *pages, vb_error *err);
void vb_pages_clear(vb_pages *pages);

/** The values of a row or of an index entry, in their order. {0}; vb_record_clear() ends it. */
typedef struct vb_values {
    unsigned char types[1 + VB_RECORD_VALUES * 9]; /* the first byte is the header's size */
    size_t n_types;                                /* bytes of types, 0: there is no value yet */
    vb_buf body;
} vb_values;
void vb_values_start(vb_values *v);
vb_status vb_values_int(vb_values *v, int64_t n);
vb_status vb_values_text(vb_values *v, vb_str s);
void vb_values_null(vb_values *v);
void vb_values_clear(vb_values *v);

/** A tree of which the right edge is being written: a page of each level. */
typedef struct vb_tree_level {
    unsigned char page[VB_PAGE];
    unsigned n, content; /* cells, and where the last one begins: they are written from the page's end on */
} vb_tree_level;

typedef struct vb_tree {
    vb_pages *pages;
    uint32_t root; /* the page that is its root, and is in the file already */
    bool table;    /* rows by their number; else an index */
    int64_t last;  /* the number of the last row */
    unsigned depth;
    vb_tree_level *levels[VB_TREE_DEPTH];
} vb_tree;

/**
 * Add the row @p id of a table, or (@p id is not used) an entry of an index, behind the last one.
 * @return VB_NO_MEMORY; VB_TOO_LARGE: too deep, or too many pages. What cannot be written is told by
 * vb_pages_flush(). Cost: constant, but for what is longer than a quarter of a page.
 */
vb_status vb_tree_add(vb_tree *tree, int64_t id, const vb_values *v);

/** Write the pages that are not full yet, the root the last; a tree without rows is left as it is. */
vb_status vb_tree_end(vb_tree *tree);
void vb_tree_clear(vb_tree *tree);

#endif
