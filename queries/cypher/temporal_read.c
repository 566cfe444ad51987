/**
 * ISO 8601 in, basic and extended: dates by month, week, quarter or day of the year, each shortened from the
 * right; times to a billionth of a second; offsets; a zone's name in brackets; durations by units or as a
 * date and time.
 */
#include "queries/cypher/temporal.h"

#include <stdlib.h>

typedef struct scan {
    const char *at, *end;
} scan;

static bool take(scan *s, char c)
{
    if (s->at >= s->end || *s->at != c) return false;
    s->at++;
    return true;
}

static bool is_digit(const scan *s, size_t ahead)
{
    return (size_t)(s->end - s->at) > ahead && s->at[ahead] >= '0' && s->at[ahead] <= '9';
}

static size_t digits_ahead(const scan *s)
{
    size_t n = 0;
    while (is_digit(s, n)) n++;
    return n;
}

/** Exactly @p n digits. */
static bool number(scan *s, size_t n, int *out)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(s, i)) return false;
        value = value * 10 + (s->at[i] - '0');
    }
    s->at += n;
    *out = value;
    return true;
}

/* ---- dates -------------------------------------------------------------------------------------------- */

/** Four digits; with a sign up to nine. */
static bool read_year(scan *s, int64_t *out)
{
    bool minus = s->at < s->end && *s->at == '-', sign = minus || (s->at < s->end && *s->at == '+');
    int year;
    s->at += sign;
    size_t n = sign ? digits_ahead(s) : 4;
    if (n < 1 || n > 9 || !number(s, n, &year)) return false;
    *out = minus ? -year : year;
    return true;
}

static bool read_week(scan *s, int64_t year, int64_t *days)
{
    int week, weekday = 1;
    if (!number(s, 2, &week)) return false;
    bool more = take(s, '-');
    if ((more || is_digit(s, 0)) && !number(s, 1, &weekday)) return false;
    if (week < 1 || week > vb_cy_weeks_in(year) || weekday < 1 || weekday > 7) return false;
    *days = vb_cy_days_of_week(year, week, weekday);
    return true;
}

static bool read_quarter(scan *s, int64_t year, int64_t *days)
{
    int quarter, day = 1;
    if (!number(s, 1, &quarter)) return false;
    bool more = take(s, '-');
    if ((more || is_digit(s, 0)) && !number(s, 2, &day)) return false;
    if (quarter < 1 || quarter > 4 || day < 1) return false;
    *days = vb_cy_days_of(year, quarter * 3 - 2, 1) + day - 1;
    return quarter == 4 ? *days < vb_cy_days_of(year + 1, 1, 1)
                        : *days < vb_cy_days_of(year, quarter * 3 + 1, 1);
}

static bool read_month(scan *s, int64_t year, bool dash, int64_t *days)
{
    int month, day = 1;
    if (!number(s, 2, &month) || month < 1 || month > 12) return false;
    bool more = dash ? take(s, '-') : is_digit(s, 0);
    if (more && !number(s, 2, &day)) return false;
    if (day < 1 || day > vb_cy_days_in(year, month)) return false;
    *days = vb_cy_days_of(year, month, day);
    return true;
}

static bool read_date(scan *s, int64_t *days)
{
    int64_t year;
    int day;
    if (!read_year(s, &year)) return false;
    if (s->at >= s->end || *s->at == 'T') {
        *days = vb_cy_days_of(year, 1, 1);
        return true;
    }
    bool dash = take(s, '-');
    if (take(s, 'W')) return read_week(s, year, days);
    if (take(s, 'Q')) return read_quarter(s, year, days);
    if (digits_ahead(s) != 3) return read_month(s, year, dash, days);
    if (!number(s, 3, &day)) return false;
    *days = vb_cy_days_of(year, 1, 1) + day - 1;
    return day >= 1 && *days < vb_cy_days_of(year + 1, 1, 1);
}

/* ---- times and zones ---------------------------------------------------------------------------------- */

static bool read_fraction(scan *s, int32_t *nanos)
{
    int scale = CY_NANOS;
    *nanos = 0;
    if (!is_digit(s, 0) || digits_ahead(s) > 9) return false;
    while (is_digit(s, 0)) *nanos += (*s->at++ - '0') * (scale /= 10);
    return true;
}

static bool read_time(scan *s, vb_temporal *t)
{
    int hour, minute = 0, second = 0;
    if (!number(s, 2, &hour)) return false;
    bool colon = take(s, ':');
    if ((colon || is_digit(s, 0)) && !number(s, 2, &minute)) return false;
    if ((colon ? take(s, ':') : is_digit(s, 0)) && !number(s, 2, &second)) return false;
    if ((take(s, '.') || take(s, ',')) && !read_fraction(s, &t->nanoseconds)) return false;
    t->seconds = hour * 3600 + minute * 60 + second;
    return hour < 24 && minute < 60 && second < 60;
}

/** "Z", "+hh", "+hhmm", "+hh:mm:ss"; nothing of it: false without a step. */
static bool read_offset(scan *s, int32_t *offset)
{
    int part[3] = { 0, 0, 0 };
    *offset = 0;
    if (take(s, 'Z')) return true;
    bool minus = take(s, '-');
    if ((!minus && !take(s, '+')) || !number(s, 2, &part[0])) return false;
    for (int i = 1; i < 3; i++) {
        bool colon = take(s, ':');
        if (!colon && !is_digit(s, 0)) break;
        if (!number(s, 2, &part[i])) return false;
    }
    *offset = (part[0] * 3600 + part[1] * 60 + part[2]) * (minus ? -1 : 1);
    return part[1] < 60 && part[2] < 60 && abs(*offset) <= 18 * 3600;
}

static bool read_zone_name(scan *s, char zone[static VB_ZONE_MAX])
{
    size_t n = 0;
    while (s->at + n < s->end && s->at[n] != ']') n++;
    if (!n || n >= VB_ZONE_MAX) return false;
    memset(zone, 0, VB_ZONE_MAX);
    memcpy(zone, s->at, n);
    s->at += n;
    return vb_cy_zone_known(zone);
}

bool vb_cy_zone_read(vb_str text, char zone[static VB_ZONE_MAX], int32_t *offset)
{
    scan s = { text.at, text.at + text.len };
    memset(zone, 0, VB_ZONE_MAX);
    if (read_offset(&s, offset) && s.at == s.end) return true;
    s.at = text.at;
    *offset = 0;
    return read_zone_name(&s, zone) && s.at == s.end;
}

/** The offset and the zone after a time: both must fit each other. UTC where there is none. */
static bool read_zone(scan *s, bool named, vb_temporal *t)
{
    bool has_offset = s->at < s->end && *s->at != '[';
    int32_t offset = 0, real;
    if (has_offset && !read_offset(s, &offset)) return false;
    t->offset = offset;
    if (!named || !take(s, '[')) return true;
    if (!read_zone_name(s, t->zone) || !take(s, ']')) return false;
    if (!has_offset) return vb_cy_zone_settle(t);
    return vb_cy_zone_at(t->zone, vb_cy_utc(t), &real) && real == offset;
}

/* ---- durations ---------------------------------------------------------------------------------------- */

/** A number, whole and parts: "-1.5". */
static bool read_amount(scan *s, int64_t *whole, long double *part)
{
    bool minus = take(s, '-');
    size_t n = 0;
    if (!minus) take(s, '+');
    n = digits_ahead(s);
    if (!n || n > 18) return false;
    *whole = 0;
    for (; n; n--) *whole = *whole * 10 + (*s->at++ - '0');
    *part = 0;
    if (take(s, '.') || take(s, ',')) {
        long double scale = 1;
        if (!is_digit(s, 0) || digits_ahead(s) > 18) return false;
        int64_t digits = 0;
        while (is_digit(s, 0)) {
            digits = digits * 10 + (*s->at++ - '0');
            scale *= 10;
        }
        *part = (long double)digits / scale;
    }
    if (minus) {
        *whole = -*whole;
        *part = -*part;
    }
    return true;
}

static bool read_units(scan *s, vb_temporal *t)
{
    static const struct {
        char letter;
        bool time;
        vb_cy_unit unit;
        int64_t times;
    } units[] = {
        { 'Y', false, CY_IN_MONTHS, 12 }, { 'Q', false, CY_IN_MONTHS, 3 }, { 'M', false, CY_IN_MONTHS, 1 },
        { 'W', false, CY_IN_DAYS, 7 },    { 'D', false, CY_IN_DAYS, 1 },   { 'H', true, CY_IN_SECONDS, 3600 },
        { 'M', true, CY_IN_SECONDS, 60 }, { 'S', true, CY_IN_SECONDS, 1 },
    };
    vb_cy_amounts sum = { 0 };
    bool time = false;
    size_t next = 0, n_read = 0; /* the units come in their order, each once */
    while (s->at < s->end) {
        int64_t whole;
        long double part;
        if (!time && take(s, 'T')) {
            time = true;
            if (s->at == s->end) return false;
        }
        if (!read_amount(s, &whole, &part) || s->at == s->end) return false;
        while (next < VB_COUNT(units) && (units[next].letter != *s->at || units[next].time != time)) next++;
        if (next == VB_COUNT(units)) return false;
        vb_cy_amount_add(&sum, units[next].unit, units[next].times, whole, part);
        next++;
        n_read++;
        s->at++;
    }
    return n_read && vb_cy_amounts_sum(&sum, t);
}

/** "P2012-02-02T14:37:21.545": so many years, months and days, hours, minutes and seconds. */
static bool read_as_instant(scan *s, vb_temporal *t)
{
    int year, month, day;
    vb_temporal time = { 0 };
    if (!number(s, 4, &year)) return false;
    bool dash = take(s, '-');
    if (!number(s, 2, &month) || (dash && !take(s, '-')) || !number(s, 2, &day) || !take(s, 'T') ||
        !read_time(s, &time) || s->at != s->end || month > 12 || day > 31)
        return false;
    *t = (vb_temporal){ .months = (int64_t)year * 12 + month,
                        .days = day,
                        .seconds = time.seconds,
                        .nanoseconds = time.nanoseconds };
    return true;
}

static bool read_duration(scan *s, vb_temporal *t)
{
    bool minus = take(s, '-');
    if (!minus) take(s, '+');
    if (!take(s, 'P')) return false;
    scan units = *s;
    vb_temporal read = { 0 };
    if (!read_units(&units, &read) && !read_as_instant(s, &read)) return false;
    *t = read;
    if (!minus) return true;
    vb_cy_amounts turned = { .months = -read.months,
                             .days = -read.days,
                             .seconds = -read.seconds,
                             .nanoseconds = -(long double)read.nanoseconds };
    return vb_cy_amounts_sum(&turned, t);
}

/* ---- all ---------------------------------------------------------------------------------------------- */

bool vb_cy_temporal_read(vb_str text, vb_value_kind kind, vb_temporal *out)
{
    scan s = { text.at, text.at + text.len };
    vb_temporal t = { 0 };
    bool good = true;
    if (kind == VB_VALUE_DURATION) {
        good = read_duration(&s, &t);
        if (good) *out = t;
        return good;
    }
    if (vb_cy_has_date(kind)) good = read_date(&s, &t.days);
    if (good && vb_cy_has_time(kind)) {
        bool there = !vb_cy_has_date(kind) || take(&s, 'T');
        if (there) good = read_time(&s, &t);
    }
    if (good && vb_cy_has_zone(kind)) good = read_zone(&s, kind == VB_VALUE_DATETIME, &t);
    if (!good || s.at != s.end || !vb_cy_days_may(t.days)) return false;
    *out = t;
    return true;
}
