/**
 * Reading the store for a query: nodes and relationships with what the language calls their properties.
 *
 * A node's properties are its JSON, and beside it key, name and aliases where it has them; a loaded document
 * also has document, date, title, kind, sender, number. A relationship's are its JSON, and weight, first,
 * last, certainty where it comes from documents. A query's own nodes and relationships have their JSON, name
 * and key.
 */
#include "queries/cypher/cypher.h"

#include <stdarg.h>
#include <stdlib.h>

vb_status vb_cy_store_fail(vb_cy_run *run, vb_status status, const vb_error *err)
{
    return vb_cy_fail(&run->source, 0, status, "!StoreError/Store", "%s", err->message);
}

static vb_status prepare(vb_cy_run *run, const char *sql, sqlite3_stmt **out)
{
    vb_error err = { 0 };
    vb_status status = vb_store_prepare(run->store, sql, out, &err);
    return status == VB_OK ? VB_OK : vb_cy_store_fail(run, status, &err);
}

/** One row of a query by id; the statement is left on it: sqlite3_reset() it when *row. */
static vb_status look_up(vb_cy_run *run, const char *sql, int64_t id, sqlite3_stmt **out, bool *row)
{
    vb_error err = { 0 };
    vb_status status = vb_sql_bind(run->store, &err, out, sql, "i", id);
    if (status == VB_OK) status = vb_sql_row(run->store, &err, *out, row);
    return status == VB_OK ? VB_OK : vb_cy_store_fail(run, status, &err);
}

vb_status vb_cy_node_value(vb_cy_run *run, vb_cy_heap *heap, int64_t id, vb_value *out)
{
    (void)run;
    vb_thing *t = vb_cy_get(heap, sizeof *t);
    if (!t) return VB_NO_MEMORY;
    t->id = id;
    *out = (vb_value){ .kind = VB_VALUE_NODE, .as.thing = t };
    return VB_OK;
}

vb_status vb_cy_rel_value(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_edge *edge, vb_value *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_thing *t = vb_cy_get(heap, sizeof *t);
    if (!t) return VB_NO_MEMORY;
    t->id = edge->id;
    t->source = edge->source;
    t->target = edge->target;
    TRY(look_up(run, "SELECT name FROM relation WHERE id = ?", edge->type, &stmt, &row));
    if (row) {
        status = vb_cy_text_copy(heap, vb_sql_text(stmt, 0), &t->type);
        sqlite3_reset(stmt);
    }
    *out = (vb_value){ .kind = VB_VALUE_RELATIONSHIP, .as.thing = t };
done:
    return status;
}

static vb_status deleted(vb_cy_run *run, const vb_cy_expr *at)
{
    return vb_cy_run_fail(run, at, "!EntityNotFound/DeletedEntityAccess", "this has been deleted");
}

/* ---- properties ------------------------------------------------------------------------------------------
 */

typedef VB_VEC(vb_entry) entries;

static vb_status add_text(vb_cy_heap *heap, entries *to, const char *key, sqlite3_stmt *stmt, int column)
{
    vb_str text = vb_sql_text(stmt, column);
    if (!text.len) return VB_OK;
    if (vb_cy_push(heap, to) != VB_OK) return VB_NO_MEMORY;
    vb_entry *e = &to->at[to->len - 1];
    e->key = vb_str_of(key);
    e->value.kind = VB_VALUE_STRING;
    return vb_cy_text_copy(heap, text, &e->value.as.text);
}

static vb_status add_json(vb_cy_run *run, vb_cy_heap *heap, entries *to, sqlite3_stmt *stmt, int column)
{
    vb_value_map map;
    vb_status status = vb_cy_props_read(heap, vb_sql_text(stmt, column), &map);
    if (status == VB_STORE)
        return vb_cy_fail(&run->source, 0, VB_STORE, "!StoreError/Properties", "properties that are no JSON");
    for (size_t i = 0; status == VB_OK && i < map.len; i++)
        if ((status = vb_cy_push(heap, to)) == VB_OK) to->at[to->len - 1] = map.at[i];
    return status;
}

static vb_status add_aliases(vb_cy_run *run, vb_cy_heap *heap, int64_t node, entries *to)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_error err = { 0 };
    VB_VEC(vb_value) list = { 0 };
    TRY(look_up(
        run,
        "SELECT a.name FROM alias a JOIN node n ON n.id = a.node WHERE a.node = ? AND a.name <> n.name"
        " ORDER BY a.name",
        node, &stmt, &row));
    while (row) {
        if ((status = vb_cy_push(heap, &list)) != VB_OK) break;
        list.at[list.len - 1].kind = VB_VALUE_STRING;
        if ((status = vb_cy_text_copy(heap, vb_sql_text(stmt, 0), &list.at[list.len - 1].as.text)) != VB_OK)
            break;
        if ((status = vb_sql_row(run->store, &err, stmt, &row)) != VB_OK) break;
    }
    if (row) sqlite3_reset(stmt);
    if (status == VB_OK && list.len && (status = vb_cy_push(heap, to)) == VB_OK)
        to->at[to->len - 1] =
            (vb_entry){ VB_STR("aliases"), { .kind = VB_VALUE_LIST, .as.list = { list.at, list.len } } };
done:
    return status;
}

static vb_status node_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id,
                                 vb_value_map *out)
{
    static const char *const columns[] = { "document", "date", "title", "kind", "sender", "number" };
    vb_status status;
    sqlite3_stmt *stmt;
    bool row, bulky;
    entries list = { 0 };
    TRY(look_up(run,
                "SELECT n.props, n.key, n.name, n.origin, d.file, d.date, d.title, d.kind, d.sender, d.number"
                " FROM node n LEFT JOIN document d ON d.node = n.id WHERE n.id = ?",
                id, &stmt, &row));
    if (!row) return deleted(run, at);
    bulky = sqlite3_column_int(stmt, 3) != 3 || sqlite3_column_type(stmt, 1) != SQLITE_NULL;
    status = add_text(heap, &list, "key", stmt, 1);
    if (status == VB_OK) status = add_text(heap, &list, "name", stmt, 2);
    for (int i = 0; status == VB_OK && i < (int)VB_COUNT(columns); i++)
        status = add_text(heap, &list, columns[i], stmt, 4 + i);
    if (status == VB_OK) status = add_json(run, heap, &list, stmt, 0); /* the node's own word counts last */
    sqlite3_reset(stmt);
    if (status == VB_OK && bulky) status = add_aliases(run, heap, id, &list);
    vb_cy_map_sort(list.at, &list.len);
    *out = (vb_value_map){ list.at, list.len };
done:
    return status;
}

static vb_status rel_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id,
                                vb_value_map *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    entries list = { 0 };
    TRY(look_up(run, "SELECT props, first, last, weight, certainty, origin FROM edge WHERE id = ?", id, &stmt,
                &row));
    if (!row) return deleted(run, at);
    bool said = sqlite3_column_int(stmt, 5) != 3;
    status = add_text(heap, &list, "first", stmt, 1);
    if (status == VB_OK) status = add_text(heap, &list, "last", stmt, 2);
    if (status == VB_OK && (said || sqlite3_column_type(stmt, 3) != SQLITE_NULL) &&
        (status = vb_cy_push(heap, &list)) == VB_OK) {
        int64_t weight = sqlite3_column_int64(stmt, 3);
        list.at[list.len - 1] = (vb_entry){ VB_STR("weight"), vb_cy_of_int(weight ? weight : 1) };
    }
    if (status == VB_OK && said && (status = vb_cy_push(heap, &list)) == VB_OK)
        list.at[list.len - 1] = (vb_entry){
            VB_STR("certainty"),
            vb_cy_of_text(vb_str_of(vb_certainty_name((vb_certainty)sqlite3_column_int(stmt, 4))))
        };
    if (status == VB_OK) status = add_json(run, heap, &list, stmt, 0);
    sqlite3_reset(stmt);
    vb_cy_map_sort(list.at, &list.len);
    *out = (vb_value_map){ list.at, list.len };
done:
    return status;
}

vb_status vb_cy_thing_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at,
                                 const vb_value *thing, vb_value_map *out)
{
    return thing->kind == VB_VALUE_NODE ? node_properties(run, heap, at, thing->as.thing->id, out)
                                        : rel_properties(run, heap, at, thing->as.thing->id, out);
}

vb_status vb_cy_thing_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *thing,
                               vb_str key, vb_value *out)
{
    vb_value_map map;
    vb_status status = vb_cy_thing_properties(run, heap, at, thing, &map);
    if (status != VB_OK) return status;
    const vb_value *found = vb_cy_map_get(&map, key);
    *out = found ? *found : vb_cy_null;
    return VB_OK;
}

vb_status vb_cy_node_labels(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *node,
                            vb_value_list *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_buf json = { 0 };
    vb_value_map map = { 0 };
    TRY(look_up(run, "SELECT s.labels FROM node n JOIN label_set s ON s.id = n.labels WHERE n.id = ?",
                node->as.thing->id, &stmt, &row));
    if (!row) return deleted(run, at);
    status = vb_buf_printf(&json, "{\"l\":%s}", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_reset(stmt);
    if (status == VB_OK) status = vb_cy_props_read(heap, vb_buf_view(&json), &map);
    *out = (vb_value_list){ 0 };
    if (status == VB_OK && map.len) *out = map.at[0].value.as.list;
done:
    vb_buf_clear(&json);
    return status;
}

bool vb_cy_is_deleted(const vb_cy_run *run, const vb_value *thing)
{
    sqlite3_stmt *stmt;
    bool row = true;
    vb_error err;
    if (vb_sql_bind(run->store, &err, &stmt,
                    thing->kind == VB_VALUE_NODE ? "SELECT 1 FROM node WHERE id = ?"
                                                 : "SELECT 1 FROM edge WHERE id = ?",
                    "i", thing->as.thing->id) != VB_OK)
        return false;
    if (vb_sql_row(run->store, &err, stmt, &row) == VB_OK && row) sqlite3_reset(stmt);
    return !row;
}

/* ---- what leaves the engine
 * -------------------------------------------------------------------------------- */

static vb_status fill_many(vb_cy_run *run, vb_cy_heap *heap, const vb_value *from, size_t n,
                           const vb_value **out)
{
    vb_status status = VB_OK;
    vb_value *at = vb_cy_get(heap, n * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) TRY(vb_cy_thing_fill(run, heap, &from[i], &at[i]));
    *out = at;
done:
    return status;
}

static vb_status fill_thing(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status = VB_OK;
    vb_thing *t = vb_cy_get(heap, sizeof *t);
    if (!t) return VB_NO_MEMORY;
    *t = *v->as.thing;
    *out = (vb_value){ .kind = v->kind, .as.thing = t };
    t->deleted = run->writes && vb_cy_is_deleted(run, v);
    if (t->deleted) goto done;
    TRY(vb_cy_thing_properties(run, heap, NULL, v, &t->properties));
    if (v->kind == VB_VALUE_NODE) TRY(vb_cy_node_labels(run, heap, NULL, v, &t->labels));
done:
    return status;
}

static vb_status fill_map(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status = VB_OK;
    vb_entry *at = vb_cy_get(heap, v->as.map.len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < v->as.map.len; i++) {
        at[i].key = v->as.map.at[i].key;
        TRY(vb_cy_thing_fill(run, heap, &v->as.map.at[i].value, &at[i].value));
    }
    *out = (vb_value){ .kind = VB_VALUE_MAP, .as.map = { at, v->as.map.len } };
done:
    return status;
}

static vb_status fill_path(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status;
    vb_walk *w = vb_cy_get(heap, sizeof *w);
    if (!w) return VB_NO_MEMORY;
    w->length = v->as.path->length;
    TRY(fill_many(run, heap, v->as.path->nodes, w->length + 1, &w->nodes));
    TRY(fill_many(run, heap, v->as.path->relationships, w->length, &w->relationships));
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = w };
done:
    return status;
}

vb_status vb_cy_thing_fill(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    switch (v->kind) {
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return fill_thing(run, heap, v, out);
    case VB_VALUE_PATH:
        return fill_path(run, heap, v, out);
    case VB_VALUE_MAP:
        return fill_map(run, heap, v, out);
    case VB_VALUE_LIST:
        *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list.len = v->as.list.len };
        return fill_many(run, heap, v->as.list.at, v->as.list.len, &out->as.list.at);
    default:
        *out = *v;
        return VB_OK;
    }
}

/* ---- relationships
 * ----------------------------------------------------------------------------------------- */

static vb_status add_edge(vb_cy_edges *out, sqlite3_stmt *stmt)
{
    if (out->len == out->cap) {
        size_t cap = out->cap ? out->cap * 2 : 16;
        vb_cy_edge *at = realloc(out->at, cap * sizeof *at);
        if (!at) return VB_NO_MEMORY;
        out->at = at;
        out->cap = cap;
    }
    out->at[out->len++] = (vb_cy_edge){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                                        sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3) };
    return VB_OK;
}

/** @p sql 0: out, any; 1: out, one type; 2 and 3: in, without the loops that "out" has told when @p both. */
static vb_status edges_by(vb_cy_run *run, int sql, int64_t node, int64_t type, vb_cy_edges *out)
{
    static const char *const texts[] = {
        "SELECT id, source, target, type FROM edge WHERE source = ?1",
        "SELECT id, source, target, type FROM edge WHERE source = ?1 AND type = ?2",
        "SELECT id, source, target, type FROM edge WHERE target = ?1",
        "SELECT id, source, target, type FROM edge WHERE target = ?1 AND type = ?2",
        "SELECT id, source, target, type FROM edge WHERE target = ?1 AND source <> ?1",
        "SELECT id, source, target, type FROM edge WHERE target = ?1 AND type = ?2 AND source <> ?1",
    };
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_error err = { 0 };
    TRY(prepare(run, texts[sql], &stmt));
    sqlite3_bind_int64(stmt, 1, node);
    if (sql % 2) sqlite3_bind_int64(stmt, 2, type);
    while ((status = vb_sql_row(run->store, &err, stmt, &row)) == VB_OK && row)
        if ((status = add_edge(out, stmt)) != VB_OK) {
            sqlite3_reset(stmt);
            goto done;
        }
    if (status != VB_OK) status = vb_cy_store_fail(run, status, &err);
done:
    return status;
}

vb_status vb_cy_edges_at(vb_cy_run *run, int64_t node, int direction, const int64_t *types, size_t n_types,
                         vb_cy_edges *out)
{
    vb_status status = VB_OK;
    bool any = !types;
    for (size_t i = 0; i < (any ? 1 : n_types); i++) {
        int64_t type = any ? 0 : types[i];
        if (direction >= 0) TRY(edges_by(run, any ? 0 : 1, node, type, out));
        if (direction <= 0) TRY(edges_by(run, (direction ? 2 : 4) + (any ? 0 : 1), node, type, out));
    }
done:
    return status;
}

vb_status vb_cy_edge_get(vb_cy_run *run, int64_t id, vb_cy_edge *out, bool *there)
{
    sqlite3_stmt *stmt;
    vb_status status =
        look_up(run, "SELECT id, source, target, type FROM edge WHERE id = ?", id, &stmt, there);
    if (status != VB_OK || !*there) return status;
    *out = (vb_cy_edge){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                         sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3) };
    sqlite3_reset(stmt);
    return VB_OK;
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
