/**
 * Words as the rules read them: by the vocabulary's number of their form and of their stem, those of a
 * compound by its last part. Worked out when a thread meets a word for the first time, and remembered.
 */
#include "loaders/relations.h"

vb_status vb_tokens_init(vb_memo *memo)
{
    return vb_memo_init(memo, sizeof(vb_reading));
}

/** So of "opge-steld", whose hyphen stood at a line's end: without it. @p folded is short. */
static void look_up_joined(vb_scene *scene, vb_str folded, vb_reading *f)
{
    char room[64];
    size_t n = 0;
    for (size_t i = 0; i < folded.len && n < sizeof room; i++)
        if (folded.at[i] != '-') room[n++] = folded.at[i];
    if (n == folded.len) return;
    f->form = vb_words_find(&scene->rules->words, (vb_str){ room, n });
    f->stem = vb_words_find(&scene->rules->words, vb_stemmer_stem(scene->stemmer, (vb_str){ room, n }));
}

/** What the vocabulary knows of @p folded: its form and stem, or those of the word that it is a compound of.
 */
static void look_up_folded(vb_scene *scene, vb_str folded, vb_reading *f)
{
    enum { WORD_MOST = 40 };
    const vb_vocabulary *words = &scene->rules->words;
    f->form = vb_words_find(words, folded);
    if (!folded.len || folded.len >= WORD_MOST) return;
    f->stem = vb_words_find(words, vb_stemmer_stem(scene->stemmer, folded));
    if (!f->form && !f->stem) look_up_joined(scene, folded, f);
    uint32_t head = f->form || f->stem ? 0 : vb_words_head(words, folded);
    if (!head) return;
    f->form = head; /* "kamerbrief" is read as "brief" */
    f->stem = vb_words_find(words, vb_stemmer_stem(scene->stemmer, words->words.at[head].text));
}

/** What is known of a word that is not in the memory. */
static vb_status read_word(vb_scene *scene, vb_str text, vb_reading *out)
{
    char room[64];
    vb_str folded;
    if (vb_words_fold(scene->a->arena, text, room, sizeof room, &folded) != VB_OK) return VB_NO_MEMORY;
    look_up_folded(scene, folded, out);
    out->ends_in_e = vb_str_ends(folded, VB_STR("e"));
    out->classes = scene->rules->words.words.at[out->form].classes & ~VB_CLASS_BIT(HEAD);
    return VB_OK;
}

vb_status vb_reading_of(vb_scene *scene, vb_str text, vb_reading **out)
{
    vb_memo *memo = &scene->reader->tokens;
    uint64_t hash = vb_memo_hash(text);
    if ((*out = vb_memo_find(memo, text, hash))) return VB_OK;
    vb_reading made = { .form = 0 }, *kept;
    if (read_word(scene, text, &made) != VB_OK || !(kept = vb_memo_add(memo, text, hash)))
        return vb_fail_memory(scene->err);
    made.item = kept->item;
    *kept = made;
    *out = kept;
    return VB_OK;
}

size_t vb_reading_part(vb_scene *scene, vb_reading *word)
{
    if (word->form || word->stem) return 0;
    if (!word->parted) word->part = (uint8_t)vb_glued_at(scene, word->item.word);
    word->parted = true;
    return word->part;
}
