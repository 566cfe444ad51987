/**
 * Relations of one document: from its mentions to its edges. First who sends it, because "ik" and "mijn
 * ministerie" stand for them; then what the genre's own structure says (head, signature, offices, parties,
 * questions, papers); then what its sentences say, by the rules of loaders/rules/.
 *
 * Mentions are the work of loaders/names*.c, sentences and footnotes that of loaders/view*.c.
 */
#include "loaders/relations.h"

#include <stdlib.h>

vb_status vb_relations_new(const char *data_dir, vb_relations **out, vb_error *err)
{
    (void)data_dir;
    vb_relations *relations = calloc(1, sizeof *relations);
    vb_arena *arena = vb_arena_new();
    if (!relations || !arena) {
        free(relations);
        vb_arena_free(arena);
        return vb_fail_memory(err);
    }
    relations->arena = arena;
    *out = relations;
    return VB_OK;
}

void vb_relations_free(vb_relations *relations)
{
    if (!relations) return;
    vb_arena_free(relations->arena);
    free(relations);
}

vb_status vb_relations_find(const vb_relations *relations, vb_analysis *a, vb_error *err)
{
    vb_status status;
    vb_scene scene = { .rules = relations, .a = a, .err = err };
    TRY(vb_genre_senders(&scene));
    TRY(vb_genre_people(&scene));
    TRY(vb_genre_papers(&scene));
done:
    return status;
}
