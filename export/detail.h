/** The long facts of a scene, read from the store one node or edge at a time: memory stays small. */
#ifndef VB_DETAIL_H
#define VB_DETAIL_H

#include "export/export.h"

/** The context of both functions below: start with .store and .cut; end with vb_detail_clear(). */
typedef struct vb_detail {
    vb_store *store;
    const vb_cut *cut;
    vb_buf aliases;
    vb_arena *arena; /* the last edge's */
} vb_detail;

vb_status vb_detail_node(void *context, uint32_t node, vb_node_detail *out, vb_error *err);
vb_status vb_detail_edge(void *context, uint32_t edge, vb_edge_detail *out, vb_error *err);
void vb_detail_clear(vb_detail *detail);

/** How many documents are loaded, and the dates of the first and the last. */
vb_status vb_detail_documents(vb_store *store, vb_arena *arena, int64_t *n, vb_str *first, vb_str *last,
                              vb_error *err);

#endif
