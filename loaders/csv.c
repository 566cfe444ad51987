/**
 * CSV by RFC 4180: cells between commas, a cell in quotes may hold commas, line ends and doubled quotes;
 * lines end in LF or CRLF. A record is taken apart in place, in the buffer that it was read into; when the
 * buffer ends first, more is read and the record is begun anew, so that the common case copies nothing.
 */
#include "loaders/csv.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

enum { CHUNK = 1 << 20 };

vb_status vb_csv_fail(const vb_csv *csv, vb_error *err, vb_status status, const char *format, ...)
{
    char words[800];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (err) err->line = csv->line;
    return vb_fail(err, status, "%s:%u: %s", csv->path, csv->line, words);
}

vb_status vb_csv_open(const char *path, vb_csv *out, vb_error *err)
{
    *out = (vb_csv){ .path = path, .next = 1 };
    out->file = fopen(path, "rb");
    if (!out->file) return vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
    out->cells = malloc(VB_CSV_CELLS_MAX * sizeof *out->cells);
    return out->cells ? VB_OK : vb_fail_memory(err);
}

void vb_csv_close(vb_csv *csv)
{
    if (csv->file) (void)fclose(csv->file); /* only read from: nothing to lose */
    vb_buf_clear(&csv->buf);
    free(csv->cells);
    *csv = (vb_csv){ 0 };
}

/** Drop what was taken, and read more behind the rest. */
static vb_status refill(vb_csv *csv, vb_error *err)
{
    size_t rest = csv->buf.len - csv->at;
    if (rest > VB_CSV_RECORD_MAX)
        return vb_csv_fail(csv, err, VB_TOO_LARGE, "a record of more than %d MiB", VB_CSV_RECORD_MAX >> 20);
    if (csv->at) memmove(csv->buf.at, csv->buf.at + csv->at, rest);
    csv->buf.len = rest;
    csv->at = 0;
    size_t room = rest > CHUNK ? rest : CHUNK; /* doubling: a long record is begun anew few times */
    if (vb_buf_reserve(&csv->buf, room) != VB_OK) return vb_fail_memory(err);
    size_t n = fread(csv->buf.at + rest, 1, room, csv->file);
    if (ferror(csv->file)) return vb_fail(err, VB_IO, "%s: %s", csv->path, strerror(errno));
    csv->buf.len += n;
    csv->ended = n == 0;
    return VB_OK;
}

/** Where a cell in quotes ends: the offset behind its closing quote; SIZE_MAX when that is not read yet. */
static size_t quoted_end(const vb_csv *csv, size_t i, bool *doubled, unsigned *lines)
{
    const char *at = csv->buf.at;
    for (i++; i < csv->buf.len; i++) {
        if (at[i] == '\n') ++*lines;
        if (at[i] != '"') continue;
        if (i + 1 < csv->buf.len && at[i + 1] == '"') {
            *doubled = true;
            i++;
        } else {
            return i + 1 < csv->buf.len || csv->ended ? i + 1 : SIZE_MAX; /* a second quote may follow */
        }
    }
    return SIZE_MAX;
}

/** The cells of one record from csv->at on. *end is behind its line end; 0: the buffer ended first. Nothing
 * in the buffer is changed, cells in quotes are marked in @p doubled. */
static vb_status scan(vb_csv *csv, size_t *end, unsigned *lines, bool *doubled, vb_error *err)
{
    const char *at = csv->buf.at;
    size_t i = csv->at, len = csv->buf.len;
    *end = 0;
    for (csv->n_cells = 0;; i++) {
        if (csv->n_cells == VB_CSV_CELLS_MAX)
            return vb_csv_fail(csv, err, VB_TOO_LARGE, "more than %d cells", VB_CSV_CELLS_MAX);
        vb_str *cell = &csv->cells[csv->n_cells];
        bool twice = false;
        if (i < len && at[i] == '"') {
            size_t behind = quoted_end(csv, i, &twice, lines);
            if (behind == SIZE_MAX) return VB_OK;
            *cell = (vb_str){ at + i + 1, behind - i - 2 };
            i = behind;
            if (i < len && at[i] == '\r') i++;
            if (i < len && at[i] != ',' && at[i] != '\n')
                return vb_csv_fail(csv, err, VB_BAD_INPUT, "text after a closing quote in cell %zu",
                                   csv->n_cells + 1);
        } else {
            size_t from = i;
            while (i < len && at[i] != ',' && at[i] != '\n') i++;
            size_t to = i < len && at[i] == '\n' && i > from && at[i - 1] == '\r' ? i - 1 : i;
            *cell = (vb_str){ at + from, to - from };
        }
        doubled[csv->n_cells++] = twice;
        if (i >= len && !csv->ended) return VB_OK;
        if (i < len && at[i] == ',') continue;
        *lines += i < len;
        *end = i < len ? i + 1 : len;
        return VB_OK;
    }
}

/** Write "" as " in place. */
static void undouble(vb_str *cell)
{
    char *to = (char *)(uintptr_t)cell->at; /* the reader's own buffer */
    size_t n = 0;
    for (size_t i = 0; i < cell->len; i++) {
        to[n++] = cell->at[i];
        if (cell->at[i] == '"') i++;
    }
    cell->len = n;
}

/** Take one record, an empty line too. @return VB_NOT_FOUND at the end. */
static vb_status take(vb_csv *csv, vb_error *err)
{
    vb_status status;
    bool doubled[VB_CSV_CELLS_MAX];
    size_t end = 0;
    unsigned lines;
    for (;;) {
        csv->line = csv->next;
        lines = 0;
        if (csv->at < csv->buf.len) {
            TRY(scan(csv, &end, &lines, doubled, err));
            if (end) break;
        }
        if (csv->ended) {
            status = csv->at < csv->buf.len
                         ? vb_csv_fail(csv, err, VB_BAD_INPUT, "a quote that is never closed")
                         : VB_NOT_FOUND;
            goto done;
        }
        TRY(refill(csv, err));
    }
    vb_str record = { csv->buf.at + csv->at, end - csv->at };
    if (memchr(record.at, 0, record.len)) {
        status = vb_csv_fail(csv, err, VB_BAD_INPUT, "a NUL byte");
        goto done;
    }
    if (vb_utf8_check(record) < record.len) {
        status = vb_csv_fail(csv, err, VB_BAD_UTF8, "text that is not UTF-8");
        goto done;
    }
    for (size_t i = 0; i < csv->n_cells; i++)
        if (doubled[i]) undouble(&csv->cells[i]);
    csv->at = end;
    csv->next += lines;
done:
    return status;
}

static void skip_byte_order_mark(vb_csv *csv)
{
    if (csv->buf.len - csv->at >= 3 && memcmp(csv->buf.at + csv->at, "\xef\xbb\xbf", 3) == 0) csv->at += 3;
}

vb_status vb_csv_next(vb_csv *csv, vb_error *err)
{
    vb_status status;
    if (csv->next == 1 && !csv->buf.len && !csv->ended) {
        csv->line = 1;
        TRY(refill(csv, err));
        skip_byte_order_mark(csv);
    }
    do TRY(take(csv, err));
    while (csv->n_cells == 1 && !csv->cells[0].len);
done:
    return status;
}
