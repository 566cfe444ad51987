/**
 * Notes at the ends of a PDF's pages, put where other formats have them: bodies at the end of the text as
 * "[n] body", called by "[n]", so that the sentence that the page's end cut goes on on the next page.
 *
 * What pdftotext gives has lost that notes are small and their calls raised. A run of lines at a page's end
 * is taken for notes when it is numbered on from the page before (from 1), nothing but notes follows it on
 * the page, and each number stands above it where a call could: behind a full stop or a word ("beter.2"), or
 * by itself. A document whose notes do not go so is left as it is, and the view looks for them in its own
 * way.
 */
#include "loaders/formats.h"
#include "loaders/view.h"

/** Of a page: its notes, the lines of one, its bytes, and lines that look like the first note and are none.
 * What has more is no page of people; time stays in proportion to the text. */
enum { NOTES_MAX = 40, BODY_LINES = 60, PAGE_MAX = 1 << 14, FALSE_MAX = 8 };

typedef struct note {
    vb_str call; /* the digits in the text */
    vb_str body; /* lines, with what ends them */
} note;

typedef struct page {
    vb_str all;
    size_t notes; /* where its notes begin; all.len: it has none */
} page;

typedef struct notes {
    vb_arena *arena;
    VB_VEC(note) found;
    VB_VEC(page) pages;
    note room[NOTES_MAX]; /* of the page that is read */
} notes;

static size_t line_end(vb_str s, size_t at)
{
    const char *end = at < s.len ? memchr(s.at + at, '\n', s.len - at) : NULL;
    return end ? (size_t)(end - s.at) : s.len;
}

/** Whether the line at @p at opens note @p number: "2 Kamerstukken II, …". *body is where its words begin. */
static bool opens_note(vb_str s, size_t at, uint32_t number, size_t *body)
{
    uint32_t n = 0;
    while (at < s.len && s.at[at] == ' ') at++;
    size_t digits = vb_digits_at(s, at, 3, &n);
    if (!digits || n != number) return false;
    at += digits;
    size_t blank = at;
    while (at < s.len && s.at[at] == ' ') at++;
    *body = at;
    if (at == blank || at >= s.len) return false;
    return vb_is_upper_at(s, at) || strchr("\"'(", s.at[at]) || (unsigned char)s.at[at] == 0xe2 ||
           vb_str_starts(vb_str_part(s, at, s.len), VB_STR("http")) ||
           vb_str_starts(vb_str_part(s, at, s.len), VB_STR("www."));
}

/** "Pagina 2 van 7", "7": what may stand below the notes. */
static bool is_folio(vb_str line)
{
    line = vb_str_trim(line);
    if (vb_starts_folded(line, "pagina ")) return true;
    for (size_t i = 0; i < line.len; i++)
        if (!vb_is_digit(line.at[i])) return false;
    return true;
}

/* ---- calls --------------------------------------------------------------------------------------------- */

/** How likely the digits [at, end) of @p s call a note; 0: they do not. */
static int call_rank(vb_str s, size_t at, size_t end)
{
    unsigned char before = at ? (unsigned char)s.at[at - 1] : ' ';
    unsigned char after = end < s.len ? (unsigned char)s.at[end] : ' ';
    if (vb_is_digit((char)before) || vb_is_digit((char)after)) return 0;
    bool closes = after <= ' ' || strchr(".,;:)?!", after);
    if (!closes || ((after == '.' || after == ',') && end + 1 < s.len && vb_is_digit(s.at[end + 1])))
        return 0;
    if (strchr(".,;:)?!\"'", before) && at > 1 && !vb_is_digit(s.at[at - 2])) return 4;
    if (at > 2 && before >= 0x80 && (unsigned char)s.at[at - 3] == 0xe2) return 4; /* a closing quote */
    if ((before >= 'a' && before <= 'z') || before >= 0x80) return 3;
    if (before == ' ' && after == ' ') return 2;
    return before >= 'A' && before <= 'Z' ? 1 : 0;
}

/** The best place between @p from and @p to that calls @p number; an empty view where there is none. */
static vb_str find_call(vb_str s, size_t from, size_t to, uint32_t number)
{
    char digits[12];
    int best = 0;
    vb_str found = { NULL, 0 };
    size_t n = (size_t)snprintf(digits, sizeof digits, "%u", (unsigned)number);
    for (size_t at = from; at + n <= to; at++) {
        if (memcmp(s.at + at, digits, n) != 0) continue;
        int rank = call_rank(vb_str_part(s, 0, to), at, at + n);
        if (rank <= best) continue;
        best = rank;
        found = vb_str_part(s, at, at + n);
    }
    return found;
}

/* ---- pages --------------------------------------------------------------------------------------------- */

/** Read the notes from @p at to the page's end, their calls above. @return how many; 0 when they are none. */
static size_t read_notes(vb_str s, size_t at, uint32_t number, note *out, size_t max)
{
    size_t n = 0, first = at, called = 0, body = 0, lines = 0;
    bool gap = false;
    for (size_t end; at < s.len; at = end + 1) {
        end = line_end(s, at);
        vb_str line = vb_str_part(s, at, end);
        if (!vb_str_trim(line).len) {
            gap = true;
            continue;
        }
        if (opens_note(s, at, number + (uint32_t)n, &body)) {
            if (n == max) return 0;
            out[n].call = find_call(s, called, first, number + (uint32_t)n);
            if (!out[n].call.len) return 0;
            called = (size_t)(out[n].call.at - s.at) + out[n].call.len;
            out[n++].body = vb_str_part(s, body, end);
            lines = 0;
        } else if (n && !gap && ++lines < BODY_LINES) {
            out[n - 1].body.len = (size_t)(s.at + end - out[n - 1].body.at);
        } else if (!is_folio(line)) {
            return 0;
        }
        gap = false;
    }
    return n;
}

static vb_status take_page(notes *all, vb_str s)
{
    uint32_t number = (uint32_t)all->found.len + 1;
    size_t n = 0, at = 0, body, tried = 0;
    if (vb_push(all->arena, &all->pages) != VB_OK) return VB_NO_MEMORY;
    for (; at < s.len && s.len <= PAGE_MAX && tried < FALSE_MAX; at = line_end(s, at) + 1) {
        if (!opens_note(s, at, number, &body)) continue;
        n = read_notes(s, at, number, all->room, NOTES_MAX);
        if (n) break;
        tried++;
    }
    all->pages.at[all->pages.len - 1] = (page){ s, n ? at : s.len };
    for (size_t i = 0; i < n; i++) {
        if (vb_push(all->arena, &all->found) != VB_OK) return VB_NO_MEMORY;
        all->found.at[all->found.len - 1] = all->room[i];
    }
    return VB_OK;
}

/* ---- the text ------------------------------------------------------------------------------------------ */

/** A page without its notes, its calls in brackets. */
static vb_status write_page(const notes *all, const page *p, size_t *next, vb_buf *out)
{
    vb_status status = VB_OK;
    vb_str words = vb_str_part(p->all, 0, p->notes);
    size_t at = 0;
    for (; *next < all->found.len; ++*next) {
        vb_str call = all->found.at[*next].call;
        if (call.at < words.at || call.at >= words.at + words.len) break;
        size_t place = (size_t)(call.at - words.at);
        vb_str before = vb_str_part(words, at, place);
        if (before.len && before.at[before.len - 1] == ' ') before.len--; /* "gemeenten 1 bij" */
        TRY(vb_buf_add(out, before));
        TRY(vb_buf_printf(out, "[%zu]", *next + 1));
        at = place + call.len;
    }
    words = vb_str_part(words, at, words.len);
    if (p->notes < p->all.len) /* the sentence goes on on the next page */
        while (words.len && strchr(" \n", words.at[words.len - 1])) words.len--;
    TRY(vb_buf_add(out, words));
done:
    return status;
}

/** A body on one line. */
static vb_status write_body(const note *n, size_t number, vb_buf *out)
{
    vb_status status;
    vb_str rest = n->body, line;
    bool first = true, torn = false;
    TRY(vb_buf_printf(out, "[%zu] ", number));
    while (vb_str_next(&rest, '\n', &line)) {
        line = vb_str_trim(line);
        if (!first && !torn) TRY(vb_buf_add(out, VB_STR(" ")));
        first = false;
        torn = line.len && line.at[line.len - 1] == '/'; /* an address goes on */
        TRY(vb_buf_add(out, line));
    }
    TRY(vb_buf_add(out, VB_STR("\n")));
done:
    return status;
}

static vb_status write_text(const notes *all, vb_buf *out)
{
    vb_status status = VB_OK;
    size_t next = 0;
    for (size_t i = 0; i < all->pages.len; i++) {
        bool cut = i && all->pages.at[i - 1].notes < all->pages.at[i - 1].all.len;
        if (i) TRY(vb_buf_add(out, cut ? VB_STR("\n") : VB_STR("\f")));
        TRY(write_page(all, &all->pages.at[i], &next, out));
    }
    TRY(vb_buf_add(out, VB_STR("\n\n")));
    for (size_t i = 0; i < all->found.len; i++) TRY(write_body(&all->found.at[i], i + 1, out));
done:
    return status;
}

vb_status vb_pdf_notes(vb_buf *text, vb_arena *arena)
{
    vb_status status = VB_OK;
    notes all = { .arena = arena };
    vb_str rest = vb_buf_view(text), s;
    vb_buf out = { 0 };
    if (vb_str_find(rest, VB_STR("[1]"), 0) != SIZE_MAX) return VB_OK; /* somebody typed them so */
    while (vb_str_next(&rest, '\f', &s)) TRY(take_page(&all, s));
    if (!all.found.len) return VB_OK;
    TRY(write_text(&all, &out));
    vb_buf_clear(text);
    *text = out;
    out = (vb_buf){ 0 };
done:
    vb_buf_clear(&out);
    return status;
}
