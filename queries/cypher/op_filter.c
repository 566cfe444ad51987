/** Filter: the rows for which a condition is true. Same: those in which two slots hold the same thing. Once:
 *  the row that is there, a single time. */
#include "queries/cypher/operators.h"

typedef struct filter {
    cy_op op;
    cy_expr *condition;
    int a, b;
} filter;

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status;
    filter *f = (filter *)op;
    bool pass = false;
    do {
        TRY(cy_op_next(run, op->child, row));
        if (!*row) break;
        if (f->condition)
            TRY(cy_eval_true(run, f->condition, &pass));
        else
            pass = cy_equal(&run->slots[f->a], &run->slots[f->b]) == CY_TRUE;
    } while (!pass);
done:
    return status;
}

static filter *make(cy_plan *p, cy_op *child)
{
    static const cy_op_kind kind = { "Filter", NULL, next, NULL };
    return cy_op_new(p, &kind, sizeof(filter), child);
}

cy_op *cy_op_filter(cy_plan *p, cy_op *child, cy_expr *condition)
{
    filter *f = make(p, child);
    if (f) f->condition = condition;
    return f ? &f->op : NULL;
}

cy_op *cy_op_same(cy_plan *p, cy_op *child, int a, int b)
{
    filter *f = make(p, child);
    if (!f) return NULL;
    f->a = a;
    f->b = b;
    return &f->op;
}

typedef struct once {
    cy_op op;
    bool done;
} once;

static vb_status once_open(cy_run *run, cy_op *op)
{
    (void)run;
    ((once *)op)->done = false;
    return VB_OK;
}

static vb_status once_next(cy_run *run, cy_op *op, bool *row)
{
    (void)run;
    *row = !((once *)op)->done;
    ((once *)op)->done = true;
    return VB_OK;
}

cy_op *cy_op_once(cy_plan *p)
{
    static const cy_op_kind kind = { "Once", once_open, once_next, NULL };
    return cy_op_new(p, &kind, sizeof(once), NULL);
}
