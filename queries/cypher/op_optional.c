/** Optional: for each row of the child all rows of the other plan, or one with nulls where it has none. */
#include "queries/cypher/operators.h"

typedef struct optional {
    vb_cy_op op;
    vb_cy_slots fresh;
    bool inside, found;
} optional;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    ((optional *)op)->inside = false;
    return VB_OK;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status;
    optional *o = (optional *)op;
    for (;;) {
        if (!o->inside) {
            TRY(vb_cy_op_next(run, op->child, row));
            if (!*row) goto done;
            TRY(vb_cy_op_open(run, op->other));
            o->inside = true;
            o->found = false;
        }
        TRY(vb_cy_op_next(run, op->other, row));
        if (*row) {
            o->found = true;
            goto done;
        }
        o->inside = false;
        if (o->found) continue;
        for (size_t i = 0; i < o->fresh.len; i++) run->slots[o->fresh.at[i]] = vb_cy_null;
        *row = true;
        goto done;
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_optional(vb_cy_plan *p, vb_cy_op *child, vb_cy_op *other, const vb_cy_slots *fresh)
{
    static const vb_cy_op_kind kind = { "Optional", open, next, NULL };
    optional *o = vb_cy_op_new(p, &kind, sizeof *o, child);
    if (!o) return NULL;
    o->op.other = other;
    o->fresh = *fresh;
    return &o->op;
}
