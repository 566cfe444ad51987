/**
 * Properties as typed JSON, as the store keeps them: 1 is an integer, 1.0 a float; what JSON cannot say is an
 * object of one entry: {"$float": "NaN"}, {"$date": "2024-05-31"}. A property holds no map, so such an object
 * means nothing else.
 * Written by hand and not with cJSON, which has one kind of number and loses integers beyond 2^53.
 */
#include "queries/cypher/temporal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

enum { JSON_DEPTH = 64 };

typedef struct reader {
    vb_cy_heap *heap;
    const char *at, *end;
    unsigned depth;
} reader;

static void blanks(reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at)) r->at++;
}

static bool take(reader *r, char c)
{
    blanks(r);
    if (r->at >= r->end || *r->at != c) return false;
    r->at++;
    return true;
}

static uint32_t hex4(const char *at)
{
    char digits[5] = { at[0], at[1], at[2], at[3], 0 };
    return (uint32_t)strtoul(digits, NULL, 16);
}

static size_t utf8_put(char *to, uint32_t c)
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    for (size_t i = n; i-- > 1; c >>= 6) to[i] = (char)(0x80 | (c & 63));
    to[0] = (char)(lead[n] | c);
    return n;
}

static vb_status read_text(reader *r, vb_str *out)
{
    static const char letters[] = "nrtbf/\\\"", means[] = "\n\r\t\b\f/\\\"";
    if (!take(r, '"')) return VB_STORE;
    const char *close = r->at;
    while (close < r->end && *close != '"') close += *close == '\\' ? 2 : 1;
    if (close >= r->end) return VB_STORE;
    char *to = vb_cy_get(r->heap, (size_t)(close - r->at) + 1);
    size_t len = 0;
    if (!to) return VB_NO_MEMORY;
    while (r->at < close) {
        if (*r->at != '\\') {
            to[len++] = *r->at++;
            continue;
        }
        const char *letter = strchr(letters, r->at[1]);
        if (letter && r->at[1]) {
            to[len++] = means[letter - letters];
            r->at += 2;
        } else if (r->at[1] == 'u' && close - r->at >= 6) {
            uint32_t c = hex4(r->at + 2);
            r->at += 6;
            if (c >= 0xd800 && c < 0xdc00 && close - r->at >= 6 && r->at[1] == 'u') {
                c = 0x10000 + ((c - 0xd800) << 10) + (hex4(r->at + 2) & 0x3ff);
                r->at += 6;
            }
            len += utf8_put(to + len, c);
        } else {
            return VB_STORE;
        }
    }
    r->at = close + 1;
    *out = (vb_str){ to, len };
    return VB_OK;
}

static vb_status read_number(reader *r, vb_value *out)
{
    char text[64];
    size_t n = 0;
    bool real = false;
    while (r->at < r->end && n < sizeof text - 1 && strchr("+-.0123456789eE", *r->at)) {
        real |= strchr(".eE", *r->at) != NULL;
        text[n++] = *r->at++;
    }
    text[n] = '\0';
    if (!n) return VB_STORE;
    errno = 0;
    long long i = real ? 0 : strtoll(text, NULL, 10);
    *out = real || errno == ERANGE ? vb_cy_of_real(strtod(text, NULL)) : vb_cy_of_int(i);
    return VB_OK;
}

static vb_status read_value(reader *r, vb_value *out);

static vb_status read_list(reader *r, vb_value *out)
{
    vb_status status = VB_OK;
    VB_VEC(vb_value) list = { 0 };
    r->at++;
    if (!take(r, ']')) {
        do {
            TRY(vb_cy_push(r->heap, &list));
            TRY(read_value(r, &list.at[list.len - 1]));
        } while (take(r, ','));
        if (!take(r, ']')) return VB_STORE;
    }
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { list.at, list.len } };
done:
    return status;
}

static vb_status read_map(reader *r, vb_value_map *out)
{
    vb_status status = VB_OK;
    VB_VEC(vb_entry) map = { 0 };
    if (!take(r, '{')) return VB_STORE;
    if (!take(r, '}')) {
        do {
            TRY(vb_cy_push(r->heap, &map));
            TRY(read_text(r, &map.at[map.len - 1].key));
            if (!take(r, ':')) return VB_STORE;
            TRY(read_value(r, &map.at[map.len - 1].value));
        } while (take(r, ','));
        if (!take(r, '}')) return VB_STORE;
    }
    vb_cy_map_sort(map.at, &map.len);
    *out = (vb_value_map){ map.at, map.len };
done:
    return status;
}

static const char *const temporal_keys[] = { "$date",          "$localtime", "$time",
                                             "$localdatetime", "$datetime",  "$duration" };

/** {"$date": "2024-05-31"} and its like; VB_STORE where the text is none. */
static vb_status read_temporal(reader *r, const vb_entry *entry, vb_value *out)
{
    for (size_t i = 0; i < VB_COUNT(temporal_keys); i++) {
        vb_temporal t;
        vb_value_kind kind = (vb_value_kind)(VB_VALUE_DATE + i);
        if (!vb_str_eq(entry->key, vb_str_of(temporal_keys[i]))) continue;
        if (!vb_cy_temporal_read(entry->value.as.text, kind, &t)) return VB_STORE;
        return vb_cy_of_temporal(r->heap, kind, &t, out);
    }
    return VB_OK;
}

/** {"$float": "NaN"} is a number, {"$date": ...} a date; any other object a map. */
static vb_status read_object(reader *r, vb_value *out)
{
    vb_value_map map;
    vb_status status = read_map(r, &map);
    if (status != VB_OK) return status;
    *out = (vb_value){ .kind = VB_VALUE_MAP, .as.map = map };
    if (map.len != 1 || map.at[0].value.kind != VB_VALUE_STRING) return VB_OK;
    if (vb_str_eq(map.at[0].key, VB_STR("$float"))) {
        vb_str s = map.at[0].value.as.text;
        *out = vb_cy_of_real(s.len && s.at[0] == 'N'   ? (double)NAN
                             : s.len && s.at[0] == '-' ? -HUGE_VAL
                                                       : HUGE_VAL);
        return VB_OK;
    }
    return read_temporal(r, &map.at[0], out);
}

static vb_status read_value(reader *r, vb_value *out)
{
    static const struct {
        const char *word;
        vb_value value;
    } words[] = { { "null", { .kind = VB_VALUE_NULL } },
                  { "true", { .kind = VB_VALUE_BOOLEAN, .as.boolean = true } },
                  { "false", { .kind = VB_VALUE_BOOLEAN } } };
    vb_status status = VB_STORE;
    if (++r->depth > JSON_DEPTH) return VB_STORE;
    blanks(r);
    if (r->at >= r->end) return VB_STORE;
    if (*r->at == '"') {
        *out = vb_cy_of_text(VB_STR(""));
        status = read_text(r, &out->as.text);
    } else if (*r->at == '[') {
        status = read_list(r, out);
    } else if (*r->at == '{') {
        status = read_object(r, out);
    } else if (strchr("-0123456789", *r->at)) {
        status = read_number(r, out);
    }
    for (size_t i = 0; i < VB_COUNT(words); i++) {
        size_t n = strlen(words[i].word);
        if (status == VB_OK || (size_t)(r->end - r->at) < n || memcmp(r->at, words[i].word, n) != 0) continue;
        r->at += n;
        *out = words[i].value;
        status = VB_OK;
    }
    r->depth--;
    return status;
}

vb_status vb_cy_props_read(vb_cy_heap *heap, vb_str json, vb_value_map *out)
{
    *out = (vb_value_map){ 0 };
    if (!json.len) return VB_OK;
    reader r = { .heap = heap, .at = json.at, .end = json.at + json.len };
    return read_map(&r, out);
}

/* ---- one property among many -----------------------------------------------------------------------------
 */

/** Past a text; VB_STORE where it does not end. */
static vb_status pass_text(reader *r)
{
    if (!take(r, '"')) return VB_STORE;
    while (r->at < r->end && *r->at != '"') r->at += *r->at == '\\' ? 2 : 1;
    if (r->at >= r->end) return VB_STORE;
    r->at++;
    return VB_OK;
}

/** Past a value: to the comma or the brace after it. */
static vb_status pass_value(reader *r)
{
    size_t depth = 0;
    blanks(r);
    for (; r->at < r->end; r->at++) {
        char c = *r->at;
        if (!depth && (c == ',' || c == '}')) return VB_OK;
        if (c == '[' || c == '{') depth++;
        if (c == ']' || c == '}') depth--;
        if (c != '"') continue;
        if (pass_text(r) != VB_OK) return VB_STORE;
        r->at--;
    }
    return VB_STORE;
}

/** Whether the text that comes next says @p key; it is passed over. */
static vb_status is_key(reader *r, vb_str key, bool *out)
{
    vb_status status;
    vb_str is;
    blanks(r);
    const char *from = r->at;
    TRY(pass_text(r));
    is = (vb_str){ from + 1, (size_t)(r->at - from) - 2 };
    if (memchr(is.at, '\\', is.len)) {
        r->at = from;
        TRY(read_text(r, &is));
    }
    *out = vb_str_eq(is, key);
done:
    return status;
}

vb_status vb_cy_props_get(vb_cy_heap *heap, vb_str json, vb_str key, vb_value *out, bool *found)
{
    vb_status status = VB_OK;
    bool is;
    *found = false;
    if (!json.len) return VB_OK;
    reader r = { .heap = heap, .at = json.at, .end = json.at + json.len };
    if (!take(&r, '{')) return VB_STORE;
    if (take(&r, '}')) return VB_OK;
    do {
        TRY(is_key(&r, key, &is));
        if (!take(&r, ':')) return VB_STORE;
        if (is)
            TRY(read_value(&r, out));
        else
            TRY(pass_value(&r));
        *found |= is; /* of equal keys the last one counts */
    } while (take(&r, ','));
    if (!take(&r, '}')) return VB_STORE;
done:
    return status;
}

/* ---- writing ---------------------------------------------------------------------------------------------
 */

static vb_status write_text(vb_str s, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("\"")));
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c == '"' || c == '\\')
            TRY(vb_buf_printf(out, "\\%c", c));
        else if (c < ' ')
            TRY(vb_buf_printf(out, "\\u%04x", c));
        else
            TRY(vb_buf_add(out, (vb_str){ &s.at[i], 1 }));
    }
    TRY(vb_buf_add(out, VB_STR("\"")));
done:
    return status;
}

static vb_status write_value(const vb_value *v, vb_buf *out)
{
    char number[40], text[CY_TEMPORAL_TEXT];
    vb_status status = VB_OK;
    switch (v->kind) {
    case VB_VALUE_BOOLEAN:
        return vb_buf_add(out, v->as.boolean ? VB_STR("true") : VB_STR("false"));
    case VB_VALUE_INTEGER:
        return vb_buf_printf(out, "%lld", (long long)v->as.integer);
    case VB_VALUE_FLOAT:
        vb_cy_print_real(v->as.number, number);
        if (isfinite(v->as.number)) return vb_buf_add(out, vb_str_of(number));
        return vb_buf_printf(out, "{\"$float\":\"%s\"}", number);
    case VB_VALUE_STRING:
        return write_text(v->as.text, out);
    case VB_VALUE_LIST:
        TRY(vb_buf_add(out, VB_STR("[")));
        for (size_t i = 0; i < v->as.list.len; i++) {
            if (i) TRY(vb_buf_add(out, VB_STR(",")));
            TRY(write_value(&v->as.list.at[i], out));
        }
        return vb_buf_add(out, VB_STR("]"));
    default:
        if (v->kind < VB_VALUE_DATE) return vb_buf_add(out, VB_STR("null"));
        vb_cy_temporal_text(v, text);
        return vb_buf_printf(out, "{\"%s\":\"%s\"}", temporal_keys[v->kind - VB_VALUE_DATE], text);
    }
done:
    return status;
}

vb_status vb_cy_props_write(const vb_value_map *map, vb_buf *out)
{
    vb_status status;
    bool first = true;
    TRY(vb_buf_add(out, VB_STR("{")));
    for (size_t i = 0; i < map->len; i++) {
        if (map->at[i].value.kind == VB_VALUE_NULL) continue;
        if (!first) TRY(vb_buf_add(out, VB_STR(",")));
        first = false;
        TRY(write_text(map->at[i].key, out));
        TRY(vb_buf_add(out, VB_STR(":")));
        TRY(write_value(&map->at[i].value, out));
    }
    TRY(vb_buf_add(out, VB_STR("}")));
done:
    return status;
}

/** Whether a property can hold it, on its own or in a list. */
static bool may_one(const vb_value *v)
{
    return (v->kind >= VB_VALUE_BOOLEAN && v->kind <= VB_VALUE_STRING) || v->kind >= VB_VALUE_DATE;
}

bool vb_cy_props_may(const vb_value *v)
{
    if (v->kind != VB_VALUE_LIST) return v->kind == VB_VALUE_NULL || may_one(v);
    for (size_t i = 0; i < v->as.list.len; i++)
        if (!may_one(&v->as.list.at[i])) return false;
    return true;
}
