/**
 * Committees that are called by who leads them: "de [commissie Van der Meer II]", "[commissie-De Vries]"; and
 * those of parliament that are called by what they look into: "de [parlementaire ondervragingscommissie
 * havengelden]", "de [tijdelijke commissie Bakens]". Other names without a prefix are names_shapes.c's.
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

static vb_status propose(vb_finding *f, size_t first, size_t end)
{
    vb_found *found = vb_finding_add(f, f->words.at[first].start, f->words.at[end - 1].end,
                                     VB_LABEL_ORGANISATION, "shape:committee");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    found->score = 410;
    return vb_slug(f->arena, found->name, &found->key);
}

/** "parlementaire [enquêtecommissie] X", "tijdelijke [commissie] X" at word @p at. */
static bool is_of_parliament(const vb_finding *f, size_t at)
{
    static const char *const kinds[] = { "parlementaire", "tijdelijke" };
    return at && f->words.at[at - 1].block == f->words.at[at].block && vb_finding_blank(f, at) &&
           vb_word_in(f->words.at[at - 1].fold, kinds, VB_COUNT(kinds));
}

/** Where what it looks into ends: words with capitals, or in lower case, perhaps with a place after them. */
static size_t matter_end(const vb_finding *f, size_t at)
{
    size_t end = f->words.at[at].flags & VB_WORD_CAPITAL ? vb_shape_run(f, at, true) : vb_subject_end(f, at);
    if (end == at || end >= f->words.len || f->words.at[end].block != f->words.at[at].block) return end;
    return vb_finding_blank(f, end) && (f->listed[end] & VB_LISTED_PLACE) ? end + 1 : end;
}

vb_status vb_find_committees(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_HEAD) {
        const vb_word *w = &f->words.at[at];
        if (!(w->form->heads & VB_HEADS_COMMITTEE) || at + 1 >= f->words.len || w[1].block != w->block)
            continue;
        if (is_of_parliament(f, at) && vb_finding_blank(f, at + 1)) {
            size_t end = matter_end(f, at + 1);
            if (end > at + 1) TRY(propose(f, at - 1, end));
            continue;
        }
        if (w->fold.len != 9 || at + 2 >= f->words.len) continue;
        bool hyphen = vb_finding_hyphen(f, at + 1);
        if (!hyphen && !(vb_finding_blank(f, at + 1) && (w[1].flags & VB_WORD_CAPITAL))) continue;
        size_t end = name_end(f, at + 1);
        if (end == at + 1 || (f->listed[end - 1] & VB_LISTED_PLACE)) continue;
        TRY(propose(f, at, end));
    }
done:
    return status;
}
