/**
 * The text of a PDF: a line a line, as wide as the page has it, for the view to unwrap: it knows which hyphen
 * at a line's end goes. An empty line stands where the page leaves more room than between lines, a form feed
 * between pages. Notes come at the end.
 */
#include "loaders/pdf.h"
#include "loaders/prose.h"

/** Room between words of a line, of the height of its letters; from a paragraph to the next, of what it is
 * from line to line. */
static const float blank = 0.07F, paragraph = 1.35F;

/** Bytes of a word; controls, which the layout has as DEL, become blanks. */
static vb_status put_word(vb_str word, vb_buf *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < word.len; i++) {
        bool control = (unsigned char)word.at[i] <= ' ' || word.at[i] == 0x7f;
        TRY(vb_buf_add(out, control ? VB_STR(" ") : vb_str_part(word, i, i + 1)));
    }
done:
    return status;
}

/** The words of a line, a blank between those that stand apart; the number of a note is not of them. */
static vb_status put_words(const vb_pdf *pdf, const vb_pdf_line *l, vb_buf *out)
{
    vb_status status = VB_OK;
    uint32_t from = l->first + (l->opens && !l->label);
    if (l->label && !l->opens) {
        TRY(put_word(pdf->words.at[l->label - 1].text, out));
        TRY(vb_buf_add(out, VB_STR(" ")));
    }
    for (uint32_t k = from; k < l->first + l->n; k++) {
        const vb_pdf_word *word = &pdf->words.at[k];
        bool apart = k > from && word->left - word[-1].right > l->size * blank;
        if (word->note) {
            TRY(vb_buf_printf(out, "[%u]", (unsigned)(pdf->first_note + word->note)));
            continue;
        }
        if (apart) TRY(vb_buf_add(out, VB_STR(" ")));
        TRY(put_word(word->text, out));
    }
done:
    return status;
}

/** A bullet that is all of a line: its words are the next line. */
static bool is_bullet(const vb_pdf *pdf, const vb_pdf_line *l)
{
    static const char *const bullets[] = {
        "\xe2\x80\xa2", "\xe2\x96\xaa", "\xe2\x97\xa6", "\xef\x82\xb7", "\xe2\x80\x93", "-", "o"
    };
    for (size_t i = 0; l->n == 1 && i < VB_COUNT(bullets); i++)
        if (vb_str_eq(pdf->words.at[l->first].text, vb_str_of(bullets[i]))) return true;
    return false;
}

/** What stands between line @p l and the one before it on the page. */
static vb_str gap_between(const vb_pdf *pdf, const vb_pdf_line *before, const vb_pdf_line *l)
{
    if (is_bullet(pdf, before)) return VB_STR(" ");
    bool apart = l->top - before->top > paragraph * pdf->pitch * l->size;
    return l->flow || apart ? VB_STR("\n\n") : VB_STR("\n");
}

static vb_status put_page(const vb_pdf *pdf, const vb_pdf_page *page, vb_buf *out)
{
    vb_status status = VB_OK;
    const vb_pdf_line *before = NULL;
    for (uint32_t i = page->first; i < page->first + page->n; i++) {
        const vb_pdf_line *l = &pdf->lines.at[i];
        if (l->kind != VB_PDF_TEXT) continue;
        if (before) TRY(vb_buf_add(out, gap_between(pdf, before, l)));
        TRY(put_words(pdf, l, out));
        before = l;
    }
done:
    return status;
}

/** Whether an address at the end of what is written goes on in the next line. */
static bool is_torn(vb_str s)
{
    return s.len && strchr("/-_=&?", s.at[s.len - 1]) &&
           vb_str_find(vb_str_part(s, s.len > 200 ? s.len - 200 : 0, s.len), VB_STR("/"), 0) != SIZE_MAX;
}

static vb_status put_notes(const vb_pdf *pdf, vb_buf *out)
{
    vb_status status = VB_OK;
    uint32_t last = 0;
    size_t start = 0; /* of the last line */
    for (size_t i = 0; i < pdf->lines.len; i++) {
        const vb_pdf_line *l = &pdf->lines.at[i];
        if (l->kind != VB_PDF_NOTE) continue;
        vb_str line = vb_str_part(vb_buf_view(out), start, out->len);
        if (l->note != last) {
            TRY(vb_buf_printf(out, "%s[%u] ", last ? "\n" : "\n\n", (unsigned)(pdf->first_note + l->note)));
            start = out->len;
        } else if (!is_torn(line)) {
            TRY(vb_buf_add(out, VB_STR("\n")));
            start = out->len;
        }
        last = l->note;
        TRY(put_words(pdf, l, out));
    }
done:
    return status;
}

vb_status vb_pdf_text(const vb_pdf *pdf, vb_buf *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < pdf->pages.len; i++) {
        if (i) TRY(vb_buf_add(out, pdf->pages.at[i - 1].cut ? VB_STR("\n") : VB_STR("\n\f")));
        TRY(put_page(pdf, &pdf->pages.at[i], out));
    }
    TRY(put_notes(pdf, out));
    TRY(vb_buf_add(out, VB_STR("\n")));
done:
    return status;
}
