/**
 * Planning a pattern. Each part is started at the node that is cheapest to find (bound already; by an index;
 * by the rarest label) and expanded from there to both ends, the cheaper one first. Every condition, written
 * in the pattern or in WHERE, is a filter that waits until all it needs is bound and is then placed at once.
 */
#include "queries/cypher/match.h"

#include <math.h>

typedef vb_cy_match match;

bool vb_cy_match_open(const match *m, int slot)
{
    for (size_t i = 0; i < m->open.len; i++)
        if (m->open.at[i] == slot) return true;
    return false;
}

static void fill(match *m, int slot)
{
    for (size_t i = 0; i < m->open.len; i++)
        if (m->open.at[i] == slot) m->open.at[i--] = m->open.at[--m->open.len];
}

static bool pattern_uses(const vb_cy_expr *e, const vb_cy_slots *open)
{
    return e->kind >= E_PATTERN && open->len; /* looked at no closer: it waits for all */
}

bool vb_cy_match_ready(const match *m, const vb_cy_expr *e)
{
    if (!e) return true;
    if (pattern_uses(e, &m->open) || (e->kind == E_VARIABLE && vb_cy_match_open(m, e->slot))) return false;
    for (size_t i = 0; i < e->args.len; i++)
        if (!vb_cy_match_ready(m, e->args.at[i])) return false;
    return true;
}

/** Put @p op on top; it makes @p times rows of each that comes in, as a guess. */
static vb_cy_op *checked(match *m, vb_cy_op *op, double times, vb_status *status)
{
    if (!op) {
        *status = vb_cy_fail_memory(m->p->source);
        return NULL;
    }
    op->estimate = op->child->estimate * times;
    m->op = op;
    return op;
}

/** What part of the rows a condition lets through: a rule of thumb. */
static double passing(const vb_cy_expr *e)
{
    return e->kind == E_COMPARE && e->ops[0] == C_EQ ? 0.1 : e->kind == E_LABELS ? 0.3 : 0.5;
}

/** Whether looking at a condition means to search the graph. */
static bool is_search(const vb_cy_expr *e)
{
    bool search = e && e->kind >= E_PATTERN;
    for (size_t i = 0; e && !search && i < e->args.len; i++) search = is_search(e->args.at[i]);
    return search;
}

/** Place what can be told now; what is quickly told goes first. */
static vb_status place_filters(match *m)
{
    vb_status status = VB_OK;
    for (int searches = 0; searches < 2; searches++) {
        size_t n = 0;
        for (size_t i = 0; i < m->waiting.len && status == VB_OK; i++) {
            vb_cy_expr *e = m->waiting.at[i];
            if (is_search(e) == searches && vb_cy_match_ready(m, e))
                checked(m, vb_cy_op_filter(m->p, m->op, e), passing(e), &status);
            else
                m->waiting.at[n++] = e;
        }
        m->waiting.len = n;
    }
    return status;
}

/* ---- conditions -------------------------------------------------------------------------------------------
 */

static vb_cy_expr *make(match *m, vb_cy_kind kind, uint32_t at)
{
    vb_cy_expr *e = vb_arena_get(m->p->source->arena, sizeof *e);
    if (!e) {
        vb_cy_fail_memory(m->p->source);
        return NULL;
    }
    *e = (vb_cy_expr){ .kind = kind, .at = at, .slot = -1, .type = TY_ANY };
    return e;
}

static vb_status wait_for(match *m, vb_cy_expr *e)
{
    if (!e || vb_push(m->p->source->arena, &m->waiting) != VB_OK) return vb_cy_fail_memory(m->p->source);
    m->waiting.at[m->waiting.len - 1] = e;
    return VB_OK;
}

static vb_status split_where(match *m, vb_cy_expr *e)
{
    vb_status status;
    if (e->kind != E_AND) return wait_for(m, e);
    TRY(split_where(m, e->args.at[0]));
    TRY(split_where(m, e->args.at[1]));
done:
    return status;
}

static vb_status push_arg(match *m, vb_cy_expr *e, vb_cy_expr *arg)
{
    if (!e || !arg || vb_push(m->p->source->arena, &e->args) != VB_OK) return vb_cy_fail_memory(m->p->source);
    e->args.at[e->args.len - 1] = arg;
    return VB_OK;
}

static vb_cy_expr *variable(match *m, int slot, uint32_t at)
{
    vb_cy_expr *v = make(m, E_VARIABLE, at);
    if (v) v->slot = slot;
    return v;
}

/** {key: value, ...} of what is in @p slot becomes conditions slot.key = value. */
static vb_status props_to_conditions(match *m, int slot, const vb_cy_expr *props)
{
    vb_status status = VB_OK;
    for (size_t i = 0; props && i < props->args.len; i++) {
        vb_cy_expr *get = make(m, E_PROPERTY, props->at), *is = make(m, E_COMPARE, props->at);
        uint8_t *op = vb_arena_get(m->p->source->arena, 1);
        if (!get || !is || !op) return vb_cy_fail_memory(m->p->source);
        op[0] = C_EQ;
        is->ops = op;
        get->name = props->keys.at[i];
        TRY(push_arg(m, get, variable(m, slot, props->at)));
        TRY(push_arg(m, is, get));
        TRY(push_arg(m, is, props->args.at[i]));
        TRY(wait_for(m, is));
    }
done:
    return status;
}

/** @p there: it is known to be a node; else it may be null, which matches nothing, labels or not. */
static vb_status labels_to_condition(match *m, const vb_cy_node *n, bool there)
{
    vb_status status = VB_OK;
    if (!n->labels.len && there) return VB_OK;
    vb_cy_expr *e = make(m, E_LABELS, n->at);
    if (!e) return VB_NO_MEMORY;
    e->keys = n->labels;
    TRY(push_arg(m, e, variable(m, n->slot, n->at)));
    TRY(wait_for(m, e));
done:
    return status;
}

/* ---- where to start -------------------------------------------------------------------------------------
 */

static vb_str first_label(const vb_cy_node *n)
{
    return n->labels.len ? n->labels.at[0] : VB_STR("");
}

/** The node of a part that is cheapest to start from, and how many rows that makes of each one. Labels are
 * only counted (@p count) where neither what is bound nor an index helps. */
static vb_status best_node(const match *m, const vb_cy_part *part, bool count, size_t *at, double *best)
{
    vb_status status = VB_OK;
    bool some = false;
    *at = 0;
    *best = HUGE_VAL;
    for (size_t i = 0; i < part->nodes.len; i++) {
        const vb_cy_node *n = part->nodes.at[i];
        vb_cy_seek seek;
        double cost = 0;
        bool known = !vb_cy_match_open(m, n->slot) || vb_cy_seek_index(m, n, &seek, &cost);
        if (!known && !count) continue;
        if (!known) TRY(vb_cy_cost_nodes(m->p, first_label(n), &cost));
        if (some && cost >= *best) continue;
        some = true;
        *best = cost;
        *at = i;
    }
done:
    return status;
}

/** The part to plan next, and where to start it. */
static vb_status best_part(const match *m, const bool *planned, size_t *part, size_t *start)
{
    vb_status status = VB_OK;
    double best = HUGE_VAL, cost;
    size_t n = m->pattern->parts.len, at;
    *part = n;
    for (int count = 0; count < 2 && *part == n; count++)
        for (size_t i = 0; i < n; i++) {
            if (planned[i]) continue;
            TRY(best_node(m, m->pattern->parts.at[i], count, &at, &cost));
            if (cost == HUGE_VAL || (*part < n && cost >= best)) continue;
            best = cost;
            *part = i;
            *start = at;
        }
done:
    return status;
}

static vb_status start_at(match *m, const vb_cy_node *n)
{
    vb_status status = VB_OK;
    bool used = false, was_open = vb_cy_match_open(m, n->slot);
    if (was_open) {
        vb_cy_seek seek;
        double rows;
        if (!vb_cy_seek_index(m, n, &seek, &rows)) TRY(vb_cy_cost_nodes(m->p, first_label(n), &rows));
        if (!checked(m, vb_cy_op_scan(m->p, m->op, n, &seek), rows, &status)) goto done;
        used = seek.by == CY_SEEK_LABEL && n->labels.len == 1; /* the scan itself saw to one label */
        fill(m, n->slot);
    }
    if (!used) TRY(labels_to_condition(m, n, was_open));
    TRY(place_filters(m));
done:
    return status;
}

/* ---- along the relationships --------------------------------------------------------------------------- */

/** How many rows going along relationship @p k makes of each one. */
static vb_status step_cost(match *m, const vb_cy_part *part, size_t k, bool reversed, double *out)
{
    vb_status status;
    const vb_cy_rel *r = part->rels.at[k];
    const vb_cy_node *to = part->nodes.at[reversed ? k : k + 1];
    double n, all, degree, step;
    TRY(vb_cy_cost_degree(m->p, r, &degree));
    *out = step = degree;
    for (int64_t i = 1; r->var_length && i < (r->max < 0 || r->max > 4 ? 4 : r->max); i++)
        *out += step *= degree;
    TRY(vb_cy_cost_nodes(m->p, VB_STR(""), &all));
    n = all;
    if (!vb_cy_match_open(m, to->slot))
        n = 1;
    else if (to->labels.len)
        TRY(vb_cy_cost_nodes(m->p, to->labels.at[0], &n));
    if (all > 0) *out *= n / all;
done:
    return status;
}

static vb_status expand(match *m, const vb_cy_part *part, size_t k, bool reversed)
{
    vb_status status = VB_OK;
    const vb_cy_rel *r = part->rels.at[k];
    const vb_cy_node *from = part->nodes.at[reversed ? k + 1 : k], *to = part->nodes.at[reversed ? k : k + 1];
    bool to_bound = !vb_cy_match_open(m, to->slot), rel_bound = !vb_cy_match_open(m, r->slot);
    int slot = rel_bound ? vb_cy_slot_new(m->p) : r->slot;
    const vb_cy_leg leg = { .rel = r,
                            .from = from->slot,
                            .slot = slot,
                            .to = to->slot,
                            .direction = reversed ? -r->direction : r->direction,
                            .to_bound = to_bound,
                            .reversed = reversed,
                            .others = m->rels };
    double cost = 1;
    if (m->p->run->options->explain) TRY(step_cost(m, part, k, reversed, &cost));
    vb_cy_op *op = r->var_length ? vb_cy_op_walk(m->p, m->op, &leg) : vb_cy_op_expand(m->p, m->op, &leg);
    if (!checked(m, op, cost, &status)) goto done;
    fill(m, r->slot);
    fill(m, to->slot);
    if (rel_bound && !checked(m, vb_cy_op_same(m->p, m->op, r->slot, slot), 0.1, &status)) goto done;
    TRY(vb_cy_slots_add(m->p, &m->rels, slot));
    if (!r->var_length) TRY(props_to_conditions(m, r->slot, r->props));
    TRY(labels_to_condition(m, to, true));
    TRY(place_filters(m));
done:
    return status;
}

static vb_status shortest(match *m, const vb_cy_part *part)
{
    vb_status status;
    TRY(start_at(m, part->nodes.at[0]));
    TRY(start_at(m, part->nodes.at[1]));
    checked(m,
            vb_cy_op_shortest(m->p, m->op, part, part->nodes.at[0]->slot, part->nodes.at[1]->slot,
                              part->shortest == 2),
            1, &status);
    fill(m, part->rels.at[0]->slot);
    fill(m, part->slot);
    if (status == VB_OK) status = place_filters(m);
done:
    return status;
}

/** From the start along the cheaper side, until both are at their ends. */
static vb_status plan_part(match *m, const vb_cy_part *part, size_t start)
{
    vb_status status = VB_OK;
    size_t left = start, right = start;
    double to_left, to_right;
    if (part->shortest) return shortest(m, part);
    TRY(start_at(m, part->nodes.at[start]));
    while (left > 0 || right < part->rels.len) {
        bool back = right == part->rels.len;
        if (left > 0 && !back) {
            TRY(step_cost(m, part, left - 1, true, &to_left));
            TRY(step_cost(m, part, right, false, &to_right));
            back = to_left < to_right;
        }
        TRY(expand(m, part, back ? --left : right++, back));
    }
    if (part->name.len) {
        checked(m, vb_cy_op_path(m->p, m->op, part), 1, &status);
        fill(m, part->slot);
    }
done:
    return status;
}

static vb_status collect(match *m)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < m->pattern->parts.len; i++) {
        const vb_cy_part *part = m->pattern->parts.at[i];
        if (part->slot >= 0) TRY(vb_cy_slots_add(m->p, &m->open, part->slot));
        for (size_t k = 0; k < part->nodes.len; k++) {
            const vb_cy_node *n = part->nodes.at[k];
            if (n->fresh) TRY(vb_cy_slots_add(m->p, &m->open, n->slot));
            TRY(props_to_conditions(m, n->slot, n->props));
        }
        for (size_t k = 0; k < part->rels.len; k++)
            if (part->rels.at[k]->fresh) TRY(vb_cy_slots_add(m->p, &m->open, part->rels.at[k]->slot));
    }
done:
    return status;
}

static vb_status build(match *m)
{
    vb_status status = VB_OK;
    size_t n = m->pattern->parts.len;
    bool *planned = vb_arena_array(m->p->source->arena, n, sizeof *planned);
    if (!planned) return vb_cy_fail_memory(m->p->source);
    for (size_t round = 0; round < n; round++) {
        size_t best = n, start = 0;
        TRY(best_part(m, planned, &best, &start));
        planned[best] = true;
        TRY(plan_part(m, m->pattern->parts.at[best], start));
    }
    TRY(place_filters(m));
done:
    return status;
}

vb_status vb_cy_plan_match(vb_cy_plan *p, vb_cy_pattern *pattern, vb_cy_expr *where, vb_cy_op *from,
                           vb_cy_op **out)
{
    vb_status status;
    match m = { .p = p, .pattern = pattern, .op = from };
    TRY(vb_cy_bind_match(p, pattern));
    TRY(vb_cy_note_names(p, pattern));
    if (where) {
        p->in_pattern_ok = true;
        status = vb_cy_bind_as(p, where, TY_BOOLEAN, "WHERE needs what is true or false");
        p->in_pattern_ok = false;
        TRY(status);
    }
    TRY(collect(&m));
    if (where) TRY(split_where(&m, where));
    TRY(place_filters(&m));
    TRY(build(&m));
    *out = m.op;
done:
    return status;
}

/* ---- patterns and subqueries within expressions
 * ------------------------------------------------------------------ */

static vb_status no_new_names(vb_cy_plan *p, const vb_cy_pattern *pattern)
{
    const vb_cy_part *part = pattern->parts.at[0];
    for (size_t i = 0; i < part->nodes.len; i++) {
        vb_str names[] = { part->nodes.at[i]->name,
                           i < part->rels.len ? part->rels.at[i]->name : VB_STR("") };
        for (size_t k = 0; k < 2; k++)
            if (names[k].len && !vb_cy_var_find(p, names[k]))
                return vb_cy_fail(p->source, part->nodes.at[i]->at, VB_BAD_INPUT,
                                  "SyntaxError/UndefinedVariable", "variable '%.*s' is not defined",
                                  VB_FMT(names[k]));
    }
    return VB_OK;
}

vb_status vb_cy_plan_pattern_expr(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = VB_OK;
    vb_cy_vars scope = p->vars;
    bool may = p->may_aggregate, ok = p->in_pattern_ok, in = p->in_aggregate;
    vb_cy_exprs *aggregates = p->aggregates;
    vb_cy_op *once = vb_cy_op_once(p);
    if (!once) return vb_cy_fail_memory(p->source);
    p->may_aggregate = p->in_aggregate = p->in_pattern_ok = false;
    p->aggregates = NULL;
    e->type = e->kind == E_PATTERN_LIST ? TY_LIST : e->kind == E_COUNT ? TY_INTEGER : TY_BOOLEAN;
    if (e->kind == E_PATTERN && e->pattern->parts.at[0]->shortest)
        e->type = e->pattern->parts.at[0]->shortest == 1 ? TY_PATH | TY_NULL : TY_LIST;
    if (e->kind == E_PATTERN) TRY(no_new_names(p, e->pattern));
    if (e->query) {
        TRY(vb_cy_plan_query(p, e->query, once, true, &e->plan));
        goto done;
    }
    TRY(vb_cy_plan_match(p, e->pattern, e->args.len ? e->args.at[0] : NULL, once, &e->plan));
    if (e->kind == E_PATTERN_LIST) {
        TRY(vb_cy_bind(p, e->args.at[1]));
        e->items = e->args.at[1]->type;
    }
done:
    if (status == VB_OK && vb_push(p->source->arena, &p->run->subplans) != VB_OK)
        status = vb_cy_fail_memory(p->source);
    if (status == VB_OK) p->run->subplans.at[p->run->subplans.len - 1] = (vb_cy_subplan){ e->plan, e->at };
    p->vars = scope;
    p->may_aggregate = may;
    p->in_pattern_ok = ok;
    p->in_aggregate = in;
    p->aggregates = aggregates;
    return status;
}
