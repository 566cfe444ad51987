/**
 * Names nobody listed, by their shape: words with capitals that hold or follow a word which says what kind
 * of thing they name ("Actieprogramma Veilig Ondernemen 2023-2026", "het project Veilig Buitengebied",
 * "Rechtbank Den Haag", "Gasketelwet"). What kind: a table of endings, and one of words that stand before.
 */
#include "loaders/names.h"

typedef struct kind_row {
    const char *ending;
    vb_label label;
} kind_row;

/** The word inside a name that says what it is, by its ending; the first in the name that fits decides. */
static const kind_row heads[] = {
    { "programma", VB_LABEL_PROGRAMME },
    { "actieplan", VB_LABEL_PROGRAMME },
    { "plan", VB_LABEL_PROGRAMME },
    { "strategie", VB_LABEL_PROGRAMME },
    { "agenda", VB_LABEL_PROGRAMME },
    { "campagne", VB_LABEL_PROGRAMME },
    { "project", VB_LABEL_PROGRAMME },
    { "fonds", VB_LABEL_PROGRAMME },
    { "akkoord", VB_LABEL_PROGRAMME },
    { "aanpak", VB_LABEL_PROGRAMME },
    { "deal", VB_LABEL_PROGRAMME },
    { "convenant", VB_LABEL_PROGRAMME },
    { "subsidieregeling", VB_LABEL_PROGRAMME },
    { "stimuleringsregeling", VB_LABEL_PROGRAMME },
    { "programme", VB_LABEL_PROGRAMME },

    { "keurmerk", VB_LABEL_PROGRAMME },
    { "pact", VB_LABEL_PROGRAMME },
    { "roadmap", VB_LABEL_PROGRAMME },
    { "routekaart", VB_LABEL_PROGRAMME },
    { "basispakket", VB_LABEL_PROGRAMME },
    { "wet", VB_LABEL_LAW },
    { "wetsvoorstel", VB_LABEL_LAW },
    { "verdrag", VB_LABEL_LAW },
    { "richtlijn", VB_LABEL_LAW },
    { "verordening", VB_LABEL_LAW },
    { "act", VB_LABEL_LAW },
    { "wetboek", VB_LABEL_LAW },
    { "besluit", VB_LABEL_LAW },
    { "regeling", VB_LABEL_LAW },
    { "directive", VB_LABEL_LAW },
    { "regulation", VB_LABEL_LAW },
    { "conventie", VB_LABEL_LAW },
    { "handvest", VB_LABEL_LAW },
    { "monitor", VB_LABEL_DOCUMENT },
    { "rapport", VB_LABEL_DOCUMENT },
    { "rapportage", VB_LABEL_DOCUMENT },
    { "dreigingsbeeld", VB_LABEL_DOCUMENT },
    { "handreiking", VB_LABEL_DOCUMENT },
    { "nota", VB_LABEL_DOCUMENT },
    { "kamerbrief", VB_LABEL_DOCUMENT },
    { "beleidsbrief", VB_LABEL_DOCUMENT },
    { "assessment", VB_LABEL_DOCUMENT },
    { "kader", VB_LABEL_DOCUMENT },
    { "ambtsbericht", VB_LABEL_DOCUMENT },
    { "begroting", VB_LABEL_DOCUMENT },
    { "verslag", VB_LABEL_DOCUMENT },
    { "leidraad", VB_LABEL_DOCUMENT },
    { "report", VB_LABEL_DOCUMENT },
    { "evaluatie", VB_LABEL_DOCUMENT },
    { "factsheet", VB_LABEL_DOCUMENT },
    { "praktijkrichtlijn", VB_LABEL_DOCUMENT },
    { "instituut", VB_LABEL_ORGANISATION },
    { "autoriteit", VB_LABEL_ORGANISATION },
    { "inspectie", VB_LABEL_ORGANISATION },
    { "commissie", VB_LABEL_ORGANISATION },
    { "raad", VB_LABEL_ORGANISATION },
    { "dienst", VB_LABEL_ORGANISATION },
    { "bureau", VB_LABEL_ORGANISATION },
    { "centrum", VB_LABEL_ORGANISATION },
    { "agentschap", VB_LABEL_ORGANISATION },
    { "vereniging", VB_LABEL_ORGANISATION },
    { "stichting", VB_LABEL_ORGANISATION },
    { "federatie", VB_LABEL_ORGANISATION },
    { "bond", VB_LABEL_ORGANISATION },
    { "unie", VB_LABEL_ORGANISATION },
    { "platform", VB_LABEL_ORGANISATION },
    { "taskforce", VB_LABEL_ORGANISATION },
    { "coalitie", VB_LABEL_ORGANISATION },
    { "alliantie", VB_LABEL_ORGANISATION },
    { "rechtbank", VB_LABEL_ORGANISATION },
    { "gerechtshof", VB_LABEL_ORGANISATION },
    { "hof", VB_LABEL_ORGANISATION },
    { "universiteit", VB_LABEL_ORGANISATION },
    { "hogeschool", VB_LABEL_ORGANISATION },
    { "university", VB_LABEL_ORGANISATION },
    { "ziekenhuis", VB_LABEL_ORGANISATION },
    { "bank", VB_LABEL_ORGANISATION },
    { "kamer", VB_LABEL_ORGANISATION },
    { "politie", VB_LABEL_ORGANISATION },
    { "veiligheidsregio", VB_LABEL_ORGANISATION },
    { "waterschap", VB_LABEL_ORGANISATION },
    { "omgevingsdienst", VB_LABEL_ORGANISATION },
    { "netwerk", VB_LABEL_ORGANISATION },
    { "network", VB_LABEL_ORGANISATION },
    { "expertisecentrum", VB_LABEL_ORGANISATION },
    { "kenniscentrum", VB_LABEL_ORGANISATION },
    { "center", VB_LABEL_ORGANISATION },
    { "centre", VB_LABEL_ORGANISATION },
    { "council", VB_LABEL_ORGANISATION },
    { "commission", VB_LABEL_ORGANISATION },
    { "foundation", VB_LABEL_ORGANISATION },
    { "beraad", VB_LABEL_ORGANISATION },
    { "orkest", VB_LABEL_ORGANISATION },
    { "organisation", VB_LABEL_ORGANISATION },
    { "organization", VB_LABEL_ORGANISATION },
    { "agency", VB_LABEL_ORGANISATION },
    { "omroep", VB_LABEL_ORGANISATION },
    { "dagblad", VB_LABEL_ORGANISATION },
    { "courant", VB_LABEL_ORGANISATION },
    { "comite", VB_LABEL_ORGANISATION },
    { "genootschap", VB_LABEL_ORGANISATION },
    { "kliniek", VB_LABEL_ORGANISATION },
    { "eenheid", VB_LABEL_ORGANISATION },
    { "team", VB_LABEL_ORGANISATION },
    { "parket", VB_LABEL_ORGANISATION },
    { "beweging", VB_LABEL_ORGANISATION },
    { "modelplan", VB_LABEL_DOCUMENT },
    { "kanaal", VB_LABEL_REGION },
    { "haven", VB_LABEL_REGION },
    { "airport", VB_LABEL_REGION },
    { "gebied", VB_LABEL_REGION },
    { "meer", VB_LABEL_REGION },
    { "polder", VB_LABEL_REGION },
};

/** A word in lower case right before a name with a capital says what it is and stays outside. */
static const kind_row cues[] = {
    { "programma", VB_LABEL_PROGRAMME },
    { "project", VB_LABEL_PROGRAMME },
    { "campagne", VB_LABEL_PROGRAMME },
    { "actieplan", VB_LABEL_PROGRAMME },
    { "actieprogramma", VB_LABEL_PROGRAMME },
    { "interventie", VB_LABEL_PROGRAMME },
    { "initiatief", VB_LABEL_PROGRAMME },
    { "training", VB_LABEL_PROGRAMME },
    { "subsidieregeling", VB_LABEL_PROGRAMME },
    { "bedrijf", VB_LABEL_ORGANISATION },
    { "stichting", VB_LABEL_ORGANISATION },
    { "organisatie", VB_LABEL_ORGANISATION },
    { "vereniging", VB_LABEL_ORGANISATION },
    { "krant", VB_LABEL_ORGANISATION },
    { "onderzoeksbureau", VB_LABEL_ORGANISATION },
    { "adviesbureau", VB_LABEL_ORGANISATION },
    { "zorginstelling", VB_LABEL_ORGANISATION },
    { "zorgverzekeraar", VB_LABEL_ORGANISATION },
    { "brancheorganisatie", VB_LABEL_ORGANISATION },
    { "vakbond", VB_LABEL_ORGANISATION },
    { "netbeheerder", VB_LABEL_ORGANISATION },
    { "vervoerder", VB_LABEL_ORGANISATION },
    { "fabrikant", VB_LABEL_ORGANISATION },
    { "omroep", VB_LABEL_ORGANISATION },
    { "rapport", VB_LABEL_DOCUMENT },
    { "wetsvoorstel", VB_LABEL_LAW },
    { "dorp", VB_LABEL_REGION },
    { "wijk", VB_LABEL_REGION },
    { "eiland", VB_LABEL_REGION },
    { "buurt", VB_LABEL_REGION },
    { "regio", VB_LABEL_REGION },
    { "rivier", VB_LABEL_REGION },
    { "stad", VB_LABEL_REGION },
};

/** Words that join the parts of a name and neither begin nor end it. */
static const char *const joints[] = { "van", "de",    "het",    "en",  "voor", "der",  "den", "des", "in",
                                      "op",  "tegen", "met",    "tot", "bij",  "naar", "te",  "ter", "of",
                                      "aan", "over",  "inzake", "for", "and",  "on",   "uit", "om" };
/** Capitalised words that open a sentence or a heading and are no part of a name. */
static const char *const openers[] = {
    "de",      "het",  "een",   "in",      "op",        "bij",    "voor",   "vraag",   "antwoord", "vragen",
    "bijlage", "kunt", "bent",  "hoe",     "wat",       "welke",  "is",     "zijn",    "ja",       "nee",
    "ook",     "met",  "naar",  "aan",     "dit",       "deze",   "dat",    "zo",      "als",      "ik",
    "wij",     "u",    "uw",    "om",      "daarnaast", "verder", "daarom", "artikel", "lid",      "kamer",
    "zie",     "tot",  "onder", "over",    "na",        "sinds",  "door",   "per",     "van",      "mijn",
    "ons",     "onze", "er",    "daarbij", "hiermee",   "voorts"
};

static bool is_in(vb_str word, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(word, vb_str_of(list[i]))) return true;
    return false;
}

static bool ending_label(vb_str fold, vb_label *out)
{
    size_t best = 0;
    for (size_t i = 0; i < VB_COUNT(heads); i++) {
        vb_str ending = vb_str_of(heads[i].ending);
        if (ending.len <= best || !vb_str_ends(fold, ending)) continue;
        if (fold.len != ending.len && (ending.len < 4 && !vb_str_eq(ending, VB_STR("wet"))))
            continue; /* "act" in "contact" */
        best = ending.len;
        *out = heads[i].label;
    }
    return best > 0;
}

bool vb_shape_label(const vb_finding *f, size_t first, size_t end, vb_label *out)
{
    for (size_t i = first; i < end; i++)
        if (!is_in(f->words.at[i].fold, joints, VB_COUNT(joints)) && ending_label(f->words.at[i].fold, out))
            return true;
    return false;
}

static bool is_year(const vb_word *w)
{
    return (w->flags & VB_WORD_NUMBER) && w->end - w->start == 4;
}

/** "2026", "2023-2026", "2023 t/m 2026", "juni 2023" at word @p at: of how many words; 0: none. */
static size_t years_at(const vb_finding *f, size_t at)
{
    static const char *const months[] = { "januari",   "februari", "maart",    "april",
                                          "mei",       "juni",     "juli",     "augustus",
                                          "september", "oktober",  "november", "december" };
    size_t left = f->words.len - at;
    const vb_word *w = &f->words.at[at];
    if (is_in(w->fold, months, VB_COUNT(months))) return left > 1 && is_year(w + 1) ? 2 : 0;
    if (!is_year(w)) return 0;
    if (left > 1 && is_year(w + 1) && vb_finding_gap(f, at + 1).len <= 5 && !vb_finding_blank(f, at + 1))
        return 2;
    if (left > 3 && vb_str_eq(w[1].fold, VB_STR("t")) && vb_str_eq(w[2].fold, VB_STR("m")) && is_year(w + 3))
        return 4;
    return 1;
}

/** A kind word by itself at the head of a name: what follows is told by loose joints too. */
static bool is_head(vb_str fold)
{
    for (size_t i = 0; i < VB_COUNT(heads); i++) {
        vb_str ending = vb_str_of(heads[i].ending);
        if (vb_str_eq(fold, ending)) return true;
        if (heads[i].label != VB_LABEL_LAW && ending.len > 4 && vb_str_ends(fold, ending)) return true;
    }
    return false;
}

/** Joints that may stand in a name without a kind word at its head: "Centrum voor Criminaliteitspreventie".
 */
static bool is_tight(vb_str word)
{
    static const char *const tight[] = { "van", "de",    "het",    "en",  "voor", "der", "den",
                                         "des", "tegen", "inzake", "for", "of",   "and", "the" };
    return is_in(word, tight, VB_COUNT(tight));
}

/** "van [Amsterdam]", "van [Genève]": a place may end a name. */
static bool place_after_van(const vb_finding *f, size_t at, size_t joint)
{
    return vb_str_eq(f->words.at[joint].fold, VB_STR("van")) && at == joint + 1 &&
           (f->listed[at] & VB_LISTED_PLACE);
}

/**
 * The end of the run of name words that begins at @p at: words with capitals, years, and joints between. A
 * joint beside a name that a gazetteer has ends the run: "[NZa] en het [Zorginstituut]" are two.
 */
static size_t run_end(const vb_finding *f, size_t at, bool cued)
{
    size_t end = at + 1, joint = SIZE_MAX;
    bool loose = cued || is_head(f->words.at[at].fold);
    for (size_t i = at + 1; i < f->words.len && i < at + 16; i++) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[at].block) break;
        vb_str gap = vb_finding_gap(f, i);
        bool hyphen = vb_finding_hyphen(f, i);
        bool list =
            vb_str_eq(gap, VB_STR("- ")) || vb_str_eq(gap, VB_STR(" & ")) || vb_str_eq(gap, VB_STR("&"));
        if (!hyphen && !list && !vb_finding_blank(f, i)) break;
        size_t span = hyphen ? 0 : years_at(f, i);
        if (span) {
            end = i + span;
            break;
        }
        bool name = (w->flags & VB_WORD_CAPITAL) && !is_in(w->fold, openers, VB_COUNT(openers));
        if (name && joint != SIZE_MAX && (f->listed[i] & VB_LISTED_BEGINS) && !place_after_van(f, i, joint))
            break;
        if (name || hyphen) {
            end = i + 1;
            joint = SIZE_MAX;
            continue;
        }
        if (!is_in(w->fold, joints, VB_COUNT(joints)) || (!loose && !is_tight(w->fold))) break;
        if (joint == SIZE_MAX && (f->listed[i - 1] & VB_LISTED) && !loose) break;
        bool article = vb_str_eq(w->fold, VB_STR("de")) || vb_str_eq(w->fold, VB_STR("het"));
        if (article && vb_str_eq(f->words.at[i - 1].fold, VB_STR("en")))
            break; /* "[Fier] en het [Centrum …]" */
        if (joint == SIZE_MAX) joint = i;
    }
    return end;
}

static vb_status propose(vb_finding *f, size_t first, size_t end, vb_label label, const char *rule,
                         uint16_t score)
{
    vb_found *found = vb_finding_add(f, f->words.at[first].start, f->words.at[end - 1].end, label, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    found->score = score;
    return vb_slug(f->arena, found->name, &found->key);
}

/** het programma [Weerbare Gemeenschappen]: what the word before the run says. */
static bool cue_label(const vb_finding *f, size_t at, vb_label *out)
{
    if (!at || f->words.at[at - 1].block != f->words.at[at].block || !vb_finding_blank(f, at)) return false;
    const vb_word *before = &f->words.at[at - 1];
    for (size_t i = 0; i < VB_COUNT(cues); i++)
        if (vb_str_ends(before->fold, vb_str_of(cues[i].ending)) &&
            (before->fold.len == strlen(cues[i].ending) || strlen(cues[i].ending) > 6)) {
            *out = cues[i].label;
            return true;
        }
    return false;
}

/** Words with a capital before a name that are no part of it: "Programma", "Europese". */
static bool is_outside(const vb_finding *f, size_t at, size_t end)
{
    static const char *const before[] = { "programma", "project",    "campagne",   "rapport",
                                          "training",  "stichting",  "europese",   "nederlandse",
                                          "projecten", "programmas", "interventie" };
    static const char *const always[] = { "programma", "project", "campagne", "rapport", "training" };
    if (end < at + 2) return false;
    if (is_in(f->words.at[at].fold, always, VB_COUNT(always))) return true;
    return is_in(f->words.at[at].fold, before, VB_COUNT(before)) && (f->listed[at + 1] & VB_LISTED_BEGINS);
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
        bool kind = is_in(f->words.at[i].fold, adjectives, VB_COUNT(adjectives));
        for (size_t k = 0; k < VB_COUNT(heads) && !kind; k++)
            kind = vb_str_eq(f->words.at[i].fold, vb_str_of(heads[k].ending));
        if (!kind) return false;
    }
    return true;
}

/** A compound whose second part only says the kind names nothing: "MIRT-verkenning", "EU-strategie". */
static bool is_generic(const vb_finding *f, size_t at, size_t end)
{
    const vb_word *last = &f->words.at[end - 1];
    if (end == at + 1) {
        for (size_t i = 0; i < VB_COUNT(heads); i++) {
            size_t n = strlen(heads[i].ending);
            if (vb_str_ends(last->fold, vb_str_of(heads[i].ending)) && last->fold.len < n + 3) return true;
        }
        return last->flags & VB_WORD_FIRST;
    }
    if (only_kinds(f, at, end)) return true;
    if (end != at + 2 || !vb_finding_hyphen(f, at + 1) || (last->flags & VB_WORD_CAPITAL)) return false;
    for (size_t i = 0; i < VB_COUNT(heads); i++)
        if (vb_str_eq(last->fold, vb_str_of(heads[i].ending))) return true;
    return false;
}

/** het wetsvoorstel [Versterking strafrechtelijke aanpak (…)]: the name of a bill runs on to its brackets. */
static size_t bill_end(const vb_finding *f, size_t at, size_t end)
{
    for (size_t i = end; i < f->words.len && i < at + 14; i++) {
        if (f->words.at[i].block != f->words.at[at].block) return end;
        vb_str gap = vb_finding_gap(f, i);
        if (vb_str_eq(gap, VB_STR(" ("))) return i;
        if (!vb_str_eq(gap, VB_STR(" ")) && !vb_finding_hyphen(f, i)) return end;
    }
    return end;
}

static vb_status propose_cued(vb_finding *f, size_t at, size_t end, vb_label label)
{
    const vb_word *w = &f->words.at[at];
    if (label ==
        VB_LABEL_LAW) /* the span of a bill includes "wetsvoorstel", unless its name begins with "Wet" */
        return propose(f, vb_str_starts(w->fold, VB_STR("wet")) ? at : at - 1, bill_end(f, at, end), label,
                       "shape:bill", 420);
    bool people =
        vb_str_ends(w->fold, VB_STR("se")) || vb_str_ends(w->fold, VB_STR("sche")); /* "Nederlandse" */
    if (end == at + 1 && people) return VB_OK;
    bool adjective = end == at + 1 && vb_str_ends(w->fold, VB_STR("e")); /* "Weerbare branches" */
    if (adjective && end < f->words.len && f->words.at[end].block == w->block && vb_finding_blank(f, end) &&
        !is_in(f->words.at[end].fold, joints, VB_COUNT(joints)) && f->words.at[end].fold.len > 4)
        end++;
    return propose(f, at, end, label, "shape:cue", 400);
}

/**
 * [Wet internationalisering in balans]: an act that no list has, told by lower case words up to a mark or to
 * a word that goes on with the sentence.
 */
static size_t act_end(const vb_finding *f, size_t at)
{
    static const char *const stops[] = { "is",    "wordt",  "worden", "zijn", "heeft", "hebben", "die",
                                         "dat",   "waarin", "om",     "moet", "kan",   "niet",   "ook",
                                         "per",   "als",    "zal",    "zou",  "gaat",  "geldt",  "waar",
                                         "is",    "door",   "bij",    "dit",  "deze",  "staat",  "ziet",
                                         "biedt", "maakt",  "regelt", "nog",  "wel",   "wil",    "te",
                                         "naar",  "zoals" };
    if (!vb_str_eq(f->words.at[at].fold, VB_STR("wet"))) return at;
    size_t end = at + 1;
    for (size_t i = at + 1; i < f->words.len && i < at + 10; i++) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[at].block || is_in(w->fold, stops, VB_COUNT(stops))) break;
        if (!vb_finding_blank(f, i) && !vb_finding_hyphen(f, i)) break;
        if (w->flags & VB_WORD_NUMBER && !is_year(w)) break;
        if (!is_in(w->fold, joints, VB_COUNT(joints))) end = i + 1;
    }
    return end;
}

vb_status vb_find_shapes(vb_finding *f)
{
    vb_status status = VB_OK;
    for (size_t at = 0; at < f->words.len; at++) {
        const vb_word *w = &f->words.at[at];
        vb_label label;
        if ((w->flags & VB_WORD_BLOCKED) || !(w->flags & VB_WORD_CAPITAL)) continue;
        if (is_in(w->fold, openers, VB_COUNT(openers))) continue;
        if (vb_str_eq(w->fold, VB_STR("wet")) && !(f->listed[at] & VB_LISTED)) {
            size_t end = act_end(f, at);
            if (end > at + 1) TRY(propose(f, at, end, VB_LABEL_LAW, "shape:act", 340));
        }
        bool cued = cue_label(f, at, &label);
        size_t end = run_end(f, at, cued);
        if (is_outside(f, at, end)) {
            bool said = ending_label(w->fold, &label);
            if (said && !(f->listed[at + 1] & VB_LISTED_BEGINS))
                TRY(propose(f, at + 1, end, label, "shape:head", 360));
        } else if (cued) {
            if (!(f->listed[at] & VB_LISTED_BEGINS) || label == VB_LABEL_LAW)
                TRY(propose_cued(f, at, end, label));
        } else if (vb_shape_label(f, at, end, &label) && !is_generic(f, at, end)) {
            TRY(propose(f, at, end, label, "shape:head", 350));
        }
        at = end - 1;
    }
done:
    return status;
}
