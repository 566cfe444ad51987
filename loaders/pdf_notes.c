/**
 * Notes at the ends of a PDF's pages, put where other formats have them: bodies at the end of the text as
 * "[n] body", called by "[n]", so that the sentence that the page's end cut goes on on the next page.
 *
 * A call is a number that is smaller than its line and raised in it. The bodies are the lines at the foot of
 * the page that open with the numbers called above, in their order; nothing else may stand below the first.
 * A body that its page could not hold goes on at the next one's foot, in the letters of notes. A raised
 * number without a body ("m2") is left alone, and a document whose notes do not go so as well: the view looks
 * for those in its own way.
 */
#include "loaders/pdf.h"

/** Of a page: its calls, and how many of its lines notes may take. */
enum { CALLS_MAX = 60, LINES_MAX = 90 };

/** Height of a call, and of the letters of notes that have their own, of that of others. */
static const float small = 0.82F, noted = 0.95F;

typedef struct call {
    uint32_t word, line;    /* places */
    uint32_t number, start; /* start: the line that opens its body; the page's end: none does */
} call;

typedef struct page_notes {
    vb_pdf *pdf;
    uint32_t from, to; /* lines of the page */
    call calls[CALLS_MAX];
    size_t n;
} page_notes;

/** The number that is all of a word: "12"; 0: it is none. */
static uint32_t number_of(vb_str s)
{
    uint32_t value = 0;
    if (!s.len || s.len > 3) return 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return 0;
        value = value * 10 + (uint32_t)(s.at[i] - '0');
    }
    return value;
}

static bool is_raised(const vb_pdf_line *l, const vb_pdf_word *word)
{
    float height = word->bottom - word->top;
    return height < l->size * small && l->bottom - word->bottom > l->size * 0.15F;
}

static void find_calls(page_notes *p)
{
    const vb_pdf *pdf = p->pdf;
    for (uint32_t i = p->from; i < p->to; i++) {
        const vb_pdf_line *l = &pdf->lines.at[i];
        for (uint32_t k = l->first + !l->label; k < l->first + l->n && l->kind == VB_PDF_TEXT; k++) {
            const vb_pdf_word *word = &pdf->words.at[k];
            uint32_t number = number_of(word->text);
            if (number && p->n < CALLS_MAX && is_raised(l, word))
                p->calls[p->n++] = (call){ .word = k, .line = i, .number = number, .start = p->to };
        }
    }
}

/** Whether line @p l opens the body of note @p number: by the number and more words. */
static bool opens_body(const vb_pdf *pdf, const vb_pdf_line *l, uint32_t number)
{
    if (l->kind != VB_PDF_TEXT || l->n < 1 + !l->label || l->size > pdf->size * 1.04F) return false;
    return number_of(pdf->words.at[l->label ? l->label - 1 : l->first].text) == number;
}

/** Find where the bodies begin, from the last call to the first, each above the one after it and one less;
 *  calls without a body are dropped. @return the line of the first; the page's end when there is none. */
static uint32_t find_starts(page_notes *p)
{
    uint32_t below = p->to, after = 0;
    size_t kept = 0;
    for (size_t c = p->n; c-- > 0;) {
        call *each = &p->calls[c];
        if (after && each->number + 1 != after) continue;
        for (uint32_t i = below; i-- > each->line + 1 && below - i <= LINES_MAX;)
            if (opens_body(p->pdf, &p->pdf->lines.at[i], each->number)) {
                each->start = below = i;
                after = each->number;
                break;
            }
    }
    for (size_t c = 0; c < p->n; c++)
        if (p->calls[c].start < p->to) p->calls[kept++] = p->calls[c];
    p->n = kept;
    return below;
}

/** Whether lines from @p first on stand at the page's foot: nothing else of their column is below. */
static bool is_foot(const page_notes *p, uint32_t first)
{
    const vb_pdf_line *lines = p->pdf->lines.at, *f = &lines[first];
    for (uint32_t i = p->from; i < p->to; i++) {
        const vb_pdf_line *l = &lines[i];
        if (l->kind == VB_PDF_EDGE) continue;
        if (i < first && l->top > f->top && l->left < f->right && l->right > f->left) return false;
    }
    return true;
}

/** "Pagina 2 van 7", "7": what may stand below the notes. */
static bool is_folio(const vb_pdf *pdf, const vb_pdf_line *l)
{
    vb_str first = l->n ? pdf->words.at[l->first].text : VB_STR("");
    if (l->n == 1 && !l->label && number_of(first)) return true;
    return l->n <= 4 && (vb_str_eq(first, VB_STR("Pagina")) || vb_str_eq(first, VB_STR("pagina")));
}

/** The rest of a body that the page before could not hold: where it begins, above @p first. */
static uint32_t find_rest(const page_notes *p, uint32_t first, float size)
{
    const vb_pdf_line *lines = p->pdf->lines.at;
    uint32_t from = first;
    if (size <= 0 || size > p->pdf->size * noted) return first;
    while (from > p->from && lines[from - 1].kind == VB_PDF_TEXT && first - from < LINES_MAX) {
        const vb_pdf_line *l = &lines[from - 1];
        if (l->size < size * 0.97F || l->size > size * 1.03F) break;
        from--;
    }
    return from > p->from && from < first && is_foot(p, from) ? from : first;
}

/** Make the lines from @p from on bodies. */
static void take(page_notes *p, uint32_t from, uint32_t *note)
{
    vb_pdf *pdf = p->pdf;
    size_t next = 0;
    uint32_t current = *note;
    float bottom = 0, top = pdf->lines.at[from].top;
    for (uint32_t i = from; i < p->to; i++) {
        vb_pdf_line *l = &pdf->lines.at[i];
        if (l->kind != VB_PDF_TEXT || l->top < top - l->size / 2) continue; /* a column beside the text */
        while (next < p->n && p->calls[next].start < i) next++;
        bool opens = next < p->n && p->calls[next].start == i;
        if (opens) {
            current = ++pdf->n_notes;
            pdf->words.at[p->calls[next].word].note = current;
            l->opens = true;
        }
        if (!opens && (is_folio(pdf, l) || (bottom > 0 && l->top - bottom > 3 * l->size))) break;
        bottom = l->bottom;
        l->kind = VB_PDF_NOTE;
        l->note = current;
    }
    *note = current;
}

void vb_pdf_notes(vb_pdf *pdf)
{
    uint32_t note = 0; /* whose body the page before ended with */
    float size = 0;    /* of the letters of notes */
    for (size_t i = 0; i < pdf->pages.len; i++) {
        vb_pdf_page *page = &pdf->pages.at[i];
        page_notes p = { .pdf = pdf, .from = page->first, .to = page->first + page->n };
        find_calls(&p);
        uint32_t first = find_starts(&p);
        if (first < p.to && !is_foot(&p, first)) {
            p.n = 0;
            first = p.to;
        }
        uint32_t from = note ? find_rest(&p, first, size) : first;
        if (from < p.to) {
            size = pdf->lines.at[from].size;
            take(&p, from, &note);
            page->cut = true;
        } else {
            note = 0;
        }
    }
}
