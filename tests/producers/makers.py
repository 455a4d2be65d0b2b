"""Each maker saves the invented text in a folder and says what it made: a list of `Made`."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from text import PARAGRAPHS, TITLE, html

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent


@dataclass
class Made:
    """A capture: its file, who made it, the right locator of QUOTE, a wrong one, and keys of `capture:` or the source."""

    file: str
    maker: str
    right: str
    wrong: str
    capture: dict = field(default_factory=dict)
    source: dict = field(default_factory=dict)
    # Words that the output of `check` must have for this source, besides those of the three quotes.
    told: str = ""
    # Whether the maker's copy is no such file at all, and why.
    without: tuple = ()


def run(*command, cwd=None, **more):
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=120, check=False, **more
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-1500:]}")
    return done.stdout


PAGE = {"right": "§ 2", "wrong": "§ 1"}


def wget(folder, url):
    """wget's WARC of three pages, gzip kept as sent; then with `--warc-dedup`, a revisit by record id alone."""
    run("wget", "-q", "-O", os.devnull, "--warc-file=wget", "--warc-cdx", "--header=Accept-Encoding: gzip",
        f"{url}/pont", f"{url}/vieux", f"{url}/va", cwd=folder)  # fmt: skip
    run("wget", "-q", "-O", os.devnull, "--warc-file=again", "--warc-dedup=wget.cdx", "--header=Accept-Encoding: gzip",
        f"{url}/pont", cwd=folder)  # fmt: skip
    both = (folder / "wget.warc.gz").read_bytes() + (folder / "again.warc.gz").read_bytes()
    (folder / "both.warc.gz").write_bytes(both)
    return [
        Made("wget.warc.gz", "wget", **PAGE, source={"url": f"{url}/pont"}),
        Made("wget.warc.gz", "wget, in chunks and windows-1252", **PAGE, source={"url": f"{url}/vieux"}),
        Made("wget.warc.gz", "wget, by a redirect", **PAGE, source={"url": f"{url}/va"}),
        Made("both.warc.gz", "wget --warc-dedup", **PAGE, source={"url": f"{url}/pont"}),
        Made("again.warc.gz", "wget --warc-dedup, alone", **PAGE, source={"url": f"{url}/pont"}, without=("same as an earlier one",)),
    ]


WARCIO = """
import sys, io
from warcio.capture_http import capture_http
from warcio.warcwriter import WARCWriter
import requests
out, url = sys.argv[1:]
with capture_http(out):
    for path in ("/pont", "/vieux", "/meme", "/rien"):
        requests.get(url + path)
"""


def warcio(folder, url):
    """warcio's recorder; py-wacz and js-wacz pack what it recorded."""
    run(sys.executable, "-c", WARCIO, folder / "warcio.warc.gz", url)
    run(BIN / "wacz", "create", "-f", "warcio.warc.gz", "-o", "py.wacz", "--url", f"{url}/pont", cwd=folder)
    run(BIN / "wacz", "create", "-f", "warcio.warc.gz", "-o", "pages.wacz", "--detect-pages", cwd=folder)
    run(HERE / "node_modules/.bin/js-wacz", "create", "-f", folder / "warcio.warc.gz", "-o", folder / "js.wacz", "--url", f"{url}/pont")
    unlike = "does not match what the archive states"
    return [
        Made("warcio.warc.gz", "warcio", **PAGE, source={"url": f"{url}/pont"}),
        Made("warcio.warc.gz", "warcio, chunked", **PAGE, source={"url": f"{url}/vieux"}),
        Made("warcio.warc.gz", "warcio, an address that is not there", **PAGE, source={"url": f"{url}/Pont"}, without=("holds no copy of",)),
        Made("py.wacz", "py-wacz", **PAGE, source={"url": f"{url}/pont"}),
        Made("py.wacz", "py-wacz, its main page", **PAGE),
        Made("pages.wacz", "py-wacz --detect-pages", **PAGE, source={"url": f"{url}/meme"}),
        Made("js.wacz", "js-wacz", **PAGE, source={"url": f"{url}/pont"}, told=unlike),
    ]


def warcit(folder, _):
    site = folder / "site"
    site.mkdir()
    (site / "pont.html").write_text(html())
    run(BIN / "warcit", "-o", "-n", folder / "warcit", "https://vaubise.example/", site, cwd=folder)
    made = next(folder.glob("warcit*.warc.gz")).name
    return [Made(made, "warcit", **PAGE, source={"url": "https://vaubise.example/pont.html"})]


def browser(folder, url):
    """Chromium's MHTML and print, SingleFile's page and its packed form."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    run("node", HERE / "mhtml.mjs", chromium, f"{url}/vieux", folder / "page.mhtml", folder / "chromium.pdf")
    single = HERE / "node_modules/.bin/single-file"
    common = [f"--browser-executable-path={chromium}", "--browser-arg=--no-sandbox"]
    packed = ["--compress-content=true"]
    for name, options in [("single.html", []), ("packed.zip.html", packed), ("packed.zip", [*packed, "--self-extracting-archive=false"])]:
        # Often it ends well and has written nothing ("Execution context not found for SingleFile world").
        said = ""
        for _ in range(20):
            said = run(single, f"{url}/pont", folder / name, *options, *common)
            if (folder / name).exists():
                break
        else:
            raise RuntimeError(f"SingleFile wrote nothing, twenty times: {said[-300:]}")
    return [
        Made("page.mhtml", "Chromium, MHTML", **PAGE),
        Made("chromium.pdf", "Chromium, printed", "p. 1", "p. 2"),
        Made("single.html", "SingleFile", **PAGE),
        Made("packed.zip.html", "SingleFile, packed", **PAGE),
        Made("packed.zip", "SingleFile, ZIP", **PAGE),
    ]


TYPST = """
#set document(title: "{title}")
#set page(width: 148mm, height: 210mm, numbering: "i", columns: 2, header: [Rapport annuel])
#set text(lang: "fr", hyphenate: true)
#set par(justify: true)
= {title}
#pagebreak()
{paragraphs}
"""


def typst(folder, _):
    """Two columns, justified and hyphenated; labels i, ii."""
    import typst as program

    source = TYPST.format(title=TITLE, paragraphs="\n\n".join(PARAGRAPHS))
    (folder / "a.typ").write_text(source)
    program.compile(str(folder / "a.typ"), output=str(folder / "typst.pdf"))
    return [Made("typst.pdf", "typst", "p. ii", "p. i")]


def weasyprint(folder, _):
    import weasyprint as program

    style = "@page { size: A5; @top-center { content: 'Rapport annuel' } @bottom-center { content: counter(page) } } " \
        "article { columns: 2; hyphens: auto; text-align: justify } h1 { break-after: page }"
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<html lang=fr><style>{style}</style><h1>{TITLE}</h1><article>{body}</article></html>"
    program.HTML(string=page).write_pdf(str(folder / "weasy.pdf"))
    return [Made("weasy.pdf", "WeasyPrint", "p. 2", "p. 1")]


def reportlab(folder, _):
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    style = getSampleStyleSheet()["BodyText"]
    flow = [Paragraph(TITLE, style), PageBreak(), *(Paragraph(p, style) for p in PARAGRAPHS)]
    SimpleDocTemplate(str(folder / "reportlab.pdf"), pagesize=A5).build(flow)
    return [Made("reportlab.pdf", "reportlab", "p. 2", "p. 1")]


def docx(folder, _):
    from docx import Document

    document = Document()
    document.add_heading(TITLE)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.save(folder / "a.docx")
    return [Made("a.docx", "python-docx", **PAGE)]


def odt(folder, _):
    from odf.opendocument import OpenDocumentText
    from odf.text import H, P

    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=TITLE))
    for paragraph in PARAGRAPHS:
        document.text.addElement(P(text=paragraph))
    document.save(folder / "a.odt")
    return [Made("a.odt", "odfpy", **PAGE)]


def epub(folder, _):
    from ebooklib import epub as program

    book = program.EpubBook()
    book.set_identifier("vaubise")
    book.set_title(TITLE)
    book.set_language("fr")
    chapters = []
    for number, paragraphs in enumerate([PARAGRAPHS[:1], PARAGRAPHS[1:2], PARAGRAPHS[2:]], 1):
        chapter = program.EpubHtml(title=f"Chapitre {number}", file_name=f"c{number}.xhtml", lang="fr")
        chapter.content = "".join(f"<p>{p}</p>" for p in paragraphs)
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc = tuple(chapters)
    book.add_item(program.EpubNcx())
    book.add_item(program.EpubNav())
    book.spine = ["nav", *chapters]
    program.write_epub(str(folder / "a.epub"), book)
    return [Made("a.epub", "EbookLib", "ch. 2", "ch. 1")]


def mail(folder, _):
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Renée <r@example.org>", "a@example.org", TITLE
    message.set_content("\n\n".join(PARAGRAPHS))
    message.add_alternative(html(), subtype="html")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="plan.pdf")
    (folder / "a.eml").write_bytes(bytes(message))
    return [Made("a.eml", "Python's email", **PAGE)]


MAKERS = [wget, warcio, warcit, browser, typst, weasyprint, reportlab, docx, odt, epub, mail]
