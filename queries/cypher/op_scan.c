/**
 * Scan: for each row of the child every node that may be the one: found by an index where a condition gives
 * its id, key or name, else by label, else all of them. What is found may be too much, never too little: the
 * conditions are looked at again above. The ways to find a node are the rows of a table.
 */
#include "queries/cypher/operators.h"

typedef struct scan {
    vb_cy_op op;
    int slot;
    vb_str label;
    vb_cy_seek_by by;
    vb_cy_expr *value;
    sqlite3_stmt *stmts[CY_SEEK_COUNT];
    sqlite3_stmt *stmt; /* the one that runs; NULL: the child's next row */
} scan;

#define SETS   "(SELECT s.id FROM label_set s, json_each(s.labels) j WHERE j.value = ?1)"
#define BY_KEY "SELECT id FROM node WHERE labels IN (SELECT id FROM label_set) AND key = ?1"

/* A second node of the same labels and key has its key in its JSON alone, and none in the column. */
static const char *const seeks[] = {
    [CY_SEEK_ALL] = "SELECT id FROM node",
    [CY_SEEK_LABEL] = "SELECT id FROM node WHERE labels IN " SETS,
    [CY_SEEK_NAME] = "SELECT DISTINCT node FROM alias WHERE folded = ?1",
    [CY_SEEK_KEY] = BY_KEY,
    [CY_SEEK_KEYLESS] = BY_KEY " UNION ALL SELECT id FROM node WHERE labels IN (SELECT id FROM label_set) AND"
                               " key IS NULL",
    [CY_SEEK_ID] = "SELECT id FROM node WHERE id = ?1",
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

/** Start the statement of a way, with @p text or @p id bound where it takes one. */
static vb_status start(vb_cy_run *run, scan *s, vb_cy_seek_by by, vb_str text, int64_t id)
{
    vb_status status;
    TRY(vb_cy_prepare(run, seeks[by], &s->stmts[by]));
    s->stmt = s->stmts[by];
    if (by == CY_SEEK_ID)
        sqlite3_bind_int64(s->stmt, 1, id);
    else if (by != CY_SEEK_ALL && sqlite3_bind_text64(s->stmt, 1, text.at ? text.at : "", text.len,
                                                      SQLITE_TRANSIENT, SQLITE_UTF8) != SQLITE_OK)
        status = vb_cy_sql_failed(run);
done:
    return status;
}

/** The name as the index of names has it, in the scan's own memory. */
static vb_status fold(scan *s, vb_str name, vb_str *out)
{
    vb_status status;
    vb_str folded;
    vb_arena *arena = vb_arena_new();
    if (!arena) return VB_NO_MEMORY;
    TRY(vb_fold(arena, name, &folded));
    status = vb_cy_text_copy(&s->op.heap, folded, out);
done:
    vb_arena_free(arena);
    return status;
}

/** Begin for one row of the child. A value that the index does not hold is looked for among all. */
static vb_status begin(vb_cy_run *run, scan *s)
{
    vb_status status = VB_OK;
    vb_value v = vb_cy_null;
    vb_str text = { 0 };
    vb_cy_seek_by by = s->by;
    bool keyless;
    sqlite3_stmt *stmt;
    vb_cy_heap_reset(&s->op.heap);
    if (s->value) {
        TRY(vb_cy_eval(run, &s->op.heap, s->value, &v));
        if (v.kind == VB_VALUE_NULL) goto done; /* null equals nothing */
    }
    if (v.kind == VB_VALUE_STRING) text = v.as.text;
    if (by == CY_SEEK_NAME && text.len) TRY(fold(s, text, &text));
    if ((by == CY_SEEK_NAME || by == CY_SEEK_KEY) && !text.len) by = CY_SEEK_LABEL;
    if (by == CY_SEEK_ID && v.kind != VB_VALUE_INTEGER) by = CY_SEEK_LABEL;
    if (by == CY_SEEK_KEY) {
        TRY(vb_cy_look_up(run, CY_SQL_KEYLESS, 0, &stmt, &keyless));
        if (keyless) by = CY_SEEK_KEYLESS;
        sqlite3_reset(stmt);
    }
    if (by == CY_SEEK_LABEL) {
        text = s->label;
        if (!text.len) by = CY_SEEK_ALL;
    }
    status = start(run, s, by, text, v.as.integer);
done:
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
        TRY(vb_cy_step(run, s->stmt, row));
        if (*row) break;
        s->stmt = NULL;
    }
    vb_cy_heap_reset(&op->heap);
    TRY(vb_cy_node_value(run, &op->heap, sqlite3_column_int64(s->stmt, 0), &run->slots[s->slot]));
done:
    return status;
}

static const vb_cy_op_kind kinds[CY_SEEK_KEYLESS] = {
    [CY_SEEK_ALL] = { "AllNodes", open, next, close },
    [CY_SEEK_LABEL] = { "NodesByLabel", open, next, close },
    [CY_SEEK_NAME] = { "NodesByName", open, next, close },
    [CY_SEEK_KEY] = { "NodesByKey", open, next, close },
    [CY_SEEK_ID] = { "NodeById", open, next, close },
};

vb_cy_op *vb_cy_op_scan(vb_cy_plan *p, vb_cy_op *child, const vb_cy_node *node, const vb_cy_seek *seek)
{
    scan *s = vb_cy_op_new(p, &kinds[seek->by], sizeof *s, child);
    if (!s) return NULL;
    s->slot = node->slot;
    if (node->labels.len) s->label = node->labels.at[0];
    s->by = seek->by;
    s->value = seek->value;
    if (!s->value) return vb_cy_op_tell(p, s, "nl", s->slot, &node->labels);
    return vb_cy_op_tell(p, s, "nlse", s->slot, &node->labels, " by ", s->value);
}

bool vb_cy_scan_plain(const vb_cy_op *op, int *slot, vb_str *label)
{
    const scan *s = (const scan *)op;
    if (!op || (op->kind != &kinds[CY_SEEK_ALL] && op->kind != &kinds[CY_SEEK_LABEL])) return false;
    *slot = s->slot;
    *label = s->by == CY_SEEK_LABEL ? s->label : VB_STR("");
    return true;
}
