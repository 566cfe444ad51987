/**
 * Pictures: our DOT, drawn by Graphviz in a child process. libgvc in this process would leak and could not be
 * stopped; a child is limited and its crash is an error message. Places of the scene are kept (`neato -n`,
 * which still moves overlapping nodes apart); without them sfdp finds its own. A picture of the same graph is
 * the same bytes at any time: cairo dates a PDF by the clock, and that date becomes the last document's.
 */
#include "export/export.h"

#include <errno.h>
#include <stdlib.h>

enum { SECONDS = 120, MEGABYTES = 4096, DRAWN_NODES = 5000 };

static vb_status copy(FILE *from, vb_writer *w, vb_error *err)
{
    char room[1 << 14];
    size_t n;
    rewind(from);
    while ((n = fread(room, 1, sizeof room, from)) > 0) vb_put_str(w, VB_RAW, (vb_str){ room, n });
    return ferror(from) ? vb_fail(err, VB_IO, "cannot read the picture: %s", strerror(errno)) : VB_OK;
}

/** Where the 14 digits of a PDF's date of creation lie, as cairo writes it (it does not compress that part);
 *  -1 when it does not say, -2 without memory or when the file cannot be read. */
static off_t find_date(FILE *pdf)
{
    static const char mark[] = "/CreationDate (D:";
    char *line = NULL;
    size_t room = 0;
    off_t at = 0, found = -1;
    ssize_t n;
    rewind(pdf);
    for (; (n = getline(&line, &room, pdf)) > 0; at += n) {
        const char *hit = memmem(line, (size_t)n, mark, sizeof mark - 1);
        if (hit) found = at + (hit - line) + (off_t)sizeof mark - 1;
    }
    free(line);
    return feof(pdf) ? found : -2;
}

/** Date a PDF by @p date ("2024-05-06"; empty: the first day that Unix knows), not by the clock. */
static vb_status set_date(FILE *pdf, vb_str date, vb_error *err)
{
    char digits[] = "19700101000000";
    off_t at = find_date(pdf);
    if (at == -1) return VB_OK;
    for (size_t i = 0, n = 0; date.len == 10 && i < date.len; i++)
        if (date.at[i] != '-' && n < 8) digits[n++] = date.at[i];
    if (at < 0 || fseeko(pdf, at, SEEK_SET) != 0 ||
        fwrite(digits, 1, sizeof digits - 1, pdf) != sizeof digits - 1)
        return vb_fail(err, VB_IO, "cannot date the picture: %s", strerror(errno));
    return VB_OK;
}

static vb_status write_dot(const vb_scene *scene, FILE *out, vb_error *err)
{
    vb_status status;
    vb_writer w = { .out = out };
    TRY(vb_write_dot(scene, &w, err));
    TRY(vb_writer_end(&w, err));
done:
    return status;
}

static vb_status draw(const vb_scene *scene, const char *type, vb_writer *w, vb_error *err)
{
    vb_status status;
    const char *placed[] = { "neato", "-n", type, NULL }, *free_[] = { "sfdp", type, NULL };
    FILE *dot = NULL, *picture = NULL;
    if (scene->cut->n_nodes > DRAWN_NODES)
        return vb_fail(err, VB_TOO_LARGE,
                       "%u nodes make no picture (limit %d): cut with --around, --label, --min-evidence",
                       scene->cut->n_nodes, DRAWN_NODES);
    dot = tmpfile();
    picture = tmpfile();
    if (!dot || !picture) {
        status = vb_fail(err, VB_IO, "no room for a temporary file: %s", strerror(errno));
        goto done;
    }
    TRY(write_dot(scene, dot, err));
    TRY(vb_child_run(scene->placed ? placed : free_, dot, picture, SECONDS, MEGABYTES, err));
    if (strcmp(type, "-Tpdf") == 0) TRY(set_date(picture, scene->until, err));
    TRY(copy(picture, w, err));
done:
    if (dot) (void)fclose(dot);
    if (picture) (void)fclose(picture);
    return status;
}

vb_status vb_write_svg(const vb_scene *scene, vb_writer *out, vb_error *err)
{
    return draw(scene, "-Tsvg", out, err);
}

vb_status vb_write_png(const vb_scene *scene, vb_writer *out, vb_error *err)
{
    return draw(scene, "-Tpng", out, err);
}

vb_status vb_write_pdf(const vb_scene *scene, vb_writer *out, vb_error *err)
{
    return draw(scene, "-Tpdf", out, err);
}
