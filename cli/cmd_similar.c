/** verband similar NAME: nodes with the most neighbours in common. */
#include "cli/output.h"

enum { DEFAULT_TOP = 20 };

static const cli_column columns[] = {
    { "name", "name", false, 60 }, { "type", "type", false, 0 },   { "score", "score", true, 0 },
    { "key", "key", false, 40 },   { NULL, "document", false, 0 },
};

cli_exit cmd_similar(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_nears near = { 0 };
    vb_cut_options cut = cli_cut(set);
    vb_status status = vb_similar(context->store, vb_str_of(set->args[0]), &cut,
                                  set->top ? set->top : DEFAULT_TOP, context->arena, &near, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    cli_rows rows;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < near.len; i++) {
        cJSON *row = cli_json_node(&near.at[i].node);
        cli_json_number(row, "score", near.at[i].score);
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
    return near.len ? CLI_DONE : cli_nothing("no other node shares a neighbour with it");
}
