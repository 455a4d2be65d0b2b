"""What is said of time: dates in words, days of a state of knowledge, orders."""

import re

from . import SKIP, judge
from ..sheets import date as read_date
from ..truth import View
from ..edtf import parse as parse_date


@judge("asof.unknown")
def unknown(case):
    """That nobody had answered is more than sheets can say; that no text of the dossier surely did, they can."""
    section = case.page.holder(case.element, "section")
    if case.view.day is None or section is None:
        return None
    questions = case.page.links(section, "questions")
    if case.catalogue["asof.untold"]:
        given = [a.claim.id for q in questions for a in q.answers if case.view.perhaps_known(a.claim)]
        missing = [q.id for q in case.dossier.questions.values() if q not in questions and not any(case.view.perhaps_known(a.claim) for a in q.answers)]
        if re.search(r"\b(?:nobody|no one|personne|niemand)\b", case.text, re.IGNORECASE):
            return "that nobody had answered is more than the sheets can say"
        return f"{', '.join(given)} had answered, or may have" if given else f"{', '.join(missing)} is not among them" if missing else True
    question = case.question()
    if question is None:
        return None
    given = [a.claim.id for a in question.answers if case.view.known(a.claim)]
    perhaps = [a.claim.id for a in question.answers if case.view.perhaps_known(a.claim) and not case.view.known(a.claim)]
    if given:
        return f"{', '.join(given)} had answered"
    if perhaps:
        return f"{', '.join(perhaps)} may have answered: its date reaches to before that day"
    return "that nobody had answered is more than the sheets can say" if "answered yet" in case.text or "répondu" in case.text else True


@judge("asof.maybe_hint")
def maybe(case):
    """No answer surely given by then, and one that may have been."""
    section = case.page.holder(case.element, "section")
    if case.view.day is None or section is None:
        return None
    for question in case.page.links(section, "questions"):
        if any(case.view.known(a.claim) for a in question.answers):
            return f"{question.id} had been answered"
        if not any(case.view.perhaps_known(a.claim) for a in question.answers):
            return f"every answer to {question.id} came later"
    return True


@judge("asof.lede")
def lede(case):
    """The day that the page says it is of."""
    readings = case.reader.read(case.values.get("by") or case.values.get("date") or "")
    if case.view.day is None or not readings:
        return None
    return True if any(said.days and said.days.last == case.view.day for said in readings) else f"the page is of {case.page.id}"


@judge("asof.titled")
def titled(case):
    """The day of the page that is called so: that which a link leads to, else this one."""
    readings = case.reader.read(case.values.get("by") or "")
    link = next((e for e in [case.element, *case.element.iterancestors()] if e.tag == "a"), None)
    to = [part for part in case.page.site.parts(case.page, link) if part[:1].isdigit()] if link is not None else [case.page.id]
    if not readings or not to or not to[0]:
        return None
    return True if any(r.days and r.days.last == parse_date(to[0]).days.last for r in readings) else f"the page is of {to[0]}"


@judge("asof.until", "asof.still", "asof.unsure_until", "asof.unsure_still")
def until(case):
    """Nothing that the page shows is another on the last day before the one named, or on any day to come; surely, where it
    does not say that this alone is certain."""
    if case.view.day is None:
        return None
    readings = case.reader.read(case.values.get("date") or "") if case.key.endswith("until") else []
    ends = [said.days.last - 1 for said in readings if said.days] if readings else [10**7]
    later = View(case.dossier, ends[0])
    for claim in case.dossier.claims.values():
        if claim.answers and later.known(claim) and not case.view.known(claim):
            return f"{claim.id} was said in between"
        if "unsure" not in case.key and (claim.answers or claim.supersedes) and not later.known(claim) and later.perhaps_known(claim):
            return f"{claim.id} may have been said in between"
        if not (later.unsure(claim) or case.view.unsure(claim)) and later.known(claim) and later.lapses(claim) != case.view.lapses(claim):
            return f"{claim.id} lapsed in between"
    return True


def day_before(page):
    """The day of the page before this one, in a list; an empty one where there is none."""
    turn = page.main.xpath(".//nav//a[@rel='prev']")
    before = next((p for p in page.site.parts(page, turn[0]) if p[:1].isdigit()), None) if turn else None
    return [parse_date(before).days.last] if before else []


@judge("asof.is_new")
def is_new(case):
    claim = case.claim()
    stones = before = day_before(case.page)
    if before and (holder := case.page.holder(case.element, "arithmetic")) is not None:
        # Of a set that cannot all be true: on the day before, it was none yet.
        ids, old = {*(holder.get("data-parts") or "").split(), holder.get("data-whole")}, View(case.dossier, before[-1])
        there = any({a.claim.id for a in s.members} == ids for q in case.dossier.questions.values() for s in old.sets(q))
        return "it was there on the day before" if there else True
    if claim is None or case.view.day is None:
        return None
    earlier = [s for s in stones if s < case.view.day]
    if not earlier:
        return "there is no earlier day on this site to which it is new"
    question = case.question()
    if question and not View(case.dossier, earlier[-1]).answers(question):
        return f"nothing had been answered to {question.id} by the day before: new beside what?"
    return True if not View(case.dossier, earlier[-1]).known(claim) else f"{claim.id} was there on the day before"


@judge("timeline.undated")
def undated(case):
    return SKIP


@judge("ui.inferred")
def inferred(case):
    """Some date of a record beside was inferred."""
    records = near(case.page, case.element)
    return True if any(had for r in records for had in inferences(r.raw)) else f"no date of {', '.join(r.id for r in records)} was inferred" if records else None


def inferences(raw):
    if isinstance(raw, dict):
        if "inferred" in raw:
            yield raw["inferred"]
        for value in raw.values():
            yield from inferences(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from inferences(value)


def near(page, element) -> list:
    """The records that a date beside them may be of: those of the nearest list, row or card, and that of the page."""
    # A link to a neighbour bears the neighbour's date.
    beside = next((i for e in [element, *element.iterancestors()] if (i := e.get("data-event"))), None)
    if beside in page.dossier.events:
        return [page.dossier.events[beside]]
    holder = page.holder(element, "claim", "tr", "li", "evidence", "answer")
    found = [] if page.record is None else [page.record]
    if holder is not None:
        found += [r for kind in ("claims", "events", "sources", "questions") for r in page.links(holder, kind)]
    found += [s for c in found if c.kind == "claims" for s in c.sources]
    return list(dict.fromkeys(found))


# A date in words

# A day on which something was: an interval is then a bound on it. Others may be periods, through which something held.
MOMENTS = {"on", "published", "accessed", "status", "curation", "assessment", "archive", "capture"}


def dates(record) -> list:
    """Every date in a record, with whether it may be a period, and whether it was inferred."""
    found = []

    def walk(key, raw):
        inferred = False
        if isinstance(raw, dict) and "date" in raw and key in ("on", "as_of", "date", "published", "accessed"):
            raw, inferred = raw["date"], "inferred" in raw
        if key in ("on", "published", "accessed", "as_of", "date") and isinstance(raw, (str, list)):
            try:
                found.append((read_date(raw), {"as_of": not inferred and "through", "date": not inferred}.get(key, False), inferred))
            except (ValueError, TypeError, AttributeError):
                pass
        elif key == "value" and record.kind == "claims":
            try:
                found.append((read_date(raw), True, isinstance(raw, dict) and "inferred" in raw))
            except (ValueError, TypeError, AttributeError):
                pass
        elif isinstance(raw, dict):
            for name, value in raw.items():
                walk("value" if key == "answers" and not isinstance(value, dict) else name, value)
        elif isinstance(raw, list):
            for value in raw:
                walk(key, value)

    walk("", record.raw)
    return found


def whole(dossier) -> list:
    """The dates that stand in lists of changes, of articles and of days: no record stands beside them."""
    found = [(parse_date(str(m["date"])), False, False) for m in dossier.milestones]
    for path in dossier.articles:
        front = path.read_text(encoding="utf-8").split("\n---", 1)[0]
        found += [(read_date(d), False, False) for d in re.findall(r"^(?:date|updated): *\"?([^\s\"]+)", front, re.MULTILINE)]
    for record in [*dossier.claims.values(), *dossier.questions.values()]:
        told = (record.raw.get("status") or record.raw.get("assessment") or {}).get("on")
        found += [(read_date(told), False, False)] if told else []
    return found


def judge_date(page, element, text, readings, inferred=None):
    """Whether some record beside has a date of which these words say no more and no less, and that was inferred where they
    say so."""
    # In the list of days that can be chosen, each is that of its row, which leads to its page.
    row = next((e for e in [element, *element.iterancestors()] if e.get("data-day")), None)
    if row is not None:
        to = [part for link in row.iter("a") for part in page.site.parts(page, link) if part[:1].isdigit()]
        said = any(r.days and r.days.last == parse_date(row.get("data-day")).days.last for r in readings)
        return True if said and to and parse_date(to[0]).days.last == parse_date(row.get("data-day")).days.last else f"the row is of {row.get('data-day')}, and leads to {to}"
    records = near(page, element)
    found = [(parse_date(page.id), False, False)] if page.kind == "as_of" and page.id else []
    if not records:
        found += whole(page.dossier)
    found += [d for r in records for d in dates(r)]
    if not found:
        return None
    found = [f for f in found if inferred is None or f[2] == inferred] or found
    faults = [w for said in readings for date, period, _ in found if (w := mismatch(date, period, said)) is not None]
    if any(w == "" for w in faults):
        return True
    return faults[0] if faults else f"no date of {', '.join(r.id for r in records[:4])} is that"


def mismatch(date, period, said):
    """Empty where the words are right; `None` where they are about another date; else what is wrong with them."""
    doubted = any(p.doubted for p in date.points)
    ends = date.members[0]
    closed = all(not isinstance(e, (str, type(None))) for e in ends)
    if said.sense == "unknown":
        return "" if not date.points else None
    if said.days != date.days:
        return None
    wanted = {"single": {"within"}, "one-of": {"either", "within", "by", "from", "between"}}.get(date.form)
    if date.form == "interval":
        if closed:
            # A period goes on from the one day to the other; what happened once did so between them.
            wanted = {"through", "period", "between"} if period else {"between"}
        elif ends[1] in (None, "?"):
            wanted = {"since", "from"} if period else {"from"}
        else:
            # Of a period, until then; of what happened once, by then.
            wanted = {"until", "by"} if period == "through" else {"by"}
    if said.sense not in wanted:
        return f"{date.text} is no “{said.sense}”"
    if doubted and not said.doubted:
        return f"{date.text} is doubted"
    if said.doubted and not doubted:
        return f"{date.text} is not doubted"
    if said.about != date.approximate:
        return f"{date.text} is {'' if date.approximate else 'not '}about then"
    if said.time and not (f"T{said.time.removesuffix(' Z')}" in date.text and (date.text.endswith("Z") or not said.time.endswith("Z"))):
        return f"{date.text} has no such time"
    return ""


# When something was said

@judge("claim.reported_on", "claim.reported", "claim.not_given")
def reported(case):
    """A text reports what was said by then, and leaves open when."""
    claim = case.claim()
    if claim is None:
        return SKIP
    return True if not claim.on and not case.view.dated_by_text(claim) else f"{claim.id} was said {claim.on.text}" if claim.on else f"{claim.id} is the text's own"


@judge("claim.published", "claim.of_text")
def published(case):
    """The text said so itself, when it was published."""
    claim = case.claim()
    if claim is None:
        return SKIP
    return True if not claim.on and case.view.dated_by_text(claim) else f"{claim.id} was said {claim.on.text}" if claim.on else f"{claim.id} is by {', '.join(claim.by)}"


@judge("claim.said")
def said(case):
    """That a claim was said on a day: the day that the sheet gives. Of one that a text reports, without a day, only that is
    known on which the text was published; a text that speaks for itself spoke then."""
    if case.page.kind != "claims" or case.page.record is None or case.element.tag not in ("dt", "th"):
        return SKIP
    claim = case.page.record
    return True if claim.on or case.view.dated_by_text(claim) else f"when {claim.id} was said is not given: only when it was published"
