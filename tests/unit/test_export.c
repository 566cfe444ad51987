/** Unit tests of export/: escapes, the style table, painting, and what the formats print of a scene made by
 * hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "export/export.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- a scene made by hand, with names that mean harm --------------------------------------------------- */

#define NASTY          \
    "a\"b\\c<d>&e\x01" \
    "f\xff"            \
    "g]]>--%\n\t;}"

typedef struct world {
    vb_arena *arena;
    vb_style style;
    vb_cut cut;
    vb_scene scene;
} world;

static vb_status node_detail(void *context, uint32_t node, vb_node_detail *out, vb_error *err)
{
    (void)context, (void)err;
    *out = node == 0 ? (vb_node_detail){ .aliases = VB_STR("PmG; P & G"),
                                         .first = VB_STR("2023-01-02"),
                                         .last = VB_STR("2025-03-04"),
                                         .origin = VB_ORIGIN_PERSON }
                     : (vb_node_detail){ 0 };
    return VB_OK;
}

static vb_status edge_detail(void *context, uint32_t edge, vb_edge_detail *out, vb_error *err)
{
    (void)context, (void)err;
    *out = (vb_edge_detail){ .start = -1, .end = -1, .origin = VB_ORIGIN_GAZETTEER };
    if (edge == 0)
        *out = (vb_edge_detail){ .first = VB_STR("2024-05-06"),
                                 .last = VB_STR("2024-05-07"),
                                 .document = VB_STR("brief.txt"),
                                 .start = 98,
                                 .end = 240,
                                 .sentence = VB_STR("Leeuwarden doet \"mee\" & meer <nu>."),
                                 .certainty = VB_ANNOUNCED };
    return VB_OK;
}

/* static data takes no compound literals */
#define TEXT(literal)                   \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

static vb_node nodes[] = {
    { .id = 3, .label = TEXT("Programme"), .key = TEXT("pmg"), .name = TEXT("Preventie met Gezag") },
    { .id = 4, .label = TEXT("Municipality"), .key = TEXT("GM0080"), .name = TEXT("Leeuwarden") },
    { .id = 5, .label = TEXT("X:Y"), .key = TEXT(NASTY), .name = TEXT(NASTY) },
    { .id = 6, .label = TEXT("Person"), .key = TEXT("n"), .name = TEXT("\\N \\G \\\"") },
};
static vb_cut_edge edges[] = {
    { .id = 1, .source = 1, .target = 0, .type = 0, .weight = 4 },
    { .id = 2, .source = 1, .target = 0, .type = 1, .weight = 0 },
    { .id = 3, .source = 1, .target = 2, .type = 1, .weight = 1, .symmetric = true },
};
static vb_str types[] = { TEXT("PARTICIPATES_IN"), TEXT("a\"><script>") };

static int set_up(void **state)
{
    world *w = calloc(1, sizeof *w);
    *state = w;
    w->arena = vb_arena_new();
    w->cut =
        (vb_cut){ w->arena, nodes, VB_COUNT(nodes), edges, VB_COUNT(edges), types, VB_COUNT(types), NULL };
    if (vb_style_read(NULL, w->arena, &w->style, NULL) != VB_OK) return 1;
    w->scene = (vb_scene){ .cut = &w->cut,
                           .style = &w->style,
                           .nodes = vb_arena_array(w->arena, VB_COUNT(nodes), sizeof *w->scene.nodes),
                           .size_by = "degree",
                           .title = VB_STR("Titel <&> \"x\""),
                           .subtitle = VB_STR("2 documenten"),
                           .node_detail = node_detail,
                           .edge_detail = edge_detail };
    return vb_scene_paint(&w->scene, w->arena, NULL) == VB_OK ? 0 : 1;
}

static int tear_down(void **state)
{
    world *w = *state;
    vb_arena_free(w->arena);
    free(w);
    return 0;
}

/** What @p write prints of the scene; the caller frees it. */
static char *printed(const vb_scene *scene, vb_format_fn write)
{
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    vb_writer *w = calloc(1, sizeof *w);
    w->out = file;
    assert_int_equal(write(scene, w, NULL), VB_OK);
    assert_int_equal(vb_writer_end(w, NULL), VB_OK);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(strlen(text), len); /* no NUL inside */
    free(w);
    return text;
}

/* ---- escapes ------------------------------------------------------------------------------------------- */

static const struct escape {
    const char *name;
    vb_escape how;
    const char *text, *want;
} escapes[] = {
    { "XML escapes its five and blanks control characters", VB_XML, "<a b=\"&\">\x01\x1f\r\t\n",
      "&lt;a b=&quot;&amp;&quot;&gt;   \t\n" },
    { "XML keeps ]]> harmless", VB_XML, "]]>", "]]&gt;" },
    { "XML replaces what is no UTF-8 and no character", VB_XML, "a\xff\xed\xa0\x80z\xef\xbf\xbf\xc3\xab",
      "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\xc3\xab" },
    { "DOT text says no escape and no entity", VB_DOT, "\\N \"x\" &lt; \n", "\\\\N \\\"x\\\" &amp;lt;  " },
    { "DOT text may end in a backslash", VB_DOT, "x\\", "x\\\\" },
    { "quoted strings close where they should", VB_QUOTE, "\"\\\t", "\\\"\\\\ " },
    { "raw is raw", VB_RAW, "<\"\\&>\x01", "<\"\\&>\x01" },
};

static void escapes_text(void **state)
{
    const struct escape *e = *state;
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    vb_writer *w = calloc(1, sizeof *w);
    w->out = file;
    vb_put_str(w, e->how, vb_str_of(e->text));
    assert_int_equal(vb_writer_end(w, NULL), VB_OK);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, e->want);
    free(text);
    free(w);
}

static void numbers_have_a_point(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    vb_writer *w = calloc(1, sizeof *w);
    w->out = file;
    (void)setlocale(LC_NUMERIC, "nl_NL.UTF-8"); /* where it is installed, the point would be a comma */
    vb_put_real(w, 1234.5, 6);
    vb_put(w, " ");
    vb_put_real(w, NAN, 6);
    vb_put(w, " ");
    vb_put_real(w, -0.0, 6);
    vb_put(w, " ");
    vb_put_int(w, INT64_MIN);
    vb_put(w, " ");
    vb_put_int(w, 0);
    (void)setlocale(LC_NUMERIC, "C");
    assert_int_equal(vb_writer_end(w, NULL), VB_OK);
    assert_int_equal(fclose(file), 0);
    assert_string_equal(text, "1234.5 0 0 -9223372036854775808 0");
    free(text);
    free(w);
}

static void a_full_disk_is_told(void **state)
{
    world *w = *state;
    vb_error err = { 0 };
    FILE *full = fopen("/dev/full", "wb");
    if (!full) skip();
    vb_writer *out = calloc(1, sizeof *out);
    out->out = full;
    assert_int_equal(vb_write_graphml(&w->scene, out, &err), VB_OK); /* still waiting in the buffer */
    assert_int_equal(vb_writer_end(out, &err), VB_IO);
    assert_non_null(strstr(err.message, strerror(ENOSPC)));
    (void)fclose(full);
    free(out);
}

/* ---- style --------------------------------------------------------------------------------------------- */

static const struct bad_style {
    const char *name, *rows, *want;
} bad_styles[] = {
    { "a colour is six digits", "node\t*\t#12345\tbox\n", "style.tsv:2: '#12345' is no colour" },
    { "a shape is a word", "node\t*\t#123456\tbox\";x\n", "style.tsv:2: 'box\";x' is no shape" },
    { "a row is node, edge or set", "nodes\t*\t#123456\tbox\n", "style.tsv:2: 'nodes' is not node" },
    { "a setting has a name", "set\tlabel\t\t\t\t3\n", "style.tsv:2: no setting is called 'label'" },
    { "a setting has a number", "set\tlabels\t\t\t\t-3\n", "style.tsv:2: '-3' is no number" },
    { "the rest needs a row", "node\tX\t#123456\tbox\n", "needs a row '*'" },
};

static void refuses_style(void **state)
{
    const struct bad_style *bad = *state;
    char dir[] = "/tmp/verband-style-XXXXXX", path[64];
    vb_error err = { 0 };
    vb_style style = { .labels = 7 };
    vb_arena *arena = vb_arena_new();
    assert_non_null(mkdtemp(dir));
    (void)snprintf(path, sizeof path, "%s/style.tsv", dir);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fprintf(file, "kind\tname\tcolour\tshape\tfamily\tvalue\n%s", bad->rows) > 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(vb_style_read(dir, arena, &style, &err), VB_BAD_INPUT);
    assert_non_null(strstr(err.message, bad->want));
    assert_true(style.labels == 7); /* untouched */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    vb_arena_free(arena);
}

static void every_label_and_relation_has_a_look(void **state)
{
    world *w = *state;
    for (int l = 0; l < VB_LABEL_COUNT; l++) {
        vb_str name = vb_str_of(vb_label_name((vb_label)l));
        assert_true(vb_str_eq(vb_style_node(&w->style, name)->name, name));
    }
    for (int r = 0; r < VB_REL_COUNT; r++) {
        vb_str name = vb_str_of(vb_relation_get((vb_relation)r)->name);
        const vb_look *look = vb_style_edge(&w->style, name);
        assert_true(vb_str_eq(look->name, name));
        assert_true(look->family.len > 0);
    }
    assert_true(vb_str_eq(vb_style_node(&w->style, VB_STR("Fiets"))->name, VB_STR("*")));
}

/* ---- painting ------------------------------------------------------------------------------------------ */

static void paints(void **state)
{
    world *w = *state;
    const vb_scene_node *n = w->scene.nodes;
    assert_true(vb_str_eq(n[1].id, VB_STR("Municipality:GM0080")));
    assert_true(vb_str_eq(n[2].id, VB_STR("X%3AY:a%22b%5Cc%3Cd%3E%26e%01f%FFg]]%3E--%25%0A%09;}")));
    assert_int_equal(n[1].degree, 3);
    assert_true(n[1].size == w->style.size_max);
    assert_true(n[3].size == w->style.size_min);
    assert_true(n[0].size > n[3].size && n[0].size < n[1].size);
    for (uint32_t i = 0; i < w->cut.n_nodes; i++) assert_true(n[i].labelled);
}

static void labels_only_the_important(void **state)
{
    world *w = *state;
    for (uint32_t i = 0; i < w->cut.n_nodes; i++) w->scene.nodes[i] = (vb_scene_node){ 0 };
    w->style.labels = 2;
    assert_int_equal(vb_scene_paint(&w->scene, w->arena, NULL), VB_OK);
    assert_true(w->scene.nodes[1].labelled); /* degree 3 */
    assert_true(w->scene.nodes[0].labelled); /* degree 2 */
    assert_false(w->scene.nodes[2].labelled);
    assert_false(w->scene.nodes[3].labelled);
}

static void places_in_points(void **state)
{
    world *w = *state;
    double places[4][2] = { { 0, 0 }, { 10, 0 }, { 10, 5 }, { NAN, INFINITY } };
    vb_scene_place(&w->scene, places);
    assert_true(w->scene.placed);
    assert_true(fabs(w->scene.nodes[0].x + w->scene.nodes[1].x) < 1e-9); /* centred */
    assert_true(fabs(w->scene.nodes[1].x - w->scene.nodes[0].x - 180) < 1e-9);
    assert_true(w->scene.nodes[3].x == 0 && w->scene.nodes[3].y == 0);
}

/* ---- formats ------------------------------------------------------------------------------------------- */

static const struct fragment {
    const char *name;
    vb_format_fn write;
    const char *want;
} fragments[] = {
    { "GraphML declares its keys", vb_write_graphml,
      "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>" },
    { "GraphML gives edges the colour keys of Gephi", vb_write_graphml,
      "<key id=\"edge_r\" for=\"edge\" attr.name=\"r\" attr.type=\"int\"/>" },
    { "GraphML writes a node", vb_write_graphml,
      "<node id=\"Programme:pmg\"><data key=\"label\">Preventie met Gezag</data><data "
      "key=\"type\">Programme</data>"
      "<data key=\"key\">pmg</data><data key=\"name\">Preventie met Gezag</data>"
      "<data key=\"aliases\">PmG; P &amp; G</data><data key=\"first_date\">2023-01-02</data>"
      "<data key=\"last_date\">2025-03-04</data><data key=\"node_origin\">person</data>"
      "<data key=\"degree\">2</data>" },
    { "GraphML writes an edge with its type as label", vb_write_graphml,
      "<edge id=\"e0\" source=\"Municipality:GM0080\" target=\"Programme:pmg\" label=\"PARTICIPATES_IN\">" },
    { "GraphML writes the sentence", vb_write_graphml,
      "<data key=\"sentence\">Leeuwarden doet &quot;mee&quot; &amp; meer &lt;nu&gt;.</data>" },
    { "GraphML writes no weight of 0", vb_write_graphml,
      "<data key=\"weight\">1</data><data key=\"symmetric\">false" },
    { "GraphML makes a hostile relation harmless", vb_write_graphml, "label=\"a&quot;&gt;&lt;script&gt;\"" },
    { "GraphML makes a hostile name harmless", vb_write_graphml,
      "<data key=\"name\">a&quot;b\\c&lt;d&gt;&amp;e f\xef\xbf\xbdg]]&gt;--%\n\t;}</data>" },
    { "DOT quotes ids", vb_write_dot, "\"Municipality:GM0080\" -> \"Programme:pmg\" [" },
    { "DOT dashes what is announced", vb_write_dot,
      "style=\"dashed\", relation=\"PARTICIPATES_IN\", origin=\"text\"" },
    { "DOT tells a person's word", vb_write_dot, "last_date=\"2025-03-04\", origin=\"person\"" },
    { "DOT shows the sentence", vb_write_dot,
      "tooltip=\"PARTICIPATES_IN: Leeuwarden doet \\\"mee\\\" &amp; meer <nu>. (brief.txt, 2024-05-06)\"" },
    { "DOT draws a symmetric relation without a head", vb_write_dot,
      "dir=\"none\", relation=\"a\\\"><script>\"" },
    { "DOT makes a hostile name harmless", vb_write_dot,
      "tooltip=\"a\\\"b\\\\c<d>&amp;e f\xef\xbf\xbdg]]>--%  ;} (X:Y)\"" },
    { "DOT does not let a name speak to Graphviz", vb_write_dot, "label=\"\\\\N \\\\G \\\\\\\"\"" },
    { "DOT has a title", vb_write_dot, "<B>Titel &lt;&amp;&gt; &quot;x&quot;</B>" },
    { "DOT has a legend", vb_write_dot, "<TD ALIGN=\"LEFT\">Municipality (1)" },
    { "DOT colours by type", vb_write_dot, "fillcolor=\"#009E73\"" },
};

static void prints(void **state)
{
    const struct fragment *f = *state;
    void *made = NULL;
    assert_int_equal(set_up(&made), 0);
    world *w = made;
    char *text = printed(&w->scene, f->write), *again = printed(&w->scene, f->write);
    if (!strstr(text, f->want)) print_message("%s\n", text);
    assert_non_null(strstr(text, f->want));
    assert_string_equal(text, again);
    for (const char *p = text; *p; p++) assert_true((unsigned char)*p >= ' ' || *p == '\n' || *p == '\t');
    free(text);
    free(again);
    tear_down(&made);
}

static void long_names_are_wrapped(void **state)
{
    world *w = *state;
    vb_node before = nodes[0];
    nodes[0].name =
        VB_STR("Onderzoek naar de doeltreffendheid en doelmatigheid van het programma in de jaren daarna");
    char *text = printed(&w->scene, vb_write_dot);
    nodes[0] = before;
    assert_non_null(
        strstr(text, "label=\"Onderzoek naar de\\ndoeltreffendheid en\\ndoelmatigheid van het…\""));
    free(text);
}

/** Four labels on one spot, and a row of them: afterwards none is nearer to another than a line is high. */
static void labels_are_moved_apart(void **state)
{
    world *w = *state;
    vb_scene_node *n = w->scene.nodes;
    assert_int_equal(vb_scene_paint(&w->scene, w->arena, NULL), VB_OK);
    for (uint32_t i = 0; i < w->cut.n_nodes; i++) n[i].x = n[i].y = (double)(i % 2);
    w->scene.placed = true;
    assert_int_equal(vb_scene_separate(&w->scene, w->arena), VB_OK);
    for (uint32_t i = 0; i < w->cut.n_nodes; i++)
        for (uint32_t k = 0; k < i; k++)
            assert_true(fabs(n[i].x - n[k].x) > 20 || fabs(n[i].y - n[k].y) > 12);
    assert_true(n[0].labelled && n[1].labelled);
}

static void formats_are_sorted(void **state)
{
    (void)state;
    size_t n;
    const vb_export_format *formats = vb_export_formats(&n);
    assert_true(n > 0);
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || strcmp(formats[i - 1].name, formats[i].name) < 0);
        const vb_format *format;
        assert_true((formats[i].extension[0] == '.') != formats[i].folder && formats[i].help[0]);
        assert_int_equal(vb_format_check(formats[i].name, formats[i].folder, &format, NULL), VB_OK);
        assert_true((format->write_pair != NULL) == formats[i].folder);
        assert_true((format->write == NULL) == formats[i].folder && format->sentences > 0);
        assert_int_equal(vb_format_check(formats[i].name, !formats[i].folder, &format, NULL),
                         VB_BAD_ARGUMENT);
    }
    const vb_format *none;
    assert_int_equal(vb_format_check("doc", false, &none, NULL), VB_BAD_ARGUMENT);
    assert_int_equal(vb_format_check(NULL, false, &none, NULL), VB_BAD_ARGUMENT);
}

/* ---- the child ----------------------------------------------------------------------------------------- */

static const struct child {
    const char *name, *argv[4];
    vb_status want;
    const char *message;
} children[] = {
    { "a child that works", { "cat", NULL }, VB_OK, "" },
    { "a program that is not there", { "verband-no-such-program", NULL }, VB_IO, "is not installed" },
    { "a child that fails says why", { "cat", "/nowhere/at/all", NULL }, VB_IO, "No such file" },
    { "a child that takes too long is stopped", { "sleep", "20", NULL }, VB_IO, "stopped after 1 seconds" },
};

static void runs_a_child(void **state)
{
    const struct child *c = *state;
    vb_error err = { 0 };
    char got[16] = "";
    FILE *in = tmpfile(), *out = tmpfile();
    assert_true(in && out);
    assert_true(fputs("hello", in) >= 0);
    assert_int_equal(vb_child_run(c->argv, in, out, 1, 1024, &err), c->want);
    assert_non_null(strstr(err.message, c->message));
    rewind(out);
    size_t n = fread(got, 1, sizeof got - 1, out);
    assert_string_equal(got, c->want == VB_OK ? "hello" : "");
    assert_int_equal(n, strlen(got));
    assert_int_equal(fclose(in), 0);
    assert_int_equal(fclose(out), 0);
}

int main(void)
{
    struct CMUnitTest tests[64];
    size_t n = 0;
#define ROWS(rows, function)                                   \
    for (size_t i = 0; i < VB_COUNT(rows); i++)                \
    tests[n++] = (struct CMUnitTest){ .name = (rows)[i].name,  \
                                      .test_func = (function), \
                                      .initial_state = (void *)&(rows)[i] }
    ROWS(escapes, escapes_text);
    ROWS(bad_styles, refuses_style);
    ROWS(fragments, prints);
    ROWS(children, runs_a_child);
    struct CMUnitTest rest[] = {
        cmocka_unit_test(numbers_have_a_point),
        cmocka_unit_test_setup_teardown(a_full_disk_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_label_and_relation_has_a_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paints, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_only_the_important, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_in_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_names_are_wrapped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_are_moved_apart, set_up, tear_down),
        cmocka_unit_test(formats_are_sorted),
    };
    memcpy(tests + n, rest, sizeof rest);
    n += VB_COUNT(rest);
    return _cmocka_run_group_tests("export", tests, n, NULL, NULL);
}
