/** Functions that make dates, times and durations. Which kind a row makes is its result type. */
#include "queries/cypher/temporal.h"

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out

/** The kind that the function makes: the first temporal bit of its result. */
static vb_value_kind kind_of(const vb_cy_expr *e)
{
    return (vb_value_kind)__builtin_ctz(e->function->result & TY_TEMPORAL);
}

/** The clock, in the zone that is asked for; a kind without a zone keeps what its clock shows there. */
static vb_status now(vb_cy_run *run, const vb_cy_expr *e, bool real, const vb_value *zone, vb_temporal *out)
{
    vb_value_kind kind = kind_of(e);
    char name[VB_ZONE_MAX];
    int32_t offset;
    vb_cy_temporal_now(run, real, out);
    if (zone) {
        if (zone->kind != VB_VALUE_STRING)
            return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a timezone is a string");
        if (!vb_cy_zone_read(zone->as.text, name, &offset) || !vb_cy_zone_move(out, name, offset))
            return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue",
                                  "no time zone is called '%.*s'", VB_FMT(zone->as.text));
    }
    if (!vb_cy_has_time(kind)) out->seconds = out->nanoseconds = 0;
    if (!vb_cy_has_date(kind)) out->days = 0;
    if (!vb_cy_has_zone(kind)) out->offset = 0;
    if (kind != VB_VALUE_DATETIME) memset(out->zone, 0, VB_ZONE_MAX);
    return VB_OK;
}

static vb_status now_as(ARGS, bool real)
{
    vb_temporal t;
    vb_status status = now(run, e, real, n ? &args[0] : NULL, &t);
    return status == VB_OK ? vb_cy_of_temporal(heap, kind_of(e), &t, out) : status;
}

static vb_status fn_statement(ARGS)
{
    return now_as(run, heap, e, args, n, out, false);
}

static vb_status fn_real(ARGS)
{
    return now_as(run, heap, e, args, n, out, true);
}

/** Of a map, a text, another value, or nothing: the clock. */
static vb_status fn_make(ARGS)
{
    vb_status status;
    vb_temporal t;
    vb_value_kind kind = kind_of(e);
    if (!n) return fn_statement(run, heap, e, args, n, out);
    if (args[0].kind == VB_VALUE_MAP) {
        const vb_value *zone = vb_cy_map_get(&args[0].as.map, VB_STR("timezone"));
        if (args[0].as.map.len == 1 && zone) return fn_statement(run, heap, e, zone, 1, out);
        TRY(vb_cy_temporal_make(run, e, &args[0].as.map, kind, &t));
    } else if (args[0].kind == VB_VALUE_STRING) {
        if (!vb_cy_temporal_read(args[0].as.text, kind, &t))
            return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue",
                                  "'%.*s' is no %s of ISO 8601", VB_FMT(args[0].as.text),
                                  vb_cy_kind_name(kind));
    } else if (args[0].kind >= VB_VALUE_DATE) {
        TRY(vb_cy_temporal_cast(run, e, &args[0], kind, &t));
    } else {
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "no %s can be made of a %s",
                              vb_cy_kind_name(kind), vb_cy_kind_name(args[0].kind));
    }
    status = vb_cy_of_temporal(heap, kind, &t, out);
done:
    return status;
}

/** truncate(unit [, value [, components]]) */
static vb_status fn_truncate(ARGS)
{
    vb_status status;
    vb_temporal t;
    bool below;
    vb_value_kind kind = kind_of(e);
    if (args[0].kind != VB_VALUE_STRING || (n > 2 && args[2].kind != VB_VALUE_MAP))
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType",
                              "truncate takes a unit, a value, and a map of components");
    if (n < 2)
        TRY(now(run, e, false, NULL, &t));
    else if (args[1].kind >= VB_VALUE_DATE)
        TRY(vb_cy_temporal_cast(run, e, &args[1], kind, &t));
    else
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s is not cut to a unit",
                              vb_cy_kind_name(args[1].kind));
    TRY(vb_cy_temporal_truncate(run, e, args[0].as.text, kind, &t, &below));
    if (!vb_cy_zone_settle(&t)) return vb_cy_temporal_bad(run, e, "no such time zone");
    if (n > 2) TRY(vb_cy_temporal_change(run, e, &args[2].as.map, kind, below, &t));
    if (!vb_cy_days_may(t.days)) return vb_cy_temporal_bad(run, e, "this is beyond the calendar");
    status = vb_cy_of_temporal(heap, kind, &t, out);
done:
    return status;
}

static vb_status of_epoch(ARGS, int64_t scale)
{
    vb_temporal t = { 0 };
    int64_t seconds = vb_cy_floor_div(args[0].as.integer, scale);
    int64_t nanos = vb_cy_floor_mod(args[0].as.integer, scale) * (CY_NANOS / scale);
    if (n > 1) nanos += args[1].as.integer;
    if (n > 1 && (args[1].as.integer < 0 || nanos >= CY_NANOS))
        return vb_cy_temporal_bad(run, e, "nanoseconds are 0 to 999,999,999");
    if (seconds < INT64_MIN / 2 || seconds > INT64_MAX / 2)
        return vb_cy_temporal_bad(run, e, "this is beyond the calendar");
    t.nanoseconds = (int32_t)nanos;
    vb_cy_utc_set(&t, seconds);
    if (!vb_cy_days_may(t.days)) return vb_cy_temporal_bad(run, e, "this is beyond the calendar");
    return vb_cy_of_temporal(heap, VB_VALUE_DATETIME, &t, out);
}

static vb_status fn_epoch(ARGS)
{
    return of_epoch(run, heap, e, args, n, out, 1);
}

static vb_status fn_epoch_millis(ARGS)
{
    return of_epoch(run, heap, e, args, n, out, 1000);
}

/* ---- durations ---------------------------------------------------------------------------------------- */

static vb_status amounts_of(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map, vb_temporal *out)
{
    static const struct {
        const char *name;
        vb_cy_unit unit;
        int64_t times;
    } units[] = {
        { "years", CY_IN_MONTHS, 12 },
        { "quarters", CY_IN_MONTHS, 3 },
        { "months", CY_IN_MONTHS, 1 },
        { "weeks", CY_IN_DAYS, 7 },
        { "days", CY_IN_DAYS, 1 },
        { "hours", CY_IN_SECONDS, 3600 },
        { "minutes", CY_IN_SECONDS, 60 },
        { "seconds", CY_IN_SECONDS, 1 },
        { "milliseconds", CY_IN_NANOS, 1000000 },
        { "microseconds", CY_IN_NANOS, 1000 },
        { "nanoseconds", CY_IN_NANOS, 1 },
    };
    vb_cy_amounts sum = { 0 };
    for (size_t i = 0; i < map->len; i++) {
        const vb_value *v = &map->at[i].value;
        size_t k = 0;
        if (v->kind == VB_VALUE_NULL) continue;
        while (k < VB_COUNT(units) && !vb_str_eq(map->at[i].key, vb_str_of(units[k].name))) k++;
        if (k == VB_COUNT(units))
            return vb_cy_run_fail(run, e, "!ArgumentError/InvalidArgumentValue", "a duration has no %.*s",
                                  VB_FMT(map->at[i].key));
        if (!vb_cy_is_number(v))
            return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "%s is a number, not a %s",
                                  units[k].name, vb_cy_kind_name(v->kind));
        int64_t whole = v->kind == VB_VALUE_INTEGER ? v->as.integer : 0;
        double d = v->kind == VB_VALUE_FLOAT ? v->as.number : 0;
        if (!(d > -9e18 && d < 9e18)) return vb_cy_temporal_bad(run, e, "this is too large for a duration");
        whole += (int64_t)d;
        vb_cy_amount_add(&sum, units[k].unit, units[k].times, whole,
                         (long double)d - (long double)(int64_t)d);
    }
    if (!vb_cy_amounts_sum(&sum, out)) return vb_cy_temporal_bad(run, e, "this is too large for a duration");
    return VB_OK;
}

static vb_status fn_duration(ARGS)
{
    vb_status status;
    vb_temporal t;
    if (n == 1 && args[0].kind != VB_VALUE_MAP) {
        *out = args[0];
        return args[0].kind == VB_VALUE_DURATION ? VB_OK : fn_make(run, heap, e, args, n, out);
    }
    TRY(amounts_of(run, e, &args[0].as.map, &t));
    status = vb_cy_of_temporal(heap, VB_VALUE_DURATION, &t, out);
done:
    return status;
}

static vb_status between(ARGS, vb_cy_between how)
{
    vb_temporal t;
    for (size_t i = 0; i < n; i++)
        if (args[i].kind < VB_VALUE_DATE || args[i].kind == VB_VALUE_DURATION)
            return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType",
                                  "no duration begins or ends with a %s", vb_cy_kind_name(args[i].kind));
    if (!vb_cy_temporal_between(&args[0], &args[1], how, &t))
        return vb_cy_temporal_bad(run, e, "this is beyond the calendar");
    return vb_cy_of_temporal(heap, VB_VALUE_DURATION, &t, out);
}

static vb_status fn_between(ARGS)
{
    return between(run, heap, e, args, n, out, CY_BETWEEN);
}

static vb_status fn_in_months(ARGS)
{
    return between(run, heap, e, args, n, out, CY_BETWEEN_MONTHS);
}

static vb_status fn_in_days(ARGS)
{
    return between(run, heap, e, args, n, out, CY_BETWEEN_DAYS);
}

static vb_status fn_in_seconds(ARGS)
{
    return between(run, heap, e, args, n, out, CY_BETWEEN_SECONDS);
}

/* ---- the table ---------------------------------------------------------------------------------------- */

/* clang-format off */
#define KIND(word, type)                                                                                           \
    { .name = word, .max = 1, .call = fn_make, .result = (type) | TY_NULL },                                       \
    { .name = word ".realtime", .max = 1, .call = fn_real, .result = (type) | TY_NULL, .varies = true },           \
    { .name = word ".statement", .max = 1, .call = fn_statement, .result = (type) | TY_NULL },                     \
    { .name = word ".transaction", .max = 1, .call = fn_statement, .result = (type) | TY_NULL },                   \
    { .name = word ".truncate", .min = 1, .max = 3, .call = fn_truncate, .result = (type) | TY_NULL,               \
      .takes = { TY_STRING, TY_TEMPORAL, TY_MAP } }
#define BETWEEN(word, fn)                                                                                          \
    { .name = "duration." word, .min = 2, .max = 2, .call = fn, .result = TY_DURATION | TY_NULL,                   \
      .takes = { TY_TEMPORAL, TY_TEMPORAL } }

const vb_cy_function vb_cy_functions_temporal[] = {
    KIND("date", TY_DATE),
    KIND("datetime", TY_DATETIME),
    { .name = "datetime.fromepoch", .min = 1, .max = 2, .call = fn_epoch, .result = TY_DATETIME | TY_NULL,
      .takes = { TY_INTEGER, TY_INTEGER } },
    { .name = "datetime.fromepochmillis", .min = 1, .max = 1, .call = fn_epoch_millis,
      .result = TY_DATETIME | TY_NULL, .takes = { TY_INTEGER } },
    { .name = "duration", .min = 1, .max = 1, .call = fn_duration, .result = TY_DURATION | TY_NULL,
      .takes = { TY_STRING | TY_MAP | TY_DURATION } },
    BETWEEN("between", fn_between),
    BETWEEN("indays", fn_in_days),
    BETWEEN("inmonths", fn_in_months),
    BETWEEN("inseconds", fn_in_seconds),
    KIND("localdatetime", TY_LOCAL_DATETIME),
    KIND("localtime", TY_LOCAL_TIME),
    KIND("time", TY_TIME),
    { 0 },
};
/* clang-format on */
