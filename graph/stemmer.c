/**
 * Dutch stems (Snowball, by libstemmer), remembered: a text says most of its words again, and a stem costs
 * more than all else that is done with a word. What is remembered is bounded: a full memory starts anew.
 */
#include "graph/graph.h"

#include <libstemmer.h>
#include <stdlib.h>

enum { SLOTS_FIRST = 256, SLOTS_MOST = 1 << 14, WORD_MOST = 48 /* bytes: longer ones hardly return */ };

typedef struct slot {
    uint64_t hash;
    vb_str word, stem; /* word.at is NULL: free */
} slot;

struct vb_stemmer {
    struct sb_stemmer *snowball;
    vb_arena *arena; /* of the words; the slots are apart, for they move */
    slot *slots;
    size_t n_slots, n_used;
};

vb_status vb_stemmer_new(vb_stemmer **out)
{
    vb_stemmer *s = calloc(1, sizeof *s);
    if (!s) return VB_NO_MEMORY;
    s->snowball = sb_stemmer_new("dutch", "UTF_8");
    s->arena = vb_arena_new();
    s->slots = calloc(SLOTS_FIRST, sizeof *s->slots);
    s->n_slots = SLOTS_FIRST;
    if (!s->snowball || !s->arena || !s->slots) {
        vb_stemmer_free(s);
        return VB_NO_MEMORY;
    }
    *out = s;
    return VB_OK;
}

void vb_stemmer_free(vb_stemmer *s)
{
    if (!s) return;
    if (s->snowball) sb_stemmer_delete(s->snowball);
    vb_arena_free(s->arena);
    free(s->slots);
    free(s);
}

static slot *find(slot *slots, size_t n, uint64_t hash, vb_str word)
{
    size_t i = (size_t)hash & (n - 1);
    while (slots[i].word.at && !(slots[i].hash == hash && vb_str_eq(slots[i].word, word)))
        i = (i + 1) & (n - 1);
    return &slots[i];
}

/** Make room for one word more: twice the slots, or, when there are enough of them, none of the words. */
static vb_status make_room(vb_stemmer *s)
{
    if (s->n_used * 2 < s->n_slots) return VB_OK;
    if (s->n_slots < SLOTS_MOST) {
        slot *more = calloc(s->n_slots * 2, sizeof *more);
        if (!more) return VB_NO_MEMORY;
        for (size_t i = 0; i < s->n_slots; i++)
            if (s->slots[i].word.at)
                *find(more, s->n_slots * 2, s->slots[i].hash, s->slots[i].word) = s->slots[i];
        free(s->slots);
        s->slots = more;
        s->n_slots *= 2;
        return VB_OK;
    }
    vb_arena *fresh = vb_arena_new();
    if (!fresh) return VB_NO_MEMORY;
    vb_arena_free(s->arena);
    s->arena = fresh;
    memset(s->slots, 0, s->n_slots * sizeof *s->slots);
    s->n_used = 0;
    return VB_OK;
}

static vb_str stem_of(vb_stemmer *s, vb_str word)
{
    const sb_symbol *stem = sb_stemmer_stem(s->snowball, (const sb_symbol *)word.at, (int)word.len);
    return stem ? (vb_str){ (const char *)stem, (size_t)sb_stemmer_length(s->snowball) } : word;
}

vb_str vb_stemmer_stem(vb_stemmer *s, vb_str word)
{
    if (!word.len || word.len > WORD_MOST) return word.len ? stem_of(s, word) : word;
    uint64_t hash = vb_hash(word);
    slot *known = find(s->slots, s->n_slots, hash, word);
    if (known->word.at) return known->stem;
    vb_str stem = stem_of(s, word);
    slot new = { .hash = hash };
    if (make_room(s) != VB_OK || vb_arena_copy(s->arena, word, &new.word) != VB_OK ||
        vb_arena_copy(s->arena, stem, &new.stem) != VB_OK)
        return stem; /* without memory nothing is remembered, and all is stemmed */
    *find(s->slots, s->n_slots, hash, word) = new;
    s->n_used++;
    return new.stem;
}
