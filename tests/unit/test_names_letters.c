/**
 * Unit tests of the names room: what reading letters of many subjects line by line taught. Each row is a
 * sentence of our own.
 */
#include "tests/unit/mentions.h"

static const struct mention_row rows[] = {
    { "an address names nothing",
      "Zie https://www.nrc.nl/nieuws/2024/haven-in-Nederland-dicht en "
      "www.voorbeeld.nl/a/Kloof-tussen-KNMI-en-Drenthe.",
      "" },
    { "an address without its scheme names nothing",
      "Zie volkskrant.nl/haven/Kloof-tussen-KNMI-en-Drenthe-groot voor meer.", "" },
    { "a bare domain is a name where it is one", "Dat schreef NU.nl gisteren.", "Organisation:nu-nl@12-17" },
    { "a word that an abbreviation is spelled like",
      "Het kan als Nederland dat wil, maar ALS Nederland wil het ook.",
      "Country:NL@12-21 Organisation:als-nederland@36-49" },
    { "a second programme of a name",
      "Het project Lantaarnlicht 1 is af en het project Lantaarnlicht 2 begint.",
      "Programme:lantaarnlicht-1@12-27 Programme:lantaarnlicht-2@49-64" },
    { "a number that counts is no part of a name",
      "Uit het Klimaatfonds 2 miljard en uit het Groeifonds 3,5 miljoen euro.",
      "Programme:klimaatfonds@8-20 Programme:nationaal-groeifonds@42-52" },
    { "a round of a listed programme", "De Regio Deals 4e tranche en de SDE++ 2024 zijn open.",
      "Programme:regio-deals-4e-tranche@3-25 "
      "Programme:stimulering-duurzame-energieproductie-en-klimaattransitie-2024@32-42" },
    { "another edition of a programme is another", "Horizon 2020 ging vooraf aan Horizon Europe.",
      "Programme:horizon-2020@0-12 Programme:horizon-europe@29-43" },
    { "a phase of what the letter calls by letters",
      "Het Nationaal Programma Kustlicht (NPKL) is er. Het NPKL fase 2 volgt.",
      "Programme:nationaal-programma-kustlicht@4-33 Programme:nationaal-programma-kustlicht@35-39 "
      "Programme:nationaal-programma-kustlicht-fase-2@52-63" },
    { "a number that may call a note is none",
      "Dat doet het Actieplan Havenlicht 1 en verder niets.\n\n[1] Kamerstuk 30 123, nr. 4.",
      "Programme:actieplan-havenlicht@13-33 Document:kst-30123-4@58-81" },
};

int main(void)
{
    return run_rows("names of letters", rows, VB_COUNT(rows), NULL, 0);
}
