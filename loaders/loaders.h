/**
 * The rooms of loaders/, in the order a document goes through them:
 *
 *   bytes --format--> vb_source --view--> vb_view (blocks, sentences, tokens) --names--> mentions of entities
 *         --relations--> edges with their sentence --record--> the store
 *
 * Everything about one document lives in one arena, owned by vb_analysis. A vb_loader is compiled once and is
 * read-only afterwards, so any number of threads may analyse with it.
 */
#ifndef VB_LOADERS_H
#define VB_LOADERS_H

#include "graph/graph.h"

/* ---- formats: bytes to text --------------------------------------------------------------------------- */

/** Metadata a file format or a text's head gives; empty where it does not. */
typedef struct vb_metadata {
    vb_str title, date, number, sender, subject, addressee;
    vb_str kind;      /* answer, questions, notice, letter, document */
    vb_str questions; /* number of the questions it asks or answers: 2024Z15295 */
} vb_metadata;

/** What a format knows of a line of its text; a line without a hint is for the view to judge. */
typedef struct vb_hint {
    uint32_t start; /* of the line, bytes of the text */
    uint8_t kind;   /* vb_block_kind; HEADING: the view makes it one unless it is a question's marker */
    uint8_t level;  /* HEADING: 1 is highest */
} vb_hint;

/** The text a reader sees, with what the format knows beside it. */
typedef struct vb_source {
    vb_str text;            /* UTF-8; what `text DOC` prints; every stored offset points into it */
    vb_metadata metadata;   /* comes before what the text says */
    vb_metadata properties; /* of the file: where the text says nothing */
    vb_str saved; /* when the file was saved last: the day of typing or converting, never the letter's */
    const vb_hint *hints; /* by place */
    size_t n_hints;
    bool laid;  /* lines are those of a page, and no blank between words is lost */
    bool lines; /* every line is a paragraph, a row or a note: nothing is wrapped, nothing is Markdown */
    const char *note;             /* for the user, e.g. an encoding that was converted; NULL: none */
    const struct vb_names *names; /* tell glued words apart; NULL: the text does so alone */
} vb_source;

/** A file format: one row in loaders/formats.c. */
typedef struct vb_format {
    const char *name;
    bool (*sniff)(vb_str bytes); /* by content, not by name */
    vb_status (*read)(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);
} vb_format;

/** Find the format of @p bytes and read it. @return VB_OK, VB_BAD_INPUT (empty, binary), VB_BAD_UTF8,
 *  VB_TOO_LARGE, VB_NO_MEMORY. */
vb_status vb_format_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err);

/* ---- the text view ------------------------------------------------------------------------------------ */

typedef enum vb_block_kind {
    VB_BLOCK_PARAGRAPH,
    VB_BLOCK_HEADING,
    VB_BLOCK_LIST_ITEM,
    VB_BLOCK_TABLE_ROW,
    VB_BLOCK_FOOTNOTE,    /* a note's body; number and caller are set */
    VB_BLOCK_SIGNATURE,   /* the office or the name under a letter */
    VB_BLOCK_LETTERHEAD,  /* addresses, reference lines, mastheads: yields no mentions */
    VB_BLOCK_PAGE_FOOTER, /* running heads and feet, page numbers: yields no mentions */
    VB_BLOCK_URL,         /* a bare link: yields no mentions */
} vb_block_kind;

typedef enum vb_section {
    VB_SECTION_HEAD,
    VB_SECTION_BODY,
    VB_SECTION_QUESTION,
    VB_SECTION_ANSWER
} vb_section;

#define VB_NONE UINT32_MAX

/** A piece of the view that no sentence and no mention crosses. Offsets are bytes of the view. */
typedef struct vb_block {
    uint32_t start, end;
    vb_block_kind kind;
    vb_section section;
    uint32_t question; /* number of the question or answer it, or what calls it, belongs to; 0: none */
    uint32_t heading;  /* index of the heading above it; VB_NONE */
    uint32_t note;     /* FOOTNOTE: its number as the text has it; else 0 */
    uint32_t caller;   /* FOOTNOTE: the place in the view that calls it; VB_NONE when none was found */
    uint32_t level;    /* HEADING: 1 is highest; LIST_ITEM: depth */
} vb_block;

/** A place in the view that calls a footnote: the note's mark itself is not in the view. */
typedef struct vb_note_call {
    uint32_t at;
    uint32_t note;
    uint32_t block; /* its body's block; VB_NONE */
} vb_note_call;

/** An address of the web in the view: names do not look inside, but for a name that is a bare domain itself.
 */
typedef struct vb_url {
    uint32_t start, end;
    bool bare; /* without http or www: "Rijksoverheid.nl" */
} vb_url;

typedef struct vb_sentence {
    uint32_t start, end, block;
} vb_sentence;

typedef enum vb_token_kind { VB_TOKEN_WORD, VB_TOKEN_NUMBER, VB_TOKEN_MARK } vb_token_kind;
enum {
    VB_TOKEN_CAPITAL = 1,  /* first letter is upper case      */
    VB_TOKEN_ALL_CAPS = 2, /* at least two letters, all upper */
    VB_TOKEN_FIRST = 4,    /* first word of its sentence      */
    VB_TOKEN_STOP = 8,     /* a mark: . ? or !                */
    VB_TOKEN_PLAIN = 16,   /* a word of ASCII letters, lower case after the first, that nothing goes on */
};
typedef struct vb_token {
    uint32_t start, end, sentence;
    uint8_t kind, flags;
} vb_token;

/**
 * The text as analysis reads it: no line wraps inside a paragraph, no hyphens at line ends, no marks of
 * Markdown, bookmarks or footnote anchors; footnotes are blocks of their own. origin[i] is the source offset
 * of view byte i (len + 1 entries); a blank that stands for a line break maps to the break.
 */
typedef struct vb_view {
    vb_str text;
    vb_str source; /* where origins point */
    const uint32_t *origin;
    const vb_block *blocks;
    size_t n_blocks;
    const vb_sentence *sentences;
    size_t n_sentences;
    const vb_token *tokens;
    size_t n_tokens;
    const vb_note_call *calls;
    size_t n_calls; /* by place */
    const vb_url *urls;
    size_t n_urls; /* by place */
    bool glued;    /* an official PDF whose extraction lost blanks at line ends */
    vb_metadata metadata;
    vb_str remark; /* for the user: where the file contradicts its text; empty: nowhere */
} vb_view;

/** Make the view of a source; all of it lives in @p arena. Cost: O(length). */
vb_status vb_view_make(const vb_source *source, vb_arena *arena, vb_view *out, vb_error *err);

/** The source range of view range [start, end): from the first character's place to past the last one's. A
 *  range whose last block stands before its first in the source ends with the first block. */
void vb_view_origin(const vb_view *view, uint32_t start, uint32_t end, uint32_t *source_start,
                    uint32_t *source_end);

/** Index of the block, sentence or first token at or after view offset @p at; VB_NONE past the end. */
uint32_t vb_view_block_at(const vb_view *view, uint32_t at);
uint32_t vb_view_sentence_at(const vb_view *view, uint32_t at);
uint32_t vb_view_token_at(const vb_view *view, uint32_t at);

/** Whether view range [start, end) touches an address; with @p bare_too also one without http or www. */
bool vb_view_in_url(const vb_view *view, uint32_t start, uint32_t end, bool bare_too);

/** The address that the byte @p at is of; NULL: none. Cost: O(log n_urls). */
const vb_url *vb_view_url_at(const vb_view *view, uint32_t at);

/* ---- names -------------------------------------------------------------------------------------------- */

/** Something a document names. */
typedef struct vb_entity {
    vb_label label;
    vb_str key, name;
    VB_VEC(vb_str) aliases;
    bool gazetteer;
    uint32_t part_of; /* gazetteer: entity it lies in; VB_NONE */
    uint32_t
        holds; /* gazetteer: Person: the ministry whose office they held on the document's day; VB_NONE */
    vb_str since, until;          /* that office's first and last day */
    vb_str party;                 /* gazetteer: of whoever held it; empty: not known */
    struct vb_rec_person *person; /* Person: what tells namesakes apart; NULL: nothing is known */
} vb_entity;

/** A mention in the view; entity indexes vb_analysis.entities. */
typedef struct vb_named {
    uint32_t start, end;
    uint32_t entity;
    uint32_t sentence, block;
    vb_str article;   /* of a law */
    const char *rule; /* which source and rule made it: "gazetteer:parties", "reference:kamerstuk", ... */
    uint16_t score;   /* certainty, 0 to 1000 */
    bool office;      /* the span is an office phrase: "minister van Financiën" */
} vb_named;

/** A candidate that a mention beat; kept only where vb_analysis.explain asks for it. */
typedef struct vb_loser {
    uint32_t start, end;
    uint32_t beaten_by; /* where the mention that stands begins */
    vb_label label;
    vb_str key, name;
    const char *rule, *why;
    uint16_t score;
} vb_loser;

/* ---- relations ---------------------------------------------------------------------------------------- */

/** An edge said in the view; ends index vb_analysis.entities, VB_SELF is the document. */
typedef struct vb_said {
    vb_relation type;
    uint32_t source, target;
    uint32_t start, end; /* view range of the sentence (or note, list, heading) that says it */
    vb_certainty certainty;
    const char *rule;
    vb_str since, until;
    int64_t amount; /* in euros; 0: none */
    bool yearly;
    vb_span marks[VB_MARKS]; /* view ranges of cue and ends; empty: none */
} vb_said;

/** What a thread keeps from one document to the next: stems, and what its loader's tables say of each word.
 *  Of one thread and one loader, at most as long as that. End it: vb_reader_free(). */
typedef struct vb_reader vb_reader;
vb_status vb_reader_new(vb_reader **out);
void vb_reader_free(vb_reader *reader);

/* ---- one document's analysis -------------------------------------------------------------------------- */

typedef struct vb_analysis {
    vb_arena *arena;
    vb_str file; /* file name */
    vb_source source;
    vb_view view;
    VB_VEC(vb_entity) entities; /* added by vb_entity_add() alone; label and key stay as they are */
    uint32_t *entity_table;     /* their places by hash of label and key, a power of two; 0 is free */
    size_t entity_table_size;
    VB_VEC(vb_named) mentions; /* in text order, none overlaps another, none crosses a block */
    VB_VEC(vb_said) edges;
    VB_VEC(uint32_t) senders;    /* entities (Person or Ministry) that sign, send or answer it */
    VB_VEC(uint32_t) ministries; /* Ministry entities behind "ik", "wij", "mijn ministerie" */
    vb_str key;                  /* the document's own key */
    vb_reader *reader;           /* of the thread that analyses */
    bool own_reader;             /* made for this document */
    bool explain;                /* keep what lost in names */
    VB_VEC(vb_loser) losers;
} vb_analysis;

typedef struct vb_names vb_names;         /* gazetteers, reference grammar, name shapes: loaders/names*.c */
typedef struct vb_relations vb_relations; /* compiled rules: loaders/relations*.c */

struct vb_loader {
    vb_arena *arena;
    vb_names *names;
    vb_relations *relations;
    uint64_t hash; /* of all data behind it: part of every record's hash */
};

/** Compile the gazetteers. @return VB_BAD_INPUT with file and line. End it: vb_names_free(). */
vb_status vb_names_new(const char *data_dir, vb_names **out, vb_error *err);
void vb_names_free(vb_names *names);

/** Whether a name of the gazetteers begins with @p words, case aside; each is one word. @p arena is for
 * letters past ASCII. @return VB_NO_MEMORY. Cost: O(letters). */
vb_status vb_names_begin(const vb_names *names, vb_arena *arena, const vb_str *words, size_t n, bool *out);

/** Fill a->entities, a->mentions and a->key from a->view. */
vb_status vb_names_find(const vb_names *names, vb_analysis *a, vb_error *err);

/** After vb_holders_find(): tell of persons whose party or office is known what namesakes would contradict.
 */
vb_status vb_namesakes_find(const vb_names *names, vb_analysis *a, vb_error *err);

/** After the relations: tell of persons in office who they are and since when, by the document's date. */
vb_status vb_holders_find(const vb_names *names, vb_analysis *a, vb_error *err);

/** Compile the relation rules. @return VB_BAD_INPUT with file and line. End it: vb_relations_free(). */
vb_status vb_relations_new(const char *data_dir, vb_relations **out, vb_error *err);
void vb_relations_free(vb_relations *relations);

/** Fill a->senders, a->ministries and a->edges from a->mentions. */
vb_status vb_relations_find(const vb_relations *relations, vb_analysis *a, vb_error *err);

/** Find the entity (label, key) of a document, or add it. *out is its index. Cost: O(1). */
vb_status vb_entity_add(vb_analysis *a, vb_label label, vb_str key, vb_str name, uint32_t *out);

/** Give entity @p entity another name, once. */
vb_status vb_entity_alias(vb_analysis *a, uint32_t entity, vb_str alias);

/** Read, view, name and relate one document. @p reader is the calling thread's own, kept from one document to
 * the next; NULL: one is made for this document. The caller ends it: vb_analysis_clear(). */
vb_status vb_analyse(const vb_loader *loader, vb_reader *reader, vb_str file, vb_str bytes, vb_analysis *out,
                     vb_error *err);

/** Begin the analysis of a document: its arena, its file name, the reader. End it: vb_analysis_clear(). */
vb_status vb_analysis_begin(vb_reader *reader, vb_str file, vb_analysis *out, vb_error *err);

/** Name an extracted text, without relations, and keep what lost. Borrows @p text. */
vb_status vb_analyse_text(const vb_loader *loader, vb_str file, vb_str text, vb_analysis *out, vb_error *err);
void vb_analysis_clear(vb_analysis *a);

#endif
