/** Unit tests of names: which nodes one means, which are nearest, what is found by words, public pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/store_world.h"

static const vb_str names_of_utrecht[] = { S("provincie Utrecht"), S("Utrecht") };
static const vb_rec_node places[] = {
    NODE(MUNICIPALITY, "GM0344", "Utrecht", true),
    { .label = VB_LABEL_REGION,
      .key = S("NL-UT"),
      .name = S("Provincie Utrecht"),
      .gazetteer = true,
      .aliases = names_of_utrecht,
      .n_aliases = 2 },
    NODE(MUNICIPALITY, "GM0080", "Leeuwarden", true),
    NODE(REGION, "leeuwarden-oost", "Leeuwarden-Oost", false),
    NODE(MUNICIPALITY, "GM1900", "Súdwest-Fryslân", true),
    NODE(MINISTRY, "jenv", "Ministerie van Justitie en Veiligheid", true),
    NODE(LAW, "BWBR0001941", "Opiumwet", true),
    NODE(ORGANISATION, "a-b", "Label: with colon", false),
};
static vb_rec_mention one_each[VB_COUNT(places)];
static const char place_text[] = "Gemeenten strijden samen tegen de drugshandel; programma's in de wijken "
                                 "volgen.\nVrijwilligers doen \"gewoon\" mee.";

static vb_record record_of_places(void)
{
    vb_record r = record_a();
    for (uint32_t i = 0; i < VB_COUNT(places); i++)
        one_each[i] = (vb_rec_mention){ .start = i, .end = i + 1, .node = i };
    r.text = vb_str_of(place_text);
    r.nodes = places;
    r.n_nodes = VB_COUNT(places);
    r.mentions = one_each;
    r.n_mentions = VB_COUNT(places);
    r.n_edges = 0;
    return r;
}

/** A world with the places in it, and the text as one passage. */
static int make_places(void **state)
{
    if (make_world(state) != 0) return -1;
    world *w = *state;
    vb_record r = record_of_places();
    vb_rec_passage passage = { 0, sizeof place_text - 1, { 0 } };
    if (vb_stems(NULL, w->arena, r.text, &passage.stems) != VB_OK) return -1;
    r.passages = &passage;
    r.n_passages = 1;
    return vb_store_put(w->store, &r, NULL, &w->err) == VB_OK ? 0 : -1;
}

static const struct sample {
    const char *name, *ask;
    vb_status want;
    const char *says; /* a part of the node as text, or of the error */
} samples[] = {
    { "exact name", "Leeuwarden", VB_OK, "Municipality:Leeuwarden (GM0080)" },
    { "the longer name is another", "Leeuwarden-Oost", VB_OK, "(leeuwarden-oost)" },
    { "key", "GM0344", VB_OK, "(GM0344)" },
    { "folded", "sudwest fryslan", VB_OK, "(GM1900)" },
    { "label before it", "Region:Utrecht", VB_OK, "(NL-UT)" },
    { "label and key", "Law:BWBR0001941", VB_OK, "Opiumwet" },
    { "label and blank", "Region: Utrecht", VB_OK, "(NL-UT)" },
    { "a name with a colon of its own", "Label: with colon", VB_OK, "(a-b)" },
    { "two of one name", "Utrecht", VB_AMBIGUOUS,
      "Utrecht is ambiguous: Municipality:Utrecht (GM0344), Region:Provincie Utrecht (NL-UT)" },
    { "two of one name, folded", "UTRECHT", VB_AMBIGUOUS, "(NL-UT)" },
    { "the exact one decides before the folded", "provincie Utrecht", VB_OK, "(NL-UT)" },
    { "a label that it has not", "Party:Utrecht", VB_UNKNOWN_NAME, "nothing is called \"Party:Utrecht\"" },
    { "a letter missing", "Leeuwaden", VB_UNKNOWN_NAME, "nearest: Municipality:Leeuwarden (GM0080)" },
    { "letters swapped", "Leeuwadren", VB_UNKNOWN_NAME, "Leeuwarden (GM0080)" },
    { "the first letter wrong", "Opuimwet", VB_UNKNOWN_NAME, "Law:Opiumwet" },
    { "another first letter", "Apiumwet", VB_UNKNOWN_NAME, "Law:Opiumwet" },
    { "a word of it", "Justitie", VB_UNKNOWN_NAME, "Ministerie van Justitie en Veiligheid" },
    { "suggestions have the label", "Municipality:Utrech", VB_UNKNOWN_NAME,
      "nearest: Municipality:Utrecht (GM0344)" },
    { "nothing near", "qqqqqqqqqqqqqqqqqqq", VB_UNKNOWN_NAME, "nothing is called \"qqqqqqqqqqqqqqqqqqq\"" },
    { "nothing at all", "", VB_UNKNOWN_NAME, "nothing is called" },
    { "blanks", " \t ", VB_UNKNOWN_NAME, "nothing is called" },
    { "only marks", "?!", VB_UNKNOWN_NAME, "nothing is called" },
    { "SQL", "x' OR '1'='1", VB_UNKNOWN_NAME, "nothing is called" },
    { "full-text syntax", "\"* NEAR(a b) OR", VB_UNKNOWN_NAME, "nothing is called" },
    { "no UTF-8", "Leeuw\xff\xfe", VB_UNKNOWN_NAME, "nothing is called" },
};

static void resolves_as_told(void **state)
{
    const struct sample *s = *state;
    world *w;
    vb_node node;
    vb_str got = { 0 };
    assert_int_equal(make_places((void **)&w), 0);
    vb_status status = vb_store_resolve_one(w->store, vb_str_of(s->ask), w->arena, &node, &w->err);
    if (status == VB_OK)
        assert_int_equal(vb_arena_printf(w->arena, &got, "%.*s:%.*s (%.*s)", VB_FMT(node.label),
                                         VB_FMT(node.name), VB_FMT(node.key)),
                         VB_OK);
    else
        got = vb_str_of(w->err.message);
    if (status != s->want || !strstr(got.at, s->says)) print_message("# %s -> %s\n", s->ask, got.at);
    assert_int_equal(status, s->want);
    assert_non_null(strstr(got.at, s->says));
    end_world((void **)&w);
}

static const struct search_sample {
    const char *name, *words;
    vb_status want;
    const char *marked; /* the hits in the snippet, each in brackets */
} searches[] = {
    { "a word by its stem", "gemeente", VB_OK, "[Gemeenten]" },
    { "all words", "wijk strijd", VB_OK, "[strijden][wijken]" },
    { "one word missing", "wijk fiets", VB_NOT_FOUND, "" },
    { "a phrase", "\"strijden samen\"", VB_OK, "[strijden][samen]" },
    { "a phrase in another order", "\"samen strijden\"", VB_NOT_FOUND, "" },
    { "a phrase that is not closed", "\"strijden samen", VB_OK, "[strijden][samen]" },
    { "a prefix", "drugs*", VB_OK, "[drugshandel]" },
    { "a prefix longer than the stem", "gemeenten*", VB_OK, "[Gemeenten]" },
    { "an operator is a word", "samen OR fiets", VB_NOT_FOUND, "" },
    { "NEAR is a word", "NEAR(samen strijden)", VB_NOT_FOUND, "" },
    { "a column is a word", "stems:samen", VB_NOT_FOUND, "" },
    { "brackets and marks", "(samen) ^{+-}", VB_OK, "[samen]" },
    { "a NUL's neighbour", "samen\x01", VB_OK, "[samen]" },
    { "only marks", "\"*\" - ()", VB_BAD_ARGUMENT, "" },
    { "nothing", "", VB_BAD_ARGUMENT, "" },
};

static void finds_by_words(void **state)
{
    const struct search_sample *s = *state;
    world *w;
    vb_hits hits = { 0 };
    vb_buf got = { 0 };
    assert_int_equal(make_places((void **)&w), 0);
    vb_status status = vb_search(w->store, vb_str_of(s->words), 10, w->arena, &hits, &w->err);
    if (status != s->want) print_message("# %s\n", w->err.message);
    assert_int_equal(status, s->want);
    assert_int_equal(hits.len, s->want == VB_OK);
    for (size_t i = 0; hits.len && i < hits.at[0].n_marks; i++) {
        vb_str mark = vb_str_part(hits.at[0].snippet, hits.at[0].marks[i][0], hits.at[0].marks[i][1]);
        assert_int_equal(vb_buf_printf(&got, "[%.*s]", VB_FMT(mark)), VB_OK);
    }
    assert_string_equal(got.at ? got.at : "", s->marked);
    if (hits.len) assert_string_equal(hits.at[0].document.document.at, "a.txt");
    vb_buf_clear(&got);
    end_world((void **)&w);
}

static const struct page {
    const char *label, *key, *want;
} pages[] = {
    { "Municipality", "GM0080", "https://identifier.overheid.nl/tooi/id/gemeente/gm0080" },
    { "Municipality", "GM008O", "" },
    { "Ministry", "jenv", "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058" },
    { "Ministry", "jenv2", "" },
    { "Region", "NL-FR", "https://identifier.overheid.nl/tooi/id/provincie/pv21" },
    { "Region", "randstad", "" },
    { "Country", "EC", "https://www.iso.org/obp/ui/#iso:code:3166:EC" },
    { "Country", "XK", "" },
    { "Law", "BWBR0001941", "https://wetten.overheid.nl/BWBR0001941" },
    { "Law", "32022R2065", "http://data.europa.eu/eli/reg/2022/2065/oj" },
    { "Law", "32000L0031", "http://data.europa.eu/eli/dir/2000/31/oj" },
    { "Law", "12012E/TXT", "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:12012E/TXT" },
    { "Law", "wet-iets", "" },
    { "Document", "kst-29911-469", "https://zoek.officielebekendmakingen.nl/kst-29911-469.html" },
    { "Document", "kst-36600-VI-32", "https://zoek.officielebekendmakingen.nl/kst-36600-VI-32.html" },
    { "Document", "2023Z11617", "https://zoek.officielebekendmakingen.nl/kv-tk-2023Z11617.html" },
    { "Document", "2023Z11617-antwoord", "" },
    { "Document", "motie-bikker", "" },
    { "Person", "kst-29911-469", "" },
    { "Cat", "EC", "" },
};

static void public_pages(void **state)
{
    world *w = *state;
    for (size_t i = 0; i < VB_COUNT(pages); i++) {
        vb_node node = { .label = vb_str_of(pages[i].label), .key = vb_str_of(pages[i].key) };
        vb_str got;
        assert_int_equal(vb_node_url(&node, w->arena, &got), VB_OK);
        assert_string_equal(got.len ? got.at : "", pages[i].want);
    }
}

static void a_card_shows_all(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    vb_card card;
    put(w, &r, VB_LOAD_NEW);
    assert_int_equal(vb_show(w->store, VB_STR("Leeuwarden"), w->arena, &card, &w->err), VB_OK);
    assert_int_equal(card.n_mentions, 1);
    assert_int_equal(card.n_documents, 1);
    assert_string_equal(card.first.at, "2024-05-01");
    assert_int_equal(card.edges.len, 2);
    assert_string_equal(card.edges.at[0].type.at, "PARTICIPATES_IN");
    assert_int_equal(card.edges.at[0].n_evidence, 1);
    assert_int_equal(card.n_cards, 1);
    assert_string_equal(card.documents[0].file.at, "a.txt");
    assert_int_equal(vb_show(w->store, VB_STR("a.txt"), w->arena, &card, &w->err), VB_OK);
    assert_int_equal(card.n_aliases, 1);
    assert_string_equal(card.aliases[0].at, "a.txt");
    assert_int_equal(vb_show(w->store, VB_STR("nobody"), w->arena, &card, &w->err), VB_UNKNOWN_NAME);
}

static void why_two_hang_together(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    vb_why why;
    put(w, &r, VB_LOAD_NEW);
    assert_int_equal(vb_why_connected(w->store, VB_STR("NL-FR"), VB_STR("GM0080"), w->arena, &why, &w->err),
                     VB_OK);
    assert_int_equal(why.edges.at[0].origin, VB_ORIGIN_GAZETTEER);
    assert_int_equal(vb_why_connected(w->store, VB_STR("a.txt"), VB_STR("GM0080"), w->arena, &why, &w->err),
                     VB_OK);
    assert_string_equal(why.edges.at[0].type.at, "MENTIONS");
    r.hash = 2;
    r.n_edges = 0;
    put(w, &r, VB_LOAD_CHANGED);
    assert_int_equal(
        vb_why_connected(w->store, VB_STR("Preventie met Gezag"), VB_STR("GM0080"), w->arena, &why, &w->err),
        VB_NOT_FOUND);
    assert_int_equal(why.n_together, 1);
    assert_string_equal(why.together[0].file.at, "a.txt");
}

static void figures_add_up(void **state)
{
    world *w = *state;
    vb_record r = record_a();
    vb_stats s;
    assert_int_equal(vb_store_stats(w->store, w->arena, &s, &w->err), VB_OK);
    assert_int_equal(s.n_nodes + s.n_edges + s.n_documents + s.n_mentions + s.n_bytes, 0);
    put(w, &r, VB_LOAD_NEW);
    assert_int_equal(vb_store_stats(w->store, w->arena, &s, &w->err), VB_OK);
    assert_int_equal(s.n_nodes, 4);
    assert_int_equal(s.n_edges, 2);
    assert_int_equal(s.n_mention_edges, 2);
    assert_int_equal(s.n_mentions, 2);
    assert_int_equal(s.n_evidence, 1);
    assert_int_equal(s.n_bytes, sizeof text_a - 1);
    assert_int_equal(s.n_labels, 4);
    assert_int_equal(s.n_relations, 3);
    assert_int_equal(s.n_years, 1);
    assert_string_equal(s.documents_by_year[0].name.at, "2024");
    assert_true(s.schema_version >= 5);
}

int main(void)
{
    const struct CMUnitTest rest[] = { ROW(public_pages), ROW(a_card_shows_all), ROW(why_two_hang_together),
                                       ROW(figures_add_up) };
    struct CMUnitTest tests[VB_COUNT(samples) + VB_COUNT(searches) + VB_COUNT(rest)];
    size_t n = 0;
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[n++] = (struct CMUnitTest){ .name = samples[i].name,
                                          .test_func = resolves_as_told,
                                          .initial_state = (void *)&samples[i] };
    for (size_t i = 0; i < VB_COUNT(searches); i++)
        tests[n++] = (struct CMUnitTest){ .name = searches[i].name,
                                          .test_func = finds_by_words,
                                          .initial_state = (void *)&searches[i] };
    memcpy(tests + n, rest, sizeof rest);
    return cmocka_run_group_tests_name("store_names", tests, NULL, NULL);
}
