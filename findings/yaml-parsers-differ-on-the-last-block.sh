#!/usr/bin/env bash
# A block scalar that ends a file without an end of line: `a: |`, `  one`, end of file. granit-parser 2.1.0 and 2.2.0 (Rust), yaml 2.8.1
# and js-yaml 4.1.0 (npm) give "one\n"; PyYAML 6.0.3 and ruamel.yaml 0.18.16 (PyPI) give "one", also where `|+` asks to keep what is there.
# With the end of line all six give "one\n". Production 165 of YAML 1.2.2 lets a clipped block end with the input, without a line feed.
# Whoever compares the texts of two readers compares this too: editors that write no last end of line make the case.
#
# Exits 0 while this is so. Needs cargo, Node and Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat > src/main.rs <<'R'
use granit_parser::{Event, Parser};
fn main() {
    for text in ["a: |\n  one", "a: |+\n  one", "a: |\n  one\n"] {
        for event in Parser::new_from_str(text).flatten() {
            if let (Event::Scalar(value, ..), _) = event {
                print!("{value:?} ");
            }
        }
    }
}
R
granit() {
    printf '[package]\nname = "blocks"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\ngranit-parser = "=%s"\n' "$1" > Cargo.toml
    CARGO_TARGET_DIR=target cargo run --quiet
}
first=$(granit 2.1.0); second=$(granit 2.2.0)
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund yaml@2.8.1 js-yaml@4.1.0
cat > read.mjs <<'J'
import { parse } from 'yaml';
import { load } from 'js-yaml';
for (const read of [parse, load]) console.log(...['a: |\n  one', 'a: |+\n  one', 'a: |\n  one\n'].map(text => JSON.stringify(read(text).a)));
J
node=$(node read.mjs)
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3 ruamel.yaml==0.18.16
python=$(v/bin/python - <<'P'
import json, yaml
from ruamel.yaml import YAML
for read in (yaml.safe_load, YAML(typ='safe', pure=True).load):
    print(*(json.dumps(read(text)['a']) for text in ('a: |\n  one', 'a: |+\n  one', 'a: |\n  one\n')))
P
)
echo "granit-parser 2.1.0: $first"; echo "granit-parser 2.2.0: $second"
echo "yaml, js-yaml:"; echo "$node"; echo "PyYAML, ruamel.yaml:"; echo "$python"
[ "$first" = '"a" "one\n" "a" "one\n" "a" "one\n" ' ] && [ "$second" = "$first" ]
[ "$node" = '"one\n" "one\n" "one\n"
"one\n" "one\n" "one\n"' ]
[ "$python" = '"one" "one" "one\n"
"one" "one" "one\n"' ]
