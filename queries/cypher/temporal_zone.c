/**
 * Named time zones, by ICU, which carries IANA's database. A calendar object is opened for each question: it
 * keeps no state between them, and queries with named zones are few.
 */
#include "queries/cypher/temporal.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

static const double CLAMP = 1.8e17; /* milliseconds on either side of 1970 that ICU's calendar knows */

static bool as_icu(const char *zone, UChar out[static VB_ZONE_MAX])
{
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(out, VB_ZONE_MAX, NULL, zone, -1, &code);
    return U_SUCCESS(code) && code != U_STRING_NOT_TERMINATED_WARNING && zone[0];
}

bool vb_cy_zone_known(const char *zone)
{
    UChar name[VB_ZONE_MAX], canonical[VB_ZONE_MAX * 2];
    UErrorCode code = U_ZERO_ERROR;
    UBool listed = false;
    if (!as_icu(zone, name)) return false;
    ucal_getCanonicalTimeZoneID(name, -1, canonical, VB_ZONE_MAX * 2, &listed, &code);
    return U_SUCCESS(code) && listed;
}

/** Ask ICU at a second, which is UTC's or a local one. */
static bool ask(const char *zone, int64_t second, bool local, int32_t *offset)
{
    UChar name[VB_ZONE_MAX];
    UErrorCode code = U_ZERO_ERROR;
    int32_t raw = 0, summer = 0;
    double ms = (double)second * 1000;
    if (!as_icu(zone, name)) return false;
    UCalendar *calendar = ucal_open(name, -1, "en", UCAL_GREGORIAN, &code);
    if (U_SUCCESS(code)) ucal_setMillis(calendar, ms > CLAMP ? CLAMP : ms < -CLAMP ? -CLAMP : ms, &code);
    if (U_SUCCESS(code) && local) {
        ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &summer,
                                        &code);
    } else if (U_SUCCESS(code)) {
        raw = ucal_get(calendar, UCAL_ZONE_OFFSET, &code);
        summer = ucal_get(calendar, UCAL_DST_OFFSET, &code);
    }
    ucal_close(calendar);
    *offset = (raw + summer) / 1000;
    return U_SUCCESS(code);
}

bool vb_cy_zone_at(const char *zone, int64_t utc, int32_t *offset)
{
    return ask(zone, utc, false, offset);
}

bool vb_cy_zone_at_local(const char *zone, int64_t local, int32_t *offset)
{
    return ask(zone, local, true, offset);
}

void vb_cy_utc_set(vb_temporal *t, int64_t utc)
{
    t->days = vb_cy_floor_div(utc + t->offset, CY_DAY);
    t->seconds = vb_cy_floor_mod(utc + t->offset, CY_DAY);
}

bool vb_cy_zone_settle(vb_temporal *t)
{
    if (!t->zone[0]) return true;
    if (!vb_cy_zone_at_local(t->zone, t->days * CY_DAY + t->seconds, &t->offset)) return false;
    return vb_cy_zone_move(t, t->zone, 0);
}

bool vb_cy_zone_move(vb_temporal *t, const char *zone, int32_t offset)
{
    int64_t utc = vb_cy_utc(t);
    if (zone[0] && !vb_cy_zone_at(zone, utc, &offset)) return false;
    if (zone != t->zone) memcpy(t->zone, zone, VB_ZONE_MAX);
    t->offset = offset;
    vb_cy_utc_set(t, utc);
    return true;
}
