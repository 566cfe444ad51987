/** Lines out of a buffer that is filled anew when it holds no whole one; it grows to the longest line. */
#include "loaders/lines.h"

#include <errno.h>

enum { CHUNK = 1 << 20 };

vb_status vb_lines_open(const char *path, vb_lines *out, vb_error *err)
{
    *out = (vb_lines){ .path = path };
    out->file = fopen(path, "rb");
    return out->file ? VB_OK : vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
}

void vb_lines_close(vb_lines *lines)
{
    if (lines->file) (void)fclose(lines->file); /* only read from: nothing to lose */
    vb_buf_clear(&lines->buf);
    *lines = (vb_lines){ 0 };
}

/** Drop what was taken, and read more behind the rest. */
static vb_status refill(vb_lines *l, vb_error *err)
{
    size_t rest = l->buf.len - l->at;
    if (rest > VB_LINE_MAX)
        return vb_fail(err, VB_TOO_LARGE, "%s:%u: a line of more than %zu MiB", l->path, l->line + 1,
                       VB_LINE_MAX >> 20);
    if (l->at && rest) memmove(l->buf.at, l->buf.at + l->at, rest);
    l->buf.len = rest;
    l->at = 0;
    size_t room = rest > CHUNK ? rest : CHUNK;
    if (vb_buf_reserve(&l->buf, room) != VB_OK) return vb_fail_memory(err);
    size_t n = fread(l->buf.at + rest, 1, room, l->file);
    if (ferror(l->file)) return vb_fail(err, VB_IO, "%s: %s", l->path, strerror(errno));
    if (!l->line && !rest && n >= 3 && memcmp(l->buf.at, "\xef\xbb\xbf", 3) == 0) l->at = 3;
    l->buf.len += n;
    l->ended = n == 0;
    return VB_OK;
}

/** One line, a blank one too. */
static vb_status take(vb_lines *l, vb_str *out, vb_error *err)
{
    vb_status status;
    for (size_t seen = 0;;) {
        const char *from = l->buf.len ? l->buf.at + l->at : l->buf.at; /* nothing read yet: no memory */
        size_t rest = l->buf.len - l->at;
        const char *end = rest > seen ? memchr(from + seen, '\n', rest - seen) : NULL;
        if (end || (l->ended && rest)) {
            size_t len = end ? (size_t)(end - from) : rest;
            l->at += len + (end != NULL);
            l->line++;
            *out = (vb_str){ from, len };
            return VB_OK;
        }
        if (l->ended) return VB_NOT_FOUND;
        seen = rest;
        TRY(refill(l, err));
        if (l->at) seen = 0; /* past a byte order mark */
    }
done:
    return status;
}

vb_status vb_lines_next(vb_lines *lines, vb_str *out, vb_error *err)
{
    vb_status status;
    do TRY(take(lines, out, err));
    while (!vb_str_trim(*out).len);
done:
    return status;
}
