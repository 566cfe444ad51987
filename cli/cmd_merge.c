/** verband merge A B: A is B. */
#include "cli/correct.h"

cli_exit cmd_merge(const cli_context *context)
{
    return cli_correct(context, VB_MERGE);
}
