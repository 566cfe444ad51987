/**
 * Papers and laws: the loaded document cites every one it names, but not itself.
 */
#include "loaders/relations.h"

static bool is_own(const vb_scene *scene, uint32_t entity)
{
    const vb_entity *e = &scene->a->entities.at[entity];
    if (e->label == VB_LABEL_DOCUMENT && scene->a->key.len && vb_str_eq(e->key, scene->a->key)) return true;
    for (size_t i = 0; i < scene->own.len; i++)
        if (scene->own.at[i] == entity) return true;
    return false;
}

vb_status vb_genre_papers(vb_scene *scene)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < scene->a->mentions.len; i++) {
        const vb_named *m = &scene->a->mentions.at[i];
        if (is_own(scene, m->entity)) continue;
        /* "Zie Kamerstukken II 2024/25, 36600, nr. 2." -> self CITES kst-36600-2; labels decide the rest */
        TRY(vb_scene_say(scene, VB_REL_CITES, VB_SELF, m->entity, m, "genre:cites"));
    }
done:
    return status;
}
