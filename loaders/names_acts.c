/**
 * Acts, decrees and treaties that no list has: a head with a capital and lower case words up to a mark or to
 * a word that goes on with the sentence ("[Wet internationalisering in balans]", "[Verdrag inzake de rechten
 * van het kind]"), and a compound in lower case after its article ("de [stikstofwet]"). Acts in capitals are
 * names_shapes.c's, bills after "wetsvoorstel" too.
 */
#include "loaders/names.h"

/** Whether word @p at may head an act where it stands. */
static bool is_head(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    return vb_word_is(w, VB_LIST_ACT) ||
           (vb_word_is(w, VB_LIST_ACT_INSIDE | VB_LIST_ACT_AIMED) && !(w->flags & VB_WORD_FIRST));
}

/** "gelijke kansen [bij] werving": of the name; "[bij] de behandeling": of the sentence. */
static bool goes_on_with(const vb_finding *f, size_t at)
{
    static const char *const articles[] = { "de", "het", "een", "brief", "deze", "dit", "uw", "mijn" };
    return vb_str_eq(f->words.at[at].fold, VB_STR("bij")) && at + 1 < f->words.len &&
           !vb_word_in(f->words.at[at + 1].fold, articles, VB_COUNT(articles));
}

/** Words that go on with the sentence after an act's name. */
static bool goes_on_after(vb_str fold)
{
    static const char *const stops[] = {
        "is",    "wordt",   "worden",  "zijn",   "heeft",  "hebben", "die",     "dat",     "waarin",
        "om",    "moet",    "kan",     "niet",   "ook",    "per",    "als",     "zal",     "zou",
        "gaat",  "geldt",   "waar",    "door",   "bij",    "dit",    "deze",    "staat",   "ziet",
        "biedt", "maakt",   "regelt",  "nog",    "wel",    "wil",    "te",      "naar",    "zoals",
        "werd",  "was",     "waren",   "kunnen", "zullen", "treedt", "trad",    "bevat",   "bepaalt",
        "volgt", "vormt",   "er",      "vanaf",  "binnen", "tussen", "wanneer", "indien",  "echter",
        "omdat", "waarbij", "waarmee", "onder",  "moeten", "mogen",  "waartoe", "alsmede", "tijdens",
        "sinds", "hierop",  "geeft",   "uit",    "ligt",   "liggen", "beoogt",  "strekt",  "voorziet",
        "leidt", "loopt",   "komt",    "krijgt", "stelt",  "zorgt",  "zodat",   "treden",  "introduceert"
    };
    return vb_word_in(fold, stops, VB_COUNT(stops));
}

size_t vb_act_phrase(const vb_finding *f, size_t at)
{
    size_t end = at;
    for (size_t i = at; i && i < f->words.len && i < at + 8; i++) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[i - 1].block || (w->flags & (VB_WORD_CAPITAL | VB_WORD_NUMBER)))
            return end;
        if ((!vb_finding_blank(f, i) && !vb_finding_hyphen(f, i)) || goes_on_after(w->fold)) return end;
        bool and = vb_str_eq(w->fold, VB_STR("en"));
        if (vb_word_is(w, VB_LIST_JOINT) &&
            (!and || i + 1 >= f->words.len || vb_word_is(&w[1], VB_LIST_JOINT)))
            return end;
        if (!and) end = i + 1;
    }
    return end;
}

size_t vb_act_end(const vb_finding *f, size_t at)
{
    size_t end = at + 1;
    for (size_t i = at + 1; i < f->words.len && i < at + 12; i++) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[at].block) break;
        if (goes_on_after(w->fold) && !goes_on_with(f, i)) break;
        bool listed = vb_str_eq(vb_finding_gap(f, i), VB_STR(", ")) && i + 1 < f->words.len &&
                      vb_str_ends(w[-1].fold, VB_STR("e")) && vb_str_eq(w[1].fold, VB_STR("en"));
        bool shared = vb_str_eq(vb_finding_gap(f, i), VB_STR("- ")) && vb_word_is(w, VB_LIST_JOINT);
        if (!listed && !shared && !vb_finding_blank(f, i) && !vb_finding_hyphen(f, i)) break;
        if (w->flags & VB_WORD_NUMBER && w->end - w->start != 4) break;
        if (!vb_word_is(w, VB_LIST_JOINT)) end = i + 1;
        if ((w->flags & VB_WORD_NUMBER) && !(i + 1 < f->words.len && (w[1].flags & VB_WORD_CAPS))) break;
    }
    return end; /* a year ends it, or "2000 BES" */
}

static vb_status propose_as(vb_finding *f, vb_label label, size_t first, size_t end, const char *rule,
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
    return propose_as(f, VB_LABEL_LAW, first, end, rule, score);
}

/** "[Tijdelijke] wet", "[Internationaal] Verdrag": a word with a capital before the head that is of the name.
 */
static size_t with_adjective(const vb_finding *f, size_t at)
{
    static const char *const before[] = { "tijdelijke", "internationaal", "europees",
                                          "algemene",   "algemeen",       "facultatief" };
    bool joined = at && f->words.at[at - 1].block == f->words.at[at].block && vb_finding_blank(f, at);
    return joined && (f->words.at[at - 1].flags & VB_WORD_CAPITAL) &&
                   vb_word_in(f->words.at[at - 1].fold, before, VB_COUNT(before))
               ? at - 1
               : at;
}

/* de [Wet internationalisering in balans], het [Internationaal Verdrag inzake burgerrechten en politieke
 * rechten] */
static vb_status find_headed(vb_finding *f, size_t at)
{
    static const char *const aims[] = { "inzake", "tegen", "betreffende", "voor", "tot", "over" };
    bool capital = f->words.at[at].flags & VB_WORD_CAPITAL;
    if (!is_head(f, at)) return VB_OK;
    if (!capital && !(at && (f->words.at[at - 1].flags & VB_WORD_CAPITAL))) return VB_OK;
    size_t first = with_adjective(f, at);
    if ((f->listed[at] & VB_LISTED) || vb_shape_one_of(f, first)) return VB_OK;
    if (first == at && !capital) return VB_OK;
    size_t end = vb_act_end(f, at), next = at + 1;
    if (end <= next) return VB_OK;
    bool bare = vb_word_is(&f->words.at[next], VB_LIST_JOINT); /* "Besluit over", "Regeling van" */
    if (vb_word_is(&f->words.at[at], VB_LIST_ACT_AIMED)
            ? !vb_word_in(f->words.at[next].fold, aims, VB_COUNT(aims))
            : bare && !vb_word_is(&f->words.at[at], VB_LIST_ACT))
        return VB_OK;
    return propose(f, first, end, "shape:act", 340);
}

/* de [Subsidieregeling praktijkleren in het mbo]: a scheme, named as an act is */
static vb_status find_scheme(vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    if (!vb_word_is(w, VB_LIST_SCHEME) || !(w->flags & VB_WORD_CAPITAL) || (w->flags & VB_WORD_FIRST) ||
        (f->listed[at] & VB_LISTED) || vb_shape_one_of(f, at))
        return VB_OK;
    size_t end = vb_act_end(f, at);
    if (end <= at + 1 || vb_word_is(&w[1], VB_LIST_JOINT) || (w[1].flags & VB_WORD_CAPITAL)) return VB_OK;
    if (end > at + 3 && (f->words.at[end - 1].flags & VB_WORD_NUMBER) &&
        vb_word_is(&f->words.at[end - 2], VB_LIST_JOINT))
        end -= 2; /* "Subsidieregeling bakenlicht in 2027" */
    return propose_as(f, VB_LABEL_PROGRAMME, at, end, "shape:scheme", 340);
}

/* de [stikstofwet]: a compound in lower case, with its article; not the words for a kind of act */
static vb_status find_compound(vb_finding *f, size_t at)
{
    static const char *const kinds[] = {
        "strafwet",      "noodwet",          "wijzigingswet",  "kaderwet",
        "raamwet",       "spoedwet",         "crisiswet",      "belastingwet",
        "initiatiefwet", "verzamelwet",      "uitvoeringswet", "begrotingswet",
        "sanctiewet",    "rijkswet",         "natuurwet",      "goedkeuringswet",
        "invoeringswet", "implementatiewet", "novellewet",     "machtigingswet",
        "reparatiewet",  "privacywet",       "zorgwet",        "milieuwet",
        "basiswet",      "conceptwet",       "onderwijswet",   "socialezekerheidswet"
    };
    const vb_word *w = &f->words.at[at];
    if ((w->flags & VB_WORD_CAPITAL) || !(w->form->heads & VB_HEADS_ACT)) return VB_OK;
    if (!at || !vb_finding_blank(f, at) || !vb_str_eq(f->words.at[at - 1].fold, VB_STR("de")) ||
        (f->listed[at] & VB_LISTED) || vb_word_in(w->fold, kinds, VB_COUNT(kinds)))
        return VB_OK;
    return propose(f, at, at + 1, "shape:act", 330);
}

vb_status vb_find_acts(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_HEAD) {
        if (f->words.at[at].flags & VB_WORD_BLOCKED) continue;
        TRY(find_headed(f, at));
        TRY(find_scheme(f, at));
        TRY(find_compound(f, at));
    }
done:
    return status;
}
