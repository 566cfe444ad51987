/** verband undo NUMBER...: corrections are taken back, in any order. */
#include "cli/correct.h"

#include <errno.h>
#include <stdlib.h>

static bool read_number(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    long long n = text[0] >= '0' && text[0] <= '9' ? strtoll(text, &end, 10) : 0;
    if (n <= 0 || errno || *end) return false;
    *out = n;
    return true;
}

cli_exit cmd_undo(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_store *store = NULL;
    vb_error err = { 0 };
    vb_buf when = { 0 };
    vb_correction_request r = cli_request(set, &when);
    int64_t *ids = cli_alloc(NULL, set->n_args * sizeof *ids);
    cli_exit code = CLI_USAGE;
    for (size_t i = 0; i < set->n_args; i++) {
        if (read_number(set->args[i], &ids[i])) continue;
        cli_say("\"%s\" is no number of a correction; `verband corrections` lists them", set->args[i]);
        goto done;
    }
    code = cli_open_to_correct(context->db, &store);
    if (code == CLI_DONE)
        code = cli_report(vb_undo(store, ids, set->n_args, r.who, r.when, r.why, &err), &err);
done:
    vb_store_close(store);
    free(ids);
    vb_buf_clear(&when);
    return code;
}
