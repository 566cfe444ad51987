/** Unit tests of loaders/metadata.c: heads and feet of documents, and what they say about them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "loaders/loaders.h"

static const struct sample {
    const char *name, *text;
    const char *kind, *date, *number, *questions, *sender, *addressee, *title,
        *subject; /* NULL: not looked at */
} samples[] = {
    { .name = "a letter with its letterhead",
      .text = "Aan de Voorzitter van de Tweede Kamer\nder Staten-Generaal\nPostbus 20018\n2500 EA DEN "
              "HAAG\n\nDatum 25 "
              "augustus 2023\n\nOnderwerp De subsidie voor scholen\n\nGeachte voorzitter,\n\nHierbij de "
              "brief.\n\nDe "
              "minister van Financiën,\n\nA.B. de Vries\n",
      .kind = "letter",
      .date = "2023-08-25",
      .number = "",
      .sender = "A.B. de Vries, minister van Financiën",
      .addressee = "de Voorzitter van de Tweede Kamer",
      .title = "De subsidie voor scholen",
      .subject = "De subsidie voor scholen" },
    { .name = "labels over their values",
      .text = "\t\tDatum\n\t\t4 december 2023\nOnderwerp\nDe subsidie\nOns kenmerk\n5086975\nUw "
              "kenmerk\n2023Z19006\n\n"
              "Geachte voorzitter,\n\nHierbij.\n",
      .kind = "letter",
      .date = "2023-12-04",
      .questions = "2023Z19006",
      .title = "De subsidie" },
    { .name = "two labels, then two values",
      .text =
          "Datum\nBetreft\n\n14 november 2024\nDe subsidie voor scholen\n\nGeachte voorzitter,\n\nHierbij.\n",
      .date = "2024-11-14",
      .subject = "De subsidie voor scholen" },
    { .name = "an answer in the appendix of the proceedings",
      .text = "AH 12\n2024Z15295\nAntwoord van minister De Vries (Financiën), mede namens de minister van "
              "Defensie "
              "(ontvangen 19 november 2024)\n\nVraag 1\nKlopt het?\n\nAntwoord 1\nJa.\n",
      .kind = "answer",
      .date = "2024-11-19",
      .number = "ah-tk-20242025-12",
      .questions = "2024Z15295",
      .sender = "minister De Vries (Financiën), mede namens de minister van Defensie" },
    { .name = "before September it is the year before",
      .text = "AH 2012\nAntwoord van minister De Vries (Financiën) (ontvangen 3 mei 2024)\n\nVraag "
              "1\nO?\n\nAntwoord 1\nJa.\n",
      .number = "ah-tk-20232024-2012",
      .questions = "" },
    { .name = "an official PDF prints its number",
      .text = "Tweede Kamer der Staten-Generaal2\nVergaderjaar 2024–2025 Aanhangsel van de "
              "Handelingen\n548\nVragen van de "
              "leden A (D66) en B (VVD) aan de Minister\nvan Defensie over de zaak C (ingezonden 22 oktober "
              "2024).\nAntwoord van "
              "Minister De Vries (Defensie) (ontvangen 14 november\n2024).\nVraag 1\nO?\nAntwoord "
              "1\nJa.\nah-tk-20242025-548\n",
      .kind = "answer",
      .date = "2024-11-14",
      .number = "ah-tk-20242025-548",
      .sender = "Minister De Vries (Defensie)",
      .addressee = "de Minister van Defensie",
      .subject = "de zaak C" },
    { .name = "questions have the date they were sent",
      .text = "2024Z18891\n\n(ingezonden 20 november 2024)\n\nVragen van het lid A (VVD) aan de minister van "
              "Defensie over de zaak "
              "C\n\nKlopt het?\n",
      .kind = "questions",
      .date = "2024-11-20",
      .number = "2024Z18891",
      .questions = "2024Z18891",
      .sender = "het lid A (VVD)",
      .addressee = "de minister van Defensie",
      .title = "Vragen van het lid A (VVD) aan de minister van Defensie over de zaak C",
      .subject = "de zaak C" },
    { .name = "a notice is no answer",
      .text = "AH 13\n2024Z15295\nMededeling van minister De Vries (Financiën) (ontvangen 2 mei 2024)\n\nOp "
              "6 november jl. zijn vragen "
              "gesteld.\n",
      .kind = "notice",
      .date = "2024-05-02",
      .number = "ah-tk-20232024-13" },
    { .name = "an answer without a date of its own has its questions'",
      .text = "In antwoord op uw brief deel ik u mee dat de vragen worden beantwoord.\n\nDe minister van "
              "Financiën,\n\nA.B. de "
              "Vries\n\nVragen van het lid A (VVD) over B (ingezonden 3 december 2025, 2025Z21059)\n\nVraag "
              "1\nO?\n\nAntwoord op "
              "vraag 1\nJa.\n",
      .kind = "answer",
      .date = "2025-12-03",
      .number = "2025Z21059",
      .sender = "A.B. de Vries, minister van Financiën" },
    { .name = "a plain text has no head",
      .text = "Zomaar een tekst.\n",
      .kind = "document",
      .date = "",
      .number = "",
      .sender = "",
      .title = "Zomaar een tekst" },
};

static void assert_field(const char *what, vb_str got, const char *want)
{
    if (!want || vb_str_eq(got, vb_str_of(want))) return;
    fail_msg("%s: \"%.*s\", not \"%s\"", what, VB_FMT(got), want);
}

static void reads(void **state)
{
    const struct sample *s = *state;
    vb_arena *arena = vb_arena_new();
    vb_source source;
    vb_view v;
    assert_int_equal(vb_format_read(vb_str_of(s->text), arena, &source, NULL), VB_OK);
    assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
    assert_field("kind", v.metadata.kind, s->kind);
    assert_field("date", v.metadata.date, s->date);
    assert_field("number", v.metadata.number, s->number);
    assert_field("questions", v.metadata.questions, s->questions);
    assert_field("sender", v.metadata.sender, s->sender);
    assert_field("addressee", v.metadata.addressee, s->addressee);
    assert_field("title", v.metadata.title, s->title);
    assert_field("subject", v.metadata.subject, s->subject);
    vb_arena_free(arena);
}

static const struct date {
    const char *line, *want;
} dates[] = {
    { "25 augustus 2023", "2023-08-25" },
    { "1 mrt. 2024", "2024-03-01" },
    { "25-08-2023", "2023-08-25" },
    { "2023-08-25", "2023-08-25" },
    { "3 mei 2024 te Den Haag", "2024-05-03" },
    { "32 mei 2024", "" },
    { "3 mei", "" },
    { "12-13-2024", "" },
};

/** Each date under "Datum". */
static void dates_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < VB_COUNT(dates); i++) {
        vb_arena *arena = vb_arena_new();
        vb_str text;
        vb_view v;
        assert_int_equal(vb_arena_printf(arena, &text, "Datum %s\n\nGeachte voorzitter,\n", dates[i].line),
                         VB_OK);
        vb_source source = { .text = text };
        assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
        assert_field(dates[i].line, v.metadata.date, dates[i].want);
        vb_arena_free(arena);
    }
}

/** What the format knows comes before what the text says. */
static void the_format_knows_better(void **state)
{
    (void)state;
    vb_arena *arena = vb_arena_new();
    vb_view v;
    vb_source source = { .text = VB_STR("Datum 3 mei 2024\n\nGeachte voorzitter,\n") };
    source.metadata.date = VB_STR("2024-05-04");
    assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
    assert_field("date", v.metadata.date, "2024-05-04");
    assert_field("kind", v.metadata.kind, "letter");
    vb_arena_free(arena);
}

int main(void)
{
    enum { N = VB_COUNT(samples) };
    struct CMUnitTest tests[N + 2];
    for (size_t i = 0; i < N; i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = reads,
                                        .initial_state = (void *)&samples[i] };
    tests[N] = (struct CMUnitTest)cmocka_unit_test(dates_are_read);
    tests[N + 1] = (struct CMUnitTest)cmocka_unit_test(the_format_knows_better);
    return cmocka_run_group_tests_name("metadata", tests, NULL, NULL);
}
