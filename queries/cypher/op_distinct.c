/** Distinct: of rows that are the same the first one. */
#include "queries/cypher/operators.h"
#include "queries/cypher/table.h"

typedef struct distinct {
    vb_cy_op op;
    vb_cy_slots slots;
    vb_cy_table table;
    vb_value *row;
} distinct;

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    distinct *d = (distinct *)op;
    vb_cy_heap_reset(&op->heap);
    d->table = (vb_cy_table){ .heap = &op->heap, .width = d->slots.len };
    d->row = vb_cy_get(&op->heap, d->slots.len * sizeof *d->row);
    return d->row ? VB_OK : VB_NO_MEMORY;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status;
    distinct *d = (distinct *)op;
    vb_cy_table_row *entry;
    bool made = false;
    do {
        TRY(vb_cy_op_next(run, op->child, row));
        if (!*row) goto done;
        for (size_t i = 0; i < d->slots.len; i++) d->row[i] = run->slots[d->slots.at[i]];
        TRY(vb_cy_table_row_get(&d->table, d->row, &entry, &made));
    } while (!made);
done:
    return status;
}

vb_cy_op *vb_cy_op_distinct(vb_cy_plan *p, vb_cy_op *child, const vb_cy_slots *slots)
{
    static const vb_cy_op_kind kind = { "Distinct", open, next, NULL };
    distinct *d = vb_cy_op_new(p, &kind, sizeof *d, child);
    if (d) d->slots = *slots;
    return d ? &d->op : NULL;
}
