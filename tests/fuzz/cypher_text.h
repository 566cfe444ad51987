/** Queries out of bytes, for fuzz_cypher.c: each byte chooses among the productions of openCypher's grammar.
 */
#ifndef VB_FUZZ_CYPHER_TEXT_H
#define VB_FUZZ_CYPHER_TEXT_H

#include "queries/cypher/cypher.h"

#include <stdlib.h>

static void must(bool holds)
{
    if (!holds) abort();
}

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

#endif
