/** The corpus of tests/fuzz/fuzz_rules.c, replayed. */
#include "tests/fuzz/fuzz_rules.c"
#include "tests/fuzz/replay.h"

REPLAY("rules", 4)
