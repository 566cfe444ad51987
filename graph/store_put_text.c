/**
 * Mentions and passages on their way into the store, and the MENTIONS edges that count the former.
 */
#include "graph/store.h"

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
    vb_known_learn(p->store, VB_KNOWN_RULE, rule, id);
done:
    *out = (vb_cell){ .n = id };
    return status;
}

vb_cell vb_cell_text(vb_str s)
{
    return s.len ? (vb_cell){ s.at, (int64_t)s.len } : (vb_cell){ .n = VB_CELL_NULL };
}

static vb_status put_mention_rows(vb_put *p, vb_rows *rows, vb_ids *nodes, vb_error *err)
{
    vb_status status = VB_OK;
    for (size_t i = 0; i < p->record->n_mentions; i++) {
        const vb_rec_mention *m = &p->record->mentions[i];
        vb_cell *row = &rows->cells[rows->n * rows->columns];
        TRY(vb_put_node(p, m->node, &nodes->at[nodes->len], err));
        row[0].n = m->start;
        row[1].n = m->end - m->start;
        row[2].n = nodes->at[nodes->len++];
        row[3] = vb_cell_text(m->article);
        TRY(vb_put_rule(p, m->rule, &row[4], err));
        rows->n++;
    }
    TRY(vb_rows_put(p->store, rows, err,
                    "INSERT OR FAIL INTO mention(document, start, length, node, article, rule)"
                    " SELECT ?, a, b, c, d, e FROM verband_rows",
                    "i", p->document));
done:
    return status;
}

/** How often each node is mentioned. @p nodes is sorted. */
static void count_nodes(const vb_ids *nodes, vb_rows *counts)
{
    for (size_t i = 0; i < nodes->len; i++) {
        if (!i || nodes->at[i] != nodes->at[i - 1]) counts->cells[counts->n++ * 2].n = nodes->at[i];
        counts->cells[counts->n * 2 - 1].n++;
    }
}

vb_status vb_put_mentions(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    vb_rows rows, counts;
    vb_ids nodes = { .at = vb_arena_array(p->arena, r->n_mentions, sizeof *nodes.at) };
    if (!nodes.at || vb_rows_make(p->arena, r->n_mentions, 5, &rows) != VB_OK ||
        vb_rows_make(p->arena, r->n_mentions, 2, &counts) != VB_OK) {
        status = vb_fail_memory(err);
        goto done;
    }
    TRY(put_mention_rows(p, &rows, &nodes, err));
    vb_ids_sort(&nodes);
    count_nodes(&nodes, &counts);
    TRY(vb_rows_put(p->store, &counts, err,
                    "INSERT OR FAIL INTO edge(type, source, target, origin, weight, first, last)"
                    " SELECT ?1, ?2, a, 0, b, ?3, ?3 FROM verband_rows",
                    "iin", p->store->relations[VB_REL_MENTIONS], p->self, r->date));
done:
    return status;
}

vb_status vb_put_passages(vb_put *p, vb_error *err)
{
    vb_status status;
    const vb_record *r = p->record;
    vb_rows rows;
    TRY(vb_rows_make(p->arena, r->n_passages, 3, &rows) == VB_OK ? VB_OK : vb_fail_memory(err));
    for (size_t i = 0; i < r->n_passages; i++) {
        const vb_rec_passage *s = &r->passages[i];
        vb_cell *row = &rows.cells[rows.n++ * rows.columns];
        row[0].n = s->start;
        row[1].n = s->end - s->start;
        row[2] = (vb_cell){ s->stems.at ? s->stems.at : "", (int64_t)s->stems.len };
    }
    TRY(vb_rows_put(p->store, &rows, err,
                    "INSERT OR FAIL INTO passage(document, start, length, stems)"
                    " SELECT ?, a, b, c FROM verband_rows",
                    "i", p->document));
    if (rows.n) /* ids grow by one a row */
        vb_words_note(&p->store->new_passages, sqlite3_last_insert_rowid(p->store->db) - (int64_t)rows.n + 1);
done:
    return status;
}
