/**
 * Mentions, edges with their sentences, and passages on their way into the store. An edge keeps what its
 * sentences come to (how many, from when to when, how certain), brought up to date by what is added: an edge
 * that ten thousand letters say must not be counted anew by the next one.
 */
#include "graph/store.h"

#include <stdlib.h>

/** The id of a rule's name, made when it is new; -1 of an empty name. One document's rules are few. */
static vb_status find_rule(vb_put *p, vb_str rule, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t id = 0;
    vb_put_rule *known = &p->rules[vb_hash(rule) % VB_COUNT(p->rules)];
    if (!rule.len || (known->id && vb_str_eq(rule, known->name))) {
        *out = rule.len ? known->id : -1;
        goto done;
    }
    TRY(vb_sql_id(p->store, err, &id, "SELECT id FROM rule WHERE name = ?", "s", rule));
    if (!id) {
        TRY(vb_sql_do(p->store, err, "INSERT INTO rule(name) VALUES(?)", "s", rule));
        id = sqlite3_last_insert_rowid(p->store->db);
    }
    *known = (vb_put_rule){ .name = rule, .id = id };
    *out = id;
done:
    return status;
}

vb_status vb_put_mentions(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_record *r = p->record;
    for (size_t i = 0; i < r->n_mentions; i++) {
        const vb_rec_mention *m = &r->mentions[i];
        int64_t node = 0, rule = 0;
        TRY(vb_put_node(p, m->node, &node, err));
        TRY(find_rule(p, m->rule, &rule, err));
        TRY(vb_sql_do(
            p->store, err,
            "INSERT INTO mention(document, start, length, node, article, rule) VALUES(?, ?, ?, ?, ?, ?)",
            "iiiind", p->document, (int64_t)m->start, (int64_t)(m->end - m->start), node, m->article, rule));
    }
    TRY(vb_sql_do(p->store, err,
                  "INSERT INTO edge(type, source, target, origin, weight, first, last)"
                  " SELECT ?, ?, node, 0, count(*), ?3, ?3 FROM mention WHERE document = ?4"
                  " GROUP BY node ORDER BY node",
                  "iini", p->store->relations[VB_REL_MENTIONS], p->self, r->date, p->document));
done:
    return status;
}

vb_status vb_edge_order_ends(vb_store *store, int64_t *source, int64_t *target, bool *turned, vb_error *err)
{
    int64_t as_is = 1, first = *source;
    vb_status status = vb_sql_id(store, err, &as_is,
                                 "SELECT (s.name, n.key, n.id) <= (u.name, m.key, m.id) FROM node n, node m"
                                 " JOIN label_set s ON s.id = n.labels JOIN label_set u ON u.id = m.labels"
                                 " WHERE n.id = ? AND m.id = ?",
                                 "ii", *source, *target);
    *turned = status == VB_OK && !as_is;
    if (*turned) {
        *source = *target;
        *target = first;
    }
    return status;
}

/** The edge that texts and gazetteers say between two nodes; made when it is new: announced, until evidence
 * is added up that states it. *turned: its ends are the other way round. */
static vb_status find_edge(vb_put *p, const vb_rec_edge *e, int64_t *out, bool *turned, vb_error *err)
{
    vb_status status;
    int64_t source = 0, target = 0, type = p->store->relations[e->type];
    TRY(vb_put_node(p, e->source, &source, err));
    TRY(vb_put_node(p, e->target, &target, err));
    *turned = false;
    if (vb_relation_get(e->type)->symmetric) TRY(vb_edge_order_ends(p->store, &source, &target, turned, err));
    *out = 0;
    TRY(vb_sql_id(p->store, err, out,
                  "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin <= 1 LIMIT 1",
                  "iii", source, type, target));
    if (*out) goto done;
    TRY(vb_sql_do(p->store, err,
                  "INSERT INTO edge(type, source, target, origin, certainty) VALUES(?, ?, ?, ?, 1)", "iiii",
                  type, source, target, (int64_t)e->origin));
    *out = sqlite3_last_insert_rowid(p->store->db);
done:
    return status;
}

/** Where a mark begins and how long it is; -1, which binds as NULL, where there is none. */
static int64_t mark_start(const vb_span *mark)
{
    return mark->end > mark->start ? (int64_t)mark->start : -1;
}

static int64_t mark_length(const vb_span *mark)
{
    return mark->end > mark->start ? (int64_t)(mark->end - mark->start) : -1;
}

/** The same sentence says an edge once; where two rules differ it is stated. @p turned: the store has the
 * edge's ends the other way round. */
static vb_status put_evidence(vb_put *p, const vb_rec_edge *e, int64_t edge, bool turned, vb_error *err)
{
    vb_status status;
    int64_t rule = 0;
    bool text = e->origin == VB_ORIGIN_TEXT;
    const vb_span *cue = &e->marks[VB_MARK_CUE];
    const vb_span *from = &e->marks[turned ? VB_MARK_TARGET : VB_MARK_SOURCE];
    const vb_span *to = &e->marks[turned ? VB_MARK_SOURCE : VB_MARK_TARGET];
    TRY(find_rule(p, e->rule, &rule, err));
    TRY(vb_sql_do(p->store, err,
                  "INSERT INTO evidence(edge, document, start, length, rule, origin, certainty, since, until,"
                  " amount, amount_per, cue, cue_length, source_at, source_length, target_at, target_length)"
                  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                  " ON CONFLICT(edge, document, start, length)"
                  " DO UPDATE SET certainty = excluded.certainty WHERE excluded.certainty < certainty",
                  "iiiidiinndndddddd", edge, p->document, text ? (int64_t)e->start : (int64_t)-1,
                  text ? (int64_t)(e->end - e->start) : (int64_t)0, rule, (int64_t)e->origin,
                  (int64_t)e->certainty, e->since, e->until, e->amount ? e->amount : (int64_t)-1,
                  e->yearly ? VB_STR("year") : (vb_str){ 0 }, mark_start(cue), mark_length(cue),
                  mark_start(from), mark_length(from), mark_start(to), mark_length(to)));
done:
    return status;
}

/**
 * Add what this document says to what an edge comes to. Two plain statements: one with a subquery would make
 * SQLite set up a table in memory for each edge.
 */
static vb_status add_up(vb_put *p, int64_t edge, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    int64_t n = 0, certainty = 0, origin = 0, amount = 0;
    TRY(vb_sql_bind(p->store, err, &stmt,
                    "SELECT count(*) FILTER (WHERE start >= 0), min(certainty), min(origin),"
                    " ifnull(max(amount), 0) FROM evidence"
                    " WHERE edge = ? AND document = ?",
                    "ii", edge, p->document));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (!row) goto done;
    n = sqlite3_column_int64(stmt, 0);
    certainty = sqlite3_column_int64(stmt, 1);
    origin = sqlite3_column_int64(stmt, 2);
    amount = sqlite3_column_int64(stmt, 3);
    sqlite3_reset(stmt);
    TRY(vb_sql_do(p->store, err,
                  "UPDATE edge SET weight = nullif(ifnull(weight, 0) + ?2, 0),"
                  " first = iif(?2, ifnull(min(first, ?3), ifnull(first, ?3)), first),"
                  " last = iif(?2, ifnull(max(last, ?3), ifnull(last, ?3)), last),"
                  " certainty = nullif(min(ifnull(certainty, 0), ?4), 0), origin = min(origin, ?5),"
                  " amount = nullif(max(ifnull(amount, 0), ?6), 0) WHERE id = ?1",
                  "iiniii", edge, n, p->record->date, certainty, origin, amount));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static bool among(const vb_ids *ids, int64_t id)
{
    size_t low = 0, high = ids->len;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (ids->at[mid] < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < ids->len && ids->at[low] == id;
}

vb_status vb_put_edges(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids said = { 0 };
    bool turned;
    for (size_t i = 0; i < p->record->n_edges; i++) {
        const vb_rec_edge *e = &p->record->edges[i];
        if (vb_push(p->arena, &said) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(find_edge(p, e, &said.at[said.len - 1], &turned, err));
        TRY(put_evidence(p, e, said.at[said.len - 1], turned, err));
    }
    vb_ids_unique(&said);
    for (size_t i = 0; i < said.len; i++) /* those that lost a sentence are counted anew in the sweep */
        if (!among(&p->old_edges, said.at[i])) TRY(add_up(p, said.at[i], err));
    TRY(vb_sql_do(p->store, err,
                  "UPDATE document SET mentions = (SELECT count(*) FROM mention WHERE document = ?1),"
                  " edges = (SELECT count(DISTINCT edge) FROM evidence WHERE document = ?1 AND start >= 0)"
                  " WHERE id = ?1",
                  "i", p->document));
done:
    return status;
}

vb_status vb_put_passages(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->record->n_passages; i++) {
        const vb_rec_passage *s = &p->record->passages[i];
        TRY(vb_sql_do(p->store, err, "INSERT INTO passage(document, start, length, stems) VALUES(?, ?, ?, ?)",
                      "iiis", p->document, (int64_t)s->start, (int64_t)(s->end - s->start), s->stems));
        vb_words_note(&p->store->new_passages, sqlite3_last_insert_rowid(p->store->db));
    }
done:
    return status;
}
