/**
 * openCypher, private header: what the files of queries/cypher/ share.
 *
 *   text → lexer.re → tokens.c (what one token of look-ahead cannot tell) → grammar.y → the tree (ast.c)
 *        → bind*.c (every name gets a slot; the errors of compile time) → plan*.c → operators (op_*.c)
 *
 * A running query has one file of slots, a value for each variable anywhere in the query; an operator fills
 * its own slots and asks its child for the next row. A value that lives in a slot belongs to the heap of the
 * operator that put it there, which empties it when it moves on; who keeps a value longer copies it.
 */
#ifndef VB_CYPHER_H
#define VB_CYPHER_H

#include "queries/cypher/tree.h"

#include <sqlite3.h>
#include <time.h>

enum {
    CY_DEPTH_MAX = 600,    /* nesting of an expression: nothing recurses deeper */
    CY_TEXT_MAX = 1 << 20, /* bytes of a query */
    CY_STACK_MAX = 4000,   /* the parser's stack */
    CY_HOPS_MAX = 1 << 20, /* steps of a path of variable length */
    CY_PARTS_MAX = 1 << 24 /* items of a list that range() makes */
};

/* ---- memory ------------------------------------------------------------------------------------------- */

/** Memory that is emptied at once and used again; what all heaps of a query hold counts against its limit. */
typedef struct vb_cy_heap {
    struct vb_cy_block *first, *spare;
    struct vb_cy_run *run;
} vb_cy_heap;
void *vb_cy_get(vb_cy_heap *heap, size_t size); /* zeroed; NULL: no memory, or past the limit */
void vb_cy_heap_reset(vb_cy_heap *heap);
void vb_cy_heap_free(vb_cy_heap *heap);
vb_status vb_cy_heap_over(vb_cy_run *run); /* tells that the limit is reached */
vb_status vb_cy_vec_grow(vb_cy_heap *heap, void **at, size_t *len, size_t *cap, size_t size);
#define vb_cy_push(heap, v) vb_cy_vec_grow((heap), (void **)&(v)->at, &(v)->len, &(v)->cap, sizeof *(v)->at)

/* ---- compiling ---------------------------------------------------------------------------------------- */

/** Where a query's text is compiled: its memory, and its error. */
typedef struct vb_cy_source {
    vb_arena *arena;
    vb_str text; /* ends in NUL */
    vb_query_error *err;
    vb_status status; /* the first failure */
} vb_cy_source;

/** Tell what is wrong at byte @p at. @p what: "SyntaxError/UndefinedVariable", "!TypeError/..." at run time.
 */
vb_status vb_cy_fail(vb_cy_source *source, uint32_t at, vb_status status, const char *what,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));
vb_status vb_cy_fail_memory(vb_cy_source *source);

/** As the parser's actions use it. */
typedef struct vb_cy_parse {
    vb_cy_source *source;
    vb_cy_query *query;
    vb_cy_token token; /* the last one */
    _Alignas(16) unsigned char spare[sizeof(vb_cy_expr) > sizeof(vb_cy_clause) ? sizeof(vb_cy_expr)
                                                                               : sizeof(vb_cy_clause)];
} vb_cy_parse;

typedef VB_VEC(vb_cy_token) vb_cy_tokens;

/** The tokens of a text; the last has code 0. */
vb_status vb_cy_lex(vb_cy_source *source, vb_cy_tokens *out);
/** Tell apart what the grammar cannot: "(" of a pattern within an expression, EXISTS {, COUNT {. */
void vb_cy_tokens_mark(vb_cy_tokens *tokens);
vb_status vb_cy_parse_text(vb_cy_source *source, vb_cy_query **out);

/* ast.c: constructors for the grammar; they never return NULL */
void *vb_cy_make(vb_cy_parse *p, size_t size);
vb_cy_expr *vb_cy_expr_new(vb_cy_parse *p, vb_cy_kind kind, uint32_t at);
vb_cy_expr *vb_cy_expr_1(vb_cy_parse *p, vb_cy_kind kind, vb_cy_expr *a, uint32_t at);
vb_cy_expr *vb_cy_expr_2(vb_cy_parse *p, vb_cy_kind kind, vb_cy_expr *a, vb_cy_expr *b);
vb_cy_expr *vb_cy_expr_compare(vb_cy_parse *p, vb_cy_expr *a, vb_cy_compare op, vb_cy_expr *b);
vb_cy_expr *vb_cy_expr_number(vb_cy_parse *p, vb_cy_token t, bool real);
vb_cy_expr *vb_cy_expr_string(vb_cy_parse *p, vb_cy_token t);
vb_cy_expr *vb_cy_expr_bool(vb_cy_parse *p, vb_cy_token t, int truth);
vb_cy_expr *vb_cy_expr_name(vb_cy_parse *p, vb_cy_kind kind, vb_cy_token t);
vb_cy_expr *vb_cy_expr_property(vb_cy_parse *p, vb_cy_expr *a, vb_cy_token key);
vb_cy_expr *vb_cy_expr_call(vb_cy_parse *p, vb_cy_expr *name, vb_cy_exprs *args, bool distinct,
                            vb_cy_token close);
vb_cy_expr *vb_cy_expr_quantifier(vb_cy_parse *p, vb_cy_expr *name, vb_cy_expr *in, vb_cy_expr *where,
                                  vb_cy_token close);
vb_cy_expr *vb_cy_expr_bracket(vb_cy_parse *p, vb_cy_token open, vb_cy_expr *first, vb_cy_expr *where,
                               vb_cy_expr *result, vb_cy_token close);
vb_cy_expr *vb_cy_expr_list(vb_cy_parse *p, vb_cy_token open, vb_cy_exprs *items, vb_cy_token close);
vb_cy_expr *vb_cy_expr_labels(vb_cy_parse *p, vb_cy_expr *a, vb_cy_token label);
vb_cy_expr *vb_cy_expr_path_list(vb_cy_parse *p, vb_cy_token open, vb_cy_token name, vb_cy_part *part,
                                 vb_cy_expr *where, vb_cy_expr *result, vb_cy_token close);
vb_cy_expr *vb_cy_expr_sub(vb_cy_parse *p, vb_cy_kind kind, vb_cy_token open, vb_cy_pattern *pattern,
                           vb_cy_expr *where, vb_cy_query *query, vb_cy_token close);
void vb_cy_expr_arg(vb_cy_parse *p, vb_cy_expr *e, vb_cy_expr *arg); /* NULL too */
void vb_cy_expr_key(vb_cy_parse *p, vb_cy_expr *e, vb_cy_token key, vb_cy_expr *value);
vb_str vb_cy_name(vb_cy_parse *p, vb_cy_token t); /* without backticks */
void vb_cy_exprs_add(vb_cy_parse *p, vb_cy_exprs *list, vb_cy_expr *e);
void vb_cy_names_add(vb_cy_parse *p, vb_cy_names *list, vb_cy_token t);
int64_t vb_cy_int(vb_cy_parse *p, vb_cy_token t);
vb_cy_part *vb_cy_part_new(vb_cy_parse *p, vb_cy_node *node);
void vb_cy_part_add(vb_cy_parse *p, vb_cy_part *part, vb_cy_rel *rel, vb_cy_node *node);
vb_cy_set vb_cy_set_item(vb_cy_parse *p, vb_cy_expr *target, int add, vb_cy_expr *value);
void vb_cy_single_add(vb_cy_parse *p, vb_cy_single *single, vb_cy_clause *clause);
void vb_cy_query_add(vb_cy_parse *p, vb_cy_query *query, vb_cy_single *single, int all, uint32_t at);

/* ---- functions ---------------------------------------------------------------------------------------- */

typedef vb_status (*vb_cy_call_fn)(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e,
                                   const vb_value *args, size_t n, vb_value *out);

struct vb_cy_function {
    const char *name;   /* lower case; names compare without case */
    uint8_t min, max;   /* arguments */
    vb_cy_call_fn call; /* NULL: an aggregate */
    vb_cy_type result;
    vb_cy_type takes[3]; /* what an argument may be, beside null; 0: anything */
    bool null_in;        /* gets null arguments too; else null makes null */
    bool varies;         /* rand(): not the same each time */
};
const vb_cy_function *vb_cy_function_find(vb_str name);
extern const vb_cy_function vb_cy_functions_scalar[], vb_cy_functions_number[], vb_cy_functions_string[],
    vb_cy_functions_list[], vb_cy_functions_graph[], vb_cy_functions_aggregate[];

/* ---- binding and planning ----------------------------------------------------------------------------- */

typedef struct vb_cy_var {
    vb_str name;
    int slot;
    vb_cy_type type, items;
} vb_cy_var;
typedef VB_VEC(vb_cy_var) vb_cy_vars;
typedef struct vb_cy_known vb_cy_known; /* what was asked of the store: plan_cost.c */

/** What compiling a query knows. */
typedef struct vb_cy_plan {
    vb_cy_source *source;
    vb_cy_run *run;
    vb_cy_vars vars; /* in scope */
    int n_slots;     /* given out */
    bool writes;
    unsigned depth; /* of subqueries */
    bool in_aggregate, may_aggregate, in_pattern_ok;
    vb_cy_exprs *aggregates;  /* found while binding a projection */
    int64_t n_nodes, n_edges; /* about; -1: not asked for yet */
    vb_cy_known *known;       /* of labels: plan_cost.c */
} vb_cy_plan;

vb_cy_var *vb_cy_var_find(vb_cy_plan *p, vb_str name);
vb_status vb_cy_var_add(vb_cy_plan *p, vb_str name, vb_cy_type type, vb_cy_type items, int *slot);
int vb_cy_slot_new(vb_cy_plan *p);

/** Resolve the names in an expression, check it, and plan what it holds of patterns and subqueries. */
vb_status vb_cy_bind(vb_cy_plan *p, vb_cy_expr *e);
/** As vb_cy_bind(), where the value must be of these types (beside null). */
vb_status vb_cy_bind_as(vb_cy_plan *p, vb_cy_expr *e, vb_cy_type types, const char *what);
vb_status vb_cy_bind_call(vb_cy_plan *p, vb_cy_expr *e);
bool vb_cy_expr_equal(const vb_cy_expr *a, const vb_cy_expr *b);
bool vb_cy_expr_uses(const vb_cy_expr *e, int slot);

/** Bind a pattern of MATCH: its variables come into scope. */
vb_status vb_cy_bind_match(vb_cy_plan *p, vb_cy_pattern *pattern);
/** Bind a pattern of CREATE or MERGE. */
vb_status vb_cy_bind_create(vb_cy_plan *p, vb_cy_pattern *pattern, bool merge);

vb_status vb_cy_plan_query(vb_cy_plan *p, vb_cy_query *query, vb_cy_op *from, bool sub, vb_cy_op **out);
vb_status vb_cy_plan_match(vb_cy_plan *p, vb_cy_pattern *pattern, vb_cy_expr *where, vb_cy_op *from,
                           vb_cy_op **out);
vb_status vb_cy_plan_projection(vb_cy_plan *p, vb_cy_clause *clause, vb_cy_op *from, vb_cy_op **out);
vb_status vb_cy_plan_pattern_expr(vb_cy_plan *p, vb_cy_expr *e);
vb_status vb_cy_plan_write(vb_cy_plan *p, vb_cy_clause *clause, vb_cy_op *from, vb_cy_op **out);
vb_status vb_cy_plan_call(vb_cy_plan *p, vb_cy_clause *clause, vb_cy_op *from, bool alone, vb_cy_op **out);

/* ---- running ------------------------------------------------------------------------------------------ */

/** An operator: a struct that begins with this. next() says whether there is a row in the slots. */
typedef struct vb_cy_op_kind {
    const char *name;
    vb_status (*open)(vb_cy_run *run, vb_cy_op *op);
    vb_status (*next)(vb_cy_run *run, vb_cy_op *op, bool *row);
    void (*close)(vb_cy_op *op); /* frees what open and next made; may be NULL */
} vb_cy_op_kind;

struct vb_cy_op {
    const vb_cy_op_kind *kind;
    vb_cy_op *child, *other;
    vb_cy_op *all; /* every operator of the run, to close */
    vb_cy_heap heap;
    vb_cy_op **parts; /* plans beside the child, where there are more than one */
    size_t n_parts;
    double estimate; /* rows that it gives, as the planner guesses */
    vb_str detail;   /* what it does, for EXPLAIN */
    int64_t n_rows;  /* that it gave */
    int64_t ns;      /* time in it and below it, of PROFILE */
};

void *vb_cy_op_new(vb_cy_plan *p, const vb_cy_op_kind *kind, size_t size, vb_cy_op *child);
vb_status vb_cy_op_open(vb_cy_run *run, vb_cy_op *op);
vb_status vb_cy_op_next(vb_cy_run *run, vb_cy_op *op, bool *row);

typedef struct vb_cy_edge {
    int64_t id, source, target, type;
} vb_cy_edge;
typedef struct vb_cy_edges {
    vb_cy_edge *at;
    size_t len, cap;
} vb_cy_edges;

/** Where a step from a node may lead. */
typedef struct vb_cy_step_to {
    int direction;        /* 1 out, -1 in, 0 either; a symmetric relation goes either way in any case */
    const int64_t *types; /* ids; NULL: any */
    size_t n_types;
    const int64_t *other; /* only to this node; NULL: to any */
} vb_cy_step_to;

typedef struct vb_cy_relation vb_cy_relation; /* what is known of a type: graph_edges.c */
struct vb_cy_change;                          /* what the query did to one thing: effects.c */

/** The plan of a pattern or subquery within an expression, and where that stands. */
typedef struct vb_cy_subplan {
    vb_cy_op *op;
    uint32_t at;
} vb_cy_subplan;

/** The statements of sql.c. */
typedef enum vb_cy_sql_id {
    CY_SQL_NODE,
    CY_SQL_NODE_LABELS,
    CY_SQL_DOCUMENT,
    CY_SQL_ALIASES,
    CY_SQL_EDGE,
    CY_SQL_RELATION,
    CY_SQL_LABELS,
    CY_SQL_KEYLESS,
    CY_SQL_COUNT
} vb_cy_sql_id;

struct vb_cy_run {
    vb_store *store;
    vb_cy_source source; /* for errors */
    const vb_query_options *options;
    vb_value *slots;
    int n_slots;
    vb_cy_op *ops;
    size_t held, limit;
    int64_t deadline; /* in ms of the monotonic clock; 0: none */
    unsigned ticks;
    vb_cy_heap temp; /* emptied where nothing of it is needed any more */
    vb_cy_heap keep; /* as long as the query */
    struct vb_cy_change **changes;
    size_t n_changes, changes_cap;
    vb_query_effects effects;
    vb_value_list labels_before;
    int64_t last_node, last_edge; /* ids given out: one that was deleted never comes back within a query */
    bool writes, guarded;         /* the store was filled by `load`: domain and range hold */
    uint64_t random;
    struct timespec now; /* when the query first looked at the clock */
    bool now_known;
    sqlite3_stmt *stmts[CY_SQL_COUNT], *edge_stmts[16]; /* by sql.c and graph_edges.c */
    vb_cy_relation *relations;                          /* by id */
    vb_value_list **label_sets;                         /* by id */
    size_t n_relations, n_label_sets;
    VB_VEC(vb_cy_subplan) subplans;
    VB_VEC(vb_str) notes;
    int64_t *symmetric; /* types */
    size_t n_symmetric;
    bool symmetric_known;
};

/** Whether to stop: time, the caller. vb_cy_tick() is called for each row somewhere, and looks now and then.
 */
vb_status vb_cy_stop(vb_cy_run *run);
vb_status vb_cy_tick(vb_cy_run *run);
vb_status vb_cy_run_fail(vb_cy_run *run, const vb_cy_expr *at, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
vb_status vb_cy_store_fail(vb_cy_run *run, vb_status status, const vb_error *err);

vb_status vb_cy_eval(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out);
/** A condition: only true is true. Empties @p heap, which is the caller's own, first. */
vb_status vb_cy_eval_true(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, bool *out);
vb_status vb_cy_eval_operator(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out);
vb_status vb_cy_eval_list(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out);
vb_status vb_cy_eval_pattern(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out);
vb_status vb_cy_eval_subscript(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, vb_value *out);
vb_status vb_cy_add(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *a,
                    const vb_value *b, vb_value *out);

/* ---- values ------------------------------------------------------------------------------------------- */

typedef enum vb_cy_truth { CY_FALSE, CY_TRUE, CY_UNKNOWN } vb_cy_truth;

static const vb_value vb_cy_null = { .kind = VB_VALUE_NULL };
static inline vb_value vb_cy_of_bool(bool b)
{
    return (vb_value){ .kind = VB_VALUE_BOOLEAN, .as.boolean = b };
}
static inline vb_value vb_cy_of_int(int64_t i)
{
    return (vb_value){ .kind = VB_VALUE_INTEGER, .as.integer = i };
}
static inline vb_value vb_cy_of_real(double d)
{
    return (vb_value){ .kind = VB_VALUE_FLOAT, .as.number = d };
}
static inline vb_value vb_cy_of_text(vb_str s)
{
    return (vb_value){ .kind = VB_VALUE_STRING, .as.text = s };
}
static inline vb_value vb_cy_of_truth(vb_cy_truth t)
{
    return t == CY_UNKNOWN ? vb_cy_null : vb_cy_of_bool(t == CY_TRUE);
}
static inline bool vb_cy_is_number(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER || v->kind == VB_VALUE_FLOAT;
}
static inline double vb_cy_real(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER ? (double)v->as.integer : v->as.number;
}

vb_cy_truth vb_cy_equal(const vb_value *a, const vb_value *b);
/** `<` and its like: CY_UNKNOWN where the two do not compare. */
vb_cy_truth vb_cy_less(const vb_value *a, const vb_value *b, bool or_equal);
/** What DISTINCT and grouping take for the same: null is null. */
bool vb_cy_same(const vb_value *a, const vb_value *b);
uint64_t vb_cy_value_hash(const vb_value *v);
vb_status vb_cy_value_copy(vb_cy_heap *heap, const vb_value *v, vb_value *out);
const vb_value *vb_cy_map_get(const vb_value_map *map, vb_str key);
/** Sort by key; of equal keys the last one stays. */
void vb_cy_map_sort(vb_entry *at, size_t *len);
const char *vb_cy_kind_name(vb_value_kind kind);
vb_status vb_cy_text_copy(vb_cy_heap *heap, vb_str s, vb_str *out);
/** A number as Cypher writes it; @p at has 40 bytes. */
void vb_cy_print_real(double d, char *at);

/* props.c: properties as typed JSON */
vb_status vb_cy_props_read(vb_cy_heap *heap, vb_str json, vb_value_map *out);
/** One property, without reading the others. */
vb_status vb_cy_props_get(vb_cy_heap *heap, vb_str json, vb_str key, vb_value *out, bool *found);
vb_status vb_cy_props_write(const vb_value_map *map, vb_buf *out);
bool vb_cy_props_may(const vb_value *v); /* whether a property can hold it */

/* ---- the graph ---------------------------------------------------------------------------------------- */

vb_status vb_cy_node_value(vb_cy_run *run, vb_cy_heap *heap, int64_t id, vb_value *out);
vb_status vb_cy_rel_value(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_edge *edge, vb_value *out);
vb_status vb_cy_thing_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *thing,
                               vb_str key, vb_value *out);
vb_status vb_cy_thing_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at,
                                 const vb_value *thing, vb_value_map *out);
vb_status vb_cy_node_labels(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *node,
                            vb_value_list *out);
/** Fill all fields, for a row that leaves the engine. */
vb_status vb_cy_thing_fill(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out);
/** The relationships at a node, appended to @p out, which counts against the query's memory until it is
 * freed. */
vb_status vb_cy_edges_at(vb_cy_run *run, int64_t node, const vb_cy_step_to *to, vb_cy_edges *out);
void vb_cy_edges_free(vb_cy_run *run, vb_cy_edges *edges);
vb_status vb_cy_type_ids(vb_cy_run *run, const vb_cy_names *names, int64_t **out, size_t *n);
bool vb_cy_is_deleted(vb_cy_run *run, const vb_value *thing);
vb_status vb_cy_sql(vb_cy_run *run, const char *sql, const char *kinds, ...);

/* sql.c: statements of the query's own; a row's statement is left on it: sqlite3_reset() it */
vb_status vb_cy_look_up(vb_cy_run *run, vb_cy_sql_id which, int64_t id, sqlite3_stmt **out, bool *row);
vb_status vb_cy_prepare(vb_cy_run *run, const char *text, sqlite3_stmt **stmt);
vb_status vb_cy_step(vb_cy_run *run, sqlite3_stmt *stmt, bool *row);
vb_status vb_cy_sql_failed(vb_cy_run *run);
void vb_cy_statements_end(vb_cy_run *run);

/* graph_write.c */
vb_status vb_cy_create_node(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_names *labels,
                            const vb_value_map *props, vb_value *out);
vb_status vb_cy_create_rel(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, vb_str type,
                           const vb_value *source, const vb_value *target, const vb_value_map *props,
                           vb_value *out);
vb_status vb_cy_put_properties(vb_cy_run *run, const vb_cy_expr *at, const vb_value *thing,
                               const vb_value_map *props);
vb_status vb_cy_put_labels(vb_cy_run *run, const vb_cy_expr *at, const vb_value *node,
                           const vb_cy_names *labels, bool drop);
vb_status vb_cy_delete_rel(vb_cy_run *run, const vb_value *rel);
vb_status vb_cy_delete_node(vb_cy_run *run, const vb_cy_expr *at, const vb_value *node, bool detach);
vb_status vb_cy_columns_write(vb_cy_run *run, int64_t node, const vb_value_map *props);

vb_status vb_cy_ids_before(vb_cy_run *run);

/* effects.c */
vb_status vb_cy_note_change(vb_cy_run *run, const vb_value *thing, bool created, bool deleted);
vb_status vb_cy_labels_before(vb_cy_run *run);
vb_status vb_cy_effects_sum(vb_cy_run *run);
void vb_cy_changes_free(vb_cy_run *run);

/* hint.c: the word nearest to one that is not known; its error gets a hint */
typedef struct vb_cy_nearest {
    vb_str to;
    char kind; /* as vb_query_words() has it */
    bool found;
    unsigned distance;
    char word[80];
} vb_cy_nearest;
void vb_cy_nearest_try(vb_cy_nearest *n, vb_str word);
void vb_cy_hint(vb_cy_source *source, const vb_cy_nearest *n);
void vb_cy_hint_word(vb_cy_source *source, vb_str word, char kind);
/** Note the labels and types of a pattern that nothing has. */
vb_status vb_cy_note_names(vb_cy_plan *p, const vb_cy_pattern *pattern);
/** The words by their number; NULL: no more. */
const char *vb_cy_keyword(size_t i);
const char *vb_cy_procedure_name(size_t i);

/* procedures.c */
const vb_procedure *vb_cy_procedure_find(const vb_cy_run *run, vb_str name);

#endif
