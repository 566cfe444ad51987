/**
 * Many nodes and edges at once, for imports: one transaction; foreign keys are not looked up row by row
 * (every id comes from here); a store without edges lives without their indexes until the end.
 *
 * Imported edges (origin 3) stand beside those of documents and are never mixed with them: loading a document
 * again leaves them alone.
 */
#include "graph/store.h"

#include <stdlib.h>

/** A set of labels, or a relation, that was looked up. */
typedef struct known {
    vb_str name; /* of a set: the labels, each with a line feed behind it */
    int64_t id;
    bool symmetric;
} known;

typedef struct known_list {
    VB_VEC(known) rows;
    size_t last; /* rows come in runs */
} known_list;

/** An imported edge, found by its ends. */
typedef struct edge_entry {
    int64_t source, type, target, edge; /* edge 0: a free slot */
} edge_entry;

struct vb_bulk {
    vb_store *store;
    vb_arena *arena;   /* lasts as long as the bulk: labels, relations, index definitions */
    vb_arena *scratch; /* a row's; renewed now and then */
    size_t n_scratch;
    known_list labels, relations;
    VB_VEC(vb_str) indexes; /* definitions of the indexes to build */
    edge_entry *edges;      /* open addressing: the edges that rows may add to */
    size_t n_edges, edges_cap;
    int64_t cache; /* the cache size of the store, for afterwards */
    bool open;     /* the transaction is */
    bool fresh;    /* there was no imported edge: none to add to but our own */
};

enum { SCRATCH_ROWS = 4096 };

/** The indexes that only reading needs. Those that say what may not be there twice stay. */
static const char put_off[] =
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('edge',"
    " 'evidence', 'alias') AND sql LIKE 'CREATE INDEX%' ORDER BY name";

static vb_status script(vb_store *store, const char *sql, const char *doing, vb_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? VB_OK
                                                                       : vb_store_fail(store, err, doing);
}

/** Drop the indexes that can wait and remember how to make them. */
static vb_status drop_indexes(vb_bulk *b, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_str name, sql;
    VB_VEC(vb_str) drops = { 0 };
    TRY(vb_sql_bind(b->store, err, &stmt, put_off, ""));
    while ((status = vb_sql_row(b->store, err, stmt, &row)) == VB_OK && row) {
        if (vb_sql_copy(stmt, 0, b->arena, &name) != VB_OK || vb_sql_copy(stmt, 1, b->arena, &sql) != VB_OK ||
            vb_push(b->arena, &drops) != VB_OK || vb_push(b->arena, &b->indexes) != VB_OK ||
            vb_arena_printf(b->arena, &drops.at[drops.len - 1], "DROP INDEX \"%.*s\"", VB_FMT(name)) !=
                VB_OK) {
            sqlite3_reset(stmt);
            status = vb_fail_memory(err);
            goto done;
        }
        b->indexes.at[b->indexes.len - 1] = sql;
    }
    for (size_t i = 0; status == VB_OK && i < drops.len; i++)
        TRY(script(b->store, drops.at[i].at, "putting off an index", err));
done:
    return status;
}

vb_status vb_bulk_begin(vb_store *store, vb_bulk **out, vb_error *err)
{
    vb_status status;
    int64_t n_edges = 0, n_imported = 0;
    vb_bulk *b = calloc(1, sizeof *b);
    if (!b) return vb_fail_memory(err);
    b->store = store;
    b->arena = vb_arena_new();
    b->scratch = vb_arena_new();
    if (!b->arena || !b->scratch) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (store->batch) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "a batch is open already");
        goto done;
    }
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL); /* no effect inside a transaction */
    TRY(vb_sql_int(store, err, "PRAGMA cache_size", &b->cache));
    TRY(script(store, "PRAGMA cache_size = -262144", "starting an import",
               err)); /* 256 MiB: what is written once */
    TRY(vb_store_begin(store, err));
    b->open = true;
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM edge)", &n_edges));
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM edge WHERE origin = 3)", &n_imported));
    b->fresh = !n_imported;
    if (!n_edges) TRY(drop_indexes(b, err));
    *out = b;
    b = NULL;
done:
    vb_bulk_free(b);
    return status;
}

void vb_bulk_free(vb_bulk *b)
{
    char pragma[48];
    if (!b) return;
    if (b->open) vb_store_rollback(b->store);
    sqlite3_db_config(b->store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    (void)snprintf(pragma, sizeof pragma, "PRAGMA cache_size = %lld", (long long)b->cache);
    if (b->cache) sqlite3_exec(b->store->db, pragma, NULL, NULL, NULL);
    free(b->edges);
    vb_arena_free(b->scratch);
    vb_arena_free(b->arena);
    free(b);
}

static vb_status renew_scratch(vb_bulk *b, vb_error *err)
{
    if (++b->n_scratch < SCRATCH_ROWS) return VB_OK;
    vb_arena *fresh = vb_arena_new();
    if (!fresh) return vb_fail_memory(err);
    vb_arena_free(b->scratch);
    b->scratch = fresh;
    b->n_scratch = 0;
    return VB_OK;
}

/* ---- labels and relations ------------------------------------------------------------------------------ */

static known *find_known(known_list *list, vb_str name)
{
    for (size_t i = 0; i < list->rows.len; i++) {
        size_t at = (list->last + i) % list->rows.len;
        if (!vb_str_eq(list->rows.at[at].name, name)) continue;
        list->last = at;
        return &list->rows.at[at];
    }
    return NULL;
}

static vb_status add_known(vb_bulk *b, known_list *list, vb_str name, int64_t id, bool symmetric,
                           vb_error *err)
{
    known row = { .id = id, .symmetric = symmetric };
    if (vb_arena_copy(b->arena, name, &row.name) != VB_OK || vb_push(b->arena, &list->rows) != VB_OK)
        return vb_fail_memory(err);
    list->last = list->rows.len - 1;
    list->rows.at[list->last] = row;
    return VB_OK;
}

static vb_status join_labels(vb_bulk *b, const vb_bulk_node *row, vb_str *out)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    for (size_t i = 0; i < row->n_labels; i++) {
        TRY(vb_buf_add(&text, row->labels[i]));
        TRY(vb_buf_add(&text, VB_STR("\n")));
    }
    TRY(vb_arena_copy(b->scratch, vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}

static vb_status find_labels(vb_bulk *b, const vb_bulk_node *row, int64_t *out, vb_error *err)
{
    vb_status status;
    vb_str joined = { 0 }, first = row->n_labels ? row->labels[0] : VB_STR("");
    int64_t id = 0;
    TRY(join_labels(b, row, &joined) == VB_OK ? VB_OK : vb_fail_memory(err));
    const known *seen = find_known(&b->labels, joined);
    if (!seen) {
        /* labels as sorted JSON, made by SQLite itself: split at the line feeds */
        TRY(vb_sql_id(b->store, err, &id,
                      "WITH RECURSIVE part(label, rest) AS (SELECT NULL, ?2 UNION ALL SELECT"
                      " substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)"
                      " FROM part WHERE rest <> '')"
                      "INSERT INTO label_set(name, labels) SELECT ?1, json_group_array(label) FROM"
                      " (SELECT DISTINCT label FROM part WHERE label <> '' ORDER BY label) WHERE true"
                      " ON CONFLICT(labels) DO UPDATE SET name = name RETURNING id",
                      "ss", first, joined));
        TRY(add_known(b, &b->labels, joined, id, false, err));
        seen = &b->labels.rows.at[b->labels.last];
    }
    *out = seen->id;
done:
    return status;
}

static vb_status find_relation(vb_bulk *b, vb_str name, const known **out, vb_error *err)
{
    vb_status status = VB_OK;
    const known *seen = find_known(&b->relations, name);
    int64_t id = 0, symmetric = 0;
    if (!seen) {
        TRY(vb_sql_id(b->store, err, &id,
                      "INSERT INTO relation(name) VALUES(?) ON CONFLICT(name) DO UPDATE SET name = name"
                      " RETURNING id",
                      "s", name));
        TRY(vb_sql_id(b->store, err, &symmetric, "SELECT symmetric FROM relation WHERE id = ?", "i", id));
        TRY(add_known(b, &b->relations, name, id, symmetric != 0, err));
        seen = &b->relations.rows.at[b->relations.last];
    }
    *out = seen;
done:
    return status;
}

/* ---- nodes --------------------------------------------------------------------------------------------- */

static vb_status add_name(vb_bulk *b, int64_t node, vb_str name, bool look, vb_error *err)
{
    vb_status status = VB_OK;
    vb_str folded;
    int64_t id = 0;
    name = vb_str_trim(name);
    if (!name.len) return VB_OK;
    if (look)
        TRY(vb_sql_id(b->store, err, &id, "SELECT id FROM alias WHERE node = ? AND name = ?", "is", node,
                      name));
    if (id) goto done;
    TRY(vb_fold(b->scratch, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_sql_do(b->store, err, "INSERT INTO alias(node, folded, name) VALUES(?, ?, ?)", "iss", node, folded,
                  name));
    id = sqlite3_last_insert_rowid(b->store->db);
    TRY(vb_sql_do(b->store, err, "INSERT INTO alias_words(rowid, folded) VALUES(?, ?)", "is", id, folded));
done:
    return status;
}

/** Whether @p name is among the first @p n names of a row; a name is kept once. */
static bool is_among(const vb_str *names, size_t n, vb_str name)
{
    for (size_t i = 0; i < n; i++)
        if (vb_str_eq(vb_str_trim(names[i]), vb_str_trim(name))) return true;
    return false;
}

/** A file name makes the node a loaded document, without text. */
static vb_status put_document(vb_bulk *b, const vb_bulk_node *row, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    int64_t other = 0;
    TRY(vb_sql_id(b->store, err, &other, "SELECT node FROM document WHERE file = ? AND node <> ?", "si",
                  row->document, node));
    if (other) {
        status =
            vb_fail(err, VB_BAD_INPUT, "another node is the document '%.*s' already", VB_FMT(row->document));
        goto done;
    }
    TRY(vb_sql_do(
        b->store, err,
        "INSERT INTO document(node, file, path, hash, title, date, bytes) VALUES(?, ?2, ?2, 0, ?, ?, 0)"
        " ON CONFLICT(node) DO UPDATE SET date = ifnull(excluded.date, date)",
        "issn", node, row->document, name, row->date));
done:
    return status;
}

vb_status vb_bulk_node_put(vb_bulk *b, const vb_bulk_node *row, int64_t *out, bool *made, vb_error *err)
{
    vb_status status;
    int64_t labels = 0, id = 0;
    vb_str name = vb_str_trim(row->name);
    if (!name.len) name = row->key;
    TRY(renew_scratch(b, err));
    TRY(find_labels(b, row, &labels, err));
    TRY(vb_sql_id(b->store, err, &id, "SELECT id FROM node WHERE labels = ? AND key = ?", "is", labels,
                  row->key));
    bool met = id != 0;
    if (met) {
        if (row->props.len)
            TRY(vb_sql_do(b->store, err,
                          "UPDATE node SET props = json_patch(ifnull(props, '{}'), ?) WHERE id = ?", "si",
                          row->props, id));
    } else {
        TRY(vb_sql_do(b->store, err,
                      "INSERT INTO node(labels, key, name, origin, props) VALUES(?, ?, ?, 3, ?)", "issn",
                      labels, row->key, name, row->props));
        id = sqlite3_last_insert_rowid(b->store->db);
    }
    TRY(add_name(b, id, name, met, err));
    for (size_t i = 0; i < row->n_aliases; i++)
        if (met || (!is_among(row->aliases, i, row->aliases[i]) && !is_among(&name, 1, row->aliases[i])))
            TRY(add_name(b, id, row->aliases[i], met, err));
    if (row->document.len) TRY(put_document(b, row, id, name, err));
    *out = id;
    if (made) *made = !met;
done:
    return status;
}

/* ---- edges --------------------------------------------------------------------------------------------- */

/** A symmetric edge is stored once, from the end whose label and key come first. */
static vb_status order_ends(vb_bulk *b, int64_t *source, int64_t *target, vb_error *err)
{
    int64_t first = *source;
    vb_status status =
        vb_sql_id(b->store, err, &first,
                  "SELECT n.id FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id IN (?, ?)"
                  " ORDER BY s.name, n.key, n.id LIMIT 1",
                  "ii", *source, *target);
    if (status == VB_OK && first != *source) {
        *target = *source;
        *source = first;
    }
    return status;
}

/** The loaded document called @p file, and its date; 0 where there is none. */
static vb_status find_document(vb_bulk *b, vb_str file, int64_t *out, vb_str *date, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row = false;
    *out = 0;
    *date = VB_STR("");
    TRY(vb_sql_bind(b->store, err, &stmt, "SELECT id, date FROM document WHERE file = ?", "s", file));
    TRY(vb_sql_row(b->store, err, stmt, &row));
    if (!row) goto done;
    *out = sqlite3_column_int64(stmt, 0);
    if (vb_sql_copy(stmt, 1, b->scratch, date) != VB_OK) status = vb_fail_memory(err);
    sqlite3_reset(stmt);
done:
    return status;
}

/**
 * Who says the edge: the loaded document of that name, else just the name. The words stand in the evidence,
 * for no text is loaded to point into: start is -1, and length numbers what one document says of one edge.
 * @param told whether that is new.
 */
static vb_status add_evidence(vb_bulk *b, const vb_bulk_edge *row, int64_t edge, int64_t document, bool *told,
                              vb_error *err)
{
    vb_status status = VB_OK;
    *told = true;
    if (!row->text.len) goto done;
    if (document)
        TRY(vb_sql_do(
            b->store, err,
            "INSERT INTO evidence(edge, document, start, length, origin, text) SELECT ?1, ?2, -1,"
            " (SELECT count(*) FROM evidence WHERE edge = ?1 AND document = ?2), 3, ?3 WHERE NOT EXISTS"
            " (SELECT 1 FROM evidence WHERE edge = ?1 AND document = ?2 AND text = ?3)",
            "iis", edge, document, row->text));
    else
        TRY(vb_sql_do(
            b->store, err,
            "INSERT INTO evidence(edge, start, length, origin, said_in, text) SELECT ?1, -1, 0, 3, ?2, ?3"
            " WHERE NOT EXISTS (SELECT 1 FROM evidence WHERE edge = ?1 AND document IS NULL"
            " AND said_in IS ?2 AND text = ?3)",
            "ins", edge, row->document, row->text));
    *told = sqlite3_changes(b->store->db) > 0;
done:
    return status;
}

/** Where the edge of these ends is, or would be, in the map; the map is never full. */
static size_t edge_slot(const vb_bulk *b, int64_t source, int64_t type, int64_t target)
{
    const int64_t parts[] = { source, type, target };
    size_t at = (size_t)vb_hash((vb_str){ (const char *)parts, sizeof parts }) & (b->edges_cap - 1);
    for (; b->edges[at].edge; at = (at + 1) & (b->edges_cap - 1))
        if (b->edges[at].source == source && b->edges[at].type == type && b->edges[at].target == target)
            break;
    return at;
}

/** Room in the map for one more: at most half full. */
static vb_status grow_edges(vb_bulk *b, vb_error *err)
{
    const edge_entry *old = b->edges;
    size_t old_cap = b->edges_cap, cap = old_cap ? old_cap * 2 : 1024;
    if (b->n_edges * 2 < old_cap) return VB_OK;
    edge_entry *room = cap < SIZE_MAX / sizeof *room ? calloc(cap, sizeof *room) : NULL;
    if (!room) return vb_fail_memory(err);
    edge_entry *former = b->edges;
    b->edges = room;
    b->edges_cap = cap;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].edge) room[edge_slot(b, old[i].source, old[i].type, old[i].target)] = old[i];
    free(former);
    return VB_OK;
}

/** The imported edge of this type between these nodes; 0: none. */
static vb_status find_edge(vb_bulk *b, int64_t source, int64_t type, int64_t target, int64_t *out,
                           vb_error *err)
{
    *out = 0;
    if (!b->fresh)
        return vb_sql_id(
            b->store, err, out,
            "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin = 3 AND props"
            " IS NULL LIMIT 1",
            "iii", source, type, target);
    vb_status status = grow_edges(b, err);
    if (status == VB_OK) *out = b->edges[edge_slot(b, source, type, target)].edge;
    return status;
}

static vb_status make_edge(vb_bulk *b, const vb_bulk_edge *row, const edge_entry *ends, vb_str date,
                           int64_t *out, vb_error *err)
{
    vb_status status;
    bool whole = row->count == 1;
    TRY(vb_sql_do(b->store, err,
                  "INSERT INTO edge(type, source, target, origin, weight, first, last, props)"
                  " VALUES(?, ?, ?, 3, ?, ?5, ?5, ?6)",
                  "iiidnn", ends->type, ends->source, ends->target, whole ? (int64_t)-1 : row->count, date,
                  row->props));
    *out = sqlite3_last_insert_rowid(b->store->db);
    if (row->merge && b->fresh) {
        b->edges[edge_slot(b, ends->source, ends->type, ends->target)] =
            (edge_entry){ ends->source, ends->type, ends->target, *out };
        b->n_edges++;
    }
done:
    return status;
}

vb_status vb_bulk_edge_put(vb_bulk *b, const vb_bulk_edge *row, bool *made, vb_error *err)
{
    vb_status status;
    const known *relation;
    int64_t document = 0, edge = 0;
    vb_str date = row->date, said = { NULL, 0 };
    bool told = true;
    TRY(renew_scratch(b, err));
    TRY(find_relation(b, row->type, &relation, err));
    edge_entry ends = { row->source, relation->id, row->target, 0 };
    if (relation->symmetric) TRY(order_ends(b, &ends.source, &ends.target, err));
    if (row->document.len) TRY(find_document(b, row->document, &document, &said, err));
    if (!date.len) date = said;
    if (row->merge) TRY(find_edge(b, ends.source, ends.type, ends.target, &edge, err));
    bool met = edge != 0;
    if (!met) TRY(make_edge(b, row, &ends, date, &edge, err));
    TRY(add_evidence(b, row, edge, document, &told, err));
    if (met && told)
        TRY(vb_sql_do(
            b->store, err,
            "UPDATE edge SET weight = ifnull(weight, 1) + ?2, first = ifnull(min(first, ?3), ifnull(first,"
            " ?3)), last = ifnull(max(last, ?3), ifnull(last, ?3)) WHERE id = ?1",
            "iin", edge, row->count, date));
    if (made) *made = !met;
done:
    return status;
}

/* ---- the end ------------------------------------------------------------------------------------------- */

vb_status vb_bulk_commit(vb_bulk *b, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < b->indexes.len; i++)
        TRY(script(b->store, b->indexes.at[i].at, "building an index", err));
    TRY(script(
        b->store,
        "UPDATE document SET mentions = (SELECT ifnull(sum(ifnull(e.weight, 1)), 0) FROM edge e JOIN "
        "relation r"
        " ON r.id = e.type WHERE e.source = document.node AND r.name = 'MENTIONS'), edges = (SELECT"
        " count(DISTINCT edge) FROM evidence WHERE document = document.id) WHERE bytes = 0 AND hash = 0",
        "counting what documents say", err));
    TRY(vb_store_commit(b->store, err));
    b->open = false;
done:
    return status;
}
