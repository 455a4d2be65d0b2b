"""What is said of answers, and of how two of them compare."""

import re
from decimal import Decimal
from fractions import Fraction

from . import SKIP, judge
from .when import mismatch
from ..catalogue import plain
from ..edtf import FUTURE, PAST
from ..sheets import Quantity
from ..truth import View


@judge("state.current", "state.forecast", "state.denial", "state.silence")
def state(case):
    """What an answer is, of one or of a group."""
    question = case.question()
    holder = case.page.holder(case.element, "answer", "tr", "li")
    if holder is not None and holder.get("data-pair"):
        # In a row of two answers, what a cell says is of its own.
        holder = case.page.holder(case.element, "td")
    if holder is None:
        holder = case.element.getnext()
    claims = case.page.links(holder, "claims") if holder is not None else []
    found = [a for a in (case.answer(c, question) for c in claims) if a and not case.view.unsure(a.claim)]
    if not found:
        return SKIP
    said = {case.key.split(".")[1]}
    wrong = [a for a in found if not said & case.view.states(a)]
    return True if not wrong else f"{wrong[0]!r} is {' and '.join(sorted(case.view.states(wrong[0])))}"


@judge("verdict")
def verdict(case):
    pair = case.pair()
    if pair is None:
        return None if case.page.holder(case.element, "tr", "li") is not None else SKIP
    truth = case.view.verdict(*pair)
    if truth.kind == "untold":
        return None
    said = {"overlaps": "shares", "compatible": "shares"}.get(name := case.key.split(".")[1], name)
    return True if said == truth.kind else f"{pair[0]!r} and {pair[1]!r}: {truth.kind} ({truth.reason})"


@judge("reason")
def reason(case):
    """Why: of a pair, or of one answer that stands apart, of which the reason must then be its own."""
    if case.key == "reason.gap" and case.question() and case.question().values == "date":
        return SKIP
    pair = case.pair()
    if pair is not None:
        return holds(case, *pair)
    answer = apart(case)
    if answer is None:
        return None
    others = [b for b in case.view.answers(answer.question) if b is not answer]
    found = [holds(case, answer, other, own=True) for other in others] or ["there is no other answer"]
    return True if True in found else None if None in found else f"of {answer!r}: {found[0]}"


def apart(case):
    if (ident := case.hook("answer")) in case.dossier.claims:
        return case.answer(case.dossier.claims[ident], case.question())
    for kind in ("answer", "li"):
        holder = case.page.holder(case.element, kind)
        claims = case.page.links(holder, "claims") if holder is not None else []
        if len(claims) == 1:
            return case.answer(claims[0], case.question())
    return None


def holds(case, a, b, own=False):
    """Whether a reason holds of two answers; with `own`, its side must be the first."""
    return one_reason(case, a, b, own, case.key.removeprefix("reason."), case.values)


def one_reason(case, a, b, own, key, values):
    if ")" in (values.get("side") or ""):
        return two_reasons(case, a, b)
    truth = case.view.verdict(a, b)
    if truth.kind == "untold":
        return None
    test = next((t for start, t in REASONS.items() if key == start or key.startswith(start + ".")), None)
    if test is None:
        return None
    wrong = test(case, a, b, truth, key, values)
    if wrong is True and own and truth.reason in OWN and 0 not in truth.sides:
        return f"the reason is that of {b!r}"
    return wrong


# Reasons that lie in one of the two answers, and not in what stands between them.
OWN = ("lapse", "forecast", "not-held")


def two_reasons(case, a, b):
    """Of each side its own: the two stand in a list."""
    between = case.catalogue["list.and"].split("{start}")[1].split("{end}")[0]
    for at in (m.start() for m in re.finditer(re.escape(between), case.text)):
        halves = [case.catalogue.find(half, ("reason.",)) for half in (case.text[:at], case.text[at + len(between):])]
        if all(halves):
            found = [one_reason(case, a, b, False, h[0].key.removeprefix("reason."), h[0].values) for h in halves]
            return next((f for f in found if f is not True), True)
    return None


def side(case, values, a, b):
    """Which of two answers a name is meant for, perhaps either."""
    named = plain(values.get("side") or "")
    if named in (case.catalogue["reason.first"], case.catalogue["reason.second"]):
        return {int(named == case.catalogue["reason.second"])}
    return {i for i, x in enumerate((a, b)) if called(x.claim, named)}


def called(claim, named) -> bool:
    """Whether a claim may be called so beside another: by its speakers, else by its outlet or title."""
    bare = lambda name: plain(name.split(" (")[0])
    if claim.by and all(bare(claim.dossier.actors[a].label) in named for a in claim.by):
        return True
    # Of whom a text says that they said nothing, the text speaks.
    if claim.by and not View.silent(claim):
        return False
    return any(bare(s.outlet.label if s.outlet else s.raw.get("publisher") or s.label) in named for s in claim.sources)


def expect(reason, kind=None):
    def test(case, a, b, truth, key, values):
        if truth.reason != reason:
            return f"{a!r} and {b!r}: {truth.kind} ({truth.reason})"
        if values.get("side"):
            meant = side(case, values, a, b)
            if not meant:
                return None
            if not meant & set(truth.sides):
                return f"it is so of the other, {(b, a)[min(meant)]!r}"
        if key.endswith(".both") and truth.sides != (0, 1):
            return f"it is so of only one of {a!r} and {b!r}"
        return kind(case, a, b, truth, key, values) if kind else True
    return test


def lapse(case, a, b, truth, key, values):
    """`lapse.corrected.single`: the side named was corrected; `superseded`, `by-other`: the other replaces it."""
    how = key.split(".")[1]
    sides = set(truth.sides)
    if not key.endswith(".both"):
        sides &= side(case, values, a, b)
    # Of two that bear one name, one is enough.
    faults = []
    for i in sides:
        one, other = (a, b)[i].claim, (a, b)[1 - i].claim
        if how in ("by-other", "by_other"):
            fine = other in case.view.replaced_by(one)
        elif how == "superseded" and "lapse.by_other.single" not in _keys(case) and "lapse.by-other.single" not in _keys(case):
            # The older wording: "replaced by the other".
            fine = other in case.view.replaced_by(one)
        else:
            fine = how in case.view.lapses(one)
        if not fine:
            faults.append(f"{one.id} is {' and '.join(sorted(case.view.lapses(one))) or 'current'}, and not so by {other.id}")
    return True if len(faults) < (len(sides) if not key.endswith(".both") else 1) else faults[0] if faults else None


def _keys(case):
    return {k.removeprefix("reason.") for k in case.catalogue.texts}


def not_held(case, a, b, truth, key, values):
    want = {"denies": "denial", "denial": "denial", "declines-to-confirm": "silence", "silence": "silence"}.get(key.split(".")[1])
    stances = [case.view.stance(x) for x in (a, b)]
    return True if want in [stances[i] for i in truth.sides] else f"the answers are {' and '.join(stances)}"


def gap(case, a, b, truth, key, values):
    told = case.catalogue.number(strip_unit(plain(values["gap"]), a.question.raw.get("unit")))
    return True if told is not None and Decimal(str(told)) == truth.gap else f"they are {truth.gap} apart"


def touch(case, a, b, truth, key, values):
    return True if truth.gap == 0 else f"they are {truth.gap} apart"


# How long a step of a precision is at least and at most, in days.
STEPS = {"day": (1, 1), "month": (28, 31), "season": (89, 113), "year": (365, 366), "decade": (3652, 3653), "century": (36524, 36525)}
UNITS = {"days": ("day", 1), "months": ("month", 30.5), "years": ("year", 365.25)}


def span(case, a, b, truth, key, values):
    """A distance in time: no greater than it is, and no more precise than the vaguer date."""
    told = length_of(case, values, key)
    if told is None:
        return None
    number, unit, sense = told
    name, _ = UNITS[unit]
    vaguest = max((p.precision for x in (a.value, b.value) for p in x.points), key=list(STEPS).index)
    return measured(number, name, sense, vaguest, truth.gap)


def measured(number, name, sense, vaguest, gap):
    # In the units of the vaguer date; in finer ones only where there is not one whole such unit.
    order = list(STEPS)
    coarser = [u for u in ("month", "year") if order.index(name) < order.index(u) <= order.index(vaguest)]
    if any(gap >= STEPS[u][1] for u in coarser):
        return f"{number} {name}s is more precise than a {vaguest}"
    low, high = (number * step for step in STEPS[name])
    if sense == "about":
        fine = low - STEPS[name][1] < gap < high + STEPS[name][1]
    else:
        fine = low <= gap if name != "day" or sense == "at_least" else low == gap
    return True if fine else f"they are {gap} days apart"


def length_of(case, values, key):
    """A number, its unit and its sense ("at least", "about", exactly) from the words for a distance."""
    text, sense = values.get("distance"), "exactly"
    if text is None:
        unit = key.split("_")[-1].split(".")[-1]
        return (case.number(), unit, "at_least") if unit in UNITS and case.number() is not None else ((case.number(), "days", "exactly") if key == "too_far_apart" and case.number() is not None else None)
    for found in case.catalogue.find(text, ("distance.",)):
        sense, text = found.key.split(".")[1], found.values["length"]
        break
    for found in case.catalogue.find(text, ("duration.",)):
        return case.catalogue.number(found.values["n"]), found.key.split(".")[1], sense
    return None


def far(case, a, b, truth, key, values):
    """How far two as-of dates lie apart; a distance that names both names them rightly."""
    told = length_of(case, values, key)
    if told is None:
        return None
    if "first" in values:
        names = plain(f"{values['first']} {values['second']}")
        unnamed = all(case.catalogue[f"reason.{k}"] in names for k in ("first", "second"))
        if not unnamed and not (called(a.claim, names) and called(b.claim, names)):
            return f"they are {a.claim.id} and {b.claim.id}"
    number, unit, sense = told
    vaguest = max((p.precision for x in (a.as_of, b.as_of) for p in x.points), key=list(STEPS).index)
    return measured(number, UNITS[unit][0], sense, vaguest, truth.gap)


def place(case, a, b, truth, key, values):
    names = [plain(case.dossier.places[x.scope("place")].label) for x in (a, b) if x.scope("place")]
    told = [plain(v) for k, v in values.items() if k in ("place", "first", "second")]
    return True if all(t in names for t in told) else f"the places are {names}"


def bound(case, a, b, truth, key, values):
    """One of the two is open on a side, so that it leaves room for the other."""
    open_ended = any(x.value.sign in (">", ">=", "<", "<=") if isinstance(x.value, Quantity) else PAST in (x.value.days.first,) or x.value.days.last == FUTURE for x in (a, b))
    return True if truth.kind == "shares" and open_ended else f"{a!r} and {b!r}: {truth.kind} ({truth.reason})"


def group(case, a, b, truth, key, values):
    names = [plain(case.dossier.actors[x.scope("group")].label) for x in (a, b) if x.scope("group")]
    told = [plain(v) for k, v in values.items() if k in ("group", "first", "second")]
    return True if all(t in names for t in told) else f"the groups are {names}"


REASONS = {
    "bound_only": bound, "different_group": expect("groups", group), "different_groups": expect("groups", group),
    "one_group": expect("one-group", group), "one_group_unstated": expect("one-group"), "gap_about": expect("gap", lambda *_: True),
    "same": expect("same"), "but_for_approximation": expect("but-for-approximation"), "within": expect("within"), "partly": expect("partly"),
    "touch": expect("gap", touch), "gap": expect("gap", gap), "gap_days": expect("gap", span), "gap_months": expect("gap", span),
    "gap_years": expect("gap", span), "choice": expect("choice"), "different_place": expect("places", place), "different_places": expect("places", place),
    "one_place": expect("one-place", place), "one_place_unstated": expect("one-place"), "too_far_apart": expect("too-far-apart", far),
    "lapse": expect("lapse", lapse), "forecast": expect("forecast"), "not_held": expect("not-held", not_held), "as_of_unknown": expect("as-of-unknown"),
}


def strip_unit(text, unit):
    return text.removesuffix(plain(unit)).strip() if unit else text


# Values

def reads_as(case, text, answer):
    """Whether the words of a value say what the answer says; `None` where the words are not understood."""
    question, text = answer.question, plain(text)
    if question.values == "choice":
        label = plain(question.raw["options"][answer.value])
        return True if text == label else f"{answer.claim.id} answers “{label}”"
    if question.values == "date":
        readings = case.reader.read(text)
        if not readings:
            return None
        return True if any(mismatch(answer.value, True, said) == "" for said in readings) else f"{answer.claim.id} answers {answer.written}"
    text = strip_unit(text, question.raw.get("unit"))
    for found in case.catalogue.find(text, ("quantity.",)):
        name = found.key.split(".")[1]
        numbers = [case.catalogue.number(v) for v in found.values.values()]
        sign = {"about": "~", "more_than": ">", "at_least": ">=", "less_than": "<", "at_most": "<=", "between": ".."}.get(name)
        if sign and None not in numbers:
            return same_value(answer, sign, *numbers)
    number = case.catalogue.number(text)
    return None if number is None else same_value(answer, "", number)


def same_value(answer, sign, *numbers):
    low, high = Fraction(str(numbers[0])), Fraction(str(numbers[-1]))
    value: Quantity = answer.value
    same = (value.sign, Fraction(value.low), Fraction(value.high)) == (sign, low, high)
    return True if same else f"{answer.claim.id} answers {answer.written}"
