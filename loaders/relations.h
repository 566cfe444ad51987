/**
 * Private to loaders/relations*.c: one document while its relations are found.
 *
 *   relations.c        the entry: senders first, then the genre's structure, then the rules
 *   relations_edge.c   adding an edge: domain and range, symmetric once, no duplicates
 *   relations_genre.c  who asks, who answers and signs, offices and parties
 *   relations_paper.c  which papers and laws are cited, and who wrote the papers
 */
#ifndef VB_LOADERS_RELATIONS_H
#define VB_LOADERS_RELATIONS_H

#include "loaders/loaders.h"

struct vb_relations {
    vb_arena *arena;
};

/** One document being related; lives for one vb_relations_find(). */
typedef struct vb_scene {
    const vb_relations *rules;
    vb_analysis *a;
    vb_error *err;
    uint64_t *seen; /* hashes of the edges so far: open addressing, a power of two */
    size_t seen_size, n_seen;
    VB_VEC(uint32_t) own; /* entities that are the loaded document itself: its number in its own head */
} vb_scene;

/** What makes an edge: relation, ends (entities or VB_SELF), the view range that says it. */
typedef struct vb_claim {
    vb_relation type;
    uint32_t source, target;
    uint32_t start, end;
    vb_certainty certainty;
    const char *rule;
} vb_claim;

/**
 * Add what @p claim says to the document's edges, unless the ontology does not allow it, both ends are one,
 * or the same is already said by the same range. @return VB_OK, VB_NO_MEMORY. Cost: O(1).
 */
vb_status vb_scene_claim(vb_scene *scene, const vb_claim *claim);

/** As vb_scene_claim() with mention @p m's sentence as what says it. */
vb_status vb_scene_say(vb_scene *scene, vb_relation type, uint32_t source, uint32_t target, const vb_named *m,
                       const char *rule);

/** The label of an entity, or of the document itself. */
vb_label vb_scene_label(const vb_scene *scene, uint32_t entity);

/** The view's text from @p start to @p end, without blanks around it. */
vb_str vb_scene_text(const vb_scene *scene, uint32_t start, uint32_t end);

/** Fill a->senders, a->ministries and the edges of head and signature. */
vb_status vb_genre_senders(vb_scene *scene);

/** Who asked, who belongs to which party, who holds which office. */
vb_status vb_genre_people(vb_scene *scene);

/** What is cited, and who wrote the papers that are. */
vb_status vb_genre_papers(vb_scene *scene);

#endif
