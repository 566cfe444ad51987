/** Limit: SKIP and LIMIT. Its child is asked at least once, for what it may have to write. */
#include "queries/cypher/operators.h"

typedef struct limit {
    vb_cy_op op;
    vb_cy_expr *skip_by, *limit_by;
    int64_t skip, left; /* left < 0: no limit */
    bool counted, asked;
} limit;

static vb_status count(vb_cy_run *run, vb_cy_op *op, const vb_cy_expr *e, int64_t *out)
{
    vb_value v;
    if (!e) return VB_OK;
    vb_status status = vb_cy_eval(run, &op->heap, e, &v);
    if (status != VB_OK) return status;
    if (v.kind != VB_VALUE_INTEGER)
        return vb_cy_run_fail(run, e, "!SyntaxError/InvalidArgumentType", "SKIP and LIMIT take an integer");
    if (v.as.integer < 0)
        return vb_cy_run_fail(run, e, "!SyntaxError/NegativeIntegerArgument",
                              "SKIP and LIMIT take no negative number");
    *out = v.as.integer;
    return VB_OK;
}

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    vb_status status;
    limit *l = (limit *)op;
    l->skip = 0;
    l->left = -1;
    l->asked = false;
    TRY(count(run, op, l->skip_by, &l->skip));
    TRY(count(run, op, l->limit_by, &l->left));
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    limit *l = (limit *)op;
    bool first = !l->asked;
    l->asked = true;
    *row = false;
    if (!l->left && !(first && run->writes)) goto done;
    do TRY(vb_cy_op_next(run, op->child, row));
    while (*row && l->skip-- > 0);
    if (!l->left) *row = false;
    if (*row && l->left > 0) l->left--;
done:
    return status;
}

static const vb_cy_op_kind kind = { "Limit", open, next, NULL };

bool vb_cy_limit_counts(const vb_cy_op *op, const vb_cy_expr **skip, const vb_cy_expr **by)
{
    if (op->kind != &kind) return false;
    *skip = ((const limit *)op)->skip_by;
    *by = ((const limit *)op)->limit_by;
    return true;
}

vb_cy_op *vb_cy_op_limit(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *skip, vb_cy_expr *count_by)
{
    limit *l = vb_cy_op_new(p, &kind, sizeof *l, child);
    if (!l) return NULL;
    l->skip_by = skip;
    l->limit_by = count_by;
    if (!skip && !count_by) return &l->op;
    return skip && count_by ? vb_cy_op_tell(p, l, "sese", "skip ", skip, ", limit ", count_by)
                            : vb_cy_op_tell(p, l, "se", skip ? "skip " : "limit ", skip ? skip : count_by);
}
