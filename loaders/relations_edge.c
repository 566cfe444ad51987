/**
 * Adding edges to a document: only what the ontology allows, symmetric relations in one direction, the same
 * triple in the same sentence once. Each further sentence that says it is an edge of its own here; the store
 * makes them one edge with more evidence.
 */
#include "loaders/relations.h"

enum { EDGES_MOST = 1 << 20 }; /* in one document: far beyond a letter's, yet bounded memory */

vb_label vb_scene_label(const vb_scene *scene, uint32_t entity)
{
    return entity < scene->a->entities.len ? scene->a->entities.at[entity].label : VB_LABEL_DOCUMENT;
}

vb_str vb_scene_text(const vb_scene *scene, uint32_t start, uint32_t end)
{
    return vb_str_trim(vb_str_part(scene->a->view.text, start, end));
}

static uint64_t claim_hash(const vb_claim *c)
{
    uint32_t fields[] = { (uint32_t)c->type, c->source, c->target, c->start };
    uint64_t h = vb_hash((vb_str){ (const char *)fields, sizeof fields });
    return h ? h : 1; /* 0 marks a free place */
}

/** Place of @p h in the table, or the free place where it belongs. */
static size_t seen_place(const uint64_t *seen, size_t size, uint64_t h)
{
    size_t i = (size_t)h & (size - 1);
    while (seen[i] && seen[i] != h) i = (i + 1) & (size - 1);
    return i;
}

static vb_status seen_grow(vb_scene *scene)
{
    size_t size = scene->seen_size ? scene->seen_size * 2 : 256;
    uint64_t *seen = vb_arena_array(scene->a->arena, size, sizeof *seen);
    if (!seen) return vb_fail_memory(scene->err);
    for (size_t i = 0; i < scene->seen_size; i++)
        if (scene->seen[i]) seen[seen_place(seen, size, scene->seen[i])] = scene->seen[i];
    scene->seen = seen;
    scene->seen_size = size;
    return VB_OK;
}

vb_status vb_scene_claim(vb_scene *scene, const vb_claim *claim)
{
    vb_claim c = *claim;
    vb_label from = vb_scene_label(scene, c.source), to = vb_scene_label(scene, c.target);
    if (c.source == c.target || !vb_relation_allows(c.type, from, to)) return VB_OK;
    if (vb_relation_get(c.type)->symmetric && c.source > c.target) {
        c.source = claim->target;
        c.target = claim->source;
        c.marks[VB_MARK_SOURCE] = claim->marks[VB_MARK_TARGET];
        c.marks[VB_MARK_TARGET] = claim->marks[VB_MARK_SOURCE];
    }
    if (scene->n_seen * 2 >= scene->seen_size && seen_grow(scene) != VB_OK) return VB_NO_MEMORY;
    uint64_t h = claim_hash(&c);
    size_t place = seen_place(scene->seen, scene->seen_size, h);
    if (scene->seen[place]) return VB_OK;
    if (scene->a->edges.len == EDGES_MOST)
        return vb_fail(scene->err, VB_TOO_LARGE, "more than %d edges in one document", (int)EDGES_MOST);
    if (vb_push(scene->a->arena, &scene->a->edges) != VB_OK) return vb_fail_memory(scene->err);
    scene->a->edges.at[scene->a->edges.len - 1] = (vb_said){
        .type = c.type,
        .source = c.source,
        .target = c.target,
        .start = c.start,
        .end = c.end,
        .certainty = c.certainty,
        .rule = c.rule,
        .since = c.since,
        .until = c.until,
        .amount = c.amount,
        .yearly = c.yearly,
    };
    memcpy(scene->a->edges.at[scene->a->edges.len - 1].marks, c.marks, sizeof c.marks);
    scene->seen[place] = h;
    scene->n_seen++;
    return VB_OK;
}

/** Where @p entity is named next to mention @p m, or by it; empty where it is not. */
static vb_span named_near(const vb_scene *scene, const vb_named *m, uint32_t entity)
{
    enum { NEAR = 12 };
    const vb_named *first = scene->a->mentions.at, *end = first + scene->a->mentions.len;
    if (m < first || m >= end) return (vb_span){ 0 };
    for (int far = 0; far <= NEAR; far++)
        for (int way = -1; way <= 1; way += 2) {
            if (far * way < first - m || far * way >= end - m) continue;
            const vb_named *k = m + far * way;
            if (k->entity == entity && k->block == m->block) return (vb_span){ k->start, k->end };
        }
    return (vb_span){ 0 };
}

vb_status vb_scene_say(vb_scene *scene, vb_relation type, uint32_t source, uint32_t target, const vb_named *m,
                       const char *rule)
{
    const vb_view *view = &scene->a->view;
    vb_claim claim = {
        .type = type, .source = source, .target = target, .start = m->start, .end = m->end, .rule = rule
    };
    if (m->sentence < view->n_sentences) {
        claim.start = view->sentences[m->sentence].start;
        claim.end = view->sentences[m->sentence].end;
    }
    if (source != VB_SELF) claim.marks[VB_MARK_SOURCE] = named_near(scene, m, source);
    if (target != VB_SELF) claim.marks[VB_MARK_TARGET] = named_near(scene, m, target);
    return vb_scene_claim(scene, &claim);
}
