/**
 * The memory of words: an open hash table of pointers to items in an arena. Finding is in memo.h, to be
 * inlined; here is what happens once a word.
 */
#include "loaders/memo.h"

#include <stdlib.h>

enum { SLOTS_FIRST = 1 << 10, KEPT_MOST = 1 << 15 /* words that are taken along to the next document */ };
enum { ROOM = 64 * VB_MEMO_LINE /* bytes that are asked for at once */ };

vb_status vb_memo_init(vb_memo *memo, size_t item_size)
{
    vb_memo made = { .item_size = item_size, .n_slots = SLOTS_FIRST };
    made.arena = vb_arena_new();
    made.slots = calloc(made.n_slots, sizeof *made.slots);
    if (!made.arena || !made.slots) {
        vb_memo_clear(&made);
        return VB_NO_MEMORY;
    }
    *memo = made;
    return VB_OK;
}

void vb_memo_clear(vb_memo *memo)
{
    vb_arena_free(memo->arena);
    free(memo->slots);
    *memo = (vb_memo){ 0 };
}

vb_status vb_memo_trim(vb_memo *memo)
{
    if (memo->n_used <= KEPT_MOST) return VB_OK;
    size_t item_size = memo->item_size;
    vb_memo fresh;
    if (vb_memo_init(&fresh, item_size) != VB_OK) return VB_NO_MEMORY;
    vb_memo_clear(memo);
    *memo = fresh;
    return VB_OK;
}

static vb_memo_slot *free_slot(vb_memo_slot *slots, size_t n, uint64_t hash)
{
    size_t i = (size_t)hash & (n - 1);
    while (slots[i]) i = (i + 1) & (n - 1);
    return &slots[i];
}

static vb_status grow(vb_memo *memo)
{
    size_t n = memo->n_slots * 2;
    vb_memo_slot *slots = n <= SIZE_MAX / sizeof *slots ? calloc(n, sizeof *slots) : NULL;
    if (!slots) return VB_NO_MEMORY;
    for (size_t i = 0; i < memo->n_slots; i++)
        if (memo->slots[i]) *free_slot(slots, n, vb_memo_item_at(memo->slots[i])->hash) = memo->slots[i];
    free(memo->slots);
    memo->slots = slots;
    memo->n_slots = n;
    return VB_OK;
}

/** @p size bytes at the beginning of a line, up to the end of one. */
static char *room_for(vb_memo *memo, size_t size)
{
    size = (size + VB_MEMO_LINE - 1) & ~(size_t)(VB_MEMO_LINE - 1);
    if (memo->n_room < size) {
        size_t n = size > ROOM ? size : ROOM;
        char *room = vb_arena_room(memo->arena, n + VB_MEMO_LINE, 1);
        if (!room) return NULL;
        memo->room = room + (-(uintptr_t)room & (VB_MEMO_LINE - 1));
        memo->n_room = n;
    }
    char *at = memo->room;
    memo->room += size;
    memo->n_room -= size;
    return at;
}

void *vb_memo_add(vb_memo *memo, vb_str word, uint64_t hash)
{
    if (memo->n_used >= memo->n_slots / 8 * 5 && grow(memo) != VB_OK) return NULL;
    if (word.len > SIZE_MAX / 4) return NULL;
    char *room = room_for(memo, memo->item_size + word.len + 1);
    if (!room) return NULL;
    vb_memo_item *item = memset(room, 0, memo->item_size);
    if (word.len) memcpy(room + memo->item_size, word.at, word.len);
    room[memo->item_size + word.len] = '\0';
    *item = (vb_memo_item){ { room + memo->item_size, word.len }, hash };
    *free_slot(memo->slots, memo->n_slots, hash) = vb_memo_slot_of(item);
    memo->n_used++;
    return item;
}
