/**
 * What a load has looked up already: the ids of nodes, of their names and of rules. A letter names mostly
 * what letters before it named, and asking SQLite for a row costs ten times a look into memory. Kept from one
 * batch to the next as long as nobody else wrote (PRAGMA data_version tells of other programs, SQLite's count
 * of changes of ourselves); bounded: a full memory starts anew with the next document. What waits to be
 * written (store_pending.c) is known here, all of it.
 *
 * And how often documents of this batch gave a name: a column of alias, brought up to date once a batch
 * rather than once a document, by vb_known_flush(), before anything else reads it.
 */
#include "graph/store.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 1 << 10, KNOWN_MOST = 1 << 18, BYTES_MOST = 16 << 20 };

/** What was looked up: of and name are the key. */
typedef struct known {
    int64_t of; /* VB_KNOWN_RULE and the like */
    vb_str name;
    int64_t id;
} known;

/** Where it is, in a table of open addressing that is searched without it: most of what is looked up for is
 * new. */
typedef struct known_slot {
    uint32_t hash, entry; /* from 1; 0: free */
} known_slot;

/** A name and how many documents gave it, which its row does not tell yet. */
typedef struct given {
    int64_t alias, n; /* alias 0: a free slot */
} given;

struct vb_known {
    vb_arena *arena; /* of names */
    known *entries;
    size_t n_entries, cap;
    known_slot *slots;
    size_t n_slots, bytes;
    given *given;
    size_t n_given, given_used;
    int64_t data_version, changes; /* when the last batch was committed */
    bool all;                      /* the store held nothing at first: what is not known is not there */
};

/* ---- looked up ---------------------------------------------------------------------------------------- */

static known_slot *find(const vb_known *k, uint32_t hash, int64_t of, vb_str name)
{
    size_t i = hash & (k->n_slots - 1);
    for (; k->slots[i].entry; i = (i + 1) & (k->n_slots - 1)) {
        const known *entry = &k->entries[k->slots[i].entry - 1];
        if (k->slots[i].hash == hash && entry->of == of && vb_str_eq(entry->name, name)) break;
    }
    return &k->slots[i];
}

/** Eight bytes at a time: nothing but these tables knows it. */
static uint32_t hash_of(int64_t of, vb_str name)
{
    uint64_t hash = (uint64_t)of * 0x9e3779b97f4a7c15u ^ name.len, x = 0;
    for (; name.len > sizeof x; name = (vb_str){ name.at + sizeof x, name.len - sizeof x }) {
        memcpy(&x, name.at, sizeof x);
        hash = (hash ^ x) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    x = 0;
    if (name.len) memcpy(&x, name.at, name.len);
    hash = (hash ^ x) * 0xff51afd7ed558ccdu;
    return (uint32_t)(hash ^ hash >> 32);
}

static known *entry_of(const vb_store *store, int64_t of, vb_str name)
{
    const vb_known *k = store->known;
    if (!k || !k->n_entries) return NULL;
    uint32_t at = find(k, hash_of(of, name), of, name)->entry;
    return at ? &k->entries[at - 1] : NULL;
}

int64_t vb_known_id(const vb_store *store, int64_t of, vb_str name)
{
    const known *entry = entry_of(store, of, name);
    return entry ? entry->id : 0;
}

void vb_known_unlearn(vb_store *store, int64_t of, vb_str name)
{
    known *entry = entry_of(store, of, name);
    if (entry) entry->id = 0;
}

static vb_known *memory_of(vb_store *store)
{
    if (!store->known) store->known = calloc(1, sizeof *store->known);
    return store->known;
}

static vb_status grow_slots(vb_known *k)
{
    size_t n = k->n_slots ? k->n_slots * 2 : SLOTS_FIRST;
    known_slot *more = calloc(n, sizeof *more);
    if (!more) return VB_NO_MEMORY;
    for (size_t i = 0; i < k->n_slots; i++) {
        if (!k->slots[i].entry) continue;
        size_t at = k->slots[i].hash & (n - 1);
        while (more[at].entry) at = (at + 1) & (n - 1);
        more[at] = k->slots[i];
    }
    free(k->slots);
    k->slots = more;
    k->n_slots = n;
    return VB_OK;
}

/** Room for one more. Slots are at most half full. */
static vb_status make_room(vb_known *k)
{
    if (!k->arena && !(k->arena = vb_arena_new())) return VB_NO_MEMORY;
    if (k->n_entries == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : SLOTS_FIRST / 2;
        known *entries = realloc(k->entries, cap * sizeof *entries);
        if (!entries) return VB_NO_MEMORY;
        k->entries = entries;
        k->cap = cap;
    }
    return k->n_entries * 2 < k->n_slots ? VB_OK : grow_slots(k);
}

vb_status vb_known_learn(vb_store *store, int64_t of, vb_str name, int64_t id, vb_error *err)
{
    vb_known *k = memory_of(store);
    known entry = { .of = of, .id = id };
    uint32_t hash = hash_of(of, name);
    if (!k || make_room(k) != VB_OK) return vb_fail_memory(err);
    known_slot *at = find(k, hash, of, name);
    if (at->entry) {
        k->entries[at->entry - 1].id = id;
        return VB_OK;
    }
    if (vb_arena_copy(k->arena, name, &entry.name) != VB_OK) return vb_fail_memory(err);
    k->entries[k->n_entries++] = entry;
    *at = (known_slot){ hash, (uint32_t)k->n_entries };
    k->bytes += name.len + 1;
    return VB_OK;
}

bool vb_known_is_full(const vb_store *store)
{
    return store->known && (store->known->n_entries >= KNOWN_MOST || store->known->bytes >= BYTES_MOST);
}

bool vb_known_is_all(const vb_store *store)
{
    return store->known && store->known->all;
}

void vb_known_forget(vb_store *store)
{
    vb_known *k = store->known;
    if (k) k->all = false;
    if (!k || !k->n_entries) return;
    memset(k->slots, 0, k->n_slots * sizeof *k->slots);
    vb_arena_free(k->arena);
    k->arena = NULL;
    k->n_entries = k->bytes = 0;
}

/* ---- given -------------------------------------------------------------------------------------------- */

static given *find_given(given *slots, size_t n, int64_t alias)
{
    size_t i = (size_t)((uint64_t)alias * 0x9e3779b97f4a7c15u >> 32) & (n - 1);
    while (slots[i].alias && slots[i].alias != alias) i = (i + 1) & (n - 1);
    return &slots[i];
}

vb_status vb_known_give(vb_store *store, int64_t alias, int64_t n)
{
    vb_known *k = memory_of(store);
    if (!k) return VB_NO_MEMORY;
    given *slot = k->given_used ? find_given(k->given, k->n_given, alias) : NULL;
    if (slot && slot->alias) { /* taking back what was given needs no memory */
        slot->n += n;
        return VB_OK;
    }
    if (k->given_used * 2 >= k->n_given) {
        size_t wide = k->n_given ? k->n_given * 2 : SLOTS_FIRST;
        given *more = calloc(wide, sizeof *more);
        if (!more) return VB_NO_MEMORY;
        for (size_t i = 0; i < k->n_given; i++)
            if (k->given[i].alias) *find_given(more, wide, k->given[i].alias) = k->given[i];
        free(k->given);
        k->given = more;
        k->n_given = wide;
    }
    *find_given(k->given, k->n_given, alias) = (given){ .alias = alias, .n = n };
    k->given_used++;
    return VB_OK;
}

int64_t vb_known_take(vb_store *store, int64_t alias)
{
    vb_known *k = store->known;
    given *slot = k && k->given_used ? find_given(k->given, k->n_given, alias) : NULL;
    int64_t n = slot ? slot->n : 0;
    if (slot) slot->n = 0;
    return n;
}

int64_t vb_known_given(const vb_store *store, int64_t alias)
{
    const vb_known *k = store->known;
    return k && k->given_used ? find_given(k->given, k->n_given, alias)->n : 0;
}

static int by_alias(const void *a, const void *b)
{
    const given *x = a, *y = b;
    return (x->alias > y->alias) - (x->alias < y->alias);
}

vb_status vb_known_flush(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    vb_known *k = store->known;
    if (!k || !k->given_used) goto done;
    qsort(k->given, k->n_given, sizeof *k->given, by_alias); /* in the order of the table; free slots first */
    for (size_t i = 0; i < k->n_given; i++)
        if (k->given[i].n)
            TRY(vb_sql_do(store, err, "UPDATE alias SET documents = documents + ? WHERE id = ?", "ii",
                          k->given[i].n, k->given[i].alias));
done:
    if (k && k->given_used) {
        memset(k->given, 0, k->n_given * sizeof *k->given);
        k->given_used = 0;
    }
    return status;
}

/* ---- from batch to batch ------------------------------------------------------------------------------ */

vb_status vb_known_begin(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t version = 0;
    if (!store->known) return VB_OK;
    TRY(vb_sql_int(store, err, "PRAGMA data_version", &version));
    if (version != store->known->data_version || sqlite3_total_changes64(store->db) != store->known->changes)
        vb_known_forget(store);
done:
    return status;
}

vb_status vb_known_open(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t any = 0;
    if (store->known) return VB_OK;
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM node) OR EXISTS(SELECT 1 FROM alias)", &any));
    if (!memory_of(store)) return vb_fail_memory(err);
    store->known->all = !any;
done:
    return status;
}

vb_status vb_known_version(vb_store *store, vb_error *err)
{
    if (!store->known) return VB_OK;
    return vb_sql_int(store, err, "PRAGMA data_version", &store->known->data_version);
}

void vb_known_commit(vb_store *store)
{
    if (store->known) store->known->changes = sqlite3_total_changes64(store->db);
}

void vb_known_drop(vb_store *store)
{
    vb_known_forget(store);
    if (store->known && store->known->given_used) {
        memset(store->known->given, 0, store->known->n_given * sizeof *store->known->given);
        store->known->given_used = 0;
    }
}

void vb_known_free(vb_known *k)
{
    if (!k) return;
    vb_arena_free(k->arena);
    free(k->entries);
    free(k->slots);
    free(k->given);
    free(k);
}
