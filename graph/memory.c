/**
 * Memory: errors, arenas, buffers. An arena is a list of blocks that double in size; it never moves what it
 * has given out. Built with -DVB_ARENA_SINGLE every item is a block of its own, so that sanitizers and
 * valgrind see each one's ends.
 */
#include "graph/graph.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

typedef struct block {
    struct block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
} block;

struct vb_arena {
    block *first;
};

enum { BLOCK_FIRST = 4096, BLOCK_LARGEST = 1 << 20 };

vb_status vb_fail(vb_error *err, vb_status status, const char *format, ...)
{
    if (!err) return status;
    size_t at = err->at;
    unsigned line = err->line;
    *err = (vb_error){ .status = status, .at = at, .line = line };
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    for (char *p = err->message; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f) *p = ' '; /* one line, and nothing a terminal obeys */
    return status;
}

vb_status vb_fail_memory(vb_error *err)
{
    return vb_fail(err, VB_NO_MEMORY, "out of memory");
}

vb_arena *vb_arena_new(void)
{
    return calloc(1, sizeof(vb_arena));
}

void vb_arena_free(vb_arena *arena)
{
    if (!arena) return;
    for (block *b = arena->first; b;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

void vb_arena_clear(vb_arena *arena)
{
    block *keep = arena->first;
#ifdef VB_ARENA_SINGLE
    keep = NULL;
#endif
    while (keep && keep->size > BLOCK_LARGEST) keep = keep->next;
    for (block *b = arena->first; b;) {
        block *next = b->next;
        if (b != keep) free(b);
        b = next;
    }
    arena->first = keep;
    if (keep) *keep = (block){ .size = keep->size };
}

static size_t block_size(const vb_arena *arena, size_t size)
{
#ifdef VB_ARENA_SINGLE
    (void)arena;
    return size;
#else
    size_t want = arena->first ? arena->first->size * 2 : BLOCK_FIRST;
    if (want > BLOCK_LARGEST) want = BLOCK_LARGEST;
    return want > size ? want : size;
#endif
}

/** @p size bytes as they come. */
static void *take(vb_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (!arena || size > SIZE_MAX / 2) return NULL;
    size = (size + align - 1) / align * align;
    if (!size) size = align;
    block *b = arena->first;
    if (!b || b->size - b->used < size) {
        size_t room = block_size(arena, size);
        b = malloc(sizeof(block) + room);
        if (!b) return NULL;
        *b = (block){ .next = arena->first, .size = room };
        arena->first = b;
    }
    void *at = b->bytes + b->used;
    b->used += size;
    return at;
}

void *vb_arena_get(vb_arena *arena, size_t size)
{
    void *at = take(arena, size);
    return at ? memset(at, 0, size) : NULL;
}

void *vb_arena_array(vb_arena *arena, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size) return NULL;
    return vb_arena_get(arena, n * size);
}

void *vb_arena_room(vb_arena *arena, size_t n, size_t size)
{
    return size && n > SIZE_MAX / size ? NULL : take(arena, n * size);
}

vb_status vb_arena_copy(vb_arena *arena, vb_str s, vb_str *out)
{
    char *at = s.len < SIZE_MAX ? take(arena, s.len + 1) : NULL;
    if (!at) return VB_NO_MEMORY;
    if (s.len) memcpy(at, s.at, s.len); /* memcpy from NULL is undefined */
    at[s.len] = '\0';
    *out = (vb_str){ at, s.len };
    return VB_OK;
}

vb_status vb_arena_join(vb_arena *arena, const vb_str *parts, size_t n, vb_str *out)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].len > SIZE_MAX / 2 - len) return VB_NO_MEMORY;
        len += parts[i].len;
    }
    char *at = take(arena, len + 1), *to = at;
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].len) memcpy(to, parts[i].at, parts[i].len);
        to += parts[i].len;
    }
    *to = '\0';
    *out = (vb_str){ at, len };
    return VB_OK;
}

vb_status vb_arena_printf(vb_arena *arena, vb_str *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *at = n >= 0 ? take(arena, (size_t)n + 1) : NULL;
    if (!at) return VB_NO_MEMORY;
    va_start(args, format);
    vsnprintf(at, (size_t)n + 1, format, args);
    va_end(args);
    *out = (vb_str){ at, (size_t)n };
    return VB_OK;
}

vb_status vb_vec_reserve(vb_arena *arena, void **at, size_t len, size_t *cap, size_t n, size_t size)
{
    if (n <= *cap - len) return VB_OK;
    if (n > SIZE_MAX / 2 - len || (size && len + n > SIZE_MAX / size)) return VB_NO_MEMORY;
    char *room = take(arena, (len + n) * size);
    if (!room) return VB_NO_MEMORY;
    if (len) memcpy(room, *at, len * size);
    *at = room;
    *cap = len + n;
    return VB_OK;
}

vb_status vb_vec_grow(vb_arena *arena, void **at, size_t *len, size_t *cap, size_t size)
{
    if (*len == *cap && vb_vec_reserve(arena, at, *len, cap, *cap ? *cap : 8, size) != VB_OK)
        return VB_NO_MEMORY;
    memset((char *)*at + *len * size, 0, size);
    (*len)++;
    return VB_OK;
}

vb_status vb_buf_reserve(vb_buf *buf, size_t more)
{
    if (more > SIZE_MAX / 4 || buf->len > SIZE_MAX / 4) return VB_NO_MEMORY;
    size_t need = buf->len + more + 1;
    if (need <= buf->cap) return VB_OK;
    size_t cap = buf->cap ? buf->cap : 64;
    while (cap < need) cap *= 2;
    char *at = realloc(buf->at, cap);
    if (!at) return VB_NO_MEMORY;
    buf->at = at;
    buf->cap = cap;
    buf->at[buf->len] = '\0';
    return VB_OK;
}

vb_status vb_buf_add(vb_buf *buf, vb_str s)
{
    if (vb_buf_reserve(buf, s.len) != VB_OK) return VB_NO_MEMORY;
    if (s.len) memcpy(buf->at + buf->len, s.at, s.len);
    buf->len += s.len;
    buf->at[buf->len] = '\0';
    return VB_OK;
}

vb_status vb_buf_printf(vb_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0 || vb_buf_reserve(buf, (size_t)n) != VB_OK) return VB_NO_MEMORY;
    va_start(args, format);
    vsnprintf(buf->at + buf->len, (size_t)n + 1, format, args);
    va_end(args);
    buf->len += (size_t)n;
    return VB_OK;
}

vb_str vb_buf_view(const vb_buf *buf)
{
    return (vb_str){ buf->at, buf->len };
}

void vb_buf_clear(vb_buf *buf)
{
    free(buf->at);
    *buf = (vb_buf){ 0 };
}

static vb_status read_all(FILE *file, const char *path, size_t max, vb_buf *out, vb_error *err)
{
    for (;;) {
        if (vb_buf_reserve(out, 65536) != VB_OK) return vb_fail_memory(err);
        size_t n = fread(out->at + out->len, 1, out->cap - out->len - 1, file);
        out->len += n;
        out->at[out->len] = '\0';
        if (out->len > max) return vb_fail(err, VB_TOO_LARGE, "%s: larger than %zu MiB", path, max >> 20);
        if (!n) break;
    }
    if (ferror(file)) return vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
    return VB_OK;
}

vb_status vb_buf_read(const char *path, size_t max, vb_buf *out, vb_error *err)
{
    vb_status status;
    vb_buf read = { 0 };
    struct stat info;
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");

    if (!file) {
        status = vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
        goto done;
    }
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
        status = vb_fail(err, VB_IO, "%s: is a directory", path);
        goto done;
    }
    TRY(read_all(file, standard ? "standard input" : path, max, &read, err));
    *out = read;
    read = (vb_buf){ 0 };
done:
    if (file && !standard) (void)fclose(file); /* only read from: nothing to lose */
    vb_buf_clear(&read);
    return status;
}
