/** Dates, times and durations: what an expression gives, or the error it must end with. */
#include "graph/verband.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *expression, *want; /* what it prints; "!": the error's detail */
} rows[] = {
    /* calendars */
    { "date('2024-02-29')", "2024-02-29" },
    { "date('2023-02-29')", "!InvalidArgumentValue" },
    { "date('1900-02-29')", "!InvalidArgumentValue" },
    { "date('2000-366')", "2000-12-31" },
    { "date('2001-366')", "!InvalidArgumentValue" },
    { "date('2020-W53-7')", "2021-01-03" },
    { "date('2021-W53')", "!InvalidArgumentValue" },
    { "date('2024-Q2-91')", "2024-06-30" },
    { "date('2024-Q2-92')", "!InvalidArgumentValue" },
    { "date('-0044-03-15').weekDay", "4" },
    { "date('+999999999-12-31')", "+999999999-12-31" },
    { "date('+1000000000-01-01')", "!InvalidArgumentValue" },
    { "date('+999999999-12-31') + duration('P1D')", "!DateTimeOverflow" },
    { "date('2024-05-31T10:00')", "!InvalidArgumentValue" },
    { "date('')", "!InvalidArgumentValue" },
    { "date({year: 2024, month: 4, day: 31})", "!InvalidArgumentValue" },
    { "date({year: 2024, day: 3})", "!InvalidArgumentValue" },
    { "date({month: 3})", "!InvalidArgumentValue" },
    { "date({year: 2024, month: 3, week: 2})", "!InvalidArgumentValue" },
    { "date({year: 2024, hour: 3})", "!InvalidArgumentValue" },
    { "date({year: '2024'})", "!InvalidArgumentType" },
    { "date({date: date('2024-01-31'), month: 2})", "2024-02-29" },
    { "date(12)", "!InvalidArgumentType" },
    { "[d IN ['2024-12-30', '2024-12-31', '2025-01-01'] | date(d).weekYear]", "[2025, 2025, 2025]" },
    /* times */
    { "localtime('24:00')", "!InvalidArgumentValue" },
    { "localtime('1260')", "!InvalidArgumentValue" },
    { "time('10:00+19:00')", "!InvalidArgumentValue" },
    { "time('10:00-00:30')", "10:00-00:30" },
    { "localtime('23:59:59.999999999') + duration('PT0.000000001S')", "00:00" },
    { "time({hour: 10, second: 1})", "!InvalidArgumentValue" },
    { "time({hour: 10, minute: 5, second: 1, millisecond: 1, microsecond: 1000})", "!InvalidArgumentValue" },
    { "time('23:30+02:00') > time('22:00Z')", "false" },
    /* zones: the hour that is not there, and the one that is there twice */
    { "datetime('2024-03-31T02:30[Europe/Amsterdam]')", "2024-03-31T03:30+02:00[Europe/Amsterdam]" },
    { "datetime('2024-10-27T02:30[Europe/Amsterdam]')", "2024-10-27T02:30+02:00[Europe/Amsterdam]" },
    { "datetime('2024-10-27T02:30+01:00[Europe/Amsterdam]')", "2024-10-27T02:30+01:00[Europe/Amsterdam]" },
    { "datetime('2024-07-01T02:30+01:00[Europe/Amsterdam]')", "!InvalidArgumentValue" },
    { "datetime('2024-07-01T02:30[Europa/Amsterdam]')", "!InvalidArgumentValue" },
    { "datetime('2024-10-27T01:30[Europe/Amsterdam]') + duration('PT2H')",
      "2024-10-27T02:30+01:00[Europe/Amsterdam]" },
    { "datetime('2024-10-26T02:30[Europe/Amsterdam]') + duration('P1D')",
      "2024-10-27T02:30+02:00[Europe/Amsterdam]" },
    { "datetime({datetime: datetime('2024-07-01T12:00Z'), timezone: 'America/New_York'})",
      "2024-07-01T08:00-04:00[America/New_York]" },
    { "datetime('2040-07-01T12:00[Europe/Amsterdam]').offset", "'+02:00'" },
    { "datetime('2024-01-01T00:00+01:00') = datetime('2023-12-31T23:00Z')", "false" },
    { "datetime('2024-01-01T00:00+01:00') < datetime('2023-12-31T23:00:01Z')", "true" },
    /* durations */
    { "duration('P1Y2M3W4DT5H6M7.5S')", "P1Y2M25DT5H6M7.5S" },
    { "duration('-P1DT2S')", "P-1DT-2S" },
    { "duration('P')", "!InvalidArgumentValue" },
    { "duration('P1DT')", "!InvalidArgumentValue" },
    { "duration('P1D1Y')", "!InvalidArgumentValue" },
    { "duration('P1S')", "!InvalidArgumentValue" },
    { "duration({fortnights: 1})", "!InvalidArgumentValue" },
    { "duration({days: 'two'})", "!InvalidArgumentType" },
    { "duration({days: 1.0 / 0})", "!InvalidArgumentValue" },
    { "duration({seconds: 9223372036854775807}) + duration('PT1S')", "!DateTimeOverflow" },
    { "duration('P1Y') * 2.5", "P2Y6M" },
    { "3 * duration('PT20M')", "PT1H" },
    { "duration('P1M') / 2", "P15DT5H14M33S" },
    { "duration('P1D') / 0", "!DivisionByZero" },
    { "duration('P1D') = duration('PT24H')", "false" },
    { "duration('P1D') < duration('P2D')", "null" },
    { "duration('PT-0.5S').seconds", "-1" },
    { "duration('PT1.5S').milliseconds", "1500" },
    { "duration.between(date('2024-01-31'), date('2024-03-01'))", "P1M1D" },
    { "duration.between(date('2024-03-01'), date('2024-01-31'))", "P-1M-1D" },
    { "duration.inDays(date('2024-02-28'), date('2024-03-01'))", "P2D" },
    { "duration.between(date('2024-01-31'), duration('P1D'))", "!InvalidArgumentType" },
    /* months and days before the clock; the end of a month stays in it */
    { "date('2024-01-31') + duration('P1M')", "2024-02-29" },
    { "date('2024-03-31') - duration('P1M1D')", "2024-02-28" },
    { "date('2024-01-01') + duration('PT47H')", "2024-01-02" },
    { "date('2024-01-01') + 1", "!InvalidArgumentType" },
    /* components */
    { "date('2024-05-31').hour", "!InvalidArgumentValue" },
    { "date('2024-05-31')['month']", "5" },
    { "datetime.fromepochmillis(-1)", "1969-12-31T23:59:59.999Z" },
    { "datetime.fromepoch(0, 1000000000)", "!InvalidArgumentValue" },
    { "date.truncate('week', date('2024-05-31'))", "2024-05-27" },
    { "date.truncate('hour', date('2024-05-31'))", "!InvalidArgumentValue" },
    { "time.truncate('month', time('10:00'))", "!InvalidArgumentValue" },
    { "localtime.truncate('second', date('2024-05-31'))", "!InvalidArgumentType" },
    /* order, sameness, text */
    { "size(keys({a: date('2024-01-01')}))", "1" },
    { "toString(datetime('2024-05-31T10:00:00.5Z'))", "'2024-05-31T10:00:00.500Z'" },
    { "date() = date.statement() AND datetime() = datetime.transaction()", "true" },
    { "date('2024-01-01') IN [date('2024-01-01')]", "true" },
    { "size([d IN [date('2024-01-02'), localtime('10:00')] WHERE d = date('2024-01-02')])", "1" },
};

static void test_rows(void **state)
{
    vb_store *store = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512];
        vb_query_error err = { 0 };
        vb_query *query = NULL;
        const vb_value *row = NULL;
        vb_buf got = { 0 };
        int n = snprintf(text, sizeof text, "RETURN %s AS x", rows[i].expression);
        vb_status status = vb_query_open(store, (vb_str){ text, (size_t)n }, NULL, &query, &err);
        if (status == VB_OK) status = vb_query_next(query, &row, &err);
        if (status == VB_OK) {
            assert_non_null(row);
            assert_int_equal(vb_value_print(&row[0], &got), VB_OK);
        }
        const char *is = status == VB_OK ? got.at : err.detail;
        const char *want = rows[i].want[0] == '!' ? rows[i].want + 1 : rows[i].want;
        if ((status != VB_OK) != (rows[i].want[0] == '!') || strcmp(is, want) != 0)
            fail_msg("%s gives %s (%s), should be %s", rows[i].expression, is, err.message, rows[i].want);
        vb_buf_clear(&got);
        vb_query_close(query);
    }
}

static int set_up(void **state)
{
    vb_error err;
    vb_store *store = NULL;
    if (vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err) != VB_OK) return -1;
    *state = store;
    return 0;
}

static int tear_down(void **state)
{
    vb_store_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
