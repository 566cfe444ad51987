/** verband export: a cut of the graph in a file, written beside its place and then moved there. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** The format that --format names, else the one whose extension --output has. */
static const vb_export_format *choose(const cli_settings *set)
{
    size_t n;
    const vb_export_format *formats = vb_export_formats(&n);
    for (size_t i = 0; i < n; i++) {
        if (set->format && strcmp(formats[i].name, set->format) == 0) return &formats[i];
        if (set->format || !set->output) continue;
        size_t len = strlen(set->output), tail = strlen(formats[i].extension);
        if (tail && len > tail && strcmp(set->output + len - tail, formats[i].extension) == 0)
            return &formats[i];
    }
    return NULL;
}

static cli_exit which_format(const cli_settings *set)
{
    size_t n;
    vb_buf names = { 0 };
    const vb_export_format *formats = vb_export_formats(&n);
    for (size_t i = 0; i < n; i++) {
        cli_buf_text(&names, i ? ", " : "");
        cli_buf_text(&names, formats[i].name);
    }
    if (set->format)
        cli_say("unknown format \"%s\"; formats are %s", set->format, names.at);
    else
        cli_say("which format? --format takes %s", names.at);
    vb_buf_clear(&names);
    return CLI_USAGE;
}

/** A file of our own beside the target: a link that somebody put in its place is replaced, not followed. */
static FILE *open_new(const char *path)
{
    if (unlink(path) != 0 && errno != ENOENT) return NULL;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    FILE *out = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (fd >= 0 && !out) (void)close(fd);
    return out;
}

/** Whether @p path leads to what is no file and no folder: a device, a pipe. It is written to, never
 * replaced. */
static bool is_device(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static cli_exit to_device(const cli_context *context, const vb_export_options *options, const char *path)
{
    vb_error err = { 0 };
    FILE *out = fopen(path, "wbe");
    if (!out) {
        cli_say("%s: %s", path, strerror(errno));
        return CLI_TROUBLE;
    }
    cli_exit code = cli_report(vb_export(context->store, options, out, &err), &err);
    if (fclose(out) != 0 && code == CLI_DONE) {
        cli_say("%s: %s", path, strerror(errno));
        code = CLI_TROUBLE;
    }
    return code;
}

static cli_exit to_file(const cli_context *context, const vb_export_options *options, const char *path)
{
    vb_error err = { 0 };
    vb_buf temporary = { 0 };
    cli_exit code = CLI_TROUBLE;
    cli_buf_text(&temporary, path);
    cli_buf_text(&temporary, ".part");
    FILE *out = open_new(temporary.at);
    if (!out) {
        cli_say("%s: %s", temporary.at, strerror(errno));
        goto done;
    }
    code = cli_report(vb_export(context->store, options, out, &err), &err);
    bool failed = ferror(out) != 0;
    if (fclose(out) != 0) failed = true;
    if (code == CLI_DONE && (failed || rename(temporary.at, path) != 0)) {
        cli_say("%s: %s", path, strerror(errno));
        code = CLI_TROUBLE;
    }
    if (code != CLI_DONE) unlink(temporary.at);
done:
    vb_buf_clear(&temporary);
    return code;
}

/** Two files: into the folder that --output names. */
static cli_exit to_folder(const cli_context *context, const vb_export_options *options, const char *path)
{
    vb_error err = { 0 };
    if (!path || strcmp(path, "-") == 0) {
        cli_say("%s is two files: give the folder for them with -o FOLDER", options->format);
        return CLI_USAGE;
    }
    return cli_report(vb_export_folder(context->store, options, path, &err), &err);
}

/** To a terminal, cleaned: a name in the graph must not command it. */
static cli_exit to_terminal(const cli_context *context, const vb_export_options *options)
{
    vb_error err = { 0 };
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (!out) return cli_report(VB_NO_MEMORY, NULL);
    cli_exit code = cli_report(vb_export(context->store, options, out, &err), &err);
    if (fclose(out) != 0 && code == CLI_DONE) code = cli_report(VB_NO_MEMORY, NULL);
    if (code == CLI_DONE) {
        vb_buf clean = { 0 };
        cli_clean(&clean, (vb_str){ text, len }, true);
        fwrite(clean.at, 1, clean.len, context->view->out);
        vb_buf_clear(&clean);
    }
    free(text);
    return code;
}

cli_exit cmd_export(const cli_context *context)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    const vb_export_format *format = choose(set);
    if (!format) return which_format(set);
    vb_export_options options = { .cut = cli_cut(set),
                                  .format = format->name,
                                  .data_dir = set->data,
                                  .size_by = set->size_by,
                                  .title = set->title,
                                  .layout = set->layout,
                                  .no_layout = set->no_layout };
    if (format->folder) return to_folder(context, &options, set->output);
    if (set->output && strcmp(set->output, "-") != 0 && strcmp(set->output, "/dev/stdout") != 0)
        return is_device(set->output) ? to_device(context, &options, set->output)
                                      : to_file(context, &options, set->output);
    if (context->view->terminal) return to_terminal(context, &options);
    vb_status status = vb_export(context->store, &options, context->view->out, &err);
    if (status == VB_IO && cli_view_failed(context->view))
        return CLI_TROUBLE; /* said when output is closed */
    return cli_report(status, &err);
}
