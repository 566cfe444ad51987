/**
 * The vocabulary of the rules: every word that a rule or a word class names, by its form and by its Dutch
 * stem (Snowball), numbered. A document's words are looked up here once each; what no rule knows is word 0.
 */
#include "loaders/relations.h"

static size_t place_of(const vb_vocabulary *w, vb_str text)
{
    size_t i = (size_t)vb_hash(text) & (w->table_size - 1);
    while (w->table[i] && !vb_str_eq(w->words.at[w->table[i]].text, text)) i = (i + 1) & (w->table_size - 1);
    return i;
}

static unsigned start_of(vb_str text)
{
    unsigned a = (unsigned char)text.at[0], b = text.len > 1 ? (unsigned char)text.at[1] : 0;
    return (a << 8 | b) & 0xffff;
}

/** Make the table, or make it twice as large; word 0 is there from the start. */
static vb_status grow(vb_vocabulary *w)
{
    size_t size = w->table_size ? w->table_size * 2 : 1024;
    uint32_t *table = vb_arena_array(w->arena, size, sizeof *table);
    if (!table) return VB_NO_MEMORY;
    if (!w->words.len && vb_push(w->arena, &w->words) != VB_OK) return VB_NO_MEMORY;
    w->table = table;
    w->table_size = size;
    for (size_t i = 1; i < w->words.len; i++) w->table[place_of(w, w->words.at[i].text)] = (uint32_t)i;
    return VB_OK;
}

vb_status vb_words_reset(vb_vocabulary *words)
{
    return grow(words);
}

vb_status vb_words_add(vb_vocabulary *words, vb_str text, uint32_t *out)
{
    *out = 0;
    if (!text.len) return VB_OK;
    if (words->words.len * 2 >= words->table_size && grow(words) != VB_OK) return VB_NO_MEMORY;
    size_t place = place_of(words, text);
    if (!words->table[place]) {
        vb_word word = { 0 };
        if (vb_arena_copy(words->arena, text, &word.text) != VB_OK) return VB_NO_MEMORY;
        if (vb_push(words->arena, &words->words) != VB_OK) return VB_NO_MEMORY;
        words->words.at[words->words.len - 1] = word;
        words->table[place] = (uint32_t)(words->words.len - 1);
        unsigned start = start_of(text);
        words->starts[start >> 3] |= (uint8_t)(1u << (start & 7));
    }
    *out = words->table[place];
    return VB_OK;
}

uint32_t vb_words_find(const vb_vocabulary *words, vb_str text)
{
    if (!text.len || !words->table_size) return 0;
    unsigned start = start_of(text);
    if (!(words->starts[start >> 3] >> (start & 7) & 1)) return 0;
    return words->table[place_of(words, text)];
}

uint32_t vb_words_head(const vb_vocabulary *words, vb_str text)
{
    enum { FIRST_LEAST = 3, HEAD_LEAST = 4 };
    for (size_t i = FIRST_LEAST; i + HEAD_LEAST <= text.len; i++) {
        uint32_t word = vb_words_find(words, vb_str_part(text, i, text.len));
        if (words->words.at[word].classes & VB_CLASS_BIT(HEAD)) return word;
    }
    return 0;
}

vb_status vb_words_fold(vb_arena *arena, vb_str text, char *room, size_t size, vb_str *out)
{
    bool plain = text.len <= size;
    for (size_t i = 0; i < text.len && plain; i++) {
        unsigned char c = (unsigned char)text.at[i];
        plain = c < 0x80;
        room[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    if (!plain) return vb_fold(arena, text, out);
    *out = (vb_str){ room, text.len };
    return VB_OK;
}
