/**
 * PDF by pdftotext (poppler) in a child process: its order of reading knows columns. Running heads and feet,
 * which repeat from page to page, are left out; pages that are pictures, and fonts that do not say which
 * letters they draw, are recognised and said. What remains is wrapped text, which the view unwraps: hyphens
 * at line ends and notes at page ends are its work.
 */
#include "loaders/process.h"
#include "loaders/formats.h"

#include <stdlib.h>

enum {
    SECONDS = 60,
    EDGE = 3,
    FURNITURE_MAX = 90,
    LETTERS_MIN = 20,
    WORDS_MIN = 60,
    WORDS_SURE = 300,
    PAGES_MIN = 3
};
#define MEMORY ((size_t)1 << 30)

/* ---- what the text looks like ------------------------------------------------------------------------- */

typedef struct look {
    size_t n_pages, n_pictures; /* pages; those with next to no letters */
    size_t n_words, n_common, n_letters, n_marks, n_broken;
} look;

/** Words that no page of Dutch or English prose does without. */
static bool is_common(vb_str word)
{
    static const char *const words[] = { "de",  "het", "een", "van", "en",  "in", "op", "te",  "is",  "voor",
                                         "met", "dat", "the", "of",  "and", "to", "a",  "for", "die", "aan" };
    for (size_t i = 0; i < VB_COUNT(words); i++)
        if (strlen(words[i]) == word.len && strncasecmp(words[i], word.at, word.len) == 0) return true;
    return false;
}

static bool is_letter(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void look_at_page(look *l, vb_str page)
{
    size_t letters = 0, start = 0;
    for (size_t i = 0; i <= page.len; i++) {
        unsigned char c = i < page.len ? (unsigned char)page.at[i] : ' ';
        if (c > ' ') {
            letters += is_letter(c);
            l->n_marks += c < 0x80 && !is_letter(c);
            l->n_broken +=
                (c < 0x20) || (c == 0xef && i + 2 < page.len &&
                               (page.at[i + 1] == '\xbf' || (unsigned char)page.at[i + 1] <= 0xa3));
            continue;
        }
        l->n_broken += c < ' ' && !strchr("\n\r\t\f", c);
        if (i > start) {
            l->n_words++;
            l->n_common += is_common(vb_str_part(page, start, i));
        }
        start = i + 1;
    }
    l->n_pages++;
    l->n_letters += letters;
    l->n_pictures += letters < LETTERS_MIN;
}

/** Whether the words are no words: a font without the letters it stands for. */
static bool is_garbled(const look *l)
{
    if (l->n_broken * 20 > l->n_letters + l->n_marks) return true;
    if (l->n_words < WORDS_MIN || l->n_common * 100 >= l->n_words) return false;
    return l->n_letters < l->n_marks * 2 || l->n_words >= WORDS_SURE;
}

/* ---- pages -------------------------------------------------------------------------------------------- */

/** A line at a page's head or foot, with its numbers made alike. */
typedef struct edge {
    vb_str shape;
    size_t start, end; /* bytes of the text */
    size_t page;
    bool numbered;
} edge;
typedef VB_VEC(edge) edges;

/** The line's words with every number as '#'; empty for a line that is too long to be furniture, or that
 * opens with a number and goes on in words, as notes do. */
static vb_status shape_of(vb_arena *arena, vb_str line, vb_str *out, bool *numbered)
{
    char shape[FURNITURE_MAX];
    size_t n = 0;
    bool digit = false;
    *out = (vb_str){ NULL, 0 };
    *numbered = false;
    line = vb_str_trim(line);
    if (!line.len || line.len >= FURNITURE_MAX) return VB_OK;
    for (size_t i = 0; i < line.len; i++) {
        bool was = digit;
        digit = line.at[i] >= '0' && line.at[i] <= '9';
        *numbered = *numbered || digit;
        if (digit && was) continue;
        if (line.at[i] == ' ' && n && shape[n - 1] == ' ') continue;
        shape[n++] = digit ? '#' : line.at[i];
    }
    if (shape[0] == '#' && n > 1 && !strchr("/-|", shape[n > 2 && shape[1] == ' ' ? 2 : 1])) return VB_OK;
    return vb_arena_copy(arena, (vb_str){ shape, n }, out);
}

/** The first and the last lines of a page that hold words. */
static vb_status add_edges(vb_arena *arena, vb_str text, size_t start, size_t end, size_t page, edges *out)
{
    vb_status status = VB_OK;
    size_t found[2 * EDGE], n = 0, at = start;
    for (; at < end && n < EDGE; n++) { /* from the top */
        while (at < end && strchr("\n\r \t", text.at[at])) at++;
        if (at >= end) break;
        const char *stop = memchr(text.at + at, '\n', end - at);
        found[n] = at;
        at = stop ? (size_t)(stop - text.at) : end;
    }
    size_t top = at;
    for (size_t k = 0, last = end; k < EDGE && last > top; k++) { /* from below */
        while (last > top && strchr("\n\r \t", text.at[last - 1])) last--;
        if (last <= top) break;
        const char *before = memrchr(text.at + top, '\n', last - top);
        size_t first = before ? (size_t)(before - text.at) + 1 : top;
        found[n++] = first;
        last = first;
    }
    for (size_t i = 0; i < n; i++) {
        const char *stop = memchr(text.at + found[i], '\n', end - found[i]);
        size_t line_end = stop ? (size_t)(stop - text.at) : end;
        edge e = { .start = found[i], .end = line_end, .page = page };
        TRY(shape_of(arena, vb_str_part(text, e.start, e.end), &e.shape, &e.numbered));
        if (!e.shape.len) continue;
        TRY(vb_push(arena, out));
        out->at[out->len - 1] = e;
    }
done:
    return status;
}

static int by_shape(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    int c = vb_str_cmp(x->shape, y->shape);
    return c ? c : (x->start > y->start) - (x->start < y->start);
}

/** Blank out lines of one shape that half of the pages have; one without a number stays where it is first. */
static void drop_furniture(char *text, edges *all, size_t n_pages)
{
    if (all->len) qsort(all->at, all->len, sizeof *all->at, by_shape);
    for (size_t i = 0, end; i < all->len; i = end) {
        size_t pages = 1;
        for (end = i + 1; end < all->len && vb_str_eq(all->at[end].shape, all->at[i].shape); end++)
            pages += all->at[end].page != all->at[end - 1].page;
        if (n_pages < PAGES_MIN || pages < PAGES_MIN || pages * 2 < n_pages) continue;
        for (size_t k = i + !all->at[i].numbered; k < end; k++)
            memset(text + all->at[k].start, ' ', all->at[k].end - all->at[k].start);
    }
}

/** Look at every page, and take what repeats out of the text. */
static vb_status read_pages(char *text, size_t len, vb_arena *arena, look *l)
{
    vb_status status = VB_OK;
    edges all = { 0 };
    vb_str s = { text, len };
    for (size_t at = 0; at < len;) {
        const char *feed = memchr(text + at, '\f', len - at);
        size_t end = feed ? (size_t)(feed - text) : len;
        look_at_page(l, vb_str_part(s, at, end));
        TRY(add_edges(arena, s, at, end, l->n_pages, &all));
        at = end + 1;
    }
    drop_furniture(text, &all, l->n_pages);
done:
    return status;
}

/** Controls that text does not hold become blanks; blanks at line ends go. @return the new length. */
static size_t clean(char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            while (n && text[n - 1] == ' ') n--;
        text[n++] = (char)((c < ' ' && !strchr("\n\t\f", c)) || c == 0x7f ? ' ' : c);
        if (c == 0) text[n - 1] = ' ';
    }
    return n;
}

/** Length of the bullet that is all of a line, its end included: its words stand in the next line. */
static size_t lone_bullet(const char *at, size_t len)
{
    static const char *const bullets[] = {
        "\xe2\x80\xa2\n",
        "\xe2\x96\xaa\n",
        "\xe2\x97\xa6\n",
        "\xef\x82\xb7\n",
        "\xe2\x80\x93\n",
        "-\n",
        "o\n",
    };
    for (size_t i = 0; i < VB_COUNT(bullets); i++) {
        size_t n = strlen(bullets[i]);
        if (n <= len && memcmp(at, bullets[i], n) == 0) return n;
    }
    return 0;
}

/** Bullets and their words, which pdftotext puts on lines of their own, on one line. @return the new length.
 */
static size_t join_bullets(char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len;) {
        size_t bullet = !i || text[i - 1] == '\n' ? lone_bullet(text + i, len - i) : 0;
        if (!bullet) {
            text[n++] = text[i++];
            continue;
        }
        memmove(text + n, text + i, bullet - 1);
        n += bullet - 1;
        text[n++] = ' ';
        i += bullet;
        while (i < len && text[i] == '\n') i++;
    }
    return n;
}

/* ---- the program -------------------------------------------------------------------------------------- */

static vb_status explain(const vb_process_end *end, vb_error *err)
{
    char words[120];
    if (strstr(end->words, "Incorrect password") || strstr(end->words, "password"))
        return vb_fail(err, VB_BAD_INPUT, "protected by a password: PDF");
    if (end->code < 0) return vb_fail(err, VB_BAD_INPUT, "PDF that takes too much memory or time to read");
    size_t n = strcspn(end->words, "\n");
    snprintf(words, sizeof words, "%.*s", (int)(n < sizeof words ? n : sizeof words - 1), end->words);
    for (char *c = words; *c; c++)
        if (*c < ' ' || *c > '~') *c = '?';
    return vb_fail(err, VB_BAD_INPUT, "broken PDF: %s", words[0] ? words : "unreadable");
}

static vb_status judge(const look *l, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_str note;
    if (l->n_pictures == l->n_pages)
        return vb_fail(err, VB_BAD_INPUT, "scanned PDF: %zu page%s of pictures without text", l->n_pages,
                       l->n_pages == 1 ? "" : "s");
    if (is_garbled(l))
        return vb_fail(err, VB_BAD_INPUT, "garbled PDF: its fonts do not say which letters they draw");
    if (l->n_pictures * 4 <= l->n_pages) return VB_OK;
    if (vb_arena_printf(arena, &note, "%zu of %zu pages hold next to no text: scanned?", l->n_pictures,
                        l->n_pages) != VB_OK)
        return vb_fail_memory(err);
    out->note = note.at;
    return VB_OK;
}

vb_status vb_pdf_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    static const char *const argv[] = { "pdftotext", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL };
    static const vb_process_limits limits = { SECONDS, MEMORY, VB_TEXT_MAX };
    vb_status status;
    vb_buf text = { 0 };
    vb_process_end end;
    look l = { 0 };
    status = vb_process_run(argv, bytes, &limits, &text, &end, err);
    if (status == VB_NOT_FOUND)
        status = vb_fail(err, VB_BAD_INPUT, "PDF needs the program pdftotext (package poppler-utils)");
    if (status != VB_OK) goto done;
    if (end.code != 0) {
        status = explain(&end, err);
        goto done;
    }
    if (!text.len) {
        status = vb_fail(err, VB_BAD_INPUT, "PDF without pages");
        goto done;
    }
    if (read_pages(text.at, text.len, arena, &l) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(judge(&l, arena, out, err));
    text.len = join_bullets(text.at, clean(text.at, text.len));
    if (vb_pdf_notes(&text, arena) != VB_OK || vb_arena_copy(arena, vb_buf_view(&text), &out->text) != VB_OK)
        status = vb_fail_memory(err);
done:
    vb_buf_clear(&text);
    return status;
}

bool vb_pdf_sniff(vb_str bytes)
{
    return vb_str_find(vb_str_part(bytes, 0, 1024), VB_STR("%PDF-"), 0) != SIZE_MAX && !vb_html_sniff(bytes);
}
