/**
 * Whether a question was understood whole: every word and phrase has found its place, a denial denies
 * something, and what is said hangs together with what is asked. What is left over is told, not passed over.
 */
#include "queries/ask.h"

/** Words that say what a document is about may be unknown, as long as a name among them is known. */
static bool in_topic(const ask_question *q, size_t atom)
{
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        size_t from = p->prep_at < p->first ? p->prep_at : p->first;
        if (!p->about || !p->n_items) continue;
        while (from > 0 && !vb_ask_is_about(q->atoms[from].text)) from--;
        if (atom >= from && atom < p->end + 4 &&
            (!q->atoms[atom].upper || q->atoms[atom].glued ||
             (atom + 1 < q->n_atoms && q->atoms[atom + 1].glued)))
            return true;
    }
    return false;
}

/** A word that says something which none of the steps before could read. */
static bool is_strange(uint64_t classes)
{
    const uint64_t read = ASK_IS(ASK_tell) | ASK_IS(ASK_if) | ASK_IS(ASK_tail) | ASK_IS(ASK_when) |
                          ASK_IS(ASK_year) | ASK_IS(ASK_first) | ASK_IS(ASK_last) | ASK_IS(ASK_oldest) |
                          ASK_IS(ASK_newest) | ASK_IS(ASK_each);
    return (classes & ASK_IS(ASK_strange)) || !(classes & ~read);
}

/** "Met welke PARTNERS werkt X samen?": the noun asked for, which its verb has given a place. */
static bool names_role(const ask_question *q, size_t atom)
{
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (!p->gone && p->linked && p->pronoun && p->asked && p->first == atom && p->end == atom + 1)
            return vb_ask_guess_is_cue(q, q->atoms[atom].text);
    }
    return false;
}

/** A "niet" that denies nothing was not understood. */
static bool denial_is_lost(const ask_question *q)
{
    bool said = false, found = false;
    for (size_t i = 0; i < q->n_clauses; i++) said |= q->clause_negated[i];
    for (size_t i = 0; i < q->n_links; i++) found |= q->links[i].negated;
    for (size_t i = 0; i < q->n_phrases; i++) {
        found |= q->phrases[i].except;
        for (size_t k = 0; k < q->phrases[i].n_items; k++) found |= q->phrases[i].items[k].negated;
    }
    return said && !found;
}

/** Everything that is said must hang together with what is asked. */
static bool hangs_together(const ask_question *q)
{
    bool reached[ASK_PHRASES_MAX] = { false }, more = true;
    if (q->root < 0) return true;
    reached[q->root] = true;
    while (more) {
        more = false;
        for (size_t i = 0; i < q->n_links; i++) {
            int a = q->links[i].source, b = q->links[i].target;
            if (a < 0 || b < 0 || reached[a] == reached[b]) continue;
            reached[a] = reached[b] = more = true;
        }
    }
    for (size_t i = 0; i < q->n_links; i++)
        if (!reached[q->links[i].source >= 0 ? q->links[i].source : q->links[i].target]) return false;
    return true;
}

/** Whether an atom found no place. */
static bool is_left(const ask_question *q, size_t i)
{
    const ask_atom *a = &q->atoms[i];
    bool strange = !a->word || is_strange(a->word->classes) || (ask_is(a, ASK_how) && q->goal != ASK_PATH);
    return !a->used && a->name < 0 && strange && !names_role(q, i) && !in_topic(q, i);
}

static size_t atom_after(const ask_question *q, size_t i)
{
    return i + (q->atoms[i].word_len ? q->atoms[i].word_len : 1);
}

/** Whether a word with a capital stands beside an unread one of the same name: "City DEALS". */
static bool is_of_name(const ask_question *q, size_t i)
{
    return i > 0 && i < q->n_atoms && q->atoms[i].upper && q->atoms[i].name < 0;
}

/** The last atom of what begins unread at @p i, as it was written: one small word may stand inside. */
static size_t end_of_left(const ask_question *q, size_t i)
{
    size_t last = i;
    for (size_t n = atom_after(q, i); n < q->n_atoms && n <= last + 2 && q->atoms[n].name < 0;
         n = atom_after(q, n))
        if (is_left(q, n) ||
            (n == last + 1 && (q->atoms[n].glued || (q->atoms[last].upper && is_of_name(q, n)))))
            last = n; /* "Xyz-INSTITUUT" is one word */
    return last;
}

/* *cues: only words of relations, so that a name that suits none is why. */
vb_status vb_ask_quote(ask_question *q, bool *cues)
{
    enum { LONGEST = 200 };
    vb_status status = VB_OK;
    vb_buf out = { 0 };
    *cues = true;
    for (size_t i = 0; i < q->n_atoms && out.len < LONGEST; i = atom_after(q, i)) {
        if (!is_left(q, i)) continue;
        size_t first = i > 1 && q->atoms[i].upper && is_of_name(q, i - 1) ? i - 1 : i;
        size_t last = end_of_left(q, i);
        for (; i <= last; i = atom_after(q, i))
            if (is_left(q, i)) *cues &= vb_ask_guess_is_cue(q, q->atoms[i].text);
        i = last;
        if (out.len) TRY(vb_buf_add(&out, q->language == ASK_DUTCH ? VB_STR("” en “") : VB_STR("” and “")));
        TRY(vb_buf_add(&out, vb_str_part(q->text, q->atoms[first].start, q->atoms[last].end)));
    }
    TRY(vb_arena_copy(q->arena, vb_buf_view(&out), &q->unread));
done:
    vb_buf_clear(&out);
    return status;
}

/** Every atom and phrase must have found its place. */
static vb_status check_all_read(ask_question *q)
{
    vb_status status = VB_OK;
    bool verbs = true;
    TRY(vb_ask_quote(q, &verbs));
    if (q->unread.len) status = VB_UNKNOWN;
    for (size_t i = 0; status == VB_UNKNOWN && verbs && i < q->n_phrases; i++)
        if (!q->phrases[i].gone && !q->phrases[i].linked && q->phrases[i].n_items) q->misfit = (int)i;
    bool alone = q->n_links == 0 &&
                 (q->dated || q->when || q->moment || q->goal == ASK_MOST || q->goal == ASK_CENTRAL);
    for (size_t i = 0; status == VB_OK && i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        bool letters = p->note == ASK_LETTER && q->n_links == 0; /* "hoeveel brieven zijn er" */
        if (p->gone || p->linked || ((alone || letters) && (int)i == q->root)) continue;
        q->misfit = p->n_items ? (int)i : -1;
        TRY(vb_arena_copy(q->arena, vb_str_part(q->text, q->atoms[p->first].start, q->atoms[p->end - 1].end),
                          &q->unread));
        status = VB_UNKNOWN;
    }
done:
    return status;
}

/** "Welke kranten worden genoemd?": which organisations are newspapers the store does not know; where they do
 *  something, that tells them apart. */
static bool is_kind_unknown(ask_question *q)
{
    const unsigned named = 1u << VB_REL_MENTIONS | 1u << VB_REL_CITES;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        bool told = p->note != ASK_KIND || p->gone || p->n_items;
        for (size_t k = 0; k < q->n_links && !told; k++) {
            const ask_link *link = &q->links[k];
            bool at = link->source == (int)i || link->target == (int)i;
            told = at && !link->negated && (link->relations & ~named);
        }
        if (told) continue;
        q->unread = ask_written(q, p->first);
        return true;
    }
    return false;
}

vb_status vb_ask_check(ask_question *q)
{
    vb_status status;
    TRY(check_all_read(q));
    if (is_kind_unknown(q)) return VB_UNKNOWN;
    bool whole = ask_is_whole(q->goal);
    bool counted =
        q->limit > 1 && q->goal != ASK_MOST && q->goal != ASK_CENTRAL; /* "at least two" is not read */
    if (denial_is_lost(q)) status = VB_UNKNOWN;
    if (!whole && (q->root < 0 || counted || !hangs_together(q))) status = VB_UNKNOWN;
done:
    return status;
}
