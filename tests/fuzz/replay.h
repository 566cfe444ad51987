/**
 * A fuzz target as a test of `make check`: every file of its corpus, as it is, cut short, and with bytes
 * changed.
 *
 *   #include "tests/fuzz/fuzz_load.c"
 *   #include "tests/fuzz/replay.h"
 *   REPLAY("load", 10)
 */
#ifndef VB_FUZZ_REPLAY_H
#define VB_FUZZ_REPLAY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/graph.h"

#include <dirent.h>

static void replay_one(const char *path)
{
    vb_buf bytes = { 0 };
    assert_int_equal(vb_buf_read(path, VB_TEXT_MAX, &bytes, NULL), VB_OK);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len / 2);
    for (size_t i = 7; i < bytes.len; i += 131) bytes.at[i] = "[\n1)*\xc3 ."[i % 8];
    LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len);
    vb_buf_clear(&bytes);
}

/** @return how many files the folder has. */
static size_t replay(const char *folder)
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[512];
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        replay_one(path);
        n++;
    }
    if (dir) closedir(dir);
    return n;
}

/** The test program of the target with corpus @p name, of at least @p least files. */
#define REPLAY(name, least)                                                     \
    static void corpus_replays(void **state)                                    \
    {                                                                           \
        (void)state;                                                            \
        assert_true(replay("tests/fuzz/corpus/" name) >= (least));              \
    }                                                                           \
    int main(void)                                                              \
    {                                                                           \
        const struct CMUnitTest tests[] = { cmocka_unit_test(corpus_replays) }; \
        return cmocka_run_group_tests_name("fuzz_" name, tests, NULL, NULL);    \
    }

#endif
