/**
 * Motions and amendments by their movers: "de [motie van het lid Bikker] c.s.", "[motie-Hagen/Sneller]". The
 * parliamentary number that follows in the sentence, or in the footnote called there, is the motion's key,
 * here and wherever the document names it again; without one the key is made of the names.
 */
#include "loaders/names.h"

typedef struct motion {
    vb_str slug; /* "motie-bikker" */
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

/** The first parliamentary number that begins inside [from, to); empty when there is none. */
static vb_str paper_between(const vb_finding *f, size_t n_found, uint32_t from, uint32_t to)
{
    const vb_found *best = NULL;
    for (size_t i = 0; i < n_found; i++) {
        const vb_found *found = &f->found.at[i];
        if (found->start < from || found->start >= to || !vb_str_starts(found->key, VB_STR("kst-"))) continue;
        if (!best || found->start < best->start) best = found;
    }
    return best ? best->key : (vb_str){ NULL, 0 };
}

/** The number that belongs to the motion that ends at @p end: in brackets after it, or in its footnote. */
static vb_str paper_of(const vb_finding *f, size_t n_found, uint32_t end)
{
    const vb_view *view = &f->a->view;
    uint32_t s = vb_view_sentence_at(view, end);
    uint32_t limit = end + 120;
    if (s != VB_NONE && view->sentences[s].end < limit) limit = view->sentences[s].end;
    vb_str key = paper_between(f, n_found, end, limit);
    for (size_t i = 0; !key.len && i < view->n_calls; i++) {
        const vb_note_call *call = &view->calls[i];
        if (call->at < end || call->at > end + 200 || call->block == VB_NONE) continue;
        if (s != VB_NONE && call->at > view->sentences[s].end) break;
        key = paper_between(f, n_found, view->blocks[call->block].start, view->blocks[call->block].end);
        break;
    }
    return key;
}

static vb_status find_motion(vb_finding *f, size_t at, size_t n_found, motion *out)
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
    out->start = f->words.at[at].start;
    out->end = f->words.at[end - 1].end;
    out->key = paper_of(f, n_found, out->end);
done:
    return status;
}

vb_status vb_find_motions(vb_finding *f)
{
    vb_status status = VB_OK;
    size_t n_found = f->found.len;
    VB_VEC(motion) motions = { 0 };
    motion m;
    for (size_t at = 0; at < f->words.len; at++) {
        vb_str word = f->words.at[at].fold;
        if ((f->words.at[at].flags & VB_WORD_BLOCKED) ||
            (!vb_str_eq(word, VB_STR("motie")) && !vb_str_eq(word, VB_STR("amendement"))))
            continue;
        TRY(find_motion(f, at, n_found, &m));
        if (!m.slug.len) continue;
        TRY(vb_push(f->arena, &motions));
        motions.at[motions.len - 1] = m;
    }
    for (size_t i = 0; i < motions.len; i++) {
        vb_found *found =
            vb_finding_add(f, motions.at[i].start, motions.at[i].end, VB_LABEL_DOCUMENT, "reference:motion");
        if (!found) return VB_NO_MEMORY;
        found->score = 850;
        found->name = vb_str_part(f->text, found->start, found->end);
        found->key = motions.at[i].key;
        for (size_t k = 0; !found->key.len && k < motions.len; k++)
            if (vb_str_eq(motions.at[k].slug, motions.at[i].slug)) found->key = motions.at[k].key;
        if (!found->key.len) found->key = motions.at[i].slug;
    }
done:
    return status;
}
