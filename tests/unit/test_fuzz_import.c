/** The corpus of tests/fuzz/fuzz_import.c, replayed. */
#include "tests/fuzz/fuzz_import.c"
#include "tests/fuzz/replay.h"

REPLAY("import", 6)
