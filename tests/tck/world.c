/**
 * One scenario's world: its store in memory, its parameters and procedures, and the outcome of the query
 * under test with the graph before and after. Everything lives in one arena until tck_world_end().
 */
#include "tests/tck/tck.h"

#include <stdarg.h>
#include <unistd.h>

enum { ROWS_MAX = 1000000, QUERY_MEMORY = 512 << 20 };

bool tck_blame(tck_world *world, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(world->reason, sizeof world->reason, format, args);
    va_end(args);
    for (char *c = world->reason; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    return false;
}

bool tck_world_reset(tck_world *world)
{
    vb_error err = { 0 };
    vb_store_close(world->store);
    world->store = NULL;
    world->answer = (tck_answer){ 0 };
    if (vb_store_open(":memory:", VB_OPEN_WRITE, &world->store, &err) == VB_OK) return true;
    return tck_blame(world, "no store: %s", err.message);
}

static vb_query_options options_of(const tck_world *world)
{
    return (vb_query_options){ .write = true,
                               .memory = QUERY_MEMORY,
                               .params = world->params.at,
                               .n_params = world->params.len,
                               .procedures = world->procedures.at,
                               .n_procedures = world->procedures.len };
}

bool tck_blame_error(tck_world *world, const char *what, const vb_query_error *e)
{
    return tck_blame(world, "%s %s/%s at %s: %s", what, e->type ? e->type : "(no type)",
                     e->detail ? e->detail : "(no detail)", e->compile_time ? "compile time" : "runtime",
                     e->message);
}

bool tck_world_prepare(tck_world *world, vb_str query)
{
    vb_query *q = NULL;
    vb_query_error err = { 0 };
    vb_query_options options = options_of(world);
    const vb_value *row = NULL;
    if (!world->store) return tck_blame(world, "no graph was given before this step");
    vb_status status = vb_query_open(world->store, query, &options, &q, &err);
    while (status == VB_OK && (status = vb_query_next(q, &row, &err)) == VB_OK && row) {
    }
    vb_query_close(q);
    return status == VB_OK || tck_blame_error(world, "setup failed:", &err);
}

/** Keep a row as text: its values, one behind the other. */
static vb_status keep_row(tck_world *world, const vb_value *row, bool unordered)
{
    vb_status status = VB_OK;
    tck_answer *a = &world->answer;
    vb_buf text = { 0 };
    TRY(vb_buf_add(&text, VB_STR("|")));
    for (size_t i = 0; i < a->n_columns; i++) {
        TRY(vb_buf_add(&text, VB_STR(" ")));
        TRY(tck_canon(&row[i], unordered, &text));
        TRY(vb_buf_add(&text, VB_STR(" |")));
    }
    TRY(vb_push(world->arena, &a->rows[unordered]));
    TRY(vb_arena_copy(world->arena, vb_buf_view(&text), &a->rows[unordered].at[a->rows[unordered].len - 1]));
done:
    vb_buf_clear(&text);
    return status;
}

static vb_status keep_columns(tck_world *world, const vb_query *q)
{
    vb_status status = VB_OK;
    tck_answer *a = &world->answer;
    const vb_str *names = vb_query_columns(q, &a->n_columns);
    vb_str *copy = vb_arena_array(world->arena, a->n_columns + 1, sizeof *copy);
    if (!copy) return VB_NO_MEMORY;
    for (size_t i = 0; i < a->n_columns; i++) TRY(vb_arena_copy(world->arena, names[i], &copy[i]));
    a->columns = copy;
done:
    return status;
}

static vb_status run_query(tck_world *world, vb_str query)
{
    vb_status status;
    tck_answer *a = &world->answer;
    vb_query *q = NULL;
    vb_query_options options = options_of(world);
    const vb_value *row = NULL;
    a->by_open = true;
    TRY(vb_query_open(world->store, query, &options, &q, &a->error));
    a->by_open = false;
    TRY(keep_columns(world, q));
    while ((status = vb_query_next(q, &row, &a->error)) == VB_OK && row && a->rows[0].len < ROWS_MAX) {
        TRY(keep_row(world, row, false));
        TRY(keep_row(world, row, true));
    }
    if (status == VB_OK) a->effects = *vb_query_changed(q);
done:
    vb_query_close(q);
    return status;
}

bool tck_world_execute(tck_world *world, vb_str query)
{
    vb_error err = { 0 };
    tck_answer *a = &world->answer;
    if (!world->store) return tck_blame(world, "no graph was given before this step");
    if (a->ran && !a->judged) return tck_blame(world, "nothing was expected of the query before this one");
    *a = (tck_answer){ .ran = true };
    if (tck_observe(world->store, world->arena, &a->before, &err) != VB_OK)
        return tck_blame(world, "the graph cannot be observed: %s", err.message);
    a->failed = run_query(world, query) != VB_OK;
    if (a->failed && !a->error.type)
        return tck_blame(world, "a failure without a type: %s", a->error.message);
    if (tck_observe(world->store, world->arena, &a->after, &err) != VB_OK)
        return tck_blame(world, "the graph cannot be observed: %s", err.message);
    return true;
}

void tck_world_end(tck_world *world)
{
    vb_store_close(world->store);
    for (size_t i = 0; i < world->files.len; i++) unlink(world->files.at[i].at);
    vb_arena_free(world->arena);
}
