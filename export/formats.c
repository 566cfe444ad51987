/** The formats, one row each: a new one is a file with a function over a scene, and a row here. */
#include "export/export.h"

/* FILE(name, extension, sentences it carries of each edge, which programs read it), PAIR(name, which programs
 * read it): sorted by name; NAME is written by vb_write_NAME() */
#define FORMATS(FILE, PAIR)                                                             \
    PAIR(csv, "Gephi's spreadsheet import: a folder of nodes.csv and edges.csv")        \
    FILE(cytoscape, ".cyjs", 1, "Cytoscape and Cytoscape.js")                           \
    FILE(dot, ".dot", 1, "Graphviz: dot, neato, sfdp")                                  \
    FILE(gexf, ".gexf", 1, "Gephi, with a time line")                                   \
    FILE(graphml, ".graphml", 1, "Gephi, Cytoscape, igraph, NetworkX")                  \
    FILE(html, ".html", 20, "a page for the browser: search, filters, sentences")       \
    FILE(json, ".json", 20, "D3 and NetworkX (node-link)")                              \
    PAIR(neo4j, "Neo4j and verband import: a folder of nodes.csv and edges.csv")        \
    FILE(pdf, ".pdf", 1, "a picture for print, with title and legend (needs Graphviz)") \
    FILE(png, ".png", 1, "a picture of pixels, with title and legend (needs Graphviz)") \
    FILE(svg, ".svg", 1, "a picture for the web, sentences as tooltips (needs Graphviz)")

static const vb_export_format infos[] = {
#define AS_FILE_INFO(name, extension, sentences, help) { #name, extension, help, false },
#define AS_PAIR_INFO(name, help)                       { #name, "", help, true },
    FORMATS(AS_FILE_INFO, AS_PAIR_INFO)
};

static const vb_format formats[] = {
#define AS_FILE(name, extension, sentences, help) { vb_write_##name, NULL, sentences },
#define AS_PAIR(name, help)                       { NULL, vb_write_##name, 1 },
    FORMATS(AS_FILE, AS_PAIR)
};

const vb_export_format *vb_export_formats(size_t *n)
{
    *n = VB_COUNT(infos);
    return infos;
}

vb_status vb_format_check(const char *name, bool folder, const vb_format **out, vb_error *err)
{
    for (size_t i = 0; name && i < VB_COUNT(infos); i++) {
        if (strcmp(infos[i].name, name) != 0) continue;
        *out = &formats[i];
        if (infos[i].folder == folder) return VB_OK;
        return vb_fail(err, VB_BAD_ARGUMENT,
                       folder ? "%s is one file, not a folder" : "%s is two files: it needs a folder", name);
    }
    return vb_fail(err, VB_BAD_ARGUMENT, "no format is called '%s'", name ? name : "");
}
