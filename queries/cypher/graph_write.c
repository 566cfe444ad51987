/**
 * Writing the store for a query. A text called name also goes into the column that names are looked up by,
 * with a row in alias, and a text called key into the key's column where no other node of the same labels has
 * it; both also stay in the JSON, which says what the query wrote.
 *
 * A store that `load` has filled keeps its ontology: an edge outside domain and range is refused there.
 */
#include "queries/cypher/cypher.h"

#include <stdarg.h>
#include <stdlib.h>

static vb_status sql_failed(vb_cy_run *run, vb_status status, const vb_error *err)
{
    int code = sqlite3_extended_errcode(vb_store_sqlite(run->store));
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return vb_cy_fail(&run->source, 0, VB_BAD_INPUT, "!ConstraintVerificationFailed/ConstraintViolated",
                          "the store refuses this: %s", err->message);
    return vb_cy_store_fail(run, status, err);
}

/** As vb_sql_do(), with failures as the query's own. @p kinds: i, s, n. */
vb_status vb_cy_sql(vb_cy_run *run, const char *sql, const char *kinds, ...)
{
    vb_error err = { 0 };
    sqlite3_stmt *stmt;
    bool row;
    va_list args;
    vb_status status = vb_store_prepare(run->store, sql, &stmt, &err);
    va_start(args, kinds);
    for (int i = 0; status == VB_OK && kinds[i]; i++) {
        if (kinds[i] == 'i') {
            sqlite3_bind_int64(stmt, i + 1, va_arg(args, int64_t));
            continue;
        }
        vb_str s = va_arg(args, vb_str);
        if (kinds[i] == 'n' && !s.len) continue; /* null */
        if (sqlite3_bind_text64(stmt, i + 1, s.at ? s.at : "", s.len, SQLITE_STATIC, SQLITE_UTF8) !=
            SQLITE_OK)
            status = VB_NO_MEMORY;
    }
    va_end(args);
    if (status == VB_OK) status = vb_sql_row(run->store, &err, stmt, &row);
    if (status == VB_OK && row) sqlite3_reset(stmt);
    return status == VB_OK ? VB_OK : sql_failed(run, status, &err);
}

static vb_status sql_id(vb_cy_run *run, const char *sql, vb_str text, int64_t *out)
{
    vb_error err = { 0 };
    vb_status status = vb_sql_id(run->store, &err, out, sql, "s", text);
    return status == VB_OK ? VB_OK : sql_failed(run, status, &err);
}

static vb_status check_props(vb_cy_run *run, const vb_value_map *map)
{
    for (size_t i = 0; i < map->len; i++)
        if (!vb_cy_props_may(&map->at[i].value))
            return vb_cy_fail(&run->source, 0, VB_BAD_INPUT, "!TypeError/InvalidPropertyType",
                              "property '%.*s' cannot hold a %s", VB_FMT(map->at[i].key),
                              vb_cy_kind_name(map->at[i].value.kind));
    return VB_OK;
}

/** The set of these labels, made where it is new; @p labels sorted and each once. */
static vb_status label_set(vb_cy_run *run, const vb_str *labels, size_t n, int64_t *out)
{
    vb_status status = VB_OK;
    vb_buf json = { 0 };
    TRY(vb_buf_add(&json, VB_STR("[")));
    for (size_t i = 0; i < n; i++) {
        vb_value text = vb_cy_of_text(labels[i]);
        vb_entry e = { VB_STR("l"), text };
        vb_value_map map = { &e, 1 };
        vb_buf one = { 0 };
        if ((status = vb_cy_props_write(&map, &one)) == VB_OK) /* {"l":"x"} → "x" */
            status = vb_buf_printf(&json, "%s%.*s", i ? "," : "", (int)(one.len - 6), one.at + 5);
        vb_buf_clear(&one);
        if (status != VB_OK) goto done;
    }
    TRY(vb_buf_add(&json, VB_STR("]")));
    *out = 0;
    TRY(sql_id(run, "SELECT id FROM label_set WHERE labels = ?", vb_buf_view(&json), out));
    if (*out) goto done;
    TRY(vb_cy_sql(run, "INSERT INTO label_set(name, labels) VALUES(?, ?)", "ss", n ? labels[0] : VB_STR(""),
                  vb_buf_view(&json)));
    *out = sqlite3_last_insert_rowid(vb_store_sqlite(run->store));
done:
    vb_buf_clear(&json);
    return status;
}

static size_t sort_labels(vb_str *at, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        vb_str s = at[i];
        size_t k = kept;
        while (k && vb_str_cmp(at[k - 1], s) > 0) k--;
        if (k && vb_str_eq(at[k - 1], s)) continue;
        memmove(&at[k + 1], &at[k], (kept - k) * sizeof *at);
        at[k] = s;
        kept++;
    }
    return kept;
}

/** Give a node the name that it is looked up by; its other aliases stay. */
static vb_status put_name(vb_cy_run *run, int64_t node, vb_str name)
{
    vb_status status;
    vb_str folded, old = { 0 };
    vb_arena *arena = vb_arena_new();
    vb_error err = { 0 };
    sqlite3_stmt *stmt;
    bool row = false;
    if (!arena) return VB_NO_MEMORY;
    TRY(vb_sql_bind(run->store, &err, &stmt, "SELECT name FROM node WHERE id = ?", "i", node));
    TRY(vb_sql_row(run->store, &err, stmt, &row));
    if (row) {
        status = vb_sql_copy(stmt, 0, arena, &old);
        sqlite3_reset(stmt);
    }
    if (status != VB_OK || vb_str_eq(old, name)) goto done;
    TRY(vb_cy_sql(run,
                  "INSERT INTO alias_words(alias_words, rowid, folded) SELECT 'delete', id, folded FROM alias"
                  " WHERE node = ? AND name = ?",
                  "is", node, old));
    TRY(vb_cy_sql(run, "DELETE FROM alias WHERE node = ? AND name = ?", "is", node, old));
    TRY(vb_cy_sql(run, "UPDATE node SET name = ? WHERE id = ?", "si", name, node));
    if (!name.len) goto done;
    TRY(vb_fold(arena, name, &folded));
    TRY(vb_cy_sql(
        run,
        "INSERT INTO alias(id, node, folded, name) VALUES(1 + max(ifnull((SELECT max(id) FROM alias),"
        " 0), ifnull((SELECT top_alias FROM correction_effect), 0)), ?, ?, ?)",
        "iss", node, folded, name));
    TRY(vb_cy_sql(run, "INSERT INTO alias_words(rowid, folded) VALUES(?, ?)", "is",
                  (int64_t)sqlite3_last_insert_rowid(vb_store_sqlite(run->store)), folded));
done:
    vb_arena_free(arena);
    return status;
}

static vb_str text_of(const vb_value_map *props, const char *key)
{
    const vb_value *v = vb_cy_map_get(props, vb_str_of(key));
    return v && v->kind == VB_VALUE_STRING ? v->as.text : VB_STR("");
}

/** A node's JSON, and the columns that repeat its name and key. */
vb_status vb_cy_columns_write(vb_cy_run *run, int64_t node, const vb_value_map *props)
{
    vb_status status;
    vb_buf json = { 0 };
    TRY(vb_cy_props_write(props, &json));
    TRY(vb_cy_sql(run, "UPDATE node SET props = ? WHERE id = ?", "si", vb_buf_view(&json), node));
    TRY(put_name(run, node, text_of(props, "name")));
    TRY(vb_cy_sql(
        run,
        "UPDATE node SET key = CASE WHEN EXISTS(SELECT 1 FROM node o WHERE o.labels = node.labels AND"
        " o.key = ?2 AND o.id <> ?1) THEN NULL ELSE ?2 END WHERE id = ?1",
        "in", node, text_of(props, "key")));
done:
    vb_buf_clear(&json);
    return status;
}

/** SQLite gives the id of a deleted last row out again; within a query that would be another thing's. So the
 *  ids are counted here, from before the first is deleted, and past those that a correction will need back.
 */
vb_status vb_cy_ids_before(vb_cy_run *run)
{
    vb_error err = { 0 };
    vb_status status = vb_sql_id(run->store, &err, &run->last_node,
                                 "SELECT max(ifnull((SELECT max(id) FROM node), 0),"
                                 " ifnull((SELECT top_node FROM correction_effect), 0))",
                                 "");
    if (status == VB_OK)
        status = vb_sql_id(run->store, &err, &run->last_edge,
                           "SELECT max(ifnull((SELECT max(id) FROM edge), 0),"
                           " ifnull((SELECT top_edge FROM correction_effect), 0))",
                           "");
    return status == VB_OK ? VB_OK : vb_cy_store_fail(run, status, &err);
}

vb_status vb_cy_create_node(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_names *labels,
                            const vb_value_map *props, vb_value *out)
{
    vb_status status;
    int64_t set = 0;
    vb_str *sorted = vb_cy_get(&run->temp, labels->len * sizeof *sorted);
    if (!sorted) return VB_NO_MEMORY;
    if (labels->len) memcpy(sorted, labels->at, labels->len * sizeof *sorted);
    TRY(check_props(run, props));
    TRY(label_set(run, sorted, sort_labels(sorted, labels->len), &set));
    int64_t id = ++run->last_node;
    TRY(vb_cy_sql(run, "INSERT INTO node(id, labels, name, origin) VALUES(?, ?, '', 3)", "ii", id, set));
    TRY(vb_cy_node_value(run, heap, id, out));
    TRY(vb_cy_note_change(run, out, true, false));
    if (props->len) TRY(vb_cy_columns_write(run, id, props));
done:
    vb_cy_heap_reset(&run->temp);
    return status;
}

/** In a store of documents an edge keeps to the ontology. */
static vb_status check_edge(vb_cy_run *run, const vb_cy_expr *at, vb_str type, const vb_value *source,
                            const vb_value *target)
{
    vb_relation relation;
    vb_label from, to;
    vb_value_list a, b;
    vb_status status = VB_OK;
    if (!run->guarded) return VB_OK;
    TRY(vb_cy_node_labels(run, &run->temp, at, source, &a));
    TRY(vb_cy_node_labels(run, &run->temp, at, target, &b));
    if (!vb_relation_find(type, &relation) || !a.len || !b.len || !vb_label_find(a.at[0].as.text, &from) ||
        !vb_label_find(b.at[0].as.text, &to) || !vb_relation_allows(relation, from, to))
        status = vb_cy_run_fail(run, at, "!ConstraintVerificationFailed/OntologyViolated",
                                "the ontology has no :%.*s between these nodes, and this store keeps to it",
                                VB_FMT(type));
done:
    return status;
}

vb_status vb_cy_create_rel(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, vb_str type,
                           const vb_value *source, const vb_value *target, const vb_value_map *props,
                           vb_value *out)
{
    vb_status status;
    vb_buf json = { 0 };
    vb_cy_edge edge = { 0, source->as.thing->id, target->as.thing->id, 0 };
    TRY(check_props(run, props));
    TRY(check_edge(run, at, type, source, target));
    TRY(sql_id(run, "SELECT id FROM relation WHERE name = ?", type, &edge.type));
    if (!edge.type) {
        TRY(vb_cy_sql(run, "INSERT INTO relation(name) VALUES(?)", "s", type));
        edge.type = sqlite3_last_insert_rowid(vb_store_sqlite(run->store));
    }
    if (props->len) TRY(vb_cy_props_write(props, &json));
    edge.id = ++run->last_edge;
    TRY(vb_cy_sql(run, "INSERT INTO edge(id, type, source, target, origin, props) VALUES(?, ?, ?, ?, 3, ?)",
                  "iiiin", edge.id, edge.type, edge.source, edge.target, vb_buf_view(&json)));
    TRY(vb_cy_rel_value(run, heap, &edge, out));
    TRY(vb_cy_note_change(run, out, true, false));
done:
    vb_buf_clear(&json);
    vb_cy_heap_reset(&run->temp);
    return status;
}

static vb_status put_rel(vb_cy_run *run, const vb_value *rel, const vb_value_map *props)
{
    vb_buf json = { 0 };
    vb_status status = vb_cy_props_write(props, &json);
    if (status == VB_OK)
        status = vb_cy_sql(run, "UPDATE edge SET props = ? WHERE id = ?", "si", vb_buf_view(&json),
                           rel->as.thing->id);
    vb_buf_clear(&json);
    return status;
}

/** What documents and people say is corrected by the commands for that, not here: loading keeps it true. */
static vb_status refuse_said(vb_cy_run *run, const vb_cy_expr *at, const vb_value *thing)
{
    int64_t said = 0;
    vb_error err = { 0 };
    vb_status status = vb_sql_id(run->store, &err, &said,
                                 thing->kind == VB_VALUE_NODE ? "SELECT origin <> 3 FROM node WHERE id = ?"
                                                              : "SELECT origin <> 3 FROM edge WHERE id = ?",
                                 "i", thing->as.thing->id);
    if (status != VB_OK) return vb_cy_store_fail(run, status, &err);
    if (said)
        return vb_cy_run_fail(
            run, at, "!ConstraintVerificationFailed/DocumentsSayThis",
            "this comes from documents: `assert`, `reject`, `merge` and `rename` correct it");
    return VB_OK;
}

vb_status vb_cy_put_properties(vb_cy_run *run, const vb_cy_expr *at, const vb_value *thing,
                               const vb_value_map *props)
{
    vb_status status;
    TRY(check_props(run, props));
    TRY(vb_cy_note_change(run, thing, false, false));
    TRY(refuse_said(run, at, thing));
    status = thing->kind == VB_VALUE_NODE ? vb_cy_columns_write(run, thing->as.thing->id, props)
                                          : put_rel(run, thing, props);
done:
    return status;
}

vb_status vb_cy_put_labels(vb_cy_run *run, const vb_cy_expr *at, const vb_value *node,
                           const vb_cy_names *labels, bool drop)
{
    vb_status status;
    vb_value_list old;
    int64_t set;
    if (node->kind != VB_VALUE_NODE)
        return vb_cy_run_fail(run, at, "!TypeError/InvalidArgumentType", "only a node has labels");
    TRY(refuse_said(run, at, node));
    TRY(vb_cy_note_change(run, node, false, false));
    TRY(vb_cy_node_labels(run, &run->temp, at, node, &old));
    vb_str *at_new = vb_cy_get(&run->temp, (old.len + labels->len) * sizeof *at_new);
    if (!at_new) return VB_NO_MEMORY;
    size_t n = 0;
    for (size_t i = 0; i < old.len; i++) {
        bool named = false;
        for (size_t k = 0; k < labels->len; k++) named |= vb_str_eq(labels->at[k], old.at[i].as.text);
        if (!drop || !named) at_new[n++] = old.at[i].as.text;
    }
    for (size_t k = 0; !drop && k < labels->len; k++) at_new[n++] = labels->at[k];
    TRY(label_set(run, at_new, sort_labels(at_new, n), &set));
    TRY(vb_cy_sql(run, "UPDATE node SET labels = ? WHERE id = ?", "ii", set, node->as.thing->id));
done:
    vb_cy_heap_reset(&run->temp);
    return status;
}

vb_status vb_cy_delete_rel(vb_cy_run *run, const vb_value *rel)
{
    vb_status status;
    if (vb_cy_is_deleted(run, rel)) return VB_OK;
    TRY(refuse_said(run, NULL, rel));
    TRY(vb_cy_note_change(run, rel, false, true));
    TRY(vb_cy_sql(run, "DELETE FROM edge WHERE id = ?", "i", rel->as.thing->id));
done:
    return status;
}

vb_status vb_cy_delete_node(vb_cy_run *run, const vb_cy_expr *at, const vb_value *node, bool detach)
{
    vb_status status = VB_OK;
    vb_cy_edges edges = { 0 };
    const vb_cy_step_to any = { 0 };
    vb_value rel;
    int64_t id = node->as.thing->id;
    if (vb_cy_is_deleted(run, node)) return VB_OK;
    TRY(refuse_said(run, at, node));
    TRY(vb_cy_edges_at(run, id, &any, &edges));
    if (edges.len && !detach) {
        status = vb_cy_run_fail(run, at, "!ConstraintVerificationFailed/DeleteConnectedNode",
                                "the node still has relationships; DETACH DELETE takes them along");
        goto done;
    }
    for (size_t i = 0; i < edges.len; i++) {
        TRY(vb_cy_rel_value(run, &run->temp, &edges.at[i], &rel));
        TRY(vb_cy_delete_rel(run, &rel));
    }
    TRY(vb_cy_note_change(run, node, false, true));
    TRY(vb_cy_sql(run,
                  "INSERT INTO alias_words(alias_words, rowid, folded) SELECT 'delete', id, folded FROM alias"
                  " WHERE node = ?",
                  "i", id));
    TRY(vb_cy_sql(run, "DELETE FROM node WHERE id = ?", "i", id));
done:
    vb_cy_edges_free(run, &edges);
    vb_cy_heap_reset(&run->temp);
    return status;
}
