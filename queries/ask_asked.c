/**
 * Which phrase of a question is asked for, the preposition that it left behind at the end, and which names of
 * a list a denial is of.
 */
#include "queries/ask.h"

/** The first phrase is what is asked for after "noem de …"; a preposition left at the end is the question's.
 */
static void settle(ask_question *q, bool ordered)
{
    ask_phrase *asked = NULL;
    for (size_t i = 0; i < q->n_phrases && !asked; i++)
        if (q->phrases[i].asked && !q->phrases[i].gone) asked = &q->phrases[i];
    if (!asked && (ordered || q->goal == ASK_COUNT))
        for (size_t i = 0; i < q->n_phrases && !asked; i++)
            if (q->phrases[i].typed && !q->phrases[i].n_items) asked = &q->phrases[i];
    if (asked) asked->asked = true;
    q->root = asked ? (int)(asked - q->phrases) : -1;
}

/** "Which party does X belong TO?", "Waar houdt DNB toezicht OP?" */
static void strand(ask_question *q)
{
    for (size_t k = q->n_atoms; k > 0; k--) {
        const ask_atom *a = &q->atoms[k - 1];
        if (a->used || ask_is(a, ASK_itself)) continue;
        bool prep = ask_is(a, ASK_prep) || ask_is(a, ASK_agent);
        ask_phrase *p = q->root >= 0 ? &q->phrases[q->root] : NULL;
        bool where = p && p->pronoun && ask_is(&q->atoms[p->first], ASK_where);
        if (prep && p && (q->language == ASK_ENGLISH ? !p->prep.len || where : where)) {
            p->prep = a->text;
            p->prep_at = k - 1;
            if (where) p->mask = VB_MASK_ANY;
        }
        /* "Waar neemt X aan deel": one word may follow */
        if (prep || k < q->n_atoms || q->language == ASK_ENGLISH || !where) return;
    }
}

/** The one atom of class @p c in the phrase's clause that is no name, at or behind its first; SIZE_MAX: none.
 */
static size_t only_one(const ask_question *q, const ask_phrase *p, ask_class c)
{
    size_t found = SIZE_MAX, from = q->clause_first[p->clause];
    size_t to = p->clause + 1 < q->n_clauses ? q->clause_first[p->clause + 1] : q->n_atoms;
    for (size_t i = from; i < to; i++) {
        if (q->atoms[i].name >= 0 || !ask_is(&q->atoms[i], c)) continue;
        if (found != SIZE_MAX) return SIZE_MAX;
        found = i;
    }
    return found;
}

/** "Noemen A niet maar wel B", "A maar B niet": the denial is of the names on its side of "maar" alone. */
static void divide_denial(ask_question *q, ask_phrase *p)
{
    size_t but = only_one(q, p, ASK_but), no = only_one(q, p, ASK_not), before = 0;
    if (p->gone || p->n_items < 2 || but == SIZE_MAX || no == SIZE_MAX || but < p->first) return;
    for (size_t k = 0; no > but && k < p->n_items; k++)
        if (p->items[k].negated) return; /* "A maar niet B" was read as it stands */
    for (size_t i = 0; i < q->n_names; i++)
        before += q->names[i].first >= p->first && q->names[i].first < but && !q->names[i].adjective;
    if (!before || before >= p->n_items) return;
    for (size_t k = 0; k < p->n_items; k++) p->items[k].negated = (k < before) == (no < but);
    q->clause_negated[p->clause] = false;
}

void vb_ask_asked_find(ask_question *q, bool ordered)
{
    q->ordered = ordered;
    for (size_t i = 0; i < q->n_phrases; i++) divide_denial(q, &q->phrases[i]);
    settle(q, ordered);
    strand(q);
}
