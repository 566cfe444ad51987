/** Names, dates and sentences out of the store's tables (graph/schema.c tells what they hold). */
#include "export/detail.h"

#include "graph/cut.h"

#include <sqlite3.h>

vb_str vb_detail_text(sqlite3_stmt *stmt, int i)
{
    const char *at = (const char *)sqlite3_column_text(stmt, i);
    return (vb_str){ at, at ? (size_t)sqlite3_column_bytes(stmt, i) : 0 };
}

/** Prepare @p sql for node or edge @p id. */
static vb_status ask(vb_store *store, const char *sql, int64_t id, sqlite3_stmt **out, vb_error *err)
{
    vb_status status;
    TRY(vb_store_prepare(store, sql, out, err));
    if (sqlite3_bind_int64(*out, 1, id) != SQLITE_OK)
        status = vb_store_fail(store, err, "reading for an export");
done:
    return status;
}

/** Step; VB_NOT_FOUND past the last row. */
static vb_status step(vb_store *store, sqlite3_stmt *stmt, vb_error *err)
{
    int code = sqlite3_step(stmt);
    if (code == SQLITE_ROW) return VB_OK;
    return code == SQLITE_DONE ? VB_NOT_FOUND : vb_store_fail(store, err, "reading for an export");
}

static vb_status read_aliases(vb_detail *d, const vb_node *node, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    d->aliases.len = 0;
    TRY(ask(d->store, "SELECT DISTINCT name FROM alias WHERE node = ? ORDER BY name", node->id, &stmt, err));
    while ((status = step(d->store, stmt, err)) == VB_OK) {
        vb_str name = vb_detail_text(stmt, 0);
        if (vb_str_eq(name, node->name)) continue;
        if ((d->aliases.len && vb_buf_add(&d->aliases, VB_STR("; ")) != VB_OK) ||
            vb_buf_add(&d->aliases, name) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    }
    if (status == VB_NOT_FOUND) status = VB_OK;
done:
    return status;
}

static vb_status read_labels(vb_detail *d, int64_t node, vb_node_detail *out, vb_error *err)
{
    static const char sql[] =
        "SELECT s.name || ifnull((SELECT group_concat(';' || value, '') FROM json_each(s.labels) WHERE value"
        " <> s.name), ''), d.date FROM node n JOIN label_set s ON s.id = n.labels LEFT JOIN document d ON"
        " d.node = n.id WHERE n.id = ?";
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(ask(d->store, sql, node, &stmt, err));
    TRY(step(d->store, stmt, err));
    d->labels.len = 0;
    if (vb_buf_add(&d->labels, vb_detail_text(stmt, 0)) != VB_OK) return vb_fail_memory(err);
    out->labels = vb_buf_view(&d->labels);
    vb_str date = vb_detail_text(stmt, 1);
    if (date.len < sizeof d->date) {
        if (date.len) memcpy(d->date, date.at, date.len);
        out->date = (vb_str){ d->date, date.len };
    }
done:
    return status;
}

vb_status vb_detail_node(void *context, uint32_t i, vb_node_detail *out, vb_error *err)
{
    vb_status status;
    vb_detail *d = context;
    const vb_node *node = &d->cut->nodes[i];
    sqlite3_stmt *stmt;
    *out = (vb_node_detail){ 0 };
    if (d->whole) TRY(read_labels(d, node->id, out, err));
    if (d->nodes && !d->nodes[node->id - d->first_node].more) {
        out->origin = (vb_origin)d->nodes[node->id - d->first_node].origin;
        return VB_OK;
    }
    TRY(read_aliases(d, node, err));
    TRY(ask(d->store,
            "SELECT min(nullif(d.date, '')), max(nullif(d.date, '')), (SELECT origin FROM node WHERE id = ?1)"
            " FROM edge e JOIN document d ON d.node = "
            "e.source"
            " WHERE e.target = ?1 AND e.type = (SELECT id FROM relation WHERE name = 'MENTIONS')",
            node->id, &stmt, err));
    TRY(step(d->store, stmt, err));
    out->aliases = vb_buf_view(&d->aliases);
    out->first = vb_detail_text(stmt, 0);
    out->last = vb_detail_text(stmt, 1);
    out->origin = (vb_origin)sqlite3_column_int(stmt, 2);
done:
    return status;
}

/** "2024-05-06" out of a packed date, into @p room of 11 bytes. */
static vb_str unpack_date(uint16_t packed, char *room)
{
    if (!packed) return (vb_str){ NULL, 0 };
    unsigned year = VB_BRIEF_YEAR + (packed >> 9), month = packed >> 5 & 15, day = packed & 31;
    const unsigned digits[] = { year / 1000, year / 100 % 10, year / 10 % 10, year % 10,
                                month / 10,  month % 10,      day / 10,       day % 10 };
    for (size_t i = 0, at = 0; i < VB_COUNT(digits); i++) {
        if (i == 4 || i == 6) room[at++] = '-';
        room[at++] = (char)('0' + digits[i]);
    }
    return (vb_str){ room, 10 };
}

/** What the scans know of an edge. */
static vb_edge_detail in_brief(vb_detail *d, const vb_brief *brief)
{
    return (vb_edge_detail){ .first = unpack_date(brief->first, d->first),
                             .last = unpack_date(brief->last, d->last),
                             .start = -1,
                             .end = -1,
                             .origin = (vb_origin)brief->origin,
                             .certainty = brief->announced ? VB_ANNOUNCED : VB_STATED };
}

/** Of an edge of a projection: the names of what its ends share, instead of a sentence. */
static vb_status read_shared(vb_detail *d, uint32_t edge, vb_edge_detail *out, vb_error *err)
{
    enum { NAMED = 20 };
    vb_status status;
    vb_nodes shared;
    vb_arena_free(d->arena);
    d->arena = vb_arena_new();
    d->aliases.len = 0;
    if (!d->arena) return vb_fail_memory(err);
    TRY(vb_cut_shared(d->cut, edge, d->arena, &shared));
    for (size_t i = 0; i < shared.len && i < NAMED; i++) {
        if (i) TRY(vb_buf_add(&d->aliases, VB_STR("; ")));
        TRY(vb_buf_add(&d->aliases, shared.at[i].name.len ? shared.at[i].name : shared.at[i].key));
    }
    if (shared.len > NAMED) TRY(vb_buf_add(&d->aliases, VB_STR("; …")));
    *out = (vb_edge_detail){ .start = -1, .end = -1, .sentence = vb_buf_view(&d->aliases) };
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

vb_status vb_detail_edge(void *context, uint32_t i, vb_edge_detail *out, vb_error *err)
{
    vb_status status;
    vb_detail *d = context;
    vb_edge edge;
    enum { AHEAD = 16 }; /* edges come in the cut's order, what is known of them lies in the store's */
    if (d->cut->shared) return read_shared(d, i, out, err);
    if (d->edges && i + AHEAD < d->cut->n_edges)
        __builtin_prefetch(&d->edges[d->cut->edges[i + AHEAD].id - d->first_edge]);
    const vb_brief *brief = d->edges ? &d->edges[d->cut->edges[i].id - d->first_edge] : NULL;
    if (brief && !brief->more) {
        *out = in_brief(d, brief);
        return VB_OK;
    }
    vb_arena_free(d->arena);
    d->arena = vb_arena_new();
    if (!d->arena) return vb_fail_memory(err);
    TRY(vb_store_edge(d->store, d->cut->edges[i].id, d->sentences ? d->sentences : 1, d->arena, &edge, err));
    *out = (vb_edge_detail){ .first = edge.first,
                             .last = edge.last,
                             .origin = edge.origin,
                             .certainty = edge.certainty,
                             .start = -1,
                             .end = -1 };
    if (edge.n_evidence) {
        out->document = edge.evidence[0].document;
        out->start = edge.evidence[0].start;
        out->end = edge.evidence[0].end;
        out->sentence = edge.evidence[0].text;
        if (edge.evidence[0].text.len) {
            out->evidence = edge.evidence;
            out->n_evidence = edge.n_evidence;
        }
    }
done:
    return status;
}

/** The loaded documents, all of them. */
static vb_status count_all(vb_store *store, vb_arena *arena, int64_t *n, vb_str *first, vb_str *last,
                           vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(vb_store_prepare(store, "SELECT count(*), min(nullif(date, '')), max(nullif(date, '')) FROM document",
                         &stmt, err));
    TRY(step(store, stmt, err));
    *n = sqlite3_column_int64(stmt, 0);
    TRY(vb_arena_copy(arena, vb_detail_text(stmt, 1), first));
    TRY(vb_arena_copy(arena, vb_detail_text(stmt, 2), last));
done:
    return status;
}

/** Documents that were counted, and their dates. */
typedef struct tally {
    vb_places seen;
    vb_arena *arena;
    vb_str first, last;
} tally;

static vb_status count_row(tally *t, const vb_cut_options *o, int64_t document, vb_str date)
{
    vb_status status = VB_OK;
    if (vb_places_find(&t->seen, document) != UINT32_MAX) return VB_OK;
    if ((o->since.len && vb_str_cmp(date, o->since) < 0) || (o->until.len && vb_str_cmp(date, o->until) > 0))
        return VB_OK;
    TRY(vb_places_add(&t->seen, t->arena, document, (uint32_t)t->seen.n));
    if (date.len && (!t->first.len || vb_str_cmp(date, t->first) < 0))
        TRY(vb_arena_copy(t->arena, date, &t->first));
    if (date.len && (!t->last.len || vb_str_cmp(date, t->last) > 0))
        TRY(vb_arena_copy(t->arena, date, &t->last));
done:
    return status;
}

/** The documents with a sentence of the edge, and the one that a MENTIONS edge starts from. */
static vb_status count_edge(const vb_detail *d, tally *t, const vb_cut_options *o, int64_t edge,
                            vb_error *err)
{
    static const char sql[] =
        "SELECT d.id, d.date FROM evidence v JOIN document d ON d.id = v.document WHERE v.edge = ?1"
        " UNION SELECT d.id, d.date FROM edge e JOIN document d ON d.node = e.source WHERE e.id = ?1 AND"
        " e.type = (SELECT id FROM relation WHERE name = 'MENTIONS')";
    vb_status status;
    sqlite3_stmt *stmt;
    TRY(ask(d->store, sql, edge, &stmt, err));
    while ((status = step(d->store, stmt, err)) == VB_OK)
        TRY(count_row(t, o, sqlite3_column_int64(stmt, 0), vb_detail_text(stmt, 1)));
    if (status == VB_NOT_FOUND) status = VB_OK;
done:
    return status;
}

vb_status vb_detail_documents(const vb_detail *d, const vb_cut_options *options, vb_arena *arena, int64_t *n,
                              vb_str *first, vb_str *last, vb_error *err)
{
    vb_status status = VB_OK;
    tally t = { .arena = arena };
    if (d->cut->shared || d->cut->n_edges >= VB_SCENE_SCANNED)
        return count_all(d->store, arena, n, first, last, err);
    for (uint32_t i = 0; i < d->cut->n_edges; i++) TRY(count_edge(d, &t, options, d->cut->edges[i].id, err));
    *n = (int64_t)t.seen.n;
    *first = t.first;
    *last = t.last;
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

void vb_detail_clear(vb_detail *detail)
{
    vb_buf_clear(&detail->aliases);
    vb_buf_clear(&detail->labels);
    vb_arena_free(detail->arena);
    detail->arena = NULL;
}
