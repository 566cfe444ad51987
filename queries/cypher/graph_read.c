/**
 * Reading the store for a query: nodes and relationships with what the language calls their properties.
 *
 * A node's properties are its JSON, and beside it key, name and aliases where it has them; a loaded document
 * also has document, date, title, kind, sender, number. A relationship's are its JSON, and weight, first,
 * last, certainty where it comes from documents. A query's own nodes and relationships have their JSON, name
 * and key.
 */
#include "queries/cypher/cypher.h"

vb_status vb_cy_store_fail(vb_cy_run *run, vb_status status, const vb_error *err)
{
    if (status == VB_STOPPED) { /* by must_stop(), which has told why, or tells it now */
        vb_status why = vb_cy_stop(run);
        if (why != VB_OK) return why;
    }
    return vb_cy_fail(&run->source, 0, status, "!StoreError/Store", "%s", err->message);
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

static vb_status text_or_null(vb_cy_heap *heap, sqlite3_stmt *stmt, int column, vb_value *out)
{
    vb_str text = vb_sql_text(stmt, column);
    *out = vb_cy_null;
    if (!text.len) return VB_OK;
    out->kind = VB_VALUE_STRING;
    return vb_cy_text_copy(heap, text, &out->as.text);
}

static vb_status not_json(vb_cy_run *run)
{
    return vb_cy_fail(&run->source, 0, VB_STORE, "!StoreError/Properties", "properties that are no JSON");
}

static vb_status add_json(vb_cy_run *run, vb_cy_heap *heap, entries *to, sqlite3_stmt *stmt, int column)
{
    vb_value_map map;
    vb_status status = vb_cy_props_read(heap, vb_sql_text(stmt, column), &map);
    if (status == VB_STORE) return not_json(run);
    for (size_t i = 0; status == VB_OK && i < map.len; i++)
        if ((status = vb_cy_push(heap, to)) == VB_OK) to->at[to->len - 1] = map.at[i];
    return status;
}

/** The other names of a node as a list; null when it has none. */
static vb_status aliases(vb_cy_run *run, vb_cy_heap *heap, int64_t node, vb_value *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    VB_VEC(vb_value) list = { 0 };
    *out = vb_cy_null;
    TRY(vb_cy_look_up(run, CY_SQL_ALIASES, node, &stmt, &row));
    while (row) {
        if ((status = vb_cy_push(heap, &list)) != VB_OK) break;
        list.at[list.len - 1].kind = VB_VALUE_STRING;
        if ((status = vb_cy_text_copy(heap, vb_sql_text(stmt, 0), &list.at[list.len - 1].as.text)) != VB_OK)
            break;
        if ((status = vb_cy_step(run, stmt, &row)) != VB_OK) break;
    }
    if (row) sqlite3_reset(stmt);
    if (list.len) *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { list.at, list.len } };
done:
    return status;
}

/* The columns that are properties too, each by its place in its statement. */
static const char *const document_columns[] = { "document", "date", "title", "kind", "sender", "number" };
enum { NODE_LABELS, NODE_KEY, NODE_NAME, NODE_PROPS, NODE_ORIGIN };
enum { EDGE_PROPS, EDGE_FIRST, EDGE_LAST, EDGE_WEIGHT, EDGE_CERTAINTY, EDGE_ORIGIN, EDGE_AMOUNT };

/** Whether a row of CY_SQL_NODE may have aliases: a query's own nodes have none, which spares looking. */
static bool may_have_aliases(sqlite3_stmt *node)
{
    return sqlite3_column_int(node, NODE_ORIGIN) != VB_ORIGIN_IMPORT ||
           sqlite3_column_type(node, NODE_KEY) != SQLITE_NULL;
}

static vb_status node_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id,
                                 vb_value_map *out)
{
    vb_status status;
    sqlite3_stmt *stmt, *document;
    bool row, is_document;
    vb_value names = vb_cy_null;
    entries list = { 0 };
    TRY(vb_cy_look_up(run, CY_SQL_NODE, id, &stmt, &row));
    if (!row) return deleted(run, at);
    if (may_have_aliases(stmt)) status = aliases(run, heap, id, &names);
    if (status == VB_OK && names.kind != VB_VALUE_NULL && (status = vb_cy_push(heap, &list)) == VB_OK)
        list.at[0] = (vb_entry){ VB_STR("aliases"), names };
    if (status == VB_OK) status = add_text(heap, &list, "key", stmt, NODE_KEY);
    if (status == VB_OK) status = add_text(heap, &list, "name", stmt, NODE_NAME);
    if (status == VB_OK) status = vb_cy_look_up(run, CY_SQL_DOCUMENT, id, &document, &is_document);
    for (int i = 0; status == VB_OK && is_document && i < (int)VB_COUNT(document_columns); i++)
        status = add_text(heap, &list, document_columns[i], document, i);
    if (status == VB_OK && is_document) sqlite3_reset(document);
    if (status == VB_OK)
        status = add_json(run, heap, &list, stmt, NODE_PROPS); /* the node's own word counts last */
    sqlite3_reset(stmt);
    vb_cy_map_sort(list.at, &list.len);
    *out = (vb_value_map){ list.at, list.len };
done:
    return status;
}

/** What a row of CY_SQL_EDGE says beside its JSON; null where it says nothing. */
static vb_status edge_column(vb_cy_heap *heap, sqlite3_stmt *stmt, vb_str key, vb_value *out)
{
    bool said = sqlite3_column_int(stmt, EDGE_ORIGIN) != VB_ORIGIN_IMPORT;
    int text = vb_str_eq(key, VB_STR("first")) ? EDGE_FIRST : vb_str_eq(key, VB_STR("last")) ? EDGE_LAST : 0;
    *out = vb_cy_null;
    if (text && vb_sql_text(stmt, text).len) {
        out->kind = VB_VALUE_STRING;
        return vb_cy_text_copy(heap, vb_sql_text(stmt, text), &out->as.text);
    }
    if (vb_str_eq(key, VB_STR("weight")) && (said || sqlite3_column_type(stmt, EDGE_WEIGHT) != SQLITE_NULL)) {
        int64_t weight = sqlite3_column_int64(stmt, EDGE_WEIGHT);
        *out = vb_cy_of_int(weight ? weight : 1);
    } else if (said && vb_str_eq(key, VB_STR("certainty"))) {
        vb_certainty certainty = (vb_certainty)sqlite3_column_int(stmt, EDGE_CERTAINTY);
        *out = vb_cy_of_text(vb_str_of(vb_certainty_name(certainty)));
    } else if (vb_str_eq(key, VB_STR("amount")) && sqlite3_column_type(stmt, EDGE_AMOUNT) != SQLITE_NULL) {
        *out = vb_cy_of_int(sqlite3_column_int64(stmt, EDGE_AMOUNT));
    }
    return VB_OK;
}

static vb_status rel_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id,
                                vb_value_map *out)
{
    static const char *const columns[] = { "first", "last", "weight", "certainty", "amount" };
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    entries list = { 0 };
    TRY(vb_cy_look_up(run, CY_SQL_EDGE, id, &stmt, &row));
    if (!row) return deleted(run, at);
    for (size_t i = 0; status == VB_OK && i < VB_COUNT(columns); i++) {
        vb_value v;
        status = edge_column(heap, stmt, vb_str_of(columns[i]), &v);
        if (status != VB_OK || v.kind == VB_VALUE_NULL) continue;
        if ((status = vb_cy_push(heap, &list)) == VB_OK)
            list.at[list.len - 1] = (vb_entry){ vb_str_of(columns[i]), v };
    }
    if (status == VB_OK) status = add_json(run, heap, &list, stmt, EDGE_PROPS);
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

/* ---- one property ---------------------------------------------------------------------------------------
 */

/** A property out of the row's JSON; *found says whether it is there. */
static vb_status json_property(vb_cy_run *run, vb_cy_heap *heap, sqlite3_stmt *stmt, int column, vb_str key,
                               vb_value *out, bool *found)
{
    vb_status status = vb_cy_props_get(heap, vb_sql_text(stmt, column), key, out, found);
    return status == VB_STORE ? not_json(run) : status;
}

/** What a node has beside its JSON and its own row: its other names, and what it is as a document. */
static vb_status far_property(vb_cy_run *run, vb_cy_heap *heap, int64_t id, vb_str key, bool named,
                              vb_value *out)
{
    vb_status status = VB_OK;
    sqlite3_stmt *stmt;
    bool row;
    if (named && vb_str_eq(key, VB_STR("aliases"))) return aliases(run, heap, id, out);
    for (int i = 0; i < (int)VB_COUNT(document_columns); i++) {
        if (!vb_str_eq(key, vb_str_of(document_columns[i]))) continue;
        TRY(vb_cy_look_up(run, CY_SQL_DOCUMENT, id, &stmt, &row));
        if (!row) break;
        status = text_or_null(heap, stmt, i, out);
        sqlite3_reset(stmt);
        break;
    }
done:
    return status;
}

static vb_status node_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id, vb_str key,
                               vb_value *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row, found, named;
    TRY(vb_cy_look_up(run, CY_SQL_NODE, id, &stmt, &row));
    if (!row) return deleted(run, at);
    named = may_have_aliases(stmt);
    status = json_property(run, heap, stmt, NODE_PROPS, key, out, &found);
    if (status == VB_OK && !found) {
        int column = vb_str_eq(key, VB_STR("key"))    ? NODE_KEY
                     : vb_str_eq(key, VB_STR("name")) ? NODE_NAME
                                                      : NODE_LABELS;
        *out = vb_cy_null;
        found = column != NODE_LABELS;
        if (found) status = text_or_null(heap, stmt, column, out);
    }
    sqlite3_reset(stmt);
    if (status == VB_OK && !found) status = far_property(run, heap, id, key, named, out);
done:
    return status;
}

static vb_status rel_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, int64_t id, vb_str key,
                              vb_value *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row, found;
    TRY(vb_cy_look_up(run, CY_SQL_EDGE, id, &stmt, &row));
    if (!row) return deleted(run, at);
    status = json_property(run, heap, stmt, EDGE_PROPS, key, out, &found);
    if (status == VB_OK && !found) status = edge_column(heap, stmt, key, out);
    sqlite3_reset(stmt);
done:
    return status;
}

vb_status vb_cy_thing_property(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *thing,
                               vb_str key, vb_value *out)
{
    return thing->kind == VB_VALUE_NODE ? node_property(run, heap, at, thing->as.thing->id, key, out)
                                        : rel_property(run, heap, at, thing->as.thing->id, key, out);
}

/* ---- labels ---------------------------------------------------------------------------------------------
 */

enum { LABEL_SETS_MAX = 1 << 16 }; /* sets of labels that are remembered; others are read each time */

static vb_status read_labels(vb_cy_run *run, vb_cy_heap *heap, int64_t set, vb_value_list *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_buf json = { 0 };
    vb_value_map map = { 0 };
    *out = (vb_value_list){ 0 };
    TRY(vb_cy_look_up(run, CY_SQL_LABELS, set, &stmt, &row));
    if (!row) goto done;
    status = vb_buf_printf(&json, "{\"l\":%s}", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_reset(stmt);
    if (status == VB_OK) status = vb_cy_props_read(heap, vb_buf_view(&json), &map);
    if (status == VB_STORE || (status == VB_OK && map.len && map.at[0].value.kind != VB_VALUE_LIST))
        status = not_json(run);
    if (status == VB_OK && map.len) *out = map.at[0].value.as.list;
done:
    vb_buf_clear(&json);
    return status;
}

/** The labels of a set, by its id. What is remembered lasts as long as the query. */
static vb_status labels_of(vb_cy_run *run, vb_cy_heap *heap, int64_t set, vb_value_list *out)
{
    vb_status status = VB_OK;
    if (set < 0 || set >= LABEL_SETS_MAX) return read_labels(run, heap, set, out);
    if ((size_t)set >= run->n_label_sets) {
        size_t n = run->n_label_sets ? run->n_label_sets : 32;
        while (n <= (size_t)set) n *= 2;
        vb_value_list **more = vb_cy_get(&run->keep, n * sizeof *more);
        if (!more) return VB_NO_MEMORY;
        if (run->n_label_sets) memcpy(more, run->label_sets, run->n_label_sets * sizeof *more);
        run->label_sets = more;
        run->n_label_sets = n;
    }
    if (!run->label_sets[set]) {
        vb_value_list *list = vb_cy_get(&run->keep, sizeof *list);
        if (!list) return VB_NO_MEMORY;
        TRY(read_labels(run, &run->keep, set, list));
        run->label_sets[set] = list;
    }
    *out = *run->label_sets[set];
done:
    return status;
}

vb_status vb_cy_node_labels(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *at, const vb_value *node,
                            vb_value_list *out)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    TRY(vb_cy_look_up(run, CY_SQL_NODE_LABELS, node->as.thing->id, &stmt, &row));
    if (!row) return deleted(run, at);
    int64_t set = sqlite3_column_int64(stmt, 0);
    sqlite3_reset(stmt);
    status = labels_of(run, heap, set, out);
done:
    return status;
}

bool vb_cy_is_deleted(vb_cy_run *run, const vb_value *thing)
{
    sqlite3_stmt *stmt;
    bool row = true;
    if (vb_cy_look_up(run, thing->kind == VB_VALUE_NODE ? CY_SQL_NODE_LABELS : CY_SQL_EDGE,
                      thing->as.thing->id, &stmt, &row) != VB_OK)
        return false;
    if (row) sqlite3_reset(stmt);
    return !row;
}
