/** verband communities: groups that are more connected within than without. */
#include "cli/groups.h"

cli_exit cmd_communities(const cli_context *context)
{
    return cli_groups(context, vb_communities, "community", "communities");
}
