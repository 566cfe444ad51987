/**
 * ODT: the text of an OpenDocument text as its reader sees it: tracked deletions and annotations are left
 * out, notes stand at the end, items have the numbers of their lists. Headers and footers are in styles.xml;
 * the date and the number they give are the file's properties. Source: OASIS OpenDocument 1.3 part 3, 5
 * (text), 9 (tables), 16.30 (list styles).
 */
#include "loaders/formats.h"
#include "loaders/markup.h"
#include "loaders/prose.h"

enum { LISTS_MAX = 32, LEVELS_MAX = 10, STYLES_MAX = 20000 };

/** How one level of a list style writes its numbers; format 0: a bullet. */
typedef struct level {
    char format; /* '1', 'a', 'A', 'i', 'I' */
    vb_str before, after;
    int start;
    bool known;
} level;

typedef struct list_style {
    vb_str name;
    level levels[LEVELS_MAX];
} list_style;

/** A list that is open. */
typedef struct list {
    vb_str style; /* its own, else that of the list around it */
    int count;
    bool due; /* the item's number waits for its first words */
} list;

typedef struct reading {
    vb_prose prose;
    VB_VEC(list_style) styles;
    list lists[LISTS_MAX];
    size_t n_lists;
    size_t in_paragraph; /* paragraphs that are open: a text box may stand in one */
    uint32_t n_notes;
    uint8_t outline;   /* of the heading that is open */
    vb_str last_style; /* of the list that ended last, for one that counts on */
    int last_count;
} reading;

static int number_of(vb_str s, int otherwise)
{
    int value = 0;
    if (!s.len || s.len > 6) return otherwise;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return otherwise;
        value = value * 10 + (s.at[i] - '0');
    }
    return value;
}

/* ---- lists -------------------------------------------------------------------------------------------- */

static vb_status open_list_style(reading *r, const vb_tag *tag)
{
    if (r->styles.len >= STYLES_MAX) return VB_TOO_LARGE;
    if (vb_push(r->prose.arena, &r->styles) != VB_OK) return VB_NO_MEMORY;
    return vb_arena_copy(r->prose.arena, vb_tag_get(tag, "name"), &r->styles.at[r->styles.len - 1].name);
}

static vb_status take_level(reading *r, const vb_tag *tag, bool numbers)
{
    int at = number_of(vb_tag_get(tag, "level"), 0) - 1;
    vb_str format = vb_tag_get(tag, "num-format");
    if (!r->styles.len || at < 0 || at >= LEVELS_MAX) return VB_OK;
    level *l = &r->styles.at[r->styles.len - 1].levels[at];
    l->known = !numbers || format.len;
    l->format = numbers && format.len ? format.at[0] : 0;
    l->start = number_of(vb_tag_get(tag, "start-value"), 1);
    if (vb_arena_copy(r->prose.arena, vb_tag_get(tag, "num-prefix"), &l->before) != VB_OK)
        return VB_NO_MEMORY;
    return vb_arena_copy(r->prose.arena, vb_tag_get(tag, "num-suffix"), &l->after);
}

static const level *level_of(const reading *r)
{
    vb_str name = r->lists[r->n_lists - 1].style;
    size_t at = r->n_lists - 1;
    for (size_t i = r->styles.len; i-- > 0;)
        if (vb_str_eq(r->styles.at[i].name, name) && at < LEVELS_MAX) return &r->styles.at[i].levels[at];
    return NULL;
}

static vb_status open_list(reading *r, const vb_tag *tag)
{
    list l = { .count = 0 };
    vb_str style = vb_tag_get(tag, "style-name");
    bool goes_on = vb_str_eq(vb_tag_get(tag, "continue-numbering"), VB_STR("true"));
    if (r->n_lists == LISTS_MAX) return VB_TOO_LARGE;
    if (style.len) {
        if (vb_arena_copy(r->prose.arena, style, &l.style) != VB_OK) return VB_NO_MEMORY;
    } else if (r->n_lists) {
        l.style = r->lists[r->n_lists - 1].style;
    }
    if (!r->n_lists && goes_on && vb_str_eq(l.style, r->last_style)) l.count = r->last_count;
    r->lists[r->n_lists++] = l;
    return VB_OK;
}

static void close_list(reading *r)
{
    if (!r->n_lists) return;
    r->n_lists--;
    r->last_style = r->lists[r->n_lists].style;
    r->last_count = r->lists[r->n_lists].count;
}

static void open_item(reading *r, const vb_tag *tag)
{
    if (!r->n_lists) return;
    list *l = &r->lists[r->n_lists - 1];
    const level *how = level_of(r);
    int start = number_of(vb_tag_get(tag, "start-value"), 0);
    if (start > 0)
        l->count = start;
    else
        l->count = l->count ? l->count + 1 : how ? how->start : 1;
    l->due = true;
}

/** The number or bullet before an item's first words. */
static vb_status put_label(reading *r)
{
    char number[VB_PROSE_NUMBER_MAX];
    if (!r->n_lists || !r->lists[r->n_lists - 1].due) return VB_OK;
    list *l = &r->lists[r->n_lists - 1];
    const level *how = level_of(r);
    l->due = false;
    if (!how || !how->known) return VB_OK;
    if (!how->format) return vb_prose_text(&r->prose, VB_STR("- "));
    (void)vb_prose_number(how->format, l->count, number);
    vb_status status;
    TRY(vb_prose_text(&r->prose, how->before));
    TRY(vb_prose_text(&r->prose, vb_str_of(number)));
    TRY(vb_prose_text(&r->prose, how->after));
    TRY(vb_prose_text(&r->prose, VB_STR(" ")));
done:
    return status;
}

/* ---- elements ----------------------------------------------------------------------------------------- */

/** A note stands where it is called: the order in the document is its key. */
static vb_status open_note(reading *r)
{
    char key[16];
    vb_status status;
    int n = snprintf(key, sizeof key, "%u", (unsigned)++r->n_notes);
    vb_str name = { key, (size_t)n };
    TRY(vb_prose_call(&r->prose, name));
    TRY(vb_prose_open(&r->prose, VB_PROSE_NOTE, name));
done:
    return status;
}

static bool is_skipped(const vb_tag *tag)
{
    static const char *const names[] = { "tracked-changes",
                                         "annotation",
                                         "annotation-end",
                                         "note-citation",
                                         "ruby-text",
                                         "hidden-text",

                                         "forms",
                                         "scripts",
                                         "font-face-decls",
                                         "master-styles",
                                         "meta",
                                         "settings",
                                         "covered-table-cell",
                                         "hidden-paragraph",
                                         "sequence-decls",
                                         "variable-decls",
                                         "user-field-decls",
                                         "binary-data" };
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (vb_tag_is(tag, names[i])) return true;
    bool picture = strstr(tag->space, "svg") != NULL; /* what a picture is said to show */
    return picture && (vb_tag_is(tag, "title") || vb_tag_is(tag, "desc"));
}

/** A heading's level, for when it closes; no box or note stands open between. */
static vb_status open_heading(reading *r, const vb_tag *tag)
{
    if (vb_tag_is(tag, "h")) r->outline = (uint8_t)(number_of(vb_tag_get(tag, "outline-level"), 2) % 100);
    return VB_OK;
}

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    tag->skip = is_skipped(tag);
    if (tag->skip) return VB_OK;
    if (vb_tag_is(tag, "p") || vb_tag_is(tag, "h")) {
        r->in_paragraph++;
        return open_heading(r, tag);
    }
    if (vb_tag_is(tag, "list-style")) return open_list_style(r, tag);
    if (vb_tag_is(tag, "list-level-style-number")) return take_level(r, tag, true);
    if (vb_tag_is(tag, "list-level-style-bullet")) return take_level(r, tag, false);
    if (vb_tag_is(tag, "list")) return open_list(r, tag);
    if (vb_tag_is(tag, "list-item")) open_item(r, tag);
    if (vb_tag_is(tag, "s")) return vb_prose_text(&r->prose, VB_STR(" ")); /* however many: one blank */
    if (vb_tag_is(tag, "tab")) return vb_prose_tab(&r->prose);
    if (vb_tag_is(tag, "line-break")) return vb_prose_break(&r->prose);
    if (vb_tag_is(tag, "note")) return open_note(r);
    if (vb_tag_is(tag, "table-row")) return vb_prose_open(&r->prose, VB_PROSE_ROW, VB_STR(""));
    if (vb_tag_is(tag, "table-cell")) return vb_prose_open(&r->prose, VB_PROSE_CELL, VB_STR(""));
    if (vb_tag_is(tag, "text-box")) return vb_prose_open(&r->prose, VB_PROSE_BOX, VB_STR(""));
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    reading *r = context;
    bool heading = vb_tag_is(tag, "h");
    if (heading || vb_tag_is(tag, "p")) {
        if (r->in_paragraph) r->in_paragraph--;
        return vb_prose_end(&r->prose, heading ? VB_BLOCK_HEADING : VB_BLOCK_PARAGRAPH,
                            heading ? r->outline : 0);
    }
    if (vb_tag_is(tag, "list")) close_list(r);
    if (vb_tag_is(tag, "note") || vb_tag_is(tag, "table-row") || vb_tag_is(tag, "table-cell") ||
        vb_tag_is(tag, "text-box"))
        return vb_prose_close(&r->prose);
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    vb_status status;
    if (!r->in_paragraph) return VB_OK;
    if (vb_str_trim(text).len) TRY(put_label(r));
    TRY(vb_prose_text(&r->prose, text));
done:
    return status;
}

static vb_status walk_part(reading *r, vb_str bytes, const char *name, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    vb_buf xml = { 0 };
    vb_status status = vb_package_read(bytes, name, &xml, err);
    if (status == VB_OK) status = vb_prose_fail(vb_xml_walk(vb_buf_view(&xml), &handlers, r, err), err);
    vb_buf_clear(&xml);
    return status == VB_NOT_FOUND ? VB_OK : status; /* without words the text says so */
}

static vb_status refuse_encrypted(vb_str bytes, vb_error *err)
{
    vb_buf manifest = { 0 };
    vb_status status = vb_package_read(bytes, "META-INF/manifest.xml", &manifest, err);
    if (status == VB_OK && vb_str_find(vb_buf_view(&manifest), VB_STR("encryption-data"), 0) != SIZE_MAX)
        status = vb_fail(err, VB_BAD_INPUT, "protected by a password: OpenDocument text");
    vb_buf_clear(&manifest);
    return status == VB_NOT_FOUND ? VB_OK : status;
}

vb_status vb_odt_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    reading *r = vb_arena_get(arena, sizeof *r);
    if (!r) return vb_fail_memory(err);
    vb_prose_start(&r->prose, arena);
    TRY(refuse_encrypted(bytes, err));
    TRY(walk_part(r, bytes, "styles.xml", err));
    TRY(walk_part(r, bytes, "content.xml", err));
    TRY(vb_prose_finish(&r->prose, out, err));
    TRY(vb_properties_read(bytes, "meta.xml", arena, out, err));
    TRY(vb_properties_heads(bytes, "styles.xml", arena, &out->properties, err));
done:
    return status;
}

bool vb_odt_sniff(vb_str bytes)
{
    vb_buf type = { 0 };
    bool zip = vb_str_starts(bytes, VB_STR("PK\3\4"));
    bool found = zip && vb_package_read(bytes, "mimetype", &type, NULL) == VB_OK &&
                 vb_str_starts(vb_buf_view(&type), VB_STR("application/vnd.oasis.opendocument.text"));
    vb_buf_clear(&type);
    return found;
}
