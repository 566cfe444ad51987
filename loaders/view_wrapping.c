/**
 * How a text's lines are filled: each a paragraph, wrapped at a width, or glued by an official PDF's
 * extraction. It shows in all lines together; what each line is by its own words is read before
 * (view_lines.c).
 */
#include "loaders/view.h"

enum { LINE_SHORT = 40, LINE_LONG = 160, WIDTH_MAX = 140, WRAPPED_MIN = 3 };

/** How lines are filled. Wrapped text shows in lines that break off in a sentence and go on in lower case
 * right below; in other text such lines are rare and long ones many. A full line is as long as nine of ten
 * are. */
void vb_view_wrapping(vb_work *w)
{
    size_t lengths[WIDTH_MAX + 1] = { 0 }, n = 0, seen = 0, p = 0, n_wrapped = 0, n_long = 0;
    for (size_t i = 0; i < w->lines.len; i++) {
        const vb_line *l = &w->lines.at[i], *next = i + 1 < w->lines.len ? l + 1 : NULL;
        size_t len = l->end - l->start;
        if ((l->kind != VB_LINE_TEXT && l->kind != VB_LINE_ITEM) || len <= LINE_SHORT) continue;
        n_long += len > LINE_LONG;
        lengths[len < WIDTH_MAX ? len : WIDTH_MAX]++;
        n++;
        n_wrapped += len < WIDTH_MAX && next && next->kind == VB_LINE_TEXT &&
                     vb_is_lower_at(w->text, next->start) && !vb_text_closes(w->text, l->start, l->end);
    }
    if (w->given->lines) return; /* VB_WRAP_NONE is 0 */
    while (p < WIDTH_MAX && (seen += lengths[p]) * 10 < n * 9) p++;
    w->width = (uint32_t)p;
    if (n_wrapped >= WRAPPED_MIN && n_wrapped > n_long) w->wrapping = VB_WRAP_WIDTH;
    if (w->given->laid) return;
    for (size_t i = 0; i < w->lines.len; i++) { /* the masthead or foot of official publications */
        const vb_line *l = &w->lines.at[i];
        vb_str s = vb_str_part(w->text, l->start, l->end);
        if ((l->kind == VB_LINE_FOOTER &&
             vb_str_find(s, VB_STR("Tweede Kamer, vergaderjaar"), 0) != SIZE_MAX) ||
            (l->kind == VB_LINE_LETTERHEAD && vb_str_eq(s, VB_STR("Tweede Kamer der Staten-Generaal2"))))
            w->wrapping = VB_WRAP_GLUED;
    }
}
