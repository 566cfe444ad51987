/** verband why A B: every edge between two nodes, with every sentence. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "source", "source.name", false, 0 },
    { "relation", "type", false, 0 },
    { "target", "target.name", false, 0 },
    { "origin", "origin", false, 0 },
    { "certainty", "certainty", false, 0 },
    { "document", "document", false, 0 },
    { "start", "start", true, 0 },
    { "end", "end", true, 0 },
    { "sentence", "text", false, 0 },
    { NULL, "since", false, 0 },
    { NULL, "until", false, 0 },
    { NULL, "amount", true, 0 },
    { NULL, "amount_per", false, 0 },
    { NULL, "rule", false, 0 },
    { NULL, "cue", false, 0 },
    { NULL, "source_at", false, 0 },
    { NULL, "target_at", false, 0 },
};

static cJSON *as_object(const vb_why *why)
{
    cJSON *object = cJSON_CreateObject(), *edges = cJSON_CreateArray(), *together = cJSON_CreateArray();
    for (size_t i = 0; i < why->edges.len; i++)
        cJSON_AddItemToArray(edges, cli_json_edge_marked(&why->edges.at[i]));
    for (size_t i = 0; i < why->n_together; i++)
        cJSON_AddItemToArray(together, cli_json_document(&why->together[i]));
    cli_json_item(object, "a", cli_json_node(&why->a));
    cli_json_item(object, "b", cli_json_node(&why->b));
    cli_json_item(object, "edges", edges);
    cli_json_item(object, "together", together);
    return object;
}

static void add_sentence(cli_rows *rows, const vb_edge *edge, const vb_evidence *said)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_place(row, said);
    cli_json_text(row, "type", edge->type);
    cli_json_text(row, "origin", vb_str_of(vb_origin_name(said ? said->origin : edge->origin)));
    cli_json_text(row, "certainty", vb_str_of(vb_certainty_name(said ? said->certainty : edge->certainty)));
    cli_json_item(row, "source", cli_json_node(&edge->source));
    cli_json_item(row, "target", cli_json_node(&edge->target));
    if (said) cli_json_terms(row, said);
    if (said) cli_json_marks(row, said);
    cli_rows_add(rows, row);
}

static void as_rows(const cli_view *view, const vb_why *why)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < why->edges.len; i++) {
        const vb_edge *edge = &why->edges.at[i];
        for (size_t j = 0; j < edge->n_evidence; j++) add_sentence(&rows, edge, &edge->evidence[j]);
        if (!edge->n_evidence) add_sentence(&rows, edge, NULL);
    }
    cli_rows_end(&rows);
}

static void for_people(const cli_view *view, const vb_why *why)
{
    for (size_t i = 0; i < why->edges.len; i++) {
        const vb_edge *edge = &why->edges.at[i];
        if (i) fputc('\n', view->out);
        cli_put_edge(view, edge);
        for (size_t j = 0; j < edge->n_evidence; j++)
            if (edge->evidence[j].document.len) cli_put_explained(view, 4, &edge->evidence[j]);
    }
    if (why->edges.len || !why->n_together) return;
    cli_line(view, CLI_BOLD, "Documents that mention both");
    for (size_t i = 0; i < why->n_together; i++) cli_put_document(view, 2, &why->together[i]);
}

cli_exit cmd_why(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_why why = { 0 };
    vb_status status = vb_why_connected(context->store, vb_str_of(set->args[0]), vb_str_of(set->args[1]),
                                        context->arena, &why, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    if (context->view->format->table)
        for_people(context->view, &why);
    else if (context->view->format->document)
        cli_answer(context->view, as_object(&why));
    else
        as_rows(context->view, &why);
    if (why.edges.len) return CLI_DONE;
    cli_say("nothing connects %s and %s directly; try verband path", set->args[0], set->args[1]);
    return CLI_NOTHING;
}
