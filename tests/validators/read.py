"""The exports that Python programs read: CSV, RIS and Atom. Prints one problem a line.

1. csv: every row has the columns of the head, and no cell is a formula.
2. rispy: every source is a reference, with the fields that its CSL-JSON has.
3. feedparser: a feed, if there is one, is well formed (`bozo`), dated and complete.
"""

import csv
import json
import sys
from pathlib import Path

import feedparser
import rispy

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tables(data, say):
    for name in ("claims.csv", "answers.csv"):
        text = (data / name).read_bytes().decode("utf-8")
        if not text.startswith("\ufeff"):
            say(f"{name}: no byte order mark")
        rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True), strict=True))
        if len(rows) < 2:
            say(f"{name}: no row")
        for n, row in enumerate(rows):
            if len(row) != len(rows[0]):
                say(f"{name}: row {n} has {len(row)} cells of {len(rows[0])}")
            for cell in row:
                if cell.startswith(FORMULA):
                    say(f"{name}: row {n}: a formula: {cell!r}")
    dossier = json.loads((data / "dossier.json").read_text("utf-8"))
    with open(data / "claims.csv", encoding="utf-8-sig", newline="") as file:
        told = {row[0] for row in list(csv.reader(file))[1:]}
    for claim in dossier["claims"]:
        if claim["id"] not in told:
            say(f"claims.csv: no row for {claim['id']}")


def ris(data, sources, say):
    references = rispy.loads((data / "sources.ris").read_bytes().decode("utf-8"))
    known = {reference["id"]: reference for reference in references}
    if len(references) != len(sources):
        say(f"sources.ris: {len(references)} of {len(sources)}")
    for source in sources:
        reference = known.get(source["id"], {})
        if "unknown_tag" in reference:
            say(f"sources.ris: {source['id']}: unknown {reference['unknown_tag']}")
        title = reference.get("title") or reference.get("primary_title")
        if title != source["title"]:
            say(f"sources.ris: {source['id']}: title {title!r}, not {source['title']!r}")
        authors = reference.get("authors", [])
        if authors != [author["literal"] for author in source.get("author", [])]:
            say(f"sources.ris: {source['id']}: authors {authors}")
        if source.get("URL") and source["URL"] not in reference.get("urls", []):
            say(f"sources.ris: {source['id']}: addresses {reference.get('urls')}")


def feeds(site, say):
    for name in ("feed.xml", "changes.xml"):
        if not (site / name).exists():
            continue
        feed = feedparser.parse((site / name).read_bytes())
        if feed.bozo:
            say(f"{name}: {feed.bozo_exception}")
        if feed.version != "atom10":
            say(f"{name}: {feed.version!r}")
        for entry in [feed.feed, *feed.entries]:
            for key in ("id", "title", "updated_parsed", "link"):
                if not entry.get(key):
                    say(f"{name}: {entry.get('id')}: no {key}")
        if not feed.entries:
            say(f"{name}: no entry")


def main():
    site = Path(sys.argv[1])
    problems = []
    sources = json.loads((site / "data" / "sources.csl.json").read_text("utf-8"))
    tables(site / "data", problems.append)
    ris(site / "data", sources, problems.append)
    feeds(site, problems.append)
    print("\n".join(problems))


main()
