/** verband bridges: edges and nodes without which the graph falls apart. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "bridge", "bridge", false, 0 },       { "name", "name", false, 50 },
    { "source", "source.name", false, 40 }, { "relation", "type", false, 0 },
    { "target", "target.name", false, 40 }, { "key", "key", false, 0 },
};

static void as_rows(const cli_view *view, const vb_bridges *bridges)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < bridges->edges.len; i++) {
        cJSON *row = cli_json_edge(&bridges->edges.at[i]);
        cli_json_text(row, "bridge", vb_str_of("edge"));
        cli_rows_add(&rows, row);
    }
    for (size_t i = 0; i < bridges->nodes.len; i++) {
        cJSON *row = cli_json_node(&bridges->nodes.at[i]);
        cli_json_text(row, "bridge", vb_str_of("node"));
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
}

static void as_lists(const cli_view *view, const vb_bridges *bridges)
{
    if (bridges->edges.len) cli_line(view, CLI_BOLD, "Edges that alone connect two parts of the graph");
    for (size_t i = 0; i < bridges->edges.len; i++) {
        fputs("  ", view->out);
        cli_put_ends(view, CLI_PLAIN, &bridges->edges.at[i], 2);
        fputc('\n', view->out);
    }
    if (bridges->nodes.len) cli_line(view, CLI_BOLD, "Nodes that alone connect parts of the graph");
    for (size_t i = 0; i < bridges->nodes.len; i++) {
        fputs("  ", view->out);
        cli_put_node(view, &bridges->nodes.at[i]);
        fputc('\n', view->out);
    }
}

cli_exit cmd_bridges(const cli_context *context)
{
    vb_error err = { 0 };
    vb_bridges bridges = { 0 };
    vb_cut_options cut = cli_cut(context->set);
    vb_status status = vb_bridges_find(context->store, &cut, context->arena, &bridges, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    if (context->view->format->table)
        as_lists(context->view, &bridges);
    else
        as_rows(context->view, &bridges);
    if (!bridges.edges.len && !bridges.nodes.len)
        return cli_nothing("no edge or node holds this part of the graph together alone");
    return CLI_DONE;
}
