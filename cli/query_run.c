/** Running one query: its rows to the view; to stderr what it changed, what it noted, or what is wrong with
 * it: the line, a caret under the place, and a hint where there is one. */
#include "cli/query.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/** The error, the line of the query it is in, and a caret under the place. */
static cli_exit report(const vb_query_error *err, vb_str text)
{
    bool placed = err->line && err->type && strcmp(err->type, "LimitExceeded") != 0;
    if (!placed) {
        cli_say("%s (%s)", err->message, err->type ? err->type : "Error");
        return cli_exit_of(err->status);
    }
    size_t from = err->at < text.len ? err->at : text.len, to = from;
    while (from && text.at[from - 1] != '\n') from--;
    while (to < text.len && text.at[to] != '\n') to++;
    cli_say("line %u, column %u: %s (%s, %s)", err->line, err->column, err->message, err->type, err->detail);
    vb_buf line = { 0 };
    cli_clean(&line, (vb_str){ text.at + from, to - from }, true);
    fprintf(stderr, "  %s\n  %*s\n", line.at ? line.at : "", (int)err->column, "^");
    vb_buf_clear(&line);
    if (err->hint[0]) cli_say("%s", err->hint);
    return err->status == VB_BAD_ARGUMENT ? CLI_USAGE : cli_exit_of(err->status);
}

static vb_status put_rows(const cli_query *how, vb_query *query, vb_query_error *err, size_t *n_rows)
{
    size_t n;
    vb_status status;
    const vb_value *row;
    const vb_str *names = vb_query_columns(query, &n);
    bool json = strncmp(how->view->format->name, "json", 4) == 0, table = how->view->format->table;
    cli_column *columns = cli_alloc(NULL, (n + 1) * sizeof *columns);
    char **titles = cli_alloc(NULL, (n + 1) * sizeof *titles);
    cli_rows rows;
    for (size_t i = 0; i < n; i++) {
        vb_buf title = { 0 };
        cli_buf_add(&title, names[i].at, names[i].len);
        titles[i] = title.at;
        columns[i] = (cli_column){ titles[i], titles[i], false, 80 };
    }
    if (n) cli_rows_begin(&rows, how->view, columns, n);
    while ((status = vb_query_next(query, &row, err)) == VB_OK && row) {
        cJSON *object = cJSON_CreateObject();
        for (size_t i = 0; i < n; i++)
            cli_json_item(object, titles[i], json ? cli_query_json(&row[i]) : cli_query_cell(&row[i], table));
        cli_rows_add(&rows, object);
        ++*n_rows;
        if (cli_view_failed(how->view)) break;
    }
    if (n) cli_rows_end(&rows);
    for (size_t i = 0; i < n; i++) free(titles[i]);
    free(titles);
    free(columns);
    return status;
}

static void say_changes(const vb_query_effects *e)
{
    const struct {
        int64_t n;
        const char *what;
    } parts[] = { { e->nodes_added, "nodes added" },
                  { e->nodes_removed, "nodes removed" },
                  { e->relationships_added, "relationships added" },
                  { e->relationships_removed, "relationships removed" },
                  { e->properties_added, "properties added" },
                  { e->properties_removed, "properties removed" },
                  { e->labels_added, "labels added" },
                  { e->labels_removed, "labels removed" } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].n) cli_say("%lld %s", (long long)parts[i].n, parts[i].what);
}

/** Labels and types that nothing has: why there may be no row. */
static cli_exit nothing(const vb_query *query)
{
    size_t n;
    const vb_str *notes = vb_query_notes(query, &n);
    for (size_t i = 0; i < n; i++) cli_say("%.*s", (int)notes[i].len, notes[i].at);
    return cli_nothing("no row");
}

cli_exit cli_query_run(const cli_query *how, vb_str text)
{
    vb_query_error err = { 0 };
    vb_query *query = NULL;
    size_t n_rows = 0, n_columns;
    cli_exit code = CLI_DONE;
    vb_error trouble = { 0 };
    bool held = false;
    vb_query_options options = { .write = how->write,
                                 .explain = how->explain,
                                 .timeout_ms = (unsigned)how->timeout,
                                 .memory = how->memory << 20,
                                 .params = how->params,
                                 .n_params = how->n_params,
                                 .stop = how->stop };
    vb_status status = how->write ? VB_OK : vb_store_hold(how->store, &held, &trouble);
    if (status != VB_OK) return cli_report(status, &trouble);
    status = vb_query_open(how->store, text, &options, &query, &err);
    if (status == VB_OK) status = put_rows(how, query, &err, &n_rows);
    if (status != VB_OK) {
        code = report(&err, text);
    } else {
        say_changes(vb_query_changed(query));
        vb_query_columns(query, &n_columns);
        if (n_columns && !n_rows) code = nothing(query);
    }
    vb_query_close(query);
    vb_store_release(how->store, held);
    return code;
}

cli_exit cli_query_param(const char *text, vb_arena *arena, vb_entry *out)
{
    vb_query_error err = { 0 };
    const char *is = strchr(text, '=');
    if (!is || is == text) {
        cli_say("a parameter is NAME=VALUE, not \"%s\"", text);
        return CLI_USAGE;
    }
    vb_entry entry = { .key = { text, (size_t)(is - text) } };
    if (vb_value_parse(vb_str_of(is + 1), arena, &entry.value, &err) != VB_OK) {
        cli_say("parameter %s: %s; texts stand between quotes", text, err.message);
        return CLI_USAGE;
    }
    *out = entry;
    return CLI_DONE;
}

/* ---- Ctrl-C ---------------------------------------------------------------------------------------------
 */

static volatile int stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

const volatile int *cli_query_listen(bool listen)
{
    struct sigaction action = { .sa_handler = listen ? stop : SIG_DFL }; /* no SA_RESTART: reading ends too */
    stopped = 0;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    return &stopped;
}
