/**
 * Titles: what stands between quotation marks after a word that says what it is ("het bericht «…»", "de
 * campagne ‘…’"), and the articles that footnotes cite ("NOS, 29 oktober 2024, Title, https://…"), with the
 * medium before them. The marks stay outside the span.
 */
#include "loaders/names.h"

enum { TITLE_MAX = 400, BEFORE_MAX = 90 };

static const struct {
    const char *open, *close;
} quotes[] = {
    { "«", "»" }, { "“", "”" }, { "„", "”" }, { "‘", "’" }, { "\"", "\"" }, { "'", "'" }, { "„", "“" },
};

/** Words that say what a quoted title is; matched at the end of a word ("krantenbericht"), plural included.
 */
static const struct {
    const char *ending;
    vb_label label;
    unsigned within; /* words before the mark */
} cues[] = {
    { "bericht", VB_LABEL_DOCUMENT, 7 },       { "berichten", VB_LABEL_DOCUMENT, 7 },
    { "artikel", VB_LABEL_DOCUMENT, 7 },       { "artikelen", VB_LABEL_DOCUMENT, 7 },
    { "rapport", VB_LABEL_DOCUMENT, 7 },       { "rapporten", VB_LABEL_DOCUMENT, 5 },
    { "rapportage", VB_LABEL_DOCUMENT, 5 },    { "uitzending", VB_LABEL_DOCUMENT, 6 },
    { "onderzoek", VB_LABEL_DOCUMENT, 3 },     { "onderzoeksrapport", VB_LABEL_DOCUMENT, 5 },
    { "advies", VB_LABEL_DOCUMENT, 3 },        { "notitie", VB_LABEL_DOCUMENT, 4 },
    { "handreiking", VB_LABEL_DOCUMENT, 4 },   { "column", VB_LABEL_DOCUMENT, 5 },
    { "podcast", VB_LABEL_DOCUMENT, 3 },       { "documentaire", VB_LABEL_DOCUMENT, 4 },
    { "reportage", VB_LABEL_DOCUMENT, 4 },     { "boek", VB_LABEL_DOCUMENT, 3 },
    { "publicatie", VB_LABEL_DOCUMENT, 4 },    { "brochure", VB_LABEL_DOCUMENT, 3 },
    { "factsheet", VB_LABEL_DOCUMENT, 3 },     { "studie", VB_LABEL_DOCUMENT, 4 },
    { "analyse", VB_LABEL_DOCUMENT, 3 },       { "nota", VB_LABEL_DOCUMENT, 3 },
    { "opiniestuk", VB_LABEL_DOCUMENT, 5 },    { "interview", VB_LABEL_DOCUMENT, 5 },
    { "getiteld", VB_LABEL_DOCUMENT, 1 },      { "titel", VB_LABEL_DOCUMENT, 2 },
    { "manifest", VB_LABEL_DOCUMENT, 3 },      { "brandbrief", VB_LABEL_DOCUMENT, 3 },
    { "monitor", VB_LABEL_DOCUMENT, 2 },       { "evaluatie", VB_LABEL_DOCUMENT, 3 },
    { "programma", VB_LABEL_PROGRAMME, 2 },    { "project", VB_LABEL_PROGRAMME, 2 },
    { "projecten", VB_LABEL_PROGRAMME, 2 },    { "campagne", VB_LABEL_PROGRAMME, 2 },
    { "actieplan", VB_LABEL_PROGRAMME, 2 },    { "training", VB_LABEL_PROGRAMME, 2 },
    { "interventie", VB_LABEL_PROGRAMME, 2 },  { "initiatief", VB_LABEL_PROGRAMME, 2 },
    { "initiatieven", VB_LABEL_PROGRAMME, 2 }, { "strategie", VB_LABEL_PROGRAMME, 2 },
    { "convenant", VB_LABEL_PROGRAMME, 2 },    { "regeling", VB_LABEL_PROGRAMME, 1 },
    { "portaal", VB_LABEL_PROGRAMME, 1 },      { "pilot", VB_LABEL_PROGRAMME, 1 },
    { "aanpak", VB_LABEL_PROGRAMME, 1 },       { "wetsvoorstel", VB_LABEL_LAW, 1 },
};

static bool at_mark(vb_str text, size_t at, const char *mark)
{
    return vb_str_starts(vb_str_part(text, at, text.len), vb_str_of(mark));
}

/** A letter, a digit or the first byte of a longer character: it makes an apostrophe of the mark before it.
 */
static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0xc3;
}

/** Where the quotation that opens at @p at ends: its closing mark; SIZE_MAX when it has none in reach. */
static size_t closing(vb_str text, size_t at, size_t limit, size_t q)
{
    unsigned depth = 0;
    bool same = strcmp(quotes[q].open, quotes[q].close) == 0;
    size_t from = at + strlen(quotes[q].open);
    if (limit > from + TITLE_MAX) limit = from + TITLE_MAX;
    for (size_t i = from; i < limit; i++) {
        if (!same && at_mark(text, i, quotes[q].open)) depth++;
        if (!at_mark(text, i, quotes[q].close)) continue;
        size_t after = i + strlen(quotes[q].close);
        if (after < text.len && is_letter(text.at[after]) && quotes[q].close[0] != '\xc2')
            continue; /* VvE’s */
        if (depth)
            depth--;
        else
            return i;
    }
    return SIZE_MAX;
}

/** What the words before a quotation say it is. @return false: nothing. */
static bool cue_before(const vb_finding *f, size_t word, uint32_t at, vb_label *label)
{
    for (unsigned back = 1; back <= 7 && word >= back; back++) {
        const vb_word *w = &f->words.at[word - back];
        if (at - w->end > BEFORE_MAX || w->block != f->words.at[word - 1].block) return false;
        vb_str between = vb_str_part(f->text, w->end, at);
        if (memchr(between.at, '?', between.len) || vb_str_find(between, VB_STR("»"), 0) != SIZE_MAX)
            return false;
        for (size_t i = 0; i < VB_COUNT(cues); i++) {
            if (back > cues[i].within || !vb_str_ends(w->fold, vb_str_of(cues[i].ending))) continue;
            *label = cues[i].label;
            return true;
        }
    }
    return false;
}

/** "NOS, 29 oktober 2024, «…»": a year stands right before the title. */
static bool year_before(const vb_finding *f, size_t word, uint32_t at)
{
    if (!word) return false;
    const vb_word *w = &f->words.at[word - 1];
    return (w->flags & VB_WORD_NUMBER) && w->end - w->start == 4 && at - w->end <= 4 &&
           (f->text.at[w->start] == '2' || f->text.at[w->start] == '1');
}

/** A title begins with a capital, a digit or a mark; "«plan van aanpak»" is none. */
static bool opens_title(vb_str text, size_t at)
{
    unsigned char c = (unsigned char)text.at[at];
    return !(c >= 'a' && c <= 'z');
}

static vb_status propose_title(vb_finding *f, size_t start, size_t end, vb_label label, const char *rule)
{
    while (start < end && (f->text.at[start] == ' ')) start++;
    while (end > start && (f->text.at[end - 1] == ' ')) end--;
    if (end - start < 3 || !opens_title(f->text, start)) return VB_OK;
    vb_found *found = vb_finding_add(f, (uint32_t)start, (uint32_t)end, label, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = vb_str_part(f->text, start, end);
    found->score = 800;
    return vb_slug(f->arena, found->name, &found->key);
}

/** het bericht «[Meer ziekenhuizen in financiële problemen]» */
static vb_status find_quoted(vb_finding *f, const vb_block *block)
{
    vb_status status = VB_OK;
    for (size_t at = block->start; at < block->end; at++) {
        unsigned char c = (unsigned char)f->text.at[at];
        if (c != '"' && c != '\'' && c != 0xc2 && c != 0xe2) continue;
        for (size_t q = 0; q < VB_COUNT(quotes); q++) {
            if (!at_mark(f->text, at, quotes[q].open)) continue;
            if (at > block->start && is_letter(f->text.at[at - 1]) && quotes[q].open[0] != '\xc2') continue;
            size_t end = closing(f->text, at, block->end, q);
            if (end == SIZE_MAX) continue;
            size_t word = vb_finding_word_at(f, (uint32_t)at);
            vb_label label = VB_LABEL_DOCUMENT;
            bool year = year_before(f, word, (uint32_t)at);
            if (!cue_before(f, word, (uint32_t)at, &label) && !year) break;
            TRY(propose_title(f, at + strlen(quotes[q].open), end, label,
                              year ? "title:footnote" : "title:quoted"));
            at = end;
            break;
        }
    }
done:
    return status;
}

/* [NOS], 29 oktober 2024, [Meer ziekenhuizen in financiële problemen], https://… */
#define MONTH "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
#define PART  "(?:\\p{Lu}[\\p{L}\\d.&’'/-]{0,24}|van|de|het|der|voor|en|the|of|for|in|te)"
const char vb_titles_pattern[] =
    "(?<!\\p{L})(?<medium>(?!In |Het (?!Parool|Fin)|Op )\\p{Lu}[\\p{L}\\d.&’'/-]{1,30}(?: " PART
    "){0,6}),? \\(?(?:\\d{1,2} )?(?:" MONTH " )?\\d{4}\\)?[,.:;]? "
                                            "?(?:(?=[«“\"‘'„])|(?<title>(?!ECLI|[Gg]epubliceerd|[Gg]"
                                            "eraadpleegd)[\\p{Lu}‘'“][^«\"\\[]{8,240}?)(?:(?=,? "
    "?[(\\[]?(?:https?:|www\\.))|\\.?$))";

static vb_status find_cited(vb_finding *f, const vb_block *block)
{
    vb_status status = VB_OK;
    vb_str medium, title;
    for (size_t at = block->start; at < block->end;) {
        size_t next;
        if (!vb_references_citation(f, at, block->end, &medium, &title, &next)) break;
        at = next;
        if (title.len > 1 && strchr(".,", title.at[title.len - 1])) title.len--;
        size_t start = (size_t)(medium.at - f->text.at);
        vb_found *found = vb_finding_add(f, (uint32_t)start, (uint32_t)(start + medium.len),
                                         VB_LABEL_ORGANISATION, "title:medium");
        if (!found) return VB_NO_MEMORY;
        found->name = medium;
        found->score = 300;
        TRY(vb_slug(f->arena, medium, &found->key));
        if (!title.len) continue;
        start = (size_t)(title.at - f->text.at);
        TRY(propose_title(f, start, start + title.len, VB_LABEL_DOCUMENT, "title:footnote"));
    }
done:
    return status;
}

vb_status vb_find_titles(vb_finding *f)
{
    vb_status status = VB_OK;
    for (size_t b = 0; b < f->a->view.n_blocks; b++) {
        const vb_block *block = &f->a->view.blocks[b];
        if (!vb_block_speaks(block)) continue;
        TRY(find_quoted(f, block));
        TRY(find_cited(f, block));
    }
done:
    return status;
}
