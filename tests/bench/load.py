"""Loading the letters at hand: from files to a committed store, all cores, then again with nothing changed."""
import os

from table import *

with folder() as work:
    db = os.path.join(work, "load.db")
    where, known = letters()
    text = size(*where)
    if not known:
        value("the letters", "../shared is not here: our own few samples; the bars are for more")
    run = measure(f"load {text / 1e6:.1f} MB of letters", use(db) + ["load", "-q", *where], "bar: 2 s, 100 MB",
                  before=lambda: remove(db))
    measure("load them again, unchanged", use(db) + ["load", "-q", *where], "bar: 0.5 s")
    value("the store", f"{size(db) / 1e6:.1f} MB, {size(db) / text:.1f} times the text")
