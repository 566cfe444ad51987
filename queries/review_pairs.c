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
    int64_t node, label, documents;
    bool settled; /* a gazetteer's or a person's: others become it */
    vb_str name;  /* folded */
    size_t last;  /* where its last word begins */
} named;
typedef VB_VEC(named) names;

/** Every name of every node that is no document, with how often the node is mentioned. */
static const char all_names[] =
    "SELECT a.node, n.labels, n.origin IN (1, 2), a.folded, (SELECT ifnull(sum(weight), 0) FROM edge WHERE"
    " target = n.id AND type = ?) FROM alias a JOIN node n ON n.id = a.node JOIN label_set s ON s.id = "
    "n.labels"
    " WHERE s.name <> 'Document' AND n.key <> '' AND a.folded <> '' AND n.origin <> 3";

static vb_status read_names(vb_store *store, vb_arena *arena, names *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt, all_names, "i", vb_store_relation(store, VB_REL_MENTIONS)));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        named n = { .node = sqlite3_column_int64(stmt, 0),
                    .label = sqlite3_column_int64(stmt, 1),
                    .settled = sqlite3_column_int(stmt, 2) != 0,
                    .documents = sqlite3_column_int64(stmt, 4) };
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

/** How likely two names are one's; 0: not. */
static unsigned likeness(const named *a, const named *b, const char **because)
{
    if (vb_str_eq(a->name, b->name)) {
        *because = "they have the same name";
        return 800;
    }
    size_t shorter = a->name.len < b->name.len ? a->name.len : b->name.len;
    unsigned most = shorter >= 2 * LEAST ? 2 : 1;
    if (shorter >= LEAST && same_digits(a->name, b->name) && vb_distance(a->name, b->name, most) <= most) {
        *because = "their names differ by a letter or two";
        return 650;
    }
    if (is_part(a->name, b->name) || is_part(b->name, a->name)) {
        *because = "one name is a part of the other";
        return 350;
    }
    return 0;
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

/** Two settled names are two; else the lesser one may become the other. */
static vb_status look(const named *a, const named *b, vb_arena *arena, vb_doubt_list *list)
{
    const char *because = NULL;
    if (a->node == b->node || a->label != b->label || (a->settled && b->settled)) return VB_OK;
    unsigned score = likeness(a, b, &because);
    if (!score) return VB_OK;
    bool turn = a->settled || (!b->settled && (a->documents > b->documents ||
                                               (a->documents == b->documents && a->name.len > b->name.len)));
    if (vb_push(arena, list) != VB_OK) return VB_NO_MEMORY;
    list->at[list->len - 1] = (vb_doubt){ .kind = VB_DOUBT_SAME,
                                          .a.id = turn ? b->node : a->node,
                                          .b.id = turn ? a->node : b->node,
                                          .score = score,
                                          .because = vb_str_of(because) };
    return VB_OK;
}

static int by_pair(const void *a, const void *b)
{
    const vb_doubt *x = a, *y = b;
    int64_t xl = x->a.id < x->b.id ? x->a.id : x->b.id, xh = x->a.id < x->b.id ? x->b.id : x->a.id;
    int64_t yl = y->a.id < y->b.id ? y->a.id : y->b.id, yh = y->a.id < y->b.id ? y->b.id : y->a.id;
    if (xl != yl) return xl < yl ? -1 : 1;
    if (xh != yh) return xh < yh ? -1 : 1;
    return (x->score < y->score) - (x->score > y->score);
}

/** Each pair once, with its best reason; none that a person calls two. */
static vb_status thin_out(vb_store *store, vb_doubt_list *list, size_t first, vb_error *err)
{
    static const char apart[] = "SELECT 1 FROM correction c, node n JOIN label_set s ON s.id = n.labels, "
                                "node m JOIN label_set u ON u.id ="
                                " m.labels WHERE n.id = ?1 AND m.id = ?2 AND c.kind = 3 AND c.undone IS NULL "
                                "AND ((c.a_label = s.name AND"
                                " c.a_key = n.key AND c.b_label = u.name AND c.b_key = m.key) OR (c.b_label "
                                "= s.name AND c.b_key = n.key AND"
                                " c.a_label = u.name AND c.a_key = m.key)) LIMIT 1";
    vb_status status = VB_OK;
    size_t n = first;
    if (list->len > first) qsort(list->at + first, list->len - first, sizeof *list->at, by_pair);
    for (size_t i = first; i < list->len; i++) {
        vb_doubt d = list->at[i];
        int64_t two = 0;
        if (n > first) {
            const vb_doubt *last = &list->at[n - 1];
            if ((last->a.id == d.a.id && last->b.id == d.b.id) ||
                (last->a.id == d.b.id && last->b.id == d.a.id))
                continue;
        }
        TRY(vb_sql_id(store, err, &two, apart, "ii", d.a.id, d.b.id));
        if (!two) list->at[n++] = d;
    }
    list->len = n;
done:
    return status;
}

vb_status vb_review_pairs(vb_store *store, vb_arena *arena, vb_doubt_list *list, vb_error *err)
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
                TRY(look(&all.at[i], &all.at[j], arena, list) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
    TRY(thin_out(store, list, first, err));
done:
    return status;
}
