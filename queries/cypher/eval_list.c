/** Expressions that bind a variable or run a plan of their own: comprehensions, quantifiers, patterns,
 *  EXISTS and COUNT. */
#include "queries/cypher/cypher.h"

static vb_status list_of(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status = vb_cy_eval(run, heap, e, out);
    if (status == VB_OK && out->kind != VB_VALUE_LIST && out->kind != VB_VALUE_NULL)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "IN needs a list, not a %s",
                              vb_cy_kind_name(out->kind));
    return status;
}

static vb_status condition(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_cy_truth *out)
{
    vb_value v;
    vb_status status = vb_cy_eval(run, heap, e, &v);
    if (status != VB_OK) return status;
    if (v.kind != VB_VALUE_NULL && v.kind != VB_VALUE_BOOLEAN)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s is neither true nor false",
                              vb_cy_kind_name(v.kind));
    *out = v.kind == VB_VALUE_NULL ? CY_UNKNOWN : v.as.boolean ? CY_TRUE : CY_FALSE;
    return VB_OK;
}

enum { Q_ALL, Q_ANY, Q_NONE, Q_SINGLE };

static vb_cy_truth decide(unsigned which, size_t yes, size_t no, size_t unknown)
{
    switch (which) {
    case Q_ALL:
        return no ? CY_FALSE : unknown ? CY_UNKNOWN : CY_TRUE;
    case Q_ANY:
        return yes ? CY_TRUE : unknown ? CY_UNKNOWN : CY_FALSE;
    case Q_NONE:
        return yes ? CY_FALSE : unknown ? CY_UNKNOWN : CY_TRUE;
    default:
        return yes > 1 ? CY_FALSE : unknown ? CY_UNKNOWN : yes == 1 ? CY_TRUE : CY_FALSE;
    }
}

static vb_status quantify(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value list, before = run->slots[e->slot];
    size_t counts[3] = { 0 };
    vb_cy_truth t = CY_UNKNOWN;
    TRY(list_of(run, heap, e->args.at[0], &list));
    *out = vb_cy_null;
    if (list.kind == VB_VALUE_NULL) goto done;
    for (size_t i = 0; i < list.as.list.len; i++) {
        run->slots[e->slot] = list.as.list.at[i];
        TRY(condition(run, heap, e->args.at[1], &t));
        counts[t]++;
    }
    *out = vb_cy_of_truth(decide(e->ops[0], counts[CY_TRUE], counts[CY_FALSE], counts[CY_UNKNOWN]));
done:
    run->slots[e->slot] = before;
    return status;
}

static vb_status comprehend(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value list, before = run->slots[e->slot];
    vb_cy_truth t = CY_TRUE;
    size_t n = 0;
    TRY(list_of(run, heap, e->args.at[0], &list));
    *out = vb_cy_null;
    if (list.kind == VB_VALUE_NULL) goto done;
    vb_value *at = vb_cy_get(heap, list.as.list.len * sizeof *at);
    if (!at) {
        status = VB_NO_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < list.as.list.len; i++) {
        run->slots[e->slot] = list.as.list.at[i];
        if (e->args.at[1]) TRY(condition(run, heap, e->args.at[1], &t));
        if (t != CY_TRUE) continue;
        at[n] = list.as.list.at[i];
        if (e->args.at[2]) TRY(vb_cy_eval(run, heap, e->args.at[2], &at[n]));
        n++;
        TRY(vb_cy_tick(run));
    }
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, n } };
done:
    run->slots[e->slot] = before;
    return status;
}

vb_status vb_cy_eval_list(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    return e->kind == E_QUANTIFIER ? quantify(run, heap, e, out) : comprehend(run, heap, e, out);
}

/** A path in the slot of the pattern's part, for shortestPath() used as a value. */
vb_status vb_cy_eval_pattern(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    bool row;
    int64_t n = 0;
    VB_VEC(vb_value) list = { 0 };
    bool value = e->kind == E_PATTERN && e->pattern->parts.at[0]->shortest;
    TRY(vb_cy_op_open(run, e->plan));
    while ((status = vb_cy_op_next(run, e->plan, &row)) == VB_OK && row) {
        n++;
        if (e->kind != E_COUNT && e->kind != E_PATTERN_LIST &&
            !(value && e->pattern->parts.at[0]->shortest == 2))
            break;
        if (e->kind == E_COUNT) continue;
        vb_value item;
        if (value)
            item = run->slots[e->pattern->parts.at[0]->slot];
        else
            TRY(vb_cy_eval(run, heap, e->args.at[1], &item));
        TRY(vb_cy_push(heap, &list));
        TRY(vb_cy_value_copy(heap, &item, &list.at[list.len - 1]));
    }
    if (status != VB_OK) goto done;
    if (value && e->pattern->parts.at[0]->shortest == 1) {
        *out = vb_cy_null;
        if (n) status = vb_cy_value_copy(heap, &run->slots[e->pattern->parts.at[0]->slot], out);
    } else if (e->kind == E_PATTERN_LIST || value) {
        *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { list.at, list.len } };
    } else {
        *out = e->kind == E_COUNT ? vb_cy_of_int(n) : vb_cy_of_bool(n > 0);
    }
done:
    return status;
}
