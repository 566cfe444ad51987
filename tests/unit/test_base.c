/** Unit tests of graph/memory.c, graph/text.c, graph/data.c and graph/ontology.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "graph/graph.h"

typedef vb_status (*fold_fn)(vb_arena *, vb_str, vb_str *);

static vb_status stems(vb_arena *arena, vb_str s, vb_str *out)
{
    return vb_stems(NULL, arena, s, out);
}

static const struct sample {
    const char *name;
    fold_fn fold;
    const char *text, *want;
} samples[] = {
    { "fold drops case and marks", vb_fold, "Súdwest-Fryslân", "sudwest fryslan" },
    { "fold has no blanks at the ends", vb_fold, "  («’s-Hertogenbosch»)", "s hertogenbosch" },
    { "fold knows letters without a decomposition", vb_fold, "Tromsø, Łódź, ʼIJmuiden",
      "tromso lodz ijmuiden" },
    { "fold keeps digits", vb_fold, "36 600-VI", "36 600 vi" },
    { "slug of a person", vb_slug, "D. Yeşilgöz-Zegerius", "d-yesilgoz-zegerius" },
    { "slug of nothing", vb_slug, "…", "" },
    { "stems of a plural", stems, "Gemeenten en programma's", "gemeent en programma s" },
};

static void folds(void **state)
{
    const struct sample *s = *state;
    vb_arena *arena = vb_arena_new();
    vb_str got;
    assert_int_equal(s->fold(arena, vb_str_of(s->text), &got), VB_OK);
    assert_string_equal(got.at, s->want);
    vb_arena_free(arena);
}

static void utf8_is_checked(void **state)
{
    (void)state;
    assert_int_equal(vb_utf8_check(VB_STR("één")), 5);
    assert_int_equal(vb_utf8_check(VB_STR("ab\xe9"
                                          "c")),
                     2);
    assert_int_equal(vb_utf8_check(VB_STR("\xc0\x80")), 0);     /* overlong */
    assert_int_equal(vb_utf8_check(VB_STR("\xed\xa0\x80")), 0); /* surrogate */
    assert_int_equal(vb_utf8_check(VB_STR("a\xf0\x9f")), 1);    /* cut short */
}

static void tables_are_read(void **state)
{
    (void)state;
    vb_tsv t = { .text = VB_STR("# source\nkey\tname\n\na\tEen\nb\n"), .name = "t.tsv" };
    assert_true(vb_tsv_next(&t));
    assert_true(vb_str_eq(vb_tsv_get(&t, "name"), VB_STR("Een")));
    assert_int_equal(t.line, 4);
    assert_true(vb_tsv_next(&t));
    assert_int_equal(vb_tsv_get(&t, "name").len, 0);
    assert_false(vb_tsv_next(&t));
}

static void the_ontology_is_whole(void **state)
{
    (void)state;
    for (int r = 0; r < VB_REL_COUNT; r++) {
        const vb_relation_info *info = vb_relation_get((vb_relation)r);
        vb_relation found;
        assert_true(info->from && info->to);
        assert_true(vb_relation_find(vb_str_of(info->name), &found));
        assert_int_equal(found, r);
    }
    assert_true(vb_relation_allows(VB_REL_HOLDS_OFFICE, VB_LABEL_PERSON, VB_LABEL_MINISTRY));
    assert_false(vb_relation_allows(VB_REL_HOLDS_OFFICE, VB_LABEL_MINISTRY, VB_LABEL_PERSON));
    assert_true(vb_relation_allows(VB_REL_PART_OF, VB_LABEL_MUNICIPALITY, VB_LABEL_REGION));
    assert_false(vb_relation_allows(VB_REL_PART_OF, VB_LABEL_PROGRAMME, VB_LABEL_REGION));
}

static void arenas_hold(void **state)
{
    (void)state;
    vb_arena *arena = vb_arena_new();
    VB_VEC(int) v = { 0 };
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(vb_push(arena, &v), VB_OK);
        v.at[v.len - 1] = i;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(v.at[i], i);
    assert_null(vb_arena_array(arena, SIZE_MAX / 2, 4));
    vb_arena_free(arena);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples) + 4];
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = folds,
                                        .initial_state = (void *)&samples[i] };
    struct CMUnitTest rest[] = { cmocka_unit_test(utf8_is_checked), cmocka_unit_test(tables_are_read),
                                 cmocka_unit_test(the_ontology_is_whole), cmocka_unit_test(arenas_hold) };
    memcpy(tests + VB_COUNT(samples), rest, sizeof rest);
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
