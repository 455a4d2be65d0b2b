"""Goes through the pages of a site: every text that is a message of the program is judged, or listed as not judged."""

import re

from .catalogue import plain
from .exports import exports
from .edtf import parse as parse_date
from .machines import machines
from .judges import SKIP, Case, judge_of
from .judges import structure, when
from .pages import Page, Site, words
from .report import Report
from .truth import View

# What only names the thing below or beside it.
HEADINGS = ("dt", "th", "h2", "h3", "summary", "legend")
LONGEST = 700
# Parts of other sentences; and what `structure` judges by what stands there.
ELSEWHERE = ("desk.", "date.", "distance.", "duration.", "quantity.", "list.", "event.before", "event.after", "event.around", "home.settled_hint", "home.disputed_hint", "home.open_hint", "home.unjudged_hint",
             "timeline.by_", "timeline.lede", "question.stated", "tally.more", "note.place", "note.person", "note.body", "article.updated", "record.compiled", "claim.verification_means", "event.unordered", "timeline.before", "figure.according_to", "figure.derivation",
             "figure.timeline", "figure.over_time_caption", "compare.title", "asof.since", "compare.alone", "compare.choose_hint", "compare.choose_cut", "matrix.cut", "matrix.hint", "actor.replies", "actor.relayed_hint", "figure.map_caption", "figure.map_more", "question.assessment")


def examine(folder, dossier, catalogue, reader) -> Report:
    """Everything that the pages of a built site say of a dossier."""
    report, site = Report(), Site(folder, dossier)
    bare(folder, dossier, catalogue, report)
    today, days = View(dossier), {}
    pages = list(site.pages())
    for page in pages:
        view = today
        if page.kind == "as_of" and page.id:
            view = days.setdefault(page.id, View(dossier, parse_date(page.id).days.last))
        statements(page, view, (catalogue, reader), report)
        dated(page, reader, report)
        structure.page(page, view, catalogue, reader, report)
    structure.site(site, pages, today, report)
    exports(folder, dossier, today, report)
    machines(folder, pages, dossier, today, catalogue, report)
    return report


def examine_page(folder, path, dossier, catalogue, reader) -> Report:
    """What one page says by itself."""
    report, site = Report(), Site(folder, dossier)
    page = Page(site, path, (folder / path).read_text(encoding="utf-8"))
    view = View(dossier, parse_date(page.id).days.last if page.kind == "as_of" and page.id else None)
    statements(page, view, (catalogue, reader), report)
    dated(page, reader, report)
    structure.page(page, view, catalogue, reader, report)
    return report


KEY = re.compile(r"(?<![\w./@-])[a-z][a-z_-]+(?:\.[a-z_-]+)+(?![\w./@-])")
WRITTEN = (".html", ".xml", ".json", ".csv", ".bib", ".txt")


def bare(folder, dossier, catalogue, report):
    """A message that is not there leaves its key on the page: no file that people read has one."""
    tables = {key.split(".")[0] for key in catalogue.texts}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in WRITTEN):
        text = path.read_text(encoding="utf-8")
        shown = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S) if path.suffix == ".html" else text
        found = {k for k in KEY.findall(shown) if k.split(".")[0] in tables and not k.endswith(WRITTEN + (".yaml", ".toml", ".js", ".css", ".md"))}
        named = path.relative_to(folder).as_posix()
        report.say(named, "words.missing", ", ".join(sorted(found)) or named, True if not found or all(k in dossier.written for k in found) else "this is the name of a message, not its words")


def statements(page, view, words_of, report):
    for element in page.elements:
        if "hint" in (element.get("class") or "").split() and page.holder(element, "set") is not None:
            # Several sentences, each with its own condition.
            for text in sentences(words(element)):
                if found := first(page, view, words_of, element, text):
                    report.say(page.path, found[0], text, found[1])
            continue
        for text in candidates(element):
            found = first(page, view, words_of, element, text)
            if found:
                report.say(page.path, found[0], text, found[1])
                break


def sentences(text) -> list:
    """Sentences: no full stop behind the number of a German day ends one."""
    return [part for part in re.split(r"(?:(?<=\D\.)|(?<=\d{4}\.)) (?=[A-ZÀ-Ý])", text) if part]


def candidates(element):
    """What may be a message in an element: all its text, its own without that of its parts, or one side of a dot. What an only
    part says is left to that part."""
    if "arithmetic" in (element.get("class") or "").split():
        # A sentence with a word before and perhaps one behind, each of its own.
        marks = [c for c in element if set((c.get("class") or "").split()) & {"verdict-word", "new"}]
        return [plain((element.text or "") + "".join((c.tail or "") if c in marks else c.text_content() + (c.tail or "") for c in element))]
    own = plain(" ".join([element.text or "", *((child.tail or "") for child in element)]))
    if not own and len(element):
        return [t for t in [plain(element.get("aria-label") or "")] if t]
    whole = words(element)
    if len(element) and {"quiet", "stated"} & set((element[-1].get("class") or "").split()):
        whole = own
    found = [part.strip() for part in own.split(" · ")] if " · " in own else []
    found += [t for t in (whole, own) if len(t) <= LONGEST and " · " not in t]
    found.append(plain(element.get("aria-label") or ""))
    return list(dict.fromkeys(t for t in found if t))


def first(page, view, words_of, element, text):
    """The verdict on a text by the first message that it can be here."""
    unknown, wrong, catalogue = None, None, words_of[0]
    for found in catalogue.find(text):
        if found.key.startswith(ELSEWHERE):
            continue
        judge = judge_of(found.key)
        if judge is None:
            # A heading only names what stands below it.
            if catalogue.says_nothing(found.key) or element.tag in HEADINGS and not found.values:
                return wrong
            unknown = unknown or (found.key, None)
            continue
        verdict = judge(Case(page, view, words_of, element, found.key, found.values, text))
        # The same words may be those of several messages: they are true where one of these is.
        if verdict is True:
            return found.key, True
        if verdict is SKIP:
            if catalogue.says_nothing(found.key):
                return wrong
        elif verdict is None:
            unknown = unknown or (found.key, None)
        else:
            wrong = wrong or (found.key, verdict)
    return wrong or unknown


def dated(page, reader, report):
    """Every date in words."""
    for element in page.elements:
        if "date" in (element.get("class") or "").split():
            text = plain(" ".join([element.text or "", *(c.text_content() if c.tag == "time" else "" for c in element), *((c.tail or "") for c in element)]))
            readings = reader.read(text)
            report.say(page.path, "date", text, when.judge_date(page, element, text, readings) if readings else None)
