/** The corpus of tests/fuzz/fuzz_cypher.c, replayed. */
#include "tests/fuzz/fuzz_cypher.c"
#include "tests/fuzz/replay.h"

REPLAY("cypher", 10)
