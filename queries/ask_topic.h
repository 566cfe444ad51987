/** Subjects that are no name: their words are searched (ask_topic.c). Private to queries/ask*.c. */
#ifndef VB_ASK_TOPIC_H
#define VB_ASK_TOPIC_H

#include "queries/ask.h"

/** Answer a question that could not be read by searching the letters' words. @return VB_UNKNOWN when it asks
 * for more than letters about a subject, or none has the words. */
vb_status vb_ask_topic_run(ask_question *q, vb_answer *out);

/** Make the unknown words behind "over" a name: of the letters that hold them. @return VB_UNKNOWN: there are
 *  none. */
vb_status vb_ask_topic_take(ask_question *q);

/** Letters over such a name are what it names. @return VB_UNKNOWN where anything else is said of it. */
vb_status vb_ask_topic_settle(ask_question *q);

/** Add to the answer's sentence that words were searched. */
vb_status vb_ask_topic_say(ask_question *q, vb_answer *out);

#endif
