/**
 * Noun phrases and clauses of a question, from left to right: question words, types ("gemeenten"), names, a
 * type with a name ("het programma Stijn"), lists ("A, B of C", "zowel A als B", "A maar niet B"), each with
 * the preposition before it. A new clause starts at a relative pronoun ("die", "who") and at "en", "maar"
 * before something that continues no list.
 */
#include "queries/ask.h"

#include <stdlib.h>

typedef struct reader {
    ask_question *q;
    size_t at; /* atom */
    size_t clause;
    vb_str prep;
    size_t prep_at;
    const ask_name *adjective;
    bool asked, except, negated, both, either, outside;
    size_t asked_at;     /* the question word */
    bool asked_for_type; /* kept over a name for the type behind it */
    bool joined;         /* behind "en", "of", "," */
    bool topic;          /* unknown words stand behind "over" */
} reader;

static ask_phrase *last_phrase(reader *r)
{
    for (size_t i = r->q->n_phrases; i > 0; i--)
        if (!r->q->phrases[i - 1].gone) return &r->q->phrases[i - 1];
    return NULL;
}

static void forget(reader *r)
{
    r->prep = (vb_str){ 0 };
    r->prep_at = SIZE_MAX;
    r->joined = r->either = r->negated = r->topic = false;
}

static ask_phrase *new_phrase(reader *r, size_t first, size_t end)
{
    ask_question *q = r->q;
    if (q->n_phrases == ASK_PHRASES_MAX) return NULL;
    ask_phrase *p = &q->phrases[q->n_phrases++];
    *p = (ask_phrase){ .first = first,
                       .end = end,
                       .prep = r->prep,
                       .prep_at = r->prep_at,
                       .clause = r->clause,
                       .asked = r->asked,
                       .except = r->except,
                       .mask = VB_MASK_ANY };
    p->outside = r->outside;
    r->asked = r->except = r->outside = false;
    if (r->negated) q->clause_negated[r->clause] = true;
    forget(r);
    return p;
}

/** Only words that say nothing stand between the two atoms. */
static bool nothing_between(const ask_question *q, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const ask_atom *a = &q->atoms[i];
        if (a->used || a->comma) return false;
        if (vb_ask_text_inside(q, i)) continue;
        if (!ask_is(a, ASK_itself)) return false;
    }
    return true;
}

static bool add_item(ask_phrase *p, const ask_name *name, bool negated, unsigned mask)
{
    if (p->n_items == VB_COUNT(p->items)) return false;
    ask_item *item = &p->items[p->n_items++];
    *item = (ask_item){ .nodes = name->nodes, .negated = negated };
    size_t n = 0;
    for (size_t i = 0; i < item->nodes.len; i++) {
        vb_label label;
        if (vb_label_find(item->nodes.at[i].label, &label) && (mask & (1u << label)))
            item->nodes.at[n++] = item->nodes.at[i];
    }
    if (n) item->nodes.len = n;
    p->end = name->end;
    return true;
}

static bool is_of(vb_str prep)
{
    return !prep.len || vb_str_eq(prep, VB_STR("van")) || vb_str_eq(prep, VB_STR("of")) ||
           vb_str_eq(prep, VB_STR("voor")) || vb_str_eq(prep, VB_STR("for"));
}

/** "het programma Stijn", "the municipality of Leeuwarden", "het ministerie van OCW", "minister van JenV". */
static bool is_apposition(reader *r, const ask_phrase *p, const ask_name *name)
{
    const unsigned of_masks = VB_MASK_MUNICIPALITY | VB_MASK_MINISTRY | VB_MASK_REGION | VB_MASK_COUNTRY;
    size_t to = r->prep.len ? r->prep_at : name->first;
    if (!p || !p->typed || p->n_items || p->clause != r->clause || r->joined) return false;
    bool holder = p->note == ASK_QUESTION && name->mask == VB_MASK_DOCUMENT;
    if (!nothing_between(r->q, p->end, to) || !(is_of(r->prep) || holder)) return false;
    if (p->note == ASK_OFFICE && r->prep.len && (name->mask & VB_MASK_MINISTRY)) return !p->asked;
    if (!(p->mask & name->mask)) return false;
    bool holds = p->note == ASK_QUESTION && r->prep.len && !vb_ask_is_about(r->prep) && !p->asked;
    if (holds && name->mask == VB_MASK_DOCUMENT) return true; /* "de vragen in brief X" are that letter */
    if (r->prep.len) return (p->mask & of_masks) != 0 && !p->plural && !p->asked;
    return !p->asked || !p->plural;
}

/** "het programma X" where X is known as an organisation: the name decides, the relation whether it will do.
 */
static bool is_miscalled(const reader *r, const ask_phrase *p, const ask_name *name)
{
    return p && p->typed && !p->n_items && !p->asked && !p->plural && p->clause == r->clause && !r->joined &&
           !r->asked && !r->prep.len && nothing_between(r->q, p->end, name->first) &&
           !(p->mask & name->mask) && !r->q->atoms[name->first].comma;
}

/** "A, B en C", "Turkije maar niet Marokko", "door A als door B": the name goes on with the list. */
static bool goes_on(reader *r, const ask_phrase *p, const ask_name *name)
{
    const ask_question *q = r->q;
    bool comma = q->atoms[name->first].comma && p && p->end == name->first;
    if (!p || !p->n_items || p->clause != r->clause || !(r->joined || comma)) return false;
    if (comma && !r->joined && r->prep.len) return false;
    return !r->prep.len || vb_str_eq(r->prep, p->prep);
}

/** "Wat is de NAVO": the question word stands alone; "welke PmG-gemeenten": it belongs to the type. */
static vb_status ask_apart(reader *r, const ask_name *name)
{
    bool type = name->end < r->q->n_atoms && ask_is(&r->q->atoms[name->end], ASK_type);
    if (!r->asked) return VB_OK;
    if (type) {
        r->asked = false;
        r->asked_for_type = true;
        return VB_OK;
    }
    vb_str prep = r->prep;
    size_t prep_at = r->prep_at;
    ask_phrase *p = new_phrase(r, r->asked_at, r->asked_at + 1);
    if (!p) return VB_TOO_LARGE;
    p->pronoun = true;
    r->prep = prep;
    r->prep_at = prep_at;
    return VB_OK;
}

static vb_status read_name(reader *r)
{
    vb_status status;
    const ask_name *name = &r->q->names[r->q->atoms[r->at].name];
    ask_phrase *p = last_phrase(r);
    r->at = name->end;
    if (name->adjective) {
        r->adjective = name;
        return VB_OK;
    }
    if (goes_on(r, p, name)) {
        if (!add_item(p, name, r->negated, VB_MASK_ANY)) return VB_TOO_LARGE;
        p->either |= r->either;
        p->mask |= name->mask;
        forget(r);
        return VB_OK;
    }
    if (is_apposition(r, p, name)) {
        bool office = p->note == ASK_OFFICE && !(p->mask & name->mask);
        p->mask = office ? VB_MASK_MINISTRY : p->mask & name->mask;
        p->office = office;
        if (office) p->note = ASK_PLAIN;
        forget(r);
        return add_item(p, name, false, p->mask) ? VB_OK : VB_TOO_LARGE;
    }
    if (is_miscalled(r, p, name)) {
        p->claimed = p->mask;
        p->mask = name->mask;
        forget(r);
        return add_item(p, name, false, p->mask) ? VB_OK : VB_TOO_LARGE;
    }
    TRY(ask_apart(r, name));
    p = new_phrase(r, name->first, name->end);
    if (!p) return VB_TOO_LARGE;
    p->mask = name->mask;
    r->asked = r->asked_for_type;
    r->asked_for_type = false;
    const ask_word *word =
        vb_ask_word_find(&r->q->asker->lexicons[r->q->language], r->q->atoms[name->first].text);
    p->office = word && word->note == ASK_OFFICE;
    if (r->q->clause_negated[p->clause] && r->negated) r->negated = false;
    status = add_item(p, name, false, VB_MASK_ANY) ? VB_OK : VB_TOO_LARGE;
done:
    return status;
}

/** Dutch and English plurals by their endings; good enough for the words of types.tsv. */
static bool is_plural(vb_str s)
{
    return vb_str_ends(s, VB_STR("en")) ||
           (vb_str_ends(s, VB_STR("s")) && !vb_str_ends(s, VB_STR("ss")) &&
            !vb_str_ends(s, VB_STR("fonds"))) ||
           vb_str_eq(s, VB_STR("people"));
}

/** An adjective makes a phrase of its own, related to the type by its place: "Zeeuwse gemeenten". */
static vb_status read_adjective(reader *r, size_t first)
{
    const ask_name *name = r->adjective;
    r->adjective = NULL;
    ask_phrase *p = new_phrase(r, name->first, name->end);
    if (!p) return VB_TOO_LARGE;
    p->mask = name->mask;
    p->prep = VB_STR("in");
    p->prep_at = first;
    return add_item(p, name, false, VB_MASK_ANY) ? VB_OK : VB_TOO_LARGE;
}

/** "Welk artikel van de Opiumwet": articles of laws are no nodes. */
static bool asks_article(const ask_question *q, size_t i)
{
    for (size_t k = i + 1; ask_is(&q->atoms[i], ASK_article) && k < q->n_atoms && k < i + 4; k++)
        if (q->atoms[k].name >= 0)
            return q->names[q->atoms[k].name].mask == VB_MASK_LAW && is_of(q->atoms[i + 1].text);
    return false;
}

static vb_status read_type(reader *r)
{
    ask_question *q = r->q;
    const ask_word *word = q->atoms[r->at].word;
    size_t first = r->at, end = r->at + q->atoms[r->at].word_len;
    ask_phrase *p = last_phrase(r);
    if (asks_article(q, first)) {
        q->unread = vb_str_part(q->text, q->atoms[first].start, q->atoms[first].end);
        return VB_UNKNOWN;
    }
    r->at = end;
    if (p && r->joined && p->typed && !p->n_items && !r->prep.len && p->clause == r->clause &&
        !q->atoms[first].quoted) { /* programmes and plans */
        p->mask |= word->mask;
        p->end = end;
        forget(r);
        return VB_OK;
    }
    bool after_name = p && p->n_items && p->end == first && !p->typed && !q->atoms[first].comma && !r->joined;
    if (after_name && !r->asked && (p->mask & word->mask)) {                              /* PmG-programma */
        if ((word->classes & ASK_IS(ASK_itself)) && !q->atoms[first].glued) return VB_OK; /* "is X lid" */
        p->mask &= word->mask;
        p->typed = true;
        p->end = end;
        return VB_OK;
    }
    bool narrows = q->atoms[first].glued || r->asked; /* "welke PmG-gemeenten" */
    if (after_name && narrows && !p->prep.len) {
        p->prep = q->language == ASK_DUTCH ? VB_STR("van") : VB_STR("of");
        p->prep_at = p->first;
    }
    const ask_name *adjective = r->adjective;
    r->adjective = NULL;
    p = new_phrase(r, first, end);
    if (!p) return VB_TOO_LARGE;
    p->typed = true;
    p->mask = word->mask;
    p->note = word->note;
    p->plural = is_plural(word->text);
    r->adjective = adjective;
    return adjective ? read_adjective(r, end) : VB_OK;
}

static vb_status read_pronoun(reader *r, unsigned mask, vb_str prep)
{
    ask_phrase *p;
    size_t len = r->q->atoms[r->at].word_len ? r->q->atoms[r->at].word_len : 1;
    r->asked = true;
    p = new_phrase(r, r->at, r->at + len);
    if (!p) return VB_TOO_LARGE;
    p->pronoun = true;
    p->mask = mask;
    if (prep.len) {
        p->prep = prep;
        p->prep_at = r->at;
    }
    r->at += len;
    return VB_OK;
}

static vb_status new_clause(reader *r, int subject, size_t at)
{
    ask_question *q = r->q;
    if (q->n_clauses == VB_COUNT(q->clause_first)) return VB_TOO_LARGE;
    r->clause = q->n_clauses++;
    q->clause_first[r->clause] = at;
    q->clause_subject[r->clause] = subject;
    bool negated = r->negated;
    forget(r);
    r->negated = negated;
    return VB_OK;
}

/** What the clause is about: what it was opened for, or what is asked. */
static int subject_of(const reader *r)
{
    const ask_question *q = r->q;
    if (q->clause_subject[r->clause] >= 0) return q->clause_subject[r->clause];
    for (size_t i = 0; i < q->n_phrases; i++)
        if (q->phrases[i].asked) return (int)i;
    return q->n_phrases ? 0 : -1;
}

/** What stands behind "en", "of", "maar": the next item of a list (true) or a new clause. */
static bool list_follows(reader *r)
{
    const ask_question *q = r->q;
    const ask_phrase *p = last_phrase(r);
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
    if (prep) return vb_str_eq(a->text, p->prep) && nothing_between(q, p->end, r->at);
    return !a->word && !a->used && p->n_items == 0;
}

static vb_status read_joint(reader *r)
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
static bool opens_clause(reader *r)
{
    const ask_phrase *p = last_phrase(r);
    return p && !p->pronoun && p->end <= r->at && nothing_between(r->q, p->end, r->at) && !r->prep.len;
}

/** "met wie", "aan welke": the preposition before a relative pronoun belongs to the antecedent's clause. */
static vb_status read_question_word(reader *r)
{
    vb_status status = VB_OK;
    const ask_atom *a = &r->q->atoms[r->at];
    ask_phrase *p = last_phrase(r);
    bool relative = p && !p->pronoun && r->q->n_phrases > 0 && opens_clause(r);
    /* "… belong who asked": the clause stands behind the verb */
    relative |= ask_is(a, ASK_that) && p && p->typed && !p->n_items && !p->asked && r->q->phrases[0].asked;
    size_t next = r->at + a->word_len;
    bool before_type = next < r->q->n_atoms && (ask_is(&r->q->atoms[next], ASK_type));
    if (relative && (ask_is(a, ASK_that) || ask_is(a, ASK_whereby) || ask_is(a, ASK_where))) {
        TRY(new_clause(r, (int)(p - r->q->phrases), r->at));
        r->at = next;
        return VB_OK;
    }
    if (ask_is(a, ASK_whereby)) {
        vb_str prep = vb_str_part(a->text, 4, a->text.len);
        if (vb_str_eq(prep, VB_STR("mee")) || vb_str_eq(prep, VB_STR("mede"))) prep = VB_STR("met");
        TRY(read_pronoun(r, VB_MASK_ANY, prep));
    } else if (ask_is(a, ASK_where)) {
        TRY(read_pronoun(r, VB_MASK_PLACE | VB_MASK_DOCUMENT, VB_STR("in")));
    } else if (ask_is(a, ASK_what) && before_type) {
        r->asked = true;
        r->asked_at = r->at;
        r->at = next;
    } else if (ask_is(a, ASK_which)) {
        r->asked = true;
        r->asked_at = r->at;
        r->at = next;
    } else if (ask_is(a, ASK_who)) {
        TRY(read_pronoun(r, VB_MASK_ANY & ~(unsigned)(VB_MASK_DOCUMENT | VB_MASK_LAW), (vb_str){ 0 }));
    } else if (ask_is(a, ASK_what)) {
        TRY(read_pronoun(r, VB_MASK_ANY, (vb_str){ 0 }));
    } else {
        r->at = next; /* "die", "dat", "that" that open nothing */
    }
done:
    return status;
}

static vb_status read_small(reader *r)
{
    ask_question *q = r->q;
    const ask_atom *a = &q->atoms[r->at];
    size_t len = a->word_len ? a->word_len : 1;
    ask_phrase *p = last_phrase(r);
    if (ask_is(a, ASK_howmany)) q->goal = ASK_COUNT;
    if (ask_is(a, ASK_howoften)) q->goal = ASK_OFTEN;
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
        q->limit = a->word->value;
    if (r->negated && ask_is(a, ASK_not) && !r->joined) {
        q->clause_negated[r->clause] = true;
        q->clause_not_at[r->clause] = r->at;
    }
    bool verb = a->word && !(a->word->classes & (ASK_IS(ASK_prep) | ASK_IS(ASK_agent) | ASK_IS(ASK_itself) |
                                                 ASK_IS(ASK_not) | ASK_IS(ASK_both) | ASK_IS(ASK_which) |
                                                 ASK_IS(ASK_howmany) | ASK_IS(ASK_except) | ASK_IS(ASK_most) |
                                                 ASK_IS(ASK_number) | ASK_IS(ASK_top) | ASK_IS(ASK_outside)));
    if (verb) forget(r);
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
static vb_status read_other(reader *r)
{
    if (r->asked && !digits(r->q->atoms[r->at].text)) {
        vb_status status = read_pronoun(r, VB_MASK_ANY, (vb_str){ 0 });
        if (status == VB_OK)
            r->q->phrases[r->q->n_phrases - 1].plural = is_plural(r->q->atoms[r->at - 1].text);
        return status;
    }
    const ask_atom *a = &r->q->atoms[r->at];
    if (digits(a->text) && r->q->limit == 0 && a->text.len < 3) { /* "top 5", "the 3 most …" */
        r->q->limit = (size_t)strtoul(a->text.at, NULL, 10);
        r->q->atoms[r->at++].used = true;
        return VB_OK;
    }
    r->topic = vb_ask_is_about(r->prep) && !vb_ask_guess_is_cue(r->q, a->text);
    if (!r->topic) forget(r);
    r->at++;
    return VB_OK;
}

/** "Who funds X?", "Which ministry funds X?": a type's word between who is asked for and a name is a verb. */
static bool is_verb_here(const reader *r)
{
    const ask_question *q = r->q;
    if (!r->at || r->at + 1 >= q->n_atoms) return false;
    const ask_atom *before = &q->atoms[r->at - 1], *next = &q->atoms[r->at + 1];
    return (ask_is(before, ASK_who) || (ask_is(before, ASK_type) && before->name < 0)) && next->name >= 0;
}

vb_status vb_ask_phrases_find(ask_question *q)
{
    vb_status status = VB_OK;
    reader r = { .q = q, .prep_at = SIZE_MAX };
    bool ordered = false;
    q->n_clauses = 1;
    q->clause_subject[0] = -1;
    while (r.at < q->n_atoms) {
        const ask_atom *a = &q->atoms[r.at];
        bool als = ask_is(a, ASK_and_als) && r.both;
        if (a->used)
            r.at++;
        else if (a->name >= 0)
            TRY(read_name(&r));
        else if (ask_is(a, ASK_type) && !is_verb_here(&r))
            TRY(read_type(&r));
        else if (ask_is(a, ASK_who) || ask_is(a, ASK_what) || ask_is(a, ASK_where) || ask_is(a, ASK_that) ||
                 ask_is(a, ASK_whereby))
            TRY(read_question_word(&r));
        else if (ask_is(a, ASK_and) || ask_is(a, ASK_or) || ask_is(a, ASK_but) || als)
            TRY(read_joint(&r));
        else if (ask_is(a, ASK_give) && !q->n_phrases)
            ordered = true, r.at += a->word_len;
        else if (a->word && !ask_is(a, ASK_type))
            TRY(read_small(&r));
        else
            TRY(read_other(&r));
    }
    vb_ask_asked_find(q, ordered);
done:
    return status;
}
