/** What a document knows of a person that namesakes would contradict: for the store, which keeps them apart.
 * Private to libverband. */
#ifndef VB_PERSONS_H
#define VB_PERSONS_H

#include "graph/graph.h"

/**
 * Of a vb_rec_node. The first person of a name whom a store meets has the plain key; one who contradicts what
 * the store says of him gets "key-party", whatever letter comes first. A person of whom nothing is known has
 * the plain key, and so has whoever contradicts nothing.
 */
typedef struct vb_rec_person {
    vb_str base; /* the key where there are no namesakes: the slug of the name */
    const vb_str
        *parties;         /* keys: of the party that the document says, first, and of those that go with it */
    const vb_str *others; /* full names of namesakes who are known to be somebody else */
    size_t n_parties, n_others;
} vb_rec_person;

#endif
