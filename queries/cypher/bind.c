/**
 * Binding: every name in an expression gets its slot, every function its row, every expression what can be
 * known of its type before it runs; what can be told wrong then is told here. Patterns and subqueries within
 * expressions are planned on the way (plan_match.c, plan.c).
 */
#include "queries/cypher/cypher.h"

vb_cy_var *vb_cy_var_find(vb_cy_plan *p, vb_str name)
{
    for (size_t i = p->vars.len; i-- > 0;)
        if (vb_str_eq(p->vars.at[i].name, name)) return &p->vars.at[i];
    return NULL;
}

int vb_cy_slot_new(vb_cy_plan *p)
{
    return p->n_slots++;
}

vb_status vb_cy_var_add(vb_cy_plan *p, vb_str name, vb_cy_type type, vb_cy_type items, int *slot)
{
    if (vb_push(p->source->arena, &p->vars) != VB_OK) return vb_cy_fail_memory(p->source);
    if (*slot < 0) *slot = vb_cy_slot_new(p);
    p->vars.at[p->vars.len - 1] = (vb_cy_var){ name, *slot, type, items };
    return VB_OK;
}

static vb_status bad_type(vb_cy_plan *p, const vb_cy_expr *e, const char *what)
{
    return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidArgumentType", "%s", what);
}

vb_status vb_cy_bind_as(vb_cy_plan *p, vb_cy_expr *e, vb_cy_type types, const char *what)
{
    vb_status status = vb_cy_bind(p, e);
    if (status == VB_OK && !(e->type & (types | TY_NULL))) return bad_type(p, e, what);
    return status;
}

/** Bind the arguments; a pattern among them is a condition only where the language takes conditions. */
static vb_status bind_args(vb_cy_plan *p, vb_cy_expr *e, vb_cy_type types, const char *what)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < e->args.len; i++) {
        if (!e->args.at[i]) continue;
        TRY(vb_cy_bind_as(p, e->args.at[i], types, what));
        e->has_aggregate |= e->args.at[i]->has_aggregate;
    }
done:
    return status;
}

/** A duration and what it can be added to. */
static bool moves(vb_cy_type a, vb_cy_type b)
{
    return ((a & TY_DURATION) && (b & TY_TEMPORAL)) || ((b & TY_DURATION) && (a & TY_TEMPORAL));
}

static vb_cy_type sum_type(vb_cy_type a, vb_cy_type b)
{
    vb_cy_type t = 0;
    if ((a | b) & TY_LIST) t |= TY_LIST;
    if ((a & TY_STRING) || (b & TY_STRING)) t |= TY_STRING;
    if ((a & TY_NUMBER) && (b & TY_NUMBER)) t |= (a | b) & TY_NUMBER;
    if (moves(a, b)) t |= (a | b) & TY_TEMPORAL;
    if ((a | b) & TY_NULL) t |= TY_NULL;
    return t ? t : TY_ANY;
}

static vb_status bind_list(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = bind_args(p, e, TY_ANY, "");
    e->type = TY_LIST;
    for (size_t i = 0; i < e->args.len; i++) e->items |= e->args.at[i]->type;
    return status;
}

static vb_status bind_arithmetic(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status;
    vb_cy_type a, b;
    if (e->kind == E_ADD) {
        TRY(bind_args(p, e, TY_ANY, ""));
        a = e->args.at[0]->type;
        b = e->args.at[1]->type;
        if (!((a | b) & (TY_LIST | TY_NULL)) && !(a & TY_STRING && b & (TY_STRING | TY_NUMBER)) &&
            !(b & TY_STRING && a & (TY_STRING | TY_NUMBER)) && !(a & TY_NUMBER && b & TY_NUMBER) &&
            !moves(a, b))
            return bad_type(p, e, "these two cannot be added");
        e->type = sum_type(a, b);
        if (e->type == TY_LIST) e->items = TY_ANY;
        goto done;
    }
    bool temporal = e->kind == E_SUBTRACT || e->kind == E_MULTIPLY || e->kind == E_DIVIDE;
    vb_cy_type takes = temporal ? TY_NUMBER | TY_TEMPORAL : TY_NUMBER;
    TRY(bind_args(p, e, takes, "arithmetic needs numbers"));
    e->type = 0;
    for (size_t i = 0; i < e->args.len; i++) e->type |= e->args.at[i]->type & (takes | TY_NULL);
    if (e->kind == E_POWER) e->type = TY_FLOAT | TY_NULL;
done:
    return status;
}

/** x IN list, within which x is a variable of its own. */
static vb_status bind_local(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status;
    size_t n = 0;
    vb_cy_expr *list = e->args.at[0];
    bool quantifier = e->kind == E_QUANTIFIER;
    TRY(vb_cy_bind_as(p, list, TY_LIST, "IN needs a list"));
    n = p->vars.len;
    e->slot = -1;
    TRY(vb_cy_var_add(p, e->name, list->items ? list->items : TY_ANY, 0, &e->slot));
    bool may = p->may_aggregate, ok = p->in_pattern_ok;
    if (!quantifier || !list->has_aggregate) p->may_aggregate = false;
    p->in_pattern_ok = true;
    if (e->args.at[1]) status = vb_cy_bind_as(p, e->args.at[1], TY_BOOLEAN, "a condition is true or false");
    p->in_pattern_ok = false;
    if (status == VB_OK && !quantifier && e->args.at[2]) status = vb_cy_bind(p, e->args.at[2]);
    p->may_aggregate = may;
    p->in_pattern_ok = ok;
    p->vars.len = n;
    e->has_aggregate = list->has_aggregate;
    e->type = quantifier ? TY_BOOLEAN | TY_NULL : TY_LIST | TY_NULL;
    if (!quantifier) e->items = e->args.at[2] ? e->args.at[2]->type : list->items;
done:
    return status;
}

static vb_status bind_variable(vb_cy_plan *p, vb_cy_expr *e)
{
    const vb_cy_var *v = vb_cy_var_find(p, e->name);
    if (!v) {
        vb_cy_nearest n = { .to = e->name };
        vb_status status = vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/UndefinedVariable",
                                      "variable '%.*s' is not defined", VB_FMT(e->name));
        for (size_t i = 0; i < p->vars.len; i++) vb_cy_nearest_try(&n, p->vars.at[i].name);
        vb_cy_hint(p->source, &n);
        return status;
    }
    e->slot = v->slot;
    e->type = v->type;
    e->items = v->items;
    return VB_OK;
}

static vb_status bind_map(vb_cy_plan *p, vb_cy_expr *e)
{
    e->type = TY_MAP;
    return bind_args(p, e, TY_ANY, "");
}

static vb_status bind_aggregate(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = VB_OK;
    if (p->in_aggregate)
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/NestedAggregation",
                          "an aggregate within an aggregate");
    if (!p->may_aggregate)
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidAggregation",
                          "no aggregate can stand here; aggregate in a WITH before");
    p->in_aggregate = true;
    for (size_t i = 0; i < e->args.len && status == VB_OK; i++) status = vb_cy_bind(p, e->args.at[i]);
    p->in_aggregate = false;
    if (status != VB_OK) return status;
    e->slot = vb_cy_slot_new(p);
    e->has_aggregate = true;
    e->type = e->kind == E_COUNT_ALL ? TY_INTEGER : e->function->result;
    if (e->kind == E_CALL && strcmp(e->function->name, "collect") == 0) e->items = e->args.at[0]->type;
    if (vb_push(p->source->arena, p->aggregates) != VB_OK) return vb_cy_fail_memory(p->source);
    p->aggregates->at[p->aggregates->len - 1] = e;
    return VB_OK;
}

static vb_status check_call(vb_cy_plan *p, vb_cy_expr *e)
{
    const vb_cy_function *f = e->function;
    if (f->varies && p->in_aggregate)
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/NonConstantExpression",
                          "%s() within an aggregate differs each time", f->name);
    for (size_t i = 0; i < e->args.len && i < VB_COUNT(f->takes); i++) {
        const vb_cy_expr *a = e->args.at[i];
        if (!f->takes[i] || (a->type & (f->takes[i] | TY_NULL))) continue;
        bool converts = strncmp(f->name, "to", 2) == 0;
        return vb_cy_fail(p->source, a->at, VB_BAD_INPUT,
                          converts ? "!TypeError/InvalidArgumentValue" : "SyntaxError/InvalidArgumentType",
                          "%s() does not take this", f->name);
    }
    return VB_OK;
}

static vb_status bind_function(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = VB_OK;
    const vb_cy_function *f = e->function = vb_cy_function_find(e->name);
    if (!f) {
        status = vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/UnknownFunction",
                            "there is no function '%.*s'", VB_FMT(e->name));
        vb_cy_hint_word(p->source, e->name, 'f');
        return status;
    }
    if (e->args.len < f->min || e->args.len > f->max)
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidNumberOfArguments",
                          "%s() takes %d argument%s", f->name, f->min, f->min == 1 ? "" : "s");
    if (!f->call) return bind_aggregate(p, e);
    bool ok = p->in_pattern_ok;
    if (strcmp(f->name, "exists") == 0) {
        p->in_pattern_ok = true;
        if (e->args.at[0]->kind != E_PROPERTY && e->args.at[0]->kind != E_PATTERN)
            return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidArgumentExpression",
                              "exists() takes a property or a pattern");
    }
    status = bind_args(p, e, TY_ANY, "");
    p->in_pattern_ok = ok;
    TRY(status);
    TRY(check_call(p, e));
    e->type = f->result;
    if (strcmp(f->name, "range") == 0) e->items = TY_INTEGER;
    if (strcmp(f->name, "nodes") == 0) e->items = TY_NODE;
    if (strcmp(f->name, "relationships") == 0) e->items = TY_REL;
    if (strcmp(f->name, "keys") == 0 || strcmp(f->name, "labels") == 0) e->items = TY_STRING;
done:
    return status;
}

/** Comparisons, CASE and what else is of any type. */
static vb_status bind_other(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = bind_args(p, e, TY_ANY, "");
    e->type = TY_ANY;
    switch (e->kind) {
    case E_COMPARE:
    case E_STARTS:
    case E_ENDS:
    case E_CONTAINS:
    case E_MATCHES:
    case E_LABELS:
        e->type = TY_BOOLEAN | TY_NULL;
        break;
    case E_IS_NULL:
    case E_IS_NOT_NULL:
        e->type = TY_BOOLEAN;
        break;
    case E_SLICE:
        e->type = TY_LIST | TY_NULL;
        e->items = e->args.at[0]->items;
        break;
    case E_INDEX:
        if (e->args.at[0]->type == TY_LIST && e->args.at[0]->items) e->type = e->args.at[0]->items | TY_NULL;
        break;
    default:
        break;
    }
    return status;
}

static vb_status bind_in(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = bind_args(p, e, TY_ANY, "");
    e->type = TY_BOOLEAN | TY_NULL;
    if (status == VB_OK && !(e->args.at[1]->type & (TY_LIST | TY_NULL)))
        return bad_type(p, e->args.at[1], "IN needs a list");
    return status;
}

static vb_status bind_logic(vb_cy_plan *p, vb_cy_expr *e, bool patterns)
{
    p->in_pattern_ok = patterns;
    e->type = TY_BOOLEAN | TY_NULL;
    return bind_args(p, e, TY_BOOLEAN, "AND, OR, XOR and NOT need what is true or false");
}

static vb_status bind_literal(vb_cy_plan *p, vb_cy_expr *e)
{
    e->type = 1u << e->value.kind;
    if (e->ops) /* 2^63 without the minus that makes it right */
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/IntegerOverflow",
                          "this is too large for an integer");
    return VB_OK;
}

static vb_status bind_property(vb_cy_plan *p, vb_cy_expr *e)
{
    vb_status status = bind_args(p, e, TY_ANY, "");
    e->type = TY_ANY;
    if (status == VB_OK && !(e->args.at[0]->type & (TY_NODE | TY_REL | TY_MAP | TY_TEMPORAL | TY_NULL)))
        return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "TypeError/InvalidArgumentType",
                          "only nodes, relationships, maps, dates and times have properties");
    return status;
}

static vb_status bind_kind(vb_cy_plan *p, vb_cy_expr *e, bool patterns)
{
    switch (e->kind) {
    case E_LITERAL:
        return bind_literal(p, e);
    case E_PARAM:
        e->type = TY_ANY;
        return VB_OK;
    case E_VARIABLE:
        return bind_variable(p, e);
    case E_LIST:
        return bind_list(p, e);
    case E_MAP:
        return bind_map(p, e);
    case E_AND:
    case E_OR:
    case E_XOR:
    case E_NOT:
        return bind_logic(p, e, patterns);
    case E_ADD:
    case E_SUBTRACT:
    case E_MULTIPLY:
    case E_DIVIDE:
    case E_MODULO:
    case E_POWER:
    case E_MINUS:
    case E_PLUS:
        return bind_arithmetic(p, e);
    case E_PROPERTY:
        return bind_property(p, e);
    case E_IN:
        return bind_in(p, e);
    case E_CALL:
        return bind_function(p, e);
    case E_COUNT_ALL:
        return bind_aggregate(p, e);
    case E_QUANTIFIER:
    case E_COMPREHENSION:
        return bind_local(p, e);
    case E_PATTERN:
        if (!patterns && !e->pattern->parts.at[0]->shortest)
            return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                              "a pattern can only be a condition; count with COUNT { ... }");
        return vb_cy_plan_pattern_expr(p, e);
    case E_PATTERN_LIST:
    case E_EXISTS:
    case E_COUNT:
        return vb_cy_plan_pattern_expr(p, e);
    default:
        return bind_other(p, e);
    }
}

vb_status vb_cy_bind(vb_cy_plan *p, vb_cy_expr *e)
{
    bool patterns = p->in_pattern_ok;
    p->in_pattern_ok = false;
    vb_status status = bind_kind(p, e, patterns);
    p->in_pattern_ok = patterns;
    return status;
}

/* ---- comparing trees
 * --------------------------------------------------------------------------------------- */

static bool same_texts(const vb_cy_names *a, const vb_cy_names *b)
{
    if (a->len != b->len) return false;
    for (size_t i = 0; i < a->len; i++)
        if (!vb_str_eq(a->at[i], b->at[i])) return false;
    return true;
}

/** Whether two expressions are written alike; patterns and subqueries never are. */
bool vb_cy_expr_equal(const vb_cy_expr *a, const vb_cy_expr *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind || !vb_str_eq(a->name, b->name) || a->args.len != b->args.len ||
        a->distinct != b->distinct || a->kind >= E_PATTERN || !same_texts(&a->keys, &b->keys))
        return false;
    if (a->kind == E_LITERAL && (a->value.kind != b->value.kind || !vb_cy_same(&a->value, &b->value)))
        return false;
    if (a->kind == E_COMPARE && memcmp(a->ops, b->ops, a->args.len - 1) != 0) return false;
    if (a->kind == E_QUANTIFIER && a->ops[0] != b->ops[0]) return false;
    for (size_t i = 0; i < a->args.len; i++)
        if (!vb_cy_expr_equal(a->args.at[i], b->args.at[i])) return false;
    return true;
}

/** Whether the variable in @p slot occurs in an expression. */
bool vb_cy_expr_uses(const vb_cy_expr *e, int slot)
{
    bool uses = e && e->kind == E_VARIABLE && e->slot == slot;
    for (size_t i = 0; e && !uses && i < e->args.len; i++) uses = vb_cy_expr_uses(e->args.at[i], slot);
    return uses;
}
