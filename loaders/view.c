/**
 * The text view: from a source's text to blocks, sentences and tokens, each byte mapped back to the source.
 */
#include "loaders/view.h"

vb_status vb_view_make(const vb_source *source, vb_arena *arena, vb_view *out, vb_error *err)
{
    vb_status status;
    vb_view v = { .source = source->text };
    vb_work w = { .arena = arena, .text = source->text, .given = source };
    if (w.text.len > VB_TEXT_MAX)
        return vb_fail(err, VB_TOO_LARGE, "text of more than %zu MiB", VB_TEXT_MAX >> 20);
    TRY(vb_view_marks(&w));
    TRY(vb_view_lines(&w));
    TRY(vb_view_turns(&w));
    TRY(vb_view_notes(&w));
    vb_view_roles(&w);
    TRY(vb_view_blocks(&w));
    TRY(vb_view_text(&w, &v));
    TRY(vb_view_sentences(&v, arena));
    TRY(vb_metadata_read(&v, source, arena, &v.metadata, &v.remark));
    *out = v;
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

/** Index of the first address that ends after @p at. */
static size_t url_past(const vb_view *view, uint32_t at)
{
    size_t low = 0, high = view->n_urls;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (view->urls[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const vb_url *vb_view_url_at(const vb_view *view, uint32_t at)
{
    size_t i = url_past(view, at);
    return i < view->n_urls && view->urls[i].start <= at ? &view->urls[i] : NULL;
}

bool vb_view_in_url(const vb_view *view, uint32_t start, uint32_t end, bool bare_too)
{
    for (size_t i = url_past(view, start); i < view->n_urls && view->urls[i].start < end; i++)
        if (bare_too || !view->urls[i].bare) return true;
    return false;
}

void vb_view_origin(const vb_view *view, uint32_t start, uint32_t end, uint32_t *source_start,
                    uint32_t *source_end)
{
    uint32_t block = vb_view_block_at(view, start);
    uint32_t from = view->origin[start];
    if (end > start && block != VB_NONE && end > view->blocks[block].end && view->origin[end - 1] < from)
        end = view->blocks[block].end; /* a later block that stands before: this one alone */
    uint32_t to = end > start ? view->origin[end - 1] + 1 : from;
    while (to < view->source.len && ((unsigned char)view->source.at[to] & 0xc0) == 0x80) to++;
    *source_start = from;
    *source_end = to;
}

/** First of @p n items of @p size bytes, each opening with {start, end}, that ends after @p at. */
static uint32_t first_past(const void *items, size_t n, size_t size, uint32_t at)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const uint32_t *item = (const uint32_t *)(const void *)((const char *)items + mid * size);
        if (item[1] <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n ? (uint32_t)low : VB_NONE;
}

uint32_t vb_view_block_at(const vb_view *view, uint32_t at)
{
    return first_past(view->blocks, view->n_blocks, sizeof *view->blocks, at);
}

uint32_t vb_view_sentence_at(const vb_view *view, uint32_t at)
{
    return first_past(view->sentences, view->n_sentences, sizeof *view->sentences, at);
}

uint32_t vb_view_token_at(const vb_view *view, uint32_t at)
{
    return first_past(view->tokens, view->n_tokens, sizeof *view->tokens, at);
}
