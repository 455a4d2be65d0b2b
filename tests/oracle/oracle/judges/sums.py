"""What is said of answers that cannot all be true: the arithmetic, who says what, and what is left without somebody."""

import re
from fractions import Fraction

from . import SKIP, equals, judge
from .answers import called, number_in, read_number, reads_as
from ..catalogue import plain
from ..sums import sets
from ..truth import COMPARED


@judge("claim.impossible", "question.impossible")
def heading(case):
    """That there is such a set: on the question's page, or with an answer of this claim."""
    if any(e.get("data-order") for e in case.element.iterancestors()):
        return SKIP  # Of an order of events.
    question, claim = case.question(), case.claim() if case.key.startswith("claim") else None
    found = [s for q in ([question] if question else case.dossier.questions.values()) for s in case.view.sets(q)]
    if claim is not None:
        found = [s for q in case.dossier.questions.values() for s in case.view.sets(q) if claim in {a.claim for a in s.members}]
    return True if found else f"all answers{f' of {claim.id}' if claim else ''} can be true"


@judge(*(f"impossible.{key}" for key in ("one", "one_touch", "sum", "sum_more", "sum_touch", "falls", "falls_touch")))
def arithmetic(case):
    """The sentence is true of one of the smallest sets of its question."""
    question = case.question() or asked(case)
    if question is None:
        return None
    told, faults = case.text, []
    for word in ("verdict.impossible", "verdict.impossible_with_others", "claim.impossible"):
        told = told.removeprefix(case.catalogue[word]).strip()
    # « 20. März » ends no sentence.
    told = re.sub(r"(\d)\. (?=\w+ \d{4})", r"\1.~", told)
    readings = [f for f in case.catalogue.find(told, ("impossible.",)) if "whole" in f.values]
    for found in case.view.sets(question):
        for reading in readings:
            wrong = unlike(case, found, reading.key.split(".")[1], reading.values)
            if wrong is True:
                return True
            faults.append(wrong)
    return faults[0] if faults else "no answers of this question are such a set"


def asked(case):
    """The question that all the claims linked here answer, if it is only one."""
    found = [{a.question for a in c.answers} for c in case.page.links(case.element, "claims")]
    shared = set.intersection(*found) if found else set()
    return shared.pop() if len(shared) == 1 else None


def unlike(case, told, key, values):
    parts = [p for p in values["parts"].split(plain(case.catalogue["impossible.between"]).strip() + " ") if p]
    question, left = told.whole.question, list(told.parts)
    if case.catalogue.find(values["parts"], ("impossible.part",)) and len(told.parts) == 1:
        parts = [values["parts"]]
    for part in parts:
        fits = [a for a in left if line(case, a, part, "part") is True]
        if not fits:
            return f"“{part}”: " + str(next((line(case, a, part, "part") for a in left), "there are fewer parts"))
        left.remove(fits[0])
    if left:
        return f"{left[0]!r} is one of the parts"
    if (wrong := line(case, told.whole, values["whole"], "whole")) is not True:
        return f"“{values['whole']}”: {wrong}"
    falls = question.grows and all(told.whole.scope(k) == told.parts[0].scope(k) for k in ("place", "group"))
    if key.startswith("falls") != falls:
        return "what is said of a total that falls is said of one place" if falls else "nothing shows that a total fell"
    if key.endswith("touch") != (told.gap == 0):
        return f"they are {told.gap} apart"
    if key.startswith("sum") != (len(told.parts) > 1):
        return f"there are {len(told.parts)} parts"
    if not near(case, values.get("sum"), told.sum, question):
        return f"the parts come to {told.sum}"
    return True if near(case, values.get("gap"), told.gap, question) else f"they exceed it by {told.gap}"


def near(case, text, truth, question) -> bool:
    """A number as the page rounds it."""
    if text is None:
        return True
    number = read_number(case, text, question)
    return number is not None and abs(Fraction(str(number)) - truth) * 1000 <= max(abs(truth), 1)


def line(case, answer, text, kind):
    """One answer of the arithmetic: whom and where it counts, its value, who gives it, and the end that is reckoned with."""
    found = case.catalogue.find(text, (f"impossible.{kind}",))
    reasons = []
    for reading in found:
        values, end = reading.values, reading.values.get("least") or reading.values.get("most")
        truth = answer.least().low if kind == "part" else answer.least().high
        value = reads_as(case, values["value"], answer)
        if values["scope"] not in named_scopes(case, answer):
            reasons.append(f"{answer!r} is about {' or '.join(sorted(named_scopes(case, answer)))}")
        elif value is not True:
            reasons.append(value or f"“{values['value']}” is no value that can be read")
        elif not called(answer.claim, values["who"]):
            reasons.append(f"{answer.claim.id} is not by {values['who']}")
        elif end and not near(case, end, truth, answer.question):
            reasons.append(f"it is {truth}")
        else:
            return True
    return reasons[0] if reasons else f"“{text}” is not understood"


def named_scopes(case, answer) -> set:
    place, group = ((records[i].label if (i := answer.scope(kind)) else None) for kind, records in (("place", case.dossier.places), ("group", case.dossier.actors)))
    if place and group:
        return {plain(case.catalogue["impossible.scope_group"].replace("{place}", place).replace("{group}", group))}
    return {plain(place or group)} if place or group else {case.catalogue["impossible.scope_all"]}


def shown(case):
    """The sets that the sentence is about: those of the element around that names one, else all of the question's."""
    question = case.question() or asked(case)
    if question is None:
        return None, []
    holder = next((e for e in [case.element, *case.element.iterancestors()] if e.get("data-whole")), None)
    found = case.view.sets(question)
    if holder is not None:
        ids = {*holder.get("data-parts").split(), holder.get("data-whole")}
        found = [s for s in found if {a.claim.id for a in s.members} == ids]
    return question, found


def only_of(case, text):
    """The origin that a name is that of."""
    records = {**case.dossier.actors, **case.dossier.sources}
    return [i for i, r in records.items() if plain(r.label) == plain(text).strip('"«»')]


def rests_on(view, claim, origin) -> bool:
    """Whether a claim comes from an origin alone: by its origins, or as the own word of that body or text."""
    if view.origins(claim) or not view.of_text(claim):
        return view.origins(claim) == {origin}
    if origin in view.dossier.sources:
        return {s.id for s in claim.sources} == {origin}
    return {view.body(v) if isinstance(v, str) else v for s in claim.sources for v in s.voices} == {origin}


@judge("impossible.without_none", "impossible.without_most")
def without(case):
    """What is left without the answers that have one origin alone."""
    question, found = shown(case)
    if question is None:
        return None
    for origin in only_of(case, case.values["who"]):
        gone = frozenset(a for a in case.view.answers(question) if rests_on(case.view, a.claim, origin))
        if not any(case.view.origins(a.claim) == {origin} for s in found for a in s.members):
            continue
        left = sets(case.view, question, gone)
        if left:
            return f"without {origin} there is still {sorted(a.claim.id for a in left[0].members)}"
        if case.key.endswith("none"):
            return True
        return highest(case, found[0].whole, gone)
    return f"{case.values['who']} is not the only origin of any of these answers"


def highest(case, whole, gone):
    if whole in gone:
        return "the whole is of that origin"
    left = [b for b in case.view.answers(whole.question) if b not in gone and case.view.states(b) == {"current"} and (b is whole or case.view.verdict(whole, b).kind in COMPARED)]
    ends = [b.least().high for b in left]
    if None in ends:
        return "one of those left has no upper bound"
    if case.values["scope"] not in named_scopes(case, whole):
        return f"the whole is about {named_scopes(case, whole)}"
    return True if near(case, case.values["most"], max(ends), whole.question) else f"the most is {max(ends)}"


@judge("impossible.since", "impossible.since_about")
def since(case):
    """From when on it could be told: the claims are dated, without doubt, and the last is surely the last."""
    question, found = shown(case)
    if question is None:
        return None
    for told in found:
        dates = [a.claim.said for a in told.members]
        if None in dates or any(p.doubted for d in dates for p in d.points):
            continue
        last = max(d.days.last for d in dates)
        latest = [a for a in told.members if all(b is a or b.claim.said.days.last < a.claim.said.days.first for b in told.members)]
        readings = case.reader.read(case.values["date"])
        if case.key.endswith("about"):
            if not latest and any(s.days and s.days.last == last for s in readings):
                return True
        elif latest and called(latest[0].claim, plain(case.values["who"])) and any(s.days == latest[0].claim.said.days for s in readings):
            return True
    return "the sheets do not date the set so"


@judge("impossible.more", "impossible.searched")
def more(case):
    question = case.question()
    if question is None or case.key.endswith("searched"):
        return SKIP if question is None else None
    drawn = case.page.main.xpath(".//article[@data-parts]")
    return equals(case.number() or 1, len(case.view.sets(question)) - len(drawn))


@judge("figure.gap")
def beyond(case):
    """The number beside it is by how much some set exceeds its whole."""
    row, question = case.page.holder(case.element, "fig-row", "li"), case.question()
    beside = row.xpath(".//*[contains(@class, 'fig-value')]") if row is not None else []
    if question is None or not beside:
        return None
    told = number_in(case, plain(beside[0].text_content()), question)
    gaps = [s.gap for s in case.view.sets(question)]
    return True if told is not None and any(abs(Fraction(str(told)) - g) * 1000 <= max(abs(g), 1) for g in gaps) else f"they exceed it by {', '.join(map(str, gaps))}"


# The order of events

@judge("impossible.before", "impossible.circle", "impossible.too_late")
def order(case):
    """Somebody says under `order` that the one came before the other."""
    if case.page.kind not in ("claims", "events") or not any(e.get("data-order") for e in [case.element, *case.element.iterancestors()]):
        return SKIP
    titles = {plain(e.label): e.id for e in case.dossier.events.values()}
    steps = case.values.get("steps") or case.text
    told = [f.values for step in steps.split(plain(case.catalogue["impossible.between"]).strip() + " ") for f in case.catalogue.find(step, ("impossible.before",))]
    for values in told:
        earlier, later = titles.get(values["earlier"]), titles.get(values["later"])
        says = [c for c in case.dossier.claims.values() if case.view.stands(c) and in_order(c, earlier, later)]
        if not any(called(c, values["who"]) for c in says):
            return f"nobody of that name says that {earlier} came before {later}"
    return True if told else None


def in_order(claim, earlier, later) -> bool:
    said = claim.raw.get("order") or []
    lists = said if said and isinstance(said[0], list) else [said]
    return any(earlier in one and later in one and one.index(earlier) < one.index(later) for one in lists)
