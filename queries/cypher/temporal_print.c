/** Dates, times and durations as ISO 8601 writes them; a named zone follows in brackets, as RFC 9557 has it.
 */
#include "queries/cypher/temporal.h"

#include <stdlib.h>

typedef struct line {
    char *at;
    size_t len;
} line;

static void put(line *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(line *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(out->at + out->len, CY_TEMPORAL_TEXT - out->len, format, args);
    va_end(args);
    if (n > 0) out->len += (size_t)n;
    if (out->len >= CY_TEMPORAL_TEXT) out->len = CY_TEMPORAL_TEXT - 1;
}

static void put_date(line *out, int64_t days)
{
    vb_cy_civil c = vb_cy_civil_of(days);
    if (c.year > 9999) put(out, "+");
    if (c.year < 0) put(out, "-");
    put(out, "%04lld-%02d-%02d", (long long)llabs(c.year), c.month, c.day);
}

/** Seconds only where there are some, and of their parts thousands, millionths or billionths. */
static void put_time(line *out, int64_t seconds, int32_t nanos)
{
    put(out, "%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60));
    if (seconds % 60 == 0 && !nanos) return;
    put(out, ":%02d", (int)(seconds % 60));
    if (!nanos) return;
    if (nanos % 1000000 == 0)
        put(out, ".%03d", nanos / 1000000);
    else if (nanos % 1000 == 0)
        put(out, ".%06d", nanos / 1000);
    else
        put(out, ".%09d", nanos);
}

void vb_cy_offset_text(int32_t offset, char out[static 16])
{
    unsigned of = offset < 0 ? 0u - (unsigned)offset : (unsigned)offset;
    if (!offset)
        (void)snprintf(out, 16, "Z");
    else if (of % 60)
        (void)snprintf(out, 16, "%c%02u:%02u:%02u", offset < 0 ? '-' : '+', of / 3600 % 100, of / 60 % 60,
                       of % 60);
    else
        (void)snprintf(out, 16, "%c%02u:%02u", offset < 0 ? '-' : '+', of / 3600 % 100, of / 60 % 60);
}

/** An amount and its unit, where it is not nothing. */
static void put_amount(line *out, int64_t n, char unit)
{
    if (n) put(out, "%lld%c", (long long)n, unit);
}

/** The seconds round to nothing as the minutes do, so that "-1.999" is what it says. */
static void put_seconds(line *out, int64_t seconds, int32_t nanos)
{
    bool minus = seconds < 0;
    if (minus && nanos) {
        seconds++;
        nanos = CY_NANOS - nanos;
    }
    put_amount(out, seconds / 3600, 'H');
    put_amount(out, seconds / 60 % 60, 'M');
    if (seconds % 60 == 0 && !nanos) return;
    put(out, "%s%d", minus ? "-" : "", abs((int)(seconds % 60)));
    if (nanos) {
        put(out, ".%09d", nanos);
        while (out->at[out->len - 1] == '0') out->len--;
    }
    put(out, "S");
}

static void put_duration(line *out, const vb_temporal *t)
{
    put(out, "P");
    put_amount(out, t->months / 12, 'Y');
    put_amount(out, t->months % 12, 'M');
    put_amount(out, t->days, 'D');
    if (t->seconds || t->nanoseconds) {
        put(out, "T");
        put_seconds(out, t->seconds, t->nanoseconds);
    }
    if (out->len == 1) put(out, "T0S");
}

void vb_cy_temporal_text(const vb_value *v, char text[static CY_TEMPORAL_TEXT])
{
    line out = { text, 0 };
    const vb_temporal *t = v->as.temporal;
    text[0] = '\0';
    if (v->kind == VB_VALUE_DURATION) {
        put_duration(&out, t);
        return;
    }
    if (vb_cy_has_date(v->kind)) put_date(&out, t->days);
    if (vb_cy_has_date(v->kind) && vb_cy_has_time(v->kind)) put(&out, "T");
    if (vb_cy_has_time(v->kind)) put_time(&out, t->seconds, t->nanoseconds);
    if (!vb_cy_has_zone(v->kind)) return;
    char offset[16];
    vb_cy_offset_text(t->offset, offset);
    put(&out, "%s", offset);
    if (v->kind == VB_VALUE_DATETIME && t->zone[0]) put(&out, "[%s]", t->zone);
}
