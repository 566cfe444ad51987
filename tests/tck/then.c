/**
 * Steps that judge. A query's outcome is compared whole: columns by name and place, rows as a bag or a list,
 * every count of side effects, the type, phase and detail of an error. What a step does not name is zero.
 */
#include "tests/tck/tck.h"

#include <stdlib.h>

/** There must be an answer to judge, and rows unless an error was asked for. */
static bool has_rows(tck_world *world)
{
    tck_answer *a = &world->answer;
    if (!a->ran) return tck_blame(world, "nothing was executed before this step");
    if (a->failed) return tck_blame_error(world, "error:", &a->error);
    a->judged = true;
    return true;
}

static bool same_columns(tck_world *world, const tck_row *header)
{
    const tck_answer *a = &world->answer;
    for (size_t i = 0; i < header->n || i < a->n_columns; i++) {
        vb_str want = { 0 };
        if (i < header->n && tck_cell(header->cells[i], world->arena, &want))
            return tck_blame(world, "no memory");
        if (i >= header->n) return tck_blame(world, "columns: %.*s is one too many", VB_FMT(a->columns[i]));
        if (i >= a->n_columns) return tck_blame(world, "columns: %.*s is missing", VB_FMT(want));
        if (!vb_str_eq(want, a->columns[i]))
            return tck_blame(world, "columns: expected %.*s, got %.*s", VB_FMT(want), VB_FMT(a->columns[i]));
    }
    return true;
}

/** The expected rows, as text like those of the answer. */
static vb_status expected_rows(tck_world *world, const tck_rows *table, bool bags, vb_str *out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_buf text = { 0 };
    for (size_t r = 1; r < table->len; r++) {
        text.len = 0;
        TRY(vb_buf_add(&text, VB_STR("|")));
        for (size_t c = 0; c < table->at[r].n; c++) {
            vb_value value;
            TRY(tck_expect(table->at[r].cells[c], world->arena, &value, err));
            TRY(vb_buf_add(&text, VB_STR(" ")));
            TRY(tck_canon(&value, bags, &text));
            TRY(vb_buf_add(&text, VB_STR(" |")));
        }
        TRY(vb_arena_copy(world->arena, vb_buf_view(&text), &out[r - 1]));
    }
done:
    vb_buf_clear(&text);
    return status;
}

/** Name the first row that only one side has. */
static bool compare(tck_world *world, const vb_str *want, size_t n_want, const vb_str *got, size_t n_got,
                    bool in_order)
{
    for (size_t i = 0; i < n_want || i < n_got; i++) {
        int order = i == n_want ? 1 : i == n_got ? -1 : vb_str_cmp(want[i], got[i]);
        if (!order) continue;
        if (in_order && i < n_want && i < n_got)
            return tck_blame(world, "rows: row %zu should be %.*s, got %.*s", i + 1, VB_FMT(want[i]),
                             VB_FMT(got[i]));
        return tck_blame(world, "rows: expected %zu, got %zu; %s %.*s", n_want, n_got,
                         order < 0 ? "missing" : "unexpected", VB_FMT(order < 0 ? want[i] : got[i]));
    }
    return true;
}

static bool judge_rows(tck_world *world, const tck_step *step, bool in_order, bool bags)
{
    tck_answer *a = &world->answer;
    vb_error err = { 0 };
    if (!has_rows(world)) return false;
    size_t n = step->table.len - 1;
    for (size_t r = 1; r <= n; r++)
        if (step->table.at[r].n != step->table.at[0].n)
            return tck_blame(world, "a row of the table has other columns");
    if (!same_columns(world, &step->table.at[0])) return false;
    vb_str *want = vb_arena_array(world->arena, n + 1, sizeof *want);
    if (!want || expected_rows(world, &step->table, bags, want, &err))
        return tck_blame(world, "%s", want ? err.message : "no memory");
    if (!in_order && n > 1) qsort(want, n, sizeof *want, tck_str_order);
    vb_str *got = vb_arena_array(world->arena, a->rows[bags].len + 1, sizeof *got);
    if (!got) return tck_blame(world, "no memory");
    if (a->rows[bags].len) memcpy(got, a->rows[bags].at, a->rows[bags].len * sizeof *got);
    if (!in_order && a->rows[bags].len > 1) qsort(got, a->rows[bags].len, sizeof *got, tck_str_order);
    return compare(world, want, n, got, a->rows[bags].len, in_order);
}

bool tck_then_any_order(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return judge_rows(world, step, false, false);
}

bool tck_then_in_order(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return judge_rows(world, step, true, false);
}

bool tck_then_any_order_bags(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return judge_rows(world, step, false, true);
}

bool tck_then_in_order_bags(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    return judge_rows(world, step, true, true);
}

bool tck_then_empty(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    (void)parts;
    if (!has_rows(world)) return false;
    const tck_answer *a = &world->answer;
    return !a->rows[0].len || compare(world, NULL, 0, a->rows[0].at, a->rows[0].len, false);
}

/* ---- side effects ------------------------------------------------------------------------------------- */

/** What queries see must be what is wanted, and what the engine says it did. */
static bool judge_effects(tck_world *world, const vb_query_effects *want)
{
    const tck_answer *a = &world->answer;
    vb_query_effects seen = tck_difference(&a->before, &a->after);
    for (size_t i = 0; i < VB_COUNT(tck_effects); i++) {
        const tck_effect *e = &tck_effects[i];
        long long wanted = tck_effect_get(want, e), is = tck_effect_get(&seen, e),
                  said = tck_effect_get(&a->effects, e);
        if (wanted != is)
            return tck_blame(world, "side effects: %s should be %lld, is %lld", e->name, wanted, is);
        if (!a->failed && said != is)
            return tck_blame(world, "side effects: the engine counts %lld %s, a query sees %lld", said,
                             e->name, is);
    }
    return true;
}

bool tck_then_effects(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)parts;
    vb_query_effects want = { 0 };
    if (!world->answer.judged && !has_rows(world)) return false;
    for (size_t r = 0; r < step->table.len; r++) {
        const tck_row *row = &step->table.at[r];
        vb_value value = { 0 };
        size_t e = 0;
        if (row->n != 2) return tck_blame(world, "a side effect is a name and a number");
        while (e < VB_COUNT(tck_effects) && !vb_str_eq(row->cells[0], vb_str_of(tck_effects[e].name))) e++;
        if (e == VB_COUNT(tck_effects))
            return tck_blame(world, "unknown side effect %.*s", VB_FMT(row->cells[0]));
        if (tck_expect(row->cells[1], world->arena, &value, NULL) || value.kind != VB_VALUE_INTEGER)
            return tck_blame(world, "%.*s is no number of side effects", VB_FMT(row->cells[1]));
        memcpy((char *)&want + tck_effects[e].at, &value.as.integer, sizeof value.as.integer);
    }
    return judge_effects(world, &want);
}

bool tck_then_no_effects(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    (void)parts;
    vb_query_effects none = { 0 };
    if (!world->answer.judged && !has_rows(world)) return false;
    return judge_effects(world, &none);
}

/* ---- errors ------------------------------------------------------------------------------------------- */

bool tck_then_error(tck_world *world, const tck_step *step, const tck_parts *parts)
{
    (void)step;
    tck_answer *a = &world->answer;
    vb_query_effects none = { 0 };
    vb_str type = parts->at[0], phase = parts->at[1], detail = parts->at[2];
    const char *actual = a->error.compile_time ? "compile time" : "runtime";
    if (!a->ran) return tck_blame(world, "nothing was executed before this step");
    a->judged = true;
    if (!a->failed)
        return tck_blame(world, "no error: expected %.*s/%.*s at %.*s", VB_FMT(type), VB_FMT(detail),
                         VB_FMT(phase));
    bool any_time = vb_str_eq(phase, VB_STR("any time"));
    if (!any_time && !vb_str_eq(phase, VB_STR("runtime")) && !vb_str_eq(phase, VB_STR("compile time")))
        return tck_blame(world, "unknown phase %.*s", VB_FMT(phase));
    bool same = vb_str_eq(type, vb_str_of(a->error.type)) &&
                (vb_str_eq(detail, VB_STR("*")) || vb_str_eq(detail, vb_str_of(a->error.detail))) &&
                (any_time || vb_str_eq(phase, vb_str_of(actual)));
    if (!same) {
        char what[300];
        snprintf(what, sizeof what, "other error: expected %.*s/%.*s at %.*s, got", VB_FMT(type),
                 VB_FMT(detail), VB_FMT(phase));
        return tck_blame_error(world, what, &a->error);
    }
    if (a->error.compile_time && !a->by_open)
        return tck_blame(world, "an error of compile time came at run time");
    return judge_effects(world, &none);
}
