"""The last word: corrections from the command line, from a reviewed file and at a terminal; what rests on what."""
import csv
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

from typed import has_terminal, on_terminal

verband = os.environ["VERBAND_BINARY"]
environment = {**os.environ, "USER": "jan", "SOURCE_DATE_EPOCH": "1700000000", "VERBAND_DB": "corrected.db"}


def run(*args, code=0, stdin=None):
    done = subprocess.run([verband, *args], capture_output=True, env=environment, input=stdin)
    assert done.returncode == code, (args, done.returncode, done.stderr)
    return done


def rows(*args):
    return [json.loads(line) for line in run(*args, "--format", "jsonl").stdout.decode().splitlines()]


def report(what, check):
    try:
        check()
        print(f"ok - {what}")
    except Exception as error:  # a test reports whatever went wrong
        fault = f"{type(error).__name__}: {error}"[:600].replace("\n", " ")
        print(f"not ok - {what}\n# {fault}")


def graph():
    """Nodes and edges by identity, with what says them."""
    return {(r["source"]["key"], r["type"], r["target"]["key"], r["document"], r["start"], r["origin"]) for r in rows("edges")}


def triples():
    return {row[:3] for row in graph()}


def edge_of(document):
    return next(r for r in rows("edges", document) if r["origin"] == "text" and not r["source"].get("self"))


shutil.copy("verband.db", "corrected.db")
before = graph()
edge = edge_of("03-munitie.txt")
A, REL, B = (f'{edge["source"]["type"]}:{edge["source"]["key"]}', edge["type"],
             f'{edge["target"]["type"]}:{edge["target"]["key"]}')
triple = (edge["source"]["key"], REL, edge["target"]["key"])


def origins(form):
    """Of an export: whose word each node (by name) and each edge (by relation and sentence) is, as the file's own readers see it."""
    if form in ("csv", "neo4j"):
        run("export", "--format", form, "-o", "origins")
        tables = [list(csv.DictReader(open(f"origins/{part}.csv", encoding="utf-8", newline=""))) for part in ("nodes", "edges")]
        name, kind, said = ("Label", "Kind", "sentence") if form == "csv" else ("name", ":TYPE", "text")
        return {n[name]: n["origin"] for n in tables[0]}, {f"{e[kind]} {e[said]}": e["origin"] for e in tables[1]}
    out = run("export", "--format", form).stdout.decode()
    if form in ("json", "html"):
        graph = json.loads(out if form == "json" else re.search(r'<script[^>]*application/json[^>]*>(.*?)</script>', out, re.S)[1])
        return {n["name"]: n["origin"] for n in graph["nodes"]}, {f'{e["relation"]} {e.get("sentence", "")}': e["origin"] for e in graph["links"]}
    if form == "cytoscape":
        parts = {part: [item["data"] for item in items] for part, items in json.loads(out)["elements"].items()}
        return ({n["name"]: n["origin"] for n in parts["nodes"]},
                {f'{e["relation"]} {e.get("sentence", "")}': e["origin"] for e in parts["edges"]})
    if form == "dot":
        whose = lambda line: re.search(r' origin="(\w+)"', line)[1]
        lines = [line for line in out.splitlines() if ' origin="' in line]
        return ({re.search(r' name="([^"]*)"', line)[1]: whose(line) for line in lines if "->" not in line},
                {re.search(r' relation="(\w+)"', line)[1]: whose(line) for line in lines if "->" in line and " (https://example.org/x" in line}
                | {line: whose(line) for line in lines if "->" in line and " (https://example.org/x" not in line})
    tree = ET.fromstring(out)
    for item in tree.iter():
        item.tag = item.tag.partition("}")[2]
    names = {k.get("id"): k.get("attr.name") for k in tree.iter("key")}
    field = lambda item: ({names[d.get("key")]: d.text for d in item.iter("data")} if form == "graphml" else
                          {"name": item.get("label"), **{v.get("for"): v.get("value") for v in item.iter("attvalue")}})
    return ({n["name"]: n["origin"] for n in map(field, tree.iter("node"))},
            {f'{e["relation"]} {e.get("sentence", "")}': e["origin"] for e in map(field, tree.iter("edge"))})


def a_rejected_edge():
    row, = rows("reject", A, REL, B, "--why", "niet waar", "--by", "piet")
    assert row["who"] == "piet" and row["why"] == "niet waar" and row["when"] == "2023-11-14T22:13:20Z", row
    assert triple not in triples()
    with open("letters/03-munitie.txt", "a", encoding="utf-8") as letter:
        letter.write("\n")
    assert b"1 changed" in run("load", "--jobs", "2", "letters").stderr, "the letter is read again"
    assert triple not in triples(), "it stays rejected"
    run("check")
    run("reject", A, REL, B, code=1)
    run("undo", str(row["id"]))
    assert graph() == before
    run("undo", str(row["id"]), code=2)
    run("undo", "99", code=1)
    run("undo", "x", code=2)


def an_asserted_edge():
    row, = rows("assert", "Organisation:Bond van Proeflezers", "FUNDS", "RIVM", "--new", "--source", "https://example.org/x",
                "--text", "De bond betaalt.")
    said, = [r for r in rows("edges") if r["origin"] == "person"]
    assert said["text"] == "De bond betaalt." and said["document"] == "https://example.org/x", said
    for form in ("graphml", "gexf", "dot", "json", "cytoscape", "html", "csv", "neo4j"):
        nodes, edges = origins(form)
        assert nodes.get("Bond van Proeflezers") == "person", (form, nodes.get("Bond van Proeflezers"))
        assert nodes["Leeuwarden"] in ("gazetteer", "") and len(nodes) > 10, (form, nodes["Leeuwarden"])
        assert edges.get("FUNDS De bond betaalt.", edges.get("FUNDS")) == "person", (form, edges)
        assert set(edges.values()) - {"person"}, form
    assert rows("show", "Bond van Proeflezers")[0]["edges"][0]["origin"] == "person"
    run("assert", "Bond van Proeflezers", "PARTICIPATES_IN", "RIVM", code=2)
    run("assert", "Bond van Proeflezers", "RIVM", code=2)
    run("undo", str(row["id"]))
    assert graph() == before


def names():
    first, = rows("merge", "Municipality:Goes", "Municipality:Tholen")
    assert rows("show", "Goes")[0]["key"] == "GM0716"
    second, = rows("rename", "Tholen", "Tholen en Goes")
    assert rows("show", "GM0716")[0]["name"] == "Tholen en Goes"
    third, = rows("split", "RIVM", "Trimbos 2", "--document", "02-vaccinatie.md")
    assert rows("show", "Trimbos 2")[0]["type"] == "Organisation"
    run("merge", "Trimbos 2", "RIVM", code=2)
    run("check")
    run("undo", *(str(r["id"]) for r in (first, third, second)))
    assert graph() == before


def a_reviewed_file():
    listed = run("review", "--format", "tsv", "--top", "12").stdout.decode().splitlines()
    assert len(listed) == 13 and listed[0].startswith("verdict\tkind\t")
    doubts = rows("review", "--top", "12")
    scores = [d["doubt"] for d in doubts]
    assert scores == sorted(scores, reverse=True) and all(d["because"] for d in doubts)
    verdicts = "yunnyuuyynuy"
    filled = [listed[0]] + [v + line for v, line in zip(verdicts, listed[1:])]
    with open("review.tsv", "w", encoding="utf-8") as file:
        file.write("\n".join(filled) + "\n")
    wanted = sum(v in "yn" for v in verdicts)
    assert f"{wanted} corrections made".encode() in run("review", "--apply", "review.tsv").stderr
    made = [c for c in rows("corrections") if not c["undone"]]
    assert len(made) == wanted, made
    again = {(d["kind"], d["a"]["key"], d["relation"], (d["b"] or {}).get("key")) for d in rows("review", "--top", "100000")}
    for verdict, d in zip(verdicts, doubts):
        here = (d["kind"], d["a"]["key"], d["relation"], (d["b"] or {}).get("key")) in again
        assert here == (verdict == "u") or verdict == "n", (verdict, d)
    run("check")
    run("undo", *(str(c["id"]) for c in made))
    assert graph() == before


def bad_lines():
    lines = ["kind\ta\trelation\tb\tverdict", "reject\tRIVM", "assert\tNiemand hier\tFUNDS\tRIVM", "edge\tRIVM\t\t\tx",
             "dance\tRIVM", "rename\tRIVM\t\t", "a\tb\tc\td\te\tf"]
    with open("bad.tsv", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    said = run("review", "--apply", "bad.tsv", code=3).stderr.decode().splitlines()
    assert [s.split(":")[2] for s in said[:3]] == ["4", "5", "7"], said
    lines[3:] = ["rename\tRIVM\t\tNaam"]
    with open("bad.tsv", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    said = run("review", "--apply", "bad.tsv", code=3).stderr.decode().splitlines()
    assert said[0].startswith("verband: bad.tsv:3: ") and said[1].startswith("verband: bad.tsv:4: "), said
    assert graph() == before, "nothing of it is made"
    run("review", "--apply", "nowhere.tsv", code=3)
    run("review", "--apply", "-", code=3, stdin=b"\xff\xfe")


def what_is_gone():
    """A line may speak of what an earlier one ended or merged; what never was is still a mistake."""
    of = lambda node: f'{node["type"]}:{node["key"]}'
    edges = [r for r in rows("edges") if r["origin"] == "text"]
    middle = next(r["source"] for r in edges if r["source"]["type"] == "Organisation"
                  and sum(of(r["source"]) in (of(x["source"]), of(x["target"])) for x in edges) > 1)
    its = [(of(r["source"]), r["type"], of(r["target"])) for r in edges if of(middle) in (of(r["source"]), of(r["target"]))]
    head = "verdict\tkind\ta\trelation\tb"
    lines = [head, f"n\tname\t{of(middle)}\t\t"] + ["n\tedge\t" + "\t".join(edge) for edge in its] + [f"n\tname\t{of(middle)}\t\t"]
    said = run("review", "--apply", "-", stdin="\n".join(lines).encode()).stderr.decode()
    assert f"{len(lines) - 1} corrections made, {len(lines) - 2} of them" in said, said
    made = [c for c in rows("corrections") if not c["undone"]]
    assert [bool(c["idle"]) for c in made] == [False] + [True] * (len(lines) - 2), made
    run("check")
    run("undo", str(made[0]["id"]))  # the edges were rejected for themselves
    keys = {(a.split(":", 1)[1], kind, b.split(":", 1)[1]) for a, kind, b in its}
    assert not keys & triples(), keys & triples()
    run("undo", *(str(c["id"]) for c in made[1:]))
    assert graph() == before
    said = run("review", "--apply", "-", code=3, stdin="\n".join(lines + ["n\tname\tPerson:nooit-geweest\t\t"]).encode()).stderr.decode()
    assert said.startswith(f"verband: -:{len(lines) + 1}: nothing is called"), said
    three = ["Municipality:GM0664", "Municipality:GM0716", "Municipality:GM0080"]
    pairs = [(0, 1), (1, 2), (0, 2)]
    same = [head] + [f"y\tsame\t{three[a]}\t\t{three[b]}" for a, b in pairs]
    assert b"3 corrections made, 1 of them" in run("review", "--apply", "-", stdin="\n".join(same).encode()).stderr
    run("undo", *(str(c["id"]) for c in rows("corrections") if not c["undone"]))
    assert graph() == before


def carried_over():
    run("reject", A, REL, B, "--why", "weg")
    run("rename", "RIVM", "Het RIVM", "--by", "an")
    lines = run("corrections", "--format", "jsonl").stdout
    live = [c for c in rows("corrections") if not c["undone"]]
    wanted = graph()
    shutil.copy("verband.db", "other.db")
    environment["VERBAND_DB"] = "other.db"
    try:
        run("load", "letters")
        run("review", "--apply", "-", stdin=lines)
        there = rows("corrections")
        assert [(c["kind"], c["who"], c["when"], c["why"]) for c in there] == [(c["kind"], c["who"], c["when"], c["why"]) for c in live]
        assert graph() == wanted
    finally:
        environment["VERBAND_DB"] = "corrected.db"
    run("undo", *(str(c["id"]) for c in live))


def provenance():
    """What is said to go with a document goes with it."""
    shutil.copy("corrected.db", "gone.db")
    environment["VERBAND_DB"] = "gone.db"
    try:
        told = json.loads(run("provenance", "05-vragen-woningbouw.txt", "--all", "--format", "json").stdout)
        nodes_of = lambda: {(n["type"], n["key"]) for r in rows("query", "MATCH (n) RETURN labels(n)[0] AS type, n.key AS key") for n in [r]}
        was, nodes = triples(), nodes_of()
        os.makedirs("gone", exist_ok=True)
        with open("gone/05-vragen-woningbouw.txt", "w", encoding="utf-8") as letter:
            letter.write("Niets.\n")
        run("load", "-q", "gone")
        own = told["node"]["key"]
        want = {(e["source"]["key"], e["type"], e["target"]["key"]) for e in told["edges"]}
        assert was - triples() == want, (was - triples()) ^ want
        went = {n for n in nodes - nodes_of() if n[1] != own}
        assert went == {(n["type"], n["key"]) for n in told["nodes"]}, went
    finally:
        environment["VERBAND_DB"] = "corrected.db"
    whole = json.loads(run("provenance", "--format", "json").stdout)
    assert whole["one_sentence"] <= whole["one_document"] <= whole["n_edges"] and whole["documents"]
    assert rows("provenance", "RIVM")[0]["edges"]
    table = [line.split("\t") for line in run("provenance", "RIVM", "--format", "tsv").stdout.decode().splitlines()]
    assert table[0][-1] == "evidence.0.text" and any(line[-1] for line in table[1:]), table


def at_a_terminal():
    if has_terminal():
        return
    got, code = on_terminal(["review", "--top", "4"], b"y\nn\nu\nq\n", **environment, NO_COLOR="1")
    assert code == 0 and "4 of 4" in got and "2 corrections made" in got, got
    kinds = [c["kind"] for c in rows("corrections") if not c["undone"]]
    assert len(kinds) == 2, kinds
    run("undo", *(str(c["id"]) for c in rows("corrections") if not c["undone"]))
    got, code = on_terminal(["review", "--top", "100"], b"n\n" * 100, **environment, NO_COLOR="1")
    assert code == 0 and "an earlier answer settled that" in got and "nothing is called" not in got, got[-600:]
    run("undo", *(str(c["id"]) for c in rows("corrections") if not c["undone"]))
    assert graph() == before


report("corrections: a rejected edge stays away, and comes back", a_rejected_edge)
before = graph()
report("corrections: an asserted edge, its origin in every form", an_asserted_edge)
report("corrections: merge, rename, split, taken back in another order", names)
report("corrections: a reviewed file", a_reviewed_file)
report("corrections: bad lines are named, and nothing is made", bad_lines)
report("corrections: a line about what an earlier line ended", what_is_gone)
report("corrections: carried over to another store", carried_over)
report("provenance: what is said to go with a document goes with it", provenance)
report("review: y, n, u and q at a terminal", at_a_terminal)
