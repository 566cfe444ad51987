/** openCypher: a query and what it answers, a row each, on a small graph of its own; and what is refused. */
#include "graph/graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const char graph[] =
    "CREATE (a:Town {name: 'Aa', n: 1})-[:ROAD {km: 3}]->(b:Town {name: 'Bee', n: 2}),"
    " (b)-[:ROAD {km: 4}]->(c:Village {name: 'Cee', n: 3}), (a)-[:RAIL]->(c)";

#define SYMMETRIC                                                                                  \
    "CREATE (a:P {k: 1})-[:COOPERATES_WITH {n: 1}]->(:P {k: 2}), (a)-[:COOPERATES_WITH]->(a) WITH" \
    " count(*) AS made "

#define KEYS                                                                                            \
    "CREATE (:K {key: 'x', n: 1}), (:K {key: 'x', n: 2}), (:L {key: 'x', n: 3}), ({key: 5, n: 4}) WITH" \
    " count(*) AS made "

/* Rows are joined by "; ", cells by ", ". An error is its type, detail and column. */
static const struct sample {
    const char *query, *want;
} samples[] = {
    { "RETURN 1 + 2 * 3, 7 / 2, 7 % 4, 2 ^ 3, -(3)", "7, 3, 3, 8.0, -3" },
    { "RETURN 1 = 1.0, 1 = '1', null = null, [1, null] = [1, null]", "true, false, null, null" },
    { "RETURN true AND null, false AND null, true OR null, NOT null, true XOR true",
      "null, false, true, null, false" },
    { "RETURN 1 < 2 < 3, 3 IN [1, null], null IN [], 'ab' STARTS WITH 'a', 'ab' =~ 'a.'",
      "true, null, false, true, true" },
    { "RETURN [1, 2, 3][-1], [1, 2, 3][1..], {a: 1}.a, {a: {b: 2}}['a'].b", "3, [2, 3], 1, 2" },
    { "RETURN CASE WHEN false THEN 1 ELSE 2 END, CASE 3 WHEN 3 THEN 'x' END", "2, 'x'" },
    { "RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x], all(x IN [1, 2] WHERE x > 0)", "[1, 9, 25], true" },
    { "RETURN any(x IN [1] WHERE x = 1), none(x IN [] WHERE true), single(x IN [1, 1] WHERE x = 1)",
      "true, true, false" },
    { "RETURN abs(-2), sign(-0.5), ceil(1.2), floor(1.8), round(2.5), sqrt(16)",
      "2, -1, 2.0, 1.0, 3.0, 4.0" },
    { "RETURN e() > 2.7, pi() > 3.1, exp(0), log(1), log10(100), sin(0), cos(0), tan(0)",
      "true, true, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0" },
    { "RETURN asin(0), acos(1), atan(0), atan2(0, 1), cot(1) > 0.6, degrees(0), radians(0), haversin(0)",
      "0.0, 0.0, 0.0, 0.0, true, 0.0, 0.0, 0.0" },
    { "RETURN 0 <= rand() AND rand() < 1, timestamp() > 0", "true, true" },
    { "RETURN toUpper('aé'), toLower('AÉ'), trim(' a '), ltrim(' a'), rtrim('a '), reverse('aé')",
      "'AÉ', 'aé', 'a', 'a', 'a', 'éa'" },
    { "RETURN left('abc', 2), right('abc', 2), substring('abc', 1), replace('aba', 'a', 'x'), split('a,b', "
      "',')",
      "'ab', 'bc', 'bc', 'xbx', ['a', 'b']" },
    { "RETURN toInteger('12'), toInteger(1.9), toFloat('1.5'), toString(1.0), toBoolean('true'), "
      "toInteger('x')",
      "12, 1, 1.5, '1.0', true, null" },
    { "RETURN size([1, 2]), size('é'), head([1, 2]), last([1, 2]), tail([1, 2]), reverse([1, 2])",
      "2, 1, 1, 2, [2], [2, 1]" },
    { "RETURN coalesce(null, 2), keys({b: 1, a: 2}), properties({a: 1}), range(3, 1, -1)",
      "2, ['a', 'b'], {a: 1}, [3, 2, 1]" },
    { "MATCH (a)-[r:RAIL]->(b) RETURN type(r), startNode(r).name, endNode(r).name, labels(b), id(r) > 0",
      "'RAIL', 'Aa', 'Cee', ['Village'], true" },
    { "MATCH p = ({n: 1})-[:ROAD*2]->() RETURN length(p), [x IN nodes(p) | x.n], size(relationships(p))",
      "2, [1, 2, 3], 2" },
    { "MATCH (t:Town) RETURN t.name ORDER BY t.n DESC", "'Bee'; 'Aa'" },
    { "MATCH p = (a)-[*]-(b)-[:ROAD*1..1]-(c) UNWIND [1, 2] AS y RETURN 1 AS z, y, count(*) > 0 ORDER BY y, "
      "z",
      "1, 1, true; 1, 2, true" },
    { "MATCH (t {name: 'Bee'}) RETURN t", "(:Town {n: 2, name: 'Bee'})" },
    { "MATCH (v:Village) OPTIONAL MATCH (v)-[r]->() RETURN v.name, r, exists(v.n)", "'Cee', null, true" },
    { "MATCH (a)-[r]-(b) WHERE a.n = 1 AND (a)-[:RAIL]->(b) RETURN count(*), collect(DISTINCT b.name)",
      "1, ['Cee']" },
    { "MATCH p = shortestPath((a {n: 1})-[*]-(c {n: 3})) RETURN length(p)", "1" },
    { "MATCH (a {n: 1}), (b {n: 2}) MATCH p = allShortestPaths((a)-[*..3]-(b)) RETURN count(p)", "1" },
    { "MATCH (a) RETURN count(*), sum(a.n), avg(a.n), min(a.n), max(a.n), stDev(a.n), stDevP(a.n) > 0",
      "3, 6, 2.0, 1, 3, 1.0, true" },
    { "UNWIND [1, 2, 3, 4] AS x RETURN percentileCont(x, 0.5), percentileDisc(x, 0.5)", "2.5, 2" },
    { "MATCH (a) WITH a ORDER BY a.n SKIP 1 LIMIT 1 RETURN a.name", "'Bee'" },
    { "RETURN 1 AS x UNION ALL RETURN 1 AS x UNION ALL RETURN 2 AS x", "1; 1; 2" },
    { "RETURN 1 AS x UNION RETURN 1 AS x", "1" },
    { "MATCH (a {n: 1}) RETURN COUNT { (a)-->() }, EXISTS { MATCH (a)-[:ROAD]->(b) WHERE b.n = 2 RETURN b }",
      "2, true" },
    { "MATCH (a {n: 1}) RETURN [(a)-[:ROAD]->(b) WHERE b.n > 0 | b.name]", "['Bee']" },
    { "CALL db.labels() YIELD label RETURN label", "'Town'; 'Village'" },
    { "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t", "'RAIL'; 'ROAD'" },
    { "MATCH ()-[r:RAIL]->() RETURN evidence(r)", "[]" },
    /* a symmetric relation has no direction, whichever way it is stored; no edge is gone twice */
    { SYMMETRIC "MATCH (p:P)-[r:COOPERATES_WITH]->(q) RETURN p.k, q.k, startNode(r).k ORDER BY p.k, q.k",
      "1, 1, 1; 1, 2, 1; 2, 1, 1" },
    { SYMMETRIC "MATCH (p {k: 2})-->(q) RETURN q.k", "1" },
    { SYMMETRIC "MATCH (p {k: 1})<-[:COOPERATES_WITH|ROAD]-(q) RETURN q.k ORDER BY q.k", "1; 2" },
    { SYMMETRIC "MATCH (p {k: 2})-[:COOPERATES_WITH]->(q)-[:COOPERATES_WITH]->(s) RETURN s.k", "1" },
    { SYMMETRIC "MATCH (a {k: 1}), (b {k: 2}) WHERE (b)-[:COOPERATES_WITH]->(a) AND (b)-->(a) AND (a)<--(b)"
                " RETURN count(*)",
      "1" },
    { SYMMETRIC "MATCH p = ({k: 2})-[:COOPERATES_WITH*]->(q) RETURN length(p) ORDER BY length(p)", "1; 2" },
    { SYMMETRIC "MATCH (a {k: 1}), (b {k: 2}) MATCH p = shortestPath((b)-[*]->(a)) RETURN length(p)", "1" },
    { SYMMETRIC "MATCH (a {k: 1}), (b {k: 2}) MERGE (b)-[r:COOPERATES_WITH]->(a) RETURN r.n", "1" },
    /* by an index, and what an index does not hold */
    { KEYS "MATCH (k {key: 'x'}) RETURN k.n ORDER BY k.n", "1; 2; 3" },
    { KEYS "MATCH (k:K) WHERE 'x' = k.key RETURN k.n ORDER BY k.n", "1; 2" },
    { KEYS "MATCH (k {key: 5.0}) RETURN k.n", "4" },
    { KEYS "MATCH (k {key: null}) RETURN count(k)", "0" },
    { KEYS "UNWIND ['x', 5, null, 'y'] AS key MATCH (k {key: key}) RETURN key, count(*)", "'x', 3; 5, 1" },
    { KEYS "MATCH (k {key: 'x'}) SET k.key = 'y' WITH k ORDER BY k.n MATCH (z {key: 'y'}) RETURN count(*)",
      "9" },
    { "MATCH (a {n: 2}) WITH id(a) AS i UNWIND [i, 1.0 * i, null, 'x', -1] AS j MATCH (b) WHERE id(b) = j "
      "RETURN b.n",
      "2; 2" },
    { "MATCH (a)-->(b {name: 'Bee'})-->(c) RETURN a.n, c.n", "1, 3" },
    { "MATCH (a {name: 'Aa'}), (b)-->(c {name: a.name + ''}) RETURN count(*)", "0" },
    /* the plan */
    { "EXPLAIN MATCH (t:Town) RETURN count(t)", "'Project', 'count(t)', 1; 'CountNodes', '(t):Town', 1" },
    { "EXPLAIN MATCH (a {name: 'Aa'})-[r:ROAD]->(b) WHERE b.n > 1 RETURN b.n ORDER BY b.n LIMIT 1",
      "'Limit', 'limit 1', 1; 'Sort', 'b.n, kept as many as the limit lets through', 1; 'Project', 'b.n', 1;"
      " 'Filter', 'b.n > 1', 1; 'Expand', '(a)-[r:ROAD]->(b)', 1; 'Filter', 'a.name = \\'Aa\\'', 1;"
      " 'NodesByName', '(a) by \\'Aa\\'', 2; 'Once', null, 1" },
    { "EXPLAIN CREATE (:Never)", "'Create', null, 1; 'Once', null, 1" },
    { "UNWIND range(1, 5000) AS x RETURN x ORDER BY -x SKIP 1 LIMIT 2", "4999; 4998" },
    { "UNWIND range(1, 5000) AS x RETURN x % 2 AS y, count(*) AS n ORDER BY y LIMIT 1", "0, 2500" },
    { "MATCH (a) RETURN count(a), count(*)", "3, 3" },
    { "MATCH (a:Nowhere) RETURN count(*)", "0" },
    /* procedures */
    { "CALL verband.rank({by: 'degree'}) YIELD node, score RETURN node.name, score ORDER BY node.name",
      "'Aa', 2.0; 'Bee', 2.0; 'Cee', 2.0" },
    { "CALL verband.degree() YIELD score RETURN sum(score)", "6.0" },
    { "CALL verband.degree({relations: ['ROAD'], label: 'Village'}) YIELD node, score RETURN node.name, "
      "score",
      "'Cee', 1.0" },
    { "CALL verband.components() YIELD component RETURN count(*), max(component)", "3, 1" },
    { "CALL verband.communities() YIELD node RETURN count(*)", "3" },
    { "CALL verband.shortest('Aa', 'Cee') YIELD path, length RETURN length, [n IN nodes(path) | n.name],"
      " [r IN relationships(path) | type(r)]",
      "1, ['Aa', 'Cee'], ['RAIL']" },
    { "CALL verband.path('Aa', 'Cee', {k: 2}) YIELD length RETURN length", "1; 2" },
    { "MATCH (a {n: 1}) CALL verband.neighbours(a) YIELD node, distance RETURN count(*), max(distance)",
      "2, 1" },
    { "CALL verband.similar('Aa') YIELD node RETURN count(*) > 0", "true" },
    { "CALL verband.search('nergens')", "" },
    { "CALL db.propertyKeys() YIELD propertyKey RETURN collect(propertyKey)", "['km', 'n', 'name']" },
    { "CALL db.schema()",
      "'Town', 'RAIL', 'Village', 1; 'Town', 'ROAD', 'Town', 1; 'Town', 'ROAD', 'Village', 1" },
    { "CALL verband.rank({bij: 1})", "ProcedureError/ProcedureFailed 1" },
    { "CALL verband.rank(1, 2)", "SyntaxError/InvalidNumberOfArguments 1" },
    { "CALL verband.nothing()", "ProcedureError/ProcedureNotFound 1" },
    /* refused */
    { "RETURN x", "SyntaxError/UndefinedVariable 8" },
    { "RETURN 1 +", "SyntaxError/UnexpectedSyntax 11" },
    { "MATCH (a) RETURN a.n AS x, count(*) + a.m", "SyntaxError/AmbiguousAggregationExpression 39" },
    { "RETURN 9223372036854775808", "SyntaxError/IntegerOverflow 8" },
    { "RETURN 1 / 0", "ArithmeticError/DivisionByZero 8" },
    { "RETURN nothing(1)", "SyntaxError/UnknownFunction 8" },
    { "RETURN $missing", "ParameterMissing/MissingParameter 8" },
    { "MATCH (a)-[a]->() RETURN a", "SyntaxError/VariableTypeConflict 12" },
    { "CREATE (a) DELETE a RETURN a.n", "EntityNotFound/DeletedEntityAccess 28" },
    { "MATCH (a {n: 1}) DELETE a", "ConstraintVerificationFailed/DeleteConnectedNode 25" },
    { "CREATE (a {p: {q: 1}})", "TypeError/InvalidPropertyType 1" },
};

static void run(vb_store *store, const char *text, vb_buf *out)
{
    vb_query *query = NULL;
    vb_query_error err = { 0 };
    const vb_query_options options = { .write = true };
    const vb_value *row = NULL;
    size_t n = 0, n_rows = 0;
    vb_status status = vb_query_open(store, vb_str_of(text), &options, &query, &err);
    if (status == VB_OK) vb_query_columns(query, &n);
    assert_int_equal(vb_buf_add(out, VB_STR("")), VB_OK);
    while (status == VB_OK && (status = vb_query_next(query, &row, &err)) == VB_OK && row) {
        if (n_rows++) assert_int_equal(vb_buf_add(out, VB_STR("; ")), VB_OK);
        for (size_t i = 0; i < n; i++) {
            if (i) assert_int_equal(vb_buf_add(out, VB_STR(", ")), VB_OK);
            assert_int_equal(vb_value_print(&row[i], out), VB_OK);
        }
    }
    if (status != VB_OK) {
        vb_buf_clear(out);
        assert_int_equal(vb_buf_printf(out, "%s/%s %u", err.type, err.detail, err.column), VB_OK);
    }
    vb_query_close(query);
}

static vb_store *fresh(void)
{
    vb_store *store = NULL;
    vb_error err = { 0 };
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, &err), VB_OK);
    return store;
}

static void answers(void **state)
{
    const struct sample *s = *state;
    vb_store *store = fresh();
    vb_buf got = { 0 };
    run(store, graph, &got);
    assert_string_equal(got.at, "");
    got.len = 0;
    run(store, s->query, &got);
    assert_string_equal(got.at, s->want);
    vb_buf_clear(&got);
    vb_store_close(store);
}

/** A query that writes keeps all of what it does, or nothing. */
static void writes_wholly_or_not(void **state)
{
    static const char *const steps[][2] = {
        { "UNWIND [1, 0] AS x CREATE (:Half {v: 1 / x})", "ArithmeticError/DivisionByZero 38" },
        { "MATCH (n) RETURN count(*)", "0" },
        { "MERGE (n:One {k: 1}) ON CREATE SET n.made = true RETURN n.made", "true" },
        { "MERGE (n:One {k: 1}) ON MATCH SET n.met = 1.0 RETURN n", "(:One {k: 1, made: true, met: 1.0})" },
        { "MATCH (n:One) SET n:Two, n.name = 'x' REMOVE n:One, n.made RETURN n",
          "(:Two {k: 1, met: 1.0, name: 'x'})" },
        { "MATCH (n {name: 'x'}) SET n = {name: 'y'} RETURN n", "(:Two {name: 'y'})" },
        { "MATCH (n {name: 'x'}) RETURN n", "" },
        { "MATCH (n {name: 'y'}) SET n += {a: [1, 2]} RETURN n.a", "[1, 2]" },
        { "MATCH (n) DETACH DELETE n", "" },
        { "MATCH (n) RETURN count(*)", "0" },
    };
    (void)state;
    vb_store *store = fresh();
    for (size_t i = 0; i < VB_COUNT(steps); i++) {
        vb_buf got = { 0 };
        run(store, steps[i][0], &got);
        assert_string_equal(got.at, steps[i][1]);
        vb_buf_clear(&got);
    }
    vb_store_close(store);
}

/** Deep nesting, a limit of memory and a reader's query that writes are errors, not crashes. */
static void limits_hold(void **state)
{
    (void)state;
    vb_store *store = fresh();
    vb_query_error err = { 0 };
    vb_query *query = NULL;
    const vb_value *row;
    vb_buf deep = { 0 };
    assert_int_equal(vb_buf_add(&deep, VB_STR("RETURN ")), VB_OK);
    for (int i = 0; i < 20000; i++) assert_int_equal(vb_buf_add(&deep, VB_STR("[")), VB_OK);
    assert_int_equal(vb_query_open(store, vb_buf_view(&deep), NULL, &query, &err), VB_TOO_LARGE);
    deep.len = strlen("RETURN ");
    for (int i = 0; i < 20000; i++) assert_int_equal(vb_buf_add(&deep, VB_STR("1+")), VB_OK);
    assert_int_equal(vb_buf_add(&deep, VB_STR("1")), VB_OK);
    assert_int_equal(vb_query_open(store, vb_buf_view(&deep), NULL, &query, &err), VB_TOO_LARGE);
    vb_buf_clear(&deep);
    assert_int_equal(vb_query_open(store, VB_STR("CREATE ()"), NULL, &query, &err), VB_BAD_ARGUMENT);
    const vb_query_options small = { .memory = 1 << 20 };
    assert_int_equal(vb_query_open(store, VB_STR("RETURN range(1, 1000000)"), &small, &query, &err), VB_OK);
    assert_int_equal(vb_query_next(query, &row, &err), VB_TOO_LARGE);
    vb_query_close(query);
    vb_store_close(store);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples) + 2];
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].query,
                                        .test_func = answers,
                                        .initial_state = (void *)&samples[i] };
    struct CMUnitTest rest[] = { cmocka_unit_test(writes_wholly_or_not), cmocka_unit_test(limits_hold) };
    memcpy(tests + VB_COUNT(samples), rest, sizeof rest);
    return cmocka_run_group_tests_name("cypher", tests, NULL, NULL);
}
