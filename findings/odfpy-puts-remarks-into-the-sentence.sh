#!/usr/bin/env bash
# odfpy 1.4.1 (PyPI): `teletype.extractText` of a paragraph gives what reviewers remarked as part of the sentence, with their name and
# the time: "The bridge Ann Smith2024-05-03T00:00:00not opened in May.1So she said." where LibreOffice shows "The bridge opened in May."
# with a comment in the margin. The number and text of a footnote stand in the sentence too, and each is listed again as a
# paragraph of its own. So a quote that runs over a comment is absent, and words are found that the text does not say.
#
# Exits 0 while this is so. Needs Python.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check odfpy==1.4.1
v/bin/python - <<'P'
from importlib.metadata import version
from odf import dc, office, teletype, text
from odf.opendocument import OpenDocumentText, load

def paragraph(words):
    made = text.P()
    made.addText(words)
    return made

document, sentence = OpenDocumentText(), paragraph("The bridge ")
remark = office.Annotation(name="1")
for part in (dc.Creator(text="Ann Smith"), dc.Date(text="2024-05-03T00:00:00"), paragraph("not ")):
    remark.addElement(part)
sentence.addElement(remark)
sentence.addText("opened in May.")
note, body = text.Note(noteclass="footnote"), text.NoteBody()
body.addElement(paragraph("So she said."))
note.addElement(text.NoteCitation(text="1"))
note.addElement(body)
sentence.addElement(note)
document.text.addElement(sentence)
document.save("t.odt")
read = [teletype.extractText(one) for one in load("t.odt").text.getElementsByType(text.P)]
print("odfpy", version("odfpy"))
for one in read:
    print(repr(one))
assert read == ["The bridge Ann Smith2024-05-03T00:00:00not opened in May.1So she said.", "not ", "So she said."], read
P
echo "seen: remark, author, time and footnote within the sentence"
