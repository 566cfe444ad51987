/** The files of a repair: graph/store_spare.c for graph/store_repair.c. */
#ifndef VB_STORE_SPARE_H
#define VB_STORE_SPARE_H

#include "graph/graph.h"

/** {.lock = -1}; end it: vb_spare_end(). */
typedef struct vb_spare {
    vb_buf path;  /* the sick store */
    vb_buf fresh; /* the new one beside it: "PATH.repair-XXXXXX" */
    vb_buf old;   /* where the sick one goes: "PATH.damaged" */
    int lock;     /* the new file, locked as long as this program works on it */
} vb_spare;

/**
 * Make an empty file for the new store. What a repair of this store left when it was killed is tidied up
 * first: its new file goes, and a store that was on its way to its other name is put back.
 * @return VB_OK; VB_NOT_FOUND; VB_IO (also where PATH.damaged is there already), VB_NO_MEMORY.
 */
vb_status vb_spare_begin(const char *path, vb_spare *out, vb_error *err);

/**
 * Put the new store, which nobody has open, in the place of the sick one, which stays as PATH.damaged, with
 * its log. A program that ends within leaves a store at PATH or, on a file system without links, at
 * PATH.damaged. On failure the sick one is where it was. @return VB_OK, VB_IO, VB_NO_MEMORY.
 */
vb_status vb_spare_take(vb_spare *place, vb_error *err);

/** The new file goes, where it did not take its place. */
void vb_spare_end(vb_spare *place);

#endif
