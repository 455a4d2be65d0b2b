#!/usr/bin/env bash
# The Nu validator (vnu-jar 26.9.27) holds an inline style against the hashes of a page's Content-Security-Policy, but not the bytes that
# the policy is about: CSP 3 (section 6.7.3.3) hashes the element's whole child text content, the validator the text without white space at its
# edges. A style that ends with a line break, as most do, is called blocked by the very hash that lets it in; and the hash of the
# trimmed text, which no browser takes, is called right.
#
# Needs Java 17 or later and Node. Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" vnu-jar@26.9.27
jar=node_modules/vnu-jar/build/dist/vnu.jar
echo "vnu $(java -jar $jar --version)"

page() { # name, hash, text of the style
    printf '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src '"'none'; style-src 'sha256-%s'"'"><title>T</title><style>%s</style></head><body><p>T</p></body></html>' "$2" "$3" >"$1.html"
}
hash() { printf '%s' "$1" | node -e 'process.stdin.pipe(require("crypto").createHash("sha256").setEncoding("base64")).pipe(process.stdout)'; }

bare='p { color: red }'
whole=$'p { color: red }\n'
whole_hash=$(node -p 'require("crypto").createHash("sha256").update("p { color: red }\n").digest("base64")')
page no-edge "$(hash "$bare")" "$bare"
page its-own-hash "$whole_hash" "$whole"
page hash-of-the-trimmed "$(hash "$bare")" "$whole"
odd=0
for name in no-edge its-own-hash hash-of-the-trimmed; do
    said=$(java -jar "$jar" "$name.html" 2>&1 || true)
    if [[ $said == *"violates Content Security Policy"* ]]; then is=blocked; else is=passed; fi
    echo "$name: $is"
    case $name:$is in no-edge:passed | its-own-hash:blocked | hash-of-the-trimmed:passed) odd=$((odd + 1)) ;; esac
done
[ "$odd" -eq 3 ]
echo "seen: a style's own hash refused, the hash of other bytes taken"
