/**
 * CSV (RFC 4180, UTF-8) in pairs of files, nodes.csv and edges.csv: for Gephi's spreadsheet import, and for
 * Neo4j's bulk import, which `verband import` reads back.
 *
 * A spreadsheet takes a cell that begins with = + - @ (or a tab) for a formula. Gephi's files are opened in
 * spreadsheets, so there such a text gets an apostrophe before it, the same in Id, Source and Target, so that
 * they still match; numbers are never touched. Neo4j's files must give the same graph back, so they are exact
 * and no apostrophe is added: in a spreadsheet open them as text. Control characters become blanks for Gephi
 * and stay in Neo4j's. What Neo4j's header cannot say is left out: the properties of an import, all sentences
 * of an edge but the best, and its last date; an other name that holds ';' comes back as two.
 */
#include "export/export.h"

/** One table on its way out. */
typedef struct table {
    vb_writer *w;
    bool exact; /* Neo4j's: what is written is what is read */
    bool begun; /* this line has a cell */
} table;

static void begin_cell(table *t)
{
    if (t->begun) vb_put(t->w, ",");
    t->begun = true;
}

static void end_line(table *t)
{
    vb_put(t->w, "\n");
    t->begun = false;
}

static void put_text(table *t, vb_str text)
{
    begin_cell(t);
    if (!text.len) return;
    vb_put(t->w, "\"");
    if (!t->exact && strchr("=+-@\t\r", text.at[0]) && text.at[0]) vb_put(t->w, "'");
    vb_put_str(t->w, t->exact ? VB_CELL : VB_CSV, text);
    vb_put(t->w, "\"");
}

static void put_int(table *t, int64_t value)
{
    begin_cell(t);
    vb_put_int(t->w, value);
}

static void put_real(table *t, double value, int digits)
{
    begin_cell(t);
    vb_put_real(t->w, value, digits);
}

static void put_colour(table *t, uint32_t rgb)
{
    begin_cell(t);
    vb_put_colour(t->w, rgb);
}

/** "<[2024-01-15,2024-03-15]>", as Gephi writes an interval. */
static void put_interval(table *t, vb_str first, vb_str last)
{
    begin_cell(t);
    if (!first.len || !last.len) return;
    vb_put(t->w, "\"<[");
    vb_put_str(t->w, VB_CSV, first);
    vb_put(t->w, ",");
    vb_put_str(t->w, VB_CSV, last);
    vb_put(t->w, "]>\"");
}

/* ---- Gephi -------------------------------------------------------------------------------------------- */

static vb_status gephi_node(const vb_scene *scene, uint32_t i, table *t, vb_error *err)
{
    const vb_node *node = &scene->cut->nodes[i];
    const vb_scene_node *look = &scene->nodes[i];
    vb_node_detail detail;
    vb_status status = scene->node_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    put_text(t, look->id);
    put_text(t, node->name.len ? node->name : node->key);
    put_interval(t, detail.first, detail.last);
    put_text(t, node->label);
    put_text(t, node->key);
    put_text(t, detail.aliases);
    put_text(t, detail.first);
    put_text(t, detail.last);
    put_text(t, node->document);
    put_text(t, vb_str_of(vb_origin_name(detail.origin)));
    put_int(t, look->degree);
    if (scene->measured) put_real(t, look->score, 12);
    if (scene->grouped) put_int(t, look->community);
    put_real(t, look->size, 4);
    put_colour(t, look->look->rgb);
    if (scene->placed) {
        put_real(t, look->x, 6);
        put_real(t, look->y, 6);
    }
    end_line(t);
    return VB_OK;
}

static vb_status gephi_edge(const vb_scene *scene, uint32_t i, table *t, vb_error *err)
{
    const vb_cut_edge *edge = &scene->cut->edges[i];
    const vb_str type = scene->cut->types[edge->type];
    vb_edge_detail detail;
    vb_status status = scene->edge_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    put_text(t, scene->nodes[edge->source].id);
    put_text(t, scene->nodes[edge->target].id);
    put_text(t, edge->symmetric ? VB_STR("Undirected") : VB_STR("Directed"));
    put_text(t, type);
    put_text(t, type);
    put_int(t, edge->weight > 0 ? edge->weight : 1);
    put_interval(t, detail.first, detail.last);
    put_text(t, vb_str_of(vb_origin_name(detail.origin)));
    put_text(t, vb_str_of(vb_certainty_name(detail.certainty)));
    put_text(t, detail.first);
    put_text(t, detail.last);
    put_text(t, detail.document);
    put_text(t, detail.sentence);
    end_line(t);
    return VB_OK;
}

vb_status vb_write_csv(const vb_scene *scene, vb_writer *nodes, vb_writer *edges, vb_error *err)
{
    vb_status status = VB_OK;
    table n = { .w = nodes }, e = { .w = edges };
    vb_put(nodes, "Id,Label,Timeset,type,key,aliases,first_date,last_date,file,origin,degree,");
    if (scene->measured) vb_put(nodes, scene->size_by);
    vb_put(nodes, scene->measured ? "," : "");
    vb_put(nodes, scene->grouped ? "community,size,color" : "size,color");
    vb_put(nodes, scene->placed ? ",x,y\n" : "\n");
    vb_put(edges, "Source,Target,Type,Kind,Label,Weight,Timeset,origin,certainty,first_said,last_said,"
                  "document,sentence\n");
    for (uint32_t i = 0; i < scene->cut->n_nodes && !nodes->failed; i++) TRY(gephi_node(scene, i, &n, err));
    for (uint32_t i = 0; i < scene->cut->n_edges && !edges->failed; i++) TRY(gephi_edge(scene, i, &e, err));
done:
    return status;
}

/* ---- Neo4j -------------------------------------------------------------------------------------------- */

/** Whose word it is, where it is a person's: elsewhere the cell is empty, for a property would keep rows
 * apart that an import takes for one edge. */
static void put_person(table *t, vb_origin origin)
{
    put_text(t, origin == VB_ORIGIN_PERSON ? vb_str_of(vb_origin_name(origin)) : (vb_str){ 0 });
}

static vb_status neo4j_node(const vb_scene *scene, uint32_t i, table *t, vb_error *err)
{
    const vb_node *node = &scene->cut->nodes[i];
    vb_node_detail detail;
    vb_status status = scene->node_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    put_text(t, scene->nodes[i].id);
    put_text(t, detail.labels);
    put_text(t, node->key);
    put_text(t, node->name);
    put_text(t, detail.aliases);
    put_text(t, node->document);
    put_text(t, detail.date);
    put_person(t, detail.origin);
    end_line(t);
    return VB_OK;
}

static vb_status neo4j_edge(const vb_scene *scene, uint32_t i, table *t, vb_error *err)
{
    const vb_cut_edge *edge = &scene->cut->edges[i];
    vb_edge_detail detail;
    vb_status status = scene->edge_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    put_text(t, scene->nodes[edge->source].id);
    put_text(t, scene->nodes[edge->target].id);
    put_text(t, scene->cut->types[edge->type]);
    put_int(t, edge->weight > 0 ? edge->weight : 1);
    put_text(t, detail.document);
    put_text(t, detail.first);
    put_text(t, detail.sentence);
    put_person(t, detail.origin);
    end_line(t);
    return VB_OK;
}

vb_status vb_write_neo4j(const vb_scene *scene, vb_writer *nodes, vb_writer *edges, vb_error *err)
{
    vb_status status = VB_OK;
    table n = { .w = nodes, .exact = true }, e = { .w = edges, .exact = true };
    vb_put(nodes, ":ID,:LABEL,key,name,aliases:string[],document,date:date,origin\n");
    vb_put(edges, ":START_ID,:END_ID,:TYPE,count:int,document,date:date,text,origin\n");
    for (uint32_t i = 0; i < scene->cut->n_nodes && !nodes->failed; i++) TRY(neo4j_node(scene, i, &n, err));
    for (uint32_t i = 0; i < scene->cut->n_edges && !edges->failed; i++) TRY(neo4j_edge(scene, i, &e, err));
done:
    return status;
}
