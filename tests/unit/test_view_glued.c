/**
 * Unit tests of loaders/view_glued.c: words that a conversion glued together are named as two, with the bytes
 * that the text has, and names with a capital inside stay one. Each row is a sentence of our own.
 */
#include "tests/unit/mentions.h"

/* what tells an official PDF, 34 bytes with its line end */
#define OFFICIAL "Tweede Kamer der Staten-Generaal2\n"

static const struct mention_row rows[] = {
    { "names of the gazetteers, in any text", "Het OpenbaarMinisterie en OxfamNovib in VerenigdKoninkrijk.",
      "Organisation:openbaar-ministerie@4-22 Organisation:oxfam-novib@26-36 Country:GB@40-58" },
    { "names with a capital inside", "Van GroenLinks, ChristenUnie, DigiD, SodM, BuZa, LinkedIn en WhatsApp.",
      "Party:groenlinks@4-14 Party:cu@16-28 Programme:digid@30-35 "
      "Organisation:staatstoezicht-op-de-mijnen@37-41 "
      "Ministry:bz@43-47 Organisation:linkedin@49-57 Organisation:whatsapp@61-69" },
    { "and so where the document has the second half",
      OFFICIAL "De Europese Unie, zegt de ChristenUnie. De Unie en de Links-partij, zegt GroenLinks.",
      "Organisation:europese-unie@37-50 Party:cu@60-72 Party:groenlinks@107-117" },
    { "a name glued again and again",
      OFFICIAL "Reizen naarDuitsland en weer naarDuitsland. Duitsland is dicht, Duitsland ook.",
      "Country:DE@45-54 Country:DE@67-76 Country:DE@78-87 Country:DE@98-107" },
    { "two halves glued again and again",
      OFFICIAL
      "Het ZeehuisFonds groeit. Het Zeehuis is van het Fonds, het Fonds van het Zeehuis; het ZeehuisFonds is "
      "het Fonds van Zeehuis.",
      "Programme:zeehuis-fonds@38-50 Programme:fonds-van-het-zeehuis@93-114 Programme:zeehuis-fonds@120-132 "
      "Programme:fonds-van-zeehuis@140-157" },
    { "a word of small letters ends where a capital begins",
      OFFICIAL "Mensen in de landenIndonesië en Iran, en in rondomDen Haag.",
      "Country:ID@53-63 Country:IR@67-71 Municipality:GM0518@85-93" },
    { "a month again and again", OFFICIAL "Op 3 november2024 en op 4 november2024 sprak VWS.",
      "Ministry:vws@79-82" },
    { "what follows an abbreviation",
      OFFICIAL "De NVWAis klein, zegt de NVWA, en de EUklimaatwet van de EU. Alle GGDen, zegt de GGD.",
      "Organisation:nederlandse-voedsel-en-warenautoriteit@37-41 "
      "Organisation:nederlandse-voedsel-en-warenautoriteit@59-63 Law:euklimaatwet@71-83 "
      "Organisation:europese-unie@91-93 Organisation:gemeentelijke-gezondheidsdienst@115-118" },
    { "what follows a name",
      OFFICIAL "De vloot van Irantegen ons. Iran zegt: Iran. Daarom en Hiertegen. Daar is het, Hier ook, "
               "Daar en Hier.",
      "Country:IR@47-51 Country:IR@62-66 Country:IR@73-77" },
    { "a portfolio that its own name parts", OFFICIAL "De minister van Klimaaten Groene Groei.",
      "Ministry:kgg@37-72" },
    { "a surname after its prefix", OFFICIAL "De motie van het lid VanMeenen c.s. is aangenomen.",
      "Document:motie-van-meenen@37-64" },
    { "het", OFFICIAL "Dat wil hetkabinet. Het kabinet wil het, dit kabinet ook.",
      "Organisation:rijksoverheid@45-52 Organisation:rijksoverheid@58-65 "
      "Organisation:rijksoverheid@79-86" },
    { "het in a word", OFFICIAL "Dat is hetzelfde als hetgeen zij zelfde noemen, zelfde en zelfde.", "" },
};

int main(void)
{
    return run_rows("glued words of the text", rows, VB_COUNT(rows), NULL, 0);
}
