/**
 * Lines, and what each one is by its own words: a marker of a question, an item, an address, a page's foot.
 * What a line is by its neighbours (a heading, a signature, a note's second line) is for view_notes.c and
 * view_blocks.c. Prefixes that tell a line's kind are rows of tables below.
 */
#include "loaders/view.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ---- what a line is by how it begins ------------------------------------------------------------------ */

typedef struct opening {
    const char *prefix; /* folded to lower case where it has no capital */
    uint8_t kind;
    uint8_t max; /* the line is at most this long; 0: any length */
} opening;

/** Lines of letterheads, mastheads and page feet in the letters of ministries and the papers of the Chambers.
 */
static const opening openings[] = {
    { "retouradres", VB_LINE_LETTERHEAD, 0 },
    { "postbus ", VB_LINE_LETTERHEAD, 60 },
    { "bezoekadres", VB_LINE_LETTERHEAD, 0 },
    { "postadres", VB_LINE_LETTERHEAD, 0 },
    { "contactpersoon", VB_LINE_LETTERHEAD, 80 },
    { "ons kenmerk", VB_LINE_LETTERHEAD, 80 },
    { "onze referentie", VB_LINE_LETTERHEAD, 80 },
    { "uw kenmerk", VB_LINE_LETTERHEAD, 80 },
    { "uw referentie", VB_LINE_LETTERHEAD, 80 },
    { "uw brief", VB_LINE_LETTERHEAD, 30 },
    { "kenmerk", VB_LINE_LETTERHEAD, 60 },
    { "zaaknummer", VB_LINE_LETTERHEAD, 60 },
    { "documentnummer", VB_LINE_LETTERHEAD, 60 },
    { "projectnaam", VB_LINE_LETTERHEAD, 0 },
    { "bijlage(n)", VB_LINE_LETTERHEAD, 60 },
    { "bijlagen", VB_LINE_LETTERHEAD, 12 },
    { "bijlage", VB_LINE_LETTERHEAD, 10 },
    { "kopie aan", VB_LINE_LETTERHEAD, 40 },
    { "datum", VB_LINE_LETTERHEAD, 40 },
    { "onderwerp", VB_LINE_LETTERHEAD, 11 },
    { "betreft", VB_LINE_LETTERHEAD, 9 },
    { "directoraat-generaal", VB_LINE_LETTERHEAD, 80 },
    { "bij beantwoording de datum", VB_LINE_LETTERHEAD, 0 },
    { "bij beantwoording graag", VB_LINE_LETTERHEAD, 0 },
    { "en ons kenmerk vermelden", VB_LINE_LETTERHEAD, 0 },
    { "wilt u slechts \xc3\xa9\xc3\xa9n zaak", VB_LINE_LETTERHEAD, 0 },
    { "brief behandelen.", VB_LINE_LETTERHEAD, 20 },
    { "aan de voorzitter van de", VB_LINE_LETTERHEAD, 90 },
    { "de voorzitter van de tweede kamer", VB_LINE_LETTERHEAD, 70 },
    { "de voorzitter van de eerste kamer", VB_LINE_LETTERHEAD, 70 },
    { "der staten-generaal", VB_LINE_LETTERHEAD, 22 },
    { "tweede kamer der staten-generaal", VB_LINE_LETTERHEAD, 36 },
    { "eerste kamer der staten-generaal", VB_LINE_LETTERHEAD, 36 },
    { "binnenhof ", VB_LINE_LETTERHEAD, 16 },
    { "vergaderjaar ", VB_LINE_LETTERHEAD, 90 },
    { "vragen gesteld door de leden der kamer", VB_LINE_LETTERHEAD, 0 },
    { "regering gegeven antwoorden", VB_LINE_LETTERHEAD, 30 },
    { "tweede kamer, vergaderjaar ", VB_LINE_FOOTER, 90 },
    { "eerste kamer, vergaderjaar ", VB_LINE_FOOTER, 90 },
    { "issn ", VB_LINE_FOOTER, 120 },
    { "\xe2\x80\x99s-gravenhage 2", VB_LINE_FOOTER, 90 },
    { "'s-gravenhage 2", VB_LINE_FOOTER, 90 },
    { "pagina ", VB_LINE_FOOTER, 20 },
};

static bool is_lone_label(vb_str s, const opening *o)
{
    size_t n = strlen(o->prefix), m;
    return s.len == n || !vb_word_byte(s, n, &m) || vb_is_digit(s.at[n]) || o->prefix[n - 1] == ' ';
}

static uint8_t opening_kind(vb_str bare)
{
    for (size_t i = 0; i < VB_COUNT(openings); i++) {
        const opening *o = &openings[i];
        if (vb_lower(bare.at[0]) != o->prefix[0] || (o->max && bare.len > o->max)) continue;
        if (!vb_starts_folded(bare, o->prefix)) continue;
        if (o->kind == VB_LINE_LETTERHEAD && !is_lone_label(bare, o)) continue;
        return o->kind;
    }
    return VB_LINE_TEXT;
}

/** "2511 DP Den Haag", "25 11 DP Den Haag": a postal code and a town, alone on a line. */
static bool is_postal(vb_str s)
{
    size_t i = 0, n = 0;
    for (; i < s.len && n < 4 && (vb_is_digit(s.at[i]) || s.at[i] == ' '); i++) n += vb_is_digit(s.at[i]);
    while (i < s.len && s.at[i] == ' ') i++;
    return n == 4 && i + 2 < s.len && i < 8 && vb_is_upper_at(s, i) && vb_is_upper_at(s, i + 1) &&
           s.at[i + 2] == ' ' && s.len < 50 && !vb_text_closes(s, 0, s.len);
}

/** "T 070 426 64 26", "F 070 ...". */
static bool is_phone(vb_str s)
{
    size_t i = 1, n = 0;
    if (s.len < 8 || s.len > 40 || !strchr("TFMtfm", s.at[0]) || (s.at[1] != ' ' && s.at[1] != ':'))
        return false;
    for (; i < s.len; i++) {
        if (!strchr(" 0123456789()+-:", s.at[i])) return false;
        n += vb_is_digit(s.at[i]);
    }
    return n >= 8;
}

/** "ah-tk-20242025-548", "kv-tk-2024Z18777": the code of an official publication. */
static bool is_code(vb_str s)
{
    static const char *const codes[] = { "ah-tk-", "ah-ek-", "kv-tk-", "kst-", "h-tk-", "h-ek-", "blg-" };
    for (size_t i = 0; i < VB_COUNT(codes); i++)
        if (vb_starts_folded(s, codes[i]))
            return s.len < 40 && !memchr(s.at, ' ', s.len) && vb_is_digit(s.at[s.len - 1]);
    return false;
}

/** "AH 612", "612", "2024Z15295", "2024Z 17972": the numbers above a set of questions. */
static bool is_number(vb_str s)
{
    uint32_t value;
    if (vb_starts_folded(s, "ah ")) return s.len < 9 && vb_digits_at(s, 3, 5, &value) == s.len - 3;
    if (s.len >= 3 && s.len <= 5 && vb_digits_at(s, 0, 5, &value) == s.len) return true;
    if (s.len < 9 || s.len > 12 || vb_digits_at(s, 0, 4, &value) != 4 || s.at[4] != 'Z') return false;
    size_t i = s.at[5] == ' ' ? 6 : 5;
    return vb_digits_at(s, i, 6, &value) == s.len - i;
}

/** Where text can go: marks at the ends of a line are no part of it. */
static bool skipped(const vb_mark *m)
{
    return m->kind == VB_MARK_BODY || m->kind == VB_MARK_DROP;
}

vb_str vb_line_bare(const vb_work *w, const vb_line *line)
{
    static const bool before[256] = {
        ['*'] = true, ['#'] = true, ['_'] = true, ['>'] = true, [' '] = true, ['\t'] = true, ['\0'] = true
    };
    static const bool after[256] = {
        ['*'] = true, ['_'] = true, [' '] = true, ['\t'] = true, ['\\'] = true, ['\0'] = true
    };
    vb_str s = vb_str_part(w->text, line->start, line->end);
    while (s.len && before[(unsigned char)s.at[0]]) s = vb_str_part(s, 1, s.len);
    while (s.len && after[(unsigned char)s.at[s.len - 1]]) s.len--;
    return s;
}

bool vb_text_closes(vb_str text, size_t start, size_t end)
{
    while (end > start) {
        char c = text.at[end - 1];
        if (c == '.' || c == '?' || c == '!' || c == ':' || c == ';') return true;
        bool quote = end - start > 2 && text.at[end - 3] == '\xe2' && text.at[end - 2] == '\x80' &&
                     (c == '\x99' || c == '\x9d');
        bool guillemet = end - start > 1 && text.at[end - 2] == '\xc2' && c == '\xbb';
        if (quote)
            end -= 3;
        else if (guillemet)
            end -= 2;
        else if (vb_is_digit(c) || strchr(")]\"'* \t_", c))
            end--;
        else
            return false;
    }
    return false;
}

bool vb_line_opens_head(vb_str bare)
{
    static const char *const heads[] = {
        "vragen van ",     "vraag van ",      "mondelinge vragen van ",    "antwoord van ",
        "antwoorden van ", "mededeling van ", "schriftelijke vragen van ", "beantwoording van "
    };
    for (size_t i = 0; i < VB_COUNT(heads); i++)
        if (vb_starts_folded(bare, heads[i])) return true;
    return false;
}

/* ---- markers and items -------------------------------------------------------------------------------- */

/** Pass over a word and the blanks after it, case aside. */
static bool take_word(vb_str s, size_t *at, const char *word)
{
    size_t i = *at, m;
    if (i >= s.len || vb_lower(s.at[i]) != word[0]) return false;
    size_t n = strlen(word);
    if (s.len - i < n || strncasecmp(s.at + i, word, n) != 0) return false;
    i += n;
    if (i < s.len && vb_word_byte(s, i, &m)) return false;
    while (i < s.len && s.at[i] == ' ') i++;
    *at = i;
    return true;
}

/** "3, 4 en 5", "1 t/m 4", "3-6": pass over it; the first number in *first. */
static bool take_numbers(vb_str s, size_t *at, uint32_t *first)
{
    static const char *const links[] = { "en", "t/m", "tot en met", "en vraag" };
    size_t i = *at, n = vb_digits_at(s, i, 3, first);
    if (!n) return false;
    for (bool more = true; more;) {
        uint32_t other;
        i += n;
        *at = i;
        while (i < s.len && s.at[i] == ' ') i++;
        if (i < s.len && strchr(",-/&", s.at[i])) i++;
        while (i < s.len && s.at[i] == ' ') i++;
        for (size_t k = 0; k < VB_COUNT(links); k++)
            if (take_word(s, &i, links[k])) break;
        n = vb_digits_at(s, i, 3, &other);
        more = n > 0 && i > *at;
    }
    return true;
}

bool vb_line_marker(vb_str s, vb_line *out)
{
    size_t i = 0;
    uint32_t number = 0;
    if (!vb_is_upper_at(s, 0)) return false; /* "(zie het" + "antwoord op vraag 5)" */
    bool answer = take_word(s, &i, "antwoord") || take_word(s, &i, "antwoorden");
    if (answer) {
        (void)take_word(s, &i, "op");
        (void)take_word(s, &i, "de");
    }
    bool question = take_word(s, &i, "vraag") || take_word(s, &i, "vragen");
    if (!answer && !question) return false;
    bool numbered = take_numbers(s, &i, &number);
    if (!numbered && !answer) return false;
    size_t end = i;
    while (i < s.len && strchr(" .:)*\t", s.at[i])) i++;
    bool stopped = i > end && memchr(s.at + end, ':', i - end);
    if (i < s.len && !stopped && !(numbered && vb_is_upper_at(s, i) && i > end)) return false;
    if (i < s.len && !numbered && !stopped) return false;
    out->kind = answer ? VB_LINE_ANSWER : VB_LINE_QUESTION;
    out->number = number;
    out->rest = (uint32_t)i;
    return true;
}

/** Length of a bullet with its blank: "- ", "• ", "o ". */
static size_t bullet(vb_str s)
{
    static const char *const bullets[] = { "-",
                                           "*",
                                           "\xc2\xb7",
                                           "\xe2\x80\xa2",
                                           "\xe2\x80\x93",
                                           "\xe2\x96\xaa",
                                           "\xe2\x97\x8f",
                                           "\xe2\x97\xa6",
                                           "\xef\x82\xb7",
                                           "o",
                                           "+" };
    for (size_t i = 0; i < VB_COUNT(bullets); i++) {
        if (!s.len || s.at[0] != bullets[i][0]) continue;
        size_t n = strlen(bullets[i]);
        if (s.len > n + 1 && memcmp(s.at, bullets[i], n) == 0 && (s.at[n] == ' ' || s.at[n] == '\t'))
            return n + 1;
    }
    return 0;
}

/** Length of an item's number with its blank: "1. ", "1) ", "a. ", "(b) ", "iv. "; its value in *number. */
static size_t item_number(vb_str s, uint32_t *number)
{
    size_t i = s.len && s.at[0] == '(', n = vb_digits_at(s, i, 2, number);
    if (!n) {
        while (i + n < s.len && strchr("abcdefghijivx", s.at[i + n]) && s.at[i + n]) n++;
        if (n != 1 && !(n <= 3 && n && strchr("iv", s.at[i]))) return 0;
        *number = 0;
    }
    if (i + n + 2 >= s.len || !strchr(i ? ")" : ".)", s.at[i + n])) return 0;
    return s.at[i + n + 1] == ' ' || s.at[i + n + 1] == '\t' ? i + n + 2 : 0;
}

/* ---- one line ----------------------------------------------------------------------------------------- */

static bool is_rule(vb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] != s.at[0] || !strchr("-_=*", s.at[i])) return false;
    return s.len >= 3;
}

/** Whether the line is one address and nothing else. */
static bool is_url(const vb_work *w, const vb_line *l)
{
    for (size_t i = vb_marks_from(w, l->start); i < w->marks.len && w->marks.at[i].start < l->end; i++) {
        const vb_mark *m = &w->marks.at[i];
        if (m->kind == VB_MARK_URL && !m->bare) return m->start <= l->start + 2 && m->end + 2 >= l->end;
    }
    return false;
}

/** Whether the line is nothing but numbers that may call notes: "1", "1 2", "2, 3 en 4". */
static bool is_calls(vb_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (n && i + 4 < s.len && memcmp(s.at + i, " en ", 4) == 0) i += 3;
        n = vb_is_digit(s.at[i]) ? n + 1 : 0;
        if (n > 2 || !strchr("0123456789 ,", s.at[i])) return false;
    }
    return vb_is_digit(s.at[0]) && n > 0;
}

static void trim(const vb_work *w, vb_line *l)
{
    vb_str s = vb_str_trim(vb_str_part(w->text, l->start, l->end));
    if (!s.len) return;
    l->start = (uint32_t)(s.at - w->text.at);
    l->end = l->start + (uint32_t)s.len;
}

/** Pass over Markdown's "## " and "> ". @return the heading's level; 0: none. */
static uint8_t take_heading(const vb_work *w, vb_line *l)
{
    uint32_t at = l->start, n = 0;
    while (at < l->end && w->text.at[at] == '#') at++, n++;
    if (n > 6 || (n && (at == l->end || w->text.at[at] != ' '))) return 0;
    while (at < l->end && w->text.at[at] == '>') at++;
    if (at == l->end) return 0;
    l->start = at;
    trim(w, l);
    return (uint8_t)n;
}

static void classify(const vb_work *w, vb_line *l)
{
    uint8_t level = w->markdown || w->text.at[l->start] == '>' ? take_heading(w, l) : 0;
    vb_str s = vb_str_part(w->text, l->start, l->end), bare = vb_line_bare(w, l);
    uint32_t number = 0;
    size_t n;
    l->kind = VB_LINE_TEXT;
    l->rest = l->end;
    if (!bare.len || is_rule(s)) {
        l->kind = VB_LINE_RULE;
        return;
    }
    vb_line marker;
    if (vb_line_marker(bare, &marker)) {
        size_t shift = (size_t)(bare.at - w->text.at);
        l->kind = marker.kind;
        l->number = marker.number;
        l->rest = marker.rest < bare.len ? (uint32_t)(shift + marker.rest) : l->end;
        return;
    }
    if (is_calls(s))
        l->kind = VB_LINE_CALLS;
    else if (is_url(w, l))
        l->kind = VB_LINE_URL;
    else if (is_code(bare))
        l->kind = VB_LINE_FOOTER;
    else if (is_number(bare) || is_postal(bare) || is_phone(bare))
        l->kind = VB_LINE_LETTERHEAD;
    else
        l->kind = opening_kind(bare);
    if (l->kind != VB_LINE_TEXT) return;
    if (level) {
        l->kind = VB_LINE_HEADING;
        l->level = level;
    } else if (s.at[0] == '|' || memchr(s.at, '\t', s.len)) {
        l->kind = VB_LINE_ROW;
    } else if ((n = bullet(s)) > 0 || (n = item_number(s, &number)) > 0) {
        l->kind = VB_LINE_ITEM;
        bool round = s.at[0] == '(';
        l->listed = number > 0;
        l->number = number;
        l->style = round ? VB_NOTE_PARENS : n > 2 && memchr(s.at, ')', n) ? VB_NOTE_PAREN : VB_NOTE_STYLES;
        l->start += (uint32_t)n;
        trim(w, l);
    }
}

/** Whether a call of a note that opens the line is the number of a body rather: text follows it. */
static void open_note(const vb_work *w, vb_line *l)
{
    const vb_mark *m = &w->marks.at[vb_marks_from(w, l->start)];
    if (m >= w->marks.at + w->marks.len || m->start != l->start || m->kind != VB_MARK_CALL) return;
    if (m->style != VB_NOTE_SUP && m->style != VB_NOTE_BRACKET) return;
    uint32_t at = m->end;
    while (at < l->end && is_blank(w->text.at[at])) at++;
    if (at >= l->end) return;
    l->kind = VB_LINE_NOTE;
    l->style = m->style;
    l->number = m->note;
    l->start = at;
}

/** What the format says of the lines: a heading is one, unless its words are a question's marker. */
static void take_hints(vb_work *w)
{
    const vb_source *given = w->given;
    for (size_t i = 0, h = 0; i < w->lines.len && h < given->n_hints; i++) {
        vb_line *l = &w->lines.at[i];
        if (given->hints[h].start > l->start) continue;
        const vb_hint *hint = &given->hints[h++]; /* the first line that starts at or after it */
        if (hint->kind != VB_BLOCK_HEADING || (l->kind != VB_LINE_TEXT && l->kind != VB_LINE_ITEM)) continue;
        l->kind = VB_LINE_HEADING;
        l->level = hint->level;
    }
}

/* ---- all lines ---------------------------------------------------------------------------------------- */

static vb_status add_line(vb_work *w, size_t raw, size_t start, size_t end)
{
    if (vb_push(w->arena, &w->lines) != VB_OK) return VB_NO_MEMORY;
    vb_line *l = &w->lines.at[w->lines.len - 1];
    *l = (vb_line){ .start = (uint32_t)start, .end = (uint32_t)end, .rest = (uint32_t)end };
    if (!vb_str_trim(vb_str_part(w->text, start, end)).len) return VB_OK; /* VB_LINE_BLANK is 0 */
    const char *at = w->text.at;
    trim(w, l);
    classify(w, l);
    if (w->marks.len && l->kind != VB_LINE_QUESTION && l->kind != VB_LINE_ANSWER) open_note(w, l);
    l->page = at[raw] == '\f' || (at[raw] == ' ' && !is_blank(at[raw + 1]));
    return VB_OK;
}

/** A line being read: where it begins, and its words between blanks; start is SIZE_MAX until there is one. */
typedef struct reading {
    size_t raw, start, end;
} reading;

/** Read lines up to @p stop, where a mark or the text's end stands. */
static vb_status read_lines(vb_work *w, reading *r, size_t at, size_t stop)
{
    const char *s = w->text.at;
    while (at < stop) {
        const char *feed = memchr(s + at, '\n', stop - at);
        size_t end = feed ? (size_t)(feed - s) : stop, last = end;
        while (at < end && is_blank(s[at])) at++;
        while (last > at && is_blank(s[last - 1])) last--;
        if (last > at) {
            if (r->start == SIZE_MAX) r->start = at;
            r->end = last;
        }
        if (!feed) return VB_OK;
        if (r->start == SIZE_MAX) r->start = r->end = end;
        if (add_line(w, r->raw, r->start, r->end) != VB_OK) return VB_NO_MEMORY;
        at = end + 1;
        *r = (reading){ at, SIZE_MAX, 0 };
    }
    return VB_OK;
}

vb_status vb_view_lines(vb_work *w)
{
    vb_status status;
    size_t len = w->text.len, m = 0;
    reading r = { 0, SIZE_MAX, 0 };
    for (size_t i = 0; i < len;) {
        while (m < w->marks.len && w->marks.at[m].end <= i) m++;
        const vb_mark *mark = m < w->marks.len ? &w->marks.at[m] : NULL;
        if (mark && mark->start <= i && (skipped(mark) || mark->kind == VB_MARK_CALL)) {
            if (mark->kind == VB_MARK_CALL) { /* stays on its line */
                if (r.start == SIZE_MAX) r.start = mark->start;
                r.end = mark->end;
            }
            i = mark->end;
            continue;
        }
        size_t stop = !mark ? len : mark->start <= i ? mark->end : mark->start;
        TRY(read_lines(w, &r, i, stop));
        i = stop;
    }
    if (r.start == SIZE_MAX) r.start = r.end = len;
    TRY(add_line(w, r.raw, r.start, r.end));
    vb_view_wrapping(w);
    take_hints(w);
done:
    return status;
}
