/**
 * What a person should look at first. Doubt is a sum of reasons, each a row in a table with its points: no
 * probability, an order of looking. The candidates come from three passes over the store (edges, names, pairs
 * of names), and what a person has decided already is left out.
 */
#include "queries/review.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { SCORE_MOST = 1000 };

static const char *const doubt_names[VB_DOUBT_KINDS] = { "edge", "name", "same" };

const char *vb_doubt_name(vb_doubt_kind kind)
{
    return (size_t)kind < VB_COUNT(doubt_names) ? doubt_names[kind] : "";
}

vb_correction_request vb_doubt_answer(const vb_doubt *d, bool right)
{
    vb_correction_request r = { .a = d->a_named, .b = d->b_named, .relation = d->relation };
    if (d->kind == VB_DOUBT_SAME)
        r.kind = right ? VB_MERGE : VB_SPLIT;
    else
        r.kind = right ? VB_ASSERT : VB_REJECT;
    if (d->kind == VB_DOUBT_EDGE && right) {
        r.document = d->document;
        r.text = d->text;
    }
    return r;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

vb_status vb_review_ids_read(vb_store *store, const char *sql, vb_arena *arena, vb_review_ids *out,
                             vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, sql, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, out) == VB_OK ? VB_OK : vb_fail_memory(err));
        out->at[out->len - 1] = sqlite3_column_int64(stmt, 0);
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_id);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

bool vb_review_ids_has(const vb_review_ids *ids, int64_t id)
{
    return ids->len && bsearch(&id, ids->at, ids->len, sizeof *ids->at, by_id);
}

void vb_review_add_up(sqlite3_stmt *stmt, int first, const vb_reason *reasons, size_t from, size_t to,
                      vb_doubtful *out)
{
    for (size_t i = from; i < to; i++) {
        if (!sqlite3_column_int(stmt, first + (int)(i - from))) continue;
        out->score = (uint16_t)(out->score + reasons[i].points);
        out->reasons |= 1u << i;
    }
}

/* ---- the list ----------------------------------------------------------------------------------------- */

static vb_status read_edge(vb_store *store, vb_doubt *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    vb_edge edge;
    TRY(vb_store_edge(store, d->a.id, 1, arena, &edge, err));
    d->a = edge.source;
    d->b = edge.target;
    d->relation = edge.type;
    if (edge.n_evidence) {
        d->document = edge.evidence[0].document;
        d->text = edge.evidence[0].text;
    }
done:
    return status;
}

/** A name's node, and the sentence (its passage) of its first mention. */
static vb_status read_name(vb_store *store, vb_doubt *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_store_node(store, d->a.id, arena, &d->a, err));
    TRY(vb_sql_bind(
        store, err, &stmt,
        "SELECT d.id, d.file, p.start, p.length FROM edge e JOIN document d ON d.node = e.source"
        " JOIN mention m ON m.document = d.id AND m.node = e.target JOIN passage p ON p.document = d.id"
        " AND p.start <= m.start AND p.start + p.length >= m.start + m.length"
        " WHERE e.target = ? AND e.type = ? ORDER BY d.id, m.start, p.length LIMIT 1",
        "ii", d->a.id, vb_store_relation(store, VB_REL_MENTIONS)));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row) goto done;
    int64_t document = sqlite3_column_int64(stmt, 0), start = sqlite3_column_int64(stmt, 2);
    int64_t length = sqlite3_column_int64(stmt, 3);
    TRY(vb_sql_copy(stmt, 1, arena, &d->document) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_store_piece(store, document, start, length, arena, &d->text, err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status read_pair(vb_store *store, vb_doubt *d, vb_arena *arena, vb_error *err)
{
    vb_status status;
    TRY(vb_store_node(store, d->a.id, arena, &d->a, err));
    TRY(vb_store_node(store, d->b.id, arena, &d->b, err));
done:
    return status;
}

static int by_score(const void *a, const void *b)
{
    const vb_doubtful *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

unsigned vb_review_least(const vb_doubtfuls *list, size_t limit)
{
    size_t n[SCORE_MOST + 1] = { 0 }, more = 0;
    unsigned score = SCORE_MOST;
    if (!limit) return 0;
    for (size_t i = 0; i < list->len; i++)
        n[list->at[i].score < SCORE_MOST ? list->at[i].score : SCORE_MOST]++;
    while (score && (more += n[score]) < limit) score--;
    return score;
}

static const char *reason_words(vb_doubt_kind kind, size_t i)
{
    if (kind == VB_DOUBT_SAME) return i < VB_PAIR_REASONS ? vb_pair_reasons[i] : NULL;
    if (kind == VB_DOUBT_EDGE) return i < VB_EDGE_REASONS ? vb_edge_reasons[i].words : NULL;
    return i < VB_NAME_REASONS ? vb_name_reasons[i].words : NULL;
}

/** What is listed of a candidate, but for what the store says of it. */
static vb_status make_doubt(const vb_doubtful *c, vb_arena *arena, vb_doubt *out)
{
    vb_status status = VB_OK;
    vb_buf words = { 0 };
    const char *each;
    *out = (vb_doubt){
        .kind = c->kind, .score = c->score > SCORE_MOST ? SCORE_MOST : c->score, .a.id = c->a, .b.id = c->b
    };
    for (size_t i = 0; (each = reason_words(c->kind, i)) != NULL; i++)
        if (c->reasons >> i & 1) TRY(vb_buf_printf(&words, "%s%s", words.len ? "; " : "", each));
    TRY(vb_arena_copy(arena, vb_buf_view(&words), &out->because));
done:
    vb_buf_clear(&words);
    return status;
}

static vb_status name_ends(vb_doubt *d, vb_arena *arena)
{
    vb_status status = vb_arena_printf(arena, &d->a_named, "%.*s:%.*s", VB_FMT(d->a.label), VB_FMT(d->a.key));
    if (status == VB_OK && d->b.label.len)
        status = vb_arena_printf(arena, &d->b_named, "%.*s:%.*s", VB_FMT(d->b.label), VB_FMT(d->b.key));
    return status;
}

vb_status vb_review(vb_store *store, size_t limit, vb_arena *arena, vb_doubts *out, vb_error *err)
{
    static vb_status (*const readers[VB_DOUBT_KINDS])(vb_store *, vb_doubt *, vb_arena *,
                                                      vb_error *) = { read_edge, read_name, read_pair };
    vb_status status;
    bool held = false;
    vb_doubtfuls list = { 0 };
    vb_doubt *doubts;
    TRY(vb_store_hold(store, &held, err));
    TRY(vb_review_names(store, arena, &list, err));
    TRY(vb_review_pairs(store, arena, &list, err));
    TRY(vb_review_edges(store, limit, arena, &list, err));
    if (list.len) qsort(list.at, list.len, sizeof *list.at, by_score);
    if (limit && list.len > limit) list.len = limit;
    doubts = vb_arena_array(arena, list.len + 1, sizeof *doubts);
    TRY(doubts ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < list.len; i++) {
        TRY(make_doubt(&list.at[i], arena, &doubts[i]) == VB_OK ? VB_OK : vb_fail_memory(err));
        TRY(readers[doubts[i].kind](store, &doubts[i], arena, err));
        TRY(name_ends(&doubts[i], arena) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
    out->at = doubts;
    out->len = list.len;
done:
    vb_store_release(store, held);
    return status;
}
