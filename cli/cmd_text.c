/** verband text DOCUMENT: the bytes as they are, except to a terminal. */
#include "cli/output.h"

cli_exit cmd_text(const cli_context *context)
{
    vb_error err = { 0 };
    vb_str text;
    vb_status status =
        vb_store_text(context->store, vb_str_of(context->set->args[0]), context->arena, &text, &err);
    if (status != VB_OK) return cli_report(status, &err);
    if (!context->view->terminal) {
        fwrite(text.at, 1, text.len, context->view->out);
        return CLI_DONE;
    }
    vb_buf clean = { 0 };
    cli_clean(&clean, text, true);
    fwrite(clean.at, 1, clean.len, context->view->out);
    vb_buf_clear(&clean);
    return CLI_DONE;
}
