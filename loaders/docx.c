/**
 * DOCX: the text of a Word document as its reader sees it. Tracked changes are accepted, fields give their
 * results, hidden text and comments are left out, a text box is read once, notes stand at the end, called
 * by "[n]". Headers and footers are left out of the text, as they repeat on every page; the date and the
 * number they give are the file's properties. Source: ECMA-376 part 1, 17.
 */
#include "loaders/docx.h"

#include "loaders/formats.h"

enum { FIELDS_MAX = 64, PART_NAME_MAX = 256, HEADS_MAX = 12 };

/** The paragraph that is open; one may hold a text box with others. */
typedef struct paragraph {
    vb_docx_style style;
    vb_str label; /* of its list; it waits for the first words */
    bool goes_on; /* its mark was deleted: the next paragraph goes on with it */
} paragraph;

typedef struct reading {
    vb_prose prose;
    vb_docx_styles styles;
    paragraph open[VB_PROSE_DEPTH_MAX];
    size_t n_open;
    bool in_properties, in_run, in_row_properties, hidden, own_mark, in_text, chosen;
    bool result[FIELDS_MAX]; /* of each field that is open: whether its result has begun */
    size_t n_fields;
    char note; /* 'f' or 'e': what kind of notes the part holds or calls */
} reading;

static bool is_word(const vb_tag *tag)
{
    return strstr(tag->space, "wordprocessingml") != NULL;
}

/** Whether text here is seen: not in a field's instruction, not hidden. */
static bool is_seen(const reading *r)
{
    for (size_t i = 0; i < r->n_fields && i < FIELDS_MAX; i++)
        if (!r->result[i]) return false;
    return !r->hidden;
}

static paragraph *paragraph_of(reading *r)
{
    return r->n_open ? &r->open[r->n_open - 1] : NULL;
}

static vb_status put_words(reading *r, vb_str words)
{
    vb_status status = VB_OK;
    paragraph *p = paragraph_of(r);
    if (!is_seen(r)) return VB_OK;
    if (p && p->label.len && vb_str_trim(words).len) {
        vb_str label = p->label;
        p->label.len = 0;
        TRY(vb_prose_text(&r->prose, label));
    }
    TRY(vb_prose_text(&r->prose, words));
done:
    return status;
}

/* ---- paragraphs --------------------------------------------------------------------------------------- */

static vb_status open_paragraph(reading *r)
{
    if (r->n_open == VB_PROSE_DEPTH_MAX) return VB_TOO_LARGE;
    r->open[r->n_open++] = (paragraph){ .style = vb_docx_style_of(&r->styles, VB_STR("")) };
    return VB_OK;
}

static vb_status end_line(reading *r)
{
    const paragraph *p = paragraph_of(r);
    int outline = p ? p->style.outline : VB_DOCX_NONE;
    bool heading = outline >= 0 && outline < VB_DOCX_LEVELS;
    return vb_prose_end(&r->prose, heading ? VB_BLOCK_HEADING : VB_BLOCK_PARAGRAPH,
                        heading ? (uint8_t)(outline + 1) : 0);
}

static vb_status close_paragraph(reading *r)
{
    vb_status status = VB_OK;
    if (!r->n_open) return VB_OK;
    if (!r->open[r->n_open - 1].goes_on) status = end_line(r);
    r->n_open--;
    return status;
}

/** Inside <w:pPr>: style, list, heading, and whether the paragraph's mark is deleted. */
static vb_status take_property(reading *r, vb_tag *tag)
{
    paragraph *p = paragraph_of(r);
    vb_str value = vb_tag_get(tag, "val");
    tag->skip = vb_tag_is(tag, "pPrChange") || vb_tag_is(tag, "rPrChange") || vb_tag_is(tag, "sectPr") ||
                vb_tag_is(tag, "tabs") || vb_tag_is(tag, "framePr");
    if (!p || tag->skip) return VB_OK;
    if (vb_tag_is(tag, "pStyle")) {
        vb_docx_style own = p->style;
        p->style = vb_docx_style_of(&r->styles, value);
        if (own.num != VB_DOCX_NONE) p->style.num = own.num;
    }
    if (vb_tag_is(tag, "outlineLvl")) p->style.outline = vb_docx_number(value, VB_DOCX_NONE);
    if (vb_tag_is(tag, "numId")) p->style.num = vb_docx_number(value, VB_DOCX_NONE);
    if (vb_tag_is(tag, "ilvl")) p->style.level = vb_docx_number(value, VB_DOCX_NONE);
    if (vb_tag_is(tag, "del") || vb_tag_is(tag, "moveFrom")) p->goes_on = true;
    return VB_OK;
}

static vb_status close_properties(reading *r)
{
    paragraph *p = paragraph_of(r);
    r->in_properties = false;
    return p ? vb_docx_label(&r->styles, p->style.num, p->style.level, &p->label) : VB_OK;
}

/* ---- runs --------------------------------------------------------------------------------------------- */

static bool is_on(const vb_tag *tag, const char *attribute)
{
    vb_str value = vb_tag_get(tag, attribute);
    return !vb_str_eq(value, VB_STR("0")) && !vb_str_eq(value, VB_STR("false")) &&
           !vb_str_eq(value, VB_STR("off"));
}

static vb_status take_field(reading *r, const vb_tag *tag)
{
    vb_str kind = vb_tag_get(tag, "fldCharType");
    if (vb_str_eq(kind, VB_STR("begin"))) {
        if (r->n_fields == FIELDS_MAX) return VB_TOO_LARGE;
        r->result[r->n_fields++] = false;
    } else if (vb_str_eq(kind, VB_STR("separate")) && r->n_fields) {
        r->result[r->n_fields - 1] = true;
    } else if (vb_str_eq(kind, VB_STR("end")) && r->n_fields) {
        r->n_fields--;
    }
    return VB_OK;
}

static vb_status take_break(reading *r, const vb_tag *tag)
{
    vb_str kind = vb_tag_get(tag, "type");
    if (!is_seen(r)) return VB_OK;
    if (vb_str_eq(kind, VB_STR("page")) || vb_str_eq(kind, VB_STR("column")))
        return vb_prose_has_words(&r->prose) ? end_line(r) : VB_OK;
    return end_line(r);
}

static vb_status take_call(reading *r, const vb_tag *tag, char kind)
{
    char key[24];
    vb_str id = vb_tag_get(tag, "id");
    if (!is_seen(r) || id.len > 16) return VB_OK;
    int n = snprintf(key, sizeof key, "%c%.*s", kind, VB_FMT(id));
    r->own_mark = vb_tag_get(tag, "customMarkFollows").len &&
                  is_on(tag, "customMarkFollows"); /* "*": ours is its number */
    return vb_prose_call(&r->prose, (vb_str){ key, (size_t)n });
}

/** A character of a font for symbols: kept where Unicode knows it. */
static vb_status take_symbol(reading *r, const vb_tag *tag)
{
    unsigned c = 0;
    vb_str hex = vb_tag_get(tag, "char");
    if (hex.len > 5 || !hex.at || sscanf(hex.at, "%5x", &c) != 1) return VB_OK;
    if (c >= 0xe000 && c <= 0xf8ff) return put_words(r, VB_STR(" "));
    if (c < 0xa0 || c > 0xffff || (c >= 0xd800 && c < 0xe000)) return VB_OK;
    char utf8[4];
    size_t n = c < 0x800 ? 2 : 3;
    utf8[0] = (char)(n == 2 ? 0xc0 | c >> 6 : 0xe0 | c >> 12);
    utf8[1] = (char)(0x80 | (n == 2 ? c & 0x3f : c >> 6 & 0x3f));
    utf8[2] = (char)(0x80 | (c & 0x3f));
    return put_words(r, (vb_str){ utf8, n });
}

static vb_status take_in_run(reading *r, vb_tag *tag)
{
    if (vb_tag_is(tag, "t")) r->in_text = true;
    if (vb_tag_is(tag, "tab") || vb_tag_is(tag, "ptab")) return is_seen(r) ? vb_prose_tab(&r->prose) : VB_OK;
    if (vb_tag_is(tag, "br") || vb_tag_is(tag, "cr")) return take_break(r, tag);
    if (vb_tag_is(tag, "noBreakHyphen")) return put_words(r, VB_STR("-"));
    if (vb_tag_is(tag, "sym")) return take_symbol(r, tag);
    if (vb_tag_is(tag, "fldChar")) return take_field(r, tag);
    if (vb_tag_is(tag, "footnoteReference")) return take_call(r, tag, 'f');
    if (vb_tag_is(tag, "endnoteReference")) return take_call(r, tag, 'e');
    if (vb_tag_is(tag, "vanish")) r->hidden = is_on(tag, "val");
    return VB_OK;
}

/* ---- what holds paragraphs ---------------------------------------------------------------------------- */

static vb_status open_note(reading *r, vb_tag *tag)
{
    char key[24];
    vb_str id = vb_tag_get(tag, "id"), type = vb_tag_get(tag, "type");
    tag->skip = id.len > 16 || (type.len && !vb_str_eq(type, VB_STR("normal")));
    if (tag->skip) return VB_OK;
    int n = snprintf(key, sizeof key, "%c%.*s", r->note, VB_FMT(id));
    return vb_prose_open(&r->prose, VB_PROSE_NOTE, (vb_str){ key, (size_t)n });
}

typedef struct holder {
    const char *name;
    vb_prose_kind kind;
} holder;

static const holder holders[] = {
    { "tr", VB_PROSE_ROW },
    { "tc", VB_PROSE_CELL },
    { "txbxContent", VB_PROSE_BOX },
};

static const holder *find_holder(const vb_tag *tag)
{
    for (size_t i = 0; i < VB_COUNT(holders); i++)
        if (vb_tag_is(tag, holders[i].name)) return &holders[i];
    return NULL;
}

/** Deleted and moved text, what is kept twice, and properties without words. */
static bool is_skipped(const reading *r, const vb_tag *tag)
{
    static const char *const names[] = { "del",     "moveFrom", "rPrChange", "sectPr",  "tblPr",
                                         "tblPrEx", "tblGrid",  "instrText", "delText", "sdtPr",
                                         "rt",      "sdtEndPr", "comment" };
    if (vb_tag_is(tag, "Fallback")) return r->chosen;
    if (!is_word(tag)) return false;
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (vb_tag_is(tag, names[i])) return true;
    return false;
}

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    const holder *h;
    if (r->in_properties) return take_property(r, tag);
    if (r->in_row_properties && (vb_tag_is(tag, "del") || vb_tag_is(tag, "cellDel")))
        vb_prose_drop(&r->prose);
    if (is_skipped(r, tag)) {
        tag->skip = true;
        return VB_OK;
    }
    if (vb_tag_is(tag, "AlternateContent")) r->chosen = false;
    if (vb_tag_is(tag, "Choice")) r->chosen = true;
    if (!is_word(tag)) {
        if (vb_tag_is(tag, "t") && strstr(tag->space, "/math")) r->in_text = true;
        return VB_OK;
    }
    if (vb_tag_is(tag, "p")) return open_paragraph(r);
    if (vb_tag_is(tag, "pPr")) {
        r->in_properties = true;
        return VB_OK;
    }
    if (vb_tag_is(tag, "trPr") || vb_tag_is(tag, "tcPr")) r->in_row_properties = true;
    if (vb_tag_is(tag, "footnote") || vb_tag_is(tag, "endnote")) return open_note(r, tag);
    if ((h = find_holder(tag)) != NULL) return vb_prose_open(&r->prose, h->kind, VB_STR(""));
    if (vb_tag_is(tag, "r")) {
        r->hidden = r->own_mark = false;
        return VB_OK;
    }
    return take_in_run(r, tag);
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    reading *r = context;
    if (vb_tag_is(tag, "t")) r->in_text = false;
    if (vb_tag_is(tag, "Choice")) r->chosen = true; /* it may have held another choice */
    if (!is_word(tag)) return VB_OK;
    if (vb_tag_is(tag, "pPr")) return close_properties(r);
    if (vb_tag_is(tag, "trPr") || vb_tag_is(tag, "tcPr")) r->in_row_properties = false;
    if (vb_tag_is(tag, "r")) r->hidden = r->own_mark = false;
    if (vb_tag_is(tag, "p")) return close_paragraph(r);
    if (find_holder(tag) || vb_tag_is(tag, "footnote") || vb_tag_is(tag, "endnote"))
        return vb_prose_close(&r->prose);
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    return r->in_text && !r->own_mark ? put_words(r, text) : VB_OK;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

/** What the parts are called in every DOCX that a word processor wrote. */
typedef struct part {
    const char *kind; /* of its relationship: the end of its address */
    char name[PART_NAME_MAX];
} part;

enum { PART_MAIN, PART_STYLES, PART_NUMBERING, PART_FOOTNOTES, PART_ENDNOTES, PART_COUNT };

typedef struct relations {
    part *parts;
    const char *folder;                   /* of the part whose relations these are: "word/" */
    char heads[HEADS_MAX][PART_NAME_MAX]; /* heads and feet of pages */
    size_t n_heads;
} relations;

static void name_part(const relations *r, vb_str target, char *to)
{
    bool whole = target.at[0] == '/';
    snprintf(to, PART_NAME_MAX, "%s%s", whole ? "" : r->folder, target.at + whole);
}

static vb_status open_relation(void *context, vb_tag *tag)
{
    relations *r = context;
    vb_str type = vb_tag_get(tag, "Type"), target = vb_tag_get(tag, "Target");
    if (!vb_tag_is(tag, "Relationship") || !target.len) return VB_OK;
    for (int i = 0; i < PART_COUNT; i++)
        if (vb_str_ends(type, vb_str_of(r->parts[i].kind))) name_part(r, target, r->parts[i].name);
    bool head = vb_str_ends(type, VB_STR("/header")) || vb_str_ends(type, VB_STR("/footer"));
    if (head && r->n_heads < HEADS_MAX) name_part(r, target, r->heads[r->n_heads++]);
    return VB_OK;
}

static vb_status close_relation(void *context, const vb_tag *tag)
{
    (void)context, (void)tag;
    return VB_OK;
}

static vb_status pass_text(void *context, vb_str text)
{
    (void)context, (void)text;
    return VB_OK;
}

/** Walk through one part; one that is not there has nothing in it. */
static vb_status walk_part(vb_str bytes, const char *name, const vb_markup *handlers, void *context,
                           vb_error *err)
{
    vb_buf xml = { 0 };
    vb_status status = vb_package_read(bytes, name, &xml, err);
    if (status == VB_NOT_FOUND) return VB_OK;
    if (status == VB_OK) status = vb_prose_fail(vb_xml_walk(vb_buf_view(&xml), handlers, context, err), err);
    vb_buf_clear(&xml);
    return status;
}

/** Find the parts by the relations of the package, then of the main part. */
static vb_status find_parts(vb_str bytes, relations *r, vb_error *err)
{
    static const vb_markup handlers = { open_relation, close_relation, pass_text };
    vb_status status;
    char folder[PART_NAME_MAX], rels[2 * PART_NAME_MAX + 16];
    TRY(walk_part(bytes, "_rels/.rels", &handlers, r, err));
    snprintf(folder, sizeof folder, "%s", r->parts[PART_MAIN].name);
    char *slash = strrchr(folder, '/');
    snprintf(rels, sizeof rels, "%.*s_rels/%s.rels", slash ? (int)(slash - folder) + 1 : 0, folder,
             slash ? slash + 1 : folder);
    if (slash)
        slash[1] = '\0';
    else
        folder[0] = '\0';
    r->folder = folder;
    TRY(walk_part(bytes, rels, &handlers, r, err));
done:
    r->folder = "";
    return status;
}

static vb_status read_styles(reading *r, vb_str bytes, const char *name, vb_error *err)
{
    vb_buf xml = { 0 };
    vb_status status = vb_package_read(bytes, name, &xml, err);
    if (status == VB_OK) status = vb_docx_styles_read(&r->styles, vb_buf_view(&xml), err);
    vb_buf_clear(&xml);
    return status == VB_NOT_FOUND ? VB_OK : status;
}

static vb_status read_parts(reading *r, vb_str bytes, const part *parts, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    vb_status status;
    TRY(read_styles(r, bytes, parts[PART_STYLES].name, err));
    TRY(read_styles(r, bytes, parts[PART_NUMBERING].name, err));
    TRY(walk_part(bytes, parts[PART_MAIN].name, &handlers, r, err));
    r->note = 'f';
    r->n_open = r->n_fields = 0;
    TRY(walk_part(bytes, parts[PART_FOOTNOTES].name, &handlers, r, err));
    r->note = 'e';
    r->n_open = r->n_fields = 0;
    TRY(walk_part(bytes, parts[PART_ENDNOTES].name, &handlers, r, err));
done:
    return status;
}

vb_status vb_docx_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    part parts[PART_COUNT] = { [PART_MAIN] = { "/officeDocument", "word/document.xml" },
                               [PART_STYLES] = { "/styles", "word/styles.xml" },
                               [PART_NUMBERING] = { "/numbering", "word/numbering.xml" },
                               [PART_FOOTNOTES] = { "/footnotes", "word/footnotes.xml" },
                               [PART_ENDNOTES] = { "/endnotes", "word/endnotes.xml" } };
    relations found = { .parts = parts, .folder = "" };
    reading *r = vb_arena_get(arena, sizeof *r);
    if (!r) return vb_fail_memory(err);
    vb_prose_start(&r->prose, arena);
    r->styles.arena = arena;
    TRY(find_parts(bytes, &found, err));
    TRY(read_parts(r, bytes, parts, err));
    TRY(vb_prose_finish(&r->prose, out, err));
    TRY(vb_properties_read(bytes, "docProps/core.xml", arena, out, err));
    for (size_t i = 0; i < found.n_heads; i++)
        TRY(vb_properties_heads(bytes, found.heads[i], arena, &out->properties, err));
done:
    return status;
}

/** Whether the ZIP file holds a document of Word. */
bool vb_docx_sniff(vb_str bytes)
{
    vb_package_entries entries = { 0 };
    vb_arena *arena = vb_str_starts(bytes, VB_STR("PK\3\4")) ? vb_arena_new() : NULL;
    bool found = arena && vb_package_list(bytes, arena, &entries, NULL) == VB_OK &&
                 vb_package_has(&entries, "[Content_Types].xml");
    for (size_t i = 0; found && i < entries.len; i++)
        if (vb_str_starts(entries.at[i].name, VB_STR("word/"))) {
            vb_arena_free(arena);
            return true;
        }
    vb_arena_free(arena);
    return false;
}
