/**
 * Bodies nobody listed and no kind word tells: one word with a capital inside a sentence that the document
 * uses as a body at least once ("het bestuur van [Fokus]", "toen [Umincorp] failliet ging"). What is said of
 * a word once counts for it everywhere in the document. Words that are roles, peoples, languages or parts of
 * the state with a capital are none.
 */
#include "loaders/names.h"

#include <stdlib.h>

/** Nouns after which "van X" names a body: what only a body has. */
static const char *const holdings[] = { "bestuur",        "directie",       "website",
                                        "cliëntenraad",   "clientenraad",   "medewerkers",
                                        "werknemers",     "personeel",      "klanten",
                                        "aandelen",       "topman",         "ceo",
                                        "locatie",        "locaties",       "vestiging",
                                        "vestigingen",    "fabriek",        "fabrieken",
                                        "eigenaar",       "eigenaren",      "overname",
                                        "producten",      "faillissement",  "woordvoerder",
                                        "bestuurder",     "bestuurders",    "oprichter",
                                        "aandeelhouders", "aandeelhouder",  "omzet",
                                        "jaarverslag",    "hoofdkantoor",   "dochteronderneming",
                                        "kantoor",        "kantoren",       "cliënten",
                                        "clienten",       "bewoners",       "leden",
                                        "redactie",       "journalisten",   "onderzoekers",
                                        "voorzitter",     "directeur",      "software",
                                        "servers",        "platform",       "app",
                                        "campagne",       "vliegtuigen",    "vluchten",
                                        "schepen",        "toezichthouder", "curator",
                                        "doorstart" };
/** Words after a name that say that it is a firm. */
static const char *const fates[] = { "failliet", "faillissement", "surseance", "doorstart" };

/** Words with a capital inside a sentence that name no body of their own. */
static const char *const others[] = { "kamer",
                                      "kamers",
                                      "minister",
                                      "ministers",
                                      "staatssecretaris",
                                      "staat",
                                      "staten",
                                      "rijk",
                                      "raad",
                                      "commissie",
                                      "hof",
                                      "gerechtshof",
                                      "aanhangsel",
                                      "handelingen",
                                      "vragen",
                                      "unie",
                                      "verdrag",
                                      "wet",
                                      "besluit",
                                      "grondwet",
                                      "regeling",
                                      "richtlijn",
                                      "verordening",
                                      "afdeling",
                                      "kabinet",
                                      "kamervragen",
                                      "kamerbrief",
                                      "kamerlid",
                                      "kamerleden",
                                      "koninkrijk",
                                      "parlement",
                                      "bijlage",
                                      "antwoord",
                                      "vraag",
                                      "internet",
                                      "landsadvocaat",
                                      "aanklager",
                                      "gebieden",
                                      "koning",
                                      "president",
                                      "premier",
                                      "regering",
                                      "burgemeester",
                                      "rijksadviseur",
                                      "voorzitter",
                                      "directie",
                                      "bestuur",
                                      "autoriteit",
                                      "inspectie",
                                      "dienst",
                                      "bank",
                                      "fonds",
                                      "programma",
                                      "project",
                                      "akkoord",
                                      "nota",
                                      "rapport",
                                      "advies",
                                      "monitor",
                                      "corona",
                                      "covid",
                                      "pfas",
                                      "kerst",
                                      "pasen",
                                      "ramadan",
                                      "islam",
                                      "euro",
                                      "universiteit",
                                      "hogeschool",
                                      "rechtbank",
                                      "gemeente",
                                      "provincie",
                                      "waterschap",
                                      "veiligheidsregio",
                                      "politie",
                                      "defensie",
                                      "krijgsmacht",
                                      "landmacht",
                                      "marine",
                                      "luchtmacht",
                                      "onderwijs",
                                      "zorg",
                                      "huis",
                                      "stichting",
                                      "vereniging",
                                      "ombudsman",
                                      "secretaris",
                                      "generaal",
                                      "directeur",
                                      "korpschef",
                                      "lid",
                                      "leden",
                                      "partij",
                                      "fractie",
                                      "bewindspersoon",
                                      "commissaris",
                                      "gouverneur",
                                      "ambassadeur" };

static bool in_list(vb_str word, const char *const *list, size_t n)
{
    return vb_word_in(word, list, n);
}

/** Peoples and languages: "Palestijnen", "Nederlanders", "Frans", "Chinese". */
static bool is_people(vb_str fold)
{
    static const char *const endings[] = { "se",   "sche",  "sch",   "ers",   "anen", "ezen",
                                           "iers", "ijnen", "garen", "renen", "isch", "nees",
                                           "pees", "ooren", "oeren", "ische" };
    for (size_t i = 0; i < VB_COUNT(endings); i++)
        if (vb_str_ends(fold, vb_str_of(endings[i]))) return true;
    return false;
}

/** Whether word @p at, which may open a name, is such a word, alone between words in lower case. */
static bool is_single(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    if ((w->flags & VB_WORD_FIRST) || !at || w->end - w->start < 3 || (f->listed[at] & VB_LISTED))
        return false;
    if (f->words.at[at - 1].block != w->block || (f->words.at[at - 1].flags & VB_WORD_CAPITAL)) return false;
    if (!vb_finding_blank(f, at)) return false;
    if (at + 1 < f->words.len && f->words.at[at + 1].block == w->block &&
        (vb_finding_blank(f, at + 1) || vb_finding_hyphen(f, at + 1)) &&
        (f->words.at[at + 1].flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER)))
        return false;
    return !in_list(w->fold, others, VB_COUNT(others)) && !is_people(w->fold);
}

/** Whether the words around say that it is a body. */
static bool is_body_here(const vb_finding *f, size_t at)
{
    uint32_t block = f->words.at[at].block;
    vb_str before = f->words.at[at - 1].fold;
    if (at > 1 && vb_str_eq(before, VB_STR("van")) && f->words.at[at - 2].block == block &&
        vb_finding_blank(f, at - 1) && in_list(f->words.at[at - 2].fold, holdings, VB_COUNT(holdings)))
        return true;
    for (size_t i = at + 1; i < at + 4 && i < f->words.len && f->words.at[i].block == block; i++)
        if (vb_finding_blank(f, i) && in_list(f->words.at[i].fold, fates, VB_COUNT(fates))) return true;
    return false;
}

typedef struct single {
    uint64_t hash;
    uint32_t at; /* index of the word */
    bool body, near;
    bool kind; /* "een [VvE]", "[VvE]'s": a kind of thing */
} single;

typedef VB_VEC(single) single_list;

static int by_hash(const void *one, const void *two)
{
    const single *a = one, *b = two;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/** Whether an article before the word, or a plural after it, makes a kind of thing of it. */
static bool is_kind_here(const vb_finding *f, size_t at)
{
    static const char *const articles[] = { "een", "de",   "het",  "elke", "iedere", "geen", "deze",
                                            "die", "veel", "meer", "per",  "uw",     "alle" };
    return vb_word_in(f->words.at[at - 1].fold, articles, VB_COUNT(articles)) ||
           vb_finding_plural(f, at) > f->words.at[at].end;
}

/** All candidates. */
static vb_status collect(vb_finding *f, single_list *out)
{
    VB_EACH_START (f, at, VB_START_SHAPE) {
        if (!is_single(f, at)) continue;
        if (vb_push(f->arena, out) != VB_OK) return VB_NO_MEMORY;
        out->at[out->len - 1] = (single){ .hash = f->words.at[at].hash,
                                          .at = (uint32_t)at,
                                          .body = is_body_here(f, at),
                                          .kind = is_kind_here(f, at),
                                          .near = vb_str_eq(f->words.at[at - 1].fold, VB_STR("bij")) };
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_hash);
    return VB_OK;
}

/** The words that the document has in lower case, by hash, as words of a sentence and not of an address. */
typedef struct lower_words {
    uint64_t *hash; /* 0: free; NULL: not made yet, for few documents need it */
    size_t mask;
} lower_words;

static vb_status list_lower(const vb_finding *f, lower_words *out)
{
    size_t size = 64;
    while (size < f->words.len * 2) size *= 2;
    *out = (lower_words){ vb_arena_array(f->arena, size, sizeof *out->hash), size - 1 };
    if (!out->hash) return VB_NO_MEMORY;
    for (size_t at = 1; at < f->words.len; at++) {
        const vb_word *w = &f->words.at[at];
        if ((w->flags & (VB_WORD_CAPITAL | VB_WORD_BLOCKED)) || !vb_finding_blank(f, at)) continue;
        if (at + 1 < f->words.len && vb_finding_hyphen(f, at + 1)) continue;
        size_t i = (size_t)w->hash & out->mask;
        while (out->hash[i] && out->hash[i] != w->hash) i = (i + 1) & out->mask;
        out->hash[i] = w->hash;
    }
    return VB_OK;
}

static bool is_listed(const lower_words *words, uint64_t hash)
{
    size_t i = (size_t)hash & words->mask;
    while (words->hash[i] && words->hash[i] != hash) i = (i + 1) & words->mask;
    return words->hash[i];
}

static vb_status propose(vb_finding *f, size_t at)
{
    vb_found *found =
        vb_finding_add(f, f->words.at[at].start, f->words.at[at].end, VB_LABEL_ORGANISATION, "shape:body");
    if (!found) return VB_NO_MEMORY;
    found->name = vb_finding_word(f, at);
    found->score = 140; /* anything else that names it knows better */
    return vb_slug(f->arena, found->name, &found->key);
}

vb_status vb_find_bodies(vb_finding *f)
{
    vb_status status = VB_OK;
    single_list all = { 0 };
    lower_words lower = { 0 };
    TRY(collect(f, &all));
    for (size_t first = 0, end; first < all.len; first = end) {
        bool body = false;
        size_t near = 0, kind = 0;
        for (end = first; end < all.len && all.at[end].hash == all.at[first].hash; end++) {
            body = body || all.at[end].body;
            near += all.at[end].near;
            kind += all.at[end].kind;
        }
        if (!(body || (near && end - first > 2)) || kind * 3 > end - first) continue;
        if (!lower.hash) TRY(list_lower(f, &lower));
        if (is_listed(&lower, all.at[first].hash)) continue; /* a word too */
        for (size_t i = first; i < end; i++) TRY(propose(f, all.at[i].at));
    }
done:
    return status;
}
