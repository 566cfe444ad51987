/**
 * Programmes whose names are told by more than capitals: what a national or European plan is for ("Nationaal
 * Actieplan tegen discriminatie en racisme", "de EU-strategie voor de aanpak van mensenhandel"), a part of a
 * listed programme ("MIRT-verkenning Oeverbinding Rotterdam", "NWA Kaleidoscoop"), a name before its kind
 * ("de Red Alert app"), and, for papers as well, a kind with what it is about ("halfjaarbericht politie").
 * The rest of their forms is in names_shapes.c.
 */
#include "loaders/names.h"

/** Words that no name of an aim goes on with. */
static const char *const stops[] = {
    "in",    "op",     "met",  "bij",   "is",    "wordt", "worden",  "zijn",   "heeft", "hebben",
    "die",   "dat",    "en",   "of",    "om",    "te",    "als",     "waarin", "zal",   "kan",
    "ook",   "niet",   "naar", "uit",   "aan",   "door",  "tot",     "zoals",  "wil",   "was",
    "werd",  "loopt",  "voor", "tegen", "van",   "ik",    "we",      "wij",    "onder", "over",
    "waar",  "zullen", "dit",  "deze",  "per",   "na",    "waarmee", "gaat",   "staat", "biedt",
    "richt", "ligt",   "komt", "bevat", "geeft", "maakt", "vormt",   "kunnen", "moet",  "moeten",
};

static bool in_stops(const vb_finding *f, size_t at)
{
    return vb_word_in(f->words.at[at].fold, stops, VB_COUNT(stops));
}

/** Whether word @p at goes on after the one before it with a blank, in the same block. */
static bool goes_on(const vb_finding *f, size_t at)
{
    return at && at < f->words.len && f->words.at[at].block == f->words.at[at - 1].block &&
           vb_finding_blank(f, at);
}

/** A hyphen joins the words of one compound: "drugs-gerelateerde". */
static size_t past_hyphens(const vb_finding *f, size_t at)
{
    while (at + 1 < f->words.len && vb_finding_hyphen(f, at + 1)) at++;
    return at;
}

/** The end of [de|het] adjective* noun at word @p at; @p at when there is none. An adjective ends in "e". */
static size_t phrase_end(const vb_finding *f, size_t at)
{
    size_t i = at;
    if (!goes_on(f, i)) return at;
    if (vb_str_eq(f->words.at[i].fold, VB_STR("de")) || vb_str_eq(f->words.at[i].fold, VB_STR("het"))) i++;
    for (size_t limit = i + 4; i < limit && goes_on(f, i); i++) {
        if (in_stops(f, i) || f->words.at[i].flags & VB_WORD_NUMBER) return at;
        i = past_hyphens(f, i);
        bool adjective = vb_str_ends(f->words.at[i].fold, VB_STR("e")) && f->words.at[i].fold.len > 3;
        if (!adjective || !goes_on(f, i + 1) || in_stops(f, i + 1)) return i + 1;
    }
    return at;
}

/**
 * The end of an aim that begins at word @p at: "de bestrijding van drugshandel en georganiseerde
 * criminaliteit". A second part after "en" has no article and is no verb.
 */
static size_t aim_end(const vb_finding *f, size_t at)
{
    size_t end = phrase_end(f, at);
    if (end == at) return at;
    if (goes_on(f, end) && vb_str_eq(f->words.at[end].fold, VB_STR("van"))) {
        size_t more = phrase_end(f, end + 1);
        if (more > end + 1) end = more;
    }
    if (!goes_on(f, end + 1) || !vb_str_eq(f->words.at[end].fold, VB_STR("en")) || !goes_on(f, end))
        return end;
    vb_str next = f->words.at[end + 1].fold;
    if (vb_str_eq(next, VB_STR("de")) || vb_str_eq(next, VB_STR("het"))) return end;
    size_t more = phrase_end(f, end + 1);
    bool verb = more > end + 1 && vb_str_ends(f->words.at[more - 1].fold, VB_STR("en"));
    return more > end + 1 && !verb ? more : end;
}

/** Where the name begins that has the kind word @p kind: its adjective, or "EU-"; kind itself: nowhere. */
static size_t aim_begin(const vb_finding *f, size_t kind)
{
    static const char *const whose[] = { "eu",
                                         "vn",
                                         "navo",
                                         "nationaal",
                                         "nationale",
                                         "landelijk",
                                         "landelijke",
                                         "europees",
                                         "europese",
                                         "rijksbreed",
                                         "rijksbrede",
                                         "nederlandse",
                                         "internationale",
                                         "interbestuurlijk",
                                         "interbestuurlijke",
                                         "interdepartementaal",
                                         "regionaal" };
    static const char *const sure[] = { "de", "het", "deze", "dit" };
    if (!kind || f->words.at[kind - 1].block != f->words.at[kind].block) return kind;
    const vb_word *w = &f->words.at[kind - 1];
    if (!vb_word_in(w->fold, whose, VB_COUNT(whose))) return kind;
    if (!vb_finding_blank(f, kind) && !vb_finding_hyphen(f, kind)) return kind;
    bool caps = w->flags & VB_WORD_CAPS;
    if ((w->flags & VB_WORD_CAPITAL) && !caps && (f->words.at[kind].flags & VB_WORD_CAPITAL)) return kind - 1;
    bool said =
        goes_on(f, kind - 1) && kind > 1 && vb_word_in(f->words.at[kind - 2].fold, sure, VB_COUNT(sure));
    return said ? kind - 1 : kind;
}

static vb_status propose_as(vb_finding *f, size_t first, size_t end, vb_label label, const char *rule,
                            uint16_t score)
{
    vb_found *found = vb_finding_add(f, f->words.at[first].start, f->words.at[end - 1].end, label, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    found->score = score;
    return vb_slug(f->arena, found->name, &found->key);
}

static vb_status propose(vb_finding *f, size_t first, size_t end, const char *rule, uint16_t score)
{
    return propose_as(f, first, end, VB_LABEL_PROGRAMME, rule, score);
}

/* het [Nationaal Actieplan tegen discriminatie en racisme] */
static vb_status find_aim(vb_finding *f, size_t at)
{
    vb_label label;
    if (!vb_word_is(&f->words.at[at], VB_LIST_AIMED)) return VB_OK;
    if (!goes_on(f, at + 1) || !vb_word_is(&f->words.at[at + 1], VB_LIST_AIM) ||
        !vb_shape_label(f, at, at + 1, &label) || label != VB_LABEL_PROGRAMME)
        return VB_OK;
    size_t begin = aim_begin(f, at), end = aim_end(f, at + 2);
    if (begin == at || end == at + 2) return VB_OK;
    return propose(f, begin, end, "shape:aim", 430);
}

/* de [Red Alert] app: capitals between the article and a kind word; no adjective, nothing listed */
static vb_status find_before_kind(vb_finding *f, size_t at)
{
    if (!vb_word_is(&f->words.at[at], VB_LIST_BEHIND)) return VB_OK;
    if (!at || f->words.at[at].flags & VB_WORD_CAPITAL || !(f->words.at[at - 1].flags & VB_WORD_CAPITAL))
        return VB_OK;
    if (!goes_on(f, at)) return VB_OK;
    size_t first = at;
    while (first && at - first < 5 && goes_on(f, first) && (f->words.at[first - 1].flags & VB_WORD_CAPITAL) &&
           !(f->listed[first - 1] & VB_LISTED))
        first--;
    if (first == at || !first || !goes_on(f, first) || (f->words.at[first].flags & VB_WORD_FIRST))
        return VB_OK;
    static const char *const articles[] = { "de", "het" };
    vb_str last = f->words.at[at - 1].fold;
    bool caps = first + 1 == at && (f->words.at[first].flags & VB_WORD_CAPS); /* het [EGALITE] project */
    bool adjective = vb_str_ends(last, VB_STR("e")) || vb_str_ends(last, VB_STR("s"));
    if (!vb_word_in(f->words.at[first - 1].fold, articles, VB_COUNT(articles)) || last.len < 3 ||
        (adjective && !(caps && last.len > 4)))
        return VB_OK;
    return propose(f, first, at, "shape:before-kind", 330);
}

/** The end of the capitals that no list has at word @p at; @p at: none. */
static size_t unlisted_end(const vb_finding *f, size_t at)
{
    if (!goes_on(f, at) || !vb_shape_opens(f, at) || (f->listed[at] & VB_LISTED)) return at;
    size_t end = vb_shape_run(f, at, false);
    for (size_t i = at; i < end; i++)
        if (f->listed[i] & VB_LISTED) return i;
    bool label = f->words.at[end - 1].end < f->text.len && f->text.at[f->words.at[end - 1].end] == ':';
    return label ? at : end; /* "Bron: [MIRT] Jaar: 2024" */
}

/* [NWA Kaleidoscoop], [MIRT-verkenning Oeverbinding Rotterdam]: what follows a listed abbreviation */
static vb_status find_part(vb_finding *f, uint32_t start, uint32_t stop)
{
    static const char *const steps[] = { "verkenning", "planuitwerking", "project", "onderzoek" };
    size_t at = vb_finding_word_at(f, start), next = at + 1;
    if (next >= f->words.len || f->words.at[at].end != stop ||
        f->words.at[next].block != f->words.at[at].block)
        return VB_OK;
    size_t end = unlisted_end(f, next);
    if (end > next) return propose(f, at, end, "shape:part", 440);
    if (!vb_word_in(f->words.at[next].fold, steps, VB_COUNT(steps)) ||
        (!vb_finding_hyphen(f, next) && !vb_finding_blank(f, next)))
        return VB_OK;
    size_t name = next + 1;
    if (goes_on(f, name) && !(f->words.at[name].flags & VB_WORD_CAPITAL) && !in_stops(f, name)) name++;
    if (!goes_on(f, name) || !(f->words.at[name].flags & VB_WORD_CAPITAL)) return VB_OK;
    return propose(f, at, vb_shape_run(f, name, false), "shape:part", 440);
}

/** Endings of what a paper or programme is about. Other words after one ("het programma loopt") are verbs. */
static const char *const subjects[] = { "ing",
                                        "ingen",
                                        "teit",
                                        "heid",
                                        "ie",
                                        "ies",
                                        "toeslag",
                                        "toekomst",
                                        "wezen",
                                        "bijstand",
                                        "bestuur",
                                        "bestel",
                                        "minimum",
                                        "rechtsorde",
                                        "democratie",
                                        "toeslagen",
                                        "zorg",
                                        "beleid",
                                        "markt",
                                        "onderwijs",
                                        "welzijn",
                                        "bouw",
                                        "tuur",
                                        "handel",
                                        "geweld",
                                        "isme",
                                        "opvang",
                                        "wonen",
                                        "schap",
                                        "stof",
                                        "water",
                                        "klimaat",
                                        "jeugd",
                                        "techniek",
                                        "logistiek",
                                        "sector",
                                        "branches",
                                        "netwerk",
                                        "systeem",
                                        "stelsel",
                                        "school",
                                        "scholen",
                                        "gebieden",
                                        "gebied",
                                        "landbouw",
                                        "toezicht",
                                        "ouderen",
                                        "kinderen",
                                        "jongeren",
                                        "dieren",
                                        "vervoer",
                                        "transport",
                                        "spoor",
                                        "drugs",
                                        "armoede",
                                        "schulden",
                                        "hulp",
                                        "gezag",
                                        "recht",
                                        "economie",
                                        "milieu",
                                        "natuur",
                                        "bodem",
                                        "lucht",
                                        "ruimte",
                                        "defensie",
                                        "sport",
                                        "preventie",
                                        "wetenschap",
                                        "leraren",
                                        "tekort",
                                        "tekorten",
                                        "fraude",
                                        "cybercrime",
                                        "bureaucratie",
                                        "mbo",
                                        "ggz",
                                        "mkb",
                                        "hoger onderwijs",
                                        "energie",
                                        "warmte",
                                        "waterstof",
                                        "ondermijning",
                                        "gegevens",
                                        "data",
                                        "algoritmes",
                                        "medicijnen",
                                        "geneesmiddelen",
                                        "wijkverpleging",
                                        "huisvesting",
                                        "personeel",
                                        "schade",
                                        "visserij",
                                        "veehouderij",
                                        "stikstof",
                                        "glastuinbouw",
                                        "akkerbouw",
                                        "ecocide",
                                        "heden",
                                        "gebruik",
                                        "thuis",
                                        "vriendelijk",
                                        "keten",
                                        "parken",
                                        "woningen",
                                        "studenten",
                                        "talent",
                                        "wapens",
                                        "slachtoffers",
                                        "mantelzorgers",
                                        "arbeidsmigranten",
                                        "statushouders",
                                        "asielzoekers",
                                        "vluchtelingen" };

static bool is_subject(const vb_finding *f, size_t at)
{
    vb_str fold = f->words.at[at].fold;
    for (size_t i = 0; i < VB_COUNT(subjects); i++)
        if (vb_str_ends(fold, vb_str_of(subjects[i])) && fold.len >= 3) return true;
    return false;
}

/** "sociale", "funderend", "hoger" before a subject. */
static bool is_adjective(const vb_finding *f, size_t at)
{
    static const char *const bare[] = { "hoger",    "primair", "voortgezet", "passend",
                                        "speciaal", "sociaal", "regionaal",  "digitaal" };
    vb_str fold = f->words.at[at].fold;
    return (vb_str_ends(fold, VB_STR("e")) && fold.len > 3) || vb_str_ends(fold, VB_STR("end")) ||
           vb_str_ends(fold, VB_STR("baar")) || vb_str_ends(fold, VB_STR("zaam")) ||
           vb_word_in(fold, bare, VB_COUNT(bare));
}

/* [adjective]* noun [en noun] */
size_t vb_subject_end(const vb_finding *f, size_t at)
{
    for (size_t i = at; i < at + 4 && goes_on(f, i) && !in_stops(f, i); i++) {
        if (f->words.at[i].flags & (VB_WORD_NUMBER | VB_WORD_CAPITAL)) return at;
        i = past_hyphens(f, i);
        bool noun = is_subject(f, i);
        bool next = goes_on(f, i + 1) && !in_stops(f, i + 1) && !(f->words.at[i + 1].flags & VB_WORD_CAPITAL);
        if (noun && next && is_subject(f, i + 1)) continue; /* "aanpak [georganiseerde] criminaliteit" */
        if (noun && next && is_adjective(f, i + 1) && goes_on(f, i + 2) && is_subject(f, i + 2))
            continue; /* "kwaliteit [funderend] onderwijs" */
        if (noun) {
            bool and = goes_on(f, i + 1) && vb_str_eq(f->words.at[i + 1].fold, VB_STR("en"));
            return and&&goes_on(f, i + 2) && is_subject(f, i + 2) ? past_hyphens(f, i + 2) + 1 : i + 1;
        }
        if (!is_adjective(f, i) && !vb_str_eq(f->words.at[i].fold, VB_STR("aanpak"))) return at;
    }
    return at;
}

/** De [commissie sociaal minimum], van de [commissie sociaal minimum]: where a verb would follow if it had no
 *  name. "Ook wil de Commissie nieuwe regels" names none. */
static bool is_the_committee(const vb_finding *f, size_t at)
{
    if (!goes_on(f, at) || (f->listed[at] & VB_LISTED) || !vb_str_eq(f->words.at[at - 1].fold, VB_STR("de")))
        return false;
    return (f->words.at[at - 1].flags & VB_WORD_FIRST) ||
           (goes_on(f, at - 1) && vb_str_eq(f->words.at[at - 2].fold, VB_STR("van")));
}

/** het [halfjaarbericht politie], het [plan van aanpak sociale advocatuur], de [EU-richtlijn corruptie] */
static vb_status find_apposed(vb_finding *f, size_t at)
{
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_APPOSED);
    size_t first = at;
    if (!kind || !goes_on(f, at + 1)) return VB_OK;
    if (vb_str_eq(f->words.at[at].fold, VB_STR("aanpak"))) {
        if (at < 2 || !goes_on(f, at) || !goes_on(f, at - 1) ||
            !vb_str_eq(f->words.at[at - 1].fold, VB_STR("van")) ||
            !vb_str_eq(f->words.at[at - 2].fold, VB_STR("plan")))
            return VB_OK;
        first = at - 2;
    }
    if (vb_str_ends(f->words.at[at].fold, VB_STR("commissie")) && !is_the_committee(f, at)) return VB_OK;
    if (at && vb_finding_hyphen(f, at) && (f->words.at[at - 1].flags & (VB_WORD_CAPS | VB_WORD_INNER)))
        first = at - 1;
    size_t end = vb_subject_end(f, at + 1), begin = first == at ? aim_begin(f, at) : first;
    if (end == at + 1) return VB_OK;
    if (vb_str_ends(f->words.at[at].fold, VB_STR("wetsvoorstel"))) end = vb_act_end(f, at);
    if (goes_on(f, end)) end += vb_years_at(f, end);
    begin -= vb_ordinal_before(f, begin);
    return propose_as(f, begin, end, kind->label, "shape:apposed", 345);
}

vb_status vb_find_programmes(vb_finding *f)
{
    vb_status status = VB_OK;
    size_t n = f->found.len;
    for (size_t i = 0; i < n; i++) {
        const vb_found *found = &f->found.at[i];
        if (found->label != VB_LABEL_PROGRAMME || found->known == VB_NONE || found->weak) continue;
        size_t at = vb_finding_word_at(f, found->start);
        if (f->words.at[at].flags & VB_WORD_CAPS) TRY(find_part(f, found->start, found->end));
    }
    VB_EACH_START (f, at, VB_START_HEAD) {
        if (f->words.at[at].flags & VB_WORD_BLOCKED) continue;
        TRY(find_aim(f, at));
        TRY(find_apposed(f, at));
        TRY(find_before_kind(f, at));
    }
done:
    return status;
}
