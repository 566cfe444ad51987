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
    { "states of a province",
      "Gedeputeerde Staten van Utrecht en de commissaris van de Koning in Groningen spraken.",
      "Region:NL-UT@24-31 Region:NL-GR@67-76" },
    { "Groningen in a letter about gas",
      "De gaswinning stopt en de mijnbouwschade blijft. De situatie in Groningen is zwaar. De burgemeester "
      "van "
      "Groningen en de gemeenten Assen en Groningen.",
      "Region:NL-GR@64-73 Municipality:GM0014@104-113 Municipality:GM0106@130-135 "
      "Municipality:GM0014@139-148" },
    { "a body of a body", "Het EU-agentschap Frontex en de VN-organisatie UNICEF zijn er.",
      "Organisation:europese-unie@4-6 Organisation:frontex@18-25 Organisation:verenigde-naties@32-34 "
      "Organisation:unicef@47-53" },
    { "an agreement of a coalition by its title",
      "In het coalitieakkoord ‘Samen naar de kade’ en het zorgakkoord ‘Zorg op de kade’ staat dit.",
      "Document:coalitieakkoord@7-22 Document:samen-naar-de-kade@26-44 Programme:zorg-op-de-kade@70-85" },
    { "deals with a region", "De regiodeal Zuid-Limburg en de woondeal Utrecht lopen.",
      "Programme:regiodeal-zuid-limburg@3-25 Programme:woondeal-utrecht@32-48" },
    { "funds in lower case", "Het nationaal groeifonds en het stikstoffonds betalen.",
      "Programme:nationaal-groeifonds@4-24 Programme:transitiefonds-landelijk-gebied@32-45" },
    { "Groningen in another letter", "De situatie in Groningen is goed.", "Municipality:GM0014@15-24" },
    { "a foreign minister by name",
      "De Duitse minister van Defensie Jansen sprak met de Franse minister van Buitenlandse Zaken De Vries.",
      "Person:jansen@32-38 Person:de-vries@91-99" },
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
    { "a region's own body is one name",
      "Het RIEC Havenland en de GGD Kustland, maar RIEC-partners en GGD’en.",
      "Organisation:riec-havenland@4-18 Organisation:ggd-kustland@25-37 "
      "Organisation:regionaal-informatie-en-expertisecentrum@44-48 "
      "Organisation:gemeentelijke-gezondheidsdienst@61-69" },
    { "resolutions of the United Nations",
      "In VN-resolutie 2334 en Resolutie 1514 (XV) staat dit, en in resolutie 77/208 ook; de resolutie van "
      "1325 woorden niet.",
      "Document:resolutie-2334@3-20 Document:resolutie-1514@24-43 Document:resolutie-77-208@61-77" },
    { "committees of parliament by what they look into",
      "De parlementaire ondervragingscommissie kinderopvangtoeslag en de tijdelijke commissie Bakens spraken "
      "met de parlementaire onderzoekscommissie gaswinning Groningen.",
      "Organisation:parlementaire-ondervragingscommissie-kinderopvangtoeslag@3-59 "
      "Organisation:tijdelijke-commissie-bakens@66-93 "
      "Organisation:parlementaire-onderzoekscommissie-gaswinning-groningen@109-163" },
    { "a committee of parliament that is not named", "De parlementaire enquêtecommissie heeft gesproken.",
      "" },
    { "what the text says is a name",
      "In de haven zit een stichting voor gezinnen genaamd Bakenlicht. Het project staat bekend onder de "
      "naam «Samen op de kade». Het fonds, ook wel Havengeld genoemd, groeit.",
      "Organisation:bakenlicht@52-62 Programme:samen-op-de-kade@105-121 Programme:havengeld@144-153" },
    { "a name that nothing says the kind of", "Onder de naam Zeelicht voer een schip. Een man genaamd Jan.",
      "" },
    { "a name whose end nothing tells", "De campagne onder de naam Zet de lamp aan loopt.", "" },
    { "a suspect without a surname",
      "De verdachte Ridouan T. en Mohammed B. zijn gehoord. Hepatitis B. komt voor. De zaak van Bilal K. Het "
      "hof sprak.",
      "Person:ridouan-t@13-23 Person:mohammed-b@27-38 Person:bilal-k@89-97" },
    { "a title that a link says again",
      "Kent u het bericht?1)\n\n1) NOS, 3 mei 2021, Havens gaan dicht voor schepen, Havens gaan dicht voor "
      "schepen (nos.nl).",
      "Organisation:nederlandse-omroep-stichting@26-29 Document:havens-gaan-dicht-voor-schepen@43-73 "
      "Document:havens-gaan-dicht-voor-schepen@75-105" },
    { "a short form that is the first word of a name",
      "Partners kennen de Ketenrichtlijn Zorg aan de Kust. Zij gebruiken de Ketenrichtlijn vaak, en de "
      "Commissie niet.",
      "Document:ketenrichtlijn-zorg-aan-de-kust@19-50 Document:ketenrichtlijn-zorg-aan-de-kust@69-83" },
    { "a first word that two names have",
      "Het Actieprogramma Bakens en het Actieprogramma Kades lopen; noch de Ketenrichtlijn.",
      "Programme:actieprogramma-bakens@4-25 Programme:actieprogramma-kades@33-53" },
    { "a short form that is a compound", "Het Actieprogramma Veilige Kades loopt; het Actieprogramma werkt.",
      "Programme:actieprogramma-veilige-kades@4-32 Programme:actieprogramma-veilige-kades@44-58" },
    { "a unit of the army with its number", "Het 17e Pantserinfanteriebataljon oefent.",
      "Organisation:17e-pantserinfanteriebataljon@4-33" },
    { "a report without quotation marks by a body",
      "Het rapport Geen haven zonder water van het KNMI verscheen.",
      "Document:geen-haven-zonder-water@12-35 "
      "Organisation:koninklijk-nederlands-meteorologisch-instituut@44-48" },
    { "a committee by its matter in lower case",
      "De commissie sociaal minimum sprak. Het advies van de Commissie toekomst zorg is er.",
      "Organisation:commissie-sociaal-minimum@3-28 Organisation:commissie-toekomst-zorg@54-77" },
    { "a committee that wants something names none",
      "Ook wil de Commissie nieuwe wetgeving, en dat de commissie toezicht houdt. Een commissie toezicht is "
      "er niet.",
      "" },
    { "an adjective in a list is no place",
      "Studenten uit België, Frankrijk en Nederlands gebied, of België en Nederlands.",
      "Country:BE@14-21 Country:FR@23-32 Country:BE@58-65" },
    { "treaties of the sea by their short names",
      "Het SOLAS-verdrag en het Internationaal Verdrag voor de beveiliging van mensenlevens op zee gelden.",
      "Law:BWBV0003264@4-17 Law:BWBV0003264@25-91" },
    { "the European Economic Area in compounds", "EER-studenten melden zich via TRACES of RASFF.",
      "Region:europese-economische-ruimte@0-3 Programme:traces@30-36 Programme:rasff@40-45" },
    { "a paper that is told by its ordinal",
      "In de derde voortgangsbrief aanpak criminaliteit en de vierde voortgangsbrief aanpak criminaliteit "
      "staat dit; een eerste verkenning wonen niet.",
      "Document:derde-voortgangsbrief-aanpak-criminaliteit@6-48 "
      "Document:vierde-voortgangsbrief-aanpak-criminaliteit@55-98" },
    { "a programme that is told by its ordinal",
      "Het zevende Nitraatactieprogramma volgt op het zesde Nitraatactieprogramma.",
      "Programme:zevende-nitraatactieprogramma@4-33 Programme:zesde-nitraatactieprogramma@47-74" },
    { "a yearly paper in lower case",
      "De jaarrapportage vreemdelingenketen 2023 en de jaarrapportage vreemdelingenketen 2024 verschillen.",
      "Document:jaarrapportage-vreemdelingenketen-2023@3-41 "
      "Document:jaarrapportage-vreemdelingenketen-2024@48-86" },
    { "a programme in lower case by its matter",
      "Het programma toekomst gevangeniswezen en het programma weerbaar bestuur lopen.",
      "Programme:programma-toekomst-gevangeniswezen@4-38 Programme:programma-weerbaar-bestuur@46-72" },
    { "a quick scan is a paper",
      "De Algemene Rekenkamer publiceerde de Quickscan Huurprijzen en de Rekenkamer zei meer.",
      "Organisation:algemene-rekenkamer@3-22 Document:quickscan-huurprijzen@38-59 "
      "Organisation:algemene-rekenkamer@66-76" },
    { "a title that a note finds on a site",
      "De cijfers staan er.[1] En meer.[2] En ook.[3]\n\n[1] Inspectieresultaten haventransport op "
      "https://www.voorbeeld.nl/x.\n\n[2] Meer informatie is te vinden op https://www.voorbeeld.nl/z\n\n[3] "
      "Vaarregels voor schepen, te vinden op www.voorbeeld.nl/vaarregels",
      "Document:inspectieresultaten-haventransport@52-86 Document:vaarregels-voor-schepen@187-210" },
    { "who holds an office, right behind it",
      "De minister van Defensie Brekelmans sprak met minister van Buitenlandse Zaken Caspar Veldkamp; de "
      "minister van Economische Zaken Nederland niet.",
      "Ministry:def@3-24 Person:brekelmans@25-35 Ministry:bz@46-77 Person:caspar-veldkamp@78-93 "
      "Ministry:ezk@98-128 Country:NL@129-138" },
    { "a middle initial", "De heer Donald J. Jansen sprak met ombudsman Reinier van Zutphen.",
      "Person:donald-j-jansen@8-24 Person:reinier-van-zutphen@45-64" },
    { "who leads", "De Havenlandse leider Pietersma en kinderombudsvrouw Klaassen reageerden.",
      "Person:pietersma@22-31 Person:klaassen@53-61" },
    { "a long form that nobody lists of letters that are listed",
      "De Europese Health Data Space (EHDS) komt. De EHDS helpt.",
      "Law:32025R0327@3-29 Law:32025R0327@31-35 Law:32025R0327@46-50" },
    { "a mission by its name in English",
      "Het rapport van de Fact Finding Mission is uit; de missie van de school niet.",
      "Organisation:fact-finding-mission@19-39" },
    { "a compound before what it pays",
      "Uit de Havenlichtfonds-middelen komt dit; IJmuiden Ver en Hollandse Kust volgen.",
      "Programme:havenlichtfonds@7-22 Region:ijmuiden-ver@42-54 Region:hollandse-kust@58-72" },
};

int main(void)
{
    return run_rows("names of letters", rows, VB_COUNT(rows), NULL, 0);
}
