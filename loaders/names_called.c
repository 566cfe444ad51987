/**
 * Names that the text says are names: "een stichting in de haven genaamd [Bakenlicht]", "het project staat
 * bekend onder de naam «[Samen op de kade]»", "het fonds, ook wel [Havengeld] genoemd,". What is named stands
 * before it: the nearest word that names a kind. Where none stands near, nothing is said.
 */
#include "loaders/names.h"

enum { KIND_WITHIN = 6 /* words before */ };

/** Whether word @p at goes on after the one before it in the same sentence. */
static bool follows(const vb_finding *f, size_t at)
{
    return at && at < f->words.len && f->words.at[at].block == f->words.at[at - 1].block &&
           f->words.at[at].sentence == f->words.at[at - 1].sentence;
}

/** The kind of what is called so: of the nearest word before word @p at that names one. */
static bool kind_near(const vb_finding *f, size_t at, vb_label *out)
{
    for (size_t i = at; i > 0 && at - i < KIND_WITHIN && follows(f, i); i--) {
        const vb_kind *kind = vb_kind_at(f, i - 1, VB_KIND_BEFORE);
        if (!kind) kind = vb_kind_at(f, i - 1, VB_KIND_INSIDE);
        if (!kind) continue;
        *out = kind->label;
        return true;
    }
    return false;
}

/** "[genaamd] X", "onder de [naam] X", "ook [wel] X genoemd": the first word of the phrase that ends with
 * word
 *  @p at; SIZE_MAX: it is none. */
static size_t phrase_begin(const vb_finding *f, size_t at)
{
    static const char *const calls[] = { "genaamd", "geheten" };
    static const char *const with[] = { "onder", "met", "draagt", "kreeg", "krijgt" };
    vb_str word = f->words.at[at].fold;
    if (vb_word_in(word, calls, VB_COUNT(calls))) return at;
    if (at < 2 || !follows(f, at) || !follows(f, at - 1)) return SIZE_MAX;
    if (vb_str_eq(word, VB_STR("naam")) && vb_str_eq(f->words.at[at - 1].fold, VB_STR("de")) &&
        vb_word_in(f->words.at[at - 2].fold, with, VB_COUNT(with)))
        return at - 2;
    return vb_str_eq(word, VB_STR("wel")) && vb_str_eq(f->words.at[at - 1].fold, VB_STR("ook")) ? at - 1
                                                                                                : SIZE_MAX;
}

static vb_status propose(vb_finding *f, uint32_t start, uint32_t end, vb_label label)
{
    vb_found *found = vb_finding_add(f, start, end, label, "shape:called");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, start, end);
    found->score = 380;
    return vb_slug(f->arena, found->name, &found->key);
}

/** The name after the phrase that ends with word @p at, in quotation marks or by its capitals. */
static vb_status find_called(vb_finding *f, size_t at, bool also)
{
    size_t next = at + 1, open, close, after, begin = phrase_begin(f, at);
    vb_label label;
    static const char *const articles[] = { "de", "het" };
    if (also && follows(f, next) && vb_word_in(f->words.at[next].fold, articles, VB_COUNT(articles))) next++;
    if (!follows(f, next) || !kind_near(f, begin, &label)) return VB_OK;
    uint32_t limit = f->a->view.blocks[f->words.at[at].block].end, from = f->words.at[next - 1].end;
    if (!vb_finding_blank(f, next)) {
        vb_str gap = vb_finding_gap(f, next);
        bool quoted = gap.len > 1 && gap.at[0] == ' ' &&
                      vb_title_quoted(f->text, from + 1, limit, &open, &close, &after);
        return quoted && close - open < 80 ? propose(f, (uint32_t)open, (uint32_t)close, label) : VB_OK;
    }
    if (!vb_shape_opens(f, next) || (f->listed[next] & VB_LISTED_BEGINS)) return VB_OK;
    size_t end = vb_shape_run(f, next, true);
    if (end == next + 1 && follows(f, end) &&
        (vb_word_in(f->words.at[end].fold, articles, VB_COUNT(articles)) ||
         vb_str_eq(f->words.at[end].fold, VB_STR("een"))))
        return VB_OK; /* "de naam Zet de lamp aan": where it ends is not told */
    if (also && (!follows(f, end) || !vb_str_eq(f->words.at[end].fold, VB_STR("genoemd")))) return VB_OK;
    return propose(f, f->words.at[next].start, f->words.at[end - 1].end, label);
}

vb_status vb_find_called(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_HEAD) {
        if (!at || at + 1 >= f->words.len) continue;
        if (!vb_word_is(&f->words.at[at], VB_LIST_CALLS) || phrase_begin(f, at) == SIZE_MAX) continue;
        if (f->words.at[at].flags & VB_WORD_BLOCKED) continue;
        TRY(find_called(f, at, f->words.at[at].fold.len == 3));
    }
done:
    return status;
}
