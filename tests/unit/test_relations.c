/**
 * Unit tests of loaders/relations*.c: every rule's own examples, the structure of the genre, and sentences
 * that look like a relation and are none. All run through the view, the names and the relations.
 */
#include "tests/unit/analysed.h"

static vb_str key_of(const vb_analysis *a, uint32_t entity)
{
    return entity == VB_SELF ? VB_STR("self") : a->entities.at[entity].key;
}

/** The document's edges as "A TYPE B" lines; with @p rules those of the rules' files alone. */
static vb_buf edges_as_text(const vb_analysis *a, bool rules)
{
    vb_buf out = { 0 };
    for (size_t i = 0; i < a->edges.len; i++) {
        const vb_said *e = &a->edges.at[i];
        if (rules && strncmp(e->rule, "rule:", 5) != 0) continue;
        vb_str from = key_of(a, e->source), to = key_of(a, e->target);
        assert_int_equal(vb_buf_printf(&out, "%.*s %s %.*s%s\n", VB_FMT(from), vb_relation_get(e->type)->name,
                                       VB_FMT(to), e->certainty == VB_ANNOUNCED ? " announced" : ""),
                         VB_OK);
    }
    if (!out.at) assert_int_equal(vb_buf_add(&out, VB_STR("")), VB_OK);
    return out;
}

/* ---- the rules' examples ------------------------------------------------------------------------------ */

static bool makes(const vb_analysis *a, const vb_rule *rule, const vb_example *example)
{
    for (size_t i = 0; i < a->edges.len; i++) {
        const vb_said *e = &a->edges.at[i];
        if (e->type != rule->type || strncmp(e->rule, "rule:", 5) != 0) continue;
        if (!example->target.at) return true;
        vb_str from = key_of(a, e->source), to = key_of(a, e->target);
        bool here = vb_str_eq(from, example->source) && vb_str_eq(to, example->target);
        bool turned = vb_str_eq(to, example->source) && vb_str_eq(from, example->target);
        if (strcmp(e->rule, rule->name) == 0 && (here || (turned && vb_relation_get(rule->type)->symmetric)))
            return true;
    }
    return false;
}

/** Each example stands in an answer (a question in a question) of the minister of Finance, so that "ik" is
 * somebody. */
static bool example_holds(const vb_rule *rule, const vb_example *example)
{
    vb_buf text = { 0 };
    bool asks = vb_str_ends(example->text, VB_STR("?"));
    vb_str none = { "", 0 };
    assert_int_equal(vb_buf_printf(&text,
                                   "Antwoord van minister Heinen (Financiën) (ontvangen 3 mei 2024)\n\n"
                                   "Vraag 1\n%.*s\n\nAntwoord 1\nJa. %.*s\n",
                                   VB_FMT(asks ? example->text : none), VB_FMT(asks ? none : example->text)),
                     VB_OK);
    vb_analysis a = analysed(vb_buf_view(&text));
    bool fine = makes(&a, rule, example) == (example->target.at != NULL);
    if (!fine) {
        vb_buf got = edges_as_text(&a, true);
        print_error("%s:%u: %s: \"%.*s\" makes:\n%s", rule->file, example->line,
                    example->target.at ? "not read" : "read, and should not be", VB_FMT(example->text),
                    got.at);
        for (size_t i = 0; i < a.mentions.len; i++)
            print_error("  names %.*s\n", VB_FMT(a.entities.at[a.mentions.at[i].entity].key));
        vb_buf_clear(&got);
    }
    vb_analysis_clear(&a);
    vb_buf_clear(&text);
    return fine;
}

static void rules_keep_their_examples(void **state)
{
    (void)state;
    size_t wrong = 0;
    const vb_relations *r = loader.relations;
    for (size_t i = 0; i < r->rules.len; i++) {
        const vb_rule *rule = &r->rules.at[i];
        size_t yes = 0, no = 0;
        for (size_t k = 0; k < rule->examples.len; k++) {
            const vb_example *example = &rule->examples.at[k];
            *(example->target.at ? &yes : &no) += 1;
            wrong += !example_holds(rule, example);
        }
        if (!yes || !no) print_error("%s has no example of each kind\n", rule->name);
        wrong += !yes || !no;
    }
    assert_int_equal(wrong, 0);
}

/* ---- the genre ---------------------------------------------------------------------------------------- */

static const struct sample {
    const char *name, *text;
    const char *want; /* lines that must be there; with '!' before it: must not */
} samples[] = {
    { "the minister who answers",
      "Antwoord van minister Heinen (Financiën) (ontvangen 3 mei 2024)\n\nVraag 1\nJa?\n",
      "heinen AUTHORED self\nheinen HOLDS_OFFICE fin\n!fin AUTHORED self" },
    { "a co-sender known by office",
      "Antwoord van minister Heinen (Financiën), mede namens de minister van Defensie (ontvangen 3 mei "
      "2024)\n",
      "heinen AUTHORED self\ndef AUTHORED self" },
    { "a signature",
      "Geachte voorzitter,\n\nHierbij stuur ik u het verslag.\n\nHoogachtend,\n\nDe minister van "
      "Financiën,\n\n\n"
      "E. Heinen\n",
      "e-heinen AUTHORED self\ne-heinen HOLDS_OFFICE fin" },
    { "a signature whose portfolio goes on below",
      "Geachte voorzitter,\n\nHierbij stuur ik het verslag van vorig jaar aan u.\n\nDe minister van "
      "Volksgezondheid,\nWelzijn en Sport,\n\n\ndrs. A. Jansen\n",
      "a-jansen AUTHORED self\na-jansen HOLDS_OFFICE vws" },
    { "a signature in capitals",
      "Geachte voorzitter,\n\nHierbij stuur ik het verslag van vorig jaar aan u.\n\nDE MINISTER VAN "
      "BUITENLANDSE "
      "ZAKEN,\n\nMr. dr. B. de Vries\n",
      "b-de-vries AUTHORED self\nb-de-vries HOLDS_OFFICE bz" },
    { "a name over its office",
      "Geachte voorzitter,\n\nHierbij stuur ik het verslag van vorig jaar aan u.\n\n(w.g.) A. "
      "Jansen\nMinister van "
      "Landbouw, Natuur en Voedselkwaliteit\n",
      "a-jansen AUTHORED self\na-jansen HOLDS_OFFICE lvvn" },
    { "two names beside each other",
      "Geachte voorzitter,\n\nHierbij sturen wij het verslag aan u.\n\nde minister van Volksgezondheid,   de "
      "minister van Onderwijs,\nWelzijn en Sport,                 Cultuur en Wetenschap,\n\n\n"
      "Anna Jansen                       Bart de Vries\n",
      "anna-jansen HOLDS_OFFICE vws\nbart-de-vries HOLDS_OFFICE ocw\n!anna-jansen HOLDS_OFFICE ocw" },
    { "two offices of one name",
      "Geachte voorzitter,\n\nHierbij stuur ik het verslag aan u.\n\nDe minister-president,\nminister van "
      "Algemene "
      "Zaken,\n\nAnna Jansen\n",
      "anna-jansen HOLDS_OFFICE az" },
    { "a function under a name",
      "Geachte voorzitter,\n\nHierbij stuur ik het verslag aan u.\n\nDe minister van Defensie,\nA. "
      "Jansen\ndirecteur "
      "Grote Zaken\n",
      "a-jansen AUTHORED self\n!grote-zaken AUTHORED self" },
    { "a sentence that opens as a signature does",
      "Geachte voorzitter,\n\nMede namens de minister van Financiën, de minister van Defensie en de "
      "staatssecretaris "
      "van OCW stuur ik u de nota.\n\nde minister van Buitenlandse Zaken,\n\nA. Jansen\n",
      "fin AUTHORED self\ndef AUTHORED self\nocw AUTHORED self\na-jansen HOLDS_OFFICE bz\n!a-jansen "
      "HOLDS_OFFICE "
      "fin" },
    { "a fund of another name",
      "Nederland steunt het Klimaatfonds. De gemeente Assen financiert het sportfonds.",
      "!GM0106 FUNDS klimaatfonds" },
    { "a fund by its bare noun", "Nederland steunt het Klimaatfonds. De gemeente Assen financiert het fonds.",
      "GM0106 FUNDS klimaatfonds" },
    { "one member asks", "Vragen van het lid Mutluer (PvdA) aan de minister van Financiën over geld\n",
      "mutluer ASKED self\nmutluer MEMBER_OF pvda" },
    { "two members of one party",
      "Vragen van de leden Paternotte en Podt (beiden D66) aan de minister van Financiën\n",
      "paternotte ASKED self\npodt ASKED self\npaternotte MEMBER_OF d66\npodt MEMBER_OF d66" },
    { "two members of two parties",
      "Vragen van de leden Beckerman (SP) en Bikker (ChristenUnie) aan de minister\n",
      "beckerman ASKED self\nbikker ASKED self\nbeckerman MEMBER_OF sp\nbikker MEMBER_OF cu\n!bikker "
      "MEMBER_OF sp" },
    { "a minister without a name",
      "Antwoorden van de minister van Financiën op Kamervragen over geld\n\nVraag 1\nJa?\n",
      "fin AUTHORED self" },
    { "signatures in two columns",
      "Geachte voorzitter,\n\nWij financieren NIX18.\n\nHoogachtend,\n\n"
      "de staatssecretaris Jeugd, de minister van Justitie en\nPreventie en Sport, Veiligheid,\n\nA. Jansen "
      "B. de Vries\n",
      "jenv FUNDS nix18\nvws FUNDS nix18\n!jeugd HOLDS_OFFICE jenv" },
    { "three members, the first two of one party",
      "Vragen van de leden Kröger, Thijssen (beiden GroenLinks-PvdA) en Teunissen (PvdD) aan de minister\n",
      "kroger MEMBER_OF groenlinks-pvda\nthijssen MEMBER_OF groenlinks-pvda\nteunissen MEMBER_OF pvdd\n"
      "!teunissen MEMBER_OF groenlinks-pvda\nkroger ASKED self\nthijssen ASKED self\nteunissen ASKED self" },
    { "earlier questions are asked of their number",
      "Antwoord van minister Heinen (Financiën)\n\nVraag 1\nHeeft u de eerdere vragen van het lid Mutluer "
      "(PvdA) met nummer 2024Z14814 beantwoord?\n",
      "mutluer ASKED 2024Z14814\n!mutluer ASKED self" },
    { "the mover of a motion, who has no mention", "De motie van het lid Bikker c.s. is uitgevoerd.\n",
      "bikker AUTHORED motie-bikker" },
    { "a motion with a capital", "Motie Van Wijk c.s. is uitgevoerd.\n", "van-wijk AUTHORED motie-van-wijk" },
    { "two movers and a number",
      "In de motie Hagen/Sneller (Kamerstukken II 2022/23, 22343, nr. 344) staat dat.\n",
      "hagen AUTHORED kst-22343-344\nsneller AUTHORED kst-22343-344" },
    { "a fraction is no mover", "Er is een motie door de PVV-fractie ingediend.\n", "!AUTHORED" },
    { "the mover's party", "Dat vroeg een motie van het lid Mutluer (GroenLinks-PvdA) al.\n",
      "mutluer MEMBER_OF groenlinks-pvda" },
    { "a medium and its article",
      "Vraag 1\nKent u het bericht? 1)\n\nAntwoord 1\nJa.\n\n1) De Telegraaf, 2 mei 2024, 'Kabinet schrapt "
      "regeling voor de scheepvaart'\n",
      "de-telegraaf AUTHORED kabinet-schrapt-regeling-voor-de-scheepvaart" },
    { "my letter is the ministry's",
      "Antwoord van minister Heinen (Financiën)\n\nAntwoord 1\nIn mijn brief van 3 mei[1] staat het.\n\n"
      "[1] Kamerstukken II 2023/24, 29911, nr. 100.\n",
      "fin AUTHORED kst-29911-100\n!heinen AUTHORED kst-29911-100" },
    { "a note spells out a plural",
      "Preventie met Gezag groeit. Sinds 1 juli worden drie gemeenten[1] ondersteund.\n\n[1] Almelo, Gouda "
      "en "
      "Zwolle.\n",
      "GM0141 PARTICIPATES_IN preventie-met-gezag\nGM0193 PARTICIPATES_IN preventie-met-gezag" },
    { "a list spells out a plural",
      "Drie gemeenten doen mee aan Preventie met Gezag:\n- Almelo\n- Gouda\n- Zwolle\n",
      "GM0141 PARTICIPATES_IN preventie-met-gezag\nGM0513 PARTICIPATES_IN preventie-met-gezag" },
    { "what is announced says so",
      "Antwoord van minister Heinen (Financiën)\n\nAntwoord 1\nIk zal Preventie met Gezag voortzetten.\n",
      "fin LEADS preventie-met-gezag announced" },
    { "a symmetric relation once",
      "De politie werkt samen met het RIVM. Het RIVM werkt samen met de politie.\n", "COOPERATES_WITH" },
    { "the head of a body whose name is only in his title", "Dat zei Commissievoorzitter Von der Leyen.\n",
      "von-der-leyen LEADS europese-commissie" },
    { "party before a name", "Dat zei VVD-Kamerlid Michon-Derkzen.\n", "michon-derkzen MEMBER_OF vvd" },
    { "a paper is cited", "Zie Kamerstukken II 2023/24, 29911, nr. 100, en de Grondwet.\n",
      "self CITES kst-29911-100\nself CITES BWBR0001840" },
};

static void reads_the_genre(void **state)
{
    const struct sample *s = *state;
    vb_analysis a = analysed(vb_str_of(s->text));
    vb_buf got = edges_as_text(&a, false);
    vb_str rest = vb_str_of(s->want), line;
    while (vb_str_next(&rest, '\n', &line)) {
        bool none = vb_str_starts(line, VB_STR("!"));
        vb_str words = vb_str_part(line, none, line.len);
        bool there = vb_str_find(vb_buf_view(&got), words, 0) != SIZE_MAX;
        if (there == none) print_error("%s %.*s in:\n%s", none ? "unwanted" : "no", VB_FMT(words), got.at);
        assert_true(there != none);
    }
    vb_buf_clear(&got);
    vb_analysis_clear(&a);
}

/* ---- what is no relation ------------------------------------------------------------------------------ */

static const char *const lookalikes[] = {
    "De politie heeft geen samenwerking met het RIVM.",
    "Het is niet zo dat de politie samenwerkt met het RIVM.",
    "Onderzocht wordt of de gemeente Assen deelneemt aan Preventie met Gezag.",
    "Bent u bereid om het RIVM te financieren?",
    "De leden vragen of het RIVM wordt gefinancierd door de gemeente Assen?",
    "Indien de gemeente Assen meedoet aan Preventie met Gezag, volgt een gesprek.",
    "Het RIVM zou ontwikkeld zijn door de politie.",
    "De motie verzoekt de regering het RIVM te ondersteunen in Assen.",
    "De minister van Defensie en het Trimbos-instituut zijn het oneens.",
    "Het RIVM en de gemeente Assen staan in de krant.",
    "Op grond van de Grondwet mag de politie dit.",
    "Nederland is geen lid van de OPEC en dat blijft zo.",
    "De politie vergelijkt Assen met Zwolle.",
    "In Assen sprak de politie over Preventie met Gezag.",
    "De voorzitter van de vergadering noemde de NAVO.",
    "Het Trimbos-instituut ontkent dat NIX18 is gestopt.",
    "De gemeente Assen ontving een brief over het RIVM.",
    "Nooit heeft de gemeente Assen deelgenomen aan Preventie met Gezag.",
    "De gemeente Assen doet evenmin mee aan Preventie met Gezag.",
    "Toezicht op de Mededingingswet is van belang, zegt de politie.",
    "Zonder subsidie van de gemeente Assen bestaat het RIVM niet.",
    "Mocht de politie samenwerken met het RIVM, dan volgt overleg.",
    /* asked, or asked about */
    "Kunt u aangeven of de IGJ toezicht houdt op de Jeugdwet?",
    "Is het waar dat TNO door het ministerie van Defensie wordt gefinancierd?",
    "Deelt u de mening dat de NVWA met de ILT moet samenwerken?",
    "De Kamer heeft gevraagd of het RIVM de gemeente Delft ondersteunt.",
    "Onderzocht wordt of het Deltafonds het Deltaprogramma kan financieren.",
    "Het is de vraag of Almere deelneemt aan Kansrijke Start.",
    "Ik ga na of de VNG bij Kansrijke Start betrokken is.",
    /* negated */
    "De gemeente Almere doet niet langer mee aan Kansrijke Start.",
    "Het RIVM voert het Rijksvaccinatieprogramma niet zelf uit.",
    "Er is geen samenwerking tussen de politie en TNO.",
    "De IGJ houdt geen toezicht op de naleving van de Jeugdwet.",
    "Kansrijke Start is nooit door het Trimbos-instituut ontwikkeld.",
    "De Pensioenwet wordt niet gewijzigd door de Wet toekomst pensioenen.",
    "Zwitserland is geen lid van de Europese Unie.",
    "UNHCR is niet aanwezig in Soedan.",
    "Het Klimaatakkoord is niet door de VNG ondertekend.",
    "Ik stel geen geld beschikbaar voor Kansrijke Start.",
    /* conditional, wished for */
    "Als Almere zou deelnemen aan Kansrijke Start, zijn er kosten.",
    "Indien het RIVM de gemeente Delft ondersteunt, volgt een evaluatie.",
    "De politie kan samenwerken met TNO.",
    "De motie verzoekt de regering het RIVM te laten samenwerken met TNO.",
    "De VNG zou Kansrijke Start moeten uitvoeren.",
    "Mits de provincie Drenthe meedoet aan het Klimaatakkoord, is er geld.",
    "Het is wenselijk dat de IGJ samenwerkt met de NZa.",
    "De NZa zou toezicht moeten houden op de Zorgverzekeringswet.",
    /* someone's opinion or wish */
    "Critici vinden dat het RIVM zou moeten samenwerken met TNO.",
    "De Kamer roept op om TNO te financieren met het Deltafonds.",
    "Het lid Mutluer stelt dat de politie Preventie met Gezag zou moeten leiden.",
    "De Consumentenbond wil dat de ACM de Mededingingswet zou handhaven.",
    /* another subject, another meaning */
    "De politie neemt met belangstelling kennis van de ontwikkeling van NIX18.",
    "Voor vragen over Kansrijke Start kunt u terecht bij de GGD.",
    "De zorg in Delft ontwikkelt zich anders dan Kansrijke Start.",
    "In Rotterdam sprak ik met het RIVM.",
    "Het ministerie van Defensie reageert op het rapport over TNO.",
    "De kosten van Kansrijke Start stijgen, zo meldt het Trimbos-instituut.",
    "De verschillen tussen Nederland en Duitsland zijn groot.",
    "Het RIVM vergelijkt het Rijksvaccinatieprogramma met Kansrijke Start.",
    "De uitspraak van de Raad van State over de Omgevingswet is bekend.",
    "De NAVO en de Europese Unie hebben verschillende leden.",
    "De politie in Delft onderzoekt de zaak.",
    "Ik ben met de VNG in gesprek over Kansrijke Start.",
    "Het Openbaar Ministerie neemt het besluit over vervolging op grond van de Opiumwet.",
    "De gemeente Almere leest het Klimaatakkoord.",
    "Op verzoek van de Kamer bespreek ik de Emancipatiemonitor.",
    "Het CBS en de politie publiceerden cijfers, anders dan de Veiligheidsmonitor.",
};

static void silent_where_nothing_is_said(void **state)
{
    vb_buf text = { 0 };
    assert_int_equal(vb_buf_printf(&text, "Antwoord 1\n%s\n", (const char *)*state), VB_OK);
    vb_analysis a = analysed(vb_buf_view(&text));
    vb_buf got = edges_as_text(&a, true);
    assert_string_equal(got.at, "");
    vb_buf_clear(&got);
    vb_buf_clear(&text);
    vb_analysis_clear(&a);
}

/* ---- the rules' language ------------------------------------------------------------------------------ */

static const struct broken {
    const char *text, *says;
} broken_rules[] = {
    { "edge CITES", "own.rules:1: outside a rule" },
    { "rule a\nedge KNOWS", "own.rules:2: no such relation" },
    { "rule a\nsay x {to}", "own.rules:2: say before edge" },
    { "rule a\nedge LEADS\nsay {from} {to}", "own.rules:3: pattern without a word" },
    { "rule a\nedge LEADS\nsay leidt {whom}", "own.rules:3: no slot" },
    { "rule a\nedge LEADS\nsay leidt {to:Planet}", "own.rules:3: no such label" },
    { "rule a\nedge LEADS\nyes Een zin zonder rand.", "own.rules:3: no \"SENTENCE = A -> B\"" },
    { "class colour rood", "own.rules:1: no such class" },
    { "hello", "own.rules:1: no such line" },
};

static void broken_rules_are_refused(void **state)
{
    const struct broken *b = *state;
    char dir[] = "/tmp/verband-rules-XXXXXX", path[64];
    vb_relations *r = NULL;
    vb_error err = { 0 };
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/own.rules", dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(b->text, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(vb_relations_new(dir, &r, &err), VB_BAD_INPUT);
    remove(path);
    remove(dir);
    assert_null(r);
    if (!strstr(err.message, b->says)) fail_msg("%s", err.message);
}

int main(void)
{
    enum { N = VB_COUNT(samples) + VB_COUNT(lookalikes) + VB_COUNT(broken_rules) + 1 };
    struct CMUnitTest tests[N];
    size_t n = 0;
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(rules_keep_their_examples);
    for (size_t i = 0; i < VB_COUNT(samples); i++)
        tests[n++] = (struct CMUnitTest){ .name = samples[i].name,
                                          .test_func = reads_the_genre,
                                          .initial_state = (void *)&samples[i] };
    for (size_t i = 0; i < VB_COUNT(lookalikes); i++)
        tests[n++] = (struct CMUnitTest){ .name = lookalikes[i],
                                          .test_func = silent_where_nothing_is_said,
                                          .initial_state = (void *)(uintptr_t)lookalikes[i] };
    for (size_t i = 0; i < VB_COUNT(broken_rules); i++)
        tests[n++] = (struct CMUnitTest){ .name = broken_rules[i].says,
                                          .test_func = broken_rules_are_refused,
                                          .initial_state = (void *)&broken_rules[i] };
    return cmocka_run_group_tests_name("relations", tests, set_up, tear_down);
}
