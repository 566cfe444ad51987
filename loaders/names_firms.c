/**
 * Firms by their legal form: "[Voorbeeld Zorg B.V.]", "[Haven NV]", "[Example Technologies Ltd]": the words
 * with capitals before it. A listed name before it has the form outside, as the gazetteer writes it.
 */
#include "loaders/names.h"

enum { FIRM_WORDS = 6 };

/** The last word of a legal form that begins at word @p at; at - 1: none does. */
static size_t form_end(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    if (!(w->flags & VB_WORD_CAPITAL) || !vb_word_is(w, VB_LIST_FIRM)) return at - 1;
    if (w->fold.len > 1) return at;
    return at + 1 < f->words.len && vb_str_eq(vb_finding_gap(f, at + 1), VB_STR(".")) &&
                   vb_str_eq(vb_finding_word(f, at + 1), VB_STR("V"))
               ? at + 1
               : at - 1;
}

/** Where the name begins whose legal form is word @p at; @p at when there is none. */
static size_t name_begin(const vb_finding *f, size_t at)
{
    size_t first = at;
    while (first && at - first < FIRM_WORDS && f->words.at[first - 1].block == f->words.at[at].block) {
        const vb_word *before = &f->words.at[first - 1];
        if (!vb_finding_blank(f, first) && !(first < at && vb_finding_hyphen(f, first))) break;
        if (!(before->flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER)) || (before->flags & VB_WORD_BLOCKED)) break;
        if ((before->flags & VB_WORD_CAPITAL) && !vb_shape_opens(f, first - 1)) break;
        first--;
    }
    while (first < at && !(f->words.at[first].flags & VB_WORD_CAPITAL)) first++;
    return first;
}

vb_status vb_find_firms(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_HEAD) {
        if (!at || (f->words.at[at].flags & VB_WORD_BLOCKED)) continue;
        size_t last = form_end(f, at), first = last < at ? at : name_begin(f, at);
        if (first == at || (f->listed[at - 1] & VB_LISTED)) continue;
        uint32_t end = f->words.at[last].end;
        if (last > at && end < f->text.len && f->text.at[end] == '.') end++;
        vb_found *found =
            vb_finding_add(f, f->words.at[first].start, end, VB_LABEL_ORGANISATION, "shape:firm");
        if (!found) return VB_NO_MEMORY;
        found->name = vb_str_part(f->text, found->start, f->words.at[at - 1].end);
        found->score = 420;
        TRY(vb_slug(f->arena, found->name, &found->key));
    }
done:
    return status;
}
