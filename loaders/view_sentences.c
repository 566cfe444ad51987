/**
 * Tokens and sentences of a view. A token is a word (letters, with apostrophes and hyphens inside it), a
 * number (digits with points and commas inside) or one mark. A sentence ends at . ? ! where the next word may
 * open one; what Dutch letters abbreviate, number and initial does not end it.
 */
#include "loaders/view.h"

#include <utf8proc.h>

typedef VB_VEC(vb_token) token_list;

enum { OTHER, LETTER, DIGIT, BLANK };

static int class_of(uint32_t c)
{
    if (c < 0x80) {
        if ((c | 32) >= 'a' && (c | 32) <= 'z') return LETTER;
        if (c >= '0' && c <= '9') return DIGIT;
        return c <= ' ' ? BLANK : OTHER;
    }
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    if (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME) return LETTER;
    if (kind == UTF8PROC_CATEGORY_ND) return DIGIT;
    if (kind >= UTF8PROC_CATEGORY_ZS && kind <= UTF8PROC_CATEGORY_ZP) return BLANK;
    return OTHER;
}

static bool is_upper(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return kind == UTF8PROC_CATEGORY_LU || kind == UTF8PROC_CATEGORY_LT;
}

static int class_at(vb_str s, size_t at, size_t *n)
{
    return at < s.len ? class_of(vb_utf8_at(s, at, n)) : BLANK;
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
        uint32_t c = vb_utf8_at(s, i, &n);
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

static vb_status cut_tokens(const vb_view *v, vb_arena *arena, const vb_block *b, token_list *tokens)
{
    vb_str s = { v->text.at, b->end };
    for (size_t at = b->start, n; at < b->end;) {
        if (class_at(s, at, &n) == BLANK) {
            at += n;
            continue;
        }
        vb_token t = { .start = (uint32_t)at };
        at = token_end(s, at, &t);
        t.end = (uint32_t)at;
        if (vb_push(arena, tokens) != VB_OK) return VB_NO_MEMORY;
        tokens->at[tokens->len - 1] = t;
    }
    return VB_OK;
}

static vb_str token_text(const vb_view *v, const vb_token *t)
{
    return vb_str_part(v->text, t->start, t->end);
}

static bool is_mark(const vb_view *v, const vb_token *t, const char *any)
{
    return t->end - t->start == 1 && strchr(any, v->text.at[t->start]) && v->text.at[t->start];
}

/** Words that end in a point of their own and do not end a sentence by it. */
static const char *const abbreviations[] = {
    "aanh", "afd", "al",   "ar",   "art", "bijv", "blz", "bv",    "ca",  "cf",  "dhr",  "div", "dr",
    "drs",  "dw",  "enz",  "etc",  "evt", "excl", "fig", "hfst",  "hst", "inc", "incl", "ing", "ir",
    "jhr",  "jl",  "jr",   "jo",   "kst", "lid",  "max", "mevr",  "min", "mld", "mln",  "mr",  "mrt",
    "mw",   "nl",  "no",   "nr",   "nrs", "nos",  "o",   "okt",   "p",   "par", "pag",  "pct", "pp",
    "prof", "red", "resp", "sept", "sr",  "st",   "stb", "stcrt", "tel", "trb", "vgl",  "vnl", "vol",
    "zgn",  "jan", "feb",  "apr",  "aug", "nov",  "dec", "bw",    "ds",  "sub",
};

static bool is_abbreviation(vb_str word)
{
    for (size_t i = 0; i < VB_COUNT(abbreviations); i++)
        if (strlen(abbreviations[i]) == word.len && strncasecmp(abbreviations[i], word.at, word.len) == 0)
            return true;
    return false;
}

/** Whether the point at token @p i, before token @p next, closes a sentence. */
static bool ends_at(const vb_view *v, const token_list *t, size_t i, size_t next)
{
    const vb_token *point = &t->at[i];
    if (!is_mark(v, point, ".?!")) return false;
    if (!is_mark(v, point, ".")) return true;
    if (t->at[next].start == point->end && t->at[next].kind != VB_TOKEN_MARK &&
        !(t->at[next].flags & VB_TOKEN_CAPITAL))
        return false; /* inside something: www.om.nl, o.a. */
    if (i == 0 || t->at[i - 1].end != point->start) return true;
    const vb_token *before = &t->at[i - 1];
    vb_str word = token_text(v, before);
    if (before->kind == VB_TOKEN_WORD && (word.len == 1 || is_abbreviation(word))) {
        /* D.M. van Weel, m.b.t. de, art. 13b; only c.s., e.d. and jl. may close one before a capital */
        bool may = (i >= 3 && is_mark(v, &t->at[i - 2], ".") && !(before->flags & VB_TOKEN_CAPITAL)) ||
                   (word.len == 2 && strncasecmp(word.at, "jl", 2) == 0);
        return may && t->at[next].start > point->end && (t->at[next].flags & VB_TOKEN_CAPITAL);
    }
    if (t->at[next].start == point->end) return t->at[next].kind != VB_TOKEN_MARK;
    return t->at[next].kind != VB_TOKEN_WORD || (t->at[next].flags & VB_TOKEN_CAPITAL) ||
           before->kind != VB_TOKEN_NUMBER;
}

vb_status vb_view_sentences(vb_view *v, vb_arena *arena)
{
    token_list tokens = { 0 };
    VB_VEC(vb_sentence) sentences = { 0 };
    for (size_t b = 0; b < v->n_blocks; b++) {
        size_t first = tokens.len;
        if (cut_tokens(v, arena, &v->blocks[b], &tokens) != VB_OK) return VB_NO_MEMORY;
        for (size_t i = first; i < tokens.len;) {
            size_t last = i;
            bool named = false;
            if (vb_push(arena, &sentences) != VB_OK) return VB_NO_MEMORY;
            while (last + 1 < tokens.len && !ends_at(v, &tokens, last, last + 1)) last++;
            while (last + 1 < tokens.len && is_mark(v, &tokens.at[last + 1], ")]\"'") &&
                   tokens.at[last + 1].start == tokens.at[last].end)
                last++;
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
