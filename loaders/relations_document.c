/**
 * The sentences of a document one after the other: what each is matched against, and what is remembered of it
 * for the next ones ("dit programma", "zij"). Also names that a list, a note or brackets spell out.
 *
 * A sentence's words and names are made in relations_atoms.c and relations_phrase.c, matched in
 * relations_match.c.
 */
#include "loaders/relations.h"

/** "de coalitie van zeven landen[7]", whose note lists them -> each MEMBER_OF it; a programme's places
 *  PARTICIPATES_IN it. */
vb_status vb_match_list(vb_scene *scene, size_t i)
{
    vb_status status = VB_OK;
    const vb_atom *a = &scene->atoms.at[i], *b = a + 1;
    bool colon = i + 2 < scene->atoms.len && b->kind == VB_ATOM_MARK && b->mark == ':';
    b += colon;
    if (i + 1 >= scene->atoms.len || a->kind != VB_ATOM_GROUP || b->kind != VB_ATOM_GROUP) return VB_OK;
    const vb_phrase *whole = &scene->groups.at[a->group], *parts = &scene->groups.at[b->group];
    if (!parts->list || whole->n != 1 || scene->question) return VB_OK;
    const vb_member *target = &scene->members.at[whole->first], *part;
    bool body = vb_scene_label(scene, target->entity) == VB_LABEL_ORGANISATION;
    unsigned fine = body ? VB_MASK_COUNTRY | VB_MASK_ORGANISATION : VB_MASK_PLACE;
    if (parts->mask & ~fine & VB_MASK_ANY || (body && colon)) return VB_OK;
    const vb_sentence *s = &scene->a->view.sentences[scene->sentence];
    vb_claim claim = { .type = body ? VB_REL_MEMBER_OF : VB_REL_PARTICIPATES_IN,
                       .target = target->entity,
                       .rule = "genre:list",
                       .marks = { [VB_MARK_TARGET] = { target->start, target->end } } };
    for (uint32_t k = 0; k < parts->n; k++) {
        part = &scene->members.at[parts->first + k];
        claim.source = part->entity;
        claim.marks[VB_MARK_SOURCE] = (vb_span){ part->start, part->end };
        claim.start = s->start;
        claim.end = s->end;
        TRY(vb_scene_claim(scene, &claim));
        if (parts->note_end <= parts->note_start) continue;
        claim.start = parts->note_start;
        claim.end = parts->note_end;
        TRY(vb_scene_claim(scene, &claim));
    }
done:
    return status;
}

/** The one actor among what the sentence names; VB_NONE where there is none, or more. */
static uint32_t only_actor(const vb_scene *scene)
{
    uint32_t one = VB_NONE;
    for (size_t i = 0; i < scene->members.len; i++) {
        uint32_t entity = scene->members.at[i].entity;
        if (!(VB_MASK_ACTOR >> vb_scene_label(scene, entity) & 1)) continue;
        if (one != VB_NONE && one != entity) return VB_NONE;
        one = entity;
    }
    return one;
}

/** Remember what the sentence names, for "dit programma" and "zij" in the next ones. */
static void update_focus(vb_scene *scene, uint32_t *last_block)
{
    const vb_view *view = &scene->a->view;
    uint32_t block = view->sentences[scene->sentence].block;
    bool same = *last_block != VB_NONE && view->blocks[*last_block].section == view->blocks[block].section &&
                view->blocks[*last_block].question == view->blocks[block].question;
    for (size_t i = 0; i < VB_LABEL_COUNT && !same; i++) scene->focus[i] = VB_NONE;
    for (size_t i = 0; i < scene->members.len; i++) {
        vb_label label = vb_scene_label(scene, scene->members.at[i].entity);
        scene->focus[label] = scene->members.at[i].entity;
        scene->focus_block[label] = block;
    }
    scene->actor = only_actor(scene);
    scene->actor_block = block;
    *last_block = block;
}

static bool is_read(const vb_block *b)
{
    return b->kind == VB_BLOCK_PARAGRAPH || b->kind == VB_BLOCK_LIST_ITEM || b->kind == VB_BLOCK_FOOTNOTE ||
           b->kind == VB_BLOCK_TABLE_ROW;
}

vb_status vb_match_document(vb_scene *scene)
{
    vb_status status = VB_OK;
    const vb_view *view = &scene->a->view;
    uint32_t last_block = VB_NONE;
    scene->n_motion_flags = scene->a->entities.len;
    scene->motion_flags = vb_arena_get(scene->a->arena, scene->n_motion_flags + 1);
    if (!scene->motion_flags) return vb_fail_memory(scene->err);
    for (size_t i = 0; i < scene->motions.len; i++) scene->motion_flags[scene->motions.at[i]] = true;
    for (size_t i = 0; i < VB_LABEL_COUNT; i++) scene->focus[i] = VB_NONE;
    scene->actor = VB_NONE;
    for (uint32_t i = 0; i < view->n_sentences; i++) {
        if (!is_read(&view->blocks[view->sentences[i].block])) continue;
        TRY(vb_atoms_make(scene, i));
        if (scene->groups.len || scene->papers.len) {
            TRY(vb_phrases_make(scene));
            TRY(vb_match_sentence(scene));
            for (size_t k = 0; k < scene->aside_at.len; k++) {
                TRY(vb_phrases_aside(scene, k));
                TRY(vb_match_sentence(scene));
            }
        }
        update_focus(scene, &last_block);
    }
done:
    return status;
}
