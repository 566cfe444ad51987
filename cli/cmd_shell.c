/**
 * verband shell: queries one after another. On a terminal libedit reads the lines, with history and
 * completion; from a pipe each query is answered in turn, and the exit code is that of the first that failed.
 * What begins with a dot is a command of the shell itself: one row of a table each.
 */
#include "cli/shell.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <stdlib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY_MAX = 2000, PARAMS_MAX = 64 };

typedef struct shell {
    const cli_context *context;
    cli_view view;
    cli_query how;
    vb_entry params[PARAMS_MAX];
    char *kept[PARAMS_MAX]; /* their texts */
    vb_buf text;            /* of the query so far */
    bool timing, quit, more;
    cli_exit code; /* the first that was not CLI_DONE; a terminal's shell ends well */
    EditLine *edit;
    History *history;
    vb_buf file; /* where the history is kept; empty: nowhere */
} shell;

/* ---- commands with a dot --------------------------------------------------------------------------------
 */

typedef struct dot {
    const char *name, *argument, *help;
    cli_exit (*run)(shell *s, const char *argument);
} dot;

static const dot *dots(size_t *n);

static cli_exit dot_help(shell *s, const char *argument)
{
    size_t n;
    const dot *all = dots(&n);
    (void)argument;
    for (size_t i = 0; i < n; i++)
        fprintf(s->view.out, "  %s %-*s %s\n", all[i].name, (int)(24 - strlen(all[i].name)), all[i].argument,
                all[i].help);
    fputs("A query ends with ';' and may take several lines. Tab completes, Ctrl-C ends a query.\n",
          s->view.out);
    return CLI_DONE;
}

static cli_exit dot_quit(shell *s, const char *argument)
{
    (void)argument;
    s->quit = true;
    return CLI_DONE;
}

static cli_exit dot_format(shell *s, const char *argument)
{
    const cli_format *format = cli_format_find(argument);
    if (!format) {
        cli_say(".format takes table, json, jsonl, csv or tsv, not \"%s\"", argument);
        return CLI_USAGE;
    }
    s->view = cli_view_of(stdout, format);
    return CLI_DONE;
}

static cli_exit on_or_off(const char *name, const char *argument, bool *out)
{
    bool on = strcmp(argument, "on") == 0;
    if (!on && strcmp(argument, "off") != 0 && *argument) {
        cli_say("%s takes on or off, not \"%s\"", name, argument);
        return CLI_USAGE;
    }
    *out = *argument ? on : !*out;
    return CLI_DONE;
}

static cli_exit dot_timing(shell *s, const char *argument)
{
    return on_or_off(".timing", argument, &s->timing);
}

static cli_exit dot_explain(shell *s, const char *argument)
{
    bool on = s->how.explain == VB_QUERY_EXPLAIN;
    cli_exit code = on_or_off(".explain", argument, &on);
    if (code == CLI_DONE) s->how.explain = on ? VB_QUERY_EXPLAIN : VB_QUERY_RUN;
    return code;
}

static cli_exit dot_profile(shell *s, const char *argument)
{
    bool on = s->how.explain == VB_QUERY_PROFILE;
    cli_exit code = on_or_off(".profile", argument, &on);
    if (code == CLI_DONE) s->how.explain = on ? VB_QUERY_PROFILE : VB_QUERY_RUN;
    return code;
}

static cli_exit dot_timeout(shell *s, const char *argument)
{
    char *end;
    unsigned long ms = strtoul(argument, &end, 10);
    if (!*argument || *end || *argument == '-' || ms > 1000000000) {
        cli_say(".timeout takes milliseconds, 0 for none, not \"%s\"", argument);
        return CLI_USAGE;
    }
    s->how.timeout = ms;
    return CLI_DONE;
}

static cli_exit dot_param(shell *s, const char *argument)
{
    vb_entry entry;
    char *kept = cli_alloc(NULL, strlen(argument) + 1); /* the entry's key points into it */
    memcpy(kept, argument, strlen(argument) + 1);
    cli_exit code = cli_query_param(kept, s->context->arena, &entry);
    size_t at = 0;
    while (code == CLI_DONE && at < s->how.n_params &&
           (s->params[at].key.len != entry.key.len ||
            memcmp(s->params[at].key.at, entry.key.at, entry.key.len) != 0))
        at++;
    if (code == CLI_DONE && at == PARAMS_MAX) {
        cli_say("no more than %d parameters", PARAMS_MAX);
        code = CLI_USAGE;
    }
    if (code != CLI_DONE) {
        free(kept);
        return code;
    }
    free(s->kept[at]);
    s->kept[at] = kept;
    s->params[at] = entry;
    if (at == s->how.n_params) s->how.n_params++;
    return CLI_DONE;
}

static cli_exit dot_schema(shell *s, const char *argument)
{
    (void)argument;
    return cli_query_run(&s->how, vb_str_of("CALL db.schema()"));
}

static const dot *dots(size_t *n)
{
    static const dot all[] = {
        { ".explain", "[on|off]", "show the plan of a query, and do not run it", dot_explain },
        { ".format", "FORMAT", "table, json, jsonl, csv or tsv", dot_format },
        { ".help", "", "this list", dot_help },
        { ".param", "NAME=VALUE", "give a parameter its value, a Cypher literal", dot_param },
        { ".profile", "[on|off]", "run a query and show what each step did", dot_profile },
        { ".quit", "", "end the shell (as Ctrl-D does)", dot_quit },
        { ".schema", "", "which relationships lead from which label to which", dot_schema },
        { ".timeout", "MS", "end a query after so many milliseconds; 0: never", dot_timeout },
        { ".timing", "[on|off]", "say how long each query took", dot_timing },
    };
    *n = sizeof all / sizeof *all;
    return all;
}

static cli_exit run_dot(shell *s, char *line)
{
    size_t n, len = strcspn(line, " \t");
    const dot *all = dots(&n);
    char *argument = line + len + strspn(line + len, " \t");
    for (size_t end = strlen(argument); end && strchr(" \t;", argument[end - 1]);) argument[--end] = '\0';
    if (line[len - 1] == ';') len--;
    for (size_t i = 0; i < n; i++)
        if (strlen(all[i].name) == len && strncmp(all[i].name, line, len) == 0)
            return all[i].run(s, argument);
    cli_say("there is no %.*s; .help lists what there is", (int)len, line);
    return CLI_USAGE;
}

/* ---- queries --------------------------------------------------------------------------------------------
 */

static void note(shell *s, cli_exit code)
{
    if (s->code == CLI_DONE) s->code = code;
}

static void run_one(shell *s, vb_str text)
{
    struct timespec from, to;
    if (cli_statement_empty(text)) return;
    while (text.len && strchr(" \t\r\n", *text.at)) { /* so that an error's line is the query's */
        text.at++;
        text.len--;
    }
    s->how.view = &s->view;
    s->how.stop = cli_query_listen(true);
    clock_gettime(CLOCK_MONOTONIC, &from);
    note(s, cli_query_run(&s->how, text));
    clock_gettime(CLOCK_MONOTONIC, &to);
    fflush(stdout);
    if (s->timing)
        cli_say("%.3f s", (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
}

/** Take a line: a command, or more of a query, which runs when it is whole. */
static void take_line(shell *s, char *line)
{
    char quote = 0;
    line[strcspn(line, "\r\n")] = '\0';
    const char *first = line + strspn(line, " \t");
    if (!s->text.len && *first == '.') {
        note(s, run_dot(s, line + (first - line)));
        fflush(stdout);
        return;
    }
    cli_buf_text(&s->text, line);
    cli_buf_text(&s->text, "\n");
    for (size_t end; (end = cli_statement_end((vb_str){ s->text.at, s->text.len }, &quote)) != 0;) {
        run_one(s, (vb_str){ s->text.at, end });
        memmove(s->text.at, s->text.at + end, s->text.len - end + 1);
        s->text.len -= end;
    }
    if (cli_statement_empty((vb_str){ s->text.at, s->text.len }) && !quote) s->text.len = 0;
}

static void run_rest(shell *s)
{
    if (s->text.len) run_one(s, (vb_str){ s->text.at, s->text.len });
    s->text.len = 0;
}

static void read_pipe(shell *s)
{
    char *line = NULL;
    size_t cap = 0;
    while (!s->quit && getline(&line, &cap, stdin) >= 0) take_line(s, line);
    if (ferror(stdin)) note(s, CLI_BAD_INPUT);
    free(line);
    run_rest(s);
}

/* ---- a terminal -----------------------------------------------------------------------------------------
 */

static const char *prompt(EditLine *edit)
{
    void *s = NULL;
    el_get(edit, EL_CLIENTDATA, &s);
    return s && ((shell *)s)->text.len ? "      -> " : "verband> ";
}

static int code_points(vb_str text)
{
    int n = 0;
    for (size_t i = 0; i < text.len; i++) n += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return n;
}

/** Tab: put in what all words that fit have in common; show them when that is no more than is there. */
static unsigned char complete(EditLine *edit, int key)
{
    void *client = NULL;
    size_t start, common;
    cli_words words = { 0 };
    (void)key;
    el_get(edit, EL_CLIENTDATA, &client);
    const shell *s = client;
    const LineInfo *info = el_line(edit);
    vb_str line = { info->buffer, (size_t)(info->cursor - info->buffer) };
    cli_complete(s->how.store, line, &start, &words);
    size_t have = line.len - start;
    unsigned char answer = CC_ERROR;
    if (!words.len) goto done;
    common = strlen(words.at[0]);
    for (size_t i = 1; i < words.len; i++)
        for (size_t k = 0; k < common; k++)
            if ((words.at[i][k] | 32) != (words.at[0][k] | 32)) common = k;
    while (common > have && ((unsigned char)words.at[0][common] & 0xc0) == 0x80) common--;
    answer = CC_REDISPLAY;
    if (common > have || words.len == 1) {
        words.at[0][common] = '\0';
        el_deletestr(edit, code_points((vb_str){ line.at + start, have }));
        el_insertstr(edit, words.at[0]);
        answer = CC_REFRESH;
        goto done;
    }
    fputc('\n', stdout);
    for (size_t i = 0; i < words.len; i++) cli_line(&s->view, CLI_PLAIN, words.at[i]);
done:
    cli_words_clear(&words);
    return answer;
}

/** $XDG_STATE_HOME/verband/history, else below ~/.local/state; the folders are made. */
static void find_history(vb_buf *out)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && *state == '/') {
        cli_buf_text(out, state);
    } else if (home && *home == '/') {
        cli_buf_text(out, home);
        cli_buf_text(out, "/.local");
        mkdir(out->at, 0700);
        cli_buf_text(out, "/state");
    } else {
        return;
    }
    mkdir(out->at, 0700);
    cli_buf_text(out, "/verband");
    mkdir(out->at, 0700);
    cli_buf_text(out, "/history");
}

/**
 * The next character of the terminal, for libedit. Ctrl-C is let through while waiting alone, so that one
 * that comes between two characters is not missed.
 */
static int next_char(EditLine *edit, wchar_t *out)
{
    const shell *s;
    sigset_t held, before;
    mbstate_t state = { 0 };
    el_get(edit, EL_CLIENTDATA, &s);
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    for (;;) {
        struct pollfd in = { STDIN_FILENO, POLLIN, 0 };
        char byte;
        sigprocmask(SIG_BLOCK, &held, &before);
        int ready = *s->how.stop ? -1 : ppoll(&in, 1, NULL, &before);
        bool stop = *s->how.stop != 0;
        sigprocmask(SIG_SETMASK, &before, NULL);
        if (stop) errno = EINTR;
        if (stop || (ready < 0 && errno != EINTR)) return -1;
        if (ready < 0) continue;
        ssize_t n = read(STDIN_FILENO, &byte, 1);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return (int)n;
        size_t got = mbrtowc(out, &byte, 1, &state);
        if (got == (size_t)-1) memset(&state, 0, sizeof state); /* a byte that is no UTF-8 is passed over */
        if (got != (size_t)-1 && got != (size_t)-2) return 1;
    }
}

static bool open_terminal(shell *s)
{
    HistEvent event;
    setlocale(LC_CTYPE, "");
    s->history = history_init();
    s->edit = el_init("verband", stdin, stdout, stderr);
    if (!s->edit || !s->history) return false;
    history(s->history, &event, H_SETSIZE, HISTORY_MAX);
    history(s->history, &event, H_SETUNIQUE, 1);
    find_history(&s->file);
    if (s->file.len) history(s->history, &event, H_LOAD, s->file.at);
    el_set(s->edit, EL_CLIENTDATA, s);
    el_set(s->edit, EL_PROMPT, prompt);
    el_set(s->edit, EL_GETCFN, next_char);
    el_set(s->edit, EL_EDITOR, "emacs");
    el_set(s->edit, EL_HIST, history, s->history);
    el_set(s->edit, EL_ADDFN, "verband-complete", "complete a word", complete);
    el_set(s->edit, EL_BIND, "^I", "verband-complete", NULL);
    el_set(s->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_source(s->edit, NULL); /* the user's ~/.editrc */
    return true;
}

static void remember(shell *s, const char *line)
{
    HistEvent event;
    if (!line[strspn(line, " \t\r\n")]) return;
    history(s->history, &event, H_ENTER, line);
    if (s->file.len) history(s->history, &event, H_SAVE, s->file.at);
}

static void read_terminal(shell *s)
{
    int n;
    fputs("Queries end with ';'. Tab completes, .help explains, .quit ends.\n", stdout);
    while (!s->quit) {
        const volatile int *stopped = s->how.stop = cli_query_listen(true);
        errno = 0;
        const char *line = el_gets(s->edit, &n);
        if (!line || n <= 0) {
            if (!*stopped && errno != EINTR) break; /* Ctrl-D */
            s->text.len = 0;                        /* Ctrl-C: a new query */
            fputc('\n', stdout);
            el_reset(s->edit);
            continue;
        }
        remember(s, line);
        vb_buf copy = { 0 };
        cli_buf_text(&copy, line);
        take_line(s, copy.at);
        vb_buf_clear(&copy);
    }
    if (!s->quit) fputc('\n', stdout);
    s->code = CLI_DONE;
}

cli_exit cmd_shell(const cli_context *context)
{
    const cli_settings *set = context->set;
    shell s = { .context = context, .view = *context->view };
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    s.code = cli_open(context->db, set->write ? VB_OPEN_WRITE : VB_OPEN_READ, &s.how.store);
    if (s.code != CLI_DONE) return s.code;
    s.how.write = set->write;
    s.how.timeout = set->timeout;
    s.how.memory = set->memory;
    s.how.params = s.params;
    if (terminal && open_terminal(&s))
        read_terminal(&s);
    else
        read_pipe(&s);
    cli_query_listen(false);
    if (s.edit) el_end(s.edit);
    if (s.history) history_end(s.history);
    for (size_t i = 0; i < PARAMS_MAX; i++) free(s.kept[i]);
    vb_buf_clear(&s.file);
    vb_buf_clear(&s.text);
    vb_store_close(s.how.store);
    return s.code;
}
