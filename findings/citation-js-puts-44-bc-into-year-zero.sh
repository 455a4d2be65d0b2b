#!/usr/bin/env bash
# @citation-js/plugin-bibtex 0.8.2 (npm) on dates that BibLaTeX takes over from EDTF: `-0043` (44 BC) becomes the year 0, any other
# year before Christ too; `199X` (some year of that decade) becomes 1990; `2024-21` (spring) becomes the whole year; and `1723~`
# (about) becomes 1723 without a mark, though CSL has `circa` for it. No date is refused, so a doubt in the file is a fact in what
# comes out. `date={/2024-05-03}`, the one form that it cannot read, is told.
#
# Exits 0 while this is so. Needs Node.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > try.cjs <<'J'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
console.log('@citation-js/plugin-bibtex', require('@citation-js/plugin-bibtex/package.json').version);
const wanted = { '-0043': '{"date-parts":[[0]]}', '-0099': '{"date-parts":[[0]]}', '199X': '{"date-parts":[[1990]]}', '2024-21': '{"date-parts":[[2024]]}', '1723~': '{"date-parts":[[1723]]}' };
let same = 0;
for (const [date, expect] of Object.entries(wanted)) {
  const issued = JSON.stringify(new Cite(`@misc{a, title={T}, date={${date}}}`).data[0].issued);
  console.log(`date={${date}}: ${issued}`);
  same += issued === expect ? 1 : 0;
}
process.exit(same === 5 ? 0 : 1);
J
node try.cjs
echo "seen: years before Christ are the year 0, and doubts are gone"
