/** Distinct: of rows that are the same the first one. */
#include "queries/cypher/operators.h"
#include "queries/cypher/table.h"

typedef struct distinct {
    cy_op op;
    cy_slots slots;
    cy_table table;
    vb_value *row;
} distinct;

static vb_status open(cy_run *run, cy_op *op)
{
    (void)run;
    distinct *d = (distinct *)op;
    cy_heap_reset(&op->heap);
    d->table = (cy_table){ .heap = &op->heap, .width = d->slots.len };
    d->row = cy_get(&op->heap, d->slots.len * sizeof *d->row);
    return d->row ? VB_OK : VB_NO_MEMORY;
}

static vb_status next(cy_run *run, cy_op *op, bool *row)
{
    vb_status status;
    distinct *d = (distinct *)op;
    cy_table_row *entry;
    bool made = false;
    do {
        TRY(cy_op_next(run, op->child, row));
        if (!*row) goto done;
        for (size_t i = 0; i < d->slots.len; i++) d->row[i] = run->slots[d->slots.at[i]];
        TRY(cy_table_row_get(&d->table, d->row, &entry, &made));
    } while (!made);
done:
    return status;
}

cy_op *cy_op_distinct(cy_plan *p, cy_op *child, const cy_slots *slots)
{
    static const cy_op_kind kind = { "Distinct", open, next, NULL };
    distinct *d = cy_op_new(p, &kind, sizeof *d, child);
    if (d) d->slots = *slots;
    return d ? &d->op : NULL;
}
