/** verband path A B, verband path --pairs FILE: how nodes are connected, a row for each path. */
#include "cli/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const cli_column columns[] = {
    { "from", "from", false, 0 },           { "to", "to", false, 0 },
    { "length", "length", true, 0 },        { "nodes", "nodes", false, 0 },
    { "relations", "relations", false, 0 },
};

/** Sentences that a hop shows to people. */
enum { MOST_EVIDENCE = 2 };

/* ---- json --------------------------------------------------------------------------------------------- */

static cJSON *hop_edge(const vb_node *from, const vb_edge *edge)
{
    cJSON *object = cJSON_CreateObject(), *said = cJSON_CreateArray();
    cli_json_text(object, "type", edge->type);
    cli_json_bool(object, "reverse", !edge->symmetric && edge->source.id != from->id);
    cli_json_text(object, "origin", vb_str_of(vb_origin_name(edge->origin)));
    cli_json_text(object, "certainty", vb_str_of(vb_certainty_name(edge->certainty)));
    for (size_t i = 0; i < edge->n_evidence; i++)
        if (edge->evidence[i].document.len) cJSON_AddItemToArray(said, cli_json_evidence(&edge->evidence[i]));
    cli_json_item(object, "evidence", said);
    return object;
}

/** A hop is its first edge; the parallel ones are listed in it. */
static cJSON *hop_object(const vb_node *from, const vb_edges *hop)
{
    cJSON *object = hop->len ? hop_edge(from, &hop->at[0]) : cJSON_CreateObject();
    if (hop->len < 2) return object;
    cJSON *parallel = cJSON_CreateArray();
    for (size_t i = 1; i < hop->len; i++) cJSON_AddItemToArray(parallel, hop_edge(from, &hop->at[i]));
    cli_json_item(object, "parallel", parallel);
    return object;
}

/** A path, or with NULL that there is none. */
static cJSON *path_object(const char *from, const char *to, const vb_path *path, bool by_mention)
{
    cJSON *object = cJSON_CreateObject(), *nodes = cJSON_CreateArray(), *relations = cJSON_CreateArray();
    cli_json_text(object, "from", vb_str_of(from));
    cli_json_text(object, "to", vb_str_of(to));
    cli_json_item(object, "length", path ? cJSON_CreateNumber((double)path->length) : cJSON_CreateNull());
    for (size_t i = 0; path && i <= path->length; i++)
        cJSON_AddItemToArray(nodes, cli_json_node(&path->nodes[i]));
    for (size_t i = 0; path && i < path->length; i++)
        cJSON_AddItemToArray(relations, hop_object(&path->nodes[i], &path->hops[i]));
    cli_json_item(object, "nodes", nodes);
    cli_json_item(object, "relations", relations);
    if (by_mention) cli_json_bool(object, "by_mention", true);
    return object;
}

/* ---- one pair ----------------------------------------------------------------------------------------- */

static vb_path_options path_options(const cli_settings *set)
{
    return (vb_path_options){
        .cut = cli_cut(set),
        .all = set->all,
        .k = set->k,
        .max_length = (unsigned)set->max_length,
        .weighted = set->weighted,
        .via = set->via.at,
        .n_via = set->via.len,
        .not_via = set->not_via.at,
        .n_not_via = set->not_via.len,
    };
}

static void for_people(const cli_view *view, const vb_paths *paths)
{
    if (paths->by_mention) cli_line(view, CLI_DIM, "No relation connects them, only mentions:");
    for (size_t i = 0; i < paths->len; i++) {
        if (i) fputc('\n', view->out);
        if (paths->len > 1)
            fprintf(view->out, "%zu. %zu step%s\n", i + 1, paths->at[i].length,
                    paths->at[i].length == 1 ? "" : "s");
        cli_put_path(view, &paths->at[i], MOST_EVIDENCE);
    }
}

static cli_exit one_pair(const cli_context *context, const char *a, const char *b)
{
    vb_error err = { 0 };
    vb_paths paths = { 0 };
    vb_path_options options = path_options(context->set);
    vb_status status =
        vb_path_find(context->store, vb_str_of(a), vb_str_of(b), &options, context->arena, &paths, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    if (context->view->format->table) {
        for_people(context->view, &paths);
    } else {
        cli_rows rows;
        cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; i < paths.len; i++)
            cli_rows_add(&rows, path_object(a, b, &paths.at[i], paths.by_mention));
        cli_rows_end(&rows);
    }
    return paths.len ? CLI_DONE : cli_nothing("nothing connects them");
}

/* ---- many pairs --------------------------------------------------------------------------------------- */

/** Split a line at its tab, else at its only blank. @return false when it holds no two names. */
static bool split(char *line, char **a, char **b)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *cut = strchr(line, '\t');
    if (!cut) {
        cut = strchr(line, ' ');
        if (cut && strchr(cut + 1, ' ')) return false;
    }
    if (!cut || cut == line || !cut[1] || strchr(cut + 1, '\t')) return false;
    *cut = '\0';
    *a = line;
    *b = cut + 1;
    return true;
}

/** One pair of a file: exactly one row. An unknown name is said, and its row has no length. */
static cli_exit pair_row(const cli_context *context, cli_rows *rows, const char *a, const char *b)
{
    vb_error err = { 0 };
    vb_paths paths = { 0 };
    cli_exit code = CLI_DONE;
    vb_path_options options = path_options(context->set);
    vb_arena *arena = vb_arena_new(); /* a pair's own: a file may hold millions */
    if (!arena) return cli_report(VB_NO_MEMORY, NULL);
    vb_status status =
        vb_path_find(context->store, vb_str_of(a), vb_str_of(b), &options, arena, &paths, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) code = cli_report(status, &err);
    if (code <= CLI_NOTHING) {
        cJSON *row = path_object(a, b, paths.len ? &paths.at[0] : NULL, paths.len && paths.by_mention);
        if (code == CLI_NOTHING) cli_json_text(row, "error", vb_str_of(err.message));
        cli_rows_add(rows, row);
    }
    vb_arena_free(arena);
    return code;
}

/** One line of a pairs file; an empty one is passed over. */
static cli_exit read_line(const cli_context *context, cli_rows *rows, char *line, size_t len)
{
    char *a, *b;
    if (strlen(line) == len && line[strspn(line, " \t\r\n")] == '\0') return CLI_DONE;
    if (strlen(line) == len && split(line, &a, &b)) return pair_row(context, rows, a, b);
    return CLI_BAD_INPUT;
}

static cli_exit read_pairs(const cli_context *context, FILE *in, const char *name)
{
    cli_exit code = CLI_DONE;
    char *line = NULL;
    size_t size = 0, n = 0;
    ssize_t len;
    cli_rows rows;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    while (code != CLI_TROUBLE && !cli_view_failed(context->view) && (len = getline(&line, &size, in)) >= 0) {
        cli_exit one = read_line(context, &rows, line, (size_t)len);
        n++;
        if (one == CLI_BAD_INPUT)
            cli_say("%s, line %zu: skipped, not two names with a tab or one blank between them", name, n);
        if (one > code) code = one;
    }
    if (ferror(in)) {
        cli_say("%s: %s", name, strerror(errno));
        code = CLI_BAD_INPUT;
    }
    cli_rows_end(&rows);
    free(line);
    return code;
}

static cli_exit many_pairs(const cli_context *context)
{
    const char *name = context->set->pairs;
    bool standard = strcmp(name, "-") == 0;
    FILE *in = standard ? stdin : fopen(name, "r");
    if (!in) {
        cli_say("%s: %s", name, strerror(errno));
        return CLI_BAD_INPUT;
    }
    cli_exit code = read_pairs(context, in, standard ? "standard input" : name);
    if (!standard) fclose(in);
    return code;
}

cli_exit cmd_path(const cli_context *context)
{
    const cli_settings *set = context->set;
    if (set->pairs && set->n_args == 0) return many_pairs(context);
    if (!set->pairs && set->n_args == 2) return one_pair(context, set->args[0], set->args[1]);
    cli_say("path needs two names, or --pairs FILE; see verband path -h");
    return CLI_USAGE;
}
