/**
 * Words: runs of letters and digits with their folded form, which is what names are compared by. Finer than
 * the view's tokens on purpose: "Trimbos-instituut", "Trimbos instituut" and "RIEC's" then need no rule of
 * their own.
 */
#include "loaders/bytes.h"
#include "loaders/names.h"

#include <utf8proc.h>

/* words are hashed as vb_hash() does, while they are read */
#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

enum { READ_AHEAD = 10 /* words; their slots in the table twice as far */ };

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
    vb_str fold;
    if (vb_fold(arena, vb_str_part(s, start, end), &fold) != VB_OK) return VB_NO_MEMORY;
    *hash = vb_hash(fold);
    return VB_OK;
}

bool vb_word_capital(vb_str s, size_t at)
{
    return at < s.len && letter_at(s, at).upper;
}

/** A view being divided: its text, and the same with ASCII's capitals in lower case. */
typedef struct reader {
    const vb_names *names;
    vb_str text;
    const char *lower;
    vb_arena *arena;
    vb_memo *forms;
} reader;

/** The form of a word whose hash is the memory's, and its fold and own hash with it. The fold of what is not
 * ASCII is copied: the memory may forget it before the document ends its life. */
static vb_status find_form(const reader *r, vb_word *word)
{
    vb_str lower = { r->lower + word->start, word->end - word->start };
    uint64_t hash = word->hash;
    const vb_form *form = vb_memo_find(r->forms, lower, hash);
    if (!form && !(form = vb_form_new(r->names, r->forms, lower, hash))) return VB_NO_MEMORY;
    word->form = form;
    word->hash = form->hash;
    word->lists = form->lists;
    word->lex = form->lex;
    word->ends = form->ends;
    word->starts = form->starts;
    word->fold = lower;
    return form->ascii ? VB_OK : vb_arena_copy(r->arena, form->fold, &word->fold);
}

/** Whether the word that starts at @p at ends before its letter @p l at @p end. */
static bool ends_before(vb_str text, size_t at, size_t end, letter l, size_t letters, size_t lowers)
{
    if (!l.is) return true;
    if (l.digit) return lowers >= 3; /* "School7": a footnote's number sticks to it */
    return l.upper && letters == 0 && end > at && end + 1 < text.len &&
           letter_at(text, end + 1).lower; /* "2Kamer" */
}

/** The end of the word that starts at @p at of @p text; its flags. */
static size_t word_end(vb_str text, size_t at, uint8_t *flags)
{
    size_t end = at, letters = 0, lowers = 0;
    while (end < text.len) {
        size_t run = end;
        while (end < text.len && (vb_byte_is[(unsigned char)text.at[end]] & VB_BYTE_LOWER)) end++;
        letters += end - run;
        lowers += end - run;
        if (end == text.len) break;
        letter l = letter_at(text, end);
        if (!(l.is && l.lower) && ends_before(text, at, end, l, letters, lowers)) break;
        if (!l.lower) {
            if (end == at && l.upper) *flags |= VB_WORD_CAPITAL;
            if (end == at && l.digit) *flags |= VB_WORD_NUMBER;
            if (end > at && l.upper) *flags |= VB_WORD_INNER;
        }
        letters += !l.digit;
        lowers += l.lower;
        end += l.n;
    }
    if (letters >= 2 && !lowers) *flags |= VB_WORD_CAPS;
    return end;
}

/** Add the word [start, end) of a token of block @p b. */
static inline vb_status word_add(const reader *r, const vb_token *t, size_t start, size_t end, uint32_t b,
                                 uint8_t flags, vb_words *out)
{
    if (vb_push(r->arena, out) != VB_OK) return VB_NO_MEMORY;
    vb_word *word = &out->at[out->len - 1];
    *word = (vb_word){
        .start = (uint32_t)start, .end = (uint32_t)end, .sentence = t->sentence, .block = b, .flags = flags
    };
    word->hash = vb_memo_hash_in_text((vb_str){ r->lower + start, end - start });
    if (out->len == 1 || word[-1].sentence != word->sentence) word->flags |= VB_WORD_FIRST;
    return VB_OK;
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/** Whether a word that ends at @p end of its token may be one with what follows it there at @p next:
 * "Rijkswater-staat". */
static bool is_broken(vb_str text, size_t end, size_t next)
{
    return next == end + 1 && text.at[end] == '-' && is_lower(text.at[end - 1]) && is_lower(text.at[next]);
}

/** The words of a token, without their forms: a blank or a mark yields none, "Noord-Holland" two. */
static vb_status words_of_token(const reader *r, const vb_token *t, uint32_t b, uint8_t blocked,
                                vb_words *out)
{
    vb_status status = VB_OK;
    vb_str part = { r->text.at, t->end };
    for (size_t at = t->start, end = SIZE_MAX - 1; at < t->end;) {
        letter l = letter_at(part, at);
        if (!l.is) {
            at += l.n;
            continue;
        }
        uint8_t flags = blocked;
        if (is_broken(part, end, at)) out->at[out->len - 1].flags |= VB_WORD_BROKEN;
        end = word_end(part, at, &flags);
        TRY(word_add(r, t, at, end, b, flags, out));
        at = end;
    }
done:
    return status;
}

/** The words of the view, without their forms. */
static vb_status words_cut(const reader *r, const vb_view *view, vb_words *out)
{
    vb_status status = VB_OK;
    const vb_token *t = view->tokens, *last = t + view->n_tokens;
    for (size_t b = 0; b < view->n_blocks; b++) {
        uint8_t blocked = vb_block_speaks(&view->blocks[b]) ? 0 : VB_WORD_BLOCKED;
        for (; t < last && t->start < view->blocks[b].end; t++) {
            uint8_t capital = t->flags & VB_TOKEN_CAPITAL ? VB_WORD_CAPITAL : 0;
            if (t->flags & VB_TOKEN_PLAIN) /* most are, and one word each */
                TRY(word_add(r, t, t->start, t->end, (uint32_t)b, blocked | capital, out));
            else
                TRY(words_of_token(r, t, (uint32_t)b, blocked, out));
        }
    }
done:
    return status;
}

/** @p text with ASCII's capitals in lower case: the folded form of every word that is ASCII. */
static vb_status lower_copy(vb_str text, vb_arena *arena, const char **out)
{
    char *lower = vb_arena_room(arena, text.len + VB_STRIDE, 1); /* words' ends are read over */
    if (!lower) return VB_NO_MEMORY;
    size_t i = 0;
    for (; text.len - i >= VB_STRIDE; i += VB_STRIDE) {
        vb_bytes v = vb_bytes_at(text.at + i);
        v |= vb_bytes_in(v, 'A', 26) & ('a' - 'A');
        memcpy(lower + i, &v, sizeof v);
    }
    for (; i < text.len; i++)
        lower[i] =
            (char)(text.at[i] | (vb_byte_is[(unsigned char)text.at[i]] & VB_BYTE_UPPER ? 'a' - 'A' : 0));
    *out = lower;
    return VB_OK;
}

bool vb_block_speaks(const vb_block *block)
{
    return block->kind != VB_BLOCK_LETTERHEAD && block->kind != VB_BLOCK_PAGE_FOOTER &&
           block->kind != VB_BLOCK_URL;
}

uint64_t vb_word_joined(const vb_word *word)
{
    uint64_t hash = word->hash; /* FNV-1a goes on where the first word's ended */
    for (size_t i = 0; i < word[1].fold.len; i++)
        hash = (hash ^ (unsigned char)word[1].fold.at[i]) * FNV_PRIME;
    return hash;
}

/** Give the words their forms. */
static vb_status words_read(const reader *r, vb_words *words)
{
    vb_status status = VB_OK;
    for (size_t w = 0; w < words->len; w++) {
        vb_word *word = &words->at[w];
        if (w + 2 * READ_AHEAD < words->len) vb_memo_expect(r->forms, word[2 * READ_AHEAD].hash);
        if (w + READ_AHEAD < words->len) vb_memo_bring(r->forms, word[READ_AHEAD].hash);
        TRY(find_form(r, word));
    }
done:
    return status;
}

vb_status vb_words_make(const vb_names *names, vb_analysis *a, vb_words *out)
{
    vb_status status;
    const vb_view *view = &a->view;
    reader r = { .names = names, .text = view->text, .arena = a->arena, .forms = &a->reader->forms };
    TRY(lower_copy(view->text, a->arena, &r.lower));
    out->cap = view->n_tokens + 1; /* most tokens are words, most words are tokens */
    out->at = vb_arena_room(a->arena, out->cap, sizeof *out->at);
    if (!out->at) return VB_NO_MEMORY;
    TRY(words_cut(&r, view, out));
    TRY(words_read(&r, out));
done:
    return status;
}
