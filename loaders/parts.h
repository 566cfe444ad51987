/**
 * Files that hold several documents: JSON lines, a document a line, and ZIP files of documents. Each part is
 * loaded as a file of its own. Private to loaders/load.c.
 */
#ifndef VB_PARTS_H
#define VB_PARTS_H

#include "loaders/load.h"

typedef struct vb_parts vb_parts;

/**
 * Whether a file holds several documents, by its content. @param bytes all of the file; when it was too large
 * to be read (@p whole is false), JSON lines are read from the file itself.
 * @param out takes the bytes over and is ended by vb_parts_close(); NULL: it is one document, and keeps them.
 */
vb_status vb_parts_open(const char *path, vb_buf *bytes, bool whole, vb_parts **out, vb_error *err);
void vb_parts_close(vb_parts *parts);

/**
 * The next document: its bytes, and what it is called: by the member "document" of its line, else by the file
 * and, behind a slash, the member "id", "key" or "number", the number of the line, or the path in the
 * archive.
 * @return VB_OK; VB_NOT_FOUND at the end; what is wrong with this part (the next ones may be right):
 * VB_BAD_INPUT, VB_BAD_UTF8; what ends it all: VB_TOO_LARGE (a line of more than 64 MiB, a bomb), VB_IO,
 * VB_NO_MEMORY. @p path (for messages) is set, but at the end.
 */
vb_status vb_parts_next(vb_parts *parts, vb_str file_name, vb_buf *name, vb_buf *path, vb_buf *bytes,
                        vb_error *err);

#endif
