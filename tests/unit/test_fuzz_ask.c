/** The corpus of tests/fuzz/fuzz_ask.c, replayed. */
#include "tests/fuzz/fuzz_ask.c"
#include "tests/fuzz/replay.h"

REPLAY("ask", 4)
