/** Records of a CSV file, RFC 4180, one at a time: any size of file, bounded memory. Private to loaders/. */
#ifndef VB_CSV_H
#define VB_CSV_H

#include "graph/graph.h"

enum { VB_CSV_RECORD_MAX = 16 << 20, VB_CSV_CELLS_MAX = 1024 }; /* bytes and cells of one record */

typedef struct vb_csv {
    const char *path; /* for messages; borrowed */
    FILE *file;
    vb_buf buf;    /* what was read and not yet taken */
    size_t at;     /* in buf: the next record */
    bool ended;    /* the file has no more */
    unsigned line; /* where the current record starts, 1-based */
    unsigned next; /* where the next one does */
    vb_str *cells; /* of the current record; last until the next one */
    size_t n_cells;
} vb_csv;

/** Open @p path. End it with vb_csv_close(), also after a failure. @return VB_IO, VB_NO_MEMORY. */
vb_status vb_csv_open(const char *path, vb_csv *out, vb_error *err);
void vb_csv_close(vb_csv *csv);

/**
 * Read the next record; empty lines are passed over, a byte order mark too.
 * @return VB_OK; VB_NOT_FOUND at the end (no error is set); VB_BAD_INPUT (a quote that is not closed, or text
 *         after one), VB_BAD_UTF8, VB_TOO_LARGE, each with file and line; VB_IO; VB_NO_MEMORY.
 */
vb_status vb_csv_next(vb_csv *csv, vb_error *err);

/** Fail with "path:line: " before the message. */
vb_status vb_csv_fail(const vb_csv *csv, vb_error *err, vb_status status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
