/**
 * A memory of words: what was found out about a word is kept for the next time it is read, in this document
 * or a later one of the same thread. A text says most of its words again, so that whatever depends on the
 * letters of a word alone (its folded form, its stem, what the tables say of it) is worked out once.
 *
 * Private to loaders/. Not for two threads at a time.
 */
#ifndef VB_MEMO_H
#define VB_MEMO_H

#include "graph/graph.h"

#include <endian.h>

/** What is kept begins with this; its letters stand right behind it. */
typedef struct vb_memo_item {
    vb_str word;
    uint64_t hash;
} vb_memo_item;

enum { VB_MEMO_LINE = 64 /* bytes that a processor fetches at once: an item begins with such a line */ };

/** An item's place, and in the bits that are zero of every such place some of its hash, so that few items are
 * looked at in vain: half the size of a pair, for a table that no near memory holds. 0: free. */
typedef uintptr_t vb_memo_slot;
enum { VB_MEMO_SURE = 8 /* two words of one length up to this never have the same hash */ };

typedef struct vb_memo {
    vb_arena *arena; /* of words and items: they stay where they are until they are forgotten */
    vb_memo_slot *slots;
    size_t n_slots, n_used, item_size;
    char *room; /* for items to come: whole lines */
    size_t n_room;
} vb_memo;

/** Items of @p item_size bytes, each beginning with a vb_memo_item. End it: vb_memo_clear(). */
vb_status vb_memo_init(vb_memo *memo, size_t item_size);
void vb_memo_clear(vb_memo *memo);

/** Between two documents: forget everything when it has become much, so that memory stays bounded by the
 *  largest document. */
vb_status vb_memo_trim(vb_memo *memo);

/** Add @p word, which is not there, with an item that is zero but for it. Its arena may keep what the item
 *  points to. @return NULL when there is no memory. */
void *vb_memo_add(vb_memo *memo, vb_str word, uint64_t hash);

/** Up to eight bytes as a number; @p len is not 0. */
static inline uint64_t vb_memo_few(const char *at, size_t len)
{
    uint64_t x = 0;
    if (len >= 4) {
        uint32_t a, b;
        memcpy(&a, at, 4);
        memcpy(&b, at + len - 4, 4);
        x = (uint64_t)a << 32 | b;
    } else {
        x = (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[len / 2] << 8 |
            (unsigned char)at[len - 1];
    }
    return x;
}

/** vb_memo_hash() of the word of which each byte has the bits of @p bits too: a byte, repeated. */
static inline uint64_t vb_memo_hash_with(vb_str word, uint64_t bits)
{
    uint64_t h = word.len * 0x9e3779b97f4a7c15u, x;
    if (!word.len) return h;
    for (size_t i = 8; i < word.len; i += 8) {
        memcpy(&x, word.at + i - 8, 8);
        h = (h ^ (x | bits)) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    if (word.len >= 8)
        memcpy(&x, word.at + word.len - 8, 8);
    else
        x = vb_memo_few(word.at, word.len);
    if (word.len < 4) bits &= 0xffffff; /* three bytes, no more */
    h = (h ^ (x | bits)) * 0xff51afd7ed558ccdu;
    return h ^ h >> 32;
}

/** A hash for these tables alone: eight bytes at a time. Every step can be undone, so that words of eight
 * bytes or less have the same hash only when they are the same, or of another length. */
static inline uint64_t vb_memo_hash(vb_str word)
{
    return vb_memo_hash_with(word, 0);
}

/** Another such hash, of a word behind whose beginning fifteen bytes may be read, whether they are its own or
 * not: words of a text are as long as they are, and no branch foretells it. */
static inline uint64_t vb_memo_hash_in_text(vb_str word)
{
    // clang-format off
    static const uint64_t masks[25] = { /* of 8 bytes less than the place says: none, up to all eight */
        0, 0, 0, 0, 0, 0, 0, 0, 0, UINT64_MAX >> 56, UINT64_MAX >> 48, UINT64_MAX >> 40, UINT64_MAX >> 32,
        UINT64_MAX >> 24, UINT64_MAX >> 16, UINT64_MAX >> 8, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,
        UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
    };
    // clang-format on
    uint64_t h = word.len * 0x9e3779b97f4a7c15u, first, second;
    if (word.len > 16) return vb_memo_hash(word);
    memcpy(&first, word.at, 8);
    memcpy(&second, word.at + 8, 8);
    h = (h ^ (le64toh(first) & masks[word.len + 8])) * 0xff51afd7ed558ccdu;
    h ^= h >> 32;
    h = (h ^ (le64toh(second) & masks[word.len])) * 0xff51afd7ed558ccdu;
    return h ^ h >> 32;
}

static inline vb_memo_slot vb_memo_slot_of(const vb_memo_item *item)
{
    return (uintptr_t)item | (uintptr_t)(item->hash >> 48 & (VB_MEMO_LINE - 1));
}

static inline vb_memo_item *vb_memo_item_at(vb_memo_slot slot)
{
    return (vb_memo_item *)(slot & ~(uintptr_t)(VB_MEMO_LINE - 1)); // NOLINT(performance-no-int-to-ptr)
}

/** Whether the item in @p slot may have that hash: the bits agree. */
static inline bool vb_memo_may_be(vb_memo_slot slot, uint64_t hash)
{
    return ((slot ^ (uintptr_t)(hash >> 48)) & (VB_MEMO_LINE - 1)) == 0;
}

/** The item of @p word; NULL: it is not there. Cost: O(length of the word). */
static inline void *vb_memo_find(const vb_memo *memo, vb_str word, uint64_t hash)
{
    size_t mask = memo->n_slots - 1;
    for (size_t i = (size_t)hash & mask; memo->slots[i]; i = (i + 1) & mask) {
        vb_memo_item *item = vb_memo_item_at(memo->slots[i]);
        if (!vb_memo_may_be(memo->slots[i], hash) || item->hash != hash || item->word.len != word.len)
            continue;
        if (word.len <= VB_MEMO_SURE || memcmp(item->word.at, word.at, word.len) == 0) return item;
    }
    return NULL;
}

/** A word of this hash will be sought soon: the table is larger than a processor's nearest memory. */
static inline void vb_memo_expect(const vb_memo *memo, uint64_t hash)
{
    __builtin_prefetch(&memo->slots[(size_t)hash & (memo->n_slots - 1)]);
}

/** After vb_memo_expect(): what has that hash will be read soon. */
static inline void vb_memo_bring(const vb_memo *memo, uint64_t hash)
{
    size_t mask = memo->n_slots - 1;
    for (size_t i = (size_t)hash & mask; memo->slots[i]; i = (i + 1) & mask) {
        if (!vb_memo_may_be(memo->slots[i], hash)) continue;
        const char *item = (const char *)vb_memo_item_at(memo->slots[i]);
        __builtin_prefetch(item);
        __builtin_prefetch(item + VB_MEMO_LINE);
        break;
    }
}

#endif
