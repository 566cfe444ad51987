/** Unit tests of loaders/relations_glued.c: where a word is two that a PDF's extraction glued together. */
#include "tests/unit/analysed.h"

static const struct glued {
    const char *word;
    size_t at;
} glued[] = {
    { "toezichtop", 8 },
    { "kwaliteitvan", 9 },
    { "slagom", 4 },
    { "hetkabinet", 3 },
    { "hetgasveld", 3 },
    { "wordtondersteund", 5 },
    { "gefinancierddoor", 12 },
    { "persconferentiemet", 15 },
    { "daarvan", 0 },
    { "hiervoor", 0 },
    { "hetzelfde", 0 },
    { "ambtenaar", 0 },
    { "opdrachten", 0 },
    { "uitgaven", 0 },
    { "deelnemers", 0 },
    { "van", 0 },
    { "vanvanvanvanvanvanvanvanvanvanvanvanvanvanvan", 0 },
};

static void parts_glued_words(void **state)
{
    const struct glued *s = *state;
    vb_analysis a = { .arena = vb_arena_new() };
    vb_scene scene = { .rules = loader.relations, .a = &a };
    assert_non_null(a.arena);
    assert_int_equal(vb_stemmer_new(&scene.stemmer), VB_OK);
    assert_int_equal(vb_glued_at(&scene, vb_str_of(s->word)), s->at);
    vb_stemmer_free(scene.stemmer);
    vb_arena_free(a.arena);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(glued)];
    (void)analysed;
    for (size_t i = 0; i < VB_COUNT(glued); i++)
        tests[i] = (struct CMUnitTest){ .name = glued[i].word,
                                        .test_func = parts_glued_words,
                                        .initial_state = (void *)&glued[i] };
    return cmocka_run_group_tests_name("glued words", tests, set_up, tear_down);
}
