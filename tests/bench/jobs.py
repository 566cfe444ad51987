"""How loading scales with threads over a mixed folder (mixed.py): --jobs 1 and --jobs 2 in turn, three times each.

The bar, 1.7 times as fast with two jobs, is for 10,000 files on two cores that have nothing else to do. Processor seconds
hold those of pdftotext, which runs beside: what both take alike and the share of the machine in the note tell how far
the rest is waiting, for other work of the machine too. BENCH_FILES chooses another number of files.
"""
from table import *

files = int(os.environ.get("BENCH_FILES", 10_000 if full else 1_000))
with folder() as work:
    mixed, db = os.path.join(work, "mixed"), os.path.join(work, "jobs.db")
    maker = os.path.join(here, "tests", "bench", "mixed.py")
    subprocess.run([PYTHON, maker, mixed, str(files)], check=True)
    figures = {1: [], 2: []}
    for _ in range(3):
        for jobs, runs in figures.items():
            remove(db)
            runs.append(once(use(db) + ["load", "-q", "--jobs", str(jobs), mixed], good=(0,)))
    one, two = (tuple(statistics.median(f[i] for f in figures[jobs]) for i in range(3)) for jobs in (1, 2))
    share = [f"{run[1] / run[0] / os.cpu_count():.0%}" for run in (one, two)]
    row(f"load {files:,} mixed files, two jobs", two, "one job", one,
        f"of seconds; {share[1]} of the processor, one job {share[0]}; bar: 1.70", wall=True)
