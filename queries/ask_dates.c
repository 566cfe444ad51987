/**
 * Dates and articles of laws in a question: "sinds 2025", "op 18 november 2024", "between 2023 and 2025",
 * "artikel 13b". Their words are taken out, so that names and prepositions are not looked for in them.
 */
#include "queries/ask.h"

#include <stdlib.h>

static long number_of(vb_str s)
{
    long n = 0;
    if (!s.len || s.len > 4) return -1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return -1;
        n = n * 10 + (s.at[i] - '0');
    }
    return n;
}

static bool free_atom(const ask_question *q, size_t i)
{
    return i < q->n_atoms && q->atoms[i].name < 0 && !q->atoms[i].used;
}

static long atom_number(const ask_question *q, size_t i)
{
    return free_atom(q, i) ? number_of(q->atoms[i].text) : -1;
}

static bool is_year(long n)
{
    return n >= 1900 && n <= 2100;
}

/** A day, month or year from atom @p i on; 0 where there is none. day and month are 0 when not said. */
typedef struct moment {
    long year, month, day;
    size_t len;
} moment;

static moment read_moment(const ask_question *q, size_t i)
{
    long a = atom_number(q, i), b = atom_number(q, i + 1), c = atom_number(q, i + 2);
    bool glued = i + 2 < q->n_atoms && q->atoms[i + 1].glued && q->atoms[i + 2].glued;
    if (glued && is_year(a) && b >= 1 && b <= 12 && c >= 1 && c <= 31) return (moment){ a, b, c, 3 };
    if (glued && a >= 1 && a <= 31 && b >= 1 && b <= 12 && is_year(c)) return (moment){ c, b, a, 3 };
    size_t m = i + (a >= 1 && a <= 31 && !is_year(a));
    if (free_atom(q, m) && ask_is(&q->atoms[m], ASK_month)) {
        moment at = { 0, (long)q->atoms[m].word->value, m > i ? a : 0, m + 1 - i };
        long x = atom_number(q, m + 1), y = atom_number(q, m + 2);
        if (m == i && x >= 1 && x <= 31 && is_year(y)) /* November 18, 2024 */
            return (moment){ y, at.month, x, 3 };
        if (!is_year(x)) return (moment){ 0 };
        at.year = x;
        at.len++;
        return at;
    }
    return is_year(a) ? (moment){ a, 0, 0, 1 } : (moment){ 0 };
}

/** ISO text of the first or the last day of a moment. */
static void as_date(const moment *m, bool last, char out[11])
{
    long month = m->month ? m->month : last ? 12 : 1;
    long day = m->day ? m->day : last ? 31 : 1; /* compared as text: a 31st that is none does no harm */
    char text[40];
    snprintf(text, sizeof text, "%04ld-%02ld-%02ld", m->year, month, day);
    memcpy(out, text, 10);
    out[10] = '\0';
}

/** Take atoms out of the question. */
static void use(ask_question *q, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) q->atoms[i].used = true;
}

/** The word before atom @p i has class @p c. */
static bool stands_before(const ask_question *q, size_t i, ask_class c)
{
    size_t k = i;
    while (k > 0 && q->atoms[k - 1].word_len == 0 && q->atoms[k - 1].name < 0 && k > 1) k--;
    return k > 0 && q->atoms[k - 1].word && ask_is(&q->atoms[k - 1], c);
}

static size_t start_of_word_before(const ask_question *q, size_t i)
{
    size_t k = i - 1;
    while (k > 0 && q->atoms[k].word_len == 0) k--;
    return k;
}

static bool read_between(ask_question *q, size_t i, const moment *from)
{
    size_t second = i + from->len + 1;
    if (!stands_before(q, i, ASK_between) || second >= q->n_atoms) return false;
    if (!ask_is(&q->atoms[second - 1], ASK_and)) return false;
    moment to = read_moment(q, second);
    if (!to.len) return false;
    as_date(from, false, q->dates.since);
    as_date(&to, true, q->dates.until);
    use(q, start_of_word_before(q, i), second + to.len);
    return true;
}

static size_t read_date(ask_question *q, size_t i)
{
    moment m = read_moment(q, i);
    if (!m.len) return 1;
    q->dated = true;
    if (read_between(q, i, &m)) return m.len;
    bool since = i && stands_before(q, i, ASK_since), after = i && stands_before(q, i, ASK_after);
    bool before = i && stands_before(q, i, ASK_before), until = i && stands_before(q, i, ASK_until);
    char first[11], last[11];
    as_date(&m, false, first);
    as_date(&m, true, last);
    if (after)
        memcpy(q->dates.since, last, sizeof last), q->dates.since[9]++; /* the text after it */
    else if (before)
        memcpy(q->dates.until, first, sizeof first), q->dates.until[9]--;
    else if (since)
        memcpy(q->dates.since, first, sizeof first);
    else if (until)
        memcpy(q->dates.until, last, sizeof last);
    else {
        memcpy(q->dates.since, first, sizeof first);
        memcpy(q->dates.until, last, sizeof last);
    }
    size_t from = i;
    while (
        from > 0 && q->atoms[from - 1].word && q->atoms[from - 1].name < 0 &&
        (q->atoms[from - 1].word->classes & (ASK_IS(ASK_prep) | ASK_IS(ASK_since) | ASK_IS(ASK_after) |
                                             ASK_IS(ASK_before) | ASK_IS(ASK_until) | ASK_IS(ASK_on_date))) &&
        i - from < 2)
        from--;
    use(q, from, i + m.len);
    return m.len;
}

/** "artikel 13b", "art. 67": the number belongs to a law. */
static size_t read_article(ask_question *q, size_t i)
{
    if (!free_atom(q, i + 1) || !ask_is(&q->atoms[i], ASK_article)) return 1;
    vb_str n = q->atoms[i + 1].text;
    if (n.at[0] < '0' || n.at[0] > '9' || n.len > 8) return 1;
    q->article = n;
    use(q, i, i + 2);
    return 2;
}

void vb_ask_text_dates(ask_question *q)
{
    for (size_t i = 0; i < q->n_atoms;) {
        if (!free_atom(q, i)) {
            i++;
            continue;
        }
        size_t step = read_article(q, i);
        i += step > 1 ? step : read_date(q, i);
    }
}
