/**
 * The proleptic Gregorian calendar in days since 1970-01-01. Source of the two conversions: H. Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days); years begin in March
 * there, so that the leap day is a year's last.
 */
#include "queries/cypher/temporal.h"

enum { ERA_DAYS = 146097, EPOCH_SHIFT = 719468 }; /* days in 400 years; from 0000-03-01 to 1970-01-01 */

int64_t vb_cy_floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

int64_t vb_cy_floor_mod(int64_t a, int64_t b)
{
    return a - vb_cy_floor_div(a, b) * b;
}

int64_t vb_cy_days_of(int64_t year, int month, int day)
{
    int64_t y = year - (month <= 2), era = vb_cy_floor_div(y, 400), in_era = y - era * 400;
    int64_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - EPOCH_SHIFT;
}

vb_cy_civil vb_cy_civil_of(int64_t days)
{
    int64_t z = days + EPOCH_SHIFT, era = vb_cy_floor_div(z, ERA_DAYS), doe = z - era * ERA_DAYS;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (vb_cy_civil){ yoe + era * 400 + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5 + 1) };
}

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int vb_cy_days_in(int64_t year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

int vb_cy_weekday(int64_t days)
{
    return (int)vb_cy_floor_mod(days + 3, 7) + 1; /* 1970-01-01 was a Thursday */
}

int vb_cy_week_of(int64_t days, int64_t *year)
{
    int64_t thursday = days - vb_cy_weekday(days) + 4;
    *year = vb_cy_civil_of(thursday).year;
    return (int)((thursday - vb_cy_days_of(*year, 1, 1)) / 7) + 1;
}

int64_t vb_cy_days_of_week(int64_t year, int week, int weekday)
{
    int64_t fourth = vb_cy_days_of(year, 1, 4); /* always in week 1 */
    return fourth - vb_cy_weekday(fourth) + (int64_t)(week - 1) * 7 + weekday;
}

int vb_cy_weeks_in(int64_t year)
{
    int64_t of;
    return vb_cy_week_of(vb_cy_days_of(year, 12, 28), &of); /* always in the last week */
}

bool vb_cy_days_may(int64_t days)
{
    return days >= vb_cy_days_of(-CY_YEAR_MAX, 1, 1) && days <= vb_cy_days_of(CY_YEAR_MAX, 12, 31);
}

bool vb_cy_months_on(int64_t days, int64_t months, int64_t *out)
{
    vb_cy_civil c = vb_cy_civil_of(days);
    int64_t n;
    if (__builtin_add_overflow(c.year * 12 + c.month - 1, months, &n)) return false;
    int64_t year = vb_cy_floor_div(n, 12);
    int month = (int)vb_cy_floor_mod(n, 12) + 1;
    if (year < -CY_YEAR_MAX || year > CY_YEAR_MAX) return false;
    int last = vb_cy_days_in(year, month);
    *out = vb_cy_days_of(year, month, c.day < last ? c.day : last);
    return true;
}
