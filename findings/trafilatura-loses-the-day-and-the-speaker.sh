#!/usr/bin/env bash
# trafilatura 2.3.1 (PyPI), which many archives take the text of articles from, on sound HTML5. What stands in `<time>` within a
# sentence is left out ("Published , they said."); a quotation in a `<figure>`, the standard's own way to give it a speaker, goes whole,
# and a `<footer>` in a `<blockquote>` takes the speaker's name with it, while `<cite>` stays. Words in `<del>` stand as if they held: "It was
# never opened", where a reader sees "never" struck out. So a text kept this way lacks quotes and days that the page has, and has
# words that it took back.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
v/bin/python - <<'P'
from importlib.metadata import version
import trafilatura

around = ["<p>" + f"The {place} was full, and the lamps were lit in the long evening. " * 6 + "</p>" for place in ("square", "market")]
cases = {
    '<p>Published <time datetime="2024-05-03">3 May</time>, they said.</p>': ["Published , they said."],
    "<figure><blockquote><p>We never opened it.</p></blockquote><figcaption>Ann Smith, mayor</figcaption></figure>": [],
    "<blockquote><p>We never opened it.</p><footer>Ann Smith, mayor</footer></blockquote>": ["We never opened it."],
    "<blockquote><p>We never opened it.</p><cite>Ann Smith, mayor</cite></blockquote>": ["We never opened it.", "Ann Smith, mayor"],
    "<p>It was <del>never</del> opened in May.</p>": ["It was never opened in May."],
}
print("trafilatura", version("trafilatura"))
for inner, expect in cases.items():
    page = f"<html><body><main><article><h1>A bridge</h1>{around[0]}{inner}{around[1]}</article></main></body></html>"
    lines = [line for line in trafilatura.extract(page).split("\n") if "lamps" not in line and line != "A bridge"]
    print(inner, "=>", lines)
    assert lines == expect, lines
P
echo "seen: day, quotation and speaker gone, and a word that was struck out kept"
