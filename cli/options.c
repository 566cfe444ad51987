/**
 * Options: one table that is parsed from and that help is printed from. "--name value", "--name=value", the
 * few short forms "-o FILE" and "-oFILE"; options and operands in any order, before or after the command;
 * "--" ends the options. What an option means to a command is the command's business.
 */
#include "cli/cli.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) offsetof(cli_settings, field)

/* Sorted by name; the order of cli_option_id. */
static const cli_option options[CLI_OPT_COUNT] = {
    [CLI_OPT_ALIAS] = { "alias", 0, CLI_TEXT, "NAME", AT(alias), "only where the text calls it so" },
    [CLI_OPT_ALL] = { "all", 0, CLI_FLAG, NULL, AT(all), "all there is, not only the first of a long list" },
    [CLI_OPT_ALL_PATHS] = { "all", 0, CLI_FLAG, NULL, AT(all), "every shortest path, not only the first" },
    [CLI_OPT_APPLY] = { "apply", 0, CLI_TEXT, "FILE", AT(apply),
                        "make the corrections of a reviewed file, - for standard input" },
    [CLI_OPT_AROUND] = { "around", 0, CLI_TEXT, "NAME", AT(around),
                         "only what lies within --depth steps of this node" },
    [CLI_OPT_BY] = { "by", 0, CLI_TEXT, "MEASURE", AT(by), "the measure (default degree)" },
    [CLI_OPT_PERSON] = { "by", 0, CLI_TEXT, "WHO", AT(person), "who says so (default $USER)" },
    [CLI_OPT_COMMUNITY] = { "community", 0, CLI_TEXT, "N|NAME", AT(community),
                            "only this community: its number, 1 the largest, or a node in it" },
    [CLI_OPT_DATA] = { "data", 0, CLI_TEXT, "DIR", AT(data),
                       "a folder whose gazetteers, rules and patterns replace the built-in ones" },
    [CLI_OPT_DB] = { "db", 0, CLI_TEXT, "FILE", AT(db),
                     "the store (default $VERBAND_DB, else ./verband.db)" },
    [CLI_OPT_DEPTH] = { "depth", 0, CLI_NUMBER, "N", AT(depth), "how many steps away (default 1)" },
    [CLI_OPT_DOCUMENT] = { "document", 0, CLI_TEXT, "DOCUMENT", AT(document),
                           "a loaded document: the one that says so, or the only one it is about" },
    [CLI_OPT_DUPLICATES] = { "duplicates", 0, CLI_FLAG, NULL, AT(duplicates),
                             "files that are the same letter as another" },
    [CLI_OPT_EXPLAIN] = { "explain", 0, CLI_FLAG, NULL, AT(explain), "show how the answer came about" },
    [CLI_OPT_EXPORT_FORMAT] = { "format", 0, CLI_TEXT, "FORMAT", AT(format),
                                "the file format (default: by the extension of --output)" },
    [CLI_OPT_FILE] = { "file", 'f', CLI_TEXT, "FILE", AT(file),
                       "read the query from a file, - for standard input" },
    [CLI_OPT_FORMAT] = { "format", 0, CLI_TEXT, "FORMAT", AT(format),
                         "table, json, jsonl, csv or tsv (default: table on a terminal, else jsonl)" },
    [CLI_OPT_HELP] = { "help", 'h', CLI_FLAG, NULL, AT(help), "this help" },
    [CLI_OPT_ISOLATED] = { "isolated", 0, CLI_FLAG, NULL, AT(isolated),
                           "nodes without an edge in the cut too" },
    [CLI_OPT_JOBS] = { "jobs", 'j', CLI_NUMBER, "N", AT(jobs), "threads that read (default: one a core)" },
    [CLI_OPT_K] = { "k", 0, CLI_NUMBER, "N", AT(k), "the N shortest paths that differ in their nodes" },
    [CLI_OPT_LABEL] = { "label", 0, CLI_LIST, "LABEL,...", AT(labels), "only nodes of these labels" },
    [CLI_OPT_LAYOUT] = { "layout", 0, CLI_FLAG, NULL, AT(layout),
                         "positions and communities also above 50,000 nodes" },
    [CLI_OPT_MAX_LENGTH] = { "max-length", 0, CLI_NUMBER, "N", AT(max_length),
                             "no path of more than N steps" },
    [CLI_OPT_MEMORY] = { "memory", 0, CLI_NUMBER, "MIB", AT(memory),
                         "give up when a query holds more than this (default 1024)" },
    [CLI_OPT_MENTIONS] = { "mentions", 0, CLI_FLAG, NULL, AT(mentions),
                           "MENTIONS edges (document to node) too" },
    [CLI_OPT_MIN_EVIDENCE] = { "min-evidence", 0, CLI_NUMBER, "N", AT(min_evidence),
                               "only edges with at least N sentences" },
    [CLI_OPT_MIN_WEIGHT] = { "min-weight", 0, CLI_NUMBER, "N", AT(min_weight),
                             "only edges of at least this weight (of --project: shared neighbours)" },
    [CLI_OPT_NEW] = { "new", 0, CLI_FLAG, NULL, AT(make),
                      "also what the graph does not know yet: Label:Name makes a node" },
    [CLI_OPT_NO_LAYOUT] = { "no-layout", 0, CLI_FLAG, NULL, AT(no_layout),
                            "leave positions and communities out" },
    [CLI_OPT_NOT_VIA] = { "not-via", 0, CLI_LIST, "NAME,...", AT(not_via),
                          "labels or relations that a path must not touch" },
    [CLI_OPT_ONLY_LABEL] = { "label", 0, CLI_TEXT, "LABEL", AT(only_label),
                             "list only nodes of this label, measured in the whole graph" },
    [CLI_OPT_OUTPUT] = { "output", 'o', CLI_TEXT, "FILE", AT(output),
                         "write to this file, or folder for formats of two (default: standard output)" },
    [CLI_OPT_PAIRS] = { "pairs", 0, CLI_TEXT, "FILE", AT(pairs),
                        "two names a line, by tab or space; an output line for each pair" },
    [CLI_OPT_PARAM] = { "param", 0, CLI_EACH, "NAME=VALUE", AT(params),
                        "a parameter of the query, as a Cypher literal; may be repeated" },
    [CLI_OPT_PROJECT] = { "project", 0, CLI_PAIR, "LABEL:LABEL", AT(project),
                          "join the first that share neighbours of the second: Organisation:Document" },
    [CLI_OPT_QUIET] = { "quiet", 'q', CLI_FLAG, NULL, AT(quiet), "no progress and no summary" },
    [CLI_OPT_RELATIONS] = { "relations", 0, CLI_LIST, "TYPE,...", AT(relations),
                            "only edges of these types" },
    [CLI_OPT_REPAIR] = { "repair", 0, CLI_FLAG, NULL, AT(repair),
                         "save what can be saved of a damaged store; the old file stays beside it" },
    [CLI_OPT_RULES] = { "rules", 0, CLI_FLAG, NULL, AT(rules), "say which rule made each of them" },
    [CLI_OPT_SINCE] = { "since", 0, CLI_SINCE, "DATE", AT(since),
                        "only what documents from this date on say (2024, 2024-05 or 2024-05-31)" },
    [CLI_OPT_SIZE_BY] = { "size-by", 0, CLI_TEXT, "MEASURE", AT(size_by), "what makes a node large" },
    [CLI_OPT_SOURCE] = { "source", 0, CLI_TEXT, "URL", AT(source), "a page that says so" },
    [CLI_OPT_STATED] = { "stated", 0, CLI_FLAG, NULL, AT(stated), "leave out what is merely announced" },
    [CLI_OPT_TEXT] = { "text", 0, CLI_TEXT, "SENTENCE", AT(text), "the sentence that says so" },
    [CLI_OPT_TIMEOUT] = { "timeout", 0, CLI_NUMBER, "MS", AT(timeout), "give up after so many milliseconds" },
    [CLI_OPT_TITLE] = { "title", 0, CLI_TEXT, "TEXT", AT(title), "a title for the picture" },
    [CLI_OPT_TOP] = { "top", 'n', CLI_NUMBER, "N", AT(top), "at most N of them" },
    [CLI_OPT_UNTIL] = { "until", 0, CLI_UNTIL, "DATE", AT(until), "only what documents up to this date say" },
    [CLI_OPT_VERBOSE] = { "verbose", 'v', CLI_FLAG, NULL, AT(verbose), "a line for every file" },
    [CLI_OPT_VERSION] = { "version", 0, CLI_FLAG, NULL, AT(version), "print the version" },
    [CLI_OPT_VIA] = { "via", 0, CLI_LIST, "NAME,...", AT(via), "labels or relations that a path must touch" },
    [CLI_OPT_WEIGHTED] = { "weighted", 0, CLI_FLAG, NULL, AT(weighted),
                           "let edges with many sentences count for more" },
    [CLI_OPT_WHY] = { "why", 0, CLI_TEXT, "REASON", AT(why), "why you say so" },
    [CLI_OPT_WRITE] = { "write", 0, CLI_FLAG, NULL, AT(write), "let the query change the graph" },
};

const cli_option *cli_options(size_t *n)
{
    *n = CLI_OPT_COUNT;
    return options;
}

/* ---- finding ------------------------------------------------------------------------------------------ */

static bool is_called(const cli_option *option, const char *name, size_t len)
{
    return strlen(option->name) == len && memcmp(option->name, name, len) == 0;
}

/** The row of "--name[=...]" or "-x..." among @p takes; *value points past '=' or the letter, or is NULL. */
static const cli_option *find(uint64_t takes, const char *arg, const char **value)
{
    const char *equals = strchr(arg, '=');
    size_t len = equals ? (size_t)(equals - arg) : strlen(arg);
    *value = NULL;
    for (size_t i = 0; i < CLI_OPT_COUNT; i++) {
        const cli_option *option = &options[i];
        if (!(takes >> i & 1)) continue;
        if (arg[1] == '-') {
            if (!is_called(option, arg + 2, len - 2)) continue;
            *value = equals ? equals + 1 : NULL;
            return option;
        }
        if (!option->letter || option->letter != arg[1]) continue;
        *value = arg[2] ? arg + 2 : NULL;
        return option;
    }
    return NULL;
}

static bool is_option(const char *arg)
{
    return arg[0] == '-' && arg[1] != '\0';
}

size_t cli_options_command(size_t argc, const char *const *argv)
{
    for (size_t i = 0; i < argc; i++) {
        const char *value;
        if (strcmp(argv[i], "--") == 0) return i + 1;
        if (!is_option(argv[i])) return i;
        const cli_option *option = find(UINT64_MAX, argv[i], &value);
        if (option && option->kind != CLI_FLAG && !value) i++;
    }
    return argc;
}

unsigned cli_distance(const char *a, const char *b)
{
    enum { MOST = 32 };
    unsigned row[MOST + 1];
    size_t n = strlen(a), m = strlen(b);
    if (n >= MOST || m >= MOST) return MOST;
    for (unsigned j = 0; j <= m; j++) row[j] = j;
    for (unsigned i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);
            unsigned gap = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[m];
}

static vb_status unknown_option(const cli_command *command, const char *arg, vb_error *err)
{
    const char *value, *nearest = NULL;
    char name[32] = "";
    int len = (int)strcspn(arg, "=");
    unsigned best = 3;
    if (find(UINT64_MAX, arg, &value))
        return cli_fail(err, VB_BAD_ARGUMENT, "%s does not take %.*s; see verband %s -h", command->name, len,
                        arg, command->name);
    if (arg[1] == '-') snprintf(name, sizeof name, "%.*s", len - 2, arg + 2);
    for (size_t i = 0; i < CLI_OPT_COUNT && name[0]; i++) {
        if (!(command->takes >> i & 1)) continue;
        unsigned distance = cli_distance(name, options[i].name);
        if (strncmp(name, options[i].name, strlen(name)) == 0) distance = 1;
        if (distance >= best) continue;
        best = distance;
        nearest = options[i].name;
    }
    if (nearest)
        return cli_fail(err, VB_BAD_ARGUMENT, "unknown option %.*s: did you mean --%s? See verband %s -h",
                        len, arg, nearest, command->name);
    return cli_fail(err, VB_BAD_ARGUMENT, "unknown option %.*s; see verband %s -h", len, arg, command->name);
}

/* ---- values ------------------------------------------------------------------------------------------- */

static vb_status read_number(const cli_option *option, const char *text, size_t *out, vb_error *err)
{
    char *end;
    errno = 0;
    unsigned long n = text[0] >= '0' && text[0] <= '9' ? strtoul(text, &end, 10) : 0;
    if (n == 0 || errno || *end || n > INT32_MAX)
        return cli_fail(err, VB_BAD_ARGUMENT, "--%s takes a whole number from 1 to %d, not \"%s\"",
                        option->name, INT32_MAX, text);
    *out = n;
    return VB_OK;
}

static vb_status read_list(const cli_option *option, const char *text, cli_list *out, vb_error *err)
{
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, ",");
        if (n && out->len == CLI_LIST_MAX)
            return cli_fail(err, VB_BAD_ARGUMENT, "--%s takes at most %d values", option->name, CLI_LIST_MAX);
        if (n) out->at[out->len++] = (vb_str){ at, n };
        at += n + (at[n] == ',');
    }
    if (!out->len) return cli_fail(err, VB_BAD_ARGUMENT, "--%s needs a value", option->name);
    return VB_OK;
}

/** One more value, whole: commas are its own. */
static vb_status read_each(const cli_option *option, const char *text, cli_list *out, vb_error *err)
{
    if (!text[0]) return cli_fail(err, VB_BAD_ARGUMENT, "--%s needs a value", option->name);
    if (out->len == CLI_LIST_MAX)
        return cli_fail(err, VB_BAD_ARGUMENT, "--%s takes at most %d values", option->name, CLI_LIST_MAX);
    out->at[out->len++] = vb_str_of(text);
    return VB_OK;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/** A date; of a year or a month the first day, or with @p last the last. */
static vb_status read_date(const cli_option *option, const char *text, bool last, char out[11], vb_error *err)
{
    static const char shape[] = "dddd-dd-dd";
    unsigned part[3] = { 0, last ? 12 : 1, 0 };
    size_t len = strlen(text), which = 0;
    bool good = len == 4 || len == 7 || len == 10;
    if (good && len > 4) part[1] = 0;
    for (size_t i = 0; good && i < len; i++) {
        if (shape[i] == 'd')
            good = text[i] >= '0' && text[i] <= '9';
        else
            good = text[i] == '-';
        if (shape[i] == 'd')
            part[which] = part[which] * 10 + (unsigned)(text[i] - '0');
        else
            which++;
    }
    good = good && part[1] >= 1 && part[1] <= 12;
    if (good && len < 10) part[2] = last ? days_in(part[0], part[1]) : 1;
    if (!good || part[2] < 1 || part[2] > days_in(part[0], part[1]))
        return cli_fail(err, VB_BAD_ARGUMENT,
                        "--%s takes a date such as 2024-05-31, 2024-05 or 2024, not \"%s\"", option->name,
                        text);
    snprintf(out, 11, "%04u-%02u-%02u", part[0] % 10000, part[1] % 100, part[2] % 100);
    return VB_OK;
}

static vb_status read_pair(const cli_option *option, const char *text, vb_str out[2], vb_error *err)
{
    const char *colon = strchr(text, ':');
    if (!colon || colon == text || !colon[1])
        return cli_fail(err, VB_BAD_ARGUMENT,
                        "--%s takes two labels such as Organisation:Document, not \"%s\"", option->name,
                        text);
    out[0] = (vb_str){ text, (size_t)(colon - text) };
    out[1] = vb_str_of(colon + 1);
    return VB_OK;
}

static vb_status set_value(const cli_option *option, const char *text, cli_settings *out, vb_error *err)
{
    char *field = (char *)out + option->offset;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)field = true;
        return VB_OK;
    case CLI_TEXT:
        if (!text[0]) return cli_fail(err, VB_BAD_ARGUMENT, "--%s needs a value", option->name);
        *(const char **)(void *)field = text;
        return VB_OK;
    case CLI_NUMBER:
        return read_number(option, text, (size_t *)(void *)field, err);
    case CLI_LIST:
        return read_list(option, text, (cli_list *)(void *)field, err);
    case CLI_EACH:
        return read_each(option, text, (cli_list *)(void *)field, err);
    case CLI_PAIR:
        return read_pair(option, text, (vb_str *)(void *)field, err);
    case CLI_SINCE:
    case CLI_UNTIL:
        return read_date(option, text, option->kind == CLI_UNTIL, field, err);
    }
    return cli_fail(err, VB_BAD_ARGUMENT, "--%s cannot be read", option->name);
}

/* ---- parsing ------------------------------------------------------------------------------------------ */

/** One option, with the next argument where its value is there. */
static vb_status parse_option(const cli_command *command, const char *arg, const char *next, bool *took_next,
                              cli_settings *out, vb_error *err)
{
    const char *value;
    const cli_option *option = find(command->takes, arg, &value);
    *took_next = false;
    if (!option) return unknown_option(command, arg, err);
    if (option->kind == CLI_FLAG && value)
        return cli_fail(err, VB_BAD_ARGUMENT, "--%s takes no value", option->name);
    if (option->kind != CLI_FLAG && !value) {
        if (!next)
            return cli_fail(err, VB_BAD_ARGUMENT, "--%s needs a value: --%s %s", option->name, option->name,
                            option->value);
        value = next;
        *took_next = true;
    }
    return set_value(option, value, out, err);
}

static vb_status check_operands(const cli_command *command, const cli_settings *set, vb_error *err)
{
    if (set->help || (set->n_args >= command->min && set->n_args <= command->max)) return VB_OK;
    if (set->n_args < command->min)
        return cli_fail(err, VB_BAD_ARGUMENT, "%s needs %s; see verband %s -h", command->name,
                        command->operands, command->name);
    return cli_fail(err, VB_BAD_ARGUMENT,
                    "%s takes %s, and \"%s\" is one too many (quote a name of several words)", command->name,
                    command->operands[0] ? command->operands : "no arguments", set->args[command->max]);
}

vb_status cli_options_parse(const cli_command *command, size_t argc, const char *const *argv,
                            cli_settings *out, vb_error *err)
{
    bool operands_only = false;
    *out = (cli_settings){ .args = cli_alloc(NULL, (argc + 1) * sizeof *out->args) };
    for (size_t i = 0; i < argc; i++) {
        bool took_next;
        if (operands_only || !is_option(argv[i])) {
            out->args[out->n_args++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--") == 0) {
            operands_only = true;
            continue;
        }
        vb_status status =
            parse_option(command, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &took_next, out, err);
        if (status != VB_OK) return status;
        i += took_next;
    }
    return check_operands(command, out, err);
}

void cli_settings_clear(cli_settings *settings)
{
    free(settings->args);
    *settings = (cli_settings){ 0 };
}

void cli_options_help(uint64_t takes, FILE *out)
{
    for (size_t i = 0; i < CLI_OPT_COUNT; i++) {
        if (!(takes >> i & 1)) continue;
        char left[64], letter[8] = "    ";
        if (options[i].letter) snprintf(letter, sizeof letter, "-%c, ", options[i].letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, options[i].name, options[i].value ? " " : "",
                 options[i].value ? options[i].value : "");
        fprintf(out, "  %-26s %s\n", left, options[i].help);
    }
}
