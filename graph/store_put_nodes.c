/**
 * Nodes on their way into the store: the document's own one, those that it names, and what they are called.
 *
 * Whose key is it? A document's node has the key its text or file gives. Where another letter has cited that
 * key already, the cited node is the document from now on. Where another loaded file has it, the second one
 * keeps a node of its own with the slug of its file name as key, numbered when that is taken as well.
 */
#include "graph/store_pending.h"

/* ---- names -------------------------------------------------------------------------------------------- */

/** The row of a node's name; 0 when it has no such name. */
static vb_status find_alias(vb_put *p, int64_t node, vb_str name, int64_t *out, vb_error *err)
{
    vb_status status = VB_OK;
    *out = vb_known_id(p->store, VB_KNOWN_NAME(node), name);
    if (*out || vb_known_is_all(p->store) || vb_known_id(p->store, VB_KNOWN_ALL(node), (vb_str){ 0 }))
        goto done;
    TRY(vb_sql_id(p->store, err, out, "SELECT id FROM alias WHERE node = ? AND name = ?", "is", node, name));
    if (*out) TRY(vb_known_learn(p->store, VB_KNOWN_NAME(node), name, *out, err));
done:
    return status;
}

static vb_status add_alias(vb_put *p, int64_t node, vb_str name, int64_t *out, vb_error *err)
{
    vb_status status;
    vb_str folded;
    TRY(vb_fold(p->arena, name, &folded) == VB_OK ? VB_OK : vb_fail_memory(err));
    *out = p->store->pending->alias++;
    const vb_cell row[] = { { .n = *out }, { .n = node }, vb_cell_of(folded), vb_cell_of(name), { .n = 0 } };
    TRY(vb_pending_add(p->store, VB_PENDING_ALIAS, row, NULL, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_NAME(node), name, *out, err));
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

vb_status vb_put_names(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    vb_ids_unique(&p->names);
    for (size_t i = 0; i < p->names.len; i++) {
        const vb_cell row[] = { { .n = p->document }, { .n = p->names.at[i] } };
        TRY(vb_pending_add(p->store, VB_PENDING_ALIAS_DOCUMENT, row, NULL, err));
        TRY(vb_known_give(p->store, p->names.at[i], 1) == VB_OK ? VB_OK : vb_fail_memory(err));
    }
done:
    return status;
}

vb_status vb_put_rename(vb_put *p, int64_t node, vb_str name, vb_error *err)
{
    vb_status status;
    int64_t former = 0, alias = 0;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_pending_write(p->store, err)); /* the node, or its name, may wait */
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
    if (*out || vb_known_is_all(store)) goto done;
    TRY(vb_sql_id(store, err, out, "SELECT id FROM node WHERE labels = ? AND key = ?", "is",
                  store->labels[label], key));
    if (*out) TRY(vb_known_learn(store, VB_KNOWN_NODE(label), key, *out, err));
done:
    return status;
}

static vb_status add_node(vb_put *p, vb_label label, vb_str key, vb_str name, vb_origin origin, int64_t *out,
                          vb_error *err)
{
    vb_status status;
    int64_t alias;
    *out = p->store->pending->node++;
    const vb_cell row[] = {
        { .n = *out }, { .n = p->store->labels[label] }, vb_cell_of(key), vb_cell_of(name), { .n = origin }
    };
    TRY(vb_pending_add(p->store, VB_PENDING_NODE, row, NULL, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_NODE(label), key, *out, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_ALL(*out), (vb_str){ 0 }, *out, err));
    TRY(add_alias(p, *out, name, &alias, err));
done:
    return status;
}

/** Whether a node has its name for good: of a person, an import or the gazetteer itself, or it is a document.
 */
static vb_status is_settled(vb_put *p, int64_t id, vb_str name, bool *out, vb_error *err)
{
    int64_t settled = 0;
    const vb_cell *row = vb_pending_node(p->store, id);
    *out = vb_known_id(p->store, VB_KNOWN_LETTER(id), (vb_str){ 0 }) ||
           (row && row[VB_NODE_ORIGIN].n == VB_ORIGIN_GAZETTEER &&
            vb_str_eq(vb_cell_str(&row[VB_NODE_NAME]), name));
    if (*out || row) return VB_OK;
    vb_status status =
        vb_sql_id(p->store, err, &settled,
                  "SELECT id FROM node WHERE id = ?1 AND (origin > 1 OR (origin = 1 AND name = ?2)"
                  " OR EXISTS(SELECT 1 FROM document WHERE node = ?1))",
                  "is", id, name);
    *out = settled != 0;
    return status;
}

/** A node that is there gets to know what this document knows of it. A gazetteer's name is the right one;
 * else the first name stays and a later one is an alias. */
static vb_status meet_node(vb_put *p, const vb_rec_node *n, vb_str name, int64_t id, vb_error *err)
{
    vb_status status = VB_OK;
    bool settled = false;
    if (!n->gazetteer || vb_known_id(p->store, VB_KNOWN_MET(id), name)) goto done;
    TRY(is_settled(p, id, name, &settled, err));
    if (settled) {
        TRY(vb_known_learn(p->store, VB_KNOWN_MET(id), name, id, err));
        goto done;
    }
    TRY(vb_put_rename(p, id, name, err));
    TRY(vb_sql_do(p->store, err, "UPDATE node SET origin = 1 WHERE id = ?", "i", id));
done:
    return status;
}

/** The record's node @p i: found or made, with its aliases. */
static vb_status put_node(vb_put *p, uint32_t i, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t id = 0;
    if (i == VB_SELF || p->nodes[i]) goto done;
    const vb_rec_node *n = &p->record->nodes[i];
    vb_str name = vb_str_trim(n->name), key = n->key;
    if (!name.len) name = n->key;
    if (n->label == VB_LABEL_DOCUMENT && vb_str_eq(n->key, p->record->key)) {
        id = p->self; /* by its own number a letter means itself, also when another file has the key */
        key = p->key;
    } else {
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
    p->keys[i] = key;
done:
    return status;
}

vb_status vb_put_nodes(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_record *r = p->record;
    for (size_t i = 0; i < r->n_mentions; i++) TRY(put_node(p, r->mentions[i].node, err));
    for (size_t i = 0; i < r->n_edges; i++) {
        TRY(put_node(p, r->edges[i].source, err));
        TRY(put_node(p, r->edges[i].target, err));
    }
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
    other = *node ? vb_known_id(p->store, VB_KNOWN_LETTER(*node), (vb_str){ 0 }) : 0;
    if (other == p->document) other = 0;
    if (*node && !other)
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

/** A hash as a number that no cell takes for nothing: of two that are alike, one letter loads anew. */
static int64_t some_hash(uint64_t hash)
{
    return hash == (uint64_t)VB_CELL_NULL ? 0 : (int64_t)hash;
}

int64_t vb_document_sum(uint64_t (*hash)(vb_str), vb_str text, const vb_str *fields, size_t n)
{
    uint64_t sum = hash(text);
    for (size_t i = 0; i < n; i++) sum = (sum ^ hash(fields[i])) * 0x9e3779b97f4a7c15u + fields[i].len;
    return some_hash(sum);
}

vb_status vb_put_document(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    const vb_str fields[] = { r->file, r->path, r->title, r->date, r->kind, r->sender, r->number };
    if (!p->changed) p->document = p->store->pending->document++;
    const vb_cell row[] = { { .n = p->document },
                            { .n = p->self },
                            vb_cell_of(r->file),
                            vb_cell_of(r->path),
                            { .n = some_hash(r->hash) },
                            vb_cell_text(r->title),
                            vb_cell_text(r->date),
                            vb_cell_text(r->kind),
                            vb_cell_text(r->sender),
                            vb_cell_text(r->number),
                            { .n = (int64_t)r->text.len },
                            { .n = (int64_t)r->n_mentions },
                            { .n = 0 } };
    const vb_cell text[] = { { .n = p->document },
                             vb_cell_of(r->text),
                             { .n = vb_document_sum(vb_hash_text, r->text, fields, VB_COUNT(fields)) } };
    TRY(vb_pending_add(p->store, VB_PENDING_DOCUMENT, row, &p->row, err));
    TRY(vb_pending_add(p->store, VB_PENDING_TEXT, text, NULL, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_FILE, r->file, p->document, err));
    TRY(vb_known_learn(p->store, VB_KNOWN_LETTER(p->self), (vb_str){ 0 }, p->document, err));
done:
    return status;
}

vb_status vb_put_self(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    vb_str name = vb_str_trim(r->title);
    if (!name.len) name = vb_str_trim(r->number);
    if (!name.len) name = r->file;
    TRY(choose_key(p, &p->key, &p->self, err));
    if (p->self)
        TRY(vb_put_rename(p, p->self, name, err));
    else
        TRY(add_node(p, VB_LABEL_DOCUMENT, p->key, name, VB_ORIGIN_TEXT, &p->self, err));
    TRY(vb_put_alias(p, p->self, r->file, err));
    TRY(vb_put_alias(p, p->self, r->number, err));
    for (size_t i = 0; i < r->n_aliases; i++) TRY(vb_put_alias(p, p->self, r->aliases[i], err));
done:
    return status;
}
