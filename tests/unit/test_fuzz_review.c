/** The corpus of tests/fuzz/fuzz_review.c, replayed. */
#include "tests/fuzz/fuzz_review.c"
#include "tests/fuzz/replay.h"

REPLAY("review", 5)
