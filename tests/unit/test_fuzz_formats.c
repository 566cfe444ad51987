/** Replay the corpus of tests/fuzz/fuzz_formats.c, and every file of it cut short and with bytes changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/fuzz/fuzz_formats.c"

#include <dirent.h>

static size_t replay(const char *folder)
{
    size_t n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char path[512];
        vb_buf bytes = { 0 };
        if (e->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        assert_int_equal(vb_buf_read(path, VB_TEXT_MAX, &bytes, NULL), VB_OK);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len);
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len / 2);
        for (size_t i = 7; i < bytes.len; i += 131) bytes.at[i] = "[\n1)*\xc3 ."[i % 8];
        LLVMFuzzerTestOneInput((const uint8_t *)bytes.at, bytes.len);
        vb_buf_clear(&bytes);
        n++;
    }
    if (dir) closedir(dir);
    return n;
}

static void corpus_replays(void **state)
{
    (void)state;
    assert_true(replay("tests/fuzz/corpus/formats") >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(corpus_replays) };
    return cmocka_run_group_tests_name("fuzz_formats", tests, NULL, NULL);
}
