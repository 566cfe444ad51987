/** Sets of nodes while a question's query runs. Private to queries/ask_run.c, ask_set.c and ask_cypher.c. */
#ifndef VB_ASK_SET_H
#define VB_ASK_SET_H

#include "queries/ask.h"

/** Sorted node ids without doubles; @p all stands for every node. Lives in the question's arena. */
typedef struct ask_set {
    int64_t *at;
    size_t len, cap;
    bool all;
} ask_set;

void vb_ask_set_sort(ask_set *set);
bool vb_ask_set_has(const ask_set *set, int64_t id);

/** @p a becomes what is in both, or with @p without what is not in @p b. Neither may be all. */
void vb_ask_set_keep(ask_set *a, const ask_set *b, bool without);

vb_status vb_ask_set_add(ask_question *q, ask_set *set, int64_t id);

/** The nodes of these labels. @return VB_TOO_LARGE above ASK_SET_MAX. */
vb_status vb_ask_set_of_labels(ask_question *q, unsigned mask, ask_set *out);

/** The nodes that a phrase's items name, of its labels (items that are negated: those instead). */
vb_status vb_ask_set_of_items(ask_question *q, const ask_phrase *p, bool negated, ask_set *out);

/** What lies at the other end of a link's edges from @p from; @p forth: from source to target. */
vb_status vb_ask_set_step(ask_question *q, const ask_link *link, const ask_set *from, bool forth,
                          unsigned mask, ask_set *out);

/** The edges of a link between two nodes or, with @p b 0, from node @p a to those of @p mask, appended. */
vb_status vb_ask_set_edges(ask_question *q, const ask_link *link, int64_t a, int64_t b, bool forth,
                           unsigned mask, ask_set *ids);

/** Keep what a phrase's labels, note and dates allow. */
vb_status vb_ask_set_filter(ask_question *q, const ask_phrase *p, ask_set *set);

/** The phrase that dates are said of: documents, when the question has any; -1: the links' sentences. */
int vb_ask_dated_phrase(const ask_question *q);

/** Nodes that satisfy all that is said of phrase @p i except through link @p skip (-1: none). */
vb_status vb_ask_solve(ask_question *q, int i, int skip, ask_set *out);

#endif
