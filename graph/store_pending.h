/**
 * What documents of a batch said and no table holds yet: rows that wait in memory, to be written table by
 * table rather than document by document. Private to graph/store*.c.
 */
#ifndef VB_STORE_PENDING_H
#define VB_STORE_PENDING_H

#include "graph/store.h"

/** Tables that rows wait for; what refers to others stands behind them. */
typedef enum vb_pending_table {
    VB_PENDING_NODE,
    VB_PENDING_ALIAS,
    VB_PENDING_DOCUMENT,
    VB_PENDING_TEXT,
    VB_PENDING_SKETCH,
    VB_PENDING_DUPLICATE,
    VB_PENDING_ALIAS_DOCUMENT,
    VB_PENDING_MENTION,
    VB_PENDING_EDGE,
    VB_PENDING_EVIDENCE,
    VB_PENDING_PASSAGE,
    VB_PENDING_TABLES
} vb_pending_table;

enum { VB_PENDING_CHAINS = 1024 };

/** Columns of rows that are looked at while they wait. */
enum { VB_NODE_LABELS = 1, VB_NODE_KEY = 2, VB_NODE_NAME = 3, VB_NODE_ORIGIN = 4 };
enum { VB_ALIAS_NODE = 1, VB_ALIAS_NAME = 3 };
enum { VB_DOCUMENT_KIND = 7, VB_DOCUMENT_NUMBER = 9, VB_DOCUMENT_EDGES = 12 };

/** What documents of this batch say of an edge that texts or gazetteers say. */
typedef struct vb_said {
    int64_t source, type, target;
    int64_t id;
    int64_t sentences, amount, certainty, origin;
    vb_str first, last; /* dates of the documents with sentences; their texts live in the arena */
    size_t row;         /* among the rows that wait; SIZE_MAX: the table has it */
    vb_relation relation;
    uint32_t before; /* the one before it in its chain, from 1; 0: none */
} vb_said;

struct vb_pending {
    vb_rows rows[VB_PENDING_TABLES];
    size_t cap[VB_PENDING_TABLES];                   /* rows there is room for */
    vb_arena *arena, *early_arena;                   /* of the rows' texts; of those that go first */
    size_t bytes, early;                             /* of all rows and their texts; of those that go first */
    size_t early_most;                               /* may wait of those; tests lower it */
    int64_t node, alias, document, edge, passage;    /* the next id of each, */
    int64_t first_node, first_alias, first_document; /* and the first one */
    vb_said *said;
    size_t n_said, said_cap;
    uint32_t *by_ends; /* said by their ends, from 1: open addressing, at most half full */
    size_t n_by_ends;
    uint32_t newest[VB_PENDING_CHAINS]; /* the last one of each chain, by relation and source, from 1 */
    bool writing;                       /* in vb_pending_write() */
};

/** Begin a document: its ids are known from here on. What waits is written first where it takes much memory.
 * @return VB_NO_MEMORY, VB_STORE. */
vb_status vb_pending_begin(vb_store *store, vb_error *err);

/**
 * A row that waits: its cells are copied with their texts. *out, where it is asked for, holds until the next
 * row of the table. @return VB_NO_MEMORY.
 */
vb_status vb_pending_add(vb_store *store, vb_pending_table table, const vb_cell *cells, vb_cell **out,
                         vb_error *err);

/** The row of the node or document @p id; NULL: it does not wait. */
vb_cell *vb_pending_node(const vb_store *store, int64_t id);
vb_cell *vb_pending_document(const vb_store *store, int64_t id);

/** The edge of these ends, where documents of this batch said it already; NULL: none did. */
vb_said *vb_pending_said(const vb_store *store, int64_t source, int64_t type, int64_t target);

/** The edges of a relation from a node that documents of this batch said, the newest first: the one after
 * @p s, the first one after NULL; NULL: there is none. */
const vb_said *vb_pending_next(const vb_store *store, vb_relation relation, int64_t source, const vb_said *s);

/** Note an edge; one with id 0 is new and gets its row. *out holds until the next one. @return VB_NO_MEMORY.
 */
vb_status vb_pending_say(vb_store *store, const vb_said *said, vb_said **out, vb_error *err);

/** Write what waits into its tables. */
vb_status vb_pending_write(vb_store *store, vb_error *err);

/** Forget what waits: the batch is rolled back. */
void vb_pending_drop(vb_store *store);
void vb_pending_free(vb_pending *pending);

#endif
