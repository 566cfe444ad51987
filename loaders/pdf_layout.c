/**
 * What pdftotext prints with -bbox-layout: <page>, <flow>, <block>, <line> and <word> with their corners. It
 * escapes the signs of XML, but lets controls through; they are made DEL before, which XML may hold and no
 * text does.
 */
#include "loaders/markup.h"
#include "loaders/pdf.h"

typedef struct reading {
    vb_pdf *pdf;
    bool in_word, in_title, flow;
} reading;

/* ---- places ------------------------------------------------------------------------------------------- */

/** "72.100000", also with a sign; what is no number is 0. */
static float number_of(vb_str s)
{
    double value = 0, part = 1;
    bool minus = s.len && s.at[0] == '-', behind = false;
    for (size_t i = minus; i < s.len && i < 24; i++) {
        if (s.at[i] == '.' && !behind) {
            behind = true;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9') return 0;
        if (behind) part /= 10;
        value = behind ? value + (s.at[i] - '0') * part : value * 10 + (s.at[i] - '0');
    }
    if (value > 1e6) value = 1e6; /* no page is as large */
    return (float)(minus ? -value : value);
}

/* ---- elements ----------------------------------------------------------------------------------------- */

static vb_status open_word(reading *r, const vb_tag *tag)
{
    vb_pdf *pdf = r->pdf;
    if (!pdf->lines.len) return VB_OK;
    if (vb_push(pdf->arena, &pdf->words) != VB_OK) return VB_NO_MEMORY;
    pdf->words.at[pdf->words.len - 1] = (vb_pdf_word){
        .text = VB_STR(""),
        .left = number_of(vb_tag_get(tag, "xMin")),
        .top = number_of(vb_tag_get(tag, "yMin")),
        .right = number_of(vb_tag_get(tag, "xMax")),
        .bottom = number_of(vb_tag_get(tag, "yMax")),
    };
    pdf->lines.at[pdf->lines.len - 1].n++;
    r->in_word = true;
    return VB_OK;
}

static vb_status open_line(reading *r, const vb_tag *tag)
{
    vb_pdf *pdf = r->pdf;
    if (!pdf->pages.len) return VB_OK;
    if (vb_push(pdf->arena, &pdf->lines) != VB_OK) return VB_NO_MEMORY;
    pdf->lines.at[pdf->lines.len - 1] = (vb_pdf_line){
        .first = (uint32_t)pdf->words.len,
        .left = number_of(vb_tag_get(tag, "xMin")),
        .top = number_of(vb_tag_get(tag, "yMin")),
        .right = number_of(vb_tag_get(tag, "xMax")),
        .bottom = number_of(vb_tag_get(tag, "yMax")),
        .flow = r->flow,
    };
    pdf->pages.at[pdf->pages.len - 1].n++;
    r->flow = false;
    return VB_OK;
}

/** <meta name="CreationDate" content="2024-05-16T09:29:00Z"/> */
static vb_status take_meta(vb_pdf *pdf, const vb_tag *tag)
{
    vb_str name = vb_tag_get(tag, "name"), value = vb_tag_get(tag, "content");
    if (vb_str_eq(name, VB_STR("Author"))) return vb_arena_copy(pdf->arena, value, &pdf->author);
    bool date =
        vb_str_eq(name, VB_STR("ModDate")) || (vb_str_eq(name, VB_STR("CreationDate")) && !pdf->saved.len);
    if (!date || value.len < 10 || value.at[4] != '-' || value.at[7] != '-') return VB_OK;
    return vb_arena_copy(pdf->arena, vb_str_part(value, 0, 10), &pdf->saved);
}

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    vb_pdf *pdf = r->pdf;
    if (vb_tag_is(tag, "meta")) return take_meta(pdf, tag);
    if (vb_tag_is(tag, "title")) r->in_title = true;
    if (vb_tag_is(tag, "word")) return open_word(r, tag);
    if (vb_tag_is(tag, "line")) return open_line(r, tag);
    if (vb_tag_is(tag, "flow")) r->flow = true;
    if (!vb_tag_is(tag, "page")) return VB_OK;
    if (vb_push(pdf->arena, &pdf->pages) != VB_OK) return VB_NO_MEMORY;
    pdf->pages.at[pdf->pages.len - 1] = (vb_pdf_page){
        .first = (uint32_t)pdf->lines.len,
        .width = number_of(vb_tag_get(tag, "width")),
        .height = number_of(vb_tag_get(tag, "height")),
    };
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    reading *r = context;
    if (vb_tag_is(tag, "word")) r->in_word = false;
    if (vb_tag_is(tag, "title")) r->in_title = false;
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    vb_pdf *pdf = r->pdf;
    if (r->in_title) return vb_arena_copy(pdf->arena, vb_str_trim(text), &pdf->title);
    if (!r->in_word) return VB_OK;
    vb_pdf_word *word = &pdf->words.at[pdf->words.len - 1];
    if (!word->text.len) return vb_arena_copy(pdf->arena, text, &word->text);
    return vb_arena_printf(pdf->arena, &word->text, "%.*s%.*s", VB_FMT(word->text), VB_FMT(text));
}

/* ---- sizes -------------------------------------------------------------------------------------------- */

/** What is counted in steps: heights of letters, up to 100 points, and pitches, up to 4 heights. */
enum { SIZES = 400, SIZE_STEPS = 4, PITCHES = 200, PITCH_STEPS = 50 };

/** The step that @p value is in; 0: in none. */
static size_t step_of(float value, int steps, size_t n)
{
    float step = value * (float)steps;
    return step >= 1 && step < (float)n ? (size_t)step : 0;
}

static float most_of(const size_t *counts, size_t n, int steps)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (counts[i] > counts[best] || !best) best = i;
    return ((float)best + 0.5F) / (float)steps;
}

/** The height that most letters of each line have, and of all lines; and how far apart most lines are. */
static void measure(vb_pdf *pdf)
{
    size_t letters[SIZES] = { 0 }, pitches[PITCHES] = { 0 };
    for (size_t i = 0; i < pdf->lines.len; i++) {
        vb_pdf_line *l = &pdf->lines.at[i];
        size_t most = 0;
        for (uint32_t k = l->first; k < l->first + l->n; k++) {
            const vb_pdf_word *word = &pdf->words.at[k];
            if (word->text.len > most) {
                most = word->text.len;
                l->size = word->bottom - word->top;
            }
            letters[step_of(word->bottom - word->top, SIZE_STEPS, SIZES)] += word->text.len;
        }
        if (i && !l->flow && l->size > 0)
            pitches[step_of((l->top - l[-1].top) / l->size, PITCH_STEPS, PITCHES)]++;
    }
    pdf->size = most_of(letters, SIZES, SIZE_STEPS);
    pdf->pitch = most_of(pitches, PITCHES, PITCH_STEPS);
}

/* ---- lines that were torn ----------------------------------------------------------------------------- */

enum { LABEL_MAX = 4, APART_MAX = 60 }; /* bytes of a label; lines between it and its own */

/** Whether the line is one short word, as numbers and bullets are. */
static bool is_label(const vb_pdf *pdf, const vb_pdf_line *l)
{
    return l->n == 1 && pdf->words.at[l->first].text.len <= LABEL_MAX;
}

/** Whether line @p l stands right of label @p a, at its height: to the eye they are one. A raised number
 *  stands higher than the words behind it. */
static bool is_labelled(const vb_pdf_line *a, const vb_pdf_line *l)
{
    float gap = l->left - a->right, size = l->size;
    bool level = a->bottom - l->bottom < size / 5 && l->bottom - a->bottom < size / 5;
    bool within = a->top > l->top - size / 4 && a->bottom < l->bottom + size / 5;
    return (level || within) && gap > -size / 4 && gap < size * 4;
}

/** Give labels of page @p page to the lines they stand before: pdftotext gathers them in columns. */
static void give_labels(vb_pdf *pdf, const vb_pdf_page *page)
{
    vb_pdf_line *lines = pdf->lines.at;
    uint32_t end = page->first + page->n;
    for (uint32_t i = page->first; i < end; i++) {
        uint32_t from = i - page->first > APART_MAX ? i - APART_MAX : page->first;
        if (!is_label(pdf, &lines[i])) continue;
        for (uint32_t k = from; k < end && k <= i + APART_MAX; k++) {
            if (is_label(pdf, &lines[k]) || lines[k].label || !is_labelled(&lines[i], &lines[k])) continue;
            lines[k].label = lines[i].first + 1;
            lines[k].left = lines[i].left;
            if (k == i + 1) lines[k].flow = lines[i].flow;
            lines[i].n = 0;
            break;
        }
    }
}

/** Whether @p l is a raised number that stands right behind the words of line @p before: it calls a note. */
static bool is_call(const vb_pdf *pdf, const vb_pdf_line *before, const vb_pdf_line *l)
{
    float gap = l->left - before->right, size = before->size;
    return is_label(pdf, l) && l->size < size * 0.85F && l->top > before->top - size / 4 &&
           l->bottom < before->bottom && gap > -size / 4 && gap < size / 2;
}

/** Make one of lines that are one to the eye. */
static void join_lines(vb_pdf *pdf)
{
    uint32_t kept = 0;
    for (size_t p = 0; p < pdf->pages.len; p++) {
        vb_pdf_page *page = &pdf->pages.at[p];
        uint32_t first = kept;
        give_labels(pdf, page);
        for (uint32_t i = page->first; i < page->first + page->n; i++) {
            const vb_pdf_line l = pdf->lines.at[i];
            vb_pdf_line *before = kept > first ? &pdf->lines.at[kept - 1] : NULL;
            if (before && before->first + before->n == l.first && is_call(pdf, before, &l)) {
                before->n++;
                before->right = l.right;
            } else if (l.n) {
                pdf->lines.at[kept++] = l;
            }
        }
        page->first = first;
        page->n = kept - first;
    }
    pdf->lines.len = kept;
}

/** What XML does not hold. */
static void clean(vb_str s, char *at)
{
    for (size_t i = 0, n; i < s.len; i += n) {
        uint32_t c = vb_utf8_at(s, i, &n);
        bool control = c < ' ' && c != '\n' && c != '\r' && c != '\t';
        if (control || c == 0xfffe || c == 0xffff || (c == 0xfffd && n == 1)) memset(at + i, 0x7f, n);
    }
}

vb_status vb_pdf_layout(vb_buf *layout, vb_pdf *out, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    reading r = { .pdf = out };
    clean(vb_buf_view(layout), layout->at);
    vb_status status = vb_xml_walk(vb_buf_view(layout), &handlers, &r, err);
    if (status == VB_OK) {
        measure(out);
        join_lines(out);
    }
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
