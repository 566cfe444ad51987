/**
 * Random queries of the subset: MATCH and OPTIONAL MATCH of one or two paths, labels, types, directions,
 * properties, variable lengths; WHERE with comparisons, IN, IS NULL and three-valued logic; RETURN of
 * variables, properties, counts, least and most; DISTINCT, ORDER BY, SKIP, LIMIT.
 */
#include "tests/differential/differential.h"

enum { EXPR_DEPTH = 3 };

static expr *new_expr(query *q, expr_op op)
{
    expr *e = &q->exprs[q->n_exprs++];
    *e = (expr){ .op = op };
    return e;
}

static bool room(const query *q)
{
    return q->n_exprs + 4 < EXPRS_MAX;
}

static int random_var(dice *d, const query *q, val_kind want)
{
    int n = 0, pick;
    for (int i = 0; i < q->n_vars; i++) n += q->vars[i] == want;
    if (!n) return -1;
    pick = roll(d, n);
    for (int i = 0; i < q->n_vars; i++)
        if (q->vars[i] == want && !pick--) return i;
    return -1;
}

static int new_var(query *q, val_kind kind)
{
    if (q->n_vars == VARS_MAX) return -1;
    q->vars[q->n_vars] = kind;
    return q->n_vars++;
}

/** A number or a property; sometimes nothing at all. */
static expr *random_operand(dice *d, query *q)
{
    if (q->n_vars && chance(d, 65)) {
        expr *e = new_expr(q, PROPERTY);
        e->var = roll(d, q->n_vars);
        e->at = roll(d, KEYS);
        return e;
    }
    expr *e = new_expr(q, LITERAL);
    e->value = random_val(d);
    return e;
}

/** Variables compare with their like alone: what else they equal is no question for this test. */
static expr *random_comparison(dice *d, query *q)
{
    static const expr_op ops[] = { EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL };
    expr *e;
    if (q->n_vars && chance(d, 15)) {
        val_kind kind = q->vars[roll(d, q->n_vars)];
        e = new_expr(q, chance(d, 50) ? EQUAL : NOT_EQUAL);
        (e->left = new_expr(q, VARIABLE))->var = random_var(d, q, kind);
        (e->right = new_expr(q, VARIABLE))->var = random_var(d, q, kind);
        return e;
    }
    e = new_expr(q, ops[roll(d, VB_COUNT(ops))]);
    e->left = random_operand(d, q);
    e->right = random_operand(d, q);
    return e;
}

static expr *random_test(dice *d, query *q)
{
    expr *e;
    int var = random_var(d, q, NODE);
    switch (roll(d, 6)) {
    case 0:
        if (var < 0) return random_comparison(d, q);
        e = new_expr(q, HAS_LABEL);
        e->var = var;
        e->at = roll(d, LABELS);
        return e;
    case 1:
        e = new_expr(q, chance(d, 50) ? IS_NULL : IS_NOT_NULL);
        e->left = random_operand(d, q);
        return e;
    case 2:
        e = new_expr(q, IN);
        e->left = random_operand(d, q);
        e->n_list = roll(d, LIST_MAX + 1);
        for (int i = 0; i < e->n_list; i++) e->list[i] = random_val(d);
        return e;
    default:
        return random_comparison(d, q);
    }
}

static expr *random_condition(dice *d, query *q, int depth)
{
    static const expr_op joins[] = { AND, OR, XOR };
    expr *e;
    if (depth == EXPR_DEPTH || !room(q) || chance(d, 45)) return random_test(d, q);
    if (chance(d, 25)) {
        e = new_expr(q, NOT);
        e->left = random_condition(d, q, depth + 1);
        return e;
    }
    e = new_expr(q, joins[roll(d, VB_COUNT(joins))]);
    e->left = random_condition(d, q, depth + 1);
    e->right = room(q) ? random_condition(d, q, depth + 1) : e->left;
    return e;
}

/** A property with a value that a literal may have in a pattern; null there matches nothing, which is tested.
 */
static void random_property(dice *d, int *key, val *value)
{
    *key = chance(d, 6) ? roll(d, KEYS) : -1;
    *value = random_val(d);
}

static void random_path(dice *d, query *q, path_pattern *p)
{
    p->n_hops = roll(d, HOPS_MAX + 1);
    for (int i = 0; i <= p->n_hops; i++) {
        node_pattern *n = &p->nodes[i];
        *n = (node_pattern){ .var = -1, .key = -1 };
        if (chance(d, 30)) n->var = random_var(d, q, NODE);
        if (n->var < 0 && chance(d, 70)) n->var = new_var(q, NODE);
        if (chance(d, 25)) n->labels = 1u << roll(d, LABELS);
        if (chance(d, 5)) n->labels |= 1u << roll(d, LABELS);
        random_property(d, &n->key, &n->value);
        if (i == p->n_hops) break;
        rel_pattern *r = &p->rels[i];
        *r = (rel_pattern){ .var = -1, .key = -1, .direction = roll(d, 3) - 1 };
        if (chance(d, 35)) r->types = 1u + (unsigned)roll(d, (1 << TYPES) - 1);
        random_property(d, &r->key, &r->value);
        if (chance(d, 12)) {
            r->least = roll(d, 3);
            r->most = r->least + roll(d, 2);
            if (!r->most) r->most = 1;
        } else if (chance(d, 60)) {
            r->var = new_var(q, REL);
        }
    }
}

static void random_clause(dice *d, query *q, clause *c, bool first)
{
    *c = (clause){ .optional = chance(d, first ? 10 : 40), .n_paths = chance(d, 25) ? 2 : 1 };
    for (int i = 0; i < c->n_paths; i++) random_path(d, q, &c->paths[i]);
    if (chance(d, 50) && room(q)) c->where = random_condition(d, q, 0);
}

static void random_item(dice *d, query *q, item *it)
{
    static const item_kind kinds[] = { COUNT_ROWS, COUNT, COUNT_DISTINCT, MIN, MAX };
    *it = (item){ .kind = chance(d, 75) ? PLAIN : kinds[roll(d, VB_COUNT(kinds))] };
    if (it->kind == PLAIN && q->n_vars && chance(d, 45)) {
        (it->of = new_expr(q, VARIABLE))->var = roll(d, q->n_vars);
    } else {
        it->of = new_expr(q, q->n_vars ? PROPERTY : LITERAL);
        if (q->n_vars) it->of->var = roll(d, q->n_vars);
        it->of->at = roll(d, KEYS);
        it->of->value = (val){ .kind = NUMBER, .number = 1 };
    }
}

/** Things have no order that users can know, so rows are ordered by values alone. */
static void random_order(dice *d, query *q)
{
    for (int i = 0; i < q->n_items; i++) {
        bool thing = q->items[i].kind == PLAIN && q->items[i].of->op == VARIABLE;
        if (!thing && chance(d, 70))
            q->orders[q->n_orders++] = (sort_key){ .item = i, .down = chance(d, 40) };
    }
    if (q->n_orders && chance(d, 30)) q->limit = roll(d, 6);
    if (q->n_orders && chance(d, 20)) q->skip = roll(d, 3);
}

void query_random(dice *d, query *q)
{
    memset(q, 0, sizeof *q);
    q->skip = q->limit = -1;
    q->n_clauses = chance(d, 60) ? 1 : chance(d, 75) ? 2 : 3;
    for (int i = 0; i < q->n_clauses; i++) random_clause(d, q, &q->clauses[i], i == 0);
    q->n_items = 1 + roll(d, 3);
    for (int i = 0; i < q->n_items; i++) random_item(d, q, &q->items[i]);
    q->distinct = chance(d, 25);
    if (chance(d, 50)) random_order(d, q);
}
