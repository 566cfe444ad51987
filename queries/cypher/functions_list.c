/** Functions on lists (and what is like one: texts, paths). */
#include "queries/cypher/cypher.h"

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out
#define UNUSED (void)run, (void)heap, (void)e, (void)args, (void)n

static vb_status fn_size(ARGS)
{
    UNUSED;
    int64_t count = 0;
    if (args[0].kind == VB_VALUE_LIST)
        count = (int64_t)args[0].as.list.len;
    else
        for (size_t i = 0; i < args[0].as.text.len; i++)
            count += ((unsigned char)args[0].as.text.at[i] & 0xc0) != 0x80;
    *out = vb_cy_of_int(count);
    return VB_OK;
}

static vb_status fn_head(ARGS)
{
    UNUSED;
    vb_value_list list = args[0].as.list;
    *out = !list.len ? vb_cy_null : e->function->name[0] == 'h' ? list.at[0] : list.at[list.len - 1];
    return VB_OK;
}

static vb_status fn_tail(ARGS)
{
    UNUSED;
    *out = args[0];
    if (out->as.list.len) out->as.list = (vb_value_list){ out->as.list.at + 1, out->as.list.len - 1 };
    return VB_OK;
}

static vb_status reverse_text(vb_cy_heap *heap, vb_str s, vb_value *out)
{
    char *to = vb_cy_get(heap, s.len + 1);
    size_t len;
    if (!to) return VB_NO_MEMORY;
    for (size_t i = 0; i < s.len; i += len) {
        vb_utf8_at(s, i, &len);
        memcpy(to + s.len - i - len, s.at + i, len);
    }
    *out = vb_cy_of_text((vb_str){ to, s.len });
    return VB_OK;
}

static vb_status fn_reverse(ARGS)
{
    UNUSED;
    if (args[0].kind == VB_VALUE_STRING) return reverse_text(heap, args[0].as.text, out);
    size_t len = args[0].as.list.len;
    vb_value *at = vb_cy_get(heap, len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < len; i++) at[i] = args[0].as.list.at[len - 1 - i];
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, len } };
    return VB_OK;
}

static vb_status fn_range(ARGS)
{
    UNUSED;
    int64_t from = args[0].as.integer, to = args[1].as.integer, step = n > 2 ? args[2].as.integer : 1;
    if (!step)
        return vb_cy_run_fail(run, e->args.at[2], "!ArgumentError/NumberOutOfRange",
                              "range() cannot step by 0");
    bool none = step > 0 ? from > to : from < to;
    uint64_t span = step > 0 ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
    uint64_t by = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
    uint64_t len = none ? 0 : span / by;
    if (len >= CY_PARTS_MAX)
        return vb_cy_run_fail(run, e, "!LimitExceeded/List", "range() makes at most %d items", CY_PARTS_MAX);
    if (!none) len++;
    vb_value *at = vb_cy_get(heap, (size_t)len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (uint64_t i = 0; i < len; i++) at[i] = vb_cy_of_int((int64_t)((uint64_t)from + i * (uint64_t)step));
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, (size_t)len } };
    return VB_OK;
}

#define LIST(word, fn, kinds)                                                              \
    {                                                                                      \
        .name = word, .min = 1, .max = 1, .call = fn, .result = TY_ANY, .takes = { kinds } \
    }

const vb_cy_function vb_cy_functions_list[] = {
    LIST("head", fn_head, TY_LIST),
    LIST("last", fn_head, TY_LIST),
    { .name = "range",
      .min = 2,
      .max = 3,
      .call = fn_range,
      .result = TY_LIST | TY_NULL,
      .takes = { TY_INTEGER, TY_INTEGER, TY_INTEGER } },
    LIST("reverse", fn_reverse, TY_LIST | TY_STRING),
    { .name = "size",
      .min = 1,
      .max = 1,
      .call = fn_size,
      .result = TY_INTEGER | TY_NULL,
      .takes = { TY_LIST | TY_STRING } },
    LIST("tail", fn_tail, TY_LIST),
    { 0 },
};
