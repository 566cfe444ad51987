"""Score mentions and edges (JSON lines) against the .gold files of a folder of letters.

    score.py LETTERS MENTIONS.jsonl EDGES.jsonl [--errors]

Prints, for each letter and for all, precision, recall and F1 of mentions (exact span, label and node) and of edges
(type and both nodes), and the share of right edges whose sentence touches the words that say it. A node matches by key,
or, where its key is no public number, by any name the gold gives it. The format of .gold is in tests/letters/README.md.
"""
import json
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict

PUBLIC = re.compile(r"GM\d{4}|NL-[A-Z]{2}|[A-Z]{2}|BWBR\d{7}|\d{5}[A-Z]\d{4}|(kst|ah|stb|stcrt|trb)-.+|\d{4}Z\d{5}")
SYMMETRIC = {"COOPERATES_WITH"}


def slug(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def pattern(words):
    """The words as they may stand in a text: any white space between them."""
    return r"\s+".join(re.escape(w) for w in words.split())


class Gold:
    """What one letter says: mentions {(start, end): node}, edges {(a, type, b): [byte ranges]}."""

    def __init__(self, text, lines):
        self.text, self.names, surfaces = text, {"self": {"self"}}, {}
        skip, moved, said = defaultdict(set), {}, []
        for line in lines:
            kind, _, rest = line.strip().partition(" ")
            f = [x.strip() for x in rest.split(" | ")]
            if kind == "node":
                self.names.setdefault(f[0], set()).update([f[0].split(":", 1)[1], *(slug(s) for s in f[1:])])
                surfaces.update((s, f[0]) for s in f[1:])
            elif kind == "skip":
                skip[f[0]].add(int(f[1]))
            elif kind == "at":
                moved[f[0], int(f[1])] = f[2]
            elif kind == "edge":
                said.append(f)
            elif line.strip() and not line.startswith("#"):
                raise SystemExit(f"gold: cannot read: {line.strip()}")
        byte = [0]
        for c in text:
            byte.append(byte[-1] + len(c.encode()))
        taken, self.mentions = [False] * len(text), {}
        for s in sorted(surfaces, key=len, reverse=True):
            n = 0
            for m in re.finditer(rf"(?<![^\W\d_]){pattern(s)}(?![^\W\d_])", text):
                if any(taken[m.start():m.end()]):
                    continue
                n += 1
                if n not in skip[s]:
                    taken[m.start():m.end()] = [True] * len(m[0])
                    self.mentions[byte[m.start()], byte[m.end()]] = moved.get((s, n), surfaces[s])
            if not n:
                raise SystemExit(f"gold: '{s}' does not occur")
        self.edges = {}
        for a, kind, b, words in said:
            at = [(byte[m.start()], byte[m.end()]) for m in re.finditer(pattern(words), text)]
            if not at:
                raise SystemExit(f"gold: not in the text: {words}")
            self.edges.setdefault(self.triple(a, kind, b), []).extend(at)

    @staticmethod
    def triple(a, kind, b):
        return (min(a, b), kind, max(a, b)) if kind in SYMMETRIC else (a, kind, b)

    def node(self, n):
        """The gold's own name for a node of the program's."""
        if n.get("self"):
            return "self"
        key = f"{n['type']}:{n['key']}"
        if key in self.names:
            return key
        for known, names in self.names.items():
            label, _, gold_key = known.partition(":")
            if label == n["type"] and not PUBLIC.fullmatch(gold_key) and {slug(n["key"]), slug(n["name"])} & names:
                return known
        return key


def read(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def figures(hit, said, true):
    p, r = hit / said if said else 0.0, hit / true if true else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main(folder, mentions, edges, show=False):
    mentions, edges = read(mentions), read(edges)
    total = Counter()
    for file in sorted(f for f in os.listdir(folder) if os.path.exists(os.path.join(folder, os.path.splitext(f)[0] + ".gold"))):
        if file.endswith(".gold"):
            continue
        with open(os.path.join(folder, file), encoding="utf-8", newline="") as f:
            text = f.read()
        with open(os.path.join(folder, os.path.splitext(file)[0] + ".gold"), encoding="utf-8") as f:
            gold = Gold(text, f)
        mine = lambda rows: [r for r in rows if os.path.basename(r["document"] or "") == file]
        got_m = {(m["start"], m["end"]): gold.node(m) for m in mine(mentions)}
        got_e = defaultdict(list)
        for e in mine(edges):
            if e["type"] != "MENTIONS" and e["origin"] == "text":
                got_e[gold.triple(gold.node(e["source"]), e["type"], gold.node(e["target"]))].append((e["start"], e["end"]))
        c = Counter(m_hit=sum(gold.mentions.get(s) == n for s, n in got_m.items()), m_said=len(got_m), m_true=len(gold.mentions),
                    e_hit=len(got_e.keys() & gold.edges.keys()), e_said=len(got_e), e_true=len(gold.edges),
                    v_hit=sum(any(a < y and x < b for a, b in got_e[t] for x, y in gold.edges[t]) for t in got_e.keys() & gold.edges))
        total += c
        row(file, c)
        if show:
            data = text.encode()
            for s in sorted(gold.mentions.keys() | got_m.keys()):
                if gold.mentions.get(s) != got_m.get(s):
                    print(f"  {s[0]}-{s[1]} '{data[s[0]:s[1]].decode()}': gold {gold.mentions.get(s)}, got {got_m.get(s)}")
            for t in sorted(gold.edges.keys() ^ got_e.keys()):
                print("  missed" if t in gold.edges else "  spurious", " ".join(t))
    row("all", total)


def row(name, c):
    m, e = figures(c["m_hit"], c["m_said"], c["m_true"]), figures(c["e_hit"], c["e_said"], c["e_true"])
    print(f"{name}\tmentions P {m[0]:.3f} R {m[1]:.3f} F1 {m[2]:.3f}\tedges P {e[0]:.3f} R {e[1]:.3f} F1 {e[2]:.3f}"
          f"\tevidence {c['v_hit'] / max(1, c['e_hit']):.3f}")


if __name__ == "__main__":
    main(*sys.argv[1:4], show="--errors" in sys.argv[4:])
