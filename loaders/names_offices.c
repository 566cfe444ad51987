/**
 * Ministries: by name ("Ministerie van Financiën"), by abbreviation ("VWS"), by the office of their minister
 * or state secretary ("de [staatssecretaris JPS]"), and by the portfolio in brackets after a person's name
 * ("minister Van Weel ([Justitie en Veiligheid])"). The lexicon finds the portfolio or abbreviation; what
 * stands before it says whether it is one, and where the span begins.
 */
#include "loaders/names.h"

vb_status vb_ministries_read(vb_names *names, const char *data_dir, vb_error *err)
{
    vb_status status;
    vb_tsv row = { .name = "loaders/gazetteer/ministries.tsv" };
    TRY(vb_data_read(data_dir, row.name, names->arena, &row.text, err));
    while (vb_tsv_next(&row)) {
        vb_ministry m = { .known = VB_NONE,
                          .successor = VB_NONE,
                          .since = vb_tsv_get(&row, "valid_from"),
                          .until = vb_tsv_get(&row, "valid_to") };
        for (uint32_t i = 0; i < names->lexicon.known.len; i++) {
            const vb_known *known = &names->lexicon.known.at[i];
            if (known->label != VB_LABEL_MINISTRY) continue;
            if (vb_str_eq(known->key, vb_tsv_get(&row, "key"))) m.known = i;
            if (vb_str_eq(known->key, vb_tsv_get(&row, "successor"))) m.successor = i;
        }
        if (m.known == VB_NONE || m.successor == VB_NONE) continue;
        if (vb_push(names->arena, &names->ministries) != VB_OK) return vb_fail_memory(err);
        names->ministries.at[names->ministries.len - 1] = m;
    }
    status = VB_OK;
done:
    return status;
}

/** Whose office it is on the day of the document: before a ministry was made, and after it ended, its tasks
 * are those of the ministry that it came from and went back to. */
static uint32_t on_the_day(const vb_finding *f, uint32_t known)
{
    vb_str day = f->a->view.metadata.date;
    if (day.len != 10) return known;
    for (size_t i = 0; i < f->names->ministries.len; i++) {
        const vb_ministry *m = &f->names->ministries.at[i];
        bool before = vb_str_cmp(day, m->since) < 0, after = m->until.len && vb_str_cmp(m->until, day) < 0;
        if (m->known == known && (before || after)) return m->successor;
    }
    return known;
}

static const char *const offices[] = { "minister",         "ministers",
                                       "staatssecretaris", "staatssecretarissen",
                                       "bewindspersoon",   "bewindspersonen",
                                       "bewindslieden",    "minister president" };
static const char *const houses[] = { "ministerie", "ministeries", "departement", "departementen" };

/** "Oekraïense", "Duitse", before a ministry: it is another country's. */
static bool is_foreign(const vb_finding *f, size_t at)
{
    if (!at || f->words.at[at - 1].block != f->words.at[at].block || !vb_finding_blank(f, at)) return false;
    const vb_word *before = &f->words.at[at - 1];
    if (!(before->flags & VB_WORD_CAPITAL) || vb_str_starts(before->fold, VB_STR("nederlands"))) return false;
    return vb_str_ends(before->fold, VB_STR("se")) || vb_str_ends(before->fold, VB_STR("sche"));
}

/** "… van Kenia" after a ministry: it is that country's. *end is where the country's name ends. */
static bool of_country(const vb_finding *f, size_t next, uint32_t *end)
{
    if (next + 1 >= f->words.len || !vb_str_eq(f->words.at[next].fold, VB_STR("van"))) return false;
    if (!vb_finding_blank(f, next) || !vb_finding_blank(f, next + 1)) return false;
    vb_lex_hit hits[8];
    size_t n = vb_lexicon_match(&f->names->lexicon, f->text, &f->words, next + 1, hits, VB_COUNT(hits));
    for (size_t i = 0; i < n; i++) {
        const vb_known *known = &f->names->lexicon.known.at[f->names->lexicon.names.at[hits[i].name].known];
        if (known->label != VB_LABEL_COUNTRY || vb_str_eq(known->key, VB_STR("NL"))) continue;
        *end = f->words.at[next + hits[i].n_words].end;
        return true;
    }
    return false;
}

/** What stands before a portfolio: nothing, an office, a ministry; *first is the word the span begins with.
 */
enum before { ALONE, OFFICE, HOUSE };

static enum before look_before(const vb_finding *f, size_t at, size_t *first)
{
    size_t i = at;
    *first = at;
    for (unsigned steps = 0; i && steps < 3; steps++) {
        if (f->words.at[i - 1].block != f->words.at[at].block || !vb_finding_blank(f, i)) return ALONE;
        vb_str word = f->words.at[--i].fold;
        bool house = vb_word_in(word, houses, VB_COUNT(houses));
        if (house || vb_word_in(word, offices, VB_COUNT(offices))) {
            *first = i;
            return house ? HOUSE : OFFICE;
        }
        if (!vb_str_eq(word, VB_STR("van")) && !vb_str_eq(word, VB_STR("voor")) &&
            !vb_str_eq(word, VB_STR("het")))
            return ALONE;
    }
    return ALONE;
}

/** "de ministers van A en [van B]", "de minister en staatssecretaris van A": an office reaches over "en". */
static bool in_chain(const vb_finding *f, size_t at)
{
    size_t i = at;
    if (i && (vb_str_eq(f->words.at[i - 1].fold, VB_STR("van")) ||
              vb_str_eq(f->words.at[i - 1].fold, VB_STR("voor"))))
        i--;
    if (!i || !f->found.len) return false;
    for (size_t k = f->found.len; k-- > 0 && k + 6 > f->found.len;) {
        const vb_found *last = &f->found.at[k];
        if (last->label != VB_LABEL_MINISTRY || !last->office) continue;
        vb_str between = vb_str_trim(vb_str_part(f->text, last->end, f->words.at[i].start));
        return vb_str_eq(between, VB_STR("en")) || vb_str_eq(between, VB_STR(",")) ||
               vb_str_eq(between, VB_STR("en de"));
    }
    return false;
}

/** A span that only keeps a name in it from being a ministry: "de [Duitse minister van Defensie]". */
static vb_status shield(vb_finding *f, uint32_t start, uint32_t end)
{
    vb_found *found = vb_finding_add(f, start, end, VB_LABEL_MINISTRY, "office:foreign");
    if (!found) return VB_NO_MEMORY;
    found->shield = true;
    return VB_OK;
}

/** de [vaste commissie voor OCW]: a committee of a chamber; where its name begins. @p at itself: none. */
static size_t committee_before(const vb_finding *f, size_t at)
{
    static const char *const kinds[] = { "vaste", "algemene", "bijzondere", "tijdelijke" };
    size_t i = at;
    if (i && (vb_str_eq(f->words.at[i - 1].fold, VB_STR("voor")) ||
              vb_str_eq(f->words.at[i - 1].fold, VB_STR("van"))))
        i--;
    if (!i || f->words.at[i - 1].block != f->words.at[at].block || !vb_finding_blank(f, at)) return at;
    bool own = vb_str_eq(f->words.at[i - 1].fold, VB_STR("kamercommissie"));
    if (!own && (i == at || !vb_str_eq(f->words.at[i - 1].fold, VB_STR("commissie")))) return at;
    i--;
    if (i && f->words.at[i - 1].block == f->words.at[at].block && vb_finding_blank(f, i) &&
        vb_word_in(f->words.at[i - 1].fold, kinds, VB_COUNT(kinds)))
        return i - 1;
    return own ? i : at;
}

static vb_status organisation(vb_finding *f, uint32_t start, uint32_t end, const char *rule)
{
    vb_found *found = vb_finding_add(f, start, end, VB_LABEL_ORGANISATION, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, start, end);
    return vb_slug(f->arena, found->name, &found->key);
}

/** "minister-president [Jansen]": the office is the person's, who has a mention of his own. */
static bool names_person(const vb_finding *f, size_t next)
{
    return next < f->words.len && (f->words.at[next].flags & VB_WORD_CAPITAL) && vb_finding_blank(f, next);
}

vb_status vb_find_office(vb_finding *f, size_t at, vb_lex_hit hit)
{
    const vb_lex_name *name = &f->names->lexicon.names.at[hit.name];
    const vb_known *known = &f->names->lexicon.known.at[name->known];
    size_t first, next = at + hit.n_words;
    enum before before = look_before(f, at, &first);
    uint32_t start = f->words.at[first].start, end = f->words.at[next - 1].end;
    bool full = !(name->flags & VB_NAME_PORTFOLIO) && hit.n_words > 2; /* "Ministerie van …" itself */
    bool bracket = at && vb_str_ends(vb_finding_gap(f, at), VB_STR("("));
    bool capital = f->words.at[at].flags & VB_WORD_CAPITAL;
    bool chain = before == ALONE && in_chain(f, at);
    bool head =
        (name->flags & VB_NAME_ANY_CASE) && !(name->flags & VB_NAME_PORTFOLIO); /* "de minister-president" */

    size_t committee = head || full ? at : committee_before(f, at);

    if (committee < at) return organisation(f, f->words.at[committee].start, end, "office:committee");
    if (head && (is_foreign(f, at) || names_person(f, next))) return VB_OK;

    if (of_country(f, next, &end))
        return full || before == HOUSE ? organisation(f, start, end, "office:foreign")
                                       : shield(f, start, end);
    if ((full || before != ALONE) && is_foreign(f, first)) {
        start = f->words.at[first - 1].start;
        return full || before == HOUSE ? organisation(f, start, end, "office:foreign")
                                       : shield(f, start, end);
    }
    if (before == ALONE && !chain && !bracket && !full) {
        if (name->flags & VB_NAME_CONTEXT) return VB_OK;
        if ((name->flags & VB_NAME_PORTFOLIO) && !capital) return VB_OK;
    }
    if (before == HOUSE && vb_str_starts(f->words.at[first].fold, VB_STR("ministeries")))
        start = f->words.at[at].start;
    vb_found *found = vb_finding_add(f, start, end, VB_LABEL_MINISTRY, "office");
    if (!found) return VB_NO_MEMORY;
    size_t named = before == HOUSE ? first : at; /* "[Ministerie] van Defensie" */
    for (size_t i = named; i < next; i++) f->listed[i] |= VB_LISTED;
    f->listed[named] |= VB_LISTED_BEGINS;
    bool office = before == OFFICE || chain || (bracket && (name->flags & VB_NAME_PORTFOLIO));
    found->known = office ? on_the_day(f, name->known) : name->known;
    found->rule = before == OFFICE ? "office" : known->rule;
    found->office = before == OFFICE || chain || head;
    found->score = 700;
    return VB_OK;
}
