/**
 * Relations of one document: from its mentions to its edges. First who sends it, because "ik" and "mijn
 * ministerie" stand for them; then what the genre's own structure says (head, signature, offices, parties,
 * questions, papers); then what its sentences say, by the rules of loaders/rules/.
 *
 * Mentions are the work of loaders/names*.c, sentences and footnotes that of loaders/view*.c.
 */
#include "loaders/relations.h"

#include <stdlib.h>

static const char rules_dir[] = "loaders/rules/";

/** Read every rules file: the user's where there is one of that name, else the built-in one. */
static vb_status read_all(vb_relations *r, const char *data_dir, vb_stemmer *stemmer, vb_error *err)
{
    vb_status status = VB_OK;
    size_t n;
    const vb_data_file *files = vb_data_files(&n);
    for (size_t i = 0; i < n; i++) {
        vb_str path = vb_str_of(files[i].path), text;
        if (!vb_str_starts(path, vb_str_of(rules_dir)) || !vb_str_ends(path, VB_STR(".rules"))) continue;
        TRY(vb_data_read(data_dir, files[i].path, r->arena, &text, err));
        TRY(vb_rules_read(r, files[i].path, text, stemmer, err));
    }
done:
    return status;
}

vb_status vb_relations_new(const char *data_dir, vb_relations **out, vb_error *err)
{
    vb_status status;
    vb_relations *relations = calloc(1, sizeof *relations);
    vb_arena *arena = vb_arena_new();
    vb_stemmer *stemmer = NULL;
    if (relations) relations->arena = relations->words.arena = arena;
    if (!relations || !arena || vb_stemmer_new(&stemmer) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_words_reset(&relations->words));
    TRY(vb_columns_read(relations, data_dir, err));
    TRY(read_all(relations, data_dir, stemmer, err));
    *out = relations;
    relations = NULL;
    arena = NULL;
done:
    free(relations);
    vb_arena_free(arena);
    vb_stemmer_free(stemmer);
    return status;
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
    vb_scene scene = {
        .rules = relations, .a = a, .err = err, .reader = a->reader, .stemmer = a->reader->stemmer
    };
    scene.columns = scene.addressed = VB_NONE;
    TRY(vb_genre_senders(&scene));
    TRY(vb_genre_people(&scene));
    TRY(vb_genre_papers(&scene));
    TRY(vb_match_document(&scene));
done:
    return status;
}
