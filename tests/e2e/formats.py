"""Every command in every format, read back by programs that are not ours; the JSON in the promised shapes."""
import csv
import io
import json
import os
import subprocess

verband = os.environ["VERBAND_BINARY"]


def run(*args):
    done = subprocess.run([verband, *args], capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode in (0, 1), (args, done.returncode, done.stderr)
    return done.stdout.decode("utf-8")


def rows_of(*args):
    return [json.loads(line) for line in run(*args, "--format", "jsonl").splitlines()]


NAMES = [r["name"] for r in rows_of("rank", "--top", "2")]
LISTS = [
    ["documents"], ["mentions"], ["edges"], ["rank"], ["rank", "--by", "pagerank", "--top", "3"], ["communities"],
    ["components"], ["bridges"], ["similar", NAMES[0]], ["neighbours", NAMES[0]], ["search", "gemeente"],
    ["path", NAMES[0], NAMES[1]], ["check"],
]
SINGLE = [["stats"], ["show", NAMES[0]], ["why", NAMES[0], NAMES[1]], ["ask", "Welke gemeenten worden genoemd?"]]


def report(what, fault):
    print(f"ok - {what}" if fault is None else f"not ok - {what}\n# {fault}")


def fault_of(check, *args):
    try:
        check(*args)
    except Exception as error:  # a test reports whatever went wrong
        return f"{type(error).__name__}: {error}"[:500].replace("\n", " ")
    return None


def formats_agree(command):
    lines = rows_of(*command)
    assert json.loads(run(*command, "--format", "json")) == lines, "json and jsonl differ"
    table = list(csv.reader(io.StringIO(run(*command, "--format", "csv"), newline=""), strict=True))
    assert len(table) == len(lines) + 1, f"csv has {len(table) - 1} rows, jsonl {len(lines)}"
    assert len({len(row) for row in table}) == 1, "csv rows differ in width"
    tsv = run(*command, "--format", "tsv").splitlines()
    assert len(tsv) == len(lines) + 1 and len({line.count("\t") for line in tsv}) == 1, "tsv is not rectangular"
    assert [line.split("\t")[0] for line in tsv] == [
        row[0].replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n") for row in table
    ], "tsv and csv differ"
    run(*command, "--format", "table")


def one_answer(command):
    line = run(*command, "--format", "jsonl")
    assert line.count("\n") == 1, "one line"
    assert json.loads(line) == json.loads(run(*command, "--format", "json"))
    list(csv.reader(io.StringIO(run(*command, "--format", "csv"), newline=""), strict=True))
    run(*command, "--format", "tsv")
    run(*command, "--format", "table")


def has(row, keys):
    assert list(row)[: len(keys)] == keys or set(keys) <= set(row), f"{sorted(row)} lacks some of {keys}"


def node(n):
    has(n, ["type", "key", "name"])


def mentions():
    for row in rows_of("mentions"):
        has(row, ["document", "start", "end", "text", "type", "key", "name"])
        assert row["end"] > row["start"] >= 0


def edges():
    for row in rows_of("edges"):
        has(row, ["document", "start", "end", "text", "type", "origin", "certainty", "source", "target"])
        node(row["source"])
        node(row["target"])
        assert row["origin"] in ("text", "gazetteer", "person") and row["certainty"] in ("stated", "announced")
        nulls = [row[k] is None for k in ("document", "start", "end", "text")]
        assert all(nulls) if row["origin"] != "text" else not any(nulls), row
        for end in (row["source"], row["target"]):
            assert end.get("self", False) == (row["document"] is not None and end.get("document") == row["document"])


def some_self():
    assert any(e["source"].get("self") or e["target"].get("self") for e in rows_of("edges"))


def ranks():
    rows = rows_of("rank", "--by", "degree")
    for row in rows:
        has(row, ["rank", "type", "key", "name", "score"])
    assert rows[0]["rank"] == 1 and [r["score"] for r in rows] == sorted((r["score"] for r in rows), reverse=True)


def documents():
    for row in rows_of("documents"):
        has(row, ["document", "key", "title", "date", "kind", "sender", "mentions", "edges"])


def pipes_get_jsonl():
    assert run("documents") == run("documents", "--format", "jsonl")


def ask():
    row = json.loads(run("ask", "Welke gemeenten worden genoemd?", "--format", "json"))
    has(row, ["question", "cypher", "kind", "nodes", "columns", "rows", "value", "paths", "evidence"])
    assert row["kind"] in ("nodes", "boolean", "number", "paths", "rows", "unknown")


def paths():
    edge = next(e for e in rows_of("edges") if e["origin"] == "text")
    ends = [f'{e["type"]}:{e["key"]}' for e in (edge["source"], edge["target"])]
    row = rows_of("path", *ends)[0]
    assert row["length"] == 1 == len(row["relations"]) and len(row["nodes"]) == 2
    assert [n["key"] for n in row["nodes"]] == [edge["source"]["key"], edge["target"]["key"]]
    has(row["relations"][0], ["type", "evidence"])
    has(row["relations"][0]["evidence"][0], ["document", "start", "end", "text"])


for command in LISTS:
    report("every format of " + " ".join(command[:1]), fault_of(formats_agree, command))
for command in SINGLE:
    report("every format of " + command[0], fault_of(one_answer, command))
for check in (mentions, edges, some_self, ranks, documents, ask, paths, pipes_get_jsonl):
    report("promised shape: " + check.__name__, fault_of(check))
