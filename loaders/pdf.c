/**
 * PDF by pdftotext (poppler) in a child process: its order of reading knows columns. It is asked for words
 * with their places (pdf.h): its plain text drops hyphens at line ends for good, and does not tell a number
 * from the call of a note. Pages that are pictures, and fonts that do not say which letters they draw, are
 * recognised and said. What remains is wrapped text, which the view unwraps.
 */
#include "loaders/formats.h"
#include "loaders/pdf.h"
#include "loaders/process.h"
#include "loaders/prose.h"

enum { SECONDS = 60, LETTERS_MIN = 20, WORDS_MIN = 60, WORDS_SURE = 300 };
#define MEMORY     ((size_t)1 << 30)
#define LAYOUT_MAX ((size_t)128 << 20) /* bytes of words with their places: some 2500 pages */

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

/** Marks of a font that does not say which letters it draws: controls (the layout has DEL for them), the
 *  place of private characters, and what stands for unknown ones. */
static size_t count_broken(vb_str word)
{
    size_t n = 0;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        n += c == 0x7f || (c == 0xef && i + 2 < word.len &&
                           (word.at[i + 1] == '\xbf' || (unsigned char)word.at[i + 1] <= 0xa3));
    }
    return n;
}

static void look_at_page(look *l, const vb_pdf *pdf, const vb_pdf_page *page)
{
    size_t letters = 0;
    for (uint32_t i = page->first; i < page->first + page->n; i++) {
        const vb_pdf_line *line = &pdf->lines.at[i];
        for (uint32_t k = line->first; k < line->first + line->n; k++) {
            vb_str word = pdf->words.at[k].text;
            l->n_words++;
            l->n_common += is_common(word);
            l->n_broken += count_broken(word);
            for (size_t at = 0; at < word.len; at++) {
                unsigned char c = (unsigned char)word.at[at];
                letters += is_letter(c);
                l->n_marks += c > ' ' && c < 0x7f && !is_letter(c);
            }
        }
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

/** What the file says of itself, where it says something: not the name of a file, nor who typed it. */
static void take_properties(const vb_pdf *pdf, vb_source *out)
{
    size_t blanks = 0;
    for (size_t i = 0; i < pdf->title.len; i++) blanks += pdf->title.at[i] == ' ';
    bool program =
        vb_str_starts(pdf->title, VB_STR("Microsoft ")) || memchr(pdf->title.at, 0x7f, pdf->title.len);
    if (blanks >= 2 && !program) out->properties.title = pdf->title;
    if (vb_properties_body(pdf->author)) out->properties.sender = pdf->author;
    out->saved = pdf->saved;
    out->laid = true;
}

vb_status vb_pdf_read_layout(vb_buf *layout, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    vb_buf text = { 0 };
    look l = { 0 };
    vb_pdf pdf = { .arena = arena, .title = VB_STR(""), .author = VB_STR("") };
    TRY(vb_pdf_layout(layout, &pdf, err));
    if (!pdf.pages.len) return vb_fail(err, VB_BAD_INPUT, "PDF without pages");
    for (size_t i = 0; i < pdf.pages.len; i++) look_at_page(&l, &pdf, &pdf.pages.at[i]);
    TRY(judge(&l, arena, out, err));
    TRY(vb_pdf_edges(&pdf) == VB_OK ? VB_OK : vb_fail_memory(err));
    vb_pdf_notes(&pdf);
    take_properties(&pdf, out);
    for (size_t i = 0; i < pdf.words.len; i++) {
        uint32_t typed = vb_prose_typed(pdf.words.at[i].text);
        if (typed > pdf.first_note) pdf.first_note = typed;
    }
    if (vb_pdf_text(&pdf, &text) != VB_OK || vb_arena_copy(arena, vb_buf_view(&text), &out->text) != VB_OK)
        status = vb_fail_memory(err);
done:
    vb_buf_clear(&text);
    return status;
}

vb_status vb_pdf_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    static const char *const argv[] = { "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-", "-", NULL };
    static const vb_process_limits limits = { SECONDS, MEMORY, LAYOUT_MAX };
    vb_buf layout = { 0 };
    vb_process_end end;
    vb_status status = vb_process_run(argv, bytes, &limits, &layout, &end, err);
    if (status == VB_NOT_FOUND)
        status = vb_fail(err, VB_BAD_INPUT, "PDF needs the program pdftotext (package poppler-utils)");
    else if (status == VB_OK)
        status = end.code ? explain(&end, err) : vb_pdf_read_layout(&layout, arena, out, err);
    vb_buf_clear(&layout);
    return status;
}

bool vb_pdf_sniff(vb_str bytes)
{
    return vb_str_find(vb_str_part(bytes, 0, 1024), VB_STR("%PDF-"), 0) != SIZE_MAX && !vb_html_sniff(bytes);
}
