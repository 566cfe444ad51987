/** The operators: how the planner makes them. Each is one file, op_NAME.c, which tells what it does. */
#ifndef VB_CYPHER_OPERATORS_H
#define VB_CYPHER_OPERATORS_H

#include "queries/cypher/cypher.h"

typedef struct vb_cy_slots {
    int *at;
    size_t len, cap;
} vb_cy_slots;

/** Rows kept for later: the values of some slots. */
typedef struct vb_cy_rows {
    VB_VEC(vb_value *) rows;
} vb_cy_rows;
vb_status vb_cy_rows_add(vb_cy_run *run, vb_cy_heap *heap, vb_cy_rows *rows, const vb_cy_slots *slots);
void vb_cy_rows_restore(vb_cy_run *run, const vb_value *row, const vb_cy_slots *slots);
/** The slots of the variables in scope. */
vb_status vb_cy_scope_slots(vb_cy_plan *p, vb_cy_slots *out);
vb_status vb_cy_slots_add(vb_cy_plan *p, vb_cy_slots *slots, int slot);

vb_cy_op *vb_cy_op_once(vb_cy_plan *p);

/** Ways to find nodes. KEYLESS is KEY in a store where some nodes have their key in their JSON alone. */
typedef enum vb_cy_seek_by {
    CY_SEEK_ALL,
    CY_SEEK_LABEL,
    CY_SEEK_NAME,
    CY_SEEK_KEY,
    CY_SEEK_ID,
    CY_SEEK_KEYLESS,
    CY_SEEK_COUNT
} vb_cy_seek_by;
typedef struct vb_cy_seek {
    vb_cy_seek_by by;
    vb_cy_expr *value; /* of the name, the key, the id */
} vb_cy_seek;
vb_cy_op *vb_cy_op_scan(vb_cy_plan *p, vb_cy_op *child, const vb_cy_node *node, const vb_cy_seek *seek);

/** A relationship of a pattern, as the operators go along it: from one slot to another, the relationship into
 *  a third. */
typedef struct vb_cy_leg {
    const vb_cy_rel *rel;
    int from, slot, to, direction;
    bool to_bound, reversed; /* the other end is known; gone against the order of the pattern */
    vb_cy_slots others;      /* relationships of the same MATCH, not to be gone again */
    int64_t *types;          /* out of the names in rel, once all are known to the store */
    size_t n_types;
    bool resolved;
} vb_cy_leg;
/** Look the names of the types up, where that is not done yet. */
vb_status vb_cy_leg_open(vb_cy_run *run, vb_cy_leg *leg);
/** A copy of @p leg which owns its list of others. */
vb_status vb_cy_leg_copy(vb_cy_plan *p, const vb_cy_leg *leg, vb_cy_leg *out);
/** What leaves @p node by this leg; @p other: only to that node, NULL: to any. */
vb_status vb_cy_leg_edges(vb_cy_run *run, const vb_cy_leg *leg, int64_t node, const int64_t *other,
                          vb_cy_edges *out);
/** Whether the MATCH has gone along @p edge in another of its legs. */
bool vb_cy_leg_went(const vb_cy_run *run, const vb_cy_leg *leg, int64_t edge);
/** Whether the relationship has the properties that the pattern asks for. */
vb_status vb_cy_leg_fits(vb_cy_run *run, const vb_cy_leg *leg, const vb_cy_edge *e, bool *out);
vb_cy_op *vb_cy_op_expand(vb_cy_plan *p, vb_cy_op *child, const vb_cy_leg *leg);
vb_cy_op *vb_cy_op_walk(vb_cy_plan *p, vb_cy_op *child, const vb_cy_leg *leg);
vb_cy_op *vb_cy_op_shortest(vb_cy_plan *p, vb_cy_op *child, const vb_cy_part *part, int from, int to,
                            bool all);
vb_cy_op *vb_cy_op_path(vb_cy_plan *p, vb_cy_op *child, const vb_cy_part *part);
vb_cy_op *vb_cy_op_filter(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *condition);
vb_cy_op *vb_cy_op_same(vb_cy_plan *p, vb_cy_op *child, int a, int b);
vb_cy_op *vb_cy_op_optional(vb_cy_plan *p, vb_cy_op *child, vb_cy_op *other, const vb_cy_slots *fresh);
vb_cy_op *vb_cy_op_project(vb_cy_plan *p, vb_cy_op *child, const vb_cy_items *items, bool aggregated);
vb_cy_op *vb_cy_op_aggregate(vb_cy_plan *p, vb_cy_op *child, const vb_cy_items *items,
                             const vb_cy_exprs *aggregates);
vb_cy_op *vb_cy_op_distinct(vb_cy_plan *p, vb_cy_op *child, const vb_cy_slots *slots);
vb_cy_op *vb_cy_op_sort(vb_cy_plan *p, vb_cy_op *child, const vb_cy_sorts *order, const vb_cy_slots *slots);
vb_cy_op *vb_cy_op_limit(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *skip, vb_cy_expr *limit);
vb_cy_op *vb_cy_op_unwind(vb_cy_plan *p, vb_cy_op *child, vb_cy_expr *list, int slot);
vb_cy_op *vb_cy_op_union(vb_cy_plan *p, vb_cy_op **children, const vb_cy_slots *slots, size_t n,
                         const vb_cy_slots *out);
vb_cy_op *vb_cy_op_call(vb_cy_plan *p, vb_cy_op *child, const vb_procedure *procedure,
                        vb_cy_expr *const *args, const int *slots);
vb_cy_op *vb_cy_op_create(vb_cy_plan *p, vb_cy_op *child, vb_cy_pattern *pattern, const vb_cy_slots *slots);
vb_cy_op *vb_cy_op_merge(vb_cy_plan *p, vb_cy_op *child, vb_cy_op *match, vb_cy_clause *clause,
                         const vb_cy_slots *slots);
vb_cy_op *vb_cy_op_set(vb_cy_plan *p, vb_cy_op *child, vb_cy_sets *sets, const vb_cy_slots *slots);
vb_cy_op *vb_cy_op_delete(vb_cy_plan *p, vb_cy_op *child, vb_cy_clause *clause, const vb_cy_slots *slots);

/** Say what an operator does, for EXPLAIN, by a letter a part: see explain.c. @return @p op; NULL: no memory,
 * or
 *  @p op was NULL. */
void *vb_cy_op_tell(vb_cy_plan *p, void *op, const char *kinds, ...);
/** The plan as rows, and the names of their columns. */
vb_status vb_cy_explain_rows(vb_cy_run *run, vb_cy_op *top, vb_cy_heap *heap, vb_cy_rows *out);
size_t vb_cy_explain_columns(const vb_cy_run *run, const char *const **out);

/** Rewrites of a finished plan; the passes are the rows of a table in rewrite.c. */
vb_status vb_cy_rewrite(vb_cy_plan *p, vb_cy_op **tree);
vb_status vb_cy_rewrite_top(vb_cy_plan *p, vb_cy_op **tree);
vb_status vb_cy_rewrite_count(vb_cy_plan *p, vb_cy_op **tree);
/** What the passes ask of operators: whether it is a Limit, and by what; a Sort, to keep no more than that;
 * an Aggregate that gives one row, a count of rows (@p counted -1) or of what is in a slot; a Scan of all
 * nodes or of one label; Once. */
bool vb_cy_limit_counts(const vb_cy_op *op, const vb_cy_expr **skip, const vb_cy_expr **limit);
bool vb_cy_sort_keep(vb_cy_op *op, const vb_cy_expr *skip, const vb_cy_expr *limit);
bool vb_cy_aggregate_counts(const vb_cy_op *op, int *slot, int *counted);
bool vb_cy_scan_plain(const vb_cy_op *op, int *slot, vb_str *label);
bool vb_cy_is_once(const vb_cy_op *op);

/** What the writing operators share: make a pattern's new things in the slots; do the items of a SET. */
vb_status vb_cy_make_pattern(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_pattern *pattern, bool merge);
vb_status vb_cy_do_sets(vb_cy_run *run, const vb_cy_sets *sets);
/** The path of a part, out of its slots. */
vb_status vb_cy_path_value(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_part *part, vb_value *out);
/** A writing operator: takes all its rows, works on each, and only then gives the first one on. */
typedef struct vb_cy_writer {
    vb_cy_op op;
    vb_cy_slots slots;
    vb_cy_rows in, out;
    size_t at;
    bool done;
    vb_status (*work)(vb_cy_run *run, struct vb_cy_writer *w); /* for the row in the slots; adds to out */
    vb_status (*finish)(vb_cy_run *run, struct vb_cy_writer *w);
} vb_cy_writer;

#endif
