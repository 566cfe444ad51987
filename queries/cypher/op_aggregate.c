/**
 * Aggregate: groups all rows by the items that hold no aggregate and gives a row a group: the keys in their
 * items' slots, the aggregates in theirs. Without keys there is one group, also of no rows. A null is not
 * counted, added or collected. Sums of floats are Kahan's; stdev is Welford's (doi:10.2307/1266577).
 */
#include "queries/cypher/operators.h"
#include "queries/cypher/table.h"

#include <math.h>
#include <stdlib.h>

typedef struct state {
    int64_t n, whole;
    double sum, lost, mean, m2;
    bool real;
    vb_value best;
    VB_VEC(vb_value) all; /* collect, percentiles */
    vb_value at;          /* which percentile */
    vb_cy_table *seen;    /* DISTINCT */
} state;

typedef enum which {
    A_AVG,
    A_COLLECT,
    A_COUNT,
    A_MAX,
    A_MIN,
    A_CONT,
    A_DISC,
    A_STDEV,
    A_STDEVP,
    A_SUM,
    A_ALL
} which;

typedef struct aggregate {
    vb_cy_op op;
    vb_cy_items keys;
    vb_cy_exprs aggregates;
    which *which;
    vb_cy_table table;
    vb_value *row;
    vb_cy_table_row *at;
    bool done;
} aggregate;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    aggregate *a = (aggregate *)op;
    vb_cy_heap_reset(&op->heap);
    a->table = (vb_cy_table){ .heap = &op->heap, .width = a->keys.len };
    a->done = false;
    a->row = vb_cy_get(&op->heap, (a->keys.len + 1) * sizeof *a->row);
    return a->row ? VB_OK : VB_NO_MEMORY;
}

static vb_status add_number(vb_cy_run *run, const vb_cy_expr *e, state *s, const vb_value *v)
{
    if (!vb_cy_is_number(v))
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "%s() does not take a %s",
                              e->function->name, vb_cy_kind_name(v->kind));
    if (v->kind == VB_VALUE_FLOAT)
        s->real = true;
    else if (__builtin_add_overflow(s->whole, v->as.integer, &s->whole)) {
        if (strcmp(e->function->name, "sum") == 0 && !s->real)
            return vb_cy_run_fail(run, e, "!ArithmeticError/IntegerOverflow",
                                  "the sum is too large for an integer");
    }
    double d = vb_cy_real(v), y = d - s->lost, t = s->sum + y;
    s->lost = isfinite(t) ? (t - s->sum) - y : 0;
    s->sum = t;
    double delta = d - s->mean;
    s->mean += delta / (double)s->n;
    s->m2 += delta * (d - s->mean);
    return VB_OK;
}

/** Whether DISTINCT has met the value before. */
static vb_status is_seen(aggregate *a, state *s, const vb_value *v, bool *out)
{
    vb_cy_table_row *row;
    bool made;
    if (!s->seen) {
        s->seen = vb_cy_get(&a->op.heap, sizeof *s->seen);
        if (!s->seen) return VB_NO_MEMORY;
        *s->seen = (vb_cy_table){ .heap = &a->op.heap, .width = 1 };
    }
    vb_status status = vb_cy_table_row_get(s->seen, v, &row, &made);
    if (status == VB_OK) *out = !made;
    return status;
}

static vb_status add_value(vb_cy_run *run, aggregate *a, const vb_cy_expr *e, which what, state *s,
                           const vb_value *v)
{
    vb_status status = VB_OK;
    bool seen = false;
    if (v->kind == VB_VALUE_NULL) return VB_OK;
    if (e->distinct) TRY(is_seen(a, s, v, &seen));
    if (seen) goto done;
    s->n++;
    switch (what) {
    case A_MAX:
    case A_MIN: {
        int c = s->n == 1 ? 0 : vb_value_compare(v, &s->best);
        if (s->n == 1 || (what == A_MAX ? c > 0 : c < 0)) TRY(vb_cy_value_copy(&a->op.heap, v, &s->best));
        break;
    }
    case A_CONT:
    case A_DISC:
        if (!vb_cy_is_number(v)) return add_number(run, e, s, v);
        __attribute__((fallthrough));
    case A_COLLECT:
        TRY(vb_cy_push(&a->op.heap, &s->all));
        TRY(vb_cy_value_copy(&a->op.heap, v, &s->all.at[s->all.len - 1]));
        break;
    case A_COUNT:
    case A_ALL:
        break;
    default:
        status = add_number(run, e, s, v);
    }
done:
    return status;
}

static vb_status add_row(vb_cy_run *run, aggregate *a, state *states)
{
    vb_status status = VB_OK;
    vb_cy_heap heap = { .run = run };
    vb_value v;
    for (size_t i = 0; i < a->aggregates.len; i++) {
        const vb_cy_expr *e = a->aggregates.at[i];
        if (a->which[i] == A_ALL) {
            states[i].n++;
            continue;
        }
        TRY(vb_cy_eval(run, &heap, e->args.at[0], &v));
        TRY(add_value(run, a, e, a->which[i], &states[i], &v));
        if (e->args.len < 2) continue;
        TRY(vb_cy_eval(run, &heap, e->args.at[1], &states[i].at));
        if (!vb_cy_is_number(&states[i].at) || vb_cy_real(&states[i].at) < 0 || vb_cy_real(&states[i].at) > 1)
            status = vb_cy_run_fail(run, e->args.at[1], "!ArgumentError/NumberOutOfRange",
                                    "a percentile lies between 0.0 and 1.0");
        if (status != VB_OK) goto done;
    }
done:
    vb_cy_heap_free(&heap);
    return status;
}

static vb_status group(aggregate *a, state **out)
{
    vb_status status;
    vb_cy_table_row *row;
    bool made;
    TRY(vb_cy_table_row_get(&a->table, a->row, &row, &made));
    if (made) row->extra = vb_cy_get(&a->op.heap, a->aggregates.len * sizeof(state));
    if (!row->extra) return VB_NO_MEMORY;
    *out = row->extra;
done:
    return status;
}

static vb_status fill(vb_cy_run *run, aggregate *a)
{
    vb_status status;
    bool row;
    state *states;
    vb_cy_heap heap = { .run = run };
    while ((status = vb_cy_op_next(run, a->op.child, &row)) == VB_OK && row) {
        vb_cy_heap_reset(&heap);
        for (size_t i = 0; i < a->keys.len; i++) TRY(vb_cy_eval(run, &heap, a->keys.at[i].expr, &a->row[i]));
        TRY(group(a, &states));
        TRY(add_row(run, a, states));
    }
    if (status != VB_OK) goto done;
    if (!a->keys.len) TRY(group(a, &states));
    a->done = true;
    a->at = a->table.first;
done:
    vb_cy_heap_free(&heap);
    return status;
}

static int by_order(const void *a, const void *b)
{
    return vb_value_compare(a, b);
}

static vb_value percentile(const state *s, bool cont)
{
    if (!s->all.len) return vb_cy_null;
    qsort(s->all.at, s->all.len, sizeof *s->all.at, by_order);
    double p = vb_cy_real(&s->at), place;
    size_t n = s->all.len;
    if (!cont) {
        place = ceil(p * (double)n);
        return s->all.at[place < 1 ? 0 : (size_t)place - 1];
    }
    place = p * (double)(n - 1);
    size_t low = (size_t)place, high = low + 1 < n ? low + 1 : low;
    double x = vb_cy_real(&s->all.at[low]), y = vb_cy_real(&s->all.at[high]);
    return vb_cy_of_real(x + (y - x) * (place - (double)low));
}

static vb_value result(which what, const state *s)
{
    switch (what) {
    case A_ALL:
    case A_COUNT:
        return vb_cy_of_int(s->n);
    case A_SUM:
        return s->real ? vb_cy_of_real(s->sum) : vb_cy_of_int(s->whole);
    case A_AVG:
        return s->n ? vb_cy_of_real(s->sum / (double)s->n) : vb_cy_null;
    case A_MAX:
    case A_MIN:
        return s->n ? s->best : vb_cy_null;
    case A_COLLECT:
        return (vb_value){ .kind = VB_VALUE_LIST, .as.list = { s->all.at, s->all.len } };
    case A_STDEV:
        return vb_cy_of_real(s->n > 1 ? sqrt(s->m2 / (double)(s->n - 1)) : 0);
    case A_STDEVP:
        return vb_cy_of_real(s->n > 0 ? sqrt(s->m2 / (double)s->n) : 0);
    default:
        return percentile(s, what == A_CONT);
    }
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    aggregate *a = (aggregate *)op;
    if (!a->done) TRY(fill(run, a));
    *row = a->at != NULL;
    if (!*row) goto done;
    for (size_t i = 0; i < a->keys.len; i++) run->slots[a->keys.at[i].slot] = a->at->values[i];
    const state *states = a->at->extra;
    for (size_t i = 0; i < a->aggregates.len; i++)
        run->slots[a->aggregates.at[i]->slot] = result(a->which[i], &states[i]);
    a->at = a->at->next;
done:
    return status;
}

static const vb_cy_op_kind kind = { "Aggregate", open, next, NULL };

bool vb_cy_aggregate_counts(const vb_cy_op *op, int *slot, int *counted)
{
    const aggregate *a = (const aggregate *)op;
    if (op->kind != &kind || a->keys.len || a->aggregates.len != 1) return false;
    const vb_cy_expr *e = a->aggregates.at[0];
    *slot = e->slot;
    *counted = -1;
    if (a->which[0] == A_ALL) return true;
    *counted = e->args.at[0]->slot;
    return a->which[0] == A_COUNT && !e->distinct && e->args.at[0]->kind == E_VARIABLE;
}

vb_cy_op *vb_cy_op_aggregate(vb_cy_plan *p, vb_cy_op *child, const vb_cy_items *items,
                             const vb_cy_exprs *aggregates)
{
    aggregate *a = vb_cy_op_new(p, &kind, sizeof *a, child);
    if (!a) return NULL;
    a->aggregates = *aggregates;
    a->which = vb_arena_array(p->source->arena, aggregates->len, sizeof *a->which);
    if (!a->which) return NULL;
    for (size_t i = 0; i < aggregates->len; i++)
        a->which[i] = aggregates->at[i]->kind == E_COUNT_ALL
                          ? A_ALL
                          : (which)(aggregates->at[i]->function - vb_cy_functions_aggregate);
    for (size_t i = 0; i < items->len; i++) {
        if (items->at[i].expr->has_aggregate) continue;
        if (vb_push(p->source->arena, &a->keys) != VB_OK) return NULL;
        a->keys.at[a->keys.len - 1] = items->at[i];
    }
    a->op.estimate = a->keys.len ? sqrt(child->estimate) : 1;
    return vb_cy_op_tell(p, a, "i", items);
}
