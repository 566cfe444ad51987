/**
 * What the other rooms of the library may use of graph/: memory, strings, names, built-in data, the record a
 * loader hands to the store, raw access to SQLite for readers, and the bridge to igraph.
 *
 * Private to libverband; programs use verband.h.
 */
#ifndef VB_GRAPH_H
#define VB_GRAPH_H

#include "graph/verband.h"

#include <string.h>

struct sqlite3;
struct sqlite3_stmt;

/* ---- habits ------------------------------------------------------------------------------------------- */

/** Leave a function through its one `done:` label when a call fails. Needs `vb_status status`. */
#define TRY(call)                                  \
    do {                                           \
        if ((status = (call)) != VB_OK) goto done; \
    } while (0)

#define VB_COUNT(array) (sizeof(array) / sizeof *(array))

/** A vb_str of a string literal. */
#define VB_STR(literal)                 \
    (vb_str)                            \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/** For printf: "%.*s", VB_FMT(s). */
#define VB_FMT(s) (int)(s).len, (s).at ? (s).at : ""

/** Fill @p err (may be NULL) with @p status and one formatted line. @return @p status. */
vb_status vb_fail(vb_error *err, vb_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** As vb_fail(VB_NO_MEMORY). */
vb_status vb_fail_memory(vb_error *err);

/* ---- memory ------------------------------------------------------------------------------------------- */

/** @p size bytes out of @p arena, zeroed, aligned for anything; NULL when there is no memory. */
void *vb_arena_get(vb_arena *arena, size_t size);

/** Room for @p n items of @p size bytes; NULL also when n * size overflows. */
void *vb_arena_array(vb_arena *arena, size_t n, size_t size);

/** The same with bytes as they come: for what is written before it is read. */
void *vb_arena_room(vb_arena *arena, size_t n, size_t size);
void vb_arena_clear(vb_arena *arena); /* all it gave out ends; it keeps a block, of a MiB at most, for more */

/** Copy a view, or several one after the other, with a closing NUL. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_arena_copy(vb_arena *arena, vb_str s, vb_str *out);
vb_status vb_arena_join(vb_arena *arena, const vb_str *parts, size_t n, vb_str *out);

/** Format into the arena. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_arena_printf(vb_arena *arena, vb_str *out, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * A growing array inside an arena: struct { T *at; size_t len, cap; }. vb_push() makes room for one more and
 * counts it; the new item is v->at[v->len - 1], zeroed. @return VB_OK, VB_NO_MEMORY (array unchanged).
 * What was outgrown stays in the arena until its end: amortised twice the memory.
 */
#define VB_VEC(T)        \
    struct {             \
        T *at;           \
        size_t len, cap; \
    }
#define vb_push(arena, v) vb_vec_more((arena), (void **)&(v)->at, &(v)->len, &(v)->cap, sizeof *(v)->at)
vb_status vb_vec_grow(vb_arena *arena, void **at, size_t *len, size_t *cap, size_t size);
static inline vb_status vb_vec_more(vb_arena *arena, void **at, size_t *len, size_t *cap, size_t size)
{
    if (!*at || *len == *cap) return vb_vec_grow(arena, at, len, cap, size);
    memset((char *)*at + *len * size, 0, size);
    (*len)++;
    return VB_OK;
}

/** Room for @p n items more, at once, as it comes. @return VB_OK, VB_NO_MEMORY (array unchanged). */
#define vb_reserve(arena, v, n) \
    vb_vec_reserve((arena), (void **)&(v)->at, (v)->len, &(v)->cap, (n), sizeof *(v)->at)
vb_status vb_vec_reserve(vb_arena *arena, void **at, size_t len, size_t *cap, size_t n, size_t size);

/** Append; the buffer keeps a closing NUL past its end. @return VB_OK, VB_NO_MEMORY (buffer unchanged). */
vb_status vb_buf_add(vb_buf *buf, vb_str s);
vb_status vb_buf_printf(vb_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
vb_status vb_buf_reserve(vb_buf *buf, size_t more);
vb_str vb_buf_view(const vb_buf *buf);

/** Read a whole file (or, for "-", standard input) of at most @p max bytes.
 *  @return VB_OK, VB_IO (path and reason), VB_TOO_LARGE, VB_NO_MEMORY. */
vb_status vb_buf_read(const char *path, size_t max, vb_buf *out, vb_error *err);

/* ---- strings and names -------------------------------------------------------------------------------- */

/* These few are called for every word of a text: they stand here to be inlined. */

static inline bool vb_str_eq(vb_str a, vb_str b)
{
    return a.len == b.len && (!a.len || (a.at[0] == b.at[0] && memcmp(a.at, b.at, a.len) == 0));
}

static inline bool vb_str_starts(vb_str s, vb_str prefix)
{
    return s.len >= prefix.len && vb_str_eq((vb_str){ s.at, prefix.len }, prefix);
}

static inline bool vb_str_ends(vb_str s, vb_str suffix)
{
    return s.len >= suffix.len &&
           (!suffix.len || (s.at[s.len - 1] == suffix.at[suffix.len - 1] &&
                            memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0));
}

/** No bytes, at @p at of @p s or its end. */
vb_str vb_str_none(vb_str s, size_t at);

/** The bytes [start, end) of @p s, clipped to it. */
static inline vb_str vb_str_part(vb_str s, size_t start, size_t end)
{
    if (end > s.len) end = s.len;
    if (start >= end) return vb_str_none(s, start);
    return (vb_str){ s.at + start, end - start };
}

int vb_str_cmp(vb_str a, vb_str b); /* bytewise, shorter first */
vb_str vb_str_trim(vb_str s);       /* ASCII white space and U+00A0 */

/** Offset of @p needle in @p s at or after @p from; SIZE_MAX when it is not there. */
size_t vb_str_find(vb_str s, vb_str needle, size_t from);

/** Take the next piece up to @p sep off *rest. @return false when *rest was NULL: nothing is left. */
bool vb_str_next(vb_str *rest, char sep, vb_str *piece);

/** FNV-1a (draft-eastlake-fnv), and one for whole texts; 64 bits. Stores keep values of both. */
uint64_t vb_hash(vb_str s);
uint64_t vb_hash_text(vb_str s);

/** First byte that is no UTF-8 (RFC 3629: no surrogates, no overlong forms); s.len when all is well. */
size_t vb_utf8_check(vb_str s);

/** What an ASCII byte is, a bit each; 0 for every byte past ASCII. */
enum { VB_BYTE_UPPER = 1, VB_BYTE_LOWER = 2, VB_BYTE_DIGIT = 4, VB_BYTE_BLANK = 8 /* also controls */ };
enum { VB_BYTE_WORD = VB_BYTE_UPPER | VB_BYTE_LOWER | VB_BYTE_DIGIT };
extern const uint8_t vb_byte_is[256];

/** The code point at @p at and its length in bytes in *n (1 for a byte that is no UTF-8: U+FFFD). */
uint32_t vb_utf8_at(vb_str s, size_t at, size_t *n);

/** Case and diacritics folded (NFKD, marks dropped, case folded), every run of other characters than letters
 * and digits one blank, none at the ends: what two spellings of a name have in common. */
vb_status vb_fold(vb_arena *arena, vb_str s, vb_str *out);

/** Edit distance of two folded names (optimal string alignment; Damerau 1964, doi:10.1145/363958.363994),
 * stopped when it passes @p most: then most + 1. Long names are compared by their beginning. Cost: O(|a|
 * |b|). */
unsigned vb_distance(vb_str a, vb_str b, unsigned most);

/** The ontology's slug of a name: folded, blanks as '-'. */
vb_status vb_slug(vb_arena *arena, vb_str s, vb_str *out);

/** Finds Dutch stems (Snowball) and remembers them, for one thread at a time. End it: vb_stemmer_free(). */
typedef struct vb_stemmer vb_stemmer;
vb_status vb_stemmer_new(vb_stemmer **out);
void vb_stemmer_free(vb_stemmer *stemmer);

/** The stem of one folded word; borrowed until the next call. */
vb_str vb_stemmer_stem(vb_stemmer *stemmer, vb_str word);

/** The stems of the folded words of @p s, joined by blanks: what the full-text index holds. @p stemmer may be
 *  NULL: then one is made for this call. */
vb_status vb_stems(vb_stemmer *stemmer, vb_arena *arena, vb_str s, vb_str *out);

/* ---- built-in data ------------------------------------------------------------------------------------ */

/** A data file that was compiled into the library: path as in the source tree. */
typedef struct vb_data_file {
    const char *path;
    const char *at, *end;
} vb_data_file;

/** All of them, sorted by path. */
const vb_data_file *vb_data_files(size_t *n);

/** The text of data file @p path ("loaders/gazetteer/parties.tsv"): from @p dir (may be NULL) when it holds a
 *  file of that base name, else built in. @p arena keeps it. @return VB_OK, VB_NOT_FOUND, VB_IO,
 * VB_NO_MEMORY. */
vb_status vb_data_read(const char *dir, const char *path, vb_arena *arena, vb_str *out, vb_error *err);

/**
 * Rows of a tab-separated table: a header line, then one row a line; '#' starts a comment line; empty lines
 * are passed over. Start with vb_tsv t = {.text = ..., .name = "file.tsv"}; vb_tsv_next() returns false at
 * the end.
 */
typedef struct vb_tsv {
    vb_str text;
    const char *name;
    size_t at;
    unsigned line;
    vb_str header[24];
    size_t n_header;
    vb_str cell[24];
    size_t n_cells;
} vb_tsv;
bool vb_tsv_next(vb_tsv *t);

/** The cell under the column called @p name in this row; empty when there is none. */
vb_str vb_tsv_get(const vb_tsv *t, const char *name);

/* ---- the ontology ------------------------------------------------------------------------------------- */

enum {
    VB_MASK_MINISTRY = 1 << VB_LABEL_MINISTRY,
    VB_MASK_ORGANISATION = 1 << VB_LABEL_ORGANISATION,
    VB_MASK_PERSON = 1 << VB_LABEL_PERSON,
    VB_MASK_PARTY = 1 << VB_LABEL_PARTY,
    VB_MASK_MUNICIPALITY = 1 << VB_LABEL_MUNICIPALITY,
    VB_MASK_REGION = 1 << VB_LABEL_REGION,
    VB_MASK_COUNTRY = 1 << VB_LABEL_COUNTRY,
    VB_MASK_PROGRAMME = 1 << VB_LABEL_PROGRAMME,
    VB_MASK_LAW = 1 << VB_LABEL_LAW,
    VB_MASK_DOCUMENT = 1 << VB_LABEL_DOCUMENT,
    VB_MASK_ACTOR = VB_MASK_MINISTRY | VB_MASK_ORGANISATION | VB_MASK_PERSON | VB_MASK_MUNICIPALITY,
    VB_MASK_PLACE = VB_MASK_MUNICIPALITY | VB_MASK_REGION | VB_MASK_COUNTRY,
    VB_MASK_ANY = (1 << VB_LABEL_COUNT) - 1,
};

/** One row a relation of the ontology: ROW(name, from, to, symmetric). */
#define VB_RELATIONS(ROW)                                                                               \
    ROW(MENTIONS, VB_MASK_DOCUMENT, VB_MASK_ANY, false)                                                 \
    ROW(HOLDS_OFFICE, VB_MASK_PERSON, VB_MASK_MINISTRY, false)                                          \
    ROW(MEMBER_OF, VB_MASK_ACTOR | VB_MASK_COUNTRY, VB_MASK_PARTY | VB_MASK_ORGANISATION, false)        \
    ROW(AUTHORED, VB_MASK_PERSON | VB_MASK_MINISTRY | VB_MASK_ORGANISATION, VB_MASK_DOCUMENT, false)    \
    ROW(ASKED, VB_MASK_PERSON, VB_MASK_DOCUMENT, false)                                                 \
    ROW(CITES, VB_MASK_DOCUMENT, VB_MASK_DOCUMENT | VB_MASK_LAW, false)                                 \
    ROW(PARTICIPATES_IN, VB_MASK_ACTOR | VB_MASK_COUNTRY | VB_MASK_REGION, VB_MASK_PROGRAMME, false)    \
    ROW(LEADS, VB_MASK_ACTOR | VB_MASK_COUNTRY, VB_MASK_PROGRAMME | VB_MASK_ORGANISATION, false)        \
    ROW(FUNDS, VB_MASK_ACTOR | VB_MASK_PROGRAMME, VB_MASK_ACTOR | VB_MASK_PROGRAMME | VB_MASK_DOCUMENT, \
        false)                                                                                          \
    ROW(COMMISSIONED, VB_MASK_ACTOR, VB_MASK_PROGRAMME | VB_MASK_DOCUMENT, false)                       \
    ROW(DEVELOPED, VB_MASK_ACTOR, VB_MASK_PROGRAMME | VB_MASK_DOCUMENT, false)                          \
    ROW(SUPPORTS, VB_MASK_ACTOR, VB_MASK_ACTOR | VB_MASK_COUNTRY | VB_MASK_PROGRAMME, false)            \
    ROW(COOPERATES_WITH, VB_MASK_ACTOR | VB_MASK_COUNTRY | VB_MASK_REGION,                              \
        VB_MASK_ACTOR | VB_MASK_COUNTRY | VB_MASK_REGION, true)                                         \
    ROW(SUPERVISES, VB_MASK_ACTOR, VB_MASK_ACTOR | VB_MASK_LAW, false)                                  \
    ROW(ACTIVE_IN, VB_MASK_ACTOR | VB_MASK_PROGRAMME, VB_MASK_PLACE, false)                             \
    ROW(PART_OF, VB_MASK_PROGRAMME | VB_MASK_ORGANISATION | VB_MASK_REGION | VB_MASK_MUNICIPALITY,      \
        VB_MASK_PROGRAMME | VB_MASK_ORGANISATION | VB_MASK_MINISTRY | VB_MASK_REGION, false)            \
    ROW(BASED_ON, VB_MASK_PROGRAMME | VB_MASK_DOCUMENT | VB_MASK_LAW,                                   \
        VB_MASK_LAW | VB_MASK_PROGRAMME | VB_MASK_DOCUMENT, false)                                      \
    ROW(AMENDS, VB_MASK_LAW | VB_MASK_MINISTRY, VB_MASK_LAW, false)

typedef enum vb_relation {
#define VB_AS_ENUM(name, from, to, symmetric) VB_REL_##name,
    VB_RELATIONS(VB_AS_ENUM)
#undef VB_AS_ENUM
        VB_REL_COUNT
} vb_relation;

typedef struct vb_relation_info {
    const char *name;
    unsigned from, to; /* VB_MASK_ bits */
    bool symmetric;
} vb_relation_info;

/** The relation's row; never NULL for a value below VB_REL_COUNT. */
const vb_relation_info *vb_relation_get(vb_relation relation);
bool vb_relation_find(vb_str name, vb_relation *out);

/** Whether the ontology lets @p relation run from @p from to @p to (PART_OF: only the pairs it names). */
bool vb_relation_allows(vb_relation relation, vb_label from, vb_label to);

/* ---- what a loader hands to the store ----------------------------------------------------------------- */

#define VB_SELF UINT32_MAX /* in a vb_rec_edge, the loaded document itself */

typedef struct vb_rec_node {
    vb_label label;
    vb_str key, name;
    const vb_str *aliases;
    size_t n_aliases;                   /* other names this document or the gazetteer gives it */
    bool gazetteer;                     /* key and name come from a gazetteer */
    const struct vb_rec_person *person; /* what tells namesakes apart (persons.h); NULL: nothing is known */
} vb_rec_node;

typedef struct vb_rec_mention {
    uint32_t start, end; /* bytes of the record's text */
    uint32_t node;       /* index into nodes */
    vb_str article;
    vb_str rule;
} vb_rec_mention;

/** A stretch of a record's text, in bytes; empty: none. */
typedef struct vb_span {
    uint32_t start, end;
} vb_span;

typedef struct vb_rec_edge {
    vb_relation type;
    uint32_t source, target; /* indexes into nodes, or VB_SELF */
    vb_origin origin;        /* text or gazetteer */
    vb_certainty certainty;
    uint32_t start, end; /* the sentence, bytes of the record's text; unused when origin is gazetteer */
    vb_str rule;
    vb_str since, until; /* dates the sentence states; empty when it states none */
    int64_t amount;      /* in euros; 0: none */
    bool yearly;         /* so much a year */
    vb_span marks[VB_MARKS];
} vb_rec_edge;

typedef struct vb_rec_passage {
    uint32_t start, end;
    vb_str stems;
} vb_rec_passage;

/** One analysed document. All views are borrowed for the call. MENTIONS edges are made by the store. */
typedef struct vb_record {
    vb_str file;   /* its name for people: the path below the loaded folder */
    vb_str path;   /* where it was read */
    vb_str text;   /* what `text DOC` prints; offsets point into it */
    uint64_t hash; /* of the file's bytes and of the loader's data: the same means nothing changed */
    vb_str key, title, date, kind, sender, number; /* key: the document node's */
    vb_str sketch; /* vb_sketch_make() of its words; empty: it is no other file's duplicate */
    const vb_str *aliases;
    size_t n_aliases; /* other names of the document itself: its number, its file stem */
    const vb_rec_node *nodes;
    size_t n_nodes;
    const vb_rec_mention *mentions;
    size_t n_mentions;
    const vb_rec_edge *edges;
    size_t n_edges;
    const vb_rec_passage *passages;
    size_t n_passages;
} vb_record;

/** What a text is compared by: the least hashes of its runs of three words, at most 256 bytes in @p arena;
 * empty for fewer words. @param words hashes of its words, in their order. @return VB_NO_MEMORY. Cost: O(n
 * log n). */
vb_status vb_sketch_make(vb_arena *arena, const uint64_t *words, size_t n_words, vb_str *out);

/** Which part of their runs of words two texts share, from 0 to 1, as their sketches estimate it. */
double vb_sketch_resemblance(vb_str a, vb_str b);

/** Whether the store holds @p file with this hash: loading it again would change nothing. */
vb_status vb_store_has(vb_store *store, vb_str file, uint64_t hash, bool *out, vb_error *err);

/**
 * Store one document wholly or not at all, replacing what its file said before; part of the batch, or one of
 * its own. A record that breaks a rule (VB_BAD_INPUT, VB_BAD_UTF8, VB_TOO_LARGE) is left out of the batch;
 * any other failure ends it: nothing of it is stored. */
vb_status vb_store_put(vb_store *store, const vb_record *record, vb_load_outcome *outcome, vb_error *err);
vb_status vb_store_begin(vb_store *store, vb_error *err);
vb_status vb_store_commit(vb_store *store, vb_error *err);
void vb_store_rollback(vb_store *store);

/* ---- many nodes and edges at once ---------------------------------------------------------------------- */

/** A node of an import. Any labels, any properties; identity is its labels and key. */
typedef struct vb_bulk_node {
    const vb_str *labels; /* the first is the one it is shown with */
    size_t n_labels;
    vb_str key, name; /* an empty name is the key */
    const vb_str *aliases;
    size_t n_aliases;
    vb_str document, date; /* of a loaded document: its file name and date; else empty */
    vb_str props;          /* a JSON object; empty: none */
} vb_bulk_node;

/** An edge of an import. */
typedef struct vb_bulk_edge {
    vb_str type;
    int64_t source, target;      /* nodes, by id */
    int64_t count;               /* sentences (MENTIONS: mentions) that this row stands for */
    vb_str document, date, text; /* who says it; empty where nobody does */
    vb_str props;                /* a JSON object; empty: none */
    bool merge; /* add to the imported edge of this type between these nodes, if there is one */
} vb_bulk_edge;

/**
 * One transaction for a whole import. A store that holds nothing is written whole, from memory (some 70 bytes
 * a node, 30 an edge, and their texts): store_fresh.h. While it is open the store takes nothing else.
 * @return VB_OK; VB_BAD_ARGUMENT (a batch is open). End it: vb_bulk_commit() or vb_bulk_free().
 */
typedef struct vb_bulk vb_bulk;
vb_status vb_bulk_begin(vb_store *store, vb_bulk **out, vb_error *err);
/** Find or make a node; what the row says is added to a node that is there. @p made: it was not. */
vb_status vb_bulk_node_put(vb_bulk *bulk, const vb_bulk_node *row, int64_t *id, bool *made, vb_error *err);
/** Make an edge, or add to one. @p made: there is one more. */
vb_status vb_bulk_edge_put(vb_bulk *bulk, const vb_bulk_edge *row, bool *made, vb_error *err);

/** Build what was put off, and commit. On failure nothing of the import is kept. */
vb_status vb_bulk_commit(vb_bulk *bulk, vb_error *err);
/** End the bulk; rolls back what was not committed. NULL is fine. */
void vb_bulk_free(vb_bulk *bulk);

/* ---- reading the store -------------------------------------------------------------------------------- */

/** The connection, for prepared statements of the reading rooms; borrowed, never closed by them. */
struct sqlite3 *vb_store_sqlite(vb_store *store);

/** Prepare once and keep: the store owns the statement and resets it on the next call with the same text. */
vb_status vb_store_prepare(vb_store *store, const char *sql, struct sqlite3_stmt **out, vb_error *err);

/** VB_STORE with SQLite's own words (VB_NO_MEMORY, VB_STOPPED where it says so). */
vb_status vb_store_fail(vb_store *store, vb_error *err, const char *doing);

/** Fill a node, or an edge with its ends and, with @p evidence, at most so many sentences (best first). */
vb_status vb_store_node(vb_store *store, int64_t id, vb_arena *arena, vb_node *out, vb_error *err);
vb_status vb_store_edge(vb_store *store, int64_t id, size_t evidence, vb_arena *arena, vb_edge *out,
                        vb_error *err);

/**
 * Prepare and bind. @p kinds has a letter for each parameter: i int64_t, s vb_str, n vb_str that is NULL when
 * empty, d int64_t that is NULL when negative. Texts are borrowed until the statement has run. The statement
 * is the store's; one not stepped to its end holds the reader's view of the file: sqlite3_reset() it.
 */
vb_status vb_sql_bind(vb_store *store, vb_error *err, struct sqlite3_stmt **out, const char *sql,
                      const char *kinds, ...);

/** Step: *row says whether there is one; at the end, and after a failure, the statement is reset. */
vb_status vb_sql_row(vb_store *store, vb_error *err, struct sqlite3_stmt *stmt, bool *row);

/** Bind and run a statement that has no rows. */
vb_status vb_sql_do(vb_store *store, vb_error *err, const char *sql, const char *kinds, ...);

/** The first column of the first row; *out is unchanged when there is no row. */
vb_status vb_sql_id(vb_store *store, vb_error *err, int64_t *out, const char *sql, const char *kinds, ...);

/** A text column: as a view that lasts until the next step; copied into an arena. */
vb_str vb_sql_text(struct sqlite3_stmt *stmt, int column);
vb_status vb_sql_copy(struct sqlite3_stmt *stmt, int column, vb_arena *arena, vb_str *out);

/** A node in a row: select VB_NODE_COLUMNS from tables that name a node n, its label set s and its document
 * d, for example VB_NODE_TABLES; vb_row_node() copies the node that starts at @p column. */
#define VB_NODE_COLUMNS "n.id, s.name, n.key, n.name, d.file"
#define VB_NODE_TABLES \
    " FROM node n JOIN label_set s ON s.id = n.labels LEFT JOIN document d ON d.node = n.id "
vb_status vb_row_node(struct sqlite3_stmt *stmt, int column, vb_arena *arena, vb_node *out);

/** The id of a relation of the ontology in this store's files; 0 when the file does not know it. */
int64_t vb_store_relation(const vb_store *store, vb_relation relation);

/** One loaded document by its row (document.id), and a piece of its text. */
vb_status vb_store_document_row(vb_store *store, int64_t document, vb_arena *arena, vb_document *out,
                                vb_error *err);
vb_status vb_store_piece(vb_store *store, int64_t document, int64_t start, int64_t length, vb_arena *arena,
                         vb_str *out, vb_error *err);

/** The public page of a node's identifier (law, paper, ministry, municipality, ...); empty where its key is
 *  none. @return VB_OK, VB_NO_MEMORY. */
vb_status vb_node_url(const vb_node *node, vb_arena *arena, vb_str *out);

/* ---- a cut of the graph, and igraph ------------------------------------------------------------------- */

typedef struct vb_cut_edge {
    int64_t id;
    uint32_t source, target; /* indexes into nodes */
    uint16_t type;           /* index into types */
    bool symmetric;
    int64_t weight;
} vb_cut_edge;

/** Part of a graph in memory, nodes by label and key, edges by ends and type. Lives in its arena. */
typedef struct vb_cut {
    vb_arena *arena;
    vb_node *nodes;
    uint32_t n_nodes;
    vb_cut_edge *edges;
    uint32_t n_edges;
    vb_str *types;
    size_t n_types;
    struct vb_sharing *shared; /* of a projection, whose edges have no id; else NULL */
} vb_cut;

/** Read the part of the graph that @p options asks for. Cost: its size and, without `around`, the store's. */
vb_status vb_cut_read(vb_store *store, const vb_cut_options *options, vb_arena *arena, vb_cut *out,
                      vb_error *err);

/** What the ends of an edge of a projection share, in order of label and key. @return VB_OK, VB_NO_MEMORY,
 *  VB_NOT_FOUND (the cut is no projection). Cost: the neighbours of both ends. */
vb_status vb_cut_shared(const vb_cut *cut, uint32_t edge, vb_arena *arena, vb_nodes *out);

/** Score every node of a cut by a measure of vb_measures(): @p out has cut->n_nodes entries. [igraph] */
vb_status vb_cut_measure(const vb_cut *cut, const char *measure, bool weighted, double *out,
                         const char **meaning, vb_error *err);

/** Number every node of a cut by its community, 0 the largest. [igraph] */
vb_status vb_cut_communities(const vb_cut *cut, uint32_t *out, uint32_t *n_communities, double *modularity,
                             vb_error *err);

typedef enum vb_layout { VB_LAYOUT_FORCE, VB_LAYOUT_KAMADA_KAWAI, VB_LAYOUT_DRL } vb_layout;

/** Places in the plane, x and y for each node, with a fixed seed. [igraph] */
vb_status vb_cut_layout(const vb_cut *cut, vb_layout layout, double (*out)[2], vb_error *err);

#endif
