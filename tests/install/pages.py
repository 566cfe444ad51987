"""Every command's manual page says what its help says: pages.py VERBAND MAN_FOLDER

A page is rendered by mandoc; each line of the help, but for its headings, must stand in it, white space aside.
"""
import re
import subprocess
import sys

verband, folder = sys.argv[1:]


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def plain(text):
    """One line; what was broken at a hyphen or a slash is whole again."""
    text = re.sub(".\b", "", text).replace("‐", "-")
    return re.sub(r"\s+", "", text)


bad = 0
commands = re.findall(r"^  ([a-z-]+)  ", said(verband, "help"), re.M)
assert len(commands) > 20, commands
for command in commands:
    page = plain(said("mandoc", "-Tutf8", "%s/verband-%s.1" % (folder, command)))
    helped = said(verband, command, "-h")
    first, _, rest = helped.partition("\n")
    lines = [first.partition(": ")[2]] + [re.sub("^usage: ", "", line) for line in rest.splitlines()]
    for line in lines:
        if line.rstrip().endswith(":") and not line.startswith(" "):
            continue  # a heading
        if plain(line) not in page:
            print("verband-%s.1 lacks: %s" % (command, line.strip()))
            bad += 1
sys.exit(1 if bad else 0)
