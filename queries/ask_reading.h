/** One verb or noun of a question, and who stands where. Private to queries/ask_cue.c, ask_apply.c and
 *  ask_links.c. */
#ifndef VB_ASK_READING_H
#define VB_ASK_READING_H

#include "queries/ask.h"

/** A cue found in a clause, and the phrases at its ends. */
typedef struct ask_reading {
    const ask_cue *cue;
    size_t clause;
    size_t from[4], len[4]; /* atoms of its parts */
    size_t n_words;
    bool passive;
    int source, target; /* phrases; -1: none */
    int score;
} ask_reading;

/** The best reading of any cue in clause @p clause over atoms that are free. @return false: there is none. */
bool vb_ask_cue_best(const ask_question *q, size_t clause, ask_reading *out);

/** Add what a reading says. */
vb_status vb_ask_link_apply(ask_question *q, const ask_reading *r);

#endif
