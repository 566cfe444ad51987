/** Filter: the rows for which a condition is true. Same: those in which two slots hold the same thing. Once:
 *  the row that is there, a single time. */
#include "queries/cypher/operators.h"

typedef struct filter {
    vb_cy_op op;
    vb_cy_expr *condition;
    int a, b;
} filter;

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status;
    filter *f = (filter *)op;
    bool pass = false;
    do {
        TRY(vb_cy_op_next(run, op->child, row));
        if (!*row) break;
        if (f->condition)
            TRY(vb_cy_eval_true(run, &op->heap, f->condition, &pass));
        else
            pass = vb_cy_equal(&run->slots[f->a], &run->slots[f->b]) == CY_TRUE;
    } while (!pass);
done:
    return status;
}

static filter *make(vb_cy_plan *p, vb_cy_op *child)
{
    static const vb_cy_op_kind kind = { "Filter", NULL, next, NULL };
    return vb_cy_op_new(p, &kind, sizeof(filter), child);
}

vb_cy_op *vb_cy_op_filter(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *condition)
{
    filter *f = make(p, child);
    if (f) f->condition = condition;
    return vb_cy_op_tell(p, f, "e", condition);
}

vb_cy_op *vb_cy_op_same(vb_cy_plan *p, vb_cy_op *child, int a, int b)
{
    filter *f = make(p, child);
    if (!f) return NULL;
    f->a = a;
    f->b = b;
    return &f->op;
}

typedef struct once {
    vb_cy_op op;
    bool done;
} once;

static vb_status once_open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    ((once *)op)->done = false;
    return VB_OK;
}

static vb_status once_next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    (void)run;
    *row = !((once *)op)->done;
    ((once *)op)->done = true;
    return VB_OK;
}

static const vb_cy_op_kind once_kind = { "Once", once_open, once_next, NULL };

vb_cy_op *vb_cy_op_once(vb_cy_plan *p)
{
    return vb_cy_op_new(p, &once_kind, sizeof(once), NULL);
}

bool vb_cy_is_once(const vb_cy_op *op)
{
    return op && op->kind == &once_kind;
}
