/**
 * verband: find the command, read its options, open the store, run it, and see that what it printed arrived.
 */
#include "cli/output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void *hook_alloc(size_t size)
{
    return cli_alloc(NULL, size);
}

/** An operand-free way in: --version, -h, or nothing at all. */
static cli_exit without_command(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--version") == 0) return cmd_version(NULL);
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            cli_help(NULL, stdout);
            return CLI_DONE;
        }
    }
    cli_say("which command? `verband help` lists them, `verband COMMAND -h` explains one");
    return CLI_USAGE;
}

static cli_exit unknown_command(const char *name)
{
    size_t n;
    unsigned best = 4;
    const char *nearest = NULL;
    const cli_command *commands = cli_commands(&n);
    for (size_t i = 0; i < n; i++) {
        unsigned distance = cli_distance(name, commands[i].name);
        if (name[0] && strncmp(name, commands[i].name, strlen(name)) == 0) distance = 1;
        if (distance >= best) continue;
        best = distance;
        nearest = commands[i].name;
    }
    if (nearest)
        cli_say("unknown command \"%s\": did you mean %s? `verband help` lists them", name, nearest);
    else
        cli_say("unknown command \"%s\"; `verband help` lists them", name);
    return CLI_USAGE;
}

/** Where the store is: --db, else $VERBAND_DB, else ./verband.db. */
static const char *store_path(const cli_settings *set)
{
    const char *env = getenv("VERBAND_DB");
    return set->db ? set->db : env && env[0] ? env : "verband.db";
}

/** The view, with the row format that --format names; `export` reads that option itself. */
static cli_exit make_view(const cli_command *command, const cli_settings *set, cli_view *view)
{
    const cli_format *format = NULL;
    if (set->format && command->takes & CLI_TAKES(FORMAT)) {
        format = cli_format_find(set->format);
        if (!format) {
            cli_say("--format takes table, json, jsonl, csv or tsv, not \"%s\"", set->format);
            return CLI_USAGE;
        }
    }
    *view = cli_view_of(stdout, format);
    return CLI_DONE;
}

/** A mistyped --data would otherwise mean the built-in tables without a word. */
static cli_exit check_data(const char *folder)
{
    struct stat info;
    if (!folder || (stat(folder, &info) == 0 && S_ISDIR(info.st_mode))) return CLI_DONE;
    cli_say("--data %s: no such folder", folder);
    return CLI_BAD_INPUT;
}

static cli_exit run(const cli_command *command, const cli_settings *set)
{
    cli_view view;
    cli_context context = { .set = set, .view = &view, .db = store_path(set) };
    vb_error err = { 0 };
    bool held; /* a command that reads answers from one moment; closing the store lets it go */
    cli_exit code = make_view(command, set, &view);
    if (code == CLI_DONE) code = check_data(set->data);
    if (code != CLI_DONE) return code;
    if (command->opens == CLI_READS) code = cli_open(context.db, VB_OPEN_READ, &context.store);
    if (code != CLI_DONE) return code;
    context.arena = vb_arena_new();
    if (!context.arena)
        code = cli_report(VB_NO_MEMORY, NULL);
    else if (context.store && vb_store_hold(context.store, &held, &err) != VB_OK)
        code = cli_report(err.status, &err);
    else
        code = command->run(&context);
    vb_arena_free(context.arena);
    vb_store_close(context.store);
    return code;
}

/** Nobody reads any more (`| head`): end as other programs do, by the signal that was held back. */
static void end_by(int signal_number)
{
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/** Whether standard output is a pipe that nobody reads: an earlier write may have met that. */
static bool nobody_reads(void)
{
    struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };
    return poll(&out, 1, 0) == 1 && out.revents & POLLERR;
}

/** A result that did not arrive is no result. */
static cli_exit close_output(cli_exit code)
{
    bool failed = ferror(stdout) != 0;
    errno = 0;
    if (fflush(stdout) != 0) failed = true;
    if (!failed) return code;
    if (errno == EPIPE || nobody_reads()) end_by(SIGPIPE);
    cli_say("standard output: %s", errno ? strerror(errno) : "could not be written");
    return CLI_TROUBLE;
}

int main(int argc, char **argv)
{
    size_t n = argc > 0 ? (size_t)argc - 1 : 0;
    const char **args = cli_alloc(NULL, (n + 1) * sizeof *args);
    size_t at;
    cli_exit code = CLI_USAGE;

    signal(SIGPIPE, SIG_IGN);
    cJSON_InitHooks(&(cJSON_Hooks){ hook_alloc, free });
    for (size_t i = 0; i < n; i++) args[i] = argv[i + 1];
    at = cli_options_command(n, args);
    if (at >= n) {
        code = without_command(argc, argv);
    } else {
        const cli_command *command = cli_command_find(args[at]);
        cli_settings set = { 0 };
        vb_error err = { 0 };
        if (!command) {
            code = unknown_command(args[at]);
        } else {
            memmove(args + at, args + at + 1, (n - at - 1) * sizeof *args);
            if (cli_options_parse(command, n - 1, args, &set, &err) != VB_OK) {
                cli_say("%s", err.message);
            } else if (set.help) {
                cli_help(command, stdout);
                code = CLI_DONE;
            } else {
                code = run(command, &set);
            }
        }
        cli_settings_clear(&set);
    }
    free(args);
    return (int)close_output(code);
}
