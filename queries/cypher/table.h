/** A hash table of rows of values, for DISTINCT and for grouping: null is null, 1 is 1.0. */
#ifndef VB_CYPHER_TABLE_H
#define VB_CYPHER_TABLE_H

#include "queries/cypher/cypher.h"

typedef struct vb_cy_table_row {
    struct vb_cy_table_row *next; /* in the order they came */
    uint64_t hash;
    vb_value *values;
    void *extra;
} vb_cy_table_row;

typedef struct vb_cy_table {
    vb_cy_heap *heap;
    size_t width, n, cap;
    vb_cy_table_row **slots, *first, *last;
} vb_cy_table;

/** The row with these values, made (values copied) when it is not there: *made tells. */
vb_status vb_cy_table_row_get(vb_cy_table *table, const vb_value *values, vb_cy_table_row **out, bool *made);

#endif
