/** verband rename A NAME: A is called so. */
#include "cli/correct.h"

cli_exit cmd_rename(const cli_context *context)
{
    return cli_correct(context, VB_RENAME);
}
