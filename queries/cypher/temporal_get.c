/** What a date, a time or a duration says of itself: its components by name, its order, its hash. */
#include "queries/cypher/temporal.h"

typedef enum part { OF_DATE, OF_TIME, OF_ZONE, OF_BOTH, OF_DURATION } part;

static bool has(vb_value_kind kind, part p)
{
    switch (p) {
    case OF_DATE:
        return vb_cy_has_date(kind);
    case OF_TIME:
        return vb_cy_has_time(kind);
    case OF_ZONE:
        return vb_cy_has_zone(kind);
    case OF_BOTH:
        return kind == VB_VALUE_DATETIME;
    case OF_DURATION:
        break;
    }
    return kind == VB_VALUE_DURATION;
}

#define GET(name, expression)                       \
    static int64_t get_##name(const vb_temporal *t) \
    {                                               \
        return expression;                          \
    }
static int64_t get_weekYear(const vb_temporal *t)
{
    int64_t year;
    (void)vb_cy_week_of(t->days, &year);
    return year;
}
static int64_t get_week(const vb_temporal *t)
{
    int64_t year;
    return vb_cy_week_of(t->days, &year);
}
static int64_t get_dayOfQuarter(const vb_temporal *t)
{
    vb_cy_civil c = vb_cy_civil_of(t->days);
    return t->days - vb_cy_days_of(c.year, (c.month - 1) / 3 * 3 + 1, 1) + 1;
}
/* clang-format off */
GET(year, vb_cy_civil_of(t->days).year)
GET(quarter, (vb_cy_civil_of(t->days).month + 2) / 3)
GET(month, vb_cy_civil_of(t->days).month)
GET(day, vb_cy_civil_of(t->days).day)
GET(ordinalDay, t->days - vb_cy_days_of(vb_cy_civil_of(t->days).year, 1, 1) + 1)
GET(weekDay, vb_cy_weekday(t->days))
GET(hour, t->seconds / 3600)
GET(minute, t->seconds / 60 % 60)
GET(second, t->seconds % 60)
GET(millisecond, t->nanoseconds / 1000000)
GET(microsecond, t->nanoseconds / 1000)
GET(nanosecond, t->nanoseconds)
GET(offsetMinutes, t->offset / 60)
GET(offsetSeconds, t->offset)
GET(epochSeconds, vb_cy_utc(t))
GET(years, t->months / 12)
GET(quarters, t->months / 3)
GET(months, t->months)
GET(weeks, t->days / 7)
GET(days, t->days)
GET(hours, t->seconds / 3600)
GET(minutes, t->seconds / 60)
GET(seconds, t->seconds)
GET(quartersOfYear, t->months / 3 % 4)
GET(monthsOfQuarter, t->months % 3)
GET(monthsOfYear, t->months % 12)
GET(daysOfWeek, t->days % 7)
GET(minutesOfHour, t->seconds / 60 % 60)
GET(secondsOfMinute, t->seconds % 60)

/** A component; @p scale: how many of it a second has, for those that count whole seconds too. */
static const struct {
    const char *name;
    part of;
    int64_t (*get)(const vb_temporal *t);
    int64_t scale;
} components[] = {
#define ROW(name, of) { #name, of, get_##name, 0 }
    ROW(year, OF_DATE), ROW(quarter, OF_DATE), ROW(month, OF_DATE), ROW(week, OF_DATE), ROW(weekYear, OF_DATE),
    ROW(day, OF_DATE), ROW(ordinalDay, OF_DATE), ROW(weekDay, OF_DATE), { "dayOfWeek", OF_DATE, get_weekDay, 0 },
    ROW(dayOfQuarter, OF_DATE), ROW(hour, OF_TIME), ROW(minute, OF_TIME), ROW(second, OF_TIME),
    ROW(millisecond, OF_TIME), ROW(microsecond, OF_TIME), ROW(nanosecond, OF_TIME), ROW(offsetMinutes, OF_ZONE),
    ROW(offsetSeconds, OF_ZONE), ROW(epochSeconds, OF_BOTH), { "epochMillis", OF_BOTH, get_epochSeconds, 1000 },
    ROW(years, OF_DURATION), ROW(quarters, OF_DURATION), ROW(months, OF_DURATION), ROW(weeks, OF_DURATION),
    ROW(days, OF_DURATION), ROW(hours, OF_DURATION), ROW(minutes, OF_DURATION), ROW(seconds, OF_DURATION),
    { "milliseconds", OF_DURATION, get_seconds, 1000 }, { "microseconds", OF_DURATION, get_seconds, 1000000 },
    { "nanoseconds", OF_DURATION, get_seconds, CY_NANOS }, ROW(quartersOfYear, OF_DURATION),
    ROW(monthsOfQuarter, OF_DURATION), ROW(monthsOfYear, OF_DURATION), ROW(daysOfWeek, OF_DURATION),
    ROW(minutesOfHour, OF_DURATION), ROW(secondsOfMinute, OF_DURATION),
    { "millisecondsOfSecond", OF_DURATION, get_millisecond, 0 },
    { "microsecondsOfSecond", OF_DURATION, get_microsecond, 0 },
    { "nanosecondsOfSecond", OF_DURATION, get_nanosecond, 0 },
#undef ROW
};
/* clang-format on */

/** The zone by its name, else by its offset. */
static vb_status get_zone(vb_cy_heap *heap, const vb_temporal *t, bool named, vb_value *out)
{
    char text[16];
    vb_cy_offset_text(t->offset, text);
    out->kind = VB_VALUE_STRING;
    return vb_cy_text_copy(heap, vb_str_of(named && t->zone[0] ? t->zone : text), &out->as.text);
}

vb_status vb_cy_temporal_get(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *v,
                             vb_str key, vb_value *out)
{
    const vb_temporal *t = v->as.temporal;
    bool named = vb_str_eq(key, VB_STR("timezone"));
    if (vb_cy_has_zone(v->kind) && (named || vb_str_eq(key, VB_STR("offset"))))
        return get_zone(heap, t, named, out);
    for (size_t i = 0; i < VB_COUNT(components); i++) {
        if (!has(v->kind, components[i].of) || !vb_str_eq(key, vb_str_of(components[i].name))) continue;
        int64_t n = components[i].get(t), scale = components[i].scale;
        if (scale && (__builtin_mul_overflow(n, scale, &n) ||
                      __builtin_add_overflow(n, t->nanoseconds / (CY_NANOS / scale), &n)))
            return vb_cy_run_fail(run, e, "!ArithmeticError/IntegerOverflow",
                                  "this is too large for an integer");
        *out = vb_cy_of_int(n);
        return VB_OK;
    }
    return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue", "a %s has no %.*s",
                          vb_cy_kind_name(v->kind), VB_FMT(key));
}

/* ---- order -------------------------------------------------------------------------------------------- */

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_durations(const vb_temporal *a, const vb_temporal *b)
{
    const long double month = 2629746.0L; /* seconds, in the mean */
    long double x = (long double)a->months * month + (long double)a->days * CY_DAY + (long double)a->seconds;
    long double y = (long double)b->months * month + (long double)b->days * CY_DAY + (long double)b->seconds;
    if (x < y || x > y) return x < y ? -1 : 1;
    if (a->nanoseconds != b->nanoseconds) return order(a->nanoseconds, b->nanoseconds);
    if (a->months != b->months) return order(a->months, b->months);
    if (a->days != b->days) return order(a->days, b->days);
    return order(a->seconds, b->seconds);
}

int vb_cy_temporal_compare(const vb_value *x, const vb_value *y)
{
    const vb_temporal *a = x->as.temporal, *b = y->as.temporal;
    if (x->kind == VB_VALUE_DURATION) return compare_durations(a, b);
    int c = order(vb_cy_utc(a), vb_cy_utc(b));
    if (!c) c = order(a->nanoseconds, b->nanoseconds);
    if (!c) c = order(a->offset, b->offset);
    return c ? c : strcmp(a->zone, b->zone);
}

uint64_t vb_cy_temporal_hash(const vb_value *v)
{
    const vb_temporal *t = v->as.temporal;
    const int64_t parts[] = { t->months, t->days, t->seconds, t->nanoseconds, t->offset };
    return vb_hash((vb_str){ (const char *)parts, sizeof parts }) * 31 + (uint64_t)v->kind;
}
