/**
 * Strings: views, UTF-8, and the three folded forms of a name (fold, slug, stems). Folding is NFKD without
 * marks, case-folded, by utf8proc; stems are stemmer.c's.
 */
#include "graph/graph.h"

#include <endian.h>
#include <utf8proc.h>

vb_str vb_str_of(const char *s)
{
    return (vb_str){ s, s ? strlen(s) : 0 };
}

int vb_str_cmp(vb_str a, vb_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

vb_str vb_str_none(vb_str s, size_t at)
{
    return (vb_str){ s.at ? s.at + (at < s.len ? at : s.len) : NULL, 0 };
}

static size_t blank_at_start(vb_str s)
{
    if (s.len && (s.at[0] == ' ' || (s.at[0] >= '\t' && s.at[0] <= '\r'))) return 1;
    return s.len > 1 && s.at[0] == '\xc2' && s.at[1] == '\xa0' ? 2 : 0;
}

static size_t blank_at_end(vb_str s)
{
    if (s.len && (s.at[s.len - 1] == ' ' || (s.at[s.len - 1] >= '\t' && s.at[s.len - 1] <= '\r'))) return 1;
    return s.len > 1 && s.at[s.len - 2] == '\xc2' && s.at[s.len - 1] == '\xa0' ? 2 : 0;
}

vb_str vb_str_trim(vb_str s)
{
    for (size_t n; (n = blank_at_start(s)) > 0;) s = (vb_str){ s.at + n, s.len - n };
    for (size_t n; (n = blank_at_end(s)) > 0;) s.len -= n;
    return s;
}

enum { FIND_SHORT = 16 };

/** memchr() runs through most of a text many bytes at a time; memmem() does not for a short needle. */
static size_t find_short(vb_str s, vb_str needle, size_t from)
{
    while (s.len - from >= needle.len) {
        const char *hit = memchr(s.at + from, needle.at[0], s.len - from - (needle.len - 1));
        if (!hit) break;
        if (memcmp(hit, needle.at, needle.len) == 0) return (size_t)(hit - s.at);
        from = (size_t)(hit - s.at) + 1;
    }
    return SIZE_MAX;
}

size_t vb_str_find(vb_str s, vb_str needle, size_t from)
{
    if (from > s.len || !s.at) return SIZE_MAX;
    if (!needle.len) return from;
    if (needle.len <= FIND_SHORT) return find_short(s, needle, from);
    const char *hit = memmem(s.at + from, s.len - from, needle.at, needle.len);
    return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

bool vb_str_next(vb_str *rest, char sep, vb_str *piece)
{
    if (!rest->at) return false;
    const char *hit = rest->len ? memchr(rest->at, sep, rest->len) : NULL;
    size_t n = hit ? (size_t)(hit - rest->at) : rest->len;
    *piece = (vb_str){ rest->at, n };
    *rest = hit ? (vb_str){ hit + 1, rest->len - n - 1 } : (vb_str){ NULL, 0 };
    return true;
}

uint64_t vb_hash(vb_str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
    return h;
}

/** Each step can be undone. Source of the factor: MurmurHash3's 64-bit finalizer. */
static uint64_t stir(uint64_t h, const char *eight)
{
    uint64_t x;
    memcpy(&x, eight, sizeof x);
    h = (h ^ le64toh(x)) * 0xff51afd7ed558ccdu;
    return h ^ h >> 32;
}

/* Two halves, for a processor multiplies the one while it waits for the other. */
uint64_t vb_hash_text(vb_str s)
{
    uint64_t a = s.len * 0x9e3779b97f4a7c15u, b = ~a;
    char last[16] = { 0 };
    size_t i = 0;
    for (; s.len - i >= sizeof last; i += sizeof last) {
        a = stir(a, s.at + i);
        b = stir(b, s.at + i + 8);
    }
    if (i < s.len) memcpy(last, s.at + i, s.len - i);
    a = stir(a, last) ^ stir(b, last + 8) * 0x9e3779b97f4a7c15u;
    return a ^ a >> 29;
}

/* 0-32 blank; digits 48-57; upper 65-90; lower 97-122 */
#define B VB_BYTE_BLANK
#define D VB_BYTE_DIGIT
#define U VB_BYTE_UPPER
#define L VB_BYTE_LOWER
// clang-format off
const uint8_t vb_byte_is[256] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, 0, 0, 0, 0, 0,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
};
// clang-format on
#undef B
#undef D
#undef U
#undef L

uint32_t vb_utf8_at(vb_str s, size_t at, size_t *n)
{
    utf8proc_int32_t c = -1;
    utf8proc_ssize_t len = 0;
    if (at < s.len) {
        if ((unsigned char)s.at[at] < 0x80) {
            *n = 1;
            return (unsigned char)s.at[at];
        }
        size_t left = s.len - at < 4 ? s.len - at : 4;
        len = utf8proc_iterate((const utf8proc_uint8_t *)s.at + at, (utf8proc_ssize_t)left, &c);
    }
    *n = len > 0 ? (size_t)len : 1;
    return len > 0 && c >= 0 ? (uint32_t)c : 0xfffd;
}

size_t vb_utf8_check(vb_str s)
{
    for (size_t i = 0; i < s.len;) {
        utf8proc_int32_t c;
        if ((unsigned char)s.at[i] < 0x80) {
            for (uint64_t eight; s.len - i >= 8; i += 8) { /* as far as all is ASCII */
                memcpy(&eight, s.at + i, 8);
                if (eight & 0x8080808080808080u) break;
            }
            while (i < s.len && (unsigned char)s.at[i] < 0x80) i++;
            continue;
        }
        size_t left = s.len - i < 4 ? s.len - i : 4;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + i, (utf8proc_ssize_t)left, &c);
        if (n <= 0) return i;
        i += (size_t)n;
    }
    return s.len;
}

/** Letters that have no decomposition and yet have a usual plain spelling. */
static const char *plain_letter(uint32_t c)
{
    switch (c) {
    case 0xf8:
        return "o";
    case 0xe6:
        return "ae";
    case 0x153:
        return "oe";
    case 0x142:
        return "l";
    case 0x111:
        return "d";
    case 0x131:
        return "i";
    case 0xfe:
        return "th";
    case 0xf0:
        return "d";
    default:
        return NULL;
    }
}

/** Append the folded form of one code point; *gap says that a blank is due before the next letter. */
static vb_status fold_one(vb_buf *out, uint32_t c, bool *gap)
{
    utf8proc_int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)c, parts, 32,
        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    if (n == 0) return VB_OK; /* a mark alone: it belongs to the letter before */
    for (utf8proc_ssize_t i = 0; i < n && n <= 32; i++) {
        utf8proc_category_t kind = utf8proc_category(parts[i]);
        bool letter =
            kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO && kind != UTF8PROC_CATEGORY_LM;
        bool digit = kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
        if (!letter && !digit) {
            *gap = true;
            continue;
        }
        if (*gap && out->len && vb_buf_add(out, VB_STR(" ")) != VB_OK) return VB_NO_MEMORY;
        *gap = false;
        const char *plain = plain_letter((uint32_t)parts[i]);
        utf8proc_uint8_t bytes[4];
        vb_str piece = plain ? vb_str_of(plain)
                             : (vb_str){ (const char *)bytes, (size_t)utf8proc_encode_char(parts[i], bytes) };
        if (vb_buf_add(out, piece) != VB_OK) return VB_NO_MEMORY;
    }
    return VB_OK;
}

static vb_status fold_into(vb_buf *out, vb_str s)
{
    bool gap = false;
    if (vb_buf_reserve(out, s.len) != VB_OK) return VB_NO_MEMORY;
    for (size_t i = 0; i < s.len;) {
        unsigned char b = (unsigned char)s.at[i];
        uint8_t is = vb_byte_is[b];
        if (is & VB_BYTE_WORD) { /* there is room: a byte that was read for each that is written */
            if (gap && out->len) out->at[out->len++] = ' ';
            gap = false;
            out->at[out->len++] = (char)(is & VB_BYTE_UPPER ? b + ('a' - 'A') : b);
            i++;
        } else if (b < 0x80) {
            gap = true;
            i++;
        } else {
            size_t n;
            uint32_t c = vb_utf8_at(s, i, &n);
            i += n;
            if (fold_one(out, c, &gap) != VB_OK || vb_buf_reserve(out, s.len - i) != VB_OK)
                return VB_NO_MEMORY;
        }
    }
    out->at[out->len] = '\0';
    return VB_OK;
}

vb_status vb_fold(vb_arena *arena, vb_str s, vb_str *out)
{
    vb_status status;
    vb_buf folded = { 0 };
    TRY(fold_into(&folded, s));
    TRY(vb_arena_copy(arena, vb_buf_view(&folded), out));
done:
    vb_buf_clear(&folded);
    return status;
}

vb_status vb_slug(vb_arena *arena, vb_str s, vb_str *out)
{
    vb_status status;
    vb_buf folded = { 0 };
    TRY(fold_into(&folded, s));
    for (size_t i = 0; i < folded.len; i++)
        if (folded.at[i] == ' ') folded.at[i] = '-';
    TRY(vb_arena_copy(arena, vb_buf_view(&folded), out));
done:
    vb_buf_clear(&folded);
    return status;
}

vb_status vb_stems(vb_stemmer *stemmer, vb_arena *arena, vb_str s, vb_str *out)
{
    vb_status status;
    vb_buf folded = { 0 }, stems = { 0 };
    vb_stemmer *own = NULL;
    if (!stemmer) TRY(vb_stemmer_new(&own));
    TRY(fold_into(&folded, s));
    TRY(vb_buf_reserve(&stems, folded.len));
    vb_str rest = vb_buf_view(&folded), word;
    while (vb_str_next(&rest, ' ', &word)) {
        if (!word.len) continue;
        if (stems.len) TRY(vb_buf_add(&stems, VB_STR(" ")));
        TRY(vb_buf_add(&stems, vb_stemmer_stem(stemmer ? stemmer : own, word)));
    }
    TRY(vb_arena_copy(arena, vb_buf_view(&stems), out));
done:
    vb_stemmer_free(own);
    vb_buf_clear(&folded);
    vb_buf_clear(&stems);
    return status;
}
