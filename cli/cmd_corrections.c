/** verband corrections: what persons said, also what was taken back. */
#include "cli/correct.h"

static vb_status add(void *context, const vb_correction *c)
{
    cli_rows_add(context, cli_json_correction(c));
    return VB_OK;
}

cli_exit cmd_corrections(const cli_context *context)
{
    vb_error err = { 0 };
    cli_rows rows;
    cli_rows_begin(&rows, context->view, cli_correction_columns, cli_n_correction_columns);
    vb_status status = vb_corrections(context->store, add, &rows, &err);
    cli_rows_end(&rows);
    return cli_report(status, &err);
}
