/** Rewrites of a finished plan: a pass a row, each in a file of its own, in the order they run. */
#include "queries/cypher/operators.h"

static vb_status (*const passes[])(vb_cy_plan *p, vb_cy_op **tree) = {
    vb_cy_rewrite_top,   /* ORDER BY with LIMIT keeps only the rows that can come out */
    vb_cy_rewrite_count, /* counting all nodes, or those of a label, asks the index */
};

static vb_status rewrite(vb_cy_plan *p, vb_cy_op **at, unsigned depth)
{
    vb_status status = VB_OK;
    if (depth > CY_DEPTH_MAX) return VB_OK;
    for (; *at; at = &(*at)->child) {
        for (size_t i = 0; i < VB_COUNT(passes); i++) TRY(passes[i](p, at));
        if ((*at)->other) TRY(rewrite(p, &(*at)->other, depth + 1));
        for (size_t i = 0; i < (*at)->n_parts; i++) TRY(rewrite(p, &(*at)->parts[i], depth + 1));
    }
done:
    return status;
}

vb_status vb_cy_rewrite(vb_cy_plan *p, vb_cy_op **tree)
{
    return rewrite(p, tree, 0);
}
