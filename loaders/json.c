/**
 * A document as a JSON object: its text, and beside it what is known of it. One object is a file of its own
 * or a line of JSON lines (parts.c).
 *
 *   {"document":"brief.txt","text":"De gemeente …","title":"…","date":"2026-03-16","number":"2026Z01234",
 *    "kind":"letter","sender":"…","subject":"…","addressee":"…","questions":"2026Z01233"}
 *
 * All but "text" may be absent or null; the names are those of `verband documents`. What the object says
 * comes before what the text says. Other members are passed over.
 */
#include "loaders/formats.h"
#include "loaders/view.h"

#include <cjson/cJSON.h>

/** A kind that is none of ours is left to the text to say. */
static bool is_kind(const char *word)
{
    static const char *const kinds[] = { "answer", "questions", "notice", "letter", "document" };
    for (size_t i = 0; i < VB_COUNT(kinds); i++)
        if (strcmp(word, kinds[i]) == 0) return true;
    return false;
}

/** A date, also with a time behind it: "2026-03-16T10:00:00Z". */
static bool is_date(vb_str s)
{
    uint32_t year, month, day;
    return s.len >= 10 && vb_digits_at(s, 0, 4, &year) == 4 && s.at[4] == '-' &&
           vb_digits_at(s, 5, 2, &month) == 2 && s.at[7] == '-' && vb_digits_at(s, 8, 2, &day) == 2 &&
           month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           (s.len == 10 || s.at[10] == 'T' || s.at[10] == ' ');
}

static vb_status take(const cJSON *object, const char *name, vb_arena *arena, vb_str *out, vb_error *err)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    if (!value || cJSON_IsNull(value)) return VB_OK;
    if (!cJSON_IsString(value)) return vb_fail(err, VB_BAD_INPUT, "JSON: '%s' is no text", name);
    vb_str text = vb_str_trim(vb_str_of(value->valuestring));
    return vb_arena_copy(arena, text, out) == VB_OK ? VB_OK : vb_fail_memory(err);
}

static vb_status take_metadata(const cJSON *object, vb_arena *arena, vb_metadata *m, vb_error *err)
{
    vb_status status;
    TRY(take(object, "title", arena, &m->title, err));
    TRY(take(object, "date", arena, &m->date, err));
    TRY(take(object, "number", arena, &m->number, err));
    TRY(take(object, "kind", arena, &m->kind, err));
    TRY(take(object, "sender", arena, &m->sender, err));
    TRY(take(object, "subject", arena, &m->subject, err));
    TRY(take(object, "addressee", arena, &m->addressee, err));
    TRY(take(object, "questions", arena, &m->questions, err));
    if (m->date.len && !is_date(m->date))
        return vb_fail(err, VB_BAD_INPUT, "JSON: '%.*s' is no date like 2026-03-16", VB_FMT(m->date));
    if (m->date.len) m->date.len = 10;
    if (m->kind.len && !is_kind(m->kind.at)) m->kind.len = 0;
done:
    return status;
}

vb_status vb_json_parse(vb_str bytes, cJSON **out, vb_error *err)
{
    size_t bad = vb_utf8_check(bytes);
    if (bad < bytes.len) {
        vb_status status = vb_fail(err, VB_BAD_UTF8, "byte %zu: JSON that is not UTF-8", bad);
        if (err) err->at = bad;
        return status;
    }
    if (memchr(bytes.at, 0, bytes.len) || vb_str_find(bytes, VB_STR("\\u0000"), 0) != SIZE_MAX)
        return vb_fail(err, VB_BAD_INPUT, "JSON with a NUL byte");
    const char *end = NULL;
    cJSON *object = cJSON_ParseWithLengthOpts(bytes.at, bytes.len, &end, false);
    if (cJSON_IsObject(object)) {
        *out = object;
        return VB_OK;
    }
    cJSON_Delete(object);
    return vb_fail(err, VB_BAD_INPUT, "byte %zu: no JSON object", end ? (size_t)(end - bytes.at) : 0);
}

vb_status vb_json_read(vb_str bytes, vb_arena *arena, vb_source *out, vb_error *err)
{
    vb_status status;
    cJSON *object = NULL;
    TRY(vb_json_parse(vb_str_trim(bytes), &object, err));
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");
    if (!cJSON_IsString(text) || !vb_str_trim(vb_str_of(text->valuestring)).len) {
        status = vb_fail(err, VB_BAD_INPUT, "JSON without a 'text'");
        goto done;
    }
    TRY(vb_arena_copy(arena, vb_str_of(text->valuestring), &out->text) == VB_OK ? VB_OK
                                                                                : vb_fail_memory(err));
    TRY(take_metadata(object, arena, &out->metadata, err));
done:
    cJSON_Delete(object);
    return status;
}

/** An object that begins as one: plain text hardly ever begins with a brace, a quote and a name. */
bool vb_json_sniff(vb_str bytes)
{
    bytes = vb_str_trim(bytes);
    if (!bytes.len || bytes.at[0] != '{') return false;
    bytes = vb_str_trim(vb_str_part(bytes, 1, bytes.len));
    return bytes.len && bytes.at[0] == '"';
}
