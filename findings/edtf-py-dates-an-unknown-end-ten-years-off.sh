#!/usr/bin/env bash
# edtf 5.0.2 (PyPI) on an interval one end of which is unknown (EDTF level 1: nothing stands before or after the solidus). `1985/` is said
# to end in 1995, `/2030-10-31` to begin on 31 October 2020: ten years off (its setting DELTA_IF_UNKNOWN), also in `upper_strict` and `lower_strict`, which
# pad nothing else. An open end (`1985/..`) is infinite, as it should be. A chart, an index or a comparison made
# of these bounds shows a year that nobody wrote.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check edtf==5.0.2
v/bin/python - <<'P'
from importlib.metadata import version
from edtf import parse_edtf

def day(time):
    return "{}-{:02}-{:02}".format(*time[:3]) if hasattr(time, "tm_year") else str(time)

print("edtf", version("edtf"))
seen = {}
for text in ("1985/", "/2030-10-31", "1985/..", "../2030-10-31"):
    date = parse_edtf(text)
    seen[text] = (day(date.lower_strict()), day(date.upper_strict()))
    print(f"{text}: from {seen[text][0]} to {seen[text][1]}")
assert seen == {
    "1985/": ("1985-01-01", "1995-01-01"),
    "/2030-10-31": ("2020-10-31", "2030-10-31"),
    "1985/..": ("1985-01-01", "inf"),
    "../2030-10-31": ("-inf", "2030-10-31"),
}, seen
P
echo "seen: an unknown end is ten years from the known one"
