/**
 * Memory that is emptied at once and used again. What all heaps of a query hold together counts against its
 * limit; a heap that is emptied keeps its largest block.
 */
#include "queries/cypher/cypher.h"

#include <stdlib.h>

typedef struct vb_cy_block {
    struct vb_cy_block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
} vb_cy_block;

enum { BLOCK_FIRST = 512, BLOCK_LARGEST = 1 << 18 };

vb_status vb_cy_heap_over(vb_cy_run *run)
{
    return vb_cy_fail(&run->source, 0, VB_TOO_LARGE, "!LimitExceeded/Memory",
                      "the query needs more than %zu MiB", run->limit >> 20);
}

void *vb_cy_get(vb_cy_heap *heap, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > SIZE_MAX / 4) return NULL;
    size = (size + align) / align * align;
    vb_cy_block *b = heap->first;
    if (!b || b->size - b->used < size) {
        size_t room = b ? b->size * 2 : BLOCK_FIRST;
        if (room > BLOCK_LARGEST) room = BLOCK_LARGEST;
        if (room < size) room = size;
        if (heap->run && heap->run->held + room > heap->run->limit) {
            vb_cy_heap_over(heap->run);
            return NULL;
        }
        b = malloc(sizeof *b + room);
        if (!b) return NULL;
        *b = (vb_cy_block){ .next = heap->first, .size = room };
        heap->first = b;
        if (heap->run) heap->run->held += room;
    }
    void *at = b->bytes + b->used;
    b->used += size;
    memset(at, 0, size);
    return at;
}

static void drop(vb_cy_heap *heap, vb_cy_block *b)
{
    if (heap->run) heap->run->held -= b->size;
    free(b);
}

void vb_cy_heap_reset(vb_cy_heap *heap)
{
    vb_cy_block *b = heap->first;
    if (!b) return;
    while (b->next) {
        vb_cy_block *next = b->next;
        b->next = next->next;
        drop(heap, next);
    }
    b->used = 0;
}

void vb_cy_heap_free(vb_cy_heap *heap)
{
    vb_cy_heap_reset(heap);
    if (heap->first) drop(heap, heap->first);
    heap->first = NULL;
}

vb_status vb_cy_vec_grow(vb_cy_heap *heap, void **at, size_t *len, size_t *cap, size_t size)
{
    if (*len == *cap) {
        size_t more = *cap ? *cap * 2 : 8;
        void *room = more > SIZE_MAX / 4 / size ? NULL : vb_cy_get(heap, more * size);
        if (!room) return VB_NO_MEMORY;
        if (*len) memcpy(room, *at, *len * size);
        *at = room;
        *cap = more;
    }
    (*len)++;
    return VB_OK;
}

vb_status vb_cy_text_copy(vb_cy_heap *heap, vb_str s, vb_str *out)
{
    char *at = vb_cy_get(heap, s.len + 1);
    if (!at) return VB_NO_MEMORY;
    if (s.len) memcpy(at, s.at, s.len);
    *out = (vb_str){ at, s.len };
    return VB_OK;
}
