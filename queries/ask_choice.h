/** Names that mean several things (ask_choice.c). Private to queries/ask*.c. */
#ifndef VB_ASK_CHOICE_H
#define VB_ASK_CHOICE_H

#include "queries/ask.h"

/** @return VB_UNKNOWN with q->choices when a name's meanings give different answers. */
vb_status vb_ask_choice_find(ask_question *q);

/** The one node of these labels that a name means. @return VB_UNKNOWN, with q->choices where it is several.
 */
vb_status vb_ask_choice_of_name(ask_question *q, int name, unsigned mask, const vb_node **out);

/** Keep the node that was chosen, if it is one of these. */
void vb_ask_choice_keep(const ask_question *q, vb_nodes *nodes);

/** Ask which is meant. */
vb_status vb_ask_choice_say(ask_question *q, vb_buf *out);

#endif
