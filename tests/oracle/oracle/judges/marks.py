"""Marks on a claim: contested, corrected, replaced; and whose words it is."""

from . import SKIP, judge
from ..catalogue import plain


@judge("claim.contested", "notes.contested")
def contested(case):
    claim = case.claim()
    if claim is None:
        return SKIP if case.page.holder(case.element, "fig", "th") is not None else None
    if case.view.unsure(claim):
        return None
    return True if case.view.contesting(claim) else f"nobody contests {claim.id}{_then(case)}"


@judge("note.contested_mark")
def contested_mark(case):
    claim = noted(case)
    if claim is None:
        return None
    return True if case.view.contesting(claim) else f"nobody contests {claim.id}"


def noted(case):
    """The claim of the note whose mark stands here."""
    before = case.element.getprevious()
    marks = [a for e in (case.element, before) if e is not None for a in e.iter("a") if (a.get("href") or "").startswith("#note-")]
    notes = case.page.root.xpath(f"//*[@id='{marks[0].get('href')[1:]}']") if marks else []
    found = case.page.links(notes[0], "claims") if notes else []
    return found[0] if found else None


@judge("note.corrected", "note.corrected_on", "note.withdrawn", "note.withdrawn_on", "note.superseded", "word.standing.corrected", "word.standing.withdrawn")
def lapsed(case):
    claim = case.claim()
    if claim is None:
        return SKIP
    how = next(h for h in ("corrected", "withdrawn", "superseded") if h in case.key)
    lapses = case.view.lapses(claim)
    return True if how in lapses else f"{claim.id} is {' and '.join(sorted(lapses)) or 'current'}{_then(case)}"


@judge("word.standing.current")
def current(case):
    claim = case.claim()
    if claim is None:
        return SKIP
    return True if case.view.stands(claim) else f"{claim.id} is {' and '.join(sorted(case.view.lapses(claim)))}"


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
        "supports": lambda o: o.id in _list(own, "supports"), "supported-by": lambda o: own.id in _list(o, "supports"),
        "discussed-by": lambda o: own.id in o.about,
    }
    if kind not in ties or not others:
        return None
    wrong = [o.id for o in others if not ties[kind](o)]
    return True if not wrong else f"no such tie to {', '.join(wrong)}"


def _list(record, key):
    value = record.raw.get(key) or []
    return value if isinstance(value, (list, dict)) else [value]


def _then(case):
    return " on that day" if case.view.day is not None else ""
