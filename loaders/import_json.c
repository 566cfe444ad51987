/**
 * A graph from JSON lines, of two kinds, line by line:
 *   - what Neo4j's apoc.export.json writes: {"type":"node","id":"0","labels":["A"],"properties":{}} and
 *     {"type":"relationship","label":"R","start":{"id":"0"},"end":{"id":"1"},"properties":{}}
 *     (https://neo4j.com/docs/apoc/current/export/json/);
 *   - what `verband edges --format jsonl` writes: an edge with its two nodes in it.
 */
#include "loaders/import.h"
#include "loaders/lines.h"

static vb_str text_of(const cJSON *object, const char *name)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(value) ? vb_str_of(value->valuestring) : VB_STR("");
}

/** An id is a text or a whole number. */
static vb_status id_of(const cJSON *object, vb_arena *scratch, vb_str *out, vb_error *err)
{
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, "id");
    *out = text_of(object, "id");
    if (!cJSON_IsNumber(value)) return VB_OK;
    return vb_arena_printf(scratch, out, "%.0f", value->valuedouble) == VB_OK ? VB_OK : vb_fail_memory(err);
}

/** The properties of a line, to be changed by who takes them: an empty object where it has none. */
static cJSON *properties_of(cJSON *line)
{
    cJSON *props = cJSON_GetObjectItemCaseSensitive(line, "properties");
    return cJSON_IsObject(props) ? props : cJSON_AddObjectToObject(line, " none");
}

static vb_status put_node(vb_importer *m, vb_import_place at, cJSON *line, vb_arena *scratch, vb_error *err)
{
    vb_status status;
    vb_str id, labels[VB_IMPORT_LISTED_MAX];
    size_t n = 0;
    const cJSON *label;
    cJSON *props = properties_of(line);
    if (!props) return vb_fail_memory(err);
    TRY(id_of(line, scratch, &id, err));
    cJSON_ArrayForEach(label, cJSON_GetObjectItemCaseSensitive(line, "labels"))
    {
        if (!cJSON_IsString(label) || n == VB_IMPORT_LISTED_MAX)
            return vb_import_fail(at, err, VB_BAD_INPUT, "'labels' is no list of at most %d texts",
                                  VB_IMPORT_LISTED_MAX);
        labels[n++] = vb_str_of(label->valuestring);
    }
    TRY(vb_fields_node(m, at, id, labels, n, props, false, err));
done:
    return status;
}

static vb_status put_edge(vb_importer *m, vb_import_place at, cJSON *line, vb_arena *scratch, vb_error *err)
{
    vb_status status;
    vb_str from, to;
    cJSON *props = properties_of(line);
    if (!props) return vb_fail_memory(err);
    TRY(id_of(cJSON_GetObjectItemCaseSensitive(line, "start"), scratch, &from, err));
    TRY(id_of(cJSON_GetObjectItemCaseSensitive(line, "end"), scratch, &to, err));
    TRY(vb_fields_edge(m, at, from, to, text_of(line, "label"), props, err));
done:
    return status;
}

/** A node as our own lines have it: {"type":"Municipality","key":"GM0080","name":"Leeuwarden"}. */
static vb_status put_end(vb_importer *m, vb_import_place at, const cJSON *end, vb_arena *scratch, vb_str *id,
                         vb_error *err)
{
    vb_str label = text_of(end, "type");
    vb_bulk_node row = { .labels = &label,
                         .n_labels = label.len != 0,
                         .key = text_of(end, "key"),
                         .name = text_of(end, "name"),
                         .document = text_of(end, "document") };
    if (!row.key.len) return vb_import_fail(at, err, VB_BAD_INPUT, "an edge whose end has no key");
    if (vb_arena_printf(scratch, id, "%.*s\x1f%.*s", VB_FMT(label), VB_FMT(row.key)) != VB_OK)
        return vb_fail_memory(err);
    return vb_import_node_once(m, at, *id, &row, err);
}

static vb_status put_own(vb_importer *m, vb_import_place at, const cJSON *line, vb_arena *scratch,
                         vb_error *err)
{
    vb_status status;
    vb_str from = { 0 }, to = { 0 };
    vb_bulk_edge row = { .type = text_of(line, "type"),
                         .count = 1,
                         .document = text_of(line, "document"),
                         .text = text_of(line, "text"),
                         .merge = true };
    TRY(put_end(m, at, cJSON_GetObjectItemCaseSensitive(line, "source"), scratch, &from, err));
    TRY(put_end(m, at, cJSON_GetObjectItemCaseSensitive(line, "target"), scratch, &to, err));
    TRY(vb_import_edge(m, at, from, to, &row, err));
done:
    return status;
}

static vb_status put_line(vb_importer *m, vb_import_place at, cJSON *line, vb_arena *scratch, vb_error *err)
{
    vb_str type = text_of(line, "type");
    if (cJSON_GetObjectItemCaseSensitive(line, "source") && cJSON_GetObjectItemCaseSensitive(line, "target"))
        return put_own(m, at, line, scratch, err);
    if (vb_str_eq(type, VB_STR("node"))) return put_node(m, at, line, scratch, err);
    if (vb_str_eq(type, VB_STR("relationship"))) return put_edge(m, at, line, scratch, err);
    return vb_import_fail(at, err, VB_BAD_INPUT, "'%.*s' is neither \"node\" nor \"relationship\"",
                          VB_FMT(type));
}

/** Refuse what JSON, or a store, cannot hold. */
static vb_status check_line(vb_import_place at, vb_str line, vb_error *err)
{
    if (vb_utf8_check(line) < line.len) return vb_import_fail(at, err, VB_BAD_UTF8, "text that is not UTF-8");
    if (memchr(line.at, 0, line.len) || vb_str_find(line, VB_STR("\\u0000"), 0) != SIZE_MAX)
        return vb_import_fail(at, err, VB_BAD_INPUT, "a NUL byte");
    return VB_OK;
}

vb_status vb_graph_json_read(vb_importer *m, const char *path, vb_error *err)
{
    vb_status status;
    vb_lines lines = { 0 };
    vb_str text;
    cJSON *line = NULL;
    vb_arena *scratch;
    TRY(vb_lines_open(path, &lines, err));
    while ((status = vb_lines_next(&lines, &text, err)) == VB_OK) {
        vb_import_place at = { path, lines.line };
        TRY(vb_import_row(m, &scratch, err));
        TRY(check_line(at, text, err));
        line = cJSON_ParseWithLength(text.at, text.len);
        if (!cJSON_IsObject(line)) {
            status = vb_import_fail(at, err, VB_BAD_INPUT, "no JSON object");
            goto done;
        }
        TRY(put_line(m, at, line, scratch, err));
        cJSON_Delete(line);
        line = NULL;
    }
    if (status == VB_NOT_FOUND) status = VB_OK;
done:
    cJSON_Delete(line);
    vb_lines_close(&lines);
    return status;
}

bool vb_graph_json_sniff(vb_str head)
{
    return head.len && head.at[0] == '{';
}
