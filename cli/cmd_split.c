/** verband split A B: A and B are two; a part of A may be B's. */
#include "cli/correct.h"

cli_exit cmd_split(const cli_context *context)
{
    return cli_correct(context, VB_SPLIT);
}
