"""Import, paths and PageRank over a large graph: ours are whole processes from a cold start, python-igraph has read its
graph into memory before its clock starts."""
import os
import statistics
import subprocess

from table import *

PEER = """
import csv, sys, time, igraph
rows = lambda name: list(csv.reader(open(sys.argv[1] + '/' + name)))[1:]
def timed(name, run):
    w, c = time.time(), time.process_time(); run(); print(name, time.time() - w, time.process_time() - c)
g = at = None
def read():
    global g, at
    nodes, edges = rows('nodes.csv'), rows('edges.csv')
    at = {r[0]: i for i, r in enumerate(nodes)}
    g = igraph.Graph(n=len(nodes), edges=[(at[a], at[b]) for a, b, _ in edges], directed=True)
    g.es['type'], g.vs['label'] = [r[2] for r in edges], [r[1] for r in nodes]
timed('import', read)
pairs = [line.split() for line in open(sys.argv[1] + '/pairs.txt')]
timed('paths', lambda: [g.get_shortest_paths(at[a], at[b], mode='all', output='epath') for a, b in pairs])
timed('pagerank', lambda: g.pagerank())
"""

nodes, edges = graph_size()
with folder() as work:
    graph, db = large_graph(nodes, edges, work), os.path.join(work, "paths.db")
    csv = [os.path.join(graph, f) for f in ("nodes.csv", "edges.csv")]
    peer = {}
    if python_has("igraph"):
        done = subprocess.run([PYTHON, "-c", PEER, graph], capture_output=True, text=True, check=True)
        peer = {name: (float(w), float(c)) for name, w, c in map(str.split, done.stdout.splitlines())}
    else:
        skip("paths", "python-igraph is not installed")
    beside = lambda name: {"peer": "python-igraph" if peer else "", "theirs": peer.get(name)}
    row(f"import {nodes:,} nodes, {edges:,} edges", once(use(db) + ["import", "-q", *csv]), **beside("import"))
    value("the store", f"{size(db) / 1e6:.0f} MB, {size(db) / size(*csv):.1f} times the CSV; bar: 3")
    pairs = [line.split() for line in open(os.path.join(graph, "pairs.txt"))]
    cold = [once(use(db) + ["path", *pair, "--mentions"]) for pair in pairs[:25]]
    row("one path, from a cold start", tuple(statistics.median(c[i] for c in cold) for i in range(3)),
        note=f"at most {max(c[0] for c in cold):.3f} s of 25; bar: 0.050 s")
    row("a hundred paths", median(use(db) + ["path", "--pairs", os.path.join(graph, "pairs.txt"), "--mentions", "--format",
                                             "jsonl"], runs=3), **beside("paths"), note="bar: 0.5 s at 1,000,000")
    row("PageRank, from a cold start", median(use(db) + ["rank", "--by", "pagerank", "--mentions", "--top", "10"], runs=3),
        **beside("pagerank"), note="bar: 3.7 s at 1,000,000")
