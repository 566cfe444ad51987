/**
 * Corrections as rows: made from what a person asks for, taken back, listed. What they do to the graph is in
 * store_correct_apply.c; how they come off and on again when documents are loaded in store_correct_lift.c.
 */
#include "graph/store_correct.h"
#include "graph/corrections.h"

enum { TEXT_MAX = 64 << 10 }; /* bytes of any text of a correction */

static const char *const kind_names[VB_CORRECTION_KINDS] = { "assert", "reject", "merge", "split", "rename" };

const char *vb_correction_name(vb_correction_kind kind)
{
    return (size_t)kind < VB_COUNT(kind_names) ? kind_names[kind] : "";
}

bool vb_correction_find(vb_str name, vb_correction_kind *out)
{
    for (size_t i = 0; i < VB_COUNT(kind_names); i++)
        if (vb_str_eq(name, vb_str_of(kind_names[i]))) {
            *out = (vb_correction_kind)i;
            return true;
        }
    return false;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

vb_status vb_fix_read(sqlite3_stmt *stmt, vb_arena *arena, vb_correction *out, vb_error *err)
{
    vb_correction c = { .id = sqlite3_column_int64(stmt, 0) };
    vb_str *const texts[] = { &c.a.label, &c.a.key,      &c.a.name,      &c.relation,   &c.b.label, &c.b.key,
                              &c.b.name,  &c.document,   &c.text,        &c.source,     &c.who,     &c.when,
                              &c.why,     &c.undone_who, &c.undone_when, &c.undone_why, &c.idle };
    int64_t kind = sqlite3_column_int64(stmt, 1);
    if (kind < 0 || kind >= VB_CORRECTION_KINDS)
        return vb_fail(err, VB_STORE, "the store is damaged: correction %lld is of no kind", (long long)c.id);
    c.kind = (vb_correction_kind)kind;
    for (size_t i = 0; i < VB_COUNT(texts); i++)
        if (vb_sql_copy(stmt, (int)i + 2, arena, texts[i]) != VB_OK) return vb_fail_memory(err);
    c.undone = c.undone_when.len > 0;
    *out = c;
    return VB_OK;
}

vb_status vb_corrections(vb_store *store, vb_correction_fn fn, void *context, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    vb_arena *arena = NULL;
    vb_correction c;
    static const char sql[] = "SELECT " VB_FIX_COLUMNS " FROM correction ORDER BY id";
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK) /* fn may list them too */
        return vb_store_fail(store, err, "listing the corrections");
    for (;;) {
        bool row;
        TRY(vb_sql_row(store, err, stmt, &row));
        if (!row) break;
        vb_arena_free(arena);
        arena = vb_arena_new();
        if (!arena) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(vb_fix_read(stmt, arena, &c, err));
        if ((status = fn(context, &c)) != VB_OK) {
            if (err && err->status != status) vb_fail(err, status, "stopped");
            goto done;
        }
    }
done:
    vb_arena_free(arena);
    sqlite3_finalize(stmt);
    return status;
}

typedef VB_VEC(vb_correction) fixes;

static vb_status list_active(vb_store *store, vb_arena *arena, fixes *out, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(store, err, &stmt,
                    "SELECT " VB_FIX_COLUMNS " FROM correction WHERE undone IS NULL ORDER BY id", ""));
    while ((status = vb_sql_row(store, err, stmt, &row)) == VB_OK && row) {
        if (vb_push(arena, out) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        TRY(vb_fix_read(stmt, arena, &out->at[out->len - 1], err));
    }
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/* ---- what is asked for -------------------------------------------------------------------------------- */

/** A request on its way to a row. */
typedef struct asked {
    vb_store *store;
    vb_arena *arena;
    const vb_correction_request *request;
    vb_correction fix;
} asked;

static vb_status check_text(vb_str text, const char *what, bool needed, vb_error *err)
{
    if (needed && !vb_str_trim(text).len) return vb_fail(err, VB_BAD_ARGUMENT, "%s is missing", what);
    if (text.len > TEXT_MAX)
        return vb_fail(err, VB_BAD_ARGUMENT, "%s is longer than %d KiB", what, TEXT_MAX >> 10);
    if (vb_utf8_check(text) != text.len || (text.len && memchr(text.at, '\0', text.len)))
        return vb_fail(err, VB_BAD_ARGUMENT, "%s is no text (UTF-8 without NUL)", what);
    return VB_OK;
}

/** "2024-05-31T12:00:00Z". */
static bool is_time(vb_str s)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:ddZ";
    if (s.len != sizeof shape - 1) return false;
    for (size_t i = 0; i < s.len; i++)
        if (shape[i] == 'd' ? s.at[i] < '0' || s.at[i] > '9' : s.at[i] != shape[i]) return false;
    return true;
}

static vb_status check_when(vb_str when, vb_error *err)
{
    if (is_time(when)) return VB_OK;
    return vb_fail(err, VB_BAD_ARGUMENT, "the time is no UTC time such as 2024-05-31T12:00:00Z");
}

static vb_status check_texts(const vb_correction_request *r, vb_error *err)
{
    vb_status status;
    bool edge = r->relation.len > 0;
    TRY(check_text(r->a, "the node", true, err));
    TRY(check_text(r->b, edge ? "the second node" : "the second name",
                   edge || r->kind == VB_MERGE || r->kind == VB_SPLIT || r->kind == VB_RENAME, err));
    TRY(check_text(r->a_name, "the name", false, err));
    TRY(check_text(r->b_name, "the second name", false, err));
    TRY(check_text(r->relation, "the relation", false, err));
    TRY(check_text(r->document, "the document", false, err));
    TRY(check_text(r->text, "the text", false, err));
    TRY(check_text(r->source, "the source", false, err));
    TRY(check_text(r->who, "who says so", true, err));
    TRY(check_text(r->why, "the reason", false, err));
    TRY(check_when(r->when, err));
    if ((unsigned)r->kind >= VB_CORRECTION_KINDS)
        status = vb_fail(err, VB_BAD_ARGUMENT, "no such correction");
    else if (r->b.len && !edge && (r->kind == VB_ASSERT || r->kind == VB_REJECT))
        status = vb_fail(err, VB_BAD_ARGUMENT, "two nodes need a relation between them");
done:
    return status;
}

/** A node that is not there yet: "Label:Name", or a name and the label it gets. */
static vb_status new_node(asked *q, vb_str name, vb_str called, vb_str label, vb_node *out, vb_error *err)
{
    vb_status status = VB_OK;
    vb_label known;
    size_t colon = vb_str_find(name, VB_STR(":"), 0);
    if (colon != SIZE_MAX && vb_label_find(vb_str_part(name, 0, colon), &known)) {
        label = vb_str_part(name, 0, colon);
        name = vb_str_trim(vb_str_part(name, colon + 1, name.len));
    }
    if (!label.len || !name.len)
        return vb_fail(err, VB_BAD_ARGUMENT,
                       "write a new node as Label:Name, e.g. \"Organisation:Stichting X\"");
    *out = (vb_node){ .label = label, .key = name, .name = called.len ? called : name };
    if (!called.len) {
        TRY(vb_slug(q->arena, name, &out->key) == VB_OK ? VB_OK : vb_fail_memory(err));
        if (!out->key.len)
            status = vb_fail(err, VB_BAD_ARGUMENT, "a name without a letter or digit names nothing");
    }
done:
    return status;
}

/** The node that a name means; or the one that is to be made of it, with @p label where the name has none. */
static vb_status find_node(asked *q, vb_str name, vb_str called, bool make, vb_str label, vb_node *out,
                           vb_error *err)
{
    vb_status status;
    vb_error unknown = { 0 };
    name = vb_str_trim(name);
    status = vb_store_resolve_one(q->store, name, q->arena, out, &unknown);
    if (status == VB_UNKNOWN_NAME && make) {
        TRY(new_node(q, name, called, label, out, err));
    } else if (status != VB_OK) {
        if (err) *err = unknown;
    } else if (!out->key.len) {
        status = vb_fail(err, VB_BAD_ARGUMENT, "a node without a key cannot be corrected");
    }
done:
    return status;
}

static vb_status check_relation(asked *q, vb_error *err)
{
    vb_relation relation;
    vb_label from, to;
    const vb_correction *f = &q->fix;
    if (!vb_relation_find(f->relation, &relation))
        return vb_fail(err, VB_BAD_ARGUMENT, "%.*s is no relation (`verband stats` lists those there are)",
                       VB_FMT(f->relation));
    if (f->kind == VB_REJECT) return VB_OK;
    if (relation == VB_REL_MENTIONS)
        return vb_fail(err, VB_BAD_ARGUMENT,
                       "what a document mentions stands in it: MENTIONS cannot be asserted");
    if (vb_str_eq(f->a.label, f->b.label) && vb_str_eq(f->a.key, f->b.key))
        return vb_fail(err, VB_BAD_ARGUMENT, "an edge from a node to itself says nothing");
    if (!vb_label_find(f->a.label, &from) || !vb_label_find(f->b.label, &to) ||
        !vb_relation_allows(relation, from, to))
        return vb_fail(err, VB_BAD_ARGUMENT, "%.*s does not run from %.*s to %.*s", VB_FMT(f->relation),
                       VB_FMT(f->a.label), VB_FMT(f->b.label));
    return VB_OK;
}

/** The file name of the document that is meant, and whether it says what is quoted. */
static vb_status find_document(asked *q, vb_error *err)
{
    vb_status status;
    int64_t id = 0, said = 1;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_error unknown = { 0 };
    if (!q->request->document.len) return VB_OK;
    status = vb_store_document(q->store, q->request->document, &id, &unknown);
    if (status == VB_UNKNOWN_NAME && q->request->make) {
        q->fix.document = q->request->document;
        status = VB_OK;
        goto done;
    }
    if (status != VB_OK) {
        if (err) *err = unknown;
        goto done;
    }
    TRY(vb_sql_bind(q->store, err, &stmt, "SELECT file FROM document WHERE id = ?", "i", id));
    TRY(vb_sql_row(q->store, err, stmt, &row));
    if (row) TRY(vb_sql_copy(stmt, 0, q->arena, &q->fix.document) == VB_OK ? VB_OK : vb_fail_memory(err));
    if (q->fix.kind == VB_ASSERT && q->fix.text.len && !q->request->make)
        TRY(vb_sql_id(
            q->store, err, &said,
            "SELECT instr(CAST(text AS BLOB), CAST(? AS BLOB)) FROM document_text WHERE document = ?", "si",
            q->fix.text, id));
    if (!said)
        status = vb_fail(err, VB_NOT_FOUND, "%.*s does not say \"%.*s\"", VB_FMT(q->fix.document),
                         VB_FMT(vb_str_part(q->fix.text, 0, 200)));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** The second node, or the new name. */
static vb_status find_second(asked *q, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_correction_request *r = q->request;
    bool part = r->kind == VB_SPLIT && (r->document.len || r->text.len);
    if (r->kind == VB_RENAME)
        q->fix.b.name = vb_str_trim(r->b);
    else if (r->b.len)
        TRY(find_node(q, r->b, r->b_name, r->make || part,
                      r->kind == VB_SPLIT ? q->fix.a.label : (vb_str){ 0 }, &q->fix.b, err));
    if (r->kind == VB_RENAME && q->fix.b.name.len > VB_NAME_MAX)
        status = vb_fail(err, VB_BAD_ARGUMENT, "the name is longer than %d bytes", VB_NAME_MAX);
    bool same = vb_str_eq(q->fix.a.label, q->fix.b.label) && vb_str_eq(q->fix.a.key, q->fix.b.key);
    if (same && (r->kind == VB_MERGE || r->kind == VB_SPLIT))
        status = vb_fail(err, VB_BAD_ARGUMENT, "both names mean %.*s:%.*s (%.*s)", VB_FMT(q->fix.a.label),
                         VB_FMT(q->fix.a.name), VB_FMT(q->fix.a.key));
done:
    return status;
}

/* ---- never merge -------------------------------------------------------------------------------------- */

static bool is_same(const vb_node *a, const vb_node *b)
{
    return vb_str_eq(a->label, b->label) && vb_str_eq(a->key, b->key);
}

/** The node that all merges together make of one, in the order in which they are applied. */
static const vb_node *merged(const fixes *list, const vb_correction *last, const vb_node *node)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].kind == VB_MERGE && is_same(node, &list->at[i].a)) node = &list->at[i].b;
    return is_same(node, &last->a) ? &last->b : node;
}

/** A merge must not make one what a split calls two. */
static vb_status check_apart(asked *q, vb_error *err)
{
    vb_status status;
    fixes list = { 0 };
    TRY(list_active(q->store, q->arena, &list, err));
    for (size_t i = 0; i < list.len; i++) {
        const vb_correction *f = &list.at[i];
        if (f->kind != VB_SPLIT) continue;
        if (!is_same(merged(&list, &q->fix, &f->a), merged(&list, &q->fix, &f->b))) continue;
        status = vb_fail(err, VB_BAD_ARGUMENT,
                         "correction %lld says that %.*s (%.*s) and %.*s (%.*s) are two", (long long)f->id,
                         VB_FMT(f->a.name), VB_FMT(f->a.key), VB_FMT(f->b.name), VB_FMT(f->b.key));
        break;
    }
done:
    return status;
}

/* ---- making ------------------------------------------------------------------------------------------- */

static vb_status prepare(asked *q, vb_error *err)
{
    vb_status status;
    const vb_correction_request *r = q->request;
    q->fix = (vb_correction){ .kind = r->kind,
                              .relation = r->relation,
                              .text = r->text,
                              .source = r->source,
                              .who = r->who,
                              .when = r->when,
                              .why = r->why };
    TRY(check_texts(r, err));
    TRY(find_node(q, r->a, r->a_name, r->make, (vb_str){ 0 }, &q->fix.a, err));
    TRY(find_second(q, err));
    if (r->relation.len) TRY(check_relation(q, err));
    TRY(find_document(q, err));
    if (r->kind == VB_MERGE) TRY(check_apart(q, err));
done:
    return status;
}

static vb_status write_row(asked *q, vb_error *err)
{
    vb_correction *f = &q->fix;
    vb_status status = vb_sql_do(
        q->store, err,
        "INSERT INTO correction(kind, a_label, a_key, a_name, relation, b_label, b_key, b_name, document,"
        " text, source, who, asked, why) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "isssnnnnnnnssn", (int64_t)f->kind, f->a.label, f->a.key, f->a.name, f->relation, f->b.label,
        f->b.key, f->b.name, f->document, f->text, f->source, f->who, f->when, f->why);
    if (status == VB_OK) f->id = sqlite3_last_insert_rowid(q->store->db);
    return status;
}

/** Whether it does anything: what does not is a mistake, unless it was asked to wait. */
static vb_status check_effect(asked *q, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(q->store, err, &stmt, "SELECT idle FROM correction WHERE id = ? AND idle IS NOT NULL",
                    "i", q->fix.id));
    TRY(vb_sql_row(q->store, err, stmt, &row));
    if (row && !q->request->make)
        status = vb_fail(err, VB_NOT_FOUND, "%s would change nothing: %.*s", vb_correction_name(q->fix.kind),
                         VB_FMT(vb_sql_text(stmt, 0)));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

static vb_status make_one(vb_store *store, const vb_correction_request *request, int64_t *id, vb_error *err)
{
    vb_status status;
    asked q = { .store = store, .request = request, .arena = vb_arena_new() };
    if (!q.arena) return vb_fail_memory(err);
    TRY(prepare(&q, err));
    TRY(write_row(&q, err));
    TRY(vb_fix_apply(store, &q.fix, err));
    TRY(check_effect(&q, err));
    *id = q.fix.id;
done:
    vb_arena_free(q.arena);
    return status;
}

/** Whether the fault is the request's: others may still be looked at. */
static bool is_own_fault(vb_status status)
{
    return status == VB_UNKNOWN_NAME || status == VB_AMBIGUOUS || status == VB_NOT_FOUND ||
           status == VB_BAD_ARGUMENT;
}

/** Each in its turn, on what the ones before it left. @p wrong: the first fault of a request. */
static vb_status make_all(vb_store *store, const vb_correction_request *requests, size_t n,
                          vb_corrected_fn report, void *context, vb_error *wrong, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < n; i++) {
        vb_error fault = { 0 };
        int64_t id = 0;
        TRY(vb_sql_do(store, err, "SAVEPOINT fix", ""));
        vb_status made = make_one(store, &requests[i], &id, &fault);
        if (made != VB_OK) sqlite3_exec(store->db, "ROLLBACK TO fix", NULL, NULL, NULL);
        if (made != VB_OK && !is_own_fault(made)) {
            if (err) *err = fault;
            status = made;
            goto done;
        }
        TRY(vb_sql_do(store, err, "RELEASE fix", ""));
        if (made != VB_OK && wrong->status == VB_OK) {
            *wrong = fault;
            wrong->status = made;
        }
        if (report && (status = report(context, i, id, made, made == VB_OK ? NULL : &fault)) != VB_OK) {
            vb_fail(err, status, "stopped");
            goto done;
        }
    }
done:
    return status;
}

vb_status vb_correct(vb_store *store, const vb_correction_request *requests, size_t n, vb_corrected_fn report,
                     void *context, vb_error *err)
{
    vb_status status;
    sqlite3_session *session = NULL;
    vb_error wrong = { 0 };
    bool open = false;
    TRY(vb_store_begin(store, err));
    open = true;
    TRY(vb_effect_begin(store, &session, err));
    status = make_all(store, requests, n, report, context, &wrong, err);
    if (status == VB_OK && wrong.status != VB_OK) {
        status = wrong.status;
        if (err) *err = wrong;
    }
    if (status != VB_OK) {
        vb_effect_drop(session);
        goto done;
    }
    TRY(vb_effect_end(store, session, err));
    TRY(vb_store_commit(store, err));
done:
    if (status != VB_OK && open) vb_store_rollback(store);
    return status;
}

/* ---- taking back -------------------------------------------------------------------------------------- */

static vb_status take_back(vb_store *store, int64_t id, vb_str who, vb_str when, vb_str why, vb_error *err)
{
    vb_status status;
    int64_t there = 0, undone = 0;
    TRY(vb_sql_id(store, err, &there, "SELECT 1 FROM correction WHERE id = ?", "i", id));
    TRY(vb_sql_id(store, err, &undone, "SELECT 1 FROM correction WHERE id = ? AND undone IS NOT NULL", "i",
                  id));
    if (!there)
        status = vb_fail(err, VB_NOT_FOUND, "no correction has the number %lld", (long long)id);
    else if (undone)
        status = vb_fail(err, VB_BAD_ARGUMENT, "correction %lld is taken back already", (long long)id);
    else
        TRY(vb_sql_do(
            store, err,
            "UPDATE correction SET undone_who = ?, undone = ?, undone_why = ?, idle = NULL WHERE id = ?",
            "ssni", who, when, why, id));
done:
    return status;
}

vb_status vb_undo(vb_store *store, const int64_t *ids, size_t n, vb_str who, vb_str when, vb_str why,
                  vb_error *err)
{
    vb_status status;
    bool open = false;
    TRY(check_text(who, "who says so", true, err));
    TRY(check_text(why, "the reason", false, err));
    TRY(check_when(when, err));
    TRY(vb_store_begin(store, err));
    open = true;
    TRY(vb_corrections_lift(store, err));
    for (size_t i = 0; i < n; i++) TRY(take_back(store, ids[i], who, when, why, err));
    TRY(vb_store_commit(store, err));
done:
    if (status != VB_OK && open) vb_store_rollback(store);
    return status;
}
