#!/usr/bin/env bash
# @apache-annotator/dom 0.2.0, the reference matcher of Web Annotation's TextQuoteSelector, cannot be loaded when it is installed by
# itself: it imports @apache-annotator/selector, which its package.json does not name. With that beside it, it still needs `Node` and
# `NodeFilter` as globals, since it asks them of no document: with jsdom, which has them on its window, they must be put there first.
#
# Exits 0 while this is so.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund @apache-annotator/dom@0.2.0 jsdom@26.1.0

cat > find.mjs <<'J'
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('<p>The bridge was <b>never</b> safe.</p>');
if (process.argv[2]) Object.assign(globalThis, { Node: window.Node, NodeFilter: window.NodeFilter });
const { createTextQuoteSelectorMatcher } = await import('@apache-annotator/dom');
const matcher = createTextQuoteSelectorMatcher({ type: 'TextQuoteSelector', exact: 'was never safe', prefix: 'bridge ' });
let found = 0;
for await (const range of matcher(window.document.body)) found += range.toString() === 'was never safe';
console.log(`${found} found`);
J
echo "node $(node --version)"
seen() { node find.mjs "$@" 2>&1 | grep -m1 -oE "Cannot find package '[^']+'|Node(Filter)? is not defined|[0-9]+ found" || true; }
alone=$(seen);                                         echo "by itself: $alone"
npm install --silent --no-audit --no-fund @apache-annotator/selector@0.2.0
beside=$(seen);                                        echo "with @apache-annotator/selector: $beside"
told=$(seen globals);                                  echo "with Node and NodeFilter as globals, too: $told"
[ "$alone" = "Cannot find package '@apache-annotator/selector'" ] && [ "$beside" = "NodeFilter is not defined" ] && [ "$told" = "1 found" ]
