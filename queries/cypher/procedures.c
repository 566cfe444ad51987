/**
 * The table of procedures that are built in, and those of it that tell what the store holds. A caller's own
 * come first; each measure of vb_measures() is a procedure too, verband.MEASURE.
 */
#include "queries/cypher/procedures.h"

static vb_status rows_of(vb_store *store, const char *sql, int width, vb_arena *arena, vb_procedure_rows *out,
                         vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_cy_cells cells = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, sql, ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row)
        for (int i = 0; i < width; i++) {
            vb_value v = vb_cy_of_int(sqlite3_column_int64(stmt, i));
            bool text = sqlite3_column_type(stmt, i) == SQLITE_TEXT;
            v.kind = text ? VB_VALUE_STRING : VB_VALUE_INTEGER;
            if ((text && vb_sql_copy(stmt, i, arena, &v.as.text) != VB_OK) ||
                vb_cy_cell(arena, &cells, v, err) != VB_OK) {
                sqlite3_reset(stmt);
                return vb_fail_memory(err);
            }
        }
    *out = (vb_procedure_rows){ cells.at, cells.len / (size_t)width };
done:
    return status;
}

static vb_status labels(VB_PROCEDURE_ARGS)
{
    (void)context, (void)args;
    return rows_of(store,
                   "SELECT DISTINCT j.value FROM label_set s, json_each(s.labels) j WHERE EXISTS"
                   " (SELECT 1 FROM node WHERE labels = s.id) ORDER BY 1",
                   1, arena, out, err);
}

static vb_status types(VB_PROCEDURE_ARGS)
{
    (void)context, (void)args;
    return rows_of(
        store, "SELECT name FROM relation r WHERE EXISTS (SELECT 1 FROM edge WHERE type = r.id) ORDER BY 1",
        1, arena, out, err);
}

static vb_status property_keys(VB_PROCEDURE_ARGS)
{
    (void)context, (void)args;
    return rows_of(
        store,
        "SELECT j.key FROM node n, json_each(n.props) j UNION SELECT j.key FROM edge e, json_each(e.props) j"
        " UNION SELECT 'key' WHERE EXISTS (SELECT 1 FROM node WHERE key IS NOT NULL)"
        " UNION SELECT 'name' WHERE EXISTS (SELECT 1 FROM node WHERE name <> '')"
        " UNION SELECT 'aliases' WHERE EXISTS (SELECT 1 FROM alias a JOIN node n ON n.id = a.node WHERE"
        " a.name <> n.name)"
        " UNION SELECT value FROM "
        "json_each('[\"document\",\"date\",\"title\",\"kind\",\"sender\",\"number\"]')"
        " WHERE EXISTS (SELECT 1 FROM document)"
        " UNION SELECT value FROM json_each('[\"weight\",\"first\",\"last\",\"certainty\"]')"
        " WHERE EXISTS (SELECT 1 FROM edge WHERE origin <> 3)"
        " ORDER BY 1",
        1, arena, out, err);
}

static vb_status schema(VB_PROCEDURE_ARGS)
{
    (void)context, (void)args;
    return rows_of(
        store,
        "SELECT a.name, r.name, b.name, sum(e.n) FROM (SELECT s.labels AS source, e.type, t.labels AS"
        " target, count(*) AS n FROM edge e JOIN node s ON s.id = e.source JOIN node t ON"
        " t.id = e.target GROUP BY 1, 2, 3) e JOIN label_set a ON a.id = e.source"
        " JOIN label_set b ON b.id = e.target JOIN relation r ON r.id = e.type"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        4, arena, out, err);
}

static const vb_field a_label[] = { { "label", "STRING?" } },
                      a_type[] = { { "relationshipType", "STRING?" } },
                      a_key[] = { { "propertyKey", "STRING?" } },
                      a_schema[] = { { "source", "STRING?" },
                                     { "relationshipType", "STRING?" },
                                     { "target", "STRING?" },
                                     { "count", "INTEGER?" } },
                      options[] = { { "options", "MAP?" } },
                      a_rank[] = { { "node", "NODE?" }, { "score", "FLOAT?" }, { "rank", "INTEGER?" } },
                      a_community[] = { { "node", "NODE?" },
                                        { "community", "INTEGER?" },
                                        { "name", "STRING?" } },
                      a_component[] = { { "node", "NODE?" },
                                        { "component", "INTEGER?" },
                                        { "name", "STRING?" } },
                      of_node[] = { { "node", "ANY?" }, { "options", "MAP?" } },
                      a_neighbour[] = { { "node", "NODE?" }, { "distance", "INTEGER?" } },
                      a_similar[] = { { "node", "NODE?" }, { "score", "FLOAT?" } },
                      of_two[] = { { "from", "ANY?" }, { "to", "ANY?" }, { "options", "MAP?" } },
                      a_path[] = { { "path", "PATH?" }, { "length", "INTEGER?" } },
                      of_words[] = { { "words", "STRING?" }, { "limit", "INTEGER?" } },
                      a_hit[] = { { "node", "NODE?" },
                                  { "score", "FLOAT?" },
                                  { "text", "STRING?" },
                                  { "start", "INTEGER?" },
                                  { "end", "INTEGER?" } };

#define NONE          NULL, 0, 0
#define TAKES(f, may) f, VB_COUNT(f), may
#define GIVES(f)      f, VB_COUNT(f)

/* Sorted by name. */
static const struct row {
    const char *name;
    const vb_field *inputs;
    size_t n_inputs, n_optional;
    const vb_field *outputs;
    size_t n_outputs;
    vb_status (*call)(VB_PROCEDURE_ARGS);
} built_in[] = {
    { "db.labels", NONE, GIVES(a_label), labels },
    { "db.propertyKeys", NONE, GIVES(a_key), property_keys },
    { "db.relationshipTypes", NONE, GIVES(a_type), types },
    { "db.schema", NONE, GIVES(a_schema), schema },
    { "verband.communities", TAKES(options, 1), GIVES(a_community), vb_cy_call_communities },
    { "verband.components", TAKES(options, 1), GIVES(a_component), vb_cy_call_components },
    { "verband.neighbours", TAKES(of_node, 1), GIVES(a_neighbour), vb_cy_call_neighbours },
    { "verband.path", TAKES(of_two, 1), GIVES(a_path), vb_cy_call_path },
    { "verband.rank", TAKES(options, 1), GIVES(a_rank), vb_cy_call_rank },
    { "verband.search", TAKES(of_words, 1), GIVES(a_hit), vb_cy_call_search },
    { "verband.shortest", TAKES(of_two, 1), GIVES(a_path), vb_cy_call_shortest },
    { "verband.similar", TAKES(of_node, 1), GIVES(a_similar), vb_cy_call_similar },
};

const char *vb_cy_procedure_name(size_t i)
{
    return i < VB_COUNT(built_in) ? built_in[i].name : NULL;
}

static const vb_procedure *make(vb_arena *arena, const struct row *row, const vb_measure *measure)
{
    vb_procedure *p = vb_arena_get(arena, sizeof *p);
    if (!p) return NULL;
    *p = (vb_procedure){ .name = row->name,
                         .inputs = row->inputs,
                         .n_inputs = row->n_inputs,
                         .n_optional = row->n_optional,
                         .outputs = row->outputs,
                         .n_outputs = row->n_outputs,
                         .call = row->call,
                         .context = (void *)(uintptr_t)measure };
    return p;
}

const vb_procedure *vb_cy_procedure_find(const vb_cy_run *run, vb_str name)
{
    size_t n;
    const vb_measure *measures = vb_measures(&n);
    const vb_str room = VB_STR("verband.");
    const struct row *rank = NULL;
    for (size_t i = 0; i < run->options->n_procedures; i++)
        if (vb_str_eq(vb_str_of(run->options->procedures[i].name), name)) return &run->options->procedures[i];
    for (size_t i = 0; i < VB_COUNT(built_in); i++) {
        if (vb_str_eq(vb_str_of(built_in[i].name), name)) return make(run->source.arena, &built_in[i], NULL);
        if (built_in[i].call == vb_cy_call_rank) rank = &built_in[i];
    }
    for (size_t i = 0; i < n && vb_str_starts(name, room); i++)
        if (vb_str_eq(vb_str_part(name, room.len, name.len), vb_str_of(measures[i].name)))
            return make(run->source.arena, rank, &measures[i]);
    return NULL;
}
