/**
 * Mentions and passages on their way into the store, and the MENTIONS edges that count the former.
 */
#include "graph/store_pending.h"

vb_status vb_put_rule(vb_put *p, vb_str rule, vb_cell *out, vb_error *err)
{
    vb_status status = VB_OK;
    int64_t id = rule.len ? vb_known_id(p->store, VB_KNOWN_RULE, rule) : VB_CELL_NULL;
    if (id) goto done;
    TRY(vb_sql_id(p->store, err, &id, "SELECT id FROM rule WHERE name = ?", "s", rule));
    if (!id) {
        TRY(vb_sql_do(p->store, err, "INSERT INTO rule(name) VALUES(?)", "s", rule));
        id = sqlite3_last_insert_rowid(p->store->db);
    }
    TRY(vb_known_learn(p->store, VB_KNOWN_RULE, rule, id, err));
done:
    *out = (vb_cell){ .n = id };
    return status;
}

static vb_status put_mention_rows(vb_put *p, vb_ids *nodes, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->record->n_mentions; i++) {
        const vb_rec_mention *m = &p->record->mentions[i];
        int64_t node = p->nodes[m->node];
        vb_cell row[] = { { .n = p->document }, { .n = m->start },        { .n = m->end - m->start },
                          { .n = node },        vb_cell_text(m->article), { .n = 0 } };
        TRY(vb_put_rule(p, m->rule, &row[5], err));
        TRY(vb_pending_add(p->store, VB_PENDING_MENTION, row, NULL, err));
        nodes->at[nodes->len++] = node;
    }
done:
    return status;
}

/** An edge to each node that is mentioned, with the number of its mentions. @p nodes is sorted. */
static vb_status put_counts(vb_put *p, const vb_ids *nodes, vb_error *err)
{
    vb_status status = VB_OK;
    const vb_cell date = vb_cell_text(p->record->date), none = { .n = VB_CELL_NULL };
    for (size_t i = 0, next; i < nodes->len; i = next) {
        for (next = i + 1; next < nodes->len && nodes->at[next] == nodes->at[i]; next++)
            ;
        const vb_cell row[] = { { .n = p->store->pending->edge++ },
                                { .n = p->store->relations[VB_REL_MENTIONS] },
                                { .n = p->self },
                                { .n = nodes->at[i] },
                                { .n = VB_ORIGIN_TEXT },
                                none,
                                { .n = (int64_t)(next - i) },
                                date,
                                date,
                                none };
        TRY(vb_pending_add(p->store, VB_PENDING_EDGE, row, NULL, err));
    }
done:
    return status;
}

vb_status vb_put_mentions(vb_put *p, vb_error *err)
{
    vb_status status;
    vb_ids nodes = { .at = vb_arena_array(p->arena, p->record->n_mentions, sizeof *nodes.at) };
    if (!nodes.at) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(put_mention_rows(p, &nodes, err));
    vb_ids_sort(&nodes);
    TRY(put_counts(p, &nodes, err));
done:
    return status;
}

vb_status vb_put_passages(vb_put *p, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->record->n_passages; i++) {
        const vb_rec_passage *s = &p->record->passages[i];
        const vb_cell row[] = { { .n = p->store->pending->passage++ },
                                { .n = p->document },
                                { .n = s->start },
                                { .n = s->end - s->start },
                                vb_cell_of(s->stems) };
        TRY(vb_pending_add(p->store, VB_PENDING_PASSAGE, row, NULL, err));
    }
done:
    return status;
}
