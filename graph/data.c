/**
 * Data files: built into the library at build time (the table is generated, see the Makefile), replaceable at
 * run time by files of the same base name in a folder of the user's.
 */
#include "graph/graph.h"

#include <errno.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/** The user's own file of this name, if there is one. @return VB_NOT_FOUND where there is none. */
static vb_status read_own(const char *dir, const char *path, vb_arena *arena, vb_str *out, vb_error *err)
{
    vb_status status;
    vb_buf text = { 0 };
    vb_str own;
    TRY(vb_arena_printf(arena, &own, "%s/%s", dir, base_name(path)));
    FILE *there = fopen(own.at, "rb");
    if (!there) {
        status = errno == ENOENT ? VB_NOT_FOUND : vb_fail(err, VB_IO, "%s: %s", own.at, strerror(errno));
        goto done;
    }
    (void)fclose(there);
    TRY(vb_buf_read(own.at, VB_TEXT_MAX, &text, err));
    size_t bad = vb_utf8_check(vb_buf_view(&text));
    if (bad < text.len) {
        status = vb_fail(err, VB_BAD_UTF8, "%s: byte %zu is not UTF-8", own.at, bad);
        goto done;
    }
    TRY(vb_arena_copy(arena, vb_buf_view(&text), out));
done:
    vb_buf_clear(&text);
    return status;
}

vb_status vb_data_read(const char *dir, const char *path, vb_arena *arena, vb_str *out, vb_error *err)
{
    if (dir) {
        vb_status status = read_own(dir, path, arena, out, err);
        if (status != VB_NOT_FOUND) return status;
    }
    size_t n;
    const vb_data_file *files = vb_data_files(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].path, path) == 0) {
            *out = (vb_str){ files[i].at, (size_t)(files[i].end - files[i].at) };
            return VB_OK;
        }
    return vb_fail(err, VB_NOT_FOUND, "%s: no such data file", path);
}

static size_t split(vb_str line, vb_str *cells, size_t max)
{
    size_t n = 0;
    vb_str cell;
    while (n < max && vb_str_next(&line, '\t', &cell)) cells[n++] = vb_str_trim(cell);
    return n;
}

bool vb_tsv_next(vb_tsv *t)
{
    while (t->at < t->text.len) {
        vb_str rest = { t->text.at + t->at, t->text.len - t->at }, line;
        (void)vb_str_next(&rest, '\n', &line); /* rest is not empty: there is a line */
        t->at += line.len + 1;
        t->line++;
        if (!vb_str_trim(line).len || line.at[0] == '#') continue;
        if (!t->n_header) {
            t->n_header = split(line, t->header, VB_COUNT(t->header));
            continue;
        }
        t->n_cells = split(line, t->cell, VB_COUNT(t->cell));
        return true;
    }
    return false;
}

vb_str vb_tsv_get(const vb_tsv *t, const char *name)
{
    for (size_t i = 0; i < t->n_header && i < t->n_cells; i++) {
        vb_str column = t->header[i];
        if (column.len && column.at[0] == name[0] && strncmp(name, column.at, column.len) == 0 &&
            !name[column.len])
            return t->cell[i];
    }
    return (vb_str){ NULL, 0 };
}
