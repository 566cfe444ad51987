/** Planning a query: clause after clause, each on top of the operators of those before it. */
#include "queries/cypher/operators.h"

vb_status vb_cy_slots_add(vb_cy_plan *p, vb_cy_slots *slots, int slot)
{
    if (vb_push(p->source->arena, slots) != VB_OK) return vb_cy_fail_memory(p->source);
    slots->at[slots->len - 1] = slot;
    return VB_OK;
}

vb_status vb_cy_scope_slots(vb_cy_plan *p, vb_cy_slots *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->vars.len; i++) TRY(vb_cy_slots_add(p, out, p->vars.at[i].slot));
done:
    return status;
}

static vb_status plan_optional(vb_cy_plan *p, vb_cy_clause *c, vb_cy_op *from, vb_cy_op **out)
{
    vb_status status;
    vb_cy_op *once = vb_cy_op_once(p), *match = NULL;
    vb_cy_slots fresh = { 0 };
    size_t n = p->vars.len;
    if (!once) return vb_cy_fail_memory(p->source);
    TRY(vb_cy_plan_match(p, c->pattern, c->where, once, &match));
    for (size_t i = n; i < p->vars.len; i++) {
        TRY(vb_cy_slots_add(p, &fresh, p->vars.at[i].slot));
        p->vars.at[i].type |= TY_NULL;
    }
    *out = vb_cy_op_optional(p, from, match, &fresh);
    if (!*out) status = vb_cy_fail_memory(p->source);
done:
    return status;
}

static vb_status plan_unwind(vb_cy_plan *p, vb_cy_clause *c, vb_cy_op *from, vb_cy_op **out)
{
    vb_status status;
    c->slot = -1;
    TRY(vb_cy_bind(p, c->expr));
    if (vb_cy_var_find(p, c->name)) {
        status = vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/VariableAlreadyBound",
                            "'%.*s' stands for something already", VB_FMT(c->name));
        goto done;
    }
    TRY(vb_cy_var_add(p, c->name,
                      c->expr->type == TY_LIST && c->expr->items ? c->expr->items | TY_NULL : TY_ANY, 0,
                      &c->slot));
    *out = vb_cy_op_unwind(p, from, c->expr, c->slot);
    if (!*out) status = vb_cy_fail_memory(p->source);
done:
    return status;
}

static bool is_write(const vb_cy_clause *c)
{
    return c->kind == CL_CREATE || c->kind == CL_MERGE || c->kind == CL_SET || c->kind == CL_DELETE;
}

static vb_status check_order(vb_cy_plan *p, const vb_cy_single *single, bool sub)
{
    bool wrote = false;
    const vb_cy_clause *last = single->clauses.at[single->clauses.len - 1];
    for (size_t i = 0; i < single->clauses.len; i++) {
        const vb_cy_clause *c = single->clauses.at[i];
        if (c->kind == CL_RETURN && i + 1 < single->clauses.len)
            return vb_cy_fail(p->source, single->clauses.at[i + 1]->at, VB_BAD_INPUT,
                              "SyntaxError/InvalidClauseComposition", "nothing can follow RETURN");
        if (sub && is_write(c))
            return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/InvalidClauseComposition",
                              "a subquery only reads");
        if (wrote && (c->kind == CL_MATCH || c->kind == CL_UNWIND))
            return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/InvalidClauseComposition",
                              "between writing and reading stands a WITH");
        wrote = is_write(c) || (wrote && c->kind != CL_WITH);
    }
    bool alone = single->clauses.len == 1 && last->kind == CL_CALL;
    if (!sub && !alone && last->kind != CL_RETURN && !is_write(last) && last->kind != CL_CALL)
        return vb_cy_fail(p->source, last->at, VB_BAD_INPUT, "SyntaxError/InvalidClauseComposition",
                          "a query ends in RETURN or in a writing clause");
    return VB_OK;
}

static vb_status plan_clause(vb_cy_plan *p, vb_cy_clause *c, vb_cy_op *from, bool alone, vb_cy_op **out)
{
    switch (c->kind) {
    case CL_MATCH:
        if (c->optional) return plan_optional(p, c, from, out);
        return vb_cy_plan_match(p, c->pattern, c->where, from, out);
    case CL_UNWIND:
        return plan_unwind(p, c, from, out);
    case CL_WITH:
    case CL_RETURN:
        return vb_cy_plan_projection(p, c, from, out);
    case CL_CALL:
        return vb_cy_plan_call(p, c, from, alone, out);
    default:
        return vb_cy_plan_write(p, c, from, out);
    }
}

static vb_status plan_single(vb_cy_plan *p, vb_cy_single *single, vb_cy_op *from, bool sub, vb_cy_op **out)
{
    vb_status status;
    vb_cy_op *op = from;
    TRY(check_order(p, single, sub));
    for (size_t i = 0; i < single->clauses.len; i++)
        TRY(plan_clause(p, single->clauses.at[i], op, single->clauses.len == 1 && !sub, &op));
    *out = op;
done:
    return status;
}

static const vb_cy_clause *last_clause(const vb_cy_single *s)
{
    return s->clauses.at[s->clauses.len - 1];
}

/** The parts of a UNION have the same columns, in any order. */
static vb_status union_slots(vb_cy_plan *p, const vb_cy_query *q, const vb_cy_items *first, vb_cy_slots *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->parts.len; i++) {
        const vb_cy_items *items = &last_clause(q->parts.at[i])->items;
        for (size_t k = 0; k < first->len; k++) {
            size_t at = 0;
            while (at < items->len && !vb_str_eq(items->at[at].name, first->at[k].name)) at++;
            if (at == items->len || items->len != first->len)
                return vb_cy_fail(p->source, q->at, VB_BAD_INPUT, "SyntaxError/DifferentColumnsInUnion",
                                  "the parts of a UNION have different columns");
            TRY(vb_cy_slots_add(p, &out[i], items->at[at].slot));
        }
    }
done:
    return status;
}

vb_status vb_cy_plan_query(vb_cy_plan *p, vb_cy_query *query, vb_cy_op *from, bool sub, vb_cy_op **out)
{
    vb_status status;
    size_t n = query->parts.len;
    vb_cy_vars scope = p->vars;
    if (n == 1) return plan_single(p, query->parts.at[0], from, sub, out);
    vb_cy_op **children = vb_arena_array(p->source->arena, n, sizeof(vb_cy_op *));
    vb_cy_slots *slots = vb_arena_array(p->source->arena, n, sizeof *slots), result = { 0 };
    if (!children || !slots) return vb_cy_fail_memory(p->source);
    for (size_t i = 0; i < n; i++) {
        vb_cy_op *once = i ? vb_cy_op_once(p) : from;
        if (!once) return vb_cy_fail_memory(p->source);
        p->vars = (vb_cy_vars){ 0 };
        for (size_t k = 0; k < scope.len; k++) {
            int slot = scope.at[k].slot;
            TRY(vb_cy_var_add(p, scope.at[k].name, scope.at[k].type, scope.at[k].items, &slot));
        }
        TRY(plan_single(p, query->parts.at[i], once, sub, &children[i]));
    }
    vb_cy_clause *head = query->parts.at[0]->clauses.at[query->parts.at[0]->clauses.len - 1];
    vb_cy_items named = { 0 }, *first = &named;
    for (size_t i = 0; i < head->items.len; i++) { /* a copy: the part's own projection keeps its slots */
        if (vb_push(p->source->arena, first) != VB_OK) return vb_cy_fail_memory(p->source);
        first->at[i] = head->items.at[i];
    }
    TRY(union_slots(p, query, first, slots));
    p->vars = (vb_cy_vars){ 0 };
    for (size_t k = 0; k < first->len; k++) {
        first->at[k].slot = -1;
        TRY(vb_cy_var_add(p, first->at[k].name, TY_ANY, 0, &first->at[k].slot));
        TRY(vb_cy_slots_add(p, &result, first->at[k].slot));
    }
    head->items = named;
    *out = vb_cy_op_union(p, children, slots, n, &result);
    if (*out && query->distinct) *out = vb_cy_op_distinct(p, *out, &result);
    if (!*out) status = vb_cy_fail_memory(p->source);
done:
    return status;
}

/* ---- writing
 * ----------------------------------------------------------------------------------------------------- */

static vb_status bind_sets(vb_cy_plan *p, vb_cy_sets *sets)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < sets->len; i++) {
        vb_cy_set *s = &sets->at[i];
        TRY(vb_cy_bind_as(p, s->target, TY_NODE | TY_REL | TY_MAP,
                          "only a node or a relationship has properties"));
        if (s->value) TRY(vb_cy_bind(p, s->value));
    }
done:
    return status;
}

static vb_status bind_delete(vb_cy_plan *p, vb_cy_clause *c)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < c->exprs.len; i++) {
        vb_cy_expr *e = c->exprs.at[i];
        if (e->kind == E_LABELS)
            return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidDelete",
                              "DELETE takes no label; REMOVE does");
        TRY(vb_cy_bind_as(p, e, TY_NODE | TY_REL | TY_PATH,
                          "only nodes, relationships and paths can be deleted"));
    }
done:
    return status;
}

vb_status vb_cy_plan_write(vb_cy_plan *p, vb_cy_clause *c, vb_cy_op *from, vb_cy_op **out)
{
    vb_status status = VB_OK;
    vb_cy_op *once = NULL, *match = NULL;
    vb_cy_slots slots = { 0 };
    p->writes = true;
    if (c->kind == CL_CREATE) {
        TRY(vb_cy_bind_create(p, c->pattern, false));
    } else if (c->kind == CL_MERGE) {
        size_t n = p->vars.len;
        TRY(vb_cy_bind_create(p, c->pattern, true));
        p->vars.len = n; /* looked for first: the names are new once more */
        once = vb_cy_op_once(p);
        if (!once) return vb_cy_fail_memory(p->source);
        TRY(vb_cy_plan_match(p, c->pattern, NULL, once, &match));
        TRY(bind_sets(p, &c->on_create));
        TRY(bind_sets(p, &c->on_match));
    } else if (c->kind == CL_SET) {
        TRY(bind_sets(p, &c->sets));
    } else {
        TRY(bind_delete(p, c));
    }
    TRY(vb_cy_scope_slots(p, &slots));
    if (c->kind == CL_CREATE)
        *out = vb_cy_op_create(p, from, c->pattern, &slots);
    else if (c->kind == CL_MERGE)
        *out = vb_cy_op_merge(p, from, match, c, &slots);
    else if (c->kind == CL_SET)
        *out = vb_cy_op_set(p, from, &c->sets, &slots);
    else
        *out = vb_cy_op_delete(p, from, c, &slots);
    if (!*out) status = vb_cy_fail_memory(p->source);
done:
    return status;
}
