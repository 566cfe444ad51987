/**
 * Names that mean several things: Utrecht the municipality or the province, a surname that three members
 * have. What the question says of a name often leaves one of them; where more than one would give an answer,
 * and not the same, the question is which is meant.
 */
#include "queries/ask_choice.h"
#include "queries/ask_set.h"

/** The name that holds these nodes; -1: none, they come from elsewhere. */
static int name_of(const ask_question *q, const vb_nodes *nodes)
{
    for (size_t i = 0; i < q->n_names; i++)
        if (q->names[i].nodes.at == nodes->at && nodes->len) return (int)i;
    return -1;
}

/** What a phrase may mean by an item: nodes of its labels. */
static vb_status candidates(ask_question *q, const ask_phrase *p, const ask_item *item, vb_nodes *out)
{
    out->len = 0;
    out->at = vb_arena_array(q->arena, item->nodes.len + 1, sizeof *out->at);
    if (!out->at) return vb_fail_memory(q->err);
    for (size_t i = 0; i < item->nodes.len; i++) {
        vb_label label;
        bool fits = vb_label_find(item->nodes.at[i].label, &label) && (p->mask & (1u << label));
        if (fits) out->at[out->len++] = item->nodes.at[i];
    }
    return VB_OK;
}

static bool same_sets(const ask_set *a, const ask_set *b)
{
    return a->len == b->len && (!a->len || memcmp(a->at, b->at, a->len * sizeof *a->at) == 0);
}

/** Keep of the candidates those that give an answer when they alone are meant; *differ: not the same one. */
static vb_status keep_answering(ask_question *q, ask_item *item, vb_nodes *may, bool *differ)
{
    vb_status status = VB_OK;
    const ask_item before = *item;
    ask_set first = { 0 };
    size_t n = 0;
    *differ = false;
    for (size_t i = 0; i < may->len; i++) {
        ask_set found;
        item->nodes = (vb_nodes){ &may->at[i], 1 };
        status = vb_ask_solve(q, q->root, -1, &found);
        *item = before;
        TRY(status);
        if (!found.len) continue;
        if (n && !same_sets(&first, &found)) *differ = true;
        if (!n) first = found;
        may->at[n++] = may->at[i];
    }
    may->len = n;
done:
    return status;
}

/** Ask which of them is meant. */
static vb_status doubt(ask_question *q, int name, const vb_nodes *may)
{
    const ask_name *n = &q->names[name];
    q->choices = *may;
    q->unread = vb_str_part(q->text, q->atoms[n->first].start, q->atoms[n->end - 1].end);
    return VB_UNKNOWN;
}

vb_status vb_ask_choice_find(ask_question *q)
{
    vb_status status = VB_OK;
    bool whole = q->goal == ASK_PATH || q->goal == ASK_EVERYTHING;
    if (q->goal == ASK_TRUTH || q->goal == ASK_CHANGES) return VB_OK; /* "yes" of one of them will do */
    for (size_t i = 0; i < q->n_phrases; i++) {
        ask_phrase *p = &q->phrases[i];
        for (size_t k = 0; k < p->n_items && !p->gone && !p->searched; k++) {
            vb_nodes may;
            bool differ = whole;
            int name = name_of(q, &p->items[k].nodes);
            if (name < 0 || q->names[name].asked || p->items[k].negated) continue;
            TRY(candidates(q, p, &p->items[k], &may));
            if (may.len > 1 && !whole && q->root >= 0) TRY(keep_answering(q, &p->items[k], &may, &differ));
            if (may.len > 1 && differ) return doubt(q, name, &may);
        }
    }
done:
    return status;
}

vb_status vb_ask_choice_of_name(ask_question *q, int name, unsigned mask, const vb_node **out)
{
    vb_status status;
    const ask_phrase p = { .mask = mask };
    const ask_item item = { .nodes = q->names[name].nodes };
    vb_nodes may;
    TRY(candidates(q, &p, &item, &may));
    if (may.len == 1) *out = may.at;
    if (may.len != 1) status = may.len ? doubt(q, name, &may) : VB_UNKNOWN;
done:
    return status;
}

void vb_ask_choice_keep(const ask_question *q, vb_nodes *nodes)
{
    for (size_t i = 0; i < nodes->len; i++)
        for (size_t k = 0; k < q->n_chosen; k++)
            if (nodes->at[i].id == q->chosen[k]) {
                nodes->at[0] = nodes->at[i];
                nodes->len = 1;
                return;
            }
}

/** "“Utrecht” kan zijn: gemeente Utrecht (GM0344) of gebied Utrecht (NL-UT). Welke bedoelt u?" */
vb_status vb_ask_choice_say(ask_question *q, vb_buf *out)
{
    enum { SHOWN = 8 };
    bool nl = q->language == ASK_DUTCH;
    vb_status status;
    TRY(vb_buf_printf(out, nl ? "“%.*s” kan zijn: " : "“%.*s” can be: ", VB_FMT(q->unread)));
    for (size_t i = 0; i < q->choices.len && i < SHOWN; i++) {
        const vb_node *node = &q->choices.at[i];
        vb_label label;
        const char *between = i + 1 == q->choices.len ? (nl ? " of " : " or ") : ", ";
        bool known = vb_label_find(node->label, &label);
        TRY(vb_buf_printf(out, "%s%s ", i ? between : "", known ? vb_ask_say_label(q, label, false) : ""));
        TRY(vb_ask_say_name(out, node->name));
        TRY(vb_buf_printf(out, " (%.*s)", VB_FMT(node->key)));
    }
    if (q->choices.len > SHOWN)
        TRY(vb_buf_printf(out, nl ? " en nog %zu" : " and %zu more", q->choices.len - SHOWN));
    TRY(vb_buf_add(out, vb_str_of(nl ? ". Welke bedoelt u?" : ". Which one do you mean?")));
done:
    return status;
}
