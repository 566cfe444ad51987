/**
 * Groups of countries that are called by their number: "de [coalitie van zeven landen]", also with what kind
 * of countries they are ("van zeven Europese landen"). Which countries they are, a note or a list says: that
 * is read by the relations. "Deze coalitie" points back to another name, and "coalities" are no name.
 */
#include "loaders/names.h"

static const char *const counts[] = { "twee",   "drie",    "vier",     "vijf",     "zes",
                                      "zeven",  "acht",    "negen",    "tien",     "elf",
                                      "twaalf", "dertien", "veertien", "vijftien", "twintig" };
static const char *const members[] = { "landen", "lidstaten", "staten", "gemeenten", "provincies", "steden" };

/** The last word of the name that begins at word @p at; 0 where none does. */
static size_t last_word(const vb_finding *f, size_t at)
{
    size_t i = at + 3;
    if (i >= f->words.len || !vb_word_is(&f->words.at[at], VB_LIST_GROUP) ||
        !vb_str_eq(f->words.at[at + 1].fold, VB_STR("van")) ||
        !vb_word_in(f->words.at[at + 2].fold, counts, VB_COUNT(counts)))
        return 0;
    if (f->words.at[i].flags & VB_WORD_CAPITAL) i++; /* "Europese" */
    if (i >= f->words.len || !vb_word_in(f->words.at[i].fold, members, VB_COUNT(members))) return 0;
    for (size_t k = at + 1; k <= i; k++)
        if (f->words.at[k].block != f->words.at[at].block || !vb_finding_blank(f, k)) return 0;
    return i;
}

vb_status vb_find_coalitions(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, i, VB_START_HEAD) {
        size_t last = i ? last_word(f, i) : 0;
        if (!last || !vb_str_eq(f->words.at[i - 1].fold, VB_STR("de"))) continue;
        vb_found *found = vb_finding_add(f, f->words.at[i].start, f->words.at[last].end,
                                         VB_LABEL_ORGANISATION, "shape:coalition");
        if (!found) return VB_NO_MEMORY;
        TRY(vb_arena_printf(f->arena, &found->name, "%.*s van %.*s %.*s", VB_FMT(f->words.at[i].fold),
                            VB_FMT(f->words.at[i + 2].fold), VB_FMT(f->words.at[last].fold)));
        TRY(vb_slug(f->arena, found->name, &found->key));
    }
done:
    return status;
}
