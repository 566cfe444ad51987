"""Join a gettext catalogue (standard input, as msgunfmt prints it) with ISO 3166-1: code, Dutch name, other Dutch
names, English names."""
import json
import re
import sys

string = r'"((?:[^"\\]|\\.)*)"'
dutch, current = {}, None
for line in sys.stdin:
    if m := re.match(rf"msgid {string}", line):
        current = m[1]
    elif (m := re.match(rf"msgstr {string}", line)) and current:
        dutch[current] = m[1]
with open(sys.argv[1], encoding="utf-8") as f:
    for row in sorted(json.load(f)["3166-1"], key=lambda r: r["alpha_2"]):
        english = [row[k] for k in ("common_name", "name", "official_name") if k in row]
        names = [dutch.get(name, name) for name in english]
        print(row["alpha_2"], names[0], " ; ".join(dict.fromkeys(names[1:])), " ; ".join(dict.fromkeys(english)), sep="\t")
