/** What the columns of an import mean, and cells as JSON. Private to the import. */
#ifndef VB_IMPORT_HEADER_H
#define VB_IMPORT_HEADER_H

#include "loaders/csv.h"
#include "loaders/import.h"

#include <cjson/cJSON.h>

typedef enum vb_role {
    VB_ROLE_PROPERTY,
    VB_ROLE_IGNORE,
    VB_ROLE_ID, /* the first of those that a file may have once */
    VB_ROLE_LABEL,
    VB_ROLE_START,
    VB_ROLE_END,
    VB_ROLE_TYPE,
    VB_ROLE_KEY,
    VB_ROLE_NAME,
    VB_ROLE_ALIASES,
    VB_ROLE_DOCUMENT,
    VB_ROLE_DATE,
    VB_ROLE_COUNT, /* how many sentences */
    VB_ROLE_TEXT,
    VB_ROLES
} vb_role;

typedef enum vb_cell_kind {
    VB_CELL_STRING,
    VB_CELL_INT,
    VB_CELL_FLOAT,
    VB_CELL_BOOLEAN,
    VB_CELL_DATE
} vb_cell_kind;

typedef struct vb_column {
    vb_str name;  /* without its type; NUL-terminated */
    vb_str space; /* the name space of an ID column: "ID(Person)" */
    vb_role role;
    vb_cell_kind kind;
    bool list;
} vb_column;

typedef struct vb_header {
    vb_column *columns;
    size_t n_columns;
    size_t at[VB_ROLES]; /* the column of a role; SIZE_MAX: none */
    bool edges;          /* a file of edges: it has a column of that kind */
} vb_header;

/** Read the first record as the header of a file of nodes or of edges. @return VB_BAD_INPUT, … */
vb_status vb_header_read(vb_csv *csv, vb_arena *arena, vb_header *out, vb_error *err);

/** The cell under a role in the current record; empty when there is no such column. */
vb_str vb_header_cell(const vb_header *header, const vb_csv *csv, vb_role role);

/** The record's properties as a JSON object in @p arena; empty when it has none. */
vb_status vb_header_properties(const vb_header *header, const vb_csv *csv, vb_arena *arena, vb_str *out,
                               vb_error *err);

#endif
