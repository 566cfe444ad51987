"""A store cut short, with flipped bits or with a page of zeros: check finds it, repair leaves nothing that is wrong.

    damage.py VERBAND STORE.db WORK_DIR ROUNDS      prints TAP lines and, as comments, the figures

After each damage: either `check` finds something, or every answer is as it was. After `check --repair`: the store is in
order, and every document that is left says what it said; those that are not are named.
"""
import json
import os
import random
import shutil
import subprocess
import sys

verband, store, work, rounds = sys.argv[1:4] + [int(sys.argv[4])]
TRIES = ["edges", "mentions", "documents"]


def run(db, *args):
    done = subprocess.run([verband, "--db", db, *args], capture_output=True, timeout=120)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def answers(db):
    """What a store says, by document: lines of edges, mentions and documents; None where it cannot be read."""
    said = {}
    for command in TRIES:
        code, out = run(db, command, "--format", "jsonl")
        if code not in (0, 1):
            return None
        for line in out.splitlines():
            row = json.loads(line)
            said.setdefault(row.get("document") or "", []).append(line)
    return said


def flip(data, rng):
    at = rng.randrange(len(data))
    data[at] ^= 1 << rng.randrange(8)


def zero_page(data, rng):
    page = rng.randrange(len(data) // 4096)
    data[page * 4096:(page + 1) * 4096] = bytes(4096)


def cut(data, rng):
    del data[rng.randrange(4096, len(data)):]


def noise(data, rng):
    at = rng.randrange(100, len(data) - 64)
    data[at:at + 64] = bytes(rng.randrange(256) for _ in range(64))


before = answers(store)
assert before and len(before) > 5
wrong, crashed, unsaved, changed, harmless, found = [], [], [], [], 0, 0
for i in range(rounds):
    rng = random.Random(i)
    damage = [flip, zero_page, cut, noise][i % 4]
    db = os.path.join(work, "damaged.db")
    for end in ("", "-wal", "-shm", ".damaged", ".damaged-wal", ".damaged-shm", ".repaired"):
        if os.path.exists(db + end):
            os.unlink(db + end)
    data = bytearray(open(store, "rb").read())
    damage(data, rng)
    open(db, "wb").write(data)
    what = "%s %d" % (damage.__name__, i)
    code, _ = run(db, "check")
    if code not in (0, 4):
        crashed.append("%s: check ends with %d" % (what, code))
    if code == 0:
        harmless += 1
        if answers(db) != before:
            wrong.append(what)
        continue
    found += 1
    code, out = run(db, "check", "--repair", "--format", "jsonl")
    if code == 4:
        unsaved.append(what)
        continue
    if code not in (0, 3):
        crashed.append("%s: repair ends with %d" % (what, code))
        continue
    if run(db, "check")[0] != 0:
        crashed.append("%s: not in order after its repair" % what)
        continue
    after = answers(db)
    if after is None or any(sorted(lines) != sorted(before.get(name, [])) for name, lines in after.items() if name):
        changed.append(what)


def verdict(good, name, bad):
    print(("ok" if good else "not ok") + " - crash: " + name)
    for line in bad[:20]:
        print("# " + line)


print("# %d damages: %d found, %d harmless, %d answered wrong, %d beyond repair, %d changed by repair"
      % (rounds, found, harmless - len(wrong), len(wrong), len(unsaved), len(changed)))
verdict(found > rounds // 4, "most damage is found", [])
verdict(not crashed, "a damaged store is checked and repaired without a crash", crashed)
verdict(not wrong, "what check lets pass answers as before", wrong)
verdict(not changed, "what a repair leaves of a document is all of it", changed)
verdict(len(unsaved) <= found // 2, "most can be saved", unsaved)
