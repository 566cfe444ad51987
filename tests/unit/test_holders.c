/** Unit tests of who held an office when: names, dates, shared surnames. */
#include "tests/unit/analysed.h"

static const struct sample {
    const char *name, *text, *want; /* "key > ministry since until (alias)" of each who is told of */
} samples[] = {
    { "by the office before the name", "Datum 12 mei 2023\n\nDat zei minister Kuipers gisteren.\n",
      "kuipers > vws 2022-01-10 2024-01-10 (Ernst Kuipers)" },
    { "a shared surname, one day", "Datum 12 mei 2023\n\nDat zei minister Wiersma gisteren.\n",
      "wiersma > ocw 2022-01-10 2023-06-23 (Dennis Wiersma)" },
    { "a shared surname, another day", "Datum 12 mei 2025\n\nDat zei minister Wiersma gisteren.\n",
      "wiersma > lvvn 2024-07-02 2026-02-23 (Femke Wiersma)" },
    { "a state secretary is no minister", "Datum 12 mei 2023\n\nDat zei staatssecretaris Kuipers gisteren.\n",
      "" },
    { "an ordinary person of that name", "Datum 12 mei 2023\n\nDat zei de heer Kuipers gisteren.\n", "" },
    { "another given name", "Datum 12 mei 2023\n\nDat zei minister Jan Kuipers gisteren.\n", "" },
    { "before and after the office", "Datum 12 mei 2025\n\nDat zei minister Kuipers gisteren.\n", "" },
    { "without a date", "Dat zei minister Kuipers gisteren.\n", "" },
    { "by what the text says",
      "Datum 12 mei 2023\n\nGeachte voorzitter,\n\nDit is de brief.\n\nDe minister van Financiën,\n\nS.A.M. "
      "Kaag\n",
      "s-a-m-kaag > fin 2022-01-10 2024-01-08 (Sigrid Kaag)" },
};

static void tells_holders(void **state)
{
    const struct sample *s = *state;
    vb_analysis a = analysed(vb_str_of(s->text));
    vb_buf got = { 0 };
    for (size_t i = 0; i < a.entities.len; i++) {
        const vb_entity *e = &a.entities.at[i];
        if (e->holds == VB_NONE) continue;
        vb_str alias = e->aliases.len ? e->aliases.at[e->aliases.len - 1] : VB_STR("");
        assert_int_equal(vb_buf_printf(&got, "%s%.*s > %.*s %.*s %.*s (%.*s)", got.len ? "; " : "",
                                       VB_FMT(e->key), VB_FMT(a.entities.at[e->holds].key), VB_FMT(e->since),
                                       VB_FMT(e->until), VB_FMT(alias)),
                         VB_OK);
    }
    assert_string_equal(got.at ? got.at : "", s->want);
    vb_buf_clear(&got);
    vb_analysis_clear(&a);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples)];
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = tells_holders,
                                        .initial_state = (void *)&samples[i] };
    return cmocka_run_group_tests_name("holders", tests, set_up, tear_down);
}
