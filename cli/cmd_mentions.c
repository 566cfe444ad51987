/** verband mentions [DOCUMENT]: a row for each name in the text; --explain: what made it and what it beat. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "document", "document", false, 32 }, { "start", "start", true, 0 },      { NULL, "end", true, 0 },
    { "text", "text", false, 40 },         { "type", "type", false, 0 },       { "key", "key", false, 32 },
    { "name", "name", false, 40 },         { "article", "article", false, 0 }, { "rule", "rule", false, 0 },
};

static const cli_column explained[] = {
    { "document", "document", false, 32 }, { "start", "start", true, 0 },  { NULL, "end", true, 0 },
    { "text", "text", false, 40 },         { "type", "type", false, 0 },   { "key", "key", false, 32 },
    { NULL, "name", false, 40 },           { NULL, "article", false, 0 },  { "rule", "rule", false, 0 },
    { "score", "score", true, 0 },         { "beats", "beats", false, 0 },
};

struct listing {
    cli_rows rows;
    bool rules;
};

static cJSON *row_of(const vb_mention *mention, bool rule)
{
    cJSON *row = cJSON_CreateObject();
    cli_json_text(row, "document", mention->document);
    cli_json_number(row, "start", (double)mention->start);
    cli_json_number(row, "end", (double)mention->end);
    cli_json_item(row, "text", cli_json_string(mention->text));
    cli_json_text(row, "type", mention->node.label);
    cli_json_text(row, "key", mention->node.key);
    cli_json_text(row, "name", mention->node.name);
    if (mention->article.len) cli_json_text(row, "article", mention->article);
    vb_arena *arena = vb_arena_new();
    vb_str identifier = { 0 };
    if (arena && vb_mention_identifier(mention, arena, &identifier) == VB_OK && identifier.len)
        cli_json_text(row, "identifier", identifier);
    vb_arena_free(arena);
    if (rule) cli_json_text(row, "rule", mention->rule);
    return row;
}

static vb_status add(void *context, const vb_mention *mention)
{
    struct listing *list = context;
    cli_rows_add(&list->rows, row_of(mention, list->rules));
    return cli_view_failed(list->rows.view) ? VB_STOPPED : VB_OK;
}

/** "Utrecht" Region NL-UT (gazetteer:regions: less sure) */
static cJSON *beaten_as_text(const vb_candidate *c)
{
    vb_buf line = { 0 };
    cli_buf_text(&line, "\"");
    cli_buf_add(&line, c->text.at, c->text.len);
    cli_buf_text(&line, "\" ");
    cli_buf_add(&line, c->label.at, c->label.len);
    cli_buf_text(&line, " ");
    cli_buf_add(&line, c->key.at, c->key.len);
    cli_buf_text(&line, " (");
    cli_buf_add(&line, c->rule.at, c->rule.len);
    cli_buf_text(&line, ": ");
    cli_buf_add(&line, c->why.at, c->why.len);
    cli_buf_text(&line, ")");
    cJSON *item = cli_json_string((vb_str){ line.at, line.len });
    vb_buf_clear(&line);
    return item;
}

static vb_status add_explained(void *context, const vb_mention *mention, unsigned score,
                               const vb_candidate *beaten, size_t n_beaten)
{
    struct listing *list = context;
    cJSON *row = row_of(mention, true), *all = cJSON_CreateArray();
    cli_json_number(row, "score", score);
    for (size_t i = 0; i < n_beaten; i++) (void)cJSON_AddItemToArray(all, beaten_as_text(&beaten[i]));
    cli_json_item(row, "beats", all);
    cli_rows_add(&list->rows, row);
    return cli_view_failed(list->rows.view) ? VB_STOPPED : VB_OK;
}

static cli_exit explain(const cli_context *context, vb_str document)
{
    vb_error err = { 0 };
    vb_loader *loader = NULL;
    struct listing list = { 0 };
    vb_status status = vb_loader_new(context->set->data, &loader, &err);
    if (status == VB_OK) {
        cli_rows_begin(&list.rows, context->view, explained, sizeof explained / sizeof *explained);
        status = vb_mentions_explain(loader, context->store, document, add_explained, &list, &err);
        cli_rows_end(&list.rows);
    }
    vb_loader_free(loader);
    return status == VB_OK || cli_view_failed(context->view) ? CLI_DONE : cli_report(status, &err);
}

cli_exit cmd_mentions(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_str document = vb_str_of(set->n_args ? set->args[0] : NULL);
    vb_error err = { 0 };
    struct listing list = { .rules = set->rules };
    if (set->explain) return explain(context, document);
    cli_rows_begin(&list.rows, context->view, columns, sizeof columns / sizeof *columns - !set->rules);
    vb_status status = vb_store_mentions(context->store, document, add, &list, &err);
    cli_rows_end(&list.rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    return CLI_DONE;
}
