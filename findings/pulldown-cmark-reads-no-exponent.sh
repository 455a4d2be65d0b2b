#!/usr/bin/env bash
# pulldown-cmark 0.13.6, with ENABLE_SUPERSCRIPT and ENABLE_SUBSCRIPT: the forms that Pandoc's manual gives, `10^3^` and `H~2~O`, stay as
# they are typed, since neither sign may stand after a letter or digit; `x ^3^ y` is read. And the sign of a footnote opens: of
# `[^1] and 10^3^`, "1] and 10^3" is set above the line. markdown-it 14.1.0 with markdown-it-sup 2.0.0 and markdown-it-sub 2.0.0 reads all of them.
#
# Exits 0 while this is so. Needs cargo and Node.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir src
cat > Cargo.toml <<'T'
[package]
name = "exponents"
version = "0.0.0"
edition = "2021"
[dependencies]
pulldown-cmark = { version = "=0.13.6", default-features = false, features = ["html"] }
T
cat > src/main.rs <<'R'
use pulldown_cmark::{html, Options, Parser};
fn main() {
    for text in ["10^3^", "H~2~O", "x ^3^ y", "[^1] and 10^3^"] {
        let mut out = String::new();
        html::push_html(&mut out, Parser::new_ext(text, Options::ENABLE_SUPERSCRIPT | Options::ENABLE_SUBSCRIPT));
        println!("{text} -> {}", out.trim());
    }
}
R
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund markdown-it@14.1.0 markdown-it-sup@2.0.0 markdown-it-sub@2.0.0
cat > other.mjs <<'J'
import markdown from 'markdown-it';
import sub from 'markdown-it-sub';
import sup from 'markdown-it-sup';
const md = markdown().use(sup).use(sub);
for (const text of ['10^3^', 'H~2~O']) console.log(`${text} -> ${md.render(text).trim()}`);
J
ours=$(CARGO_TARGET_DIR=target cargo run --quiet 2>/dev/null); other=$(node other.mjs)
echo "pulldown-cmark 0.13.6"; echo "$ours"; echo "markdown-it 14.1.0"; echo "$other"
[ "$ours" = '10^3^ -> <p>10^3^</p>
H~2~O -> <p>H~2~O</p>
x ^3^ y -> <p>x <sup>3</sup> y</p>
[^1] and 10^3^ -> <p>[<sup>1] and 10^3</sup></p>' ]
[ "$other" = '10^3^ -> <p>10<sup>3</sup></p>
H~2~O -> <p>H<sub>2</sub>O</p>' ]
