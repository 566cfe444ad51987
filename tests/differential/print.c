/** Queries and values as openCypher. Conditions stand in brackets: precedence is the TCK's matter. */
#include "tests/differential/differential.h"

static const char *const op_names[] = {
    [IN] = "IN",   [EQUAL] = "=", [NOT_EQUAL] = "<>", [LESS] = "<",           [LESS_EQUAL] = "<=",
    [AND] = "AND", [OR] = "OR",   [XOR] = "XOR",      [GREATER_EQUAL] = ">=", [GREATER] = ">"
};

vb_status val_print(const val *v, vb_buf *out)
{
    switch (v->kind) {
    case NODE:
        return vb_buf_printf(out, "n%d", v->i);
    case REL:
        return vb_buf_printf(out, "r%d", v->i);
    case TEXT:
        return vb_buf_printf(out, "'%s'", words[v->i]);
    case BOOL:
        return vb_buf_printf(out, "%s", v->i ? "true" : "false");
    case NUMBER:
        return vb_buf_printf(out, v->real ? "%.1f" : "%.0f", v->number);
    default:
        return vb_buf_printf(out, "null");
    }
}

static char letter(const query *q, int var)
{
    return q->vars[var] == NODE ? 'n' : 'r';
}

static vb_status print_expr(const query *q, const expr *e, vb_buf *out)
{
    vb_status status = VB_OK;
    switch (e->op) {
    case LITERAL:
        return val_print(&e->value, out);
    case VARIABLE:
        return vb_buf_printf(out, "%c%d", letter(q, e->var), e->var);
    case PROPERTY:
        return vb_buf_printf(out, "%c%d.%s", letter(q, e->var), e->var, key_names[e->at]);
    case HAS_LABEL:
        return vb_buf_printf(out, "%c%d:%s", letter(q, e->var), e->var, label_names[e->at]);
    case NOT:
        TRY(vb_buf_printf(out, "NOT ("));
        TRY(print_expr(q, e->left, out));
        return vb_buf_printf(out, ")");
    case IS_NULL:
    case IS_NOT_NULL:
        TRY(print_expr(q, e->left, out));
        return vb_buf_printf(out, e->op == IS_NULL ? " IS NULL" : " IS NOT NULL");
    case IN:
        TRY(print_expr(q, e->left, out));
        for (int i = 0; i < e->n_list; i++) {
            TRY(vb_buf_printf(out, i ? ", " : " IN ["));
            TRY(val_print(&e->list[i], out));
        }
        return vb_buf_printf(out, e->n_list ? "]" : " IN []");
    default:
        TRY(vb_buf_printf(out, "("));
        TRY(print_expr(q, e->left, out));
        TRY(vb_buf_printf(out, " %s ", op_names[e->op]));
        TRY(print_expr(q, e->right, out));
        TRY(vb_buf_printf(out, ")"));
    }
done:
    return status;
}

static vb_status print_property(int key, const val *value, vb_buf *out)
{
    vb_status status = VB_OK;
    if (key < 0) return VB_OK;
    TRY(vb_buf_printf(out, " {%s: ", key_names[key]));
    TRY(val_print(value, out));
    TRY(vb_buf_printf(out, "}"));
done:
    return status;
}

static vb_status print_node(const node_pattern *n, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_printf(out, "("));
    if (n->var >= 0) TRY(vb_buf_printf(out, "n%d", n->var));
    for (int l = 0; l < LABELS; l++)
        if (n->labels & 1u << l) TRY(vb_buf_printf(out, ":%s", label_names[l]));
    TRY(print_property(n->key, &n->value, out));
    TRY(vb_buf_printf(out, ")"));
done:
    return status;
}

static vb_status print_rel(const rel_pattern *r, vb_buf *out)
{
    vb_status status;
    bool any = false;
    TRY(vb_buf_printf(out, r->direction < 0 ? "<-[" : "-["));
    if (r->var >= 0) TRY(vb_buf_printf(out, "r%d", r->var));
    for (int t = 0; t < TYPES; t++) {
        if (!(r->types & 1u << t)) continue;
        TRY(vb_buf_printf(out, any ? "|%s" : ":%s", type_names[t]));
        any = true;
    }
    if (r->most) TRY(vb_buf_printf(out, "*%d..%d", r->least, r->most));
    TRY(print_property(r->key, &r->value, out));
    TRY(vb_buf_printf(out, r->direction > 0 ? "]->" : "]-"));
done:
    return status;
}

static vb_status print_clause(const query *q, const clause *c, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_printf(out, c->optional ? "OPTIONAL MATCH " : "MATCH "));
    for (int i = 0; i < c->n_paths; i++) {
        const path_pattern *p = &c->paths[i];
        if (i) TRY(vb_buf_printf(out, ", "));
        for (int h = 0; h <= p->n_hops; h++) {
            TRY(print_node(&p->nodes[h], out));
            if (h < p->n_hops) TRY(print_rel(&p->rels[h], out));
        }
    }
    if (c->where) TRY(vb_buf_printf(out, " WHERE "));
    if (c->where) TRY(print_expr(q, c->where, out));
    TRY(vb_buf_printf(out, " "));
done:
    return status;
}

static vb_status print_item(const query *q, int i, vb_buf *out)
{
    static const char *const before[] = { [PLAIN] = "",       [COUNT_ROWS] = "count(*)",
                                          [COUNT] = "count(", [COUNT_DISTINCT] = "count(DISTINCT ",
                                          [MIN] = "min(",     [MAX] = "max(" };
    vb_status status;
    const item *it = &q->items[i];
    TRY(vb_buf_printf(out, "%s%s", i ? ", " : "", before[it->kind]));
    if (it->kind != COUNT_ROWS) TRY(print_expr(q, it->of, out));
    TRY(vb_buf_printf(out, "%s AS c%d", it->kind == PLAIN || it->kind == COUNT_ROWS ? "" : ")", i));
done:
    return status;
}

vb_status query_print(const query *q, vb_buf *out)
{
    vb_status status = VB_OK;
    for (int i = 0; i < q->n_clauses; i++) TRY(print_clause(q, &q->clauses[i], out));
    TRY(vb_buf_printf(out, q->distinct ? "RETURN DISTINCT " : "RETURN "));
    for (int i = 0; i < q->n_items; i++) TRY(print_item(q, i, out));
    for (int i = 0; i < q->n_orders; i++)
        TRY(vb_buf_printf(out, "%s c%d%s", i ? "," : " ORDER BY", q->orders[i].item,
                          q->orders[i].down ? " DESC" : ""));
    if (q->skip >= 0) TRY(vb_buf_printf(out, " SKIP %d", q->skip));
    if (q->limit >= 0) TRY(vb_buf_printf(out, " LIMIT %d", q->limit));
done:
    return status;
}
