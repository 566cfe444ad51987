/** Unit tests of cli/options.c: parsing, its hints, and the option table itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const cli_command command = {
    .name = "try",
    .operands = "A B",
    .min = 1,
    .max = 2,
    .takes = CLI_TAKES(ALL) | CLI_TAKES(DB) | CLI_TAKES(FORMAT) | CLI_TAKES(HELP) | CLI_TAKES(LABEL) |
             CLI_TAKES(OUTPUT) | CLI_TAKES(SINCE) | CLI_TAKES(TOP) | CLI_TAKES(UNTIL),
};

/** Arguments, and what is set afterwards as text; or the error. */
static const struct sample {
    const char *name, *args, *want;
} samples[] = {
    { "value in the next argument", "--db x.db a", "db=x.db a" },
    { "value after an equals sign", "--db=x=y.db a", "db=x=y.db a" },
    { "options after operands", "a --top 12 b --all", "all top=12 a b" },
    { "two dashes end the options", "--all -- --db b", "all --db b" },
    { "a dash alone is an operand", "- b", "- b" },
    { "short option, value apart", "-o f a", "output=f a" },
    { "short option, value joined", "-of a", "output=f a" },
    { "a list by commas", "--label A,B a", "label=A label=B a" },
    { "a list by repetition", "--label A --label=B,,C a", "label=A label=B label=C a" },
    { "first day of a year", "--since 2024 a", "since=2024-01-01 a" },
    { "last day of a year", "--until 2024 a", "until=2024-12-31 a" },
    { "last day of a February", "--until 2024-02 a", "until=2024-02-29 a" },
    { "last day of another February", "--until 1900-02 a", "until=1900-02-28 a" },
    { "a day", "--since 2024-05-31 --until=2024-06-01 a", "since=2024-05-31 until=2024-06-01 a" },
    { "help needs no operands", "-h", "help" },
    { "the last one counts", "--top 1 --top 2 a", "top=2 a" },
    { "no such day", "--since 2023-02-29 a", "! --since takes a date" },
    { "no such month", "--since 2023-13 a", "! --since takes a date" },
    { "no such date", "--since gisteren a", "! --since takes a date" },
    { "a date with a tail", "--since 2023-01-01T00 a", "! --since takes a date" },
    { "no number", "--top ten a", "! --top takes a whole number" },
    { "a number with a tail", "--top 1x a", "! --top takes a whole number" },
    { "a negative number", "--top -1 a", "! --top takes a whole number" },
    { "zero", "--top 0 a", "! --top takes a whole number" },
    { "too large a number", "--top 99999999999999999999 a", "! --top takes a whole number" },
    { "value missing", "a --db", "! --db needs a value" },
    { "value empty", "--db= a", "! --db needs a value" },
    { "list empty", "--label , a", "! --label needs a value" },
    { "value of a flag", "--all=yes a", "! --all takes no value" },
    { "misspelt option", "--lable X a", "! unknown option --lable: did you mean --label?" },
    { "shortened option", "--for=csv a", "! unknown option --for: did you mean --format?" },
    { "unknown option", "--frobnicate a", "! unknown option --frobnicate; see verband try -h" },
    { "another command's option", "--jobs 4 a", "! try does not take --jobs" },
    { "unknown letter", "-x a", "! unknown option -x; see" },
    { "no operand", "--all", "! try needs A B" },
    { "one operand too many", "a b c", "! try takes A B, and \"c\" is one too many" },
};

static void add(char *got, size_t size, const char *key, const char *value, size_t len)
{
    size_t at = strlen(got);
    snprintf(got + at, size - at, "%s%s%.*s", at ? " " : "", key, (int)len, value);
}

static void settings_as_text(const cli_settings *set, char *got, size_t size)
{
    char number[24];
    if (set->help) add(got, size, "help", "", 0);
    if (set->all) add(got, size, "all", "", 0);
    if (set->db) add(got, size, "db=", set->db, strlen(set->db));
    if (set->output) add(got, size, "output=", set->output, strlen(set->output));
    if (set->since[0]) add(got, size, "since=", set->since, 10);
    if (set->until[0]) add(got, size, "until=", set->until, 10);
    snprintf(number, sizeof number, "%zu", set->top);
    if (set->top) add(got, size, "top=", number, strlen(number));
    for (size_t i = 0; i < set->labels.len; i++)
        add(got, size, "label=", set->labels.at[i].at, set->labels.at[i].len);
    for (size_t i = 0; i < set->n_args; i++) add(got, size, "", set->args[i], strlen(set->args[i]));
}

static size_t cut_words(char *line, const char **words)
{
    size_t n = 0;
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) words[n++] = word;
    return n;
}

static void parses(void **state)
{
    const struct sample *s = *state;
    char line[256], got[512] = "";
    const char *words[32];
    cli_settings set;
    vb_error err = { 0 };
    snprintf(line, sizeof line, "%s", s->args);
    size_t n = cut_words(line, words);
    vb_status status = cli_options_parse(&command, n, words, &set, &err);
    if (s->want[0] == '!') {
        assert_int_equal(status, VB_BAD_ARGUMENT);
        snprintf(got, sizeof got, "! %.*s", (int)strlen(s->want) - 2, err.message);
    } else {
        assert_int_equal(status, VB_OK);
        settings_as_text(&set, got, sizeof got);
    }
    assert_string_equal(got, s->want);
    cli_settings_clear(&set);
}

static void lists_have_a_limit(void **state)
{
    (void)state;
    char list[4 * CLI_LIST_MAX + 8] = "";
    const char *words[] = { "--label", list, "a" };
    cli_settings set;
    vb_error err;
    for (int i = 0; i < CLI_LIST_MAX; i++) strcat(list, "X,");
    assert_int_equal(cli_options_parse(&command, 3, words, &set, &err), VB_OK);
    assert_int_equal(set.labels.len, CLI_LIST_MAX);
    cli_settings_clear(&set);
    strcat(list, "Y");
    assert_int_equal(cli_options_parse(&command, 3, words, &set, &err), VB_BAD_ARGUMENT);
    cli_settings_clear(&set);
}

static void the_command_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *args;
        size_t want;
    } rows[] = {
        { "rank --top 3", 0 },           { "--db x rank", 2 }, { "--db=x rank", 1 },
        { "--format csv -o f rank", 4 }, { "-of rank", 1 },    { "--mentions rank", 1 },
        { "--unknown rank", 1 },         { "-- rank", 1 },     { "--db rank", 2 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char line[64];
        const char *words[8];
        snprintf(line, sizeof line, "%s", rows[i].args);
        size_t n = cut_words(line, words);
        assert_int_equal(cli_options_command(n, words), rows[i].want);
    }
}

static void the_table_is_whole(void **state)
{
    (void)state;
    size_t n;
    const cli_option *options = cli_options(&n);
    for (size_t i = 0; i < n; i++) {
        assert_non_null(options[i].name);
        assert_true(options[i].name[0] && options[i].help && options[i].help[0]);
        assert_true(options[i].offset < sizeof(cli_settings));
        assert_true((options[i].value == NULL) == (options[i].kind == CLI_FLAG));
        for (size_t j = 0; j < i; j++) {
            bool same = strcmp(options[i].name, options[j].name) == 0;
            /* the command is looked for before its options are known: those of one name must read alike */
            if (same) assert_true((options[i].value == NULL) == (options[j].value == NULL));
            if (options[i].letter && !same) assert_int_not_equal(options[i].letter, options[j].letter);
        }
    }
}

static void help_names_what_is_taken(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    cli_options_help(CLI_TAKES(OUTPUT) | CLI_TAKES(TOP), out);
    fclose(out);
    assert_non_null(strstr(text, "-o, --output FILE"));
    assert_non_null(strstr(text, "--top N"));
    assert_null(strstr(text, "--db"));
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(samples) + 4];
    for (size_t i = 0; i < COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = parses,
                                        .initial_state = (void *)&samples[i] };
    struct CMUnitTest rest[] = { cmocka_unit_test(lists_have_a_limit), cmocka_unit_test(the_command_is_found),
                                 cmocka_unit_test(the_table_is_whole),
                                 cmocka_unit_test(help_names_what_is_taken) };
    memcpy(tests + COUNT(samples), rest, sizeof rest);
    return cmocka_run_group_tests_name("cli options", tests, NULL, NULL);
}
