/** Copying what can be read of a damaged store: graph/store_salvage.c for graph/store_repair.c. */
#ifndef VB_STORE_SALVAGE_H
#define VB_STORE_SALVAGE_H

#include "graph/store.h"

/**
 * Copy every row of the sick file @p path that can be read into @p store, which is new and empty of all but
 * the ontology; inside a batch. Rows that break a unique key are left out. *n_gaps: in how many places rows
 * were missing.
 * Rows that indexes of the file contradict are listed in temp.doubt(tbl, id).
 * @return VB_OK; VB_STORE when not even the tables' names can be read; VB_STORE_FOREIGN, VB_NO_MEMORY.
 */
vb_status vb_salvage(const char *path, vb_store *store, size_t *n_gaps, vb_error *err);

#endif
