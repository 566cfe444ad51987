/** verband assert A [RELATION B]: a person says that an edge holds, or that a node is one. */
#include "cli/correct.h"

cli_exit cmd_assert(const cli_context *context)
{
    return cli_correct(context, VB_ASSERT);
}
