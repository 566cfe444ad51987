/**
 * What holds for every mention of every letter at hand (tests/letters, and ../shared where it is): it lies in
 * one block and one sentence's block that yields mentions, overlaps no other, and its offsets in the source
 * spell the words that the analysis read, but for what the view leaves out: line ends, hyphens there, marks,
 * calls of notes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include <dirent.h>

#include "loaders/names.h"

static const char *const folders[] = { "tests/letters", "../shared/letters", "../shared/letters-unannotated",
                                       "../shared/formats", "../shared/formats/official" };

enum { LEFT_OUT_MAX = 48 }; /* bytes of marks inside a name */

static bool is_text(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0xc3;
}

/** Whether @p source spells @p view: the same letters in the same order, with little but marks between. */
static bool spells(vb_str source, vb_str view)
{
    size_t at = 0;
    for (size_t i = 0; i < view.len; i++) {
        if (!is_text((unsigned char)view.at[i])) continue;
        size_t from = at;
        while (at < source.len && source.at[at] != view.at[i]) at++;
        if (at >= source.len || at - from > LEFT_OUT_MAX) return false;
        at++;
    }
    return view.len > 0 && source.len > 0;
}

/** Whether nothing is left out inside a word: letters that stand together in the view do so in the source,
 * but for a hyphen and blanks at a line's end, or what stands in brackets. */
static bool whole_words(vb_str source, vb_str view)
{
    size_t letters = 0, more = 0;
    for (size_t i = 0; i < view.len; i++) letters += is_text((unsigned char)view.at[i]);
    for (size_t i = 0; i < source.len; i++) more += is_text((unsigned char)source.at[i]);
    return more == letters ||
           (more > letters && (memchr(source.at, '[', source.len) || /* a note's call */
                               memchr(source.at, '<', source.len) || memchr(source.at, '\n', source.len) ||
                               more - letters <= 3));
}

static void check_mention(const vb_analysis *a, size_t i, size_t *wrong)
{
    const vb_named *m = &a->mentions.at[i];
    uint32_t start, end;
    const char *why = NULL;
    if (m->start >= m->end || m->end > a->view.text.len) why = "bounds";
    if (!why && m->block >= a->view.n_blocks) why = "block";
    const vb_block *block = &a->view.blocks[why ? 0 : m->block];
    if (!why && (m->start < block->start || m->end > block->end)) why = "crosses a block";
    if (!why && !vb_block_speaks(block)) why = "stands in a block without mentions";
    if (!why && i && a->mentions.at[i - 1].end > m->start) why = "overlaps the one before";
    if (!why && m->entity >= a->entities.len) why = "names nothing";
    vb_view_origin(&a->view, m->start, m->end, &start, &end);
    vb_str source = vb_str_part(a->source.text, start, end),
           view = vb_str_part(a->view.text, m->start, m->end);
    if (!why && (start >= end || end > a->source.text.len)) why = "source bounds";
    if (!why && !(spells(source, view) && whole_words(source, view))) why = "is not spelled by its offsets";
    if (!why && ((source.at[0] & 0xc0) == 0x80 ||
                 (end < a->source.text.len && (a->source.text.at[end] & 0xc0) == 0x80)))
        why = "cuts a character";
    if (!why) return;
    ++*wrong;
    print_message("%.*s@%u-%u %s: \"%.*s\" | \"%.*s\"\n", VB_FMT(a->file), start, end, why, VB_FMT(source),
                  VB_FMT(view));
}

/** Analyse one file; a file that cannot be read as a document is passed over, as loading does. */
static size_t check_file(const vb_loader *loader, const char *path, size_t *wrong)
{
    vb_buf bytes = { 0 };
    vb_analysis a = { 0 };
    size_t n = 0;
    assert_int_equal(vb_buf_read(path, VB_TEXT_MAX, &bytes, NULL), VB_OK);
    if (vb_analyse(loader, NULL, vb_str_of(path), vb_buf_view(&bytes), &a, NULL) == VB_OK) {
        for (n = 0; n < a.mentions.len; n++) check_mention(&a, n, wrong);
        vb_analysis_clear(&a);
    }
    vb_buf_clear(&bytes);
    return n;
}

static void mentions_hold(void **state)
{
    vb_loader *loader = NULL;
    size_t wrong = 0, files = 0, n = 0;
    (void)state;
    assert_int_equal(vb_loader_new(NULL, &loader, NULL), VB_OK);
    for (size_t i = 0; i < VB_COUNT(folders); i++) {
        DIR *dir = opendir(folders[i]);
        if (!dir) print_message("%s is not here: skipped\n", folders[i]);
        for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
            char path[600];
            if (entry->d_name[0] == '.' || entry->d_type == DT_DIR ||
                vb_str_ends(vb_str_of(entry->d_name), VB_STR(".gold")))
                continue;
            (void)snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name);
            n += check_file(loader, path, &wrong);
            files++;
        }
        if (dir) closedir(dir);
    }
    vb_loader_free(loader);
    print_message("%zu mentions in %zu files\n", n, files);
    assert_true(files >= 9 && n > 300);
    assert_int_equal(wrong, 0);
}

static void the_check_can_fail(void **state)
{
    (void)state;
    assert_true(spells(VB_STR("Rijkswater-\nstaat"), VB_STR("Rijkswaterstaat")));
    assert_true(whole_words(VB_STR("Rijkswater-\nstaat"), VB_STR("Rijkswaterstaat")));
    assert_false(spells(VB_STR("Rijksdienst"), VB_STR("Rijkswaterstaat")));
    assert_false(spells(VB_STR("Rijkswater"), VB_STR("Rijkswaterstaat")));
    assert_false(whole_words(VB_STR("Rijkswaterstaat en meer"), VB_STR("Rijkswaterstaat")));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(mentions_hold),
                                        cmocka_unit_test(the_check_can_fail) };
    return cmocka_run_group_tests_name("mentions of every letter", tests, NULL, NULL);
}
