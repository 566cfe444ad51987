/**
 * What the files of cli/ share: the rows of the command and option tables, settings, messages, exit codes,
 * JSON of what the library answers, and writing for terminals.
 *
 * The command line is a thin client of verband.h: a command reads its settings, calls one or two library
 * functions, and hands rows to output.h. It stops at once when memory runs out (cli_alloc()), so that nothing
 * here checks for NULL; a store is never harmed by that, for every document is a transaction of its own.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "graph/verband.h"

#include <cjson/cJSON.h>

/* ---- exit codes and messages -------------------------------------------------------------------------- */

/** What a command ends with; the contract for scripts. */
typedef enum cli_exit {
    CLI_DONE = 0,      /* done; "no" and 0 are answers too */
    CLI_NOTHING = 1,   /* nothing found, or a name or question that is not known */
    CLI_USAGE = 2,     /* the command line was wrong */
    CLI_BAD_INPUT = 3, /* a file that cannot be read; what could be, was loaded */
    CLI_TROUBLE = 4,   /* the store, the output or the machine */
} cli_exit;

/** The exit code of a library status: the one place that decides. */
cli_exit cli_exit_of(vb_status status);

/** One line on stderr, "verband: ...", terminal escapes made harmless. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Say the error and return its exit code. */
cli_exit cli_report(vb_status status, const vb_error *err);

/** Fill @p err and return @p status: as the library does. */
vb_status cli_fail(vb_error *err, vb_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- memory ------------------------------------------------------------------------------------------- */

/** @p size bytes (realloc of @p old); ends the program with CLI_TROUBLE when there are none. */
void *cli_alloc(void *old, size_t size);

/** Append; the buffer keeps a closing NUL. The caller clears it: vb_buf_clear(). */
void cli_buf_add(vb_buf *buf, const char *at, size_t len);
void cli_buf_text(vb_buf *buf, const char *text);

/* ---- options ------------------------------------------------------------------------------------------ */

/** Values that a repeated or comma-separated option may take. */
#define CLI_LIST_MAX 32

typedef struct cli_list {
    vb_str at[CLI_LIST_MAX];
    size_t len;
} cli_list;

/** Every option's value. Text is borrowed from argv or the environment. */
typedef struct cli_settings {
    const char *db, *data, *format, *output;
    const char *around, *by, *pairs, *size_by, *title, *only_label, *community;
    vb_str project[2]; /* what is joined, and over what */
    cli_list labels, relations, via, not_via, params;
    const char *file;
    const char *person, *why, *document, *text, *source, *alias, *apply; /* of corrections */
    char since[11], until[11];
    size_t timeout; /* milliseconds */
    size_t memory;  /* MiB */
    size_t depth, top, jobs, k, max_length, min_evidence, min_weight;
    bool help, duplicates, version, all, weighted, mentions, stated, isolated, explain, layout, no_layout,
        quiet, verbose, repair, rules, make, write;
    const char **args; /* what is left: names, files; owned, cli_settings_clear() */
    size_t n_args;
} cli_settings;

typedef enum cli_kind {
    CLI_FLAG,
    CLI_TEXT,
    CLI_NUMBER, /* whole, from 1 */
    CLI_LIST,   /* comma-separated, may be repeated */
    CLI_EACH,   /* a value each time */
    CLI_SINCE,  /* a date, or the first day of a year or month */
    CLI_PAIR,   /* two labels with a colon between them */
    CLI_UNTIL,  /* a date, or the last day of a year or month */
} cli_kind;

/** Names of the rows of the option table, for a command's list of what it takes. */
typedef enum cli_option_id {
    CLI_OPT_ALIAS,
    CLI_OPT_ALL,
    CLI_OPT_ALL_PATHS,
    CLI_OPT_APPLY,
    CLI_OPT_AROUND,
    CLI_OPT_BY,
    CLI_OPT_PERSON,
    CLI_OPT_COMMUNITY,
    CLI_OPT_DATA,
    CLI_OPT_DB,
    CLI_OPT_DEPTH,
    CLI_OPT_DOCUMENT,
    CLI_OPT_DUPLICATES,
    CLI_OPT_EXPLAIN,
    CLI_OPT_EXPORT_FORMAT,
    CLI_OPT_FILE,
    CLI_OPT_FORMAT,
    CLI_OPT_HELP,
    CLI_OPT_ISOLATED,
    CLI_OPT_JOBS,
    CLI_OPT_K,
    CLI_OPT_LABEL,
    CLI_OPT_LAYOUT,
    CLI_OPT_MAX_LENGTH,
    CLI_OPT_MEMORY,
    CLI_OPT_MENTIONS,
    CLI_OPT_MIN_EVIDENCE,
    CLI_OPT_MIN_WEIGHT,
    CLI_OPT_NEW,
    CLI_OPT_NO_LAYOUT,
    CLI_OPT_NOT_VIA,
    CLI_OPT_ONLY_LABEL,
    CLI_OPT_OUTPUT,
    CLI_OPT_PAIRS,
    CLI_OPT_PARAM,
    CLI_OPT_PROJECT,
    CLI_OPT_QUIET,
    CLI_OPT_RELATIONS,
    CLI_OPT_REPAIR,
    CLI_OPT_RULES,
    CLI_OPT_SINCE,
    CLI_OPT_SIZE_BY,
    CLI_OPT_SOURCE,
    CLI_OPT_STATED,
    CLI_OPT_TEXT,
    CLI_OPT_TIMEOUT,
    CLI_OPT_TITLE,
    CLI_OPT_TOP,
    CLI_OPT_UNTIL,
    CLI_OPT_VERBOSE,
    CLI_OPT_VERSION,
    CLI_OPT_VIA,
    CLI_OPT_WEIGHTED,
    CLI_OPT_WHY,
    CLI_OPT_WRITE,
    CLI_OPT_COUNT
} cli_option_id;

#define CLI_TAKES(id) (UINT64_C(1) << CLI_OPT_##id)

typedef struct cli_option {
    const char *name; /* without its dashes */
    char letter;      /* short form; 0: none */
    cli_kind kind;
    const char *value; /* what help calls its value; NULL of a flag */
    size_t offset;     /* of its field in cli_settings */
    const char *help;
} cli_option;

/** The option table, indexed by cli_option_id and sorted by name. */
const cli_option *cli_options(size_t *n);

struct cli_command;

/**
 * Read the arguments of @p command: options and operands in any order, "--" ends the options.
 * @param argv  without the program's name and the command; borrowed, must outlive *out.
 * @return VB_OK; VB_BAD_ARGUMENT with a hint. *out is the caller's: cli_settings_clear(), also on failure.
 */
vb_status cli_options_parse(const struct cli_command *command, size_t argc, const char *const *argv,
                            cli_settings *out, vb_error *err);
void cli_settings_clear(cli_settings *settings);

/** Place of the command's name in @p argv, options and their values passed over; @p argc: there is none. */
size_t cli_options_command(size_t argc, const char *const *argv);

/** Print the options that a command takes, a line or more each. */
void cli_options_help(uint64_t takes, FILE *out);

/** How many letters must change to make @p b of @p a; past 31 letters: 32. */
unsigned cli_distance(const char *a, const char *b);

/* ---- commands ----------------------------------------------------------------------------------------- */

typedef enum cli_opens { CLI_NO_STORE, CLI_READS } cli_opens;

struct cli_view;

/** What a command runs with. */
typedef struct cli_context {
    const cli_settings *set;
    const struct cli_view *view;
    const char *db;  /* the store's file */
    vb_store *store; /* open when the command's row says so */
    vb_arena *arena;
} cli_context;

typedef struct cli_command {
    const char *name;
    cli_exit (*run)(const cli_context *context);
    cli_opens opens;
    const char *operands; /* for the usage line */
    size_t min, max;      /* how many operands */
    uint64_t takes;       /* CLI_TAKES() of its options */
    const char *summary;  /* one line of `verband help` */
    const char *about;    /* a paragraph of its -h */
    const char *example;  /* lines that a user may type */
} cli_command;

/** The command table, sorted by name. */
const cli_command *cli_commands(size_t *n);

/** The row called @p name; NULL: none. */
const cli_command *cli_command_find(const char *name);

/** Print a command's help, or the list of commands when @p command is NULL. */
void cli_help(const cli_command *command, FILE *out);

/** What the program is, in a sentence, and the example to begin with. */
extern const char cli_about[], cli_first_example[];

/** Write a command's manual page, or the program's when @p command is NULL. */
void cli_man(const cli_command *command, FILE *out);

/** Write the completion of a shell, for its own folder or to be sourced. */
void cli_completion_bash(FILE *out);
void cli_completion_zsh(FILE *out);

/** Open the store in @p path, reading or writing, and say what is wrong. */
cli_exit cli_open(const char *path, vb_open_mode mode, vb_store **out);

/** The cut that the settings ask for; borrows from them. */
vb_cut_options cli_cut(const cli_settings *set);

/** The operands as one line: a question, words to search. The caller clears it. */
void cli_join(const cli_settings *set, vb_buf *out);

/** Say why a list came out empty. */
cli_exit cli_nothing(const char *why);

cli_exit cmd_ask(const cli_context *context);
cli_exit cmd_assert(const cli_context *context);
cli_exit cmd_backup(const cli_context *context);
cli_exit cmd_bridges(const cli_context *context);
cli_exit cmd_check(const cli_context *context);
cli_exit cmd_communities(const cli_context *context);
cli_exit cmd_components(const cli_context *context);
cli_exit cmd_corrections(const cli_context *context);
cli_exit cmd_diff(const cli_context *context);
cli_exit cmd_documents(const cli_context *context);
cli_exit cmd_edges(const cli_context *context);
cli_exit cmd_export(const cli_context *context);
cli_exit cmd_help(const cli_context *context);
cli_exit cmd_import(const cli_context *context);
cli_exit cmd_lint_gazetteer(const cli_context *context);
cli_exit cmd_load(const cli_context *context);
cli_exit cmd_mentions(const cli_context *context);
cli_exit cmd_merge(const cli_context *context);
cli_exit cmd_neighbours(const cli_context *context);
cli_exit cmd_path(const cli_context *context);
cli_exit cmd_provenance(const cli_context *context);
cli_exit cmd_query(const cli_context *context);
cli_exit cmd_rank(const cli_context *context);
cli_exit cmd_reject(const cli_context *context);
cli_exit cmd_rename(const cli_context *context);
cli_exit cmd_review(const cli_context *context);
cli_exit cmd_restore(const cli_context *context);
cli_exit cmd_search(const cli_context *context);
cli_exit cmd_shell(const cli_context *context);
cli_exit cmd_show(const cli_context *context);
cli_exit cmd_similar(const cli_context *context);
cli_exit cmd_split(const cli_context *context);
cli_exit cmd_stats(const cli_context *context);
cli_exit cmd_text(const cli_context *context);
cli_exit cmd_undo(const cli_context *context);
cli_exit cmd_version(const cli_context *context);
cli_exit cmd_why(const cli_context *context);

/* ---- the library's answers as JSON -------------------------------------------------------------------- */

/* All of these make a new cJSON object that the caller owns. NUL, which cJSON cannot hold, and bytes that are
 * no UTF-8, which JSON cannot (the command line and file names may have them), become U+FFFD. */

/** {"type","key","name"}, and "document" of a loaded one. */
cJSON *cli_json_node(const vb_node *node);

/** {"document","start","end","text"}; all null where no document says it. */
cJSON *cli_json_evidence(const vb_evidence *evidence);
cJSON *cli_json_document(const vb_document *document);

/** {"type","source","target","origin","certainty","weight","first","last","evidence"}. */
cJSON *cli_json_edge(const vb_edge *edge);

/** The same, each sentence with what it says of time and amount, its rule, and the places it was read by. */
cJSON *cli_json_edge_marked(const vb_edge *edge);

/** Set a member: text (null when empty), a number, a flag, an item that is taken over. */
void cli_json_text(cJSON *object, const char *key, vb_str text);
void cli_json_number(cJSON *object, const char *key, double number);
void cli_json_bool(cJSON *object, const char *key, bool value);
void cli_json_item(cJSON *object, const char *key, cJSON *item);
void cli_json_place(cJSON *object, const vb_evidence *evidence);

/** A new string item. */
cJSON *cli_json_string(vb_str text);

#endif
