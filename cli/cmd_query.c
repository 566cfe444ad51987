/**
 * verband query CYPHER: a query in openCypher, from the operand, a file or standard input. In json and jsonl
 * a node is {"id","labels","properties"}, a relationship {"id","type","source","target","properties"}, a path
 * {"nodes","relationships"}; the other formats show Cypher literals.
 */
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

enum { QUERY_MAX = 1 << 20 };

/* ---- values as JSON ------------------------------------------------------------------------------------ */

static cJSON *json_of(const vb_value *v);

static cJSON *json_list(const vb_value *at, size_t n)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < n; i++) cJSON_AddItemToArray(list, json_of(&at[i]));
    return list;
}

static void add_value(cJSON *object, vb_str key, cJSON *value)
{
    vb_buf name = { 0 };
    cli_buf_add(&name, key.at ? key.at : "", key.len);
    cJSON_AddItemToObject(object, name.at ? name.at : "", value); /* copies the key */
    vb_buf_clear(&name);
}

static cJSON *json_map(const vb_value_map *map)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < map->len; i++) add_value(object, map->at[i].key, json_of(&map->at[i].value));
    return object;
}

/** An integer with all its digits: cJSON's own numbers are floats. */
static cJSON *json_integer(int64_t n)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    return cJSON_CreateRaw(digits);
}

static cJSON *json_thing(const vb_value *v)
{
    const vb_thing *t = v->as.thing;
    cJSON *object = cJSON_CreateObject();
    cli_json_item(object, "id", json_integer(t->id));
    if (v->kind == VB_VALUE_NODE) {
        cli_json_item(object, "labels", json_list(t->labels.at, t->labels.len));
    } else {
        cli_json_text(object, "type", t->type);
        cli_json_item(object, "source", json_integer(t->source));
        cli_json_item(object, "target", json_integer(t->target));
    }
    cli_json_item(object, "properties", json_map(&t->properties));
    return object;
}

static cJSON *json_string(vb_str text)
{
    cJSON *holder = cJSON_CreateObject(), *item;
    cli_json_text(holder, "x", text);
    item = cJSON_DetachItemFromObject(holder, "x");
    cJSON_Delete(holder);
    return text.len ? item : (cJSON_Delete(item), cJSON_CreateString(""));
}

/** A float that JSON cannot say (NaN, infinities) and all else that has no kind there is its literal. */
static cJSON *json_literal(const vb_value *v, bool raw)
{
    vb_buf text = { 0 };
    cJSON *item = vb_value_print(v, &text) != VB_OK ? NULL
                  : raw                             ? cJSON_CreateRaw(text.at)
                                                    : json_string((vb_str){ text.at, text.len });
    vb_buf_clear(&text);
    return item;
}

static cJSON *json_of(const vb_value *v)
{
    switch (v->kind) {
    case VB_VALUE_NULL:
        return cJSON_CreateNull();
    case VB_VALUE_BOOLEAN:
        return cJSON_CreateBool(v->as.boolean);
    case VB_VALUE_INTEGER:
        return json_integer(v->as.integer);
    case VB_VALUE_FLOAT:
        return json_literal(v, v->as.number - v->as.number == 0);
    case VB_VALUE_STRING:
        return json_string(v->as.text);
    case VB_VALUE_LIST:
        return json_list(v->as.list.at, v->as.list.len);
    case VB_VALUE_MAP:
        return json_map(&v->as.map);
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return json_thing(v);
    case VB_VALUE_PATH: {
        cJSON *object = cJSON_CreateObject();
        cli_json_item(object, "nodes", json_list(v->as.path->nodes, v->as.path->length + 1));
        cli_json_item(object, "relationships", json_list(v->as.path->relationships, v->as.path->length));
        return object;
    }
    default:
        return json_literal(v, false);
    }
}

/** What a table's cell shows: texts as they are, all else as a literal; null is empty. */
static cJSON *cell_of(const vb_value *v)
{
    if (v->kind == VB_VALUE_NULL) return cJSON_CreateNull();
    if (v->kind == VB_VALUE_STRING) return json_string(v->as.text);
    return json_literal(v, false);
}

/* ---- errors ----------------------------------------------------------------------------------------------
 */

/** The error, the line of the query it is in, and a caret under the place. */
static cli_exit report(const vb_query_error *err, vb_str text)
{
    if (!err->line) {
        cli_say("%s (%s)", err->message, err->type ? err->type : "Error");
        return cli_exit_of(err->status);
    }
    size_t from = err->at < text.len ? err->at : text.len, to = from;
    while (from && text.at[from - 1] != '\n') from--;
    while (to < text.len && text.at[to] != '\n') to++;
    cli_say("line %u, column %u: %s (%s, %s)", err->line, err->column, err->message, err->type, err->detail);
    vb_buf line = { 0 };
    cli_clean(&line, (vb_str){ text.at + from, to - from }, true);
    fprintf(stderr, "  %s\n  %*s\n", line.at ? line.at : "", (int)err->column, "^");
    vb_buf_clear(&line);
    if (err->hint[0]) cli_say("  %s", err->hint);
    return err->status == VB_BAD_ARGUMENT ? CLI_USAGE : cli_exit_of(err->status);
}

/* ---- the query -------------------------------------------------------------------------------------------
 */

static cli_exit read_query(const cli_settings *set, vb_buf *out)
{
    const char *path = set->file ? set->file : "-";
    if (set->n_args) {
        cli_buf_text(out, set->args[0]);
        return CLI_DONE;
    }
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!in) {
        cli_say("%s: cannot be read", path);
        return CLI_BAD_INPUT;
    }
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0 && out->len <= QUERY_MAX;)
        cli_buf_add(out, block, n);
    bool failed = ferror(in) != 0;
    if (in != stdin) (void)fclose(in);
    if (!failed) return CLI_DONE;
    cli_say("%s: cannot be read", path);
    return CLI_BAD_INPUT;
}

static cli_exit read_params(const cli_context *context, vb_entry *out)
{
    const cli_list *params = &context->set->params;
    for (size_t i = 0; i < params->len; i++) {
        vb_query_error err = { 0 };
        const char *is = memchr(params->at[i].at, '=', params->at[i].len);
        if (!is || is == params->at[i].at) {
            cli_say("--param takes NAME=VALUE, not \"%s\"", params->at[i].at);
            return CLI_USAGE;
        }
        out[i].key = (vb_str){ params->at[i].at, (size_t)(is - params->at[i].at) };
        if (vb_value_parse(vb_str_of(is + 1), context->arena, &out[i].value, &err) == VB_OK) continue;
        cli_say("--param %s: %s; texts stand between quotes", params->at[i].at, err.message);
        return CLI_USAGE;
    }
    return CLI_DONE;
}

static vb_status put_rows(const cli_context *context, vb_query *query, vb_query_error *err, size_t *n_rows)
{
    size_t n;
    vb_status status;
    const vb_value *row;
    const vb_str *names = vb_query_columns(query, &n);
    bool json = strncmp(context->view->format->name, "json", 4) == 0;
    cli_column *columns = cli_alloc(NULL, (n + 1) * sizeof *columns);
    char **titles = cli_alloc(NULL, (n + 1) * sizeof *titles);
    cli_rows rows;
    for (size_t i = 0; i < n; i++) {
        vb_buf title = { 0 };
        cli_buf_add(&title, names[i].at, names[i].len);
        titles[i] = title.at;
        columns[i] = (cli_column){ titles[i], titles[i], false, 80 };
    }
    if (n) cli_rows_begin(&rows, context->view, columns, n);
    while ((status = vb_query_next(query, &row, err)) == VB_OK && row) {
        cJSON *object = cJSON_CreateObject();
        for (size_t i = 0; i < n; i++)
            cli_json_item(object, titles[i], json ? json_of(&row[i]) : cell_of(&row[i]));
        cli_rows_add(&rows, object);
        ++*n_rows;
        if (cli_view_failed(context->view)) break;
    }
    if (n) cli_rows_end(&rows);
    for (size_t i = 0; i < n; i++) free(titles[i]);
    free(titles);
    free(columns);
    return status;
}

static void say_changes(const vb_query_effects *e)
{
    const struct {
        int64_t n;
        const char *what;
    } parts[] = { { e->nodes_added, "nodes added" },
                  { e->nodes_removed, "nodes removed" },
                  { e->relationships_added, "relationships added" },
                  { e->relationships_removed, "relationships removed" },
                  { e->properties_added, "properties added" },
                  { e->properties_removed, "properties removed" },
                  { e->labels_added, "labels added" },
                  { e->labels_removed, "labels removed" } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].n) cli_say("%lld %s", (long long)parts[i].n, parts[i].what);
}

static cli_exit run_query(const cli_context *context, vb_store *store, vb_str text)
{
    const cli_settings *set = context->set;
    vb_entry params[CLI_LIST_MAX];
    vb_query_error err = { 0 };
    vb_query *query = NULL;
    size_t n_rows = 0, n_columns;
    vb_query_options options = { .write = set->write,
                                 .timeout_ms = (unsigned)set->timeout,
                                 .params = params,
                                 .n_params = set->params.len };
    cli_exit code = read_params(context, params);
    if (code != CLI_DONE) return code;
    vb_status status = vb_query_open(store, text, &options, &query, &err);
    if (status == VB_OK) status = put_rows(context, query, &err, &n_rows);
    if (status != VB_OK) {
        code = report(&err, text);
    } else {
        say_changes(vb_query_changed(query));
        vb_query_columns(query, &n_columns);
        if (n_columns && !n_rows) code = cli_nothing("no row");
    }
    vb_query_close(query);
    return code;
}

cli_exit cmd_query(const cli_context *context)
{
    vb_buf text = { 0 };
    vb_store *store = NULL;
    cli_exit code = read_query(context->set, &text);
    cli_buf_text(&text, "");
    if (code == CLI_DONE)
        code = cli_open(context->db, context->set->write ? VB_OPEN_WRITE : VB_OPEN_READ, &store);
    if (code == CLI_DONE) code = run_query(context, store, (vb_str){ text.at, text.len });
    vb_store_close(store);
    vb_buf_clear(&text);
    return code;
}
