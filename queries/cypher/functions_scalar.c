/** Functions on any value, and from one kind to another. What cannot be read as the other kind is null. */
#include "queries/cypher/temporal.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out
#define UNUSED (void)run, (void)heap, (void)e, (void)args, (void)n

static vb_status fn_coalesce(ARGS)
{
    UNUSED;
    *out = vb_cy_null;
    for (size_t i = 0; i < n && out->kind == VB_VALUE_NULL; i++) *out = args[i];
    return VB_OK;
}

static vb_status fn_to_string(ARGS)
{
    UNUSED;
    char text[CY_TEMPORAL_TEXT];
    if (args[0].kind == VB_VALUE_STRING) {
        *out = args[0];
        return VB_OK;
    }
    if (args[0].kind == VB_VALUE_INTEGER)
        (void)snprintf(text, sizeof text, "%lld", (long long)args[0].as.integer);
    else if (args[0].kind == VB_VALUE_FLOAT)
        vb_cy_print_real(args[0].as.number, text);
    else if (args[0].kind >= VB_VALUE_DATE)
        vb_cy_temporal_text(&args[0], text);
    else
        (void)snprintf(text, sizeof text, "%s", args[0].as.boolean ? "true" : "false");
    out->kind = VB_VALUE_STRING;
    return vb_cy_text_copy(heap, vb_str_of(text), &out->as.text);
}

/** A text that is a number from end to end. */
static bool read_number(vb_str s, double *real, int64_t *whole, bool *is_whole)
{
    char text[128], *end;
    s = vb_str_trim(s);
    if (!s.len || s.len >= sizeof text || strspn(s.at, "+-.0123456789eE") < s.len) return false;
    memcpy(text, s.at, s.len);
    text[s.len] = '\0';
    *real = strtod(text, &end);
    if (*end) return false;
    errno = 0;
    *whole = strtoll(text, &end, 10);
    *is_whole = !*end && errno == 0;
    return true;
}

static vb_status fn_to_integer(ARGS)
{
    UNUSED;
    double d = 0;
    int64_t i;
    bool whole;
    *out = vb_cy_null;
    if (args[0].kind == VB_VALUE_INTEGER)
        *out = args[0];
    else if (args[0].kind == VB_VALUE_BOOLEAN)
        *out = vb_cy_of_int(args[0].as.boolean);
    else if (args[0].kind == VB_VALUE_FLOAT)
        d = args[0].as.number;
    else if (!read_number(args[0].as.text, &d, &i, &whole))
        return VB_OK;
    else if (whole)
        *out = vb_cy_of_int(i);
    if (out->kind == VB_VALUE_NULL && d > -9223372036854775808.0 && d < 9223372036854775808.0)
        *out = vb_cy_of_int((int64_t)d);
    return VB_OK;
}

static vb_status fn_to_float(ARGS)
{
    UNUSED;
    double d;
    int64_t i;
    bool whole;
    *out = vb_cy_null;
    if (args[0].kind != VB_VALUE_STRING)
        *out = vb_cy_of_real(vb_cy_real(&args[0]));
    else if (read_number(args[0].as.text, &d, &i, &whole))
        *out = vb_cy_of_real(d);
    return VB_OK;
}

static vb_status fn_to_boolean(ARGS)
{
    UNUSED;
    *out = vb_cy_null;
    if (args[0].kind == VB_VALUE_BOOLEAN)
        *out = args[0];
    else if (args[0].kind == VB_VALUE_INTEGER)
        *out = vb_cy_of_bool(args[0].as.integer != 0);
    else {
        vb_str s = vb_str_trim(args[0].as.text);
        if (s.len == 4 && strncasecmp(s.at, "true", 4) == 0) *out = vb_cy_of_bool(true);
        if (s.len == 5 && strncasecmp(s.at, "false", 5) == 0) *out = vb_cy_of_bool(false);
    }
    return VB_OK;
}

static vb_status fn_exists(ARGS)
{
    UNUSED;
    *out = vb_cy_of_bool(
        args[0].kind != VB_VALUE_NULL &&
        !(args[0].kind == VB_VALUE_BOOLEAN && e->args.at[0]->kind == E_PATTERN && !args[0].as.boolean));
    return VB_OK;
}

static vb_status fn_timestamp(ARGS)
{
    UNUSED;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *out = vb_cy_of_int((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
    return VB_OK;
}

enum { TY_TEXTUAL = TY_STRING | TY_NUMBER | TY_BOOLEAN | TY_TEMPORAL };

const vb_cy_function vb_cy_functions_scalar[] = {
    { .name = "coalesce", .min = 1, .max = 255, .call = fn_coalesce, .result = TY_ANY, .null_in = true },
    { .name = "exists", .min = 1, .max = 1, .call = fn_exists, .result = TY_BOOLEAN, .null_in = true },
    { .name = "timestamp", .call = fn_timestamp, .result = TY_INTEGER, .varies = true },
    { .name = "toboolean",
      .min = 1,
      .max = 1,
      .call = fn_to_boolean,
      .result = TY_BOOLEAN | TY_NULL,
      .takes = { TY_BOOLEAN | TY_STRING | TY_INTEGER } },
    { .name = "tofloat",
      .min = 1,
      .max = 1,
      .call = fn_to_float,
      .result = TY_FLOAT | TY_NULL,
      .takes = { TY_STRING | TY_NUMBER } },
    { .name = "tointeger",
      .min = 1,
      .max = 1,
      .call = fn_to_integer,
      .result = TY_INTEGER | TY_NULL,
      .takes = { TY_STRING | TY_NUMBER | TY_BOOLEAN } },
    { .name = "tostring",
      .min = 1,
      .max = 1,
      .call = fn_to_string,
      .result = TY_STRING | TY_NULL,
      .takes = { TY_TEXTUAL } },
    { 0 },
};
