/**
 * Durations: amounts with fractions, what lies between two instants, and arithmetic.
 *
 * A duration keeps months, days and seconds apart, for neither has a length in the others. Only a fraction
 * goes down, by the means of the Gregorian calendar: a month has 30.436875 days (400 years of 146,097 days),
 * a day 86,400 seconds.
 */
#include "queries/cypher/temporal.h"

#include <math.h>

static const long double MONTH_DAYS = 30.436875L;

static void add_whole(vb_cy_amounts *a, int64_t *to, int64_t n)
{
    a->over |= __builtin_add_overflow(*to, n, to);
}

void vb_cy_amount_add(vb_cy_amounts *a, vb_cy_unit unit, int64_t times, int64_t whole, long double part)
{
    int64_t n;
    long double rest = part * (long double)times;
    if (__builtin_mul_overflow(whole, times, &n) || !(fabsl(rest) < 9e18L)) {
        a->over = true;
        return;
    }
    if (unit == CY_IN_MONTHS) {
        add_whole(a, &a->months, n);
        a->part_months += rest;
    } else if (unit == CY_IN_DAYS) {
        add_whole(a, &a->days, n);
        a->part_days += rest;
    } else if (unit == CY_IN_SECONDS) {
        add_whole(a, &a->seconds, n);
        a->nanoseconds += rest * CY_NANOS;
    } else {
        add_whole(a, &a->seconds, n / CY_NANOS);
        a->nanoseconds += (long double)(n % CY_NANOS) + rest;
    }
}

bool vb_cy_amounts_sum(const vb_cy_amounts *a, vb_temporal *out)
{
    vb_cy_amounts s = *a;
    long double whole = truncl(s.part_months);
    if (s.over || !(fabsl(s.nanoseconds) < 9e27L)) return false;
    add_whole(&s, &s.months, (int64_t)whole);
    s.part_days += (s.part_months - whole) * MONTH_DAYS;
    whole = truncl(s.part_days);
    if (!(fabsl(whole) < 9e18L)) return false;
    add_whole(&s, &s.days, (int64_t)whole);
    s.nanoseconds = roundl(s.nanoseconds + (s.part_days - whole) * (long double)CY_NANOS_DAY);
    whole = floorl(s.nanoseconds / CY_NANOS);
    if (!(fabsl(whole) < 9e18L)) return false;
    add_whole(&s, &s.seconds, (int64_t)whole);
    if (s.over) return false;
    *out = (vb_temporal){ .months = s.months,
                          .days = s.days,
                          .seconds = s.seconds,
                          .nanoseconds = (int32_t)(s.nanoseconds - whole * CY_NANOS) };
    return true;
}

/* ---- between ------------------------------------------------------------------------------------------ */

/** Nanoseconds of the day. */
static int64_t of_day(const vb_temporal *t)
{
    return t->seconds * CY_NANOS + t->nanoseconds;
}

/** Whole months from one local time to another, toward nothing. */
static int64_t months_between(const vb_temporal *a, const vb_temporal *b)
{
    vb_cy_civil x = vb_cy_civil_of(a->days), y = vb_cy_civil_of(b->days);
    int64_t months = (y.year - x.year) * 12 + y.month - x.month;
    int64_t past = (y.day - x.day) * CY_NANOS_DAY + of_day(b) - of_day(a);
    if (months > 0 && past < 0) months--;
    if (months < 0 && past > 0) months++;
    return months;
}

static int64_t days_between(const vb_temporal *a, const vb_temporal *b)
{
    int64_t days = b->days - a->days, past = of_day(b) - of_day(a);
    if (days > 0 && past < 0) days--;
    if (days < 0 && past > 0) days++;
    return days;
}

/**
 * Make two instants of like kinds: without a date the other's is not counted, a date without a time begins at
 * midnight, and who has no zone is in the other's.
 */
static bool alike(const vb_value *from, const vb_value *to, vb_temporal *a, vb_temporal *b, bool *dated)
{
    bool zone_a = vb_cy_has_zone(from->kind), zone_b = vb_cy_has_zone(to->kind);
    *a = *from->as.temporal;
    *b = *to->as.temporal;
    *dated = vb_cy_has_date(from->kind) && vb_cy_has_date(to->kind);
    if (!*dated) {
        a->days = b->days = 0;
        a->zone[0] = b->zone[0] = '\0'; /* a time of day has an offset alone */
    }
    if (zone_a == zone_b) return !zone_a || vb_cy_zone_move(b, a->zone, a->offset);
    vb_temporal *without = zone_a ? b : a, *with = zone_a ? a : b;
    memcpy(without->zone, with->zone, VB_ZONE_MAX);
    without->offset = with->offset;
    return vb_cy_zone_settle(without) && vb_cy_zone_move(b, a->zone, a->offset);
}

bool vb_cy_temporal_between(const vb_value *from, const vb_value *to, vb_cy_between how, vb_temporal *out)
{
    vb_temporal a, b;
    bool dated;
    *out = (vb_temporal){ 0 };
    if (!alike(from, to, &a, &b, &dated)) return false;
    if (dated && (how == CY_BETWEEN || how == CY_BETWEEN_MONTHS)) {
        out->months = months_between(&a, &b);
        if (!vb_cy_months_on(a.days, out->months, &a.days)) return false;
    }
    if (how == CY_BETWEEN_MONTHS) return true;
    if (dated && how != CY_BETWEEN_SECONDS) {
        out->days = days_between(&a, &b);
        a.days += out->days;
    }
    if (how == CY_BETWEEN_DAYS) return true;
    if (!vb_cy_zone_settle(&a)) return false; /* the clock may have been changed on the way */
    out->seconds = vb_cy_utc(&b) - vb_cy_utc(&a);
    out->nanoseconds = b.nanoseconds - a.nanoseconds;
    if (out->nanoseconds < 0) {
        out->nanoseconds += CY_NANOS;
        out->seconds--;
    }
    return true;
}

/* ---- arithmetic --------------------------------------------------------------------------------------- */

/** The duration turned round; false where that does not fit. */
static bool turn(const vb_temporal *d, vb_temporal *out)
{
    vb_cy_amounts a = { 0 };
    vb_cy_amount_add(&a, CY_IN_MONTHS, -1, d->months, 0);
    vb_cy_amount_add(&a, CY_IN_DAYS, -1, d->days, 0);
    vb_cy_amount_add(&a, CY_IN_SECONDS, -1, d->seconds, 0);
    vb_cy_amount_add(&a, CY_IN_NANOS, -1, d->nanoseconds, 0);
    return vb_cy_amounts_sum(&a, out);
}

static bool add_durations(const vb_temporal *x, const vb_temporal *y, vb_temporal *out)
{
    vb_cy_amounts a = { .months = x->months, .days = x->days, .seconds = x->seconds };
    vb_cy_amount_add(&a, CY_IN_MONTHS, 1, y->months, 0);
    vb_cy_amount_add(&a, CY_IN_DAYS, 1, y->days, 0);
    vb_cy_amount_add(&a, CY_IN_SECONDS, 1, y->seconds, 0);
    a.nanoseconds = (long double)x->nanoseconds + (long double)y->nanoseconds;
    return vb_cy_amounts_sum(&a, out);
}

/** Months, then days, then, on the clock of UTC, seconds; of a date whole days of them count. */
static bool add_to(vb_value_kind kind, const vb_temporal *d, vb_temporal *t)
{
    int64_t days = d->days, seconds = d->seconds;
    if (kind == VB_VALUE_DATE) {
        if (__builtin_add_overflow(days, seconds / CY_DAY, &days)) return false;
        seconds = 0;
    }
    if (vb_cy_has_date(kind)) {
        if (!vb_cy_months_on(t->days, d->months, &t->days) ||
            __builtin_add_overflow(t->days, days, &t->days) || !vb_cy_days_may(t->days) ||
            !vb_cy_zone_settle(t))
            return false;
    }
    if (kind == VB_VALUE_DATE) return true;
    int64_t utc, nanos = (int64_t)t->nanoseconds + d->nanoseconds;
    if (__builtin_add_overflow(vb_cy_utc(t), seconds, &utc) ||
        __builtin_add_overflow(utc, nanos / CY_NANOS, &utc) || utc > INT64_MAX / 2 || utc < INT64_MIN / 2)
        return false;
    t->nanoseconds = (int32_t)(nanos % CY_NANOS);
    if (t->zone[0] && !vb_cy_zone_at(t->zone, utc, &t->offset)) return false;
    vb_cy_utc_set(t, utc);
    if (!vb_cy_has_date(kind)) t->days = 0;
    return vb_cy_days_may(t->days);
}

static void scale_part(vb_cy_amounts *a, vb_cy_unit unit, long double n)
{
    if (!(fabsl(n) < 9e18L)) {
        a->over = true;
        return;
    }
    vb_cy_amount_add(a, unit, 1, (int64_t)truncl(n), n - truncl(n));
}

static bool scale(const vb_temporal *d, long double by, bool divide, vb_temporal *out)
{
    vb_cy_amounts a = { 0 };
    const long double parts[] = { (long double)d->months, (long double)d->days, (long double)d->seconds,
                                  (long double)d->nanoseconds };
    static const vb_cy_unit units[] = { CY_IN_MONTHS, CY_IN_DAYS, CY_IN_SECONDS, CY_IN_NANOS };
    for (size_t i = 0; i < VB_COUNT(units); i++)
        scale_part(&a, units[i], divide ? parts[i] / by : parts[i] * by);
    return vb_cy_amounts_sum(&a, out);
}

vb_status vb_cy_temporal_operator(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *a,
                                  const vb_value *b, vb_value *out)
{
    bool minus = e->kind == E_SUBTRACT, sums = minus || e->kind == E_ADD;
    vb_temporal t, d;
    vb_value_kind kind = VB_VALUE_DURATION;
    bool good;
    if (e->kind == E_ADD && a->kind == VB_VALUE_DURATION && b->kind != VB_VALUE_DURATION) {
        const vb_value *swap = a; /* a duration and an instant: either way round */
        a = b;
        b = swap;
    }
    if (e->kind == E_MULTIPLY && vb_cy_is_number(a)) {
        const vb_value *swap = a;
        a = b;
        b = swap;
    }
    if (sums && a->kind >= VB_VALUE_DATE && b->kind == VB_VALUE_DURATION) {
        kind = a->kind;
        t = *a->as.temporal;
        d = *b->as.temporal;
        good = !minus || turn(b->as.temporal, &d);
        if (good)
            good = kind == VB_VALUE_DURATION ? add_durations(a->as.temporal, &d, &t) : add_to(kind, &d, &t);
    } else if ((e->kind == E_MULTIPLY || e->kind == E_DIVIDE) && a->kind == VB_VALUE_DURATION &&
               vb_cy_is_number(b)) {
        long double by = b->kind == VB_VALUE_INTEGER ? (long double)b->as.integer : (long double)b->as.number;
        if (e->kind == E_DIVIDE && by == 0)
            return vb_cy_run_fail(run, e, "!ArithmeticError/DivisionByZero", "division by zero");
        good = scale(a->as.temporal, by, e->kind == E_DIVIDE, &t);
    } else {
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "no arithmetic on a %s and a %s",
                              vb_cy_kind_name(a->kind), vb_cy_kind_name(b->kind));
    }
    if (!good)
        return vb_cy_run_fail(run, e, "!ArithmeticError/DateTimeOverflow",
                              "the result is beyond the calendar");
    return vb_cy_of_temporal(heap, kind, &t, out);
}
