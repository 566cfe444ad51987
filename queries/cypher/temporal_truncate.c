/** Rounding an instant down to a unit: a table of units, of days and of the clock. */
#include "queries/cypher/temporal.h"

static int64_t years_down(int64_t days, int64_t n)
{
    return vb_cy_days_of(vb_cy_floor_div(vb_cy_civil_of(days).year, n) * n, 1, 1);
}

static int64_t to_millennium(int64_t days)
{
    return years_down(days, 1000);
}

static int64_t to_century(int64_t days)
{
    return years_down(days, 100);
}

static int64_t to_decade(int64_t days)
{
    return years_down(days, 10);
}

static int64_t to_year(int64_t days)
{
    return years_down(days, 1);
}

static int64_t to_week_year(int64_t days)
{
    int64_t year;
    (void)vb_cy_week_of(days, &year);
    return vb_cy_days_of_week(year, 1, 1);
}

static int64_t to_quarter(int64_t days)
{
    vb_cy_civil c = vb_cy_civil_of(days);
    return vb_cy_days_of(c.year, (c.month - 1) / 3 * 3 + 1, 1);
}

static int64_t to_month(int64_t days)
{
    vb_cy_civil c = vb_cy_civil_of(days);
    return vb_cy_days_of(c.year, c.month, 1);
}

static int64_t to_week(int64_t days)
{
    return days - vb_cy_weekday(days) + 1;
}

static int64_t to_day(int64_t days)
{
    return days;
}

static const struct {
    const char *name;
    int64_t (*to)(int64_t days); /* NULL: a unit of the clock */
    int64_t nanos;               /* of such a unit */
} units[] = {
    { "millennium", to_millennium, 0 },
    { "century", to_century, 0 },
    { "decade", to_decade, 0 },
    { "year", to_year, 0 },
    { "weekYear", to_week_year, 0 },
    { "quarter", to_quarter, 0 },
    { "month", to_month, 0 },
    { "week", to_week, 0 },
    { "day", to_day, 0 },
    { "hour", NULL, INT64_C(3600) * CY_NANOS },
    { "minute", NULL, INT64_C(60) * CY_NANOS },
    { "second", NULL, CY_NANOS },
    { "millisecond", NULL, 1000000 },
    { "microsecond", NULL, 1000 },
};

vb_status vb_cy_temporal_truncate(vb_cy_run *run, const vb_cy_expr *e, vb_str unit, vb_value_kind kind,
                                  vb_temporal *t, bool *below)
{
    size_t i = 0;
    while (i < VB_COUNT(units) && !vb_str_eq(unit, vb_str_of(units[i].name))) i++;
    bool days = i < VB_COUNT(units) && units[i].to;
    bool fits =
        i < VB_COUNT(units) && (days ? vb_cy_has_date(kind) || units[i].to == to_day : vb_cy_has_time(kind));
    if (!fits)
        return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue", "a %s is not cut to a '%.*s'",
                              vb_cy_kind_name(kind), VB_FMT(unit));
    *below = !days && units[i].nanos < CY_NANOS;
    if (days) {
        t->days = units[i].to(t->days);
        t->seconds = 0;
        t->nanoseconds = 0;
        return VB_OK;
    }
    int64_t nanos = t->seconds * CY_NANOS + t->nanoseconds;
    nanos -= nanos % units[i].nanos;
    t->seconds = nanos / CY_NANOS;
    t->nanoseconds = (int32_t)(nanos % CY_NANOS);
    return VB_OK;
}
