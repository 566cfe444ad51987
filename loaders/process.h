/** A program that reads a document for us, kept within limits; private to loaders/. */
#ifndef VB_PROCESS_H
#define VB_PROCESS_H

#include "loaders/loaders.h"

typedef struct vb_process_limits {
    unsigned seconds; /* of the clock, and of the processor */
    size_t memory;    /* bytes of address space */
    size_t output;    /* bytes it may print */
} vb_process_limits;

enum { VB_PROCESS_WORDS_MAX = 1024 };

/** How it ended. */
typedef struct vb_process_end {
    int code;                         /* what it exited with; -1: a signal ended it */
    char words[VB_PROCESS_WORDS_MAX]; /* the first that it said on standard error */
} vb_process_end;

/**
 * Run @p argv (found in $PATH, closed by NULL; no shell) with @p input on its standard input, and gather what
 * it prints. It can write no file. The caller clears *out.
 * @return VB_OK also when it failed: see end->code; VB_NOT_FOUND (there is no such program, no line of
 * error); VB_TOO_LARGE (it printed more, or took longer, than it may); VB_IO; VB_NO_MEMORY.
 */
vb_status vb_process_run(const char *const *argv, vb_str input, const vb_process_limits *limits, vb_buf *out,
                         vb_process_end *end, vb_error *err);

#endif
