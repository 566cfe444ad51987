/** What several commands do alike: opening the store, the cut that options ask for, words joined to a line.
 */
#include "cli/output.h"

vb_cut_options cli_cut(const cli_settings *set)
{
    return (vb_cut_options){
        .labels = set->labels.at,
        .n_labels = set->labels.len,
        .relations = set->relations.at,
        .n_relations = set->relations.len,
        .around = vb_str_of(set->around),
        .depth = (unsigned)set->depth,
        .since = vb_str_of(set->since),
        .until = vb_str_of(set->until),
        .min_evidence = (int64_t)set->min_evidence,
        .mentions = set->mentions,
        .stated = set->stated,
        .keep_isolated = set->isolated,
        .project = set->project[0],
        .project_over = set->project[1],
        .min_weight = (int64_t)set->min_weight,
        .community = vb_str_of(set->community),
    };
}

void cli_join(const cli_settings *set, vb_buf *out)
{
    for (size_t i = 0; i < set->n_args; i++) {
        if (i) cli_buf_text(out, " ");
        cli_buf_text(out, set->args[i]);
    }
}

/** Who asks a store of an older version wants an answer: it is brought up to date first, once, where it may
 * be written. */
static vb_status bring_up_to_date(const char *path, vb_error *err)
{
    vb_store *store = NULL;
    cli_say("%s was made by an older version of Verband: bringing it up to date", path);
    vb_status status = vb_store_open(path, VB_OPEN_WRITE, &store, err);
    vb_store_close(store);
    return status;
}

cli_exit cli_open(const char *path, vb_open_mode mode, vb_store **out)
{
    vb_error err = { 0 };
    vb_status status = vb_store_open(path, mode, out, &err);
    bool older = status == VB_STORE_OLDER;
    if (older && (status = bring_up_to_date(path, &err)) == VB_OK)
        status = vb_store_open(path, mode, out, &err);
    if (status == VB_OK) return CLI_DONE;
    if (status == VB_NOT_FOUND)
        cli_say("no store at %s: load documents first (verband load -h)", path);
    else
        cli_report(status, &err);
    if (older) cli_say("where it may not be written, ask a copy of it");
    return CLI_TROUBLE;
}
