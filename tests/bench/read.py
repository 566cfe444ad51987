"""Extraction alone (tests/tools: no store), and from file to committed store, on one core; Frog beside it for names.

The letters again and again, each with other numbers and a line that makes it another text. Processor seconds of a corpus less those of an
empty run: rates do not count the start, which has rows of its own.
"""
import os
import re
import shutil

from table import *

BYTES = 12_000_000 if full else 4_000_000
FROG_BYTES = 20_000  # Frog reads some thousand bytes a second


def other_numbers(text, n):
    """The letter with other numbers (but the same years): with its own it would be the same letter in another file."""
    change = lambda m: m[0] if re.fullmatch(rb"(19|20)\d\d", m[0]) else b"%0*d" % (len(m[0]), (int(m[0]) + 7 * n) % 10 ** len(m[0]))
    return re.sub(rb"\d{3,}", change, text[:6000]) + text[6000:]


def copies(folders, work):
    """Files of letters until they are BYTES; how many bytes they are."""
    texts = [open(os.path.join(r, f), "rb").read() for p in folders for r, _, fs in os.walk(p) for f in sorted(fs)
             if f.endswith((".txt", ".md"))]
    os.mkdir(work)
    total = n = 0
    while total < BYTES:
        text = other_numbers(texts[n % len(texts)], n // len(texts)) + f"\n\nExemplaar {n}.\n".encode()
        with open(os.path.join(work, f"{n:06d}.txt"), "wb") as out:
            out.write(text)
        total, n = total + len(text), n + 1
    return total


def frog(corpus, rate, work):
    """Names by Frog (Debian's frog), which also needs its tagger for them."""
    if not shutil.which("frog"):
        return skip("names", "Frog is not installed (Debian's package frog)")
    file = os.path.join(work, "frog.txt")
    with open(file, "wb") as out:
        for name in sorted(os.listdir(corpus)):
            if out.tell() < FROG_BYTES:
                out.write(open(os.path.join(corpus, name), "rb").read())
    command = ["frog", "--skip=mlacp", "-t"]
    none = os.path.join(work, "empty.txt")
    cpu = once(command + [file])[1] - once(command + [none])[1]
    theirs = os.path.getsize(file) / 1e6 / cpu
    value("names: Frog 's", f"{theirs:9.4f} MB of text a processor second", f"ratio {rate / theirs:.0f}")


with folder() as work:
    tool = os.path.join(here, "build", "release", "extract")
    subprocess.run(["make", "-s", tool[len(here) + 1:]], cwd=here, check=True)
    corpus, empty, db = (os.path.join(work, name) for name in ("corpus", "empty.txt", "read.db"))
    total = copies(letters()[0], corpus)
    files = [os.path.join(corpus, f) for f in sorted(os.listdir(corpus))]
    with open(empty, "w") as out:
        out.write("Geen naam.\n")
    start = measure("read: gazetteers and rules ready", [tool, empty], "bar: 0.020 s", runs=11)[1]
    rates = {}
    for name, option, bar in (("names", "-n", 10), ("names and relations", "-r", 5)):
        run = measure(f"read: {name} of {total / 1e6:.0f} MB", [tool, option, *files], runs=3)
        rates[name] = total / 1e6 / (run[1] - start)
        value(f"read: {name}", f"{rates[name]:9.2f} MB of text a processor second", f"bar: {bar}")
    run = measure("read: from file to committed store", use(db) + ["load", "-q", "--jobs", "1", corpus],
                  before=lambda: remove(db), runs=3)
    value("read: from file to committed store", f"{total / 1e6 / run[1]:9.2f} MB, {len(files) / run[1]:.0f} documents a "
          "processor second")
    frog(corpus, rates["names"], work)
