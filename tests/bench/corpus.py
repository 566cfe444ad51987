"""A corpus of any size: letters to parliament and answers to questions, put together from sentences of our own.

    corpus.py FOLDER NUMBER [SEED]     writes FOLDER/000/000000.txt ...; letter N is the same whatever NUMBER is

For measuring, not for scores: what it says is invented. Names are real (municipalities, organisations and laws of the
gazetteers) and made up (programmes, persons, local bodies), frequent and rare as in real text: a few are in every tenth
letter, most in a handful, and new ones keep coming as the corpus grows (Heaps' law, exponent a half).
"""
import os
import random
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "loaders", "gazetteer")
MINISTRIES = [
    ("Justitie en Veiligheid", "JenV", "29279"), ("Volksgezondheid, Welzijn en Sport", "VWS", "32793"),
    ("Onderwijs, Cultuur en Wetenschap", "OCW", "31293"), ("Infrastructuur en Waterstaat", "IenW", "27625"),
    ("Sociale Zaken en Werkgelegenheid", "SZW", "29544"), ("Financiën", "Financiën", "32140"),
    ("Defensie", "Defensie", "27830"), ("Buitenlandse Zaken", "BZ", "32623"), ("Asiel en Migratie", "AenM", "19637"),
    ("Klimaat en Groene Groei", "KGG", "32813"), ("Economische Zaken", "EZ", "32637"),
    ("Landbouw, Visserij, Voedselzekerheid en Natuur", "LVVN", "33576"),
]
PARTIES = ["VVD", "D66", "CDA", "SP", "PVV", "SGP", "Volt", "ChristenUnie", "GroenLinks-PvdA", "BBB", "NSC", "DENK"]
FIRST = "Eerlijk Samen Sterk Veilig Gezond Duurzaam Schoon Groen Slim Snel Open Nieuw Vitaal Warm Digitaal Gelijk".split()
SECOND = "Wonen Werken Leren Water Wijken Verkeer Vervoer Zorg Bodem Lucht Energie Opvang Sport Start Land Platteland".split()
STEM = "Aal Berk Brand Dijk Duin Eik Geest Heide Hoek Horst Kamp Kroon Linde Molen Oever Polder Rijs Stee Veen Wiel".split()
TAIL = "aard berg beek bosch burg dam donk eind gaard hof huis laar man meer mond sma stede stra veld wijk zicht".split()
MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()
FILLER = [
    "Het is van belang dat de uitvoering in goed overleg met alle betrokkenen plaatsvindt.",
    "De komende periode wordt bezien welke aanvullende maatregelen nodig zijn en wat die kosten.",
    "Uit de cijfers over het afgelopen jaar blijkt dat het aantal meldingen licht is gedaald.",
    "Daarbij geldt dat de privacy van betrokkenen steeds voorop staat, ook wanneer gegevens worden gedeeld.",
    "De evaluatie laat zien dat de doelen grotendeels zijn bereikt, maar dat de doorlooptijd beter kan.",
    "Op dit moment zijn er geen signalen dat het beschikbare budget wordt overschreden.",
    "Deze vraag kan ik niet met een eenvoudig ja of nee beantwoorden, omdat de situatie per regio verschilt.",
    "Ik hecht eraan te benadrukken dat ieder geval op zichzelf wordt beoordeeld.",
    "Over de voortgang ontvangt uw Kamer voor het einde van het jaar een nadere brief.",
    "In het debat is gevraagd naar de gevolgen voor kleine ondernemers; daarop ga ik hieronder in.",
]
SAYINGS = [
    "De gemeenten {m}, {m2} en {m3} nemen sinds {year} deel aan het programma {p}.",
    "{o} voert het programma {p} uit in opdracht van het ministerie van {ministry}.",
    "Het programma {p} wordt gefinancierd door het ministerie van {ministry}.",
    "{o} werkt samen met {o2} aan een aanpak voor {m}.",
    "Op grond van artikel {n}, eerste lid, van de {law} is de gemeente {m} daarvoor verantwoordelijk.",
    "{o} heeft in het rapport ‘{title}’ aanbevolen om eerder in te grijpen.",
    "De motie van het lid {person} ({party}) verzoekt het kabinet daarin te voorzien (Kamerstukken II {session}, {dossier}, nr. {n}).",
    "Ik heb {o} gevraagd de cijfers voor {m} en {m2} uit te splitsen.",
    "{o} ({short}) houdt toezicht op de naleving van de {law}.",
    "In {m} is {local} gestart met een proef, met steun van {o2}.",
    "Mijn ministerie ondersteunt {local} daarbij met een bijdrage van {n} miljoen euro.",
    "De gemeente {m} doet niet mee aan {p}, omdat het aantal aanvragen daar achterblijft.",
    "Zie ook de brief van {day} {month} {year} over {p} (Kamerstukken II {session}, {dossier}, nr. {n2}).",
]


def column(name, at=1, least=4):
    """A column of a gazetteer, comments and short names left out."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and line[0] != "#"]
    return [row[at] for row in rows if len(row) > at and len(row[at]) >= least and row[at][0].isupper()]


class Names:
    def __init__(self):
        self.municipalities = column("municipalities.tsv")
        self.organisations = column("organisations.tsv")
        self.laws = [law for law in column("laws.tsv") if law.endswith("wet")][:600]

    @staticmethod
    def rank(rng, most):
        """A rank with the odds of Zipf's law: log-uniform from 1 to most."""
        return int(most ** rng.random())

    def of(self, rng, names):
        return names[self.rank(rng, len(names)) * 7919 % len(names)]

    @staticmethod
    def made(n, first, second):
        return first[n % len(first)], second[n // len(first) % len(second)], n // (len(first) * len(second))

    def programme(self, rng, upto):
        a, b, more = self.made(self.rank(rng, upto), FIRST, SECOND)
        return "%s %s" % (a, b) + (" %d" % (2020 + more) if more else "")

    def surname(self, rng, upto):
        a, b, more = self.made(self.rank(rng, upto), STEM, TAIL)
        return ("Van " if more % 2 else "") + a + b + ("-" + STEM[more % len(STEM)] + "sma" if more > 1 else "")

    def local(self, rng, upto):
        a, b, more = self.made(self.rank(rng, upto), STEM, TAIL)
        return "Stichting %s%s" % (a, b) + (" %s" % FIRST[more % len(FIRST)] if more else "")


def saying(names, rng, i):
    upto = 40 + int(6 * (i + 1) ** 0.5)
    year = 2015 + i % 11
    organisation = names.of(rng, names.organisations)
    words = organisation.split()
    ministry = MINISTRIES[rng.randrange(len(MINISTRIES))]
    return rng.choice(SAYINGS).format(
        m=names.of(rng, names.municipalities), m2=names.of(rng, names.municipalities),
        m3=names.of(rng, names.municipalities), o=organisation, o2=names.of(rng, names.organisations),
        short="".join(w[0] for w in words if w[0].isupper()) + "-N" if len(words) > 1 else organisation[:3].upper() + "N",
        p=names.programme(rng, upto), law=names.of(rng, names.laws), local=names.local(rng, upto),
        person=names.surname(rng, upto), party=rng.choice(PARTIES), ministry=ministry[0], dossier=ministry[2],
        title="%s %s in beeld" % (rng.choice(FIRST), rng.choice(SECOND).lower()), n=rng.randrange(1, 400),
        n2=rng.randrange(1, 900), day=rng.randrange(1, 29), month=rng.choice(MONTHS), year=year,
        session="%d/%02d" % (year, (year + 1) % 100))


def letter(names, i, seed):
    rng = random.Random(seed * 1000003 + i)
    paragraph = lambda: " ".join(
        saying(names, rng, i) if rng.random() < 0.4 else rng.choice(FILLER) for _ in range(rng.randrange(3, 8)))
    ministry, _, dossier = rng.choice(MINISTRIES)
    person = names.surname(rng, 200)
    date = "%d %s %d" % (rng.randrange(1, 29), rng.choice(MONTHS), 2015 + i % 11)
    if i % 3:
        lines = ["AH %d" % (i + 1), "", "Antwoord van minister %s (%s) (ontvangen %s)" % (person, ministry, date), ""]
        for n in range(1, rng.randrange(3, 9)):
            lines += ["Vraag %d" % n, "Kunt u aangeven hoe het staat met %s?" % names.programme(rng, 60), "",
                      "Antwoord op vraag %d" % n, paragraph(), ""]
    else:
        lines = ["Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "", "Datum %s" % date,
                 "Betreft %s, stand van zaken %d" % (names.programme(rng, 60), i), "", "Geachte voorzitter,", ""]
        for _ in range(rng.randrange(4, 12)):
            lines += [paragraph(), ""]
        lines += ["Hoogachtend,", "", "De minister van %s," % ministry, person]
    return "\n".join(lines) + "\n"


def main():
    folder, number = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    names = Names()
    for i in range(number):
        where = os.path.join(folder, "%03d" % (i // 1000))
        if i % 1000 == 0:
            os.makedirs(where, exist_ok=True)
        with open(os.path.join(where, "%06d.txt" % i), "w", encoding="utf-8") as file:
            file.write(letter(names, i, seed))


if __name__ == "__main__":
    main()
