/**
 * HTML, the second walk: blocks to lines, rows to rows, items to their numbers, notes to their places, and
 * the metadata of the page's head. Which elements hold no words of the document, html.c knows.
 */
#include "loaders/formats.h"
#include "loaders/html.h"

enum { LISTS_MAX = 32 };

typedef struct list {
    bool ordered, labelled; /* labelled: its items carry their own number or bullet */
    bool due;
    int count;
    char format;
} list;

typedef struct reading {
    vb_prose prose;
    vb_html_plan plan;
    vb_metadata *metadata, *properties;
    list lists[LISTS_MAX];
    size_t n_lists;
    uint32_t n_elements;
    size_t depth, main_depth;      /* of elements; main_depth: where the main part ends, 0: outside it */
    size_t note_depth;             /* of the block that is a note's body; 0: none */
    size_t block_depth;            /* of the innermost block */
    bool labelled;                 /* the line holds nothing but an item's own bullet or number */
    bool in_title, in_call, fresh; /* fresh: of a note's body nothing has been read yet */
    uint8_t heading;
    vb_arena *arena;
} reading;

static bool is_block(const char *name)
{
    static const char *const names[] = {
        "p",    "div",     "section",    "article", "main",    "header",   "li",     "ul",    "ol",
        "dl",   "dt",      "dd",         "table",   "caption", "thead",    "tbody",  "tfoot", "blockquote",
        "pre",  "figure",  "figcaption", "address", "form",    "fieldset", "legend", "hr",    "center",
        "body", "details", "summary",    "h1",      "h2",      "h3",       "h4",     "h5",    "h6"
    };
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

/** Blocks that browsers set apart from what follows. */
static bool has_margin(const vb_tag *tag)
{
    static const char *const names[] = { "p",  "ul", "ol", "dl", "table", "blockquote", "pre",
                                         "h1", "h2", "h3", "h4", "h5",    "h6" };
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (vb_tag_is(tag, names[i])) return true;
    return false;
}

static uint8_t heading_of(const vb_tag *tag)
{
    bool heading = tag->name[0] == 'h' && tag->name[1] >= '1' && tag->name[1] <= '6' && !tag->name[2];
    return heading ? (uint8_t)(tag->name[1] - '0') : 0;
}

/** End the line that is open, if there is one. */
static vb_status end_line(reading *r)
{
    if (!vb_prose_has_words(&r->prose)) return VB_OK;
    return vb_prose_end(&r->prose, r->heading ? VB_BLOCK_HEADING : VB_BLOCK_PARAGRAPH, r->heading);
}

/* ---- metadata ----------------------------------------------------------------------------------------- */

/** "2014-07-29" as it is, "29-07-2014" turned; nothing else. */
static vb_status take_date(reading *r, vb_str value, vb_str *out)
{
    if (value.len < 10) return VB_OK;
    value.len = 10;
    if (value.at[4] == '-' && value.at[7] == '-') return vb_arena_copy(r->arena, value, out);
    if (value.at[2] != '-' || value.at[5] != '-') return VB_OK;
    return vb_arena_printf(r->arena, out, "%.4s-%.2s-%.2s", value.at + 6, value.at + 3, value.at);
}

/** What a name in the head of a page says of the document. */
static const struct meta {
    const char *name;
    enum { META_TITLE, META_NUMBER, META_SIGNED, META_ISSUED, META_SENDER } kind;
} metas[] = {
    { "DC.title", META_TITLE },
    { "DC.identifier", META_NUMBER },
    { "OVERHEIDop.datumOndertekening", META_SIGNED },
    { "DCTERMS.issued", META_ISSUED },
    { "DCTERMS.available", META_ISSUED },
    { "DCTERMS.date", META_ISSUED },
    { "DC.date", META_ISSUED },
    { "article:published_time", META_ISSUED },
    { "DC.creator", META_SENDER },
    { "DCTERMS.creator", META_SENDER },
    { "OVERHEID.authority", META_SENDER },
};

vb_status vb_official_meta(vb_arena *arena, vb_str name, vb_str value, vb_metadata *known, vb_metadata *file)
{
    reading r = { .arena = arena };
    value = vb_str_trim(value);
    for (size_t i = 0; i < VB_COUNT(metas) && value.len; i++) {
        if (name.len != strlen(metas[i].name) || strncasecmp(name.at, metas[i].name, name.len) != 0) continue;
        switch (metas[i].kind) {
        case META_TITLE:
            return known->title.len ? VB_OK : vb_arena_copy(arena, value, &known->title);
        case META_NUMBER: /* "gmb-2017-1"; pages of ministries have addresses there */
            if (known->number.len || memchr(value.at, ' ', value.len) || memchr(value.at, '/', value.len))
                return VB_OK;
            return vb_arena_copy(arena, value, &known->number);
        case META_SIGNED:
            return take_date(&r, value, &file->date);
        case META_ISSUED:
            return file->date.len ? VB_OK : take_date(&r, value, &file->date);
        case META_SENDER:
            return file->sender.len ? VB_OK : vb_arena_copy(arena, value, &file->sender);
        }
    }
    return VB_OK;
}

/* ---- lists and notes ---------------------------------------------------------------------------------- */

static void open_list(reading *r, const vb_tag *tag)
{
    vb_str type = vb_tag_get(tag, "type"), start = vb_tag_get(tag, "start");
    if (r->n_lists == LISTS_MAX) return;
    list *l = &r->lists[r->n_lists++];
    *l = (list){ .ordered = vb_tag_is(tag, "ol"), .format = type.len == 1 ? type.at[0] : '1' };
    l->labelled = vb_tag_has_word(tag, "class", "expliciet") ||
                  vb_tag_has_word(tag, "class", "list-unstyled") ||
                  vb_tag_has_word(tag, "class", "ongemarkeerd");
    for (size_t i = 0; i < start.len && i < 4 && start.at[i] >= '0' && start.at[i] <= '9'; i++)
        l->count = l->count * 10 + (start.at[i] - '0');
    if (l->count) l->count--;
}

static void open_item(reading *r)
{
    if (!r->n_lists) return;
    list *l = &r->lists[r->n_lists - 1];
    l->count++;
    l->due = !l->labelled && !r->note_depth;
}

/** Whether an item's first words are its own bullet or number: what follows goes on behind it. */
static bool is_label(vb_str words)
{
    bool bullet = words.len <= 3 && ((unsigned char)words.at[0] >= 0x80 || strchr("-*o", words.at[0]));
    return bullet || (words.len <= 4 && strchr(".)", words.at[words.len - 1]));
}

static vb_status put_label(reading *r, vb_str words)
{
    char number[VB_PROSE_NUMBER_MAX];
    r->labelled = false;
    if (!r->n_lists || !r->lists[r->n_lists - 1].due) return VB_OK;
    list *l = &r->lists[r->n_lists - 1];
    l->due = false;
    r->labelled = is_label(words);
    if (r->labelled) return VB_OK;
    if (!l->ordered) return vb_prose_text(&r->prose, VB_STR("- "));
    vb_status status;
    (void)vb_prose_number(l->format, l->count, number);
    TRY(vb_prose_text(&r->prose, vb_str_of(number)));
    TRY(vb_prose_text(&r->prose, VB_STR(". ")));
done:
    return status;
}

/** Whether the element that opens is the place of a note; *key is its name. */
static bool is_body(const reading *r, vb_str *key)
{
    for (size_t i = 0; i < r->plan.notes.len; i++)
        if (r->plan.notes.at[i].body == r->n_elements) {
            *key = r->plan.notes.at[i].key;
            return true;
        }
    return false;
}

/** A note's body: the block that opens, or the one in which a mark stands first. */
static vb_status open_body(reading *r, bool block)
{
    vb_str key;
    if (r->note_depth || !is_body(r, &key)) return VB_OK;
    if (!block && (vb_prose_has_words(&r->prose) || !r->block_depth)) return VB_OK;
    r->note_depth = block ? r->depth : r->block_depth;
    if (r->n_lists) r->lists[r->n_lists - 1].due = false;
    r->fresh = true;
    return vb_prose_open(&r->prose, VB_PROSE_NOTE, key);
}

static vb_status open_call(reading *r, bool *found)
{
    for (size_t i = 0; i < r->plan.notes.len; i++)
        if (r->plan.notes.at[i].call == r->n_elements) {
            *found = true;
            return vb_prose_call(&r->prose, r->plan.notes.at[i].key);
        }
    return VB_OK;
}

/* ---- elements ----------------------------------------------------------------------------------------- */

static bool is_inside(const reading *r)
{
    return !r->plan.main_at || r->main_depth;
}

static vb_status open_block(reading *r, const vb_tag *tag)
{
    vb_status status;
    if (!r->labelled) TRY(end_line(r));
    r->block_depth = r->depth;
    if (heading_of(tag)) r->heading = heading_of(tag);
    if (vb_tag_is(tag, "ul") || vb_tag_is(tag, "ol")) open_list(r, tag);
    if (vb_tag_is(tag, "li")) open_item(r);
    TRY(open_body(r, true));
done:
    return status;
}

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    r->n_elements++;
    if (vb_tag_is(tag, "meta")) {
        vb_str name = vb_tag_get(tag, "name");
        if (!name.at) name = vb_tag_get(tag, "property");
        return vb_official_meta(r->arena, name, vb_tag_get(tag, "content"), r->metadata, r->properties);
    }
    tag->skip = vb_html_skips(tag);
    if (tag->skip) return VB_OK;
    r->depth++;
    if (r->plan.main_at == r->n_elements) r->main_depth = r->depth;
    if (vb_tag_is(tag, "title")) r->in_title = true;
    if (!is_inside(r)) return VB_OK;
    if (vb_tag_is(tag, "br")) return end_line(r);
    if (vb_tag_is(tag, "tr")) return vb_prose_open(&r->prose, VB_PROSE_ROW, VB_STR(""));
    if (vb_tag_is(tag, "td") || vb_tag_is(tag, "th")) {
        r->block_depth = r->depth;
        return vb_prose_open(&r->prose, VB_PROSE_CELL, VB_STR(""));
    }
    if (is_block(tag->name)) return open_block(r, tag);
    vb_status status = open_body(r, false);
    if (status != VB_OK) return status;
    if (vb_tag_has_word(tag, "class", "functie") || vb_tag_has_word(tag, "class", "naam")) return end_line(r);
    if (!vb_tag_is(tag, "a")) return VB_OK;
    r->in_call = r->fresh && vb_tag_get(tag, "href").len; /* the way back from a note: no word of it */
    return r->in_call ? VB_OK : open_call(r, &r->in_call);
}

static vb_status close_inside(reading *r, const vb_tag *tag)
{
    vb_status status = VB_OK;
    bool cell = vb_tag_is(tag, "td") || vb_tag_is(tag, "th");
    if (vb_tag_is(tag, "a")) r->in_call = false;
    if (vb_tag_is(tag, "span") && r->n_lists && r->lists[r->n_lists - 1].labelled)
        TRY(vb_prose_text(&r->prose, VB_STR(" "))); /* after an item's own number */
    if (is_block(tag->name) || cell) TRY(end_line(r));
    if (has_margin(tag) && !r->labelled) TRY(vb_prose_gap(&r->prose));
    if (heading_of(tag)) r->heading = 0;
    if ((vb_tag_is(tag, "ul") || vb_tag_is(tag, "ol")) && r->n_lists) r->n_lists--;
    if (cell || vb_tag_is(tag, "tr")) TRY(vb_prose_close(&r->prose));
    if (r->note_depth == r->depth) {
        r->note_depth = 0;
        r->fresh = false;
        TRY(vb_prose_close(&r->prose));
    }
done:
    return status;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    reading *r = context;
    vb_status status = VB_OK;
    if (vb_tag_is(tag, "meta") || !r->depth) return VB_OK;
    if (vb_tag_is(tag, "title")) r->in_title = false;
    if (is_inside(r)) status = close_inside(r, tag);
    if (r->main_depth == r->depth) {
        r->main_depth = 0;
        r->plan.main_at = UINT32_MAX;
    }
    r->depth--;
    if (r->block_depth > r->depth) r->block_depth = r->depth;
    return status;
}

/** The words of a note without the number before them. */
static vb_str without_number(vb_str s)
{
    size_t i = 0, n = 0;
    s = vb_str_trim(s);
    if (i < s.len && strchr("[(", s.at[i])) i++;
    while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9' && n < 4) i++, n++;
    if (!n || n > 3) return s;
    while (i < s.len && strchr("]).", s.at[i])) i++;
    return i == s.len || s.at[i] == ' ' || s.at[i] == '\n' || s.at[i] == '\t' ? vb_str_part(s, i, s.len) : s;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    vb_status status = VB_OK;
    vb_str words = vb_str_trim(text);
    if (r->in_title && !r->properties->title.len && words.len)
        return vb_arena_copy(r->arena, words, &r->properties->title);
    if (!is_inside(r) || r->in_call || r->in_title) return VB_OK;
    if (r->fresh && words.len) {
        text = without_number(text);
        r->fresh = !vb_str_trim(text).len; /* the number may stand in an element of its own */
    }
    if (vb_str_eq(words, VB_STR("\xe2\x86\xa9"))) return VB_OK; /* the way back from a note */
    if (words.len) TRY(put_label(r, words));
    TRY(vb_prose_text(&r->prose, text));
    if (r->labelled && words.len) TRY(vb_prose_text(&r->prose, VB_STR(" ")));
done:
    return status;
}

vb_status vb_html_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    vb_status status;
    vb_source html = { 0 };
    reading *r = vb_arena_get(arena, sizeof *r);
    if (!r) return vb_fail_memory(err);
    TRY(vb_text_read(bytes, arena, &html, err));
    r->arena = arena;
    r->metadata = &out->metadata;
    r->properties = &out->properties;
    vb_prose_start(&r->prose, arena);
    TRY(vb_html_survey(html.text, arena, &r->plan, err));
    status = vb_html_walk(html.text, &handlers, r, err);
    if (status != VB_OK) {
        status = vb_prose_fail(status, err);
        goto done;
    }
    TRY(vb_prose_finish(&r->prose, out, err));
    out->note = html.note;
done:
    return status;
}
