"""A corpus of any size: letters to parliament, questions and answers, put together from sentences of our own.

    corpus.py FOLDER NUMBER [SEED]     writes FOLDER/000/000000.txt ...; letter N is the same whatever NUMBER is

For measuring, not for scores: what it says is invented. What costs a store time is as in real letters, and spread.py
holds the two side by side: lengths (log-normal, half of them under four kilobytes, one in a hundred over forty), how
often a letter names something, how many of the names are new (Zipf's law over hundreds of thousands of made names: most
are in one letter only, a few in every tenth, and new ones keep coming), how many words are new, citations of earlier
letters and of papers that nobody loads, dates over eleven years with a summer recess. One file in fifty is an earlier
letter once more, laid out otherwise; one in twenty-five is last year's letter with other figures.
"""
import datetime
import math
import os
import random
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "loaders", "gazetteer")
MINISTRIES = [
    ("Justitie en Veiligheid", 29279), ("Volksgezondheid, Welzijn en Sport", 32793),
    ("Onderwijs, Cultuur en Wetenschap", 31293), ("Infrastructuur en Waterstaat", 27625),
    ("Sociale Zaken en Werkgelegenheid", 29544), ("Financiën", 32140), ("Defensie", 27830),
    ("Buitenlandse Zaken", 32623), ("Asiel en Migratie", 19637), ("Klimaat en Groene Groei", 32813),
    ("Economische Zaken", 32637), ("Landbouw, Visserij, Voedselzekerheid en Natuur", 33576),
]
PARTIES = "VVD D66 CDA SP PVV SGP Volt ChristenUnie GroenLinks-PvdA BBB NSC DENK".split()
FIRST = "Eerlijk Samen Sterk Veilig Gezond Duurzaam Schoon Groen Slim Snel Open Nieuw Vitaal Warm Digitaal Gelijk".split()
SECOND = "Wonen Werken Leren Water Wijken Verkeer Vervoer Zorg Bodem Lucht Energie Opvang Sport Start Land Platteland".split()
STEM = "Aal Berk Brand Dijk Duin Eik Geest Heide Hoek Horst Kamp Kroon Linde Molen Oever Polder Rijs Stee Veen Wiel".split()
TAIL = "aard berg beek bosch burg dam donk eind gaard hof huis laar man meer mond sma stede stra veld wijk zicht".split()
BEFORE = ["", "Van ", "De ", "Van der ", "Van den ", "Ter "]
BODIES = ["Stichting", "Vereniging", "Coöperatie", "Regionaal Overleg", "Expertisecentrum", "Fonds", "Platform"]
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
BUSY = [6, 8, 9, 8, 9, 12, 5, 2, 8, 10, 11, 12]  # letters a month; July and August are the recess
PARTS = ("afval arbeid bedrijf belasting bescherming bodem bouw burger dienst energie fiets geld gemeente gezin grond "
         "handel haven huis inkomen jeugd kennis klimaat kosten kust land leer lucht markt natuur onderwijs personeel "
         "plan prijs recht reis risico school spoor sport stad steun stroom tarief toets toezicht vee veiligheid vergoeding "
         "verkeer vervoer water weg welzijn werk wijk woning zee zorg").split()
LASTS = ("aanbod aanpak aanvraag advies afspraak bedrag beeld beheer beleid beoordeling bestand bijdrage budget capaciteit "
         "cijfer controle doel gebied gebruik gevolg groei groep heffing keten kwaliteit maatregel meting middel model "
         "norm onderzoek opgave overleg plan plicht praktijk proces project raming regeling registratie resultaat ruimte "
         "schade situatie stelsel systeem tekort termijn traject uitvoering verbetering vraag wens").split()
FILLER = [
    "Het is van belang dat de {w} en de {w2} in goed overleg met alle betrokkenen plaatsvinden.",
    "De komende periode wordt bezien welke {w} nodig is en wat die voor de {w2} kost.",
    "Uit de cijfers over de {w} blijkt dat het aantal meldingen over {w2} met {n} is gedaald.",
    "Daarbij geldt dat de privacy van betrokkenen voorop staat, ook bij {w}, {w2} en {w3}.",
    "De evaluatie laat zien dat de doelen grotendeels zijn bereikt, maar dat de {w} beter kan.",
    "Op dit moment zijn er geen signalen dat het {w} door {w2} wordt overschreden.",
    "Deze vraag kan ik niet met ja of nee beantwoorden, omdat de {w} per {w2} verschilt.",
    "Ik hecht eraan te benadrukken dat iedere {w} op zichzelf wordt beoordeeld.",
    "Over de voortgang van de {w} ontvangt uw Kamer voor het einde van het jaar een brief over {w2}.",
    "In het debat is gevraagd naar de gevolgen van {w} voor de {w2}; daarop ga ik hieronder in.",
    "De {w} bedroeg in {year} gemiddeld {n} euro per {w2}, tegen {n2} euro een jaar eerder.",
    "Daarmee wordt voorkomen dat {w} en {w2} elkaar in de weg zitten.",
    "Hoewel de {w} onder druk staat, zie ik in de {w2} geen aanleiding voor aanvullend beleid.",
    "Een deel van de {w} is het gevolg van een eerdere keuze om de {w2} te vereenvoudigen.",
    "Ja.", "Zie het antwoord op de vorige vraag.",
]
SAYINGS = [  # how often of a hundred, and what
    (2, "De gemeenten {m}, {m2} en {m3} nemen sinds {year} deel aan het programma {p}."),
    (2, "{o} voert het programma {p} uit in opdracht van het ministerie van {ministry}."),
    (2, "Het programma {p} wordt gefinancierd door het ministerie van {ministry}."),
    (5, "{o} werkt samen met {o2} aan een aanpak voor {m}."),
    (7, "Op grond van artikel {n}, eerste lid, van de {law} is de gemeente {m} daarvoor verantwoordelijk."),
    (6, "De {law} biedt hiervoor volgens {person} van {local} voldoende ruimte."),
    (5, "{o} heeft in het rapport ‘{title}’ aanbevolen om de {w} eerder te bezien."),
    (7, "De motie van het lid {person} ({party}) verzoekt het kabinet daarin te voorzien ({paper})."),
    (7, "Ik heb {o} gevraagd de cijfers voor {m} en {m2} uit te splitsen."),
    (2, "{o} houdt toezicht op de naleving van de {law}."),
    (7, "In {m} is {local} gestart met een proef, met steun van {o2}."),
    (4, "Mijn ministerie ondersteunt {local} daarbij met een bijdrage van {n} miljoen euro."),
    (3, "De gemeente {m} doet niet mee aan {p}, omdat de {w} daar achterblijft."),
    (12, "Zie ook de brief van {date} over de {w} ({paper})."),
    (9, "Dit is eerder aan uw Kamer gemeld ({paper})."),
    (7, "Volgens {local} speelt dit ook bij {o} en in {m}."),
    (6, "De leden {person} ({party}) en {person2} ({party2}) hebben hiernaar gevraagd."),
    (7, "Deze opgave raakt ook het werk van {person}, {local} en {o}."),
]
ODDS = [odds for odds, _ in SAYINGS]


def column(name, at=1, least=4):
    """A column of a gazetteer, comments and short names left out."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and line[0] != "#"]
    return [row[at] for row in rows if len(row) > at and len(row[at]) >= least and row[at][0].isupper()]


def rank(rng, most):
    """A rank with the odds of Zipf's law: log-uniform from 0 to most - 1."""
    return int(most ** rng.random()) - 1


def digits(n, *sizes):
    """n in a number system of these sizes, the last place without end: what a made name is put together from."""
    for size in sizes:
        yield n % size
        n //= size
    yield n


class Names:
    """Real names of the gazetteers, and made ones without end; the least ranks are the simplest."""

    def __init__(self):
        self.municipalities = column("municipalities.tsv")
        self.organisations = column("organisations.tsv") + column("organisations_more.tsv")
        self.laws = [law for law in column("laws.tsv") if law.endswith("wet")]

    @staticmethod
    def of(rng, names):
        return names[rank(rng, len(names)) * 7919 % len(names)]

    @staticmethod
    def programme(rng):
        a, b, year = digits(rank(rng, 4000), len(FIRST), len(SECOND))
        return "%s %s" % (FIRST[a], SECOND[b]) + (" %d" % (2020 + year) if year else "")

    @staticmethod
    def person(rng, most=200000):
        a, b, before, c, d = digits(rank(rng, most), len(STEM), len(TAIL), len(BEFORE), len(STEM) + 1)
        return BEFORE[before] + STEM[a] + TAIL[b] + ("-%s%s" % (STEM[c - 1], TAIL[d % len(TAIL)]) if c else "")

    @staticmethod
    def local(rng):
        a, b, body, c = digits(rank(rng, 100000), len(STEM), len(TAIL), len(BODIES))
        return "%s %s%s" % (BODIES[body], STEM[a], TAIL[b]) + (" %s" % FIRST[c % len(FIRST)] if c else "")

    @staticmethod
    def word(rng):
        """A compound as Dutch makes them, of two parts or three; rare ones more often than names."""
        a, b, c = digits(int((len(PARTS) ** 2 * len(LASTS)) ** rng.random() ** 0.6) - 1, len(PARTS), len(LASTS))
        return PARTS[a] + (PARTS[(c - 1) % len(PARTS)] if c and c % len(PARTS) != a else "") + LASTS[b]


# ---- where a letter stands in time, and what it cites ------------------------------------------------------


def day_of(rng, i):
    year, month = 2015 + i % 11, rng.choices(range(12), BUSY)[0]
    return datetime.date(year, month + 1, rng.randrange(1, 29))


def said(day):
    return "%d %s %d" % (day.day, MONTHS[day.month - 1], day.year)


def session(day):
    first = day.year if day.month >= 9 else day.year - 1
    return first, first + 1


def dossier(i):
    """The dossier and the number in it that letter i has: 240 dossiers, of twelve ministries."""
    return MINISTRIES[i % 12][1] + i // 12 % 20, i // 240 + 1


def paper(rng, i):
    """One time in three an earlier letter of the corpus, else a paper that is not loaded."""
    if i and rng.random() < 0.35:
        number = dossier(i - 1 - rank(rng, i))
    else:
        number = 28000 + rank(rng, 7000), 2000 + rank(rng, 900)
    year = 2014 + rng.randrange(11)
    return "Kamerstukken II %d/%02d, %d, nr. %d" % (year, (year + 1) % 100, *number)


# ---- sentences, paragraphs, letters ------------------------------------------------------------------------


class Slots(dict):
    """What fills the {} of a letter's sentences: a letter keeps to its names and repeats them, its words less so."""

    def __init__(self, names, rng, i):
        date = lambda: said(day_of(rng, i))
        kinds = {
            "m": (0.6, lambda: names.of(rng, names.municipalities)), "o": (0.55, lambda: names.of(rng, names.organisations)),
            "p": (0.6, lambda: names.programme(rng)), "law": (0.6, lambda: names.of(rng, names.laws)),
            "local": (0.7, lambda: names.local(rng)), "person": (0.6, lambda: names.person(rng)),
            "paper": (0.1, lambda: paper(rng, i)), "w": (0.1, lambda: names.word(rng)), "date": (0.3, date),
            "party": (0, lambda: rng.choice(PARTIES)), "ministry": (0.7, lambda: rng.choice(MINISTRIES)[0]),
            "title": (0, lambda: "%s %s" % (rng.choice(FIRST), rng.choice(SECOND).lower())),
            "n": (0, lambda: rng.randrange(1, 400)), "year": (0, lambda: 2015 + i % 11),
        }
        self.kinds, self.rng, self.used = kinds, rng, {kind: [] for kind in kinds}

    def __missing__(self, key):
        """{m2} is another {m}; in one sentence the same slot says the same."""
        kind = key.rstrip("23")
        again, new = self.kinds[kind]
        used = self.used[kind]
        if not used or self.rng.random() >= again:
            used.append(new())
            return used[-1]
        return self.rng.choice(used)

    def fill(self, text):
        return text.format_map(self)


def paragraph(slots, rng):
    sentences = (rng.choices(SAYINGS, ODDS)[0][1] if rng.random() < 0.29 else rng.choice(FILLER)
                 for _ in range(rng.randrange(2, 7)))
    return " ".join(map(slots.fill, sentences))


def paragraphs(names, rng, i):
    """A log-normal number of them, a dozen on average."""
    n = min(120, 1 + int(math.exp(rng.gauss(2.15, 0.95))))
    slots = Slots(names, rng, i)
    return [paragraph(slots, rng) for _ in range(n)]


def answer(names, rng, i, body):
    day = day_of(rng, i)
    ministry, person = MINISTRIES[i % 12][0], names.person(rng, 300)
    asked = day - datetime.timedelta(days=rng.randrange(14, 60))
    lines = ["AH %d" % (i + 1), "%dZ%05d" % (asked.year, i % 100000), "",
             "Vragen van het lid %s (%s) aan de minister van %s over de %s (ingezonden %s)." %
             (names.person(rng, 900), rng.choice(PARTIES), ministry, names.word(rng), said(asked)), "",
             "Antwoord van minister %s (%s) (ontvangen %s)" % (person, ministry, said(day)), ""]
    for n, text in enumerate(body, 1):
        lines += ["Vraag %d" % n, "Kunt u aangeven hoe het staat met de %s?" % names.word(rng), "",
                  "Antwoord op vraag %d" % n, text, ""]
    return lines


def letter(names, rng, i, body):
    ministry, person = MINISTRIES[i % 12][0], names.person(rng, 300)
    lines = ["Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", "", "Datum %s" % said(day_of(rng, i)),
             "Betreft Stand van zaken %s" % names.word(rng), "", "Geachte voorzitter,", ""]
    for text in body:
        lines += [text, ""]
    lines += ["Hoogachtend,", "", "De minister van %s," % ministry, person, ""]
    return lines + (["kst-%d-%d" % dossier(i), ""] if i % 8 else [])  # one in eight has no number


def text_of(names, i, seed):
    """The lines of letter i: its own, those of an earlier one once more, or last year's with other figures."""
    rng = random.Random(seed * 1000003 + i)
    if i > 100 and i % 50 == 49:  # the same letter in another file: some empty lines are gone
        lines = text_of(names, i - 1 - rng.randrange(48), seed)
        return [line for line in lines if line or rng.random() < 0.9]
    former = i - 11 * 25
    body = paragraphs(names, rng, i)
    if former > 0 and i % 25 == 12:
        body = paragraphs(names, random.Random(seed * 1000003 + former), former)[:-1] + body[:1]
    return (answer if i % 2 else letter)(names, rng, i, body)


def main():
    folder, number = sys.argv[1], int(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    names = Names()
    for i in range(number):
        where = os.path.join(folder, "%03d" % (i // 1000))
        if i % 1000 == 0:
            os.makedirs(where, exist_ok=True)
        with open(os.path.join(where, "%06d.txt" % i), "w", encoding="utf-8") as file:
            file.write("\n".join(text_of(names, i, seed)))


if __name__ == "__main__":
    main()
