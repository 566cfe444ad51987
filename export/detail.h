/** The long facts of a scene, read from the store one node or edge at a time: memory stays small. */
#ifndef VB_DETAIL_H
#define VB_DETAIL_H

#include "export/export.h"

/** What a large cut's edges come to, without their sentences. A date is a year after VB_BRIEF_YEAR, a month
 * and a day in 7, 4 and 5 bits, 0: none. */
typedef struct vb_brief {
    uint16_t first, last;
    uint8_t origin;
    bool announced : 1;
    bool more : 1; /* there is more to read of it in the store */
} vb_brief;

/** And its nodes. */
typedef struct vb_node_brief {
    uint8_t origin : 7;
    bool more : 1; /* there is more to read of it in the store */
} vb_node_brief;

enum { VB_BRIEF_YEAR = 1900 };

/** The context of both functions below: start with .store and .cut; end with vb_detail_clear(). */
typedef struct vb_detail {
    vb_store *store;
    const vb_cut *cut;
    size_t sentences; /* how many to read of an edge; 0: 1 */
    bool whole;       /* read all labels and the date of a node too */
    vb_buf aliases, labels;
    char date[16];
    vb_arena *arena; /* the last edge's */
    /* of a large cut, by ids counted from the first; else NULL */
    int64_t first_node, first_edge;
    vb_node_brief *nodes;
    vb_brief *edges;
    char first[16], last[16];
} vb_detail;

vb_status vb_detail_node(void *context, uint32_t node, vb_node_detail *out, vb_error *err);
vb_status vb_detail_edge(void *context, uint32_t edge, vb_edge_detail *out, vb_error *err);
void vb_detail_clear(vb_detail *detail);

/**
 * Read in a few scans what large cuts would else ask edge by edge: worth it where the cut is most of the
 * store. Cost: O(the store's edges, evidence and aliases) time; 6 bytes an edge and one a node of the store.
 */
vb_status vb_detail_scan(vb_detail *detail, vb_arena *arena, vb_error *err);

/**
 * How many documents say the edges of the cut (of a large cut or a projection: are loaded), and the dates of
 * the first and the last. Of an edge that dates leave in, all its documents between those dates count.
 */
vb_status vb_detail_documents(const vb_detail *detail, const vb_cut_options *options, vb_arena *arena,
                              int64_t *n, vb_str *first, vb_str *last, vb_error *err);

/** A text column of a row as a view that lasts until the next step. */
struct sqlite3_stmt;
vb_str vb_detail_text(struct sqlite3_stmt *stmt, int column);

#endif
