/**
 * The slow, obvious evaluator. For each row so far and each place of a pattern it tries every node, and
 * between two nodes every relationship (or every walk); what holds is a row more. No index, no plan, no
 * reordering. Logic is openCypher's three values; a property of nothing is null; a relationship is used once
 * in a MATCH.
 */
#include "tests/differential/differential.h"

#include <stdlib.h>

typedef enum truth { FALSE, TRUE, UNKNOWN } truth;

/** What the variables stand for; a variable that is not set yet may become anything. */
typedef struct binding {
    val vars[VARS_MAX];
    bool set[VARS_MAX];
} binding;
typedef VB_VEC(binding) binding_list;

typedef struct matcher {
    const graph *g;
    const clause *clause;
    fault fault;
    vb_arena *arena;
    binding now;
    unsigned used; /* relationships, bits */
    binding_list *out;
} matcher;

static const val nothing = { .kind = NONE };

/* ---- values ------------------------------------------------------------------------------------------- */

int val_order(const val *a, const val *b)
{
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind == NONE) return 0;
    if (a->kind == TEXT) return strcmp(words[a->i], words[b->i]);
    double x = a->kind == NUMBER ? a->number : a->i, y = b->kind == NUMBER ? b->number : b->i;
    return (x > y) - (x < y);
}

static truth truth_of(bool b)
{
    return b ? TRUE : FALSE;
}

static truth equals(val a, val b)
{
    if (a.kind == NONE || b.kind == NONE) return UNKNOWN;
    return truth_of(val_order(&a, &b) == 0);
}

/** Smaller, of two values of one kind; else there is no telling. */
static truth less(val a, val b, bool or_equal)
{
    if (a.kind != b.kind || a.kind == NONE) return UNKNOWN;
    int order = val_order(&a, &b);
    return truth_of(order < 0 || (or_equal && order == 0));
}

static const truth not_table[3] = { TRUE, FALSE, UNKNOWN };
static const truth and_table[3][3] = { { FALSE, FALSE, FALSE },
                                       { FALSE, TRUE, UNKNOWN },
                                       { FALSE, UNKNOWN, UNKNOWN } };
static const truth or_table[3][3] = { { FALSE, TRUE, UNKNOWN },
                                      { TRUE, TRUE, TRUE },
                                      { UNKNOWN, TRUE, UNKNOWN } };
static const truth xor_table[3][3] = { { FALSE, TRUE, UNKNOWN },
                                       { TRUE, FALSE, UNKNOWN },
                                       { UNKNOWN, UNKNOWN, UNKNOWN } };

static val property(const graph *g, const val *of, int key)
{
    if (of->kind == NONE) return nothing;
    return of->kind == NODE ? g->nodes[of->i].props[key] : g->rels[of->i].props[key];
}

static val value_of(const matcher *m, const expr *e)
{
    if (e->op == LITERAL) return e->value;
    if (e->op == VARIABLE) return m->now.vars[e->var];
    return property(m->g, &m->now.vars[e->var], e->at);
}

static truth holds_in(const matcher *m, const expr *e)
{
    val x = value_of(m, e->left);
    truth sum = FALSE;
    for (int i = 0; i < e->n_list; i++) sum = or_table[sum][equals(x, e->list[i])];
    return sum;
}

static truth holds(const matcher *m, const expr *e)
{
    switch (e->op) {
    case HAS_LABEL:
        if (m->now.vars[e->var].kind == NONE) return UNKNOWN;
        return truth_of(m->g->nodes[m->now.vars[e->var].i].labels >> e->at & 1);
    case IS_NULL:
        return truth_of(value_of(m, e->left).kind == NONE);
    case IS_NOT_NULL:
        return truth_of(value_of(m, e->left).kind != NONE);
    case IN:
        return holds_in(m, e);
    case NOT: {
        truth t = holds(m, e->left);
        return t == UNKNOWN && m->fault == NULL_IS_FALSE ? TRUE : not_table[t];
    }
    case AND:
        return and_table[holds(m, e->left)][holds(m, e->right)];
    case OR:
        return or_table[holds(m, e->left)][holds(m, e->right)];
    case XOR:
        return xor_table[holds(m, e->left)][holds(m, e->right)];
    case EQUAL:
        return equals(value_of(m, e->left), value_of(m, e->right));
    case NOT_EQUAL:
        return not_table[equals(value_of(m, e->left), value_of(m, e->right))];
    case LESS:
        return less(value_of(m, e->left), value_of(m, e->right), false);
    case LESS_EQUAL:
        return less(value_of(m, e->left), value_of(m, e->right), true);
    case GREATER:
        return less(value_of(m, e->right), value_of(m, e->left), false);
    case GREATER_EQUAL:
        return less(value_of(m, e->right), value_of(m, e->left), true);
    default:
        return UNKNOWN;
    }
}

/* ---- patterns ----------------------------------------------------------------------------------------- */

static bool has_property(const val *props, int key, val want)
{
    return key < 0 || equals(props[key], want) == TRUE;
}

static bool may_be(const matcher *m, int var, val_kind kind, int i)
{
    if (var < 0 || !m->now.set[var]) return true;
    return m->now.vars[var].kind == kind && m->now.vars[var].i == i;
}

static bool rel_fits(const matcher *m, const rel_pattern *p, int i)
{
    const graph_rel *r = &m->g->rels[i];
    if (m->used >> i & 1 && m->fault != EDGES_REPEAT) return false;
    return (!p->types || p->types >> r->type & 1) && has_property(r->props, p->key, p->value);
}

static vb_status node_slot(matcher *m, int path, int slot, int from);

/** A place of the pattern is filled: go on to the next one, the next path, or the condition. */
static vb_status go_on(matcher *m, int path, int slot, int node)
{
    if (slot < m->clause->paths[path].n_hops) return node_slot(m, path, slot + 1, node);
    if (path + 1 < m->clause->n_paths) return node_slot(m, path + 1, 0, -1);
    if (m->clause->where && holds(m, m->clause->where) != TRUE) return VB_OK;
    vb_status status = vb_push(m->arena, m->out);
    if (status == VB_OK) m->out->at[m->out->len - 1] = m->now;
    return status;
}

/** How often relationship @p i leads from one node to the other, as the pattern points. */
static int leads(const matcher *m, const rel_pattern *p, int i, int from, int to)
{
    const graph_rel *r = &m->g->rels[i];
    bool both = r->type == SYMMETRIC;
    int right = (p->direction >= 0 || both) && r->source == from && r->target == to;
    int left = (p->direction <= 0 || both) && r->source == to && r->target == from;
    return m->fault == LOOPS_TWICE ? right + left : right || left;
}

/** Walks of the lengths that the pattern allows; each ends at @p to. */
static vb_status walks(matcher *m, int path, int slot, int at, int to, int length)
{
    vb_status status = VB_OK;
    const rel_pattern *p = &m->clause->paths[path].rels[slot - 1];
    unsigned used = m->used;
    if (length >= p->least && at == to) TRY(go_on(m, path, slot, to));
    for (int i = 0; i < m->g->n_rels && length < p->most; i++) {
        for (int next = 0; next < m->g->n_nodes && rel_fits(m, p, i); next++) {
            for (int n = leads(m, p, i, at, next); n > 0; n--) {
                m->used = used | 1u << i;
                status = walks(m, path, slot, next, to, length + 1);
                m->used = used;
                TRY(status);
            }
        }
    }
done:
    return status;
}

static vb_status one_step(matcher *m, int path, int slot, int from, int to)
{
    vb_status status = VB_OK;
    const rel_pattern *p = &m->clause->paths[path].rels[slot - 1];
    unsigned used = m->used;
    binding before = m->now;
    for (int i = 0; i < m->g->n_rels; i++) {
        for (int n = rel_fits(m, p, i) ? leads(m, p, i, from, to) : 0; n > 0; n--) {
            m->used = used | 1u << i;
            if (p->var >= 0) m->now.vars[p->var] = (val){ .kind = REL, .i = i };
            if (p->var >= 0) m->now.set[p->var] = true;
            status = go_on(m, path, slot, to);
            m->used = used;
            m->now = before;
            TRY(status);
        }
    }
done:
    return status;
}

static vb_status node_slot(matcher *m, int path, int slot, int from)
{
    vb_status status = VB_OK;
    const path_pattern *p = &m->clause->paths[path];
    const node_pattern *want = &p->nodes[slot];
    binding before = m->now;
    for (int i = 0; i < m->g->n_nodes; i++) {
        const graph_node *n = &m->g->nodes[i];
        if (!may_be(m, want->var, NODE, i) || (n->labels & want->labels) != want->labels) continue;
        if (!has_property(n->props, want->key, want->value)) continue;
        if (want->var >= 0) m->now.vars[want->var] = (val){ .kind = NODE, .i = i };
        if (want->var >= 0) m->now.set[want->var] = true;
        if (!slot)
            status = go_on(m, path, slot, i);
        else if (p->rels[slot - 1].most)
            status = walks(m, path, slot, from, i, 0);
        else
            status = one_step(m, path, slot, from, i);
        m->now = before;
        TRY(status);
    }
done:
    return status;
}

/** A variable that an OPTIONAL MATCH could not find is null from there on. */
static void set_null(const clause *c, binding *b)
{
    for (int p = 0; p < c->n_paths; p++) {
        for (int h = 0; h <= c->paths[p].n_hops; h++) {
            int vars[2] = { c->paths[p].nodes[h].var, h < c->paths[p].n_hops ? c->paths[p].rels[h].var : -1 };
            for (int i = 0; i < 2; i++) {
                if (vars[i] < 0 || b->set[vars[i]]) continue;
                b->vars[vars[i]] = nothing;
                b->set[vars[i]] = true;
            }
        }
    }
}

static vb_status run_clause(matcher *m, binding_list *rows)
{
    vb_status status = VB_OK;
    binding_list out = { 0 };
    m->out = &out;
    for (size_t i = 0; i < rows->len; i++) {
        size_t before = out.len;
        m->now = rows->at[i];
        m->used = 0;
        TRY(node_slot(m, 0, 0, -1));
        if (out.len > before || !m->clause->optional) continue;
        TRY(vb_push(m->arena, &out));
        out.at[out.len - 1] = rows->at[i];
        set_null(m->clause, &out.at[out.len - 1]);
    }
    *rows = out;
done:
    return status;
}

/* ---- RETURN ------------------------------------------------------------------------------------------- */

static bool same_keys(const query *q, const row *a, const row *b)
{
    for (int i = 0; i < q->n_items; i++)
        if (q->items[i].kind == PLAIN && val_order(&a->cells[i], &b->cells[i])) return false;
    return true;
}

/** One aggregate over the group of @p head: the rows with the same keys. */
static val aggregate(const query *q, int i, const row *rows, size_t n, const row *head)
{
    item_kind kind = q->items[i].kind;
    val best = nothing;
    int count = 0;
    for (size_t r = 0; r < n; r++) {
        const val *v = &rows[r].cells[i];
        if (!same_keys(q, &rows[r], head) || (v->kind == NONE && kind != COUNT_ROWS)) continue;
        bool seen = false;
        for (size_t s = 0; s < r && kind == COUNT_DISTINCT; s++)
            seen = seen || (same_keys(q, &rows[s], head) && !val_order(&rows[s].cells[i], v));
        count += !seen;
        int order = best.kind == NONE ? 0 : val_order(v, &best);
        if (best.kind == NONE || (kind == MIN ? order < 0 : order > 0)) best = *v;
    }
    return kind == MIN || kind == MAX ? best : (val){ .kind = NUMBER, .number = count };
}

static vb_status group(const query *q, vb_arena *arena, const row_list *rows, row_list *out)
{
    vb_status status = VB_OK;
    bool keys = false;
    row none = { 0 };
    for (int i = 0; i < q->n_items; i++) keys = keys || q->items[i].kind == PLAIN;
    for (size_t r = 0; r < rows->len || (r == 0 && !keys); r++) {
        const row *head = r < rows->len ? &rows->at[r] : &none;
        bool seen = false;
        for (size_t s = 0; s < r && !seen; s++) seen = same_keys(q, &rows->at[s], head);
        if (seen) continue;
        TRY(vb_push(arena, out));
        row *to = &out->at[out->len - 1];
        *to = *head;
        for (int i = 0; i < q->n_items; i++)
            if (q->items[i].kind != PLAIN) to->cells[i] = aggregate(q, i, rows->at, rows->len, head);
    }
done:
    return status;
}

static bool same_row(const query *q, const row *a, const row *b)
{
    for (int i = 0; i < q->n_items; i++)
        if (val_order(&a->cells[i], &b->cells[i])) return false;
    return true;
}

static void drop_repeated(const query *q, row_list *rows)
{
    size_t n = 0;
    for (size_t r = 0; r < rows->len; r++) {
        bool seen = false;
        for (size_t s = 0; s < n && !seen; s++) seen = same_row(q, &rows->at[s], &rows->at[r]);
        if (!seen) rows->at[n++] = rows->at[r];
    }
    rows->len = n;
}

static int row_order(const void *a, const void *b, void *context)
{
    const matcher *m = ((const void **)context)[0];
    const query *q = ((const void **)context)[1];
    for (int i = 0; i < q->n_orders; i++) {
        const sort_key *o = &q->orders[i];
        int order = val_order(&((const row *)a)->cells[o->item], &((const row *)b)->cells[o->item]);
        if (order) return o->down && m->fault != ONLY_ASCENDING ? -order : order;
    }
    return 0;
}

vb_status naive_run(const graph *g, const query *q, fault wrong, vb_arena *arena, row_list *out)
{
    vb_status status;
    matcher m = { .g = g, .fault = wrong, .arena = arena };
    binding_list rows = { 0 };
    row_list plain = { 0 };
    const void *context[2] = { &m, q };
    bool aggregates = false;
    TRY(vb_push(arena, &rows));
    for (int i = 0; i < q->n_clauses; i++) {
        m.clause = &q->clauses[i];
        TRY(run_clause(&m, &rows));
    }
    for (size_t r = 0; r < rows.len; r++) {
        m.now = rows.at[r];
        TRY(vb_push(arena, &plain));
        for (int i = 0; i < q->n_items; i++) plain.at[r].cells[i] = value_of(&m, q->items[i].of);
    }
    for (int i = 0; i < q->n_items; i++) aggregates = aggregates || q->items[i].kind != PLAIN;
    *out = (row_list){ 0 };
    if (aggregates)
        TRY(group(q, arena, &plain, out));
    else
        *out = plain;
    if (q->distinct) drop_repeated(q, out);
    if (q->n_orders && out->len > 1) qsort_r(out->at, out->len, sizeof *out->at, row_order, context);
done:
    return status;
}
