"""Names that mean harm through every command and every export: read back by programs that are not ours."""
import csv
import io
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import xml.dom.minidom

verband, work = os.path.abspath(sys.argv[1]), sys.argv[2]
slow = int(os.environ.get("VB_SLOW", "1"))  # how many times slower than usual: under valgrind
shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
os.chdir(work)
os.environ.update(VERBAND_DB="hostile.db", USER="evil\x1b[2J", SOURCE_DATE_EPOCH="1")
NAMES = [
    "'; DROP TABLE node; --", '"quoted" \\ and \\" backslash', "line\nfeed\rreturn\ttab", "\x1b]0;title\x07\x1b[2J\x9b31m",
    "<script>alert(1)</script>", "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&amp;&#0;", '"]; evil [shape="box', "}\n|{<f0>",
    "=HYPERLINK(\"http://evil\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\u202egnp.exe\u2066", "%s%n%x", "$(touch pwned)`touch pwned`",
    "../../../../tmp/pwned", "x" * 20000, "nul\\0", "é" * 300 + "\ufffe", "--db",
]

LETTER = "brief =1+1 \x1b[2J <b>.txt"


def each(things, turn, kept=0):
    """All of them; under valgrind the first @kept and, of the others, one in turn."""
    others = things[kept:]
    return things if slow == 1 else things[:kept] + (others[turn % len(others)],)


def run(*args, codes=(0, 1, 3), stdin=None):
    done = subprocess.run([verband, *args], capture_output=True, input=stdin, timeout=300)
    assert done.returncode in codes, (args, done.returncode, done.stderr[:300])
    said = done.stderr.decode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said), ("stderr", args, said[:200])
    return done.stdout


def report(what, check, *args):
    try:
        check(*args)
        print(f"ok - hostile names: {what}")
    except Exception as error:  # a test reports whatever went wrong
        fault = f"{type(error).__name__}: {error}"[:600].replace("\n", " ")
        print(f"not ok - hostile names: {what}\n# {fault!r}")


def importing():
    with open("nodes.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["key:ID", ":LABEL", "name", "aliases", "note"])
        for i, name in enumerate(NAMES):
            table.writerow([f"k{i}", "Organisation", name, "also " + name.replace(";", ","), name])
    with open("edges.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([":START_ID", ":END_ID", ":TYPE", "text", "document"])
        for i, name in enumerate(NAMES):
            table.writerow([f"k{i}", f"k{(i + 1) % len(NAMES)}", "COOPERATES_WITH", name, name])
    run("import", "nodes.csv", "edges.csv", codes=(0,))
    with open("other.txt", "w", encoding="utf-8") as file:
        file.write("De gemeente Assen doet mee aan het programma '+SUM(\"x\")'.\n")
    with open(LETTER, "w", encoding="utf-8") as file:
        file.write("Kamerbrief over <script>alert(1)</script>\n\nDe gemeente Leeuwarden doet mee aan het programma "
                   "'=HYPERLINK(\"x\")'. De Stichting <img onerror=x> \x1b[2J steunt de gemeente Leeuwarden.\n")
    run("load", ".")
    got = {row["name"] for row in map(json.loads, run("query", "MATCH (n:Organisation) RETURN n.name AS name",
                                                      "--format", "jsonl").decode().splitlines())}
    lost = [n for n in NAMES if n.strip() not in got]
    assert not lost, lost


def correcting():
    for i, name in enumerate(NAMES):
        run("rename", f"Organisation:k{i}", "Nieuw " + name[:900], "--why", name)
    run("assert", "Organisation:k0", "FUNDS", "Organisation:k4", "--text", NAMES[4], "--source", NAMES[5])
    lines = run("corrections", "--format", "jsonl", codes=(0,))
    assert len(lines.splitlines()) == len(NAMES) + 1
    for form in ("csv", "tsv", "json", "table"):
        run("corrections", "--format", form, codes=(0,))
    run("undo", *(str(i + 1) for i in range(len(NAMES))), codes=(0,))
    run("review", "--apply", "-", stdin=lines)
    run("check")


def commands():
    some = "Organisation:k4"
    asked = (["documents"], ["mentions"], ["edges"], ["rank"], ["communities"], ["components"], ["bridges"], ["show", some],
             ["why", "Organisation:k4", "Organisation:k5"], ["path", "Organisation:k0", "Organisation:k9"], ["neighbours", some],
             ["similar", some], ["search", "gemeente"], ["stats"], ["review"], ["provenance", some], ["check"], ["corrections"],
             ["diff", LETTER, "other.txt"], ["query", "MATCH (a)-[r]->(b) RETURN a, r, b, evidence(r)"], ["query", "MATCH (n) RETURN n.name"])
    for turn, command in enumerate(asked):
        for form in each(("table", "json", "jsonl", "csv", "tsv"), turn, kept=1):
            out = run(*command, "--format", form).decode("utf-8")
            if form == "table":
                assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out), (command, form)
            if form == "json":
                json.loads(out)
            if form == "csv":
                cells = [cell for row in csv.reader(io.StringIO(out, newline=""), strict=True) for cell in row]
                bad = [c for c in cells if re.match(r"[=+@\t\r-]", c) and not re.fullmatch(r"-?[0-9.e+-]+", c)]
                assert not bad, (command, bad[:3])
    for turn, name in enumerate(NAMES):
        for command in each(("show", "search", "ask", "text", "mentions"), turn):
            run(command, "--", name[:9000])


def exporting():
    told = subprocess.run([verband, "export", "--format", "none"], capture_output=True).stderr.decode()
    formats = re.findall(r"\w+", told.split("formats are ")[1])  # all that there are
    assert len(formats) >= 11, formats
    for form in formats:
        target = "out-" + form
        result = subprocess.run([verband, "export", "--format", form, "-o", target], capture_output=True, timeout=300)
        assert result.returncode == 0, (form, result.stderr[:200])
        if os.path.isdir(target):
            for name in os.listdir(target):
                with open(os.path.join(target, name), encoding="utf-8", newline="") as file:
                    rows = list(csv.reader(file, strict=True))
                assert len({len(row) for row in rows}) == 1, (form, name)
            continue
        assert stat.S_IMODE(os.stat(target).st_mode) == 0o666 & ~umask, form
        with open(target, "rb") as file:
            data = file.read()
        if form in ("png", "pdf"):
            assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[form]), form
            continue
        text = data.decode("utf-8")
        if form in ("graphml", "gexf", "svg"):
            xml.dom.minidom.parseString(text.encode())
            assert "<script" not in text.lower() and "<!ENTITY x" not in text, form
        if form in ("json", "cytoscape"):
            json.loads(text)
        if form == "html":
            assert "<script>alert" not in text, form
        if form == "dot":
            subprocess.run(["dot", "-Tcanon"], input=text.encode(), stdout=subprocess.DEVNULL, check=True, timeout=120)
    left = [n for n in os.listdir(".") if "pwned" in n or n.startswith("out-") and n[4:] not in formats]
    assert not left and not os.path.exists("/tmp/pwned"), left


def outside():
    """XML that names a DTD or an entity elsewhere: neither the file nor the address is opened."""
    os.makedirs("xml", exist_ok=True)
    os.mkfifo("elsewhere")  # who opens it to read waits for a writer, and runs into the limit of time
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    letter = "<d>De gemeente Assen doet mee.</d>"
    graph = "<graphml><graph><node id='a'/></graph></graphml>"
    for i, place in enumerate((f"file://{os.getcwd()}/elsewhere", "http://127.0.0.1:%d/x.dtd" % listener.getsockname()[1])):
        for j, head in enumerate((f'<!DOCTYPE d SYSTEM "{place}">', f'<!DOCTYPE d PUBLIC "-//x//y" "{place}">',
                                  f'<!DOCTYPE d [<!ENTITY % p SYSTEM "{place}">%p;]>', f'<!DOCTYPE d [<!ENTITY p SYSTEM "{place}">]>')):
            for name, body, command in ((f"xml/{i}{j}.xml", letter, ["load", "-q"]), (f"xml/{i}{j}.graphml", graph, ["import"])):
                with open(name, "w", encoding="utf-8") as file:
                    file.write("<?xml version='1.0'?>" + head + body)
                done = subprocess.run([verband, "--db", "outside.db", *command, name], capture_output=True, timeout=20 * slow)
                assert done.returncode in (0, 3), (name, done)
                assert done.returncode == 3 or j < 3, (name, "declares entities of its own")
    try:
        listener.accept()
        raise AssertionError("the address was asked")
    except BlockingIOError:
        pass
    finally:
        listener.close()


def graphs():
    laughs = '<!DOCTYPE g [<!ENTITY a "haha">' + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi")) + "]>"
    key = "<graphml><key id='n' for='node' attr.name='{}' attr.type='string'/><graph><node id='a'><data key='n'>{}</data></node></graph></graphml>"
    for what, text, said in (("laughs in data", laughs + key.format("name", "&i;"), "entities"), ("laughs in a name", laughs + key.format("&i;", "x"), "entities"),
                             ("graphs in nodes", "<graphml><graph>" + "<node id='a'><graph>" * 10000, "graph inside a graph"),
                             ("deep", "<graphml><desc>" + "<x>" * 100000 + "</x>" * 100000 + "</desc></graphml>", "256 deep")):
        with open("bad.graphml", "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([verband, "--db", "graphs.db", "import", "bad.graphml"], capture_output=True, timeout=60 * slow)
        told = done.stderr.decode().splitlines()
        assert done.returncode == 3 and len(told) == 1 and said in told[0], (what, done.returncode, told)


def links():
    os.makedirs("folder", exist_ok=True)
    with open("kept", "w", encoding="utf-8") as file:
        file.write("kept")
    os.symlink("../kept", "folder/link.graphml")
    run("export", "-o", "folder/link.graphml", codes=(0,))
    with open("kept", encoding="utf-8") as file:
        assert file.read() == "kept", "a link was written through"


umask = os.umask(0o027)
os.umask(umask)
report("come in, and are what they were", importing)
report("in corrections", correcting)
report("in every command and format", commands)
report("in every export", exporting)
report("XML opens nothing else", outside)
report("GraphML deep, and of entities", graphs)
report("a link is replaced, not followed", links)
