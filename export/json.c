/**
 * JSON in two shapes: node-link, as D3 and NetworkX's node_link_graph() read it (which from 3.6 on wants to
 * be told edges="links", D3's word), and Cytoscape.js's elements.
 *
 *   {"directed": true, "multigraph": true, "graph": {…}, "nodes": [{"id", …}], "links": [{"source", "target",
 * "key", …}]}
 *   {"data": {…}, "elements": {"nodes": [{"data": {"id", …}, "position"}], "edges": [{"data": {"id",
 * "source", …}}]}}
 *
 * Each item is made and printed by cJSON and then let go, so that a large graph is never a tree in memory.
 */
#include "export/export.h"

#include <cjson/cJSON.h>
#include <math.h>

typedef struct shape {
    bool cytoscape;
    const vb_scene *scene;
    vb_writer *w;
    vb_buf text; /* room to make a text cJSON takes: closed by NUL, holding none */
} shape;

/** Set a text; what is no UTF-8, and NUL, becomes U+FFFD. An empty one is left out. */
static bool set_text(shape *s, cJSON *object, const char *name, vb_str text)
{
    if (!text.len) return true;
    s->text.len = 0;
    for (size_t i = 0, n; i < text.len; i += n) {
        uint32_t c = vb_utf8_at(text, i, &n);
        vb_str piece = !c || (c == 0xfffd && n == 1) ? VB_STR("\xef\xbf\xbd") : (vb_str){ text.at + i, n };
        if (vb_buf_add(&s->text, piece) != VB_OK) return false;
    }
    return cJSON_AddStringToObject(object, name, s->text.at) != NULL;
}

/** Set a number; places and scores are rounded to what carries meaning, the same on every machine. */
static bool set_number(cJSON *object, const char *name, double value, double precision)
{
    double rounded = isfinite(value) ? round(value * precision) / precision : 0;
    return cJSON_AddNumberToObject(object, name, rounded) != NULL;
}

static bool set_colour(shape *s, cJSON *object, uint32_t rgb)
{
    char text[16];
    int n = snprintf(text, sizeof text, "#%06X", (unsigned)(rgb & 0xffffff));
    return set_text(s, object, "color", (vb_str){ text, n > 0 ? (size_t)n : 0 });
}

/** Print an item of a list, and free it. NULL is an item that could not be made. */
static vb_status put_item(shape *s, cJSON *item, bool made, uint32_t i, vb_error *err)
{
    char *text = item && made ? cJSON_PrintUnformatted(item) : NULL;
    if (text) {
        vb_put(s->w, i ? ",\n" : "\n");
        vb_put(s->w, text);
    }
    cJSON_Delete(item);
    cJSON_free(text);
    return text ? VB_OK : vb_fail_memory(err);
}

static bool fill_node(shape *s, cJSON *o, uint32_t i, const vb_node_detail *detail)
{
    const vb_node *node = &s->scene->cut->nodes[i];
    const vb_scene_node *look = &s->scene->nodes[i];
    bool made = set_text(s, o, "id", look->id) &&
                set_text(s, o, "label", node->name.len ? node->name : node->key) &&
                set_text(s, o, "type", node->label) && set_text(s, o, "key", node->key) &&
                set_text(s, o, "name", node->name) && set_text(s, o, "aliases", detail->aliases) &&
                set_text(s, o, "first_date", detail->first) && set_text(s, o, "last_date", detail->last) &&
                set_text(s, o, "file", node->document) &&
                set_text(s, o, "origin", vb_str_of(vb_origin_name(detail->origin))) &&
                set_number(o, "degree", look->degree, 1) && set_number(o, "size", look->size, 100) &&
                set_colour(s, o, look->look->rgb);
    if (made && s->scene->measured) made = set_number(o, s->scene->size_by, look->score, 1e12);
    if (made && s->scene->grouped) made = set_number(o, "community", look->community, 1);
    return made;
}

static vb_status put_node(shape *s, uint32_t i, vb_error *err)
{
    vb_node_detail detail;
    vb_status status = s->scene->node_detail(s->scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    cJSON *item = cJSON_CreateObject(), *place = item;
    cJSON *data = s->cytoscape ? cJSON_AddObjectToObject(item, "data") : item;
    bool made = data && fill_node(s, data, i, &detail);
    if (made && s->scene->placed) {
        /* Cytoscape.js's y runs down, as on a screen */
        if (s->cytoscape) place = cJSON_AddObjectToObject(item, "position");
        double y = s->scene->nodes[i].y;
        made = place && set_number(place, "x", s->scene->nodes[i].x, 1000) &&
               set_number(place, "y", s->cytoscape ? -y : y, 1000);
    }
    return put_item(s, item, made, i, err);
}

/** All sentences that the format carries, best first: node-link JSON alone, for the page and for programs. */
static bool set_evidence(shape *s, cJSON *o, const vb_edge_detail *detail)
{
    if (s->cytoscape || !detail->n_evidence) return true;
    cJSON *list = cJSON_AddArrayToObject(o, "evidence");
    bool made = list != NULL;
    for (size_t i = 0; made && i < detail->n_evidence; i++) {
        const vb_evidence *e = &detail->evidence[i];
        cJSON *item = cJSON_CreateObject();
        if (!item) return false;
        if (!cJSON_AddItemToArray(list, item)) {
            cJSON_Delete(item);
            return false;
        }
        made = set_text(s, item, "document", e->document) && set_text(s, item, "date", e->date) &&
               (e->start < 0 || (set_number(item, "start", (double)e->start, 1) &&
                                 set_number(item, "end", (double)e->end, 1))) &&
               set_text(s, item, "origin", vb_str_of(vb_origin_name(e->origin))) &&
               set_text(s, item, "text", e->text);
    }
    return made;
}

static bool fill_edge(shape *s, cJSON *o, uint32_t i, const vb_edge_detail *detail)
{
    const vb_cut_edge *edge = &s->scene->cut->edges[i];
    const vb_str type = s->scene->cut->types[edge->type];
    char id[16];
    int n = snprintf(id, sizeof id, "e%u", i);
    bool made =
        set_text(s, o, s->cytoscape ? "id" : "key", (vb_str){ id, n > 0 ? (size_t)n : 0 }) &&
        set_text(s, o, "source", s->scene->nodes[edge->source].id) &&
        set_text(s, o, "target", s->scene->nodes[edge->target].id) && set_text(s, o, "relation", type) &&
        set_text(s, o, "interaction", type) && set_number(o, "weight", (double)edge->weight, 1) &&
        cJSON_AddBoolToObject(o, "symmetric", edge->symmetric) &&
        set_text(s, o, "origin", vb_str_of(vb_origin_name(detail->origin))) &&
        set_text(s, o, "certainty", vb_str_of(vb_certainty_name(detail->certainty))) &&
        set_text(s, o, "first_said", detail->first) && set_text(s, o, "last_said", detail->last) &&
        set_text(s, o, "document", detail->document) && set_text(s, o, "sentence", detail->sentence) &&
        set_colour(s, o, s->scene->edge_look[edge->type]->rgb);
    if (made && detail->start >= 0)
        made =
            set_number(o, "start", (double)detail->start, 1) && set_number(o, "end", (double)detail->end, 1);
    return made && set_evidence(s, o, detail);
}

static vb_status put_edge(shape *s, uint32_t i, vb_error *err)
{
    vb_edge_detail detail;
    vb_status status = s->scene->edge_detail(s->scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    cJSON *item = cJSON_CreateObject();
    cJSON *data = s->cytoscape ? cJSON_AddObjectToObject(item, "data") : item;
    return put_item(s, item, data && fill_edge(s, data, i, &detail), i, err);
}

/** The graph's own facts: title and what it was made of. */
static vb_status put_graph(shape *s, vb_error *err)
{
    cJSON *object = cJSON_CreateObject();
    bool made = object && set_text(s, object, "name", s->scene->title) &&
                set_text(s, object, "description", s->scene->subtitle) &&
                set_text(s, object, "size_by", vb_str_of(s->scene->size_by)) &&
                set_number(object, "documents", (double)s->scene->n_documents, 1) &&
                set_text(s, object, "since", s->scene->since) &&
                set_text(s, object, "until", s->scene->until);
    char *text = made ? cJSON_PrintUnformatted(object) : NULL;
    if (text) vb_put(s->w, text);
    cJSON_Delete(object);
    cJSON_free(text);
    return text ? VB_OK : vb_fail_memory(err);
}

static vb_status write_shape(shape *s, vb_error *err)
{
    vb_status status;
    const vb_cut *cut = s->scene->cut;
    vb_put(s->w, s->cytoscape ? "{\"data\":" : "{\"directed\":true,\"multigraph\":true,\"graph\":");
    TRY(put_graph(s, err));
    vb_put(s->w, s->cytoscape ? ",\"elements\":{\"nodes\":[" : ",\"nodes\":[");
    for (uint32_t i = 0; i < cut->n_nodes && !s->w->failed; i++) TRY(put_node(s, i, err));
    vb_put(s->w, s->cytoscape ? "],\n\"edges\":[" : "],\n\"links\":[");
    for (uint32_t i = 0; i < cut->n_edges && !s->w->failed; i++) TRY(put_edge(s, i, err));
    vb_put(s->w, s->cytoscape ? "]}}\n" : "]}\n");
done:
    vb_buf_clear(&s->text);
    return status;
}

vb_status vb_write_json(const vb_scene *scene, vb_writer *out, vb_error *err)
{
    shape s = { .scene = scene, .w = out };
    return write_shape(&s, err);
}

vb_status vb_write_cytoscape(const vb_scene *scene, vb_writer *out, vb_error *err)
{
    shape s = { .cytoscape = true, .scene = scene, .w = out };
    return write_shape(&s, err);
}
