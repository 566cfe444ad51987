/**
 * Questions that have a form of their own: the network as a whole, groups, what is alike, changes around a
 * name, articles of a law. A form (queries/patterns/forms.tsv) is the whole of a question, word for word,
 * with places for names, kinds of thing, measures and numbers; each row names the function that answers it.
 *
 *   ask_forms.c     the tables, and which form a question has
 *   ask_network.c   measures, likes, neighbours, what lies between
 *   ask_groups.c    communities and components
 *   ask_articles.c  articles of laws
 *   ask_diff.c      changes
 *
 * Private to queries/ask*.c.
 */
#ifndef VB_ASK_FORMS_H
#define VB_ASK_FORMS_H

#include "queries/ask.h"

typedef enum ask_place {
    ASK_AT_WORD,
    ASK_AT_NAME,
    ASK_AT_KIND,
    ASK_AT_WHO,
    ASK_AT_MEASURE,
    ASK_AT_NUMBER,
    ASK_AT_WORDS
} ask_place;

/** A word of a form, one of its other spellings, or a place for something. */
typedef struct ask_token {
    ask_place place;
    bool optional;
    vb_str *choices; /* folded; a choice may be of several words */
    size_t n_choices;
} ask_token;

typedef vb_status (*ask_form_fn)(ask_question *q, vb_answer *out);

/** How a form's dates are taken: not at all, as those of the sentences, or they must be there. */
typedef enum ask_form_dates { ASK_UNDATED, ASK_DATED, ASK_BETWEEN } ask_form_dates;

typedef struct ask_procedure {
    const char *name;
    ask_form_fn run;
    ask_form_dates dates;
} ask_procedure;

/** One wording of one language. */
struct ask_form {
    const ask_procedure *does;
    ask_language language;
    vb_str with; /* what the row adds: a measure, a change */
    ask_token *tokens;
    size_t n_tokens;
};

/** A measure as people call it. */
struct ask_measure {
    vb_str name;                 /* of vb_measures() */
    vb_str *said[ASK_LANGUAGES]; /* folded */
    size_t n_said[ASK_LANGUAGES];
    vb_str says[ASK_LANGUAGES]; /* what it tells, in a few words */
};

/** Compile forms.tsv and measures.tsv. */
vb_status vb_ask_forms_read(vb_asker *asker, const char *data_dir, vb_error *err);

/** Whether all of the question is a form: q->match is filled then. */
bool vb_ask_forms_find(ask_question *q);

/** The measure that @p name is the name of; NULL: none. */
const ask_measure *vb_ask_measure(const vb_asker *asker, vb_str name);

/** The one node that the form's name @p i means; several: @return VB_UNKNOWN, q->choices. */
vb_status vb_ask_form_node(ask_question *q, size_t i, const vb_node **out);

/** "Label:key", as functions of the store take a node. */
vb_status vb_ask_form_key(ask_question *q, const vb_node *node, vb_str *out);

/** The kind of thing that the form asks for, as phrase 0 of the question; its mask is VB_MASK_ANY where the
 *  form leaves it open. */
const ask_phrase *vb_ask_form_kind(ask_question *q);

/** The functions of the procedures. */
vb_status vb_ask_rank_run(ask_question *q, vb_answer *out);
vb_status vb_ask_similar_run(ask_question *q, vb_answer *out);
vb_status vb_ask_neighbours_run(ask_question *q, vb_answer *out);
vb_status vb_ask_degree_run(ask_question *q, vb_answer *out);
vb_status vb_ask_between_run(ask_question *q, vb_answer *out);
vb_status vb_ask_count_run(ask_question *q, vb_answer *out);
vb_status vb_ask_groups_run(ask_question *q, vb_answer *out);
vb_status vb_ask_group_of_run(ask_question *q, vb_answer *out);
vb_status vb_ask_same_group_run(ask_question *q, vb_answer *out);
vb_status vb_ask_parts_run(ask_question *q, vb_answer *out);
vb_status vb_ask_articles_run(ask_question *q, vb_answer *out);
vb_status vb_ask_about_run(ask_question *q, vb_answer *out);
vb_status vb_ask_changes_run(ask_question *q, vb_answer *out);

/** The two sides, the earlier first, as vb_diff_find() takes them. */
vb_status vb_ask_diff_sides(const ask_question *q, vb_str sides[2]);

/** Answer with a row for each change. */
vb_status vb_ask_diff_run(ask_question *q, vb_answer *out);

/** The counts in a sentence. */
vb_status vb_ask_diff_say(const ask_question *q, const vb_answer *answer, vb_buf *out);

#endif
