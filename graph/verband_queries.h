/**
 * The second half of the public header, included by verband.h: cuts of the graph, questions out, files out.
 * Programs include graph/verband.h.
 */
#ifndef VERBAND_QUERIES_H
#define VERBAND_QUERIES_H

#include "graph/verband.h"

/* ---- a part of the graph ------------------------------------------------------------------------------ */

/** Which part of the graph a query or an export works on; {0} is all of it without MENTIONS. */
typedef struct vb_cut_options {
    const vb_str *labels;
    size_t n_labels; /* only nodes of these labels; none: all */
    const vb_str *relations;
    size_t n_relations; /* only edges of these types; none: all but MENTIONS */
    vb_str around;
    unsigned depth;       /* only what lies within depth steps of this node; 0: 1 */
    vb_str since, until;  /* only edges said in documents of these dates */
    int64_t min_evidence; /* only edges with at least so many sentences */
    bool mentions;        /* MENTIONS edges too */
    bool stated;          /* leave out what is merely announced */
    bool keep_isolated;   /* nodes without an edge in the cut too */
    vb_str project,
        project_over;   /* labels: join nodes of the first that share neighbours of the second by one
                           edge SHARES_<label>, its weight how many they share. Takes no labels; over
                           Document MENTIONS count too, unless relations are named. Empty: none */
    int64_t min_weight; /* only edges of at least this weight, of a projection or not; 0: all */
    vb_str community; /* at last, only this community of the cut: its number, 1 the largest, or the name of a
                         node in it; empty: all. [igraph] */
} vb_cut_options;

/* ---- questions out ------------------------------------------------------------------------------------ */

/** A node's card. */
typedef struct vb_card {
    vb_node node;
    vb_str *aliases;
    size_t n_aliases;
    vb_str url;         /* the public page of its identifier; empty where there is none */
    vb_str first, last; /* dates of the first and the last document that mentions it */
    int64_t n_mentions, n_documents;
    vb_edges edges; /* with their best sentence, by relation */
    vb_document *documents;
    size_t n_cards; /* that mention it, most mentions first, at most 20 */
} vb_card;
vb_status vb_show(vb_store *store, vb_str name, vb_arena *arena, vb_card *out, vb_error *err);

/**
 * Every edge between two nodes with all its sentences; where there is none, the documents that mention both.
 * @return VB_NOT_FOUND when nothing connects them directly; *out is filled then too.
 */
typedef struct vb_why {
    vb_node a, b;
    vb_edges edges;
    vb_document *together;
    size_t n_together; /* documents that mention both */
} vb_why;
vb_status vb_why_connected(vb_store *store, vb_str a, vb_str b, vb_arena *arena, vb_why *out, vb_error *err);

typedef enum vb_change { VB_CHANGE_NEW, VB_CHANGE_GONE, VB_CHANGE_LASTING } vb_change;

/** before, after: how many times the one side and the other mention the node, or say the edge. */
typedef struct vb_changed_node {
    vb_change change;
    vb_node node;
    int64_t before, after;
} vb_changed_node;
typedef struct vb_changed_edge {
    vb_change change;
    vb_edge edge; /* with the sentences of the two sides, best first */
    int64_t before, after;
} vb_changed_edge;
typedef struct vb_diff {
    vb_changed_node *nodes;
    size_t n_nodes;
    vb_changed_edge *edges;
    size_t n_edges;
    int64_t n_before, n_after; /* documents of each side */
} vb_diff;

/**
 * What changed between two letters or periods: what is new, gone, lasting, in this order, most said first.
 * @param before, after a loaded document (file name, key, title), or a period: 2024, 2024-05, 2024-05-01,
 *        2024-01..2024-06, 2024.., ..2023, by the documents' dates. @param cut its labels and relations
 * count.
 * @return VB_OK; VB_NOT_FOUND (no document on a side); VB_UNKNOWN_NAME, VB_AMBIGUOUS, VB_BAD_ARGUMENT.
 */
vb_status vb_diff_find(vb_store *store, vb_str before, vb_str after, const vb_cut_options *cut,
                       vb_arena *arena, vb_diff *out, vb_error *err);

typedef struct vb_hit {
    vb_node document;
    vb_str date;
    int64_t start, end; /* the passage */
    vb_str snippet;     /* part of it */
    uint32_t (*marks)[2];
    size_t n_marks; /* hits in the snippet, [start, end) in bytes */
    double score;   /* BM25, larger is better */
} vb_hit;
typedef VB_LIST(vb_hit) vb_hits;

/** Full text: words are stemmed as Dutch, "quoted words" are a phrase, a closing * is a prefix. */
vb_status vb_search(vb_store *store, vb_str words, size_t limit, vb_arena *arena, vb_hits *out,
                    vb_error *err);

typedef struct vb_measure {
    const char *name;    /* "betweenness" */
    const char *meaning; /* one line for people: what a score says */
    bool low_first;      /* the lowest scores are the remarkable ones */
} vb_measure;

/** The measures that vb_rank() knows, sorted by name. */
const vb_measure *vb_measures(size_t *n);

typedef struct vb_rank_options {
    vb_cut_options cut; /* labels here choose the graph that is measured */
    const char *by;     /* a measure's name; NULL: degree */
    vb_str only_label;  /* list only nodes of this label, measured in the whole cut; empty: all */
    size_t top;         /* 0: all */
    bool weighted;      /* count sentences as weights (strength always does) */
} vb_rank_options;
typedef struct vb_ranked {
    vb_node node;
    int64_t rank;
    double score;
} vb_ranked;
typedef struct vb_ranking {
    vb_ranked *at;
    size_t len;
    const char *meaning;
} vb_ranking;

/** Rank nodes by a measure; equal scores in order of label and key. [igraph] */
vb_status vb_rank(vb_store *store, const vb_rank_options *options, vb_arena *arena, vb_ranking *out,
                  vb_error *err);

typedef struct vb_path_options {
    vb_cut_options cut;
    bool all;            /* every shortest path */
    size_t k;            /* the k shortest that differ in their nodes; 0: one */
    unsigned max_length; /* 0: no limit */
    bool weighted;       /* prefer edges with many sentences: length 1 / weight */
    const vb_str *via;
    size_t n_via; /* labels or relations a path must touch */
    const vb_str *not_via;
    size_t n_not_via; /* and must not */
} vb_path_options;

/** nodes has length + 1 entries; hops[i] lists the parallel edges between nodes[i] and nodes[i + 1]. */
typedef struct vb_path {
    vb_node *nodes;
    vb_edges *hops;
    size_t length;
} vb_path;
typedef struct vb_paths {
    vb_path *at;
    size_t len;
    bool by_mention; /* nothing but a shared mention connects them */
} vb_paths;

/** Shortest paths in either direction of edges, each hop with its evidence. [igraph]
 *  @return VB_NOT_FOUND when nothing connects them. */
vb_status vb_path_find(vb_store *store, vb_str a, vb_str b, const vb_path_options *options, vb_arena *arena,
                       vb_paths *out, vb_error *err);

typedef struct vb_group {
    vb_node *at;
    size_t len;
    vb_str name;
} vb_group;
typedef struct vb_groups {
    vb_group *at;
    size_t len;
    double modularity;
} vb_groups;

/** Communities (Leiden on the undirected simple graph, modularity; fixed seed), largest first, named after
 *  their most central members. Source: Traag et al. 2019, doi:10.1038/s41598-019-41695-z. [igraph] */
vb_status vb_communities(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_groups *out,
                         vb_error *err);

/** Weakly connected components, largest first. [igraph] */
vb_status vb_components(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_groups *out,
                        vb_error *err);

/** Edges and nodes without which the graph falls apart. [igraph] */
typedef struct vb_bridges {
    vb_edges edges;
    vb_nodes nodes;
} vb_bridges;
vb_status vb_bridges_find(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_bridges *out,
                          vb_error *err);

typedef struct vb_near {
    vb_node node;
    unsigned distance;
    double score;
} vb_near;
typedef VB_LIST(vb_near) vb_nears;

/** Nodes within @p cut->depth steps of @p cut->around, nearest first. [igraph] */
vb_status vb_neighbours(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_nears *out,
                        vb_error *err);

/** Nodes with the most neighbours in common with @p name (Jaccard), best first. [igraph] */
vb_status vb_similar(vb_store *store, vb_str name, const vb_cut_options *cut, size_t top, vb_arena *arena,
                     vb_nears *out, vb_error *err);

typedef enum vb_answer_kind {
    VB_ANSWER_NODES,
    VB_ANSWER_BOOLEAN,
    VB_ANSWER_NUMBER,
    VB_ANSWER_PATHS,
    VB_ANSWER_ROWS,
    VB_ANSWER_UNKNOWN
} vb_answer_kind;

typedef struct vb_answer {
    vb_answer_kind kind;
    bool dutch;      /* the question's language: Dutch, else English */
    vb_str sentence; /* the answer in a sentence, in that language */
    vb_str cypher;   /* the query it became */
    vb_nodes nodes;
    double *scores; /* of "the most", one for each node, the first the highest; else NULL */
    bool truth;
    double number;
    vb_paths paths;
    vb_str *columns;
    size_t n_columns;
    vb_str *cells;
    size_t n_rows;  /* n_rows * n_columns, row by row */
    vb_edges edges; /* what it rests on, with evidence */
    vb_str *nearest;
    size_t n_nearest; /* questions it can read, when it could not read this one */
    vb_nodes choices; /* what a name of the question can mean, when it is unknown which */
} vb_answer;

typedef struct vb_asker vb_asker;

/** Compile the question patterns; @p data_dir as for vb_loader_new(). End it: vb_asker_free(). */
vb_status vb_asker_new(const char *data_dir, vb_asker **out, vb_error *err);
void vb_asker_free(vb_asker *asker);

/** Answer a question in Dutch or English. A question it cannot read is VB_UNKNOWN with kind unknown. [igraph]
 */
vb_status vb_ask(const vb_asker *asker, vb_store *store, vb_str question, vb_arena *arena, vb_answer *out,
                 vb_error *err);

/** As vb_ask(); a name of several nodes, one of which is among @p nodes (ids), means that one. */
vb_status vb_ask_chosen(const vb_asker *asker, vb_store *store, vb_str question, const int64_t *nodes,
                        size_t n_nodes, vb_arena *arena, vb_answer *out, vb_error *err);

/* ---- openCypher --------------------------------------------------------------------------------------- */

typedef enum vb_value_kind {
    VB_VALUE_NULL,
    VB_VALUE_BOOLEAN,
    VB_VALUE_INTEGER,
    VB_VALUE_FLOAT,
    VB_VALUE_STRING,
    VB_VALUE_LIST,
    VB_VALUE_MAP,
    VB_VALUE_NODE,
    VB_VALUE_RELATIONSHIP,
    VB_VALUE_PATH,
    VB_VALUE_DATE,
    VB_VALUE_LOCAL_TIME,
    VB_VALUE_TIME,
    VB_VALUE_LOCAL_DATETIME,
    VB_VALUE_DATETIME,
    VB_VALUE_DURATION,
} vb_value_kind;

typedef struct vb_value vb_value;
typedef struct vb_entry vb_entry;
typedef VB_LIST(const vb_value) vb_value_list;
typedef VB_LIST(const vb_entry) vb_value_map;

/** A node or a relationship. In a row that vb_query_next() hands out all fields are filled. */
typedef struct vb_thing {
    int64_t id;
    vb_value_list labels;    /* of a node: strings, sorted */
    vb_str type;             /* of a relationship */
    int64_t source, target;  /* of a relationship: nodes, by id */
    vb_value_map properties; /* sorted by key */
    bool deleted;            /* by this query */
} vb_thing;

/** A path: length + 1 nodes, and the relationship between each two of them. */
typedef struct vb_walk {
    const vb_value *nodes, *relationships;
    size_t length;
} vb_walk;

#define VB_ZONE_MAX 40 /* bytes of a time zone's name, with its NUL */

/** A date, a time, both, or a duration. vb_value_print() writes it as ISO 8601. */
typedef struct vb_temporal {
    int64_t months;         /* of a duration */
    int64_t days;           /* since 1970-01-01, where the clock below stands; of a duration its days */
    int64_t seconds;        /* of that day; of a duration its seconds, rounded down */
    int32_t nanoseconds;    /* 0 to 999,999,999, on top of the seconds */
    int32_t offset;         /* of TIME and DATETIME: seconds east of UTC */
    char zone[VB_ZONE_MAX]; /* of DATETIME: IANA's name; empty: the offset is all that is known */
} vb_temporal;

/** A value of the query language. Copied freely: what it points to belongs to an arena. */
struct vb_value {
    vb_value_kind kind;
    union {
        bool boolean;
        int64_t integer;
        double number;
        vb_str text;
        vb_value_list list;
        vb_value_map map;
        const vb_thing *thing; /* of a node, a relationship */
        const vb_walk *path;
        const vb_temporal *temporal; /* of DATE to DURATION */
    } as;
};

struct vb_entry {
    vb_str key;
    vb_value value;
};

/** Append @p value as a Cypher literal: `(:A {p: 1})`, `[:T {p: 'x'}]`, `<(:A)-[:T]->(:B)>`, `1.0`, `NaN`,
 * with strings between single quotes. Keys and labels are sorted. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_value_print(const vb_value *value, vb_buf *out);

/** openCypher's orderability, which puts values of any kind in one order; ties of the graph's own things are
 *  broken by id. @return below, at or above 0. */
int vb_value_compare(const vb_value *a, const vb_value *b);

/** What went wrong with a query, in the terms of the openCypher TCK and in words for people. */
typedef struct vb_query_error {
    vb_status status;
    const char *type;      /* "SyntaxError", "TypeError", ...; never NULL after a failure */
    const char *detail;    /* "UndefinedVariable", ...; "NotSupported": the engine lacks this */
    bool compile_time;     /* else at run time */
    unsigned line, column; /* 1-based, column in characters; 0 where there is no place */
    size_t at;             /* byte offset in the query */
    char message[512];     /* one line */
    char hint[256];        /* what may help; else empty */
} vb_query_error;

typedef struct vb_field {
    const char *name;
    const char *type; /* as in a signature: "INTEGER?", "STRING?", "NUMBER?", "FLOAT?", "ANY?", ... */
} vb_field;

/** Rows of a procedure: n_rows * n_outputs cells, row by row. */
typedef struct vb_procedure_rows {
    const vb_value *cells;
    size_t n_rows;
} vb_procedure_rows;

/** A procedure that CALL may name. @p call gets n_inputs values; what it hands back lives in @p arena. */
typedef struct vb_procedure {
    const char *name; /* with its name space: "db.labels" */
    const vb_field *inputs, *outputs;
    size_t n_inputs, n_outputs;
    size_t n_optional; /* so many of the last inputs may be left out: null */
    vb_status (*call)(void *context, vb_store *store, const vb_value *arguments, vb_arena *arena,
                      vb_procedure_rows *out, vb_error *err);
    void *context;
} vb_procedure;

/** Whether to run a query, to tell its plan (EXPLAIN), or to run it and tell what each step did (PROFILE).
 * The words before a query's text ask for the same. */
typedef enum vb_query_mode { VB_QUERY_RUN, VB_QUERY_EXPLAIN, VB_QUERY_PROFILE } vb_query_mode;

typedef struct vb_query_options {
    bool write; /* CREATE, MERGE, SET, REMOVE, DELETE are allowed */
    vb_query_mode explain;
    unsigned timeout_ms; /* 0: none */
    size_t memory;       /* bytes that the query may hold; 0: 1 GiB */
    const vb_entry *params;
    size_t n_params;
    const vb_procedure *procedures; /* beside the built-in ones */
    size_t n_procedures;
    const volatile int *stop; /* not 0: stop soon with VB_STOPPED; may be NULL */
} vb_query_options;

/** What a query changed, as the TCK counts it: seen from outside, before and after. */
typedef struct vb_query_effects {
    int64_t nodes_added, nodes_removed, relationships_added, relationships_removed;
    int64_t properties_added, properties_removed, labels_added, labels_removed;
} vb_query_effects;

typedef struct vb_query vb_query;

/**
 * Compile a query; errors at compile time come from here. Nothing runs yet.
 * @param text     borrowed for the call. @param options borrowed until vb_query_close(); NULL: none.
 * @return VB_OK; VB_BAD_INPUT (the query), VB_BAD_ARGUMENT (it writes and may not), VB_TOO_LARGE (nesting,
 *         memory), VB_NO_MEMORY, VB_STORE. End it: vb_query_close().
 */
vb_status vb_query_open(vb_store *store, vb_str text, const vb_query_options *options, vb_query **out,
                        vb_query_error *err);

/** The names of the columns; none of a query that returns nothing. Theirs until vb_query_close(). */
const vb_str *vb_query_columns(const vb_query *query, size_t *n);

/**
 * The next row: a value for each column, valid until the next call; *row is NULL at the end. A query that
 * writes runs whole at the first call, in one transaction, and has been committed when its first row comes;
 * on failure nothing of it is kept.
 */
vb_status vb_query_next(vb_query *query, const vb_value **row, vb_query_error *err);

/** What a query without rows may have got wrong: labels and types that nothing in the store has, each a line.
 */
const vb_str *vb_query_notes(const vb_query *query, size_t *n);

/** Visit the words of the language: kind 'k' a keyword, 'f' a function, 'p' a procedure. */
typedef void (*vb_word_fn)(void *context, char kind, const char *word);
void vb_query_words(vb_word_fn fn, void *context);

/** What the query changed; final when vb_query_next() has given a row or the end. */
const vb_query_effects *vb_query_changed(const vb_query *query);

/** End a query; NULL is fine. */
void vb_query_close(vb_query *query);

/** Read a Cypher literal (also lists, maps, negative numbers): a parameter's value. */
vb_status vb_value_parse(vb_str text, vb_arena *arena, vb_value *out, vb_query_error *err);

/* ---- files out ---------------------------------------------------------------------------------------- */

typedef struct vb_export_options {
    vb_cut_options cut;
    const char *format;   /* a name of vb_export_formats() */
    const char *data_dir; /* a folder whose style.tsv and view.* replace the built-in ones; NULL: none */
    const char *size_by;  /* a measure's name: node sizes; NULL: degree */
    const char *title;    /* NULL: one made from the cut */
    bool no_layout;       /* leave places and communities out (default above 50,000 nodes) */
    bool layout;          /* put them in above 50,000 nodes too */
} vb_export_options;

typedef struct vb_export_format {
    const char *name;      /* "graphml" */
    const char *extension; /* ".graphml" */
    const char *help;      /* one line: which programs read it */
    bool folder;           /* two files: vb_export_folder() writes it */
} vb_export_format;

/** The formats that vb_export() writes, sorted by name. */
const vb_export_format *vb_export_formats(size_t *n);

/** Write a cut of the graph to @p out; the same store gives the same bytes. [igraph] */
vb_status vb_export(vb_store *store, const vb_export_options *options, FILE *out, vb_error *err);

/** As vb_export(), of a format of two files: nodes.csv and edges.csv in the folder @p path, which is made
 * when it is not there. Both are replaced when both are whole, else none. @return also VB_IO. [igraph] */
vb_status vb_export_folder(vb_store *store, const vb_export_options *options, const char *path,
                           vb_error *err);

#endif
