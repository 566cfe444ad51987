"""A large graph to GraphML without a layout: ours is read from the store and written, peers have it in memory and write."""
import os
import subprocess

from table import *

READ = ("import csv, sys, time; rows = lambda name: list(csv.reader(open(sys.argv[1] + '/' + name)))[1:]; "
        "nodes, edges = rows('nodes.csv'), rows('edges.csv'); ")
WRITERS = {
    "python-igraph": READ + "import igraph; at = {r[0]: i for i, r in enumerate(nodes)}; "
    "g = igraph.Graph(n=len(nodes), edges=[(at[a], at[b]) for a, b, _ in edges], directed=True); "
    "g.vs['type'] = [r[1] for r in nodes]; g.vs['name'] = [r[2] for r in nodes]; g.es['relation'] = [r[2] for r in edges]; "
    "w, c = time.time(), time.process_time(); g.write_graphml(sys.argv[2]); print(time.time() - w, time.process_time() - c)",
    "NetworkX": READ + "import networkx as nx; g = nx.MultiDiGraph(); "
    "g.add_nodes_from((k, {'type': t, 'name': n}) for k, t, n in nodes); "
    "g.add_edges_from((a, b, {'relation': r}) for a, b, r in edges); "
    "w, c = time.time(), time.process_time(); nx.write_graphml(g, sys.argv[2]); print(time.time() - w, time.process_time() - c)",
}

nodes, edges = graph_size()
with folder() as work:
    graph = large_graph(nodes, edges, work)
    db, out = os.path.join(work, "large.db"), os.path.join(work, "large.graphml")
    once(use(db) + ["import", "-q", graph + "/nodes.csv", graph + "/edges.csv"])
    name = f"GraphML of {nodes:,} nodes, {edges:,} edges"
    own = measure(name, use(db) + ["export", "--mentions", "--no-layout", "-o", out], "bar: 15 s, 500 MB at 1,000,000",
                  runs=1 if full else 3)
    for peer, program in WRITERS.items():
        done = subprocess.run([PYTHON, "-c", program, graph, out], capture_output=True, text=True)
        if done.returncode:
            skip(name, f"{peer} is not installed")
        else:
            row(name, own, peer, tuple(map(float, done.stdout.split())), "from memory")
