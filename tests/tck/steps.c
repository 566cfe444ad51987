/**
 * The steps of the TCK, a row each, and one scenario's run through them. A step that no row knows fails its
 * scenario by name; so does a step that lacks its doc string or table, or has one that nothing reads.
 */
#include "tests/tck/tck.h"

typedef enum needs { NOTHING, DOC, TABLE, OPTIONAL_TABLE } needs;

static const struct {
    const char *pattern; /* '*' stands for some text */
    needs need;
    tck_step_fn run;
} steps[] = {
    { "an empty graph", NOTHING, tck_given_empty },
    { "any graph", NOTHING, tck_given_empty },
    { "the * graph", NOTHING, tck_given_named },
    { "having executed:", DOC, tck_given_executed },
    { "after having executed:", DOC, tck_given_executed },
    { "parameters are:", TABLE, tck_given_parameters },
    { "parameter values are:", TABLE, tck_given_parameters },
    { "there exists a procedure *:", OPTIONAL_TABLE, tck_given_procedure },
    { "there exists a CSV file with URL as *, with rows:", TABLE, tck_given_csv },
    { "executing query:", DOC, tck_when_executing },
    { "executing control query:", DOC, tck_when_executing },
    { "executing query: *", NOTHING, tck_when_inline },
    { "executing control query: *", NOTHING, tck_when_inline },
    { "the result should be, in any order:", TABLE, tck_then_any_order },
    { "the result should be, in order:", TABLE, tck_then_in_order },
    { "the result should be (ignoring element order for lists):", TABLE, tck_then_any_order_bags },
    { "the result should be, in any order (ignoring element order for lists):", TABLE,
      tck_then_any_order_bags },
    { "the result should be, in order (ignoring element order for lists):", TABLE, tck_then_in_order_bags },
    { "the result should be empty", NOTHING, tck_then_empty },
    { "the side effects should be:", TABLE, tck_then_effects },
    { "no side effects", NOTHING, tck_then_no_effects },
    { "a * should be raised at *: *", NOTHING, tck_then_error },
    { "an * should be raised at *: *", NOTHING, tck_then_error },
};

/** Match the whole of @p text; wildcards take the least they can. */
static bool matches(const char *pattern, vb_str text, vb_str *parts)
{
    for (; *pattern && *pattern != '*'; pattern++) {
        if (!text.len || *text.at != *pattern) return false;
        text = vb_str_part(text, 1, text.len);
    }
    if (!*pattern) return !text.len;
    for (size_t n = 1; n <= text.len; n++) {
        if (!matches(pattern + 1, vb_str_part(text, n, text.len), parts + 1)) continue;
        *parts = vb_str_part(text, 0, n);
        return true;
    }
    return false;
}

/** Whether the step has what its row needs, and no more. */
static bool is_whole(tck_world *world, const tck_step *step, needs need)
{
    bool table = step->table.len > 0;
    if (step->has_doc != (need == DOC))
        return tck_blame(world, "line %u: this step %s doc string", step->line,
                         need == DOC ? "lacks its" : "takes no");
    if (need != OPTIONAL_TABLE && table != (need == TABLE))
        return tck_blame(world, "line %u: this step %s table", step->line,
                         need == TABLE ? "lacks its" : "takes no");
    return true;
}

static bool run_step(tck_world *world, const tck_step *step)
{
    for (size_t i = 0; i < VB_COUNT(steps); i++) {
        tck_parts parts = { 0 };
        if (!matches(steps[i].pattern, step->text, parts.at)) continue;
        return is_whole(world, step, steps[i].need) && steps[i].run(world, step, &parts);
    }
    return tck_blame(world, "unknown step at line %u: %.*s", step->line, VB_FMT(step->text));
}

/** A query must have run, and the last one must have been judged. */
static bool run_steps(tck_world *world)
{
    const tck_steps *all = &world->scenario->steps;
    for (size_t i = 0; i < all->len; i++)
        if (!run_step(world, &all->at[i])) return false;
    if (!world->answer.ran) return tck_blame(world, "the scenario executes no query");
    if (!world->answer.judged) return tck_blame(world, "nothing is expected of the query");
    return true;
}

tck_outcome tck_run(const tck_scenario *scenario, const char *graphs, char *reason, size_t size)
{
    tck_world world = { .scenario = scenario, .graphs = graphs, .arena = vb_arena_new() };
    tck_outcome outcome;
    if (scenario->skip.len) {
        outcome = TCK_SKIPPED;
        tck_blame(&world, "%.*s", VB_FMT(scenario->skip));
    } else if (scenario->broken.len || !world.arena) {
        outcome = TCK_FAILED;
        tck_blame(&world, "%.*s", VB_FMT(world.arena ? scenario->broken : VB_STR("no memory")));
    } else {
        outcome = run_steps(&world) ? TCK_PASSED : TCK_FAILED;
    }
    snprintf(reason, size, "%s", world.reason);
    tck_world_end(&world);
    return outcome;
}
