/**
 * Formats: bytes to the text a reader sees. A format is a row that knows its own bytes when it sees them; the
 * first row that does reads them. Whatever a row reads, what comes out is UTF-8 without NUL bytes.
 *
 * Encodings of plain text: UTF-8 and UTF-16, each with or without a byte order mark, and Windows-1252 where
 * the bytes are no UTF-8 but could be that. Source of the last: WHATWG Encoding, "index-windows-1252".
 */
#include "loaders/formats.h"

static const uint16_t cp1252_high[32] = {
    /* 0x80..0x9f; 0: not assigned */
    0x20ac, 0,      0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17d,  0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0,      0x17e,  0x178,
};

/** Write @p c as UTF-8 at @p to. @return how many bytes. */
static size_t put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6) to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | c);
    return n;
}

/** How well @p bytes would read as Windows-1252: no unassigned byte, and high bytes mostly inside words. */
static bool reads_as_1252(vb_str bytes)
{
    size_t n_high = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.at[i];
        if (b >= 0x80) n_high++;
        if (b >= 0x80 && b < 0xa0 && !cp1252_high[b - 0x80]) return false;
        if (b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v') return false;
    }
    return n_high <= bytes.len / 4 + 1; /* Dutch has an accent or a curly quote here and there, no more */
}

static vb_status read_1252(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    char *to = vb_arena_array(arena, bytes.len + 1, 3);
    if (!to) return vb_fail_memory(err);
    size_t n = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char b = (unsigned char)bytes.at[i];
        n += put_utf8(to + n, b >= 0x80 && b < 0xa0 ? cp1252_high[b - 0x80] : b);
    }
    out->text = (vb_str){ to, n };
    out->note = "converted from Windows-1252";
    return VB_OK;
}

static uint32_t unit16(vb_str bytes, size_t at, bool big)
{
    uint32_t first = (unsigned char)bytes.at[at], second = (unsigned char)bytes.at[at + 1];
    return big ? first << 8 | second : second << 8 | first;
}

typedef enum utf16 { UTF16_NOT, UTF16_LITTLE, UTF16_BIG } utf16;

/** Whether the bytes are UTF-16: by their mark, or, without one, because every other byte of the first is NUL
 *  but for a few, and no other is, as in text of Latin letters. */
static utf16 sniff_utf16(vb_str bytes)
{
    enum { LOOK = 512, LEAST = 8 };
    size_t n = bytes.len < LOOK ? bytes.len / 2 * 2 : LOOK, nul[2] = { 0, 0 };
    if (vb_str_starts(bytes, VB_STR("\xff\xfe"))) return UTF16_LITTLE;
    if (vb_str_starts(bytes, VB_STR("\xfe\xff"))) return UTF16_BIG;
    for (size_t i = 0; i < n; i++) nul[i % 2] += !bytes.at[i];
    if (n < LEAST || (nul[0] && nul[1]) || (nul[0] + nul[1]) * 5 < n * 2) return UTF16_NOT;
    return nul[1] ? UTF16_LITTLE : UTF16_BIG;
}

static vb_status read_utf16(vb_str bytes, bool big, vb_arena *arena, vb_source *out, vb_error *err)
{
    char *to = vb_arena_array(arena, bytes.len / 2 + 1, 3);
    if (!to) return vb_fail_memory(err);
    size_t n = 0, i = unit16(bytes, 0, big) == 0xfeff ? 2 : 0;
    for (; i + 1 < bytes.len; i += 2) {
        uint32_t c = unit16(bytes, i, big);
        if (c >= 0xd800 && c < 0xdc00 && i + 3 < bytes.len) {
            uint32_t low = unit16(bytes, i + 2, big);
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        if (c == 0 || (c >= 0xd800 && c < 0xe000)) {
            if (err) err->at = i;
            return vb_fail(err, VB_BAD_INPUT, "byte %zu: not UTF-16 text", i);
        }
        n += put_utf8(to + n, c);
    }
    if (i < bytes.len) {
        if (err) err->at = i;
        return vb_fail(err, VB_BAD_INPUT, "byte %zu: UTF-16 text ends in half a character", i);
    }
    out->text = (vb_str){ to, n };
    out->note = "converted from UTF-16";
    return VB_OK;
}

vb_status vb_text_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    utf16 kind = sniff_utf16(bytes);
    if (kind != UTF16_NOT) return read_utf16(bytes, kind == UTF16_BIG, arena, out, err);
    size_t nul = vb_str_find(bytes, VB_STR("\0"), 0);
    if (nul != SIZE_MAX) {
        if (err) err->at = nul;
        return vb_fail(err, VB_BAD_INPUT, "byte %zu is NUL: a binary file, not text", nul);
    }
    size_t bad = vb_utf8_check(bytes);
    if (bad == bytes.len) {
        out->text = bytes;
        return VB_OK;
    }
    if (reads_as_1252(bytes)) return read_1252(bytes, arena, out, err);
    if (err) err->at = bad;
    return vb_fail(err, VB_BAD_UTF8, "byte %zu (0x%02x) is neither UTF-8 nor Windows-1252", bad,
                   (unsigned char)bytes.at[bad]);
}

/** Compound files of Microsoft: Word 97-2003, and whatever Office document has a password on it. */
static vb_status refuse_compound(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    (void)arena, (void)out;
    if (vb_str_find(bytes, (vb_str){ name, sizeof name - 1 }, 0) != SIZE_MAX)
        return vb_fail(err, VB_BAD_INPUT, "protected by a password: Office document");
    return vb_fail(err, VB_BAD_INPUT, "format not read yet: Word 97-2003 (DOC)");
}

static bool is_compound(vb_str bytes)
{
    return vb_str_starts(bytes, VB_STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
}

static bool is_text(vb_str bytes)
{
    (void)bytes;
    return true;
}

/** Formats in the order they are tried. */
static const vb_format formats[] = {
    { "pdf", vb_pdf_sniff, vb_pdf_read },           /* by pdftotext, in a child process */
    { "docx", vb_docx_sniff, vb_docx_read },        /* Word since 2007 */
    { "odt", vb_odt_sniff, vb_odt_read },           /* OpenDocument text */
    { "zip", vb_zip_sniff, vb_zip_read },           /* a publication with its pictures and metadata */
    { "doc", is_compound, refuse_compound },        /* Word before 2007, and protected documents */
    { "html", vb_html_sniff, vb_html_read },        /* official publications, government pages */
    { "xml", vb_official_sniff, vb_official_read }, /* official publications, laws */
    { "json", vb_json_sniff, vb_json_read },        /* a text with what is known of it */
    { "text", is_text, vb_text_read }, /* plain text, Markdown: takes what is text, so the last */
};

vb_status vb_format_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status = VB_BAD_INPUT;
    vb_source read = { 0 };
    if (!vb_str_trim(bytes).len) return vb_fail(err, VB_BAD_INPUT, "empty file");
    for (size_t i = 0; i < VB_COUNT(formats); i++) {
        if (!formats[i].sniff(bytes)) continue;
        status = formats[i].read(bytes, arena, &read, err);
        break;
    }
    if (status != VB_OK) return status;
    if (read.text.len > VB_TEXT_MAX)
        return vb_fail(err, VB_TOO_LARGE, "text of more than %zu MiB", VB_TEXT_MAX >> 20);
    *out = read;
    return VB_OK;
}
