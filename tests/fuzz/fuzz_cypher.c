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
#include "queries/cypher/cypher.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) abort();
}

/* ---- a query out of bytes ------------------------------------------------------------------------------ */

typedef struct maker {
    const uint8_t *at, *end;
    vb_buf out;
    unsigned depth, words;
    bool steady; /* nothing that differs from one run to the next, no subquery that writes */
} maker;

enum { DEPTH_MAX = 5, WORDS_MAX = 300 };

static unsigned pick(maker *m, unsigned n)
{
    return m->at < m->end ? *m->at++ % n : 0;
}

static void put(maker *m, const char *text)
{
    m->words++;
    must(vb_buf_add(&m->out, vb_str_of(text)) == VB_OK);
}

#define PICK(m, ...)                                          \
    do {                                                      \
        static const char *const choices[] = { __VA_ARGS__ }; \
        put((m), choices[pick((m), VB_COUNT(choices))]);      \
    } while (0)

static void put_name(maker *m)
{
    PICK(m, "a", "b", "c", "r", "s", "p", "x", "y");
}

static void put_key(maker *m)
{
    PICK(m, "p", "q", "name", "key", "weight", "first", "aliases", "`a b`");
}

static void put_function(maker *m)
{
    static const vb_cy_function *const tables[] = { vb_cy_functions_scalar, vb_cy_functions_number,
                                                    vb_cy_functions_string, vb_cy_functions_list,
                                                    vb_cy_functions_graph,  vb_cy_functions_aggregate };
    const vb_cy_function *table = tables[pick(m, m->steady ? 5 : 6)];
    size_t n = 0;
    while (table[n].name) n++;
    const vb_cy_function *f = &table[pick(m, (unsigned)n)];
    put(m, m->steady && f->varies ? "abs" : f->name);
}

static void expression(maker *m);
static void pattern(maker *m, unsigned hops);
static void query(maker *m, bool writes);

static void list(maker *m, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (i) put(m, ", ");
        expression(m);
    }
}

static void literal(maker *m)
{
    PICK(m, "0", "1", "-1", "2", "null", "true", "false", "''", "'a'", "'Aa'", "'\\u00e9'", "1.5", "-0.0",
         "1e300", "9223372036854775807", "-9223372036854775808", "0x1f", "[]", "{}", "[1, null, 'a']",
         "{p: 1, q: null}", "$x", "$list", "(0.0 / 0.0)", "'2024-02-30'", "'P1Y2M'");
}

static void binary(maker *m)
{
    put(m, "(");
    expression(m);
    PICK(m, " + ", " - ", " * ", " / ", " % ", " ^ ", " = ", " <> ", " < ", " <= ", " > ", " >= ", " AND ",
         " OR ", " XOR ", " IN ", " STARTS WITH ", " ENDS WITH ", " CONTAINS ", " =~ ");
    expression(m);
    put(m, ")");
}

static void comprehension(maker *m)
{
    switch (pick(m, 4)) {
    case 0:
        put(m, "[x IN ");
        expression(m);
        put(m, " WHERE ");
        expression(m);
        put(m, " | ");
        expression(m);
        put(m, "]");
        break;
    case 1:
        PICK(m, "all", "any", "none", "single");
        put(m, "(x IN ");
        expression(m);
        put(m, " WHERE ");
        expression(m);
        put(m, ")");
        break;
    case 2:
        put(m, "[");
        pattern(m, 1);
        put(m, " | ");
        expression(m);
        put(m, "]");
        break;
    default:
        PICK(m, "EXISTS { ", "COUNT { ");
        pattern(m, 1 + pick(m, 2));
        put(m, " WHERE ");
        expression(m);
        put(m, " }");
    }
}

static void postfix(maker *m)
{
    if (pick(m, 2))
        put_name(m);
    else
        expression(m);
    switch (pick(m, 6)) {
    case 0:
        put(m, "[");
        expression(m);
        put(m, "]");
        break;
    case 1:
        put(m, "[");
        expression(m);
        put(m, "..");
        expression(m);
        put(m, "]");
        break;
    case 2:
        PICK(m, " IS NULL", " IS NOT NULL", ":A", ":R");
        break;
    default:
        put(m, ".");
        put_key(m);
    }
}

static void call(maker *m)
{
    put_function(m);
    put(m, pick(m, 8) || m->steady ? "(" : "(DISTINCT ");
    list(m, pick(m, 4));
    put(m, ")");
}

static void choice(maker *m)
{
    put(m, "CASE ");
    if (pick(m, 2)) expression(m);
    put(m, " WHEN ");
    expression(m);
    put(m, " THEN ");
    expression(m);
    put(m, " ELSE ");
    expression(m);
    put(m, " END");
}

static void expression(maker *m)
{
    if (m->depth >= DEPTH_MAX || m->words > WORDS_MAX) {
        literal(m);
        return;
    }
    m->depth++;
    switch (pick(m, 12)) {
    case 0:
    case 1:
        literal(m);
        break;
    case 2:
        put_name(m);
        break;
    case 3:
    case 4:
        put_name(m);
        put(m, ".");
        put_key(m);
        break;
    case 5:
    case 6:
        binary(m);
        break;
    case 7:
        call(m);
        break;
    case 8:
        comprehension(m);
        break;
    case 9:
        postfix(m);
        break;
    case 10:
        PICK(m, "NOT ", "-", "+");
        expression(m);
        break;
    default:
        if (pick(m, 2)) {
            choice(m);
        } else {
            put(m, "[");
            list(m, pick(m, 3));
            put(m, "]");
        }
    }
    m->depth--;
}

static void properties(maker *m)
{
    if (pick(m, 4)) return;
    put(m, " {");
    put_key(m);
    put(m, ": ");
    expression(m);
    put(m, "}");
}

static void node(maker *m)
{
    put(m, "(");
    if (pick(m, 4)) put_name(m);
    PICK(m, "", "", ":A", ":B", ":A:B", ":Person");
    properties(m);
    put(m, ")");
}

static void pattern(maker *m, unsigned hops)
{
    if (m->depth >= DEPTH_MAX) hops = 0;
    m->depth++;
    node(m);
    for (unsigned i = 0; i < hops; i++) {
        bool left = pick(m, 3) == 0;
        put(m, left ? "<-[" : "-[");
        if (pick(m, 3)) PICK(m, "r", "s", "t");
        PICK(m, "", ":R", ":S", ":R|S", ":COOPERATES_WITH", ":R|COOPERATES_WITH");
        PICK(m, "", "", "", "*", "*0..2", "*2", "*..3", "*1..1");
        properties(m);
        put(m, left || pick(m, 2) ? "]-" : "]->");
        node(m);
    }
    m->depth--;
}

static void where(maker *m)
{
    if (pick(m, 2)) return;
    put(m, " WHERE ");
    expression(m);
}

static void reading(maker *m)
{
    switch (pick(m, 6)) {
    case 0:
        put(m, " OPTIONAL");
        __attribute__((fallthrough));
    case 1:
    case 2:
        put(m, " MATCH ");
        if (!pick(m, 6)) put(m, "p = ");
        pattern(m, pick(m, 3));
        if (!pick(m, 4)) {
            put(m, ", ");
            pattern(m, pick(m, 2));
        }
        where(m);
        break;
    case 3:
        put(m, " UNWIND ");
        expression(m);
        put(m, " AS x");
        break;
    case 4:
        PICK(m, " CALL db.labels() YIELD label AS y",
             " CALL db.relationshipTypes() YIELD relationshipType AS y",
             " MATCH p = shortestPath((a)-[*]-(b))", " MATCH p = allShortestPaths((a {p: 1})-[:R*..3]->(b))");
        break;
    default:
        put(m, " WITH ");
        PICK(m, "*", "DISTINCT a", "a, count(*) AS x", "a, r", "1 AS x", "collect(a) AS x", "a AS b");
        if (!pick(m, 4))
            PICK(m, " ORDER BY a.p", " ORDER BY a.p DESC SKIP 1", " LIMIT 3", " ORDER BY x LIMIT 1");
        where(m);
    }
}

static void writing(maker *m)
{
    switch (pick(m, 6)) {
    case 0:
    case 1:
        PICK(m, " CREATE ", " MERGE ");
        pattern(m, pick(m, 2));
        break;
    case 2:
        put(m, " SET ");
        put_name(m);
        put(m, ".");
        put_key(m);
        put(m, " = ");
        expression(m);
        break;
    case 3:
        PICK(m, " SET a:C", " SET a = {p: 1}", " SET a += {q: null, key: 'k'}", " REMOVE a.p", " REMOVE a:A");
        break;
    default:
        PICK(m, " DELETE r", " DETACH DELETE a", " DELETE a", " DETACH DELETE p");
    }
}

static void query(maker *m, bool writes)
{
    for (unsigned i = 1 + pick(m, 3); i-- > 0 && m->words < WORDS_MAX;) reading(m);
    for (unsigned i = writes ? 1 + pick(m, 3) : 0; i-- > 0;) writing(m);
    if (writes && pick(m, 2)) return;
    put(m, " RETURN ");
    if (!pick(m, 6)) put(m, "DISTINCT ");
    if (!pick(m, 4)) {
        put(m, "*");
    } else {
        expression(m);
        put(m, " AS z");
        if (pick(m, 2)) PICK(m, ", count(*) AS n", ", collect(a) AS n", ", a AS n", ", max(a.p) AS n");
    }
    if (!pick(m, 3)) PICK(m, " ORDER BY z", " ORDER BY z DESC LIMIT 2", " SKIP 1 LIMIT 2", " LIMIT 0");
    if (!pick(m, 8) && !writes && m->words < WORDS_MAX) {
        PICK(m, " UNION ", " UNION ALL ");
        query(m, false);
    }
}

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
