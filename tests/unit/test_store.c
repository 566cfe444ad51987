/** Unit tests of the store: what a document becomes in it, and what is left when it changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/store_world.h"

static void a_document_is_stored(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    put(w, &r, VB_LOAD_NEW);
    assert_int_equal(count(w, "SELECT count(*) FROM node"),
                     4); /* the ministry is in no mention and no edge */
    assert_int_equal(count(w, "SELECT count(*) FROM edge"), 4); /* two said, two MENTIONS */
    assert_true(resolves(w, "Leeuwarden", "Municipality", "GM0080"));
    assert_true(resolves(w, "GM0080", "Municipality", "GM0080"));
    assert_true(resolves(w, "leeuwarden", "Municipality", "GM0080"));
    assert_true(resolves(w, "a.txt", "Document", "kst-1-1"));
    assert_true(resolves(w, "Brief A", "Document", "kst-1-1"));
    int before = sqlite3_total_changes(vb_store_sqlite(w->store));
    put(w, &r, VB_LOAD_SAME);
    assert_int_equal(sqlite3_total_changes(vb_store_sqlite(w->store)), before);
}

static vb_status see_edge(void *context, const vb_edge *edge)
{
    world *w = context;
    if (vb_str_eq(edge->type, VB_STR("PARTICIPATES_IN"))) {
        assert_int_equal(edge->n_evidence, 1);
        assert_true(vb_str_eq(edge->evidence[0].text, vb_str_part(vb_str_of(text_a), 0, 56)));
        assert_true(vb_str_eq(edge->evidence[0].document, VB_STR("a.txt")));
        assert_true(vb_str_eq(edge->evidence[0].rule, VB_STR("mee")));
        assert_true(vb_str_eq(edge->first, VB_STR("2024-05-01")));
        assert_int_equal(edge->weight, 1);
    } else {
        assert_true(vb_str_eq(edge->type, VB_STR("PART_OF")));
        assert_int_equal(edge->origin, VB_ORIGIN_GAZETTEER);
        assert_int_equal(edge->n_evidence, 1);
        assert_int_equal(edge->evidence[0].start, -1);
        assert_int_equal(edge->evidence[0].document.len, 0);
    }
    w->err.at++;
    return VB_OK;
}

static vb_status see_mention(void *context, const vb_mention *m)
{
    world *w = context;
    assert_true(vb_str_eq(m->text, m->node.name));
    w->err.at++;
    return VB_OK;
}

static vb_status see_document(void *context, const vb_document *d)
{
    world *w = context;
    assert_true(vb_str_eq(d->title, VB_STR("Brief A")));
    assert_int_equal(d->n_mentions, 2);
    assert_int_equal(d->n_edges, 1);
    w->err.at++;
    return VB_OK;
}

static void it_is_visited(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    vb_str text;
    put(w, &r, VB_LOAD_NEW);
    const vb_str names[] = { { 0 }, VB_STR("a.txt"), VB_STR("kst-1-1"), VB_STR("/x/a.txt") };
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        w->err.at = 0;
        assert_int_equal(vb_store_edges(w->store, names[i], see_edge, w, NULL), VB_OK);
        assert_int_equal(vb_store_mentions(w->store, names[i], see_mention, w, NULL), VB_OK);
        assert_int_equal(w->err.at, 4);
    }
    assert_int_equal(vb_store_documents(w->store, see_document, w, NULL), VB_OK);
    assert_int_equal(w->err.at, 5);
    assert_int_equal(vb_store_text(w->store, VB_STR("a.txt"), w->arena, &text, &w->err), VB_OK);
    assert_true(vb_str_eq(text, vb_str_of(text_a)));
    assert_int_equal(vb_store_text(w->store, VB_STR("b.txt"), w->arena, &text, &w->err), VB_UNKNOWN_NAME);
}

static void a_change_replaces(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    put(w, &r, VB_LOAD_NEW);
    r.hash = 2;
    r.n_edges = 0;
    r.n_mentions = 1;
    put(w, &r, VB_LOAD_CHANGED);
    assert_int_equal(count(w, "SELECT count(*) FROM node"), 2);
    assert_int_equal(count(w, "SELECT count(*) FROM edge"), 1);
    assert_int_equal(count(w, "SELECT count(*) FROM evidence"), 0);
    assert_int_equal(count(w, "SELECT count(*) FROM alias"), 3); /* Leeuwarden, Brief A, a.txt */
    assert_false(resolves(w, "Preventie met Gezag", "Programme", "preventie-met-gezag"));
}

/* ---- what is shared between documents ------------------------------------------------------------------ */

/** A second letter that cites the first one by its key, and says one of its edges too. */
static const vb_rec_node nodes_b[] = {
    NODE(DOCUMENT, "kst-1-1", "Kamerstukken 1, nr. 1", false),
    NODE(MUNICIPALITY, "GM0080", "Leeuwarden", true),
    NODE(PROGRAMME, "preventie-met-gezag", "PmG", false),
};
static const vb_rec_mention mentions_b[] = { { .start = 0, .end = 2, .node = 0 } };
static const vb_rec_edge edges_b[] = { SAID(CITES, VB_SELF, 0), SAID(PARTICIPATES_IN, 1, 2) };

static vb_record record_b(void)
{
    vb_record r = record_a();
    r.file = VB_STR("b.txt");
    r.path = VB_STR("/x/b.txt");
    r.key = VB_STR("b");
    r.title = VB_STR("Brief B");
    r.date = VB_STR("2023-01-31");
    r.nodes = nodes_b;
    r.n_nodes = VB_COUNT(nodes_b);
    r.mentions = mentions_b;
    r.n_mentions = VB_COUNT(mentions_b);
    r.edges = edges_b;
    r.n_edges = VB_COUNT(edges_b);
    return r;
}

static vb_edge edge_between(world *w, const char *a, const char *b)
{
    vb_why why;
    assert_int_equal(vb_why_connected(w->store, vb_str_of(a), vb_str_of(b), w->arena, &why, &w->err), VB_OK);
    assert_int_equal(why.edges.len, 1);
    return why.edges.at[0];
}

static void two_documents_say_one_edge(void **state)
{
    world *w = *state;
    vb_record a = record_a(), b = record_b();
    put(w, &a, VB_LOAD_NEW);
    put(w, &b, VB_LOAD_NEW);
    vb_edge edge = edge_between(w, "Leeuwarden", "PmG");
    assert_int_equal(edge.weight, 2);
    assert_int_equal(edge.n_evidence, 2);
    assert_string_equal(edge.first.at, "2023-01-31");
    assert_string_equal(edge.last.at, "2024-05-01");
    assert_string_equal(edge.evidence[0].document.at, "a.txt"); /* the latest is the best */
    assert_int_equal(findings(w), 0);

    b.hash = 2; /* b says it no more: what the edge comes to is counted anew, and its name for it goes */
    b.n_edges = 1;
    put(w, &b, VB_LOAD_CHANGED);
    edge = edge_between(w, "Leeuwarden", "Preventie met Gezag");
    assert_int_equal(edge.weight, 1);
    assert_string_equal(edge.first.at, "2024-05-01");
    assert_false(resolves(w, "PmG", "Programme", "preventie-met-gezag"));
    assert_int_equal(findings(w), 0);
}

static void a_cited_document_is_loaded(void **state)
{
    world *w = *state;
    vb_record a = record_a(), b = record_b();
    put(w, &b, VB_LOAD_NEW);
    assert_true(resolves(w, "Kamerstukken 1, nr. 1", "Document", "kst-1-1"));
    put(w, &a, VB_LOAD_NEW);
    assert_true(resolves(w, "Brief A", "Document", "kst-1-1"));
    assert_true(resolves(w, "Kamerstukken 1, nr. 1", "Document", "kst-1-1")); /* b still calls it so */
    assert_int_equal(count(w, "SELECT count(*) FROM node n JOIN label_set s ON s.id = n.labels"
                              " WHERE s.name = 'Document'"),
                     2);
    a.hash = 2; /* its number turns out to be another one: the cited paper stays, the letter moves */
    a.key = VB_STR("kst-1-2");
    put(w, &a, VB_LOAD_CHANGED);
    assert_true(resolves(w, "Kamerstukken 1, nr. 1", "Document", "kst-1-1"));
    assert_true(resolves(w, "a.txt", "Document", "kst-1-2"));
    assert_int_equal(findings(w), 0);
}

static void two_files_with_one_key(void **state)
{
    world *w = *state;
    vb_record a = record_a(), b = record_a();
    b.file = VB_STR("map/Bréf A (2).txt");
    b.hash = 7;
    put(w, &a, VB_LOAD_NEW);
    put(w, &b, VB_LOAD_NEW);
    assert_true(resolves(w, "map/Bréf A (2).txt", "Document", "map-bref-a-2-txt"));
    assert_true(resolves(w, "a.txt", "Document", "kst-1-1"));
    b.hash = 8;
    put(w, &b, VB_LOAD_CHANGED);
    assert_true(resolves(w, "map/Bréf A (2).txt", "Document", "map-bref-a-2-txt"));
    a.hash = 9; /* the first one leaves the key: the second takes it when it is loaded again */
    a.key = VB_STR("kst-1-3");
    put(w, &a, VB_LOAD_CHANGED);
    b.hash = 10;
    put(w, &b, VB_LOAD_CHANGED);
    assert_true(resolves(w, "map/Bréf A (2).txt", "Document", "kst-1-1"));
    assert_int_equal(findings(w), 0);
}

static void a_shared_alias_lives_on(void **state)
{
    static const vb_str names[] = { S("PmG"), S("  "), S("") };
    static vb_rec_node with_alias[] = { NODE(PROGRAMME, "preventie-met-gezag", "Preventie met Gezag",
                                             false) };
    world *w = *state;
    vb_record a = record_a(), b = record_a();
    with_alias[0].aliases = names;
    with_alias[0].n_aliases = VB_COUNT(names);
    a.nodes = b.nodes = with_alias;
    a.n_nodes = b.n_nodes = 1;
    static const vb_rec_mention mention[] = { { .start = 36, .end = 55, .node = 0 } };
    a.mentions = b.mentions = mention;
    a.n_mentions = b.n_mentions = 1;
    a.n_edges = b.n_edges = 0;
    b.file = VB_STR("b.txt");
    b.key = VB_STR("b");
    put(w, &a, VB_LOAD_NEW);
    put(w, &b, VB_LOAD_NEW);
    assert_true(resolves(w, "pmg", "Programme", "preventie-met-gezag"));
    static const vb_rec_node without[] = { NODE(PROGRAMME, "preventie-met-gezag", "Preventie met Gezag",
                                                false) };
    a.nodes = without;
    a.hash = 2;
    put(w, &a, VB_LOAD_CHANGED);
    assert_true(resolves(w, "pmg", "Programme", "preventie-met-gezag"));
    b.nodes = without;
    b.hash = 2;
    put(w, &b, VB_LOAD_CHANGED);
    assert_false(resolves(w, "pmg", "Programme", "preventie-met-gezag"));
    assert_int_equal(findings(w), 0);
}

static void a_gazetteer_names_rightly(void **state)
{
    static const vb_rec_node first[] = { NODE(MINISTRY, "jenv", "JenV", false) };
    static const vb_rec_node second[] = { NODE(MINISTRY, "jenv", "Ministerie van Justitie en Veiligheid",
                                               true) };
    static const vb_rec_mention mention[] = { { .start = 0, .end = 2, .node = 0 } };
    world *w = *state;
    vb_record a = record_a(), b = record_a();
    vb_node node;
    a.nodes = first;
    b.nodes = second;
    a.n_nodes = b.n_nodes = 1;
    a.mentions = b.mentions = mention;
    a.n_mentions = b.n_mentions = 1;
    a.n_edges = b.n_edges = 0;
    b.file = b.key = VB_STR("b");
    put(w, &a, VB_LOAD_NEW);
    put(w, &b, VB_LOAD_NEW);
    assert_int_equal(vb_store_resolve_one(w->store, VB_STR("JenV"), w->arena, &node, &w->err), VB_OK);
    assert_string_equal(node.name.at, "Ministerie van Justitie en Veiligheid");
    assert_int_equal(findings(w), 0);
}

static void symmetric_edges_are_stored_once(void **state)
{
    static const vb_rec_edge both[] = { SAID(COOPERATES_WITH, 0, 3),
                                        SAID(COOPERATES_WITH, 3, 0),
                                        { .type = VB_REL_COOPERATES_WITH,
                                          .source = 0,
                                          .target = 3,
                                          .start = 57,
                                          .end = 82,
                                          .certainty = VB_ANNOUNCED } };
    world *w = *state;
    vb_record a = record_a();
    a.edges = both;
    a.n_edges = VB_COUNT(both);
    put(w, &a, VB_LOAD_NEW);
    vb_edge edge = edge_between(w, "Leeuwarden", "jenv");
    assert_string_equal(edge.source.label.at, "Ministry");
    assert_int_equal(edge.weight, 2);
    assert_int_equal(edge.certainty, VB_STATED);
    assert_int_equal(edge.evidence[0].certainty, VB_STATED);
    assert_true(edge.symmetric);
    assert_int_equal(findings(w), 0);
}

/** Announced by one and stated by another, in either order, is stated; announced alone is announced. */
static void stated_wins(void **state)
{
    static const vb_rec_edge announced[] = { { .type = VB_REL_PARTICIPATES_IN,
                                               .source = 0,
                                               .target = 1,
                                               .start = 0,
                                               .end = 56,
                                               .certainty = VB_ANNOUNCED } };
    (void)state;
    for (int first = 0; first < 2; first++) {
        world *w;
        assert_int_equal(make_world((void **)&w), 0);
        vb_record a = record_a(), b = record_a();
        b.file = b.key = VB_STR("b");
        b.edges = announced;
        b.n_edges = 1;
        put(w, first ? &b : &a, VB_LOAD_NEW);
        if (first) assert_int_equal(edge_between(w, "GM0080", "preventie-met-gezag").certainty, VB_ANNOUNCED);
        put(w, first ? &a : &b, VB_LOAD_NEW);
        assert_int_equal(edge_between(w, "GM0080", "preventie-met-gezag").certainty, VB_STATED);
        assert_int_equal(findings(w), 0);
        end_world((void **)&w);
    }
}

/* ---- what is refused ----------------------------------------------------------------------------------- */

static const vb_rec_edge wrong_way[] = { SAID(PARTICIPATES_IN, 1, 0) };
static const vb_rec_edge no_such_end[] = { SAID(PARTICIPATES_IN, 0, 77) };
static const vb_rec_edge own_mentions[] = { SAID(MENTIONS, VB_SELF, 0) };
static const vb_rec_edge no_sentence[] = { { .type = VB_REL_PARTICIPATES_IN, .source = 0, .target = 1 } };
static const vb_rec_mention overlapping[] = { { .start = 0, .end = 9, .node = 0 },
                                              { .start = 8, .end = 12 } };
static const vb_rec_mention outside[] = { { .start = 0, .end = 999, .node = 0 } };
static const vb_rec_mention empty_span[] = { { .start = 3, .end = 3, .node = 0 } };
static const vb_rec_mention in_a_letter[] = { { .start = 1, .end = 2, .node = 0 } };
static const vb_rec_passage far_passage[] = { { 5, 5000, S("x") } };
static const vb_rec_node no_key[] = { NODE(PROGRAMME, "", "x", false) };
static const vb_rec_node bad_name[] = { NODE(PROGRAMME, "x", "\xff", false) };

static const struct refusal {
    const char *name;
    vb_record r; /* the parts that differ from record_a() */
    vb_status want;
} refusals[] = {
    { "an edge against domain and range", { .edges = wrong_way, .n_edges = 1 }, VB_BAD_INPUT },
    { "an edge without an end", { .edges = no_such_end, .n_edges = 1 }, VB_BAD_INPUT },
    { "MENTIONS from outside", { .edges = own_mentions, .n_edges = 1 }, VB_BAD_INPUT },
    { "an edge without a sentence", { .edges = no_sentence, .n_edges = 1 }, VB_BAD_INPUT },
    { "mentions that overlap", { .mentions = overlapping, .n_mentions = 2 }, VB_BAD_INPUT },
    { "a mention past the end", { .mentions = outside, .n_mentions = 1 }, VB_BAD_INPUT },
    { "an empty mention", { .mentions = empty_span, .n_mentions = 1 }, VB_BAD_INPUT },
    { "a mention inside a letter",
      { .mentions = in_a_letter, .n_mentions = 1, .text = S("é is one") },
      VB_BAD_INPUT },
    { "a passage past the end", { .passages = far_passage, .n_passages = 1 }, VB_BAD_INPUT },
    { "a node without a key", { .nodes = no_key, .n_nodes = 1, .n_mentions = 0 }, VB_BAD_INPUT },
    { "a name that is no UTF-8", { .nodes = bad_name, .n_nodes = 1 }, VB_BAD_UTF8 },
    { "a text that is no UTF-8", { .text = S("abc\xe9") }, VB_BAD_UTF8 },
};

static void is_refused(void **state)
{
    const struct refusal *row = *state;
    world *w;
    vb_load_outcome outcome = VB_LOAD_SKIPPED;
    assert_int_equal(make_world((void **)&w), 0);
    vb_record r = record_a();
    put(w, &r, VB_LOAD_NEW);
    r.hash = 2;
    if (row->r.text.at) r.text = row->r.text;
    if (row->r.edges) r.edges = row->r.edges, r.n_edges = row->r.n_edges;
    if (row->r.mentions) r.mentions = row->r.mentions, r.n_mentions = row->r.n_mentions;
    if (row->r.passages) r.passages = row->r.passages, r.n_passages = row->r.n_passages;
    if (row->r.nodes) r.nodes = row->r.nodes, r.n_nodes = row->r.n_nodes;
    assert_int_equal(vb_store_put(w->store, &r, &outcome, &w->err), row->want);
    assert_int_equal(outcome, VB_LOAD_SKIPPED);
    assert_non_null(strstr(w->err.message, "a.txt"));
    assert_true(resolves(w, "Leeuwarden", "Municipality", "GM0080")); /* what was there is there */
    assert_int_equal(findings(w), 0);
    end_world((void **)&w);
}

/* ---- batches, and names nobody expects ----------------------------------------------------------------- */

static void a_batch_is_rolled_back(void **state)
{
    world *w = *state;
    vb_record a = record_a(), b = record_b();
    put(w, &a, VB_LOAD_NEW);
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_BAD_ARGUMENT);
    put(w, &b, VB_LOAD_NEW);
    vb_store_rollback(w->store);
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_BAD_ARGUMENT);
    assert_int_equal(count(w, "SELECT count(*) FROM document"), 1);
    assert_int_equal(vb_store_begin(w->store, &w->err), VB_OK);
    put(w, &b, VB_LOAD_NEW);
    b.hash = 3;
    b.edges = wrong_way;
    b.n_edges = 1;
    assert_int_equal(vb_store_put(w->store, &b, NULL, &w->err), VB_BAD_INPUT);
    assert_int_equal(vb_store_commit(w->store, &w->err), VB_OK); /* one bad document does not end the batch */
    assert_int_equal(count(w, "SELECT count(*) FROM document"), 2);
    assert_int_equal(findings(w), 0);
}

static void hostile_names_are_names(void **state)
{
    static const vb_str names[] = { S("'; DROP TABLE node; --"),
                                    S("\"quoted\" AND *"),
                                    S("a\0b"),
                                    S("%s%n"),
                                    S("Label:with:colons"),
                                    S("…"),
                                    S("{col}: NEAR(x)"),
                                    S("\xf0\x9f\x92\xa9") };
    world *w = *state;
    for (size_t i = 0; i < VB_COUNT(names); i++) {
        vb_rec_node node[] = { { .label = VB_LABEL_ORGANISATION,
                                 .key = names[i],
                                 .name = names[i],
                                 .aliases = names,
                                 .n_aliases = VB_COUNT(names) } };
        static const vb_rec_mention mention[] = { { .start = 0, .end = 2, .node = 0 } };
        vb_record r = record_a();
        vb_nodes found;
        r.file = r.title = r.key = names[i];
        r.nodes = node;
        r.n_nodes = 1;
        r.mentions = mention;
        r.n_mentions = 1;
        r.n_edges = 0;
        put(w, &r, VB_LOAD_NEW);
        assert_int_equal(vb_store_resolve(w->store, names[i], w->arena, &found, &w->err), VB_OK);
        assert_true(found.len >= 2);
        assert_int_equal(vb_store_resolve_one(w->store, names[i], w->arena, &(vb_node){ 0 }, &w->err),
                         VB_AMBIGUOUS);
    }
    assert_int_equal(findings(w), 0);
}

static void damage_is_found(void **state)
{
    static const char *const damages[] = {
        "UPDATE edge SET weight = 5 WHERE type > 1",
        "DELETE FROM evidence",
        "UPDATE mention SET length = 9999 WHERE start = 36",
        "UPDATE document SET mentions = 7",
        "DELETE FROM document_text",
        "UPDATE passage SET stems = 'other'",
        "DELETE FROM alias",
        "UPDATE edge SET source = target, target = source WHERE type > 1",
        "INSERT INTO node(labels, key, name) VALUES(1, 'x', 'x')",
        "INSERT INTO label_set(name, labels) VALUES('Cat', '[\"Cat\"]')",
    };
    for (size_t i = 0; i < VB_COUNT(damages); i++) {
        world *w;
        assert_int_equal(make_world((void **)&w), 0);
        vb_record r = record_a();
        size_t n = 0;
        put(w, &r, VB_LOAD_NEW);
        assert_int_equal(sqlite3_exec(vb_store_sqlite(w->store), damages[i], NULL, NULL, NULL), SQLITE_OK);
        assert_int_equal(vb_store_check(w->store, NULL, NULL, &n, &w->err), VB_OK);
        if ((n > 0) != (i + 1 < VB_COUNT(damages))) print_message("# %s: %zu findings\n", damages[i], n);
        assert_int_equal(n > 0, i + 1 < VB_COUNT(damages)); /* a label that no node has is no damage */
        end_world((void **)&w);
    }
    (void)state;
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(refusals) + 13];
    const struct CMUnitTest rest[] = {
        ROW(a_document_is_stored),
        ROW(it_is_visited),
        ROW(a_change_replaces),
        ROW(two_documents_say_one_edge),
        ROW(a_cited_document_is_loaded),
        ROW(two_files_with_one_key),
        ROW(a_shared_alias_lives_on),
        ROW(a_gazetteer_names_rightly),
        ROW(symmetric_edges_are_stored_once),
        cmocka_unit_test(stated_wins),
        ROW(a_batch_is_rolled_back),
        ROW(hostile_names_are_names),
        cmocka_unit_test(damage_is_found),
    };
    size_t n = VB_COUNT(refusals);
    for (size_t i = 0; i < n; i++)
        tests[i] = (struct CMUnitTest){ .name = refusals[i].name,
                                        .test_func = is_refused,
                                        .initial_state = (void *)&refusals[i] };
    memcpy(tests + n, rest, sizeof rest);
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
