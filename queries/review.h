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

/** Ids in their order. */
typedef VB_VEC(int64_t) vb_review_ids;

/** The ids that @p sql, which has no parameters, yields in its first column. *out is in @p arena. @return
 * VB_NO_MEMORY, VB_STORE. */
vb_status vb_review_ids_read(vb_store *store, const char *sql, vb_arena *arena, vb_review_ids *out,
                             vb_error *err);
bool vb_review_ids_has(const vb_review_ids *ids, int64_t id);

/** Why something is doubtful, and how much that counts. */
typedef struct vb_reason {
    unsigned points;
    const char *words;
} vb_reason;

/** Add up the reasons from @p from to before @p to that hold: column @p first and those after it say so. */
struct sqlite3_stmt;
void vb_review_add_up(struct sqlite3_stmt *stmt, int first, const vb_reason *reasons, size_t from, size_t to,
                      vb_doubtful *out);

/** The points below which nothing comes among the first @p limit (0: all) any more. */
unsigned vb_review_least(const vb_doubtfuls *list, size_t limit);

/** Append the doubtful names. Memory: 16 bytes a node of the store. */
vb_status vb_review_names(vb_store *store, vb_arena *arena, vb_doubtfuls *list, vb_error *err);
#define VB_NAME_REASONS 6
extern const vb_reason vb_name_reasons[VB_NAME_REASONS];

/** Append the doubtful edges that may come among the first @p limit (0: all) of the list. */
vb_status vb_review_edges(vb_store *store, size_t limit, vb_arena *arena, vb_doubtfuls *list, vb_error *err);
#define VB_EDGE_REASONS 6
extern const vb_reason vb_edge_reasons[VB_EDGE_REASONS];

/** Append the pairs of nodes that may be one. */
vb_status vb_review_pairs(vb_store *store, vb_arena *arena, vb_doubtfuls *list, vb_error *err);

/** Why two names may be one's: the reasons of a pair, bit 0 first. */
#define VB_PAIR_REASONS 3
extern const char *const vb_pair_reasons[VB_PAIR_REASONS];

#endif
