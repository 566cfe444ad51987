/** The procedures: what their files share. A procedure is a row of the table in procedures.c. */
#ifndef VB_CYPHER_PROCEDURES_H
#define VB_CYPHER_PROCEDURES_H

#include "queries/cypher/cypher.h"

#define VB_PROCEDURE_ARGS                                                                          \
    void *context, vb_store *store, const vb_value *args, vb_arena *arena, vb_procedure_rows *out, \
        vb_error *err

/** Rows on their way out: cells one after the other. */
typedef struct vb_cy_cells {
    vb_value *at;
    size_t len, cap;
} vb_cy_cells;

/** Add a cell. @return VB_NO_MEMORY, told in @p err. */
vb_status vb_cy_cell(vb_arena *arena, vb_cy_cells *cells, vb_value value, vb_error *err);
/** A node, a relationship by what the store says of it. */
vb_status vb_cy_cell_node(vb_arena *arena, vb_cy_cells *cells, int64_t id, vb_error *err);

/** What the map of options of verband.* may hold. */
typedef struct vb_cy_options {
    vb_cut_options cut;
    vb_str by, only_label;
    int64_t top, k;
    bool weighted;
} vb_cy_options;

/** Read the map (or null: none); a key that is not known, or a value of another kind, is refused. */
vb_status vb_cy_options_read(const vb_value *map, vb_arena *arena, vb_cy_options *out, vb_error *err);

/* procedures_graph.c. @p context of rank: a vb_measure, or NULL for the one that the options name. */
vb_status vb_cy_call_rank(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_communities(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_components(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_neighbours(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_similar(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_path(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_shortest(VB_PROCEDURE_ARGS);
vb_status vb_cy_call_search(VB_PROCEDURE_ARGS);

#endif
