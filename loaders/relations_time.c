/**
 * When a relation holds, where its sentence says so: "sinds 2024", "met ingang van 1 mei 2024", "tot en met
 * 31 december 2025", "voor de periode 2025-2027". Dates become ISO 8601 as far as they are known: 2024,
 * 2024-05, 2024-05-01. A sentence with two different starts or ends says none: whose they are is not clear.
 */
#include "loaders/relations.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2100 };

typedef struct reader {
    const vb_view *view;
    uint32_t end;
} reader;

static vb_str token_text(const reader *r, uint32_t t)
{
    if (t >= r->view->n_tokens || r->view->tokens[t].start >= r->end) return (vb_str){ "", 0 };
    return vb_str_part(r->view->text, r->view->tokens[t].start, r->view->tokens[t].end);
}

static bool is_word(const reader *r, uint32_t t, const char *word)
{
    vb_str text = token_text(r, t);
    return text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

/** The number that token @p t is, if it is nothing else and below 10000; 0. */
static unsigned number_at(const reader *r, uint32_t t)
{
    vb_str text = token_text(r, t);
    unsigned n = 0;
    if (!text.len || text.len > 4) return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return 0;
        n = n * 10 + (unsigned)(text.at[i] - '0');
    }
    return n;
}

static unsigned month_at(const reader *r, uint32_t t)
{
    static const char *const months[] = { "januari",   "februari", "maart",    "april",
                                          "mei",       "juni",     "juli",     "augustus",
                                          "september", "oktober",  "november", "december" };
    for (unsigned i = 0; i < VB_COUNT(months); i++)
        if (is_word(r, t, months[i])) return i + 1;
    return 0;
}

static bool is_year(unsigned n)
{
    return n >= YEAR_FIRST && n <= YEAR_LAST;
}

/** The date that begins at token *t, "1 mei 2024", "mei 2024" or "2024", as ISO text; *t moves past it. */
static vb_status read_date(const reader *r, vb_arena *arena, uint32_t *t, vb_str *out)
{
    uint32_t at = *t;
    unsigned day = 0, month = 0, year;
    *out = (vb_str){ 0 };
    if (month_at(r, at + 1)) day = number_at(r, at++);
    if ((month = month_at(r, at)) != 0) at++;
    year = number_at(r, at);
    if (!is_year(year) || day > 31) return VB_OK;
    *t = at + 1;
    if (day) return vb_arena_printf(arena, out, "%04u-%02u-%02u", year, month, day);
    if (month) return vb_arena_printf(arena, out, "%04u-%02u", year, month);
    return vb_arena_printf(arena, out, "%04u", year);
}

/** How many tokens from @p t on are one of @p phrases; 0. */
static uint32_t opens(const reader *r, uint32_t t, const char *const (*phrases)[4], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < 4 && phrases[i][k] && is_word(r, t + k, phrases[i][k])) k++;
        if (k && (k == 4 || !phrases[i][k])) return k;
    }
    return 0;
}

/** Keep what is said once, or twice the same; *clash where two differ. */
static void keep(vb_str *known, vb_str found, bool *clash)
{
    if (!found.len) return;
    *clash = *clash || (known->len && !vb_str_eq(*known, found));
    *known = found;
}

static vb_status read_span(const reader *r, vb_arena *arena, uint32_t t, vb_str *since, vb_str *until)
{
    static const char *const starts[][4] = {
        { "sinds" },   { "vanaf" }, { "met", "ingang", "van" }, { "ingaande" }, { "per" },
        { "periode" }, { "jaren" }, { "periode", "van" },       { "van" },      { "tussen" }
    };
    static const char *const ends[][4] = {
        { "tot", "en", "met" }, { "t", "/", "m" }, { "t/m" }, { "tot", "eind" }, { "tot" }
    };
    static const char *const joins[][4] = {
        { "tot", "en", "met" }, { "t", "/", "m" }, { "t/m" }, { "tot" }, { "-" }, { "–" }, { "en" }
    };
    vb_status status = VB_OK;
    bool pair =
        is_word(r, t, "van") || is_word(r, t, "tussen"); /* only with an end: "van 2024" dates a paper */
    uint32_t n = opens(r, t, starts, VB_COUNT(starts));
    if (is_word(r, t, "periode") && is_word(r, t + 1, "van")) n = 2;
    if (n) {
        t += n;
        TRY(read_date(r, arena, &t, since));
        n = since->len ? opens(r, t, joins, VB_COUNT(joins)) : 0;
        t += n;
        if (n) TRY(read_date(r, arena, &t, until));
        if (pair && !until->len) *since = (vb_str){ 0 };
        return VB_OK;
    }
    n = opens(r, t, ends, VB_COUNT(ends));
    t += n;
    if (n) TRY(read_date(r, arena, &t, until));
done:
    return status;
}

vb_status vb_time_read(const vb_view *view, uint32_t start, uint32_t end, vb_arena *arena, vb_str *since,
                       vb_str *until)
{
    vb_status status = VB_OK;
    bool clash_since = false, clash_until = false;
    reader r = { .view = view, .end = end };
    *since = *until = (vb_str){ 0 };
    for (uint32_t t = vb_view_token_at(view, start); t < view->n_tokens && view->tokens[t].start < end; t++) {
        vb_str a = { 0 }, b = { 0 };
        TRY(read_span(&r, arena, t, &a, &b));
        keep(since, a, &clash_since);
        keep(until, b, &clash_until);
    }
    if (clash_since) *since = (vb_str){ 0 };
    if (clash_until) *until = (vb_str){ 0 };
done:
    return status;
}
