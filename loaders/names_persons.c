/**
 * Persons: after a word that says that a person follows ("minister", "het lid", "de heer"), in signatures,
 * and, once introduced, by surname alone. A name is initials, first names, prefixes ("van der") and a
 * surname, with a hyphen or a blank between the parts.
 */
#include "loaders/names.h"

static const char *const titles[] = {
    "mr", "dr", "drs", "ir", "prof", "ing", "bc", "ba", "ma", "msc", "mba"
};

typedef struct person_name {
    size_t first, last; /* words */
    size_t surname;     /* where the surname, with its prefixes, begins */
    bool bare;          /* a surname alone */
} person_name;

/** "Faber – van de [Klashorst] (": prefixes in lower case, a capital, and the bracket of a portfolio. */
static bool double_name_ends(const vb_finding *f, size_t at)
{
    size_t i = at;
    while (i + 1 < f->words.len && vb_word_is(&f->words.at[i], VB_LIST_PREFIX)) i++;
    return i > at && i + 1 < f->words.len && (f->words.at[i].flags & VB_WORD_CAPITAL) &&
           vb_str_eq(vb_finding_gap(f, i + 1), VB_STR(" ("));
}

/** Whether words at - 1 and at are parts of one name: a blank, a hyphen, a stop after an initial. */
static bool joined(const vb_finding *f, size_t at, bool initial)
{
    if (at >= f->words.len || f->words.at[at].block != f->words.at[at - 1].block) return false;
    if (vb_finding_blank(f, at) || vb_finding_hyphen(f, at)) return true;
    vb_str gap = vb_finding_gap(f, at);
    if (vb_str_eq(gap, VB_STR("'")) || vb_str_eq(gap, VB_STR("’")) || vb_str_eq(gap, VB_STR(" '")) ||
        vb_str_eq(gap, VB_STR(" ’")))
        return true;
    if ((vb_str_eq(gap, VB_STR(" – ")) || vb_str_eq(gap, VB_STR(" - "))) && /* "Faber – Van de Klashorst" */
        vb_word_is(&f->words.at[at], VB_LIST_PREFIX) &&
        ((f->words.at[at].flags & VB_WORD_CAPITAL) || double_name_ends(f, at)))
        return true;
    return initial &&
           (vb_str_eq(gap, VB_STR(".")) || vb_str_eq(gap, VB_STR(". ")) || vb_str_eq(gap, VB_STR(".-")));
}

static bool is_initial(const vb_word *w)
{
    return (w->flags & VB_WORD_CAPITAL) &&
           (w->end - w->start == 1 ||
            (w->end - w->start == 2 &&
             (w->fold.len == 1 || vb_str_eq(w->fold, VB_STR("th")) || vb_str_eq(w->fold, VB_STR("ch")) ||
              vb_str_eq(w->fold, VB_STR("ph")))));
}

static bool is_title(const vb_finding *f, size_t at)
{
    return vb_word_in(f->words.at[at].fold, titles, VB_COUNT(titles)) && at + 1 < f->words.len &&
           vb_str_starts(vb_finding_gap(f, at + 1), VB_STR("."));
}

/** "[in] 't Veld", "[op] den Brouw": a preposition is a prefix only before an article. */
static bool is_prefix(const vb_finding *f, size_t at)
{
    static const char *const prepositions[] = { "in", "op", "uit", "voor" };
    static const char *const articles[] = { "t", "het", "de", "den", "der" };
    vb_str fold = f->words.at[at].fold;
    if (!vb_word_is(&f->words.at[at], VB_LIST_PREFIX)) return false;
    if (!vb_word_in(fold, prepositions, VB_COUNT(prepositions))) return true;
    return at + 1 < f->words.len && vb_word_in(f->words.at[at + 1].fold, articles, VB_COUNT(articles));
}

/** Whether word @p at is the "van" between a surname, word @p first, and the place of the office. */
static bool of_place(const vb_finding *f, size_t at, size_t first)
{
    vb_lex_hit hit;
    return vb_str_eq(f->words.at[at].fold, VB_STR("van")) && !(f->words.at[at].flags & VB_WORD_CAPITAL) &&
           at + 1 < f->words.len && (f->listed[at + 1] & VB_LISTED_PLACE) &&
           !is_initial(&f->words.at[first]) &&
           !vb_lexicon_match(&f->names->given, f->text, &f->words, first, &hit, 1);
}

/** "Sa'[ar]": the rest of a name, and not "Jansen's", "VVD'er". */
static bool goes_on_after_apostrophe(const vb_finding *f, size_t at)
{
    static const char *const endings[] = { "er", "ers", "en", "je", "tje" };
    const vb_word *w = &f->words.at[at];
    vb_str gap = vb_finding_gap(f, at);
    return !(w->flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER)) && w->fold.len >= 2 &&
           (vb_str_eq(gap, VB_STR("'")) || vb_str_eq(gap, VB_STR("’"))) &&
           !vb_word_in(w->fold, endings, VB_COUNT(endings));
}

/** "Donald [J.] Jansen": an initial between a given name, word @p first, and a surname. */
static bool is_middle_initial(const vb_finding *f, size_t at, size_t first)
{
    vb_lex_hit hit;
    const vb_word *w = &f->words.at[at];
    return at == first + 1 && w->end - w->start == 1 && at + 1 < f->words.len && w[1].block == w->block &&
           (w[1].flags & VB_WORD_CAPITAL) && !(w[1].flags & VB_WORD_CAPS) && !is_initial(&w[1]) &&
           !vb_word_is(&w[1], VB_LIST_NO_NAME | VB_LIST_OPENER) &&
           vb_str_eq(vb_finding_gap(f, at + 1), VB_STR(". ")) &&
           vb_lexicon_match(&f->names->given, f->text, &f->words, first, &hit, 1);
}

/** Read a name that begins at word @p at. @p lower: a prefix in lower case may begin it. */
static bool read_name(const vb_finding *f, size_t at, bool lower, person_name *out)
{
    size_t i = at, parts = 0, prefix = SIZE_MAX;
    *out = (person_name){ .first = at, .surname = SIZE_MAX };
    bool initial = false, surname = false, initials = false;
    for (; i < f->words.len && i < at + 9; i++) {
        const vb_word *w = &f->words.at[i];
        bool hyphen = i > at && vb_finding_hyphen(f, i);
        if (i > at && !joined(f, i, initial)) break;
        if (w->flags & (VB_WORD_NUMBER | VB_WORD_BLOCKED)) break;
        if (hyphen && surname && vb_word_is(w, VB_LIST_PREFIX)) continue; /* "Jansen-de Vries" */
        if (surname && !hyphen && of_place(f, i, at)) break; /* "burgemeester Jansen van Arnhem" */
        if (is_prefix(f, i) && !(hyphen && surname)) {
            if (i == at && !(w->flags & VB_WORD_CAPITAL) && !lower) return false;
            if (surname && !hyphen && !(prefix == SIZE_MAX && parts == 1 && !initials))
                break; /* "Bikker van de CU" */
            if (surname && !(w->flags & VB_WORD_CAPITAL) && vb_finding_blank(f, i) && parts >= 1 &&
                i + 1 < f->words.len && !(f->words.at[i + 1].flags & VB_WORD_CAPITAL) &&
                !vb_word_is(&f->words.at[i + 1], VB_LIST_PREFIX))
                break;
            if (prefix == SIZE_MAX) prefix = i;
            surname = false;
            initial = false;
            continue;
        }
        if (surname && goes_on_after_apostrophe(f, i)) {
            out->last = i;
            continue;
        }
        if (!(w->flags & VB_WORD_CAPITAL) || vb_word_is(w, VB_LIST_NO_NAME)) break;
        initial = is_initial(w);
        if (initial) {
            if (surname && is_middle_initial(f, i, at)) {
                surname = false;
                continue;
            }
            if (surname) break;
            initials = true;
            continue;
        }
        if ((w->flags & VB_WORD_CAPS) && w->end - w->start > 1 && !hyphen && w->fold.len < 5)
            break; /* "VVD" */
        bool doubled = surname && i > at && vb_word_is(&f->words.at[i - 1], VB_LIST_PREFIX);
        if (surname && (prefix != SIZE_MAX || initials) && !hyphen && !doubled)
            break; /* one surname after prefixes or initials */
        if (parts >= 3 && !hyphen) break;
        out->surname = (hyphen || doubled) && out->surname != SIZE_MAX ? out->surname
                       : prefix != SIZE_MAX                            ? prefix
                                                                       : i;
        out->last = i;
        surname = true;
        parts += !hyphen;
    }
    if (out->surname == SIZE_MAX) return false;
    out->bare = out->surname == at;
    return true;
}

static vb_status propose_name(vb_finding *f, const person_name *n, const char *rule)
{
    vb_status status;
    uint32_t start = f->words.at[n->first].start, end = f->words.at[n->last].end;
    vb_found *found = vb_finding_add(f, start, end, VB_LABEL_PERSON, rule);
    if (!found) return VB_NO_MEMORY;
    found->score = 650;
    found->surname = f->words.at[n->surname].start - start;
    found->name = vb_str_part(f->text, start, end);
    TRY(vb_slug(f->arena, found->name, &found->key));
done:
    return status;
}

/** Whether a gazetteer knows these words as something that is no person: "voorzitter Tweede Kamer". */
static bool is_known(const vb_finding *f, size_t at)
{
    vb_lex_hit hits[16];
    size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        const vb_lex_name *name = &f->names->lexicon.names.at[hits[i].name];
        vb_label label = f->names->lexicon.known.at[name->known].label;
        if (label == VB_LABEL_MINISTRY || (label != VB_LABEL_MUNICIPALITY && hits[i].n_words > 1))
            return true;
        if (label == VB_LABEL_COUNTRY || ((name->flags & VB_NAME_EXACT) && !(name->flags & VB_NAME_CONTEXT)))
            return true;
    }
    return false;
}

/** Skip "(PvdA)", "(beiden D66)" after a name: index of the word after it. */
static size_t past_brackets(const vb_finding *f, size_t at)
{
    if (at >= f->words.len || !vb_str_eq(vb_finding_gap(f, at), VB_STR(" ("))) return at;
    for (size_t i = at + 1; i < f->words.len && i < at + 9; i++) {
        vb_str gap = vb_finding_gap(f, i);
        if (gap.len && memchr(gap.at, ')', gap.len)) return i;
    }
    return at;
}

/** de leden [A], [B] (D66) en [C] */
static vb_status read_list(vb_finding *f, size_t at, const vb_role *role)
{
    vb_status status = VB_OK;
    person_name n;
    for (unsigned count = 0; count < 40 && at < f->words.len; count++) {
        if (f->words.at[at].flags & VB_WORD_BLOCKED || !read_name(f, at, role->lower, &n)) break;
        if (is_known(f, n.first)) break;
        TRY(propose_name(f, &n, "person:role"));
        if (!role->list) break;
        at = past_brackets(f, n.last + 1);
        if (at >= f->words.len || f->words.at[at].block != f->words.at[n.last].block) break;
        vb_str gap = vb_str_trim(vb_finding_gap(f, at));
        bool and = vb_str_eq(f->words.at[at].fold, VB_STR("en"));
        if (and)
            at++;
        else if (!vb_str_eq(gap, VB_STR(",")) && !vb_str_eq(gap, VB_STR("),")) &&
                 !vb_str_eq(gap, VB_STR("/")))
            break;
        if (at < f->words.len && vb_str_eq(f->words.at[at].fold, VB_STR("het"))) break;
    }
done:
    return status;
}

/** "eerste lid", "lid 2": part of an article, not a member. */
static bool is_member_of_article(const vb_finding *f, size_t at)
{
    static const char *const ordinals[] = { "eerste", "tweede",  "derde",   "vierde", "vijfde",
                                            "zesde",  "zevende", "achtste", "een" };
    return at && vb_str_eq(f->words.at[at].fold, VB_STR("lid")) &&
           vb_word_in(f->words.at[at - 1].fold, ordinals, VB_COUNT(ordinals));
}

/** hoogleraar [bestuursrecht] Jansen: past the subject in lower case, where a name follows it. */
static size_t past_subject(const vb_finding *f, size_t at)
{
    static const char *const scholars[] = { "hoogleraar", "lector", "professor", "econoom", "onderzoeker" };
    bool scholar = at && vb_word_in(f->words.at[at - 1].fold, scholars, VB_COUNT(scholars));
    if (!scholar || (f->words.at[at].flags & VB_WORD_CAPITAL) || at + 1 >= f->words.len ||
        f->words.at[at].fold.len < 6 || f->words.at[at + 1].block != f->words.at[at].block)
        return at;
    return vb_finding_blank(f, at + 1) && (f->words.at[at + 1].flags & VB_WORD_CAPITAL) ? at + 1 : at;
}

static vb_status find_after_role(vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    size_t next = at + 1;
    if (!w->form->role || next >= f->words.len || f->words.at[next].block != w->block ||
        is_member_of_article(f, at))
        return VB_OK;
    while (next + 1 < f->words.len && is_title(f, next)) next++;
    vb_str gap = vb_finding_gap(f, at + 1), word = w->fold;
    bool title = vb_word_in(word, titles, VB_COUNT(titles)) || vb_str_starts(word, VB_STR("d")) ||
                 vb_str_starts(word, VB_STR("m"));
    if (!vb_finding_blank(f, at + 1) && !(title && vb_str_eq(gap, VB_STR(". ")))) return VB_OK;
    return read_list(f, past_subject(f, next), &f->names->roles.at[w->form->role - 1]);
}

/** Whether a given name, or initials, begin at word @p at: another name begins there. */
static bool begins_name(const vb_finding *f, size_t at)
{
    vb_lex_hit hit;
    return is_initial(&f->words.at[at]) ||
           vb_lexicon_match(&f->names->given, f->text, &f->words, at, &hit, 1) > 0;
}

/** Cut a name where, after a given name and a surname, another begins: "[Jan Jansen] Piet Pietersen". */
static void cut_name(const vb_finding *f, person_name *n)
{
    for (size_t i = n->surname + 1; i <= n->last; i++) {
        if (!vb_finding_blank(f, i) || !begins_name(f, i) || is_initial(&f->words.at[i])) continue;
        if (vb_word_is(&f->words.at[i - 1], VB_LIST_PREFIX)) continue;
        n->last = i - 1;
        return;
    }
    if (n->last - n->first < 3 || n->surname != n->last) return;
    for (size_t i = n->first + 2; i < n->last; i++) /* the surname is the last word that was read */
        if (vb_finding_blank(f, i) && begins_name(f, i) && !is_initial(&f->words.at[i])) {
            n->last = n->surname = i - 1;
            return;
        }
}

/**
 * D.M. van Weel, under a letter: initials or a first name and nothing else on the line, or two names that
 * stood in two columns: "Vincent Karremans D.M. van Weel".
 */
static vb_status find_signature(vb_finding *f, size_t first, size_t end)
{
    vb_status status = VB_OK;
    person_name names[3];
    size_t n = 0;
    for (size_t at = first; at < end; at = names[n - 1].last + 1) {
        while (at + 1 < end && is_title(f, at)) at++;
        if (n == VB_COUNT(names) || !read_name(f, at, false, &names[n]) || is_known(f, at)) return VB_OK;
        cut_name(f, &names[n]);
        if (names[n].bare || names[n].last >= end) return VB_OK;
        n++;
    }
    for (size_t i = 0; i < n; i++) TRY(propose_name(f, &names[i], "person:signature"));
done:
    return status;
}

/** Where the name that ends before word @p end begins, read backwards; end: nowhere. */
static size_t name_before(const vb_finding *f, size_t end, person_name *out)
{
    size_t best = end, first, last;
    for (size_t i = end; i-- > 0 && end - i <= 6;) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[end - 1].block || (w->flags & (VB_WORD_BLOCKED | VB_WORD_NUMBER))) break;
        if (i + 1 < end && !joined(f, i + 1, true)) break;
        vb_roles_ending(f->names, w->fold, &first, &last);
        bool role = false;
        for (size_t k = first; k < last; k++) role = role || vb_str_ends(w->fold, f->names->roles.at[k].word);
        bool prefix = vb_word_is(w, VB_LIST_PREFIX);
        if (role || (!prefix && vb_word_is(w, VB_LIST_NO_NAME))) break;
        bool opener = best < end && (w->flags & VB_WORD_FIRST) && !prefix && !begins_name(f, i);
        person_name n;
        if (!opener && read_name(f, i, false, &n) && n.last + 1 == end) {
            best = i;
            *out = n;
        }
    }
    return best;
}

/** [Vijlbrief] (D66), [Ceder] (ChristenUnie): who stands right before a party in brackets. */
static vb_status find_before_party(vb_finding *f)
{
    vb_status status = VB_OK;
    size_t n_found = f->found.len;
    for (size_t i = 0; i < n_found; i++) {
        if (f->found.at[i].label != VB_LABEL_PARTY || f->found.at[i].weak) continue;
        size_t at = vb_finding_word_at(f, f->found.at[i].start);
        person_name n;
        if (!at || f->words.at[at - 1].block != f->words.at[at].block ||
            !vb_str_eq(vb_finding_gap(f, at), VB_STR(" (")))
            continue;
        if (name_before(f, at, &n) == at || (n.first + 1 == at && is_known(f, n.first))) continue;
        TRY(propose_name(f, &n, "person:party"));
        f->found.at[f->found.len - 1].score = 620;
    }
done:
    return status;
}

/** minister van Financiën [Heinen], staatssecretaris van OCW [Jan Paul]: after an office, who held it by
 *  office_holders.tsv, or by a given name. */
static vb_status find_after_office(vb_finding *f)
{
    vb_status status = VB_OK;
    size_t n_found = f->found.len;
    for (size_t i = 0; i < n_found; i++) {
        bool foreign = f->found.at[i].shield; /* "de Duitse minister van Defensie [Pistorius]" */
        if (f->found.at[i].label != VB_LABEL_MINISTRY || !(f->found.at[i].office || foreign)) continue;
        size_t at = vb_finding_word_at(f, f->found.at[i].end);
        person_name n;
        vb_str surname;
        if (!at || at >= f->words.len || f->words.at[at].block != f->words.at[at - 1].block ||
            f->words.at[at].sentence != f->words.at[at - 1].sentence || !vb_finding_blank(f, at) ||
            !read_name(f, at, false, &n) || is_known(f, at))
            continue;
        uint32_t from = f->words.at[n.surname].start, to = f->words.at[n.last].end;
        TRY(vb_slug(f->arena, vb_str_part(f->text, from, to), &surname));
        if (!foreign && !vb_is_holder(f->names, surname) && (n.bare || !begins_name(f, at))) continue;
        TRY(propose_name(f, &n, "person:office"));
    }
done:
    return status;
}

/** [Jan de Vries] without a word before: a given name, and a surname after it. */
static vb_status find_given(vb_finding *f, size_t at)
{
    person_name n;
    vb_lex_hit hit;
    if (!vb_lexicon_may_begin(&f->names->given, &f->words.at[at])) return VB_OK;
    if (!vb_lexicon_match(&f->names->given, f->text, &f->words, at, &hit, 1)) return VB_OK;
    if (at && (vb_finding_hyphen(f, at) ||
               (f->words.at[at - 1].flags & VB_WORD_CAPITAL && vb_finding_blank(f, at) &&
                !(f->words.at[at - 1].flags & (VB_WORD_CAPS | VB_WORD_FIRST)))))
        return VB_OK; /* inside a longer name */
    if (!read_name(f, at, false, &n) || n.last < at + hit.n_words || n.surname == at) return VB_OK;
    size_t next = n.last + 1;
    if (next < f->words.len && vb_finding_blank(f, next) && (f->words.at[next].flags & VB_WORD_CAPITAL))
        return VB_OK;
    vb_status status = propose_name(f, &n, "person:given");
    if (status == VB_OK) f->found.at[f->found.len - 1].score = 340;
    return status;
}

/** [Kadir K.]: a suspect, whose surname is not told. The whole of it is taken for the surname, for nothing
 *  says that two of them are one. */
static vb_status find_suspect(vb_finding *f, size_t at)
{
    static const char *const cues[] = { "verdachte",    "hoofdverdachte", "crimineel", "drugscrimineel",
                                        "kroongetuige", "dader",          "terrorist", "veroordeelde",
                                        "gedetineerde", "kopstuk",        "moordenaar" };
    const vb_word *w = &f->words.at[at];
    size_t next = at + 1;
    vb_lex_hit hit;
    if (next >= f->words.len || w[1].end - w[1].start != 1 || !(w[1].flags & VB_WORD_CAPITAL) ||
        w[1].block != w->block || !vb_finding_blank(f, next) || w[1].end >= f->text.len ||
        f->text.at[w[1].end] != '.' || w->end - w->start < 3 || (w->flags & VB_WORD_CAPS))
        return VB_OK;
    bool more = next + 1 < f->words.len && w[2].block == w->block && w[2].start - w[1].end < 3;
    if (more && (w[2].flags & VB_WORD_CAPITAL) && !vb_word_is(&w[2], VB_LIST_OPENER))
        return VB_OK; /* "Donald J. Jansen" */
    bool cued = at && vb_word_in(w[-1].fold, cues, VB_COUNT(cues)) && vb_finding_blank(f, at);
    if (!cued && !vb_lexicon_match(&f->names->given, f->text, &f->words, at, &hit, 1)) return VB_OK;
    vb_found *found = vb_finding_add(f, w->start, w[1].end + 1, VB_LABEL_PERSON, "person:suspect");
    if (!found) return VB_NO_MEMORY;
    found->score = 650;
    found->name = vb_str_part(f->text, found->start, found->end);
    return vb_slug(f->arena, found->name, &found->key);
}

vb_status vb_find_persons(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_PERSON) {
        const vb_word *w = &f->words.at[at];
        TRY(find_after_role(f, at));
        if (w->flags & VB_WORD_CAPITAL) {
            TRY(find_given(f, at));
            TRY(find_suspect(f, at));
        }
        bool opens = !at || f->words.at[at - 1].block != w->block;
        if (!opens) continue;
        vb_block_kind kind = f->a->view.blocks[w->block].kind;
        bool cell = kind == VB_BLOCK_TABLE_ROW && is_initial(w); /* two columns that tabs divide */
        if (kind != VB_BLOCK_SIGNATURE && !cell) continue;
        size_t end = at;
        while (end < f->words.len && f->words.at[end].block == w->block) end++;
        TRY(find_signature(f, at, end));
    }
    TRY(find_before_party(f));
    TRY(find_after_office(f));
done:
    return status;
}
