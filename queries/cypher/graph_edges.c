/**
 * The relationships of the store: what leads from a node, and what a type is.
 *
 * A relation that the ontology calls symmetric (COOPERATES_WITH) is stored in one direction and means both.
 * So an arrow in a pattern asks nothing of it: `(a)-[:COOPERATES_WITH]->(b)` finds what
 * `-[:COOPERATES_WITH]-` finds, each relationship once from either end (a loop once). Any other reading would
 * make the answer hang on which end a plan starts from. startNode() and endNode() tell the stored direction.
 */
#include "queries/cypher/cypher.h"

#include <stdlib.h>

/** What is known of a type, by its id. */
struct vb_cy_relation {
    vb_str name;
    bool known, symmetric;
};

enum { RELATIONS_MAX = 1 << 16 }; /* types that are remembered; others are looked up each time */

static vb_status read_relation(vb_cy_run *run, vb_cy_heap *heap, int64_t id, vb_cy_relation *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    TRY(vb_cy_look_up(run, CY_SQL_RELATION, id, &stmt, &row));
    *out = (vb_cy_relation){ .known = true };
    if (!row) goto done;
    out->symmetric = sqlite3_column_int(stmt, 1) != 0;
    status = vb_cy_text_copy(heap, vb_sql_text(stmt, 0), &out->name);
    sqlite3_reset(stmt);
done:
    return status;
}

static vb_status make_room(vb_cy_run *run, int64_t id)
{
    size_t n = run->n_relations ? run->n_relations : 32;
    while (n <= (size_t)id) n *= 2;
    vb_cy_relation *more = vb_cy_get(&run->keep, n * sizeof *more);
    if (!more) return VB_NO_MEMORY;
    if (run->n_relations) memcpy(more, run->relations, run->n_relations * sizeof *more);
    run->relations = more;
    run->n_relations = n;
    return VB_OK;
}

/** A type by its id. @p heap holds its name where it is not remembered. */
static vb_status relation(vb_cy_run *run, vb_cy_heap *heap, int64_t id, vb_cy_relation *out)
{
    vb_status status = VB_OK;
    if (id < 0 || id >= RELATIONS_MAX) return read_relation(run, heap, id, out);
    if ((size_t)id >= run->n_relations) TRY(make_room(run, id));
    if (!run->relations[id].known) TRY(read_relation(run, &run->keep, id, &run->relations[id]));
    *out = run->relations[id];
done:
    return status;
}

vb_status vb_cy_rel_value(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_edge *edge, vb_value *out)
{
    vb_status status;
    vb_cy_relation type;
    vb_thing *t = vb_cy_get(heap, sizeof *t);
    if (!t) return VB_NO_MEMORY;
    TRY(relation(run, heap, edge->type, &type));
    t->id = edge->id;
    t->source = edge->source;
    t->target = edge->target;
    t->type = type.name;
    *out = (vb_value){ .kind = VB_VALUE_RELATIONSHIP, .as.thing = t };
done:
    return status;
}

/* ---- what leads from a node ---------------------------------------------------------------------------- */

static vb_status add_edge(vb_cy_run *run, vb_cy_edges *out, sqlite3_stmt *stmt)
{
    if (out->len == out->cap) {
        size_t cap = out->cap ? out->cap * 2 : 16, more = (cap - out->cap) * sizeof *out->at;
        if (run->held + more > run->limit) return vb_cy_heap_over(run);
        vb_cy_edge *at = realloc(out->at, cap * sizeof *at);
        if (!at) return VB_NO_MEMORY;
        run->held += more;
        out->at = at;
        out->cap = cap;
    }
    out->at[out->len++] = (vb_cy_edge){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                                        sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3) };
    return VB_OK;
}

void vb_cy_edges_free(vb_cy_run *run, vb_cy_edges *edges)
{
    run->held -= edges->cap * sizeof *edges->at;
    free(edges->at);
    *edges = (vb_cy_edges){ 0 };
}

/** Which relationships a statement finds: those that go out of ?1, or (IN) come in; of the type ?2; to or
 * from ?3; none that ends where it begins. All by edge_out and edge_in, which hold every column that is read.
 */
enum { IN = 1, TYPED = 2, BETWEEN = 4, NO_LOOP = 8 };

static vb_status edges_by(vb_cy_run *run, int what, int64_t node, int64_t type, int64_t other,
                          vb_cy_edges *out)
{
    vb_status status;
    bool row;
    char text[256];
    sqlite3_stmt **stmt = &run->edge_stmts[what];
    if (!*stmt)
        snprintf(text, sizeof text, "SELECT id, source, target, type FROM edge WHERE %s = ?1%s%s%s%s",
                 what & IN ? "target" : "source",
                 what & TYPED     ? " AND type = ?2"
                 : what & BETWEEN ? " AND type IN (SELECT id FROM relation)"
                                  : "",
                 what & BETWEEN ? what & IN ? " AND source" : " AND target" : "",
                 what & BETWEEN ? " = ?3" : "", what & NO_LOOP ? " AND source <> target" : "");
    TRY(vb_cy_prepare(run, text, stmt));
    sqlite3_bind_int64(*stmt, 1, node);
    if (what & TYPED) sqlite3_bind_int64(*stmt, 2, type);
    if (what & BETWEEN) sqlite3_bind_int64(*stmt, 3, other);
    while ((status = vb_cy_step(run, *stmt, &row)) == VB_OK && row) {
        if ((status = add_edge(run, out, *stmt)) == VB_OK) continue;
        sqlite3_reset(*stmt);
        break;
    }
done:
    return status;
}

/** The types that lead both ways, learnt once: a query makes none. */
static vb_status symmetric_types(vb_cy_run *run)
{
    vb_status status;
    bool row;
    sqlite3_stmt *stmt = NULL;
    VB_VEC(int64_t) ids = { 0 };
    if (run->symmetric_known) return VB_OK;
    TRY(vb_cy_prepare(run, "SELECT id FROM relation WHERE symmetric", &stmt));
    while ((status = vb_cy_step(run, stmt, &row)) == VB_OK && row) {
        TRY(vb_cy_push(&run->keep, &ids));
        ids.at[ids.len - 1] = sqlite3_column_int64(stmt, 0);
    }
    if (status != VB_OK) goto done;
    run->symmetric = ids.at;
    run->n_symmetric = ids.len;
    run->symmetric_known = true;
done:
    sqlite3_finalize(stmt);
    return status;
}

vb_status vb_cy_edges_at(vb_cy_run *run, int64_t node, const vb_cy_step_to *to, vb_cy_edges *out)
{
    vb_status status;
    int how = to->other ? BETWEEN : 0;
    int64_t other = to->other ? *to->other : 0;
    TRY(symmetric_types(run));
    for (size_t i = 0; i < (to->types ? to->n_types : 1); i++) {
        int64_t type = to->types ? to->types[i] : 0;
        int typed = how | (to->types ? TYPED : 0), direction = to->direction;
        for (size_t k = 0; to->types && k < run->n_symmetric; k++)
            if (run->symmetric[k] == type) direction = 0;
        if (direction >= 0) TRY(edges_by(run, typed, node, type, other, out));
        if (direction <= 0)
            TRY(edges_by(run, typed | IN | (direction ? 0 : NO_LOOP), node, type, other, out));
    }
    if (to->types || !to->direction) goto done;
    for (size_t k = 0; k < run->n_symmetric; k++) /* of any type: these the other way too */
        TRY(edges_by(run, how | TYPED | NO_LOOP | (to->direction > 0 ? IN : 0), node, run->symmetric[k],
                     other, out));
done:
    return status;
}

/** The ids of types by name; one that no relationship has is left out. */
vb_status vb_cy_type_ids(vb_cy_run *run, const vb_cy_names *names, int64_t **out, size_t *n)
{
    vb_status status = VB_OK;
    vb_error err = { 0 };
    int64_t *ids = vb_cy_get(&run->keep, names->len * sizeof *ids);
    size_t len = 0;
    if (!ids) return VB_NO_MEMORY;
    for (size_t i = 0; i < names->len; i++) {
        int64_t id = 0;
        status =
            vb_sql_id(run->store, &err, &id, "SELECT id FROM relation WHERE name = ?", "s", names->at[i]);
        if (status != VB_OK) return vb_cy_store_fail(run, status, &err);
        bool seen = !id;
        for (size_t k = 0; k < len; k++) seen |= ids[k] == id;
        if (!seen) ids[len++] = id;
    }
    *out = ids;
    *n = len;
    return status;
}
