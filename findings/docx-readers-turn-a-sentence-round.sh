#!/usr/bin/env bash
# One sentence of a DOCX file in which a word was put in with tracked changes, read by three libraries. Word shows "The bridge never
# opened in May". python-docx 1.2.0 gives "The bridge opened": what stands in `w:ins`, in a content control or in a moved passage is no
# part of `paragraph.text`. mammoth 1.13.0 gives "The bridge never opened in May". docx2txt 0.9 gives the words of a moved passage twice, where they stood
# and where they stand. All three give text that is hidden (`w:vanish`). So a quote that readers of the document see may be absent,
# and one that says the contrary verbatim.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 docx2txt==0.9
v/bin/python - <<'P'
import zipfile
from importlib.metadata import version
import docx, docx2txt, mammoth

def run(words, before="", after=""):
    return f'{before}<w:r><w:t xml:space="preserve">{words}</w:t></w:r>{after}'

change = 'w:id="{}" w:author="A" w:date="2024-05-03T00:00:00Z"'
paragraphs = [
    run("The bridge ") + run("never ", f"<w:ins {change.format(1)}>", "</w:ins>") + run("opened ")
    + run("in May", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    run("It was ") + run("said ", f"<w:moveFrom {change.format(2)}>", "</w:moveFrom>") + run("there ")
    + run("said ", f"<w:moveTo {change.format(3)}>", "</w:moveTo>") + run("again"),
    run("Seen") + '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve"> and unseen</w:t></w:r>',
]
body = "".join(f"<w:p>{inner}</w:p>" for inner in paragraphs)
package = "http://schemas.openxmlformats.org/package/2006"
office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
kind = "application/vnd.openxmlformats-"
with zipfile.ZipFile("t.docx", "w") as file:
    file.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="{kind}package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}officedocument.wordprocessingml.document.main+xml"/></Types>')
    file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>')
    file.writestr("word/document.xml", f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')

lines = lambda text: [line.strip() for line in text.split("\n") if line.strip()]
with open("t.docx", "rb") as file:
    by = {
        "python-docx": [paragraph.text.strip() for paragraph in docx.Document("t.docx").paragraphs],
        "mammoth": lines(mammoth.extract_raw_text(file).value),
        "docx2txt": lines(docx2txt.process("t.docx")),
    }
for name, text in by.items():
    print(name, version(name), text)
assert by["python-docx"] == ["The bridge opened", "It was there again", "Seen and unseen"]
assert by["mammoth"] == ["The bridge never opened in May", "It was there said again", "Seen and unseen"]
assert by["docx2txt"] == ["The bridge never opened in May", "It was said there said again", "Seen and unseen"]
P
echo "seen: three readers, three sentences, one the contrary of what Word shows"
