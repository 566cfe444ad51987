/**
 * Forms: what a word is by its letters alone, worked out when a thread reads it for the first time. Folding,
 * the kind word that it ends in, whether a name begins with it and which closed lists it is on are then at
 * hand for every pass over the text without looking at its letters again.
 */
#include "loaders/names.h"

/** Join the parts of a name and neither begin nor end it. */
static const char *const joint[] = { "van",  "de",  "het", "en",    "voor", "der",  "den",
                                     "des",  "in",  "op",  "tegen", "met",  "tot",  "bij",
                                     "naar", "te",  "ter", "of",    "aan",  "over", "inzake",
                                     "for",  "and", "on",  "uit",   "om",   "to",   "on" };
/** So also where no kind word is at its head: "Centrum voor Criminaliteitspreventie". */
static const char *const tight[] = { "van",   "de",     "het", "en", "voor", "der", "den", "des",
                                     "tegen", "inzake", "for", "of", "and",  "the", "on",  "to" };
/** With a capital they open a sentence or a heading, and are no part of a name. */
static const char *const opener[] = {
    "de",       "het",       "een",       "in",       "op",       "bij",          "voor",        "vraag",
    "antwoord", "vragen",    "bijlage",   "kunt",     "bent",     "hoe",          "wat",         "welke",
    "is",       "zijn",      "ja",        "nee",      "ook",      "met",          "naar",        "aan",
    "dit",      "deze",      "dat",       "zo",       "als",      "ik",           "wij",         "u",
    "uw",       "om",        "daarnaast", "verder",   "daarom",   "artikel",      "lid",         "kamer",
    "zie",      "tot",       "onder",     "over",     "na",       "sinds",        "door",        "per",
    "van",      "mijn",      "ons",       "onze",     "er",       "daarbij",      "hiermee",     "voorts",
    "volgens",  "januari",   "februari",  "maart",    "april",    "mei",          "juni",        "juli",
    "augustus", "september", "oktober",   "november", "december", "gepubliceerd", "toelichting", "maandag",
    "dinsdag",  "woensdag",  "donderdag", "vrijdag",  "zaterdag", "zondag",       "heeft",       "kent",
    "wanneer",  "waarom",    "wie",       "zou",      "zal",      "kan",          "hierbij",     "daarmee",
    "echter",   "tevens",    "vanuit",    "naast",    "indien",   "mede",         "sommige",     "veel",
    "alle"
};
/** So at the beginning of a sentence; elsewhere they may begin a name. */
static const char *const starter[] = {
    "uit",       "tijdens", "binnen",  "via",       "zonder",   "tussen",     "tegen",      "vanaf",
    "omdat",     "hoewel",  "toen",    "waar",      "dankzij",  "ondanks",    "conform",    "blijkens",
    "gezien",    "gelet",   "mocht",   "graag",     "ten",      "ter",        "te",         "en",
    "maar",      "of",      "want",    "dus",       "eind",     "begin",      "medio",      "inmiddels",
    "momenteel", "recent",  "onlangs", "eerder",    "later",    "nu",         "toch",       "zowel",
    "zodra",     "nadat",   "terwijl", "daardoor",  "hierdoor", "daarover",   "hierover",   "daarvoor",
    "hiervoor",  "daarin",  "hierin",  "bovendien", "immers",   "vervolgens", "allereerst", "uiteraard",
    "helaas",    "beide",   "elk",     "elke",      "iedere",   "hun",        "haar",       "ze",
    "zij",       "hij",     "welk",    "moet",      "kunnen",   "worden",     "wordt",      "hebben",
    "gaat",      "acht",    "deelt",   "klopt",     "erkent",   "vindt",      "ziet",       "zullen"
};
/** Kinds that are named after an aim. Not "aanpak" or "plan": those are described so, too. */
static const char *const aimed[] = { "programma",   "actieplan",           "strategie",
                                     "agenda",      "routekaart",          "roadmap",
                                     "pact",        "actieprogramma",      "stappenplan",
                                     "akkoord",     "convenant",           "taskforce",
                                     "actieagenda", "stimuleringsregeling" };
/** What comes before the aim. */
static const char *const aim[] = { "voor", "tegen", "ter", "inzake" };
/** Kinds that stand behind the name: "de Red Alert app". */
static const char *const behind[] = { "app",     "campagne",  "training",    "methode", "methodiek",
                                      "project", "programma", "interventie", "pilot",   "subsidie" };
/** Prefixes of surnames. */
static const char *const prefix[] = { "van", "de",  "der", "den", "ten",  "ter", "te",  "von", "el",
                                      "al",  "la",  "le",  "du",  "di",   "da",  "dos", "in",  "op",
                                      "t",   "bin", "ben", "uit", "voor", "zu",  "ei" };
/** Words with a capital that end a person's name or are none. */
static const char *const no_name[] = {
    "de",        "het",       "een",         "en",       "van",         "kamer",     "tweede",
    "eerste",    "staten",    "raad",        "vragen",   "vraag",       "antwoord",  "ik",
    "is",        "heeft",     "datum",       "bijlage",  "minister",    "ministers", "staatssecretaris",
    "generaal",  "nr",        "dat",         "die",      "in",          "op",        "aan",
    "betreft",   "den",       "haag",        "mede",     "onze",        "ons",       "ref",
    "kenmerk",   "artikel",   "hoogachtend", "bent",     "kunt",        "hoe",       "wat",
    "deelt",     "wie",       "waarom",      "bij",      "met",         "algemeen",  "algemene",
    "nationale", "nationaal", "europese",    "openbaar", "koninklijke", "president"
};
/** Groups of countries. */
static const char *const group[] = { "coalitie", "kopgroep", "alliantie", "kerngroep" };
/** Head an act; a sentence may begin with one. */
static const char *const act[] = { "wet",
                                   "rijkswet",
                                   "uitvoeringswet",
                                   "invoeringswet",
                                   "verzamelwet",
                                   "implementatiewet",
                                   "aanpassingswet",
                                   "wijzigingswet",
                                   "kaderwet",
                                   "spoedwet",
                                   "initiatiefwet",
                                   "uitvoeringsbesluit",
                                   "uitvoeringsregeling",
                                   "codebesluit",
                                   "sanctieregeling" };
/** Head an act inside a sentence. */
static const char *const act_inside[] = { "besluit", "regeling", "beleidsregel", "verordening" };
/** Head a scheme inside a sentence, as acts are headed. */
static const char *const scheme[] = { "subsidieregeling",        "stimuleringsregeling",
                                      "investeringsregeling",    "compensatieregeling",
                                      "tegemoetkomingsregeling", "garantieregeling" };
/** Head an act inside a sentence, with what it is about after "inzake", "tegen". */
static const char *const act_aimed[] = { "verdrag", "protocol", "conventie", "overeenkomst" };

/** Legal forms of firms, and how "B.V." and "N.V." begin. */
static const char *const firm[] = { "bv", "nv", "gmbh", "ltd", "inc", "plc", "llc", "corp", "b", "n" };
/** Words before a name that say that it is one. */
static const char *const calls[] = { "genaamd", "geheten", "naam", "wel" };
/** Tell of the gas that is won in Groningen. */
static const char *const gas[] = { "gaswinning", "aardgaswinning",    "groningenveld",
                                   "gaskraan",   "aardbevingsschade", "mijnbouwschade" };
/** What members of parliament move. */
static const char *const motion[] = { "motie", "amendement" };

static const struct {
    const char *const *words;
    size_t n;
} lists[VB_LIST_COUNT] = {
    [VB_LIST_NUMBER_JOINT] = { joint, VB_COUNT(joint) },
    [VB_LIST_NUMBER_TIGHT] = { tight, VB_COUNT(tight) },
    [VB_LIST_NUMBER_OPENER] = { opener, VB_COUNT(opener) },
    [VB_LIST_NUMBER_STARTER] = { starter, VB_COUNT(starter) },
    [VB_LIST_NUMBER_AIMED] = { aimed, VB_COUNT(aimed) },
    [VB_LIST_NUMBER_AIM] = { aim, VB_COUNT(aim) },
    [VB_LIST_NUMBER_BEHIND] = { behind, VB_COUNT(behind) },
    [VB_LIST_NUMBER_PREFIX] = { prefix, VB_COUNT(prefix) },
    [VB_LIST_NUMBER_NO_NAME] = { no_name, VB_COUNT(no_name) },
    [VB_LIST_NUMBER_GROUP] = { group, VB_COUNT(group) },
    [VB_LIST_NUMBER_ACT] = { act, VB_COUNT(act) },
    [VB_LIST_NUMBER_ACT_INSIDE] = { act_inside, VB_COUNT(act_inside) },
    [VB_LIST_NUMBER_SCHEME] = { scheme, VB_COUNT(scheme) },
    [VB_LIST_NUMBER_ACT_AIMED] = { act_aimed, VB_COUNT(act_aimed) },
    [VB_LIST_NUMBER_FIRM] = { firm, VB_COUNT(firm) },
    [VB_LIST_NUMBER_CALLS] = { calls, VB_COUNT(calls) },
    [VB_LIST_NUMBER_MOTION] = { motion, VB_COUNT(motion) },
    [VB_LIST_NUMBER_GAS] = { gas, VB_COUNT(gas) },
};

/** A word of the closed lists. */
typedef struct listed {
    vb_memo_item item;
    uint32_t lists; /* VB_LIST_ bits */
} listed;

vb_status vb_lists_read(vb_names *names)
{
    vb_status status;
    TRY(vb_memo_init(&names->listed, sizeof(listed)));
    for (size_t i = 0; i < VB_LIST_COUNT; i++)
        for (size_t j = 0; j < lists[i].n; j++) {
            vb_str word = vb_str_of(lists[i].words[j]);
            uint64_t hash = vb_memo_hash(word);
            listed *at = vb_memo_find(&names->listed, word, hash);
            if (!at && !(at = vb_memo_add(&names->listed, word, hash))) return VB_NO_MEMORY;
            at->lists |= 1u << i;
        }
done:
    return status;
}

static uint32_t lists_of(const vb_names *names, vb_str fold, uint64_t hash)
{
    const listed *at = vb_memo_find(&names->listed, fold, hash);
    return at ? at->lists : 0;
}

static const struct {
    const char *letters;
    uint32_t cue;
} cues[] = {
    { "kamerstuk", VB_CUE_KAMERSTUK },
    { "kamer", VB_CUE_KAMER },
    { "aanhangsel", VB_CUE_AANHANGSEL },
    { "ah", VB_CUE_AH },
    { "handelingen", VB_CUE_HANDELINGEN },
    { "stb", VB_CUE_JOURNAL },
    { "staatsblad", VB_CUE_JOURNAL },
    { "stcrt", VB_CUE_JOURNAL },
    { "staatscourant", VB_CUE_JOURNAL },
    { "trb", VB_CUE_JOURNAL },
    { "tractatenblad", VB_CUE_JOURNAL },
    { "ecli", VB_CUE_ECLI },
    { "bz", VB_CUE_BZ },
    { "bwb", VB_CUE_BWB },
    { "pb", VB_CUE_PB },
    { "publicatieblad", VB_CUE_PB },
    { "richtlijn", VB_CUE_EU },
    { "verordening", VB_CUE_EU },
    { "besluit", VB_CUE_EU },
    { "resolutie", VB_CUE_RESOLUTION },
};

/** A bit for a letter of ASCII. */
static uint32_t letter_bit(char c)
{
    return 1u << (c & 31);
}

/** Whether all letters of @p cue are among @p letters, whose bits are set: of few words they are. Its first
 * three, or two and its end, are asked for at once. */
static bool may_hold(uint32_t letters, const char *cue)
{
    uint32_t first = letter_bit(cue[0]) | letter_bit(cue[1]) | letter_bit(cue[2]);
    if (first & ~letters) return false;
    while (*cue && (letters & letter_bit(*cue))) cue++;
    return !*cue;
}

/** What digits, and letters after them, say. */
static uint32_t digit_cues(vb_str lower)
{
    uint32_t bits = 0;
    bool digit = false;
    for (size_t i = 0; i < lower.len; i++) {
        bool before = digit;
        uint8_t is = vb_byte_is[(unsigned char)lower.at[i]];
        digit = is & VB_BYTE_DIGIT;
        if (digit) bits |= VB_CUE_DIGIT;
        if (!before || !(is & VB_BYTE_LOWER)) continue;
        if (lower.len >= 10) bits |= VB_CUE_CELEX;
        if (lower.at[i] == 'z' || lower.at[i] == 'd') bits |= VB_CUE_ZAAK;
    }
    return bits;
}

/** What references a word may be part of. */
static uint32_t cues_of(vb_str lower)
{
    uint32_t letters = letter_bit('\0'), bits;
    uint8_t is = 0;
    for (size_t i = 0; i < lower.len; i++) {
        letters |= letter_bit(lower.at[i]);
        is |= vb_byte_is[(unsigned char)lower.at[i]];
    }
    bits = is & VB_BYTE_DIGIT ? digit_cues(lower) : 0;
    for (size_t i = 0; i < VB_COUNT(cues); i++)
        if (may_hold(letters, cues[i].letters) &&
            vb_str_find(lower, vb_str_of(cues[i].letters), 0) != SIZE_MAX)
            bits |= cues[i].cue;
    return bits;
}

vb_status vb_forms_init(vb_memo *memo)
{
    return vb_memo_init(memo, sizeof(vb_form));
}

static bool is_ascii(vb_str s)
{
    unsigned char any = 0;
    for (size_t i = 0; i < s.len; i++) any |= (unsigned char)s.at[i];
    return any < 0x80;
}

enum { COMPOUND_LEAST = 8 /* letters of a compound that ends in "wet" */ };

/** What a word may be of the names of a lexicon. */
static void read_lexicon(const vb_names *names, unsigned of, vb_form *form)
{
    const vb_lexicon *lexicon = of == VB_LEX_GIVEN ? &names->given : &names->lexicon;
    uint32_t node = form->opens[of] = vb_lexicon_opens(lexicon, form->hash);
    unsigned lex = (node != VB_NONE ? VB_LEX_BEGINS : 0u) |
                   (vb_lexicon_goes_on(lexicon, form->hash) ? VB_LEX_GOES_ON : 0u) |
                   (vb_lexicon_has_name(lexicon, node) ? VB_LEX_WHOLE : 0u);
    form->lex |= (uint8_t)(lex << of);
}

/** Where sources look, as far as a word's letters say. */
static void read_starts(vb_form *form)
{
    const uint32_t heads = VB_LIST_AIMED | VB_LIST_BEHIND | VB_LIST_GROUP | VB_LIST_ACT | VB_LIST_ACT_INSIDE |
                           VB_LIST_ACT_AIMED | VB_LIST_FIRM | VB_LIST_MOTION | VB_LIST_SCHEME | VB_LIST_CALLS;
    vb_str fold = form->fold;
    unsigned starts = 0;
    if (fold.len >= COMPOUND_LEAST && vb_str_ends(fold, VB_STR("wet"))) form->heads |= VB_HEADS_ACT;
    if (vb_str_ends(fold, VB_STR("commissie"))) form->heads |= VB_HEADS_COMMITTEE;
    if ((form->lists & heads) || form->heads || form->kinds[VB_KIND_APPOSED]) starts |= VB_START_HEAD;
    if (form->role) starts |= VB_START_PERSON;
    if (form->cues) starts |= VB_START_CUE;
    if (form->kinds[VB_KIND_INSIDE]) starts |= VB_START_KIND;
    if (fold.len && (vb_byte_is[(unsigned char)fold.at[0]] & VB_BYTE_DIGIT)) starts |= VB_START_NUMBER;
    form->starts = (uint8_t)starts;
}

/** What the tables say of a word. */
static vb_status fill(const vb_names *names, vb_memo *memo, vb_form *form)
{
    form->fold = form->item.word;
    form->ascii = is_ascii(form->fold);
    if (!form->ascii && vb_fold(memo->arena, form->item.word, &form->fold) != VB_OK) return VB_NO_MEMORY;
    form->hash = vb_hash(form->fold);
    vb_kinds_of(names, form->fold, form->kinds);
    const vb_role *role = vb_role_of(names, form->fold);
    form->role = role ? (uint32_t)(role - names->roles.at) + 1 : 0;
    for (unsigned of = 0; of < VB_LEX_FORMS; of++) read_lexicon(names, of, form);
    form->lists = lists_of(names, form->fold, vb_memo_hash(form->fold));
    form->cues = cues_of(form->item.word);
    for (unsigned i = 0; i < VB_KIND_USES; i++) form->ends |= (uint8_t)((form->kinds[i] != 0) << i);
    read_starts(form);
    return VB_OK;
}

const vb_form *vb_form_new(const vb_names *names, vb_memo *memo, vb_str lower, uint64_t hash)
{
    vb_form made = { .item = { lower, hash } }, *kept;
    if (fill(names, memo, &made) != VB_OK || !(kept = vb_memo_add(memo, lower, hash))) return NULL;
    if (made.ascii) made.fold = kept->item.word;
    made.item = kept->item;
    *kept = made;
    return kept;
}
