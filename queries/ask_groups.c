/** Questions about the groups of the network: which there are, which one a thing is in, whether two are in
 * the same one, and into how many parts the network falls. Leiden and components are groups.c's. */
#include "queries/ask_forms.h"

enum { LISTED = 12, CORE = 3, SMALLEST = 3 };

static const char *pick(const ask_question *q, const char *dutch, const char *english)
{
    return q->language == ASK_DUTCH ? dutch : english;
}

static vb_status find(ask_question *q, bool communities, vb_groups *out)
{
    const vb_cut_options cut = { .since = vb_str_of(q->dates.since), .until = vb_str_of(q->dates.until) };
    vb_status status = communities ? vb_communities(q->store, &cut, q->arena, out, q->err)
                                   : vb_components(q->store, &cut, q->arena, out, q->err);
    return status == VB_NOT_FOUND || (status == VB_OK && !out->len) ? VB_UNKNOWN : status;
}

/** The group that holds a node; SIZE_MAX: none. */
static size_t group_with(const vb_groups *groups, int64_t node)
{
    for (size_t g = 0; g < groups->len; g++)
        for (size_t i = 0; i < groups->at[g].len; i++)
            if (groups->at[g].at[i].id == node) return g;
    return SIZE_MAX;
}

/** Its most central members, long names cut; papers only where there is nothing else. */
static vb_status add_core(const vb_group *group, size_t most, vb_buf *out)
{
    vb_status status = VB_OK;
    size_t n = 0;
    for (int papers = 0; papers < 2 && (!papers || !n); papers++)
        for (size_t i = 0; i < group->len && n < most; i++) {
            const vb_node *node = &group->at[i];
            if (vb_str_eq(node->label, VB_STR("Document")) != (papers == 1)) continue;
            if (n++) TRY(vb_buf_add(out, VB_STR(", ")));
            TRY(vb_ask_say_name(out, node->name.len ? node->name : node->key));
        }
done:
    return status;
}

/** A row a group: its number, how many are in it, its most central members. */
static vb_status fill_rows(ask_question *q, const vb_groups *groups, size_t n, vb_answer *out)
{
    static const char *const columns[ASK_LANGUAGES][3] = { { "groep", "leden", "kern" },
                                                           { "group", "members", "core" } };
    vb_status status = VB_OK;
    vb_buf core = { 0 };
    out->kind = VB_ANSWER_ROWS;
    out->n_columns = VB_COUNT(columns[0]);
    out->n_rows = n;
    out->columns = vb_arena_array(q->arena, out->n_columns, sizeof *out->columns);
    out->cells = vb_arena_array(q->arena, n * out->n_columns + 1, sizeof *out->cells);
    if (!out->columns || !out->cells) return vb_fail_memory(q->err);
    for (size_t i = 0; i < out->n_columns; i++) out->columns[i] = vb_str_of(columns[q->language][i]);
    for (size_t g = 0; g < n; g++) {
        vb_str *row = &out->cells[g * out->n_columns];
        TRY(vb_arena_printf(q->arena, &row[0], "%zu", g + 1));
        TRY(vb_arena_printf(q->arena, &row[1], "%zu", groups->at[g].len));
        core.len = 0;
        TRY(add_core(&groups->at[g], CORE, &core));
        TRY(vb_arena_copy(q->arena, vb_buf_view(&core), &row[2]));
    }
done:
    vb_buf_clear(&core);
    return status;
}

vb_status vb_ask_groups_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_groups groups;
    size_t large = 0, limit = q->match.limit ? q->match.limit : LISTED;
    TRY(find(q, true, &groups));
    while (large < groups.len && groups.at[large].len >= SMALLEST) large++;
    TRY(fill_rows(q, &groups, large < limit ? large : limit, out));
    TRY(vb_arena_printf(q->arena, &out->sentence,
                        pick(q, "%zu groepen (Leiden, modulariteit %.2f), waarvan %zu van drie of meer.",
                             "%zu groups (Leiden, modularity %.2f), %zu of them of three or more."),
                        groups.len, groups.modularity, large));
    TRY(vb_arena_printf(q->arena, &out->cypher,
                        "CALL verband.communities() YIELD node, community, name "
                        "RETURN community, name, count(node) AS members ORDER BY community"));
done:
    return status;
}

vb_status vb_ask_group_of_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_groups groups;
    const vb_node *node;
    vb_buf core = { 0 };
    TRY(vb_ask_form_node(q, 0, &node));
    TRY(find(q, true, &groups));
    size_t g = group_with(&groups, node->id);
    if (g == SIZE_MAX) {
        status = VB_UNKNOWN;
        goto done;
    }
    out->kind = VB_ANSWER_NODES;
    out->nodes = (vb_nodes){ groups.at[g].at, groups.at[g].len };
    TRY(add_core(&groups.at[g], 8, &core));
    TRY(vb_arena_printf(
        q->arena, &out->sentence,
        pick(q, "%.*s zit in groep %zu, van %zu, rond %.*s.", "%.*s is in group %zu, of %zu, around %.*s."),
        VB_FMT(node->name), g + 1, groups.at[g].len, (int)core.len, core.at ? core.at : ""));
    TRY(vb_arena_printf(q->arena, &out->cypher,
                        "CALL verband.communities() YIELD node, community WHERE community = %zu RETURN node",
                        g + 1));
done:
    vb_buf_clear(&core);
    return status;
}

vb_status vb_ask_same_group_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_groups groups;
    const vb_node *nodes[2];
    size_t in[2];
    vb_buf said = { 0 };
    TRY(find(q, true, &groups));
    for (size_t i = 0; i < VB_COUNT(nodes); i++) {
        TRY(vb_ask_form_node(q, i, &nodes[i]));
        in[i] = group_with(&groups, nodes[i]->id);
    }
    if (in[0] == SIZE_MAX || in[1] == SIZE_MAX) {
        status = VB_UNKNOWN;
        goto done;
    }
    out->kind = VB_ANSWER_BOOLEAN;
    out->truth = in[0] == in[1];
    if (out->truth) {
        TRY(vb_buf_printf(
            &said, pick(q, "Ja, beide zitten in groep %zu, rond ", "Yes, both are in group %zu, around "),
            in[0] + 1));
        TRY(add_core(&groups.at[in[0]], CORE, &said));
    }
    for (size_t i = 0; i < VB_COUNT(nodes) && !out->truth; i++) {
        const char *form = pick(q, i ? "; %.*s in groep %zu, rond " : "Nee: %.*s zit in groep %zu, rond ",
                                i ? "; %.*s in group %zu, around " : "No: %.*s is in group %zu, around ");
        TRY(vb_buf_printf(&said, form, VB_FMT(nodes[i]->name), in[i] + 1));
        TRY(add_core(&groups.at[in[i]], CORE, &said));
    }
    TRY(vb_buf_add(&said, VB_STR(".")));
    TRY(vb_arena_copy(q->arena, vb_buf_view(&said), &out->sentence));
    TRY(vb_arena_printf(q->arena, &out->cypher,
                        "CALL verband.communities() YIELD node, community WHERE node.key IN ['%.*s', '%.*s'] "
                        "RETURN count(DISTINCT community) = 1 AS answer",
                        VB_FMT(nodes[0]->key), VB_FMT(nodes[1]->key)));
done:
    vb_buf_clear(&said);
    return status;
}

vb_status vb_ask_parts_run(ask_question *q, vb_answer *out)
{
    vb_status status;
    vb_groups groups;
    TRY(find(q, false, &groups));
    out->kind = VB_ANSWER_NUMBER;
    out->number = (double)groups.len;
    TRY(vb_arena_printf(
        q->arena, &out->sentence,
        pick(q, "Het netwerk bestaat uit %zu delen zonder verband met elkaar; het grootste heeft %zu knopen.",
             "The network is made of %zu parts that nothing connects; the largest has %zu nodes."),
        groups.len, groups.at[0].len));
    TRY(vb_arena_printf(
        q->arena, &out->cypher,
        "CALL verband.components() YIELD component RETURN count(DISTINCT component) AS answer"));
done:
    return status;
}
