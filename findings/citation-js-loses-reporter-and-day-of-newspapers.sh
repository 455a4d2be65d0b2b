#!/usr/bin/env bash
# @citation-js/plugin-ris 0.8.2 (npm) reads `AU` and `DA` of every kind of record but one: of a newspaper article (`TY  - NEWS`) the
# reporter goes into `reporter`, which no version of CSL has as a variable, so that no style prints a name; and the day in `DA` is
# dropped, though `PY` beside it keeps the year. The same lines under `MGZN`, `BLOG` or `JOUR` give author and day. Newsrooms export
# just this kind: whoever passes a list through it loses who wrote, and on which day, and nothing is said.
#
# Exits 0 while this is so. Needs Node.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
cat > try.cjs <<'J'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-ris');
console.log('@citation-js/plugin-ris', require('@citation-js/plugin-ris/package.json').version);
const read = kind => new Cite([`TY  - ${kind}`, 'TI  - A bridge', 'AU  - Smith, Ann', 'DA  - 2015/10/18', 'ER  - ', ''].join('\n')).data[0];
const seen = ['NEWS', 'MGZN', 'BLOG', 'JOUR'].map(kind => {
  const { author, reporter, issued } = read(kind);
  const line = `${kind}: author ${author ? author[0].family : 'none'}, reporter ${reporter ?? 'none'}, issued ${issued ? issued['date-parts'][0].join('-') : 'none'}`;
  console.log(line);
  return line;
});
const others = seen.slice(1).every(line => line.endsWith('author Smith, reporter none, issued 2015-10-18'));
process.exit(seen[0] === 'NEWS: author none, reporter Smith, Ann, issued none' && others ? 0 : 1);
J
node try.cjs
echo "seen: of a newspaper article neither author nor day, of the same lines under three other kinds both"
