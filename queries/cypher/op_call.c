/** Call: for each row of the child the rows of a procedure; and planning CALL ... YIELD. */
#include "queries/cypher/operators.h"

typedef struct call {
    vb_cy_op op;
    const vb_procedure *procedure;
    vb_cy_expr *const *args;
    const int *slots; /* of each output; -1: not asked for */
    vb_procedure_rows rows;
    size_t at;
    vb_arena *arena;
} call;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    call *c = (call *)op;
    c->rows = (vb_procedure_rows){ 0 };
    c->at = 0;
    return VB_OK;
}

static void close(vb_cy_op *op)
{
    vb_arena_free(((call *)op)->arena);
}

/** A value as a signature's type takes it: an integer is a float where one is wanted. */
static vb_status coerce(vb_cy_run *run, const vb_field *field, const vb_cy_expr *e, vb_value *v)
{
    static const struct {
        const char *name;
        vb_cy_type types;
    } kinds[] = { { "INTEGER", TY_INTEGER }, { "FLOAT", TY_NUMBER },    { "NUMBER", TY_NUMBER },
                  { "STRING", TY_STRING },   { "BOOLEAN", TY_BOOLEAN }, { "MAP", TY_MAP },
                  { "LIST", TY_LIST },       { "NODE", TY_NODE },       { "RELATIONSHIP", TY_REL },
                  { "PATH", TY_PATH } };
    size_t len = strcspn(field->type, "?");
    for (size_t i = 0; i < VB_COUNT(kinds); i++) {
        if (strlen(kinds[i].name) != len || strncmp(kinds[i].name, field->type, len) != 0) continue;
        if (v->kind != VB_VALUE_NULL && !(kinds[i].types >> v->kind & 1))
            return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "argument %s is %s, not a %s",
                                  field->name, field->type, vb_cy_kind_name(v->kind));
        if (v->kind == VB_VALUE_INTEGER && strncmp(field->type, "FLOAT", 5) == 0)
            *v = vb_cy_of_real((double)v->as.integer);
    }
    return VB_OK;
}

static vb_status begin(vb_cy_run *run, call *c)
{
    vb_status status = VB_OK;
    vb_error err = { 0 };
    size_t n = c->procedure->n_inputs;
    vb_cy_heap_reset(&c->op.heap);
    vb_value *args = vb_cy_get(&c->op.heap, n * sizeof *args);
    vb_arena_free(c->arena);
    c->arena = vb_arena_new();
    if (!args || !c->arena) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        TRY(vb_cy_eval(run, &c->op.heap, c->args[i], &args[i]));
        TRY(coerce(run, &c->procedure->inputs[i], c->args[i], &args[i]));
    }
    c->rows = (vb_procedure_rows){ 0 };
    c->at = 0;
    status = c->procedure->call(c->procedure->context, run->store, args, c->arena, &c->rows, &err);
    if (status != VB_OK)
        status = vb_cy_fail(&run->source, 0, status, "!ProcedureError/ProcedureFailed", "%s: %s",
                            c->procedure->name, err.message);
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    call *c = (call *)op;
    size_t width = c->procedure->n_outputs;
    while (!width || c->at == c->rows.n_rows) {
        TRY(vb_cy_op_next(run, op->child, row));
        if (!*row) goto done;
        TRY(begin(run, c));
        if (!width) goto done; /* a procedure without outputs lets every row pass */
    }
    for (size_t i = 0; i < width; i++)
        if (c->slots[i] >= 0) run->slots[c->slots[i]] = c->rows.cells[c->at * width + i];
    c->at++;
    *row = true;
done:
    return status;
}

vb_cy_op *vb_cy_op_call(vb_cy_plan *p, vb_cy_op *child, const vb_procedure *procedure,
                        vb_cy_expr *const *args, const int *slots)
{
    static const vb_cy_op_kind kind = { "Call", open, next, close };
    call *c = vb_cy_op_new(p, &kind, sizeof *c, child);
    if (!c) return NULL;
    c->procedure = procedure;
    c->args = args;
    c->slots = slots;
    return vb_cy_op_tell(p, c, "s", procedure->name);
}

/* ---- planning
 * ------------------------------------------------------------------------------------------------- */

static vb_status bind_arguments(vb_cy_plan *p, vb_cy_clause *c, const vb_procedure *proc, bool alone)
{
    vb_status status = VB_OK;
    if (!c->has_args && !alone && proc->n_inputs > proc->n_optional)
        return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/InvalidArgumentPassingMode",
                          "within a query the arguments of a procedure are written out");
    for (size_t i = 0; !c->has_args && i < proc->n_inputs; i++) {
        vb_cy_expr *e = vb_arena_get(p->source->arena, sizeof *e);
        if (!e || vb_push(p->source->arena, &c->exprs) != VB_OK) return vb_cy_fail_memory(p->source);
        *e =
            (vb_cy_expr){ .kind = E_PARAM, .name = vb_str_of(proc->inputs[i].name), .at = c->at, .slot = -1 };
        c->exprs.at[i] = e;
        bool given = false;
        for (size_t k = 0; k < p->run->options->n_params; k++)
            given |= vb_str_eq(p->run->options->params[k].key, e->name);
        if (!given && i >= proc->n_inputs - proc->n_optional) {
            e->kind = E_LITERAL; /* null */
            continue;
        }
        if (!given)
            return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "ParameterMissing/MissingParameter",
                              "parameter $%s has no value", proc->inputs[i].name);
    }
    while (c->exprs.len < proc->n_inputs && c->exprs.len >= proc->n_inputs - proc->n_optional) {
        vb_cy_expr *e = vb_arena_get(p->source->arena, sizeof *e);
        if (!e || vb_push(p->source->arena, &c->exprs) != VB_OK) return vb_cy_fail_memory(p->source);
        *e = (vb_cy_expr){ .kind = E_LITERAL, .at = c->at, .slot = -1 };
        c->exprs.at[c->exprs.len - 1] = e;
    }
    if (c->exprs.len != proc->n_inputs)
        return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/InvalidNumberOfArguments",
                          "%s takes %zu arguments", proc->name, proc->n_inputs);
    for (size_t i = 0; i < c->exprs.len; i++) {
        vb_cy_expr *e = c->exprs.at[i];
        bool may = p->may_aggregate;
        p->may_aggregate = false;
        status = vb_cy_bind(p, e);
        p->may_aggregate = may;
        if (status != VB_OK) goto done;
        bool text = strncmp(proc->inputs[i].type, "STRING", 6) == 0;
        bool number = strncmp(proc->inputs[i].type, "INTEGER", 7) == 0 ||
                      strncmp(proc->inputs[i].type, "FLOAT", 5) == 0 ||
                      strncmp(proc->inputs[i].type, "NUMBER", 6) == 0;
        if ((text && !(e->type & (TY_STRING | TY_NULL))) || (number && !(e->type & (TY_NUMBER | TY_NULL))))
            return vb_cy_fail(p->source, e->at, VB_BAD_INPUT, "SyntaxError/InvalidArgumentType",
                              "argument %s is %s", proc->inputs[i].name, proc->inputs[i].type);
    }
done:
    return status;
}

/** CALL without YIELD, or YIELD *: every output under its own name. */
static vb_status yield_all(vb_cy_plan *p, vb_cy_clause *c, const vb_procedure *proc)
{
    for (size_t i = 0; i < proc->n_outputs; i++) {
        vb_cy_expr *e = vb_arena_get(p->source->arena, sizeof *e);
        if (!e || vb_push(p->source->arena, &c->items) != VB_OK) return vb_cy_fail_memory(p->source);
        vb_str name = vb_str_of(proc->outputs[i].name);
        *e = (vb_cy_expr){ .kind = E_VARIABLE, .name = name, .at = c->at };
        c->items.at[i] = (vb_cy_item){ .expr = e, .name = name };
    }
    return VB_OK;
}

static vb_status bind_yield(vb_cy_plan *p, vb_cy_clause *c, const vb_procedure *proc, int *slots)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < proc->n_outputs; i++) slots[i] = -1;
    for (size_t i = 0; i < c->items.len; i++) {
        vb_cy_item *item = &c->items.at[i];
        size_t at = 0;
        while (at < proc->n_outputs && !vb_str_eq(vb_str_of(proc->outputs[at].name), item->expr->name)) at++;
        if (at == proc->n_outputs)
            return vb_cy_fail(p->source, item->expr->at, VB_BAD_INPUT, "SyntaxError/UndefinedVariable",
                              "%s yields no '%.*s'", proc->name, VB_FMT(item->expr->name));
        if (vb_cy_var_find(p, item->name))
            return vb_cy_fail(p->source, item->expr->at, VB_BAD_INPUT, "SyntaxError/VariableAlreadyBound",
                              "'%.*s' stands for something already", VB_FMT(item->name));
        item->slot = -1;
        TRY(vb_cy_var_add(p, item->name, TY_ANY, 0, &item->slot));
        item->expr->slot = slots[at] = item->slot;
    }
done:
    return status;
}

vb_status vb_cy_plan_call(vb_cy_plan *p, vb_cy_clause *c, vb_cy_op *from, bool alone, vb_cy_op **out)
{
    vb_status status;
    const vb_procedure *proc = vb_cy_procedure_find(p->run, c->name);
    if (!proc) {
        status = vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "ProcedureError/ProcedureNotFound",
                            "there is no procedure '%.*s'", VB_FMT(c->name));
        vb_cy_hint_word(p->source, c->name, 'p');
        return status;
    }
    int *slots = vb_arena_array(p->source->arena, proc->n_outputs + 1, sizeof *slots);
    if (!slots) return vb_cy_fail_memory(p->source);
    if (c->star && !alone)
        return vb_cy_fail(p->source, c->at, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax",
                          "YIELD * only stands in a query of its own");
    TRY(bind_arguments(p, c, proc, alone));
    if (c->star || (alone && !c->items.len)) TRY(yield_all(p, c, proc));
    TRY(bind_yield(p, c, proc, slots));
    *out = vb_cy_op_call(p, from, proc, c->exprs.at, slots);
    if (!*out) return vb_cy_fail_memory(p->source);
    if (c->where) {
        TRY(vb_cy_bind_as(p, c->where, TY_BOOLEAN, "WHERE needs what is true or false"));
        *out = vb_cy_op_filter(p, *out, c->where);
        if (!*out) status = vb_cy_fail_memory(p->source);
    }
done:
    return status;
}
