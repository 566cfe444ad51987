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
    const char *meaning; /* one line for people: what a high score says */
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

/** Rank nodes by an igraph measure; equal scores in order of label and key. [igraph] */
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
} vb_answer;

typedef struct vb_asker vb_asker;

/** Compile the question patterns; @p data_dir as for vb_loader_new(). End it: vb_asker_free(). */
vb_status vb_asker_new(const char *data_dir, vb_asker **out, vb_error *err);
void vb_asker_free(vb_asker *asker);

/** Answer a question in Dutch or English. A question it cannot read is VB_UNKNOWN with kind unknown. [igraph]
 */
vb_status vb_ask(const vb_asker *asker, vb_store *store, vb_str question, vb_arena *arena, vb_answer *out,
                 vb_error *err);

/* ---- files out ---------------------------------------------------------------------------------------- */

typedef struct vb_export_options {
    vb_cut_options cut;
    const char *format;   /* a name of vb_export_formats() */
    const char *data_dir; /* a folder whose style.tsv replaces the built-in one; NULL: none */
    const char *size_by;  /* a measure's name: node sizes; NULL: degree */
    const char *title;    /* NULL: one made from the cut */
    bool no_layout;       /* leave places and communities out (default above 50,000 nodes) */
    bool layout;          /* put them in above 50,000 nodes too */
} vb_export_options;

typedef struct vb_export_format {
    const char *name;      /* "graphml" */
    const char *extension; /* ".graphml" */
    const char *help;      /* one line: which programs read it */
} vb_export_format;

/** The formats that vb_export() writes, sorted by name. */
const vb_export_format *vb_export_formats(size_t *n);

/** Write a cut of the graph to @p out; the same store gives the same bytes. [igraph] */
vb_status vb_export(vb_store *store, const vb_export_options *options, FILE *out, vb_error *err);

#endif
