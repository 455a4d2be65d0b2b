#!/usr/bin/env bash
# dom-anchor-text-quote 4.0.2 (npm) is given a TextQuoteSelector whose `exact` is not in
# the text, and answers with a range of other words that look alike: "the bridge was closed" is anchored to "the bridge was safe, ".
# No score and no mark tells such a range from one that holds the very words, and a selector of words that are like nothing in the text gives
# null. Whoever shows a quote at the place that it returns must compare the words themselves.
#
# Exits 0 while this is so. Needs Node.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" dom-anchor-text-quote@4.0.2 jsdom@26.1.0
cat > try.cjs <<'J'
const { JSDOM } = require('jsdom');
const quote = require('dom-anchor-text-quote');
const dom = new JSDOM('<body><p>In March the mayor said that the bridge was safe, and that all was well.</p></body>');
for (const name of ['document', 'Node', 'NodeFilter', 'Range']) global[name] = dom.window[name];
global.window = dom.window;
console.log('dom-anchor-text-quote', require('dom-anchor-text-quote/package.json').version);
const found = exact => {
  const range = quote.toRange(document.body, { exact });
  console.log(`${exact}: ${range === null ? 'null' : JSON.stringify(range.toString())}`);
  return range === null ? null : range.toString();
};
const all = ['the bridge was safe', 'the bridge was closed', 'nobody ever came'].map(found);
process.exit(JSON.stringify(all) === JSON.stringify(['the bridge was safe', 'the bridge was safe, ', null]) ? 0 : 1);
J
node try.cjs
echo "seen: words that the text does not hold are anchored to others"
