/**
 * Doubtful names: nodes that are known by the form of a name alone, in every mention. One pass over all
 * mentions counts them, one over the nodes looks at those that are left.
 */
#include "queries/review.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { NODES_MAX = 1 << 27 };

/** The first three are told by the count of mentions, the others by column k - 2 of `named`. */
const vb_reason vb_name_reasons[VB_NAME_REASONS] = {
    { 300, "known by its form alone" }, { 200, "named once" },
    { 100, "named in one document" },   { 150, "nothing is said of it" },
    { 100, "a single word" },           { 100, "a small letter or a digit begins it" },
};
enum { FORM, ONCE, ONE_DOCUMENT, COUNT_REASONS };

static const char by_form[] =
    "SELECT id FROM rule WHERE name GLOB 'shape:*' OR name IN ('local', 'title:quoted', 'title:footnote')";
static const char named[] =
    "SELECT n.id, NOT EXISTS(SELECT 1 FROM edge WHERE source = n.id) AND NOT EXISTS(SELECT 1 FROM edge "
    "WHERE"
    " target = n.id AND type <> ?1), instr(n.name, ' ') = 0, n.name GLOB '[a-z0-9]*' FROM node n JOIN "
    "label_set"
    " s ON s.id = n.labels WHERE n.origin = 0 AND n.key <> '' AND s.name <> 'Document'";

/** What the mentions of a node come to. */
typedef struct tally {
    int64_t document; /* the only one; -1: there are more */
    uint32_t n;
    bool otherwise; /* one is known by more than its form */
} tally;

/** A tally for each number that a node has, up to @p n. */
static vb_status count_mentions(vb_store *store, vb_arena *arena, tally *tallies, int64_t n, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_review_ids forms = { 0 };
    TRY(vb_review_ids_read(store, by_form, arena, &forms, err));
    TRY(vb_sql_bind(store, err, &stmt, "SELECT node, document, ifnull(rule, 0) FROM mention", ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        int64_t node = sqlite3_column_int64(stmt, 0), document = sqlite3_column_int64(stmt, 1);
        int64_t rule = sqlite3_column_int64(stmt, 2);
        if (node < 0 || node > n) continue;
        tally *t = &tallies[node];
        t->document = !t->n || t->document == document ? document : -1;
        t->n += t->n < UINT32_MAX;
        t->otherwise |= !vb_review_ids_has(&forms, rule);
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status look_at_nodes(vb_store *store, vb_arena *arena, const tally *tallies, int64_t n,
                               vb_doubtfuls *list, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, named, "i", vb_store_relation(store, VB_REL_MENTIONS)));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        vb_doubtful c = { .kind = VB_DOUBT_NAME, .a = sqlite3_column_int64(stmt, 0) };
        const tally *t = c.a >= 0 && c.a <= n ? &tallies[c.a] : NULL;
        if (!t || !t->n || t->otherwise) continue;
        size_t told = t->n == 1 ? ONCE : ONE_DOCUMENT;
        c.score = (uint16_t)vb_name_reasons[FORM].points;
        c.reasons = 1u << FORM;
        if (t->n == 1 || t->document >= 0) {
            c.score = (uint16_t)(c.score + vb_name_reasons[told].points);
            c.reasons |= 1u << told;
        }
        vb_review_add_up(stmt, 1, vb_name_reasons, COUNT_REASONS, VB_NAME_REASONS, &c);
        TRY(vb_push(arena, list) == VB_OK ? VB_OK : vb_fail_memory(err));
        list->at[list->len - 1] = c;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_review_names(vb_store *store, vb_arena *arena, vb_doubtfuls *list, vb_error *err)
{
    vb_status status;
    tally *tallies = NULL;
    int64_t n = 0;
    TRY(vb_sql_id(store, err, &n, "SELECT max(id) FROM node", ""));
    if (n < 0 || n > NODES_MAX) {
        status = vb_fail(err, VB_TOO_LARGE, "a node has a number over %d", NODES_MAX);
        goto done;
    }
    tallies = calloc((size_t)n + 1, sizeof *tallies);
    TRY(tallies ? VB_OK : vb_fail_memory(err));
    TRY(count_mentions(store, arena, tallies, n, err));
    TRY(look_at_nodes(store, arena, tallies, n, list, err));
done:
    free(tallies);
    return status;
}
