/**
 * Placed nodes moved apart until no box of a label lies over another, where
 * that can be done in the rounds there are. Boxes are estimated from the number
 * of letters: a picture's fonts are not known here. Each pair that overlaps is
 * pushed apart along the axis that takes the least, each by half: the
 * arrangement stays. Source: the idea of Misue et al. 1995,
 * doi:10.1006/jvlc.1995.1010 (force-transfer), in its plainest form.
 */
#include "export/export.h"

#include <math.h>

enum { ROUNDS = 400, MOST_NODES = 600, LINE_LETTERS = 22, WORD_LETTERS = 30, LINES = 3, GAP = 6 };

typedef struct box {
    double wide, high; /* half of each */
} box;

static box measure(const vb_scene *scene, uint32_t i)
{
    const vb_style *style = scene->style;
    const vb_scene_node *node = &scene->nodes[i];
    const vb_node *named = &scene->cut->nodes[i];
    if (!node->labelled) return (box){ node->size / 2, node->size / 2 };
    double range = style->size_max - style->size_min;
    double part = range > 0 ? (node->size - style->size_min) / range : 0;
    double font = style->font_min + part * (style->font_max - style->font_min);
    vb_str name = named->name.len ? named->name : named->key;
    size_t letters = 0, word = 0, longest = 0; /* a word is only broken when it is very long: as dot.c does */
    for (size_t at = 0, n; at < name.len; at += n, letters++) {
        word = vb_utf8_at(name, at, &n) == ' ' ? 0 : word + 1;
        if (word > longest) longest = word;
    }
    size_t lines = (letters + LINE_LETTERS - 1) / LINE_LETTERS, wide = letters;
    if (wide > LINE_LETTERS)
        wide = longest > LINE_LETTERS && longest <= WORD_LETTERS ? longest : LINE_LETTERS;
    if (lines > LINES) lines = LINES;
    box b = { ((double)wide * font * 0.58 + 14) / 2, ((double)(lines ? lines : 1) * font * 1.25 + 8) / 2 };
    if (vb_str_eq(node->look->shape, VB_STR("ellipse"))) { /* it is drawn around its label's box */
        b.wide *= M_SQRT2;
        b.high *= M_SQRT2;
    }
    return b;
}

/** Push two boxes apart that overlap. @return whether they did. */
static bool push(vb_scene_node *a, const box *of_a, vb_scene_node *b, const box *of_b)
{
    double dx = b->x - a->x, dy = b->y - a->y;
    double over_x = of_a->wide + of_b->wide + GAP - fabs(dx),
           over_y = of_a->high + of_b->high + GAP - fabs(dy);
    if (over_x <= 0 || over_y <= 0) return false;
    if (over_x < over_y) {
        double by = (dx < 0 ? -over_x : over_x) / 2;
        a->x -= by;
        b->x += by;
    } else {
        double by = (dy < 0 ? -over_y : over_y) / 2;
        a->y -= by;
        b->y += by;
    }
    return true;
}

vb_status vb_scene_separate(vb_scene *scene, vb_arena *arena)
{
    const uint32_t n = scene->cut->n_nodes;
    if (!scene->placed || n > MOST_NODES) return VB_OK;
    box *boxes = vb_arena_array(arena, n, sizeof *boxes);
    if (!boxes) return VB_NO_MEMORY;
    for (uint32_t i = 0; i < n; i++) boxes[i] = measure(scene, i);
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = i + 1; k < n; k++)
                if (push(&scene->nodes[i], &boxes[i], &scene->nodes[k], &boxes[k])) moved = true;
    }
    return VB_OK;
}
