#!/usr/bin/env python3
"""Many wordings of each kind of question over the graph of the sample letters: paraphrase.py VERBAND STORE

Each row below is openCypher that finds the answer, and ways to ask for it; openings and slips are put before and into
them. Counted are answers that are right, that are not given, and that are wrong; the query that an answer says it became must
find the same things. Questions without an answer must get none. Exit 1 below RIGHT or above WRONG.
"""
import json, subprocess, sys

RIGHT, WRONG = 0.95, 0.01
OPENINGS = {
    "nl": ["", "Weet je ", "Kun je me vertellen ", "Ik zou graag willen weten ", "Goedemiddag, zou u mij kunnen zeggen "],
    "en": ["", "Do you know ", "Could you please tell me ", "I would like to know ", "Hello, can you tell me "],
}
OF = "MATCH (n)-[:%s]->(m {name: '%s'}) RETURN DISTINCT n.key"
TO = "MATCH (m {name: '%s'})-[:%s]->(n) RETURN DISTINCT n.key"
IN = "MATCH (n:Municipality)-[:PARTICIPATES_IN]->({name: '%s'}) WHERE EXISTS { MATCH (n)-[:PART_OF]->({name: '%s'}) } RETURN n.key"
ROWS = [  # language, openCypher, wordings; those with "*" are asked in the word order of a clause and take openings
    ("nl", OF.replace("(n)", "(n:Municipality)") % ("PARTICIPATES_IN", "Aardgasvrij Vooruit"), [
        "Welke gemeenten doen mee aan Aardgasvrij Vooruit?", "*welke gemeenten meedoen aan Aardgasvrij Vooruit?",
        "*welke gemeenten deelnemen aan Aardgasvrij Vooruit?", "*welke gemeenten bij Aardgasvrij Vooruit zijn aangesloten?",
        "Welke gemeenten zijn er aangesloten bij Aardgasvrij Vooruit?", "Welke gemeenten zitten in Aardgasvrij Vooruit?",
        "Noem alle gemeenten die aan Aardgasvrij Vooruit deelnemen.", "Welke aan Aardgasvrij Vooruit deelnemende gemeenten zijn er?",
        "Zijn er gemeenten die meedoen aan Aardgasvrij Vooruit, en zo ja welke?", "welke gemeentes doen mee aan aardgasvrij vooruit",
        "Welke gemeentebesturen werken mee aan Aardgasvrij Vooruit?", "Gemeenten die meedoen aan Aardgasvrij Vooruit",
        "Welke gemeenten nemen deel aan Aardgasvrij Vooriut?", "Bij Aardgasvrij Vooruit, welke gemeenten doen daar mee?"]),
    ("en", OF.replace("(n)", "(n:Municipality)") % ("PARTICIPATES_IN", "Aardgasvrij Vooruit"), [
        "Which municipalities take part in Aardgasvrij Vooruit?", "*which municipalities take part in Aardgasvrij Vooruit?",
        "*what municipalities participate in Aardgasvrij Vooruit?", "List the municipalities that participate in Aardgasvrij Vooruit.",
        "Are there municipalities that take part in Aardgasvrij Vooruit, and if so which?", "wich municipalities joined aardgasvrij vooruit",
        "Which local authorities are involved in Aardgasvrij Vooruit?", "municipalities in Aardgasvrij Vooruit"]),
    ("nl", IN % ("Samen voor de Klas", "Flevoland"), [
        "Welke gemeenten in Flevoland doen mee aan Samen voor de Klas?", "*welke gemeenten in Flevoland meedoen aan Samen voor de Klas?",
        "Welke Flevolandse gemeenten nemen deel aan Samen voor de Klas?", "Welke gemeenten die meedoen aan Samen voor de Klas liggen in Flevoland?",
        "Welke deelnemers aan Samen voor de Klas liggen in Flevoland?", "Welke in Flevoland gelegen gemeenten doen mee aan Samen voor de Klas?"]),
    ("nl", TO % ("Ministerie van Onderwijs, Cultuur en Wetenschap", "FUNDS"), [
        "Wat financiert OCW?", "*wat OCW financiert?", "Wat wordt door OCW gefinancierd?", "Wat betaalt het ministerie van OCW?",
        "Waar geeft OCW geld aan?"]),
    ("en", TO % ("Ministerie van Onderwijs, Cultuur en Wetenschap", "FUNDS"), [
        "What does OCW fund?", "*what OCW funds?", "What is funded by the ministry of Education?", "What does OCW pay for?"]),
    ("nl", OF % ("LEADS", "Veenplan 2030"), [
        "Wie leidt Veenplan 2030?", "*wie Veenplan 2030 leidt?", "Door wie wordt Veenplan 2030 geleid?", "Wie heeft de leiding over Veenplan 2030?",
        "*wie verantwoordelijk is voor Veenplan 2030?", "Wie is er verantwoordelijk voor Veenplan 2030?", "Wie coördineert Veenplan 2030?"]),
    ("en", OF % ("LEADS", "Veenplan 2030"), [
        "Who leads Veenplan 2030?", "*who leads Veenplan 2030?", "Who is in charge of Veenplan 2030?", "By whom is Veenplan 2030 run?",
        "*who is responsible for Veenplan 2030?"]),
    ("nl", OF % ("SUPERVISES", "Energiewet"), [
        "Wie houdt toezicht op de Energiewet?", "*wie er toezicht houdt op de Energiewet?", "Wie is de toezichthouder van de Energiewet?",
        "Welke organisatie ziet toe op de naleving van de Energiewet?"]),
    ("en", OF % ("SUPERVISES", "Energiewet"), ["Who supervises the Energiewet?", "*which body oversees the Energiewet?"]),
    ("nl", TO % ("Warm Thuis", "ACTIVE_IN"), [
        "In welke gemeenten loopt Warm Thuis?", "*waar Warm Thuis actief is?", "In welke gemeenten is Warm Thuis actief?",
        "Waar loopt Warm Thuis?"]),
    ("nl", OF % ("HOLDS_OFFICE", "Ministerie van Defensie"), [
        "Wie is de minister van Defensie?", "*wie de minister van Defensie is?", "Hoe heet de minister van Defensie?", "Wie was minister van Defensie?"]),
    ("en", OF % ("HOLDS_OFFICE", "Ministerie van Defensie"), ["Who is the minister of Defence?", "*who the minister of Defence is?"]),
    ("nl", TO % ("Kuipersma", "MEMBER_OF"), [
        "Van welke partij is Kuipersma?", "*van welke partij Kuipersma is?", "Bij welke partij hoort Kuipersma?", "Voor welke partij zit Kuipersma in de Kamer?"]),
    ("en", TO % ("Kuipersma", "MEMBER_OF"), ["Which party does Kuipersma belong to?", "*which party Kuipersma is from?"]),
    ("nl", "MATCH (n:Law)<-[r:CITES]-(d) WITH n, count(DISTINCT d) AS k WHERE k > 1 RETURN n.key", [
        "Welke wetten worden in meer dan één brief aangehaald?", "*welke wetten in meerdere brieven worden aangehaald?",
        "Welke wetten worden in minstens twee brieven aangehaald?"]),
    ("nl", "MATCH (n:Document)-[:MENTIONS]->({name: 'Zuid-Soedan'}) RETURN DISTINCT n.key", [
        "In welke brieven komt Zuid-Soedan voor?", "*in welke brieven Zuid-Soedan wordt genoemd?", "Welke documenten noemen Zuid-Soedan?",
        "In welke kamerbrief wordt Zuid-Soedan genoemd?"]),
]
NONE = """Wat kost Veenplan 2030? | Wie is de burgemeester van Almere? | Hoeveel inwoners heeft Breda? | Waarom doet Breda mee aan Aardgasvrij Vooruit?
Welke grote gemeenten doen mee aan Aardgasvrij Vooruit? | Welke gemeenten stoppen met Aardgasvrij Vooruit? | Wie leidt het programma Zilveren Maan?
Welke gemeenten doen mee aan Project Noorderlicht? | Van welke partij is de heer Zonderland? | Hoe oud is Kuipersma? | Wanneer begon Warm Thuis?
Who founded Logius? | How much does OCW pay for Samen voor de Klas? | Which municipalities left Aardgasvrij Vooruit? | Who is the mayor of Delft?
Which Belgian municipalities take part in Aardgasvrij Vooruit? | Who opposes the Energiewet? | Doen alle gemeenten mee aan Aardgasvrij Vooruit?
Welke jeugdprogramma's leidt Logius? | Is Breda groter dan Delft? | Welke ziekenhuizen doen mee aan Aardgasvrij Vooruit? | Is Logius een gemeente?
Welk percentage van de gemeenten doet mee aan Aardgasvrij Vooruit? | Wie stemde tegen de Energiewet? | What is the capital of Tsjaad?
Werkt Logius samen met Oxfam Novib? | Does OCW support Noorwegen? | Hoeveel inwoners per provincie heeft Aardgasvrij Vooruit?""".replace("\n", " | ").split(" | ")


def run(arguments, text=None):
    p = subprocess.run([*sys.argv[1:2], "--db", sys.argv[2], *arguments], input=text, capture_output=True, text=True, timeout=300)
    return [json.loads(line) for line in p.stdout.splitlines() if line.startswith("{")]


def keys(query):
    found = set()
    for row in run(["query", "--format", "jsonl", query]):
        for value in row.values():
            found.add(value["properties"]["key"] if isinstance(value, dict) else value)
    return found


def main():
    asked = []
    for language, query, wordings in ROWS:
        want = keys(query)
        if not want:
            sys.exit(f"the sample letters have no answer any more: {query}")
        for words in wordings:
            for opening in OPENINGS[language][1 if words[0] == "*" else 0:None if words[0] == "*" else 1]:
                asked.append((opening + words.lstrip("*"), want))
    asked += [(words, None) for words in NONE]
    replies = run(["ask", "--format", "jsonl", "-"], "\n".join(q for q, _ in asked) + "\n")
    if len(replies) != len(asked):
        sys.exit(f"{len(asked)} questions, {len(replies)} answers")
    right = wrong = 0
    for (question, want), reply in zip(asked, replies):
        said = {n["key"] for n in reply["nodes"]} if reply["kind"] == "nodes" else set()
        silent = reply["kind"] == "unknown" or (reply["kind"] == "nodes" and not said)
        good = silent if want is None else reply["kind"] == "nodes" and said == want
        right += good
        wrong += not good and not silent
        if not good:
            print("#", "does not know" if silent else "wrong", question, reply["kind"], sorted(said)[:6])
    queries = {r["cypher"]: {n["key"] for n in r["nodes"]} for r in replies if r["kind"] == "nodes" and r["nodes"] and r["cypher"].startswith("MATCH")}
    other = [q for q, said in queries.items() if keys(q) != said]
    for q in other:
        print("# the query finds something else:", q)
    n = len(asked)
    print(f"{n} questions: right {right / n:.1%}, wrong {wrong / n:.1%}; {len(queries)} queries run again, {len(other)} differ")
    sys.exit(0 if right >= RIGHT * n and wrong <= WRONG * n and not other else 1)


main()
