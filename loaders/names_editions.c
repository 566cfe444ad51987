/**
 * Which one of several is meant: the numbers, years and rounds behind a name that tell it from others of that
 * name ("Actieprogramma Bakens 2023-2026", "Interreg VI", "Regio Deals 2e tranche", "Bakenplan fase 1").
 * Names that differ in them never mean the same. A bare number counts where what follows says that it counts
 * nothing ("Bakenplan 2 is af", not "Bakenplan 2 miljoen") and where it can be no call of a note.
 */
#include "loaders/names.h"

size_t vb_years_at(const vb_finding *f, size_t at)
{
    static const char *const months[] = { "januari",   "februari", "maart",    "april",
                                          "mei",       "juni",     "juli",     "augustus",
                                          "september", "oktober",  "november", "december" };
    size_t left = f->words.len - at;
    const vb_word *w = &f->words.at[at];
    if ((w->flags & VB_WORD_NUMBER) && left > 1 && w->fold.len == 1 && vb_str_eq(w[1].fold, VB_STR("0")) &&
        vb_str_eq(vb_finding_gap(f, at + 1), VB_STR(".")))
        return 2; /* "Deltaplan 2.0" */
    if (vb_word_in(w->fold, months, VB_COUNT(months))) return left > 1 && vb_is_year(w + 1) ? 2 : 0;
    if (!vb_is_year(w)) return 0;
    vb_str gap = left > 1 ? vb_finding_gap(f, at + 1) : VB_STR(""); /* "2024 (2024" are two */
    if (left > 1 && vb_is_year(w + 1) && gap.len <= 5 && !memchr(gap.at, '(', gap.len) &&
        !vb_finding_blank(f, at + 1))
        return 2;
    if (left > 3 && vb_str_eq(w[1].fold, VB_STR("t")) && vb_str_eq(w[2].fold, VB_STR("m")) &&
        vb_is_year(w + 3))
        return 4;
    return 1;
}

/** Whether word @p at goes on after the one before it with a blank, in the same block. */
static bool goes_on(const vb_finding *f, size_t at)
{
    return at && at < f->words.len && f->words.at[at].block == f->words.at[at - 1].block &&
           vb_finding_blank(f, at);
}

/** "II", "VI": one after the first. */
static bool is_roman(vb_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!strchr("IVX", word.at[i])) return false;
    return word.len >= 2 || vb_str_eq(word, VB_STR("V"));
}

/** "1" to "99". */
static bool is_small_number(const vb_finding *f, size_t at)
{
    vb_str word = vb_finding_word(f, at);
    if (!word.len || word.len > 2 || word.at[0] < '1' || word.at[0] > '9') return false;
    return word.len == 1 || (word.at[1] >= '0' && word.at[1] <= '9');
}

/** A part of a programme that has a number of its own. */
static bool is_part(const vb_finding *f, size_t at)
{
    static const char *const parts[] = { "fase", "tranche", "ronde", "tijdvak", "cohort" };
    return vb_word_in(f->words.at[at].fold, parts, VB_COUNT(parts));
}

/** "1e", "2de", "eerste" */
static bool is_ordinal(const vb_finding *f, size_t at)
{
    static const char *const ordinals[] = { "1e",      "2e",      "3e",      "4e",     "5e",     "6e",
                                            "7e",      "8e",      "9e",      "1ste",   "2de",    "3de",
                                            "4de",     "5de",     "6de",     "7de",    "8ste",   "9de",
                                            "eerste",  "tweede",  "derde",   "vierde", "vijfde", "zesde",
                                            "zevende", "achtste", "negende", "tiende" };
    return vb_word_in(f->words.at[at].fold, ordinals, VB_COUNT(ordinals));
}

size_t vb_ordinal_before(const vb_finding *f, size_t at)
{
    bool serial = vb_str_starts(f->words.at[at].fold, VB_STR("voortgang")) ||
                  vb_str_ends(f->words.at[at].fold, VB_STR("actieprogramma")) ||
                  vb_str_ends(f->words.at[at].fold, VB_STR("rapportage"));
    if (!serial || !goes_on(f, at) || !is_ordinal(f, at - 1)) return 0;
    return !(goes_on(f, at - 1) && vb_str_eq(f->words.at[at - 2].fold, VB_STR("een")));
}

/** Whether a note of that number is there that nothing was found to call. */
static bool may_call_note(const vb_finding *f, size_t at)
{
    uint32_t number = 0;
    for (uint32_t i = f->words.at[at].start; i < f->words.at[at].end; i++)
        number = number * 10 + (uint32_t)(f->text.at[i] - '0');
    return number < 128 && f->uncalled[number / 64] >> number % 64 & 1;
}

/** Whether what follows the number before word @p at is no unit and nothing that is counted. */
static bool counts_nothing(const vb_finding *f, size_t at)
{
    static const char *const after[] = {
        "en",    "of",    "is",    "was",     "wordt",  "werd",  "heeft", "had",     "kan",   "zal",
        "gaat",  "loopt", "start", "startte", "begint", "begon", "volgt", "eindigt", "moet",  "kent",
        "geeft", "biedt", "ook",   "nog",     "niet",   "komt",  "liep",  "bevat",   "richt", "van",
        "voor",  "met",   "in",    "op",      "te",     "die",   "dat",   "om",      "door",  "tot",
        "bij",   "uit",   "aan",   "naar",    "als",    "over",  "per",
    };
    uint32_t end = f->words.at[at - 1].end;
    bool last = at >= f->words.len || f->words.at[at].block != f->words.at[at - 1].block;
    if (!last && vb_finding_blank(f, at)) return vb_word_in(f->words.at[at].fold, after, VB_COUNT(after));
    vb_str rest = vb_str_part(f->text, end, f->text.len);
    if (!rest.len || vb_str_starts(rest, VB_STR("»")) || vb_str_starts(rest, VB_STR("’"))) return true;
    bool number = rest.len > 1 && rest.at[1] >= '0' && rest.at[1] <= '9'; /* "2,5" */
    return rest.at[0] == '\n' || (strchr(".,;:)?!'\"", rest.at[0]) && rest.at[0] && !number);
}

/** The same after a name that ends in marks: "SDE++ [2024]". */
static bool goes_on_after_name(const vb_finding *f, size_t at)
{
    if (goes_on(f, at)) return true;
    if (!at || at >= f->words.len || f->words.at[at].block != f->words.at[at - 1].block) return false;
    vb_str gap = vb_finding_gap(f, at);
    return vb_str_eq(gap, VB_STR("+ ")) || vb_str_eq(gap, VB_STR("++ "));
}

size_t vb_edition_end(const vb_finding *f, size_t at)
{
    if (!goes_on_after_name(f, at)) return at;
    size_t years = vb_years_at(f, at);
    bool dated =
        years && (f->words.at[at].flags & VB_WORD_NUMBER) && f->text.at[f->words.at[at].start] <= '9';
    if (dated) return at + years;
    if (is_roman(vb_finding_word(f, at))) return at + 1;
    if (is_part(f, at) && goes_on(f, at + 1) &&
        (is_small_number(f, at + 1) || is_roman(vb_finding_word(f, at + 1)) ||
         vb_str_eq(vb_finding_word(f, at + 1), VB_STR("I"))))
        return at + 2;
    if (is_ordinal(f, at) && goes_on(f, at + 1) && is_part(f, at + 1)) return at + 2;
    return is_small_number(f, at) && counts_nothing(f, at + 1) && !may_call_note(f, at) ? at + 1 : at;
}

vb_status vb_edition_tell(vb_finding *f, vb_found *found, size_t next)
{
    size_t end = found->label == VB_LABEL_PROGRAMME ? vb_edition_end(f, next) : next;
    if (end == next) return VB_OK;
    vb_str edition = vb_str_part(f->text, f->words.at[next].start, f->words.at[end - 1].end);
    found->end = f->words.at[end - 1].end;
    found->known = VB_NONE;
    if (vb_arena_printf(f->arena, &found->name, "%.*s %.*s", VB_FMT(found->name), VB_FMT(edition)) != VB_OK)
        return VB_NO_MEMORY;
    return vb_slug(f->arena, found->name, &found->key);
}
