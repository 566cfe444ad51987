/**
 * The reading of a question from left to right, its state and its steps. Private to queries/ask_phrases.c and
 * ask_nouns.c.
 */
#ifndef VB_ASK_READER_H
#define VB_ASK_READER_H

#include "queries/ask.h"

typedef struct ask_reader {
    ask_question *q;
    size_t at; /* atom */
    size_t clause;
    vb_str prep;
    size_t prep_at;
    const ask_name *adjective;
    bool asked, except, negated, both, either, outside, each;
    size_t asked_at;     /* the question word */
    ask_class amount;    /* "minstens", "meer dan" before a number; 0: none */
    size_t least, most;  /* what a number has set for the noun behind it */
    bool asked_for_type; /* kept over a name for the type behind it */
    bool joined;         /* behind "en", "of", "," */
    bool topic;          /* unknown words stand behind "over" */
} ask_reader;

/** The phrase read last; NULL: none. */
ask_phrase *vb_ask_reader_last(ask_reader *r);

/** Forget the preposition, and that a list goes on. */
void vb_ask_reader_forget(ask_reader *r);

/** A new phrase over atoms [first, end) with what was read before it; NULL: there are too many. */
ask_phrase *vb_ask_reader_phrase(ask_reader *r, size_t first, size_t end);

/** Whether only words that say nothing stand between two atoms. */
bool vb_ask_reader_gap(const ask_question *q, size_t from, size_t to);

/** Dutch and English plurals by their endings; good enough for the words of types.tsv. */
bool vb_ask_is_plural(vb_str s);

/** The steps: a name, a word of types.tsv, a question word that stands for a noun. */
vb_status vb_ask_read_name(ask_reader *r);
vb_status vb_ask_read_type(ask_reader *r);
vb_status vb_ask_read_pronoun(ask_reader *r, unsigned mask, vb_str prep);

#endif
