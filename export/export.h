/** What the files of export/ share. Private to libverband; programs use verband.h. */
#ifndef VB_EXPORT_H
#define VB_EXPORT_H

#include "graph/graph.h"

#endif
