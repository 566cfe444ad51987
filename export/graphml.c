/**
 * GraphML for Gephi, Cytoscape, igraph and NetworkX. What each wants was read from its reader:
 *   - Gephi takes looks from the node keys label, size, r, g, b, x, y and the edge keys weight, r, g, b (a
 * key matches by its id or its attr.name), and the type of an edge from its XML attribute label: without it,
 *     parallel edges melt into one;
 *   - Cytoscape shows name and interaction; igraph and NetworkX read the declared types;
 *   - all edges are directed, symmetric relations carry symmetric=true: several readers refuse mixed graphs.
 * Written line by line; a node or an edge is never held longer than its line.
 */
#include "export/export.h"

typedef enum when { ALWAYS, MEASURED, GROUPED, PLACED, SMALL } when;

typedef struct key {
    const char *id, *name, *type; /* id is unique in the file: an edge's key may share only its name */
    bool edge;
    when when;
} key;

static const key keys[] = {
    { "label", "label", "string", false, ALWAYS },
    { "type", "type", "string", false, ALWAYS },
    { "key", "key", "string", false, ALWAYS },
    { "name", "name", "string", false, ALWAYS },
    { "aliases", "aliases", "string", false, ALWAYS },
    { "first_date", "first_date", "string", false, ALWAYS },
    { "last_date", "last_date", "string", false, ALWAYS },
    { "file", "file", "string", false, ALWAYS },
    { "node_origin", "origin", "string", false, ALWAYS },
    { "degree", "degree", "long", false, ALWAYS },
    { "score", NULL, "double", false, MEASURED }, /* named after the measure */
    { "community", "community", "long", false, GROUPED },
    { "size", "size", "double", false, ALWAYS },
    { "r", "r", "int", false, ALWAYS },
    { "g", "g", "int", false, ALWAYS },
    { "b", "b", "int", false, ALWAYS },
    { "x", "x", "double", false, PLACED },
    { "y", "y", "double", false, PLACED },
    { "relation", "relation", "string", true, ALWAYS },
    { "interaction", "interaction", "string", true, ALWAYS },
    { "weight", "weight", "long", true, ALWAYS },
    { "symmetric", "symmetric", "boolean", true, ALWAYS },
    { "origin", "origin", "string", true, ALWAYS },
    { "certainty", "certainty", "string", true, ALWAYS },
    { "first_said", "first_said", "string", true, ALWAYS },
    { "last_said", "last_said", "string", true, ALWAYS },
    { "document", "document", "string", true, ALWAYS },
    { "start", "start", "long", true, ALWAYS },
    { "end", "end", "long", true, ALWAYS },
    { "sentence", "sentence", "string", true, ALWAYS },
    { "edge_r", "r", "int", true, SMALL },
    { "edge_g", "g", "int", true, SMALL },
    { "edge_b", "b", "int", true, SMALL },
};

static bool is_there(const vb_scene *scene, when needs)
{
    switch (needs) {
    case MEASURED:
        return scene->measured;
    case GROUPED:
        return scene->grouped;
    case PLACED:
        return scene->placed;
    case SMALL: /* who draws millions of edges does not look at each one's colour; it is a fifth of the file
                 */
        return scene->cut->n_nodes <= VB_SCENE_LARGE;
    case ALWAYS:
        break;
    }
    return true;
}

static void put_head(const vb_scene *scene, vb_writer *w)
{
    vb_put(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
              "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
              "         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns "
              "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    for (size_t i = 0; i < VB_COUNT(keys); i++) {
        if (!is_there(scene, keys[i].when)) continue;
        const char *name = keys[i].name ? keys[i].name : scene->size_by;
        vb_put(w, "<key id=\"");
        vb_put(w, keys[i].name ? keys[i].id : name);
        vb_put(w, keys[i].edge ? "\" for=\"edge\" attr.name=\"" : "\" for=\"node\" attr.name=\"");
        vb_put(w, name);
        vb_put(w, "\" attr.type=\"");
        vb_put(w, keys[i].type);
        vb_put(w, "\"/>\n");
    }
    vb_put(w, "<graph id=\"verband\" edgedefault=\"directed\">\n");
}

#define KEY(id) "<data key=\"" id "\">"
static const char END[] = "</data>";
static const char *const node_rgb[] = { KEY("r"), "</data>" KEY("g"), "</data>" KEY("b"), END };
static const char *const edge_rgb[] = { KEY("edge_r"), "</data>" KEY("edge_g"), "</data>" KEY("edge_b"),
                                        END };

static void put_number(vb_writer *w, const char *open, double value, int digits)
{
    vb_put(w, open);
    vb_put_real(w, value, digits);
    vb_put(w, END);
}

static void put_score(const vb_scene *scene, double score, vb_writer *w)
{
    vb_put(w, "<data key=\"");
    vb_put(w, scene->size_by);
    put_number(w, "\">", score, 12);
}

static vb_status put_node(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_node *node = &scene->cut->nodes[i];
    const vb_scene_node *look = &scene->nodes[i];
    vb_node_detail detail;
    vb_status status = scene->node_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    vb_put(w, "<node id=\"");
    vb_put_str(w, VB_RAW, look->id); /* made without what XML escapes */
    vb_put(w, "\">");
    vb_put_text_in(w, KEY("label"), node->name.len ? node->name : node->key, END);
    vb_put_text_in(w, KEY("type"), node->label, END);
    vb_put_text_in(w, KEY("key"), node->key, END);
    vb_put_text_in(w, KEY("name"), node->name, END);
    vb_put_text_in(w, KEY("aliases"), detail.aliases, END);
    vb_put_text_in(w, KEY("first_date"), detail.first, END);
    vb_put_text_in(w, KEY("last_date"), detail.last, END);
    vb_put_text_in(w, KEY("file"), node->document, END);
    vb_put_text_in(w, KEY("node_origin"), vb_str_of(vb_origin_name(detail.origin)), END);
    vb_put_int_in(w, KEY("degree"), look->degree, END);
    if (scene->measured) put_score(scene, look->score, w);
    if (scene->grouped) vb_put_int_in(w, KEY("community"), look->community, END);
    put_number(w, KEY("size"), look->size, 4);
    vb_put_rgb_in(w, node_rgb, look->look->rgb);
    if (scene->placed) {
        put_number(w, KEY("x"), look->x, 6);
        put_number(w, KEY("y"), look->y, 6);
    }
    vb_put(w, "</node>\n");
    return VB_OK;
}

enum { AHEAD = 16 };

static vb_status put_edge(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_cut_edge *edge = &scene->cut->edges[i];
    const vb_str type = scene->cut->types[edge->type];
    vb_edge_detail detail;
    vb_status status = scene->edge_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    if (i + AHEAD < scene->cut->n_edges) { /* ends lie anywhere among the nodes: fetch them in time */
        __builtin_prefetch(&scene->nodes[edge[AHEAD].target]);
        __builtin_prefetch(scene->nodes[edge[AHEAD / 2].target].id.at);
    }
    vb_put(w, "<edge id=\"e");
    vb_put_int(w, i);
    vb_put(w, "\" source=\"");
    vb_put_str(w, VB_RAW, scene->nodes[edge->source].id);
    vb_put(w, "\" target=\"");
    vb_put_str(w, VB_RAW, scene->nodes[edge->target].id);
    vb_put(w, "\" label=\"");
    vb_put_str(w, VB_XML, type);
    vb_put(w, "\">");
    vb_put_text_in(w, KEY("relation"), type, END);
    vb_put_text_in(w, KEY("interaction"), type, END);
    /* Gephi drops an edge of weight 0 */
    vb_put_int_in(w, KEY("weight"), edge->weight > 0 ? edge->weight : 1, END);
    vb_put_text_in(w, KEY("symmetric"), edge->symmetric ? VB_STR("true") : VB_STR("false"), END);
    vb_put_text_in(w, KEY("origin"), vb_str_of(vb_origin_name(detail.origin)), END);
    vb_put_text_in(w, KEY("certainty"), vb_str_of(vb_certainty_name(detail.certainty)), END);
    vb_put_text_in(w, KEY("first_said"), detail.first, END);
    vb_put_text_in(w, KEY("last_said"), detail.last, END);
    vb_put_text_in(w, KEY("document"), detail.document, END);
    if (detail.start >= 0) {
        vb_put_int_in(w, KEY("start"), detail.start, END);
        vb_put_int_in(w, KEY("end"), detail.end, END);
    }
    vb_put_text_in(w, KEY("sentence"), detail.sentence, END);
    if (is_there(scene, SMALL)) vb_put_rgb_in(w, edge_rgb, scene->edge_look[edge->type]->rgb);
    vb_put(w, "</edge>\n");
    return VB_OK;
}

vb_status vb_write_graphml(const vb_scene *scene, vb_writer *w, vb_error *err)
{
    vb_status status = VB_OK;
    put_head(scene, w);
    for (uint32_t i = 0; i < scene->cut->n_nodes && !w->failed; i++) TRY(put_node(scene, i, w, err));
    for (uint32_t i = 0; i < scene->cut->n_edges && !w->failed; i++) TRY(put_edge(scene, i, w, err));
    vb_put(w, "</graph>\n</graphml>\n");
done:
    return status;
}
