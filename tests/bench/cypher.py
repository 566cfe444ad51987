"""openCypher on a large graph beside Kùzu and LadybugDB.

The peers are npm packages: `npm install kuzu @ladybugdb/core` in a folder, and BENCH_NPM=that folder (or the working
directory). They are asked in one process that is warm, with all threads; Verband is asked cold, a process a query, or
one for twenty, on one thread. The rows of both must be the same.
"""
import json
import os
import shutil
import subprocess

from table import *

PEERS = {"Kùzu": "kuzu", "LadybugDB": "@ladybugdb/core"}
PATTERN = ("MATCH (m:Municipality)-[:PARTICIPATES_IN]->(p:Programme)<-[:FUNDS]-(o:Ministry) "
           "RETURN p.key AS k, count(*) AS n ORDER BY n DESC, k LIMIT 3")
TWO_STEPS = "MATCH (a {{key: '{}'}})--(x)--(b) RETURN count(DISTINCT b.key) AS n;\n"
PROGRAM = r"""
const [, module, graph, db, keys, runs] = process.argv, k = require(module), fs = require('fs');
const c = new k.Connection(new k.Database(db)), ask = async q => (await c.query(q)).getAll();
const timed = async f => { const t = process.hrtime.bigint(), u = process.cpuUsage(), r = await f(), v = process.cpuUsage(u);
  return [Number(process.hrtime.bigint() - t) / 1e9, (v.user + v.system) / 1e6, r]; };
const median = async f => { const all = [];
  for (let i = 0; i <= +runs; i++) { const one = await timed(f); if (i) all.push(one); }
  return all.sort((a, b) => a[0] - b[0])[all.length >> 1]; };
(async () => {
  const load = await timed(async () => {
    await ask('CREATE NODE TABLE N(key STRING PRIMARY KEY, label STRING, name STRING)');
    await ask('CREATE REL TABLE E(FROM N TO N, type STRING)');
    await ask(`COPY N FROM '${graph}/nodes.csv' (HEADER=true)`);
    await ask(`COPY E FROM '${graph}/edges.csv' (HEADER=true)`); });
  const pattern = await median(() => ask("MATCH (m:N)-[r:E]->(p:N)<-[s:E]-(o:N) WHERE m.label = 'Municipality' AND " +
    "r.type = 'PARTICIPATES_IN' AND p.label = 'Programme' AND s.type = 'FUNDS' AND o.label = 'Ministry' " +
    "RETURN p.key AS k, count(*) AS n ORDER BY n DESC, k LIMIT 3"));
  const hops = await median(async () => { for (const a of JSON.parse(keys))
    await ask(`MATCH (a:N {key: '${a}'})-[:E]-(x)-[:E]-(b) RETURN count(DISTINCT b.key) AS n`); });
  fs.writeSync(1, JSON.stringify({ load, pattern, hops }) + '\n');
  process.kill(process.pid, 'SIGKILL');
})().catch(e => { fs.writeSync(2, String(e) + '\n'); process.exit(1); });
"""


def ask_peer(module, graph, keys, work):
    """Its figures; None and why where it cannot be asked."""
    if not shutil.which("node"):
        return None, "node is not installed"
    where = os.path.abspath(os.environ.get("BENCH_NPM", "."))
    done = subprocess.run(["node", "-e", PROGRAM, "--", module, graph, os.path.join(work, module.replace("/", "-")),
                           json.dumps(keys), str(RUNS)], capture_output=True, text=True, cwd=where,
                          env=dict(os.environ, NODE_PATH=os.path.join(where, "node_modules")))
    if not done.stdout.strip():
        absent = "Cannot find module" in done.stderr
        return None, "the npm package is not installed (BENCH_NPM)" if absent else done.stderr.strip()[-200:]
    return json.loads(done.stdout), ""


nodes, edges = graph_size()
with folder() as work:
    graph, db = large_graph(nodes, edges, work), os.path.join(work, "cypher.db")
    own_load = once(use(db) + ["import", "-q", f"{graph}/nodes.csv", f"{graph}/edges.csv"])
    keys = [line.split()[0] for line in open(f"{graph}/pairs.txt")][:20]
    hops = "".join(TWO_STEPS.format(key) for key in keys)
    own = {"load": own_load, "pattern": median(use(db) + ["query", PATTERN]), "hops": median(use(db) + ["shell"], text=hops)}
    names = {"load": f"import {nodes:,} nodes, {edges:,} edges", "pattern": "pattern of two relations, three labels",
             "hops": "twenty counts at two steps"}
    rows = [json.loads(line) for line in subprocess.run(use(db) + ["query", PATTERN], capture_output=True,
                                                        text=True).stdout.splitlines()]
    for peer, module in PEERS.items():
        theirs, why = ask_peer(module, graph, keys, work)
        if not theirs:
            skip("openCypher", f"{peer}: {why}")
        elif theirs["pattern"][2] != rows:
            raise SystemExit(f"bench: the rows differ: {rows} and {theirs['pattern'][2]}")
        for name in names if theirs else ():
            row(names[name], own[name], peer, theirs[name][:2], "of seconds; bar: " + ("1.00" if name != "load" else "0.40"), wall=True)
