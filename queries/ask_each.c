/**
 * A row for each: "hoeveel brieven per ministerie", "hoeveel vragen stelde elke partij", "letters per year".
 * What each stands for is a phrase of the question like any other; its things are put into its place one
 * after the other, and what is asked for is counted anew.
 */
#include "queries/ask_set.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { EACH_MAX = 2000, LISTED = 400, SAID = 8, NAMED = 5 };

static const char *pick(const ask_question *q, const char *dutch, const char *english)
{
    return q->language == ASK_DUTCH ? dutch : english;
}

void vb_ask_each_period(ask_question *q)
{
    static const struct {
        const char *word;
        size_t bytes;
    } periods[] = {
        { "jaar", 4 }, { "maand", 7 }, { "dag", 10 }, { "year", 4 }, { "month", 7 }, { "day", 10 }
    };
    for (size_t i = 0; i + 1 < q->n_atoms; i++) {
        bool each = q->atoms[i].name < 0 && (ask_is(&q->atoms[i], ASK_per) || ask_is(&q->atoms[i], ASK_each));
        size_t at = i + (q->atoms[i].word_len ? q->atoms[i].word_len : 1);
        for (size_t k = 0; each && at < q->n_atoms && k < VB_COUNT(periods); k++) {
            if (!vb_str_eq(q->atoms[at].text, vb_str_of(periods[k].word)) || q->atoms[at].name >= 0) continue;
            q->period = periods[k].bytes;
            for (size_t j = i; j <= at; j++) q->atoms[j].used = true;
        }
    }
}

vb_status vb_ask_each_find(ask_question *q)
{
    q->each = -1;
    for (size_t i = 0; i < q->n_phrases; i++) {
        if (!q->phrases[i].each || q->phrases[i].gone) continue;
        if (q->each >= 0 || q->phrases[i].n_items) return VB_UNKNOWN;
        q->each = (int)i;
    }
    if (q->each < 0 && !q->period) return VB_OK;
    for (size_t i = 0; i < q->n_phrases; i++)
        if (q->phrases[i].except) return VB_UNKNOWN;
    for (size_t i = 0; q->root < 0 && i < q->n_phrases; i++) /* "brieven per ministerie" */
        if (q->phrases[i].typed && !q->phrases[i].n_items && !q->phrases[i].gone && (int)i != q->each)
            q->root = (int)i;
    if (q->goal == ASK_TRUTH && q->root >= 0 && !q->phrases[q->root].n_items) q->goal = ASK_COUNT;
    bool counted = q->goal == ASK_COUNT || q->goal == ASK_NODES;
    if (!counted || q->root < 0 || q->root == q->each || (q->each >= 0 && q->period)) return VB_UNKNOWN;
    if (q->period && q->phrases[q->root].mask != VB_MASK_DOCUMENT) return VB_UNKNOWN; /* no other has a day */
    return VB_OK;
}

/** What was counted for one thing or period. */
typedef struct tally {
    vb_str name;
    ask_set found;
} tally;

static int by_count(const void *a, const void *b)
{
    const tally *x = a, *y = b;
    if (x->found.len != y->found.len) return x->found.len < y->found.len ? 1 : -1;
    return vb_str_cmp(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return vb_str_cmp(((const tally *)a)->name, ((const tally *)b)->name);
}

typedef VB_VEC(tally) tallies;

/** One after the other in the place of the phrase. */
static vb_status tally_each(ask_question *q, tallies *out)
{
    vb_status status;
    ask_set each;
    ask_phrase *p = &q->phrases[q->each];
    vb_node *node = vb_arena_get(q->arena, sizeof *node);
    if (!node) return vb_fail_memory(q->err);
    TRY(vb_ask_solve(q, q->each, -1, &each));
    if (each.all || each.len > EACH_MAX) return VB_UNKNOWN;
    for (size_t i = 0; i < each.len; i++) {
        tally one = { 0 };
        TRY(vb_store_node(q->store, each.at[i], q->arena, node, q->err));
        p->items[0] = (ask_item){ .nodes = { node, 1 } };
        p->n_items = 1;
        status = vb_ask_solve(q, q->root, -1, &one.found);
        p->n_items = 0;
        TRY(status);
        if (!one.found.len) continue;
        one.name = node->name;
        if (vb_push(q->arena, out) != VB_OK) return vb_fail_memory(q->err);
        out->at[out->len - 1] = one;
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_count);
done:
    return status;
}

/** The letters that are asked for, by their dates. */
static vb_status tally_periods(ask_question *q, tallies *out)
{
    vb_status status;
    ask_set all;
    TRY(vb_ask_solve(q, q->root, -1, &all));
    for (size_t i = 0; i < all.len; i++) {
        sqlite3_stmt *stmt;
        vb_str date = { 0 };
        bool row;
        size_t k = 0;
        TRY(vb_sql_bind(q->store, q->err, &stmt, "SELECT date FROM document WHERE node = ?1", "i",
                        all.at[i]));
        TRY(vb_sql_row(q->store, q->err, stmt, &row));
        status = row ? vb_sql_copy(stmt, 0, q->arena, &date) : VB_OK;
        if (row) sqlite3_reset(stmt);
        TRY(status);
        if (date.len < q->period) continue;
        date.len = q->period;
        while (k < out->len && !vb_str_eq(out->at[k].name, date)) k++;
        if (k == out->len) {
            if (vb_push(q->arena, out) != VB_OK) return vb_fail_memory(q->err);
            out->at[k] = (tally){ .name = date };
        }
        TRY(vb_ask_set_add(q, &out->at[k].found, all.at[i]));
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_name);
done:
    return status;
}

/** "Almelo, Breda en nog 3" */
static vb_status add_names(ask_question *q, const ask_set *set, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf buf = { 0 };
    for (size_t i = 0; i < set->len && i < NAMED; i++) {
        vb_node node;
        TRY(vb_store_node(q->store, set->at[i], q->arena, &node, q->err));
        if (i) TRY(vb_buf_add(&buf, VB_STR(", ")));
        TRY(vb_ask_say_name(&buf, node.name));
    }
    if (set->len > NAMED) TRY(vb_buf_printf(&buf, pick(q, " en nog %zu", " and %zu more"), set->len - NAMED));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), out));
done:
    vb_buf_clear(&buf);
    return status;
}

/** What each row is of: the word that the question has for it. */
static vb_str each_word(const ask_question *q)
{
    if (q->each >= 0) return ask_written(q, q->phrases[q->each].first);
    return vb_str_of(q->period == 4   ? pick(q, "jaar", "year")
                     : q->period == 7 ? pick(q, "maand", "month")
                                      : pick(q, "dag", "day"));
}

static vb_status fill_rows(ask_question *q, const tallies *all, vb_answer *out)
{
    vb_status status = VB_OK;
    out->kind = VB_ANSWER_ROWS;
    out->n_columns = 3;
    out->n_rows = all->len < LISTED ? all->len : LISTED;
    out->columns = vb_arena_array(q->arena, out->n_columns, sizeof *out->columns);
    out->cells = vb_arena_array(q->arena, out->n_rows * out->n_columns, sizeof *out->cells);
    if (!out->columns || !out->cells) return vb_fail_memory(q->err);
    out->columns[0] = each_word(q);
    out->columns[1] = vb_str_of(pick(q, "aantal", "number"));
    out->columns[2] = vb_str_of(pick(q, "welke", "which"));
    for (size_t i = 0; i < out->n_rows; i++) {
        vb_str *row = &out->cells[i * out->n_columns];
        row[0] = all->at[i].name;
        TRY(vb_arena_printf(q->arena, &row[1], "%zu", all->at[i].found.len));
        TRY(add_names(q, &all->at[i].found, &row[2]));
    }
done:
    return status;
}

/** "Per provincie: Noord-Holland 5, Zuid-Holland 4 en nog 6 (21 gemeenten in totaal)." */
static vb_status say(ask_question *q, const tallies *all, vb_answer *out)
{
    vb_status status;
    vb_buf buf = { 0 };
    ask_set whole = { 0 };
    vb_label label = VB_LABEL_DOCUMENT;
    for (size_t i = 0; i < all->len; i++)
        for (size_t k = 0; k < all->at[i].found.len; k++)
            TRY(vb_ask_set_add(q, &whole, all->at[i].found.at[k]));
    vb_ask_set_sort(&whole);
    for (int l = 0; l < VB_LABEL_COUNT; l++)
        if (q->phrases[q->root].mask == 1u << l) label = (vb_label)l;
    bool one_kind = q->phrases[q->root].mask == 1u << label;
    TRY(vb_buf_printf(&buf, "%s %.*s: ", pick(q, "Per", "Per"), VB_FMT(each_word(q))));
    for (size_t i = 0; i < all->len && i < SAID; i++) {
        if (i) TRY(vb_buf_add(&buf, VB_STR(", ")));
        TRY(vb_ask_say_name(&buf, all->at[i].name));
        TRY(vb_buf_printf(&buf, q->period ? ": %zu" : " %zu", all->at[i].found.len));
    }
    if (all->len > SAID) TRY(vb_buf_printf(&buf, pick(q, " en nog %zu", " and %zu more"), all->len - SAID));
    TRY(vb_buf_printf(&buf, pick(q, " (%zu %s in totaal).", " (%zu %s in all)."), whole.len,
                      one_kind ? vb_ask_say_label(q, label, whole.len != 1) : pick(q, "gevonden", "found")));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_each_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    tallies all = { 0 };
    if (q->each >= 0)
        TRY(tally_each(q, &all));
    else
        TRY(tally_periods(q, &all));
    if (!all.len) {
        q->unsaid = true;
        return VB_UNKNOWN;
    }
    TRY(fill_rows(q, &all, out));
    TRY(say(q, &all, out));
done:
    return status;
}
