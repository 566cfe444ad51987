/** The options of verband.*: one row each, by the names that the command line has for them. */
#include "queries/cypher/procedures.h"

#include <stddef.h>

typedef enum option_kind { TEXT, TEXTS, FLAG, NUMBER, WHOLE } option_kind;

#define CUT(field) offsetof(vb_cy_options, cut.field)
#define AT(field)  offsetof(vb_cy_options, field)

static const struct option {
    const char *name;
    option_kind kind; /* NUMBER: int64_t, WHOLE: unsigned */
    size_t at, count; /* count: of TEXTS */
} options[] = {
    { "around", TEXT, CUT(around), 0 },
    { "by", TEXT, AT(by), 0 },
    { "depth", WHOLE, CUT(depth), 0 },
    { "isolated", FLAG, CUT(keep_isolated), 0 },
    { "k", NUMBER, AT(k), 0 },
    { "label", TEXT, AT(only_label), 0 },
    { "labels", TEXTS, CUT(labels), CUT(n_labels) },
    { "measure", TEXT, AT(by), 0 },
    { "mentions", FLAG, CUT(mentions), 0 },
    { "minEvidence", NUMBER, CUT(min_evidence), 0 },
    { "minWeight", NUMBER, CUT(min_weight), 0 },
    { "relations", TEXTS, CUT(relations), CUT(n_relations) },
    { "since", TEXT, CUT(since), 0 },
    { "stated", FLAG, CUT(stated), 0 },
    { "top", NUMBER, AT(top), 0 },
    { "until", TEXT, CUT(until), 0 },
    { "weighted", FLAG, AT(weighted), 0 },
};

static vb_status read_texts(const struct option *o, const vb_value *v, vb_arena *arena, char *base)
{
    const vb_value *at = v->kind == VB_VALUE_LIST ? v->as.list.at : v;
    size_t n = v->kind == VB_VALUE_LIST ? v->as.list.len : 1;
    vb_str *texts = vb_arena_array(arena, n, sizeof *texts);
    if (!texts) return VB_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        if (at[i].kind != VB_VALUE_STRING) return VB_BAD_ARGUMENT;
        texts[i] = at[i].as.text;
    }
    *(const vb_str **)(void *)(base + o->at) = texts;
    *(size_t *)(void *)(base + o->count) = n;
    return VB_OK;
}

static vb_status read_one(const struct option *o, const vb_value *v, vb_arena *arena, char *base)
{
    void *at = base + o->at;
    if (o->kind == TEXTS) return read_texts(o, v, arena, base);
    if (o->kind == TEXT && v->kind == VB_VALUE_STRING)
        *(vb_str *)at = v->as.text;
    else if (o->kind == FLAG && v->kind == VB_VALUE_BOOLEAN)
        *(bool *)at = v->as.boolean;
    else if (o->kind == NUMBER && v->kind == VB_VALUE_INTEGER && v->as.integer >= 0)
        *(int64_t *)at = v->as.integer;
    else if (o->kind == WHOLE && v->kind == VB_VALUE_INTEGER && v->as.integer >= 0 && v->as.integer < 1 << 20)
        *(unsigned *)at = (unsigned)v->as.integer;
    else
        return VB_BAD_ARGUMENT;
    return VB_OK;
}

vb_status vb_cy_options_read(const vb_value *map, vb_arena *arena, vb_cy_options *out, vb_error *err)
{
    static const char *const kinds[] = { "a text", "a list of texts", "true or false", "a number",
                                         "a number" };
    *out = (vb_cy_options){ 0 };
    for (size_t i = 0; map->kind == VB_VALUE_MAP && i < map->as.map.len; i++) {
        const vb_entry *e = &map->as.map.at[i];
        const struct option *o = NULL;
        for (size_t k = 0; k < VB_COUNT(options) && !o; k++)
            if (vb_str_eq(e->key, vb_str_of(options[k].name))) o = &options[k];
        if (!o)
            return vb_fail(
                err, VB_BAD_INPUT,
                "there is no option '%.*s'; there are around, by, depth, isolated, k, label, labels, "
                "mentions, minEvidence, minWeight, relations, since, stated, top, until, weighted",
                VB_FMT(e->key));
        if (e->value.kind == VB_VALUE_NULL) continue;
        vb_status status = read_one(o, &e->value, arena, (char *)out);
        if (status == VB_NO_MEMORY) return vb_fail_memory(err);
        if (status != VB_OK) return vb_fail(err, VB_BAD_INPUT, "option %s takes %s", o->name, kinds[o->kind]);
    }
    return VB_OK;
}
