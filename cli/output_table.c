/**
 * Rows as a table for people: columns as wide on the screen as their widest cell among the first rows,
 * numbers to the right, long text cut with an ellipsis where its column has a limit or a terminal would wrap
 * it (json, csv and tsv have it whole). Numbers and days are not cut; of a moment the day is shown. A column
 * that is empty in those first rows is left out.
 */
#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

/** Blanks between two columns. */
enum { GAP = 2 };

void cli_table_begin(cli_rows *rows)
{
    rows->widths = cli_alloc(NULL, rows->n_columns * sizeof *rows->widths);
    for (size_t i = 0; i < rows->n_columns; i++) rows->widths[i] = 0;
}

/** Print one cell. *room is the blank space owed to the left of it, so that no line ends in blanks. */
static void put_cell(const cli_rows *rows, size_t column, cli_style style, const char *cell, unsigned *room)
{
    const cli_view *view = rows->view;
    vb_str text = vb_str_of(cell);
    unsigned most = rows->widths[column], wide = cli_width(text);
    bool cut = (view->width || rows->columns[column].most) && wide > most && most > 1;
    if (!most) return; /* a column without anything in it */
    if (cut) {
        text.len = cli_fitting(text, most - 1);
        wide = cli_width(text) + 1;
    }
    unsigned beside = wide < most ? most - wide : 0;
    if (rows->columns[column].right) *room += beside;
    if (text.len) {
        fprintf(view->out, "%*s", (int)*room, "");
        cli_put(view, style, text);
        if (cut) cli_puts(view, style, "…");
        *room = 0;
    } else {
        *room += wide;
    }
    *room += GAP + (rows->columns[column].right ? 0 : beside);
}

static void put_line(const cli_rows *rows, cli_style style, char *const *cells)
{
    unsigned room = 0;
    for (size_t i = 0; i < rows->n_columns; i++)
        put_cell(rows, i, style, cells ? cells[i] : rows->columns[i].title, &room);
    fputc('\n', rows->view->out);
}

/** Whether a column is never cut: a number or a day of which a part is missing says something else. */
static bool is_firm(const cli_column *column)
{
    return column->right || column->most == CLI_DAY;
}

/** Keep each column within its own limit, with room for its title; on a terminal take what is still too wide
 * from the widest that may be cut. */
static void fix_widths(cli_rows *rows)
{
    enum { LEAST = 8 };
    unsigned limit = rows->view->width;
    rows->fixed = true;
    for (size_t i = 0; i < rows->n_columns; i++) {
        unsigned most = rows->columns[i].most, title = cli_width(vb_str_of(rows->columns[i].title));
        if (most && rows->widths[i] > most) rows->widths[i] = most;
        if (rows->widths[i] && rows->widths[i] < title) rows->widths[i] = title;
    }
    while (limit) {
        unsigned sum = 0;
        unsigned *widest = NULL;
        for (size_t i = 0; i < rows->n_columns; i++) {
            sum += rows->widths[i] ? rows->widths[i] + (sum ? GAP : 0) : 0;
            if (!is_firm(&rows->columns[i]) && (!widest || rows->widths[i] > *widest))
                widest = &rows->widths[i];
        }
        if (sum <= limit || !widest || *widest <= LEAST) return;
        --*widest;
    }
}

static void flush_sample(cli_rows *rows)
{
    if (rows->fixed) return;
    fix_widths(rows);
    if (rows->n_sample) put_line(rows, CLI_BOLD, NULL);
    for (size_t i = 0; i < rows->n_sample; i++) put_line(rows, CLI_PLAIN, rows->cells + i * rows->n_columns);
    for (size_t i = 0; i < rows->n_sample * rows->n_columns; i++) free(rows->cells[i]);
    free(rows->cells);
    rows->cells = NULL;
}

/** What a table shows of a fraction: not more digits than say something. */
static void shorten(char **cell)
{
    char *end;
    double number = strtod(*cell, &end);
    if (*end || !strpbrk(*cell, ".e")) return;
    char text[32];
    snprintf(text, sizeof text, "%.4g", number);
    *cell = cli_alloc(*cell, sizeof text);
    memcpy(*cell, text, sizeof text);
}

static char *table_cell(const cli_rows *rows, size_t column, const cJSON *row)
{
    char *cell = cli_cell(row, rows->columns[column].path);
    vb_buf clean = { 0 };
    if (!rows->columns[column].title) cell[0] = '\0';
    if (rows->columns[column].right) shorten(&cell);
    if (rows->columns[column].most == CLI_DAY && strlen(cell) > CLI_DAY) cell[CLI_DAY] = '\0';
    cli_buf_text(&clean, "");
    cli_clean(&clean, vb_str_of(cell), false);
    free(cell);
    return clean.at;
}

void cli_table_row(cli_rows *rows, const cJSON *row)
{
    size_t n = rows->n_columns;
    if (rows->n == CLI_TABLE_SAMPLE) flush_sample(rows);
    size_t at = rows->fixed ? 0 : rows->n_sample++ * n;
    rows->cells = cli_alloc(rows->cells, (at + n) * sizeof *rows->cells);
    for (size_t i = 0; i < n; i++) {
        char *cell = table_cell(rows, i, row);
        unsigned wide = cli_width(vb_str_of(cell));
        if (!rows->fixed && wide > rows->widths[i]) rows->widths[i] = wide;
        rows->cells[at + i] = cell;
    }
    if (!rows->fixed) return;
    put_line(rows, CLI_PLAIN, rows->cells);
    for (size_t i = 0; i < n; i++) free(rows->cells[i]);
}

void cli_table_end(cli_rows *rows)
{
    flush_sample(rows);
    free(rows->cells);
    free(rows->widths);
    rows->cells = NULL;
    rows->widths = NULL;
}
