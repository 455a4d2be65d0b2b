#!/usr/bin/env bash
# @harvard-lil/js-wacz 0.1.6 states a wrong SHA-256 for every WARC that it packs: `datapackage.json` names a digest that the bytes
# in the archive do not have. (The right one stands for the index and the list of pages.) A reader that checks digests must not say
# "changed since": it can only say that the file does not match what the archive states.
#
# Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @harvard-lil/js-wacz@0.1.6

# One valid WARC record, a page, in a gzip member of its own.
python3 - <<'P'
import gzip
block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A bridge</title><p>The bridge was closed.</p>"
head = ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        "WARC-Date: 2024-11-03T10:00:00Z\r\nWARC-Target-URI: https://example.org/bridge\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode()
open("a.warc.gz", "wb").write(gzip.compress(head + block + b"\r\n\r\n", mtime=0))
P
node_modules/.bin/js-wacz create -f a.warc.gz -o a.wacz --url https://example.org/bridge >log 2>&1 || { cat log; exit 2; }

python3 - <<'P'
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile("a.wacz")
package = json.loads(archive.read("datapackage.json"))
print("made by", package["software"])
wrong = 0
for resource in package["resources"]:
    bytes = archive.read(resource["path"])
    actual = "sha256:" + hashlib.sha256(bytes).hexdigest()
    print(resource["path"], "states", resource["hash"][:23], "has", actual[:23], len(bytes) == resource["bytes"] and "same size" or "other size")
    wrong += resource["path"].endswith(".warc.gz") and resource["hash"] != actual
sys.exit(0 if wrong == 1 else 1)
P
echo "seen: the WARC in the archive has another SHA-256 than the archive states"
