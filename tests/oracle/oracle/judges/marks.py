"""Marks on a claim: contested, corrected, replaced; and whose words it is."""

from . import SKIP, judge
from .when import mismatch
from ..catalogue import plain


@judge("claim.contested", "notes.contested")
def contested(case):
    claim = case.claim()
    if claim is None:
        return SKIP if case.page.holder(case.element, "fig", "th", "dt") is not None else None
    if case.view.contesting(claim):
        return True
    return None if case.view.unsure(claim) or case.view.untold(claim) else f"nobody contests {claim.id}{_then(case)}"


@judge("note.contested_mark")
def contested_mark(case):
    claim = noted(case)
    if claim is None:
        return None
    return True if case.view.contesting(claim) else None if case.view.untold(claim) else f"nobody contests {claim.id}"


def noted(case):
    """The claim of the note whose mark stands here."""
    before = case.element.getprevious()
    marks = [a for e in (case.element, before) if e is not None for a in e.iter("a") if (a.get("href") or "").startswith("#note-")]
    notes = case.page.root.xpath(f"//*[@id='{marks[0].get('href')[1:]}']") if marks else []
    found = case.page.links(notes[0], "claims") if notes else []
    return found[0] if found else None


@judge("lapse", "state.superseded", "state.corrected", "state.withdrawn", "state.retracted")
def lapsed(case):
    """How a claim ceased to stand, by which others, and when."""
    claim = case.claim()
    if claim is None:
        return below(case)
    parts = case.key.split(".")
    lapses = case.view.lapses(claim)
    if parts[1] not in lapses:
        return None if case.view.unsure(claim) else f"{claim.id} is {' and '.join(sorted(lapses)) or 'current'}{_then(case)}"
    if other := case.values.get("other"):
        told = set(case.page.all_links(case.element, "claims")) - {claim}
        others = case.view.replaced_by(claim)
        if not told and not any(plain(o.label.rstrip(".")) in plain(other) for o in others) or not told <= others:
            return f"{claim.id} is replaced by {', '.join(sorted(o.id for o in others)) or 'no claim'}"
    if ": " in (case.values.get("date") or ""):
        return SKIP
    if when := case.values.get("date"):
        return dated(case, claim, parts[1], when)
    return True


def below(case):
    """A state above a list is that of all that stand in it."""
    listed = case.element.getnext()
    claims = case.page.links(listed, "claims") if listed is not None and listed.tag == "ul" else []
    wrong = [c.id for c in claims if case.key.split(".")[1] not in case.view.lapses(c) and not case.view.unsure(c)]
    return SKIP if not claims else True if not wrong else f"{', '.join(wrong)} is not so{_then(case)}"


def dated(case, claim, how, when):
    """The day of a correction: of its status, else of what replaced it; of a retraction, that of the text."""
    if how == "retracted":
        dates = [s.lapsed_on for s in claim.sources if s.lapsed_on]
    else:
        # On an earlier day it may have been replaced, and corrected only later.
        replaced = [o.on for o in case.view.replaced_by(claim) if o.on]
        dates = replaced if how == "superseded" or not claim.lapsed_on or claim.standing == "current" else [claim.lapsed_on]
    readings = case.reader.read(when)
    if not readings:
        return None
    fine = any(mismatch(date, False, said) == "" for date in dates for said in readings)
    return True if fine else f"that was {' or '.join(d.text for d in dates) or 'on no day that the sheets give'}"


@judge("unsound")
def unsound(case):
    """What became of a text."""
    how = case.key.split(".")[1]
    named = case.page.named_before(case.element)
    if named is not None and named.kind == "sources":
        return True if case.view.standing(named) == how else f"{named.id} was not {how}"
    claim = case.claim()
    row = case.page.holder(case.element, "li", "tr", "claim")
    sources = claim.sources if claim else case.page.links(row, "sources") if row is not None else []
    if case.page.kind == "sources" and case.page.record and claim is None:
        sources = [case.page.record]
    if not sources:
        return SKIP
    gone = {s.id for s in sources if case.view.standing(s) == how}
    if not gone:
        return f"{', '.join(s.id for s in sources)} was not {how}"
    return which(case, {s.id for s in sources}, gone) if claim else True


def which(case, every, gone):
    """Of a claim in several texts the mark says how many of them, and which: a sound text bears it as well."""
    form = case.key.split(".")[2]
    if form == "mark":
        return True if len(every) == 1 else f"it stands in {len(every)} texts, of which the mark says nothing"
    if form != "some":
        return True
    # What stands before the mark in the same element is no part of the number.
    said = [case.catalogue.number(case.values[name].split()[-1]) for name in ("n", "total")]
    titles = [case.dossier.sources[s].label for s in gone]
    if said != [len(gone), len(every)]:
        return f"{len(gone)} of {len(every)} texts"
    return True if all(plain(t) in plain(case.values["works"]) for t in titles) else f"these are {', '.join(sorted(gone))}"


@judge("word.verification")
def verification(case):
    """Whether a quote was found: of a published text the oracle looks itself; of a capture the lock says."""
    claim = case.claim()
    if claim is None:
        return SKIP
    states = {state for e in claim.evidence for state in state_of(case.dossier, e)}
    said = case.key.rsplit(".", 1)[1]
    return True if said in states else f"the quotes of {claim.id} are {', '.join(sorted(states))}"


def state_of(dossier, evidence) -> set:
    """The states that a quote may be said to have."""
    quote = evidence.get("quote")
    if not quote:
        return {"unquoted"}
    text = dossier.sources[evidence["source"]].raw.get("text")
    if text:
        whole = plain((dossier.root / text["file"]).read_text(encoding="utf-8"))
        parts = [plain(p).strip('" ') for p in quote.split("[…]")]
        return {"verbatim"} if all(p in whole for p in parts) else {"absent"}
    return dossier.locked(evidence["source"], evidence.get("locator"))


@judge("relation")
def relation(case):
    """What two claims are to each other: the heading stands above the cards of the others."""
    if case.page.kind != "claims" or not case.page.record or case.element.tag not in ("h2", "h3", "dt"):
        return SKIP
    own, kind = case.page.record, case.key.split(".")[1]
    below = case.element.getnext()
    others = case.page.links(below, "claims") if below is not None else []
    ties = {
        "contradicts": lambda o: o.id in own.contradicts, "contradicted-by": lambda o: own.id in o.contradicts,
        "supersedes": lambda o: o.id in own.supersedes, "superseded-by": lambda o: own.id in o.supersedes,
        "supports": lambda o: o.id in own.named("supports"), "supported-by": lambda o: own.id in o.named("supports"),
        "discussed-by": lambda o: own.id in o.about,
    }
    if kind not in ties or not others:
        return None
    wrong = [o.id for o in others if not ties[kind](o)]
    return True if not wrong else f"no such tie to {', '.join(wrong)}"


def _then(case):
    return " on that day" if case.view.day is not None else ""
