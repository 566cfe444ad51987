/** verband edges [DOCUMENT]: a row for each sentence that says an edge; one of nulls where none does. */
#include "cli/output.h"

#include <string.h>

static const cli_column columns[] = {
    { "source", "source.name", false, 30 },
    { NULL, "source.type", false, 0 },
    { NULL, "source.key", false, 0 },
    { "relation", "type", false, 0 },
    { "target", "target.name", false, 30 },
    { NULL, "target.type", false, 0 },
    { NULL, "target.key", false, 0 },
    { NULL, "origin", false, 0 },
    { "certainty", "certainty", false, 0 },
    { "document", "document", false, 20 },
    { "start", "start", true, 0 },
    { NULL, "end", true, 0 },
    { "since", "since", false, CLI_DAY },
    { "until", "until", false, CLI_DAY },
    { "sentence", "text", false, 0 },
    { NULL, "amount", true, 0 },
    { NULL, "amount_per", false, 0 },
    { "rule", "rule", false, 0 },
    { NULL, "cue", false, 0 },
    { NULL, "source_at", false, 0 },
    { NULL, "target_at", false, 0 },
};
enum { N_RULE = 4, N_MARKS = 3 }; /* columns at the end: with a rule; with marks */

struct listing {
    cli_rows rows;
    bool rules, explain;
};

/** An end of the edge; "self" marks the loaded document that the sentence stands in. */
static cJSON *end_of(const vb_node *node, const vb_evidence *said)
{
    cJSON *end = cli_json_node(node);
    if (said && node->document.len && node->document.len == said->document.len &&
        memcmp(node->document.at, said->document.at, node->document.len) == 0)
        cli_json_bool(end, "self", true);
    return end;
}

static void add_sentence(struct listing *list, const vb_edge *edge, const vb_evidence *said)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_place(row, said);
    cli_json_text(row, "type", edge->type);
    cli_json_text(row, "origin", vb_str_of(vb_origin_name(said ? said->origin : edge->origin)));
    cli_json_text(row, "certainty", vb_str_of(vb_certainty_name(said ? said->certainty : edge->certainty)));
    cli_json_item(row, "source", end_of(&edge->source, said));
    cli_json_item(row, "target", end_of(&edge->target, said));
    if (said) cli_json_terms(row, said);
    if (list->explain && said)
        cli_json_marks(row, said);
    else if (list->rules || list->explain)
        cli_json_text(row, "rule", said ? said->rule : (vb_str){ 0 });
    cli_rows_add(&list->rows, row);
}

/** An edge for people, with each of its sentences marked. */
static vb_status show(void *context, const vb_edge *edge)
{
    const cli_view *view = ((struct listing *)context)->rows.view;
    cli_put_edge(view, edge);
    for (size_t i = 0; i < edge->n_evidence; i++)
        if (edge->evidence[i].document.len) cli_put_explained(view, 4, &edge->evidence[i]);
    fputc('\n', view->out);
    return cli_view_failed(view) ? VB_STOPPED : VB_OK;
}

static vb_status add(void *context, const vb_edge *edge)
{
    struct listing *list = context;
    for (size_t i = 0; i < edge->n_evidence; i++) add_sentence(list, edge, &edge->evidence[i]);
    if (!edge->n_evidence) add_sentence(list, edge, NULL);
    return cli_view_failed(list->rows.view) ? VB_STOPPED : VB_OK;
}

cli_exit cmd_edges(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_str document = vb_str_of(set->n_args ? set->args[0] : NULL);
    struct listing list = { .rows.view = context->view, .rules = set->rules, .explain = set->explain };
    bool people = set->explain && context->view->format->table;
    size_t n = sizeof columns / sizeof *columns - (set->explain ? 0 : set->rules ? N_MARKS : N_RULE);
    if (!people) cli_rows_begin(&list.rows, context->view, columns, n);
    vb_status status = vb_store_edges(context->store, document, people ? show : add, &list, &err);
    if (!people) cli_rows_end(&list.rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    return CLI_DONE;
}
