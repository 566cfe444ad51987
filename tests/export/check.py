"""Compare exported files with the SQLite file they come from, read by other programs' readers.

check.py networkx|igraph|gexf|json|cyjs|svg|text|html|gephi|neo4j STORE.db FILE [mentions]
check.py graphology-graphml|graphology-gexf|cytoscape STORE.db WHAT_READ.JS_SAYS
check.py project STORE.db FILE LABEL LABEL RELATIONS MIN_WEIGHT   prints what differs; exit 1 when anything does
"""
import re
import sqlite3
import sys
import xml.etree.ElementTree as ET

bad = []


def differ(what, got, want):
    if got != want:
        bad.append("%s: %r, should be %r" % (what, got, want))


def escape(text, label):
    out = b""
    for ch in text:
        raw = ch.encode("utf-8")
        if ch <= " " or ch in '\x7f"%\\<>&\ufffe\uffff' or (label and ch == ":"):
            out += b"".join(b"%%%02X" % b for b in raw)
        else:
            out += raw
    return out.decode("utf-8")


def clean(text):
    """What is left of a text in XML, and an XML reader's own line ends."""
    return re.sub("[\x00-\x08\x0b-\x1f]", " ", text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


class Store:
    def __init__(self, path, mentions):
        db = sqlite3.connect(path)
        db.text_factory = lambda b: b.decode("utf-8")
        self.nodes, self.edges = {}, []
        ids = {}
        for i, label, key, name, file in db.execute(
                "SELECT n.id, s.name, n.key, n.name, d.file FROM node n JOIN label_set s ON s.id = n.labels"
                " LEFT JOIN document d ON d.node = n.id"):
            ids[i] = escape(label, True) + ":" + escape(key, False)
            names = {a for (a,) in db.execute("SELECT name FROM alias WHERE node = ?", (i,))} - {name}
            dates = db.execute(
                "SELECT min(d.date), max(d.date) FROM edge e JOIN document d ON d.node = e.source JOIN relation r"
                " ON r.id = e.type WHERE r.name = 'MENTIONS' AND e.target = ?", (i,)).fetchone()
            self.nodes[ids[i]] = dict(type=label, key=key, name=name, file=file or "", aliases=names,
                                      first=dates[0] or "", last=dates[1] or "", degree=0)
        for i, s, t, r, w, sym, first, last, origin, certainty in db.execute(
                "SELECT e.id, source, target, r.name, ifnull(weight, 1), symmetric, first, last, origin, ifnull(certainty, 0)"
                " FROM edge e JOIN relation r ON r.id = e.type"):
            if r == "MENTIONS" and not mentions:
                continue
            said = {(file or "", words or "") for file, words in db.execute(
                "SELECT ifnull(d.file, v.said_in), ifnull(v.text, CAST(substr(CAST(t.text AS BLOB), v.start + 1,"
                " v.length) AS TEXT)) FROM evidence v LEFT JOIN document d ON d.id = v.document LEFT JOIN document_text t"
                " ON t.document = v.document AND v.start >= 0 WHERE edge = ?", (i,)) if words}
            self.edges.append(dict(source=ids[s], target=ids[t], relation=r, weight=w, symmetric=bool(sym),
                                   first=first or "", last=last or "", said=said, certainty=("stated", "announced")[certainty],
                                   origin=("text", "gazetteer", "person", "import")[origin]))
            self.nodes[ids[s]]["degree"] += 1
            self.nodes[ids[t]]["degree"] += 1
        self.nodes = {k: n for k, n in self.nodes.items() if n["degree"]}


def unpack(colour):
    """#rrggbb or rgb(r,g,b)"""
    if colour.startswith("#"):
        return {k: int(colour[1 + 2 * i:3 + 2 * i], 16) for i, k in enumerate("rgb")}
    return dict(zip("rgb", map(int, colour[4:-1].split(","))))


def looks(attributes):
    return unpack(attributes["color"]) if "color" in attributes else {k: attributes[k] for k in "rgb"}


def style():
    """Colours of style.tsv: ("node" or "edge", name) -> r, g, b."""
    with open("export/style.tsv", encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return {(kind, name): unpack(colour) for kind, name, colour, *_ in rows[1:] if colour}


def compare(store, nodes, edges, dates=True):
    """nodes: id -> attributes; edges: list of (source, target, attributes). Without dates: of a reader that drops them."""
    colours = style()
    differ("node ids", sorted(nodes), sorted(store.nodes))
    for key, want in store.nodes.items():
        got = nodes.get(key)
        if got is None:
            continue
        for name in ("type", "key", "name"):
            differ("%s of %s" % (name, key), got[name], clean(want[name]))
        differ("label of " + key, got["label"], clean(want["name"]))
        differ("file of " + key, got.get("file") or "", want["file"])
        differ("aliases of " + key, sorted(filter(None, (got.get("aliases") or "").split("; "))),
               sorted(clean(a) for a in want["aliases"]))
        if dates:
            differ("dates of " + key, (got.get("first_date") or "", got.get("last_date") or ""), (want["first"], want["last"]))
        differ("degree of " + key, int(got["degree"]), want["degree"])
        for name in ("size", "x", "y", "community"):
            if not isinstance(got.get(name), (int, float)) or got[name] != got[name]:
                bad.append("%s of %s is no number: %r" % (name, key, got.get(name)))
        differ("colour of " + key, looks(got), colours.get(("node", want["type"]), colours["node", "*"]))
        if not got["size"] > 0:
            bad.append("size of %s: %r" % (key, got["size"]))
    simple = lambda e: (e["source"], e["target"], clean(e["relation"]), e["weight"])
    differ("edges", sorted((s, t, a["relation"], int(a["weight"])) for s, t, a in edges), sorted(map(simple, store.edges)))
    wanted = {simple(e): e for e in store.edges}
    for s, t, a in edges:
        want = wanted.get((s, t, a["relation"], int(a["weight"])))
        if want is None:
            continue
        differ("symmetric of %s-%s" % (s, t), bool(a["symmetric"]), want["symmetric"])
        differ("interaction", a["interaction"], a["relation"])
        if dates:
            differ("said", (a.get("first_said") or "", a.get("last_said") or ""), (want["first"], want["last"]))
        differ("origin and certainty of %s-%s" % (s, t), (a["origin"], a["certainty"]), (want["origin"], want["certainty"]))
        differ("colour of %s-%s" % (s, t), looks(a), colours.get(("edge", want["relation"]), colours["edge", "*"]))
        said = (a.get("document") or "", a.get("sentence") or "")
        if (said[1] or want["said"]) and said not in {(d, clean(w)) for d, w in want["said"]}:
            bad.append("sentence of %s-%s: %r, should be one of %r" % (s, t, said, want["said"]))


def networkx(store, path):
    import networkx as nx
    g = nx.read_graphml(path, force_multigraph=True)
    differ("directed", g.is_directed(), True)
    differ("edge ids are unique", len(set(k for _, _, k in g.edges(keys=True))), len(store.edges))
    compare(store, dict(g.nodes(data=True)), list(g.edges(data=True)))


def igraph(store, path):
    import igraph as ig
    g = ig.Graph.Read_GraphML(path)
    differ("directed", g.is_directed(), True)
    nodes = {v["id"]: v.attributes() for v in g.vs}
    compare(store, nodes, [(g.vs[e.source]["id"], g.vs[e.target]["id"], e.attributes()) for e in g.es])
    labels = [e.get("label") for e in ET.parse(path).getroot().iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    differ("edge labels", sorted(labels), sorted(re.sub(r"\s", " ", clean(e["relation"])) for e in store.edges))


def raw(store):
    """JSON holds every character: nothing is cleaned away."""
    global clean
    clean = lambda text: text


def json_(store, path):
    import json
    import networkx as nx
    raw(store)
    with open(path, encoding="utf-8") as f:
        g = nx.node_link_graph(json.load(f))
    differ("directed multigraph", (g.is_directed(), g.is_multigraph()), (True, True))
    compare(store, dict(g.nodes(data=True)), list(g.edges(data=True)))


def cyjs(store, path):
    import json
    raw(store)
    with open(path, encoding="utf-8") as f:
        elements = json.load(f)["elements"]
    nodes = {n["data"]["id"]: dict(n["data"], **n["position"]) for n in elements["nodes"]}
    differ("edge ids are unique", len({e["data"]["id"] for e in elements["edges"]}), len(store.edges))
    compare(store, nodes, [(e["data"]["source"], e["data"]["target"], e["data"]) for e in elements["edges"]])


def gexf(store, path):
    ns, viz = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
    graph = ET.parse(path).getroot().find(ns + "graph")
    differ("graph", graph.attrib, dict(defaultedgetype="directed", mode="dynamic", timeformat="date", timerepresentation="interval"))
    declared = {c.get("class"): {a.get("id"): a.get("type") for a in c} for c in graph.iter(ns + "attributes")}

    def values(item, kind):
        out = {}
        for v in item.iter(ns + "attvalue"):
            as_declared = {"long": int, "double": float, "boolean": lambda t: t == "true", "string": str}
            out[v.get("for")] = as_declared[declared[kind][v.get("for")]](v.get("value"))
        return out

    nodes, edges = {}, []
    for n in graph.iter(ns + "node"):
        colour, place = n.find(viz + "color").attrib, n.find(viz + "position").attrib
        nodes[n.get("id")] = dict(values(n, "node"), label=n.get("label"), name=n.get("label"), first_date=n.get("start"),
                                  last_date=n.get("end"), size=float(n.find(viz + "size").get("value")),
                                  x=float(place["x"]), y=float(place["y"]), **{k: int(v) for k, v in colour.items()})
    for e in graph.iter(ns + "edge"):
        edges.append((e.get("source"), e.get("target"),
                      dict(values(e, "edge"), weight=int(e.get("weight")), interaction=values(e, "edge")["relation"],
                           first_said=e.get("start"), last_said=e.get("end"),
                           **{k: int(v) for k, v in e.find(viz + "color").attrib.items()})))
        differ("kind", (e.get("kind"), e.get("label")), (edges[-1][2]["relation"],) * 2)
    differ("edge ids are unique", len({e.get("id") for e in graph.iter(ns + "edge")}), len(store.edges))
    global clean
    in_text = clean
    clean = lambda text: re.sub(r"[\t\n]", " ", in_text(text))  # in an attribute an XML reader makes them blanks
    compare(store, nodes, edges)


def dumped(of):
    """What read.js says that a reader of npm made of a file."""
    def check(store, path):
        import json
        global clean
        in_text = clean
        if of == "cytoscape":
            raw(store)
        elif of == "gexf":
            clean = lambda text: re.sub(r"[\t\n]", " ", in_text(text))
        with open(path, encoding="utf-8") as f:
            said = json.load(f)
        differ("directed", said["directed"], True)
        differ("edge ids are unique", len({i for _, _, i, _ in said["edges"]}), len(store.edges))
        edges = [(s, t, dict(a, interaction=a["kind"]) if of == "gexf" else a) for s, t, _, a in said["edges"]]
        nodes = {k: dict(n, name=n.get("label")) for k, n in said["nodes"].items()} if of == "gexf" else said["nodes"]
        compare(store, nodes, edges, dates=of != "gexf")
    return check


def projection(store, path, of, over, relations, least):
    """The JSON of a projection beside NetworkX's own."""
    import json
    import networkx as nx
    with open(path, encoding="utf-8") as f:
        g = nx.node_link_graph(json.load(f))
    bipartite = nx.Graph()
    label = lambda n: store.nodes[n]["type"]
    for e in store.edges:
        ends = {label(e["source"]): e["source"], label(e["target"]): e["target"]}
        if set(ends) == {of, over} and (not relations or e["relation"] in relations.split(",")):
            bipartite.add_edge(ends[of], ends[over])
    wanted = nx.bipartite.weighted_projected_graph(bipartite, [n for n in bipartite if label(n) == of])
    differ("edges", sorted(tuple(sorted((s, t))) + (w,) for s, t, w in g.edges(data="weight")),
           sorted(tuple(sorted((s, t))) + (w,) for s, t, w in wanted.edges(data="weight") if w >= int(least)))
    if not g.number_of_edges():
        bad.append("the projection has no edge: it tests nothing")
    for s, t, data in g.edges(data=True):
        names = sorted(store.nodes[n]["name"] for n in set(bipartite[s]) & set(bipartite[t]))
        differ("what %s and %s share" % (s, t), sorted(data["sentence"].split("; ")), names)
        differ("relation", (data["relation"], data["symmetric"]), ("SHARES_" + over.upper(), True))


def svg(store, path):
    root = ET.parse(path).getroot()
    ns = "{http://www.w3.org/2000/svg}"
    count = lambda kind: sum(1 for g in root.iter(ns + "g") if g.get("class") == kind)
    differ("nodes drawn", count("node"), len(store.nodes))
    differ("edges drawn", count("edge"), len(store.edges))
    words = "\n".join("".join(t.itertext()).replace("\xa0", " ") for t in root.iter(ns + "text"))
    labels = {n["type"] for n in store.nodes.values()} & {"Municipality", "Programme", "Organisation", "Document"}
    for label in labels:
        n = sum(1 for x in store.nodes.values() if x["type"] == label)
        if "%s (%d)" % (label, n) not in words:
            bad.append("the legend does not show %s (%d)" % (label, n))
    for part in ("documents, 2024-01-15 to 2024-04-15", "taking part ("):
        if part not in words:
            bad.append("the picture does not say %r" % part)
    tips = [a.get("{http://www.w3.org/1999/xlink}title") or "" for a in root.iter(ns + "a")]
    if not any("doe <mee> & meer" in t for t in tips):
        bad.append("no tooltip has the sentence")


def csv_rows(path):
    import csv
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, strict=True))
    return rows


def gephi(store, folder):
    """The pair for Gephi: every node and edge, and no text that a spreadsheet would take for a formula."""
    nodes, edges = csv_rows(folder + "/nodes.csv"), csv_rows(folder + "/edges.csv")
    blank = lambda text: re.sub("[\x00-\x1f]", " ", text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    guard = lambda text: ("'" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else "") + blank(text)
    differ("ids", sorted(n["Id"] for n in nodes), sorted(map(guard, store.nodes)))
    for n in nodes:
        want = store.nodes[n["Id"]]
        differ("node", (n["Label"], n["type"], n["key"], int(n["degree"])),
               (guard(want["name"]), guard(want["type"]), guard(want["key"]), want["degree"]))
        differ("interval", n["Timeset"], "<[%s,%s]>" % (want["first"], want["last"]) if want["first"] else "")
        float(n["size"]), float(n["x"]), float(n["y"]), int(n["community"])
    differ("edges", sorted((e["Source"], e["Target"], e["Kind"], int(e["Weight"]), e["Type"]) for e in edges),
           sorted((e["source"], e["target"], guard(e["relation"]), e["weight"], "Undirected" if e["symmetric"] else "Directed")
                  for e in store.edges))
    for row in nodes + edges:
        for name, cell in row.items():
            if cell[:1] in ("=", "+", "-", "@") and name not in ("x", "y"):
                bad.append("%s is a formula: %r" % (name, cell))


def neo4j(store, other):
    """STORE.db and the one that its pair for Neo4j was imported into hold the same."""
    again = Store(other, True)
    facts = lambda s: sorted((k, n["type"], n["key"], n["name"], n["file"], sorted(n["aliases"]), n["degree"]) for k, n in s.nodes.items())
    differ("nodes", facts(again), facts(store))
    edge = lambda e: (e["source"], e["target"], e["relation"], e["weight"], e["symmetric"], e["first"])
    differ("edges", sorted(map(edge, again.edges)), sorted(map(edge, store.edges)))
    said = {edge(e): e["said"] for e in store.edges}
    for e in again.edges:
        if not (e["said"] <= said.get(edge(e), set()) and len(e["said"]) == min(1, len(said.get(edge(e), ())))):
            bad.append("sentences of %r: %r, were %r" % (edge(e), e["said"], said.get(edge(e))))


class Page:
    """The HTML view as a strict parser sees it."""

    def __init__(self, path):
        from html.parser import HTMLParser
        self.elements, self.text = [], {}
        page, stack = self, []

        class Parser(HTMLParser):
            def handle_starttag(self, tag, attrs):
                page.elements.append((tag, dict(attrs)))
                if tag not in ("meta", "input", "br"):
                    stack.append(tag)

            def handle_startendtag(self, tag, attrs):
                page.elements.append((tag, dict(attrs)))

            def handle_endtag(self, tag):
                if not stack or stack.pop() != tag:
                    bad.append("</%s> closes another element" % tag)

            def handle_data(self, data):
                key = (stack[-1] if stack else "", page.elements[-1][1].get("id") if page.elements else None)
                page.text[key] = page.text.get(key, "") + data

        with open(path, encoding="utf-8") as f:
            self.source = f.read()
        Parser(convert_charrefs=True).feed(self.source)
        differ("elements left open", stack, [])


def html(store, path, title="All relations"):
    import json
    page = Page(path)
    tags = [t for t, _ in page.elements]
    allowed = set("html head meta title style body header div h1 p input ul button main nav section h2 select canvas aside script".split())
    differ("elements that the view does not have", sorted(set(tags) - allowed), [])
    differ("scripts", tags.count("script"), 3)
    for tag, attrs in page.elements:
        for name in attrs:
            if name in ("src", "href", "action", "data", "srcset") or name.startswith("on"):
                bad.append("<%s %s> loads or runs something" % (tag, name))
    if re.search(r"url\(\s*[\"']?https?:|@import|importScripts|[^.]fetch\(\s*[\"']", page.source.split("{{")[0].split("<script type")[0]):
        bad.append("the page loads something")
    if "default-src 'none'" not in page.source:
        bad.append("no policy forbids loading")
    differ("title", page.text[("title", None)], title)
    with open(path.replace(".html", ".json"), encoding="utf-8") as f:
        differ("data", json.loads(page.text[("script", "data")]) == json.load(f), True)
    if "<" in page.text[("script", "data")]:
        bad.append("a '<' in the data")


def text(store, path):
    raw = open(path, "rb").read()
    for n, line in enumerate(raw.decode("utf-8").split("\n"), 1):  # decode: UTF-8 or an exception
        if re.search("[\x00-\x08\x0b-\x1f\x7f]", line):
            bad.append("line %d holds a control character" % n)


what, db, path = sys.argv[1:4]
if what == "project":
    projection(Store(db, True), path, *sys.argv[4:])
    print("\n".join(bad[:20]))
    sys.exit(bool(bad))
CHECKS = {"networkx": networkx, "igraph": igraph, "svg": svg, "text": text, "json": json_, "cyjs": cyjs, "gephi": gephi, "neo4j": neo4j,
          "html": html, "gexf": gexf, "graphology-graphml": dumped("graphml"), "graphology-gexf": dumped("gexf"),
          "cytoscape": dumped("cytoscape")}
CHECKS[what](Store(db, sys.argv[4:] == ["mentions"]), path)
print("\n".join(bad[:20]))
sys.exit(bool(bad))
