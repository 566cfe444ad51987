/**
 * Planning WITH and RETURN: what is projected, aggregated, made distinct, sorted, cut off.
 *
 * Without an aggregate, ORDER BY and WHERE still see what came in beside what is projected. With one, what is
 * not aggregated is the group's key, and an expression around an aggregate may hold nothing but keys and
 * constants (else AmbiguousAggregationExpression): a part that is written like a key becomes that key's slot.
 */
#include "queries/cypher/operators.h"

typedef struct projection {
    vb_cy_plan *p;
    vb_cy_clause *clause;
    vb_cy_vars before;
    vb_cy_items items;
    vb_cy_exprs aggregates;
    bool grouped;
} projection;

static vb_status fail(projection *j, uint32_t at, const char *what, const char *text)
{
    return vb_cy_fail(j->p->source, at, VB_BAD_INPUT, what, "%s", text);
}

static vb_status add_item(projection *j, vb_cy_item item)
{
    if (vb_push(j->p->source->arena, &j->items) != VB_OK) return vb_cy_fail_memory(j->p->source);
    item.slot = vb_cy_slot_new(j->p);
    j->items.at[j->items.len - 1] = item;
    return VB_OK;
}

/** `*` is every variable in scope, by name. */
static vb_status add_all(projection *j)
{
    vb_status status = VB_OK;
    const vb_cy_vars *vars = &j->p->vars;
    vb_str last = { 0 };
    if (!vars->len && j->clause->kind == CL_RETURN)
        return fail(j, j->clause->at, "SyntaxError/NoVariablesInScope", "there is no variable to return");
    for (;;) {
        const vb_cy_var *next = NULL;
        for (size_t i = 0; i < vars->len; i++) {
            const vb_cy_var *v = vb_cy_var_find(j->p, vars->at[i].name);
            if ((!last.at || vb_str_cmp(v->name, last) > 0) && (!next || vb_str_cmp(v->name, next->name) < 0))
                next = v;
        }
        if (!next) break;
        last = next->name;
        vb_cy_expr *e = vb_arena_get(j->p->source->arena, sizeof *e);
        if (!e) return vb_cy_fail_memory(j->p->source);
        *e = (vb_cy_expr){ .kind = E_VARIABLE, .name = next->name, .at = j->clause->at, .depth = 1 };
        TRY(add_item(j, (vb_cy_item){ .expr = e, .name = next->name, .alias = true }));
    }
done:
    return status;
}

/** The name of a column: its alias, or the words of its expression. */
static vb_status name_items(projection *j)
{
    for (size_t i = 0; i < j->items.len; i++) {
        vb_cy_item *item = &j->items.at[i];
        const vb_cy_expr *e = item->expr;
        if (!item->alias) {
            item->name = e->kind == E_VARIABLE && !e->paren
                             ? e->name
                             : vb_str_trim(vb_str_part(j->p->source->text, e->at, e->end));
        }
        for (size_t k = 0; k < i; k++)
            if (vb_str_eq(j->items.at[k].name, item->name))
                return fail(j, e->at, "SyntaxError/ColumnNameConflict", "two columns have the same name");
    }
    return VB_OK;
}

/* ---- grouping
 * ------------------------------------------------------------------------------------------------ */

static vb_status check_aliases(projection *j)
{
    for (size_t i = 0; j->clause->kind == CL_WITH && i < j->items.len; i++)
        if (!j->items.at[i].alias && j->items.at[i].expr->kind != E_VARIABLE)
            return fail(j, j->items.at[i].expr->at, "SyntaxError/NoExpressionAlias",
                        "in WITH an expression needs a name: AS ...");
    return VB_OK;
}

static bool is_local(const projection *j, int slot)
{
    for (size_t i = 0; i < j->before.len; i++)
        if (j->before.at[i].slot == slot) return false;
    for (size_t i = 0; i < j->items.len; i++)
        if (j->items.at[i].slot == slot) return true;
    return true;
}

static void become(vb_cy_expr *e, const vb_cy_item *key)
{
    *e = (vb_cy_expr){ .kind = E_VARIABLE,
                       .at = e->at,
                       .end = e->end,
                       .slot = key->slot,
                       .name = key->name,
                       .type = key->expr->type,
                       .items = key->expr->items };
}

/** Put the keys into what stands around an aggregate. */
static vb_status use_keys(projection *j, vb_cy_expr *e, const vb_cy_expr *self)
{
    if (!e || e->kind == E_COUNT_ALL || (e->kind == E_CALL && !e->function->call)) return VB_OK;
    for (size_t i = 0; i < j->items.len; i++) {
        const vb_cy_item *key = &j->items.at[i];
        bool simple = key->expr->kind == E_VARIABLE ||
                      (key->expr->kind == E_PROPERTY && key->expr->args.at[0]->kind == E_VARIABLE);
        if (key->expr == self || key->expr->has_aggregate || !simple || !vb_cy_expr_equal(key->expr, e))
            continue;
        become(e, key);
        return VB_OK;
    }
    if ((e->kind == E_VARIABLE && !is_local(j, e->slot)) || e->kind >= E_PATTERN)
        return fail(j, e->at, "SyntaxError/AmbiguousAggregationExpression",
                    "beside an aggregate stands what is neither aggregated nor projected by itself");
    for (size_t i = 0; i < e->args.len; i++) {
        vb_status status = use_keys(j, e->args.at[i], self);
        if (status != VB_OK) return status;
    }
    return VB_OK;
}

static vb_status bind_items(projection *j)
{
    vb_status status = VB_OK;
    vb_cy_plan *p = j->p;
    vb_cy_exprs *outer = p->aggregates;
    bool may = p->may_aggregate;
    p->may_aggregate = true;
    p->aggregates = &j->aggregates;
    for (size_t i = 0; i < j->items.len; i++) TRY(vb_cy_bind(p, j->items.at[i].expr));
    j->grouped = j->aggregates.len > 0;
    for (size_t i = 0; i < j->items.len; i++)
        if (j->items.at[i].expr->has_aggregate) TRY(use_keys(j, j->items.at[i].expr, j->items.at[i].expr));
done:
    p->may_aggregate = may;
    p->aggregates = outer;
    return status;
}

/* ---- ORDER BY
 * ------------------------------------------------------------------------------------------------ */

static bool is_aggregate(const vb_cy_expr *e)
{
    const vb_cy_function *f = e->kind == E_CALL ? vb_cy_function_find(e->name) : NULL;
    return e->kind == E_COUNT_ALL || (f && !f->call);
}

static bool holds_aggregate(const vb_cy_expr *e)
{
    bool holds = e && is_aggregate(e);
    for (size_t i = 0; e && !holds && i < e->args.len; i++) holds = holds_aggregate(e->args.at[i]);
    return holds;
}

/**
 * Where ORDER BY writes out what is projected, it means the column. Around an aggregate only a variable, a
 * property or an aggregate does (@p mixed).
 */
static void use_columns(const projection *j, const vb_cy_exprs *written, vb_cy_expr *e, bool mixed)
{
    if (!e) return;
    bool simple = e->kind == E_VARIABLE || e->kind == E_PROPERTY || is_aggregate(e);
    for (size_t i = 0; i < written->len && (simple || !mixed); i++)
        if (written->at[i] && vb_cy_expr_equal(written->at[i], e)) {
            vb_cy_expr column = { .kind = E_VARIABLE,
                                  .at = e->at,
                                  .end = e->end,
                                  .slot = -1,
                                  .name = j->items.at[i].name,
                                  .depth = 1 };
            *e = column;
            return;
        }
    for (size_t i = 0; i < e->args.len; i++) use_columns(j, written, e->args.at[i], mixed);
}

/** Whether something that is projected without an aggregate makes use of the variable. */
static bool is_in_key(const projection *j, int slot)
{
    for (size_t i = 0; i < j->items.len; i++)
        if (!j->items.at[i].expr->has_aggregate && vb_cy_expr_uses(j->items.at[i].expr, slot)) return true;
    return false;
}

/** After grouping or DISTINCT only columns are left; @p mixed: an aggregate stood beside what is meant. */
static vb_status only_columns(projection *j, const vb_cy_expr *e, bool mixed)
{
    vb_status status = VB_OK;
    if (!e) return VB_OK;
    if (is_aggregate(e))
        return fail(j, e->at, "SyntaxError/UndefinedVariable", "this aggregate is not projected");
    if (e->kind == E_VARIABLE && !is_local(j, e->slot))
        return fail(j, e->at,
                    mixed && is_in_key(j, e->slot) ? "SyntaxError/AmbiguousAggregationExpression"
                                                   : "SyntaxError/UndefinedVariable",
                    "after DISTINCT or an aggregate only what is projected can be used");
    for (size_t i = 0; i < e->args.len; i++) TRY(only_columns(j, e->args.at[i], mixed));
done:
    return status;
}

/** A copy of the expressions as written, before binding changes them. */
static vb_cy_expr *copy_tree(vb_arena *arena, const vb_cy_expr *e)
{
    if (!e) return NULL;
    vb_cy_expr *c = vb_arena_get(arena, sizeof *c);
    if (!c) return NULL;
    *c = *e;
    c->args = (vb_cy_exprs){ 0 };
    for (size_t i = 0; i < e->args.len; i++)
        if (vb_push(arena, &c->args) == VB_OK) c->args.at[i] = copy_tree(arena, e->args.at[i]);
    return c;
}

static vb_status bind_order(projection *j, const vb_cy_exprs *written)
{
    vb_status status = VB_OK;
    vb_cy_plan *p = j->p;
    vb_cy_exprs *outer = p->aggregates;
    p->may_aggregate = j->grouped;
    p->aggregates = &j->aggregates;
    for (size_t i = 0; i < j->clause->order.len; i++) {
        vb_cy_expr *e = j->clause->order.at[i].expr;
        bool mixed = holds_aggregate(e), whole = false;
        for (size_t k = 0; k < written->len; k++) whole |= vb_cy_expr_equal(written->at[k], e);
        if (!(e->kind == E_VARIABLE && vb_cy_var_find(p, e->name) &&
              is_local(j, vb_cy_var_find(p, e->name)->slot)))
            use_columns(j, written, e, mixed && !whole);
        TRY(vb_cy_bind(p, e));
        if (j->grouped || j->clause->distinct) TRY(only_columns(j, e, mixed));
    }
done:
    p->may_aggregate = false;
    p->aggregates = outer;
    return status;
}

/** SKIP and LIMIT know no variable. */
static vb_status bind_count(projection *j, vb_cy_expr *e)
{
    vb_status status;
    vb_cy_plan *p = j->p;
    vb_cy_vars scope = p->vars;
    if (!e) return VB_OK;
    p->vars = (vb_cy_vars){ 0 };
    status = vb_cy_bind(p, e);
    p->vars = scope;
    if (status != VB_OK) {
        if (p->source->err && strcmp(p->source->err->detail, "UndefinedVariable") == 0)
            p->source->err->detail = "NonConstantExpression";
        return status;
    }
    bool negative = e->kind == E_LITERAL && e->value.kind == VB_VALUE_INTEGER && e->value.as.integer < 0;
    if (e->kind == E_MINUS && e->args.at[0]->kind == E_LITERAL && e->args.at[0]->type == TY_INTEGER)
        negative = true;
    if (negative)
        return fail(j, e->at, "SyntaxError/NegativeIntegerArgument",
                    "SKIP and LIMIT take no negative number");
    if (!(e->type & TY_INTEGER))
        return fail(j, e->at, "SyntaxError/InvalidArgumentType", "SKIP and LIMIT take an integer");
    return VB_OK;
}

/* ---- putting it together
 * --------------------------------------------------------------------------------------- */

static vb_status new_scope(projection *j)
{
    vb_status status = VB_OK;
    vb_cy_plan *p = j->p;
    if (j->grouped || j->clause->distinct) p->vars = (vb_cy_vars){ 0 };
    if (j->grouped || j->clause->distinct) /* known, so that a wrong use is told for what it is */
        for (size_t i = 0; i < j->before.len; i++) {
            int slot = j->before.at[i].slot;
            TRY(vb_cy_var_add(p, j->before.at[i].name, j->before.at[i].type, j->before.at[i].items, &slot));
        }
    for (size_t i = 0; i < j->items.len; i++) {
        vb_cy_item *item = &j->items.at[i];
        TRY(vb_cy_var_add(p, item->name, item->expr->type, item->expr->items, &item->slot));
    }
done:
    return status;
}

static vb_status leave_scope(projection *j)
{
    vb_status status = VB_OK;
    j->p->vars = (vb_cy_vars){ 0 };
    for (size_t i = 0; i < j->items.len; i++) {
        vb_cy_item *item = &j->items.at[i];
        TRY(vb_cy_var_add(j->p, item->name, item->expr->type, item->expr->items, &item->slot));
    }
done:
    return status;
}

/** What a Sort keeps of each row: after grouping or DISTINCT the columns alone, for the slots of what came in
 *  then hold values of rows that are gone. */
static vb_status sorted_slots(const projection *j, const vb_cy_slots *columns, vb_cy_slots *out)
{
    vb_status status = VB_OK;
    if (!j->grouped && !j->clause->distinct) return vb_cy_scope_slots(j->p, out);
    for (size_t i = 0; i < columns->len; i++) TRY(vb_cy_slots_add(j->p, out, columns->at[i]));
    for (size_t i = 0; i < j->aggregates.len; i++) TRY(vb_cy_slots_add(j->p, out, j->aggregates.at[i]->slot));
done:
    return status;
}

static vb_status build(projection *j, vb_cy_op *from, const vb_cy_slots *columns, const vb_cy_exprs *written,
                       vb_cy_op **out)
{
    vb_status status = VB_OK;
    vb_cy_plan *p = j->p;
    vb_cy_clause *c = j->clause;
    vb_cy_op *op = from;
    vb_cy_slots kept = { 0 };
    if (j->grouped) op = vb_cy_op_aggregate(p, op, &j->items, &j->aggregates);
    if (op) op = vb_cy_op_project(p, op, &j->items, j->grouped);
    if (op && c->distinct) op = vb_cy_op_distinct(p, op, columns);
    if (c->order.len) {
        TRY(sorted_slots(j, columns, &kept));
        if (op) op = vb_cy_op_sort(p, op, &c->order, &kept);
    }
    if (op && (c->skip || c->limit)) op = vb_cy_op_limit(p, op, c->skip, c->limit);
    if (!op) return vb_cy_fail_memory(p->source);
    if (c->where) {
        if (j->grouped || c->distinct) use_columns(j, written, c->where, false);
        p->in_pattern_ok = true;
        status = vb_cy_bind_as(p, c->where, TY_BOOLEAN, "WHERE needs what is true or false");
        p->in_pattern_ok = false;
        TRY(status);
        if (j->grouped || c->distinct) TRY(only_columns(j, c->where, false));
        op = vb_cy_op_filter(p, op, c->where);
        if (!op) return vb_cy_fail_memory(p->source);
    }
    *out = op;
done:
    return status;
}

vb_status vb_cy_plan_projection(vb_cy_plan *p, vb_cy_clause *clause, vb_cy_op *from, vb_cy_op **out)
{
    vb_status status = VB_OK;
    projection j = { .p = p, .clause = clause };
    vb_cy_exprs written = { 0 };
    vb_cy_slots columns = { 0 };
    for (size_t i = 0; i < p->vars.len; i++) {
        if (vb_push(p->source->arena, &j.before) != VB_OK) return vb_cy_fail_memory(p->source);
        j.before.at[i] = p->vars.at[i];
    }
    if (clause->star) TRY(add_all(&j));
    for (size_t i = 0; i < clause->items.len; i++) TRY(add_item(&j, clause->items.at[i]));
    TRY(name_items(&j));
    for (size_t i = 0; i < j.items.len; i++) {
        if (vb_push(p->source->arena, &written) != VB_OK) return vb_cy_fail_memory(p->source);
        written.at[i] = copy_tree(p->source->arena, j.items.at[i].expr);
        TRY(vb_cy_slots_add(p, &columns, j.items.at[i].slot));
    }
    TRY(bind_items(&j));
    TRY(bind_count(&j, clause->skip));
    TRY(bind_count(&j, clause->limit));
    TRY(new_scope(&j));
    TRY(bind_order(&j, &written));
    TRY(check_aliases(&j));
    TRY(build(&j, from, &columns, &written, out));
    TRY(leave_scope(&j));
    clause->items = j.items; /* with `*` written out: the columns of the query */
done:
    return status;
}
