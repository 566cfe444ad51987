/** verband components: parts of the graph that nothing connects. */
#include "cli/groups.h"

cli_exit cmd_components(const cli_context *context)
{
    return cli_groups(context, vb_components, "component", "components");
}
