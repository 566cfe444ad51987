/** verband neighbours NAME: nodes within a few steps. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "distance", "distance", true, 0 }, { "name", "name", false, 60 },  { "type", "type", false, 0 },
    { "key", "key", false, 40 },         { NULL, "document", false, 0 },
};

cli_exit cmd_neighbours(const cli_context *context)
{
    vb_error err = { 0 };
    vb_nears near = { 0 };
    vb_cut_options cut = cli_cut(context->set);
    cut.around = vb_str_of(context->set->args[0]);
    vb_status status = vb_neighbours(context->store, &cut, context->arena, &near, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    cli_rows rows;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < near.len; i++) {
        cJSON *row = cli_json_node(&near.at[i].node);
        cli_json_number(row, "distance", near.at[i].distance);
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
    return near.len ? CLI_DONE : cli_nothing("it has no neighbours in this part of the graph");
}
