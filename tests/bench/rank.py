"""Measures over the graph of the letters, beside peers that read the same graph from GraphML: whole processes."""
import os

from table import *

PEERS = {
    "python-igraph": ("igraph", "import igraph, sys; g = igraph.Graph.Read_GraphML(sys.argv[1]); print(max(g.{}()))"),
    "NetworkX": ("networkx", "import networkx as nx, sys; g = nx.DiGraph(nx.read_graphml(sys.argv[1])); print(max(nx.{}(g).values()))"),
}
MEASURES = {
    "betweenness": {"python-igraph": "betweenness", "NetworkX": "betweenness_centrality"},
    "pagerank": {"python-igraph": "pagerank", "NetworkX": "pagerank"},
}

with folder() as work:
    db, file = os.path.join(work, "rank.db"), os.path.join(work, "rank.graphml")
    once(use(db) + ["load", "-q", *letters()[0]])
    measure("export --format graphml, with a layout", use(db) + ["export", "--format", "graphml", "-o", file])
    for name, calls in MEASURES.items():
        own = measure(f"rank --by {name}", use(db) + ["rank", "--by", name])
        for peer, call in calls.items():
            module, program = PEERS[peer]
            if not python_has(module):
                skip(f"rank --by {name}", f"{peer} is not installed")
                continue
            row(f"rank --by {name}", own, peer, median([PYTHON, "-c", program.format(call), file]))
