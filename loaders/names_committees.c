/**
 * Committees that are called by who leads them: "de [commissie Van der Meer II]", "[commissie-De Vries]". A
 * name without a prefix is names_shapes.c's.
 */
#include "loaders/names.h"

enum { NAME_WORDS = 5 };

/** Where the name with a prefix that begins at word @p at ends; @p at: there is none. */
static size_t name_end(const vb_finding *f, size_t at)
{
    static const char *const prefixes[] = { "van", "de", "der", "den", "ter", "ten", "te", "in", "t" };
    size_t i = at;
    while (i < f->words.len && i < at + NAME_WORDS && f->words.at[i].block == f->words.at[at].block &&
           (i == at || vb_finding_blank(f, i) || vb_finding_gap(f, i).len <= 4) &&
           vb_word_in(f->words.at[i].fold, prefixes, VB_COUNT(prefixes)))
        i++;
    if (i == at || i >= f->words.len || f->words.at[i].block != f->words.at[at].block ||
        !vb_finding_blank(f, i) || !(f->words.at[i].flags & VB_WORD_CAPITAL))
        return at;
    size_t end = i + 1;
    if (end < f->words.len && f->words.at[end].block == f->words.at[at].block && vb_finding_blank(f, end) &&
        (f->words.at[end].flags & VB_WORD_CAPITAL) &&
        (vb_str_eq(f->words.at[end].fold, VB_STR("i")) || vb_str_eq(f->words.at[end].fold, VB_STR("ii")) ||
         vb_str_eq(f->words.at[end].fold, VB_STR("iii"))))
        end++;
    return end;
}

vb_status vb_find_committees(vb_finding *f)
{
    for (size_t at = 0; at + 2 < f->words.len; at++) {
        const vb_word *w = &f->words.at[at];
        if (w->fold.len != 9 || !vb_str_eq(w->fold, VB_STR("commissie")) || w[1].block != w->block) continue;
        bool hyphen = vb_finding_hyphen(f, at + 1);
        if (!hyphen && !(vb_finding_blank(f, at + 1) && (w[1].flags & VB_WORD_CAPITAL))) continue;
        size_t end = name_end(f, at + 1);
        if (end == at + 1 || (f->listed[end - 1] & VB_LISTED_PLACE)) continue;
        vb_found *found =
            vb_finding_add(f, w->start, f->words.at[end - 1].end, VB_LABEL_ORGANISATION, "shape:committee");
        if (!found) return VB_NO_MEMORY;
        found->name = vb_str_part(f->text, found->start, found->end);
        found->score = 410;
        vb_status status = vb_slug(f->arena, found->name, &found->key);
        if (status != VB_OK) return status;
    }
    return VB_OK;
}
