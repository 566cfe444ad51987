/**
 * Exports of two files: a folder, made when it is not there, with nodes.csv and edges.csv in it. The names
 * are fixed and opened relative to the folder, links are not followed: nothing outside it is written. Both
 * are written beside their places and moved there when both are whole.
 */
#include "export/export.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = { "nodes.csv", "edges.csv" };
static const char *const parts[] = { "nodes.csv.part", "edges.csv.part" };

static vb_status open_folder(const char *path, int *out, vb_error *err)
{
    if (mkdir(path, 0777) != 0 && errno != EEXIST)
        return vb_fail(err, VB_IO, "cannot make the folder %s: %s", path, strerror(errno));
    *out = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out >= 0) return VB_OK;
    return vb_fail(err, VB_IO, "%s: %s", path,
                   errno == ENOTDIR ? "is a file, and this format needs a folder" : strerror(errno));
}

static vb_status open_part(int folder, const char *path, size_t i, FILE **out, vb_error *err)
{
    if (unlinkat(folder, parts[i], 0) != 0 && errno != ENOENT)
        return vb_fail(err, VB_IO, "%s/%s: %s", path, parts[i], strerror(errno));
    int fd = openat(folder, parts[i], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd >= 0) *out = fdopen(fd, "wb");
    if (*out) return VB_OK;
    vb_status status = vb_fail(err, VB_IO, "%s/%s: %s", path, parts[i], strerror(errno));
    if (fd >= 0) (void)close(fd);
    return status;
}

vb_status vb_export_folder(vb_store *store, const vb_export_options *options, const char *path, vb_error *err)
{
    vb_status status;
    const vb_format *format;
    FILE *out[VB_COUNT(names)] = { NULL };
    int folder = -1;
    TRY(vb_format_check(options->format, true, &format, err));
    TRY(open_folder(path, &folder, err));
    for (size_t i = 0; i < VB_COUNT(names); i++) TRY(open_part(folder, path, i, &out[i], err));
    TRY(vb_export_to(store, options, format, out, err));
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        FILE *file = out[i];
        out[i] = NULL;
        if (fclose(file) != 0) {
            status = vb_fail(err, VB_IO, "%s/%s: %s", path, names[i], strerror(errno));
            goto done;
        }
    }
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (renameat(folder, parts[i], folder, names[i]) != 0) {
            status = vb_fail(err, VB_IO, "%s/%s: %s", path, names[i], strerror(errno));
            goto done;
        }
done:
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        if (out[i]) (void)fclose(out[i]);
        if (status != VB_OK && folder >= 0) (void)unlinkat(folder, parts[i], 0);
    }
    if (folder >= 0) (void)close(folder);
    return status;
}
