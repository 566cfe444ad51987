/** The procedures that are built in: what the store holds. A caller's own come beside them. */
#include "queries/cypher/cypher.h"

#define ARGS                                                                                       \
    void *context, vb_store *store, const vb_value *args, vb_arena *arena, vb_procedure_rows *out, \
        vb_error *err

/** One column of texts from a query of the store. */
static vb_status texts(vb_store *store, const char *sql, vb_arena *arena, vb_procedure_rows *out,
                       vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    VB_VEC(vb_value) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, sql, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, &list) != VB_OK ||
            vb_sql_copy(stmt, 0, arena, &list.at[list.len - 1].as.text) != VB_OK) {
            sqlite3_reset(stmt);
            return vb_fail_memory(err);
        }
        list.at[list.len - 1].kind = VB_VALUE_STRING;
    }
    *out = (vb_procedure_rows){ list.at, list.len };
done:
    return status;
}

static vb_status labels(ARGS)
{
    (void)context, (void)args;
    return texts(store,
                 "SELECT DISTINCT j.value FROM label_set s, json_each(s.labels) j WHERE EXISTS"
                 " (SELECT 1 FROM node WHERE labels = s.id) ORDER BY 1",
                 arena, out, err);
}

static vb_status types(ARGS)
{
    (void)context, (void)args;
    return texts(store,
                 "SELECT name FROM relation r WHERE EXISTS (SELECT 1 FROM edge WHERE type = r.id) ORDER BY 1",
                 arena, out, err);
}

static const vb_field label_field[] = { { "label", "STRING?" } };
static const vb_field type_field[] = { { "relationshipType", "STRING?" } };

static const vb_procedure built_in[] = {
    { .name = "db.labels", .outputs = label_field, .n_outputs = 1, .call = labels },
    { .name = "db.relationshipTypes", .outputs = type_field, .n_outputs = 1, .call = types },
};

const char *vb_cy_procedure_name(size_t i)
{
    return i < VB_COUNT(built_in) ? built_in[i].name : NULL;
}

const vb_procedure *vb_cy_procedure_find(const vb_cy_run *run, vb_str name)
{
    for (size_t i = 0; i < run->options->n_procedures; i++)
        if (vb_str_eq(vb_str_of(run->options->procedures[i].name), name)) return &run->options->procedures[i];
    for (size_t i = 0; i < VB_COUNT(built_in); i++)
        if (vb_str_eq(vb_str_of(built_in[i].name), name)) return &built_in[i];
    return NULL;
}
