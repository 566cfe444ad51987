"""Time openCypher on a million nodes and five million edges, beside an embedded graph database: cypher.py VERBAND

The graph is VERBAND_BENCH_GRAPH (nodes.csv, edges.csv, pairs.txt, as Neo4j's import reads them), else made by
../shared/bench/make_graph.py. The peer is the npm package kuzu (or VERBAND_PEER, the folder of one with its interface),
asked in one process that is warm, with all threads; Verband is asked cold, a process a query or a shell for twenty, on
one. Medians of five. The machine is noisy: read the ratios.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5
here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
make_graph = os.path.join(here, "..", "shared", "bench", "make_graph.py")
verband = os.path.abspath(sys.argv[1])
PATTERN = ("MATCH (m:Municipality)-[:PARTICIPATES_IN]->(p:Programme)<-[:FUNDS]-(o:Ministry) "
           "RETURN p.key AS k, count(*) AS n ORDER BY n DESC, k LIMIT 3")
PEER = r"""
const [, module, graph, db, keys, runs] = process.argv, k = require(module), fs = require('fs');
const fresh = !fs.existsSync(db), c = new k.Connection(new k.Database(db));
const ask = async q => (await c.query(q)).getAll();
const median = async f => { const all = []; let r;
  for (let i = 0; i <= +runs; i++) { const t = process.hrtime.bigint(); r = await f();
    if (i) all.push(Number(process.hrtime.bigint() - t) / 1e9); }
  return [all.sort((a, b) => a - b)[all.length >> 1], r]; };
(async () => {
  if (fresh) {
    await ask('CREATE NODE TABLE N(key STRING PRIMARY KEY, label STRING, name STRING)');
    await ask('CREATE REL TABLE E(FROM N TO N, type STRING)');
    await ask(`COPY N FROM '${graph}/nodes.csv' (HEADER=true)`);
    await ask(`COPY E FROM '${graph}/edges.csv' (HEADER=true)`);
  }
  const pattern = await median(() => ask("MATCH (m:N)-[r:E]->(p:N)<-[s:E]-(o:N) WHERE m.label = 'Municipality' AND " +
    "r.type = 'PARTICIPATES_IN' AND p.label = 'Programme' AND s.type = 'FUNDS' AND o.label = 'Ministry' " +
    "RETURN p.key AS k, count(*) AS n ORDER BY n DESC, k LIMIT 3"));
  const hops = await median(async () => { for (const a of JSON.parse(keys))
    await ask(`MATCH (a:N {key: '${a}'})-[:E]-(x)-[:E]-(b) RETURN count(DISTINCT b.key) AS n`); });
  fs.writeSync(1, JSON.stringify({ pattern: pattern[0], rows: pattern[1], hops: hops[0] }) + '\n');
  process.kill(process.pid, 'SIGKILL');
})().catch(e => { fs.writeSync(2, String(e) + '\n'); process.exit(1); });
"""


def median(command, text=None, runs=RUNS):
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        done = subprocess.run(command, input=text, capture_output=True, text=True)
        times.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(f"bench: {' '.join(command)}: {done.stderr}")
    return statistics.median(times[1:]), done.stdout


def line(name, seconds, peer=None, bar=""):
    beside = f"{peer:8.3f} s  {seconds / peer:6.2f} times the peer's" if peer else " " * 34
    print(f"{name:<44} {seconds:8.3f} s  {beside}  {bar}".rstrip(), flush=True)


def find_peer():
    """The module's folder, or why there is none."""
    if "VERBAND_PEER" in os.environ:
        return os.environ["VERBAND_PEER"]
    try:
        done = subprocess.run(["node", "-p", "require.resolve('kuzu')"], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def ask_peer(graph, keys, work):
    peer = find_peer()
    if not peer:
        print("the npm package kuzu is not installed (or VERBAND_PEER not set): no comparison")
        return {}
    db = os.environ.get("VERBAND_PEER_DB", os.path.join(work, "peer"))
    done = subprocess.run(["node", "-e", PEER, "--", peer, graph, db, json.dumps(keys), str(RUNS)], capture_output=True,
                          text=True)
    if not done.stdout.strip():
        print(f"the peer failed: {done.stderr.strip()[:300]}")
        return {}
    return json.loads(done.stdout)


def main(work):
    graph = os.environ.get("VERBAND_BENCH_GRAPH", os.path.join(work, "graph"))
    if not os.path.isdir(graph):
        if not os.path.exists(make_graph):
            print("openCypher on a large graph: no ../shared/bench and no VERBAND_BENCH_GRAPH, left out")
            return
        subprocess.run(["/usr/bin/python3", make_graph, "1000000", "5000000", graph], check=True)
    db = os.path.join(work, "graph.db")
    use = [verband, "--db", db]
    start = time.perf_counter()
    subprocess.run(use + ["import", f"{graph}/nodes.csv", f"{graph}/edges.csv"], check=True, capture_output=True)
    line("import of 1,000,000 nodes, 5,000,000 edges", time.perf_counter() - start)
    keys = [row.split()[0] for row in open(f"{graph}/pairs.txt")][:20]
    hops = "".join(f"MATCH (a {{key: '{k}'}})--(x)--(b) RETURN count(DISTINCT b.key) AS n;\n" for k in keys)
    peer = ask_peer(graph, keys, work)
    pattern, rows = median(use + ["query", PATTERN])
    line("pattern of two relations, three labels", pattern, peer.get("pattern"), "bar: 1.00")
    rows = [json.loads(r) for r in rows.splitlines()]
    if peer and rows != peer["rows"]:
        raise SystemExit(f"bench: the rows differ: {rows} and {peer['rows']}")
    line("twenty counts at two steps", median(use + ["shell"], hops)[0], peer.get("hops"), "bar: 1.00")
    lookup = median(use + ["query", f"MATCH (a {{key: '{keys[0]}'}}) RETURN a.name"], runs=21)[0]
    line("process start to a row found by its key", lookup, bar="bar: 0.015 s")


with tempfile.TemporaryDirectory() as folder:
    main(folder)
