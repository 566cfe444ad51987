/**
 * What the files of the store share (graph/store*.c, graph/schema.c) and nobody else sees. Other rooms reach
 * a store by graph.h; its tables are told in schema.c.
 */
#ifndef VB_STORE_H
#define VB_STORE_H

#include "graph/graph.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <time.h>

#define VB_APPLICATION_ID 0x56726264 /* "Vrbd" */

enum {
    VB_STATEMENTS = 256, /* prepared statements a store keeps; the longest unused one makes room */
    VB_POINTERS = 512,   /* slots to find them by the address of their text; a power of two */
    VB_BUSY_MS = 30000,  /* how long to wait for another program's writing, */
    VB_BUSY_STEP_MS = 1, /* and in which steps */
    VB_NAME_MAX = 4096   /* bytes of a name that is looked up: nothing longer is found */
};

typedef struct vb_statement {
    sqlite3_stmt *stmt;
    uint64_t hash, used;
} vb_statement;

#define VB_CELL_NULL INT64_MIN

/** A value on its way into a table: text of n bytes; without one the number n, or nothing: VB_CELL_NULL. */
typedef struct vb_cell {
    const char *text;
    int64_t n;
} vb_cell;

/** Rows on their way into a table: n times as many cells as columns, at most 17. See store_rows.c. */
typedef struct vb_rows {
    vb_cell *cells;
    size_t n, columns;
} vb_rows;

typedef struct vb_known vb_known;
typedef struct vb_pending vb_pending;

struct vb_store {
    sqlite3 *db;
    bool writing; /* opened to write */
    bool batch;   /* between vb_store_begin() and its end */
    int64_t
        new_passages;    /* least id given since the batch began, to be put into the full-text index at its */
    int64_t new_aliases; /* end; 0: none. See store_words.c */
    bool loading;        /* between vb_store_load_begin() and its end */
    bool lifted;         /* corrections are off until the batch is committed: store_correct_lift.c */
    double correcting_ms;    /* what taking them off and on took, the last time */
    struct timespec waiting; /* since when, for another writer */
    uint64_t clock;
    size_t n_statements;
    vb_statement statements[VB_STATEMENTS];
    uint16_t by_pointer[VB_POINTERS]; /* where a text of that address was last; a hint */
    vb_rows rows;                     /* what verband_rows holds while a statement runs */
    vb_known *known;                  /* store_known.c; NULL until there is something */
    vb_pending *pending;              /* store_pending.c; NULL until there is something */
    bool puts;                        /* the batch is one of documents */
    bool putting;                     /* who reads the tables now knows what waits beside them */
    int64_t labels[VB_LABEL_COUNT];   /* ids in label_set; 0: the file does not know it */
    int64_t relations[VB_REL_COUNT];  /* ids in relation */
};

/* ---- store.c --------------------------------------------------------------------------------------------
 */

/** How a connection behaves; whether it waits for other writers (up to VB_BUSY_MS), which is part of that. */
vb_status vb_store_configure(vb_store *store, vb_error *err);
void vb_store_wait(vb_store *store, bool wait);

/** Learn the ids of the ontology's labels and relations in this file. */
vb_status vb_store_learn(vb_store *store, vb_error *err);

/** Roll back all of a batch that failed, which stays open: vb_store_commit() will say that it is no more. */
void vb_store_end_batch(vb_store *store);

/** End the statements that are kept. */
void vb_store_statements_end(vb_store *store);

/* ---- store_backup.c -------------------------------------------------------------------------------------
 */

/** Every page of @p from's moment over what @p to holds, in one transaction. @p doing: for messages. */
vb_status vb_store_copy(vb_store *from, struct sqlite3 *to, const char *doing, vb_error *err);

/* ---- store_sql.c --------------------------------------------------------------------------------------- */

/** As vb_sql_do(), of a list of arguments. */
vb_status vb_sql_do_list(vb_store *store, vb_error *err, const char *sql, const char *kinds, va_list args);

/* ---- store_rows.c -------------------------------------------------------------------------------------- */

/** Make verband_rows known to SQL. */
vb_status vb_rows_register(vb_store *store, vb_error *err);

/** A text; the same, or nothing where it is empty; a number, or nothing where it is 0; and a cell's text. */
vb_cell vb_cell_of(vb_str s);
vb_cell vb_cell_text(vb_str s);
vb_cell vb_cell_some(int64_t n);
vb_str vb_cell_str(const vb_cell *cell);

/** Run a statement that reads verband_rows, bound as by vb_sql_bind(); nothing when there are none. */
vb_status vb_rows_put(vb_store *store, const vb_rows *rows, vb_error *err, const char *sql, const char *kinds,
                      ...);

/* ---- store_known.c ------------------------------------------------------------------------------------- */

/** What a name is looked up among: rules; files, and numbers, of this batch's documents; the nodes of a
 * label; names of a node (its id); whether a node has nothing to learn from a gazetteer that gives it this
 * name; and, of no name, whether all names of a node are known, and whether it is a document of this batch.
 */
#define VB_KNOWN_RULE         ((int64_t)-1)
#define VB_KNOWN_FILE         ((int64_t)-1000)
#define VB_KNOWN_NUMBER       ((int64_t)-1001)
#define VB_KNOWN_LETTER(node) (INT64_MIN / 4 + (node))
#define VB_KNOWN_NODE(label)  (-2 - (int64_t)(label))
#define VB_KNOWN_NAME(node)   (node)
#define VB_KNOWN_MET(node)    (INT64_MIN + (node))
#define VB_KNOWN_ALL(node)    (INT64_MIN / 2 + (node))

/** The id that was learnt; 0: none was. Inside a batch only. @return VB_NO_MEMORY. */
int64_t vb_known_id(const vb_store *store, int64_t of, vb_str name);

vb_status vb_known_learn(vb_store *store, int64_t of, vb_str name, int64_t id, vb_error *err);

/** Whether every node, name and rule is known: of a store that held nothing when this was begun. */
bool vb_known_is_all(const vb_store *store);

/** Whether it is time to forget, once nothing waits. */
bool vb_known_is_full(const vb_store *store);

/** Forget an id: its row ends. Forget every id. */
void vb_known_unlearn(vb_store *store, int64_t of, vb_str name);
void vb_known_forget(vb_store *store);

/** So many documents more give this name. @return VB_NO_MEMORY, never when taking back what was given. */
vb_status vb_known_give(vb_store *store, int64_t alias, int64_t n);

/** What the row of a name does not tell yet; and the same for a row that will tell it. */
int64_t vb_known_given(const vb_store *store, int64_t alias);
int64_t vb_known_take(vb_store *store, int64_t alias);

/** Bring alias.documents up to date. */
vb_status vb_known_flush(vb_store *store, vb_error *err);

/** At the first document of all. */
vb_status vb_known_open(vb_store *store, vb_error *err);

/** At the beginning of a batch: forget what somebody else may have changed. Just before its commit, and just
 * after: note which changes are our own. */
vb_status vb_known_begin(vb_store *store, vb_error *err);
vb_status vb_known_version(vb_store *store, vb_error *err);
void vb_known_commit(vb_store *store);

/** After a batch that was rolled back. */
void vb_known_drop(vb_store *store);
void vb_known_free(vb_known *known);

/* ---- schema.c ----------------------------------------------------------------------------------------- */

/** The version of the schema that this program writes. */
int vb_schema_version(void);

/** Make an empty file a store, or bring an older one up to date. Wholly or not at all. */
vb_status vb_schema_migrate(vb_store *store, vb_error *err);

/** The ontology's labels and relations; those that are there already stay as they are. */
vb_status vb_schema_ontology(vb_store *store, vb_error *err);

/** As vb_sql_id(), of a statement without parameters. */
vb_status vb_sql_int(vb_store *store, vb_error *err, const char *sql, int64_t *out);

/* ---- a growing list of ids, in an arena --------------------------------------------------------------- */

typedef VB_VEC(int64_t) vb_ids;

/** Run a query and append the first column of its rows. */
vb_status vb_sql_ids(vb_store *store, vb_error *err, vb_arena *arena, vb_ids *out, const char *sql,
                     const char *kinds, ...);

void vb_ids_sort(vb_ids *ids);

/** Sort, and drop what is there twice. */
void vb_ids_unique(vb_ids *ids);

/* ---- store_put*.c ------------------------------------------------------------------------------------- */

/** One document on its way into the store. */
typedef struct vb_put {
    vb_store *store;
    const vb_record *record;
    vb_arena *arena;
    int64_t document; /* row in document; 0 until it has one */
    bool changed;     /* it is a new version of one that was there */
    vb_str key;       /* of its node */
    int64_t self;     /* its node */
    vb_cell *row;     /* of the document, which waits */
    int64_t *nodes;   /* node of each of the record's nodes; 0 until it is used; and its key */
    vb_str *keys;
    vb_ids old_edges; /* edges that the former version said, and what it said of each (store_forget.c) */
    struct vb_saying *old_sayings;
    vb_str old_date;
    vb_ids old_nodes; /* nodes that may be without a reason to live now */
    vb_ids old_aliases;
    vb_ids names; /* rows of alias that this document gives */
} vb_put;

/** Refuse a record that breaks a rule of the store. */
vb_status vb_put_validate(const vb_record *record, vb_error *err);

/** Take out what the former version of this file said; what hung on it is noted in p->old_*. */
vb_status vb_put_forget(vb_put *p, vb_error *err);

/** End what has no reason to live any more, and count anew what lost a part. */
vb_status vb_put_sweep(vb_put *p, vb_error *err);

/** The sum of a document's text and of the fields of its row: file, path, title, date, kind, sender, number.
 * @p hash: vb_hash_text(); of what older versions wrote vb_hash(). */
int64_t vb_document_sum(uint64_t (*hash)(vb_str), vb_str text, const vb_str *fields, size_t n);

/** Find or make the document's own node; every node that it speaks of; and its row. */
vb_status vb_put_self(vb_put *p, vb_error *err);
vb_status vb_put_nodes(vb_put *p, vb_error *err);
vb_status vb_put_document(vb_put *p, vb_error *err);

/** The node of that label and key; 0: none. */
vb_status vb_put_find(vb_store *store, vb_label label, vb_str key, int64_t *out, vb_error *err);

/** The key of a person of whom something is known: that of the node that means the same one, or of a new one.
 */
vb_status vb_put_person(vb_put *p, const vb_rec_node *n, vb_str *key, vb_error *err);

/** Give a node a name that this document stands for. */
vb_status vb_put_alias(vb_put *p, int64_t node, vb_str name, vb_error *err);

/** Write down which names the document gives. */
vb_status vb_put_names(vb_put *p, vb_error *err);

/** Make @p name the node's own name. */
vb_status vb_put_rename(vb_put *p, int64_t node, vb_str name, vb_error *err);

/** Whether the file is the same letter as another file's document: then it is noted, and nothing else is to
 * do. */
vb_status vb_put_duplicate(vb_put *p, bool *is, vb_error *err);

/** Keep what other files are compared with. */
vb_status vb_put_sketch(vb_put *p, vb_error *err);

/** The id of a rule's name, made when it is new; none of an empty name. */
vb_status vb_put_rule(vb_put *p, vb_str rule, vb_cell *out, vb_error *err);

vb_status vb_put_mentions(vb_put *p, vb_error *err);
vb_status vb_put_edges(vb_put *p, vb_error *err);
vb_status vb_put_passages(vb_put *p, vb_error *err);

/** Count anew what the sentences of an edge of documents or persons come to. */
vb_status vb_edge_count_anew(vb_store *store, int64_t edge, vb_error *err);

/** A symmetric edge is stored once, from the end whose label and key come first. *turned: from the other one.
 */
vb_status vb_edge_order_ends(vb_store *store, int64_t *source, int64_t *target, bool *turned, vb_error *err);

/* ---- store_correct_lift.c ----------------------------------------------------------------------------- */

/** Whether the way back from corrections is as it was written. @return VB_STORE when it is damaged. */
vb_status vb_effect_check(vb_store *store, vb_error *err);

/** Put corrections back on, where vb_corrections_lift() took them off. */
vb_status vb_corrections_apply(vb_store *store, vb_error *err);

/* ---- store_read.c ------------------------------------------------------------------------------------- */

/** Reads pieces of documents' texts, cheapest when pieces of one document follow each other. {.store = s};
 * end it: vb_texts_clear(). */
typedef struct vb_texts {
    vb_store *store;
    sqlite3_blob *blob;
    int64_t document;
} vb_texts;
vb_status vb_texts_get(vb_texts *texts, int64_t document, int64_t start, int64_t length, vb_arena *arena,
                       vb_str *out, vb_error *err);
void vb_texts_clear(vb_texts *texts);

/** As vb_store_edge(); with @p document only its evidence, in the order of places; else (0) best first. */
vb_status vb_edge_read(vb_texts *texts, int64_t id, int64_t document, size_t evidence, vb_arena *arena,
                       vb_edge *out, vb_error *err);

/* ---- store_words.c ------------------------------------------------------------------------------------ */

/** Note that a row of passage or alias is new in this batch. */
void vb_words_note(int64_t *least, int64_t id);

/** Take a row out of the full-text index, before it ends; nothing when it is new in this batch. */
vb_status vb_words_drop_passages(vb_store *store, int64_t document, vb_error *err);
vb_status vb_words_drop_alias(vb_store *store, int64_t alias, vb_error *err);

/** Put a row of alias that is back into the full-text index; nothing when vb_words_flush() will. */
vb_status vb_words_add_alias(vb_store *store, int64_t alias, vb_error *err);

/** Put what is new into the full-text index: the last step before a commit. */
vb_status vb_words_flush(vb_store *store, vb_error *err);

/* ---- store_names.c ------------------------------------------------------------------------------------ */

/** The row of the loaded document that @p name (file name, path or key) means. @return VB_UNKNOWN_NAME. */
vb_status vb_store_document(vb_store *store, vb_str name, int64_t *out, vb_error *err);

/** "Label:key (name)" of a node, for messages. */
vb_status vb_node_text(const vb_node *node, vb_arena *arena, vb_str *out);

#endif
