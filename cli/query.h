/** What `query` and `shell` share: running a query and showing its rows, its changes and its errors. */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "cli/output.h"

/** How to run queries; {0} is a reader without limits. */
typedef struct cli_query {
    vb_store *store;
    const cli_view *view;
    bool write;
    vb_query_mode explain;
    size_t timeout; /* ms; 0: none */
    size_t memory;  /* MiB; 0: the library's own limit */
    const vb_entry *params;
    size_t n_params;
    const volatile int *stop; /* not 0: the query shall end */
} cli_query;

/** Run one query and print its rows; changes, notes and errors go to stderr. */
cli_exit cli_query_run(const cli_query *how, vb_str text);

/** Read `NAME=VALUE`, the value a Cypher literal, into @p out; what it points to lives in @p arena, the name
 * in
 *  @p text. */
cli_exit cli_query_param(const char *text, vb_arena *arena, vb_entry *out);

/** Ctrl-C sets what cli_query.stop points to, until cli_query_listen(false). */
const volatile int *cli_query_listen(bool listen);

/** A value as JSON, and as a cell shows it: texts as they are, all else as a Cypher literal. A new item. */
cJSON *cli_query_json(const vb_value *value);
cJSON *cli_query_cell(const vb_value *value, bool table);

#endif
