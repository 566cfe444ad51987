"""Time Verband on the letters at hand, and beside its peers on the same graph: bench.py VERBAND

Whole processes, wall seconds and peak memory as the kernel counts them; the median of five runs after one that is not
counted. Peers (python-igraph, NetworkX) read the GraphML that Verband writes and rank by the same measure. The machine
is noisy: read the ratios, not the seconds.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
PEERS = {
    "python-igraph": "import igraph, sys; g = igraph.Graph.Read_GraphML(sys.argv[1]); print(max(g.{measure}()))",
    "NetworkX": "import networkx as nx, sys; g = nx.DiGraph(nx.read_graphml(sys.argv[1])); "
                "print(max(nx.{measure}(g).values()))",
}
MEASURES = {
    "betweenness": {"python-igraph": "betweenness", "NetworkX": "betweenness_centrality"},
    "pagerank": {"python-igraph": "pagerank", "NetworkX": "pagerank"},
}
READ_CSV = ("import csv, sys, time; rows = lambda name: list(csv.reader(open(sys.argv[1] + '/' + name)))[1:]; "
            "nodes, edges = rows('nodes.csv'), rows('edges.csv'); ")
WRITERS = {  # of the same graph as GraphML; each prints the processor seconds of the writing alone
    "python-igraph": READ_CSV + "import igraph; at = {r[0]: i for i, r in enumerate(nodes)}; "
    "g = igraph.Graph(n=len(nodes), edges=[(at[a], at[b]) for a, b, _ in edges], directed=True); "
    "g.vs['type'] = [r[1] for r in nodes]; g.vs['name'] = [r[2] for r in nodes]; g.es['relation'] = [r[2] for r in edges]; "
    "c = time.process_time(); g.write_graphml(sys.argv[2]); print(time.process_time() - c)",
    "NetworkX": READ_CSV + "import networkx as nx; g = nx.MultiDiGraph(); "
    "g.add_nodes_from((k, {'type': t, 'name': n}) for k, t, n in nodes); "
    "g.add_edges_from((a, b, {'relation': r}) for a, b, r in edges); "
    "c = time.process_time(); nx.write_graphml(g, sys.argv[2]); print(time.process_time() - c)",
}
here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
shared = os.path.join(here, "..", "shared")


def once(command):
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=here)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise SystemExit(f"bench: {' '.join(command)} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(name, command, before=None, bar="", processor=False):
    figures = []
    for _ in range(RUNS + 1):
        if before:
            before()
        figures.append(once(command))
    wall, cpu, memory = (statistics.median(f[i] for f in figures[1:]) for i in range(3))
    print(f"{name:<44} {wall:8.3f} s  {cpu:8.3f} s cpu  {memory:7.1f} MB  {bar}".rstrip(), flush=True)
    return cpu if processor else wall


def remove(db):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(db + suffix):
            os.remove(db + suffix)


def size(paths):
    return sum(os.path.getsize(os.path.join(r, f)) for p in paths for r, _, fs in os.walk(p) for f in fs)


CORPUS = 12_000_000  # bytes


def corpus_of(folders, work):
    """Letters again and again as files of their own, each with a line that makes it another text; returns bytes."""
    letters = [open(os.path.join(r, f), "rb").read() for p in folders for r, _, fs in os.walk(p) for f in sorted(fs)
               if f.endswith((".txt", ".md"))]
    os.mkdir(work)
    total = n = 0
    while total < CORPUS:
        for text in letters:
            text += f"\n\nExemplaar {n}.\n".encode()
            with open(os.path.join(work, f"{n:06d}.txt"), "wb") as out:
                out.write(text)
            total, n = total + len(text), n + 1
    return total


def extraction(folders, work):
    """Reading alone, and from file to committed store, on one core: processor seconds a corpus less those
    of an empty run, for they do not count what else the machine does."""
    tool = os.path.join(here, "build", "release", "extract")
    subprocess.run(["make", "-s", tool[len(here) + 1:]], cwd=here, check=True)
    corpus = os.path.join(work, "corpus")
    total = corpus_of(folders, corpus)
    files = [os.path.join(corpus, f) for f in sorted(os.listdir(corpus))]
    empty = os.path.join(work, "empty.txt")
    with open(empty, "w") as out:
        out.write("Geen naam.\n")
    start = measure("gazetteers and rules ready", [tool, empty], bar="bar: 0.020 s", processor=True)
    bare = measure("of which: the process, its libraries", [verband_path, "--version"], processor=True)
    print(f"{'':<44} {(start - bare) * 1000:8.1f} ms for tables, rules and patterns")
    names = measure(f"names of {total / 1e6:.0f} MB", [tool, "-n", *files], processor=True)
    print(f"{'':<44} {total / 1e6 / (names - start):8.2f} MB of text a second  bar: 10")
    both = measure("names and relations", [tool, "-r", *files], processor=True)
    print(f"{'':<44} {total / 1e6 / (both - start):8.2f} MB of text a second  bar: 5")
    db = os.path.join(work, "corpus.db")
    load = measure("load: from file to committed store", [verband_path, "--db", db, "load", "-q", "--jobs", "1", corpus],
                   before=lambda: remove(db), processor=True)
    print(f"{'':<44} {total / 1e6 / load:8.2f} MB and {len(files) / load:.0f} documents a second, relations, "
          f"full text and store with it")


def scale(verband, work):
    """A million nodes, five million edges: each of ours is a whole process, python-igraph's graph is in memory."""
    make = os.path.join(shared, "bench", "make_graph.py")
    if not os.path.exists(make):
        print("../shared/bench is not here: nothing of a million nodes")
        return
    graph, db = os.path.join(work, "million"), os.path.join(work, "million.db")
    once(["/usr/bin/python3", make, "1000000", "5000000", graph])
    csv = [os.path.join(graph, f) for f in ("nodes.csv", "edges.csv")]
    use = [verband, "--db", db]
    wall, cpu, memory = once(use + ["import", *csv])
    print(f"{'million: import':<44} {wall:8.3f} s  {cpu:8.3f} s cpu  {memory:7.1f} MB  "
          f"{os.path.getsize(db) / sum(map(os.path.getsize, csv)):.1f} times the CSV; bar: 3")
    pairs = [line.split() for line in open(os.path.join(graph, "pairs.txt"))]
    cold = [once(use + ["path", *pair, "--mentions"])[0] for pair in pairs[:25]]
    print(f"{'million: one path from a cold start':<44} {statistics.median(cold):8.3f} s, at most {max(cold):.3f} s of "
          f"{len(cold)}  bar: 0.050 s")
    measure("million: a hundred pairs", use + ["path", "--pairs", os.path.join(graph, "pairs.txt"), "--mentions",
                                               "--format", "jsonl"], bar="bar: 0.5 s")
    measure("million: PageRank from a cold start", use + ["rank", "--by", "pagerank", "--mentions", "--top", "10"],
            bar="bar: 3.7 s")
    peer = ["/usr/bin/python3", os.path.join(shared, "bench", "peer_python.py"), "igraph", graph]
    done = subprocess.run(peer, capture_output=True, text=True)
    print("python-igraph, in memory: " + "; ".join(" ".join(line.split()[:2]) + " s" for line in
                                                   done.stdout.splitlines()) if done.returncode == 0 else
          "python-igraph is not installed")


def writing(work):
    """A large graph to GraphML without a layout, read from the store and written; peers have it in memory and write."""
    nodes, edges = int(os.environ.get("BENCH_NODES", 100_000)), int(os.environ.get("BENCH_EDGES", 500_000))
    maker = os.path.join(shared, "bench", "make_graph.py")
    if not os.path.exists(maker):
        print("export of a large graph: ../shared is not here")
        return
    graph, db, out = (os.path.join(work, name) for name in ("graph", "large.db", "large.graphml"))
    subprocess.run(["/usr/bin/python3", maker, str(nodes), str(edges), graph], check=True)
    use = [verband_path, "--db", db]
    subprocess.run(use + ["import", "-q", graph + "/nodes.csv", graph + "/edges.csv"], check=True)
    own = measure(f"export {nodes} nodes, {edges} edges to GraphML", use + ["export", "--mentions", "--no-layout", "-o", out],
                  bar="bar: 15 s, 500 MB for 1,000,000 and 5,000,000", processor=True)
    for peer, program in WRITERS.items():
        run = subprocess.run(["/usr/bin/python3", "-c", program, graph, out], capture_output=True, text=True)
        said = f"{float(run.stdout):8.3f} s cpu, {float(run.stdout) / own:.1f} times ours" if run.returncode == 0 else "not installed"
        print(f"{peer + ': writes it':<44} {said}")


def main(verband):
    version = subprocess.run([verband, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{version}; {os.cpu_count()} cores; medians of {RUNS}")
    corpus = [p for d in ("letters", "letters-unannotated") if os.path.isdir(p := os.path.join(shared, d))]
    if not corpus:
        print("../shared is not here: the sample letters instead; the bars do not apply")
        corpus = [os.path.join(here, "tests", "letters")]
    with tempfile.TemporaryDirectory() as work:
        db, graphml = os.path.join(work, "bench.db"), os.path.join(work, "bench.graphml")
        use = [verband, "--db", db]
        export = use + ["export", "--format", "graphml", "-o", graphml]
        measure("start-up (--version)", [verband, "--version"])
        load = measure("load", use + ["load", *corpus], before=lambda: remove(db), bar="bar: 2 s, 100 MB")
        measure("load again, unchanged", use + ["load", *corpus], bar="bar: 0.5 s")
        print(f"{'':<44} {size(corpus) / 1e6 / load:8.2f} MB of text a second; a byte of text costs "
              f"{os.path.getsize(db) / size(corpus):.1f} bytes of store")
        extraction(corpus, work)
        once(export)
        for name, peers in MEASURES.items():
            own = measure(f"rank --by {name}", use + ["rank", "--by", name])
            for peer, call in peers.items():
                command = ["/usr/bin/python3", "-c", PEERS[peer].format(measure=call), graphml]
                if subprocess.run(command, capture_output=True).returncode:
                    print(f"{peer}: not installed, or cannot read the file")
                    continue
                theirs = measure(f"{peer}: read GraphML, {name}", command)
                print(f"{'':<44} {theirs / own:8.1f} times ours")
        measure("export --format graphml", export)
        writing(work)
        scale(verband, work)
        measure("ask", use + ["ask", "Welke gemeenten doen mee aan Preventie met Gezag?"])


verband_path = os.path.abspath(sys.argv[1])
main(verband_path)
