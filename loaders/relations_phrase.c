/**
 * Phrases of a sentence: brackets are folded away, names joined by commas and "en" become one group, and each
 * group learns where its noun phrase begins and which preposition stands before it. A pattern's bare slot
 * takes only groups without a preposition: "in Colombia" is no subject.
 */
#include "loaders/relations.h"

enum { BRACKET_MOST = 60, PHRASE_MOST = 8, JOIN_MOST = 5, CLAUSE_MOST = 14 };

static bool is_mark(const vb_atom *a, char mark)
{
    return a->kind == VB_ATOM_MARK && a->mark == mark;
}

static bool is_word(const vb_atom *a, uint32_t classes)
{
    return a->kind == VB_ATOM_WORD && (a->classes & classes);
}

static vb_status copy_members(vb_scene *scene, const vb_phrase *group)
{
    for (uint32_t i = 0; i < group->n; i++) {
        if (vb_push(scene->a->arena, &scene->members) != VB_OK) return vb_fail_memory(scene->err);
        scene->members.at[scene->members.len - 1] = scene->members.at[group->first + i];
    }
    return VB_OK;
}

/** Replace the groups of atoms [from, to) by one with all their members: at atom @p from. */
static vb_status join_groups(vb_scene *scene, size_t from, size_t to, bool list)
{
    vb_status status = VB_OK;
    uint32_t first = (uint32_t)scene->members.len, group;
    unsigned bits = 0;
    for (size_t i = from; i < to; i++)
        if (scene->atoms.at[i].kind == VB_ATOM_GROUP) {
            const vb_phrase one = scene->groups.at[scene->atoms.at[i].group];
            bits |= one.mask & VB_SLOT_SENDER;
            TRY(copy_members(scene, &one));
        }
    TRY(vb_phrase_add(scene, first, &group));
    scene->groups.at[group].mask |= bits;
    scene->groups.at[group].list = list;
    scene->groups.at[group].joined = true;
    scene->atoms.at[from] = (vb_atom){ .kind = VB_ATOM_GROUP,
                                       .start = scene->atoms.at[from].start,
                                       .end = scene->atoms.at[to - 1].end,
                                       .group = group,
                                       .phrase = VB_NONE };
done:
    return status;
}

/* ---- brackets ----------------------------------------------------------------------------------------- */

static size_t closing(const vb_scene *scene, size_t open)
{
    for (size_t i = open + 1; i < scene->atoms.len && i <= open + BRACKET_MOST; i++)
        if (is_mark(&scene->atoms.at[i], ')')) return i;
    return SIZE_MAX;
}

/** Whether the atoms between brackets do no more than list names that are no papers. */
static bool lists_names(const vb_scene *scene, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const vb_atom *a = &scene->atoms.at[i];
        uint32_t fine = VB_CLASS_BIT(JOIN) | VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN) | VB_CLASS_BIT(SUCH);
        char first = scene->a->view.text.at[a->start];
        bool capital = first >= 'A' && first <= 'Z'; /* a name unknown to us */
        if (a->kind == VB_ATOM_WORD && !(a->classes & fine) && !capital) return false;
        if (a->kind != VB_ATOM_GROUP) continue;
        if (scene->groups.at[a->group].mask & (VB_MASK_DOCUMENT | VB_MASK_LAW | VB_MASK_PARTY)) return false;
        n++;
    }
    return n > 1;
}

/** Whether the atoms between brackets say something about a name, and do not merely name: "(onderdeel van
 *  VWS)". */
static bool says_more(const vb_scene *scene, size_t from, size_t to)
{
    bool names = false, words = false;
    uint32_t plain = VB_CLASS_BIT(JOIN) | VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN) | VB_CLASS_BIT(SUCH);
    for (size_t i = from; i < to; i++) {
        const vb_atom *a = &scene->atoms.at[i];
        if (a->kind == VB_ATOM_GROUP) names = true;
        if (a->kind == VB_ATOM_WORD && (a->form || a->stem) && !(a->classes & plain)) words = true;
    }
    return names && words && scene->atoms.at[from].kind == VB_ATOM_WORD;
}

static vb_status add_aside(vb_scene *scene, vb_atom atom)
{
    if (vb_push(scene->a->arena, &scene->asides) != VB_OK) return vb_fail_memory(scene->err);
    scene->asides.at[scene->asides.len - 1] = atom;
    return VB_OK;
}

/** Keep the name at atom @p name with what the brackets from @p open to @p close say of it. */
static vb_status put_aside(vb_scene *scene, size_t name, size_t open, size_t close)
{
    vb_status status = VB_OK;
    vb_atom comma = scene->atoms.at[open], end = scene->atoms.at[close];
    if (vb_push(scene->a->arena, &scene->aside_at) != VB_OK) return vb_fail_memory(scene->err);
    scene->aside_at.at[scene->aside_at.len - 1] = (uint32_t)scene->asides.len;
    comma.mark = end.mark = ',';
    TRY(add_aside(scene, scene->atoms.at[name]));
    TRY(add_aside(scene, comma));
    for (size_t i = open + 1; i < close; i++) TRY(add_aside(scene, scene->atoms.at[i]));
    TRY(add_aside(scene, end));
done:
    return status;
}

/** The dash that closes an aside which the dash at atom @p open begins: a list of names, or what stands
 *  between a subject and its verb ("Aedes – een vereniging van corporaties – heeft"); SIZE_MAX. */
static size_t closing_dash(const vb_scene *scene, size_t open)
{
    enum { DASH_MOST = 30 };
    bool after_name = open && scene->atoms.at[open - 1].kind == VB_ATOM_GROUP;
    for (size_t i = open + 1; i + 1 < scene->atoms.len && i <= open + DASH_MOST; i++) {
        if (!is_mark(&scene->atoms.at[i], '-')) continue;
        bool verb = is_word(&scene->atoms.at[i + 1], VB_CLASS_BIT(VERB));
        return (after_name && verb) || lists_names(scene, open + 1, i) ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

/** Drop quotes, brackets and asides: "Preventie met Gezag (PmG)" is one name, "vijf gemeenten (Assen, Goes en
 * Ede)" is its three. */
static vb_status fold_brackets(vb_scene *scene)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (size_t i = 0; i < scene->atoms.len; i++) {
        const vb_atom *a = &scene->atoms.at[i];
        size_t close = is_mark(a, '(') || is_mark(a, '[') ? closing(scene, i) : SIZE_MAX;
        if (is_mark(a, '-')) close = closing_dash(scene, i);
        if (is_mark(a, '"') || is_mark(a, '\'') || is_mark(a, '*') || is_mark(a, '_')) continue;
        if (close != SIZE_MAX) {
            bool after_word = n && scene->atoms.at[n - 1].kind == VB_ATOM_WORD;
            bool after_name = n && scene->atoms.at[n - 1].kind == VB_ATOM_GROUP;
            if (after_name && says_more(scene, i + 1, close)) TRY(put_aside(scene, n - 1, i, close));
            if (after_word && lists_names(scene, i + 1, close)) {
                TRY(join_groups(scene, i, close, true));
                scene->atoms.at[n++] = scene->atoms.at[i];
            }
            i = close;
            continue;
        }
        scene->atoms.at[n++] = *a;
    }
    scene->atoms.len = n;
done:
    return status;
}

/* ---- coordination ------------------------------------------------------------------------------------- */

/** Names that may be joined: bodies, people and places; programmes; laws and papers. */
static unsigned kind_of(unsigned mask)
{
    if (mask & VB_SLOT_MY) return 0;
    if (mask & (VB_MASK_LAW | VB_MASK_DOCUMENT)) return 3;
    return mask & VB_MASK_PROGRAMME ? 2 : 1;
}

static unsigned kind_at(const vb_scene *scene, size_t i)
{
    const vb_atom *a = &scene->atoms.at[i];
    return a->kind == VB_ATOM_GROUP ? kind_of(scene->groups.at[a->group].mask) : 0;
}

/** Whether @p a repeats the preposition before the name at @p i: "met A en met B". */
static bool repeats_preposition(const vb_scene *scene, size_t i, const vb_atom *a)
{
    if (!is_word(a, VB_CLASS_BIT(PREPOSITION))) return false;
    size_t k = i;
    while (k && i - k < JOIN_MOST &&
           is_word(&scene->atoms.at[k - 1], VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN)))
        k--;
    return k && scene->atoms.at[k - 1].kind == VB_ATOM_WORD && scene->atoms.at[k - 1].form == a->form;
}

/** Whether the word at @p k is a noun that a list behind it spells out: "de medeoverheden (IPO en VNG)". */
static bool before_spelled(const vb_scene *scene, size_t k)
{
    const vb_atom *next = k + 1 < scene->atoms.len ? &scene->atoms.at[k + 1] : NULL;
    bool noun = scene->atoms.at[k].kind == VB_ATOM_WORD && !scene->atoms.at[k].classes;
    return noun && next && next->kind == VB_ATOM_GROUP && scene->groups.at[next->group].list;
}

/** Whether "zowel" stands before the names at @p i. */
static bool after_both(const vb_scene *scene, size_t i)
{
    while (i && is_word(&scene->atoms.at[i - 1], VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN))) i--;
    return i && is_word(&scene->atoms.at[i - 1], VB_CLASS_BIT(BOTH));
}

/** "[EU]-agentschap [Frontex]": the name at @p k only says whose the next one is. */
static bool is_first_of_compound(const vb_scene *scene, size_t k)
{
    const vb_atom *a = &scene->atoms.at[k];
    vb_str text = scene->a->view.text;
    return k + 2 < scene->atoms.len && a->end < text.len && text.at[a->end] == '-' &&
           a[1].kind == VB_ATOM_WORD && a[1].start == a->end + 1 && a[2].kind == VB_ATOM_GROUP &&
           a[2].start == a[1].end + 1;
}

/** The next name joined to the one at @p i; *how is ',' or 'e' (en, after "zowel" als) or '/'; SIZE_MAX when
 * there is none. */
static size_t next_joined(const vb_scene *scene, size_t i, bool both, char *how)
{
    *how = 0;
    for (size_t k = i + 1; k < scene->atoms.len && k <= i + JOIN_MOST; k++) {
        const vb_atom *a = &scene->atoms.at[k];
        if (is_mark(a, ',') && !*how) {
            *how = ',';
        } else if (is_mark(a, '/') && !*how) {
            *how = '/';
        } else if (is_word(a, VB_CLASS_BIT(JOIN) | (both ? VB_CLASS_BIT(AS) : 0)) && *how != '/' &&
                   *how != 'e') {
            *how = 'e';
        } else if (a->kind == VB_ATOM_GROUP) {
            if (is_first_of_compound(scene, k)) return SIZE_MAX;
            return *how && kind_at(scene, k) && kind_at(scene, k) == kind_at(scene, i) ? k : SIZE_MAX;
        } else if (*how == 'e' && (repeats_preposition(scene, i, a) || before_spelled(scene, k))) {
            continue;
        } else if (!*how || !is_word(a, VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN) | VB_CLASS_BIT(SITE) |
                                            VB_CLASS_BIT(ALSO))) {
            return SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

/** Whether the atom at @p i is a word of digits: the number of a note. */
static bool is_number(const vb_scene *scene, size_t i)
{
    const vb_atom *a = &scene->atoms.at[i];
    char first = scene->a->view.text.at[a->start];
    return a->kind == VB_ATOM_WORD && first >= '0' && first <= '9';
}

/** Whether the atom at @p i is a note that does no more than name the name at @p name again. */
static bool repeats_name(const vb_scene *scene, size_t i, size_t name)
{
    if (scene->atoms.at[i].kind != VB_ATOM_GROUP) return false;
    const vb_phrase *note = &scene->groups.at[scene->atoms.at[i].group];
    const vb_phrase *one = &scene->groups.at[scene->atoms.at[name].group];
    if (note->note_end <= note->note_start) return false;
    for (uint32_t k = 0; k < note->n; k++)
        if (scene->members.at[note->first + k].entity != scene->members.at[one->first].entity) return false;
    return true;
}

/** The name joined to the one at @p i behind a clause about that one: "de NDM, waarmee ..., en het SCP". */
static size_t next_behind_clause(const vb_scene *scene, size_t i)
{
    size_t k = i + 1;
    while (k < scene->atoms.len && (is_number(scene, k) || repeats_name(scene, k, i))) k++;
    if (k + 1 >= scene->atoms.len || !is_mark(&scene->atoms.at[k], ',') ||
        !is_word(&scene->atoms.at[k + 1], VB_CLASS_BIT(WHERE)))
        return SIZE_MAX;
    for (k++; k < scene->atoms.len && k <= i + CLAUSE_MOST; k++) {
        const vb_atom *a = &scene->atoms.at[k];
        if (a->kind == VB_ATOM_GROUP) return SIZE_MAX;
        if (a->kind == VB_ATOM_MARK) break;
    }
    if (k + 1 >= scene->atoms.len || !is_mark(&scene->atoms.at[k], ',') ||
        !is_word(&scene->atoms.at[k + 1], VB_CLASS_BIT(JOIN)))
        return SIZE_MAX;
    k += 2;
    while (k < scene->atoms.len && is_word(&scene->atoms.at[k], VB_CLASS_BIT(ARTICLE) | VB_CLASS_BIT(NOUN)))
        k++;
    bool same = k < scene->atoms.len && kind_at(scene, k) && kind_at(scene, k) == kind_at(scene, i);
    return same ? k : SIZE_MAX;
}

/** Whether a list goes on after atom @p i with what has no name, or one unknown to us: "Tholen, Veere en
 * Goes", "de VNG, het IPO en gemeenten". */
static bool goes_on(const vb_scene *scene, size_t i)
{
    uint32_t none = VB_CLASS_BIT(VERB) | VB_CLASS_BIT(PREPOSITION) | VB_CLASS_BIT(BREAK) |
                    VB_CLASS_BIT(THAT) | VB_CLASS_BIT(I) | VB_CLASS_BIT(NOT);
    if (i + 2 >= scene->atoms.len || !is_word(&scene->atoms.at[i + 1], VB_CLASS_BIT(JOIN))) return false;
    const vb_atom *next = &scene->atoms.at[i + 2];
    return next->kind == VB_ATOM_WORD && !(next->classes & none);
}

/** "A, B en C" is one group; "A, B" alone is not: a comma may also part clauses. */
static vb_status join_names(vb_scene *scene)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (size_t i = 0; i < scene->atoms.len; i++) {
        size_t last = i, next, count = 1, sure = i;
        char how;
        bool name = kind_at(scene, i) != 0, both = name && after_both(scene, i);
        while (name && (next = next_joined(scene, last, both, &how)) != SIZE_MAX) {
            last = next;
            count++;
            if (how != ',' || count > 3) sure = last;
        }
        if (goes_on(scene, last)) sure = last;
        if (name && sure == last && (next = next_behind_clause(scene, last)) != SIZE_MAX) sure = next;
        if (sure > i) TRY(join_groups(scene, i, sure + 1, false));
        scene->atoms.at[n++] = scene->atoms.at[i];
        i = sure;
    }
    scene->atoms.len = n;
done:
    return status;
}

/* ---- phrases ------------------------------------------------------------------------------------------ */

/** From a list ("zoals A en B", ": A en B") back over the noun that it spells out. */
static size_t before_list(const vb_scene *scene, size_t lead, bool list)
{
    size_t i = lead, words = 0;
    while (i &&
           (is_word(&scene->atoms.at[i - 1], VB_CLASS_BIT(SUCH)) || is_mark(&scene->atoms.at[i - 1], ':')))
        i--;
    if (i == lead && !list) return lead;
    if (i && is_mark(&scene->atoms.at[i - 1], ',')) i--;
    uint32_t stop = VB_CLASS_BIT(PREPOSITION) | VB_CLASS_BIT(VERB) | VB_CLASS_BIT(BREAK) | VB_CLASS_BIT(JOIN);
    while (i && words < PHRASE_MOST && scene->atoms.at[i - 1].kind == VB_ATOM_WORD &&
           !is_word(&scene->atoms.at[i - 1], stop)) {
        words++;
        if (is_word(&scene->atoms.at[--i], VB_CLASS_BIT(ARTICLE))) break;
    }
    return words ? i : lead;
}

/** Where the noun phrase of the name at atom @p at begins: its article, nouns and adjectives, and one more
 * word after the article ("het eigen programma", "de staat"). */
static size_t phrase_start(const vb_scene *scene, size_t at)
{
    size_t lead = at;
    bool odd = false;
    for (size_t i = at; i && at - i < PHRASE_MOST;) {
        const vb_atom *a = &scene->atoms.at[--i];
        if (is_word(a, VB_CLASS_BIT(ARTICLE))) return i;
        if (a->kind != VB_ATOM_WORD || odd) break;
        if (is_word(a, VB_CLASS_BIT(NOUN) | VB_CLASS_BIT(SITE)))
            lead = i;
        else if (a->classes)
            break;
        else
            odd = !a->plural_e; /* fine where an article comes before it */
    }
    return lead;
}

/** So, and over the site it names: "de havens van Rotterdam". */
static size_t phrase_lead(const vb_scene *scene, size_t at)
{
    size_t lead = phrase_start(scene, at);
    if (lead < 2 || !is_word(&scene->atoms.at[lead - 1], VB_CLASS_BIT(PREPOSITION))) return lead;
    return is_word(&scene->atoms.at[lead - 2], VB_CLASS_BIT(SITE)) ? phrase_start(scene, lead - 2) : lead;
}

/** From @p lead back over what stands between a preposition and its names: "bij zowel", "met onder andere";
 * @p lead where no preposition stands there. */
static size_t over_also(const vb_scene *scene, size_t lead)
{
    uint32_t also = VB_CLASS_BIT(ALSO) | VB_CLASS_BIT(SUCH);
    size_t i = lead;
    if (!i || !is_word(&scene->atoms.at[i - 1], also)) return lead;
    i--;
    if (i > 1 && is_word(&scene->atoms.at[i - 1], VB_CLASS_BIT(PREPOSITION)) &&
        is_word(&scene->atoms.at[i - 2], VB_CLASS_BIT(PREPOSITION)))
        i--;
    return i && is_word(&scene->atoms.at[i - 1], VB_CLASS_BIT(PREPOSITION)) ? i : lead;
}

/** Whether a list at atom @p at with its phrase from @p lead on spells out the noun before the preposition
 * there: "onderzoek naar gebruik, zoals A en B" is about A and B as research. */
static bool spells_out_more(const vb_scene *scene, size_t at, size_t lead)
{
    if (lead < 2 || lead == phrase_lead(scene, at)) return false;
    const vb_atom *noun = &scene->atoms.at[lead - 2];
    uint32_t nouns = VB_CLASS_BIT(NOUN) | VB_CLASS_BIT(SITE);
    return noun->kind == VB_ATOM_WORD && !(noun->classes & ~nouns) && noun->end - noun->start > 3;
}

/** Whether the group at atom @p at, whose phrase begins at @p lead, ends an enumeration that begins before
 * it: "en de VNG", ", de politie en het OM". */
static bool ends_enumeration(const vb_scene *scene, size_t at, size_t lead)
{
    if (!lead) return false;
    const vb_atom *before = &scene->atoms.at[lead - 1];
    if (is_word(before, VB_CLASS_BIT(JOIN))) return true;
    return is_mark(before, ',') && scene->groups.at[scene->atoms.at[at].group].joined;
}

/** From the group at atom @p at back over what it is enumerated with that has no name: in "met scholen, de
 * PO-Raad en de VO-raad" to "scholen", which the preposition stands before; in "werken gemeenten en de
 * politie" to "gemeenten", after the verb. */
static size_t over_nameless(const vb_scene *scene, size_t at, size_t lead)
{
    enum { NAMELESS_MOST = 9 };
    uint32_t bounds = VB_CLASS_BIT(PREPOSITION) | VB_CLASS_BIT(VERB);
    uint32_t stops = VB_CLASS_BIT(BREAK) | VB_CLASS_BIT(THAT) | VB_CLASS_BIT(I) | VB_CLASS_BIT(NOT);
    if (!ends_enumeration(scene, at, lead)) return lead;
    size_t i = lead - 1, words = 0;
    for (; i && lead - i <= NAMELESS_MOST; i--) {
        const vb_atom *a = &scene->atoms.at[i - 1];
        if (is_word(a, bounds)) return words ? i : lead;
        if (a->kind == VB_ATOM_WORD && !(a->classes & stops))
            words++;
        else if (!is_mark(a, ',') || !words)
            return lead;
    }
    return lead;
}

static void find_phrases(vb_scene *scene)
{
    for (size_t i = 0; i < scene->atoms.len; i++) {
        if (scene->atoms.at[i].kind != VB_ATOM_GROUP) continue;
        vb_phrase *g = &scene->groups.at[scene->atoms.at[i].group];
        bool mine = g->mask & VB_SLOT_MY;
        size_t lead = mine ? i : before_list(scene, phrase_lead(scene, i), g->list);
        if (!mine) lead = over_also(scene, over_nameless(scene, i, lead));
        g->lead = (uint32_t)lead;
        g->at = g->last = (uint32_t)i;
        g->preposition = VB_NONE;
        if (!mine && lead && is_word(&scene->atoms.at[lead - 1], VB_CLASS_BIT(PREPOSITION)) &&
            !spells_out_more(scene, i, lead))
            g->preposition = (uint32_t)(lead - 1);
        for (size_t k = lead; k <= i; k++) scene->atoms.at[k].phrase = scene->atoms.at[i].group;
    }
}

vb_status vb_phrases_make(vb_scene *scene)
{
    vb_status status;
    scene->asides.len = scene->aside_at.len = 0;
    TRY(fold_brackets(scene));
    TRY(join_names(scene));
    find_phrases(scene);
done:
    return status;
}

vb_status vb_phrases_aside(vb_scene *scene, size_t i)
{
    vb_status status = VB_OK;
    size_t from = scene->aside_at.at[i];
    size_t to = i + 1 < scene->aside_at.len ? scene->aside_at.at[i + 1] : scene->asides.len;
    scene->atoms.len = 0;
    for (size_t k = from; k < to; k++) {
        if (vb_push(scene->a->arena, &scene->atoms) != VB_OK) return vb_fail_memory(scene->err);
        scene->atoms.at[scene->atoms.len - 1] = scene->asides.at[k];
        scene->atoms.at[scene->atoms.len - 1].phrase = VB_NONE;
    }
    TRY(join_names(scene));
    find_phrases(scene);
done:
    return status;
}
