/** verband ask QUESTION: the answer in a sentence, what it lists, and the sentences it rests on. */
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Sentences, edges and nodes that people are shown of an answer; JSON has them all. */
enum { MOST_EVIDENCE = 5, MOST_PATHS = 3, MOST_GROUPS = 8, GROUP_EVIDENCE = 2, GROUP_NAMES = 8 };

/* in the order of vb_answer_kind */
static const char *const kinds[] = { "nodes", "boolean", "number", "paths", "rows", "unknown" };

/* ---- json --------------------------------------------------------------------------------------------- */

/** [node, relation, node, ...] */
static cJSON *path_array(const vb_path *path)
{
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i <= path->length; i++) {
        cJSON_AddItemToArray(array, cli_json_node(&path->nodes[i]));
        if (i == path->length) break;
        vb_str type = path->hops[i].len ? path->hops[i].at[0].type : (vb_str){ 0 };
        cJSON_AddItemToArray(array, cli_json_string(type));
    }
    return array;
}

static cJSON *table_array(const vb_answer *answer)
{
    cJSON *rows = cJSON_CreateArray();
    for (size_t i = 0; i < answer->n_rows; i++) {
        cJSON *row = cJSON_CreateArray();
        for (size_t j = 0; j < answer->n_columns; j++)
            cJSON_AddItemToArray(row, cli_json_string(answer->cells[i * answer->n_columns + j]));
        cJSON_AddItemToArray(rows, row);
    }
    return rows;
}

static cJSON *texts(const vb_str *at, size_t n)
{
    cJSON *array = cJSON_CreateArray();
    for (size_t i = 0; i < n; i++) cJSON_AddItemToArray(array, cli_json_string(at[i]));
    return array;
}

static int by_place(const void *left, const void *right)
{
    const vb_evidence *a = left, *b = right;
    size_t n = a->document.len < b->document.len ? a->document.len : b->document.len;
    int c = memcmp(a->document.at, b->document.at, n);
    if (!c) c = (a->document.len > b->document.len) - (a->document.len < b->document.len);
    if (!c) c = (a->start > b->start) - (a->start < b->start);
    return c ? c : (a->end > b->end) - (a->end < b->end);
}

/** The sentences of all edges of an answer, each once, by document and place; the caller frees them. */
static vb_evidence *sentences(const vb_answer *answer, size_t *n)
{
    size_t most = 0, kept = 0;
    for (size_t i = 0; i < answer->edges.len; i++) most += answer->edges.at[i].n_evidence;
    vb_evidence *said = cli_alloc(NULL, most * sizeof *said);
    *n = 0;
    for (size_t i = 0; i < answer->edges.len; i++)
        for (size_t j = 0; j < answer->edges.at[i].n_evidence; j++)
            if (answer->edges.at[i].evidence[j].document.len) said[(*n)++] = answer->edges.at[i].evidence[j];
    qsort(said, *n, sizeof *said, by_place);
    for (size_t i = 0; i < *n; i++)
        if (!i || by_place(&said[i], &said[kept - 1]) != 0) said[kept++] = said[i];
    *n = kept;
    return said;
}

static cJSON *evidence_array(const vb_answer *answer)
{
    cJSON *array = cJSON_CreateArray();
    size_t n;
    vb_evidence *said = sentences(answer, &n);
    for (size_t i = 0; i < n; i++) cJSON_AddItemToArray(array, cli_json_evidence(&said[i]));
    free(said);
    return array;
}

static cJSON *value_of(const vb_answer *answer)
{
    if (answer->kind == VB_ANSWER_BOOLEAN) return cJSON_CreateBool(answer->truth);
    if (answer->kind == VB_ANSWER_NUMBER) return cJSON_CreateNumber(answer->number);
    return cJSON_CreateNull();
}

/** A node of an answer; of a ranking with its score. */
static cJSON *node_item(const vb_answer *answer, size_t i)
{
    cJSON *item = cli_json_node(&answer->nodes.at[i]);
    if (answer->scores) cli_json_number(item, "score", answer->scores[i]);
    return item;
}

static cJSON *as_object(const char *question, const vb_answer *answer, const vb_error *err)
{
    cJSON *object = cJSON_CreateObject(), *nodes = cJSON_CreateArray(), *paths = cJSON_CreateArray();
    for (size_t i = 0; i < answer->nodes.len; i++) cJSON_AddItemToArray(nodes, node_item(answer, i));
    for (size_t i = 0; i < answer->paths.len; i++)
        cJSON_AddItemToArray(paths, path_array(&answer->paths.at[i]));
    cli_json_text(object, "question", vb_str_of(question));
    cli_json_text(object, "cypher", answer->cypher);
    cli_json_text(object, "kind", vb_str_of(kinds[answer->kind]));
    cli_json_text(object, "answer", answer->sentence);
    cli_json_item(object, "nodes", nodes);
    cli_json_item(object, "columns", texts(answer->columns, answer->n_columns));
    cli_json_item(object, "rows", table_array(answer));
    cli_json_item(object, "value", value_of(answer));
    cli_json_item(object, "paths", paths);
    cli_json_item(object, "evidence", evidence_array(answer));
    if (answer->kind != VB_ANSWER_UNKNOWN) return object;
    cJSON *choices = cJSON_CreateArray();
    for (size_t i = 0; i < answer->choices.len; i++)
        cJSON_AddItemToArray(choices, cli_json_node(&answer->choices.at[i]));
    cli_json_item(object, "choices", choices);
    cli_json_text(object, "message", vb_str_of(err->message));
    cli_json_item(object, "nearest", texts(answer->nearest, answer->n_nearest));
    return object;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

static const cli_column node_columns[] = {
    { "name", "name", false, 60 },         { "type", "type", false, 0 },  { "key", "key", false, 40 },
    { "document", "document", false, 32 }, { "score", "score", true, 0 }, /* of rankings */
};
static const cli_column value_columns[] = { { "value", "value", false, 0 } };
static const cli_column path_columns[] = { { "length", "length", true, 0 }, { "path", "path", false, 0 } };

static void node_rows(const cli_view *view, const vb_answer *answer)
{
    cli_rows rows;
    size_t n = sizeof node_columns / sizeof *node_columns;
    cli_rows_begin(&rows, view, node_columns, answer->scores ? n : n - 1);
    for (size_t i = 0; i < answer->nodes.len; i++) cli_rows_add(&rows, node_item(answer, i));
    cli_rows_end(&rows);
}

/** The answer's own columns: each row becomes an object whose members are their numbers. */
static void table_rows(const cli_view *view, const vb_answer *answer)
{
    size_t n = 0;
    cli_column *columns = cli_alloc(NULL, answer->n_columns * sizeof *columns);
    cJSON *titles = texts(answer->columns, answer->n_columns), *title;
    cJSON_ArrayForEach(title, titles)
    {
        for (char *c = title->valuestring; *c; c++)
            if (*c == '.') *c = ' '; /* a dot in a path means a member */
        columns[n++] = (cli_column){ title->valuestring, title->valuestring, false, 0 };
    }
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, n);
    for (size_t i = 0; i < answer->n_rows; i++) {
        cJSON *row = cJSON_CreateObject();
        for (size_t j = 0; j < n; j++)
            cJSON_AddItemToObject(row, columns[j].path, cli_json_string(answer->cells[i * n + j]));
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
    cJSON_Delete(titles);
    free(columns);
}

static void path_rows(const cli_view *view, const vb_answer *answer)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, path_columns, sizeof path_columns / sizeof *path_columns);
    for (size_t i = 0; i < answer->paths.len; i++) {
        cJSON *row = cJSON_CreateObject();
        cli_json_number(row, "length", (double)answer->paths.at[i].length);
        cli_json_item(row, "path", path_array(&answer->paths.at[i]));
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
}

static void as_rows(const cli_view *view, const vb_answer *answer)
{
    cli_rows rows;
    switch (answer->kind) {
    case VB_ANSWER_NODES:
        node_rows(view, answer);
        break;
    case VB_ANSWER_ROWS:
        table_rows(view, answer);
        break;
    case VB_ANSWER_PATHS:
        path_rows(view, answer);
        break;
    case VB_ANSWER_BOOLEAN:
    case VB_ANSWER_NUMBER:
        cli_rows_begin(&rows, view, value_columns, 1);
        cJSON *row = cJSON_CreateObject();
        cli_json_item(row, "value", value_of(answer));
        cli_rows_add(&rows, row);
        cli_rows_end(&rows);
        break;
    case VB_ANSWER_UNKNOWN:
        break;
    }
}

/* ---- people ------------------------------------------------------------------------------------------- */

/** The sentences of the edges at one node of an answer, each once; the caller frees them. */
static vb_evidence *sentences_of(const vb_answer *answer, const vb_node *node, size_t *n)
{
    vb_answer part = { 0 };
    part.edges.at = cli_alloc(NULL, answer->edges.len * sizeof *part.edges.at);
    for (size_t i = 0; i < answer->edges.len; i++) {
        const vb_edge *edge = &answer->edges.at[i];
        if (edge->source.id == node->id || edge->target.id == node->id)
            part.edges.at[part.edges.len++] = *edge;
    }
    vb_evidence *said = sentences(&part, n);
    free(part.edges.at);
    return said;
}

/** Nodes of an answer that rest on the same sentences, and these sentences. */
typedef struct group {
    size_t first; /* node */
    size_t n_nodes;
    vb_evidence *said;
    size_t n_said;
} group;

static bool same_sentences(const group *g, const vb_evidence *said, size_t n)
{
    if (g->n_said != n) return false;
    for (size_t i = 0; i < n; i++)
        if (by_place(&g->said[i], &said[i]) != 0) return false;
    return true;
}

/** "Almelo, Diemen, Gouda +17" above the sentences that they rest on. */
static void put_group(const cli_view *view, const vb_answer *answer, const group *groups, const size_t *of,
                      size_t at)
{
    const group *g = &groups[at];
    char line[1024] = "";
    size_t shown = 0, len = 0;
    for (size_t i = g->first; i < answer->nodes.len && shown < GROUP_NAMES; i++) {
        vb_str name = answer->nodes.at[i].name;
        if (of[i] != at || name.len + 40 > sizeof line - len) continue;
        len += (size_t)snprintf(line + len, sizeof line - len, "%s%.*s", shown ? ", " : "", (int)name.len,
                                name.at);
        shown++;
    }
    if (g->n_nodes > shown) snprintf(line + len, sizeof line - len, " +%zu", g->n_nodes - shown);
    fputc('\n', view->out);
    cli_wrap(view, 2, CLI_BOLD, vb_str_of(line));
    for (size_t i = 0; i < g->n_said && i < GROUP_EVIDENCE; i++) cli_put_evidence(view, 4, &g->said[i], 1, 1);
    if (g->n_said > GROUP_EVIDENCE) fprintf(view->out, "    +%zu\n", g->n_said - GROUP_EVIDENCE);
}

/** Evidence by answer: what several of them rest on is told once. */
static void put_groups(const cli_view *view, const vb_answer *answer)
{
    size_t n = 0, *of = cli_alloc(NULL, answer->nodes.len * sizeof *of);
    group *groups = cli_alloc(NULL, answer->nodes.len * sizeof *groups);
    for (size_t i = 0; i < answer->nodes.len; i++) {
        size_t n_said, at = 0;
        vb_evidence *said = sentences_of(answer, &answer->nodes.at[i], &n_said);
        while (at < n && !same_sentences(&groups[at], said, n_said)) at++;
        if (at == n)
            groups[n++] = (group){ .first = i, .said = said, .n_said = n_said };
        else
            free(said);
        groups[at].n_nodes++;
        of[i] = at;
    }
    size_t put = 0, left = 0;
    for (size_t i = 0; i < n; i++) {
        if (groups[i].n_said && put < MOST_GROUPS)
            put_group(view, answer, groups, of, i), put++;
        else if (groups[i].n_said)
            left += groups[i].n_nodes;
    }
    if (left) fprintf(view->out, "\n  and the evidence for %zu more (--format json has it)\n", left);
    for (size_t i = 0; i < n; i++) free(groups[i].said);
    free(groups);
    free(of);
}

/** The best sentences of an answer that lists nothing. */
static void put_evidence(const cli_view *view, const vb_answer *answer)
{
    size_t n;
    vb_evidence *said = sentences(answer, &n);
    if (n) fputc('\n', view->out);
    for (size_t i = 0; i < n && i < MOST_EVIDENCE; i++) cli_put_evidence(view, 2, &said[i], 1, 1);
    if (n > MOST_EVIDENCE)
        fprintf(view->out, "  and %zu more sentences (--format json has them)\n", n - MOST_EVIDENCE);
    free(said);
}

static void for_people(const cli_view *view, const vb_answer *answer, bool explain)
{
    cli_wrap(view, 0, CLI_BOLD, answer->sentence);
    if (explain && answer->cypher.len) {
        fputc('\n', view->out);
        cli_wrap(view, 2, CLI_DIM, answer->cypher);
    }
    if (answer->kind == VB_ANSWER_NODES && answer->nodes.len) {
        fputc('\n', view->out);
        node_rows(view, answer);
    }
    if (answer->kind == VB_ANSWER_ROWS && answer->n_rows) {
        fputc('\n', view->out);
        table_rows(view, answer);
    }
    for (size_t i = 0; i < answer->paths.len && i < MOST_PATHS; i++) {
        fputc('\n', view->out);
        cli_put_path(view, &answer->paths.at[i], 1);
    }
    bool lists = answer->kind == VB_ANSWER_NODES || answer->kind == VB_ANSWER_NUMBER;
    if (lists && answer->nodes.len > 1)
        put_groups(view, answer);
    else if (!answer->paths.len)
        put_evidence(view, answer);
}

/** What could not be answered: kind unknown for programs, questions that it can read for people. */
static cli_exit not_known(const cli_context *context, const char *question, vb_status status,
                          vb_answer *answer, const vb_error *err)
{
    cli_exit code = cli_report(status, err);
    if (code != CLI_NOTHING) return code;
    answer->kind = VB_ANSWER_UNKNOWN;
    if (context->view->format->document)
        cli_answer(context->view, as_object(question, answer, err));
    else
        for (size_t i = 0; i < answer->n_nearest; i++)
            cli_say("a question it can read: %.*s", (int)answer->nearest[i].len, answer->nearest[i].at);
    return code;
}

/** Whether somebody is there to be asked back. */
static bool can_ask_back(const cli_context *context)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO) && !context->view->format->document;
}

/** Which of the nodes is meant, from the terminal. @return false: none of them was chosen. */
static bool ask_back(const vb_answer *answer, int64_t *chosen)
{
    char line[64];
    bool nl = answer->dutch;
    for (size_t i = 0; i < answer->choices.len; i++) {
        const vb_node *n = &answer->choices.at[i];
        cli_say("%zu. %.*s (%.*s %.*s)", i + 1, (int)n->name.len, n->name.at, (int)n->label.len, n->label.at,
                (int)n->key.len, n->key.at);
    }
    for (;;) {
        fprintf(stderr, nl ? "Welke bedoelt u? [1-%zu] " : "Which one do you mean? [1-%zu] ",
                answer->choices.len);
        if (!fgets(line, sizeof line, stdin)) return false;
        if (line[strspn(line, " \t\r\n")] == '\0') return false;
        char *end;
        unsigned long n = strtoul(line, &end, 10);
        if (end == line || end[strspn(end, " \t\r\n")] != '\0' || n < 1 || n > answer->choices.len) continue;
        *chosen = answer->choices.at[n - 1].id;
        return true;
    }
}

static cli_exit answer_question(const cli_context *context, const vb_asker *asker, const char *question)
{
    enum { ASKED_MAX = 8 }; /* names of one question */
    vb_error err = { 0 };
    vb_answer answer;
    int64_t chosen[ASKED_MAX];
    size_t n_chosen = 0;
    vb_status status;
    bool again = true;
    while (again) {
        answer = (vb_answer){ .kind = VB_ANSWER_UNKNOWN };
        status = vb_ask_chosen(asker, context->store, vb_str_of(question), chosen, n_chosen, context->arena,
                               &answer, &err);
        again = status == VB_UNKNOWN && answer.choices.len && n_chosen < ASKED_MAX && can_ask_back(context);
        if (!again) break;
        if (!ask_back(&answer, &chosen[n_chosen++])) return CLI_NOTHING;
    }
    if (status != VB_OK || answer.kind == VB_ANSWER_UNKNOWN)
        return not_known(context, question, status == VB_OK ? VB_UNKNOWN : status, &answer, &err);
    if (context->view->format->table)
        for_people(context->view, &answer, context->set->explain);
    else if (context->view->format->document)
        cli_answer(context->view, as_object(question, &answer, &err));
    else
        as_rows(context->view, &answer);
    return CLI_DONE;
}

/** A question of many: its answer's memory is its own. */
static cli_exit answer_line(const cli_context *context, const vb_asker *asker, const char *line)
{
    cli_context own = *context;
    own.arena = vb_arena_new();
    if (!own.arena) return cli_report(VB_NO_MEMORY, NULL);
    cli_exit code = answer_question(&own, asker, line);
    vb_arena_free(own.arena);
    return code;
}

/** Standard input, a question a line; on a terminal with a prompt. @return the worst of them. */
static cli_exit answer_lines(const cli_context *context, const vb_asker *asker)
{
    bool terminal = isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
    cli_exit code = CLI_DONE;
    char *line = NULL;
    size_t size = 0;
    for (;;) {
        if (terminal) fputs("? ", stderr);
        ssize_t len = getline(&line, &size, stdin);
        if (len < 0 || code == CLI_TROUBLE || cli_view_failed(context->view)) break;
        line[strcspn(line, "\r\n")] = '\0';
        if (line[strspn(line, " \t")] == '\0') continue;
        cli_exit one = answer_line(context, asker, line);
        if (one > code) code = one;
        if (context->view->format->table) fputc('\n', context->view->out);
        fflush(context->view->out);
    }
    free(line);
    return code;
}

cli_exit cmd_ask(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_asker *asker = NULL;
    vb_buf question = { 0 };
    cli_exit code;
    cli_join(set, &question);
    vb_status status = vb_asker_new(set->data, &asker, &err);
    if (status != VB_OK)
        code = cli_report(status, &err);
    else if (set->n_args == 1 && strcmp(set->args[0], "-") == 0)
        code = answer_lines(context, asker);
    else
        code = answer_question(context, asker, question.at);
    vb_asker_free(asker);
    vb_buf_clear(&question);
    return code;
}
