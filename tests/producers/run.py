"""Captures from their real makers: run.py PROGRAM, where PROGRAM is sourcebook.

1. Every maker (makers.py) saves one invented text (text.py).
2. One dossier has a source for each, with three claims: a quote at its place, the same with one word changed, and a quote
   whose place is another.
3. `sourcebook check` must find the first and say nothing, call the second absent, and tell the third its place.

The last line says `N passed, N failed`.
"""

import json
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from makers import MAKERS
from text import QUOTE, WRONG, serve


def main():
    program = Path(sys.argv[1]).resolve()
    passed, failed = [], []
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        folder = root / "captures"
        folder.mkdir()
        url = serve()
        made = []
        for maker in MAKERS:
            try:
                made += maker(folder, url)
            except Exception:  # a maker that fails is told, and the others go on
                failed.append(f"{maker.__name__}: {traceback.format_exc(limit=1)}")
        write(root, made)
        found = check(program, root)
        for n, capture in enumerate(made):
            for name, fault in judge(n, capture, found):
                (failed if fault else passed).append(f"{capture.maker}: {name}{': ' + fault if fault else ''}")
    for line in passed:
        print("ok", line)
    for line in failed:
        print("FAILED", line)
    print(f"{len(passed)} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


def write(root, made):
    (root / "site.toml").write_text('title = "Essai"\nlanguage = "fr"\n[captures]\ndir = "captures"\n')
    content = root / "content"
    content.mkdir()
    sources, claims = {}, {}
    for n, capture in enumerate(made):
        sources[f"s{n}"] = {
            "title": f"Source {n}",
            "published": "2024-11-03",
            **capture.source,
            "capture": {"file": capture.file, **capture.capture},
        }
        quotes = {
            "right": (QUOTE, capture.right),
            "absent": (WRONG, capture.right),
            "elsewhere": (QUOTE, capture.wrong),
        }
        for name, (quote, locator) in quotes.items():
            evidence = [{"source": f"s{n}", "quote": quote, "locator": locator}]
            claims[f"c{n}-{name}"] = {"statement": f"Affirmation {n} {name}.", "evidence": evidence}
    # JSON is YAML; a line for each record, so that a place in the file is a record.
    lines = ["{"]
    for key, records in (("sources", sources), ("claims", claims)):
        lines.append(f'"{key}": {{')
        lines.append(",\n".join(f'"{name}": {json.dumps(record, ensure_ascii=False)}' for name, record in records.items()))
        lines.append("}," if key == "sources" else "}")
    lines.append("}")
    (content / "all.yaml").write_text("\n".join(lines))


def check(program, root):
    """What is said of each record: `{record: [(code, message)]}`."""
    done = subprocess.run([program, "check", "--root", root, "--format", "json"], capture_output=True, text=True, check=False)
    names = {}
    for number, line in enumerate((root / "content/all.yaml").read_text().splitlines(), 1):
        if line.startswith(('"s', '"c')) and ": {" in line:
            names[number] = line.split('"')[1]
    found = {}
    for said in json.loads(done.stdout or '{"diagnostics": []}')["diagnostics"]:
        line = said["place"] and said["place"]["start"]["line"]
        found.setdefault(names.get(line), []).append((said["code"], said["message"]))
    if not found:
        raise RuntimeError(f"check said nothing: {done.stdout[-800:]}{done.stderr[-800:]}")
    return found


QUOTES = ("quote-absent", "wrong-locator", "quote-ambiguous", "unreadable-capture", "quote-unverified")


def judge(n, capture, found):
    def said(record):
        return [(code, message) for code, message in found.get(record, []) if code in QUOTES or code.startswith("capture")]

    source = said(f"s{n}")
    if capture.without:
        words = capture.without[0]
        yield "says why not", "" if any(words in message for _, message in source) else f"said {source}"
        return
    unread = [message for code, message in source if code != "capture-doubtful"]
    yield "is read", "; ".join(unread)
    if capture.told:
        yield "is told", "" if any(capture.told in message for _, message in source) else f"said {source}"
    right = said(f"c{n}-right")
    yield "a quote at its place is found", "; ".join(message for _, message in right)
    absent = [code for code, _ in said(f"c{n}-absent")]
    yield "a quote with another word is not", "" if absent == ["quote-absent"] else f"said {absent}"
    elsewhere = [code for code, _ in said(f"c{n}-elsewhere")]
    yield "a wrong place is told", "" if elsewhere == ["wrong-locator"] else f"said {elsewhere}"


if __name__ == "__main__":
    main()
