"""What a terminal gets: tables, colours, no escape of a document's making; and Ctrl-C in a load."""
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

from typed import has_terminal, on_terminal

verband = os.environ["VERBAND_BINARY"]
EVIL = 'Evil\x1b]0;title\x07\x1b[2J "quoted", <b>\n\u202etxt\x9b31m\x7f'
OWN = re.compile(r"\x1b\[(?:0|1|2|1;33)m|\x1b\[K")  # what the program itself may send


def report(what, good, detail=""):
    print(f"ok - {what}" if good else f"not ok - {what}\n# {detail!r}"[:2000])


def controls_of(text):
    return re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", OWN.sub("", text))


reason = has_terminal()
if reason:
    print(f"ok - what a terminal gets # SKIP no pseudo-terminal here: {reason}")
    sys.exit(0)

# ---- a table narrower than its rows
text, code = on_terminal(["documents"], NO_COLOR="1")
days = sqlite3.connect("verband.db").execute("SELECT date FROM document WHERE date IS NOT NULL").fetchall()
report("a narrow table cuts names, and no day", code == 0 and days and "…" in text and all(day in text for (day,) in days),
       text[:600])

# ---- a store with names that mean harm
shutil.copy("verband.db", "evil.db")
db = sqlite3.connect("evil.db")
nodes = [i for (i,) in db.execute("SELECT DISTINCT source FROM edge UNION SELECT target FROM edge")]
db.execute(f"UPDATE node SET name = ? || id WHERE id IN ({','.join('?' * len(nodes))})", (EVIL, *nodes))
db.execute("UPDATE document SET file = ? || id, title = ?", (EVIL, EVIL))
key, label = db.execute(
    "SELECT key, l.name FROM node n JOIN label_set l ON l.id = n.labels JOIN edge e ON e.source = n.id"
    " JOIN relation r ON r.id = e.type WHERE key IS NOT NULL AND r.name <> 'MENTIONS' LIMIT 1").fetchone()
other, other_label = db.execute(
    "SELECT t.key, l.name FROM node n JOIN edge e ON e.source = n.id JOIN node t ON t.id = e.target"
    " JOIN label_set l ON l.id = t.labels JOIN relation r ON r.id = e.type"
    " WHERE n.key = ? AND r.name <> 'MENTIONS' LIMIT 1", (key,)).fetchone()
db.commit()
db.close()
a, b = f"{label}:{key}", f"{other_label}:{other}"
text, code = on_terminal(["--db", "evil.db", "review", "--top", "12"], typed=b"m\nu\n" * 12 + b"q\n", NO_COLOR="")
most = max(len(line) for line in OWN.sub("", text).splitlines() if line.startswith("    "))
report("hostile names do no harm in review, which asks", code == 0 and "[y/n/u, " in text and not controls_of(text) and most <= 80,
       (code, most, controls_of(text)[:5], text[-600:]))
commands = [["documents"], ["mentions"], ["edges"], ["rank"], ["communities"], ["components"], ["bridges"],
            ["show", a], ["why", a, b], ["path", a, b], ["neighbours", a], ["similar", a], ["search", "gemeente"],
            ["stats"], ["show", EVIL], ["text", EVIL], ["export", "--format", "dot"]]
for command in commands:
    forms = [[]]
    if command[0] == "edges":  # formats are the same code for all
        forms += [["--format", form] for form in ("csv", "tsv", "json", "jsonl")]
    for form in forms:
        text, code = on_terminal(["--db", "evil.db", *command, *form], NO_COLOR="")
        if code not in (0, 1) or not text or controls_of(text):
            report(f"hostile names: {command[0]} {form}", False, (code, controls_of(text)[:5], text[:600]))
            break
    else:
        report(f"hostile names do no harm in {command[0]}", True)

# ---- colours
coloured, _ = on_terminal(["show", a])
report("a terminal gets a card in colours", "\x1b[1m" in coloured and not coloured.startswith("{"), coloured[:300])
plain, _ = on_terminal(["show", a], NO_COLOR="1")
report("NO_COLOR is honoured", "\x1b" not in plain and OWN.sub("", coloured) == plain, plain[:300])
dumb, _ = on_terminal(["show", a], TERM="dumb")
report("a dumb terminal gets no colours", "\x1b" not in dumb, dumb[:300])
text, _ = on_terminal(["search", "gemeente"], NO_COLOR="1")
report("hits are marked without colours", re.search(r"\*gemeente", text, re.I) is not None, text[:300])
piped = subprocess.run([verband, "search", "gemeente", "--format", "table"], capture_output=True).stdout
report("a file gets no colours", b"\x1b" not in piped, piped[:300])

# ---- a load that is interrupted
os.makedirs("many", exist_ok=True)
sentence = "De gemeente Leeuwarden neemt deel aan het programma Preventie met Gezag. "
for i in range(400):
    with open(f"many/{i:04}.txt", "w", encoding="utf-8") as out:
        out.write(f"Kamerbrief {i}\n\n" + sentence * 60 + "\n")
process = subprocess.Popen([verband, "--db", "stopped.db", "load", "--jobs", "1", "--verbose", "many"],
                           stderr=subprocess.PIPE, text=True)
for line in process.stderr:
    if "0020.txt" in line:
        process.send_signal(signal.SIGINT)
        break
rest = process.stderr.read()
code = process.wait()
report("Ctrl-C ends a load by its signal", code == -signal.SIGINT and "stopped after" in rest, (code, rest[-300:]))
db = sqlite3.connect("stopped.db")
n, texts = db.execute("SELECT count(*), (SELECT count(*) FROM document_text) FROM document").fetchone()
bare = db.execute("SELECT count(*) FROM document d WHERE NOT EXISTS"
                  " (SELECT 1 FROM mention m WHERE m.document = d.id)").fetchone()[0]
report("whole documents stay", 20 <= n < 400 and n == texts and bare == 0, (n, texts, bare))
db.close()
check = subprocess.run([verband, "--db", "stopped.db", "check"], capture_output=True, text=True)
report("a stopped load leaves a store in order", check.returncode == 0, check.stdout[:300] + check.stderr)
again = subprocess.run([verband, "--db", "stopped.db", "load", "many"], capture_output=True, text=True)
report("loading again goes on", again.returncode == 0 and f"{n} unchanged" in again.stderr, again.stderr[-300:])
sys.stdout.flush()
