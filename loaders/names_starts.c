/**
 * Where the sources look: each word is judged once by what is known of it, and every source then reads a bit
 * of a word in place of all of it. A bit is the first condition of its source, which does not ask it again: a
 * source that looks elsewhere, or at other words, needs a bit of its own.
 */
#include "loaders/names.h"

static bool after_bracket(const vb_finding *f, size_t at)
{
    vb_str gap = vb_finding_gap(f, at);
    return gap.len == 2 && gap.at[0] == ' ' && gap.at[1] == '(';
}

/** "[Kadir] K." */
static bool before_letter(const vb_finding *f, size_t at)
{
    return at + 1 < f->words.len && f->words.at[at + 1].end - f->words.at[at + 1].start == 1;
}

/** Whether a gazetteer's name may be at word @p at: most words that begin one are followed by none that goes
 * on with it. */
static bool may_be_listed(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    if (w->flags & VB_WORD_BROKEN) return true;
    if (!(w->lex & VB_LEX_BEGINS << VB_LEX_NAMES)) return false;
    if (w->lex & VB_LEX_WHOLE << VB_LEX_NAMES) return true;
    return at + 1 < f->words.len &&
           ((w[1].lex & VB_LEX_GOES_ON << VB_LEX_NAMES) || (w[1].flags & VB_WORD_BROKEN));
}

static unsigned starts_at(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    bool opens = !at || w[-1].block != w->block;
    unsigned is = w->starts;
    if (w->flags & VB_WORD_BLOCKED) return is & ~(unsigned)VB_START_PERSON;
    if (may_be_listed(f, at)) is |= VB_START_LISTED;
    if (opens)
        is |= VB_START_PERSON;
    else if (after_bracket(f, at))
        is |= VB_START_BRACKET;
    if (!(w->flags & VB_WORD_CAPITAL)) return is;
    if (vb_shape_opens(f, at)) is |= VB_START_SHAPE;
    if (vb_lexicon_may_begin(&f->names->given, w) || before_letter(f, at)) is |= VB_START_PERSON;
    return is;
}

vb_status vb_starts_note(vb_finding *f)
{
    size_t n = f->words.len;
    if (!(f->starts = vb_arena_room(f->arena, n + VB_STRIDE, 1))) return VB_NO_MEMORY;
    memset(f->starts + n, 0, VB_STRIDE);
    for (size_t at = 0; at < n; at++) f->starts[at] = (uint8_t)starts_at(f, at);
    return VB_OK;
}
