/** verband documents: a row for each loaded document. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "document", "document", false, 32 }, { "date", "date", false, CLI_DAY },  { "kind", "kind", false, 20 },
    { "sender", "sender", false, 32 },     { "mentions", "mentions", true, 0 }, { "edges", "edges", true, 0 },
    { "title", "title", false, 0 },        { NULL, "key", false, 0 },
};

static vb_status add(void *context, const vb_document *document)
{
    cli_rows *rows = context;
    cli_rows_add(rows, cli_json_document(document));
    return cli_view_failed(rows->view) ? VB_STOPPED : VB_OK;
}

static const cli_column duplicate_columns[] = {
    { "document", "document", false, 40 },
    { "duplicate", "duplicate", false, 40 },
    { "number", "number", false, 24 },
    { "title", "title", false, 0 },
};

static vb_status add_duplicate(void *context, const vb_duplicate *duplicate)
{
    cli_rows *rows = context;
    cJSON *object = cJSON_CreateObject();
    cli_json_text(object, "document", duplicate->document);
    cli_json_text(object, "duplicate", duplicate->file);
    cli_json_text(object, "number", duplicate->number);
    cli_json_text(object, "title", duplicate->title);
    cli_json_text(object, "path", duplicate->path);
    cli_rows_add(rows, object);
    return cli_view_failed(rows->view) ? VB_STOPPED : VB_OK;
}

cli_exit cmd_documents(const cli_context *context)
{
    vb_error err = { 0 };
    cli_rows rows;
    bool twins = context->set->duplicates;
    cli_rows_begin(&rows, context->view, twins ? duplicate_columns : columns,
                   twins ? sizeof duplicate_columns / sizeof *duplicate_columns
                         : sizeof columns / sizeof *columns);
    vb_status status = twins ? vb_store_duplicates(context->store, add_duplicate, &rows, &err)
                             : vb_store_documents(context->store, add, &rows, &err);
    cli_rows_end(&rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    return CLI_DONE;
}
