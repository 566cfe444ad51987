/**
 * Gazetteer names in a text: every name of the lexicon that the words spell, where the context allows it.
 * Ministries have a grammar of their own: names_offices.c.
 */
#include "loaders/names.h"

enum { HITS = 32 };

/** Words after which an ordinary word with a capital is a place: "in Best", "de burgemeester van Goes". */
static const char *const place_cues[] = { "in",           "te",        "gemeente",  "gemeenten", "uit",
                                          "bij",          "nabij",     "naar",      "plaats",    "stad",
                                          "burgemeester", "wethouder", "dorp",      "regio",     "locatie",
                                          "vliegbasis",   "station",   "rechtbank", "kern",      "raad",
                                          "college" };

/** Whether an ordinary word stands where a place stands. */
static bool in_place_context(const vb_finding *f, size_t at)
{
    if (!at || !(f->words.at[at].flags & VB_WORD_CAPITAL) ||
        f->words.at[at - 1].block != f->words.at[at].block)
        return false;
    if (!vb_finding_blank(f, at)) return false;
    static const char *const parts[] = { "noorden", "zuiden", "oosten", "westen" };
    vb_str before = f->words.at[at - 1].fold;
    if (vb_word_in(f->words.at[at].fold, parts, VB_COUNT(parts))) return vb_str_eq(before, VB_STR("het"));
    if (vb_word_in(before, place_cues, VB_COUNT(place_cues))) return true;
    return at > 1 && vb_str_eq(before, VB_STR("van")) &&
           vb_word_in(f->words.at[at - 2].fold, place_cues, VB_COUNT(place_cues));
}

/** "Gedeputeerde Staten van [Utrecht]", "de commissaris van de Koning in [Groningen]": offices of a province.
 */
static bool after_states(const vb_finding *f, size_t at)
{
    static const char *const of[] = { "van", "in", "voor" };
    static const char *const states[] = { "staten",      "gedeputeerde", "gedeputeerden", "statenlid",
                                          "statenleden", "koning",       "koningin" };
    return at > 1 && f->words.at[at - 2].block == f->words.at[at].block && vb_finding_blank(f, at) &&
           vb_word_in(f->words.at[at - 1].fold, of, VB_COUNT(of)) && vb_finding_blank(f, at - 1) &&
           vb_word_in(f->words.at[at - 2].fold, states, VB_COUNT(states));
}

/** "de provincie [Utrecht]", "de provincies Fryslân en [Utrecht]": a name that a municipality has too. */
static bool after_province(const vb_finding *f, size_t at)
{
    size_t i = at;
    while (i && f->words.at[i - 1].block == f->words.at[at].block && at - i < 16 &&
           ((f->words.at[i - 1].flags & VB_WORD_CAPITAL) || vb_str_eq(f->words.at[i - 1].fold, VB_STR("en"))))
        i--;
    bool plural = i && vb_str_starts(f->words.at[i - 1].fold, VB_STR("provincies"));
    if (i == at || plural) return i && vb_str_starts(f->words.at[i - 1].fold, VB_STR("provincie"));
    return vb_str_starts(f->words.at[at - 1].fold, VB_STR("provincie")); /* "De Provincie Utrecht" */
}

/** Whether a province that is no municipality too stands at word @p at: "Drenthe". */
static bool is_province(const vb_finding *f, size_t at)
{
    vb_lex_hit hits[8];
    size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        const vb_lex_name *name = &f->names->lexicon.names.at[hits[i].name];
        const vb_known *known = &f->names->lexicon.known.at[name->known];
        if (known->label == VB_LABEL_REGION && !(name->flags & VB_NAME_CONTEXT) &&
            vb_str_starts(known->key, VB_STR("NL-")))
            return true;
    }
    return false;
}

/** "Drenthe en [Groningen]", "[Utrecht], Gelderland en Overijssel": in a list with provinces. */
static bool among_provinces(const vb_finding *f, size_t at)
{
    size_t before = at, after = at + 1;
    if (before && vb_str_eq(f->words.at[before - 1].fold, VB_STR("en"))) before--;
    if (before && before + 1 >= at && f->words.at[before - 1].block == f->words.at[at].block &&
        (before < at || vb_str_eq(vb_finding_gap(f, at), VB_STR(", "))) && is_province(f, before - 1))
        return true;
    if (after < f->words.len && vb_str_eq(f->words.at[after].fold, VB_STR("en"))) after++;
    return after < f->words.len && f->words.at[after].block == f->words.at[at].block &&
           (after > at + 1 || vb_str_eq(vb_finding_gap(f, after), VB_STR(", "))) && is_province(f, after);
}

/** Whether the document is about it: two words say so. Cost: O(words), once. */
static bool is_about_gas(vb_finding *f)
{
    enum { NOT_ASKED, NO, YES };
    if (f->gas == NOT_ASKED) {
        size_t n = 0;
        for (size_t i = 0; i < f->words.len && n < 2; i++) n += vb_word_is(&f->words.at[i], VB_LIST_GAS) != 0;
        f->gas = n > 1 ? YES : NO;
    }
    return f->gas == YES;
}

/** "de gemeenten Assen en [Groningen]", "de burgemeester van [Groningen]": the town. */
static bool is_town(const vb_finding *f, size_t at)
{
    static const char *const towns[] = { "gemeente",     "gemeenten",  "stad",    "steden",
                                         "burgemeester", "wethouder",  "te",      "burgemeesters",
                                         "wethouders",   "ziekenhuis", "station", "rechtbank",
                                         "universiteit", "raad",       "college", "locatie",
                                         "hogeschool" };
    size_t i = at;
    for (; i && at - i < 16 && f->words.at[i - 1].block == f->words.at[at].block; i--) {
        const vb_word *w = &f->words.at[i - 1];
        if (vb_word_in(w->fold, towns, VB_COUNT(towns))) return true;
        bool small = vb_str_eq(w->fold, VB_STR("en")) || vb_str_eq(w->fold, VB_STR("van")) ||
                     (i == at && vb_str_eq(w->fold, VB_STR("in")));
        if (!small && !(w->flags & VB_WORD_CAPITAL)) return false;
    }
    return false;
}

/** "herstel [Groningen]", "gaswinning in [Groningen]": where the earth is meant that gas is won from; in a
 * letter about it also "de situatie in [Groningen]". */
static bool is_gas_province(vb_finding *f, size_t at)
{
    static const char *const cues[] = {
        "gaswinning", "aardgaswinning",    "aardbevingen", "bevingen",
        "herstel",    "mijnbouwschade",    "versterking",  "versterkingsoperatie",
        "gaskraan",   "aardbevingsschade", "schadeherstel"
    };
    if (!vb_str_eq(f->words.at[at].fold, VB_STR("groningen"))) return false;
    for (size_t back = 1; back <= 2 && back <= at; back++) {
        const vb_word *w = &f->words.at[at - back];
        if (w->block != f->words.at[at].block) break;
        if (vb_word_in(w->fold, cues, VB_COUNT(cues))) return true;
        if (back == 1 && !vb_str_eq(w->fold, VB_STR("in")) && !vb_str_eq(w->fold, VB_STR("van"))) break;
    }
    return !is_town(f, at) && is_about_gas(f);
}

/** "(SP)", "de SP-fractie", "de fractie van DENK": an ordinary word that is a party here. */
static bool in_party_context(const vb_finding *f, size_t at, size_t n)
{
    vb_str before = at ? vb_finding_gap(f, at) : VB_STR("");
    vb_str after = at + n < f->words.len ? vb_finding_gap(f, at + n)
                                         : vb_str_part(f->text, f->words.at[at + n - 1].end, f->text.len);
    if (vb_str_ends(before, VB_STR("(")) && after.len && strchr("),;", after.at[0])) return true;
    if (vb_str_eq(after, VB_STR("-")))
        return vb_str_starts(f->words.at[at + n].fold, VB_STR("kamerl")) ||
               vb_str_starts(f->words.at[at + n].fold, VB_STR("fracti"));
    if (!at) return false;
    if (vb_str_eq(f->words.at[at - 1].fold, VB_STR("fractie"))) return true;
    static const char *const both[] = { "beiden", "allen", "beide" };
    return vb_word_in(f->words.at[at - 1].fold, both, VB_COUNT(both));
}

/** The mark of a part of a compound that makes another name of it: "[Midden]-Nederland", "Leeuwarden-[Oost]".
 */
static bool inside_compound(const vb_finding *f, size_t at, const vb_lex_name *name, vb_label label)
{
    if ((name->flags & VB_NAME_EXACT) || label == VB_LABEL_LAW) return false;
    if (at && vb_finding_hyphen(f, at) && (f->words.at[at - 1].flags & VB_WORD_CAPITAL)) return true;
    return false;
}

/** "de Israëlische politie", "het Duitse kabinet": another country's. */
static bool is_foreign(const vb_finding *f, size_t at)
{
    if (!at || f->words.at[at - 1].block != f->words.at[at].block || !vb_finding_blank(f, at)) return false;
    const vb_word *before = &f->words.at[at - 1];
    if (!(before->flags & VB_WORD_CAPITAL) || vb_str_starts(before->fold, VB_STR("nederlands"))) return false;
    return vb_str_ends(before->fold, VB_STR("se")) || vb_str_ends(before->fold, VB_STR("sche"));
}

/** "de regering", and not "de regering van Tunesië". */
static bool is_our_government(const vb_finding *f, size_t at)
{
    static const char *const ours[] = { "de", "onze", "nederlandse" };
    if (!at || !vb_finding_blank(f, at) || !vb_word_in(f->words.at[at - 1].fold, ours, VB_COUNT(ours)))
        return false;
    size_t next = at + 1;
    if (next + 1 >= f->words.len || !vb_finding_blank(f, next)) return true;
    static const char *const of[] = { "van", "in", "te" };
    return !(vb_word_in(f->words.at[next].fold, of, VB_COUNT(of)) &&
             (f->words.at[next + 1].flags & VB_WORD_CAPITAL));
}

/** "Europa.eu", "Kinderrechten.nl": part of an address. */
static bool in_domain(const vb_finding *f, size_t next)
{
    static const char *const domains[] = { "nl", "eu", "com", "org", "net", "int" };
    return next < f->words.len && vb_str_eq(vb_finding_gap(f, next), VB_STR(".")) &&
           vb_word_in(f->words.at[next].fold, domains, VB_COUNT(domains));
}

/** "een aanbod van [Halt] en": a capital inside a sentence, no part of a longer run of capitals. */
static bool stands_alone(const vb_finding *f, size_t at, size_t n)
{
    const vb_word *w = &f->words.at[at];
    if (!(w->flags & VB_WORD_CAPITAL) || (w->flags & VB_WORD_FIRST) || !at) return false;
    if ((f->words.at[at - 1].flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER)) || !vb_finding_blank(f, at))
        return false;
    return at + n >= f->words.len || !(f->words.at[at + n].flags & VB_WORD_CAPITAL) ||
           !vb_finding_blank(f, at + n);
}

/** Leeuwarden-[Oost]: the word of the quarter after a municipality; 0: none. */
static size_t quarter_after(const vb_finding *f, size_t next)
{
    static const char *const quarters[] = { "oost",     "west",     "noord",     "zuid",      "centrum",
                                            "zuidoost", "zuidwest", "noordoost", "noordwest", "binnenstad" };
    if (next >= f->words.len || f->words.at[next].block != f->words.at[next - 1].block) return 0;
    if (!vb_finding_hyphen(f, next) && !vb_finding_blank(f, next)) return 0;
    if (!(f->words.at[next].flags & VB_WORD_CAPITAL)) return 0;
    if (vb_word_in(f->words.at[next].fold, quarters, VB_COUNT(quarters))) return next;
    vb_lex_hit hit; /* "Budel-Dorplein"; "Utrecht-Arnhem" are two */
    return vb_finding_hyphen(f, next) && !(f->words.at[next].flags & (VB_WORD_CAPS | VB_WORD_NUMBER)) &&
                   !vb_lexicon_match(&f->names->lexicon, f->text, &f->words, next, &hit, 1)
               ? next
               : 0;
}

static vb_status propose_quarter(vb_finding *f, size_t at, size_t last)
{
    vb_found *found =
        vb_finding_add(f, f->words.at[at].start, f->words.at[last].end, VB_LABEL_REGION, "shape:quarter");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    for (size_t i = at; i <= last; i++) f->listed[i] |= VB_LISTED;
    f->listed[at] |= VB_LISTED_BEGINS | VB_LISTED_PLACE;
    return vb_slug(f->arena, found->name, &found->key);
}

/** "[Miljoenennota 2025]": a paper that appears each year, with its year; "[Interreg VI]": a programme after
 *  another; "[Wet X 2020]": another act than the one without. @p short_for: the name behind an abbreviation
 *  ("KEV 2024"). */
static vb_status propose_edition(vb_finding *f, size_t at, size_t next, const vb_known *known,
                                 vb_str short_for)
{
    size_t end = next;
    if (known->label == VB_LABEL_PROGRAMME)
        end = vb_edition_end(f, next);
    else if (next < f->words.len && f->words.at[next].block == f->words.at[at].block &&
             vb_finding_blank(f, next) && vb_is_year(&f->words.at[next]) &&
             f->text.at[f->words.at[next].start] <= '2')
        end = next + 1;
    if (end == next) return VB_OK;
    vb_found *found =
        vb_finding_add(f, f->words.at[at].start, f->words.at[end - 1].end, known->label, known->rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    vb_str edition = vb_str_part(f->text, f->words.at[next].start, found->end);
    if (short_for.len &&
        vb_arena_printf(f->arena, &found->name, "%.*s %.*s", VB_FMT(short_for), VB_FMT(edition)) != VB_OK)
        return VB_NO_MEMORY;
    return vb_slug(f->arena, found->name, &found->key);
}

/** "art. 125p [Sv]": an article before makes a law of a short abbreviation. */
static vb_status after_article(vb_finding *f, size_t at, bool *out)
{
    uint32_t start = f->words.at[at].start, block = f->a->view.blocks[f->words.at[at].block].start;
    uint32_t from = start - block > 120 ? start - 120 : block;
    vb_str article = { 0 };
    while (from < start && (f->text.at[from] & 0xc0) == 0x80) from++;
    vb_status status = vb_references_article(f, from, start, &article);
    *out = article.len > 0;
    return status;
}

/** "[SDE++]", "[Ieder(in)]": the marks that end a name stand in the text, too. *end: where it ends there. */
static bool ends_as(const vb_finding *f, vb_str name, size_t last, uint32_t *end)
{
    size_t n = 0;
    while (n < name.len && strchr("+)", name.at[name.len - 1 - n])) n++;
    *end = f->words.at[last].end;
    vb_str tail = vb_str_part(name, name.len - n, name.len);
    if (!vb_str_starts(vb_str_part(f->text, *end, f->text.len), tail)) return false;
    *end += (uint32_t)n;
    return true;
}

static vb_status propose(vb_finding *f, size_t at, vb_lex_hit hit)
{
    vb_status status = VB_OK;
    const vb_lexicon *lexicon = &f->names->lexicon;
    const vb_lex_name *name = &lexicon->names.at[hit.name];
    const vb_known *known = &lexicon->known.at[name->known];
    bool context = name->flags & VB_NAME_CONTEXT, province = false;
    if (known->label == VB_LABEL_MINISTRY) return vb_find_office(f, at, hit);
    if (context && known->label == VB_LABEL_PARTY)
        context = !in_party_context(f, at, hit.n_words);
    else if (context && known->label == VB_LABEL_REGION && vb_str_starts(known->key, VB_STR("NL-")))
        context = province = !(after_province(f, at) || after_states(f, at) || among_provinces(f, at) ||
                               is_gas_province(f, at));
    else if (context && (known->label == VB_LABEL_MUNICIPALITY || known->label == VB_LABEL_REGION))
        context = !in_place_context(f, at);
    else if (context && known->label == VB_LABEL_LAW && (name->flags & VB_NAME_EXACT)) {
        bool article;
        TRY(after_article(f, at, &article));
        context = !article;
    } else if (context && known->label == VB_LABEL_ORGANISATION && !(name->flags & VB_NAME_EXACT))
        context = !stands_alone(f, at, hit.n_words);
    if ((name->flags & VB_NAME_ANY_CASE) && known->label == VB_LABEL_ORGANISATION && is_foreign(f, at))
        return VB_OK;
    if (in_domain(f, at + hit.n_words)) return VB_OK;
    if (context && known->label == VB_LABEL_ORGANISATION && vb_str_eq(name->text, VB_STR("regering"))) {
        if (!is_our_government(f, at)) return VB_OK;
        context = false;
    }
    if (province) return VB_OK; /* the municipality of that name */
    if (inside_compound(f, at, name, known->label) || vb_finding_is_member(f, at + hit.n_words)) return VB_OK;
    bool village = known->label == VB_LABEL_REGION && !vb_str_starts(known->key, VB_STR("NL-"));
    if (known->label == VB_LABEL_MUNICIPALITY || village) {
        size_t last = quarter_after(f, at + hit.n_words);
        if (last) return propose_quarter(f, at, last);
    }
    uint32_t end;
    if (!ends_as(f, name->text, at + hit.n_words - 1, &end)) return VB_OK;
    if ((name->flags & VB_NAME_EXACT) && end == f->words.at[at + hit.n_words - 1].end)
        end = vb_finding_plural(f, at + hit.n_words - 1);
    vb_found *found = vb_finding_add(f, f->words.at[at].start, end, known->label, known->rule);
    if (!found) return VB_NO_MEMORY;
    found->known = name->known;
    found->weak = context;
    bool act = known->label == VB_LABEL_LAW && hit.n_words > 1;
    if (known->label == VB_LABEL_DOCUMENT || known->label == VB_LABEL_PROGRAMME || act)
        TRY(propose_edition(f, at, at + hit.n_words, known,
                            name->flags & VB_NAME_EXACT ? known->name : VB_STR("")));
    if (known->label == VB_LABEL_REGION && (name->flags & VB_NAME_CONTEXT)) found->score = 700;
    if (!context) {
        bool place = ((1u << known->label) & VB_MASK_PLACE) != 0;
        f->listed[at] |= (uint8_t)(VB_LISTED_BEGINS | (place ? VB_LISTED_PLACE : 0));
        for (size_t i = at; i < at + hit.n_words; i++) f->listed[i] |= VB_LISTED;
    }
done:
    return status;
}

vb_status vb_find_gazetteer(vb_finding *f)
{
    vb_status status = VB_OK;
    vb_lex_hit hits[HITS];
    VB_EACH_START (f, at, VB_START_LISTED) {
        size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, at, hits, HITS);
        for (size_t i = 0; i < n; i++) TRY(propose(f, at, hits[i]));
    }
done:
    return status;
}
