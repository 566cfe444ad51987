/**
 * Titles: what stands between quotation marks after a word that says what it is ("het bericht «…»", "de
 * campagne ‘…’"), and the articles that footnotes cite ("NOS, 29 oktober 2024, Title, https://…"), with the
 * medium before them. The marks stay outside the span.
 */
#include "loaders/bytes.h"
#include "loaders/names.h"

enum { TITLE_MAX = 400, BEFORE_MAX = 90 };

static const struct {
    const char *open, *close;
} quotes[] = {
    { "«", "»" }, { "“", "”" }, { "„", "”" }, { "‘", "’" }, { "\"", "\"" },
    { "'", "'" }, { "„", "“" }, { "’", "’" }, { "´", "´" },
};

static bool at_mark(vb_str text, size_t at, const char *mark)
{
    if (at >= text.len || text.at[at] != mark[0]) return false;
    size_t n = strlen(mark);
    return text.len - at >= n && memcmp(text.at + at, mark, n) == 0;
}

/** A letter, a digit or the first byte of a longer character: it makes an apostrophe of the mark before it.
 */
static bool is_letter(char c)
{
    unsigned char byte = (unsigned char)c; /* 0xe2 begins a quotation mark or a dash */
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (byte >= 0xc3 && byte != 0xe2);
}

/**
 * A single mark that is followed by a word in lower case may end a quotation inside the title: "‘A ’b’ c'?".
 * Then the title ends at the next mark that a stop follows, if there is one near.
 */
static size_t farther(vb_str text, size_t here, size_t after, size_t limit, size_t q)
{
    bool single = strcmp(quotes[q].close, "’") == 0 || strcmp(quotes[q].close, "'") == 0;
    if (!single || after + 1 >= limit || text.at[after] != ' ' || text.at[after + 1] < 'a' ||
        text.at[after + 1] > 'z')
        return here;
    for (size_t i = after; i < limit && i < after + 120; i++) {
        size_t n = at_mark(text, i, "’") ? 3 : text.at[i] == '\'' ? 1 : 0;
        if (at_mark(text, i, "‘") || at_mark(text, i, "«") || text.at[i] == '?') return here;
        if (n && i + n < text.len && strchr("?.,;:)", text.at[i + n])) return i;
    }
    return here;
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
        if (!depth--) return farther(text, i, after, limit, q);
    }
    return SIZE_MAX;
}

bool vb_title_quoted(vb_str text, size_t at, size_t limit, size_t *open, size_t *close, size_t *after)
{
    for (size_t q = 0; q < VB_COUNT(quotes); q++) {
        if (!at_mark(text, at, quotes[q].open) || (*close = closing(text, at, limit, q)) == SIZE_MAX)
            continue;
        *open = at + strlen(quotes[q].open);
        *after = *close + strlen(quotes[q].close);
        return true;
    }
    return false;
}

/** What the words before a quotation say it is. @return false: nothing. */
static bool cue_before(const vb_finding *f, size_t word, uint32_t at, vb_label *label, unsigned *steps)
{
    bool capital = word < f->words.len && (f->words.at[word].flags & VB_WORD_CAPITAL);
    for (unsigned back = 1; back <= 8 && word >= back; back++) {
        const vb_word *w = &f->words.at[word - back];
        if (at - w->end > BEFORE_MAX || w->block != f->words.at[word - 1].block) return false;
        vb_str between = vb_str_part(f->text, w->end, at);
        if (memchr(between.at, '?', between.len) || vb_str_find(between, VB_STR("»"), 0) != SIZE_MAX)
            return false;
        size_t first, end, longest = 0; /* "regeerakkoord" says more than "akkoord" */
        vb_kinds_ending(f->names, w->fold, &first, &end);
        for (size_t i = first; i < end; i++) {
            const vb_kind *kind = &f->names->kinds.at[i];
            bool loose = kind->within == 1 && !capital; /* het plan "van onderop" */
            if (kind->use != VB_KIND_TITLE || back > kind->within || loose || kind->word.len <= longest ||
                !vb_str_ends(w->fold, kind->word))
                continue;
            *label = kind->label;
            *steps = back;
            longest = kind->word.len;
        }
        if (longest) return true;
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

/** "Title ([nos.nl/artikel/1])": where a title ends whose last brackets hold an address; end: as it is. */
static size_t without_address(vb_str text, size_t start, size_t end)
{
    static const char *const domains[] = { ".nl", ".com", ".eu", ".org", ".net", ".be", ".de", ".uk" };
    if (end <= start || text.at[end - 1] != ')') return end;
    const char *open = memrchr(text.at + start, '(', end - start);
    if (!open || open < text.at + start + 2 || open[-1] != ' ') return end;
    vb_str inside = vb_str_part(text, (size_t)(open - text.at) + 1, end - 1);
    size_t host = 0;
    while (host < inside.len && inside.at[host] != '/') host++;
    if (!inside.len || memchr(inside.at, ' ', inside.len)) return end;
    for (size_t i = 0; i < VB_COUNT(domains); i++)
        if (vb_str_ends(vb_str_part(inside, 0, host), vb_str_of(domains[i])))
            return (size_t)(open - text.at) - 1;
    return end;
}

/** "Zoals bij de zaak-Jansen: Title": what leads to the title is none of it. */
static vb_str without_lead(vb_str title)
{
    static const char *const leads[] = { "Zoals ", "Zie ", "Bijvoorbeeld ", "Naar aanleiding van " };
    size_t colon = vb_str_find(title, VB_STR(": "), 0);
    for (size_t i = 0; i < VB_COUNT(leads) && colon != SIZE_MAX; i++)
        if (vb_str_starts(title, vb_str_of(leads[i])) && vb_word_capital(title, colon + 2))
            return vb_str_part(title, colon + 2, title.len);
    return title;
}

/** "Haven dicht voor schepen, Haven dicht voor schepen": a link's text behind the title. Where the title ends
 *  that is said again. */
static size_t without_echo(vb_str text, size_t start, size_t end)
{
    vb_str title = vb_str_part(text, start, end);
    size_t half = title.len / 2;
    if (half < 8 || title.len % 2 || title.at[half - 1] != ',' || title.at[half] != ' ') return end;
    return vb_str_eq(vb_str_part(title, 0, half - 1), vb_str_part(title, half + 1, title.len))
               ? start + half - 1
               : end;
}

vb_status vb_title_propose(vb_finding *f, size_t start, size_t end, vb_label label, const char *rule)
{
    while (start < end && (f->text.at[start] == ' ')) start++;
    while (end > start && (f->text.at[end - 1] == ' ')) end--;
    size_t open, close, after;
    if (vb_title_quoted(f->text, start, end, &open, &close, &after) &&
        after == end) { /* "NRC, ‘Title’, 2021" */
        start = open;
        end = close;
    }
    end = without_address(f->text, start, end);
    start += end - start - without_lead(vb_str_part(f->text, start, end)).len;
    for (size_t i = end; i-- > start + 3 && f->text.at[i] != ')';) /* "… Report 2024 (2024" */
        if (f->text.at[i] == '(' && f->text.at[i - 1] == ' ') {
            end = i - 1;
            break;
        }
    end = without_echo(f->text, start, end);
    if (end - start < 3) return VB_OK;
    vb_str title = vb_str_part(f->text, start, end);
    if (vb_str_starts(title, VB_STR("Wet "))) label = VB_LABEL_LAW; /* an act in quotation marks */
    vb_found *found = vb_finding_add(f, (uint32_t)start, (uint32_t)end, label, rule);
    if (!found) return VB_NO_MEMORY;
    found->name = title;
    found->score = 800;
    return vb_slug(f->arena, found->name, &found->key);
}

static bool joins(vb_str between)
{
    return vb_str_eq(between, VB_STR(" en ")) || vb_str_eq(between, VB_STR(", ")) ||
           vb_str_eq(between, VB_STR(" of "));
}

/** ‘[subsidieregeling voor de opruimkosten van drugsafval]’, ‘[gegevensdelingsagenda]’: short, in quotation
 *  marks, and its first word says that it is a programme. */
static bool quoted_kind(const vb_finding *f, size_t word, size_t open, size_t end, vb_label *label)
{
    if (word >= f->words.len || f->words.at[word].start != open || end - open > 80) return false;
    size_t n = vb_finding_word_at(f, (uint32_t)end) - word;
    vb_label said;
    if (!vb_shape_label(f, word, word + 1, &said) || said != VB_LABEL_PROGRAMME ||
        (n <= 3 && !vb_shape_compound(f, word)))
        return false;
    *label = said;
    return true;
}

/** Whether one of VB_STRIDE bytes may begin a quotation mark. */
static bool quote_within(const char *at)
{
    vb_bytes v = vb_bytes_at(at);
    return vb_bytes_any(vb_bytes_are(v, '"') | vb_bytes_are(v, '\'') | vb_bytes_are(v, 0xc2) |
                        vb_bytes_are(v, 0xe2));
}

/** The next byte that a quotation mark may begin with. */
static size_t next_quote(vb_str text, size_t at, size_t end)
{
    static const bool opens[256] = { ['"'] = true, ['\''] = true, [0xc2] = true, [0xe2] = true };
    while (end - at >= VB_STRIDE && !quote_within(text.at + at)) at += VB_STRIDE;
    while (at < end && !opens[(unsigned char)text.at[at]]) at++;
    return at;
}

/** het bericht «[Meer ziekenhuizen in financiële problemen]» */
static vb_status find_quoted(vb_finding *f, const vb_block *block)
{
    uint32_t last_end = 0;
    vb_label last_label = VB_LABEL_DOCUMENT;
    vb_status status = VB_OK;
    for (size_t at = block->start; (at = next_quote(f->text, at, block->end)) < block->end; at++) {
        for (size_t q = 0; q < VB_COUNT(quotes); q++) {
            if (!at_mark(f->text, at, quotes[q].open)) continue;
            if (at > block->start && is_letter(f->text.at[at - 1]) && quotes[q].open[0] != '\xc2') continue;
            size_t end = closing(f->text, at, block->end, q);
            if (end == SIZE_MAX) continue;
            size_t word = vb_finding_word_at(f, (uint32_t)at);
            size_t open = at + strlen(quotes[q].open);
            vb_label label = VB_LABEL_DOCUMENT;
            unsigned steps = 0;
            bool year = year_before(f, word, (uint32_t)at);
            bool listed = last_end && joins(vb_str_part(f->text, last_end, at)); /* ‘A’ en ‘B’ */
            bool cited = block->kind == VB_BLOCK_FOOTNOTE && end > open + 20;
            if (cue_before(f, word, (uint32_t)at, &label, &steps))
                last_label = label;
            else if (listed)
                label = last_label;
            else if (quoted_kind(f, word, open, end, &label))
                last_label = label;
            else if (!year && !cited)
                break;
            bool named = label == VB_LABEL_PROGRAMME &&
                         ((steps == 1 && end - open < 60) || /* het project “buddynetwerk” */
                          quoted_kind(f, word, open, end, &label));
            if (!named && !opens_title(f->text, open)) break;
            last_end = (uint32_t)(end + strlen(quotes[q].close));
            last_label = label;
            TRY(vb_title_propose(f, open, end, label, year ? "title:footnote" : "title:quoted"));
            at = end;
            break;
        }
    }
done:
    return status;
}

#define MONTH "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
#define PART  "(?:\\p{Lu}[\\p{L}\\d.&’'/-]{0,24}|van|de|het|der|voor|en|the|of|for|in|te|tegen)"
#define MEDIUM \
    "(?<medium>(?!In |Zie |P[bB]|Het (?!Parool|Fin)|Op )\\p{Lu}[\\p{L}\\d.&’'/-]{1,30}(?: " PART "){0,6})"
#define NO_TITLE "(?!ECLI|[LC] ?\\d|[Gg]epubliceerd|[Gg]eraadpleegd)"
#define URL      "[(\\[]?(?:https?:|www\\.)"
#define TITLE    "(?<title>" NO_TITLE "[\\p{Lu}‘'“](?:[^«\"\\[]|: «[^«»]*»){8,240}?)"

const vb_citation_form vb_citation_forms[VB_CITATIONS] = {
    /* [NOS], 29 oktober 2024, [Meer ziekenhuizen in financiële problemen], https://… */
    { "(?<!\\p{L})" MEDIUM "(?: website)?,? \\(?(?:d\\.d\\. )?(?:\\d{1,2} )?(?:" MONTH
      " )?\\d{4}(?!\\p{L})\\)?[,.:;]? ?(?:(?=[«“\"‘'„])|" TITLE "(?:(?=,? ?" URL ")|\\.?$))",
      false },
    /* [Medisch Contact], 11 januari 2024 (https://…): the medium alone */
    { "\\G(?<medium>\\p{Lu}[\\p{L}\\d.&’'/ -]{1,45}), (?:d\\.d\\. )?\\d{1,2} " MONTH " \\d{4}[,.:;]? ?(?=" URL
      "|\\(ttps|$)",
      true },
    /* [Inspectie van het Onderwijs], [Peilingen in het onderwijs], 3 mei 2023, https://… */
    { "\\G" MEDIUM ", (?<title>" NO_TITLE "[\\p{Lu}‘'“][^«\"\\[,]{8,160}), (?:\\d{1,2} )?(?:" MONTH
      " )?\\d{4}(?=[,.;]? ?(?:" URL "|$))",
      true },
    /* Jansen, P., & De Vries, A. (2023). [Wonen aan het water]. Den Haag: … */
    { "\\G\\p{Lu}[^()\\d]{3,120} \\((?:19|20)\\d{2}[a-z]?\\)\\. (?<title>" NO_TITLE
      "\\p{Lu}[^.«\"]{8,160})\\. (?=\\p{Lu}|https?:)(?<medium>)",
      true },
    /* het bericht «…» ([Voorbeeldkrant.nl], 3 mei 2023) */
    { "\\((?<medium>\\p{Lu}[\\p{L}\\d-]{1,30}\\.(?:nl|com|eu|org|net|be|de|co\\.uk)), (?:d\\.d\\. "
      ")?\\d{1,2} " MONTH " \\d{4} ?\\)",
      false },
};

/** "Title – NOS", cited as NOS, ends before the medium's name. */
static vb_str without_medium(vb_str title, vb_str medium)
{
    static const char *const between[] = { " – ", " - ", " | " };
    if (!vb_str_ends(title, medium)) return title;
    vb_str rest = vb_str_part(title, 0, title.len - medium.len);
    for (size_t i = 0; i < VB_COUNT(between); i++)
        if (vb_str_ends(rest, vb_str_of(between[i])))
            return vb_str_part(rest, 0, rest.len - strlen(between[i]));
    return title;
}

bool vb_title_runs_on(vb_str title)
{
    for (size_t i = 2; i + 3 < title.len; i++) {
        char c = title.at[i + 2];
        bool word = title.at[i - 1] >= 'a' && title.at[i - 1] <= 'z' && title.at[i - 2] >= 'a' &&
                    title.at[i - 2] <= 'z';
        if (title.at[i] == '.' && title.at[i + 1] == ' ' && word && c >= 'A' && c <= 'Z') return true;
    }
    return false;
}

/** "Website Voorbeeld", "Voorbeeld Nieuws" without the word that says that it is a medium. */
static vb_str bare_medium(vb_str medium)
{
    static const char *const before[] = { "Website ", "De website ", "Website van " };
    for (size_t i = 0; i < VB_COUNT(before); i++)
        if (vb_str_starts(medium, vb_str_of(before[i])))
            return vb_str_part(medium, strlen(before[i]), medium.len);
    return medium;
}

static vb_status propose_medium(vb_finding *f, vb_str medium)
{
    static const char *const papers[] = {
        "Kamerbrief", "Brief ", "Rapport ", "Bijlage ", "Advies ", "Nota "
    };
    medium = bare_medium(medium);
    size_t start = (size_t)(medium.at - f->text.at);
    for (size_t i = 0; i < VB_COUNT(papers); i++)
        if (vb_str_starts(medium, vb_str_of(papers[i]))) return VB_OK;
    vb_found *found = vb_finding_add(f, (uint32_t)start, (uint32_t)(start + medium.len),
                                     VB_LABEL_ORGANISATION, "title:medium");
    if (!found) return VB_NO_MEMORY;
    found->name = medium;
    found->score = 380;
    return vb_slug(f->arena, medium, &found->key);
}

/**
 * "NOS, 3 mei 2021, Title" and not a sentence of a body that met that day and what follows it: "de Raad
 * Algemene Zaken van 20 mei 2025. Met deze brief …".
 */
static bool is_citation(const vb_finding *f, const vb_block *block, vb_str medium, vb_str title)
{
    static const char *const no_ends[] = { " van", " op", " in", " de", " het", " en", " voor" };
    if (!medium.len) return true;
    for (size_t i = 0; i < VB_COUNT(no_ends); i++)
        if (vb_str_ends(medium, vb_str_of(no_ends[i]))) return false;
    if (block->kind == VB_BLOCK_FOOTNOTE || !title.len) return true;
    size_t before = (size_t)(title.at - f->text.at);
    while (before > block->start && f->text.at[before - 1] == ' ') before--;
    return before > block->start && f->text.at[before - 1] != '.';
}

/** All citations of @p form from @p begin on. */
static vb_status find_cited(vb_finding *f, const vb_block *block, size_t form, size_t begin)
{
    vb_status status = VB_OK;
    vb_str medium, title;
    bool note = vb_citation_forms[form].note;
    while (note && begin < block->end && f->text.at[begin] == ' ') begin++;
    for (size_t at = begin, next; at < block->end && (!note || at == begin); at = next) {
        if (!vb_references_citation(f, form, at, block->end, &medium, &title, &next)) break;
        if (vb_title_runs_on(title) || !is_citation(f, block, medium, title)) continue;
        if (title.len > 1 && strchr(".,", title.at[title.len - 1])) title.len--;
        if (medium.len) TRY(propose_medium(f, medium));
        if (medium.len) title = without_medium(title, medium);
        if (!title.len) continue;
        size_t start = (size_t)(title.at - f->text.at);
        TRY(vb_title_propose(f, start, start + title.len, VB_LABEL_DOCUMENT, "title:footnote"));
    }
done:
    return status;
}

/** The years of a block that its citations can be of. */
typedef struct years {
    bool any;     /* four digits after a blank or a bracket: every form has its year so */
    bool closed;  /* one before a closing bracket */
    size_t cited; /* where the first may be cited that stands before one after which a title may begin; none:
                     SIZE_MAX */
} years;

/** Whether a word without a capital may stand between a medium's first word and its year: a part of its name,
 * of the day, of what is between them (the first of the forms above). */
static bool before_year(vb_str word)
{
    static const char *const words[] = {
        "van",  "de",       "het",       "der",     "voor",     "en",       "the",   "of",     "for",
        "in",   "te",       "tegen",     "januari", "februari", "maart",    "april", "mei",    "juni",
        "juli", "augustus", "september", "oktober", "november", "december", "d.d.",  "website"
    };
    if (word.len && word.at[word.len - 1] == ',') word.len--;
    if (word.len && word.at[0] == '(') word = vb_str_part(word, 1, word.len);
    return word.len && ((vb_byte_is[(unsigned char)word.at[0]] & VB_BYTE_DIGIT) ||
                        vb_word_in(word, words, VB_COUNT(words)));
}

/** Where the first word with a capital begins of those that may be a medium before the year at @p year, and
 * its day; @p year: there is none. */
static size_t medium_before(vb_str text, size_t from, size_t year)
{
    enum { WORDS_MOST = 12 }; /* seven of a medium, "website", "d.d.", the day and the month */
    size_t first = year, at = year;
    for (unsigned n = 0; n < WORDS_MOST && at > from; n++) {
        size_t end = text.at[at - 1] == ' ' ? --at : at;
        bool capital = false;
        for (; at > from && text.at[at - 1] != ' '; at--) {
            unsigned char c = (unsigned char)text.at[at - 1];
            capital = capital || c >= 0x80 || (vb_byte_is[c] & VB_BYTE_UPPER);
        }
        if (capital)
            first = at;
        else if (!before_year(vb_str_part(text, at, end)) && !(n == 0 && end == at + 1)) /* "(2024" */
            break;
    }
    return first;
}

/** Note what follows the year that ends at @p at. */
static void note_year(vb_str text, size_t from, size_t at, years *y)
{
    size_t year = at - 4;
    size_t past = at + (at < text.len && text.at[at] == ' ');
    y->any = true;
    if (past < text.len && text.at[past] == ')') y->closed = true;
    if (at < text.len && text.at[at] == ')') at++;
    if (at < text.len && text.at[at] && strchr(",.:;", text.at[at])) at++;
    if (at < text.len && text.at[at] == ' ') at++;
    unsigned char c = at < text.len ? (unsigned char)text.at[at] : 0;
    bool title = c >= 0x80 || c == '"' || c == '\'' || (vb_byte_is[c] & VB_BYTE_UPPER);
    if (!title || y->cited != SIZE_MAX) return;
    size_t medium = medium_before(text, from, year);
    if (medium < year) y->cited = medium;
}

/** The years of the block whose words begin at *word; *word goes past it. */
static years years_of(const vb_finding *f, uint32_t block, size_t *word)
{
    years y = { .cited = SIZE_MAX };
    const vb_block *b = &f->a->view.blocks[block];
    vb_str text = { f->text.at, b->end };
    size_t at = *word;
    while ((at = vb_starts_next(f, at, VB_START_NUMBER)) < f->words.len && f->words.at[at].block <= block) {
        const vb_word *w = &f->words.at[at++];
        size_t digits = 0;
        if (w->block != block || w->start == b->start ||
            (text.at[w->start - 1] != ' ' && text.at[w->start - 1] != '('))
            continue;
        while (digits < 4 && w->start + digits < w->end &&
               (vb_byte_is[(unsigned char)text.at[w->start + digits]] & VB_BYTE_DIGIT))
            digits++;
        if (digits == 4) note_year(text, b->start, w->start + 4u, &y);
    }
    *word = at;
    return y;
}

/** Where the search for a form of citation begins in a block with those years; the block's end: nowhere. */
static size_t citation_from(const vb_block *block, size_t form, const years *y)
{
    bool note = block->kind == VB_BLOCK_FOOTNOTE;
    if (!y->any || (vb_citation_forms[form].note && !note)) return block->end;
    if (form == VB_CITATION_BRACKET) return y->closed ? block->start : block->end;
    if (form != VB_CITATION_DATED) return block->start;
    return y->cited < block->end ? y->cited : block->end;
}

vb_status vb_find_titles(vb_finding *f)
{
    vb_status status = VB_OK;
    size_t word = 0;
    for (size_t b = 0; b < f->a->view.n_blocks; b++) {
        const vb_block *block = &f->a->view.blocks[b];
        years y = years_of(f, (uint32_t)b, &word);
        if (!vb_block_speaks(block)) continue;
        TRY(find_quoted(f, block));
        for (size_t i = 0; y.any && i < VB_CITATIONS; i++)
            TRY(find_cited(f, block, i, citation_from(block, i, &y)));
    }
done:
    return status;
}
