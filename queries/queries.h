/** What the files of queries/ share. Private to libverband; programs use verband.h. */
#ifndef VB_QUERIES_H
#define VB_QUERIES_H

#include "graph/graph.h"

#endif
