"""A dossier as it is written: sheets, `site.toml`, lock. Text stays text (YAML's `no` and `2024-06-19` are no values here)."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from .edtf import Date, parse as parse_date
from .values import Period, Quantity, Range

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
KINDS = ("actors", "events", "places", "sources", "questions", "claims")


def many(value) -> list:
    """One or more: a value or a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


def reasons(value) -> dict:
    """Claims with or without a reason: one, a list, or a mapping."""
    return value if isinstance(value, dict) else {claim: None for claim in many(value)}


def date(value) -> Date | None:
    """A date, alone, in a mapping with how it was inferred, or a one-of set without quotation marks."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = value["date"]
    return parse_date("[" + ", ".join(value) + "]" if isinstance(value, list) else value)


def length(text: str) -> tuple:
    """`31d`, `6m`, `1y` in months and days."""
    count, unit = int(text[:-1]), text[-1]
    return (0, count) if unit == "d" else (count * (12 if unit == "y" else 1), 0)


class Record:
    """A record: its id, its kind and what is written of it."""

    def __init__(self, dossier, kind, ident, raw):
        self.dossier, self.kind, self.id, self.raw = dossier, kind, ident, raw

    def __repr__(self):
        return f"{self.kind[:-1]} {self.id}"

    @property
    def label(self) -> str:
        return next((self.raw[key] for key in ("name", "title", "text", "statement") if key in self.raw), self.id)


class Question(Record):
    @property
    def values(self):
        return self.raw.get("kind", "quantity")

    @property
    def changes(self):
        return self.raw.get("changes") == "true"

    @property
    def window(self):
        return length(self.raw.get("window", "31d"))

    @property
    def tolerance(self):
        return self.raw.get("tolerance")

    @property
    def unit(self):
        return self.raw.get("unit")

    @property
    def adds_up(self):
        return self.raw.get("adds_up") == "true"

    @property
    def grows(self):
        return self.raw.get("grows") == "true"

    @property
    def timed(self):
        """Whether it matters for when its answers hold."""
        return self.changes or self.grows

    @property
    def judged(self):
        return (self.raw.get("assessment") or {}).get("status")

    @cached_property
    def answers(self) -> list:
        return [a for claim in self.dossier.claims.values() for a in claim.answers if a.question is self]


AUTHORED = {"article-journal", "book", "chapter", "classic", "manuscript", "pamphlet", "paper-conference", "personal_communication", "post",
            "post-weblog", "speech", "thesis"}


class Source(Record):
    @cached_property
    def published(self):
        return date(self.raw.get("published"))

    @property
    def outlet(self):
        """The actor who publishes it, if that is one."""
        return self.dossier.actors.get(publisher) if isinstance(publisher := self.raw.get("publisher"), str) else None

    @property
    def answers_for(self) -> list:
        """The actors who answer for what it says in its own name: its publisher; of a book, a post, a speech and the like its
        authors; else whichever there is."""
        return [a for a in self.voices if isinstance(a, str) and a in self.dossier.actors]

    @property
    def voices(self) -> list:
        """The same, with those who are only names."""
        authors, publisher = many(self.raw.get("author")), many(self.raw.get("publisher"))
        authored = self.raw.get("type", "document") in AUTHORED and authors
        return authors if authored or not publisher else publisher

    @property
    def based_on(self):
        return many(self.raw.get("based_on"))

    @property
    def standing(self):
        return (self.raw.get("status") or {}).get("is", "current")

    @cached_property
    def lapsed_on(self):
        return date((self.raw.get("status") or {}).get("on"))


class Event(Record):
    @cached_property
    def date(self):
        return date(self.raw.get("date"))


class Claim(Record):
    @property
    def by(self):
        return many(self.raw.get("by"))

    @property
    def modality(self):
        return self.raw.get("modality", "asserts")

    @cached_property
    def on(self):
        return date(self.raw.get("on"))

    @cached_property
    def as_of(self):
        return date(self.raw.get("as_of"))

    @property
    def evidence(self):
        return many(self.raw.get("evidence"))

    @property
    def sources(self) -> list:
        return list(dict.fromkeys(self.dossier.sources[e["source"]] for e in self.evidence))

    @cached_property
    def read_on(self):
        """The earliest publication among its sources: by its first day, then its last."""
        dates = [s.published for s in self.sources if s.published]
        return min(dates, key=lambda d: (d.days.first if d.days.first > -1e18 else d.days.last, d.days.last), default=None)

    @property
    def said(self):
        """When it was said, as far as a reader is told: `on`, else when it was published."""
        return self.on or self.read_on

    @property
    def standing(self):
        return (self.raw.get("status") or {}).get("is", "current")

    @cached_property
    def lapsed_on(self):
        return date((self.raw.get("status") or {}).get("on"))

    @property
    def about(self):
        return many(self.raw.get("about"))

    @cached_property
    def contradicts(self):
        return reasons(self.raw.get("contradicts"))

    def named(self, key) -> dict:
        """Claims under `contradicts`, `supports` or `supersedes`, each with its reason."""
        return reasons(self.raw.get(key))

    @cached_property
    def supersedes(self):
        return reasons(self.raw.get("supersedes"))

    @cached_property
    def answers(self) -> list:
        return [Answer(self, self.dossier.questions[q], raw) for q, raw in (self.raw.get("answers") or {}).items()]


@dataclass(frozen=True, eq=False)
class Answer:
    """What a claim answers to a question."""

    claim: Claim
    question: Question
    raw: object = field(repr=False)

    def part(self, key):
        return self.raw.get(key) if isinstance(self.raw, dict) else None

    @property
    def written(self):
        value = self.part("value") if isinstance(self.raw, dict) else self.raw
        return value["date"] if isinstance(value, dict) and "date" in value else value

    @cached_property
    def value(self):
        """A `Quantity`, a `Date`, a `Period`, the key of an option or a set of such keys, the id of a place, words; `None` where
        this oracle cannot read it."""
        try:
            return self._value(self.question.values)
        except (ValueError, ArithmeticError, AttributeError, TypeError, KeyError):
            return None

    def _value(self, kind):
        if kind == "quantity":
            quantity = Quantity.read(self.written)
            return Quantity.read(f"{self.written} {unit}") if (unit := self.part("unit")) and not quantity.unit else quantity
        readers = {"date": date, "period": Period.read, "choices": lambda v: frozenset(many(v))}
        return readers.get(kind, str)(self.written)

    @cached_property
    def converted(self):
        """A quantity in the unit of the question; `None` where nothing converts it."""
        return self.value.into(self.question.unit, self.question.raw.get("rates")) if isinstance(self.value, Quantity) else None

    def reaching(self) -> Range | None:
        """What a quantity says with the reach of `~`, in the unit of the question."""
        value = self.converted
        return value and value.range(self.question.tolerance or "10%")

    def least(self) -> Range | None:
        """All that a quantity may mean, in the unit of the question."""
        value = self.converted
        return value and value.least(self.question.tolerance or "10%")

    @property
    def place(self):
        return self.part("place")

    def scope(self, kind):
        """The place or the group that it is about: its own, else the question's."""
        return self.part(kind) or self.question.raw.get(kind)

    @property
    def modality(self):
        return self.part("modality") or self.claim.modality

    @cached_property
    def as_of(self):
        return date(self.part("as_of")) or self.claim.as_of or self.claim.said

    def __repr__(self):
        return f"{self.claim.id} → {self.question.id}: {self.written}"


def length_in(places: str) -> int:
    """How many bytes `310..341` or `§ 1: 310..341, 400..410` are."""
    return sum(int(b) - int(a) for a, b in re.findall(r"(\d+)\.\.(\d+)", places))


TYPES = {"questions": Question, "sources": Source, "events": Event, "claims": Claim}


class Dossier:
    """All records of a dossier, by kind and id; `lock` has the state of each quote that was looked up."""

    def __init__(self, root: Path | None):
        self.root, self.site, self.lock = root, {}, {}
        for kind in KINDS:
            setattr(self, kind, {})
        if root is not None:
            self.read_folder(root)

    def read_folder(self, root):
        self.site = tomllib.loads((root / "site.toml").read_text(encoding="utf-8"))
        for path in sorted(p for p in (root / "content").rglob("*") if p.suffix in (".yaml", ".yml")):
            self.read(path.read_text(encoding="utf-8"))
        self.articles = sorted((root / "content").rglob("*.md"))
        self.written = "\n".join(p.read_text(encoding="utf-8") for p in [root / "site.toml", *sorted((root / "content").rglob("*"))] if p.suffix in (".toml", ".yaml", ".yml", ".md"))
        self.milestones = sorted(self.site.get("milestones", []), key=lambda m: parse_date(str(m["date"])).days.last)
        lock = root / "captures.lock"
        self.lock = tomllib.loads(lock.read_text(encoding="utf-8")).get("source", {}) if lock.exists() else {}

    @property
    def language(self):
        return self.site.get("language", "fr")

    def read(self, text):
        sheet = yaml.load(text, Loader=LOADER) or {}
        for kind in KINDS:
            for ident, raw in (sheet.get(kind) or {}).items():
                getattr(self, kind)[ident] = TYPES.get(kind, Record)(self, kind, ident, raw)

    def locked(self, source, locator) -> set:
        """What the lock says of the quotes at a place of a source: it knows them by a hash of their levelled words."""
        quotes = self.lock.get(source, {}).get("quotes", [])
        return {q["state"] for q in quotes if q.get("locator") == locator} or {"no-capture", "unverified"}

    def marked(self, source, locator) -> set:
        """How much of the quotes at a place of a source stands between quotation marks there, as the lock has it: all of it
        (`direct`), a part (`mixed`), nothing (`indirect`)."""
        found = set()
        for quote in self.lock.get(source, {}).get("quotes", []):
            if quote.get("locator") == locator and "quoted" in quote and len(quote.get("at", [])) == 1:
                at = quote["at"][0]
                whole, part = length_in(at["bytes"] if isinstance(at, dict) else at), sum(map(length_in, quote["quoted"]))
                found.add("indirect" if part == 0 else "direct" if part >= whole else "mixed")
        return found

    def record(self, ident):
        return next((r for kind in KINDS if (r := getattr(self, kind).get(ident))), None)

    @cached_property
    def answers(self):
        return [a for claim in self.claims.values() for a in claim.answers]
