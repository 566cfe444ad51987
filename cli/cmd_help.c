/** verband help, verband COMMAND -h: printed from the tables of commands, options, measures and formats; and
 * what stands in the table of topics: what programs that read our output rely on, manual pages, completions.
 */
#include "cli/output.h"

#include <string.h>

/** The members of JSON rows, which csv and tsv name by their paths. */
static const char shapes[] =
    "\nOffsets are bytes of what `verband text DOCUMENT` prints. A node is {type, key, name}, with document "
    "when\n"
    "it is a loaded document. Evidence is [{document, start, end, text}]. What is not known is null.\n\n"
    "  ask          one object: question, cypher, kind (nodes, boolean, number, paths, rows, unknown), "
    "answer,\n"
    "               nodes, columns, rows, value, paths ([node, relation, node, ...]), evidence, choices,\n"
    "               message, nearest\n"
    "  bridges      bridge (edge or node), and the edge or the node\n"
    "  check        rule, where\n"
    "  communities  a member: its node, community, group; components likewise with component\n"
    "  corrections  id, kind, a, relation, b, document, text, source, who, when, why, undone, idle\n"
    "  diff         change (new, gone, lasting), what (node, edge), before, after, and the node or the edge\n"
    "  documents    document, key, title, date, kind, sender, mentions, edges; with --duplicates document,\n"
    "               duplicate, number, title, path\n"
    "  edges        a sentence: document, start, end, text, type, origin (text, gazetteer, person, import),\n"
    "               certainty (stated, announced), source, target; \"self\":true on the document it stands "
    "in\n"
    "  mentions     document, start, end, text, type, key, name; article of a law\n"
    "  neighbours   node, distance; similar: node, score\n"
    "  path         from, to, length (null: none), nodes, relations ({type, reverse, origin, certainty, "
    "evidence,\n"
    "               parallel}); by_mention when nothing else connects them\n"
    "  provenance   one object: node, n_edges, one_sentence, one_document, gazetteer, person, import, "
    "edges,\n"
    "               nodes, documents (with said, alone: how many edges)\n"
    "  rank         rank, node, score\n"
    "  review       verdict, kind, doubt, a, relation, b, because, document, text\n"
    "  search       node, date, start, end, snippet, marks, score\n"
    "  show         one object: node, aliases, url, first, last, n_mentions, n_documents, edges, documents\n"
    "  stats        one object: totals, labels, relations, years\n"
    "  why          one object: a, b, edges, together\n";

static void explain_formats(FILE *out)
{
    size_t n;
    const cli_format *formats = cli_formats(&n);
    fputs("Rows come out as --format says; a table on a terminal, else jsonl.\n\n", out);
    for (size_t i = 0; i < n; i++) fprintf(out, "  %-12s %s\n", formats[i].name, formats[i].help);
    fputs(shapes, out);
}

const char cli_about[] =
    "Verband reads Dutch government documents into a graph, and keeps the sentence behind every edge.";
const char cli_first_example[] =
    "verband load letters/ && verband ask \"Welke gemeenten doen mee aan Preventie met Gezag?\"";

static void list_commands(FILE *out)
{
    size_t n;
    const cli_command *commands = cli_commands(&n);
    fprintf(out, "%s\n\nusage: verband [--db FILE] COMMAND ...\n\n", cli_about);
    for (size_t i = 0; i < n; i++) fprintf(out, "  %-16s%s\n", commands[i].name, commands[i].summary);
    fprintf(
        out,
        "\nThe store is --db FILE, else $VERBAND_DB, else ./verband.db. `verband COMMAND -h` explains one,\n"
        "`verband help formats` what programs read.\n"
        "Ends with 0 done, 1 nothing found or not known, 2 usage, 3 bad input, 4 store or output trouble.\n\n"
        "example:\n  %s\n",
        cli_first_example);
}

/** What an option's value may be, where the library has a table of them. */
static void list_values(const cli_command *command, FILE *out)
{
    size_t n;
    if (command->takes & CLI_TAKES(BY)) {
        const vb_measure *measures = vb_measures(&n);
        for (size_t i = 0; i < n; i++) fprintf(out, "  %-26s %s\n", measures[i].name, measures[i].meaning);
        fputc('\n', out);
    }
    if (command->takes & CLI_TAKES(EXPORT_FORMAT)) {
        const vb_export_format *formats = vb_export_formats(&n);
        fputs("formats:\n", out);
        for (size_t i = 0; i < n; i++) fprintf(out, "  %-26s %s\n", formats[i].name, formats[i].help);
        fputc('\n', out);
    }
}

static void print_lines(const char *lines, FILE *out)
{
    while (*lines) {
        size_t n = strcspn(lines, "\n");
        fprintf(out, "  %.*s\n", (int)n, lines);
        lines += n + (lines[n] == '\n');
    }
}

void cli_help(const cli_command *command, FILE *out)
{
    if (!command) {
        list_commands(out);
        return;
    }
    cli_view view = { .out = out };
    fprintf(out, "verband %s: %s\n\n", command->name, command->summary);
    fprintf(out, "usage: verband %s%s%s [OPTIONS]\n\n", command->name, command->operands[0] ? " " : "",
            command->operands);
    cli_wrap(&view, 0, CLI_PLAIN, vb_str_of(command->about));
    fputc('\n', out);
    list_values(command, out);
    fputs("options:\n", out);
    cli_options_help(command->takes, out);
    fputs("\nexample:\n", out);
    print_lines(command->example, out);
}

/* ---- topics ------------------------------------------------------------------------------------------- */

static void man_of_all(FILE *out)
{
    cli_man(NULL, out);
}

static const struct topic {
    const char *name;
    void (*print)(FILE *out);
} topics[] = {
    { "bash", cli_completion_bash },
    { "formats", explain_formats },
    { "man", man_of_all },
    { "zsh", cli_completion_zsh },
};

static cli_exit help_on(const char *name, void (*print)(const cli_command *command, FILE *out))
{
    const cli_command *command = cli_command_find(name);
    if (!command) {
        cli_say("unknown command \"%s\"; `verband help` lists them", name);
        return CLI_USAGE;
    }
    print(command, stdout);
    return CLI_DONE;
}

cli_exit cmd_help(const cli_context *context)
{
    const cli_settings *set = context->set;
    if (!set->n_args) {
        cli_help(NULL, stdout);
        return CLI_DONE;
    }
    if (set->n_args == 2) {
        if (strcmp(set->args[0], "man") == 0) return help_on(set->args[1], cli_man);
        cli_say("help takes one command, or `man` and a command");
        return CLI_USAGE;
    }
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcmp(topics[i].name, set->args[0]) != 0) continue;
        topics[i].print(stdout);
        return CLI_DONE;
    }
    return help_on(set->args[0], cli_help);
}
