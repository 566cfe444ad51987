/**
 * A document into the store, wholly or not at all: what its file said before is taken out, what it says now
 * is put in, and what lost its last reason to live ends. The parts are in store_put_nodes.c (the document's
 * node, other nodes, their names), store_put_edges.c (mentions, edges, passages) and store_forget.c (the way
 * out).
 */
#include "graph/corrections.h"
#include "graph/store.h"

static bool on_boundary(vb_str text, uint32_t at)
{
    return at == text.len || ((unsigned char)text.at[at] & 0xc0) != 0x80;
}

static bool is_span(vb_str text, uint32_t start, uint32_t end)
{
    return start <= end && end <= text.len && on_boundary(text, start) && on_boundary(text, end);
}

static vb_status check_text(vb_str s, const char *what, vb_str file, vb_error *err)
{
    size_t bad = vb_utf8_check(s);
    if (bad == s.len) return VB_OK;
    vb_status status = vb_fail(err, VB_BAD_UTF8, "%.*s: %s is no UTF-8 at byte %zu", VB_FMT(file), what, bad);
    if (err) err->at = bad;
    return status;
}

static vb_status check_head(const vb_record *r, vb_error *err)
{
    vb_status status;
    const struct {
        vb_str text;
        const char *what;
    } parts[] = { { r->file, "the file name" }, { r->path, "the path" },     { r->text, "the text" },
                  { r->key, "the key" },        { r->title, "the title" },   { r->date, "the date" },
                  { r->kind, "the kind" },      { r->sender, "the sender" }, { r->number, "the number" } };
    if (!r->file.len) return vb_fail(err, VB_BAD_INPUT, "a document needs a file name");
    if (r->text.len > VB_TEXT_MAX)
        return vb_fail(err, VB_TOO_LARGE, "%.*s: more than %zu MiB of text", VB_FMT(r->file),
                       VB_TEXT_MAX >> 20);
    status = VB_OK;
    for (size_t i = 0; i < VB_COUNT(parts); i++) TRY(check_text(parts[i].text, parts[i].what, r->file, err));
    for (size_t i = 0; i < r->n_aliases; i++) TRY(check_text(r->aliases[i], "a name", r->file, err));
done:
    return status;
}

static vb_status check_nodes(const vb_record *r, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < r->n_nodes; i++) {
        const vb_rec_node *n = &r->nodes[i];
        if ((unsigned)n->label >= VB_LABEL_COUNT || !n->key.len)
            return vb_fail(err, VB_BAD_INPUT, "%.*s: node %zu has no label or no key", VB_FMT(r->file), i);
        TRY(check_text(n->key, "a key", r->file, err));
        TRY(check_text(n->name, "a name", r->file, err));
        for (size_t a = 0; a < n->n_aliases; a++) TRY(check_text(n->aliases[a], "a name", r->file, err));
    }
done:
    return status;
}

static vb_status check_mentions(const vb_record *r, vb_error *err)
{
    uint32_t end = 0;
    for (size_t i = 0; i < r->n_mentions; i++) {
        const vb_rec_mention *m = &r->mentions[i];
        if (m->node >= r->n_nodes || m->start >= m->end || !is_span(r->text, m->start, m->end))
            return vb_fail(err, VB_BAD_INPUT, "%.*s: mention %zu is no span of the text, or of no node",
                           VB_FMT(r->file), i);
        if (m->start < end)
            return vb_fail(err, VB_BAD_INPUT, "%.*s: mention %zu at byte %u overlaps the one before it",
                           VB_FMT(r->file), i, m->start);
        end = m->end;
    }
    return VB_OK;
}

static vb_status check_edge(const vb_record *r, const vb_rec_edge *e, vb_error *err)
{
    if ((e->source != VB_SELF && e->source >= r->n_nodes) ||
        (e->target != VB_SELF && e->target >= r->n_nodes) || (unsigned)e->type >= VB_REL_COUNT)
        return vb_fail(err, VB_BAD_INPUT, "%.*s: an edge without an end", VB_FMT(r->file));
    const char *type = vb_relation_get(e->type)->name;
    vb_label from = e->source == VB_SELF ? VB_LABEL_DOCUMENT : r->nodes[e->source].label;
    vb_label to = e->target == VB_SELF ? VB_LABEL_DOCUMENT : r->nodes[e->target].label;
    if (e->type == VB_REL_MENTIONS || !vb_relation_allows(e->type, from, to))
        return vb_fail(err, VB_BAD_INPUT, "%.*s: %s does not run from %s to %s", VB_FMT(r->file), type,
                       vb_label_name(from), vb_label_name(to));
    if (e->origin != VB_ORIGIN_TEXT && e->origin != VB_ORIGIN_GAZETTEER)
        return vb_fail(err, VB_BAD_INPUT, "%.*s: %s of an origin that no document has", VB_FMT(r->file),
                       type);
    if (e->origin == VB_ORIGIN_TEXT && (e->start >= e->end || !is_span(r->text, e->start, e->end)))
        return vb_fail(err, VB_BAD_INPUT, "%.*s: %s without a sentence", VB_FMT(r->file), type);
    return VB_OK;
}

vb_status vb_put_validate(const vb_record *r, vb_error *err)
{
    vb_status status;
    TRY(check_head(r, err));
    TRY(check_nodes(r, err));
    TRY(check_mentions(r, err));
    for (size_t i = 0; i < r->n_edges; i++) TRY(check_edge(r, &r->edges[i], err));
    for (size_t i = 0; i < r->n_passages; i++)
        if (!is_span(r->text, r->passages[i].start, r->passages[i].end)) {
            status =
                vb_fail(err, VB_BAD_INPUT, "%.*s: passage %zu is no span of the text", VB_FMT(r->file), i);
            goto done;
        }
done:
    return status;
}

vb_status vb_store_has(vb_store *store, vb_str file, uint64_t hash, bool *out, vb_error *err)
{
    int64_t id = 0;
    vb_status status =
        vb_sql_id(store, err, &id,
                  "SELECT id FROM document WHERE file = ?1 AND hash = ?2"
                  " UNION ALL SELECT document FROM duplicate WHERE file = ?1 AND hash = ?2 LIMIT 1",
                  "si", file, (int64_t)hash);
    if (status == VB_OK) *out = id != 0;
    return status;
}

/** Everything of one document, inside its savepoint. */
static vb_status put_inside(vb_put *p, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    bool same = false;
    p->nodes = vb_arena_array(p->arena, r->n_nodes, sizeof *p->nodes);
    if (!p->nodes) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_sql_id(p->store, err, &p->document, "SELECT id FROM document WHERE file = ?", "s", r->file));
    *outcome = p->document ? VB_LOAD_CHANGED : VB_LOAD_NEW;
    TRY(vb_put_duplicate(p, &same, err));
    if (same) {
        *outcome = VB_LOAD_DUPLICATE;
        goto done;
    }
    TRY(vb_put_forget(p, err));
    TRY(vb_put_document(p, err));
    TRY(vb_put_sketch(p, err));
    TRY(vb_put_mentions(p, err));
    TRY(vb_put_edges(p, err));
    TRY(vb_put_passages(p, err));
    TRY(vb_put_names(p, err));
    TRY(vb_put_sweep(p, err));
done:
    return status;
}

/** Undo to the savepoint; SQLite may have rolled back everything by itself (disk full, no memory). */
static void undo(vb_put *p)
{
    vb_store *store = p->store;
    for (size_t i = 0; i < p->given.len; i++)
        (void)vb_known_give(store, p->given.at[i].alias, -p->given.at[i].n);
    vb_known_forget(store);
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK TO put; RELEASE put", NULL, NULL, NULL);
    if (sqlite3_get_autocommit(store->db)) store->lifted = false;
}

/** A document, inside a batch. */
static vb_status put_saved(vb_put *p, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    vb_store *store = p->store;
    int64_t passages = store->new_passages, aliases = store->new_aliases;
    bool open = false;
    p->arena = vb_arena_new();
    if (!p->arena) return vb_fail_memory(err);
    TRY(vb_corrections_lift(store, err));
    if (store->lifted) /* going back and forth may leave a row without the one that it refers to */
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
    TRY(vb_sql_do(store, err, "SAVEPOINT put", ""));
    open = true;
    TRY(put_inside(p, outcome, err));
    TRY(vb_sql_do(store, err, "RELEASE put", ""));
    open = false;
done:
    if (open) {
        undo(p);
        store->new_passages = passages;
        store->new_aliases = aliases;
    }
    vb_arena_free(p->arena);
    return status;
}

vb_status vb_store_put(vb_store *store, const vb_record *record, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    bool own = false, same = false;
    vb_load_outcome result = VB_LOAD_SAME;
    vb_put p = { .store = store, .record = record };

    TRY(vb_store_has(store, record->file, record->hash, &same, err));
    if (same) goto done;
    TRY(vb_put_validate(record, err));
    if (!store->batch) { /* a batch of one */
        TRY(vb_store_begin(store, err));
        own = true;
    }
    TRY(put_saved(&p, &result, err));
    if (own) TRY(vb_store_commit(store, err));
    own = false;
done:
    if (own) vb_store_rollback(store);
    if (status == VB_OK && outcome) *outcome = result;
    return status;
}
