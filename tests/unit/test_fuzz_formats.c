/** The corpus of tests/fuzz/fuzz_formats.c, replayed. */
#include "tests/fuzz/fuzz_formats.c"
#include "tests/fuzz/replay.h"

REPLAY("formats", 9)
