/**
 * The library's answers as cJSON objects, in the shapes that other programs rely on (see `verband help
 * formats`). Members are set by constant keys; values are copied.
 */
#include "cli/output.h"

cJSON *cli_json_string(vb_str text)
{
    vb_buf copy = { 0 };
    size_t from = 0;
    cli_buf_add(&copy, "", 0);
    for (size_t at = 0, n; at < text.len; at += n) {
        if (cli_code_at(text, at, &n) > 0) continue;
        cli_buf_add(&copy, text.at + from, at - from);
        cli_buf_text(&copy, "\xef\xbf\xbd");
        from = at + n;
    }
    cli_buf_add(&copy, text.at + from, text.len - from);
    cJSON *item = cJSON_CreateString(copy.at);
    vb_buf_clear(&copy);
    return item;
}

void cli_json_item(cJSON *object, const char *key, cJSON *item)
{
    cJSON_AddItemToObjectCS(object, key, item);
}

void cli_json_text(cJSON *object, const char *key, vb_str text)
{
    cli_json_item(object, key, text.len ? cli_json_string(text) : cJSON_CreateNull());
}

void cli_json_number(cJSON *object, const char *key, double number)
{
    cli_json_item(object, key, cJSON_CreateNumber(number));
}

void cli_json_bool(cJSON *object, const char *key, bool value)
{
    cli_json_item(object, key, cJSON_CreateBool(value));
}

cJSON *cli_json_node(const vb_node *node)
{
    cJSON *object = cJSON_CreateObject();
    cli_json_item(object, "type", cli_json_string(node->label));
    cli_json_item(object, "key", cli_json_string(node->key));
    cli_json_item(object, "name", cli_json_string(node->name));
    if (node->document.len) cli_json_text(object, "document", node->document);
    return object;
}

void cli_json_place(cJSON *object, const vb_evidence *evidence)
{
    bool said = evidence && evidence->document.len && evidence->text.len;
    bool placed = said && evidence->start >= 0; /* an import knows the words, not where they stand */
    vb_str none = { 0 };
    cli_json_text(object, "document", said ? evidence->document : none);
    cli_json_item(object, "start", placed ? cJSON_CreateNumber((double)evidence->start) : cJSON_CreateNull());
    cli_json_item(object, "end", placed ? cJSON_CreateNumber((double)evidence->end) : cJSON_CreateNull());
    cli_json_item(object, "text", said ? cli_json_string(evidence->text) : cJSON_CreateNull());
}

cJSON *cli_json_evidence(const vb_evidence *evidence)
{
    cJSON *object = cJSON_CreateObject();
    cli_json_place(object, evidence);
    return object;
}

cJSON *cli_json_document(const vb_document *document)
{
    cJSON *object = cJSON_CreateObject();
    cli_json_text(object, "document", document->file);
    cli_json_text(object, "key", document->key);
    cli_json_text(object, "title", document->title);
    cli_json_text(object, "date", document->date);
    cli_json_text(object, "kind", document->kind);
    cli_json_text(object, "sender", document->sender);
    cli_json_number(object, "mentions", (double)document->n_mentions);
    cli_json_number(object, "edges", (double)document->n_edges);
    return object;
}

static cJSON *edge_object(const vb_edge *edge, bool marked)
{
    cJSON *object = cJSON_CreateObject(), *said = cJSON_CreateArray();
    cli_json_text(object, "type", edge->type);
    cli_json_item(object, "source", cli_json_node(&edge->source));
    cli_json_item(object, "target", cli_json_node(&edge->target));
    cli_json_text(object, "origin", vb_str_of(vb_origin_name(edge->origin)));
    cli_json_text(object, "certainty", vb_str_of(vb_certainty_name(edge->certainty)));
    cli_json_number(object, "weight", (double)edge->weight);
    cli_json_text(object, "first", edge->first);
    cli_json_text(object, "last", edge->last);
    for (size_t i = 0; i < edge->n_evidence; i++) {
        const vb_evidence *one = &edge->evidence[i];
        if (!one->document.len) continue;
        cJSON *item = cli_json_evidence(one);
        if (marked) cli_json_terms(item, one);
        if (marked) cli_json_marks(item, one);
        cJSON_AddItemToArray(said, item);
    }
    cli_json_item(object, "evidence", said);
    return object;
}

cJSON *cli_json_edge(const vb_edge *edge)
{
    return edge_object(edge, false);
}

cJSON *cli_json_edge_marked(const vb_edge *edge)
{
    return edge_object(edge, true);
}
