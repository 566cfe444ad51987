/** Functions on nodes, relationships and paths; evidence() gives the sentences behind a relationship. */
#include "queries/cypher/cypher.h"

#define ARGS \
    vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *args, size_t n, vb_value *out
#define UNUSED (void)run, (void)heap, (void)e, (void)args, (void)n

static vb_status fn_id(ARGS)
{
    UNUSED;
    *out = vb_cy_of_int(args[0].as.thing->id);
    return VB_OK;
}

static vb_status fn_labels(ARGS)
{
    UNUSED;
    out->kind = VB_VALUE_LIST;
    return vb_cy_node_labels(run, heap, e, &args[0], &out->as.list);
}

static vb_status fn_type(ARGS)
{
    UNUSED;
    *out = vb_cy_of_text(args[0].as.thing->type);
    return VB_OK;
}

static vb_status map_of(vb_cy_run *run, vb_cy_heap *heap, const vb_cy_expr *e, const vb_value *v,
                        vb_value_map *out)
{
    if (v->kind != VB_VALUE_MAP) return vb_cy_thing_properties(run, heap, e, v, out);
    *out = v->as.map;
    return VB_OK;
}

static vb_status fn_properties(ARGS)
{
    UNUSED;
    out->kind = VB_VALUE_MAP;
    return map_of(run, heap, e, &args[0], &out->as.map);
}

static vb_status fn_keys(ARGS)
{
    UNUSED;
    vb_value_map map;
    vb_status status = map_of(run, heap, e, &args[0], &map);
    if (status != VB_OK) return status;
    vb_value *at = vb_cy_get(heap, map.len * sizeof *at);
    if (!at) return VB_NO_MEMORY;
    for (size_t i = 0; i < map.len; i++) at[i] = vb_cy_of_text(map.at[i].key);
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, map.len } };
    return VB_OK;
}

static vb_status fn_ends(ARGS)
{
    UNUSED;
    const vb_thing *rel = args[0].as.thing;
    return vb_cy_node_value(run, heap, e->function->name[0] == 's' ? rel->source : rel->target, out);
}

static vb_status fn_nodes(ARGS)
{
    UNUSED;
    const vb_walk *path = args[0].as.path;
    out->kind = VB_VALUE_LIST;
    out->as.list = e->function->name[0] == 'n' ? (vb_value_list){ path->nodes, path->length + 1 }
                                               : (vb_value_list){ path->relationships, path->length };
    return VB_OK;
}

static vb_status fn_length(ARGS)
{
    UNUSED;
    *out = vb_cy_of_int((int64_t)args[0].as.path->length);
    return VB_OK;
}

enum { EVIDENCE_MAX = 1000 };

/** A map for each sentence: document, date, start, end, text, certainty, rule, since, until, amount. */
static vb_status sentence(vb_cy_heap *heap, const vb_evidence *s, vb_value *out)
{
    vb_status status = VB_OK;
    const vb_entry parts[] = {
        { VB_STR("amount"), s->amount ? vb_cy_of_int(s->amount) : vb_cy_null },
        { VB_STR("amount_per"), s->amount_per.len ? vb_cy_of_text(s->amount_per) : vb_cy_null },
        { VB_STR("certainty"), vb_cy_of_text(vb_str_of(vb_certainty_name(s->certainty))) },
        { VB_STR("date"), s->date.len ? vb_cy_of_text(s->date) : vb_cy_null },
        { VB_STR("document"), s->document.len ? vb_cy_of_text(s->document) : vb_cy_null },
        { VB_STR("end"), s->end < 0 ? vb_cy_null : vb_cy_of_int(s->end) },
        { VB_STR("origin"), vb_cy_of_text(vb_str_of(vb_origin_name(s->origin))) },
        { VB_STR("rule"), s->rule.len ? vb_cy_of_text(s->rule) : vb_cy_null },
        { VB_STR("since"), s->since.len ? vb_cy_of_text(s->since) : vb_cy_null },
        { VB_STR("start"), s->start < 0 ? vb_cy_null : vb_cy_of_int(s->start) },
        { VB_STR("text"), s->text.len ? vb_cy_of_text(s->text) : vb_cy_null },
        { VB_STR("until"), s->until.len ? vb_cy_of_text(s->until) : vb_cy_null },
    };
    const vb_value map = { .kind = VB_VALUE_MAP, .as.map = { parts, VB_COUNT(parts) } };
    TRY(vb_cy_value_copy(heap, &map, out));
done:
    return status;
}

static vb_status fn_evidence(ARGS)
{
    UNUSED;
    vb_status status;
    vb_edge edge;
    vb_error err = { 0 };
    vb_arena *arena = vb_arena_new();
    if (!arena) return VB_NO_MEMORY;
    status = vb_store_edge(run->store, args[0].as.thing->id, EVIDENCE_MAX, arena, &edge, &err);
    if (status != VB_OK) {
        status = vb_cy_store_fail(run, status, &err);
        goto done;
    }
    vb_value *at = vb_cy_get(heap, edge.n_evidence * sizeof *at);
    if (!at) {
        status = VB_NO_MEMORY;
        goto done;
    }
    size_t n_said = 0;
    for (size_t i = 0; i < edge.n_evidence; i++) {
        const vb_evidence *s = &edge.evidence[i];
        if (s->origin == VB_ORIGIN_IMPORT && !s->text.len) continue; /* nobody says it */
        TRY(sentence(heap, s, &at[n_said++]));
    }
    *out = (vb_value){ .kind = VB_VALUE_LIST, .as.list = { at, n_said } };
done:
    vb_arena_free(arena);
    return status;
}

#define ONE(word, fn, kinds, gives)                                                                   \
    {                                                                                                 \
        .name = word, .min = 1, .max = 1, .call = fn, .result = (gives) | TY_NULL, .takes = { kinds } \
    }

const vb_cy_function vb_cy_functions_graph[] = {
    ONE("endnode", fn_ends, TY_REL, TY_NODE),
    ONE("evidence", fn_evidence, TY_REL, TY_LIST),
    ONE("id", fn_id, TY_NODE | TY_REL, TY_INTEGER),
    ONE("keys", fn_keys, TY_NODE | TY_REL | TY_MAP, TY_LIST),
    ONE("labels", fn_labels, TY_NODE, TY_LIST),
    ONE("length", fn_length, TY_PATH, TY_INTEGER),
    ONE("nodes", fn_nodes, TY_PATH, TY_LIST),
    ONE("properties", fn_properties, TY_NODE | TY_REL | TY_MAP, TY_MAP),
    ONE("relationships", fn_nodes, TY_PATH, TY_LIST),
    ONE("startnode", fn_ends, TY_REL, TY_NODE),
    ONE("type", fn_type, TY_REL, TY_STRING),
    { 0 },
};
