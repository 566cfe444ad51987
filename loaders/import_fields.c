/**
 * Fields of a node or an edge, as a JSON object, to what the store takes: the names that mean something are
 * taken out of it, the rest is kept as it is. A property is a text, a number, true or false, or a list of
 * those: what is null is no property, and an object in an object is refused.
 */
#include "loaders/import.h"

static vb_str text_of(const cJSON *value)
{
    return cJSON_IsString(value) && value->valuestring ? vb_str_of(value->valuestring) : VB_STR("");
}

/** A field that is a text. *out lives as long as @p props: it is moved into @p taken. */
static vb_status take_text(vb_import_place at, cJSON *props, cJSON *taken, const char *name, vb_str *out,
                           vb_error *err)
{
    cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(props, name);
    *out = VB_STR("");
    if (!value) return VB_OK;
    bool fits = cJSON_IsString(value) || cJSON_IsNull(value);
    *out = text_of(value);
    if (!cJSON_AddItemToArray(taken, value)) {
        cJSON_Delete(value);
        return vb_fail_memory(err);
    }
    return fits ? VB_OK : vb_import_fail(at, err, VB_BAD_INPUT, "'%s' is no text", name);
}

/** Other names: a list, or a text with ';' between them. */
static vb_status take_names(vb_import_place at, cJSON *props, cJSON *taken, vb_str *out, size_t *n,
                            vb_error *err)
{
    cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(props, "aliases"), *item;
    vb_str rest = text_of(value), piece;
    *n = 0;
    if (!value) return VB_OK;
    if (!cJSON_AddItemToArray(taken, value)) {
        cJSON_Delete(value);
        return vb_fail_memory(err);
    }
    if (cJSON_IsString(value))
        while (*n < VB_IMPORT_LISTED_MAX && vb_str_next(&rest, ';', &piece))
            if (vb_str_trim(piece).len) out[(*n)++] = vb_str_trim(piece);
    if (!cJSON_IsArray(value)) return VB_OK;
    cJSON_ArrayForEach(item, value)
    {
        if (!cJSON_IsString(item))
            return vb_import_fail(at, err, VB_BAD_INPUT, "a name in 'aliases' is no text");
        if (*n == VB_IMPORT_LISTED_MAX)
            return vb_import_fail(at, err, VB_TOO_LARGE, "more than %d names", VB_IMPORT_LISTED_MAX);
        out[(*n)++] = text_of(item);
    }
    return VB_OK;
}

static bool is_plain(const cJSON *value)
{
    const cJSON *item;
    if (cJSON_IsObject(value)) return false;
    if (!cJSON_IsArray(value)) return true;
    cJSON_ArrayForEach(item, value) if (cJSON_IsObject(item) || cJSON_IsArray(item)) return false;
    return true;
}

/** What is left in @p props, as JSON; empty when nothing is. cJSON_free() *out. */
static vb_status print(vb_import_place at, cJSON *props, char **out, vb_error *err)
{
    *out = NULL;
    for (cJSON *value = props->child, *next; value; value = next) {
        next = value->next;
        if (cJSON_IsNull(value))
            cJSON_Delete(cJSON_DetachItemViaPointer(props, value));
        else if (!is_plain(value))
            return vb_import_fail(at, err, VB_BAD_INPUT, "property '%s' holds an object", value->string);
    }
    if (!props->child) return VB_OK;
    *out = cJSON_PrintUnformatted(props);
    return *out ? VB_OK : vb_fail_memory(err);
}

vb_status vb_fields_node(vb_importer *m, vb_import_place at, vb_str id, const vb_str *labels, size_t n_labels,
                         cJSON *props, bool once, vb_error *err)
{
    vb_status status;
    vb_str aliases[VB_IMPORT_LISTED_MAX];
    vb_bulk_node row = { .labels = labels, .n_labels = n_labels, .aliases = aliases };
    char *rest = NULL;
    cJSON *taken = cJSON_CreateArray();
    if (!taken) return vb_fail_memory(err);
    TRY(take_text(at, props, taken, "key", &row.key, err));
    TRY(take_text(at, props, taken, "name", &row.name, err));
    TRY(take_text(at, props, taken, "document", &row.document, err));
    if (row.document.len) TRY(take_text(at, props, taken, "date", &row.date, err));
    TRY(take_names(at, props, taken, aliases, &row.n_aliases, err));
    TRY(print(at, props, &rest, err));
    row.props = vb_str_of(rest ? rest : "");
    TRY(once ? vb_import_node_once(m, at, id, &row, err) : vb_import_node(m, at, id, &row, err));
done:
    cJSON_free(rest);
    cJSON_Delete(taken);
    return status;
}

/** "count": a whole number from 1; 1 where there is none. */
static vb_status take_count(vb_import_place at, cJSON *props, int64_t *out, vb_error *err)
{
    cJSON *value = cJSON_DetachItemFromObjectCaseSensitive(props, "count");
    double n = cJSON_IsNumber(value) ? value->valuedouble : 0;
    bool whole = n >= 1 && n <= INT32_MAX && n == (double)(int64_t)n;
    *out = whole ? (int64_t)n : 1;
    vb_status status =
        !value || whole ? VB_OK : vb_import_fail(at, err, VB_BAD_INPUT, "'count' is no count from 1");
    cJSON_Delete(value);
    return status;
}

vb_status vb_fields_edge(vb_importer *m, vb_import_place at, vb_str from, vb_str to, vb_str type,
                         cJSON *props, vb_error *err)
{
    vb_status status;
    vb_bulk_edge row = { .type = vb_str_trim(type) };
    char *rest = NULL;
    cJSON *taken = cJSON_CreateArray();
    if (!taken) return vb_fail_memory(err);
    bool says = cJSON_HasObjectItem(props, "count") || cJSON_HasObjectItem(props, "document") ||
                cJSON_HasObjectItem(props, "text");
    TRY(take_count(at, props, &row.count, err));
    TRY(take_text(at, props, taken, "document", &row.document, err));
    TRY(take_text(at, props, taken, "date", &row.date, err));
    TRY(take_text(at, props, taken, "text", &row.text, err));
    TRY(print(at, props, &rest, err));
    row.props = vb_str_of(rest ? rest : "");
    row.merge = says && !row.props.len;
    TRY(vb_import_edge(m, at, from, to, &row, err));
done:
    cJSON_free(rest);
    cJSON_Delete(taken);
    return status;
}

size_t vb_fields_labels(vb_str text, vb_str *out)
{
    size_t n = 0, from = 0;
    for (size_t i = 0; i <= text.len && n < VB_IMPORT_LISTED_MAX; i++) {
        if (i < text.len && text.at[i] != ':' && text.at[i] != ';') continue;
        vb_str label = vb_str_trim(vb_str_part(text, from, i));
        if (label.len) out[n++] = label;
        from = i + 1;
    }
    return n;
}
