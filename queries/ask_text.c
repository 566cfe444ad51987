/**
 * A question's text: words with their places, the language, fixed phrases, dates and articles of laws.
 * Names are found in ask_names.c; what the words mean together in ask_phrases.c and ask_links.c.
 */
#include "queries/ask.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_word(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO && k != UTF8PROC_CATEGORY_LM) ||
           (k >= UTF8PROC_CATEGORY_MN && k <= UTF8PROC_CATEGORY_NO);
}

static bool is_quote(uint32_t c)
{
    return c == '\'' || c == '"' || c == '`' || (c >= 0x2018 && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/** What stands between two words. */
typedef struct gap {
    bool comma, quote_open, quote_close, blank;
} gap;

static void gap_add(gap *g, uint32_t c, bool at_blank)
{
    if (c == ',' || c == ';' || c == ':' || c == '(' || c == ')') g->comma = true;
    if (is_quote(c) && (at_blank || g->blank))
        g->quote_open = true;
    else if (is_quote(c))
        g->quote_close = true;
    if (c == ' ' || c == '\t' || c == '\n' || c == 0xa0) g->blank = true;
}

static vb_status add_atom(ask_question *q, size_t start, size_t end, const gap *g, bool *quoted)
{
    vb_status status;
    vb_str folded;
    TRY(vb_fold(q->arena, vb_str_part(q->text, start, end), &folded));
    if (!folded.len) goto done;
    if (q->n_atoms == ASK_ATOMS_MAX) {
        status = VB_TOO_LARGE;
        goto done;
    }
    if (g->quote_close) *quoted = false;
    if (g->quote_open) *quoted = true;
    size_t n;
    uint32_t first = vb_utf8_at(q->text, start, &n);
    ask_atom *atom = &q->atoms[q->n_atoms++];
    *atom = (ask_atom){ .text = folded,
                        .start = start,
                        .end = end,
                        .comma = g->comma,
                        .quoted = *quoted,
                        .glued = !g->blank && q->n_atoms > 1,
                        .name = -1 };
    atom->upper = utf8proc_category((utf8proc_int32_t)first) == UTF8PROC_CATEGORY_LU;
done:
    return status;
}

static vb_status cut_atoms(ask_question *q)
{
    vb_status status = VB_OK;
    gap g = { .blank = true };
    bool quoted = false;
    for (size_t i = 0; i < q->text.len;) {
        size_t n, start = i;
        uint32_t c = vb_utf8_at(q->text, i, &n);
        if (!is_word(c)) {
            gap_add(&g, c, i == 0);
            i += n;
            continue;
        }
        while (i < q->text.len && is_word(vb_utf8_at(q->text, i, &n))) i += n;
        TRY(add_atom(q, start, i, &g, &quoted));
        g = (gap){ 0 };
    }
done:
    return status;
}

/** More of the question's small words are Dutch than English, or neither. */
static ask_language guess_language(const ask_question *q)
{
    const uint64_t strong = ASK_IS(ASK_who) | ASK_IS(ASK_what) | ASK_IS(ASK_where) | ASK_IS(ASK_which) |
                            ASK_IS(ASK_howmany) | ASK_IS(ASK_be) | ASK_IS(ASK_do) | ASK_IS(ASK_give);
    int balance = 0;
    for (size_t i = 0; i < q->n_atoms; i++) {
        const ask_word *nl = vb_ask_word_find(&q->asker->lexicons[ASK_DUTCH], q->atoms[i].text);
        const ask_word *en = vb_ask_word_find(&q->asker->lexicons[ASK_ENGLISH], q->atoms[i].text);
        if (nl && !en) balance += nl->classes & strong ? 3 : 1;
        if (en && !nl) balance -= en->classes & strong ? 3 : 1;
    }
    return balance >= 0 ? ASK_DUTCH : ASK_ENGLISH;
}

vb_status vb_ask_text_read(ask_question *q)
{
    vb_status status;
    q->atoms = vb_arena_array(q->arena, ASK_ATOMS_MAX, sizeof *q->atoms);
    if (!q->atoms) return VB_NO_MEMORY;
    if (q->text.len > ASK_BYTES_MAX) return VB_TOO_LARGE;
    TRY(cut_atoms(q));
    q->language = guess_language(q);
done:
    return status;
}

vb_status vb_ask_text_span(ask_question *q, size_t first, size_t end, vb_str *out)
{
    size_t len = 0;
    for (size_t i = first; i < end; i++) len += q->atoms[i].text.len + 1;
    char *at = vb_arena_get(q->arena, len + 1);
    if (!at) return VB_NO_MEMORY;
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        if (i > first) at[n++] = ' ';
        memcpy(at + n, q->atoms[i].text.at, q->atoms[i].text.len);
        n += q->atoms[i].text.len;
    }
    *out = (vb_str){ at, n };
    return VB_OK;
}

static bool taken(const ask_question *q, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (q->atoms[i].name >= 0 || q->atoms[i].used) return true;
    return false;
}

vb_status vb_ask_text_words(ask_question *q)
{
    vb_status status = VB_OK;
    const ask_lexicon *lexicon = &q->asker->lexicons[q->language];
    for (size_t i = 0; i < q->n_atoms;) {
        size_t step = 1;
        for (size_t n = lexicon->longest; n > 0; n--) {
            vb_str span;
            if (i + n > q->n_atoms || taken(q, i, i + n)) continue;
            TRY(vb_ask_text_span(q, i, i + n, &span));
            const ask_word *word = vb_ask_word_find(lexicon, span);
            if (!word) continue;
            q->atoms[i].word = word;
            q->atoms[i].word_len = (uint16_t)n;
            step = n;
            break;
        }
        for (size_t k = 1; k < step; k++) q->atoms[i + k].word = NULL, q->atoms[i + k].word_len = 0;
        i += step;
    }
done:
    return status;
}

bool vb_ask_text_inside(const ask_question *q, size_t i)
{
    for (size_t k = i; k > 0 && i - k < 8; k--)
        if (q->atoms[k - 1].word && k - 1 + q->atoms[k - 1].word_len > i) return true;
    return false;
}

size_t vb_ask_text_distance(vb_str a, vb_str b, size_t limit)
{
    enum { LONGEST = 120 };
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    size_t gap_len = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (gap_len > limit || a.len > LONGEST || b.len > LONGEST) return limit + 1;
    for (size_t j = 0; j <= b.len; j++) last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t best = now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t d = last[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            if (last[j] + 1 < d) d = last[j] + 1;
            if (now[j - 1] + 1 < d) d = now[j - 1] + 1;
            bool swapped = i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
            if (swapped && before[j - 2] + 1 < d) d = before[j - 2] + 1;
            now[j] = d;
            if (d < best) best = d;
        }
        if (best > limit) return limit + 1;
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[b.len] <= limit ? last[b.len] : limit + 1;
}
