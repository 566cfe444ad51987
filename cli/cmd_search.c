/** verband search WORDS: passages, best first, the hits marked. */
#include "cli/output.h"

#include <stdlib.h>

enum { DEFAULT_TOP = 20 };

static const cli_column columns[] = {
    { "document", "document", false, 0 }, { "date", "date", false, CLI_DAY },
    { "start", "start", true, 0 },        { "end", "end", true, 0 },
    { "score", "score", true, 0 },        { "snippet", "snippet", false, 0 },
};

static cJSON *hit_object(const vb_hit *hit)
{
    cJSON *row = cli_json_node(&hit->document), *marks = cJSON_CreateArray();
    cli_json_text(row, "date", hit->date);
    cli_json_number(row, "start", (double)hit->start);
    cli_json_number(row, "end", (double)hit->end);
    cli_json_text(row, "snippet", hit->snippet);
    for (size_t i = 0; i < hit->n_marks; i++)
        cJSON_AddItemToArray(
            marks, cJSON_CreateIntArray((const int[]){ (int)hit->marks[i][0], (int)hit->marks[i][1] }, 2));
    cli_json_item(row, "marks", marks);
    cli_json_number(row, "score", hit->score);
    return row;
}

static void put_hit(const cli_view *view, const vb_hit *hit)
{
    enum { PLACE = 12 /* ":1234567", blanks */ };
    vb_str title = hit->document.name;
    vb_str file = hit->document.document.len ? hit->document.document : hit->document.key;
    unsigned beside = cli_width(file) + cli_width(hit->date) + PLACE;
    cli_put(view, CLI_BOLD, file);
    fprintf(view->out, ":%lld  ", (long long)hit->start);
    if (hit->date.len) {
        cli_put(view, CLI_DIM, hit->date);
        fputs("  ", view->out);
    }
    cli_put_name(view, CLI_DIM, title, cli_name_room(view, beside, title, (vb_str){ 0 }));
    fputc('\n', view->out);
    cli_marked *marks = cli_alloc(NULL, (hit->n_marks + 1) * sizeof *marks);
    for (size_t i = 0; i < hit->n_marks; i++)
        marks[i] = (cli_marked){ hit->marks[i][0], hit->marks[i][1], CLI_MARKS_HIT };
    cli_wrap_marks(view, 4, hit->snippet, marks, hit->n_marks);
    free(marks);
}

cli_exit cmd_search(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_hits hits = { 0 };
    vb_buf words = { 0 };
    cli_join(set, &words);
    vb_status status = vb_search(context->store, (vb_str){ words.at, words.len },
                                 set->top ? set->top : DEFAULT_TOP, context->arena, &hits, &err);
    vb_buf_clear(&words);
    if (status != VB_OK && status != VB_NOT_FOUND) return cli_report(status, &err);
    if (context->view->format->table) {
        for (size_t i = 0; i < hits.len; i++) put_hit(context->view, &hits.at[i]);
    } else {
        cli_rows rows;
        cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; i < hits.len; i++) cli_rows_add(&rows, hit_object(&hits.at[i]));
        cli_rows_end(&rows);
    }
    return hits.len ? CLI_DONE : cli_nothing("no passage has these words");
}
