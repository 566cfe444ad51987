/** A leg: one relationship of a pattern, as Expand, Walk and Shortest go along it. */
#include "queries/cypher/operators.h"

vb_status vb_cy_leg_open(vb_cy_run *run, vb_cy_leg *leg)
{
    vb_status status = VB_OK;
    const vb_cy_rel *rel = leg->rel;
    if (!leg->resolved && rel->types.len) TRY(vb_cy_type_ids(run, &rel->types, &leg->types, &leg->n_types));
    leg->resolved = leg->n_types == rel->types.len; /* a type may come into being later in the query */
done:
    return status;
}

vb_status vb_cy_leg_edges(vb_cy_run *run, const vb_cy_leg *leg, int64_t node, const int64_t *other,
                          vb_cy_edges *out)
{
    const vb_cy_step_to to = { .direction = leg->direction,
                               .types = leg->rel->types.len ? leg->types : NULL,
                               .n_types = leg->n_types,
                               .other = other };
    out->len = 0;
    return vb_cy_edges_at(run, node, &to, out);
}

vb_status vb_cy_leg_copy(vb_cy_plan *p, const vb_cy_leg *leg, vb_cy_leg *out)
{
    vb_status status = VB_OK;
    *out = *leg;
    out->others = (vb_cy_slots){ 0 };
    for (size_t i = 0; i < leg->others.len; i++) TRY(vb_cy_slots_add(p, &out->others, leg->others.at[i]));
done:
    return status;
}

static bool is_edge(const vb_value *v, int64_t edge)
{
    return v->kind == VB_VALUE_RELATIONSHIP && v->as.thing->id == edge;
}

bool vb_cy_leg_went(const vb_cy_run *run, const vb_cy_leg *leg, int64_t edge)
{
    for (size_t i = 0; i < leg->others.len; i++) {
        const vb_value *v = &run->slots[leg->others.at[i]];
        if (is_edge(v, edge)) return true;
        for (size_t k = 0; v->kind == VB_VALUE_LIST && k < v->as.list.len; k++)
            if (is_edge(&v->as.list.at[k], edge)) return true;
    }
    return false;
}

vb_status vb_cy_leg_fits(vb_cy_run *run, const vb_cy_leg *leg, const vb_cy_edge *e, bool *out)
{
    vb_status status = VB_OK;
    vb_cy_heap heap = { .run = run };
    vb_value rel, want, is;
    const vb_cy_expr *props = leg->rel->props;
    *out = true;
    if (!props) return VB_OK;
    TRY(vb_cy_rel_value(run, &heap, e, &rel));
    for (size_t i = 0; i < props->args.len && *out; i++) {
        TRY(vb_cy_thing_property(run, &heap, props, &rel, props->keys.at[i], &is));
        TRY(vb_cy_eval(run, &heap, props->args.at[i], &want));
        *out = vb_cy_equal(&is, &want) == CY_TRUE;
    }
done:
    vb_cy_heap_free(&heap);
    return status;
}
