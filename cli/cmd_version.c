/** verband version, verband --version. */
#include "cli/output.h"

cli_exit cmd_version(const cli_context *context)
{
    (void)context;
    puts("verband " VB_VERSION);
    return CLI_DONE;
}
