/**
 * Time grows with the length of a text and no faster, whatever the text: every row below is a piece that one
 * might repeat to make a program look back, look far ahead, or compare all with all. What is measured is this
 * thread's own processor time for a text and for one eight times as long; a cost that grows with the square
 * gives 64 times as much. A row that fails is measured again, and the least of each length counts: other work
 * of the machine only adds.
 */
#include "tests/unit/analysed.h"

#include <time.h>

enum { SHORT = 16000, TIMES = 8, MOST = 3 * TIMES, TRIES = 3 };

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

static double seconds_of(const char *piece, size_t len)
{
    struct timespec from, to;
    vb_buf text = text_of(piece, len);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    vb_analysis a = analysed(vb_buf_view(&text));
    vb_analysis_clear(&a);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    vb_buf_clear(&text);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void is_linear(void **state)
{
    const char *piece = *state;
    double ratio = 0, least[2] = { 1e9, 1e9 };
    for (int i = 0; i < TRIES; i++) {
        for (int k = 0; k < 2; k++) {
            double took = seconds_of(piece, k ? (size_t)SHORT * TIMES : SHORT);
            least[k] = took < least[k] ? took : least[k];
        }
        ratio = least[1] / (least[0] > 0.002 ? least[0] : 0.002);
        if (ratio <= MOST) return;
    }
    fail_msg("%s: %d times the text takes %.0f times as long", piece, TIMES, ratio);
}

/** The test itself can fail: comparing all with all is found. */
static void finds_a_square(void **state)
{
    struct timespec from, to;
    double seconds[2];
    volatile unsigned n = 0;
    (void)state;
    for (size_t k = 0; k < VB_COUNT(seconds); k++) {
        unsigned len = k ? 2000 * TIMES : 2000;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        for (unsigned i = 0; i < len; i++)
            for (unsigned j = 0; j < len; j++) n += i ^ j;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        seconds[k] = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    }
    assert_true(n > 0 && seconds[1] / seconds[0] > MOST);
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
