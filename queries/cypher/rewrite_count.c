/**
 * Count: an Aggregate without keys that only counts rows, of nothing but a scan of all nodes or of a label,
 * is one question to an index. A count that is DISTINCT, or of anything but the scanned node, is left alone.
 */
#include "queries/cypher/operators.h"

typedef struct counter {
    vb_cy_op op;
    vb_str label;
    int slot;
    bool done;
} counter;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    ((counter *)op)->done = false;
    return VB_OK;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    vb_error err = { 0 };
    counter *c = (counter *)op;
    int64_t n = 0;
    *row = !c->done;
    if (c->done) return VB_OK;
    c->done = true;
    status = c->label.len
                 ? vb_sql_id(run->store, &err, &n,
                             "SELECT count(*) FROM node WHERE labels IN (SELECT s.id FROM label_set s,"
                             " json_each(s.labels) j WHERE j.value = ?1)",
                             "s", c->label)
                 : vb_sql_id(run->store, &err, &n, "SELECT count(*) FROM node", "");
    if (status != VB_OK) return vb_cy_store_fail(run, status, &err);
    run->slots[c->slot] = vb_cy_of_int(n);
    return VB_OK;
}

vb_status vb_cy_rewrite_count(vb_cy_plan *p, vb_cy_op **tree)
{
    static const vb_cy_op_kind kind = { "CountNodes", open, next, NULL };
    int slot, counted, node;
    vb_str label;
    if (!vb_cy_aggregate_counts(*tree, &slot, &counted) || !vb_cy_scan_plain((*tree)->child, &node, &label))
        return VB_OK;
    if ((counted >= 0 && counted != node) || !vb_cy_is_once((*tree)->child->child)) return VB_OK;
    counter *c = vb_cy_op_new(p, &kind, sizeof *c, NULL);
    if (!c) return vb_cy_fail_memory(p->source);
    c->label = label;
    c->slot = slot;
    if (!vb_cy_op_tell(p, c, "t", (*tree)->child->detail)) return vb_cy_fail_memory(p->source);
    *tree = &c->op;
    return VB_OK;
}
