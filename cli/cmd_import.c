/** verband import FILE...: a graph from CSV, JSON lines or GraphML, wholly or not at all. */
#include "cli/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/** Whether the files are there: a mistyped name should not leave an empty store behind. */
static bool all_there(const cli_settings *set)
{
    for (size_t i = 0; i < set->n_args; i++) {
        if (access(set->args[i], R_OK) == 0) continue;
        cli_say("%s: %s", set->args[i], strerror(errno));
        return false;
    }
    return true;
}

cli_exit cmd_import(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_import_summary sum = { 0 };
    vb_store *store = NULL;
    char nodes[32], edges[32], new_nodes[32], new_edges[32];
    if (!all_there(set)) return CLI_BAD_INPUT;
    cli_exit code = cli_open(context->db, VB_OPEN_WRITE, &store);
    if (code == CLI_DONE) code = cli_report(vb_import_files(store, set->args, set->n_args, &sum, &err), &err);
    vb_store_close(store);
    if (code == CLI_DONE && !set->quiet)
        cli_say(
            "%s rows of nodes (%s new nodes), %s rows of edges (%s new edges)",
            cli_thousands((int64_t)sum.n_nodes, nodes), cli_thousands((int64_t)sum.n_new_nodes, new_nodes),
            cli_thousands((int64_t)sum.n_edges, edges), cli_thousands((int64_t)sum.n_new_edges, new_edges));
    return code;
}
