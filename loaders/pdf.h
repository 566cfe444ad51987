/**
 * What the files that read PDF share; private to loaders/pdf*.c. The pages of a PDF go through them in this
 * order:
 *
 *   pdf.c         pdftotext in a child process: pages, lines and words with their places
 *   pdf_layout.c  what it prints, as the arrays below
 *   pdf_edges.c   running heads and feet, which repeat from page to page
 *   pdf_notes.c   notes at the ends of pages, and the small raised numbers that call them
 *   pdf_text.c    the text
 */
#ifndef VB_PDF_H
#define VB_PDF_H

#include "loaders/loaders.h"

typedef struct vb_pdf_word {
    vb_str text;
    float left, top, right, bottom; /* points; top and left of the page are 0 */
    uint32_t note;                  /* the words are the call of this note, from 1; 0: they call none */
} vb_pdf_word;

typedef enum vb_pdf_kind {
    VB_PDF_TEXT,
    VB_PDF_EDGE, /* running head or foot: not in the text */
    VB_PDF_NOTE, /* of a note's body */
} vb_pdf_kind;

typedef struct vb_pdf_line {
    uint32_t first, n; /* words */
    uint32_t label;    /* place of a word that stands before them, from 1: the page sets it apart; 0: none */
    float left, top, right, bottom;
    float size;    /* height of most of its letters */
    bool flow;     /* opens a flow: what stands apart from what came before */
    uint8_t kind;  /* vb_pdf_kind */
    uint32_t note; /* NOTE: from 1 */
    bool opens;    /* NOTE: its first word, or its label, is the note's number */
} vb_pdf_line;

typedef struct vb_pdf_page {
    uint32_t first, n; /* lines, in the order of reading */
    float width, height;
    bool cut; /* notes were taken from its end: the sentence may go on on the next page */
} vb_pdf_page;

typedef struct vb_pdf {
    vb_arena *arena;
    VB_VEC(vb_pdf_word) words;
    VB_VEC(vb_pdf_line) lines;
    VB_VEC(vb_pdf_page) pages;
    vb_str title, author, saved; /* what the file says of itself */
    float size;                  /* height of most letters */
    float pitch;                 /* from a line to the next, in heights of its letters: of most lines */
    uint32_t n_notes;            /* found */
    uint32_t first_note;         /* what the first is called is one more: the text itself may write "[3]" */
} vb_pdf;

/** Read what `pdftotext -bbox-layout` prints. @param layout controls and what is no UTF-8 become DEL in it.
 *  @param out starts as {.arena = ...}. @return VB_BAD_INPUT, VB_NO_MEMORY. Cost: O(length). */
vb_status vb_pdf_layout(vb_buf *layout, vb_pdf *out, vb_error *err);

/** Mark running heads and feet. @return VB_NO_MEMORY. Cost: O(lines log lines). */
vb_status vb_pdf_edges(vb_pdf *pdf);

/** Find the notes at the pages' ends and their calls. Cost: O(lines). */
void vb_pdf_notes(vb_pdf *pdf);

/** Write the text: a line a line, a form feed between pages, notes at the end. @return VB_NO_MEMORY. */
vb_status vb_pdf_text(const vb_pdf *pdf, vb_buf *out);

#endif
