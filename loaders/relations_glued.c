/**
 * Words that the extraction of an official PDF glued together at the end of a line: "toezichtop",
 * "hetkabinet", "slagom". Names are parted from them by the view; here it is the words of the rules. A word
 * that the rules do not know is two where one part is a short word that Dutch words do not begin or end with,
 * or where both parts are words that they know.
 */
#include "loaders/relations.h"

enum { LEFT_LEAST = 4, RIGHT_LEAST = 4, PARTED_MOST = 40 };

/** Whether the rules know @p text, as it is or by its stem. */
static bool is_known(const vb_scene *scene, vb_str text)
{
    char room[64];
    vb_str folded;
    const vb_vocabulary *words = &scene->rules->words;
    if (text.len >= sizeof room || vb_words_fold(scene->a->arena, text, room, sizeof room, &folded) != VB_OK)
        return false;
    return vb_words_find(words, folded) || vb_words_find(words, vb_stemmer_stem(scene->stemmer, folded));
}

static bool starts_with_one_of(vb_str text, const char *const *starts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_starts(text, vb_str_of(starts[i]))) return true;
    return false;
}

/** The place where a short word ends @p text. */
static size_t short_end(const vb_scene *scene, vb_str text)
{
    static const char *const adverbs[] = { "daar", "hier", "waar", "er" }; /* "daarvan" is one word */
    static const char *const sure[] = { "van", "met", "het", "door", "voor" };
    static const char *const after_known[] = { "een", "om", "dat", "die",  "naar", "wordt", "heeft", "bij",
                                               "aan", "op", "uit", "over", "tot",  "wordt", "is" };
    if (starts_with_one_of(text, adverbs, VB_COUNT(adverbs))) return 0;
    for (size_t i = 0; i < VB_COUNT(sure) + VB_COUNT(after_known); i++) {
        bool always = i < VB_COUNT(sure);
        vb_str end = vb_str_of(always ? sure[i] : after_known[i - VB_COUNT(sure)]);
        if (text.len < end.len + LEFT_LEAST || !vb_str_ends(text, end)) continue;
        if (always || is_known(scene, vb_str_part(text, 0, text.len - end.len))) return text.len - end.len;
    }
    return 0;
}

/** The place behind a short word that begins @p text. */
static size_t short_start(const vb_scene *scene, vb_str text)
{
    static const char *const words_of_het[] = { "hetz", "hetgeen", "hetw", "heter" };
    static const char *const before_known[] = { "een",    "van",   "met",    "dat",  "die", "wordt",
                                                "worden", "heeft", "hebben", "naar", "zijn" };
    bool het =
        vb_str_starts(text, VB_STR("het")) && !starts_with_one_of(text, words_of_het, VB_COUNT(words_of_het));
    if (het && text.len >= 3 + RIGHT_LEAST) return 3;
    for (size_t i = 0; i < VB_COUNT(before_known); i++) {
        vb_str start = vb_str_of(before_known[i]);
        if (text.len >= start.len + RIGHT_LEAST && vb_str_starts(text, start) &&
            is_known(scene, vb_str_part(text, start.len, text.len)))
            return start.len;
    }
    return 0;
}

size_t vb_glued_at(const vb_scene *scene, vb_str text)
{
    if (text.len > PARTED_MOST) return 0;
    size_t at = short_end(scene, text);
    return at ? at : short_start(scene, text);
}
