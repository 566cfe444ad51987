/**
 * What the files of the text view share; private to loaders/view*.c. A source goes through them in this
 * order:
 *
 *   view_marks.c      what stands in the text and is not text: anchors, tags, links, calls of notes
 *   view_lines.c      the lines, and what each one is by its own words
 *   view_notes.c      notes: which lines are their bodies, which places call them
 *   view_roles.c      what a line is by its neighbours: signatures, numbered questions, addresses
 *   view_blocks.c     lines to blocks: a paragraph that a page break interrupts is one again
 *   view_text.c       blocks to the view's text, with the origin of every byte
 *   view_sentences.c  tokens and sentences
 */
#ifndef VB_VIEW_H
#define VB_VIEW_H

#include "loaders/loaders.h"

typedef enum vb_mark_kind {
    VB_MARK_MAYBE, /* looks like the call of a note; view_notes.c decides */
    VB_MARK_DROP,  /* not in the view */
    VB_MARK_CALL,  /* calls a note; not in the view */
    VB_MARK_BODY,  /* a note's body in the running text: "[1:  body ]" */
    VB_MARK_URL,   /* stays in the view, yields no mentions */
} vb_mark_kind;

/** How a document writes its notes; each style counts by itself. */
typedef enum vb_note_style {
    VB_NOTE_REF,     /* text[footnoteRef:1] ... [1:  body ] */
    VB_NOTE_SUP,     /* text<sup>1</sup>    ... <sup>1</sup> body */
    VB_NOTE_BRACKET, /* text[1]             ... [1] body */
    VB_NOTE_PAREN,   /* text 1)             ... 1) body */
    VB_NOTE_PARENS,  /* text (1)            ... (1) body */
    VB_NOTE_PLAIN,   /* text1               ... 1 body, 1Body */
    VB_NOTE_STYLES
} vb_note_style;

/** A range of the source that is no text. */
typedef struct vb_mark {
    uint32_t start, end, note;
    uint8_t kind, style;
    bool bare; /* URL: a domain without http or www: "Rijksoverheid.nl" */
} vb_mark;

typedef enum vb_line_kind {
    VB_LINE_BLANK,
    VB_LINE_TEXT,
    VB_LINE_HEADING,    /* of Markdown */
    VB_LINE_RULE,       /* --- */
    VB_LINE_FOOTER,     /* running head or foot of a page */
    VB_LINE_LETTERHEAD, /* address, reference, masthead */
    VB_LINE_URL,
    VB_LINE_QUESTION, /* "Vraag 1" */
    VB_LINE_ANSWER,   /* "Antwoord op vraag 1" */
    VB_LINE_ITEM,
    VB_LINE_ROW,
    VB_LINE_NOTE,
    VB_LINE_SIGNATURE,
    VB_LINE_CALLS, /* nothing but calls of notes */
} vb_line_kind;

typedef struct vb_line {
    uint32_t start, end; /* of its words: without blanks, marks and bullets at its ends */
    uint32_t number;     /* of a question, answer or note; 0: none */
    uint32_t rest;       /* QUESTION, ANSWER: where text follows on the same line; else end */
    uint8_t kind, style, level;
    bool page;   /* opens with a single blank or a form feed: the first line of a page */
    bool listed; /* ITEM: by a number */
} vb_line;

typedef struct vb_piece {
    uint32_t start, end, next; /* source range; next piece of the block or VB_NONE */
} vb_piece;

/** A block before its text is made. */
typedef struct vb_draft {
    vb_block block;
    uint32_t first, last; /* pieces */
    uint32_t source;      /* where a note's body starts */
    uint8_t style;        /* of a note */
} vb_draft;

/** How lines relate to paragraphs. */
typedef enum vb_wrapping {
    VB_WRAP_NONE,  /* a line is a paragraph: what word processors and Markdown give */
    VB_WRAP_WIDTH, /* lines are filled to a width */
    VB_WRAP_GLUED, /* official PDF whose extraction lost line breaks and glued words: only marks divide it */
} vb_wrapping;

/** The words of a source, counted by hash. */
typedef struct vb_words {
    uint64_t *hash;
    uint32_t *n;
    size_t mask;
} vb_words;

typedef struct vb_work {
    vb_arena *arena;
    vb_str text;
    const vb_source *given; /* hints, and whether lines are paragraphs for certain */
    bool markdown;
    vb_wrapping wrapping;
    uint32_t width; /* of a full line */
    vb_words words;
    VB_VEC(uint32_t) turns; /* by place: where a word of other texts is two, before the second */
    size_t budget;          /* bytes that looking for closing brackets may still read */
    VB_VEC(vb_mark) marks;  /* by place */
    VB_VEC(vb_line) lines;
    VB_VEC(vb_draft) drafts;
    VB_VEC(vb_piece) pieces;
} vb_work;

vb_status vb_view_turns(vb_work *w);
vb_status vb_view_marks(vb_work *w);
vb_status vb_view_lines(vb_work *w);
void vb_view_wrapping(vb_work *w); /* called by vb_view_lines() */
vb_status vb_view_notes(vb_work *w);
void vb_view_roles(vb_work *w);
vb_status vb_view_blocks(vb_work *w);
vb_status vb_view_text(vb_work *w, vb_view *v);

/** Read the metadata of a view whose blocks are made; what the format knows comes first, the file's own
 *  properties where the text says nothing. @param remark where the two contradict each other: which is taken;
 *  else it stays. */
vb_status vb_metadata_read(const vb_view *view, const vb_source *source, vb_arena *arena, vb_metadata *out,
                           vb_str *remark);

/** The first date in @p s at or after @p from, at most 40 bytes on: "25 augustus 2023", "25-08-2023". @return
 *  whether there is one; @p out may be changed also where there is none. */
bool vb_date_after(vb_str s, size_t from, char out[12]);

/** The number of a set of questions in @p s: "2024Z15295", also "2024Z 17972"; *out stays when there is none.
 *  @return VB_NO_MEMORY. */
vb_status vb_question_number(vb_arena *arena, vb_str s, vb_str *out);

/** Cut the blocks of @p v into tokens and sentences. */
vb_status vb_view_sentences(vb_view *v, vb_arena *arena);

/** After vb_view_count(): how often @p word stands in the source, by itself or as a part of a hyphenated
 * word.
 */
uint32_t vb_words_count(const vb_words *words, vb_str word);

/** Count the words of the source, unless that was done: few documents ask for it. @return VB_NO_MEMORY. Cost:
 *  O(length), once. */
vb_status vb_view_count(vb_work *w);

/** Whether @p word is one of the short words that stand before names: "van", "het". */
bool vb_text_before_names(vb_str word);

/** Whether @p word is one of the @p n words of @p words, none of them empty. */
bool vb_text_one_of(vb_str word, const char *const *words, size_t n);

/** Where @p word of an official PDF, after vb_view_count(), is two: *out is where the second begins; 0: it is
 *  one. @p capital_next: a word with a capital follows it. @return VB_NO_MEMORY. */
vb_status vb_glued_part(const vb_work *w, vb_str word, bool capital_next, size_t *out);

/** Whether a name of the gazetteers begins with the two words that meet at byte @p at of @p word, and none
 * with them as one: "OpenbaarMinisterie", not "GroenLinks". @return VB_NO_MEMORY. */
vb_status vb_glued_name(const vb_work *w, vb_str word, size_t at, bool *out);

/** Whether the hyphen at @p at stands inside a word that the extraction joined from two lines, hyphen and
 *  all: "Julianaka-naal" where the document elsewhere has "Julianakanaal". */
bool vb_glued_hyphen(const vb_work *w, vb_str s, size_t at);

/** Whether the byte at @p at of @p s belongs to a word: letters and digits of any script, roughly: ASCII ones
 *  and everything past it but Latin-1's signs and general punctuation. *n is the character's length. */
static inline bool vb_word_byte(vb_str s, size_t at, size_t *n)
{
    unsigned char c = (unsigned char)s.at[at];
    *n = 1;
    if (c < 0x80) return vb_byte_is[c] & VB_BYTE_WORD;
    *n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (*n > s.len - at) *n = s.len - at;
    if (c == 0xe2) return false;                                    /* dashes, curly quotes, signs      */
    if (c == 0xc2) return at + 1 < s.len && s.at[at + 1] == '\xad'; /* Latin-1 signs but soft hyphen    */
    return true;
}

/** Index of the first mark that starts at or after @p at. */
size_t vb_marks_from(const vb_work *w, uint32_t at);

/** Whether @p line (its words, without marks of Markdown) is a marker of a question or answer. */
bool vb_line_marker(vb_str line, vb_line *out);

/** The words of a line without Markdown's marks at its ends. */
vb_str vb_line_bare(const vb_work *w, const vb_line *line);

/** Whether the source text up to @p end closes a sentence: . ? ! : ; before any quotes, brackets and digits.
 */
bool vb_text_closes(vb_str text, size_t start, size_t end);

static inline char vb_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/** Whether @p s starts with @p prefix (given in lower case), ASCII case aside. */
static inline bool vb_starts_folded(vb_str s, const char *prefix)
{
    size_t i = 0;
    for (; prefix[i]; i++)
        if (i >= s.len || vb_lower(s.at[i]) != prefix[i]) return false;
    return true;
}

/** Whether a line is a person's name and nothing else: "D.M. van Weel", "drs. Foort van Oosten". */
bool vb_line_is_name(vb_str s);

/** Whether the line opens the head of a set of questions or answers: "Vragen van het lid", "Antwoord van". */
bool vb_line_opens_head(vb_str bare);

static inline bool vb_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool vb_is_upper_at(vb_str s, size_t at);
bool vb_is_lower_at(vb_str s, size_t at);

/** Read up to @p max digits at @p at. @return how many; the value in *out. */
size_t vb_digits_at(vb_str s, size_t at, size_t max, uint32_t *out);

#endif
