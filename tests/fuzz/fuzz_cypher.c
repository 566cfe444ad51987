/**
 * Fuzz target of openCypher, aware of its grammar: the bytes choose among its productions, so that most
 * inputs get past the parser. The first byte says how:
 *
 *   '#'    the rest is a query's text as it is
 *   even   a query that reads, on a small graph that all inputs share
 *   odd    one that writes, on a graph made anew; what it counts as its effects must be what is there
 *   3 of 4 of the even ones: a condition splits the rows of a pattern into those for which it is true, false
 * and unknown, and these must add up to all of them (ternary logic partitioning, Rigger & Su 2020,
 *          doi:10.1145/3428279): a wrong row is found without knowing the right ones
 *
 * Any query must end in rows or in an error that has a type and words; its values must print, and those that
 * are literals must read back as the same.
 */
#include "tests/fuzz/cypher_text.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- running it ---------------------------------------------------------------------------------------- */

static const char graph[] =
    "CREATE (a:A {p: 1, name: 'Aa', key: 'k'}), (b:A:B {p: 2, q: 'x', name: 'Bee'}), (c:B {p: 1.0, q: [1, "
    "2]}),"
    " (d {name: 'Aa'}), (e:Person {key: 'k', p: true}), (a)-[:R {p: 1}]->(b), (b)-[:R {q: 'y'}]->(c),"
    " (c)-[:S]->(a), (a)-[:S]->(a), (b)-[:COOPERATES_WITH {weight: 2}]->(d), (a)-[:R {p: 1}]->(b),"
    " (d)-[:COOPERATES_WITH]->(e), (e)-[:COOPERATES_WITH]->(e)";

static const vb_value items[] = { { .kind = VB_VALUE_INTEGER, .as.integer = 1 }, { .kind = VB_VALUE_NULL } };
static const vb_entry params[] = {
    { { "list", 4 }, { .kind = VB_VALUE_LIST, .as.list = { items, VB_COUNT(items) } } },
    { { "x", 1 }, { .kind = VB_VALUE_STRING, .as.text = { "Aa", 2 } } },
};

static void must_run(vb_store *store, const char *text)
{
    vb_query *q = NULL;
    const vb_value *row;
    const vb_query_options options = { .write = true };
    must(vb_query_open(store, vb_str_of(text), &options, &q, NULL) == VB_OK);
    must(vb_query_next(q, &row, NULL) == VB_OK);
    vb_query_close(q);
}

/** The graph in @p *store, which is opened where it is not yet: opening takes far longer than filling. */
static vb_store *make_graph(vb_store **store)
{
    if (*store)
        must_run(*store, "MATCH (n) DETACH DELETE n");
    else
        must(vb_store_open(":memory:", VB_OPEN_WRITE, store, NULL) == VB_OK);
    must_run(*store, graph);
    return *store;
}

static bool is_literal(const vb_value *v)
{
    bool plain = v->kind < VB_VALUE_NODE;
    if (v->kind == VB_VALUE_FLOAT) plain = isfinite(v->as.number);
    for (size_t i = 0; plain && v->kind == VB_VALUE_LIST && i < v->as.list.len; i++)
        plain = is_literal(&v->as.list.at[i]);
    for (size_t i = 0; plain && v->kind == VB_VALUE_MAP && i < v->as.map.len; i++)
        plain = is_literal(&v->as.map.at[i].value);
    return plain;
}

static void check_value(const vb_value *v)
{
    vb_buf text = { 0 };
    vb_value back;
    vb_query_error err = { 0 };
    must(vb_value_print(v, &text) == VB_OK && text.len);
    must(vb_value_compare(v, v) == 0);
    vb_arena *arena = vb_arena_new();
    must(arena != NULL);
    if (text.len < 4096 && is_literal(v)) {
        vb_status status = vb_value_parse(vb_buf_view(&text), arena, &back, &err);
        must(status == VB_TOO_LARGE || (status == VB_OK && vb_value_compare(v, &back) == 0));
    }
    vb_arena_free(arena);
    vb_buf_clear(&text);
}

/** Run @p text. @return the first value of the last row when that is an integer; -1 when there is none or the
 *  query failed. */
static int64_t run(vb_store *store, vb_str text, bool write, vb_query_effects *effects)
{
    vb_query *q = NULL;
    vb_query_error err = { 0 };
    const vb_value *row = NULL;
    size_t n = 0, n_rows = 0;
    int64_t last = -1;
    const vb_query_options options = {
        .write = write, .timeout_ms = 100, .memory = 16 << 20, .params = params, .n_params = VB_COUNT(params)
    };
    vb_status status = vb_query_open(store, text, &options, &q, &err);
    if (status == VB_OK) vb_query_columns(q, &n);
    while (status == VB_OK && (status = vb_query_next(q, &row, &err)) == VB_OK && row && n_rows++ < 1000) {
        for (size_t i = 0; i < n; i++) check_value(&row[i]);
        last = n && row[0].kind == VB_VALUE_INTEGER ? row[0].as.integer : -1;
    }
    must(status == VB_OK || (err.type && err.detail && err.message[0] && err.status == status));
    must(status != VB_STORE);
    if (status == VB_OK && effects && q) *effects = *vb_query_changed(q);
    vb_query_close(q);
    return status == VB_OK ? last : -1;
}

static void partition(vb_store *store, maker *m)
{
    static const char *const forms[] = { "", " WHERE (%.*s)", " WHERE NOT (%.*s)", " WHERE (%.*s) IS NULL" };
    int64_t counts[VB_COUNT(forms)];
    pattern(m, pick(m, 3));
    vb_buf match = m->out;
    m->out = (vb_buf){ 0 };
    expression(m);
    for (size_t i = 0; i < VB_COUNT(forms); i++) {
        vb_buf text = { 0 }, condition = { 0 };
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        must(vb_buf_printf(&condition, forms[i], VB_FMT(vb_buf_view(&m->out))) == VB_OK);
#pragma GCC diagnostic pop
        must(vb_buf_printf(&text, "MATCH %.*s%.*s RETURN count(*)", VB_FMT(vb_buf_view(&match)),
                           VB_FMT(vb_buf_view(&condition))) == VB_OK);
        counts[i] = run(store, vb_buf_view(&text), false, NULL);
        vb_buf_clear(&text);
        vb_buf_clear(&condition);
    }
    vb_buf_clear(&match);
    for (size_t i = 0; i < VB_COUNT(counts); i++)
        if (counts[i] < 0) return; /* refused or failed: nothing to compare */
    must(counts[0] == counts[1] + counts[2] + counts[3]);
}

static void write_and_count(maker *m)
{
    static vb_store *written;
    vb_query_effects effects = { 0 };
    vb_store *store = make_graph(&written);
    const vb_str nodes = VB_STR("MATCH (n) RETURN count(*)"),
                 rels = VB_STR("MATCH ()-[r]->() RETURN count(DISTINCT r)");
    int64_t n = run(store, nodes, false, NULL), r = run(store, rels, false, NULL);
    query(m, true);
    run(store, vb_buf_view(&m->out), true, &effects);
    must(run(store, nodes, false, NULL) == n + effects.nodes_added - effects.nodes_removed);
    must(run(store, rels, false, NULL) == r + effects.relationships_added - effects.relationships_removed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static vb_store *store; /* of the queries that read */
    if (!store) make_graph(&store);
    if (!size) return 0;
    maker m = { .at = data + 1, .end = data + size };
    if (data[0] == '#') {
        run(store, (vb_str){ (const char *)data + 1, size - 1 }, false, NULL);
    } else if (data[0] % 2) {
        write_and_count(&m);
    } else if (data[0] % 8) {
        m.steady = true;
        partition(store, &m);
    } else {
        query(&m, false);
        run(store, vb_buf_view(&m.out), false, NULL);
    }
    vb_buf_clear(&m.out);
    return 0;
}
