/**
 * Notes: which lines are bodies, which marks call them. A body that says its style ("<sup>1</sup> ...",
 * "[1] ...") is one at once; a line "1) ..." or "1 ..." only when the text before it calls that number, or
 * the line reads like a source. Calls by mere digits ("School7") are taken in their order: 1, 2, 3, each
 * before its body.
 */
#include "loaders/view.h"

#include <stdlib.h>

enum { NUMBERS = 1000, SKIPPED_MAX = 2 };

typedef struct plain_body {
    uint32_t number, line, start; /* start: of the body's words */
    bool called;
} plain_body;
typedef VB_VEC(plain_body) body_list;

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/** Whether @p s reads like a source: an address, a parliamentary reference, or a medium with a date. */
static bool reads_like_source(vb_str s)
{
    static const char *const signs[] = {
        "http", "www.", "Kamerstuk", "Aanhangsel", "Stcrt.", "Stb.", "ECLI:"
    };
    static const char *const months[] = { " januari ",   " februari ", " maart ",    " april ",
                                          " mei ",       " juni ",     " juli ",     " augustus ",
                                          " september ", " oktober ",  " november ", " december " };
    for (size_t i = 0; i < VB_COUNT(signs); i++)
        if (vb_str_find(s, vb_str_of(signs[i]), 0) != SIZE_MAX) return true;
    size_t comma = vb_str_find(s, VB_STR(", "), 0);
    if (comma == SIZE_MAX || comma > 60) return false;
    vb_str head = vb_str_part(s, comma, comma + 24);
    for (size_t i = 0; i < VB_COUNT(months); i++)
        if (vb_str_find(head, vb_str_of(months[i]), 0) != SIZE_MAX) return true;
    return false;
}

/** "1) body" and "(1) body": bodies where a call stands before them or they read like a source; then what
 *  may be a call of such a body is one. */
static void settle_bracketed(vb_work *w, vb_note_style style)
{
    uint32_t first_call[NUMBERS];
    bool body[NUMBERS] = { false };
    for (size_t i = 0; i < NUMBERS; i++) first_call[i] = UINT32_MAX;
    for (size_t i = w->marks.len; i-- > 0;) {
        const vb_mark *m = &w->marks.at[i];
        if (m->kind == VB_MARK_MAYBE && m->style == style && m->note < NUMBERS)
            first_call[m->note] = m->start;
    }
    for (size_t i = 0; i < w->lines.len; i++) {
        vb_line *l = &w->lines.at[i];
        if (l->kind != VB_LINE_ITEM || !l->listed || l->style != style) continue;
        if (first_call[l->number] > l->start && !reads_like_source(vb_str_part(w->text, l->start, l->end)))
            continue;
        l->kind = VB_LINE_NOTE;
        body[l->number] = true;
    }
    for (size_t i = 0; i < w->marks.len; i++) {
        vb_mark *m = &w->marks.at[i];
        if (m->kind == VB_MARK_MAYBE && m->style == style && m->note < NUMBERS && body[m->note])
            m->kind = VB_MARK_CALL;
    }
}

/** Whether what stands at @p at opens a note's body: a capital, an opening quote, an address, a number of
 *  questions ("2024Z15585"), a source such as "de Volkskrant, 3 mei 2024". */
static bool opens_body(const vb_work *w, const vb_line *l, size_t at)
{
    vb_str s = { w->text.at, l->end };
    unsigned char c = (unsigned char)s.at[at];
    uint32_t year = 0;
    vb_str rest = vb_str_part(s, at, s.len);
    if (vb_is_upper_at(s, at) || strchr("\"'(", c)) return true;
    if (vb_str_starts(rest, VB_STR("de ")) && vb_is_upper_at(s, at + 3) && reads_like_source(rest))
        return true;
    if ((c == 0xc2 && s.at[at + 1] == '\xab') || (c == 0xe2 && strchr("\x98\x9c", s.at[at + 2]))) return true;
    if (vb_digits_at(s, at, 4, &year) == 4 && year >= 1990 && year < 2100 && at + 4 < l->end &&
        s.at[at + 4] == 'Z')
        return true;
    size_t m = vb_marks_from(w, l->start);
    return m < w->marks.len && w->marks.at[m].kind == VB_MARK_URL && w->marks.at[m].start <= at;
}

/** Where the body starts, when @p line opens with number @p number and then words of a note; else 0. */
static uint32_t plain_body_start(const vb_work *w, size_t line, uint32_t number, bool after_body)
{
    const vb_line *l = &w->lines.at[line];
    char digits[12];
    if (l->kind != VB_LINE_TEXT && l->kind != VB_LINE_ROW && l->kind != VB_LINE_URL) return 0;
    if (l->start >= l->end || !vb_is_digit(w->text.at[l->start])) return 0;
    size_t n = (size_t)snprintf(digits, sizeof digits, "%u", (unsigned)number), at = l->start + n;
    if (at >= l->end || memcmp(w->text.at + l->start, digits, n) != 0) return 0;
    bool glued = !is_blank(w->text.at[at]);
    while (at < l->end && is_blank(w->text.at[at])) at++;
    bool apart = line == 0 || w->lines.at[line - 1].kind == VB_LINE_BLANK || after_body;
    if (!opens_body(w, l, at) || (w->wrapping == VB_WRAP_GLUED ? !glued : glued || !apart)) return 0;
    return (uint32_t)at;
}

static vb_status find_plain_bodies(const vb_work *w, body_list *bodies)
{
    uint32_t last = 0;
    size_t last_line = 0;
    for (size_t i = 0; i < w->lines.len; i++) {
        bool near = last && i - last_line <= 4; /* a body may take a few lines */
        uint32_t start = plain_body_start(w, i, last + 1, near);
        if (!start) continue;
        if (vb_push(w->arena, bodies) != VB_OK) return VB_NO_MEMORY;
        bodies->at[bodies->len - 1] = (plain_body){ ++last, (uint32_t)i, start, false };
        last_line = i;
    }
    return VB_OK;
}

/** Whether what follows digits at the start of a line makes them a number of the sentence: a month, a unit.
 */
static bool counts_on(vb_str s)
{
    static const char *const words[] = { "januari",  "februari",  "maart",    "april",     "mei",
                                         "juni",     "juli",      "augustus", "september", "oktober",
                                         "november", "december",  "procent",  "miljoen",   "miljard",
                                         "jaar",     "maanden",   "weken",    "dagen",     "uur",
                                         "euro",     "gemeenten", "t/m",      "tot" };
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (vb_starts_folded(s, words[i])) return true;
    return false;
}

/** A line "2. In 2023 is", where the line above is no full sentence: the number calls a note and the point is
 *  the sentence's own. */
static void free_false_items(vb_work *w)
{
    for (size_t i = 1; i < w->lines.len; i++) {
        vb_line *l = &w->lines.at[i];
        const vb_line *above = l - 1;
        if (l->kind != VB_LINE_ITEM || !l->listed || l->style != VB_NOTE_STYLES ||
            above->kind != VB_LINE_TEXT || vb_text_closes(w->text, above->start, above->end))
            continue;
        l->kind = VB_LINE_TEXT;
        while (l->start > above->end && w->text.at[l->start - 1] != '\n') l->start--;
        while (is_blank(w->text.at[l->start])) l->start++;
    }
}

/** Whether the digits before @p after, at the start of text line @p l, may call a note of the line above:
 *  the sentence goes on ("2 herhaald en", "3, Algerije") or, after a full one, another starts ("1 Herkent
 * u"). */
static bool calls_above(const vb_work *w, const vb_line *l, size_t digits_end, size_t after)
{
    vb_str s = { w->text.at, l->end }, rest = vb_str_part(s, after, l->end);
    bool mark = rest.len && (strchr(",.;:?!", rest.at[0]) || (unsigned char)rest.at[0] == 0xc2);
    if (!rest.len || vb_is_digit(rest.at[0]) || counts_on(rest) || (after == digits_end && !mark))
        return false;
    if (!vb_is_upper_at(s, after)) return true;
    const vb_line *above = l > w->lines.at ? l - 1 : NULL;
    return above && above->kind == VB_LINE_TEXT && vb_text_closes(w->text, above->start, above->end);
}

static vb_status add_maybe(vb_work *w, size_t start, size_t end, uint32_t note)
{
    if (vb_push(w->arena, &w->marks) != VB_OK) return VB_NO_MEMORY;
    w->marks.at[w->marks.len - 1] = (vb_mark){ .start = (uint32_t)start,
                                               .end = (uint32_t)end,
                                               .note = note,
                                               .kind = VB_MARK_MAYBE,
                                               .style = VB_NOTE_PLAIN };
    return VB_OK;
}

/** Calls that the extraction put on a line of their own, or before the rest of the sentence:
 *  "van de NAVO?" + "1", "verklaring" + "2 herhaald en ...". */
static vb_status add_line_calls(vb_work *w)
{
    for (size_t i = 0; i < w->lines.len; i++) {
        const vb_line *l = &w->lines.at[i];
        vb_str s = { w->text.at, l->end };
        bool text = l->kind == VB_LINE_TEXT;
        if (l->kind != VB_LINE_CALLS && !text) continue;
        for (size_t at = l->start, n; at < l->end && vb_is_digit(s.at[at]);) {
            uint32_t note = 0;
            if (!(n = vb_digits_at(s, at, 2, &note))) break;
            size_t after = at + n;
            while (after < l->end && (s.at[after] == ' ' || (!text && !vb_is_digit(s.at[after])))) after++;
            if (text && !calls_above(w, l, at + n, after)) break;
            if (add_maybe(w, at, at + n, note) != VB_OK) return VB_NO_MEMORY;
            if (text) break;
            at = after;
        }
    }
    return VB_OK;
}

static int by_start(const void *a, const void *b)
{
    const vb_mark *x = a, *y = b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end); /* what holds another comes first */
}

/** Take the calls in their order: the next number, or one of the two after it, if its body comes later. */
static void settle_plain_calls(vb_work *w, body_list *bodies)
{
    uint32_t expect = 1;
    for (size_t i = 0; i < w->marks.len && bodies->len; i++) {
        vb_mark *m = &w->marks.at[i];
        if (m->kind != VB_MARK_MAYBE || m->style != VB_NOTE_PLAIN) continue;
        if (m->note < expect || m->note > expect + SKIPPED_MAX || m->note > bodies->len) continue;
        plain_body *b = &bodies->at[m->note - 1];
        if (b->start <= m->start) continue;
        m->kind = VB_MARK_CALL;
        b->called = true;
        expect = m->note + 1;
    }
}

static void settle_plain_bodies(vb_work *w, const body_list *bodies)
{
    for (size_t i = 0; i < bodies->len; i++) {
        const plain_body *b = &bodies->at[i];
        bool beside =
            (i > 0 && bodies->at[i - 1].called) || (i + 1 < bodies->len && bodies->at[i + 1].called);
        if (!b->called && !beside && w->wrapping != VB_WRAP_GLUED) continue;
        vb_line *l = &w->lines.at[b->line];
        l->kind = VB_LINE_NOTE;
        l->style = VB_NOTE_PLAIN;
        l->number = b->number;
        l->start = b->start;
    }
}

/** Whether @p line, which follows a line of a body, goes on with it. */
static bool goes_on(const vb_work *w, const vb_line *line)
{
    if (line->kind != VB_LINE_TEXT && line->kind != VB_LINE_URL && line->kind != VB_LINE_ITEM &&
        line->kind != VB_LINE_CALLS)
        return false;
    if (line->kind == VB_LINE_ITEM && line->listed) return false;
    return !(w->wrapping == VB_WRAP_WIDTH && line->page);
}

/** Digits in mastheads and page feet ("Staten-Generaal2") call nothing. */
static void free_furniture(vb_work *w)
{
    for (size_t i = 0; i < w->lines.len; i++) {
        const vb_line *l = &w->lines.at[i];
        if (l->kind != VB_LINE_FOOTER && l->kind != VB_LINE_LETTERHEAD) continue;
        for (size_t m = vb_marks_from(w, l->start); m < w->marks.len && w->marks.at[m].start < l->end; m++)
            if (w->marks.at[m].kind == VB_MARK_MAYBE) w->marks.at[m].style = VB_NOTE_STYLES;
    }
}

vb_status vb_view_notes(vb_work *w)
{
    vb_status status;
    body_list bodies = { 0 };
    free_furniture(w);
    if (w->wrapping == VB_WRAP_GLUED) free_false_items(w);
    settle_bracketed(w, VB_NOTE_PAREN);
    settle_bracketed(w, VB_NOTE_PARENS);
    TRY(find_plain_bodies(w, &bodies));
    if (bodies.len) {
        if (w->wrapping == VB_WRAP_GLUED) TRY(add_line_calls(w));
        if (w->marks.len) qsort(w->marks.at, w->marks.len, sizeof *w->marks.at, by_start);
        settle_plain_calls(w, &bodies);
        settle_plain_bodies(w, &bodies);
    }
    for (size_t i = 1; i < w->lines.len; i++) {
        vb_line *l = &w->lines.at[i];
        if (w->lines.at[i - 1].kind != VB_LINE_NOTE || !goes_on(w, l)) continue;
        l->kind = VB_LINE_NOTE;
        l->number = 0; /* more of the body above */
    }
    status = VB_OK;
done:
    return status;
}
