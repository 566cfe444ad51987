/**
 * Nodes on their way into the store: the document's own one, those that it names, and what they are called.
 *
 * Whose key is it? A document's node has the key its text or file gives. Where another letter has cited that
 * key already, the cited node is the document from now on. Where another loaded file has it, the second one
 * keeps a node of its own with the slug of its file name as key, numbered when that is taken as well.
 */
#include "graph/store.h"

/* ---- names -------------------------------------------------------------------------------------------- */

/** The row of a node's name; 0 when it has no such name. */
static vb_status find_alias(vb_put *p, int64_t node, vb_str name, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    *out = vb_known_id(p->store, VB_KNOWN_NAME(node), name);
    if (*out || vb_known_id(p->store, VB_KNOWN_ALL(node), (vb_str){ 0 })) goto done;
    TRY(vb_sql_id(p->store, err, out, "SELECT id FROM alias WHERE node = ? AND name = ?", "is", node, name));
    if (*out) vb_known_learn(p->store, VB_KNOWN_NAME(node), name, *out);
done:
    return status;
}

static vb_status add_alias(vb_put *p, int64_t node, vb_str name, int64_t *out, vb_error *err)
{
    vb_status status;
    vb_str folded;
    TRY(vb_fold(p->arena, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    TRY(vb_sql_do(p->store, err, "INSERT INTO alias(node, folded, name) VALUES(?, ?, ?)", "iss", node, folded,
                  name));
    *out = sqlite3_last_insert_rowid(p->store->db);
    vb_words_note(&p->store->new_aliases, *out);
    vb_known_learn(p->store, VB_KNOWN_NAME(node), name, *out);
done:
    return status;
}

static vb_status note_id(vb_put *p, vb_ids *ids, int64_t id, vb_error *err)
{
    if (vb_push(p->arena, ids) != VB_OK) return vb_fail_memory(err);
    ids->at[ids->len - 1] = id;
    return VB_OK;
}

vb_status vb_put_alias(vb_put *p, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    int64_t alias = 0;
    name = vb_str_trim(name);
    if (!name.len) return VB_OK;
    TRY(find_alias(p, node, name, &alias, err));
    if (!alias) TRY(add_alias(p, node, name, &alias, err));
    TRY(note_id(p, &p->names, alias, err));
done:
    return status;
}

vb_status vb_put_give(vb_put *p, int64_t alias, int64_t n, vb_error *err)
{
    vb_status status = VB_OK;
    if (vb_push(p->arena, &p->given) != VB_OK) return vb_fail_memory(err);
    if (vb_known_give(p->store, alias, n) == VB_OK) {
        p->given.at[p->given.len - 1] = (vb_put_given){ .alias = alias, .n = n };
    } else {
        p->given.len--;
        status = vb_fail_memory(err);
    }
    return status;
}

vb_status vb_put_names(vb_put *p, vb_error *err)
{
    vb_status status;
    vb_rows rows;
    vb_ids_unique(&p->names);
    TRY(vb_rows_make(p->arena, p->names.len, 1, &rows) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < p->names.len; i++) {
        rows.cells[rows.n++] = (vb_cell){ .n = p->names.at[i] };
        TRY(vb_put_give(p, p->names.at[i], 1, err));
    }
    TRY(vb_rows_put(p->store, &rows, err,
                    "INSERT OR FAIL INTO alias_document(document, alias) SELECT ?, a FROM verband_rows", "i",
                    p->document));
done:
    return status;
}

vb_status vb_put_rename(vb_put *p, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    int64_t former = 0, alias = 0;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(p->store, err, &stmt,
                    "SELECT a.id, n.name FROM alias a JOIN node n ON n.id = a.node AND n.name = a.name"
                    " WHERE n.id = ?",
                    "i", node));
    TRY(vb_sql_row(p->store, err, stmt, &row));
    if (row) {
        former = sqlite3_column_int64(stmt, 0);
        vb_known_unlearn(p->store, VB_KNOWN_MET(node), vb_sql_text(stmt, 1));
    }
    sqlite3_reset(stmt);
    TRY(find_alias(p, node, name, &alias, err));
    if (!alias) TRY(add_alias(p, node, name, &alias, err));
    TRY(vb_sql_do(p->store, err, "UPDATE node SET name = ? WHERE id = ?", "si", name, node));
    if (former && former != alias) TRY(note_id(p, &p->old_aliases, former, err));
done:
    return status;
}

/* ---- nodes -------------------------------------------------------------------------------------------- */

vb_status vb_put_find(vb_store *store, vb_label label, vb_str key, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    *out = vb_known_id(store, VB_KNOWN_NODE(label), key);
    if (*out) goto done;
    TRY(vb_sql_id(store, err, out, "SELECT id FROM node WHERE labels = ? AND key = ?", "is",
                  store->labels[label], key));
    if (*out) vb_known_learn(store, VB_KNOWN_NODE(label), key, *out);
done:
    return status;
}

static vb_status add_node(vb_put *p, vb_label label, vb_str key, vb_str name, vb_origin origin, int64_t *out,
                          vb_error *err)
{
    vb_status status;
    int64_t alias;
    TRY(vb_sql_do(p->store, err, "INSERT INTO node(labels, key, name, origin) VALUES(?, ?, ?, ?)", "issi",
                  p->store->labels[label], key, name, (int64_t)origin));
    *out = sqlite3_last_insert_rowid(p->store->db);
    if (!p->new_node) p->new_node = *out;
    vb_known_learn(p->store, VB_KNOWN_NODE(label), key, *out);
    vb_known_learn(p->store, VB_KNOWN_ALL(*out), (vb_str){ 0 }, *out);
    TRY(add_alias(p, *out, name, &alias, err));
done:
    return status;
}

/** A node that is there gets to know what this document knows of it. A gazetteer's name is the right one;
 * else the first name stays and a later one is an alias. */
static vb_status meet_node(vb_put *p, const vb_rec_node *n, vb_str name, int64_t id, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t settled = 0;
    if (!n->gazetteer || vb_known_id(p->store, VB_KNOWN_MET(id), name)) goto done;
    TRY(vb_sql_id(p->store, err, &settled,
                  "SELECT id FROM node WHERE id = ?1 AND (origin > 1 OR (origin = 1 AND name = ?2)"
                  " OR EXISTS(SELECT 1 FROM document WHERE node = ?1))",
                  "is", id, name));
    if (settled) {
        vb_known_learn(p->store, VB_KNOWN_MET(id), name, id);
        goto done;
    }
    TRY(vb_put_rename(p, id, name, err));
    TRY(vb_sql_do(p->store, err, "UPDATE node SET origin = 1 WHERE id = ?", "i", id));
done:
    return status;
}

vb_status vb_put_node(vb_put *p, uint32_t i, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t id = 0;
    if (i == VB_SELF) {
        *out = p->self;
        goto done;
    }
    if (p->nodes[i]) {
        *out = p->nodes[i];
        goto done;
    }
    const vb_rec_node *n = &p->record->nodes[i];
    vb_str name = vb_str_trim(n->name);
    if (!name.len) name = n->key;
    if (n->label == VB_LABEL_DOCUMENT && vb_str_eq(n->key, p->record->key)) {
        id = p->self; /* by its own number a letter means itself, also when another file has the key */
    } else {
        vb_str key = n->key;
        if (n->label == VB_LABEL_PERSON && n->person) TRY(vb_put_person(p, n, &key, err));
        TRY(vb_put_find(p->store, n->label, key, &id, err));
        if (id)
            TRY(meet_node(p, n, name, id, err));
        else
            TRY(add_node(p, n->label, key, name, n->gazetteer ? VB_ORIGIN_GAZETTEER : VB_ORIGIN_TEXT, &id,
                         err));
    }
    if (!n->gazetteer) TRY(vb_put_alias(p, id, name, err)); /* a gazetteer's name needs nobody to give it */
    for (size_t a = 0; a < n->n_aliases; a++) TRY(vb_put_alias(p, id, n->aliases[a], err));
    p->nodes[i] = id;
    *out = id;
done:
    return status;
}

/* ---- the document itself ------------------------------------------------------------------------------ */

/** Whether @p key is free for this document: no node has it, or one that is no other loaded document. */
static vb_status key_is_free(vb_put *p, vb_str key, bool *free, int64_t *node, vb_error *err)
{
    vb_status status;
    int64_t other = 0;
    *node = 0;
    TRY(vb_put_find(p->store, VB_LABEL_DOCUMENT, key, node, err));
    if (*node)
        TRY(vb_sql_id(p->store, err, &other, "SELECT id FROM document WHERE node = ? AND id <> ?", "ii",
                      *node, p->document));
    *free = !other;
done:
    return status;
}

/** The key this document gets, and the node that has it already (0: none). */
static vb_status choose_key(vb_put *p, vb_str *key, int64_t *node, vb_error *err)
{
    vb_status status = VB_OK;
    bool free = false;
    vb_str slug;
    *key = p->record->key;
    if (key->len) TRY(key_is_free(p, *key, &free, node, err));
    if (free) goto done;
    TRY(vb_slug(p->arena, p->record->file, &slug) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (!slug.len) slug = p->record->file; /* nothing but marks */
    *key = slug;
    TRY(key_is_free(p, *key, &free, node, err));
    for (unsigned n = 2; !free; n++) {
        TRY(vb_arena_printf(p->arena, key, "%.*s-%u", VB_FMT(slug), n) == VB_OK ? VB_OK
                                                                                : vb_fail_memory(err));
        TRY(key_is_free(p, *key, &free, node, err));
    }
done:
    return status;
}

int64_t vb_document_sum(vb_str text, const vb_str *fields, size_t n)
{
    uint64_t sum = vb_hash(text);
    for (size_t i = 0; i < n; i++) sum = (sum ^ vb_hash(fields[i])) * 0x9e3779b97f4a7c15u + fields[i].len;
    return (int64_t)sum;
}

static vb_status write_row(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    const vb_str fields[] = { r->file, r->path, r->title, r->date, r->kind, r->sender, r->number };
    TRY(vb_sql_do(
        p->store, err,
        "INSERT INTO document(id, node, file, path, hash, title, date, kind, sender, number, bytes)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET node = excluded.node,"
        " path = excluded.path, hash = excluded.hash, title = excluded.title, date = excluded.date,"
        " kind = excluded.kind, sender = excluded.sender, number = excluded.number,"
        " bytes = excluded.bytes, mentions = 0, edges = 0",
        "dissinnnnni", p->document ? p->document : (int64_t)-1, p->self, r->file, r->path, (int64_t)r->hash,
        r->title, r->date, r->kind, r->sender, r->number, (int64_t)r->text.len));
    if (!p->document) p->document = sqlite3_last_insert_rowid(p->store->db);
    TRY(vb_sql_do(p->store, err,
                  "INSERT INTO document_text(document, text, sum) VALUES(?, ?, ?)"
                  " ON CONFLICT(document) DO UPDATE SET text = excluded.text, sum = excluded.sum",
                  "isi", p->document, r->text, vb_document_sum(r->text, fields, VB_COUNT(fields))));
done:
    return status;
}

vb_status vb_put_document(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    vb_str key, name = vb_str_trim(r->title);
    bool met;
    if (!name.len) name = vb_str_trim(r->number);
    if (!name.len) name = r->file;
    TRY(choose_key(p, &key, &p->self, err));
    met = p->self != 0;
    if (!met) TRY(add_node(p, VB_LABEL_DOCUMENT, key, name, VB_ORIGIN_TEXT, &p->self, err));
    TRY(write_row(p, err));
    if (met) TRY(vb_put_rename(p, p->self, name, err));
    TRY(vb_put_alias(p, p->self, r->file, err));
    TRY(vb_put_alias(p, p->self, r->number, err));
    for (size_t i = 0; i < r->n_aliases; i++) TRY(vb_put_alias(p, p->self, r->aliases[i], err));
done:
    return status;
}
