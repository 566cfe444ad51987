#!/bin/sh
# Print the countries of ISO 3166-1 with their Dutch names, from Debian's iso-codes, as code, name, aliases and English names.
set -eu
json=/usr/share/iso-codes/json/iso_3166-1.json
mo=/usr/share/locale/nl/LC_MESSAGES/iso_3166-1.mo
for f in "$json" "$mo"; do
    [ -r "$f" ] || { echo "countries: $f is missing (package iso-codes): run make deps" >&2; exit 1; }
done
printf 'code\tname\taliases\tenglish\n'
msgunfmt "$mo" | python3 loaders/countries.py "$json"
