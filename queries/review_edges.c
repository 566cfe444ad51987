/**
 * Doubtful edges. Most edges of a large store are said by one sentence, so most are candidates; but what the
 * row of an edge tells by itself says how doubtful it can be at most. Those that can be worst are looked at
 * first, with their sentence and their ends; the rest only where the list has room for them.
 */
#include "queries/review.h"

#include <sqlite3.h>
#include <stdlib.h>

/** The first two are told by the edge's row, the others by column k - 2 of `rest`. */
const vb_reason vb_edge_reasons[VB_EDGE_REASONS] = {
    { 250, "one sentence says it" },
    { 200, "it is merely announced" },
    { 150, "one end is known from one mention" },
    { 100, "a long sentence" },
    { 100, "the names stand far apart" },
    { 100, "the sentence says many things" },
};
enum { ROW_REASONS = 2, REST_MOST = 150 + 100 + 100 + 100 };

static const char rows[] =
    "SELECT id, weight = 1, certainty = 1 FROM edge WHERE origin = 0 AND type <> ?1 AND (weight = 1 OR"
    " certainty = 1)";

/** Whether a node is mentioned once; one that ten thousand letters mention is not looked at ten thousand
 * times. */
#define ONCE(node)                                                                                          \
    "(SELECT count(*) = 1 AND min(weight) = 1 FROM (SELECT weight FROM edge WHERE target = " node ".id AND" \
    " type = ?1 LIMIT 2))"
static const char rest[] = "SELECT n.origin = 0 AND " ONCE("n") " OR m.origin = 0 AND " ONCE(
    "m") ", v.length > 350, abs(v.source_at - v.target_at) > 150, (SELECT count(DISTINCT edge) FROM"
         " evidence o WHERE o.document = v.document AND o.start = v.start) > 4 FROM edge e JOIN node n"
         " ON n.id = e.source JOIN node m ON m.id = e.target JOIN evidence v ON v.id = (SELECT min(id)"
         " FROM evidence WHERE edge = e.id AND start >= 0) WHERE e.id = ?2 AND n.key <> '' AND m.key <> ''";

/** The edges that a person asserted, whoever else says them; of a symmetric relation from either end. */
#define ASSERTED(from, to)                                                                                   \
    "SELECT e.id FROM correction c CROSS JOIN relation r ON r.name = c.relation CROSS JOIN label_set s ON"   \
    " s.name = c.a_label CROSS JOIN node n ON n.labels = s.id AND n.key = c.a_key CROSS JOIN label_set u ON" \
    " u.name = c.b_label CROSS JOIN node m ON m.labels = u.id AND m.key = c.b_key CROSS JOIN edge e ON"      \
    " e.source = " from ".id AND e.type = r.id AND e.target = " to                                           \
    ".id WHERE c.kind = 0 AND c.undone IS NULL"
static const char asserted[] = ASSERTED("n", "m") " UNION ALL " ASSERTED("m", "n") " AND r.symmetric";

/** Every edge that may be doubtful, with what its row tells. */
static vb_status read_rows(vb_store *store, vb_arena *arena, vb_doubtfuls *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_review_ids known = { 0 };
    TRY(vb_review_ids_read(store, asserted, arena, &known, err));
    TRY(vb_sql_bind(store, err, &stmt, rows, "i", vb_store_relation(store, VB_REL_MENTIONS)));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        vb_doubtful c = { .kind = VB_DOUBT_EDGE, .a = sqlite3_column_int64(stmt, 0) };
        if (vb_review_ids_has(&known, c.a)) continue;
        vb_review_add_up(stmt, 1, vb_edge_reasons, 0, ROW_REASONS, &c);
        TRY(vb_push(arena, out) == VB_OK ? VB_OK : vb_fail_memory(err));
        out->at[out->len - 1] = c;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The rest of what is doubtful in an edge; 0 points where it is no candidate. */
static vb_status look_closer(vb_store *store, vb_doubtful *c, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, rest, "ii", vb_store_relation(store, VB_REL_MENTIONS), c->a));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (row)
        vb_review_add_up(stmt, 0, vb_edge_reasons, ROW_REASONS, VB_EDGE_REASONS, c);
    else
        c->score = 0;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static int worst_first(const void *a, const void *b)
{
    const vb_doubtful *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->a > y->a) - (x->a < y->a);
}

vb_status vb_review_edges(vb_store *store, size_t limit, vb_arena *arena, vb_doubtfuls *list, vb_error *err)
{
    vb_status status;
    vb_doubtfuls found = { 0 };
    unsigned least = 0, before = 0;
    TRY(read_rows(store, arena, &found, err));
    if (found.len) qsort(found.at, found.len, sizeof *found.at, worst_first);
    for (size_t i = 0; i < found.len; i++) {
        vb_doubtful c = found.at[i];
        if (c.score != before) least = vb_review_least(list, limit);
        before = c.score;
        if (c.score + (unsigned)REST_MOST < least) break;
        TRY(look_closer(store, &c, err));
        if (!c.score) continue;
        TRY(vb_push(arena, list) == VB_OK ? VB_OK : vb_fail_memory(err));
        list->at[list->len - 1] = c;
    }
done:
    return status;
}
