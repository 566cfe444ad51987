/** Groups of nodes: a row for each member, or for people a paragraph for each group. */
#include "cli/groups.h"

/** Members that a paragraph names. */
enum { MOST_MEMBERS = 12, INDENT = 5 };

static void as_rows(const cli_view *view, const vb_groups *groups, size_t n, const char *word)
{
    const cli_column columns[] = {
        { word, word, true, 0 },    { "group", "group", false, 0 }, { "type", "type", false, 0 },
        { "key", "key", false, 0 }, { "name", "name", false, 0 },   { "document", "document", false, 0 },
    };
    cli_rows rows;
    cli_rows_begin(&rows, view, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < groups->at[i].len; j++) {
            cJSON *row = cli_json_node(&groups->at[i].at[j]);
            cli_json_number(row, word, (double)(i + 1));
            cli_json_text(row, "group", groups->at[i].name);
            cli_rows_add(&rows, row);
        }
    }
    cli_rows_end(&rows);
}

/** How many of its nodes have which label, in order of the ontology; of an import's labels as "others". */
static void put_labels(const cli_view *view, const vb_group *group)
{
    size_t n[VB_LABEL_COUNT + 1] = { 0 };
    vb_buf line = { 0 };
    char count[40];
    for (size_t i = 0; i < group->len; i++) {
        vb_label label = VB_LABEL_COUNT;
        n[vb_label_find(group->at[i].label, &label) ? label : VB_LABEL_COUNT]++;
    }
    for (size_t i = 0; i <= VB_LABEL_COUNT; i++) {
        if (!n[i]) continue;
        snprintf(count, sizeof count, "%s%zu ", line.len ? ", " : "", n[i]);
        cli_buf_text(&line, count);
        cli_buf_text(&line, i < VB_LABEL_COUNT ? vb_label_name((vb_label)i) : "others");
    }
    cli_wrap(view, INDENT, CLI_DIM, (vb_str){ line.at, line.len });
    vb_buf_clear(&line);
}

static void as_paragraphs(const cli_view *view, const vb_groups *groups, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const vb_group *group = &groups->at[i];
        vb_buf members = { 0 };
        char line[48];
        snprintf(line, sizeof line, "%3zu  ", i + 1);
        fputs(line, view->out);
        cli_put_name(
            view, CLI_BOLD, group->name,
            cli_name_room(view, sizeof "  1  " + sizeof "  12,345 nodes", group->name, (vb_str){ 0 }));
        snprintf(line, sizeof line, "  %zu node%s\n", group->len, group->len == 1 ? "" : "s");
        fputs(line, view->out);
        put_labels(view, group);
        for (size_t j = 0; j < group->len && j < MOST_MEMBERS; j++) {
            if (j) cli_buf_text(&members, " · ");
            vb_str name = group->at[j].name;
            bool cut = cli_width(name) > CLI_NAME_MOST;
            cli_buf_add(&members, name.at, cut ? cli_fitting(name, CLI_NAME_MOST - 1) : name.len);
            if (cut) cli_buf_text(&members, "…");
        }
        if (group->len > MOST_MEMBERS) {
            snprintf(line, sizeof line, " · and %zu more", group->len - MOST_MEMBERS);
            cli_buf_text(&members, line);
        }
        cli_wrap(view, INDENT, CLI_PLAIN, (vb_str){ members.at, members.len });
        vb_buf_clear(&members);
    }
}

cli_exit cli_groups(const cli_context *context, cli_grouping divide, const char *word, const char *plural)
{
    vb_error err = { 0 };
    vb_groups groups = { 0 };
    vb_cut_options cut = cli_cut(context->set);
    vb_status status = divide(context->store, &cut, context->arena, &groups, &err);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    size_t n = context->set->top && context->set->top < groups.len ? context->set->top : groups.len;
    if (!context->view->format->table)
        as_rows(context->view, &groups, n, word);
    else
        as_paragraphs(context->view, &groups, n);
    if (!groups.len) return cli_nothing("no node in this part of the graph");
    if (context->view->format->table && n < groups.len)
        fprintf(context->view->out, "\n%zu of %zu %s\n", n, groups.len, plural);
    return CLI_DONE;
}
