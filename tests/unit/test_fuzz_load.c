/** The corpus of tests/fuzz/fuzz_load.c, replayed. */
#include "tests/fuzz/fuzz_load.c"
#include "tests/fuzz/replay.h"

REPLAY("load", 10)
