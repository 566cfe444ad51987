/**
 * A small store of invented letters to ask (test_ask.c): nodes, what each letter says of them, and the world
 * that holds both, made and ended once.
 */
#ifndef VB_TEST_ASK_WORLD_H
#define VB_TEST_ASK_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>
#include "graph/graph.h"

static const struct node {
    vb_label label;
    const char *key, *name, *alias;
} nodes[] = {
    { VB_LABEL_MUNICIPALITY, "GM9001", "Waterdam", NULL },
    { VB_LABEL_MUNICIPALITY, "GM9002", "Heidestad", NULL },
    { VB_LABEL_MUNICIPALITY, "GM9003", "Duinveen", NULL },
    { VB_LABEL_MUNICIPALITY, "GM9004", "Nieuwmeer aan Zee", "Nieuwmeer" },
    { VB_LABEL_REGION, "NL-ZE", "Zeeland", NULL },
    { VB_LABEL_REGION, "NL-LI", "Limburg", NULL },
    { VB_LABEL_PROGRAMME, "sterke-wijken", "Sterke Wijken", "SW" },
    { VB_LABEL_PROGRAMME, "jong-en-weerbaar", "Jong en Weerbaar", NULL },
    { VB_LABEL_PROGRAMME, "havens-op-slot", "Havens op Slot", NULL },
    { VB_LABEL_MINISTRY, "jenv", "Ministerie van Justitie en Veiligheid", "JenV" },
    { VB_LABEL_MINISTRY, "vws", "Ministerie van Volksgezondheid, Welzijn en Sport", "VWS" },
    { VB_LABEL_ORGANISATION, "kennisinstituut-beweging", "Kennisinstituut Beweging", "KIB" },
    { VB_LABEL_ORGANISATION, "toezichtraad-digitaal", "Toezichtraad Digitaal", NULL },
    { VB_LABEL_ORGANISATION, "havenalliantie-noordzee", "Havenalliantie Noordzee", NULL },
    { VB_LABEL_ORGANISATION, "datahuis", "Datahuis", NULL },
    { VB_LABEL_ORGANISATION, "adviescommissie-voor-de-schade-aan-het-westkanaal",
      "Adviescommissie voor de schade aan het Westkanaal", NULL },
    { VB_LABEL_PERSON, "jansma", "Jansma", NULL },
    { VB_LABEL_PERSON, "el-idrissi", "El Idrissi", NULL },
    { VB_LABEL_PERSON, "van-rooden", "Van Rooden", NULL },
    { VB_LABEL_PARTY, "d66", "D66", NULL },
    { VB_LABEL_PARTY, "vvd", "VVD", NULL },
    { VB_LABEL_COUNTRY, "KE", "Kenia", NULL },
    { VB_LABEL_COUNTRY, "SE", "Zweden", NULL },
    { VB_LABEL_COUNTRY, "BE", "België", NULL },
    { VB_LABEL_LAW, "wet-veilige-havens", "Wet veilige havens", "WVH" },
    { VB_LABEL_LAW, "havenrichtlijn", "Havenrichtlijn", NULL },
    { VB_LABEL_DOCUMENT, "handreiking-sterke-wijken", "Handreiking wijkgericht werken", NULL },
    { VB_LABEL_DOCUMENT, "kst-99999-3", "motie Jansma", NULL },
};

/** NULL is the letter itself. */
static const struct fact {
    int document;
    const char *source;
    vb_relation type;
    const char *target;
} facts[] = {
    { 0, "Waterdam", VB_REL_PARTICIPATES_IN, "Sterke Wijken" },
    { 0, "Heidestad", VB_REL_PARTICIPATES_IN, "Sterke Wijken" },
    { 0, "Duinveen", VB_REL_PARTICIPATES_IN, "Sterke Wijken" },
    { 0, "Waterdam", VB_REL_PARTICIPATES_IN, "Jong en Weerbaar" },
    { 0, "Waterdam", VB_REL_PART_OF, "Zeeland" },
    { 0, "Duinveen", VB_REL_PART_OF, "Zeeland" },
    { 0, "Heidestad", VB_REL_PART_OF, "Limburg" },
    { 0, "Ministerie van Justitie en Veiligheid", VB_REL_LEADS, "Sterke Wijken" },
    { 0, "Ministerie van Volksgezondheid, Welzijn en Sport", VB_REL_LEADS, "Jong en Weerbaar" },
    { 0, "Kennisinstituut Beweging", VB_REL_DEVELOPED, "Jong en Weerbaar" },
    { 0, "Ministerie van Volksgezondheid, Welzijn en Sport", VB_REL_COMMISSIONED, "Jong en Weerbaar" },
    { 0, "Ministerie van Volksgezondheid, Welzijn en Sport", VB_REL_FUNDS, "Kennisinstituut Beweging" },
    { 0, "Ministerie van Justitie en Veiligheid", VB_REL_FUNDS, "Kennisinstituut Beweging" },
    { 0, "Jong en Weerbaar", VB_REL_PART_OF, "Sterke Wijken" },
    { 0, "Waterdam", VB_REL_COOPERATES_WITH, "Kennisinstituut Beweging" },
    { 0, "Van Rooden", VB_REL_HOLDS_OFFICE, "Ministerie van Justitie en Veiligheid" },
    { 0, "Van Rooden", VB_REL_AUTHORED, NULL },
    { 0, "Jansma", VB_REL_MEMBER_OF, "D66" },
    { 0, "Jansma", VB_REL_ASKED, NULL },
    { 0, "Jansma", VB_REL_AUTHORED, "motie Jansma" },
    { 0, "Handreiking wijkgericht werken", VB_REL_BASED_ON, "motie Jansma" },
    { 0, NULL, VB_REL_CITES, "Wet veilige havens" },
    { 1, "Zweden", VB_REL_MEMBER_OF, "Havenalliantie Noordzee" },
    { 1, "België", VB_REL_MEMBER_OF, "Havenalliantie Noordzee" },
    { 1, "Datahuis", VB_REL_MEMBER_OF, "Havenalliantie Noordzee" },
    { 1, "Toezichtraad Digitaal", VB_REL_SUPERVISES, "Datahuis" },
    { 1, "Ministerie van Justitie en Veiligheid", VB_REL_SUPPORTS, "Kenia" },
    { 1, "Havens op Slot", VB_REL_ACTIVE_IN, "Nieuwmeer aan Zee" },
    { 1, "Havens op Slot", VB_REL_ACTIVE_IN, "Waterdam" },
    { 1, "Wet veilige havens", VB_REL_BASED_ON, "Havenrichtlijn" },
    { 1, "Ministerie van Justitie en Veiligheid", VB_REL_AMENDS, "Wet veilige havens" },
    { 1, "El Idrissi", VB_REL_LEADS, "Adviescommissie voor de schade aan het Westkanaal" },
    { 1, "El Idrissi", VB_REL_MEMBER_OF, "VVD" },
    { 1, "El Idrissi", VB_REL_ASKED, NULL },
    { 1, "Van Rooden", VB_REL_AUTHORED, NULL },
    { 1, NULL, VB_REL_CITES, "Wet veilige havens" },
    { 1, NULL, VB_REL_CITES, "Havenrichtlijn" },
};

static const struct letter {
    const char *file, *key, *date;
} letters[] = {
    { "brief_wijken.txt", "brief-wijken", "2025-03-11" },
    { "brief_havens.txt", "brief-havens", "2023-10-02" },
};

/** One letter: its facts are its sentences, the names in them its mentions. */
typedef struct draft {
    vb_arena *arena;
    vb_buf text;
    VB_VEC(vb_rec_mention) mentions;
    VB_VEC(vb_rec_edge) edges;
} draft;

static uint32_t node_called(const char *name)
{
    for (uint32_t i = 0; i < VB_COUNT(nodes); i++)
        if (strcmp(nodes[i].name, name) == 0) return i;
    abort();
}

static uint32_t write_name(draft *d, const char *name)
{
    if (!name) return VB_SELF;
    uint32_t node = node_called(name), start = (uint32_t)d->text.len;
    assert_int_equal(vb_buf_add(&d->text, vb_str_of(name)), VB_OK);
    assert_int_equal(vb_push(d->arena, &d->mentions), VB_OK);
    d->mentions.at[d->mentions.len - 1] = (vb_rec_mention){
        .start = start, .end = (uint32_t)d->text.len, .node = node, .rule = VB_STR("test")
    };
    if (nodes[node].label == VB_LABEL_LAW) d->mentions.at[d->mentions.len - 1].article = VB_STR("13b");
    return node;
}

static void write_fact(draft *d, const struct fact *fact)
{
    uint32_t start = (uint32_t)d->text.len;
    uint32_t source = write_name(d, fact->source);
    assert_int_equal(vb_buf_add(&d->text, VB_STR(" en ")), VB_OK);
    uint32_t target = write_name(d, fact->target);
    assert_int_equal(vb_push(d->arena, &d->edges), VB_OK);
    d->edges.at[d->edges.len - 1] = (vb_rec_edge){ .type = fact->type,
                                                   .source = source,
                                                   .target = target,
                                                   .start = start,
                                                   .end = (uint32_t)d->text.len,
                                                   .rule = VB_STR("test") };
    assert_int_equal(vb_buf_add(&d->text, VB_STR(".\n")), VB_OK);
}

static void put_letter(vb_store *store, vb_arena *arena, int i)
{
    draft d = { .arena = arena };
    vb_rec_node records[VB_COUNT(nodes)];
    vb_str aliases[VB_COUNT(nodes)];
    vb_load_outcome outcome;
    vb_error err;
    for (size_t k = 0; k < VB_COUNT(nodes); k++) {
        aliases[k] = vb_str_of(nodes[k].alias);
        records[k] = (vb_rec_node){ .label = nodes[k].label,
                                    .key = vb_str_of(nodes[k].key),
                                    .name = vb_str_of(nodes[k].name),
                                    .aliases = &aliases[k],
                                    .n_aliases = nodes[k].alias != NULL,
                                    .gazetteer = true };
    }
    for (size_t k = 0; k < VB_COUNT(facts); k++)
        if (facts[k].document == i) write_fact(&d, &facts[k]);
    const vb_record record = {
        .file = vb_str_of(letters[i].file),
        .path = vb_str_of(letters[i].file),
        .text = vb_buf_view(&d.text),
        .hash = (uint64_t)i + 1,
        .key = vb_str_of(letters[i].key),
        .title = vb_str_of(letters[i].key),
        .date = vb_str_of(letters[i].date),
        .nodes = records,
        .n_nodes = VB_COUNT(records),
        .mentions = d.mentions.at,
        .n_mentions = d.mentions.len,
        .edges = d.edges.at,
        .n_edges = d.edges.len,
    };
    if (vb_store_put(store, &record, &outcome, &err) != VB_OK) fail_msg("%s", err.message);
    vb_buf_clear(&d.text);
}

typedef struct world {
    vb_store *store;
    vb_asker *asker;
} world;
static world here;

static int make_world(void **state)
{
    (void)state;
    vb_error err;
    vb_arena *arena = vb_arena_new();
    if (vb_store_open(":memory:", VB_OPEN_WRITE, &here.store, &err) != VB_OK) return -1;
    if (vb_asker_new(NULL, &here.asker, &err) != VB_OK) {
        print_error("%s\n", err.message);
        return -1;
    }
    for (int i = 0; i < (int)VB_COUNT(letters); i++) put_letter(here.store, arena, i);
    vb_arena_free(arena);
    return 0;
}

static int end_world(void **state)
{
    (void)state;
    vb_asker_free(here.asker);
    vb_store_close(here.store);
    return 0;
}

#endif
