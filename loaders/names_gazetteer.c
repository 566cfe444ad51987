/**
 * Gazetteer names in a text: every name of the lexicon that the words spell, where the context allows it.
 */
#include "loaders/names.h"

enum { HITS = 32 };

/** An abbreviation's plural belongs to the span: "[RIEC's]". */
static uint32_t with_plural(const vb_finding *f, const vb_lex_name *name, size_t last)
{
    const vb_word *word = &f->words.at[last];
    if (!(name->flags & VB_NAME_EXACT) || last + 1 >= f->words.len) return word->end;
    const vb_word *next = word + 1;
    vb_str gap = vb_str_part(f->text, word->end, next->start);
    bool apostrophe = vb_str_eq(gap, VB_STR("'")) || vb_str_eq(gap, VB_STR("’"));
    return apostrophe && vb_str_eq(vb_str_part(f->text, next->start, next->end), VB_STR("s")) ? next->end
                                                                                              : word->end;
}

static vb_status propose(vb_finding *f, size_t at, vb_lex_hit hit)
{
    const vb_lexicon *lexicon = &f->names->lexicon;
    const vb_lex_name *name = &lexicon->names.at[hit.name];
    const vb_known *known = &lexicon->known.at[name->known];
    if (name->flags & (VB_NAME_CONTEXT | VB_NAME_PORTFOLIO)) return VB_OK;
    vb_found *found = vb_finding_add(f, f->words.at[at].start, with_plural(f, name, at + hit.n_words - 1),
                                     known->label, known->rule);
    if (!found) return VB_NO_MEMORY;
    found->known = name->known;
    return VB_OK;
}

vb_status vb_find_gazetteer(vb_finding *f)
{
    vb_status status = VB_OK;
    vb_lex_hit hits[HITS];
    for (size_t at = 0; at < f->words.len; at++) {
        if (f->words.at[at].flags & VB_WORD_BLOCKED) continue;
        size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, hits, HITS);
        for (size_t i = 0; i < n; i++) TRY(propose(f, at, hits[i]));
    }
done:
    return status;
}
