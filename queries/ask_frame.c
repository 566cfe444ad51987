/**
 * What stands around a question: "Ik zou graag willen weten of …", "…, en zo ja welke?", "alstublieft". An
 * opening or a tail is a run of words of its own classes, cut off before names are looked for.
 *
 * And the words that ask for a moment: "wanneer", "in welk jaar", "voor het eerst", "de laatste brief".
 */
#include "queries/ask.h"

/** The longest word or phrase of @p classes at atom @p at; NULL: none. *len counts its atoms. */
static const ask_word *word_at(ask_question *q, size_t at, uint64_t classes, size_t *len)
{
    const ask_lexicon *lexicon = &q->asker->lexicons[q->language];
    for (size_t n = lexicon->longest; n > 0; n--) {
        vb_str span;
        bool named = false;
        if (at + n > q->n_atoms) continue;
        for (size_t i = at; i < at + n; i++) named |= q->atoms[i].name >= 0 || q->atoms[i].used;
        if (named || vb_ask_text_span(q, at, at + n, &span) != VB_OK) continue;
        const ask_word *word = vb_ask_word_find(lexicon, span);
        if (!word || !(word->classes & classes)) continue;
        *len = n;
        return word;
    }
    return NULL;
}

static void cut(ask_question *q, size_t first, size_t end)
{
    memmove(q->atoms + first, q->atoms + end, (q->n_atoms - end) * sizeof *q->atoms);
    q->n_atoms -= end - first;
}

/** Whether a question goes on at atom @p at behind its opening: with a question word, "of", or what to list.
 */
static bool goes_on(ask_question *q, size_t at)
{
    const uint64_t asking = ASK_IS(ASK_who) | ASK_IS(ASK_what) | ASK_IS(ASK_where) | ASK_IS(ASK_whereby) |
                            ASK_IS(ASK_which) | ASK_IS(ASK_howmany) | ASK_IS(ASK_howoften) | ASK_IS(ASK_how) |
                            ASK_IS(ASK_when);
    size_t len;
    if (word_at(q, at, asking, &len)) return true;
    return word_at(q, at, ASK_IS(ASK_prep) | ASK_IS(ASK_agent), &len) && word_at(q, at + len, asking, &len);
}

/** "Zou u mij kunnen vertellen wie …", "Ik vraag me af of …", "I would like to know whether …" */
static void cut_opening(ask_question *q)
{
    size_t at = 0, len;
    bool told = false;
    while (word_at(q, at, ASK_IS(ASK_greet), &len)) cut(q, 0, len);
    const ask_word *word;
    while ((word = word_at(q, at, ASK_IS(ASK_polite) | ASK_IS(ASK_tell), &len))) {
        told |= (word->classes & ASK_IS(ASK_tell)) != 0;
        at += len;
    }
    if (!told || at >= q->n_atoms) return;
    if (word_at(q, at, ASK_IS(ASK_if), &len)) {
        q->whether = true;
        cut(q, 0, at + len);
    } else if (goes_on(q, at)) {
        cut(q, 0, at);
    }
}

/** "Zijn er gemeenten …, en zo ja welke?" asks for the municipalities. */
static void cut_tail(ask_question *q)
{
    size_t len;
    for (size_t n = 1; n <= 8 && n < q->n_atoms; n++) {
        if (!word_at(q, q->n_atoms - n, ASK_IS(ASK_tail), &len) || len != n) continue;
        q->n_atoms -= n;
        q->listed = true;
        bool there = q->n_atoms > 2 && (vb_str_eq(q->atoms[1].text, VB_STR("er")) ||
                                        vb_str_eq(q->atoms[1].text, VB_STR("there")));
        if (there && word_at(q, 0, ASK_IS(ASK_be), &len)) cut(q, 0, 2);
        return;
    }
}

vb_status vb_ask_frame_cut(ask_question *q)
{
    size_t before = q->n_atoms;
    cut_opening(q);
    if (!q->n_atoms) return VB_UNKNOWN;
    cut_tail(q);
    if (q->n_atoms < before) q->atoms[0].comma = q->atoms[0].glued = false;
    return VB_OK;
}

/** Take a phrase of a class out of the question. */
static bool take(ask_question *q, ask_class c, bool before_document)
{
    for (size_t i = 0; i < q->n_atoms; i++) {
        size_t len;
        if (q->atoms[i].name >= 0 || !word_at(q, i, ASK_IS(c), &len)) continue;
        if (before_document) {
            const ask_atom *next = i + len < q->n_atoms ? &q->atoms[i + len] : NULL;
            bool paper = next && next->name < 0 && next->word && next->word->mask == VB_MASK_DOCUMENT;
            bool said = i > 0 && i + len == q->n_atoms; /* "welke brief is de oudste" */
            if (!paper && !said) continue;
        }
        for (size_t k = i; k < i + len; k++) {
            q->atoms[k].used = true;
            q->atoms[k].word = NULL;
            q->atoms[k].word_len = 0;
        }
        return true;
    }
    return false;
}

void vb_ask_frame_moments(ask_question *q)
{
    q->year = take(q, ASK_year, false);
    q->when = q->year || take(q, ASK_when, false);
    if (take(q, ASK_first, false) || take(q, ASK_oldest, true))
        q->moment = ASK_EARLIEST;
    else if (take(q, ASK_last, false) || take(q, ASK_newest, true))
        q->moment = ASK_LATEST;
}
