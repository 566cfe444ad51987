/**
 * How much is paid, where a sentence says so: "7,5 miljoen euro", "€ 1.200.000", "EUR 3 mln", and whether it
 * is so much a year ("per jaar", "jaarlijks", "structureel"). Whole euros; other currencies are not read. Two
 * different amounts in one place say none: which of them it is, is not clear.
 */
#include "loaders/relations.h"

enum { YEAR_NEAR = 3 /* words between an amount and "jaarlijks" */ };
static const int64_t amount_most = 100000000000000; /* 100 000 billion: beyond it a number is no amount */

typedef struct reader {
    const vb_view *view;
    uint32_t first, end; /* tokens */
} reader;

static vb_str token_text(const reader *r, uint32_t t)
{
    if (t < r->first || t >= r->end) return (vb_str){ "", 0 };
    return vb_str_part(r->view->text, r->view->tokens[t].start, r->view->tokens[t].end);
}

static bool is_one_of(const reader *r, uint32_t t, const char *const *words, size_t n)
{
    vb_str text = token_text(r, t);
    for (size_t i = 0; i < n; i++)
        if (text.len == strlen(words[i]) && strncasecmp(text.at, words[i], text.len) == 0) return true;
    return false;
}

/** Digits after the last sign of @p text; what stands after "1.200" are thousands, after "7,5" a part. */
static size_t digits_after(vb_str text, size_t sign)
{
    return text.len - sign - 1;
}

/** The number that token @p t is, as Dutch writes it: points part thousands, the comma the rest. */
static bool read_number(const reader *r, uint32_t t, double *out)
{
    vb_str text = token_text(r, t);
    double whole = 0, scale = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool part = c == ',' || (c == '.' && digits_after(text, i) < 3 && scale == 0);
        if (part && scale > 0) return false;
        if (part) scale = 1;
        if (part || c == '.') continue;
        if (c < '0' || c > '9') return false;
        whole = whole * 10 + (c - '0');
        scale *= 10;
    }
    *out = scale > 0 ? whole / scale : whole;
    return text.len > 0;
}

/** What "mln" multiplies by; 1 of any other word. */
static double multiplier(const reader *r, uint32_t t)
{
    static const char *const thousands[] = { "duizend" };
    static const char *const millions[] = { "miljoen", "mln", "mio", "miljoenen" };
    static const char *const billions[] = { "miljard", "mld", "mrd" };
    if (is_one_of(r, t, thousands, VB_COUNT(thousands))) return 1e3;
    if (is_one_of(r, t, millions, VB_COUNT(millions))) return 1e6;
    return is_one_of(r, t, billions, VB_COUNT(billions)) ? 1e9 : 1;
}

/** Whether a number before token @p t, of which nobody says what it counts, is money: "23 miljoen voor". */
static bool counts_money(const reader *r, uint32_t t)
{
    static const char *const after[] = { "voor",        "in",      "aan",         "per",       "extra",
                                         "beschikbaar", "uit",     "structureel", "jaarlijks", "vrij",
                                         "vrijgemaakt", "gesteld", "gereserveerd" };
    return is_one_of(r, t, after, VB_COUNT(after));
}

/** Whether the words around tokens [from, to) say that it is paid each year. */
static bool is_yearly(const reader *r, uint32_t from, uint32_t to)
{
    static const char *const yearly[] = { "jaarlijks", "jaarlijkse", "structureel", "structurele" };
    static const char *const year[] = { "jaar" };
    static const char *const per[] = { "per" };
    for (uint32_t k = 0; k < YEAR_NEAR; k++) {
        if (is_one_of(r, to + k, yearly, VB_COUNT(yearly))) return true;
        if (is_one_of(r, to + k, per, 1) && is_one_of(r, to + k + 1, year, 1)) return true;
        if (from > r->first + k && is_one_of(r, from - 1 - k, yearly, VB_COUNT(yearly))) return true;
    }
    return false;
}

/** The amount whose number is token @p t; 0 where it is none. *next: the token after it. */
static int64_t read_amount(const reader *r, uint32_t t, uint32_t *next)
{
    static const char *const sign[] = { "€", "eur", "euro" };
    static const char *const unit[] = { "euro", "eur", "euro's" };
    double number;
    *next = t + 1;
    if (r->view->tokens[t].kind != VB_TOKEN_NUMBER || !read_number(r, t, &number)) return 0;
    double times = multiplier(r, t + 1);
    *next = t + (times > 1 ? 2 : 1);
    if (times > 1 && vb_str_eq(token_text(r, *next), VB_STR("."))) ++*next; /* "mln." */
    bool before = t > r->first && is_one_of(r, t - 1, sign, VB_COUNT(sign));
    bool after = is_one_of(r, *next, unit, VB_COUNT(unit));
    *next += after;
    if (!before && !after && (times < 1e6 || !counts_money(r, *next))) return 0;
    double amount = number * times;
    return amount >= 1 && amount <= (double)amount_most ? (int64_t)(amount + 0.5) : 0;
}

int64_t vb_money_read(const vb_view *view, uint32_t start, uint32_t end, bool *yearly)
{
    int64_t found = 0;
    reader r = { .view = view, .first = vb_view_token_at(view, start) };
    *yearly = false;
    if (r.first == VB_NONE) return 0;
    for (r.end = r.first; r.end < view->n_tokens && view->tokens[r.end].start < end;) r.end++;
    for (uint32_t t = r.first, next; t < r.end; t = next) {
        int64_t amount = read_amount(&r, t, &next);
        if (!amount) continue;
        if (found && found != amount) {
            *yearly = false;
            return 0;
        }
        found = amount;
        *yearly = *yearly || is_yearly(&r, t, next);
    }
    return found;
}
