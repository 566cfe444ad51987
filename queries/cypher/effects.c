/**
 * What a query changed, as seen from outside before and after: a thing that it made and ended counts nothing,
 * a property that got another value was removed and added, a label counts when the graph had or has it at
 * all. Of each thing that is touched its properties are kept as they were.
 */
#include "queries/cypher/cypher.h"

#include <stdlib.h>

typedef struct vb_cy_change {
    vb_value thing;
    vb_value_map before;
    bool created, deleted;
} vb_cy_change;

static size_t slot_of(const vb_cy_run *run, const vb_value *thing)
{
    uint64_t h = ((uint64_t)thing->as.thing->id * 2 + (thing->kind == VB_VALUE_NODE)) * 0x9e3779b97f4a7c15u;
    size_t at = (size_t)(h >> 20) & (run->changes_cap - 1);
    while (run->changes[at] && (run->changes[at]->thing.kind != thing->kind ||
                                run->changes[at]->thing.as.thing->id != thing->as.thing->id))
        at = (at + 1) & (run->changes_cap - 1);
    return at;
}

static vb_status grow(vb_cy_run *run)
{
    size_t old = run->changes_cap;
    vb_cy_change **before = run->changes, **after = calloc(old ? old * 2 : 64, sizeof(vb_cy_change *));
    if (!after) return VB_NO_MEMORY;
    run->changes = after;
    run->changes_cap = old ? old * 2 : 64;
    for (size_t i = 0; i < old; i++)
        if (before[i]) after[slot_of(run, &before[i]->thing)] = before[i];
    free(before);
    return VB_OK;
}

vb_status vb_cy_note_change(vb_cy_run *run, const vb_value *thing, bool created, bool deleted)
{
    vb_status status = VB_OK;
    if (run->n_changes * 4 >= run->changes_cap * 3) TRY(grow(run));
    vb_cy_change **slot = &run->changes[slot_of(run, thing)];
    if (!*slot) {
        vb_cy_change *c = vb_cy_get(&run->keep, sizeof *c);
        if (!c) return VB_NO_MEMORY;
        TRY(vb_cy_value_copy(&run->keep, thing, &c->thing));
        c->created = created;
        if (!created) TRY(vb_cy_thing_properties(run, &run->keep, NULL, thing, &c->before));
        *slot = c;
        run->n_changes++;
    }
    if (deleted) (*slot)->deleted = true;
done:
    return status;
}

void vb_cy_changes_free(vb_cy_run *run)
{
    free(run->changes);
    run->changes = NULL;
    run->n_changes = run->changes_cap = 0;
}

static bool same_value(const vb_value *a, const vb_value *b)
{
    return a->kind == b->kind && vb_cy_same(a, b);
}

static vb_status count_properties(vb_cy_run *run, const vb_cy_change *c)
{
    vb_status status = VB_OK;
    vb_value_map after = { 0 };
    vb_query_effects *e = &run->effects;
    if (!c->deleted) TRY(vb_cy_thing_properties(run, &run->temp, NULL, &c->thing, &after));
    if (c->created && c->deleted) goto done;
    for (size_t i = 0; i < after.len; i++) {
        const vb_value *old = vb_cy_map_get(&c->before, after.at[i].key);
        if (!old || !same_value(old, &after.at[i].value)) e->properties_added++;
    }
    for (size_t i = 0; i < c->before.len; i++) {
        const vb_value *now = vb_cy_map_get(&after, c->before.at[i].key);
        if (!now || !same_value(now, &c->before.at[i].value)) e->properties_removed++;
    }
done:
    vb_cy_heap_reset(&run->temp);
    return status;
}

/** The labels of the graph, in a table of this connection alone. */
static const char all_labels[] =
    "SELECT DISTINCT j.value FROM main.label_set s, json_each(s.labels) j WHERE EXISTS"
    " (SELECT 1 FROM main.node WHERE labels = s.id)";

static vb_status count_labels(vb_cy_run *run, vb_value_list *out, vb_cy_heap *heap)
{
    vb_status status;
    sqlite3_stmt *stmt;
    bool row;
    vb_error err = { 0 };
    VB_VEC(vb_value) list = { 0 };
    TRY(vb_sql_bind(run->store, &err, &stmt, all_labels, ""));
    while ((status = vb_sql_row(run->store, &err, stmt, &row)) == VB_OK && row) {
        status = vb_cy_push(heap, &list);
        if (status == VB_OK)
            status = vb_cy_text_copy(heap, vb_sql_text(stmt, 0), &list.at[list.len - 1].as.text);
        if (status != VB_OK) {
            sqlite3_reset(stmt);
            return status;
        }
        list.at[list.len - 1].kind = VB_VALUE_STRING;
    }
    *out = (vb_value_list){ list.at, list.len };
done:
    return status;
}

vb_status vb_cy_labels_before(vb_cy_run *run)
{
    return count_labels(run, &run->labels_before, &run->keep);
}

static int64_t missing(const vb_value_list *from, const vb_value_list *in)
{
    int64_t n = 0;
    for (size_t i = 0; i < from->len; i++) {
        bool found = false;
        for (size_t k = 0; k < in->len; k++) found |= vb_str_eq(in->at[k].as.text, from->at[i].as.text);
        n += !found;
    }
    return n;
}

vb_status vb_cy_effects_sum(vb_cy_run *run)
{
    vb_status status = VB_OK;
    vb_value_list after;
    vb_query_effects *e = &run->effects;
    for (size_t i = 0; i < run->changes_cap; i++) {
        const vb_cy_change *c = run->changes[i];
        if (!c) continue;
        bool node = c->thing.kind == VB_VALUE_NODE;
        if (c->created && !c->deleted) ++*(node ? &e->nodes_added : &e->relationships_added);
        if (!c->created && c->deleted) ++*(node ? &e->nodes_removed : &e->relationships_removed);
        TRY(count_properties(run, c));
    }
    TRY(count_labels(run, &after, &run->temp));
    e->labels_added = missing(&after, &run->labels_before);
    e->labels_removed = missing(&run->labels_before, &after);
    vb_cy_heap_reset(&run->temp);
done:
    return status;
}
