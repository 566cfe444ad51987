/**
 * Blocks: lines to paragraphs, headings, items, rows, notes, signatures, and what yields no mentions. A
 * paragraph stays open while page feet, notes and addresses pass by: when it broke off in the middle of a
 * sentence, the line after them goes on with it.
 */
#include "loaders/view.h"

typedef struct assembly {
    vb_work *w;
    uint32_t open;       /* draft that more lines may join; VB_NONE */
    uint32_t note;       /* draft of the note that more lines may join; VB_NONE */
    const vb_line *last; /* last line of the open draft */
    bool gap;            /* an empty line since */
    bool interrupted;    /* something else than text since */
    bool unnumbered;     /* questions stand here without markers */
    vb_section section;
    uint32_t question, n_unnumbered;
} assembly;

/* ---- drafts ------------------------------------------------------------------------------------------- */

static vb_status add_piece(assembly *a, uint32_t draft, uint32_t start, uint32_t end)
{
    vb_work *w = a->w;
    uint32_t piece = (uint32_t)w->pieces.len;
    if (vb_push(w->arena, &w->pieces) != VB_OK) return VB_NO_MEMORY;
    w->pieces.at[piece] = (vb_piece){ start, end, VB_NONE };
    vb_draft *d = &w->drafts.at[draft];
    if (d->first == VB_NONE)
        d->first = piece;
    else
        w->pieces.at[d->last].next = piece;
    d->last = piece;
    return VB_OK;
}

static vb_status add_draft(assembly *a, vb_block_kind kind, uint32_t start, uint32_t end, uint32_t *out)
{
    vb_work *w = a->w;
    uint32_t draft = (uint32_t)w->drafts.len;
    if (vb_push(w->arena, &w->drafts) != VB_OK) return VB_NO_MEMORY;
    vb_draft *d = &w->drafts.at[draft];
    d->block.kind = kind;
    d->block.section = a->section;
    d->block.question = a->question;
    d->block.heading = d->block.caller = VB_NONE;
    d->first = d->last = VB_NONE;
    d->source = start;
    if (out) *out = draft;
    return add_piece(a, draft, start, end);
}

/** A block that no line joins. */
static vb_status add_closed(assembly *a, vb_block_kind kind, const vb_line *l)
{
    if (kind != VB_BLOCK_PAGE_FOOTER && kind != VB_BLOCK_URL) a->open = VB_NONE;
    return add_draft(a, kind, l->start, l->end, NULL);
}

static vb_status add_open(assembly *a, vb_block_kind kind, const vb_line *l, uint32_t start)
{
    a->note = VB_NONE;
    a->last = l;
    a->gap = a->interrupted = false;
    return add_draft(a, kind, start, l->end, &a->open);
}

/* ---- what belongs together ---------------------------------------------------------------------------- */

/** End of a line's words, before the calls of notes that close it. */
static uint32_t words_end(const vb_work *w, const vb_line *l)
{
    uint32_t end = l->end;
    for (size_t m = vb_marks_from(w, end); m-- > 0 && w->marks.at[m].end <= end && end > l->start;) {
        const vb_mark *k = &w->marks.at[m];
        if (k->start < l->start) break;
        if (k->kind == VB_MARK_BODY) continue;
        if (k->kind != VB_MARK_CALL || k->end < end) break;
        end = k->start;
        end = l->start + (uint32_t)vb_str_trim(vb_str_part(w->text, l->start, end)).len;
    }
    return end;
}

/** Start of a line's words, after the calls that open it. */
static uint32_t words_start(const vb_work *w, const vb_line *l)
{
    uint32_t start = l->start;
    for (size_t m = vb_marks_from(w, start); m < w->marks.len && w->marks.at[m].start == start; m++) {
        if (w->marks.at[m].kind != VB_MARK_CALL) break;
        start = w->marks.at[m].end;
        while (start < l->end && strchr(" ,.;", w->text.at[start])) start++;
    }
    return start;
}

static bool closes(const vb_work *w, const vb_line *l)
{
    return vb_text_closes(w->text, l->start, words_end(w, l));
}

static size_t first_word_len(const vb_work *w, const vb_line *l)
{
    const char *at = w->text.at + l->start, *blank = memchr(at, ' ', l->end - l->start);
    return blank ? (size_t)(blank - at) : l->end - l->start;
}

/** Whether the next line's first word would have had room on @p l: then the break was meant. */
static bool meant_break(const vb_work *w, const vb_line *l, const vb_line *next, uint32_t width)
{
    return l->end - l->start + 1 + first_word_len(w, next) <= width;
}

/** Whether a line ends in a word that cannot end anything: "het ministerie van". */
static bool leaves_open(const vb_work *w, const vb_line *l)
{
    static const char *const words[] = { "de",  "het", "een",  "van", "en",  "of",   "in",
                                         "op",  "aan", "voor", "met", "te",  "door", "der",
                                         "den", "uit", "naar", "bij", "over" };
    uint32_t end = words_end(w, l), start = end;
    while (start > l->start && w->text.at[start - 1] != ' ') start--;
    if (start == l->start) return false;
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (vb_str_eq(vb_str_part(w->text, start, end), vb_str_of(words[i]))) return true;
    return w->text.at[end - 1] == ',' || w->text.at[end - 1] == '-';
}

/** The body of a letter starts with its salutation or with what letters open with, or with a long paragraph.
 */
static bool starts_body(const vb_work *w, const vb_line *l)
{
    static const char *const openers[] = { "geachte ",     "in antwoord op ",
                                           "hierbij ",     "met deze brief",
                                           "bijgaand ",    "in het antwoord op ",
                                           "mede namens ", "op " };
    vb_str s = vb_line_bare(w, l);
    for (size_t i = 0; i < VB_COUNT(openers); i++)
        if (vb_starts_folded(s, openers[i])) return true;
    return s.len > 250 && w->wrapping != VB_WRAP_GLUED;
}

/** Whether text line @p l goes on with the open draft. */
static bool joins(const assembly *a, const vb_line *l)
{
    const vb_work *w = a->w;
    if (a->open == VB_NONE) return false;
    if (w->drafts.at[a->open].block.kind == VB_BLOCK_SIGNATURE && vb_line_is_name(vb_line_bare(w, a->last)))
        return false; /* "directeur-generaal" under a name */
    bool closed = closes(w, a->last);
    bool lower = vb_is_lower_at(w->text, words_start(w, l));
    uint32_t len = a->last->end - a->last->start;
    if (a->interrupted) {
        bool full =
            w->wrapping == VB_WRAP_GLUED || (w->wrapping == VB_WRAP_WIDTH && len * 10 >= w->width * 6);
        if (vb_is_upper_at(w->text, l->start) && starts_body(w, l)) return false;
        return !closed && (lower || full || leaves_open(w, a->last));
    }
    if (a->gap) return !closed && lower && len > 20;
    if (w->wrapping == VB_WRAP_GLUED) return !vb_line_opens_head(vb_line_bare(w, l));
    if (w->wrapping == VB_WRAP_WIDTH)
        return !meant_break(w, a->last, l, w->width * 8 / 10) || (!closed && lower);
    return !closed && (lower || leaves_open(w, a->last));
}

/** Whether a line holds a word that headings do without: a finite verb, "ik", "niet". */
static bool says(vb_str s)
{
    static const char *const words[] = { "is",     "zijn", "wordt",  "worden", "heeft",  "hebben", "kan",
                                         "kunnen", "zal",  "zullen", "moet",   "moeten", "ik",     "wij",
                                         "we",     "dat",  "niet",   "deel",   "deelt",  "blijft", "staat",
                                         "bent",   "werd", "werden", "gaat",   "gaan" };
    vb_str word;
    while (vb_str_next(&s, ' ', &word))
        for (size_t i = 0; i < VB_COUNT(words); i++)
            if (strncmp(words[i], word.at, word.len) == 0 && !words[i][word.len]) return true;
    return false;
}

static const vb_line *next_words(const vb_work *w, const vb_line *l)
{
    for (l++; l < w->lines.at + w->lines.len; l++)
        if (l->kind != VB_LINE_BLANK) return l;
    return NULL;
}

/** Whether a text line that opens a block is a heading over what follows. */
static bool heads(const assembly *a, const vb_line *l)
{
    const vb_work *w = a->w;
    uint32_t len = l->end - l->start, end = words_end(w, l);
    const vb_line *next = next_words(w, l);
    vb_str s = vb_str_part(w->text, l->start, l->end);
    if (w->markdown && len > 4 && len < 160 && vb_str_starts(s, VB_STR("**")) && vb_str_ends(s, VB_STR("**")))
        return a->section != VB_SECTION_HEAD && vb_str_find(s, VB_STR("**"), 2) == len - 2;
    if (w->wrapping == VB_WRAP_GLUED || a->section == VB_SECTION_HEAD || !next || end <= l->start)
        return false;
    if (len > 110 || closes(w, l) || w->text.at[end - 1] == ',' || !vb_is_upper_at(w->text, l->start) ||
        says(s))
        return false;
    if (next->kind != VB_LINE_TEXT && next->kind != VB_LINE_ITEM && next->kind != VB_LINE_HEADING)
        return false;
    if (next->kind == VB_LINE_TEXT && vb_is_lower_at(w->text, next->start)) return false;
    if (w->wrapping == VB_WRAP_NONE)
        return !leaves_open(w, l) && (next->end - next->start > len || next != l + 1);
    return next == l + 1 ? meant_break(w, l, next, w->width) : !leaves_open(w, l);
}

/** "1. Inleiding" over a paragraph: an item by itself, on whose heels text follows. */
static bool is_numbered_heading(const assembly *a, const vb_line *l)
{
    const vb_line *next = next_words(a->w, l), *above = l;
    if (!l->listed || l->style != VB_NOTE_STYLES || !next || next->kind != VB_LINE_TEXT) return false;
    while (above > a->w->lines.at && (--above)->kind == VB_LINE_BLANK) {
    }
    return (above == l || above->kind != VB_LINE_ITEM) && heads(a, l);
}

static vb_status add_heading(assembly *a, const vb_line *l, uint8_t level)
{
    uint32_t draft;
    if (add_draft(a, VB_BLOCK_HEADING, l->start, l->end, &draft) != VB_OK) return VB_NO_MEMORY;
    a->w->drafts.at[draft].block.level = level;
    return VB_OK;
}

/* ---- one line ----------------------------------------------------------------------------------------- */

static vb_status put_marker(assembly *a, const vb_line *l)
{
    bool answer = l->kind == VB_LINE_ANSWER;
    uint32_t heading;
    vb_status status = VB_OK;
    a->section = answer ? VB_SECTION_ANSWER : VB_SECTION_QUESTION;
    if (l->number) a->question = l->number;
    a->open = VB_NONE;
    a->gap = a->interrupted = false;
    if (l->rest > l->start) {
        TRY(add_draft(a, VB_BLOCK_HEADING, l->start, l->rest, &heading));
        a->w->drafts.at[heading].block.level = 3;
        a->w->drafts.at[heading].block.note = VB_NONE; /* a marker heads nothing but its question */
    }
    if (l->rest < l->end) TRY(add_open(a, VB_BLOCK_PARAGRAPH, l, l->rest));
done:
    return status;
}

static vb_status put_text(assembly *a, const vb_line *l)
{
    vb_work *w = a->w;
    vb_str bare = vb_line_bare(w, l);
    bool head = vb_line_opens_head(bare);
    if (joins(a, l)) {
        a->last = l;
        a->gap = a->interrupted = false;
        return add_piece(a, a->open, l->start, l->end);
    }
    if (head && a->section == VB_SECTION_BODY) {
        a->section = VB_SECTION_HEAD;
    } else if (vb_starts_folded(bare, "toelichting") && a->question) {
        a->section = VB_SECTION_BODY;
        a->question = 0;
    } else if (!head && a->section == VB_SECTION_HEAD && a->unnumbered &&
               memchr(w->text.at + l->start, '?', l->end - l->start)) {
        a->section = VB_SECTION_QUESTION;
    } else if (!head && a->section == VB_SECTION_HEAD && !a->unnumbered && starts_body(w, l)) {
        a->section = VB_SECTION_BODY;
    }
    if (a->unnumbered && a->section == VB_SECTION_QUESTION) a->question = ++a->n_unnumbered;
    bool heading = heads(a, l);
    vb_status status = add_open(a, heading ? VB_BLOCK_HEADING : VB_BLOCK_PARAGRAPH, l, l->start);
    if (status == VB_OK && heading) {
        w->drafts.at[a->open].block.level = 2;
        a->open = VB_NONE;
    }
    return status;
}

/** Where the cell that starts at @p at ends: at the next @p sep outside of notes' bodies, or at @p end. */
static uint32_t cell_end(const vb_work *w, char sep, uint32_t at, uint32_t end)
{
    for (size_t m = vb_marks_from(w, at);; m++) {
        const char *hit = memchr(w->text.at + at, sep, end - at);
        uint32_t stop = hit ? (uint32_t)(hit - w->text.at) : end;
        for (; m < w->marks.len && w->marks.at[m].start < stop; m++)
            if (w->marks.at[m].kind == VB_MARK_BODY && w->marks.at[m].end > stop) break;
        if (m == w->marks.len || w->marks.at[m].start >= stop) return stop;
        if (w->marks.at[m].end >= end) return end;
        at = w->marks.at[m].end;
    }
}

/** Cells of "| a | b |" or of a line with tabs: a block each. */
static vb_status put_row(assembly *a, const vb_line *l)
{
    vb_str s = a->w->text;
    char sep = memchr(s.at + l->start, '\t', l->end - l->start) ? '\t' : '|';
    a->open = VB_NONE;
    for (uint32_t at = l->start; at < l->end;) {
        uint32_t end = cell_end(a->w, sep, at, l->end), from = at, to = end;
        at = end + 1;
        while (from < to && s.at[from] == ' ') from++;
        while (from < to && s.at[to - 1] == ' ') to--;
        bool words = false;
        for (uint32_t i = from; i < to; i++) words = words || !strchr("-:= ", s.at[i]);
        if (words && add_draft(a, VB_BLOCK_TABLE_ROW, from, to, NULL) != VB_OK) return VB_NO_MEMORY;
    }
    return VB_OK;
}

static vb_status put_note(assembly *a, const vb_line *l)
{
    if (!l->number) return a->note == VB_NONE ? VB_OK : add_piece(a, a->note, l->start, l->end);
    if (add_draft(a, VB_BLOCK_FOOTNOTE, l->start, l->end, &a->note) != VB_OK) return VB_NO_MEMORY;
    a->w->drafts.at[a->note].block.note = l->number;
    a->w->drafts.at[a->note].style = l->style;
    return VB_OK;
}

/** "De minister van Volksgezondheid," over "Welzijn en Sport,": line @p l ends a portfolio of three. */
static bool ends_portfolio(const vb_work *w, const vb_line *last, const vb_line *l)
{
    static const char *const offices[] = { "inister ", "taatssecretaris " };
    vb_str above = vb_line_bare(w, last), s = vb_line_bare(w, l);
    size_t from = SIZE_MAX, at;
    for (size_t i = 0; i < VB_COUNT(offices); i++)
        for (at = 0; (at = vb_str_find(above, vb_str_of(offices[i]), at)) != SIZE_MAX; at++)
            if (from == SIZE_MAX || at > from) from = at;
    return from != SIZE_MAX && vb_str_find(above, VB_STR(" en "), from) == SIZE_MAX && vb_is_upper_at(s, 0) &&
           vb_str_find(s, VB_STR(" en "), 0) != SIZE_MAX;
}

/** Where two names that stand beside each other under a letter part: past the gap; 0: they are not two. */
static uint32_t second_name(const vb_work *w, const vb_line *l)
{
    for (uint32_t at = l->start, end; at < l->end; at = end) {
        while (at < l->end && w->text.at[at] != '\t' && w->text.at[at] != ' ') at++;
        for (end = at; end < l->end && (w->text.at[end] == '\t' || w->text.at[end] == ' '); end++) {
        }
        bool wide = end - at > 2 || (end > at && memchr(w->text.at + at, '\t', end - at));
        if (wide && vb_line_is_name(vb_str_part(w->text, l->start, at)) &&
            vb_line_is_name(vb_str_part(w->text, end, l->end)))
            return end;
    }
    return 0;
}

/** Office and name under a letter; an office that goes on in the next line is one block, names are one each.
 */
static vb_status put_signature(assembly *a, const vb_line *l)
{
    vb_work *w = a->w;
    vb_draft *d = a->open != VB_NONE ? &w->drafts.at[a->open] : NULL;
    uint32_t second = second_name(w, l);
    bool more =
        d && d->block.kind == VB_BLOCK_SIGNATURE && !a->gap && !vb_line_is_name(vb_line_bare(w, a->last));
    if (more && w->text.at[a->last->end - 1] == ',')
        more = ends_portfolio(w, a->last, l);
    else
        more = more && (leaves_open(w, a->last) || vb_is_lower_at(w->text, l->start));
    if (more) {
        a->last = l;
        return add_piece(a, a->open, l->start, l->end);
    }
    if (a->section != VB_SECTION_HEAD) a->section = VB_SECTION_BODY;
    a->question = 0;
    if (second && add_draft(a, VB_BLOCK_SIGNATURE, l->start, second, NULL) != VB_OK) return VB_NO_MEMORY;
    return add_open(a, VB_BLOCK_SIGNATURE, l, second ? second : l->start);
}

/** A line of numbers: calls of notes where they were found to be, else a page's number. */
static vb_status put_calls(assembly *a, const vb_line *l)
{
    const vb_work *w = a->w;
    size_t m = vb_marks_from(w, l->start);
    bool calls = m < w->marks.len && w->marks.at[m].start < l->end && w->marks.at[m].kind == VB_MARK_CALL;
    if (calls && a->open != VB_NONE) return add_piece(a, a->open, l->start, l->end);
    a->interrupted = true;
    return add_closed(a, VB_BLOCK_PAGE_FOOTER, l);
}

static vb_status put_line(assembly *a, const vb_line *l)
{
    switch ((vb_line_kind)l->kind) {
    case VB_LINE_BLANK:
        a->gap = true;
        return VB_OK;
    case VB_LINE_RULE:
        a->interrupted = true;
        return VB_OK;
    case VB_LINE_FOOTER:
        a->interrupted = true;
        return add_closed(a, VB_BLOCK_PAGE_FOOTER, l);
    case VB_LINE_URL:
        a->interrupted = true;
        return add_closed(a, VB_BLOCK_URL, l);
    case VB_LINE_LETTERHEAD:
        a->interrupted = true;
        return add_draft(a, VB_BLOCK_LETTERHEAD, l->start, l->end, NULL);
    case VB_LINE_NOTE:
        a->interrupted = true;
        return put_note(a, l);
    case VB_LINE_QUESTION:
    case VB_LINE_ANSWER:
        return put_marker(a, l);
    case VB_LINE_HEADING:
        a->open = VB_NONE;
        return add_heading(a, l, l->level);
    case VB_LINE_ITEM:
        if (is_numbered_heading(a, l)) {
            a->open = VB_NONE;
            return add_heading(a, l, 2);
        }
        if (add_open(a, VB_BLOCK_LIST_ITEM, l, l->start) != VB_OK) return VB_NO_MEMORY;
        a->w->drafts.at[a->open].block.level = 1;
        return VB_OK;
    case VB_LINE_ROW:
        return put_row(a, l);
    case VB_LINE_SIGNATURE:
        return put_signature(a, l);
    case VB_LINE_CALLS:
        return put_calls(a, l);
    case VB_LINE_TEXT:
        break;
    }
    return put_text(a, l);
}

/** "[1:  body ]" in or after a line. */
static vb_status put_bodies(assembly *a, size_t *mark, uint32_t until)
{
    vb_work *w = a->w;
    uint32_t draft;
    for (; *mark < w->marks.len && w->marks.at[*mark].start < until; (*mark)++) {
        const vb_mark *m = &w->marks.at[*mark];
        if (m->kind != VB_MARK_BODY) continue;
        const char *colon = memchr(w->text.at + m->start, ':', m->end - m->start);
        uint32_t start = (uint32_t)(colon - w->text.at) + 1, end = m->end - 1;
        while (start < end && (unsigned char)w->text.at[start] <= ' ') start++;
        while (start < end && (unsigned char)w->text.at[end - 1] <= ' ') end--;
        if (add_draft(a, VB_BLOCK_FOOTNOTE, start, end, &draft) != VB_OK) return VB_NO_MEMORY;
        w->drafts.at[draft].block.note = m->note;
        w->drafts.at[draft].style = m->style;
    }
    return VB_OK;
}

/** Questions without any marker: a head "Vragen van het lid ...", then nothing but paragraphs. */
static bool has_unnumbered(const vb_work *w)
{
    bool head = false;
    for (size_t i = 0; i < w->lines.len; i++) {
        const vb_line *l = &w->lines.at[i];
        if (l->kind == VB_LINE_ANSWER || l->kind == VB_LINE_QUESTION) return false;
        if (l->kind == VB_LINE_TEXT && !head) {
            vb_str s = vb_line_bare(w, l);
            head = vb_line_opens_head(s) && (s.at[0] == 'V' || s.at[0] == 'v');
        }
    }
    return head;
}

vb_status vb_view_blocks(vb_work *w)
{
    vb_status status = VB_OK;
    assembly a = { .w = w, .open = VB_NONE, .note = VB_NONE, .section = VB_SECTION_HEAD };
    size_t mark = 0;
    a.unnumbered = has_unnumbered(w);
    for (size_t i = 0; i < w->lines.len; i++) {
        bool last = i + 1 == w->lines.len;
        TRY(put_line(&a, &w->lines.at[i]));
        TRY(put_bodies(&a, &mark, last ? UINT32_MAX : w->lines.at[i + 1].start));
    }
done:
    return status;
}
