/**
 * Pairs of nodes that may be one: nodes of the same label whose names are the same, differ by a letter or
 * two, or of which one is a part of the other. Names are sorted twice, by their first word and by their last,
 * and each is held beside the few that follow it: what two spellings share stands together in one order or
 * the other.
 */
#include "queries/review.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { BESIDE = 6, LEAST = 6 /* letters of a name that may be misspelt */ };

typedef struct named {
    int64_t node, label;
    int64_t times; /* that documents mention the node; -1: not asked yet */
    bool settled;  /* a gazetteer's or a person's: others become it */
    vb_str name;   /* folded */
    size_t last;   /* where its last word begins */
} named;
typedef VB_VEC(named) names;

/** Every name of every node that is no document. */
static const char all_names[] =
    "SELECT a.node, n.labels, n.origin IN (1, 2), a.folded FROM alias a JOIN node n ON n.id = a.node JOIN"
    " label_set s ON s.id = n.labels WHERE s.name <> 'Document' AND n.key <> '' AND a.folded <> '' AND "
    "n.origin"
    " <> 3";

static vb_status read_names(vb_store *store, vb_arena *arena, names *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, all_names, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        named n = { .node = sqlite3_column_int64(stmt, 0),
                    .label = sqlite3_column_int64(stmt, 1),
                    .settled = sqlite3_column_int(stmt, 2) != 0,
                    .times = -1 };
        if (vb_sql_copy(stmt, 3, arena, &n.name) != VB_OK || vb_push(arena, out) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        for (size_t i = 0; i < n.name.len; i++)
            if (n.name.at[i] == ' ') n.last = i + 1;
        out->at[out->len - 1] = n;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- two names ---------------------------------------------------------------------------------------- */

static bool same_digits(vb_str a, vb_str b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.len && (a.at[i] < '0' || a.at[i] > '9')) i++;
        while (j < b.len && (b.at[j] < '0' || b.at[j] > '9')) j++;
        if (i == a.len || j == b.len) return i == a.len && j == b.len;
        if (a.at[i++] != b.at[j++]) return false;
    }
}

/** Whether the words of @p part open or end those of @p whole. */
static bool is_part(vb_str part, vb_str whole)
{
    if (part.len < 4 || part.len >= whole.len) return false;
    size_t rest = whole.len - part.len;
    return (vb_str_starts(whole, part) && whole.at[part.len] == ' ') ||
           (vb_str_ends(whole, part) && whole.at[rest - 1] == ' ');
}

const char *const vb_pair_reasons[VB_PAIR_REASONS] = { "they have the same name",
                                                       "their names differ by a letter or two",
                                                       "one name is a part of the other" };
static const uint16_t points[VB_PAIR_REASONS] = { 800, 650, 350 };

/** The reason why two names may be one's; VB_PAIR_REASONS: there is none. */
static unsigned likeness(const named *a, const named *b)
{
    if (vb_str_eq(a->name, b->name)) return 0;
    size_t shorter = a->name.len < b->name.len ? a->name.len : b->name.len;
    unsigned most = shorter >= 2 * LEAST ? 2 : 1;
    if (shorter >= LEAST && same_digits(a->name, b->name) && vb_distance(a->name, b->name, most) <= most)
        return 1;
    if (is_part(a->name, b->name) || is_part(b->name, a->name)) return 2;
    return VB_PAIR_REASONS;
}

/* ---- the list ----------------------------------------------------------------------------------------- */

static int by_first(const void *a, const void *b)
{
    const named *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    int order = vb_str_cmp(x->name, y->name);
    return order ? order : (x->node > y->node) - (x->node < y->node);
}

static int by_last(const void *a, const void *b)
{
    const named *x = a, *y = b;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    int order =
        vb_str_cmp(vb_str_part(x->name, x->last, x->name.len), vb_str_part(y->name, y->last, y->name.len));
    return order ? order : by_first(a, b);
}

static vb_status ask_times(vb_store *store, named *n, vb_error *err)
{
    if (n->times >= 0) return VB_OK;
    return vb_sql_id(store, err, &n->times,
                     "SELECT ifnull(sum(weight), 0) FROM edge WHERE target = ? AND type = ?", "ii", n->node,
                     vb_store_relation(store, VB_REL_MENTIONS));
}

/** Two settled names are two; else the lesser one may become the other. */
static vb_status look(vb_store *store, named *a, named *b, vb_arena *arena, vb_doubtfuls *list, vb_error *err)
{
    vb_status status;
    if (a->node == b->node || a->label != b->label || (a->settled && b->settled)) return VB_OK;
    unsigned why = likeness(a, b);
    if (why == VB_PAIR_REASONS) return VB_OK;
    bool turn = a->settled;
    if (!a->settled && !b->settled) {
        TRY(ask_times(store, a, err));
        TRY(ask_times(store, b, err));
        turn = a->times > b->times || (a->times == b->times && a->name.len > b->name.len);
    }
    TRY(vb_push(arena, list) == VB_OK ? VB_OK : vb_fail_memory(err));
    list->at[list->len - 1] = (vb_doubtful){ .kind = VB_DOUBT_SAME,
                                             .a = turn ? b->node : a->node,
                                             .b = turn ? a->node : b->node,
                                             .score = points[why],
                                             .reasons = 1u << why };
    status = VB_OK;
done:
    return status;
}

/** Two nodes, whichever comes first. */
static int by_ends(int64_t xa, int64_t xb, int64_t ya, int64_t yb)
{
    int64_t xl = xa < xb ? xa : xb, xh = xa < xb ? xb : xa;
    int64_t yl = ya < yb ? ya : yb, yh = ya < yb ? yb : ya;
    if (xl != yl) return xl < yl ? -1 : 1;
    return (xh > yh) - (xh < yh);
}

static int by_pair(const void *a, const void *b)
{
    const vb_doubtful *x = a, *y = b;
    int order = by_ends(x->a, x->b, y->a, y->b);
    return order ? order : (x->score < y->score) - (x->score > y->score);
}

/* ---- what a person calls two -------------------------------------------------------------------------- */

typedef struct pair {
    int64_t a, b;
} pair;
typedef VB_VEC(pair) pairs;

static int by_nodes(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    return by_ends(x->a, x->b, y->a, y->b);
}

/** The pairs of nodes that a person called two, in order. */
static vb_status read_apart(vb_store *store, vb_arena *arena, pairs *out, vb_error *err)
{
    static const char apart[] =
        "SELECT n.id, m.id FROM correction c CROSS JOIN label_set s ON s.name = c.a_label CROSS JOIN node n"
        " ON n.labels = s.id AND n.key = c.a_key CROSS JOIN label_set u ON u.name = c.b_label CROSS JOIN"
        " node m ON m.labels = u.id AND m.key = c.b_key WHERE c.kind = 3 AND c.undone IS NULL";
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, apart, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        TRY(vb_push(arena, out) == VB_OK ? VB_OK : vb_fail_memory(err));
        out->at[out->len - 1] = (pair){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1) };
    }
    if (out->len) qsort(out->at, out->len, sizeof *out->at, by_nodes);
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Each pair once, with its best reason; none that a person calls two. */
static vb_status thin_out(vb_store *store, vb_arena *arena, vb_doubtfuls *list, size_t first, vb_error *err)
{
    vb_status status;
    size_t n = first;
    pairs apart = { 0 };
    TRY(read_apart(store, arena, &apart, err));
    if (list->len > first) qsort(list->at + first, list->len - first, sizeof *list->at, by_pair);
    for (size_t i = first; i < list->len; i++) {
        vb_doubtful c = list->at[i];
        pair ends = { c.a, c.b };
        if (n > first && by_ends(list->at[n - 1].a, list->at[n - 1].b, c.a, c.b) == 0) continue;
        if (apart.len && bsearch(&ends, apart.at, apart.len, sizeof *apart.at, by_nodes)) continue;
        list->at[n++] = c;
    }
    list->len = n;
done:
    return status;
}

vb_status vb_review_pairs(vb_store *store, vb_arena *arena, vb_doubtfuls *list, vb_error *err)
{
    static int (*const orders[])(const void *, const void *) = { by_first, by_last };
    vb_status status;
    size_t first = list->len;
    names all = { 0 };
    TRY(read_names(store, arena, &all, err));
    for (size_t k = 0; k < VB_COUNT(orders) && all.len; k++) {
        qsort(all.at, all.len, sizeof *all.at, orders[k]);
        for (size_t i = 0; i < all.len; i++)
            for (size_t j = i + 1; j < all.len && j <= i + BESIDE; j++)
                TRY(look(store, &all.at[i], &all.at[j], arena, list, err));
    }
    TRY(thin_out(store, arena, list, first, err));
done:
    return status;
}
