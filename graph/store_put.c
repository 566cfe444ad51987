/**
 * A document into the store, wholly or not at all: what its file said before is taken out, what it says now
 * is put in, and what lost its last reason to live ends. The parts are in store_put_nodes.c (the document's
 * node, other nodes, their names), store_put_edges.c (edges), store_put_text.c (mentions, passages) and
 * store_forget.c (the way out). What is put in waits in store_pending.c for the other documents of its batch.
 */
#include "graph/corrections.h"
#include "graph/store_pending.h"

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

/** What the store has of a file: its document, or the one that it repeats; those of this batch too. */
typedef struct file_row {
    int64_t document, hash;
    bool duplicate;
} file_row;

static vb_status find_file(vb_store *store, vb_str file, file_row *out, vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_stmt *stmt = NULL;
    bool row, putting = store->putting;
    *out = (file_row){ 0 };
    if (vb_known_id(store, VB_KNOWN_FILE, file)) TRY(vb_pending_write(store, err));
    store->putting = true; /* rows of other files may go on waiting */
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT id, hash, 0 FROM document WHERE file = ?1"
                    " UNION ALL SELECT document, hash, 1 FROM duplicate WHERE file = ?1 LIMIT 1",
                    "s", file));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (row)
        *out = (file_row){ sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
                           sqlite3_column_int(stmt, 2) != 0 };
    sqlite3_reset(stmt);
done:
    store->putting = putting;
    return status;
}

static bool is_same(const file_row *former, uint64_t hash)
{
    return former->document && former->hash == (int64_t)hash;
}

vb_status vb_store_has(vb_store *store, vb_str file, uint64_t hash, bool *out, vb_error *err)
{
    file_row former;
    vb_status status = find_file(store, file, &former, err);
    if (status == VB_OK) *out = is_same(&former, hash);
    return status;
}

/** Everything of one document. What its new version no longer says goes by SQL, which needs all of it there.
 */
static vb_status put_inside(vb_put *p, const file_row *former, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    bool same = false;
    p->nodes = vb_arena_array(p->arena, r->n_nodes, sizeof *p->nodes);
    p->keys = vb_arena_array(p->arena, r->n_nodes, sizeof *p->keys);
    if (!p->nodes || !p->keys) {
        status = vb_fail_memory(err);
        goto done;
    }
    p->document = former->duplicate ? 0 : former->document;
    p->changed = p->document != 0;
    if (former->duplicate)
        TRY(vb_sql_do(p->store, err, "DELETE FROM duplicate WHERE file = ?", "s", r->file));
    *outcome = p->changed ? VB_LOAD_CHANGED : VB_LOAD_NEW;
    if (p->changed) TRY(vb_pending_write(p->store, err));
    TRY(vb_pending_begin(p->store, err));
    TRY(vb_put_duplicate(p, &same, err));
    if (same) {
        *outcome = VB_LOAD_DUPLICATE;
        goto done;
    }
    TRY(vb_put_forget(p, err));
    TRY(vb_put_self(p, err));
    TRY(vb_put_nodes(p, err));
    TRY(vb_put_document(p, err));
    TRY(vb_put_sketch(p, err));
    TRY(vb_put_mentions(p, err));
    TRY(vb_put_edges(p, err));
    TRY(vb_put_passages(p, err));
    TRY(vb_put_names(p, err));
    if (p->changed) TRY(vb_pending_write(p->store, err));
    TRY(vb_put_sweep(p, err));
done:
    return status;
}

/** A document, inside a batch. What goes wrong from here on is not the record's fault: it ends the batch. */
static vb_status put_gathered(vb_put *p, file_row *former, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    vb_store *store = p->store;
    p->arena = vb_arena_new();
    store->putting = true;
    if (!p->arena) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(vb_corrections_lift(store, err));
    if (store->lifted) /* going back and forth may leave a row without the one that it refers to */
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, (int *)NULL);
    TRY(put_inside(p, former, outcome, err));
done:
    store->putting = false;
    if (status != VB_OK) vb_store_end_batch(store);
    vb_arena_free(p->arena);
    return status;
}

vb_status vb_store_put(vb_store *store, const vb_record *record, vb_load_outcome *outcome, vb_error *err)
{
    vb_status status;
    bool own = false;
    file_row former;
    vb_load_outcome result = VB_LOAD_SAME;
    vb_put p = { .store = store, .record = record };

    if (store->batch && sqlite3_get_autocommit(store->db))
        return vb_fail(err, VB_STORE, "the batch was rolled back after a failure");
    TRY(find_file(store, record->file, &former, err));
    if (is_same(&former, record->hash)) goto done;
    TRY(vb_put_validate(record, err));
    if (!store->batch) { /* a batch of one */
        TRY(vb_store_begin(store, err));
        own = true;
        TRY(find_file(store, record->file, &former, err)); /* another program may have come between */
        if (is_same(&former, record->hash)) goto done;
    }
    TRY(put_gathered(&p, &former, &result, err));
    if (own) TRY(vb_store_commit(store, err));
    own = false;
done:
    if (own) vb_store_rollback(store);
    if (status == VB_OK && outcome) *outcome = result;
    return status;
}
