/** Unit tests of queries/ask*.c: questions in Dutch and English over a small store of invented letters. */
#include "tests/unit/ask_world.h"

/* ---- questions and answers ---------------------------------------------------------------------------- */

/** The answer as text: keys of nodes, "yes", "no", a number, "unknown", "nothing", a path's keys. */
static const struct sample {
    const char *question, *want;
} samples[] = {
    /* both directions and voices */
    { "Wie zijn de belangrijkste spelers rond Sterke Wijken?", "GM9001 jenv GM9002 GM9003" },
    { "Who are the main players around Sterke Wijken?", "GM9001 jenv GM9002 GM9003" },
    { "Welke gemeenten doen mee aan Sterke Wijken?", "GM9003 GM9002 GM9001" },
    { "Which municipalities take part in Sterke Wijken?", "GM9003 GM9002 GM9001" },
    { "Aan welke programma's neemt Waterdam deel?", "jong-en-weerbaar sterke-wijken" },
    { "Which programmes is Waterdam involved in?", "jong-en-weerbaar sterke-wijken" },
    { "Wie leidt het programma Jong en Weerbaar?", "vws" },
    { "Which ministry runs Jong en Weerbaar?", "vws" },
    { "Welke programma's worden door VWS geleid?", "jong-en-weerbaar" },
    { "Which programmes are led by the Ministry of Justice and Security?", "sterke-wijken" },
    { "Door wie is Jong en Weerbaar ontwikkeld?", "kennisinstituut-beweging" },
    { "What did the KIB develop?", "jong-en-weerbaar" },
    { "In opdracht van wie is Jong en Weerbaar gemaakt?", "vws" },
    { "Who commissioned Jong en Weerbaar?", "vws" },
    { "Wie financiert het KIB?", "jenv vws" },
    { "By whom is the KIB funded?", "jenv vws" },
    { "Welke organisatie krijgt subsidie van VWS?", "kennisinstituut-beweging" },
    { "Met welke organisaties werkt Waterdam samen?", "kennisinstituut-beweging" },
    { "Who works together with Waterdam?", "kennisinstituut-beweging" },
    { "Wie houdt toezicht op Datahuis?", "toezichtraad-digitaal" },
    { "Wie is de toezichthouder van Datahuis?", "toezichtraad-digitaal" },
    { "What does the Toezichtraad Digitaal supervise?", "datahuis" },
    { "Welke landen ondersteunt JenV?", "KE" },
    { "Which countries are supported by JenV?", "KE" },
    { "In welke gemeenten loopt Havens op Slot?", "GM9004 GM9001" },
    { "Where is Havens op Slot active?", "GM9004 GM9001" },
    { "Waar is Jong en Weerbaar onderdeel van?", "sterke-wijken" },
    { "What is Jong en Weerbaar part of?", "sterke-wijken" },
    { "Waarop is de Wet veilige havens gebaseerd?", "havenrichtlijn" },
    { "On which EU directive is the Wet veilige havens based?", "havenrichtlijn" },
    { "Welke wet wil JenV aanpassen?", "wet-veilige-havens" },
    { "Naar aanleiding van welke motie kwam de Handreiking wijkgericht werken er?", "kst-99999-3" },
    { "Wie zit de adviescommissie schade Westkanaal voor?", "el-idrissi" },
    { "Wie is minister van Justitie en Veiligheid?", "van-rooden" },
    { "Van welke partij is Jansma?", "d66" },
    { "Which MPs belong to D66?", "jansma" },
    { "Welke landen zijn lid van de Havenalliantie Noordzee?", "BE SE" },
    /* questions and answers of parliament */
    { "Wie stelde vragen over Kenia?", "el-idrissi" },
    { "Who asked about Kenya?", "el-idrissi" },
    { "Van welke partij is het Kamerlid dat vragen stelde over Kenia?", "vvd" },
    { "Which minister answered the questions about Heidestad?", "van-rooden" },
    /* documents and laws */
    { "Welke brieven halen de Wet veilige havens aan?", "brief-havens brief-wijken" },
    { "Which documents mention Kenya?", "brief-havens" },
    { "Wat schreef de minister van Justitie en Veiligheid over Waterdam?", "brief-wijken" },
    { "Wat heeft Van Rooden aan de Kamer geschreven over Kenia?", "brief-havens" },
    { "What did Van Rooden write about Kenya?", "brief-havens" },
    { "Welke documenten uit 2025 noemen Waterdam?", "brief-wijken" },
    { "Which letters since 2024 cite the WVH?", "brief-wijken" },
    { "Welke brief noemt artikel 13b van de Havenrichtlijn?", "brief-havens" },
    { "Which laws are cited in brief_havens?", "havenrichtlijn wet-veilige-havens" },
    { "Which letters cite article 99 of the WVH?", "nothing" },
    /* conditions */
    { "Welke gemeenten in Zeeland doen mee aan Sterke Wijken?", "GM9003 GM9001" },
    { "welke zeeuwse gemeentes zitten in SW", "GM9003 GM9001" },
    { "Which participants in Sterke Wijken are not in Zeeland?", "GM9002" },
    { "Welke gemeenten doen mee aan Sterke Wijken maar liggen niet in Limburg?", "GM9003 GM9001" },
    { "Welke gemeenten doen mee aan Sterke Wijken en aan Jong en Weerbaar?", "GM9001" },
    { "Which municipalities take part in both Sterke Wijken and Jong en Weerbaar?", "GM9001" },
    { "Welke organisaties worden zowel door JenV als door VWS gefinancierd?", "kennisinstituut-beweging" },
    { "Welke gemeenten doen mee aan Sterke Wijken, behalve Waterdam?", "GM9003 GM9002" },
    { "Which members of the Havenalliantie Noordzee, apart from countries, are there?", "datahuis" },
    { "Welke documenten noemen Waterdam maar niet Kenia?", "brief-wijken" },
    { "Welke gemeenten nemen deel aan programma's van VWS?", "GM9001" },
    { "Which municipalities take part in a programme that is led by VWS?", "GM9001" },
    /* yes and no, numbers, superlatives, paths */
    { "Doet Waterdam mee aan Sterke Wijken?", "yes" },
    { "Doet Nieuwmeer mee aan Sterke Wijken?", "no" },
    { "Is Sweden a member of the Havenalliantie Noordzee?", "yes" },
    { "Is Kenya a member of the Havenalliantie Noordzee?", "no" },
    { "Is Sterke Wijken een programma van VWS?", "no" },
    { "Does the Toezichtraad Digitaal supervise Datahuis?", "yes" },
    { "Does Datahuis supervise the Toezichtraad Digitaal?", "unknown" },
    { "Hoeveel gemeenten doen mee aan Sterke Wijken?", "3" },
    { "How many municipalities in Zeeland take part in Sterke Wijken?", "2" },
    { "In hoeveel documenten komt Waterdam voor?", "2" },
    { "Which municipality is mentioned most often?", "GM9001" },
    { "Welk ministerie wordt het vaakst genoemd?", "jenv" },
    { "Hoe hangt Heidestad samen met JenV?", "GM9002 - sterke-wijken - jenv" },
    { "What connects Jansma and the Handreiking wijkgericht werken?",
      "jansma - kst-99999-3 - handreiking-sterke-wijken" },
    /* spelling */
    { "Doet Waterdamm mee aan Sterke Wijkken?", "yes" },
    { "wich municipalitys take part in sterke wijken", "GM9003 GM9002 GM9001" },
    { "WIE FINANCIERT HET KIB", "jenv vws" },
    { "In opdrcht van wie is Jong en Weerbaar gemaakt?", "vws" },
    /* more ways to say it */
    { "Geef alle gemeenten die meedoen met Sterke Wijken", "GM9003 GM9002 GM9001" },
    { "Which of the participants in Sterke Wijken lie in Limburg?", "GM9002" },
    { "Zijn er Limburgse gemeenten die meedoen aan SW?", "yes" },
    { "Welke gemeenten buiten Zeeland doen mee aan Sterke Wijken?", "GM9002" },
    { "Which programmes led by JenV does Waterdam take part in?", "sterke-wijken" },
    { "Wie is verantwoordelijk voor Jong en Weerbaar?", "vws" },
    { "Welke programma's heeft JenV?", "sterke-wijken" },
    { "Uit welke landen bestaat de Havenalliantie Noordzee?", "BE SE" },
    { "Welke landen naast Zweden zijn lid van de Havenalliantie Noordzee?", "BE" },
    { "Onder wiens toezicht staat Datahuis?", "toezichtraad-digitaal" },
    { "In wiens opdracht is Jong en Weerbaar ontwikkeld?", "vws" },
    { "Uit welke richtlijn komt de Wet veilige havens voort?", "havenrichtlijn" },
    { "Welk ministerie leidt Van Rooden?", "jenv" },
    { "Which party asked questions about Kenya?", "vvd" },
    { "Van welke partij is de vragensteller over Kenia?", "vvd" },
    { "To which party do the MPs belong who asked about Kenya?", "vvd" },
    { "Which members of the Havenalliantie Noordzee are countries?", "BE SE" },
    { "Wie stelde de vragen in brief_havens?", "el-idrissi" },
    { "Wie stelde de vragen die Van Rooden beantwoordde?", "el-idrissi jansma" },
    { "Welke moties diende Jansma in?", "kst-99999-3" },
    { "Where is Datahuis mentioned?", "brief-havens" },
    { "Which letters were sent in 2023?", "brief-havens" },
    { "Welke gemeente doet aan de meeste programma's mee?", "GM9001" },
    { "Is er een verband tussen Heidestad en JenV?", "GM9002 - sterke-wijken - jenv" },
    { "Hoe vaak wordt Kenia genoemd?", "1" },
    { "Doet Waterdam niet mee aan Sterke Wijken?", "no" },
    /* what the letters do not say */
    { "Who founded Datahuis?", "unknown" },
    { "Welke gemeenten doen alleen mee aan Sterke Wijken?", "unknown" },
    { "Hoe doet Waterdam mee aan Sterke Wijken?", "unknown" },
    { "Noem alle gemeenten die deelnemen aan Sterke Wijken", "GM9003 GM9002 GM9001" },
    { "Is Waterdam betrokken bij Sterke Wijken?", "yes" },
    { "Bij welke programma's is Waterdam aangesloten?", "jong-en-weerbaar sterke-wijken" },
    { "Who is the king of Zweden?", "unknown" },
    { "Welk artikel van de Havenrichtlijn wordt aangehaald?", "Havenrichtlijn 13b 2 1" },
    { "Welke wetten worden door minstens twee brieven aangehaald?", "wet-veilige-havens" },
    { "Hoeveel leden heeft de Toezichtraad Digitaal?", "unknown" },
    { "Which letters about tulips mention Waterdam?", "unknown" },
    { "Welke programma's leidt de stichting Maanvis?", "unknown" },
    { "Which municipalities take part in Project Zeearend?", "unknown" },
    { "Hoe hangt Piet Paulusma samen met Waterdam?", "unknown" },
    { "In welk jaar is Datahuis opgericht?", "unknown" },
    { "Who funds Waterdam?", "nothing" },
    { "", "unknown" },
    { "welke", "unknown" },
    { "Waterdam", "unknown" },
    { "'; DROP TABLE node; --", "unknown" },
    { "Welke gemeenten doen mee aan \"Sterke Wijken\" OR 1=1?", "unknown" },
};

static void add_keys(vb_buf *out, const vb_nodes *list, const char *between)
{
    for (size_t i = 0; i < list->len; i++)
        assert_int_equal(vb_buf_printf(out, "%s%.*s", i ? between : "", VB_FMT(list->at[i].key)), VB_OK);
}

static void as_text(vb_status status, const vb_answer *a, vb_buf *out)
{
    vb_nodes path = { 0 };
    if (status == VB_UNKNOWN) {
        assert_int_equal(a->kind, VB_ANSWER_UNKNOWN);
        assert_int_equal(vb_buf_add(out, VB_STR("unknown")), VB_OK);
        return;
    }
    assert_int_equal(status, VB_OK);
    assert_true(a->sentence.len > 0 && a->cypher.len > 0);
    switch (a->kind) {
    case VB_ANSWER_BOOLEAN:
        assert_int_equal(vb_buf_add(out, a->truth ? VB_STR("yes") : VB_STR("no")), VB_OK);
        break;
    case VB_ANSWER_NUMBER:
        assert_int_equal(vb_buf_printf(out, "%.0f", a->number), VB_OK);
        break;
    case VB_ANSWER_PATHS:
        assert_true(a->paths.len > 0);
        path = (vb_nodes){ a->paths.at[0].nodes, a->paths.at[0].length + 1 };
        add_keys(out, &path, " - ");
        break;
    case VB_ANSWER_ROWS:
        for (size_t i = 0; i < a->n_rows * a->n_columns; i++)
            assert_int_equal(vb_buf_printf(out, "%s%.*s", i ? " " : "", VB_FMT(a->cells[i])), VB_OK);
        break;
    default:
        if (!a->nodes.len) assert_int_equal(vb_buf_add(out, VB_STR("nothing")), VB_OK);
        add_keys(out, &a->nodes, " ");
    }
}

static void answers(void **state)
{
    const struct sample *s = *state;
    vb_arena *arena = vb_arena_new();
    vb_answer answer = { 0 };
    vb_buf got = { 0 };
    vb_error err = { 0 };
    vb_status status = vb_ask(here.asker, here.store, vb_str_of(s->question), arena, &answer, &err);
    as_text(status, &answer, &got);
    assert_string_equal(got.at, s->want);
    vb_buf_clear(&got);
    vb_arena_free(arena);
}

static void tells_what_it_rests_on(void **state)
{
    (void)state;
    vb_arena *arena = vb_arena_new();
    vb_answer a = { 0 };
    vb_str question = VB_STR("Welke gemeenten in Limburg doen mee aan Sterke Wijken?");
    assert_int_equal(vb_ask(here.asker, here.store, question, arena, &a, NULL), VB_OK);
    assert_true(a.dutch);
    assert_int_equal(a.edges.len, 2); /* takes part, lies in */
    for (size_t i = 0; i < a.edges.len; i++) {
        assert_true(a.edges.at[i].n_evidence > 0);
        assert_string_equal(a.edges.at[i].source.key.at, "GM9002");
    }
    assert_true(vb_str_find(a.sentence, VB_STR("1 gemeente: Heidestad"), 0) != SIZE_MAX);
    assert_true(vb_str_find(a.cypher, VB_STR("[r2:PART_OF]->(n2) WHERE n2:Region AND n2.key IN ['NL-LI']"),
                            0) != SIZE_MAX ||
                vb_str_find(a.cypher, VB_STR("[r1:PART_OF]->(n1) WHERE n1:Region AND n1.key IN ['NL-LI']"),
                            0) != SIZE_MAX);
    vb_arena_free(arena);
}

static void says_of_how_many_documents(void **state)
{
    static const char *const rows[][2] = {
        { "Wie financiert Heidestad?", "Daarover staat niets in de 2 geladen documenten." },
        { "Who funds Heidestad?", "Nothing is said of it in the 2 loaded documents." },
        { "Welke gemeente wordt het meest genoemd?", "1 gemeente, in de 2 geladen documenten: " },
        { "Who asked the most questions?",
          "2 persons, 1 each, in the 2 loaded documents: Jansma and El Idrissi." },
    };
    (void)state;
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        vb_arena *arena = vb_arena_new();
        vb_answer a = { 0 };
        assert_int_equal(vb_ask(here.asker, here.store, vb_str_of(rows[i][0]), arena, &a, NULL), VB_OK);
        if (vb_str_find(a.sentence, vb_str_of(rows[i][1]), 0) != 0)
            fail_msg("%s: %.*s", rows[i][0], VB_FMT(a.sentence));
        vb_arena_free(arena);
    }
}

static void names_what_it_could_read(void **state)
{
    (void)state;
    vb_arena *arena = vb_arena_new();
    vb_answer a = { 0 };
    vb_error err = { 0 };
    vb_str question = VB_STR("Welke gemeenten doen mee aan Project Zeearend?");
    assert_int_equal(vb_ask(here.asker, here.store, question, arena, &a, &err), VB_UNKNOWN);
    assert_true(a.n_nearest > 0 && a.n_nearest <= 5);
    assert_true(strstr(err.message, "Zeearend") != NULL);
    for (size_t i = 0; i < a.n_nearest; i++) {
        vb_answer again = { 0 };
        if (vb_ask(here.asker, here.store, a.nearest[i], arena, &again, &err) != VB_OK)
            fail_msg("%.*s: %s", VB_FMT(a.nearest[i]), err.message);
    }
    vb_arena_free(arena);
}

/** A name that is there, but as another kind of thing than the question takes it for. */
static void says_what_a_misfit_is(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "Welke gemeenten doen mee aan Datahuis?", "Datahuis is een organisatie, geen programma" },
        { "Welke gemeenten doen mee aan het programma Datahuis?",
          "Datahuis is een organisatie, geen programma" },
    };
    vb_arena *arena = vb_arena_new();
    for (size_t i = 0; i < VB_COUNT(rows); i++) {
        vb_answer a = { 0 };
        vb_error err = { 0 };
        assert_int_equal(vb_ask(here.asker, here.store, vb_str_of(rows[i][0]), arena, &a, &err), VB_UNKNOWN);
        if (!strstr(err.message, rows[i][1])) fail_msg("%s: %s", rows[i][0], err.message);
    }
    vb_arena_free(arena);
}

/** Whatever is typed: an answer or "unknown", in bounded time, without a fault. */
static void survives_hostile_questions(void **state)
{
    (void)state;
    vb_buf many = { 0 }, quotes = { 0 };
    for (int i = 0; i < 10000; i++) assert_int_equal(vb_buf_add(&many, VB_STR("welke Waterdam en ")), VB_OK);
    for (int i = 0; i < 500; i++) assert_int_equal(vb_buf_add(&quotes, VB_STR("\"'(")), VB_OK);
    const vb_str questions[] = { VB_STR("Wie\0 financiert het KIB?"),
                                 VB_STR("Wie financiert \xff\xfe\xc0 het KIB?"),
                                 VB_STR("Wat schreef \xff\0 \0 over \xc0 over?"),
                                 vb_buf_view(&many),
                                 vb_str_part(vb_buf_view(&many), 0, 1500),
                                 vb_buf_view(&quotes) };
    for (size_t i = 0; i < VB_COUNT(questions); i++) {
        vb_arena *arena = vb_arena_new();
        vb_answer a = { 0 };
        vb_error err = { 0 };
        vb_status status = vb_ask(here.asker, here.store, questions[i], arena, &a, &err);
        assert_true(status == VB_OK || status == VB_UNKNOWN);
        vb_arena_free(arena);
    }
    vb_buf_clear(&many);
    vb_buf_clear(&quotes);
}

int main(void)
{
    struct CMUnitTest tests[VB_COUNT(samples) + 5];
    size_t n = 0;
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[n++] = (struct CMUnitTest){ .name = samples[i].question,
                                          .test_func = answers,
                                          .initial_state = (void *)&samples[i] };
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tells_what_it_rests_on);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(says_of_how_many_documents);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(names_what_it_could_read);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(says_what_a_misfit_is);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(survives_hostile_questions);
    return cmocka_run_group_tests_name("ask", tests, make_world, end_world);
}
