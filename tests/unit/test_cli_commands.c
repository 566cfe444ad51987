/** A walk along the command table: sorted, unique, nothing empty, every example runs a command that is there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "cli/cli.h"

#include <string.h>

static void the_table_is_sorted(void **state)
{
    (void)state;
    size_t n;
    const cli_command *commands = cli_commands(&n);
    assert_true(n >= 20);
    for (size_t i = 1; i < n; i++) assert_true(strcmp(commands[i - 1].name, commands[i].name) < 0);
}

static void every_row_is_whole(void **state)
{
    (void)state;
    size_t n;
    const cli_command *commands = cli_commands(&n);
    for (size_t i = 0; i < n; i++) {
        const cli_command *c = &commands[i];
        char start[64];
        assert_true(c->name[0] && c->summary[0] && c->about[0] && c->example[0]);
        assert_non_null(c->run);
        assert_true(c->takes & CLI_TAKES(HELP));
        assert_true(c->min <= c->max);
        assert_true((c->max > 0) == (c->operands[0] != '\0'));
        assert_ptr_equal(cli_command_find(c->name), c);
        if (c->opens == CLI_READS) assert_true(c->takes & CLI_TAKES(DB));
        /* one kind of --format a command */
        assert_false((c->takes & CLI_TAKES(FORMAT)) && (c->takes & CLI_TAKES(EXPORT_FORMAT)));
        assert_false((c->takes & CLI_TAKES(LABEL)) && (c->takes & CLI_TAKES(ONLY_LABEL)));
        snprintf(start, sizeof start, "verband %s", c->name);
        assert_non_null(strstr(c->example, start));
    }
    assert_null(cli_command_find("frobnicate"));
    assert_null(cli_command_find(""));
}

static void every_status_has_an_exit(void **state)
{
    (void)state;
    for (int s = VB_OK; s <= VB_UNKNOWN; s++) {
        cli_exit code = cli_exit_of((vb_status)s);
        assert_true(code >= CLI_DONE && code <= CLI_TROUBLE);
        assert_true((code == CLI_DONE) == (s == VB_OK));
    }
    assert_int_equal(cli_exit_of(VB_UNKNOWN_NAME), 1);
    assert_int_equal(cli_exit_of(VB_BAD_ARGUMENT), 2);
    assert_int_equal(cli_exit_of(VB_BAD_UTF8), 3);
    assert_int_equal(cli_exit_of(VB_STORE_NEWER), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_table_is_sorted),
                                        cmocka_unit_test(every_row_is_whole),
                                        cmocka_unit_test(every_status_has_an_exit) };
    return cmocka_run_group_tests_name("cli commands", tests, NULL, NULL);
}
