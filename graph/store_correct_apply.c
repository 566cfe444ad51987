/**
 * Corrections applied to the graph as it stands: assert, reject and rename here, the larger two in
 * store_correct_merge.c and store_correct_split.c. Each works on the tables alone and through the ways that
 * documents use (store_forget.c ends what has no reason to live, store_put*.c's counts), and changes nothing
 * that a session does not record; so none of them needs a way back of its own.
 *
 * A node that a person had a hand in has origin 2: neither it nor its names need a document to live.
 */
#include "graph/store_correct.h"

/* ---- what all of them need ---------------------------------------------------------------------------- */

vb_status vb_fix_find(vb_store *store, vb_str label, vb_str key, int64_t *out, vb_error *err)
{
    *out = 0;
    return vb_sql_id(
        store, err, out,
        "SELECT n.id FROM label_set s CROSS JOIN node n ON n.labels = s.id WHERE s.name = ?1 AND n.key = ?2"
        " ORDER BY s.labels <> json_array(?1), n.id LIMIT 1",
        "ss", label, key);
}

static vb_status find_named(vb_fix *f, const vb_node *named, int64_t *out, vb_error *err)
{
    return vb_fix_find(f->store, named->label, named->key, out, err);
}

vb_status vb_fix_doubt(vb_fix *f, vb_ids *list, int64_t id, vb_error *err)
{
    if (vb_push(f->arena, list) != VB_OK) return vb_fail_memory(err);
    list->at[list->len - 1] = id;
    return VB_OK;
}

vb_status vb_fix_own(vb_fix *f, int64_t node, vb_error *err)
{
    return vb_sql_do(f->store, err, "UPDATE node SET origin = 2 WHERE id = ? AND origin < 2", "i", node);
}

vb_status vb_fix_name(vb_fix *f, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    vb_str folded;
    int64_t there = 0;
    TRY(vb_sql_id(f->store, err, &there, "SELECT id FROM alias WHERE node = ? AND name = ?", "is", node,
                  name));
    if (there) goto done;
    TRY(vb_fold(f->arena, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_sql_do(f->store, err, "INSERT INTO alias(node, folded, name) VALUES(?, ?, ?)", "iss", node, folded,
                  name));
    vb_words_note(&f->store->new_aliases, sqlite3_last_insert_rowid(f->store->db));
done:
    return status;
}

vb_status vb_fix_make(vb_fix *f, const vb_node *named, int64_t *out, vb_error *err)
{
    vb_status status;
    int64_t labels = 0;
    vb_str name = named->name.len ? named->name : named->key;
    TRY(find_named(f, named, out, err));
    if (*out) goto done;
    TRY(vb_sql_id(f->store, err, &labels, "SELECT id FROM label_set WHERE labels = json_array(?)", "s",
                  named->label));
    if (!labels) goto done; /* labels of an import that is gone: *out stays 0 */
    TRY(vb_sql_do(f->store, err, "INSERT INTO node(labels, key, name, origin) VALUES(?, ?, ?, 2)", "iss",
                  labels, named->key, name));
    *out = sqlite3_last_insert_rowid(f->store->db);
    TRY(vb_fix_name(f, *out, name, err));
done:
    return status;
}

vb_status vb_fix_edges(vb_fix *f, int64_t node, int64_t document, vb_ids *out, vb_error *err)
{
    vb_status status;
    if (document)
        TRY(vb_sql_ids(f->store, err, f->arena, out,
                       "SELECT v.edge FROM evidence v JOIN edge e ON e.id = v.edge WHERE v.document = ?1"
                       " AND (e.source = ?2 OR e.target = ?2)",
                       "ii", document, node));
    else
        TRY(vb_sql_ids(
            f->store, err, f->arena, out,
            "SELECT id FROM edge WHERE source = ?1 UNION ALL SELECT id FROM edge WHERE target = ?1", "i",
            node));
    vb_ids_unique(out);
done:
    return status;
}

vb_status vb_fix_documents(vb_fix *f, int64_t node, vb_ids *out, vb_error *err)
{
    vb_status status;
    TRY(vb_sql_ids(
        f->store, err, f->arena, out,
        "SELECT d.id FROM edge e JOIN document d ON d.node = e.source WHERE e.target = ?1 AND e.type = ?2"
        " UNION ALL SELECT v.document FROM edge e JOIN evidence v ON v.edge = e.id WHERE e.source = ?1"
        " AND v.document IS NOT NULL UNION ALL SELECT v.document FROM edge e JOIN evidence v"
        " ON v.edge = e.id WHERE e.target = ?1 AND v.document IS NOT NULL"
        " UNION ALL SELECT id FROM document WHERE node = ?1",
        "ii", node, f->store->relations[VB_REL_MENTIONS]));
    vb_ids_unique(out);
done:
    return status;
}

/* ---- what documents have no more to say of ------------------------------------------------------------ */

vb_status vb_fix_lose(vb_fix *f, int64_t document, int64_t node, vb_error *err)
{
    if (vb_push(f->arena, &f->lost) != VB_OK) return vb_fail_memory(err);
    f->lost.at[f->lost.len - 1] = (vb_fix_lost){ .document = document, .node = node };
    return VB_OK;
}

vb_status vb_fix_lose_edge(vb_fix *f, int64_t edge, int64_t document, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(
        f->store, err, &stmt,
        "SELECT DISTINCT v.document, e.source, e.target FROM edge e JOIN evidence v ON v.edge = e.id"
        " WHERE e.id = ?1 AND v.document IS NOT NULL AND ?2 IN (0, v.document)",
        "ii", edge, document));
    while ((status = vb_sql_row(f->store, err, stmt, &row)) == VB_OK && row)
        for (int end = 1; end <= 2; end++)
            TRY(vb_fix_lose(f, sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, end), err));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The names that a document gives a node. */
static vb_status end_names(vb_fix *f, int64_t document, int64_t node, vb_error *err)
{
    vb_status status;
    vb_ids names = { 0 };
    TRY(vb_sql_ids(
        f->store, err, f->arena, &names,
        "SELECT x.alias FROM alias a CROSS JOIN alias_document x ON x.alias = a.id AND x.document = ?"
        " WHERE a.node = ?",
        "ii", document, node));
    for (size_t i = 0; i < names.len; i++) {
        TRY(vb_sql_do(f->store, err, "DELETE FROM alias_document WHERE document = ? AND alias = ?", "ii",
                      document, names.at[i]));
        TRY(vb_sql_do(f->store, err, "UPDATE alias SET documents = documents - 1 WHERE id = ?", "i",
                      names.at[i]));
        TRY(vb_fix_doubt(f, &f->sweep.old_aliases, names.at[i], err));
    }
done:
    return status;
}

/** Who says nothing of a node any more gives it no names. */
static vb_status end_lost(vb_fix *f, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < f->lost.len; i++) {
        const vb_fix_lost *l = &f->lost.at[i];
        int64_t says = 0;
        TRY(vb_sql_id(
            f->store, err, &says,
            "SELECT 1 FROM document d WHERE d.id = ?1 AND (d.node = ?2 OR EXISTS(SELECT 1 FROM edge WHERE"
            " source = d.node AND type = ?3 AND target = ?2) OR EXISTS(SELECT 1 FROM evidence v JOIN edge e"
            " ON e.id = v.edge WHERE v.document = ?1 AND ?2 IN (e.source, e.target)))",
            "iii", l->document, l->node, f->store->relations[VB_REL_MENTIONS]));
        if (!says) TRY(end_names(f, l->document, l->node, err));
    }
    f->lost.len = 0;
done:
    return status;
}

/** Note the documents that have a say in an edge: they count it. */
static vb_status note_documents(vb_fix *f, int64_t edge, vb_error *err)
{
    return vb_sql_ids(f->store, err, f->arena, &f->documents,
                      "SELECT document FROM evidence WHERE edge = ? AND document IS NOT NULL", "i", edge);
}

/** The loaded document of this file name; 0: none. */
static vb_status find_document(vb_fix *f, int64_t *out, vb_error *err)
{
    *out = 0;
    if (!f->what->document.len) return VB_OK;
    return vb_sql_id(f->store, err, out, "SELECT id FROM document WHERE file = ?", "s", f->what->document);
}

/* ---- assert ------------------------------------------------------------------------------------------- */

/** The edge that texts, gazetteers and persons say between two nodes; made when it is new. */
static vb_status find_edge(vb_fix *f, vb_relation type, int64_t source, int64_t target, bool make,
                           int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t relation = f->store->relations[type];
    bool turned;
    if (vb_relation_get(type)->symmetric) TRY(vb_edge_order_ends(f->store, &source, &target, &turned, err));
    *out = 0;
    TRY(vb_sql_id(
        f->store, err, out,
        "SELECT id FROM edge WHERE source = ? AND type = ? AND target = ? AND origin <= 2 ORDER BY id"
        " LIMIT 1",
        "iii", source, relation, target));
    if (*out || !make) goto done;
    TRY(vb_sql_do(f->store, err, "INSERT INTO edge(type, source, target, origin) VALUES(?, ?, ?, 2)", "iii",
                  relation, source, target));
    *out = sqlite3_last_insert_rowid(f->store->db);
done:
    return status;
}

/** Where the text that a person quotes stands in the document; -1: it does not. */
static vb_status find_quote(vb_fix *f, int64_t document, int64_t *start, vb_error *err)
{
    vb_status status;
    int64_t at = 0;
    *start = -1;
    if (!document || !f->what->text.len) return VB_OK;
    TRY(vb_sql_id(f->store, err, &at,
                  "SELECT instr(CAST(text AS BLOB), CAST(? AS BLOB)) FROM document_text WHERE document = ?",
                  "si", f->what->text, document));
    *start = at - 1;
done:
    return status;
}

static vb_status add_evidence(vb_fix *f, int64_t edge, vb_error *err)
{
    vb_status status;
    const vb_correction *w = f->what;
    int64_t document = 0, start = -1;
    TRY(find_document(f, &document, err));
    TRY(find_quote(f, document, &start, err));
    if (start >= 0) {
        TRY(vb_sql_do(
            f->store, err,
            "INSERT INTO evidence(edge, document, start, length, correction, origin) VALUES(?, ?, ?, ?, ?, 2)"
            " ON CONFLICT DO NOTHING",
            "iiiii", edge, document, start, (int64_t)w->text.len, w->id));
        TRY(vb_fix_doubt(f, &f->documents, document, err));
    } else {
        vb_str by = w->source.len ? w->source : w->document;
        TRY(vb_sql_do(f->store, err,
                      "INSERT INTO evidence(edge, start, length, correction, origin, said_in, text)"
                      " VALUES(?, -1, 0, ?, 2, ?, ?)",
                      "iinn", edge, w->id, by, w->text));
    }
    TRY(vb_edge_count_anew(f->store, edge, err));
done:
    return status;
}

static vb_status assert_it(vb_fix *f, vb_error *err)
{
    vb_status status;
    const vb_correction *w = f->what;
    vb_relation relation;
    int64_t source, target, edge;
    TRY(vb_fix_make(f, &w->a, &source, err));
    if (source && !w->relation.len) TRY(vb_fix_own(f, source, err));
    if (!source || !w->relation.len) goto done;
    TRY(vb_fix_make(f, &w->b, &target, err));
    if (!target || !vb_relation_find(w->relation, &relation)) goto done;
    TRY(find_edge(f, relation, source, target, true, &edge, err));
    TRY(add_evidence(f, edge, err));
done:
    return status;
}

/* ---- reject ------------------------------------------------------------------------------------------- */

/** End an edge, or what one document (not 0) says of it. */
static vb_status end_edge(vb_fix *f, int64_t edge, int64_t document, vb_error *err)
{
    vb_status status;
    int64_t imported = 0;
    TRY(note_documents(f, edge, err));
    TRY(vb_fix_lose_edge(f, edge, document, err));
    TRY(vb_sql_id(f->store, err, &imported, "SELECT 1 FROM edge WHERE id = ? AND origin = 3", "i", edge));
    TRY(document ? vb_sql_do(f->store, err, "DELETE FROM evidence WHERE edge = ? AND document = ?", "ii",
                             edge, document)
                 : vb_sql_do(f->store, err, "DELETE FROM evidence WHERE edge = ?", "i", edge));
    if (!imported) {
        TRY(vb_fix_doubt(f, &f->sweep.old_edges, edge, err));
        goto done;
    }
    if (document) goto done; /* an imported edge has its own count, and needs no sentence */
    TRY(vb_sql_ids(f->store, err, f->arena, &f->sweep.old_nodes,
                   "SELECT source FROM edge WHERE id = ?1 UNION ALL SELECT target FROM edge WHERE id = ?1",
                   "i", edge));
    TRY(vb_sql_do(f->store, err, "DELETE FROM edge WHERE id = ?", "i", edge));
done:
    return status;
}

/** A document's mentions of a node, the names that it gives it, and what it says of its edges. */
static vb_status end_mentions(vb_fix *f, int64_t document, int64_t node, vb_error *err)
{
    vb_status status;
    vb_ids edges = { 0 };
    TRY(vb_sql_do(f->store, err, "DELETE FROM mention WHERE document = ? AND node = ?", "ii", document,
                  node));
    TRY(vb_sql_do(f->store, err,
                  "DELETE FROM edge WHERE target = ?1 AND type = ?2 AND source = (SELECT node FROM document"
                  " WHERE id = ?3)",
                  "iii", node, f->store->relations[VB_REL_MENTIONS], document));
    TRY(end_names(f, document, node, err));
    TRY(vb_fix_edges(f, node, document, &edges, err));
    for (size_t i = 0; i < edges.len; i++) TRY(end_edge(f, edges.at[i], document, err));
    TRY(vb_fix_doubt(f, &f->sweep.old_nodes, node, err));
    TRY(vb_fix_doubt(f, &f->documents, document, err));
done:
    return status;
}

/** The node means nothing: it goes with all its mentions, edges and names. */
static vb_status reject_node(vb_fix *f, int64_t node, vb_error *err)
{
    vb_status status;
    int64_t loaded = 0;
    vb_ids documents = { 0 }, edges = { 0 }, names = { 0 };
    TRY(vb_sql_id(f->store, err, &loaded, "SELECT 1 FROM document WHERE node = ?", "i", node));
    if (loaded) {
        f->idle = "it is a loaded document";
        goto done;
    }
    TRY(vb_fix_documents(f, node, &documents, err));
    for (size_t i = 0; i < documents.len; i++) TRY(end_mentions(f, documents.at[i], node, err));
    TRY(vb_fix_edges(f, node, 0, &edges, err));
    for (size_t i = 0; i < edges.len; i++) TRY(end_edge(f, edges.at[i], 0, err));
    TRY(end_lost(f, err));
    TRY(vb_put_sweep(&f->sweep, err));
    f->sweep.old_edges.len = f->sweep.old_aliases.len = f->sweep.old_nodes.len = 0;
    TRY(vb_sql_ids(f->store, err, f->arena, &names, "SELECT id FROM alias WHERE node = ?", "i", node));
    for (size_t i = 0; i < names.len; i++) TRY(vb_words_drop_alias(f->store, names.at[i], err));
    TRY(vb_sql_do(f->store, err, "DELETE FROM alias WHERE node = ?", "i", node));
    TRY(vb_sql_do(f->store, err, "DELETE FROM node WHERE id = ?", "i", node));
done:
    return status;
}

/** Every edge of this type between the two, whoever says it; of a symmetric relation from either end. */
static vb_status reject_edges(vb_fix *f, int64_t source, int64_t target, vb_error *err)
{
    vb_status status;
    vb_ids edges = { 0 };
    int64_t document = 0;
    TRY(find_document(f, &document, err));
    if (f->what->document.len && !document) {
        f->idle = "the document is not loaded";
        goto done;
    }
    TRY(vb_sql_ids(
        f->store, err, f->arena, &edges,
        "SELECT e.id FROM relation t CROSS JOIN edge e ON e.type = t.id WHERE t.name = ?3 AND"
        " ((e.source = ?1 AND e.target = ?2) OR (t.symmetric AND e.source = ?2 AND e.target = ?1))",
        "iis", source, target, f->what->relation));
    if (!edges.len) f->idle = "nothing says this";
    for (size_t i = 0; i < edges.len; i++) TRY(end_edge(f, edges.at[i], document, err));
done:
    return status;
}

static vb_status reject(vb_fix *f, vb_error *err)
{
    vb_status status;
    const vb_correction *w = f->what;
    int64_t a, b, document = 0;
    TRY(find_named(f, &w->a, &a, err));
    if (!w->relation.len) {
        if (a)
            TRY(reject_node(f, a, err));
        else
            f->idle = "nothing is called this";
        goto done;
    }
    TRY(find_named(f, &w->b, &b, err));
    if (!a || !b) {
        f->idle = "nothing says this";
        goto done;
    }
    if (vb_str_eq(w->relation, VB_STR("MENTIONS")))
        TRY(vb_sql_id(f->store, err, &document,
                      "SELECT id FROM document WHERE node = ? AND (hash <> 0 OR bytes <> 0)", "i", a));
    TRY(document ? end_mentions(f, document, b, err) : reject_edges(f, a, b, err));
done:
    return status;
}

/* ---- rename ------------------------------------------------------------------------------------------- */

static vb_status rename_node(vb_fix *f, vb_error *err)
{
    vb_status status;
    int64_t node;
    TRY(find_named(f, &f->what->a, &node, err));
    if (!node) {
        f->idle = "nothing is called this";
        goto done;
    }
    TRY(vb_fix_name(f, node, f->what->b.name, err));
    TRY(vb_sql_do(f->store, err, "UPDATE node SET name = ? WHERE id = ?", "si", f->what->b.name, node));
    TRY(vb_fix_own(f, node, err));
done:
    return status;
}

/* ---- one, and all ------------------------------------------------------------------------------------- */

static vb_status (*const kinds[VB_CORRECTION_KINDS])(vb_fix *, vb_error *) = {
    [VB_ASSERT] = assert_it,   [VB_REJECT] = reject,      [VB_MERGE] = vb_fix_merge,
    [VB_SPLIT] = vb_fix_split, [VB_RENAME] = rename_node,
};

vb_status vb_fix_count(vb_store *store, vb_ids *documents, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(documents);
    for (size_t i = 0; i < documents->len; i++)
        TRY(vb_sql_do(
            store, err,
            "UPDATE document SET mentions = (SELECT count(*) FROM mention WHERE document = ?1), edges ="
            " (SELECT count(DISTINCT edge) FROM evidence WHERE document = ?1 AND start >= 0)"
            " WHERE id = ?1 AND (hash <> 0 OR bytes <> 0)",
            "i", documents->at[i]));
done:
    return status;
}

vb_status vb_fix_apply(vb_store *store, const vb_correction *what, vb_arena *keep, vb_ids *documents,
                       vb_error *err)
{
    vb_status status;
    vb_arena *arena = vb_arena_new();
    vb_fix f = { .store = store, .arena = arena, .what = what, .sweep = { .store = store, .arena = arena } };
    if (!arena) return vb_fail_memory(err);
    TRY(kinds[what->kind](&f, err));
    TRY(end_lost(&f, err));
    vb_ids_unique(&f.sweep.old_edges);
    TRY(vb_put_sweep(&f.sweep, err));
    for (size_t i = 0; i < f.documents.len; i++) {
        if (documents->len == documents->cap) vb_ids_unique(documents); /* many corrections count the same */
        TRY(vb_push(keep, documents) == VB_OK ? VB_OK : vb_fail_memory(err));
        documents->at[documents->len - 1] = f.documents.at[i];
    }
    vb_str idle = vb_str_of(f.idle);
    if (!vb_str_eq(idle, what->idle))
        TRY(vb_sql_do(store, err, "UPDATE correction SET idle = ? WHERE id = ?", "ni", idle, what->id));
done:
    vb_arena_free(arena);
    return status;
}

vb_status vb_fix_apply_all(vb_store *store, vb_error *err)
{
    vb_status status;
    vb_ids ids = { 0 }, documents = { 0 };
    vb_arena *arena = vb_arena_new();
    if (!arena) return vb_fail_memory(err);
    TRY(vb_sql_ids(store, err, arena, &ids, "SELECT id FROM correction WHERE undone IS NULL ORDER BY id",
                   ""));
    for (size_t i = 0; i < ids.len; i++) {
        sqlite3_stmt *stmt = NULL;
        bool row;
        vb_correction what;
        TRY(vb_sql_bind(store, err, &stmt, "SELECT " VB_FIX_COLUMNS " FROM correction WHERE id = ?", "i",
                        ids.at[i]));
        TRY(vb_sql_row(store, err, stmt, &row));
        if (!row) continue;
        status = vb_fix_read(stmt, arena, &what, err);
        sqlite3_reset(stmt);
        TRY(status);
        TRY(vb_fix_apply(store, &what, arena, &documents, err));
    }
    TRY(vb_fix_count(store, &documents, err));
done:
    vb_arena_free(arena);
    return status;
}
