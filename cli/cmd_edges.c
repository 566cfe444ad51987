/** verband edges [DOCUMENT]: a row for each sentence that says an edge; one of nulls where none does. */
#include "cli/output.h"

#include <string.h>

static const cli_column columns[] = {
    { "source", "source.name", false, 30 }, { NULL, "source.type", false, 0 },
    { NULL, "source.key", false, 0 },       { "relation", "type", false, 0 },
    { "target", "target.name", false, 30 }, { NULL, "target.type", false, 0 },
    { NULL, "target.key", false, 0 },       { NULL, "origin", false, 0 },
    { "certainty", "certainty", false, 0 }, { "document", "document", false, 20 },
    { "start", "start", true, 0 },          { NULL, "end", true, 0 },
    { "since", "since", false, 0 },         { "until", "until", false, 0 },
    { "sentence", "text", false, 0 },       { "rule", "rule", false, 0 },
};

struct listing {
    cli_rows rows;
    bool rules;
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
    if (said && said->since.len) cli_json_text(row, "since", said->since);
    if (said && said->until.len) cli_json_text(row, "until", said->until);
    if (list->rules) cli_json_text(row, "rule", said ? said->rule : (vb_str){ 0 });
    cli_rows_add(&list->rows, row);
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
    struct listing list = { .rules = set->rules };
    cli_rows_begin(&list.rows, context->view, columns, sizeof columns / sizeof *columns - !set->rules);
    vb_status status =
        vb_store_edges(context->store, vb_str_of(set->n_args ? set->args[0] : NULL), add, &list, &err);
    cli_rows_end(&list.rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    return CLI_DONE;
}
