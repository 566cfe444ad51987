"""Disks that are full, folders and files that are read-only, outputs that are no files: one clear line, a fitting exit code, and
everything that was there before is there after. Prints TAP; what needs root and a mount says that it was left out.
"""
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time

verband, work = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
root, thorough = os.geteuid() == 0, "VERBAND_THOROUGH" in os.environ
NOBODY = 65534
letters = sorted(os.path.join(os.getcwd(), "tests/letters", name) for name in os.listdir("tests/letters") if re.match(r"\d\d-.*\.(txt|md)$", name))
older_sql = "".join(re.findall(r'"([^"]*)"', re.search(r"first_version\[\] =\n(.*?);\n\n", open("tests/unit/deeds.h", encoding="utf-8").read(), re.S)[1]))
shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
os.chdir(work)
os.environ.update(USER="jan", SOURCE_DATE_EPOCH="1")
LETTER = "Datum: 4 maart 2024\n\nBrief\n\nDe gemeente %s werkt samen met de gemeente Leeuwarden en met het ministerie van Financiën.\n\n"


class LeftOut(Exception):
    pass


def report(what, check):
    try:
        check()
        print(f"ok - places: {what}")
    except LeftOut as why:
        print(f"ok - places: {what} # SKIP {why}")
    except Exception as error:  # a test reports whatever went wrong
        fault = f"{type(error).__name__}: {error}"[:900].replace("\n", " ")
        print(f"not ok - places: {what}\n# {fault!r}")


def run(*args, **more):
    return subprocess.run([verband, *args], capture_output=True, timeout=300, **more)


def good(*args):
    done = run(*args)
    assert done.returncode == 0, (args, done.returncode, done.stderr[:300])
    return done.stdout


def refused(*args, codes=(4,), lines=1, **more):
    """An error of so many lines that names the program, no crash."""
    done = run(*args, **more)
    said = done.stderr.decode("utf-8")
    assert done.returncode in codes, (args, done.returncode, said[-300:])
    assert said.startswith("verband: ") and said.endswith("\n") and said.count("\n") <= lines, (args, said)
    return said


def state(db):
    """What a store says, when it is in order."""
    assert run("--db", db, "check").returncode == 0, (db, run("--db", db, "check").stderr, run("--db", db, "check").stdout[:300])
    return [sorted(run("--db", db, command, "--format", "jsonl").stdout.splitlines()) for command in ("edges", "documents", "corrections")]


def copy_store(to):
    shutil.copy("whole.db", to)
    return to


def make_older(db):
    connection = sqlite3.connect(db)
    connection.executescript(older_sql)
    connection.close()


def version(db):
    """Of its schema. Closed at once: a connection that lives on writes to the file of that name when it ends."""
    connection = sqlite3.connect(db)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return found


good("--db", "whole.db", "load", "-q", *letters[:5])
whole = state("whole.db")
with open("nodes.csv", "w", encoding="utf-8") as file:
    file.write("key:ID,:LABEL,name\n" + "".join(f"k{i},Organisation,Body number {i} of many\n" for i in range(5000)))
with open("edges.csv", "w", encoding="utf-8") as file:
    file.write(":START_ID,:END_ID,:TYPE\n" + "".join(f"k{i},k{(i * 7 + 1) % 5000},SUPPORTS\n" for i in range(5000)))
doubts = [line.split("\t") for line in good("--db", "whole.db", "review", "--format", "tsv", "--top", "20").decode().splitlines()]
with open("reviewed.tsv", "w", encoding="utf-8") as file:
    file.write("\n".join("\t".join(["n" if i else row[0]] + row[1:]) for i, row in enumerate(doubts)) + "\n")
copy_store("older.db")
make_older("older.db")
os.makedirs("more")
for n in range(40):
    with open(f"more/{n}.txt", "w", encoding="utf-8") as file:
        file.write(LETTER % ["Arnhem", "Zwolle", "Breda", "Tholen"][n % 4] * 30 + f"Nummer {n}.\n")
DEEDS = {"load": ("load", "-q", os.path.abspath("more")), "import": ("import", os.path.abspath("nodes.csv"), os.path.abspath("edges.csv")),
         "corrections": ("review", "--apply", os.path.abspath("reviewed.tsv")), "a query": ("query", "--write", "CREATE (:Organisation {name: 'x'})")}


def an_older_store():
    """Any command brings it up to date, says so once, and answers; where that cannot be, the store is as it was."""
    before = open("older.db", "rb").read()
    for command in (["stats"], ["export", "-o", "x.graphml"], ["query", "RETURN 1"], ["check"], ["backup", "x.db"], DEEDS["a query"]):
        shutil.copy("older.db", "newer.db")
        done = run("--db", "newer.db", *command)
        said = done.stderr.decode("utf-8").splitlines()
        reads = command != DEEDS["a query"]
        assert done.returncode == 0 and (said[:1] == ["verband: newer.db was made by an older version of Verband: bringing it up to date"]) == reads, said
        assert not run("--db", "newer.db", "query", "RETURN 1").stderr
        assert json.loads(good("--db", "newer.db", "stats", "--format", "json"))["documents"] == 5
    os.remove("x.graphml"), os.remove("x.db")
    said = refused("--db", "whole.db", "restore", "older.db")
    assert re.search(r"older\.db: made by an older version of Verband \(schema 1 of \d+\); verband --db older\.db stats brings it up to date$", said.strip()), said
    assert open("older.db", "rb").read() == before
    if not root:
        os.chmod("older.db", 0o400)
        said = refused("--db", "older.db", "stats", lines=3)
        assert "readonly" in said and "ask a copy" in said, said
        os.chmod("older.db", 0o600)
        assert open("older.db", "rb").read() == before


def corrections_after_an_older_store():
    """Corrections on a store brought up to date hold when its letters are read again."""
    shutil.copy("older.db", "again.db")
    os.makedirs("letters")
    for letter in letters[:5]:
        shutil.copy(letter, "letters")
    edge = next(e for e in map(json.loads, good("--db", "whole.db", "edges", "--format", "jsonl").splitlines())
                if e["origin"] == "text" and not e["source"].get("self"))
    ends = [f'{edge[end]["type"]}:{edge[end]["key"]}' for end in ("source", "target")]
    good("--db", "again.db", "reject", ends[0], edge["type"], ends[1], "--why", "niet waar")
    for letter in os.listdir("letters"):
        with open(os.path.join("letters", letter), "a", encoding="utf-8") as file:
            file.write("\n")
    for jobs in ("1", "2"):
        good("--db", "again.db", "load", "-q", "--jobs", jobs, "letters")
        there = {(e["source"]["key"], e["type"], e["target"]["key"]) for e in map(json.loads, good("--db", "again.db", "edges", "--format", "jsonl").splitlines())}
        assert (edge["source"]["key"], edge["type"], edge["target"]["key"]) not in there and len(there) > 10
        with open(os.path.join("letters", os.path.basename(letters[0])), "a", encoding="utf-8") as file:
            file.write("\n")
    state("again.db")


def kills():
    """SIGKILL at random moments of an import, corrections and the first writing to an older store."""
    cut = 0
    for what, begin in (("import", "whole.db"), ("corrections", "whole.db"), ("a query", "older.db")):
        shutil.copy(begin, "killed.db")
        start = time.monotonic()
        good("--db", "killed.db", *DEEDS[what])
        took, after = time.monotonic() - start, state("killed.db")
        for _ in range(12 if thorough else 3):
            for end in ("", "-wal", "-shm"):
                if os.path.exists("killed.db" + end):
                    os.unlink("killed.db" + end)
            shutil.copy(begin, "killed.db")
            process = subprocess.Popen([verband, "--db", "killed.db", *DEEDS[what]], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            time.sleep(random.random() * took)
            process.kill()
            cut += process.wait() == -signal.SIGKILL
            if version("killed.db") > 1:
                assert state("killed.db") in (whole, after), what
            if run("--db", "killed.db", *DEEDS[what]).returncode != 0: # corrections that were made are not made again
                assert state("killed.db") == after, what
    assert cut >= 3, f"only {cut} were cut short"


def a_full_disk():
    """A file system of 3 MiB: no room for what is to come."""
    if not root:
        raise LeftOut("needs root")
    os.makedirs("small")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", "small"], capture_output=True).returncode != 0:
        raise LeftOut("nothing can be mounted here")
    try:
        room = lambda: os.statvfs("small").f_bavail * os.statvfs("small").f_frsize
        for what, deed in DEEDS.items():
            for begin in ("whole.db", "older.db") if thorough or what == "a query" else ("whole.db",):
                for name in os.listdir("small"):
                    os.unlink(os.path.join("small", name))
                shutil.copy(begin, "small/s.db")
                with open("small/ballast", "wb") as file:
                    file.write(bytes(max(0, room() - {"a query": 8192, "corrections": 16384}.get(what, 160 << 10))))
                refused("--db", "small/s.db", *deed, codes=(4,))
                os.unlink("small/ballast")
                if begin == "older.db" and version("small/s.db") == 1:
                    good("--db", "small/s.db", *DEEDS["a query"])
                now = state("small/s.db")
                assert what in ("load", "a query") or begin == "older.db" or now == whole, (what, begin)
        with open("small/out.graphml", "w", encoding="utf-8") as file:
            file.write("kept")
        with open("small/ballast", "wb") as file:
            file.write(bytes(max(0, room() - 16384)))
        refused("--db", "whole.db", "export", "-o", "small/out.graphml", codes=(3, 4))
        refused("--db", "whole.db", "export", "--format", "neo4j", "-o", "small/folder", codes=(3, 4))
        refused("--db", "whole.db", "backup", "small/b.db", codes=(3, 4))
        assert open("small/out.graphml", encoding="utf-8").read() == "kept"
        left = {name for name in os.listdir("small")} - {"s.db", "ballast", "out.graphml", "folder"}
        assert not left and not os.listdir("small/folder"), (left, os.listdir("small/folder"))
    finally:
        subprocess.run(["umount", "small"], check=True)


def as_nobody():
    """Somebody who may read and not write: what reads does so, what writes says why not."""
    if not root:
        raise LeftOut("needs root")
    place, counts = (subprocess.run(["mktemp", "-d", "/tmp/verband-places-XXXXXX"], capture_output=True, check=True).stdout.decode().strip()
                     for _ in range(2))
    os.chmod(counts, 0o777)  # where a binary that measures coverage may write what it counts: the build's folder is not nobody's
    try:
        os.chmod(place, 0o755)
        binary = shutil.copy(verband, os.path.join(place, "verband"))
        for name in ("nodes.csv", "edges.csv", "reviewed.tsv"):
            shutil.copy(name, place)
        shutil.copytree("more", os.path.join(place, "more"))
        db, sealed = os.path.join(place, "s.db"), os.path.join(place, "sealed.db")
        shutil.copy("whole.db", db)
        shutil.copy("whole.db", sealed)
        os.chmod(db, 0o444)
        os.chmod(sealed, 0)

        def other(*args, path=db):
            return subprocess.run([binary, "--db", path, *(a.replace(work, place) for a in args)], capture_output=True, timeout=300, user=NOBODY,
                                  group=NOBODY, cwd=place, extra_groups=[], env={**os.environ, "GCOV_PREFIX": counts})
        for command in (["stats"], ["show", "RIVM"], ["check"], ["export", "--format", "json"], ["query", "MATCH (n) RETURN count(n)"]):
            done = other(*command)
            assert done.returncode == 0 and done.stdout + done.stderr, (command, done.returncode, done.stderr)
        writing = [*DEEDS.values(), ("undo", "1"), ("restore", db), ("check", "--repair"), ("backup", "b.db"),
                   ("export", "-o", "out.json"), ("export", "--format", "csv", "-o", "out")]
        for command in writing + [["stats"]]:
            for path in (db, sealed) if command != ["stats"] else (sealed,):
                done = other(*command, path=path)
                said = done.stderr.decode()
                assert done.returncode in (3, 4) and said.startswith("verband: ") and said.count("\n") == 1, (command, path, done.returncode, said)
        assert set(os.listdir(place)) == {"verband", "nodes.csv", "edges.csv", "reviewed.tsv", "more", "s.db", "sealed.db"}, os.listdir(place)
        assert open(db, "rb").read() == open("whole.db", "rb").read()
    finally:
        shutil.rmtree(place)
        shutil.rmtree(counts)


def outputs():
    """Files with the modes the user's umask gives, replaced when whole, else kept; no folder, device or link is replaced by one."""
    for mask in (0, 0o077, 0o022):
        for name, args in (("o.graphml", ["export", "-o"]), (f"b{mask}.db", ["backup", "-q"])):
            done = subprocess.run([verband, "--db", "whole.db", *args, name], capture_output=True, umask=mask)
            mode = stat.S_IMODE(os.stat(name).st_mode)
            assert done.returncode == 0 and mode & ~(0o666 & ~mask) == 0 and mode & 0o600 == 0o600, (name, oct(mask), oct(mode))
    before = open("o.graphml", "rb").read()
    refused("--db", "whole.db", "export", "-o", "o.graphml", "--around", "Niemand daar", codes=(1,), lines=3)
    assert open("o.graphml", "rb").read() == before, "an export that fails leaves what was there"
    os.makedirs("taken.json")
    refused("--db", "whole.db", "export", "-o", "taken.json", codes=(3, 4))
    refused("--db", "whole.db", "export", "--format", "csv", "-o", "o.graphml", codes=(3, 4))
    refused("--db", "whole.db", "export", "-o", "no/where.json", codes=(3, 4))
    assert open("o.graphml", "rb").read() == before and os.listdir("taken.json") == []
    os.symlink("nowhere", "dangling.json")
    good("--db", "whole.db", "export", "-o", "dangling.json")
    assert not os.path.islink("dangling.json") and not os.path.exists("nowhere")
    os.mkfifo("pipe.json")
    reader = subprocess.Popen(["cat", "pipe.json"], stdout=subprocess.PIPE)
    good("--db", "whole.db", "export", "-o", "pipe.json")
    assert json.loads(reader.communicate(timeout=60)[0])["nodes"] and stat.S_ISFIFO(os.stat("pipe.json").st_mode)
    assert json.loads(good("--db", "whole.db", "export", "--format", "json", "-o", "/dev/stdout"))["nodes"]
    os.symlink("/dev/full", "full")
    said = refused("--db", "whole.db", "export", "--format", "dot", "-o", "full", codes=(3, 4))
    assert "No space left" in said and stat.S_ISCHR(os.stat("/dev/full").st_mode) and os.path.islink("full"), said
    assert not [name for name in os.listdir(".") if name.endswith(".part")]


def streams():
    """Standard output that is full, closed or left early; standard error closed; the store is never written to by mistake."""
    for command in (["edges"], ["export", "--format", "json"], ["documents"], ["query", "MATCH (n) RETURN n"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([verband, "--db", "whole.db", *command], stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 4 and re.fullmatch("verband: standard output: [^\n]+\n", done.stderr.decode()), (command, done.stderr)
        closed = subprocess.run(f'"{verband}" --db whole.db {" ".join(repr(a) for a in command)} >&- 2>&-', shell=True, check=False)
        assert closed.returncode in (0, 4), (command, closed.returncode)
        early = subprocess.run(f'"{verband}" --db whole.db {" ".join(repr(a) for a in command)} | head -c 1', shell=True, capture_output=True, check=False)
        assert not early.stderr, (command, early.stderr)
    for deed in DEEDS.values():
        copy_store("streams.db")
        subprocess.run(f'"{verband}" --db streams.db {" ".join(repr(a) for a in deed)} <&- >&- 2>&-', shell=True, check=False)
        state("streams.db")
    assert state("whole.db") == whole


report("a store of an older version is brought up to date by any command", an_older_store)
report("corrections on a store brought up to date hold when letters are read again", corrections_after_an_older_store)
report("kills in an import, corrections, an older store's first writing", kills)
report("a full disk under load, import, corrections, query, export, backup", a_full_disk)
report("nothing may be written: what reads answers, what writes says why not", as_nobody)
report("modes, folders, links, pipes and devices at -o", outputs)
report("a full, closed or abandoned standard output", streams)
