/** Planning a pattern: what plan_match.c, plan_seek.c and plan_cost.c share. */
#ifndef VB_CYPHER_MATCH_H
#define VB_CYPHER_MATCH_H

#include "queries/cypher/operators.h"

/** A pattern on its way to operators. */
typedef struct vb_cy_match {
    vb_cy_plan *p;
    const vb_cy_pattern *pattern;
    vb_cy_op *op;        /* what there is so far */
    vb_cy_slots open;    /* slots of the pattern that nothing has filled yet */
    vb_cy_slots rels;    /* relationships of this MATCH: none may be another */
    vb_cy_exprs waiting; /* conditions, in the pattern or in WHERE, that have no place yet */
} vb_cy_match;

/** Whether nothing has filled the slot yet. */
bool vb_cy_match_open(const vb_cy_match *m, int slot);
/** Whether an expression has all that it needs. */
bool vb_cy_match_ready(const vb_cy_match *m, const vb_cy_expr *e);

/** How to find a node that is not bound: by an index, where one of the conditions that wait leads to it (then
 *  *rows is how many there are, as a rule), else by its label or among all. @return whether an index helps.
 */
bool vb_cy_seek_index(const vb_cy_match *m, const vb_cy_node *n, vb_cy_seek *out, double *rows);

/** How many nodes there are, or have a label; how many relationships lead away from a node on average. All
 * are estimates: what is many is sampled. */
vb_status vb_cy_cost_nodes(vb_cy_plan *p, vb_str label, double *out);
vb_status vb_cy_cost_degree(vb_cy_plan *p, const vb_cy_rel *rel, double *out);

#endif
