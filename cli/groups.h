/** What `communities` and `components` share: groups of nodes as rows of members, or as paragraphs. */
#ifndef CLI_GROUPS_H
#define CLI_GROUPS_H

#include "cli/output.h"

typedef vb_status (*cli_grouping)(vb_store *store, const vb_cut_options *cut, vb_arena *arena, vb_groups *out,
                                  vb_error *err);

/** Divide the graph and print its groups. @param word "community": the member that rows carry. */
cli_exit cli_groups(const cli_context *context, cli_grouping divide, const char *word, const char *plural);

#endif
