/**
 * verband load PATH...: documents into the graph. Progress on a terminal when it takes long, a line for each
 * file that was skipped, a summary; Ctrl-C ends it between two documents.
 */
#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** Seconds before the first progress line, and between two. */
static const double patience = 0.5, pace = 0.1;

/** What the handler of SIGINT may touch; the only state outside of a function. */
static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    interrupted = signal_number;
}

struct progress {
    const cli_settings *set;
    bool terminal; /* stderr is one: show progress */
    bool shown;    /* a progress line stands there */
    double start, last;
    size_t n_remarks;
    size_t done, total;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void hide(struct progress *p)
{
    if (p->shown) fputs("\r\x1b[K", stderr);
    p->shown = false;
}

/** "  312/1000 files   45.1 a second   16 s left" */
static void show(struct progress *p)
{
    double t = now(), spent = t - p->start;
    if (!p->terminal || p->set->quiet || spent < patience || t - p->last < pace) return;
    double rate = (double)p->done / spent;
    fprintf(stderr, "\r  %zu/%zu files   %.1f a second", p->done, p->total, rate);
    if (rate > 0 && p->total >= p->done)
        fprintf(stderr, "   %.0f s left", (double)(p->total - p->done) / rate);
    fputs("\x1b[K", stderr);
    fflush(stderr);
    p->shown = true;
    p->last = t;
}

static void say_skipped(const vb_load_event *event)
{
    const vb_error *err = event->error;
    const char *why = err && err->message[0] ? err->message : "cannot be read";
    const char *slash = strrchr(event->path, '/'), *base = slash ? slash + 1 : event->path;
    size_t n = strlen(base);
    if (strncmp(why, base, n) == 0 && why[n] == ':') why += n + 1 + (why[n + 1] == ' ');
    bool named = strstr(why, event->path) != NULL;
    char place[48] = "";
    if (err && err->status == VB_BAD_UTF8 && !strstr(why, "byte"))
        snprintf(place, sizeof place, " (byte %zu)", err->at);
    cli_say("skipped %s%s%s%s", named ? "" : event->path, named ? "" : ": ", why, place);
}

static vb_status report(void *context, const vb_load_event *event)
{
    static const char *const words[] = { "new", "changed", "unchanged", "skipped",
                                         "the same letter as another file" };
    struct progress *p = context;
    p->done = event->done;
    p->total = event->total;
    p->n_remarks += event->note != NULL;
    if (event->outcome == VB_LOAD_SKIPPED) {
        hide(p);
        say_skipped(event);
    } else if (p->set->verbose) {
        hide(p);
        cli_say("%s: %s, %zu mentions, %zu edges%s%s", event->path, words[event->outcome], event->n_mentions,
                event->n_edges, event->note ? "; " : "", event->note ? event->note : "");
    }
    show(p);
    return interrupted ? VB_STOPPED : VB_OK;
}

static void say_summary(const struct progress *p, const vb_load_summary *sum)
{
    char documents[32], mentions[32], edges[32];
    cli_thousands((int64_t)(sum->n_new + sum->n_changed + sum->n_same), documents);
    cli_say("%s document%s (%zu new, %zu changed, %zu unchanged), %zu skipped; %s mentions and %s edges read "
            "in %.1f s",
            documents, strcmp(documents, "1") == 0 ? "" : "s", sum->n_new, sum->n_changed, sum->n_same,
            sum->n_skipped, cli_thousands((int64_t)sum->n_mentions, mentions),
            cli_thousands((int64_t)sum->n_edges, edges), now() - p->start);
    if (sum->n_duplicates)
        cli_say("%zu file%s the same letter as another (verband documents --duplicates)", sum->n_duplicates,
                sum->n_duplicates == 1 ? " is" : "s are");
    if (p->n_remarks && !p->set->verbose)
        cli_say("%zu file%s with a remark (--verbose shows it)", p->n_remarks, p->n_remarks == 1 ? "" : "s");
}

/** Whether one of the paths is there at all: a mistyped name should not leave an empty store behind. */
static bool any_there(const cli_settings *set)
{
    struct stat info;
    for (size_t i = 0; i < set->n_args; i++)
        if (strcmp(set->args[i], "-") == 0 || stat(set->args[i], &info) == 0) return true;
    for (size_t i = 0; i < set->n_args; i++) {
        stat(set->args[i], &info);
        cli_say("%s: %s", set->args[i], strerror(errno));
    }
    return false;
}

/** Ended by Ctrl-C: say what stays, then end by that signal, so that a shell's loop ends too. */
static void end_interrupted(const struct progress *p)
{
    int signal_number = (int)interrupted;
    cli_say("stopped after %zu of %zu files; what was read stays, load again to go on", p->done, p->total);
    fflush(NULL);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static cli_exit load(const cli_context *context, const vb_loader *loader, vb_store *store, struct progress *p)
{
    const cli_settings *set = context->set;
    vb_error err = { 0 };
    vb_load_summary sum = { 0 };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = set->jobs ? (unsigned)set->jobs : cores > 0 ? (unsigned)cores : 1;
    vb_load_options options = { .jobs = jobs, .report = report, .context = p };
    struct sigaction action = { .sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND };

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    vb_status status = vb_load_paths(loader, store, set->args, set->n_args, &options, &sum, &err);
    hide(p);
    if (interrupted) return CLI_DONE;
    if (status != VB_OK) return cli_report(status, &err);
    if (!set->quiet) say_summary(p, &sum);
    if (sum.n_skipped) return CLI_BAD_INPUT;
    if (sum.n_new + sum.n_changed + sum.n_same + sum.n_duplicates) return CLI_DONE;
    cli_say("no documents there");
    return CLI_NOTHING;
}

cli_exit cmd_load(const cli_context *context)
{
    vb_error err = { 0 };
    vb_loader *loader = NULL;
    vb_store *store = NULL;
    struct progress p = { .set = context->set, .terminal = isatty(STDERR_FILENO) == 1, .start = now() };
    if (!any_there(context->set)) return CLI_BAD_INPUT;
    vb_status status = vb_loader_new(context->set->data, &loader, &err);
    cli_exit code = status == VB_OK ? CLI_DONE : cli_report(status, &err);
    if (code == CLI_DONE) code = cli_open(context->db, VB_OPEN_WRITE, &store);
    if (code == CLI_DONE) code = load(context, loader, store, &p);
    vb_store_close(store);
    vb_loader_free(loader);
    if (interrupted) end_interrupted(&p);
    return code;
}
