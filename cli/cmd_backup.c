/** verband backup, verband restore: a copy of the store as it is now, and the way back. */
#include "cli/output.h"

cli_exit cmd_backup(const cli_context *context)
{
    vb_error err = { 0 };
    vb_status status = vb_store_backup(context->store, context->set->args[0], &err);
    if (status != VB_OK) return cli_report(status, &err);
    if (!context->set->quiet) cli_say("%s is copied to %s", context->db, context->set->args[0]);
    return CLI_DONE;
}

cli_exit cmd_restore(const cli_context *context)
{
    vb_error err = { 0 };
    vb_store *store = NULL;
    cli_exit code = cli_open(context->db, VB_OPEN_WRITE, &store);
    if (code != CLI_DONE) return code;
    vb_status status = vb_store_restore(store, context->set->args[0], &err);
    vb_store_close(store);
    if (status != VB_OK) return cli_report(status, &err);
    if (!context->set->quiet) cli_say("%s has the graph of %s", context->db, context->set->args[0]);
    return CLI_DONE;
}
