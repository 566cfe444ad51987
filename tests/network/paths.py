#!/usr/bin/python3
"""Compare the lengths of shortest paths with NetworkX's, on a graph with nodes of so many edges that the search puts
them off, and one by one the paths themselves: paths.py VERBAND"""
import json
import os
import random
import subprocess
import sys
import tempfile

import networkx as nx

NODES, EDGES, HUBS, PAIRS = 4000, 5200, 6, 150


def graph(seed):
    """Sparse, so that paths are long; hubs that a tenth of the nodes hang on, some of them tied to each other."""
    r = random.Random(seed)
    edges = [(r.randrange(NODES), r.randrange(NODES)) for _ in range(EDGES)]
    hubs = r.sample(range(NODES), HUBS)
    for hub in hubs[:3]:
        edges += [(v, hub) if r.random() < 0.5 else (hub, v) for v in r.sample(range(NODES), NODES // 10)]
    edges += [(hubs[0], hubs[1])] if seed % 2 else []
    pairs = [(r.randrange(NODES), r.randrange(NODES)) for _ in range(PAIRS)]
    pairs += [(a, b) for a in hubs for b in hubs] + [(hubs[0], r.randrange(NODES)) for _ in range(30)]
    return [(a, b) for a, b in edges if a != b], pairs


def main(verband):
    for seed in (1, 2):
        edges, pairs = graph(seed)
        net = nx.Graph(edges)
        net.add_nodes_from(range(NODES))
        with tempfile.TemporaryDirectory() as work:
            use = [verband, "--db", os.path.join(work, "paths.db")]
            names = [os.path.join(work, f) for f in ("nodes.csv", "edges.csv", "pairs.txt")]
            with open(names[0], "w") as out:
                out.write("key:ID,:LABEL\n" + "".join(f"n{i},Organisation\n" for i in range(NODES)))
            with open(names[1], "w") as out:
                out.write(":START_ID,:END_ID,:TYPE\n" + "".join(f"n{a},n{b},LEADS\n" for a, b in edges))
            with open(names[2], "w") as out:
                out.write("".join(f"n{a} n{b}\n" for a, b in pairs))
            subprocess.run(use + ["import", *names[:2]], check=True, capture_output=True)
            done = subprocess.run(use + ["path", "--pairs", names[2], "--format", "jsonl"], capture_output=True, text=True)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        want = [nx.shortest_path_length(net, a, b) if nx.has_path(net, a, b) else None for a, b in pairs]
        wrong = [(p, row["length"], w) for p, row, w in zip(pairs, rows, want) if row["length"] != w]
        broken = [row for row in rows if any(
            not net.has_edge(int(x["key"][1:]), int(y["key"][1:])) for x, y in zip(row["nodes"], row["nodes"][1:]))]
        right = len(rows) == len(pairs) and not wrong and not broken
        print(f"{'ok' if right else 'not ok'} - {len(pairs)} shortest paths past hubs, graph {seed}, agree with NetworkX"
              + (f": {wrong[:3]} {broken[:1]}" if not right else ""))


main(sys.argv[1])
