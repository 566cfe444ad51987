/** What the rows of the table of formats (format.c) need of each other's files; private to loaders/. */
#ifndef VB_FORMATS_H
#define VB_FORMATS_H

#include "loaders/package.h"

struct cJSON;

bool vb_pdf_sniff(vb_str bytes);
vb_status vb_pdf_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** Read what `pdftotext -bbox-layout` prints; controls in @p layout are changed. @return as vb_format_read().
 */
vb_status vb_pdf_read_layout(vb_buf *layout, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_docx_sniff(vb_str bytes);
vb_status vb_docx_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_odt_sniff(vb_str bytes);
vb_status vb_odt_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

bool vb_zip_sniff(vb_str bytes);
vb_status vb_zip_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** A document of a ZIP file: the best of its formats. */
typedef struct vb_zip_document {
    vb_str name;  /* its path in the archive */
    size_t index; /* among the entries */
} vb_zip_document;
typedef VB_VEC(vb_zip_document) vb_zip_documents;

/** The documents of a ZIP file, in the order of the archive. @return as vb_package_list(). */
vb_status vb_zip_list(vb_str bytes, vb_arena *arena, vb_zip_documents *out, vb_error *err);

/** Whether what was unpacked is itself a ZIP file, and no document. */
bool vb_zip_is_nested(vb_str part);

bool vb_json_sniff(vb_str bytes);
vb_status vb_json_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** One JSON object; cJSON_Delete() *out. @return VB_BAD_INPUT (no object, a NUL byte), VB_BAD_UTF8. */
vb_status vb_json_parse(vb_str bytes, struct cJSON **out, vb_error *err);

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

/** What the part of a package that holds Dublin Core (docProps/core.xml, meta.xml) says of the file: title
 *  and subject; its creator where that is a body and no person who typed; and when it was saved. */
vb_status vb_properties_read(vb_str bytes, const char *name, vb_arena *arena, vb_source *out, vb_error *err);

/** What heads and feet of pages say of the letter, into @p out where that is empty: its date, and the number
 *  of the questions it answers. @param name of the part: header1.xml of a DOCX, styles.xml of an ODT. */
vb_status vb_properties_heads(vb_str bytes, const char *name, vb_arena *arena, vb_metadata *out,
                              vb_error *err);

/** Whether who made a file is a body ("Ministerie van ..."), and no person who typed. */
bool vb_properties_body(vb_str creator);

#endif
