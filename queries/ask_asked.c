/**
 * Which phrase of a question is asked for, and the preposition that it left behind at the end.
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

void vb_ask_asked_find(ask_question *q, bool ordered)
{
    settle(q, ordered);
    strand(q);
}
