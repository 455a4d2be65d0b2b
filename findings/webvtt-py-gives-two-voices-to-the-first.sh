#!/usr/bin/env bash
# webvtt-py 0.6.0 (PyPI): a caption of two speakers, `<v Ann Smith>…</v>` and `<v Bob Lee>…</v>` as the WebVTT standard has them, has one
# `voice`: the first. `text` holds the words of both without their names, so that Bob's words are Ann's; and it keeps `&amp;` and
# `&nbsp;` as they are written, which the standard's parser resolves. Only `raw_text` tells who said what.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check webvtt-py==0.6.0
v/bin/python - <<'P'
import io
from importlib.metadata import version
import webvtt

captions = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ann Smith>We never opened it</v>
<v Bob Lee>and I did &amp; left</v>
"""
read = webvtt.from_buffer if hasattr(webvtt, "from_buffer") else webvtt.read_buffer
(caption,) = list(read(io.StringIO(captions)))
print("webvtt-py", version("webvtt-py"))
print("voice:", caption.voice)
print("text:", repr(caption.text))
assert caption.voice == "Ann Smith"
assert caption.text == "We never opened it\nand I did &amp; left"
assert "Bob Lee" in caption.raw_text
P
echo "seen: one voice for the words of two"
