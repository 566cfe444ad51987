/** verband reject A [RELATION B]: a person says that an edge does not hold, or that a node is none. */
#include "cli/correct.h"

cli_exit cmd_reject(const cli_context *context)
{
    return cli_correct(context, VB_REJECT);
}
