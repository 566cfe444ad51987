/**
 * Names nobody listed, by their shape: words with capitals that hold or follow a word which says what kind
 * of thing they name ("Actieprogramma Veilig Ondernemen 2023-2026", "het project Veilig Buitengebied",
 * "Rechtbank Den Haag", "Gasketelwet"). What kind: a table of endings, and one of words that stand before.
 */
#include "loaders/names.h"

static bool ending_label(const vb_finding *f, size_t at, vb_label *out)
{
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_INSIDE);
    if (kind) *out = kind->label;
    return kind;
}

bool vb_shape_label(const vb_finding *f, size_t first, size_t end, vb_label *out)
{
    for (size_t i = first; i < end; i++)
        if (!vb_word_is(&f->words.at[i], VB_LIST_JOINT) &&
            !(i + 1 < end && vb_str_eq(f->words.at[i].fold, VB_STR("law"))) && /* "Law Commission" */
            ending_label(f, i, out))
            return true;
    return false;
}

/** A kind word by itself at the head of a name: what follows is told by loose joints too. */
static bool is_head(const vb_finding *f, size_t at)
{
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_INSIDE);
    if (!kind) return false;
    bool wide = kind->label == VB_LABEL_PROGRAMME || kind->label == VB_LABEL_DOCUMENT;
    return kind->word.len == f->words.at[at].fold.len || (wide && kind->word.len > 4);
}

bool vb_shape_opens(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    return (w->flags & VB_WORD_CAPITAL) && !vb_word_is(w, VB_LIST_OPENER) &&
           !((w->flags & VB_WORD_FIRST) && vb_word_is(w, VB_LIST_STARTER));
}

bool vb_shape_compound(const vb_finding *f, size_t at)
{
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_INSIDE);
    return kind && f->words.at[at].fold.len >= kind->word.len + 3;
}

/** "Impuls Veilig [Op] Weg", "Vervoer [Per] Bus": a small word with a capital between two others. */
static bool is_titled_joint(const vb_finding *f, size_t at)
{
    const vb_word *w = &f->words.at[at];
    return (vb_word_is(w, VB_LIST_JOINT) || vb_str_eq(w->fold, VB_STR("per")) ||
            vb_str_eq(w->fold, VB_STR("een"))) &&
           !(w->flags & VB_WORD_FIRST) && at + 1 < f->words.len && f->words.at[at + 1].block == w->block &&
           vb_finding_blank(f, at) && vb_finding_blank(f, at + 1) && vb_shape_opens(f, at + 1) &&
           !(f->listed[at + 1] & VB_LISTED_BEGINS) && !(f->listed[at - 1] & VB_LISTED);
}

/** "Wadi [al]-Seeq": an Arabic article, joined to what follows. */
static bool is_article(const vb_finding *f, size_t at)
{
    static const char *const articles[] = { "al", "el", "as", "ash", "an", "ar", "at", "az" };
    return vb_word_in(f->words.at[at].fold, articles, VB_COUNT(articles)) && at + 1 < f->words.len &&
           f->words.at[at + 1].block == f->words.at[at].block && vb_finding_hyphen(f, at + 1) &&
           (f->words.at[at + 1].flags & VB_WORD_CAPITAL);
}

/** "van [Amsterdam]", "van [Genève]": a place may end a name. */
static bool place_after_van(const vb_finding *f, size_t at, size_t joint)
{
    return vb_str_eq(f->words.at[joint].fold, VB_STR("van")) && at == joint + 1 &&
           (f->listed[at] & VB_LISTED_PLACE);
}

/** "[North Seas Energy Cooperation]-verband": a word in lower case that a hyphen joins to a name that is
 * whole. */
static bool is_tail(const vb_finding *f, size_t at)
{
    static const char *const tails[] = { "verband", "verbanden",   "partners", "partner", "leden",
                                         "lid",     "kader",       "traject",  "gelden",  "middelen",
                                         "landen",  "locatie",     "locaties", "debat",   "overleg",
                                         "proces",  "medewerkers", "gemeenten" };
    return vb_finding_hyphen(f, at) && vb_word_in(f->words.at[at].fold, tails, VB_COUNT(tails));
}

/** "[Nationaal Groeifonds]-project Npuls", "[Gasunie]-dochter Havenwarmte": what follows is another;
 * "EU-strategie Havens" is one name. */
static bool is_kind_of_listed(const vb_finding *f, size_t at)
{
    size_t next = at + 1;
    if (!(f->listed[at - 1] & VB_LISTED) || next >= f->words.len ||
        f->words.at[next].block != f->words.at[at].block || !vb_finding_blank(f, next) ||
        !(f->words.at[next].flags & VB_WORD_CAPITAL))
        return false;
    const vb_kind *before = vb_kind_at(f, at, VB_KIND_BEFORE);
    return (before && before->label == VB_LABEL_PROGRAMME) || !(f->words.at[at - 1].flags & VB_WORD_CAPS) ||
           !vb_kind_at(f, at, VB_KIND_INSIDE);
}

/**
 * The end of the run of name words that begins at @p at: words with capitals, years, and joints between. A
 * joint beside a name that a gazetteer has ends the run: "[NZa] en het [Zorginstituut]" are two.
 */
size_t vb_shape_run(const vb_finding *f, size_t at, bool cued)
{
    static const char *const aims[] = { "voor", "tegen" }; /* het programma [Water voor Darfur] */
    size_t end = at + 1, joint = SIZE_MAX;
    bool loose = cued || is_head(f, at);
    const vb_kind *head = vb_kind_at(f, at, VB_KIND_INSIDE);
    bool body = head && head->label == VB_LABEL_ORGANISATION;
    for (size_t i = at + 1; i < f->words.len && i < at + 16; i++) {
        const vb_word *w = &f->words.at[i];
        if (w->block != f->words.at[at].block) break;
        vb_str gap = vb_finding_gap(f, i);
        bool hyphen = vb_finding_hyphen(f, i);
        bool list =
            vb_str_eq(gap, VB_STR("- ")) || vb_str_eq(gap, VB_STR(" & ")) || vb_str_eq(gap, VB_STR("&"));
        if (!hyphen && !list && !vb_finding_blank(f, i)) break;
        size_t span = hyphen || joint != SIZE_MAX ? 0 : vb_years_at(f, i);
        if (span) {
            end = i + span;
            break;
        }
        bool name = (w->flags & VB_WORD_CAPITAL) && (!vb_word_is(w, VB_LIST_OPENER) || is_titled_joint(f, i));
        if (name && joint != SIZE_MAX && (f->listed[i] & VB_LISTED_BEGINS) && !place_after_van(f, i, joint) &&
            !(cued && vb_word_in(f->words.at[joint].fold, aims, VB_COUNT(aims))))
            break;
        if (is_article(f, i)) continue;
        if (hyphen && !name && is_kind_of_listed(f, i)) break;
        bool letters = head && head->word.len == f->words.at[at].fold.len &&
                       (f->words.at[at].flags & VB_WORD_CAPS); /* "RIEC-partners" */
        if (hyphen && !name && letters && i == at + 1) break;
        if (name || hyphen) {
            end = i + 1;
            joint = SIZE_MAX;
            continue;
        }
        if (!vb_word_is(w, VB_LIST_JOINT) || (!loose && !vb_word_is(w, VB_LIST_TIGHT))) break;
        bool whole = i > at + 1 && (f->listed[at] & VB_LISTED_BEGINS); /* "[Programma X] van het Fonds" */
        if (joint == SIZE_MAX && (f->listed[i - 1] & VB_LISTED) &&
            (!loose || whole || (body && !vb_word_is(w, VB_LIST_TIGHT))))
            break; /* "[Gerechtshof Den Haag] in de Klimaatzaak" */
        if (vb_str_eq(f->words.at[i - 1].fold, VB_STR("en")))
            break; /* "[Fier] en het [Centrum …]", "en bij" */
        if (joint == SIZE_MAX) joint = i;
    }
    bool whole = end > at + 2 || (end == at + 2 && vb_shape_compound(f, at)); /* "[Havenfonds]-middelen" */
    return whole && is_tail(f, end - 1) ? end - 1 : end;
}

static vb_status propose(vb_finding *f, size_t first, size_t end, vb_label label, const char *rule,
                         uint16_t score)
{
    if (label == VB_LABEL_PROGRAMME) end = vb_edition_end(f, end);
    bool volume = label == VB_LABEL_ORGANISATION && end > first + 1 && vb_is_year(&f->words.at[end - 1]) &&
                  f->words.at[end - 1].end < f->text.len && f->text.at[f->words.at[end - 1].end] == '/';
    if (volume) end--; /* "Tijdschrift X 2020/12" */
    vb_found *found = vb_finding_add(f, f->words.at[first].start, f->words.at[end - 1].end, label, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, found->start, found->end);
    found->score = score;
    return vb_slug(f->arena, found->name, &found->key);
}

/** The word before a name that may say what it is: "bedrijven" in "bedrijven zoals [A] en [B]". */
static size_t cue_word(const vb_finding *f, size_t at)
{
    static const char *const examples[] = { "zoals", "als", "waaronder", "namelijk", "genaamd" };
    size_t before = at - 1;
    bool example = before && vb_word_in(f->words.at[before].fold, examples, VB_COUNT(examples)) &&
                   f->words.at[before - 1].block == f->words.at[at].block &&
                   vb_finding_gap(f, before).len <= 2;
    return example ? before - 1 : before;
}

bool vb_shape_cue(const vb_finding *f, size_t at, vb_label *out)
{
    if (!at || f->words.at[at - 1].block != f->words.at[at].block || !vb_finding_blank(f, at)) return false;
    size_t before = cue_word(f, at); /* "programma's": the plural is a word of its own */
    if (before && vb_str_eq(f->words.at[before].fold, VB_STR("s")) && vb_finding_gap(f, before).len <= 3)
        before--;
    const vb_kind *kind = vb_kind_at(f, before, VB_KIND_BEFORE);
    if (kind) *out = kind->label;
    return kind;
}

/** "Netbeheerder [Voorbeeld]" at the beginning of a sentence: the capital is the sentence's. "Stichting
 * Voorbeeld" is the whole name. */
static bool is_role_of_body(const vb_finding *f, size_t at)
{
    const vb_kind *before = vb_kind_at(f, at, VB_KIND_BEFORE), *inside = vb_kind_at(f, at, VB_KIND_INSIDE);
    return before && before->label == VB_LABEL_ORGANISATION && (f->words.at[at].flags & VB_WORD_FIRST) &&
           !(inside && inside->word.len == f->words.at[at].fold.len) && vb_finding_blank(f, at + 1);
}

/** Words with a capital before a name that are no part of it: "Programma", "Europese". */
static bool is_outside(const vb_finding *f, size_t at, size_t end)
{
    static const char *const before[] = { "programma", "project",    "campagne",   "rapport",
                                          "training",  "stichting",  "europese",   "nederlandse",
                                          "projecten", "programmas", "interventie" };
    static const char *const always[] = { "programma", "project", "campagne", "rapport", "training" };
    if (end < at + 2) return false;
    if (vb_word_in(f->words.at[at].fold, always, VB_COUNT(always)) || is_role_of_body(f, at)) return true;
    const vb_kind *kind = vb_kind_at(f, at, VB_KIND_BEFORE);
    if (kind && kind->label == VB_LABEL_ORGANISATION && (f->listed[at + 1] & VB_LISTED_BEGINS) &&
        !(f->listed[at] & VB_LISTED) && !(f->listed[at + 1] & VB_LISTED_PLACE))
        return true; /* "Woningcorporatie [Ymere]" */
    return vb_word_in(f->words.at[at].fold, before, VB_COUNT(before)) &&
           (f->listed[at + 1] & VB_LISTED_BEGINS);
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

/** A word that goes on with the sentence after a name, and not with the name. */
static bool is_verb_like(const vb_finding *f, size_t at)
{
    static const char *const verbs[] = { "is",     "was", "wordt",  "werd",   "worden", "werden", "heeft",
                                         "hebben", "had", "zijn",   "waren",  "die",    "dat",    "zal",
                                         "kan",    "ook", "staat",  "staan",  "geeft",  "biedt",  "bevat",
                                         "blijkt", "als", "waarin", "waarbij" };
    return vb_word_in(f->words.at[at].fold, verbs, VB_COUNT(verbs));
}

/** de [Kamerbrief Toekomst samenwerking met …] (Kamerstuk …): the title of a paper runs on to its number. */
static size_t paper_end(const vb_finding *f, size_t at, size_t end)
{
    for (size_t i = end; i < f->words.len && i < end + 14; i++) {
        if (f->words.at[i].block != f->words.at[at].block) return end;
        vb_str gap = vb_finding_gap(f, i);
        if (vb_str_eq(gap, VB_STR(" (")))
            return vb_str_starts(f->words.at[i].fold, VB_STR("kamerstuk")) ? i : end;
        if (!vb_str_eq(gap, VB_STR(" ")) && !vb_finding_hyphen(f, i)) return end;
        if (i == end && !(f->words.at[i].flags & VB_WORD_CAPITAL) && is_verb_like(f, i)) return end;
    }
    return end;
}

/** Het rapport [Geen haven zonder water] van het KNMI: words in lower case up to who wrote it; end: nowhere.
 */
static size_t written_end(const vb_finding *f, size_t end)
{
    static const char *const articles[] = { "de", "het" };
    for (size_t i = end; i + 1 < f->words.len && i < end + 7; i++) {
        if (f->words.at[i].block != f->words.at[end - 1].block || !vb_finding_blank(f, i) ||
            (f->words.at[i].flags & VB_WORD_CAPITAL))
            return end;
        if (!vb_str_eq(f->words.at[i].fold, VB_STR("van"))) continue;
        size_t who = i + 1;
        if (vb_word_in(f->words.at[who].fold, articles, VB_COUNT(articles))) who++;
        bool body = who < f->words.len && f->words.at[who].block == f->words.at[i].block &&
                    (f->words.at[who].flags & VB_WORD_CAPITAL) && (f->listed[who] & VB_LISTED_BEGINS) &&
                    !(f->listed[who] & VB_LISTED_PLACE);
        if (body) return i;
    }
    return end;
}

static vb_status propose_cued(vb_finding *f, size_t at, size_t end, vb_label label)
{
    const vb_word *w = &f->words.at[at];
    if (label ==
        VB_LABEL_LAW) /* the span of a bill includes "wetsvoorstel", unless its name begins with "Wet" */
    {
        size_t bracket = bill_end(f, at, end), phrase = bracket > end ? end : vb_act_phrase(f, end);
        return propose(f, vb_str_starts(w->fold, VB_STR("wet")) ? at : at - 1,
                       phrase > end ? phrase : bracket, label, "shape:bill", 420);
    }
    bool people =
        vb_str_ends(w->fold, VB_STR("se")) || vb_str_ends(w->fold, VB_STR("sche")); /* "Nederlandse" */
    if (end == at + 1 && people) return VB_OK;
    bool adjective = end == at + 1 && label != VB_LABEL_ORGANISATION &&
                     vb_str_ends(w->fold, VB_STR("e")); /* "Weerbare branches" */
    if (adjective && end < f->words.len && f->words.at[end].block == w->block && vb_finding_blank(f, end) &&
        !vb_word_is(&f->words.at[end], VB_LIST_JOINT) && f->words.at[end].fold.len > 4)
        end++;
    else if (end == at + 1 && label == VB_LABEL_PROGRAMME && !(w->flags & (VB_WORD_CAPS | VB_WORD_INNER)))
        end = vb_subject_end(f, end); /* het project [Vervanging onderzeebootcapaciteit] */
    else if (label == VB_LABEL_DOCUMENT && !(f->words.at[at].flags & VB_WORD_CAPS))
        end = written_end(f, end);
    return propose(f, at, end, label, "shape:cue", 400);
}

/** in [Kerkdriel], te [Wadi al-Seeq]: a name after a word of place that no list has; no adjective, no "en".
 */
static vb_status find_place(vb_finding *f, size_t at, size_t end)
{
    static const char *const cues[] = { "in", "te", "nabij" };
    static const char *const adjectives[] = { "se", "sche", "sch", "ees", "isch" };
    const vb_word *w = &f->words.at[at];
    if (!at || f->words.at[at - 1].block != w->block || !vb_finding_blank(f, at)) return VB_OK;
    if (!vb_word_in(f->words.at[at - 1].fold, cues, VB_COUNT(cues)) ||
        (w->flags & (VB_WORD_CAPS | VB_WORD_INNER)))
        return VB_OK;
    if (f->words.at[end - 1].end - w->start < 4 || (f->listed[at] & VB_LISTED) ||
        (f->words.at[at - 1].flags & VB_WORD_CAPS))
        return VB_OK;
    for (size_t i = 0; i < VB_COUNT(adjectives); i++)
        if (vb_str_ends(w->fold, vb_str_of(adjectives[i]))) return VB_OK;
    for (size_t i = at; i < end; i++)
        if (vb_str_eq(f->words.at[i].fold, VB_STR("en"))) end = i;
    return propose(f, at, end, VB_LABEL_REGION, "shape:place", 150);
}

/** het [startdocument MIRT-verkenning Ameland]: a kind in lower case that is part of the name after it. */
static bool lower_head(const vb_finding *f, size_t at, size_t end, vb_label *out)
{
    const vb_word *w = &f->words.at[at];
    if (!at || f->words.at[at - 1].block != w->block) return false;
    bool committee = vb_finding_hyphen(f, at) && vb_str_eq(f->words.at[at - 1].fold, VB_STR("commissie"));
    if (!vb_finding_blank(f, at) && !committee) return false; /* "[commissie-Remkes]" */
    const vb_kind *kind = vb_kind_at(f, at - 1, VB_KIND_HEAD);
    bool of_place = kind && (kind->label == VB_LABEL_DOCUMENT || vb_str_ends(kind->word, VB_STR("deal")));
    bool place = of_place && (f->listed[at] & VB_LISTED_PLACE); /* "[regiodeal Zuid-Limburg]" */
    bool owner = (f->listed[at] & VB_LISTED_BEGINS) && !place && !vb_shape_label(f, at, end, out);
    if (!kind || (f->words.at[at - 1].flags & VB_WORD_CAPITAL) || owner ||
        vb_str_ends(w->fold, VB_STR("se")) || vb_str_ends(w->fold, VB_STR("sche")))
        return false;
    *out = kind->label;
    return true;
}

/** "programma's", "projecten", "campagnes" before the name: more than one follows. */
static bool plural_before(const vb_finding *f, size_t at)
{
    vb_str before = f->words.at[cue_word(f, at)].fold;
    return vb_str_eq(before, VB_STR("s")) || vb_str_ends(before, VB_STR("en"));
}

/** The first "en" in [at, end); end where there is none. */
static size_t list_end(const vb_finding *f, size_t at, size_t end)
{
    for (size_t i = at + 1; i + 1 < end; i++)
        if (vb_str_eq(f->words.at[i].fold, VB_STR("en"))) return i;
    return end;
}

/** Ontwerpconclusies van de [International Law Commission]: the kind word stands after "van de", and what
 * stands before it has none: where the body's own name begins. */
static size_t owner_begin(const vb_finding *f, size_t at, size_t end)
{
    static const char *const articles[] = { "de", "het", "the" };
    vb_label label;
    for (size_t i = at + 1; i + 2 < end; i++) {
        bool of =
            vb_str_eq(f->words.at[i].fold, VB_STR("van")) || vb_str_eq(f->words.at[i].fold, VB_STR("of"));
        if (!of || !vb_word_in(f->words.at[i + 1].fold, articles, VB_COUNT(articles))) continue;
        if (vb_shape_label(f, at, i, &label)) return at;
        return vb_shape_label(f, i + 2, end, &label) && label == VB_LABEL_ORGANISATION ? i + 2 : at;
    }
    return at;
}

/** "Haagse-hof-wijst-vordering-af": the words of a web address. */
static bool is_link(const vb_finding *f, size_t at, size_t end)
{
    size_t hyphens = 0;
    for (size_t i = at + 1; i < end; i++) hyphens += vb_finding_hyphen(f, i);
    return hyphens >= 3 && hyphens + 1 == end - at;
}

/** "[XYZ-regeling]": a scheme that is called by its abbreviation. */
static bool is_scheme(const vb_finding *f, size_t at, size_t end)
{
    return end == at + 2 && vb_finding_hyphen(f, at + 1) &&
           vb_str_eq(f->words.at[at + 1].fold, VB_STR("regeling"));
}

/** "[43 Gemechaniseerde Brigade]", "[17e Pantserinfanteriebataljon]": a unit of the army has its number
 * before its name. */
static bool is_numbered_unit(const vb_finding *f, size_t at, size_t end)
{
    static const char *const units[] = { "brigade", "bataljon", "eskadron", "regiment", "divisie" };
    const vb_word *number = at ? &f->words.at[at - 1] : NULL;
    if (!number || !(number->flags & VB_WORD_NUMBER) || number->block != f->words.at[at].block ||
        number->end - number->start > 3 || !vb_finding_blank(f, at))
        return false;
    for (size_t i = 0; i < VB_COUNT(units); i++)
        if (vb_str_ends(f->words.at[end - 1].fold, vb_str_of(units[i]))) return true;
    return false;
}

/** "[EU]-agentschap [Frontex]", "[VN]-rapporteur [Albanese]": what a listed body has, before another name. */
static bool is_body_of(const vb_finding *f, size_t at, size_t end)
{
    return end >= at + 3 && vb_finding_hyphen(f, at + 1) && (f->words.at[at].flags & VB_WORD_CAPS) &&
           (f->listed[at] & VB_LISTED_BEGINS) && !(f->words.at[at + 1].flags & VB_WORD_CAPITAL) &&
           vb_finding_blank(f, at + 2) && (f->listed[at + 2] & VB_LISTED_BEGINS) &&
           !(f->listed[at + 2] & VB_LISTED_PLACE);
}

vb_status vb_find_shapes(vb_finding *f)
{
    vb_status status = VB_OK;
    VB_EACH_START (f, at, VB_START_SHAPE) {
        vb_label label;
        bool cued = vb_shape_cue(f, at, &label);
        size_t end = vb_shape_run(f, at, cued);
        if (is_link(f, at, end)) {
            at = end - 1;
            continue;
        }
        if (is_body_of(f, at, end)) {
            at++;
            continue;
        }
        if (is_outside(f, at, end)) {
            bool said = ending_label(f, at, &label) || vb_shape_cue(f, at + 1, &label);
            if (said && !(f->listed[at + 1] & VB_LISTED_BEGINS))
                TRY(propose(f, at + 1, end, label, "shape:head", 360));
        } else if (lower_head(f, at, end, &label)) {
            if (end == at + 1) end = vb_subject_end(f, end);
            TRY(propose(f, at - 1 - vb_ordinal_before(f, at - 1), end, label, "shape:head", 410));
        } else if (cued && plural_before(f, at) && list_end(f, at, end) < end) {
            size_t cut = list_end(f, at, end); /* de programma's [A] en [B] */
            TRY(propose(f, at, cut, label, "shape:cue", 400));
            if (cut + 1 < end) TRY(propose(f, cut + 1, end, label, "shape:cue", 400));
        } else if (cued) {
            if (!(f->listed[at] & VB_LISTED_BEGINS) || label == VB_LABEL_LAW)
                TRY(propose_cued(f, at, end, label));
        } else if (vb_shape_label(f, at, end, &label) && !vb_shape_generic(f, at, end)) {
            size_t begin = owner_begin(f, at, end);
            if (begin > at && !vb_shape_generic(f, begin, end))
                TRY(propose(f, begin, end, label, "shape:head", 350));
            if (begin > at) {
                at = end - 1;
                continue;
            }
            if (label == VB_LABEL_DOCUMENT) end = paper_end(f, at, end);
            if (is_scheme(f, at, end)) label = VB_LABEL_PROGRAMME;
            size_t number = is_numbered_unit(f, at, end) ? 1 : vb_ordinal_before(f, at);
            TRY(propose(f, at - number, end, label, "shape:head", 350));
        } else {
            TRY(find_place(f, at, end));
        }
        at = end - 1;
    }
done:
    return status;
}
