/** verband check: a row for each finding; an ill store ends with 4. With --repair a row for each loss. */
#include "cli/output.h"

static const cli_column columns[] = {
    { "rule", "rule", false, 0 },
    { "where", "where", false, 0 },
};

static vb_status add(void *context, const char *rule, const char *where)
{
    cli_rows *rows = context;
    cJSON *row = cJSON_CreateObject();
    cli_json_text(row, "rule", vb_str_of(rule));
    cli_json_text(row, "where", vb_str_of(where));
    cli_rows_add(rows, row);
    return cli_view_failed(rows->view) ? VB_STOPPED : VB_OK;
}

/** Save what can be saved; what is lost ends with 3: load it again. */
static cli_exit repair(const cli_context *context)
{
    vb_error err = { 0 };
    size_t n = 0;
    cli_rows rows;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    vb_status status = vb_store_repair(context->db, add, &rows, &n, &err);
    cli_rows_end(&rows);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    if (n)
        cli_say("%s is in order again, with %zu loss%s; as it was, it is %s.damaged", context->db, n,
                n == 1 ? "" : "es", context->db);
    else
        cli_say("%s is in order, nothing is lost; as it was, it is %s.damaged", context->db, context->db);
    return n ? CLI_BAD_INPUT : CLI_DONE;
}

cli_exit cmd_check(const cli_context *context)
{
    vb_error err = { 0 };
    size_t n = 0;
    cli_rows rows;
    vb_store *store = NULL;
    if (context->set->repair) return repair(context);
    cli_exit code = cli_open(context->db, VB_OPEN_READ, &store);
    if (code != CLI_DONE) return code;
    cli_rows_begin(&rows, context->view, columns, sizeof columns / sizeof *columns);
    vb_status status = vb_store_check(store, add, &rows, &n, &err);
    cli_rows_end(&rows);
    vb_store_close(store);
    if (status != VB_OK && !cli_view_failed(context->view)) return cli_report(status, &err);
    if (rows.n)
        cli_say("%s: %zu finding%s", context->db, rows.n, rows.n == 1 ? "" : "s");
    else
        cli_say("%s is in order", context->db);
    return rows.n ? CLI_TROUBLE : CLI_DONE;
}
