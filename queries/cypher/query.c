/**
 * The public face: a query from its text to its last row. What it compiles lives in one arena, what it holds
 * while it runs in heaps that count against its limit.
 */
#include "graph/corrections.h"
#include "queries/cypher/operators.h"

#include <stdlib.h>
#include <stdarg.h>
#include <time.h>

struct vb_query {
    vb_cy_run run;
    vb_query_options options;
    vb_arena *arena;
    vb_cy_op *top;
    vb_str *columns;
    int *slots;
    size_t n_columns;
    vb_value *row;
    vb_cy_heap heap;  /* of the row that was given */
    vb_cy_rows rows;  /* of a query that writes: all of them */
    vb_cy_slots kept; /* their slots */
    size_t at;
    bool started, ended;
};

enum { MEMORY_DEFAULT = 1 << 30, TICKS = 256, STEPS = 20000 /* of SQLite, between two looks */ };

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

vb_status vb_cy_stop(vb_cy_run *run)
{
    if (run->options->stop && *run->options->stop)
        return vb_cy_fail(&run->source, 0, VB_STOPPED, "!LimitExceeded/Stopped", "stopped");
    if (run->deadline && now_ms() > run->deadline)
        return vb_cy_fail(&run->source, 0, VB_STOPPED, "!LimitExceeded/Timeout",
                          "the query took longer than %u ms", run->options->timeout_ms);
    return VB_OK;
}

vb_status vb_cy_tick(vb_cy_run *run)
{
    return ++run->ticks % TICKS ? VB_OK : vb_cy_stop(run);
}

/** The same within a long statement of SQLite. */
static int must_stop(void *run)
{
    return vb_cy_stop(run) != VB_OK;
}

vb_status vb_cy_run_fail(vb_cy_run *run, const vb_cy_expr *at, const char *what, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return vb_cy_fail(&run->source, at ? at->at : 0, VB_BAD_INPUT, what, "%s", text);
}

static vb_status set_columns(vb_query *q, vb_cy_plan *p, const vb_cy_query *tree)
{
    const vb_cy_single *first = tree->parts.at[0];
    const vb_cy_clause *last = first->clauses.at[first->clauses.len - 1];
    bool alone = last->kind == CL_CALL && first->clauses.len == 1;
    if (last->kind != CL_RETURN && !alone) return VB_OK;
    size_t n = last->items.len;
    q->columns = vb_arena_array(q->arena, n, sizeof *q->columns);
    q->slots = vb_arena_array(q->arena, n, sizeof *q->slots);
    q->row = vb_arena_array(q->arena, n + 1, sizeof *q->row);
    if (!q->columns || !q->slots || !q->row) return vb_cy_fail_memory(p->source);
    for (size_t i = 0; i < n; i++) {
        q->columns[i] = last->items.at[i].name;
        q->slots[i] = last->items.at[i].slot;
        if (vb_cy_slots_add(p, &q->kept, q->slots[i]) != VB_OK) return VB_NO_MEMORY;
    }
    q->n_columns = n;
    return VB_OK;
}

/** What EXPLAIN and PROFILE return is not what the query does. */
static vb_status plan_columns(vb_query *q)
{
    const char *const *names;
    q->n_columns = vb_cy_explain_columns(&q->run, &names);
    q->columns = vb_arena_array(q->arena, q->n_columns, sizeof *q->columns);
    q->row = vb_arena_array(q->arena, q->n_columns, sizeof *q->row);
    if (!q->columns || !q->row) return vb_cy_fail_memory(&q->run.source);
    for (size_t i = 0; i < q->n_columns; i++) q->columns[i] = vb_str_of(names[i]);
    return VB_OK;
}

static vb_status compile(vb_query *q, vb_str text)
{
    vb_status status;
    vb_cy_run *run = &q->run;
    vb_cy_query *tree = NULL;
    vb_str copy;
    vb_cy_plan p = { .run = run, .source = &run->source, .n_nodes = -1 };
    if (vb_arena_copy(q->arena, text, &copy) != VB_OK) return vb_cy_fail_memory(&run->source);
    run->source.text = copy;
    TRY(vb_cy_parse_text(&run->source, &tree));
    if (tree->mode) q->options.explain = (vb_query_mode)tree->mode;
    vb_cy_op *once = vb_cy_op_once(&p);
    if (!once) return vb_cy_fail_memory(&run->source);
    TRY(vb_cy_plan_query(&p, tree, once, false, &q->top));
    TRY(vb_cy_rewrite(&p, &q->top));
    TRY(q->options.explain ? plan_columns(q) : set_columns(q, &p, tree));
    run->writes = p.writes && q->options.explain != VB_QUERY_EXPLAIN;
    if (run->writes && !run->options->write)
        return vb_cy_fail(&run->source, 0, VB_BAD_ARGUMENT, "PermissionDenied/ReadOnly",
                          "this query writes, and may only read");
    run->n_slots = p.n_slots;
    run->slots = vb_arena_array(q->arena, (size_t)p.n_slots + 1, sizeof *run->slots);
    if (!run->slots) return vb_cy_fail_memory(&run->source);
done:
    return status;
}

static vb_status answer(vb_cy_run *run, vb_status status)
{
    if (status == VB_OK) return VB_OK;
    if (run->source.status != VB_OK) return run->source.status; /* memory: the limit's error came first */
    return status == VB_NO_MEMORY
               ? vb_cy_fail_memory(&run->source)
               : vb_cy_fail(&run->source, 0, status, "!StoreError/Store", "the store refused");
}

vb_status vb_query_open(vb_store *store, vb_str text, const vb_query_options *options, vb_query **out,
                        vb_query_error *err)
{
    vb_query *q = calloc(1, sizeof *q);
    vb_cy_source none = { .err = err };
    if (!q) return vb_cy_fail_memory(&none);
    q->arena = vb_arena_new();
    if (options) q->options = *options;
    q->run = (vb_cy_run){ .store = store,
                          .options = &q->options,
                          .limit = q->options.memory,
                          .source = { .arena = q->arena, .err = err },
                          .random = 0x9e3779b97f4a7c15u };
    if (!q->run.limit) q->run.limit = MEMORY_DEFAULT;
    q->run.random ^= (uint64_t)now_ms() << 16;
    q->run.temp.run = q->run.keep.run = q->heap.run = &q->run;
    vb_status status = q->arena ? answer(&q->run, compile(q, text)) : vb_cy_fail_memory(&none);
    q->run.source.err = NULL;
    if (status != VB_OK) {
        vb_query_close(q);
        return status;
    }
    *out = q;
    return VB_OK;
}

const vb_str *vb_query_columns(const vb_query *q, size_t *n)
{
    *n = q->n_columns;
    return q->columns;
}

const vb_str *vb_query_notes(const vb_query *q, size_t *n)
{
    *n = q->run.notes.len;
    return q->run.notes.at;
}

const vb_query_effects *vb_query_changed(const vb_query *q)
{
    return &q->run.effects;
}

void vb_query_close(vb_query *q)
{
    if (!q) return;
    for (vb_cy_op *op = q->run.ops; op; op = op->all) {
        if (op->kind->close) op->kind->close(op);
        vb_cy_heap_free(&op->heap);
    }
    vb_cy_statements_end(&q->run);
    vb_cy_changes_free(&q->run);
    vb_cy_heap_free(&q->heap);
    vb_cy_heap_free(&q->run.temp);
    vb_cy_heap_free(&q->run.keep);
    vb_arena_free(q->arena);
    free(q);
}

/* ---- running
 * --------------------------------------------------------------------------------------------------- */

/** Take the row out of the slots, with all that its nodes and relationships hold. */
static vb_status take_row(vb_query *q, vb_cy_heap *heap, vb_value *row)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < q->n_columns; i++)
        TRY(vb_cy_thing_fill(&q->run, heap, &q->run.slots[q->slots[i]], &row[i]));
done:
    return status;
}

/** Run a query for what its steps do: its own rows are passed over. */
static vb_status drain(vb_query *q)
{
    vb_status status;
    bool row = true;
    while ((status = vb_cy_op_next(&q->run, q->top, &row)) == VB_OK && row) {
    }
    return status;
}

static vb_status run_reads(vb_query *q, bool *row)
{
    vb_status status;
    vb_cy_heap_reset(&q->heap);
    do TRY(vb_cy_op_next(&q->run, q->top, row));
    while (*row && !q->n_columns);
    if (*row) TRY(take_row(q, &q->heap, q->row));
done:
    return status;
}

static vb_status collect(vb_query *q)
{
    vb_status status;
    bool row;
    vb_cy_run *run = &q->run;
    if (q->options.explain) {
        TRY(drain(q));
        return vb_cy_effects_sum(run);
    }
    while ((status = vb_cy_op_next(run, q->top, &row)) == VB_OK && row)
        if (q->n_columns) TRY(vb_cy_rows_add(run, &q->heap, &q->rows, &q->kept));
    if (status != VB_OK) goto done;
    for (size_t i = 0; i < q->rows.rows.len; i++) {
        vb_cy_rows_restore(run, q->rows.rows.at[i], &q->kept);
        TRY(take_row(q, &q->heap, q->rows.rows.at[i]));
    }
    TRY(vb_cy_effects_sum(run));
done:
    return status;
}

/** Whether `load` has filled the store, so that the ontology holds. */
static vb_status is_guarded(vb_cy_run *run)
{
    vb_error err = { 0 };
    int64_t n = 0;
    vb_status status = vb_sql_id(run->store, &err, &n, "SELECT EXISTS(SELECT 1 FROM document_text)", "");
    run->guarded = n != 0;
    return status == VB_OK ? VB_OK : vb_cy_store_fail(run, status, &err);
}

static vb_status run_writes(vb_query *q)
{
    vb_status status;
    vb_error err = { 0 };
    vb_cy_run *run = &q->run;
    bool open = false;
    status = vb_store_begin(run->store, &err);
    if (status != VB_OK) return vb_cy_store_fail(run, status, &err);
    open = true;
    TRY(is_guarded(run));
    TRY(vb_cy_labels_before(run));
    TRY(vb_cy_ids_before(run));
    TRY(vb_cy_op_open(run, q->top));
    TRY(collect(q));
    status = vb_corrections_lift(run->store, &err); /* what persons said holds over what was written */
    if (status == VB_OK) status = vb_store_commit(run->store, &err);
    if (status != VB_OK)
        status = vb_cy_store_fail(run, status, &err);
    else
        open = false;
done:
    if (open) {
        vb_store_rollback(run->store);
        run->effects = (vb_query_effects){ 0 };
    }
    return status;
}

static vb_status step(vb_query *q, bool *row)
{
    vb_status status = VB_OK;
    if (!q->started) {
        q->started = true;
        if (q->options.timeout_ms) q->run.deadline = now_ms() + q->options.timeout_ms;
        if (q->options.explain != VB_QUERY_EXPLAIN)
            TRY(q->run.writes ? run_writes(q) : vb_cy_op_open(&q->run, q->top));
        if (q->options.explain == VB_QUERY_PROFILE && !q->run.writes) TRY(drain(q));
        if (q->options.explain) TRY(vb_cy_explain_rows(&q->run, q->top, &q->heap, &q->rows));
    }
    if (!q->run.writes && !q->options.explain) return run_reads(q, row);
    *row = q->at < q->rows.rows.len;
    if (*row) memcpy(q->row, q->rows.rows.at[q->at++], q->n_columns * sizeof *q->row);
done:
    return status;
}

vb_status vb_query_next(vb_query *q, const vb_value **row, vb_query_error *err)
{
    bool there = false;
    if (q->ended) {
        *row = NULL;
        return VB_OK;
    }
    q->run.source.err = err;
    q->run.source.status = VB_OK;
    sqlite3_progress_handler(vb_store_sqlite(q->run.store), STEPS, must_stop, &q->run);
    vb_status status = answer(&q->run, step(q, &there));
    sqlite3_progress_handler(vb_store_sqlite(q->run.store), 0, NULL, NULL);
    q->run.source.err = NULL;
    q->ended = status != VB_OK || !there;
    if (status == VB_OK) *row = there ? q->row : NULL;
    return status;
}

/* ---- literals
 * ---------------------------------------------------------------------------------------------------- */

static bool is_literal(const vb_cy_expr *e)
{
    bool plain = e->kind == E_LITERAL || e->kind == E_LIST || e->kind == E_MAP || e->kind == E_MINUS ||
                 e->kind == E_PLUS;
    for (size_t i = 0; plain && i < e->args.len; i++) plain = is_literal(e->args.at[i]);
    return plain;
}

static vb_status copy_out(vb_arena *arena, const vb_value *v, vb_value *out)
{
    vb_status status = VB_OK;
    *out = *v;
    if (v->kind == VB_VALUE_STRING) return vb_arena_copy(arena, v->as.text, &out->as.text);
    if (v->kind == VB_VALUE_LIST) {
        vb_value *at = vb_arena_array(arena, v->as.list.len, sizeof *at);
        if (!at) return VB_NO_MEMORY;
        for (size_t i = 0; i < v->as.list.len; i++) TRY(copy_out(arena, &v->as.list.at[i], &at[i]));
        out->as.list.at = at;
    } else if (v->kind == VB_VALUE_MAP) {
        vb_entry *at = vb_arena_array(arena, v->as.map.len, sizeof *at);
        if (!at) return VB_NO_MEMORY;
        for (size_t i = 0; i < v->as.map.len; i++) {
            TRY(vb_arena_copy(arena, v->as.map.at[i].key, &at[i].key));
            TRY(copy_out(arena, &v->as.map.at[i].value, &at[i].value));
        }
        out->as.map.at = at;
    }
done:
    return status;
}

vb_status vb_value_parse(vb_str text, vb_arena *arena, vb_value *out, vb_query_error *err)
{
    vb_status status;
    vb_query_options none = { 0 };
    vb_cy_run run = { .options = &none, .limit = MEMORY_DEFAULT };
    vb_cy_query *tree = NULL;
    vb_value value;
    vb_cy_heap heap = { .run = &run };
    run.source = (vb_cy_source){ .arena = arena, .err = err };
    if (vb_arena_printf(arena, &run.source.text, "RETURN %.*s", VB_FMT(text)) != VB_OK)
        return vb_cy_fail_memory(&run.source);
    TRY(vb_cy_parse_text(&run.source, &tree));
    const vb_cy_single *s = tree->parts.at[0];
    const vb_cy_clause *c = s->clauses.at[0];
    if (tree->parts.len != 1 || s->clauses.len != 1 || c->star || c->items.len != 1 || c->distinct ||
        c->order.len || c->skip || c->limit || c->items.at[0].alias || !is_literal(c->items.at[0].expr)) {
        status =
            vb_cy_fail(&run.source, 0, VB_BAD_INPUT, "SyntaxError/UnexpectedSyntax", "this is no literal");
        goto done;
    }
    TRY(vb_cy_eval(&run, &heap, c->items.at[0].expr, &value));
    TRY(copy_out(arena, &value, out));
done:
    status = answer(&run, status);
    vb_cy_heap_free(&heap);
    return status;
}
