/** The functions, by name: one table a subject, each sorted; vb_cy_function_find() looks through them. */
#include "queries/cypher/temporal.h"

#include <strings.h>

const vb_cy_function *vb_cy_function_find(vb_str name)
{
    static const vb_cy_function *const tables[] = { vb_cy_functions_scalar,   vb_cy_functions_number,
                                                    vb_cy_functions_string,   vb_cy_functions_list,
                                                    vb_cy_functions_graph,    vb_cy_functions_temporal,
                                                    vb_cy_functions_aggregate };
    for (size_t i = 0; i < VB_COUNT(tables); i++)
        for (const vb_cy_function *f = tables[i]; f->name; f++)
            if (strlen(f->name) == name.len && strncasecmp(f->name, name.at, name.len) == 0) return f;
    return NULL;
}

/** What makes one value of many rows; op_aggregate.c does it. */
const vb_cy_function vb_cy_functions_aggregate[] = {
    { .name = "avg", .min = 1, .max = 1, .result = TY_NUMBER | TY_NULL },
    { .name = "collect", .min = 1, .max = 1, .result = TY_LIST },
    { .name = "count", .min = 1, .max = 1, .result = TY_INTEGER },
    { .name = "max", .min = 1, .max = 1, .result = TY_ANY },
    { .name = "min", .min = 1, .max = 1, .result = TY_ANY },
    { .name = "percentilecont", .min = 2, .max = 2, .result = TY_FLOAT | TY_NULL },
    { .name = "percentiledisc", .min = 2, .max = 2, .result = TY_NUMBER | TY_NULL },
    { .name = "stdev", .min = 1, .max = 1, .result = TY_FLOAT },
    { .name = "stdevp", .min = 1, .max = 1, .result = TY_FLOAT },
    { .name = "sum", .min = 1, .max = 1, .result = TY_NUMBER },
    { 0 },
};
