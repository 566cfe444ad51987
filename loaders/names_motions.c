/**
 * Papers of the House by what they are called. Motions and amendments by their movers: "de [motie van het lid
 * Bikker] c.s.", "[motie-Hagen/Sneller]". The parliamentary number that follows in the sentence, or in the
 * footnote called there, is the motion's key, here and wherever the document names it again; without one the
 * key is made of the names. A letter or memo that is found by shape takes the number that follows it, too.
 */
#include "loaders/names.h"

#include <stdlib.h>

typedef struct motion {
    vb_str slug; /* "motie-bikker" */
    vb_str same; /* the slug without "en": "A en B" and "A/B" moved the same one */
    vb_str key;  /* its parliamentary number; empty */
    uint32_t start, end;
} motion;

static const char *const small[] = { "van", "de", "den", "der", "ten", "ter", "te",
                                     "el",  "al", "la",  "von", "di",  "t" };
static const char *const intro[] = { "van", "het", "de", "lid", "leden", "kamerlid", "kamerleden" };

static bool joined(const vb_finding *f, size_t at)
{
    vb_str gap = vb_finding_gap(f, at);
    return f->words.at[at].block == f->words.at[at - 1].block &&
           (vb_finding_blank(f, at) || vb_finding_hyphen(f, at) || vb_str_eq(gap, VB_STR("/")) ||
            vb_str_eq(gap, VB_STR(", ")) || vb_str_eq(gap, VB_STR(" - ")));
}

/** Read the movers from word @p at: the word after the last of their names; @p at where there is none. */
static size_t read_movers(const vb_finding *f, size_t at)
{
    size_t end = at;
    for (size_t i = at; i < f->words.len && i < at + 14; i++) {
        const vb_word *w = &f->words.at[i];
        if (i > at && !joined(f, i)) break;
        bool comma = i > at && vb_str_eq(vb_finding_gap(f, i), VB_STR(", "));
        if (vb_word_in(w->fold, small, VB_COUNT(small)) || vb_str_eq(w->fold, VB_STR("en"))) continue;
        if (!(w->flags & VB_WORD_CAPITAL) || (comma && vb_str_starts(w->fold, VB_STR("kamerstuk")))) break;
        end = i + 1;
    }
    return end;
}

/** The slug without its parts "en". */
static vb_status without_and(vb_finding *f, vb_str slug, vb_str *out)
{
    vb_str and = VB_STR("-en-");
    size_t at;
    *out = slug;
    while ((at = vb_str_find(*out, and, 0)) != SIZE_MAX) {
        vb_str rest = vb_str_part(*out, at + and.len, out->len);
        vb_status status = vb_arena_printf(f->arena, out, "%.*s-%.*s", (int)at, out->at, VB_FMT(rest));
        if (status != VB_OK) return status;
    }
    return VB_OK;
}

/** The slug of the movers: "motie-" and the words with capitals or prefixes, without "van het lid". */
static vb_status mover_slug(vb_finding *f, vb_str kind, size_t first, size_t end, vb_str *out)
{
    vb_str names = vb_str_part(f->text, f->words.at[first].start, f->words.at[end - 1].end), slug;
    vb_status status;
    TRY(vb_slug(f->arena, names, &slug));
    TRY(vb_arena_printf(f->arena, out, "%.*s-%.*s", VB_FMT(kind), VB_FMT(slug)));
done:
    return status;
}

/** A parliamentary number and its place. */
typedef struct paper {
    uint32_t at;
    vb_str key;
} paper;

typedef VB_VEC(paper) paper_list;

static int by_place(const void *one, const void *two)
{
    const paper *a = one, *b = two;
    return (a->at > b->at) - (a->at < b->at);
}

/** The parliamentary numbers found so far, by place. */
static vb_status list_papers(vb_finding *f, paper_list *out)
{
    for (size_t i = 0; i < f->found.len; i++) {
        if (!vb_str_starts(f->found.at[i].key, VB_STR("kst-"))) continue;
        if (vb_push(f->arena, out) != VB_OK) return VB_NO_MEMORY;
        out->at[out->len - 1] = (paper){ f->found.at[i].start, f->found.at[i].key };
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_place);
    return VB_OK;
}

/** The first parliamentary number that begins inside [from, to); empty when there is none. */
static vb_str paper_between(const paper_list *papers, uint32_t from, uint32_t to)
{
    size_t low = 0, high = papers->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (papers->at[middle].at < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < papers->len && papers->at[low].at < to ? papers->at[low].key : (vb_str){ NULL, 0 };
}

/** Index of the first note call at or after @p at; calls stand by place. */
static size_t first_call(const vb_view *view, uint32_t at)
{
    size_t low = 0, high = view->n_calls;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (view->calls[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/** The number that belongs to the motion that ends at @p end: in brackets after it, or in its footnote. */
static vb_str paper_of(const vb_finding *f, const paper_list *papers, uint32_t end)
{
    const vb_view *view = &f->a->view;
    uint32_t s = vb_view_sentence_at(view, end);
    uint32_t limit = end + 120;
    if (s != VB_NONE && view->sentences[s].end < limit) limit = view->sentences[s].end;
    vb_str key = paper_between(papers, end, limit);
    size_t next = first_call(view, end);
    if (key.len || next == view->n_calls) return key;
    const vb_note_call *call = &view->calls[next];
    vb_str between = vb_str_part(f->text, end, call->at);
    bool last = vb_str_find(between, VB_STR("otie"), 0) == SIZE_MAX;
    while (last && next + 1 < view->n_calls && view->calls[next + 1].at <= call->at + 1)
        call = &view->calls[++next]; /* "het verslag … en de motie X.[2][3]": what stands last has the last */
    if (call->at > end + 200 || call->block == VB_NONE || (s != VB_NONE && call->at > view->sentences[s].end))
        return key;
    key = paper_between(papers, view->blocks[call->block].start, view->blocks[call->block].end);
    return key;
}

static vb_status find_motion(vb_finding *f, size_t at, const paper_list *papers, motion *out)
{
    vb_status status = VB_OK;
    size_t first = at + 1;
    *out = (motion){ 0 };
    while (first < f->words.len && first < at + 5 && joined(f, first) &&
           vb_word_in(f->words.at[first].fold, intro, VB_COUNT(intro)) &&
           !(f->words.at[first].flags & VB_WORD_CAPITAL &&
             vb_word_in(f->words.at[first].fold, small, VB_COUNT(small))))
        first++;
    if (first >= f->words.len || !joined(f, first) || vb_str_eq(vb_finding_gap(f, first), VB_STR(", ")))
        return VB_OK;
    size_t end = read_movers(f, first);
    if (end == first) return VB_OK;
    vb_str kind =
        vb_str_starts(f->words.at[at].fold, VB_STR("amendement")) ? VB_STR("amendement") : VB_STR("motie");
    TRY(mover_slug(f, kind, first, end, &out->slug));
    TRY(without_and(f, out->slug, &out->same));
    out->start = f->words.at[at].start;
    out->end = f->words.at[end - 1].end;
    out->key = paper_of(f, papers, out->end);
done:
    return status;
}

typedef VB_VEC(motion) motion_list;

static int by_movers(const void *one, const void *two)
{
    const motion *a = one, *b = two;
    int by = vb_str_cmp(a->same, b->same);
    return by ? by : (a->start > b->start) - (a->start < b->start);
}

/** Give motions of the same movers the first parliamentary number that one of them has; else the slug. */
static void share_keys(motion_list *motions)
{
    if (motions->len) qsort(motions->at, motions->len, sizeof *motions->at, by_movers);
    for (size_t first = 0, end; first < motions->len; first = end) {
        vb_str key = motions->at[first].key;
        for (end = first + 1; end < motions->len && vb_str_eq(motions->at[end].same, motions->at[first].same);
             end++)
            if (!key.len) key = motions->at[end].key;
        for (size_t i = first; i < end; i++) {
            if (!motions->at[i].key.len) motions->at[i].key = key;
            if (!motions->at[i].key.len) motions->at[i].key = motions->at[first].slug;
        }
    }
}

/** Whether a paper found by shape is one that has a parliamentary number: a letter, a memo, a report to the
 *  House. */
static bool may_have_number(const vb_finding *f, const vb_found *found)
{
    static const char *const kinds[] = { "brief", "nota", "bericht", "rapportage" };
    if (found->label != VB_LABEL_DOCUMENT || found->known != VB_NONE ||
        (strcmp(found->rule, "shape:apposed") != 0 && strcmp(found->rule, "shape:head") != 0))
        return false;
    vb_str fold = f->words.at[vb_finding_word_at(f, found->start)].fold;
    for (size_t i = 0; i < VB_COUNT(kinds); i++)
        if (vb_str_ends(fold, vb_str_of(kinds[i]))) return true;
    return false;
}

/** The number in brackets right after a name that ends at @p end, or in the footnote called right there. */
static vb_str paper_right_after(const vb_finding *f, const paper_list *papers, uint32_t end)
{
    const vb_view *view = &f->a->view;
    vb_str key = paper_between(papers, end, end + 4);
    for (size_t i = first_call(view, end); i < view->n_calls && !key.len; i++) {
        const vb_note_call *call = &view->calls[i];
        if (call->at > end + 2) break;
        if (call->block != VB_NONE)
            return paper_between(papers, view->blocks[call->block].start, view->blocks[call->block].end);
    }
    return key;
}

/* de [halfjaarbrief ondermijning][12], with the number in note 12: the paper of that number */
vb_status vb_find_numbers(vb_finding *f)
{
    vb_status status = VB_OK;
    paper_list papers = { 0 };
    TRY(list_papers(f, &papers));
    for (size_t i = 0; i < f->found.len && papers.len; i++) {
        if (!may_have_number(f, &f->found.at[i])) continue;
        vb_str key = paper_right_after(f, &papers, f->found.at[i].end);
        if (key.len) f->found.at[i].key = key;
    }
done:
    return status;
}

vb_status vb_find_motions(vb_finding *f)
{
    vb_status status = VB_OK;
    paper_list papers = { 0 };
    motion_list motions = { 0 };
    motion m;
    TRY(list_papers(f, &papers));
    VB_EACH_START (f, at, VB_START_HEAD) {
        const vb_word *w = &f->words.at[at];
        if (!vb_word_is(w, VB_LIST_MOTION) || (w->flags & VB_WORD_BLOCKED)) continue;
        TRY(find_motion(f, at, &papers, &m));
        if (!m.slug.len) continue;
        TRY(vb_push(f->arena, &motions));
        motions.at[motions.len - 1] = m;
    }
    share_keys(&motions);
    for (size_t i = 0; i < motions.len; i++) {
        vb_found *found =
            vb_finding_add(f, motions.at[i].start, motions.at[i].end, VB_LABEL_DOCUMENT, "reference:motion");
        if (!found) return VB_NO_MEMORY;
        found->score = 850;
        found->name = vb_str_part(f->text, found->start, found->end);
        found->key = motions.at[i].key;
    }
done:
    return status;
}
