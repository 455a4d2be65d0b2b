"""Goes through the pages of a site: every text that is a message of the program is judged, or listed as not judged."""

from .catalogue import plain
from .edtf import parse as parse_date
from .judges import SKIP, Case, judge_of
from .judges import structure, when
from .pages import Site, words
from .report import Report
from .truth import View

# Messages that say nothing of a sheet: names of parts of the site, of columns and keys, of closed lists of words.
LABELS = ("base.", "nav.", "kind.", "cite.", "feed.", "search.", "missing.", "table.", "word.language.", "word.csl.", "word.actor.", "word.precision.",
          "word.question.", "list.", "quote.", "date.", "duration.", "quantity.", "ui.percent", "reason.first", "reason.second", "record.", "home.read", "home.all",
          "home.ways", "home.figures", "home.changes", "home.milestones", "article.toc", "article.turn", "article.previous", "article.next", "article.updated",
          "timeline.views", "timeline.by_", "timeline.jump", "asof.kind", "asof.turn", "asof.previous", "asof.next", "figure.day", "reference.", "preview.", "note.number", "note.mark", "note.claim",
          "note.source", "note.original", "note.archived", "notes.", "note.back_to_passage", "source.facing", "place.answers", "event.before", "event.after", "event.around",
          "figure.contested", "figure.exact", "figure.about", "figure.at_", "figure.range", "figure.unsure", "figure.one_of", "figure.map_caption", "figure.over_time",
          "figure.according_to", "figure.derivation", "figure.timeline", "question.pairs_hint", "question.assess", "claim.note", "actor.replies", "disagreements.versus",
          "home.settled", "home.disputed", "home.open", "asof.lede", "article.updated", "claim.verification_means", "actor.unnamed")
# What only names the thing below or beside it.
HEADINGS = ("dt", "th", "h2", "h3", "summary", "legend")
LONGEST = 700


def examine(folder, dossier, catalogue, reader) -> Report:
    """Everything that the pages of a built site say of a dossier."""
    report, site = Report(), Site(folder, dossier)
    today, days = View(dossier), {}
    pages = list(site.pages())
    for page in pages:
        view = today
        if page.kind == "as_of" and page.id:
            view = days.setdefault(page.id, View(dossier, parse_date(page.id).days.last))
        statements(page, view, catalogue, report)
        dated(page, reader, report)
        structure.page(page, view, catalogue, reader, report)
    structure.site(site, pages, today, report)
    return report


def statements(page, view, catalogue, report):
    for element in page.elements:
        texts = candidates(element)
        for text in texts:
            found = first(page, view, catalogue, element, text)
            if found:
                report.say(page.path, found[0], text, found[1])
                break


def candidates(element):
    """What may be a message in an element: all its text, its own without that of its parts, or one side of a dot. What an only
    part says is left to that part."""
    own = plain(" ".join([element.text or "", *((child.tail or "") for child in element)]))
    if not own and len(element):
        return [t for t in [plain(element.get("aria-label") or "")] if t]
    whole = words(element)
    if len(element) and "quiet" in (element[-1].get("class") or ""):
        whole = own
    found = [t for t in (whole, own) if len(t) <= LONGEST]
    found += [part.strip() for part in own.split(" · ")] if " · " in own else []
    found.append(plain(element.get("aria-label") or ""))
    return list(dict.fromkeys(t for t in found if t))


def first(page, view, catalogue, element, text):
    """The verdict on a text by the first message that it can be here."""
    unknown = None
    for found in catalogue.find(text):
        judge = judge_of(found.key)
        if judge is None and found.key.startswith(LABELS):
            return None
        if judge is None and element.tag in HEADINGS and not found.values:
            return None
        if judge is None:
            unknown = unknown or (found.key, None)
            continue
        verdict = judge(Case(page, view, catalogue, element, found.key, found.values, text))
        if verdict is not SKIP:
            return found.key, verdict
    return unknown


def dated(page, reader, report):
    """Every date in words."""
    for element in page.elements:
        if "date" in (element.get("class") or "").split():
            text = plain(" ".join([element.text or "", *(c.text_content() if c.tag == "time" else "" for c in element), *((c.tail or "") for c in element)]))
            readings = reader.read(text)
            report.say(page.path, "date", text, when.judge_date(page, element, text, readings) if readings else None)
