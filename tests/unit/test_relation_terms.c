/**
 * Unit tests of what an edge says besides its ends: since and until when (loaders/relations_time.c), how much
 * is paid (relations_money.c), and by which words it was read.
 */
#include "tests/unit/analysed.h"

/* ---- when it holds ----------------------------------------------------------------------------------- */

static const struct timed {
    const char *text, *since, *until;
} timed[] = {
    { "De gemeente Almere neemt sinds 2024 deel aan Kansrijke Start.", "2024", "" },
    { "Met ingang van 1 mei 2024 neemt de gemeente Almere deel aan Kansrijke Start.", "2024-05-01", "" },
    { "Vanaf mei 2024 neemt Almere deel aan Kansrijke Start.", "2024-05", "" },
    { "De politie ondersteunt Almere tot en met 31 december 2025.", "", "2025-12-31" },
    { "Het Rijk subsidieert TNO in de periode 2025-2027.", "2025", "2027" },
    { "Het Rijk subsidieert TNO van 2025 tot en met 2027.", "2025", "2027" },
    { "Sinds 2023 en vanaf 2024 neemt Almere deel aan Kansrijke Start.", "", "" },
    { "De politie ondersteunt de gemeente Almere.", "", "" },
    { "In de brief van 2024 ondersteunt de politie de gemeente Almere.", "", "" },
};

static void reads_the_time(void **state)
{
    const struct timed *s = *state;
    vb_buf text = { 0 };
    assert_int_equal(vb_buf_printf(&text, "Antwoord 1\n%s\n", s->text), VB_OK);
    vb_analysis a = analysed(vb_buf_view(&text));
    size_t n = 0;
    for (size_t i = 0; i < a.edges.len; i++) {
        const vb_said *e = &a.edges.at[i];
        if (strncmp(e->rule, "rule:", 5) != 0) continue;
        n++;
        if (!vb_str_eq(e->since, vb_str_of(s->since)) || !vb_str_eq(e->until, vb_str_of(s->until)))
            fail_msg("since \"%.*s\", until \"%.*s\"", VB_FMT(e->since), VB_FMT(e->until));
    }
    assert_true(n > 0);
    vb_buf_clear(&text);
    vb_analysis_clear(&a);
}

/* ---- how much is paid --------------------------------------------------------------------------------- */

static const struct paid {
    const char *text;
    int64_t amount;
    bool yearly;
} paid[] = {
    { "Het Rijk stelt 7,5 miljoen euro beschikbaar voor Kansrijke Start.", 7500000, false },
    { "Het Rijk stelt € 1.200.000 beschikbaar voor Kansrijke Start.", 1200000, false },
    { "Het Rijk stelt EUR 3 mln. beschikbaar voor Kansrijke Start.", 3000000, false },
    { "Het Rijk stelt jaarlijks € 3,25 mln beschikbaar voor Kansrijke Start.", 3250000, true },
    { "Het Rijk stelt 1,1 miljard euro per jaar beschikbaar voor Kansrijke Start.", 1100000000, true },
    { "Het Rijk investeert 200 miljoen in het Deltaprogramma.", 200000000, false },
    { "Het Rijk stelt 1.500 euro beschikbaar voor Kansrijke Start.", 1500, false },
    { "Het Rijk stelt € 12.500,50 beschikbaar voor Kansrijke Start.", 12501, false },
    { "Het Rijk stelt € 2 miljoen en later € 3 miljoen beschikbaar voor Kansrijke Start.", 0, false },
    { "Het Rijk stelt voor 23 miljoen mensen geld beschikbaar aan Kansrijke Start.", 0, false },
    { "Het Rijk stelt in 2024 middelen beschikbaar voor Kansrijke Start.", 0, false },
};

static void reads_the_money(void **state)
{
    const struct paid *s = *state;
    vb_buf text = { 0 };
    size_t n = 0;
    assert_int_equal(vb_buf_printf(&text, "Antwoord 1\n%s\n", s->text), VB_OK);
    vb_analysis a = analysed(vb_buf_view(&text));
    for (size_t i = 0; i < a.edges.len; i++) {
        const vb_said *e = &a.edges.at[i];
        if (e->type != VB_REL_FUNDS) continue;
        n++;
        if (e->amount != s->amount || e->yearly != s->yearly)
            fail_msg("amount %lld%s", (long long)e->amount, e->yearly ? " a year" : "");
    }
    assert_true(n > 0);
    vb_buf_clear(&text);
    vb_analysis_clear(&a);
}

/* ---- by which words ----------------------------------------------------------------------------------- */

static const struct marked {
    const char *text, *type, *cue, *source, *target;
} marked[] = {
    { "Antwoord 1\nDe gemeente Almere neemt sinds 2024 deel aan Kansrijke Start.\n", "PARTICIPATES_IN",
      "neemt", "Almere", "Kansrijke Start" },
    { "Antwoord van minister Heinen (Financiën) op vragen van het lid Jansen (SP)\nAntwoord 1\nIk ondersteun "
      "de gemeente Delft.\n",
      "SUPPORTS", "ondersteun", "Ik", "Delft" },
    { "Antwoord van minister Heinen (Financiën) op vragen van het lid Jansen (SP) over zorg\nVraag 1\nKent u "
      "dit?\nAntwoord 1\nJa.\n",
      "MEMBER_OF", "", "Jansen", "SP" },
    { "Antwoord 1\nDe politie werkt samen met Europol.\n", "COOPERATES_WITH", "werkt", "politie", "Europol" },
};

static bool marks(const vb_analysis *a, const vb_span *span, const char *want)
{
    vb_str got = span->end > span->start ? vb_str_part(a->view.text, span->start, span->end) : VB_STR("");
    if (!vb_str_eq(got, vb_str_of(want))) print_error("marked \"%.*s\", not \"%s\"\n", VB_FMT(got), want);
    return vb_str_eq(got, vb_str_of(want));
}

static void marks_what_it_read(void **state)
{
    const struct marked *s = *state;
    vb_analysis a = analysed(vb_str_of(s->text));
    bool found = false;
    for (size_t i = 0; i < a.edges.len && !found; i++) {
        const vb_said *e = &a.edges.at[i];
        if (strcmp(vb_relation_get(e->type)->name, s->type) != 0) continue;
        found = true;
        assert_true(marks(&a, &e->marks[VB_MARK_CUE], s->cue));
        assert_true(marks(&a, &e->marks[VB_MARK_SOURCE], s->source));
        assert_true(marks(&a, &e->marks[VB_MARK_TARGET], s->target));
    }
    assert_true(found);
    vb_analysis_clear(&a);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(timed) + VB_COUNT(paid) + VB_COUNT(marked)];
    size_t n = 0;
    for (size_t i = 0; i < VB_COUNT(timed); i++)
        tests[n++] = (struct CMUnitTest){ .name = timed[i].text,
                                          .test_func = reads_the_time,
                                          .initial_state = (void *)&timed[i] };
    for (size_t i = 0; i < VB_COUNT(paid); i++)
        tests[n++] = (struct CMUnitTest){ .name = paid[i].text,
                                          .test_func = reads_the_money,
                                          .initial_state = (void *)&paid[i] };
    for (size_t i = 0; i < VB_COUNT(marked); i++)
        tests[n++] = (struct CMUnitTest){ .name = marked[i].text,
                                          .test_func = marks_what_it_read,
                                          .initial_state = (void *)&marked[i] };
    return cmocka_run_group_tests_name("relation terms", tests, set_up, tear_down);
}
