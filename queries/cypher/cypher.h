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

#include "graph/graph.h"

#include <sqlite3.h>

enum {
    CY_DEPTH_MAX = 600,    /* nesting of an expression: nothing recurses deeper */
    CY_TEXT_MAX = 1 << 20, /* bytes of a query */
    CY_STACK_MAX = 4000,   /* the parser's stack */
    CY_HOPS_MAX = 1 << 20, /* steps of a path of variable length */
    CY_PARTS_MAX = 1 << 24 /* items of a list that range() makes */
};

/* ---- memory ------------------------------------------------------------------------------------------- */

/** Memory that is emptied at once and used again; what all heaps of a query hold counts against its limit. */
typedef struct cy_heap {
    struct cy_block *first, *spare;
    struct cy_run *run;
} cy_heap;
void *cy_get(cy_heap *heap, size_t size); /* zeroed; NULL: no memory, or past the limit */
void cy_heap_reset(cy_heap *heap);
void cy_heap_free(cy_heap *heap);
vb_status cy_vec_grow(cy_heap *heap, void **at, size_t *len, size_t *cap, size_t size);
#define cy_push(heap, v) cy_vec_grow((heap), (void **)&(v)->at, &(v)->len, &(v)->cap, sizeof *(v)->at)

/* ---- the tree ----------------------------------------------------------------------------------------- */

typedef struct cy_token {
    int code;
    uint32_t at;
    vb_str text;
} cy_token;

typedef enum cy_kind {
    E_LITERAL,
    E_PARAM,
    E_VARIABLE,
    E_PROPERTY, /* args[0].name */
    E_INDEX,
    E_SLICE, /* list, from or NULL, to or NULL */
    E_LIST,
    E_MAP, /* keys beside args */
    E_AND,
    E_OR,
    E_XOR,
    E_NOT,
    E_COMPARE, /* args[0] ops[0] args[1] ops[1] args[2] ... */
    E_ADD,
    E_SUBTRACT,
    E_MULTIPLY,
    E_DIVIDE,
    E_MODULO,
    E_POWER,
    E_MINUS,
    E_PLUS,
    E_IN,
    E_STARTS,
    E_ENDS,
    E_CONTAINS,
    E_MATCHES,
    E_IS_NULL,
    E_IS_NOT_NULL,
    E_CASE, /* subject or NULL, else or NULL, then pairs of when and then */
    E_CALL,
    E_COUNT_ALL,
    E_QUANTIFIER, /* name: all, any, none, single; list, condition */
    E_COMPREHENSION /* list, condition or NULL, result or NULL */,
    E_LABELS,       /* args[0]:keys */
    E_PATTERN,      /* a pattern as a condition */
    E_PATTERN_LIST, /* pattern comprehension: condition or NULL, result */
    E_EXISTS,
    E_COUNT
} cy_kind;

typedef enum cy_compare { C_EQ, C_NE, C_LT, C_LE, C_GT, C_GE } cy_compare;

/** What is known of an expression's type before it runs: a set of kinds. */
typedef uint32_t cy_type;
enum {
    TY_NULL = 1u << VB_VALUE_NULL,
    TY_BOOLEAN = 1u << VB_VALUE_BOOLEAN,
    TY_INTEGER = 1u << VB_VALUE_INTEGER,
    TY_FLOAT = 1u << VB_VALUE_FLOAT,
    TY_STRING = 1u << VB_VALUE_STRING,
    TY_LIST = 1u << VB_VALUE_LIST,
    TY_MAP = 1u << VB_VALUE_MAP,
    TY_NODE = 1u << VB_VALUE_NODE,
    TY_REL = 1u << VB_VALUE_RELATIONSHIP,
    TY_PATH = 1u << VB_VALUE_PATH,
    TY_NUMBER = TY_INTEGER | TY_FLOAT,
    TY_ANY = (1u << (VB_VALUE_PATH + 1)) - 1
};

typedef struct cy_expr cy_expr;
typedef struct cy_pattern cy_pattern;
typedef struct cy_query cy_query;
typedef struct cy_op cy_op;
typedef struct cy_run cy_run;
typedef struct cy_function cy_function;

typedef VB_VEC(cy_expr *) cy_exprs;
typedef VB_VEC(vb_str) cy_names;

struct cy_expr {
    cy_kind kind;
    uint32_t at;    /* where in the text */
    uint32_t end;   /* and to where: the name of a column that has none */
    uint16_t depth; /* of the tree under it */
    bool paren, distinct, has_aggregate;
    int slot;    /* variable, aggregate, the variable of a comprehension */
    vb_str name; /* variable, property, parameter, function */
    vb_value value;
    cy_exprs args;
    cy_names keys;
    uint8_t *ops;
    cy_pattern *pattern;
    cy_query *query;
    const cy_function *function;
    cy_op *plan;   /* of a pattern or a subquery */
    cy_type type;  /* set by the binder */
    cy_type items; /* of a list: what is in it; 0: not known */
};

typedef struct cy_node {
    vb_str name; /* empty: none */
    uint32_t at;
    int slot;
    cy_names labels;
    cy_expr *props; /* map or parameter; NULL */
    bool fresh;     /* this pattern brings it into being (binder) */
} cy_node;

typedef struct cy_rel {
    vb_str name;
    uint32_t at;
    int slot;
    cy_names types;
    cy_expr *props;
    int direction; /* 1 to the right, -1 to the left, 0 either */
    bool var_length;
    int64_t min, max; /* -1: no limit */
    bool fresh;
} cy_rel;

typedef struct cy_part {
    vb_str name; /* of the path; empty: none */
    uint32_t at;
    int slot;
    int shortest;            /* 1: one shortest path, 2: all of them */
    VB_VEC(cy_node *) nodes; /* one more than rels */
    VB_VEC(cy_rel *) rels;
} cy_part;

struct cy_pattern {
    VB_VEC(cy_part *) parts;
};

typedef struct cy_item {
    cy_expr *expr;
    vb_str name;
    bool alias;
    int slot;
} cy_item;

typedef struct cy_sort {
    cy_expr *expr;
    bool descending;
} cy_sort;

typedef struct cy_set {
    enum { SET_PROPERTY, SET_REPLACE, SET_ADD, SET_LABELS, SET_DROP_PROPERTY, SET_DROP_LABELS } kind;
    cy_expr *target; /* the thing */
    vb_str key;
    cy_names labels;
    cy_expr *value;
    uint32_t at;
} cy_set;

typedef VB_VEC(cy_item) cy_items;
typedef VB_VEC(cy_sort) cy_sorts;
typedef VB_VEC(cy_set) cy_sets;

typedef enum cy_clause_kind {
    CL_MATCH,
    CL_UNWIND,
    CL_CALL,
    CL_WITH,
    CL_RETURN,
    CL_CREATE,
    CL_MERGE,
    CL_SET, /* and REMOVE */
    CL_DELETE
} cy_clause_kind;

typedef struct cy_clause {
    cy_clause_kind kind;
    uint32_t at;
    bool optional, distinct, star, detach, has_args;
    cy_pattern *pattern;
    cy_expr *where, *skip, *limit, *expr;
    cy_items items; /* WITH, RETURN, YIELD */
    cy_sorts order;
    cy_sets sets, on_create, on_match;
    cy_exprs exprs; /* DELETE, arguments */
    vb_str name;    /* UNWIND's variable, a procedure */
    int slot;
} cy_clause;

typedef struct cy_single {
    VB_VEC(cy_clause *) clauses;
} cy_single;

struct cy_query {
    VB_VEC(cy_single *) parts;
    bool all, distinct; /* UNION ALL, UNION: never both */
    uint32_t at;
};

/* ---- compiling ---------------------------------------------------------------------------------------- */

/** Where a query's text is compiled: its memory, and its error. */
typedef struct cy_source {
    vb_arena *arena;
    vb_str text; /* ends in NUL */
    vb_query_error *err;
    vb_status status; /* the first failure */
} cy_source;

/** Tell what is wrong at byte @p at. @p what: "SyntaxError/UndefinedVariable", "!TypeError/..." at run time.
 */
vb_status cy_fail(cy_source *source, uint32_t at, vb_status status, const char *what, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
vb_status cy_fail_memory(cy_source *source);

/** As the parser's actions use it. */
typedef struct cy_parse {
    cy_source *source;
    cy_query *query;
    cy_token token; /* the last one */
    _Alignas(
        16) unsigned char spare[sizeof(cy_expr) > sizeof(cy_clause) ? sizeof(cy_expr) : sizeof(cy_clause)];
} cy_parse;

typedef VB_VEC(cy_token) cy_tokens;

/** The tokens of a text; the last has code 0. */
vb_status cy_lex(cy_source *source, cy_tokens *out);
/** Tell apart what the grammar cannot: "(" of a pattern within an expression, EXISTS {, COUNT {. */
void cy_tokens_mark(cy_tokens *tokens);
vb_status cy_parse_text(cy_source *source, cy_query **out);

/* ast.c: constructors for the grammar; they never return NULL */
void *cy_make(cy_parse *p, size_t size);
cy_expr *cy_expr_new(cy_parse *p, cy_kind kind, uint32_t at);
cy_expr *cy_expr_1(cy_parse *p, cy_kind kind, cy_expr *a, uint32_t at);
cy_expr *cy_expr_2(cy_parse *p, cy_kind kind, cy_expr *a, cy_expr *b);
cy_expr *cy_expr_compare(cy_parse *p, cy_expr *a, cy_compare op, cy_expr *b);
cy_expr *cy_expr_number(cy_parse *p, cy_token t, bool real);
cy_expr *cy_expr_string(cy_parse *p, cy_token t);
cy_expr *cy_expr_bool(cy_parse *p, cy_token t, int truth);
cy_expr *cy_expr_name(cy_parse *p, cy_kind kind, cy_token t);
cy_expr *cy_expr_property(cy_parse *p, cy_expr *a, cy_token key);
cy_expr *cy_expr_call(cy_parse *p, cy_expr *name, cy_exprs *args, bool distinct, cy_token close);
cy_expr *cy_expr_quantifier(cy_parse *p, cy_expr *name, cy_expr *in, cy_expr *where, cy_token close);
cy_expr *cy_expr_bracket(cy_parse *p, cy_token open, cy_expr *first, cy_expr *where, cy_expr *result,
                         cy_token close);
cy_expr *cy_expr_list(cy_parse *p, cy_token open, cy_exprs *items, cy_token close);
cy_expr *cy_expr_labels(cy_parse *p, cy_expr *a, cy_token label);
cy_expr *cy_expr_path_list(cy_parse *p, cy_token open, cy_token name, cy_part *part, cy_expr *where,
                           cy_expr *result, cy_token close);
cy_expr *cy_expr_sub(cy_parse *p, cy_kind kind, cy_token open, cy_pattern *pattern, cy_expr *where,
                     cy_query *query, cy_token close);
void cy_expr_arg(cy_parse *p, cy_expr *e, cy_expr *arg); /* NULL too */
void cy_expr_key(cy_parse *p, cy_expr *e, cy_token key, cy_expr *value);
vb_str cy_name(cy_parse *p, cy_token t); /* without backticks */
void cy_exprs_add(cy_parse *p, cy_exprs *list, cy_expr *e);
void cy_names_add(cy_parse *p, cy_names *list, cy_token t);
int64_t cy_int(cy_parse *p, cy_token t);
cy_part *cy_part_new(cy_parse *p, cy_node *node);
void cy_part_add(cy_parse *p, cy_part *part, cy_rel *rel, cy_node *node);
cy_set cy_set_item(cy_parse *p, cy_expr *target, int add, cy_expr *value);
void cy_single_add(cy_parse *p, cy_single *single, cy_clause *clause);
void cy_query_add(cy_parse *p, cy_query *query, cy_single *single, int all, uint32_t at);

/* ---- functions ---------------------------------------------------------------------------------------- */

typedef vb_status (*cy_call_fn)(cy_run *run, cy_heap *heap, const cy_expr *e, const vb_value *args, size_t n,
                                vb_value *out);

struct cy_function {
    const char *name; /* lower case; names compare without case */
    uint8_t min, max; /* arguments */
    cy_call_fn call;  /* NULL: an aggregate */
    cy_type result;
    cy_type takes[3]; /* what an argument may be, beside null; 0: anything */
    bool null_in;     /* gets null arguments too; else null makes null */
    bool varies;      /* rand(): not the same each time */
};
const cy_function *cy_function_find(vb_str name);
extern const cy_function cy_functions_scalar[], cy_functions_number[], cy_functions_string[],
    cy_functions_list[], cy_functions_graph[], cy_functions_aggregate[];

/* ---- binding and planning ----------------------------------------------------------------------------- */

typedef struct cy_var {
    vb_str name;
    int slot;
    cy_type type, items;
} cy_var;
typedef VB_VEC(cy_var) cy_vars;

/** What compiling a query knows. */
typedef struct cy_plan {
    cy_source *source;
    cy_run *run;
    cy_vars vars; /* in scope */
    int n_slots;  /* given out */
    bool writes;
    unsigned depth; /* of subqueries */
    bool in_aggregate, may_aggregate, in_pattern_ok;
    cy_exprs *aggregates; /* found while binding a projection */
} cy_plan;

cy_var *cy_var_find(cy_plan *p, vb_str name);
vb_status cy_var_add(cy_plan *p, vb_str name, cy_type type, cy_type items, int *slot);
int cy_slot_new(cy_plan *p);

/** Resolve the names in an expression, check it, and plan what it holds of patterns and subqueries. */
vb_status cy_bind(cy_plan *p, cy_expr *e);
/** As cy_bind(), where the value must be of these types (beside null). */
vb_status cy_bind_as(cy_plan *p, cy_expr *e, cy_type types, const char *what);
vb_status cy_bind_call(cy_plan *p, cy_expr *e);
bool cy_expr_equal(const cy_expr *a, const cy_expr *b);
bool cy_expr_uses(const cy_expr *e, int slot);

/** Bind a pattern of MATCH: its variables come into scope. */
vb_status cy_bind_match(cy_plan *p, cy_pattern *pattern);
/** Bind a pattern of CREATE or MERGE. */
vb_status cy_bind_create(cy_plan *p, cy_pattern *pattern, bool merge);

vb_status cy_plan_query(cy_plan *p, cy_query *query, cy_op *from, bool sub, cy_op **out);
vb_status cy_plan_match(cy_plan *p, cy_pattern *pattern, cy_expr *where, cy_op *from, cy_op **out);
vb_status cy_plan_projection(cy_plan *p, cy_clause *clause, cy_op *from, cy_op **out);
vb_status cy_plan_pattern_expr(cy_plan *p, cy_expr *e);
vb_status cy_plan_write(cy_plan *p, cy_clause *clause, cy_op *from, cy_op **out);
vb_status cy_plan_call(cy_plan *p, cy_clause *clause, cy_op *from, bool alone, cy_op **out);

/* ---- running ------------------------------------------------------------------------------------------ */

/** An operator: a struct that begins with this. next() says whether there is a row in the slots. */
typedef struct cy_op_kind {
    const char *name;
    vb_status (*open)(cy_run *run, cy_op *op);
    vb_status (*next)(cy_run *run, cy_op *op, bool *row);
    void (*close)(cy_op *op); /* frees what open and next made; may be NULL */
} cy_op_kind;

struct cy_op {
    const cy_op_kind *kind;
    cy_op *child, *other;
    cy_op *all; /* every operator of the run, to close */
    cy_heap heap;
    int64_t n_rows;
};

void *cy_op_new(cy_plan *p, const cy_op_kind *kind, size_t size, cy_op *child);
vb_status cy_op_open(cy_run *run, cy_op *op);
vb_status cy_op_next(cy_run *run, cy_op *op, bool *row);

typedef struct cy_edge {
    int64_t id, source, target, type;
} cy_edge;
typedef struct cy_edges {
    cy_edge *at;
    size_t len, cap;
} cy_edges;

struct cy_change; /* what the query did to one thing: effects.c */

struct cy_run {
    vb_store *store;
    cy_source source; /* for errors */
    const vb_query_options *options;
    vb_value *slots;
    int n_slots;
    cy_op *ops;
    size_t held, limit;
    int64_t deadline; /* in ms of the monotonic clock; 0: none */
    unsigned ticks;
    cy_heap temp; /* emptied where nothing of it is needed any more */
    cy_heap keep; /* as long as the query */
    struct cy_change **changes;
    size_t n_changes, changes_cap;
    vb_query_effects effects;
    vb_value_list labels_before;
    int64_t last_node, last_edge; /* ids given out: one that was deleted never comes back within a query */
    bool writes, guarded;         /* the store was filled by `load`: domain and range hold */
    uint64_t random;
};

/** Whether to stop: time, memory, the caller. Called for each row somewhere. */
vb_status cy_tick(cy_run *run);
vb_status cy_run_fail(cy_run *run, const cy_expr *at, const char *what, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
vb_status cy_store_fail(cy_run *run, vb_status status, const vb_error *err);

vb_status cy_eval(cy_run *run, cy_heap *heap, const cy_expr *e, vb_value *out);
/** A condition: only true is true. */
vb_status cy_eval_true(cy_run *run, const cy_expr *e, bool *out);
vb_status cy_eval_operator(cy_run *run, cy_heap *heap, const cy_expr *e, vb_value *out);
vb_status cy_eval_list(cy_run *run, cy_heap *heap, const cy_expr *e, vb_value *out);
vb_status cy_eval_pattern(cy_run *run, cy_heap *heap, const cy_expr *e, vb_value *out);
vb_status cy_eval_subscript(cy_run *run, cy_heap *heap, const cy_expr *e, vb_value *out);
vb_status cy_add(cy_run *run, cy_heap *heap, const cy_expr *e, const vb_value *a, const vb_value *b,
                 vb_value *out);

/* ---- values ------------------------------------------------------------------------------------------- */

typedef enum cy_truth { CY_FALSE, CY_TRUE, CY_UNKNOWN } cy_truth;

static const vb_value cy_null = { .kind = VB_VALUE_NULL };
static inline vb_value cy_of_bool(bool b)
{
    return (vb_value){ .kind = VB_VALUE_BOOLEAN, .as.boolean = b };
}
static inline vb_value cy_of_int(int64_t i)
{
    return (vb_value){ .kind = VB_VALUE_INTEGER, .as.integer = i };
}
static inline vb_value cy_of_real(double d)
{
    return (vb_value){ .kind = VB_VALUE_FLOAT, .as.number = d };
}
static inline vb_value cy_of_text(vb_str s)
{
    return (vb_value){ .kind = VB_VALUE_STRING, .as.text = s };
}
static inline vb_value cy_of_truth(cy_truth t)
{
    return t == CY_UNKNOWN ? cy_null : cy_of_bool(t == CY_TRUE);
}
static inline bool cy_is_number(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER || v->kind == VB_VALUE_FLOAT;
}
static inline double cy_real(const vb_value *v)
{
    return v->kind == VB_VALUE_INTEGER ? (double)v->as.integer : v->as.number;
}

cy_truth cy_equal(const vb_value *a, const vb_value *b);
/** `<` and its like: CY_UNKNOWN where the two do not compare. */
cy_truth cy_less(const vb_value *a, const vb_value *b, bool or_equal);
/** What DISTINCT and grouping take for the same: null is null. */
bool cy_same(const vb_value *a, const vb_value *b);
uint64_t cy_value_hash(const vb_value *v);
vb_status cy_value_copy(cy_heap *heap, const vb_value *v, vb_value *out);
const vb_value *cy_map_get(const vb_value_map *map, vb_str key);
/** Sort by key; of equal keys the last one stays. */
void cy_map_sort(vb_entry *at, size_t *len);
const char *cy_kind_name(vb_value_kind kind);
vb_status cy_text_copy(cy_heap *heap, vb_str s, vb_str *out);
/** A number as Cypher writes it; @p at has 40 bytes. */
void cy_print_real(double d, char *at);

/* props.c: properties as typed JSON */
vb_status cy_props_read(cy_heap *heap, vb_str json, vb_value_map *out);
vb_status cy_props_write(const vb_value_map *map, vb_buf *out);
bool cy_props_may(const vb_value *v); /* whether a property can hold it */

/* ---- the graph ---------------------------------------------------------------------------------------- */

vb_status cy_node_value(cy_run *run, cy_heap *heap, int64_t id, vb_value *out);
vb_status cy_rel_value(cy_run *run, cy_heap *heap, const cy_edge *edge, vb_value *out);
vb_status cy_thing_property(cy_run *run, cy_heap *heap, const cy_expr *at, const vb_value *thing, vb_str key,
                            vb_value *out);
vb_status cy_thing_properties(cy_run *run, cy_heap *heap, const cy_expr *at, const vb_value *thing,
                              vb_value_map *out);
vb_status cy_node_labels(cy_run *run, cy_heap *heap, const cy_expr *at, const vb_value *node,
                         vb_value_list *out);
/** Fill all fields, for a row that leaves the engine. */
vb_status cy_thing_fill(cy_run *run, cy_heap *heap, const vb_value *v, vb_value *out);
/** The relationships at a node. @p types: ids, none: any. Appended to @p out, which malloc holds. */
vb_status cy_edges_at(cy_run *run, int64_t node, int direction, const int64_t *types, size_t n_types,
                      cy_edges *out);
vb_status cy_edge_get(cy_run *run, int64_t id, cy_edge *out, bool *there);
vb_status cy_type_ids(cy_run *run, const cy_names *names, int64_t **out, size_t *n);
bool cy_is_deleted(const cy_run *run, const vb_value *thing);
vb_status cy_sql(cy_run *run, const char *sql, const char *kinds, ...);

/* graph_write.c */
vb_status cy_create_node(cy_run *run, cy_heap *heap, const cy_names *labels, const vb_value_map *props,
                         vb_value *out);
vb_status cy_create_rel(cy_run *run, cy_heap *heap, const cy_expr *at, vb_str type, const vb_value *source,
                        const vb_value *target, const vb_value_map *props, vb_value *out);
vb_status cy_put_properties(cy_run *run, const cy_expr *at, const vb_value *thing, const vb_value_map *props);
vb_status cy_put_labels(cy_run *run, const cy_expr *at, const vb_value *node, const cy_names *labels,
                        bool drop);
vb_status cy_delete_rel(cy_run *run, const vb_value *rel);
vb_status cy_delete_node(cy_run *run, const cy_expr *at, const vb_value *node, bool detach);
vb_status cy_columns_write(cy_run *run, int64_t node, const vb_value_map *props);

vb_status cy_ids_before(cy_run *run);

/* effects.c */
vb_status cy_note_change(cy_run *run, const vb_value *thing, bool created, bool deleted);
vb_status cy_labels_before(cy_run *run);
vb_status cy_effects_sum(cy_run *run);
void cy_changes_free(cy_run *run);

/* procedures.c */
const vb_procedure *cy_procedure_find(const cy_run *run, vb_str name);

#endif
