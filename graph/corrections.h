/** How who writes what documents say goes on: with corrections in the way, and for many batches. Private to
 * libverband. */
#ifndef VB_CORRECTIONS_H
#define VB_CORRECTIONS_H

#include "graph/graph.h"

/** Take what persons corrected off the graph until vb_store_commit() puts it on again: who changes what
 * documents or imports say works on that alone. Inside a transaction; vb_store_put() does it itself. Cost:
 * what corrections changed; vb_store_correcting_ms() tells how long it took. @return VB_STORE also when what
 * the batch wrote stands in the way of a correction. */
vb_status vb_corrections_lift(vb_store *store, vb_error *err);
double vb_store_correcting_ms(const vb_store *store);

/** Before the first of many batches, and after the last: the connection spends memory to save time, and rows
 * are not held beside those that they refer to, which this program has just looked up. Outside of a batch. */
vb_status vb_store_load_begin(vb_store *store, vb_error *err);
void vb_store_load_end(vb_store *store);

#endif
