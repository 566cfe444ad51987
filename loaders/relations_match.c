/**
 * Matching: every word of a sentence that is some pattern's cue is tried. From the cue the items to its right
 * and then those to its left are matched, each gap as short as it can be and never over a name that would
 * have filled the slot behind it: the nearest name wins. What matches and is not guarded against makes edges.
 *
 * Cost: the cues a sentence holds, times their patterns; gaps are bounded, so each try is too.
 */
#include "loaders/relations.h"

#include <stdlib.h>

enum { ITEMS_MOST = 24, GUARD_BEFORE = 6, GUARD_AFTER = 4, STEPS_MOST = 4000 };

typedef struct match {
    vb_scene *scene;
    const vb_pattern *pattern;
    const vb_rule *rule;
    uint32_t filled[ITEMS_MOST]; /* group of each SLOT */
    size_t place[ITEMS_MOST];    /* atom of each WORD */
    size_t first, last;          /* atoms it covers */
    size_t cue;                  /* atom */
    unsigned steps;              /* taken: bounds what a hostile sentence can cost */
} match;

static const vb_atom *atom_at(const match *m, size_t i)
{
    return i < m->scene->atoms.len ? &m->scene->atoms.at[i] : NULL;
}

static bool has_word(const vb_atom *a, const uint32_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t id = words[i] & ~(uint32_t)VB_WORD_EXACT;
        if (id && id == (words[i] & VB_WORD_EXACT ? a->form : a->stem)) return true;
    }
    return false;
}

static bool word_fits(const vb_item *item, const vb_atom *a)
{
    if (!a) return false;
    if (item->mark) return a->kind == VB_ATOM_MARK && a->mark == item->mark;
    return a->kind == VB_ATOM_WORD && has_word(a, item->words.at, item->words.len);
}

static bool slot_fits(const vb_item *item, const vb_phrase *g)
{
    if (g->mask & VB_SLOT_MY) return item->mask & VB_SLOT_MY;
    if ((item->mask & VB_SLOT_LIST) && !g->list) return false;
    if (item->mask & VB_MASK_ANY) return item->mask & VB_MASK_ANY & g->mask;
    return item->mask & VB_SLOT_SENDER & g->mask;
}

/** Whether no name before group @p g in its clause would fit @p slot: it is the subject. */
static bool is_first(const match *m, const vb_item *slot, const vb_phrase *g)
{
    for (size_t i = g->lead; i-- > 0;) {
        const vb_atom *a = &m->scene->atoms.at[i];
        if (a->kind == VB_ATOM_MARK || (a->kind == VB_ATOM_WORD && (a->classes & VB_CLASS_BIT(BREAK))))
            return true;
        if (a->kind != VB_ATOM_GROUP) continue;
        const vb_phrase *other = &m->scene->groups.at[a->group];
        if (other->preposition == VB_NONE && slot_fits(slot, other)) return false;
    }
    return true;
}

/** Whether a gap may pass over @p a on its way to @p next (NULL: to the pattern's end). */
static bool may_pass(const match *m, const vb_item *gap, const vb_item *next, const vb_atom *a)
{
    if (!a) return false;
    if (a->kind == VB_ATOM_MARK) return !strchr(gap->wide ? ".;:?!" : ".;:?!,-", a->mark);
    uint32_t opens = gap->wide ? VB_CLASS_BIT(WHILE) : VB_CLASS_BIT(THAT); /* another clause */
    if (a->kind == VB_ATOM_WORD && (a->classes & opens)) return false;
    if (a->kind != VB_ATOM_GROUP || !next || next->kind != VB_ITEM_SLOT) return true;
    const vb_phrase *g = &m->scene->groups.at[a->group];
    return (g->preposition != VB_NONE && !next->anywhere) || !slot_fits(next, g) ||
           (next->first && !is_first(m, next, g));
}

static bool forward(match *m, size_t item, size_t at);

static bool forward_gap(match *m, size_t item, size_t at)
{
    const vb_item *gap = &m->pattern->items.at[item];
    const vb_item *next = item + 1 < m->pattern->items.len ? gap + 1 : NULL;
    for (unsigned k = 0; k <= gap->gap; k++) {
        if (forward(m, item + 1, at + k)) return true;
        if (!may_pass(m, gap, next, atom_at(m, at + k))) return false;
    }
    return false;
}

/** Whether an item before @p item is the preposition of group @p g. */
static bool has_preposition(const match *m, size_t item, const vb_phrase *g)
{
    for (size_t i = item; i-- > m->pattern->cue;)
        if (m->pattern->items.at[i].kind == VB_ITEM_WORD && m->place[i] == g->preposition) return true;
    return false;
}

static bool forward_slot(match *m, size_t item, size_t at)
{
    const vb_item *slot = &m->pattern->items.at[item];
    const vb_atom *a = atom_at(m, at);
    if (!a || a->phrase == VB_NONE) return false;
    const vb_phrase *g = &m->scene->groups.at[a->phrase];
    if (at > g->at || !slot_fits(slot, g) || (slot->first && !is_first(m, slot, g))) return false;
    if (!slot->anywhere && g->preposition != VB_NONE && !has_preposition(m, item, g)) return false;
    m->filled[item] = a->phrase;
    return forward(m, item + 1, g->last + 1u);
}

/** Match the items from @p item on against the atoms from @p at on. */
static bool forward(match *m, size_t item, size_t at)
{
    if (item == m->pattern->items.len) {
        m->last = at;
        return true;
    }
    if (m->steps++ > STEPS_MOST) return false;
    const vb_item *it = &m->pattern->items.at[item];
    switch (it->kind) {
    case VB_ITEM_GAP:
        return forward_gap(m, item, at);
    case VB_ITEM_SLOT:
        return forward_slot(m, item, at);
    case VB_ITEM_PAPER:
    case VB_ITEM_FOCUS:
        return forward(m, item + 1, at);
    default:
        m->place[item] = it->absent ? SIZE_MAX : at;
        if (it->absent) return !word_fits(it, atom_at(m, at)) && forward(m, item + 1, at);
        if (word_fits(it, atom_at(m, at)) && forward(m, item + 1, at + 1)) return true;
        m->place[item] = SIZE_MAX;
        return it->optional && forward(m, item + 1, at);
    }
}

static bool backward(match *m, size_t n, size_t at);

static bool backward_gap(match *m, size_t n, size_t at)
{
    const vb_item *gap = &m->pattern->items.at[n - 1];
    const vb_item *next = n > 1 ? gap - 1 : NULL;
    for (unsigned k = 0; k <= gap->gap; k++) {
        if (backward(m, n - 1, at - k)) return true;
        if (at == k || !may_pass(m, gap, next, atom_at(m, at - k - 1))) return false;
    }
    return false;
}

/** The number of items before the preposition of group @p g, when it is the last of the first @p n items but
 * for gaps and optional words; SIZE_MAX when it is not. */
static size_t before_preposition(const match *m, size_t n, const vb_phrase *g)
{
    for (; n; n--) {
        const vb_item *it = &m->pattern->items.at[n - 1];
        if (it->kind == VB_ITEM_WORD && word_fits(it, atom_at(m, g->preposition))) return n - 1;
        if (it->kind != VB_ITEM_GAP && !(it->kind == VB_ITEM_WORD && it->optional)) break;
    }
    return SIZE_MAX;
}

static bool backward_slot(match *m, size_t n, size_t at)
{
    const vb_item *slot = &m->pattern->items.at[n - 1];
    const vb_atom *a = at ? atom_at(m, at - 1) : NULL;
    if (!a || a->kind != VB_ATOM_GROUP) return false;
    const vb_phrase *g = &m->scene->groups.at[a->group];
    if (!slot_fits(slot, g) || (slot->first && !is_first(m, slot, g))) return false;
    m->filled[n - 1] = a->group;
    if (g->preposition != VB_NONE && !slot->anywhere) {
        size_t rest = before_preposition(m, n - 1, g);
        return rest != SIZE_MAX && backward(m, rest, g->preposition);
    }
    if (backward(m, n - 1, g->lead)) return true;
    bool after_word = n > 1 && slot[-1].kind == VB_ITEM_WORD;
    return after_word && g->at != g->lead && backward(m, n - 1, g->at);
}

/** Match the first @p n items, last one first, against the atoms before @p at. */
static bool backward(match *m, size_t n, size_t at)
{
    if (!n) {
        m->first = at;
        return true;
    }
    if (m->steps++ > STEPS_MOST) return false;
    const vb_item *it = &m->pattern->items.at[n - 1];
    switch (it->kind) {
    case VB_ITEM_GAP:
        return backward_gap(m, n, at);
    case VB_ITEM_SLOT:
        return backward_slot(m, n, at);
    case VB_ITEM_PAPER:
    case VB_ITEM_FOCUS:
        return backward(m, n - 1, at);
    default:
        if (it->absent) return !(at && word_fits(it, atom_at(m, at - 1))) && backward(m, n - 1, at);
        if (at && word_fits(it, atom_at(m, at - 1)) && backward(m, n - 1, at - 1)) return true;
        return it->optional && backward(m, n - 1, at);
    }
}

/* ---- guards ------------------------------------------------------------------------------------------- */

/** Whether atom @p i opens another clause. */
static bool breaks(const vb_atom *a)
{
    return a->kind == VB_ATOM_MARK ? strchr(";:", a->mark) != NULL
                                   : a->kind == VB_ATOM_WORD && (a->classes & VB_CLASS_BIT(BREAK));
}

/** Whether @p a opens a clause of its own that what comes before it does not share: "zei dat ... niet". */
static bool opens_that(const vb_atom *a)
{
    return a->kind == VB_ATOM_WORD && (a->classes & VB_CLASS_BIT(THAT));
}

/** Whether "en kan", "en zal" at atom @p i says something more of the same subject. */
static bool goes_on(const match *m, size_t i)
{
    const vb_atom *a = atom_at(m, i), *next = a ? atom_at(m, i + 1) : NULL;
    return next && a->kind == VB_ATOM_WORD && (a->classes & VB_CLASS_BIT(JOIN)) &&
           next->kind == VB_ATOM_WORD && (next->classes & VB_CLASS_BIT(VERB));
}

/** Whether the comma at atom @p i ends what the guards look at: but for a denial that follows it. */
static bool parts(const match *m, size_t i)
{
    const vb_atom *a = atom_at(m, i), *next = atom_at(m, i + 1);
    bool denies = next && next->kind == VB_ATOM_WORD && (next->classes & VB_CLASS_BIT(NOT));
    return a && a->kind == VB_ATOM_MARK && a->mark == ',' && !denies;
}

/** The atoms that guards look at: the match and what stands near it in its clause. */
static void guard_range(const match *m, size_t *from, size_t *to)
{
    *from = m->first;
    *to = m->last;
    for (unsigned k = 0; k < GUARD_BEFORE && *from && !breaks(atom_at(m, *from - 1)); k++) (*from)--;
    for (unsigned k = 0; k < GUARD_AFTER; k++, (*to)++) {
        const vb_atom *a = atom_at(m, *to);
        if (!a || breaks(a) || opens_that(a) || goes_on(m, *to) || parts(m, *to)) break;
    }
}

/** Whether what matched is said at all; *announced when it is merely announced. */
static bool is_said(const match *m, bool *announced)
{
    size_t from, to;
    const vb_rule *rule = m->rule;
    *announced = rule->announced;
    if (m->scene->question && !rule->questions) return false;
    guard_range(m, &from, &to);
    for (size_t i = from; i < to; i++) {
        const vb_atom *a = atom_at(m, i), *next = atom_at(m, i + 1);
        if (a->kind == VB_ATOM_MARK && a->mark == '?' && !rule->questions) return false;
        if (a->kind != VB_ATOM_WORD) continue;
        if (has_word(a, rule->unless.at, rule->unless.len)) return false;
        bool only = next && next->kind == VB_ATOM_WORD && (next->classes & VB_CLASS_BIT(ONLY));
        bool outside = rule->undenied && (i < m->first || i >= m->last);
        if ((a->classes & VB_CLASS_BIT(NOT)) && !only && !outside) return false;
        if ((a->classes & VB_CLASS_BIT(IF)) && !rule->unguarded) return false;
        if ((a->classes & VB_CLASS_BIT(WHETHER)) && i < m->first) return false;
        if (a->classes & VB_CLASS_BIT(WILL)) *announced = true;
    }
    return true;
}

/* ---- edges -------------------------------------------------------------------------------------------- */

typedef struct ends {
    vb_member at[64];
    size_t n;
} ends;

static void add_end(ends *e, vb_member end)
{
    for (size_t i = 0; i < e->n; i++)
        if (e->at[i].entity == end.entity) return;
    if (e->n < VB_COUNT(e->at)) e->at[e->n++] = end;
}

static bool is_motion(const vb_scene *scene, uint32_t entity)
{
    return entity < scene->n_motion_flags && scene->motion_flags[entity];
}

/** Whether a paper has a number of Parliament's: what a sender informs it by. */
static bool is_numbered(const vb_scene *scene, uint32_t entity)
{
    vb_str key = scene->a->entities.at[entity].key;
    return vb_str_starts(key, VB_STR("kst-")) || vb_str_starts(key, VB_STR("ah-"));
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/** Whether a reference ("NOS, 3 mei 2024, 'Titel'") has said already who wrote a paper. */
static bool has_author(const vb_scene *scene, uint32_t paper)
{
    for (size_t i = 0; i < scene->a->edges.len; i++) {
        const vb_said *e = &scene->a->edges.at[i];
        if (e->type == VB_REL_AUTHORED && e->target == paper && strncmp(e->rule, "genre:", 6) == 0)
            return true;
    }
    return false;
}

/** The numbered (or the titled) papers nearest to the cue that are no motions. Of titles in notes only one of
 * which nobody else is the author: a note gives the news about a report as well. */
static void add_papers(const match *m, const vb_item *item, ends *e)
{
    const vb_scene *scene = m->scene;
    uint32_t cue = atom_at(m, m->cue)->start, best = UINT32_MAX;
    bool foreign = false;
    for (size_t i = 0; i < scene->papers.len; i++) {
        const vb_paper *p = &scene->papers.at[i];
        uint32_t far = distance(p->at, cue);
        uint32_t paper = p->named.entity;
        if (is_numbered(scene, paper) == item->titled || is_motion(scene, paper) || far > best) continue;
        if (far < best) {
            e->n = 0;
            foreign = false;
        }
        best = far;
        add_end(e, p->named);
        foreign = foreign || (p->note && item->titled && has_author(scene, p->named.entity));
    }
    if (foreign || (item->titled && e->n > 1)) e->n = 0;
}

static void add_slot(const match *m, size_t item, ends *e)
{
    const vb_scene *scene = m->scene;
    const vb_phrase *g = &scene->groups.at[m->filled[item]];
    unsigned labels = m->pattern->items.at[item].mask & VB_MASK_ANY;
    for (uint32_t i = 0; i < g->n; i++) {
        const vb_member *one = &scene->members.at[g->first + i];
        if (!labels || (labels >> vb_scene_label(scene, one->entity) & 1)) add_end(e, *one);
    }
}

/** The last name of the slot's labels in this block, before this sentence. */
static void add_focus(const match *m, size_t item, ends *e)
{
    const vb_scene *scene = m->scene;
    uint32_t block = scene->a->view.sentences[scene->sentence].block;
    unsigned labels = m->pattern->items.at[item].mask & VB_MASK_ANY;
    for (unsigned label = 0; label < VB_LABEL_COUNT; label++)
        if ((labels >> label & 1) && scene->focus[label] != VB_NONE && scene->focus_block[label] == block)
            add_end(e, (vb_member){ .entity = scene->focus[label] });
}

static bool is_paid(vb_relation type)
{
    return type == VB_REL_FUNDS || type == VB_REL_SUPPORTS || type == VB_REL_COMMISSIONED ||
           type == VB_REL_PARTICIPATES_IN;
}

/** The time and the amount that the match's clause gives: a few words around it, within its marks. */
static vb_status read_terms(const match *m, vb_claim *claim)
{
    enum { TIME_NEAR = 8 };
    const vb_view *view = &m->scene->a->view;
    size_t from = m->first, to = m->last;
    if (m->rule->type == VB_REL_AUTHORED || m->rule->type == VB_REL_CITES) return VB_OK; /* a paper's date */
    for (unsigned k = 0; k < TIME_NEAR && from && !breaks(atom_at(m, from - 1)); k++) from--;
    for (unsigned k = 0; k < TIME_NEAR && atom_at(m, to) && !breaks(atom_at(m, to)); k++) to++;
    if (from >= to) return VB_OK;
    uint32_t start = atom_at(m, from)->start, end = atom_at(m, to - 1)->end;
    if (is_paid(m->rule->type)) claim->amount = vb_money_read(view, start, end, &claim->yearly);
    return vb_time_read(view, start, end, m->scene->a->arena, &claim->since, &claim->until);
}

static vb_status claim_all(const match *m, const ends *from, const ends *to, bool announced)
{
    vb_status status = VB_OK;
    const vb_sentence *s = &m->scene->a->view.sentences[m->scene->sentence];
    const vb_atom *cue = atom_at(m, m->cue);
    vb_claim claim = { .type = m->rule->type,
                       .start = s->start,
                       .end = s->end,
                       .certainty = announced ? VB_ANNOUNCED : VB_STATED,
                       .rule = m->rule->name,
                       .marks = { [VB_MARK_CUE] = { cue->start, cue->end } } };
    if (from->n && to->n && read_terms(m, &claim) != VB_OK) return vb_fail_memory(m->scene->err);
    for (size_t i = 0; i < from->n; i++)
        for (size_t k = 0; k < to->n; k++) {
            claim.source = from->at[i].entity;
            claim.target = to->at[k].entity;
            claim.marks[VB_MARK_SOURCE] = (vb_span){ from->at[i].start, from->at[i].end };
            claim.marks[VB_MARK_TARGET] = (vb_span){ to->at[k].start, to->at[k].end };
            TRY(vb_scene_claim(m->scene, &claim));
        }
done:
    return status;
}

/** Whether the sender stands at both ends: "wij helpen hen en wij vragen" is about others. */
static bool is_of_sender(const match *m)
{
    unsigned senders = 0;
    for (size_t i = 0; i < m->pattern->items.len; i++)
        senders += m->pattern->items.at[i].kind == VB_ITEM_SLOT &&
                   (m->scene->groups.at[m->filled[i]].mask & VB_SLOT_SENDER);
    return senders > 1;
}

static vb_status make_edges(const match *m)
{
    vb_status status = VB_OK;
    ends roles[3] = { 0 };
    bool announced;
    if (is_of_sender(m) || !is_said(m, &announced)) return VB_OK;
    for (size_t i = 0; i < m->pattern->items.len; i++) {
        const vb_item *it = &m->pattern->items.at[i];
        if (it->kind == VB_ITEM_SLOT) add_slot(m, i, &roles[it->role]);
        if (it->kind == VB_ITEM_PAPER) add_papers(m, it, &roles[it->role]);
        if (it->kind == VB_ITEM_FOCUS) add_focus(m, i, &roles[it->role]);
    }
    TRY(claim_all(m, &roles[VB_ROLE_FROM], &roles[VB_ROLE_TO], announced));
    TRY(claim_all(m, &roles[VB_ROLE_BOTH], &roles[VB_ROLE_BOTH], announced));
    if (m->rule->pairs) {
        TRY(claim_all(m, &roles[VB_ROLE_FROM], &roles[VB_ROLE_FROM], announced));
        TRY(claim_all(m, &roles[VB_ROLE_TO], &roles[VB_ROLE_TO], announced));
    }
done:
    return status;
}

/* ---- sentences ---------------------------------------------------------------------------------------- */

static vb_status try_patterns(vb_scene *scene, size_t at, const uint32_t *patterns, size_t n)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < n; i++) {
        const vb_pattern *p = &scene->rules->patterns.at[patterns[i]];
        match m; /* filled and place are written before they are read: clearing them costs more than a try */
        m.scene = scene;
        m.pattern = p;
        m.rule = &scene->rules->rules.at[p->rule];
        m.cue = at;
        m.steps = 0;
        m.place[p->cue] = at;
        if (forward(&m, p->cue + 1u, at + 1) && backward(&m, p->cue, at)) TRY(make_edges(&m));
    }
done:
    return status;
}

vb_status vb_match_sentence(vb_scene *scene)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < scene->atoms.len; i++) TRY(vb_match_list(scene, i));
    for (size_t i = 0; i < scene->atoms.len; i++) {
        const vb_atom a = scene->atoms.at[i];
        if (a.kind != VB_ATOM_WORD) continue;
        const vb_word *stem = &scene->rules->words.words.at[a.stem];
        const vb_word *form = &scene->rules->words.words.at[a.form];
        TRY(try_patterns(scene, i, stem->by_stem.at, stem->by_stem.len));
        TRY(try_patterns(scene, i, form->by_form.at, form->by_form.len));
    }
done:
    return status;
}
