/**
 * Tokens and sentences of a view. A token is a word (letters, with apostrophes and hyphens inside it), a
 * number (digits with points and commas inside) or one mark. A sentence ends at . ? ! where the next word may
 * open one; what Dutch letters abbreviate, number and initial does not end it.
 */
#include "loaders/bytes.h"
#include "loaders/view.h"

#include <utf8proc.h>

typedef VB_VEC(vb_token) token_list;

enum { BYTES_A_TOKEN = 5 };
enum { OTHER, LETTER, DIGIT, BLANK };

static int class_past_ascii(uint32_t c)
{
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    if (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME) return LETTER;
    if (kind == UTF8PROC_CATEGORY_ND) return DIGIT;
    if (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP) return BLANK;
    return OTHER;
}

static inline int class_of(uint32_t c)
{
    if (c >= 0x80) return class_past_ascii(c);
    uint8_t is = vb_byte_is[c];
    if (is & (VB_BYTE_UPPER | VB_BYTE_LOWER)) return LETTER;
    if (is & VB_BYTE_DIGIT) return DIGIT;
    return is & VB_BYTE_BLANK ? BLANK : OTHER;
}

/** The character at @p at; ASCII is most of a text. */
static inline uint32_t char_at(vb_str s, size_t at, size_t *n)
{
    unsigned char c = (unsigned char)s.at[at];
    *n = 1;
    return c < 0x80 ? c : vb_utf8_at(s, at, n);
}

static bool is_upper(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

static int class_at(vb_str s, size_t at, size_t *n)
{
    return at < s.len ? class_of(char_at(s, at, n)) : BLANK;
}

/** Whether @p c may stand inside a word between two letters or digits: O'Neill, Noord-Holland, zo’n. */
static bool joins_word(uint32_t c)
{
    return c == '\'' || c == '-' || c == 0x2019 || c == 0x2018 || c == 0x2010 || c == 0x2011;
}

/** End of the token that starts at @p at, which is no blank; sets its kind and flags. */
static size_t token_end(vb_str s, size_t at, vb_token *t)
{
    size_t n, n_letters = 0, n_upper = 0, i = at;
    int first = class_at(s, at, &n);
    t->kind = first == LETTER ? VB_TOKEN_WORD : first == DIGIT ? VB_TOKEN_NUMBER : VB_TOKEN_MARK;
    if (first == LETTER && is_upper(vb_utf8_at(s, at, &n))) t->flags |= VB_TOKEN_CAPITAL;
    if (first == OTHER) return at + n;
    while (i < s.len) {
        size_t from = i;
        while (i < s.len && (vb_byte_is[(unsigned char)s.at[i]] & VB_BYTE_LOWER)) i++;
        n_letters += i - from;
        if (i > from) t->kind = VB_TOKEN_WORD;
        if (i == s.len) break;
        uint32_t c = char_at(s, i, &n);
        int kind = class_of(c);
        if (kind == LETTER || kind == DIGIT) {
            n_letters += kind == LETTER;
            n_upper += kind == LETTER && is_upper(c);
            if (kind == LETTER) t->kind = VB_TOKEN_WORD;
            i += n;
            continue;
        }
        size_t m;
        int after = class_at(s, i + n, &m);
        bool joins = t->kind == VB_TOKEN_WORD ? joins_word(c) && (after == LETTER || after == DIGIT)
                                              : (c == '.' || c == ',') && after == DIGIT;
        if (!joins) break;
        i += n;
    }
    if (n_letters > 1 && n_upper == n_letters) t->flags |= VB_TOKEN_ALL_CAPS;
    return i;
}

/** Where the lower case letters of ASCII end that begin at @p at. Blocks have a line's end between them, so
 * that the bytes of the next one, up to @p room, may be looked at together with these. */
static inline size_t lower_end(vb_str s, size_t at, size_t room)
{
    while (room - at >= VB_STRIDE) {
        size_t n = vb_bytes_first(~vb_bytes_in(vb_bytes_at(s.at + at), 'a', 26));
        at += n;
        if (n < VB_STRIDE) return at;
    }
    while (at < s.len && (vb_byte_is[(unsigned char)s.at[at]] & VB_BYTE_LOWER)) at++;
    return at;
}

/** The end of the token that starts at @p at, as token_end() tells it. Most are a mark, or lower case letters
 * of ASCII after any first one up to a blank or a mark: plain. */
static inline size_t token_at(vb_str s, size_t at, size_t room, vb_token *t)
{
    unsigned char c = (unsigned char)s.at[at];
    uint8_t first = vb_byte_is[c];
    if (!first && c < 0x80) {
        t->kind = VB_TOKEN_MARK;
        if (c == '.' || c == '?' || c == '!') t->flags = VB_TOKEN_STOP;
        return at + 1;
    }
    if (!(first & (VB_BYTE_UPPER | VB_BYTE_LOWER))) return token_end(s, at, t);
    size_t i = lower_end(s, at + 1, room);
    unsigned char after = i < s.len ? (unsigned char)s.at[i] : ' ';
    if (after >= 0x80 || (vb_byte_is[after] & VB_BYTE_WORD) || joins_word(after)) return token_end(s, at, t);
    t->flags = VB_TOKEN_PLAIN | (first & VB_BYTE_UPPER ? VB_TOKEN_CAPITAL : 0);
    return i;
}

static vb_status cut_tokens(const vb_view *v, vb_arena *arena, const vb_block *b, token_list *tokens)
{
    vb_str s = { v->text.at, b->end };
    for (size_t at = b->start, n; at < b->end;) {
        unsigned char c = (unsigned char)s.at[at];
        if (vb_byte_is[c] & VB_BYTE_BLANK) {
            at++;
            continue;
        }
        if (c >= 0x80 && class_at(s, at, &n) == BLANK) {
            at += n;
            continue;
        }
        if (vb_push(arena, tokens) != VB_OK) return VB_NO_MEMORY;
        vb_token *t = &tokens->at[tokens->len - 1];
        *t = (vb_token){ .start = (uint32_t)at, .kind = VB_TOKEN_WORD };
        at = token_at(s, at, v->text.len, t);
        t->end = (uint32_t)at;
    }
    return VB_OK;
}

static vb_str token_text(const vb_view *v, const vb_token *t)
{
    return vb_str_part(v->text, t->start, t->end);
}

static bool is_point(const vb_view *v, const vb_token *t)
{
    return (t->flags & VB_TOKEN_STOP) && v->text.at[t->start] == '.';
}

/** Words that end in a point of their own and do not end a sentence by it. */
static const char *const abbreviations[] = {
    "aanh", "afd",  "apr",  "art", "aug",  "bijl", "bijv", "blz",  "bv",  "ca",  "cf",   "dec",
    "dhr",  "div",  "dr",   "drs", "ds",   "dw",   "evt",  "excl", "feb", "fig", "hfst", "hst",
    "inc",  "incl", "ing",  "ir",  "jan",  "jhr",  "jo",   "jr",   "kst", "max", "mevr", "mr",
    "mrs",  "mrt",  "mw",   "nl",  "nos",  "nov",  "nr",   "nrs",  "okt", "p",   "pag",  "par",
    "pct",  "pp",   "prof", "red", "resp", "sep",  "sept", "sgt",  "sr",  "st",  "stb",  "stcrt",
    "tel",  "trb",  "vgl",  "vnl", "vol",  "vs",   "zgn",  "a",    "plv", "kol", "bc",   "ll",
};
/** The same, but a sentence may close with them: before a capital it does. */
static const char *const closing[] = { "jl", "etc", "enz", "mln", "mld", "as", "ff" };
/** Abbreviations of several points by their last two letters, of which the same holds: c.s., e.d., e.v., a.s.
 */
static const char *const closing_pairs[] = { "c.s", "e.d", "e.v", "a.s", "j.l" };

enum { LONGEST = 5 }; /* of all of these */

static bool is_one_of(vb_str word, const char *const *words, size_t n)
{
    if (word.len > LONGEST) return false;
    for (size_t i = 0; i < n; i++)
        if (words[i][0] == (word.at[0] | 32) && strncasecmp(words[i], word.at, word.len) == 0 &&
            !words[i][word.len])
            return true;
    return false;
}

/** Whether the abbreviation before the point at token @p i may close a sentence; *is says that it is one. */
static bool abbreviation_closes(const vb_view *v, const token_list *t, size_t i, bool *is)
{
    const vb_token *before = &t->at[i - 1];
    vb_str word = token_text(v, before);
    *is = before->kind == VB_TOKEN_WORD && !vb_view_in_url(v, before->start, before->end, true);
    if (!*is) return false;
    if (is_one_of(word, closing, VB_COUNT(closing))) return true;
    if (word.len == 1 && i >= 3 && is_point(v, &t->at[i - 2]) && before->start >= 2)
        return is_one_of(vb_str_part(v->text, before->start - 2, before->end), closing_pairs,
                         VB_COUNT(closing_pairs));
    *is = word.len == 1 || is_one_of(word, abbreviations, VB_COUNT(abbreviations));
    return false;
}

/** A quote or bracket that closes: it belongs to the sentence whose point it touches. */
static bool is_closer(const vb_view *v, const vb_token *t)
{
    static const char *const closers[] = { ")", "]", "\"", "'", "\xe2\x80\x99", "\xe2\x80\x9d", "\xc2\xbb" };
    vb_str s = token_text(v, t);
    if (t->kind != VB_TOKEN_MARK) return false;
    for (size_t i = 0; i < VB_COUNT(closers); i++)
        if (vb_str_eq(s, vb_str_of(closers[i]))) return true;
    return false;
}

/** Whether token @p next may open a sentence: no lower-case word, no dash or comma. */
static bool may_open(const vb_view *v, const vb_token *next)
{
    vb_str s = token_text(v, next);
    if (next->kind == VB_TOKEN_WORD) return (next->flags & VB_TOKEN_CAPITAL) || s.at[0] == '\'';
    return next->kind == VB_TOKEN_NUMBER ||
           !(strchr(",;:-/)", s.at[0]) || vb_str_eq(s, VB_STR("\xe2\x80\x93")) ||
             (next->flags & VB_TOKEN_STOP));
}

/** Whether the mark at token @p i closes the sentence that starts at @p first, the next being token @p next.
 */
static bool ends_at(const vb_view *v, const token_list *t, size_t first, size_t i, size_t next)
{
    const vb_token *point = &t->at[i], *after = &t->at[next];
    bool abbreviated = false;
    if (!(point->flags & VB_TOKEN_STOP) || vb_view_in_url(v, point->start, point->end, true)) return false;
    if (!may_open(v, after)) return false;
    if (!is_point(v, point)) return true;
    if (i == first) return true;
    const vb_token *before = &t->at[i - 1];
    if (before->end != point->start) return true;
    if (i == first + 1 && before->kind == VB_TOKEN_NUMBER) return false; /* "1. Bent u" */
    bool closes = abbreviation_closes(v, t, i, &abbreviated);
    if (after->start == point->end) /* no blank: "nastreeft.Het" ends, "VB.NET" does not */
        return after->kind == VB_TOKEN_WORD && !abbreviated && before->end - before->start > 2 &&
               !(before->flags & VB_TOKEN_ALL_CAPS);
    return !abbreviated || (closes && after->kind == VB_TOKEN_WORD);
}

/** Last token of the sentence that starts at token @p first of a block that ends before @p end. */
static size_t sentence_end(const vb_view *v, const token_list *t, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        size_t last = i;
        if (i + 1 < end && !(t->at[i].flags & VB_TOKEN_STOP)) continue;
        while (last + 1 < end && is_closer(v, &t->at[last + 1]) && t->at[last + 1].start == t->at[last].end)
            last++;
        if (last + 1 >= end || ends_at(v, t, first, i, last + 1)) return last + 1 < end ? last : end - 1;
    }
    return end - 1;
}

vb_status vb_view_sentences(vb_view *v, vb_arena *arena)
{
    token_list tokens = { .cap = v->text.len / BYTES_A_TOKEN + 1 };
    VB_VEC(vb_sentence) sentences = { 0 };
    if (!(tokens.at = vb_arena_room(arena, tokens.cap, sizeof *tokens.at))) return VB_NO_MEMORY;
    for (size_t b = 0; b < v->n_blocks; b++) {
        size_t first = tokens.len;
        if (cut_tokens(v, arena, &v->blocks[b], &tokens) != VB_OK) return VB_NO_MEMORY;
        for (size_t i = first; i < tokens.len;) {
            size_t last = sentence_end(v, &tokens, i, tokens.len);
            bool named = false;
            if (vb_push(arena, &sentences) != VB_OK) return VB_NO_MEMORY;
            sentences.at[sentences.len - 1] =
                (vb_sentence){ tokens.at[i].start, tokens.at[last].end, (uint32_t)b };
            for (; i <= last; i++) {
                tokens.at[i].sentence = (uint32_t)(sentences.len - 1);
                if (!named && tokens.at[i].kind == VB_TOKEN_WORD) {
                    tokens.at[i].flags |= VB_TOKEN_FIRST;
                    named = true;
                }
            }
        }
    }
    v->tokens = tokens.at;
    v->n_tokens = tokens.len;
    v->sentences = sentences.at;
    v->n_sentences = sentences.len;
    return VB_OK;
}
