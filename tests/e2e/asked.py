"""A name that means several things: `ask` asks back at a terminal, and elsewhere says which there are."""
import json
import os
import subprocess

from typed import has_terminal, on_terminal

verband = os.environ["VERBAND_BINARY"]
QUESTION = "Welke gemeenten doen mee aan Almachtig?"
NODES = "key:ID,name,:LABEL,aliases:string[]\n" + "".join(f"{row}\n" for row in (
    "a1,Almachtig Een,Programme,Almachtig", "a2,Almachtig Twee,Programme,Almachtig", "g1,Aadorp,Municipality,", "g2,Beedorp,Municipality,",
    "g3,Ceedorp,Municipality,"))
EDGES = ":START_ID,:END_ID,:TYPE\ng1,a1,PARTICIPATES_IN\ng2,a2,PARTICIPATES_IN\ng3,a2,PARTICIPATES_IN\n"


def report(what, good, detail=""):
    print(f"ok - {what}" if good else f"not ok - {what}\n# {detail!r}"[:1500])


for name, text in (("asked-nodes.csv", NODES), ("asked-edges.csv", EDGES)):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
subprocess.run([verband, "--db", "asked.db", "import", "asked-nodes.csv", "asked-edges.csv"], check=True, capture_output=True)
ask = ["--db", "asked.db", "ask", QUESTION]

done = subprocess.run([verband, *ask, "--format", "json"], capture_output=True, text=True)
said = json.loads(done.stdout)
report("ask: a name of two lists them for programs",
       done.returncode == 1 and said["kind"] == "unknown" and [c["key"] for c in said["choices"]] == ["a1", "a2"], done)
done = subprocess.run([verband, *ask, "--format", "table"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
report("ask: without a terminal it says which there are",
       done.returncode == 1 and "Almachtig Een" in done.stderr and "Almachtig Twee" in done.stderr and "1-2" not in done.stderr, done)

reason = has_terminal()
if reason:
    print(f"ok - ask asks back # SKIP no pseudo-terminal here: {reason}")
else:
    for typed, code, wanted in ((b"1\n", 0, ["Aadorp"]), (b"2\n", 0, ["Beedorp", "Ceedorp"]), (b"7\nx\n2\n", 0, ["Beedorp"]),
                                (b"\n", 1, []), (b"\x04", 1, [])):
        text, got = on_terminal([*ask], typed, NO_COLOR="1")
        listed = "1. Almachtig Een" in text and "2. Almachtig Twee" in text and "[1-2]" in text
        answered = all(w in text for w in wanted) and (wanted or "dorp" not in text)
        report(f"ask asks back at a terminal: {typed!r}", got == code and listed and answered, (got, text))
