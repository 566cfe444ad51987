/** Fuzz target of `ask`: any question is answered, or is one that cannot be read; what is answered can be
 * printed. */
#include "tests/fuzz/world.h"

static void must_be_text(vb_str s)
{
    must(s.len == 0 || vb_utf8_check(s) == s.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static vb_asker *asker; /* compiled once for all inputs */
    static vb_store *store;
    vb_answer answer = { 0 };
    vb_error err = { 0 };
    if (!asker) {
        must(vb_asker_new(NULL, &asker, NULL) == VB_OK);
        must(vb_store_open(":memory:", VB_OPEN_WRITE, &store, NULL) == VB_OK);
        fill(store);
    }
    vb_arena *arena = vb_arena_new();
    must(arena != NULL);
    vb_status status = vb_ask(asker, store, (vb_str){ (const char *)data, size }, arena, &answer, &err);
    must(status != VB_STORE && status != VB_NO_MEMORY && status != VB_BAD_INPUT);
    if (status == VB_OK) {
        must_be_text(answer.sentence);
        must_be_text(answer.cypher);
        for (size_t i = 0; i < answer.n_rows * answer.n_columns; i++) must_be_text(answer.cells[i]);
    }
    vb_arena_free(arena);
    return 0;
}
