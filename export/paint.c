/**
 * Painting a scene: ids, degrees, looks, sizes, labels and places. Works on memory alone; what has to be read
 * or measured is done before, in scene.c.
 */
#include "export/export.h"

#include <math.h>
#include <stdlib.h>

static bool is_plain(unsigned char c, bool in_label)
{
    return c > ' ' && c != 0x7f && c != '"' && c != '%' && c != '\\' && c != '<' && c != '>' && c != '&' &&
           !(in_label && c == ':');
}

/** Append @p s with what would need an escape in any format as %XX: two different names stay different. */
static vb_status add_escaped(vb_buf *out, vb_str s, bool in_label)
{
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.at[i];
        size_t n = 1;
        bool plain = is_plain(c, in_label);
        if (c >= 0x80) {
            uint32_t point = vb_utf8_at(s, i, &n);
            plain = !((point == 0xfffd && n == 1) || point == 0xfffe || point == 0xffff);
        }
        if (plain && vb_buf_add(out, (vb_str){ s.at + i, n }) != VB_OK) return VB_NO_MEMORY;
        for (size_t k = i; !plain && k < i + n; k++)
            if (vb_buf_printf(out, "%%%02X", (unsigned char)s.at[k]) != VB_OK) return VB_NO_MEMORY;
        i += n;
    }
    return VB_OK;
}

static vb_status make_ids(const vb_cut *cut, vb_scene_node *nodes, vb_arena *arena)
{
    vb_status status = VB_OK;
    vb_buf id = { 0 };
    for (uint32_t i = 0; i < cut->n_nodes; i++) {
        id.len = 0;
        TRY(add_escaped(&id, cut->nodes[i].label, true));
        TRY(vb_buf_add(&id, VB_STR(":")));
        TRY(add_escaped(&id, cut->nodes[i].key, false));
        TRY(vb_arena_copy(arena, vb_buf_view(&id), &nodes[i].id));
    }
done:
    vb_buf_clear(&id);
    return status;
}

/** Size grows with the square root of the score, so that areas compare. */
static void make_sizes(const vb_scene *scene)
{
    const vb_style *style = scene->style;
    double low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < scene->cut->n_nodes; i++) {
        double score = scene->nodes[i].score;
        if (!isfinite(score)) continue;
        if (score < low) low = score;
        if (score > high) high = score;
    }
    for (uint32_t i = 0; i < scene->cut->n_nodes; i++) {
        vb_scene_node *node = &scene->nodes[i];
        double part = high > low && isfinite(node->score) ? sqrt((node->score - low) / (high - low)) : 0;
        node->size = style->size_min + part * (style->size_max - style->size_min);
    }
}

typedef struct ranked {
    double score;
    uint32_t degree, index;
} ranked;

static int by_importance(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    if (x->degree != y->degree) return x->degree > y->degree ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/** How many of the sorted nodes get a label: as many as the style allows, but of equals all or none, unless
 * that leaves few. */
static uint32_t count_labels(const ranked *order, uint32_t n, uint32_t most)
{
    if (n <= most) return n;
    uint32_t count = most;
    while (count && order[count].score == order[count - 1].score &&
           order[count].degree == order[count - 1].degree)
        count--;
    return count * 2 > most ? count : most;
}

/** Label the most important nodes. */
static vb_status choose_labels(const vb_scene *scene)
{
    const uint32_t n = scene->cut->n_nodes;
    ranked *order = calloc(n ? n : 1, sizeof *order);
    if (!order) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < n; i++) {
        double score = scene->nodes[i].score;
        order[i] = (ranked){ isfinite(score) ? score : -INFINITY, scene->nodes[i].degree, i };
    }
    qsort(order, n, sizeof *order, by_importance);
    const uint32_t n_labels = count_labels(order, n, (uint32_t)scene->style->labels);
    for (uint32_t i = 0; i < n_labels; i++) scene->nodes[order[i].index].labelled = true;
    free(order);
    return VB_OK;
}

vb_status vb_scene_paint(vb_scene *scene, vb_arena *arena, vb_error *err)
{
    vb_status status;
    const vb_cut *cut = scene->cut;
    scene->edge_look = vb_arena_array(arena, cut->n_types, sizeof *scene->edge_look);
    if (!scene->edge_look) return vb_fail_memory(err);
    for (size_t i = 0; i < cut->n_types; i++)
        scene->edge_look[i] = vb_style_edge(scene->style, cut->types[i]);
    for (uint32_t i = 0; i < cut->n_nodes; i++)
        scene->nodes[i].look = vb_style_node(scene->style, cut->nodes[i].label);
    for (uint32_t i = 0; i < cut->n_edges; i++) {
        scene->nodes[cut->edges[i].source].degree++;
        scene->nodes[cut->edges[i].target].degree++;
    }
    for (uint32_t i = 0; i < cut->n_nodes && !scene->measured; i++)
        scene->nodes[i].score = scene->nodes[i].degree;
    make_sizes(scene);
    TRY(make_ids(cut, scene->nodes, arena));
    TRY(choose_labels(scene));
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

/** The distance between the outermost places on one axis; 0 where there is none. */
static double spread(double (*places)[2], uint32_t n, int axis, double *middle)
{
    double low = INFINITY, high = -INFINITY;
    for (uint32_t i = 0; i < n; i++) {
        double at = places[i][axis];
        if (!isfinite(at)) continue;
        if (at < low) low = at;
        if (at > high) high = at;
    }
    *middle = high >= low ? (low + high) / 2 : 0;
    return high > low ? high - low : 0;
}

void vb_scene_place(vb_scene *scene, double (*places)[2])
{
    enum { ROOM = 90 }; /* points across for each node: a label of two lines */
    const uint32_t n = scene->cut->n_nodes;
    double middle[2], wide = spread(places, n, 0, &middle[0]), high = spread(places, n, 1, &middle[1]);
    double side = ROOM * sqrt((double)n), widest = wide > high ? wide : high;
    double scale = widest > 0 ? side / widest : 1;
    for (uint32_t i = 0; i < n; i++) {
        double x = (places[i][0] - middle[0]) * scale, y = (places[i][1] - middle[1]) * scale;
        scene->nodes[i].x = isfinite(x) ? x : 0;
        scene->nodes[i].y = isfinite(y) ? y : 0;
    }
    scene->placed = true;
}
