/**
 * What a graph holds, as the TCK defines side effects: by what queries see of it before and after. Two plain
 * queries give all nodes and relationships; labels and properties are read off them. The engine's own count
 * is compared with this one (then.c), so neither can be wrong alone.
 */
#include "tests/tck/tck.h"

#include <stdlib.h>

const tck_effect tck_effects[8] = {
    { "+nodes", offsetof(vb_query_effects, nodes_added) },
    { "-nodes", offsetof(vb_query_effects, nodes_removed) },
    { "+relationships", offsetof(vb_query_effects, relationships_added) },
    { "-relationships", offsetof(vb_query_effects, relationships_removed) },
    { "+properties", offsetof(vb_query_effects, properties_added) },
    { "-properties", offsetof(vb_query_effects, properties_removed) },
    { "+labels", offsetof(vb_query_effects, labels_added) },
    { "-labels", offsetof(vb_query_effects, labels_removed) },
};

int64_t tck_effect_get(const vb_query_effects *effects, const tck_effect *which)
{
    int64_t n;
    memcpy(&n, (const char *)effects + which->at, sizeof n);
    return n;
}

static vb_status add(vb_arena *arena, tck_view *out, vb_buf *text)
{
    vb_status status;
    TRY(vb_push(arena, out));
    TRY(vb_arena_copy(arena, vb_buf_view(text), &out->at[out->len - 1]));
    text->len = 0;
done:
    return status;
}

/** The lines of one node (@p kind 'n') or relationship ('r'). */
static vb_status add_thing(vb_arena *arena, char kind, const vb_thing *t, tck_view *out)
{
    vb_status status;
    vb_buf line = { 0 };
    TRY(vb_buf_printf(&line, "%c %lld", kind, (long long)t->id));
    TRY(add(arena, out, &line));
    for (size_t i = 0; i < t->labels.len; i++) {
        TRY(vb_buf_printf(&line, "l %.*s", VB_FMT(t->labels.at[i].as.text)));
        TRY(add(arena, out, &line));
    }
    for (size_t i = 0; i < t->properties.len; i++) {
        TRY(vb_buf_printf(&line, "p %c%lld %.*s ", kind, (long long)t->id, VB_FMT(t->properties.at[i].key)));
        TRY(tck_canon(&t->properties.at[i].value, false, &line));
        TRY(add(arena, out, &line));
    }
done:
    vb_buf_clear(&line);
    return status;
}

static vb_status add_things(vb_store *store, const char *query, char kind, vb_arena *arena, tck_view *out,
                            vb_error *err)
{
    vb_status status;
    vb_query *q = NULL;
    vb_query_error why = { 0 };
    const vb_value *row;
    TRY(vb_query_open(store, vb_str_of(query), NULL, &q, &why));
    for (;;) {
        TRY(vb_query_next(q, &row, &why));
        if (!row) break;
        if (row->kind != VB_VALUE_NODE && row->kind != VB_VALUE_RELATIONSHIP) {
            status = vb_fail(err, VB_BAD_INPUT, "%s gives no graph element", query);
            goto done;
        }
        TRY(add_thing(arena, kind, row->as.thing, out));
    }
done:
    vb_query_close(q);
    if (status != VB_OK && why.type) vb_fail(err, status, "%s: %s", query, why.message);
    return status;
}

vb_status tck_observe(vb_store *store, vb_arena *arena, tck_view *out, vb_error *err)
{
    vb_status status;
    size_t n = 0;
    out->len = 0;
    TRY(add_things(store, "MATCH (n) RETURN n", 'n', arena, out, err));
    TRY(add_things(store, "MATCH ()-[r]->() RETURN r", 'r', arena, out, err));
    if (out->len) qsort(out->at, out->len, sizeof *out->at, tck_str_order);
    for (size_t i = 0; i < out->len; i++) /* a label counts once, however many nodes have it */
        if (!n || !vb_str_eq(out->at[i], out->at[n - 1])) out->at[n++] = out->at[i];
    out->len = n;
done:
    return status;
}

static void count(vb_query_effects *effects, char kind, bool added)
{
    switch (kind) {
    case 'n':
        ++*(added ? &effects->nodes_added : &effects->nodes_removed);
        break;
    case 'r':
        ++*(added ? &effects->relationships_added : &effects->relationships_removed);
        break;
    case 'p':
        ++*(added ? &effects->properties_added : &effects->properties_removed);
        break;
    default:
        ++*(added ? &effects->labels_added : &effects->labels_removed);
    }
}

vb_query_effects tck_difference(const tck_view *before, const tck_view *after)
{
    vb_query_effects effects = { 0 };
    size_t b = 0, a = 0;
    while (b < before->len || a < after->len) {
        int order = b == before->len ? 1 : a == after->len ? -1 : vb_str_cmp(before->at[b], after->at[a]);
        if (order) count(&effects, order < 0 ? before->at[b].at[0] : after->at[a].at[0], order > 0);
        b += order <= 0;
        a += order >= 0;
    }
    return effects;
}
