#!/usr/bin/env bash
# htmldate 1.11.0 (PyPI; trafilatura takes its dates from it) on pages that state less than a day. `<time datetime="2024-05">` gives the
# day of the month that it is *today*: run tomorrow, the same page has another date. `datePublished: "2024"` in JSON-LD gives 1 January,
# "© 2019" in the footer gives 2019-01-01, and the day of an event that the text tells of is given where the page states no date.
# The answer is always a whole day, and nothing tells what of it was written.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check htmldate==1.11.0
v/bin/python - <<'P'
import datetime
from importlib.metadata import version
from htmldate import find_date

text = "<p>" + "The square was full, and the lamps were lit. " * 10 + "</p>"
pages = {
    "a month in `time`": f"<html><body><article><time datetime='2024-05'>May</time>{text}</article></body></html>",
    "a year in JSON-LD": '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024"}</script></head>'
    f"<body><article>{text}</article></body></html>",
    "a year in the footer": f"<html><body><article>{text}</article><footer>© 2019 The Courier</footer></body></html>",
    "an event in the text": f"<html><body><article><p>The bridge was closed on 3 June 1997.</p>{text}</article></body></html>",
}
print("htmldate", version("htmldate"))
before = datetime.date.today().day
found = {name: find_date(page, original_date=True) for name, page in pages.items()}
after = datetime.date.today().day
for name, date in found.items():
    print(f"{name}: {date}")
months = {f"2024-05-{day:02}" for day in (before, after)}
rest = [found[name] for name in list(pages)[1:]]
assert found["a month in `time`"] in months, (found, months)
assert rest == ["2024-01-01", "2019-01-01", "1997-06-03"], rest
P
echo "seen: a month becomes a day of it that depends on today, a year its first day"
