/**
 * Scan: for each row of the child every node that may be the one: by name (through the index of folded
 * names), else by label, else all. A filter above tells what of several labels or of the name is still to be
 * checked.
 */
#include "queries/cypher/operators.h"

typedef struct scan {
    vb_cy_op op;
    int slot;
    vb_str label;
    vb_cy_expr *name;
    sqlite3_stmt *stmts[3];
    sqlite3_stmt *stmt; /* the one that runs; NULL: the child's next row */
} scan;

static const char *const texts[] = {
    "SELECT id FROM node",
    ("SELECT id FROM node WHERE labels IN (SELECT s.id FROM label_set s, json_each(s.labels) j"
     " WHERE j.value = ?1)"),
    "SELECT DISTINCT node FROM alias WHERE folded = ?1",
};

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    scan *s = (scan *)op;
    (void)run;
    if (s->stmt) sqlite3_reset(s->stmt);
    s->stmt = NULL;
    return VB_OK;
}

static void close(vb_cy_op *op)
{
    scan *s = (scan *)op;
    for (size_t i = 0; i < VB_COUNT(s->stmts); i++) sqlite3_finalize(s->stmts[i]);
}

static vb_status failed(vb_cy_run *run)
{
    return vb_cy_fail(&run->source, 0, VB_STORE, "!StoreError/Store", "%s",
                      sqlite3_errmsg(vb_store_sqlite(run->store)));
}

/** Start statement @p which with @p text bound. */
static vb_status start(vb_cy_run *run, scan *s, size_t which, vb_str text)
{
    sqlite3_stmt **stmt = &s->stmts[which];
    if (!*stmt && sqlite3_prepare_v3(vb_store_sqlite(run->store), texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                                     stmt, NULL) != SQLITE_OK)
        return failed(run);
    if (which && sqlite3_bind_text64(*stmt, 1, text.at ? text.at : "", text.len, SQLITE_TRANSIENT,
                                     SQLITE_UTF8) != SQLITE_OK)
        return failed(run);
    s->stmt = *stmt;
    return VB_OK;
}

/** Begin for one row of the child; no statement where nothing can be found. */
static vb_status begin(vb_cy_run *run, scan *s)
{
    vb_status status = VB_OK;
    vb_value name = vb_cy_null;
    vb_str folded = { 0 };
    vb_arena *arena = NULL;
    vb_cy_heap_reset(&s->op.heap);
    if (s->name) {
        TRY(vb_cy_eval(run, &s->op.heap, s->name, &name));
        if (name.kind == VB_VALUE_NULL) goto done;
    }
    if (name.kind == VB_VALUE_STRING) {
        arena = vb_arena_new();
        if (!arena || vb_fold(arena, name.as.text, &folded) != VB_OK) {
            status = VB_NO_MEMORY;
            goto done;
        }
    }
    if (folded.len)
        status = start(run, s, 2, folded);
    else
        status = start(run, s, s->label.len ? 1 : 0, s->label);
done:
    vb_arena_free(arena);
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    scan *s = (scan *)op;
    for (;;) {
        while (!s->stmt) {
            TRY(vb_cy_op_next(run, op->child, row));
            if (!*row) goto done;
            TRY(begin(run, s));
        }
        int code = sqlite3_step(s->stmt);
        if (code == SQLITE_ROW) break;
        sqlite3_reset(s->stmt);
        s->stmt = NULL;
        if (code != SQLITE_DONE) return failed(run);
    }
    vb_cy_heap_reset(&op->heap);
    TRY(vb_cy_node_value(run, &op->heap, sqlite3_column_int64(s->stmt, 0), &run->slots[s->slot]));
    *row = true;
done:
    return status;
}

vb_cy_op *vb_cy_op_scan(vb_cy_plan *p, vb_cy_op *child, const vb_cy_node *node, vb_cy_expr *name)
{
    static const vb_cy_op_kind kind = { "Scan", open, next, close };
    scan *s = vb_cy_op_new(p, &kind, sizeof *s, child);
    if (!s) return NULL;
    s->slot = node->slot;
    if (node->labels.len) s->label = node->labels.at[0];
    s->name = name;
    return &s->op;
}
