"""The pages of a built site, and what in them is a statement of the program.

Which record a statement is about is told by `data-…` attributes where there are any, and by the links around it.
"""

import posixpath
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import lxml.html

from .catalogue import plain

SEGMENTS = {"actors": "actors", "events": "events", "places": "places", "sources": "sources", "questions": "questions",
            "claims": "claims", "articles": "articles", "timeline": "timeline", "disagreements": "disagreements", "as_of": "as-of", "compare": "compare"}
# What a writer wrote, what is made for machines, and forms of reference: no statements of the program about its sheets.
FOREIGN = ("script", "style", "dialog")
FOREIGN_CLASSES = {"yaml", "cite", "search", "preview"}


class Site:
    def __init__(self, folder: Path, dossier):
        self.folder, self.dossier = folder, dossier
        named = SEGMENTS | dossier.site.get("paths", {})
        self.kinds = {segment: kind for kind, segment in named.items()}

    def pages(self):
        for path in sorted(self.folder.rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            if "http-equiv=\"refresh\"" not in text:
                yield Page(self, path.relative_to(self.folder).as_posix(), text)

    @staticmethod
    def parts(page, link) -> list:
        """The parts of the path that a link leads to."""
        href = unquote((link.get("href") or "").split("#")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), href)).split("/")

    def subject(self, path: str):
        """The kind and id of the page at a path, with the number of its part."""
        parts = [unquote(p) for p in path.split("/") if p not in ("", "index.html")]
        kind = self.kinds.get(parts[0]) if parts else "home"
        return kind, parts[1] if len(parts) > 1 else None


class Page:
    def __init__(self, site, path, text):
        self.site, self.path, self.dossier = site, path, site.dossier
        self.root = lxml.html.document_fromstring(text)
        self.kind, self.id = site.subject(path)
        found = self.root.xpath("//main") or self.root.xpath("//body")
        self.main = found[0]
        self._links = {}

    @property
    def record(self):
        """The record that the page is of."""
        return getattr(self.dossier, self.kind, {}).get(self.id) if self.kind in ("actors", "events", "places", "sources", "questions", "claims") else None

    def target(self, element):
        """The kind and id that a link leads to."""
        href = (element.get("href") or "").split("#")[0].split("?")[0]
        if not href or ":" in href:
            return None, None
        return self.site.subject(posixpath.normpath(posixpath.join(posixpath.dirname(self.path), href)))

    def links(self, element, kind) -> list:
        """The records of a kind that stand in an element, in order: those that it links to, but for what replaced them."""
        key = element, kind
        if key not in self._links:
            records = getattr(self.dossier, kind)
            # A note names its claim in its links; what replaced the claim stands in its text.
            notes = element.xpath("ancestor-or-self::li[starts-with(@id, 'note-')]") if kind == "claims" else []
            named = element.xpath(".//*[contains(@class, 'links')]") if notes else []
            links = [a for e in (named or [element]) for a in e.iter("a") if kind != "claims" or not self.in_lapse(a, element)]
            found = [i for a in links for k, i in [self.target(a)] if k == kind and i in records]
            self._links[key] = [records[i] for i in dict.fromkeys(found)]
        return self._links[key]

    def all_links(self, element, kind) -> list:
        """As `links`, with what replaced them."""
        records = getattr(self.dossier, kind)
        return [records[i] for i in dict.fromkeys(i for a in element.iter("a") for k, i in [self.target(a)] if k == kind and i in records)]

    @staticmethod
    def in_lapse(link, within) -> bool:
        """Whether a link stands in the words that say how another claim ceased to stand."""
        for element in link.iterancestors():
            if element.tag != "tr" and element.tag != "li" and element.get("data-lapse") and "claim" not in (element.get("class") or "").split():
                return True
            if element is within:
                return False
        return False

    def around(self, element, kind) -> list:
        """The records of a kind in the smallest element around that has any."""
        for holder in [element, *element.iterancestors()]:
            if found := self.links(holder, kind):
                return found
            if holder is self.main:
                break
        return []

    def named_before(self, element):
        """The record of the link that stands right before a mark: what the mark is of."""
        before = element.getprevious()
        kind, ident = self.target(before) if before is not None and before.tag == "a" else (None, None)
        return getattr(self.dossier, kind).get(ident) if kind in ("claims", "sources") else None

    def holder(self, element, *classes):
        """The nearest element around with one of some classes or names."""
        return next((e for e in [element, *element.iterancestors()] if e.tag in classes or set((e.get("class") or "").split()) & set(classes)), None)

    @cached_property
    def elements(self) -> list:
        """The elements of the main part that hold some words of the program, the innermost last."""
        found, stack = [], [self.main]
        while stack:
            element = stack.pop()
            if not isinstance(element.tag, str) or element.tag in FOREIGN or set((element.get("class") or "").split()) & FOREIGN_CLASSES:
                continue
            found.append(element)
            stack.extend(element)
        return found


def words(element) -> str:
    """The text of an element, without the marks of typography."""
    return plain(element.text_content())
