#!/usr/bin/python3
"""Compare every figure of the bridge to igraph with NetworkX, or with a plain power iteration where NetworkX needs
SciPy, on random graphs with parallel edges, loops, symmetric edges and nodes alone: compare.py SCORES_PROGRAM"""
import itertools
import random
import subprocess
import sys
from fractions import Fraction

import networkx as nx


def power(step, n):
    """Iterate from equal scores until nothing changes, the largest being 1."""
    x = [1.0] * n
    for _ in range(20000):
        y = step(x)
        top = max(y) or 1.0
        y = [v / top for v in y]
        if max(abs(a - b) for a, b in zip(x, y)) < 1e-13:
            return y
        x = y
    return x


class Reference:
    """What the figures of a graph should be. edges: (source, target, weight, symmetric)."""

    def __init__(self, n, edges):
        self.n, self.edges = n, edges
        self.multi = nx.MultiGraph()
        self.simple = nx.Graph()
        self.arcs = []
        for g in (self.multi, self.simple):
            g.add_nodes_from(range(n))
        for a, b, w, symmetric in edges:
            self.multi.add_edge(a, b, weight=w)
            self.arcs.append((a, b, w))
            if symmetric and a != b:
                self.arcs.append((b, a, w))
            if a != b:
                old = self.simple.get_edge_data(a, b, {"weight": 0})["weight"]
                self.simple.add_edge(a, b, weight=old + w)
        for _, _, d in self.simple.edges(data=True):
            d["length"] = Fraction(1, d["weight"])  # so that ties are ties

    def degree(self, weighted):
        return dict(self.multi.degree())

    def strength(self, weighted):
        return dict(self.multi.degree(weight="weight"))

    def betweenness(self, weighted):
        return nx.betweenness_centrality(self.simple, normalized=False, weight="length" if weighted else None)

    def closeness(self, weighted):
        return nx.closeness_centrality(self.simple, distance="length" if weighted else None)

    def harmonic(self, weighted):
        got = nx.harmonic_centrality(self.simple, distance="length" if weighted else None)
        return {v: s / (self.n - 1) for v, s in got.items()}

    def coreness(self, weighted):
        return nx.core_number(self.simple)

    def articulation(self, weighted):
        def parts(g):
            return nx.number_connected_components(g)
        return {v: max(0, parts(nx.restricted_view(self.simple, [v], [])) - parts(self.simple)) for v in range(self.n)}

    def clustering(self, weighted):
        if not weighted:
            return nx.clustering(self.simple)
        g, got = self.simple, {}
        for v in g:  # Barrat's: of the pairs of neighbours that know each other, the mean weight of the ways there
            pairs = [(g[v][a]["weight"] + g[v][b]["weight"]) / 2 for a, b in itertools.permutations(g[v], 2) if b in g[a]]
            ways = g.degree(v, weight="weight") * (g.degree(v) - 1)
            got[v] = sum(pairs) / ways if ways else 0.0
        return got

    def constraint(self, weighted):
        got = nx.constraint(self.simple, weight="weight" if weighted else None)
        return {v: s if s == s else 1.0 for v, s in got.items()}

    def eccentricity(self, weighted):
        return {v: max(nx.single_source_shortest_path_length(self.simple, v).values()) for v in range(self.n)}

    def neighbour_degree(self, weighted):
        return nx.average_neighbor_degree(self.simple, weight="weight" if weighted else None)

    def eigenvector(self, weighted):
        def step(x):
            y = list(x)  # A + I: the same vector, and no swinging where the graph is bipartite
            for a, b, w, _ in self.edges:
                w = w if weighted else 1
                y[a] += w * x[b]
                y[b] += w * x[a]
            return y
        return power(step, self.n)

    def pagerank(self, weighted):
        out = [0.0] * self.n
        for a, _, w in self.arcs:
            out[a] += w if weighted else 1
        x = [1.0 / self.n] * self.n
        for _ in range(500):
            idle = sum(s for s, o in zip(x, out) if not o)
            y = [0.15 / self.n + 0.85 * idle / self.n] * self.n
            for a, b, w in self.arcs:
                y[b] += 0.85 * x[a] * (w if weighted else 1) / out[a]
            x = y
        return x

    def along(self, x, weighted, forward):
        y = [0.0] * self.n
        for a, b, w in self.arcs:
            a, b = (a, b) if forward else (b, a)
            y[b] += x[a] * (w if weighted else 1)
        return y

    def hub(self, weighted):
        return power(lambda x: self.along(self.along(x, weighted, True), weighted, False), self.n)

    def authority(self, weighted):
        return power(lambda x: self.along(self.along(x, weighted, False), weighted, True), self.n)

    def bridge(self):
        cut = {frozenset(e) for e in nx.bridges(self.simple)}
        sides = [frozenset((a, b)) for a, b, _, _ in self.edges]
        return {i: int(s in cut and sides.count(s) == 1) for i, s in enumerate(sides)}

    def point(self):
        cut = set(nx.articulation_points(self.simple))
        return {v: int(v in cut) for v in range(self.n)}

    def distance(self):
        got = nx.single_source_shortest_path_length(self.simple, 0)
        return {v: got.get(v, -1) for v in range(self.n)}

    def similar(self):
        near = [set(self.simple[v]) for v in range(self.n)]
        return {v: len(near[0] & near[v]) / len(near[0] | near[v]) if v and near[0] | near[v] else 0.0
                for v in range(self.n)}

    def way(self):
        if not nx.has_path(self.simple, 0, self.n - 1):
            return {}
        ways = nx.shortest_simple_paths(self.simple, 0, self.n - 1)
        return {i: len(w) - 1 for i, w in enumerate(itertools.islice(ways, 10))}


def random_graph(seed):
    """One connected graph in the middle, so that eigenvectors have one answer; a pair and a node apart."""
    r = random.Random(seed)
    n = 30
    edges = [(r.randrange(v), v, r.randint(1, 5), r.random() < 0.4) for v in range(1, n)]
    edges += [(r.randrange(n), r.randrange(n), r.randint(1, 5), r.random() < 0.4) for _ in range(15 * seed)]
    edges += [(a, b, r.randint(1, 3), False) for a, b, _, _ in edges[:5]]
    edges += [(2, 2, 2, False), (n + 2, n + 3, 1, True)]
    return n + 4, [(a, b, w, s) if r.random() < 0.5 else (b, a, w, s) for a, b, w, s in edges]


def run(program, n, edges):
    text = f"{n}\n" + "".join(f"{a} {b} {w} {int(s)}\n" for a, b, w, s in edges)
    done = subprocess.run([program], input=text, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"not ok - scores ended with {done.returncode}: {done.stderr}")
    got = {}
    for line in done.stdout.splitlines():
        kind, name, value = line.split()
        got.setdefault(kind, {})[int(name)] = float(value)
    return got


def differ(got, want, slack):
    want = dict(enumerate(want)) if isinstance(want, list) else want
    if got.keys() != want.keys():
        return f"{len(got)} figures, not {len(want)}"
    bad = [(k, got[k], want[k]) for k in got if abs(got[k] - want[k]) > slack * (1 + abs(want[k]))]
    return f"{len(bad)} of {len(got)} differ; the first: node %d is %.9g, not %.9g" % bad[0] if bad else ""


def groups(numbers):
    found = {}
    for v, g in numbers.items():
        found.setdefault(g, set()).add(v)
    return [found[g] for g in sorted(found)]


def check_groups(ref, got):
    parts = groups(got["component"])
    yield "component", set(map(frozenset, parts)) == set(map(frozenset, nx.connected_components(ref.simple)))
    for kind in ("component", "community"):
        sizes = [len(p) for p in groups(got[kind])]
        yield kind + " sizes", sizes == sorted(sizes, reverse=True)
    said = got["modularity"][0]
    yield "modularity", abs(said - nx.community.modularity(ref.simple, groups(got["community"]))) < 1e-9
    greedy = nx.community.greedy_modularity_communities(ref.simple, weight="weight")
    yield "modularity beside greedy", said >= 0.99 * nx.community.modularity(ref.simple, greedy)


def main():
    failed = {}
    kinds = []
    for seed in range(1, 11):
        n, edges = random_graph(seed)
        ref, got = Reference(n, edges), run(sys.argv[1], n, edges)
        for kind in got:
            name, _, weighted = kind.partition(".")
            if name in ("component", "community", "modularity"):
                continue
            kinds.append(kind)
            want = getattr(ref, name)(weighted == "1") if weighted else getattr(ref, name)()
            wrong = differ(got[kind], want, 1e-6)
            if wrong:
                failed.setdefault(kind, f"graph {seed}: {wrong}")
        for kind, right in check_groups(ref, got):
            kinds.append(kind)
            if not right:
                failed.setdefault(kind, f"graph {seed}")
    for kind in dict.fromkeys(kinds):
        print(f"not ok - {kind}: {failed[kind]}" if kind in failed else f"ok - {kind} agrees with NetworkX")


main()
