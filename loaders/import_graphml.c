/**
 * A graph from GraphML (http://graphml.graphdrawing.org/specification.html): keys declare what data there is,
 * nodes and edges hold it. Read element by element: memory does not grow with the file. Which data means what
 * is the table `fields`; what it does not name is a property of the declared type. Ports, hyperedges and
 * graphs in a node are refused: this graph has none.
 */
#include "loaders/import.h"
#include "loaders/markup.h"

#include <stdlib.h>

typedef struct key {
    vb_str id, name, type, standard; /* standard: the value where an element says none; at is NULL for none */
    bool node, edge;
} key;

typedef struct reading {
    vb_importer *m;
    const char *path;
    vb_arena *arena;
    VB_VEC(key) keys;
    bool own;          /* Verband wrote the file */
    unsigned n_graphs; /* that are open */
    bool in_node, in_edge;
    vb_import_place at;         /* of the element that is open */
    vb_buf id, from, to, label; /* its attributes */
    cJSON *props;
    const key *data; /* whose text comes; NULL: nobody's */
    key *declared;   /* whose default comes */
    bool in_text;
    vb_buf text;
    vb_error *err;
} reading;

/** What a field is called here. The first row that is there wins where several have one meaning. */
static const struct field {
    const char *theirs, *ours;
    bool edge;
} fields[] = {
    { "labels", ":labels", false }, { "type", ":labels", false },  { "label", "name", false },
    { "file", "document", false },  { "relation", ":type", true }, { "label", ":type", true },
    { "type", ":type", true },      { "weight", "count", true },   { "sentence", "text", true },
    { "first_said", "date", true },
};

/** What Verband writes for programs that draw, and works out again by itself. */
static const char *const derived[] = { "label",      "degree",    "size",        "r",         "g",
                                       "b",          "x",         "y",           "community", "score",
                                       "first_date", "last_date", "interaction", "symmetric", "origin",
                                       "certainty",  "last_said", "start",       "end" };

static vb_status no_memory(reading *r)
{
    return vb_fail_memory(r->err);
}

static vb_status bad(reading *r, unsigned line, const char *words)
{
    return vb_import_fail((vb_import_place){ r->path, line }, r->err, VB_BAD_INPUT, "%s", words);
}

static vb_status set(vb_buf *buf, vb_str s)
{
    buf->len = 0;
    return vb_buf_add(buf, s);
}

/* ---- keys ---------------------------------------------------------------------------------------------- */

static vb_status declare(reading *r, const vb_tag *tag)
{
    vb_str domain = vb_tag_get(tag, "for"), name = vb_tag_get(tag, "attr.name");
    bool all = !domain.len || vb_str_eq(domain, VB_STR("all"));
    if (vb_push(r->arena, &r->keys) != VB_OK) return no_memory(r);
    key *k = &r->keys.at[r->keys.len - 1];
    *k = (key){ .node = all || vb_str_eq(domain, VB_STR("node")),
                .edge = all || vb_str_eq(domain, VB_STR("edge")) };
    if (vb_arena_copy(r->arena, vb_tag_get(tag, "id"), &k->id) != VB_OK ||
        vb_arena_copy(r->arena, name.len ? name : k->id, &k->name) != VB_OK ||
        vb_arena_copy(r->arena, vb_tag_get(tag, "attr.type"), &k->type) != VB_OK)
        return no_memory(r);
    r->declared = k;
    return VB_OK;
}

static const key *find_key(const reading *r, vb_str id)
{
    for (size_t i = 0; i < r->keys.len; i++)
        if (vb_str_eq(r->keys.at[i].id, id)) return &r->keys.at[i];
    return NULL;
}

/* ---- values -------------------------------------------------------------------------------------------- */

/** Text as a JSON value of the key's type; *fits is false when it is none. NaN and infinities are null. */
static cJSON *value_of(const key *k, const char *text, bool *fits)
{
    char *end = NULL;
    vb_str s = vb_str_trim(vb_str_of(text));
    int64_t whole;
    *fits = true;
    if (vb_str_eq(k->type, VB_STR("boolean"))) {
        bool yes = vb_str_eq(s, VB_STR("true")) || vb_str_eq(s, VB_STR("1"));
        *fits = yes || vb_str_eq(s, VB_STR("false")) || vb_str_eq(s, VB_STR("0"));
        return cJSON_CreateBool(yes);
    }
    if (vb_str_eq(k->type, VB_STR("int")) || vb_str_eq(k->type, VB_STR("long"))) {
        char digits[24];
        *fits = vb_cell_int(s, &whole);
        (void)snprintf(digits, sizeof digits, "%lld", *fits ? (long long)whole : 0LL);
        return cJSON_CreateRaw(digits);
    }
    if (vb_str_eq(k->type, VB_STR("float")) || vb_str_eq(k->type, VB_STR("double"))) {
        double number = strtod(text, &end);
        while (*end == ' ' || *end == '\n' || *end == '\t' || *end == '\r') end++;
        *fits = end != text && !*end;
        return cJSON_CreateNumber(number); /* prints null where JSON has no number for it */
    }
    return cJSON_CreateString(text);
}

static vb_status put_value(reading *r, const key *k, const char *text)
{
    bool fits;
    if (cJSON_GetObjectItemCaseSensitive(r->props, k->name.at)) return VB_OK;
    cJSON *value = value_of(k, text, &fits);
    if (!value) return no_memory(r);
    if (!fits) {
        cJSON_Delete(value);
        return vb_import_fail(r->at, r->err, VB_BAD_INPUT, "'%.60s' in data '%.60s' is no %.20s", text,
                              k->name.at, k->type.at);
    }
    if (cJSON_AddItemToObject(r->props, k->name.at, value)) return VB_OK;
    cJSON_Delete(value);
    return no_memory(r);
}

/** Values that every node or edge has unless it says otherwise. */
static vb_status put_standards(reading *r)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < r->keys.len; i++) {
        const key *k = &r->keys.at[i];
        if (k->standard.at && (r->in_node ? k->node : k->edge)) TRY(put_value(r, k, k->standard.at));
    }
done:
    return status;
}

/* ---- nodes and edges ----------------------------------------------------------------------------------- */

/** A weight counts sentences where it is a whole number; else it is a property like others. */
static bool may_rename(const struct field *f, const cJSON *value)
{
    int64_t count;
    if (strcmp(f->ours, "count") != 0) return true;
    return cJSON_IsRaw(value) && vb_cell_int(vb_str_of(value->valuestring), &count) && count >= 1 &&
           count <= INT32_MAX;
}

/** Give fields our names, and take out what Verband itself derived. */
static vb_status rename_fields(reading *r)
{
    for (size_t i = 0; r->own && i < VB_COUNT(derived); i++)
        cJSON_DeleteItemFromObjectCaseSensitive(r->props, derived[i]);
    for (size_t i = 0; i < VB_COUNT(fields); i++) {
        const struct field *f = &fields[i];
        cJSON *value = cJSON_GetObjectItemCaseSensitive(r->props, f->theirs);
        if (f->edge != r->in_edge || !value || cJSON_GetObjectItemCaseSensitive(r->props, f->ours)) continue;
        if (!may_rename(f, value)) continue;
        cJSON_DetachItemViaPointer(r->props, value);
        if (strcmp(f->ours, "count") == 0) {
            double count = strtod(value->valuestring, NULL);
            cJSON_Delete(value);
            value = cJSON_CreateNumber(count);
        }
        if (!value || !cJSON_AddItemToObject(r->props, f->ours, value)) {
            cJSON_Delete(value);
            return no_memory(r);
        }
    }
    return VB_OK;
}

static vb_str text_of(const cJSON *value)
{
    return cJSON_IsString(value) && value->valuestring ? vb_str_of(value->valuestring) : VB_STR("");
}

static vb_status close_node(reading *r)
{
    vb_str labels[VB_IMPORT_LISTED_MAX];
    cJSON *said = cJSON_DetachItemFromObjectCaseSensitive(r->props, ":labels");
    size_t n = vb_fields_labels(r->label.len ? vb_buf_view(&r->label) : text_of(said), labels);
    vb_status status = vb_fields_node(r->m, r->at, vb_buf_view(&r->id), labels, n, r->props, false, r->err);
    cJSON_Delete(said);
    return status;
}

static vb_status close_edge(reading *r)
{
    cJSON *said = cJSON_DetachItemFromObjectCaseSensitive(r->props, ":type");
    vb_str type = r->label.len ? vb_buf_view(&r->label) : text_of(said);
    if (!type.len) type = VB_STR("RELATED_TO");
    vb_status status =
        vb_fields_edge(r->m, r->at, vb_buf_view(&r->from), vb_buf_view(&r->to), type, r->props, r->err);
    cJSON_Delete(said);
    return status;
}

static vb_status close_item(reading *r)
{
    vb_status status;
    TRY(put_standards(r));
    TRY(rename_fields(r));
    TRY(r->in_node ? close_node(r) : close_edge(r));
done:
    cJSON_Delete(r->props);
    r->props = NULL;
    r->in_node = r->in_edge = false;
    return status;
}

static vb_status open_item(reading *r, const vb_tag *tag, bool node)
{
    vb_arena *scratch;
    if (r->in_node || r->in_edge) return bad(r, tag->line, "a node or an edge inside another");
    r->at = (vb_import_place){ r->path, tag->line };
    r->in_node = node;
    r->in_edge = !node;
    if (set(&r->id, vb_tag_get(tag, "id")) != VB_OK || set(&r->from, vb_tag_get(tag, "source")) != VB_OK ||
        set(&r->to, vb_tag_get(tag, "target")) != VB_OK ||
        set(&r->label, vb_tag_get(tag, node ? "labels" : "label")) != VB_OK ||
        !(r->props = cJSON_CreateObject()))
        return no_memory(r);
    return vb_import_row(r->m, &scratch, r->err);
}

/* ---- elements ------------------------------------------------------------------------------------------ */

static vb_status open_element(void *context, vb_tag *tag)
{
    reading *r = context;
    if (vb_tag_is(tag, "key")) return declare(r, tag);
    if (vb_tag_is(tag, "node")) return open_item(r, tag, true);
    if (vb_tag_is(tag, "edge")) return open_item(r, tag, false);
    if (vb_tag_is(tag, "hyperedge") || vb_tag_is(tag, "port"))
        return bad(r, tag->line, "hyperedges and ports are not read");
    if (vb_tag_is(tag, "graph")) {
        if (r->n_graphs++) return bad(r, tag->line, "a graph inside a graph");
        r->own = vb_str_eq(vb_tag_get(tag, "id"), VB_STR("verband"));
    }
    r->text.len = 0;
    r->in_text = (vb_tag_is(tag, "data") && r->props) || (vb_tag_is(tag, "default") && r->declared);
    if (vb_tag_is(tag, "data") && r->props) {
        r->data = find_key(r, vb_tag_get(tag, "key"));
        if (!r->data) return bad(r, tag->line, "data of a key that is not declared");
    }
    return VB_OK;
}

static vb_status close_element(void *context, const vb_tag *tag)
{
    vb_status status = VB_OK;
    reading *r = context;
    if (r->in_text && vb_buf_add(&r->text, VB_STR("\0")) != VB_OK) return no_memory(r);
    if (r->in_text && r->data) status = put_value(r, r->data, r->text.at);
    if (r->in_text && r->declared &&
        vb_arena_copy(r->arena, vb_str_of(r->text.at), &r->declared->standard) != VB_OK)
        return no_memory(r);
    r->in_text = false;
    r->data = NULL;
    if (status == VB_OK && (vb_tag_is(tag, "node") || vb_tag_is(tag, "edge"))) return close_item(r);
    if (vb_tag_is(tag, "key")) r->declared = NULL;
    if (vb_tag_is(tag, "graph")) r->n_graphs--;
    return status;
}

static vb_status take_text(void *context, vb_str text)
{
    reading *r = context;
    return !r->in_text || vb_buf_add(&r->text, text) == VB_OK ? VB_OK : no_memory(r);
}

vb_status vb_graphml_read(vb_importer *m, const char *path, vb_error *err)
{
    static const vb_markup handlers = { open_element, close_element, take_text };
    reading r = { .m = m, .path = path, .arena = vb_import_arena(m), .err = err };
    vb_status status = vb_xml_walk_file(path, &handlers, &r, err);
    cJSON_Delete(r.props);
    vb_buf_clear(&r.id);
    vb_buf_clear(&r.from);
    vb_buf_clear(&r.to);
    vb_buf_clear(&r.label);
    vb_buf_clear(&r.text);
    return status;
}

bool vb_graphml_sniff(vb_str head)
{
    return head.len && head.at[0] == '<';
}
