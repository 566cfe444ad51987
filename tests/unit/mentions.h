/**
 * Rows "text → Label:key@start-end …" for the tests of names: what the names room finds in a sentence of
 * ours.
 */
#ifndef VB_TEST_MENTIONS_H
#define VB_TEST_MENTIONS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "loaders/loaders.h"

struct mention_row {
    const char *name, *text, *want;
};

static vb_names *gazetteers;

static int compile_names(void **state)
{
    vb_error err = { 0 };
    (void)state;
    return vb_names_new(NULL, &gazetteers, &err) == VB_OK ? 0 : -1;
}

static int free_names(void **state)
{
    (void)state;
    vb_names_free(gazetteers);
    return 0;
}

/** Analyse @p text up to its mentions; the caller ends *a by vb_analysis_clear(). */
static void name_text(const char *text, vb_analysis *a)
{
    assert_int_equal(vb_analysis_begin(NULL, VB_STR("test.txt"), a, NULL), VB_OK);
    a->source.text = vb_str_of(text);
    a->source.names = gazetteers;
    assert_int_equal(vb_view_make(&a->source, a->arena, &a->view, NULL), VB_OK);
    assert_int_equal(vb_names_find(gazetteers, a, NULL), VB_OK);
}

/** Mentions as the rows write them; an article follows the key after '#'. */
static void mentions_as_text(const vb_analysis *a, vb_buf *out)
{
    for (size_t i = 0; i < a->mentions.len; i++) {
        const vb_named *m = &a->mentions.at[i];
        const vb_entity *e = &a->entities.at[m->entity];
        uint32_t start, end;
        vb_view_origin(&a->view, m->start, m->end, &start, &end);
        assert_int_equal(vb_buf_printf(out, "%s%s:%.*s%s%.*s@%u-%u", i ? " " : "", vb_label_name(e->label),
                                       VB_FMT(e->key), m->article.len ? "#" : "", VB_FMT(m->article), start,
                                       end),
                         VB_OK);
    }
}

static void finds_mentions(void **state)
{
    const struct mention_row *row = *state;
    vb_analysis a;
    vb_buf got = { 0 };
    name_text(row->text, &a);
    mentions_as_text(&a, &got);
    assert_string_equal(got.at ? got.at : "", row->want);
    vb_buf_clear(&got);
    vb_analysis_clear(&a);
}

/** Run all rows and then the tests of @p rest. */
static int run_rows(const char *name, const struct mention_row *rows, size_t n, const struct CMUnitTest *rest,
                    size_t n_rest)
{
    struct CMUnitTest *tests = calloc(n + n_rest, sizeof *tests);
    if (!tests) return 1;
    for (size_t i = 0; i < n; i++)
        tests[i] = (struct CMUnitTest){ .name = rows[i].name,
                                        .test_func = finds_mentions,
                                        .initial_state = (void *)&rows[i] };
    if (n_rest) memcpy(tests + n, rest, n_rest * sizeof *tests);
    int failed = _cmocka_run_group_tests(name, tests, n + n_rest, compile_names, free_names);
    free(tests);
    return failed;
}

#endif
