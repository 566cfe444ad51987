/** verband lint-gazetteer FILE: a line for each thing that is wrong with a gazetteer of one's own. */
#include "cli/output.h"

static vb_status say(void *context, unsigned line, const char *message)
{
    const char *file = context;
    if (line)
        cli_say("%s:%u: %s", file, line, message);
    else
        cli_say("%s: %s", file, message);
    return VB_OK;
}

cli_exit cmd_lint_gazetteer(const cli_context *context)
{
    vb_error err = { 0 };
    size_t n = 0;
    const char *file = context->set->args[0];
    vb_status status = vb_gazetteer_lint(file, say, (void *)(uintptr_t)file, &n, &err);
    if (status == VB_NOT_FOUND || status == VB_IO) {
        cli_say("%s", err.message);
        return CLI_BAD_INPUT;
    }
    if (status != VB_OK) return cli_report(status, &err);
    return n ? CLI_BAD_INPUT : CLI_DONE;
}
