/**
 * Small stores for unit tests, filled through vb_store_put() and written down as text: "o1 LEADS p1" is a
 * sentence of a document; the first letter of a node is its label (o Organisation, p Programme, m Ministry, c
 * Country, g Municipality, r Region); "~" before it announces, "=" is a fact of the gazetteer, a node alone
 * is a mention.
 */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>

#include "graph/graph.h"

enum { MOST = 64 };

typedef struct world {
    vb_store *store;
    vb_arena *arena;
    vb_error err;
    char text[512];
} world;

static inline int make_world(void **state)
{
    world *w = calloc(1, sizeof *w);
    if (!w) return -1;
    w->arena = vb_arena_new();
    *state = w;
    return vb_store_open(":memory:", VB_OPEN_WRITE, &w->store, &w->err) == VB_OK ? 0 : -1;
}

static inline int end_world(void **state)
{
    world *w = *state;
    vb_store_close(w->store);
    vb_arena_free(w->arena);
    free(w);
    return 0;
}

static inline void must(world *w, vb_status status)
{
    if (status != VB_OK) fail_msg("%d: %s", (int)status, w->err.message);
}

/* ---- documents from text ------------------------------------------------------------------------------ */

static inline vb_label label_of(char letter)
{
    switch (letter) {
    case 'p':
        return VB_LABEL_PROGRAMME;
    case 'm':
        return VB_LABEL_MINISTRY;
    case 'c':
        return VB_LABEL_COUNTRY;
    case 'g':
        return VB_LABEL_MUNICIPALITY;
    case 'r':
        return VB_LABEL_REGION;
    default:
        assert_int_equal(letter, 'o');
        return VB_LABEL_ORGANISATION;
    }
}

typedef struct draft {
    vb_rec_node nodes[MOST];
    vb_rec_mention mentions[MOST];
    vb_rec_edge edges[MOST];
    vb_record record;
} draft;

static inline uint32_t node_of(draft *d, vb_str name)
{
    for (size_t i = 0; i < d->record.n_nodes; i++)
        if (vb_str_eq(d->nodes[i].key, name)) return (uint32_t)i;
    d->nodes[d->record.n_nodes] = (vb_rec_node){ .label = label_of(name.at[0]), .key = name, .name = name };
    return (uint32_t)d->record.n_nodes++;
}

static inline void add(draft *d, vb_str line)
{
    uint32_t at = (uint32_t)(d->record.n_edges + d->record.n_mentions);
    bool announced = vb_str_starts(line, VB_STR("~")), gazetteer = vb_str_starts(line, VB_STR("="));
    vb_str rest = vb_str_part(line, announced || gazetteer, line.len), a, type, b;
    assert_true(vb_str_next(&rest, ' ', &a));
    uint32_t source = node_of(d, a);
    if (!vb_str_next(&rest, ' ', &type)) {
        d->mentions[d->record.n_mentions++] = (vb_rec_mention){ at, at + 1, source, { 0 }, VB_STR("test") };
        return;
    }
    vb_relation relation;
    assert_true(vb_relation_find(type, &relation));
    assert_true(vb_str_next(&rest, ' ', &b));
    d->edges[d->record.n_edges++] = (vb_rec_edge){ .type = relation,
                                                   .source = source,
                                                   .target = node_of(d, b),
                                                   .origin = gazetteer ? VB_ORIGIN_GAZETTEER : VB_ORIGIN_TEXT,
                                                   .certainty = announced ? VB_ANNOUNCED : VB_STATED,
                                                   .start = at,
                                                   .end = at + 1,
                                                   .rule = VB_STR("test") };
}

/** Put a document; its lines are parted by ';'. */
static inline void put(world *w, const char *file, const char *date, const char *lines)
{
    static const char text[MOST * 2] = "................................................................";
    draft d = { .record = { .text = { text, MOST }, .hash = 1, .file = vb_str_of(file) } };
    d.record.key = d.record.path = d.record.title = d.record.file;
    d.record.date = vb_str_of(date);
    d.record.nodes = d.nodes;
    d.record.edges = d.edges;
    d.record.mentions = d.mentions;
    vb_str rest = vb_str_of(lines), line;
    while (rest.at && vb_str_next(&rest, ';', &line)) add(&d, line);
    must(w, vb_store_put(w->store, &d.record, NULL, &w->err));
}

/** Names parted by blanks, as a list. */
static inline size_t names(world *w, const char *text, vb_str **out)
{
    vb_str rest = vb_str_of(text), name;
    size_t n = 0;
    *out = vb_arena_array(w->arena, MOST, sizeof **out);
    while (text[0] && vb_str_next(&rest, ' ', &name)) (*out)[n++] = name;
    return n;
}

#endif
