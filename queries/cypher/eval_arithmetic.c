/** Arithmetic, with overflow as an error; + on texts and lists; subscripts and slices. */
#include "queries/cypher/temporal.h"

#include <math.h>

static vb_status overflow(vb_cy_run *run, const vb_cy_expr *e)
{
    return vb_cy_run_fail(run, e, "!ArithmeticError/IntegerOverflow",
                          "the result is too large for an integer");
}

static vb_status bad_operands(vb_cy_run *run, const vb_cy_expr *e, const vb_value *a, const vb_value *b)
{
    return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "no arithmetic on a %s and a %s",
                          vb_cy_kind_name(a->kind), vb_cy_kind_name(b->kind));
}

static vb_status on_integers(vb_cy_run *run, const vb_cy_expr *e, int64_t a, int64_t b, vb_value *out)
{
    int64_t r = 0;
    bool over = false;
    switch (e->kind) {
    case E_ADD:
        over = __builtin_add_overflow(a, b, &r);
        break;
    case E_SUBTRACT:
        over = __builtin_sub_overflow(a, b, &r);
        break;
    case E_MULTIPLY:
        over = __builtin_mul_overflow(a, b, &r);
        break;
    default:
        if (!b) return vb_cy_run_fail(run, e, "!ArithmeticError/DivisionByZero", "division by zero");
        if (b == -1)
            over = e->kind == E_DIVIDE && __builtin_sub_overflow((int64_t)0, a, &r);
        else
            r = e->kind == E_DIVIDE ? a / b : a % b;
    }
    if (over) return overflow(run, e);
    *out = vb_cy_of_int(r);
    return VB_OK;
}

static double on_reals(vb_cy_kind kind, double a, double b)
{
    switch (kind) {
    case E_ADD:
        return a + b;
    case E_SUBTRACT:
        return a - b;
    case E_MULTIPLY:
        return a * b;
    case E_DIVIDE:
        return a / b;
    case E_MODULO:
        return fmod(a, b);
    default:
        return pow(a, b);
    }
}

static vb_status join_texts(vb_cy_heap *heap, vb_str a, vb_str b, vb_value *out)
{
    char *at = vb_cy_get(heap, a.len + b.len + 1);
    if (!at) return VB_NO_MEMORY;
    if (a.len) memcpy(at, a.at, a.len);
    if (b.len) memcpy(at + a.len, b.at, b.len);
    *out = vb_cy_of_text((vb_str){ at, a.len + b.len });
    return VB_OK;
}

static vb_status join_lists(vb_cy_heap *heap, const vb_value *a, const vb_value *b, vb_value *out)
{
    vb_value_list x = a->kind == VB_VALUE_LIST ? a->as.list : (vb_value_list){ a, 1 };
    vb_value_list y = b->kind == VB_VALUE_LIST ? b->as.list : (vb_value_list){ b, 1 };
    vb_value *at = vb_cy_get(heap, (x.len + y.len) * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    if (x.len) memcpy(at, x.at, x.len * sizeof *at);
    if (y.len) memcpy(at + x.len, y.at, y.len * sizeof *at);
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, x.len + y.len } };
    return VB_OK;
}

/** A text and a number join as text. */
static vb_status join_number(vb_cy_heap *heap, const vb_value *a, const vb_value *b, vb_value *out)
{
    char digits[48];
    const vb_value *n = a->kind == VB_VALUE_STRING ? b : a;
    if (n->kind == VB_VALUE_INTEGER)
        (void)snprintf(digits, sizeof digits, "%lld", (long long)n->as.integer);
    else
        vb_cy_print_real(n->as.number, digits);
    return join_texts(heap, a == n ? vb_str_of(digits) : a->as.text, b == n ? vb_str_of(digits) : b->as.text,
                      out);
}

vb_status vb_cy_add(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *a,
                    const vb_value *b, vb_value *out)
{
    bool text = a->kind == VB_VALUE_STRING || b->kind == VB_VALUE_STRING;
    if (a->kind == VB_VALUE_STRING && b->kind == VB_VALUE_STRING)
        return join_texts(heap, a->as.text, b->as.text, out);
    if (text && (vb_cy_is_number(a) || vb_cy_is_number(b))) return join_number(heap, a, b, out);
    return bad_operands(run, e, a, b);
}

static vb_status one_operand(vb_cy_run *run, const vb_cy_expr *e, const vb_value *a, vb_value *out)
{
    *out = *a;
    if (a->kind == VB_VALUE_NULL || (e->kind == E_PLUS && vb_cy_is_number(a))) return VB_OK;
    if (a->kind == VB_VALUE_FLOAT) {
        *out = vb_cy_of_real(-a->as.number);
        return VB_OK;
    }
    if (a->kind != VB_VALUE_INTEGER) return bad_operands(run, e, a, a);
    if (a->as.integer == INT64_MIN) return overflow(run, e);
    *out = vb_cy_of_int(-a->as.integer);
    return VB_OK;
}

vb_status vb_cy_eval_operator(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value *v = vb_cy_get(heap, 2 * sizeof *v); /* a list may come to hold them */
    if (!v) return VB_NO_MEMORY;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &v[0]));
    if (e->args.len == 1) return one_operand(run, e, &v[0], out);
    TRY(vb_cy_eval(run, heap, e->args.at[1], &v[1]));
    *out = vb_cy_null;
    if (v[0].kind == VB_VALUE_NULL || v[1].kind == VB_VALUE_NULL) goto done;
    if (e->kind == E_ADD && (v[0].kind == VB_VALUE_LIST || v[1].kind == VB_VALUE_LIST))
        return join_lists(heap, &v[0], &v[1], out);
    if (v[0].kind >= VB_VALUE_DATE || v[1].kind >= VB_VALUE_DATE)
        return vb_cy_temporal_operator(run, heap, e, &v[0], &v[1], out);
    if (!vb_cy_is_number(&v[0]) || !vb_cy_is_number(&v[1])) {
        status = e->kind == E_ADD ? vb_cy_add(run, heap, e, &v[0], &v[1], out)
                                  : bad_operands(run, e, &v[0], &v[1]);
        goto done;
    }
    if (v[0].kind == VB_VALUE_INTEGER && v[1].kind == VB_VALUE_INTEGER && e->kind != E_POWER)
        return on_integers(run, e, v[0].as.integer, v[1].as.integer, out);
    *out = vb_cy_of_real(on_reals(e->kind, vb_cy_real(&v[0]), vb_cy_real(&v[1])));
done:
    return status;
}

/* ---- subscripts ------------------------------------------------------------------------------------------
 */

static vb_status by_key(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *of,
                        const vb_value *key, vb_value *out)
{
    if (key->kind != VB_VALUE_STRING)
        return vb_cy_run_fail(run, e->args.at[1], "!TypeError/MapElementAccessByNonString",
                              "a %s is no key of a map", vb_cy_kind_name(key->kind));
    if (of->kind >= VB_VALUE_DATE) return vb_cy_temporal_get(run, heap, e, of, key->as.text, out);
    if (of->kind != VB_VALUE_MAP) return vb_cy_thing_property(run, heap, e, of, key->as.text, out);
    const vb_value *found = vb_cy_map_get(&of->as.map, key->as.text);
    *out = found ? *found : vb_cy_null;
    return VB_OK;
}

static vb_status eval_index(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value of, key;
    TRY(vb_cy_eval(run, heap, e->args.at[0], &of));
    TRY(vb_cy_eval(run, heap, e->args.at[1], &key));
    *out = vb_cy_null;
    if (of.kind == VB_VALUE_NULL || key.kind == VB_VALUE_NULL) goto done;
    if (of.kind == VB_VALUE_MAP || of.kind == VB_VALUE_NODE || of.kind == VB_VALUE_RELATIONSHIP ||
        of.kind >= VB_VALUE_DATE)
        return by_key(run, heap, e, &of, &key, out);
    if (of.kind != VB_VALUE_LIST)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s has no elements",
                              vb_cy_kind_name(of.kind));
    if (key.kind != VB_VALUE_INTEGER)
        return vb_cy_run_fail(run, e->args.at[1], "!TypeError/InvalidArgumentType",
                              "an element of a list is numbered by an integer, not a %s",
                              vb_cy_kind_name(key.kind));
    int64_t i = key.as.integer, n = (int64_t)of.as.list.len;
    if (i < 0) i += n;
    if (i >= 0 && i < n) *out = of.as.list.at[i];
done:
    return status;
}

/** One end of a slice, clipped to the list; null is told apart. */
static vb_status slice_end(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, int64_t n, int64_t absent,
                           int64_t *out, bool *null)
{
    vb_value v;
    *out = absent;
    if (!e) return VB_OK;
    vb_status status = vb_cy_eval(run, heap, e, &v);
    if (status != VB_OK) return status;
    if (v.kind == VB_VALUE_NULL) {
        *null = true;
        return VB_OK;
    }
    if (v.kind != VB_VALUE_INTEGER)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType",
                              "a slice runs between integers, not a %s", vb_cy_kind_name(v.kind));
    int64_t i = v.as.integer;
    if (i < 0) i = i < -n ? 0 : i + n;
    *out = i > n ? n : i;
    return VB_OK;
}

vb_status vb_cy_eval_subscript(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out)
{
    vb_status status;
    vb_value of;
    int64_t from, to;
    bool null = false;
    if (e->kind == E_INDEX) return eval_index(run, heap, e, out);
    TRY(vb_cy_eval(run, heap, e->args.at[0], &of));
    if (of.kind != VB_VALUE_LIST && of.kind != VB_VALUE_NULL)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s has no slices",
                              vb_cy_kind_name(of.kind));
    int64_t n = of.kind == VB_VALUE_LIST ? (int64_t)of.as.list.len : 0;
    TRY(slice_end(run, heap, e->args.at[1], n, 0, &from, &null));
    TRY(slice_end(run, heap, e->args.at[2], n, n, &to, &null));
    *out = vb_cy_null;
    if (null || of.kind == VB_VALUE_NULL) goto done;
    *out = (vb_value){ .kind = VB_VALUE_LIST };
    if (from < to) out->as.list = (vb_value_list){ of.as.list.at + from, (size_t)(to - from) };
done:
    return status;
}
