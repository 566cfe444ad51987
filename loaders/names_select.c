/**
 * Which of the proposed spans stand: the longest first, then the surer one, then what stands earlier; what
 * touches one that stands falls. Each span's place in that order is worked out once, as two numbers, and the
 * numbers are sorted: a span itself is large. The sort is our own, of what it knows the order of without a
 * call: with qsort() finding names takes 3.4 % more instructions (a thousand letters, callgrind).
 */
#include "loaders/names.h"

/** The lower goes first; of the same what was proposed first. */
typedef struct rank {
    uint64_t first, second;
    uint32_t index; /* of f->found */
} rank;

enum { RUN = 8 /* ranks that are sorted by insertion */ };

static bool goes_before(const rank *a, const rank *b)
{
    return a->first != b->first ? a->first < b->first : a->second < b->second;
}

static void sort_run(rank *at, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        rank moved = at[i];
        size_t to = i;
        for (; to > 0 && goes_before(&moved, &at[to - 1]); to--) at[to] = at[to - 1];
        at[to] = moved;
    }
}

/** Merge the sorted [at, middle) and [middle, end) to @p out. */
static void merge(const rank *at, const rank *middle, const rank *end, rank *out)
{
    const rank *left = at, *right = middle;
    while (left < middle && right < end) *out++ = goes_before(right, left) ? *right++ : *left++;
    while (left < middle) *out++ = *left++;
    while (right < end) *out++ = *right++;
}

/** Sort @p n ranks, there being room for as many behind them. @return where they are: one or the other. */
static rank *sort_ranks(rank *at, size_t n)
{
    rank *other = at + n;
    for (size_t i = 0; i < n; i += RUN) sort_run(at + i, n - i < RUN ? n - i : RUN);
    for (size_t width = RUN; width < n; width *= 2) {
        for (size_t i = 0; i < n; i += 2 * width) {
            size_t middle = n - i < width ? n : i + width;
            size_t end = n - i < 2 * width ? n : i + 2 * width;
            merge(at + i, at + middle, at + end, other + i);
        }
        rank *sorted = other;
        other = at;
        at = sorted;
    }
    return at;
}

/** Put the proposed spans in the order of choice. */
static vb_status put_in_order(vb_finding *f, rank *ranks)
{
    size_t n = f->found.len;
    for (size_t i = 0; i < n; i++) {
        const vb_found *found = &f->found.at[i];
        ranks[i] = (rank){ .first = (uint64_t)(UINT32_MAX - (found->end - found->start)) << 16 |
                                    (uint64_t)(UINT16_MAX - found->score),
                           .second = (uint64_t)found->start << 32 | found->known,
                           .index = (uint32_t)i };
    }
    ranks = sort_ranks(ranks, n);
    vb_found *sorted = vb_arena_room(f->arena, n, sizeof *sorted);
    if (!sorted) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) sorted[i] = f->found.at[ranks[i].index];
    memcpy(f->found.at, sorted, n * sizeof *sorted);
    return VB_OK;
}

/** "https://www.nrc.nl/nieuws/…", "dvhn.nl/drenthe/Kloof-in-Drenthe": inside an address, which names nothing.
 * A name that is a whole bare domain is one: "NU.nl". */
static bool in_address(const vb_finding *f, const vb_found *found)
{
    const vb_url *url = vb_view_url_at(&f->a->view, found->start);
    if (!url || found->end > url->end) return false;
    return !url->bare || found->start > url->start || found->end < url->end;
}

/** Take the bytes of a span, a bit each, unless one of them is taken. @return whether they were free. */
static bool take(uint64_t *taken, uint32_t start, uint32_t end)
{
    size_t first = start / 64, last = (end - 1) / 64;
    uint64_t head = UINT64_MAX << start % 64, tail = UINT64_MAX >> (63 - (end - 1) % 64);
    if (first == last) head = tail = head & tail;
    if ((taken[first] & head) || (taken[last] & tail)) return false;
    for (size_t i = first + 1; i < last; i++)
        if (taken[i]) return false;
    for (size_t i = first + 1; i < last; i++) taken[i] = UINT64_MAX;
    taken[first] |= head;
    taken[last] |= tail;
    return true;
}

vb_status vb_names_select(vb_finding *f)
{
    size_t n = f->found.len, n_kept = 0;
    f->stands.len = 0;
    if (!n) return VB_OK;
    uint64_t *taken = vb_arena_array(f->arena, f->text.len / 64 + 1, sizeof *taken);
    rank *ranks = vb_arena_room(f->arena, 2 * n, sizeof *ranks);
    if (!taken || !ranks || put_in_order(f, ranks) != VB_OK) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const vb_found *found = &f->found.at[i];
        if (found->weak || found->end <= found->start || in_address(f, found)) continue;
        if (take(taken, found->start, found->end) && !found->shield)
            ranks[n_kept++] = (rank){ .first = found->start, .index = (uint32_t)i };
    }
    if (vb_reserve(f->arena, &f->stands, n_kept) != VB_OK) return VB_NO_MEMORY;
    ranks = sort_ranks(ranks, n_kept); /* none touches another: they start at different places */
    for (size_t i = 0; i < n_kept; i++) f->stands.at[i] = f->found.at[ranks[i].index];
    f->stands.len = n_kept;
    return VB_OK;
}
