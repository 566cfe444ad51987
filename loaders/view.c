/**
 * The text view: from a source's text to blocks, sentences and tokens, each byte mapped back to the source.
 */
#include "loaders/view.h"

static bool is_blank_line(vb_str line)
{
    return !vb_str_trim(line).len;
}

/** Blocks at empty lines; inside one, a line break reads as a blank. */
static vb_status cut_blocks(vb_view *v, vb_arena *arena)
{
    VB_VEC(vb_block) blocks = { 0 };
    bool open = false;
    for (size_t at = 0; at < v->text.len;) {
        size_t end = vb_str_find(v->text, VB_STR("\n"), at);
        if (end == SIZE_MAX) end = v->text.len;
        vb_str line = vb_str_part(v->text, at, end);
        if (is_blank_line(line)) {
            open = false;
        } else {
            if (!open) {
                if (vb_push(arena, &blocks) != VB_OK) return VB_NO_MEMORY;
                blocks.at[blocks.len - 1] = (vb_block){
                    .start = (uint32_t)at, .section = VB_SECTION_BODY, .heading = VB_NONE, .caller = VB_NONE
                };
            }
            open = true;
            blocks.at[blocks.len - 1].end = (uint32_t)end;
        }
        at = end + 1;
    }
    v->blocks = blocks.at;
    v->n_blocks = blocks.len;
    return VB_OK;
}

vb_status vb_view_make(const vb_source *source, vb_arena *arena, vb_view *out, vb_error *err)
{
    vb_view v = { .metadata = source->metadata };
    size_t n = source->text.len;
    if (n > VB_TEXT_MAX) return vb_fail(err, VB_TOO_LARGE, "text of more than %zu MiB", VB_TEXT_MAX >> 20);
    char *text = vb_arena_get(arena, n + 1);
    uint32_t *origin = vb_arena_array(arena, n + 1, sizeof *origin);
    if (!text || !origin) return vb_fail_memory(err);
    for (size_t i = 0; i <= n; i++) origin[i] = (uint32_t)i;
    if (n) memcpy(text, source->text.at, n);
    v.text = (vb_str){ text, n };
    v.origin = origin;
    if (cut_blocks(&v, arena) != VB_OK || vb_view_sentences(&v, arena) != VB_OK) return vb_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t') text[i] = ' ';
    *out = v;
    return VB_OK;
}

void vb_view_origin(const vb_view *view, uint32_t start, uint32_t end, uint32_t *source_start,
                    uint32_t *source_end)
{
    *source_start = view->origin[start];
    *source_end = end > start ? view->origin[end - 1] + 1 : *source_start;
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
