"""Ready to read: tables, rules and one short text, the best of twenty processes and the pages that one touches; and how
fast made letters are read, the best of five runs. Noise only adds, and pages are the steadier figure."""
import os
import resource
import subprocess

from table import *

TOOL = os.path.join(here, "build", "release", "extract")
LETTERS = 10_000 if full else 1500


def best(command, runs):
    """The least of so many runs; the pages of the last one."""
    figures = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt
        figures.append(once(command))
        pages = resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt - before
    return min(figures, key=lambda f: f[1]), pages


with folder() as work:
    subprocess.run(["make", "-s", "build/release/extract"], cwd=here, check=True)
    empty = os.path.join(work, "empty.txt")
    with open(empty, "w", encoding="utf-8") as out:
        out.write("Geen naam.\n")
    bare, bare_pages = best([verband, "--version"], 20)
    ready, pages = best([TOOL, "-n", empty], 20)
    row("ready: the process and its libraries", bare, note=f"{bare_pages} pages")
    row("ready: tables, rules, one short text", ready, note=f"{pages} pages; bar: 0.020 s")
    made = os.path.join(work, "made")
    subprocess.run([PYTHON, os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus.py"), made, str(LETTERS)],
                   check=True)
    files = sorted(os.path.join(r, f) for r, _, fs in os.walk(made) for f in fs)
    size = sum(map(os.path.getsize, files)) / 1e6
    for mode, name in (("-n", "names"), ("-r", "names and relations")):
        run, _ = best([TOOL, mode, *files], 5)
        row(f"ready: {name} of {size:.1f} MB of made letters", run, note=f"{size / (run[1] - ready[1]):.2f} MB a second")
