#!/usr/bin/env bash
# SingleFile (single-file-cli 2.0.83) with --compress-content writes a page that is an HTML file and a ZIP archive at once. Its ZIP
# does not end where the file does: the end record gives a comment of 0 bytes, and HTML follows it all the same. And the HTML around it
# says `charset=windows-1252` of a page in UTF-8: that is the encoding of the archive's bytes in the comment, not of the page.
# A reader that takes the file for a page by its beginning finds no words; one that reads ZIP strictly finds no archive.
#
# Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" single-file-cli@2.0.83
browser=${CHROMIUM:-$(command -v chromium || command -v google-chrome)}
printf '<!doctype html><meta charset=utf-8><title>A bridge</title><p>Le pont est coup\xc3\xa9.</p>' >page.html
node_modules/.bin/single-file "file://$work/page.html" packed.html --compress-content=true \
    --browser-executable-path="$browser" --browser-arg=--no-sandbox --browser-arg=--allow-file-access-from-files
python3 - <<'P'
import sys
file = open("packed.html", "rb").read()
end = file.rfind(b"PK\x05\x06")
comment = int.from_bytes(file[end + 20 : end + 22], "little")
after = len(file) - (end + 22 + comment)
print("begins", file[:30])
print("comment of", comment, "bytes; after the end record", after, "bytes:", file[end + 22 :][:40])
print("charset=windows-1252" in file[:2000].decode("latin-1") and "says windows-1252 of a page in UTF-8")
print("the words stand in the HTML:", "coup\u00e9".encode() in file)
sys.exit(0 if after > 0 and comment == 0 and b"charset=windows-1252" in file[:2000] else 1)
P
echo "seen: an archive that goes on after its end"
