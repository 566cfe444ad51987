/**
 * Manual pages, written from the tables that help is printed from, so that they cannot say otherwise: one for
 * each command and one for the program. Source of the language: man(7), as groff and mandoc read it.
 */
#include "cli/output.h"

#include <string.h>

/** The day of VB_VERSION, and not of the build: the same source gives the same pages. */
#define RELEASED "2026-11-22"

/** Text in roff: no character of it is a request or an escape, '-' is the one that can be typed. */
static void put(FILE *out, const char *text)
{
    bool at_start = true;
    for (; *text; text++) {
        if (at_start && (*text == '.' || *text == '\'')) fputs("\\&", out);
        at_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
    }
}

static void put_title(FILE *out, const char *command)
{
    fputs(".TH \"VERBAND", out);
    for (const char *c = command; c && *c; c++) {
        if (c == command) fputc('-', out);
        fputc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
    }
    fputs("\" 1 \"" RELEASED "\" \"verband " VB_VERSION "\" \"User Commands\"\n", out);
}

/** A term and what it means. */
static void put_row(FILE *out, const char *term, const char *value, const char *meaning)
{
    fputs(".TP\n\\fB", out);
    put(out, term);
    fputs("\\fR", out);
    if (value) {
        fputs(" \\fI", out);
        put(out, value);
        fputs("\\fR", out);
    }
    fputc('\n', out);
    put(out, meaning);
    fputc('\n', out);
}

static void put_options(FILE *out, uint64_t takes)
{
    size_t n;
    const cli_option *options = cli_options(&n);
    fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; i < n; i++) {
        char term[64];
        if (!(takes >> i & 1)) continue;
        if (options[i].letter)
            snprintf(term, sizeof term, "-%c, --%s", options[i].letter, options[i].name);
        else
            snprintf(term, sizeof term, "--%s", options[i].name);
        put_row(out, term, options[i].value, options[i].help);
    }
}

static void put_values(FILE *out, const cli_command *command)
{
    size_t n;
    if (command->takes & CLI_TAKES(BY)) {
        const vb_measure *measures = vb_measures(&n);
        fputs(".SH MEASURES\n", out);
        for (size_t i = 0; i < n; i++) put_row(out, measures[i].name, NULL, measures[i].meaning);
    }
    if (command->takes & CLI_TAKES(EXPORT_FORMAT)) {
        const vb_export_format *formats = vb_export_formats(&n);
        fputs(".SH FORMATS\n", out);
        for (size_t i = 0; i < n; i++) put_row(out, formats[i].name, NULL, formats[i].help);
    }
}

static void put_ends(FILE *out)
{
    fputs(".SH \"EXIT STATUS\"\n", out);
    put_row(out, "0", NULL, "Done; \"no\" and 0 are answers.");
    put_row(out, "1", NULL, "Nothing found, or not known.");
    put_row(out, "2", NULL, "The command line is wrong.");
    put_row(out, "3", NULL, "An input is bad, named with its place; what was good is loaded.");
    put_row(out, "4", NULL, "The store, the output or the machine is in trouble.");
    fputs(".SH ENVIRONMENT\n", out);
    put_row(out, "VERBAND_DB", NULL, "The store when --db names none; ./verband.db otherwise.");
}

static void put_example(FILE *out, const char *lines)
{
    fputs(".SH EXAMPLE\n.nf\n", out);
    put(out, lines);
    fputs("\n.fi\n", out);
}

static void page_of(const cli_command *command, FILE *out)
{
    put_title(out, command->name);
    fputs(".SH NAME\nverband\\-", out);
    put(out, command->name);
    fputs(" \\- ", out);
    put(out, command->summary);
    fputs("\n.SH SYNOPSIS\n\\fBverband ", out);
    put(out, command->name);
    fputs(command->operands[0] ? "\\fR " : "\\fR", out);
    put(out, command->operands);
    fputs(" [OPTIONS]\n.SH DESCRIPTION\n", out);
    put(out, command->about);
    fputc('\n', out);
    put_values(out, command);
    put_options(out, command->takes);
    put_ends(out);
    put_example(out, command->example);
    fputs(".SH \"SEE ALSO\"\n.BR verband (1)\n", out);
}

static void page_of_all(FILE *out)
{
    size_t n;
    const cli_command *commands = cli_commands(&n);
    put_title(out, NULL);
    fputs(".SH NAME\nverband \\- a graph of Dutch government documents, with the sentence behind every edge\n"
          ".SH SYNOPSIS\n\\fBverband\\fR [\\fB\\-\\-db\\fR \\fIFILE\\fR] \\fICOMMAND\\fR ...\n"
          ".SH DESCRIPTION\n",
          out);
    put(out, cli_about);
    fputs("\n.SH COMMANDS\n", out);
    for (size_t i = 0; i < n; i++) put_row(out, commands[i].name, NULL, commands[i].summary);
    put_ends(out);
    put_example(out, cli_first_example);
    fputs(".SH \"SEE ALSO\"\n", out);
    for (size_t i = 0; i < n; i++)
        fprintf(out, ".BR verband\\-%s (1)%s\n", commands[i].name, i + 1 < n ? "," : "");
}

void cli_man(const cli_command *command, FILE *out)
{
    if (command)
        page_of(command, out);
    else
        page_of_all(out);
}
