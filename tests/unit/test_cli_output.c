/** Unit tests of cli/output*.c: rows in every format, columns by screen width, text that does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "cli/output.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const cli_column columns[] = {
    { "name", "node.name", false, 12 },
    { "n", "n", true, 0 },
    { "list", "list", false, 0 },
};

static const char plain[] = "{\"node\":{\"name\":\"Súdwest\"},\"n\":3,\"list\":[\"a\",\"b\"]}\n"
                            "{\"node\":{\"name\":\"漢字\"},\"n\":0.123456,\"list\":null}";
static const char hostile[] =
    "{\"node\":{\"name\":\"a,\\\"b\\\"\\n\\u001b[31m\\t\\\\\"},\"n\":1,\"list\":null}";
static const char wide[] = "{\"node\":{\"name\":\"abcdefghijklmnopqrstuvwxyz\"},\"n\":1,\"list\":[\"x\"]}";

/** Rows (a line each) in a format, and what comes out. */
static const struct sample {
    const char *name, *format, *rows, *want;
    bool terminal;
    unsigned width;
} samples[] = {
    { "table", "table", plain, "name          n  list\nSúdwest       3  a; b\n漢字     0.1235\n", false, 0 },
    { "table of nothing", "table", "", "", false, 0 },
    { "table leaves empty columns out", "table", hostile, "name          n\na,\"b\" ␛[31m…  1\n", false, 0 },
    { "table cuts on a terminal", "table", wide, "name          n  list\nabcdefghijk…  1  x\n", true, 60 },
    { "table cuts in a file what has a limit", "table", wide, "name          n  list\nabcdefghijk…  1  x\n",
      false, 0 },
    { "json", "json", plain,
      "[\n{\"node\":{\"name\":\"Súdwest\"},\"n\":3,\"list\":[\"a\",\"b\"]},\n"
      "{\"node\":{\"name\":\"漢字\"},\"n\":0.123456,\"list\":null}\n]\n",
      false, 0 },
    { "json of nothing", "json", "", "[]\n", false, 0 },
    { "jsonl of nothing", "jsonl", "", "", false, 0 },
    { "jsonl", "jsonl", hostile,
      "{\"node\":{\"name\":\"a,\\\"b\\\"\\n\\u001b[31m\\t\\\\\"},\"n\":1,\"list\":null}\n", false, 0 },
    { "json hides what a terminal obeys", "jsonl", "{\"n\":\"\\u007f\\u009b\\u00e9\\u202e\"}",
      "{\"n\":\"\\u007f\\u009bé\\u202e\"}\n", false, 0 },
    { "csv", "csv", plain, "node.name,n,list\r\nSúdwest,3,a; b\r\n漢字,0.123456,\r\n", false, 0 },
    { "csv of nothing has a header", "csv", "", "node.name,n,list\r\n", false, 0 },
    { "csv quotes", "csv", hostile, "node.name,n,list\r\n\"a,\"\"b\"\"\n\x1b[31m\t\\\",1,\r\n", false, 0 },
    { "csv on a terminal is harmless", "csv", hostile,
      "node.name,n,list\r\n\"a,\"\"b\"\"\n␛[31m\t\\\",1,\r\n", true, 80 },
    { "tsv", "tsv", hostile, "node.name\tn\tlist\na,\"b\"\\n\x1b[31m\\t\\\\\t1\t\n", false, 0 },
};

static char *print_rows(const cli_view *on, const char *rows)
{
    char *text = NULL;
    size_t len;
    cli_view view = *on;
    cli_rows printed;
    view.out = open_memstream(&text, &len);
    cli_rows_begin(&printed, &view, columns, COUNT(columns));
    while (*rows) {
        const char *end;
        cJSON *row = cJSON_ParseWithOpts(rows, &end, false);
        assert_non_null(row);
        cli_rows_add(&printed, row);
        rows = end + strspn(end, "\n");
    }
    cli_rows_end(&printed);
    fclose(view.out);
    return text;
}

static void prints(void **state)
{
    const struct sample *s = *state;
    cli_view view = { .format = cli_format_find(s->format), .terminal = s->terminal, .width = s->width };
    char *got = print_rows(&view, s->rows);
    assert_string_equal(got, s->want);
    free(got);
}

/** What documents may say, and what a terminal gets to see. */
static const struct dirt {
    const char *name, *text, *want;
    bool lines;
} dirts[] = {
    { "escapes are shown", "\x1b]0;x\x07", "␛]0;x␇", false },
    { "C1 is replaced",
      "a\xc2\x9b"
      "31mb",
      "a\xef\xbf\xbd"
      "31mb",
      false },
    { "DEL is shown", "a\x7f", "a␡", false },
    { "directions are replaced",
      "a\xe2\x80\xae"
      "b",
      "a\xef\xbf\xbd"
      "b",
      false },
    { "bytes that are no UTF-8", "a\xff\xe9", "a\xef\xbf\xbd\xef\xbf\xbd", false },
    { "white space becomes one blank", "a \r\n\tb", "a b", false },
    { "lines may stay", "a\r\nb\tc\x1b\n", "a\nb\tc␛\n", true },
    { "a lone return is shown", "abc\rx", "abc␍x", true },
    { "letters stay", "Súdwest-Fryslân — 漢字", "Súdwest-Fryslân — 漢字", true },
};

static void cleans(void **state)
{
    const struct dirt *d = *state;
    vb_buf got = { 0 };
    cli_clean(&got, vb_str_of(d->text), d->lines);
    assert_string_equal(got.at, d->want);
    vb_buf_clear(&got);
}

static void widths_are_those_of_a_screen(void **state)
{
    (void)state;
    assert_int_equal(cli_width(vb_str_of("Fryslân")), 7);
    assert_int_equal(cli_width(vb_str_of("Frysla\xcc\x82n")), 7); /* a mark of its own takes no room */
    assert_int_equal(cli_width(vb_str_of("漢字")), 4);
    assert_int_equal(cli_width(vb_str_of("")), 0);
}

static void tables_do_not_grow(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len, lines = 0;
    cli_view view = { .format = cli_format_find("table") };
    cli_rows rows;
    view.out = open_memstream(&text, &len);
    cli_rows_begin(&rows, &view, columns, COUNT(columns));
    for (int i = 0; i < 2 * CLI_TABLE_SAMPLE + 1; i++) {
        cJSON *row = cJSON_CreateObject();
        cJSON_AddNumberToObject(row, "n", i);
        cli_rows_add(&rows, row);
        assert_true(rows.n_sample <= CLI_TABLE_SAMPLE);
    }
    cli_rows_end(&rows);
    fclose(view.out);
    for (const char *c = text; *c; c++) lines += *c == '\n';
    assert_int_equal(lines, 1 + 2 * CLI_TABLE_SAMPLE + 1);
    free(text);
}

static char *wrapped(const char *words, unsigned width, unsigned indent, bool color)
{
    char *text = NULL;
    size_t len;
    cli_view view = { .width = width, .color = color };
    view.out = open_memstream(&text, &len);
    cli_wrap(&view, indent, CLI_BOLD, vb_str_of(words));
    fclose(view.out);
    return text;
}

static void text_is_wrapped(void **state)
{
    (void)state;
    char *got = wrapped("een  twee\ndrie vieren", 11, 2, false);
    assert_string_equal(got, "  een twee\n  drie\n  vieren\n");
    free(got);
    got = wrapped("ononderbrokenwoord x", 8, 0, false);
    assert_string_equal(got, "ononderbrokenwoord\nx\n");
    free(got);
    got = wrapped("a", 8, 0, true);
    assert_string_equal(got, "\x1b[1ma\x1b[0m\n");
    free(got);
}

static void hits_are_marked(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len;
    cli_view view = { .width = 14 };
    /* the second lies inside the first, the last one past the end */
    cli_marked hits[] = {
        { 4, 7, CLI_MARKS_HIT }, { 5, 6, CLI_MARKS_HIT }, { 8, 11, CLI_MARKS_HIT }, { 9, 99, CLI_MARKS_HIT }
    };
    for (int color = 0; color < 2; color++) {
        view.color = color;
        view.out = open_memstream(&text, &len);
        cli_wrap_marks(&view, 1,
                       vb_str_of("een hit\x1b"
                                 "abc twee"),
                       hits, COUNT(hits));
        fclose(view.out);
        assert_string_equal(text, color ? " een \x1b[1;33mhit\x1b[0m␛\x1b[1;33mabc\x1b[0m\n twee\n"
                                        : " een\n *hit*␛*abc*\n twee\n"); /* the signs take room too */
        free(text);
    }
}

static void json_text_is_always_utf8(void **state)
{
    (void)state;
    cJSON *item = cli_json_string((vb_str){ "a\0\xffé\xc3", 6 });
    assert_string_equal(item->valuestring, "a\xef\xbf\xbd\xef\xbf\xbdé\xef\xbf\xbd");
    cJSON_Delete(item);
    item = cli_json_string((vb_str){ NULL, 0 });
    assert_string_equal(item->valuestring, "");
    cJSON_Delete(item);
}

static void numbers_are_grouped(void **state)
{
    (void)state;
    char into[32];
    assert_string_equal(cli_thousands(0, into), "0");
    assert_string_equal(cli_thousands(999, into), "999");
    assert_string_equal(cli_thousands(-1234567, into), "-1,234,567");
}

static void the_formats_are_whole(void **state)
{
    (void)state;
    size_t n;
    const cli_format *formats = cli_formats(&n);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_true(formats[i].name[0] && formats[i].help[0]);
        assert_true(formats[i].begin && formats[i].row && formats[i].end);
        assert_ptr_equal(cli_format_find(formats[i].name), &formats[i]);
    }
    assert_null(cli_format_find("xml"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(samples) + COUNT(dirts) + 7], *next = tests;
    for (size_t i = 0; i < COUNT(samples); i++)
        *next++ = (struct CMUnitTest){ .name = samples[i].name,
                                       .test_func = prints,
                                       .initial_state = (void *)&samples[i] };
    for (size_t i = 0; i < COUNT(dirts); i++)
        *next++ = (struct CMUnitTest){ .name = dirts[i].name,
                                       .test_func = cleans,
                                       .initial_state = (void *)&dirts[i] };
    struct CMUnitTest rest[] = { cmocka_unit_test(widths_are_those_of_a_screen),
                                 cmocka_unit_test(tables_do_not_grow),
                                 cmocka_unit_test(text_is_wrapped),
                                 cmocka_unit_test(hits_are_marked),
                                 cmocka_unit_test(json_text_is_always_utf8),
                                 cmocka_unit_test(numbers_are_grouped),
                                 cmocka_unit_test(the_formats_are_whole) };
    memcpy(next, rest, sizeof rest);
    return cmocka_run_group_tests_name("cli output", tests, NULL, NULL);
}
