/**
 * Shapes that name nothing: kind words and adjectives alone ("Nationaal Programma"), a compound whose second
 * part only says the kind ("MIRT-verkenning"), a board that every body has ("College van Bestuur").
 */
#include "loaders/names.h"

/** Whether a word is a kind word and nothing more. */
static bool is_kind(const vb_finding *f, size_t at)
{
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_INSIDE);
    return kind && kind->word.len == f->words.at[at].fold.len;
}

/** "Internationaal Verdrag", "Nationaal Programma": kind words and adjectives alone name nothing. */
static bool only_kinds(const vb_finding *f, size_t at, size_t end)
{
    static const char *const adjectives[] = {
        "internationaal", "internationale", "nationaal",  "nationale", "europees", "europese", "landelijk",
        "landelijke",     "regionaal",      "regionale",  "nieuw",     "nieuwe",   "lokale",   "lokaal",
        "speciale",       "gezamenlijke",   "tijdelijke", "algemeen",  "algemene", "interne",  "openbare"
    };
    for (size_t i = at; i < end; i++) {
        vb_str fold = f->words.at[i].fold;
        bool kind = vb_word_in(fold, adjectives, VB_COUNT(adjectives)) || is_kind(f, i);
        if (!kind) return false;
    }
    return true;
}

bool vb_shape_one_of(const vb_finding *f, size_t at)
{
    static const char *const owners[] = { "een", "haar", "zijn", "hun", "uw", "ons", "geen", "elk", "ieder" };
    return at && f->words.at[at - 1].block == f->words.at[at].block && vb_finding_blank(f, at) &&
           vb_word_in(f->words.at[at - 1].fold, owners, VB_COUNT(owners));
}

/** [HGIS]-nota, [EGALITE]-project: an abbreviation that no list has, and that is no common one, in a compound
 *  of a kind that is named so. */
static bool is_coined(const vb_finding *f, size_t at, size_t end)
{
    static const char *const common[] = {
        "ict", "it",  "ai",  "mkb",   "ov",   "co2", "pfas",   "hbo",   "mbo",   "wo",  "ggz",  "ngo",
        "pdf", "dna", "hiv", "covid", "zzp",  "btw", "bbb",    "lhbti", "tv",    "hr",  "pr",   "pi",
        "azc", "ic",  "csr", "imvo",  "mvo",  "r",   "b",      "c",     "d",     "a",   "kwf",  "sme",
        "jgz", "vo",  "po",  "po",    "lng",  "odr", "cao",    "seh",   "wmo",   "dbc", "ivf",  "abc",
        "iot", "uav", "r&d", "bbz",   "woz",  "ozb", "cop",    "lgbt",  "sar",   "pps", "spv",  "esg",
        "kpi", "ep",  "bv",  "bio",   "anti", "non", "corona", "pilot", "lhbti", "bhv", "dbfm", "eer"
    };
    static const char *const kinds[] = { "nota",      "verordening", "richtlijn", "akkoord",   "convenant",
                                         "wet",       "verdrag",     "fonds",     "programma", "deal",
                                         "protocol",  "regeling",    "monitor",   "code",      "commissie",
                                         "taskforce", "missie",      "aanpak",    "strategie", "agenda",
                                         "pact",      "campagne",    "consortium" };
    const vb_word *w = &f->words.at[at];
    if (end != at + 2 || (f->listed[at] & VB_LISTED) || !(w->flags & (VB_WORD_CAPS | VB_WORD_INNER)))
        return false;
    return !vb_word_in(w->fold, common, VB_COUNT(common)) &&
           vb_word_in(f->words.at[end - 1].fold, kinds, VB_COUNT(kinds)) && !vb_shape_one_of(f, at);
}

/** "College van Bestuur", "Raad van Toezicht": every body has one. */
static bool is_board(const vb_finding *f, size_t at, size_t end)
{
    static const char *const boards[] = { "bestuur", "toezicht", "commissarissen", "burgemeester", "advies" };
    static const char *const kinds[] = { "college", "raad", "colleges", "raden" };
    return end >= at + 3 && vb_word_in(f->words.at[at].fold, kinds, VB_COUNT(kinds)) &&
           vb_str_eq(f->words.at[at + 1].fold, VB_STR("van")) &&
           vb_word_in(f->words.at[at + 2].fold, boards, VB_COUNT(boards));
}

/** "BodensteinMemorandum": two words that the extraction has glued together. */
static bool is_glued(const vb_finding *f, size_t at, size_t kind_len)
{
    vb_str word = vb_finding_word(f, at);
    if (word.len <= kind_len || (f->words.at[at].flags & VB_WORD_CAPS)) return false;
    char before = word.at[word.len - kind_len - 1];
    return vb_word_capital(word, word.len - kind_len) && before >= 'a' && before <= 'z';
}

/** "Memorandum of Understanding": any of them. */
static bool is_memorandum(const vb_finding *f, size_t at, size_t end)
{
    return end <= at + 3 && vb_str_eq(f->words.at[at].fold, VB_STR("memorandum"));
}

/** A compound whose second part only says the kind names nothing: "MIRT-verkenning", "EU-strategie". */
bool vb_shape_generic(const vb_finding *f, size_t at, size_t end)
{
    const vb_word *last = &f->words.at[end - 1];
    if (end == at + 1) {
        const vb_kind *kind = vb_kind_at(f, end - 1, VB_KIND_INSIDE);
        static const char *const drafts[] = { "ontwerpbegroting", "conceptwet", "ontwerpbesluit",
                                              "conceptbesluit" };
        return (last->flags & VB_WORD_FIRST) || !kind || is_glued(f, at, kind->word.len) ||
               vb_word_in(last->fold, drafts, VB_COUNT(drafts)) ||
               vb_str_ends(last->fold, VB_STR("systeem")) || last->fold.len < kind->word.len + 3 ||
               vb_shape_one_of(f, at);
    }
    if (only_kinds(f, at, end) || is_board(f, at, end) || is_memorandum(f, at, end)) return true;
    if (vb_str_ends(last->fold, VB_STR("systeem")) || vb_str_eq(last->fold, VB_STR("system")))
        return end < at + 3 || !(last->flags & VB_WORD_CAPITAL); /* no "Nederlandse I&R-systeem" */
    if (is_coined(f, at, end)) return false;
    if (end != at + 2 || !vb_finding_hyphen(f, at + 1) || (last->flags & VB_WORD_CAPITAL)) return false;
    return is_kind(f, end - 1);
}
