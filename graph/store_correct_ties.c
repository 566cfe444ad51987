/**
 * Who is one with whom by merges, and who never is by splits: what requests for corrections are checked
 * against. Read once for all requests of a call, at the first that asks, and kept up to date with what they
 * make; so n answers cost O(n log n) comparisons, not a pass over all corrections for each of them.
 *
 * Merges are applied in the order of their numbers, so a node is followed from merge to later merge: one that
 * a merge ended and a later correction made again is no part of the first merge any more.
 */
#include "graph/store_correct.h"

#include <stdlib.h>

/** Of a merge: node became other. Of a split, once from either side: the one that is not the other, and the
 * node that merges have made of it by now. */
struct vb_fix_tie {
    vb_node node, one, other;
    int64_t id;
};

static int compare_nodes(const vb_node *a, const vb_node *b)
{
    int order = vb_str_cmp(a->key, b->key);
    return order ? order : vb_str_cmp(a->label, b->label);
}

static int compare_ties(const void *a, const void *b)
{
    const vb_fix_tie *x = *(vb_fix_tie *const *)a, *y = *(vb_fix_tie *const *)b;
    int order = compare_nodes(&x->node, &y->node);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/** Where the first tie of this node with a number above @p id is, or would be. Cost: O(log n). */
static size_t find_tie(const vb_fix_tie_list *list, const vb_node *node, int64_t id)
{
    size_t low = 0, high = list->len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const vb_fix_tie *t = list->at[mid];
        int order = compare_nodes(&t->node, node);
        if (order < 0 || (order == 0 && t->id <= id))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/** Where the ties of a node begin and end. */
static size_t find_ties(const vb_fix_tie_list *list, const vb_node *node, size_t *end)
{
    *end = find_tie(list, node, INT64_MAX);
    return find_tie(list, node, INT64_MIN);
}

const vb_node *vb_fix_merged(const vb_fix_ties *ties, const vb_node *node)
{
    int64_t id = 0;
    for (;;) {
        size_t at = find_tie(&ties->merges, node, id);
        if (at == ties->merges.len || compare_nodes(&ties->merges.at[at]->node, node) != 0) return node;
        id = ties->merges.at[at]->id;
        node = &ties->merges.at[at]->other;
    }
}

/* ---- keeping them ------------------------------------------------------------------------------------- */

/** A tie of a list that is in order, put in its place. Cost: O(log n), and O(n) pointers moved. */
static void settle_last(vb_fix_tie_list *list)
{
    vb_fix_tie *tie = list->at[--list->len];
    size_t at = find_tie(list, &tie->node, tie->id);
    memmove(list->at + at + 1, list->at + at, (list->len - at) * sizeof(vb_fix_tie *));
    list->at[at] = tie;
    list->len++;
}

static vb_status keep_node(vb_fix_ties *ties, const vb_node *from, vb_node *to)
{
    vb_status status;
    vb_node kept = { 0 };
    TRY(vb_arena_copy(ties->arena, from->label, &kept.label));
    TRY(vb_arena_copy(ties->arena, from->key, &kept.key));
    TRY(vb_arena_copy(ties->arena, from->name, &kept.name));
    *to = kept;
done:
    return status;
}

/** Add one at the end of a list. */
static vb_status add_tie(vb_fix_ties *ties, vb_fix_tie_list *list, const vb_node *one, const vb_node *other,
                         int64_t id)
{
    vb_status status;
    vb_fix_tie *tie = vb_arena_room(ties->arena, 1, sizeof *tie);
    if (!tie) return VB_NO_MEMORY;
    tie->id = id;
    TRY(keep_node(ties, one, &tie->one));
    TRY(keep_node(ties, other, &tie->other));
    tie->node = list == &ties->splits ? *vb_fix_merged(ties, &tie->one) : tie->one;
    TRY(vb_push(ties->arena, list));
    list->at[list->len - 1] = tie;
done:
    return status;
}

/** What was apart from the first node of a merge is apart from the second. */
static void hand_over(vb_fix_tie_list *splits, const vb_fix_tie *merge)
{
    size_t end, begin = find_ties(splits, &merge->node, &end);
    while (begin < end) {
        vb_fix_tie *tie = splits->at[begin];
        memmove(splits->at + begin, splits->at + begin + 1, (splits->len - begin - 1) * sizeof(vb_fix_tie *));
        splits->at[splits->len - 1] = tie;
        tie->node = merge->other;
        settle_last(splits);
        begin = find_ties(splits, &merge->node, &end);
    }
}

vb_status vb_fix_tie_add(vb_fix_ties *ties, const vb_correction *made)
{
    vb_status status = VB_OK;
    if (!ties->read) goto done;
    if (made->kind == VB_MERGE) {
        TRY(add_tie(ties, &ties->merges, &made->a, &made->b, made->id));
        const vb_fix_tie *merge = ties->merges.at[ties->merges.len - 1];
        settle_last(&ties->merges);
        hand_over(&ties->splits, merge);
    } else if (made->kind == VB_SPLIT) {
        TRY(add_tie(ties, &ties->splits, &made->a, &made->b, made->id));
        settle_last(&ties->splits);
        TRY(add_tie(ties, &ties->splits, &made->b, &made->a, made->id));
        settle_last(&ties->splits);
    }
done:
    return status;
}

/* ---- reading them ------------------------------------------------------------------------------------- */

/** Read those of one kind, in the order of their numbers. */
static vb_status read_kind(vb_store *store, vb_fix_ties *ties, vb_correction_kind kind, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT id, a_label, a_key, a_name, ifnull(b_label, ''), ifnull(b_key, ''),"
                    " ifnull(b_name, '') FROM correction WHERE kind = ? AND undone IS NULL ORDER BY id",
                    "i", (int64_t)kind));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        int64_t id = sqlite3_column_int64(stmt, 0);
        const vb_node a = { .label = vb_sql_text(stmt, 1),
                            .key = vb_sql_text(stmt, 2),
                            .name = vb_sql_text(stmt, 3) },
                      b = { .label = vb_sql_text(stmt, 4),
                            .key = vb_sql_text(stmt, 5),
                            .name = vb_sql_text(stmt, 6) };
        vb_fix_tie_list *list = kind == VB_MERGE ? &ties->merges : &ties->splits;
        status = add_tie(ties, list, &a, &b, id);
        if (status == VB_OK && kind == VB_SPLIT) status = add_tie(ties, list, &b, &a, id);
        TRY(status == VB_OK ? VB_OK : vb_fail_memory(err));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static void sort(vb_fix_tie_list *list)
{
    if (list->len) qsort(list->at, list->len, sizeof(vb_fix_tie *), compare_ties);
}

vb_status vb_fix_ties_read(vb_store *store, vb_fix_ties *ties, vb_error *err)
{
    vb_status status = VB_OK;
    if (ties->read) return VB_OK;
    TRY(read_kind(store, ties, VB_MERGE, err));
    sort(&ties->merges); /* a split's nodes are followed along them */
    TRY(read_kind(store, ties, VB_SPLIT, err));
    sort(&ties->splits);
    ties->read = true;
done:
    return status;
}

/* ---- asking ------------------------------------------------------------------------------------------- */

vb_status vb_fix_check_apart(const vb_fix_ties *ties, const vb_correction *merge, vb_error *err)
{
    size_t end, i = find_ties(&ties->splits, &merge->a, &end);
    for (; i < end; i++) {
        const vb_fix_tie *t = ties->splits.at[i];
        if (compare_nodes(vb_fix_merged(ties, &t->other), &merge->b) == 0)
            return vb_fail(err, VB_BAD_ARGUMENT,
                           "correction %lld says that %.*s (%.*s) and %.*s (%.*s) are two", (long long)t->id,
                           VB_FMT(t->one.name), VB_FMT(t->one.key), VB_FMT(t->other.name),
                           VB_FMT(t->other.key));
    }
    return VB_OK;
}
