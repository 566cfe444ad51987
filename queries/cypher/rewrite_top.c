/** Top: a Sort right under a Limit need not keep what the Limit cuts off. */
#include "queries/cypher/operators.h"

vb_status vb_cy_rewrite_top(vb_cy_plan *p, vb_cy_op **tree)
{
    const vb_cy_expr *skip, *limit;
    vb_cy_op *sort = (*tree)->child;
    if (!vb_cy_limit_counts(*tree, &skip, &limit) || !limit || !vb_cy_sort_keep(sort, skip, limit))
        return VB_OK;
    return vb_cy_op_tell(p, sort, "tss", sort->detail, ", kept ", "as many as the limit lets through")
               ? VB_OK
               : vb_cy_fail_memory(p->source);
}
