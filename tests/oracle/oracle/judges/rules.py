"""What a page says of its rules: what a question compares, that dates were inferred, what a sign means, in what order lists stand."""

import re

from . import SKIP, judge
from .answers import read_number
from .when import inferences, judge_date, near
from ..catalogue import plain
from ..sheets import length

# Questions

@judge("question.grows", "question.adds_up")
def property_of(case):
    question, name = case.question(), case.key.split(".")[1]
    return None if question is None else True if getattr(question, name) else f"{question.id} does not say so"


@judge("question.window", "question.within")
def window(case):
    """How far apart answers are still compared; only of what changes."""
    question = case.question()
    if question is None:
        return None
    if not question.changes:
        return f"{question.id} does not change"
    return spans(case, question.window) if case.values.get("length") else True


@judge("question.tolerance", "question.reach")
def tolerance(case):
    """What "about" means."""
    question = case.question()
    if question is None:
        return None
    if not question.tolerance:
        return f"{question.id} says nothing of it"
    told = case.values.get("reach")
    if not told or question.values == "date":
        return spans(case, length(question.tolerance)) if told else True
    digits = "".join(c for c in told if c.isdigit())
    return True if digits == "".join(c for c in question.tolerance if c.isdigit()) and ("%" in told) == ("%" in question.tolerance) else f"it is {question.tolerance}"


def spans(case, truth):
    """A length of time: so many days, months, years."""
    for found in case.catalogue.find(next(iter(case.values.values())), ("duration.",)):
        unit, number = found.key.split(".")[1], case.catalogue.number(found.values["n"]) if "n" in found.values else 1
        told = {"days": (0, number), "months": (number, 0), "years": (number * 12, 0)}.get(unit)
        if told == truth:
            return True
    return f"it is {truth[0]} months and {truth[1]} days"


@judge("question.rates", "question.rate")
def rate(case):
    """What one unit of other money is in the question's, as the question gives it."""
    question = case.question()
    if question is None:
        return None
    rates = question.raw.get("rates") or {}
    if case.key.endswith("rates"):
        return True if rates else f"{question.id} gives none"
    numbers = {read_number(case, case.values["value"], question)}
    given = {case.catalogue.number(r["rate"]) if case.catalogue.language == "en" else float(r["rate"]) for unit, r in rates.items() if unit in case.values["one"]}
    return True if numbers & given else f"the rates are {given}"


@judge("question.place", "question.group")
def scope(case):
    question, name = case.question(), case.key.split(".")[1]
    if question is None:
        return None
    ident = question.raw.get(name)
    if ident is None:
        return f"{question.id} names none"
    beside = case.element.getnext()
    label = plain(getattr(case.dossier, "places" if name == "place" else "actors")[ident].label)
    return True if beside is None or label in plain(beside.text_content()) else f"it is {label}"

# Dates that were inferred

@judge("question.dates_inferred")
def all_inferred(case):
    """Of every claim that answers, the date that is told was inferred."""
    question = case.question()
    if question is None:
        return None
    wrong = [a.claim.id for a in question.answers if not (a.claim.raw.get("on") or None) and not source_inferred(a.claim) or a.claim.on and not isinstance(a.claim.raw["on"], dict)]
    return True if len(question.answers) > 1 and not wrong else f"the date of {', '.join(wrong)} is not inferred" if wrong else "there is only one date"


def source_inferred(claim) -> bool:
    """Whether the publication that dates it was inferred."""
    dated = [s for s in claim.sources if s.published is claim.read_on]
    return any(isinstance(s.raw.get("published"), dict) and "inferred" in s.raw["published"] for s in dated)


@judge("note.inferred", "note.inferred_inside", "reference.inferred")
def inferred(case):
    """The date is one beside, and was inferred."""
    # Before the date may stand who says what.
    chunks = case.values["date"].removeprefix(case.catalogue["claim.as_of"]).strip().split(", ")
    told = next((t for n in range(len(chunks)) if case.reader.read(t := ", ".join(chunks[n:]))), None)
    if told is None:
        words = case.values["date"].split(" ")
        told = next((t for n in range(len(words)) if re.search(r"\d{4}", t := " ".join(words[n:])) and case.reader.read(t)), None)
    if told is None:
        return None
    readings = case.reader.read(told)
    records = near(case.page, case.element)
    if not any(True for r in records for _ in inferences(r.raw)):
        return f"no date of {', '.join(r.id for r in records)} was inferred" if records else None
    return judge_date(case.page, case.element, told, readings, inferred=True)

# Signs

@judge("article.lapsed_key")
def lapsed_key(case):
    marks = case.page.main.xpath(".//*[contains(@class, 'lapsed-mark')] | .//a[@data-lapse] | .//*[contains(@class, 'lapsed')][@role]")
    return True if marks else "no mark of it stands on the page"


@judge("note.lapsed_mark", "note.became", "note.margin_lapsed")
def lapsed_mark(case):
    """After a note's mark or a link: what the claim became, or one of its texts."""
    before = case.element.getprevious()
    claims, sources = [], []
    for element in [e for e in (case.element, before, case.element.getparent()) if e is not None]:
        for link in element.iter("a"):
            href = link.get("href") or ""
            for note in case.page.root.xpath(f"//*[@id='{href[1:]}']") if href.startswith("#note-") else []:
                claims += case.page.links(note, "claims")
                sources += case.page.links(note, "sources")
        claims, sources = claims + case.page.links(element, "claims"), sources + case.page.links(element, "sources")
        if claims or sources:
            break
    if not claims and not sources:
        claim = case.claim()
        claims = [claim] if claim else []
    states = {plain(case.catalogue[f"state.{how}"]) for c in claims for how in case.view.lapses(c)}
    states |= {plain(case.catalogue[f"unsound.{how}.mark"]) for s in [*sources, *(s for c in claims for s in c.sources)] if (how := case.view.standing(s)) != "current"}
    if not claims and not sources:
        return None
    return True if case.values["state"] in states else f"it is {' and '.join(sorted(states)) or 'current'}"

# Lists

@judge("disagreements.lede", "disagreements.lede_ordered")
def order(case):
    """Every question of the list is disputed, and they stand in the order that is told."""
    shown = [q for s in case.page.main.xpath(".//section[contains(@class, 'dispute')]") for q in case.page.links(s, "questions")[:1]]
    wrong = [q.id for q in shown if not case.view.disputed(q)]
    if wrong:
        return f"no two comparable answers to {wrong[0]} exclude each other"
    placed = any("position" in q.raw for q in case.dossier.questions.values())
    if placed != case.key.endswith("ordered"):
        return "an editor gives an order" if placed else "no editor gives an order"
    if "page" in (case.page.path.split("/")):
        return True
    counted = lambda q: len({o for a in case.view.answers(q) if case.view.at_odds(a) for o in case.view.origins(a.claim)})
    place = lambda q: int(q.raw.get("position", 10**9))
    off = [(a.id, b.id) for a, b in zip(shown, shown[1:]) if (place(a), -counted(a)) > (place(b), -counted(b))]
    return True if not off else f"{off[0][1]} has more origins than {off[0][0]}"


@judge("disagreements.pairs", "disagreements.pairs_hint")
def pairs(case):
    """Of the pairs below, a writer sets the one claim against the other, and on no question do they differ."""
    section = case.page.holder(case.element, "section")
    for row in section.xpath(".//*[contains(@class, 'versus')]") if section is not None else []:
        claims = case.page.links(row, "claims")
        if len(claims) != 2:
            continue
        one, other = claims
        if other.id not in one.contradicts and one.id not in other.contradicts:
            return f"nothing sets {one.id} against {other.id}"
        differ = [a for a in one.answers for b in other.answers if a.question is b.question and case.view.verdict(a, b).kind == "differs"]
        if differ:
            return f"{one.id} and {other.id} differ on {differ[0].question.id}"
    return True


@judge("source.set_aside_hint", "source.set_aside")
def set_aside(case):
    source = case.page.record
    if source is None or case.page.kind != "sources":
        return SKIP
    return True if source.raw.get("set_aside") else f"nothing of {source.id} was set aside"
