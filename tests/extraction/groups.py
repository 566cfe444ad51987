"""groups.py EVALUATE TEXTS GOLD MENTIONS EDGES [GROUP=F1 ...]: how well groups of relations are found, together.

The structural ones are what the form of the genre says: who signs, asks, holds an office, belongs to a party or
a body, what is cited. The substantive ones are what sentences say. Measured as EVALUATE (evaluate.py) measures
relations: a document's set of triples. Prints a line of TAP for each GROUP=F1, which is a floor.
"""
import importlib.util
import json
import os
import sys

STRUCTURAL = {"HOLDS_OFFICE", "MEMBER_OF", "ASKED", "CITES"}


def load_module(path):
    spec = importlib.util.spec_from_file_location("evaluate", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_structural(relation, target_is_self):
    return relation in STRUCTURAL or (relation == "AUTHORED" and target_is_self)


def score_of(ev, texts, gold, mentions, edges, structural):
    """Precision, recall, F1 of the relations of one group alone."""
    golds = {}
    for name in sorted(os.listdir(gold)):
        if not name.endswith(".ann"):
            continue
        text = name[:-4] + ".txt"
        g = golds[text] = ev.read_gold(os.path.join(texts, text), os.path.join(gold, name))
        g.relations = {t: quote for t, quote in g.relations.items()
                       if is_structural(t[1], t[2] == ("Document", "self")) == structural}
    said = {text: [e for e in edges if e["document"] == text
                   and is_structural(e["type"], bool(e["target"].get("self"))) == structural] for text in golds}
    named = {text: [m for m in mentions if m["document"] == text] for text in golds}
    return ev.score(golds, named, said)[("relation", None)]


def main():
    evaluate, texts, gold, mentions, edges = sys.argv[1:6]
    floors = dict(bar.split("=") for bar in sys.argv[6:])
    ev = load_module(evaluate)
    named, said = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in (mentions, edges))
    said = [e for e in said if e.get("origin", "text") == "text"]
    for group in ("structural", "substantive"):
        v = score_of(ev, texts, gold, named, said, group == "structural")
        print(f"# {group} relations: P {v['p']:.3f}  R {v['r']:.3f}  F1 {v['f1']:.3f}"
              f"  (right {v['hit']}, said {v['said']}, gold {v['true']})")
        if group in floors:
            good = v["f1"] >= float(floors[group])
            print(f"{'ok' if good else 'not ok'} - annotated letters: {group} relations F1 is {v['f1']:.3f},"
                  f" at least {floors[group]}")


main()
