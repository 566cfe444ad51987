/**
 * Corrections on and off. The graph's tables always show what documents say with all corrections applied;
 * SQLite's session extension records, row by row, what applying them changed. Inverted, that record takes the
 * tables back to what documents alone say, to the same rows with the same ids.
 *
 * So whoever writes what documents say works on the graph without corrections (vb_corrections_lift()), and
 * vb_store_commit() applies them anew: whatever the order of loads and corrections, the graph is the same
 * function of both. The full-text index of names is no table that a session sees: it is followed by hand.
 */
#include "graph/store_correct.h"
#include "graph/corrections.h"

#include <stdlib.h>
#include <time.h>

/** The tables that corrections write; what refers to others stands before them. */
static const char *const tables[] = { "evidence", "mention", "alias_document", "alias", "edge",
                                      "document", "node" };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static vb_status session_fail(vb_store *store, int code, const char *doing, vb_error *err)
{
    if (code == SQLITE_NOMEM) return vb_fail_memory(err);
    if (code == SQLITE_CORRUPT) return vb_fail(err, VB_STORE, "%s: the store is damaged", doing);
    if (sqlite3_errcode(store->db) == SQLITE_OK)
        return vb_fail(err, VB_STORE, "%s: %s", doing, sqlite3_errstr(code));
    return vb_store_fail(store, err, doing);
}

/* ---- recording ---------------------------------------------------------------------------------------- */

/** The ids that are there now stay taken, also when a correction ends their rows. */
static vb_status note_top(vb_store *store, vb_error *err)
{
    return vb_sql_do(
        store, err,
        "INSERT INTO correction_effect(id, top_node, top_edge, top_alias, hash, changes)"
        " SELECT 1, (SELECT ifnull(max(id), 0) FROM node), (SELECT ifnull(max(id), 0) FROM edge),"
        " (SELECT ifnull(max(id), 0) FROM alias), ?, x'' WHERE true"
        " ON CONFLICT(id) DO UPDATE SET top_node = max(top_node, excluded.top_node),"
        " top_edge = max(top_edge, excluded.top_edge), top_alias = max(top_alias, excluded.top_alias)",
        "i", (int64_t)vb_hash((vb_str){ "", 0 }));
}

vb_status vb_effect_begin(vb_store *store, sqlite3_session **out, vb_error *err)
{
    sqlite3_session *session = NULL;
    vb_status status = note_top(store, err);
    if (status != VB_OK) return status;
    int code = sqlite3session_create(store->db, "main", &session);
    for (size_t i = 0; code == SQLITE_OK && i < VB_COUNT(tables); i++)
        code = sqlite3session_attach(session, tables[i]);
    if (code != SQLITE_OK) {
        if (session) sqlite3session_delete(session);
        return session_fail(store, code, "recording a correction", err);
    }
    *out = session;
    return VB_OK;
}

void vb_effect_drop(sqlite3_session *session)
{
    if (session) sqlite3session_delete(session);
}

/** The effect in the store, copied; *n is 0 when there is none. A byte that changed since is damage. */
static vb_status read_effect(vb_store *store, void **out, int *n, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    *out = NULL;
    *n = 0;
    TRY(vb_sql_bind(store, err, &stmt, "SELECT hash, changes FROM correction_effect", ""));
    TRY(vb_sql_row(store, err, stmt, &row));
    if (!row) goto done;
    vb_str blob = { sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1) };
    if ((int64_t)vb_hash(blob) != sqlite3_column_int64(stmt, 0)) {
        status =
            vb_fail(err, VB_STORE, "the store is damaged: what corrections changed is not what was noted");
        goto done;
    }
    void *copy = blob.len ? malloc(blob.len) : NULL;
    if (blob.len && !copy) {
        status = vb_fail_memory(err);
        goto done;
    }
    if (blob.len) memcpy(copy, blob.at, blob.len);
    *out = copy;
    *n = (int)blob.len;
done:
    if (stmt) sqlite3_reset(stmt);
    return status;
}

vb_status vb_effect_check(vb_store *store, vb_error *err)
{
    void *changes = NULL;
    int n = 0;
    vb_status status = read_effect(store, &changes, &n, err);
    free(changes);
    return status;
}

/** Keep the effect, with the largest ids that its way back needs to be free. */
static vb_status write_effect(vb_store *store, const void *changes, int n, vb_error *err)
{
    vb_status status;
    sqlite3_stmt *stmt = NULL;
    bool row;
    vb_str blob = { changes, (size_t)n };
    TRY(vb_store_prepare(
        store,
        "INSERT INTO correction_effect(id, top_node, top_edge, top_alias, hash, changes) VALUES(1,"
        " (SELECT ifnull(max(id), 0) FROM node), (SELECT ifnull(max(id), 0) FROM edge),"
        " (SELECT ifnull(max(id), 0) FROM alias), ?1, ?2) ON CONFLICT(id) DO UPDATE SET hash = ?1,"
        " changes = ?2, top_node = max(top_node, excluded.top_node),"
        " top_edge = max(top_edge, excluded.top_edge), top_alias = max(top_alias, excluded.top_alias)",
        &stmt, err));
    sqlite3_bind_int64(stmt, 1, (int64_t)vb_hash(blob));
    if (sqlite3_bind_blob64(stmt, 2, changes ? changes : "", (sqlite3_uint64)n, SQLITE_STATIC) != SQLITE_OK) {
        status = vb_store_fail(store, err, "keeping a correction");
        goto done;
    }
    TRY(vb_sql_row(store, err, stmt, &row));
done:
    return status;
}

vb_status vb_effect_end(vb_store *store, sqlite3_session *session, vb_error *err)
{
    vb_status status;
    void *former = NULL, *added = NULL, *whole = NULL;
    int n_former = 0, n_added = 0, n_whole = 0, code;
    sqlite3_changegroup *group = NULL;
    code = sqlite3session_changeset(session, &n_added, &added);
    vb_effect_drop(session);
    if (code != SQLITE_OK) {
        status = session_fail(store, code, "recording a correction", err);
        goto done;
    }
    TRY(read_effect(store, &former, &n_former, err));
    code = sqlite3changegroup_new(&group);
    if (code == SQLITE_OK && n_former) code = sqlite3changegroup_add(group, n_former, former);
    if (code == SQLITE_OK && n_added) code = sqlite3changegroup_add(group, n_added, added);
    if (code == SQLITE_OK) code = sqlite3changegroup_output(group, &n_whole, &whole);
    if (code != SQLITE_OK) {
        status = session_fail(store, code, "recording a correction", err);
        goto done;
    }
    TRY(write_effect(store, whole, n_whole, err));
done:
    if (group) sqlite3changegroup_delete(group);
    sqlite3_free(whole);
    sqlite3_free(added);
    free(former);
    return status;
}

/* ---- in order ------------------------------------------------------------------------------------------ */

/** SQLite's number of one to nine bytes, the most significant first. @return where it ends; 0: not within @p
 * n. */
static size_t read_number(const unsigned char *at, size_t n, size_t i, uint64_t *out)
{
    *out = 0;
    for (size_t k = 0; k < 9 && i < n; k++) {
        *out = k == 8 ? *out << 8 | at[i] : *out << 7 | (at[i] & 0x7f);
        if (at[i++] < 0x80 || k == 8) return i;
    }
    return 0;
}

/** Past a value: its type, then nothing (none, NULL), eight bytes (a number), or a length and bytes. */
static size_t skip_value(const unsigned char *at, size_t n, size_t i)
{
    enum { NONE, INTEGER, REAL, TEXT, BLOB, NOTHING };
    uint64_t len = 0;
    if (i >= n) return 0;
    unsigned type = at[i++];
    if (type == INTEGER || type == REAL) len = 8;
    if (type == TEXT || type == BLOB) i = read_number(at, n, i, &len);
    return type <= NOTHING && i && len <= n - i ? i + (size_t)len : 0;
}

/** Where the changes of one table end, and its name. 0: this is no such thing. */
static size_t skip_table(const unsigned char *at, size_t n, size_t i, const char **name)
{
    uint64_t columns;
    if (i >= n || at[i] != 'T' || !(i = read_number(at, n, i + 1, &columns)) || columns >= n - i) return 0;
    i += (size_t)columns; /* whether each is of the key */
    const unsigned char *end = memchr(at + i, 0, n - i);
    if (!end) return 0;
    *name = (const char *)at + i;
    i = (size_t)(end - at) + 1;
    while (i && i < n && at[i] != 'T') { /* what was done, whether by a trigger, values */
        uint64_t values = at[i] == SQLITE_UPDATE ? 2 * columns : columns;
        for (i += 2; i && values; values--) i = skip_value(at, n, i);
    }
    return i;
}

/**
 * The same changes, those of a table that refers to others before theirs: else the end of an edge would end
 * its sentences, before they were given back to the edge that they came from. A record that was put together
 * has its tables as they came. The format is that of SQLite's session extension ("changeset format" in
 * ext/session/sqlite3session.c).
 */
static vb_status put_in_order(const void *changes, int size, void **out, vb_error *err)
{
    vb_status status = VB_OK;
    const unsigned char *from = changes;
    size_t n = (size_t)size, used = 0, end;
    const char *name;
    unsigned char *to = malloc(n + 1);
    if (!to) return vb_fail_memory(err);
    for (size_t t = 0; t <= VB_COUNT(tables); t++) /* the last: of tables that are not corrected any more */
        for (size_t i = 0; i < n; i = end) {
            size_t which = 0;
            end = skip_table(from, n, i, &name);
            if (!end) {
                status =
                    vb_fail(err, VB_STORE, "the store is damaged: what corrections changed is no record");
                goto done;
            }
            while (which < VB_COUNT(tables) && strcmp(tables[which], name) != 0) which++;
            if (which != t) continue;
            memcpy(to + used, from + i, end - i);
            used += end - i;
        }
    *out = to;
    to = NULL;
done:
    free(to);
    return status;
}

/* ---- taking off --------------------------------------------------------------------------------------- */

/**
 * What the way back may meet. A query may have changed what a correction had changed: the way back leads to
 * what was there before both. What is gone already needs no end. Anything else would break the graph.
 */
static int on_conflict(void *context, int conflict, sqlite3_changeset_iter *change)
{
    (void)context;
    (void)change;
    if (conflict == SQLITE_CHANGESET_DATA) return SQLITE_CHANGESET_REPLACE;
    if (conflict == SQLITE_CHANGESET_NOTFOUND) return SQLITE_CHANGESET_OMIT;
    return SQLITE_CHANGESET_ABORT;
}

/** The id of a row of alias that changed as the index sees it; which of its forms there was before and after.
 */
static int changed_name(sqlite3_changeset_iter *at, int64_t *id, bool *before, bool *after)
{
    const char *table;
    int columns, op;
    sqlite3_value *value = NULL;
    *before = *after = false;
    int code = sqlite3changeset_op(at, &table, &columns, &op, NULL);
    if (code != SQLITE_OK || strcmp(table, "alias") != 0) return code;
    if (op == SQLITE_UPDATE) { /* of a name itself only where an id was given out anew */
        code = sqlite3changeset_old(at, 2, &value);
        if (code != SQLITE_OK || !value) return code;
    }
    code = op == SQLITE_INSERT ? sqlite3changeset_new(at, 0, &value) : sqlite3changeset_old(at, 0, &value);
    if (code != SQLITE_OK || !value) return code;
    *id = sqlite3_value_int64(value);
    *before = op != SQLITE_INSERT;
    *after = op != SQLITE_DELETE;
    return SQLITE_OK;
}

/** Names that corrections gave leave the full-text index; those that they ended are noted for it. */
static vb_status follow_names(vb_store *store, const void *changes, int n, vb_arena *arena, vb_ids *ended,
                              vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_changeset_iter *at = NULL;
    int code = sqlite3changeset_start(&at, n, (void *)(uintptr_t)changes);
    while (code == SQLITE_OK && (code = sqlite3changeset_next(at)) == SQLITE_ROW) {
        int64_t id = 0;
        bool before, after;
        code = changed_name(at, &id, &before, &after);
        if (after) TRY(vb_words_drop_alias(store, id, err));
        if (before && vb_push(arena, ended) != VB_OK) {
            status = vb_fail_memory(err);
            goto done;
        }
        if (before) ended->at[ended->len - 1] = id;
    }
    if (code != SQLITE_DONE) status = session_fail(store, code, "taking corrections off", err);
done:
    sqlite3changeset_finalize(at);
    return status;
}

static vb_status go_back(vb_store *store, const void *changes, int n, vb_error *err)
{
    vb_status status;
    void *inverse = NULL, *ordered = NULL;
    int n_inverse = 0;
    vb_ids ended = { 0 };
    vb_arena *arena = vb_arena_new();
    if (!arena) return vb_fail_memory(err);
    TRY(follow_names(store, changes, n, arena, &ended, err));
    int code = sqlite3changeset_invert(n, changes, &n_inverse, &inverse);
    if (code == SQLITE_OK) {
        TRY(put_in_order(inverse, n_inverse, &ordered, err));
        code = sqlite3changeset_apply(store->db, n_inverse, ordered, NULL, on_conflict, NULL);
    }
    if (code == SQLITE_ABORT || (code & 0xff) == SQLITE_CONSTRAINT)
        status = vb_fail(err, VB_STORE,
                         "this stands in the way of a correction (see `verband corrections`): it builds on a"
                         " node or edge that is there only by it, or takes the place of one");
    else if (code != SQLITE_OK)
        status = session_fail(store, code, "taking corrections off", err);
    for (size_t i = 0; status == VB_OK && i < ended.len; i++)
        TRY(vb_words_add_alias(store, ended.at[i], err));
done:
    sqlite3_free(inverse);
    free(ordered);
    vb_arena_free(arena);
    return status;
}

vb_status vb_corrections_lift(vb_store *store, vb_error *err)
{
    vb_status status;
    void *changes = NULL;
    int n = 0;
    double begun = now_ms();
    int64_t any = 0;
    if (store->lifted) return VB_OK;
    TRY(vb_sql_int(store, err, "SELECT EXISTS(SELECT 1 FROM correction WHERE undone IS NULL)", &any));
    if (!any) goto done;
    TRY(read_effect(store, &changes, &n, err));
    if (n) TRY(go_back(store, changes, n, err));
    TRY(vb_sql_do(store, err, "DELETE FROM correction_effect", ""));
    store->lifted = true;
    store->correcting_ms = now_ms() - begun;
done:
    free(changes);
    return status;
}

vb_status vb_corrections_apply(vb_store *store, vb_error *err)
{
    vb_status status = VB_OK;
    sqlite3_session *session = NULL;
    double begun = now_ms();
    if (!store->lifted) goto done;
    TRY(vb_effect_begin(store, &session, err));
    if ((status = vb_fix_apply_all(store, err)) != VB_OK) {
        vb_effect_drop(session);
        goto done;
    }
    TRY(vb_effect_end(store, session, err));
    store->lifted = false;
    store->correcting_ms += now_ms() - begun;
done:
    return status;
}

double vb_store_correcting_ms(const vb_store *store)
{
    return store->correcting_ms;
}
