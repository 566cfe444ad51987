/** What the targets that ask a store share: a letter in a store, and must(). */
#ifndef VB_FUZZ_WORLD_H
#define VB_FUZZ_WORLD_H

#include "graph/graph.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

__attribute__((unused)) static void must(bool holds)
{
    if (!holds) abort();
}

#define FUZZ_MENTION(at, to, n)                 \
    {                                           \
        .start = (at), .end = (to), .node = (n) \
    }

/** Put one letter into @p store. */
__attribute__((unused)) static void fill(vb_store *store)
{
    static const vb_rec_node nodes[] = {
        { .label = VB_LABEL_MUNICIPALITY,
          .key = { "GM0080", 6 },
          .name = { "Leeuwarden", 10 },
          .gazetteer = true },
        { .label = VB_LABEL_PROGRAMME, .key = { "preventie", 9 }, .name = { "Preventie", 9 } },
        { .label = VB_LABEL_ORGANISATION, .key = { "rivm", 4 }, .name = { "RIVM", 4 } },
    };
    static const vb_rec_mention mentions[] = { FUZZ_MENTION(0, 10, 0), FUZZ_MENTION(20, 29, 1),
                                               FUZZ_MENTION(34, 38, 2) };
    static const vb_rec_edge edges[] = {
        { .type = VB_REL_PARTICIPATES_IN,
          .source = 0,
          .target = 1,
          .start = 0,
          .end = 30,
          .rule = { "r", 1 } },
        { .type = VB_REL_SUPPORTS, .source = 2, .target = 1, .start = 31, .end = 64, .rule = { "r", 1 } },
    };
    static const vb_rec_passage passages[] = { { 0, 64, { "leeuward preventie rivm", 23 } } };
    const vb_record r = { .file = VB_STR("brief.txt"),
                          .path = VB_STR("brief.txt"),
                          .text = VB_STR("Leeuwarden doet mee Preventie. En RIVM steunt Preventie daarbij."),
                          .hash = 1,
                          .key = VB_STR("brief"),
                          .title = VB_STR("Brief"),
                          .date = VB_STR("2024-05-01"),
                          .nodes = nodes,
                          .n_nodes = VB_COUNT(nodes),
                          .mentions = mentions,
                          .n_mentions = VB_COUNT(mentions),
                          .edges = edges,
                          .n_edges = VB_COUNT(edges),
                          .passages = passages,
                          .n_passages = VB_COUNT(passages) };
    must(vb_store_put(store, &r, NULL, NULL) == VB_OK);
}

#endif
