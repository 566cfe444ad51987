/**
 * Running heads and feet: lines whose words, but for their numbers, stand on half of the pages: at the upper
 * or lower edge, or elsewhere at one place, as what stands beside the text does. Where the first page has it
 * and its numbers do not count on, it stays there: a letter's head is there said once.
 */
#include "loaders/pdf.h"
#include "loaders/view.h"

#include <stdlib.h>

enum { WORDS_MAX = 90, PAGES_SURE = 3 };

/** How much of a page's height its edges are. */
static const float margin = 0.14F;
/** Points that a line's place may differ between two pages. */
static const float same_place = 3;

/** A line that may be furniture, its shape: its words with every number as '#', and, where it is not at an
 * edge, its place. */
typedef struct edge {
    vb_str shape, words;
    float top;
    uint32_t line, page;
} edge;
typedef VB_VEC(edge) edges;

/** The words of a line; empty where they are too long, or a note, a question or its answer. */
static vb_status words_of(vb_pdf *pdf, const vb_pdf_line *l, vb_str *out)
{
    char words[WORDS_MAX];
    size_t n = 0;
    vb_line marker;
    *out = (vb_str){ NULL, 0 };
    for (uint32_t k = l->first; k < l->first + l->n && !l->label; k++) {
        vb_str word = pdf->words.at[k].text;
        if (n + 1 + word.len > WORDS_MAX) return VB_OK;
        if (n) words[n++] = ' ';
        memcpy(words + n, word.at, word.len);
        n += word.len;
    }
    if (vb_line_marker((vb_str){ words, n }, &marker)) return VB_OK;
    return vb_arena_copy(pdf->arena, (vb_str){ words, n }, out);
}

static vb_status shape_of(vb_pdf *pdf, const vb_pdf_page *page, edge *e)
{
    const vb_pdf_line *l = &pdf->lines.at[e->line];
    bool at_edge = l->bottom < page->height * margin || l->top > page->height * (1 - margin);
    char shape[WORDS_MAX + 32];
    size_t n = 0;
    vb_status status = words_of(pdf, l, &e->words);
    if (status != VB_OK || !e->words.len) return status;
    for (size_t i = 0; i < e->words.len; i++) {
        bool digit = vb_is_digit(e->words.at[i]);
        if (!digit || !n || shape[n - 1] != '#') shape[n++] = digit ? '#' : e->words.at[i];
    }
    if (n > 2 && shape[0] == '#' && !strchr("/-|", shape[shape[1] == ' ' ? 2 : 1])) { /* "1 Kamerstukken" */
        memcpy(shape, e->words.at, e->words.len);
        n = e->words.len;
    }
    if (!at_edge) n += (size_t)snprintf(shape + n, 32, "@%.0f,%.0f", (double)l->left, (double)l->top);
    return vb_arena_copy(pdf->arena, (vb_str){ shape, n }, &e->shape);
}

static vb_status find_edges(vb_pdf *pdf, edges *out)
{
    vb_status status = VB_OK;
    for (uint32_t p = 0; p < pdf->pages.len; p++) {
        const vb_pdf_page *page = &pdf->pages.at[p];
        for (uint32_t i = page->first; i < page->first + page->n; i++) {
            edge e = { .top = pdf->lines.at[i].top, .line = i, .page = p };
            TRY(shape_of(pdf, page, &e));
            if (!e.shape.len) continue;
            TRY(vb_push(pdf->arena, out));
            out->at[out->len - 1] = e;
        }
    }
done:
    return status;
}

static int by_shape(const void *a, const void *b)
{
    const edge *x = a, *y = b;
    int c = vb_str_cmp(x->shape, y->shape);
    return c ? c : (x->line > y->line) - (x->line < y->line);
}

/** Whether edges [from, to), all of one shape, repeat as heads and feet do. */
static bool repeats(const vb_pdf *pdf, const edges *all, size_t from, size_t to)
{
    size_t pages = 1;
    bool one_place = true;
    for (size_t i = from + 1; i < to; i++) {
        float apart = all->at[i].top - all->at[from].top;
        pages += all->at[i].page != all->at[i - 1].page;
        one_place = one_place && apart < same_place && apart > -same_place;
    }
    if (pages < 2 || pages * 2 < pdf->pages.len) return false;
    return pages >= PAGES_SURE || one_place;
}

vb_status vb_pdf_edges(vb_pdf *pdf)
{
    edges all = { 0 };
    vb_status status = find_edges(pdf, &all);
    if (status == VB_OK && all.len) qsort(all.at, all.len, sizeof *all.at, by_shape);
    for (size_t i = 0, end; status == VB_OK && i < all.len; i = end) {
        for (end = i + 1; end < all.len && vb_str_eq(all.at[end].shape, all.at[i].shape);) end++;
        if (!repeats(pdf, &all, i, end)) continue;
        bool counts = false;
        for (size_t k = i + 1; k < end; k++) counts = counts || !vb_str_eq(all.at[k].words, all.at[i].words);
        for (size_t k = i + (all.at[i].page == 0 && !counts); k < end; k++)
            pdf->lines.at[all.at[k].line].kind = VB_PDF_EDGE;
    }
    return status;
}
