/**
 * Letters about a subject that is no name in the graph: "In welke brieven gaat het over stikstof?" is
 * answered by searching the letters' words, and says so. Only where the subject is all that the question asks
 * for: beside other conditions a word that is not known leaves the question unread.
 */
#include "queries/ask.h"

enum { HITS_MAX = 1000 };

/** The atoms of the subject: unknown words behind "over"; false: there are none, or others as well. */
static bool find_subject(const ask_question *q, size_t *first, size_t *end)
{
    size_t about = SIZE_MAX;
    *first = *end = 0;
    for (size_t i = 0; i < q->n_atoms; i++) {
        const ask_atom *a = &q->atoms[i];
        if (a->name >= 0 || ask_is(a, ASK_not) || ask_is(a, ASK_except) || ask_is(a, ASK_without))
            return false;
        if (vb_ask_is_about(a->text) && !*end) about = i;
        if (a->word || a->used || vb_ask_text_inside(q, i)) continue;
        if (about == SIZE_MAX) return false;
        if (!*end) *first = i;
        *end = i + 1;
    }
    for (size_t i = about + 1; *end && i < *first; i++)
        if (!ask_is(&q->atoms[i], ASK_itself)) return false;
    return *end > 0;
}

/** Whether letters are asked for, and nothing else. */
static bool asks_letters(const ask_question *q)
{
    bool found = false;
    for (size_t i = 0; i < q->n_phrases; i++) {
        const ask_phrase *p = &q->phrases[i];
        if (p->gone) continue;
        bool letters = p->typed && !p->n_items && p->mask == VB_MASK_DOCUMENT && p->note != ASK_MOTION;
        if (!letters) return false;
        found = true;
    }
    return found;
}

static bool date_fits(const ask_question *q, vb_str date)
{
    if (!q->dated) return true;
    if (!date.len) return false;
    return (!q->dates.since[0] || vb_str_cmp(date, vb_str_of(q->dates.since)) >= 0) &&
           (!q->dates.until[0] || vb_str_cmp(date, vb_str_of(q->dates.until)) <= 0);
}

/** "12 brieven met de woorden “stikstof”: …" */
static vb_status say(ask_question *q, vb_str words, vb_answer *out)
{
    enum { SHOWN = 5 };
    bool nl = q->language == ASK_DUTCH, one = out->nodes.len == 1;
    vb_status status;
    vb_buf buf = { 0 };
    TRY(vb_buf_printf(&buf,
                      nl ? "%zu document%s met “%.*s” in de tekst (op woorden gezocht): "
                         : "%zu document%s with “%.*s” in the text (searched by its words): ",
                      out->nodes.len,
                      one  ? ""
                      : nl ? "en"
                           : "s",
                      VB_FMT(words)));
    for (size_t i = 0; i < out->nodes.len && i < SHOWN; i++) {
        if (i) TRY(vb_buf_add(&buf, VB_STR("; ")));
        TRY(vb_ask_say_name(&buf, out->nodes.at[i].name));
    }
    if (out->nodes.len > SHOWN)
        TRY(vb_buf_printf(&buf, nl ? "; en nog %zu" : "; and %zu more", out->nodes.len - SHOWN));
    TRY(vb_buf_add(&buf, VB_STR(".")));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_topic_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    size_t first, end, n = 0;
    vb_str words;
    vb_hits hits;
    vb_node *nodes;
    if (q->when || q->moment || !find_subject(q, &first, &end) || !asks_letters(q)) return VB_UNKNOWN;
    TRY(vb_ask_text_span(q, first, end, &words));
    status = vb_search(q->store, words, HITS_MAX, q->arena, &hits, q->err);
    if (status == VB_NOT_FOUND) return VB_UNKNOWN;
    TRY(status);
    nodes = vb_arena_array(q->arena, hits.len + 1, sizeof *nodes);
    if (!nodes) return vb_fail_memory(q->err);
    for (size_t i = 0; i < hits.len; i++) {
        bool known = !date_fits(q, hits.at[i].date);
        for (size_t k = 0; k < n && !known; k++) known = nodes[k].id == hits.at[i].document.id;
        if (!known) nodes[n++] = hits.at[i].document;
    }
    if (!n) return VB_UNKNOWN;
    out->nodes = (vb_nodes){ nodes, n };
    out->number = (double)n;
    out->kind = q->goal == ASK_COUNT ? VB_ANSWER_NUMBER : VB_ANSWER_NODES;
    TRY(vb_arena_printf(q->arena, &out->cypher, "verband search %.*s", VB_FMT(words)));
    TRY(say(q, words, out));
done:
    return status;
}
