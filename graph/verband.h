/**
 * Verband: an embedded graph of actors, programmes and regions, read out of Dutch government documents.
 *
 * This is the one public header of libverband. It knows four kinds of thing:
 *
 *   vb_store    a graph in one SQLite file: nodes, edges, and for every edge the sentences that say it
 *   vb_loader   compiled gazetteers and rules; reads documents into a store
 *   queries     functions that answer from a store: names, cards, paths, rankings, questions
 *   exporters   functions that write a cut of the graph for other programs
 *
 * Rules that hold for every function here:
 *   - A function returns a vb_status; results are written only when it is VB_OK, unless its comment says so.
 *   - vb_error may be NULL everywhere; otherwise it receives one line for people.
 *   - Results live in the vb_arena the caller passes in, until vb_arena_free().
 *   - A vb_str is a borrowed view; it may hold NUL and need not end in one, unless stated.
 *   - All text is UTF-8; all offsets are bytes; dates are ISO 8601 (YYYY-MM-DD), empty when not known.
 *   - The library prints nothing, never exits and keeps no global state of its own. A store may be used by
 *     one thread at a time; a loader may be shared by threads. igraph as Debian builds it is not thread-safe:
 *     functions marked [igraph] must not run in two threads at once.
 */
#ifndef VERBAND_H
#define VERBAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define VB_VERSION  "0.1.0"
#define VB_TEXT_MAX ((size_t)16 << 20) /* bytes in one document's text */

/* ---- status and errors -------------------------------------------------------------------------------- */

typedef enum vb_status {
    VB_OK = 0,
    VB_NOT_FOUND,     /* nothing there: an empty answer is one too                               */
    VB_UNKNOWN_NAME,  /* a name that no node has; the error names the nearest ones               */
    VB_AMBIGUOUS,     /* a name that several nodes have; the error lists them                    */
    VB_BAD_ARGUMENT,  /* an argument outside what the function takes                             */
    VB_BAD_INPUT,     /* a file or text that cannot be read as what it claims to be              */
    VB_BAD_UTF8,      /* err->at is the first bad byte                                           */
    VB_TOO_LARGE,     /* past a limit that the function's comment names                          */
    VB_IO,            /* the operating system refused a file; the error says which and why       */
    VB_STORE,         /* SQLite refused; the error carries its words                             */
    VB_STORE_FOREIGN, /* not a Verband store                                                     */
    VB_STORE_NEWER,   /* a store from a newer version                                            */
    VB_STORE_OLDER,   /* a store from an older one, to be read: opened to write it is up to date */
    VB_NO_MEMORY,
    VB_STOPPED, /* a callback asked to stop, or the user did                               */
    VB_UNKNOWN, /* `ask` could not read the question                                       */
} vb_status;

typedef struct vb_error {
    vb_status status;
    size_t at;          /* byte offset in the input, where it applies */
    unsigned line;      /* 1-based line in the input, 0 where it does not apply */
    char message[1024]; /* one line, no newline at its end */
} vb_error;

/* ---- strings and memory ------------------------------------------------------------------------------- */

typedef struct vb_str {
    const char *at;
    size_t len;
} vb_str; /* view: never freed, may hold NUL */
typedef struct vb_buf {
    char *at;
    size_t len, cap;
} vb_buf; /* owner: {0} ... vb_buf_clear()   */
typedef struct vb_arena vb_arena;

// clang-format off
/** Items in an arena. */
#define VB_LIST(T) struct { T *at; size_t len; }
// clang-format on

/** A view of the NUL-terminated @p s; {NULL, 0} of NULL. */
vb_str vb_str_of(const char *s);

/** Make an empty arena. @return NULL when there is no memory. The caller frees it: vb_arena_free(). */
vb_arena *vb_arena_new(void);

/** End an arena and everything in it; NULL is fine. */
void vb_arena_free(vb_arena *arena);

/** Empty what @p buf holds and make it {0} again. */
void vb_buf_clear(vb_buf *buf);

/* ---- what the ontology knows -------------------------------------------------------------------------- */

/** Labels in the order of the ontology. ROW(enum suffix, label as users see it). */
// clang-format off
#define VB_LABELS(ROW) \
    ROW(MINISTRY, "Ministry") \
    ROW(ORGANISATION, "Organisation") \
    ROW(PERSON, "Person") \
    ROW(PARTY, "Party") \
    ROW(MUNICIPALITY, "Municipality") \
    ROW(REGION, "Region") \
    ROW(COUNTRY, "Country") \
    ROW(PROGRAMME, "Programme") \
    ROW(LAW, "Law") \
    ROW(DOCUMENT, "Document")
// clang-format on

typedef enum vb_label {
#define VB_AS_ENUM(name, text) VB_LABEL_##name,
    VB_LABELS(VB_AS_ENUM)
#undef VB_AS_ENUM
        VB_LABEL_COUNT
} vb_label;

typedef enum vb_origin { VB_ORIGIN_TEXT, VB_ORIGIN_GAZETTEER, VB_ORIGIN_PERSON, VB_ORIGIN_IMPORT } vb_origin;
typedef enum vb_certainty { VB_STATED, VB_ANNOUNCED } vb_certainty;

/** The label's name ("Ministry"); never NULL. */
const char *vb_label_name(vb_label label);

/** Find a label by its exact name. @return false when there is none. */
bool vb_label_find(vb_str name, vb_label *out);

/** The ontology's relations in its order: the @p i th ("MENTIONS" is 0); NULL past the last. */
const char *vb_relation_name(size_t i);

/** "text", "gazetteer", "person" or "import". */
const char *vb_origin_name(vb_origin origin);

/** "stated" or "announced". */
const char *vb_certainty_name(vb_certainty certainty);

/* ---- a graph in a file -------------------------------------------------------------------------------- */

typedef struct vb_store vb_store;

typedef enum vb_open_mode {
    VB_OPEN_READ,  /* the file must be there */
    VB_OPEN_WRITE, /* made when it is not there; an older one is migrated */
} vb_open_mode;

/**
 * Open the graph in @p path (":memory:" for one that is never written to disk).
 * One of an older version is brought up to date when it is opened to write, in one transaction.
 * @return VB_OK; VB_NOT_FOUND (no such file, reading); VB_STORE_FOREIGN; VB_STORE_NEWER; VB_STORE_OLDER
 *         (reading); VB_STORE; VB_IO; VB_NO_MEMORY. The caller ends it: vb_store_close(), also safe with
 * NULL.
 */
vb_status vb_store_open(const char *path, vb_open_mode mode, vb_store **out, vb_error *err);
void vb_store_close(vb_store *store);

/**
 * Hold one view of the store: until vb_store_release() every answer is of the moment of the first one,
 * whatever other programs write. Each function that answers does so for itself; hold a store to ask it
 * several things about one graph. Nothing may be written meanwhile. Inside another hold, or a batch, it does
 * nothing.
 * @param held what vb_store_release() is to be given; false unless VB_OK. @return VB_OK, VB_STORE,
 * VB_NO_MEMORY.
 */
vb_status vb_store_hold(vb_store *store, bool *held, vb_error *err);
void vb_store_release(vb_store *store, bool held);

/** A node as every answer shows it. */
typedef struct vb_node {
    int64_t id;
    vb_str label, key, name;
    vb_str document; /* the file name, when the node is a loaded document; else empty */
} vb_node;

typedef VB_LIST(vb_node) vb_nodes;

/** What of a sentence says its edge: the word that the rule is found by, and the words that name the two ends
 *  ("ik", a name in a note the sentence calls). */
enum { VB_MARK_CUE, VB_MARK_SOURCE, VB_MARK_TARGET, VB_MARKS };

/** A stretch of a document's text, in bytes; -1 and -1 where there is none. */
typedef struct vb_place {
    int64_t start, end;
} vb_place;

/** One sentence that says an edge. Without a document (gazetteer, person) text is empty and start = end = -1.
 */
typedef struct vb_evidence {
    vb_str document; /* file name */
    vb_str date;     /* the document's date */
    int64_t start, end;
    vb_str text; /* the sentence as the document has it */
    vb_str rule; /* which rule made it */
    vb_origin origin;
    vb_certainty certainty;
    vb_str since,
        until;         /* when it holds, as the sentence says: 2024, 2024-05 or 2024-05-01; empty: not said */
    int64_t amount;    /* in euros, of what is paid; 0: not said */
    vb_str amount_per; /* "year" where so much is paid every year; else empty */
    vb_place marks[VB_MARKS];
} vb_evidence;

typedef struct vb_edge {
    int64_t id;
    vb_node source, target;
    vb_str type;
    vb_origin origin;
    vb_certainty certainty; /* stated when one sentence states it */
    int64_t weight;         /* number of sentences (MENTIONS: of mentions); 1 where there are none */
    vb_str first, last;     /* dates of the first and the last document that says it */
    int64_t amount;         /* the largest that a sentence gives, in euros; 0: none does */
    bool symmetric;
    vb_evidence *evidence; /* best first; NULL where the caller did not ask for it */
    size_t n_evidence;
} vb_edge;

typedef VB_LIST(vb_edge) vb_edges;

typedef struct vb_mention {
    vb_node node;
    vb_str document;
    int64_t start, end;
    vb_str text;    /* the words of the document */
    vb_str article; /* of a law: "13b"; else empty */
    vb_str rule;    /* which source and rule made it */
} vb_mention;

typedef struct vb_document {
    vb_node node;
    vb_str file, key, title, date, kind, sender, number;
    int64_t n_mentions, n_edges, n_bytes;
} vb_document;

/**
 * The public identifier of what a law's mention cites: a Juriconnect reference with the article
 * ("jci1.3:c:BWBR0001941&artikel=13b"), the European Legislation Identifier of an EU act; empty for others.
 * Source: Juriconnect, standard BWB 1.3.1; Council conclusions on ELI, OJ C 441, 22.12.2017.
 */
vb_status vb_mention_identifier(const vb_mention *mention, vb_arena *arena, vb_str *out);

typedef vb_status (*vb_mention_fn)(void *context, const vb_mention *mention);
typedef vb_status (*vb_edge_fn)(void *context, const vb_edge *edge);
typedef vb_status (*vb_document_fn)(void *context, const vb_document *document);

/**
 * Visit what was extracted, in the order of documents and places. Views last until the callback returns; a
 * callback that returns anything but VB_OK ends the visit with that status.
 * @param document file name or key of one document; empty for all.
 * vb_store_edges() calls once for each edge but MENTIONS, with all its evidence from @p document (or from all
 * of them); an edge that no sentence says has one entry of evidence, which tells its origin.
 */
vb_status vb_store_mentions(vb_store *store, vb_str document, vb_mention_fn fn, void *context, vb_error *err);
vb_status vb_store_edges(vb_store *store, vb_str document, vb_edge_fn fn, void *context, vb_error *err);
vb_status vb_store_documents(vb_store *store, vb_document_fn fn, void *context, vb_error *err);

/** A file that is the same letter as a loaded document, in another format: its number, its kind and its text
 * say so. It gave nothing to the graph itself. */
typedef struct vb_duplicate {
    vb_str document;   /* file name of the document that stands for both */
    vb_str file, path; /* of the other */
    vb_str number, title;
} vb_duplicate;
typedef vb_status (*vb_duplicate_fn)(void *context, const vb_duplicate *duplicate);
vb_status vb_store_duplicates(vb_store *store, vb_duplicate_fn fn, void *context, vb_error *err);

/** The extracted text of one loaded document, named by file name, path or key. */
vb_status vb_store_text(vb_store *store, vb_str document, vb_arena *arena, vb_str *out, vb_error *err);

/**
 * All nodes a name may mean: "Label:" narrows it; exact name or alias first, then key, then name or alias
 * with case and diacritics folded. The first of these steps that finds anything decides.
 * @return VB_OK with at least one node; VB_UNKNOWN_NAME (the error names the nearest).
 */
vb_status vb_store_resolve(vb_store *store, vb_str name, vb_arena *arena, vb_nodes *out, vb_error *err);

/** As vb_store_resolve(), for exactly one node. @return also VB_AMBIGUOUS, the candidates in the error. */
vb_status vb_store_resolve_one(vb_store *store, vb_str name, vb_arena *arena, vb_node *out, vb_error *err);

/** Up to @p limit nodes whose names are nearest to @p name (edit distance, shared words). */
vb_status vb_store_suggest(vb_store *store, vb_str name, size_t limit, vb_arena *arena, vb_nodes *out,
                           vb_error *err);

typedef struct vb_count {
    vb_str name;
    int64_t n;
} vb_count;
typedef struct vb_stats {
    int64_t n_nodes, n_edges, n_documents, n_mentions, n_evidence, n_bytes; /* n_edges without MENTIONS */
    int64_t n_mention_edges;
    vb_count *labels;
    size_t n_labels;
    vb_count *relations;
    size_t n_relations;
    vb_count *documents_by_year;
    size_t n_years;
    int schema_version;
} vb_stats;
vb_status vb_store_stats(vb_store *store, vb_arena *arena, vb_stats *out, vb_error *err);

/** One finding of vb_store_check(): which rule, and where. */
typedef vb_status (*vb_finding_fn)(void *context, const char *rule, const char *where);

/**
 * Check the file (SQLite's integrity and foreign keys) and the graph's own rules: documents whole, offsets
 * that spell their text, edges with evidence, domain and range. Beside a writer it waits, for 30 seconds at
 * most, for a gap in which it can look into the full-text index.
 * @param n_findings how many there are; may be NULL.
 */
vb_status vb_store_check(vb_store *store, vb_finding_fn fn, void *context, size_t *n_findings, vb_error *err);

/**
 * Copy a store, as it is at this moment, into a new file; others may read and write it meanwhile. The copy is
 * a store like any other. @return VB_OK; VB_IO (the file exists, cannot be written; nothing is left of it),
 * VB_STORE, VB_NO_MEMORY. Cost: reading and writing the file once.
 */
vb_status vb_store_backup(vb_store *store, const char *path, vb_error *err);

/**
 * Put the graph of another store, which must be in order, in this one's place, in one transaction: other
 * readers see the old graph until it is done. @return VB_OK; VB_NOT_FOUND, VB_STORE_FOREIGN, VB_STORE_NEWER,
 * VB_BAD_INPUT (@p path is not in order), VB_STORE, VB_IO, VB_NO_MEMORY. On failure the store is as it was.
 * Cost: checking @p path.
 */
vb_status vb_store_restore(vb_store *store, const char *path, vb_error *err);

/**
 * Save what can be saved of a store that vb_store_check() finds damaged, or that cannot be opened any more.
 * Its rows are copied, as far as they can be read, into a new store; a document of which anything is missing
 * or breaks a rule is taken out whole, for a part of it would be a wrong answer; what rests on the others is
 * counted anew. The new store takes the old one's place, which stays beside it as "<path>.damaged".
 * @param fn       gets "lost document" and its path for each document that must be loaded again, and what
 * else is lost; may be NULL. @param n_lost how often; may be NULL.
 * @return VB_OK; VB_NOT_FOUND, VB_STORE_FOREIGN, VB_STORE (nothing can be read, or the rest breaks rules: the
 * old file is untouched), VB_IO, VB_NO_MEMORY. Nobody else may have the store open. Until it has its place
 * the new store is "<path>.repair-XXXXXX"; what a repair that was killed left there the next one removes.
 */
vb_status vb_store_repair(const char *path, vb_finding_fn fn, void *context, size_t *n_lost, vb_error *err);

/* ---- documents in ------------------------------------------------------------------------------------- */

typedef struct vb_loader vb_loader;

/**
 * Compile gazetteers and rules.
 * @param data_dir a folder whose files replace or add to the built-in ones; NULL for those alone.
 * @return VB_OK; VB_BAD_INPUT (file and line in the error); VB_NO_MEMORY. End it: vb_loader_free().
 */
vb_status vb_loader_new(const char *data_dir, vb_loader **out, vb_error *err);
void vb_loader_free(vb_loader *loader);

typedef enum vb_load_outcome {
    VB_LOAD_NEW,
    VB_LOAD_CHANGED,
    VB_LOAD_SAME,
    VB_LOAD_SKIPPED,
    VB_LOAD_DUPLICATE
} vb_load_outcome;

typedef struct vb_load_event {
    const char *path;
    vb_load_outcome outcome;
    const vb_error *error; /* why, when skipped; else NULL */
    const char *note;      /* e.g. that the text was Windows-1252; else NULL */
    size_t done, total;    /* files */
    size_t n_mentions, n_edges;
} vb_load_event;
typedef vb_status (*vb_load_fn)(void *context, const vb_load_event *event);

typedef struct vb_load_options {
    unsigned jobs;     /* threads that read and analyse; 0 and 1: this one */
    vb_load_fn report; /* called in this thread after each file; may be NULL; VB_STOPPED ends the load */
    void *context;
} vb_load_options;

typedef struct vb_load_summary {
    size_t n_new, n_changed, n_same, n_skipped, n_duplicates, n_mentions, n_edges, n_bytes;
} vb_load_summary;

/**
 * Load files and folders ("-" is standard input, named "stdin"). One bad file is reported and skipped, the
 * rest is loaded. Each document is stored wholly or not at all; commits come every 4,096 documents or ten
 * seconds, and another writer waits for its turn up to 30 seconds.
 * @return VB_OK, also when files were skipped (summary->n_skipped); a store's or memory's failure otherwise.
 */
vb_status vb_load_paths(const vb_loader *loader, vb_store *store, const char *const *paths, size_t n_paths,
                        const vb_load_options *options, vb_load_summary *summary, vb_error *err);

/** Load one document from memory under the file name @p name. */
vb_status vb_load_bytes(const vb_loader *loader, vb_store *store, vb_str name, vb_str bytes,
                        vb_load_outcome *outcome, vb_error *err);

/** A candidate that lost at a mention's place. */
typedef struct vb_candidate {
    vb_str label, key, name, text;
    int64_t start, end;
    vb_str rule, why; /* which source and rule proposed it; why it lost */
    unsigned score;   /* certainty, 0 to 1000 */
} vb_candidate;

typedef vb_status (*vb_explain_fn)(void *context, const vb_mention *mention, unsigned score,
                                   const vb_candidate *beaten, size_t n_beaten);

/**
 * Tell what makes each mention: analyse the stored text of @p document (empty: of all) anew with @p loader,
 * and visit its mentions in text order, each with its certainty and the candidates that it beat (at most 16).
 * The store stays as it is; a mention that @fn sees is what a load with this loader would store. mention's id
 * is 0. Views last until the callback returns; anything but VB_OK from it ends the visit with that status.
 * Cost: that of loading the document, without relations.
 */
vb_status vb_mentions_explain(const vb_loader *loader, vb_store *store, vb_str document, vb_explain_fn fn,
                              void *context, vb_error *err);

/** One finding of vb_gazetteer_lint(): the line, 0 for the file as a whole, and what is wrong there. */
typedef vb_status (*vb_lint_fn)(void *context, unsigned line, const char *message);

/**
 * Check a user's own gazetteer, a file that `--data` takes: its name is that of one of the tables; columns,
 * cells, keys of the label's form, keys and names there twice, codes of provinces and countries, marks,
 * ordinary words without "?", names that another table has for something else.
 * @param n_findings how many there are; may be NULL.
 * @return VB_OK, also with findings; VB_NOT_FOUND (no table has this name; the error lists them), VB_IO,
 * VB_BAD_UTF8, VB_TOO_LARGE, VB_NO_MEMORY; what @p fn returns when that is not VB_OK.
 */
vb_status vb_gazetteer_lint(const char *path, vb_lint_fn fn, void *context, size_t *n_findings,
                            vb_error *err);

/* ---- a graph in --------------------------------------------------------------------------------------- */

typedef struct vb_import_summary {
    size_t n_nodes, n_new_nodes; /* nodes that the files tell, and those that are new */
    size_t n_edges, n_new_edges;
} vb_import_summary;

/**
 * Import a graph from files, in one transaction: wholly or not at all. Any labels and relations. A file's
 * format is found by its content; a node comes before the edges that end in it, in the order of @p paths.
 *
 * CSV as Neo4j's bulk import reads it (RFC 4180, UTF-8). Nodes: `NAME:ID` or `:ID` identifies a row within
 * the files (and becomes property NAME), `:LABEL` lists labels with ';'. `key` (else the ID), `name`,
 * `aliases`, `document` (the node is a loaded document of this file name) and its `date` mean what they mean
 * everywhere. Edges: `:START_ID`, `:END_ID`, `:TYPE`; `count` sentences, `text` the words, `document` and
 * `date` who says it and when; rows of one relation between the same nodes are one edge when the file has
 * such a column and the row no property. Every other column is a property; types: string int float boolean
 * date, [] behind it a list with
 * ';'. An empty cell is no property.
 *
 * JSON lines: what Neo4j's apoc.export.json writes ({"type":"node","id","labels","properties"} and
 * {"type":"relationship","label","start":{"id"},"end":{"id"},"properties"}), the names above meaning the same
 * among the properties; and what `verband edges --format jsonl` writes.
 *
 * GraphML (http://graphml.graphdrawing.org/specification.html): labels from the attribute or key `labels` or
 * the key `type`, an edge's relation from its attribute or key `label` or the key `relation` (RELATED_TO
 * where none says it); what Verband, Neo4j, igraph, NetworkX and Gephi write.
 * @return VB_OK; VB_BAD_INPUT, VB_BAD_UTF8, VB_TOO_LARGE with file and line (a record is at most 16 MiB and
 * 1024 cells); VB_IO; VB_STORE; VB_NO_MEMORY. Cost: O(rows log rows) time; memory for the ids of all nodes.
 */
vb_status vb_import_files(vb_store *store, const char *const *paths, size_t n_paths,
                          vb_import_summary *summary, vb_error *err);

#include "graph/verband_corrections.h"
#include "graph/verband_queries.h"

#endif
