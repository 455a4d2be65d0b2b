#!/usr/bin/env bash
# pywb 2.10.0 speaks Memento (RFC 7089), whose `Memento-Datetime` says of what time an answer is. At the address that people see and
# copy (`/COLL/20250601000000/http://…`), it answers 200 with the time that was *asked*, whatever the time of the copy is, and also of
# a page that it never held: what answers is the frame around the copy. A client that takes status and `Memento-Datetime` at their word
# finds a copy of that day. Only the same address with `id_` (or `mp_`) after the time gives the copy's own time, or 404.
#
# Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pywb==2.10.0 'setuptools<81'
export PATH="$work/venv/bin:$PATH"
echo "pywb $(pip show pywb 2>/dev/null | sed -n 's/^Version: //p')"

python - <<'P'
from io import BytesIO
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
with open("pages.warc.gz", "wb") as file:
    writer = WARCWriter(file, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record("http://paper.example/a", "response", payload=BytesIO(b"<p>The bridge.</p>"),
        http_headers=http, warc_headers_dict={"WARC-Date": "2024-11-04T23:30:00Z"}))
P
wb-manager init coll > log 2>&1
wb-manager add coll pages.warc.gz >> log 2>&1
port=$(python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
wayback --bind 127.0.0.1 --port "$port" >> log 2>&1 & server=$!
seen() { # status and time of an answer
    curl --silent --noproxy '*' --output /dev/null --dump-header - "http://127.0.0.1:$port/coll/$1" |
        tr -d '\r' | sed -nE 's|^HTTP/1.1 ([0-9]+).*|\1|p; s|^Memento-Datetime: |of |p' | paste -sd' '
}
for _ in $(seq 240); do curl --silent --noproxy '*' --output /dev/null "http://127.0.0.1:$port/" && break; sleep 0.5; done

held=$(seen 20250601000000/http://paper.example/a);         echo "a copy of 2024-11-04, asked of 2025-06-01: $held"
never=$(seen 20250601000000/http://paper.example/never);    echo "a page never held, asked of 2025-06-01:    $never"
raw=$(seen 20250601000000id_/http://paper.example/a);       echo "the same copy, with id_:                   $raw"
none=$(seen 20250601000000id_/http://paper.example/never);  echo "the page never held, with id_:             $none"
[ "$held" = "200 of Sun, 01 Jun 2025 00:00:00 GMT" ] && [ "$never" = "$held" ] &&
    [ "$raw" = "200 of Mon, 04 Nov 2024 23:30:00 GMT" ] && [ "$none" = "404" ]
