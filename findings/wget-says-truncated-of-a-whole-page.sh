#!/usr/bin/env bash
# GNU Wget 1.21 (Debian 12) with --warc-dedup writes `WARC-Truncated: length` into the revisit record of a page that is whole: the
# header says that the repeated payload was left out, not that the page was cut off. It names the record that is repeated by
# WARC-Refers-To alone, without the target's address or date. A reader that tells its users of truncated captures must not take the
# header of a revisit for that.
#
# Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); server=; trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
command -v wget >/dev/null || { apt-get update -qq && apt-get install -y -qq wget >/dev/null; }
wget --version | head -n 1
mkdir "$work/site"; cd "$work"
echo '<p>The bridge was closed.</p>' >site/bridge.html
python3 -u -c '
import functools, http.server
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory="site")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
print(server.server_port, flush=True)
server.serve_forever()' >port 2>/dev/null & server=$!
for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
url="http://127.0.0.1:$(cat port)/bridge.html"
wget -q -O /dev/null --warc-file=first --warc-cdx "$url"
wget -q -O /dev/null --warc-file=second --warc-dedup=first.cdx "$url"
zcat second.warc.gz | tr -d '\r' | sed -n '/^WARC-Type: revisit/,/^$/p' | tee record
grep -q '^WARC-Truncated: length$' record
grep -q '^WARC-Refers-To: ' record
! grep -qi '^WARC-Refers-To-Target-URI: ' record
echo "seen: a revisit of a whole page says « WARC-Truncated: length »"
