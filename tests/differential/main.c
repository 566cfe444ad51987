/**
 * differential [-s SEED] [-n QUERIES] [-f FAULT] [-v]: as many random queries, ten a graph, to the engine and
 * to the slow evaluator. Rows must be the same bag; with ORDER BY the ordered columns must run alike; with
 * SKIP or LIMIT the rows must be some of the whole. A query that the engine refuses is a difference too. With
 * a fault the evaluator is wrong on purpose, to see that differences are found. Prints TAP; ends with 1 when
 * any was found.
 */
#include "tests/differential/differential.h"

#include <getopt.h>
#include <stdlib.h>

enum { QUERIES_A_GRAPH = 10, SHOWN_MAX = 5 };

typedef VB_VEC(vb_str) text_list;

/** Both answers as texts: whole rows, and only what they are ordered by. */
typedef struct answers {
    text_list want, want_keys, got, got_keys;
} answers;

static const char *const fault_names[FAULTS] = { "none", "not null is true", "relationships repeat",
                                                 "loops match twice", "all orders ascend" };

static vb_status add_text(vb_arena *arena, text_list *to, vb_buf *text)
{
    vb_status status;
    TRY(vb_push(arena, to));
    TRY(vb_arena_copy(arena, vb_buf_view(text), &to->at[to->len - 1]));
    text->len = 0;
done:
    return status;
}

/** What the engine gives, as val_print() writes it; things by their property id. */
static vb_status print_value(const vb_value *v, vb_buf *out)
{
    switch (v->kind) {
    case VB_VALUE_NULL:
        return vb_buf_printf(out, "null");
    case VB_VALUE_BOOLEAN:
        return vb_buf_printf(out, v->as.boolean ? "true" : "false");
    case VB_VALUE_INTEGER:
        return vb_buf_printf(out, "%lld", (long long)v->as.integer);
    case VB_VALUE_FLOAT:
        return vb_buf_printf(out, "%.1f", v->as.number);
    case VB_VALUE_STRING:
        return vb_buf_printf(out, "'%.*s'", VB_FMT(v->as.text));
    case VB_VALUE_NODE:
    case VB_VALUE_RELATIONSHIP:
        for (size_t i = 0; i < v->as.thing->properties.len; i++) {
            const vb_entry *e = &v->as.thing->properties.at[i];
            if (!vb_str_eq(e->key, VB_STR("id"))) continue;
            return vb_buf_printf(out, "%c%lld", v->kind == VB_VALUE_NODE ? 'n' : 'r',
                                 (long long)e->value.as.integer);
        }
        return vb_buf_printf(out, "(a thing without an id)");
    default:
        return vb_buf_printf(out, "(a value of kind %d)", v->kind);
    }
}

static bool is_key(const query *q, int column)
{
    for (int i = 0; i < q->n_orders; i++)
        if (q->orders[i].item == column) return true;
    return false;
}

static vb_status want_row(const query *q, const row *r, vb_arena *arena, answers *a)
{
    vb_status status = VB_OK;
    vb_buf whole = { 0 }, keys = { 0 };
    for (int i = 0; i < q->n_items; i++) {
        TRY(vb_buf_printf(&whole, " | "));
        TRY(val_print(&r->cells[i], &whole));
        if (is_key(q, i)) TRY(vb_buf_printf(&keys, " | "));
        if (is_key(q, i)) TRY(val_print(&r->cells[i], &keys));
    }
    TRY(add_text(arena, &a->want, &whole));
    TRY(add_text(arena, &a->want_keys, &keys));
done:
    vb_buf_clear(&whole);
    vb_buf_clear(&keys);
    return status;
}

static vb_status got_row(const query *q, const vb_value *r, vb_arena *arena, answers *a)
{
    vb_status status = VB_OK;
    vb_buf whole = { 0 }, keys = { 0 };
    for (int i = 0; i < q->n_items; i++) {
        TRY(vb_buf_printf(&whole, " | "));
        TRY(print_value(&r[i], &whole));
        if (is_key(q, i)) TRY(vb_buf_printf(&keys, " | "));
        if (is_key(q, i)) TRY(print_value(&r[i], &keys));
    }
    TRY(add_text(arena, &a->got, &whole));
    TRY(add_text(arena, &a->got_keys, &keys));
done:
    vb_buf_clear(&whole);
    vb_buf_clear(&keys);
    return status;
}

/** Run @p text; @p q and @p a may be NULL: rows are then passed over. */
static vb_status ask_engine(vb_store *store, vb_str text, const query *q, vb_arena *arena, answers *a,
                            vb_query_error *err)
{
    vb_status status;
    vb_query *run = NULL;
    vb_query_options options = { .write = !q };
    const vb_value *r = NULL;
    size_t n = 0;
    TRY(vb_query_open(store, text, &options, &run, err));
    vb_query_columns(run, &n);
    if (q && n != (size_t)q->n_items) {
        status = VB_BAD_INPUT;
        snprintf(err->message, sizeof err->message, "%zu columns", n);
        goto done;
    }
    while ((status = vb_query_next(run, &r, err)) == VB_OK && r)
        if (q) TRY(got_row(q, r, arena, a));
done:
    vb_query_close(run);
    return status;
}

static int text_order(const void *a, const void *b)
{
    return vb_str_cmp(*(const vb_str *)a, *(const vb_str *)b);
}

/** Whether the second bag holds every text of the first. Sorts both. */
static bool within(text_list *some, text_list *all)
{
    size_t s = 0;
    if (some->len > 1) qsort(some->at, some->len, sizeof *some->at, text_order);
    if (all->len > 1) qsort(all->at, all->len, sizeof *all->at, text_order);
    for (size_t i = 0; i < all->len && s < some->len; i++) s += vb_str_eq(some->at[s], all->at[i]);
    return s == some->len;
}

/** @return what is wrong; NULL when both agree. */
static const char *difference(const query *q, answers *a)
{
    size_t skip = q->skip > 0 ? (size_t)q->skip : 0, n = a->want.len > skip ? a->want.len - skip : 0;
    if (q->limit >= 0 && (size_t)q->limit < n) n = (size_t)q->limit;
    if (a->got.len != n) return "another number of rows";
    for (size_t i = 0; i < n && q->n_orders; i++)
        if (!vb_str_eq(a->got_keys.at[i], a->want_keys.at[i + skip])) return "another order";
    return within(&a->got, &a->want) ? NULL : "other rows";
}

static void show(const char *name, const text_list *rows)
{
    printf("# %s: %zu rows\n", name, rows->len);
    for (size_t i = 0; i < rows->len && i < 12; i++) printf("#  %.*s\n", VB_FMT(rows->at[i]));
}

typedef struct tally {
    unsigned n, n_rows, n_empty, n_different;
    fault fault;
    bool verbose;
} tally;

static vb_status one_query(dice *d, const graph *g, vb_str made, vb_store *store, tally *t)
{
    vb_status status = VB_NO_MEMORY;
    static query q;
    vb_arena *arena = vb_arena_new();
    vb_buf text = { 0 };
    vb_query_error err = { 0 };
    answers a = { 0 };
    row_list rows = { 0 };
    if (!arena) goto done;
    uint64_t seed = d->state;
    query_random(d, &q);
    TRY(query_print(&q, &text));
    TRY(naive_run(g, &q, t->fault, arena, &rows));
    if (!rows.len && chance(d, 75)) goto done; /* an empty answer tells little: few of them will do */
    for (size_t i = 0; i < rows.len; i++) TRY(want_row(&q, &rows.at[i], arena, &a));
    bool refused = ask_engine(store, vb_buf_view(&text), &q, arena, &a, &err) != VB_OK;
    const char *what = refused ? "refused" : difference(&q, &a);
    t->n++;
    t->n_rows += (unsigned)rows.len;
    t->n_empty += !rows.len;
    t->n_different += what != NULL;
    if (t->verbose || (what && t->n_different <= SHOWN_MAX)) {
        printf("# %s%s%s (state %llu)\n# graph: %.*s\n# query: %.*s\n", what ? what : "same",
               refused ? ": " : "", err.message, (unsigned long long)seed, VB_FMT(made),
               VB_FMT(vb_buf_view(&text)));
        show("expected", &a.want);
        show("got", &a.got);
    }
done:
    vb_buf_clear(&text);
    vb_arena_free(arena);
    return status;
}

static vb_status one_graph(dice *d, unsigned n, tally *t)
{
    vb_status status;
    graph g;
    vb_store *store = NULL;
    vb_buf made = { 0 };
    vb_query_error err = { 0 };
    graph_random(d, &g);
    TRY(graph_print(&g, &made));
    TRY(vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL));
    if (made.len) TRY(ask_engine(store, vb_buf_view(&made), NULL, NULL, NULL, &err));
    for (unsigned i = 0; i < n; i++) TRY(one_query(d, &g, vb_buf_view(&made), store, t));
done:
    if (status != VB_OK) printf("# the graph could not be made: %s\n", err.message);
    vb_store_close(store);
    vb_buf_clear(&made);
    return status;
}

int main(int argc, char **argv)
{
    dice d = { 1 };
    unsigned n = 1000;
    tally t = { 0 };
    vb_status status = VB_OK;
    for (int o; (o = getopt(argc, argv, "s:n:f:v")) != -1;) {
        if (o == 's')
            d.state = strtoull(optarg, NULL, 10);
        else if (o == 'n')
            n = (unsigned)strtoul(optarg, NULL, 10);
        else if (o == 'f')
            t.fault = (fault)(strtoul(optarg, NULL, 10) % FAULTS);
        else if (o == 'v')
            t.verbose = true;
        else
            return 2;
    }
    while (t.n < n && status == VB_OK)
        status = one_graph(&d, n - t.n < QUERIES_A_GRAPH ? n - t.n : QUERIES_A_GRAPH, &t);
    bool fine = status == VB_OK && (t.fault ? t.n_different > 0 : !t.n_different);
    if (t.fault)
        printf("%s - an evaluator with a fault (%s) disagrees with the engine\n", fine ? "ok" : "not ok",
               fault_names[t.fault]);
    else
        printf("%s - %u generated queries agree with a slow evaluator\n", fine ? "ok" : "not ok", t.n);
    printf("# %u differ; %u rows in all, %u queries without any\n", t.n_different, t.n_rows, t.n_empty);
    return fine ? 0 : 1;
}
