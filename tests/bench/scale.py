"""A growing corpus (corpus.py): load rate, memory, store and query times at three sizes, and what ten times the letters
cost. BENCH_SIZES=1000,10000 chooses others; BENCH_CORPUS is a folder made before.

Loading is one process a store on one core; processor seconds. A query is a whole process, cold but for the system's own
cache. What a query may cost: "flat", with the logarithm of the store or not at all; "answer", as what it lists; "whole",
as the store, for it looks at all of it. Growth is from the smallest size to the largest, a tenfold of letters: at most
1.15 times its class's (flat 1, whole 10), or the row says "grows".
"""
import math
import os
import sqlite3
import subprocess

from table import *

SIZES = [int(n) for n in os.environ.get("BENCH_SIZES", "1000,10000,100000" if full else "500,2000").split(",")]
QUERIES = [  # what, of which class, and the command; {} are things that are in every size (things())
    ("show, a rare node", "flat", ["show", "{rare}"]),
    ("show, the most frequent node", "answer", ["show", "{frequent}"]),
    ("search, a rare word", "flat", ["search", "{word}"]),
    ("search, two frequent words", "whole", ["search", "gemeente verantwoordelijk"]),
    ("search, a phrase", "answer", ["search", '"op grond van artikel 7"']),
    ("neighbours of a rare node", "flat", ["neighbours", "{rare}"]),
    ("neighbours of a frequent node", "answer", ["neighbours", "{frequent}"]),
    ("path between rare nodes", "flat", ["path", "{rare}", "{other}"]),
    ("why, of a frequent pair", "answer", ["why", "{frequent}", "{partner}"]),
    ("ask, about a programme", "answer", ["ask", "Welke gemeenten doen mee aan {programme}?"]),
    ("Cypher, a row by its key", "flat", ["query", "MATCH (n:Municipality {key: '{key}'}) RETURN n.name"]),
    ("Cypher, a row by its name", "flat", ["query", "MATCH (n {name: '{programme}'}) RETURN n.key"]),
    ("Cypher, count a relation", "whole", ["query", "MATCH (:Municipality)-[r:PARTICIPATES_IN]->(:Programme) RETURN count(*)"]),
    ("text of a letter", "flat", ["text", "000001.txt"]),
    ("provenance of a letter", "flat", ["provenance", "000001.txt"]),
    ("provenance of a frequent node", "answer", ["provenance", "{frequent}"]),
    ("provenance of the whole graph", "whole", ["provenance"]),
    ("rank --by pagerank", "whole", ["rank", "--by", "pagerank", "--top", "10"]),
    ("documents --duplicates", "whole", ["documents", "--duplicates"]),
    ("stats", "whole", ["stats"]),
    ("review", "whole", ["review"]),
    ("check", "whole", ["check"]),
]


def things(db):
    """Names to ask for: of the smallest store, so that each size knows them."""
    store = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    one = lambda sql: store.execute(sql).fetchone()
    label = lambda name: f"(SELECT id FROM label_set WHERE name = '{name}')"
    most = ("SELECT n.id, n.name, n.key FROM node n JOIN edge e ON e.target = n.id OR e.source = n.id WHERE n.labels = {} "
            "GROUP BY n.id ORDER BY count(*) {} LIMIT 1 OFFSET {}")
    town = one(most.format(label("Municipality"), "DESC", 0))
    programme = one(most.format(label("Programme"), "DESC", 0))
    law, other = (one(most.format(label(kind), "", 3)) for kind in ("Law", "Person"))
    store.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, passage_words, 'row')")
    word = one("SELECT term FROM temp.v WHERE doc BETWEEN 2 AND 4 AND term NOT GLOB '*[0-9]*' ORDER BY length(term) DESC, 1")
    return {"frequent": f"Municipality:{town[1]}", "key": town[2], "programme": programme[1],
            "partner": f"Programme:{programme[1]}", "rare": f"Law:{law[1]}", "other": f"Person:{other[1]}",
            "word": word[0]}


def corpus(work, n):
    """The folders of the first n letters."""
    made = os.environ.get("BENCH_CORPUS", os.path.join(work, "corpus"))
    if not os.path.isdir(made):
        subprocess.run([PYTHON, os.path.join(here, "tests", "bench", "corpus.py"), made, str(max(SIZES))], check=True)
    folders = sorted(os.path.join(made, f) for f in os.listdir(made))
    if n % 1000 == 0:
        return folders[:n // 1000]
    return sorted(os.path.join(folders[n // 1000], f) for f in os.listdir(folders[n // 1000]))[:n % 1000] + folders[:n // 1000]


def lines_of(title, note, lines):
    value(f"scale: {title}", "".join(f"{n:>12,}" for n in SIZES) + "    growth", note)
    for name, figures, text, may in lines:
        times = figures[-1] / figures[0] if figures[0] else 0
        span = SIZES[-1] / SIZES[0]
        say = f"{times:9.2f}" + ("" if may is None or times <= may(span) * 1.15 else "  grows")
        value("  " + name, "".join(f"{text.format(f):>12}" for f in figures) + " " + say)


def fill(part, named):
    for name, thing in named.items():
        part = part.replace("{%s}" % name, thing)
    return part


MAY = {"flat": lambda span: 1 + 0.1 * math.log10(span), "answer": lambda span: span, "whole": lambda span: span}

with folder() as work:
    runs, stores = [], []
    for n in SIZES:
        db = os.path.join(work, f"{n}.db")
        runs.append(once(use(db) + ["load", "-q", "--jobs", "1", *corpus(work, n)]) + (os.path.getsize(db),
                                                                                        size(*corpus(work, n))))
        stores.append(db)
    rate = [r[1] / n * 1000 for r, n in zip(runs, SIZES)]
    lines_of("letters", "one core, processor seconds", [
        ("load, seconds of a thousand letters", rate, "{:.2f}", lambda span: 1),
        ("load, letters a second", [1000 / r for r in rate], "{:.0f}", None),
        ("load, MB of text a second", [r[4] / 1e6 / r[1] for r in runs], "{:.2f}", None),
        ("load, seconds on the clock", [r[0] for r in runs], "{:.1f}", None),
        ("load, largest memory, MB", [r[2] for r in runs], "{:.0f}", None),
        ("store, MB", [r[3] / 1e6 for r in runs], "{:.0f}", lambda span: span),
        ("store, times the text", [r[3] / r[4] for r in runs], "{:.2f}", lambda span: 1),
    ])
    named = things(stores[0])
    lines = []
    for name, kind, command in QUERIES:
        times = [median(use(db) + [fill(part, named) for part in command], runs=3)[1] for db in stores]
        lines.append((f"{name} ({kind})", times, "{:.3f}", MAY[kind]))
    lines_of("queries, processor seconds", "a process each", lines)
