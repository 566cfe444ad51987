/** What the rows of the table of formats (format.c) need of each other's files; private to loaders/. */
#ifndef VB_FORMATS_H
#define VB_FORMATS_H

#include "loaders/package.h"

bool vb_docx_sniff(vb_str bytes);
vb_status vb_docx_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/** Title and subject out of the part of a package that holds Dublin Core (docProps/core.xml, meta.xml): what
 * the file says of itself. Its dates and its author are those of the typing, not of the letter. */
vb_status vb_properties_read(vb_str bytes, const char *name, vb_arena *arena, vb_metadata *out,
                             vb_error *err);

#endif
