/**
 * The lexicon: all names of the gazetteers in one trie over folded words, kept as one open hash table from
 * (node, word) to node. A text is matched in one pass: a look-up for each word that can begin a name, and one
 * for each word further; the number of names does not matter. Spelling is checked afterwards, on the few
 * spans whose folded words agree.
 */
#include "loaders/names.h"

enum { NAME_WORDS = 64 };

struct vb_lex_slot {
    uint64_t key; /* 0: free */
    uint32_t node;
};

static uint64_t slot_key(uint32_t node, uint64_t word)
{
    uint64_t k = (word ^ ((uint64_t)node * 0x9e3779b97f4a7c15u)) * 0xff51afd7ed558ccdu;
    k ^= k >> 32;
    return k ? k : 1;
}

static struct vb_lex_slot *slot_find(const vb_lexicon *lexicon, uint64_t key)
{
    size_t mask = lexicon->n_slots - 1;
    for (size_t i = (size_t)key & mask;; i = (i + 1) & mask) {
        struct vb_lex_slot *slot = &lexicon->slots[i];
        if (!slot->key || slot->key == key) return slot;
    }
}

static vb_status slots_grow(vb_lexicon *lexicon, size_t n)
{
    struct vb_lex_slot *old = lexicon->slots;
    size_t n_old = lexicon->n_slots;
    struct vb_lex_slot *slots = vb_arena_array(lexicon->arena, n, sizeof *slots);
    if (!slots) return VB_NO_MEMORY;
    lexicon->slots = slots;
    lexicon->n_slots = n;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].key) *slot_find(lexicon, old[i].key) = old[i];
    return VB_OK;
}

static void set_bit(uint8_t *bits, uint64_t at)
{
    bits[at >> 3] |= (uint8_t)(1u << (at & 7));
}

static bool has_bit(const uint8_t *bits, uint64_t at)
{
    return bits[at >> 3] >> (at & 7) & 1;
}

static vb_status node_add(vb_lexicon *lexicon, uint32_t *out)
{
    if (vb_push(lexicon->arena, &lexicon->first) != VB_OK) return VB_NO_MEMORY;
    lexicon->first.at[lexicon->first.len - 1] = VB_NONE;
    *out = (uint32_t)lexicon->first.len - 1;
    return VB_OK;
}

vb_status vb_lexicon_init(vb_lexicon *lexicon, vb_arena *arena, size_t n_slots)
{
    uint32_t root;
    *lexicon =
        (vb_lexicon){ .arena = arena, .n_bits = n_slots * 2, .n_taken = n_slots * 8, .of = VB_LEX_OTHER };
    lexicon->taken = vb_arena_get(arena, n_slots);
    lexicon->opens = vb_arena_get(arena, n_slots / 4 + 1);
    lexicon->goes_on = vb_arena_get(arena, n_slots / 4 + 1);
    if (!lexicon->opens || !lexicon->goes_on || !lexicon->taken) return VB_NO_MEMORY;
    if (slots_grow(lexicon, n_slots) != VB_OK) return VB_NO_MEMORY;
    return node_add(lexicon, &root);
}

static vb_status child(vb_lexicon *lexicon, uint32_t node, uint64_t word, uint32_t *out)
{
    vb_status status = VB_OK;
    uint64_t key = slot_key(node, word);
    struct vb_lex_slot *slot = slot_find(lexicon, key);
    if (slot->key) {
        *out = slot->node;
        return VB_OK;
    }
    if (lexicon->n_used >= lexicon->n_slots / 2) {
        TRY(slots_grow(lexicon, lexicon->n_slots * 2));
        slot = slot_find(lexicon, key);
    }
    TRY(node_add(lexicon, out));
    *slot = (struct vb_lex_slot){ key, *out };
    set_bit(lexicon->taken, (key >> 8) & (lexicon->n_taken - 1));
    lexicon->n_used++;
done:
    return status;
}

vb_status vb_lexicon_add(vb_lexicon *lexicon, vb_str name, uint32_t known, uint8_t flags)
{
    vb_status status = VB_OK;
    uint32_t node = 0;
    size_t n = 0, at = 0;
    uint64_t hash;
    for (bool found = true;; n++) {
        TRY(vb_word_read(name, &at, lexicon->arena, &hash, &found));
        if (!found) break;
        if (n == NAME_WORDS) return VB_OK; /* longer than anybody writes */
        set_bit(n ? lexicon->goes_on : lexicon->opens, hash & (lexicon->n_bits - 1));
        TRY(child(lexicon, node, hash, &node));
    }
    if (!n) return VB_OK;
    TRY(vb_push(lexicon->arena, &lexicon->names));
    lexicon->names.at[lexicon->names.len - 1] = (vb_lex_name){ .text = name,
                                                               .known = known,
                                                               .next = lexicon->first.at[node],
                                                               .other = VB_NONE,
                                                               .flags = flags,
                                                               .n_words = (uint8_t)n };
    lexicon->first.at[node] = (uint32_t)lexicon->names.len - 1;
    if (known < lexicon->known.len) {
        lexicon->names.at[lexicon->names.len - 1].other = lexicon->known.at[known].first_name;
        lexicon->known.at[known].first_name = (uint32_t)lexicon->names.len - 1;
    }
done:
    return status;
}

/** A mark that two spellings of a name may not differ in; 0 for blanks, hyphens, apostrophes and stops. */
static char hard_mark(vb_str gap)
{
    for (size_t i = 0; i < gap.len; i++)
        if (strchr(",;:()[]{}/&<>\"!?|=+*@#\n", gap.at[i]))
            return gap.at[i];
        else if (vb_str_starts((vb_str){ gap.at + i, gap.len - i }, VB_STR("«")) ||
                 vb_str_starts((vb_str){ gap.at + i, gap.len - i }, VB_STR("»")) ||
                 vb_str_starts((vb_str){ gap.at + i, gap.len - i }, VB_STR("“")) ||
                 vb_str_starts((vb_str){ gap.at + i, gap.len - i }, VB_STR("”")))
            return '"';
    return 0;
}

/** A gap in a text reads as the gap in the name: the same hard mark, no long run, no stop where a sentence
 * ends. */
static bool gaps_agree(vb_str in_text, vb_str in_name)
{
    if (in_text.len > in_name.len + 4) return false;
    bool stop = in_text.len > 1 && in_text.at[0] == '.';
    if (stop && !(in_name.len && in_name.at[0] == '.')) return false;
    if (!in_name.len && in_text.len) return false;
    return hard_mark(in_text) == hard_mark(in_name);
}

/** The words of the text that stand for those of a name; a word may be two that a hyphen broke. */
typedef struct span_list {
    uint32_t start[NAME_WORDS], end[NAME_WORDS];
    bool broken;
} span_list;

/** Whether the words of the text are spelled as the name: its marks, and case as its flags ask. */
static bool spelled_as(const vb_lex_name *name, vb_str text, const span_list *spans)
{
    vb_str own = name->text;
    size_t before = 0, start, end = 0;
    if (!spans->broken && vb_str_eq(own, vb_str_part(text, spans->start[0], spans->end[name->n_words - 1])))
        return true; /* letter by letter, as most are */
    bool capital = false, name_capital = false;
    bool first_capital = vb_word_capital(text, spans->start[0]);
    if (spans->broken && (name->flags & VB_NAME_EXACT)) return false;
    for (size_t i = 0; i < name->n_words; i++) {
        if (!vb_word_next(own, end, &start, &end)) return false;
        // NOLINTNEXTLINE(clang-analyzer-core.CallAndMessage): a span for each word of the name
        vb_str in_text = vb_str_part(text, spans->start[i], spans->end[i]);
        if (i && !gaps_agree(vb_str_part(text, spans->end[i - 1], spans->start[i]),
                             vb_str_part(own, before, start)))
            return false;
        if ((name->flags & VB_NAME_EXACT) && !vb_str_eq(in_text, vb_str_part(own, start, end))) return false;
        if (vb_word_capital(in_text, 0)) capital = true;
        if (!i) name_capital = vb_word_capital(own, start);
        before = end;
    }
    if (name->flags & (VB_NAME_EXACT | VB_NAME_ANY_CASE)) return true;
    if (first_capital || !name_capital) return true;
    if (vb_word_capital(own, 1)) return false; /* "als Nederland" is not "ALS Nederland" */
    if (name->flags & VB_NAME_PLACE) return false;
    return name->n_words >= 3 || (name->n_words == 2 && capital);
}

vb_status vb_known_map_make(vb_arena *arena, size_t most, vb_known_map *out)
{
    size_t size = 16;
    while (size < most * 2) size *= 2;
    out->at = vb_arena_array(arena, size, sizeof *out->at);
    out->mask = size - 1;
    return out->at ? VB_OK : VB_NO_MEMORY;
}

static struct vb_known_entry *entry_of(const vb_known_map *map, uint32_t known)
{
    size_t i = (known * 0x9e3779b1u >> 8) & map->mask;
    while (map->at[i].known && map->at[i].known != known + 1) i = (i + 1) & map->mask;
    return &map->at[i];
}

uint32_t vb_known_map_get(const vb_known_map *map, uint32_t known)
{
    const struct vb_known_entry *entry = entry_of(map, known);
    return entry->known ? entry->number : VB_NONE;
}

void vb_known_map_set(vb_known_map *map, uint32_t known, uint32_t number)
{
    *entry_of(map, known) = (struct vb_known_entry){ known + 1, number };
}

uint32_t vb_lexicon_opens(const vb_lexicon *lexicon, uint64_t word)
{
    if (!has_bit(lexicon->opens, word & (lexicon->n_bits - 1))) return VB_NONE;
    const struct vb_lex_slot *slot = slot_find(lexicon, slot_key(0, word));
    return slot->key ? slot->node : VB_NONE;
}

vb_status vb_names_begin(const vb_names *names, vb_arena *arena, const vb_str *words, size_t n, bool *out)
{
    vb_status status = VB_OK;
    const vb_lexicon *lexicon = &names->lexicon;
    uint32_t node = 0;
    *out = false;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        uint64_t hash;
        bool found;
        TRY(vb_word_read(words[i], &at, arena, &hash, &found));
        if (!found) goto done;
        const struct vb_lex_slot *slot = slot_find(lexicon, slot_key(node, hash));
        if (!slot->key) goto done;
        node = slot->node;
    }
    *out = true;
done:
    return status;
}

bool vb_lexicon_has_name(const vb_lexicon *lexicon, uint32_t node)
{
    return node != VB_NONE && lexicon->first.at[node] != VB_NONE;
}

bool vb_lexicon_goes_on(const vb_lexicon *lexicon, uint64_t word)
{
    return has_bit(lexicon->goes_on, word & (lexicon->n_bits - 1));
}

/** The node after word @p w, from node @p node; the root: the word's form knows. VB_NONE: there is none. */
static uint32_t step(const vb_lexicon *lexicon, uint32_t node, const vb_word *w)
{
    if (!node)
        return lexicon->of < VB_LEX_FORMS ? w->form->opens[lexicon->of] : vb_lexicon_opens(lexicon, w->hash);
    bool more = lexicon->of < VB_LEX_FORMS ? w->lex & VB_LEX_GOES_ON << lexicon->of
                                           : vb_lexicon_goes_on(lexicon, w->hash);
    if (!more) return VB_NONE; /* few words of a text pass, and only they reach into the table */
    uint64_t key = slot_key(node, w->hash);
    if (!has_bit(lexicon->taken, (key >> 8) & (lexicon->n_taken - 1))) return VB_NONE;
    const struct vb_lex_slot *slot = slot_find(lexicon, key);
    return slot->key ? slot->node : VB_NONE;
}

/** The same of "Rijkswater-staat" at word @p w and the next. */
static uint32_t step_joined(const vb_lexicon *lexicon, uint32_t node, const vb_word *w)
{
    const struct vb_lex_slot *slot = slot_find(lexicon, slot_key(node, vb_word_joined(w)));
    return slot->key ? slot->node : VB_NONE;
}

size_t vb_lexicon_match(const vb_lexicon *lexicon, vb_str text, const vb_words *words, size_t at,
                        vb_lex_hit *out, size_t max)
{
    size_t n = 0, used = 0;
    uint32_t node = 0;
    span_list spans;
    spans.broken = false;
    for (size_t i = at; i < words->len && used < NAME_WORDS && words->at[i].block == words->at[at].block;
         i++) {
        const vb_word *w = &words->at[i];
        uint32_t next = step(lexicon, node, w);
        if (next == VB_NONE && (w->flags & VB_WORD_BROKEN)) {
            next = step_joined(lexicon, node, w);
            spans.broken = true;
            i++;
        }
        if (next == VB_NONE) break;
        spans.start[used] = w->start;
        spans.end[used++] = words->at[i].end;
        node = next;
        for (uint32_t name = lexicon->first.at[node]; name != VB_NONE && n < max;
             name = lexicon->names.at[name].next)
            if (spelled_as(&lexicon->names.at[name], text, &spans))
                out[n++] = (vb_lex_hit){ name, (uint32_t)(i - at + 1) };
    }
    return n;
}
