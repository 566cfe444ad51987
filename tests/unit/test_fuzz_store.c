/** The corpus of tests/fuzz/fuzz_store.c, replayed. */
#include "tests/fuzz/fuzz_store.c"
#include "tests/fuzz/replay.h"

REPLAY("store", 6)
