/** What leaves the engine: values with all that their nodes and relationships hold. */
#include "queries/cypher/cypher.h"

static vb_status fill_many(vb_cy_run *run, vb_cy_heap *heap, const vb_value *from, size_t n,
                           const vb_value **out)
{
    vb_status status = VB_OK;
    vb_value *at = vb_cy_get(heap, n * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) TRY(vb_cy_thing_fill(run, heap, &from[i], &at[i]));
    *out = at;
done:
    return status;
}

static vb_status fill_thing(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status = VB_OK;
    vb_thing *t = vb_cy_get(heap, sizeof *t);
    if (!t) return VB_NO_MEMORY;
    *t = *v->as.thing;
    *out = (vb_value){ .kind = v->kind, .as.thing = t };
    t->deleted = run->writes && vb_cy_is_deleted(run, v);
    if (t->deleted) goto done;
    TRY(vb_cy_thing_properties(run, heap, NULL, v, &t->properties));
    if (v->kind == VB_VALUE_NODE) TRY(vb_cy_node_labels(run, heap, NULL, v, &t->labels));
done:
    return status;
}

static vb_status fill_map(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status = VB_OK;
    vb_entry *at = vb_cy_get(heap, v->as.map.len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < v->as.map.len; i++) {
        at[i].key = v->as.map.at[i].key;
        TRY(vb_cy_thing_fill(run, heap, &v->as.map.at[i].value, &at[i].value));
    }
    *out = (vb_value){ .kind = VB_VALUE_MAP, .as.map = { at, v->as.map.len } };
done:
    return status;
}

static vb_status fill_path(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    vb_status status;
    vb_walk *w = vb_cy_get(heap, sizeof *w);
    if (!w) return VB_NO_MEMORY;
    w->length = v->as.path->length;
    TRY(fill_many(run, heap, v->as.path->nodes, w->length + 1, &w->nodes));
    TRY(fill_many(run, heap, v->as.path->relationships, w->length, &w->relationships));
    *out = (vb_value){ .kind = VB_VALUE_PATH, .as.path = w };
done:
    return status;
}

vb_status vb_cy_thing_fill(vb_cy_run *run, vb_cy_heap *heap, const vb_value *v, vb_value *out)
{
    switch (v->kind) {
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return fill_thing(run, heap, v, out);
    case VB_VALUE_PATH:
        return fill_path(run, heap, v, out);
    case VB_VALUE_MAP:
        return fill_map(run, heap, v, out);
    case VB_VALUE_LIST:
        *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list.len = v->as.list.len };
        return fill_many(run, heap, v->as.list.at, v->as.list.len, &out->as.list.at);
    default:
        *out = *v;
        return VB_OK;
    }
}
