/** verband rank: nodes by a measure. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "rank", "rank", true, 0 },   { "name", "name", false, 60 }, { "type", "type", false, 0 },
    { "score", "score", true, 0 }, { "key", "key", false, 40 },   { NULL, "document", false, 0 },
};

cli_exit cmd_rank(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_ranking ranking = { 0 };
    vb_rank_options options = { .cut = cli_cut(set),
                                .by = set->by,
                                .only_label = vb_str_of(set->only_label),
                                .top = set->top,
                                .weighted = set->weighted };
    vb_status status = vb_rank(context->store, &options, context->arena, &ranking, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    cli_rows rows;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < ranking.len; i++) {
        cJSON *node = cli_json_node(&ranking.at[i].node), *row = cJSON_CreateObject();
        cli_json_number(row, "rank", (double)ranking.at[i].rank);
        for (cJSON *item; (item = cJSON_DetachItemFromArray(node, 0)) != NULL;)
            cJSON_AddItemToArray(row, item); /* keeps its key */
        cli_json_number(row, "score", ranking.at[i].score);
        cJSON_Delete(node);
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
    if (!ranking.len) return cli_nothing("no node in this part of the graph");
    if (context->view->format->table && ranking.meaning)
        fprintf(context->view->out, "\n%s — %s\n", set->by ? set->by : "degree", ranking.meaning);
    return CLI_DONE;
}
