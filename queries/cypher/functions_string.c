/** Functions on text, which count characters (code points), not bytes. */
#include "queries/cypher/cypher.h"

#include <stdlib.h>
#include <utf8proc.h>

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out
#define UNUSED (void)run, (void)heap, (void)e, (void)args, (void)n

/** The byte where character @p i starts; s.len past the end. */
static size_t offset(vb_str s, int64_t i)
{
    size_t at = 0, len;
    for (; i > 0 && at < s.len; i--) {
        vb_utf8_at(s, at, &len);
        at += len;
    }
    return at;
}

static int64_t characters(vb_str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.at[i] & 0xc0) != 0x80;
    return n;
}

static vb_status no_negative(vb_cy_run *run, const vb_cy_expr *e)
{
    return vb_cy_run_fail(run, e, "!ArgumentError/NegativeIntegerArgument", "a length or place below 0");
}

static vb_status map_case(vb_cy_heap *heap, vb_str s, utf8proc_int32_t (*fn)(utf8proc_int32_t), vb_value *out)
{
    char *to = vb_cy_get(heap, s.len * 4 + 4);
    size_t len = 0, n;
    if (!to) return VB_NO_MEMORY;
    for (size_t i = 0; i < s.len; i += n)
        len += (size_t)utf8proc_encode_char(fn((utf8proc_int32_t)vb_utf8_at(s, i, &n)),
                                            (utf8proc_uint8_t *)to + len);
    *out = vb_cy_of_text((vb_str){ to, len });
    return VB_OK;
}

static vb_status fn_lower(ARGS)
{
    UNUSED;
    return map_case(heap, args[0].as.text, utf8proc_tolower, out);
}
static vb_status fn_upper(ARGS)
{
    UNUSED;
    return map_case(heap, args[0].as.text, utf8proc_toupper, out);
}

static vb_status fn_trim(ARGS)
{
    UNUSED;
    vb_str s = args[0].as.text;
    const char *name = e->function->name;
    while (*name != 'r' && s.len && strchr(" \t\r\n", s.at[0])) s = vb_str_part(s, 1, s.len);
    while (*name != 'l' && s.len && strchr(" \t\r\n", s.at[s.len - 1])) s.len--;
    *out = vb_cy_of_text(s);
    return VB_OK;
}

static vb_status fn_left(ARGS)
{
    UNUSED;
    if (args[1].as.integer < 0) return no_negative(run, e);
    *out = vb_cy_of_text(vb_str_part(args[0].as.text, 0, offset(args[0].as.text, args[1].as.integer)));
    return VB_OK;
}

static vb_status fn_right(ARGS)
{
    UNUSED;
    vb_str s = args[0].as.text;
    if (args[1].as.integer < 0) return no_negative(run, e);
    int64_t skip = characters(s) - args[1].as.integer;
    *out = vb_cy_of_text(vb_str_part(s, skip > 0 ? offset(s, skip) : 0, s.len));
    return VB_OK;
}

static vb_status fn_substring(ARGS)
{
    UNUSED;
    vb_str s = args[0].as.text;
    if (args[1].as.integer < 0 || (n > 2 && args[2].as.integer < 0)) return no_negative(run, e);
    s = vb_str_part(s, offset(s, args[1].as.integer), s.len);
    if (n > 2) s = vb_str_part(s, 0, offset(s, args[2].as.integer));
    *out = vb_cy_of_text(s);
    return VB_OK;
}

static vb_status fn_replace(ARGS)
{
    UNUSED;
    vb_str s = args[0].as.text, old = args[1].as.text, fresh = args[2].as.text;
    size_t at = 0, next, hits = 0, len = 0;
    *out = args[0];
    if (!old.len) return VB_OK;
    while ((next = vb_str_find(s, old, at)) != SIZE_MAX) {
        hits++;
        at = next + old.len;
    }
    char *to = vb_cy_get(heap, s.len + hits * fresh.len + 1);
    if (!to) return VB_NO_MEMORY;
    for (at = 0; (next = vb_str_find(s, old, at)) != SIZE_MAX; at = next + old.len) {
        memcpy(to + len, s.at + at, next - at);
        len += next - at;
        if (fresh.len) memcpy(to + len, fresh.at, fresh.len);
        len += fresh.len;
    }
    if (s.len > at) memcpy(to + len, s.at + at, s.len - at);
    *out = vb_cy_of_text((vb_str){ to, len + s.len - at });
    return VB_OK;
}

static vb_status fn_split(ARGS)
{
    UNUSED;
    vb_status status = VB_OK;
    vb_str s = args[0].as.text, by = args[1].as.text;
    VB_VEC(vb_value) list = { 0 };
    size_t at = 0, next;
    for (;;) {
        if (by.len)
            next = vb_str_find(s, by, at);
        else
            next = offset(vb_str_part(s, at, s.len), 1) + at >= s.len
                       ? SIZE_MAX
                       : offset(vb_str_part(s, at, s.len), 1) + at;
        TRY(vb_cy_push(heap, &list));
        list.at[list.len - 1] = vb_cy_of_text(vb_str_part(s, at, next == SIZE_MAX ? s.len : next));
        if (next == SIZE_MAX) break;
        at = next + by.len;
    }
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { list.at, list.len } };
done:
    return status;
}

#define TEXT(word, fn)                                                                                      \
    {                                                                                                       \
        .name = word, .min = 1, .max = 1, .call = fn, .result = TY_STRING | TY_NULL, .takes = { TY_STRING } \
    }
#define PART(word, lo, hi, fn)                                                                    \
    {                                                                                             \
        .name = word, .min = lo, .max = hi, .call = fn, .result = TY_STRING | TY_NULL, .takes = { \
            TY_STRING,                                                                            \
            TY_INTEGER,                                                                           \
            TY_INTEGER                                                                            \
        }                                                                                         \
    }

const vb_cy_function vb_cy_functions_string[] = {
    PART("left", 2, 2, fn_left),
    TEXT("ltrim", fn_trim),
    { .name = "replace",
      .min = 3,
      .max = 3,
      .call = fn_replace,
      .result = TY_STRING | TY_NULL,
      .takes = { TY_STRING, TY_STRING, TY_STRING } },
    PART("right", 2, 2, fn_right),
    TEXT("rtrim", fn_trim),
    { .name = "split",
      .min = 2,
      .max = 2,
      .call = fn_split,
      .result = TY_LIST | TY_NULL,
      .takes = { TY_STRING, TY_STRING } },
    PART("substring", 2, 3, fn_substring),
    TEXT("tolower", fn_lower),
    TEXT("toupper", fn_upper),
    TEXT("trim", fn_trim),
    { 0 },
};
