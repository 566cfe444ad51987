/** What the rows of the table of formats (format.c) need of each other's files; private to loaders/. */
#ifndef VB_FORMATS_H
#define VB_FORMATS_H

#include "loaders/package.h"

bool vb_pdf_sniff(vb_str bytes);
vb_status vb_pdf_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_docx_sniff(vb_str bytes);
vb_status vb_docx_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_odt_sniff(vb_str bytes);
vb_status vb_odt_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_zip_sniff(vb_str bytes);
vb_status vb_zip_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_html_sniff(vb_str bytes);
vb_status vb_html_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** Whether @p bytes are XML; HTML in the form of XML is for vb_html_sniff(), which comes first. */
bool vb_official_sniff(vb_str bytes);
vb_status vb_official_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** Read a publication's metadata.xml into the metadata and properties of @p out; its text stays. */
vb_status vb_official_metadata(vb_str xml, vb_arena *arena, vb_source *out, vb_error *err);

/** Plain text of any encoding as UTF-8; also what readers of text with marks start from. */
vb_status vb_text_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** One value of the metadata of an official publication, by its name ("DC.title"): what @p known and, where
 *  the text comes first, @p file shall say. */
vb_status vb_official_meta(vb_arena *arena, vb_str name, vb_str value, vb_metadata *known, vb_metadata *file);

/** Title and subject out of the part of a package that holds Dublin Core (docProps/core.xml, meta.xml): what
 * the file says of itself. Its dates and its author are those of the typing, not of the letter. */
vb_status vb_properties_read(vb_str bytes, const char *name, vb_arena *arena, vb_metadata *out,
                             vb_error *err);

#endif
