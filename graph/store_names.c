/**
 * From a name to nodes: exact name or alias, else key, else name or alias with case and diacritics folded.
 * All names of a node stand in one table with their folded form, whose index answers both exact and folded.
 */
#include "graph/store.h"

vb_status vb_node_text(const vb_node *node, vb_arena *arena, vb_str *out)
{
    return vb_arena_printf(arena, out, "%.*s:%.*s (%.*s)", VB_FMT(node->label), VB_FMT(node->name),
                           VB_FMT(node->key));
}

/** Take "Label:" off a name, where it is a label of the ontology or of this store; else *label is empty. */
static vb_status split_label(vb_store *store, vb_str name, vb_str *label, vb_str *rest, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t known = 0;
    vb_label ignored;
    size_t colon = vb_str_find(name, VB_STR(":"), 0);
    *label = (vb_str){ 0 };
    *rest = name;
    if (colon == SIZE_MAX || colon + 1 >= name.len) goto done;
    vb_str head = vb_str_part(name, 0, colon);
    if (!vb_label_find(head, &ignored))
        TRY(vb_sql_id(store, err, &known,
                      "SELECT s.id FROM label_set s, json_each(s.labels) l WHERE l.value = ? LIMIT 1", "s",
                      head));
    else
        known = 1;
    if (!known) goto done;
    *label = head;
    *rest = vb_str_trim(vb_str_part(name, colon + 1, name.len));
done:
    return status;
}

/** A way to find nodes: ?1 is the label ('' any), ?2 the name, ?3 its folded form. */
#define OF_LABEL "(?1 = '' OR s.name = ?1 OR EXISTS(SELECT 1 FROM json_each(s.labels) WHERE value = ?1))"
#define IN_ORDER " ORDER BY s.name, n.key, n.id LIMIT 1000"
static const char *const ways[] = {
    "SELECT DISTINCT " VB_NODE_COLUMNS " FROM alias a JOIN node n ON n.id = a.node"
    " JOIN label_set s ON s.id = n.labels LEFT JOIN document d ON d.node = n.id"
    " WHERE a.folded = ?3 AND a.name = ?2 AND " OF_LABEL IN_ORDER,
    "SELECT " VB_NODE_COLUMNS " FROM label_set s CROSS JOIN node n ON n.labels = s.id AND n.key = ?2"
    " LEFT JOIN document d ON d.node = n.id WHERE ?3 IS NOT NULL AND " OF_LABEL IN_ORDER,
    "SELECT DISTINCT " VB_NODE_COLUMNS " FROM alias a JOIN node n ON n.id = a.node"
    " JOIN label_set s ON s.id = n.labels LEFT JOIN document d ON d.node = n.id"
    " WHERE a.folded = ?3 AND ?3 <> '' AND ?2 IS NOT NULL AND " OF_LABEL IN_ORDER,
};

static vb_status try_way(vb_store *store, const char *sql, vb_str label, vb_str name, vb_str folded,
                         vb_arena *arena, vb_nodes *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    VB_VEC(vb_node) list = { 0 };
    TRY(vb_sql_bind(store, err, &stmt, sql, "sss", label, name, folded));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row)
        if (vb_push(arena, &list) != VB_OK || vb_row_node(stmt, 0, arena, &list.at[list.len - 1]) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
    if (status == VB_OK) {
        out->at = list.at;
        out->len = list.len;
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** Try the ways in turn; the first that finds anything decides. */
static vb_status find_all(vb_store *store, vb_str label, vb_str name, vb_arena *arena, vb_nodes *out,
                          vb_error *err)
{
    vb_status status = VB_OK;
    vb_str folded;
    *out = (vb_nodes){ 0 };
    if (!name.len || name.len > VB_NAME_MAX) goto done;
    TRY(vb_fold(arena, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < VB_COUNT(ways) && !out->len; i++)
        TRY(try_way(store, ways[i], label, name, folded, arena, out, err));
done:
    return status;
}

/** "...; nearest: A, B, C" of nodes, clipped to what an error line holds. */
static vb_status list_nodes(const vb_node *nodes, size_t n, vb_arena *arena, vb_str *out)
{
    enum { SHOWN = 8 };
    vb_status status = VB_OK;
    vb_buf line = { 0 };
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        vb_str text;
        TRY(vb_node_text(&nodes[i], arena, &text));
        TRY(vb_buf_printf(&line, "%s%.*s", i ? ", " : "", VB_FMT(text)));
    }
    if (n > SHOWN) TRY(vb_buf_printf(&line, " and %zu more", n - SHOWN));
    TRY(vb_arena_copy(arena, vb_buf_view(&line), out));
done:
    vb_buf_clear(&line);
    return status;
}

static vb_str clipped(vb_str name)
{
    enum { SHOWN = 120 };
    if (name.len <= SHOWN) return name;
    size_t n = SHOWN;
    while (n && ((unsigned char)name.at[n] & 0xc0) == 0x80) n--;
    return (vb_str){ name.at, n };
}

/** Say that nothing is called so, and what is nearest. */
static vb_status unknown(vb_store *store, vb_str name, vb_arena *arena, vb_error *err)
{
    vb_status status;
    vb_nodes near = { 0 };
    vb_str list = { 0 };
    if (!err) return VB_UNKNOWN_NAME;
    TRY(vb_store_suggest(store, name, 5, arena, &near, err));
    TRY(list_nodes(near.at, near.len, arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
    vb_str shown = clipped(name);
    status = near.len ? vb_fail(err, VB_UNKNOWN_NAME, "nothing is called \"%.*s\"; nearest: %.*s",
                                VB_FMT(shown), VB_FMT(list))
                      : vb_fail(err, VB_UNKNOWN_NAME, "nothing is called \"%.*s\"", VB_FMT(shown));
done:
    return status;
}

vb_status vb_store_resolve(vb_store *store, vb_str name, vb_arena *arena, vb_nodes *out, vb_error *err)
{
    vb_status status;
    vb_nodes found = { 0 };
    vb_str label, rest;
    name = vb_str_trim(name);
    TRY(split_label(store, name, &label, &rest, err));
    TRY(find_all(store, label, rest, arena, &found, err));
    if (!found.len && label.len) /* a name that only looks as if it had a label before it */
        TRY(find_all(store, (vb_str){ 0 }, name, arena, &found, err));
    if (!found.len) TRY(unknown(store, name, arena, err));
    *out = found;
done:
    return status;
}

vb_status vb_store_resolve_one(vb_store *store, vb_str name, vb_arena *arena, vb_node *out, vb_error *err)
{
    vb_status status;
    vb_nodes found = { 0 };
    vb_str list = { 0 };
    TRY(vb_store_resolve(store, name, arena, &found, err));
    if (found.len == 1) {
        *out = found.at[0];
        goto done;
    }
    TRY(list_nodes(found.at, found.len, arena, &list) == VB_OK ? VB_OK : vb_fail_memory(err));
    vb_str shown = clipped(name);
    status = vb_fail(err, VB_AMBIGUOUS, "%.*s is ambiguous: %.*s", VB_FMT(shown), VB_FMT(list));
done:
    return status;
}

vb_status vb_store_document(vb_store *store, vb_str name, int64_t *out, vb_error *err)
{
    static const char *const by[] = {
        "SELECT id FROM document WHERE file = ?",
        "SELECT id FROM document WHERE path = ? ORDER BY id LIMIT 1",
        "SELECT document FROM duplicate WHERE file = ?", /* the same letter in another format */
        "SELECT d.id FROM label_set s CROSS JOIN node n ON n.labels = s.id JOIN document d ON d.node = n.id"
        " WHERE n.key = ? ORDER BY d.id LIMIT 1",
        "SELECT d.id FROM alias a JOIN document d ON d.node = a.node WHERE a.folded = ?2 AND a.name = ?1"
        " ORDER BY d.id LIMIT 1",
    };
    vb_status status;
    int64_t id = 0;
    vb_str folded;
    vb_arena *arena = vb_arena_new();
    if (!arena) return vb_fail_memory(err);
    TRY(vb_fold(arena, clipped(name), &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < VB_COUNT(by) && !id; i++)
        TRY(vb_sql_id(store, err, &id, by[i], i + 1 == VB_COUNT(by) ? "ss" : "s", name, folded));
    if (!id) TRY(unknown(store, name, arena, err));
    *out = id;
done:
    vb_arena_free(arena);
    return status;
}
