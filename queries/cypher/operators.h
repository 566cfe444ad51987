/** The operators: how the planner makes them. Each is one file, op_NAME.c, which tells what it does. */
#ifndef VB_CYPHER_OPERATORS_H
#define VB_CYPHER_OPERATORS_H

#include "queries/cypher/cypher.h"

typedef struct cy_slots {
    int *at;
    size_t len, cap;
} cy_slots;

/** Rows kept for later: the values of some slots. */
typedef struct cy_rows {
    VB_VEC(vb_value *) rows;
} cy_rows;
vb_status cy_rows_add(cy_run *run, cy_heap *heap, cy_rows *rows, const cy_slots *slots);
void cy_rows_restore(cy_run *run, const vb_value *row, const cy_slots *slots);
/** The slots of the variables in scope. */
vb_status cy_scope_slots(cy_plan *p, cy_slots *out);
vb_status cy_slots_add(cy_plan *p, cy_slots *slots, int slot);

cy_op *cy_op_once(cy_plan *p);
cy_op *cy_op_scan(cy_plan *p, cy_op *child, const cy_node *node, cy_expr *name);
cy_op *cy_op_expand(cy_plan *p, cy_op *child, const cy_rel *rel, int from, int rel_slot, int to,
                    bool to_bound, int direction, const cy_slots *others);
cy_op *cy_op_walk(cy_plan *p, cy_op *child, const cy_rel *rel, int from, int rel_slot, int to, bool to_bound,
                  int direction, bool reversed, const cy_slots *others);
cy_op *cy_op_shortest(cy_plan *p, cy_op *child, const cy_part *part, int from, int to, bool all);
cy_op *cy_op_path(cy_plan *p, cy_op *child, const cy_part *part);
cy_op *cy_op_filter(cy_plan *p, cy_op *child, cy_expr *condition);
cy_op *cy_op_same(cy_plan *p, cy_op *child, int a, int b);
cy_op *cy_op_optional(cy_plan *p, cy_op *child, cy_op *other, const cy_slots *fresh);
cy_op *cy_op_project(cy_plan *p, cy_op *child, const cy_items *items, bool aggregated);
cy_op *cy_op_aggregate(cy_plan *p, cy_op *child, const cy_items *items, const cy_exprs *aggregates);
cy_op *cy_op_distinct(cy_plan *p, cy_op *child, const cy_slots *slots);
cy_op *cy_op_sort(cy_plan *p, cy_op *child, const cy_sorts *order, const cy_slots *slots);
cy_op *cy_op_limit(cy_plan *p, cy_op *child, cy_expr *skip, cy_expr *limit);
cy_op *cy_op_unwind(cy_plan *p, cy_op *child, cy_expr *list, int slot);
cy_op *cy_op_union(cy_plan *p, cy_op *const *children, const cy_slots *slots, size_t n, const cy_slots *out);
cy_op *cy_op_call(cy_plan *p, cy_op *child, const vb_procedure *procedure, cy_expr *const *args,
                  const int *slots);
cy_op *cy_op_create(cy_plan *p, cy_op *child, cy_pattern *pattern, const cy_slots *slots);
cy_op *cy_op_merge(cy_plan *p, cy_op *child, cy_op *match, cy_clause *clause, const cy_slots *slots);
cy_op *cy_op_set(cy_plan *p, cy_op *child, cy_sets *sets, const cy_slots *slots);
cy_op *cy_op_delete(cy_plan *p, cy_op *child, cy_clause *clause, const cy_slots *slots);

/** What the writing operators share: make a pattern's new things in the slots; do the items of a SET. */
vb_status cy_make_pattern(cy_run *run, cy_heap *heap, const cy_pattern *pattern, bool merge);
vb_status cy_do_sets(cy_run *run, const cy_sets *sets);
/** The path of a part, out of its slots. */
vb_status cy_path_value(cy_run *run, cy_heap *heap, const cy_part *part, vb_value *out);
/** A writing operator: takes all its rows, works on each, and only then gives the first one on. */
typedef struct cy_writer {
    cy_op op;
    cy_slots slots;
    cy_rows in, out;
    size_t at;
    bool done;
    vb_status (*work)(cy_run *run, struct cy_writer *w); /* for the row in the slots; adds to out */
    vb_status (*finish)(cy_run *run, struct cy_writer *w);
} cy_writer;
extern const cy_op_kind cy_writer_kind;

#endif
