/**
 * The writer behind every format: one buffer over a FILE, the first failure kept, and the escapes.
 *
 * XML is printed here and not by libxml2's xmlwriter: that one allocates and re-encodes for each attribute,
 * which costs several times what writing does at millions of edges, and it fails on the control characters
 * that we blank; all that is needed of it are the five escapes below. What is written is read back by other
 * programs in tests/export.
 */
#include "export/export.h"

#include <errno.h>
#include <locale.h>
#include <math.h>

static void flush(vb_writer *w)
{
    if (!w->failed && w->len) {
        errno = 0;
        if (fwrite(w->room, 1, w->len, w->out) != w->len) w->failed = errno ? errno : EIO;
    }
    w->len = 0;
}

void vb_put_long(vb_writer *w, const char *at, size_t len)
{
    while (len) {
        if (w->len == sizeof w->room) flush(w);
        size_t n = sizeof w->room - w->len < len ? sizeof w->room - w->len : len;
        memcpy(w->room + w->len, at, n);
        w->len += n;
        at += n;
        len -= n;
    }
}

void vb_put_int(vb_writer *w, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) digits[--at] = '-';
    vb_put_bytes(w, digits + at, sizeof digits - at);
}

void vb_put_real(vb_writer *w, double value, int digits)
{
    char text[64];
    if (!isfinite(value) || value == 0) value = 0; /* also -0 */
    int n = snprintf(text, sizeof text, "%.*g", digits, value);
    const char *point = localeconv()->decimal_point;
    char *at = *point ? strstr(text, point) : NULL;
    if (n < 0 || (size_t)n >= sizeof text) return;
    if (!at) {
        vb_put_bytes(w, text, (size_t)n);
        return;
    }
    vb_put_bytes(w, text, (size_t)(at - text));
    vb_put(w, ".");
    vb_put(w, at + strlen(point));
}

void vb_put_colour(vb_writer *w, uint32_t rgb)
{
    char text[16];
    int n = snprintf(text, sizeof text, "#%06X", (unsigned)(rgb & 0xffffff));
    if (n > 0) vb_put_bytes(w, text, (size_t)n);
}

/** What stands for the byte @p c under @p how; NULL when it stands for itself. */
static const char *escaped(vb_escape how, unsigned char c)
{
    switch (how) {
    case VB_XML:
        if (c == '&') return "&amp;";
        if (c == '<') return "&lt;";
        if (c == '>') return "&gt;";
        if (c == '"') return "&quot;";
        if (c == '\t' || c == '\n') return NULL;
        break;
    case VB_DOT: /* Graphviz also decodes entities in plain labels */
        if (c == '&') return "&amp;";
        if (c == '\\') return "\\\\";
        if (c == '"') return "\\\"";
        break;
    case VB_CELL:
        return c == '"' ? "\"\"" : NULL;
    case VB_CSV:
        if (c == '"') return "\"\"";
        break;
    case VB_QUOTE: /* no way to end a DOT string in one backslash but to write two */
        if (c == '\\') return "\\\\";
        if (c == '"') return "\\\"";
        break;
    case VB_RAW:
        return NULL;
    }
    return c < ' ' ? " " : NULL;
}

/** Whether a byte stands for itself in every format: the quick way past nearly all of them. */
static bool is_harmless(unsigned char c)
{
    return c >= ' ' && c < 0x80 && c != '"' && c != '&' && c != '<' && c != '>' && c != '\\';
}

void vb_put_str(vb_writer *w, vb_escape how, vb_str s)
{
    size_t from = 0; /* start of what stands for itself and still has to go out */
    for (size_t i = 0; how != VB_RAW && i < s.len;) {
        unsigned char c = (unsigned char)s.at[i];
        size_t n = 1;
        const char *instead = NULL;
        if (is_harmless(c)) {
            i++;
            continue;
        }
        if (c < 0x80) {
            instead = escaped(how, c);
        } else {
            uint32_t point = vb_utf8_at(s, i, &n);
            if ((point == 0xfffd && n == 1) || ((point == 0xfffe || point == 0xffff) && how != VB_CELL))
                instead = "\xef\xbf\xbd";
        }
        if (instead) {
            vb_put_bytes(w, s.at + from, i - from);
            vb_put(w, instead);
            from = i + n;
        }
        i += n;
    }
    if (s.len > from) vb_put_bytes(w, s.at + from, s.len - from);
}

void vb_put_text_in(vb_writer *w, const char *open, vb_str text, const char *close)
{
    if (!text.len) return;
    vb_put(w, open);
    vb_put_str(w, VB_XML, text);
    vb_put(w, close);
}

void vb_put_int_in(vb_writer *w, const char *open, int64_t value, const char *close)
{
    vb_put(w, open);
    vb_put_int(w, value);
    vb_put(w, close);
}

void vb_put_rgb_in(vb_writer *w, const char *const parts[4], uint32_t rgb)
{
    for (int i = 0; i < 3; i++) {
        vb_put(w, parts[i]);
        vb_put_int(w, rgb >> (16 - 8 * i) & 0xff);
    }
    vb_put(w, parts[3]);
}

vb_status vb_writer_end(vb_writer *w, vb_error *err)
{
    flush(w);
    errno = 0;
    if (!w->failed && fflush(w->out) != 0) w->failed = errno ? errno : EIO;
    if (w->failed) return vb_fail(err, VB_IO, "cannot write: %s", strerror(w->failed));
    return VB_OK;
}
