/**
 * Properties of DOCX and ODT: Dublin Core, and what stands in the heads and feet of pages. A title that is a
 * name of a template or a file ("brief", "Document1") says nothing and is left out: it needs three words. Who
 * made the file is mostly who typed it: taken where it is a body.
 */
#include "loaders/formats.h"
#include "loaders/markup.h"
#include "loaders/view.h"

enum { HEADS_MAX = 1 << 16 }; /* bytes of heads and feet that are read */

bool vb_properties_body(vb_str creator)
{
    static const char *const openings[] = { "ministerie ",  "gemeente ",          "provincie ",
                                            "waterschap ",  "hoogheemraadschap ", "tweede kamer",
                                            "eerste kamer", "raad van state",     "algemene rekenkamer",
                                            "inspectie " };
    for (size_t i = 0; i < VB_COUNT(openings); i++)
        if (vb_starts_folded(creator, openings[i])) return true;
    return false;
}

/* ---- Dublin Core -------------------------------------------------------------------------------------- */

typedef enum kind { NONE, TITLE, SUBJECT, CREATOR, SAVED } kind;

typedef struct reading {
    vb_arena *arena;
    vb_source *out;
    kind kind; /* of the text that comes */
} reading;

static vb_status open_element(void *context, vb_tag *tag)
{
    static const struct {
        const char *name;
        kind kind;
    } rows[] = { { "title", TITLE },
                 { "subject", SUBJECT },
                 { "creator", CREATOR },
                 { "modified", SAVED },
                 { "date", SAVED } }; /* of DOCX, of ODT */
    reading *r = context;
    r->kind = NONE;
    for (size_t i = 0; i < VB_COUNT(rows) && strstr(tag->space, "purl.org/dc/"); i++)
        if (vb_tag_is(tag, rows[i].name)) r->kind = rows[i].kind;
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    (void)tag;
    ((reading *)context)->kind = NONE;
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    vb_metadata *file = &r->out->properties;
    size_t blanks = 0;
    text = vb_str_trim(text);
    for (size_t i = 0; i < text.len; i++) blanks += text.at[i] == ' ';
    switch (r->kind) {
    case TITLE:
        return blanks < 2 ? VB_OK : vb_arena_copy(r->arena, text, &file->title);
    case SUBJECT:
        return blanks < 2 ? VB_OK : vb_arena_copy(r->arena, text, &file->subject);
    case CREATOR:
        return vb_properties_body(text) ? vb_arena_copy(r->arena, text, &file->sender) : VB_OK;
    case SAVED:
        return text.len < 10 ? VB_OK : vb_arena_copy(r->arena, vb_str_part(text, 0, 10), &r->out->saved);
    case NONE:
        break;
    }
    return VB_OK;
}

/** Walk through a part; one that is not there says nothing. */
static vb_status walk(vb_str bytes, const char *name, const vb_markup *handlers, void *context, vb_error *err)
{
    vb_buf xml = { 0 };
    vb_status status = vb_package_read(bytes, name, &xml, err);
    if (status == VB_OK) status = vb_xml_walk(vb_buf_view(&xml), handlers, context, err);
    vb_buf_clear(&xml);
    return status == VB_NOT_FOUND ? VB_OK : status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

vb_status vb_properties_read(vb_str bytes, const char *name, vb_arena *arena, vb_source *out, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    reading r = { .arena = arena, .out = out };
    return walk(bytes, name, &handlers, &r, err);
}

/* ---- heads and feet ----------------------------------------------------------------------------------- */

typedef struct heads {
    vb_buf text;
    unsigned inside; /* elements that hold heads and feet */
    bool word;       /* DOCX: text is in <w:t> alone */
    bool taking;
} heads;

/** <w:hdr>, <w:ftr>; <style:header>, <style:footer-first>, ... */
static bool holds(const vb_tag *tag)
{
    return vb_tag_is(tag, "hdr") || vb_tag_is(tag, "ftr") || strncmp(tag->name, "header", 6) == 0 ||
           strncmp(tag->name, "footer", 6) == 0;
}

static vb_status open_head(void *context, vb_tag *tag)
{
    heads *h = context;
    if (holds(tag)) {
        h->inside++;
        h->word = vb_tag_is(tag, "hdr") || vb_tag_is(tag, "ftr");
    }
    if (!h->inside) return VB_OK;
    if (vb_tag_is(tag, h->word ? "t" : "p")) h->taking = true;
    return vb_tag_is(tag, "tab") ? vb_buf_add(&h->text, VB_STR("\t")) : VB_OK;
}

static vb_status close_head(void *context, const vb_tag *tag)
{
    heads *h = context;
    if (holds(tag) && h->inside) h->inside--;
    if (vb_tag_is(tag, h->word ? "t" : "p")) h->taking = false;
    return h->inside && vb_tag_is(tag, "p") ? vb_buf_add(&h->text, VB_STR("\n")) : VB_OK;
}

static vb_status take_head(void *context, vb_str text)
{
    heads *h = context;
    return h->taking && h->text.len < HEADS_MAX ? vb_buf_add(&h->text, text) : VB_OK;
}

/** "Datum" and, behind it or in one of the next lines, a date; a number of questions anywhere. */
static vb_status read_heads(vb_str text, vb_arena *arena, vb_metadata *out)
{
    enum { LOOK_AHEAD = 4 };
    char date[12] = "";
    size_t labelled = 0;
    vb_str line;
    if (!out->questions.len && vb_question_number(arena, text, &out->questions) != VB_OK) return VB_NO_MEMORY;
    if (!out->number.len) out->number = out->questions;
    while (vb_str_next(&text, '\n', &line)) {
        line = vb_str_trim(line);
        if (vb_starts_folded(line, "datum")) labelled = LOOK_AHEAD;
        if (out->date.len || !labelled || !line.len) continue;
        labelled--;
        if (vb_date_after(line, 0, date)) return vb_arena_copy(arena, vb_str_of(date), &out->date);
    }
    return VB_OK;
}

vb_status vb_properties_heads(vb_str bytes, const char *name, vb_arena *arena, vb_metadata *out,
                              vb_error *err)
{
    static const vb_markup handlers = { open_head, close_head, take_head };
    heads h = { .inside = 0 };
    vb_status status = walk(bytes, name, &handlers, &h, err);
    if (status == VB_OK && read_heads(vb_buf_view(&h.text), arena, out) != VB_OK)
        status = vb_fail_memory(err);
    vb_buf_clear(&h.text);
    return status;
}
