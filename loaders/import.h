/**
 * What the readers of graphs share: a reader tells nodes and edges, one by one, with the ids that its file
 * gives them; the importer keeps the ids and speaks to the store. Private to loaders/import*.c.
 */
#ifndef VB_IMPORT_H
#define VB_IMPORT_H

#include "graph/graph.h"

#include <cjson/cJSON.h>

enum { VB_IMPORT_LISTED_MAX = 1024 }; /* labels or other names of one node */

typedef struct vb_importer vb_importer;

/** Where a reader is, for messages. */
typedef struct vb_import_place {
    const char *path;
    unsigned line;
} vb_import_place;

/** A graph's file format: one row in import.c. */
typedef struct vb_graph_format {
    const char *name;
    bool (*sniff)(vb_str head); /* by the first bytes of the content */
    vb_status (*read)(vb_importer *m, const char *path, vb_error *err);
} vb_graph_format;

bool vb_graph_csv_sniff(vb_str head);
vb_status vb_graph_csv_read(vb_importer *m, const char *path, vb_error *err);
bool vb_graph_json_sniff(vb_str head);
vb_status vb_graph_json_read(vb_importer *m, const char *path, vb_error *err);
bool vb_graphml_sniff(vb_str head);
vb_status vb_graphml_read(vb_importer *m, const char *path, vb_error *err);

/** Fail with "path:line: " before the message. */
vb_status vb_import_fail(vb_import_place at, vb_error *err, vb_status status, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** What lasts as long as the import, and what lasts until the next row; the row begins with the call. */
vb_arena *vb_import_arena(vb_importer *m);
vb_status vb_import_row(vb_importer *m, vb_arena **scratch, vb_error *err);

/**
 * Put a node that its file calls @p id. An empty key is the id. @return VB_BAD_INPUT with the place (the id
 * is empty or another node's, a date is none), or what the store says.
 */
vb_status vb_import_node(vb_importer *m, vb_import_place at, vb_str id, const vb_bulk_node *node,
                         vb_error *err);

/** As vb_import_node(), but a second telling of the same id adds nothing. */
vb_status vb_import_node_once(vb_importer *m, vb_import_place at, vb_str id, const vb_bulk_node *node,
                              vb_error *err);

/** Put an edge between two nodes by their ids; source and target of @p edge are found here. */
vb_status vb_import_edge(vb_importer *m, vb_import_place at, vb_str from, vb_str to, const vb_bulk_edge *edge,
                         vb_error *err);

/* ---- import_fields.c: nodes and edges whose fields are a JSON object ------------------------------------
 */

/**
 * Put a node or an edge with these properties. key, name, aliases, document and date of a node, count,
 * document, date and text of an edge mean what they mean in the graph and leave @p props; the rest are its
 * properties.
 * @param labels with n_labels views; @p once as in vb_import_node_once().
 */
vb_status vb_fields_node(vb_importer *m, vb_import_place at, vb_str id, const vb_str *labels, size_t n_labels,
                         cJSON *props, bool once, vb_error *err);
vb_status vb_fields_edge(vb_importer *m, vb_import_place at, vb_str from, vb_str to, vb_str type,
                         cJSON *props, vb_error *err);

/** The labels in "Person", ":Person:Actor" or "Person;Actor", into @p out of VB_IMPORT_LISTED_MAX views. */
size_t vb_fields_labels(vb_str text, vb_str *out);

/** Check and read a value as text: a whole number of 64 bits; a date of the form 2025-03-16. */
bool vb_cell_int(vb_str cell, int64_t *out);
bool vb_cell_date(vb_str cell);

#endif
