/**
 * Words: runs of letters and digits with their folded form, which is what names are compared by. Finer than
 * the view's tokens on purpose: "Trimbos-instituut", "Trimbos instituut" and "RIEC's" then need no rule of
 * their own.
 */
#include "loaders/names.h"

#include <utf8proc.h>

/* words are hashed as vb_hash() does, while they are read */
#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

typedef struct letter {
    bool is, upper, lower, digit;
    size_t n;
} letter;

static letter letter_past_ascii(vb_str s, size_t at)
{
    size_t n;
    uint32_t c = vb_utf8_at(s, at, &n);
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    bool upper = kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
    bool is = (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) || kind == UTF8PROC_CATEGORY_MN;
    return (letter){ is && kind != UTF8PROC_CATEGORY_LM, upper, is && !upper, false, n };
}

static inline letter letter_at(vb_str s, size_t at)
{
    unsigned char b = (unsigned char)s.at[at];
    uint8_t is = vb_byte_is[b];
    if (b >= 0x80) return letter_past_ascii(s, at);
    return (letter){ is & VB_BYTE_WORD, is & VB_BYTE_UPPER, is & VB_BYTE_LOWER, is & VB_BYTE_DIGIT, 1 };
}

bool vb_word_next(vb_str s, size_t from, size_t *start, size_t *end)
{
    size_t at = from;
    letter l = { 0 };
    while (at < s.len && !(l = letter_at(s, at)).is) at += l.n;
    if (at >= s.len) return false;
    *start = at;
    while (at < s.len && (l = letter_at(s, at)).is) at += l.n;
    *end = at;
    return true;
}

vb_status vb_word_hash(vb_str word, vb_arena *arena, uint64_t *out)
{
    uint64_t h = FNV_START;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];
        if (c >= 0x80) {
            vb_str fold;
            if (vb_fold(arena, word, &fold) != VB_OK) return VB_NO_MEMORY;
            *out = vb_hash(fold);
            return VB_OK;
        }
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + ('a' - 'A'));
        h = (h ^ c) * FNV_PRIME;
    }
    *out = h;
    return VB_OK;
}

vb_status vb_word_read(vb_str s, size_t *at, vb_arena *arena, uint64_t *hash, bool *found)
{
    size_t start = *at, end;
    uint64_t h = FNV_START;
    letter l;
    while (start < s.len && !(l = letter_at(s, start)).is) start += l.n;
    *found = start < s.len;
    for (end = start; end < s.len && (vb_byte_is[(unsigned char)s.at[end]] & VB_BYTE_WORD); end++)
        h = (h ^
             (unsigned char)(s.at[end] | (vb_byte_is[(unsigned char)s.at[end]] & VB_BYTE_UPPER ? 32 : 0))) *
            FNV_PRIME;
    *at = end;
    *hash = h;
    if (!*found || end == s.len || (unsigned char)s.at[end] < 0x80) return VB_OK;
    while (end < s.len && (l = letter_at(s, end)).is) end += l.n;
    *at = end;
    return vb_word_hash(vb_str_part(s, start, end), arena, hash);
}

bool vb_word_capital(vb_str s, size_t at)
{
    return at < s.len && letter_at(s, at).upper;
}

/** A view being divided: its text, and the same with ASCII's capitals in lower case. */
typedef struct reader {
    vb_str text;
    const char *lower;
    vb_arena *arena;
} reader;

/** Whether the word that starts at @p at ends before its letter @p l at @p end. */
static bool ends_before(vb_str text, size_t at, size_t end, letter l, size_t letters, size_t lowers)
{
    if (!l.is) return true;
    if (l.digit) return lowers >= 3; /* "School7": a footnote's number sticks to it */
    return l.upper && letters == 0 && end > at && end + 1 < text.len &&
           letter_at(text, end + 1).lower; /* "2Kamer" */
}

/** Read the word that starts at @p at of the first @p limit bytes. */
static vb_status read_word(const reader *r, size_t at, size_t limit, vb_word *word)
{
    vb_str text = { r->text.at, limit };
    size_t end = at, letters = 0, lowers = 0;
    bool ascii = true;
    uint64_t hash = FNV_START;
    word->start = (uint32_t)at;
    while (end < limit) {
        size_t run = end;
        for (; end < limit && (vb_byte_is[(unsigned char)text.at[end]] & VB_BYTE_LOWER); end++)
            hash = (hash ^ (unsigned char)text.at[end]) * FNV_PRIME;
        letters += end - run;
        lowers += end - run;
        if (end == limit) break;
        letter l = letter_at(text, end);
        if (!(l.is && l.lower) && ends_before(text, at, end, l, letters, lowers)) break;
        ascii = ascii && (unsigned char)text.at[end] < 0x80;
        if (!l.lower) {
            if (end == at && l.upper) word->flags |= VB_WORD_CAPITAL;
            if (end == at && l.digit) word->flags |= VB_WORD_NUMBER;
            if (end > at && l.upper) word->flags |= VB_WORD_INNER;
        }
        letters += !l.digit;
        lowers += l.lower;
        hash = (hash ^ (unsigned char)r->lower[end]) * FNV_PRIME;
        end += l.n;
    }
    if (letters >= 2 && !lowers) word->flags |= VB_WORD_CAPS;
    word->end = (uint32_t)end;
    word->fold = (vb_str){ r->lower + at, end - at };
    word->hash = hash;
    if (ascii) return VB_OK;
    vb_status status = vb_fold(r->arena, vb_str_part(text, at, end), &word->fold);
    word->hash = vb_hash(word->fold);
    return status;
}

static vb_status words_between(const reader *r, size_t from, size_t to, vb_words *out)
{
    vb_status status = VB_OK;
    vb_str part = { r->text.at, to };
    for (size_t at = from; at < to;) {
        letter l = letter_at(part, at);
        if (!l.is) {
            at += l.n;
            continue;
        }
        TRY(vb_push(r->arena, out));
        TRY(read_word(r, at, to, &out->at[out->len - 1]));
        at = out->at[out->len - 1].end;
    }
done:
    return status;
}

/** @p text with ASCII's capitals in lower case: the folded form of every word that is ASCII. */
static vb_status lower_copy(vb_str text, vb_arena *arena, const char **out)
{
    char *lower = vb_arena_get(arena, text.len + 1);
    if (!lower) return VB_NO_MEMORY;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        lower[i] = (char)(c + ((unsigned char)(c - 'A') < 26) * ('a' - 'A'));
    }
    *out = lower;
    return VB_OK;
}

bool vb_block_speaks(const vb_block *block)
{
    return block->kind != VB_BLOCK_LETTERHEAD && block->kind != VB_BLOCK_PAGE_FOOTER &&
           block->kind != VB_BLOCK_URL;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/** Mark "Rijkswater-staat": FNV-1a goes on where the first word's hash ended. */
static void mark_broken(vb_str text, vb_words *words, size_t from)
{
    for (size_t w = from; w + 1 < words->len; w++) {
        vb_word *word = &words->at[w];
        const vb_word *next = word + 1;
        if (next->start != word->end + 1 || text.at[word->end] != '-') continue;
        if (!is_lower(text.at[word->end - 1]) || !is_lower(text.at[next->start])) continue;
        word->flags |= VB_WORD_BROKEN;
        word->joined = word->hash;
        for (size_t i = 0; i < next->fold.len; i++)
            word->joined = (word->joined ^ (unsigned char)next->fold.at[i]) * FNV_PRIME;
    }
}

vb_status vb_words_make(const vb_view *view, vb_arena *arena, vb_words *out)
{
    vb_status status;
    uint32_t sentence = 0;
    reader r = { .text = view->text, .arena = arena };
    TRY(lower_copy(view->text, arena, &r.lower));
    TRY(vb_reserve(arena, out, view->n_tokens + 1)); /* most tokens are words, most words are tokens */
    for (size_t b = 0; b < view->n_blocks; b++) {
        const vb_block *block = &view->blocks[b];
        size_t first = out->len;
        TRY(words_between(&r, block->start, block->end, out));
        mark_broken(view->text, out, first);
        uint32_t before = VB_NONE;
        for (size_t w = first; w < out->len; w++) {
            vb_word *word = &out->at[w];
            while (sentence + 1 < view->n_sentences && view->sentences[sentence].end <= word->start)
                sentence++;
            word->block = (uint32_t)b;
            word->sentence = sentence;
            if (sentence != before || w == first) word->flags |= VB_WORD_FIRST;
            if (!vb_block_speaks(block)) word->flags |= VB_WORD_BLOCKED;
            before = sentence;
        }
    }
done:
    return status;
}
