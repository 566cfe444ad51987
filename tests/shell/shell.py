"""The shell, driven as by a script and as by a person at a terminal: shell.py WORK_DIR"""
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

verband, work = os.environ["VERBAND_BINARY"], sys.argv[1]
db = os.path.join(work, "verband.db")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\r\x07\x08]")


def report(what, good, detail=""):
    print(f"ok - {what}" if good else f"not ok - {what}\n# {detail!r}"[:2000], flush=True)


def piped(text, *args):
    done = subprocess.run([verband, "--db", db, "shell", *args], input=text, capture_output=True, text=True, timeout=60)
    return done.stdout, done.stderr, done.returncode


class Terminal:
    """A shell on a pseudo-terminal; say() types a line and gives what came until the next prompt."""

    def __init__(self, *args):
        env = {**os.environ, "TERM": "xterm", "XDG_STATE_HOME": work, "HOME": work, "LC_ALL": "C.UTF-8"}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(verband, [verband, "--db", db, "shell", *args], env)
        self.wait()

    def wait(self, marks=("verband> ", "      -> "), seconds=30):
        got, end = "", time.time() + seconds
        while time.time() < end:
            if not select.select([self.fd], [], [], 0.5)[0]:
                continue
            try:
                piece = os.read(self.fd, 65536)
            except OSError:
                return got
            if not piece:
                return got
            got += ESCAPES.sub("", piece.decode("utf-8", "replace"))
            if got.endswith(marks):
                return got
        return got + "<nothing more came>"

    def type(self, text):
        time.sleep(0.3)  # libedit takes the terminal over just after it has shown its prompt; people are slower
        os.write(self.fd, text.encode())

    def say(self, line, **how):
        self.type(line + "\n")
        return self.wait(**how)

    def end(self):
        try:
            rest = self.wait(marks=("\0",), seconds=20)
        finally:
            os.close(self.fd)
        return rest, os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


# ---- from a pipe
out, err, code = piped("RETURN 1 AS x; RETURN 'a;b' // no ; end\n AS y;\nRETURN 3 AS z", "--format", "csv")
report("a pipe's queries are answered in turn, the last without its end too",
       out.split() == ["x", "1", "y", "a;b", "z", "3"] and code == 0, (out, err, code))
out, err, code = piped("RETURN 1 AS x;\n\nRETURN nope;\nRETURN 2 AS x;\n", "--format", "jsonl")
report("a query that fails is told and does not end the others",
       out == '{"x":1}\n{"x":2}\n' and "line 1, column 8" in err and "\n         ^" in err and code == 3,
       (out, err, code))
out, err, code = piped(".format json\n.param n='Leeuwarden'\nRETURN $n AS n;\n.nonsense\n")
report("commands with a dot work from a pipe", '"Leeuwarden"' in out and ".nonsense" in err and code == 2, (out, err, code))
out, err, code = piped(".format json\n.param n='Leeuwarden'\n.param nonsense\nRETURN $n AS n;\n")
report("a parameter that cannot be read leaves the others", '"Leeuwarden"' in out and code == 2, (out, err, code))
out, err, code = piped("CREATE (:Note);")
report("it only reads", code == 2 and "may only read" in err, (out, err, code))
out, err, code = piped("MATCH (n:Muncipality) RETURN n;")
report("a label that nothing has is noted, with the nearest one", "did you mean Municipality?" in err and code == 1,
       (out, err, code))
out, err, code = piped("MATCH (a)--(b)--(c)--(d)--(e)--(f) RETURN count(*);", "--timeout", "50")
report("--timeout ends a query", "longer than 50 ms" in err and code == 4, (out, err, code))
out, err, code = piped("RETURN size(range(1, 10000000));", "--memory", "8")
report("--memory ends a query", "more than 8 MiB" in err and code == 3, (out, err, code))

try:
    for fd in os.openpty():
        os.close(fd)
except OSError as e:
    print(f"ok - the shell on a terminal # SKIP no pseudo-terminal here: {e}")
    sys.exit(0)

# ---- on a terminal
t = Terminal()
got = t.say("RETURN 1 + 1 AS two;")
report("a query is answered by a table", re.search(r"two\s+2\s", got), got)
got = t.say("MATCH (n:Ministry)")
report("a query that has no end yet gets another prompt", got.endswith("      -> "), got)
got = t.say("RETURN count(*) > 0 AS some;")
report("and runs when it has", re.search(r"some\s+true", got), got)
got = t.say("MATCH (n:Ministry) RETURN n LIMIT 1;")
report("a node is shown as a literal", "(:Ministry {" in got, got)
got = t.say(".timing on") + t.say("RETURN 1;")
report(".timing tells how long it took", re.search(r"verband: \d+\.\d+ s", got), got)
t.say(".timing off")
got = t.say(".help")
report(".help lists the commands", all(f".{c} " in got for c in ("format", "timing", "explain", "quit")), got)
got = t.say(".explain on") + t.say("MATCH (n:Party) RETURN n.name;") + t.say(".explain off")
report(".explain shows the plan", "NodesByLabel" in got and "(n):Party" in got, got)
got = t.say("PROFILE MATCH (n:Party) RETURN count(*);")
report("PROFILE tells what each step did", "CountNodes" in got and "time_ms" in got, got)
t.type("MATCH (n:Munic\t")
got = t.say(") RETURN count(n) AS n;")
report("Tab completes a label", "MATCH (n:Municipality) RETURN" in got, got)
t.type("RETURN toUp\t")
got = t.say("'a') AS b;")
report("Tab completes a function", re.search(r"b\s+A\s", got), got)
t.type("MATCH (n {name: 'Leeuw\t")
got = t.say("}) RETURN labels(n)[0] AS l;")
report("Tab completes a name", "'Leeuwarden'" in got and re.search(r"l\s+Municipality", got), got)
t.type("MATCH (n:P\t")
got = t.wait(marks=("MATCH (n:P",))
while "Programme" not in got and "<nothing" not in got:  # the first one may be the echo of what was typed
    got += t.wait(marks=("MATCH (n:P",), seconds=10)
report("Tab shows what fits when several do", "Person" in got and "Programme" in got and "Party" in got, got)
t.type("\x03")
got = t.wait()
report("Ctrl-C gives up the line", got.endswith("verband> "), got)
t.type("MATCH (a)--(b)--(c)--(d)--(e)--(f)--(g) RETURN count(*);\n")
time.sleep(1)
t.type("\x03")
got = t.wait(seconds=20)
report("Ctrl-C ends a query and keeps the shell", "stopped" in got and got.endswith("verband> "), got)
got = t.say("RETURN 'still' + 'here' AS x;")
report("which goes on", "stillhere" in got, got)
got = t.say("RETURN upper;")
report("an error has a place and a hint", "column 8" in got and "^" in got, got)
t.type(".quit\n")
rest, code = t.end()
report(".quit ends it well", code == 0, (rest, code))
history = os.path.join(work, "verband", "history")
report("the history is kept, for its owner alone", os.path.exists(history) and "1\\040+\\0401" in open(history).read()
       and not os.stat(os.path.dirname(history)).st_mode & 0o077, history)
t = Terminal("--write")
t.type("\x1b[A")  # up: .quit; once more: the query before it
t.type("\x1b[A")
got = t.say("")
report("and called back in the next shell", "upper" in got, got)
got = t.say("CREATE (n:Note {text: 'x'}) RETURN n.text;")
report("--write lets it write", "1 nodes added" in got, got)
t.say("MATCH (n:Note) DELETE n;")
t.type("\x04")
rest, code = t.end()
report("Ctrl-D ends it well", code == 0, (rest, code))
