/** What the files that read HTML share; private to loaders/html*.c. */
#ifndef VB_HTML_H
#define VB_HTML_H

#include "loaders/markup.h"
#include "loaders/prose.h"

/** A note: the name of its place, which element that is and which link calls it, in the order of elements. */
typedef struct vb_html_note {
    vb_str key;
    uint32_t body, call;
} vb_html_note;
typedef VB_VEC(vb_html_note) vb_html_notes;

/** What the first walk learns. */
typedef struct vb_html_plan {
    uint32_t main_at; /* the element that holds the document, by its order from 1; 0: the page has no such */
    vb_html_notes notes;
} vb_html_plan;

vb_status vb_html_survey(vb_str html, vb_arena *arena, vb_html_plan *out, vb_error *err);

/** Whether an element and what is in it are no words of the document. */
bool vb_html_skips(const vb_tag *tag);

#endif
