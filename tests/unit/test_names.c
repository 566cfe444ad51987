/** Unit tests of the names room: gazetteers, offices, persons, titles, shapes, what a document defines. */
#include "tests/unit/mentions.h"

static const struct mention_row rows[] = {
    { "ministry by name", "Het Ministerie van Financiën stuurt een brief.", "Ministry:fin@4-29" },
    { "ministry by abbreviation", "Ambtenaren van VWS en SZW spraken elkaar.",
      "Ministry:vws@15-18 Ministry:szw@22-25" },
    { "office phrase", "Dat heeft de minister van Financiën besloten.", "Ministry:fin@13-36" },
    { "office by abbreviation", "Dat heeft de staatssecretaris van OCW besloten.", "Ministry:ocw@13-37" },
    { "two offices", "Aan de ministers van Defensie en van Buitenlandse Zaken is dit gevraagd.",
      "Ministry:def@7-29 Ministry:bz@37-55" },
    { "portfolio in brackets",
      "Antwoord van minister Jansen (Justitie en Veiligheid), mede namens de minister van Defensie.",
      "Person:jansen@22-28 Ministry:jenv@30-52 Ministry:def@70-91" },
    { "portfolio as a plain word", "De financiën zijn op orde en justitie werkt door.", "" },
    { "foreign ministry", "Het Ministerie van Buitenlandse Zaken van Kenia reageerde.",
      "Organisation:ministerie-van-buitenlandse-zaken-van-kenia@4-47" },
    { "foreign minister", "De Duitse minister van Defensie reageerde.", "" },
    { "member and party", "Vragen van het lid De Vries (PvdA) over het onderwerp.",
      "Person:de-vries@19-27 Party:pvda@29-33" },
    { "members and parties",
      "Vragen van de leden Jansen, Van den Berg en El Amrani (allen SP) over dit onderwerp.",
      "Person:jansen@20-26 Person:van-den-berg@28-40 Person:el-amrani@44-53 Party:sp@61-63" },
    { "initials and a double name", "De brief is van mevrouw A.B. Jansen-de Vries namens allen.",
      "Person:a-b-jansen-de-vries@24-44" },
    { "a surname returns", "De heer Pietersma sprak eerst. Later nam Pietersma weer het woord.",
      "Person:pietersma@8-17 Person:pietersma@41-50" },
    { "a ministry by its name of before 2017", "Het ministerie van Infrastructuur en Milieu en dat van VenJ.",
      "Ministry:ienw@4-43 Ministry:jenv@55-59" },
    { "a portfolio of before 2017", "Antwoord van minister Jansen (Veiligheid en Justitie).",
      "Person:jansen@22-28 Ministry:jenv@30-52" },
    { "ministries that changed names",
      "Ambtenaren van EL&I, EZ, LNV, LVVN, V&J, I&M en OCenW spraken elkaar.",
      "Ministry:ezk@15-19 Ministry:ezk@21-23 Ministry:lvvn@25-28 Ministry:lvvn@30-34 Ministry:jenv@36-39"
      " Ministry:ienw@41-44 Ministry:ocw@48-53" },
    { "an office before its ministry was made",
      "Datum 12 mei 2022\n\nDe minister voor Volkshuisvesting en Ruimtelijke Ordening schreef dit.",
      "Ministry:bzk@22-76" },
    { "an office while its ministry was there",
      "Datum 12 mei 2025\n\nDe minister van Volkshuisvesting en Ruimtelijke Ordening schreef dit.",
      "Ministry:vro@22-75" },
    { "an office after its ministry ended",
      "Datum 12 mei 2026\n\nDe minister van Klimaat en Groene Groei en de minister van Asiel en Migratie.",
      "Ministry:ezk@22-58 Ministry:jenv@65-95" },
    { "a ministry that ended, by its name",
      "Datum 12 mei 2026\n\nHet ministerie van Asiel en Migratie was klein.", "Ministry:aenm@23-55" },
    { "municipalities that merged, under their own names",
      "Datum 12 mei 2024\n\nDe gemeenten Heerhugowaard, Brielle, Landerd en Beemster van toen.",
      "Municipality:GM0398@32-45 Municipality:GM0501@47-54 Municipality:GM1685@56-63"
      " Municipality:GM0370@67-75" },
    { "what they became", "De gemeenten Dijk en Waard, Voorne aan Zee, Maashorst en Land van Cuijk.",
      "Municipality:GM1980@13-26 Municipality:GM1992@28-42 Municipality:GM1991@44-53"
      " Municipality:GM1982@57-71" },
    { "a scheme named as an act is", "Dit volgt uit de Subsidieregeling bakenlicht.",
      "Programme:subsidieregeling-bakenlicht@17-44" },
    { "a version", "Het programma Bakens 2.0 loopt nog.", "Programme:bakens-2-0@14-24" },
    { "a programme after another", "Onder Interreg VI komt meer geld dan onder Interreg.",
      "Programme:interreg-vi@6-17 Programme:interreg@43-51" },
    { "a body after its role, first in a sentence", "Netbeheerder Zonneweide bouwt kabels.",
      "Organisation:zonneweide@13-23" },
    { "a pilot in quotation marks", "Het traject ‘Goed Bezig’ is gestart.", "Programme:goed-bezig@15-25" },
    { "an agreement of a coalition with its years", "Zie het Regeerakkoord 2017-2021 daarover.",
      "Document:regeerakkoord-2017-2021@8-31" },
    { "the last word of the text", "Dat zei het lid Jansen (SP).", "Person:jansen@16-22 Party:sp@24-26" },
    { "a letter by its title", "De Kamerbrief ‘Veilig naar school’ is verstuurd.",
      "Document:veilig-naar-school@17-35" },
    { "an agenda by its title", "De kennisagenda ‘Veilig naar school’ is klaar.",
      "Programme:veilig-naar-school@19-37" },
    { "a member of an article", "Het eerste lid van de Opiumwet geldt.", "Law:BWBR0001941@22-30" },
    { "a president of a chamber", "Later ontving de voorzitter van de Tweede Kamer deze brief.",
      "Organisation:tweede-kamer@35-47" },
    { "municipality", "In Leeuwarden en Zwolle is dit gedaan.",
      "Municipality:GM0080@3-13 Municipality:GM0193@17-23" },
    { "quarter of a municipality", "De wijk ligt in Leeuwarden-Oost volgens de kaart.",
      "Region:leeuwarden-oost@16-31" },
    { "province before", "De provincie Utrecht en de gemeente Utrecht werken samen.",
      "Region:NL-UT@13-20 Municipality:GM0344@36-43" },
    { "an ordinary word is no place", "De gemeente gaat het best goed. Best een mooi idee.", "" },
    { "an ordinary word with context", "In Best en in de gemeente Goes is dit gedaan.",
      "Municipality:GM0753@3-7 Municipality:GM0664@26-30" },
    { "a part of the country", "Bedrijven in Noord-Nederland en de Randstad doen mee.",
      "Region:noord-nederland@13-28 Region:randstad@35-43" },
    { "countries", "Duitsland, Zuid-Korea en Kosovo deden mee.",
      "Country:DE@0-9 Country:KR@11-21 Country:XK@25-31" },
    { "an adjective is no country", "De Duitse en de Zweedse aanpak verschillen.", "" },
    { "generic words are none", "De gemeenten, de scholen en de overheid doen mee.", "" },
    { "the cabinet", "Het kabinet en de politie zetten zich in.",
      "Organisation:rijksoverheid@4-11 Organisation:politie@18-25" },
    { "a foreign cabinet", "De Franse regering en de Duitse politie zetten zich in.", "" },
    { "plural of an abbreviation", "De RIEC's werken samen met het OM.",
      "Organisation:regionaal-informatie-en-expertisecentrum@3-9 Organisation:openbaar-ministerie@31-33" },
    { "a compound", "De NAVO-partners vergaderden.",
      "Organisation:noord-atlantische-verdragsorganisatie@3-7" },
    { "an officer is no unit", "Een ME'er van de Mobiele Eenheid was er bij.",
      "Organisation:mobiele-eenheid@17-32" },
    { "a broken word", "Met Rijkswater-staat is dit besproken.", "Organisation:rijkswaterstaat@4-20" },
    { "hyphen or blank", "Het Trimbos instituut en het Trimbos-instituut zijn één.",
      "Organisation:trimbos-instituut@4-21 Organisation:trimbos-instituut@29-46" },
    { "apposition defines", "Het Landelijk Meldpunt Voorbeelden (LMV) is open. Het LMV werkt goed.",
      "Organisation:landelijk-meldpunt-voorbeelden@4-34 Organisation:landelijk-meldpunt-voorbeelden@36-39 "
      "Organisation:landelijk-meldpunt-voorbeelden@54-57" },
    { "programme by its kind", "Het Actieprogramma Veilige Haven 2023-2026 loopt.",
      "Programme:actieprogramma-veilige-haven-2023-2026@4-42" },
    { "programme by the word before", "Met het project Groene Straat is dit gedaan.",
      "Programme:groene-straat@16-29" },
    { "two bodies joined", "De NZa en het Zorginstituut doen dit.",
      "Organisation:nederlandse-zorgautoriteit@3-6 Organisation:zorginstituut-nederland@14-27" },
    { "law by name", "Dat staat in de Arbeidstijdenwet en de Algemene wet bestuursrecht (Awb).",
      "Law:BWBR0007671@16-32 Law:BWBR0005537@39-65 Law:BWBR0005537@67-70" },
    { "a bill by name", "Het wetsvoorstel Veilige Haven ligt voor.", "Law:wetsvoorstel-veilige-haven@4-30" },
    { "title in quotes", "Kent u het bericht «Brug over de vaart blijft dicht»?",
      "Document:brug-over-de-vaart-blijft-dicht@21-52" },
    { "title with quotes inside", "Kent u het artikel «Burgemeester: «Wij gaan door»» over de brug?",
      "Document:burgemeester-wij-gaan-door@21-52" },
    { "a quoted word is no title", "Dat is een bericht over een zogeheten «plan van aanpak».", "" },
    { "an ambiguous abbreviation", "De Europese Commissie (EC) reageerde. De EC was tevreden.",
      "Organisation:europese-commissie@3-21 Organisation:europese-commissie@23-25 "
      "Organisation:europese-commissie@41-43" },
    { "another name is defined",
      "De Samenhangende Aanpak Havens (hierna: havenaanpak) loopt. De havenaanpak werkt.",
      "Programme:samenhangende-aanpak-havens@3-30 Programme:samenhangende-aanpak-havens@40-51 "
      "Programme:samenhangende-aanpak-havens@63-74" },
    { "two words of abbreviation",
      "Het Interbestuurlijk Programma Veilige Havens (IP VH) loopt. Het IP VH werkt.",
      "Programme:interbestuurlijk-programma-veilige-havens@4-45 "
      "Programme:interbestuurlijk-programma-veilige-havens@47-52 "
      "Programme:interbestuurlijk-programma-veilige-havens@65-70" },
    { "quoted titles in a list", "De projecten ‘Groene Straat’ en ‘Blauwe Gracht’ lopen.",
      "Programme:groene-straat@16-29 Programme:blauwe-gracht@39-52" },
    { "a quoted name in lower case", "Het project “straatnetwerk” loopt goed.",
      "Programme:straatnetwerk@15-28" },
    { "a plan with its aim", "Het Nationaal Actieplan tegen leegstand en verval wordt nu uitgevoerd.",
      "Programme:nationaal-actieplan-tegen-leegstand-en-verval@4-49" },
    { "a European aim", "In de EU-strategie voor de bescherming van oude havens en de brief staat dit.",
      "Programme:eu-strategie-voor-de-bescherming-van-oude-havens@6-54" },
    { "some strategy is none", "Er komt een strategie voor de bescherming van oude havens.", "" },
    { "a name before its kind", "Via de Blauw Alarm app wordt gewaarschuwd.", "Programme:blauw-alarm@7-18" },
    { "a part of a listed programme", "De MIRT-verkenning Brug Oosterdam is begonnen.",
      "Programme:mirt-verkenning-brug-oosterdam@3-33" },
    { "one of a kind", "De vereniging heeft een Dijkonderhoudsplan en haar Scholingsplan klaar.", "" },
    { "a quoted compound", "Dit is de basis voor de ‘havenbeschermingsagenda’ van dit jaar.",
      "Programme:havenbeschermingsagenda@27-50" },
    { "letters that begin words",
      "Het interbestuurlijk programma voor versterking van het stelsel bruggen, oevers en kades (IBP BOK) "
      "loopt. Het IBP BOK werkt.",
      "Programme:interbestuurlijk-programma-voor-versterking-van-het-stelsel-bruggen-oevers-en-kades@4-88 "
      "Programme:interbestuurlijk-programma-voor-versterking-van-het-stelsel-bruggen-oevers-en-kades@90-97 "
      "Programme:interbestuurlijk-programma-voor-versterking-van-het-stelsel-bruggen-oevers-en-kades@110-"
      "117" },
    { "a framework in capitals", "Dat gebeurt in het kader van Fit en Zuinig varen (FZV).",
      "Programme:fit-en-zuinig-varen@29-48 Programme:fit-en-zuinig-varen@50-53" },
    { "programmes in a list", "De programma’s Sterke Haven en Groene Straat lopen.",
      "Programme:sterke-haven@17-29 Programme:groene-straat@33-46" },
    { "a medium and its article",
      "1) Nieuwsblad Haven, 3 mei 2021, Brug over de vaart blijft dicht, https://voorbeeld.nl/a",
      "Organisation:nieuwsblad-haven@3-19 Document:brug-over-de-vaart-blijft-dicht@33-64" },
    { "a place that no list has", "Er is brand geweest in Donkerbroekerveen deze week.",
      "Region:donkerbroekerveen@23-40" },
    { "an adjective is no place", "Er is brand geweest in Nederlandse havens.", "" },
    { "a given name", "Later sprak Jan de Vries met de bewoners.", "Person:jan-de-vries@12-24" },
    { "a body between listed bodies", "Vereniging Eigen Huis, Wonen Samen en Aedes spraken elkaar.",
      "Organisation:vereniging-eigen-huis@0-21 Organisation:wonen-samen@23-34 Organisation:aedes@38-43" },
    { "part of an address", "Kijk op Europa.eu voor de tekst.", "" },
    { "an act that no list has", "Het voorstel Wet veilige havens en vaarten is ingediend.",
      "Law:wet-veilige-havens-en-vaarten@13-42" },
    { "kind words alone are none", "Het Internationaal Verdrag en het Nationaal Programma zijn er.", "" },
    { "one person in two forms", "Later sprak minister Van Dam. Ook de heer P.J. van Dam was er.",
      "Person:p-j-van-dam@21-28 Person:p-j-van-dam@42-54" },
    { "two persons with one surname", "Mevrouw A. Jansen en de heer P. Jansen spraken elkaar.",
      "Person:a-jansen@8-17 Person:p-jansen@29-38" },
    { "the head of government", "De vragen zijn aan de minister-president gesteld.", "Ministry:az@22-40" },
    { "a head of government by name", "Later sprak minister-president Jansen.", "Person:jansen@31-37" },
    { "a yearly paper", "Zie de Miljoenennota 2025 daarover.", "Document:miljoenennota-2025@7-25" },
    { "an act in quotation marks", "Het bericht gaat over de ‘Wet veilige havens’ van dit jaar.",
      "Law:wet-veilige-havens@28-46" },
    { "provinces in a list", "De provincies Drenthe, Groningen en Utrecht werken samen.",
      "Region:NL-DR@14-21 Region:NL-GR@23-32 Region:NL-UT@36-43" },
    { "an ordinary word in a list of places", "De ambulances van Tholen, Reimerswaal en Goes reden uit.",
      "Municipality:GM0716@18-24 Municipality:GM0703@26-37 Municipality:GM0664@41-45" },
    { "not by itself", "De EC was tevreden.", "" },
    { "a party in brackets after a person", "Ook Pietersma (VVD) en De Jong (D66) spraken hierover.",
      "Person:pietersma@4-13 Party:vvd@15-18 Person:de-jong@23-30 Party:d66@32-35" },
    { "two persons with parties in one list",
      "Vragen van de leden lid Pietersma (CDA), Wiardi (D66) en Van Oord (SP) over dit.",
      "Person:pietersma@24-33 Party:cda@35-38 Person:wiardi@41-47 Party:d66@49-52 Person:van-oord@57-65 "
      "Party:sp@67-69" },
    { "a person known from a title",
      "Kent u het bericht «Minister Pietersma weigert de brug»? Dat zei Pietersma zelf.",
      "Document:minister-pietersma-weigert-de-brug@21-55 Person:pietersma@67-76" },
    { "a state secretary of one subject is no person", "Dat heeft de staatssecretaris Jeugd besloten.",
      "Ministry:vws@13-35" },
    { "a double name with a dash",
      "Antwoord van minister Pietersma – van de Brug (Asiel en Migratie) op de vragen.",
      "Person:pietersma-van-de-brug@22-47 Ministry:aenm@49-66" },
    { "an abbreviation links a name spelled otherwise",
      "De Regionale Informatie- en Expertise Centra (RIEC) helpen.",
      "Organisation:regionaal-informatie-en-expertisecentrum@3-44 "
      "Organisation:regionaal-informatie-en-expertisecentrum@46-50" },
    { "an edition is not its series", "In de Klimaat- en Energieverkenning 2021 (KEV) staat dit.",
      "Document:klimaat-en-energieverkenning-2021@6-40 Document:klimaat-en-energieverkenning-2021@42-45" },
    { "an example list", "Bedrijven zoals Voorbeeld en Staalmaker vragen dit.",
      "Organisation:voorbeeld@16-25 Organisation:staalmaker@29-39" },
    { "small words with capitals", "Het Bestuursakkoord Groen Vervoer Per Boot loopt.",
      "Programme:bestuursakkoord-groen-vervoer-per-boot@4-42" },
    { "an Arabic article", "De weg loopt in Wadi al-Brug naar het noorden.", "Region:wadi-al-brug@16-28" },
    { "a coined compound", "Dat staat in de XYZQ-verordening van dit jaar.", "Law:xyzq-verordening@16-32" },
    { "a common compound is none", "Dat staat in het ICT-project van dit jaar.", "" },
    { "a paper with what it is about", "Dat staat in het halfjaarbericht politie van dit jaar.",
      "Document:halfjaarbericht-politie@17-40" },
    { "a plan with what it is about", "Het plan van aanpak sociale veiligheid is klaar.",
      "Programme:plan-van-aanpak-sociale-veiligheid@4-38" },
    { "a kind and a verb", "Het programma loopt en de monitor laat dit zien.", "" },
    { "a kind in lower case opens a name", "De handreiking Veilige Haven is klaar.",
      "Document:handreiking-veilige-haven@3-28" },
    { "an act by its subject", "De Wet veilige havens in balans treedt in werking.",
      "Law:wet-veilige-havens-in-balans@3-31" },
    { "a treaty by its aim", "Het Verdrag inzake de bescherming van havens geldt.",
      "Law:verdrag-inzake-de-bescherming-van-havens@4-44" },
    { "a decision over something is none", "Het Besluit over de haven valt morgen.", "" },
    { "an act in lower case", "Volgens de havenwet mag dat, maar een noodwet is er niet.",
      "Law:havenwet@11-19" },
    { "a committee of a chamber", "De vaste commissie voor OCW vroeg hierom.",
      "Organisation:vaste-commissie-voor-ocw@3-27" },
    { "a province among provinces", "Boeren in Drenthe en Groningen en burgers van Groningen.",
      "Region:NL-DR@10-17 Region:NL-GR@21-30 Municipality:GM0014@46-55" },
    { "the province of the gas", "Na de gaswinning in Groningen kwam herstel.", "Region:NL-GR@20-29" },
    { "a body by what it has", "Het bestuur van Havenzorg sprak en bij Havenzorg is niets bekend.",
      "Organisation:havenzorg@16-25 Organisation:havenzorg@39-48" },
    { "a kind of body is none", "Het bestuur van de VvQ sprak, want een VvQ heeft leden.", "" },
    { "a body after what belongs to it",
      "De conclusies van de Raad en de Ontwerpconclusies van de International Ports Commission gelden.",
      "Organisation:international-ports-commission@57-87" },
    { "the tail of a compound", "In North Harbour Cooperation-verband is dit besproken.",
      "Organisation:north-harbour-cooperation@3-28" },
    { "a whole quotation with marks inside",
      "Kent u het bericht ‘Haven nog dichter: ‘Kommer en kwel’’ van gisteren?",
      "Document:haven-nog-dichter-kommer-en-kwel@22-61" },
    { "a medium by its address", "Kent u het bericht «Haven dicht» (Havenkrant.nl, 3 mei 2021)?",
      "Document:haven-dicht@21-32 Organisation:havenkrant-nl@36-49" },
    { "a plural with en", "De GGD en de GGD'en doen dit.",
      "Organisation:gemeentelijke-gezondheidsdienst@3-6 "
      "Organisation:gemeentelijke-gezondheidsdienst@13-19" },
    { "the marks that end a name", "De SDE++ helpt, zegt Ieder(in) nu.",
      "Programme:sde@3-8 Organisation:ieder-in@21-30" },
    { "without the mark it is another", "Dat staat bij Erasmus in het boek.", "" },
    { "an act of another year", "De Wet wapens en munitie 2031 is niet de Wet wapens en munitie.",
      "Law:wet-wapens-en-munitie-2031@3-29 Law:BWBR0008804@41-62" },
    { "a project in lower case", "Het project Versterking havencapaciteit wordt uitgevoerd.",
      "Programme:versterking-havencapaciteit@12-39" },
    { "a project and a verb", "Het project Havenzicht loopt dit jaar.", "Programme:havenzicht@12-22" },
    { "a scheme in lower case", "De subsidieregeling Versterking vaardigheden loopt.",
      "Programme:subsidieregeling-versterking-vaardigheden@3-44" },
    { "a project of a listed programme", "Het Nationaal Groeifonds-project Havenzicht loopt.",
      "Programme:nationaal-groeifonds@4-24 Programme:havenzicht@33-43" },
    { "a year in brackets", "Zie het Havens Gap Report 2024 (2024) daarover.",
      "Document:havens-gap-report-2024@8-30" },
    { "a court and its city", "De rechtbank in Den Haag en het gerechtshof 's-Gravenhage oordeelden.",
      "Organisation:rechtbank-den-haag@3-24 Organisation:gerechtshof-den-haag@32-57" },
    { "a guideline of a chain", "Dat staat in de ketenrichtlijn Zorg Zeevarenden.",
      "Document:ketenrichtlijn-zorg-zeevarenden@16-47" },
    { "a plan of a place", "Dat staat in het winningsplan Norg Gas.",
      "Document:winningsplan-norg-gas@17-38" },
    { "a newspaper without its role", "Dat schreef het dagblad Trouw gisteren.", "Organisation:trouw@24-29" },
    { "what leads to a title",
      "Antwoord.[1]\n\n[1] NOS, 3 mei 2021, Zoals bij de zaak-Jansen: Havens gaan dicht voor schepen",
      "Organisation:nederlandse-omroep-stichting@18-21 Document:havens-gaan-dicht-voor-schepen@61-91" },
    { "a title and its address",
      "Antwoord.[1]\n\n[1] NOS, 3 mei 2021, Havens gaan dicht voor schepen (nos.nl/artikel/123).",
      "Organisation:nederlandse-omroep-stichting@18-21 Document:havens-gaan-dicht-voor-schepen@35-65" },
    { "a firm by its form", "Daar is Haven Zorg B.V. failliet en Kade Techniek NV niet.",
      "Organisation:haven-zorg@8-23 Organisation:kade-techniek@36-52" },
    { "a committee and its chair", "Dat zei de commissie Van der Haven II en de commissie-De Kade.",
      "Organisation:commissie-van-der-haven-ii@11-37 Organisation:commissie-de-kade@44-61" },
    { "a day and a sentence cite nothing",
      "Ik zag de Raad Algemene Zaken van 20 mei 2025. Met deze brief geef ik daaraan invulling.",
      "Organisation:raad-algemene-zaken@10-29" },
    { "a name goes on after an apostrophe", "Dat zei minister Ha'ven gisteren.", "Person:ha-ven@17-23" },
    { "a bill in lower case", "Het wetsvoorstel Vrije en veilige havens ligt voor.",
      "Law:wetsvoorstel-vrije-en-veilige-havens@4-40" },
    { "an act with a shared part", "De Wet integere haven- en kadebedrijven (Wihk) geldt.",
      "Law:wet-integere-haven-en-kadebedrijven@3-39 Law:wet-integere-haven-en-kadebedrijven@41-45" },
    { "a year ends an act", "De Sanctieregeling Havenland 2014 en het pakket gelden.",
      "Law:sanctieregeling-havenland-2014@3-33" },
    { "letters in another order", "Het programma Local Harbours for Development in Kadeland (LKHD) loopt.",
      "Programme:local-harbours-for-development-in-kadeland@14-56 "
      "Programme:local-harbours-for-development-in-kadeland@58-62" },
    { "a function word opens a sentence", "Uit de Monitor Havenzorg blijkt dat.",
      "Document:monitor-havenzorg@7-24" },
    { "an edition by its abbreviation", "De KEV 2031 is de Klimaat- en Energieverkenning 2031.",
      "Document:klimaat-en-energieverkenning-2031@3-11 Document:klimaat-en-energieverkenning-2031@18-52" },
    { "a board that every body has", "Het College van Bestuur en de Raad van Toezicht spraken.", "" },
    { "a gezant is no place", "De gezant voor de Sahel, Emmanouela Del Kade, sprak.", "Region:sahel@18-23" },
    { "a study of a ministry", "Zie het Verantwoordingsonderzoek Ministerie van Defensie 2031 daarvoor.",
      "Document:verantwoordingsonderzoek-ministerie-van-defensie-2031@8-61" },
    { "an office and its place", "Dat zei burgemeester Pietersma van Arnhem gisteren.",
      "Person:pietersma@21-30 Municipality:GM0202@35-41" },
    { "a given name before a surname that is a place", "Dat zei burgemeester Jan van Delft gisteren.",
      "Person:jan-van-delft@21-34" },
    { "a report by its authors and year",
      "Kent u dit onderzoek? 1)\n\n1) Jansen, P., & De Vries, A. (2023). Wonen aan het water. Utrecht: "
      "Voorbeeld.",
      "Document:wonen-aan-het-water@64-83 Municipality:GM0344@85-92" },
};

/** Mentions stand in order, overlap nowhere and stay inside a block. */
static void mentions_are_sound(void **state)
{
    static const char text[] =
        "Vragen van het lid Jansen (VVD) over het bericht «Minister van Defensie in Leeuwarden».\n\n"
        "De Minister van Defensie (VVD) en de NAVO en de gemeente Leeuwarden-Oost.\n\n"
        "Landelijk Meldpunt Voorbeelden (LMV) (LMV) LMV's motie-Jansen/De Vries c.s.";
    vb_analysis a;
    (void)state;
    name_text(text, &a);
    assert_true(a.mentions.len > 6);
    for (size_t i = 0; i < a.mentions.len; i++) {
        const vb_named *m = &a.mentions.at[i];
        const vb_block *block = &a.view.blocks[m->block];
        assert_true(m->start < m->end && m->entity < a.entities.len);
        assert_true(m->start >= block->start && m->end <= block->end);
        assert_true(!i || a.mentions.at[i - 1].end <= m->start);
        assert_true(m->rule && *m->rule);
    }
    vb_analysis_clear(&a);
}

/** An entity of a gazetteer has its other names, and a municipality lies in its province. */
static void entities_know_more(void **state)
{
    vb_analysis a;
    bool om = false, lies = false;
    (void)state;
    name_text("Het Openbaar Ministerie in Leeuwarden is klein.", &a);
    for (size_t i = 0; i < a.entities.len; i++) {
        const vb_entity *e = &a.entities.at[i];
        for (size_t k = 0; k < e->aliases.len; k++) om |= vb_str_eq(e->aliases.at[k], VB_STR("OM"));
        if (vb_str_eq(e->key, VB_STR("GM0080")))
            lies = e->part_of != VB_NONE && vb_str_eq(a.entities.at[e->part_of].key, VB_STR("NL-FR"));
    }
    assert_true(om);
    assert_true(lies);
    vb_analysis_clear(&a);
}

/** Hostile text: bad lengths, open quotes, long runs of names; nothing but an end is asked. */
static void hostile_text_ends(void **state)
{
    static const char *const pieces[] = {
        "«",    "(",    "Van de ", "motie ", "minister van ", "A.B.",
        "\x01", "Wet ", "’",       "2024, ", "(NCSC) ",       "art. 1 en "
    };
    (void)state;
    for (size_t p = 0; p < VB_COUNT(pieces); p++) {
        vb_analysis a;
        vb_buf text = { 0 };
        for (size_t i = 0; i < 20000; i++) assert_int_equal(vb_buf_add(&text, vb_str_of(pieces[p])), VB_OK);
        name_text(text.at, &a);
        vb_analysis_clear(&a);
        vb_buf_clear(&text);
    }
}

/** The document's key is its number, or the slug of its file's name. */
static void the_key_is_the_file_stem(void **state)
{
    vb_analysis a;
    (void)state;
    name_text("Een brief zonder nummer.", &a);
    assert_true(vb_str_eq(a.key, VB_STR("test")));
    vb_analysis_clear(&a);
}

int main(void)
{
    const struct CMUnitTest rest[] = { cmocka_unit_test(mentions_are_sound),
                                       cmocka_unit_test(hostile_text_ends),
                                       cmocka_unit_test(entities_know_more),
                                       cmocka_unit_test(the_key_is_the_file_stem) };
    return run_rows("names", rows, VB_COUNT(rows), rest, VB_COUNT(rest));
}
