/**
 * Dates, times and durations: what the files temporal_*.c share.
 *
 *   temporal_calendar.c  days and civil dates, weeks, quarters, months    temporal_zone.c   offsets of named
 * zones temporal_read.c      ISO 8601 in                                      temporal_print.c  and out
 *   temporal_make.c      from a map, and out of another value             temporal_truncate.c
 *   temporal_span.c      durations: amounts, between two instants, on top of an instant
 *   temporal_get.c       components, order, sameness
 *
 * Source: openCypher CIP2015-08-06 (Date and Time); ISO 8601 (proleptic Gregorian calendar, weeks from
 * Monday).
 */
#ifndef VB_CYPHER_TEMPORAL_H
#define VB_CYPHER_TEMPORAL_H

#include "queries/cypher/cypher.h"

enum {
    CY_DAY = 86400,         /* seconds */
    CY_NANOS = 1000000000,  /* in a second */
    CY_YEAR_MAX = 999999999 /* on either side of 0 */
};
#define CY_NANOS_DAY ((int64_t)CY_DAY * CY_NANOS)

static inline bool vb_cy_has_date(vb_value_kind k)
{
    return k == VB_VALUE_DATE || k == VB_VALUE_LOCAL_DATETIME || k == VB_VALUE_DATETIME;
}
static inline bool vb_cy_has_time(vb_value_kind k)
{
    return k >= VB_VALUE_LOCAL_TIME && k <= VB_VALUE_DATETIME;
}
static inline bool vb_cy_has_zone(vb_value_kind k)
{
    return k == VB_VALUE_TIME || k == VB_VALUE_DATETIME;
}

/* ---- the calendar ------------------------------------------------------------------------------------- */

typedef struct vb_cy_civil {
    int64_t year;
    int month, day; /* from 1 */
} vb_cy_civil;

int64_t vb_cy_days_of(int64_t year, int month, int day); /* since 1970-01-01 */
vb_cy_civil vb_cy_civil_of(int64_t days);
int vb_cy_days_in(int64_t year, int month);
int vb_cy_weekday(int64_t days); /* 1 Monday to 7 */
/** The week a day is in, and the year that this week belongs to (ISO 8601: that of its Thursday). */
int vb_cy_week_of(int64_t days, int64_t *year);
int64_t vb_cy_days_of_week(int64_t year, int week, int weekday);
int vb_cy_weeks_in(int64_t year);
bool vb_cy_days_may(int64_t days); /* within years -999,999,999 to 999,999,999 */
/** The same day of another month, or that month's last. @return false beyond the calendar. */
bool vb_cy_months_on(int64_t days, int64_t months, int64_t *out);
int64_t vb_cy_floor_div(int64_t a, int64_t b);
int64_t vb_cy_floor_mod(int64_t a, int64_t b);

/* ---- zones (ICU) -------------------------------------------------------------------------------------- */

bool vb_cy_zone_known(const char *zone);
/** The offset in a zone at a second of UTC since 1970. @return false: no such zone. */
bool vb_cy_zone_at(const char *zone, int64_t utc, int32_t *offset);
/** The offset of a local time: of two the one before the change, in a gap too. */
bool vb_cy_zone_at_local(const char *zone, int64_t local, int32_t *offset);
/** Work out the offset of a named zone; a local time that the zone leaves out moves on by the gap. */
bool vb_cy_zone_settle(vb_temporal *t);
/** Seconds of UTC since 1970. */
static inline int64_t vb_cy_utc(const vb_temporal *t)
{
    return t->days * CY_DAY + t->seconds - t->offset;
}
/** Put a second of UTC into days and seconds of its offset. */
void vb_cy_utc_set(vb_temporal *t, int64_t utc);
/** The same instant in another zone, named or by its offset. */
bool vb_cy_zone_move(vb_temporal *t, const char *zone, int32_t offset);

/* ---- text --------------------------------------------------------------------------------------------- */

/** Read ISO 8601 as @p kind. @return false: it is none. */
bool vb_cy_temporal_read(vb_str text, vb_value_kind kind, vb_temporal *out);
/** "+01:00", "Z" or a zone's name. */
bool vb_cy_zone_read(vb_str text, char zone[static VB_ZONE_MAX], int32_t *offset);
enum { CY_TEMPORAL_TEXT = 128 };
void vb_cy_temporal_text(const vb_value *v, char out[static CY_TEMPORAL_TEXT]);
void vb_cy_offset_text(int32_t offset, char out[static 16]);

/* ---- making ------------------------------------------------------------------------------------------- */

/** A value in @p heap. */
vb_status vb_cy_of_temporal(vb_cy_heap *heap, vb_value_kind kind, const vb_temporal *t, vb_value *out);
vb_status vb_cy_temporal_bad(vb_cy_run *run, const vb_cy_expr *e, const char *what);
/** The clock, in UTC: the statement's, the same throughout a query, or the real one. */
void vb_cy_temporal_now(vb_cy_run *run, bool real, vb_temporal *out);
/** Of a map of components, with what it selects out of other values. */
vb_status vb_cy_temporal_make(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map,
                              vb_value_kind kind, vb_temporal *out);
/** Change the components that @p map has. @p below: parts of a second come on top of those that are there. */
vb_status vb_cy_temporal_change(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map,
                                vb_value_kind kind, bool below, vb_temporal *t);
/** One kind out of another. */
vb_status vb_cy_temporal_cast(vb_cy_run *run, const vb_cy_expr *e, const vb_value *from, vb_value_kind kind,
                              vb_temporal *out);
vb_status vb_cy_temporal_truncate(vb_cy_run *run, const vb_cy_expr *e, vb_str unit, vb_value_kind kind,
                                  vb_temporal *t, bool *below);

/* ---- durations ---------------------------------------------------------------------------------------- */

/** Amounts that may have fractions, which go down: a month has 30.436875 days, a day 86,400 seconds. */
typedef struct vb_cy_amounts {
    int64_t months, days, seconds;
    long double part_months, part_days, nanoseconds;
    bool over; /* more than there is room for */
} vb_cy_amounts;

typedef enum vb_cy_unit { CY_IN_MONTHS, CY_IN_DAYS, CY_IN_SECONDS, CY_IN_NANOS } vb_cy_unit;
void vb_cy_amount_add(vb_cy_amounts *a, vb_cy_unit unit, int64_t times, int64_t whole, long double part);
/** @return false: too large. */
bool vb_cy_amounts_sum(const vb_cy_amounts *a, vb_temporal *out);

/** What lies between two instants, in months, days and seconds, or in one of them alone. */
typedef enum vb_cy_between {
    CY_BETWEEN,
    CY_BETWEEN_MONTHS,
    CY_BETWEEN_DAYS,
    CY_BETWEEN_SECONDS
} vb_cy_between;
bool vb_cy_temporal_between(const vb_value *from, const vb_value *to, vb_cy_between how, vb_temporal *out);
/** + and - with a duration, * and / of one. */
vb_status vb_cy_temporal_operator(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *a,
                                  const vb_value *b, vb_value *out);

/* ---- reading a value ---------------------------------------------------------------------------------- */

/** A component by its name: d.year. */
vb_status vb_cy_temporal_get(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *v,
                             vb_str key, vb_value *out);
/** Two of one kind: instants by time, then by zone; durations by their mean length, then by parts. */
int vb_cy_temporal_compare(const vb_value *a, const vb_value *b);
uint64_t vb_cy_temporal_hash(const vb_value *v);

extern const vb_cy_function vb_cy_functions_temporal[];

#endif
