/** Unit tests of imports: loaders/csv.c, loaders/lines.c, loaders/import*.c and graph/store_bulk*.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/graph.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#define NODES "id:ID,:LABEL,key,name,aliases:string[],document,date:date\n"
#define EDGES ":START_ID,:END_ID,:TYPE,count:int,document,text\n"

typedef struct files {
    char nodes[32], edges[32];
} files;

static void write_one(char *path, const char *text, size_t len)
{
    strcpy(path, "/tmp/verband-import-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, len), (ssize_t)len);
    assert_int_equal(close(fd), 0);
}

static vb_status import(vb_store *store, const char *nodes, const char *edges, vb_import_summary *sum,
                        vb_error *err)
{
    files f;
    write_one(f.nodes, nodes, strlen(nodes));
    if (edges) write_one(f.edges, edges, strlen(edges));
    vb_status status =
        vb_import_files(store, (const char *const[]){ f.nodes, f.edges }, edges ? 2 : 1, sum, err);
    assert_int_equal(unlink(f.nodes), 0);
    if (edges) assert_int_equal(unlink(f.edges), 0);
    return status;
}

static vb_store *new_store(void)
{
    vb_store *store = NULL;
    assert_int_equal(vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL), VB_OK);
    return store;
}

/** The rows of a query, columns joined by '|', rows by ' / '. */
static char *rows(vb_store *store, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *stmt = NULL;
    size_t len = 0;
    out[0] = '\0';
    assert_int_equal(sqlite3_prepare_v2(vb_store_sqlite(store), sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *cell = (const char *)sqlite3_column_text(stmt, i);
            int n =
                snprintf(out + len, size - len, "%s%s", !len ? "" : (i ? "|" : " / "), cell ? cell : "NULL");
            assert_true(n >= 0 && (size_t)n < size - len);
            len += (size_t)n;
        }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    return out;
}

/* ---- what comes in ------------------------------------------------------------------------------------- */

static const struct sample {
    const char *name, *nodes, *edges, *query, *want;
} samples[] = {
    { "a node with all its columns", NODES "x1,Programme,pmg,Preventie met Gezag,PmG;P&G,,\n", NULL,
      "SELECT s.name, n.key, n.name, n.origin, n.props, group_concat(a.name) FROM node n JOIN label_set s ON "
      "s.id ="
      " n.labels JOIN alias a ON a.node = n.id",
      "Programme|pmg|Preventie met Gezag|3|{\"id\":\"x1\"}|Preventie met Gezag,PmG,P&G" },
    { "the id is the key where there is none", ":ID,:LABEL\nx1,A\n", NULL,
      "SELECT key, name, props FROM node", "x1|x1|NULL" },
    { "key:ID is the key, and no property", "key:ID,:LABEL,name\nGM0080,Municipality,Leeuwarden\n", NULL,
      "SELECT key, name, props FROM node", "GM0080|Leeuwarden|NULL" },
    { "name:ID is the name too", "name:ID,:LABEL\nLeeuwarden,Municipality\n", NULL,
      "SELECT key, name, props FROM node", "Leeuwarden|Leeuwarden|NULL" },
    { "several labels, the first is shown", ":ID,:LABEL\n1,Zee;Aap;Zee\n2,Aap;Zee\n", NULL,
      "SELECT name, labels, (SELECT count(*) FROM node WHERE labels = s.id) FROM label_set s WHERE labels "
      "LIKE '%Zee%'",
      "Zee|[\"Aap\",\"Zee\"]|2" },
    { "no label at all", ":ID,:LABEL\n1,\n", NULL,
      "SELECT s.name || s.labels FROM node n JOIN label_set s ON s.id = n.labels", "[]" },
    { "typed properties",
      ":ID,:LABEL,a:int,b:float,c:boolean,d:date,e:string[],f:int[],g\n1,A,007,-1.5e3,true,2024-02-29,x;y,1;-"
      "2,\"z\"\"z\"\n",
      NULL, "SELECT props FROM node",
      "{\"a\":7,\"b\":-1.5e3,\"c\":true,\"d\":\"2024-02-29\",\"e\":[\"x\",\"y\"],\"f\":[1,-2],\"g\":"
      "\"z\\\"z\"}" },
    { "an empty cell is no property, an ignored column neither", ":ID,:LABEL,a:int,b:IGNORE\n1,A,,x\n", NULL,
      "SELECT props FROM node", "NULL" },
    { "a large int keeps its digits", ":ID,:LABEL,a:long\n1,A,9223372036854775807\n", NULL,
      "SELECT props FROM node", "{\"a\":9223372036854775807}" },
    { "a file name makes a loaded document", NODES "d,Document,kst-1,Brief,,brief.txt,2024-05-06\n", NULL,
      "SELECT d.file, d.date, d.title, n.key FROM document d JOIN node n ON n.id = d.node",
      "brief.txt|2024-05-06|Brief|kst-1" },
    { "the date of what is no document is a property", NODES "d,Document,kst-1,Brief,,,2024-05-06\n", NULL,
      "SELECT props, (SELECT count(*) FROM document) FROM node", "{\"id\":\"d\",\"date\":\"2024-05-06\"}|0" },
    { "quotes, commas, line ends and CRLF",
      "\xef\xbb\xbf:ID,:LABEL,name\r\n1,A,\"x, \"\"y\"\"\r\nz\"\r\n\r\n\"2\",\"A\",\"\"", NULL,
      "SELECT key, replace(name, char(13, 10), '$') FROM node", "1|x, \"y\"$z / 2|2" },
    { "id spaces keep ids apart", "id:ID(P),:LABEL\n1,A\n", ":START_ID(P),:END_ID(P),:TYPE\n1,1,R\n",
      "SELECT r.name, e.source = e.target, e.origin, e.weight FROM edge e JOIN relation r ON r.id = e.type",
      "R|1|3|NULL" },
    { "rows with words are one edge",
      NODES "a,Municipality,,,,,\nb,Programme,,,,,\nd,Document,,,,b1.txt,2024-01-02\n",
      EDGES "a,b,PARTICIPATES_IN,1,b1.txt,Eerste zin.\na,b,PARTICIPATES_IN,2,b2.txt,Tweede zin.\n"
            "a,b,PARTICIPATES_IN,1,b1.txt,Derde zin.\n",
      "SELECT weight, first, last, (SELECT group_concat(ifnull(d.file, v.said_in) || ':' || v.text || "
      "v.start) FROM"
      " evidence v LEFT JOIN document d ON d.id = v.document WHERE v.edge = e.id) FROM edge e",
      "4|2024-01-02|2024-01-02|b2.txt:Tweede zin.-1,b1.txt:Eerste zin.-1,b1.txt:Derde zin.-1" },
    { "rows without words add up where the file counts", ":ID,:LABEL\n1,A\n", EDGES "1,1,R,1,,\n1,1,R,1,,\n",
      "SELECT count(*), max(weight) FROM edge", "1|2" },
    { "rows of a plain edge list stay apart", ":ID,:LABEL\n1,A\n", ":START_ID,:END_ID,:TYPE\n1,1,R\n1,1,R\n",
      "SELECT count(*) FROM edge", "2" },
    { "edges have properties", ":ID,:LABEL\n1,A\n",
      ":START_ID,:END_ID,:TYPE,since:int,count\n1,1,R,1999,3\n1,1,R,2000,4\n",
      "SELECT props, weight FROM edge", "{\"since\":1999}|3 / {\"since\":2000}|4" },
    { "a symmetric relation is stored once", "key:ID,:LABEL\nb,Ministry\na,Ministry\n",
      EDGES "b,a,COOPERATES_WITH,1,,x\na,b,COOPERATES_WITH,1,,y\n",
      "SELECT n.key, m.key, weight FROM edge e JOIN node n ON n.id = source JOIN node m ON m.id = target",
      "a|b|2" },
    { "an edge's own date", ":ID,:LABEL\n1,A\n",
      ":START_ID,:END_ID,:TYPE,date,text\n1,1,R,2023-04-05,x\n1,1,R,2022-04-05,y\n",
      "SELECT first, last FROM edge", "2022-04-05|2023-04-05" },
    { "mentions are counted", NODES "a,Municipality,,,,,\nd,Document,,,,b1.txt,\n",
      EDGES "d,a,MENTIONS,7,b1.txt,\n", "SELECT e.weight, d.mentions FROM edge e, document d", "7|7" },
    { "two ids of one node", "id:ID,:LABEL,key\n1,A,k\n2,A,k\n", ":START_ID,:END_ID,:TYPE\n1,2,R\n",
      "SELECT (SELECT count(*) FROM node), source = target FROM edge", "1|1" },
    { "every index is there afterwards", ":ID,:LABEL\n1,A\n", ":START_ID,:END_ID,:TYPE\n1,1,R\n",
      "SELECT count(*) FROM sqlite_master WHERE name IN ('edge_in', 'edge_out', 'alias_folded', 'alias_node',"
      " 'evidence_place', 'node_key')",
      "6" },
    { "names are found as words", ":ID,:LABEL,name\n1,A,Súdwest-Fryslân\n", NULL,
      "SELECT a.name FROM alias_words w JOIN alias a ON a.id = w.rowid WHERE alias_words MATCH 'fryslan'",
      "Súdwest-Fryslân" },
    { "JSON lines: nodes and edges of Neo4j",
      "{\"type\":\"node\",\"id\":\"0\",\"labels\":[\"Municipality\"],\"properties\":{\"key\":\"GM0080\","
      "\"name\":"
      "\"Leeuwarden\",\"aliases\":[\"Ljouwert\"],\"inwoners\":124084,\"x\":null}}\n\n"
      "{\"type\":\"node\",\"id\":1,\"labels\":[]}\r\n"
      "{\"type\":\"relationship\",\"id\":\"5\",\"label\":\"R\",\"start\":{\"id\":\"0\"},\"end\":{\"id\":1},"
      "\"properties\":{\"since\":1.5}}",
      NULL,
      "SELECT n.key, n.name, n.props, m.key, s.labels, r.name, e.props, (SELECT count(*) FROM alias) FROM "
      "edge e"
      " JOIN node n ON n.id = e.source JOIN node m ON m.id = e.target JOIN label_set s ON s.id = m.labels"
      " JOIN relation r ON r.id = e.type",
      "GM0080|Leeuwarden|{\"inwoners\":124084}|1|[]|R|{\"since\":1.5}|3" },
    { "JSON lines: edges of our own",
      "{\"document\":\"b.txt\",\"text\":\"Een "
      "zin.\",\"type\":\"PARTICIPATES_IN\",\"origin\":\"text\",\"source\":{"
      "\"type\":\"Municipality\",\"key\":\"GM0080\",\"name\":\"Leeuwarden\"},\"target\":{\"type\":"
      "\"Programme\","
      "\"key\":\"p\",\"name\":\"P\"}}\n"
      "{\"document\":\"b.txt\",\"text\":\"Nog een.\",\"type\":\"PARTICIPATES_IN\",\"source\":{\"type\":"
      "\"Municipality\",\"key\":\"GM0080\"},\"target\":{\"type\":\"Programme\",\"key\":\"p\"}}\n",
      NULL, "SELECT weight, (SELECT group_concat(said_in || ':' || text) FROM evidence) FROM edge",
      "2|b.txt:Een zin.,b.txt:Nog een." },
    { "GraphML: labels, names, types, defaults",
      "<?xml version='1.0'?><graphml xmlns='http://graphml.graphdrawing.org/xmlns'>"
      "<key id='d0' for='node' attr.name='labels' attr.type='string'/><key id='d1' for='node' "
      "attr.name='name'/>"
      "<key id='d2' for='all' attr.name='n' attr.type='int'><default>7</default></key>"
      "<key id='d3' for='edge' attr.name='weight' attr.type='double'/>"
      "<key id='d4' for='node' attr.name='ja' attr.type='boolean'/>"
      "<graph edgedefault='directed'><node id='n0' labels=':A:B'><data key='d1'>E&amp;n</data><data "
      "key='d4'>1</data>"
      "</node><node id='n1'><data key='d0'>:C</data><data key='d2'> 8 </data></node>"
      "<edge source='n0' target='n1' label='R'><data key='d3'>0.5</data></edge><edge source='n1' "
      "target='n0'/>"
      "</graph></graphml>",
      NULL,
      "SELECT s.labels, n.key, n.name, n.props, r.name, e.props FROM edge e JOIN node n ON n.id = e.source "
      "JOIN"
      " label_set s ON s.id = n.labels JOIN relation r ON r.id = e.type ORDER BY n.key",
      "[\"A\",\"B\"]|n0|E&n|{\"ja\":true,\"n\":7}|R|{\"weight\":0.5,\"n\":7} / "
      "[\"C\"]|n1|n1|{\"n\":8}|RELATED_TO|{\"n\":7}" },
    { "GraphML: a whole weight counts sentences",
      "<graphml><key id='w' for='edge' attr.name='weight' attr.type='int'/><key id='s' for='edge' "
      "attr.name='sentence'/>"
      "<graph><node id='a'/><edge source='a' target='a' label='R'><data key='w'>3</data><data "
      "key='s'>Zo.</data></edge>"
      "</graph></graphml>",
      NULL, "SELECT weight, props, (SELECT text FROM evidence) FROM edge", "3|NULL|Zo." },
};

static vb_status tell_finding(void *context, const char *rule, const char *where)
{
    (void)context;
    print_message("%s: %s\n", rule, where);
    return VB_OK;
}

static void imports(void **state)
{
    const struct sample *s = *state;
    char got[1024];
    vb_error err = { 0 };
    vb_store *store = new_store();
    vb_status status = import(store, s->nodes, s->edges, NULL, &err);
    if (status != VB_OK) print_message("%s\n", err.message);
    assert_int_equal(status, VB_OK);
    assert_string_equal(rows(store, s->query, got, sizeof got), s->want);
    assert_string_equal(rows(store, "PRAGMA foreign_key_check", got, sizeof got), "");
    assert_string_equal(rows(store, "PRAGMA foreign_keys", got, sizeof got), "1");
    vb_store_close(store);
}

/* ---- what is refused ----------------------------------------------------------------------------------- */

static const struct refused {
    const char *name, *nodes, *edges;
    vb_status status;
    const char *want; /* behind the path */
} refusals[] = {
    { "an empty file", "", NULL, VB_BAD_INPUT, ":1: empty" },
    { "no id column", "a,:LABEL\n1,A\n", NULL, VB_BAD_INPUT, ":1: no column :ID" },
    { "no type column", ":ID,:LABEL\n1,A\n", ":START_ID,:END_ID\n1,1\n", VB_BAD_INPUT,
      ":1: no column :TYPE" },
    { "an unknown type", ":ID,a:whole\n1,A\n", NULL, VB_BAD_INPUT, ":1: no column has the type 'whole'" },
    { "two columns of one name", ":ID,a,a:int\n1,A,1\n", NULL, VB_BAD_INPUT, ":1: two columns 'a'" },
    { "two columns of one meaning", ":ID,:LABEL,:LABEL\n1,A,1\n", NULL, VB_BAD_INPUT,
      ":1: two columns ':LABEL'" },
    { "a column without a name", ":ID,\n1,A\n", NULL, VB_BAD_INPUT, ":1: a column without a name" },
    { "too few cells", ":ID,:LABEL\n1,A\n2\n", NULL, VB_BAD_INPUT, ":3: 1 cells under a header of 2" },
    { "too many cells", ":ID,:LABEL\n1,A,\n", NULL, VB_BAD_INPUT, ":2: 3 cells under a header of 2" },
    { "a quote that is never closed", ":ID,:LABEL\n1,A\n2,\"A\n\n\n", NULL, VB_BAD_INPUT,
      ":3: a quote that is never closed" },
    { "text after a quote", ":ID,:LABEL\n1,\"A\"b\n", NULL, VB_BAD_INPUT,
      ":2: text after a closing quote in cell 2" },
    { "lines are counted through quotes", ":ID,:LABEL,a:int\n1,\"A\n\nB\",3\n2,A,x\n", NULL, VB_BAD_INPUT,
      ":5: 'x' in column 'a' is no int" },
    { "no UTF-8", ":ID,:LABEL\n1,\xff\n", NULL, VB_BAD_UTF8, ":2: text that is not UTF-8" },
    { "an id twice", ":ID,:LABEL\n1,A\n1,B\n", NULL, VB_BAD_INPUT, ":3: a second node with the id '1'" },
    { "an empty id", ":ID,:LABEL\n,A\n", NULL, VB_BAD_INPUT, ":2: an empty id" },
    { "an unknown id", ":ID,:LABEL\n1,A\n", ":START_ID,:END_ID,:TYPE\n1,1,R\n1,2,R\n", VB_BAD_INPUT,
      ":3: no node has the id '2'" },
    { "an id of another space", ":ID(A),:LABEL\n1,A\n", ":START_ID(A),:END_ID(B),:TYPE\n1,1,R\n",
      VB_BAD_INPUT, ":2: no node has the id '1'" },
    { "an edge without a type", ":ID,:LABEL\n1,A\n", ":START_ID,:END_ID,:TYPE\n1,1,\n", VB_BAD_INPUT,
      ":2: an edge without a type" },
    { "an int past 64 bits", ":ID,a:int\n1,9223372036854775808\n", NULL, VB_BAD_INPUT,
      ":2: '9223372036854775808' in column 'a' is no int" },
    { "no float", ":ID,a:float\n1,1.\n", NULL, VB_BAD_INPUT, ":2: '1.' in column 'a' is no float" },
    { "no boolean", ":ID,a:boolean\n1,yes\n", NULL, VB_BAD_INPUT, ":2: 'yes' in column 'a' is no boolean" },
    { "no date", ":ID,a:date\n1,2024-13-01\n", NULL, VB_BAD_INPUT,
      ":2: '2024-13-01' in column 'a' is no date" },
    { "no document's date", NODES "1,A,,,,x.txt,1 mei\n", NULL, VB_BAD_INPUT, ":2: '1 mei' is no date" },
    { "no count", ":ID\n1\n", EDGES "1,1,R,0,,\n", VB_BAD_INPUT, ":2: '0' is no count from 1" },
    { "one file for two nodes", NODES "1,Document,a,,,x.txt,\n2,Document,b,,,x.txt,\n", NULL, VB_BAD_INPUT,
      ":3: another node is the document 'x.txt' already" },
    { "no JSON", "{\"type\":\"node\",\"id\":\"1\"}\n{\"type\":", NULL, VB_BAD_INPUT, ":2: no JSON object" },
    { "a line of JSON that is neither node nor edge", "{\"type\":\"x\"}", NULL, VB_BAD_INPUT,
      ":1: 'x' is neither \"node\" nor \"relationship\"" },
    { "a NUL in JSON", "{\"type\":\"node\",\"id\":\"a\\u0000\"}", NULL, VB_BAD_INPUT, ":1: a NUL byte" },
    { "JSON that is no UTF-8", "{\"type\":\"node\",\"id\":\"\xff\"}", NULL, VB_BAD_UTF8,
      ":1: text that is not UTF-8" },
    { "an object among properties", "{\"type\":\"node\",\"id\":\"1\",\"properties\":{\"a\":{\"b\":1}}}", NULL,
      VB_BAD_INPUT, ":1: property 'a' holds an object" },
    { "a JSON edge to nowhere",
      "{\"type\":\"relationship\",\"label\":\"R\",\"start\":{\"id\":\"1\"},\"end\":{\"id\":\"1\"}}", NULL,
      VB_BAD_INPUT, ":1: no node has the id '1'" },
    { "GraphML that ends", "<graphml><graph>\n<node id='a'>", NULL, VB_BAD_INPUT, "XML line 2" },
    { "GraphML with entities", "<!DOCTYPE g [<!ENTITY a 'b'>]><graphml>&a;</graphml>", NULL, VB_BAD_INPUT,
      "entities" },
    { "GraphML: a number that is none",
      "<graphml><key id='n' for='node' attr.type='int'/><graph>\n<node id='a'><data "
      "key='n'>x</data></node></graph>"
      "</graphml>",
      NULL, VB_BAD_INPUT, ":2: 'x' in data 'n' is no int" },
    { "GraphML: data of no key",
      "<graphml><graph><node id='a'><data key='n'>x</data></node></graph></graphml>", NULL, VB_BAD_INPUT,
      ":1: data of a key that is not declared" },
    { "GraphML: a graph in a node", "<graphml><graph><node id='a'><graph/></node></graph></graphml>", NULL,
      VB_BAD_INPUT, ":1: a graph inside a graph" },
    { "GraphML: an id twice", "<graphml><graph><node id='a'/>\n<node id='a'/></graph></graphml>", NULL,
      VB_BAD_INPUT, ":2: a second node with the id 'a'" },
};

static void refuses(void **state)
{
    const struct refused *r = *state;
    char got[256];
    vb_error err = { 0 };
    vb_import_summary sum = { .n_nodes = 77 };
    vb_store *store = new_store();
    vb_status status = import(store, r->nodes, r->edges, &sum, &err);
    if (!strstr(err.message, r->want)) print_message("%s\n", err.message);
    assert_int_equal(status, r->status);
    assert_non_null(strstr(err.message, r->want));
    assert_int_equal(sum.n_nodes, 77); /* untouched */
    assert_string_equal(
        rows(store, "SELECT (SELECT count(*) FROM node), (SELECT count(*) FROM edge)", got, sizeof got),
        "0|0");
    assert_string_equal(rows(store,
                             "SELECT count(*) FROM sqlite_master WHERE name IN ('edge_in', 'edge_out')", got,
                             sizeof got),
                        "2");
    assert_int_equal(import(store, ":ID,:LABEL\n1,A\n", NULL, NULL, NULL),
                     VB_OK); /* the store is as good as new */
    vb_store_close(store);
}

/* ---- more ---------------------------------------------------------------------------------------------- */

static void again_adds_nothing(void **state)
{
    (void)state;
    const char *nodes = NODES "a,Municipality,GM1,A,AA,,\nb,Programme,p,P,,,\n";
    const char *edges = EDGES "a,b,PARTICIPATES_IN,1,x.txt,Een zin.\n";
    char got[256];
    vb_import_summary sum;
    vb_store *store = new_store();
    assert_int_equal(import(store, nodes, edges, &sum, NULL), VB_OK);
    assert_true(sum.n_nodes == 2 && sum.n_new_nodes == 2 && sum.n_edges == 1 && sum.n_new_edges == 1);
    assert_int_equal(import(store, nodes, edges, &sum, NULL), VB_OK);
    assert_true(sum.n_nodes == 2 && sum.n_new_nodes == 0 && sum.n_edges == 1 && sum.n_new_edges == 0);
    assert_string_equal(
        rows(store,
             "SELECT (SELECT count(*) FROM node), (SELECT count(*) FROM alias), (SELECT count(*) FROM"
             " evidence), (SELECT sum(ifnull(weight, 1)) FROM edge)",
             got, sizeof got),
        "2|3|1|1");
    vb_store_close(store);
}

/** A letter that is loaded with its text: importing what was exported of it adds nothing. */
static void texts_speak_for_themselves(void **state)
{
    (void)state;
    static const char letter[] = "De gemeente Leeuwarden neemt deel aan het programma Preventie met Gezag.\n";
    const char *nodes =
        "id:ID,:LABEL,key,name,document\nd,Document,brief,Brief,brief.txt\n"
        "l,Municipality,GM0080,Leeuwarden,\np,Programme,preventie-met-gezag,Preventie met Gezag,\n";
    const char *edges = EDGES "d,l,MENTIONS,1,,\nl,p,PARTICIPATES_IN,1,brief.txt,Een zin.\n"
                              "l,p,FUNDS,1,brief.txt,Door mensen gezien.\n";
    char before[256], after[256];
    const char *count =
        "SELECT (SELECT count(*) FROM edge), (SELECT sum(ifnull(weight, 1)) FROM edge WHERE type ="
        " (SELECT id FROM relation WHERE name = 'MENTIONS')), (SELECT count(*) FROM evidence)";
    vb_loader *loader = NULL;
    vb_import_summary sum;
    vb_store *store = new_store();
    assert_int_equal(vb_loader_new(NULL, &loader, NULL), VB_OK);
    assert_int_equal(vb_load_bytes(loader, store, VB_STR("brief.txt"), vb_str_of(letter), NULL, NULL), VB_OK);
    rows(store, count, before, sizeof before);
    assert_int_equal(import(store, nodes, edges, &sum, NULL), VB_OK);
    assert_int_equal(sum.n_new_edges, 1); /* what people saw in it stays */
    assert_int_equal(import(store, nodes,
                            EDGES "d,l,MENTIONS,1,,\nl,p,PARTICIPATES_IN,1,brief.txt,Een zin.\n", &sum, NULL),
                     VB_OK);
    assert_int_equal(sum.n_new_edges, 0);
    rows(store,
         "SELECT (SELECT count(*) FROM edge) - 1, (SELECT sum(ifnull(weight, 1)) FROM edge WHERE type = "
         "(SELECT id"
         " FROM relation WHERE name = 'MENTIONS')), (SELECT count(*) FROM evidence) - 1",
         after, sizeof after);
    assert_string_equal(after, before);
    vb_store_close(store);
    vb_loader_free(loader);
}

static void large_records_are_read(void **state)
{
    (void)state;
    vb_buf nodes = { 0 };
    char got[256];
    vb_store *store = new_store();
    assert_int_equal(vb_buf_printf(&nodes, ":ID,:LABEL,text\n"), VB_OK);
    for (int i = 0; i < 40; i++) { /* past the reader's buffer, in quotes that hold quotes */
        assert_int_equal(vb_buf_printf(&nodes, "%d,A,\"", i), VB_OK);
        for (int k = 0; k < 10000; k++) assert_int_equal(vb_buf_add(&nodes, VB_STR("\"\",\nab")), VB_OK);
        assert_int_equal(vb_buf_add(&nodes, VB_STR("\"\n")), VB_OK);
    }
    assert_int_equal(import(store, nodes.at, NULL, NULL, NULL), VB_OK);
    assert_string_equal(
        rows(store, "SELECT count(*), min(length(props ->> 'text')), max(length(props ->> 'text')) FROM node",
             got, sizeof got),
        "40|50000|50000");
    vb_buf_clear(&nodes);
    vb_store_close(store);
}

static void a_missing_file_is_told(void **state)
{
    (void)state;
    vb_error err = { 0 };
    vb_store *store = new_store();
    assert_int_equal(vb_import_files(store, (const char *const[]){ "/nowhere/nodes.csv" }, 1, NULL, &err),
                     VB_IO);
    assert_non_null(strstr(err.message, "/nowhere/nodes.csv: No such file"));
    vb_store_close(store);
}

static void the_store_is_in_order(void **state)
{
    (void)state;
    size_t n_findings = 77;
    vb_store *store = new_store();
    assert_int_equal(
        import(store,
               NODES "a,Municipality,GM1,A,AA,,\nb,Programme,p,P,,,\nd,Document,k,K,,x.txt,2024-01-02\n",
               EDGES "a,b,PARTICIPATES_IN,2,x.txt,Een zin.\na,b,PARTICIPATES_IN,1,y.txt,Nog een.\n"
                     "d,a,MENTIONS,3,x.txt,\na,b,FUNDS,1,,\n",
               NULL, NULL),
        VB_OK);
    assert_int_equal(vb_store_check(store, tell_finding, NULL, &n_findings, NULL), VB_OK);
    assert_int_equal(n_findings, 0);
    vb_store_close(store);
}

int main(void)
{
    struct CMUnitTest tests[96];
    size_t n = 0;
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[n++] = (struct CMUnitTest){ .name = samples[i].name,
                                          .test_func = imports,
                                          .initial_state = (void *)&samples[i] };
    for (size_t i = 0; i < VB_COUNT(refusals); i++)
        tests[n++] = (struct CMUnitTest){ .name = refusals[i].name,
                                          .test_func = refuses,
                                          .initial_state = (void *)&refusals[i] };
    struct CMUnitTest rest[] = { cmocka_unit_test(again_adds_nothing),
                                 cmocka_unit_test(the_store_is_in_order),
                                 cmocka_unit_test(large_records_are_read),
                                 cmocka_unit_test(texts_speak_for_themselves),
                                 cmocka_unit_test(a_missing_file_is_told) };
    memcpy(tests + n, rest, sizeof rest);
    return _cmocka_run_group_tests("import", tests, n + VB_COUNT(rest), NULL, NULL);
}
