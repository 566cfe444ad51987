/**
 * Rows out: a command gives columns and one cJSON object a row; the view decides how they look.
 *
 *   cli_rows rows;
 *   cli_rows_begin(&rows, view, columns, n_columns);
 *   while (...) cli_rows_add(&rows, object);     takes the object over
 *   cli_rows_end(&rows);
 *
 * json and jsonl print the whole object, the others what the columns name. Nothing is kept but the first
 * CLI_TABLE_SAMPLE rows of a table, whose widths hold for the rest. Write errors are found at the end, by
 * cli_view_finish(); cli_view_failed() tells a long loop that going on is of no use.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/cli.h"

/** Rows that a table looks at before it fixes its columns' widths. */
#define CLI_TABLE_SAMPLE 1000

/** The width of a column of days: a table shows the day of a moment, and never cuts it. */
enum { CLI_DAY = 10 };

typedef struct cli_column {
    const char *title; /* NULL: not in tables, where a terminal has no room for it */
    const char *path; /* members by dots: "source.name", "evidence.0.text"; of an array, all items, by "; " */
    bool right;       /* numbers stand right, and are never cut */
    unsigned most;    /* widest that a table shows it, or CLI_DAY; 0: as wide as it is */
} cli_column;

struct cli_rows;

/** An output format: one row in output.c. */
typedef struct cli_format {
    const char *name;
    const char *help;
    bool table;    /* commands may draw this themselves */
    bool document; /* a single answer is printed whole and alone */
    void (*begin)(struct cli_rows *rows);
    void (*row)(struct cli_rows *rows, const cJSON *row);
    void (*end)(struct cli_rows *rows);
} cli_format;

/** Where output goes and what it may look like. */
typedef struct cli_view {
    FILE *out;
    const cli_format *format;
    bool terminal;
    bool color;
    unsigned width; /* columns of the terminal; 0: lines may be of any length */
} cli_view;

typedef struct cli_rows {
    const cli_view *view;
    const cli_column *columns;
    size_t n_columns;
    size_t n;     /* rows so far */
    char **cells; /* table: the sample, row by row */
    size_t n_sample;
    unsigned *widths;
    bool fixed; /* widths are decided, the sample is printed */
} cli_rows;

/** The formats, table first. */
const cli_format *cli_formats(size_t *n);
const cli_format *cli_format_find(const char *name);

/** The view on @p out; @p format NULL: table on a terminal, else jsonl. */
cli_view cli_view_of(FILE *out, const cli_format *format);

/** Whether writing failed, e.g. because nobody reads any more. */
bool cli_view_failed(const cli_view *view);

void cli_rows_begin(cli_rows *rows, const cli_view *view, const cli_column *columns, size_t n_columns);
void cli_rows_add(cli_rows *rows, cJSON *row);
void cli_rows_end(cli_rows *rows);

/** Print one answer that is no list: alone on a line (jsonl) or over several (json). Takes it over. */
void cli_answer(const cli_view *view, cJSON *answer);

/** The three steps of a table (output_table.c). */
void cli_table_begin(cli_rows *rows);
void cli_table_row(cli_rows *rows, const cJSON *row);
void cli_table_end(cli_rows *rows);

/** What a column shows of a row; the caller frees it. */
char *cli_cell(const cJSON *row, const char *path);

/* ---- text for people (output_text.c) ------------------------------------------------------------------ */

typedef enum cli_style { CLI_PLAIN, CLI_BOLD, CLI_DIM, CLI_MARK } cli_style;

/** The code point at @p at, *n its bytes; -1 for a byte that is no UTF-8. */
int32_t cli_code_at(vb_str text, size_t at, size_t *n);

/** Whether a terminal may obey @p c: controls (C0, DEL, C1), separators, turns of the writing direction, and
 * bytes that are no UTF-8. */
bool cli_does_harm(int32_t c);

/** Columns that @p text takes on a screen. */
unsigned cli_width(vb_str text);

/** Bytes of @p text that fit in @p width columns. */
size_t cli_fitting(vb_str text, unsigned width);

/** Append @p text with visible marks for all that does harm. Line ends and tabs stay with @p lines, else
 * every run of white space becomes one blank. */
void cli_clean(vb_buf *out, vb_str text, bool lines);

/** Print @p text clean on one line, in a style where the view has colours. */
void cli_put(const cli_view *view, cli_style style, vb_str text);
void cli_puts(const cli_view *view, cli_style style, const char *text);

/** Columns of a name where lines may be of any length: a title may be a whole sentence. */
#define CLI_NAME_MOST 72

/** The columns that a name of a line may take at most, so that it fits the view with @p beside columns of
 * other text and another name, which may be empty: what is short leaves its room to what is long. */
unsigned cli_name_room(const cli_view *view, unsigned beside, vb_str name, vb_str other);

/** As cli_put(), cut with an ellipsis past @p most columns. */
void cli_put_name(const cli_view *view, cli_style style, vb_str name, unsigned most);

/** "source  RELATION →  target": the names cut so that the line fits, with @p beside columns of other text. */
void cli_put_ends(const cli_view *view, cli_style style, const vb_edge *edge, unsigned beside);

/** As cli_puts(), a line of its own. */
void cli_line(const cli_view *view, cli_style style, const char *text);

/** Print @p text clean, wrapped to the view, each line after @p indent blanks. */
void cli_wrap(const cli_view *view, unsigned indent, cli_style style, vb_str text);

/** What a marked piece of a text is: a word that was searched for, or what of a sentence says its edge. */
typedef enum cli_mark_kind {
    CLI_MARKS_HIT,
    CLI_MARKS_CUE,
    CLI_MARKS_SOURCE,
    CLI_MARKS_TARGET,
    CLI_MARK_KINDS
} cli_mark_kind;

typedef struct cli_marked {
    size_t start, end; /* bytes of the text */
    cli_mark_kind kind;
} cli_marked;

/** The same, with each of @p marks shown: by its style, without colours between signs. Marks stand in the
 * order of the text; one that lies outside it, or over the one before, is left out. */
void cli_wrap_marks(const cli_view *view, unsigned indent, vb_str text, const cli_marked *marks, size_t n);

/** A line for where a sentence stands, and what it says of time, amount and certainty; with @p rule also
 * which rule read it. */
void cli_put_place(const cli_view *view, unsigned indent, const vb_evidence *said, bool rule);

/** A sentence with the words marked that its edge was read by (marks.c): cue and ends, then its place and
 * rule.
 */
void cli_put_explained(const cli_view *view, unsigned indent, const vb_evidence *said);

/** The same for programs: "rule", and "cue", "source_at", "target_at" as [start, end] in bytes of the
 * document, null where there is none. */
void cli_json_marks(cJSON *object, const vb_evidence *said);

/** What a sentence says of time and amount: since, until, amount, amount_per, where it does. */
void cli_json_terms(cJSON *object, const vb_evidence *said);

/** How often an edge is said: "  (2 sentences)", "  (3 mentions)", "  (gazetteer)"; nothing for once. */
void cli_put_weight(const cli_view *view, const vb_edge *edge);

/** A line for an edge: source, relation, target, how often it is said. */
void cli_put_edge(const cli_view *view, const vb_edge *edge);

/** A node's name, and in dim letters its label and key. */
void cli_put_node(const cli_view *view, const vb_node *node);

/** A line for a loaded document: its file, date and title. */
void cli_put_document(const cli_view *view, unsigned indent, const vb_document *document);

/** Up to @p most sentences with their document and place, wrapped after @p indent blanks. */
void cli_put_evidence(const cli_view *view, unsigned indent, const vb_evidence *evidence, size_t n,
                      size_t most);

/** The path with its hops and their sentences. */
void cli_put_path(const cli_view *view, const vb_path *path, size_t most_evidence);

/** A number with points between thousands, in one of a few static-free buffers: the caller's. */
const char *cli_thousands(int64_t n, char into[32]);

#endif
