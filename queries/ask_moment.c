/**
 * Moments: a letter's date is all that the store dates. "Wanneer werd X voor het eerst genoemd?" becomes a
 * question after the letters that mention X, of which the earliest is kept; its date, and "in welk jaar" its
 * year, is the answer.
 */
#include "queries/ask.h"

#include <sqlite3.h>
#include <stdlib.h>

/** Whether phrase @p i stands for loaded letters: any of them, or letters that are named. */
static bool is_letters(const ask_question *q, size_t i)
{
    const ask_phrase *p = &q->phrases[i];
    if (p->gone || !(p->mask & VB_MASK_DOCUMENT)) return false;
    if (!p->n_items) return p->mask == VB_MASK_DOCUMENT;
    for (size_t k = 0; k < p->n_items; k++)
        for (size_t n = 0; n < p->items[k].nodes.len; n++)
            if (!p->items[k].nodes.at[n].document.len) return false;
    return true;
}

/** "Wanneer werd X genoemd?" says of no letter that it mentions X: one of its own. */
static bool add_letters(ask_question *q)
{
    for (size_t k = 0; k < q->n_links; k++) {
        ask_link *link = &q->links[k];
        if (link->source >= 0 || !(link->relations & (1u << VB_REL_MENTIONS | 1u << VB_REL_CITES))) continue;
        if (q->n_phrases == ASK_PHRASES_MAX) return false;
        q->phrases[q->n_phrases] = (ask_phrase){ .first = q->phrases[link->target].first,
                                                 .end = q->phrases[link->target].first,
                                                 .prep_at = SIZE_MAX,
                                                 .typed = true,
                                                 .linked = true,
                                                 .note = ASK_LETTER,
                                                 .mask = VB_MASK_DOCUMENT };
        link->source = q->root = (int)q->n_phrases++;
        link->weak = false;
        return true;
    }
    return false;
}

/** "Wanneer is brief X verstuurd?": who sent it is not asked. */
static void drop_loose_ends(ask_question *q)
{
    size_t n = 0;
    for (size_t k = 0; k < q->n_links; k++) {
        const ask_link *link = &q->links[k];
        bool loose =
            (link->source == q->root && link->target < 0) || (link->target == q->root && link->source < 0);
        if (!loose || !q->phrases[q->root].n_items) q->links[n++] = *link;
    }
    q->n_links = n;
}

vb_status vb_ask_moment_find(ask_question *q)
{
    if (!q->when && !q->moment) return VB_OK;
    if (q->when || q->goal == ASK_TRUTH || q->root < 0) {
        q->root = -1;
        for (size_t i = 0; i < q->n_phrases && q->root < 0; i++)
            if (is_letters(q, i)) q->root = (int)i;
        if (q->root < 0 && !add_letters(q)) return VB_UNKNOWN;
        q->goal = ASK_NODES;
        drop_loose_ends(q);
    }
    return q->goal == ASK_NODES && is_letters(q, (size_t)q->root) ? VB_OK : VB_UNKNOWN;
}

/** A letter's date; empty: it has none, or is no letter. */
static vb_status date_of(const ask_question *q, int64_t id, vb_str *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    *out = (vb_str){ 0 };
    TRY(vb_store_prepare(q->store, "SELECT date FROM document WHERE node = ?1", &stmt, q->err));
    sqlite3_bind_int64(stmt, 1, id);
    if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_bytes(stmt, 0))
        status = vb_arena_copy(
            q->arena,
            (vb_str){ (const char *)sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0) },
            out);
    sqlite3_reset(stmt);
done:
    return status;
}

vb_status vb_ask_moment_keep(ask_question *q, int64_t *ids, size_t *n)
{
    vb_status status = VB_OK;
    vb_str best = { 0 };
    size_t kept = 0;
    if (!q->when && !q->moment) return VB_OK;
    for (size_t i = 0; i < *n; i++) {
        vb_str date;
        TRY(date_of(q, ids[i], &date));
        if (!date.len) continue;
        int c = best.len ? vb_str_cmp(date, best) : 0;
        bool better = q->moment == ASK_EARLIEST ? c < 0 : c > 0;
        if (q->moment && better) kept = 0;
        if (!best.len || !q->moment || better) best = date;
        if (!q->moment || vb_str_eq(date, best)) ids[kept++] = ids[i];
    }
    *n = kept;
done:
    return status;
}

vb_status vb_ask_moment_year(const ask_question *q, vb_answer *answer)
{
    vb_status status = VB_OK;
    long year = 0;
    for (size_t i = 0; i < answer->nodes.len; i++) {
        vb_str date;
        TRY(date_of(q, answer->nodes.at[i].id, &date));
        if (!date.len) continue;
        long own = strtol(date.at, NULL, 10);
        if (year && own != year) return VB_OK;
        year = own;
    }
    if (!year) return VB_OK;
    answer->kind = VB_ANSWER_NUMBER;
    answer->number = (double)year;
done:
    return status;
}

/** "12 maart 2024" */
static vb_status add_date(const ask_question *q, vb_buf *out, vb_str date)
{
    static const char *const months[ASK_LANGUAGES][12] = {
        { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december" },
        { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December" }
    };
    long month = date.len >= 10 ? strtol(date.at + 5, NULL, 10) : 0;
    if (month < 1 || month > 12) return vb_buf_add(out, date);
    return vb_buf_printf(out, "%ld %s %.4s", strtol(date.at + 8, NULL, 10), months[q->language][month - 1],
                         date.at);
}

vb_status vb_ask_moment_say(const ask_question *q, const vb_answer *answer, vb_buf *out)
{
    enum { SHOWN = 6 };
    static const char *const forms[ASK_LANGUAGES][3] = { { "Op ", "Voor het eerst op ", "Het laatst op " },
                                                         { "On ", "First on ", "Last on " } };
    vb_status status;
    TRY(vb_buf_add(out, vb_str_of(forms[q->language][q->moment])));
    for (size_t i = 0; i < answer->nodes.len && i < SHOWN; i++) {
        vb_str date;
        TRY(date_of(q, answer->nodes.at[i].id, &date));
        if (i) TRY(vb_buf_add(out, VB_STR("; ")));
        TRY(add_date(q, out, date));
        TRY(vb_buf_add(out, VB_STR(", ")));
        TRY(vb_ask_say_name(out, answer->nodes.at[i].name));
    }
    if (answer->nodes.len > SHOWN)
        TRY(vb_buf_printf(out, q->language == ASK_DUTCH ? "; en nog %zu" : "; and %zu more",
                          answer->nodes.len - SHOWN));
    TRY(vb_ask_say_stop(out));
done:
    return status;
}
