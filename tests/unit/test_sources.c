/**
 * Unit tests of sources in footnotes: a medium, a date, a title and an address in every usual order are read
 * as such, and the medium wrote the title. Also notes that look like one and are none.
 */
#include "tests/unit/analysed.h"

#define QUESTION "Kent u het bericht over de dijk? 1)"
#define ARTICLE  "Vragen van het lid Veenstra (D66) over het artikel «Dijk bij de plas verzakt opnieuw»\n\n"

static const struct source {
    const char *name, *head, *note;
    const char *want; /* names of the note as "O:De Veenbode | D:Title", then the edges "author > title" */
} sources[] = {
    { "the usual order", "", "De Veenbode, 4 maart 2024, «Dijk bij de plas verzakt opnieuw»",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "the title first", "", "«Dijk bij de plas verzakt opnieuw», De Veenbode, 4 maart 2024",
      "D:Dijk bij de plas verzakt opnieuw|O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "the title first, dated d.d.", "", "'Dijk bij de plas verzakt opnieuw', De Veenbode d.d. 4 maart 2024",
      "D:Dijk bij de plas verzakt opnieuw|O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "the date last", "", "Zie De Veenbode, «Dijk bij de plas verzakt opnieuw», 4 maart 2024",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "no date", "", "De Veenbode, ‘Dijk bij de plas verzakt opnieuw’ (https://www.veenbode.nl/a1)",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "quotation marks around a title in a list", "", "CBS, ‘Dijk bij de plas verzakt opnieuw’, 2024.",
      "O:CBS|D:Dijk bij de plas verzakt opnieuw|centraal-bureau-voor-de-statistiek > "
      "dijk-bij-de-plas-verzakt-opnieuw" },
    { "a report without a date", "", "CBS, 'Dijken en plassen', rapport 2024-0163.",
      "O:CBS|D:Dijken en plassen|centraal-bureau-voor-de-statistiek > dijken-en-plassen" },
    { "a body, its title, the place", "",
      "Gezondheidsraad. Dijken die bij de plassen verzakken. Den Haag: Gezondheidsraad, 2018; publicatienr. "
      "2018/01.",
      "O:Gezondheidsraad|D:Dijken die bij de plassen verzakken|M:Den Haag|O:Gezondheidsraad|gezondheidsraad "
      "> "
      "dijken-die-bij-de-plassen-verzakken" },
    { "a place at the end", "", "Berenschot, Evaluatie van de dijken bij plassen, Utrecht, maart 2022.",
      "O:Berenschot|D:Evaluatie van de dijken bij plassen|M:Utrecht|berenschot > "
      "evaluatie-van-de-dijken-bij-plassen" },
    { "a letter is no medium", "", "Kamerbrief dijken en plassen, d.d. 12 maart 2021.", "" },
    { "a date in digits", "", "De Veenbode, 04-03-2024: Dijk bij de plas verzakt opnieuw",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a month misspelt", "", "De Veenbode, 21 febuari 2024, «Dijk bij de plas verzakt opnieuw»",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a broadcast", "", "De Veenbode, uitzending van 4 mrt 2024, «Dijk bij de plas verzakt opnieuw»",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a bare title before the medium", "",
      "Dijk bij de plas verzakt opnieuw, De Veenbode, 4 maart 2024, https://www.veenbode.nl/a1",
      "D:Dijk bij de plas verzakt opnieuw|O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a page's title", "", "Dijk bij de plas verzakt opnieuw | De Veenbode",
      "D:Dijk bij de plas verzakt opnieuw|O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a page's title with the medium again", "",
      "De Veenbode, 4 maart 2024, Dijk bij de plas verzakt opnieuw – De Veenbode.",
      "O:De Veenbode|D:Dijk bij de plas verzakt opnieuw|O:De Veenbode|"
      "de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "an institute and its study", "",
      "Trimbos-instituut Dijken en hun bewoners in het veen https://www.trimbos.nl/a.pdf",
      "O:Trimbos-instituut|D:Dijken en hun bewoners in het veen|"
      "trimbos-instituut > dijken-en-hun-bewoners-in-het-veen" },
    { "a study before its institute", "", "Dijken en hun bewoners in het veen, Trimbos-instituut, 2024",
      "D:Dijken en hun bewoners in het veen|O:Trimbos-instituut|"
      "trimbos-instituut > dijken-en-hun-bewoners-in-het-veen" },
    { "a site told by its address", "", "Veenbode, (https://veenbode.nl/bericht/41/dijk)", "O:Veenbode|" },
    { "a title told by the question", ARTICLE, "De Veenbode, 4 maart 2024",
      "O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "a title told by the address", ARTICLE,
      "De Veenbode, 4 maart 2024, https://www.veenbode.nl/dijk-bij-de-plas-verzakt-opnieuw~a1",
      "O:De Veenbode|de-veenbode > dijk-bij-de-plas-verzakt-opnieuw" },
    { "an address of another article", ARTICLE,
      "De Veenbode, 4 maart 2024, https://www.veenbode.nl/burgemeester-opent-nieuwe-brug-over-vaart",
      "O:De Veenbode|" },
    { "a court and its judgment", "", "Rechtbank Overijssel, 21 febuari 2023, ECLI:NL-:RBOVE:2023:2055",
      "O:Rechtbank Overijssel|D:ECLI:NL-:RBOVE:2023:2055|rechtbank-overijssel > ecli-nl-rbove-2023-2055" },
    { "another site is no author", "", "Veenbode, (https://www.elders.nl/bericht/41/dijk)", "" },
    { "a paper with a number", "", "Tweede Kamer, vergaderjaar 2023-2024, 31 066, nr. 1372",
      "D:Tweede Kamer, vergaderjaar 2023-2024, 31 066, nr. 1372|" },
    { "an explanation", "", "Dit betreft de plas, het meer en de dijk. Zie verder het antwoord op vraag 3.",
      "" },
    { "a sentence with a date", "", "Het College is op 4 maart 2024 gehoord over de dijk.", "" },
};

static bool in_note(const vb_analysis *a, uint32_t at)
{
    uint32_t block = vb_view_block_at(&a->view, at);
    return block != VB_NONE && a->view.blocks[block].kind == VB_BLOCK_FOOTNOTE;
}

static void reads_the_source(void **state)
{
    const struct source *s = *state;
    vb_buf text = { 0 }, got = { 0 };
    assert_int_equal(
        vb_buf_printf(&text, "%sVraag 1\n" QUESTION "\n\nAntwoord 1\nJa.\n\n1) %s\n", s->head, s->note),
        VB_OK);
    vb_analysis a = analysed(vb_buf_view(&text));
    for (size_t i = 0; i < a.mentions.len; i++) {
        const vb_named *m = &a.mentions.at[i];
        vb_str words = vb_str_part(a.view.text, m->start, m->end);
        if (!in_note(&a, m->start)) continue;
        assert_int_equal(
            vb_buf_printf(&got, "%c:%.*s|", vb_label_name(a.entities.at[m->entity].label)[0], VB_FMT(words)),
            VB_OK);
    }
    for (size_t i = 0; i < a.edges.len; i++) {
        const vb_said *e = &a.edges.at[i];
        if (e->type != VB_REL_AUTHORED) continue;
        assert_int_equal(vb_buf_printf(&got, "%.*s > %.*s", VB_FMT(a.entities.at[e->source].key),
                                       VB_FMT(a.entities.at[e->target].key)),
                         VB_OK);
    }
    assert_string_equal(got.at ? got.at : "", s->want);
    vb_buf_clear(&got);
    vb_buf_clear(&text);
    vb_analysis_clear(&a);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(sources)];
    for (size_t i = 0; i < VB_COUNT(sources); i++)
        tests[i] = (struct CMUnitTest){ .name = sources[i].name,
                                        .test_func = reads_the_source,
                                        .initial_state = (void *)&sources[i] };
    return cmocka_run_group_tests_name("sources", tests, set_up, tear_down);
}
