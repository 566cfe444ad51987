/**
 * Participles before their noun. "Door JenV gefinancierde programma's" is put in the order of "programma's
 * die door JenV gefinancierd", which the steps that follow can read: the words move, their places in the
 * question stay.
 *
 * A participle loses its ending: "gefinancierde" is "gefinancierd", "deelnemende" is "deelnemen";
 * "aangesloten" and "geschreven" have none.
 */
#include "queries/ask.h"

/** The form in relations.tsv of a participle that stands before a noun; empty: it is none. */
static vb_str base_form(const ask_question *q, const ask_atom *atom)
{
    static const char *const endings[] = { "de", "e", "" };
    vb_str word = atom->text;
    bool ended = q->text.at[atom->end - 1] == 'e'; /* as it is written: a slip may have been mended */
    for (size_t i = 0; i < VB_COUNT(endings); i++) {
        vb_str ending = vb_str_of(endings[i]), base = { word.at, word.len - ending.len };
        if (word.len < ending.len + 5 || !vb_str_ends(word, ending)) continue;
        if (!ending.len && !vb_str_ends(word, VB_STR("en")) && !ended) continue;
        if (vb_str_eq(ending, VB_STR("de")) && !vb_str_ends(base, VB_STR("en"))) continue;
        if (vb_ask_guess_is_cue(q, base)) return base;
    }
    return (vb_str){ 0 };
}

/** Whether atom @p i can stand between a preposition and the participle: names, and what joins them. */
static bool is_inner(const ask_question *q, size_t i)
{
    const ask_atom *a = &q->atoms[i];
    const uint64_t joints = ASK_IS(ASK_itself) | ASK_IS(ASK_and) | ASK_IS(ASK_or) | ASK_IS(ASK_both) |
                            ASK_IS(ASK_and_als) | ASK_IS(ASK_prep) | ASK_IS(ASK_agent);
    return a->name >= 0 || (a->word && (a->word->classes & joints)) || vb_ask_text_inside(q, i);
}

/** The preposition from which on the words before atom @p participle belong to it; SIZE_MAX: there is none.
 */
static size_t start_of(const ask_question *q, size_t participle)
{
    size_t start = SIZE_MAX;
    bool named = false;
    for (size_t i = participle; i > 0 && is_inner(q, i - 1); i--) {
        const ask_atom *a = &q->atoms[i - 1];
        bool prep = a->name < 0 && (ask_is(a, ASK_prep) || ask_is(a, ASK_agent));
        named |= a->name >= 0;
        if (prep && named) start = i - 1;
        if (prep && ask_is(a, ASK_agent)) break;
    }
    return start;
}

/** Move the noun [noun, end) before atom @p start, with a "die" between them. */
static vb_status turn(ask_question *q, size_t start, size_t noun, size_t end)
{
    ask_atom type[ASK_NAME_WORDS];
    size_t len = end - noun;
    if (q->n_atoms == ASK_ATOMS_MAX || len > VB_COUNT(type)) return VB_TOO_LARGE;
    ask_atom that = q->atoms[start];
    that.text = VB_STR("die");
    that.word = vb_ask_word_find(&q->asker->lexicons[ASK_DUTCH], that.text);
    that.word_len = 1;
    that.name = -1;
    that.comma = that.quoted = that.upper = that.glued = that.used = false;
    memcpy(type, q->atoms + noun, len * sizeof *type);
    memmove(q->atoms + end + 1, q->atoms + end, (q->n_atoms - end) * sizeof *q->atoms);
    memmove(q->atoms + start + len + 1, q->atoms + start, (noun - start) * sizeof *q->atoms);
    memcpy(q->atoms + start, type, len * sizeof *type);
    q->atoms[start + len] = that;
    q->n_atoms++;
    for (size_t i = 0; i < q->n_names; i++) {
        ask_name *name = &q->names[i];
        size_t by = name->first >= end ? 1 : name->first >= start ? len + 1 : 0;
        name->first += by;
        name->end += by;
    }
    return VB_OK;
}

vb_status vb_ask_attributes_turn(ask_question *q)
{
    vb_status status = VB_OK;
    if (q->language != ASK_DUTCH) return VB_OK;
    for (size_t i = 1; i + 1 < q->n_atoms; i++) {
        ask_atom *a = &q->atoms[i], *noun = &q->atoms[i + 1];
        if (a->name >= 0 || a->used || noun->name >= 0 || !ask_is(noun, ASK_type) || noun->comma) continue;
        vb_str base = base_form(q, a);
        size_t start = base.len ? start_of(q, i) : SIZE_MAX;
        bool present = base.len && a->text.len == base.len + 2; /* "deelnemende gemeenten van X" */
        if (start == SIZE_MAX && present) start = i;
        if (start == SIZE_MAX) continue;
        a->text = base;
        a->word = NULL;
        a->word_len = 0;
        size_t end = i + 1 + (noun->word_len ? noun->word_len : 1);
        TRY(turn(q, start, i + 1, end));
        i = end;
    }
done:
    return status;
}
