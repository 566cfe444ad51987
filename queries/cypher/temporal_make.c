/**
 * Instants out of maps of components and out of other instants.
 *
 * A map names components ({year: 2024, month: 5}), and may take a date or a time out of another value first
 * ({date: d, day: 1}). A day is told by month, by week, by quarter or by the day of the year; what is left
 * out is the selected value's, else the first. A timezone moves what has a zone already, and is put on what
 * has none.
 */
#include "queries/cypher/temporal.h"

#include <time.h>

typedef enum field {
    F_YEAR,
    F_MONTH,
    F_DAY,
    F_WEEK,
    F_WEEKDAY,
    F_ORDINAL,
    F_QUARTER,
    F_QUARTER_DAY,
    F_HOUR,
    F_MINUTE,
    F_SECOND,
    F_MILLI,
    F_MICRO,
    F_NANO,
    F_NUMBERS, /* above: numbers; below: other values */
    F_TIMEZONE = F_NUMBERS,
    F_DATE,
    F_TIME,
    F_DATETIME,
    F_COUNT
} field;

static const struct {
    const char *name;
    int64_t min, max;
} fields[F_COUNT] = {
    [F_YEAR] = { "year", -CY_YEAR_MAX, CY_YEAR_MAX },
    [F_MONTH] = { "month", 1, 12 },
    [F_DAY] = { "day", 1, 31 },
    [F_WEEK] = { "week", 1, 53 },
    [F_WEEKDAY] = { "dayOfWeek", 1, 7 },
    [F_ORDINAL] = { "ordinalDay", 1, 366 },
    [F_QUARTER] = { "quarter", 1, 4 },
    [F_QUARTER_DAY] = { "dayOfQuarter", 1, 92 },
    [F_HOUR] = { "hour", 0, 23 },
    [F_MINUTE] = { "minute", 0, 59 },
    [F_SECOND] = { "second", 0, 59 },
    [F_MILLI] = { "millisecond", 0, 999 },
    [F_MICRO] = { "microsecond", 0, 999999 },
    [F_NANO] = { "nanosecond", 0, 999999999 },
    [F_TIMEZONE] = { "timezone", 0, 0 },
    [F_DATE] = { "date", 0, 0 },
    [F_TIME] = { "time", 0, 0 },
    [F_DATETIME] = { "datetime", 0, 0 },
};

/** What a map says. */
typedef struct making {
    vb_cy_run *run;
    const vb_cy_expr *e;
    vb_value_kind kind;
    const vb_value *of[F_COUNT]; /* NULL: not said */
    int64_t n[F_NUMBERS];
    vb_temporal *t;
    bool has_base; /* there is a date to change */
} making;

vb_status vb_cy_temporal_bad(vb_cy_run *run, const vb_cy_expr *e, const char *what)
{
    return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue", "%s", what);
}

vb_status vb_cy_of_temporal(vb_cy_heap *heap, vb_value_kind kind, const vb_temporal *t, vb_value *out)
{
    vb_temporal *at = vb_cy_get(heap, sizeof *at);
    if (!at) return VB_NO_MEMORY;
    *at = *t;
    *out = (vb_value){ .kind = kind, .as.temporal = at };
    return VB_OK;
}

void vb_cy_temporal_now(vb_cy_run *run, bool real, vb_temporal *out)
{
    struct timespec now = run->now;
    if (real || !run->now_known) clock_gettime(CLOCK_REALTIME, &now);
    if (!real && !run->now_known) {
        run->now = now;
        run->now_known = true;
    }
    *out = (vb_temporal){ .nanoseconds = (int32_t)now.tv_nsec };
    vb_cy_utc_set(out, now.tv_sec);
}

/* ---- the map ------------------------------------------------------------------------------------------ */

static vb_status read_number(making *m, field f)
{
    const vb_value *v = m->of[f];
    if (v->kind != VB_VALUE_INTEGER)
        return vb_cy_run_fail(m->run, m->e, "!TypeError/InvalidArgumentType", "%s is an integer, not a %s",
                              fields[f].name, vb_cy_kind_name(v->kind));
    if (v->as.integer < fields[f].min || v->as.integer > fields[f].max)
        return vb_cy_run_fail(m->run, m->e, "!ArgumentError/InvalidArgumentValue", "no %s is %lld",
                              fields[f].name, (long long)v->as.integer);
    m->n[f] = v->as.integer;
    return VB_OK;
}

static bool wanted(vb_value_kind kind, field f)
{
    if (f == F_TIMEZONE) return vb_cy_has_zone(kind);
    if (f == F_DATETIME) return vb_cy_has_date(kind) && vb_cy_has_time(kind);
    return f <= F_QUARTER_DAY || f == F_DATE ? vb_cy_has_date(kind) : vb_cy_has_time(kind);
}

static vb_status read_map(making *m, const vb_value_map *map)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < map->len; i++) {
        size_t f = 0;
        if (map->at[i].value.kind == VB_VALUE_NULL) continue;
        while (f < F_COUNT && !vb_str_eq(map->at[i].key, vb_str_of(fields[f].name))) f++;
        if (f == F_COUNT || !wanted(m->kind, (field)f))
            return vb_cy_run_fail(m->run, m->e, "!ArgumentError/InvalidArgumentValue", "a %s has no %.*s",
                                  vb_cy_kind_name(m->kind), VB_FMT(map->at[i].key));
        m->of[f] = &map->at[i].value;
        if (f < F_NUMBERS) TRY(read_number(m, (field)f));
    }
done:
    return status;
}

/* ---- the day ------------------------------------------------------------------------------------------ */

static int64_t or_else(const making *m, field f, int64_t otherwise)
{
    return m->of[f] ? m->n[f] : otherwise;
}

static vb_status day_of_week(making *m)
{
    int64_t year = m->n[F_YEAR];
    int week = 1, weekday = 1;
    if (m->has_base) {
        week = vb_cy_week_of(m->t->days, &year);
        weekday = vb_cy_weekday(m->t->days);
    }
    year = or_else(m, F_YEAR, year);
    week = (int)or_else(m, F_WEEK, week);
    if (week > vb_cy_weeks_in(year)) return vb_cy_temporal_bad(m->run, m->e, "that year has no such week");
    m->t->days = vb_cy_days_of_week(year, week, (int)or_else(m, F_WEEKDAY, weekday));
    return VB_OK;
}

static vb_status day_of_quarter(making *m, vb_cy_civil base)
{
    int64_t year = or_else(m, F_YEAR, base.year), day = 1;
    int quarter = (int)or_else(m, F_QUARTER, (base.month + 2) / 3);
    if (m->has_base) day = m->t->days - vb_cy_days_of(base.year, (base.month - 1) / 3 * 3 + 1, 1) + 1;
    day = or_else(m, F_QUARTER_DAY, day);
    int64_t first = vb_cy_days_of(year, quarter * 3 - 2, 1);
    int64_t next = quarter == 4 ? vb_cy_days_of(year + 1, 1, 1) : vb_cy_days_of(year, quarter * 3 + 1, 1);
    if (first + day > next) return vb_cy_temporal_bad(m->run, m->e, "that quarter has no such day");
    m->t->days = first + day - 1;
    return VB_OK;
}

static vb_status day_of_month(making *m, vb_cy_civil base)
{
    int64_t year = or_else(m, F_YEAR, base.year);
    int month = (int)or_else(m, F_MONTH, base.month), day = (int)or_else(m, F_DAY, base.day);
    if (!m->has_base && m->of[F_DAY] && !m->of[F_MONTH])
        return vb_cy_temporal_bad(m->run, m->e, "a day needs its month");
    if (day > vb_cy_days_in(year, month)) {
        if (m->of[F_DAY]) return vb_cy_temporal_bad(m->run, m->e, "that month has no such day");
        day = vb_cy_days_in(year, month);
    }
    m->t->days = vb_cy_days_of(year, month, day);
    return VB_OK;
}

static vb_status make_day(making *m)
{
    const bool week = m->of[F_WEEK] || m->of[F_WEEKDAY], ordinal = m->of[F_ORDINAL],
               quarter = m->of[F_QUARTER] || m->of[F_QUARTER_DAY], month = m->of[F_MONTH] || m->of[F_DAY];
    vb_cy_civil base = m->has_base ? vb_cy_civil_of(m->t->days) : (vb_cy_civil){ m->n[F_YEAR], 1, 1 };
    if (week + ordinal + quarter + month > 1)
        return vb_cy_temporal_bad(m->run, m->e, "a day is told by month, week, quarter or day of the year");
    if (!m->has_base && !m->of[F_YEAR]) return vb_cy_temporal_bad(m->run, m->e, "a date needs its year");
    if (week) return day_of_week(m);
    if (quarter) return day_of_quarter(m, base);
    if (!ordinal) return day_of_month(m, base);
    int64_t year = or_else(m, F_YEAR, base.year);
    m->t->days = vb_cy_days_of(year, 1, 1) + m->n[F_ORDINAL] - 1;
    if (m->t->days >= vb_cy_days_of(year + 1, 1, 1))
        return vb_cy_temporal_bad(m->run, m->e, "that year has no such day");
    return VB_OK;
}

/* ---- the time of day ---------------------------------------------------------------------------------- */

/** Parts of a second: those said, together; each less than one of the next larger that is said. */
static vb_status make_parts(making *m, bool below)
{
    int64_t nanos = 0;
    if (!m->of[F_MILLI] && !m->of[F_MICRO] && !m->of[F_NANO]) return VB_OK;
    if ((m->of[F_MILLI] && m->of[F_MICRO] && m->n[F_MICRO] > 999) ||
        (m->of[F_MICRO] && m->of[F_NANO] && m->n[F_NANO] > 999) ||
        (m->of[F_MILLI] && m->of[F_NANO] && m->n[F_NANO] > 999999))
        return vb_cy_temporal_bad(m->run, m->e, "these parts of a second overlap");
    nanos = m->n[F_MILLI] * 1000000 + m->n[F_MICRO] * 1000 + m->n[F_NANO] + (below ? m->t->nanoseconds : 0);
    if (nanos >= CY_NANOS) return vb_cy_temporal_bad(m->run, m->e, "these parts are more than a second");
    m->t->nanoseconds = (int32_t)nanos;
    return VB_OK;
}

static vb_status make_time(making *m, bool has_time, bool below)
{
    int64_t s = m->t->seconds;
    bool second = m->of[F_SECOND] || m->of[F_MILLI] || m->of[F_MICRO] || m->of[F_NANO];
    if (!has_time && ((m->of[F_MINUTE] && !m->of[F_HOUR]) || (m->of[F_SECOND] && !m->of[F_MINUTE]) ||
                      (second && !m->of[F_SECOND])))
        return vb_cy_temporal_bad(m->run, m->e, "a time begins with its hour and leaves no part out");
    m->t->seconds = or_else(m, F_HOUR, s / 3600) * 3600 + or_else(m, F_MINUTE, s / 60 % 60) * 60 +
                    or_else(m, F_SECOND, s % 60);
    return make_parts(m, below);
}

/* ---- zones and what is selected ----------------------------------------------------------------------- */

static vb_status read_zone(making *m, char zone[static VB_ZONE_MAX], int32_t *offset)
{
    const vb_value *v = m->of[F_TIMEZONE];
    if (v->kind != VB_VALUE_STRING)
        return vb_cy_run_fail(m->run, m->e, "!TypeError/InvalidArgumentType",
                              "a timezone is a string, not a %s", vb_cy_kind_name(v->kind));
    if (!vb_cy_zone_read(v->as.text, zone, offset))
        return vb_cy_run_fail(m->run, m->e, "!ArgumentError/InvalidArgumentValue",
                              "no time zone is called '%.*s'", VB_FMT(v->as.text));
    if (!zone[0] || m->kind == VB_VALUE_DATETIME) return VB_OK;
    vb_temporal now; /* a time of day has no date that would tell a zone's offset: today's counts */
    vb_cy_temporal_now(m->run, false, &now);
    if (!vb_cy_zone_at(zone, vb_cy_utc(&now), offset))
        return vb_cy_temporal_bad(m->run, m->e, "no such time zone");
    memset(zone, 0, VB_ZONE_MAX);
    return VB_OK;
}

/** @p zoned: the value has a zone, which the new one moves. */
static vb_status make_zone(making *m, bool zoned)
{
    vb_status status = VB_OK;
    char zone[VB_ZONE_MAX];
    int32_t offset = 0;
    if (!vb_cy_zone_settle(m->t)) return vb_cy_temporal_bad(m->run, m->e, "no such time zone");
    if (!m->of[F_TIMEZONE]) return VB_OK;
    TRY(read_zone(m, zone, &offset));
    if (zoned) {
        if (!vb_cy_zone_move(m->t, zone, offset))
            status = vb_cy_temporal_bad(m->run, m->e, "no such time zone");
    } else {
        memcpy(m->t->zone, zone, VB_ZONE_MAX);
        m->t->offset = offset;
        if (!vb_cy_zone_settle(m->t)) status = vb_cy_temporal_bad(m->run, m->e, "no such time zone");
    }
    if (!vb_cy_has_date(m->kind)) m->t->days = 0;
done:
    return status;
}

/** The value that a field selects from; it must have what is selected. */
static vb_status selected(making *m, field f, bool date, bool time, const vb_value **out)
{
    const vb_value *v = *out = m->of[f];
    if (v->kind < VB_VALUE_DATE || (date && !vb_cy_has_date(v->kind)) || (time && !vb_cy_has_time(v->kind)))
        return vb_cy_run_fail(m->run, m->e, "!TypeError/InvalidArgumentType", "no %s is in a %s",
                              fields[f].name, vb_cy_kind_name(v->kind));
    return VB_OK;
}

static void take_time(making *m, const vb_value *from, bool *zoned)
{
    const vb_temporal *t = from->as.temporal;
    m->t->seconds = t->seconds;
    m->t->nanoseconds = t->nanoseconds;
    if (!vb_cy_has_zone(m->kind) || !vb_cy_has_zone(from->kind)) return;
    *zoned = true;
    m->t->offset = t->offset;
    if (m->kind == VB_VALUE_DATETIME) memcpy(m->t->zone, t->zone, VB_ZONE_MAX);
}

vb_status vb_cy_temporal_make(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map,
                              vb_value_kind kind, vb_temporal *out)
{
    vb_status status;
    vb_temporal t = { 0 };
    making m = { .run = run, .e = e, .kind = kind, .t = &t };
    const vb_value *from;
    bool zoned = false, has_time = false;
    TRY(read_map(&m, map));
    if (m.of[F_DATETIME]) {
        if (m.of[F_DATE] || m.of[F_TIME])
            return vb_cy_temporal_bad(run, e, "a datetime comes with its own date and time");
        TRY(selected(&m, F_DATETIME, true, true, &from));
        t.days = from->as.temporal->days;
        take_time(&m, from, &zoned);
        m.has_base = has_time = true;
    }
    if (m.of[F_DATE]) {
        TRY(selected(&m, F_DATE, true, false, &from));
        t.days = from->as.temporal->days;
        m.has_base = true;
    }
    if (m.of[F_TIME]) {
        TRY(selected(&m, F_TIME, false, true, &from));
        take_time(&m, from, &zoned);
        has_time = true;
    }
    if (vb_cy_has_date(kind)) TRY(make_day(&m));
    if (vb_cy_has_time(kind)) TRY(make_time(&m, has_time, false));
    if (vb_cy_has_zone(kind)) TRY(make_zone(&m, zoned));
    *out = t;
done:
    return status;
}

vb_status vb_cy_temporal_change(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map,
                                vb_value_kind kind, bool below, vb_temporal *t)
{
    vb_status status;
    vb_temporal changed = *t;
    making m = { .run = run, .e = e, .kind = kind, .t = &changed, .has_base = true };
    TRY(read_map(&m, map));
    if (m.of[F_DATE] || m.of[F_TIME] || m.of[F_DATETIME])
        return vb_cy_temporal_bad(run, e, "only components can be changed here");
    if (vb_cy_has_date(kind)) TRY(make_day(&m));
    if (vb_cy_has_time(kind)) TRY(make_time(&m, true, below));
    if (vb_cy_has_zone(kind)) TRY(make_zone(&m, false));
    *t = changed;
done:
    return status;
}

vb_status vb_cy_temporal_cast(vb_cy_run *run, const vb_cy_expr *e, const vb_value *from, vb_value_kind kind,
                              vb_temporal *out)
{
    making m = { .run = run, .e = e, .kind = kind, .t = out };
    bool zoned = false, dated = vb_cy_has_date(kind);
    *out = (vb_temporal){ 0 };
    if (from->kind == VB_VALUE_DURATION || (dated && !vb_cy_has_date(from->kind)) ||
        (!dated && !vb_cy_has_time(from->kind)))
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "no %s is in a %s",
                              vb_cy_kind_name(kind), vb_cy_kind_name(from->kind));
    if (dated) out->days = from->as.temporal->days;
    if (vb_cy_has_time(kind)) take_time(&m, from, &zoned);
    return VB_OK;
}
