/** verband mentions [DOCUMENT]: a row for each name in the text. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "document", "document", false, 32 }, { "start", "start", true, 0 },      { NULL, "end", true, 0 },
    { "text", "text", false, 40 },         { "type", "type", false, 0 },       { "key", "key", false, 32 },
    { "name", "name", false, 40 },         { "article", "article", false, 0 }, { "rule", "rule", false, 0 },
};

struct listing {
    cli_rows rows;
    bool rules;
};

static vb_status add(void *context, const vb_mention *mention)
{
    struct listing *list = context;
    cJSON *row = cJSON_CreateObject();
    cli_json_text(row, "document", mention->document);
    cli_json_number(row, "start", (double)mention->start);
    cli_json_number(row, "end", (double)mention->end);
    cli_json_item(row, "text", cli_json_string(mention->text));
    cli_json_text(row, "type", mention->node.label);
    cli_json_text(row, "key", mention->node.key);
    cli_json_text(row, "name", mention->node.name);
    if (mention->article.len) cli_json_text(row, "article", mention->article);
    if (list->rules) cli_json_text(row, "rule", mention->rule);
    cli_rows_add(&list->rows, row);
    return cli_view_failed(list->rows.view) ? VB_STOPPED : VB_OK;
}

cli_exit cmd_mentions(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    struct listing list = { .rules = set->rules };
    cli_rows_begin(&list.rows, context->view, columns, sizeof columns / sizeof *columns - !set->rules);
    vb_status status =
        vb_store_mentions(context->store, vb_str_of(set->n_args ? set->args[0] : NULL), add, &list, &err);
    cli_rows_end(&list.rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    return CLI_DONE;
}
