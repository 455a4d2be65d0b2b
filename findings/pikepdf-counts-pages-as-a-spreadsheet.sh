#!/usr/bin/env bash
# pikepdf 10.18.0 (PyPI) labels the pages of a part that is lettered (`/S /A`, appendices) as a spreadsheet names its columns: after Z comes AA,
# then AB. The standard (ISO 32000-1, 12.4.2) repeats the letter: AA, BB, CC. pypdf 7.1.1, and readers that show labels, do so. From
# the 28th page of such a part on, a reference to "p. BB" is looked for on another page, or nowhere.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0 pypdf==7.1.1
v/bin/python - <<'P'
from importlib.metadata import version
import pikepdf, pypdf

with pikepdf.new() as file:
    for _ in range(55):
        file.add_blank_page(page_size=(100, 100))
    part = pikepdf.Dictionary(S=pikepdf.Name.A)
    file.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([0, part]))
    file.save("t.pdf")
with pikepdf.open("t.pdf") as file:
    one = [page.label for page in file.pages]
other = pypdf.PdfReader("t.pdf").page_labels
for name, labels in (("pikepdf", one), ("pypdf", other)):
    print(name, version(name), "pages 26 to 28, 52 to 54:", *labels[25:28], *labels[51:54])
assert one[25:28] + one[51:54] == ["Z", "AA", "AB", "AZ", "BA", "BB"], one
assert other[25:28] + other[51:54] == ["Z", "AA", "BB", "ZZ", "AAA", "BBB"], other
P
echo "seen: the 28th page is AB for one library and BB for the other"
