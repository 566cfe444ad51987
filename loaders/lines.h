/** Lines of a file, one at a time: any size of file, bounded memory. Private to loaders/. */
#ifndef VB_LINES_H
#define VB_LINES_H

#include "graph/graph.h"

#define VB_LINE_MAX ((size_t)64 << 20) /* bytes of one line */

typedef struct vb_lines {
    const char *path; /* for messages; borrowed */
    FILE *file;
    vb_buf buf;    /* what was read and not yet taken */
    size_t at;     /* in buf: the next line */
    bool ended;    /* the file has no more */
    unsigned line; /* number of the current line, from 1 */
} vb_lines;

/** Open @p path. End it with vb_lines_close(), also after a failure. @return VB_IO, VB_NO_MEMORY. */
vb_status vb_lines_open(const char *path, vb_lines *out, vb_error *err);
void vb_lines_close(vb_lines *lines);

/** The next line without its end; blank lines are passed over, a byte order mark too. The line lasts until
 * the next call. @return VB_OK; VB_NOT_FOUND at the end (no error is set); VB_TOO_LARGE; VB_IO; VB_NO_MEMORY.
 */
vb_status vb_lines_next(vb_lines *lines, vb_str *out, vb_error *err);

#endif
