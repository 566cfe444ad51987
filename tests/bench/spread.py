"""Is the made corpus like real letters? Figures of a store of each, of as many letters; and how the corpus goes on.

What a store costs hangs on these: the length of letters, how much they name, how many of the names are new, how often the
most frequent ones come, how many words are new.
"""
import os
import sqlite3
import statistics
import subprocess

from table import *

MENTIONED = ("SELECT count(*) FROM edge WHERE type = (SELECT id FROM relation WHERE name = 'MENTIONS') GROUP BY target "
             "ORDER BY 1 DESC")


def figures(db):
    """Of a store, a letter where that makes sense."""
    store = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    one = lambda sql: store.execute(sql).fetchone()[0]
    n = one("SELECT count(*) FROM document")
    lengths = [r[0] for r in store.execute("SELECT bytes FROM document")]
    mentioned = [r[0] for r in store.execute(MENTIONED)]
    store.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, passage_words, 'row')")
    words, tokens = store.execute("SELECT count(*), sum(cnt) FROM temp.v").fetchone()
    return {
        "letters": f"{n}", "of which in two files": f"{one('SELECT count(*) FROM duplicate')}",
        "with a number": f"{one('SELECT count(number) FROM document') / n:.0%}",
        "bytes": f"{statistics.mean(lengths):.0f}", "bytes, the median": f"{statistics.median(lengths):.0f}",
        "mentions": f"{one('SELECT sum(mentions) FROM document') / n:.1f}",
        "nodes mentioned": f"{sum(mentioned) / n:.1f}",
        "new nodes": f"{one('SELECT count(*) FROM node') / n:.1f}",
        "sentences that say an edge": f"{one('SELECT count(*) FROM evidence WHERE start >= 0') / n:.1f}",
        "passages": f"{one('SELECT count(*) FROM passage') / n:.1f}",
        "nodes in one letter only": f"{sum(m == 1 for m in mentioned) / len(mentioned):.0%}",
        "mentions of the ten most frequent": f"{sum(mentioned[:10]) / sum(mentioned):.0%}",
        "different words": f"{words / n:.1f}", "words": f"{tokens / n:.0f}",
        "store, bytes of a letter": f"{os.path.getsize(db) / n:.0f}",
    }


with folder() as work:
    real, known = letters()
    stores = []
    if known:
        once(use(os.path.join(work, "real.db")) + ["load", "-q", *real])
        stores.append(("real", os.path.join(work, "real.db")))
    else:
        skip("spread: real letters", "../shared is not here")
    n = len([f for p in real for f in os.listdir(p)])
    for count in (n, 1000, 10000) if full else (n, 1000):
        made, db = os.path.join(work, f"made{count}"), os.path.join(work, f"made{count}.db")
        subprocess.run([PYTHON, os.path.join(here, "tests", "bench", "corpus.py"), made, str(count)], check=True)
        once(use(db) + ["load", "-q", made])
        stores.append(("made", db))
    rows = [figures(db) for _, db in stores]
    value("spread: the corpus beside real letters", "".join(f"{kind:>10}" for kind, _ in stores), "a letter where no share")
    for name in rows[0]:
        value("spread: " + name, "".join(f"{r[name]:>10}" for r in rows))
