/**
 * Completion for bash and zsh, written from the tables of commands and options: commands first, then the
 * options that the command takes and the values of an option that a table of the library knows; file names
 * otherwise.
 */
#include "cli/output.h"

static void put_measures(FILE *out)
{
    size_t n;
    const vb_measure *measures = vb_measures(&n);
    for (size_t i = 0; i < n; i++) fprintf(out, "%s ", measures[i].name);
}

static void put_exports(FILE *out)
{
    size_t n;
    const vb_export_format *formats = vb_export_formats(&n);
    for (size_t i = 0; i < n; i++) fprintf(out, "%s ", formats[i].name);
}

static void put_formats(FILE *out)
{
    size_t n;
    const cli_format *formats = cli_formats(&n);
    for (size_t i = 0; i < n; i++) fprintf(out, "%s ", formats[i].name);
}

static void put_labels(FILE *out)
{
    for (size_t i = 0; i < VB_LABEL_COUNT; i++) fprintf(out, "%s ", vb_label_name((vb_label)i));
}

static void put_relations(FILE *out)
{
    for (size_t i = 0; vb_relation_name(i); i++) fprintf(out, "%s ", vb_relation_name(i));
}

typedef void (*values_fn)(FILE *out);

/** What lists the values that an option may have; NULL where any text may be. */
static values_fn values_of(size_t option)
{
    static const struct {
        cli_option_id id;
        values_fn put;
    } lists[] = {
        { CLI_OPT_BY, put_measures },           { CLI_OPT_SIZE_BY, put_measures },
        { CLI_OPT_EXPORT_FORMAT, put_exports }, { CLI_OPT_FORMAT, put_formats },
        { CLI_OPT_LABEL, put_labels },          { CLI_OPT_ONLY_LABEL, put_labels },
        { CLI_OPT_RELATIONS, put_relations },
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if ((size_t)lists[i].id == option) return lists[i].put;
    return NULL;
}

/* ---- bash --------------------------------------------------------------------------------------------- */

static void bash_command(const cli_command *command, FILE *out)
{
    size_t n;
    const cli_option *options = cli_options(&n);
    fprintf(out, "    %s)\n        case $previous in\n", command->name);
    for (size_t i = 0; i < n; i++) {
        const values_fn put = values_of(i);
        if (!(command->takes >> i & 1) || !put) continue;
        fprintf(out, "        --%s) words='", options[i].name);
        put(out);
        fputs("' ;;\n", out);
    }
    fputs("        *) words='", out);
    for (size_t i = 0; i < n; i++)
        if (command->takes >> i & 1) fprintf(out, "--%s ", options[i].name);
    fputs("' ;;\n        esac ;;\n", out);
}

void cli_completion_bash(FILE *out)
{
    size_t n;
    const cli_command *commands = cli_commands(&n);
    fputs("# bash completion of verband; made by `verband help bash`\n"
          "_verband() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words='' command='' "
          "i\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        --db) ((i++)) ;;\n"
          "        -*) ;;\n"
          "        *) command=${COMP_WORDS[i]}; break ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command in\n"
          "    '' | help) words='",
          out);
    for (size_t i = 0; i < n; i++) fprintf(out, "%s ", commands[i].name);
    fputs("' ;;\n", out);
    for (size_t i = 0; i < n; i++)
        if (commands[i].run != cmd_help) bash_command(&commands[i], out);
    fputs("    esac\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
          "    [ \"${#COMPREPLY[@]}\" -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
          "}\n"
          "complete -o filenames -F _verband verband\n",
          out);
}

/* ---- zsh ---------------------------------------------------------------------------------------------- */

/** Text within a single-quoted specification of _arguments or _describe. */
static void zsh_text(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (*text == ':' || *text == '[' || *text == ']' || *text == '\\') fputc('\\', out);
        fputc(*text, out);
    }
}

static void zsh_command(const cli_command *command, FILE *out)
{
    size_t n;
    const cli_option *options = cli_options(&n);
    fprintf(out, "    %s)\n        _arguments \\\n", command->name);
    for (size_t i = 0; i < n; i++) {
        if (!(command->takes >> i & 1)) continue;
        fprintf(out, "            '--%s[", options[i].name);
        zsh_text(options[i].help, out);
        fputc(']', out);
        if (options[i].value) {
            fputc(':', out);
            zsh_text(options[i].value, out);
            const values_fn put = values_of(i);
            fputs(put ? ":(" : ":_files", out);
            if (put) put(out);
            if (put) fputc(')', out);
        }
        fputs("' \\\n", out);
    }
    fputs("            '*:file:_files' ;;\n", out);
}

void cli_completion_zsh(FILE *out)
{
    size_t n;
    const cli_command *commands = cli_commands(&n);
    fputs("#compdef verband\n# zsh completion of verband; made by `verband help zsh`\n"
          "_verband() {\n"
          "    local -a commands=(\n",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "        '%s:", commands[i].name);
        zsh_text(commands[i].summary, out);
        fputs("'\n", out);
    }
    fputs("    )\n"
          "    if ((CURRENT == 2)); then _describe command commands; return; fi\n"
          "    case ${words[2]} in\n",
          out);
    for (size_t i = 0; i < n; i++) zsh_command(&commands[i], out);
    fputs("    esac\n}\n_verband \"$@\"\n", out);
}
