#!/usr/bin/env python3
"""Questions that are told by their form, against the commands that answer the same: forms.py VERBAND STORE

Every measure by each of its names, in both languages, must rank as `verband rank` does; likes, neighbours, groups and
parts as their own commands; articles as the mentions have them.
"""
import json, subprocess, sys
from collections import Counter

faults, asked = [], 0


def run(*arguments, text=None):
    p = subprocess.run([sys.argv[1], "--db", sys.argv[2], *arguments], input=text, capture_output=True, text=True, timeout=300)
    return [json.loads(line) for line in p.stdout.splitlines() if line.startswith("{")]


def ask(*questions):
    global asked
    asked += len(questions)
    return run("ask", "-", "--format", "jsonl", text="\n".join(questions) + "\n")


def check(question, good, got):
    if not good:
        faults.append(f"{question}\n    {json.dumps(got, ensure_ascii=False)[:300]}")


def keys(nodes):
    return [(n["type"], n["key"]) for n in nodes]


# ---- measures
table = [line.rstrip("\n").split("\t") for line in open("queries/patterns/measures.tsv", encoding="utf-8") if line[:1] not in "#\n"]
wanted = []
for row in table[1:]:
    for cell, form in ((row[1], "Welke gemeenten hebben de hoogste {}?"), (row[2], "Which municipalities have the highest {}?")):
        wanted += [(form.format(name.strip()), row[0]) for name in cell.split(";")]
ranked = {row[0]: run("rank", "--by", row[0], "--label", "Municipality", "--format", "jsonl") for row in table[1:]}
for (question, measure), got in zip(wanted, ask(*(q for q, _ in wanted))):
    scores = {(n["type"], n["key"]): n["score"] for n in ranked[measure]}
    best = [n["score"] for n in ranked[measure]][:len(got["nodes"])]
    same = [scores.get(k) for k in keys(got["nodes"])] == best
    some = sum(s > 1e-9 for s in scores.values())
    check(question, len(got["nodes"]) >= min(5, some) and same, got)
if {row[0] for row in table[1:]} != {m for m in ranked if ranked[m]}:
    faults.append("a measure ranks nothing")

# ---- around a name
like, neighbours, degree = ask("Welke gemeenten lijken op Breda?", "Who are the neighbours of Breda?", "Hoeveel verbanden heeft Breda?")
want = [n for n in run("similar", "Breda", "--format", "jsonl", "--top", "500") if n["type"] == "Municipality"][:5]
check("lijken op", keys(like["nodes"]) == keys(want) and want, like)
check("neighbours", set(keys(neighbours["nodes"])) == set(keys(run("neighbours", "Breda", "--format", "jsonl"))), neighbours)
check("verbanden", degree["value"] == run("rank", "--around", "Breda", "--format", "jsonl", "--top", "1")[0]["score"], degree)
shared = run("query", "MATCH (a {name: 'Breda'})-[r]-(n)-[s]-(b {name: 'Delft'}) WHERE type(r) <> 'MENTIONS' AND type(s) <> 'MENTIONS' "
             "AND NOT n:Document RETURN DISTINCT n.key AS key")
between, = ask("Wie verbindt Breda en Delft?")
check("verbindt", {n["key"] for n in between["nodes"]} == {r["key"] for r in shared} and shared and between["evidence"], between)

# ---- groups
groups = {}
for n in run("communities", "--format", "jsonl"):
    groups.setdefault(n["community"], set()).add((n["type"], n["key"]))
of = {node: g for g, members in groups.items() for node in members}
listed, mine = ask("Welke groepen zijn er in het netwerk?", "Which community does Breda belong to?")
check("groepen", [(int(r[0]), int(r[1])) for r in listed["rows"]] == [(g, len(groups[g])) for g in sorted(groups)][:len(listed["rows"])], listed)
check("group of", set(keys(mine["nodes"])) == groups[of[keys(mine["nodes"])[0]]], mine)
names = {n["name"]: (n["type"], n["key"]) for n in run("communities", "--format", "jsonl") if n["type"] == "Municipality"}
pairs = [(a, b) for a in sorted(names) for b in sorted(names) if a < b][:40]
for (a, b), got in zip(pairs, ask(*(f"Zit de gemeente {a} in dezelfde groep als de gemeente {b}?" for a, b in pairs))):
    check(f"{a} {b}", got["kind"] == "boolean" and got["value"] == (of[names[a]] == of[names[b]]), got)
parts, = ask("How many components does the network have?")
check("components", parts["value"] == len({n["component"] for n in run("components", "--format", "jsonl")}), parts)

# ---- articles
mentions = [m for m in run("mentions", "--format", "jsonl") if m.get("article")]
articles = Counter((m["name"], m["article"]) for m in mentions)
got, = ask("Welke wetsartikelen worden in de brieven genoemd?")
check("artikelen", {(r[0], r[1]): int(r[2]) for r in got["rows"]} == dict(articles) and articles, got)
for law in sorted({name for name, _ in articles}):
    got, = ask(f"Which articles of {law} are mentioned?")
    check(law, {r[1]: int(r[2]) for r in got["rows"]} == {a: n for (name, a), n in articles.items() if name == law}, got)

# ---- subjects that are no name: searched as words, and said so; those who asked are askers of letters with the words
askers = {}
for row in run("query", "MATCH (p:Person)-[:ASKED]->(d:Document) RETURN p.key AS who, d.key AS paper", "--format", "jsonl"):
    askers.setdefault(row["paper"], set()).add(row["who"])
for question, words in (("Wie stelde vragen over woningbouw?", "woningbouw*"), ("Who asked about vaccination?", "vaccin*"),
                        ("Welke Kamerleden stelden vragen over munitie?", "munitie*")):
    got, = ask(question)
    papers = {hit["key"] for hit in run("search", words, "--format", "jsonl", "--top", "500")}
    may = set().union(*(askers.get(p, set()) for p in papers))
    check(question, got["nodes"] and {n["key"] for n in got["nodes"]} <= may and "“" in got["answer"], [got, sorted(may)])
for question in ("Wie stelde vragen over zilveren manen?", "Welke programma's gaan over zilveren manen?", "Wie leidt het programma over zilveren manen?",
                 "Welke kranten worden het vaakst genoemd?", "Which companies are mentioned?", "Hoeveel bedrijven zijn er?"):
    got, = ask(question)
    check(question, got["kind"] == "unknown" or not (got["nodes"] or got["rows"]), got)

# ---- a row for each: the query that the answer says it became gives the same rows
for question in ("Hoeveel brieven zijn er per ministerie?", "Hoeveel vragen stelde elke partij?", "Number of municipalities per province",
                 "Hoeveel gemeenten doen mee aan Aardgasvrij Vooruit per provincie?", "How many questions did each party ask?",
                 "Hoeveel brieven per jaar?", "How many letters were written per month?", "Aantal programma's per ministerie",
                 "How many MPs are there per party?", "Hoeveel brieven schreef elke minister?", "Gemeenten per programma",
                 "Hoeveel brieven noemen Breda per ministerie?"):
    got, = ask(question)
    rows = run("query", got["cypher"] or "RETURN 1", "--format", "jsonl")
    same = {(r[0], int(r[1])) for r in got["rows"]} == {(r.get("each"), r.get("number")) for r in rows if r.get("each")}
    check(question, got["rows"] and same, [got, rows])
most, each = ask("Welke partij stelde de meeste vragen?", "Hoeveel vragen stelde elke partij?")
check("most", most["nodes"] and [(n["name"], n["score"]) for n in most["nodes"]][0] == (each["rows"][0][0], int(each["rows"][0][1])), most)

print("\n".join(faults[:20]))
print(f"{asked} questions, {len(faults)} wrong")
sys.exit(bool(faults))
