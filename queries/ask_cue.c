/**
 * One relation in a clause: which cue is there, and which phrases are its source and target.
 *
 * Every cue whose parts are all there is tried with every pair of phrases. What the ontology does not allow
 * is out; the rest is weighed: prepositions that fit, voice, word order, the number of the verb (Dutch:
 * "welke organisaties steunt X" asks for the object), nearness, and how many words the cue explains.
 */
#include "queries/ask_reading.h"

enum { IMPOSSIBLE = -100000, MISSING = -35, WORD = 30 };

size_t vb_ask_clause_end(const ask_question *q, size_t clause)
{
    return clause + 1 < q->n_clauses ? q->clause_first[clause + 1] : q->n_atoms;
}

bool vb_ask_clause_has(const ask_question *q, size_t clause, ask_class c)
{
    for (size_t i = q->clause_first[clause]; i < vb_ask_clause_end(q, clause); i++)
        if (q->atoms[i].name < 0 && ask_is(&q->atoms[i], c)) return true;
    return false;
}

bool vb_ask_is_about(vb_str prep)
{
    static const char *const preps[] = { "over",        "omtrent", "inzake",    "rond",       "naar",
                                         "betreffende", "about",   "regarding", "concerning", "on" };
    for (size_t i = 0; i < VB_COUNT(preps); i++)
        if (vb_str_eq(prep, vb_str_of(preps[i]))) return true;
    return false;
}

bool vb_ask_is_to(vb_str prep)
{
    return vb_str_eq(prep, VB_STR("aan")) || vb_str_eq(prep, VB_STR("to"));
}

bool vb_ask_allows(vb_relation relation, unsigned from, unsigned to)
{
    for (int a = 0; a < VB_LABEL_COUNT; a++)
        for (int b = 0; b < VB_LABEL_COUNT; b++)
            if ((from & (1u << a)) && (to & (1u << b)) &&
                vb_relation_allows(relation, (vb_label)a, (vb_label)b))
                return true;
    return false;
}

/** Whether the words of @p phrase stand at atom @p i; *len counts them. */
static bool stands_at(const ask_question *q, vb_str phrase, size_t i, size_t end, size_t *len)
{
    vb_str rest = phrase, word;
    *len = 0;
    while (vb_str_next(&rest, ' ', &word)) {
        if (i >= end || q->atoms[i].used || q->atoms[i].name >= 0 || !vb_str_eq(q->atoms[i].text, word))
            return false;
        i++;
        ++*len;
    }
    return true;
}

static bool overlaps(const ask_reading *r, size_t n_parts, size_t from, size_t len)
{
    for (size_t p = 0; p < n_parts; p++)
        if (from < r->from[p] + r->len[p] && r->from[p] < from + len) return true;
    return false;
}

/** Find a part in a clause: the longest of its choices, the first place. */
static bool find_part(const ask_question *q, const ask_cue *cue, size_t part, size_t clause, ask_reading *r)
{
    size_t end = vb_ask_clause_end(q, clause), best = 0;
    for (size_t c = 0; c < cue->n_choices[part]; c++)
        for (size_t i = q->clause_first[clause]; i < end; i++) {
            size_t len;
            if (!stands_at(q, cue->parts[part][c], i, end, &len) || len <= best) continue;
            if (overlaps(r, part, i, len)) continue;
            r->from[part] = i;
            r->len[part] = best = len;
            break;
        }
    return best > 0;
}

static bool find_cue(const ask_question *q, const ask_cue *cue, size_t clause, ask_reading *r)
{
    *r = (ask_reading){ .cue = cue, .clause = clause, .source = -1, .target = -1 };
    for (size_t p = 0; p < cue->n_parts; p++) {
        if (!find_part(q, cue, p, clause, r)) return false;
        r->n_words += r->len[p];
    }
    return true;
}

static bool covers(const ask_reading *r, size_t atom)
{
    for (size_t p = 0; p < r->cue->n_parts; p++)
        if (atom >= r->from[p] && atom < r->from[p] + r->len[p]) return true;
    return false;
}

static bool is_agent(const ask_question *q, const ask_phrase *p)
{
    return p->prep.len && p->prep_at < q->n_atoms && ask_is(&q->atoms[p->prep_at], ASK_agent);
}

/** A participle is passive with "wordt", "is", "by"; active behind "heeft" alone. */
static bool is_passive(const ask_question *q, const ask_reading *r)
{
    if (!r->cue->done || (r->cue->kind != ASK_VERB && r->cue->kind != ASK_INVERSE)) return false;
    for (size_t i = 0; i < q->n_phrases; i++)
        if (!q->phrases[i].gone && is_agent(q, &q->phrases[i])) return true;
    size_t c = r->clause;
    bool be = vb_ask_clause_has(q, c, ASK_be) || vb_ask_clause_has(q, c, ASK_become);
    bool have = vb_ask_clause_has(q, c, ASK_have);
    if (!be && !have && q->clause_subject[c] >= 0 && q->language == ASK_DUTCH)
        return vb_ask_clause_has(q, 0, ASK_become);
    return be && !(have && q->language == ASK_DUTCH);
}

static bool takes(const ask_cue *cue, vb_str prep)
{
    for (size_t i = 0; i < cue->n_at; i++)
        if (vb_str_eq(cue->at[i], prep)) return true;
    return false;
}

/** How well a phrase's preposition suits an end that is marked (@p marked) or bare. */
static int fit(const ask_question *q, const ask_reading *r, int phrase, bool marked)
{
    if (phrase < 0) return MISSING;
    const ask_phrase *p = &q->phrases[phrase];
    bool subject = q->clause_subject[r->clause] == phrase; /* its preposition is another clause's */
    bool stranded =
        p->prep_at != SIZE_MAX && p->prep_at >= p->end && !takes(r->cue, p->prep) && !is_agent(q, p);
    bool bare = !p->prep.len || subject || stranded || covers(r, p->prep_at);
    bool where =
        p->pronoun && (ask_is(&q->atoms[p->first], ASK_where) || ask_is(&q->atoms[p->first], ASK_whereby));
    if (where && !marked && !r->passive) return -60;
    if (r->passive && marked) return is_agent(q, p) ? 40 : bare ? -60 : -40;
    if (r->passive) return bare ? 20 : is_agent(q, p) ? -80 : -40;
    bool taken = p->prep.len && !subject && !stranded && takes(r->cue, p->prep);
    if (!marked) return taken ? -30 : bare ? 20 : -40;
    if (taken) return 40;
    return bare ? (r->cue->n_at ? 10 : 20) : -40;
}

/** The finite verb's number: the first word of the cue or of a verb without meaning; -1: not to be seen. */
static int verb_is_plural(const ask_question *q, const ask_reading *r)
{
    static const char *const plurals[] = { "zijn", "waren", "hebben", "doen", "gaan", "staan", "zien" };
    const uint64_t light = ASK_IS(ASK_be) | ASK_IS(ASK_become) | ASK_IS(ASK_have) | ASK_IS(ASK_do);
    size_t at = SIZE_MAX;
    for (size_t i = q->clause_first[r->clause]; i < vb_ask_clause_end(q, r->clause); i++)
        if (q->atoms[i].name < 0 && q->atoms[i].word && (q->atoms[i].word->classes & light)) {
            at = i;
            break;
        }
    if (at == SIZE_MAX && !r->cue->done) at = r->from[0];
    if (at == SIZE_MAX) return -1;
    vb_str verb = q->atoms[at].text;
    for (size_t i = 0; i < VB_COUNT(plurals); i++)
        if (vb_str_eq(verb, vb_str_of(plurals[i]))) return 1;
    return vb_str_ends(verb, VB_STR("en"));
}

static bool many(const ask_phrase *p)
{
    return p->n_items ? p->n_items > 1 : p->plural;
}

/** Of two bare phrases, how sure it is that @p subject is the subject and not @p object. */
static int order_dutch(const ask_question *q, const ask_reading *r, const ask_phrase *s, const ask_phrase *o)
{
    bool first = s->first < o->first;
    const ask_phrase *a = first ? s : o, *b = first ? o : s;
    bool fronted = a->asked || q->clause_subject[r->clause] == (int)(a - q->phrases);
    int plural = fronted ? verb_is_plural(q, r) : -1, lean = first ? 1 : -1;
    if (plural >= 0 && many(a) != many(b) && !a->pronoun) return (many(s) == (plural == 1)) ? 30 : -30;
    if (a->pronoun && a->asked && ask_is(&q->atoms[a->first], ASK_what)) return -10 * lean;
    return 10 * lean;
}

static int order_english(const ask_question *q, const ask_reading *r, const ask_phrase *s,
                         const ask_phrase *o)
{
    bool first = s->first < o->first;
    const ask_phrase *a = first ? s : o, *b = first ? o : s;
    bool fronted = a->asked || q->clause_subject[r->clause] == (int)(a - q->phrases);
    if (!fronted) return first ? 30 : -30;
    bool be = ask_is(&q->atoms[r->from[0]], ASK_be); /* "What is X part of": the words behind it say it */
    size_t verb = r->from[be ? r->cue->n_parts - 1 : 0];
    /* "Which programmes does X run", "that X runs": the verb comes behind both */
    return (b->first < verb) == first ? -30 : 30;
}

/** Phrases that an embedded clause may borrow from the ones around it cost a little. */
static int nearness(const ask_question *q, const ask_reading *r, int phrase)
{
    if (phrase < 0) return 0;
    const ask_phrase *p = &q->phrases[phrase];
    size_t verb = r->from[r->cue->n_parts - 1];
    size_t far = p->first > verb ? p->first - verb : verb - p->first;
    int cost = (int)(far < 9 ? far : 9) / 2;
    if (p->clause != r->clause && q->clause_subject[r->clause] != phrase) cost += 40;
    if (p->linked) cost += 6;
    if (p->asked) cost -= 2;
    return -cost;
}

/** A phrase in the place of a document may say what the document is about. */
static unsigned mask_as(const ask_question *q, const ask_reading *r, int phrase, bool target)
{
    if (phrase < 0) return VB_MASK_ANY;
    const ask_phrase *p = &q->phrases[phrase];
    bool papers = r->cue->says == VB_REL_ASKED || r->cue->says == VB_REL_AUTHORED;
    if (target && papers && vb_ask_is_about(p->prep) && !p->asked && !covers(r, p->prep_at))
        return VB_MASK_DOCUMENT;
    if (target && p->note == ASK_MOTION && r->cue->says == VB_REL_ASKED) return 0;
    if ((r->cue->kind == ASK_SOURCE || r->cue->kind == ASK_TARGET) && covers(r, p->first)) return VB_MASK_ANY;
    if (!target && papers && p->mask == VB_MASK_PARTY) return VB_MASK_PERSON; /* through its members */
    return p->mask;
}

/** "Wie diende de motie X in?": a paper that is named is written rather than asked, unless it is a question.
 */
static bool asks_paper(const ask_question *q, const ask_reading *r)
{
    if (r->cue->says != VB_REL_ASKED || r->target < 0) return false;
    const ask_phrase *p = &q->phrases[r->target];
    return p->n_items && !p->searched && p->mask == VB_MASK_DOCUMENT && p->note != ASK_QUESTION;
}

/** "Die met X samenwerken worden DOOR Y betaald": a verb that leaves out who does it is not the one meant. */
static bool leaves_out_agent(const ask_question *q, const ask_reading *r)
{
    if (r->passive || (r->cue->kind != ASK_VERB && r->cue->kind != ASK_INVERSE)) return false;
    bool becomes = false; /* its own words make a passive */
    for (size_t p = 0; p < r->cue->n_parts; p++) becomes |= ask_is(&q->atoms[r->from[p]], ASK_become);
    for (size_t i = 0; becomes && i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        bool out = (int)i != r->source && (int)i != r->target && !p->gone && !p->linked;
        if (out && p->clause == r->clause && is_agent(q, p)) return true;
    }
    return false;
}

static int weigh_ends(const ask_question *q, const ask_reading *r)
{
    const ask_cue *cue = r->cue;
    bool inverse = cue->kind == ASK_INVERSE || cue->kind == ASK_TARGET;
    int subject = inverse ? r->target : r->source, other = inverse ? r->source : r->target;
    if (r->source < 0 && r->target < 0) return IMPOSSIBLE;
    unsigned from = mask_as(q, r, r->source, false), to = mask_as(q, r, r->target, true);
    if (cue->says == ASK_SAYS_REPLY) { /* a minister answers a member of parliament */
        bool both = r->source >= 0 && r->target >= 0 && !q->phrases[r->target].office;
        if (!both || !(from & (VB_MASK_PERSON | VB_MASK_MINISTRY)) || !(to & VB_MASK_PERSON))
            return IMPOSSIBLE;
    } else if (!vb_ask_allows((vb_relation)cue->says, from, to)) {
        return IMPOSSIBLE;
    }
    bool papers = cue->says == VB_REL_ASKED || cue->says == VB_REL_AUTHORED;
    bool wrapped = r->target >= 0 && papers && mask_as(q, r, r->target, true) == VB_MASK_DOCUMENT &&
                   (q->phrases[r->target].searched || !(q->phrases[r->target].mask & VB_MASK_DOCUMENT));
    int score = nearness(q, r, r->source) + nearness(q, r, r->target);
    if (asks_paper(q, r) && !wrapped) score -= 25;
    if (leaves_out_agent(q, r)) score -= 60;
    if (r->passive)
        score += fit(q, r, subject, true) + fit(q, r, other, false);
    else
        score += fit(q, r, subject, false) + (wrapped ? 15 : fit(q, r, other, true));
    if (subject >= 0 && other >= 0 && !r->passive) {
        const ask_phrase *s = &q->phrases[subject], *o = &q->phrases[other];
        bool both_bare = !s->prep.len && !o->prep.len;
        if (both_bare)
            score += q->language == ASK_DUTCH ? order_dutch(q, r, s, o) : order_english(q, r, s, o);
    }
    return score;
}

/** Phrases that the clause can use. */
static bool usable(const ask_question *q, const ask_reading *r, size_t i)
{
    const ask_phrase *p = &q->phrases[i];
    if (p->gone || p->except || p->outside) return false;
    bool inside = covers(r, p->first);
    if (inside) return (r->cue->kind == ASK_SOURCE || r->cue->kind == ASK_TARGET);
    return p->clause <= r->clause;
}

/** The phrase right behind the cue's words. */
static int phrase_behind(const ask_question *q, const ask_reading *r)
{
    size_t end = r->from[r->cue->n_parts - 1] + r->len[r->cue->n_parts - 1];
    int best = -1;
    for (size_t i = 0; i < q->n_phrases; i++)
        if (!q->phrases[i].gone && q->phrases[i].first >= end && q->phrases[i].clause == r->clause &&
            (best < 0 || q->phrases[i].first < q->phrases[best].first))
            best = (int)i;
    return best;
}

static void keep_better(const ask_question *q, ask_reading *r, ask_reading *best)
{
    int score = weigh_ends(q, r);
    if (score == IMPOSSIBLE) return;
    r->score = score + WORD * (int)r->n_words;
    if (r->score > best->score) *best = *r;
}

/** "de vragen", "which funds": a noun, whatever verb is spelled like it. */
static bool is_noun(const ask_question *q, const ask_reading *r)
{
    if (r->cue->kind != ASK_VERB && r->cue->kind != ASK_INVERSE) return false;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone || !p->typed || p->n_items || p->first < r->from[0] || p->first >= r->from[0] + r->len[0])
            continue; /* of "kreeg antwoord" the second word is a noun */
        if (p->asked || p->prep.len || (p->first > 0 && ask_is(&q->atoms[p->first - 1], ASK_itself)))
            return true;
    }
    return false;
}

/** "Welke landen zijn LID van X?": the noun says what another phrase is, and is none itself. */
static bool is_predicate(const ask_question *q, const ask_reading *r)
{
    if (!vb_ask_clause_has(q, r->clause, ASK_be)) return false;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        bool bare = !p->prep.len || q->clause_subject[r->clause] == (int)i;
        if (usable(q, r, i) && bare && !covers(r, p->first) && p->clause <= r->clause &&
            (p->asked || p->n_items))
            return true;
    }
    return false;
}

/** Whether a noun may say what another phrase is: "X is lid", "partner X". */
static bool may_be_called(const ask_question *q, const ask_reading *r, int own)
{
    const ask_phrase *p = &q->phrases[own];
    if (covers(r, p->first)) return true;
    if (!p->prep.len && vb_ask_clause_has(q, r->clause, ASK_be)) return true;
    return !p->typed && (p->pronoun || p->first == r->from[0] + r->len[0]);
}

/** "Met welke PARTNERS werkt X samen?": the verb has said what the noun says. */
static bool is_said_twice(const ask_question *q, const ask_reading *r)
{
    for (size_t i = 0; i < q->n_phrases; i++)
        if (!q->phrases[i].gone && q->phrases[i].linked && covers(r, q->phrases[i].first)) return true;
    return false;
}

/** Every pair of phrases at the ends of a cue. */
static void try_ends(const ask_question *q, ask_reading *r, ask_reading *best)
{
    const ask_cue *cue = r->cue;
    bool fixed = cue->kind == ASK_BY || cue->kind == ASK_TO,
         noun = cue->kind == ASK_SOURCE || cue->kind == ASK_TARGET;
    int behind = fixed ? phrase_behind(q, r) : -1;
    bool predicate = noun && is_predicate(q, r);
    if (fixed && behind < 0) return;
    for (int s = -1; s < (int)q->n_phrases; s++) {
        if (s >= 0 && !usable(q, r, (size_t)s)) continue;
        if (cue->kind == ASK_BY && s != behind) continue;
        for (int t = -1; t < (int)q->n_phrases; t++) {
            if (t >= 0 && (t == s || !usable(q, r, (size_t)t))) continue;
            if (cue->kind == ASK_TO && t != behind) continue;
            int own = cue->kind == ASK_SOURCE ? s : t; /* the end that the noun itself names */
            int other = own == s ? t : s;
            if (noun && other >= 0 && covers(r, q->phrases[other].first)) continue;
            if (predicate && own >= 0 && covers(r, q->phrases[own].first) && !q->phrases[own].asked) continue;
            if (noun && own >= 0 && !may_be_called(q, r, own)) continue;
            if (noun && other < 0 && is_said_twice(q, r)) continue;
            r->source = s;
            r->target = t;
            keep_better(q, r, best);
        }
    }
}

/** All that is asked about a path or about one thing: the names say it. */
static void try_all(const ask_question *q, ask_reading *r, ask_reading *best)
{
    size_t names = 0, others = 0;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone) continue;
        if (p->n_items)
            names += p->n_items;
        else if (!p->pronoun && !covers(r, p->first))
            others++;
    }
    size_t want = r->cue->says == ASK_SAYS_PATH ? 2 : 1;
    if (r->cue->says == ASK_SAYS_DIFF) {
        if (!vb_ask_diff_has_sides(q)) return;
        want = names;
    }
    r->score = WORD * (int)r->n_words + 90 - 40 * (int)others;
    if (names == want && r->score > best->score) *best = *r;
}

bool vb_ask_cue_best(const ask_question *q, size_t clause, ask_reading *out)
{
    ask_reading best = { .score = 0 };
    for (size_t i = 0; i < q->asker->cues.len; i++) {
        const ask_cue *cue = &q->asker->cues.at[i];
        ask_reading r;
        if (q->goal == ASK_PATH && cue->says != ASK_SAYS_PATH) continue;
        if (cue->language != q->language || !find_cue(q, cue, clause, &r)) continue;
        r.passive = is_passive(q, &r);
        if (is_noun(q, &r)) continue;
        if (cue->says >= VB_REL_COUNT && cue->says != ASK_SAYS_REPLY)
            try_all(q, &r, &best);
        else
            try_ends(q, &r, &best);
    }
    if (best.score <= 0) return false;
    *out = best;
    return true;
}
