"""A real archive looked into: run.py PROGRAM, where PROGRAM is sourcebook and pywb's `wayback` stands beside this Python.

1. A WARC is made of pages as two days had them: one unchanged, one changed, one that was moved, one packed, one an error.
2. pywb serves it, as an archive would.
3. `sourcebook verify --archives` looks quotes up there; `captures.lock` must say what is so, and of which day.

The last line says `N passed, N failed`.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SITE = "http://paper.example"
SAME = "<html><body><article><h1>The bridge</h1><p>The old bridge was closed on Monday.</p></article></body></html>"
LATER = SAME.replace("closed on Monday", "closed on Tuesday")

# Path, time of the copy, status, headers, body.
RECORDS = [
    ("/same", "2024-11-04T23:30:00Z", "200 OK", {}, SAME),
    ("/changed", "2024-12-31T08:00:00Z", "200 OK", {}, LATER),
    ("/moved", "2024-11-04T23:30:00Z", "301 Moved Permanently", {"Location": f"{SITE}/same"}, ""),
    ("/missing", "2024-11-04T23:30:00Z", "404 Not Found", {}, "<p>There is no such page.</p>"),
    ("/frame", "2024-11-04T23:30:00Z", "200 OK", {}, "<frameset><frame src='a'></frameset><p>Accept all cookies?</p>"),
]

# Id, path of the archive's address, what the lock must say: state, day, state of the quote.
EXPECT = [
    ("same", f"20241104233000/{SITE}/same", "copy", "2024-11-04", "verbatim"),
    ("asked-another-day", f"20250601000000/{SITE}/same", "copy", "2024-11-04", "verbatim"),
    ("in-its-frame", f"20241104233000mp_/{SITE}/same", "copy", "2024-11-04", "verbatim"),
    ("changed", f"20241104233000/{SITE}/changed", "copy", "2024-12-31", "absent"),
    ("moved", f"20241104233000/{SITE}/moved", "copy", "2024-11-04", "verbatim"),
    ("never", f"20241104233000/{SITE}/never", "gone", None, None),
    ("missing", f"20241104233000/{SITE}/missing", "gone", None, None),
    ("frame", f"20241104233000/{SITE}/frame", "unlike", "2024-11-04", None),
]


def warc(path):
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for at, time_of, status, headers, body in RECORDS:
            fields = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]
            head = StatusAndHeaders(status, fields, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                SITE + at, "response", payload=BytesIO(body.encode()), http_headers=head, warc_headers_dict={"WARC-Date": time_of}
            )
            writer.write_record(record)


def serve(folder, port):
    wayback = Path(sys.executable).with_name("wayback")
    manager = Path(sys.executable).with_name("wb-manager")
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([manager, "init", "coll"], check=True, **quiet)
    subprocess.run([manager, "add", "coll", "pages.warc.gz"], check=True, **quiet)
    process = subprocess.Popen([wayback, "--port", str(port), "--bind", "127.0.0.1"], **quiet)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
            return process
        except OSError:
            time.sleep(0.2)
    process.kill()
    raise SystemExit("pywb does not answer")


def dossier(root, port):
    (root / "content").mkdir(parents=True)
    (root / "site.toml").write_text('title = "T"\nlanguage = "en"\n')
    lines = ["sources:"]
    for name, path, *_ in EXPECT:
        lines.append(f"  {name}: {{ title: T, url: 'http://paper.example/{name}', archive: {{ url: 'http://127.0.0.1:{port}/coll/{path}' }} }}")
    lines.append("claims:")
    for name, *_ in EXPECT:
        lines.append(f"  c-{name}: {{ statement: S., evidence: {{ source: {name}, quote: bridge was closed on Monday }} }}")
    (root / "content/a.yaml").write_text("\n".join(lines) + "\n")


def main():
    program = Path(sys.argv[1]).resolve()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        warc(folder / "pages.warc.gz")
        archive = serve(folder, port)
        try:
            root = folder / "dossier"
            dossier(root, port)
            clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
            run = subprocess.run([program, "verify", "--archives", "--root", root], capture_output=True, text=True, env=clean)
            lock = tomllib.loads((root / "captures.lock").read_text()) if (root / "captures.lock").exists() else {}
        finally:
            archive.terminate()
    for name, _, state, day, quote in EXPECT:
        public = lock.get("public", {}).get(name, {})
        found = (public.get("state"), public.get("on"), next((q["state"] for q in public.get("quotes", [])), None))
        if found == (state, day, quote):
            passed += 1
        else:
            failed += 1
            print(f"FAILED {name}: {found}, not {(state, day, quote)}")
    if failed:
        print(run.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
