"""Starting: the process, the tables for reading, a row by its key."""
import os

from table import *

with folder() as work:
    db = os.path.join(work, "start.db")
    where, known = letters()
    once(use(db) + ["load", "-q", *where])
    measure("start: verband --version", [verband, "--version"], runs=21)
    measure("start: a card by its name", use(db) + ["show", "Ministry:jenv"], runs=21)
    measure("start: a query that finds a row by its key", use(db) + ["query", "MATCH (m:Ministry {key: 'jenv'}) RETURN m.name"],
            "bar: 0.015 s", runs=21)
    measure("start: ask", use(db) + ["ask", "Welke gemeenten doen mee aan Preventie met Gezag?"], runs=11)
