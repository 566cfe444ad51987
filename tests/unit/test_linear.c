/**
 * Work grows with the length of a text and no faster, whatever the text: every row below is a piece that one
 * might repeat to make a program look back, look far ahead, or compare all with all. What is measured is the
 * steps taken for a text and for one eight times as long (tests/unit/counted.h), which are the same each
 * time: sorting gives up to 9.4 times as many, a cost that grows with the square 64 times.
 */
#include "tests/unit/analysed.h"
#include "tests/unit/counted.h"

enum { SHORT = 8000, TIMES = 8, MOST = 12 };

/* $ is a word that differs each time, with a capital; @ in lower case; % in capitals; # a number */
static const char *const pieces[] = {
    "a",
    "A",
    " ",
    "\n",
    "(",
    ")",
    "[",
    "]",
    "[1",
    "[1: a ",
    "<",
    "<a ",
    "\"",
    "'",
    "«",
    "„",
    "‘",
    "1",
    "1 ",
    "2024 ",
    "-",
    "a-",
    ".",
    "a.",
    "*",
    "_a",
    "&",
    "|a",
    "http://",
    "a.nl ",
    "É",
    "LEEUWARDEN ",
    "Leeuwarden Programma Aanpak ",
    "@ ",
    "$ ",
    "\n# $\n\nabc\n",
    "\n1) ",
    "woord[#] en ",
    "\n[#] NOS, 3 mei 2024, $ over iets, https://a.nl/#",
    "halfjaarbrief ondermijning[#] (29 911, nr. #) ",
    "de motie van het lid $ (29 911, nr. #). ",
    "motie $ ",
    "Landelijke $ Stichting (%) ",
    "Stichting $, hierna %, ",
    "(hierna: $) ",
    "minister $ $ van $. ",
    "het lid $ (VVD), ",
    "de leden $, $, ",
    "het bericht «$»\n",
    "Kamerstukken II 2023/24, 29 911, nr. #. ",
    ", #",
    "artikel # van de Wet @ ",
    "\nVraag #\nBent u bekend met $?\n",
    "\n\nDe minister van Financiën,\n\nA. $\n",
    "deelnemers:\n- Stichting $\n",
    "Leeuwarden financiert Stichting $. Zij steunt het programma Preventie met Gezag ",
    "steunt Leeuwarden ",
    "het bestuur van $ komt. ",
    "(NOS, 2024 ",
    "Jansen en De Vries, 3 mei 2024, ",
    "36 600 Kamerstuk ",
    "Stb 1/ richtlijn ",
    "Wethouder-$-",
    "in @ Leeuwarden van de $-Wet ",
    "is dat van de die door met ",
    "woord-\nDeel-\n",
    "het project $ # en SDE++ # van\n\n[#] noot\n\n",
    "Actieprogramma $ en het Actieprogramma werkt. ",
    "het fonds, ook wel $ genoemd, met de naam $ ",
    "de parlementaire onderzoekscommissie $ $ en tijdelijke commissie ",
    "https://www.voorbeeld.nl/$-$ ",
    "resolutie # (XV) verdachte $ K. ",
    "de derde voortgangsrapportage woning woning # rapport $ haven van $ ",
    "De commissie toekomst woning. 17e $brigade ",
    "minister van Defensie $ J. $ en Jan J. ",
    "Tweede Kamer, vergaderjaar 2023-2024, 1, nr. #\nvan$ ",
};

/** The @p n th word of five letters. */
static void word_of(unsigned n, bool capital, bool capitals, char *out)
{
    for (unsigned i = 0; i < 5; i++, n /= 26)
        out[i] = (char)((capitals || (capital && !i) ? 'A' : 'a') + (char)(n % 26));
    out[5] = '\0';
}

static vb_buf text_of(const char *piece, size_t len)
{
    vb_buf text = { 0 };
    char word[16];
    if (vb_buf_add(&text, VB_STR("Brief ")) != VB_OK)
        fail_msg("no memory"); /* blanks alone are no document */
    for (unsigned n = 1; text.len < len; n += 7)
        for (const char *c = piece; *c; c++) {
            vb_str part = { c, 1 };
            if (strchr("$@%#", *c)) {
                if (*c == '#')
                    (void)snprintf(word, sizeof word, "%u", n % 997);
                else
                    word_of(n + (unsigned)(c - piece), *c == '$', *c == '%', word);
                part = vb_str_of(word);
            }
            if (vb_buf_add(&text, part) != VB_OK) fail_msg("no memory");
        }
    return text;
}

static uint64_t steps_of(const char *piece, size_t len)
{
    vb_buf text = text_of(piece, len);
    steps_taken = 0;
    vb_analysis a = analysed(vb_buf_view(&text));
    vb_analysis_clear(&a);
    uint64_t steps = steps_taken;
    vb_buf_clear(&text);
    return steps;
}

static void is_linear(void **state)
{
    const char *piece = *state;
    size_t len = getenv("VB_SLOW") ? SHORT / TIMES : SHORT; /* VB_SLOW: under valgrind */
    uint64_t few = steps_of(piece, len), many = steps_of(piece, len * TIMES);
    assert_true(few > len);
    if (many > few * MOST)
        fail_msg("%s: %d times the text takes %.1f times the steps", piece, TIMES,
                 (double)many / (double)few);
}

/* ---- the test itself can fail: what compares all with all is found ------------------------------------- */

static void hash_each_time(vb_str text)
{
    volatile uint64_t hash = 0;
    for (size_t i = 0; i < text.len; i++) hash ^= vb_hash(text);
}

static void look_each_time(vb_str text)
{
    for (size_t i = 0; i < text.len; i++) assert_null(memchr(text.at + i, 0, text.len - i));
}

static void match_each_time(vb_str text)
{
    int number;
    PCRE2_SIZE at;
    pcre2_match_data *m = pcre2_match_data_create(1, NULL);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR) "b+c", 3, 0, &number, &at, NULL);
    for (size_t i = 0; i < text.len; i++)
        assert_true(pcre2_match(code, (PCRE2_SPTR)text.at, text.len, i, 0, m, NULL) < 0);
    pcre2_code_free(code);
    pcre2_match_data_free(m);
}

static void match_by_all_ways(vb_str text)
{
    int number;
    PCRE2_SIZE at;
    pcre2_match_data *m = pcre2_match_data_create(1, NULL);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR) "^.*b.*c", 7, PCRE2_DOTALL | PCRE2_NO_START_OPTIMIZE, &number, &at, NULL);
    assert_true(pcre2_match(code, (PCRE2_SPTR)text.at, text.len, 0, 0, m, NULL) < 0);
    pcre2_code_free(code);
    pcre2_match_data_free(m);
}

static void finds_a_square(void **state)
{
    static void (*const squares[])(vb_str) = { hash_each_time, look_each_time, match_each_time,
                                               match_by_all_ways };
    (void)state;
    for (size_t i = 0; i < VB_COUNT(squares); i++) {
        uint64_t steps[2];
        for (size_t k = 0; k < VB_COUNT(steps); k++) {
            vb_buf text = text_of("b", k ? 1000 * TIMES : 1000);
            steps_taken = 0;
            squares[i](vb_buf_view(&text));
            steps[k] = steps_taken;
            vb_buf_clear(&text);
        }
        assert_in_range(steps[1] / steps[0], MOST + 1, TIMES * TIMES + 1);
    }
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(pieces) + 1];
    for (size_t i = 0; i < VB_COUNT(pieces); i++)
        tests[i] = (struct CMUnitTest){ .name = pieces[i],
                                        .test_func = is_linear,
                                        .initial_state = (void *)(uintptr_t)pieces[i] };
    tests[VB_COUNT(pieces)] = (struct CMUnitTest)cmocka_unit_test(finds_a_square);
    return cmocka_run_group_tests_name("linear", tests, set_up, tear_down);
}
