/**
 * What the readers of rich formats share: they tell, piece by piece, what a reader of the document sees, and
 * prose makes one text of it: a line a paragraph or row of a table, an empty line where the document has an
 * empty paragraph, notes at the end as "[n] body", called in the text by "[n]". Private to loaders/.
 *
 * A reader opens and closes sinks for what stands apart from the running text: a text box, a row of a table
 * and its cells, the body of a note.
 */
#ifndef VB_PROSE_H
#define VB_PROSE_H

#include "loaders/loaders.h"

enum { VB_PROSE_DEPTH_MAX = 64, VB_PROSE_NOTES_MAX = 600, VB_PROSE_NUMBER_MAX = 32 };

typedef struct vb_prose_line {
    vb_str text;   /* empty: a gap between paragraphs */
    uint32_t cell; /* in a row: which cell */
    uint8_t kind, level;
} vb_prose_line;
typedef VB_VEC(vb_prose_line) vb_prose_lines;

typedef enum vb_prose_kind {
    VB_PROSE_BODY,
    VB_PROSE_BOX,  /* its lines come before the paragraph that holds it, or after it once that has words */
    VB_PROSE_ROW,  /* cells of a line each make one line with tabs; longer cells keep their lines */
    VB_PROSE_CELL, /* in a row */
    VB_PROSE_NOTE,
    VB_PROSE_DROP, /* read and thrown away */
} vb_prose_kind;

typedef struct vb_prose_sink {
    VB_VEC(char) line; /* of the paragraph that is open */
    vb_prose_lines lines, held;
    uint32_t n_cells;
    uint32_t note; /* NOTE: index into notes */
    uint8_t kind;
    bool blank; /* a blank waits for the next word */
} vb_prose_sink;

typedef struct vb_prose_note {
    vb_str key, body;
    uint32_t number; /* by the order of the calls, once the text is made; 0: not called */
} vb_prose_note;

typedef struct vb_prose {
    vb_arena *arena;
    vb_prose_sink sinks[VB_PROSE_DEPTH_MAX]; /* sinks[0] is the text */
    size_t depth;                            /* of the innermost that is open */
    VB_VEC(vb_prose_note) notes;
    size_t size; /* bytes taken in so far: at most VB_TEXT_MAX */
} vb_prose;

/** Start; everything lives in @p arena. */
void vb_prose_start(vb_prose *p, vb_arena *arena);

/** Words of the open paragraph. White space of any kind and length becomes one blank, soft hyphens and
 *  characters without width go, bytes that are no UTF-8 become U+FFFD. @return VB_OK, VB_TOO_LARGE,
 * VB_NO_MEMORY. */
vb_status vb_prose_text(vb_prose *p, vb_str text);

/** A tab: parts columns in a short line, else a blank. */
vb_status vb_prose_tab(vb_prose *p);

/** The open paragraph ends here (an empty one is a gap); @p kind and @p level as in vb_block. */
vb_status vb_prose_end(vb_prose *p, vb_block_kind kind, uint8_t level);

/** As vb_prose_end() of a paragraph, but nothing happens when no word is waiting. */
vb_status vb_prose_break(vb_prose *p);

/** What comes next stands apart from what came: one empty line, however often it is asked for. */
vb_status vb_prose_gap(vb_prose *p);

/** Whether the open paragraph has words. */
bool vb_prose_has_words(const vb_prose *p);

/** "[n]": the note called @p key is called here. Numbers go on after those that the text itself writes so. */
vb_status vb_prose_call(vb_prose *p, vb_str key);

/** The highest number, up to 399, that @p s itself writes as "[n]": a note that somebody typed; 0: none. */
uint32_t vb_prose_typed(vb_str s);

/** Number @p n of a list as its style writes it: '1', 'a', 'A', 'i' or 'I'. @return the length; @p to, of
 *  VB_PROSE_NUMBER_MAX bytes, ends with NUL. */
size_t vb_prose_number(char format, int n, char *to);

/** Open a sink (NOTE: of the note @p key) and close the innermost. @return VB_TOO_LARGE when too deep. */
vb_status vb_prose_open(vb_prose *p, vb_prose_kind kind, vb_str key);
vb_status vb_prose_close(vb_prose *p);

/** Nothing of the innermost sink will be in the text. */
void vb_prose_drop(vb_prose *p);

/** Make the text and its hints. Notes that nothing calls are left out. @return VB_BAD_INPUT where no word
 * came. */
vb_status vb_prose_finish(vb_prose *p, vb_source *out, vb_error *err);

/** The line of error for a status that the functions above gave; passes it on. */
vb_status vb_prose_fail(vb_status status, vb_error *err);

#endif
