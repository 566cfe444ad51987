/**
 * B-trees of SQLite from rows in order (graph/tree.h). Each level has one page that is being filled. A page
 * that is full is written to the end of the file, and what divides it from the next one goes a level up:
 *
 *     level 1   [ leaf 7 | k9 | leaf 8 | k17 | ...        an index: a key stands once, in a leaf or above it;
 *     level 0     k10 k11 ... k16      k18 k19 ...        a table: rows are in leaves, and their largest
 *                                                         number above them
 *
 * Where a key goes up it is the last one of the full page, so that no page is ever without one.
 */
#include "graph/tree.h"

#include <stdlib.h>

enum { TOGETHER = 4, LEAF_HEADER = 8, INNER_HEADER = 12, OVERFLOW_ROOM = VB_PAGE - 4 };
enum { INDEX_MOST = (VB_PAGE - 12) * 64 / 255 - 23, CELL_MAX = INDEX_MOST + 18 + 4 };
enum { TABLE_LEAF = 13, TABLE_INNER = 5, INDEX_LEAF = 10, INDEX_INNER = 2 };

/* ---- numbers as SQLite writes them ----------------------------------------------------------------------
 */

static void put_16(unsigned char *at, uint32_t n)
{
    at[0] = (unsigned char)(n >> 8);
    at[1] = (unsigned char)n;
}

static uint32_t get_16(const unsigned char *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

static void put_32(unsigned char *at, uint32_t n)
{
    put_16(at, n >> 16);
    put_16(at + 2, n);
}

static uint32_t get_32(const unsigned char *at)
{
    return get_16(at) << 16 | get_16(at + 2);
}

/** Seven bits a byte, the high ones first; nine bytes hold 64 bits. @return bytes written. */
static size_t put_varint(unsigned char *at, uint64_t n)
{
    unsigned char low_first[9];
    size_t len = 0;
    if (n < 0x80) {
        at[0] = (unsigned char)n;
        return 1;
    }
    if (n >> 56) {
        at[8] = (unsigned char)n; /* the ninth byte has eight bits */
        n >>= 8;
        for (int i = 7; i >= 0; i--, n >>= 7) at[i] = (unsigned char)(n | 0x80);
        return 9;
    }
    do low_first[len++] = (unsigned char)((n & 0x7f) | 0x80);
    while (n >>= 7);
    low_first[0] &= 0x7f;
    for (size_t i = 0; i < len; i++) at[i] = low_first[len - 1 - i];
    return len;
}

/* ---- pages of the file ----------------------------------------------------------------------------------
 */

/** At most TOGETHER pages: SQLite's own files take no more at once than its largest page has, 64 KiB. */
static void write_at(vb_pages *p, const unsigned char *bytes, size_t len, uint64_t at)
{
    if (p->reason) return;
    p->reason = p->file->pMethods->xWrite(p->file, bytes, (int)len, (sqlite3_int64)at);
}

static void write_waiting(vb_pages *p)
{
    if (p->n_waiting)
        write_at(p, p->waiting, p->n_waiting * VB_PAGE, (uint64_t)(p->n - p->n_waiting) * VB_PAGE);
    p->n_waiting = 0;
}

static vb_status fail(vb_error *err, const char *doing, int code)
{
    if ((code & 0xff) == SQLITE_NOMEM) return vb_fail_memory(err);
    return vb_fail(err, VB_IO, "%s the store: %s", doing, sqlite3_errstr(code));
}

vb_status vb_pages_flush(vb_pages *pages, vb_error *err)
{
    write_waiting(pages);
    if (!pages->reason) return VB_OK;
    return fail(err, "writing", pages->reason);
}

/** Room for one more page at the end of the file. *number: from 1. */
static vb_status next_page(vb_pages *p, unsigned char **out, uint32_t *number)
{
    if (!p->waiting) p->waiting = malloc((size_t)TOGETHER * VB_PAGE);
    if (!p->waiting) return VB_NO_MEMORY;
    if (p->n >= UINT32_MAX - 1) return VB_TOO_LARGE;
    if (p->n_waiting == TOGETHER) write_waiting(p);
    *out = p->waiting + p->n_waiting++ * VB_PAGE;
    *number = ++p->n;
    return VB_OK;
}

/* Section 1.3: the change counter at 24 and its copy at 92 that makes the page count at 28 valid. */
vb_status vb_pages_count(vb_pages *pages, vb_error *err)
{
    enum { HEAD = 100, COUNTER = 24, N_PAGES = 28, VALID_FOR = 92 };
    unsigned char head[HEAD];
    vb_status status = vb_pages_flush(pages, err);
    if (status != VB_OK) return status;
    int code = pages->file->pMethods->xRead(pages->file, head, sizeof head, 0);
    if (code != SQLITE_OK) return fail(err, "reading", code);
    uint32_t counter = get_32(head + COUNTER) + 1;
    put_32(head + COUNTER, counter);
    put_32(head + VALID_FOR, counter);
    put_32(head + N_PAGES, pages->n);
    write_at(pages, head, sizeof head, 0);
    return vb_pages_flush(pages, err);
}

void vb_pages_clear(vb_pages *pages)
{
    free(pages->waiting);
    *pages = (vb_pages){ 0 };
}

/* ---- records (section 2.1) ------------------------------------------------------------------------------
 */

void vb_values_start(vb_values *v)
{
    v->n_types = 1;
    v->body.len = 0;
}

static void add_type(vb_values *v, uint64_t type)
{
    v->n_types += put_varint(v->types + v->n_types, type);
    v->types[0] = (unsigned char)v->n_types; /* under 128: VB_RECORD_VALUES are few */
}

void vb_values_null(vb_values *v)
{
    add_type(v, 0);
}

vb_status vb_values_int(vb_values *v, int64_t n)
{
    static const unsigned char bytes[] = { 1, 2, 3, 4, 6, 8 };
    unsigned char text[8];
    size_t size = 0;
    uint64_t bits = (uint64_t)n;
    if (n == 0 || n == 1) { /* types 8 and 9 say it alone */
        add_type(v, (uint64_t)n + 8);
        return VB_OK;
    }
    while (size + 1 < VB_COUNT(bytes) &&
           (n < -(INT64_C(1) << (bytes[size] * 8 - 1)) || n >= INT64_C(1) << (bytes[size] * 8 - 1)))
        size++;
    for (size_t i = bytes[size]; i--; bits >>= 8) text[i] = (unsigned char)bits;
    add_type(v, size + 1);
    return vb_buf_add(&v->body, (vb_str){ (const char *)text, bytes[size] });
}

vb_status vb_values_text(vb_values *v, vb_str s)
{
    add_type(v, (uint64_t)s.len * 2 + 13);
    return vb_buf_add(&v->body, s);
}

void vb_values_clear(vb_values *v)
{
    vb_buf_clear(&v->body);
}

/* ---- pages of a tree ------------------------------------------------------------------------------------
 */

static size_t header_size(unsigned level)
{
    return level ? INNER_HEADER : LEAF_HEADER;
}

/** Complete a page: its header, and nothing of former ones between the pointers and the cells. */
static void complete(const vb_tree *t, unsigned level, uint32_t right)
{
    vb_tree_level *l = t->levels[level];
    size_t behind = header_size(level) + (size_t)l->n * 2;
    memset(l->page + behind, 0, l->content - behind);
    l->page[0] = t->table ? (level ? TABLE_INNER : TABLE_LEAF) : (level ? INDEX_INNER : INDEX_LEAF);
    put_16(l->page + 1, 0); /* no free blocks */
    put_16(l->page + 3, l->n);
    put_16(l->page + 5, l->content);
    l->page[7] = 0; /* no fragments */
    if (level) put_32(l->page + 8, right);
}

/** Write the page of a level to the end of the file. *number: it is there. */
static vb_status append_page(vb_tree *t, unsigned level, uint32_t right, uint32_t *number)
{
    unsigned char *room;
    vb_status status = next_page(t->pages, &room, number);
    if (status != VB_OK) return status;
    complete(t, level, right);
    memcpy(room, t->levels[level]->page, VB_PAGE);
    return VB_OK;
}

/** Take the last cell off a page. @return its bytes, without the child before it. */
static size_t take_last(vb_tree_level *l, unsigned level, unsigned char *cell, uint32_t *child)
{
    size_t end = l->n > 1 ? get_16(l->page + header_size(level) + (size_t)(l->n - 2) * 2) : VB_PAGE;
    size_t from = l->content + (level ? 4 : 0), size = end - from;
    if (level) *child = get_32(l->page + l->content);
    memcpy(cell, l->page + from, size);
    l->n--;
    l->content = (unsigned)end;
    return size;
}

static vb_status place_cell(vb_tree *t, unsigned level, size_t size, unsigned char **out);

/** Write a full page, and put what divides it from the next one a level higher. */
static vb_status split(vb_tree *t, unsigned level)
{
    vb_status status;
    vb_tree_level *l = t->levels[level];
    unsigned char cell[CELL_MAX], *at;
    uint32_t page = 0, right = 0;
    size_t size;
    if (t->table && !level)
        size = put_varint(cell, (uint64_t)t->last);
    else
        size = take_last(l, level, cell, &right);
    TRY(append_page(t, level, right, &page));
    TRY(place_cell(t, level + 1, size + 4, &at));
    put_32(at, page);
    memcpy(at + 4, cell, size);
    l->n = 0;
    l->content = VB_PAGE;
done:
    return status;
}

/** Room for a cell of @p size bytes behind the last one of a level. */
static vb_status place_cell(vb_tree *t, unsigned level, size_t size, unsigned char **out)
{
    vb_status status = VB_OK;
    if (level == VB_TREE_DEPTH) return VB_TOO_LARGE;
    if (!t->levels[level]) {
        t->levels[level] = malloc(sizeof *t->levels[level]);
        if (!t->levels[level]) return VB_NO_MEMORY;
        t->levels[level]->n = 0;
        t->levels[level]->content = VB_PAGE;
        t->depth = level + 1;
    }
    vb_tree_level *l = t->levels[level];
    if (header_size(level) + ((size_t)l->n + 1) * 2 + size > l->content) TRY(split(t, level));
    l->content -= (unsigned)size;
    put_16(l->page + header_size(level) + (size_t)l->n++ * 2, l->content);
    *out = l->page + l->content;
done:
    return status;
}

/* ---- rows -----------------------------------------------------------------------------------------------
 */

/** How many bytes of a record stand in its cell; the rest is on pages of its own (section 1.6). */
static size_t local_size(const vb_tree *t, size_t len)
{
    enum { LEAST = (VB_PAGE - 12) * 32 / 255 - 23 };
    size_t most = t->table ? VB_PAGE - 35 : INDEX_MOST;
    if (len <= most) return len;
    size_t local = LEAST + (len - LEAST) % OVERFLOW_ROOM;
    return local <= most ? local : LEAST;
}

/** The rest of a long record, on pages that each name the next one. *first: the first of them. */
static vb_status write_overflow(vb_tree *t, const unsigned char *bytes, size_t len, uint32_t *first)
{
    vb_status status = VB_OK;
    for (bool begun = false; len; begun = true) {
        unsigned char *page;
        uint32_t number = 0;
        size_t n = len < OVERFLOW_ROOM ? len : OVERFLOW_ROOM;
        TRY(next_page(t->pages, &page, &number));
        if (!begun) *first = number;
        put_32(page, len > n ? number + 1 : 0); /* pages are given one after the other */
        memcpy(page + 4, bytes, n);
        memset(page + 4 + n, 0, OVERFLOW_ROOM - n);
        bytes += n;
        len -= n;
    }
done:
    return status;
}

/** A record that is longer than its cell may be. */
static vb_status add_long(vb_tree *t, const unsigned char *head, size_t n_head, const vb_values *v)
{
    vb_status status;
    vb_buf record = { 0 };
    size_t len = v->n_types + v->body.len, local = local_size(t, len);
    uint32_t overflow = 0;
    unsigned char *at;
    TRY(vb_buf_add(&record, (vb_str){ (const char *)v->types, v->n_types }));
    TRY(vb_buf_add(&record, vb_buf_view(&v->body)));
    TRY(write_overflow(t, (const unsigned char *)record.at + local, len - local, &overflow));
    TRY(place_cell(t, 0, n_head + local + 4, &at));
    memcpy(at, head, n_head);
    memcpy(at + n_head, record.at, local);
    put_32(at + n_head + local, overflow);
done:
    vb_buf_clear(&record);
    return status;
}

vb_status vb_tree_add(vb_tree *tree, int64_t id, const vb_values *v)
{
    vb_status status;
    unsigned char head[18], *at;
    size_t len = v->n_types + v->body.len, n_head = put_varint(head, len);
    if (tree->table) n_head += put_varint(head + n_head, (uint64_t)id);
    if (local_size(tree, len) < len) {
        TRY(add_long(tree, head, n_head, v));
    } else {
        TRY(place_cell(tree, 0, n_head + len, &at));
        memcpy(at, head, n_head);
        memcpy(at + n_head, v->types, v->n_types);
        if (v->body.len) memcpy(at + n_head + v->n_types, v->body.at, v->body.len);
    }
    tree->last = id;
done:
    return status;
}

vb_status vb_tree_end(vb_tree *tree)
{
    vb_status status = VB_OK;
    uint32_t right = 0;
    if (!tree->depth) return VB_OK;
    for (unsigned level = 0; level + 1 < tree->depth; level++) TRY(append_page(tree, level, right, &right));
    unsigned top = tree->depth - 1;
    complete(tree, top, right);
    write_at(tree->pages, tree->levels[top]->page, VB_PAGE, (uint64_t)(tree->root - 1) * VB_PAGE);
done:
    return status;
}

void vb_tree_clear(vb_tree *tree)
{
    for (unsigned level = 0; level < tree->depth; level++) free(tree->levels[level]);
    *tree = (vb_tree){ 0 };
}
