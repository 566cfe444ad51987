/** What the files that list doubts share (queries/review*.c). */
#ifndef VB_REVIEW_H
#define VB_REVIEW_H

#include "queries/queries.h"

typedef VB_VEC(vb_doubt) vb_doubt_list;

/** Append the pairs of nodes that may be one; of each only the ids are there, a becoming b. */
vb_status vb_review_pairs(vb_store *store, vb_arena *arena, vb_doubt_list *list, vb_error *err);

#endif
