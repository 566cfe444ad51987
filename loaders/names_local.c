/**
 * What a document defines for itself: an abbreviation in brackets after a name ("Nationaal Cyber Security
 * Centrum (NCSC)"), also after a name no gazetteer has, and the surname of a person introduced before. These
 * are sought again in the whole document, and abbreviations that only count when the document also has the
 * full name are let in.
 */
#include "loaders/names.h"

#include <stdlib.h>

enum { LOCAL_SLOTS = 256 };

/** An abbreviation as one defines it: two capitals at least, short, one word. */
static bool is_abbreviation(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    size_t len = w->end - w->start, capitals = 0;
    if (len < 2 || len > 12) return false;
    for (size_t i = w->start; i < w->end; i++) capitals += f->text.at[i] >= 'A' && f->text.at[i] <= 'Z';
    return capitals >= 2 ||
           (capitals == 1 && len <= 6 && (w->flags & VB_WORD_CAPITAL) && w->fold.len == len && len >= 3);
}

/** What stands in brackets after a name: words [first, last]; said: "hierna" says that it is another name. */
typedef struct bracket {
    size_t first, last;
    bool said;
} bracket;

/** "(NCSC)", "(IBP VTH)", "(hierna: de strategie)" right after @p end. */
static bool bracket_after(const vb_finding *f, uint32_t end, bracket *out)
{
    static const char *const intro[] = { "hierna", "afgekort", "kortweg", "verder",
                                         "ook",    "wel",      "te",      "noemen" };
    size_t at = vb_finding_word_at(f, end), limit;
    if (at >= f->words.len || !at || f->words.at[at].block != f->words.at[at - 1].block) return false;
    vb_str gap = vb_str_part(f->text, end, f->words.at[at].start);
    if (gap.len > 8 || !gap.len || !memchr(gap.at, '(', gap.len) || gap.at[0] == ')') return false;
    *out = (bracket){ 0 };
    for (limit = at + 8;
         at < f->words.len && at < limit && vb_word_in(f->words.at[at].fold, intro, VB_COUNT(intro)); at++)
        out->said = true;
    if (at + 1 < f->words.len && out->said &&
        (vb_str_eq(f->words.at[at].fold, VB_STR("de")) || vb_str_eq(f->words.at[at].fold, VB_STR("het"))))
        at++;
    for (out->first = out->last = at; out->last < f->words.len && out->last < at + 5; out->last++) {
        uint32_t word_end = f->words.at[out->last].end;
        if (f->words.at[out->last].block != f->words.at[at].block) return false;
        uint32_t next = out->last + 1 < f->words.len ? f->words.at[out->last + 1].start : word_end + 4;
        vb_str rest = vb_str_part(f->text, word_end, next < word_end + 4 ? next : word_end + 4);
        if (memchr(rest.at, ')', rest.len)) return true;
    }
    return false;
}

/** The folded letters of an abbreviation of one or two words. */
static vb_str letters_of(vb_finding *f, const bracket *b)
{
    vb_str out = { 0 };
    if (b->last == b->first) return f->words.at[b->first].fold;
    if (vb_arena_printf(f->arena, &out, "%.*s%.*s", VB_FMT(f->words.at[b->first].fold),
                        VB_FMT(f->words.at[b->last].fold)) != VB_OK)
        return (vb_str){ 0 };
    return out;
}

/** Whether each letter of three or more begins a word of its own, in any order: "LEAD", "Local Employment for
 *  Development in Africa". */
static bool stands_for_any(vb_str shorter, const vb_words *words, size_t first, size_t last)
{
    uint32_t used = 0;
    if (shorter.len < 3 || last - first >= 32 || words->at[first].fold.at[0] != shorter.at[0]) return false;
    for (size_t i = 0; i < shorter.len; i++) {
        size_t w = first;
        while (w <= last && ((used >> (w - first) & 1) || words->at[w].fold.at[0] != shorter.at[i])) w++;
        if (w > last) return false;
        used |= 1u << (w - first);
    }
    return true;
}

static bool is_short(const vb_finding *f, const bracket *b)
{
    return b->last <= b->first + 1 && is_abbreviation(f, b->first) && is_abbreviation(f, b->last);
}

static bool is_small(const vb_word *w);

/** Whether @p shorter's letters stand in order at beginnings of words or inside them, the first at the first.
 */
static bool stands_for(vb_str shorter, const vb_words *words, size_t first, size_t last)
{
    size_t w = first, in = 0;
    if (first > last || !shorter.len || words->at[first].fold.len == 0 ||
        words->at[first].fold.at[0] != shorter.at[0])
        return false;
    for (size_t i = 0; i < shorter.len; i++) {
        bool found = false;
        for (; w <= last && !found; w++, in = 0) {
            const char *hit = in < words->at[w].fold.len ? memchr(words->at[w].fold.at + in, shorter.at[i],
                                                                  words->at[w].fold.len - in)
                                                         : NULL;
            if (!hit) continue;
            in = (size_t)(hit - words->at[w].fold.at) + 1;
            found = true;
            break;
        }
        if (!found) return false;
    }
    size_t left = 0; /* the last word, or the one before it, gives a letter too */
    for (size_t i = w + 1; i <= last; i++) left += !is_small(&words->at[i]);
    return left <= 1;
}

/**
 * The same from the end: every letter begins a word, a word may be passed over, and what is left of them lies
 * inside the first word: "IBP VTH" of "interbestuurlijk programma voor … vergunningverlening, toezicht en
 * handhaving".
 */
static bool stands_for_initials(vb_str shorter, const vb_words *words, size_t first, size_t last)
{
    size_t left = shorter.len, passed = 0;
    if (first >= last || left < 3 || words->at[last].fold.at[0] != shorter.at[left - 1]) return false;
    for (size_t w = last; w > first && left; w--) {
        if (words->at[w].fold.at[0] == shorter.at[left - 1])
            left--;
        else if (words->at[w].fold.len > 4 && ++passed > 2)
            return false;
    }
    return left && left <= 2 && words->at[first].fold.at[0] == shorter.at[0] &&
           (left == 1 || vb_str_find(words->at[first].fold, vb_str_part(shorter, 1, 2), 1) != SIZE_MAX);
}

/** Whether each letter begins one of the words, function words apart: "VGW", "Veilig en Gezond werken". */
static bool stands_for_each(const vb_finding *f, vb_str shorter, size_t first, size_t last)
{
    size_t n = 0;
    for (size_t w = first; w <= last; w++) {
        if (is_small(&f->words.at[w])) continue;
        if (n >= shorter.len || f->words.at[w].fold.at[0] != shorter.at[n++]) return false;
    }
    return n == shorter.len && n >= 3;
}

/** A name that the document gives to something. */
typedef struct definition {
    vb_str name;
    vb_found meant;
    uint8_t flags;
} definition;

typedef VB_VEC(definition) definition_list;

typedef struct local {
    vb_lexicon lexicon; /* its known[i] is defined.at[i] */
    definition_list defined;
} local;

enum { MEANINGS_MAX = 4 }; /* of one name in one document */

static vb_status define(vb_finding *f, local *l, vb_str name, const vb_found *meant, uint8_t flags)
{
    if (vb_push(f->arena, &l->defined) != VB_OK) return VB_NO_MEMORY;
    l->defined.at[l->defined.len - 1] = (definition){ .name = name, .meant = *meant, .flags = flags };
    return VB_OK;
}

static int by_name(const void *one, const void *two)
{
    const definition *a = one, *b = two;
    int by = vb_str_cmp(a->name, b->name);
    return by ? by : (a->meant.start > b->meant.start) - (a->meant.start < b->meant.start);
}

static bool same_thing(const vb_found *a, const vb_found *b)
{
    return a->label == b->label && a->known == b->known && vb_str_eq(a->key, b->key);
}

/** Put what was defined into the lexicon, each name with each of its first meanings once. */
static vb_status compile(vb_finding *f, local *l)
{
    vb_status status = VB_OK;
    size_t kept = 0, meanings = 0;
    if (l->defined.len) qsort(l->defined.at, l->defined.len, sizeof *l->defined.at, by_name);
    for (size_t i = 0; i < l->defined.len; i++) {
        definition d = l->defined.at[i];
        bool again = kept && vb_str_eq(l->defined.at[kept - 1].name, d.name);
        meanings = again ? meanings + 1 : 0;
        if (meanings >= MEANINGS_MAX) continue;
        if (again && same_thing(&l->defined.at[kept - 1].meant, &d.meant)) {
            meanings--;
            continue;
        }
        l->defined.at[kept++] = d;
        TRY(vb_push(f->arena, &l->lexicon.known));
        l->lexicon.known.at[kept - 1].first_name = VB_NONE;
        TRY(vb_lexicon_add(&l->lexicon, d.name, (uint32_t)kept - 1, d.flags));
    }
    l->defined.len = kept;
done:
    return status;
}

/** What the gazetteers call by the abbreviation of @p b, of the kind of @p label; VB_NONE. */
static uint32_t known_by(const vb_finding *f, const bracket *b, vb_label label)
{
    const vb_lexicon *lexicon = &f->names->lexicon;
    vb_lex_hit hits[8];
    size_t n = vb_lexicon_match(lexicon, f->text, &f->words, b->first, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        const vb_lex_name *name = &lexicon->names.at[hits[i].name];
        if (hits[i].n_words == b->last - b->first + 1 && (name->flags & VB_NAME_EXACT) &&
            lexicon->known.at[name->known].label == label)
            return name->known;
    }
    return VB_NONE;
}

/** An edition has a year: it is not the series ("Klimaat- en Energieverkenning 2024 (KEV)"). */
static bool has_number(vb_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] >= '0' && name.at[i] <= '9') return true;
    return false;
}

/**
 * The abbreviation, or the other name, that follows in brackets after a name that stands. A name that no
 * gazetteer has, spelled otherwise than usual, is what the gazetteers call by its abbreviation.
 */
static vb_status define_abbreviation(vb_finding *f, local *l, vb_found *found)
{
    bracket b;
    if (found->label == VB_LABEL_PERSON || !bracket_after(f, found->end, &b)) return VB_OK;
    size_t first = vb_finding_word_at(f, found->start), last = vb_finding_word_at(f, found->end);
    vb_str name = vb_str_part(f->text, f->words.at[b.first].start, f->words.at[b.last].end);
    if (is_short(f, &b)) {
        vb_str letters = letters_of(f, &b);
        if (last <= first || (!stands_for(letters, &f->words, first, last - 1) &&
                              !stands_for_initials(letters, &f->words, first, last - 1) &&
                              !stands_for_any(letters, &f->words, first, last - 1)))
            return VB_OK;
        if (found->known == VB_NONE && !has_number(found->name)) found->known = known_by(f, &b, found->label);
        return define(f, l, name, found, VB_NAME_EXACT);
    }
    bool capital = f->words.at[b.first].flags & VB_WORD_CAPITAL;
    if (!b.said || name.len < 4) return VB_OK;
    if (!capital && (b.first != b.last || !vb_shape_compound(f, b.first))) return VB_OK; /* "het advies" */
    return define(f, l, name, found, capital ? 0 : VB_NAME_ANY_CASE);
}

/** The surname of a person, as it may return: "Van Weel", after "D.M. van Weel". */
static vb_status define_surname(vb_finding *f, local *l, const vb_found *found)
{
    vb_str surname = vb_str_part(f->text, found->start + found->surname, found->end);
    return surname.len < 3 ? VB_OK : define(f, l, surname, found, 0);
}

/** Whether a name that no gazetteer has may be meant wherever its words return: not a long title. */
static bool may_return(const vb_finding *f, const vb_found *found)
{
    size_t n = vb_finding_word_at(f, found->end) - vb_finding_word_at(f, found->start);
    const vb_word *first = &f->words.at[vb_finding_word_at(f, found->start)];
    if (strcmp(found->rule, "title:note") == 0) return false;
    size_t most = found->label == VB_LABEL_DOCUMENT ? 20 : 8; /* a title is known by its many words */
    if (found->label == VB_LABEL_PERSON || (found->label == VB_LABEL_DOCUMENT && n < 3) || n > most)
        return false;
    return (first->flags & VB_WORD_CAPITAL) && found->end - found->start >= 4;
}

/** A person whom a title names after a role ("Minister Jansen weigert …") and whom nothing else is called. */
static bool named_in_title(const vb_finding *f, const vb_found *found)
{
    vb_lex_hit hit;
    size_t at = vb_finding_word_at(f, found->start + found->surname);
    return found->label == VB_LABEL_PERSON && strcmp(found->rule, "person:role") == 0 &&
           !vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, &hit, 1);
}

static vb_status define_all(vb_finding *f, local *l)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < f->found.len; i++)
        if (named_in_title(f, &f->found.at[i])) TRY(define_surname(f, l, &f->found.at[i]));
    for (size_t i = 0; i < f->stands.len; i++) {
        vb_found *found = &f->stands.at[i];
        bool unknown = found->known == VB_NONE;
        if (strcmp(found->rule, "local:reversed") == 0)
            TRY(define(f, l, vb_str_part(f->text, found->start, found->end), found, VB_NAME_EXACT));
        if (found->label == VB_LABEL_PERSON)
            TRY(define_surname(f, l, found));
        else
            TRY(define_abbreviation(f, l, found));
        bool linked = unknown && found->known != VB_NONE;
        if (linked || (unknown && may_return(f, found))) TRY(define(f, l, found->name, found, 0));
    }
done:
    return status;
}

/** Function words inside a name: they give an abbreviation no letter and are passed over. */
static bool is_small(const vb_word *w)
{
    static const char *const small[] = { "van", "de",  "het", "en",  "voor", "der",   "in",  "op",  "of",
                                         "the", "and", "for", "den", "te",   "tegen", "met", "tot", "bij" };
    return vb_word_in(w->fold, small, VB_COUNT(small));
}

/** "in het kader van [Veilig en Gezond werken] (VGW)": something one does. */
static bool in_framework(const vb_finding *f, size_t at)
{
    static const char *const articles[] = { "de", "het" };
    size_t i = at && vb_word_in(f->words.at[at - 1].fold, articles, VB_COUNT(articles)) ? at - 1 : at;
    return i > 1 && f->words.at[i - 2].block == f->words.at[at].block &&
           vb_str_eq(f->words.at[i - 1].fold, VB_STR("van")) &&
           vb_str_eq(f->words.at[i - 2].fold, VB_STR("kader"));
}

/** What the gazetteers call by the abbreviation at word @p at and by nothing else, and its label; VB_NONE. */
static uint32_t known_as(const vb_finding *f, size_t at, vb_label *label)
{
    const vb_lexicon *lexicon = &f->names->lexicon;
    vb_lex_hit hits[8];
    uint32_t known = VB_NONE;
    size_t n = vb_lexicon_match(lexicon, f->text, &f->words, at, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        const vb_lex_name *name = &lexicon->names.at[hits[i].name];
        if (hits[i].n_words > 1 || known != VB_NONE || !(name->flags & VB_NAME_EXACT) ||
            (name->flags & VB_NAME_CONTEXT))
            return VB_NONE;
        known = name->known;
    }
    if (known != VB_NONE) *label = lexicon->known.at[known].label;
    return known;
}

/** Landelijke Milieukamer (LMK), which no gazetteer has: the words before the brackets that it stands for. */
static vb_status find_unknown(vb_finding *f, size_t mark, vb_str shorter)
{
    size_t last = mark - 1, first = SIZE_MAX;
    unsigned letters = 0;
    if (f->listed[last] & VB_LISTED) return VB_OK; /* a gazetteer knows it */
    for (size_t i = last + 1; i-- > 0 && last - i < 12;) {
        if (f->words.at[i].block != f->words.at[mark].block) break;
        vb_str gap = i < last ? vb_finding_gap(f, i + 1) : VB_STR(" ");
        if (!vb_str_eq(gap, VB_STR(" ")) && !vb_str_eq(gap, VB_STR("-")) && !vb_str_eq(gap, VB_STR("- ")) &&
            !vb_str_eq(gap, VB_STR(", ")))
            break;
        if (is_small(&f->words.at[i])) continue;
        letters++;
        if (letters > shorter.len + 3u) break;
        if (!stands_for_initials(shorter, &f->words, i, last) &&
            (letters > shorter.len || !stands_for(shorter, &f->words, i, last)))
            continue;
        first = i;
        if (letters == shorter.len) break;
    }
    if (first == SIZE_MAX || first == last) return VB_OK;
    vb_label label;
    uint32_t known = VB_NONE;
    bool capital = f->words.at[first].flags & VB_WORD_CAPITAL;
    bool sure = vb_shape_label(f, first, last + 1, &label) || (capital && vb_shape_cue(f, first, &label));
    if (!sure) {
        if (!capital || (f->words.at[first].flags & VB_WORD_FIRST) ||
            (!(f->words.at[last].flags & VB_WORD_CAPITAL) && !stands_for_each(f, shorter, first, last)))
            return VB_OK;
        label = in_framework(f, first) ? VB_LABEL_PROGRAMME : VB_LABEL_ORGANISATION;
        known = shorter.len >= 4 ? known_as(f, mark, &label) : VB_NONE;
    }
    vb_found *found =
        vb_finding_add(f, f->words.at[first].start, f->words.at[last].end, label, "local:apposition");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    found->score = sure ? 450 : 390; /* less than a word before the name says */
    found->known = known;
    return vb_slug(f->arena, found->name, &found->key);
}

/** [MOB] ([Mobilisation for the Environment]): the name in brackets after what stands for it. */
static vb_status find_reversed(vb_finding *f, size_t at)
{
    size_t last = at;
    vb_str shorter = f->words.at[at - 1].fold;
    if (!(f->words.at[at - 1].flags & VB_WORD_CAPS) || (f->listed[at - 1] & VB_LISTED) || shorter.len < 3 ||
        shorter.len > 8 || !vb_shape_opens(f, at))
        return VB_OK;
    while (last + 1 < f->words.len && last < at + 9 && f->words.at[last + 1].block == f->words.at[at].block &&
           vb_str_eq(vb_finding_gap(f, last + 1), VB_STR(" ")))
        last++;
    uint32_t end = f->words.at[last].end;
    if (end >= f->text.len || f->text.at[end] != ')' || !stands_for_each(f, shorter, at, last)) return VB_OK;
    vb_label label = VB_LABEL_ORGANISATION;
    bool said = vb_shape_label(f, at, last + 1, &label);
    if (!said) label = VB_LABEL_ORGANISATION;
    vb_found *full = vb_finding_add(f, f->words.at[at].start, end, label, "local:apposition");
    if (!full) return VB_NO_MEMORY;
    full->name = vb_str_part(f->text, full->start, end);
    full->score = 390;
    vb_status status = vb_slug(f->arena, full->name, &full->key);
    if (status != VB_OK) return status;
    vb_str key = full->key, name = full->name;
    vb_found *brief =
        vb_finding_add(f, f->words.at[at - 1].start, f->words.at[at - 1].end, label, "local:reversed");
    if (!brief) return VB_NO_MEMORY;
    brief->key = key;
    brief->name = name;
    brief->score = 390;
    return VB_OK;
}

vb_status vb_find_appositions(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_BRACKET) {
        bracket b;
        TRY(find_reversed(f, at));
        if (!is_abbreviation(f, at)) continue;
        if (!bracket_after(f, f->words.at[at - 1].end, &b) || b.said || !is_short(f, &b)) continue;
        TRY(find_unknown(f, at, letters_of(f, &b)));
    }
done:
    return status;
}

static size_t hyphens_of(vb_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += s.at[i] == '-';
    return n;
}

static size_t hyphens_in(const vb_finding *f, size_t first, size_t last)
{
    return hyphens_of(vb_str_part(f->text, f->words.at[first].start, f->words.at[last].end));
}

/** Seek what the document defined. */
static vb_status seek(vb_finding *f, const local *l)
{
    vb_lex_hit hits[8];
    for (size_t at = 0; (at = vb_lexicon_next(&l->lexicon, &f->words, at)) < f->words.len; at++) {
        if (f->words.at[at].flags & VB_WORD_BLOCKED) continue;
        size_t n = vb_lexicon_match(&l->lexicon, f->text, &f->words, at, hits, VB_COUNT(hits));
        for (size_t i = 0; i < n; i++) {
            const vb_found *meant = &l->defined.at[l->lexicon.names.at[hits[i].name].known].meant;
            bool exact = l->lexicon.names.at[hits[i].name].flags & VB_NAME_EXACT;
            size_t last = at + hits[i].n_words - 1;
            uint32_t end = exact ? vb_finding_plural(f, last) : f->words.at[last].end;
            if (exact && vb_finding_is_member(f, last + 1)) continue;
            if (hyphens_in(f, at, last) > hyphens_of(l->lexicon.names.at[hits[i].name].text))
                continue; /* a link */
            if (meant->label == VB_LABEL_PERSON && !(f->words.at[at].flags & VB_WORD_CAPITAL)) continue;
            vb_found *found = vb_finding_add(f, f->words.at[at].start, end, meant->label, "local");
            if (!found) return VB_NO_MEMORY;
            bool itself = meant->start == found->start && meant->end == found->end;
            if (itself) found->rule = meant->rule; /* it was read so here */
            found->known = meant->known;
            found->key = meant->key;
            found->name = meant->name;
            found->surname = 0;
            found->score = 600;
            if (vb_edition_tell(f, found, last + 1) != VB_OK) return VB_NO_MEMORY;
        }
    }
    return VB_OK;
}

/** Let in the abbreviations and ordinary words that mean what the document names elsewhere in full. */
static vb_status admit_weak(vb_finding *f)
{
    vb_known_map sure;
    if (vb_known_map_make(f->arena, f->stands.len, &sure) != VB_OK) return VB_NO_MEMORY;
    for (size_t i = 0; i < f->stands.len; i++)
        if (f->stands.at[i].known != VB_NONE) vb_known_map_set(&sure, f->stands.at[i].known, 1);
    for (size_t i = 0; i < f->found.len; i++) {
        vb_found *found = &f->found.at[i];
        if (found->weak && found->known != VB_NONE && vb_known_map_get(&sure, found->known) != VB_NONE)
            found->weak = false;
    }
    return VB_OK;
}

vb_status vb_find_local(vb_finding *f)
{
    vb_status status;
    local l = { 0 };
    TRY(vb_lexicon_init(&l.lexicon, f->arena, LOCAL_SLOTS));
    TRY(define_all(f, &l));
    TRY(compile(f, &l));
    TRY(admit_weak(f));
    if (l.lexicon.names.len) TRY(seek(f, &l));
done:
    return status;
}
