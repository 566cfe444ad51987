/**
 * The query of a question: links between its phrases, from verbs and nouns (ask_cue.c), from prepositions
 * (prepositions.tsv), from offices; and what is asked of them. What finds no place makes the question unread.
 */
#include "queries/ask.h"

static vb_status add_link(ask_question *q, ask_link link)
{
    if (q->n_links == ASK_LINKS_MAX) return VB_TOO_LARGE;
    q->links[q->n_links++] = link;
    if (link.source >= 0) q->phrases[link.source].linked = true;
    if (link.target >= 0) q->phrases[link.target].linked = true;
    q->relation |= link.relations;
    return VB_OK;
}

/** "vragen over Kenia" without the word "vragen": a phrase of its own for the documents. */
static int documents_about(ask_question *q, int about)
{
    if (q->n_phrases == ASK_PHRASES_MAX) return -1;
    ask_phrase *topic = &q->phrases[about];
    if (topic->mask == VB_MASK_DOCUMENT && !topic->n_items) return about;
    ask_phrase *p = &q->phrases[q->n_phrases];
    *p = (ask_phrase){ .first = topic->first,
                       .end = topic->first,
                       .prep_at = SIZE_MAX,
                       .clause = topic->clause,
                       .typed = true,
                       .mask = VB_MASK_DOCUMENT };
    topic->about = true;
    if (add_link(q, (ask_link){ .relations = 1u << VB_REL_MENTIONS,
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

/** "Welke partij stelde vragen": its members did; a phrase of their own for them. */
static int member_of(ask_question *q, int party)
{
    if (q->n_phrases == ASK_PHRASES_MAX) return -1;
    size_t at = q->phrases[party].end;
    q->phrases[q->n_phrases] = (ask_phrase){ .first = at,
                                             .end = at,
                                             .prep_at = SIZE_MAX,
                                             .clause = q->phrases[party].clause,
                                             .typed = true,
                                             .mask = VB_MASK_PERSON };
    if (add_link(q, (ask_link){ .relations = 1u << VB_REL_MEMBER_OF,
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
static bool is_negated(const ask_question *q, size_t clause, size_t at)
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

static vb_status apply(ask_question *q, const ask_reading *r)
{
    vb_status status = VB_OK;
    bool noun = r->cue->kind != ASK_VERB && r->cue->kind != ASK_INVERSE;
    vb_relation relation = (vb_relation)r->cue->says;
    ask_link link = { .relations = widen(q, r),
                      .source = r->source,
                      .target = r->target,
                      .negated = is_negated(q, r->clause, noun ? r->from[0] : SIZE_MAX) };
    use_words(q, r);
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
        link.target = documents_about(q, r->target);
    if (papers && link.source >= 0 && q->phrases[link.source].mask == VB_MASK_PARTY)
        link.source = member_of(q, link.source);
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
    TRY(add_link(q, link));
done:
    return status;
}

/** "Wie is LID van de alliantie": of anything but a party a member need be no member of parliament. */
static bool is_any_member(const ask_question *q, const ask_phrase *member)
{
    if (member->note != ASK_MEMBER) return false;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->first >= member->end && p->prep.len && p->n_items) return !(p->mask & VB_MASK_PARTY);
    }
    return false;
}

/** "Is X een programma van Y?", "Wie zijn de Kamerleden van Y?": two phrases for one thing. */
static void unite(ask_question *q)
{
    for (size_t i = 0; i < q->n_phrases; i++)
        for (size_t k = i + 1; k < q->n_phrases; k++) {
            ask_phrase *a = &q->phrases[i], *b = &q->phrases[k];
            bool kind = b->typed && !b->n_items && !b->asked && !b->prep.len;
            bool same = a->clause == b->clause && !a->gone && !b->gone && !a->prep.len && (a->mask & b->mask);
            if (!kind || !same || !vb_ask_clause_has(q, a->clause, ASK_be)) continue;
            if (!(a->pronoun || a->n_items) || a->except || b->except || is_any_member(q, b)) continue;
            bool between = false;
            for (size_t j = a->end; j < b->first; j++) between |= ask_is(&q->atoms[j], ASK_be);
            if (!between && !(a->n_items && ask_is(&q->atoms[0], ASK_be) && a->end <= b->first)) continue;
            a->mask &= b->mask;
            if (!a->note) a->note = b->note;
            b->gone = true;
            a->typed |= a->pronoun;
            a->end = b->end; /* what follows it narrows the one phrase */
        }
}

/** "Wie was minister van Justitie?" */
static vb_status link_offices(ask_question *q)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_phrases; i++) {
        ask_phrase *p = &q->phrases[i];
        if (!p->office || p->gone || p->prep.len || !vb_ask_clause_has(q, p->clause, ASK_be)) continue;
        for (size_t k = 0; k < q->n_phrases; k++) {
            ask_phrase *who = &q->phrases[k];
            if (k == i || who->gone || who->linked || who->prep.len || !(who->mask & VB_MASK_PERSON))
                continue;
            if (who->clause > p->clause) continue;
            who->mask &= VB_MASK_PERSON;
            TRY(add_link(q, (ask_link){ .relations = 1u << VB_REL_HOLDS_OFFICE,
                                        .source = (int)k,
                                        .target = (int)i,
                                        .negated = q->clause_negated[p->clause] }));
            break;
        }
    }
done:
    return status;
}

static bool row_fits(const ask_prep *row, const ask_phrase *near, const ask_phrase *far)
{
    if (!(near->mask & row->near) || !(far->mask & row->far)) return false;
    if (row->question && near->note != ASK_QUESTION) return false;
    for (size_t i = 0; i < row->n_at; i++)
        if (vb_str_eq(row->at[i], far->prep)) return true;
    return false;
}

/** How good @p near is as what the preposition of @p far belongs to; 0: not at all. */
static int attachment(const ask_question *q, size_t near, size_t far)
{
    const ask_phrase *n = &q->phrases[near], *f = &q->phrases[far];
    if (near == far || n->gone || n->except) return 0;
    size_t before = f->prep_at != SIZE_MAX && f->prep_at < f->first ? f->prep_at : f->first;
    bool adjacent = n->end <= before && before - n->end <= 1;
    if (f->clause < q->n_clauses && q->clause_subject[f->clause] == (int)near) return adjacent ? 50 : 45;
    if (n->clause != f->clause) return 0;
    if (adjacent && !n->pronoun && !n->n_items) return 60;
    if (!n->prep.len && n->asked) return 40;
    if (!n->prep.len) return 30 + (n->first < f->first);
    return n->first < f->first ? 10 : 0; /* a name takes what no type or subject does */
}

/** Give a phrase with a preposition its place by prepositions.tsv. */
static vb_status attach(ask_question *q, size_t far)
{
    ask_phrase *f = &q->phrases[far];
    const ask_prep *best = NULL;
    int score = 0, near = -1;
    for (size_t k = 0; k < q->n_phrases; k++) {
        int s = attachment(q, k, far);
        for (size_t i = 0; s > score && i < q->asker->preps.len; i++)
            if (row_fits(&q->asker->preps.at[i], &q->phrases[k], f)) {
                best = &q->asker->preps.at[i];
                near = (int)k;
                score = s;
            }
    }
    if (!best) return VB_OK;
    ask_link link = { .relations = best->relations,
                      .source = best->forth ? near : (int)far,
                      .target = best->forth ? (int)far : near,
                      .negated = is_negated(q, f->clause, f->first),
                      .loose = score < 45 };
    q->phrases[near].mask &= best->near;
    f->mask &= best->far;
    if (score >= 50 && q->clause_subject[f->clause] != near) link.negated = false;
    if (f->outside) link.negated = true;
    if (vb_ask_is_about(f->prep)) f->about = true;
    return add_link(q, link);
}

/** "Welke programma's heeft JenV?" asks for the programmes OF JenV. */
static void have_is_of(ask_question *q)
{
    ask_phrase *thing = NULL, *owner = NULL;
    size_t bare = 0;
    for (size_t i = 0; i < q->n_phrases; i++) {
        ask_phrase *p = &q->phrases[i];
        if (p->gone || p->except || p->linked || p->prep.len) continue;
        bare++;
        if (p->typed && !p->n_items)
            thing = p;
        else if (p->n_items)
            owner = p;
    }
    if (thing && owner && !(thing->mask & ~(unsigned)VB_MASK_ACTOR) && owner->mask == VB_MASK_PROGRAMME) {
        ask_phrase *other = thing; /* "welke gemeente heeft het programma X" */
        thing = owner;
        owner = other;
    }
    if (bare != 2 || !thing || !owner || !vb_ask_clause_has(q, owner->clause, ASK_have)) return;
    owner->prep = q->language == ASK_DUTCH ? VB_STR("van") : VB_STR("of");
    owner->prep_at = owner->first;
}

/** "documenten die Turkije noemen" have their verb; a phrase that is left bare has none. */
static vb_status link_prepositions(ask_question *q)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone || p->except || !p->prep.len || !p->prep.at) continue;
        bool narrows = false; /* a phrase that already has its link needs no other */
        for (size_t k = 0; k < q->n_links; k++)
            narrows |= q->links[k].source == (int)i || q->links[k].target == (int)i;
        if (!narrows || (p->asked && !p->linked)) TRY(attach(q, i));
    }
done:
    return status;
}

/** What is left out of the answer: "behalve Leeuwarden", "apart from countries". */
static void apply_exceptions(ask_question *q)
{
    for (size_t i = 0; i < q->n_phrases; i++) {
        ask_phrase *p = &q->phrases[i];
        if (!p->except || p->gone || q->root < 0) continue;
        if (!p->n_items) q->phrases[q->root].mask &= ~p->mask;
        p->linked = true;
    }
}

/** "meest", "belangrijkste": by what the answer is ordered. */
static void read_superlatives(ask_question *q)
{
    for (size_t i = 0; i < q->n_atoms; i++) {
        const ask_atom *a = &q->atoms[i];
        bool most = ask_is(a, ASK_most) || ask_is(a, ASK_most_mentioned), central = ask_is(a, ASK_important);
        if (a->name >= 0 || (!most && !central) || q->goal == ASK_PATH) continue;
        if (q->root < 0) /* "de meest genoemde gemeente" */
            for (size_t k = 0; k < q->n_phrases && q->root < 0; k++)
                if (q->phrases[k].typed && !q->phrases[k].n_items) q->root = (int)k;
        q->goal = central ? ASK_CENTRAL : ASK_MOST;
        for (size_t k = 0; central && q->root >= 0 && k < q->n_phrases; k++) /* "wie zijn de ... spelers" */
            q->phrases[q->root].plural |= !q->phrases[k].n_items && q->phrases[k].plural;
        if (most && q->root >= 0 && !q->n_links) /* nothing else is counted: mentions are */
            (void)add_link(q,
                           (ask_link){ .relations = 1u << VB_REL_MENTIONS, .source = -1, .target = q->root });
    }
}

/** Whether a weak link may be passed over: it says nothing of its own, or nothing that is asked. */
static bool says_nothing(const ask_question *q, const ask_link *weak)
{
    bool fixed = false;
    for (size_t i = 0; i < q->n_links; i++) fixed |= q->links[i].fixed;
    return weak->empty || fixed || weak->relations == 1u << VB_REL_MENTIONS;
}

/**
 * A verb with one end, beside links with two: "welke programma's van JenV worden gefinancierd" is a condition
 * that something finances them; but a verb that cannot take the preposition of its clause is not understood.
 */
static vb_status drop_weak(ask_question *q)
{
    size_t strong = 0, n = 0;
    bool loose = false;
    for (size_t i = 0; i < q->n_links; i++) {
        strong += !q->links[i].weak;
        loose |= q->links[i].loose;
    }
    if (!strong || q->goal == ASK_MOST || q->goal == ASK_OFTEN || q->goal == ASK_PATH) return VB_OK;
    for (size_t i = 0; i < q->n_links; i++) {
        const ask_link *link = &q->links[i];
        if (link->weak && says_nothing(q, link)) continue;
        if (link->weak && loose) return VB_UNKNOWN;
        q->links[n++] = *link;
    }
    q->n_links = n;
    for (size_t i = 0; i < q->n_phrases; i++) { /* what only hung on them has no place */
        bool held = false;
        for (size_t k = 0; k < n; k++) held |= q->links[k].source == (int)i || q->links[k].target == (int)i;
        if (!q->phrases[i].except && q->phrases[i].n_items) q->phrases[i].linked = held;
    }
    return VB_OK;
}

/** "Wie is Raymond Knops?" */
static void ask_of_one(ask_question *q)
{
    size_t names = 0, others = 0;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone) continue;
        if (p->n_items)
            names += p->n_items;
        else if (!p->pronoun)
            others++;
    }
    if (q->n_links || others || names != 1 || q->root < 0 || !vb_ask_clause_has(q, 0, ASK_be)) return;
    q->goal = ASK_EVERYTHING;
    for (size_t i = 0; i < q->n_phrases; i++) q->phrases[i].linked = true;
}

/** What is asked, where no question word says it: whether it is so. */
static void choose_goal(ask_question *q)
{
    if (q->goal == ASK_OFTEN) {
        q->root = -1;
        for (size_t i = 0; i < q->n_links && q->root < 0; i++)
            if (q->links[i].relations == 1u << VB_REL_MENTIONS) q->root = q->links[i].target;
        return;
    }
    ask_of_one(q);
    if (ask_is_whole(q->goal)) return;
    for (size_t i = 0; q->ordered && i < q->n_links && q->root < 0; i++) { /* "noem de leden van X" */
        int ends[] = { q->links[i].source, q->links[i].target };
        for (size_t k = 0; k < VB_COUNT(ends) && q->root < 0; k++)
            if (ends[k] >= 0 && !q->phrases[ends[k]].n_items) q->root = ends[k];
    }
    if (q->root >= 0 || q->ordered) return;
    q->goal = ASK_TRUTH;
    for (size_t i = 0; i < q->n_links && q->root < 0; i++)
        q->root = q->links[i].source >= 0 ? q->links[i].source : q->links[i].target;
}

vb_status vb_ask_links_find(ask_question *q)
{
    vb_status status = VB_OK;
    ask_reading reading;
    if (q->article.len)
        for (size_t i = 0; i < q->n_phrases; i++) /* "artikel 13b van de Opiumwet", "van welke wet" */
            if (!(q->phrases[i].mask & ~(unsigned)VB_MASK_LAW)) q->phrases[i].prep = (vb_str){ 0 };
    unite(q);
    TRY(link_offices(q));
    for (size_t c = q->n_clauses; c > 0; c--)
        while (q->goal != ASK_EVERYTHING && q->goal != ASK_CHANGES && vb_ask_cue_best(q, c - 1, &reading))
            TRY(apply(q, &reading));
    have_is_of(q);
    TRY(link_prepositions(q));
    apply_exceptions(q);
    if (q->article.len && !q->n_links && q->root >= 0 && q->phrases[q->root].mask == VB_MASK_LAW)
        TRY(add_link(q, (ask_link){ .relations = 1u << VB_REL_CITES, .source = -1, .target = q->root }));
    read_superlatives(q);
    TRY(drop_weak(q));
    choose_goal(q);
    TRY(vb_ask_check(q));
done:
    return status;
}
