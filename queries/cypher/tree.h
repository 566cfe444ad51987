/** The tree that a query's text becomes: what the grammar makes and the binder completes. */
#ifndef VB_CYPHER_TREE_H
#define VB_CYPHER_TREE_H

#include "graph/graph.h"

/* ---- the tree ----------------------------------------------------------------------------------------- */

typedef struct vb_cy_token {
    int code;
    uint32_t at;
    vb_str text;
} vb_cy_token;

typedef enum vb_cy_kind {
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
} vb_cy_kind;

typedef enum vb_cy_compare { C_EQ, C_NE, C_LT, C_LE, C_GT, C_GE } vb_cy_compare;

/** What is known of an expression's type before it runs: a set of kinds. */
typedef uint32_t vb_cy_type;
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
    TY_DATE = 1u << VB_VALUE_DATE,
    TY_LOCAL_TIME = 1u << VB_VALUE_LOCAL_TIME,
    TY_TIME = 1u << VB_VALUE_TIME,
    TY_LOCAL_DATETIME = 1u << VB_VALUE_LOCAL_DATETIME,
    TY_DATETIME = 1u << VB_VALUE_DATETIME,
    TY_DURATION = 1u << VB_VALUE_DURATION,
    TY_TEMPORAL = TY_DATE | TY_LOCAL_TIME | TY_TIME | TY_LOCAL_DATETIME | TY_DATETIME | TY_DURATION,
    TY_NUMBER = TY_INTEGER | TY_FLOAT,
    TY_ANY = (1u << (VB_VALUE_DURATION + 1)) - 1
};

typedef struct vb_cy_expr vb_cy_expr;
typedef struct vb_cy_pattern vb_cy_pattern;
typedef struct vb_cy_query vb_cy_query;
typedef struct vb_cy_op vb_cy_op;
typedef struct vb_cy_run vb_cy_run;
typedef struct vb_cy_function vb_cy_function;

typedef VB_VEC(vb_cy_expr *) vb_cy_exprs;
typedef VB_VEC(vb_str) vb_cy_names;

struct vb_cy_expr {
    vb_cy_kind kind;
    uint32_t at;    /* where in the text */
    uint32_t end;   /* and to where: the name of a column that has none */
    uint16_t depth; /* of the tree under it */
    bool paren, distinct, has_aggregate;
    int slot;    /* variable, aggregate, the variable of a comprehension */
    vb_str name; /* variable, property, parameter, function */
    vb_value value;
    vb_cy_exprs args;
    vb_cy_names keys;
    uint8_t *ops;
    vb_cy_pattern *pattern;
    vb_cy_query *query;
    const vb_cy_function *function;
    vb_cy_op *plan;   /* of a pattern or a subquery */
    vb_cy_type type;  /* set by the binder */
    vb_cy_type items; /* of a list: what is in it; 0: not known */
};

typedef struct vb_cy_node {
    vb_str name; /* empty: none */
    uint32_t at;
    int slot;
    vb_cy_names labels;
    vb_cy_expr *props; /* map or parameter; NULL */
    bool fresh;        /* this pattern brings it into being (binder) */
} vb_cy_node;

typedef struct vb_cy_rel {
    vb_str name;
    uint32_t at;
    int slot;
    vb_cy_names types;
    vb_cy_expr *props;
    int direction; /* 1 to the right, -1 to the left, 0 either */
    bool var_length;
    int64_t min, max; /* -1: no limit */
    bool fresh;
} vb_cy_rel;

typedef struct vb_cy_part {
    vb_str name; /* of the path; empty: none */
    uint32_t at;
    int slot;
    int shortest;               /* 1: one shortest path, 2: all of them */
    VB_VEC(vb_cy_node *) nodes; /* one more than rels */
    VB_VEC(vb_cy_rel *) rels;
} vb_cy_part;

struct vb_cy_pattern {
    VB_VEC(vb_cy_part *) parts;
};

typedef struct vb_cy_item {
    vb_cy_expr *expr;
    vb_str name;
    bool alias;
    int slot;
} vb_cy_item;

typedef struct vb_cy_sort {
    vb_cy_expr *expr;
    bool descending;
} vb_cy_sort;

typedef struct vb_cy_set {
    enum { SET_PROPERTY, SET_REPLACE, SET_ADD, SET_LABELS, SET_DROP_PROPERTY, SET_DROP_LABELS } kind;
    vb_cy_expr *target; /* the thing */
    vb_str key;
    vb_cy_names labels;
    vb_cy_expr *value;
    uint32_t at;
} vb_cy_set;

typedef VB_VEC(vb_cy_item) vb_cy_items;
typedef VB_VEC(vb_cy_sort) vb_cy_sorts;
typedef VB_VEC(vb_cy_set) vb_cy_sets;

typedef enum vb_cy_clause_kind {
    CL_MATCH,
    CL_UNWIND,
    CL_CALL,
    CL_WITH,
    CL_RETURN,
    CL_CREATE,
    CL_MERGE,
    CL_SET, /* and REMOVE */
    CL_DELETE
} vb_cy_clause_kind;

typedef struct vb_cy_clause {
    vb_cy_clause_kind kind;
    uint32_t at;
    bool optional, distinct, star, detach, has_args;
    vb_cy_pattern *pattern;
    vb_cy_expr *where, *skip, *limit, *expr;
    vb_cy_items items; /* WITH, RETURN, YIELD */
    vb_cy_sorts order;
    vb_cy_sets sets, on_create, on_match;
    vb_cy_exprs exprs; /* DELETE, arguments */
    vb_str name;       /* UNWIND's variable, a procedure */
    int slot;
} vb_cy_clause;

typedef struct vb_cy_single {
    VB_VEC(vb_cy_clause *) clauses;
} vb_cy_single;

struct vb_cy_query {
    VB_VEC(vb_cy_single *) parts;
    bool all, distinct; /* UNION ALL, UNION: never both */
    int mode;           /* a vb_query_mode: EXPLAIN, PROFILE */
    uint32_t at;
};

#endif
