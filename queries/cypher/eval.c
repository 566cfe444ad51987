/**
 * Evaluating expressions: the table of kinds, and what has the three truth values. Arithmetic and subscripts
 * are in eval_arithmetic.c, lists and patterns in eval_list.c, functions in functions_*.c. Recursion is as
 * deep as the tree, which CY_DEPTH_MAX bounds.
 */
#include "queries/cypher/temporal.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static vb_status truth(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_cy_truth *out)
{
    vb_value v = vb_cy_null;
    vb_status status = vb_cy_eval(run, heap, e, &v);
    if (status != VB_OK) return status;
    if (v.kind != VB_VALUE_NULL && v.kind != VB_VALUE_BOOLEAN)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s is neither true nor false",
                              vb_cy_kind_name(v.kind));
    *out = v.kind == VB_VALUE_NULL ? CY_UNKNOWN : v.as.boolean ? CY_TRUE : CY_FALSE;
    return VB_OK;
}

static vb_status eval_logic(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_cy_truth a = CY_UNKNOWN, b = CY_TRUE;
    TRY(truth(run, heap, e->args.at[0], &a));
    if (e->kind == E_NOT) {
        *out = vb_cy_of_truth(a == CY_UNKNOWN ? a : a == CY_TRUE ? CY_FALSE : CY_TRUE);
        goto done;
    }
    if ((e->kind == E_AND && a == CY_FALSE) || (e->kind == E_OR && a == CY_TRUE)) {
        *out = vb_cy_of_truth(a);
        goto done;
    }
    TRY(truth(run, heap, e->args.at[1], &b));
    if (e->kind == E_AND)
        *out = vb_cy_of_truth(b == CY_FALSE ? b : a == CY_UNKNOWN ? a : b);
    else if (e->kind == E_OR)
        *out = vb_cy_of_truth(b == CY_TRUE ? b : a == CY_UNKNOWN ? a : b);
    else
        *out = vb_cy_of_truth(a == CY_UNKNOWN || b == CY_UNKNOWN ? CY_UNKNOWN : a != b ? CY_TRUE : CY_FALSE);
done:
    return status;
}

static vb_cy_truth compare(vb_cy_compare op, const vb_value *a, const vb_value *b)
{
    vb_cy_truth t;
    switch (op) {
    case C_EQ:
        return vb_cy_equal(a, b);
    case C_NE:
        t = vb_cy_equal(a, b);
        return t == CY_UNKNOWN ? t : t == CY_TRUE ? CY_FALSE : CY_TRUE;
    case C_LT:
        return vb_cy_less(a, b, false);
    case C_LE:
        return vb_cy_less(a, b, true);
    case C_GT:
        return vb_cy_less(b, a, false);
    default:
        return vb_cy_less(b, a, true);
    }
}

/** a < b <= c is a < b AND b <= c, each looked at once. */
static vb_status eval_compare(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value a, b;
    vb_cy_truth all = CY_TRUE;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &a));
    for (size_t i = 1; i < e->args.len && all != CY_FALSE; i++, a = b) {
        TRY(vb_cy_eval(run, heap, e->args.at[i], &b));
        vb_cy_truth one = compare((vb_cy_compare)e->ops[i - 1], &a, &b);
        if (one == CY_FALSE || all == CY_TRUE) all = one;
    }
    *out = vb_cy_of_truth(all);
done:
    return status;
}

static vb_status eval_in(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value item, list;
    vb_cy_truth found = CY_FALSE;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &item));
    TRY(vb_cy_eval(run, heap, e->args.at[1], &list));
    if (list.kind == VB_VALUE_NULL) {
        *out = vb_cy_null;
        goto done;
    }
    if (list.kind != VB_VALUE_LIST) {
        status = vb_cy_run_fail(run, e->args.at[1], "!TypeError/InvalidArgumentType",
                                "IN needs a list, not a %s", vb_cy_kind_name(list.kind));
        goto done;
    }
    for (size_t i = 0; i < list.as.list.len && found != CY_TRUE; i++) {
        vb_cy_truth one = vb_cy_equal(&item, &list.as.list.at[i]);
        if (one != CY_FALSE) found = one;
    }
    *out = vb_cy_of_truth(found);
done:
    return status;
}

/** Java's and openCypher's =~ matches the whole text. */
static vb_status eval_matches(vb_cy_run *run, const vb_cy_expr *e, vb_str text, vb_str pattern, vb_value *out)
{
    int code;
    PCRE2_SIZE at;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern.at, pattern.len,
                                   PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &code, &at, NULL);
    if (!re)
        return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue", "a pattern that cannot be read");
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    if (match && limits) {
        pcre2_set_match_limit(limits, 1000000);
        pcre2_set_depth_limit(limits, 10000);
        code = pcre2_match(re, (PCRE2_SPTR)text.at, text.len, 0, 0, match, limits);
    }
    bool made = match && limits;
    pcre2_match_context_free(limits);
    pcre2_match_data_free(match);
    pcre2_code_free(re);
    if (!made) return VB_NO_MEMORY;
    if (code < 0 && code != PCRE2_ERROR_NOMATCH)
        return vb_cy_run_fail(run, e, "!LimitExceeded/Pattern", "the pattern needs too many steps");
    *out = vb_cy_of_bool(code >= 0);
    return VB_OK;
}

/** STARTS WITH and its like: what is no text is unknown. */
static vb_status eval_text(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value a, b;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &a));
    TRY(vb_cy_eval(run, heap, e->args.at[1], &b));
    *out = vb_cy_null;
    if (a.kind != VB_VALUE_STRING || b.kind != VB_VALUE_STRING) goto done;
    if (e->kind == E_STARTS)
        *out = vb_cy_of_bool(vb_str_starts(a.as.text, b.as.text));
    else if (e->kind == E_ENDS)
        *out = vb_cy_of_bool(vb_str_ends(a.as.text, b.as.text));
    else if (e->kind == E_CONTAINS)
        *out = vb_cy_of_bool(!b.as.text.len || vb_str_find(a.as.text, b.as.text, 0) != SIZE_MAX);
    else
        status = eval_matches(run, e, a.as.text, b.as.text, out);
done:
    return status;
}

static vb_status eval_null(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_value v;
    vb_status status = vb_cy_eval(run, heap, e->args.at[0], &v);
    if (status == VB_OK) *out = vb_cy_of_bool((v.kind == VB_VALUE_NULL) == (e->kind == E_IS_NULL));
    return status;
}

static vb_status eval_case(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status = VB_OK;
    vb_value subject = vb_cy_of_bool(true), when;
    const vb_cy_expr *result = e->args.at[1];
    if (e->args.at[0]) TRY(vb_cy_eval(run, heap, e->args.at[0], &subject));
    for (size_t i = 2; i + 1 < e->args.len; i += 2) {
        TRY(vb_cy_eval(run, heap, e->args.at[i], &when));
        if (vb_cy_equal(&subject, &when) != CY_TRUE) continue;
        result = e->args.at[i + 1];
        break;
    }
    *out = vb_cy_null;
    if (result) TRY(vb_cy_eval(run, heap, result, out));
done:
    return status;
}

static vb_status eval_list(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status = VB_OK;
    vb_value *at = vb_cy_get(heap, e->args.len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < e->args.len; i++) TRY(vb_cy_eval(run, heap, e->args.at[i], &at[i]));
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, e->args.len } };
done:
    return status;
}

static vb_status eval_map(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status = VB_OK;
    size_t n = e->args.len;
    vb_entry *at = vb_cy_get(heap, n * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        at[i].key = e->keys.at[i];
        TRY(vb_cy_eval(run, heap, e->args.at[i], &at[i].value));
    }
    vb_cy_map_sort(at, &n);
    *out = (vb_value){ .kind = VB_VALUE_MAP, .as.map = { at, n } };
done:
    return status;
}

static vb_status eval_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_value of;
    vb_status status = vb_cy_eval(run, heap, e->args.at[0], &of);
    if (status != VB_OK) return status;
    switch (of.kind) {
    case VB_VALUE_NULL:
        *out = vb_cy_null;
        return VB_OK;
    case VB_VALUE_MAP: {
        const vb_value *found = vb_cy_map_get(&of.as.map, e->name);
        *out = found ? *found : vb_cy_null;
        return VB_OK;
    }
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return vb_cy_thing_property(run, heap, e, &of, e->name, out);
    default:
        if (of.kind >= VB_VALUE_DATE) return vb_cy_temporal_get(run, heap, e, &of, e->name, out);
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s has no properties",
                              vb_cy_kind_name(of.kind));
    }
}

static vb_status eval_labels(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value of;
    vb_value_list labels;
    bool all = true;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &of));
    *out = vb_cy_null;
    if (of.kind == VB_VALUE_NULL) goto done;
    if (of.kind == VB_VALUE_RELATIONSHIP) {
        for (size_t i = 0; i < e->keys.len; i++) all &= vb_str_eq(of.as.thing->type, e->keys.at[i]);
        *out = vb_cy_of_bool(all);
        goto done;
    }
    if (of.kind != VB_VALUE_NODE) {
        status = vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s has no labels",
                                vb_cy_kind_name(of.kind));
        goto done;
    }
    TRY(vb_cy_node_labels(run, heap, e, &of, &labels));
    for (size_t i = 0; i < e->keys.len; i++) {
        bool found = false;
        for (size_t k = 0; k < labels.len; k++) found |= vb_str_eq(labels.at[k].as.text, e->keys.at[i]);
        all &= found;
    }
    *out = vb_cy_of_bool(all);
done:
    return status;
}

static vb_status eval_param(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    (void)heap;
    for (size_t i = 0; i < run->options->n_params; i++)
        if (vb_str_eq(run->options->params[i].key, e->name)) {
            *out = run->options->params[i].value;
            return VB_OK;
        }
    return vb_cy_run_fail(run, e, "!ParameterMissing/MissingParameter", "parameter $%.*s has no value",
                          VB_FMT(e->name));
}

static vb_status eval_call(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status = VB_OK;
    const vb_cy_function *f = e->function;
    if (!f->call) { /* an aggregate: its operator has put the value into a slot */
        *out = run->slots[e->slot];
        return VB_OK;
    }
    vb_value *args = vb_cy_get(heap, e->args.len * sizeof *args);
    if (!args) return VB_NO_MEMORY;
    bool null = false;
    for (size_t i = 0; i < e->args.len; i++) {
        TRY(vb_cy_eval(run, heap, e->args.at[i], &args[i]));
        null |= args[i].kind == VB_VALUE_NULL;
    }
    *out = vb_cy_null;
    if (null && !f->null_in) goto done;
    for (size_t i = 0; i < e->args.len && i < VB_COUNT(f->takes); i++)
        if (f->takes[i] && args[i].kind != VB_VALUE_NULL && !(f->takes[i] >> args[i].kind & 1)) {
            status = vb_cy_run_fail(run, e->args.at[i], "!TypeError/InvalidArgumentValue",
                                    "%s() does not take a %s", f->name, vb_cy_kind_name(args[i].kind));
            goto done;
        }
    status = f->call(run, heap, e, args, e->args.len, out);
done:
    return status;
}

vb_status vb_cy_eval(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    switch (e->kind) {
    case E_LITERAL:
        *out = e->value;
        return VB_OK;
    case E_VARIABLE:
        *out = run->slots[e->slot];
        return VB_OK;
    case E_PARAM:
        return eval_param(run, heap, e, out);
    case E_PROPERTY:
        return eval_property(run, heap, e, out);
    case E_LIST:
        return eval_list(run, heap, e, out);
    case E_MAP:
        return eval_map(run, heap, e, out);
    case E_AND:
    case E_OR:
    case E_XOR:
    case E_NOT:
        return eval_logic(run, heap, e, out);
    case E_COMPARE:
        return eval_compare(run, heap, e, out);
    case E_IN:
        return eval_in(run, heap, e, out);
    case E_STARTS:
    case E_ENDS:
    case E_CONTAINS:
    case E_MATCHES:
        return eval_text(run, heap, e, out);
    case E_IS_NULL:
    case E_IS_NOT_NULL:
        return eval_null(run, heap, e, out);
    case E_CASE:
        return eval_case(run, heap, e, out);
    case E_LABELS:
        return eval_labels(run, heap, e, out);
    case E_CALL:
        return eval_call(run, heap, e, out);
    case E_COUNT_ALL:
        *out = run->slots[e->slot];
        return VB_OK;
    case E_INDEX:
    case E_SLICE:
        return vb_cy_eval_subscript(run, heap, e, out);
    case E_QUANTIFIER:
    case E_COMPREHENSION:
        return vb_cy_eval_list(run, heap, e, out);
    case E_PATTERN:
    case E_PATTERN_LIST:
    case E_EXISTS:
    case E_COUNT:
        return vb_cy_eval_pattern(run, heap, e, out);
    default:
        return vb_cy_eval_operator(run, heap, e, out);
    }
}

vb_status vb_cy_eval_true(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, bool *out)
{
    vb_cy_truth t = CY_UNKNOWN;
    vb_cy_heap_reset(heap);
    vb_status status = truth(run, heap, e, &t);
    if (status == VB_OK) *out = t == CY_TRUE;
    return status;
}
