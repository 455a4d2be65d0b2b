#!/usr/bin/env bash
# text2num 3.1.0 (PyPI): `alpha2digit` on decimals of millions in words. French "trois virgule cinq millions" (3.5 million) becomes
# "3,5000000", a number of about three and a half; Spanish, Italian and Portuguese likewise. German and English leave two numbers side by
# side, "3,5 1000000". Whole millions are right in all of them. Who compares figures after this step finds three where the text has three
# million, and no call fails.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check text2num==3.1.0
v/bin/python - <<'P'
from importlib.metadata import version
from text_to_num import alpha2digit

cases = [
    ("fr", "trois virgule cinq millions de personnes", "3,5000000 de personnes"),
    ("fr", "trois millions cinq cent mille", "3500000"),
    ("es", "tres coma cinco millones", "3,5000000"),
    ("it", "tre virgola cinque milioni", "3,5000000"),
    ("de", "drei Komma fünf Millionen", "3,5 1000000"),
    ("en", "three point five million people", "3.5 1000000 people"),
]
print("text2num", version("text2num"))
for language, words, expect in cases:
    found = alpha2digit(words, language)
    print(f"{language}: {words} => {found}")
    assert found == expect, found
P
echo "seen: decimals of millions are other numbers"
