/**
 * The query of a question: links between its phrases, from verbs and nouns (ask_cue.c), from prepositions
 * (prepositions.tsv), from offices; and what is asked of them. What finds no place makes the question unread.
 */
#include "queries/ask_reading.h"
#include "queries/ask_topic.h"

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
            TRY(vb_ask_link_add(q, (ask_link){ .relations = 1u << VB_REL_HOLDS_OFFICE,
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
                      .negated = vb_ask_is_denied(q, f->clause, f->first),
                      .loose = score < 45 };
    q->phrases[near].mask &= best->near;
    f->mask &= best->far;
    if (score >= 50 && q->clause_subject[f->clause] != near) link.negated = false;
    if (f->outside) link.negated = true;
    if (vb_ask_is_about(f->prep)) f->about = true;
    const unsigned papers = 1u << VB_REL_ASKED | 1u << VB_REL_AUTHORED;
    if ((link.relations & papers) && q->phrases[link.source].mask == VB_MASK_PARTY)
        link.source = vb_ask_member_of(q, link.source);
    return vb_ask_link_add(q, link);
}

/** "Van wie kreeg X de opdracht voor Y?": who was to make Y is named too. */
static vb_status link_makers(ask_question *q)
{
    const unsigned made = 1u << VB_REL_AUTHORED | 1u << VB_REL_DEVELOPED | 1u << VB_REL_LEADS;
    vb_status status = VB_OK;
    for (size_t k = 0, n = q->n_links; k < n; k++) {
        const ask_link order = q->links[k];
        if (order.relations != 1u << VB_REL_COMMISSIONED || order.target < 0) continue;
        for (size_t i = 0; i < q->n_phrases; i++) {
            const ask_phrase *p = &q->phrases[i];
            bool maker = !p->gone && !p->linked && p->n_items && (!p->prep.len || vb_ask_is_to(p->prep));
            if (maker && (p->mask & VB_MASK_ACTOR))
                TRY(vb_ask_link_add(
                    q, (ask_link){ .relations = made, .source = (int)i, .target = order.target }));
        }
    }
done:
    return status;
}

/** "Which MP put questions TO THE MINISTER about X?": to whom is not asked. */
static void drop_addressees(ask_question *q)
{
    bool asked = false;
    for (size_t k = 0; k < q->n_links; k++) asked |= q->links[k].relations == 1u << VB_REL_ASKED;
    for (size_t i = 0; asked && i < q->n_phrases; i++) {
        ask_phrase *p = &q->phrases[i];
        if (!p->linked && !p->n_items && p->note == ASK_OFFICE && vb_ask_is_to(p->prep)) p->gone = true;
    }
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
            (void)vb_ask_link_add(
                q, (ask_link){ .relations = 1u << VB_REL_MENTIONS, .source = -1, .target = q->root });
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
    if (q->searched.len || q->n_links || others || names != 1 || q->root < 0 ||
        !vb_ask_clause_has(q, 0, ASK_be))
        return;
    q->goal = ASK_EVERYTHING;
    for (size_t i = 0; i < q->n_phrases; i++) q->phrases[i].linked = true;
}

/** "Gemeenten in Limburg met …", "door X betaalde projecten": no verb in front, so that what it describes is
 *  asked for. -1: a question after yes or no. */
static int listed_phrase(const ask_question *q)
{
    const uint64_t verb = ASK_IS(ASK_be) | ASK_IS(ASK_become) | ASK_IS(ASK_have) | ASK_IS(ASK_do) |
                          ASK_IS(ASK_light) | ASK_IS(ASK_whether) | ASK_IS(ASK_not);
    const ask_atom *first = &q->atoms[0];
    size_t at = 0;
    if (q->whether || first->name >= 0 || (first->word && (first->word->classes & verb))) return -1;
    while (at + 1 < q->n_atoms && ask_is(&q->atoms[at], ASK_itself)) at++;
    for (size_t i = 0; i < q->n_phrases; i++) { /* "deelnemers aan X" */
        const ask_phrase *p = &q->phrases[i];
        if (!p->gone && p->typed && !p->n_items && p->linked && p->first == at) return (int)i;
    }
    if (!ask_is(first, ASK_type) && !ask_is(first, ASK_itself) && vb_ask_guess_is_cue(q, first->text))
        return -1;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (!p->gone && p->typed && !p->n_items && p->linked) return (int)i;
        if (!p->gone && p->n_items && !p->prep.len) return -1; /* "De gemeente X doet mee …" */
    }
    return -1;
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
    q->root = listed_phrase(q);
    if (q->root >= 0) return;
    q->goal = ASK_TRUTH;
    for (size_t i = 0; i < q->n_atoms; i++) /* "doen alle gemeenten mee": no letter says so */
        if (q->atoms[i].name < 0 && ask_is(&q->atoms[i], ASK_each)) return;
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
            TRY(vb_ask_link_apply(q, &reading));
    have_is_of(q);
    TRY(link_makers(q));
    drop_addressees(q);
    TRY(link_prepositions(q));
    TRY(vb_ask_topic_settle(q));
    apply_exceptions(q);
    if (q->article.len && !q->n_links && q->root >= 0 && q->phrases[q->root].mask == VB_MASK_LAW)
        TRY(vb_ask_link_add(q,
                            (ask_link){ .relations = 1u << VB_REL_CITES, .source = -1, .target = q->root }));
    read_superlatives(q);
    TRY(drop_weak(q));
    choose_goal(q);
    TRY(vb_ask_moment_find(q));
    TRY(vb_ask_each_find(q));
    TRY(vb_ask_check(q));
done:
    return status;
}
