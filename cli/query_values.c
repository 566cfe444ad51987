/**
 * Values of the query language, shown. In json and jsonl a node is {"id","labels","properties"}, a
 * relationship
 * {"id","type","source","target","properties"}, a path {"nodes","relationships"}; the other formats show
 * Cypher literals.
 */
#include "cli/query.h"

#include <stdio.h>

static cJSON *json_list(const vb_value *at, size_t n)
{
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < n; i++) cJSON_AddItemToArray(list, cli_query_json(&at[i]));
    return list;
}

static void add_value(cJSON *object, vb_str key, cJSON *value)
{
    vb_buf name = { 0 };
    cli_buf_add(&name, key.at ? key.at : "", key.len);
    cJSON_AddItemToObject(object, name.at ? name.at : "", value); /* copies the key */
    vb_buf_clear(&name);
}

static cJSON *json_map(const vb_value_map *map)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < map->len; i++)
        add_value(object, map->at[i].key, cli_query_json(&map->at[i].value));
    return object;
}

/** An integer with all its digits: cJSON's own numbers are floats. */
static cJSON *json_integer(int64_t n)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    return cJSON_CreateRaw(digits);
}

static cJSON *json_thing(const vb_value *v)
{
    const vb_thing *t = v->as.thing;
    cJSON *object = cJSON_CreateObject();
    cli_json_item(object, "id", json_integer(t->id));
    if (v->kind == VB_VALUE_NODE) {
        cli_json_item(object, "labels", json_list(t->labels.at, t->labels.len));
    } else {
        cli_json_text(object, "type", t->type);
        cli_json_item(object, "source", json_integer(t->source));
        cli_json_item(object, "target", json_integer(t->target));
    }
    cli_json_item(object, "properties", json_map(&t->properties));
    return object;
}

static cJSON *json_string(vb_str text)
{
    cJSON *holder = cJSON_CreateObject(), *item;
    cli_json_text(holder, "x", text);
    item = cJSON_DetachItemFromObject(holder, "x");
    cJSON_Delete(holder);
    return text.len ? item : (cJSON_Delete(item), cJSON_CreateString(""));
}

/** A float that JSON cannot say (NaN, infinities) and all else that has no kind there is its literal. */
static cJSON *json_literal(const vb_value *v, bool raw)
{
    vb_buf text = { 0 };
    cJSON *item = vb_value_print(v, &text) != VB_OK ? NULL
                  : raw                             ? cJSON_CreateRaw(text.at)
                                                    : json_string((vb_str){ text.at, text.len });
    vb_buf_clear(&text);
    return item;
}

cJSON *cli_query_json(const vb_value *v)
{
    switch (v->kind) {
    case VB_VALUE_NULL:
        return cJSON_CreateNull();
    case VB_VALUE_BOOLEAN:
        return cJSON_CreateBool(v->as.boolean);
    case VB_VALUE_INTEGER:
        return json_integer(v->as.integer);
    case VB_VALUE_FLOAT:
        return json_literal(v, v->as.number - v->as.number == 0);
    case VB_VALUE_STRING:
        return json_string(v->as.text);
    case VB_VALUE_LIST:
        return json_list(v->as.list.at, v->as.list.len);
    case VB_VALUE_MAP:
        return json_map(&v->as.map);
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        return json_thing(v);
    case VB_VALUE_PATH: {
        cJSON *object = cJSON_CreateObject();
        cli_json_item(object, "nodes", json_list(v->as.path->nodes, v->as.path->length + 1));
        cli_json_item(object, "relationships", json_list(v->as.path->relationships, v->as.path->length));
        return object;
    }
    default:
        return json_literal(v, false);
    }
}

cJSON *cli_query_cell(const vb_value *v, bool table)
{
    if (v->kind == VB_VALUE_NULL && !table) return cJSON_CreateNull();
    if (v->kind == VB_VALUE_STRING) return json_string(v->as.text);
    return json_literal(v, false);
}
