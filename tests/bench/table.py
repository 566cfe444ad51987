"""What the measures share: whole processes timed as the kernel counts them, and the one table they print into.

A measure is a script in this folder, run as `NAME.py VERBAND`; it prints its rows with row(), and skip() with the reason
where a peer or a file is not here. BENCH says how large: "quick" or "full".
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
shared = os.path.join(here, "..", "shared")
verband = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""
full = os.environ.get("BENCH") == "full"
RUNS = 5
PYTHON = "/usr/bin/python3"
WIDTH = 50


def header():
    print(f"{'':<{WIDTH}} {'s':>9} {'cpu s':>9} {'MB':>7}  {'peer':<14} {'its s':>9} {'cpu s':>9} {'ratio':>7}  bar or note",
          flush=True)


def row(name, run=None, peer="", theirs=None, note="", wall=False):
    """run, theirs: (wall seconds, processor seconds, MB), or None. ratio: theirs to ours, of processor seconds where
    both are known and it is not wall that counts; over 1: Verband takes less."""
    numbers = lambda r, n: "".join(f" {v:{9 if i < 2 else 7}.{3 if i < 2 else 0}f}" if v is not None else " " * (10 if i < 2 else 8)
                                   for i, v in enumerate((tuple(r or ()) + (None,) * 3)[:n]))
    ratio = ""
    if run and theirs:
        at = 1 if len(theirs) > 1 and theirs[1] and run[1] and not wall else 0
        ratio = f"{theirs[at] / run[at]:.2f}"
    print(f"{name:<{WIDTH}}{numbers(run, 3)}  {peer:<14}{numbers(theirs, 2)} {ratio:>7}  {note}".rstrip(), flush=True)


def value(name, text, note=""):
    """A row whose figure is no time."""
    print(f"{name:<{WIDTH}} {text}{'  ' + note if note else ''}", flush=True)


def skip(what, why):
    print(f"{what:<{WIDTH}} skipped: {why}", flush=True)


def once(command, text=None, good=(0, 1)):
    """Run it: wall seconds, processor seconds of it and what it waited for, largest MB. Its output goes nowhere."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE if text else subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, cwd=here)
    if text:
        child.stdin.write(text.encode())
        child.stdin.close()
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in good:
        raise SystemExit(f"bench: {' '.join(command)[:300]} ended with {child.returncode}: {said.decode()[-300:]}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(command, before=None, runs=RUNS, text=None, good=(0, 1)):
    """The medians of so many runs after one that is not counted."""
    figures = []
    for _ in range(runs + 1):
        if before:
            before()
        figures.append(once(command, text, good))
    return tuple(statistics.median(f[i] for f in figures[1:]) for i in range(3))


def measure(name, command, note="", **how):
    run = median(command, **how)
    row(name, run, note=note)
    return run


def use(db):
    return [verband, "--db", db]


def remove(db):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(db + suffix):
            os.remove(db + suffix)


def size(*paths):
    return sum(os.path.getsize(p) if os.path.isfile(p) else
               sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(p) for f in fs) for p in paths)


def letters():
    """The folders of letters at hand, and whether they are those that the bars are for."""
    known = [p for d in ("letters", "letters-unannotated") if os.path.isdir(p := os.path.join(shared, d))]
    return (known, True) if known else ([os.path.join(here, "tests", "letters")], False)


def python_has(module):
    return subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True).returncode == 0


def graph_size():
    """Nodes and edges of the large graph; BENCH_GRAPH=20000,100000 chooses others."""
    return tuple(map(int, os.environ.get("BENCH_GRAPH", "1000000,5000000" if full else "100000,500000").split(",")))


def large_graph(nodes, edges, work):
    """A folder with nodes.csv, edges.csv and pairs.txt of graph.py; made once a run of the bench."""
    folder = os.path.join(os.environ.get("BENCH_WORK", work), f"graph-{nodes}-{edges}")
    if not os.path.isdir(folder):
        subprocess.run([PYTHON, os.path.join(here, "tests", "bench", "graph.py"), str(nodes), str(edges), folder], check=True)
    return folder


def folder():
    """A folder of its own for a measure, gone when it ends: `with folder() as work`."""
    return tempfile.TemporaryDirectory(prefix="verband-bench-", dir=os.environ.get("BENCH_WORK"))


def room(gigabytes):
    return shutil.disk_usage(os.environ.get("BENCH_WORK", tempfile.gettempdir())).free > gigabytes * 1e9
