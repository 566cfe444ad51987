/**
 * A question from left to right: question words, the small words between its noun phrases (ask_nouns.c), and
 * clauses. A new clause starts at a relative pronoun ("die", "who"), at "zonder" and at "en", "maar" before
 * something that continues no list.
 */
#include "queries/ask_reader.h"

#include <stdlib.h>

static vb_status new_clause(ask_reader *r, int subject, size_t at)
{
    ask_question *q = r->q;
    if (q->n_clauses == VB_COUNT(q->clause_first)) return VB_TOO_LARGE;
    r->clause = q->n_clauses++;
    q->clause_first[r->clause] = at;
    q->clause_subject[r->clause] = subject;
    bool negated = r->negated;
    vb_ask_reader_forget(r);
    r->negated = negated;
    return VB_OK;
}

/** What the clause is about: what it was opened for, or what is asked. */
static int subject_of(const ask_reader *r)
{
    const ask_question *q = r->q;
    if (q->clause_subject[r->clause] >= 0) return q->clause_subject[r->clause];
    for (size_t i = 0; i < q->n_phrases; i++)
        if (q->phrases[i].asked) return (int)i;
    return q->n_phrases ? 0 : -1;
}

/** What stands behind "en", "of", "maar": the next item of a list (true) or a new clause. */
static bool list_follows(ask_reader *r)
{
    const ask_question *q = r->q;
    const ask_phrase *p = vb_ask_reader_last(r);
    size_t i = r->at + q->atoms[r->at].word_len;
    if (!p) return true;
    while (i < q->n_atoms && (ask_is(&q->atoms[i], ASK_itself) || ask_is(&q->atoms[i], ASK_not) ||
                              ask_is(&q->atoms[i], ASK_both) || ask_is(&q->atoms[i], ASK_which)))
        i += q->atoms[i].word_len;
    if (i >= q->n_atoms) return true;
    const ask_atom *a = &q->atoms[i];
    bool thing = a->name >= 0 || ask_is(a, ASK_type);
    if (thing) return true;
    bool prep = ask_is(a, ASK_prep) || ask_is(a, ASK_agent);
    if (prep) return vb_str_eq(a->text, p->prep) && vb_ask_reader_gap(q, p->end, r->at);
    return !a->word && !a->used && p->n_items == 0;
}

static vb_status read_joint(ask_reader *r)
{
    ask_question *q = r->q;
    bool either = ask_is(&q->atoms[r->at], ASK_or) && !ask_is(&q->atoms[r->at], ASK_and);
    size_t len = q->atoms[r->at].word_len;
    vb_status status = VB_OK;
    if (list_follows(r)) {
        r->joined = true;
        r->either = either;
    } else {
        TRY(new_clause(r, subject_of(r), r->at));
    }
    r->at += len;
done:
    return status;
}

/** "die", "who", "waaraan" right behind a phrase opens a clause about it. */
static bool opens_clause(ask_reader *r)
{
    const ask_phrase *p = vb_ask_reader_last(r);
    return p && !p->pronoun && p->end <= r->at && vb_ask_reader_gap(r->q, p->end, r->at) && !r->prep.len;
}

/** What a clause right behind is about: of "gemeenten in Limburg die …" the municipalities. */
static ask_phrase *antecedent(ask_reader *r)
{
    ask_phrase *p = vb_ask_reader_last(r);
    while (p && p->n_items && p->prep.len && p > r->q->phrases) {
        ask_phrase *before = p - 1;
        bool narrows = !before->gone && before->clause == p->clause && before->typed && !before->n_items &&
                       p->prep_at < p->first && vb_ask_reader_gap(r->q, before->end, p->prep_at);
        if (!narrows) break;
        p = before;
    }
    return p;
}

/** "met wie", "aan welke": the preposition before a relative pronoun belongs to the antecedent's clause. */
static vb_status read_question_word(ask_reader *r)
{
    vb_status status = VB_OK;
    const ask_atom *a = &r->q->atoms[r->at];
    ask_phrase *p = vb_ask_reader_last(r);
    bool relative = p && !p->pronoun && r->q->n_phrases > 0 && opens_clause(r);
    /* "… belong who asked": the clause stands behind the verb */
    relative |= ask_is(a, ASK_that) && p && p->typed && !p->n_items && !p->asked && r->q->phrases[0].asked;
    size_t next = r->at + a->word_len;
    bool before_type = next < r->q->n_atoms && (ask_is(&r->q->atoms[next], ASK_type));
    if (relative && (ask_is(a, ASK_that) || ask_is(a, ASK_whereby) || ask_is(a, ASK_where))) {
        TRY(new_clause(r, (int)(antecedent(r) - r->q->phrases), r->at));
        r->at = next;
        return VB_OK;
    }
    if (ask_is(a, ASK_whereby)) {
        vb_str prep = vb_str_part(a->text, 4, a->text.len);
        if (vb_str_eq(prep, VB_STR("mee")) || vb_str_eq(prep, VB_STR("mede"))) prep = VB_STR("met");
        TRY(vb_ask_read_pronoun(r, VB_MASK_ANY, prep));
    } else if (ask_is(a, ASK_where)) {
        TRY(vb_ask_read_pronoun(r, VB_MASK_PLACE | VB_MASK_DOCUMENT, VB_STR("in")));
    } else if (ask_is(a, ASK_what) && before_type) {
        r->asked = true;
        r->asked_at = r->at;
        r->at = next;
    } else if (ask_is(a, ASK_which)) {
        r->asked = true;
        r->asked_at = r->at;
        r->at = next;
    } else if (ask_is(a, ASK_who)) {
        TRY(vb_ask_read_pronoun(r, VB_MASK_ANY & ~(unsigned)(VB_MASK_DOCUMENT | VB_MASK_LAW), (vb_str){ 0 }));
    } else if (ask_is(a, ASK_what)) {
        TRY(vb_ask_read_pronoun(r, VB_MASK_ANY, (vb_str){ 0 }));
    } else {
        r->at = next; /* "die", "dat", "that" that open nothing */
    }
done:
    return status;
}

/** "minstens twee", "meer dan één", "precies drie": how many there must be of the noun behind it. */
static void read_amount(ask_reader *r, size_t n)
{
    ask_class by = r->amount;
    r->amount = 0;
    if (by == ASK_atleast || by == ASK_exactly) r->least = n;
    if (by == ASK_morethan) r->least = n + 1;
    if (by == ASK_atmost || by == ASK_exactly) r->most = n;
    if (by == ASK_lessthan && n > 1) r->most = n - 1;
    if (!by) r->q->limit = n;
}

/** A word before a number: "minstens"; or one that stands for both: "meerdere". */
static bool starts_amount(ask_reader *r, const ask_atom *a)
{
    static const ask_class classes[] = { ASK_atleast, ASK_morethan, ASK_atmost, ASK_lessthan, ASK_exactly };
    size_t next = r->at + (a->word_len ? a->word_len : 1);
    bool number = next < r->q->n_atoms && (ask_is(&r->q->atoms[next], ASK_number) ||
                                           strchr("0123456789", r->q->atoms[next].text.at[0]));
    bool found = false;
    for (size_t i = 0; number && i < VB_COUNT(classes) && !found; i++)
        if ((found = ask_is(a, classes[i]))) r->amount = classes[i];
    if (ask_is(a, ASK_several)) r->least = 2;
    if (ask_is(a, ASK_ormore) && r->q->limit) {
        r->least = r->q->limit;
        r->q->limit = 0;
    }
    return found || ask_is(a, ASK_several) || ask_is(a, ASK_ormore);
}

/** "per provincie"; and "elke partij" of what is counted. */
static bool is_each(const ask_reader *r, const ask_atom *a)
{
    size_t next = r->at + (a->word_len ? a->word_len : 1);
    bool kind = next < r->q->n_atoms && ask_is(&r->q->atoms[next], ASK_type) && r->q->atoms[next].name < 0;
    bool all = vb_str_eq(a->text, VB_STR("alle"));
    return kind && (ask_is(a, ASK_per) || (ask_is(a, ASK_each) && !all && r->q->goal == ASK_COUNT));
}

static vb_status read_small(ask_reader *r)
{
    ask_question *q = r->q;
    const ask_atom *a = &q->atoms[r->at];
    size_t len = a->word_len ? a->word_len : 1;
    ask_phrase *p = vb_ask_reader_last(r);
    if (ask_is(a, ASK_howmany)) q->goal = ASK_COUNT;
    if (ask_is(a, ASK_howoften)) q->goal = ASK_OFTEN;
    if (starts_amount(r, a)) {
        for (size_t i = 0; i < len; i++) q->atoms[r->at + i].used = true;
        r->at += len;
        return VB_OK;
    }
    if (is_each(r, a)) {
        for (size_t i = 0; i < len; i++) q->atoms[r->at + i].used = true;
        if (ask_is(a, ASK_per)) r->prep = VB_STR("per"), r->prep_at = r->at;
        r->each = true;
        r->at += len;
        return VB_OK;
    }
    if (ask_is(a, ASK_howmany) || ask_is(a, ASK_which))
        r->asked = true, r->asked_at = r->at;
    else if (ask_is(a, ASK_excepted) && p)
        p->except = true, p->asked = false;
    else if (ask_is(a, ASK_except))
        r->except = true;
    else if (ask_is(a, ASK_outside))
        r->outside = true, r->prep = VB_STR("in"), r->prep_at = r->at;
    else if (ask_is(a, ASK_not))
        r->negated = true;
    else if (ask_is(a, ASK_both))
        r->both = true;
    else if (r->topic && ask_is(a, ASK_prep))
        r->topic = true; /* "over kwetsbaarheden bij APG" */
    else if (ask_is(a, ASK_prep) || ask_is(a, ASK_agent))
        r->prep = a->text, r->prep_at = r->at;
    else if (ask_is(a, ASK_number))
        read_amount(r, a->word->value);
    if (r->negated && ask_is(a, ASK_not) && !r->joined) {
        q->clause_negated[r->clause] = true;
        q->clause_not_at[r->clause] = r->at;
    }
    bool verb = a->word && !(a->word->classes & (ASK_IS(ASK_prep) | ASK_IS(ASK_agent) | ASK_IS(ASK_itself) |
                                                 ASK_IS(ASK_not) | ASK_IS(ASK_both) | ASK_IS(ASK_which) |
                                                 ASK_IS(ASK_howmany) | ASK_IS(ASK_except) | ASK_IS(ASK_most) |
                                                 ASK_IS(ASK_number) | ASK_IS(ASK_top) | ASK_IS(ASK_outside)));
    if (verb) vb_ask_reader_forget(r);
    r->at += len;
    return VB_OK;
}

static bool digits(vb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    return s.len > 0;
}

/** A word that is no phrase by itself: behind "welke" it is the noun asked for ("welke deelnemers"). */
static vb_status read_other(ask_reader *r)
{
    ask_phrase *last = vb_ask_reader_last(r);
    bool named = r->asked && last && last->n_items && last->end == r->at && !last->prep.len && !last->typed;
    if (named && vb_ask_guess_role(r->q, r->q->atoms[r->at].text)) { /* "which D66 members" */
        last->prep = r->q->language == ASK_DUTCH ? VB_STR("van") : VB_STR("of");
        last->prep_at = last->first;
    }
    if (r->asked && !digits(r->q->atoms[r->at].text)) {
        vb_status status = vb_ask_read_pronoun(r, VB_MASK_ANY, (vb_str){ 0 });
        if (status == VB_OK)
            r->q->phrases[r->q->n_phrases - 1].plural = vb_ask_is_plural(r->q->atoms[r->at - 1].text);
        return status;
    }
    const ask_atom *a = &r->q->atoms[r->at];
    unsigned role = vb_ask_guess_role(r->q, a->text);
    if (role) {
        ask_phrase *p = vb_ask_reader_phrase(r, r->at, r->at + 1);
        if (!p) return VB_TOO_LARGE;
        p->typed = p->role = true;
        p->plural = vb_ask_is_plural(a->text);
        p->mask = role;
        r->at++;
        return VB_OK;
    }
    if (digits(a->text) && (r->q->limit == 0 || r->amount) && a->text.len < 3) { /* "top 5", "the 3 most …" */
        read_amount(r, (size_t)strtoul(a->text.at, NULL, 10));
        r->q->atoms[r->at++].used = true;
        return VB_OK;
    }
    r->topic = vb_ask_is_about(r->prep) && !vb_ask_guess_is_cue(r->q, a->text);
    if (!r->topic) vb_ask_reader_forget(r);
    r->at++;
    return VB_OK;
}

/** "Who funds X?", "Which ministry funds X?": a type's word between who is asked for and a name is a verb. */
static bool is_verb_here(const ask_reader *r)
{
    const ask_question *q = r->q;
    if (!r->at || r->at + 1 >= q->n_atoms) return false;
    const ask_atom *before = &q->atoms[r->at - 1], *next = &q->atoms[r->at + 1];
    return (ask_is(before, ASK_who) || (ask_is(before, ASK_type) && before->name < 0)) && next->name >= 0;
}

/** Nothing but words that say nothing stands before: "Alle gemeenten die …", but not "Doen alle gemeenten …".
 */
static bool opens_question(const ask_reader *r)
{
    const uint64_t opening = ASK_IS(ASK_give) | ASK_IS(ASK_itself) | ASK_IS(ASK_polite) | ASK_IS(ASK_tell);
    for (size_t i = 0; i < r->at; i++) {
        const ask_atom *a = &r->q->atoms[i];
        if (!vb_ask_text_inside(r->q, i) && !(a->word && (a->word->classes & opening))) return false;
    }
    return true;
}

/** A clause that is denied of what is asked. */
static vb_status deny_clause(ask_reader *r, size_t at)
{
    vb_status status;
    ask_question *q = r->q;
    TRY(new_clause(r, subject_of(r), at));
    q->clause_negated[r->clause] = true;
    q->clause_not_at[r->clause] = at;
done:
    return status;
}

/** "zonder mee te doen aan X" denies a clause; "zonder X" leaves X out. */
static vb_status read_without(ask_reader *r)
{
    const ask_question *q = r->q;
    size_t at = r->at++, next = r->at;
    while (next < q->n_atoms && ask_is(&q->atoms[next], ASK_itself)) next++;
    bool thing = next < q->n_atoms && (q->atoms[next].name >= 0 || ask_is(&q->atoms[next], ASK_type));
    if (!thing) return deny_clause(r, at);
    r->except = true;
    return VB_OK;
}

/** "behalve die in Limburg", "except municipalities in Limburg": a condition that is denied. Past its words
 * in *end; false: names are left out. */
static bool excepts_some(const ask_reader *r, size_t *end)
{
    static const char *const some[] = { "die", "dat", "degenen", "degene", "those", "ones", "that" };
    const ask_question *q = r->q;
    size_t i = r->at + q->atoms[r->at].word_len;
    bool found = false, typed = false;
    while (i < q->n_atoms && q->atoms[i].name < 0) {
        const ask_atom *a = &q->atoms[i];
        bool word = ask_is(a, ASK_type);
        for (size_t k = 0; k < VB_COUNT(some); k++) word |= vb_str_eq(a->text, vb_str_of(some[k]));
        if (!word && !ask_is(a, ASK_itself)) break;
        found |= word;
        typed |= ask_is(a, ASK_type);
        i += a->word_len ? a->word_len : 1;
    }
    *end = i;
    if (!found || i >= q->n_atoms || q->atoms[i].name >= 0 || subject_of(r) < 0) return false;
    return !typed || (ask_is(&q->atoms[i], ASK_prep) && !q->atoms[i].comma);
}

vb_status vb_ask_phrases_find(ask_question *q)
{
    vb_status status = VB_OK;
    ask_reader r = { .q = q, .prep_at = SIZE_MAX };
    bool ordered = q->listed;
    q->n_clauses = 1;
    q->clause_subject[0] = -1;
    while (r.at < q->n_atoms) {
        const ask_atom *a = &q->atoms[r.at];
        size_t end;
        bool als = ask_is(a, ASK_and_als) && r.both;
        if (a->used)
            r.at++;
        else if (a->name >= 0)
            TRY(vb_ask_read_name(&r));
        else if (ask_is(a, ASK_without))
            TRY(read_without(&r));
        else if (ask_is(a, ASK_except) && excepts_some(&r, &end)) {
            TRY(deny_clause(&r, r.at));
            r.at = end;
        } else if (ask_is(a, ASK_type) && !is_verb_here(&r))
            TRY(vb_ask_read_type(&r));
        else if (ask_is(a, ASK_who) || ask_is(a, ASK_what) || ask_is(a, ASK_where) || ask_is(a, ASK_that) ||
                 ask_is(a, ASK_whereby))
            TRY(read_question_word(&r));
        else if (ask_is(a, ASK_and) || ask_is(a, ASK_or) || ask_is(a, ASK_but) || als)
            TRY(read_joint(&r));
        else if (ask_is(a, ASK_give) && !q->n_phrases)
            ordered |= opens_question(&r), r.at += a->word_len;
        else if (a->word && !ask_is(a, ASK_type))
            TRY(read_small(&r));
        else
            TRY(read_other(&r));
    }
    vb_ask_asked_find(q, ordered);
done:
    return status;
}
