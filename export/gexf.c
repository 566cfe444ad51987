/**
 * GEXF 1.3 for Gephi: colours, sizes and places in its viz elements, the relation as the edge's kind
 * (parallel edges of different kinds stay apart), and time: nodes and edges last from the first to the last
 * document that names or says them, open where a date is not known. Attribute ids equal their titles. Source:
 * https://gexf.net/schema.html
 */
#include "export/export.h"

typedef enum when { ALWAYS, MEASURED, GROUPED } when;

typedef struct attribute {
    const char *id, *type; /* id NULL: the measure's name */
    when when;
} attribute;

static const attribute node_attributes[] = {
    { "type", "string", ALWAYS }, { "key", "string", ALWAYS },      { "aliases", "string", ALWAYS },
    { "file", "string", ALWAYS }, { "origin", "string", ALWAYS },   { "degree", "long", ALWAYS },
    { NULL, "double", MEASURED }, { "community", "long", GROUPED },
};
static const attribute edge_attributes[] = {
    { "relation", "string", ALWAYS },   { "symmetric", "boolean", ALWAYS },
    { "origin", "string", ALWAYS },     { "certainty", "string", ALWAYS },
    { "document", "string", ALWAYS },   { "sentence_start", "long", ALWAYS },
    { "sentence_end", "long", ALWAYS }, { "sentence", "string", ALWAYS },
};

static void put_attributes(const vb_scene *scene, vb_writer *w, const char *class, const attribute *rows,
                           size_t n)
{
    vb_put(w, "<attributes class=\"");
    vb_put(w, class);
    vb_put(w, "\" mode=\"static\">\n");
    for (size_t i = 0; i < n; i++) {
        if ((rows[i].when == MEASURED && !scene->measured) || (rows[i].when == GROUPED && !scene->grouped))
            continue;
        const char *id = rows[i].id ? rows[i].id : scene->size_by;
        vb_put(w, "<attribute id=\"");
        vb_put(w, id);
        vb_put(w, "\" title=\"");
        vb_put(w, id);
        vb_put(w, "\" type=\"");
        vb_put(w, rows[i].type);
        vb_put(w, "\"/>\n");
    }
    vb_put(w, "</attributes>\n");
}

#define MARK(name) " " name "=\""
#define VALUE(id)  "<attvalue for=\"" id "\" value=\""
static const char QUOTE[] = "\"", END[] = "\"/>";
static const char *const colour[] = { "<viz:color r=\"", "\" g=\"", "\" b=\"", END };

static void put_node_looks(const vb_scene *scene, const vb_scene_node *look, vb_writer *w)
{
    vb_put(w, "<viz:size value=\"");
    vb_put_real(w, look->size, 4);
    vb_put(w, "\"/>");
    if (scene->placed) {
        vb_put(w, "<viz:position x=\"");
        vb_put_real(w, look->x, 6);
        vb_put(w, "\" y=\"");
        vb_put_real(w, look->y, 6);
        vb_put(w, "\" z=\"0\"/>");
    }
    vb_put_rgb_in(w, colour, look->look->rgb);
}

static vb_status put_node(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_node *node = &scene->cut->nodes[i];
    const vb_scene_node *look = &scene->nodes[i];
    vb_node_detail detail;
    vb_status status = scene->node_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    vb_put(w, "<node");
    vb_put_text_in(w, MARK("id"), look->id, QUOTE);
    vb_put_text_in(w, MARK("label"), node->name.len ? node->name : node->key, QUOTE);
    vb_put_text_in(w, MARK("start"), detail.first, QUOTE);
    vb_put_text_in(w, MARK("end"), detail.last, QUOTE);
    vb_put(w, "><attvalues>");
    vb_put_text_in(w, VALUE("type"), node->label, END);
    vb_put_text_in(w, VALUE("key"), node->key, END);
    vb_put_text_in(w, VALUE("aliases"), detail.aliases, END);
    vb_put_text_in(w, VALUE("file"), node->document, END);
    vb_put_text_in(w, VALUE("origin"), vb_str_of(vb_origin_name(detail.origin)), END);
    vb_put_int_in(w, VALUE("degree"), look->degree, END);
    if (scene->measured) {
        vb_put(w, "<attvalue for=\"");
        vb_put(w, scene->size_by);
        vb_put(w, "\" value=\"");
        vb_put_real(w, look->score, 12);
        vb_put(w, "\"/>");
    }
    if (scene->grouped) vb_put_int_in(w, VALUE("community"), look->community, END);
    vb_put(w, "</attvalues>");
    put_node_looks(scene, look, w);
    vb_put(w, "</node>\n");
    return VB_OK;
}

static vb_status put_edge(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_cut_edge *edge = &scene->cut->edges[i];
    const vb_str type = scene->cut->types[edge->type];
    vb_edge_detail detail;
    vb_status status = scene->edge_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    vb_put(w, "<edge id=\"e");
    vb_put_int(w, i);
    vb_put(w, "\"");
    vb_put_text_in(w, MARK("source"), scene->nodes[edge->source].id, QUOTE);
    vb_put_text_in(w, MARK("target"), scene->nodes[edge->target].id, QUOTE);
    vb_put_text_in(w, MARK("kind"), type, QUOTE);
    vb_put_text_in(w, MARK("label"), type, QUOTE);
    vb_put_int_in(w, MARK("weight"), edge->weight > 0 ? edge->weight : 1, QUOTE);
    vb_put_text_in(w, MARK("start"), detail.first, QUOTE);
    vb_put_text_in(w, MARK("end"), detail.last, QUOTE);
    vb_put(w, "><attvalues>");
    vb_put_text_in(w, VALUE("relation"), type, END);
    vb_put_text_in(w, VALUE("symmetric"), edge->symmetric ? VB_STR("true") : VB_STR("false"), END);
    vb_put_text_in(w, VALUE("origin"), vb_str_of(vb_origin_name(detail.origin)), END);
    vb_put_text_in(w, VALUE("certainty"), vb_str_of(vb_certainty_name(detail.certainty)), END);
    vb_put_text_in(w, VALUE("document"), detail.document, END);
    if (detail.start >= 0) {
        vb_put_int_in(w, VALUE("sentence_start"), detail.start, END);
        vb_put_int_in(w, VALUE("sentence_end"), detail.end, END);
    }
    vb_put_text_in(w, VALUE("sentence"), detail.sentence, END);
    vb_put(w, "</attvalues>");
    vb_put_rgb_in(w, colour, scene->edge_look[edge->type]->rgb);
    vb_put(w, "</edge>\n");
    return VB_OK;
}

vb_status vb_write_gexf(const vb_scene *scene, vb_writer *w, vb_error *err)
{
    vb_status status = VB_OK;
    vb_put(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n"
              "<meta><creator>Verband</creator><description>");
    vb_put_str(w, VB_XML, scene->title);
    vb_put(w, ". ");
    vb_put_str(w, VB_XML, scene->subtitle);
    vb_put(w,
           "</description></meta>\n<graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" "
           "timerepresentation=\"interval\">\n");
    put_attributes(scene, w, "node", node_attributes, VB_COUNT(node_attributes));
    put_attributes(scene, w, "edge", edge_attributes, VB_COUNT(edge_attributes));
    vb_put(w, "<nodes>\n");
    for (uint32_t i = 0; i < scene->cut->n_nodes && !w->failed; i++) TRY(put_node(scene, i, w, err));
    vb_put(w, "</nodes>\n<edges>\n");
    for (uint32_t i = 0; i < scene->cut->n_edges && !w->failed; i++) TRY(put_edge(scene, i, w, err));
    vb_put(w, "</edges>\n</graph>\n</gexf>\n");
done:
    return status;
}
