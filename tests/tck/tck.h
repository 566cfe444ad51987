/**
 * The TCK runner: feature files in, one outcome a scenario out. What its files share.
 *
 *   gherkin.c   feature file -> scenarios with their steps, outlines expanded
 *   expect.c    the values of tables -> vb_value
 *   canon.c     a vb_value -> the one text that all equal values have; everything is compared as such text
 *   observe.c   what a graph holds, seen by queries, and what changed between two such views
 *   world.c     one scenario's store, parameters, procedures, and the outcome of its last query
 *   given.c     steps that prepare; then.c: steps that judge; steps.c: their table, and a scenario's run
 *   pool.c      processes that run scenarios, so that a crash or a hang is one failed scenario
 *   manifest.c  what passed last time
 *   main.c      arguments and output
 */
#ifndef TCK_H
#define TCK_H

#include "graph/graph.h"

/* ---- feature files ------------------------------------------------------------------------------------ */

/** Cells are as in the file, escapes and all: tck_cell() reads one as text, tck_expect() as a value. */
typedef struct tck_row {
    vb_str *cells;
    size_t n;
    unsigned line;
} tck_row;
typedef VB_VEC(tck_row) tck_rows;

typedef struct tck_step {
    vb_str text; /* without its keyword */
    unsigned line;
    bool has_doc;
    vb_str doc;
    tck_rows table;
} tck_step;
typedef VB_VEC(tck_step) tck_steps;

typedef struct tck_scenario {
    vb_str path;   /* of the feature file, to open things beside it */
    vb_str file;   /* its name for people and for the manifest: from below `features/`, or the folder given */
    unsigned line; /* of the scenario, or of its row of examples */
    vb_str name;
    vb_str skip;   /* why it is skipped; else empty */
    vb_str broken; /* why it cannot be read; else empty */
    tck_steps steps;
} tck_scenario;
typedef VB_VEC(tck_scenario) tck_scenarios;

/** Read one feature file and append its scenarios. A file that is no Gherkin becomes one broken scenario.
 *  @return VB_OK, VB_IO, VB_TOO_LARGE (16 MiB), VB_NO_MEMORY. */
vb_status tck_feature_read(const char *path, vb_str file, vb_arena *arena, tck_scenarios *out, vb_error *err);

/** A cell as text: `\|`, `\\` and `\n` are read. */
vb_status tck_cell(vb_str cell, vb_arena *arena, vb_str *out);

/* ---- values ------------------------------------------------------------------------------------------- */

/** Read a cell as the TCK writes values. @return VB_OK, VB_BAD_INPUT (in words), VB_NO_MEMORY. */
vb_status tck_expect(vb_str cell, vb_arena *arena, vb_value *out, vb_error *err);

/** Write @p value so that equal values, and only those, have one text. @p unordered: lists as bags. */
vb_status tck_canon(const vb_value *value, bool unordered, vb_buf *out);

/** Sort and join texts: what a bag of them looks like. */
vb_status tck_join(vb_str *items, size_t n, bool sort, const char *between, vb_buf *out);
int tck_str_order(const void *a, const void *b);

/* ---- what a graph holds ------------------------------------------------------------------------------- */

/** Lines, sorted: "n ID", "r ID", "p ENTITY KEY VALUE", "l LABEL". */
typedef VB_VEC(vb_str) tck_view;
vb_status tck_observe(vb_store *store, vb_arena *arena, tck_view *out, vb_error *err);

/** What lies between two views. */
vb_query_effects tck_difference(const tck_view *before, const tck_view *after);

/** One row for each kind of effect: its name in feature files and its place. */
typedef struct tck_effect {
    const char *name;
    size_t at; /* offset of an int64_t in vb_query_effects */
} tck_effect;
extern const tck_effect tck_effects[8];
int64_t tck_effect_get(const vb_query_effects *effects, const tck_effect *which);

/* ---- a scenario's run --------------------------------------------------------------------------------- */

typedef struct tck_answer {
    bool ran, failed, judged; /* judged: a step has looked at it */
    bool by_open;             /* the error came from vb_query_open() */
    vb_query_error error;
    const vb_str *columns;
    size_t n_columns;
    VB_VEC(vb_str) rows[2]; /* in canonical text; [1] with lists as bags */
    tck_view before, after;
    vb_query_effects effects; /* as the engine counts */
} tck_answer;

typedef struct tck_world {
    const tck_scenario *scenario;
    const char *graphs; /* a folder of named graphs to look into last; may be NULL */
    vb_arena *arena;
    vb_store *store;
    VB_VEC(vb_entry) params;
    VB_VEC(vb_procedure) procedures;
    VB_VEC(vb_str) files; /* to remove at the end */
    tck_answer answer;
    char reason[1024]; /* one line; why it failed */
} tck_world;

/** Say why the scenario fails. @return false, for the caller to hand on. */
bool tck_blame(tck_world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The same for an error of the engine: @p what, then its type, detail, phase and message. */
bool tck_blame_error(tck_world *world, const char *what, const vb_query_error *error);

/** Start over with an empty graph. */
bool tck_world_reset(tck_world *world);

/** Run a query that must succeed and whose rows nobody wants. */
bool tck_world_prepare(tck_world *world, vb_str query);

/** Run the query under test, and look at the graph before and after. */
bool tck_world_execute(tck_world *world, vb_str query);
void tck_world_end(tck_world *world);

/** What a step gets: the parts of its text that the wildcards of its row stand for. */
typedef struct tck_parts {
    vb_str at[3];
} tck_parts;
typedef bool (*tck_step_fn)(tck_world *world, const tck_step *step, const tck_parts *parts);
bool tck_given_empty(tck_world *, const tck_step *, const tck_parts *);
bool tck_given_named(tck_world *, const tck_step *, const tck_parts *);
bool tck_given_executed(tck_world *, const tck_step *, const tck_parts *);
bool tck_given_parameters(tck_world *, const tck_step *, const tck_parts *);
bool tck_given_procedure(tck_world *, const tck_step *, const tck_parts *);
bool tck_given_csv(tck_world *, const tck_step *, const tck_parts *);
bool tck_when_executing(tck_world *, const tck_step *, const tck_parts *);
bool tck_when_inline(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_any_order(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_in_order(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_any_order_bags(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_in_order_bags(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_empty(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_effects(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_no_effects(tck_world *, const tck_step *, const tck_parts *);
bool tck_then_error(tck_world *, const tck_step *, const tck_parts *);

/** Run one scenario. @p reason gets why, unless it passed. */
typedef enum tck_outcome { TCK_FAILED, TCK_PASSED, TCK_SKIPPED } tck_outcome;
tck_outcome tck_run(const tck_scenario *scenario, const char *graphs, char *reason, size_t size);

/* ---- many scenarios ----------------------------------------------------------------------------------- */

typedef struct tck_result {
    bool known;
    tck_outcome outcome;
    char *reason; /* of malloc(); NULL: none */
} tck_result;

typedef struct tck_pool_options {
    unsigned jobs, seconds; /* processes; the time that a scenario gets */
    const char *graphs;
    void (*report)(void *context, size_t i); /* scenario i has its result; called in any order */
    void *context;
} tck_pool_options;

/**
 * Run all scenarios in child processes.
 * @param results n of them, zeroed. @param n_unclean children that ended badly after their last scenario
 * (leaks).
 */
vb_status tck_pool_run(const tck_scenario *scenarios, size_t n, const tck_pool_options *options,
                       tck_result *results, size_t *n_unclean, vb_error *err);

/* ---- the manifest ------------------------------------------------------------------------------------- */

/** The line of a scenario: outcome, place, and a hash of its name. */
vb_status tck_manifest_line(const tck_scenario *scenario, tck_outcome outcome, vb_buf *out);

/** Write all lines, sorted. */
vb_status tck_manifest_write(const char *path, const tck_scenarios *all, const tck_result *results,
                             vb_error *err);

typedef struct tck_comparison {
    size_t n_kept;      /* scenarios the manifest names */
    size_t n_regressed; /* passed then, not now; also those that their file no longer has */
    size_t n_absent;    /* of files that are not in this run */
    size_t n_won;       /* pass now and are not named */
} tck_comparison;

/** Compare with the manifest kept in @p path; prints a line for each that regressed. */
vb_status tck_manifest_compare(const char *path, const tck_scenarios *all, const tck_result *results,
                               tck_comparison *out, vb_error *err);

#endif
