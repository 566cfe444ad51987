/**
 * EXPLAIN and PROFILE: the tree of operators as rows, from the last step to the first, each with what it
 * does, how many rows the planner expects, and, where the query ran, how many there were and how long the
 * step itself took. The plans of patterns and subqueries within expressions follow, each under its place in
 * the text.
 */
#include "queries/cypher/operators.h"

#include <math.h>
#include <stdarg.h>

enum { DETAIL_MAX = 120, INDENT_MAX = 40, COLUMNS = 5 };

static const char *const names[COLUMNS] = { "operator", "details", "estimated", "rows", "time_ms" };

/* ---- words for what an operator does --------------------------------------------------------------------
 */

static vb_status put_slot(vb_cy_plan *p, int slot, vb_buf *out)
{
    for (size_t i = p->vars.len; i-- > 0;)
        if (p->vars.at[i].slot == slot) return vb_buf_add(out, p->vars.at[i].name);
    return VB_OK;
}

/** As it is written; what the planner made of a pattern is written anew. */
static vb_status put_expr(vb_cy_plan *p, const vb_cy_expr *e, vb_buf *out)
{
    static const char *const signs[] = { "=", "<>", "<", "<=", ">", ">=" };
    vb_status status = VB_OK;
    if (e->end > e->at) return vb_buf_add(out, vb_str_part(p->source->text, e->at, e->end));
    switch (e->kind) {
    case E_VARIABLE:
        return put_slot(p, e->slot, out);
    case E_PROPERTY:
        TRY(put_expr(p, e->args.at[0], out));
        return vb_buf_printf(out, ".%.*s", VB_FMT(e->name));
    case E_COMPARE:
        TRY(put_expr(p, e->args.at[0], out));
        TRY(vb_buf_printf(out, " %s ", signs[e->ops[0]]));
        return put_expr(p, e->args.at[1], out);
    case E_LABELS:
        TRY(put_expr(p, e->args.at[0], out));
        for (size_t i = 0; i < e->keys.len; i++) TRY(vb_buf_printf(out, ":%.*s", VB_FMT(e->keys.at[i])));
        break;
    default:
        return vb_buf_add(out, VB_STR("..."));
    }
done:
    return status;
}

static vb_status put_node(vb_cy_plan *p, int slot, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_add(out, VB_STR("(")));
    TRY(put_slot(p, slot, out));
    TRY(vb_buf_add(out, VB_STR(")")));
done:
    return status;
}

static vb_status put_rel(const vb_cy_rel *r, int direction, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_printf(out, "%s-[%.*s", direction < 0 ? "<" : "", VB_FMT(r->name)));
    for (size_t i = 0; i < r->types.len; i++)
        TRY(vb_buf_printf(out, "%s%.*s", i ? "|" : ":", VB_FMT(r->types.at[i])));
    if (r->var_length) TRY(vb_buf_printf(out, "*%lld..", (long long)r->min));
    if (r->var_length && r->max >= 0) TRY(vb_buf_printf(out, "%lld", (long long)r->max));
    TRY(vb_buf_printf(out, "]-%s", direction > 0 ? ">" : ""));
done:
    return status;
}

static vb_status put_items(vb_cy_plan *p, const vb_cy_items *items, vb_buf *out)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < items->len; i++) {
        if (i) TRY(vb_buf_add(out, VB_STR(", ")));
        TRY(put_expr(p, items->at[i].expr, out));
    }
done:
    return status;
}

/** One of @p kinds: s a text (const char *), t a vb_str, n a node's slot, e an expression, i items, o an
 *  order, r a relationship and its direction, l labels. */
static vb_status put_one(vb_cy_plan *p, char kind, va_list *args, vb_buf *out)
{
    vb_status status = VB_OK;
    switch (kind) {
    case 's':
        return vb_buf_add(out, vb_str_of(va_arg(*args, const char *)));
    case 't':
        return vb_buf_add(out, va_arg(*args, vb_str));
    case 'n':
        return put_node(p, va_arg(*args, int), out);
    case 'e':
        return put_expr(p, va_arg(*args, const vb_cy_expr *), out);
    case 'i':
        return put_items(p, va_arg(*args, const vb_cy_items *), out);
    case 'o': {
        const vb_cy_sorts *order = va_arg(*args, const vb_cy_sorts *);
        for (size_t i = 0; i < order->len; i++) {
            if (i) TRY(vb_buf_add(out, VB_STR(", ")));
            TRY(put_expr(p, order->at[i].expr, out));
            if (order->at[i].descending) TRY(vb_buf_add(out, VB_STR(" DESC")));
        }
        break;
    }
    case 'r': {
        const vb_cy_rel *r = va_arg(*args, const vb_cy_rel *);
        return put_rel(r, va_arg(*args, int), out);
    }
    default: {
        const vb_cy_names *labels = va_arg(*args, const vb_cy_names *);
        for (size_t i = 0; i < labels->len; i++) TRY(vb_buf_printf(out, ":%.*s", VB_FMT(labels->at[i])));
    }
    }
done:
    return status;
}

void *vb_cy_op_tell(vb_cy_plan *p, void *at, const char *kinds, ...)
{
    vb_cy_op *op = at;
    vb_buf text = { 0 };
    vb_status status = VB_OK;
    va_list args;
    if (!op || !p->run->options->explain) return at;
    va_start(args, kinds);
    for (; *kinds && status == VB_OK; kinds++) status = put_one(p, *kinds, &args, &text);
    va_end(args);
    vb_str line = vb_buf_view(&text);
    size_t len = line.len < DETAIL_MAX ? line.len : DETAIL_MAX;
    while (len && len < line.len && ((unsigned char)line.at[len] & 0xc0) == 0x80) len--;
    for (size_t i = 0; text.at && i < len; i++)
        if ((unsigned char)text.at[i] < ' ') text.at[i] = ' ';
    if (status == VB_OK)
        status = vb_arena_printf(p->source->arena, &op->detail, "%.*s%s", (int)len, line.at ? line.at : "",
                                 len < line.len ? "…" : "");
    vb_buf_clear(&text);
    return status == VB_OK ? at : NULL;
}

/* ---- rows -----------------------------------------------------------------------------------------------
 */

typedef struct teller {
    vb_cy_heap *heap;
    vb_cy_rows *rows;
    bool ran;
} teller;

static int64_t below(const vb_cy_op *op)
{
    int64_t ns = op->child ? op->child->ns : 0;
    if (op->other) ns += op->other->ns;
    for (size_t i = 0; i < op->n_parts; i++) ns += op->parts[i]->ns;
    return ns;
}

static vb_status tell(teller *t, const vb_cy_op *op, const char *name, unsigned depth)
{
    vb_status status;
    vb_buf text = { 0 };
    vb_value *row = vb_cy_get(t->heap, COLUMNS * sizeof *row);
    if (!row) return VB_NO_MEMORY;
    for (unsigned i = 0; i < depth && i < INDENT_MAX; i++) TRY(vb_buf_add(&text, VB_STR("| ")));
    TRY(vb_buf_add(&text, vb_str_of(name)));
    row[0].kind = VB_VALUE_STRING;
    TRY(vb_cy_text_copy(t->heap, vb_buf_view(&text), &row[0].as.text));
    row[1] = op && op->detail.len ? vb_cy_of_text(op->detail) : vb_cy_null;
    row[2] = row[3] = row[4] = vb_cy_null;
    if (op) row[2] = vb_cy_of_int(op->estimate < 1e15 ? (int64_t)ceil(op->estimate) : (int64_t)1e15);
    if (op && t->ran) {
        int64_t own = op->ns - below(op);
        row[3] = vb_cy_of_int(op->n_rows);
        row[4] = vb_cy_of_real((double)(own > 0 ? own / 1000 : 0) / 1000.0);
    }
    TRY(vb_cy_push(t->heap, &t->rows->rows));
    t->rows->rows.at[t->rows->rows.len - 1] = row;
done:
    vb_buf_clear(&text);
    return status;
}

/** The child is the step before: it stands deeper by one only where there is another beside it. */
static vb_status tell_tree(teller *t, const vb_cy_op *op, unsigned depth)
{
    vb_status status = VB_OK;
    for (; op; op = op->child) {
        TRY(tell(t, op, op->kind->name, depth));
        if (op->other) TRY(tell_tree(t, op->other, depth + 1));
        for (size_t i = 0; i < op->n_parts; i++) TRY(tell_tree(t, op->parts[i], depth + 1));
    }
done:
    return status;
}

vb_status vb_cy_explain_rows(vb_cy_run *run, vb_cy_op *top, vb_cy_heap *heap, vb_cy_rows *out)
{
    vb_status status;
    char name[64];
    teller t = { heap, out, run->options->explain == VB_QUERY_PROFILE };
    TRY(tell_tree(&t, top, 0));
    for (size_t i = 0; i < run->subplans.len; i++) {
        snprintf(name, sizeof name, "Subquery at byte %u", run->subplans.at[i].at);
        TRY(tell(&t, NULL, name, 0));
        TRY(tell_tree(&t, run->subplans.at[i].op, 1));
    }
done:
    return status;
}

size_t vb_cy_explain_columns(const vb_cy_run *run, const char *const **out)
{
    *out = names;
    return run->options->explain == VB_QUERY_PROFILE ? COLUMNS : COLUMNS - 2;
}
