/**
 * Parliamentary papers by their number, however a question writes it: "Kamerstuk 29911, nr. 469",
 * "Kamerstukken II 2023-2024, 36 600 VI, nr. 32", "Aanhangsel Handelingen II 2024/25, nr. 274". The numbers
 * make the key that the ontology gives such papers; names that the store knows are found before
 * (ask_names.c).
 */
#include "queries/ask.h"

#include <stdlib.h>

enum { REACH = 14 }; /* atoms of a reference */

static bool is_number(const ask_question *q, size_t i, size_t low, size_t high)
{
    if (i >= q->n_atoms) return false;
    vb_str s = q->atoms[i].text;
    for (size_t k = 0; k < s.len; k++)
        if (s.at[k] < '0' || s.at[k] > '9') return false;
    return s.len >= low && s.len <= high;
}

static bool is_roman(vb_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("ivxlc", s.at[i])) return false;
    return s.len > 0 && s.len < 7;
}

static bool is_word(const ask_question *q, size_t i, const char *const *words, size_t n)
{
    for (size_t k = 0; i < q->n_atoms && k < n; k++)
        if (vb_str_eq(q->atoms[i].text, vb_str_of(words[k]))) return true;
    return false;
}

/** A session: "2024 2025", "2024 25"; 0: none. *len counts its atoms. */
static long session_at(const ask_question *q, size_t i, size_t *len)
{
    if (!is_number(q, i, 4, 4) || !(is_number(q, i + 1, 2, 2) || is_number(q, i + 1, 4, 4))) return 0;
    long from = strtol(q->atoms[i].text.at, NULL, 10), to = strtol(q->atoms[i + 1].text.at, NULL, 10);
    if (from < 1900 || from > 2100 || to % 100 != (from + 1) % 100) return 0;
    *len = 2;
    return from;
}

/** The number behind a dossier or session: "nr 32", "32". */
static bool number_after(const ask_question *q, size_t *i)
{
    static const char *const words[] = { "nr", "no", "nummer", "number" };
    if (is_word(q, *i, words, VB_COUNT(words))) ++*i;
    return is_number(q, *i, 1, 4);
}

/** "36159 nr 24", "36 600 vi nr 32" from atom @p i on. */
static vb_status read_dossier(ask_question *q, size_t i, vb_str *key, size_t *end)
{
    char dossier[16];
    size_t at = i;
    if (is_number(q, i, 5, 5)) {
        snprintf(dossier, sizeof dossier, "%.5s", q->atoms[i].text.at);
        at = i + 1;
    } else if (is_number(q, i, 2, 2) && is_number(q, i + 1, 3, 3)) {
        snprintf(dossier, sizeof dossier, "%.2s%.3s", q->atoms[i].text.at, q->atoms[i + 1].text.at);
        at = i + 2;
    }
    if (at == i || at >= q->n_atoms) return VB_OK;
    vb_str roman = is_roman(q->atoms[at].text) ? q->atoms[at].text : (vb_str){ 0 };
    at += roman.len > 0;
    if (!number_after(q, &at)) return VB_OK;
    char upper[8] = "";
    for (size_t k = 0; k < roman.len; k++) upper[k] = (char)(roman.at[k] - 'a' + 'A');
    *end = at + 1;
    return vb_arena_printf(q->arena, key, "kst-%s%s%s-%.*s", dossier, roman.len ? "-" : "", upper,
                           VB_FMT(q->atoms[at].text));
}

vb_status vb_ask_papers_key(ask_question *q, size_t first, vb_str *key, size_t *end)
{
    static const char *const papers[] = { "kamerstuk", "kamerstukken", "kst" };
    static const char *const annexes[] = { "aanhangsel", "ah" };
    vb_status status = VB_OK;
    bool paper = is_word(q, first, papers, VB_COUNT(papers));
    bool annex = is_word(q, first, annexes, VB_COUNT(annexes));
    *key = (vb_str){ 0 };
    for (size_t i = first + !(is_number(q, first, 5, 5)); i < q->n_atoms && i < first + REACH; i++) {
        size_t len;
        long from = session_at(q, i, &len);
        if (from && annex) {
            size_t at = i + len;
            if (!number_after(q, &at)) break;
            *end = at + 1;
            return vb_arena_printf(q->arena, key, "ah-tk-%ld%ld-%.*s", from, from + 1,
                                   VB_FMT(q->atoms[at].text));
        }
        if (from) {
            i += len - 1;
            continue;
        }
        if (paper || i == first) TRY(read_dossier(q, i, key, end));
        if (key->len || !(paper || annex)) break;
    }
done:
    return status;
}
