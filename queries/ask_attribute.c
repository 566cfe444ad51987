/**
 * Participles before their noun. "Door JenV gefinancierde programma's" is put in the order of "programma's
 * die door JenV gefinancierd", which the steps that follow can read: the words move, their places in the
 * question stay.
 *
 * A participle loses its ending: "gefinancierde" is "gefinancierd", "deelnemende" is "deelnemen";
 * "aangesloten" and "geschreven" have none.
 */
#include "queries/ask.h"

/** Whether a word is a participle of relations.tsv: in its column, or behind "is" ("is aangesloten"). */
static bool is_participle(const ask_question *q, vb_str word)
{
    for (size_t i = 0; i < q->asker->cues.len; i++) {
        const ask_cue *cue = &q->asker->cues.at[i];
        size_t last = cue->n_parts - 1;
        bool behind = cue->n_parts == 2 && vb_str_eq(cue->parts[0][0], VB_STR("is"));
        if (cue->language != q->language || !(cue->done || behind)) continue;
        for (size_t c = 0; c < cue->n_choices[last]; c++)
            if (vb_str_eq(cue->parts[last][c], word)) return true;
    }
    return false;
}

/** The form in relations.tsv of a participle that stands before a noun; empty: it is none. */
static vb_str base_form(const ask_question *q, const ask_atom *atom)
{
    static const char *const endings[] = { "de", "e", "" };
    vb_str word; /* as it is written: the atom may have been mended */
    if (vb_fold(q->arena, vb_str_part(q->text, atom->start, atom->end), &word) != VB_OK) word = atom->text;
    for (size_t i = 0; i < VB_COUNT(endings); i++) {
        vb_str ending = vb_str_of(endings[i]), base = { word.at, word.len - ending.len };
        if (word.len < ending.len + 5 || !vb_str_ends(word, ending)) continue;
        bool present = ending.len == 2 && vb_str_ends(base, VB_STR("en"));
        bool past =
            ending.len < 2 && (ending.len || vb_str_ends(word, VB_STR("en"))) && is_participle(q, base);
        if (past || (present && vb_ask_guess_is_cue(q, base))) return base;
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

/** A word that the question leaves out, at the place of atom @p at. */
static ask_atom left_out(const ask_question *q, vb_str text, size_t at)
{
    return (ask_atom){ .text = text,
                       .start = q->atoms[at].start,
                       .end = q->atoms[at].end,
                       .word = vb_ask_word_find(&q->asker->lexicons[ASK_DUTCH], text),
                       .word_len = 1,
                       .name = -1 };
}

/** Move the noun [noun, end) before atom @p start, with "die" or, @p passive, "die zijn" between them. */
static vb_status turn(ask_question *q, size_t start, size_t noun, size_t end, bool passive)
{
    ask_atom type[ASK_NAME_WORDS];
    size_t len = end - noun, more = passive ? 2 : 1;
    if (q->n_atoms + more > ASK_ATOMS_MAX || len > VB_COUNT(type)) return VB_TOO_LARGE;
    const ask_atom that = left_out(q, VB_STR("die"), start), are = left_out(q, VB_STR("zijn"), start);
    memcpy(type, q->atoms + noun, len * sizeof *type);
    memmove(q->atoms + end + more, q->atoms + end, (q->n_atoms - end) * sizeof *q->atoms);
    memmove(q->atoms + start + len + more, q->atoms + start, (noun - start) * sizeof *q->atoms);
    memcpy(q->atoms + start, type, len * sizeof *type);
    q->atoms[start + len] = that;
    if (passive) q->atoms[start + len + 1] = are;
    q->n_atoms += more;
    for (size_t i = 0; i < q->n_names; i++) {
        ask_name *name = &q->names[i];
        size_t by = name->first >= end ? more : name->first >= start ? len + more : 0;
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
        bool present = base.len && base.len + 2 == a->end - a->start; /* "deelnemende gemeenten van X" */
        if (start == SIZE_MAX && present) start = i;
        if (start == SIZE_MAX) continue;
        a->text = base;
        a->word = NULL;
        a->word_len = 0;
        size_t end = i + 1 + (noun->word_len ? noun->word_len : 1);
        TRY(turn(q, start, i + 1, end, !present));
        i = end;
    }
done:
    return status;
}
