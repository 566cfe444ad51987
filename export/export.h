/**
 * What the files of export/ share: the writer that every format prints through, the style table, and the
 * scene, which is a cut of the graph with all that a file shows of it. A format is one function over a scene.
 *
 * Private to libverband; programs use verband.h.
 */
#ifndef VB_EXPORT_H
#define VB_EXPORT_H

#include "graph/graph.h"

/* ---- writing ------------------------------------------------------------------------------------------ */

enum { VB_WRITER_ROOM = 1 << 16 };

/**
 * A FILE with its first failure kept: after it every write is a no-op, and vb_writer_end() tells. So a format
 * prints line after line and checks once. Start with vb_writer w = {.out = file}.
 */
typedef struct vb_writer {
    FILE *out;
    size_t len; /* bytes waiting in room */
    int failed; /* errno of the first failure, 0 while all is well */
    char room[VB_WRITER_ROOM];
} vb_writer;

/** How a text is made harmless. Each also turns bytes that are no UTF-8 into U+FFFD and control characters
 *  below 32 into blanks (XML keeps tab and line feed). */
typedef enum vb_escape {
    VB_RAW,   /* as it is: our own text only                                                    */
    VB_XML,   /* character data and quoted attributes of XML and of Graphviz's HTML-like labels */
    VB_DOT,   /* inside a DOT string that Graphviz reads for escapes and entities (label …)     */
    VB_CSV,   /* inside a quoted cell of CSV; line feeds and tabs become blanks too              */
    VB_CELL,  /* as VB_CSV, but control characters stay as they are                              */
    VB_QUOTE, /* inside a quoted string of JSON, or of DOT where Graphviz reads no escapes       */
} vb_escape;

void vb_put_long(vb_writer *w, const char *at, size_t len);

/** Bytes as they are. */
static inline void vb_put_bytes(vb_writer *w, const char *at, size_t len)
{
    if (len > sizeof w->room - w->len) {
        vb_put_long(w, at, len);
        return;
    }
    if (len) memcpy(w->room + w->len, at, len);
    w->len += len;
}

/** Our own text; of a literal the length is known to the compiler. */
static inline void vb_put(vb_writer *w, const char *text)
{
    vb_put_bytes(w, text, strlen(text));
}

void vb_put_str(vb_writer *w, vb_escape how, vb_str text);
void vb_put_int(vb_writer *w, int64_t value);

/** @p value with at most @p digits significant digits, a point in every locale; 0 for what is not finite. */
void vb_put_real(vb_writer *w, double value, int digits);

/** "#rrggbb" */
void vb_put_colour(vb_writer *w, uint32_t rgb);

/** A value of XML between the tags of its name; an empty text is left out, with its tags: a reader then has
 * no value, not an empty one. */
void vb_put_text_in(vb_writer *w, const char *open, vb_str text, const char *close);
void vb_put_int_in(vb_writer *w, const char *open, int64_t value, const char *close);

/** Red, green and blue as numbers to 255, with parts[0] ... parts[3] before, between and after them. */
void vb_put_rgb_in(vb_writer *w, const char *const parts[4], uint32_t rgb);

/** Send out what waits. @return VB_OK; VB_IO with the system's reason. */
vb_status vb_writer_end(vb_writer *w, vb_error *err);

/* ---- style.tsv ---------------------------------------------------------------------------------------- */

/** How nodes of a label or edges of a relation look. */
typedef struct vb_look {
    vb_str name;   /* label, relation, or "*" for the rest */
    uint32_t rgb;  /* 0xrrggbb */
    vb_str shape;  /* of a node: a Graphviz shape; of an edge: a line style */
    vb_str family; /* what the legend calls it */
} vb_look;

typedef struct vb_style {
    VB_VEC(vb_look) nodes;
    VB_VEC(vb_look) edges;
    double size_min, size_max;   /* of a node, points across */
    double font_min, font_max;   /* of a label, points */
    double width_min, width_max; /* of an edge, points */
    double labels;               /* so many nodes at most carry a label in a picture */
} vb_style;

/** Read style.tsv, from @p data_dir (may be NULL) or built in. @return VB_BAD_INPUT with file and line. */
vb_status vb_style_read(const char *data_dir, vb_arena *arena, vb_style *out, vb_error *err);

/** The row of @p name, else the row "*" (which vb_style_read() guarantees); never NULL. */
const vb_look *vb_style_node(const vb_style *style, vb_str label);
const vb_look *vb_style_edge(const vb_style *style, vb_str relation);

/* ---- the scene ---------------------------------------------------------------------------------------- */

/** What every format needs of a node beside its cut->nodes[i]. */
typedef struct vb_scene_node {
    vb_str id; /* "Label:key", escaped where needed: unique, without quotes or control characters */
    const vb_look *look;
    uint32_t degree, community;
    double score; /* by scene->size_by */
    double size;  /* points across, by score */
    double x, y;  /* points, y upward */
    bool labelled;
} vb_scene_node;

/** The longer facts, read when a format asks for them. Views last until the next call. */
typedef struct vb_node_detail {
    vb_str aliases;     /* joined by "; " */
    vb_str first, last; /* dates of the documents that mention it */
    vb_str labels;      /* all of them, joined by ";", the one it is shown with first */
    vb_str date;        /* of a document: its own */
    vb_origin origin;   /* whose word it is: a person's where one corrected it */
} vb_node_detail;

typedef struct vb_edge_detail {
    vb_str first, last;          /* dates of the documents that say it */
    vb_str document;             /* of the best sentence; empty when no document says it */
    int64_t start, end;          /* its bytes; -1 without a document */
    vb_str sentence;             /* its words; of a projection: names of what the ends share */
    vb_origin origin;            /* of the best evidence */
    vb_certainty certainty;      /* stated when one sentence states it */
    const vb_evidence *evidence; /* best first, as many as the format carries */
    size_t n_evidence;
} vb_edge_detail;

typedef struct vb_scene vb_scene;
struct vb_scene {
    const vb_cut *cut;
    const vb_style *style;
    vb_scene_node *nodes;      /* as cut->nodes */
    const vb_look **edge_look; /* as cut->types */
    const char *size_by;       /* the measure behind score and size */
    bool measured;             /* score holds size_by, else degree */
    bool grouped;              /* community is known */
    bool placed;               /* x and y are known */
    vb_str title, subtitle;
    int64_t n_documents; /* that say the cut's edges, and the dates of the first and the last */
    vb_str since, until;
    const char *data_dir; /* the user's own data files; NULL: none */
    vb_status (*node_detail)(void *context, uint32_t node, vb_node_detail *out, vb_error *err);
    vb_status (*edge_detail)(void *context, uint32_t edge, vb_edge_detail *out, vb_error *err);
    void *context;
};

/** Above so many nodes measures, communities and places are left out unless they are asked for. */
enum { VB_SCENE_LARGE = 50000 };

/** From so many edges on their facts are read by scans of the whole store, not edge by edge. */
enum { VB_SCENE_SCANNED = 20000 };

/** Ids, degrees, looks, sizes and who is labelled: what needs the cut and the style alone. @p scene has cut,
 *  style and, where measured, scores. Cost: O(nodes log nodes + edges). */
vb_status vb_scene_paint(vb_scene *scene, vb_arena *arena, vb_error *err);

/** Turn places of any scale into points: centred at 0, about @p room points square for each node. */
void vb_scene_place(vb_scene *scene, double (*places)[2]);

/** Move placed nodes apart until no box of a label lies over another, in the rounds there are; of at most 600
 *  nodes. After vb_scene_paint(). @return VB_OK, VB_NO_MEMORY. Cost: O(rounds * nodes²). */
vb_status vb_scene_separate(vb_scene *scene, vb_arena *arena);

/* ---- formats ------------------------------------------------------------------------------------------ */

typedef vb_status (*vb_format_fn)(const vb_scene *scene, vb_writer *out, vb_error *err);

vb_status vb_write_cytoscape(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_dot(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_gexf(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_graphml(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_json(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_pdf(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_png(const vb_scene *scene, vb_writer *out, vb_error *err);
vb_status vb_write_svg(const vb_scene *scene, vb_writer *out, vb_error *err);

vb_status vb_write_html(const vb_scene *scene, vb_writer *out, vb_error *err);

typedef vb_status (*vb_pair_fn)(const vb_scene *scene, vb_writer *nodes, vb_writer *edges, vb_error *err);

vb_status vb_write_csv(const vb_scene *scene, vb_writer *nodes, vb_writer *edges, vb_error *err);
vb_status vb_write_neo4j(const vb_scene *scene, vb_writer *nodes, vb_writer *edges, vb_error *err);

/** A row of the format table: one of the two functions, and how many sentences of an edge it carries. */
typedef struct vb_format {
    vb_format_fn write;
    vb_pair_fn write_pair;
    size_t sentences;
} vb_format;

/** The format called @p name, when it is (@p folder) or is not one of two files. @return VB_BAD_ARGUMENT. */
vb_status vb_format_check(const char *name, bool folder, const vb_format **out, vb_error *err);

/** Write a cut to @p out: one file, or of a pair two. */
vb_status vb_export_to(vb_store *store, const vb_export_options *options, const vb_format *format,
                       FILE *const *out, vb_error *err);

/**
 * Run a program in a child process: @p in becomes its standard input from the start, @p out its standard
 * output; no shell. It gets at most @p seconds of time and @p megabytes of memory.
 * @return VB_OK; VB_IO: the program is not installed, or its own first words when it
 *         failed or was stopped at a limit.
 */
vb_status vb_child_run(const char *const *argv, FILE *in, FILE *out, unsigned seconds, unsigned megabytes,
                       vb_error *err);

#endif
