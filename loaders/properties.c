/**
 * Properties of DOCX and ODT: title and subject as Dublin Core. A title that is a name of a template or a
 * file
 * ("brief", "Document1") says nothing and is left out: it needs three words.
 */
#include "loaders/formats.h"
#include "loaders/markup.h"

typedef struct reading {
    vb_arena *arena;
    vb_metadata *out;
    vb_str *value; /* what the text that comes is of; NULL: nothing */
} reading;

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    bool dublin = strstr(tag->space, "purl.org/dc/elements") != NULL;
    r->value = !dublin                     ? NULL
               : vb_tag_is(tag, "title")   ? &r->out->title
               : vb_tag_is(tag, "subject") ? &r->out->subject
                                           : NULL;
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    (void)tag;
    ((reading *)context)->value = NULL;
    return VB_OK;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    size_t blanks = 0;
    text = vb_str_trim(text);
    for (size_t i = 0; i < text.len; i++) blanks += text.at[i] == ' ';
    if (!r->value || blanks < 2) return VB_OK;
    return vb_arena_copy(r->arena, text, r->value);
}

vb_status vb_properties_read(vb_str bytes, const char *name, vb_arena *arena, vb_metadata *out, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    reading r = { .arena = arena, .out = out };
    vb_buf xml = { 0 };
    vb_status status = vb_package_read(bytes, name, &xml, err);
    if (status == VB_OK) status = vb_xml_walk(vb_buf_view(&xml), &handlers, &r, err);
    vb_buf_clear(&xml);
    return status == VB_NOT_FOUND ? VB_OK : status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
