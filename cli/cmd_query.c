/**
 * verband query [CYPHER]: a query in openCypher, from the operand, a file or standard input. Ctrl-C ends the
 * query, and leaves the store as it was.
 */
#include "cli/query.h"

#include <string.h>

enum { QUERY_MAX = 1 << 20 };

static cli_exit read_query(const cli_settings *set, vb_buf *out)
{
    const char *path = set->file ? set->file : "-";
    if (set->n_args) {
        cli_buf_text(out, set->args[0]);
        return CLI_DONE;
    }
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!in) {
        cli_say("%s: cannot be read", path);
        return CLI_BAD_INPUT;
    }
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0 && out->len <= QUERY_MAX;)
        cli_buf_add(out, block, n);
    bool failed = ferror(in) != 0;
    if (in != stdin) (void)fclose(in);
    if (!failed) return CLI_DONE;
    cli_say("%s: cannot be read", path);
    return CLI_BAD_INPUT;
}

cli_exit cmd_query(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_entry params[CLI_LIST_MAX];
    vb_buf text = { 0 };
    vb_store *store = NULL;
    cli_exit code = read_query(set, &text);
    cli_buf_text(&text, "");
    for (size_t i = 0; i < set->params.len && code == CLI_DONE; i++)
        code = cli_query_param(set->params.at[i].at, context->arena, &params[i]);
    if (code == CLI_DONE) code = cli_open(context->db, set->write ? VB_OPEN_WRITE : VB_OPEN_READ, &store);
    if (code == CLI_DONE) {
        const cli_query how = { .store = store,
                                .view = context->view,
                                .write = set->write,
                                .explain = set->explain ? VB_QUERY_EXPLAIN : VB_QUERY_RUN,
                                .timeout = set->timeout,
                                .memory = set->memory,
                                .params = params,
                                .n_params = set->params.len,
                                .stop = cli_query_listen(true) };
        code = cli_query_run(&how, (vb_str){ text.at, text.len });
        cli_query_listen(false);
    }
    vb_store_close(store);
    vb_buf_clear(&text);
    return code;
}
