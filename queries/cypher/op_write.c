/**
 * What writes: CREATE, SET and REMOVE, DELETE, MERGE. A writing operator takes all rows of its child first,
 * so that what is read is never what it has just written; then it works on each; then it gives them on.
 */
#include "queries/cypher/operators.h"

static vb_status open(vb_cy_run *run, vb_cy_op *op)
{
    (void)run;
    vb_cy_writer *w = (vb_cy_writer *)op;
    vb_cy_heap_reset(&op->heap);
    w->in = w->out = (vb_cy_rows){ 0 };
    w->at = 0;
    w->done = false;
    return VB_OK;
}

static vb_status run_all(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status;
    bool row;
    while ((status = vb_cy_op_next(run, w->op.child, &row)) == VB_OK && row)
        TRY(vb_cy_rows_add(run, &w->op.heap, &w->in, &w->slots));
    if (status != VB_OK) goto done;
    for (size_t i = 0; i < w->in.rows.len; i++) {
        vb_cy_rows_restore(run, w->in.rows.at[i], &w->slots);
        TRY(vb_cy_tick(run));
        TRY(w->work(run, w));
    }
    if (w->finish) TRY(w->finish(run, w));
    w->done = true;
done:
    return status;
}

static vb_status next(vb_cy_run *run, vb_cy_op *op, bool *row)
{
    vb_status status = VB_OK;
    vb_cy_writer *w = (vb_cy_writer *)op;
    if (!w->done) TRY(run_all(run, w));
    *row = w->at < w->out.rows.len;
    if (*row) vb_cy_rows_restore(run, w->out.rows.at[w->at++], &w->slots);
done:
    return status;
}

static const vb_cy_op_kind create_kind = { "Create", open, next, NULL },
                           set_kind = { "Set", open, next, NULL },
                           delete_kind = { "Delete", open, next, NULL },
                           merge_kind = { "Merge", open, next, NULL };

static vb_status give(vb_cy_run *run, vb_cy_writer *w)
{
    return vb_cy_rows_add(run, &w->op.heap, &w->out, &w->slots);
}

static void *writer(vb_cy_plan *p, const vb_cy_op_kind *kind, size_t size, vb_cy_op *child,
                    const vb_cy_slots *slots, vb_status (*work)(vb_cy_run *, vb_cy_writer *))
{
    vb_cy_writer *w = vb_cy_op_new(p, kind, size, child);
    if (!w) return NULL;
    w->slots = *slots;
    w->work = work;
    return w;
}

/* ---- CREATE
 * --------------------------------------------------------------------------------------------------- */

typedef struct create {
    vb_cy_writer w;
    vb_cy_pattern *pattern;
} create;

static vb_status eval_props(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, bool merge,
                            vb_value_map *out)
{
    vb_value v;
    *out = (vb_value_map){ 0 };
    if (!e) return VB_OK;
    vb_status status = vb_cy_eval(run, heap, e, &v);
    if (status != VB_OK || v.kind == VB_VALUE_NULL) return status;
    if (v.kind == VB_VALUE_NODE || v.kind == VB_VALUE_RELATIONSHIP)
        return vb_cy_thing_properties(run, heap, e, &v, out);
    if (v.kind != VB_VALUE_MAP)
        return vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "properties are a map, not a %s",
                              vb_cy_kind_name(v.kind));
    *out = v.as.map;
    for (size_t i = 0; merge && i < out->len; i++)
        if (out->at[i].value.kind == VB_VALUE_NULL)
            return vb_cy_run_fail(run, e, "!SemanticError/MergeReadOwnWrites",
                                  "MERGE cannot look for a property that is null");
    return VB_OK;
}

static vb_status make_node(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_node *n, bool merge)
{
    vb_status status;
    vb_value_map props;
    if (!n->fresh) {
        if (run->slots[n->slot].kind == VB_VALUE_NODE) return VB_OK;
        return vb_cy_fail(&run->source, n->at, VB_BAD_INPUT, "!SemanticError/DeletedEntityAccess",
                          "a relationship needs two nodes, and '%.*s' is null", VB_FMT(n->name));
    }
    TRY(eval_props(run, heap, n->props, merge, &props));
    TRY(vb_cy_create_node(run, heap, &n->labels, &props, &run->slots[n->slot]));
done:
    return status;
}

static vb_status make_rel(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_part *part, size_t k, bool merge)
{
    vb_status status;
    vb_value_map props;
    const vb_cy_rel *r = part->rels.at[k];
    const vb_value *left = &run->slots[part->nodes.at[k]->slot],
                   *right = &run->slots[part->nodes.at[k + 1]->slot];
    const vb_cy_expr place = { .at = r->at };
    TRY(eval_props(run, heap, r->props, merge, &props));
    bool back = r->direction == -1;
    TRY(vb_cy_create_rel(run, heap, &place, r->types.at[0], back ? right : left, back ? left : right, &props,
                         &run->slots[r->slot]));
done:
    return status;
}

vb_status vb_cy_make_pattern(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_pattern *pattern, bool merge)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < pattern->parts.len; i++) {
        const vb_cy_part *part = pattern->parts.at[i];
        for (size_t k = 0; k < part->nodes.len; k++) TRY(make_node(run, heap, part->nodes.at[k], merge));
        for (size_t k = 0; k < part->rels.len; k++) TRY(make_rel(run, heap, part, k, merge));
        if (part->name.len) TRY(vb_cy_path_value(run, heap, part, &run->slots[part->slot]));
    }
done:
    return status;
}

static vb_status create_row(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status;
    TRY(vb_cy_make_pattern(run, &w->op.heap, ((create *)w)->pattern, false));
    TRY(give(run, w));
done:
    return status;
}

vb_cy_op *vb_cy_op_create(vb_cy_plan *p, vb_cy_op *child, vb_cy_pattern *pattern, const vb_cy_slots *slots)
{
    create *c = writer(p, &create_kind, sizeof *c, child, slots, create_row);
    if (c) c->pattern = pattern;
    return c ? &c->w.op : NULL;
}

/* ---- SET and REMOVE
 * --------------------------------------------------------------------------------------------- */

typedef struct set_op {
    vb_cy_writer w;
    vb_cy_sets *sets;
} set_op;

static vb_status check_props(vb_cy_run *run, const vb_cy_expr *e, const vb_value_map *map)
{
    for (size_t i = 0; i < map->len; i++)
        if (!vb_cy_props_may(&map->at[i].value))
            return vb_cy_run_fail(run, e, "!TypeError/InvalidPropertyType", "a property cannot hold a %s",
                                  vb_cy_kind_name(map->at[i].value.kind));
    return VB_OK;
}

/** The properties a thing shall have after SET thing = map, += map, .key = value, or REMOVE thing.key. */
static vb_status new_properties(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_set *s, const vb_value *thing,
                                vb_value_map *out)
{
    vb_status status;
    vb_value_map old = { 0 }, change;
    vb_entry one = { .key = s->key, .value = vb_cy_null };
    if (s->kind != SET_REPLACE) TRY(vb_cy_thing_properties(run, heap, s->target, thing, &old));
    if (s->kind == SET_REPLACE || s->kind == SET_ADD) {
        TRY(eval_props(run, heap, s->value, false, &change));
    } else {
        if (s->value) TRY(vb_cy_eval(run, heap, s->value, &one.value));
        change = (vb_value_map){ &one, 1 };
    }
    TRY(check_props(run, s->value ? s->value : s->target, &change));
    vb_entry *at = vb_cy_get(heap, (old.len + change.len) * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    if (old.len) memcpy(at, old.at, old.len * sizeof *at);
    if (change.len) memcpy(at + old.len, change.at, change.len * sizeof *at);
    size_t n = old.len + change.len, kept = 0;
    vb_cy_map_sort(at, &n);
    for (size_t i = 0; i < n; i++)
        if (at[i].value.kind != VB_VALUE_NULL) at[kept++] = at[i];
    *out = (vb_value_map){ at, kept };
done:
    return status;
}

static vb_status do_set(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_set *s)
{
    vb_status status;
    vb_value thing;
    vb_value_map props;
    TRY(vb_cy_eval(run, heap, s->target, &thing));
    if (thing.kind == VB_VALUE_NULL) goto done;
    if (thing.kind != VB_VALUE_NODE && thing.kind != VB_VALUE_RELATIONSHIP) {
        status = vb_cy_run_fail(run, s->target, "!TypeError/InvalidArgumentType",
                                "a %s has no properties to set", vb_cy_kind_name(thing.kind));
        goto done;
    }
    if (s->kind == SET_LABELS || s->kind == SET_DROP_LABELS)
        return vb_cy_put_labels(run, s->target, &thing, &s->labels, s->kind == SET_DROP_LABELS);
    TRY(new_properties(run, heap, s, &thing, &props));
    TRY(vb_cy_put_properties(run, s->target, &thing, &props));
done:
    return status;
}

vb_status vb_cy_do_sets(vb_cy_run *run, const vb_cy_sets *sets)
{
    vb_status status = VB_OK;
    vb_cy_heap heap = { .run = run };
    for (size_t i = 0; i < sets->len && status == VB_OK; i++) status = do_set(run, &heap, &sets->at[i]);
    vb_cy_heap_free(&heap);
    return status;
}

static vb_status set_row(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status;
    TRY(vb_cy_do_sets(run, ((set_op *)w)->sets));
    TRY(give(run, w));
done:
    return status;
}

vb_cy_op *vb_cy_op_set(vb_cy_plan *p, vb_cy_op *child, vb_cy_sets *sets, const vb_cy_slots *slots)
{
    set_op *s = writer(p, &set_kind, sizeof *s, child, slots, set_row);
    if (s) s->sets = sets;
    return s ? &s->w.op : NULL;
}

/* ---- DELETE
 * ------------------------------------------------------------------------------------------------------- */

typedef struct delete_op {
    vb_cy_writer w;
    vb_cy_clause *clause;
    VB_VEC(vb_value) nodes; /* they go last, when the relationships of all rows have gone */
} delete_op;

static vb_status note(vb_cy_run *run, delete_op *d, const vb_value *v, const vb_cy_expr *e)
{
    vb_status status = VB_OK;
    switch (v->kind) {
    case VB_VALUE_NULL:
        break;
    case VB_VALUE_RELATIONSHIP:
        status = vb_cy_delete_rel(run, v);
        break;
    case VB_VALUE_NODE:
        TRY(vb_cy_push(&d->w.op.heap, &d->nodes));
        TRY(vb_cy_value_copy(&d->w.op.heap, v, &d->nodes.at[d->nodes.len - 1]));
        break;
    case VB_VALUE_PATH:
        for (size_t i = 0; i < v->as.path->length; i++) TRY(note(run, d, &v->as.path->relationships[i], e));
        for (size_t i = 0; i <= v->as.path->length; i++) TRY(note(run, d, &v->as.path->nodes[i], e));
        break;
    default:
        status = vb_cy_run_fail(run, e, "!TypeError/InvalidArgumentType", "a %s cannot be deleted",
                                vb_cy_kind_name(v->kind));
    }
done:
    return status;
}

static vb_status delete_row(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status = VB_OK;
    delete_op *d = (delete_op *)w;
    vb_cy_heap heap = { .run = run };
    vb_value v;
    for (size_t i = 0; i < d->clause->exprs.len; i++) {
        TRY(vb_cy_eval(run, &heap, d->clause->exprs.at[i], &v));
        TRY(note(run, d, &v, d->clause->exprs.at[i]));
    }
    TRY(give(run, w));
done:
    vb_cy_heap_free(&heap);
    return status;
}

static vb_status delete_nodes(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status = VB_OK;
    delete_op *d = (delete_op *)w;
    for (size_t i = 0; i < d->nodes.len; i++)
        TRY(vb_cy_delete_node(run, d->clause->exprs.at[0], &d->nodes.at[i], d->clause->detach));
    d->nodes.len = d->nodes.cap = 0;
done:
    return status;
}

vb_cy_op *vb_cy_op_delete(vb_cy_plan *p, vb_cy_op *child, vb_cy_clause *clause, const vb_cy_slots *slots)
{
    delete_op *d = writer(p, &delete_kind, sizeof *d, child, slots, delete_row);
    if (!d) return NULL;
    d->clause = clause;
    d->w.finish = delete_nodes;
    return &d->w.op;
}

/* ---- MERGE
 * -------------------------------------------------------------------------------------------------------- */

typedef struct merge_op {
    vb_cy_writer w;
    vb_cy_op *match;
    vb_cy_clause *clause;
} merge_op;

/** Whether the pattern itself brings the node of this slot into being, left of its part @p k. */
static bool is_ours(const vb_cy_part *part, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (part->nodes.at[i]->fresh && part->nodes.at[i]->slot == part->nodes.at[k]->slot) return true;
    return false;
}

/** Null properties and null nodes are told before anything is looked for. */
static vb_status check_merge(vb_cy_run *run, const vb_cy_part *part)
{
    vb_status status = VB_OK;
    vb_cy_heap heap = { .run = run };
    vb_value_map props;
    for (size_t k = 0; k < part->nodes.len; k++) {
        const vb_cy_node *n = part->nodes.at[k];
        if (n->fresh)
            TRY(eval_props(run, &heap, n->props, true, &props));
        else if (!is_ours(part, k))
            TRY(make_node(run, &heap, n, true));
        if (k < part->rels.len) TRY(eval_props(run, &heap, part->rels.at[k]->props, true, &props));
    }
done:
    vb_cy_heap_free(&heap);
    return status;
}

static vb_status merge_row(vb_cy_run *run, vb_cy_writer *w)
{
    vb_status status;
    merge_op *m = (merge_op *)w;
    size_t before = w->out.rows.len;
    bool row;
    TRY(check_merge(run, m->clause->pattern->parts.at[0]));
    TRY(vb_cy_op_open(run, m->match));
    while ((status = vb_cy_op_next(run, m->match, &row)) == VB_OK && row) TRY(give(run, w));
    if (status != VB_OK) goto done;
    bool found = w->out.rows.len > before;
    if (!found) {
        TRY(vb_cy_make_pattern(run, &w->op.heap, m->clause->pattern, true));
        TRY(give(run, w));
    }
    for (size_t i = before; i < w->out.rows.len; i++) {
        vb_cy_rows_restore(run, w->out.rows.at[i], &w->slots);
        TRY(vb_cy_do_sets(run, found ? &m->clause->on_match : &m->clause->on_create));
    }
done:
    return status;
}

vb_cy_op *vb_cy_op_merge(vb_cy_plan *p, vb_cy_op *child, vb_cy_op *match, vb_cy_clause *clause,
                         const vb_cy_slots *slots)
{
    merge_op *m = writer(p, &merge_kind, sizeof *m, child, slots, merge_row);
    if (!m) return NULL;
    m->match = match;
    m->clause = clause;
    return &m->w.op;
}
