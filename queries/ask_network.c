/**
 * Questions about the network, by name of a measure or in plain words: who is central, what is like a thing,
 * what lies next to it or between two. igraph computes, behind vb_rank() and its sisters; here the answer
 * gets its sentence, and the Cypher or command that says the same.
 */
#include "queries/ask_forms.h"
#include "queries/ask_set.h"

#include <sqlite3.h>

enum { LISTED = 5, SHOWN = 24 };
static const double NOTHING = 1e-9; /* of a score: rounding */

static const char *pick(const ask_question *q, const char *dutch, const char *english)
{
    return q->language == ASK_DUTCH ? dutch : english;
}

/** The part of the graph that the question's dates leave. */
static vb_cut_options part(const ask_question *q)
{
    return (vb_cut_options){ .since = vb_str_of(q->dates.since), .until = vb_str_of(q->dates.until) };
}

/** What the kind asked for allows; *set is all where the form leaves it open. */
static vb_status allowed(ask_question *q, const ask_phrase *kind, ask_set *set)
{
    vb_status status = VB_OK;
    *set = (ask_set){ .all = true };
    if (kind->mask == VB_MASK_ANY && !kind->note) return VB_OK;
    TRY(vb_ask_set_of_labels(q, kind->mask, set));
    TRY(vb_ask_set_filter(q, kind, set));
done:
    return status;
}

/** "{label: 'Municipality', since: '2024-01-01'}": the options of a procedure that say what was asked. */
static vb_status add_options(const ask_question *q, vb_buf *out)
{
    vb_status status;
    const char *before = "";
    TRY(vb_buf_add(out, VB_STR("{")));
    for (int l = 0; l < VB_LABEL_COUNT; l++)
        if (q->match.mask == 1u << l) {
            TRY(vb_buf_printf(out, "label: '%s'", vb_label_name((vb_label)l)));
            before = ", ";
        }
    if (q->dates.since[0]) {
        TRY(vb_buf_printf(out, "%ssince: '%s'", before, q->dates.since));
        before = ", ";
    }
    if (q->dates.until[0]) TRY(vb_buf_printf(out, "%suntil: '%s'", before, q->dates.until));
    TRY(vb_buf_add(out, VB_STR("}")));
done:
    return status;
}

/** "Leeuwarden (0.12), Breda en Goes"; scores may be NULL. */
static vb_status add_list(const ask_question *q, const vb_answer *a, vb_buf *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < a->nodes.len && i < SHOWN; i++) {
        const char *between = i + 1 == a->nodes.len ? pick(q, " en ", " and ") : ", ";
        TRY(vb_buf_add(out, vb_str_of(i ? between : "")));
        TRY(vb_ask_say_name(out, a->nodes.at[i].name));
        if (a->scores) TRY(vb_buf_printf(out, a->scores[i] < 100 ? " (%.3g)" : " (%.0f)", a->scores[i]));
    }
    if (a->nodes.len > SHOWN)
        TRY(vb_buf_printf(out, pick(q, " en nog %zu", " and %zu more"), a->nodes.len - SHOWN));
    TRY(vb_ask_say_stop(out));
done:
    return status;
}

/** Finish: the sentence and the query as texts of the arena. */
static vb_status settle(ask_question *q, vb_answer *out, const vb_buf *said, const vb_buf *cypher)
{
    vb_status status;
    TRY(vb_arena_copy(q->arena, vb_buf_view(said), &out->sentence));
    TRY(vb_arena_copy(q->arena, vb_buf_view(cypher), &out->cypher));
done:
    return status;
}

/** Room for nodes with scores. */
static vb_status make_room(ask_question *q, vb_answer *out, size_t n)
{
    out->nodes.at = vb_arena_array(q->arena, n + 1, sizeof *out->nodes.at);
    out->scores = vb_arena_array(q->arena, n + 1, sizeof *out->scores);
    return out->nodes.at && out->scores ? VB_OK : vb_fail_memory(q->err);
}

/* ---- who is central ------------------------------------------------------------------------------------ */

/** The first of a ranking that the kind allows: so many as are asked for, and as many of equal score; who
 *  scores nothing is not named. */
static void keep_first(const vb_ranking *ranking, const ask_set *kinds, size_t limit, vb_answer *out)
{
    size_t n = 0;
    for (size_t i = 0; i < ranking->len && n < 2 * limit; i++) {
        const vb_ranked *r = &ranking->at[i];
        if (!vb_ask_set_has(kinds, r->node.id) || r->score < NOTHING) continue;
        if (n >= limit && (r->score < out->scores[limit - 1] || r->score > out->scores[limit - 1])) break;
        out->nodes.at[n] = r->node;
        out->scores[n++] = r->score;
    }
    out->nodes.len = n;
}

vb_status vb_ask_rank_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_buf said = { 0 }, cypher = { 0 };
    vb_ranking ranking;
    ask_set kinds;
    const ask_phrase *kind = vb_ask_form_kind(q);
    const ask_measure *measure = vb_ask_measure(q->asker, q->match.with);
    size_t limit = q->match.limit ? q->match.limit : LISTED;
    if (!measure || kind->note == ASK_KIND) return VB_UNKNOWN;
    TRY(vb_arena_copy(q->arena, measure->name, &q->match.with)); /* closed by a NUL */
    const vb_rank_options options = { .cut = part(q), .by = q->match.with.at };
    TRY(vb_rank(q->store, &options, q->arena, &ranking, q->err));
    TRY(allowed(q, kind, &kinds));
    TRY(make_room(q, out, 2 * limit));
    keep_first(&ranking, &kinds, limit, out);
    TRY(out->nodes.len ? VB_OK : VB_UNKNOWN);
    TRY(vb_buf_printf(&said, "%.*s: ", VB_FMT(measure->says[q->language])));
    TRY(add_list(q, out, &said));
    TRY(vb_buf_printf(&cypher, "CALL verband.%.*s(", VB_FMT(measure->name)));
    TRY(add_options(q, &cypher));
    TRY(vb_buf_printf(&cypher, ") YIELD node, score RETURN node, score LIMIT %zu", limit));
    out->kind = VB_ANSWER_NODES;
    TRY(settle(q, out, &said, &cypher));
done:
    vb_buf_clear(&said);
    vb_buf_clear(&cypher);
    return status;
}

/* ---- around one thing ---------------------------------------------------------------------------------- */

/** Of the nodes near a thing those of the kind, as an answer. @param scored with their scores. */
static vb_status keep_near(ask_question *q, const vb_nears *nears, unsigned mask, size_t limit, bool scored,
                           vb_answer *out)
{
    vb_status status;
    TRY(make_room(q, out, limit));
    for (size_t i = 0; i < nears->len && out->nodes.len < limit; i++) {
        vb_label label;
        bool fits = vb_label_find(nears->at[i].node.label, &label) && (mask & (1u << label));
        if (mask != VB_MASK_ANY && !fits) continue;
        out->scores[out->nodes.len] = nears->at[i].score;
        out->nodes.at[out->nodes.len++] = nears->at[i].node;
    }
    if (!scored) out->scores = NULL;
    out->kind = VB_ANSWER_NODES;
done:
    return status;
}

vb_status vb_ask_similar_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_buf said = { 0 }, cypher = { 0 };
    const vb_node *node;
    vb_str key;
    vb_nears nears;
    vb_cut_options cut = part(q);
    size_t limit = q->match.limit ? q->match.limit : LISTED;
    if (q->names[q->match.names[0]].mask & q->match.masks[0] &
        q->match.mask) /* "gemeenten" like a gemeente */
        q->match.masks[0] &= q->match.mask;
    TRY(vb_ask_form_node(q, 0, &node));
    TRY(vb_ask_form_key(q, node, &key));
    status = vb_similar(q->store, key, &cut, 0, q->arena, &nears, q->err);
    TRY(status == VB_NOT_FOUND ? VB_UNKNOWN : status);
    TRY(keep_near(q, &nears, vb_ask_form_kind(q)->mask, limit, true, out));
    TRY(out->nodes.len ? VB_OK : VB_UNKNOWN);
    TRY(vb_buf_printf(&said,
                      pick(q, "Het meest als %.*s, naar het deel van hun verbindingen dat zij delen: ",
                           "Most like %.*s, by the share of their connections that they have in common: "),
                      VB_FMT(node->name)));
    TRY(add_list(q, out, &said));
    TRY(vb_buf_printf(&cypher, "CALL verband.similar('%.*s', ", VB_FMT(key)));
    TRY(add_options(q, &cypher));
    TRY(vb_buf_printf(&cypher, ") YIELD node, score RETURN node, score LIMIT %zu", limit));
    TRY(settle(q, out, &said, &cypher));
done:
    vb_buf_clear(&said);
    vb_buf_clear(&cypher);
    return status;
}

/** The edges of a node that are no mentions; with @p other only those to it. */
static vb_status edges_of(ask_question *q, int64_t node, int64_t other, size_t most, vb_edges *out)
{
    static const char sql[] =
        "SELECT e.id FROM edge e JOIN relation r ON r.id = e.type WHERE r.name <> 'MENTIONS' AND"
        " (e.source = ?1 AND (?2 = 0 OR e.target = ?2) OR e.target = ?1 AND (?2 = 0 OR e.source = ?2))"
        " ORDER BY e.id LIMIT ?3";
    vb_status status;
    sqlite3_stmt *stmt;
    VB_VEC(int64_t) ids = { 0 };
    bool row;
    TRY(vb_sql_bind(q->store, q->err, &stmt, sql, "iii", node, other, (int64_t)most));
    while ((status = vb_sql_row(q->store, q->err, stmt, &row)) == VB_OK && row) {
        if (vb_push(q->arena, &ids) != VB_OK) {
            sqlite3_reset(stmt);
            return vb_fail_memory(q->err);
        }
        ids.at[ids.len - 1] = sqlite3_column_int64(stmt, 0);
    }
    TRY(status);
    vb_edge *edges = vb_arena_array(q->arena, out->len + ids.len + 1, sizeof *edges);
    if (!edges) return vb_fail_memory(q->err);
    if (out->len) memcpy(edges, out->at, out->len * sizeof *edges);
    for (size_t i = 0; i < ids.len; i++)
        TRY(vb_store_edge(q->store, ids.at[i], 2, q->arena, &edges[out->len + i], q->err));
    *out = (vb_edges){ edges, out->len + ids.len };
done:
    return status;
}

/** What lies one step from a node. */
static vb_status next_to(ask_question *q, const vb_node *node, vb_nears *out)
{
    vb_status status;
    vb_cut_options cut = part(q);
    TRY(vb_ask_form_key(q, node, &cut.around));
    cut.depth = 1;
    status = vb_neighbours(q->store, &cut, q->arena, out, q->err);
    if (status == VB_NOT_FOUND) status = VB_UNKNOWN;
done:
    return status;
}

vb_status vb_ask_neighbours_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_buf said = { 0 }, cypher = { 0 };
    const vb_node *node;
    vb_nears nears;
    TRY(vb_ask_form_node(q, 0, &node));
    TRY(next_to(q, node, &nears));
    TRY(keep_near(q, &nears, vb_ask_form_kind(q)->mask, nears.len, false, out));
    TRY(out->nodes.len ? VB_OK : VB_UNKNOWN);
    TRY(edges_of(q, node->id, 0, ASK_EDGES_MAX, &out->edges));
    TRY(vb_buf_printf(&said,
                      pick(q, out->nodes.len == 1 ? "%zu buur van %.*s: " : "%zu buren van %.*s: ",
                           out->nodes.len == 1 ? "%zu neighbour of %.*s: " : "%zu neighbours of %.*s: "),
                      out->nodes.len, VB_FMT(node->name)));
    TRY(add_list(q, out, &said));
    TRY(vb_buf_printf(&cypher, "CALL verband.neighbours('%.*s:%.*s', ", VB_FMT(node->label),
                      VB_FMT(node->key)));
    TRY(add_options(q, &cypher));
    TRY(vb_buf_add(&cypher, VB_STR(") YIELD node RETURN node")));
    TRY(settle(q, out, &said, &cypher));
done:
    vb_buf_clear(&said);
    vb_buf_clear(&cypher);
    return status;
}

vb_status vb_ask_degree_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    const vb_node *node;
    vb_nears nears;
    size_t n_edges = 0;
    vb_edges edges = { 0 };
    TRY(vb_ask_form_node(q, 0, &node));
    TRY(next_to(q, node, &nears));
    TRY(edges_of(q, node->id, 0, ASK_SET_MAX, &edges));
    n_edges = edges.len;
    if (q->dated || n_edges == ASK_SET_MAX) return VB_UNKNOWN;
    out->kind = VB_ANSWER_NUMBER;
    out->number = (double)n_edges;
    out->edges = (vb_edges){ edges.at, n_edges < ASK_EDGES_MAX ? n_edges : ASK_EDGES_MAX };
    TRY(vb_arena_printf(
        q->arena, &out->sentence,
        pick(q, "%.*s heeft %zu verbanden, met %zu anderen.", "%.*s has %zu connections, with %zu others."),
        VB_FMT(node->name), n_edges, nears.len));
    TRY(vb_arena_printf(q->arena, &out->cypher,
                        "MATCH (n:%.*s {key: '%.*s'})-[r]-() WHERE type(r) <> 'MENTIONS' RETURN count(r)",
                        VB_FMT(node->label), VB_FMT(node->key)));
done:
    return status;
}

/** Who is joined to both of two things, and by what. */
vb_status vb_ask_between_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_buf said = { 0 }, cypher = { 0 };
    const vb_node *ends[2];
    vb_nears near[2], both = { 0 };
    for (size_t i = 0; i < VB_COUNT(ends); i++) {
        TRY(vb_ask_form_node(q, i, &ends[i]));
        TRY(next_to(q, ends[i], &near[i]));
    }
    both.at = vb_arena_array(q->arena, near[0].len + 1, sizeof *both.at);
    if (!both.at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < near[0].len; i++)
        for (size_t k = 0; k < near[1].len; k++)
            if (near[0].at[i].node.id == near[1].at[k].node.id) both.at[both.len++] = near[0].at[i];
    TRY(keep_near(q, &both, vb_ask_form_kind(q)->mask, both.len, false, out));
    TRY(out->nodes.len ? VB_OK : VB_UNKNOWN); /* the general reading looks for a longer way */
    for (size_t i = 0; i < out->nodes.len && out->edges.len < ASK_EDGES_MAX; i++)
        for (size_t k = 0; k < VB_COUNT(ends); k++)
            TRY(edges_of(q, out->nodes.at[i].id, ends[k]->id, ASK_EDGES_MAX, &out->edges));
    TRY(vb_buf_printf(&said, pick(q, "Tussen %.*s en %.*s: ", "Between %.*s and %.*s: "),
                      VB_FMT(ends[0]->name), VB_FMT(ends[1]->name)));
    TRY(add_list(q, out, &said));
    TRY(vb_buf_printf(&cypher,
                      "MATCH (a {key: '%.*s'})-[r]-(n)-[s]-(b {key: '%.*s'}) WHERE type(r) <> 'MENTIONS' AND "
                      "type(s) <> 'MENTIONS' RETURN DISTINCT n",
                      VB_FMT(ends[0]->key), VB_FMT(ends[1]->key)));
    TRY(settle(q, out, &said, &cypher));
done:
    vb_buf_clear(&said);
    vb_buf_clear(&cypher);
    return status;
}

/* ---- how many ------------------------------------------------------------------------------------------ */

vb_status vb_ask_count_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_buf said = { 0 }, cypher = { 0 };
    ask_set set;
    const ask_phrase *kind = vb_ask_form_kind(q);
    if (!q->match.kind || kind->note == ASK_KIND || (q->dated && kind->mask != VB_MASK_DOCUMENT))
        return VB_UNKNOWN;
    TRY(allowed(q, kind, &set));
    out->kind = VB_ANSWER_NUMBER;
    out->number = (double)set.len;
    TRY(vb_buf_printf(&said,
                      pick(q, "%zu %.*s in de geladen documenten.", "%zu %.*s in the loaded documents."),
                      set.len, VB_FMT(ask_written(q, q->match.kind_at))));
    TRY(vb_buf_add(&cypher, VB_STR("MATCH (n)")));
    for (int l = 0, n = 0; l < VB_LABEL_COUNT; l++)
        if (kind->mask & (1u << l))
            TRY(vb_buf_printf(&cypher, "%sn:%s", n++ ? " OR " : " WHERE ", vb_label_name((vb_label)l)));
    TRY(vb_buf_add(&cypher, VB_STR(" RETURN count(n)")));
    TRY(settle(q, out, &said, &cypher));
done:
    vb_buf_clear(&said);
    vb_buf_clear(&cypher);
    return status;
}
