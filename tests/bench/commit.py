"""What the store costs beside the extraction, on one core, over made letters (a few of which are the same letter twice).

From file to committed mentions: names alone, no relations and no full text. And with both, as `load` does. Processor
seconds of each part as build/release/commit counts them, the median of three runs.
"""
import os
import re
import statistics
import subprocess

from table import *

LETTERS = 10000 if full else 1000
ROWS = [("from file to committed mentions", ["-n"], "bar: 10"), ("with relations and full text", [], "")]
PARTS = re.compile(r"([0-9.]+) MB .*analysis ([0-9.]+) s store ([0-9.]+) s together ([0-9.]+) s", re.S)


def parts(tool, options, store, files):
    remove(store)
    done = subprocess.run([tool, *options, store, *files], capture_output=True, text=True, check=True)
    return [float(x) for x in PARTS.search(done.stdout).groups()]


with folder() as work:
    tool = os.path.join(here, "build", "release", "commit")
    subprocess.run(["make", "-s", tool[len(here) + 1:]], cwd=here, check=True)
    corpus, store = (os.path.join(work, name) for name in ("letters", "letters.db"))
    subprocess.run([PYTHON, os.path.join(here, "tests", "bench", "corpus.py"), corpus, str(LETTERS)], check=True)
    files = sorted(os.path.join(r, f) for r, _, fs in os.walk(corpus) for f in fs)
    for name, options, bar in ROWS:
        runs = [parts(tool, options, store, files) for _ in range(3)]
        mb, analysis, storing, together = (statistics.median(run[i] for run in runs) for i in range(4))
        value(f"commit: {name}", f"{mb / together:9.2f} MB of text a processor second", bar)
        value("commit:   of it analysis, store", f"{mb / analysis:9.2f} and {mb / storing:.2f} MB of text a processor second")
