/**
 * Rows that wait (graph/store_pending.h). A statement has a cost of its own, as much as ten rows, and a
 * letter needs a dozen of them; an edge that many letters say is brought up to date by each. So what the
 * documents of a batch say is gathered: new rows with the ids that they will have, which nobody else can take
 * while the batch holds the store's lock for writing, and edges with what is said of them. All of it is
 * written by one statement a table when the batch is committed, when it comes to much memory, or just before
 * anybody reads the tables by SQL (vb_store_prepare() sees to that): nobody but the document on its way in,
 * which asks store_known.c first, can tell the difference.
 *
 * In a large store nodes, names and edges have their places all over their indexes, and the more of them go
 * together, the fewer pages each costs: these wait long. Texts and mentions only ever go to the end of their
 * tables, and need not.
 *
 * There is no savepoint: a record is examined before its first row, and what fails after that (no memory, a
 * full disk) ends the batch.
 */
#include "graph/store_pending.h"

#include <stdlib.h>

/** Bytes of rows that may wait: of those that need not, and of all. */
enum { EARLY_MOST = 1 << 20, BYTES_MOST = 64 << 20, ROWS_FIRST = 64 };

/** Ids end here, long before SQLite's: a file that has larger ones was made by nobody's loading. */
static const int64_t id_most = INT64_MAX / 2;

/** A table's columns and how its rows come in. A document that changed is there already. */
static const struct table {
    size_t columns;
    const char *sql;
    bool early; /* rows go to the end of the table and of its indexes, whenever they go */
} tables[VB_PENDING_TABLES] = {
    [VB_PENDING_NODE] = { 5,
                          "INSERT OR FAIL INTO node(id, labels, key, name, origin)"
                          " SELECT a, b, c, d, e FROM verband_rows",
                          false },
    [VB_PENDING_ALIAS] = { 5,
                           "INSERT OR FAIL INTO alias(id, node, folded, name, documents)"
                           " SELECT a, b, c, d, e FROM verband_rows",
                           false },
    [VB_PENDING_DOCUMENT] = { 13,
                              "INSERT OR FAIL INTO document(id, node, file, path, hash, title, date, kind,"
                              " sender, number, bytes, mentions, edges) SELECT a, b, c, d, e, f, g, h, i,"
                              " j, k, l, m FROM verband_rows WHERE true ON CONFLICT(id) DO UPDATE SET"
                              " node = excluded.node, path = excluded.path, hash = excluded.hash,"
                              " title = excluded.title, date = excluded.date, kind = excluded.kind,"
                              " sender = excluded.sender, number = excluded.number,"
                              " bytes = excluded.bytes, mentions = excluded.mentions,"
                              " edges = excluded.edges",
                              true },
    [VB_PENDING_TEXT] = { 3,
                          "INSERT OR FAIL INTO document_text(document, text, sum) SELECT a, b, c"
                          " FROM verband_rows WHERE true ON CONFLICT(document) DO UPDATE SET"
                          " text = excluded.text, sum = excluded.sum",
                          true },
    [VB_PENDING_SKETCH] = { 2,
                            "INSERT OR REPLACE INTO document_sketch(document, sketch)"
                            " SELECT a, CAST(b AS BLOB) FROM verband_rows",
                            true },
    [VB_PENDING_DUPLICATE] = { 4,
                               "INSERT OR FAIL INTO duplicate(file, path, hash, document)"
                               " SELECT a, b, c, d FROM verband_rows",
                               true },
    [VB_PENDING_ALIAS_DOCUMENT] = { 2,
                                    "INSERT OR FAIL INTO alias_document(document, alias)"
                                    " SELECT a, b FROM verband_rows",
                                    true },
    [VB_PENDING_MENTION] = { 6,
                             "INSERT OR FAIL INTO mention(document, start, length, node, article, rule)"
                             " SELECT a, b, c, d, e, f FROM verband_rows",
                             true },
    [VB_PENDING_EDGE] = { 10,
                          "INSERT OR FAIL INTO edge(id, type, source, target, origin, certainty, weight,"
                          " first, last, amount) SELECT a, b, c, d, e, f, g, h, i, j FROM verband_rows",
                          false },
    [VB_PENDING_EVIDENCE] = { 17,
                              "INSERT OR FAIL INTO evidence(edge, document, start, length, rule, origin,"
                              " certainty, since, until, amount, amount_per, cue, cue_length, source_at,"
                              " source_length, target_at, target_length) SELECT a, b, c, d, e, f, g, h,"
                              " i, j, k, l, m, n, o, p, q FROM verband_rows",
                              false },
    [VB_PENDING_PASSAGE] = { 5,
                             "INSERT OR FAIL INTO passage(id, document, start, length, stems)"
                             " SELECT a, b, c, d, e FROM verband_rows",
                             true },
};

/* ---- ids ---------------------------------------------------------------------------------------------- */

static vb_status next_id(vb_store *store, const char *sql, int64_t *out, vb_error *err)
{
    vb_status status = vb_sql_int(store, err, sql, out);
    if (status == VB_OK && (*out < 0 || *out > id_most))
        status = vb_fail(err, VB_STORE, "the store is damaged: no row has an id like %lld", (long long)*out);
    return status;
}

/** The ids that rows will have: as SQLite gives them, one more than the largest. */
static vb_status learn_ids(vb_store *store, vb_pending *p, vb_error *err)
{
    vb_status status;
    TRY(next_id(store, "SELECT ifnull(max(id), 0) + 1 FROM node", &p->node, err));
    TRY(next_id(store, "SELECT ifnull(max(id), 0) + 1 FROM alias", &p->alias, err));
    TRY(next_id(store, "SELECT ifnull(max(id), 0) + 1 FROM document", &p->document, err));
    TRY(next_id(store, "SELECT ifnull(max(id), 0) + 1 FROM edge", &p->edge, err));
    TRY(next_id(store, "SELECT ifnull(max(id), 0) + 1 FROM passage", &p->passage, err));
    p->first_node = p->node;
    p->first_alias = p->alias;
    p->first_document = p->document;
done:
    return status;
}

static vb_status write_waiting(vb_store *store, bool early, vb_error *err);

/** Whether rows may come before those that they refer to, as they may in a load. */
static bool nothing_refers(vb_store *store)
{
    int checked = 1;
    return sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &checked) == SQLITE_OK && !checked;
}

vb_status vb_pending_begin(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    bool full = vb_known_is_full(store);
    store->puts = true;
    TRY(vb_known_open(store, err));
    vb_pending *p = store->pending ? store->pending : calloc(1, sizeof *p);
    if (!p) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (!store->pending) p->early_most = EARLY_MOST;
    store->pending = p;
    if (p->bytes > BYTES_MOST || full) TRY(vb_pending_write(store, err));
    if (p->early > p->early_most && nothing_refers(store)) TRY(write_waiting(store, true, err));
    if (full) vb_known_forget(store);
    if (!p->bytes) TRY(learn_ids(store, p, err));
done:
    return status;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

static vb_arena *arena_of(vb_pending *p, vb_pending_table table)
{
    vb_arena **arena = tables[table].early ? &p->early_arena : &p->arena;
    if (!*arena) *arena = vb_arena_new();
    return *arena;
}

static vb_status make_room(vb_pending *p, vb_pending_table table)
{
    vb_rows *rows = &p->rows[table];
    if (rows->n < p->cap[table]) return VB_OK;
    size_t cap = p->cap[table] ? p->cap[table] * 2 : ROWS_FIRST;
    size_t width = tables[table].columns * sizeof *rows->cells;
    vb_cell *cells = cap < SIZE_MAX / 2 / width ? realloc(rows->cells, cap * width) : NULL;
    if (!cells) return VB_NO_MEMORY;
    rows->cells = cells;
    rows->columns = tables[table].columns;
    p->cap[table] = cap;
    return VB_OK;
}

vb_status vb_pending_add(vb_store *store, vb_pending_table table, const vb_cell *cells, vb_cell **out,
                         vb_error *err)
{
    vb_pending *p = store->pending;
    vb_rows *rows = &p->rows[table];
    vb_arena *arena = arena_of(p, table);
    size_t bytes = tables[table].columns * sizeof *cells;
    if (!arena || make_room(p, table) != VB_OK) return vb_fail_memory(err);
    vb_cell *row = &rows->cells[rows->n * rows->columns];
    for (size_t i = 0; i < rows->columns; i++) {
        vb_str copy;
        row[i] = cells[i];
        if (!cells[i].text) continue;
        if (vb_arena_copy(arena, (vb_str){ cells[i].text, (size_t)cells[i].n }, &copy) != VB_OK)
            return vb_fail_memory(err);
        row[i].text = copy.at;
        bytes += copy.len;
    }
    p->bytes += bytes;
    if (tables[table].early) p->early += bytes;
    rows->n++;
    if (out) *out = row;
    return VB_OK;
}

static vb_cell *row_of(const vb_pending *p, vb_pending_table table, int64_t first, int64_t id)
{
    if (!p || !p->bytes || id < first || (size_t)(id - first) >= p->rows[table].n) return NULL;
    return &p->rows[table].cells[(size_t)(id - first) * p->rows[table].columns];
}

vb_cell *vb_pending_node(const vb_store *store, int64_t id)
{
    return store->pending ? row_of(store->pending, VB_PENDING_NODE, store->pending->first_node, id) : NULL;
}

vb_cell *vb_pending_document(const vb_store *store, int64_t id)
{
    return store->pending ? row_of(store->pending, VB_PENDING_DOCUMENT, store->pending->first_document, id)
                          : NULL;
}

/* ---- edges -------------------------------------------------------------------------------------------- */

static size_t ends_slot(const vb_pending *p, int64_t source, int64_t type, int64_t target)
{
    uint64_t hash = ((uint64_t)source * 0x9e3779b97f4a7c15u ^ (uint64_t)type) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ (uint64_t)target ^ hash >> 32) * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(hash >> 29) & (p->n_by_ends - 1);
    for (; p->by_ends[at]; at = (at + 1) & (p->n_by_ends - 1)) {
        const vb_said *s = &p->said[p->by_ends[at] - 1];
        if (s->source == source && s->type == type && s->target == target) break;
    }
    return at;
}

vb_said *vb_pending_said(const vb_store *store, int64_t source, int64_t type, int64_t target)
{
    const vb_pending *p = store->pending;
    if (!p->n_said) return NULL;
    uint32_t at = p->by_ends[ends_slot(p, source, type, target)];
    return at ? &p->said[at - 1] : NULL;
}

static size_t chain_of(vb_relation relation, int64_t source)
{
    return ((uint64_t)source * 31 + (uint64_t)relation) % VB_PENDING_CHAINS;
}

const vb_said *vb_pending_next(const vb_store *store, vb_relation relation, int64_t source, const vb_said *s)
{
    const vb_pending *p = store->pending;
    uint32_t at = s ? s->before : p->newest[chain_of(relation, source)];
    while (at && (p->said[at - 1].relation != relation || p->said[at - 1].source != source))
        at = p->said[at - 1].before;
    return at ? &p->said[at - 1] : NULL;
}

/** Room for one more edge, and for finding it. */
static vb_status grow_said(vb_pending *p)
{
    if (p->n_said == p->said_cap) {
        size_t cap = p->said_cap ? p->said_cap * 2 : ROWS_FIRST;
        vb_said *said = cap < UINT32_MAX / 2 ? realloc(p->said, cap * sizeof *said) : NULL;
        if (!said) return VB_NO_MEMORY;
        p->said = said;
        p->said_cap = cap;
    }
    if (p->n_by_ends >= p->said_cap * 2) return VB_OK;
    uint32_t *slots = calloc(p->said_cap * 2, sizeof *slots);
    if (!slots) return VB_NO_MEMORY;
    free(p->by_ends);
    p->by_ends = slots;
    p->n_by_ends = p->said_cap * 2;
    for (size_t i = 0; i < p->n_said; i++)
        slots[ends_slot(p, p->said[i].source, p->said[i].type, p->said[i].target)] = (uint32_t)i + 1;
    return VB_OK;
}

vb_status vb_pending_say(vb_store *store, const vb_said *said, vb_said **out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_pending *p = store->pending;
    vb_said each = *said;
    if (grow_said(p) != VB_OK || (!p->arena && !(p->arena = vb_arena_new()))) {
        status = vb_fail_memory(err);
        goto done;
    }
    each.row = SIZE_MAX;
    if (!each.id) {
        const vb_cell row[] = {
            { .n = p->edge }, { .n = each.type }, { .n = each.source }, { .n = each.target }, { .n = 0 },
            { .n = 0 },       { .n = 0 },         { .n = 0 },           { .n = 0 },           { .n = 0 }
        };
        TRY(vb_pending_add(store, VB_PENDING_EDGE, row, NULL, err));
        each.row = p->rows[VB_PENDING_EDGE].n - 1;
        each.id = p->edge++;
    }
    uint32_t *newest = &p->newest[chain_of(each.relation, each.source)];
    each.before = *newest;
    p->said[p->n_said++] = each;
    *newest = (uint32_t)p->n_said;
    p->by_ends[ends_slot(p, each.source, each.type, each.target)] = (uint32_t)p->n_said;
    p->bytes += sizeof each;
    *out = &p->said[p->n_said - 1];
done:
    return status;
}

/** What new edges come to, into their rows. */
static void fill_edges(vb_pending *p)
{
    vb_rows *rows = &p->rows[VB_PENDING_EDGE];
    for (size_t i = 0; i < p->n_said; i++) {
        const vb_said *s = &p->said[i];
        if (s->row == SIZE_MAX) continue;
        vb_cell *row = &rows->cells[s->row * rows->columns];
        row[4].n = s->origin;
        row[5] = vb_cell_some(s->certainty);
        row[6] = vb_cell_some(s->sentences);
        row[7] = vb_cell_text(s->first);
        row[8] = vb_cell_text(s->last);
        row[9] = vb_cell_some(s->amount);
    }
}

static int by_id(const void *a, const void *b)
{
    const vb_said *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/** Add what is said to what edges of the table come to, in the order of the table. */
static vb_status update_edges(vb_store *store, vb_pending *p, vb_error *err)
{
    vb_status status = VB_OK;
    if (p->n_said) qsort(p->said, p->n_said, sizeof *p->said, by_id);
    for (size_t i = 0; i < p->n_said; i++) {
        const vb_said *s = &p->said[i];
        if (s->row != SIZE_MAX) continue;
        TRY(vb_sql_do(store, err,
                      "UPDATE edge SET weight = nullif(ifnull(weight, 0) + ?2, 0),"
                      " first = ifnull(min(first, ?3), ifnull(first, ?3)),"
                      " last = ifnull(max(last, ?4), ifnull(last, ?4)),"
                      " certainty = nullif(min(ifnull(certainty, 0), ?5), 0), origin = min(origin, ?6),"
                      " amount = nullif(max(ifnull(amount, 0), ?7), 0) WHERE id = ?1",
                      "iinniii", s->id, s->sentences, s->first, s->last, s->certainty, s->origin, s->amount));
    }
done:
    return status;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

/** How many documents give the names that wait: known here, so that their rows need no second visit. */
static void fill_names(vb_store *store, vb_pending *p)
{
    vb_rows *rows = &p->rows[VB_PENDING_ALIAS];
    for (size_t i = 0; i < rows->n; i++) {
        vb_cell *row = &rows->cells[i * rows->columns];
        row[4].n = vb_known_take(store, row[0].n);
    }
}

/** Nothing waits any more of the tables whose rows go first. */
static void clear_early(vb_pending *p)
{
    for (size_t i = 0; i < VB_PENDING_TABLES; i++)
        if (tables[i].early) p->rows[i].n = 0;
    p->first_document = p->document;
    p->bytes -= p->early;
    p->early = 0;
    if (p->early_arena) vb_arena_clear(p->early_arena);
}

/** Nothing waits any more of all. */
static void clear(vb_pending *p)
{
    clear_early(p);
    p->first_node = p->node;
    p->first_alias = p->alias;
    for (size_t i = 0; i < VB_PENDING_TABLES; i++) p->rows[i].n = 0;
    if (p->n_said) memset(p->by_ends, 0, p->n_by_ends * sizeof *p->by_ends);
    memset(p->newest, 0, sizeof p->newest);
    p->n_said = p->bytes = 0;
    vb_arena_free(p->arena);
    p->arena = NULL;
}

/** Write what waits; @p early: only of the tables whose rows go first. */
static vb_status write_waiting(vb_store *store, bool early, vb_error *err)
{
    vb_status status = VB_OK;
    vb_pending *p = store->pending;
    p->writing = true;
    if (!early) {
        fill_names(store, p);
        fill_edges(p);
    }
    for (size_t i = 0; i < VB_PENDING_TABLES; i++)
        if (!early || tables[i].early) TRY(vb_rows_put(store, &p->rows[i], err, tables[i].sql, ""));
    if (!early) TRY(update_edges(store, p, err));
    if (!early && p->rows[VB_PENDING_ALIAS].n) vb_words_note(&store->new_aliases, p->first_alias);
    if (p->rows[VB_PENDING_PASSAGE].n)
        vb_words_note(&store->new_passages, p->passage - (int64_t)p->rows[VB_PENDING_PASSAGE].n);
done:
    p->writing = false;
    if (early && status == VB_OK)
        clear_early(p);
    else
        clear(p);
    if (status != VB_OK) vb_store_end_batch(store);
    return status;
}

vb_status vb_pending_write(vb_store *store, vb_error *err)
{
    if (!store->pending || !store->pending->bytes) return VB_OK;
    return write_waiting(store, false, err);
}

void vb_pending_drop(vb_store *store)
{
    if (store->pending) clear(store->pending);
}

void vb_pending_free(vb_pending *p)
{
    if (!p) return;
    clear(p);
    vb_arena_free(p->early_arena);
    for (size_t i = 0; i < VB_PENDING_TABLES; i++) free(p->rows[i].cells);
    free(p->said);
    free(p->by_ends);
    free(p);
}
