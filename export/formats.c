/** The formats, one row each: a new one is a file with a function over a scene, and a row here. */
#include "export/export.h"

/* ROW(name, extension, which programs read it): sorted by name; NAME is written by vb_write_NAME() */
#define FORMATS(ROW)                                                                \
    ROW(cytoscape, ".cyjs", "Cytoscape and Cytoscape.js")                           \
    ROW(dot, ".dot", "Graphviz: dot, neato, sfdp")                                  \
    ROW(gexf, ".gexf", "Gephi, with a time line")                                   \
    ROW(graphml, ".graphml", "Gephi, Cytoscape, igraph, NetworkX")                  \
    ROW(json, ".json", "D3 and NetworkX (node-link)")                               \
    ROW(pdf, ".pdf", "a picture for print, with title and legend (needs Graphviz)") \
    ROW(png, ".png", "a picture of pixels, with title and legend (needs Graphviz)") \
    ROW(svg, ".svg", "a picture for the web, sentences as tooltips (needs Graphviz)")

static const vb_export_format infos[] = {
#define AS_INFO(name, extension, help) { #name, extension, help },
    FORMATS(AS_INFO)
};

static const vb_format_fn writers[] = {
#define AS_WRITER(name, extension, help) vb_write_##name,
    FORMATS(AS_WRITER)
};

const vb_export_format *vb_export_formats(size_t *n)
{
    *n = VB_COUNT(infos);
    return infos;
}

vb_format_fn vb_format_find(const char *name)
{
    for (size_t i = 0; i < VB_COUNT(infos); i++)
        if (strcmp(infos[i].name, name) == 0) return writers[i];
    return NULL;
}
