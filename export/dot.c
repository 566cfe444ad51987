/**
 * DOT for Graphviz, and so for the pictures (svg, png, pdf). One file for every engine: dot, neato and sfdp
 * lay it out themselves, `neato -n` keeps the places it carries. Title and legend are the graph's own label,
 * an HTML-like table: it never covers a node and adds none. Every id and value is quoted; what a name could
 * say to Graphviz (escapes, entities, quotes) is escaped by the writer.
 *
 * Legibility: at most style->labels nodes carry their name, the rest are dots; letters and lines grow with
 * importance and weight; edges carry their relation only when there are few.
 */
#include "export/export.h"

#include <math.h>
#include <stdlib.h>

enum {
    LINE_CHARS = 22,   /* of a label, before it is broken */
    WORD_CHARS = 30,   /* of one word, before it is */
    LABEL_LINES = 3,   /* then it ends in an ellipsis */
    EDGE_LABELS = 12,  /* so many edges are still labelled: more labels lie over each other */
    CURVED_EDGES = 50, /* routing around nodes takes a minute at 500, and then Graphviz 2.42 may crash */
    TOOLTIP_CHARS = 400,
    LEGEND_COLUMNS = 7,
};

/** The first @p chars characters of @p s, and what is left. */
static vb_str take_chars(vb_str s, size_t chars, vb_str *rest)
{
    size_t at = 0;
    for (size_t n; chars && at < s.len; chars--, at += n) (void)vb_utf8_at(s, at, &n);
    *rest = vb_str_part(s, at, s.len);
    return vb_str_part(s, 0, at);
}

/** Break off one line at the last blank or hyphen that fits. */
static vb_str take_line(vb_str s, vb_str *rest)
{
    vb_str line = take_chars(s, LINE_CHARS, rest);
    if (!rest->len) return line;
    size_t cut = line.len;
    if (rest->at[0] != ' ')
        while (cut && line.at[cut - 1] != ' ' && line.at[cut - 1] != '-') cut--;
    if (!cut) { /* one long word: whole, if it ends soon */
        vb_str beyond, word = take_chars(s, WORD_CHARS, &beyond);
        const char *end = memchr(word.at, ' ', word.len);
        cut = end ? (size_t)(end - word.at) : beyond.len ? line.len : word.len;
    }
    *rest = vb_str_trim(vb_str_part(s, cut, s.len));
    return vb_str_trim(vb_str_part(s, 0, cut));
}

static void put_wrapped(vb_writer *w, vb_str name)
{
    vb_str rest = vb_str_trim(name);
    for (int i = 0; i < LABEL_LINES && rest.len; i++) {
        vb_str line = take_line(rest, &rest);
        if (i) vb_put(w, "\\n");
        vb_put_str(w, VB_DOT, line);
    }
    if (rest.len) vb_put(w, "…");
}

/** Graphviz's lexer takes at most 16 KiB in one string, escapes and all. */
static vb_str clipped(vb_str value)
{
    enum { STRING_CHARS = 2500 };
    vb_str rest;
    return take_chars(value, STRING_CHARS, &rest);
}

static void put_attribute(vb_writer *w, const char *name, vb_escape how, vb_str value)
{
    vb_put(w, ", ");
    vb_put(w, name);
    vb_put(w, "=\"");
    vb_put_str(w, how, clipped(value));
    vb_put(w, "\"");
}

static void put_number(vb_writer *w, const char *name, double value)
{
    vb_put(w, ", ");
    vb_put(w, name);
    vb_put(w, "=\"");
    vb_put_real(w, value, 4);
    vb_put(w, "\"");
}

/** Black or white, whichever reads better on @p rgb. Source: relative luminance, WCAG 2.1 (linearised
 * by 2.2). */
static const char *ink_on(uint32_t rgb)
{
    double r = pow((rgb >> 16 & 0xff) / 255.0, 2.2), g = pow((rgb >> 8 & 0xff) / 255.0, 2.2),
           b = pow((rgb & 0xff) / 255.0, 2.2);
    double light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000000" : "#FFFFFF";
}

/* ---- title and legend --------------------------------------------------------------------------------- */

/** One swatch with its words. */
static void put_swatch(vb_writer *w, uint32_t rgb, bool line, vb_str words, int64_t count)
{
    vb_put(w, "<TD ALIGN=\"RIGHT\"><FONT POINT-SIZE=\"16\" COLOR=\"");
    vb_put_colour(w, rgb);
    vb_put(w, line ? "\"><B>→</B></FONT></TD>" : "\">■</FONT></TD>");
    vb_put(w, "<TD ALIGN=\"LEFT\">");
    vb_put_str(w, VB_XML, words);
    vb_put(w, " (");
    vb_put_int(w, count);
    vb_put(w, ")   </TD>");
}

static vb_str legend_words(const vb_look *look, bool edges)
{
    return edges ? look->family : look->name;
}

/** How many nodes or edges the legend counts under the words of look @p i; 0 when an earlier row has told. */
static int64_t legend_count(const vb_look *looks, size_t n_looks, const int64_t *counts, bool edges, size_t i)
{
    int64_t count = 0;
    for (size_t k = 0; k < n_looks; k++) {
        if (!vb_str_eq(legend_words(&looks[i], edges), legend_words(&looks[k], edges))) continue;
        if (k < i && counts[k]) return 0;
        count += counts[k];
    }
    return counts[i] ? count : 0;
}

/** Swatches of the looks that occur, in even rows of at most LEGEND_COLUMNS. */
static void put_swatches(vb_writer *w, const vb_look *looks, size_t n_looks, const int64_t *counts,
                         bool edges)
{
    size_t n = 0, done = 0;
    for (size_t i = 0; i < n_looks; i++) n += legend_count(looks, n_looks, counts, edges, i) > 0;
    if (!n) return;
    size_t rows = (n + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS, columns = (n + rows - 1) / rows;
    vb_put(w, "<TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"1\">");
    for (size_t i = 0; i < n_looks; i++) {
        int64_t count = legend_count(looks, n_looks, counts, edges, i);
        vb_str words = legend_words(&looks[i], edges);
        if (!count) continue;
        if (done % columns == 0) vb_put(w, done ? "</TR><TR>" : "<TR>");
        put_swatch(w, looks[i].rgb, edges, vb_str_eq(words, VB_STR("*")) ? VB_STR("other") : words, count);
        done++;
    }
    vb_put(w, "</TR></TABLE></TD></TR>");
}

static vb_status put_legend(const vb_scene *scene, vb_writer *w)
{
    const vb_style *style = scene->style;
    int64_t *nodes = calloc(style->nodes.len + style->edges.len, sizeof *nodes);
    if (!nodes) return VB_NO_MEMORY;
    int64_t *edges = nodes + style->nodes.len;
    for (uint32_t i = 0; i < scene->cut->n_nodes; i++) nodes[scene->nodes[i].look - style->nodes.at]++;
    for (uint32_t i = 0; i < scene->cut->n_edges; i++)
        edges[scene->edge_look[scene->cut->edges[i].type] - style->edges.at]++;
    vb_put(w, "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\">");
    vb_put(w, "<TR><TD><FONT POINT-SIZE=\"24\"><B>");
    vb_put_str(w, VB_XML, scene->title.len ? scene->title : VB_STR("Verband"));
    vb_put(w, "</B></FONT></TD></TR><TR><TD><FONT POINT-SIZE=\"13\" COLOR=\"#505050\">");
    vb_put_str(w, VB_XML, scene->subtitle.len ? scene->subtitle : VB_STR(" "));
    vb_put(w, "</FONT></TD></TR>");
    put_swatches(w, style->nodes.at, style->nodes.len, nodes, false);
    put_swatches(w, style->edges.at, style->edges.len, edges, true);
    vb_put(w, "</TABLE>");
    free(nodes);
    return VB_OK;
}

static vb_status put_head(const vb_scene *scene, vb_writer *w)
{
    vb_put(w, "digraph \"verband\" {\n"
              "  graph [charset=\"UTF-8\", bgcolor=\"#FFFFFF\", fontname=\"Helvetica\", fontsize=\"13\", "
              "outputorder=\"edgesfirst\", overlap=\"prism\", sep=\"+4\", rankdir=\"LR\", nodesep=\"0.15\", "
              "ranksep=\"0.8\", pad=\"0.3\", splines=\"");
    vb_put(w, scene->cut->n_edges <= CURVED_EDGES ? "true" : "line");
    vb_put(w, "\", labelloc=\"t\", label=<");
    if (put_legend(scene, w) != VB_OK) return VB_NO_MEMORY;
    vb_put(w, ">];\n"
              "  node [fontname=\"Helvetica\", color=\"#00000060\", penwidth=\"0.6\", margin=\"0.08,0.04\", "
              "height=\"0.1\", width=\"0.1\"];\n"
              "  edge [fontname=\"Helvetica\", fontsize=\"8\", fontcolor=\"#505050\", arrowsize=\"0.6\"];\n");
    return VB_OK;
}

/* ---- nodes and edges ---------------------------------------------------------------------------------- */

static void put_node_look(const vb_scene *scene, const vb_scene_node *node, vb_str name, vb_writer *w)
{
    const vb_style *style = scene->style;
    double range = style->size_max - style->size_min;
    double part = range > 0 ? (node->size - style->size_min) / range : 0;
    vb_put(w, "label=\"");
    if (node->labelled) {
        bool box = vb_str_eq(node->look->shape, VB_STR("box"));
        put_wrapped(w, name);
        vb_put(w, "\"");
        put_attribute(w, "shape", VB_QUOTE, node->look->shape);
        put_attribute(w, "style", VB_QUOTE, box ? VB_STR("filled,rounded") : VB_STR("filled"));
        put_number(w, "fontsize", style->font_min + part * (style->font_max - style->font_min));
        put_attribute(w, "fontcolor", VB_QUOTE, vb_str_of(ink_on(node->look->rgb)));
    } else {
        vb_put(w, "\", shape=\"circle\", style=\"filled\", fixedsize=\"true\"");
        put_number(w, "width", node->size / 72);
        put_number(w, "height", node->size / 72);
    }
    vb_put(w, ", fillcolor=\"");
    vb_put_colour(w, node->look->rgb);
    vb_put(w, "\"");
}

static vb_status put_node(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_node *node = &scene->cut->nodes[i];
    const vb_scene_node *look = &scene->nodes[i];
    vb_str name = vb_str_trim(node->name).len ? node->name : node->key;
    vb_node_detail detail;
    vb_status status = scene->node_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    vb_put(w, "  \"");
    vb_put_str(w, VB_QUOTE, look->id);
    vb_put(w, "\" [");
    put_node_look(scene, look, name, w);
    vb_put(w, ", tooltip=\"");
    vb_put_str(w, VB_DOT, clipped(name));
    vb_put(w, " (");
    vb_put_str(w, VB_DOT, node->label);
    vb_put(w, ")\"");
    put_attribute(w, "type", VB_QUOTE, node->label);
    put_attribute(w, "key", VB_QUOTE, node->key);
    put_attribute(w, "name", VB_QUOTE, node->name);
    if (detail.aliases.len) put_attribute(w, "aliases", VB_QUOTE, detail.aliases);
    if (detail.first.len) put_attribute(w, "first_date", VB_QUOTE, detail.first);
    if (detail.last.len) put_attribute(w, "last_date", VB_QUOTE, detail.last);
    put_attribute(w, "origin", VB_QUOTE, vb_str_of(vb_origin_name(detail.origin)));
    put_number(w, "degree", look->degree);
    if (scene->measured) put_number(w, scene->size_by, look->score);
    if (scene->grouped) put_number(w, "community", look->community);
    if (scene->placed) {
        vb_put(w, ", pos=\"");
        vb_put_real(w, look->x, 6);
        vb_put(w, ",");
        vb_put_real(w, look->y, 6);
        vb_put(w, "\"");
    }
    vb_put(w, "];\n");
    return VB_OK;
}

/** The relation, and the sentence that says it with its document and date. */
static void put_edge_tooltip(vb_writer *w, vb_str type, const vb_edge_detail *detail)
{
    vb_str rest, text = take_chars(detail->sentence, TOOLTIP_CHARS, &rest);
    vb_put(w, ", tooltip=\"");
    vb_put_str(w, VB_DOT, type);
    if (text.len) {
        vb_put(w, ": ");
        vb_put_str(w, VB_DOT, text);
        if (rest.len) vb_put(w, "…");
    }
    if (detail->document.len) {
        vb_put(w, " (");
        vb_put_str(w, VB_DOT, clipped(detail->document));
        if (detail->first.len) {
            vb_put(w, ", ");
            vb_put_str(w, VB_DOT, detail->first);
        }
        vb_put(w, ")");
    }
    vb_put(w, "\"");
}

static vb_status put_edge(const vb_scene *scene, uint32_t i, vb_writer *w, vb_error *err)
{
    const vb_cut_edge *edge = &scene->cut->edges[i];
    const vb_look *look = scene->edge_look[edge->type];
    const vb_style *style = scene->style;
    const vb_str type = scene->cut->types[edge->type];
    vb_edge_detail detail;
    vb_status status = scene->edge_detail(scene->context, i, &detail, err);
    if (status != VB_OK) return status;
    double width = style->width_min + 0.6 * log2((double)(edge->weight > 0 ? edge->weight : 1));
    vb_put(w, "  \"");
    vb_put_str(w, VB_QUOTE, scene->nodes[edge->source].id);
    vb_put(w, "\" -> \"");
    vb_put_str(w, VB_QUOTE, scene->nodes[edge->target].id);
    vb_put(w, "\" [color=\"");
    vb_put_colour(w, look->rgb);
    vb_put(w, "B0\"");
    put_number(w, "penwidth", width < style->width_max ? width : style->width_max);
    put_attribute(w, "style", VB_QUOTE, detail.certainty == VB_ANNOUNCED ? VB_STR("dashed") : look->shape);
    if (edge->symmetric) vb_put(w, ", dir=\"none\"");
    put_attribute(w, "relation", VB_QUOTE, type);
    put_attribute(w, "origin", VB_QUOTE, vb_str_of(vb_origin_name(detail.origin)));
    vb_put(w, ", sentences=\"");
    vb_put_int(w, edge->weight);
    vb_put(w, "\"");
    put_edge_tooltip(w, type, &detail);
    if (scene->cut->n_edges <= EDGE_LABELS) put_attribute(w, "label", VB_DOT, type);
    vb_put(w, "];\n");
    return VB_OK;
}

vb_status vb_write_dot(const vb_scene *scene, vb_writer *w, vb_error *err)
{
    vb_status status;
    TRY(put_head(scene, w));
    for (uint32_t i = 0; i < scene->cut->n_nodes && !w->failed; i++) TRY(put_node(scene, i, w, err));
    for (uint32_t i = 0; i < scene->cut->n_edges && !w->failed; i++) TRY(put_edge(scene, i, w, err));
    vb_put(w, "}\n");
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}
