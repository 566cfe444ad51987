/**
 * The words of a source, counted: what tells whether two halves at a line's end are one word, and whether a
 * word of an official PDF is two that the extraction glued. A hyphenated word counts as itself and by its
 * parts. Words are known by their hash alone: a collision costs a wrong blank, no more.
 */
#include "loaders/memo.h"
#include "loaders/view.h"

bool vb_is_upper_at(vb_str s, size_t at)
{
    if (at >= s.len) return false;
    if (s.at[at] >= 'A' && s.at[at] <= 'Z') return true;
    /* C3 80..9E: the capitals of Latin-1 but the multiplication sign */
    return s.at[at] == '\xc3' && at + 1 < s.len && (unsigned char)s.at[at + 1] < 0x9f &&
           (unsigned char)s.at[at + 1] != 0x97;
}

bool vb_is_lower_at(vb_str s, size_t at)
{
    if (at >= s.len) return false;
    if (s.at[at] >= 'a' && s.at[at] <= 'z') return true;
    return s.at[at] == '\xc3' && at + 1 < s.len && (unsigned char)s.at[at + 1] >= 0x9f &&
           (unsigned char)s.at[at + 1] != 0xb7;
}

static size_t slot(const vb_words *words, uint64_t hash)
{
    size_t i = (size_t)(hash ^ hash >> 29) & words->mask;
    while (words->n[i] && words->hash[i] != hash) i = (i + 1) & words->mask;
    return i;
}

static void count(vb_words *words, vb_str word)
{
    uint64_t hash = vb_memo_hash(word);
    size_t i = slot(words, hash);
    words->hash[i] = hash;
    words->n[i]++;
}

uint32_t vb_words_count(const vb_words *words, vb_str word)
{
    return words->n ? words->n[slot(words, vb_memo_hash(word))] : 0;
}

vb_status vb_view_count(vb_work *w)
{
    vb_str s = w->text;
    size_t n_parts = 1, n;
    if (w->words.n) return VB_OK;
    for (size_t i = 0; i < s.len; i++)
        n_parts += (unsigned)(s.at[i] == ' ') | (unsigned)(s.at[i] == '\n') | (unsigned)(s.at[i] == '-');
    size_t size = 64;
    while (size < n_parts * 4) size *= 2; /* a part ends at a blank, a hyphen, or (then few) a sign */
    w->words.hash = vb_arena_array(w->arena, size, sizeof *w->words.hash);
    w->words.n = vb_arena_array(w->arena, size, sizeof *w->words.n);
    if (!w->words.hash || !w->words.n) return VB_NO_MEMORY;
    w->words.mask = size - 1;
    size_t room = size / 2;
    for (size_t i = 0; i < s.len && room > 2;) {
        if (!vb_word_byte(s, i, &n)) {
            i += n;
            continue;
        }
        size_t start = i, part = i;
        bool hyphens = false;
        while (i < s.len) {
            while (i < s.len && (vb_byte_is[(unsigned char)s.at[i]] & VB_BYTE_WORD)) i++;
            if (i == s.len) break;
            if (vb_word_byte(s, i, &n)) {
                i += n;
            } else if (s.at[i] == '-' && i + 1 < s.len && vb_word_byte(s, i + 1, &n) && room > 2) {
                count(&w->words, vb_str_part(s, part, i));
                room--;
                hyphens = true;
                part = ++i;
            } else {
                break;
            }
        }
        if (hyphens) count(&w->words, vb_str_part(s, part, i));
        count(&w->words, vb_str_part(s, start, i));
        room -= 2;
    }
    return VB_OK;
}
