/**
 * Sixteen bytes of a text at a time, where most of it needs no closer look: gcc's and clang's vectors, which
 * every processor of 64 bits has an instruction for. A comparison gives a byte of ones where it holds.
 *
 * Private to loaders/.
 */
#ifndef VB_BYTES_H
#define VB_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { VB_STRIDE = 16 };

typedef uint8_t vb_bytes __attribute__((vector_size(VB_STRIDE)));

static inline vb_bytes vb_bytes_at(const char *at)
{
    vb_bytes v;
    memcpy(&v, at, sizeof v);
    return v;
}

/** A byte of ones for each that is @p least at least and less than @p least + @p n. */
static inline vb_bytes vb_bytes_in(vb_bytes v, uint8_t least, uint8_t n)
{
    return (vb_bytes)(v - least < n);
}

static inline vb_bytes vb_bytes_are(vb_bytes v, uint8_t c)
{
    return (vb_bytes)(v == c);
}

/** Whether any bit is set. */
static inline bool vb_bytes_any(vb_bytes v)
{
    uint64_t half[2];
    memcpy(half, &v, sizeof half);
    return half[0] | half[1];
}

/** How many bytes stand before the first one of ones; VB_STRIDE: there is none. Every byte is ones or zero.
 */
static inline size_t vb_bytes_first(vb_bytes v)
{
    uint64_t half[2];
    memcpy(half, &v, sizeof half);
    uint64_t x = half[0] ? half[0] : half[1];
    if (!x) return VB_STRIDE;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (half[0] ? 0u : 8u) + (size_t)__builtin_ctzll(x) / 8;
#else
    return (half[0] ? 0u : 8u) + (size_t)__builtin_clzll(x) / 8;
#endif
}

#endif
