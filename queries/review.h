/** What the files that list doubts share (queries/review*.c). */
#ifndef VB_REVIEW_H
#define VB_REVIEW_H

#include "queries/queries.h"

/** A candidate, small: a large store has millions, of which a few are listed. */
typedef struct vb_doubtful {
    int64_t a, b;     /* an edge, 0; a name's node, 0; two nodes, a becoming b */
    unsigned reasons; /* bit k: reason k of its kind holds */
    uint16_t score;
    uint8_t kind; /* vb_doubt_kind */
} vb_doubtful;
typedef VB_VEC(vb_doubtful) vb_doubtfuls;

/** Append the pairs of nodes that may be one. */
vb_status vb_review_pairs(vb_store *store, vb_arena *arena, vb_doubtfuls *list, vb_error *err);

/** Why two names may be one's: the reasons of a pair, bit 0 first. */
#define VB_PAIR_REASONS 3
extern const char *const vb_pair_reasons[VB_PAIR_REASONS];

#endif
