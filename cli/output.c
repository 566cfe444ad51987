/**
 * The formats that rows come out in: one row a format in a table, each a struct of three functions.
 *
 *   table   aligned columns for people (output_table.c)
 *   json    an array, one row a line; a single answer over several lines
 *   jsonl   one object a line
 *   csv     RFC 4180: CRLF, quotes doubled; one header line; an apostrophe before what a spreadsheet would
 * run
 *   tsv     a header line; tabs, line ends and backslashes in cells as \t \n \r \\
 *
 * Only a terminal is protected from what a csv or tsv cell holds: a file gets the bytes as they are.
 */
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* ---- json --------------------------------------------------------------------------------------------- */

/** Print JSON text. What a terminal may obey and cJSON leaves as it is (DEL, C1 controls, turns of the
 * writing direction) becomes a \\u escape: none of it can occur outside of strings. */
static void put_json(FILE *out, const char *json)
{
    vb_str text = vb_str_of(json);
    size_t from = 0;
    for (size_t at = 0, n; at < text.len; at += n) {
        int32_t c = cli_code_at(text, at, &n);
        if (c < 0x7f || !cli_does_harm(c)) continue;
        fwrite(text.at + from, 1, at - from, out);
        fprintf(out, "\\u%04x", (unsigned)c); /* all of them lie below U+10000 */
        from = at + n;
    }
    fwrite(text.at + from, 1, text.len - from, out);
}

static void put_object(FILE *out, const cJSON *row, bool pretty)
{
    char *text = pretty ? cJSON_Print(row) : cJSON_PrintUnformatted(row);
    if (text) put_json(out, text);
    cJSON_free(text);
}

static void jsonl_row(cli_rows *rows, const cJSON *row)
{
    put_object(rows->view->out, row, false);
    fputc('\n', rows->view->out);
}

static void json_begin(cli_rows *rows)
{
    fputc('[', rows->view->out);
}

static void json_row(cli_rows *rows, const cJSON *row)
{
    fputs(rows->n ? ",\n" : "\n", rows->view->out);
    put_object(rows->view->out, row, false);
}

static void json_end(cli_rows *rows)
{
    fputs(rows->n ? "\n]\n" : "]\n", rows->view->out);
}

/* ---- csv, tsv ----------------------------------------------------------------------------------------- */

/** A text that a spreadsheet would take for a formula; a number is none. */
static bool is_formula(const char *cell)
{
    char *end = NULL;
    if (!cell[0] || !strchr("=+-@\t\r", cell[0])) return false;
    (void)strtod(cell, &end);
    return end == cell || *end;
}

static void put_csv(const cli_view *view, const char *cell)
{
    FILE *out = view->out;
    bool formula = is_formula(cell);
    bool quote = strpbrk(cell, ",\"\r\n") != NULL || cell[0] == ' ';
    if (quote) fputc('"', out);
    if (formula) fputc('\'', out);
    for (const char *c = cell; *c; c++) {
        if (*c == '"') fputc('"', out);
        fputc(*c, out);
    }
    if (quote) fputc('"', out);
}

static void put_tsv(const cli_view *view, const char *cell)
{
    static const char from[] = "\t\n\r\\", to[] = "tnr\\";
    for (const char *c = cell; *c; c++) {
        const char *hit = strchr(from, *c);
        if (hit) fputc('\\', view->out);
        fputc(hit ? to[hit - from] : *c, view->out);
    }
}

typedef void (*put_cell)(const cli_view *view, const char *cell);

static void put_line(const cli_rows *rows, const cJSON *row, put_cell put, const char *between,
                     const char *end)
{
    for (size_t i = 0; i < rows->n_columns; i++) {
        char *cell = row ? cli_cell(row, rows->columns[i].path) : NULL;
        vb_buf clean = { 0 };
        if (i) fputs(between, rows->view->out);
        if (cell && rows->view->terminal) cli_clean(&clean, vb_str_of(cell), true);
        /* a header names the path, so that a program finds what it knows from the JSON */
        put(rows->view, !cell ? rows->columns[i].path : clean.at ? clean.at : cell);
        vb_buf_clear(&clean);
        free(cell);
    }
    fputs(end, rows->view->out);
}

static void csv_begin(cli_rows *rows)
{
    put_line(rows, NULL, put_csv, ",", "\r\n");
}

static void csv_row(cli_rows *rows, const cJSON *row)
{
    put_line(rows, row, put_csv, ",", "\r\n");
}

static void tsv_begin(cli_rows *rows)
{
    put_line(rows, NULL, put_tsv, "\t", "\n");
}

static void tsv_row(cli_rows *rows, const cJSON *row)
{
    put_line(rows, row, put_tsv, "\t", "\n");
}

static void nothing(cli_rows *rows)
{
    (void)rows;
}

/* ---- the table of formats ----------------------------------------------------------------------------- */

static const cli_format formats[] = {
    { "table", "aligned columns and cards, for people", true, false, cli_table_begin, cli_table_row,
      cli_table_end },
    { "json", "one JSON value", false, true, json_begin, json_row, json_end },
    { "jsonl", "one JSON object a line", false, true, nothing, jsonl_row, nothing },
    { "csv",
      "comma-separated values (RFC 4180); an apostrophe before what a spreadsheet would take for a formula",
      false, false, csv_begin, csv_row, nothing },
    { "tsv", "tab-separated values", false, false, tsv_begin, tsv_row, nothing },
};

const cli_format *cli_formats(size_t *n)
{
    *n = sizeof formats / sizeof *formats;
    return formats;
}

const cli_format *cli_format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

void cli_rows_begin(cli_rows *rows, const cli_view *view, const cli_column *columns, size_t n_columns)
{
    *rows = (cli_rows){ .view = view, .columns = columns, .n_columns = n_columns };
    view->format->begin(rows);
}

void cli_rows_add(cli_rows *rows, cJSON *row)
{
    rows->view->format->row(rows, row);
    rows->n++;
    cJSON_Delete(row);
}

void cli_rows_end(cli_rows *rows)
{
    rows->view->format->end(rows);
}

void cli_answer(const cli_view *view, cJSON *answer)
{
    put_object(view->out, answer, strcmp(view->format->name, "json") == 0);
    fputc('\n', view->out);
    cJSON_Delete(answer);
}

/** An array's cell: its items joined, of objects their name or else their type. */
static void cell_of_array(const cJSON *array, vb_buf *out)
{
    const cJSON *item;
    cJSON_ArrayForEach(item, array)
    {
        const cJSON *name = item;
        if (cJSON_IsObject(item)) name = cJSON_GetObjectItemCaseSensitive(item, "name");
        if (!name) name = cJSON_GetObjectItemCaseSensitive(item, "type");
        if (!cJSON_IsString(name)) continue;
        if (out->len) cli_buf_text(out, "; ");
        cli_buf_text(out, name->valuestring);
    }
}

char *cli_cell(const cJSON *row, const char *path)
{
    vb_buf out = { 0 };
    cli_buf_text(&out, "");
    const cJSON *whole =
        cJSON_GetObjectItemCaseSensitive(row, path); /* a member may have points in its name */
    if (whole) {
        row = whole;
        path = "";
    }
    while (row && *path) {
        char key[64];
        size_t n = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)n, path);
        row = cJSON_IsArray(row) ? cJSON_GetArrayItem(row, atoi(key))
                                 : cJSON_GetObjectItemCaseSensitive(row, key);
        path += n + (path[n] == '.');
    }
    if (!row || cJSON_IsNull(row)) return out.at;
    if (cJSON_IsString(row)) {
        cli_buf_text(&out, row->valuestring);
    } else if (cJSON_IsArray(row)) {
        cell_of_array(row, &out);
    } else {
        char *text = cJSON_PrintUnformatted(row);
        if (text) cli_buf_text(&out, text);
        cJSON_free(text);
    }
    return out.at;
}

/* ---- the view ----------------------------------------------------------------------------------------- */

static unsigned terminal_width(FILE *out)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    return 80;
}

cli_view cli_view_of(FILE *out, const cli_format *format)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    cli_view view = { .out = out, .terminal = isatty(fileno(out)) == 1 };
    view.format = format ? format : cli_format_find(view.terminal ? "table" : "jsonl");
    /* https://no-color.org: any value but the empty one */
    view.color = view.terminal && !(no_color && no_color[0]) && term && strcmp(term, "dumb") != 0;
    view.width = view.terminal ? terminal_width(out) : 0;
    return view;
}

bool cli_view_failed(const cli_view *view)
{
    return ferror(view->out) != 0;
}
