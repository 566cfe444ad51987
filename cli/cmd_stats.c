/** verband stats: figures of the graph. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "figure", "figure", false, 0 },
    { "name", "name", false, 0 },
    { "n", "n", true, 0 },
};

/** The year of documents whose date is not known. */
static const char unknown[] = "unknown";

static cJSON *counts_of(const vb_count *counts, size_t n)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < n; i++) {
        cJSON *name = cli_json_string(counts[i].name.len ? counts[i].name : vb_str_of(unknown));
        cJSON_AddNumberToObject(object, name->valuestring, (double)counts[i].n);
        cJSON_Delete(name);
    }
    return object;
}

static void add_row(cli_rows *rows, const char *figure, vb_str name, int64_t n)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_text(row, "figure", vb_str_of(figure));
    cli_json_text(row, "name", name);
    cli_json_number(row, "n", (double)n);
    cli_rows_add(rows, row);
}

static void as_rows(const cli_view *view, const vb_stats *stats)
{
    const struct {
        const char *figure;
        int64_t n;
    } totals[] = {
        { "documents", stats->n_documents },
        { "bytes", stats->n_bytes },
        { "nodes", stats->n_nodes },
        { "edges", stats->n_edges },
        { "evidence", stats->n_evidence },
        { "mentions", stats->n_mentions },
        { "mention_edges", stats->n_mention_edges },
    };
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        add_row(&rows, totals[i].figure, (vb_str){ 0 }, totals[i].n);
    for (size_t i = 0; i < stats->n_labels; i++)
        add_row(&rows, "label", stats->labels[i].name, stats->labels[i].n);
    for (size_t i = 0; i < stats->n_relations; i++)
        add_row(&rows, "relation", stats->relations[i].name, stats->relations[i].n);
    for (size_t i = 0; i < stats->n_years; i++)
        add_row(&rows, "year",
                stats->documents_by_year[i].name.len ? stats->documents_by_year[i].name : vb_str_of(unknown),
                stats->documents_by_year[i].n);
    cli_rows_end(&rows);
}

static cJSON *as_object(const vb_stats *stats)
{
    cJSON *object = cJSON_CreateObject();
    cli_json_number(object, "documents", (double)stats->n_documents);
    cli_json_number(object, "bytes", (double)stats->n_bytes);
    cli_json_number(object, "nodes", (double)stats->n_nodes);
    cli_json_number(object, "edges", (double)stats->n_edges);
    cli_json_number(object, "evidence", (double)stats->n_evidence);
    cli_json_number(object, "mentions", (double)stats->n_mentions);
    cli_json_number(object, "mention_edges", (double)stats->n_mention_edges);
    cli_json_item(object, "labels", counts_of(stats->labels, stats->n_labels));
    cli_json_item(object, "relations", counts_of(stats->relations, stats->n_relations));
    cli_json_item(object, "years", counts_of(stats->documents_by_year, stats->n_years));
    cli_json_number(object, "schema_version", stats->schema_version);
    return object;
}

cli_exit cmd_stats(const cli_context *context)
{
    vb_error err = { 0 };
    vb_stats stats = { 0 };
    vb_status status = vb_store_stats(context->store, context->arena, &stats, &err);
    if (status != VB_OK) return cli_report(status, &err);
    if (context->view->format->document)
        cli_answer(context->view, as_object(&stats));
    else
        as_rows(context->view, &stats);
    return CLI_DONE;
}
