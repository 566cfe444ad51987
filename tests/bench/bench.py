"""Every measure of this folder, one table: bench.py VERBAND [quick|full] [MEASURE...]

A measure is a script NAME.py here, run as `NAME.py VERBAND`, that prints rows (table.py). Those below come first and in
this order; any other script of the folder is a measure too and comes after them. quick (the default) takes some minutes,
full half a morning and 20 GB of disk. What is not installed is skipped, and the row says so. The machine may be busy with
other things: read the ratios, and processor seconds rather than seconds.
"""
import os
import platform
import subprocess
import sys
import time

import table

ORDER = ["start", "load", "jobs", "read", "commit", "ready", "rank", "graphml", "paths", "cypher", "spread", "scale"]
NO_MEASURES = {"bench", "table", "corpus", "graph", "mixed"}


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                 platform.machine()) if os.path.exists("/proc/cpuinfo") else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}; {platform.system()} {platform.release()}"


def main(names):
    here = os.path.dirname(os.path.abspath(__file__))
    found = {f[:-3] for f in os.listdir(here) if f.endswith(".py")} - NO_MEASURES
    measures = [n for n in ORDER if n in found] + sorted(found - set(ORDER))
    size = "full" if "full" in names else "quick"
    chosen = [n for n in names if n not in ("full", "quick")] or measures
    if set(chosen) - found:
        raise SystemExit(f"bench: no measure {', '.join(sorted(set(chosen) - found))}; there are {', '.join(measures)}")
    version = subprocess.run([table.verband, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}, {time.strftime('%Y-%m-%d')}, {size}; medians of {table.RUNS}\n{machine()}")
    print("ratio: what the peer takes, of what Verband takes (processor seconds where both are known): over 1, Verband is faster")
    table.header()
    failed = 0
    with table.folder() as work:
        for name in chosen:
            done = subprocess.run([table.PYTHON, os.path.join(here, name + ".py"), table.verband],
                                  env=dict(os.environ, BENCH=size, BENCH_WORK=work))
            failed |= done.returncode != 0
            if done.returncode:
                table.skip(name, f"the measure ended with {done.returncode}")
    return failed


sys.exit(main(sys.argv[2:]))
