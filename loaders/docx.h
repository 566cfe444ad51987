/** What the files that read DOCX share: paragraph styles and lists; private to loaders/docx*.c. */
#ifndef VB_DOCX_H
#define VB_DOCX_H

#include "loaders/markup.h"
#include "loaders/prose.h"

enum { VB_DOCX_LEVELS = 9, VB_DOCX_NONE = -1 };

typedef struct vb_docx_style {
    vb_str id, based_on;
    int outline; /* 0: the highest heading; VB_DOCX_NONE: no heading, or as the style it is based on */
    int num, level;
} vb_docx_style;

/** One level of a list: how its number is written and where it stands. */
typedef struct vb_docx_level {
    vb_str format, text; /* "decimal", "%1.%2" */
    int start, count;
    bool used;
} vb_docx_level;

typedef struct vb_docx_abstract {
    int id;
    vb_docx_level levels[VB_DOCX_LEVELS];
} vb_docx_abstract;

/** A list that paragraphs name; several may count on in one abstract list. */
typedef struct vb_docx_num {
    int id, abstract;
    int place;                   /* of the abstract list, from 1, once it was asked for; 0: there is none */
    int restart[VB_DOCX_LEVELS]; /* VB_DOCX_NONE: counts on */
    bool used;
} vb_docx_num;

typedef struct vb_docx_styles {
    vb_arena *arena;
    VB_VEC(vb_docx_style) styles;
    VB_VEC(vb_docx_abstract) abstracts;
    VB_VEC(vb_docx_num) nums;
    int in_level, in_override; /* while reading: the level that is open */
    bool in_style;
} vb_docx_styles;

/** Read word/styles.xml or word/numbering.xml into @p styles, which starts as {.arena = ...}. */
vb_status vb_docx_styles_read(vb_docx_styles *styles, vb_str xml, vb_error *err);

/** What style @p id makes of a paragraph; styles that are based on each other in a circle end. */
vb_docx_style vb_docx_style_of(const vb_docx_styles *styles, vb_str id);

/** The next label of list @p num at @p level, with its blank: "2. ", "b) ", "- "; empty when there is none.
 */
vb_status vb_docx_label(vb_docx_styles *styles, int num, int level, vb_str *out);

/** A whole number in an attribute; @p otherwise when it is none. */
int vb_docx_number(vb_str s, int otherwise);

#endif
