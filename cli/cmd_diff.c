/** verband diff A B: what is new, gone and lasting between two letters or two periods. */
#include "cli/output.h"

#include <inttypes.h>

static const cli_column columns[] = {
    { "change", "change", false, 0 },       { "what", "what", false, 0 },
    { "name", "node.name", false, 60 },     { "relation", "type", false, 0 },
    { "source", "source.name", false, 40 }, { "target", "target.name", false, 40 },
    { "before", "before", true, 0 },        { "after", "after", true, 0 },
    { NULL, "node.key", false, 0 },         { NULL, "evidence", false, 0 },
};

/** What people are shown of each list, unless they ask for more. */
enum { MOST_NODES = 15, MOST_EDGES = 10, FIGURES = 14 /* "  12 → 1234" */ };

static const char *const changes[] = { "new", "gone", "lasting" };
static const char *const titles[] = { "New", "Gone", "Lasting" };

static cJSON *row_of(const char *what, vb_change change, int64_t before, int64_t after)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_text(row, "change", vb_str_of(changes[change]));
    cli_json_text(row, "what", vb_str_of(what));
    cli_json_number(row, "before", (double)before);
    cli_json_number(row, "after", (double)after);
    return row;
}

static void as_rows(const cli_view *view, const vb_diff *diff)
{
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const vb_changed_node *n = &diff->nodes[i];
        cJSON *row = row_of("node", n->change, n->before, n->after);
        cli_json_item(row, "node", cli_json_node(&n->node));
        cli_rows_add(&rows, row);
    }
    for (size_t i = 0; i < diff->n_edges; i++) {
        const vb_changed_edge *e = &diff->edges[i];
        cJSON *row = row_of("edge", e->change, e->before, e->after), *said = cJSON_CreateArray();
        cli_json_text(row, "type", e->edge.type);
        cli_json_item(row, "source", cli_json_node(&e->edge.source));
        cli_json_item(row, "target", cli_json_node(&e->edge.target));
        for (size_t j = 0; j < e->edge.n_evidence; j++)
            cJSON_AddItemToArray(said, cli_json_evidence(&e->edge.evidence[j]));
        cli_json_item(row, "evidence", said);
        cli_rows_add(&rows, row);
    }
    cli_rows_end(&rows);
}

/** The nodes of one kind of change, most mentioned first: "Politie (3)", of what lasts "Politie (3, 5)". */
static void put_nodes(const cli_view *view, const vb_diff *diff, vb_change change, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_nodes; i++) {
        const vb_changed_node *d = &diff->nodes[i];
        if (d->change != change || n++ >= most) continue;
        fprintf(view->out, "  ");
        unsigned beside = 4 + cli_width(d->node.label) + FIGURES;
        cli_put_name(view, CLI_BOLD, d->node.name, cli_name_room(view, beside, d->node.name, (vb_str){ 0 }));
        fprintf(view->out, "  ");
        cli_put(view, CLI_DIM, d->node.label);
        if (change == VB_CHANGE_LASTING)
            fprintf(view->out, "  %" PRId64 " → %" PRId64 "\n", d->before, d->after);
        else
            fprintf(view->out, "  %" PRId64 "\n", d->before + d->after);
    }
    if (n > most) fprintf(view->out, "  and %zu more (--all)\n", n - most);
}

static void put_edges(const cli_view *view, const vb_diff *diff, vb_change change, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_edges; i++) {
        const vb_changed_edge *d = &diff->edges[i];
        if (d->change != change || n++ >= most) continue;
        cli_put_edge(view, &d->edge);
        cli_put_evidence(view, 4, d->edge.evidence, d->edge.n_evidence, 1);
    }
    if (n > most) fprintf(view->out, "  and %zu more (--all)\n", n - most);
}

static size_t count(const vb_diff *diff, vb_change change, bool edges)
{
    size_t n = 0;
    for (size_t i = 0; i < (edges ? diff->n_edges : diff->n_nodes); i++)
        n += (edges ? diff->edges[i].change : diff->nodes[i].change) == change;
    return n;
}

static void for_people(const cli_view *view, const vb_diff *diff, bool all)
{
    for (int c = VB_CHANGE_NEW; c <= VB_CHANGE_LASTING; c++) {
        char line[120];
        size_t n_nodes = count(diff, (vb_change)c, false), n_edges = count(diff, (vb_change)c, true);
        snprintf(line, sizeof line, "%s: %zu names, %zu relations", titles[c], n_nodes, n_edges);
        if (c) fputc('\n', view->out);
        cli_line(view, CLI_BOLD, line);
        put_nodes(view, diff, (vb_change)c, all ? SIZE_MAX : MOST_NODES);
        put_edges(view, diff, (vb_change)c, all ? SIZE_MAX : MOST_EDGES);
    }
}

cli_exit cmd_diff(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_diff diff = { 0 };
    const vb_cut_options cut = cli_cut(set);
    vb_status status = vb_diff_find(context->store, vb_str_of(set->args[0]), vb_str_of(set->args[1]), &cut,
                                    context->arena, &diff, &err);
    if (status != VB_OK) return cli_report(status, &err);
    if (context->view->format->table)
        for_people(context->view, &diff, set->all);
    else
        as_rows(context->view, &diff);
    return diff.n_nodes || diff.n_edges ? CLI_DONE : cli_nothing("neither names anything");
}
