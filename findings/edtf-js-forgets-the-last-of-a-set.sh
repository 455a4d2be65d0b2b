#!/usr/bin/env bash
# edtf 4.11.1 (npm): "one of the years 2023 to 2024", `[2023..2024]`, ends with 2023: `max` is the end of the *first* member, and `covers` denies
# June 2024. The same with months, days, and with "all of these", `{2023..2024}`. Members that are listed (`[2023,2024]`) and
# intervals (`2023/2024`) are whole. Python's edtf 5.0.2 gives the end of 2024 for all four. Only consecutive members with both ends are
# hit, the usual way to write that a day is not known.
#
# Exits 0 while this is so. Needs Node and Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund edtf@4.11.1
cat > try.mjs <<'J'
import edtf from 'edtf';
for (const text of ['[2023..2024]', '{2023..2024}', '[2024-05-01..2024-05-03]', '[2023,2024]', '2023/2024']) {
  const date = edtf(text);
  console.log(text, new Date(date.max).toISOString().slice(0, 10), date.covers(edtf('2024-06-15')));
}
J
js=$(node try.mjs)
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check edtf==5.0.2
python=$(v/bin/python - <<'P'
from edtf import parse_edtf
for text in ("[2023..2024]", "{2023..2024}", "[2024-05-01..2024-05-03]", "[2023,2024]", "2023/2024"):
    print(text, "{}-{:02}-{:02}".format(*parse_edtf(text).upper_strict()[:3]))
P
)
echo "edtf 4.11.1 (npm):"; echo "$js"; echo "edtf 5.0.2 (PyPI):"; echo "$python"
[ "$js" = "[2023..2024] 2023-12-31 false
{2023..2024} 2023-12-31 false
[2024-05-01..2024-05-03] 2024-05-01 false
[2023,2024] 2024-12-31 true
2023/2024 2024-12-31 true" ]
[ "$python" = "[2023..2024] 2024-12-31
{2023..2024} 2024-12-31
[2024-05-01..2024-05-03] 2024-05-03
[2023,2024] 2024-12-31
2023/2024 2024-12-31" ]
