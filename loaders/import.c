/**
 * A graph from files into the store (vb_import_files() of verband.h). A format is a row that knows its own
 * content; its reader tells nodes and edges, whose ids are kept here. The fast way into the tables is
 * graph/store_bulk.c.
 *
 * Ids live in an open-addressing table, at most half full. An id of up to 15 bytes stands in its entry, so
 * that finding it touches one place in memory: with millions of nodes every touch is a miss of the cache.
 */
#include "loaders/import.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

enum { SCRATCH_ROWS = 4096, INLINE_MAX = 15, LONG_ID = 255, HEAD_SIZE = 4096 };

typedef struct id_entry {
    union {
        char text[INLINE_MAX + 1]; /* padded with zeros; the last byte is the length */
        struct {
            const vb_str *id; /* of more than 15 bytes */
            uint32_t hash;
            unsigned char rest[3], length; /* LONG_ID */
        };
    };
    int64_t node; /* 0: a free slot */
} id_entry;

struct vb_importer {
    vb_bulk *bulk;
    vb_arena *arena;   /* lasts as long as the import */
    vb_arena *scratch; /* a row's; renewed now and then */
    size_t n_scratch;
    id_entry *ids;
    size_t n_ids, ids_cap;
    vb_import_summary sum;
};

vb_status vb_import_fail(vb_import_place at, vb_error *err, vb_status status, const char *format, ...)
{
    char words[800];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (err) err->line = at.line;
    return vb_fail(err, status, "%s:%u: %s", at.path, at.line, words);
}

vb_arena *vb_import_arena(vb_importer *m)
{
    return m->arena;
}

vb_status vb_import_row(vb_importer *m, vb_arena **scratch, vb_error *err)
{
    if (++m->n_scratch == SCRATCH_ROWS) {
        vb_arena_free(m->scratch);
        m->n_scratch = 0;
        m->scratch = vb_arena_new();
    }
    *scratch = m->scratch;
    return m->scratch ? VB_OK : vb_fail_memory(err);
}

/* ---- ids ----------------------------------------------------------------------------------------------- */

/** An entry that looks for @p id: without a node, and borrowing a long one. */
static id_entry entry_of(const vb_str *id, uint64_t hash)
{
    id_entry e = { .text = { 0 } };
    if (id->len <= INLINE_MAX) {
        memcpy(e.text, id->at, id->len);
        e.text[INLINE_MAX] = (char)id->len;
    } else {
        e.id = id;
        e.hash = (uint32_t)(hash >> 32);
        e.length = LONG_ID;
    }
    return e;
}

static bool is_same(const id_entry *a, const id_entry *b)
{
    if (a->length != LONG_ID || b->length != LONG_ID) return memcmp(a->text, b->text, sizeof a->text) == 0;
    return a->hash == b->hash && vb_str_eq(*a->id, *b->id);
}

static uint64_t hash_of(const id_entry *e)
{
    return vb_hash(e->length == LONG_ID ? *e->id : (vb_str){ e->text, (unsigned char)e->text[INLINE_MAX] });
}

static size_t id_slot(const vb_importer *m, const id_entry *wanted, uint64_t hash)
{
    size_t at = (size_t)hash & (m->ids_cap - 1);
    for (; m->ids[at].node; at = (at + 1) & (m->ids_cap - 1))
        if (is_same(&m->ids[at], wanted)) break;
    return at;
}

static vb_status grow_ids(vb_importer *m, vb_error *err)
{
    size_t old_cap = m->ids_cap, cap = old_cap ? old_cap * 2 : 4096;
    if (m->n_ids * 2 < old_cap) return VB_OK;
    id_entry *old = m->ids, *room = cap < SIZE_MAX / sizeof *room ? calloc(cap, sizeof *room) : NULL;
    if (!room) return vb_fail_memory(err);
    m->ids = room;
    m->ids_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].node) room[id_slot(m, &old[i], hash_of(&old[i]))] = old[i];
    free(old);
    return VB_OK;
}

static vb_status keep_id(vb_importer *m, vb_str id, uint64_t hash, int64_t node, vb_error *err)
{
    id_entry e = entry_of(&id, hash);
    if (e.length == LONG_ID) {
        vb_str *own = vb_arena_get(m->arena, sizeof *own);
        if (!own || vb_arena_copy(m->arena, id, own) != VB_OK) return vb_fail_memory(err);
        e.id = own;
    }
    e.node = node;
    m->ids[id_slot(m, &e, hash)] = e;
    m->n_ids++;
    return VB_OK;
}

/** The part of an id that people wrote: its name space is before a control. */
static vb_str shown(vb_str id)
{
    const char *end = id.len ? memrchr(id.at, '\x1f', id.len) : NULL;
    return end ? vb_str_part(id, (size_t)(end - id.at) + 1, id.len) : id;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

/** Put the place before what the store found wrong with a row. */
static vb_status placed(vb_import_place at, vb_status status, vb_error *err)
{
    if (status != VB_BAD_INPUT || !err) return status;
    vb_error cause = *err;
    return vb_import_fail(at, err, status, "%s", cause.message);
}

static vb_status check_date(vb_import_place at, vb_str date, vb_error *err)
{
    if (!date.len || vb_cell_date(date)) return VB_OK;
    return vb_import_fail(at, err, VB_BAD_INPUT, "'%.*s' is no date like 2025-03-16", VB_FMT(date));
}

static vb_status put_node(vb_importer *m, vb_import_place at, vb_str id, const vb_bulk_node *node, bool once,
                          vb_error *err)
{
    vb_status status;
    vb_bulk_node row = *node;
    int64_t found;
    bool made;
    if (!id.len) return vb_import_fail(at, err, VB_BAD_INPUT, "an empty id");
    TRY(grow_ids(m, err));
    uint64_t hash = vb_hash(id);
    id_entry wanted = entry_of(&id, hash);
    bool told = m->ids[id_slot(m, &wanted, hash)].node != 0;
    if (told && once) return VB_OK;
    if (told)
        return vb_import_fail(at, err, VB_BAD_INPUT, "a second node with the id '%.*s'", VB_FMT(shown(id)));
    TRY(check_date(at, row.date, err));
    if (!row.key.len) row.key = shown(id);
    TRY(placed(at, vb_bulk_node_put(m->bulk, &row, &found, &made, err), err));
    TRY(keep_id(m, id, hash, found, err));
    m->sum.n_nodes++;
    m->sum.n_new_nodes += made;
done:
    return status;
}

vb_status vb_import_node(vb_importer *m, vb_import_place at, vb_str id, const vb_bulk_node *node,
                         vb_error *err)
{
    return put_node(m, at, id, node, false, err);
}

vb_status vb_import_node_once(vb_importer *m, vb_import_place at, vb_str id, const vb_bulk_node *node,
                              vb_error *err)
{
    return put_node(m, at, id, node, true, err);
}

static vb_status find_end(const vb_importer *m, vb_import_place at, vb_str id, uint64_t hash, int64_t *out,
                          vb_error *err)
{
    if (!id.len) return vb_import_fail(at, err, VB_BAD_INPUT, "an empty id");
    id_entry wanted = entry_of(&id, hash);
    *out = m->ids_cap ? m->ids[id_slot(m, &wanted, hash)].node : 0;
    if (*out) return VB_OK;
    return vb_import_fail(at, err, VB_BAD_INPUT, "no node has the id '%.*s'", VB_FMT(shown(id)));
}

vb_status vb_import_edge(vb_importer *m, vb_import_place at, vb_str from, vb_str to, const vb_bulk_edge *edge,
                         vb_error *err)
{
    vb_status status;
    vb_bulk_edge row = *edge;
    uint64_t from_hash = vb_hash(from), to_hash = vb_hash(to);
    bool made;
    if (m->ids_cap) __builtin_prefetch(&m->ids[(size_t)to_hash & (m->ids_cap - 1)]);
    TRY(find_end(m, at, from, from_hash, &row.source, err));
    TRY(find_end(m, at, to, to_hash, &row.target, err));
    if (!row.type.len) return vb_import_fail(at, err, VB_BAD_INPUT, "an edge without a type");
    if (row.count < 1 || row.count > INT32_MAX)
        return vb_import_fail(at, err, VB_BAD_INPUT, "'%lld' is no count from 1", (long long)row.count);
    TRY(check_date(at, row.date, err));
    TRY(placed(at, vb_bulk_edge_put(m->bulk, &row, &made, err), err));
    m->sum.n_edges++;
    m->sum.n_new_edges += made;
done:
    return status;
}

/* ---- files --------------------------------------------------------------------------------------------- */

/** Formats in the order they are tried. */
static const vb_graph_format formats[] = {
    { "graphml", vb_graphml_sniff, vb_graphml_read },
    { "json", vb_graph_json_sniff, vb_graph_json_read }, /* a node or an edge a line */
    { "csv", vb_graph_csv_sniff, vb_graph_csv_read },    /* takes what is left, so the last */
};

static vb_status read_head(const char *path, char *head, size_t *n, vb_error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file) return vb_fail(err, VB_IO, "%s: %s", path, strerror(errno));
    *n = fread(head, 1, HEAD_SIZE, file);
    bool bad = ferror(file) != 0;
    int code = errno;
    (void)fclose(file); /* only read from: nothing to lose */
    return bad ? vb_fail(err, VB_IO, "%s: %s", path, strerror(code)) : VB_OK;
}

static vb_status read_file(vb_importer *m, const char *path, vb_error *err)
{
    char head[HEAD_SIZE];
    size_t n = 0;
    vb_status status = read_head(path, head, &n, err);
    if (status != VB_OK) return status;
    vb_str seen = { head, n };
    if (vb_str_starts(seen, VB_STR("\xef\xbb\xbf"))) seen = vb_str_part(seen, 3, n);
    for (size_t i = 0; i < VB_COUNT(formats); i++)
        if (formats[i].sniff(vb_str_trim(seen))) return formats[i].read(m, path, err);
    return vb_fail(err, VB_BAD_INPUT, "%s: no format of graphs", path);
}

vb_status vb_import_files(vb_store *store, const char *const *paths, size_t n_paths,
                          vb_import_summary *summary, vb_error *err)
{
    vb_status status;
    vb_importer m = { .arena = vb_arena_new(), .scratch = vb_arena_new() };
    if (!m.arena || !m.scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_bulk_begin(store, &m.bulk, err));
    for (size_t i = 0; i < n_paths; i++) TRY(read_file(&m, paths[i], err));
    TRY(vb_bulk_commit(m.bulk, err));
    if (summary) *summary = m.sum;
done:
    vb_bulk_free(m.bulk);
    free(m.ids);
    vb_arena_free(m.scratch);
    vb_arena_free(m.arena);
    return status;
}
