/**
 * What an import into an empty store gathers (graph/store_fresh.h): nodes, names and edges in arrays, found
 * by their numbers, by labels and key, or by their ends. A number is the row's own in the store to be.
 * Writing them is store_fresh_write.c.
 */
#include "graph/store_fresh.h"

#include <stdlib.h>

vb_status vb_heap_more(void **at, size_t *len, size_t *cap, size_t size)
{
    if (*len == *cap) {
        size_t wanted = *cap ? *cap + *cap / 2 : 1024;
        void *room = wanted < SIZE_MAX / size ? realloc(*at, wanted * size) : NULL;
        if (!room) return VB_NO_MEMORY;
        *at = room;
        *cap = wanted;
    }
    memset((char *)*at + *len * size, 0, size);
    ++*len;
    return VB_OK;
}

/** Rows are numbered in 32 bits here: half the memory, and more than that no machine holds. */
static vb_status check_room(size_t n, const char *what, vb_error *err)
{
    if (n < UINT32_MAX - 1) return VB_OK;
    return vb_fail(err, VB_TOO_LARGE, "more than %u %s in one import", UINT32_MAX - 2, what);
}

static vb_str key_of(const vb_fresh_node *n)
{
    return (vb_str){ n->text, n->n_key };
}

/* ---- open addressing: at most half full, 0 is free ------------------------------------------------------
 */

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_of_key(uint32_t labels, vb_str key)
{
    return mix(vb_hash(key), labels);
}

static uint64_t hash_of_ends(uint64_t source, uint64_t type, uint64_t target)
{
    return mix(mix(source + 1, type), target);
}

static size_t key_slot(const vb_fresh *f, uint32_t labels, vb_str key)
{
    size_t at = (size_t)hash_of_key(labels, key) & (f->by_key_cap - 1);
    for (; f->by_key[at]; at = (at + 1) & (f->by_key_cap - 1)) {
        const vb_fresh_node *n = &f->nodes.at[f->by_key[at] - 1];
        if (n->labels == labels && vb_str_eq(key_of(n), key)) break;
    }
    return at;
}

static size_t ends_slot(const vb_fresh *f, int64_t source, int64_t type, int64_t target)
{
    uint64_t hash = hash_of_ends((uint64_t)source, (uint64_t)type, (uint64_t)target);
    size_t at = (size_t)hash & (f->by_ends_cap - 1);
    for (; f->by_ends[at]; at = (at + 1) & (f->by_ends_cap - 1)) {
        const vb_fresh_edge *e = &f->edges.at[f->by_ends[at] - 1];
        if (e->source == source && e->type == type && e->target == target) break;
    }
    return at;
}

/** A table of twice the size, empty; *old is the caller's to go through and free. */
static vb_status renew(uint32_t **slots, size_t *cap, uint32_t **old, size_t *old_cap, vb_error *err)
{
    size_t wanted = *cap ? *cap * 2 : 4096;
    uint32_t *room = wanted < SIZE_MAX / sizeof *room ? calloc(wanted, sizeof *room) : NULL;
    if (!room) return vb_fail_memory(err);
    *old = *slots;
    *old_cap = *cap;
    *slots = room;
    *cap = wanted;
    return VB_OK;
}

static vb_status grow_keys(vb_fresh *f, vb_error *err)
{
    uint32_t *old = NULL;
    size_t old_cap = 0;
    if (f->nodes.len * 2 < f->by_key_cap) return VB_OK;
    vb_status status = renew(&f->by_key, &f->by_key_cap, &old, &old_cap, err);
    if (status != VB_OK) return status;
    for (size_t i = 0; i < old_cap; i++) {
        if (!old[i]) continue;
        const vb_fresh_node *n = &f->nodes.at[old[i] - 1];
        f->by_key[key_slot(f, n->labels, key_of(n))] = old[i];
    }
    free(old);
    return VB_OK;
}

static vb_status grow_ends(vb_fresh *f, vb_error *err)
{
    uint32_t *old = NULL;
    size_t old_cap = 0;
    if (f->n_by_ends * 2 < f->by_ends_cap) return VB_OK;
    vb_status status = renew(&f->by_ends, &f->by_ends_cap, &old, &old_cap, err);
    if (status != VB_OK) return status;
    for (size_t i = 0; i < old_cap; i++) {
        if (!old[i]) continue;
        const vb_fresh_edge *e = &f->edges.at[old[i] - 1];
        f->by_ends[ends_slot(f, e->source, e->type, e->target)] = old[i];
    }
    free(old);
    return VB_OK;
}

/* ---- nodes and names ------------------------------------------------------------------------------------
 */

/** Two texts one behind the other, in the arena. */
static const char *keep(vb_arena *arena, vb_str a, vb_str b)
{
    if (!a.len && !b.len) return "";
    char *text = a.len < SIZE_MAX - b.len ? vb_arena_get(arena, a.len + b.len) : NULL;
    if (text && a.len) memcpy(text, a.at, a.len);
    if (text && b.len) memcpy(text + a.len, b.at, b.len);
    return text;
}

/** What a node with the set @p labels is shown as. */
static vb_status learn_set(vb_fresh *f, int64_t labels, vb_str shown, vb_error *err)
{
    while (f->sets.len <= (size_t)labels)
        if (vb_heap_push(&f->sets) != VB_OK) return vb_fail_memory(err);
    if (f->sets.at[labels].at) return VB_OK;
    return vb_arena_copy(f->arena, shown, &f->sets.at[labels]) == VB_OK ? VB_OK : vb_fail_memory(err);
}

/** What a row says of a node that is there is added to it, as a store does: by RFC 7396. */
static vb_status add_props(vb_fresh *f, vb_fresh_node *n, vb_str props, vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    vb_str all = { 0 };
    if (!props.len) return VB_OK;
    TRY(vb_sql_bind(f->workshop, err, &stmt, "SELECT json_patch(ifnull(?, '{}'), ?)", "ns",
                    (vb_str){ n->props, n->n_props }, props));
    TRY(vb_sql_row(f->workshop, err, stmt, &row));
    if (vb_sql_copy(stmt, 0, f->arena, &all) != VB_OK) status = vb_fail_memory(err);
    sqlite3_reset(stmt);
    n->props = all.at;
    n->n_props = (uint32_t)all.len;
done:
    return status;
}

static vb_status make_node(vb_fresh *f, int64_t labels, const vb_bulk_node *row, vb_str name, size_t slot,
                           vb_error *err)
{
    vb_status status;
    TRY(check_room(f->nodes.len, "nodes", err));
    vb_fresh_node n = { .text = keep(f->arena, row->key, name),
                        .props = keep(f->arena, row->props, VB_STR("")),
                        .n_key = (uint32_t)row->key.len,
                        .n_name = (uint32_t)name.len,
                        .n_props = (uint32_t)row->props.len,
                        .labels = (uint32_t)labels };
    if (!n.text || !n.props || vb_heap_push(&f->nodes) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    f->nodes.at[f->nodes.len - 1] = n;
    f->by_key[slot] = (uint32_t)f->nodes.len;
done:
    return status;
}

vb_status vb_fresh_node_put(vb_fresh *f, int64_t labels, vb_str shown, const vb_bulk_node *row, vb_str name,
                            int64_t *out, bool *met, vb_error *err)
{
    vb_status status;
    TRY(learn_set(f, labels, shown, err));
    TRY(grow_keys(f, err));
    size_t slot = key_slot(f, (uint32_t)labels, row->key);
    *met = f->by_key[slot] != 0;
    if (*met)
        TRY(add_props(f, &f->nodes.at[f->by_key[slot] - 1], row->props, err));
    else
        TRY(make_node(f, labels, row, name, slot, err));
    *out = f->by_key[slot];
done:
    return status;
}

vb_status vb_fresh_name_put(vb_fresh *f, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    vb_fresh_node *n = &f->nodes.at[node - 1];
    vb_str folded;
    for (uint32_t i = n->names; i; i = f->names.at[i - 1].next)
        if (vb_str_eq((vb_str){ f->names.at[i - 1].name, f->names.at[i - 1].n_name }, name)) return VB_OK;
    TRY(check_room(f->names.len, "names", err));
    bool own = vb_str_eq(name, (vb_str){ n->text + n->n_key, n->n_name });
    const char *text = own ? n->text + n->n_key : keep(f->arena, name, VB_STR(""));
    if (!text || vb_fold(f->arena, name, &folded) != VB_OK || vb_heap_push(&f->names) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    f->names.at[f->names.len - 1] = (vb_fresh_name){ .folded = folded.at,
                                                     .name = text,
                                                     .n_folded = (uint32_t)folded.len,
                                                     .n_name = (uint32_t)name.len,
                                                     .node = (uint32_t)node,
                                                     .next = n->names };
    n->names = (uint32_t)f->names.len;
done:
    return status;
}

/* ---- edges ----------------------------------------------------------------------------------------------
 */

bool vb_fresh_turns(const vb_fresh *f, int64_t source, int64_t target)
{
    const vb_fresh_node *a = &f->nodes.at[source - 1], *b = &f->nodes.at[target - 1];
    int order = vb_str_cmp(f->sets.at[a->labels], f->sets.at[b->labels]);
    if (!order) order = vb_str_cmp(key_of(a), key_of(b));
    return order ? order > 0 : source > target;
}

int64_t vb_fresh_edge_find(const vb_fresh *f, int64_t source, int64_t type, int64_t target)
{
    return f->by_ends_cap ? f->by_ends[ends_slot(f, source, type, target)] : 0;
}

/** What few edges have, of one edge. */
static vb_fresh_extra *extra_of(vb_fresh *f, vb_fresh_edge *e)
{
    if (!e->extra && vb_heap_push(&f->extras) == VB_OK) e->extra = (uint32_t)f->extras.len;
    return e->extra ? &f->extras.at[e->extra - 1] : NULL;
}

static vb_status put_extra(vb_fresh *f, vb_fresh_edge *e, int64_t weight, vb_str date, vb_str props,
                           vb_error *err)
{
    if (!weight && !date.len && !props.len) return VB_OK;
    vb_fresh_extra *x = extra_of(f, e);
    if (!x || vb_arena_copy(f->arena, date, &x->first) != VB_OK ||
        vb_arena_copy(f->arena, props, &x->props) != VB_OK)
        return vb_fail_memory(err);
    x->last = x->first;
    x->weight = weight;
    return VB_OK;
}

vb_status vb_fresh_edge_put(vb_fresh *f, int64_t type, const vb_bulk_edge *row, vb_str date, int64_t *out,
                            vb_error *err)
{
    vb_status status;
    vb_fresh_edge e = { .source = (uint32_t)row->source,
                        .target = (uint32_t)row->target,
                        .type = (uint32_t)type };
    TRY(check_room(f->edges.len, "edges", err));
    TRY(put_extra(f, &e, row->count == 1 ? 0 : row->count, date, row->props, err));
    if (row->merge) TRY(grow_ends(f, err));
    if (vb_heap_push(&f->edges) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    f->edges.at[f->edges.len - 1] = e;
    *out = (int64_t)f->edges.len;
    if (row->merge) {
        f->by_ends[ends_slot(f, e.source, e.type, e.target)] = (uint32_t)f->edges.len;
        f->n_by_ends++;
    }
done:
    return status;
}

vb_status vb_fresh_edge_add(vb_fresh *f, int64_t edge, int64_t count, vb_str date, vb_error *err)
{
    vb_fresh_extra *x = extra_of(f, &f->edges.at[edge - 1]);
    vb_str own;
    if (!x || vb_arena_copy(f->arena, date, &own) != VB_OK) return vb_fail_memory(err);
    x->weight = (x->weight ? x->weight : 1) + count;
    if (own.len && (!x->first.len || vb_str_cmp(own, x->first) < 0)) x->first = own;
    if (own.len && (!x->last.len || vb_str_cmp(own, x->last) > 0)) x->last = own;
    return VB_OK;
}
