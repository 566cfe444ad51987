/** What the files of the text view share. Private to loaders/view*.c. */
#ifndef VB_VIEW_H
#define VB_VIEW_H

#include "loaders/loaders.h"

/** Cut the blocks of @p v into tokens and sentences. */
vb_status vb_view_sentences(vb_view *v, vb_arena *arena);

#endif
