/**
 * Corrections as rows: made from what a person asks for (read in store_correct_ask.c), taken back, listed.
 * What they do to the graph is in store_correct_apply.c; how they come off and on again when documents are
 * loaded in store_correct_lift.c.
 */
#include "graph/store_correct.h"
#include "graph/corrections.h"

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

/* ---- making ------------------------------------------------------------------------------------------- */

static vb_status write_row(vb_fix_asked *q, vb_error *err)
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

/** Whether what is asked for is settled: what it speaks of was there, and an earlier request ended it. */
static bool is_settled(const vb_fix_asked *q)
{
    return q->gone || (q->before && q->before->said);
}

/** Whether it does anything: what does not is a mistake, unless it was asked to wait, or is settled. @p idle:
 * why it does nothing, and that that is no mistake. */
static vb_status check_effect(vb_fix_asked *q, vb_error *idle, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    TRY(vb_sql_bind(q->store, err, &stmt, "SELECT idle FROM correction WHERE id = ? AND idle IS NOT NULL",
                    "i", q->fix.id));
    TRY(vb_sql_row(q->store, err, stmt, &row));
    if (!row) goto done;
    if (q->request->make || is_settled(q))
        vb_fail(idle, VB_NOT_FOUND, "%.*s", VB_FMT(vb_sql_text(stmt, 0)));
    else
        status = vb_fail(err, VB_NOT_FOUND, "%s would change nothing: %.*s", vb_correction_name(q->fix.kind),
                         VB_FMT(vb_sql_text(stmt, 0)));
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

/** What the requests of one call share. */
typedef struct making {
    vb_store *store;
    vb_arena *arena;
    vb_fix_ties ties;
    vb_ids documents; /* whose figures are to be counted at the end */
} making;

/** @p before: NULL of the only one. */
static vb_status make_one(making *m, const vb_correction_request *request, const vb_fix_before *before,
                          int64_t *id, vb_error *idle, vb_error *err)
{
    vb_status status;
    vb_fix_asked q = {
        .store = m->store, .request = request, .before = before, .ties = &m->ties, .arena = vb_arena_new()
    };
    if (!q.arena) return vb_fail_memory(err);
    TRY(vb_fix_prepare(&q, err));
    TRY(write_row(&q, err));
    TRY(vb_fix_apply(m->store, &q.fix, m->arena, &m->documents, err));
    TRY(check_effect(&q, idle, err));
    TRY(vb_fix_tie_add(&m->ties, &q.fix) == VB_OK ? VB_OK : vb_fail_memory(err));
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

/** What each of several requests speaks of before the first is made; NULL of one. */
static vb_status look_all(vb_store *store, const vb_correction_request *requests, size_t n, vb_arena *arena,
                          vb_fix_before **out, vb_error *err)
{
    vb_status status = VB_OK;
    if (n < 2) return VB_OK;
    vb_fix_before *before = vb_arena_room(arena, n, sizeof *before);
    if (!before) return vb_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        before[i] = (vb_fix_before){ 0 };
        TRY(vb_fix_look(store, &requests[i], arena, &before[i], err));
    }
    *out = before;
done:
    return status;
}

/** Each in its turn, on what the ones before it left. @p wrong: the first fault of a request: then all are
 * taken back in the end, and no savepoint keeps the pages before each of them. */
static vb_status make_all(vb_store *store, const vb_correction_request *requests, size_t n,
                          vb_corrected_fn report, void *context, vb_error *wrong, vb_error *err)
{
    vb_status status;
    vb_fix_before *before = NULL;
    making m = { .store = store, .arena = vb_arena_new() };
    if (!m.arena) return vb_fail_memory(err);
    m.ties.arena = m.arena;
    TRY(look_all(store, requests, n, m.arena, &before, err));
    for (size_t i = 0; i < n; i++) {
        vb_error fault = { 0 };
        int64_t id = 0;
        vb_status made = make_one(&m, &requests[i], before ? &before[i] : NULL, &id, &fault, &fault);
        if (made != VB_OK && !is_own_fault(made)) {
            if (err) *err = fault;
            status = made;
            goto done;
        }
        if (made != VB_OK && wrong->status == VB_OK) {
            *wrong = fault;
            wrong->status = made;
        }
        const vb_error *why = made != VB_OK || fault.status != VB_OK ? &fault : NULL;
        if (report && (status = report(context, i, id, made, why)) != VB_OK) {
            vb_fail(err, status, "stopped");
            goto done;
        }
    }
    TRY(vb_fix_count(store, &m.documents, err));
done:
    vb_arena_free(m.arena);
    return status;
}

/** Whether SQLite holds rows beside those that they refer to. Corrections end what refers to a row before the
 * row itself, as they must when a load applies them; and a statement that is held so keeps each page that it
 * changes as it was: more than all else that merges write. */
static void hold_references(vb_store *store, bool hold)
{
    if (!store->loading) sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_FKEY, (int)hold, (int *)NULL);
}

vb_status vb_correct(vb_store *store, const vb_correction_request *requests, size_t n, vb_corrected_fn report,
                     void *context, vb_error *err)
{
    vb_status status;
    sqlite3_session *session = NULL;
    vb_error wrong = { 0 };
    bool open = false;
    hold_references(store, false);
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
    hold_references(store, true);
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
    TRY(vb_fix_check_text(who, "who says so", true, err));
    TRY(vb_fix_check_text(why, "the reason", false, err));
    TRY(vb_fix_check_when(when, err));
    TRY(vb_store_begin(store, err));
    open = true;
    TRY(vb_corrections_lift(store, err));
    for (size_t i = 0; i < n; i++) TRY(take_back(store, ids[i], who, when, why, err));
    TRY(vb_store_commit(store, err));
done:
    if (status != VB_OK && open) vb_store_rollback(store);
    return status;
}
