/**
 * Names that differ only in a number or a year never mean the same: in made sentences over every kind of
 * name, in one letter and in two, and in all letters at hand (tests/letters, and ../shared where it is).
 * Numbers of parliament are left out: they are compared by what they say, "2022/23" being "2022-2023".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include <dirent.h>

#include "loaders/names.h"

/** A mention: its words without numbers, its numbers, and what it means. */
typedef struct seen {
    vb_label label;
    vb_str key, words, numbers, file;
} seen;

typedef struct world {
    vb_arena *arena;
    vb_loader *loader;
    VB_VEC(seen) all;
} world;

static world w;

static int set_up(void **state)
{
    (void)state;
    w.arena = vb_arena_new();
    return w.arena && vb_loader_new(NULL, &w.loader, NULL) == VB_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    vb_loader_free(w.loader);
    vb_arena_free(w.arena);
    return 0;
}

/** Divide a name into its words, "#" for each number, and its numbers, Roman ones too. */
static void divide(vb_str name, vb_str *words, vb_str *numbers)
{
    vb_buf of_words = { 0 }, of_numbers = { 0 };
    vb_str fold;
    size_t start, end, at = 0;
    while (vb_word_next(name, at, &start, &end)) {
        bool number = true;
        for (size_t i = start; i < end; i++)
            number = number && (strchr("IVX", name.at[i]) || (name.at[i] >= '0' && name.at[i] <= '9'));
        assert_int_equal(vb_fold(w.arena, vb_str_part(name, start, end), &fold), VB_OK);
        assert_int_equal(vb_buf_add(&of_words, number ? VB_STR("#") : fold), VB_OK);
        assert_int_equal(vb_buf_add(&of_words, VB_STR(" ")), VB_OK);
        if (number) assert_int_equal(vb_buf_printf(&of_numbers, "%.*s ", VB_FMT(fold)), VB_OK);
        at = end;
    }
    assert_int_equal(vb_arena_copy(w.arena, vb_buf_view(&of_words), words), VB_OK);
    assert_int_equal(vb_arena_copy(w.arena, vb_buf_view(&of_numbers), numbers), VB_OK);
    vb_buf_clear(&of_words);
    vb_buf_clear(&of_numbers);
}

/** Note every mention of a text that is named by words. @return how many have a number. */
static size_t note(const char *file, vb_str bytes)
{
    const uint32_t labels = 1u << VB_LABEL_PROGRAMME | 1u << VB_LABEL_ORGANISATION | 1u << VB_LABEL_LAW |
                            1u << VB_LABEL_DOCUMENT | 1u << VB_LABEL_REGION;
    vb_analysis a = { 0 };
    size_t n = 0;
    if (vb_analyse(w.loader, NULL, vb_str_of(file), bytes, &a, NULL) != VB_OK) return 0;
    for (size_t i = 0; i < a.mentions.len; i++) {
        const vb_named *m = &a.mentions.at[i];
        const vb_entity *e = &a.entities.at[m->entity];
        if (!(1u << e->label & labels) || strncmp(m->rule, "reference", 9) == 0) continue;
        seen one = { .label = e->label };
        divide(vb_str_part(a.view.text, m->start, m->end), &one.words, &one.numbers);
        assert_int_equal(vb_arena_copy(w.arena, e->key, &one.key), VB_OK);
        assert_int_equal(vb_arena_copy(w.arena, vb_str_of(file), &one.file), VB_OK);
        assert_int_equal(vb_push(w.arena, &w.all), VB_OK);
        w.all.at[w.all.len - 1] = one;
        n += one.numbers.len > 0;
    }
    vb_analysis_clear(&a);
    return n;
}

static int by_meaning(const void *one, const void *two)
{
    const seen *a = one, *b = two;
    if (a->label != b->label) return a->label < b->label ? -1 : 1;
    int by = vb_str_cmp(a->key, b->key);
    return by ? by : vb_str_cmp(a->words, b->words);
}

/** Of all that mean one thing by the same words, the numbers are the same. @return how often they are not. */
static size_t merged(void)
{
    size_t wrong = 0;
    if (w.all.len) qsort(w.all.at, w.all.len, sizeof *w.all.at, by_meaning);
    for (size_t i = 1; i < w.all.len; i++) {
        const seen *a = &w.all.at[i - 1], *b = a + 1;
        if (by_meaning(a, b) != 0 || vb_str_eq(a->numbers, b->numbers)) continue;
        wrong++;
        print_message("%s %.*s: \"%.*s\" with %.*s(%.*s) and with %.*s(%.*s)\n", vb_label_name(a->label),
                      VB_FMT(a->key), VB_FMT(a->words), VB_FMT(a->numbers), VB_FMT(a->file),
                      VB_FMT(b->numbers), VB_FMT(b->file));
    }
    return wrong;
}

static const char *const names[] = {
    "het Actieprogramma Bakens %s",
    "het Nationaal Programma Vuurtorens %s",
    "de Agenda Havenlicht %s",
    "het project Lantaarnlicht %s",
    "de Subsidieregeling bakenlicht %s",
    "de Strategie Zeelicht %s",
    "het Fonds Bakenlicht %s",
    "de Taskforce Zeebakens %s",
    "de Commissie Kustlicht %s",
    "de Stichting Havenlicht %s",
    "het Platform Vuurbaken %s",
    "de Wet bakenlicht %s",
    "de Verordening vuurtorens %s",
    "het Besluit havenlicht %s",
    "de Monitor Kustbakens %s",
    "het Jaarverslag Zeebakens %s",
    "het rapport ‘Bakens aan de kust %s’",
    "het Convenant Kustlicht %s",
    "het Akkoord van Bakendam %s",
    "de Miljoenennota %s",
};

static const char *const numbers[][2] = {
    { "2021", "2022" },
    { "2020-2024", "2025-2029" },
    { "II", "III" },
    { "2.0", "3.0" },
};

/** What has phases, and rounds, and a second one. */
static const char *const programmes[] = {
    "het Actieprogramma Bakens %s",
    "het Nationaal Programma Vuurtorens %s",
    "de Agenda Havenlicht %s",
    "het project Lantaarnlicht %s",
    "de Strategie Zeelicht %s",
    "de Regio Deals %s",
    "het Nationaal Groeifonds %s",
    "de SDE++ %s",
    "het Nationaal Programma Kustlicht (NPKL). Daarna volgt het NPKL %s",
};

static const char *const rounds[][2] = {
    { "1", "2" },
    { "fase 1", "fase 2" },
    { "tranche I", "tranche II" },
    { "2021", "2022" },
    { "2020-2024", "2025-2029" },
    { "2.0", "3.0" },
    { "1 en meer", "2 en meer" },
};

/** "het Actieprogramma Bakens 2021" with a sentence around it. */
static void say(vb_buf *text, const char *name, const char *number)
{
    assert_int_equal(vb_buf_add(text, VB_STR("De minister noemt ")), VB_OK);
    const char *mark = strstr(name, "%s");
    assert_int_equal(vb_buf_printf(text, "%.*s%s%s.", (int)(mark - name), name, number, mark + 2), VB_OK);
    assert_int_equal(vb_buf_add(text, VB_STR(" Daarna gaat de brief verder. ")), VB_OK);
}

/** Both numbers in one letter, then each in a letter of its own. */
static void stay_apart(const char *const *of, size_t n_of, const char *const (*pairs)[2], size_t n_pairs)
{
    size_t n = 0, made = 0;
    w.all.len = 0;
    for (size_t i = 0; i < n_of; i++)
        for (size_t k = 0; k < n_pairs; k++) {
            vb_buf both = { 0 };
            for (size_t one = 0; one < 2; one++) {
                vb_buf alone = { 0 };
                say(&alone, of[i], pairs[k][one]);
                say(&both, of[i], pairs[k][one]);
                n += note("alone.txt", vb_buf_view(&alone));
                vb_buf_clear(&alone);
            }
            n += note("both.txt", vb_buf_view(&both));
            vb_buf_clear(&both);
            made += 4;
        }
    print_message("%zu of %zu made names are found with their numbers\n", n, made);
    assert_true(n * 10 > made * 8);
    assert_int_equal(merged(), 0);
}

static void made_names_stay_apart(void **state)
{
    (void)state;
    stay_apart(names, VB_COUNT(names), numbers, VB_COUNT(numbers));
}

static void rounds_of_programmes_stay_apart(void **state)
{
    (void)state;
    stay_apart(programmes, VB_COUNT(programmes), rounds, VB_COUNT(rounds));
}

static void note_file(const char *path)
{
    vb_buf bytes = { 0 };
    assert_int_equal(vb_buf_read(path, VB_TEXT_MAX, &bytes, NULL), VB_OK);
    (void)note(path, vb_buf_view(&bytes));
    vb_buf_clear(&bytes);
}

static void names_of_letters_stay_apart(void **state)
{
    static const char *const folders[] = { "tests/letters", "../shared/letters",
                                           "../shared/letters-unannotated" };
    (void)state;
    w.all.len = 0;
    for (size_t i = 0; i < VB_COUNT(folders); i++) {
        DIR *dir = opendir(folders[i]);
        if (!dir) print_message("%s is not here: skipped\n", folders[i]);
        for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
            char path[600];
            vb_str name = vb_str_of(entry->d_name);
            if (!vb_str_ends(name, VB_STR(".txt")) && !vb_str_ends(name, VB_STR(".md"))) continue;
            (void)snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name);
            note_file(path);
        }
        if (dir) closedir(dir);
    }
    print_message("%zu mentions\n", w.all.len);
    assert_true(w.all.len > 50);
    assert_int_equal(merged(), 0);
}

static void the_check_can_fail(void **state)
{
    (void)state;
    w.all.len = 0;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(vb_push(w.arena, &w.all), VB_OK);
        w.all.at[i] = (seen){ .label = VB_LABEL_PROGRAMME, .key = VB_STR("bakens"), .file = VB_STR("x") };
        divide(i ? VB_STR("Bakens 2022") : VB_STR("Bakens 2021"), &w.all.at[i].words, &w.all.at[i].numbers);
    }
    assert_int_equal(merged(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(made_names_stay_apart),
                                        cmocka_unit_test(rounds_of_programmes_stay_apart),
                                        cmocka_unit_test(names_of_letters_stay_apart),
                                        cmocka_unit_test(the_check_can_fail) };
    return cmocka_run_group_tests_name("numbers in names", tests, set_up, tear_down);
}
