/**
 * A reading of a verb or noun (ask_cue.c) put into the query: a link between its phrases, and phrases of
 * their own for what is not named: the documents about a thing, the members of a party, the questions that
 * were answered.
 */
#include "queries/ask_reading.h"

vb_status vb_ask_link_add(ask_question *q, ask_link link)
{
    if (q->n_links == ASK_LINKS_MAX) return VB_TOO_LARGE;
    q->links[q->n_links++] = link;
    if (link.source >= 0) q->phrases[link.source].linked = true;
    if (link.target >= 0) q->phrases[link.target].linked = true;
    q->relation |= link.relations;
    return VB_OK;
}

/** "vragen over Kenia" without the word "vragen": a phrase of its own for the documents. */
static int documents_about(ask_question *q, vb_relation relation, int about)
{
    if (q->n_phrases == ASK_PHRASES_MAX) return -1;
    ask_phrase *topic = &q->phrases[about];
    const ask_atom *first = &q->atoms[topic->first];
    if (topic->mask == VB_MASK_DOCUMENT && !topic->n_items) return about;
    if (topic->searched) return about;
    if (relation == VB_REL_ASKED && topic->n_items == 1 && first->name >= 0 && q->names[first->name].asked)
        return about;
    ask_phrase *p = &q->phrases[q->n_phrases];
    *p = (ask_phrase){ .first = topic->first,
                       .end = topic->first,
                       .prep_at = SIZE_MAX,
                       .clause = topic->clause,
                       .typed = true,
                       .mask = VB_MASK_DOCUMENT };
    topic->about = true;
    if (vb_ask_link_add(q, (ask_link){ .relations = 1u << VB_REL_MENTIONS,
                                       .source = (int)q->n_phrases,
                                       .target = about }) != VB_OK)
        return -1;
    return (int)q->n_phrases++;
}

static unsigned domain(vb_relation relation, bool source)
{
    const vb_relation_info *info = vb_relation_get(relation);
    unsigned both = info->from | info->to;
    return info->symmetric ? both : source ? info->from : info->to;
}

/** Keep of a phrase only what may stand at this end. */
static void narrow(ask_question *q, int phrase, unsigned mask)
{
    if (phrase >= 0 && (q->phrases[phrase].mask & mask)) q->phrases[phrase].mask &= mask;
}

/** "Werken A en B samen?": a list at one end is both ends. */
static vb_status part_list(ask_question *q, ask_link *link)
{
    int list = link->source >= 0 ? link->source : link->target;
    if (list < 0 || (link->source >= 0 && link->target >= 0)) return VB_OK;
    ask_phrase *p = &q->phrases[list];
    if (p->n_items != 2 || q->n_phrases == ASK_PHRASES_MAX) return VB_OK;
    q->phrases[q->n_phrases] = *p;
    q->phrases[q->n_phrases].items[0] = p->items[1];
    q->phrases[q->n_phrases].n_items = p->n_items = 1;
    link->source = list;
    link->target = (int)q->n_phrases++;
    link->weak = false;
    return VB_OK;
}

/* "Welke partij stelde vragen": its members did. */
int vb_ask_member_of(ask_question *q, int party)
{
    if (q->n_phrases == ASK_PHRASES_MAX) return -1;
    size_t at = q->phrases[party].end;
    q->phrases[q->n_phrases] = (ask_phrase){ .first = at,
                                             .end = at,
                                             .prep_at = SIZE_MAX,
                                             .clause = q->phrases[party].clause,
                                             .typed = true,
                                             .mask = VB_MASK_PERSON };
    if (vb_ask_link_add(q, (ask_link){ .relations = 1u << VB_REL_MEMBER_OF,
                                       .source = (int)q->n_phrases,
                                       .target = party }) != VB_OK)
        return -1;
    return (int)q->n_phrases++;
}

static void use_words(ask_question *q, const ask_reading *r)
{
    for (size_t p = 0; p < r->cue->n_parts; p++)
        for (size_t i = 0; i < r->len[p]; i++) q->atoms[r->from[p] + i].used = true;
    for (size_t i = 0; i < q->n_phrases; i++) { /* "vragen" of "stelt vragen" is no phrase any more */
        ask_phrase *p = &q->phrases[i];
        bool own = (int)i == r->source || (int)i == r->target;
        if (!p->gone && !p->n_items && p->first < q->n_atoms && q->atoms[p->first].used && !own &&
            p->end > p->first)
            p->gone = true;
    }
}

/** Citing and mentioning say the same of a law or paper; of anything else only mentioning can be meant. */
static unsigned widen(const ask_question *q, const ask_reading *r)
{
    unsigned bits = 1u << r->cue->says, parts = 1u << VB_REL_PART_OF | 1u << VB_REL_MEMBER_OF;
    bool bodies = (bits & parts) && r->source >= 0 && r->target >= 0 &&
                  q->phrases[r->source].mask & q->phrases[r->target].mask & VB_MASK_ORGANISATION;
    if (bodies) return parts; /* bodies of bodies are said to be their members and their parts */
    bool both = r->cue->says == VB_REL_MENTIONS && r->target >= 0 &&
                !(q->phrases[r->target].mask & ~(unsigned)(VB_MASK_LAW));
    return both ? bits | 1u << VB_REL_CITES : bits;
}

/** Whether "niet" in a clause denies what stands at atom @p at: what stood before it stays as it was said. */
bool vb_ask_is_denied(const ask_question *q, size_t clause, size_t at)
{
    return q->clause_negated[clause] && q->clause_not_at[clause] < at;
}

/** "de vragensteller over Arnhem": a phrase for what the noun itself names. */
static int noun_phrase(ask_question *q, const ask_reading *r)
{
    if (q->n_phrases == ASK_PHRASES_MAX) return -1;
    q->phrases[q->n_phrases] =
        (ask_phrase){ .first = r->from[0],
                      .end = r->from[0] + r->len[0],
                      .prep_at = SIZE_MAX,
                      .clause = r->clause,
                      .typed = true,
                      .mask = domain((vb_relation)r->cue->says, r->cue->kind == ASK_SOURCE) };
    return (int)q->n_phrases++;
}

/** A cue of small words alone, which hold in many sentences without saying its relation: "is in", "zit". */
static bool says_little(const ask_question *q, const ask_reading *r)
{
    for (size_t p = 0; p < r->cue->n_parts; p++)
        for (size_t i = 0; i < r->len[p]; i++)
            if (!vb_ask_word_find(&q->asker->lexicons[q->language], q->atoms[r->from[p] + i].text))
                return false;
    return true;
}

/** Who answered whom: through the questions that one asked and the other answered. */
static vb_status apply_reply(ask_question *q, const ask_reading *r)
{
    vb_status status;
    bool negated = vb_ask_is_denied(q, r->clause, SIZE_MAX);
    if (q->n_phrases == ASK_PHRASES_MAX) return VB_TOO_LARGE;
    int papers = (int)q->n_phrases++;
    q->phrases[papers] = (ask_phrase){ .first = r->from[0],
                                       .end = r->from[0],
                                       .prep_at = SIZE_MAX,
                                       .clause = r->clause,
                                       .typed = true,
                                       .note = ASK_QUESTION,
                                       .mask = VB_MASK_DOCUMENT };
    narrow(q, r->source, VB_MASK_PERSON | VB_MASK_MINISTRY);
    narrow(q, r->target, VB_MASK_PERSON);
    TRY(vb_ask_link_add(q, (ask_link){ .relations = 1u << VB_REL_ASKED,
                                       .source = r->target,
                                       .target = papers,
                                       .negated = negated && r->target == q->root }));
    TRY(vb_ask_link_add(q, (ask_link){ .relations = 1u << VB_REL_AUTHORED,
                                       .source = r->source,
                                       .target = papers,
                                       .negated = negated && r->target != q->root }));
done:
    return status;
}

vb_status vb_ask_link_apply(ask_question *q, const ask_reading *r)
{
    vb_status status = VB_OK;
    bool noun = r->cue->kind != ASK_VERB && r->cue->kind != ASK_INVERSE;
    vb_relation relation = (vb_relation)r->cue->says;
    ask_link link = { .relations = widen(q, r),
                      .source = r->source,
                      .target = r->target,
                      .negated = vb_ask_is_denied(q, r->clause, noun ? r->from[0] : SIZE_MAX) };
    use_words(q, r);
    if (r->cue->says == ASK_SAYS_REPLY) return apply_reply(q, r);
    if (r->cue->says >= VB_REL_COUNT) {
        q->goal = r->cue->says == ASK_SAYS_PATH  ? ASK_PATH
                  : r->cue->says == ASK_SAYS_ALL ? ASK_EVERYTHING
                                                 : ASK_CHANGES;
        q->turned = r->cue->kind == ASK_INVERSE;
        for (size_t i = 0; i < q->n_phrases; i++) q->phrases[i].linked = true;
        return VB_OK;
    }
    if (r->cue->kind == ASK_SOURCE || r->cue->kind == ASK_TARGET) {
        int own = r->cue->kind == ASK_SOURCE ? r->source : r->target;
        if (own < 0) {
            own = noun_phrase(q, r);
            if (r->cue->kind == ASK_SOURCE)
                link.source = own;
            else
                link.target = own;
        }
        bool by_type =
            own >= 0 && !q->phrases[own].n_items && ask_is(&q->atoms[q->phrases[own].first], ASK_type);
        if (by_type) q->phrases[own].mask |= domain(relation, r->cue->kind == ASK_SOURCE);
        if (own >= 0 && q->phrases[own].note == ASK_MEMBER) q->phrases[own].note = ASK_PLAIN;
    }
    bool papers = relation == VB_REL_ASKED || relation == VB_REL_AUTHORED;
    if (papers && r->target >= 0 && vb_ask_is_about(q->phrases[r->target].prep) &&
        !q->phrases[r->target].asked && !q->atoms[q->phrases[r->target].prep_at].used)
        link.target = documents_about(q, relation, r->target);
    if (papers && link.source >= 0 && q->phrases[link.source].mask == VB_MASK_PARTY)
        link.source = vb_ask_member_of(q, link.source);
    if (r->cue->question && link.target >= 0 && !q->phrases[link.target].n_items)
        q->phrases[link.target].note = ASK_QUESTION;
    link.weak = link.source < 0 || link.target < 0;
    link.fixed = r->cue->kind == ASK_BY || r->cue->kind == ASK_TO;
    link.empty = says_little(q, r);
    if (!link.weak || !link.empty) { /* "wie zit er in": the verb alone tells nothing of who */
        narrow(q, link.source, domain(relation, true));
        narrow(q, link.target, domain(relation, false));
    }
    if (vb_relation_get(relation)->symmetric) TRY(part_list(q, &link));
    TRY(vb_ask_link_add(q, link));
done:
    return status;
}
