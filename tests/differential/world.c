/** Random graphs: small, with loops, parallel relationships, missing properties and properties of many kinds.
 */
#include "tests/differential/differential.h"

const char *const label_names[LABELS] = { "A", "B", "C" };
const char *const type_names[TYPES] = { "R", "S", "COOPERATES_WITH" };
const char *const key_names[KEYS] = { "p", "q", "w" };
const char *const words[WORDS] = { "", "a", "ab", "b", "\xc3\xa9\xc3\xa9n" };

int roll(dice *d, int n)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int)((z ^ z >> 31) % (uint64_t)n);
}

bool chance(dice *d, int percent)
{
    return roll(d, 100) < percent;
}

/** Small whole numbers, halves (never equal to a whole one), words, truths, and nothing. */
val random_val(dice *d)
{
    switch (roll(d, 8)) {
    case 0:
        return (val){ .kind = TEXT, .i = roll(d, WORDS) };
    case 1:
        return (val){ .kind = BOOL, .i = roll(d, 2) };
    case 2:
        return (val){ .kind = NUMBER, .real = true, .number = roll(d, 4) - 1.5 };
    case 3:
        return (val){ .kind = NONE };
    default:
        return (val){ .kind = NUMBER, .number = roll(d, 4) - 1 };
    }
}

static void random_props(dice *d, val *props)
{
    for (int k = 0; k < KEYS; k++) props[k] = chance(d, 75) ? random_val(d) : (val){ .kind = NONE };
}

void graph_random(dice *d, graph *out)
{
    *out = (graph){ .n_nodes = chance(d, 3) ? 0 : 2 + roll(d, NODES_MAX - 1) };
    out->n_rels = !out->n_nodes || chance(d, 3) ? 0 : 3 + roll(d, RELS_MAX - 2);
    for (int i = 0; i < out->n_nodes; i++) {
        out->nodes[i].labels = (unsigned)roll(d, 1 << LABELS);
        random_props(d, out->nodes[i].props);
    }
    for (int i = 0; i < out->n_rels; i++) {
        graph_rel *r = &out->rels[i];
        *r = (graph_rel){ .type = roll(d, TYPES),
                          .source = roll(d, out->n_nodes),
                          .target = roll(d, out->n_nodes) };
        random_props(d, r->props);
    }
}

/** Each thing also gets its index as property `id`, by which it is known in answers. */
static vb_status print_props(const val *props, int id, vb_buf *out)
{
    vb_status status;
    TRY(vb_buf_printf(out, " {id: %d", id));
    for (int k = 0; k < KEYS; k++) {
        if (props[k].kind == NONE) continue;
        TRY(vb_buf_printf(out, ", %s: ", key_names[k]));
        TRY(val_print(&props[k], out));
    }
    TRY(vb_buf_add(out, VB_STR("}")));
done:
    return status;
}

vb_status graph_print(const graph *g, vb_buf *out)
{
    vb_status status = VB_OK;
    for (int i = 0; i < g->n_nodes; i++) {
        TRY(vb_buf_printf(out, "%s(n%d", i ? ", " : "CREATE ", i));
        for (int l = 0; l < LABELS; l++)
            if (g->nodes[i].labels & 1u << l) TRY(vb_buf_printf(out, ":%s", label_names[l]));
        TRY(print_props(g->nodes[i].props, i, out));
        TRY(vb_buf_add(out, VB_STR(")")));
    }
    for (int i = 0; i < g->n_rels; i++) {
        const graph_rel *r = &g->rels[i];
        TRY(vb_buf_printf(out, ", (n%d)-[:%s", r->source, type_names[r->type]));
        TRY(print_props(r->props, i, out));
        TRY(vb_buf_printf(out, "]->(n%d)", r->target));
    }
done:
    return status;
}
