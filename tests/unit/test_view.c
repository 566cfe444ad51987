/**
 * Unit tests of loaders/format.c and loaders/view*.c. A row is a text and what the view makes of it: a block
 * a line, "kind" or "kind#question", then its sentences parted by " | "; a note says which word calls it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "loaders/loaders.h"

#include <dirent.h>
#include <stdlib.h>

static const struct sample {
    const char *name, *text, *want;
} samples[] = {
    { "paragraphs and sentences", "Dit is een zin. Dit is er nog een.\n\nEn een derde.\n",
      "p Dit is een zin. | Dit is er nog een.\np En een derde.\n" },
    { "abbreviations end no sentence",
      "Op 3 mei jl. sprak mr. dr. D.M. van Weel c.s. met o.a. de heer Jansen. Zie Stb. 2024, nr. 5. Dat is "
      "art. 13b.",
      "p Op 3 mei jl. sprak mr. dr. D.M. van Weel c.s. met o.a. de heer Jansen. | Zie Stb. 2024, nr. 5. | "
      "Dat is "
      "art. 13b.\n" },
    { "some abbreviations may end one", "Dat was op 8 november jl. De motie-Bikker c.s. Daarna niet.",
      "p Dat was op 8 november jl. | De motie-Bikker c.s. | Daarna niet.\n" },
    { "quotes belong to the sentence they close",
      "Hij zei: \xe2\x80\x9cNee.\xe2\x80\x9d Dat was al. (Zie boven.) Nu dit.",
      "p Hij zei: \xe2\x80\x9cNee.\xe2\x80\x9d | Dat was al. | (Zie boven.) | Nu dit.\n" },
    { "glued words are two where the document says so",
      "Het lid Ridouan kwam. De zaak vanRidouan loopt. Assen is een gemeente, de gemeenteAssen dus.",
      "p Het lid Ridouan kwam. | De zaak van Ridouan loopt. | Assen is een gemeente, de gemeente Assen "
      "dus.\n" },
    { "words with a capital inside stay",
      "De Holland en de inHolland, weer inHolland. Met eHerkenning, iPad, McDonald en vanBuren.",
      "p De Holland en de inHolland, weer inHolland. | Met eHerkenning, iPad, McDonald en vanBuren.\n" },
    { "an address ends no sentence", "Zie https://www.om.nl/a?b=C en Rijksoverheid.nl. Daarna meer.",
      "p Zie https://www.om.nl/a?b=C en Rijksoverheid.nl. | Daarna meer.\n" },
    { "a note's body in a row is no cell", "Naam\tBedrag [1:  een\ttwee\tdrie ] euro\tJaar\n",
      "row Naam\nrow Bedrag euro\nrow Jaar\nnote een twee drie\n" },
    { "word processor notes",
      "In de stad.[footnoteRef:1] Meer tekst[footnoteRef:2\n] hier. [1:  Kamerstukken II, 29911, nr. 469.]  "
      "[2:  "
      "Zie [a].] \n\n[bookmark: _Hlk1]Vraag 2\nWat nu?\n",
      "p In de stad. | Meer tekst hier.\nnote 1<stad. Kamerstukken II, 29911, nr. 469.\nnote 2<tekst Zie "
      "[a].\n"
      "h#2 Vraag 2\np#2 Wat nu?\n" },
    { "Markdown",
      "## Kop\n\nDit is **vet** en *schuin* met [een link](https://a.nl/x_y) en 5\\. "
      "deel<sup>1</sup>.\n\n---\n\n"
      "<sup>1</sup> *Kamerstukken II*, nr. 3.\n",
      "h Kop\np Dit is vet en schuin met een link en 5. deel.\nnote 1<deel Kamerstukken II, nr. 3.\n" },
    { "bracketed notes at the end", "Twintig extra gemeenten[5] doen mee.\n\n[5] Almere, Assen.\n",
      "p Twintig extra gemeenten doen mee.\nnote 5<gemeenten Almere, Assen.\n" },
    { "round bracket notes",
      "Vraag 1\nKent u het bericht? 1)\n\nAntwoord 1\nJa (zie vraag 3).\n\n1) AD, 3 mei 2024, Het bericht.\n",
      "h#1 Vraag 1\np#1 Kent u het bericht?\nh#1 Antwoord 1\np#1 Ja (zie vraag 3).\nnote#1 1<bericht? AD, 3 "
      "mei 2024, Het "
      "bericht.\n" },
    { "numbered items are no notes", "Wij doen twee dingen:\n1) wij lezen\n2) wij schrijven\n",
      "p Wij doen twee dingen:\ni wij lezen\ni wij schrijven\n" },
    { "bullets", "Wij doen:\n\xc2\xb7 lezen;\n- schrijven;\n\xe2\x80\xa2 rekenen.\n",
      "p Wij doen:\ni lezen;\ni schrijven;\ni rekenen.\n" },
    { "questions by number alone",
      "AH 12\n2024Z15295\nAntwoord van minister A (B) (ontvangen 2 mei 2024)\n\n1\nBent u er?\n\n"
      "Antwoord\nJa.\n\n2\nWaarom?\n\nAntwoord\nDaarom.\n",
      "letterhead AH 12\nletterhead 2024Z15295\np Antwoord van minister A (B) (ontvangen 2 mei 2024)\nh#1 "
      "1\np#1 Bent u er?\n"
      "h#1 Antwoord\np#1 Ja.\nh#2 2\np#2 Waarom?\nh#2 Antwoord\np#2 Daarom.\n" },
    { "questions on the item's line",
      "2024Z15295\n\n1. Bent u er?\n\nAntwoord vraag 1:\nJa.\n\n2. Waarom?\n\nAntwoord vraag 2:\nDaarom.\n",
      "letterhead 2024Z15295\np#1 Bent u er?\nh#1 Antwoord vraag 1:\np#1 Ja.\np#2 Waarom?\nh#2 Antwoord "
      "vraag 2:\np#2 Daarom.\n" },
    { "questions without a number",
      "2024Z15295\n\nVragen van het lid A (B) aan de minister van C over D\n\nBent u er?\n\nWaarom?\n",
      "letterhead 2024Z15295\np Vragen van het lid A (B) aan de minister van C over D\np#1 Bent u er?\np#2 "
      "Waarom?\n" },
    { "several questions at once", "Vraag 3, 4 en 5\nWaarom?\nAntwoord op de vragen 3 t/m 5\nDaarom.\n",
      "h#3 Vraag 3, 4 en 5\np#3 Waarom?\nh#3 Antwoord op de vragen 3 t/m 5\np#3 Daarom.\n" },
    { "letterhead",
      "> Retouradres Postbus 20301 2500 EH Den Haag\n\nAan de Voorzitter van de Tweede Kamer\nder "
      "Staten-Generaal\n"
      "Turfmarkt 147\n2511 DP Den Haag\nT 070 370 79 11\nwww.rijksoverheid.nl/jenv\nOns "
      "kenmerk\n4736573\n\nOnderwerp\nDe subsidie\n\n"
      "Geachte voorzitter,\n",
      "letterhead Retouradres Postbus 20301 2500 EH Den Haag\nletterhead Aan de Voorzitter van de Tweede "
      "Kamer\n"
      "letterhead der Staten-Generaal\nletterhead Turfmarkt 147\nletterhead 2511 DP Den Haag\nletterhead T "
      "070 370 79 11\n"
      "url www.rijksoverheid.nl/jenv\nletterhead Ons kenmerk\nletterhead 4736573\nletterhead Onderwerp\np De "
      "subsidie\np Geachte voorzitter,\n" },
    { "signature",
      "Dat was alles.\n\nDe minister van Justitie\nen Veiligheid,\n\n\nA.B. van Dijk-Y\xc4\xb1lmaz\n",
      "p Dat was alles.\nsign De minister van Justitie en Veiligheid,\nsign A.B. van Dijk-Y\xc4\xb1lmaz\n" },
    { "invisible characters", "De sub\xc2\xadsidie van\xc2\xa0Noord\xe2\x80\x91Holland\xe2\x80\x8b is  op.",
      "p De subsidie van Noord-Holland is op.\n" },
    { "a line that breaks off goes on",
      "Dit doet het ministerie van\nFinanci\xc3\xabn goed. Zo blijkt\n\nuit alles.\n",
      "p Dit doet het ministerie van Financi\xc3\xabn goed. | Zo blijkt uit alles.\n" },
    { "cells are blocks", "| Gemeente | Bedrag |\n|---|---|\n| Assen | 3 |\n",
      "row Gemeente\nrow Bedrag\nrow Assen\nrow 3\n" },
    { "an official PDF",
      "Tweede Kamer der Staten-Generaal2\nVergaderjaar 2024\xe2\x80\x93"
      "2025 Aanhangsel van de Handelingen\n548\n"
      "Vragen van het lid A (B) aan de Minister\nvan C over D (ingezonden 22 oktober 2024).\nAntwoord van "
      "Minister E (C) (ontvangen 14 november\n2024).\n"
      "Vraag 1\nKent u de zorgen van Amnesty International vanaf destraat in Kenia van vrijdag18 "
      "oktober?\n1\nAntwoord 1\nJa,zodat AmnestyInternational "
      "dat zegt. Amnes-ty\nzegt dat ook.Ook\n1BBC, 19 oktober 2024, \xc2\xab"
      "British national\xc2\xbb\n \n  \nah-tk-20242025-548\n"
      "ISSN 0921 - 7398\xe2\x80\x99s-Gravenhage 2024Tweede Kamer, vergaderjaar 2024\xe2\x80\x93"
      "2025, Aanhangsel 1\nKenia is er\n"
      "2 bekend mee.\n2Bron, 3 mei 2024, Titel\nTweede Kamer, vergaderjaar 2024\xe2\x80\x93"
      "2025, Aanhangsel 2\n",
      "letterhead Tweede Kamer der Staten-Generaal2\nletterhead Vergaderjaar 2024\xe2\x80\x93"
      "2025 Aanhangsel van de Handelingen\nletterhead 548\n"
      "p Vragen van het lid A (B) aan de Minister van C over D (ingezonden 22 oktober 2024).\n"
      "p Antwoord van Minister E (C) (ontvangen 14 november 2024).\nh#1 Vraag 1\n"
      "p#1 Kent u de zorgen van Amnesty International vanaf destraat in Kenia van vrijdag 18 oktober?\nh#1 "
      "Antwoord 1\n"
      "p#1 Ja, zodat Amnesty International dat zegt. | Amnesty zegt dat ook. | Ook Kenia is er bekend "
      "mee.\nnote#1 1<oktober? BBC, "
      "19 oktober 2024, \xc2\xab"
      "British national\xc2\xbb\n"
      "foot#1 ah-tk-20242025-548\nfoot#1 ISSN 0921 - 7398\xe2\x80\x99s-Gravenhage 2024Tweede Kamer, "
      "vergaderjaar 2024\xe2\x80\x93"
      "2025, Aanhangsel 1\n"
      "note#1 2<er Bron, 3 mei 2024, Titel\nfoot#1 Tweede Kamer, vergaderjaar 2024\xe2\x80\x93"
      "2025, Aanhangsel 2\n" },
    { "a wrapped PDF",
      "Geachte voorzitter,\n\nHet programma Helder op School1 helpt scholen in de provincie Noord-\nHolland "
      "bij de administratie van alle regels voor de admini-\n"
      "stratie en bij wet- en regelgeving, ook door de wet-\nen regelgeving die het kabinet\nvolgend jaar "
      "aanpast.\n\n"
      "Context\nHet kabinet werkt samen met het Trimbos-instituut en met het Trimbos-\ninstituut2 in Utrecht "
      "en met vele anderen die daar goed werk doen en die\n\n"
      "1 Helder op School - Trimbos-instituut\n2 Trimbos-instituut\n\nhttps://www.trimbos.nl/aanbod/\n met "
      "hun kennis van drugs en alcohol bijdragen aan de preventie ervan.\n"
      "Dat is een goede zaak voor iedereen die in dit land naar school toe gaat.\n",
      "p Geachte voorzitter,\np Het programma Helder op School helpt scholen in de provincie Noord-Holland "
      "bij de administratie van alle regels voor de "
      "administratie en bij wet- en regelgeving, ook door de wet- en regelgeving die het kabinet volgend "
      "jaar aanpast.\nh Context\n"
      "p Het kabinet werkt samen met het Trimbos-instituut en met het Trimbos-instituut in Utrecht en met "
      "vele anderen die daar goed werk doen en die "
      "met hun kennis van drugs en alcohol bijdragen aan de preventie ervan. | Dat is een goede zaak voor "
      "iedereen die in dit land naar school toe gaat.\n"
      "note 1<School Helder op School - Trimbos-instituut\nnote 2<Trimbos-instituut Trimbos-instituut\nurl "
      "https://www.trimbos.nl/aanbod/\n" },
    { "a numbered heading",
      "Geachte voorzitter,\n\n1. Aanpak in wijken\nDe aanpak bestaat uit drie delen die elkaar "
      "aanvullen.\n\n1. lezen\n2. "
      "Rekenen\n\nDat "
      "was het.\n",
      "p Geachte voorzitter,\nh Aanpak in wijken\np De aanpak bestaat uit drie delen die elkaar "
      "aanvullen.\ni lezen\ni Rekenen\np "
      "Dat was het.\n" },
    { "names with digits call nothing", "De CO2-uitstoot langs de A12 en de G7-landen.\n\n1 Daarom.\n",
      "p De CO2-uitstoot langs de A12 en de G7-landen.\np 1 Daarom.\n" },
};

static const char *const kinds[] = { "p", "h", "i", "row", "note", "sign", "letterhead", "foot", "url" };

/** The word of the view that ends at @p at. */
static vb_str word_before(const vb_view *v, uint32_t at)
{
    uint32_t start = at;
    while (start > 0 && v->text.at[start - 1] == ' ') start--, at--;
    while (start > 0 && v->text.at[start - 1] != ' ' && v->text.at[start - 1] != '\n') start--;
    return vb_str_part(v->text, start, at);
}

static void view_as_text(const vb_view *v, vb_buf *out)
{
    for (size_t i = 0, s = 0; i < v->n_blocks; i++) {
        const vb_block *b = &v->blocks[i];
        vb_buf_printf(out, "%s", kinds[b->kind]);
        if (b->question) vb_buf_printf(out, "#%u", b->question);
        if (b->kind == VB_BLOCK_FOOTNOTE && b->caller != VB_NONE)
            vb_buf_printf(out, " %u<%.*s", b->note, VB_FMT(word_before(v, b->caller)));
        for (size_t n = 0; s < v->n_sentences && v->sentences[s].block == i; s++, n++)
            vb_buf_printf(out, "%s%.*s", n ? " | " : " ",
                          VB_FMT(vb_str_part(v->text, v->sentences[s].start, v->sentences[s].end)));
        vb_buf_printf(out, "\n");
    }
}

/** Every byte of the view stands at its origin, but for blanks, hyphens and the bar between blocks. */
static void assert_origins(const vb_view *v)
{
    for (size_t i = 0; i < v->text.len; i++) {
        assert_true(v->origin[i] <= v->source.len);
        char c = v->text.at[i];
        if (c == ' ' || c == '\n') continue;
        assert_true(v->origin[i] < v->source.len);
        char source = v->source.at[v->origin[i]];
        assert_true(c == source || (c == '-' && source == '\xe2') || (source == '&' && strchr("&<>\"", c)));
    }
    for (size_t b = 0; b < v->n_blocks; b++)
        for (uint32_t i = v->blocks[b].start + 1; i < v->blocks[b].end; i++)
            assert_true(v->origin[i] >= v->origin[i - 1]);
}

/** Blocks, sentences and tokens lie in order, each within the one above it. */
static void assert_nested(const vb_view *v)
{
    uint32_t end = 0;
    for (size_t i = 0; i < v->n_blocks; i++) {
        assert_true(v->blocks[i].start >= end && v->blocks[i].end > v->blocks[i].start);
        assert_true(v->blocks[i].heading == VB_NONE || v->blocks[i].heading < i);
        assert_true(v->blocks[i].caller == VB_NONE || v->blocks[i].caller <= v->text.len);
        end = v->blocks[i].end;
    }
    assert_true(end <= v->text.len);
    for (size_t i = 0, last = 0; i < v->n_sentences; i++) {
        const vb_sentence *s = &v->sentences[i];
        const vb_block *b = &v->blocks[s->block];
        assert_true(s->start >= last && s->end > s->start && s->start >= b->start && s->end <= b->end);
        last = s->end;
    }
    for (size_t i = 0, last = 0; i < v->n_tokens; i++) {
        const vb_token *t = &v->tokens[i];
        const vb_sentence *s = &v->sentences[t->sentence];
        assert_true(t->start >= last && t->end > t->start && t->start >= s->start && t->end <= s->end);
        assert_int_equal(vb_view_token_at(v, t->start), i);
        last = t->end;
    }
}

static void views(void **state)
{
    const struct sample *s = *state;
    vb_arena *arena = vb_arena_new();
    vb_buf got = { 0 };
    vb_source source;
    vb_view v;
    assert_int_equal(vb_format_read(vb_str_of(s->text), arena, &source, NULL), VB_OK);
    assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
    view_as_text(&v, &got);
    assert_string_equal(got.at, s->want);
    assert_origins(&v);
    assert_nested(&v);
    vb_buf_clear(&got);
    vb_arena_free(arena);
}

static const struct encoding {
    const char *name;
    vb_str bytes;
    vb_status status;
    const char *text, *message;
} encodings[] = {
    { "UTF-8", { "caf\xc3\xa9", 5 }, VB_OK, "caf\xc3\xa9", "" },
    { "UTF-8 with a mark", { "\xef\xbb\xbfja", 5 }, VB_OK, "\xef\xbb\xbfja", "" },
    { "UTF-16 little-endian", { "\xff\xfej\0a\0\xac\x20", 8 }, VB_OK, "ja\xe2\x82\xac", "" },
    { "UTF-16 big-endian, a pair", { "\xfe\xff\xd8\x3d\xde\x00", 6 }, VB_OK, "\xf0\x9f\x98\x80", "" },
    { "UTF-16 cut short",
      { "\xff\xfej\0a", 5 },
      VB_BAD_INPUT,
      NULL,
      "byte 4: UTF-16 text ends in half a character" },
    { "Windows-1252", { "caf\xe9 \x80 5", 8 }, VB_OK, "caf\xc3\xa9 \xe2\x82\xac 5", "" },
    { "neither",
      { "caf\xe9 \x81 5", 8 },
      VB_BAD_UTF8,
      NULL,
      "byte 3 (0xe9) is neither UTF-8 nor Windows-1252" },
    { "binary", { "ja\0nee", 6 }, VB_BAD_INPUT, NULL, "byte 2 is NUL: a binary file, not text" },
    { "empty", { "", 0 }, VB_BAD_INPUT, NULL, "empty file" },
    { "blank", { " \n\t", 3 }, VB_BAD_INPUT, NULL, "empty file" },
};

static void reads_encodings(void **state)
{
    const struct encoding *e = *state;
    vb_arena *arena = vb_arena_new();
    vb_source source = { 0 };
    vb_error err = { 0 };
    assert_int_equal(vb_format_read(e->bytes, arena, &source, &err), e->status);
    assert_string_equal(err.message, e->message);
    if (e->text) assert_true(vb_str_eq(source.text, vb_str_of(e->text)));
    assert_int_equal(source.note != NULL, e->status == VB_OK && strncmp(e->name, "UTF-8", 5) != 0);
    vb_arena_free(arena);
}

static void check_file(const char *path)
{
    vb_arena *arena = vb_arena_new();
    vb_buf bytes = { 0 };
    vb_source source;
    vb_view v;
    assert_int_equal(vb_buf_read(path, VB_TEXT_MAX, &bytes, NULL), VB_OK);
    assert_int_equal(vb_format_read(vb_buf_view(&bytes), arena, &source, NULL), VB_OK);
    assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
    assert_origins(&v);
    assert_nested(&v);
    assert_true(v.text.len * 10 > source.text.len * 8); /* little of a real letter is mere marks */
    vb_buf_clear(&bytes);
    vb_arena_free(arena);
}

/** The same properties over all real letters at hand. */
static void letters_hold(void **state)
{
    static const char *const folders[] = { "tests/letters", "../shared/letters",
                                           "../shared/letters-unannotated" };
    size_t n = 0;
    (void)state;
    for (size_t i = 0; i < VB_COUNT(folders); i++) {
        DIR *dir = opendir(folders[i]);
        for (struct dirent *e; dir && (e = readdir(dir));) {
            char path[512];
            size_t len = strlen(e->d_name);
            if (len < 4 ||
                (strcmp(e->d_name + len - 4, ".txt") != 0 && strcmp(e->d_name + len - 3, ".md") != 0))
                continue;
            snprintf(path, sizeof path, "%s/%s", folders[i], e->d_name);
            check_file(path);
            n++;
        }
        if (dir) closedir(dir);
    }
    if (!n) skip();
}

/** Texts that could make a slow reader quadratic are read in time. */
static void hostile_texts_end(void **state)
{
    static const char *const pieces[] = { "[1: ",
                                          "[",
                                          "](",
                                          "1) ",
                                          "www.",
                                          "*",
                                          "a1 ",
                                          "- ",
                                          "Antwoord 1 ",
                                          "1\n",
                                          "\n\n",
                                          "a-\n",
                                          "De minister\n",
                                          "<sup>1</sup>",
                                          "Postbus 1\n",
                                          ".",
                                          "\xc2\xa0",
                                          "|" };
    (void)state;
    for (size_t i = 0; i < VB_COUNT(pieces); i++) {
        vb_arena *arena = vb_arena_new();
        vb_buf text = { 0 };
        vb_view v;
        while (text.len < 200000) assert_int_equal(vb_buf_add(&text, vb_str_of(pieces[i])), VB_OK);
        vb_source source = { .text = vb_buf_view(&text) };
        assert_int_equal(vb_view_make(&source, arena, &v, NULL), VB_OK);
        assert_nested(&v);
        vb_buf_clear(&text);
        vb_arena_free(arena);
    }
}

int main(void)
{
    enum { N = VB_COUNT(samples), E = VB_COUNT(encodings) };
    struct CMUnitTest tests[N + E + 2];
    for (size_t i = 0; i < N; i++)
        tests[i] = (struct CMUnitTest){ .name = samples[i].name,
                                        .test_func = views,
                                        .initial_state = (void *)&samples[i] };
    for (size_t i = 0; i < E; i++)
        tests[N + i] = (struct CMUnitTest){ .name = encodings[i].name,
                                            .test_func = reads_encodings,
                                            .initial_state = (void *)&encodings[i] };
    tests[N + E] = (struct CMUnitTest)cmocka_unit_test(letters_hold);
    tests[N + E + 1] = (struct CMUnitTest)cmocka_unit_test(hostile_texts_end);
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
