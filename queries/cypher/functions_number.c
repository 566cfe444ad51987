/** Mathematical functions; those of one float in, one float out share fn_real(). */
#include "queries/cypher/cypher.h"

#include <math.h>
#include <strings.h>

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out
#define UNUSED (void)run, (void)heap, (void)e, (void)args, (void)n

static double half_up(double d)
{
    return floor(d + 0.5);
}
static double cotangent(double d)
{
    return 1 / tan(d);
}
static double degrees(double d)
{
    return d * 180 / M_PI;
}
static double radians(double d)
{
    return d * M_PI / 180;
}
static double haversin(double d)
{
    return (1 - cos(d)) / 2;
}

static const struct {
    const char *name;
    double (*fn)(double);
} reals[] = { { "acos", acos },       { "asin", asin },         { "atan", atan },       { "ceil", ceil },
              { "cos", cos },         { "cot", cotangent },     { "degrees", degrees }, { "exp", exp },
              { "floor", floor },     { "haversin", haversin }, { "log", log },         { "log10", log10 },
              { "radians", radians }, { "round", half_up },     { "sin", sin },         { "sqrt", sqrt },
              { "tan", tan } };

static vb_status fn_real(ARGS)
{
    UNUSED;
    for (size_t i = 0; i < VB_COUNT(reals); i++)
        if (strcasecmp(reals[i].name, e->function->name) == 0)
            *out = vb_cy_of_real(reals[i].fn(vb_cy_real(&args[0])));
    return VB_OK;
}

static vb_status fn_abs(ARGS)
{
    UNUSED;
    if (args[0].kind == VB_VALUE_FLOAT)
        *out = vb_cy_of_real(fabs(args[0].as.number));
    else if (args[0].as.integer == INT64_MIN)
        return vb_cy_run_fail(run, e, "!ArithmeticError/IntegerOverflow",
                              "the result is too large for an integer");
    else
        *out = vb_cy_of_int(args[0].as.integer < 0 ? -args[0].as.integer : args[0].as.integer);
    return VB_OK;
}

static vb_status fn_sign(ARGS)
{
    UNUSED;
    double d = vb_cy_real(&args[0]);
    *out = vb_cy_of_int((d > 0) - (d < 0));
    return VB_OK;
}

static vb_status fn_atan2(ARGS)
{
    UNUSED;
    *out = vb_cy_of_real(atan2(vb_cy_real(&args[0]), vb_cy_real(&args[1])));
    return VB_OK;
}

static vb_status fn_e(ARGS)
{
    UNUSED;
    *out = vb_cy_of_real(M_E);
    return VB_OK;
}

static vb_status fn_pi(ARGS)
{
    UNUSED;
    *out = vb_cy_of_real(M_PI);
    return VB_OK;
}

/** xorshift64*: Vigna 2016, doi:10.1145/2845077. */
static vb_status fn_rand(ARGS)
{
    UNUSED;
    run->random ^= run->random >> 12;
    run->random ^= run->random << 25;
    run->random ^= run->random >> 27;
    *out = vb_cy_of_real((double)((run->random * 0x2545f4914f6cdd1du) >> 11) * 0x1p-53);
    return VB_OK;
}

#define REAL(word)                                                                                  \
    {                                                                                               \
        .name = word, .min = 1, .max = 1, .call = fn_real, .result = TY_FLOAT | TY_NULL, .takes = { \
            TY_NUMBER                                                                               \
        }                                                                                           \
    }

const vb_cy_function vb_cy_functions_number[] = {
    { .name = "abs",
      .min = 1,
      .max = 1,
      .call = fn_abs,
      .result = TY_NUMBER | TY_NULL,
      .takes = { TY_NUMBER } },
    REAL("acos"),
    REAL("asin"),
    REAL("atan"),
    { .name = "atan2",
      .min = 2,
      .max = 2,
      .call = fn_atan2,
      .result = TY_FLOAT | TY_NULL,
      .takes = { TY_NUMBER, TY_NUMBER } },
    REAL("ceil"),
    REAL("cos"),
    REAL("cot"),
    REAL("degrees"),
    { .name = "e", .call = fn_e, .result = TY_FLOAT },
    REAL("exp"),
    REAL("floor"),
    REAL("haversin"),
    REAL("log"),
    REAL("log10"),
    { .name = "pi", .call = fn_pi, .result = TY_FLOAT },
    REAL("radians"),
    { .name = "rand", .call = fn_rand, .result = TY_FLOAT, .varies = true },
    REAL("round"),
    { .name = "sign",
      .min = 1,
      .max = 1,
      .call = fn_sign,
      .result = TY_INTEGER | TY_NULL,
      .takes = { TY_NUMBER } },
    REAL("sin"),
    REAL("sqrt"),
    REAL("tan"),
    { 0 },
};
