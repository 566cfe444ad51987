/**
 * Questions in Dutch and English: compiling the patterns, and the way of one question from text to answer
 * (the steps are told in ask.h).
 */
#include "queries/ask_choice.h"
#include "queries/ask_forms.h"
#include "queries/ask_tables.h"
#include "queries/ask_topic.h"

#include <stdlib.h>

vb_status vb_asker_new(const char *data_dir, vb_asker **out, vb_error *err)
{
    vb_status status;
    vb_asker *asker = calloc(1, sizeof *asker);
    if (!asker) return vb_fail_memory(err);
    asker->arena = vb_arena_new();
    if (!asker->arena) {
        status = VB_NO_MEMORY;
        goto done;
    }
    TRY(vb_ask_words_read(asker, data_dir, err));
    TRY(vb_ask_cues_read(asker, data_dir, err));
    TRY(vb_ask_tables_read(asker, data_dir, err));
    TRY(vb_ask_forms_read(asker, data_dir, err));
    TRY(vb_ask_rewordings_read(asker, data_dir, err));
    *out = asker;
    asker = NULL;
done:
    vb_asker_free(asker);
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

void vb_asker_free(vb_asker *asker)
{
    if (!asker) return;
    vb_arena_free(asker->arena);
    free(asker);
}

/** Read the question in q->language. @return VB_UNKNOWN when something of it finds no place. */
static vb_status read_question(ask_question *q)
{
    vb_status status;
    TRY(vb_ask_frame_cut(q));
    TRY(vb_ask_text_words(q));
    TRY(vb_ask_names_find(q));
    vb_ask_frame_moments(q);
    vb_ask_text_dates(q);
    vb_ask_each_period(q);
    if (q->topical)
        TRY(vb_ask_topic_take(q));
    else if (vb_ask_forms_find(q))
        goto done;
    TRY(vb_ask_guess_names(q));
    if (vb_ask_forms_find(q)) goto done;
    TRY(vb_ask_attributes_turn(q));
    TRY(vb_ask_phrases_find(q));
    TRY(vb_ask_links_find(q));
done:
    return status;
}

/** One language after the other; what the first could not read is what is told. */
static vb_status read_either(ask_question *q)
{
    vb_status status;
    const ask_question fresh = *q;
    TRY(vb_ask_text_read(q));
    ask_question first = *q;
    status = read_question(&first);
    if (status != VB_UNKNOWN && status != VB_TOO_LARGE) {
        *q = first;
        goto done;
    }
    ask_question second = fresh;
    TRY(vb_ask_text_read(&second));
    second.language = first.language == ASK_DUTCH ? ASK_ENGLISH : ASK_DUTCH;
    status = read_question(&second);
    *q = status == VB_OK ? second : first;
done:
    return status;
}

/** Run what was read, and say it. */
static vb_status run_read(ask_question *q, vb_answer *out)
{
    vb_status status;
    TRY(vb_ask_choice_find(q));
    TRY(vb_ask_cypher(q, &out->cypher));
    if (q->each >= 0 || q->period) {
        TRY(vb_ask_each_run(q, out));
    } else {
        TRY(vb_ask_run(q, out));
        TRY(vb_ask_say(q, out));
    }
    TRY(vb_ask_topic_say(q, out));
done:
    return status;
}

/** A form by its own function; a form without an answer leaves the question to the other tables. */
static vb_status read_and_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    const ask_question fresh = *q;
    TRY(read_either(q));
    if (!q->match.form) return run_read(q, out);
    status = q->match.form->does->run(q, out);
    if (status != VB_UNKNOWN || q->unsaid || q->choices.len) goto done;
    *q = fresh;
    *out = (vb_answer){ .kind = VB_ANSWER_UNKNOWN };
    q->formless = true;
    TRY(read_either(q));
    TRY(run_read(q, out));
done:
    return status;
}

/** Read again, with the words behind "over" searched. @return VB_UNKNOWN: neither so. */
static vb_status read_topical(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_answer answer = { .kind = VB_ANSWER_UNKNOWN };
    q->topical = q->formless = true;
    TRY(read_either(q));
    TRY(run_read(q, &answer));
    *out = answer;
done:
    return status == VB_TOO_LARGE ? VB_UNKNOWN : status;
}

/** As it stands; else with the words of its subject searched. What the first reading could not read is told,
 *  and that it finds nothing unless the words do. */
static vb_status read_any(ask_question *q, vb_answer *out)
{
    ask_question topical = *q;
    vb_answer other = { .kind = VB_ANSWER_UNKNOWN };
    vb_status status = read_and_run(q, out);
    bool nothing = status == VB_OK && out->kind == VB_ANSWER_NODES && !out->nodes.len && !q->match.form;
    bool unread = status == VB_UNKNOWN && !q->unsaid && !out->paths.len && !q->choices.len;
    if (!nothing && !unread) return status;
    if (unread && (status = vb_ask_topic_run(q, out)) != VB_UNKNOWN) return status;
    vb_status again = read_topical(&topical, &other);
    if (again == VB_UNKNOWN || (nothing && !other.nodes.len)) return status;
    if (again == VB_OK) {
        *q = topical;
        *out = other;
    }
    return again;
}

static vb_status answer_one(const ask_question *asked, vb_answer *out, vb_error *err)
{
    vb_status status;
    vb_answer answer = { .kind = VB_ANSWER_UNKNOWN };
    ask_question *q = vb_arena_get(asked->arena, sizeof *q);
    if (!q) return vb_fail_memory(err);
    *q = *asked;
    TRY(vb_ask_reword(q->asker, q->arena, &q->text));
    status = read_any(q, &answer);
    answer.dutch = q->language == ASK_DUTCH;
    if (status == VB_UNKNOWN || status == VB_TOO_LARGE) {
        if (!q->unread.len) TRY(vb_ask_quote(q, &(bool){ false })); /* its reading ended before that */
        TRY(vb_ask_say_unknown(q, &answer));
        answer.choices = q->choices;
        *out = answer;
        return vb_fail(err, VB_UNKNOWN, "%.*s", VB_FMT(answer.sentence));
    }
    if (status == VB_OK) *out = answer;
done:
    return status == VB_NO_MEMORY ? vb_fail_memory(err) : status;
}

vb_status vb_ask_chosen(const vb_asker *asker, vb_store *store, vb_str question, const int64_t *nodes,
                        size_t n_nodes, vb_arena *arena, vb_answer *out, vb_error *err)
{
    bool held;
    const ask_question asked = { .asker = asker,
                                 .store = store,
                                 .arena = arena,
                                 .err = err,
                                 .text = question,
                                 .misfit = -1,
                                 .each = -1,
                                 .chosen = nodes,
                                 .n_chosen = n_nodes };
    vb_status status = vb_store_hold(store, &held, err);
    if (status == VB_OK) status = answer_one(&asked, out, err);
    vb_store_release(store, held);
    return status;
}

vb_status vb_ask(const vb_asker *asker, vb_store *store, vb_str question, vb_arena *arena, vb_answer *out,
                 vb_error *err)
{
    return vb_ask_chosen(asker, store, question, NULL, 0, arena, out, err);
}
