/**
 * Differential test of the query language: random graphs, random queries, and a slow, obvious evaluator whose
 * answers the engine must give too. What its files share.
 *
 *   world.c     random graphs, and the CREATE that makes one
 *   generate.c  random queries
 *   print.c     a query as openCypher
 *   naive.c     the evaluator: nested loops over all bindings, three-valued logic by tables
 *   main.c      both sides, compared
 */
#ifndef DIFFERENTIAL_H
#define DIFFERENTIAL_H

#include "graph/graph.h"

enum {
    NODES_MAX = 7,
    RELS_MAX = 10,
    LABELS = 3,
    TYPES = 3,
    SYMMETRIC = 2, /* the type that the ontology gives no direction */
    KEYS = 3,
    WORDS = 5,
    VARS_MAX = 16,
    HOPS_MAX = 2,
    PATHS_MAX = 2,
    CLAUSES_MAX = 3,
    EXPRS_MAX = 64,
    ITEMS_MAX = 4,
    LIST_MAX = 3,
};

extern const char *const label_names[LABELS], *const type_names[TYPES], *const key_names[KEYS],
                                                                            *const words[WORDS];

/** In the order that openCypher gives to kinds, ascending. */
typedef enum val_kind { NODE, REL, TEXT, BOOL, NUMBER, NONE } val_kind;

/** i: an index of a node, a relationship or a word; or a truth. A number is whole, or a half more. */
typedef struct val {
    val_kind kind;
    bool real; /* of a number: a float */
    double number;
    int i;
} val;

typedef struct graph_node {
    unsigned labels; /* bits */
    val props[KEYS];
} graph_node;

typedef struct graph_rel {
    int type, source, target;
    val props[KEYS];
} graph_rel;

typedef struct graph {
    graph_node nodes[NODES_MAX];
    graph_rel rels[RELS_MAX];
    int n_nodes, n_rels;
} graph;

/* ---- queries ------------------------------------------------------------------------------------------ */

typedef enum expr_op {
    LITERAL,
    VARIABLE,
    PROPERTY,
    HAS_LABEL,
    IS_NULL,
    IS_NOT_NULL,
    NOT,
    IN,
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    AND,
    OR,
    XOR,
} expr_op;

typedef struct expr {
    expr_op op;
    int var, at; /* at: a key or a label */
    val value;
    val list[LIST_MAX];
    int n_list;
    struct expr *left, *right;
} expr;

typedef struct node_pattern {
    int var; /* -1: none */
    unsigned labels;
    int key; /* -1: none */
    val value;
} node_pattern;

typedef struct rel_pattern {
    int var, key;    /* -1: none */
    unsigned types;  /* bits; 0: any */
    int direction;   /* 1 right, -1 left, 0 either */
    int least, most; /* most: 0 for one plain step */
    val value;
} rel_pattern;

typedef struct path_pattern {
    node_pattern nodes[HOPS_MAX + 1];
    rel_pattern rels[HOPS_MAX];
    int n_hops;
} path_pattern;

typedef struct clause {
    bool optional;
    path_pattern paths[PATHS_MAX];
    int n_paths;
    expr *where; /* NULL: none */
} clause;

typedef enum item_kind { PLAIN, COUNT_ROWS, COUNT, COUNT_DISTINCT, MIN, MAX } item_kind;
typedef struct item {
    item_kind kind;
    expr *of;
} item;

typedef struct sort_key {
    int item;
    bool down;
} sort_key;

typedef struct query {
    clause clauses[CLAUSES_MAX];
    int n_clauses;
    val_kind vars[VARS_MAX]; /* NODE or REL */
    int n_vars;
    expr exprs[EXPRS_MAX];
    int n_exprs;
    item items[ITEMS_MAX];
    int n_items;
    bool distinct;
    sort_key orders[ITEMS_MAX];
    int n_orders;
    int skip, limit; /* -1: none */
} query;

/** Numbers from a seed. Source: Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195 (SplitMix64). */
typedef struct dice {
    uint64_t state;
} dice;
int roll(dice *d, int n); /* 0 ... n - 1 */
bool chance(dice *d, int percent);
val random_val(dice *d);

void graph_random(dice *d, graph *out);
vb_status graph_print(const graph *g, vb_buf *out);
void query_random(dice *d, query *out);
vb_status query_print(const query *q, vb_buf *out);
vb_status val_print(const val *v, vb_buf *out);

typedef struct row {
    val cells[ITEMS_MAX];
} row;
typedef VB_VEC(row) row_list;

/** Every way in which the evaluator can be made wrong, to see that the comparison notices. */
typedef enum fault { NO_FAULT, NULL_IS_FALSE, EDGES_REPEAT, LOOPS_TWICE, ONLY_ASCENDING, FAULTS } fault;

/** Answer @p q; rows in order where it asks for one, before SKIP and LIMIT. */
vb_status naive_run(const graph *g, const query *q, fault wrong, vb_arena *arena, row_list *out);

/** openCypher's order; 0 also for what DISTINCT takes as one. */
int val_order(const val *a, const val *b);

#endif
