/** Questions after changes: "Wat is er veranderd tussen brief A en brief B?", "What changed since 2024?" The
 *  sides are found here; what changed is diff.c's to say. */
#include "queries/ask_forms.h"

#include <stdlib.h>

enum { CHANGES_SHOWN = 40 }; /* rows of an answer; `verband diff` has them all */

/** The loaded documents that the question names, in its order. @return how many. */
static size_t documents_of(const ask_question *q, const vb_node *out[2])
{
    size_t n = 0;
    for (size_t i = 0; i < q->n_phrases; i++)
        for (size_t k = 0; k < q->phrases[i].n_items && !q->phrases[i].gone; k++) {
            const vb_node *node = &q->phrases[i].items[k].nodes.at[0];
            if (n < 2 && node->document.len) out[n] = node;
            n += node->document.len ? 1 : 3; /* any other name is not understood */
        }
    return n;
}

bool vb_ask_diff_has_sides(const ask_question *q)
{
    const vb_node *documents[2];
    size_t n = documents_of(q, documents);
    return n == 2 || (n == 0 && q->dated && q->dates.since[0]);
}

vb_status vb_ask_diff_sides(const ask_question *q, vb_str sides[2])
{
    vb_status status = VB_OK;
    const vb_node *documents[2] = { NULL, NULL };
    if (documents_of(q, documents) == 2) {
        sides[q->turned] = documents[0]->document;
        sides[!q->turned] = documents[1]->document;
        return VB_OK;
    }
    const char *since = q->dates.since, *until = q->dates.until;
    if (until[0] && strncmp(since, until, 4) != 0) { /* "tussen 2023 en 2024" */
        TRY(vb_arena_printf(q->arena, &sides[0], "%.4s", since));
        TRY(vb_arena_printf(q->arena, &sides[1], "%.4s", until));
    } else { /* "sinds 2024", "in 2024": against the year before, and all before */
        TRY(vb_arena_printf(q->arena, &sides[0], "..%04ld", strtol(since, NULL, 10) - 1));
        TRY(vb_arena_printf(q->arena, &sides[1], until[0] ? "%.4s" : "%.4s..", since));
    }
done:
    return status;
}

/** A row: what became of it, what it is, how often each side says it. */
static vb_status add_row(ask_question *q, vb_answer *out, vb_change change, vb_str what, int64_t before,
                         int64_t after)
{
    static const char *const names[ASK_LANGUAGES][3] = { { "nieuw", "verdwenen", "gebleven" },
                                                         { "new", "gone", "lasting" } };
    vb_str *row = &out->cells[out->n_rows * out->n_columns];
    row[0] = vb_str_of(names[q->language][change]);
    row[1] = what;
    vb_status status = vb_arena_printf(q->arena, &row[2], "%lld", (long long)before);
    if (status == VB_OK) status = vb_arena_printf(q->arena, &row[3], "%lld", (long long)after);
    if (status == VB_OK) out->n_rows++;
    return status;
}

/** The row of an edge; the answer rests on it. */
static vb_status add_edge(ask_question *q, vb_answer *out, const vb_changed_edge *e)
{
    vb_status status;
    vb_str what;
    TRY(vb_arena_printf(q->arena, &what, "%.*s %.*s %.*s", VB_FMT(e->edge.source.name), VB_FMT(e->edge.type),
                        VB_FMT(e->edge.target.name)));
    TRY(add_row(q, out, e->change, what, e->before, e->after));
    out->edges.at[out->edges.len++] = e->edge;
done:
    return status;
}

/** New and gone first, relations before names: a quarter of the rows for each. */
static vb_status fill_rows(ask_question *q, const vb_diff *diff, vb_answer *out)
{
    vb_status status = VB_OK;
    for (int change = VB_CHANGE_NEW; change <= VB_CHANGE_GONE; change++) {
        size_t n = 0;
        for (size_t i = 0; i < diff->n_edges && n < CHANGES_SHOWN / 4; i++) {
            const vb_changed_edge *e = &diff->edges[i];
            if (e->change != (vb_change)change) continue;
            TRY(add_edge(q, out, e));
            n++;
        }
        for (size_t i = n = 0; i < diff->n_nodes && n < CHANGES_SHOWN / 4; i++) {
            const vb_changed_node *d = &diff->nodes[i];
            if (d->change != (vb_change)change) continue;
            TRY(add_row(q, out, d->change, d->node.name, d->before, d->after));
            n++;
        }
    }
done:
    return status;
}

/** Columns, and room for CHANGES_SHOWN rows. */
static vb_status make_table(ask_question *q, vb_answer *out)
{
    static const char *const columns[ASK_LANGUAGES][4] = { { "wijziging", "wat", "eerst", "daarna" },
                                                           { "change", "what", "before", "after" } };
    out->kind = VB_ANSWER_ROWS;
    out->n_columns = VB_COUNT(columns[0]);
    out->columns = vb_arena_array(q->arena, out->n_columns, sizeof *out->columns);
    out->cells = vb_arena_array(q->arena, CHANGES_SHOWN * out->n_columns, sizeof *out->cells);
    out->edges.at = vb_arena_array(q->arena, CHANGES_SHOWN, sizeof *out->edges.at);
    if (!out->columns || !out->cells || !out->edges.at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < out->n_columns; i++) out->columns[i] = vb_str_of(columns[q->language][i]);
    return VB_OK;
}

vb_status vb_ask_diff_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_str sides[2];
    vb_diff diff;
    const vb_cut_options all = { 0 };
    TRY(vb_ask_diff_sides(q, sides));
    status = vb_diff_find(q->store, sides[0], sides[1], &all, q->arena, &diff, q->err);
    if (status == VB_NOT_FOUND) status = VB_UNKNOWN;
    TRY(status);
    TRY(make_table(q, out));
    for (size_t i = 0; i < diff.n_nodes; i++) q->changed[diff.nodes[i].change][0]++;
    for (size_t i = 0; i < diff.n_edges; i++) q->changed[diff.edges[i].change][1]++;
    TRY(fill_rows(q, &diff, out));
done:
    return status;
}

vb_status vb_ask_diff_say(const ask_question *q, const vb_answer *answer, vb_buf *out)
{
    static const char *const form[ASK_LANGUAGES] = {
        "Nieuw: %zu namen en %zu verbanden; verdwenen: %zu en %zu; gebleven: %zu en %zu (%.*s).",
        "New: %zu names and %zu relations; gone: %zu and %zu; lasting: %zu and %zu (%.*s).",
    };
    const size_t(*n)[2] = q->changed;
    return vb_buf_printf(out, form[q->language], n[0][0], n[0][1], n[1][0], n[1][1], n[2][0], n[2][1],
                         VB_FMT(answer->cypher));
}

/* ---- around a name ---------------------------------------------------------------------------------------
 */

typedef enum turn { TURN_NEW, TURN_GONE, TURN_STRONGER, TURN_WEAKER } turn;

static bool find_turn(vb_str name, turn *out)
{
    static const char *const names[] = { "new", "gone", "stronger", "weaker" };
    for (size_t i = 0; i < VB_COUNT(names); i++)
        if (vb_str_eq(name, vb_str_of(names[i]))) {
            *out = (turn)i;
            return true;
        }
    return false;
}

static bool turned(const vb_changed_edge *e, turn want)
{
    return want == TURN_NEW        ? e->change == VB_CHANGE_NEW
           : want == TURN_GONE     ? e->change == VB_CHANGE_GONE
           : want == TURN_STRONGER ? e->change == VB_CHANGE_LASTING && e->after > e->before
                                   : e->change == VB_CHANGE_LASTING && e->after < e->before;
}

static vb_status say_turn(ask_question *q, turn want, size_t n, const vb_node *node, const vb_str sides[2],
                          vb_answer *out)
{
    static const char *const words[ASK_LANGUAGES][4] = {
        { "nieuw", "verdwenen", "vaker gezegd dan eerst", "minder vaak gezegd dan eerst" },
        { "new", "gone", "said more often than before", "said less often than before" }
    };
    static const char *const forms[ASK_LANGUAGES][2] = { { "%zu verbanden %s", " rond %.*s" },
                                                         { "%zu relations %s", " around %.*s" } };
    vb_status status;
    vb_buf buf = { 0 };
    TRY(vb_buf_printf(&buf, forms[q->language][0], n, words[q->language][want]));
    if (node) TRY(vb_buf_printf(&buf, forms[q->language][1], VB_FMT(node->name)));
    TRY(vb_buf_printf(&buf, q->language == ASK_DUTCH ? " (%.*s tegen %.*s)." : " (%.*s against %.*s).",
                      VB_FMT(sides[1]), VB_FMT(sides[0])));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&buf), &out->sentence));
    TRY(vb_arena_printf(q->arena, &out->cypher, "verband diff \"%.*s\" \"%.*s\"", VB_FMT(sides[0]),
                        VB_FMT(sides[1])));
done:
    vb_buf_clear(&buf);
    return status;
}

vb_status vb_ask_changes_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    const vb_node *node = NULL;
    vb_str sides[2];
    vb_diff diff;
    turn want;
    size_t n = 0;
    const vb_cut_options all = { 0 };
    if (!find_turn(q->match.with, &want) || !q->dates.since[0]) return VB_UNKNOWN;
    if (q->match.n_names) TRY(vb_ask_form_node(q, 0, &node));
    q->n_phrases = 0; /* the name is no side */
    TRY(vb_ask_diff_sides(q, sides));
    status = vb_diff_find(q->store, sides[0], sides[1], &all, q->arena, &diff, q->err);
    TRY(status == VB_NOT_FOUND ? VB_UNKNOWN : status);
    TRY(make_table(q, out));
    for (size_t i = 0; i < diff.n_edges; i++) {
        const vb_changed_edge *e = &diff.edges[i];
        bool near = !node || e->edge.source.id == node->id || e->edge.target.id == node->id;
        if (!near || !turned(e, want)) continue;
        if (n++ < CHANGES_SHOWN) TRY(add_edge(q, out, e));
    }
    if (!n) {
        q->unsaid = true;
        status = VB_UNKNOWN;
        goto done;
    }
    TRY(say_turn(q, want, n, node, sides, out));
done:
    return status;
}
