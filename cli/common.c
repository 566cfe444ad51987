/** What several commands do alike: the cut that options ask for, and saying that nothing was found. */
#include "cli/output.h"

#include <string.h>

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
    };
}

/** The first label asked for that the ontology does not know, e.g. misspelt; {0}: none. */
static vb_str foreign_label(const cli_settings *set)
{
    vb_label label;
    vb_str only = vb_str_of(set->only_label);
    if (only.len && !vb_label_find(only, &label)) return only;
    for (size_t i = 0; i < set->labels.len; i++)
        if (!vb_label_find(set->labels.at[i], &label)) return set->labels.at[i];
    return (vb_str){ 0 };
}

cli_exit cli_nothing(const cli_context *context, const char *what)
{
    vb_str odd = foreign_label(context->set);
    vb_buf labels = { 0 };
    for (int i = 0; odd.len && i < VB_LABEL_COUNT; i++) {
        cli_buf_text(&labels, i ? ", " : "");
        cli_buf_text(&labels, vb_label_name((vb_label)i));
    }
    if (odd.len)
        cli_say("%s: %.*s is no label; labels are %s", what, (int)odd.len, odd.at, labels.at);
    else
        cli_say("%s", what);
    vb_buf_clear(&labels);
    return CLI_NOTHING;
}
