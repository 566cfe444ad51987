/**
 * Run a question's query: the links form a tree around the phrase that is asked for; each phrase is solved
 * from the phrases behind it, so that the work starts at names and goes along the store's indexes.
 */
#include "queries/ask_forms.h"
#include "queries/ask_set.h"

#include <sqlite3.h>
#include <stdlib.h>

static bool touches(const ask_link *link, int phrase)
{
    return link->source == phrase || link->target == phrase;
}

/** A list of names at the other end: all of them must be there, or one, and none of those behind "niet". */
static vb_status behind_list(ask_question *q, const ask_link *link, int other, bool forth,
                             const ask_phrase *p, ask_set *out)
{
    vb_status status = VB_OK;
    const ask_phrase *o = &q->phrases[other];
    unsigned place = 1u << VB_REL_PART_OF | 1u << VB_REL_ACTIVE_IN;
    bool either = o->either || (!(link->relations & ~place) && p->n_items == 0 && q->goal != ASK_TRUTH);
    ask_set allowed;
    TRY(vb_ask_solve(q, other, (int)(link - q->links), &allowed));
    out->all = true;
    for (size_t i = 0; i < o->n_items; i++) {
        ask_set one = { 0 }, near;
        for (size_t k = 0; k < o->items[i].nodes.len; k++)
            if (o->items[i].negated || vb_ask_set_has(&allowed, o->items[i].nodes.at[k].id))
                TRY(vb_ask_set_add(q, &one, o->items[i].nodes.at[k].id));
        TRY(vb_ask_set_step(q, link, &one, forth, p->mask, &near));
        if (o->items[i].negated) {
            if (out->all) TRY(vb_ask_set_of_labels(q, p->mask, out));
            vb_ask_set_keep(out, &near, true);
        } else if (out->all) {
            *out = near;
        } else if (either) {
            for (size_t k = 0; k < near.len; k++) TRY(vb_ask_set_add(q, out, near.at[k]));
            vb_ask_set_sort(out);
        } else {
            vb_ask_set_keep(out, &near, false);
        }
    }
done:
    return status;
}

/** Keep of @p near what a link joins with as many of @p far as the phrase at its other end wants. */
static vb_status keep_amount(ask_question *q, const ask_link *link, const ask_phrase *other,
                             const ask_set *far, bool forth, ask_set *near)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (size_t i = 0; i < near->len; i++) {
        const ask_set one = { .at = &near->at[i], .len = 1, .cap = 1 };
        ask_set found;
        TRY(vb_ask_set_step(q, link, &one, !forth, other->mask, &found));
        if (!far->all) vb_ask_set_keep(&found, far, false);
        if (found.len >= other->least && (!other->most || found.len <= other->most))
            near->at[n++] = near->at[i];
    }
    near->len = n;
done:
    return status;
}

/** What a link says of phrase @p i. */
static vb_status along(ask_question *q, int i, ask_link *link, ask_set *out)
{
    vb_status status;
    const ask_phrase *p = &q->phrases[i];
    bool forth = link->target == i; /* from the other end to this one */
    int other = forth ? link->source : link->target;
    *out = (ask_set){ 0 };
    if (other < 0) {
        ask_set any = { .all = true };
        return vb_ask_set_step(q, link, &any, forth, p->mask, out);
    }
    if (q->phrases[other].n_items > 1) return behind_list(q, link, other, forth, p, out);
    ask_set far;
    TRY(vb_ask_solve(q, other, (int)(link - q->links), &far));
    TRY(vb_ask_set_step(q, link, &far, forth, p->mask, out));
    if (q->phrases[other].least || q->phrases[other].most)
        TRY(keep_amount(q, link, &q->phrases[other], &far, forth, out));
done:
    return status;
}

vb_status vb_ask_solve(ask_question *q, int i, int skip, ask_set *out)
{
    vb_status status = VB_OK;
    const ask_phrase *p = &q->phrases[i];
    ask_set set = { .all = true };
    if (p->n_items) TRY(vb_ask_set_of_items(q, p, false, &set));
    for (size_t k = 0; k < q->n_links; k++) {
        ask_link *link = &q->links[k];
        ask_set near;
        if ((int)k == skip || link->used || !touches(link, i)) continue;
        link->used = true;
        status = along(q, i, link, &near);
        link->used = false;
        if (status != VB_OK) goto done;
        if (set.all && link->negated) TRY(vb_ask_set_of_labels(q, p->mask, &set));
        if (set.all)
            set = near;
        else
            vb_ask_set_keep(&set, &near, link->negated);
    }
    bool narrowed = p->note != ASK_PLAIN || vb_ask_dated_phrase(q) == i;
    if (set.all && (i == q->root || narrowed)) TRY(vb_ask_set_of_labels(q, p->mask, &set));
    if (!set.all) TRY(vb_ask_set_filter(q, p, &set));
    *out = set;
done:
    return status;
}

/** Take out what is to be left out by name. */
static vb_status leave_out(ask_question *q, ask_set *set)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        ask_set names;
        if (!p->except || p->gone || !p->n_items) continue;
        TRY(vb_ask_set_of_items(q, p, false, &names));
        vb_ask_set_keep(set, &names, true);
    }
done:
    return status;
}

static int by_label_name(const void *a, const void *b)
{
    const vb_node *x = a, *y = b;
    int c = vb_str_cmp(x->label, y->label);
    if (!c) c = vb_str_cmp(x->name, y->name);
    return c ? c : vb_str_cmp(x->key, y->key);
}

static vb_status fill_nodes(ask_question *q, const ask_set *set, vb_answer *out)
{
    vb_status status = VB_OK;
    vb_node *nodes = vb_arena_array(q->arena, set->len + 1, sizeof *nodes);
    if (!nodes) return vb_fail_memory(q->err);
    for (size_t i = 0; i < set->len; i++)
        TRY(vb_store_node(q->store, set->at[i], q->arena, &nodes[i], q->err));
    if (set->len) qsort(nodes, set->len, sizeof *nodes, by_label_name);
    out->nodes = (vb_nodes){ nodes, set->len };
done:
    return status;
}

static vb_status add_edges(ask_question *q, const ask_set *ids, vb_answer *out)
{
    vb_status status = VB_OK;
    size_t n = ids->len < ASK_EDGES_MAX ? ids->len : ASK_EDGES_MAX;
    out->edges.at = vb_arena_array(q->arena, n + 1, sizeof *out->edges.at);
    if (!out->edges.at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < n; i++)
        TRY(vb_store_edge(q->store, ids->at[i], 3, q->arena, &out->edges.at[i], q->err));
    out->edges.len = n;
done:
    return status;
}

/** One end of link @p k. What is named is not looked for through the link itself: from there all would be
 * gone through. */
static vb_status solve_end(ask_question *q, int phrase, size_t k, ask_set *out)
{
    return vb_ask_solve(q, phrase, q->phrases[phrase].n_items ? (int)k : -1, out);
}

/** The edges that the answer rests on: those of positive links between what satisfies both their ends. */
static vb_status find_proof(ask_question *q, const ask_set *roots, vb_answer *out)
{
    vb_status status = VB_OK;
    ask_set ids = { 0 };
    for (size_t k = 0; k < q->n_links; k++) {
        const ask_link *link = &q->links[k];
        ask_set near, far = { .all = true };
        bool forth = link->source >= 0;
        int a = forth ? link->source : link->target, b = forth ? link->target : link->source;
        if (link->negated || (link->relations & (1u << VB_REL_MENTIONS) && q->goal == ASK_MOST)) continue;
        if (a == q->root)
            near = *roots;
        else
            TRY(solve_end(q, a, k, &near));
        if (b == q->root)
            far = *roots;
        else if (b >= 0)
            TRY(solve_end(q, b, k, &far));
        if (near.all) continue;
        for (size_t i = 0; i < near.len && ids.len < 4 * ASK_EDGES_MAX; i++) {
            ask_set some = { 0 };
            TRY(vb_ask_set_edges(q, link, near.at[i], 0, forth, VB_MASK_ANY, &some));
            for (size_t j = 0; j < some.len && ids.len < 4 * ASK_EDGES_MAX; j++) {
                vb_edge edge;
                if (!far.all) TRY(vb_store_edge(q->store, some.at[j], 0, q->arena, &edge, q->err));
                if (far.all || vb_ask_set_has(&far, edge.source.id) || vb_ask_set_has(&far, edge.target.id))
                    TRY(vb_ask_set_add(q, &ids, some.at[j]));
            }
        }
    }
    vb_ask_set_sort(&ids);
    TRY(add_edges(q, &ids, out));
done:
    return status;
}

/** How many times a link's edges at a node mention what is in @p far. */
static vb_status count_mentions(ask_question *q, const ask_link *link, int64_t node, bool forth,
                                unsigned mask, const ask_set *far, double *out)
{
    vb_status status;
    ask_set ids = { 0 };
    TRY(vb_ask_set_edges(q, link, node, 0, forth, mask, &ids));
    vb_ask_set_sort(&ids);
    for (size_t i = 0; i < ids.len; i++) {
        vb_edge edge;
        TRY(vb_store_edge(q->store, ids.at[i], 0, q->arena, &edge, q->err));
        if (!vb_ask_set_has(far, edge.source.id == node ? edge.target.id : edge.source.id)) continue;
        *out += link->relations & (1u << VB_REL_MENTIONS) ? (double)edge.weight : 1;
    }
done:
    return status;
}

/** "De meeste VRAGEN": the phrase that is counted, where it is not what the root itself is linked to; -1:
 * none. */
static int counted_phrase(const ask_question *q)
{
    int counted = -1;
    for (size_t i = 0; i < q->n_phrases && counted < 0; i++) {
        const ask_phrase *p = &q->phrases[i];
        size_t at = p->first;
        if (p->gone || p->n_items || !p->typed || (int)i == q->root || !p->linked) continue;
        while (at > 0 && vb_ask_text_inside(q, at - 1)) at--;
        if (at > 0 && q->atoms[at - 1].name < 0 && ask_is(&q->atoms[at - 1], ASK_most)) counted = (int)i;
    }
    for (size_t k = 0; k < q->n_links && counted >= 0; k++)
        if (touches(&q->links[k], q->root) && touches(&q->links[k], counted)) return -1;
    return counted;
}

/** How many of a phrase there are when what is asked for is this node. */
static vb_status count_behind(ask_question *q, int counted, int64_t node, double *out)
{
    vb_status status;
    ask_set found;
    vb_node one = { 0 };
    ask_phrase *root = &q->phrases[q->root];
    const ask_phrase before = *root;
    TRY(vb_store_node(q->store, node, q->arena, &one, q->err));
    root->items[0] = (ask_item){ .nodes = { &one, 1 } };
    root->n_items = 1;
    status = vb_ask_solve(q, counted, -1, &found);
    *root = before;
    if (status == VB_OK) *out = (double)found.len;
done:
    return status;
}

/** Mentions are counted, of other relations what is at their other ends. */
static vb_status count_edges(ask_question *q, int64_t node, double *out)
{
    vb_status status = VB_OK;
    int counted = q->goal == ASK_MOST ? counted_phrase(q) : -1;
    *out = 0;
    if (counted >= 0) return count_behind(q, counted, node, out);
    for (size_t k = 0; k < q->n_links; k++) {
        const ask_link *link = &q->links[k];
        ask_set far = { .all = true }, one = { .at = &node, .len = 1, .cap = 1 }, near;
        if (link->negated || !touches(link, q->root)) continue;
        bool forth = link->source == q->root;
        int other = forth ? link->target : link->source;
        if (other >= 0) TRY(vb_ask_solve(q, other, (int)k, &far));
        /* "de meeste gemeenten" counts them, not their mentions */
        bool often = other < 0 || q->phrases[other].n_items;
        unsigned mask = other >= 0 ? q->phrases[other].mask : VB_MASK_ANY;
        if (often && (link->relations & (1u << VB_REL_MENTIONS))) {
            TRY(count_mentions(q, link, node, forth, mask, &far, out));
            continue;
        }
        TRY(vb_ask_set_step(q, link, &one, forth, mask, &near));
        if (!far.all) vb_ask_set_keep(&near, &far, false);
        *out += (double)near.len;
    }
done:
    return status;
}

typedef struct scored {
    int64_t id;
    double score;
} scored;

static int by_score(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (x->score != y->score) return x->score < y->score ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

/** Keep the first of a set by its edges; with equal scores at the last place all of them. */
static vb_status keep_most(ask_question *q, ask_set *set, scored **ranks)
{
    vb_status status = VB_OK;
    scored *list = vb_arena_array(q->arena, set->len + 1, sizeof *list);
    if (!list) return vb_fail_memory(q->err);
    for (size_t i = 0; i < set->len; i++) {
        list[i].id = set->at[i];
        TRY(count_edges(q, set->at[i], &list[i].score));
    }
    if (set->len) qsort(list, set->len, sizeof *list, by_score);
    *ranks = list;
    bool plural = q->phrases[q->root].plural && !q->limit;
    size_t limit = q->limit ? q->limit : plural ? 5 : 1, n = 0;
    while (n < set->len && list[n].score > 0 && (n < limit || list[n].score == list[limit - 1].score)) {
        set->at[n] = list[n].id;
        n++;
    }
    set->len = n;
    vb_ask_set_sort(set);
done:
    return status;
}

/** The first of a ranking, in its order. */
static vb_status fill_ranks(ask_question *q, const scored *ranks, size_t n, vb_answer *out)
{
    vb_status status = VB_OK;
    vb_node *nodes = vb_arena_array(q->arena, n + 1, sizeof *nodes);
    double *scores = vb_arena_array(q->arena, n + 1, sizeof *scores);
    if (!nodes || !scores) return vb_fail_memory(q->err);
    for (size_t i = 0; i < n; i++) {
        TRY(vb_store_node(q->store, ranks[i].id, q->arena, &nodes[i], q->err));
        scores[i] = ranks[i].score;
    }
    out->nodes = (vb_nodes){ nodes, n };
    out->scores = scores;
done:
    return status;
}

/** How many times the documents mention it. */
static vb_status run_often(ask_question *q, const ask_set *set, vb_answer *out)
{
    vb_status status = VB_OK;
    out->kind = VB_ANSWER_NUMBER;
    for (size_t i = 0; i < set->len; i++) {
        double n;
        TRY(count_edges(q, set->at[i], &n));
        out->number += n;
    }
done:
    return status;
}

/** Keep the most central of a set: PageRank on the graph without mentions. */
static vb_status keep_central(ask_question *q, ask_set *set, scored **ranks)
{
    vb_status status;
    vb_ranking ranking;
    size_t n = 0, limit = q->limit ? q->limit : q->phrases[q->root].plural ? 5 : 1;
    const vb_rank_options options = { .by = "pagerank" };
    TRY(vb_rank(q->store, &options, q->arena, &ranking, q->err));
    ask_set kept = { 0 };
    scored *list = vb_arena_array(q->arena, limit + 1, sizeof *list);
    if (!list) return vb_fail_memory(q->err);
    *ranks = list;
    for (size_t i = 0; i < ranking.len && n < limit; i++)
        if (vb_ask_set_has(set, ranking.at[i].node.id)) {
            list[n] = (scored){ ranking.at[i].node.id, ranking.at[i].score };
            TRY(vb_ask_set_add(q, &kept, ranking.at[i].node.id));
            n++;
        }
    vb_ask_set_sort(&kept);
    *set = kept;
done:
    return status;
}

/** Two of the names in the question, as "Label:key". */
static vb_status run_path(ask_question *q, vb_answer *out)
{
    vb_status status = VB_OK;
    const vb_node *ends[2] = { NULL, NULL };
    vb_str names[2];
    size_t n = 0;
    for (size_t i = 0; i < q->n_phrases; i++)
        for (size_t k = 0; k < q->phrases[i].n_items && !q->phrases[i].gone && n < 2; k++)
            ends[n++] = &q->phrases[i].items[k].nodes.at[0];
    if (n < 2) return vb_fail(q->err, VB_UNKNOWN, "a path needs two names");
    for (size_t i = 0; i < n; i++)
        TRY(vb_arena_printf(q->arena, &names[i], "%.*s:%.*s", VB_FMT(ends[i]->label), VB_FMT(ends[i]->key)));
    const vb_path_options options = { 0 };
    out->kind = VB_ANSWER_PATHS;
    status = vb_path_find(q->store, names[0], names[1], &options, q->arena, &out->paths, q->err);
    if (status == VB_NOT_FOUND) status = VB_OK;
    if (status == VB_OK && out->paths.by_mention) status = VB_UNKNOWN; /* named together: no relation */
done:
    return status;
}

/** Everything known of one node: a row an edge, mentions left out. */
static vb_status run_everything(ask_question *q, vb_answer *out)
{
    static const char sql[] =
        "SELECT e.id FROM edge e JOIN relation r ON r.id = e.type WHERE r.name <> 'MENTIONS' "
        "AND (e.source = ?1 OR e.target = ?1) ORDER BY r.name, e.id LIMIT ?2";
    static const char *const columns[] = { "source", "relation", "target" };
    vb_status status = VB_OK;
    ask_set ids = { 0 };
    for (size_t i = 0; i < q->n_phrases; i++)
        for (size_t k = 0; k < q->phrases[i].n_items && !q->phrases[i].gone; k++) {
            sqlite3_stmt *stmt;
            TRY(vb_store_prepare(q->store, sql, &stmt, q->err));
            sqlite3_bind_int64(stmt, 1, q->phrases[i].items[k].nodes.at[0].id);
            sqlite3_bind_int(stmt, 2, ASK_EDGES_MAX);
            while (sqlite3_step(stmt) == SQLITE_ROW)
                TRY(vb_ask_set_add(q, &ids, sqlite3_column_int64(stmt, 0)));
            sqlite3_reset(stmt);
        }
    TRY(add_edges(q, &ids, out));
    out->kind = VB_ANSWER_ROWS;
    out->n_columns = VB_COUNT(columns);
    out->n_rows = out->edges.len;
    out->columns = vb_arena_array(q->arena, out->n_columns, sizeof *out->columns);
    out->cells = vb_arena_array(q->arena, out->n_rows * out->n_columns + 1, sizeof *out->cells);
    if (!out->columns || !out->cells) return vb_fail_memory(q->err);
    for (size_t i = 0; i < out->n_columns; i++) out->columns[i] = vb_str_of(columns[i]);
    for (size_t i = 0; i < out->n_rows; i++) {
        out->cells[3 * i] = out->edges.at[i].source.name;
        out->cells[3 * i + 1] = out->edges.at[i].type;
        out->cells[3 * i + 2] = out->edges.at[i].target.name;
    }
done:
    return status;
}

/** Of a list of names each must do ("Nemen A en B deel …?"); of anything else one. */
static bool all_hold(const ask_question *q, const ask_set *set)
{
    const ask_phrase *p = &q->phrases[q->root];
    for (size_t i = 0; i < p->n_items && !p->either; i++) {
        bool one = false;
        for (size_t k = 0; k < p->items[i].nodes.len; k++)
            one |= vb_ask_set_has(set, p->items[i].nodes.at[k].id);
        if (!one) return false;
    }
    return set->len > 0 && set->len >= p->least && (!p->most || set->len <= p->most);
}

vb_status vb_ask_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    ask_set set;
    scored *ranks = NULL;
    if (q->goal == ASK_PATH) return run_path(q, out);
    if (q->goal == ASK_EVERYTHING) return run_everything(q, out);
    if (q->goal == ASK_CHANGES) return vb_ask_diff_run(q, out);
    TRY(vb_ask_solve(q, q->root, -1, &set));
    TRY(leave_out(q, &set));
    TRY(vb_ask_moment_keep(q, set.at, &set.len));
    if (q->goal == ASK_OFTEN) return run_often(q, &set, out);
    if (q->goal == ASK_MOST) TRY(keep_most(q, &set, &ranks));
    if (q->goal == ASK_CENTRAL) TRY(keep_central(q, &set, &ranks));
    if (q->goal == ASK_COUNT && !set.len && q->n_links < 2) return VB_UNKNOWN; /* nothing says how many */
    TRY(find_proof(q, &set, out));
    out->kind = q->goal == ASK_TRUTH   ? VB_ANSWER_BOOLEAN
                : q->goal == ASK_COUNT ? VB_ANSWER_NUMBER
                                       : VB_ANSWER_NODES;
    out->truth = all_hold(q, &set);
    if (q->goal == ASK_TRUTH && !out->truth) return vb_ask_closed_check(q, out);
    out->number = (double)set.len;
    if (ranks)
        TRY(fill_ranks(q, ranks, set.len, out));
    else
        TRY(fill_nodes(q, &set, out));
    if (q->year) TRY(vb_ask_moment_year(q, out));
done:
    return status;
}
